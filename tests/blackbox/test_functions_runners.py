"""Every way to run a function, with a whole call each: processes in four guises, a signed POST, Lambda's Invoke API."""

import collections
import hashlib
import hmac
import http.server
import json
import re
import shutil
import sys
import threading
import time

import pytest

from customers import DIARY, Function
from sound import tone, write_wav

PLAY = {"Type": "PlayAudio", "Parameters": {"AudioSource": {"Type": "S3", "BucketName": "prompts", "Key": "tone.wav"}}}
BYE = {"Type": "Hangup", "Parameters": {"SipResponseCode": "0"}}

# The same little application in JavaScript: it writes its diary, plays and hangs up.
JAVASCRIPT = """
const answer = (event) => {
  fs.appendFileSync(process.env.DIARY, JSON.stringify({ at: Date.now() / 1000, event }) + "\\n");
  console.log("heard", event.InvocationEventType);
  const first = event.InvocationEventType === "NEW_INBOUND_CALL";
  return {
    SchemaVersion: "1.0",
    Actions: first ? %s : [],
    TransactionAttributes: { runtime: process.version, task: process.env.LAMBDA_TASK_ROOT },
  };
};
""" % json.dumps([PLAY, BYE])
COMMON = 'const fs = require("fs");' + JAVASCRIPT
MODULE = 'import fs from "node:fs";' + JAVASCRIPT
PYTHON = """
def handler(event, context):
    assert context.get_remaining_time_in_millis() > 0 and context.aws_request_id
    if heard(event) == "NEW_INBOUND_CALL":
        return say(play("tone.wav"), hangup(), arn=context.invoked_function_arn)
    return say()
"""
BOOTSTRAP = f"#!/bin/sh\nexec {sys.executable} -m awslambdaric $_HANDLER\n"

PROCESSES = {
    "python": Function("+15550101", PYTHON),
    "node, CommonJS, async": Function(
        "+15550102", {"index.js": COMMON + "exports.handler = async (e) => answer(e);"}, runtime="node"
    ),
    "node, CommonJS, callback": Function(
        "+15550103",
        {"index.js": COMMON + "exports.handler = (e, c, done) => { setTimeout(() => done(null, answer(e)), 20); };"},
        runtime="node",
    ),
    "node, ESM by name": Function(
        "+15550104", {"index.mjs": MODULE + "export const handler = async (e) => answer(e);"}, runtime="node"
    ),
    "node, ESM by package": Function(
        "+15550105",
        {
            "index.js": "await null;" + MODULE + "export const handler = async (e) => answer(e);",
            "package.json": '{"type": "module"}',
        },
        runtime="node",
    ),
    "the official Python runtime client": Function(
        "+15550106", {"bootstrap": BOOTSTRAP, "index.py": None}, runtime="provided"
    ),
}
NEEDS_NODE = pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")


def a_whole_call(node, number):
    call = node.dial(number).wait_answered(40).wait_ended(30)
    assert 0.7 < call.ear.heard(440) < 1.3
    assert node.until(number, "HANGUP LEG-A") == ["NEW_INBOUND_CALL", "HANGUP LEG-A"]
    return node.heard(number)


def with_tone(node):
    write_wav(node.node.objects / "prompts" / "tone.wav", tone(440, 1))
    return node


@NEEDS_NODE
def test_processes_in_every_guise(customers):
    PROCESSES["the official Python runtime client"].files["index.py"] = DIARY + PYTHON
    node = with_tone(customers(*PROCESSES.values()))
    for what, function in PROCESSES.items():
        events = a_whole_call(node, function.number)
        attributes = events[1]["CallDetails"]["TransactionAttributes"]
        if "node" in what:
            assert attributes["runtime"].startswith("v") and attributes["task"].endswith(function.name), what
            assert "heard NEW_INBOUND_CALL" in node.log()
        else:
            assert attributes["arn"] == f"arn:aws:lambda:us-east-1:111122223333:function:{function.name}"


# Signed POSTs.

SECRET = "a secret for signatures"


