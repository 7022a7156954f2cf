"""Every operation of the control plane, by boto3 and by the JavaScript SDK, both unmodified."""

import pathlib
import re
import uuid

import pytest

from sdks import refused, sdk  # noqa: F401  (a fixture)
from telephony import CARRIER, udp_port

POOL = ["+12065550100-+12065550129", "+18005550100-+18005550109", "+442079460100-+442079460109"]
ISO = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
UUID = re.compile(r"^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")
LAMBDA = "arn:aws:lambda:us-east-1:111122223333:function:sma"
NOBODY = str(uuid.UUID(int=7, version=4))
NO_CONNECTOR = "zzzzzzzzzzzzzzzzzzzzzz"


@pytest.fixture
def call(exchange, sdk):  # noqa: F811
    """The SDK against a node with a carrier that offers numbers."""
    offered = ", ".join(f'"{numbers}"' for numbers in POOL)
    node = exchange(
        f'''
[[carrier]]
name = "telco"
uri = "sip:{CARRIER}:{udp_port(CARRIER)}"
prefixes = ["+1"]
numbers = [{offered}]
'''
    )
    made = sdk(node)
    made.node = node
    return made


def order(call, *numbers, product="SipMediaApplicationDialIn"):
    """Numbers of our own, as the CDK's custom resource gets them: order, then poll."""
    ordered = call("CreatePhoneNumberOrder", ProductType=product, E164PhoneNumbers=list(numbers))["PhoneNumberOrder"]
    assert ordered["Status"] == "Processing"
    while True:
        polled = call("GetPhoneNumberOrder", PhoneNumberOrderId=ordered["PhoneNumberOrderId"])["PhoneNumberOrder"]
        if polled["Status"] != "Processing":
            assert polled["Status"] == "Successful"
            return polled


def application(call, name="front desk", region="us-east-1"):
    answer = call("CreateSipMediaApplication", AwsRegion=region, Name=name, Endpoints=[{"LambdaArn": LAMBDA}])
    return answer["SipMediaApplication"]


def connector(call, name="pbx", **more):
    answer = call("CreateVoiceConnector", Name=name, **{"RequireEncryption": False, **more})
    return answer["VoiceConnector"]


def target(made, priority=1):
    return {
        "SipMediaApplicationId": made["SipMediaApplicationId"],
        "Priority": priority,
        "AwsRegion": made["AwsRegion"],
    }


def rule(call, number, made, **more):
    answer = call(
        "CreateSipRule",
        Name="to the desk",
        TriggerType="ToPhoneNumber",
        TriggerValue=number,
        TargetApplications=[target(made)],
        **more,
    )
    return answer["SipRule"]


def is_refused(call, name, status, operation, **given):
    """The refusal reaches the program as the service's own class."""
    refusal = refused(call, operation, **given)
    assert (refusal.name, refusal.status, refusal.typed) == (name, status, True), refusal
    assert refusal.message, "it says why"
    return refusal.message


def test_applications(call):
    made = call(
        "CreateSipMediaApplication",
        AwsRegion="us-east-1",
        Name="front desk",
        Endpoints=[{"LambdaArn": LAMBDA}],
        Tags=[{"Key": "team", "Value": "telephony"}],
    )
    assert made["$status"] == 201 and made["$id"]
    made = made["SipMediaApplication"]
    identity = made["SipMediaApplicationId"]
    assert UUID.match(identity)
    assert made["SipMediaApplicationArn"] == f"arn:aws:chime:us-east-1:111122223333:sma/{identity}"
    assert made["Endpoints"] == [{"LambdaArn": LAMBDA}]
    assert ISO.match(made["CreatedTimestamp"]) and ISO.match(made["UpdatedTimestamp"])

    assert call("GetSipMediaApplication", SipMediaApplicationId=identity)["SipMediaApplication"] == made
    changed = call("UpdateSipMediaApplication", SipMediaApplicationId=identity, Name="night desk")
    assert changed["SipMediaApplication"]["Name"] == "night desk"
    assert changed["SipMediaApplication"]["Endpoints"] == [{"LambdaArn": LAMBDA}], "what is left out stays"
    swapped = [{"LambdaArn": LAMBDA.replace("sma", "other")}]
    changed = call("UpdateSipMediaApplication", SipMediaApplicationId=identity, Endpoints=swapped)
    assert changed["SipMediaApplication"]["Endpoints"] == swapped
    assert call("ListSipMediaApplications")["SipMediaApplications"] == [changed["SipMediaApplication"]]

    logging = {"EnableSipMediaApplicationMessageLogs": True}
    put = call(
        "PutSipMediaApplicationLoggingConfiguration",
        SipMediaApplicationId=identity,
        SipMediaApplicationLoggingConfiguration=logging,
    )
    assert put["SipMediaApplicationLoggingConfiguration"] == logging
    got = call("GetSipMediaApplicationLoggingConfiguration", SipMediaApplicationId=identity)
    assert got["SipMediaApplicationLoggingConfiguration"] == logging

    assert call("DeleteSipMediaApplication", SipMediaApplicationId=identity)["$status"] == 204
    is_refused(call, "NotFoundException", 404, "GetSipMediaApplication", SipMediaApplicationId=identity)


