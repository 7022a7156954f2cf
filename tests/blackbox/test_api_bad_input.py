"""Requests that are badly signed, oversized, slow or no HTTP at all: each is refused, and calls go on."""

import contextlib
import datetime
import json
import re
import socket
import urllib.error
import urllib.parse
import urllib.request

import pytest
from botocore.auth import SigV4Auth, SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from exchange import wait_for
from sdks import BOTH, open_sdk, refused
from sipp import needed
from telephony import NUMBER, hangup, line, pause

KEY, SECRET = "AKIAOPERATOR", "the operator's secret"
KEYS = {"sections": {"api": f'listen = "127.0.0.1:0"\n[[api.key]]\nid = "{KEY}"\nsecret = "{SECRET}"'}}
BODY = json.dumps({"Name": "pbx", "RequireEncryption": False}).encode()


@pytest.fixture
def node(exchange):
    """A node that asks for signatures."""
    return exchange(**KEYS)


def signed(node, method="POST", path="/voice-connectors", body=BODY, key=KEY, secret=SECRET, service="chime"):
    """A request as an SDK signs it."""
    request = AWSRequest(method, node.api + path, data=body, headers={"Content-Type": "application/json"})
    SigV4Auth(Credentials(key, secret), service, "us-east-1").add_auth(request)
    return request.prepare()


def send(prepared, **changes):
    """Status and body of the answer. `changes` are made after the signature: url, body, headers, without."""
    headers = {**dict(prepared.headers), **changes.get("headers", {})}
    for name in changes.get("without", ()):
        del headers[name]
    body = changes.get("body", prepared.body)
    request = urllib.request.Request(
        changes.get("url", prepared.url), data=body or None, headers=headers, method=prepared.method
    )
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.read().decode(), answer.headers
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), error.headers


def is_forbidden(answer, why):
    status, body, headers = answer
    assert (status, headers["x-amzn-ErrorType"]) == (403, "ForbiddenException"), body
    assert re.search(why, json.loads(body)["Message"]), body


def test_a_good_signature_is_let_in(node):
    status, body, _ = send(signed(node))
    assert status == 201, body
    status, body, _ = send(signed(node, "GET", "/voice-connectors?max-results=5", b""))
    assert status == 200 and len(json.loads(body)["VoiceConnectors"]) == 1


def test_bad_signatures(node):
    good = signed(node)
    old = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(hours=1)
    wrong_day = good.headers["Authorization"].replace(good.headers["X-Amz-Date"][:8], "20200101")
    is_forbidden(send(signed(node, secret="another secret")), "does not match")
    is_forbidden(send(signed(node, key="AKIANOBODY")), "not known")
    is_forbidden(send(signed(node, service="execute-api")), "not scoped")
    is_forbidden(send(good, body=BODY.replace(b"pbx", b"bad")), "does not match")
    is_forbidden(send(good, url=node.api + "/voice-connector-groups"), "does not match")
    is_forbidden(send(good, url=good.url + "?operation=put"), "does not match")
    is_forbidden(send(good, headers={"Content-Type": "text/plain"}), "does not match")
    is_forbidden(send(good, headers={"Host": "elsewhere.example.net"}), "does not match")
    is_forbidden(send(good, without=["Authorization"]), "missing")
    is_forbidden(send(good, without=["X-Amz-Date"]), "incomplete|Date")
    is_forbidden(send(good, headers={"X-Amz-Date": old.strftime("%Y%m%dT%H%M%SZ")}), "expired|scoped")
    is_forbidden(send(good, headers={"Authorization": wrong_day}), "scoped")
    is_forbidden(send(good, headers={"X-Amz-Content-Sha256": "0" * 64}), "content hash")
    for broken in ("AWS4-HMAC-SHA256", "Basic YTpi", "AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=, Signature="):
        is_forbidden(send(good, headers={"Authorization": broken}), "incomplete")
    for lost in ("Credential", "SignedHeaders", "Signature"):
        less = re.sub(rf"{lost}=[^,]*,? ?", "", good.headers["Authorization"])
        is_forbidden(send(good, headers={"Authorization": less}), "incomplete")
    assert send(signed(node, "GET", "/voice-connectors", b""))[1] == '{"VoiceConnectors":[]}', "none was made"


