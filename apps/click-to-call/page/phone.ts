// The telephone of the page: one call at a time, by the unmodified meetings client.
//
//   idle ──dial──▶ placing ──meeting joined──▶ calling ──callee answered──▶ talking ──▶ idle, with an ending
//                     └────────────────── refused, no microphone ──────────────────────▶ idle, with an ending

import {
  type AudioVideoObserver,
  ConsoleLogger,
  DefaultDeviceController,
  DefaultMeetingSession,
  LogLevel,
  MeetingSessionConfiguration,
  MeetingSessionStatusCode,
} from "amazon-chime-sdk-js";
import { type Api, type CallProgress, Refused, Unreachable } from "./api.ts";
import { type Microphone, NoMicrophone } from "./microphone.ts";
import { SignInExpired } from "./session.ts";

export type PhoneState =
  | { at: "idle" }
  | { at: "placing"; number: string }
  | { at: "calling"; number: string; link: Link }
  | { at: "talking"; number: string; since: number; link: Link };

/** The way to the server: fine, weak, or lost and sought again. */
export type Link = "good" | "poor" | "reconnecting";

/** Why a call is over, or never was. */
export type Ending =
  | { why: "hung up" | "callee hung up" | "not answered" | "failed" | "connection lost" | "elsewhere" | "removed" }
  | { why: "no microphone"; reason: NoMicrophone["reason"] }
  | { why: "refused"; message: string }
  | { why: "unreachable" | "sign-in expired" };

export interface Ended {
  number: string;
  seconds: number | undefined;
  ending: Ending;
}

export interface PhoneListener {
  changed(state: PhoneState): void;
  ended(call: Ended): void;
  muted(on: boolean): void;
  /** Something of the callee is heard. */
  heard(): void;
  digitLost(digit: string): void;
}

const POLL_MS = 1000;

export class Phone {
  state: PhoneState = { at: "idle" };
  readonly #api: Api;
  readonly #microphone: Microphone;
  readonly #audio: HTMLAudioElement;
  readonly #listener: PhoneListener;
  #call: Call | undefined;

  constructor(api: Api, microphone: Microphone, audio: HTMLAudioElement, listener: PhoneListener) {
    this.#api = api;
    this.#microphone = microphone;
    this.#audio = audio;
    this.#listener = listener;
  }

