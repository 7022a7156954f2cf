// Drives the call: LEG-A is the meeting, with the browser in it; LEG-B will be the person who is called.
//
//   event                     the call …                           we answer
//   ─────                     ──────────                           ─────────
//   NEW_OUTBOUND_CALL         is about to join the meeting         attributes only
//   CALL_ANSWERED             is in the meeting                    CallAndBridge to the number, or to the PBX behind
//                                                                  the connector, which is told who calls
//   ACTION_SUCCESSFUL bridge  has two ends                         the page is told: answered
//   ACTION_FAILED bridge      found nobody                         the page is told; a sentence, Hangup
//   CALL_UPDATE_REQUESTED     a key was pressed in the page        SendDigits to the callee; while others are being
//                                                                  sent, the attribute PendingDigits
//   ACTION_… SendDigits       the keys were sent                   SendDigits of what is pending
//   HANGUP LEG-A              has lost the browser                 the meeting goes, Hangup of LEG-B
//   HANGUP LEG-B              has lost the callee                  the meeting goes, and LEG-A with it

import { ChimeSDKMeetingsClient, DeleteMeetingCommand, NotFoundException } from "@aws-sdk/client-chime-sdk-meetings";
import type { Action, CallEvent, CallResponse } from "./protocol.ts";
import { type CallState, writeState } from "./state.ts";

const NOT_REACHED = "We are sorry. Your call was not answered.";
const SECONDS_TO_RING = 40;

const meetings = new ChimeSDKMeetingsClient({ region: process.env.AWS_REGION ?? "us-east-1" });

export async function handler(event: CallEvent): Promise<CallResponse> {
  console.info(event.CallDetails.TransactionId, event.InvocationEventType, event.ActionData?.Type ?? "");
  const call = new Call(event);
  return { SchemaVersion: "1.0", Actions: await actions(call), TransactionAttributes: call.attributes };
}

/** What an event says about its call. */
class Call {
  readonly event: CallEvent;
  readonly attributes: Record<string, string>;

  constructor(event: CallEvent) {
    this.event = event;
    const given = event.InvocationEventType === "NEW_OUTBOUND_CALL" ? event.ActionData?.Parameters.Arguments : undefined;
    this.attributes = event.CallDetails.TransactionAttributes ?? given ?? {};
  }

  /** The id of a leg that is still there. */
  leg(tag: "LEG-A" | "LEG-B"): string | undefined {
    const { Participants } = this.event.CallDetails;
    return Participants.find((leg) => leg.ParticipantTag === tag && leg.Status !== "Disconnected")?.CallId;
  }
}

async function actions(call: Call): Promise<Action[]> {
  const { InvocationEventType: kind, ActionData: action } = call.event;
  switch (kind) {
    case "CALL_ANSWERED":
      return [bridge(call.attributes)];
    case "ACTION_SUCCESSFUL":
      if (action?.Type === "SendDigits") return nextDigits(call);
      if (action?.Type === "CallAndBridge") await tell(call, "answered");
      return [];
    case "ACTION_FAILED":
      if (action?.Type === "SendDigits") return nextDigits(call);
      if (action?.Type !== "CallAndBridge") return [];
      await tell(call, action.ErrorType === "CallNotAnswered" ? "not-answered" : "failed");
      return call.leg("LEG-A") ? [speak(NOT_REACHED), hangup("LEG-A")] : [];
    case "CALL_UPDATE_REQUESTED": {
      const digit = action?.Parameters.Arguments?.digit;
      // Before the callee answered there is nobody to hear it.
      if (!digit || !call.leg("LEG-B")) return [];
      const { PendingDigits } = call.attributes;
      call.attributes.PendingDigits = (PendingDigits ?? "") + digit;
      return PendingDigits === undefined ? nextDigits(call) : [];
    }
    case "HANGUP":
      await deleteMeeting(call.attributes.MeetingId);
      return call.leg("LEG-B") ? [hangup("LEG-B")] : [];
    case "INVALID_LAMBDA_RESPONSE":
      // Our last answer could not be used: nobody knows what this call does now.
      await deleteMeeting(call.attributes.MeetingId);
      return [];
    default:
      return [];
  }
}

/** Shows the page how far the call got. The call goes on if it cannot be told. */
async function tell(call: Call, state: CallState): Promise<void> {
  const arn = call.attributes.MeetingArn;
  if (!arn) return;
  await writeState(meetings, arn, state).catch((error: unknown) => console.error(`not told: ${state}`, error));
}

async function deleteMeeting(id: string | undefined): Promise<void> {
  if (!id) return;
  try {
    await meetings.send(new DeleteMeetingCommand({ MeetingId: id }));
  } catch (error) {
    // It may be gone before us.
    if (!(error instanceof NotFoundException)) throw error;
  }
}

function bridge(attributes: Record<string, string>): Action {
  const toPbx = attributes.DialVC === "true";
  const endpoint = toPbx
    ? { BridgeEndpointType: "AWS", Uri: attributes.RequestedDialNumber, Arn: attributes.RequestedVCArn }
    : { BridgeEndpointType: "PSTN", Uri: attributes.RequestedDialNumber };
  return {
    Type: "CallAndBridge",
    Parameters: {
      CallTimeoutSeconds: SECONDS_TO_RING,
      CallerIdNumber: process.env.FROM_NUMBER,
      Endpoints: [endpoint],
      ...(toPbx && attributes.RequestorEmail ? { SipHeaders: { "X-RequestorEmail": attributes.RequestorEmail } } : {}),
    },
  };
}

/**
 * Sends what is pending. There is one SendDigits at a time, since a new list of actions replaces what still waits in the
 * old one. `PendingDigits` is there, be it empty, for as long as one is on its way.
 */
function nextDigits(call: Call): Action[] {
  const digits = call.attributes.PendingDigits;
  const callee = call.leg("LEG-B");
  if (!digits || !callee) {
    delete call.attributes.PendingDigits;
    return [];
  }
  call.attributes.PendingDigits = "";
  return [{ Type: "SendDigits", Parameters: { CallId: callee, Digits: digits, ToneDurationInMilliseconds: 100 } }];
}

function speak(text: string): Action {
  return { Type: "Speak", Parameters: { ParticipantTag: "LEG-A", Text: text, Engine: "neural", VoiceId: "Joanna" } };
}

function hangup(leg: "LEG-A" | "LEG-B"): Action {
  return { Type: "Hangup", Parameters: { ParticipantTag: leg, SipResponseCode: "0" } };
}
