"""What happens within a call: hold by re-INVITE and UPDATE, session timers, late and forked answers, early media."""

import time

import pytest

from exchange import wait_for
from sipp import needed
from sound import Ear, silence, tone
from telephony import CARRIER, NUMBER, PBX, action, bridge, hangup, line, pause, play, prompt, udp_port

pytestmark = needed

MUSIC = {"NEW_INBOUND_CALL": [play("music.wav", Repeat=60)]}


@pytest.fixture
def ear():
    """A factory of RTP ends."""
    made = []

    def make(host=CARRIER):
        made.append(Ear(host))
        return made[-1]

    yield make
    for one in made:
        one.close()


def quiet(ear, start, end):
    """Whether no packet came between two moments."""
    return not any(start < packet[0] < end for packet in ear.packets)


@pytest.mark.parametrize("scenario", ["caller_holds", "caller_updates"])
def test_music_stops_on_hold_and_goes_on_afterwards(exchange, sipp, ear, scenario):
    at = line(exchange, MUSIC)
    prompt(at, "music.wav", tone(600, 1))
    mine = ear()
    phone = sipp(scenario, at.udp, rtp_port=mine.port, fill={"talk": 1500, "held": 2000})
    phone.wait()
    # The longest pause between two packets is the hold.
    times = [packet[0] for packet in mine.packets]
    gaps = sorted(((b - a, a, b) for a, b in zip(times, times[1:])), reverse=True)
    assert 1.0 < gaps[0][0] < 3.5, gaps[:3]
    _, before, after = gaps[0]
    assert mine.heard(600) - mine.heard(600, since=after) > 0.8
    assert mine.heard(600, since=after) > 0.8
    assert "a=recvonly" in phone.messages() or "a=inactive" in phone.messages()
    assert at.kinds()[-1] == "HANGUP LEG-A"
    at.one_record_per_leg(1)


def test_a_session_interval_that_is_too_small(exchange, sipp):
    at = line(exchange, {"NEW_INBOUND_CALL": [pause(30000)]})
    sipp("caller_asks_a_short_session", at.udp).wait()
    at.one_record_per_leg(1)


def test_a_session_nobody_refreshes_ends(exchange, sipp):
    """The shortest interval RFC 4028 allows is 90 s; BYE is due before it ends."""
    plan = {"NEW_INBOUND_CALL": [pause(30000)], "ACTION_SUCCESSFUL": [pause(30000)]}
    at = line(exchange, plan)
    start = time.monotonic()
    sipp("caller_lets_the_session_expire", at.udp, timeout=110).wait()
    assert 45 < time.monotonic() - start < 95
    events = at.events()
    assert events[-1]["InvocationEventType"] == "HANGUP"
    at.one_record_per_leg(1)


def test_we_refresh_where_the_caller_leaves_it_to_us(exchange, sipp):
    plan = {"NEW_INBOUND_CALL": [pause(30000)], "ACTION_SUCCESSFUL": [pause(30000)]}
    at = line(exchange, plan)
    start = time.monotonic()
    sipp("caller_is_refreshed", at.udp, timeout=90, fill={"refresh": "INVITE"}).wait()
    assert 30 < time.monotonic() - start < 80
    at.one_record_per_leg(1)


def test_we_refresh_where_the_callee_leaves_it_to_us(exchange, sipp):
    port = udp_port(CARRIER)
    at = line(exchange, {"NEW_INBOUND_CALL": [bridge("+15557777")], "HANGUP": [hangup("LEG-B")]}, carrier_port=port)
    phone = sipp("callee_is_refreshed", port=port, timeout=90)
    sipp("caller_hangs_up", at.udp, timeout=90, fill={"talk": 60000}).wait()
    phone.wait()
    at.one_record_per_leg(2)


