"""What nobody should send: each gets its defined answer or none, the process stays up, other calls go on."""

import pathlib
import random
import socket
import threading
import time

import pytest

from exchange import ROOT, wait_for
from sipp import needed
from sound import Ear, tone
from telephony import CARRIER, NUMBER, STRANGER, hangup, line, pause, play, prompt, udp_port

CORPUS = ROOT / "fuzz" / "corpus"
MUSIC = {"NEW_INBOUND_CALL": [play("music.wav", Repeat=100)]}


class Raw:
    """A UDP socket of a carrier, for SIP that no tool would write."""

    def __init__(self, host=CARRIER):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((host, 0))
        self.host, self.port = self.socket.getsockname()

    def send(self, node, data):
        host, port = node.split(":")
        self.socket.sendto(data, (host, int(port)))

    def invite(self, body, name, content="application/sdp", more=""):
        return (
            f"INVITE sip:{NUMBER}@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP {self.host}:{self.port};branch=z9hG4bK{name}\r\n"
            f"From: <sip:x@{self.host}>;tag={name}\r\nTo: <sip:{NUMBER}@127.0.0.1>\r\nCall-ID: {name}\r\nCSeq: 1 INVITE\r\n"
            f"Contact: <sip:x@{self.host}:{self.port}>\r\nMax-Forwards: 70\r\n{more}Content-Type: {content}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        ).encode() + body

    def ack(self, response):
        """For the final response of an INVITE that was refused."""
        kept = [row for row in response.splitlines() if row.split(":")[0] in ("Via", "From", "To", "Call-ID")]
        rows = "\r\n".join(kept)
        return f"ACK sip:{NUMBER}@127.0.0.1 SIP/2.0\r\n{rows}\r\nCSeq: 1 ACK\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n".encode()

    def final(self, name, timeout=5):
        """The final response to the request of that name."""
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            self.socket.settimeout(max(0.01, end - time.monotonic()))
            try:
                text = self.socket.recvfrom(65536)[0].decode(errors="replace")
            except socket.timeout:
                break
            if f"Call-ID: {name}" in text and text.startswith("SIP/2.0") and int(text.split()[1]) >= 200:
                return int(text.split()[1]), text
        return None, ""


def works(at):
    """An OPTIONS is answered at once."""
    raw = Raw()
    raw.send(
        at.udp,
        f"OPTIONS sip:127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP {raw.host}:{raw.port};branch=z9hG4bKalive{raw.port}\r\n"
        f"From: <sip:x@x>;tag=1\r\nTo: <sip:x@x>\r\nCall-ID: alive{raw.port}\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n".encode(),
    )
    return raw.final(f"alive{raw.port}")[0] == 200 and at.node.alive()


class Music:
    """A call in the background that hears music all the time."""

    def __init__(self, at, sipp, seconds):
        prompt(at, "music.wav", tone(600, 1))
        self.ear = Ear(CARRIER)
        self.call = sipp("caller_hangs_up", at.udp, rtp_port=self.ear.port, fill={"talk": seconds * 1000})
        wait_for(lambda: len(self.ear.packets) > 10, 15, "no music")

    def ends_well(self):
        self.call.wait()
        times = [packet[0] for packet in self.ear.packets]
        gap = max(b - a for a, b in zip(times, times[1:]))
        assert gap < 2, f"{gap} s without music"
        assert self.ear.heard(600) > 0.9 * (times[-1] - times[0]) - 1
        self.ear.close()


@needed
def test_datagrams_of_noise_disturb_no_call(exchange, sipp):
    at = line(exchange, MUSIC)
    music = Music(at, sipp, 5)
    rng = random.Random(1)
    for host in (CARRIER, STRANGER):
        raw = Raw(host)
        for size in [0, 1, 2, 3, 4, 100, 1400, 9000, 65000] * 40:
            raw.send(at.udp, rng.randbytes(size))
        for text in (b"\r\n\r\n", b"\r\n" * 20_000, b"INVITE", b"SIP/2.0 200 OK\r\n\r\n", b"\0" * 60_000, b"A" * 65_000):
            raw.send(at.udp, text)
    assert works(at)
    music.ends_well()
    at.one_record_per_leg(1)


@needed
def test_torture_messages_disturb_no_call(exchange, sipp):
    """Our fuzzing corpus, from a carrier and from a stranger, each message also often cut and with bits turned."""
    at = line(exchange, MUSIC)
    music = Music(at, sipp, 8)
    rng = random.Random(2)
    messages = [file.read_bytes() for file in sorted((CORPUS / "sip_message").iterdir())]
    messages += [file.read_bytes() for file in sorted((CORPUS / "sip_stream").iterdir())]
    assert len(messages) >= 15
    for host in (CARRIER, STRANGER):
        raw = Raw(host)
        for message in messages:
            raw.send(at.udp, message)
            for _ in range(12):
                raw.send(at.udp, message[: rng.randrange(len(message))])
                broken = bytearray(message)
                for _ in range(rng.randrange(1, 8)):
                    broken[rng.randrange(len(broken))] ^= 1 << rng.randrange(8)
                raw.send(at.udp, bytes(broken))
    assert works(at)
    music.ends_well()
    assert at.node.alive()


@needed
def test_streams_of_noise_are_closed_and_disturb_no_call(exchange, sipp):
    at = line(exchange, MUSIC)
    music = Music(at, sipp, 6)
    host, port = at.tcp.split(":")
    rng = random.Random(3)
    messages = [file.read_bytes() for file in sorted((CORPUS / "sip_stream").iterdir())]
    endless = b"INVITE sip:x SIP/2.0\r\n" + b"X: " + b"a" * 2_000_000
    huge = b"INVITE sip:x SIP/2.0\r\nContent-Length: 999999999\r\n\r\n" + b"a" * 2_000_000
    for data in [*messages, rng.randbytes(100_000), endless, huge, b"\r\n" * 10]:
        with socket.create_connection((host, int(port)), timeout=5, source_address=(CARRIER, 0)) as peer:
            try:
                peer.sendall(data)
                peer.shutdown(socket.SHUT_WR)
                while peer.recv(65536):
                    pass
            except OSError:
                pass  # It hung up on us, as it may.
    # Connections that say nothing.
    idle = [socket.create_connection((host, int(port)), timeout=5) for _ in range(50)]
    assert works(at)
    sipp("options", at.tcp, transport="t1").wait()
    for peer in idle:
        peer.close()
    music.ends_well()
    at.one_record_per_leg(1)


SDP = "v=0\r\no=- 1 1 IN IP4 127.0.0.2\r\ns=-\r\nc=IN IP4 127.0.0.2\r\nt=0 0\r\n"
OFFERS = {
    "noise": ("\0\1\2 not sdp at all", (400, 488)),
    "no-media": (SDP, (488,)),
    "video-only": (SDP + "m=video 4000 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n", (488,)),
    "unknown-codec": (SDP + "m=audio 4000 RTP/AVP 97\r\na=rtpmap:97 opus/48000/2\r\n", (488,)),
    "encrypted": (SDP + "m=audio 4000 RTP/SAVP 0\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz\r\n", (488,)),
    "refused-line": (SDP + "m=audio 0 RTP/AVP 0\r\n", (488,)),
    "huge-port": (SDP + "m=audio 99999 RTP/AVP 0\r\n", (400, 488)),
    "negative-port": (SDP + "m=audio -1 RTP/AVP 0\r\n", (400, 488)),
    "no-address": ("v=0\r\no=- 1 1 IN IP4 x\r\ns=-\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n", (400, 488)),
    "name-as-address": (SDP.replace("c=IN IP4 127.0.0.2", "c=IN IP4 media.example.net") + "m=audio 4000 RTP/AVP 0\r\n", (400, 488)),
    "many-lines": (SDP + "m=audio 4000 RTP/AVP 97\r\n" * 2000, (400, 413, 488, 513)),
    "many-attributes": (SDP + "m=audio 4000 RTP/AVP 97\r\n" + "a=x\r\n" * 9000, (400, 413, 488, 513)),
}


@pytest.mark.parametrize("name", OFFERS)
def test_an_offer_that_cannot_be_answered(exchange, name):
    at = line(exchange, {"NEW_INBOUND_CALL": [hangup(code="486")]})
    body, allowed = OFFERS[name]
    raw = Raw()
    raw.send(at.udp, raw.invite(body.encode(), name))
    status, response = raw.final(name)
    raw.send(at.udp, raw.ack(response))
    assert status in allowed
    assert works(at)
    at.idle()
    assert at.node.journals() == [], "no function is asked for it"


def test_an_offer_of_another_content_type(exchange):
    at = line(exchange, {"NEW_INBOUND_CALL": [hangup(code="486")]})
    raw = Raw()
    raw.send(at.udp, raw.invite(b"<x/>", "xml", "application/xml"))
    status, response = raw.final("xml")
    raw.send(at.udp, raw.ack(response))
    assert status == 415
    at.idle()


def test_an_extension_that_nobody_has(exchange):
    at = line(exchange, {"NEW_INBOUND_CALL": [hangup(code="486")]})
    raw = Raw()
    body = (SDP + "m=audio 4000 RTP/AVP 0\r\n").encode()
    raw.send(at.udp, raw.invite(body, "extension", more="Require: teleport\r\n"))
    status, response = raw.final("extension")
    raw.send(at.udp, raw.ack(response))
    assert status == 420 and "Unsupported: teleport" in response
    at.idle()


@needed
def test_rtp_from_somebody_else_is_not_heard(exchange, sipp):
    """A flood from a wrong source while a bridge goes on: neither party hears it, the music of neither stops."""
    from telephony import bridge

    port = udp_port(CARRIER)
    plan = {"NEW_INBOUND_CALL": [bridge("+15557777")], "HANGUP": [hangup("LEG-B")]}
    at = line(exchange, plan, carrier_port=port)
    callee, caller = Ear(CARRIER), Ear(CARRIER)
    phone = sipp("callee_answers", port=port, rtp_port=callee.port)
    call = sipp("caller_hangs_up", at.udp, rtp_port=caller.port, fill={"talk": 5000})
    answer = wait_for(lambda: call.received("SIP/2.0 200"), 15)[0]
    mine = int(next(row for row in answer.splitlines() if row.startswith("m=audio")).split()[1])
    offer = phone.received("INVITE")[0]
    theirs = int(next(row for row in offer.splitlines() if row.startswith("m=audio")).split()[1])
    caller.say(tone(500, 4), to=("127.0.0.1", mine))
    callee.say(tone(900, 4), to=("127.0.0.1", theirs))
    wait_for(lambda: callee.heard(500) and caller.heard(900), 10, "no sound")
    stranger = Ear(STRANGER)
    noise = tone(1500, 0.02)
    from sound import to_ulaw

    frame = to_ulaw(noise)
    rng = random.Random(4)
    for _ in range(2000):
        for target in (mine, theirs):
            stranger.send(0, frame, ("127.0.0.1", target))
            stranger.socket.sendto(rng.randbytes(rng.randrange(0, 200)), ("127.0.0.1", target))
        stranger.timestamp += 160
        time.sleep(0.0005)
    call.wait()
    phone.wait()
    assert not stranger.packets, "nothing is sent to the stranger"
    assert callee.heard(500) > 2.5 and caller.heard(900) > 2.5
    assert callee.heard(1500) == 0 and caller.heard(1500) == 0
    at.one_record_per_leg(2)
    for ear in (callee, caller, stranger):
        ear.close()


@needed
def test_a_flood_of_invites_from_a_stranger_disturbs_no_call(exchange, sipp):
    at = line(exchange, MUSIC)
    music = Music(at, sipp, 6)
    raw = Raw(STRANGER)
    body = (SDP + "m=audio 4000 RTP/AVP 0\r\n").encode()

    answers = []

    def listen():
        raw.socket.settimeout(0.2)
        while not ended.is_set():
            try:
                answers.append(raw.socket.recvfrom(65536)[0].decode())
            except socket.timeout:
                pass

    ended = threading.Event()
    listener = threading.Thread(target=listen)
    listener.start()
    began = time.monotonic()
    for i in range(5000):
        raw.send(at.udp, raw.invite(body, f"flood{i}"))
    wait_for(lambda: (told := at.gauges())["strangers_answered_total"] + told["strangers_dropped_total"] > 500, 15)
    assert works(at)
    assert at.gauges()["dialogs"] <= 1, "only the music is a call"
    took = time.monotonic() - began
    music.ends_well()  # Seconds in which a refusal that waits for its ACK would be sent again.
    ended.set()
    listener.join()
    told = at.gauges()
    assert answers and all(answer.startswith("SIP/2.0 403") for answer in answers)
    names = [next(row for row in answer.splitlines() if row.startswith("Call-ID")) for answer in answers]
    assert len(set(names)) == len(names), "an answer was sent again"
    assert len(answers) <= told["strangers_answered_total"] <= 100 + 50 * (took + 1)
    assert told["strangers_dropped_total"] > 0
    assert len(at.node.journals()) == 1
    assert told["streams"] == 0
