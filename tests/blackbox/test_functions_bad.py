"""Functions that misbehave: each gets the defined answer, the node stays up, and other calls go on."""

import sys
import time

import pytest

from customers import DIARY, Function
from exchange import wait_for
from sound import tone, write_wav

GOOD = Function(
    "+15550100",
    """
def handler(event, context):
    if heard(event) == "NEW_INBOUND_CALL":
        return say(play("tone.wav", Repeat=50))
    return say()
""",
    name="good",
)


def node_with(customers, *functions, **more):
    node = customers(GOOD, *functions, **more)
    write_wav(node.node.objects / "prompts" / "tone.wav", tone(440, 2))
    return node


class Bystander:
    """A call to a good function that hears its prompt all the time."""

    def __init__(self, node):
        # All functions start at the same time: on a busy machine a first call may come too early for this one.
        for _ in range(3):
            self.call = node.dial(GOOD.number)
            if self.call.answered.wait(25):
                break
        self.call.wait_answered(1)
        self.call.hears(440)

    def still_hears(self):
        self.call.forget()
        self.call.hears(440)
        assert self.call.alive()


# What a function returns first, and the ErrorType it is told.
INVALID = {
    "null": ("return None", "EmptyResponse"),
    "a string": ('return "hello"', "InvalidActionsList"),
    "a number": ("return 7", "InvalidActionsList"),
    "an empty object": ("return {}", "SchemaVersionMismatch"),
    "another schema version": ('return {"SchemaVersion": "2.0", "Actions": []}', "SchemaVersionMismatch"),
    "a schema version that is a number": ('return {"SchemaVersion": 1.0, "Actions": []}', "SchemaVersionMismatch"),
    "actions that are a string": ('return {"SchemaVersion": "1.0", "Actions": "Hangup"}', "InvalidActionsList"),
    "actions that are numbers": ('return {"SchemaVersion": "1.0", "Actions": [1, 2]}', "InvalidActionsList"),
    "an action without type": ('return {"SchemaVersion": "1.0", "Actions": [{}]}', "InvalidActionsList"),
    "an unknown action": ('return say(action("Dance"))', "UnsupportedAction"),
    "eleven actions": ("return say(*[pause(100)] * 11)", "TooManyActions"),
    "101 attributes": (
        'return say(hangup(), **{f"k{i}": "v" for i in range(101)})',
        "TransactionAttributesInvalidMapSize",
    ),
    "attributes of 30 KB": ('return say(hangup(), k="v" * 30000)', "TransactionAttributesInvalidSize"),
    "deep nesting": (
        'deep = []\n        for _ in range(500): deep = [deep]\n        return say(action("Hangup", x=deep))',
        None,
    ),
}


@pytest.fixture(scope="module")
def invalid_functions():
    functions = []
    for i, (what, (code, error)) in enumerate(INVALID.items()):
        text = f"""
def handler(event, context):
    kind = heard(event)
    if kind == "NEW_INBOUND_CALL":
        {code}
    if kind == "INVALID_LAMBDA_RESPONSE":
        return say(play("tone.wav"), hangup())
    return say()
"""
        functions.append(Function(f"+155503{i:02}", text, name=f"invalid{i}"))
    return functions


def test_an_invalid_answer_is_told_once_and_can_be_mended(customers, invalid_functions):
    node = node_with(customers, *invalid_functions)
    bystander = Bystander(node)
    calls = {f.number: node.dial(f.number) for f in invalid_functions}
    for function, (what, (_, error)) in zip(invalid_functions, INVALID.items()):
        names = node.until(function.number, "HANGUP LEG-A", 60)
        events = node.heard(function.number)
        if error is None:
            # Either it is read in full or refused: it does no harm.
            continue
        assert names == ["NEW_INBOUND_CALL", "INVALID_LAMBDA_RESPONSE", "HANGUP LEG-A"], what
        told = events[1]
        assert told["ErrorType"] == error, f"{what}: {told['ErrorType']}"
        assert told["ErrorMessage"] and "ActionData" not in told
        assert told["Sequence"] == 2 and events[2]["Sequence"] == 3
        assert "TransactionAttributes" not in told["CallDetails"], what
        calls[function.number].wait_ended()
        assert calls[function.number].final.status == 200, what
    bystander.still_hears()


