"""What meetings tell: to the receivers their creators name, and to the sinks of the configuration."""

import http.server
import json
import re
import threading
import time
import urllib.request

import boto3
import pytest

from exchange import wait_for

AWS = {"AWS_ACCESS_KEY_ID": "AKIATEST", "AWS_SECRET_ACCESS_KEY": "test"}
HANDLER = """
import json, os

def handler(event, context):
    with open(os.environ["DIARY"], "a") as diary:
        diary.write(json.dumps(event) + "\\n")
"""


@pytest.fixture(scope="module")
def aws():
    """moto's server: its URL."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def hooks():
    """A web server that keeps what is posted; `failures` are answered 503 first."""
    kept = []

    class Hook(http.server.BaseHTTPRequestHandler):
        failures = 0

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = 200
            if Hook.failures:
                Hook.failures, status = Hook.failures - 1, 503
            else:
                kept.append((dict(self.headers), json.loads(body)))
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    server.kept, server.url, server.hook = kept, f"http://127.0.0.1:{server.server_port}/hook", Hook
    yield server
    server.shutdown()
    server.server_close()


def client(aws, service):
    return boto3.client(
        service,
        endpoint_url=aws,
        region_name="us-east-1",
        aws_access_key_id="AKIATEST",
        aws_secret_access_key="test",
    )


def lines(path):
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def told(events):
    return [event["detail"]["eventType"] for event in events]


def a_short_life(node, **more):
    """A meeting with one attendee, and both gone again; their ids."""
    meetings = node.client("chime-sdk-meetings")
    made = meetings.create_meeting_with_attendees(
        ClientRequestToken="token",
        MediaRegion="eu-central-1",
        ExternalMeetingId="weekly",
        Attendees=[{"ExternalUserId": "anna"}],
        **more,
    )
    where, anna = made["Meeting"]["MeetingId"], made["Attendees"][0]["AttendeeId"]
    meetings.delete_attendee(MeetingId=where, AttendeeId=anna)
    meetings.delete_meeting(MeetingId=where)
    return where, anna


LIFE = ["chime:MeetingStarted", "chime:AttendeeAdded", "chime:AttendeeDeleted", "chime:MeetingEnded"]


def test_a_file_and_a_url_hear_of_every_meeting_in_order(exchange, hooks, tmp_path):
    path = tmp_path / "events.jsonl"
    node = exchange(
        f"""
[[events.sink]]
kind = "file"
path = "{path}"
[[events.sink]]
kind = "http"
url = "{hooks.url}"
"""
    )
    hooks.hook.failures = 1
    where, anna = a_short_life(node)
    wait_for(lambda: len(lines(path)) == 4, 20, "the file")
    wait_for(lambda: len(hooks.kept) == 4, 20, "the URL, though it failed at first")
    written = lines(path)
    assert told(written) == LIFE
    added = written[1]
    assert added["source"] == "aws.chime" and added["detail-type"] == "Chime Meeting State Change"
    assert (added["account"], added["region"], added["version"]) == ("111122223333", "us-east-1", "0")
    assert re.match(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", added["time"]) and added["resources"] == []
    detail = dict(added["detail"])
    assert abs(detail.pop("timestamp") / 1000 - time.time()) < 120
    assert detail == {
        "version": "0",
        "eventType": "chime:AttendeeAdded",
        "meetingId": where,
        "attendeeId": anna,
        "externalUserId": "anna",
        "externalMeetingId": "weekly",
        "mediaRegion": "eu-central-1",
    }
    assert "attendeeId" not in written[0]["detail"]
    assert [event for _, event in hooks.kept] == written, "both tell the same"
    assert [headers["idempotency-key"] for headers, _ in hooks.kept] == [event["id"] for event in written]
    assert len({event["id"] for event in written}) == 4


def test_function_topic_and_queue_of_a_meeting_hear_of_it_alone(exchange, aws, tmp_path):
    sqs, sns = client(aws, "sqs"), client(aws, "sns")
    queue = sqs.create_queue(QueueName="meetings")["QueueUrl"]
    behind = sqs.create_queue(QueueName="behind-the-topic")["QueueUrl"]
    topic = sns.create_topic(Name="meetings")["TopicArn"]
    arn = "arn:aws:sqs:us-east-1:123456789012:"
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn + "behind-the-topic")
    code = tmp_path / "code"
    code.mkdir()
    (code / "index.py").write_text(HANDLER)
    diary = tmp_path / "diary"
    node = exchange(
        f"""
