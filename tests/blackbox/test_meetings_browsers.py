"""Meetings with real browsers, the unmodified client in them, and telephones: what everybody hears and is told.

Each party has a tone of its own; who is heard is read from spectra. One browser runs the newest client, another the
oldest 3.x.
"""

import json

import pytest

from browser import ENDED, JOINED_ELSEWHERE, REJECTED, REMOVED, browsers, driver, needs_browser  # noqa: F401  (fixtures)
from customers import Function
from exchange import tcp_ports, wait_for
from meetings import Meeting, hears_exactly
from sound import tone
from telephony import CARRIER
from wire import Wire

pytestmark = [needs_browser, pytest.mark.timeout(240)]

ANN, BOB, CAR, DOT = 440, 620, 850, 1130  # Hz
BRIDGE = "+15550111"
BOTH_CLIENTS = pytest.mark.parametrize("client", ["newest", "oldest"])

# A number whose caller is put into the meeting; 6 mutes him there and 7 lets him speak, an update of his call as well.
CONFERENCE = """
def join():
    return json.load(open(os.path.join(os.path.dirname(__file__), "join.json")))

def modify(operation):
    return action("ModifyChimeMeetingAttendees", Operation=operation, MeetingId=join()["meeting"],
                  AttendeeList=[join()["attendee"]], ParticipantTag="LEG-B")

def listen():
    return action("ReceiveDigits", ParticipantTag="LEG-A", InputDigitsRegex="^[67]$",
                  InBetweenDigitsDurationInMilliseconds=1000, FlushDigitsDurationInMilliseconds=10000)

def handler(event, context):
    kind = heard(event)
    data = event.get("ActionData", {})
    if kind == "NEW_INBOUND_CALL":
        place = join()
        return say(action("JoinChimeMeeting", ParticipantTag="LEG-A", JoinToken=place["token"], MeetingId=place["meeting"]))
    if kind == "ACTION_SUCCESSFUL" and data.get("Type") == "JoinChimeMeeting":
        return say(listen())
    if kind == "DIGITS_RECEIVED":
        return say(modify("Mute" if data["ReceivedDigits"] == "6" else "Unmute"), listen())
    if kind == "CALL_UPDATE_REQUESTED":
        return say(modify(data["Parameters"]["Arguments"]["operation"]))
    if kind == "HANGUP" and data["Parameters"]["ParticipantTag"] == "LEG-B":
        return say(hangup())
    return say()
"""


def write_join(line, meeting, name):
    """Tells the function whom to join as what."""
    attendee = meeting.attendees.get(name) or meeting.attendee(name)
    text = {"meeting": meeting.id, "attendee": attendee["AttendeeId"], "token": attendee["JoinToken"]}
    (line.node.folder / line.functions[0].name / "join.json").write_text(json.dumps(text))


@pytest.fixture
def line(customers):
    """A node, with a number that leads into meetings."""
    return customers(Function(BRIDGE, CONFERENCE))


