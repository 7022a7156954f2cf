// A line to try the page with: it greets, and says each key that the caller presses.

import type { Action, CallEvent, CallResponse } from "./protocol.ts";

const GREETING = "Hello. You are connected. Press any key of the dial pad, and I will tell you what I heard.";
const NAMES: Record<string, string> = { "*": "star", "#": "pound" };

export function handler(event: CallEvent): Promise<CallResponse> {
  return Promise.resolve({ SchemaVersion: "1.0", Actions: actions(event) });
}

function actions(event: CallEvent): Action[] {
  switch (event.InvocationEventType) {
    case "NEW_INBOUND_CALL":
      return [speak(GREETING), receiveDigits()];
    case "DIGITS_RECEIVED": {
      const digit = event.ActionData?.ReceivedDigits ?? "";
      return [speak(`You pressed ${NAMES[digit] ?? digit}.`), receiveDigits()];
    }
    default:
      return [];
  }
}

function speak(text: string): Action {
  return { Type: "Speak", Parameters: { ParticipantTag: "LEG-A", Text: text, Engine: "neural", VoiceId: "Joanna" } };
}

function receiveDigits(): Action {
  return {
    Type: "ReceiveDigits",
    Parameters: {
      ParticipantTag: "LEG-A",
      InputDigitsRegex: "^[0-9*#]$",
      InBetweenDigitsDurationInMilliseconds: 1000,
      FlushDigitsDurationInMilliseconds: 10000,
    },
  };
}
