"""`switchhook dev` and the phones: from a clone to a ringing phone."""

import hashlib
import re
import shutil
import socket
import ssl
import threading
import urllib.request

import pytest

from terminal import HELLO, HELLO_NODE, Terminal, dev_environment, loudness, run


@pytest.fixture
def terminal(tmp_path):
    """Opens terminals in one folder; what still runs at the end is stopped."""
    opened = []

    def make(*words, **more):
        opened.append(Terminal(tmp_path, *words, **more))
        return opened[-1]

    yield make
    for one in reversed(opened):
        one.stop()


def start_dev(terminal, folder, *more):
    dev = terminal("dev", folder, "--api-port", "0", "--sip-port", "0", *more, env=dev_environment())
    dev.until("^ready$")
    return dev


def test_dev_by_https(terminal, tmp_path):
    dev = start_dev(terminal, HELLO, "--https-port", "0")
    at = re.search(r"HTTPS +https://(127.0.0.1:\d+)", dev.text)[1]
    made = next((tmp_path / ".switchhook" / "tls").glob("*.pem"))
    trust = ssl.create_default_context(cafile=str(made))
    with urllib.request.urlopen(f"https://{at}/health", context=trust, timeout=10) as answer:
        assert answer.read() == b"ok\n"


def test_from_a_clone_to_a_first_call(terminal, tmp_path):
    dev = start_dev(terminal, HELLO)
    assert re.search(r"AWS_ENDPOINT_URL_CHIME_SDK_VOICE=http://127.0.0.1:\d+", dev.text)
    assert "+15550100 → hello" in dev.text

    # The phone finds the node of this folder and its number by itself.
    status, said = run(tmp_path, "call", "--digits", "5", "--record", "heard.wav", "-H", "X-Test: 1")
    assert status == 0, said
    assert "answered" in said and "pressed 5" in said and "hung up by the other side" in said
    sound, length = loudness(tmp_path / "heard.wav")
    assert sound > 1 and length > 3, said
    dev.until("LEG-A pressed 5")
    dev.until("You pressed 5")
    dev.until("over after")

    status, shown = run(tmp_path, "show", "last")
    assert status == 0, shown
    assert "INVITE ──" in shown and "NEW_INBOUND_CALL → hello" in shown
    assert re.search(r"ƒ2 \d+ ms: Speak “You pressed 5. Good bye.” · Hangup", shown), shown
    status, full = run(tmp_path, "show", "--full")
    assert "│ X-Test: 1" in full and '"ReceivedDigits": "5"' in full
    status, calls = run(tmp_path, "calls")
    assert re.search(r"completed +\+15550199 +\+15550100", calls), calls


def test_a_call_is_replayed_stopped_and_compared(terminal, tmp_path):
    app = tmp_path / "app"
    shutil.copytree(HELLO, app)
    dev = start_dev(terminal, app)
    assert run(tmp_path, "call", "--digits", "5", "--digits-after", "1")[0] == 0
    dev.until("over after")

    status, said = run(tmp_path, "replay", "last")
    assert status == 0 and said.startswith("equal:"), said
    status, said = run(tmp_path, "replay", "last", "--at", "0.9")
    assert status == 0, said
    assert re.search(r"action +SpeakAndGetDigits on LEG-A", said), said
    assert re.search(r"timer +call duration limit at 14400", said), said
    assert "pressed 5" not in said
    status, said = run(tmp_path, "replay", "last", "--handler")
    assert status == 0, said
    assert "1 NEW_INBOUND_CALL: the same" in said

    handler = app / "index.py"
    handler.write_text(handler.read_text().replace("Good bye", "Farewell"))
    status, said = run(tmp_path, "replay", "last", "--handler")
    assert status == 1, said
    assert '+ Actions[0].Parameters.Text: "You pressed 5. Farewell."' in said


def test_a_node_handler_over_tcp_and_digits_typed_by_hand(terminal, tmp_path):
    if not shutil.which("node"):
        pytest.skip("node is not installed")
    dev = start_dev(terminal, HELLO_NODE)
    phone = terminal("call", "+15550100", "--tcp", keys=True)
    phone.until("answered")
    phone.until("sound")
    phone.type("8\n")
    phone.until("pressed 8")
    assert phone.ends() == 0, phone.text
    dev.until("You pressed 8")
    assert "(tcp)" in phone.text


