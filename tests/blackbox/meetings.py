"""Meetings as tests see them: made by the AWS API, joined by browsers and by phones."""

import numpy

from exchange import wait_for
from sound import RATE, tone

DOOR = "+17035550122"


class Meeting:
    """A meeting made by boto3, and its attendees by the names they were given."""

    def __init__(self, node, **more):
        self.client = node.client("chime-sdk-meetings")
        self.node = node
        wanted = {"ClientRequestToken": "a-token", "MediaRegion": "us-east-1", "ExternalMeetingId": "weekly", **more}
        self.meeting = self.client.create_meeting(**wanted)["Meeting"]
        self.id = self.meeting["MeetingId"]
        self.attendees = {}

    def attendee(self, name):
        """Makes an attendee; his external id is the name."""
        made = self.client.create_attendee(MeetingId=self.id, ExternalUserId=name)["Attendee"]
        self.attendees[name] = made
        return made

    def who(self, name):
        return self.attendees[name]["AttendeeId"]

    def join(self, party, name=None, **more):
        """A browser joins under its own name, unless told otherwise."""
        name = name or party.name
        attendee = self.attendees.get(name) or self.attendee(name)
        return party.join(self.meeting, attendee, **more)

    def dial(self, phone, name, at, hertz=None, **more):
        """A phone comes in by the door of meetings with its token in headers."""
        attendee = self.attendees.get(name) or self.attendee(name)
        headers = [f"X-chime-join-token: {attendee['JoinToken']}", f"X-chime-meeting-id: {self.id}"]
        call = phone.dial(DOOR, at, headers=headers, **more).wait_answered()
        if hertz:
            call.ear.say(tone(hertz, 300))
        return call

    def delete(self):
        self.client.delete_meeting(MeetingId=self.id)

    def remove(self, name):
        self.client.delete_attendee(MeetingId=self.id, AttendeeId=self.who(name))


def tones_of(samples, wanted, rate=RATE, quiet=24):
    """The frequencies in a sound: those of `wanted` by their name, all others as they are."""
    samples = numpy.asarray(samples, float)
    if len(samples) < rate // 2:
        return None
    spectrum = numpy.abs(numpy.fft.rfft(samples * numpy.hanning(len(samples)))) / (len(samples) / 4) + 1e-9
    level = 20 * numpy.log10(spectrum / 32768)
    width = rate / len(samples)
    loudest = level.max()
    if loudest < -60:
        return []
    found = set()
    for i in range(2, len(level) - 2):
        if level[i] > loudest - quiet and level[i] == level[i - 2 : i + 3].max():
            hertz = i * width
            found.add(next((w for w in wanted if abs(hertz - w) <= 15), round(hertz)))
    return sorted(found)


def hears_exactly(call, *hertz, timeout=20, settle=2):
    """Waits until what a phone hears is these tones and nothing else, for `settle` half seconds in a row."""
    wanted, seen, last, at = sorted(hertz), 0, None, 0

    def look():
        nonlocal seen, last, at
        samples = call.ear.samples()
        if len(samples) < at + RATE // 2:
            return False
        at = len(samples)
        last = tones_of(samples[-RATE:], wanted)
        seen = seen + 1 if last == wanted else 0
        return seen >= settle

    try:
        wait_for(look, timeout)
    except AssertionError:
        raise AssertionError(f"{call.phone.name} hears {last}, not {wanted}: {call.story()}") from None
