//! Functions that hang, crash, exit, flood and lie. Each costs its own event and nothing else.

use std::path::Path;
use std::time::{Duration, Instant};

use call::FunctionError;
use serde_json::{Value, json};
use switchhook::functions::Runtime;

use crate::world::{Running, World, event, fail, installed, invoke};

async fn gone(pid: u64) {
    for _ in 0..100 {
        // A zombie that nobody has waited for yet is gone for our purpose.
        let state = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        if state.is_empty() || state.contains(") Z ") {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("process {pid} still runs");
}

fn number(path: &Path) -> u64 {
    std::fs::read_to_string(path).unwrap().trim().parse().unwrap()
}

#[tokio::test]
async fn an_exception_is_reported_and_the_process_goes_on() {
    if installed("python3") {
        let functions =
            World::python("def handler(e, c):\n if e: raise ValueError('no ' + e)\n return 'fine'").start();
        let (text, document) = fail(&functions, "\"luck\"").await;
        assert_eq!(text, "ValueError: no luck");
        assert_eq!(
            (&document["errorType"], &document["errorMessage"]),
            (&json!("ValueError"), &json!("no luck"))
        );
        let stack = document["stackTrace"].as_array().unwrap();
        assert_eq!(stack.len(), 1);
        assert!(stack[0].as_str().unwrap().contains("index.py\", line 2, in handler"), "{stack:?}");
        assert_eq!(invoke(&functions, "\"\"").await, Ok(json!("fine")));
    }
    if installed("node") {
        let functions = World::node(
            "exports.handler = async (e) => { if (e.x) e.Participants[1].CallId; return 'fine' }",
        )
        .start();
        let (text, document) = fail(&functions, r#"{"x":1}"#).await;
        assert_eq!(text, "TypeError: Cannot read properties of undefined (reading '1')");
        assert_eq!(document["errorType"], "TypeError");
        assert!(document["trace"][1].as_str().unwrap().contains("index.js"), "{document}");
        assert_eq!(invoke(&functions, "{}").await, Ok(json!("fine")));
    }
}

#[tokio::test]
async fn node_failures_of_every_style_are_reported() {
    if !installed("node") {
        return;
    }
    for (source, expected) in [
        ("exports.handler = (e, c, callback) => { callback(new RangeError('x')) }", "RangeError: x"),
        ("exports.handler = (e, c, callback) => { callback('plain') }", "string: plain"),
        ("exports.handler = (e, c) => { c.fail('plain') }", "string: plain"),
        ("exports.handler = () => { throw new SyntaxError('x') }", "SyntaxError: x"),
        ("exports.handler = () => Promise.reject()", "string: undefined"),
        (
            "exports.handler = (e, c, callback) => { setTimeout(() => { throw new Error('later') }, 1) }",
            "Error: later",
        ),
        (
            "exports.handler = () => new Promise(() => { Promise.reject(new Error('nobody')) ; setTimeout(() => {}, 9e5) })",
            "Error: nobody",
        ),
        (
            "exports.handler = async () => { const a = {}; a.a = a; return a }",
            "TypeError: Converting circular structure",
        ),
        ("exports.handler = async () => 10n", "TypeError: Do not know how to serialize a BigInt"),
    ] {
        let functions = World::node(source).start();
        let (text, _) = fail(&functions, "{}").await;
        assert!(text.starts_with(expected), "{source}: {text}");
    }
}

#[tokio::test]
async fn code_that_cannot_be_loaded_fails_its_events_at_once() {
    let python = [
        ("def handler(:\n", "Runtime.UserCodeSyntaxError: Syntax error in module 'index'"),
        (
            "import no_such_thing\n",
            "Runtime.ImportModuleError: Unable to import module 'index': No module named 'no_such_thing'",
        ),
        ("other = 1\n", "Runtime.HandlerNotFound: Handler 'handler' missing on module 'index'"),
        ("raise KeyError('X')\n", "KeyError: 'X'"),
    ];
    let node = [
        ("exports.handler = (", "SyntaxError: Unexpected end of input"),
        ("require('no-such-thing')", "Error: Cannot find module 'no-such-thing'"),
        ("exports.other = 1", "Runtime.HandlerNotFound: index.handler is undefined or not exported"),
        ("throw new Error('at the top')", "Error: at the top"),
    ];
    async fn check(functions: Running, source: &str, expected: &str) {
        let started = Instant::now();
        for _ in 0..3 {
            let (text, _) = fail(&functions, "{}").await;
            assert!(text.starts_with(expected), "{source}: {text}");
        }
        assert!(started.elapsed() < Duration::from_secs(15), "{source}");
    }
    if installed("python3") {
        for (source, expected) in python {
            check(World::python(source).start(), source, expected).await;
        }
    }
    if installed("node") {
        for (source, expected) in node {
            check(World::node(source).start(), source, expected).await;
        }
    }
}

#[tokio::test]
async fn a_function_that_hangs_is_killed_with_everything_it_started() {
    if !installed("python3") {
        return;
    }
    let world = World::python(
        r#"
import os, subprocess, time
def handler(event, context):
    if event:
        child = subprocess.Popen(["sleep", "1000"])
        open("pids", "w").write("%d %d" % (os.getpid(), child.pid))
        time.sleep(1000)
    return "fine"
"#,
    );
    let functions = world.start();
    assert_eq!(invoke(&functions, "0").await, Ok(json!("fine")));
    let mut hanging = event("1");
    hanging.timeout = Duration::from_millis(700);
    let started = Instant::now();
    assert_eq!(functions.invoke(hanging).await, Err(FunctionError::TimedOut));
    assert!(started.elapsed() < Duration::from_secs(5));
    let pids = std::fs::read_to_string(world.code().join("pids")).unwrap();
    for pid in pids.split(' ') {
        gone(pid.parse().unwrap()).await;
    }
    assert_eq!(invoke(&functions, "0").await, Ok(json!("fine")), "the next event gets a fresh process");
}

#[tokio::test]
async fn a_function_that_never_asks_for_an_event_is_given_up() {
    let bootstrap = "#!/bin/sh\nexec sleep 1000\n";
    let mut world = World::new(Runtime::Provided, "", &[("bootstrap", bootstrap)]);
    let path = world.code().join("bootstrap");
    std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    world.limits.start = Duration::from_millis(300);
    let (text, _) = fail(&world.start(), "{}").await;
    assert_eq!(text, "the process did not ask for an event in time");
}

#[tokio::test]
async fn a_program_that_is_not_there_is_not_found() {
    let mut world = World::python("");
    world.process.interpreter = Some("no-such-interpreter".into());
    let failure = world.start().invoke(event("{}")).await.unwrap_err();
    assert!(
        matches!(&failure, FunctionError::NotFound(text) if text.contains("no-such-interpreter")),
        "{failure:?}"
    );
    let mut other = event("{}");
    other.function = "nobody".into();
    let failure = World::python("").start().invoke(other).await.unwrap_err();
    assert_eq!(failure, FunctionError::NotFound("function nobody is not configured".into()));
}

#[tokio::test]
async fn a_crash_costs_its_event_and_names_its_reason() {
    if !installed("python3") {
        return;
    }
    let functions = World::python(
        r#"
import os, signal, sys
def handler(event, context):
    if event == "exit":
        sys.exit(3)
    if event == "die":
        print("last words", file=sys.stderr)
        os._exit(7)
    if event == "kill":
        os.kill(os.getpid(), signal.SIGSEGV)
    return "fine"
"#,
    )
    .start();
    assert_eq!(fail(&functions, "\"exit\"").await.0, "Runtime.ExitError: the handler exited with 3");
    assert_eq!(invoke(&functions, "0").await, Ok(json!("fine")));
    let (text, document) = fail(&functions, "\"die\"").await;
    assert_eq!(text, "the process ended (exit status: 7) before it answered: last words");
    assert_eq!(document["errorType"], "Runtime.ExitError");
    assert_eq!(invoke(&functions, "0").await, Ok(json!("fine")));
    let (text, _) = fail(&functions, "\"kill\"").await;
    assert!(text.contains("signal: 11"), "{text}");
    assert_eq!(invoke(&functions, "0").await, Ok(json!("fine")));
    if installed("node") {
        let functions =
            World::node("exports.handler = async (e) => { if (e) process.exit(0); return 'fine' }").start();
        let (text, _) = fail(&functions, "1").await;
        assert!(text.contains("exit status: 0"), "{text}");
        assert_eq!(invoke(&functions, "0").await, Ok(json!("fine")));
    }
}

#[tokio::test]
async fn a_crash_between_events_is_noticed_by_nobody() {
    if !installed("node") {
        return;
    }
    let functions = World::node(
        "exports.handler = async (e) => { if (e) setTimeout(() => { throw new Error('between') }, 20); return process.pid }",
    )
    .start();
    let first = invoke(&functions, "1").await.unwrap();
    gone(first.as_u64().unwrap()).await;
    assert_ne!(invoke(&functions, "0").await.unwrap(), first);
}

#[tokio::test]
async fn a_flood_of_output_neither_blocks_the_function_nor_fills_memory() {
    if !installed("python3") {
        return;
    }
    let functions = World::python(
        r#"
import sys
def handler(event, context):
    for _ in range(200):
        sys.stdout.write("x" * 65536)
        sys.stderr.write("y\n" * 4096)
    return "done"
"#,
    )
    .start();
    assert_eq!(invoke(&functions, "0").await, Ok(json!("done")));
}

#[tokio::test]
async fn responses_and_events_have_a_size_limit() {
    if !installed("python3") {
        return;
    }
    let functions =
        World::python("def handler(e, c):\n return 'x' * (e if isinstance(e, int) else 1)").start();
    let large = invoke(&functions, "6000000").await.unwrap();
    assert_eq!(large.as_str().unwrap().len(), 6_000_000);
    let (text, _) = fail(&functions, "7000000").await;
    assert_eq!(text, "the response is larger than a response may be");
    assert_eq!(invoke(&functions, "1").await, Ok(json!("x")));
    let (text, _) = fail(&functions, &format!("\"{}\"", "x".repeat(7_000_000))).await;
    assert!(text.contains("are allowed"), "{text}");
}

#[tokio::test]
async fn a_response_that_is_no_json_goes_to_the_caller_as_it_is() {
    if !installed("python3") {
        return;
    }
    let functions = World::python("def handler(e, c):\n return float('nan')").start();
    let (text, _) = fail(&functions, "0").await;
    assert!(text.starts_with("Runtime.MarshalError"), "{text}");
    let bootstrap = r#"#!/usr/bin/env python3
import http.client, os
api = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
api.request("GET", "/2018-06-01/runtime/invocation/next")
answer = api.getresponse()
answer.read()
for id in ("wrong-id", answer.headers["Lambda-Runtime-Aws-Request-Id"]):
    api.request("POST", "/2018-06-01/runtime/invocation/%s/response" % id, b"{no json")
    done = api.getresponse()
    done.read()
    assert done.status == (400 if id == "wrong-id" else 202)
"#;
    let world = World::new(Runtime::Provided, "", &[("bootstrap", bootstrap)]);
    let path = world.code().join("bootstrap");
    std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let functions = world.start();
    for _ in 0..2 {
        assert_eq!(
            functions.invoke(event("{}")).await,
            Ok("{no json".into()),
            "also when it exits after each answer"
        );
    }
}

#[tokio::test]
async fn beyond_the_waiting_limit_events_are_throttled() {
    if !installed("python3") {
        return;
    }
    let handler = "import os, time\ndef handler(e, c):\n open(f\"{os.environ['LAMBDA_TASK_ROOT']}/began-{os.getpid()}-{e}\", 'w').close()\n time.sleep(e)";
    let mut world = World::python(handler);
    world.limits.processes = 2;
    world.limits.waiting = 1;
    let functions = world.start();
    // One process is there; the second long event waits until another one has started.
    assert_eq!(invoke(&functions, "0").await, Ok(Value::Null));
    let (a, b, (c, d)) = tokio::join!(
        invoke(&functions, "5"),
        async {
            world.until_files("-5", 1).await;
            invoke(&functions, "5").await
        },
        async {
            world.until_files("-5", 2).await;
            tokio::join!(invoke(&functions, "0"), invoke(&functions, "0"))
        }
    );
    assert_eq!((a, b), (Ok(Value::Null), Ok(Value::Null)));
    let throttled =
        [c, d].into_iter().filter(|answer| matches!(answer, Err(FunctionError::Throttled(_)))).count();
    assert_eq!(throttled, 1);
}

#[tokio::test]
async fn all_processes_end_with_the_functions() {
    if !installed("python3") {
        return;
    }
    let world = World::python(
        "import os, subprocess\nchild = subprocess.Popen(['sleep', '1000'])\nopen('pid', 'w').write(str(child.pid))\ndef handler(e, c):\n return os.getpid()",
    );
    let functions = world.start();
    let pid = invoke(&functions, "0").await.unwrap().as_u64().unwrap();
    drop(functions);
    gone(pid).await;
    gone(number(&world.code().join("pid"))).await;
}

/// The node dies without a chance to clean up: what it started must notice by itself.
#[tokio::test]
async fn all_processes_end_with_a_node_that_is_killed() {
    if !installed("python3") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let pids = folder.path().join("pids");
    let mut node = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["failures::a_node_of_its_own", "--exact", "--ignored"])
        .env("TEST_PIDS", &pids)
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    for _ in 0..400 {
        if std::fs::read_to_string(&pids).is_ok_and(|text| text.ends_with('\n')) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    let text = std::fs::read_to_string(&pids).unwrap();
    node.kill().unwrap();
    node.wait().unwrap();
    for pid in text.split_whitespace() {
        gone(pid.parse().unwrap()).await;
    }
}

#[tokio::test]
#[ignore = "run in a process of its own by the test above"]
async fn a_node_of_its_own() {
    let Ok(pids) = std::env::var("TEST_PIDS") else { return };
    let mut world = World::python(
        "import os, subprocess, time\nchild = subprocess.Popen(['sleep', '1000'])\ndef handler(e, c):\n open(os.environ['PIDS'], 'w').write('%d %d\\n' % (os.getpid(), child.pid))\n time.sleep(1000)",
    );
    world.process.env.insert("PIDS".into(), pids);
    let mut hanging = event("{}");
    hanging.timeout = Duration::from_secs(1_000);
    world.start().invoke(hanging).await.unwrap_err();
}
