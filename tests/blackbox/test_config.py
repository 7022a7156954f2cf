"""Every key of the configuration has an effect that somebody outside can see. One line per key at least."""

import contextlib
import hashlib
import hmac
import http.server
import json
import os
import pathlib
import re
import socket
import socketserver
import struct
import subprocess
import sys
import threading
import time
import wave
from concurrent.futures import ThreadPoolExecutor

import botocore.exceptions
import pytest

from exchange import binary, free_ports, wait_for
from terminal import Terminal, loudness, run

OBSERVED = {
    # In test_meetings_media.py.
    "media.advertise",
    # Its effect is one of time and memory only: observed in crates/switchhook/src/speech/tests.rs.
    "speech.cache_size",
    # In test_sip_trust.py.
    "sip.digest",
    # In test_signaling_websocket.py.
    "limits.browsers",
    "limits.browsers_per_address",
    # In test_api_tls.py.
    "api.public_url",
    "api.tls.listen",
    "api.tls.certificate",
    "api.tls.key",
    "api.tls.self_signed",
    # In test_http_authorizers.py.
    "authorizer[].name",
    "authorizer[].issuer",
    "authorizer[].jwks",
    "authorizer[].audience",
    "authorizer[].token_use",
    "route[].authorizer",
    # In test_http_routes.py.
    "route[].path",
    "route[].stage",
    "route[].method",
    "route[].function",
    "route[].cors",
    "route[].timeout",
    # In test_http_sites.py.
    "site[].path",
    "site[].folder",
    "site[].config",
    "site[].fallback",
    # In test_meetings_events.py.
    "events.sns",
    "events.sqs",
    "events.sink[].kind",
    "events.sink[].path",
    "events.sink[].url",
    "events.sink[].bus",
    "events.sink[].source",
    # In test_functions_bad.py.
    "limits.invocations",
    # In test_meetings_phones.py.
    "meetings.no_audio",
    "meetings.alone",
    "meetings.max_age",
}


def observes(*keys):
    """Says which keys a test is about."""
    OBSERVED.update(keys)
    return lambda test: test


HANDLER = """
import json, os, time

def handler(event, context):
    time.sleep(float(os.environ.get("SLEEP", 0)))
    if event.get("InvocationEventType") == "NEW_INBOUND_CALL":
        return {"SchemaVersion": "1.0", "Actions": json.loads(os.environ["ACTIONS"])}
    if "ask" in event:
        return {"pid": os.getpid(), "env": os.environ.get(event["ask"])}
    return {"SchemaVersion": "1.0", "Actions": []}
"""
HOLD = [{"Type": "Speak", "Parameters": {"Text": "Hello"}}, {"Type": "Pause", "Parameters": {"DurationInMilliseconds": 20000}}]
BRIDGE = [
    {
        "Type": "CallAndBridge",
        "Parameters": {
            "CallTimeoutSeconds": 10,
            "CallerIdNumber": "+15550100",
            "Endpoints": [{"BridgeEndpointType": "PSTN", "Uri": "+15550142"}],
        },
    }
]


def toml(value):
    return json.dumps(value)


def app(folder, actions=HOLD, carrier="", function="", seed="", **env):
    """A function, a carrier on this machine, and a number that leads to the function."""
    code = pathlib.Path(folder) / "code"
    code.mkdir(parents=True, exist_ok=True)
    (code / "index.py").write_text(HANDLER)
    env = ", ".join(f"{k} = {toml(v)}" for k, v in {"ACTIONS": json.dumps(actions), **env}.items())
    return f"""
[[function]]
name = "app"
runtime = "python3"
code = {toml(str(code))}
handler = "index.handler"
env = {{ {env} }}
{function}
[[carrier]]
name = "telco"
uri = "sip:127.0.0.1:5070"
sources = ["127.0.0.0/8"]
{carrier}
[seed]
numbers = ["+15550100", "+15550101"]
[[seed.application]]
name = "app"
function = "app"
[[seed.rule]]
name = "app"
number = "+15550100"
applications = ["app"]
{seed}
"""


