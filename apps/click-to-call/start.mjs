#!/usr/bin/env node
// One command: installs, builds, starts a sign-in, a phone behind the connector, a phone of the network, and the node.
//
// Ports, all on 127.0.0.1: PAGE_PORT 8080, SIGN_IN_PORT 8090, SIP_PORT 5060, PHONE_PORT 5070, OFFICE_PORT 5071. The
// binary: SWITCHHOOK, else the one that cargo built, else `switchhook` on the path. ALLOWED_DOMAIN: who may sign up.
// OWN_PHONES=1: no phones in this terminal; yours wait on the two ports.

import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import readline from "node:readline";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
process.chdir(here);

const PAGE_PORT = number("PAGE_PORT", 8080);
const SIGN_IN_PORT = number("SIGN_IN_PORT", 8090);
const SIP_PORT = number("SIP_PORT", 5060);
const PHONE_PORT = number("PHONE_PORT", 5070);
const OFFICE_PORT = number("OFFICE_PORT", 5071);
const CLIENT_ID = "click-to-call";
const OFFICE = "This is the office. Your name was told to us in a header.";
const children = [];
let stopping = false;

function number(name, otherwise) {
  const value = Number(process.env[name] ?? otherwise);
  if (!Number.isInteger(value) || value < 1 || value > 65535) fail(`${name} is no port: ${process.env[name]}`);
  return value;
}

function fail(message) {
  console.error(message);
  if (children.length === 0) process.exit(1);
  stop(1);
}

function say(who, text) {
  console.log(`${who.padEnd(9)}│ ${text}`);
}

/** Installs the packages once, exactly those of the lock file. */
function install() {
  const stamp = "node_modules/.installed-lock.json";
  const wanted = readFileSync("package-lock.json", "utf8");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  say("start", "installing npm packages");
  const done = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], { stdio: "inherit" });
  if (done.status !== 0) fail("npm ci did not work");
  writeFileSync(stamp, wanted);
}

/** The node's binary, built where it is not there. */
function binary() {
  if (process.env.SWITCHHOOK) return process.env.SWITCHHOOK;
  const root = path.resolve(here, "../..");
  const target = process.env.CARGO_TARGET_DIR ?? path.join(root, "target");
  for (const profile of ["release", "debug"]) {
    const built = path.join(target, profile, "switchhook");
    if (existsSync(built)) return built;
  }
  if (spawnSync("switchhook", ["--version"]).status === 0) return "switchhook";
  say("start", "building switchhook: the first time this takes some minutes");
  const done = spawnSync("cargo", ["build", "--release", "-p", "switchhook"], { cwd: root, stdio: "inherit" });
  if (done.status !== 0) fail("cargo build did not work");
  return path.join(target, "release", "switchhook");
}

/** The configuration: as it stands, or with other ports in it. */
function configuration() {
  const text = readFileSync("switchhook.toml", "utf8");
  const changed = text.replace(/127\.0\.0\.1:(\d+)/g, (whole, port) => {
    const wanted = { 8080: PAGE_PORT, 8090: SIGN_IN_PORT, 5060: SIP_PORT, 5070: PHONE_PORT, 5071: OFFICE_PORT }[port];
    return wanted === undefined ? whole : `127.0.0.1:${wanted}`;
  });
  if (changed === text) return "switchhook.toml";
  writeFileSync("switchhook.local.toml", changed);
  return "switchhook.local.toml";
}

/** A child whose lines are shown; resolves with the first line that `ready` matches. */
function run(who, command, words, ready) {
  const child = spawn(command, words, { stdio: ["ignore", "pipe", "pipe"] });
  children.push(child);
  child.on("error", (error) => fail(`${who} cannot be started: ${error.message}`));
  child.on("exit", (code) => {
    if (!stopping) fail(`${who} ended (${code})`);
  });
  return new Promise((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      readline.createInterface({ input: stream }).on("line", (line) => {
        if (ready.test(line)) resolve(line);
        if (line.trim() !== "" && line !== "ready") say(who, line);
      });
    }
  });
}

function stop(code = 0) {
  if (stopping) return;
  stopping = true;
  process.exitCode = code;
  for (const child of children) child.kill("SIGTERM");
  const alive = children.filter((child) => child.exitCode === null && child.signalCode === null);
  Promise.all(alive.map((child) => new Promise((resolve) => child.once("exit", resolve)))).then(() => process.exit(code));
  setTimeout(() => children.forEach((child) => child.kill("SIGKILL")), 10_000).unref();
}
process.on("SIGINT", () => stop());
process.on("SIGTERM", () => stop());

install();
const switchhook = binary();
const { build } = await import("./build.mjs");
await build({ quiet: true });

const pageUrl = `http://127.0.0.1:${PAGE_PORT}/`;
const { startProvider } = await import("./sign-in/provider.mjs");
await startProvider({
  port: SIGN_IN_PORT,
  pageUrl,
  clientId: CLIENT_ID,
  file: "data/accounts.json",
  allowedDomain: process.env.ALLOWED_DOMAIN ?? "",
}).catch((error) => fail(`the sign-in cannot listen on port ${SIGN_IN_PORT}: ${error.message}`));

if (!process.env.OWN_PHONES) {
  await Promise.all([
    run("phone", switchhook, ["answer", "--listen", `127.0.0.1:${PHONE_PORT}`], /\bready\b/),
    run("office", switchhook, ["answer", "--listen", `127.0.0.1:${OFFICE_PORT}`, "--say", OFFICE], /\bready\b/),
  ]);
}
await run("exchange", switchhook, ["serve", "--config", configuration()], /^ready/);

console.log(`
  Open ${pageUrl}

  206 555 0100    a line that says which keys you press
  206 555 0199    the office: a PBX behind a voice connector, told who calls
  any other       rings at the phone of this terminal

  Ctrl+C stops it all.
`);
