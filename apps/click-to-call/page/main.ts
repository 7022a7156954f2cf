// Puts the page together: what is shown, and what a touch of it does.

import { FAULTS, parseNumber, readable } from "../functions/numbers.ts";
import { Api } from "./api.ts";
import { loadConfig } from "./config.ts";
import { Devices } from "./devices.ts";
import { Microphone } from "./microphone.ts";
import { type Ended, Phone, type PhoneState } from "./phone.ts";
import { Recent } from "./recent.ts";
import { Session } from "./session.ts";
import { Tones } from "./tones.ts";
import { duration, type Notice, notice, status } from "./words.ts";

const $ = <T extends HTMLElement = HTMLElement>(id: string) => document.getElementById(id) as T;
const button = (id: string) => $<HTMLButtonElement>(id);

const KEYS: [digit: string, letters: string][] = [
  ["1", ""], ["2", "ABC"], ["3", "DEF"],
  ["4", "GHI"], ["5", "JKL"], ["6", "MNO"],
  ["7", "PQRS"], ["8", "TUV"], ["9", "WXYZ"],
  ["*", ""], ["0", "+"], ["#", ""],
];
const SPOKEN: Record<string, string> = { "*": "star", "#": "pound" };

const tones = new Tones();
const microphone = new Microphone();
const number = $<HTMLInputElement>("number");
let phone: Phone;
let ticking: number | undefined;
let keysShown = false;
let lastNumber = "";

async function start(): Promise<void> {
  const config = await loadConfig();
  const session = new Session(config);
  let problem: string | undefined;
  try {
    await session.finish();
  } catch (error) {
    console.error(error);
    problem = "Signing in did not work. Try again.";
  }
  const signIn = () =>
    session.begin().catch((error: unknown) => {
      console.error(error);
      show({ text: "The sign-in cannot be reached. Try again in a moment.", kind: "problem" });
    });
  button("sign-in").onclick = signIn;
  button("sign-out").onclick = () =>
    session.signOut().catch((error: unknown) => {
      console.error(error);
      location.reload();
    });
  if (!session.email) {
    view("signed-out");
    if (problem) show({ text: problem, kind: "problem" });
    return;
  }
  $("who").textContent = session.email;
  buildPad();
  phone = new Phone(new Api(config, session), microphone, $<HTMLAudioElement>("audio"), {
    changed: render,
    ended,
    muted: renderMute,
    heard: () => tones.stopRinging(),
    digitLost: (digit) => show({ text: `The key ${digit} did not get through.`, kind: "problem" }),
  });
  new Devices(microphone, phone, tones);
  recent = new Recent((called) => {
    number.value = readable(called);
    typed();
    void call();
  });
  actions = { "sign in": signIn, "call again": () => void call(lastNumber) };
  view("desk");
  render(phone.state);
}

let recent: Recent;
let actions: Record<NonNullable<Notice["action"]>, () => void>;

function view(name: "signed-out" | "desk"): void {
  document.body.dataset.view = name;
  $("loading").hidden = true;
  $("signed-out").hidden = name !== "signed-out";
  $("desk").hidden = name !== "desk";
  $("account").hidden = name !== "desk";
}

// The number.

function typed(): void {
  $("hint").textContent = "";
  number.removeAttribute("aria-invalid");
  button("erase").hidden = number.value === "";
  if (phone.state.at === "idle") hideNotice();
}

async function call(given = number.value): Promise<void> {
  if (phone.state.at !== "idle") return;
  const parsed = parseNumber(given);
  if ("fault" in parsed) {
    $("hint").textContent = FAULTS[parsed.fault];
    number.setAttribute("aria-invalid", "true");
    number.focus();
    return;
  }
  hideNotice();
  lastNumber = parsed.e164;
  await phone.dial(parsed.e164);
}

$<HTMLFormElement>("dial").onsubmit = (event) => {
  event.preventDefault();
  void call();
};
number.oninput = typed;
button("erase").onclick = () => {
  number.value = number.value.trimEnd().slice(0, -1).trimEnd();
  typed();
  number.focus();
};

// The keys.

function buildPad(): void {
  for (const [digit, letters] of KEYS) {
    const key = document.createElement("button");
    key.type = "button";
    key.dataset.digit = digit;
    key.setAttribute("aria-label", SPOKEN[digit] ?? digit);
    const name = document.createElement("b");
    name.textContent = digit;
    const small = document.createElement("small");
    small.textContent = letters;
    key.append(name, small);
    key.onclick = () => press(digit);
    if (digit === "0") holdForPlus(key);
    $("pad").append(key);
  }
}

function press(digit: string): void {
  if (phone.state.at === "idle") {
    tones.key(digit);
    number.value += digit;
    typed();
  } else if (phone.state.at === "talking") {
    tones.key(digit);
    phone.press(digit);
    const shown = $("digits");
    shown.hidden = false;
    shown.textContent = `${shown.textContent ?? ""}${digit}`.slice(-24);
    light(digit);
  }
}

