//! `CallAndBridge`: signalling, early media, ringback, success, failure.

use call::DialRefusal;
use serde_json::{Value, json};

use crate::support::*;

const DIAL: &str = "Dial B +15550300 from +15550199 for 30s";

fn connector() -> Value {
    bridge_with(json!({"Endpoints": [{"BridgeEndpointType": "AWS", "Uri": "+15550400",
        "Arn": "arn:aws:chime:us-east-1:111122223333:vc/abcdef1ghij2klmno3pqr4"}]}))
}

#[test]
fn an_unanswered_caller_is_answered_when_b_answers() {
    let mut story = Story::answered(json!([bridge()]));
    story.wants([DIAL]);
    // B's 180 and 183 pass through; nobody is told RINGING or CALL_ANSWERED for it.
    story.rings("B", false).wants(["Ring A"]);
    story.rings("B", true).wants(["StartEarlyMedia A", "Bridge A B"]);
    story.rings("B", false).rings("B", true).wants([]);
    story.told_nothing().picks_up("B").wants(["Answer A"]);
    let event = story.told("ACTION_SUCCESSFUL");
    assert_eq!(event["ActionData"]["Type"], "CallAndBridge");
    // The echo carries LEG-A's id.
    assert_eq!(event["ActionData"]["Parameters"]["CallId"], story.id("A"));
    assert_eq!(participants(&event), "A Connected, B Connected");
    let b = &event["CallDetails"]["Participants"][1];
    assert_eq!(b["To"], "+15550300");
    assert_eq!(b["From"], CALLED);
    assert_eq!(b["Direction"], "Outbound");
    assert_eq!(b["CallId"], story.id("B"));
    story.answers(json!([]));
    story.goes_on();
}

#[test]
fn an_answered_caller_hears_silence_or_b() {
    let mut story = Story::answered(json!([speak("wait"), bridge()]));
    story.forget().played(1).wants([DIAL]);
    story.rings("B", false).wants([]);
    story.rings("B", true).wants(["Bridge A B"]);
    story.picks_up("B").wants([]);
    story.told("ACTION_SUCCESSFUL");
}

#[test]
fn a_ringback_tone_is_early_media_and_stops_when_b_answers() {
    let mut story = Story::answered(json!([bridge_with(json!({"RingbackTone": file("ring.wav")}))]));
    story.wants(["StartEarlyMedia A", "Play 1 to A: prompts/ring.wav forever", DIAL]);
    story.rings("B", true).wants([]);
    story.picks_up("B").wants(["StopPlayback 1", "Answer A", "Bridge A B"]);
}

#[test]
fn a_ringback_tone_stops_when_b_fails_and_the_caller_keeps_ringing() {
    let mut story = Story::answered(json!([bridge_with(json!({"RingbackTone": file("ring.wav")}))]));
    story.forget().refuses("B", 486).wants(["StopPlayback 1"]);
    story.logged("SIP 486");
    let event = story.told("ACTION_FAILED");
    assert_eq!(event["ActionData"]["ErrorType"], "CallNotAnswered");
    assert_eq!(event["ActionData"]["ErrorMessage"], "Call not answered");
    assert_eq!(participants(&event), "A");
    // A second attempt finds early media open already.
    story.answers(json!([bridge_with(json!({"RingbackTone": file("ring.wav")}))]));
    story.wants(["Play 2 to A: prompts/ring.wav forever", DIAL]);
    story.picks_up("B").wants(["StopPlayback 2", "Answer A", "Bridge A B"]);
}

#[test]
fn a_tone_that_cannot_be_played_cancels_b() {
    let mut story = Story::answered(json!([bridge_with(json!({"RingbackTone": file("ring.wav")}))]));
    story.forget().cannot_be_played(1, call::PlaybackError::ObjectNotFound("ring.wav".into()));
    story.wants(["Release B"]);
    story.told_failed("CallAndBridge", "InvalidAudioSource", "Cannot access S3 bucket or audio file.");
}

#[test]
fn b_may_ring_for_its_time() {
    let mut story = Story::answered(json!([bridge_with(json!({"CallTimeoutSeconds": "20"}))]));
    story.forget().rings("B", true).forget();
    story.ms(19_999).told_nothing();
    assert_eq!(story.call.deadline().unwrap().1, "bridged leg unanswered");
    story.ms(1).wants(["Unbridge A B", "Release B"]);
    let event = story.told("ACTION_FAILED");
    assert_eq!(event["ActionData"]["ErrorType"], "CallNotAnswered");
    assert_eq!(participants(&event), "A");
    story.answers(json!([]));
    // An answer that crossed our CANCEL, or anything else of it, is nothing to us.
    story.picks_up("B").rings("B", true).refuses("B", 487);
    story.told_nothing().wants([]);
    assert_eq!(story.records.len(), 1);
}

