//! A leg that ends while something runs on it, or is queued for it.

use serde_json::{Value, json};

use crate::support::*;

#[test]
fn the_running_action_is_reported_once_more_before_the_hangup() {
    for (action, kind, stops) in [
        (pause(10_000), "Pause", vec![]),
        (play("a.wav"), "PlayAudio", vec!["StopPlayback 1"]),
        (speak("a"), "Speak", vec!["StopPlayback 1"]),
        (ask(json!({})), "PlayAudioAndGetDigits", vec!["StopPlayback 1"]),
        (send_digits("LEG-A", "12"), "SendDigits", vec!["StopSending 1"]),
        (bridge(), "CallAndBridge", vec!["Release B"]),
    ] {
        let mut story = Story::answered(json!([action, play("rest.wav")]));
        story.forget().hangs_up("A");
        assert_eq!(story.take_wants(), stops, "{kind}");
        let event = story.told("ACTION_FAILED");
        assert_eq!(event["ActionData"]["Type"], kind);
        assert_eq!(event["ActionData"]["ErrorType"], "SystemException");
        assert_eq!(participants(&event), "A Disconnected");
        story.answers(json!([play("ignored.wav")]));
        assert_eq!(story.told_hangup("A", 0), "A Disconnected");
        story.answers(json!([]));
        story.is_over();
        story.wants([]);
    }
}

#[test]
fn a_recording_is_stored_and_succeeds_when_its_leg_ends() {
    let mut story = Story::answered(json!([record(json!({})), play("rest.wav")]));
    let a = story.id("A");
    story.forget().hangs_up("A");
    story.wants([format!("StoreRecording 1: voicemail/box/{a}-0.wav").as_str()]);
    story.secs(14).told_nothing();
    assert!(!story.call.is_live());
    story.stored(1);
    let event = story.told("ACTION_SUCCESSFUL");
    assert_eq!(event["ActionData"]["RecordingDestination"]["Key"], format!("box/{a}-0.wav"));
    assert!(event["ActionData"].get("RecordingTerminatorUsed").is_none());
    assert_eq!(participants(&event), "A Disconnected");
    story.answers(json!([]));
    story.told_hangup("A", 0);
    story.answers(json!([]));
    story.is_over();
}

#[test]
fn the_hangup_waits_no_longer_than_the_upload_may_take() {
    let mut story = Story::answered(json!([record(json!({}))]));
    story.hangs_up("A").ms(14_999).told_nothing().ms(1);
    story.told_failed(
        "RecordAudio",
        "InvalidActionParameter",
        "Error occurred while uploading recording to S3 bucket.",
    );
    story.answers(json!([]));
    story.told_hangup("A", 0);
    // Too late to matter.
    story.stored(1).answers(json!([]));
    story.is_over();
}

#[test]
fn a_leg_that_ends_while_its_recording_is_being_stored_changes_nothing_for_it() {
    let mut story = Story::answered(json!([record(json!({}))]));
    story.presses("A", "#").secs(5).hangs_up("A").told_nothing();
    story.secs(10);
    // The 15 seconds count from the end of the recording.
    story.told_failed(
        "RecordAudio",
        "InvalidActionParameter",
        "Error occurred while uploading recording to S3 bucket.",
    );
    story.answers(json!([]));
    story.told_hangup("A", 0);
}

#[test]
fn queued_actions_of_the_dead_leg_are_dropped_those_of_the_other_go_on() {
    let mut story = Story::bridged();
    story.is_updated(json!({}));
    story.told("CALL_UPDATE_REQUESTED");
    story.answers(json!([
        play_to("LEG-A", "1.wav"),
        play_to("LEG-B", "2.wav"),
        play_to("LEG-A", "3.wav"),
        play("of the default leg.wav"),
        play_to("LEG-B", "4.wav"),
    ]));
    story.wants(["Play 1 to A: prompts/1.wav"]);
    story.hangs_up("B").wants(["Unbridge A B"]);
    assert_eq!(story.told_hangup("B", 0), "A Connected, B Disconnected");
    story.answers(json!([]));
    story.played(1).wants(["Play 2 to A: prompts/3.wav"]);
    story.played(2).wants(["Play 3 to A: prompts/of the default leg.wav"]);
    story.played(3);
    story.told_of("ACTION_SUCCESSFUL", "PlayAudio");
}

/// A bridged call whose function wants LEG-B replaced, with `rest` behind the new bridge.
fn replacing_b(rest: &[Value]) -> Story {
    let mut story = Story::bridged();
    story.is_updated(json!({}));
    story.told("CALL_UPDATE_REQUESTED");
    let mut actions = vec![action("Hangup", json!({"ParticipantTag": "LEG-B"})), bridge()];
    actions.extend_from_slice(rest);
    story.answers(Value::from(actions));
    story.told_hangup("B", 0);
    story.answers(json!([]));
    story.told_of("ACTION_SUCCESSFUL", "Hangup");
    story.answers(json!([]));
    story.forget().picks_up("B");
    story.told_of("ACTION_SUCCESSFUL", "CallAndBridge");
    story.forget();
    story
}

#[test]
fn an_action_for_leg_b_behind_a_queued_bridge_means_the_leg_to_come() {
    let mut story = replacing_b(&[play_to("LEG-B", "welcome.wav")]);
    story.answers(json!([]));
    story.wants(["Play 1 to B: prompts/welcome.wav"]);
    story.played(1);
    story.told_of("ACTION_SUCCESSFUL", "PlayAudio");
}

