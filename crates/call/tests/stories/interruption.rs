//! Only an API update cuts an action short.

use serde_json::{Value, json};

use crate::support::*;

/// A call in this action, with an update under way whose answer is still to come.
fn updated_during(action: Value) -> Story {
    let mut story = Story::answered(json!([action, play("rest.wav")]));
    story.forget().is_updated(json!({"do": "it"}));
    story.told("CALL_UPDATE_REQUESTED");
    story
}

#[test]
fn pause_play_and_speak_are_interrupted() {
    for (action, kind, stops) in [
        (pause(10_000), "Pause", vec![]),
        (play("a.wav"), "PlayAudio", vec!["StopPlayback 1"]),
        (speak("a"), "Speak", vec!["StopPlayback 1"]),
    ] {
        let mut story = updated_during(action);
        story.answers(json!([speak("new")]));
        // The new list starts without waiting for any answer.
        let wants = story.take_wants();
        assert_eq!(wants[..wants.len() - 1], stops, "{kind}");
        assert!(wants[wants.len() - 1].ends_with("to A: 'new'"), "{wants:?}");
        let data = story.told_of("ACTION_INTERRUPTED", kind);
        assert_eq!(data["Parameters"]["CallId"], story.id("A"));
        // Informational: its actions are ignored, its attributes stored.
        story.answers_with(json!([hangup()]), json!({"seen": "1"}));
        story.wants([]).told_nothing();
        let playback = if kind == "Pause" { 1 } else { 2 };
        story.played(playback);
        let event = story.told("ACTION_SUCCESSFUL");
        assert_eq!(event["ActionData"]["Type"], "Speak");
        assert_eq!(event["CallDetails"]["TransactionAttributes"], json!({"seen": "1"}));
        story.goes_on();
    }
}

#[test]
fn the_interrupted_event_comes_before_the_events_of_the_new_list() {
    let mut story = updated_during(play("a.wav"));
    // ReceiveDigits is done at once, its success must still come second.
    story.answers(json!([receive_digits("1")]));
    story.told_of("ACTION_INTERRUPTED", "PlayAudio");
    story.answers(json!([]));
    story.told_of("ACTION_SUCCESSFUL", "ReceiveDigits");
}

#[test]
fn an_empty_answer_to_an_update_changes_nothing() {
    let mut story = updated_during(play("a.wav"));
    story.answers(json!([]));
    story.wants([]).told_nothing();
    story.played(1).wants(["Play 2 to A: prompts/rest.wav"]);
}

#[test]
fn the_action_goes_on_while_the_function_thinks() {
    let mut story = updated_during(play("a.wav"));
    story.secs(10).wants([]);
    story.played(1).wants(["Play 2 to A: prompts/rest.wav"]);
    story.answers(json!([play("new.wav")]));
    story.wants(["StopPlayback 2", "Play 3 to A: prompts/new.wav"]);
    story.told_of("ACTION_INTERRUPTED", "PlayAudio");
}

#[test]
fn collecting_digits_is_not_interrupted() {
    let mut story = updated_during(ask(json!({"MaxNumberOfDigits": 2})));
    story.answers(json!([play("new.wav")]));
    story.wants([]).told_nothing();
    story.presses("A", "12");
    story.wants(["StopPlayback 1", "Play 2 to A: prompts/new.wav", "Ignore A"]);
    let data = story.told_of("ACTION_SUCCESSFUL", "PlayAudioAndGetDigits");
    assert_eq!(data["ReceivedDigits"], "12");
    // Its digits are worth reading, its answer's actions must not displace the update's list.
    story.answers_with(json!([hangup()]), json!({"digits": "12"}));
    story.wants([]);
    story.played(2);
    let event = story.told("ACTION_SUCCESSFUL");
    assert_eq!(event["CallDetails"]["TransactionAttributes"], json!({"digits": "12"}));
}

#[test]
fn sending_digits_is_not_interrupted() {
    let mut story = updated_during(send_digits("LEG-A", "123"));
    story.answers(json!([play("new.wav")]));
    story.wants([]);
    story.sent(1).told_nothing().wants(["Play 1 to A: prompts/new.wav"]);
}

