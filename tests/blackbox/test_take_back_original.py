"""Take back and transfer: the functions of the AWS sample, unmodified, over real SIP.

The sample is not part of this repository: SWITCHHOOK_TEST_TBT names a checkout of it (the folder with
src/resources). DynamoDB is played by moto, the contact centre by a softphone, the PBX by SIPp.
"""

import json
import os
import pathlib
import re
import sys
import threading
import time

import boto3
import numpy
import pytest

from contact_centre import PROMPT, ContactCentre, invoker, spelled
from exchange import wait_for
from sipp import needed
from softphone import Softphone
from sound import Ear, tone
from speech import SPEAKER, is_heard, spoken
from telephony import Line, name

CHECKOUT = os.environ.get("SWITCHHOOK_TEST_TBT")
FUNCTIONS = pathlib.Path(CHECKOUT or "/nonexistent") / "src" / "resources"
pytestmark = [
    pytest.mark.skipif(
        not CHECKOUT,
        reason="SWITCHHOOK_TEST_TBT names no checkout of amazon-chime-sdk-take-back-and-transfer"
        " (the folder with src/resources)",
    ),
    needed,
]

ENTRY, SAYS, PBX_NUMBER = "+15550100", "+15550190", "+18885550180"
ROLLING = ["+15550111", "+15550112", "+15550113"]
CONTACT = ["+15550121", "+15550122", "+15550123"]
CALLER = "+15557654321"
TO_CONTACT = "We are currently in a SIP media application.  Transferring to Connect"
HOLD = "Please hold while we connect you"
CALLER_HZ, PBX_HZ = 480, 880
CALLERS, PBX = "127.0.0.4", "127.0.0.3"


@pytest.fixture(scope="module")
def aws():
    """moto's DynamoDB: its URL."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", 0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


class Pairs:
    """The sample's table of number pairs."""

    def __init__(self, url, table, rolling, contact):
        self.name = table
        self.dynamodb = boto3.client(
            "dynamodb", endpoint_url=url, region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x"
        )
        keys = ["sma_number", "connect_number", "in_use"]
        self.dynamodb.create_table(
            TableName=table,
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": k, "AttributeType": "S"} for k in keys],
            KeySchema=[
                {"AttributeName": "sma_number", "KeyType": "HASH"},
                {"AttributeName": "connect_number", "KeyType": "RANGE"},
            ],
            GlobalSecondaryIndexes=[
                {
                    "IndexName": "in_use",
                    "KeySchema": [{"AttributeName": "in_use", "KeyType": "HASH"}],
                    "Projection": {"ProjectionType": "ALL"},
                }
            ],
        )
        for s in rolling:
            for c in contact:
                item = {"sma_number": {"S": s}, "connect_number": {"S": c}, "in_use": {"S": "false"}}
                self.dynamodb.put_item(TableName=table, Item=item)

    def in_use(self):
        items = self.dynamodb.scan(TableName=self.name)["Items"]
        return [(i["sma_number"]["S"], i["connect_number"]["S"]) for i in items if i["in_use"]["S"] != "false"]

    def all_free(self):
        wait_for(lambda: not self.in_use(), 15, f"pairs stay in use: {self.in_use()}")


