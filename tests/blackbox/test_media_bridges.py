"""Bridges that can be heard: ringback, early media, who hears what, and digits on both legs."""

import pytest

from exchange import wait_for
from sound import tone
from telephony import CARRIER, action, bridge, hangup, pause, play
from test_media_actions import last, planned, prompts, source

FAR = "+15559000"
A_HZ, B_HZ = 500, 700


def node_with(customers, first, far, **more):
    node = customers(planned("+15550101", first, **more), far=far)
    prompts(node, ringback=tone(440, 1), only=tone(1200, 2), long=tone(1200, 30))
    return node


def answers(call):
    call.reply(call.invite, "180 Ringing")
    call.answer()
    call.wait_answered()


@pytest.mark.parametrize("answered", [False, True])
def test_the_ringback_tone_is_heard_until_the_answer(customers, softphone, answered):
    pick_up = []

    def far(call):
        call.reply(call.invite, "180 Ringing")
        wait_for(lambda: pick_up, 20)
        answers(call)
        call.ear.say(tone(B_HZ, 30))

    far_end = softphone("far", CARRIER, far)
    first = [pause(300)] if answered else []
    node = node_with(customers, [*first, bridge(FAR, RingbackTone=source("ringback.wav"))], far_end)
    caller = node.dial("+15550101")
    caller.hears(440, 1.5)
    assert caller.answered.is_set() == answered, "a tone before the answer is early media"
    pick_up.append(True)
    caller.hears(B_HZ, 1.0)
    caller.forget()
    caller.hears(B_HZ, 0.5)
    assert caller.ear.heard(440, caller.since) == 0
    assert caller.answered.is_set()
    event = last(node, "ACTION_SUCCESSFUL")
    assert [(p["ParticipantTag"], p["Status"]) for p in event["CallDetails"]["Participants"]] == [
        ("LEG-A", "Connected"),
        ("LEG-B", "Connected"),
    ]
    assert event["ActionData"]["Parameters"]["CallId"] == event["CallDetails"]["Participants"][0]["CallId"]


@pytest.mark.parametrize("answered", [False, True])
def test_early_media_of_the_far_end_is_heard(customers, softphone, answered):
    pick_up = []

    def far(call):
        contact = f"Contact: <sip:{call.phone.contact}>"
        call.reply(call.invite, "183 Session Progress", [contact, "Content-Type: application/sdp"], call.sdp())
        body = call.invite.body
        port = int(body.split("m=audio ")[1].split(" ")[0])
        address = body.split("c=IN IP4 ")[1].split("\r\n")[0]
        call.ear.say(tone(B_HZ, 30), to=(address, port))
        wait_for(lambda: pick_up, 20)
        call.answer()

    far_end = softphone("far", CARRIER, far)
    first = [pause(300)] if answered else []
    node = node_with(customers, [*first, bridge(FAR)], far_end)
    caller = node.dial("+15550101")
    caller.hears(B_HZ, 1.0)
    assert caller.answered.is_set() == answered
    pick_up.append(True)
    caller.wait_answered()
    caller.forget()
    caller.hears(B_HZ, 0.5)


def test_both_hear_each_other_and_a_prompt_for_one_is_for_one(customers, softphone):
    def far(call):
        answers(call)
        call.ear.say(tone(B_HZ, 60))

    far_end = softphone("far", CARRIER, far)
    node = node_with(
        customers, [bridge(FAR)], far_end, CALL_UPDATE_REQUESTED=[play("only.wav", leg="LEG-A"), play("only.wav", leg="LEG-B")]
    )
    caller = node.dial("+15550101").wait_answered()
    caller.ear.say(tone(A_HZ, 60))
    other = far_end.calls[0]
    caller.hears(B_HZ)
    other.hears(A_HZ)
    caller.forget(), other.forget()
    node.node.client().update_sip_media_application_call(
        SipMediaApplicationId=node.application(node.functions[0]),
        TransactionId=node.heard()[0]["CallDetails"]["TransactionId"],
        Arguments={},
    )
    caller.hears(1200, 1.5)
    assert other.ear.heard(1200, other.since) <= 0.5, "LEG-B hears LEG-A's prompt"
    other.hears(1200, 1.5)
    assert caller.ear.heard(1200) < 2.3, "LEG-A hears LEG-B's prompt"
    # During the prompt the other direction goes on, and afterwards both.
    assert other.ear.heard(A_HZ, other.since) > 1.0
    caller.forget(), other.forget()
    caller.hears(B_HZ, 1.0)
    other.hears(A_HZ, 1.0)


