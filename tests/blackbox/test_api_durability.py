"""What the API acknowledged survives kill -9; what it did not acknowledge is there whole or not at all."""

import random
import threading
import time

import pytest
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

LAMBDA = "arn:aws:lambda:us-east-1:111122223333:function:f"
ROUNDS = 6


class Model:
    """What must be there: `sure` was acknowledged; `maybe` is what was under way when the node died, by resource."""

    def __init__(self):
        self.sure = {}  # id → (kind, state)
        self.maybe = []  # (kind, id or None, state after or None for gone)
        self.tick = 0


class Writer(threading.Thread):
    """Makes, changes and deletes applications and connectors of its own, one request after the other, at random."""

    def __init__(self, node, model, seed):
        super().__init__(daemon=True)
        config = Config(retries={"max_attempts": 0}, connect_timeout=5, read_timeout=10)
        self.client = node.client(config=config)
        self.model, self.rng, self.written = model, random.Random(seed), 0
        self.trouble = None

    def run(self):
        try:
            while self.step():
                self.written += 1
        except Exception as error:  # told by the test
            self.trouble = error

    def step(self):
        model, rng = self.model, self.rng
        model.tick += 1
        name = f"n {rng.getrandbits(40):x} {model.tick}"
        kinds = ["application", "connector", "origination", "rename", "delete"]
        known = sorted(model.sure)
        what = rng.choice(kinds if known else kinds[:2])
        if what == "application":
            return self.attempt("application", None, {"Name": name}, lambda: self.application(name))
        if what == "connector":
            return self.attempt("connector", None, {"Name": name, "Routes": None}, lambda: self.connector(name))
        identity = rng.choice(known)
        kind, state = model.sure[identity]
        if what == "origination" and kind == "connector":
            routes = [self.route(n) for n in range(1, rng.randrange(2, 21))]
            after, send = {**state, "Routes": routes}, lambda: self.originate(identity, routes)
        elif what == "delete":
            after, send = None, lambda: self.delete(kind, identity)
        else:
            after, send = {**state, "Name": name}, lambda: self.rename(kind, identity, name)
        return self.attempt(kind, identity, after, send)

    def application(self, name):
        made = self.client.create_sip_media_application(
            AwsRegion="us-east-1",
            Name=name,
            Endpoints=[{"LambdaArn": LAMBDA}],
            Tags=[{"Key": "made", "Value": name}],
        )
        return made["SipMediaApplication"]["SipMediaApplicationId"]

    def connector(self, name):
        made = self.client.create_voice_connector(Name=name, RequireEncryption=False)
        return made["VoiceConnector"]["VoiceConnectorId"]

    def route(self, n):
        port = 5000 + self.model.tick % 1000
        return {"Host": f"10.0.0.{n}", "Port": port, "Protocol": "UDP", "Priority": n, "Weight": 1}

    def originate(self, identity, routes):
        self.client.put_voice_connector_origination(VoiceConnectorId=identity, Origination={"Routes": routes})

    def delete(self, kind, identity):
        if kind == "application":
            self.client.delete_sip_media_application(SipMediaApplicationId=identity)
        else:
            self.client.delete_voice_connector(VoiceConnectorId=identity)

    def rename(self, kind, identity, name):
        if kind == "application":
            self.client.update_sip_media_application(SipMediaApplicationId=identity, Name=name)
        else:
            self.client.update_voice_connector(VoiceConnectorId=identity, Name=name, RequireEncryption=False)

    def attempt(self, kind, identity, after, send):
        """Sends; an answer makes it sure, no answer makes it possible. False when the node is gone."""
        try:
            answer = send()
        except ClientError as error:
            raise AssertionError(f"refused: {error}")
        except BotoCoreError:
            self.model.maybe.append((kind, identity, after))
            return False
        if after is None:
            del self.model.sure[identity]
        else:
            self.model.sure[identity or answer] = (kind, after)
        return True


def stored(client):
    """Everything there is, as the API tells it."""
    found = {}
    for page in client.get_paginator("list_sip_media_applications").paginate():
        for one in page["SipMediaApplications"]:
            assert one["Endpoints"] == [{"LambdaArn": LAMBDA}]
            tags = client.list_tags_for_resource(ResourceARN=one["SipMediaApplicationArn"])["Tags"]
            assert [tag["Key"] for tag in tags] == ["made"], "made whole or not at all"
            found[one["SipMediaApplicationId"]] = ("application", {"Name": one["Name"]})
    token = {}
    while True:
        page = client.list_voice_connectors(**token)
        for one in page["VoiceConnectors"]:
            identity = one["VoiceConnectorId"]
            try:
                routes = client.get_voice_connector_origination(VoiceConnectorId=identity)["Origination"]["Routes"]
            except client.exceptions.NotFoundException:
                routes = None
            found[identity] = ("connector", {"Name": one["Name"], "Routes": routes})
        if "NextToken" not in page:
            return found
        token = {"NextToken": page["NextToken"]}


def compare(models, found):
    """All that is sure is there; the rest is explained by what was under way. Then that is sure too."""
    found = dict(found)
    for model in models:
        for identity, expected in list(model.sure.items()):
            now = found.pop(identity, None)
            possible = [after for kind, of, after in model.maybe if of == identity]
            if now == expected:
                continue
            if now is None:
                assert None in possible, f"lost: {identity} {expected}"
                del model.sure[identity]
            else:
                assert now[1] in possible, f"{identity}: {expected} was acknowledged, there is {now}"
                model.sure[identity] = now
    for identity, (kind, state) in found.items():
        owner = [m for m in models if any(k == kind and i is None and s == state for k, i, s in m.maybe)]
        assert owner, f"nobody made {identity} {kind} {state}"
        owner[0].sure[identity] = (kind, state)
    for model in models:
        model.maybe.clear()


