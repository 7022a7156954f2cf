"""Which function answers a call: both triggers, failover between regions, disabled rules, numbers nobody owns."""

import pytest

from sdks import refused, sdk  # noqa: F401  (a fixture)
from sipp import needed
from telephony import CARRIER, HOST, NUMBER, PBX, Line, hangup, line, pause

pytestmark = needed

REGIONS = ["us-east-1", "us-west-2", "eu-central-1"]
CODE = '''
import time

def answers(event, context):
    kind = event["InvocationEventType"]
    actions = [{"Type": "Pause", "Parameters": {"DurationInMilliseconds": "100"}}] if kind == "NEW_INBOUND_CALL" else []
    if kind == "ACTION_SUCCESSFUL":
        actions = [{"Type": "Hangup", "Parameters": {"SipResponseCode": "0"}}]
    return {"SchemaVersion": "1.0", "Actions": actions}

def raises(event, context):
    raise RuntimeError("the other region shall take it")

def sleeps(event, context):
    time.sleep(60)
'''


def three_regions(exchange, sdk, functions):  # noqa: F811
    """A rule on NUMBER with one application per region, by priority, each with the function so named."""
    node = exchange(start=False)
    code = node.folder / "function"
    code.mkdir()
    (code / "index.py").write_text(CODE)
    hosted = "".join(
        f'''
[[function]]
name = "{name}"
runtime = "python3"
code = "{code}"
handler = "index.{name}"
'''
        for name in ("answers", "raises", "sleeps")
    )
    node.config.write_text(
        node.config.read_text()
        + f'''
[limits]
function_timeout = 2
{hosted}
[[carrier]]
name = "telco"
uri = "sip:{CARRIER}:9"
sources = ["{CARRIER}/32"]
[seed]
numbers = ["{NUMBER}"]
'''
    )
    node.start()
    call = sdk(node)
    made = []
    for region, function in zip(REGIONS, functions):
        arn = f"arn:aws:lambda:{region}:111122223333:function:{function}"
        answer = call("CreateSipMediaApplication", AwsRegion=region, Name=function, Endpoints=[{"LambdaArn": arn}])
        made.append(answer["SipMediaApplication"]["SipMediaApplicationId"])
    targets = [
        {"SipMediaApplicationId": identity, "Priority": priority, "AwsRegion": region}
        for priority, (identity, region) in enumerate(zip(made, REGIONS), 1)
    ]
    # The order of the list does not matter, the priorities do.
    rule = call(
        "CreateSipRule",
        Name="three regions",
        TriggerType="ToPhoneNumber",
        TriggerValue=NUMBER,
        TargetApplications=targets[::-1],
    )["SipRule"]
    return Line(node), call, made, rule


@pytest.mark.parametrize("second", ["raises", "sleeps"])
def test_the_third_application_answers(exchange, sdk, sipp, second):  # noqa: F811
    at, _, made, rule = three_regions(exchange, sdk, ["missing", second, "answers"])
    sipp("caller_waits", at.udp).wait()
    events = at.events()
    kinds = [event["InvocationEventType"] for event in events]
    assert kinds[-2:] == ["ACTION_SUCCESSFUL", "HANGUP"]
    tried = [event for event in events if event["InvocationEventType"] == "NEW_INBOUND_CALL"]
    order = [event["CallDetails"]["SipMediaApplicationId"] for event in tried]
    assert sorted(set(order), key=order.index) == made
    assert [event["CallDetails"]["AwsRegion"] for event in tried] == [REGIONS[made.index(one)] for one in order]
    assert {event["Sequence"] for event in tried} == {1}
    assert len({event["CallDetails"]["TransactionId"] for event in events}) == 1
    assert {event["CallDetails"]["SipRuleId"] for event in events} == {rule["SipRuleId"]}
    assert {event["CallDetails"]["SipMediaApplicationId"] for event in events[len(tried) :]} == {made[2]}
    assert [event["Sequence"] for event in events[len(tried) :]] == [2, 3], "counted on from 1"
    at.one_record_per_leg(1)


def test_when_all_fail_the_call_ends_with_480(exchange, sdk, sipp):  # noqa: F811
    at, _, _, _ = three_regions(exchange, sdk, ["missing", "raises", "sleeps"])
    sipp("caller_refused", at.udp, fill={"status": 480}).wait()
    at.idle()
    kinds = {event["InvocationEventType"] for event in at.node.events(at.calls()[0])}
    assert kinds == {"NEW_INBOUND_CALL"}, "no function took the call, so none is told of its end"
    at.one_record_per_leg(1)


def test_a_disabled_rule_brings_no_call_until_it_is_enabled(exchange, sdk, sipp):  # noqa: F811
    at, call, _, rule = three_regions(exchange, sdk, ["answers", "answers", "answers"])
    of = {"SipRuleId": rule["SipRuleId"], "Name": rule["Name"]}
    call("UpdateSipRule", Disabled=True, **of)
    sipp("caller_refused", at.udp, fill={"status": 404}).wait()
    assert at.node.journals() == []
    call("UpdateSipRule", Disabled=False, **of)
    sipp("caller_waits", at.udp).wait()
    assert at.kinds()[-1] == "HANGUP LEG-A"


def test_a_number_nobody_owns(exchange, sdk, sipp):  # noqa: F811
    at, _, _, _ = three_regions(exchange, sdk, ["answers", "answers", "answers"])
    sipp("caller_refused", at.udp, to="+15559999", fill={"status": 404}).wait()
    assert at.node.journals() == []


def test_both_triggers(exchange, sdk, sipp):  # noqa: F811
    """A number that a carrier calls, and a connector's host whatever its equipment dials there."""
    plan = {"NEW_INBOUND_CALL": [pause(100)], "ACTION_SUCCESSFUL:Pause": [hangup()]}
    at = line(exchange, plan, rule_on_connector=True)
    call = sdk(at.node)
    rules = {rule["TriggerType"]: rule for rule in call("ListSipRules")["SipRules"]}
    sipp("caller_waits", at.udp).wait()
    by_number = at.events()[0]["CallDetails"]
    assert by_number["SipRuleId"] == rules["ToPhoneNumber"]["SipRuleId"]
    sipp("caller_waits", at.udp, host=PBX, domain=HOST, to="anything", caller="1001").wait()
    at.events(call=1)
    by_host = next(
        events[0]["CallDetails"]
        for events in map(at.node.events, at.calls(2))
        if events[0]["CallDetails"]["SipRuleId"] == rules["RequestUriHostname"]["SipRuleId"]
    )
    assert (by_host["Participants"][0]["To"], by_host["Participants"][0]["From"]) == ("anything", "1001")
    at.one_record_per_leg(2)


def test_an_application_gets_another_function(exchange, sdk, sipp):  # noqa: F811
    at, call, made, _ = three_regions(exchange, sdk, ["answers", "answers", "answers"])
    missing = [{"LambdaArn": "arn:aws:lambda:us-east-1:111122223333:function:missing"}]
    sipp("caller_waits", at.udp).wait()
    call("UpdateSipMediaApplication", SipMediaApplicationId=made[0], Endpoints=missing)
    sipp("caller_waits", at.udp).wait()
    served = [at.events(call=n)[-1]["CallDetails"]["SipMediaApplicationId"] for n in range(2)]
    assert served == made[:2], "the next call goes past the missing function"
    refusal = refused(call, "DeleteSipMediaApplication", SipMediaApplicationId=made[0])
    assert refusal.name == "ConflictException"