#[test]
fn an_action_for_the_dead_leg_by_its_id_is_dropped_even_behind_a_queued_bridge() {
    let mut story = Story::bridged();
    let b = story.id("B");
    story.is_updated(json!({}));
    story.told("CALL_UPDATE_REQUESTED");
    let by_id = action("PlayAudio", json!({"CallId": b, "AudioSource": file("old.wav")}));
    story.answers(json!([play_to("LEG-A", "a.wav"), bridge(), by_id, play_to("LEG-B", "new.wav")]));
    story.hangs_up("B");
    story.told_hangup("B", 0);
    story.answers(json!([]));
    story.played(1).forget().picks_up("B");
    story.told_of("ACTION_SUCCESSFUL", "CallAndBridge");
    story.forget().answers(json!([]));
    story.wants(["Play 2 to B: prompts/new.wav"]);
}

#[test]
fn an_action_that_names_no_leg_behind_a_queued_bridge_follows_leg_b_to_its_successor() {
    let mut story = Story::bridged();
    story.is_updated(json!({}));
    story.told("CALL_UPDATE_REQUESTED");
    let mut listen = receive_digits("^1$");
    listen["Parameters"]["ParticipantTag"] = "LEG-B".into();
    story.answers(json!([listen]));
    story.told_of("ACTION_SUCCESSFUL", "ReceiveDigits");
    story.answers(json!([]));
    story.presses("B", "1").secs(1);
    story.told_of("DIGITS_RECEIVED", "ReceiveDigits");
    // Neither names a leg: LEG-B's event is answered.
    story.answers(json!([hangup(), bridge(), play("welcome.wav")]));
    story.told_hangup("B", 0);
    story.answers(json!([]));
    story.told_of("ACTION_SUCCESSFUL", "Hangup");
    story.answers(json!([]));
    story.forget().picks_up("B");
    story.told_of("ACTION_SUCCESSFUL", "CallAndBridge");
    story.forget().answers(json!([]));
    story.wants(["Play 1 to B: prompts/welcome.wav"]);
}

#[test]
fn a_cut_action_does_not_hold_up_the_live_leg() {
    let mut story = Story::bridged();
    story.is_updated(json!({}));
    story.told("CALL_UPDATE_REQUESTED");
    story.answers(json!([play_to("LEG-A", "a.wav"), play_to("LEG-B", "b.wav")]));
    story.forget().hangs_up("A");
    story.wants(["StopPlayback 1", "Unbridge A B", "Play 2 to B: prompts/b.wav"]);
    let event = story.told("ACTION_FAILED");
    assert_eq!(participants(&event), "A Disconnected, B Connected");
    story.answers(json!([]));
    assert_eq!(story.told_hangup("A", 0), "A Disconnected, B Connected");
    story.answers(json!([]));
    story.played(2);
    story.told_of("ACTION_SUCCESSFUL", "PlayAudio");
}

#[test]
fn a_queued_hangup_of_the_dead_leg_still_runs() {
    let mut story = Story::bridged();
    let b = story.id("B");
    story.is_updated(json!({}));
    story.told("CALL_UPDATE_REQUESTED");
    story.answers(json!([play_to("LEG-A", "please hold.wav"), hangup_of(&b), play_to("LEG-A", "2.wav")]));
    story.forget().hangs_up("B");
    assert_eq!(story.told_hangup("B", 0), "A Connected, B Disconnected");
    story.answers(json!([]));
    story.forget().played(1).wants([]);
    let data = story.told_of("ACTION_SUCCESSFUL", "Hangup");
    assert_eq!(data["Parameters"]["CallId"], b);
    story.answers(json!([]));
    story.wants(["Play 2 to A: prompts/2.wav"]);
}

#[test]
fn an_action_ordered_for_a_dead_leg_by_a_later_answer_fails() {
    let mut story = Story::bridged();
    story.hangs_up("B");
    story.told("HANGUP");
    story.answers(json!([play_to("LEG-B", "a.wav")]));
    story.told_failed(
        "PlayAudio",
        "InvalidActionParameter",
        "CallId or ParticipantTag parameter for action is invalid.",
    );
}

#[test]
fn the_answer_to_a_hangup_means_the_live_leg() {
    let mut story = Story::bridged();
    story.forget().hangs_up("A");
    story.told("HANGUP");
    story.answers(json!([speak("he is gone")]));
    story.wants(["Unbridge A B", "Play 1 to B: 'he is gone'"]);
}

#[test]
fn nothing_starts_and_nothing_is_accepted_once_no_leg_is_live() {
    let mut story = Story::answered(json!([record(json!({}))]));
    story.forget().hangs_up("A");
    assert!(!story.call.is_live());
    story.stored(1).forget();
    story.told("ACTION_SUCCESSFUL");
    story.happens(call::Event::UpdateRequested { arguments: Default::default() });
    story.answers(json!([speak("nobody hears it"), bridge()]));
    story.wants([]);
    story.told_hangup("A", 0);
    story.answers(json!([bridge()]));
    story.is_over();
    story.wants([]);
}

#[test]
fn digits_of_a_dead_leg_reach_nobody() {
    let mut story = Story::bridged();
    story.is_updated(json!({}));
    story.told("CALL_UPDATE_REQUESTED");
    story.answers(json!([action(
        "ReceiveDigits",
        json!({"ParticipantTag": "LEG-B", "InputDigitsRegex": "1", "InBetweenDigitsDurationInMilliseconds": 1000,
            "FlushDigitsDurationInMilliseconds": 2000})
    )]));
    story.wants(["Listen to B"]);
    story.told("ACTION_SUCCESSFUL");
    story.answers(json!([])).presses("B", "1");
    story.hangs_up("B").presses("B", "1");
    story.told("HANGUP");
    story.answers(json!([])).secs(5).told_nothing();
}
