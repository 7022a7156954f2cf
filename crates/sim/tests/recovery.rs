//! The node dies and starts again.

use std::time::Duration;

use serde_json::{Value, json};
use sim::{Answer, World, play};

const OURS: &str = "+12065550100";

fn kind(event: &Value) -> &str {
    event["InvocationEventType"].as_str().unwrap_or_default()
}

#[test]
fn records_outlive_the_node_and_an_unconfirmed_write_does_not() {
    let world = World::new(2);
    world.number(OURS, "ivr", |event| match kind(event) {
        "NEW_INBOUND_CALL" => Answer::actions([play("hello-3000.wav")]),
        _ => Answer::nothing(),
    });
    {
        let mut engine = world.engine();
        engine.faults.disk = Duration::from_secs(1);
        let order = json!({ "AwsRegion": "us-east-1", "Name": "late",
            "Endpoints": [{ "LambdaArn": sim::function_arn("late") }] });
        let request = api::voice::parse("POST", "/sip-media-applications", "", order.to_string().as_bytes());
        engine.request(request.expect("a request"));
    }
    world.crashes();
    world.passes(Duration::from_secs(5));
    let answer = world.api("GET", "/sip-media-applications", &Value::Null);
    let names: Vec<&str> = answer["SipMediaApplications"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|application| application["Name"].as_str())
        .collect();
    assert_eq!(names, ["ivr"]);
    let caller = world.phone("+15550100").dials(OURS);
    caller.hears("hello-3000.wav");
    caller.hangs_up();
    world.end();
}
