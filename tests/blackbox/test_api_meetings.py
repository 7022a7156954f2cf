"""Every operation of the control plane of meetings, by boto3 and by the JavaScript SDK, both unmodified."""

import base64
import concurrent.futures
import functools
import re
import uuid

import pytest

from sdks import refused, sdk  # noqa: F401  (a fixture)

UUID = re.compile(r"^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")
NOBODY = str(uuid.UUID(int=7, version=4))
EVERYTHING = {"Audio": "SendReceive", "Video": "SendReceive", "Content": "SendReceive"}


@pytest.fixture
def call(exchange, sdk):  # noqa: F811
    """The SDK's client of meetings against a node."""
    node = exchange()
    made = sdk(node)
    asked = functools.partial(made, service="meetings")
    asked.node, asked.sdk = node, made
    return asked


def order(token="a-token", **more):
    return {"ClientRequestToken": token, "MediaRegion": "eu-central-1", "ExternalMeetingId": "weekly", **more}


def meeting(call, **more):
    return call("CreateMeeting", **order(**more))["Meeting"]


def attendee(call, where, user, **more):
    return call("CreateAttendee", MeetingId=where, ExternalUserId=user, **more)["Attendee"]


def is_refused(call, name, status, operation, **given):
    """The refusal reaches the program as the service's own class."""
    refusal = refused(call, operation, **given)
    assert (refusal.name, refusal.status, refusal.typed) == (name, status, True), refusal
    assert refusal.message, "it says why"
    return refusal.message


def names(attendees):
    return sorted(one["ExternalUserId"] for one in attendees)


def test_a_meeting_is_made_found_and_ended(call):
    features = {
        "Audio": {"EchoReduction": "AVAILABLE"},
        "Video": {"MaxResolution": "HD"},
        "Content": {"MaxResolution": "FHD"},
        "Attendee": {"MaxCount": 10},
    }
    made = call(
        "CreateMeeting",
        **order(
            MeetingHostId="host",
            MeetingFeatures=features,
            TenantIds=["tenant-1"],
            Tags=[{"Key": "team", "Value": "blue"}],
            NotificationsConfiguration={"SqsQueueArn": "arn:aws:sqs:us-east-1:111122223333:meetings"},
            MediaPlacementNetworkType="DualStack",
        ),
    )
    assert made["$status"] == 200 and made["$id"]
    made = made["Meeting"]
    identity = made["MeetingId"]
    assert UUID.match(identity)
    assert made["MeetingArn"] == f"arn:aws:chime:us-east-1:111122223333:meeting/{identity}"
    assert (made["ExternalMeetingId"], made["MeetingHostId"]) == ("weekly", "host")
    assert (made["MediaRegion"], made["TenantIds"]) == ("eu-central-1", ["tenant-1"])
    assert made["MeetingFeatures"] == features
    place = made["MediaPlacement"]
    assert place["SignalingUrl"].startswith("ws") and place["SignalingUrl"].endswith(f"/control/{identity}")
    assert "?" not in place["SignalingUrl"] and place["AudioHostUrl"]
    assert call("GetMeeting", MeetingId=identity)["Meeting"] == made
    assert call("GetMeeting", MeetingId=identity.upper())["Meeting"] == made

    assert call("DeleteMeeting", MeetingId=identity)["$status"] == 204
    assert "ended" in is_refused(call, "NotFoundException", 404, "GetMeeting", MeetingId=identity)
    assert call("DeleteMeeting", MeetingId=identity)["$status"] == 204, "the page and the function both clean up"
    for operation in ("GetMeeting", "DeleteMeeting", "ListAttendees"):
        is_refused(call, "NotFoundException", 404, operation, MeetingId=NOBODY)


def test_a_request_token_names_one_meeting_in_any_mix_of_creations(call):
    def create(n):
        if n % 2:
            return call("CreateMeeting", **order())
        return call("CreateMeetingWithAttendees", **order(Attendees=[{"ExternalUserId": f"user-{n}"}]))

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        made = list(pool.map(create, range(8)))
    (identity,) = {one["Meeting"]["MeetingId"] for one in made}
    everybody = call("ListAttendees", MeetingId=identity)["Attendees"]
    assert names(everybody) == [f"user-{n}" for n in range(0, 8, 2)]
    again = call("CreateMeetingWithAttendees", **order(Attendees=[{"ExternalUserId": "user-2"}]))
    assert again["Attendees"] == [one for one in everybody if one["ExternalUserId"] == "user-2"]
    assert again["Errors"] == []
    call("DeleteMeeting", MeetingId=identity)
    assert meeting(call)["MeetingId"] != identity, "a new meeting once the old one has ended"