def call(node, *more, number="+15550100", server=None):
    return run(node.folder, "call", number, "--server", server or node.sip, *more)


def ask(node, what, function="app"):
    answer = node.client("lambda").invoke(FunctionName=function, Payload=json.dumps({"ask": what}))
    return json.loads(answer["Payload"].read())


def last_call(node):
    return wait_for(lambda: node.journals())[-1]


def sip_messages(node):
    lines = [line["entry"] for line in node.journal(last_call(node)) if isinstance(line["entry"], dict)]
    return [line["sip"] for line in lines if "sip" in line]


class SipServer:
    """A carrier's proxy of a few lines: answers what it is told to, and keeps what it was sent."""

    def __init__(self, password=None):
        self.requests = []
        self.password = password
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.at = "127.0.0.1:%d" % self.socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                message, peer = self.socket.recvfrom(65536)
            except OSError:
                return
            head = message.decode().split("\r\n\r\n")[0].split("\r\n")
            method = head[0].split()[0]
            headers = [tuple(line.split(": ", 1)) for line in head[1:] if ": " in line]
            self.requests.append((head[0], dict(headers)))
            if method == "ACK":
                continue
            status = {"OPTIONS": "200 OK", "REGISTER": "200 OK"}.get(method, "486 Busy Here")
            more = []
            if self.password and "Authorization" not in dict(headers) and method in ("REGISTER", "INVITE"):
                status = "401 Unauthorized"
                more = ['WWW-Authenticate: Digest realm="here", nonce="abc", algorithm=MD5']
            elif method == "REGISTER":
                more = [f"Contact: {dict(headers)['Contact']};expires=60"]
            echoed = [f"{n}: {v}" for n, v in headers if n in ("Via", "From", "Call-ID", "CSeq")]
            answer = [f"SIP/2.0 {status}", *echoed, f"To: {dict(headers)['To']};tag=1", *more]
            answer += ["Content-Length: 0", "", ""]
            self.socket.sendto("\r\n".join(answer).encode(), peer)

    def first(self, method, having=""):
        """Headers of the first request of a method that has a header."""

        def look():
            for line, headers in list(self.requests):
                if line.startswith(method + " ") and (not having or having in headers):
                    return line, headers

        return wait_for(look, message=f"no {method} with {having!r} came: {self.requests}")

    def knows_password(self, method, headers, user="me"):
        given = dict(re.findall(r'(\w+)="?([^",]+)"?', headers["Authorization"]))
        md5 = lambda text: hashlib.md5(text.encode()).hexdigest()
        secret = md5(f"{user}:here:{self.password}")
        return given["response"] == md5(f"{secret}:abc:{md5(method + ':' + given['uri'])}")