def test_rules(call):
    order(call, "+12065550100")
    first, second = application(call, "a"), application(call, "b", region="us-west-2")
    made = rule(call, "+12065550100", first)
    identity = made["SipRuleId"]
    assert UUID.match(identity) and made["Disabled"] is False
    assert call("GetSipRule", SipRuleId=identity)["SipRule"] == made
    assert call("ListSipRules", SipMediaApplicationId=first["SipMediaApplicationId"])["SipRules"] == [made]
    assert call("ListSipRules", SipMediaApplicationId=second["SipMediaApplicationId"])["SipRules"] == []

    again = dict(Name="x", TriggerType="ToPhoneNumber", TargetApplications=[target(first)])
    is_refused(call, "ConflictException", 409, "CreateSipRule", TriggerValue="+12065550100", **again)
    # What the CDK's construct retries while a fresh number settles.
    is_refused(call, "BadRequestException", 400, "CreateSipRule", TriggerValue="+12065550101", **again)

    changed = call(
        "UpdateSipRule",
        SipRuleId=identity,
        Name="to both",
        TargetApplications=[target(second, 2), target(first, 1)],
    )
    assert changed["$status"] == 202
    assert [t["Priority"] for t in changed["SipRule"]["TargetApplications"]] == [1, 2]
    twice = [target(first, 1), target(application(call, "c"), 2)]
    is_refused(
        call, "BadRequestException", 400, "UpdateSipRule", SipRuleId=identity, Name="x", TargetApplications=twice
    )

    is_refused(call, "ConflictException", 409, "DeleteSipRule", SipRuleId=identity)
    in_use = first["SipMediaApplicationId"]
    is_refused(call, "ConflictException", 409, "DeleteSipMediaApplication", SipMediaApplicationId=in_use)
    call("UpdateSipRule", SipRuleId=identity, Name="to both", Disabled=True)
    assert call("DeleteSipRule", SipRuleId=identity)["$status"] == 204
    is_refused(call, "NotFoundException", 404, "GetSipRule", SipRuleId=identity)
    call("DeleteSipMediaApplication", SipMediaApplicationId=in_use)


def test_a_rule_on_a_connectors_host(call):
    made = connector(call)
    there = call(
        "CreateSipRule",
        Name="from the pbx",
        TriggerType="RequestUriHostname",
        TriggerValue=made["OutboundHostName"],
        Disabled=True,
        TargetApplications=[target(application(call))],
    )["SipRule"]
    assert there["Disabled"] is True
    identity = made["VoiceConnectorId"]
    is_refused(call, "ConflictException", 409, "DeleteVoiceConnector", VoiceConnectorId=identity)
    call("DeleteSipRule", SipRuleId=there["SipRuleId"])
    call("DeleteVoiceConnector", VoiceConnectorId=identity)
    is_refused(
        call,
        "BadRequestException",
        400,
        "CreateSipRule",
        Name="x",
        TriggerType="RequestUriHostname",
        TriggerValue=made["OutboundHostName"],
        TargetApplications=[target(application(call))],
    )


def test_pages_of_applications_and_rules(call):
    numbers = [f"+120655501{n:02}" for n in range(5)]
    order(call, *numbers)
    desks = [application(call, f"desk {n}") for n in range(5)]
    rules = [rule(call, number, desk) for number, desk in zip(numbers, desks)]

    pages = call.pages("ListSipMediaApplications", 2)
    assert [len(page["SipMediaApplications"]) for page in pages] == [2, 2, 1]
    assert "NextToken" not in pages[-1]
    found = {a["SipMediaApplicationId"] for page in pages for a in page["SipMediaApplications"]}
    assert found == {desk["SipMediaApplicationId"] for desk in desks}

    pages = call.pages("ListSipRules", 3)
    assert [len(page["SipRules"]) for page in pages] == [3, 2]
    assert {r["SipRuleId"] for page in pages for r in page["SipRules"]} == {r["SipRuleId"] for r in rules}

    is_refused(call, "BadRequestException", 400, "ListSipRules", NextToken="made up")
    token = call("ListSipMediaApplications", MaxResults=1)["NextToken"]
    is_refused(call, "BadRequestException", 400, "ListSipRules", NextToken=token)


