"""Who may call: connectors by address and by digest. And what carriers ask of us: digest, registration, OPTIONS."""

import hashlib
import re
import socket
import time

import pytest

from exchange import wait_for
from sipp import needed
from telephony import CARRIER, CONNECTOR, HOST, PBX, STRANGER, bridge, hangup, line, pause, udp_port

PLAN = {"NEW_INBOUND_CALL": [pause(300), hangup()]}


@pytest.fixture
def connector(exchange):
    """A node whose connector has a rule, and a user with a password."""

    def make(users=(("desk", "open sesame"),)):
        at = line(exchange, PLAN, rule_on_connector=True)
        if users:
            at.node.client().put_voice_connector_termination_credentials(
                VoiceConnectorId=CONNECTOR,
                Credentials=[{"Username": user, "Password": password} for user, password in users],
            )
        return at

    return make


@needed
@pytest.mark.parametrize("transport", ["u1", "t1"])
def test_equipment_in_the_list_calls_the_connectors_host(connector, sipp, transport):
    at = connector(users=())
    remote = at.udp if transport == "u1" else at.tcp
    phone = sipp("caller_waits", remote, host=PBX, domain=HOST, to="reception", caller="extension7", transport=transport)
    phone.wait()
    leg = at.events()[0]["CallDetails"]["Participants"][0]
    assert (leg["To"], leg["From"]) == ("reception", "extension7")


@needed
def test_an_address_that_is_not_in_the_list(connector, sipp):
    at = connector(users=())
    sipp("caller_refused", at.udp, host=STRANGER, domain=HOST, fill={"status": 403}).wait()
    assert at.node.journals() == []


@needed
def test_a_change_of_the_list_holds_from_the_next_call_on(connector, sipp):
    at = connector(users=())
    at.node.client().put_voice_connector_termination(
        VoiceConnectorId=CONNECTOR,
        Termination={"CallingRegions": ["US"], "CidrAllowedList": [f"{STRANGER}/32"], "Disabled": False},
    )
    sipp("caller_refused", at.udp, host=PBX, domain=HOST, fill={"status": 403}).wait()
    sipp("caller_waits", at.udp, host=STRANGER, domain=HOST).wait()


@needed
@pytest.mark.parametrize(
    "user, password, good", [("desk", "sesame", True), ("desk", "wrong", False), ("nobody", "sesame", False)]
)
def test_a_user_and_a_password(connector, sipp, user, password, good):
    """SIPp knows MD5 only and looks at the first challenge only."""
    at = connector([("desk", "sesame")])
    fill = {"user": user, "password": password}
    scenario = "caller_digest" if good else "caller_digest_refused"
    sipp(scenario, at.udp, host=PBX, domain=HOST, fill=fill).wait()
    assert len(at.node.journals()) == good


class RawPhone:
    """A few lines of SIP over UDP, for what no tool here can do."""

    def __init__(self, host):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((host, 0))
        self.socket.settimeout(5)
        self.host, self.port = self.socket.getsockname()

    def invite(self, node, sequence, more=""):
        sdp = f"v=0\r\no=- 1 1 IN IP4 {self.host}\r\ns=-\r\nc=IN IP4 {self.host}\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\n"
        text = (
            f"INVITE sip:reception@{HOST} SIP/2.0\r\nVia: SIP/2.0/UDP {self.host}:{self.port};branch=z9hG4bK{self.port}{sequence}\r\n"
            f"From: <sip:desk@{self.host}>;tag=raw\r\nTo: <sip:reception@{HOST}>\r\nCall-ID: raw{self.port}\r\n"
            f"CSeq: {sequence} INVITE\r\nContact: <sip:desk@{self.host}:{self.port}>\r\nMax-Forwards: 70\r\n{more}"
            f"Content-Type: application/sdp\r\nContent-Length: {len(sdp)}\r\n\r\n{sdp}"
        )
        host, port = node.split(":")
        self.socket.sendto(text.encode(), (host, int(port)))

    def final(self, sequence):
        """The final response to one INVITE, and the challenges in it."""
        while True:
            text = self.socket.recvfrom(65536)[0].decode()
            status = int(text.split()[1]) if text.startswith("SIP/2.0") else 0
            if status >= 200 and f"CSeq: {sequence} INVITE" in text:
                return status, re.findall(r"^WWW-Authenticate: Digest (.*)\r$", text, re.M)


def digest(challenge, name, algorithm, user, password, uri):
    """The Authorization header of RFC 7616."""
    value = dict(re.findall(r'(\w+)="?([^",]+)"?', challenge))

    def hash(text):
        return hashlib.new(algorithm, text.encode()).hexdigest()

    ha1, ha2 = hash(f"{user}:{value['realm']}:{password}"), hash(f"INVITE:{uri}")
    response = hash(f"{ha1}:{value['nonce']}:00000001:0a4f113b:auth:{ha2}")
    return (
        f'Authorization: Digest username="{user}", realm="{value["realm"]}", nonce="{value["nonce"]}", uri="{uri}", '
        f'response="{response}", algorithm={name}, cnonce="0a4f113b", qop=auth, nc=00000001\r\n'
    )


