use serde_json::json;

use super::world::{CARRIER, World, rule_body};
use crate::{Config, Route};

#[test]
fn nothing_is_true_before_the_store_has_it() {
    let mut world = World::new();
    let application = world.application("ivr");
    world.number("+12065550100");
    let rule =
        world.send("POST /sip-rules", rule_body("r", "ToPhoneNumber", "+12065550100", &[&application]));
    assert!(!world.is_answered(rule));
    assert!(
        matches!(world.route(CARRIER, "+12065550100", ""), Route::Refuse(_)),
        "a crash could still take it back"
    );
    assert_eq!(world.get("/sip-rules").status, 200);
}

#[test]
fn reads_are_answered_at_once_from_what_is_confirmed() {
    let mut world = World::new();
    let id = world.application("ivr");
    let path = format!("/sip-media-applications/{id}");
    let rename = world.send(&format!("PUT {path}"), json!({ "Name": "new" }));
    let read = world.send(&format!("GET {path}"), json!(null));
    assert_eq!(world.answer(read).ok()["SipMediaApplication"]["Name"], "ivr");
    assert!(!world.is_answered(rename));
    world.settle();
    assert_eq!(world.answer(rename).ok()["SipMediaApplication"]["Name"], "new");
    assert_eq!(world.get(&path).ok()["SipMediaApplication"]["Name"], "new");
}

#[test]
fn a_second_write_to_a_record_waits_for_the_first_and_sees_it() {
    let mut world = World::new();
    let id = world.application("ivr");
    let put = format!("PUT /sip-media-applications/{id}");
    let endpoint = json!([{ "LambdaArn": "arn:aws:lambda:us-east-1:111122223333:function:other" }]);
    let first = world.send(&put, json!({ "Name": "first" }));
    let second = world.send(&put, json!({ "Endpoints": endpoint }));
    assert_eq!(world.writes.len(), 1, "one is with the store, the other waits");
    world.store_answers(Ok(()));
    assert!(world.is_answered(first) && !world.is_answered(second));
    assert_eq!(world.writes.len(), 1);
    world.store_answers(Ok(()));
    let answer = world.answer(second).ok();
    assert_eq!(answer["SipMediaApplication"]["Name"], "first", "the first write is not lost");
    assert_eq!(answer["SipMediaApplication"]["Endpoints"], endpoint);
}

#[test]
fn those_that_wait_keep_their_order() {
    let mut world = World::new();
    let id = world.application("ivr");
    let put = format!("PUT /sip-media-applications/{id}");
    let tickets: Vec<_> = (0..5).map(|n| world.send(&put, json!({ "Name": format!("n{n}") }))).collect();
    for (n, ticket) in tickets.iter().enumerate() {
        assert_eq!(world.writes.len(), 1);
        world.store_answers(Ok(()));
        assert!(world.is_answered(*ticket));
        assert_eq!(world.answers.len(), 2 + n);
    }
    let name = &world.get(&format!("/sip-media-applications/{id}")).ok()["SipMediaApplication"]["Name"];
    assert_eq!(name, "n4");
}

#[test]
fn writes_that_do_not_meet_are_under_way_together() {
    let mut world = World::new();
    let (a, b) = (world.application("a"), world.application("b"));
    world.send(&format!("PUT /sip-media-applications/{a}"), json!({ "Name": "x" }));
    world.send(&format!("PUT /sip-media-applications/{b}"), json!({ "Name": "y" }));
    assert_eq!(world.writes.len(), 2);
    world.settle();
}

#[test]
fn two_rules_cannot_get_one_trigger_at_the_same_time() {
    let mut world = World::new();
    let application = world.application("ivr");
    world.number("+12065550100");
    let body = rule_body("r", "ToPhoneNumber", "+12065550100", &[&application]);
    let (first, second) = (world.send("POST /sip-rules", body.clone()), world.send("POST /sip-rules", body));
    world.settle();
    world.answer(first).ok();
    world.answer(second).refused("ConflictException");
}

#[test]
fn an_application_is_not_deleted_under_a_rule_on_its_way() {
    let mut world = World::new();
    let application = world.application("ivr");
    world.number("+12065550100");
    let rule =
        world.send("POST /sip-rules", rule_body("r", "ToPhoneNumber", "+12065550100", &[&application]));
    let delete = world.send(&format!("DELETE /sip-media-applications/{application}"), json!(null));
    world.settle();
    world.answer(rule).ok();
    world.answer(delete).refused("ConflictException");
}

#[test]
fn a_rule_that_waits_for_its_application_s_deletion_finds_it_gone() {
    let mut world = World::new();
    let application = world.application("ivr");
    world.number("+12065550100");
    let delete = world.send(&format!("DELETE /sip-media-applications/{application}"), json!(null));
    let rule =
        world.send("POST /sip-rules", rule_body("r", "ToPhoneNumber", "+12065550100", &[&application]));
    assert!(!world.is_answered(rule), "what it depends on is being changed");
    world.settle();
    world.answer(delete).ok();
    world.answer(rule).refused("BadRequestException");
}

