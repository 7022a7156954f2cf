"""Click to call: the functions of the AWS sample, unmodified, with a real browser and telephones.

The sample is not part of this repository: SWITCHHOOK_TEST_CTC names a checkout of it (the folder with src/resources).
Its TypeScript is bundled as its CDK stack does. A mock of a provider signs the ID tokens, the test page of
tests/browser is the web page, softphones are the callee and the PBX.
"""

import json
import os
import pathlib
import subprocess
import urllib.error
import urllib.request

import pytest

from browser import ENDED, FOLDER, browsers, driver, needs_browser  # noqa: F401  (fixtures)
from customers import Customers
from exchange import wait_for
from issuer import Issuer
from meetings import hears_exactly
from sdks import JS, needs_node
from sound import tone
from telephony import CARRIER, CONNECTOR, CONNECTOR_ARN, NUMBER, PBX, name

CHECKOUT = os.environ.get("SWITCHHOOK_TEST_CTC")
FUNCTIONS = pathlib.Path(CHECKOUT or "/nonexistent") / "src" / "resources"
pytestmark = [
    pytest.mark.skipif(
        not CHECKOUT,
        reason="SWITCHHOOK_TEST_CTC names no checkout of amazon-chime-sdk-click-to-call (the folder with src/resources)",
    ),
    needs_browser,
    needs_node,
    pytest.mark.timeout(240),
]

APPLICATION = "c1c00000-0000-4000-8000-000000000001"
CALLEE_NUMBER, PBX_NUMBER = "+12065550123", "+15550900"
EMAIL = "ann@example.com"
ANN, CALLEE = 440, 850  # Hz


@pytest.fixture(scope="session")
def bundles(tmp_path_factory):
    """The three functions, each in a folder of its own, as the sample's NodejsFunction makes them."""
    out = tmp_path_factory.mktemp("bundles")
    for function in ("callControl", "updateCall", "smaHandler"):
        command = [str(FOLDER / "node_modules/.bin/esbuild"), str(FUNCTIONS / function / f"{function}.ts")]
        command += ["--bundle", "--platform=node", "--target=node20", "--format=cjs", "--external:@aws-sdk/*"]
        command += [f"--outfile={out / function / 'index.js'}", "--log-level=error"]
        subprocess.run(command, check=True)
    return out