class Deployment(Line):
    """The sample deployed on a node: functions, numbers, application, rule and connector, by the AWS API."""

    def __init__(self, exchange, aws, manner="flow", delay=0.5, pbx_port=9, rolling=ROLLING, contact=CONTACT):
        self.pairs = Pairs(aws, f"pairs-{time.monotonic_ns()}", rolling, contact)
        node = exchange(start=False)
        super().__init__(node)
        self.centre = ContactCentre(lambda payload: invoker(node, "connect")(payload), manner, delay)
        self.phones = [self.centre]
        (node.folder / "speaker").mkdir()
        (node.folder / "speaker" / "index.py").write_text(SPEAKER)
        self.plain = node.config.read_text()
        self.aws = aws
        self.configure()
        node.start()
        self.provision(pbx_port)
        node.stop()  # The functions' environment names what was made; and what was made is still there afterwards.
        self.configure(
            SIP_MEDIA_APPLICATION_ID=self.application,
            VOICE_CONNECTOR_PHONE_NUMBER=PBX_NUMBER,
            VOICE_CONNECTOR_ARN=self.connector,
        )
        node.start()

    def configure(self, **environment):
        environment = {
            "INTEGRATION_TABLE": self.pairs.name,
            "AWS_ENDPOINT_URL_DYNAMODB": self.aws,
            "LOG_LEVEL": "INFO",
            **environment,
        }
        listed = ", ".join(f'{key} = "{value}"' for key, value in environment.items())
        functions = [("sma", FUNCTIONS / "smaHandler"), ("connect", FUNCTIONS / "connectLambda")]
        functions.append(("speaker", self.node.folder / "speaker"))
        text = self.plain
        for function, code in functions:
            text += f'''
[[function]]
name = "{function}"
runtime = "python3"
code = "{code}"
handler = "index.handler"
interpreter = "{sys.executable}"
env = {{ {listed} }}
'''
        offered = ", ".join(f'"{n}"' for n in [ENTRY, SAYS, PBX_NUMBER, *ROLLING])
        self.node.config.write_text(
            text
            + f'''
[[carrier]]
name = "pstn"
uri = "sip:{self.centre.contact}"
prefixes = ["+"]
sources = ["{CALLERS}/32", "{self.centre.host}/32"]
numbers = [{offered}]
'''
        )

    def provision(self, pbx_port):
        voice = self.node.client()
        voice.create_phone_number_order(
            ProductType="SipMediaApplicationDialIn", E164PhoneNumbers=[ENTRY, SAYS, *ROLLING]
        )
        voice.create_phone_number_order(ProductType="VoiceConnector", E164PhoneNumbers=[PBX_NUMBER])
        self.application = self.route(voice, "sma", ENTRY)
        self.route(voice, "speaker", SAYS)
        connector = voice.create_voice_connector(Name="pbx", RequireEncryption=False)["VoiceConnector"]
        self.connector, key = connector["VoiceConnectorArn"], connector["VoiceConnectorId"]
        voice.put_voice_connector_termination(
            VoiceConnectorId=key,
            Termination={"CallingRegions": ["US"], "CidrAllowedList": [f"{PBX}/32"], "Disabled": False},
        )
        route = {"Host": PBX, "Port": pbx_port, "Protocol": "UDP", "Priority": 1, "Weight": 1}
        voice.put_voice_connector_origination(
            VoiceConnectorId=key, Origination={"Routes": [route], "Disabled": False}
        )
        voice.associate_phone_numbers_with_voice_connector(
            VoiceConnectorId=key, E164PhoneNumbers=[PBX_NUMBER], ForceAssociate=False
        )

    def route(self, voice, function, number):
        """An application of a function, and the rule that leads a number to it; the application's id."""
        arn = f"arn:aws:lambda:us-east-1:111122223333:function:{function}"
        made = voice.create_sip_media_application(
            AwsRegion="us-east-1", Name=function, Endpoints=[{"LambdaArn": arn}]
        )
        key = made["SipMediaApplication"]["SipMediaApplicationId"]
        voice.create_sip_rule(
            Name=function,
            TriggerType="ToPhoneNumber",
            TriggerValue=number,
            Disabled=False,
            TargetApplications=[{"SipMediaApplicationId": key, "Priority": 1, "AwsRegion": "us-east-1"}],
        )
        return key

    def phone(self):
        self.phones.append(Softphone("caller", CALLERS))
        return self.phones[-1]

    def call(self, caller=CALLER):
        """A caller that dials the entry number and talks from then on."""
        call = self.phone().dial(ENTRY, self.node.sip, caller)
        call.ear.say(tone(CALLER_HZ, 120))
        return call

    def says(self, text):
        """How the node speaks a text."""
        return spoken(self.phone(), self.node.sip, SAYS, text)

    def story(self, call=0, until="HANGUP LEG-A"):
        """The names of one call's events, once the one named was sent."""

        def look():
            calls = self.transactions()
            names = [name(e) for e in self.node.events(calls[call])] if len(calls) > call else []
            return names if until in names else None

        return wait_for(look, 60, f"no {until}")

    def transactions(self):
        """The ids of the sample's calls."""
        first = {call: self.node.events(call)[:1] for call in self.node.journals()}
        return sorted(
            call
            for call, events in first.items()
            if events and events[0]["CallDetails"]["SipMediaApplicationId"] == self.application
        )

    def transaction(self):
        """The id of the only one."""
        [call] = self.transactions()
        return call

    def events_of_call(self):
        return self.node.events(self.transaction())

    def close(self):
        for phone in self.phones:
            phone.close()


