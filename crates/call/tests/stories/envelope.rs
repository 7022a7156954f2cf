//! The events, byte by byte where a capture exists.

use call::{Origin, Setup};
use serde_json::json;

use crate::support::*;

#[test]
fn the_first_event_has_no_status_no_data_and_no_attributes() {
    let mut story = Story::inbound();
    let event = story.told("NEW_INBOUND_CALL");
    let expected = format!(
        r#"{{"SchemaVersion":"1.0","Sequence":1,"InvocationEventType":"NEW_INBOUND_CALL","CallDetails":{{"TransactionId":"{}","AwsAccountId":"111122223333","AwsRegion":"us-east-1","SipRuleId":"rule-1","SipMediaApplicationId":"sma-0000","Participants":[{{"CallId":"{}","ParticipantTag":"LEG-A","To":"+15550199","From":"+15550100","Direction":"Inbound","StartTimeInMilliseconds":"1646700949660"}}]}}}}"#,
        inbound().transaction,
        story.id("A"),
    );
    // Equal as text: key order and value types are those of captured events.
    assert_eq!(event.to_string(), expected);
}

#[test]
fn the_hangup_event_is_as_captured() {
    let mut story = Story::inbound();
    story.told("NEW_INBOUND_CALL");
    story.answers_with(json!([play("a.wav"), hangup()]), json!({"k": "v"}));
    story.played(1);
    let event = story.told("HANGUP");
    let a = story.id("A");
    let expected = format!(
        r#"{{"SchemaVersion":"1.0","Sequence":2,"InvocationEventType":"HANGUP","ActionData":{{"Type":"Hangup","Parameters":{{"SipResponseCode":0,"CallId":"{a}","ParticipantTag":"LEG-A"}}}},"CallDetails":{{"TransactionId":"{}","TransactionAttributes":{{"k":"v"}},"AwsAccountId":"111122223333","AwsRegion":"us-east-1","SipRuleId":"rule-1","SipMediaApplicationId":"sma-0000","Participants":[{{"CallId":"{a}","ParticipantTag":"LEG-A","To":"+15550199","From":"+15550100","Direction":"Inbound","StartTimeInMilliseconds":"1646700949660","Status":"Disconnected"}}]}}}}"#,
        inbound().transaction,
    );
    assert_eq!(event.to_string(), expected);
}

#[test]
fn sip_headers_are_shown_in_every_event_and_joined_when_repeated() {
    let mut setup = inbound();
    if let Origin::Inbound { sip_headers, .. } = &mut setup.origin {
        for (name, value) in [
            ("user-to-user", "0A;encoding=hex"),
            ("Diversion", "<sip:a>"),
            ("X-Call\"Id", "1"),
            ("diversion", "<sip:b>"),
        ] {
            sip_headers.push((name.into(), value.into()));
        }
    }
    let mut story = Story::of(setup);
    let expected =
        json!({"user-to-user": "0A;encoding=hex", "Diversion": "<sip:a>, <sip:b>", "X-Call\"Id": "1"});
    let event = story.told("NEW_INBOUND_CALL");
    assert_eq!(event["CallDetails"]["Participants"][0]["SipHeaders"], expected);
    story.answers(json!([play("a.wav")])).played(1);
    let event = story.told("ACTION_SUCCESSFUL");
    assert_eq!(event["CallDetails"]["Participants"][0]["SipHeaders"], expected);
}

#[test]
fn an_outbound_call_shows_its_arguments_and_no_rule() {
    let mut story = Story::of(outbound(json!({"RequestorEmail": "", "MeetingId": "m"})));
    let event = story.told("NEW_OUTBOUND_CALL");
    assert_eq!(
        event["ActionData"],
        json!({"Type": "CallCreateRequest", "Parameters": {"Arguments": {"RequestorEmail": "", "MeetingId": "m"}}})
    );
    let details = &event["CallDetails"];
    assert!(details.get("SipRuleId").is_none());
    assert_eq!(details["Participants"][0]["Direction"], "Outbound");
    assert!(details["Participants"][0].get("Status").is_none());
    // The join token goes into the INVITE, never into an event.
    assert!(!event.to_string().contains("secret"));
}

#[test]
fn arguments_are_there_even_when_none_were_given() {
    let mut story = Story::of(outbound(json!({})));
    let data = story.told_of("NEW_OUTBOUND_CALL", "CallCreateRequest");
    assert_eq!(data["Parameters"], json!({"Arguments": {}}));
}