class Deployment(Customers):
    """The sample on a node: its functions behind the two routes, its application, its connector."""

    def __init__(self, node, bundles, identity, callee, pbx, site=""):
        self.identity = identity
        environment = {
            "SMA_ID": APPLICATION,
            "FROM_NUMBER": NUMBER,
            "VOICE_CONNECTOR_PHONE": PBX_NUMBER,
            "VOICE_CONNECTOR_ARN": CONNECTOR_ARN,
            # What the runtime of AWS brings along.
            "NODE_PATH": str(JS / "node_modules"),
        }
        listed = ", ".join(f'{key} = "{value}"' for key, value in environment.items())
        handlers = {"callControl": "index.handler", "updateCall": "index.handler", "smaHandler": "index.lambdaHandler"}
        more = [
            f'[[function]]\nname = "{function}"\nruntime = "node"\ncode = "{bundles / function}"\n'
            f'handler = "{handler}"\nenv = {{ {listed} }}'
            for function, handler in handlers.items()
        ]
        more.append(
            f'[[authorizer]]\nname = "sign-in"\nissuer = "{identity.url}"\n'
            f'jwks = "{identity.jwks}"\naudience = ["{identity.audience}"]'
        )
        for path, function in (("/dial", "callControl"), ("/update", "updateCall")):
            more.append(
                f'[[route]]\npath = "{path}"\nstage = "prod"\nmethod = "POST"\nfunction = "{function}"\n'
                'authorizer = "sign-in"\ncors = ["*"]'
            )
        more.append(f'[[seed.application]]\nname = "sma"\nfunction = "smaHandler"\nid = "{APPLICATION}"')
        more.append(site)
        super().__init__(node, [], far=callee.phone, pbx=pbx.phone, more="\n".join(more))

    def request(self, path, body, token=None, method="POST"):
        """Status and body of the answer, as text."""
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = token
        request = urllib.request.Request(
            f"{self.node.api}/prod/{path}", json.dumps(body).encode(), headers, method=method
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def post(self, path, **body):
        status, text = self.request(path, body, self.identity.token(email=EMAIL))
        return status, json.loads(text) if text.startswith(("{", '"')) else text

    def clicks(self, number):
        """What the page gets when somebody dials."""
        status, answer = self.post("dial", toNumber=number)
        assert status == 200, answer
        return Click(self, answer)


class Click:
    """One call from the page."""

    def __init__(self, sample, answer):
        self.sample = sample
        self.place = answer["responseInfo"]
        self.transaction = answer["dialInfo"]["SipMediaApplicationCall"]["TransactionId"]
        self.meeting = self.place["Meeting"]["MeetingId"]

    def join(self, browser):
        return browser.join(self.place["Meeting"], self.place["Attendee"]).started()

    def presses(self, digit):
        return self.sample.post("update", update="digit", digit=digit, transactionId=self.transaction)

    def ends(self):
        return self.sample.post("update", update="end", meetingId=self.meeting)

    def events(self):
        return self.sample.node.events(self.transaction)

    def names(self):
        return [name(event) for event in self.events()]

    def until(self, last, timeout=30):
        try:
            wait_for(lambda: last in self.names(), timeout)
        except AssertionError:
            raise AssertionError(f"no {last} within {timeout} s, but {self.names()}\n{self.sample.log()[-3000:]}") from None


class Callee:
    """A phone that rings, and answers unless told otherwise."""

    def __init__(self, softphone, name, host):
        self.manner = "answer"
        self.phone = softphone(name, host=host, on_call=self.take)

    def take(self, call):
        if self.manner == "busy":
            call.reply(call.invite, "486 Busy Here")
            return
        call.reply(call.invite, "180 Ringing")
        if self.manner == "answer":
            call.answer()
            call.ear.say(tone(CALLEE, 120))

    def call(self, number=1):
        wait_for(lambda: len(self.phone.calls) >= number, 30, f"no {number}. call at {self.phone.name}")
        return self.phone.calls[number - 1]


@pytest.fixture
def callee(softphone):
    return Callee(softphone, "callee", CARRIER)


@pytest.fixture
def pbx(softphone):
    return Callee(softphone, "pbx", PBX)


@pytest.fixture
def sample(exchange, bundles, callee, pbx):
    identity = Issuer()
    identity.jwks = identity.discovery["jwks_uri"]
    deployed = Deployment(exchange(start=False), bundles, identity, callee, pbx)
    yield deployed
    deployed.close()
    identity.close()


UP_TO_THE_BRIDGE = ["NEW_OUTBOUND_CALL:CallCreateRequest", "RINGING", "CALL_ANSWERED", "ACTION_SUCCESSFUL:CallAndBridge"]


def test_dialled_talked_and_ended_by_the_user(sample, browsers, callee):
    click = sample.clicks("(206) 555-0123")
    ann = browsers("ann", ANN, client="newest")
    click.join(ann)
    call = callee.call().wait_answered()
    assert call.invite.user == CALLEE_NUMBER
    assert f"<sip:{NUMBER}@" in call.invite.get("from")
    ann.hears_exactly(CALLEE)
    hears_exactly(call, ANN)
    click.until("ACTION_SUCCESSFUL:CallAndBridge")

    for count, digit in enumerate("1*9#", 1):
        assert click.presses(digit) == (200, "Meeting updated")
        sent = lambda: click.names().count("ACTION_SUCCESSFUL:SendDigits") == count
        wait_for(lambda: sent() and call.ear.events().endswith(digit), 20, f"{digit} did not arrive")
    assert call.ear.events() == "1*9#"

    assert click.ends() == (200, "Meeting deleted")
    ann.stopped(ENDED)
    call.wait_ended()
    assert not call.ended_by_us
    click.until("HANGUP LEG-B")
    digits = ["CALL_UPDATE_REQUESTED:CallUpdateRequest", "ACTION_SUCCESSFUL:SendDigits"] * 4
    assert click.names() == [*UP_TO_THE_BRIDGE, *digits, "HANGUP LEG-A", "HANGUP LEG-B"]
    assert [e["Sequence"] for e in click.events()] == list(range(1, len(click.events()) + 1))

    first, *_, last = click.events()
    arguments = first["ActionData"]["Parameters"]["Arguments"]
    assert arguments["RequestedDialNumber"] == CALLEE_NUMBER and arguments["RequestorEmail"] == EMAIL
    assert arguments["DialVC"] == "false" and arguments["MeetingId"] == click.meeting
    assert first["CallDetails"]["Participants"][0]["To"] == "+17035550122"
    assert "SipHeaders" not in first["ActionData"]["Parameters"], "the join token is no business of the function"
    bridged = next(e for e in click.events() if name(e) == "ACTION_SUCCESSFUL:CallAndBridge")
    assert [p["ParticipantTag"] for p in bridged["CallDetails"]["Participants"]] == ["LEG-A", "LEG-B"]
    assert last["CallDetails"]["TransactionAttributes"]["MeetingId"] == click.meeting
    sample.idle()


def test_ended_by_the_callee(sample, browsers, callee):
    click = sample.clicks("2065550123")
    ann = browsers("ann", ANN, client="oldest")
    click.join(ann)
    call = callee.call().wait_answered()
    ann.hears_exactly(CALLEE)
    click.until("ACTION_SUCCESSFUL:CallAndBridge")
    call.hangup()
    ann.stopped(ENDED)
    click.until("HANGUP LEG-A")
    assert click.names() == [*UP_TO_THE_BRIDGE, "HANGUP LEG-B", "HANGUP LEG-A"]
    sample.idle()


def test_a_pbx_is_told_who_calls(sample, browsers, pbx):
    click = sample.clicks(PBX_NUMBER)
    ann = browsers("ann", ANN, client="newest")
    click.join(ann)
    call = pbx.call().wait_answered()
    assert call.invite.user == PBX_NUMBER
    assert call.invite.get("x-requestoremail") == EMAIL
    assert call.invite.get("x-voiceconnector-id") == CONNECTOR
    ann.hears_exactly(CALLEE)
    hears_exactly(call, ANN)
    assert click.presses("5") == (200, "Meeting updated")
    wait_for(lambda: call.ear.events() == "5", 20, "the digit did not arrive")
    assert click.ends() == (200, "Meeting deleted")
    call.wait_ended()
    ann.stopped(ENDED)
    sample.idle()


def test_a_digit_before_the_callee_answers_does_no_harm(sample, browsers, callee):
    """The sample's function fails on it; the call goes on."""
    callee.manner = "ring"
    click = sample.clicks(CALLEE_NUMBER)
    ann = browsers("ann", ANN, client="newest")
    click.join(ann)
    call = callee.call()
    click.presses("1")
    click.until("CALL_UPDATE_REQUESTED:CallUpdateRequest")
    call.answer()
    call.ear.say(tone(CALLEE, 60))
    ann.hears_exactly(CALLEE)
    hears_exactly(call, ANN)
    click.ends()
    call.wait_ended()
    sample.idle()


def test_the_user_gives_up_while_it_rings(sample, browsers, callee):
    """The sample hangs up a leg with an empty id; the node cancels the one that rings."""
    callee.manner = "ring"
    click = sample.clicks(CALLEE_NUMBER)
    ann = browsers("ann", ANN, client="newest")
    click.join(ann)
    call = callee.call()
    assert click.ends() == (200, "Meeting deleted")
    ann.stopped(ENDED)
    call.wait_ended()
    click.until("HANGUP LEG-A")
    sample.idle()


def test_a_busy_callee_leaves_the_user_in_the_meeting(sample, browsers, callee):
    callee.manner = "busy"
    click = sample.clicks(CALLEE_NUMBER)
    ann = browsers("ann", ANN, client="newest")
    click.join(ann)
    click.until("ACTION_FAILED:CallAndBridge")
    assert not ann.events("stopped")
    click.ends()
    ann.stopped(ENDED)
    click.until("HANGUP LEG-A")
    sample.idle()


def test_what_the_routes_refuse(sample):
    good = sample.identity.token(email=EMAIL)
    assert sample.request("dial", {"toNumber": ""}, good) == (503, "Missing Number")
    assert sample.post("update", update="nonsense") == (400, "Invalid request")
    for token in (None, "nonsense", f"Bearer {good[:-4]}AAAA", sample.identity.token(exp=1), sample.identity.token(aud="other")):
        status, _ = sample.request("dial", {"toNumber": CALLEE_NUMBER}, token)
        assert status == 401, token
    for path in ("dial", "update"):
        request = urllib.request.Request(f"{sample.node.api}/prod/{path}", method="OPTIONS")
        request.add_header("Origin", "https://page.example")
        request.add_header("Access-Control-Request-Method", "POST")
        request.add_header("Access-Control-Request-Headers", "authorization,content-type")
        with urllib.request.urlopen(request, timeout=10) as answer:
            assert answer.headers["Access-Control-Allow-Origin"] == "*"
            assert "POST" in answer.headers["Access-Control-Allow-Methods"]
            assert "authorization" in answer.headers["Access-Control-Allow-Headers"].lower()
