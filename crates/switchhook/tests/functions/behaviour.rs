//! What handlers rely on.

use std::time::Duration;

use serde_json::json;
use switchhook::functions::Runtime;

use crate::world::{World, event, installed, invoke};

#[tokio::test]
async fn a_python_handler_answers_and_knows_its_surroundings() {
    if !installed("python3") {
        return;
    }
    let mut world = World::python(
        r#"
import decimal, logging, os
log = logging.getLogger()
log.setLevel(logging.INFO)
log.handlers[0].setFormatter(logging.Formatter("%(message)s"))
count = 0
def handler(event, context):
    global count
    count += 1
    log.info("event %d", count)
    return {
        "echo": event, "count": count, "pid": os.getpid(), "half": decimal.Decimal("0.5"),
        "name": context.function_name, "arn": context.invoked_function_arn,
        "left": context.get_remaining_time_in_millis(), "id": len(context.aws_request_id),
        "env": {k: os.environ.get(k) for k in ("LOG_LEVEL", "AWS_ENDPOINT_URL_CHIME_SDK_VOICE", "AWS_REGION",
            "LAMBDA_TASK_ROOT", "_HANDLER", "AWS_LAMBDA_FUNCTION_NAME", "AWS_EC2_METADATA_DISABLED")},
        "cwd": os.getcwd(),
    }
"#,
    );
    world.process.env.insert("LOG_LEVEL".into(), "DEBUG".into());
    let functions = world.start();
    let first = invoke(&functions, r#"{"text":"Grüße ☎"}"#).await.unwrap();
    let second = invoke(&functions, "{}").await.unwrap();
    assert_eq!(first["echo"]["text"], "Grüße ☎");
    assert_eq!((&first["count"], &second["count"]), (&json!(1), &json!(2)), "sandboxes are reused");
    assert_eq!(first["pid"], second["pid"]);
    assert_eq!(first["half"], 0.5);
    assert_eq!(first["name"], "f");
    assert_eq!(first["arn"], "arn:aws:lambda:us-east-1:111122223333:function:f");
    assert_eq!(first["id"], 36);
    let left = first["left"].as_u64().unwrap();
    assert!((1..=20_000).contains(&left), "{left}");
    let root = world.code().display().to_string();
    assert_eq!(
        first["env"],
        json!({
            "LOG_LEVEL": "DEBUG", "AWS_ENDPOINT_URL_CHIME_SDK_VOICE": "http://127.0.0.1:8080", "AWS_REGION": "us-east-1",
            "LAMBDA_TASK_ROOT": root, "_HANDLER": "index.handler", "AWS_LAMBDA_FUNCTION_NAME": "f",
            "AWS_EC2_METADATA_DISABLED": "true",
        })
    );
    assert_eq!(first["cwd"], root.as_str());
}

#[tokio::test]
async fn handlers_may_lie_in_folders() {
    if installed("python3") {
        let files = [
            ("app/index.py", "import lib.help\ndef main(e, c):\n return lib.help.text"),
            ("lib/help.py", "text = 'ok'"),
        ];
        let functions = World::new(Runtime::Python, "app/index.main", &files).start();
        assert_eq!(invoke(&functions, "{}").await, Ok(json!("ok")));
    }
    if installed("node") {
        let files = [
            ("app/index.js", "exports.a = { b: async () => require('../lib').text }"),
            ("lib.js", "exports.text = 'ok'"),
        ];
        let functions = World::new(Runtime::Node, "app/index.a.b", &files).start();
        assert_eq!(invoke(&functions, "{}").await, Ok(json!("ok")));
    }
}

#[tokio::test]
async fn node_handlers_of_every_style_answer() {
    if !installed("node") {
        return;
    }
    for (style, source) in [
        ("async", "exports.handler = async (event, context) => ({ ...event, f: context.functionName })"),
        (
            "promise",
            "exports.handler = (event) => new Promise((r) => setTimeout(() => r({ ...event, f: 'f' }), 5))",
        ),
        (
            "callback",
            "exports.handler = (event, context, callback) => { setTimeout(() => callback(null, { ...event, f: 'f' }), 5) }",
        ),
        ("succeed", "exports.handler = (event, context) => { context.succeed({ ...event, f: 'f' }) }"),
        ("plain", "exports.handler = (event) => ({ ...event, f: 'f' })"),
    ] {
        let functions = World::node(source).start();
        for x in [1, 2] {
            let answer = invoke(&functions, &json!({ "x": x }).to_string()).await;
            assert_eq!(answer, Ok(json!({ "x": x, "f": "f" })), "{style}");
        }
    }
    let silent = World::node("exports.handler = () => {}").start();
    assert_eq!(invoke(&silent, "{}").await, Ok(json!(null)), "a handler that never answers");
}

#[tokio::test]
async fn node_handlers_may_be_es_modules_and_bundles() {
    if !installed("node") {
        return;
    }
    let esm = "import fs from 'node:fs'; export const handler = async () => typeof fs.readFileSync";
    let bundle = r#""use strict";
var __defProp = Object.defineProperty;
var __export = (target, all) => { for (var name in all) __defProp(target, name, { get: all[name], enumerable: true }); };
var __toCommonJS = (mod) => __defProp(__defProp({}, "__esModule", { value: true }), "handler", { get: () => mod.handler, enumerable: true });
var src_exports = {};
__export(src_exports, { handler: () => handler });
module.exports = __toCommonJS(src_exports);
var handler = async () => "function";
"#;
    for files in [
        vec![("index.mjs", esm)],
        vec![("index.js", esm), ("package.json", r#"{"type":"module"}"#)],
        vec![("index.js", bundle)],
        vec![
            ("index.cjs", "exports.handler = async () => 'function'"),
            ("package.json", r#"{"type":"module"}"#),
        ],
    ] {
        let functions = World::new(Runtime::Node, "index.handler", &files).start();
        assert_eq!(invoke(&functions, "{}").await, Ok(json!("function")), "{files:?}");
    }
}

#[tokio::test]
async fn any_executable_may_be_a_bootstrap() {
    if !installed("python3") {
        return;
    }
    let bootstrap = r#"#!/usr/bin/env python3
import http.client, os
api = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
while True:
    api.request("GET", "/2018-06-01/runtime/invocation/next")
    answer = api.getresponse()
    event = answer.read()
    where = "/2018-06-01/runtime/invocation/%s/response" % answer.headers["Lambda-Runtime-Aws-Request-Id"]
    # Chunked, as some clients do.
    api.request("POST", where, iter([b'{"got":', event, b"}"]), encode_chunked=True)
    answer = api.getresponse()
    assert answer.status == 202, answer.status
    answer.read()
"#;
    let world = World::new(Runtime::Provided, "", &[("bootstrap", bootstrap)]);
    let path = world.code().join("bootstrap");
    std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let functions = world.start();
    for x in [1, 2] {
        assert_eq!(invoke(&functions, &json!([x]).to_string()).await, Ok(json!({ "got": [x] })));
    }
}

#[tokio::test]
async fn one_event_at_a_time_per_process_and_more_processes_under_load() {
    if !installed("python3") {
        return;
    }
    let mut world = World::python(
        "import os, time\nrunning = 0\ndef handler(e, c):\n global running\n running += 1\n assert running == 1\n time.sleep(0.3)\n running -= 1\n return os.getpid()",
    );
    world.limits.processes = 3;
    let functions = world.start();
    let answers = tokio::join!(
        invoke(&functions, "1"),
        invoke(&functions, "2"),
        invoke(&functions, "3"),
        invoke(&functions, "4"),
        invoke(&functions, "5"),
    );
    let pids = [answers.0, answers.1, answers.2, answers.3, answers.4]
        .map(|answer| answer.unwrap().as_u64().unwrap());
    let different: std::collections::BTreeSet<u64> = pids.into_iter().collect();
    assert!((2..=3).contains(&different.len()), "{pids:?}");
}

#[tokio::test]
async fn a_function_may_wait_for_another_invocation_of_itself() {
    if !installed("python3") {
        return;
    }
    // The limit is asked to be 1 and is not: the second event must not wait for the first.
    let mut world = World::python(
        "import os, time\ndef handler(e, c):\n if e == 'inner':\n  open('done', 'w').close()\n  return 'inner'\n while not os.path.exists('done'): time.sleep(0.01)\n return 'outer'",
    );
    world.limits.processes = 1;
    let functions = world.start();
    let (outer, inner) = tokio::join!(invoke(&functions, "\"outer\""), async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        invoke(&functions, "\"inner\"").await
    });
    assert_eq!((outer, inner), (Ok(json!("outer")), Ok(json!("inner"))));
}

#[tokio::test]
async fn idle_processes_go_but_the_last() {
    if !installed("python3") {
        return;
    }
    let mut world =
        World::python("import os, time\ndef handler(e, c):\n time.sleep(0.2)\n return os.getpid()");
    world.limits.idle = Duration::from_millis(300);
    let functions = world.start();
    let (a, b) = tokio::join!(invoke(&functions, "1"), invoke(&functions, "2"));
    let pids = [a.unwrap().as_u64().unwrap(), b.unwrap().as_u64().unwrap()];
    assert_ne!(pids[0], pids[1]);
    let alive = || pids.iter().filter(|pid| std::path::Path::new(&format!("/proc/{pid}")).exists()).count();
    for _ in 0..100 {
        if alive() == 1 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(alive(), 1);
}

#[tokio::test]
async fn changed_code_is_used_and_the_running_event_finishes() {
    if !installed("python3") {
        return;
    }
    let mut world = World::python("import time\ndef handler(e, c):\n time.sleep(e)\n return 'old'");
    world.process.reload = true;
    let functions = world.start();
    assert_eq!(invoke(&functions, "0").await, Ok(json!("old")));
    let (slow, new) = tokio::join!(invoke(&functions, "3"), async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        std::fs::write(world.code().join("index.py"), "def handler(e, c):\n return 'new version'").unwrap();
        tokio::time::sleep(Duration::from_millis(1_200)).await;
        invoke(&functions, "0").await
    });
    assert_eq!((slow, new), (Ok(json!("old")), Ok(json!("new version"))));
}

#[tokio::test]
async fn a_warmed_function_is_there_before_its_first_event() {
    if !installed("python3") {
        return;
    }
    let world = World::python("open('started', 'w').close()\ndef handler(e, c):\n return 1");
    let functions = world.start();
    functions.warm();
    for _ in 0..200 {
        if world.code().join("started").exists() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("no process was started");
}

#[tokio::test]
async fn the_client_context_reaches_the_handler() {
    if !installed("python3") {
        return;
    }
    let functions = World::python("def handler(e, c):\n return c.client_context.custom").start();
    let mut invocation = event("{}");
    invocation.client_context = Some(r#"{"custom":{"a":"b"}}"#.into());
    assert_eq!(functions.invoke(invocation).await, Ok(r#"{"a": "b"}"#.into()));
}