@pytest.fixture
def deploy(exchange, aws):
    made = []

    def make(**more):
        made.append(Deployment(exchange, aws, **more))
        return made[-1]

    yield make
    for one in made:
        one.close()


class Pbx:
    """SIPp behind the connector, its sound in an ear."""

    def __init__(self, sipp, scenario="callee_answers", **more):
        self.ear = Ear(PBX)
        self.sipp = sipp(scenario, host=PBX, rtp_port=self.ear.port, **more)
        self.port = self.sipp.port
        self.ear.say(tone(PBX_HZ, 120), wait=60)

    def invite(self):
        return wait_for(lambda: self.sipp.received("INVITE"), 20, "the PBX was not called")[0]

    def header(self, header):
        lines = [line.split(":", 1) for line in self.invite().splitlines() if ":" in line]
        return next((value.strip() for key, value in lines if key.lower() == header.lower()), None)


@pytest.fixture
def pbx(sipp):
    made = []

    def start(scenario="callee_answers", **more):
        made.append(Pbx(sipp, scenario, **more))
        return made[-1]

    yield start
    for one in made:
        one.ear.close()


UNTIL_CONTACT = ["NEW_INBOUND_CALL", "ACTION_SUCCESSFUL:CallAndBridge"]
TRANSFERRED = [
    *UNTIL_CONTACT,
    "CALL_UPDATE_REQUESTED:CallUpdateRequest",
    "HANGUP LEG-B",
    "ACTION_SUCCESSFUL:Hangup",
    "ACTION_SUCCESSFUL:CallAndBridge",
]


@pytest.mark.parametrize("delay", [0.5, 0])
def test_a_call_is_taken_back_and_transferred(deploy, pbx, delay):
    agent = pbx()
    sample = deploy(delay=delay, pbx_port=agent.port)
    connecting, hold = sample.says(TO_CONTACT), sample.says(HOLD)

    caller = sample.call().wait_answered()
    caller.hears(PROMPT)
    [(rolling, contact)] = sample.pairs.in_use()
    assert rolling in ROLLING and contact in CONTACT
    caller.hears(PBX_HZ, 1.0, timeout=40)
    wait_for(lambda: agent.ear.heard(CALLER_HZ) > 1.0, 10, "the PBX does not hear the caller")

    sound = caller.sound()
    assert is_heard(connecting, sound), "the first prompt was not heard"
    assert CALLER.lstrip("+") in spelled(sound), f"the number was read back as {spelled(sound)}"
    assert is_heard(hold, sound), "the hold prompt was not heard"
    [on_contact] = sample.centre.calls
    assert on_contact.invite.user == contact
    assert f"sip:{rolling}@" in on_contact.invite.get("from")
    assert [p for p, _ in sample.centre.answers] == ["GetData", "TransferCall"]

    assert agent.header("X-Original-Calling-Number") == CALLER
    assert f"sip:{rolling}@" in agent.header("From")
    assert agent.invite().startswith(f"INVITE sip:{PBX_NUMBER}@{PBX}:{agent.port}")
    sample.pairs.all_free()
    assert caller.alive()

    caller.hangup().wait_ended()
    agent.sipp.wait()
    assert sample.story() == [*TRANSFERRED, "HANGUP LEG-A", "HANGUP LEG-B"]
    sample.one_record_per_leg(3 + 2)  # and the two calls that listened to the prompts