def test_a_signature_of_an_hour_ago_is_stale(node, monkeypatch):
    import botocore.auth

    long_ago = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(hours=1)
    monkeypatch.setattr(
        botocore.auth, "get_current_datetime", lambda remove_tzinfo=True: long_ago.replace(tzinfo=None)
    )
    prepared = signed(node)
    assert prepared.headers["X-Amz-Date"] == long_ago.strftime("%Y%m%dT%H%M%SZ")
    is_forbidden(send(prepared), "expired")


def test_presigned_requests(node):
    def presigned(seconds, secret=SECRET):
        request = AWSRequest("GET", f"{node.api}/voice-connectors")
        SigV4QueryAuth(Credentials(KEY, secret), "chime", "us-east-1", expires=seconds).add_auth(request)
        return request.prepare()

    status, body, _ = send(presigned(60))
    assert status == 200, body
    is_forbidden(send(presigned(60, "another secret")), "does not match")
    good = presigned(60)
    is_forbidden(send(good, url=good.url.replace("X-Amz-Expires=60", "X-Amz-Expires=61")), "does not match")
    is_forbidden(send(good, url=good.url.replace("X-Amz-Expires=60", "X-Amz-Expires=9999999")), "incomplete")
    is_forbidden(send(good, url=good.url + "&max-results=1"), "does not match")


@pytest.mark.parametrize("name", BOTH)
def test_an_sdk_with_the_wrong_secret(node, name):
    sdk = open_sdk(name, node, key=KEY, secret="another secret")
    refusal = refused(sdk, "ListVoiceConnectors")
    assert (refusal.name, refusal.status, refusal.typed) == ("ForbiddenException", 403, True)
    sdk.close()
    sdk = open_sdk(name, node, key=KEY, secret=SECRET)
    assert sdk("ListVoiceConnectors")["VoiceConnectors"] == []
    number = refused(sdk, "GetPhoneNumber", PhoneNumberId="+12065550100")
    assert number.name == "NotFoundException", "signed although the path is percent-encoded"
    sdk.close()


def test_without_keys_of_its_own_a_node_lets_nobody_in(exchange):
    node = exchange(sections={"api": 'listen = "127.0.0.1:0"'})
    is_forbidden(send(signed(node)), "not known")


def test_the_body_of_a_stranger_is_not_even_read(node):
    """Five megabytes are announced and never sent: who is unknown by the head alone is not waited for."""
    stranger = dict(signed(node, key="AKIANOBODY").headers)
    friend = dict(signed(node).headers)
    for path, service in (("/voice-connectors", "chime"), ("/2015-03-31/functions/f/invocations", "lambda")):
        for headers in ({}, stranger):
            said = "".join(f"{name}: {value}\r\n" for name, value in headers.items() if name != "Content-Length")
            head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 5000000\r\n{said}\r\n"
            answer = conversation(node, head.encode(), hang_up=False)
            assert answer.startswith(b"HTTP/1.1 403 "), (service, answer[:200])
    said = "".join(f"{name}: {value}\r\n" for name, value in friend.items() if name != "Content-Length")
    head = f"POST /voice-connectors HTTP/1.1\r\nHost: {node.addresses['api']}\r\n{said}Content-Length: {len(BODY)}\r\n\r\n"
    with pytest.raises(TimeoutError):
        conversation(node, head.encode(), timeout=1, hang_up=False)


# What follows needs no signature to do harm, so the node lets anybody in.


