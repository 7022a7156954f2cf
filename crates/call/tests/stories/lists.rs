//! Action lists: what is told, what continues, what replaces.

use serde_json::json;

use crate::support::*;

#[test]
fn silent_actions_report_only_as_the_last_of_their_list() {
    let mut story = Story::answered(json!([pause(500), play("a.wav"), speak("b")]));
    story.ms(500).told_nothing().played(1).told_nothing().played(2);
    let data = story.told_of("ACTION_SUCCESSFUL", "Speak");
    assert_eq!(data["Parameters"]["CallId"], story.id("A"));
    story.answers(json!([]));
    story.told_nothing().goes_on();
}

#[test]
fn every_silent_kind_is_silent_in_mid_list_and_reports_at_the_end() {
    let silent = [
        (pause(100), "Pause"),
        (play("a.wav"), "PlayAudio"),
        (speak("a"), "Speak"),
        (receive_digits("1"), "ReceiveDigits"),
        (send_digits("LEG-A", "1"), "SendDigits"),
        (action("VoiceFocus", json!({"Enable": "true"})), "VoiceFocus"),
    ];
    for (action, kind) in silent {
        let mut story = Story::answered(json!([action, hangup()]));
        story.ms(100).played(1).sent(1);
        let event = story.told("HANGUP");
        assert_eq!(event["Sequence"], 2, "{kind}");

        let mut story = Story::answered(json!([action]));
        story.ms(100).played(1).sent(1);
        let event = story.told("ACTION_SUCCESSFUL");
        assert_eq!(event["ActionData"]["Type"], kind);
        assert_eq!(event["Sequence"], 2);
    }
}

#[test]
fn notifying_actions_report_in_mid_list_and_the_list_waits_for_the_answer() {
    let mut story = Story::answered(json!([ask(json!({"MaxNumberOfDigits": 1})), play("after.wav")]));
    story.presses("A", "1").forget();
    story.told_of("ACTION_SUCCESSFUL", "PlayAudioAndGetDigits");
    // However long the function thinks, nothing starts.
    story.secs(19).wants([]);
    story.answers(json!([]));
    story.wants(["Play 2 to A: prompts/after.wav"]);
    story.played(2);
    story.told_of("ACTION_SUCCESSFUL", "PlayAudio");
}

#[test]
fn a_non_empty_answer_to_a_success_in_mid_list_replaces_the_rest() {
    let mut story = Story::answered(json!([ask(json!({"MaxNumberOfDigits": 1})), play("old.wav")]));
    story.presses("A", "1").forget();
    story.told_of("ACTION_SUCCESSFUL", "PlayAudioAndGetDigits");
    story.answers(json!([play("new.wav")]));
    story.wants(["Play 2 to A: prompts/new.wav"]);
    story.played(2);
    story.told_of("ACTION_SUCCESSFUL", "PlayAudio");
    story.answers(json!([]));
    story.told_nothing().wants([]);
}

#[test]
fn missing_null_and_empty_actions_let_the_list_go_on() {
    for answer in [
        json!({"SchemaVersion": "1.0"}),
        json!({"SchemaVersion": "1.0", "Actions": null}),
        json!({"SchemaVersion": "1.0", "Actions": []}),
    ] {
        let mut story = Story::answered(json!([ask(json!({"MaxNumberOfDigits": 1})), play("after.wav")]));
        story.presses("A", "1").forget();
        story.told("ACTION_SUCCESSFUL");
        story.returns(answer);
        story.wants(["Play 2 to A: prompts/after.wav"]);
    }
}

#[test]
fn a_list_does_not_wait_for_answers_to_events_it_did_not_cause() {
    let mut story = Story::bridged();
    story.is_updated(json!({}));
    story.told("CALL_UPDATE_REQUESTED");
    story.answers(json!([play_to("LEG-A", "1.wav"), play_to("LEG-A", "2.wav")]));
    story.forget().hangs_up("B");
    story.told("HANGUP");
    story.forget().played(1).wants(["Play 2 to A: prompts/2.wav"]);
}

#[test]
fn an_answer_to_another_event_replaces_what_is_not_started_yet() {
    let mut story = Story::answered(json!([receive_digits("5"), play("1.wav"), play("2.wav")]));
    story.forget().presses("A", "5").ms(1_000);
    story.told_of("DIGITS_RECEIVED", "ReceiveDigits");
    story.answers(json!([play("new.wav")]));
    // Only an update interrupts: the action in progress ends first, and silently, as if in mid-list.
    story.wants([]);
    story.played(1).told_nothing().wants(["Play 2 to A: prompts/new.wav"]);
    story.played(2);
    story.told_of("ACTION_SUCCESSFUL", "PlayAudio");
    story.answers(json!([]));
    story.told_nothing();
}