#[test]
fn the_echo_keeps_the_order_and_adds_what_was_resolved() {
    let mut story = Story::answered(json!([action(
        "PlayAudio",
        json!({"Zeta": {"y": [1, 2.5]}, "AudioSource": file("a.wav"), "PlaybackTerminators": []})
    )]));
    story.played(1);
    let data = story.told_of("ACTION_SUCCESSFUL", "PlayAudio");
    assert_eq!(
        data.to_string(),
        format!(
            r#"{{"Type":"PlayAudio","Parameters":{{"Zeta":{{"y":[1,2.5]}},"AudioSource":{{"Type":"S3","BucketName":"prompts","Key":"a.wav"}},"PlaybackTerminators":[],"Repeat":1,"CallId":"{}"}}}}"#,
            story.id("A")
        )
    );
}

#[test]
fn the_echo_of_collected_digits_has_its_defaults() {
    let mut asking = ask(json!({"MaxNumberOfDigits": "1"}));
    asking["Parameters"].as_object_mut().unwrap().remove("InBetweenDigitsDurationInMilliseconds");
    let mut story = Story::answered(json!([asking]));
    story.presses("A", "4");
    let data = story.told_of("ACTION_SUCCESSFUL", "PlayAudioAndGetDigits");
    assert_eq!(data["ReceivedDigits"], "4");
    assert_eq!(data["Parameters"]["InBetweenDigitsDurationInMilliseconds"], 5_000);
    assert_eq!(data["Parameters"]["Repeat"], 1);
    assert_eq!(data["Parameters"]["CallId"], story.id("A"));
    assert!(data["Parameters"].get("TerminatorDigits").is_none());
    assert!(data["Parameters"].get("ParticipantTag").is_none());
}

#[test]
fn empty_selectors_are_echoed_resolved() {
    let mut story = Story::answered(json!([action(
        "PlayAudio",
        json!({"CallId": "", "ParticipantTag": "", "AudioSource": file("a.wav")})
    )]));
    story.played(1);
    let data = story.told_of("ACTION_SUCCESSFUL", "PlayAudio");
    assert_eq!(data["Parameters"]["CallId"], story.id("A"));
}

#[test]
fn an_update_shows_its_arguments() {
    let mut story = Story::bridged();
    story.is_updated(json!({"digit": "5"}));
    let event = story.told("CALL_UPDATE_REQUESTED");
    assert_eq!(
        event["ActionData"],
        json!({"Type": "CallUpdateRequest", "Parameters": {"Arguments": {"digit": "5"}}})
    );
    assert_eq!(participants(&event), "A Connected, B Connected");
}

#[test]
fn attributes_replace_and_stay_and_clear() {
    let mut story = Story::inbound();
    story.told("NEW_INBOUND_CALL");
    story.answers_with(json!([play("a.wav")]), json!({"key1": "a", "key2": {"deep": [1, null]}}));
    story.played(1);
    let event = story.told("ACTION_SUCCESSFUL");
    assert_eq!(
        event["CallDetails"]["TransactionAttributes"],
        json!({"key1": "a", "key2": {"deep": [1, null]}})
    );
    // A response without the object leaves it, one with it replaces all of it.
    story.answers(json!([play("b.wav")])).played(2);
    let event = story.told("ACTION_SUCCESSFUL");
    assert_eq!(event["CallDetails"]["TransactionAttributes"]["key1"], "a");
    story.answers_with(json!([play("c.wav")]), json!({"new": "b"})).played(3);
    let event = story.told("ACTION_SUCCESSFUL");
    assert_eq!(event["CallDetails"]["TransactionAttributes"], json!({"new": "b"}));
    story.answers_with(json!([play("d.wav")]), json!(null)).played(4);
    let event = story.told("ACTION_SUCCESSFUL");
    assert_eq!(event["CallDetails"]["TransactionAttributes"], json!({"new": "b"}));
    story.answers_with(json!([play("e.wav")]), json!({})).played(5);
    let event = story.told("ACTION_SUCCESSFUL");
    assert_eq!(event["CallDetails"]["TransactionAttributes"], json!({}));
}

#[test]
fn region_and_application_are_those_of_the_target() {
    let mut setup: Setup = inbound();
    if let Origin::Inbound { targets, .. } = &mut setup.origin {
        targets[0].region = "eu-central-1".into();
    }
    let event = Story::of(setup).told("NEW_INBOUND_CALL");
    assert_eq!(event["CallDetails"]["AwsRegion"], "eu-central-1");
    assert_eq!(event["CallDetails"]["SipMediaApplicationId"], "sma-0000");
}