/** A long 0 is +, as on a mobile phone. */
function holdForPlus(key: HTMLButtonElement): void {
  let held: number | undefined;
  key.onpointerdown = () => {
    held = window.setTimeout(() => {
      held = undefined;
      if (phone.state.at === "idle" && number.value.endsWith("0") === false) {
        number.value += "+";
        typed();
        key.dataset.held = "true";
      }
    }, 600);
  };
  key.onpointerup = key.onpointerleave = () => window.clearTimeout(held);
  key.onclick = () => {
    if (key.dataset.held) delete key.dataset.held;
    else press("0");
  };
}

function light(digit: string): void {
  const key = document.querySelector<HTMLElement>(`#pad [data-digit="${CSS.escape(digit)}"]`);
  if (!key) return;
  key.classList.add("lit");
  setTimeout(() => key.classList.remove("lit"), 160);
}

document.addEventListener("keydown", (event) => {
  if (!phone || event.ctrlKey || event.metaKey || event.altKey) return;
  const field = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
  if (field && event.target !== number) return;
  if (phone.state.at === "talking" && /^[\d*#]$/.test(event.key)) {
    event.preventDefault();
    press(event.key);
  } else if ((phone.state.at === "talking" || phone.state.at === "calling") && event.key.toLowerCase() === "m") {
    event.preventDefault();
    phone.toggleMute();
  } else if (phone.state.at === "idle" && !field && /^[\d*#+]$/.test(event.key)) {
    // Typing means the number, wherever the focus is.
    number.focus();
  }
});

// The call.

button("end").onclick = () => void phone.hangUp();
button("mute").onclick = () => phone.toggleMute();
button("keys").onclick = () => {
  keysShown = !keysShown;
  render(phone.state);
};
addEventListener("pagehide", () => phone?.leave());

let before: PhoneState["at"] = "idle";

function render(state: PhoneState): void {
  const card = $("phone");
  const idle = state.at === "idle";
  card.dataset.call = state.at;
  card.dataset.link = "link" in state ? state.link : "good";
  $("dial").hidden = !idle;
  $("call").hidden = idle;
  button("go").hidden = !idle;
  button("end").hidden = idle;
  button("mute").disabled = idle || state.at === "placing";
  if (state.at !== before) {
    if (state.at === "placing") {
      keysShown = false;
      $("digits").textContent = "";
      $("digits").hidden = true;
      renderMute(false);
      button("end").focus();
    }
    if (idle && before !== "idle") number.focus({ preventScroll: true });
    // Ringing is for whoever waits.
    if (state.at === "calling") tones.startRinging();
    else if (before === "calling") tones.stopRinging();
    before = state.at;
  }
  if (phone?.hopeless) tones.stopRinging();
  const keysOff = state.at === "placing" || state.at === "calling";
  for (const key of document.querySelectorAll<HTMLButtonElement>("#pad button")) key.disabled = keysOff;
  card.dataset.keys = String(keysShown);
  button("keys").setAttribute("aria-expanded", String(idle || keysShown));
  button("keys").disabled = state.at !== "talking";
  if (!idle) {
    $("callee").textContent = readable(state.number);
    $("status").textContent = status(state, phone.hopeless);
  }
  window.clearInterval(ticking);
  $("timer").textContent = "";
  if (state.at === "talking") {
    const tick = () => ($("timer").textContent = duration(Math.floor((Date.now() - state.since) / 1000)));
    tick();
    ticking = window.setInterval(tick, 500);
  }
  document.title = idle ? "Click to call" : `${status(state, phone.hopeless)} · ${readable(state.number)}`;
}

function renderMute(on: boolean): void {
  const mute = button("mute");
  mute.setAttribute("aria-pressed", String(on));
  mute.setAttribute("aria-label", on ? "Unmute" : "Mute");
  mute.querySelector("span")!.textContent = on ? "Muted" : "Mute";
  mute.querySelector("use")!.setAttribute("href", on ? "#i-mic-off" : "#i-mic");
}

function ended(call: Ended): void {
  show(notice(call));
  if (call.ending.why !== "refused" && call.ending.why !== "no microphone" && call.ending.why !== "sign-in expired") {
    recent.add(call);
  }
}

// Messages.

function show({ text, kind, action }: Notice): void {
  if (document.body.dataset.view === "signed-out") {
    $("sign-in-notice").textContent = text;
    $("sign-in-notice").hidden = false;
    return;
  }
  $("notice").hidden = false;
  $("notice").dataset.kind = kind;
  $("notice-text").textContent = text;
  const more = button("notice-action");
  more.hidden = !action;
  if (action) {
    more.textContent = action === "sign in" ? "Sign in" : "Call again";
    more.onclick = () => {
      hideNotice();
      actions[action]();
    };
  }
}

function hideNotice(): void {
  $("notice").hidden = true;
}
button("notice-close").onclick = () => {
  hideNotice();
  number.focus();
};

start().catch((error: unknown) => {
  console.error(error);
  $("loading").textContent = "The page could not be set up. Load it again in a moment.";
});