#[test]
fn every_final_refusal_is_call_not_answered() {
    for code in [404, 408, 480, 486, 503, 603] {
        let mut story = Story::answered(json!([bridge()]));
        story.forget().refuses("B", code);
        story.told_failed("CallAndBridge", "CallNotAnswered", "Call not answered");
        assert_eq!(story.records[0].code, code);
        assert_eq!(story.records[0].tag, "LEG-B");
        story.wants([]).goes_on();
    }
}

#[test]
fn a_leg_that_cannot_be_placed_fails_as_its_cause_says() {
    let owned = "Provided caller ID number is invalid. Number must be owned by this AWS account, or be the From \
                 number of LEG-A.";
    for (refusal, error_type, message) in [
        (DialRefusal::CallerIdNotOwned, "InvalidActionParameter", owned),
        (DialRefusal::UnknownConnector, "InvalidActionParameter", "Endpoint parameter is invalid."),
        (DialRefusal::NoRoute("no carrier for +1555".into()), "CallNotAnswered", "Call not answered"),
        (DialRefusal::Loop, "CallNotAnswered", "Call not answered"),
        (DialRefusal::NoCapacity("ports".into()), "SystemException", "System error while running action."),
    ] {
        let mut story = Story::answered(json!([bridge()]));
        story.cannot_be_dialled("B", refusal);
        story.told_failed("CallAndBridge", error_type, message);
        // Nothing was sent, so nothing began.
        assert!(story.records.is_empty());
        story.goes_on();
    }
    let mut story = Story::answered(json!([bridge()]));
    story.cannot_be_dialled("B", DialRefusal::NoRoute("no carrier for +1555".into()));
    story.logged("no carrier for +1555");
}

#[test]
fn a_connector_gets_the_user_and_the_headers() {
    let mut action = connector();
    action["Parameters"]["SipHeaders"] = json!({"X-Original-Calling-Number": "+15550100"});
    let mut story = Story::answered(json!([action]));
    story
        .wants(["Dial B +15550400 at connector from +15550199 for 30s X-Original-Calling-Number: +15550100"]);
    story.picks_up("B");
    let event = story.told("ACTION_SUCCESSFUL");
    assert_eq!(event["CallDetails"]["Participants"][1]["To"], "+15550400");
}

#[test]
fn the_callers_own_number_is_good_in_any_format() {
    let mut setup = inbound();
    if let call::Origin::Inbound { from, .. } = &mut setup.origin {
        *from = "alice-7".into();
    }
    let mut story = Story::of(setup);
    story.told("NEW_INBOUND_CALL");
    story.answers(json!([bridge_with(json!({"CallerIdNumber": "alice-7"}))]));
    story.wants(["Ring A", "Dial B +15550300 from alice-7 for 30s"]);
}

#[test]
fn parameters_are_checked() {
    let timeout = "The MaxCallTimeout parameter is invalid. Timeout must be between 0 and 120 seconds.";
    let endpoint = |e: Value| bridge_with(json!({"Endpoints": [e]}));
    let arn = "arn:aws:chime:us-east-1:111122223333:vc/abc";
    for (action, error_type, message) in [
        (bridge_with(json!({"CallTimeoutSeconds": 0})), "InvalidActionParameter", timeout),
        (bridge_with(json!({"CallTimeoutSeconds": "121"})), "InvalidActionParameter", timeout),
        (bridge_with(json!({"CallTimeoutSeconds": "soon"})), "InvalidActionParameter", timeout),
        (bridge_with(json!({"CallerIdNumber": null})), "InvalidActionParameter", "Caller ID not defined."),
        (bridge_with(json!({"CallerIdNumber": ""})), "InvalidActionParameter", "Caller ID not defined."),
        (bridge_with(json!({"CallerIdNumber": "anonymous"})), "InvalidActionParameter", "Invalid caller ID."),
        (bridge_with(json!({"CallerIdNumber": {}})), "InvalidActionParameter", "Invalid caller ID."),
        (
            bridge_with(json!({"Endpoints": []})),
            "InvalidActionParameter",
            "Invalid number of endpoints provided.",
        ),
        (
            bridge_with(json!({"Endpoints": null})),
            "InvalidActionParameter",
            "Invalid number of endpoints provided.",
        ),
        (
            bridge_with(json!({"Endpoints": [{}, {}]})),
            "InvalidActionParameter",
            "Invalid number of endpoints provided.",
        ),
        (endpoint(json!("+1")), "InvalidActionParameter", "Endpoint parameter is invalid."),
        (endpoint(json!({"Uri": "+15550300"})), "InvalidActionParameter", "Endpoint parameter is invalid."),
        (
            endpoint(json!({"BridgeEndpointType": "SIP", "Uri": "+15550300"})),
            "InvalidActionParameter",
            "Endpoint parameter is invalid.",
        ),
        (
            endpoint(json!({"BridgeEndpointType": "PSTN", "Uri": "bob"})),
            "InvalidActionParameter",
            "Endpoint parameter is invalid.",
        ),
        (
            endpoint(json!({"BridgeEndpointType": "PSTN", "Uri": "+15550300", "Arn": arn})),
            "InvalidActionParameter",
            "Endpoint parameter is invalid.",
        ),
        (
            endpoint(json!({"BridgeEndpointType": "AWS", "Uri": "+15550300"})),
            "InvalidActionParameter",
            "Endpoint parameter is invalid.",
        ),
        (
            endpoint(json!({"BridgeEndpointType": "AWS", "Uri": "a b", "Arn": arn})),
            "InvalidActionParameter",
            "Endpoint parameter is invalid.",
        ),
        (
            endpoint(json!({"BridgeEndpointType": "AWS", "Uri": "x".repeat(37), "Arn": arn})),
            "InvalidActionParameter",
            "Endpoint parameter is invalid.",
        ),
        (
            endpoint(
                json!({"BridgeEndpointType": "AWS", "Uri": "bob", "Arn": "arn:aws:chime:us-east-1:1:sma/x"}),
            ),
            "InvalidActionParameter",
            "Endpoint parameter is invalid.",
        ),
        (
            bridge_with(json!({"RingbackTone": {"Type": "S3"}})),
            "InvalidAudioSource",
            "Ringtone parameter value is invalid.",
        ),
        (
            bridge_with(json!({"SipHeaders": {"X-Ok": "1", "From": "x", "x-vc-1": "y"}})),
            "InvalidActionParameter",
            "Invalid SIP header(s) provided: From, x-vc-1",
        ),
        (
            bridge_with(json!({"SipHeaders": "X-A: 1"})),
            "InvalidActionParameter",
            "SipHeaders parameter value is invalid.",
        ),
    ] {
        let mut story = Story::answered(json!([action, play("never.wav")]));
        story.wants([]);
        let data = story.told_failed("CallAndBridge", error_type, message);
        assert_eq!(data["Parameters"]["CallId"], story.id("A"), "{action}");
        story.goes_on();
    }
}