def conversation(node, text, timeout=15, hang_up=True):
    """All that is answered to these bytes until the node closes; `hang_up` says that nothing more will come."""
    host, port = node.addresses["api"].split(":")
    with socket.create_connection((host, int(port)), timeout=timeout) as peer:
        with contextlib.suppress(ConnectionError):
            peer.sendall(text)
        if hang_up:
            with contextlib.suppress(OSError):
                peer.shutdown(socket.SHUT_WR)
        answer = b""
        with contextlib.suppress(ConnectionError):
            while part := peer.recv(65536):
                answer += part
        return answer


def request(method, target, body=b"", headers=""):
    head = f"{method} {target} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n{headers}\r\n"
    return head.encode() + body


def test_bodies_that_are_too_large(exchange):
    node = exchange(sections={"api": 'listen = "127.0.0.1:0"\nany_key = true\nbody_size = 4096'})
    large = json.dumps({"Name": "n" * 5000, "RequireEncryption": False}).encode()
    answer = conversation(node, request("POST", "/voice-connectors", large))
    assert b" 413 " in answer.splitlines()[0] and b"PayloadTooLargeException" in answer
    parts = [large[i : i + 500] for i in range(0, 5000, 500)]
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts)
    head = b"POST /voice-connectors HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert b" 413 " in conversation(node, head + chunks + b"0\r\n\r\n").splitlines()[0]
    # Announced, but never sent: nobody waits for it.
    liar = b"POST /voice-connectors HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n{"
    assert b" 201 " not in conversation(node, liar)
    assert node.client().list_voice_connectors()["VoiceConnectors"] == []


BODIES = [
    b"",
    b"null",
    b"[]",
    b"{",
    b'{"Name":',
    b'{"Name":"a","RequireEncryption":false}}',
    b'{"Name":1,"RequireEncryption":false}',
    b'{"Name":"a","RequireEncryption":"false"}',
    b'{"Name":null,"RequireEncryption":false}',
    b'{"Name":"a","RequireEncryption":false,"Tags":{}}',
    b'{"Name":"a","RequireEncryption":false,"Tags":[{"Key":"k"}]}',
    b'{"Name":"\\ud800","RequireEncryption":false}',
    b'{"Name":"\xff\xfe","RequireEncryption":false}',
    b'{"Name":"a\\u0000b","RequireEncryption":false}',
    b"[" * 100_000,
    b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    b'{"Name":1e999,"RequireEncryption":false}',
]
TARGETS = [
    "/voice-connectors?max-results=0",
    "/voice-connectors?max-results=1e2",
    "/voice-connectors?max-results=%39%39%39",
    "/voice-connectors?max-results=-1",
    "/voice-connectors?max-results=99999999999999999999",
    "/voice-connectors?next-token=%ff",
    "/voice-connectors/%00",
    "/voice-connectors/%",
    "/voice-connectors/..%2f..%2fetc",
    "/phone-numbers/%252B%252B",
    "/search?type=phone-numbers&area-code=" + "2" * 5000,
    "/sip-rules?sip-media-application=",
]


def test_bodies_and_targets_that_make_no_sense(exchange):
    node = exchange()
    for body in BODIES:
        answer = conversation(node, request("POST", "/voice-connectors", body))
        assert answer.startswith(b"HTTP/1.1 400 ") and b"BadRequestException" in answer, (body[:80], answer[:300])
    for target in TARGETS:
        answer = conversation(node, request("GET", target))
        assert re.match(rb"HTTP/1.1 40[04] ", answer), (target[:80], answer[:300])
    for target in ("/", "/nothing", "/voice-connectors/x/y/z", "/search", "/phone-numbers?operation=fly", "//"):
        answer = conversation(node, request("PATCH", target))
        assert answer.startswith(b"HTTP/1.1 404 ") and b"UnknownOperationException" in answer, (target, answer[:300])
    assert node.client().list_voice_connectors()["VoiceConnectors"] == []


NO_HTTP = [
    b"\0" * 4096,
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(256)),
    b"GET\r\n\r\n",
    b"INVITE sip:+15550100@x SIP/2.0\r\nVia: SIP/2.0/UDP x\r\n\r\n",
    b"GET / HTTP/9.9\r\n\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\nBad Header\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 300_000 + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: a\r\n" * 5_000 + b"\r\n",
    b"GET /" + b"a" * 300_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    b"POST /voice-connectors HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
    b"POST /voice-connectors HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    b"POST /voice-connectors HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
]