def test_connectors(call):
    made = call("CreateVoiceConnector", Name="pbx", AwsRegion="us-west-2", RequireEncryption=False)
    assert made["$status"] == 201
    made = made["VoiceConnector"]
    identity = made["VoiceConnectorId"]
    assert re.match(r"^[0-9a-z]{22}$", identity)
    # What the CDK's construct wants of a trigger.
    assert re.match(r"^[0-9a-z]{22}.voiceconnector.chime.aws$", made["OutboundHostName"])
    assert made["VoiceConnectorArn"] == f"arn:aws:chime:us-west-2:111122223333:vc/{identity}"
    assert call("GetVoiceConnector", VoiceConnectorId=identity)["VoiceConnector"] == made
    assert call("ListVoiceConnectors")["VoiceConnectors"] == [made]
    changed = call("UpdateVoiceConnector", VoiceConnectorId=identity, Name="the pbx", RequireEncryption=True)
    assert changed["VoiceConnector"]["RequireEncryption"] is True
    assert len(call("ListAvailableVoiceConnectorRegions")["VoiceConnectorRegions"]) == 10
    assert call("DeleteVoiceConnector", VoiceConnectorId=identity)["$status"] == 204
    is_refused(call, "NotFoundException", 404, "GetVoiceConnector", VoiceConnectorId=identity)


def test_origination(call):
    of = {"VoiceConnectorId": connector(call)["VoiceConnectorId"]}
    is_refused(call, "NotFoundException", 404, "GetVoiceConnectorOrigination", **of)
    is_refused(call, "BadRequestException", 400, "PutVoiceConnectorOrigination", Origination={}, **of)
    route = {"Host": "10.0.0.7", "Port": 5080, "Protocol": "TCP", "Priority": 2, "Weight": 30}
    put = call("PutVoiceConnectorOrigination", Origination={"Routes": [route], "Disabled": False}, **of)
    assert put["Origination"] == {"Routes": [route], "Disabled": False}
    assert call("GetVoiceConnectorOrigination", **of)["Origination"] == put["Origination"]
    sparse = call("PutVoiceConnectorOrigination", Origination={"Routes": [{"Host": "sbc.example.net"}]}, **of)
    assert sparse["Origination"]["Routes"][0]["Port"] == 5060
    assert call("DeleteVoiceConnectorOrigination", **of)["$status"] == 204
    is_refused(call, "NotFoundException", 404, "GetVoiceConnectorOrigination", **of)


def test_termination_and_its_health(call):
    of = {"VoiceConnectorId": connector(call)["VoiceConnectorId"]}
    is_refused(call, "NotFoundException", 404, "GetVoiceConnectorTermination", **of)
    given = {"CallingRegions": ["US"], "CidrAllowedList": ["10.24.34.0/23"], "CpsLimit": 3, "Disabled": False}
    put = call("PutVoiceConnectorTermination", Termination=given, **of)["Termination"]
    assert put == given
    assert call("GetVoiceConnectorTermination", **of)["Termination"] == given
    replaced = {"CallingRegions": ["US", "CA"], "CidrAllowedList": ["192.0.2.9/32"]}
    put = call("PutVoiceConnectorTermination", Termination=replaced, **of)["Termination"]
    assert put["CidrAllowedList"] == ["192.0.2.9/32"], "the list is replaced, not added to"
    assert call("GetVoiceConnectorTerminationHealth", **of)["TerminationHealth"] == {}
    bad = {"CallingRegions": ["US"], "CidrAllowedList": ["10.24.34.0/99"]}
    is_refused(call, "BadRequestException", 400, "PutVoiceConnectorTermination", Termination=bad, **of)
    assert call("DeleteVoiceConnectorTermination", **of)["$status"] == 204
    is_refused(call, "NotFoundException", 404, "GetVoiceConnectorTermination", **of)


def test_credentials(call):
    of = {"VoiceConnectorId": connector(call)["VoiceConnectorId"]}
    users = [{"Username": "anna", "Password": "one"}, {"Username": "bert", "Password": "two"}]
    assert call("PutVoiceConnectorTerminationCredentials", Credentials=users, **of)["$status"] == 204
    call("PutVoiceConnectorTerminationCredentials", Credentials=[{"Username": "carl", "Password": "3"}], **of)
    names = call("ListVoiceConnectorTerminationCredentials", **of)["Usernames"]
    assert sorted(names) == ["anna", "bert", "carl"], "others stay"
    assert call("DeleteVoiceConnectorTerminationCredentials", Usernames=["anna"], **of)["$status"] == 204
    assert sorted(call("ListVoiceConnectorTerminationCredentials", **of)["Usernames"]) == ["bert", "carl"]


