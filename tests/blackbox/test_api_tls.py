"""HTTPS and wss: the certificate, its exchange under open connections, and what clients are told about it."""

import contextlib
import http.client
import re
import signal
import socket
import ssl
import stat

import boto3
import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from websockets.sync.client import connect

from certificates import Authority
from exchange import wait_for

PATH = "/control/6a3f0c0e-0000-4000-8000-000000000001?X-Chime-Control-Protocol-Version=3"


class Files:
    """The certificate's files of a node, below the folder of its configuration."""

    def __init__(self, folder, authority):
        self.folder, self.authority = folder, authority
        folder.mkdir(parents=True, exist_ok=True)
        self.write("first")

    def write(self, common_name):
        chain, key = self.authority.issue(common_name)
        (self.folder / "chain.pem").write_text(chain)
        (self.folder / "key.pem").write_text(key)


@pytest.fixture
def authority():
    return Authority()


@pytest.fixture
def secured(exchange, authority):
    node = exchange(
        start=False,
        sections={"api.tls": 'listen = "127.0.0.1:0"\ncertificate = "tls/chain.pem"\nkey = "tls/key.pem"'},
    )
    node.files = Files(node.folder / "tls", authority)
    return node.start()


def certificate_of(node, trust):
    """The common name in the certificate of a new connection."""
    host, port = node.addresses["https"].split(":")
    with socket.create_connection((host, int(port)), timeout=10) as plain:
        with trust.wrap_socket(plain, server_hostname="localhost") as secure:
            subject = dict(pair for part in secure.getpeercert()["subject"] for pair in part)
            return subject["commonName"]


def ask(connection, path="/health"):
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read()


def browser(node, trust):
    host = node.addresses["https"]
    return connect(
        f"wss://{host}{PATH}", subprotocols=["_aws_wt_session", "token"], ssl=trust, server_hostname="localhost", proxy=None
    )


def test_both_listeners_serve_the_same(secured, authority, tmp_path):
    trust = authority.trusting()
    host, port = secured.addresses["https"].split(":")
    secure = http.client.HTTPSConnection(host, int(port), context=trust, timeout=10)
    assert ask(secure) == (200, b"ok\n")
    plain = http.client.HTTPConnection(*secured.addresses["api"].split(":"), timeout=10)
    assert ask(plain) == (200, b"ok\n")
    # The AWS SDKs go the same way.
    bundle = tmp_path / "authority.pem"
    bundle.write_bytes(authority.certificate.public_bytes(Encoding.PEM))
    api = boto3.client(
        "chime-sdk-voice",
        endpoint_url=f"https://localhost:{port}",
        verify=str(bundle),
        region_name="us-east-1",
        aws_access_key_id="any",
        aws_secret_access_key="any",
    )
    assert api.list_sip_rules()["SipRules"] == []
    with browser(secured, trust) as one:
        assert one.subprotocol == "_aws_wt_session"
        assert one.ping().wait(10)


def test_only_new_tls_is_spoken(secured, authority):
    for old in (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1):
        trust = authority.trusting()
        trust.set_ciphers("ALL:@SECLEVEL=0")
        trust.minimum_version = trust.maximum_version = old
        with pytest.raises((ssl.SSLError, OSError)):
            certificate_of(secured, trust)
    # Who speaks no TLS at all gets nothing, and harms nobody.
    host, port = secured.addresses["https"].split(":")
    with socket.create_connection((host, int(port)), timeout=10) as plain:
        plain.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
        with contextlib.suppress(ConnectionError):
            assert b"200" not in plain.recv(1024)
    assert certificate_of(secured, authority.trusting()) == "first"


