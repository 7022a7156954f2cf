//! The official Python runtime client. Its interpreter (a virtual environment with `awslambdaric`) comes from
//! `TEST_AWSLAMBDARIC_PYTHON`; without it these tests say so and pass.

use serde_json::json;
use switchhook::functions::Runtime;

use crate::world::{World, fail, invoke};

#[tokio::test]
async fn the_official_python_client_is_served() {
    let Ok(python) = std::env::var("TEST_AWSLAMBDARIC_PYTHON") else {
        eprintln!("SKIPPED: TEST_AWSLAMBDARIC_PYTHON names no Python with awslambdaric");
        return;
    };
    let bootstrap = format!("#!/bin/sh\nexec {python} -m awslambdaric index.handler\n");
    let source = "def handler(event, context):\n if event.get('fail'): raise ValueError('no')\n return {'got': event, 'left': context.get_remaining_time_in_millis() > 0, 'arn': context.invoked_function_arn}";
    let world =
        World::new(Runtime::Provided, "index.handler", &[("bootstrap", &bootstrap), ("index.py", source)]);
    let path = world.code().join("bootstrap");
    std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let functions = world.start();
    for x in [1, 2] {
        assert_eq!(
            invoke(&functions, &json!({ "x": x }).to_string()).await,
            Ok(
                json!({ "got": { "x": x }, "left": true, "arn": "arn:aws:lambda:us-east-1:111122223333:function:f" })
            )
        );
    }
    let (text, document) = fail(&functions, r#"{"fail":true}"#).await;
    assert_eq!(text, "ValueError: no");
    assert_eq!(document["errorType"], "ValueError");
    assert_eq!(invoke(&functions, "{}").await.unwrap()["left"], true);
}