STUBBORN = {"unanswered": ("", 480), "answered": ("pause(200), ", 200)}


@pytest.mark.parametrize("when", STUBBORN)
def test_a_second_invalid_answer_ends_the_call(customers, when):
    first, status = STUBBORN[when]
    code = f"""
def handler(event, context):
    kind = heard(event)
    if kind == "NEW_INBOUND_CALL" and "{first}":
        return say({first})
    return ["no", "envelope"]
"""
    node = node_with(customers, Function("+15550101", code))
    bystander = Bystander(node)
    call = node.dial("+15550101")
    call.wait_ended()
    assert call.final.status == status
    names = node.until("+15550101", "HANGUP LEG-A")
    wanted = ["NEW_INBOUND_CALL", "INVALID_LAMBDA_RESPONSE", "HANGUP LEG-A"]
    assert names == (wanted if not first else [wanted[0], "ACTION_SUCCESSFUL:Pause", *wanted[1:]])
    hangup = node.heard("+15550101")[-1]["ActionData"]["Parameters"]
    assert hangup["SipResponseCode"] == (480 if not first else 0)
    bystander.still_hears()


# What a function does instead of answering, and how often the first event reaches it.
BROKEN = {
    "raises": ('raise RuntimeError("no")', 2),
    "exits": ("os._exit(1)", 2),
    "crashes": ("os.kill(os.getpid(), 11)", 2),
    "sleeps": ("time.sleep(60)", 1),
    "spins": ("while True: pass", 1),
    "ignores SIGTERM": ("import signal; signal.signal(15, signal.SIG_IGN); time.sleep(60)", 1),
    "answers 7 MB": ('return say(hangup(), k="v" * 7_000_000)', 2),
    "answers what is no JSON": ("return {1, 2}", 2),
    "floods stdout": ('[print("x" * 10_000, flush=True) for _ in range(1_000)]; raise SystemExit(3)', 2),
    "floods stderr": ('[os.write(2, b"\\\\xff" * 100_000) for _ in range(100)]; os._exit(3)', 2),
    "closes its streams": ("os.close(1); os.close(2); time.sleep(60)", 1),
}


def test_a_function_that_does_not_answer_is_480_and_costs_nobody_else(customers):
    functions = [
        Function(
            f"+155504{i:02}",
            f"""
def handler(event, context):
    if heard(event) == "NEW_INBOUND_CALL":
        {code}
    return say()
""",
            name=f"broken{i}",
        )
        for i, (code, _) in enumerate(BROKEN.values())
    ]
    node = node_with(customers, *functions, sections={"limits": "function_timeout = 20"})
    bystander = Bystander(node)
    calls = {f.number: node.dial(f.number) for f in functions}
    for function, (what, (_, attempts)) in zip(functions, BROKEN.items()):
        call = calls[function.number].wait_ended(90)
        assert call.final.status == 480, f"{what}: {call.final.start}"
        names = node.names(function.number)
        # No function ever took the call: there is no HANGUP for it.
        assert names == ["NEW_INBOUND_CALL"] * attempts, f"{what}: {names}"
        assert {e["Sequence"] for e in node.heard(function.number)} == {1}
    bystander.still_hears()
    bystander.call.hangup()
    node.idle()
    wait_for(lambda: len(node.records()) >= len(BROKEN) + 1, 10)