def test_garbage_instead_of_http(exchange):
    node = exchange()
    for garbage in NO_HTTP:
        answer = conversation(node, garbage)
        assert not answer or re.match(rb"HTTP/1\.[01] 4\d\d ", answer), (garbage[:60], answer[:200])
    # Two lengths disagree with one meaning: no request may be smuggled behind one.
    smuggled = request("GET", "/voice-connectors")
    head = f"POST /voice-connectors HTTP/1.1\r\nHost: x\r\nContent-Length: {len(smuggled)}\r\n"
    answer = conversation(node, head.encode() + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + smuggled)
    assert answer.count(b"HTTP/1.1 ") <= 2 and b" 200 " not in answer.split(b"HTTP/1.1 ")[1]
    assert node.client().list_voice_connectors()["VoiceConnectors"] == []


def test_a_client_that_closes_its_sending_side_is_answered_all_the_same(exchange):
    node = exchange()
    for n in range(50):
        answer = conversation(node, request("POST", "/voice-connectors", BODY))
        assert answer.startswith(b"HTTP/1.1 201 "), (n, answer)


def test_requests_sent_in_one_go_are_answered_in_order(exchange):
    node = exchange()
    made = [request("POST", "/voice-connectors", BODY.replace(b"pbx", b"pbx %d" % n)) for n in range(20)]
    last = request("GET", "/voice-connectors", headers="Connection: close\r\n")
    answers = conversation(node, b"".join(made) + last, hang_up=False)
    names = re.findall(rb'201 Created.*?"Name":"pbx (\d+)"', answers, re.S)
    assert [int(name) for name in names] == list(range(20))
    listed = json.loads(answers.rsplit(b"\r\n\r\n", 1)[1])["VoiceConnectors"]
    assert len(listed) == 20


@needed
def test_slow_and_silent_connections_hold_up_no_call(exchange, sipp):
    """300 connections say nothing or one byte at a time; requests are answered, a call is made, and they are closed."""
    at = line(exchange, {"NEW_INBOUND_CALL": [pause(500), hangup()]})
    host, port = at.node.addresses["api"].split(":")
    idle = []
    for n in range(300):
        peer = socket.create_connection((host, int(port)), timeout=30)
        peer.sendall(b"" if n % 3 == 0 else b"POST /voice-connectors HTTP/1.1\r\nHost: x\r\n")
        if n % 3 == 2:
            peer.sendall(b"Content-Length: 50\r\n\r\n{")
        idle.append(peer)
    assert at.node.client().list_voice_connectors()["VoiceConnectors"]
    sipp("caller_waits", at.udp, to=NUMBER).wait()
    at.one_record_per_leg(1)

    # A head that comes one byte at a time is not waited for without end.
    slow = idle[1]
    slow.settimeout(1)

    def is_closed():
        try:
            slow.sendall(b"X")
            return slow.recv(4096) == b"" or is_closed()
        except TimeoutError:
            return False
        except ConnectionError:
            return True

    wait_for(is_closed, 40, "a slow head was not given up")
    for peer in idle:
        peer.close()
    assert at.node.client().list_voice_connectors()["VoiceConnectors"]


@needed
def test_a_storm_of_bad_requests_does_not_touch_calls(exchange, sipp):
    at = line(exchange, {"NEW_INBOUND_CALL": [pause(3000), hangup()]})
    phones = sipp("caller_waits", at.udp, to=NUMBER, calls=5, rate=5)
    at.calls(1)
    for garbage in NO_HTTP[:8] + [request("POST", "/voice-connectors", body) for body in BODIES] * 3:
        conversation(at.node, garbage)
    phones.wait()
    at.one_record_per_leg(5)
    assert urllib.request.urlopen(f"{at.node.api}/health", timeout=10).read() == b"ok\n"