def test_streaming_and_logging(call):
    of = {"VoiceConnectorId": connector(call)["VoiceConnectorId"]}
    is_refused(call, "NotFoundException", 404, "GetVoiceConnectorStreamingConfiguration", **of)
    given = {
        "DataRetentionInHours": 24,
        "Disabled": False,
        "StreamingNotificationTargets": [{"NotificationTarget": "EventBridge"}],
    }
    put = call("PutVoiceConnectorStreamingConfiguration", StreamingConfiguration=given, **of)
    assert put["StreamingConfiguration"] == given
    assert call("GetVoiceConnectorStreamingConfiguration", **of)["StreamingConfiguration"] == given
    assert call("DeleteVoiceConnectorStreamingConfiguration", **of)["$status"] == 204
    is_refused(call, "NotFoundException", 404, "GetVoiceConnectorStreamingConfiguration", **of)

    assert call("GetVoiceConnectorLoggingConfiguration", **of)["LoggingConfiguration"] == {}
    put = call("PutVoiceConnectorLoggingConfiguration", LoggingConfiguration={"EnableSIPLogs": True}, **of)
    assert put["LoggingConfiguration"] == {"EnableSIPLogs": True}, "what was left out stays out"
    assert call("GetVoiceConnectorLoggingConfiguration", **of)["LoggingConfiguration"] == {"EnableSIPLogs": True}


def test_numbers_as_the_cdk_gets_and_releases_them(call):
    """Search, order, poll, list, update, associate, disassociate, delete, restore."""
    call("ListPhoneNumbers", Status="Unassigned")
    found = call("SearchAvailablePhoneNumbers", Country="US", AreaCode="206", MaxResults=2)["E164PhoneNumbers"]
    assert found == ["+12065550100", "+12065550101"]
    polled = order(call, *found, product="VoiceConnector")
    assert polled["OrderType"] == "New"
    assert {number["Status"] for number in polled["OrderedPhoneNumbers"]} == {"Acquired"}
    orders = call("ListPhoneNumberOrders")["PhoneNumberOrders"]
    assert [o["PhoneNumberOrderId"] for o in orders] == [polled["PhoneNumberOrderId"]]
    rest = call("SearchAvailablePhoneNumbers", Country="US", AreaCode="206", MaxResults=500)["E164PhoneNumbers"]
    assert not set(rest) & set(found), "owned numbers are not offered"

    mine = call("ListPhoneNumbers", ProductType="VoiceConnector")["PhoneNumbers"]
    assert [number["E164PhoneNumber"] for number in mine] == found
    identity = mine[0]["PhoneNumberId"]
    assert identity == "%2B12065550100", "as the service writes it"
    for form in (identity, "+12065550100"):
        got = call("GetPhoneNumber", PhoneNumberId=form)["PhoneNumber"]
        assert got["E164PhoneNumber"] == "+12065550100" and got["Status"] == "Unassigned"
        assert got["Country"] == "US" and got["Type"] == "Local"
        changed = call("UpdatePhoneNumber", PhoneNumberId=form, CallingName="Acme", Name="the desk")["PhoneNumber"]
        assert (changed["CallingName"], changed["Name"]) == ("Acme", "the desk")

    of = {"VoiceConnectorId": connector(call)["VoiceConnectorId"]}
    joined = call("AssociatePhoneNumbersWithVoiceConnector", E164PhoneNumbers=found, **of)
    assert joined["PhoneNumberErrors"] == []
    got = call("GetPhoneNumber", PhoneNumberId=identity)["PhoneNumber"]
    assert got["Status"] == "Assigned"
    assert got["Associations"][0]["Name"] == "VoiceConnectorId"
    listed = call("ListPhoneNumbers", FilterName="VoiceConnectorId", FilterValue=of["VoiceConnectorId"])
    assert len(listed["PhoneNumbers"]) == 2
    is_refused(call, "ConflictException", 409, "DeleteVoiceConnector", **of)
    is_refused(call, "BadRequestException", 400, "DeletePhoneNumber", PhoneNumberId=identity)
    is_refused(
        call,
        "ConflictException",
        409,
        "UpdatePhoneNumber",
        PhoneNumberId=identity,
        ProductType="SipMediaApplicationDialIn",
    )

    other = {"VoiceConnectorId": connector(call, "other")["VoiceConnectorId"]}
    taken = call("AssociatePhoneNumbersWithVoiceConnector", E164PhoneNumbers=found[:1], **other)
    assert taken["PhoneNumberErrors"][0]["PhoneNumberId"] == identity
    moved = call(
        "AssociatePhoneNumbersWithVoiceConnector", E164PhoneNumbers=found[:1], ForceAssociate=True, **other
    )
    assert moved["PhoneNumberErrors"] == []
    for place, numbers in ((of, found[1:]), (other, found[:1])):
        gone = call("DisassociatePhoneNumbersFromVoiceConnector", E164PhoneNumbers=numbers, **place)
        assert gone["PhoneNumberErrors"] == []

    for form, number in zip((identity, "+12065550101"), found):
        assert call("DeletePhoneNumber", PhoneNumberId=form)["$status"] == 204
        assert call("GetPhoneNumber", PhoneNumberId=form)["PhoneNumber"]["DeletionTimestamp"]
        restored = call("RestorePhoneNumber", PhoneNumberId=form)["PhoneNumber"]
        assert restored["E164PhoneNumber"] == number and "DeletionTimestamp" not in restored

    changed = call("UpdatePhoneNumber", PhoneNumberId=found[0], ProductType="SipMediaApplicationDialIn")
    assert changed["PhoneNumber"]["ProductType"] == "SipMediaApplicationDialIn"
    is_refused(call, "NotFoundException", 404, "GetPhoneNumber", PhoneNumberId="+12065559999")