#[test]
fn a_number_is_not_deleted_while_it_is_being_attached() {
    let mut world = World::new();
    let connector = world.connector("pbx");
    world.order("VoiceConnector", "+12065550100");
    let numbers = json!({ "E164PhoneNumbers": ["+12065550100"] });
    let attach =
        world.send(&format!("POST /voice-connectors/{connector}?operation=associate-phone-numbers"), numbers);
    let number = world.send("DELETE /phone-numbers/%2B12065550100", json!(null));
    let trunk = world.send(&format!("DELETE /voice-connectors/{connector}"), json!(null));
    world.settle();
    assert_eq!(world.answer(attach).ok()["PhoneNumberErrors"], json!([]));
    world.answer(number).refused("BadRequestException");
    world.answer(trunk).refused("ConflictException");
}

#[test]
fn a_store_that_fails_changes_nothing_and_says_500() {
    let mut world = World::new();
    let id = world.application("ivr");
    let put = format!("PUT /sip-media-applications/{id}");
    let (first, second) =
        (world.send(&put, json!({ "Name": "first" })), world.send(&put, json!({ "Name": "second" })));
    world.store_answers(Err("disk full".into()));
    let answer = world.answer(first);
    assert_eq!(answer.refused("ServiceFailureException").status, 500);
    assert!(!answer.body.to_string().contains("disk"), "the caller is not told about our disk");
    let read = world.send(&format!("GET /sip-media-applications/{id}"), json!(null));
    assert_eq!(world.answer(read).ok()["SipMediaApplication"]["Name"], "ivr");
    world.settle();
    assert_eq!(
        world.get(&format!("/sip-media-applications/{id}")).ok()["SipMediaApplication"]["Name"],
        "second"
    );
    world.answer(second).ok();
}

#[test]
fn a_crash_takes_back_only_what_nobody_was_told() {
    let mut world = World::new();
    let kept = world.application("kept");
    let rename = world.send(&format!("PUT /sip-media-applications/{kept}"), json!({ "Name": "lost" }));
    let create =
        world.send("POST /voice-connectors", json!({ "Name": "lost too", "RequireEncryption": false }));
    let before = world.directory.tables().dump();
    world.crash();
    assert!(!world.is_answered(rename) && !world.is_answered(create));
    assert_eq!(world.directory.tables().dump(), before);
    assert_eq!(
        world.get(&format!("/sip-media-applications/{kept}")).ok()["SipMediaApplication"]["Name"],
        "kept"
    );
    assert_eq!(world.get("/voice-connectors").ok()["VoiceConnectors"], json!([]));
}

#[test]
fn too_many_pending_writes_are_refused_and_reads_are_not() {
    let mut world = World::with(Config { pending_writes: 3, ..Config::default() });
    let id = world.application("ivr");
    let put = format!("PUT /sip-media-applications/{id}");
    let tickets: Vec<_> = (0..4).map(|n| world.send(&put, json!({ "Name": format!("n{n}") }))).collect();
    let other = world.send("POST /voice-connectors", json!({ "Name": "c", "RequireEncryption": false }));
    for refused in [tickets[3], other] {
        assert_eq!(world.answer(refused).refused("ServiceUnavailableException").status, 503);
    }
    assert!(tickets[..3].iter().all(|ticket| !world.is_answered(*ticket)));
    assert_eq!(world.directory.pending(), 3);
    let read = world.send(&format!("GET /sip-media-applications/{id}"), json!(null));
    world.answer(read).ok();
    world.settle();
    assert!(tickets[..3].iter().all(|ticket| world.answer(*ticket).status == 200));
    assert_eq!(world.directory.pending(), 0);
}

#[test]
fn a_confirmation_nobody_waits_for_is_ignored() {
    let mut world = World::new();
    world.application("ivr");
    let before = world.directory.tables().dump();
    let mut out = Vec::new();
    world.directory.confirmed(world.now, crate::WriteId(99), Ok(()), &mut out);
    assert!(out.is_empty());
    assert_eq!(world.directory.tables().dump(), before);
}

#[test]
fn nobody_overtakes_one_that_waits() {
    let mut world = World::new();
    let (east, west) = (world.application("e"), world.application_in("us-west-2", "w"));
    world.number("+12065550100");
    // The rule waits for two writes; the deletion could go at once, but the rule came first.
    let renames = [&east, &west]
        .map(|id| world.send(&format!("PUT /sip-media-applications/{id}"), json!({ "Name": "new" })));
    let rule =
        world.send("POST /sip-rules", rule_body("r", "ToPhoneNumber", "+12065550100", &[&east, &west]));
    let delete = world.send("DELETE /phone-numbers/%2B12065550100", json!(null));
    world.store_answers(Ok(()));
    assert!(world.is_answered(renames[0]));
    assert!(!world.is_answered(rule) && !world.is_answered(delete));
    assert_eq!(world.writes.len(), 1);
    world.settle();
    world.answer(rule).ok();
    world.answer(delete).refused("BadRequestException");
}
