"""Calls from outside: both SDKs make everything a call needs, start it and reach into it, while SIPp plays the far ends."""

import json
import sys

import pytest

from exchange import wait_for
from sdks import JS, Refused, needs_node, refused, sdk  # noqa: F401  (a fixture)
from sipp import needed
from sound import Ear, tone
from telephony import CARRIER, PBX, Line, action, hangup, pause, play, prompt, udp_port

pytestmark = needed

OURS, THEIRS = "+12065550100", "+12065550199"

# Answers an update by the plan its arguments name, everything else by its kind.
HANDLER = '''
import json, os
PLAN = json.loads(os.environ["PLAN"])

def handler(event, context):
    kind = event["InvocationEventType"]
    if kind == "CALL_UPDATE_REQUESTED":
        kind = event["ActionData"]["Parameters"]["Arguments"].get("do", "")
    return {"SchemaVersion": "1.0", "Actions": PLAN.get(kind, [])}
'''


def node_with(exchange, plan, carrier_port, limits="", **options):
    """A node whose only function follows `plan`; numbers, applications and connectors are made by the API."""
    node = exchange(start=False, **options)
    code = node.folder / "function"
    code.mkdir()
    (code / "index.py").write_text(HANDLER)
    (node.objects / "prompts").mkdir()
    node.config.write_text(
        node.config.read_text()
        + f"""
[limits]
{limits}
[[function]]
name = "desk"
runtime = "python3"
code = "{code}"
handler = "index.handler"
env = {{ PLAN = '{json.dumps(plan)}' }}
[[carrier]]
name = "telco"
uri = "sip:{CARRIER}:{carrier_port}"
prefixes = ["+1206"]
sources = ["{CARRIER}/32"]
numbers = ["{OURS}-+12065550109"]
"""
    )
    return node.start()


def made_by(call, route=None):
    """A number, an application and a rule, as a program makes them; a connector with a route where given."""
    ordered = call("CreatePhoneNumberOrder", ProductType="SipMediaApplicationDialIn", E164PhoneNumbers=[OURS])
    identity = ordered["PhoneNumberOrder"]["PhoneNumberOrderId"]
    polled = call("GetPhoneNumberOrder", PhoneNumberOrderId=identity)
    assert polled["PhoneNumberOrder"]["Status"] == "Successful"
    endpoints = [{"LambdaArn": "arn:aws:lambda:us-east-1:111122223333:function:desk"}]
    desk = call("CreateSipMediaApplication", AwsRegion="us-east-1", Name="desk", Endpoints=endpoints)
    desk = desk["SipMediaApplication"]
    target = {"SipMediaApplicationId": desk["SipMediaApplicationId"], "Priority": 1, "AwsRegion": "us-east-1"}
    call(
        "CreateSipRule",
        Name="desk",
        TriggerType="ToPhoneNumber",
        TriggerValue=OURS,
        TargetApplications=[target],
    )
    pbx = None
    if route:
        pbx = call("CreateVoiceConnector", Name="pbx", RequireEncryption=False)["VoiceConnector"]
        host, port = route
        routes = [{"Host": host, "Port": port, "Protocol": "UDP", "Priority": 1, "Weight": 1}]
        of = {"VoiceConnectorId": pbx["VoiceConnectorId"]}
        call("PutVoiceConnectorOrigination", Origination={"Routes": routes, "Disabled": False}, **of)
    return desk["SipMediaApplicationId"], pbx


