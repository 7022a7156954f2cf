"""baresip as caller and as called party: sound both ways, keys both ways."""

import time

import pytest

from baresip import needed
from exchange import wait_for
from sound import heard, tone
from telephony import CARRIER, CONNECTOR, HOST, NUMBER, PBX, action, bridge, hangup, line, pause, play, prompt

pytestmark = needed


def said(phone, frequency):
    """Seconds of a tone that the phone heard."""
    samples, rate = phone.heard()
    return heard(samples, frequency, rate)


def test_a_caller_hears_the_prompt_and_is_hung_up(exchange, baresip):
    at = line(exchange, {"NEW_INBOUND_CALL": [play("a.wav"), play("b.wav"), hangup()]})
    prompt(at, "a.wav", tone(700, 1))
    prompt(at, "b.wav", tone(1100, 1))
    phone = baresip(CARRIER, 400)
    phone.dial(f"sip:{NUMBER}@{at.udp}")
    phone.await_event("CALL_ESTABLISHED")
    phone.await_event("CALL_CLOSED")
    assert 0.7 <= said(phone, 700) <= 1.2
    assert 0.7 <= said(phone, 1100) <= 1.2
    at.one_record_per_leg(1)


def test_a_caller_over_tcp(exchange, baresip):
    # It connects from whatever address the system gives it.
    carrier = '[[carrier]]\nname = "telco"\nuri = "sip:127.0.0.2"\nprefixes = []\nsources = ["127.0.0.0/8"]\n'
    at = line(exchange, {"NEW_INBOUND_CALL": [play("a.wav"), hangup()]}, carriers=carrier)
    prompt(at, "a.wav", tone(700, 1))
    phone = baresip(CARRIER, 400)
    phone.dial(f"sip:{NUMBER}@{at.tcp};transport=tcp")
    phone.await_event("CALL_CLOSED")
    assert said(phone, 700) >= 0.7
    at.one_record_per_leg(1)


def test_a_caller_hangs_up(exchange, baresip):
    at = line(exchange, {"NEW_INBOUND_CALL": [pause(30000)]})
    phone = baresip(CARRIER, 400)
    phone.dial(f"sip:{NUMBER}@{at.udp}")
    phone.await_event("CALL_ESTABLISHED")
    phone.hang_up()
    assert at.kinds()[-1] == "HANGUP LEG-A"
    at.one_record_per_leg(1)


def test_a_caller_with_digest_credentials(exchange, baresip):
    """baresip 1.0 gives up where any challenge is not MD5, which is why `sip.digest` is a key."""
    plan = {"NEW_INBOUND_CALL": [pause(300), hangup()]}
    at = line(exchange, plan, rule_on_connector=True, sections={"sip": 'digest = ["MD5"]'})
    at.node.client().put_voice_connector_termination_credentials(
        VoiceConnectorId=CONNECTOR, Credentials=[{"Username": "desk", "Password": "secret"}]
    )
    phone = baresip(PBX, 400, account=f';auth_user=desk;auth_pass=secret;outbound="sip:{at.udp}"')
    phone.dial(f"sip:reception@{HOST}")
    phone.await_event("CALL_ESTABLISHED")
    phone.await_event("CALL_CLOSED")
    at.one_record_per_leg(1)


def call(exchange, baresip, plan, by_carrier):
    """baresip calls and another baresip is called, through a carrier or through the connector."""
    to = "+15557777" if by_carrier else "4711"
    callee = baresip(CARRIER if by_carrier else PBX, 900, user=to)
    way = {"carrier_port": callee.port} if by_carrier else {"routes": [f"{PBX}:{callee.port}"]}
    at = line(exchange, {"NEW_INBOUND_CALL": [bridge(to)], **plan}, **way)
    caller = baresip(CARRIER, 500)
    caller.dial(f"sip:{NUMBER}@{at.udp}")
    callee.answer()
    caller.await_event("CALL_ESTABLISHED")
    callee.await_event("CALL_ESTABLISHED")
    return at, caller, callee