@contextlib.contextmanager
def web(answer):
    """An HTTP server; `answer(method, path, headers, body)` gives status and body."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _any(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, reply = answer(self.command, self.path, self.headers, body)
            self.send_response(status)
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        do_GET = do_POST = do_PUT = do_HEAD = _any

        def log_message(self, *_):
            pass

    class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
        daemon_threads = True

    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@observes("data_dir", "account.id", "account.region", "api.any_key", "media.ports", "media.bind", "objects.folder")
def test_where_and_who_a_node_is(exchange, tmp_path):
    sections = {
        "account": 'id = "444455556666"\nregion = "eu-west-1"',
        "media": f'ports = "{(first := free_ports(8))}-{first + 7}"\nbind = "127.0.0.2"\nwebrtc = "127.0.0.1:0"\nshards = 1',
    }
    play = [{"Type": "PlayAudio", "Parameters": {"AudioSource": {"Type": "S3", "BucketName": "b", "Key": "tone.wav"}}}]
    node = exchange(app(tmp_path, play), start=False, sections=sections)
    (node.objects / "b").mkdir()
    tone(node.objects / "b" / "tone.wav")
    node.start()
    assert call(node, "--duration", "1.5", "--record", "heard.wav")[0] == 0
    assert (node.folder / "data" / "switchhook.db").exists()
    # The object of the folder was heard.
    assert loudness(node.folder / "heard.wav")[0] > 0.5
    call_id = last_call(node)
    event = node.events(call_id)[0]
    assert event["CallDetails"]["AwsAccountId"] == "444455556666"
    assert event["CallDetails"]["AwsRegion"] == "eu-west-1"
    answer = next(m for m in sip_messages(node) if m["message"].startswith("SIP/2.0 200") and "m=audio" in m["message"])
    assert "c=IN IP4 127.0.0.2" in answer["message"]
    assert first <= int(re.search(r"m=audio (\d+)", answer["message"])[1]) <= first + 7
    # Any key opens the API.
    assert node.client(key="AKIAANY", secret="any").list_sip_rules()["SipRules"]


def tone(file):
    with wave.open(str(file), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(8000)
        out.writeframes(b"".join(struct.pack("<h", 8000 if n // 10 % 2 else -8000) for n in range(8000)))


@observes("api.listen", "api.key[].id", "api.key[].secret", "api.body_size")
def test_who_may_use_the_api(exchange, tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        at = "127.0.0.1:%d" % probe.getsockname()[1]
    node = exchange(
        app(tmp_path) + '[[api.key]]\nid = "AKIAOPERATOR"\nsecret = "open sesame"\n',
        sections={"api": f'listen = "{at}"\nbody_size = 2000'},
    )
    assert node.addresses["api"] == at
    assert node.client(key="AKIAOPERATOR", secret="open sesame").list_sip_rules()["SipRules"]
    for key, secret in [("AKIAOPERATOR", "wrong"), ("AKIAOTHER", "open sesame")]:
        with pytest.raises(botocore.exceptions.ClientError) as error:
            node.client(key=key, secret=secret).list_sip_rules()
        assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] in (401, 403)
    with pytest.raises(botocore.exceptions.ClientError) as error:
        node.client(key="AKIAOPERATOR", secret="open sesame").create_sip_media_application_call(
            FromPhoneNumber="+15550100",
            ToPhoneNumber="+15550142",
            SipMediaApplicationId="0" * 36,
            ArgumentsMap={"long": "x" * 3000},
        )
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 413


@observes("sip.udp", "sip.tcp", "sip.advertise", "sip.trace", "media.shards")
def test_sip_listeners_and_what_they_say(exchange, tmp_path):
    udp, tcp = free_ports(2), free_ports(2)
    sections = {
        "sip": f'udp = "127.0.0.1:{udp}"\ntcp = "127.0.0.1:{tcp}"\nadvertise = "127.0.0.3"',
        "media": f'ports = "{(first := free_ports(64))}-{first + 63}"\nbind = "127.0.0.1"\nwebrtc = "127.0.0.1:0"\nshards = 3',
    }
    node = exchange(app(tmp_path), sections=sections)
    assert call(node, "--duration", "0.2", server=f"127.0.0.1:{udp}")[0] == 0
    assert call(node, "--duration", "0.2", "--tcp", server=f"127.0.0.1:{tcp}")[0] == 0
    answers = [m["message"] for m in sip_messages(node) if m["sent"] and "Contact" in m["message"]]
    assert answers and all("@127.0.0.3:" in m or "<sip:127.0.0.3:" in m for m in answers), answers
    tasks = pathlib.Path(f"/proc/{node.process.pid}/task").glob("*/comm")
    assert sorted(n for n in (t.read_text().strip() for t in tasks) if n.startswith("media-")) == [
        "media-0",
        "media-1",
        "media-2",
    ]


@observes("media.webrtc")
def test_each_media_thread_has_a_port_for_browsers(exchange, tmp_path):
    first = free_ports(64)
    webrtc = free_ports(2)
    body = f'ports = "{first}-{first + 63}"\nbind = "127.0.0.1"\nwebrtc = "127.0.0.1:{webrtc}"\nshards = 2'
    node = exchange(app(tmp_path), sections={"media": body})
    assert node.addresses["webrtc"] == f"127.0.0.1:{webrtc + 1}", "the last one it says"
    for port in (webrtc, webrtc + 1):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            with pytest.raises(OSError):
                probe.bind(("127.0.0.1", port))


@observes("sip.trace")
def test_messages_are_kept_only_where_wanted(exchange, tmp_path):
    sections = {"sip": 'udp = "127.0.0.1:0"\ntcp = "127.0.0.1:0"\ntrace = false'}
    node = exchange(app(tmp_path), sections=sections)
    assert call(node, "--duration", "0.2")[0] == 0
    assert sip_messages(node) == []
    assert "answer LEG-A" in node.run("show", "last")


@observes(
    "sip.domains",
    "seed.connector[].name",
    "seed.connector[].id",
    "seed.connector[].routes",
    "seed.connector[].sources",
    "seed.connector[].numbers",
    "seed.rule[].connector",
)
def test_connectors_of_the_seed_and_their_domain(exchange, tmp_path):
    connector = "abcdefghij0123456789ab"
    seed = f"""