@pytest.fixture
def wires():
    made = []

    def make(meeting):
        made.append(Wire(meeting.meeting["MediaPlacement"]["SignalingUrl"]))
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_two_browsers_and_two_phones_hear_exactly_the_others(line, browsers):
    meeting = Meeting(line.node)
    ann = browsers("ann", ANN, client="newest")
    bob = browsers("bob", BOB, client="oldest")
    meeting.join(ann).started()
    meeting.join(bob).started()
    ann.hears_exactly(BOB)
    bob.hears_exactly(ANN)

    # One phone by the door and a token in its headers, the other by an application.
    car = meeting.dial(line.softphone("car", CARRIER), "car", line.udp, CAR)
    write_join(line, meeting, "dot")
    dot = line.dial(BRIDGE).wait_answered()
    dot.ear.say(tone(DOT, 300))
    line.until(BRIDGE, "ACTION_SUCCESSFUL:JoinChimeMeeting")

    ann.hears_exactly(BOB, CAR, DOT)
    bob.hears_exactly(ANN, CAR, DOT)
    hears_exactly(car, ANN, BOB, DOT)
    hears_exactly(dot, ANN, BOB, CAR)

    for party in (ann, bob):
        for name in ("ann", "bob", "car", "dot"):
            party.happens("presence", attendeeId=meeting.who(name), present=True, externalUserId=name)
        # Everybody is loud, and reaches the browser well; nobody is muted.
        for name in ("car", "dot"):
            wait_for(lambda: party.volume(meeting.who(name)).get("volume", 0) > 0.3, 10, f"{name} is not loud")
            assert party.volume(meeting.who(name))["signal"] == 1
            assert party.volume(meeting.who(name))["muted"] is False
        told = lambda: {who for e in party.events("speakers") for who in e["speakers"]}
        wait_for(lambda: {meeting.who("car"), meeting.who("dot")} & told(), 10, "no active speaker")

    # By the client.
    ann.party("mute")
    bob.happens("muted", attendeeId=meeting.who("ann"), muted=True)
    bob.hears_exactly(CAR, DOT)
    hears_exactly(car, BOB, DOT)
    ann.party("unmute")
    bob.happens("muted", attendeeId=meeting.who("ann"), muted=False, count=2)
    bob.hears_exactly(ANN, CAR, DOT)

    # By a key of the phone.
    dot.ear.press("6")
    ann.happens("muted", attendeeId=meeting.who("dot"), muted=True)
    bob.happens("muted", attendeeId=meeting.who("dot"), muted=True)
    ann.hears_exactly(BOB, CAR)
    hears_exactly(car, ANN, BOB)
    hears_exactly(dot, ANN, BOB, CAR)
    dot.ear.press("7")
    ann.happens("muted", attendeeId=meeting.who("dot"), muted=False, count=2)
    ann.hears_exactly(BOB, CAR, DOT)

    # By the API, for a phone …
    transaction = line.heard(BRIDGE)[0]["CallDetails"]["TransactionId"]
    update = lambda operation: line.node.client().update_sip_media_application_call(
        SipMediaApplicationId=line.application(line.functions[0]),
        TransactionId=transaction,
        Arguments={"operation": operation},
    )
    update("Mute")
    bob.happens("muted", attendeeId=meeting.who("dot"), muted=True, count=2)
    bob.hears_exactly(ANN, CAR)
    update("Unmute")
    bob.happens("muted", attendeeId=meeting.who("dot"), muted=False, count=3)
    bob.hears_exactly(ANN, CAR, DOT)

    # … and for a browser, which may only listen now.
    capabilities = {"Audio": "Receive", "Video": "SendReceive", "Content": "SendReceive"}
    meeting.client.update_attendee_capabilities(
        MeetingId=meeting.id, AttendeeId=meeting.who("bob"), Capabilities=capabilities
    )
    ann.happens("muted", attendeeId=meeting.who("bob"), muted=True)
    ann.hears_exactly(CAR, DOT)
    bob.hears_exactly(ANN, CAR, DOT)

    # One after the other goes.
    car.hangup().wait_ended()
    ann.sees(meeting.who("car"), present=False)
    bob.hears_exactly(ANN, DOT)
    ann.party("leave")
    bob.sees(meeting.who("ann"), present=False)
    hears_exactly(dot)


@BOTH_CLIENTS
def test_the_end_of_a_meeting_is_told_to_everybody(line, browsers, client):
    meeting = Meeting(line.node)
    ann = browsers("ann", ANN, client=client)
    meeting.join(ann).started()
    car = meeting.dial(line.softphone("car", CARRIER), "car", line.udp, CAR)
    ann.hears_exactly(CAR)
    meeting.delete()
    ann.stopped(ENDED)
    car.wait_ended()
    assert not car.ended_by_us
    meeting.delete()  # Once more is no error.


