// POST /update of a call that is on:
//
//   {update: "digit", digit, transactionId}    the callee hears the digit
//   {update: "end", meetingId}                 everybody is hung up
//   {update: "state", meetingId}               → {state}: how far the call got; "ended" where it is over

import { ChimeSDKMeetingsClient, DeleteMeetingCommand, GetMeetingCommand, NotFoundException } from "@aws-sdk/client-chime-sdk-meetings";
import { ChimeSDKVoiceClient, UpdateSipMediaApplicationCallCommand } from "@aws-sdk/client-chime-sdk-voice";
import { json, parsed, type ProxyEvent, type ProxyResult } from "./proxy.ts";
import { readState } from "./state.ts";

const region = process.env.AWS_REGION ?? "us-east-1";
const meetings = new ChimeSDKMeetingsClient({ region });
const voice = new ChimeSDKVoiceClient({ region });

export async function handler(event: ProxyEvent): Promise<ProxyResult> {
  const { update, digit, meetingId, transactionId } = parsed(event);
  try {
    if (update === "digit" && typeof digit === "string" && /^[\d*#]$/.test(digit) && isId(transactionId)) {
      await voice.send(
        new UpdateSipMediaApplicationCallCommand({
          SipMediaApplicationId: process.env.SMA_ID,
          TransactionId: transactionId,
          Arguments: { digit },
        }),
      );
      return json(200, "Digit sent");
    }
    if (update === "end" && isId(meetingId)) {
      await meetings.send(new DeleteMeetingCommand({ MeetingId: meetingId }));
      return json(200, "Meeting deleted");
    }
    if (update === "state" && isId(meetingId)) return json(200, { state: await state(meetingId) });
  } catch (error) {
    console.error(`${update} failed`, error);
    return json(503, "The call could not be updated.");
  }
  return json(400, "Invalid request");
}

async function state(meetingId: string): Promise<string> {
  try {
    const { Meeting } = await meetings.send(new GetMeetingCommand({ MeetingId: meetingId }));
    return await readState(meetings, Meeting?.MeetingArn ?? "");
  } catch (error) {
    if (error instanceof NotFoundException || (error as Error).name === "ResourceNotFoundException") return "ended";
    throw error;
  }
}

function isId(value: unknown): value is string {
  return typeof value === "string" && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(value);
}
