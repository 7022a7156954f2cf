"""Where calls go: routes by priority, failover, TCP, DNS, our own numbers, calls between trunks."""

import pytest

from name_server import Dns
from exchange import wait_for
from sipp import needed
from telephony import CARRIER, CONNECTOR, HOST, NUMBER, PBX, bridge, hangup, line, pause, udp_port

pytestmark = needed

TO_PBX = {
    "NEW_INBOUND_CALL": [bridge("4711")],
    "ACTION_SUCCESSFUL:CallAndBridge": [hangup("LEG-B"), hangup()],
    "ACTION_FAILED": [hangup(code="486")],
}
OUT = {**TO_PBX, "NEW_INBOUND_CALL": [bridge("+15557777")]}


def test_a_bridge_to_equipment_carries_the_connectors_marks(exchange, sipp):
    port = udp_port(PBX)
    at = line(exchange, TO_PBX, routes=[f"{PBX}:{port}"])
    pbx = sipp("callee_answers", host=PBX, port=port)
    sipp("caller_waits", at.udp).wait()
    invite = pbx.wait().received("INVITE")[0]
    assert invite.startswith(f"INVITE sip:4711@{PBX}:{port};transport=UDP SIP/2.0")
    assert f"X-VoiceConnector-ID: {CONNECTOR}" in invite
    assert f"<sip:{NUMBER}@" in invite
    at.one_record_per_leg(2)


def test_routes_are_tried_by_priority_past_503(exchange, sipp):
    ports = [udp_port(PBX) for _ in range(3)]
    at = line(exchange, TO_PBX)
    routes = [
        {"Host": PBX, "Port": port, "Protocol": "UDP", "Priority": priority, "Weight": 1}
        for port, priority in zip(ports, (3, 1, 2))
    ]
    at.node.client().put_voice_connector_origination(
        VoiceConnectorId=CONNECTOR, Origination={"Routes": routes, "Disabled": False}
    )
    third = sipp("callee_answers", host=PBX, port=ports[0])
    first = sipp("callee_refuses", host=PBX, port=ports[1], fill={"status": 503})
    second = sipp("callee_refuses", host=PBX, port=ports[2], fill={"status": 503})
    sipp("caller_waits", at.udp).wait()
    first.wait(), second.wait(), third.wait()
    at.one_record_per_leg(2)


def test_a_busy_phone_is_not_looked_for_elsewhere(exchange, sipp):
    ports = [udp_port(PBX), udp_port(PBX)]
    at = line(exchange, TO_PBX, routes=[f"{PBX}:{port}" for port in ports])
    phones = [sipp("callee_refuses", host=PBX, port=port, fill={"status": 486}) for port in ports]
    sipp("caller_refused", at.udp, fill={"status": 486}).wait()
    assert [len(phone.received("INVITE")) for phone in phones].count(0) == 1
    at.idle()


@pytest.mark.parametrize("protocol", ["udp", "tcp"])
def test_a_route_where_nobody_listens_costs_seconds_and_no_call(exchange, sipp, protocol):
    dead, port = udp_port(PBX), udp_port(PBX)
    at = line(exchange, TO_PBX)
    routes = [
        {"Host": PBX, "Port": dead, "Protocol": protocol.upper(), "Priority": 1, "Weight": 1},
        {"Host": PBX, "Port": port, "Protocol": "UDP", "Priority": 2, "Weight": 1},
    ]
    at.node.client().put_voice_connector_origination(
        VoiceConnectorId=CONNECTOR, Origination={"Routes": routes, "Disabled": False}
    )
    pbx = sipp("callee_answers", host=PBX, port=port)
    sipp("caller_waits", at.udp).wait()
    pbx.wait()
    at.one_record_per_leg(2)


def test_equipment_that_is_called_by_tcp(exchange, sipp):
    port = udp_port(PBX)
    at = line(exchange, TO_PBX, routes=[f"{PBX}:{port}/tcp"])
    pbx = sipp("callee_answers", host=PBX, port=port, transport="t1")
    sipp("caller_waits", at.udp).wait()
    pbx.wait()
    at.one_record_per_leg(2)


