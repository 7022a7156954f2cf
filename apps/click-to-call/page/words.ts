// What the page says.

import type { Ended, Ending, PhoneState } from "./phone.ts";

/** A message: calm for what was wanted, with a colour for what was not. */
export interface Notice {
  text: string;
  kind: "info" | "problem";
  action?: "sign in" | "call again";
}

export function duration(seconds: number): string {
  const two = (n: number) => String(n).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${two(minutes)}:${two(seconds % 60)}`;
}

export function status(state: PhoneState, hopeless: boolean): string {
  switch (state.at) {
    case "idle":
      return "";
    case "placing":
      return "One moment…";
    case "calling":
      if (state.link === "reconnecting") return "Connection lost. Reconnecting…";
      return hopeless ? "Nobody answers" : "Calling…";
    case "talking":
      if (state.link === "reconnecting") return "Connection lost. Reconnecting…";
      return state.link === "poor" ? "Weak connection" : "Connected";
  }
}

export function notice({ ending, seconds }: Ended): Notice {
  const talked = seconds === undefined ? "" : ` after ${duration(seconds)}`;
  switch (ending.why) {
    case "hung up":
      return { text: seconds === undefined ? "Call cancelled." : `Call ended${talked}.`, kind: "info" };
    case "callee hung up":
      return { text: `The other side hung up${talked}.`, kind: "info" };
    case "not answered":
      return { text: "Nobody answered.", kind: "info", action: "call again" };
    case "failed":
      return { text: "The call could not be completed.", kind: "problem", action: "call again" };
    case "connection lost":
      return { text: `The connection was lost${talked}.`, kind: "problem", action: "call again" };
    case "elsewhere":
      return { text: "The call went on in another window.", kind: "info" };
    case "removed":
      return { text: "You were removed from the call.", kind: "problem" };
    case "refused":
      return { text: refusal(ending.message), kind: "problem" };
    case "unreachable":
      return { text: "The server cannot be reached. Check your network.", kind: "problem", action: "call again" };
    case "sign-in expired":
      return { text: "Your sign-in has expired.", kind: "problem", action: "sign in" };
    case "no microphone":
      return { text: microphone(ending.reason), kind: "problem", action: "call again" };
  }
}

/** The word for a call in the list. */
export function outcome(ending: Ending["why"], seconds: number | null | undefined): string {
  if (seconds !== undefined && seconds !== null) return duration(seconds);
  return ending === "hung up" ? "cancelled" : ending === "not answered" ? "no answer" : "not connected";
}

export function microphone(reason: string): string {
  switch (reason) {
    case "denied":
      return "The microphone is blocked. Allow it in the address bar.";
    case "missing":
      return "No microphone was found. Connect one.";
    case "busy":
      return "The microphone is used by another program.";
    default:
      return "This page cannot use the microphone here. Open it by https, or on this machine.";
  }
}

function refusal(message: string): string {
  const reason = /^Bad Number: (.+)/.exec(message)?.[1];
  if (reason) return reason;
  return message === "Bad Number" ? "Calls to this number are not allowed." : message;
}