#[test]
fn a_ringing_bridge_is_not_interrupted() {
    let mut story = updated_during(bridge());
    story.answers(json!([play("new.wav")]));
    story.wants([]).told_nothing();
    story.picks_up("B").wants(["Answer A", "Bridge A B", "Play 1 to A: prompts/new.wav"]);
    story.told_of("ACTION_SUCCESSFUL", "CallAndBridge");
    story.answers(json!([play("ignored.wav")]));
    story.wants([]);
}

#[test]
fn a_ringing_bridge_is_cancelled_by_a_hangup_of_the_caller() {
    let mut story = updated_during(bridge());
    story.answers(json!([action("Hangup", json!({"ParticipantTag": "LEG-A"}))]));
    story.wants(["Release B", "Reject A 480"]);
    let event = story.told("ACTION_INTERRUPTED");
    assert_eq!(event["ActionData"]["Type"], "CallAndBridge");
    assert_eq!(participants(&event), "A Disconnected");
    story.answers(json!([]));
    assert_eq!(story.told_hangup("A", 480), "A Disconnected");
    story.answers(json!([]));
    // A leg that never answered gets no HANGUP, but it has its record.
    story.is_over();
    assert_eq!(story.records.len(), 2);
}

#[test]
fn a_ringing_bridge_is_cancelled_by_a_hangup_of_the_ringing_leg() {
    let mut story = updated_during(bridge());
    story.answers(json!([action("Hangup", json!({"ParticipantTag": "LEG-B"})), play("sorry.wav")]));
    story.wants(["Release B"]);
    let event = story.told("ACTION_INTERRUPTED");
    assert_eq!(participants(&event), "A");
    story.answers(json!([]));
    let data = story.told_of("ACTION_SUCCESSFUL", "Hangup");
    assert_eq!(data["Parameters"]["ParticipantTag"], "LEG-B");
    story.answers(json!([]));
    story.wants(["Answer A", "Play 1 to A: prompts/sorry.wav"]);
}

#[test]
fn the_bridged_state_is_not_an_action_in_progress() {
    let mut story = Story::bridged();
    story.is_updated(json!({}));
    story.told("CALL_UPDATE_REQUESTED");
    story.answers(json!([play_to("LEG-B", "a.wav")]));
    story.wants(["Play 1 to B: prompts/a.wav"]).told_nothing();
}

#[test]
fn an_interrupted_recording_is_stored_before_its_event() {
    let mut story = updated_during(record(json!({})));
    let a = story.id("A");
    story.answers(json!([receive_digits("1")]));
    story.wants([format!("StoreRecording 1: voicemail/box/{a}-0.wav").as_str()]);
    // The new list runs already, but its events wait behind the interruption.
    story.secs(10).told_nothing().stored(1);
    let data = story.told_of("ACTION_INTERRUPTED", "RecordAudio");
    assert_eq!(
        data["RecordingDestination"],
        json!({"Type": "S3", "BucketName": "voicemail", "Prefix": "box", "Key": format!("box/{a}-0.wav")})
    );
    story.answers(json!([]));
    story.told_of("ACTION_SUCCESSFUL", "ReceiveDigits");
}

#[test]
fn an_interrupted_recording_that_cannot_be_stored_is_still_interrupted() {
    let mut story = updated_during(record(json!({})));
    story.answers(json!([play("new.wav")]));
    story.secs(15);
    let data = story.told_of("ACTION_INTERRUPTED", "RecordAudio");
    assert!(data.get("RecordingDestination").is_none());
    story.stored(1).answers(json!([]));
    story.told_nothing().goes_on();
}

#[test]
fn a_recording_that_is_being_stored_already_is_told_as_a_success() {
    let mut story = updated_during(record(json!({})));
    story.presses("A", "#");
    story.answers(json!([play("new.wav")]));
    assert!(story.take_wants().contains(&"Play 1 to A: prompts/new.wav".to_owned()));
    story.stored(1);
    let data = story.told_of("ACTION_SUCCESSFUL", "RecordAudio");
    assert_eq!(data["RecordingTerminatorUsed"], "#");
    story.answers(json!([hangup()]));
    story.wants([]);
}

#[test]
fn an_unusable_answer_to_an_update_still_interrupts_when_it_is_corrected() {
    let mut story = updated_during(play("a.wav"));
    story.returns_text("[]");
    story.told("INVALID_LAMBDA_RESPONSE");
    story.answers(json!([play("new.wav")]));
    story.wants(["StopPlayback 1", "Play 2 to A: prompts/new.wav"]);
    story.told_of("ACTION_INTERRUPTED", "PlayAudio");
}
