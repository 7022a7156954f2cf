"""Meetings of telephones only: ways in, who hears whom, and what ends a leg there."""

import json

import pytest

from customers import Function
from exchange import wait_for
from meetings import DOOR, Meeting, hears_exactly
from sound import tone
from telephony import CARRIER

ANN, BOB, CAR = 440, 620, 850  # Hz
BRIDGE = "+15550111"
OFFICE = "+15550100"
FAR = "+15550222"

# Joins the caller to the meeting that a file names, and stays with him when he is sent out.
JOIN = """
def handler(event, context):
    kind = heard(event)
    if kind == "NEW_INBOUND_CALL":
        place = json.load(open(os.path.join(os.path.dirname(__file__), "join.json")))
        return say(action("JoinChimeMeeting", ParticipantTag="LEG-A", JoinToken=place["token"], MeetingId=place["meeting"]))
    return say()
"""

# LEG-A is the meeting; who is called is heard there.
CLICK = f"""
def handler(event, context):
    kind = heard(event)
    if kind == "CALL_ANSWERED":
        return say(bridge("{FAR}"))
    if kind == "HANGUP" and event["ActionData"]["Parameters"]["ParticipantTag"] == "LEG-A":
        return say(hangup("LEG-B"))
    return say()
"""


def write_join(line, function, meeting, name):
    attendee = meeting.attendee(name)
    text = {"meeting": meeting.id, "token": attendee["JoinToken"]}
    (line.node.folder / function.name / "join.json").write_text(json.dumps(text))


def bye_of(call):
    return wait_for(lambda: not call.alive(), 20, f"{call.phone.name} was not hung up")


def test_three_phones_come_in_by_the_door_and_by_an_application(customers):
    bridge = Function(BRIDGE, JOIN)
    line = customers(bridge)
    meeting = Meeting(line.node)
    ann = meeting.dial(line.softphone("ann", CARRIER), "ann", line.udp, ANN)
    bob = meeting.dial(line.softphone("bob", CARRIER), "bob", line.udp, BOB)
    hears_exactly(ann, BOB)
    hears_exactly(bob, ANN)
    write_join(line, bridge, meeting, "car")
    car = line.dial(BRIDGE).wait_answered()
    car.ear.say(tone(CAR, 300))
    hears_exactly(car, ANN, BOB)
    hears_exactly(ann, BOB, CAR)
    hears_exactly(bob, ANN, CAR)
    gauges = line.gauges()
    assert (gauges["meetings"], gauges["conferences"], gauges["conference_members"]) == (1, 1, 3)

    bob.hangup().wait_ended()
    hears_exactly(ann, CAR)
    # An attendee that is deleted is hung up, and its token is worth nothing.
    meeting.remove("ann")
    bye_of(ann)
    meeting.delete()
    # The caller of the application is its to hang up.
    line.until(BRIDGE, "HANGUP LEG-B")
    event = line.heard(BRIDGE)[-1]
    assert event["ActionData"]["Parameters"]["ParticipantTag"] == "LEG-B"
    participants = event["CallDetails"]["Participants"]
    assert [(p["ParticipantTag"], p["Status"]) for p in participants] == [
        ("LEG-A", "Connected"),
        ("LEG-B", "Disconnected"),
    ]
    assert (participants[1]["To"], participants[1]["From"]) == (DOOR, "SMA")
    car.hangup().wait_ended()
    line.idle()
    gauges = line.gauges()
    assert (gauges["meetings"], gauges["conferences"], gauges["conference_members"]) == (0, 0, 0)


def test_a_call_is_placed_into_a_meeting_and_from_there_to_a_phone(customers, softphone):
    office = Function(OFFICE, CLICK)
    far = softphone("far", CARRIER, on_call=lambda call: call.answer())
    line = customers(office, far=far)
    meeting = Meeting(line.node)
    ann = meeting.dial(line.softphone("ann", CARRIER), "ann", line.udp, ANN)
    attendee = meeting.attendee("phone-user")
    made = line.node.client().create_sip_media_application_call(
        FromPhoneNumber=OFFICE,
        ToPhoneNumber=DOOR,
        SipMediaApplicationId=line.application(office),
        SipHeaders={"X-chime-join-token": attendee["JoinToken"], "X-chime-meeting-id": meeting.id},
    )["SipMediaApplicationCall"]
    line.until(DOOR, "ACTION_SUCCESSFUL:CallAndBridge")
    assert line.names(DOOR)[:3] == ["NEW_OUTBOUND_CALL:CallCreateRequest", "RINGING", "CALL_ANSWERED"]
    far = far.calls[-1]
    far.ear.say(tone(BOB, 300))
    hears_exactly(far, ANN)
    hears_exactly(ann, BOB)
    # The end of the meeting ends LEG-A, and the function hangs up LEG-B.
    meeting.delete()
    meeting.delete()
    bye_of(ann)
    bye_of(far)
    line.idle()
    shown = line.node.run("show", made["TransactionId"])
    assert f"LEG-A joins meeting {meeting.id}" in shown
    assert "LEG-A leaves its meeting: it ended" in shown
    journal = json.dumps(line.node.journal(made["TransactionId"]))
    assert attendee["JoinToken"] not in journal
    line.node.run("replay", made["TransactionId"])