def test_numbers_in_batches(call):
    order(call, "+12065550100", "+12065550101", product="VoiceConnector")
    items = [
        {"PhoneNumberId": "%2B12065550100", "Name": "first"},
        {"PhoneNumberId": "+12065550101", "ProductType": "SipMediaApplicationDialIn"},
        {"PhoneNumberId": "+12065559999", "Name": "nobodys"},
    ]
    errors = call("BatchUpdatePhoneNumber", UpdatePhoneNumberRequestItems=items)["PhoneNumberErrors"]
    assert [(e["PhoneNumberId"], e["ErrorCode"]) for e in errors] == [("%2B12065559999", "NotFound")]
    assert call("GetPhoneNumber", PhoneNumberId="+12065550100")["PhoneNumber"]["Name"] == "first"
    ids = ["+12065550100", "%2B12065550101"]
    assert call("BatchDeletePhoneNumber", PhoneNumberIds=ids)["PhoneNumberErrors"] == []
    left = call("ListPhoneNumbers", Status="Unassigned")["PhoneNumbers"]
    assert left == []


def test_searching_numbers(call):
    toll_free = call("SearchAvailablePhoneNumbers", Country="US", TollFreePrefix="800")["E164PhoneNumbers"]
    assert toll_free[0] == "+18005550100"
    assert call("SearchAvailablePhoneNumbers", Country="GB", MaxResults=3)["E164PhoneNumbers"] == [
        "+442079460100",
        "+442079460101",
        "+442079460102",
    ]
    state = call("SearchAvailablePhoneNumbers", State="WA", PhoneNumberType="Local", MaxResults=1)
    assert state["E164PhoneNumbers"] == ["+12065550100"]
    page = call("SearchAvailablePhoneNumbers", AreaCode="206", MaxResults=1)
    following = call("SearchAvailablePhoneNumbers", AreaCode="206", MaxResults=1, NextToken=page["NextToken"])
    assert following["E164PhoneNumbers"] == ["+12065550101"]
    is_refused(call, "BadRequestException", 400, "SearchAvailablePhoneNumbers", Country="US")
    is_refused(call, "BadRequestException", 400, "SearchAvailablePhoneNumbers", City="Seattle", AreaCode="206")
    countries = call("ListSupportedPhoneNumberCountries", ProductType="VoiceConnector")["PhoneNumberCountries"]
    assert {c["CountryCode"] for c in countries} == {"US", "GB"}


def test_an_order_of_what_nobody_offers(call):
    made = call("CreatePhoneNumberOrder", ProductType="VoiceConnector", E164PhoneNumbers=["+12065559999", "+12065550100"])
    polled = call("GetPhoneNumberOrder", PhoneNumberOrderId=made["PhoneNumberOrder"]["PhoneNumberOrderId"])
    assert polled["PhoneNumberOrder"]["Status"] == "Partial"
    assert [n["Status"] for n in polled["PhoneNumberOrder"]["OrderedPhoneNumbers"]] == ["Failed", "Acquired"]
    is_refused(call, "NotFoundException", 404, "GetPhoneNumberOrder", PhoneNumberOrderId=NOBODY)


def test_tags(call):
    arn = application(call)["SipMediaApplicationArn"]
    tags = [{"Key": "team", "Value": "telephony"}, {"Key": "tier", "Value": ""}]
    assert call("TagResource", ResourceARN=arn, Tags=tags)["$status"] == 204
    assert call("ListTagsForResource", ResourceARN=arn)["Tags"] == tags
    assert call("UntagResource", ResourceARN=arn, TagKeys=["tier"])["$status"] == 204
    assert call("ListTagsForResource", ResourceARN=arn)["Tags"] == tags[:1]
    more = [{"Key": f"k{n}", "Value": "v"} for n in range(50)]
    is_refused(call, "ResourceLimitExceededException", 400, "TagResource", ResourceARN=arn, Tags=more)
    gone = arn[:-36] + NOBODY
    is_refused(call, "NotFoundException", 404, "ListTagsForResource", ResourceARN=gone)


