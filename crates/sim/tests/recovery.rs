//! The node dies and starts again.

use std::time::Duration;

use serde_json::{Value, json};
use sim::{Answer, World, bridge, play};

const OURS: &str = "+12065550100";

fn kind(event: &Value) -> &str {
    event["InvocationEventType"].as_str().unwrap_or_default()
}

#[test]
fn after_a_crash_the_function_gets_the_hangups_it_is_owed() {
    let world = World::new(1);
    let application = world.number(OURS, "ivr", |event| match kind(event) {
        "NEW_INBOUND_CALL" => {
            Answer::actions([bridge(OURS, "+15550200")]).with_attributes(&json!({ "pair": "7" }))
        }
        "HANGUP" => Answer::actions([play("nobody-hears.wav")]),
        _ => Answer::nothing(),
    });
    let caller = world.phone("+15550100").dials(OURS);
    let other = world.phone("+15550200").rings();
    caller.talks_to(&other);
    world.sees("ivr", "ACTION_SUCCESSFUL");
    world.passes(Duration::from_secs(1));
    let call = world.transactions("ivr")[0];
    world.everybody_forgets();
    world.crashes();
    world.passes(Duration::from_secs(5));
    let hangups: Vec<Value> =
        world.events("ivr").into_iter().filter(|event| kind(event) == "HANGUP").collect();
    assert_eq!(hangups.len(), 2);
    for event in &hangups {
        assert_eq!(event["CallDetails"]["TransactionAttributes"], json!({ "pair": "7" }));
        for participant in event["CallDetails"]["Participants"].as_array().expect("participants") {
            assert_eq!(participant["Status"], "Disconnected");
        }
    }
    assert_eq!(hangups[0]["Sequence"], 3);
    assert_eq!(hangups[1]["Sequence"], 4);
    let records: Vec<_> = world.engine().disk.call_records.values().cloned().collect();
    assert_eq!(records.len(), 2);
    assert!(records.iter().all(|record| record.crashed));
    let error = world.updates_call(&application, call, &json!({})).expect_err("the call is gone");
    assert_eq!(error.kind, api::Kind::NotFound);
    world.end();
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
