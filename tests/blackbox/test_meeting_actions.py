"""`JoinChimeMeeting` and `ModifyChimeMeetingAttendees`: callers in meetings, muted, moved and sent away; and the door."""

import json

import pytest

from customers import Function
from exchange import wait_for
from meetings import DOOR, Meeting, hears_exactly
from sound import tone, write_wav

ANN, BOB, NOTE = 440, 620, 1000  # Hz
BRIDGE = "+15550111"
CALLERS = {"ann": "+15551001", "bob": "+15551002"}

# Takes each caller to the meeting that `places.json` has for his number; a key or an update does more.
HANDLER = """
def handler(event, context):
    kind, data = heard(event), event.get("ActionData", {})
    places = json.load(open(os.path.join(os.path.dirname(__file__), "places.json")))
    place = places[event["CallDetails"]["Participants"][0]["From"]]

    def join(place):
        return action("JoinChimeMeeting", ParticipantTag="LEG-A", JoinToken=place["token"], MeetingId=place["meeting"])

    def modify(operation, attendees):
        parameters = {"Operation": operation, "MeetingId": place["meeting"], "AttendeeList": attendees}
        return action("ModifyChimeMeetingAttendees", ParticipantTag="LEG-B", **parameters)

    if kind == "NEW_INBOUND_CALL" and "bridged" in place:
        door = {"X-chime-join-token": place["token"], "X-chime-meeting-id": place["meeting"]}
        return say(bridge("+17035550122", caller="+15550111", SipHeaders=door))
    if kind == "NEW_INBOUND_CALL":
        keys = action("ReceiveDigits", ParticipantTag="LEG-A", InputDigitsRegex="[1-2]",
                      InBetweenDigitsDurationInMilliseconds=300, FlushDigitsDurationInMilliseconds=3000)
        return say(join(place), keys, play("note.wav"))
    if kind == "DIGITS_RECEIVED":
        return say(modify("Mute" if data["ReceivedDigits"] == "1" else "Unmute", [place["attendee"]]))
    if kind == "CALL_UPDATE_REQUESTED":
        wish = data["Parameters"]["Arguments"]
        if wish["do"] == "move":
            return say(hangup("LEG-B"))
        return say(modify(wish["do"], wish["attendees"].split()))
    if kind == "ACTION_SUCCESSFUL" and data["Type"] == "Hangup":
        return say(join(places["next"]))
    if kind == "ACTION_FAILED" and data["Type"] == "JoinChimeMeeting":
        return say(play("note.wav"))
    if kind == "HANGUP" and "bridged" in place:
        return say(hangup("LEG-B"))
    if kind == "HANGUP" and data["Parameters"]["ParticipantTag"] == "LEG-B":
        return say(play("note.wav"), hangup("LEG-A"))
    return say()
"""


class Lobby:
    """A number that takes callers to meetings."""

    def __init__(self, customers):
        self.function = Function(BRIDGE, HANDLER)
        self.line = customers(self.function)
        self.places = {}
        write_wav(self.line.node.objects / "prompts" / "note.wav", tone(NOTE, 1))

    def leads(self, name, of, attendee=None, **more):
        """A caller, or the next place of all, leads to a meeting."""
        made = of.attendee(attendee or name)
        place = {"meeting": of.id, "token": made["JoinToken"], "attendee": made["AttendeeId"], **more}
        self.places[CALLERS.get(name, name)] = place
        (self.line.node.folder / self.function.name / "places.json").write_text(json.dumps(self.places))
        return made

    def calls(self, name, hertz=None):
        call = self.line.softphone(name).dial(BRIDGE, self.line.udp, caller=CALLERS[name]).wait_answered()
        if hertz:
            call.ear.say(tone(hertz, 300))
        return call

    def told(self, name):
        """The events of a caller, last one last."""
        ours = (e for e in self.line.heard(BRIDGE))
        return [e for e in ours if e["CallDetails"]["Participants"][0]["From"] == CALLERS[name]]

    def until(self, name, kind, action=None, count=1):
        """The `count`-th event of that kind that a caller's function was told."""

        def look():
            events = [
                e
                for e in self.told(name)
                if e["InvocationEventType"] == kind and action in (None, e.get("ActionData", {}).get("Type"))
            ]
            return events[count - 1] if len(events) >= count else None

        try:
            return wait_for(look, 20)
        except AssertionError:
            kinds = [(e["InvocationEventType"], e.get("ActionData", {}).get("Type")) for e in self.told(name)]
            raise AssertionError(f"{name}: no {kind} {action}, but {kinds}") from None

    def updates(self, name, **arguments):
        call = self.told(name)[0]["CallDetails"]["TransactionId"]
        self.line.node.client().update_sip_media_application_call(
            SipMediaApplicationId=self.line.application(self.function), TransactionId=call, Arguments=arguments
        )


@pytest.fixture
def lobby(customers):
    return Lobby(customers)