@pytest.mark.parametrize("by_carrier", [True, False])
@pytest.mark.parametrize("callee_hangs_up", [True, False])
def test_a_bridge_carries_sound_both_ways(exchange, baresip, by_carrier, callee_hangs_up):
    """Each hears the other's tone and nothing of its own."""
    plan = {"HANGUP": [hangup("LEG-A" if callee_hangs_up else "LEG-B")]}
    at, caller, callee = call(exchange, baresip, plan, by_carrier)
    wait_for(lambda: said(callee, 500) > 1.5 and said(caller, 900) > 1.5, 20, "they do not hear each other")
    (callee if callee_hangs_up else caller).hang_up()
    (caller if callee_hangs_up else callee).await_event("CALL_CLOSED")
    first, second = ("LEG-B", "LEG-A") if callee_hangs_up else ("LEG-A", "LEG-B")
    wait_for(lambda: len(at.kinds()) == 4, 10, "not both hang-ups")
    assert at.kinds() == [
        "NEW_INBOUND_CALL", "ACTION_SUCCESSFUL:CallAndBridge", f"HANGUP {first}", f"HANGUP {second}",
    ]
    assert said(callee, 900) == 0 and said(caller, 500) == 0
    at.one_record_per_leg(2)


def test_keys_answer_a_prompt(exchange, baresip):
    ask = action(
        "PlayAudioAndGetDigits",
        ParticipantTag="LEG-A",
        AudioSource={"Type": "S3", "BucketName": "prompts", "Key": "menu.wav"},
        FailureAudioSource={"Type": "S3", "BucketName": "prompts", "Key": "menu.wav"},
        MinNumberOfDigits=4,
        MaxNumberOfDigits=4,
        RepeatDurationInMilliseconds=8000,
        Repeat=2,
    )
    plan = {"NEW_INBOUND_CALL": [ask], "ACTION_SUCCESSFUL:PlayAudioAndGetDigits": [hangup()]}
    at = line(exchange, plan)
    prompt(at, "menu.wav", tone(700, 2))
    phone = baresip(CARRIER, 400)
    phone.dial(f"sip:{NUMBER}@{at.udp}")
    phone.await_event("CALL_ESTABLISHED")
    wait_for(lambda: said(phone, 700) > 0.3, 10, "no prompt")
    for key in "17*0":
        phone.press(key)
        time.sleep(0.25)  # A finger takes its time.
    phone.await_event("CALL_CLOSED")
    done = next(e for e in at.events() if e["InvocationEventType"] == "ACTION_SUCCESSFUL")
    assert done["ActionData"]["ReceivedDigits"] == "17*0"
    at.one_record_per_leg(1)


def test_keys_in_a_bridge_reach_the_function_and_the_other_phone(exchange, baresip):
    listen = action(
        "ReceiveDigits",
        ParticipantTag="LEG-A",
        InputDigitsRegex="^[0-9]+#$",
        InBetweenDigitsDurationInMilliseconds=1000,
        FlushDigitsDurationInMilliseconds=10000,
    )
    plan = {"ACTION_SUCCESSFUL:CallAndBridge": [listen], "DIGITS_RECEIVED": [hangup("LEG-B"), hangup("LEG-A")]}
    at, caller, callee = call(exchange, baresip, plan, True)
    at.events(until="ACTION_SUCCESSFUL")
    for key in "42#":
        caller.press(key)
        time.sleep(0.25)
    callee.await_event("CALL_CLOSED")
    digits = next(e for e in at.events() if e["InvocationEventType"] == "DIGITS_RECEIVED")
    assert digits["ActionData"]["ReceivedDigits"] == "42#"
    pressed = "".join(e["param"] for e in callee.events if e.get("type") == "CALL_DTMF_START")
    assert pressed == "42#"


def test_digits_we_send_reach_the_phone(exchange, baresip):
    send = action("SendDigits", ParticipantTag="LEG-A", Digits="159,#", ToneDurationInMilliseconds=120)
    at = line(exchange, {"NEW_INBOUND_CALL": [send, hangup()]})
    phone = baresip(CARRIER, 400)
    phone.dial(f"sip:{NUMBER}@{at.udp}")
    phone.await_event("CALL_CLOSED")
    pressed = "".join(e["param"] for e in phone.events if e.get("type") == "CALL_DTMF_START")
    assert pressed == "159#"