def test_contact_centres_that_disconnect_at_once_never_lose_a_caller(deploy, pbx):
    """Eight at the same moment: their BYEs arrive before, while and after the update is answered."""
    agent = pbx(calls=8)
    sample = deploy(delay=0, pbx_port=agent.port)
    sample.centre.together = threading.Barrier(8)
    numbers = [f"+1555765000{n}" for n in range(8)]
    # One by one until each has its pair: moto's conditional updates are not atomic, two callers could get the same.
    callers = [sample.call(number).wait_answered() for number in numbers]
    assert len(sample.pairs.in_use()) == 8
    for n in range(8):
        assert sample.story(n, until="ACTION_SUCCESSFUL:Hangup")
    wait_for(lambda: len(set(agent.sipp.received("INVITE"))) >= 8, 60, "not everybody came to the PBX")
    told = [re.search("X-Original-Calling-Number: (.*)", i, re.I)[1] for i in agent.sipp.received("INVITE")]
    assert set(map(str.strip, told)) == set(numbers)
    sample.pairs.all_free()
    assert all(caller.alive() for caller in callers)
    for caller in callers:
        caller.hangup()
    agent.sipp.wait()
    for n in range(8):
        assert sample.story(n, until="HANGUP LEG-A")[: len(TRANSFERRED)] == TRANSFERRED
    sample.one_record_per_leg(8 * 3)


def test_every_pair_in_use_is_a_failure_for_the_next_caller(deploy):
    sample = deploy(manner="stays", rolling=ROLLING[:1], contact=CONTACT[:1])
    first = sample.call().wait_answered()
    first.hears(PROMPT)

    second = sample.call("+15557650000").wait_ended()
    assert second.final.status >= 400, second.story()
    assert first.alive()

    first.hangup().wait_ended()
    sample.pairs.all_free()
    third = sample.call("+15557650001").wait_answered()
    third.hangup()
    sample.pairs.all_free()
    sample.idle()


def test_the_caller_hangs_up_on_the_contact_centre(deploy):
    sample = deploy(manner="stays")
    caller = sample.call().wait_answered()
    caller.hears(PROMPT)
    assert len(sample.pairs.in_use()) == 1
    caller.hangup().wait_ended()
    sample.centre.calls[0].wait_ended()
    sample.pairs.all_free()
    assert sample.story(until="HANGUP LEG-B") == [*UNTIL_CONTACT, "HANGUP LEG-A", "HANGUP LEG-B"]
    sample.one_record_per_leg(2)


def test_the_caller_hangs_up_during_the_first_prompt(deploy):
    sample = deploy(manner="stays")
    caller = sample.call().wait_answered()
    caller.hangup().wait_ended()
    sample.pairs.all_free()
    assert sample.story() == ["NEW_INBOUND_CALL", "ACTION_FAILED:Speak", "HANGUP LEG-A"]
    assert sample.centre.calls == []
    sample.one_record_per_leg(1)


def test_the_contact_centre_hangs_up_without_a_transfer(deploy):
    sample = deploy(manner="disconnects")
    caller = sample.call().wait_answered()
    caller.hears(PROMPT)
    caller.wait_ended()
    assert not caller.ended_by_us
    sample.pairs.all_free()
    assert sample.story() == [*UNTIL_CONTACT, "HANGUP LEG-B", "HANGUP LEG-A"]
    sample.one_record_per_leg(2)


def test_a_pair_that_no_call_has_is_a_function_error_for_the_contact_centre(deploy):
    sample = deploy()
    event = {"CalledNumber": "+15559990000", "CallingNumber": ROLLING[0], "Purpose": "GetData"}
    answer = sample.node.client("lambda").invoke(
        FunctionName="connect", Payload=json.dumps({"Details": {"Parameters": event}})
    )
    assert answer["StatusCode"] == 200 and answer["FunctionError"] == "Unhandled"
    assert json.loads(answer["Payload"].read())["errorType"] == "TypeError"


def test_a_busy_contact_centre_leaves_the_caller_in_silence(deploy):
    sample = deploy(manner="486 Busy Here")
    caller = sample.call().wait_answered()
    sample.story(until="ACTION_FAILED:CallAndBridge")
    assert caller.alive(), "the sample ignores the failure, so the call stays"
    assert len(sample.pairs.in_use()) == 1
    caller.hangup().wait_ended()
    sample.pairs.all_free()
    assert sample.story() == ["NEW_INBOUND_CALL", "ACTION_FAILED:CallAndBridge", "HANGUP LEG-A"]
    sample.one_record_per_leg(2)


