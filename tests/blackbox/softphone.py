"""A SIP user agent in Python over UDP that a test drives by hand: it calls, answers, speaks, listens and hangs up.

It stands in for callers and for a contact centre. What a scenario can fix beforehand is SIPp's job.
"""

import random
import re
import socket
import threading
import time

from exchange import wait_for
from sound import Ear

T1 = 0.5


class Message:
    """One SIP message: start line, headers (names in lower case) and body."""

    def __init__(self, text):
        head, _, self.body = text.partition("\r\n\r\n")
        self.start, *lines = head.split("\r\n")
        self.headers = [(n.strip().lower(), v.strip()) for n, _, v in (line.partition(":") for line in lines)]

    def all(self, name):
        return [v for n, v in self.headers if n == name]

    def get(self, name, default=None):
        found = self.all(name)
        return found[0] if found else default

    @property
    def is_response(self):
        return self.start.startswith("SIP/2.0 ")

    @property
    def status(self):
        return int(self.start.split(" ")[1])

    @property
    def method(self):
        return self.get("cseq").split()[1] if self.is_response else self.start.split(" ")[0]

    @property
    def number(self):
        return int(self.get("cseq").split()[0])

    @property
    def user(self):
        """The user part of the Request-URI."""
        return user(self.start.split(" ")[1])


def user(uri):
    """The user part of a SIP URI, or of the one in a From or To."""
    return re.search(r"sips?:([^@;>]+)@", uri)[1]


def uri(contact):
    found = re.search(r"<([^>]+)>", contact)
    return found[1] if found else contact.split(";")[0]