[[seed.connector]]
name = "pbx"
id = "{connector}"
routes = ["127.0.0.1:5099/tcp"]
sources = ["127.0.0.1/32"]
numbers = ["+15550177"]
[[seed.rule]]
name = "pbx"
connector = "pbx"
applications = ["app"]
"""
    sections = {"sip": 'udp = "127.0.0.1:0"\ntcp = "127.0.0.1:0"\ndomains = ["trunks.example"]'}
    # What comes from this machine is the connector's, not the carrier's.
    node = exchange(app(tmp_path, seed=seed).replace("127.0.0.0/8", "192.0.2.0/24"), sections=sections)
    api = node.client()
    assert api.get_voice_connector(VoiceConnectorId=connector)["VoiceConnector"]["Name"] == "pbx"
    route = api.get_voice_connector_origination(VoiceConnectorId=connector)["Origination"]["Routes"][0]
    assert (route["Host"], route["Port"], route["Protocol"]) == ("127.0.0.1", 5099, "TCP")
    allowed = api.get_voice_connector_termination(VoiceConnectorId=connector)["Termination"]["CidrAllowedList"]
    assert allowed == ["127.0.0.1/32"]
    number = api.get_phone_number(PhoneNumberId="%2B15550177")["PhoneNumber"]
    assert number["Associations"][0]["Value"] == connector
    status, said = call(node, "--duration", "0.2", number=f"sip:+15559999@{connector}.trunks.example")
    assert status == 0, said
    assert node.events(last_call(node))[0]["InvocationEventType"] == "NEW_INBOUND_CALL"


@observes("sip.nameserver", "carrier[].uri")
def test_names_are_asked_of_the_name_server(exchange, tmp_path):
    names = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    names.bind(("127.0.0.1", 0))
    names.settimeout(20)
    sections = {"sip": f'udp = "127.0.0.1:0"\ntcp = "127.0.0.1:0"\nnameserver = "127.0.0.1:{names.getsockname()[1]}"'}
    config = app(tmp_path, BRIDGE, 'prefixes = ["+"]').replace("sip:127.0.0.1:5070", "sip:carrier.example")
    node = exchange(config, sections=sections)
    phone = Terminal(node.folder, "call", "+15550100", "--server", node.sip)
    assert b"\x07carrier\x07example" in names.recv(512)
    phone.stop()
    names.close()


@observes("objects.endpoint")
def test_objects_of_an_s3_endpoint(exchange, tmp_path):
    asked = []
    tone(tmp_path / "tone.wav")

    def bucket(method, path, headers, body):
        asked.append((method, path, headers.get("Authorization", "")))
        return 200, (tmp_path / "tone.wav").read_bytes()

    play = [{"Type": "PlayAudio", "Parameters": {"AudioSource": {"Type": "S3", "BucketName": "b", "Key": "tone.wav"}}}]
    with web(bucket) as url:
        node = exchange(app(tmp_path, play), start=False, sections={"objects": f'endpoint = "{url}"'})
        node.start(env={"AWS_ACCESS_KEY_ID": "AKIASTORE", "AWS_SECRET_ACCESS_KEY": "x"})
        assert call(node, "--duration", "1.5", "--record", "heard.wav")[0] == 0
    assert asked and asked[0][:2] == ("GET", "/b/tone.wav") and "AKIASTORE" in asked[0][2]
    assert loudness(node.folder / "heard.wav")[0] > 0.5


@observes("strict")
def test_strict_refuses_what_aws_refuses(exchange, tmp_path):
    speak = [{"Type": "Speak", "Parameters": {"Text": "Hello", "VoiceId": "Nobody"}}]
    lenient, strict = exchange(app(tmp_path, speak)), exchange("strict = true\n" + app(tmp_path, speak))
    kinds = []
    for node in (lenient, strict):
        call(node, "--duration", "2", "--ring", "3")
        kinds.append(wait_for(lambda: node.events(last_call(node))[1:])[0]["InvocationEventType"])
    assert kinds == ["ACTION_SUCCESSFUL", "ACTION_FAILED"]


@observes("limits.calls", "limits.call_duration")
def test_how_many_calls_and_how_long(exchange, tmp_path):
    node = exchange(app(tmp_path), sections={"limits": "calls = 1\ncall_duration = 2.5"})
    first = Terminal(node.folder, "call", "+15550100", "--server", node.sip)
    first.until("answered")
    status, said = call(node)
    assert status == 1 and "not answered: 503" in said, said
    assert first.ends() == 0
    assert "hung up by the other side after 2." in first.text


@observes("limits.function_timeout")
def test_how_long_a_function_may_take(exchange, tmp_path):
    node = exchange(app(tmp_path, SLEEP="15"), sections={"limits": "function_timeout = 0.5"})
    began = time.monotonic()
    status, said = call(node)
    assert status == 1 and "not answered: 480" in said, said
    assert time.monotonic() - began < 10


@observes("limits.dial_timeout", "limits.create_call_rate", "limits.update_call_rate", "carrier[].prefixes")
def test_outbound_calls(exchange, tmp_path):
    phone = Terminal(tmp_path, "answer", "--listen", "127.0.0.1:0", "--ring", "60")
    at = phone.until(r"waiting for calls on (\S+)")[1]
    config = app(tmp_path, carrier='prefixes = ["+1555014"]').replace("127.0.0.1:5070", at)
    limits = "dial_timeout = 1\ncreate_call_rate = 1\nupdate_call_rate = 1"
    node = exchange(config, sections={"limits": limits})
    api = node.client(config=once())
    application = api.list_sip_media_applications()["SipMediaApplications"][0]["SipMediaApplicationId"]

    def create(to):
        return api.create_sip_media_application_call(
            FromPhoneNumber="+15550100", ToPhoneNumber=to, SipMediaApplicationId=application
        )["SipMediaApplicationCall"]["TransactionId"]

    # A number without our carrier's prefix goes nowhere.
    with pytest.raises(botocore.exceptions.ClientError, match="carrier"):
        create("+15550199")
    transaction = wait_for(lambda: attempt(lambda: create("+15550142")))
    with pytest.raises(botocore.exceptions.ClientError) as error:
        for _ in range(20):
            create("+15550142")
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 429
    update = dict(SipMediaApplicationId=application, TransactionId=transaction, Arguments={"a": "b"})
    with pytest.raises(botocore.exceptions.ClientError) as error:
        for _ in range(20):
            api.update_sip_media_application_call(**update)
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 429
    # It rings for a second, then it is given up.
    phone.until(r"\+15550100 calls \+15550142")
    phone.until("the caller gave up|rang too long")
    phone.stop()


def once():
    import botocore.config

    return botocore.config.Config(retries={"total_max_attempts": 1})


def attempt(what):
    try:
        return what()
    except botocore.exceptions.ClientError:
        return None


@observes("limits.function_processes")
def test_how_many_processes_a_function_has(exchange, tmp_path):
    for limit in (2, 4):
        node = exchange(app(tmp_path, SLEEP="1"), sections={"limits": f"function_processes = {limit}"})
        with ThreadPoolExecutor(6) as many:
            pids = {answer["pid"] for answer in many.map(lambda _: ask(node, "HOME"), range(6))}
        assert len(pids) == limit


@observes(
    "function[].name",
    "function[].runtime",
    "function[].code",
    "function[].handler",
    "function[].env",
    "function[].interpreter",
    "function[].reload",
)
def test_functions_as_processes(exchange, tmp_path):
    interpreter = tmp_path / "python"
    interpreter.write_text(f'#!/bin/sh\nexport STARTED_BY=wrapper\nexec {sys.executable} "$@"\n')
    interpreter.chmod(0o755)
    code = tmp_path / "other"
    code.mkdir()
    (code / "main.py").write_text("def go(event, context):\n    return {'said': 'one'}\n")
    other = f'[[function]]\nname = "other"\nruntime = "python3"\ncode = "{code}"\nhandler = "main.go"\nreload = true\n'
    node = exchange(app(tmp_path, function=f'interpreter = "{interpreter}"', GREETING="hi") + other)
    assert ask(node, "GREETING")["env"] == "hi"
    assert ask(node, "STARTED_BY")["env"] == "wrapper"
    assert ask(node, "", "other") == {"said": "one"}
    (code / "main.py").write_text("def go(event, context):\n    return {'said': 'another'}\n")
    wait_for(lambda: ask(node, "", "other") == {"said": "another"})
    with pytest.raises(botocore.exceptions.ClientError):
        ask(node, "", "unknown")


@observes("function[].url", "function[].secret", "function[].arn", "function[].runtime")
def test_functions_elsewhere(exchange, tmp_path):
    seen = []

    def function(method, path, headers, body):
        seen.append((path, headers, body))
        return 200, b'{"said": "elsewhere"}'

    with web(function) as url:
        config = (
            f'[[function]]\nname = "post"\nruntime = "http"\nurl = "{url}/hook"\nsecret = "s3cret"\n'
            f'[[function]]\nname = "aws"\nruntime = "aws"\nurl = "{url}"\n'
            'arn = "arn:aws:lambda:us-east-1:111122223333:function:real"\n'
        )
        node = exchange(config, start=False)
        node.start(env={"AWS_ACCESS_KEY_ID": "AKIALAMBDA", "AWS_SECRET_ACCESS_KEY": "x"})
        assert ask(node, "", "post") == {"said": "elsewhere"}
        path, headers, body = seen[-1]
        at, given = re.fullmatch(r"t=(\d+),v1=(\w+)", headers["Switchhook-Signature"]).groups()
        assert path == "/hook"
        assert hmac.new(b"s3cret", f"{at}.".encode() + body, "sha256").hexdigest() == given
        assert ask(node, "", "aws") == {"said": "elsewhere"}
        path, headers, _ = seen[-1]
        assert path.startswith("/2015-03-31/functions/") and "function%3Areal" in path, path
        assert "AKIALAMBDA" in headers["Authorization"]


@observes(
    "carrier[].name",
    "carrier[].uri",
    "carrier[].username",
    "carrier[].password",
    "carrier[].register",
    "carrier[].asserted_identity",
    "carrier[].from_host",
    "carrier[].options_every",
)
def test_what_a_carrier_is_sent(exchange, tmp_path):
    carrier = SipServer(password="secret")
    config = app(
        tmp_path,
        BRIDGE,
        'prefixes = ["+"]\nusername = "me"\npassword = "secret"\nregister = "sip:me@carrier.example"\n'
        'asserted_identity = true\nfrom_host = "us.example"\noptions_every = 1',
    ).replace("127.0.0.1:5070", carrier.at)
    node = exchange(config)
    carrier.first("OPTIONS")
    _, register = carrier.first("REGISTER", "Authorization")
    assert "sip:me@carrier.example" in register["To"]
    assert carrier.knows_password("REGISTER", register)
    phone = Terminal(node.folder, "call", "+15550100", "--server", node.sip)
    _, invite = carrier.first("INVITE", "Authorization")
    assert carrier.knows_password("INVITE", invite)
    assert "sip:+15550100@us.example" in invite["From"]
    assert "+15550100" in invite["P-Asserted-Identity"]
    phone.stop()
    wait_for(lambda: "telco" in node.log.read_text())


@observes("carrier[].sources", "carrier[].numbers")
def test_whose_calls_are_taken_and_what_can_be_bought(exchange, tmp_path):
    config = app(tmp_path, carrier='numbers = ["+12065550123"]').replace("127.0.0.0/8", "192.0.2.0/24")
    node = exchange(config)
    status, said = call(node, "--ring", "2")
    assert status == 1 and "not answered" in said, said
    assert node.journals() == []
    found = node.client().search_available_phone_numbers(AreaCode="206")["E164PhoneNumbers"]
    assert found == ["+12065550123"]


@observes(
    "seed.numbers",
    "seed.application[].name",
    "seed.application[].function",
    "seed.application[].region",
    "seed.application[].id",
    "seed.rule[].name",
    "seed.rule[].number",
    "seed.rule[].applications",
)
def test_what_exists_from_the_start(exchange, tmp_path):
    more = """