class Web:
    """A function behind a URL that checks signatures itself. `misbehave(path, nth)` may answer first."""

    def __init__(self, misbehave=lambda path, nth: None):
        self.seen = []  # (path, headers, event)
        self.wrong = []
        self.counts = collections.Counter()
        web = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                web.check(self.headers, body)
                event = json.loads(body)
                web.seen.append((self.path, {k.lower(): v for k, v in self.headers.items()}, event))
                web.counts[self.path] += 1
                status, answer = misbehave(self.path, web.counts[self.path]) or (200, None)
                if answer is None:
                    first = event["InvocationEventType"] == "NEW_INBOUND_CALL"
                    answer = json.dumps({"SchemaVersion": "1.0", "Actions": [PLAY, BYE] if first else []}).encode()
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                try:
                    self.wfile.write(answer)
                except OSError:
                    pass  # It was more than the node wanted to read.

            def log_message(self, *words):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def check(self, headers, body):
        found = re.fullmatch(r"t=(\d+),v1=([0-9a-f]{64})", headers.get("Switchhook-Signature", ""))
        if not found:
            return self.wrong.append("no signature")
        wanted = hmac.new(SECRET.encode(), found[1].encode() + b"." + body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(wanted, found[2]) or abs(time.time() - int(found[1])) > 60:
            self.wrong.append(found[0])

    def function(self, number, path):
        return Function(number, runtime="http", name=path, url=f"{self.url}/{path}", secret=SECRET)

    def events(self, path):
        return [(headers, event) for at, headers, event in self.seen if at == f"/{path}"]

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def web():
    made = []

    def make(*words):
        made.append(Web(*words))
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_a_signed_post_drives_a_call(customers, web):
    site = web()
    node = with_tone(customers(site.function("+15550101", "sma")))
    call = node.dial("+15550101").wait_answered().wait_ended()
    assert 0.7 < call.ear.heard(440) < 1.3
    node.idle()
    (first, new), (second, gone) = site.events("sma")
    assert (new["InvocationEventType"], gone["InvocationEventType"]) == ("NEW_INBOUND_CALL", "HANGUP")
    transaction = new["CallDetails"]["TransactionId"]
    assert [h["idempotency-key"] for h in (first, second)] == [f"{transaction}:1", f"{transaction}:2"]
    assert first["content-type"] == "application/json"
    assert not site.wrong


# What the site does with the first attempt (or with all), and what becomes of the call.
SITES = {
    "fails-once": (lambda nth: (503, b"later") if nth == 1 else None, 200, 2),
    "fails": (lambda nth: (500, b"broken"), 480, 2),
    "refuses": (lambda nth: (403, b"who are you"), 480, 2),
    "moved": (lambda nth: (302, b""), 480, 2),
    "busy": (lambda nth: (429, b"slow down"), 480, 2),
    "babbles": (lambda nth: (200, b"x" * (7 << 20)), 480, 2),
    "sleeps": (lambda nth: time.sleep(8) or (200, b""), 480, 1),
    "no-json": (lambda nth: (200, b"<html>") if nth == 1 else None, 480, 2),
    "blank": (lambda nth: (200, b"") if nth == 1 else None, 480, 2),
}


def test_a_site_that_fails(customers, web):
    site = web(lambda path, nth: SITES[path[1:]][0](nth))
    numbers = {path: f"+155502{i:02}" for i, path in enumerate(SITES)}
    functions = [site.function(number, path) for path, number in numbers.items()]
    gone = Function("+15550299", runtime="http", name="gone", url="http://127.0.0.1:9/", secret=SECRET)
    node = with_tone(customers(*functions, gone, sections={"limits": "function_timeout = 5"}))
    assert node.dial("+15550299").wait_ended().final.status == 480, "nobody listens"
    calls = {path: node.dial(number) for path, number in numbers.items()}
    for path, (_, status, attempts) in SITES.items():
        if path in ("no-json", "blank"):
            continue
        call = calls[path].wait_ended(30)
        assert call.final.status == status, f"{path}: {call.final.start}"
        attempted = [h["idempotency-key"] for h, e in site.events(path) if e["Sequence"] == 1]
        assert len(attempted) == attempts and len(set(attempted)) == 1, f"{path}: {attempted}"
    # No answer at all is a failure, an answer that is none is told to the function.
    for path in ("no-json", "blank"):
        kinds = [e["InvocationEventType"] for _, e in site.events(path)]
        assert kinds[:2] == ["NEW_INBOUND_CALL", "INVALID_LAMBDA_RESPONSE"], f"{path}: {kinds}"
        calls[path].hangup()
    assert not site.wrong


# Lambda's Invoke API, at another node.


def test_another_nodes_invoke_api_drives_a_call(customers):
    """The node that has the code, and the node that has the number."""
    code = (
        PYTHON
        + """
def fails(event, context):
    heard(event)
    raise ValueError("no")
"""
    )
    far = customers(
        Function("+15550901", code, name="remote"), Function("+15550902", code, name="failing", handler="index.fails")
    )
    url = far.node.api
    arn = "arn:aws:lambda:us-east-1:111122223333:function:remote:live"
    node = with_tone(
        customers(
            Function("+15550101", runtime="aws", name="remote", url=url),
            Function("+15550102", runtime="aws", name="by-arn", url=url, arn=arn),
            Function("+15550103", runtime="aws", name="failing", url=url),
            Function("+15550104", runtime="aws", name="unknown", url=url),
            Function("+15550105", runtime="aws", name="down", url="http://127.0.0.1:9"),
            env={"AWS_ACCESS_KEY_ID": "AKIAEXAMPLE", "AWS_SECRET_ACCESS_KEY": "any"},
        )
    )
    for number in ("+15550101", "+15550102"):
        call = node.dial(number).wait_answered(40).wait_ended()
        assert 0.7 < call.ear.heard(440) < 1.3
        assert far.until(number, "HANGUP LEG-A") == ["NEW_INBOUND_CALL", "HANGUP LEG-A"]
    asked = far.heard("+15550102")[1]["CallDetails"]["TransactionAttributes"]["arn"]
    assert asked == arn
    for number in ("+15550103", "+15550104", "+15550105"):
        assert node.dial(number).wait_ended(30).final.status == 480, number
    assert far.names("+15550103") == ["NEW_INBOUND_CALL"] * 2


def test_an_invoke_api_that_wants_a_signature_is_given_one(customers):
    """The far node checks signatures: the right key is let in, a wrong one is not."""
    keys = '[[api.key]]\nid = "AKIACALLER"\nsecret = "the secret"\n'
    far = customers(Function("+15550901", PYTHON, name="remote"), more=keys, options={"any_key": False})

    def node_with(secret):
        return with_tone(
            customers(
                Function("+15550101", runtime="aws", name="remote", url=far.node.api),
                env={"AWS_ACCESS_KEY_ID": "AKIACALLER", "AWS_SECRET_ACCESS_KEY": secret},
            )
        )

    call = node_with("the secret").dial("+15550101").wait_answered(30).wait_ended()
    assert call.ear.heard(440) > 0.7
    assert node_with("another secret").dial("+15550101").wait_ended(30).final.status == 480