def test_a_certificate_is_exchanged_under_open_connections(secured, authority):
    trust = authority.trusting()
    host, port = secured.addresses["https"].split(":")
    kept = http.client.HTTPSConnection(host, int(port), context=trust, timeout=10)
    assert ask(kept)[0] == 200
    with browser(secured, trust) as one:
        assert one.ping().wait(10)
        secured.files.write("second")
        wait_for(lambda: certificate_of(secured, trust) == "second", timeout=20)
        # Nobody was cut off.
        assert one.ping().wait(10)
        assert ask(kept)[0] == 200
        # At the operator's word too, without waiting for a look at the files.
        secured.files.write("third")
        secured.process.send_signal(signal.SIGHUP)
        wait_for(lambda: certificate_of(secured, trust) == "third", timeout=20)
        assert one.ping().wait(10)
    assert secured.alive()


def test_bad_files_leave_the_old_certificate_in_use(secured, authority):
    trust = authority.trusting()
    good = (secured.files.folder / "key.pem").read_text()
    (secured.files.folder / "key.pem").write_text(authority.issue("other")[1])
    wait_for(lambda: "do not make a pair" in secured.log.read_text(), timeout=20)
    assert certificate_of(secured, trust) == "first"
    (secured.files.folder / "chain.pem").write_text("-----BEGIN CERTIFICATE-----\nhalf a fi")
    wait_for(lambda: "is not PEM" in secured.log.read_text(), timeout=20)
    (secured.files.folder / "chain.pem").unlink()
    secured.process.send_signal(signal.SIGHUP)
    wait_for(lambda: "cannot read" in secured.log.read_text(), timeout=20)
    assert certificate_of(secured, trust) == "first"
    # No key was told to anybody.
    assert good.splitlines()[1] not in secured.log.read_text()
    secured.files.write("mended")
    wait_for(lambda: certificate_of(secured, trust) == "mended", timeout=20)


def test_a_node_does_not_start_with_a_bad_certificate(exchange, authority):
    tls = 'listen = "127.0.0.1:0"\ncertificate = "chain.pem"\nkey = "key.pem"'
    node = exchange(start=False, sections={"api.tls": tls})
    chain, _ = authority.issue("one")
    (node.folder / "chain.pem").write_text(chain)
    (node.folder / "key.pem").write_text(authority.issue("other")[1])
    with contextlib.suppress(AssertionError):
        node.start()
    assert node.process.wait(10) not in (0, None)
    assert "do not make a pair" in node.log.read_text()


def test_how_browsers_reach_the_node(exchange):
    def said(node):
        meeting = node.client("chime-sdk-meetings").create_meeting(
            ClientRequestToken="one", MediaRegion="us-east-1", ExternalMeetingId="one"
        )["Meeting"]
        url = re.search(r"browsers come by (\S+)", node.log.read_text())[1]
        told = meeting["MediaPlacement"]
        assert told["SignalingUrl"] == f"{url.replace('http', 'ws', 1)}/control/{meeting['MeetingId']}"
        assert told["EventIngestionUrl"] == f"{url}/v1/client-events"
        return url

    plain = exchange()
    assert said(plain) == f"http://{plain.addresses['api']}"
    tls = 'listen = "127.0.0.1:0"\nself_signed = true'
    secure = exchange(sections={"api.tls": tls})
    assert said(secure) == f"https://{secure.addresses['https']}"
    api = 'listen = "127.0.0.1:0"\nany_key = true\npublic_url = "https://phone.example/exchange/"'
    behind_a_proxy = exchange(sections={"api": api, "api.tls": tls})
    assert said(behind_a_proxy) == "https://phone.example/exchange"


def test_a_certificate_of_its_own_making(exchange):
    node = exchange(sections={"api.tls": 'listen = "127.0.0.1:0"\nself_signed = true'})
    made = node.folder / "data" / "tls"
    chain, key = next(made.glob("*.pem")), next(made.glob("*.key"))
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    trust = ssl.create_default_context(cafile=str(chain))
    assert certificate_of(node, trust) == "Switchhook, self-signed"
    # An exception once made for it holds after the next start.
    before = chain.read_bytes()
    node.stop()
    node.start()
    assert chain.read_bytes() == before
    assert certificate_of(node, trust) == "Switchhook, self-signed"