def test_digits_of_both_legs_are_told_and_passed_on(customers, softphone):
    far_end = softphone("far", CARRIER, answers)

    def receive(leg):
        return action(
            "ReceiveDigits",
            ParticipantTag=leg,
            InputDigitsRegex="#$",
            InBetweenDigitsDurationInMilliseconds=500,
            FlushDigitsDurationInMilliseconds=5000,
        )

    node = node_with(customers, [bridge(FAR)], far_end, ACTION_SUCCESSFUL__CallAndBridge=[receive("LEG-A"), receive("LEG-B")])
    caller = node.dial("+15550101").wait_answered()
    node.until("+15550101", "ACTION_SUCCESSFUL:ReceiveDigits")
    other = far_end.calls[0]
    caller.ear.say(tone(A_HZ, 1)).join()
    other.ear.say(tone(B_HZ, 1)).join()
    caller.hears(B_HZ, 0.3), other.hears(A_HZ, 0.3)
    caller.ear.press("1#")
    wait_for(lambda: node.names("+15550101").count("DIGITS_RECEIVED:ReceiveDigits") == 1)
    other.ear.press("2#")
    wait_for(lambda: node.names("+15550101").count("DIGITS_RECEIVED:ReceiveDigits") == 2)
    received = [e for e in node.heard() if e["InvocationEventType"] == "DIGITS_RECEIVED"]
    assert [e["ActionData"]["ReceivedDigits"] for e in received] == ["1#", "2#"]
    legs = {p["CallId"]: p["ParticipantTag"] for p in received[0]["CallDetails"]["Participants"]}
    assert [legs[e["ActionData"]["Parameters"]["CallId"]] for e in received] == ["LEG-A", "LEG-B"]
    wait_for(lambda: other.ear.events() == "1#", 5, f"B hears {other.ear.events()!r}")
    wait_for(lambda: caller.ear.events() == "2#", 5, f"A hears {caller.ear.events()!r}")


def busy(call):
    call.reply(call.invite, "486 Busy Here")


def rings(call):
    call.reply(call.invite, "180 Ringing")


# The far end, the bridge, and the ErrorType with a part of the message.
FAILURES = {
    "busy": (busy, bridge(FAR), "CallNotAnswered", "Call not answered"),
    "nobody answers": (rings, bridge(FAR, timeout=1), "CallNotAnswered", "Call not answered"),
    "a caller id of somebody else": (busy, bridge(FAR, caller="+15557777777"), "InvalidActionParameter", "LEG-A"),
    "a header of ours": (busy, bridge(FAR, SipHeaders={"X-VC-Secret": "1"}), "InvalidActionParameter", "header"),
    "a header with a line break": (
        busy,
        bridge(FAR, SipHeaders={"X-A": "1\r\nX-B: 2"}),
        "InvalidActionParameter",
        "header",
    ),
    "a time-out of an hour": (busy, bridge(FAR, timeout=3600), "InvalidActionParameter", "imeout"),
    "a ringback tone that is not there": (
        rings,
        bridge(FAR, RingbackTone=source("nowhere.wav")),
        "InvalidAudioSource",
        "S3",
    ),
}


@pytest.mark.parametrize("what", FAILURES)
def test_a_bridge_that_fails_leaves_the_caller_up(customers, softphone, what):
    far, order, error, message = FAILURES[what]
    far_end = softphone("far", CARRIER, far)
    node = node_with(customers, [pause(200), order], far_end, ACTION_FAILED=[play("only.wav"), hangup()])
    caller = node.dial("+15550101").wait_answered().wait_ended()
    data = last(node, "ACTION_FAILED")["ActionData"]
    assert (data["Type"], data["ErrorType"]) == ("CallAndBridge", error)
    assert message in data["ErrorMessage"]
    assert len(last(node, "ACTION_FAILED")["CallDetails"]["Participants"]) == 1
    assert caller.ear.heard(1200) > 1.5
    if error == "InvalidActionParameter":
        assert not far_end.calls, "it was dialled all the same"


def test_the_callers_own_number_and_headers_travel(customers, softphone):
    far_end = softphone("far", CARRIER, answers)
    headers = {"X-Data": "a b;c", "User-to-User": "00;encoding=hex", "Diversion": "<sip:+1@x>;reason=unconditional"}
    node = node_with(customers, [bridge(FAR, caller="+15550001", SipHeaders=headers)], far_end)
    node.dial("+15550101", headers=["X-Given: yes"]).wait_answered()
    invite = far_end.calls[0].invite
    assert invite.user == FAR and "sip:+15550001@" in invite.get("from")
    for key, value in headers.items():
        assert invite.get(key.lower()) == value
    assert node.heard()[0]["CallDetails"]["Participants"][0]["SipHeaders"] == {"X-Given": "yes"}


def test_who_hangs_up_a_bridge(customers, softphone):
    far_end = softphone("far", CARRIER, answers)
    node = node_with(customers, [bridge(FAR)], far_end, HANGUP=[play("only.wav", leg="LEG-A"), hangup("LEG-A")])
    caller = node.dial("+15550101").wait_answered()
    node.until("+15550101", "ACTION_SUCCESSFUL:CallAndBridge")
    far_end.calls[0].hangup()
    caller.hears(1200, 1.0)
    caller.wait_ended()
    assert node.until("+15550101", "HANGUP LEG-A")[2:] == ["HANGUP LEG-B", "HANGUP LEG-A"]