def test_a_call_from_outside_is_updated_in_a_prompt_in_a_bridge_and_after_its_end(exchange, sdk, sipp):  # noqa: F811
    carrier, equipment = udp_port(CARRIER), udp_port(PBX)
    node = node_with(exchange, {}, carrier)
    call = sdk(node)
    application, pbx = made_by(call, route=(PBX, equipment))
    # The plan names the connector, which the API made just now.
    to_pbx = action(
        "CallAndBridge",
        CallTimeoutSeconds=20,
        CallerIdNumber=OURS,
        Endpoints=[{"BridgeEndpointType": "AWS", "Uri": "4711", "Arn": pbx["VoiceConnectorArn"]}],
        SipHeaders={"X-Case": "42"},
    )
    plan = {
        "CALL_ANSWERED": [play("long.wav", Repeat=50)],
        "transfer": [to_pbx],
        "end": [hangup("LEG-B"), hangup("LEG-A")],
    }
    new = HANDLER.replace('json.loads(os.environ["PLAN"])', repr(plan))
    (node.folder / "function" / "other.py").write_text(new)
    node.stop()
    node.config.write_text(node.config.read_text().replace("index.handler", "other.handler"))
    node.start()
    call = sdk(node)
    at = Line(node)
    prompt(at, "long.wav", tone(700, 1))

    ear = Ear(CARRIER)
    phone = sipp("callee_answers", host=CARRIER, port=carrier, rtp_port=ear.port)
    other = sipp("callee_answers", host=PBX, port=equipment)
    started = call(
        "CreateSipMediaApplicationCall",
        SipMediaApplicationId=application,
        FromPhoneNumber=OURS,
        ToPhoneNumber=THEIRS,
        ArgumentsMap={"case": "42"},
        SipHeaders={"X-Case": "42"},
    )
    assert started["$status"] == 201
    transaction = started["SipMediaApplicationCall"]["TransactionId"]
    live = {"SipMediaApplicationId": application, "TransactionId": transaction}
    at.events(until="CALL_ANSWERED")
    wait_for(lambda: ear.heard(700) > 0.3, message="the prompt is not heard")

    updated = call("UpdateSipMediaApplicationCall", Arguments={"do": "transfer"}, **live)
    assert updated["$status"] == 202
    assert updated["SipMediaApplicationCall"]["TransactionId"] == transaction
    at.events(until="ACTION_SUCCESSFUL")
    stranger = call(
        "CreateSipMediaApplication",
        AwsRegion="us-west-2",
        Name="other",
        Endpoints=[{"LambdaArn": "arn:aws:lambda:us-east-1:111122223333:function:desk"}],
    )["SipMediaApplication"]["SipMediaApplicationId"]
    foreign = {**live, "SipMediaApplicationId": stranger}
    assert refused(call, "UpdateSipMediaApplicationCall", Arguments={}, **foreign).name == "NotFoundException"

    call("UpdateSipMediaApplicationCall", Arguments={"do": "end"}, **live)
    phone.wait()
    other.wait()
    at.idle()
    gone = refused(call, "UpdateSipMediaApplicationCall", Arguments={"do": "end"}, **live)
    assert (gone.name, gone.status, gone.typed) == ("NotFoundException", 404, True)

    assert at.kinds(until="HANGUP") == [
        "NEW_OUTBOUND_CALL:CallCreateRequest",
        "RINGING",
        "CALL_ANSWERED",
        "CALL_UPDATE_REQUESTED:CallUpdateRequest",
        "ACTION_INTERRUPTED:PlayAudio",
        "ACTION_SUCCESSFUL:CallAndBridge",
        "CALL_UPDATE_REQUESTED:CallUpdateRequest",
        "HANGUP LEG-B",
        "ACTION_SUCCESSFUL:Hangup",
        "HANGUP LEG-A",
    ]
    events = node.events(transaction)
    assert [event["Sequence"] for event in events] == list(range(1, 11))
    assert events[0]["ActionData"]["Parameters"] == {"Arguments": {"case": "42"}}
    assert {event["CallDetails"]["TransactionId"] for event in events} == {transaction}
    assert {event["CallDetails"]["SipMediaApplicationId"] for event in events} == {application}
    assert all("SipRuleId" not in event["CallDetails"] for event in events), "no rule brought it"
    for far_end in (phone, other):
        assert "X-Case: 42" in far_end.received("INVITE")[0]
    at.one_record_per_leg(2)
    ear.close()