[events]
sns = "{aws}"
sqs = "{aws}"
[[function]]
name = "notified"
runtime = "python3"
code = "{code}"
handler = "index.handler"
env = {{ DIARY = "{diary}" }}
""",
        start=False,
    ).start(env=AWS)
    named = {
        "LambdaFunctionArn": "arn:aws:lambda:us-east-1:111122223333:function:notified",
        "SnsTopicArn": topic,
        "SqsQueueArn": arn + "meetings",
    }
    where, _ = a_short_life(node, NotificationsConfiguration=named)
    other = node.client("chime-sdk-meetings").create_meeting(
        ClientRequestToken="silent", MediaRegion="eu-central-1", ExternalMeetingId="silent"
    )["Meeting"]["MeetingId"]

    def taken(url, open_it):
        got = []
        while len(got) < 4:
            for message in sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=5)["Messages"]:
                got.append(open_it(json.loads(message["Body"])))
        return got

    from_queue = taken(queue, lambda body: body)
    from_topic = taken(behind, lambda body: json.loads(body["Message"]))
    wait_for(lambda: len(lines(diary)) == 4, 30, "the function")
    for heard in (from_queue, from_topic, lines(diary)):
        assert sorted(told(heard)) == sorted(LIFE)
        assert {event["detail"]["meetingId"] for event in heard} == {where} != {other}
    by_id = [sorted(event["id"] for event in heard) for heard in (from_queue, from_topic, lines(diary))]
    assert by_id[0] == by_id[1] == by_id[2]


def test_an_event_bus_hears_of_meetings(exchange, aws):
    events, sqs = client(aws, "events"), client(aws, "sqs")
    events.create_event_bus(Name="calls")
    queue = sqs.create_queue(QueueName="from-the-bus")["QueueUrl"]
    events.put_rule(Name="all", EventBusName="calls", EventPattern=json.dumps({"source": ["example.phones"]}))
    target = {"Id": "1", "Arn": "arn:aws:sqs:us-east-1:123456789012:from-the-bus"}
    events.put_targets(Rule="all", EventBusName="calls", Targets=[target])
    node = exchange(
        f"""
[[events.sink]]
kind = "eventbridge"
url = "{aws}"
bus = "calls"
source = "example.phones"
""",
        start=False,
    ).start(env=AWS)
    where, _ = a_short_life(node)
    got = []
    while len(got) < 4:
        for message in sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10, WaitTimeSeconds=5)["Messages"]:
            got.append(json.loads(message["Body"]))
    assert told(got) == LIFE
    assert {event["detail"]["meetingId"] for event in got} == {where}
    assert {event["detail-type"] for event in got} == {"Chime Meeting State Change"}


def test_receivers_that_are_not_there_hold_up_nobody_and_are_told_of(exchange, tmp_path):
    node = exchange(
        """
[events]
sqs = "http://127.0.0.1:9"
[[events.sink]]
kind = "http"
url = "http://127.0.0.1:9/"
"""
    )
    named = {
        "LambdaFunctionArn": "arn:aws:lambda:us-east-1:111122223333:function:nobody",
        "SnsTopicArn": "arn:aws:sns:us-east-1:111122223333:nowhere",
        "SqsQueueArn": "arn:aws:sqs:us-east-1:111122223333:nowhere",
    }
    began = time.monotonic()
    a_short_life(node, NotificationsConfiguration=named)
    assert time.monotonic() - began < 10, "requests are answered as ever"

    def failed():
        text = urllib.request.urlopen(node.api + "/metrics").read().decode()
        return int(re.search(r"^switchhook_events_failed_total (\d+)", text, re.M)[1])

    wait_for(lambda: failed() == 16, 60, "four events to four receivers")
    log = node.log.read_text()
    for receiver in [*named.values(), "127.0.0.1:9"]:
        assert re.search(f"could not be delivered.*{re.escape(receiver)}", log), receiver
    assert "AWS_ACCESS_KEY_ID" in log, "why the topic was not even tried"
