// Bundles the test page with one version of the unmodified client, in memory.

import * as esbuild from "esbuild";

/** The packages a test may ask for, by the names it uses. */
export const CLIENTS = { newest: "amazon-chime-sdk-js", oldest: "amazon-chime-sdk-js-oldest" };

export async function bundle(client) {
  const result = await esbuild.build({
    entryPoints: [new URL("party.js", import.meta.url).pathname],
    alias: { "the-client": CLIENTS[client] },
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
    // The client's AWS SDK parts resolve to builds for Node otherwise.
    mainFields: ["browser", "module", "main"],
    define: { global: "globalThis" },
    logLevel: "error",
  });
  return result.outputFiles[0].text;
}