#[test]
fn groups_empty_arns_and_plain_digits_are_fine() {
    for endpoint in [
        json!({"BridgeEndpointType": "PSTN", "Uri": "15550300", "Arn": ""}),
        json!({"BridgeEndpointType": "PSTN", "Uri": "+15550300", "Arn": null}),
    ] {
        let mut story = Story::answered(json!([bridge_with(json!({"Endpoints": [endpoint]}))]));
        story.wants([DIAL]);
    }
    let group = json!({"BridgeEndpointType": "AWS", "Uri": "600300",
        "Arn": "arn:aws-us-gov:chime:us-east-1:111122223333:vcg/1f4e9b7c-0000-4000-8000-000000000000"});
    let mut story = Story::answered(json!([bridge_with(json!({"Endpoints": [group]}))]));
    story.wants(["Dial B 600300 at connector from +15550199 for 30s"]);
}

#[test]
fn a_second_bridge_while_bridged_is_refused() {
    let mut story = Story::bridged();
    story.is_updated(json!({}));
    story.told("CALL_UPDATE_REQUESTED");
    story.answers(json!([bridge()]));
    story.wants([]);
    story.told_failed("CallAndBridge", "InvalidActionParameter", "Invalid action on the call.");
}

#[test]
fn a_bridge_always_means_leg_a() {
    let mut story = Story::bridged();
    story.forget().hangs_up("A");
    story.told("HANGUP");
    story.answers(json!([bridge()]));
    story.told_failed(
        "CallAndBridge",
        "InvalidActionParameter",
        "CallId or ParticipantTag parameter for action is invalid.",
    );
}

#[test]
fn after_a_transfer_there_are_two_participants_and_b_is_the_new_one() {
    let mut story = Story::bridged();
    let first = story.id("B");
    story.hangs_up("B");
    story.told_hangup("B", 0);
    // The dead one stays listed until the next takes its place.
    story.answers(json!([play("hold.wav")])).played(1);
    let event = story.told("ACTION_SUCCESSFUL");
    assert_eq!(participants(&event), "A Connected, B Disconnected");
    story.answers(json!([bridge()])).refuses("B", 486);
    let event = story.told("ACTION_FAILED");
    assert_eq!(participants(&event), "A Connected");
    story.answers(json!([bridge()])).picks_up("B");
    let event = story.told("ACTION_SUCCESSFUL");
    assert_eq!(participants(&event), "A Connected, B Connected");
    assert_ne!(event["CallDetails"]["Participants"][1]["CallId"], first);
    assert_eq!(story.records.len(), 2);
}

#[test]
fn actions_reach_either_leg_of_a_bridge() {
    let mut story = Story::bridged();
    story.is_updated(json!({}));
    story.told("CALL_UPDATE_REQUESTED");
    story.answers(json!([play_to("LEG-B", "b.wav"), send_digits("LEG-B", "12"), play_to("LEG-A", "a.wav")]));
    story.wants(["Play 1 to B: prompts/b.wav"]);
    story.played(1).wants(["SendDigits 1 to B: 12 100ms"]);
    story.sent(1).wants(["Play 2 to A: prompts/a.wav"]);
}
