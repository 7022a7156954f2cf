"""Nodes whose numbers are answered by functions that a test writes itself, and that keep a diary of what they heard."""

import json

from exchange import wait_for
from softphone import Softphone
from telephony import CARRIER, CONNECTOR, NUMBER, PBX, Line, name, quoted

# In front of the code of a Python function: `heard(event)` writes an event down, `say(...)` answers.
DIARY = '''
import json, os, time

def heard(event):
    line = (json.dumps({"at": time.time(), "event": event}) + "\\n").encode()
    diary = os.open(os.environ["DIARY"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(diary, line)
    os.close(diary)
    return event["InvocationEventType"]

def say(*actions, **attributes):
    answer = {"SchemaVersion": "1.0", "Actions": list(actions)}
    if attributes:
        answer["TransactionAttributes"] = attributes
    return answer

def action(kind, **parameters):
    return {"Type": kind, "Parameters": parameters}

def play(key, leg="LEG-A", **more):
    source = {"Type": "S3", "BucketName": "prompts", "Key": key}
    return action("PlayAudio", ParticipantTag=leg, AudioSource=source, **more)

def pause(milliseconds):
    return action("Pause", DurationInMilliseconds=milliseconds)

def hangup(leg="LEG-A", code="0"):
    return action("Hangup", ParticipantTag=leg, SipResponseCode=code)

def bridge(to, caller="+15550100", timeout=20, **more):
    endpoint = {"BridgeEndpointType": "PSTN", "Uri": to}
    return action("CallAndBridge", CallTimeoutSeconds=timeout, CallerIdNumber=caller, Endpoints=[endpoint], **more)
'''


class Function:
    """A function and the number it answers. `code` is the text of its only file, or {file name: text}."""

    def __init__(self, number, code="", runtime="python3", handler="index.handler", name=None, also=(), **keys):
        self.number, self.runtime, self.handler, self.also = number, runtime, handler, also
        self.name = name or f"f{number.lstrip('+')}"
        if isinstance(code, str):
            code = {"index.py": DIARY + code} if code else {}
        self.files, self.keys = code, keys

    def install(self, node, diary):
        """Writes its files; its part of the configuration."""
        lines = [f'name = "{self.name}"', f'runtime = "{self.runtime}"']
        if self.files:
            folder = node.folder / self.name
            folder.mkdir()
            for file, text in self.files.items():
                (folder / file).write_text(text)
                (folder / file).chmod(0o755)
            lines += [f'code = "{folder}"', f'handler = "{self.handler}"']
            lines.append(f'env = {{ DIARY = "{diary}" }}')
        lines += [f"{key} = {json.dumps(value)}" for key, value in self.keys.items()]
        return "[[function]]\n" + "\n".join(lines)


class Customers(Line):
    """A node with functions. Calls come from phones at the carrier's address; what is dialled goes to `far`."""

    def __init__(self, node, functions, far=None, pbx=None, more="", sections=None, start=True, env=None):
        super().__init__(node)
        self.diary = node.folder / "diary"
        self.functions, self.env = functions, env
        self.phones = []
        (node.objects / "prompts").mkdir(exist_ok=True)
        numbers = [n for f in functions if f.number for n in (f.number, *f.also)]
        owned = sorted({NUMBER, *numbers, *(["+15550900"] if pbx else [])})
        seed = [f"[seed]\nnumbers = [{quoted(owned)}]"]
        for f in functions:
            seed.append(f'[[seed.application]]\nname = "{f.name}"\nfunction = "{f.name}"')
            for number in (f.number, *f.also) if f.number else ():
                seed.append(f'[[seed.rule]]\nname = "to {number}"\nnumber = "{number}"\napplications = ["{f.name}"]')
        if pbx:
            seed.append(
                f'[[seed.connector]]\nname = "pbx"\nid = "{CONNECTOR}"\nroutes = ["{pbx.contact}"]\n'
                f'sources = ["{PBX}/32"]\nnumbers = ["+15550900"]'
            )
        carrier = f'[[carrier]]\nname = "telco"\nuri = "sip:{far.contact if far else f"{CARRIER}:9"}"\n'
        carrier += f'prefixes = ["+"]\nsources = ["{CARRIER}/32"]'
        text = node.config.read_text()
        for section, body in (sections or {}).items():
            head = f"[{section}]\n"
            text = text.replace(head, head + body + "\n") if head in text else text + f"{head}{body}\n"
        installed = "\n".join(f.install(node, self.diary) for f in functions)
        node.config.write_text("\n".join([text, installed, carrier, more, *seed]) + "\n")
        if start:
            self.start()

    def start(self):
        self.node.start(env=self.env)
        return self

    def restart(self):
        """kill -9, and up again."""
        self.node.kill()
        return self.start()

    def dial(self, number, host=CARRIER, **more):
        phone = Softphone(f"caller of {number}", host)
        self.phones.append(phone)
        return phone.dial(number, self.udp, **more)

    def softphone(self, name, host=CARRIER):
        """A phone at the carrier's address, which a test dials with."""
        self.phones.append(Softphone(name, host))
        return self.phones[-1]

    def entries(self, number=None):
        """What functions heard, in order: (when, event). Of one number, or of all."""
        lines = self.diary.read_text().splitlines(keepends=True) if self.diary.exists() else []
        entries = [json.loads(line) for line in lines if line.endswith("\n")]
        return [
            (e["at"], e["event"])
            for e in entries
            if number is None or e["event"]["CallDetails"]["Participants"][0]["To"] == number
        ]

    def heard(self, number=None):
        return [event for _, event in self.entries(number)]

    def names(self, number):
        return [name(event) for event in self.heard(number)]

    def until(self, number, last, timeout=20):
        """The names of what the function of a number heard, once `last` is among them."""

        def look():
            names = self.names(number)
            return names if last in names else None

        try:
            return wait_for(look, timeout)
        except AssertionError:
            raise AssertionError(f"{number}: no {last} within {timeout} s, but {self.names(number)}")

    def live_journals(self):
        return self.node.live_journals()

    def application(self, function):
        """The id of the application of a function."""
        listed = self.node.client().list_sip_media_applications()["SipMediaApplications"]
        return next(a["SipMediaApplicationId"] for a in listed if a["Name"] == function.name)

    def log(self):
        return self.node.log.read_text(errors="replace")

    def close(self):
        for phone in self.phones:
            phone.close()
