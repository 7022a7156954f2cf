"""Lambda's Invoke API by both SDKs: functions of the node, called by tools and by each other."""

import json

import pytest

from exchange import wait_for
from sdks import refused, sdk  # noqa: F401  (a fixture)

CODE = '''
import os, pathlib, time

def echoes(event, context):
    return {"event": event, "arn": context.invoked_function_arn, "request": context.aws_request_id}

def raises(event, context):
    raise ValueError("no such case")

def writes(event, context):
    pathlib.Path(event["file"]).write_text(event["text"])

def nothing(event, context):
    pass
'''


@pytest.fixture
def call(exchange, sdk):  # noqa: F811
    node = exchange(start=False)
    code = node.folder / "function"
    code.mkdir()
    (code / "index.py").write_text(CODE)
    names = ("echoes", "raises", "writes", "nothing")
    node.config.write_text(
        node.config.read_text()
        + "".join(
            f'''
[[function]]
name = "{name}"
runtime = "python3"
code = "{code}"
handler = "index.{name}"
'''
            for name in names
        )
    )
    node.start()
    made = sdk(node)
    made.node = node
    return made


def invoke(call, name, event=None, **more):
    given = {} if event is None else {"Payload": json.dumps(event)}
    return call("Invoke", service="lambda", FunctionName=name, **given, **more)


def test_a_function_is_invoked_by_name_and_by_arn(call):
    arn = "arn:aws:lambda:us-east-1:111122223333:function:echoes"
    for name in ("echoes", arn, "111122223333:function:echoes", f"{arn}:$LATEST"):
        answer = invoke(call, name, {"ä": [1, None, "x" * 50_000]})
        assert answer["StatusCode"] == 200 and "FunctionError" not in answer
        said = json.loads(answer["Payload"])
        assert said["event"] == {"ä": [1, None, "x" * 50_000]}
        assert said["arn"].startswith(arn)
    assert json.loads(invoke(call, "echoes")["Payload"])["event"] == {}
    assert json.loads(invoke(call, "nothing", {})["Payload"]) is None


def test_a_function_that_raises(call):
    answer = invoke(call, "raises", {})
    assert (answer["StatusCode"], answer["FunctionError"]) == (200, "Unhandled")
    said = json.loads(answer["Payload"])
    assert (said["errorType"], said["errorMessage"]) == ("ValueError", "no such case")


def test_an_event_invocation_is_accepted_and_runs(call):
    file = call.node.folder / "written"
    answer = invoke(call, "writes", {"file": str(file), "text": "done"}, InvocationType="Event")
    assert answer["StatusCode"] == 202
    wait_for(lambda: file.exists() and file.read_text() == "done")


def test_a_dry_run_runs_nothing(call):
    file = call.node.folder / "not-written"
    answer = invoke(call, "writes", {"file": str(file), "text": "x"}, InvocationType="DryRun")
    assert answer["StatusCode"] == 204
    invoke(call, "nothing", {})
    assert not file.exists()


def test_refusals_are_lambdas_own(call):
    missing = refused(call, "Invoke", service="lambda", FunctionName="missing")
    assert (missing.name, missing.status, missing.typed) == ("ResourceNotFoundException", 404, True)
    no_json = refused(call, "Invoke", service="lambda", FunctionName="echoes", Payload="{")
    assert (no_json.name, no_json.status, no_json.typed) == ("InvalidRequestContentException", 400, True)
    large = refused(call, "Invoke", service="lambda", FunctionName="echoes", Payload=json.dumps("x" * 7_000_000))
    assert (large.name, large.status, large.typed) == ("RequestTooLargeException", 413, True)
    other = refused(call, "ListFunctions", service="lambda")
    assert other.status in (404, 501)
    assert call.node.alive()
