// Bundles the page and the functions into dist/.

import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const FUNCTIONS = ["callControl", "updateCall", "smaHandler", "demoLine"];

export async function build({ quiet = false } = {}) {
  await rm(`${here}dist`, { recursive: true, force: true });
  await mkdir(`${here}dist/page`, { recursive: true });
  await mkdir(`${here}dist/functions`, { recursive: true });
  await writeFile(`${here}dist/functions/package.json`, '{"type": "commonjs"}\n');
  await Promise.all([
    // One file for each function, with its SDK inside.
    esbuild.build({
      absWorkingDir: here,
      entryPoints: FUNCTIONS.map((name) => ({ in: `functions/${name}.ts`, out: `${name}/index` })),
      outdir: "dist/functions",
      bundle: true,
      platform: "node",
      target: "node20",
      format: "cjs",
      // The SDK works with Node.js 20 and warns of it in each process.
      define: { "process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED": '"true"' },
      logLevel: "error",
    }),
    esbuild.build({
      absWorkingDir: here,
      entryPoints: ["page/main.ts", "page/style.css"],
      outdir: "dist/page",
      bundle: true,
      minify: true,
      sourcemap: true,
      format: "esm",
      target: "es2022",
      // The meetings client's own dependencies resolve to builds for Node otherwise.
      mainFields: ["browser", "module", "main"],
      define: { global: "globalThis" },
      logLevel: "error",
    }),
    cp(`${here}page/index.html`, `${here}dist/page/index.html`),
    cp(`${here}page/icon.svg`, `${here}dist/page/icon.svg`),
  ]);
  if (!quiet) console.log("built dist/page and dist/functions");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build();