def test_the_function_is_reloaded_when_its_file_changes(terminal, tmp_path):
    app = tmp_path / "app"
    shutil.copytree(HELLO, app)
    dev = start_dev(terminal, app)
    assert run(tmp_path, "call", "--duration", "0.2")[0] == 0
    (app / "index.py").write_text(
        "def handler(event, context):\n"
        "    return {'SchemaVersion': '1.0', 'Actions': [{'Type': 'Hangup', 'Parameters': {'SipResponseCode': '486'}}]}\n"
    )
    # Changes are looked for twice a second.
    for _ in range(40):
        status, said = run(tmp_path, "call", "--duration", "0.2")
        if status == 1:
            break
    assert "not answered: 486" in said, said + dev.text


BRIDGE = """
def handler(event, context):
    if event["InvocationEventType"] == "NEW_INBOUND_CALL":
        actions = [{"Type": "CallAndBridge", "Parameters": {
            "CallTimeoutSeconds": 20, "CallerIdNumber": "+15550100",
            "Endpoints": [{"BridgeEndpointType": "PSTN", "Uri": "+15550142"}],
            "SipHeaders": {"X-Ticket": "42"}}}]
    elif event["InvocationEventType"] == "ACTION_FAILED":
        actions = [{"Type": "Hangup", "Parameters": {"SipResponseCode": "480"}}]
    elif event["InvocationEventType"] == "HANGUP" and len(event["CallDetails"]["Participants"]) > 1:
        actions = [{"Type": "Hangup", "Parameters": {"ParticipantTag": "LEG-B"}}]
    else:
        actions = []
    return {"SchemaVersion": "1.0", "Actions": actions}
"""


def bridging(tmp_path, answers_at):
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "index.py").write_text(BRIDGE)
    (tmp_path / "app" / "switchhook.toml").write_text(
        f"""
[[function]]
name = "bridge"
runtime = "python3"
code = "."
handler = "index.handler"
[[carrier]]
name = "phones"
uri = "sip:{answers_at}"
prefixes = ["+"]
sources = ["127.0.0.0/8"]
"""
    )


def test_answer_is_the_other_end_of_a_bridge(terminal, tmp_path):
    callee = terminal("answer", "--listen", "127.0.0.1:0", "--ring", "0.3", "--times", "1", "--digits", "3")
    at = callee.until(r"waiting for calls on (\S+)")[1]
    bridging(tmp_path, at)
    dev = start_dev(terminal, tmp_path / "app")
    caller = terminal("call", "+15550100", "--record", "bridge.wav", "--say", "Hello there", keys=True)
    caller.until("answered")
    callee.until(r"\[1\] \+15550100 calls \+15550142")
    callee.until(r"X-Ticket: 42")
    callee.until("answered")
    callee.until("sound")
    caller.until("the other side pressed 3")
    caller.type("q")
    assert caller.ends() == 0, caller.text
    callee.until("hung up by the caller")
    assert callee.ends() == 0, callee.text
    assert loudness(tmp_path / "bridge.wav")[0] > 1
    dev.until("over after")
    status, shown = run(tmp_path, "show")
    assert "──▶ INVITE" in shown and "dial +15550142 as +15550100 (LEG-B)" in shown, shown


def test_a_busy_phone_and_the_end_of_the_callee(terminal, tmp_path):
    busy = terminal("answer", "--listen", "127.0.0.1:0", "--reject", "486", "--times", "1")
    at = busy.until(r"waiting for calls on (\S+)")[1]
    status, said = run(tmp_path, "call", "+15550100", "--server", at)
    assert status == 1 and "not answered: 486" in said, said
    assert busy.ends() == 0

    short = terminal("answer", "--listen", "127.0.0.1:0", "--tone", "--ring", "0", "--hangup-after", "1.5")
    at = short.until(r"waiting for calls on (\S+)")[1]
    status, said = run(tmp_path, "call", "sip:anybody@" + at, "--record", "tone.wav")
    assert status == 0 and "hung up by the other side" in said, said
    assert loudness(tmp_path / "tone.wav")[0] > 0.8