NEVER_RUNS = {
    "a missing module": Function("+15550201", "x = 1", handler="nowhere.handler"),
    "a missing handler": Function("+15550202", "x = 1", handler="index.nothing"),
    "a handler that is no function": Function("+15550203", "handler = 5"),
    "a syntax error": Function("+15550204", "def handler(:"),
    "an import that fails": Function("+15550205", "import no_such_module"),
    "an import that exits": Function("+15550206", "os._exit(9)"),
    "a bootstrap that ends": Function("+15550207", {"bootstrap": "#!/bin/sh\nexit 0\n"}, runtime="provided"),
    "a bootstrap that cannot run": Function("+15550208", {"bootstrap": "#!/no/such/thing\n"}, runtime="provided"),
    "no bootstrap": Function("+15550209", {"README": "nothing"}, runtime="provided"),
    "a node module with an error": Function("+15550210", {"index.js": "exports.handler = ;"}, runtime="node"),
    "a node module without handler": Function("+15550211", {"index.js": "exports.other = 1;"}, runtime="node"),
    "an interpreter that is not there": Function("+15550212", "x = 1", interpreter="/no/such/python"),
    "a bootstrap that asks for nothing": Function(
        "+15550213", {"bootstrap": "#!/bin/sh\nsleep 600\n"}, runtime="provided"
    ),
}


def test_a_function_that_cannot_start_is_480(customers):
    functions = NEVER_RUNS.values()
    node = node_with(customers, *functions, sections={"limits": "function_timeout = 20"})
    bystander = Bystander(node)
    calls = {f.number: node.dial(f.number) for f in functions}
    for what, function in NEVER_RUNS.items():
        call = calls[function.number].wait_ended(60)
        assert call.final.status == 480, f"{what}: {call.final.start}"
    assert not [e for e in node.heard() if e["CallDetails"]["Participants"][0]["To"] != GOOD.number]
    bystander.still_hears()
    for said in ("no_such_module", "SyntaxError", "nowhere"):
        assert said in node.log(), f"the log does not say {said}"


def test_failures_in_a_running_call_end_it_and_tell_of_it(customers):
    """After the first event: the engine ends the call, each leg's HANGUP is still tried."""
    code = """
def handler(event, context):
    kind = heard(event)
    if kind == "NEW_INBOUND_CALL":
        return say(pause(100))
    raise RuntimeError("always")
"""
    sleepy = code.replace('raise RuntimeError("always")', "time.sleep(60)")
    functions = [Function("+15550101", code), Function("+15550102", sleepy)]
    node = node_with(customers, *functions, sections={"limits": "function_timeout = 10"})
    bystander = Bystander(node)
    calls = [node.dial(f.number) for f in functions]
    for call in calls:
        call.wait_ended(60)
        assert call.final.status == 200
    for function, attempts in zip(functions, (2, 1)):
        names = node.until(function.number, "HANGUP LEG-A")
        assert names == ["NEW_INBOUND_CALL"] + ["ACTION_SUCCESSFUL:Pause"] * attempts + ["HANGUP LEG-A"]
        assert node.heard(function.number)[-1]["ActionData"]["Parameters"]["SipResponseCode"] == 0
    bystander.still_hears()


def test_the_second_application_takes_over(customers):
    """Failover: the first function raises, the second drives the call with ids of its own."""
    broken = Function(
        "", "\ndef handler(event, context):\n    heard(event)\n    raise RuntimeError('to the other region')\n", name="broken"
    )
    rule = """
[[seed.rule]]
name = "both"
number = "+15550300"
applications = ["broken", "good"]
"""
    node = customers(GOOD, broken, start=False)
    text = node.node.config.read_text().replace('numbers = ["', 'numbers = ["+15550300", "')
    application = 'name = "broken"\nfunction = "broken"'
    text = text.replace(application, application + '\nregion = "eu-west-1"')
    node.node.config.write_text(text + rule)
    node.start()
    write_wav(node.node.objects / "prompts" / "tone.wav", tone(440, 2))
    call = node.dial("+15550300")
    call.wait_answered()
    call.hears(440)
    first, again, taken = node.heard("+15550300")
    assert [e["Sequence"] for e in (first, again, taken)] == [1, 1, 1]
    details = [e["CallDetails"] for e in (first, again, taken)]
    assert len({d["TransactionId"] for d in details}) == 1
    assert details[0]["SipMediaApplicationId"] == details[1]["SipMediaApplicationId"] != details[2]["SipMediaApplicationId"]
    assert [d["AwsRegion"] for d in details] == ["eu-west-1", "eu-west-1", "us-east-1"]
    call.hangup()
    node.until("+15550300", "HANGUP LEG-A")
    assert [(e["Sequence"], e["InvocationEventType"]) for e in node.heard("+15550300")[3:]] == [
        (2, "ACTION_FAILED"),
        (3, "HANGUP"),
    ]