def test_connector_groups(call):
    members = [connector(call, f"pbx {region}", AwsRegion=region) for region in ("us-east-1", "us-west-2")]
    items = [{"VoiceConnectorId": m["VoiceConnectorId"], "Priority": n + 1} for n, m in enumerate(members)]
    made = call("CreateVoiceConnectorGroup", Name="both", VoiceConnectorItems=items)
    assert made["$status"] == 201
    made = made["VoiceConnectorGroup"]
    of = {"VoiceConnectorGroupId": made["VoiceConnectorGroupId"]}
    assert made["VoiceConnectorItems"] == items
    assert call("GetVoiceConnectorGroup", **of)["VoiceConnectorGroup"] == made
    assert call("ListVoiceConnectorGroups")["VoiceConnectorGroups"] == [made]
    in_use = {"VoiceConnectorId": items[0]["VoiceConnectorId"]}
    is_refused(call, "ConflictException", 409, "DeleteVoiceConnector", **in_use)

    order(call, "+12065550100", product="VoiceConnector")
    numbers = ["+12065550100"]
    joined = call("AssociatePhoneNumbersWithVoiceConnectorGroup", E164PhoneNumbers=numbers, **of)
    assert joined["PhoneNumberErrors"] == []
    got = call("GetPhoneNumber", PhoneNumberId="+12065550100")["PhoneNumber"]
    assert got["Associations"][0]["Name"] == "VoiceConnectorGroupId"
    is_refused(call, "ConflictException", 409, "DeleteVoiceConnectorGroup", **of)
    gone = call("DisassociatePhoneNumbersFromVoiceConnectorGroup", E164PhoneNumbers=numbers, **of)
    assert gone["PhoneNumberErrors"] == []

    changed = call("UpdateVoiceConnectorGroup", Name="one", VoiceConnectorItems=items[:1], **of)
    assert changed["$status"] == 202
    assert changed["VoiceConnectorGroup"]["VoiceConnectorItems"] == items[:1], "items are replaced"
    call("UpdateVoiceConnectorGroup", Name="none", VoiceConnectorItems=[], **of)
    assert call("DeleteVoiceConnectorGroup", **of)["$status"] == 204
    is_refused(call, "NotFoundException", 404, "GetVoiceConnectorGroup", **of)


def test_settings(call):
    call("GetGlobalSettings")
    assert call("UpdateGlobalSettings", VoiceConnector={"CdrBucket": "call-records"})["$status"] == 204
    assert call("GetGlobalSettings")["VoiceConnector"] == {"CdrBucket": "call-records"}
    call("UpdateGlobalSettings", VoiceConnector={})
    assert "CdrBucket" not in call("GetGlobalSettings").get("VoiceConnector", {})
    assert call("UpdatePhoneNumberSettings", CallingName="Acme Ltd")["$status"] == 204
    assert call("GetPhoneNumberSettings")["CallingName"] == "Acme Ltd"


def test_what_a_connector_keeps_for_others(call):
    of = {"VoiceConnectorId": connector(call)["VoiceConnectorId"]}
    emergency = {"DNIS": [{"EmergencyPhoneNumber": "+12065550911", "CallingCountry": "US"}]}
    put = call("PutVoiceConnectorEmergencyCallingConfiguration", EmergencyCallingConfiguration=emergency, **of)
    assert put["EmergencyCallingConfiguration"] == emergency
    got = call("GetVoiceConnectorEmergencyCallingConfiguration", **of)
    assert got["EmergencyCallingConfiguration"] == emergency
    assert call("DeleteVoiceConnectorEmergencyCallingConfiguration", **of)["$status"] == 204
    is_refused(call, "NotFoundException", 404, "GetVoiceConnectorEmergencyCallingConfiguration", **of)

    systems = {
        "SessionBorderControllerTypes": ["RIBBON_SBC"],
        "ContactCenterSystemTypes": ["GENESYS_ENGAGE_ON_PREMISES"],
    }
    put = call("PutVoiceConnectorExternalSystemsConfiguration", **systems, **of)
    assert put["ExternalSystemsConfiguration"] == systems
    got = call("GetVoiceConnectorExternalSystemsConfiguration", **of)
    assert got["ExternalSystemsConfiguration"] == systems
    assert call("DeleteVoiceConnectorExternalSystemsConfiguration", **of)["$status"] == 204
    is_refused(call, "NotFoundException", 404, "GetVoiceConnectorExternalSystemsConfiguration", **of)