[[seed.application]]
name = "second"
function = "arn:aws:lambda:eu-west-1:111122223333:function:second"
region = "eu-west-1"
id = "00000000-0000-4000-8000-00000000beef"
[[seed.rule]]
name = "both"
number = "+15550101"
applications = ["second", "app"]
"""
    node = exchange(app(tmp_path, seed=more))
    api = node.client()
    numbers = {n["E164PhoneNumber"] for n in api.list_phone_numbers()["PhoneNumbers"]}
    assert numbers == {"+15550100", "+15550101"}
    second = api.get_sip_media_application(SipMediaApplicationId="00000000-0000-4000-8000-00000000beef")
    second = second["SipMediaApplication"]
    assert (second["Name"], second["AwsRegion"]) == ("second", "eu-west-1")
    assert second["Endpoints"][0]["LambdaArn"].endswith("function:second")
    rule = next(r for r in api.list_sip_rules()["SipRules"] if r["Name"] == "both")
    assert rule["TriggerValue"] == "+15550101"
    targets = sorted(rule["TargetApplications"], key=lambda target: target["Priority"])
    assert targets[0]["SipMediaApplicationId"] == second["SipMediaApplicationId"] and len(targets) == 2


@observes("log.filter", "log.format")
def test_log_lines(exchange, tmp_path):
    node = exchange(app(tmp_path), sections={"log": 'filter = "switchhook=info"\nformat = "json"'})
    node.stop()
    lines = [line for line in node.log.read_text().splitlines() if line.startswith("{")]
    assert any("stopping" in json.loads(line)["fields"]["message"] for line in lines)
    quiet = exchange(app(tmp_path), sections={"log": 'filter = "error"'})
    quiet.stop()
    assert "stopping" not in quiet.log.read_text()


def test_every_key_is_observed(tmp_path):
    listed = subprocess.run([str(binary()), "config", "--json"], capture_output=True, text=True, check=True).stdout
    keys = {json.loads(line)["key"] for line in listed.splitlines()}
    assert keys - OBSERVED == set(), "keys without a test"
    assert OBSERVED - keys == set(), "tests of keys that are gone"