def test_a_function_may_start_a_call_that_invokes_it(customers):
    """From inside its own event, with a single process busy."""
    code = """
import boto3

def handler(event, context):
    kind = heard(event)
    details = event["CallDetails"]
    called = details["Participants"][0]["To"]
    if kind == "NEW_INBOUND_CALL" and called == "+15550101":
        made = boto3.client("chime-sdk-voice").create_sip_media_application_call(
            FromPhoneNumber="+15550101", ToPhoneNumber="+15550102",
            SipMediaApplicationId=details["SipMediaApplicationId"], ArgumentsMap={"why": "because"})
        other = made["SipMediaApplicationCall"]["TransactionId"]
        # The other call is under way before this event is answered.
        end = time.time() + 15
        while time.time() < end:
            lines = [json.loads(line)["event"] for line in open(os.environ["DIARY"])]
            if any(e["InvocationEventType"] == "CALL_ANSWERED" for e in lines):
                return say(pause(500), hangup(), other=other)
            time.sleep(0.05)
        raise RuntimeError("the other call was not answered")
    if kind in ("NEW_INBOUND_CALL", "CALL_ANSWERED"):
        return say(pause(30000))
    return say()
"""
    function = Function("+15550101", code, also=("+15550102",), interpreter=sys.executable)
    node = customers(function)
    call = node.dial("+15550101")
    call.wait_answered(30).wait_ended(30)
    events = node.heard()
    outbound = [e for e in events if e["CallDetails"]["Participants"][0]["Direction"] == "Outbound"]
    kinds = [e["InvocationEventType"] for e in outbound]
    assert kinds[0] == "NEW_OUTBOUND_CALL" and "CALL_ANSWERED" in kinds, kinds
    assert outbound[0]["ActionData"]["Parameters"]["Arguments"] == {"why": "because"}


def test_new_calls_are_refused_while_the_functions_have_enough_to_do(customers):
    code = """
def handler(event, context):
    if heard(event) == "NEW_INBOUND_CALL":
        time.sleep(4)
        return say(pause(500), hangup())
    return say()
"""
    limits = {"limits": "function_timeout = 20\ninvocations = 4\nfunction_processes = 4"}
    node = customers(Function("+15550101", code), sections=limits)
    taken = []
    for _ in range(4):
        taken.append(node.dial("+15550101"))
    wait_for(lambda: len(node.names("+15550101")) >= 2, 20)
    wait_for(lambda: all(any(m.status == 180 for _, m in c.responses) for c in taken), 10)
    refused = node.dial("+15550101").wait_ended()
    assert refused.final.status == 503
    assert int(refused.final.get("retry-after")) > 0
    for call in taken:
        call.wait_answered(40).wait_ended(30)
    later = node.dial("+15550101").wait_answered(30)
    assert later.final.status == 200


def test_code_that_changes_is_loaded_anew_and_running_events_finish(customers):
    code = """
def handler(event, context):
    if heard(event) == "NEW_INBOUND_CALL":
        time.sleep(event_takes)
        return say(pause(300), hangup(), version=version)
    return say()
"""
    old, new = "version, event_takes = 'old', 3\n", "version, event_takes = 'new', 0\n"
    function = Function("+15550101", old + code, reload=True)
    node = customers(function)
    running = node.dial("+15550101")
    node.until("+15550101", "NEW_INBOUND_CALL")
    (node.node.folder / function.name / "index.py").write_text(DIARY + new + code)

    def versions():
        attributes = [e["CallDetails"].get("TransactionAttributes", {}) for e in node.heard("+15550101")]
        return {a["version"] for a in attributes if a}

    end = time.monotonic() + 40
    while "new" not in versions():
        assert time.monotonic() < end, f"not reloaded: {versions()}"
        node.dial("+15550101").wait_answered(30).wait_ended(30)
    running.wait_answered(30).wait_ended(30)
    assert running.final.status == 200
    wait_for(lambda: versions() == {"old", "new"}, 20)