@BOTH_CLIENTS
def test_a_removed_attendee_is_told_and_cannot_come_back(line, browsers, client):
    meeting = Meeting(line.node)
    ann, bob = browsers("ann", ANN, client=client), browsers("bob", BOB, client="newest")
    meeting.join(ann).started()
    meeting.join(bob).started()
    car = meeting.dial(line.softphone("car", CARRIER), "car", line.udp, CAR)
    bob.hears_exactly(ANN, CAR)
    meeting.remove("ann")
    ann.stopped(REMOVED)
    bob.sees(meeting.who("ann"), present=False)
    bob.hears_exactly(CAR)
    meeting.remove("car")
    car.wait_ended()
    assert not car.ended_by_us
    bob.hears_exactly()

    again = browsers("again", ANN, client=client)
    meeting.join(again, "ann")
    wait_for(lambda: again.events("stopped"), 30, "a removed attendee came in again")
    assert not again.events("started")


@BOTH_CLIENTS
def test_whoever_joins_a_second_time_leaves_the_first_place(line, browsers, client):
    meeting = Meeting(line.node)
    first, second = browsers("first", ANN, client=client), browsers("second", CAR, client=client)
    bob = browsers("bob", BOB, client="newest")
    meeting.join(first, "ann").started()
    meeting.join(bob).started()
    bob.hears_exactly(ANN)
    meeting.join(second, "ann").started()
    first.stopped(JOINED_ELSEWHERE)
    bob.hears_exactly(CAR)
    second.hears_exactly(BOB)
    assert not [e for e in bob.events("presence") if e["attendeeId"] == meeting.who("ann") and not e["present"]]


def test_data_messages_reach_the_others_and_whoever_comes_later(line, browsers):
    meeting = Meeting(line.node)
    ann = browsers("ann", ANN, client="newest")
    bob = browsers("bob", BOB, client="oldest")
    meeting.join(ann, receive=["chat"]).started()
    meeting.join(bob, receive=["chat"]).started()
    ann.sees(meeting.who("bob"))
    ann.party("send", "chat", "hello, Bob")
    told = bob.happens("message", text="hello, Bob")
    assert told["topic"] == "chat" and told["sender"] == meeting.who("ann") and told["external"] == "ann"
    assert not told["throttled"]
    bob.party("send", "chat", "kept for a minute", 60_000)
    ann.happens("message", text="kept for a minute", external="bob")
    car = browsers("car", CAR, client="newest")
    meeting.join(car, receive=["chat"]).started()
    car.happens("message", text="kept for a minute", external="bob")
    ann.party("send", "other", "on another topic")
    ann.party("send", "chat", "the last")
    bob.happens("message", text="the last")
    car.happens("message", text="the last")
    texts = [e["text"] for e in bob.events("message")]
    assert texts == ["hello, Bob", "the last"], "nobody hears himself, or what he has not asked for"
    assert [e["text"] for e in car.events("message")] == ["kept for a minute", "the last"]


def test_whoever_joins_muted_is_not_heard(line, browsers):
    meeting = Meeting(line.node)
    bob = browsers("bob", BOB, client="newest")
    meeting.join(bob).started()
    ann = browsers("ann", ANN, client="oldest")
    meeting.join(ann, muted=True).started()
    bob.happens("muted", attendeeId=meeting.who("ann"), muted=True)
    ann.hears_exactly(BOB)
    bob.hears_exactly()
    ann.party("unmute")
    bob.hears_exactly(ANN)


def test_a_cut_websocket_is_a_short_interruption(line, browsers, wires):
    meeting = Meeting(line.node)
    ann, bob = browsers("ann", ANN, client="newest"), browsers("bob", BOB, client="newest")
    wire = wires(meeting)
    attendee = meeting.attendee("ann")
    ann.join(wire.through(meeting.meeting), attendee).started()
    meeting.join(bob).started()
    bob.hears_exactly(ANN)
    ann.hears_exactly(BOB)
    for times in (2, 3):
        wire.cut_signalling()
        ann.happens("connecting", reconnecting=True, count=times - 1)
        ann.started(count=times)
        ann.hears_exactly(BOB)
        bob.hears_exactly(ANN)
    assert not [e for e in bob.events("presence") if e["attendeeId"] == ann.attendee and not e["present"]]
    assert not ann.events("stopped")


