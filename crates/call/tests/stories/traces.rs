//! Whole calls as samples and captures show them.

use serde_json::json;

use crate::support::*;

#[test]
fn play_and_hang_up() {
    let mut story = Story::answered(json!([pause(1_000), play("a.wav"), hangup()]));
    story.ms(1_000).played(1);
    let event = story.told("HANGUP");
    assert_eq!(event["Sequence"], 2);
    assert_eq!(event["ActionData"]["Parameters"]["SipResponseCode"], 0);
    assert_eq!(participants(&event), "A Disconnected");
    story.answers(json!([]));
    story.is_over();
}

#[test]
fn menu() {
    let menu = || json!([play("welcome.wav"), ask(json!({"MinNumberOfDigits": 1, "MaxNumberOfDigits": 1}))]);
    let mut story = Story::answered(menu());
    story.played(1).presses("A", "1");
    let event = story.told("ACTION_SUCCESSFUL");
    assert_eq!((&event["Sequence"], &event["ActionData"]["ReceivedDigits"]), (&json!(2), &json!("1")));
    story.answers(json!([ask(json!({}))])).presses("A", "22#");
    let event = story.told("ACTION_SUCCESSFUL");
    assert_eq!((&event["Sequence"], &event["ActionData"]["ReceivedDigits"]), (&json!(3), &json!("22")));
    story.answers(json!([play("bye.wav"), hangup()])).played(4);
    let event = story.told("HANGUP");
    assert_eq!(event["Sequence"], 4);
    story.answers(json!([]));
    story.is_over();
}

/// Click to call: LEG-A is the meeting.
fn clicked() -> Story {
    let mut story = Story::of(outbound(json!({"RequestedDialNumber": "+15550300", "DialVC": "false"})));
    story.told("NEW_OUTBOUND_CALL");
    story.answers_with(json!([]), json!({"RequestedDialNumber": "+15550300", "CallIdLegB": ""}));
    story.rings("A", false);
    story.told("RINGING");
    story.answers_with(json!([]), json!({"RequestedDialNumber": "+15550300", "CallIdLegB": ""}));
    story.picks_up("A");
    let event = story.told("CALL_ANSWERED");
    assert_eq!(event["Sequence"], 3);
    assert_eq!(event["CallDetails"]["TransactionAttributes"]["RequestedDialNumber"], "+15550300");
    story.answers(json!([bridge()]));
    story
}

fn talking() -> Story {
    let mut story = clicked();
    story.picks_up("B");
    story.told_of("ACTION_SUCCESSFUL", "CallAndBridge");
    story.answers(json!([])).forget();
    story
}

#[test]
fn click_to_call_with_digits_and_the_user_ends_it() {
    let mut story = talking();
    story.is_updated(json!({"digit": "5"}));
    let event = story.told("CALL_UPDATE_REQUESTED");
    let b = event["CallDetails"]["Participants"][1]["CallId"].clone();
    story.answers(json!([action(
        "SendDigits",
        json!({"CallId": b, "Digits": "5", "ToneDurationInMilliseconds": 100})
    )]));
    story.wants(["SendDigits 1 to B: 5 100ms"]).sent(1);
    let data = story.told_of("ACTION_SUCCESSFUL", "SendDigits");
    assert_eq!(data["Parameters"]["CallId"], b);
    story.answers(json!([]));
    // The meeting is deleted: LEG-A goes.
    story.hangs_up("A").forget();
    story.told_hangup("A", 0);
    story.answers(json!([action("Hangup", json!({"SipResponseCode": "0", "CallId": b}))]));
    story.wants(["Release B"]);
    story.told_hangup("B", 0);
    story.answers(json!([]));
    story.is_over();
}

