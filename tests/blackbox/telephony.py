"""A node with a number, an application behind it, a carrier and a connector, each party on a loopback address of its own."""

import json
import pathlib
import pprint
import socket
import sqlite3
import urllib.request

from exchange import wait_for

CARRIER = "127.0.0.2"
PBX = "127.0.0.3"
STRANGER = "127.0.0.9"
NUMBER = "+15550100"
CONNECTOR = "abcdefghijklmnopqrstuv"
HOST = f"{CONNECTOR}.voiceconnector.chime.aws"
CONNECTOR_ARN = f"arn:aws:chime:us-east-1:111122223333:vc/{CONNECTOR}"

# Answers an event from PLAN: under "EVENT:ActionType", else under "EVENT", else with nothing; "+1555… EVENT" is for
# calls to that number. An entry is a list of actions; LEG-A and LEG-B are named by tag.
HANDLER = '''
PLAN = {plan}

def handler(event, context):
    kind = event["InvocationEventType"]
    action = event.get("ActionData", {{}}).get("Type", "")
    called = event["CallDetails"]["Participants"][0]["To"]
    keys = [f"{{called}} {{kind}}:{{action}}", f"{{called}} {{kind}}", f"{{kind}}:{{action}}", kind]
    actions = next((PLAN[key] for key in keys if key in PLAN), [])
    return {{"SchemaVersion": "1.0", "Actions": actions}}
'''


def action(kind, **parameters):
    return {"Type": kind, "Parameters": parameters}


def play(key, leg="LEG-A", **more):
    source = {"Type": "S3", "BucketName": "prompts", "Key": key}
    return action("PlayAudio", ParticipantTag=leg, AudioSource=source, **more)


def hangup(leg="LEG-A", code="0"):
    return action("Hangup", ParticipantTag=leg, SipResponseCode=code)


def pause(milliseconds, leg="LEG-A"):
    return action("Pause", ParticipantTag=leg, DurationInMilliseconds=str(milliseconds))


def bridge(to, caller=NUMBER, timeout=20, **more):
    """To a number by a carrier, or, if `to` is no number, to a user behind the connector."""
    if to.startswith("+"):
        endpoint = {"BridgeEndpointType": "PSTN", "Uri": to}
    else:
        endpoint = {"BridgeEndpointType": "AWS", "Uri": to, "Arn": CONNECTOR_ARN}
    return action(
        "CallAndBridge", CallTimeoutSeconds=timeout, CallerIdNumber=caller, Endpoints=[endpoint], **more
    )


class Line:
    """A running node and what the tests ask about it."""

    def __init__(self, node):
        self.node = node

    @property
    def udp(self):
        return self.node.sip

    @property
    def tcp(self):
        return self.node.sip_tcp

    def calls(self, count=1, timeout=15):
        """The ids of all calls, once there are that many."""
        return wait_for(
            lambda: len(found := self.node.journals()) >= count and found, timeout, f"no {count} calls"
        )

    def events(self, until="HANGUP", call=0, timeout=20):
        """The events of one call in order, once one of the kind `until` was sent."""

        def look():
            calls = self.node.journals()
            events = self.node.events(calls[call]) if len(calls) > call else []
            return events if any(e["InvocationEventType"] == until for e in events) else None

        return wait_for(look, timeout, f"no {until}")

    def kinds(self, until="HANGUP", call=0, timeout=20):
        return [name(event) for event in self.events(until, call, timeout)]

    def gauges(self):
        with urllib.request.urlopen(f"{self.node.api}/metrics", timeout=10) as answer:
            lines = answer.read().decode().splitlines()
        return {
            line.split()[0].removeprefix("switchhook_"): float(line.split()[1])
            for line in lines
            if line and not line.startswith("#")
        }

    def idle(self, timeout=40):
        """Waits until the node holds nothing of any call, and gives its records the moment they gather for."""
        held = ("calls", "dialogs", "streams", "playbacks", "recordings")

        def look():
            self.last = {name: self.gauges()[name] for name in held}
            return not any(self.last.values())

        try:
            wait_for(look, timeout)
        except AssertionError:
            raise AssertionError(f"still held after {timeout} s: {self.last}")
        try:
            wait_for(lambda: not self.node.live_journals(), 3)
        except AssertionError:
            pass  # A full disk, or calls that wait for a recovery: what was meant to be there is asked for afterwards.

    def records(self):
        """All call records: one for each leg that ended."""
        file = self.node.folder / "data" / "switchhook.db"
        with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as store:
            rows = store.execute("SELECT leg, call, json FROM call_records").fetchall()
        # What is stored names its kind: {"call": {…}} or {"relay": {…}}.
        return [{**next(iter(json.loads(text).values())), "leg": leg, "call": call} for leg, call, text in rows]

    def one_record_per_leg(self, legs):
        """Waits until all is over; then exactly that many legs have a record, each one."""
        self.idle()
        wait_for(lambda: len(self.records()) >= legs, 10, f"not {legs} records")
        assert len(self.records()) == legs