def test_attendees_are_made_once_for_each_user(call):
    where = meeting(call)["MeetingId"]
    made = call("CreateAttendee", MeetingId=where, ExternalUserId="anna")
    assert made["$status"] == 200
    anna = made["Attendee"]
    assert UUID.match(anna["AttendeeId"]) and anna["Capabilities"] == EVERYTHING
    token = anna["JoinToken"]
    assert re.match(r"^[A-Za-z0-9_-]{2,2048}$", token), "it can be a sub-protocol and part of a SIP URI"
    assert base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))[:37] == anna["AttendeeId"].encode() + b":"
    assert attendee(call, where, "anna") == anna
    assert call("GetAttendee", MeetingId=where, AttendeeId=anna["AttendeeId"])["Attendee"] == anna

    batch = call(
        "BatchCreateAttendee",
        MeetingId=where,
        Attendees=[
            {"ExternalUserId": "anna"},
            {"ExternalUserId": "ben", "Capabilities": {**EVERYTHING, "Audio": "Receive"}},
            {"ExternalUserId": "AWS:mine"},
            {"ExternalUserId": "carl", "Capabilities": {**EVERYTHING, "Video": "None"}},
        ],
    )
    assert names(batch["Attendees"]) == ["anna", "ben"] and batch["Attendees"][0] == anna
    assert [(one["ExternalUserId"], one["ErrorCode"]) for one in batch["Errors"]] == [
        ("AWS:mine", "BadRequest"),
        ("carl", "BadRequest"),
    ]
    assert all(one["ErrorMessage"] for one in batch["Errors"])
    assert len({one["JoinToken"] for one in batch["Attendees"]}) == 2

    gone = {"MeetingId": where, "AttendeeId": anna["AttendeeId"]}
    assert call("DeleteAttendee", **gone)["$status"] == 204
    assert call("DeleteAttendee", **gone)["$status"] == 204
    is_refused(call, "NotFoundException", 404, "GetAttendee", **gone)
    is_refused(call, "NotFoundException", 404, "DeleteAttendee", MeetingId=where, AttendeeId=NOBODY)
    assert names(call("ListAttendees", MeetingId=where)["Attendees"]) == ["ben"]
    assert attendee(call, where, "anna")["AttendeeId"] != anna["AttendeeId"]


def test_attendees_come_in_pages(call):
    where, other = meeting(call)["MeetingId"], meeting(call, token="other")["MeetingId"]
    users = [f"user-{n:03}" for n in range(103)]
    call("BatchCreateAttendee", MeetingId=where, Attendees=[{"ExternalUserId": user} for user in users[:100]])
    call("BatchCreateAttendee", MeetingId=where, Attendees=[{"ExternalUserId": user} for user in users[100:]])
    seen, sizes, more = [], [], {}
    while True:
        page = call("ListAttendees", MeetingId=where, MaxResults=50, **more)
        seen += page["Attendees"]
        sizes.append(len(page["Attendees"]))
        if not page.get("NextToken"):
            break
        more = {"NextToken": page["NextToken"]}
    assert (names(seen), sizes) == (users, [50, 50, 3])
    assert len(call("ListAttendees", MeetingId=where)["Attendees"]) == 100, "as many as a page may have"
    is_refused(call, "BadRequestException", 400, "ListAttendees", MeetingId=other, **more)
    is_refused(call, "BadRequestException", 400, "ListAttendees", MeetingId=where, NextToken="page two")
    assert call("ListAttendees", MeetingId=other)["Attendees"] == []


def test_a_meeting_has_so_many_attendees_and_no_more(call):
    where = meeting(call, MeetingFeatures={"Attendee": {"MaxCount": 2}})["MeetingId"]
    users = [{"ExternalUserId": user} for user in ("anna", "ben", "carl")]
    batch = call("BatchCreateAttendee", MeetingId=where, Attendees=users)
    assert names(batch["Attendees"]) == ["anna", "ben"]
    assert [(one["ExternalUserId"], one["ErrorCode"]) for one in batch["Errors"]] == [("carl", "LimitExceeded")]
    is_refused(call, "LimitExceededException", 400, "CreateAttendee", MeetingId=where, ExternalUserId="carl")
    attendee(call, where, "anna")
    call("DeleteAttendee", MeetingId=where, AttendeeId=batch["Attendees"][0]["AttendeeId"])
    attendee(call, where, "carl")


