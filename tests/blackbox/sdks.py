"""boto3 and the JavaScript SDK v3 behind one face, so that a story is told once and runs with both.

Both are unmodified and find the node by the environment only.
"""

import json
import os
import pathlib
import shutil
import subprocess
import threading

import pytest

JS = pathlib.Path(__file__).resolve().parents[1] / "js"

needs_node = pytest.mark.skipif(
    shutil.which("node") is None or not (JS / "node_modules").exists(),
    reason="tests/js is not installed (cargo xtask setup)",
)
BOTH = ["boto3", pytest.param("js", marks=needs_node)]


class Refused(Exception):
    """What an SDK raised: the class's name, the HTTP status, and whether the class is one of the service's own."""

    def __init__(self, name, message, status, typed):
        super().__init__(f"{name} ({status}): {message}")
        self.name, self.message, self.status, self.typed = name, message, status, typed


def variables(node, key="AKIATEST", secret="test", attempts=None):
    """All that an SDK needs to know of a node."""
    return {
        **({"AWS_MAX_ATTEMPTS": str(attempts)} if attempts else {}),
        "AWS_ENDPOINT_URL_CHIME_SDK_MEETINGS": node.api,
        "AWS_ENDPOINT_URL_CHIME_SDK_VOICE": node.api,
        "AWS_ENDPOINT_URL_LAMBDA": node.api,
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": key,
        "AWS_SECRET_ACCESS_KEY": secret,
        "AWS_EC2_METADATA_DISABLED": "true",
    }


class Boto:
    name = "boto3"

    def __init__(self, node, **keys):
        import boto3

        # Clients read the environment when they are made.
        before = dict(os.environ)
        os.environ.update(variables(node, **keys))
        try:
            session = boto3.session.Session()
            self.voice, self.aws_lambda = session.client("chime-sdk-voice"), session.client("lambda")
            self.meetings = session.client("chime-sdk-meetings")
        finally:
            os.environ.clear()
            os.environ.update(before)

    def __call__(self, operation, service="voice", **given):
        from botocore import xform_name
        from botocore.exceptions import ClientError

        client = {"lambda": self.aws_lambda, "meetings": self.meetings, "voice": self.voice}[service]
        try:
            answer = getattr(client, xform_name(operation))(**given)
        except ClientError as error:
            status = error.response["ResponseMetadata"]["HTTPStatusCode"]
            said = error.response["Error"]
            typed = type(error) is not ClientError
            raise Refused(said["Code"], said["Message"], status, typed) from None
        about = answer.pop("ResponseMetadata")
        answer["$status"], answer["$id"] = about["HTTPStatusCode"], about.get("RequestId")
        if "Payload" in answer:
            answer["Payload"] = answer["Payload"].read().decode()
        return json.loads(json.dumps(answer, default=lambda moment: moment.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"))

    def pages(self, operation, size, **given):
        from botocore import xform_name

        paginator = self.voice.get_paginator(xform_name(operation))
        return list(paginator.paginate(PaginationConfig={"PageSize": size}, **given))

    def close(self):
        self.voice.close()
        self.meetings.close()
        self.aws_lambda.close()


class JavaScript:
    name = "js"

    def __init__(self, node, **keys):
        self.process = subprocess.Popen(
            ["node", "driver.mjs"],
            cwd=JS,
            env={**os.environ, **variables(node, **keys)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.turn = threading.Lock()

    def _ask(self, **question):
        with self.turn:
            self.process.stdin.write(json.dumps(question) + "\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        assert line, f"the driver ended: {self.process.poll()}"
        answer = json.loads(line)
        if "error" in answer:
            error = answer["error"]
            raise Refused(error["name"], error["message"], error["status"], error["typed"])
        return answer["output"]

    def __call__(self, operation, service="voice", **given):
        return self._ask(operation=operation, service=service, input=given)

    def pages(self, operation, size, **given):
        return self._ask(pages=operation, size=size, input=given)

    def close(self):
        self.process.stdin.close()
        self.process.wait(10)


def open_sdk(name, node, **keys):
    return {"boto3": Boto, "js": JavaScript}[name](node, **keys)


@pytest.fixture(params=BOTH)
def sdk(request):
    """A factory: `sdk(node)` is callable as `call("CreateSipRule", Name=…)`, once with each SDK."""
    made = []

    def make(node, **keys):
        made.append(open_sdk(request.param, node, **keys))
        return made[-1]

    make.name = request.param
    yield make
    for one in made:
        one.close()


def refused(call, *arguments, **given):
    """The refusal of a call that must not succeed."""
    with pytest.raises(Refused) as caught:
        call(*arguments, **given)
    return caught.value