class Call:
    """One dialog of a phone, with an ear of its own."""

    def __init__(self, phone, call_id, local, remote, target, address):
        self.phone = phone
        self.call_id = call_id
        self.local, self.remote = local, remote  # From and To of what we send
        self.target, self.address = target, address
        self.routes = []
        self.ear = Ear(phone.host)
        self.sequence = random.randrange(1, 1000)
        self.invite = None  # as received, or as sent
        self.responses = []  # (when, Message) to what we sent
        self.final = None
        self.answered = threading.Event()
        self.ended = threading.Event()
        self.ended_by_us = False
        self.awaited = {}  # CSeq number → what is sent again until it is answered
        self.ok = None  # our 200, sent again until its ACK

    # What a test asks.

    def wait_answered(self, timeout=20):
        assert self.answered.wait(timeout), f"not answered within {timeout} s: {self.story()}"
        return self

    def wait_ended(self, timeout=20):
        assert self.ended.wait(timeout), f"not ended within {timeout} s: {self.story()}"
        self.ear.catch_up()
        return self

    def alive(self):
        return self.answered.is_set() and not self.ended.is_set()

    def hears(self, frequency, seconds=0.4, timeout=20):
        """Waits until it has heard that much of the tone since it was last asked to forget."""
        wait_for(
            lambda: self.ear.heard(frequency, self.since) >= seconds,
            timeout,
            f"{frequency} Hz was not heard, {self.story()}",
        )

    def forget(self):
        """What was heard until now does not count."""
        self.since = time.monotonic()

    since = 0.0

    def sound(self):
        return self.ear.samples(self.since)

    def story(self):
        return f"{self.phone.name} {self.call_id}: " + ", ".join(m.start for _, m in self.responses)

    # What a test does.

    def hangup(self):
        if self.ended.is_set():
            return self
        self.ended_by_us = True
        if isinstance(self.invite, Message):
            self.wait_answered()  # We were called: the ACK may lag behind what the test waited for.
        if self.answered.is_set():
            self._request("BYE")
        else:
            self._cancel()
        return self

    def close(self):
        self.ear.close()

    # The dialog.

    def sdp(self):
        host, port = self.phone.host, self.ear.port
        return (
            f"v=0\r\no=- {port} 1 IN IP4 {host}\r\ns=-\r\nc=IN IP4 {host}\r\nt=0 0\r\n"
            f"m=audio {port} RTP/AVP 0 101\r\na=rtpmap:0 PCMU/8000\r\n"
            "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=ptime:20\r\na=sendrecv\r\n"
        )

    def _request(self, method):
        self.sequence += 1
        lines = [
            f"{method} {self.target} SIP/2.0",
            f"Via: SIP/2.0/UDP {self.phone.contact};rport;branch=z9hG4bK{random.getrandbits(64):x}",
            *[f"Route: {r}" for r in self.routes],
            f"From: {self.local}",
            f"To: {self.remote}",
            f"Call-ID: {self.call_id}",
            f"CSeq: {self.sequence} {method}",
            "Max-Forwards: 70",
            "Content-Length: 0",
        ]
        self._send_until_answered(self.sequence, "\r\n".join(lines) + "\r\n\r\n")

    def _cancel(self):
        wait_for(lambda: self.responses or self.final, 10, "no provisional response to cancel")
        text = re.sub(r"^INVITE", "CANCEL", self.invite)
        text = text.replace(f"CSeq: {self.sequence} INVITE", f"CSeq: {self.sequence} CANCEL")
        head = text.partition("\r\n\r\n")[0]
        head = re.sub(r"\r\nContent-Type:[^\r]*", "", head)
        head = re.sub(r"\r\nContent-Length: \d+", "\r\nContent-Length: 0", head)
        self.phone.send(head + "\r\n\r\n", self.address)

    def _send_until_answered(self, sequence, text):
        over = threading.Event()
        self.awaited[sequence] = over

        def again():
            wait, sent = T1, 0.0
            while sent < 32 * T1 and not over.is_set() and not self.phone.over.is_set():
                self.phone.send(text, self.address)
                over.wait(wait)
                sent, wait = sent + wait, min(2 * wait, 4.0)
            if not over.is_set():
                self._end()  # Nobody is there any more.

        threading.Thread(target=again, daemon=True).start()

    def _end(self):
        self.ended.set()

    def _response(self, message):
        over = self.awaited.get(message.number)
        self.responses.append((time.monotonic(), message))
        if message.method == "BYE" and message.status >= 200:
            if over:
                over.set()
            self._end()
        elif message.method == "INVITE":
            if over:
                over.set()
            if message.status < 200:
                return
            self.remote = message.get("to")
            if message.status < 300:
                self.target = uri(message.get("contact"))
                self.routes = list(reversed(message.all("record-route")))
                self.final = message
                self._ack(message, self.target)
                self.answered.set()
            else:
                self._ack(message, self.invite.split(" ")[1])
                self.final = message
                self._end()

    def _ack(self, message, target):
        via = message.get("via") if message.status >= 300 else (
            f"SIP/2.0/UDP {self.phone.contact};rport;branch=z9hG4bK{random.getrandbits(64):x}"
        )
        lines = [
            f"ACK {target} SIP/2.0",
            f"Via: {via}",
            *[f"Route: {r}" for r in self.routes],
            f"From: {self.local}",
            f"To: {message.get('to')}",
            f"Call-ID: {self.call_id}",
            f"CSeq: {message.number} ACK",
            "Max-Forwards: 70",
            "Content-Length: 0",
        ]
        self.phone.send("\r\n".join(lines) + "\r\n\r\n", self.address)

    def reply(self, message, status, extra=(), body=""):
        to = message.get("to")
        if "tag=" not in to and status != "100 Trying":
            to = self.local
        lines = [
            f"SIP/2.0 {status}",
            *[f"Via: {v}" for v in message.all("via")],
            *[f"Record-Route: {v}" for v in message.all("record-route")],
            f"From: {message.get('from')}",
            f"To: {to}",
            f"Call-ID: {message.get('call-id')}",
            f"CSeq: {message.get('cseq')}",
            *extra,
            f"Content-Length: {len(body)}",
        ]
        text = "\r\n".join(lines) + "\r\n\r\n" + body
        self.phone.send(text, self.address)
        return text

    def answer(self):
        """200, sent again until the ACK comes."""
        extra = [f"Contact: <sip:{self.phone.contact}>", "Content-Type: application/sdp"]

        def again():
            wait, sent = T1, 0.0
            self.ok = self.reply(self.invite, "200 OK", extra, self.sdp())
            while sent < 32 * T1 and not self.answered.wait(wait) and not self.phone.over.is_set():
                self.phone.send(self.ok, self.address)
                sent, wait = sent + wait, min(2 * wait, 4.0)

        threading.Thread(target=again, daemon=True).start()


