//! Answering, refusing and giving up inbound calls.

use serde_json::json;

use crate::support::*;

#[test]
fn media_actions_answer_the_call() {
    for (wanted, first) in [
        (vec!["Answer A", "Play 1 to A: prompts/a.wav"], play("a.wav")),
        (vec!["Answer A", "Play 1 to A: 'hello'"], speak("hello")),
        (vec!["Answer A"], pause(100)),
        (vec!["Answer A", "Play 1 to A: prompts/menu.wav", "Listen to A"], ask(json!({}))),
        (vec!["Answer A", "StartRecording 1 of A", "Listen to A"], record(json!({}))),
        (vec!["Answer A", "Listen to A"], receive_digits("1")),
        (vec!["Answer A", "SendDigits 1 to A: 12 100ms"], send_digits("LEG-A", "12")),
        (vec!["Answer A"], action("VoiceFocus", json!({"Enable": true}))),
        (vec!["Answer A"], action("Answer", json!({}))),
    ] {
        let mut story = Story::answered(json!([first]));
        let wants: Vec<String> = wanted.into_iter().map(Into::into).collect();
        assert_eq!(story.take_wants(), wants, "{first}");
        story.goes_on();
    }
}

#[test]
fn a_bad_parameter_does_not_answer_the_call() {
    let mut story = Story::answered(json!([pause(0)]));
    story.wants([]);
    story.told_failed("Pause", "InvalidActionParameter", "Duration parameter value is invalid.");
}

#[test]
fn hangup_first_refuses_the_call_with_its_code() {
    for (given, sip) in [(json!("0"), 480), (json!(480), 480), (json!("486"), 486)] {
        let mut story = Story::answered(json!([action("Hangup", json!({"SipResponseCode": given}))]));
        let rejection = format!("Reject A {sip}");
        story.wants([rejection.as_str()]);
        assert_eq!(story.told_hangup("A", sip), "A Disconnected");
        story.answers(json!([play("too late.wav")]));
        story.is_over();
        story.wants([]);
        assert_eq!(story.records.len(), 1);
        assert_eq!((story.records[0].code, story.records[0].answered), (sip, None));
    }
}

#[test]
fn a_caller_who_gives_up_is_told_with_code_0() {
    let mut story = Story::answered(json!([bridge()]));
    story.forget();
    story.hangs_up("A");
    story.wants(["Release B"]);
    story.told_failed("CallAndBridge", "SystemException", "System error while running action.");
    story.answers(json!([]));
    assert_eq!(story.told_hangup("A", 0), "A Disconnected");
    story.answers(json!([]));
    story.is_over();
}

#[test]
fn a_caller_who_gives_up_while_the_function_thinks_gets_his_hangup_behind() {
    let mut story = Story::inbound();
    story.told("NEW_INBOUND_CALL");
    story.forget().hangs_up("A");
    story.answers_with(json!([play("a.wav")]), json!({"k": "v"}));
    // No action starts for a dead call, its attributes are stored.
    story.wants([]);
    let event = story.told("HANGUP");
    assert_eq!(event["CallDetails"]["TransactionAttributes"], json!({"k": "v"}));
    story.answers(json!([]));
    story.is_over();
}

#[test]
fn a_call_without_actions_alerts_for_30_seconds() {
    let mut story = Story::answered(json!([]));
    story.logged("Actions list is empty.");
    story.ms(29_999).told_nothing().wants([]);
    assert_eq!(story.call.deadline().unwrap().1, "inbound call without actions");
    story.ms(1).wants(["Reject A 480"]);
    assert_eq!(story.told_hangup("A", 480), "A Disconnected");
    story.answers(json!([]));
    story.is_over();
}

#[test]
fn an_update_may_supply_the_actions_meanwhile() {
    let mut story = Story::answered(json!([]));
    story.secs(29).is_updated(json!({}));
    story.told("CALL_UPDATE_REQUESTED");
    story.answers(json!([play("a.wav")]));
    story.wants(["Answer A", "Play 1 to A: prompts/a.wav"]);
    story.secs(60).goes_on();
}

#[test]
fn an_unanswered_call_after_a_failed_bridge_is_without_actions_too() {
    let mut story = Story::answered(json!([bridge()]));
    story.forget().secs(10);
    story.refuses("B", 486);
    story.told_failed("CallAndBridge", "CallNotAnswered", "Call not answered");
    story.answers(json!([]));
    story.secs(29).told_nothing();
    story.secs(1);
    story.told_hangup("A", 480);
}

#[test]
fn a_call_ends_after_its_longest_duration() {
    let mut setup = inbound();
    setup.limits.call_duration = std::time::Duration::from_secs(60);
    let mut story = Story::of(setup);
    story.told("NEW_INBOUND_CALL");
    story.answers(json!([play("long.wav")]));
    story.forget().secs(59).told_nothing();
    story.secs(1);
    story.wants(["StopPlayback 1", "Release A"]);
    story.logged("maximum duration");
    story.told_failed("PlayAudio", "SystemException", "System error while running action.");
    story.answers(json!([play("ignored.wav")]));
    story.told_hangup("A", 0);
    // One attempt only.
    story.fails(failed());
    story.is_over();
    story.wants([]);
}