@BOTH_CLIENTS
def test_cut_media_are_found_again(line, browsers, wires, client):
    """For a while nothing passes, STUN included: the client gives the connection up and makes another."""
    meeting = Meeting(line.node)
    ann, bob = browsers("ann", ANN, client=client), browsers("bob", BOB, client="newest")
    wire = wires(meeting)
    attendee = meeting.attendee("ann")
    ann.join(meeting.meeting, attendee, media=wire.media)
    wire.carry_media(ann.happens("candidate"))
    ann.started()
    meeting.join(bob).started()
    bob.hears_exactly(ANN)
    ann.hears_exactly(BOB)
    wire.cut_media()
    bob.hears_exactly()
    ann.happens("connecting", timeout=60, reconnecting=True)
    wire.restore_media()
    ann.started(count=2, timeout=40)
    ann.hears_exactly(BOB)
    bob.hears_exactly(ANN)
    assert not ann.events("stopped")


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_a_node_that_comes_back_finds_everybody_again(exchange, browsers, end):
    """An orderly stop tells the clients to come back; after a crash they miss their connection or their media."""
    listen = f'listen = "127.0.0.1:{tcp_ports(1)[0]}"\nany_key = true'
    node = exchange(sections={"api": listen})
    meeting = Meeting(node)
    ann, bob = browsers("ann", ANN, client="newest"), browsers("bob", BOB, client="oldest")
    meeting.join(ann).started()
    meeting.join(bob).started()
    ann.hears_exactly(BOB)
    getattr(node, end)()
    node.start()
    for party in (ann, bob):
        party.started(count=2, timeout=70)
    ann.hears_exactly(BOB)
    bob.hears_exactly(ANN)
    assert not ann.events("stopped") + bob.events("stopped")


@BOTH_CLIENTS
def test_a_forged_token_is_rejected(line, browsers, client):
    meeting = Meeting(line.node)
    ann = browsers("ann", ANN, client=client)
    attendee = meeting.attendee("ann")
    forged = attendee["JoinToken"][:-4] + ("AAAA" if not attendee["JoinToken"].endswith("AAAA") else "BBBB")
    ann.join(meeting.meeting, {**attendee, "JoinToken": forged})
    ann.stopped(REJECTED)
    assert not ann.events("started")


def test_a_camera_that_is_switched_on_does_no_harm(line, browsers):
    """Video is answered inactive: the audio goes on, and the offer that comes again is answered."""
    meeting = Meeting(line.node)
    ann, bob = browsers("ann", ANN, client="newest"), browsers("bob", BOB, client="newest")
    meeting.join(ann).started()
    meeting.join(bob).started()
    ann.party("camera")
    ann.happens("stop camera", timeout=30)
    ann.hears_exactly(BOB)
    bob.hears_exactly(ANN)
    assert not ann.events("stopped")


def test_nothing_is_left_when_all_have_gone(line, browsers):
    meeting = Meeting(line.node)
    ann = browsers("ann", ANN, client="newest")
    meeting.join(ann).started()
    car = meeting.dial(line.softphone("car", CARRIER), "car", line.udp, CAR)
    ann.hears_exactly(CAR)
    # Steady 20 ms: nothing had to be invented.
    before = ann.party("stats")["inbound"]
    wait_for(lambda: ann.party("stats")["inbound"]["packets"] > before["packets"] + 100, 20, "no packets")
    after = ann.party("stats")["inbound"]
    assert after["lost"] == before["lost"]
    assert after["codec"] == "audio/opus"
    car.hangup().wait_ended()
    ann.party("leave")
    ann.happens("stopped")
    meeting.delete()
    line.idle()