def test_echo_sends_back_what_is_said(terminal, tmp_path):
    callee = terminal("answer", "--listen", "127.0.0.1:0", "--echo", "--ring", "0")
    at = callee.until(r"waiting for calls on (\S+)")[1]
    status, said = run(
        tmp_path, "call", "echo", "--server", at, "--say", "One two three", "--duration", "4", "--record", "e.wav"
    )
    assert status == 0, said
    assert loudness(tmp_path / "e.wav")[0] > 0.5, said


def test_nobody_there(tmp_path):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        server = f"127.0.0.1:{unused.getsockname()[1]}"
        status, said = run(tmp_path, "call", "+15550100", "--server", server, "--ring", "1")
        assert status == 1 and "not answered" in said, said
        status, said = run(tmp_path, "call", "+15550100", "--server", server, "--tcp")
        assert status == 1 and "not answered" in said, said
    status, said = run(tmp_path, "call")
    assert status == 1 and "name the number" in said, said


def test_a_password_is_given_when_it_is_asked_for(tmp_path):
    """A server of a few lines that knows RFC 2617, not our own digest code."""
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 0))
    server.settimeout(20)
    verdicts = []

    def serve():
        while not verdicts:
            message, peer = server.recvfrom(65536)
            head = message.decode().split("\r\n\r\n")[0].split("\r\n")
            if not head[0].startswith("INVITE"):
                continue
            headers = dict(line.split(": ", 1) for line in head[1:] if ": " in line)
            echoed = [line for line in head[1:] if line.split(":")[0] in ("Via", "From", "Call-ID", "CSeq")]
            answer = [f"To: {headers['To']};tag=1", "Content-Length: 0", "", ""]
            if "Authorization" not in headers:
                answer.insert(0, 'WWW-Authenticate: Digest realm="here", nonce="abc", algorithm=MD5')
                status = "401 Unauthorized"
            else:
                given = dict(re.findall(r'(\w+)="?([^",]+)"?', headers["Authorization"]))
                md5 = lambda text: hashlib.md5(text.encode()).hexdigest()
                expected = md5(f"{md5('me:here:secret')}:abc:{md5('INVITE:' + given['uri'])}")
                verdicts.append(given["username"] == "me" and given["response"] == expected)
                status = "404 Not Found"
            server.sendto("\r\n".join([f"SIP/2.0 {status}", *echoed, *answer]).encode(), peer)

    threading.Thread(target=serve, daemon=True).start()
    at = f"127.0.0.1:{server.getsockname()[1]}"
    status, said = run(tmp_path, "call", "+15550100", "--server", at, "--user", "me", "--password", "secret")
    assert verdicts == [True]
    assert status == 1 and "not answered: 404" in said, said
    server.close()


def test_a_busy_port_is_told_and_passed(terminal, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        dev = terminal("dev", HELLO, "--api-port", port, "--sip-port", "0", env=dev_environment())
        dev.until("^ready$")
    assert re.search(rf"port {port} is busy: the API is on \d+", dev.text), dev.text
    status, said = run(tmp_path, "dev", HELLO, "--api-port", "0", "--sip-port", "0")
    assert status == 1 and "runs in this folder already" in said, said


def test_a_folder_without_a_handler_is_told(tmp_path):
    (tmp_path / "empty").mkdir()
    status, said = run(tmp_path, "dev", "empty")
    assert status == 1 and "no handler in" in said and "index.py" in said, said
    (tmp_path / "empty" / "app.py").write_text("def other():\n    pass\n")
    status, said = run(tmp_path, "dev", "empty")
    assert status == 1 and "app.py define none of" in said, said


@pytest.mark.parametrize(
    "words, expected",
    [
        (["call", "+1", "--digits", "5x"], "is no digit"),
        (["call", "+1", "-H", "X-A"], "Name: value"),
        (["call", "+1", "-H", "Via: x"], "own business"),
        (["call", "+1", "--play", "missing.wav"], "cannot read missing.wav"),
        (["call", "a b", "--server", "127.0.0.1"], "is no number"),
        (["show", "last"], "no data of a node"),
        (["answer", "--reject", "200"], "400"),
    ],
)
def test_mistakes_are_told_in_a_line(tmp_path, words, expected):
    status, said = run(tmp_path, *words)
    assert status != 0 and expected in said, said
