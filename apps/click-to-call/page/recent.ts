// The last calls, kept in this browser.

import { readable } from "../functions/numbers.ts";
import type { Ended } from "./phone.ts";
import { outcome } from "./words.ts";

const KEY = "click-to-call.recent";
const KEPT = 6;

interface Entry {
  number: string;
  /** Epoch milliseconds. */
  at: number;
  seconds: number | null;
  why: Ended["ending"]["why"];
}

export class Recent {
  readonly #again: (number: string) => void;
  #entries: Entry[];

  constructor(again: (number: string) => void) {
    this.#again = again;
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    this.#entries = Array.isArray(kept) ? (kept as Entry[]) : [];
    this.#render();
  }

  add({ number, seconds, ending }: Ended): void {
    this.#entries = [{ number, at: Date.now(), seconds: seconds ?? null, why: ending.why }, ...this.#entries].slice(0, KEPT);
    localStorage.setItem(KEY, JSON.stringify(this.#entries));
    this.#render();
  }

  #render(): void {
    document.getElementById("no-recent")!.hidden = this.#entries.length > 0;
    document.getElementById("recent")!.replaceChildren(...this.#entries.map((entry) => this.#item(entry)));
  }

  #item(entry: Entry): HTMLLIElement {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    const number = document.createElement("b");
    number.textContent = readable(entry.number);
    const detail = document.createElement("small");
    detail.textContent = `${when(entry.at)} · ${outcome(entry.why, entry.seconds)}`;
    button.append(number, detail);
    button.setAttribute("aria-label", `Call ${readable(entry.number)} again; ${detail.textContent}`);
    button.onclick = () => this.#again(entry.number);
    item.append(button);
    return item;
  }
}

function when(at: number): string {
  const then = new Date(at);
  const today = then.toDateString() === new Date().toDateString();
  return then.toLocaleString(undefined, today ? { hour: "2-digit", minute: "2-digit" } : { day: "numeric", month: "short" });
}
