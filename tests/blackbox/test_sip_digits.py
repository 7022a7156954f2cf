"""Keys that are not RFC 4733 events: tones in the sound, and INFO. (Events are pressed by baresip.)"""

import numpy
import pytest

from exchange import wait_for
from sipp import needed
from sound import Ear, share, silence, tone
from telephony import CARRIER, action, bridge, hangup, line, pause, prompt, udp_port

pytestmark = needed

ROWS, COLUMNS = (697, 770, 852, 941), (1209, 1336, 1477, 1633)
KEYS = "123A456B789C*0#D"


def dialled(keys, on=0.1, off=0.1):
    """The two tones of each key."""
    parts = [silence(0.3)]
    for key in keys:
        row, column = divmod(KEYS.index(key), 4)
        parts += [tone(ROWS[row], on, 6000) + tone(COLUMNS[column], on, 6000), silence(off)]
    return numpy.concatenate([*parts, silence(0.5)])


def keys_in(samples, frame=205):
    """The keys whose two tones are heard."""
    found, last = "", None
    for at in range(0, len(samples) - frame, frame):
        part = samples[at : at + frame].astype(float)
        power = (part**2).mean()

        def strongest(frequencies):
            shares = [share(part, f) for f in frequencies]
            best = max(range(len(shares)), key=shares.__getitem__)
            return best, shares[best]

        (row, a), (column, b) = strongest(ROWS), strongest(COLUMNS)
        key = KEYS[4 * row + column] if power > 1e5 and a > 0.3 and b > 0.3 else None
        if key and key != last:
            found += key
        last = key
    return found


def ask(digits):
    source = {"Type": "S3", "BucketName": "prompts", "Key": "menu.wav"}
    return action(
        "PlayAudioAndGetDigits",
        ParticipantTag="LEG-A",
        AudioSource=source,
        FailureAudioSource=source,
        MinNumberOfDigits=digits,
        MaxNumberOfDigits=digits,
        RepeatDurationInMilliseconds=8000,
    )


def received(at, kind="ACTION_SUCCESSFUL"):
    return next(e["ActionData"]["ReceivedDigits"] for e in at.events() if e["InvocationEventType"] == kind)


@pytest.fixture
def ear():
    one = Ear(CARRIER)
    yield one
    one.close()


def test_keys_are_heard_as_tones_where_no_events_were_offered(exchange, sipp, ear):
    at = line(exchange, {"NEW_INBOUND_CALL": [ask(6)], "ACTION_SUCCESSFUL": [hangup()], "ACTION_FAILED": [hangup()]})
    prompt(at, "menu.wav", tone(440, 0.5))
    call = sipp("caller_without_events", at.udp, rtp_port=ear.port)
    assert wait_for(lambda: ear.heard(440) > 0.2, 10)
    ear.say(dialled("1590*6"))
    call.wait()
    assert received(at) == "1590*6"
    at.one_record_per_leg(1)


def test_digits_go_out_as_tones_where_no_events_were_offered(exchange, sipp, ear):
    send = action("SendDigits", ParticipantTag="LEG-A", Digits="42*#7", ToneDurationInMilliseconds=150)
    at = line(exchange, {"NEW_INBOUND_CALL": [send, pause(200), hangup()]})
    sipp("caller_without_events", at.udp, rtp_port=ear.port).wait()
    assert keys_in(ear.samples()) == "42*#7"
    at.one_record_per_leg(1)


def test_digits_go_out_as_events_where_they_were_offered(exchange, sipp, ear):
    send = action("SendDigits", ParticipantTag="LEG-A", Digits="42*#7", ToneDurationInMilliseconds=150)
    at = line(exchange, {"NEW_INBOUND_CALL": [send, pause(200), hangup()]})
    sipp("caller_waits", at.udp, rtp_port=ear.port).wait()
    assert ear.events() == "42*#7"
    assert keys_in(ear.samples()) == ""


def test_keys_by_info(exchange, sipp):
    at = line(exchange, {"NEW_INBOUND_CALL": [ask(2)], "ACTION_SUCCESSFUL": [hangup()], "ACTION_FAILED": [hangup()]})
    prompt(at, "menu.wav", tone(440, 3))
    sipp("caller_presses_by_info", at.udp).wait()
    assert received(at) == "58"


def test_tones_of_the_other_party_reach_a_phone_that_takes_events(exchange, sipp, ear):
    """A caller without events presses keys in a bridge: the function's registration hears them."""
    port = udp_port(CARRIER)
    listen = action(
        "ReceiveDigits",
        ParticipantTag="LEG-A",
        InputDigitsRegex="^77#$",
        InBetweenDigitsDurationInMilliseconds=1000,
        FlushDigitsDurationInMilliseconds=10000,
    )
    plan = {
        "NEW_INBOUND_CALL": [bridge("+15557777"), listen],
        "DIGITS_RECEIVED": [hangup("LEG-B")],
        "HANGUP": [hangup("LEG-A")],
    }
    at = line(exchange, plan, carrier_port=port)
    phone = sipp("callee_answers", port=port)
    call = sipp("caller_without_events", at.udp, rtp_port=ear.port)
    answer = wait_for(lambda: call.received("SIP/2.0 200"), 15)[0]
    media = next(row for row in answer.splitlines() if row.startswith("m=audio"))
    at.events(until="ACTION_SUCCESSFUL")
    ear.say(numpy.concatenate([silence(1), dialled("77#")]), to=("127.0.0.1", int(media.split()[1])))
    call.wait()
    phone.wait()
    assert received(at, "DIGITS_RECEIVED") == "77#"
    at.one_record_per_leg(2)