def test_equipment_on_tcp_that_hangs_up(exchange, sipp):
    port = udp_port(PBX)
    at = line(exchange, {**TO_PBX, "ACTION_SUCCESSFUL:CallAndBridge": [], "HANGUP": [hangup()]}, routes=[f"{PBX}:{port}/tcp"])
    pbx = sipp("callee_hangs_up", host=PBX, port=port, transport="t1")
    sipp("caller_waits", at.udp).wait()
    pbx.wait()
    assert at.kinds() == ["NEW_INBOUND_CALL", "ACTION_SUCCESSFUL:CallAndBridge", "HANGUP LEG-B", "HANGUP LEG-A"]
    at.one_record_per_leg(2)


def test_what_a_carrier_is_told_of_the_caller(exchange, sipp):
    port = udp_port(CARRIER)
    told = 'asserted_identity = true\nfrom_host = "us.example.net"'
    at = line(exchange, OUT, carrier_port=port, carrier=told)
    telco = sipp("callee_answers", port=port)
    sipp("caller_waits", at.udp).wait()
    invite = telco.wait().received("INVITE")[0]
    assert f"From: <sip:{NUMBER}@us.example.net>" in invite
    assert f"P-Asserted-Identity: <sip:{NUMBER}@us.example.net>" in invite


def test_a_node_that_is_full_says_when_to_come_again(exchange, sipp):
    at = line(exchange, {"NEW_INBOUND_CALL": [pause(5000), hangup()]}, more="[limits]\ncalls = 1\n")
    first = sipp("caller_waits", at.udp)
    wait_for(lambda: first.received("SIP/2.0 200"), 15)
    second = sipp("caller_refused", at.udp, fill={"status": 503})
    second.wait()
    assert "Retry-After:" in second.received("SIP/2.0 503")[0]
    first.wait()
    sipp("caller_hangs_up", at.udp).wait()
    at.one_record_per_leg(2)


def test_no_carrier_no_call(exchange, sipp):
    at = line(exchange, OUT)
    sipp("caller_refused", at.udp, fill={"status": 486}).wait()
    failed = at.events()[1]
    assert failed["ActionData"]["ErrorType"] == "CallNotAnswered"
    at.idle()


def test_the_next_carrier_when_the_first_says_503(exchange, sipp):
    ports = [udp_port(CARRIER), udp_port(CARRIER)]
    carriers = "".join(
        f'[[carrier]]\nname = "telco{i}"\nuri = "sip:{CARRIER}:{port}"\nprefixes = ["{prefix}"]\nsources = ["{CARRIER}/32"]\n'
        for i, (port, prefix) in enumerate(zip(ports, ("+", "+1555")))
    )
    at = line(exchange, OUT, carriers=carriers)
    answers = sipp("callee_answers", port=ports[0])
    overloaded = sipp("callee_refuses", port=ports[1], fill={"status": 503})
    sipp("caller_waits", at.udp).wait()
    answers.wait(), overloaded.wait()
    at.one_record_per_leg(2)


def test_servers_of_a_name_in_the_order_of_their_priority(exchange, sipp):
    """SRV, RFC 3263: the first server is down, the second says 503, the third answers."""
    dead, full, good = (udp_port(CARRIER) for _ in range(3))
    dns = Dns(
        {
            ("_sip._udp.telco.test", "SRV"): [
                (30, 1, good, "c.telco.test"),
                (10, 1, dead, "a.telco.test"),
                (20, 1, full, "b.telco.test"),
            ],
            ("a.telco.test", "A"): [CARRIER],
            ("b.telco.test", "A"): [CARRIER],
            ("c.telco.test", "A"): [CARRIER],
        }
    )
    carriers = f'[[carrier]]\nname = "telco"\nuri = "sip:telco.test"\nprefixes = ["+"]\nsources = ["{CARRIER}/32"]\n'
    at = line(exchange, OUT, carriers=carriers, sections={"sip": f'nameserver = "{dns.address}"'})
    answers = sipp("callee_answers", port=good)
    overloaded = sipp("callee_refuses", port=full, fill={"status": 503})
    sipp("caller_waits", at.udp).wait()
    answers.wait(), overloaded.wait()
    assert ("_sip._udp.telco.test", "SRV") in dns.asked
    assert answers.received("INVITE")[0].startswith("INVITE sip:+15557777@telco.test SIP/2.0")
    at.one_record_per_leg(2)
    dns.close()


