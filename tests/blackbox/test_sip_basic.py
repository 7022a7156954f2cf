"""Calls from SIPp to a function: answered, refused, given up, hung up by either side."""

import pytest

from sipp import needed
from sound import Ear, tone
from telephony import NUMBER, PBX, STRANGER, action, hangup, line, pause, play, prompt

pytestmark = needed

ANSWER_AND_WAIT = {"NEW_INBOUND_CALL": [pause(30000)]}


def test_the_function_hangs_up_after_a_prompt(exchange, sipp):
    at = line(exchange, {"NEW_INBOUND_CALL": [play("a.wav"), hangup()]})
    prompt(at, "a.wav", tone(700, 1))
    ear = Ear("127.0.0.2")
    sipp("caller_waits", at.udp, rtp_port=ear.port).wait()
    assert at.kinds() == ["NEW_INBOUND_CALL", "HANGUP LEG-A"]
    assert 0.8 <= ear.heard(700) <= 1.1
    at.one_record_per_leg(1)
    ear.close()


def test_the_caller_hangs_up(exchange, sipp):
    at = line(exchange, ANSWER_AND_WAIT)
    sipp("caller_hangs_up", at.udp).wait()
    events = at.events()
    assert at.kinds() == ["NEW_INBOUND_CALL", "ACTION_FAILED:Pause", "HANGUP LEG-A"]
    assert events[-1]["ActionData"]["Parameters"]["SipResponseCode"] == 0
    assert events[0]["CallDetails"]["Participants"][0]["To"] == NUMBER
    assert events[0]["CallDetails"]["Participants"][0]["From"] == "+15550001"
    at.one_record_per_leg(1)


def test_over_tcp(exchange, sipp):
    at = line(exchange, ANSWER_AND_WAIT)
    sipp("caller_hangs_up", at.tcp, transport="t1").wait()
    assert at.kinds()[-1] == "HANGUP LEG-A"
    at.one_record_per_leg(1)


@pytest.mark.parametrize("code", ["480", "486", "0"])
def test_the_function_refuses(exchange, sipp, code):
    at = line(exchange, {"NEW_INBOUND_CALL": [hangup(code=code)]})
    status = "480" if code == "0" else code
    sipp("caller_refused", at.udp, fill={"status": status}).wait()
    assert at.kinds() == ["NEW_INBOUND_CALL", "HANGUP LEG-A"]
    at.one_record_per_leg(1)


def test_the_caller_gives_up_while_it_rings(exchange, sipp):
    at = line(exchange, {})
    sipp("caller_cancels", at.udp).wait()
    events = at.events()
    assert events[-1]["ActionData"]["Parameters"]["SipResponseCode"] == 0
    assert at.kinds() == ["NEW_INBOUND_CALL", "HANGUP LEG-A"]
    at.one_record_per_leg(1)


def test_a_cancel_that_crosses_the_answer_changes_nothing(exchange, sipp):
    at = line(exchange, ANSWER_AND_WAIT)
    sipp("caller_cancels_too_late", at.udp).wait()
    assert at.kinds()[-1] == "HANGUP LEG-A"
    at.one_record_per_leg(1)


def test_an_invite_that_comes_three_times_is_one_call(exchange, sipp):
    at = line(exchange, {"NEW_INBOUND_CALL": [pause(300), hangup()]})
    sipp("caller_repeats_itself", at.udp).wait()
    at.one_record_per_leg(1)
    assert len(at.calls()) == 1
    assert at.kinds() == ["NEW_INBOUND_CALL", "HANGUP LEG-A"]


def test_a_caller_that_never_acknowledges_is_hung_up_after_32_seconds(exchange, sipp):
    at = line(exchange, ANSWER_AND_WAIT)
    phone = sipp("caller_never_acks", at.udp)
    phone.wait()
    assert len(phone.received("SIP/2.0 200")) >= 8, "the 200 is repeated until then"
    assert at.kinds()[-1] == "HANGUP LEG-A"
    at.one_record_per_leg(1)


def test_a_number_nobody_owns(exchange, sipp):
    at = line(exchange, ANSWER_AND_WAIT)
    sipp("caller_refused", at.udp, to="+15559999", fill={"status": 404}).wait()
    assert at.node.journals() == []


def test_an_unknown_source(exchange, sipp):
    at = line(exchange, ANSWER_AND_WAIT)
    sipp("caller_refused", at.udp, host=STRANGER, fill={"status": 403}).wait()
    assert at.node.journals() == []


def test_the_connectors_equipment_without_its_host(exchange, sipp):
    at = line(exchange, ANSWER_AND_WAIT)
    sipp("caller_refused", at.udp, host=PBX, fill={"status": 403}).wait()
    assert at.node.journals() == []


def test_max_forwards_used_up(exchange, sipp):
    at = line(exchange, ANSWER_AND_WAIT)
    sipp("caller_out_of_hops", at.udp).wait()
    assert at.node.journals() == []


def test_a_tel_uri(exchange, sipp):
    at = line(exchange, {"NEW_INBOUND_CALL": [pause(100), hangup()]})
    sipp("caller_uses_tel", at.udp).wait()
    assert at.events()[0]["CallDetails"]["Participants"][0]["To"] == NUMBER


def test_a_late_offer(exchange, sipp):
    at = line(exchange, {"NEW_INBOUND_CALL": [play("a.wav", Repeat=5)]})
    prompt(at, "a.wav", tone(700, 1))
    ear = Ear("127.0.0.2")
    sipp("caller_offers_late", at.udp, rtp_port=ear.port, fill={"talk": 1500}).wait()
    assert ear.heard(700) > 0.8
    at.one_record_per_leg(1)
    ear.close()


def test_reliable_provisional_responses_where_the_caller_requires_them(exchange, sipp):
    at = line(exchange, ANSWER_AND_WAIT)
    sipp("caller_requires_100rel", at.udp).wait()
    at.one_record_per_leg(1)


def test_options_is_answered(exchange, sipp):
    at = line(exchange, ANSWER_AND_WAIT)
    sipp("options", at.udp).wait()


def test_two_actions_after_another(exchange, sipp):
    at = line(
        exchange,
        {
            "NEW_INBOUND_CALL": [pause(100)],
            "ACTION_SUCCESSFUL:Pause": [action("Hangup", SipResponseCode="0")],
        },
    )
    sipp("caller_waits", at.udp).wait()
    assert at.kinds() == ["NEW_INBOUND_CALL", "ACTION_SUCCESSFUL:Pause", "HANGUP LEG-A"]