def test_capabilities(call):
    where = meeting(call)["MeetingId"]
    anna, ben, carl = (attendee(call, where, user) for user in ("anna", "ben", "carl"))
    silent = {"Audio": "Receive", "Video": "Receive", "Content": "None"}
    changed = call("UpdateAttendeeCapabilities", MeetingId=where, AttendeeId=anna["AttendeeId"], Capabilities=silent)
    assert changed["Attendee"] == {**anna, "Capabilities": silent}
    only = {"Audio": "None", "Video": "None", "Content": "Send"}
    done = call(
        "BatchUpdateAttendeeCapabilitiesExcept",
        MeetingId=where,
        ExcludedAttendeeIds=[{"AttendeeId": anna["AttendeeId"]}, {"AttendeeId": NOBODY}],
        Capabilities=only,
    )
    assert done["$status"] == 200
    found = {one["ExternalUserId"]: one["Capabilities"] for one in call("ListAttendees", MeetingId=where)["Attendees"]}
    assert found == {"anna": silent, "ben": only, "carl": only}

    deaf = {"Audio": "SendReceive", "Video": "None", "Content": "Receive"}
    is_refused(
        call,
        "BadRequestException",
        400,
        "UpdateAttendeeCapabilities",
        MeetingId=where,
        AttendeeId=ben["AttendeeId"],
        Capabilities=deaf,
    )
    is_refused(
        call,
        "BadRequestException",
        400,
        "BatchUpdateAttendeeCapabilitiesExcept",
        MeetingId=where,
        ExcludedAttendeeIds=[{"AttendeeId": carl["AttendeeId"]}],
        Capabilities=deaf,
    )
    is_refused(
        call,
        "NotFoundException",
        404,
        "UpdateAttendeeCapabilities",
        MeetingId=where,
        AttendeeId=NOBODY,
        Capabilities=silent,
    )
    no_video = {"Video": {"MaxResolution": "None"}, "Content": {"MaxResolution": "None"}}
    plain = meeting(call, token="plain", MeetingFeatures=no_video)["MeetingId"]
    dora = attendee(call, plain, "dora")
    assert dora["Capabilities"] == {"Audio": "SendReceive", "Video": "None", "Content": "None"}
    is_refused(
        call,
        "BadRequestException",
        400,
        "CreateAttendee",
        MeetingId=plain,
        ExternalUserId="emil",
        Capabilities=EVERYTHING,
    )


def test_transcription_says_that_nothing_transcribes(call):
    where = meeting(call)["MeetingId"]
    settings = {"EngineTranscribeSettings": {"LanguageCode": "en-US"}}
    start = functools.partial(is_refused, call, operation="StartMeetingTranscription")
    message = start(
        name="UnprocessableEntityException", status=422, MeetingId=where, TranscriptionConfiguration=settings
    )
    assert message == "No transcription engine is configured."
    medical = {"LanguageCode": "en-US", "Specialty": "CARDIOLOGY", "Type": "DICTATION"}
    for wrong in (
        {},
        {**settings, "EngineTranscribeMedicalSettings": medical},
        {"EngineTranscribeSettings": {"LanguageCode": "tlh"}},
    ):
        start(name="BadRequestException", status=400, MeetingId=where, TranscriptionConfiguration=wrong)
    assert call("StopMeetingTranscription", MeetingId=where)["$status"] == 200
    is_refused(call, "NotFoundException", 404, "StopMeetingTranscription", MeetingId=NOBODY)


def test_tags_of_a_meeting(call):
    made = meeting(call, Tags=[{"Key": "team", "Value": "blue"}])
    arn = made["MeetingArn"]
    tagged = call("TagResource", ResourceARN=arn, Tags=[{"Key": "room", "Value": "two words"}])
    assert tagged["$status"] == 204
    tags = call("ListTagsForResource", ResourceARN=arn)["Tags"]
    assert {tag["Key"]: tag["Value"] for tag in tags} == {"team": "blue", "room": "two words"}
    call("UntagResource", ResourceARN=arn, TagKeys=["team", "nothing"])
    assert call("ListTagsForResource", ResourceARN=arn)["Tags"] == [{"Key": "room", "Value": "two words"}]
    many = [{"Key": "k" * n, "Value": ""} for n in range(1, 51)]
    is_refused(call, "TooManyTagsException", 400, "TagResource", ResourceARN=arn, Tags=many)
    call("DeleteMeeting", MeetingId=made["MeetingId"])
    is_refused(call, "ResourceNotFoundException", 404, "ListTagsForResource", ResourceARN=arn)
    # The same path serves the tags of the telephone control plane.
    pbx = call.sdk("CreateVoiceConnector", Name="pbx", RequireEncryption=False)["VoiceConnector"]
    call.sdk("TagResource", ResourceARN=pbx["VoiceConnectorArn"], Tags=[{"Key": "a", "Value": "b"}])
    tags = call.sdk("ListTagsForResource", ResourceARN=pbx["VoiceConnectorArn"])["Tags"]
    assert tags == [{"Key": "a", "Value": "b"}]