def legs(event):
    return [(p["ParticipantTag"], p["Status"]) for p in event["CallDetails"]["Participants"]]


def test_callers_in_a_meeting_hear_each_other_and_mute_themselves_by_key(lobby):
    meeting = Meeting(lobby.line.node)
    token = lobby.leads("ann", meeting)["JoinToken"]
    lobby.leads("bob", meeting)
    ann = lobby.calls("ann", ANN)
    # Played after joining, in the meeting and to the caller alone.
    ann.hears(NOTE)
    bob = lobby.calls("bob", BOB)
    hears_exactly(ann, BOB)
    hears_exactly(bob, ANN)
    joined = lobby.until("ann", "ACTION_SUCCESSFUL", "JoinChimeMeeting")
    assert legs(joined) == [("LEG-A", "Connected"), ("LEG-B", "Connected")]
    leg_b = joined["CallDetails"]["Participants"][1]
    assert (leg_b["To"], leg_b["From"], leg_b["Direction"]) == (DOOR, "SMA", "Outbound")
    assert token not in json.dumps(lobby.told("ann"))

    ann.ear.press("1")
    hears_exactly(bob)
    hears_exactly(ann, BOB)
    muted = lobby.until("ann", "ACTION_SUCCESSFUL", "ModifyChimeMeetingAttendees")
    assert muted["ActionData"]["Parameters"]["AttendeeList"] == [meeting.who("ann")]
    assert muted["ActionData"]["Parameters"]["CallId"] == leg_b["CallId"]
    ann.ear.press("2")
    hears_exactly(bob, ANN)

    # Who hangs up takes the meeting's leg along: one HANGUP, and nothing after it.
    ann.hangup().wait_ended()
    gone = lobby.until("ann", "HANGUP")
    assert gone["ActionData"]["Parameters"]["ParticipantTag"] == "LEG-A"
    assert legs(gone) == [("LEG-A", "Disconnected"), ("LEG-B", "Disconnected")]
    hears_exactly(bob)
    bob.hangup().wait_ended()
    meeting.delete()
    lobby.line.one_record_per_leg(4)
    assert lobby.told("ann")[-1] == gone


def test_an_update_mutes_others_and_names_strangers(lobby):
    meeting = Meeting(lobby.line.node)
    lobby.leads("ann", meeting)
    lobby.leads("bob", meeting)
    ann, bob = lobby.calls("ann", ANN), lobby.calls("bob", BOB)
    hears_exactly(ann, BOB)
    lobby.updates("ann", do="Mute", attendees=meeting.who("bob"))
    hears_exactly(ann)
    lobby.updates("ann", do="Unmute", attendees=meeting.who("bob"))
    hears_exactly(ann, BOB)
    # All or nobody.
    lobby.updates("ann", do="Mute", attendees=f"{meeting.who('bob')} nobody")
    failed = lobby.until("ann", "ACTION_FAILED")["ActionData"]
    assert failed["ErrorType"] == "InvalidActionParameter"
    assert failed["ErrorMessage"].startswith("One or more attendees are not part of this meeting.")
    assert failed["ErrorList"] == ["nobody"]
    hears_exactly(ann, BOB, settle=5)
    for call in (ann, bob):
        call.hangup().wait_ended()
    meeting.delete()
    lobby.line.idle()


def test_a_caller_moves_from_one_meeting_to_another(lobby):
    first = Meeting(lobby.line.node)
    second = Meeting(lobby.line.node, ClientRequestToken="second", ExternalMeetingId="second")
    lobby.leads("ann", first)
    lobby.leads("next", second, "ann")
    bob = second.dial(lobby.line.softphone("bob"), "bob", lobby.line.udp, BOB)
    ann = lobby.calls("ann", ANN)
    before = lobby.until("ann", "ACTION_SUCCESSFUL", "JoinChimeMeeting")["CallDetails"]["Participants"][1]["CallId"]
    lobby.updates("ann", do="move")
    left = lobby.until("ann", "ACTION_SUCCESSFUL", "Hangup")
    assert legs(left) == [("LEG-A", "Connected"), ("LEG-B", "Disconnected")]
    assert left["ActionData"]["Parameters"]["CallId"] == before
    hears_exactly(ann, BOB)
    hears_exactly(bob, ANN)
    after = lobby.until("ann", "ACTION_SUCCESSFUL", "JoinChimeMeeting", count=2)
    assert after["CallDetails"]["Participants"][1]["CallId"] != before
    ann.hangup().wait_ended()
    bob.hangup().wait_ended()
    lobby.until("ann", "HANGUP")
    # Leaving is told by the success of the action alone.
    hangups = [e for e in lobby.told("ann") if e["InvocationEventType"] == "HANGUP"]
    assert [e["ActionData"]["Parameters"]["ParticipantTag"] for e in hangups] == ["LEG-A"]
    first.delete()
    second.delete()
    lobby.line.idle()