def test_a_name_that_does_not_exist(exchange, sipp):
    dns = Dns({})
    carriers = f'[[carrier]]\nname = "telco"\nuri = "sip:telco.test"\nprefixes = ["+"]\nsources = ["{CARRIER}/32"]\n'
    at = line(exchange, OUT, carriers=carriers, sections={"sip": f'nameserver = "{dns.address}"'})
    sipp("caller_refused", at.udp, fill={"status": 486}).wait()
    assert at.events()[1]["ActionData"]["ErrorType"] == "CallNotAnswered"
    at.idle()
    dns.close()


def test_our_own_number_is_called_within_the_node(exchange, sipp):
    """Two calls of one node meet: each has its own transaction, its own legs and its own records."""
    other = "+15550101"
    plan = {
        f"{NUMBER} NEW_INBOUND_CALL": [bridge(other)],
        f"{NUMBER} HANGUP": [hangup("LEG-A")],
        f"{other} NEW_INBOUND_CALL": [pause(1000), hangup()],
    }
    at = line(exchange, plan, numbers=(NUMBER, other))
    sipp("caller_waits", at.udp).wait()
    at.calls(2)
    at.one_record_per_leg(3)
    stories = sorted(at.kinds(call=i) for i in range(2))
    assert stories == [
        ["NEW_INBOUND_CALL", "ACTION_SUCCESSFUL:CallAndBridge", "HANGUP LEG-B", "HANGUP LEG-A"],
        ["NEW_INBOUND_CALL", "HANGUP LEG-A"],
    ]


def test_a_circle_through_our_own_number_ends(exchange, sipp):
    plan = {"NEW_INBOUND_CALL": [bridge(NUMBER)], "ACTION_FAILED": [hangup()]}
    at = line(exchange, plan)
    sipp("caller_refused", at.udp, fill={"status": 480}).wait()
    at.idle()
    assert 5 <= len(at.node.journals()) <= 6


@pytest.mark.parametrize("hung_up_by", ["caller", "pbx"])
def test_a_connectors_number_rings_its_equipment_without_a_function(exchange, sipp, hung_up_by):
    port = udp_port(PBX)
    number = "+15550300"
    at = line(exchange, {}, connector_numbers=[number], routes=[f"{PBX}:{port}"])
    by_pbx = hung_up_by == "pbx"
    pbx = sipp("callee_hangs_up" if by_pbx else "callee_answers", host=PBX, port=port)
    sipp("caller_waits" if by_pbx else "caller_hangs_up", at.udp, to=number).wait()
    invite = pbx.wait().received("INVITE")[0]
    assert invite.startswith(f"INVITE sip:{number}@{PBX}:{port}")
    at.idle()
    wait_for(lambda: at.records(), 10, "no record")
    assert len(at.records()) == 1


def test_equipment_calls_the_world_by_its_connector(exchange, sipp):
    port = udp_port(CARRIER)
    number = "+15550300"
    at = line(exchange, {}, connector_numbers=[number], carrier_port=port)
    at.node.client().put_voice_connector_termination(
        VoiceConnectorId=CONNECTOR,
        Termination={"CallingRegions": ["US"], "CidrAllowedList": [f"{PBX}/32"], "Disabled": False},
    )
    telco = sipp("callee_answers", port=port)
    calling = {"host": PBX, "domain": HOST, "caller": number}
    sipp("caller_hangs_up", at.udp, to="+12065550142", **calling).wait()
    telco.wait()
    # Not a country of its, and not a number of its own.
    sipp("caller_refused", at.udp, to="+442079460000", fill={"status": 403}, **calling).wait()
    strange = {**calling, "caller": "+15559876"}
    sipp("caller_refused", at.udp, to="+12065550142", fill={"status": 403}, **strange).wait()
    at.idle()
