use std::time::Duration;

use serde_json::{Value, json};

use super::world::{Answer, Order, World, telco};
use crate::Config;

fn order(world: &mut World, application: &str, body: Value) -> Result<Order, Answer> {
    let ticket = world.send(&format!("POST /sip-media-applications/{application}/calls"), body);
    match world.orders.remove(&ticket) {
        Some(order) => Ok(order),
        None => Err(world.answer(ticket)),
    }
}

#[test]
fn a_call_that_may_be_is_handed_on_with_all_it_needs() {
    let mut world = World::new();
    let application = world.application("ivr");
    world.number("+12065550100");
    let body = json!({
        "FromPhoneNumber": "12065550100", "ToPhoneNumber": "15035550188",
        "SipHeaders": { "X-Zulu": "1", "X-Alpha": "2" }, "ArgumentsMap": { "b": "1", "a": "2" },
    });
    let Ok(Order::Place(order)) = order(&mut world, &application, body) else { panic!("refused") };
    assert_eq!((order.from.as_str(), order.to.as_str()), ("+12065550100", "+15035550188"));
    assert_eq!(order.target.application, application);
    assert_eq!(order.target.function, "arn:aws:lambda:us-east-1:111122223333:function:ivr");
    assert_eq!(order.sip_headers, [("X-Zulu".into(), "1".into()), ("X-Alpha".into(), "2".into())]);
    assert_eq!(order.arguments, [("b".into(), "1".into()), ("a".into(), "2".into())]);
    assert!(!format!("{order:?}").contains("5550"));
}

#[test]
fn a_call_that_cannot_be_is_a_bad_request() {
    let mut world = World::new();
    let application = world.application("ivr");
    world.number("+12065550100");
    world.order("VoiceConnector", "+12065550101");
    let call = |from: &str, to: &str| json!({ "FromPhoneNumber": from, "ToPhoneNumber": to });
    let mut refused = |application: &str, body: Value| {
        let answer = order(&mut world, application, body).unwrap_err();
        answer.refused("BadRequestException");
    };
    refused("none", call("+12065550100", "+15035550188"));
    refused(&application, call("+12065550109", "+15035550188"));
    refused(&application, call("+12065550101", "+15035550188"));
    refused(&application, call("+12065550100", "the bar"));
    let mut with_headers = call("+12065550100", "+15035550188");
    with_headers["SipHeaders"] = json!({ "Via": "x" });
    refused(&application, with_headers);

    world.delete("/phone-numbers/%2B12065550100").ok();
    let answer = order(&mut world, &application, call("+12065550100", "+15035550188")).unwrap_err();
    answer.refused("BadRequestException");
}

#[test]
fn without_a_carrier_only_meetings_and_our_own_numbers_can_be_called() {
    let mut carrier = telco();
    carrier.prefixes.clear();
    let mut world = World::with(Config { carriers: vec![carrier], ..Config::default() });
    let application = world.application("ivr");
    world.number("+12065550100");
    world.order("VoiceConnector", "+12065550101");
    let mut call = |to: &str, headers: Value| {
        let body = json!({ "FromPhoneNumber": "+12065550100", "ToPhoneNumber": to, "SipHeaders": headers });
        order(&mut world, &application, body).is_ok()
    };
    assert!(!call("+15035550188", json!({})));
    assert!(call("+12065550101", json!({})));
    assert!(!call("+17035550122", json!({})));
    assert!(call("+17035550122", json!({ "X-chime-join-token": "t" })));
    assert!(!call("+15035550188", json!({ "X-chime-join-token": "t" })));
}

#[test]
fn an_update_is_handed_on_when_its_application_exists() {
    let mut world = World::new();
    let application = world.application("ivr");
    let transaction = "5f2ae1b0-4d3c-4b6e-8a3e-0d7f0f4b3c11";
    let path = format!("POST /sip-media-applications/{application}/calls/{transaction}");
    let ticket = world.send(&path, json!({ "Arguments": { "k": "v" } }));
    let Some(Order::Update(update)) = world.orders.remove(&ticket) else { panic!("refused") };
    assert_eq!(update.application, application);
    assert_eq!(update.transaction.to_string(), transaction);
    assert_eq!(update.arguments, [("k".into(), "v".into())]);
    world
        .post(&format!("/sip-media-applications/{application}/calls/x"), json!({ "Arguments": {} }))
        .refused("NotFoundException");
    world
        .post(&format!("/sip-media-applications/none/calls/{transaction}"), json!({ "Arguments": {} }))
        .refused("NotFoundException");
    world.post(&path["POST ".len()..], json!({})).refused("BadRequestException");
}

#[test]
fn rates_are_off_until_set() {
    let mut config = Config { carriers: vec![telco()], ..Config::default() };
    config.create_call_rate = Some(1);
    let mut world = World::with(config);
    let application = world.application("ivr");
    world.number("+12065550100");
    let body = json!({ "FromPhoneNumber": "+12065550100", "ToPhoneNumber": "+15035550188" });
    assert!(order(&mut world, &application, body.clone()).is_ok());
    let refused = order(&mut world, &application, body.clone()).unwrap_err();
    assert_eq!(refused.refused("ThrottledClientException").status, 429);
    world.now += Duration::from_secs(1);
    assert!(order(&mut world, &application, body.clone()).is_ok());

    let mut world = World::new();
    let application = world.application("ivr");
    world.number("+12065550100");
    for _ in 0..100 {
        assert!(order(&mut world, &application, body.clone()).is_ok());
    }
}