#[test]
fn a_replaced_action_of_the_notifying_kind_reports_but_has_no_say() {
    let mut story = Story::answered(json!([receive_digits("5"), bridge(), play("old.wav")]));
    story.forget().presses("A", "5").ms(1_000);
    story.told("DIGITS_RECEIVED");
    story.answers(json!([play("new.wav")]));
    story.picks_up("B");
    // The new list starts at once, without waiting for the answer.
    story.wants(["Bridge A B", "Play 1 to A: prompts/new.wav"]);
    story.told_of("ACTION_SUCCESSFUL", "CallAndBridge");
    story.answers_with(json!([hangup()]), json!({"stored": "yes"}));
    story.wants([]);
    story.played(1);
    let event = story.told("ACTION_SUCCESSFUL");
    assert_eq!(event["ActionData"]["Type"], "PlayAudio");
    assert_eq!(event["CallDetails"]["TransactionAttributes"], json!({"stored": "yes"}));
}

#[test]
fn a_replaced_action_that_fails_reports_but_the_new_list_runs() {
    let mut story = Story::answered(json!([receive_digits("5"), bridge()]));
    story.forget().presses("A", "5").ms(1_000);
    story.told("DIGITS_RECEIVED");
    story.answers(json!([play("new.wav")]));
    story.refuses("B", 486).wants(["Play 1 to A: prompts/new.wav"]);
    story.told_failed("CallAndBridge", "CallNotAnswered", "Call not answered");
    story.returns_text("not even JSON");
    story.played(1);
    story.told_of("ACTION_SUCCESSFUL", "PlayAudio");
}

#[test]
fn a_failure_drops_the_rest_and_leaves_the_legs_alone() {
    let mut story = Story::answered(json!([play("missing.wav"), play("next.wav"), hangup()]));
    story.forget();
    story.cannot_be_played(1, call::PlaybackError::ObjectNotFound("missing.wav".into()));
    story.told_failed("PlayAudio", "InvalidAudioSource", "Cannot access S3 bucket or audio file.");
    story.answers(json!([]));
    story.wants([]).secs(600).told_nothing().wants([]);
    story.goes_on();
}

#[test]
fn the_answer_to_a_failure_is_the_next_list() {
    let mut story = Story::answered(json!([pause(0), play("next.wav")]));
    story.told_failed("Pause", "InvalidActionParameter", "Duration parameter value is invalid.");
    story.answers(json!([hangup()]));
    story.wants(["Reject A 480"]);
}

#[test]
fn parameters_are_checked_when_an_action_is_reached() {
    let mut story = Story::answered(json!([play("a.wav"), pause(0)]));
    story.wants(["Answer A", "Play 1 to A: prompts/a.wav"]);
    story.played(1);
    story.told_failed("Pause", "InvalidActionParameter", "Duration parameter value is invalid.");
}

#[test]
fn actions_are_ignored_where_they_mean_nothing_and_attributes_are_kept() {
    let mut story = Story::of(outbound(json!({})));
    story.told("NEW_OUTBOUND_CALL");
    story.answers_with(json!([hangup()]), json!({"new": "1"}));
    story.wants(["Dial A +17035550122 from +15550199 for 120s X-chime-join-token: secret"]);
    story.rings("A", false);
    let event = story.told("RINGING");
    assert_eq!(event["CallDetails"]["TransactionAttributes"], json!({"new": "1"}));
    story.answers_with(json!([hangup()]), json!({"ringing": "1"}));
    story.wants([]).picks_up("A");
    let event = story.told("CALL_ANSWERED");
    assert_eq!(event["CallDetails"]["TransactionAttributes"], json!({"ringing": "1"}));
}

#[test]
fn any_nonsense_is_a_good_answer_where_actions_are_ignored() {
    for nonsense in
        ["[]", "()", "", "null", "\"x\"", "{}", r#"{"SchemaVersion":"9","Actions":[{"Type":"Dance"}]}"#]
    {
        let mut story = Story::of(outbound(json!({})));
        story.told("NEW_OUTBOUND_CALL");
        story.returns_text(nonsense);
        story.forget().rings("A", false);
        story.told("RINGING");
        story.returns_text(nonsense);
        story.told_nothing().picks_up("A");
        story.told("CALL_ANSWERED");
    }
}

#[test]
fn digits_received_do_not_disturb_the_running_list() {
    let mut story = Story::answered(json!([receive_digits("5"), play("1.wav"), play("2.wav")]));
    story.forget().presses("A", "5").ms(1_000);
    story.told("DIGITS_RECEIVED");
    story.answers(json!([]));
    story.played(1).wants(["Play 2 to A: prompts/2.wav"]);
    story.played(2);
    story.told_of("ACTION_SUCCESSFUL", "PlayAudio");
}