def test_the_pbx_refuses_and_the_caller_waits_until_he_hangs_up(deploy, pbx):
    agent = pbx("callee_refuses", fill={"status": "486"})
    sample = deploy(pbx_port=agent.port)
    caller = sample.call().wait_answered()
    names = sample.story(until="ACTION_FAILED:CallAndBridge")
    assert names == [*TRANSFERRED[:-1], "ACTION_FAILED:CallAndBridge"]
    assert caller.alive()
    sample.pairs.all_free()
    caller.hangup().wait_ended()
    assert sample.story()[-1] == "HANGUP LEG-A"
    sample.one_record_per_leg(3)


def test_the_pbx_hangs_up_and_the_caller_stays_on_the_call(deploy, pbx):
    """The sample does nothing then; nor may we: a leg is never hung up by itself."""
    agent = pbx("callee_hangs_up", fill={"talk": 1500})
    sample = deploy(pbx_port=agent.port)
    caller = sample.call().wait_answered()
    caller.hears(PBX_HZ, timeout=40)
    agent.sipp.wait()
    wait_for(lambda: sample.story(until="HANGUP LEG-B").count("HANGUP LEG-B") == 2, 20, "no second HANGUP")
    assert caller.alive()
    caller.hangup().wait_ended()
    assert sample.story() == [*TRANSFERRED, "HANGUP LEG-B", "HANGUP LEG-A"]
    sample.pairs.all_free()
    sample.one_record_per_leg(3)


def test_after_the_transfer_only_two_participants_are_ever_listed(deploy, pbx):
    agent = pbx()
    sample = deploy(pbx_port=agent.port)
    caller = sample.call().wait_answered()
    caller.hears(PBX_HZ, timeout=40)
    caller.hangup().wait_ended()
    agent.sipp.wait()
    sample.story(until="HANGUP LEG-A")
    listed = [[p["ParticipantTag"] for p in e["CallDetails"]["Participants"]] for e in sample.events_of_call()]
    assert all(tags in (["LEG-A"], ["LEG-A", "LEG-B"]) for tags in listed[:-1])
    bridged = [e for e in sample.events_of_call() if name(e) == "ACTION_SUCCESSFUL:CallAndBridge"]
    first, second = (e["CallDetails"]["Participants"][1]["CallId"] for e in bridged)
    assert first != second


@pytest.mark.parametrize("where", ["contact centre", "PBX"])
def test_a_killed_node_releases_what_it_held(deploy, pbx, where):
    agent = pbx(timeout=120) if where == "PBX" else None
    sample = deploy(
        manner="flow" if agent else "stays", pbx_port=agent.port if agent else 9
    )
    caller = sample.call().wait_answered()
    caller.hears(PBX_HZ if agent else PROMPT, timeout=40)
    transaction = sample.transaction()
    legs = {p["CallId"] for p in sample.events_of_call()[-1]["CallDetails"]["Participants"]}
    assert len(legs) == 2
    already = {r["leg"] for r in sample.records()}
    assert len(sample.pairs.in_use()) == (0 if agent else 1)
    heard = len(sample.events_of_call())

    sample.node.kill()
    sample.node.start()

    sample.pairs.all_free()
    wait_for(lambda: len(sample.records()) >= len(already) + 2, 15, "no records of the lost legs")
    lost = [r for r in sample.records() if r["leg"] not in already]
    assert sorted(r["leg"] for r in lost) == sorted(legs)
    assert all(r["crashed"] and r["call"] == transaction for r in lost)
    owed = wait_for(lambda: len(found := sample.node.events(transaction)[heard:]) >= 2 and found, 15, "no HANGUPs")
    assert {name(e) for e in owed} == {"HANGUP LEG-A", "HANGUP LEG-B"} and len(owed) == 2
    attributes = owed[0]["CallDetails"]["TransactionAttributes"]
    assert attributes["original_calling_number"] == CALLER

    # A second start owes nothing more, and the next call is served.
    sample.node.stop()
    sample.node.start()
    assert len(sample.records()) == len(already) + 2
    assert len(sample.node.events(transaction)) == heard + 2
    sample.centre.manner = "stays"
    again = sample.call().wait_answered()
    again.hears(PROMPT)
    again.hangup().wait_ended()
    sample.pairs.all_free()