  async dial(number: string): Promise<void> {
    if (this.state.at !== "idle") return;
    this.#become({ at: "placing", number });
    let stream: MediaStream;
    try {
      stream = await this.#microphone.open();
    } catch (error) {
      return this.#over({ why: "no microphone", reason: error instanceof NoMicrophone ? error.reason : "unavailable" });
    }
    try {
      const { responseInfo, dialInfo } = await this.#api.dial(number);
      if (!dialInfo) throw new Refused("The call could not be placed.");
      const call = new Call(responseInfo.Meeting.MeetingId, dialInfo.SipMediaApplicationCall.TransactionId);
      this.#call = call;
      if (this.#wasGivenUp()) return this.hangUp();
      this.#become({ at: "calling", number, link: "good" });
      await this.#join(call, responseInfo, stream);
      void this.#follow(call);
    } catch (error) {
      console.error(error);
      const call = this.#call;
      if (call) this.#endAtServer(call);
      this.#over(endingOf(error));
    }
  }

  /** Ends the call, in whatever state it is. */
  async hangUp(): Promise<void> {
    const call = this.#call;
    if (this.state.at === "placing" && !call) {
      this.#givenUp = true;
      return;
    }
    if (!call) return;
    this.#endAtServer(call);
    this.#over({ why: "hung up" });
  }

  /** The page is being closed. */
  leave(): void {
    if (this.#call) void this.#api.end(this.#call.meetingId, true).catch(() => {});
  }

  /** A key for the callee; those of one call arrive in the order they were pressed. */
  press(digit: string): void {
    const call = this.#call;
    if (!call || this.state.at !== "talking") return;
    call.digits = call.digits.then(() =>
      this.#api.digit(digit, call.transactionId).then(
        () => {},
        (error: unknown) => {
          console.error(error);
          if (this.#call === call) this.#listener.digitLost(digit);
        },
      ),
    );
  }

  toggleMute(): void {
    const media = this.#call?.session?.audioVideo;
    if (!media) return;
    if (media.realtimeIsLocalAudioMuted()) media.realtimeUnmuteLocalAudio();
    else media.realtimeMuteLocalAudio();
  }

  async chooseMicrophone(id: string): Promise<void> {
    const stream = await this.#microphone.choose(id);
    if (stream) await this.#call?.session?.audioVideo.startAudioInput(stream);
  }

  async chooseSpeaker(id: string): Promise<void> {
    this.#speaker = id;
    await this.#call?.session?.audioVideo.chooseAudioOutput(id === "default" ? null : id);
  }

  #speaker = "default";
  #givenUp = false;

  #wasGivenUp(): boolean {
    const given = this.#givenUp;
    this.#givenUp = false;
    return given;
  }

  async #join(call: Call, place: { Meeting: object; Attendee: object }, stream: MediaStream): Promise<void> {
    const logger = new ConsoleLogger("meeting", LogLevel.WARN);
    const session = new DefaultMeetingSession(
      new MeetingSessionConfiguration(place.Meeting, place.Attendee),
      logger,
      new DefaultDeviceController(logger),
    );
    call.session = session;
    const media = session.audioVideo;
    media.addObserver(this.#observer(call));
    media.realtimeSubscribeToMuteAndUnmuteLocalAudio((muted) => this.#call === call && this.#listener.muted(muted));
    media.realtimeSubscribeToAttendeeIdPresence((id, present, externalId) => {
      if (!present || externalId !== "phone-user" || call.followed.has(id)) return;
      call.followed.add(id);
      media.realtimeSubscribeToVolumeIndicator(id, (_id, volume) => {
        if (volume !== null && volume > 0 && this.#call === call) this.#listener.heard();
      });
    });
    await media.startAudioInput(stream);
    if (this.#speaker !== "default") await media.chooseAudioOutput(this.#speaker);
    await media.bindAudioElement(this.#audio);
    // Whoever hung up meanwhile does not come back.
    if (this.#call === call) media.start();
  }

  #observer(call: Call): AudioVideoObserver {
    const link = (state: Link) => {
      if (this.#call === call && (this.state.at === "calling" || this.state.at === "talking")) {
        this.#become({ ...this.state, link: state });
      }
    };
    return {
      audioVideoDidStartConnecting: (reconnecting) => reconnecting && link("reconnecting"),
      audioVideoDidStart: () => link("good"),
      connectionDidBecomePoor: () => link("poor"),
      connectionDidBecomeGood: () => link("good"),
      audioVideoDidStop: (status) => {
        if (this.#call !== call) return;
        const ending = this.#endingBy(status.statusCode(), call);
        if (ending.why === "connection lost") this.#endAtServer(call);
        this.#over(ending);
      },
    };
  }

  #endingBy(code: MeetingSessionStatusCode, call: Call): Ending {
    switch (code) {
      case MeetingSessionStatusCode.MeetingEnded:
        if (call.outcome) return { why: call.outcome };
        return { why: this.state.at === "talking" ? "callee hung up" : "failed" };
      case MeetingSessionStatusCode.AudioJoinedFromAnotherDevice:
        return { why: "elsewhere" };
      case MeetingSessionStatusCode.AudioAttendeeRemoved:
        return { why: "removed" };
      default:
        return { why: "connection lost" };
    }
  }

  /** Asks until the callee has answered, or has not. */
  async #follow(call: Call): Promise<void> {
    while (this.#call === call && this.state.at === "calling" && !call.outcome) {
      const progress = await this.#api.progress(call.meetingId).catch((error: unknown): CallProgress => {
        console.warn(error);
        return "dialling";
      });
      if (this.#call !== call || this.state.at !== "calling") return;
      if (progress === "answered") {
        this.#become({ at: "talking", number: this.state.number, since: Date.now(), link: this.state.link });
      } else if (progress === "not-answered" || progress === "failed") {
        // What the server still says to the caller may be heard; then the meeting ends.
        call.outcome = progress === "failed" ? "failed" : "not answered";
        this.#become({ ...this.state });
      } else if (progress === "ended") {
        // The client is told by its connection; should that be lost, this is how it is known.
        call.ended += 1;
        if (call.ended > 3) return this.#over({ why: "failed" });
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  /** Whether the call that is being tried has no hope left. */
  get hopeless(): boolean {
    return this.#call?.outcome !== undefined;
  }

  #endAtServer(call: Call): void {
    const attempt = (left: number) => {
      this.#api.end(call.meetingId).catch((error: unknown) => {
        console.warn("the end was not told", error);
        if (left > 0 && error instanceof Unreachable) setTimeout(() => attempt(left - 1), 3000);
      });
    };
    attempt(5);
  }

  #over(ending: Ending): void {
    const { state } = this;
    if (state.at === "idle") return;
    const call = this.#call;
    this.#call = undefined;
    this.#givenUp = false;
    const media = call?.session?.audioVideo;
    if (media) {
      media.stop();
      media.unbindAudioElement();
      void media.stopAudioInput();
    }
    if (ending.why !== "no microphone") this.#microphone.close();
    this.#become({ at: "idle" });
    const seconds = state.at === "talking" ? Math.round((Date.now() - state.since) / 1000) : undefined;
    this.#listener.ended({ number: state.number, seconds, ending });
  }

  #become(state: PhoneState): void {
    this.state = state;
    this.#listener.changed(state);
  }
}

/** What belongs to one call. */
class Call {
  readonly meetingId: string;
  readonly transactionId: string;
  session: DefaultMeetingSession | undefined;
  digits: Promise<void> = Promise.resolve();
  outcome: "not answered" | "failed" | undefined;
  /** How often the server said that it is over. */
  ended = 0;
  readonly followed = new Set<string>();

  constructor(meetingId: string, transactionId: string) {
    this.meetingId = meetingId;
    this.transactionId = transactionId;
  }
}

function endingOf(error: unknown): Ending {
  if (error instanceof SignInExpired) return { why: "sign-in expired" };
  if (error instanceof Unreachable) return { why: "unreachable" };
  if (error instanceof Refused) return { why: "refused", message: error.message };
  return { why: "connection lost" };
}