def name(event):
    """`EVENT` or `EVENT:ActionType`."""
    kind = event["InvocationEventType"]
    data = event.get("ActionData")
    if data is None or kind == "HANGUP":
        return kind if kind != "HANGUP" else f"HANGUP {data['Parameters']['ParticipantTag']}"
    return f"{kind}:{data['Type']}"


def line(
    exchange,
    plan,
    numbers=(NUMBER,),
    connector_numbers=(),
    carrier_port=None,
    carrier="",
    routes=(),
    sources=(PBX,),
    more="",
    seed="",
    rule_on_connector=False,
    carriers=None,
    sections=None,
    **options,
):
    """Starts a node whose numbers are answered by PLAN `plan`.

    Calls come in from the carrier's address; calls go out to `carrier_port` there. `routes` are the origination
    routes of the connector, `sources` the addresses behind it.
    """
    node = exchange(start=False, **options)
    code = node.folder / "function"
    code.mkdir()
    (code / "index.py").write_text(HANDLER.format(plan=pprint.pformat(plan)))
    (node.objects / "prompts").mkdir()
    uri = f"sip:{CARRIER}:{carrier_port or 9}"
    prefixes = '["+"]' if carrier_port else "[]"
    triggers = [f'number = "{number}"' for number in numbers]
    if rule_on_connector:
        triggers.append('connector = "pbx"')
    rules = "\n".join(
        f'[[seed.rule]]\nname = "rule {i}"\n{trigger}\napplications = ["plan"]'
        for i, trigger in enumerate(triggers)
    )
    if carriers is None:
        carriers = f'''
[[carrier]]
name = "telco"
uri = "{uri}"
prefixes = {prefixes}
sources = ["{CARRIER}/32"]
{carrier}
'''
    text = node.config.read_text()
    for section, body in (sections or {}).items():
        text = text.replace(f"[{section}]\n", f"[{section}]\n{body}\n")
    node.config.write_text(
        text
        + f'''
[[function]]
name = "plan"
runtime = "python3"
code = "{code}"
handler = "index.handler"
{carriers}
{more}
[seed]
numbers = [{quoted([*numbers, *connector_numbers])}]
[[seed.application]]
name = "plan"
function = "plan"
{rules}
[[seed.connector]]
name = "pbx"
id = "{CONNECTOR}"
routes = [{quoted(routes)}]
sources = [{quoted(f"{source}/32" for source in sources)}]
numbers = [{quoted(connector_numbers)}]
{seed}
'''
    )
    node.start()
    return Line(node)


def quoted(words):
    return ", ".join(f'"{word}"' for word in words)


def udp_port(host="127.0.0.1"):
    """A free UDP port, which nobody is given twice within a moment."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind((host, 0))
        return probe.getsockname()[1]


def prompt(place, key, samples):
    """Puts a prompt where the node finds it."""
    from sound import write_wav

    write_wav(pathlib.Path(place.node.objects) / "prompts" / key, samples)