@pytest.mark.parametrize("seed", [1, 2])
def test_acknowledged_writes_survive_kill_9(exchange, seed):
    node = exchange()
    rng = random.Random(seed)
    models = [Model() for _ in range(4)]
    for turn in range(ROUNDS):
        writers = [Writer(node, model, rng.getrandbits(32)) for model in models]
        for writer in writers:
            writer.start()
        # The moment is random, but comes after some work, so that a slow machine tests something too.
        goal = rng.randrange(5, 60)
        end = time.monotonic() + 20
        while sum(writer.written for writer in writers) < goal and time.monotonic() < end:
            time.sleep(rng.random() * 0.02)
        node.kill()
        for writer in writers:
            writer.join(20)
            assert not writer.is_alive() and writer.trouble is None, writer.trouble
        assert sum(writer.written for writer in writers) >= 5
        assert all(len(model.maybe) == 1 for model in models)
        node.start()
        compare(models, stored(node.client()))
    # What is sure after all that also stays over an orderly restart.
    node.stop()
    node.start()
    compare(models, stored(node.client()))
    assert sum(len(model.sure) for model in models) > 0


def test_numbers_rules_and_credentials_survive_kill_9(exchange):
    node = exchange(
        """
[[carrier]]
name = "telco"
uri = "sip:127.0.0.2:9"
numbers = ["+12065550100-+12065550109"]
"""
    )
    client = node.client()
    numbers = [f"+1206555010{n}" for n in range(3)]
    order = client.create_phone_number_order(ProductType="VoiceConnector", E164PhoneNumbers=numbers)
    pbx = client.create_voice_connector(Name="pbx", RequireEncryption=False)["VoiceConnector"]["VoiceConnectorId"]
    client.associate_phone_numbers_with_voice_connector(VoiceConnectorId=pbx, E164PhoneNumbers=numbers[:1])
    client.put_voice_connector_termination_credentials(
        VoiceConnectorId=pbx, Credentials=[{"Username": "anna", "Password": "one"}]
    )
    client.update_phone_number(PhoneNumberId=numbers[1], ProductType="SipMediaApplicationDialIn")
    application = client.create_sip_media_application(
        AwsRegion="us-east-1", Name="desk", Endpoints=[{"LambdaArn": LAMBDA}]
    )["SipMediaApplication"]["SipMediaApplicationId"]
    rule = client.create_sip_rule(
        Name="desk",
        TriggerType="ToPhoneNumber",
        TriggerValue=numbers[1],
        TargetApplications=[{"SipMediaApplicationId": application, "Priority": 1, "AwsRegion": "us-east-1"}],
    )["SipRule"]
    client.update_global_settings(VoiceConnector={"CdrBucket": "records"})
    client.delete_phone_number(PhoneNumberId=numbers[2])
    before = client.list_phone_numbers()["PhoneNumbers"]
    node.kill()

    client = node.start().client()
    assert client.list_phone_numbers()["PhoneNumbers"] == before
    assert [number["Status"] for number in before] == ["Assigned", "Assigned", "DeleteInProgress"]
    assert client.get_sip_rule(SipRuleId=rule["SipRuleId"])["SipRule"] == rule
    assert client.list_voice_connector_termination_credentials(VoiceConnectorId=pbx)["Usernames"] == ["anna"]
    assert client.get_global_settings()["VoiceConnector"] == {"CdrBucket": "records"}
    identity = order["PhoneNumberOrder"]["PhoneNumberOrderId"]
    assert client.get_phone_number_order(PhoneNumberOrderId=identity)["PhoneNumberOrder"]["Status"] == "Successful"


def test_an_order_and_its_numbers_come_together_or_not_at_all(exchange):
    """One order of ten numbers writes eleven records; the node dies while orders come in."""
    node = exchange(
        """
[[carrier]]
name = "telco"
uri = "sip:127.0.0.2:9"
numbers = ["+12065550000-+12065559999"]
"""
    )
    rng, acknowledged, following = random.Random(3), set(), 0
    for _ in range(4):
        client = node.client(config=Config(retries={"max_attempts": 0}, read_timeout=10))
        dying = threading.Timer(0.05 + rng.random() * 0.5, node.kill)
        dying.start()
        while True:
            numbers = [f"+1206555{following + n:04}" for n in range(10)]
            following += 10
            try:
                made = client.create_phone_number_order(ProductType="VoiceConnector", E164PhoneNumbers=numbers)
            except BotoCoreError:
                break
            acknowledged.add(made["PhoneNumberOrder"]["PhoneNumberOrderId"])
        dying.join()
        node.start()
        client = node.client()
        owned, token = {}, {}
        while True:
            page = client.list_phone_numbers(**token)
            for number in page["PhoneNumbers"]:
                owned.setdefault(number["OrderId"], set()).add(number["E164PhoneNumber"])
            if "NextToken" not in page:
                break
            token = {"NextToken": page["NextToken"]}
        assert acknowledged <= set(owned)
        assert all(len(numbers) == 10 for numbers in owned.values())
        for identity in owned:
            order = client.get_phone_number_order(PhoneNumberOrderId=identity)["PhoneNumberOrder"]
            assert order["Status"] == "Successful"
        acknowledged |= set(owned)
    assert acknowledged
