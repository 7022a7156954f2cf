"""Prompts and recordings in an S3 endpoint (moto's server): what AWS tools put there is played, and the other way round."""

import io
import socket
import subprocess
import sys
import wave

import boto3
import pytest

from customers import Function
from exchange import wait_for
from sound import heard, read_wav, tone
from test_media_actions import last, record

KEY, SECRET = "AKIAPROMPTS", "prompt-secret"


@pytest.fixture
def s3(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = open(tmp_path / "moto.log", "wb")
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)], stdout=log, stderr=log
    )

    def up():
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    wait_for(up, 40, "moto does not start")
    client = boto3.client(
        "s3",
        endpoint_url=f"http://127.0.0.1:{port}",
        region_name="us-east-1",
        aws_access_key_id=KEY,
        aws_secret_access_key=SECRET,
    )
    client.server = server
    yield client
    server.kill()
    server.wait(10)
    log.close()


def node_on(customers, s3, code):
    return customers(
        Function("+15550101", code),
        sections={"objects": f'endpoint = "{s3.meta.endpoint_url}"'},
        env={"AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET},
    )


def wav(samples):
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(8000)
        out.writeframes(samples.astype("<i2").tobytes())
    return file.getvalue()


def test_prompts_and_recordings_live_in_s3(customers, s3, tmp_path):
    code = """
def handler(event, context):
    kind = heard(event)
    if kind == "NEW_INBOUND_CALL":
        return say(play("menu/ask for a name.wav"), %s)
    if kind == "ACTION_SUCCESSFUL" and event["ActionData"]["Type"] == "RecordAudio":
        at = event["ActionData"]["RecordingDestination"]
        source = {"Type": "S3", "BucketName": at["BucketName"], "Key": at["Key"]}
        return say(action("PlayAudio", AudioSource=source), hangup())
    return say(hangup())
""" % record(DurationInSeconds=2)
    s3.create_bucket(Bucket="prompts")
    s3.create_bucket(Bucket="recordings")
    s3.put_object(Bucket="prompts", Key="menu/ask for a name.wav", Body=wav(tone(440, 1)), ContentType="audio/wav")
    node = node_on(customers, s3, code)
    call = node.dial("+15550101").wait_answered()
    call.hears(440, 0.7)
    call.ear.say(tone(700, 4))
    call.wait_ended(40)
    data = last(node, "ACTION_SUCCESSFUL")["ActionData"]["RecordingDestination"]
    stored = s3.get_object(Bucket=data["BucketName"], Key=data["Key"])
    assert stored["ContentType"] == "audio/wav"
    (tmp_path / "recording.wav").write_bytes(stored["Body"].read())
    samples, rate = read_wav(tmp_path / "recording.wav")
    assert rate == 8000 and heard(samples, 700) > 1.0
    assert call.ear.heard(700) > 1.0, "it was not played back"


def test_a_prompt_that_is_overwritten_is_read_anew(customers, s3):
    code = """
def handler(event, context):
    if heard(event) == "NEW_INBOUND_CALL":
        return say(play("one.wav"), hangup())
    return say()
"""
    s3.create_bucket(Bucket="prompts")
    node = node_on(customers, s3, code)
    for frequency in (500, 800):
        s3.put_object(Bucket="prompts", Key="one.wav", Body=wav(tone(frequency, 1)))
        for _ in range(2):
            call = node.dial("+15550101").wait_answered().wait_ended()
            assert 0.7 < call.ear.heard(frequency) < 1.3


def test_an_endpoint_that_is_down_fails_the_action_and_not_the_node(customers, s3):
    code = """
def handler(event, context):
    kind = heard(event)
    if kind == "NEW_INBOUND_CALL":
        return say(play("one.wav"))
    if kind == "ACTION_FAILED":
        return say(action("Speak", Text="Sorry"), hangup())
    return say()
"""
    node = node_on(customers, s3, code)
    # No bucket, then nobody at all.
    call = node.dial("+15550101").wait_answered(30).wait_ended(30)
    assert last(node, "ACTION_FAILED")["ActionData"]["ErrorType"] == "InvalidAudioSource"
    assert call.final.status == 200
    s3.server.kill()
    s3.server.wait(10)
    node.dial("+15550101").wait_answered(60).wait_ended(30)
    assert last(node, "ACTION_FAILED")["ActionData"]["ErrorType"] in ("InvalidAudioSource", "SystemException")