#[test]
fn click_to_call_and_the_callee_ends_it() {
    let mut story = talking();
    let b = story.id("B");
    story.hangs_up("B");
    story.told_hangup("B", 0);
    // From inside this invocation the handler deletes the meeting: LEG-A's event waits in the queue.
    story.hangs_up("A").told_hangup_still_under_way();
    story.answers(json!([]));
    assert_eq!(story.told_hangup("A", 0), "A Disconnected");
    // Its Hangup of the dead LEG-B finds no live leg.
    story.forget().answers(json!([hangup_of(&b)]));
    story.is_over();
    story.wants([]);
}

#[test]
fn click_to_call_and_a_key_before_the_callee_answers() {
    let mut story = clicked();
    story.forget().is_updated(json!({"digit": "5"}));
    story.told("CALL_UPDATE_REQUESTED");
    story.fails_for_good();
    story.wants([]).picks_up("B").wants(["Bridge A B"]);
    story.told_of("ACTION_SUCCESSFUL", "CallAndBridge");
}

#[test]
fn click_to_call_and_the_user_ends_it_while_the_callee_rings() {
    let mut story = clicked();
    story.forget().hangs_up("A").wants(["Release B"]);
    story.told_of("ACTION_FAILED", "CallAndBridge");
    story.answers(json!([]));
    story.told_hangup("A", 0);
    story.answers(json!([action("Hangup", json!({"SipResponseCode": "0", "CallId": ""}))]));
    story.is_over();
    story.wants([]);
}

#[test]
fn a_bridge_in_mid_list_lets_the_list_go_on_or_is_replaced() {
    for (answer, expected) in
        [(json!([]), "ReceiveDigits"), (json!([action("VoiceFocus", json!({"Enable": true}))]), "VoiceFocus")]
    {
        let mut story = Story::answered(json!([play("a.wav"), bridge(), receive_digits("5")]));
        story.played(1).picks_up("B");
        story.told_of("ACTION_SUCCESSFUL", "CallAndBridge");
        story.answers(answer);
        story.told_of("ACTION_SUCCESSFUL", expected);
    }
}

#[test]
fn digits_during_a_bridge_play_to_both() {
    let mut story = Story::bridged();
    story.is_updated(json!({}));
    story.told("CALL_UPDATE_REQUESTED");
    story.answers(json!([receive_digits("5")]));
    story.told_of("ACTION_SUCCESSFUL", "ReceiveDigits");
    story.answers(json!([])).forget().presses("A", "5").secs(1);
    story.told_of("DIGITS_RECEIVED", "ReceiveDigits");
    story.answers(json!([play_to("LEG-A", "a.wav"), play_to("LEG-B", "b.wav"), receive_digits("6")]));
    story.wants(["Play 1 to A: prompts/a.wav"]);
    story.played(1).wants(["Play 2 to B: prompts/b.wav"]);
    story.played(2);
    story.told_of("ACTION_SUCCESSFUL", "ReceiveDigits");
}

#[test]
fn translator() {
    let mut story = Story::answered(json!([speak("please wait")]));
    story.is_updated(json!({"text": "bonjour"}));
    story.told("CALL_UPDATE_REQUESTED");
    story.forget().answers_with(json!([speak("bonjour")]), json!({"n": "1"}));
    story.wants(["StopPlayback 1", "Play 2 to A: 'bonjour'"]);
    story.told_of("ACTION_INTERRUPTED", "Speak");
    story.answers_with(json!([]), json!({"n": "2"})).played(2);
    let event = story.told("ACTION_SUCCESSFUL");
    assert_eq!(event["CallDetails"]["TransactionAttributes"]["n"], "2");
}

#[test]
fn voice_mail() {
    let mut story =
        Story::answered(json!([play("greeting.wav"), record(json!({"DurationInSeconds": 30})), hangup()]));
    story.played(1).secs(5).hangs_up("A").told_nothing();
    story.stored(1);
    let data = story.told_of("ACTION_SUCCESSFUL", "RecordAudio");
    assert!(data["RecordingDestination"]["Key"].as_str().unwrap().ends_with("-0.wav"));
    story.answers(json!([]));
    story.told_hangup("A", 0);
    // The list's own Hangup has nothing left to do.
    story.answers(json!([]));
    story.is_over();
}
