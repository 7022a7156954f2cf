//! Calls that an API request began.

use call::DialRefusal;
use serde_json::json;

use crate::support::*;

const DIAL: &str = "Dial A +17035550122 from +15550199 for 120s X-chime-join-token: secret";

#[test]
fn it_is_dialled_once_the_function_answered() {
    let mut story = Story::of(outbound(json!({"MeetingId": "m"})));
    story.wants([]);
    let event = story.told("NEW_OUTBOUND_CALL");
    assert_eq!(event["Sequence"], 1);
    story.answers_with(json!([]), json!({"MeetingId": "m"}));
    story.wants([DIAL]);
    story.rings("A", false).rings("A", true);
    let event = story.told("RINGING");
    assert_eq!(event["Sequence"], 2);
    assert!(event.get("ActionData").is_none());
    story.answers(json!([]));
    story.told_nothing().picks_up("A");
    let event = story.told("CALL_ANSWERED");
    assert_eq!(event["Sequence"], 3);
    assert!(event.get("ActionData").is_none());
    assert_eq!(participants(&event), "A Connected");
    story.answers(json!([speak("hello")]));
    story.wants(["Play 1 to A: 'hello'"]);
}

#[test]
fn a_failed_dial_is_a_hangup_with_its_code() {
    for (code, expected) in [(486, 486), (480, 480), (403, 403), (0, 480), (603, 603)] {
        let mut story = Story::of(outbound(json!({})));
        story.told("NEW_OUTBOUND_CALL");
        story.answers(json!([])).refuses("A", code);
        assert_eq!(story.told_hangup("A", expected), "A Disconnected");
        story.answers(json!([speak("ignored")]));
        story.is_over();
        assert_eq!(story.records[0].code, expected);
    }
}

#[test]
fn a_dial_that_cannot_be_placed_is_a_hangup_too() {
    for (refusal, code) in [
        (DialRefusal::NoRoute("x".into()), 404),
        (DialRefusal::CallerIdNotOwned, 403),
        (DialRefusal::Loop, 483),
        (DialRefusal::NoCapacity("x".into()), 503),
    ] {
        let mut story = Story::of(outbound(json!({})));
        story.told("NEW_OUTBOUND_CALL");
        story.answers(json!([])).cannot_be_dialled("A", refusal);
        story.told_hangup("A", code);
        story.answers(json!([]));
        story.is_over();
        assert_eq!(story.records.len(), 1);
    }
}

#[test]
fn nobody_answers_for_two_minutes() {
    let mut story = Story::of(outbound(json!({})));
    story.told("NEW_OUTBOUND_CALL");
    story.answers(json!([]));
    story.forget().ms(119_999).told_nothing();
    assert_eq!(story.call.deadline().unwrap().1, "outbound call unanswered");
    story.ms(1).wants(["Release A"]);
    assert_eq!(story.told_hangup("A", 480), "A Disconnected");
    // The answer that crossed our CANCEL.
    story.picks_up("A").answers(json!([]));
    story.is_over();
}

#[test]
fn a_function_that_fails_on_the_first_event_ends_the_call_undialled() {
    let mut story = Story::of(outbound(json!({})));
    story.told("NEW_OUTBOUND_CALL");
    story.fails_for_good();
    story.wants([]);
    story.told_hangup("A", 480);
    story.answers(json!([]));
    story.is_over();
    assert_eq!(story.records.len(), 1);
}

#[test]
fn an_update_while_it_rings_waits_for_the_answer_except_hangup() {
    let mut story = Story::of(outbound(json!({})));
    story.told("NEW_OUTBOUND_CALL");
    story.answers(json!([])).is_updated(json!({}));
    story.told("CALL_UPDATE_REQUESTED");
    story.forget().answers(json!([speak("hello")]));
    story.wants([]).picks_up("A").wants(["Play 1 to A: 'hello'"]);
    story.told("CALL_ANSWERED");

    let mut story = Story::of(outbound(json!({})));
    story.told("NEW_OUTBOUND_CALL");
    story.answers(json!([])).is_updated(json!({}));
    story.told("CALL_UPDATE_REQUESTED");
    story.forget().answers(json!([hangup()]));
    story.wants(["Release A"]);
    story.told_hangup("A", 480);
}

#[test]
fn an_update_before_the_dial_keeps_its_place() {
    let mut story = Story::of(outbound(json!({})));
    story.is_updated(json!({"n": "1"}));
    story.told("NEW_OUTBOUND_CALL");
    story.answers(json!([]));
    story.told("CALL_UPDATE_REQUESTED");
    story.wants([DIAL]);
}

#[test]
fn an_answered_outbound_call_can_be_bridged() {
    let mut story = Story::of(outbound(json!({})));
    story.told("NEW_OUTBOUND_CALL");
    story.answers(json!([])).picks_up("A");
    story.told("CALL_ANSWERED");
    story.forget().answers(json!([bridge()]));
    story.wants(["Dial B +15550300 from +15550199 for 30s"]);
    story.rings("B", false).picks_up("B").wants(["Bridge A B"]);
    let event = story.told("ACTION_SUCCESSFUL");
    assert_eq!(participants(&event), "A Connected, B Connected");
}