def test_callers_on_several_media_threads_meet(customers):
    bridge = Function(BRIDGE, JOIN)
    line = customers(bridge, options={"shards": 3})
    meeting = Meeting(line.node)
    # A call goes to the thread that has least to do, and stays there.
    callers = []
    for name, hertz in (("ann", ANN), ("bob", BOB), ("car", CAR)):
        write_join(line, bridge, meeting, name)
        callers.append(line.dial(BRIDGE).wait_answered())
        callers[-1].ear.say(tone(hertz, 300))
        line.until(BRIDGE, "ACTION_SUCCESSFUL:JoinChimeMeeting")
    ann, bob, car = callers
    hears_exactly(ann, BOB, CAR)
    hears_exactly(bob, ANN, CAR)
    hears_exactly(car, ANN, BOB)
    for call in callers:
        call.hangup().wait_ended()
    meeting.delete()
    line.idle()


def test_a_token_that_is_no_good(customers):
    bridge = Function(BRIDGE, JOIN)
    line = customers(bridge)
    meeting = Meeting(line.node)
    phone = line.softphone("stranger", CARRIER)
    call = phone.dial(DOOR, line.udp, headers=["X-chime-join-token: bm9ib2R5"])
    call.wait_ended()
    assert call.final.status == 403
    write_join(line, bridge, meeting, "car")
    meeting.delete()
    caller = line.dial(BRIDGE)
    line.until(BRIDGE, "ACTION_FAILED:JoinChimeMeeting")
    assert line.heard(BRIDGE)[-1]["ActionData"]["ErrorType"] == "InvalidActionParameter"
    caller.hangup()
    line.idle()


def test_a_meeting_without_audio_ends_by_itself(customers):
    line = customers(Function(BRIDGE, JOIN), sections={"meetings": "no_audio = 1"})
    meeting = Meeting(line.node)
    client = meeting.client

    def gone():
        try:
            client.get_meeting(MeetingId=meeting.id)
        except client.exceptions.NotFoundException:
            return True

    wait_for(gone, 10, "the meeting did not end")
    # It existed: to delete it once more is no error.
    meeting.delete()
    with pytest.raises(client.exceptions.NotFoundException):
        client.create_attendee(MeetingId=meeting.id, ExternalUserId="late")


def test_a_lonely_phone_is_sent_home_and_an_old_meeting_ends(customers):
    line = customers(Function(BRIDGE, JOIN), sections={"meetings": "alone = 2\nmax_age = 6"})
    meeting = Meeting(line.node)
    ann = meeting.dial(line.softphone("ann", CARRIER), "ann", line.udp, ANN)
    bye_of(ann)
    old = Meeting(line.node, ClientRequestToken="another", ExternalMeetingId="another")
    ann = old.dial(line.softphone("ann", CARRIER), "ann", line.udp, ANN)
    bob = old.dial(line.softphone("bob", CARRIER), "bob", line.udp, BOB)
    hears_exactly(ann, BOB, settle=1)
    bye_of(ann)
    bye_of(bob)
    line.idle()


def test_a_crash_ends_phones_and_leaves_the_meeting(customers):
    office = Function(BRIDGE, JOIN)
    line = customers(office)
    meeting = Meeting(line.node)
    write_join(line, office, meeting, "car")
    car = line.dial(BRIDGE).wait_answered()
    line.until(BRIDGE, "ACTION_SUCCESSFUL:JoinChimeMeeting")
    ann = meeting.dial(line.softphone("ann", CARRIER), "ann", line.udp, ANN)
    line.restart()
    line.until(BRIDGE, "HANGUP LEG-A")
    for call in (car, ann):
        call.forget()
    # The node is another one, on other ports; the meeting and its tokens are the same.
    meeting.client = line.node.client("chime-sdk-meetings")
    assert meeting.client.get_meeting(MeetingId=meeting.id)["Meeting"]["ExternalMeetingId"] == "weekly"
    ann = meeting.dial(line.softphone("ann again", CARRIER), "ann", line.udp, ANN)
    bob = meeting.dial(line.softphone("bob", CARRIER), "bob", line.udp, BOB)
    hears_exactly(ann, BOB)
    meeting.delete()
    bye_of(ann)
    bye_of(bob)
    line.idle()