def test_a_call_is_updated_while_it_rings(exchange, sdk, sipp):  # noqa: F811
    carrier = udp_port(CARRIER)
    node = node_with(exchange, {"stop": [hangup("LEG-A")]}, carrier)
    call = sdk(node)
    application, _ = made_by(call)
    phone = sipp("callee_rings", host=CARRIER, port=carrier)
    started = call(
        "CreateSipMediaApplicationCall",
        SipMediaApplicationId=application,
        FromPhoneNumber=OURS,
        ToPhoneNumber=THEIRS,
    )["SipMediaApplicationCall"]
    at = Line(node)
    at.events(until="RINGING")
    live = {"SipMediaApplicationId": application, "TransactionId": started["TransactionId"]}
    call("UpdateSipMediaApplicationCall", Arguments={"do": "stop"}, **live)
    phone.wait()
    assert at.kinds() == [
        "NEW_OUTBOUND_CALL:CallCreateRequest",
        "RINGING",
        "CALL_UPDATE_REQUESTED:CallUpdateRequest",
        "HANGUP LEG-A",
    ]
    first = at.events()[0]
    assert first["ActionData"]["Parameters"] == {"Arguments": {}}, "also when no map was given"
    at.one_record_per_leg(1)


def test_a_call_that_is_refused_hangs_up_with_the_code(exchange, sdk, sipp):  # noqa: F811
    carrier = udp_port(CARRIER)
    node = node_with(exchange, {}, carrier)
    call = sdk(node)
    application, _ = made_by(call)
    phone = sipp("callee_refuses", host=CARRIER, port=carrier, fill={"status": 486})
    call(
        "CreateSipMediaApplicationCall",
        SipMediaApplicationId=application,
        FromPhoneNumber=OURS,
        ToPhoneNumber=THEIRS,
    )
    phone.wait()
    at = Line(node)
    hung_up = at.events()[-1]["ActionData"]["Parameters"]
    assert (hung_up["ParticipantTag"], hung_up["SipResponseCode"]) == ("LEG-A", 486)


@pytest.mark.parametrize("operation", ["CreateSipMediaApplicationCall", "UpdateSipMediaApplicationCall"])
def test_over_the_rate_a_client_is_throttled(exchange, sdk, sipp, operation):  # noqa: F811
    """The SDKs are told to try once only: by themselves they would wait for their turn."""
    carrier = udp_port(CARRIER)
    limits = "create_call_rate = 2\nupdate_call_rate = 2"
    node = node_with(exchange, {"CALL_ANSWERED": [pause(30000)]}, carrier, limits=limits)
    call = sdk(node, attempts=1)
    application, _ = made_by(call)
    sipp("callee_answers", host=CARRIER, port=carrier, calls=99)
    numbers = {"SipMediaApplicationId": application, "FromPhoneNumber": OURS, "ToPhoneNumber": THEIRS}
    started = call("CreateSipMediaApplicationCall", **numbers)["SipMediaApplicationCall"]
    live = {"SipMediaApplicationId": application, "TransactionId": started["TransactionId"], "Arguments": {}}
    given = numbers if operation.startswith("Create") else live
    with pytest.raises(Refused) as caught:
        for _ in range(200):
            call(operation, **given)
    refusal = caught.value
    assert (refusal.name, refusal.status, refusal.typed) == ("ThrottledClientException", 429, True)
    wait_for(lambda: is_admitted(call, operation, given), message="the next second admits again")
    assert call("GetSipMediaApplication", SipMediaApplicationId=application)["$status"] == 200


def is_admitted(call, operation, given):
    try:
        return call(operation, **given)
    except Refused as refusal:
        assert refusal.name == "ThrottledClientException"
        return None


PYTHON = """
import boto3

# As any Lambda function does it: endpoint, region and keys come from the environment.
chime = boto3.client("chime-sdk-voice")

def handler(event, context):
    details, kind = event["CallDetails"], event["InvocationEventType"]
    application, leg = details["SipMediaApplicationId"], details["Participants"][0]
    actions = []
    if kind == "NEW_INBOUND_CALL":
        chime.update_sip_media_application_call(
            SipMediaApplicationId=application, TransactionId=details["TransactionId"], Arguments={"said": "inside"}
        )
        actions = [{"Type": "Pause", "Parameters": {"DurationInMilliseconds": "30000"}}]
    elif kind == "CALL_UPDATE_REQUESTED":
        assert event["ActionData"]["Parameters"]["Arguments"] == {"said": "inside"}
        actions = [{"Type": "Hangup", "Parameters": {"SipResponseCode": "0"}}]
    elif kind == "HANGUP" and leg["Direction"] == "Inbound":
        chime.create_sip_media_application_call(
            SipMediaApplicationId=application,
            FromPhoneNumber=leg["To"],
            ToPhoneNumber=leg["From"],
            ArgumentsMap={"because": details["TransactionId"]},
        )
    elif kind == "CALL_ANSWERED":
        actions = [{"Type": "Hangup", "Parameters": {"SipResponseCode": "0"}}]
    return {"SchemaVersion": "1.0", "Actions": actions}
"""