@pytest.mark.parametrize("name, algorithm", [("SHA-256", "sha256"), ("MD5", "md5")])
@pytest.mark.parametrize(
    "user, password, status",
    [("desk", "open sesame", 200), ("desk", "open barley", 403), ("nobody", "open sesame", 403)],
)
def test_both_algorithms_are_offered_and_taken(connector, name, algorithm, user, password, status):
    at = connector()
    phone = RawPhone(PBX)
    phone.invite(at.udp, 1)
    asked, challenges = phone.final(1)
    assert asked == 401
    assert ["MD5" in challenge for challenge in challenges] == [True, False]
    assert "SHA-256" in challenges[1]
    chosen = next(c for c in challenges if name in c)
    phone.invite(at.udp, 2, digest(chosen, name, algorithm, user, password, f"sip:reception@{HOST}"))
    assert phone.final(2)[0] == status
    assert len(at.node.journals()) == (status == 200)


def test_only_the_algorithms_of_the_configuration(exchange):
    at = line(exchange, PLAN, rule_on_connector=True, sections={"sip": 'digest = ["SHA-256"]'})
    at.node.client().put_voice_connector_termination_credentials(
        VoiceConnectorId=CONNECTOR, Credentials=[{"Username": "desk", "Password": "open sesame"}]
    )
    phone = RawPhone(PBX)
    phone.invite(at.udp, 1)
    [challenge] = phone.final(1)[1]
    uri = f"sip:reception@{HOST}"
    phone.invite(at.udp, 2, digest(challenge, "MD5", "md5", "desk", "open sesame", uri))
    assert phone.final(2)[0] == 403
    phone.invite(at.udp, 3, digest(challenge, "SHA-256", "sha256", "desk", "open sesame", uri))
    assert phone.final(3)[0] == 200


def test_credentials_are_not_good_for_a_second_call(connector):
    at = connector()
    phone = RawPhone(PBX)
    phone.invite(at.udp, 1)
    chosen = phone.final(1)[1][1]
    right = digest(chosen, "SHA-256", "sha256", "desk", "open sesame", f"sip:reception@{HOST}")
    phone.invite(at.udp, 2, right)
    assert phone.final(2)[0] == 200
    thief = RawPhone(PBX)
    thief.invite(at.udp, 3, right)
    assert thief.final(3)[0] in (401, 403)
    assert len(at.node.journals()) == 1


@needed
def test_options_of_the_equipment_are_its_health(connector, sipp):
    at = connector(users=())
    sipp("options", at.udp, host=PBX, domain=HOST).wait()
    health = at.node.client().get_voice_connector_termination_health(VoiceConnectorId=CONNECTOR)
    found = health["TerminationHealth"]
    assert found["Source"] == PBX
    assert abs(found["Timestamp"].timestamp() - time.time()) < 30


@needed
@pytest.mark.parametrize("password, answered", [("right", True), ("wrong", False)])
@pytest.mark.parametrize("proxy", [False, True])
def test_a_carrier_that_asks_who_calls(exchange, sipp, password, answered, proxy):
    """By 401; by 407 the answer is looked at here, which SIPp cannot."""
    port = udp_port(CARRIER)
    plan = {
        "NEW_INBOUND_CALL": [bridge("+15557777")],
        "ACTION_SUCCESSFUL:CallAndBridge": [hangup("LEG-B"), hangup()],
        "ACTION_FAILED": [hangup(code="486")],
    }
    at = line(exchange, plan, carrier_port=port, carrier=f'username = "us"\npassword = "{password}"')
    fill = {"user": "us", "password": "right", "nonce": "47364c23432d2e131a5fb210812c"}
    if proxy:
        fill["status"] = 200 if answered else 403
        telco = sipp("callee_digest_by_407" if answered else "callee_digest_refused", port=port, fill=fill)
    else:
        telco = sipp("callee_digest", port=port, fill=fill)
    if answered:
        sipp("caller_waits", at.udp).wait()
    else:
        sipp("caller_refused", at.udp, fill={"status": 486}).wait()
    telco.wait()
    if proxy:
        given = re.search(r"^Proxy-Authorization: Digest (.*)$", telco.received("INVITE")[1], re.M)[1]
        value = dict(re.findall(r'(\w+)="?([^",]+)"?', given))
        md5 = lambda text: hashlib.md5(text.encode()).hexdigest()  # noqa: E731
        first, second = md5("us:telco.example:right"), md5(f"INVITE:{value['uri']}")
        named = f"{value['nonce']}:{value['nc']}:{value['cnonce']}:{value['qop']}"
        assert (value["response"] == md5(f"{first}:{named}:{second}")) == answered
    assert ("ACTION_SUCCESSFUL:CallAndBridge" in at.kinds()) == answered
    at.idle()


@needed
def test_a_carrier_we_register_to(exchange, sipp):
    port = udp_port(CARRIER)
    fill = {"user": "us", "password": "right", "nonce": "84f1c1ae6cbe5ua9c8e88dfa3ecm3459"}
    telco = sipp("registrar", port=port, fill=fill)
    at = line(
        exchange,
        PLAN,
        carrier_port=port,
        carrier=f'username = "us"\npassword = "right"\nregister = "sip:us@{CARRIER}:{port}"',
    )
    telco.wait()
    last = telco.received("REGISTER")[-1]
    assert f"<sip:us@127.0.0.1:{at.udp.split(':')[1]}" in last
    assert "SIP/2.0 200 OK" in telco.messages()


@needed
def test_a_carrier_is_asked_whether_it_is_there(exchange, sipp):
    port = udp_port(CARRIER)
    telco = sipp("answers_options", port=port)
    at = line(exchange, PLAN, carrier_port=port, carrier="options_every = 1")
    telco.wait()
    wait_for(lambda: "the trunk works" in at.node.log.read_text(), 10, "the log does not say so")