class Softphone:
    """A UDP socket with calls on it. `on_call` is asked in a thread of its own for every call that comes in."""

    def __init__(self, name, host="127.0.0.1", on_call=None):
        self.name, self.host, self.on_call = name, host, on_call
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((host, 0))
        self.port = self.socket.getsockname()[1]
        self.socket.settimeout(0.1)
        self.contact = f"{host}:{self.port}"
        self.over = threading.Event()
        self.calls = []
        self.by_id = {}
        self.errors = []
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def send(self, text, to):
        if self.socket.fileno() >= 0:
            self.socket.sendto(text.encode(), to)

    def dial(self, number, at, caller="+15550001", headers=(), parameters=""):
        """Calls `number` at the exchange `at` (host:port), with `parameters` (`;name=value`) in its URI."""
        host, port = at.split(":")
        call_id = f"{random.getrandbits(64):x}@{self.host}"
        local = f"<sip:{caller}@{self.contact}>;tag={random.getrandbits(48):x}"
        target = f"sip:{number}@{at}{parameters}"
        call = Call(self, call_id, local, f"<{target}>", target, (host, int(port)))
        body = call.sdp()
        call.invite = (
            "\r\n".join(
                [
                    f"INVITE {call.target} SIP/2.0",
                    f"Via: SIP/2.0/UDP {self.contact};rport;branch=z9hG4bK{random.getrandbits(64):x}",
                    f"From: {local}",
                    f"To: {call.remote}",
                    f"Call-ID: {call_id}",
                    f"CSeq: {call.sequence} INVITE",
                    f"Contact: <sip:{caller}@{self.contact}>",
                    "Max-Forwards: 70",
                    *headers,
                    "Content-Type: application/sdp",
                    f"Content-Length: {len(body)}",
                ]
            )
            + "\r\n\r\n"
            + body
        )
        self.by_id[call_id] = call
        self.calls.append(call)
        call._send_until_answered(call.sequence, call.invite)
        return call

    def close(self):
        self.over.set()
        self.thread.join(2)
        for call in self.calls:
            call.close()
        self.socket.close()
        assert not self.errors, f"{self.name}: {self.errors}"

    def _run(self):
        while not self.over.is_set():
            try:
                data, source = self.socket.recvfrom(65535)
            except socket.timeout:
                continue
            message = Message(data.decode(errors="replace"))
            call = self.by_id.get(message.get("call-id"))
            if message.is_response:
                if call:
                    call._response(message)
            elif message.method == "INVITE" and call is None:
                self._offered(message, source)
            elif call:
                self._within(call, message)

    def _offered(self, message, source):
        local = f"{message.get('to')};tag={random.getrandbits(48):x}"
        contact = uri(message.get("contact"))
        call = Call(self, message.get("call-id"), local, message.get("from"), contact, source)
        call.routes = message.all("record-route")
        call.invite = message
        self.by_id[call.call_id] = call
        self.calls.append(call)
        call.reply(message, "100 Trying")

        def run():
            try:
                self.on_call(call)
            except Exception as error:  # A test's thread must not fail unseen.
                self.errors.append(repr(error))

        threading.Thread(target=run, daemon=True).start()

    def _within(self, call, message):
        if message.method == "ACK":
            call.answered.set()
        elif message.method == "BYE":
            call.reply(message, "200 OK")
            call._end()
        elif message.method == "CANCEL":
            call.reply(message, "200 OK")
            call.reply(call.invite, "487 Request Terminated")
            call._end()
        elif message.method == "INVITE" and call.ok:
            call.phone.send(call.ok, call.address)  # It came again: the answer was lost.
        elif message.method != "INVITE":
            call.reply(message, "200 OK")