NODE = """
const { ChimeSDKVoiceClient, CreateSipMediaApplicationCallCommand, UpdateSipMediaApplicationCallCommand } =
  require("@aws-sdk/client-chime-sdk-voice");
const chime = new ChimeSDKVoiceClient({});

exports.handler = async (event) => {
  const details = event.CallDetails;
  const kind = event.InvocationEventType;
  const SipMediaApplicationId = details.SipMediaApplicationId;
  const leg = details.Participants[0];
  const hangup = [{ Type: "Hangup", Parameters: { SipResponseCode: "0" } }];
  let Actions = [];
  if (kind === "NEW_INBOUND_CALL") {
    await chime.send(new UpdateSipMediaApplicationCallCommand({
      SipMediaApplicationId, TransactionId: details.TransactionId, Arguments: { said: "inside" },
    }));
    Actions = [{ Type: "Pause", Parameters: { DurationInMilliseconds: "30000" } }];
  } else if (kind === "CALL_UPDATE_REQUESTED") {
    if (event.ActionData.Parameters.Arguments.said !== "inside") throw new Error("other arguments");
    Actions = hangup;
  } else if (kind === "HANGUP" && leg.Direction === "Inbound") {
    await chime.send(new CreateSipMediaApplicationCallCommand({
      SipMediaApplicationId, FromPhoneNumber: leg.To, ToPhoneNumber: leg.From,
      ArgumentsMap: { because: details.TransactionId },
    }));
  } else if (kind === "CALL_ANSWERED") {
    Actions = hangup;
  }
  return { SchemaVersion: "1.0", Actions };
};
"""


@pytest.mark.parametrize("runtime", ["python3", pytest.param("node", marks=needs_node)])
def test_a_function_updates_its_call_and_calls_back_from_inside_its_invocation(exchange, sipp, runtime):
    """Keys are asked for, so that what the node gives its functions has to be right."""
    carrier = udp_port(CARRIER)
    node = exchange(start=False, any_key=False)
    code = node.folder / "function"
    code.mkdir()
    if runtime == "python3":
        (code / "index.py").write_text(PYTHON)
        how = f'interpreter = "{sys.executable}"'
    else:
        (code / "index.js").write_text(NODE)
        how = f'env = {{ NODE_PATH = "{JS}/node_modules" }}'
    node.config.write_text(
        node.config.read_text()
        + f"""
[[function]]
name = "desk"
runtime = "{runtime}"
code = "{code}"
handler = "index.handler"
{how}
[[carrier]]
name = "telco"
uri = "sip:{CARRIER}:{carrier}"
prefixes = ["+1206"]
sources = ["{CARRIER}/32"]
[seed]
numbers = ["{OURS}"]
[[seed.application]]
name = "desk"
function = "desk"
[[seed.rule]]
name = "desk"
number = "{OURS}"
applications = ["desk"]
"""
    )
    at = Line(node.start())
    called_back = sipp("callee_answers", host=CARRIER, port=carrier)
    sipp("caller_waits", at.udp, to=OURS, caller=THEIRS).wait()
    invite = called_back.wait().received("INVITE")[0]
    assert invite.startswith(f"INVITE sip:{THEIRS}@") and f"<sip:{OURS}@" in invite
    assert at.kinds() == [
        "NEW_INBOUND_CALL",
        "CALL_UPDATE_REQUESTED:CallUpdateRequest",
        "ACTION_INTERRUPTED:Pause",
        "HANGUP LEG-A",
    ]
    first, second = at.calls(2)
    assert at.kinds(call=1)[0] == "NEW_OUTBOUND_CALL:CallCreateRequest"
    arguments = at.events(call=1)[0]["ActionData"]["Parameters"]["Arguments"]
    assert arguments == {"because": first} and second != first
    at.one_record_per_leg(2)