def test_bad_input_is_refused_by_its_member(call):
    where = meeting(call)["MeetingId"]
    for member, wrong in {
        "ClientRequestToken": "no spaces",
        "MediaRegion": "x" * 65,
        "ExternalMeetingId": "aws:weekly",
        "MeetingHostId": "x" * 65,
        "TenantIds": ["aaaa"],
        "Tags": [{"Key": "a", "Value": "b"}, {"Key": "a", "Value": "c"}],
        "MeetingFeatures": {"Attendee": {"MaxCount": 251}},
        "MediaPlacementNetworkType": "Ipv6Only",
        "NotificationsConfiguration": {"LambdaFunctionArn": "not an arn"},
    }.items():
        message = is_refused(call, "BadRequestException", 400, "CreateMeeting", **{**order(), member: wrong})
        assert member in message, message
    for features in (
        {"Video": {"MaxResolution": "FHD"}},
        {"Content": {"MaxResolution": "UHD"}, "Attendee": {"MaxCount": 26}},
    ):
        is_refused(call, "BadRequestException", 400, "CreateMeeting", **order(MeetingFeatures=features))
    for operation, given in {
        "GetMeeting": {"MeetingId": "no-uuid"},
        "CreateAttendee": {"MeetingId": where, "ExternalUserId": "x" * 65},
        "GetAttendee": {"MeetingId": where, "AttendeeId": "no-uuid"},
        "ListAttendees": {"MeetingId": where, "MaxResults": 101},
        "UpdateAttendeeCapabilities": {
            "MeetingId": where,
            "AttendeeId": NOBODY,
            "Capabilities": {**EVERYTHING, "Audio": "Loud"},
        },
        "BatchCreateAttendee": {
            "MeetingId": where,
            "Attendees": [{"ExternalUserId": f"user-{n}"} for n in range(101)],
        },
        "CreateMeetingWithAttendees": order(Attendees=[{"ExternalUserId": f"user-{n}"} for n in range(21)]),
    }.items():
        is_refused(call, "BadRequestException", 400, operation, **given)
    replica = refused(call, "CreateMeeting", **order(token="replica", PrimaryMeetingId=where))
    assert (replica.name, replica.status) == ("NotImplementedException", 501)
    assert call("ListAttendees", MeetingId=where)["Attendees"] == [], "nothing came of it"


def test_meetings_survive_kill_9_and_ends_are_remembered(call):
    node = call.node
    kept = call("CreateMeetingWithAttendees", **order(Attendees=[{"ExternalUserId": "anna"}]))
    where, anna = kept["Meeting"]["MeetingId"], kept["Attendees"][0]
    ben = attendee(call, where, "ben")
    call("DeleteAttendee", MeetingId=where, AttendeeId=ben["AttendeeId"])
    ended = meeting(call, token="ended")["MeetingId"]
    call("DeleteMeeting", MeetingId=ended)
    node.kill()

    node.start()
    client = node.client("chime-sdk-meetings")
    found = client.get_meeting(MeetingId=where)["Meeting"]
    assert {**found, "MediaPlacement": None} == {**kept["Meeting"], "MediaPlacement": None}
    assert node.addresses["api"] in found["MediaPlacement"]["SignalingUrl"], "where the node is now"
    assert client.list_attendees(MeetingId=where)["Attendees"] == [anna]
    assert client.create_meeting(**order())["Meeting"]["MeetingId"] == where
    assert client.create_attendee(MeetingId=where, ExternalUserId="anna")["Attendee"] == anna
    client.delete_attendee(MeetingId=where, AttendeeId=ben["AttendeeId"])
    client.delete_meeting(MeetingId=ended)
    with pytest.raises(client.exceptions.NotFoundException):
        client.get_meeting(MeetingId=ended)


def test_tokens_and_names_are_in_no_log(call):
    secrets = ["weekly-secret", "anna-secret", "token-secret"]
    where = meeting(call, token=secrets[2], ExternalMeetingId=secrets[0])["MeetingId"]
    secrets.append(attendee(call, where, secrets[1])["JoinToken"])
    call("DeleteMeeting", MeetingId=where)
    call.node.stop()
    log = call.node.log.read_text()
    assert not [secret for secret in secrets if secret in log]
