// The two routes of the application.

import type { Config } from "./config.ts";
import { type Session, SignInExpired } from "./session.ts";

/** What the server said no to, in its words. */
export class Refused extends Error {}
/** Nobody answered: no network, or no server. */
export class Unreachable extends Error {}

/** What `dial` answers: what the meetings client wants, and the call's id. */
export interface Dialled {
  responseInfo: { Meeting: { MeetingId: string }; Attendee: { AttendeeId: string } };
  dialInfo: { SipMediaApplicationCall: { TransactionId: string } } | false;
}

export type CallProgress = "dialling" | "answered" | "not-answered" | "failed" | "ended";

export class Api {
  readonly #url: string;
  readonly #session: Session;

  constructor(config: Config, session: Session) {
    this.#url = config.apiUrl;
    this.#session = session;
  }

  dial(toNumber: string): Promise<Dialled> {
    return this.#post("dial", { toNumber });
  }

  digit(digit: string, transactionId: string): Promise<unknown> {
    return this.#post("update", { update: "digit", digit, transactionId });
  }

  /** `leaving`: the page is being closed; the request outlives it. */
  end(meetingId: string, leaving = false): Promise<unknown> {
    return this.#post("update", { update: "end", meetingId }, leaving);
  }

  async progress(meetingId: string): Promise<CallProgress> {
    const answer = await this.#post<{ state: CallProgress }>("update", { update: "state", meetingId });
    return answer.state;
  }

  async #post<T>(path: string, body: object, keepalive = false): Promise<T> {
    const token = await this.#session.token();
    let response: Response;
    try {
      response = await fetch(this.#url + path, {
        method: "POST",
        headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
        body: JSON.stringify(body),
        keepalive,
        signal: AbortSignal.timeout(15_000),
      });
    } catch (error) {
      throw new Unreachable(String(error));
    }
    if (response.status === 401 || response.status === 403) {
      this.#session.expire();
      throw new SignInExpired();
    }
    const text = await response.text();
    if (!response.ok) throw new Refused(unquoted(text) || `${response.status} ${response.statusText}`);
    return JSON.parse(text) as T;
  }
}

/** Errors come as text or as a JSON string; API Gateway's own as {message}. */
function unquoted(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "string") return value;
    if (typeof value === "object" && value !== null && "message" in value) return String(value.message);
  } catch {
    // It is text.
  }
  return text.length < 200 && !text.startsWith("<") ? text : "";
}