@pytest.mark.parametrize("wrong", ["a token of nobody", "a token of another meeting", "a token of a deleted attendee"])
def test_a_caller_with_a_wrong_token_stays_and_is_told(lobby, wrong):
    meeting = Meeting(lobby.line.node)
    other = Meeting(lobby.line.node, ClientRequestToken="other", ExternalMeetingId="other")
    match wrong:
        case "a token of nobody":
            lobby.leads("ann", meeting, token="bm9ib2R5")
        case "a token of another meeting":
            lobby.leads("ann", meeting, meeting=other.id)
        case _:
            lobby.leads("ann", meeting)
            meeting.remove("ann")
    ann = lobby.calls("ann")
    ann.hears(NOTE)
    failed = lobby.until("ann", "ACTION_FAILED", "JoinChimeMeeting")
    data = failed["ActionData"]
    assert data["ErrorType"] == "InvalidActionParameter"
    assert data["ErrorMessage"] == "JoinToken parameter value is invalid."
    assert data["Error"] == "ErrorJoiningMeeting: Error while joining meeting."
    assert legs(failed) == [("LEG-A", "Connected")]
    ann.hangup().wait_ended()
    meeting.delete()
    other.delete()
    lobby.line.one_record_per_leg(1)


def test_a_bridge_to_the_door_is_a_bridge_like_any_other(lobby):
    meeting = Meeting(lobby.line.node)
    bob = meeting.dial(lobby.line.softphone("bob"), "bob", lobby.line.udp, BOB)
    lobby.leads("ann", meeting, bridged=True)
    ann = lobby.calls("ann", ANN)
    hears_exactly(ann, BOB)
    hears_exactly(bob, ANN)
    assert legs(lobby.until("ann", "ACTION_SUCCESSFUL", "CallAndBridge")) == [
        ("LEG-A", "Connected"),
        ("LEG-B", "Connected"),
    ]
    ann.hangup().wait_ended()
    # The far end stays until the function lets it go.
    assert legs(lobby.until("ann", "HANGUP")) == [("LEG-A", "Disconnected"), ("LEG-B", "Connected")]
    assert legs(lobby.until("ann", "HANGUP", count=2)) == [("LEG-A", "Disconnected"), ("LEG-B", "Disconnected")]
    bob.hangup().wait_ended()
    meeting.delete()
    lobby.line.idle()


@pytest.mark.parametrize("how", ["the meeting is deleted", "the attendee is deleted"])
def test_a_caller_whose_meeting_ends_goes_on_without_it(lobby, how):
    meeting = Meeting(lobby.line.node)
    lobby.leads("ann", meeting)
    ann = lobby.calls("ann", ANN)
    lobby.until("ann", "ACTION_SUCCESSFUL", "PlayAudio")
    played = ann.ear.heard(NOTE)
    meeting.delete() if how == "the meeting is deleted" else meeting.remove("ann")
    gone = lobby.until("ann", "HANGUP")
    assert gone["ActionData"]["Parameters"]["ParticipantTag"] == "LEG-B"
    assert gone["ActionData"]["Parameters"]["SipResponseCode"] == 0
    assert legs(gone) == [("LEG-A", "Connected"), ("LEG-B", "Disconnected")]
    # The function says something and hangs up.
    ann.wait_ended()
    assert ann.ear.heard(NOTE) - played > 0.7
    last = lobby.until("ann", "HANGUP", count=2)
    assert legs(last) == [("LEG-A", "Disconnected")]
    meeting.delete()
    lobby.line.one_record_per_leg(2)


def test_the_door_takes_tokens_in_headers_and_in_the_uri(lobby):
    meeting = Meeting(lobby.line.node)
    ann = meeting.dial(lobby.line.softphone("ann"), "ann", lobby.line.udp, ANN)
    token = meeting.attendee("bob")["JoinToken"]
    bob = lobby.line.softphone("bob")
    uri = f";transport=udp;X-chime-join-token={token};X-chime-meeting-id={meeting.id}"
    call = bob.dial(DOOR, lobby.line.udp, parameters=uri).wait_answered()
    call.ear.say(tone(BOB, 300))
    hears_exactly(ann, BOB)
    hears_exactly(call, ANN)
    call.hangup().wait_ended()
    # The older name is enough to find the meeting; and no key opens it without being somebody's.
    call = bob.dial(DOOR, lobby.line.udp, parameters=f";x-JOINtoken={token}").wait_answered()
    hears_exactly(call, ANN)
    call.hangup().wait_ended()
    for parameters in (f";X-joinToken={token}x", f";X-chime-join-token={token};X-chime-meeting-id=other"):
        refused = bob.dial(DOOR, lobby.line.udp, parameters=parameters).wait_ended()
        assert refused.final.status == 403
    ann.hangup().wait_ended()
    meeting.delete()
    lobby.line.idle()
