// Browsers for the black-box tests: does what it is told by lines of JSON, answers each with one of the same id.
//
// {"id": 1, "do": "open", "browser": "ann", "wav": "/…/440.wav", "client": "newest"}   a browser with the test page
// {"id": 2, "do": "party", "browser": "ann", "method": "join", "args": [{…}]}          party.join(…) in it
// {"id": 3, "do": "page", "browser": "ann", "method": "click", "args": ["text=Call"]}  a method of Playwright's Page
// {"id": 4, "do": "console", "browser": "ann"}                                         what its console said
// {"id": 5, "do": "close", "browser": "ann"}
//
// It ends, and takes its browsers along, when its standard input does.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import readline from "node:readline";
import { chromium } from "playwright-core";
import { bundle } from "./build.mjs";

const FLAGS = [
  "--disable-gpu",
  "--disable-quic",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
  "--use-fake-ui-for-media-stream",
  "--use-fake-device-for-media-stream",
  "--allow-loopback-in-peer-connection",
  "--autoplay-policy=no-user-gesture-required",
];

const bundles = {};
const pages = http.createServer(async (request, response) => {
  const found = /^\/(newest|oldest)(\/party\.js)?$/.exec(request.url);
  if (!found) {
    response.writeHead(404).end();
  } else if (found[2]) {
    bundles[found[1]] ??= bundle(found[1]);
    response.writeHead(200, { "content-type": "text/javascript; charset=utf-8" }).end(await bundles[found[1]]);
  } else {
    response
      .writeHead(200, { "content-type": "text/html; charset=utf-8" })
      .end(`<!doctype html><title>loading</title><audio autoplay></audio><script src="/${found[1]}/party.js"></script>`);
  }
});
await new Promise((resolve) => pages.listen(0, "127.0.0.1", resolve));
const origin = `http://127.0.0.1:${pages.address().port}`;

const executable =
  process.env.SWITCHHOOK_TEST_CHROMIUM ?? execFileSync("sh", ["-c", "command -v chromium"]).toString().trim();
const browsers = new Map();

async function start({ wav, client, url, viewport, flags = [], options = {} }) {
  const folder = mkdtempSync(path.join(tmpdir(), "switchhook-browser-"));
  const args = [...FLAGS, ...flags];
  if (wav) args.push(`--use-file-for-fake-audio-capture=${wav}`);
  let context;
  try {
    context = await chromium.launchPersistentContext(folder, {
      executablePath: executable,
      headless: true,
      chromiumSandbox: false,
      args,
      viewport: viewport ?? { width: 800, height: 600 },
      permissions: ["microphone"],
      timeout: 30_000,
      ...options,
    });
    const page = context.pages()[0] ?? (await context.newPage());
    page.setDefaultTimeout(15_000);
    const said = [];
    page.on("console", (message) => said.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => said.push(`pageerror: ${error.stack ?? error}`));
    page.on("requestfailed", (request) => said.push(`failed: ${request.url()} ${request.failure()?.errorText}`));
    if (client || url) {
      await page.goto(url ?? `${origin}/${client}`, { timeout: 20_000 });
      if (!url) await page.waitForFunction(() => document.title === "party", null, { timeout: 20_000 });
    }
    return { context, page, said, folder };
  } catch (error) {
    await context?.close().catch(() => {});
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

async function close(name) {
  const one = browsers.get(name);
  browsers.delete(name);
  if (!one) return;
  await one.context.close().catch(() => {});
  rmSync(one.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

const deeds = {
  async open(order) {
    // A start that hangs is rare but known; a second one is not.
    const one = await start(order).catch(() => start(order));
    browsers.set(order.browser, one);
  },
  async party({ browser, method, args = [] }) {
    return browsers.get(browser).page.evaluate(([method, args]) => window.party[method](...args), [method, args]);
  },
  async page({ browser, method, args = [] }) {
    const result = await browsers.get(browser).page[method](...args);
    return isPlain(result) ? result : null;
  },
  async context({ browser, method, args = [] }) {
    const result = await browsers.get(browser).context[method](...args);
    return isPlain(result) ? result : null;
  },
  async keyboard({ browser, method, args = [] }) {
    return browsers.get(browser).page.keyboard[method](...args);
  },
  console: async ({ browser }) => browsers.get(browser).said,
  close: async ({ browser }) => close(browser),
};

/** What Playwright hands out about itself (a Response, a handle) stays here. */
function isPlain(value) {
  return value === null || typeof value !== "object" || Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}

async function obey(line) {
  const order = JSON.parse(line);
  let answer;
  try {
    answer = { result: (await deeds[order.do](order)) ?? null };
  } catch (error) {
    const said = browsers.get(order.browser)?.said.slice(-30) ?? [];
    answer = { error: String(error.stack ?? error), console: said };
  }
  process.stdout.write(`${JSON.stringify({ id: order.id, ...answer })}\n`);
}

process.stdout.write(`${JSON.stringify({ id: 0, result: { origin } })}\n`);
for await (const line of readline.createInterface({ input: process.stdin })) void obey(line);
await Promise.all([...browsers.keys()].map(close));
process.exit(0);
