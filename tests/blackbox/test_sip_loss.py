"""Hundreds of calls through a network that loses: all end, nothing is left, each leg has one record."""

import pytest

from sipp import needed
from telephony import CARRIER, bridge, hangup, line, pause, udp_port

pytestmark = needed


@pytest.mark.parametrize("scenario", ["caller_hangs_up", "caller_waits"])
def test_three_hundred_calls_with_one_message_in_twenty_lost(exchange, sipp, scenario):
    plan = {"NEW_INBOUND_CALL": [pause(300), hangup()] if "waits" in scenario else [pause(30000)]}
    at = line(exchange, plan, rtp_ports=2000)
    phone = sipp(scenario, at.udp, calls=300, rate=15, timeout=120, options=["-lost", "5"])
    phone.wait()
    at.idle(90)
    assert len(at.calls(300)) == 300
    at.one_record_per_leg(300)
    for call in range(300):
        kinds = at.kinds(call=call)
        assert kinds[0] == "NEW_INBOUND_CALL" and kinds.count("HANGUP LEG-A") == 1 and kinds[-1] == "HANGUP LEG-A"


def test_a_hundred_bridges_with_one_message_in_twenty_lost(exchange, sipp):
    port = udp_port(CARRIER)
    plan = {"NEW_INBOUND_CALL": [bridge("+15557777")], "HANGUP": [hangup("LEG-B")], "ACTION_FAILED": [hangup()]}
    at = line(exchange, plan, carrier_port=port, rtp_ports=2000)
    phone = sipp("callee_answers", port=port, calls=100, timeout=120, options=["-lost", "5"])
    sipp("caller_hangs_up", at.udp, calls=100, rate=8, timeout=120, fill={"talk": 1000}).wait()
    phone.wait()
    at.idle(90)
    at.one_record_per_leg(200)
