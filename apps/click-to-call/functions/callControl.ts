// POST /dial {toNumber} → a meeting for the browser, and a call that joins it and is going to be bridged to the number.

import { randomUUID } from "node:crypto";
import {
  type Attendee,
  ChimeSDKMeetingsClient,
  CreateMeetingWithAttendeesCommand,
  DeleteMeetingCommand,
  type Meeting,
} from "@aws-sdk/client-chime-sdk-meetings";
import { ChimeSDKVoiceClient, CreateSipMediaApplicationCallCommand } from "@aws-sdk/client-chime-sdk-voice";
import { FAULTS, parseNumber } from "./numbers.ts";
import { json, parsed, type ProxyEvent, type ProxyResult, text } from "./proxy.ts";

/** The number that is the door to meetings: the join token in the headers says to which. */
const MEETING_DOOR = "+17035550122";

const region = process.env.AWS_REGION ?? "us-east-1";
const meetings = new ChimeSDKMeetingsClient({ region });
const voice = new ChimeSDKVoiceClient({ region });

export async function handler(event: ProxyEvent): Promise<ProxyResult> {
  const { toNumber } = parsed(event);
  const number = parseNumber(typeof toNumber === "string" ? toNumber : "", process.env.COUNTRY_CODE ?? "1");
  if ("fault" in number) {
    return text(503, number.fault === "empty" ? "Missing Number" : `Bad Number: ${FAULTS[number.fault]}`);
  }
  const email = event.requestContext.authorizer?.claims?.email ?? "";

  let room: Room;
  try {
    room = await createRoom();
  } catch (error) {
    console.error("no meeting", error);
    return text(503, "The meeting could not be made.");
  }
  try {
    const { SipMediaApplicationCall } = await dial(room, number.e164, email);
    console.info("dialled", { to: number.e164, transaction: SipMediaApplicationCall?.TransactionId });
    return json(200, {
      responseInfo: { Meeting: room.meeting, Attendee: room.client },
      dialInfo: { SipMediaApplicationCall },
      toNumber: number.e164,
    });
  } catch (error) {
    console.error("no call", error);
    await meetings
      .send(new DeleteMeetingCommand({ MeetingId: room.meeting.MeetingId }))
      .catch((problem: unknown) => console.error("the meeting stays", problem));
    return text(503, "The call could not be placed.");
  }
}

/** A meeting, the person's place in it and the telephone's. */
interface Room {
  meeting: Meeting;
  client: Attendee;
  phone: Attendee;
}

async function createRoom(): Promise<Room> {
  const { Meeting, Attendees, Errors } = await meetings.send(
    new CreateMeetingWithAttendeesCommand({
      ClientRequestToken: randomUUID(),
      MediaRegion: region,
      ExternalMeetingId: randomUUID(),
      Attendees: [{ ExternalUserId: "client-user" }, { ExternalUserId: "phone-user" }],
    }),
  );
  const place = (user: string) => Attendees?.find((attendee) => attendee.ExternalUserId === user);
  const client = place("client-user");
  const phone = place("phone-user");
  if (!Meeting || !client || !phone) throw new Error(`incomplete: ${JSON.stringify(Errors)}`);
  return { meeting: Meeting, client, phone };
}

function dial(room: Room, number: string, email: string) {
  return voice.send(
    new CreateSipMediaApplicationCallCommand({
      FromPhoneNumber: process.env.FROM_NUMBER,
      ToPhoneNumber: MEETING_DOOR,
      SipMediaApplicationId: process.env.SMA_ID,
      SipHeaders: {
        "X-chime-join-token": room.phone.JoinToken ?? "",
        "X-chime-meeting-id": room.meeting.MeetingId ?? "",
      },
      ArgumentsMap: {
        MeetingId: room.meeting.MeetingId ?? "",
        MeetingArn: room.meeting.MeetingArn ?? "",
        RequestedDialNumber: number,
        RequestedVCArn: process.env.VOICE_CONNECTOR_ARN ?? "",
        RequestorEmail: email,
        DialVC: String(number === process.env.VOICE_CONNECTOR_PHONE),
      },
    }),
  );
}