def test_a_caller_that_holds_within_a_bridge(exchange, sipp, ear):
    """What the other party says is not sent while the caller holds, and is sent again afterwards."""
    port = udp_port(CARRIER)
    at = line(exchange, {"NEW_INBOUND_CALL": [bridge("+15557777")], "HANGUP": [hangup("LEG-B")]}, carrier_port=port)
    callee, caller = ear(), ear()
    phone = sipp("callee_answers", port=port, rtp_port=callee.port)
    call = sipp("caller_holds", at.udp, rtp_port=caller.port, fill={"talk": 1500, "held": 2000})
    offer = wait_for(lambda: phone.received("INVITE"), 15)[0]
    media = next(row for row in offer.splitlines() if row.startswith("m=audio"))
    callee.say(tone(500, 8), to=("127.0.0.1", int(media.split()[1])))
    call.wait()
    phone.wait()
    times = [packet[0] for packet in caller.packets]
    gap, _, after = max((b - a, a, b) for a, b in zip(times, times[1:]))
    assert 1.0 < gap < 3.5
    assert caller.heard(500, since=after) > 0.8
    at.one_record_per_leg(2)


def test_a_bridge_that_times_out_while_the_phone_is_picked_up(exchange, sipp):
    """The 200 that crosses our CANCEL is acknowledged and hung up."""
    port = udp_port(CARRIER)
    plan = {"NEW_INBOUND_CALL": [bridge("+15557777", timeout=1)], "ACTION_FAILED": [hangup()]}
    at = line(exchange, plan, carrier_port=port)
    phone = sipp("callee_answers_too_late", port=port)
    sipp("caller_refused", at.udp, fill={"status": 480}).wait()
    phone.wait()
    events = at.events()
    failed = events[1]
    assert failed["InvocationEventType"] == "ACTION_FAILED"
    assert failed["ActionData"]["ErrorType"] == "CallNotAnswered"
    assert at.kinds() == ["NEW_INBOUND_CALL", "ACTION_FAILED:CallAndBridge", "HANGUP LEG-A"]
    at.idle()


def test_a_bridge_that_nobody_answers(exchange, sipp):
    port = udp_port(CARRIER)
    plan = {"NEW_INBOUND_CALL": [bridge("+15557777", timeout=1)], "ACTION_FAILED": [hangup(code="486")]}
    at = line(exchange, plan, carrier_port=port)
    phone = sipp("callee_rings", port=port)
    sipp("caller_refused", at.udp, fill={"status": 486}).wait()
    phone.wait()
    assert at.kinds() == ["NEW_INBOUND_CALL", "ACTION_FAILED:CallAndBridge", "HANGUP LEG-A"]
    at.idle()


def test_a_caller_that_gives_up_cancels_the_bridge(exchange, sipp, softphone):
    port = udp_port(CARRIER)
    at = line(exchange, {"NEW_INBOUND_CALL": [bridge("+15557777")]}, carrier_port=port)
    phone = sipp("callee_rings", port=port)
    caller = softphone("caller", CARRIER).dial(NUMBER, at.udp)
    wait_for(lambda: "SIP/2.0 180" in phone.messages(), 20, "the other side does not ring")
    caller.hangup().wait_ended()
    assert caller.final.status == 487
    phone.wait()
    assert at.kinds() == ["NEW_INBOUND_CALL", "ACTION_FAILED:CallAndBridge", "HANGUP LEG-A"]
    at.idle()


def test_two_phones_pick_up_and_one_is_hung_up(exchange, sipp, ear):
    port = udp_port(CARRIER)
    plan = {"NEW_INBOUND_CALL": [bridge("+15557777")], "ACTION_SUCCESSFUL:CallAndBridge": [pause(1500), hangup("LEG-B"), hangup()]}
    at = line(exchange, plan, carrier_port=port)
    phone = sipp("callee_forks", port=port)
    sipp("caller_waits", at.udp).wait()
    phone.wait()
    kinds = at.kinds(until="HANGUP")
    assert kinds.count("ACTION_SUCCESSFUL:CallAndBridge") == 1
    at.one_record_per_leg(2)