def test_the_two_call_operations_refuse_what_does_not_exist(call):
    made = application(call)["SipMediaApplicationId"]
    numbers = {"FromPhoneNumber": "+12065550100", "ToPhoneNumber": "+12065550199"}
    is_refused(
        call, "BadRequestException", 400, "CreateSipMediaApplicationCall", SipMediaApplicationId=NOBODY, **numbers
    )
    message = is_refused(
        call, "BadRequestException", 400, "CreateSipMediaApplicationCall", SipMediaApplicationId=made, **numbers
    )
    assert "FromPhoneNumber" in message
    order(call, "+12065550100")
    abroad = {**numbers, "ToPhoneNumber": "+33123456789"}
    message = is_refused(
        call, "BadRequestException", 400, "CreateSipMediaApplicationCall", SipMediaApplicationId=made, **abroad
    )
    assert "ToPhoneNumber" in message, "no carrier takes it"
    unknown = {"SipMediaApplicationId": made, "TransactionId": NOBODY, "Arguments": {}}
    is_refused(call, "NotFoundException", 404, "UpdateSipMediaApplicationCall", **unknown)


BAD = [
    # A required member missing is refused by both SDKs before anything is sent, so these are wrong in other ways.
    ("CreateSipMediaApplication", dict(AwsRegion="us-east-1", Name="", Endpoints=[{"LambdaArn": LAMBDA}])),
    ("CreateSipMediaApplication", dict(AwsRegion="us-east-1", Name="a/b", Endpoints=[{"LambdaArn": LAMBDA}])),
    ("CreateSipMediaApplication", dict(AwsRegion="us-east-1", Name="n" * 257, Endpoints=[{"LambdaArn": LAMBDA}])),
    ("CreateSipMediaApplication", dict(AwsRegion="us-east-1", Name="n", Endpoints=[{"LambdaArn": "my-function"}])),
    ("CreateSipMediaApplication", dict(AwsRegion="us-east-1", Name="n", Endpoints=[{"LambdaArn": LAMBDA}] * 2)),
    ("CreateSipRule", dict(Name="n", TriggerType="Nobody", TriggerValue="x", TargetApplications=[{"Priority": 1}])),
    ("CreateSipRule", dict(Name="n", TriggerType="ToPhoneNumber", TriggerValue="x", TargetApplications=[])),
    ("UpdateSipRule", dict(SipRuleId=NOBODY, Name="n", TargetApplications=[{"Priority": 1}] * 26)),
    ("ListSipRules", dict(MaxResults=101)),
    ("ListSipMediaApplications", dict(MaxResults=1000)),
    ("CreateVoiceConnector", dict(Name="n", RequireEncryption=False, AwsRegion="mars-1")),
    ("CreateVoiceConnector", dict(Name="n\r\nX", RequireEncryption=False)),
    ("GetVoiceConnector", dict(VoiceConnectorId="UPPER")),
    (
        "PutVoiceConnectorOrigination",
        dict(VoiceConnectorId=NO_CONNECTOR, Origination={"Routes": [{"Host": "h", "Protocol": "SCTP"}]}),
    ),
    (
        "PutVoiceConnectorOrigination",
        dict(VoiceConnectorId=NO_CONNECTOR, Origination={"Routes": [{"Host": "h", "Priority": 101}]}),
    ),
    (
        "PutVoiceConnectorOrigination",
        dict(VoiceConnectorId=NO_CONNECTOR, Origination={"Routes": [{"Host": "h", "Port": 65536}]}),
    ),
    (
        "CreateSipMediaApplicationCall",
        dict(SipMediaApplicationId=NOBODY, FromPhoneNumber="anna", ToPhoneNumber="+12065550100"),
    ),
    (
        "CreateSipMediaApplicationCall",
        dict(SipMediaApplicationId=NOBODY, FromPhoneNumber="+0123", ToPhoneNumber="+12065550100"),
    ),
    (
        "UpdateSipMediaApplicationCall",
        dict(SipMediaApplicationId=NOBODY, TransactionId=NOBODY, Arguments={f"k{n}": "v" for n in range(21)}),
    ),
    ("SearchAvailablePhoneNumbers", dict(TollFreePrefix="900")),
    ("SearchAvailablePhoneNumbers", dict(AreaCode="206", MaxResults=501)),
    ("CreatePhoneNumberOrder", dict(ProductType="Landline", E164PhoneNumbers=["+12065550100"])),
    ("UpdatePhoneNumber", dict(PhoneNumberId="+12065550100", CallingName="x")),
    ("ListPhoneNumbers", dict(FilterName="VoiceConnectorId")),
    ("ListPhoneNumbers", dict(Status="Lost")),
    ("TagResource", dict(ResourceARN="no arn", Tags=[{"Key": "k", "Value": "v"}])),
    ("TagResource", dict(ResourceARN="arn:aws:chime:x", Tags=[{"Key": "k" * 129, "Value": "v"}])),
    ("UpdateGlobalSettings", dict(VoiceConnector={"CdrBucket": "NOT A BUCKET"})),
    ("GetPhoneNumberOrder", dict(PhoneNumberOrderId="1")),
]


