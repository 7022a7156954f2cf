//! Take back and transfer: a sample handler's answers, against every order of the far end's BYE.

use serde_json::json;

use crate::support::*;

/// The caller is bridged to the contact centre, whose function has just asked for the transfer.
fn transfer_requested() -> (Story, String) {
    let mut story = Story::inbound();
    story.told("NEW_INBOUND_CALL");
    story.answers_with(
        json!([speak("transferring"), bridge()]),
        json!({"sma_number": CALLED, "active_call_to_connect": "true"}),
    );
    story.played(1).picks_up("B");
    story.told_of("ACTION_SUCCESSFUL", "CallAndBridge");
    story.answers(json!([]));
    let connect = story.id("B");
    story.forget().is_updated(json!({"Transfer": "true"}));
    (story, connect)
}

fn takes_back(story: &mut Story, connect: &str) {
    let event = story.told("CALL_UPDATE_REQUESTED");
    assert_eq!(event["CallDetails"]["Participants"][1]["CallId"], connect);
    story.answers_with(json!([hangup_of(connect)]), json!({"transfer": "true"}));
}

fn transfers(mut story: Story, connect: &str) {
    let event = story.told("HANGUP");
    assert_eq!(event["ActionData"]["Parameters"]["ParticipantTag"], "LEG-B");
    assert_eq!(event["CallDetails"]["TransactionAttributes"]["transfer"], "true");
    assert_eq!(participants(&event), "A Connected, B Disconnected");
    story.answers(json!([]));
    let data = story.told_of("ACTION_SUCCESSFUL", "Hangup");
    assert_eq!(data["Parameters"], json!({"CallId": connect, "ParticipantTag": "LEG-B"}));
    let caller = story.id("A");
    story.answers(json!([action("Speak", json!({"CallId": caller, "Text": "please hold"})), bridge()]));
    story.forget();
    story.played(2).picks_up("B");
    let event = story.told("ACTION_SUCCESSFUL");
    assert_eq!(event["ActionData"]["Type"], "CallAndBridge");
    let pbx = story.id("B");
    assert_eq!(event["CallDetails"]["Participants"][1]["CallId"], pbx);
    assert_eq!(event["CallDetails"]["Participants"].as_array().unwrap().len(), 2);
    story.answers(json!([]));
    // The caller hangs up; the handler ends the *new* LEG-B, the last leg: its HANGUP only.
    story.hangs_up("A").forget();
    let event = story.told("HANGUP");
    let listed = event["CallDetails"]["Participants"][1]["CallId"].as_str().unwrap();
    assert_eq!(listed, pbx);
    story.answers(json!([hangup_of(listed)])).wants(["Release B"]);
    assert_eq!(story.told_hangup("B", 0), "A Disconnected, B Disconnected");
    story.answers(json!([]));
    story.is_over();
    assert_eq!(story.records.len(), 3);
}

#[test]
fn our_bye_first() {
    let (mut story, connect) = transfer_requested();
    takes_back(&mut story, &connect);
    story.wants(["Unbridge A B", "Release B"]);
    // The far end's BYE crosses ours.
    story.hangs_up("B");
    transfers(story, &connect);
}

#[test]
fn the_far_end_first_while_the_function_thinks() {
    let (mut story, connect) = transfer_requested();
    story.hangs_up("B").wants(["Unbridge A B"]);
    takes_back(&mut story, &connect);
    // No SIP is sent for a leg that is gone.
    story.wants([]);
    transfers(story, &connect);
}

#[test]
fn the_far_end_first_behind_an_accepted_update_that_waits() {
    let mut story = Story::inbound();
    story.told("NEW_INBOUND_CALL");
    story.answers(json!([receive_digits("9"), speak("transferring"), bridge()]));
    story.played(1).picks_up("B");
    story.told_of("ACTION_SUCCESSFUL", "CallAndBridge");
    let connect = story.id("B");
    // The bridge's success is still being answered: the update queues, the BYE queues behind it.
    story.is_updated(json!({"Transfer": "true"})).hangs_up("B");
    story.answers(json!([]));
    story.forget();
    takes_back(&mut story, &connect);
    transfers(story, &connect);
}