def test_early_media_of_the_callee_is_heard_by_the_caller(exchange, sipp, ear):
    port = udp_port(CARRIER)
    plan = {"NEW_INBOUND_CALL": [bridge("+15557777")], "ACTION_SUCCESSFUL:CallAndBridge": [hangup("LEG-B"), hangup()]}
    at = line(exchange, plan, carrier_port=port)
    callee, caller = ear(), ear()
    phone = sipp("callee_with_early_media", port=port, rtp_port=callee.port, fill={"early": 2500})
    call = sipp("caller_with_early_media", at.udp, rtp_port=caller.port)
    # It is known where to only from the offer that the callee got.
    offer = wait_for(lambda: phone.received("INVITE"), 10)[0]
    media = next(row for row in offer.splitlines() if row.startswith("m=audio"))
    callee.say(tone(900, 2), to=("127.0.0.1", int(media.split()[1])))
    call.wait()
    phone.wait()
    assert caller.heard(900) > 1.0
    at.one_record_per_leg(2)


def test_a_callee_that_wants_its_183_acknowledged(exchange, sipp):
    port = udp_port(CARRIER)
    plan = {"NEW_INBOUND_CALL": [bridge("+15557777")], "ACTION_SUCCESSFUL:CallAndBridge": [hangup("LEG-B"), hangup()]}
    at = line(exchange, plan, carrier_port=port)
    phone = sipp("callee_requires_prack", port=port)
    sipp("caller_with_early_media", at.udp).wait()
    phone.wait()
    at.one_record_per_leg(2)


def test_a_callee_that_holds_and_comes_back(exchange, sipp, ear):
    port = udp_port(CARRIER)
    plan = {"NEW_INBOUND_CALL": [bridge("+15557777")], "HANGUP": [hangup("LEG-A")]}
    at = line(exchange, plan, carrier_port=port)
    callee, caller = ear(), ear()
    phone = sipp("callee_holds", port=port, rtp_port=callee.port, fill={"talk": 1500, "held": 2000})
    call = sipp("caller_waits", at.udp, rtp_port=caller.port)
    offer = wait_for(lambda: call.received("SIP/2.0 200"), 15)[0]
    media = next(row for row in offer.splitlines() if row.startswith("m=audio"))
    caller.say(tone(500, 6), to=("127.0.0.1", int(media.split()[1])))
    phone.wait()
    call.wait()
    times = [packet[0] for packet in callee.packets]
    gap, _, after = max((b - a, a, b) for a, b in zip(times, times[1:]))
    assert 1.0 < gap < 3.5
    assert callee.heard(500, since=after) > 0.8
    at.one_record_per_leg(2)


@pytest.mark.parametrize("ends", ["caller", "callee"])
def test_a_bridge_carries_sound_both_ways(exchange, sipp, ear, ends):
    """Each hears only the other's tone; what happens after either hangs up is the function's doing."""
    port = udp_port(CARRIER)
    plan = {"NEW_INBOUND_CALL": [bridge("+15557777")], "HANGUP": [hangup("LEG-A"), hangup("LEG-B")]}
    at = line(exchange, plan, carrier_port=port)
    callee, caller = ear(), ear()
    caller.say(tone(500, 6))
    callee.say(tone(800, 6))
    hanging_up = {"talk": 2500}
    phone = sipp(
        "callee_hangs_up" if ends == "callee" else "callee_answers",
        port=port, rtp_port=callee.port, fill=hanging_up,
    )
    call = sipp(
        "caller_waits" if ends == "callee" else "caller_hangs_up",
        at.udp, rtp_port=caller.port, fill=hanging_up,
    )
    # Both wait for the other's first packet to know where to; one has to begin.
    answer = wait_for(lambda: call.received("SIP/2.0 200"), 15)[0]
    media = next(row for row in answer.splitlines() if row.startswith("m=audio"))
    caller.say(silence(0.1), to=("127.0.0.1", int(media.split()[1])))
    call.wait()
    phone.wait()
    assert callee.heard(500) > 1.0 and callee.heard(800) == 0
    assert caller.heard(800) > 1.0 and caller.heard(500) == 0
    first, second = ("LEG-B", "LEG-A") if ends == "callee" else ("LEG-A", "LEG-B")
    at.events(until="HANGUP")
    at.one_record_per_leg(2)
    kinds = at.kinds()
    assert kinds[:2] == ["NEW_INBOUND_CALL", "ACTION_SUCCESSFUL:CallAndBridge"]
    assert [kind for kind in kinds if kind.startswith("HANGUP")] == [f"HANGUP {first}", f"HANGUP {second}"]