def test_what_is_wrong_in_any_field_is_a_typed_bad_request(call):
    for operation, given in BAD:
        try:
            refusal = refused(call, operation, **given)
        except AssertionError as error:
            raise AssertionError(f"{operation} {given}: {error}")
        except Exception as error:  # botocore checks minima itself
            assert type(error).__name__ == "ParamValidationError", (operation, given, error)
            continue
        expected = ("BadRequestException", 400, True)
        assert (refusal.name, refusal.status, refusal.typed) == expected, (operation, given, refusal)


NOT_SERVED = [
    (
        "ValidateE911Address",
        dict(
            AwsAccountId="111122223333",
            StreetNumber="1",
            StreetInfo="Main St",
            City="Seattle",
            State="WA",
            Country="US",
            PostalCode="98101",
        ),
    ),
    (
        "PutVoiceConnectorProxy",
        dict(VoiceConnectorId=NO_CONNECTOR, DefaultSessionExpiryMinutes=5, PhoneNumberPoolCountries=["US"]),
    ),
    ("GetVoiceConnectorProxy", dict(VoiceConnectorId=NO_CONNECTOR)),
    ("DeleteVoiceConnectorProxy", dict(VoiceConnectorId=NO_CONNECTOR)),
    (
        "CreateProxySession",
        dict(
            VoiceConnectorId=NO_CONNECTOR,
            ParticipantPhoneNumbers=["+12065550100", "+12065550101"],
            Capabilities=["Voice"],
        ),
    ),
    ("GetProxySession", dict(VoiceConnectorId=NO_CONNECTOR, ProxySessionId=NOBODY)),
    ("ListProxySessions", dict(VoiceConnectorId=NO_CONNECTOR)),
    (
        "UpdateProxySession",
        dict(VoiceConnectorId=NO_CONNECTOR, ProxySessionId=NOBODY, Capabilities=["Voice"]),
    ),
    ("DeleteProxySession", dict(VoiceConnectorId=NO_CONNECTOR, ProxySessionId=NOBODY)),
    (
        "CreateVoiceProfileDomain",
        dict(Name="d", ServerSideEncryptionConfiguration={"KmsKeyArn": "arn:aws:kms:us-east-1:111122223333:key/k"}),
    ),
    ("GetVoiceProfileDomain", dict(VoiceProfileDomainId=NOBODY)),
    ("ListVoiceProfileDomains", {}),
    ("UpdateVoiceProfileDomain", dict(VoiceProfileDomainId=NOBODY, Name="d")),
    ("DeleteVoiceProfileDomain", dict(VoiceProfileDomainId=NOBODY)),
    ("CreateVoiceProfile", dict(SpeakerSearchTaskId=NOBODY)),
    ("GetVoiceProfile", dict(VoiceProfileId=NOBODY)),
    ("ListVoiceProfiles", dict(VoiceProfileDomainId=NOBODY)),
    ("UpdateVoiceProfile", dict(VoiceProfileId=NOBODY, SpeakerSearchTaskId=NOBODY)),
    ("DeleteVoiceProfile", dict(VoiceProfileId=NOBODY)),
    (
        "StartSpeakerSearchTask",
        dict(VoiceConnectorId=NO_CONNECTOR, TransactionId=NOBODY, VoiceProfileDomainId=NOBODY),
    ),
    ("GetSpeakerSearchTask", dict(VoiceConnectorId=NO_CONNECTOR, SpeakerSearchTaskId=NOBODY)),
    ("StopSpeakerSearchTask", dict(VoiceConnectorId=NO_CONNECTOR, SpeakerSearchTaskId=NOBODY)),
    (
        "StartVoiceToneAnalysisTask",
        dict(VoiceConnectorId=NO_CONNECTOR, TransactionId=NOBODY, LanguageCode="en-US"),
    ),
    (
        "GetVoiceToneAnalysisTask",
        dict(VoiceConnectorId=NO_CONNECTOR, VoiceToneAnalysisTaskId=NOBODY, IsCaller=True),
    ),
    ("StopVoiceToneAnalysisTask", dict(VoiceConnectorId=NO_CONNECTOR, VoiceToneAnalysisTaskId=NOBODY)),
    ("GetSipMediaApplicationAlexaSkillConfiguration", dict(SipMediaApplicationId=NOBODY)),
    ("PutSipMediaApplicationAlexaSkillConfiguration", dict(SipMediaApplicationId=NOBODY)),
]


def test_an_operation_that_is_not_served_says_so_by_name(call):
    for operation, given in NOT_SERVED:
        refusal = refused(call, operation, **given)
        assert (refusal.name, refusal.status) == ("NotImplementedException", 501), (operation, refusal)
        assert operation in refusal.message
    assert call.node.alive()


def test_every_operation_of_the_model_is_called_here():
    import botocore.session

    model = botocore.session.get_session().get_service_model("chime-sdk-voice")
    text = pathlib.Path(__file__).read_text()
    missing = [name for name in model.operation_names if f'"{name}"' not in text]
    assert missing == []
    assert len(model.operation_names) == 96
