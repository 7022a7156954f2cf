// How far a call got, kept as a tag of its meeting: the meeting is the only thing that all three functions and the page
// know, and it is gone when the call is.

import { type ChimeSDKMeetingsClient, ListTagsForResourceCommand, TagResourceCommand } from "@aws-sdk/client-chime-sdk-meetings";

/** `dialling` until there is a tag. */
export type CallState = "dialling" | "answered" | "not-answered" | "failed";

const KEY = "CallState";

export async function writeState(meetings: ChimeSDKMeetingsClient, meetingArn: string, state: CallState): Promise<void> {
  await meetings.send(new TagResourceCommand({ ResourceARN: meetingArn, Tags: [{ Key: KEY, Value: state }] }));
}

export async function readState(meetings: ChimeSDKMeetingsClient, meetingArn: string): Promise<CallState> {
  const { Tags } = await meetings.send(new ListTagsForResourceCommand({ ResourceARN: meetingArn }));
  return (Tags?.find((tag) => tag.Key === KEY)?.Value as CallState | undefined) ?? "dialling";
}
