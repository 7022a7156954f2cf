//! Meetings: joining one, muting in it, leaving it, and being one.

use call::DialRefusal;
use serde_json::{Value, json};

use crate::support::*;

const JOIN: &str = "Dial B meeting 1f4e9b7c-0000-4000-8000-00000000000a with [redacted 1] from SMA for 30s";
const LEG: &str = "CallId or ParticipantTag parameter for action is invalid.";
const TOKEN: &str = "JoinToken parameter value is invalid.";
const SYSTEM: &str = "System error while running action.";

/// The function gets a say, and orders this.
fn orders(story: &mut Story, actions: Value) {
    story.is_updated(json!({}));
    story.told("CALL_UPDATE_REQUESTED");
    story.answers(actions);
}

#[track_caller]
fn told_join_failed(story: &mut Story, error_type: &str, message: &str) -> Value {
    let data = story.told_failed("JoinChimeMeeting", error_type, message);
    assert_eq!(data["Error"], "ErrorJoiningMeeting: Error while joining meeting.", "{data}");
    data
}

#[test]
fn joining_answers_the_caller_and_makes_the_meeting_leg_b() {
    let mut story = Story::answered(json!([join()]));
    story.wants(["Answer A", JOIN]).told_nothing();
    story.picks_up("B").wants(["Bridge A B"]);
    let event = story.told("ACTION_SUCCESSFUL");
    assert_eq!(
        event["ActionData"],
        json!({"Type": "JoinChimeMeeting",
            "Parameters": {"JoinToken": "[redacted 1]", "MeetingId": MEETING, "CallId": story.id("A")}})
    );
    assert_eq!(participants(&event), "A Connected, B Connected");
    let b = &event["CallDetails"]["Participants"][1];
    assert_eq!(
        json!([b["CallId"], b["To"], b["From"], b["Direction"], b["Status"]]),
        json!([story.id("B"), "+17035550122", "SMA", "Outbound", "Connected"])
    );
    story.answers(json!([]));
    story.goes_on();
}

#[test]
fn the_token_finds_the_meeting_and_leg_a_may_be_named() {
    for (parameters, dial) in [
        (json!({"MeetingId": null}), "Dial B meeting (of the token) with [redacted 1] from SMA for 30s"),
        (json!({"MeetingId": ""}), "Dial B meeting (of the token) with [redacted 1] from SMA for 30s"),
        (json!({"ParticipantTag": "LEG-A"}), JOIN),
        (json!({"ParticipantTag": "", "CallId": "", "AttendeeJoinToken": ""}), JOIN),
    ] {
        let mut story = Story::answered(json!([join_with(parameters)]));
        story.wants(["Answer A", dial]);
    }
    let mut story = Story::inbound();
    let a = story.id("A");
    story.told("NEW_INBOUND_CALL");
    story.answers(json!([join_with(json!({"CallId": a}))]));
    story.wants(["Ring A", "Answer A", JOIN]);
}

#[test]
fn an_answered_call_of_ours_joins_too() {
    let mut story = Story::of(outbound(json!({})));
    story.told("NEW_OUTBOUND_CALL");
    story.answers(json!([])).picks_up("A");
    story.told("CALL_ANSWERED");
    story.forget().answers(json!([speak("welcome"), join()]));
    story.forget().played(1).wants([JOIN]);
    story.picks_up("B").wants(["Bridge A B"]);
    assert_eq!(participants(&story.told("ACTION_SUCCESSFUL")), "A Connected, B Connected");
}

#[test]
fn parameters_of_joining_are_checked_before_the_caller_is_answered() {
    for (more, message) in [
        (json!({"JoinToken": null}), TOKEN),
        (json!({"JoinToken": ""}), TOKEN),
        (json!({"JoinToken": ["x"]}), TOKEN),
        (json!({"MeetingId": 7}), "MeetingId parameter value is invalid."),
        (json!({"ParticipantTag": "LEG-B"}), LEG),
        (json!({"CallId": "nobody"}), LEG),
    ] {
        let mut story = Story::answered(json!([join_with(more), play("never.wav")]));
        story.wants([]);
        told_join_failed(&mut story, "InvalidActionParameter", message);
        story.answers(json!([]));
        story.wants([]).goes_on();
    }
}

#[test]
fn strictly_the_meeting_is_named() {
    let mut setup = inbound();
    setup.limits.strict = true;
    let mut story = Story::of(setup.clone());
    story.told("NEW_INBOUND_CALL");
    story.answers(json!([join_with(json!({"MeetingId": null}))]));
    told_join_failed(&mut story, "InvalidActionParameter", "MeetingId parameter value is invalid.");
    story.forget().answers(json!([join()]));
    story.wants(["Answer A", JOIN]);
}

#[test]
fn a_token_of_nobody_or_another_meeting_fails_and_the_caller_stays() {
    for (refusal, error_type, message) in [
        (DialRefusal::BadJoinToken, "InvalidActionParameter", TOKEN),
        (DialRefusal::NoCapacity("legs".into()), "SystemException", SYSTEM),
        (DialRefusal::NoRoute("no meetings here".into()), "SystemException", SYSTEM),
    ] {
        let mut story = Story::answered(json!([join(), play("never.wav")]));
        story.forget().cannot_be_dialled("B", refusal).wants([]);
        let data = told_join_failed(&mut story, error_type, message);
        assert_eq!(data["Parameters"]["CallId"], story.id("A"));
        // Nothing began, so nothing is recorded; and it may be tried again.
        assert!(story.records.is_empty());
        story.answers(json!([join_with(json!({"JoinToken": "[redacted 2]"}))]));
        story.forget().picks_up("B").wants(["Bridge A B"]);
        story.told_of("ACTION_SUCCESSFUL", "JoinChimeMeeting");
    }
}

#[test]
fn a_meeting_that_ends_while_it_is_joined_is_no_meeting_any_more() {
    let mut story = Story::answered(json!([join()]));
    story.forget().hangs_up("B").wants([]);
    let data = told_join_failed(&mut story, "InvalidActionParameter", TOKEN);
    assert!(data.get("ReceivedDigits").is_none());
    story.answers(json!([]));
    // It got as far as a leg: it has its record, but no HANGUP.
    assert_eq!(story.records[0].tag, "LEG-B");
    assert_eq!(story.records[0].answered, None);
    story.told_nothing().goes_on();
}

#[test]
fn a_meeting_has_half_a_minute() {
    let mut story = Story::answered(json!([join()]));
    story.forget().ms(29_999).told_nothing();
    story.ms(1).wants(["Release B"]);
    told_join_failed(&mut story, "SystemException", SYSTEM);
    story.answers(json!([])).picks_up("B");
    story.wants([]).told_nothing().goes_on();
}

#[test]
fn a_call_that_has_two_legs_joins_nothing() {
    for mut story in [Story::bridged(), Story::joined()] {
        orders(&mut story, json!([join()]));
        story.wants([]);
        told_join_failed(&mut story, "InvalidActionParameter", "Invalid action on the call.");
        story.goes_on();
    }
    let mut story = Story::joined();
    orders(&mut story, json!([bridge()]));
    story.wants([]);
    story.told_failed("CallAndBridge", "InvalidActionParameter", "Invalid action on the call.");
}

#[test]
fn in_a_meeting_actions_reach_the_caller_and_the_meeting() {
    let mut story = Story::answered(json!([join(), speak("you have joined")]));
    story.forget().picks_up("B");
    story.told("ACTION_SUCCESSFUL");
    story.answers(json!([]));
    story.wants(["Bridge A B", "Play 1 to A: 'you have joined'"]);
    story.played(1);
    story.told_of("ACTION_SUCCESSFUL", "Speak");
    story.answers(json!([play_to("LEG-B", "announcement.wav")]));
    story.wants(["Play 2 to B: prompts/announcement.wav"]);
    story.played(2);
    story.told_of("ACTION_SUCCESSFUL", "PlayAudio");
}

#[test]
fn keys_in_a_meeting_mute_and_unmute() {
    let mut story = Story::joined();
    orders(&mut story, json!([receive_digits("[1-2]")]));
    story.told("ACTION_SUCCESSFUL");
    story.answers(json!([]));
    for (key, operation, wanted) in [("1", "Mute", "Mute 1"), ("2", "Unmute", "Unmute 2")] {
        story.forget().presses("A", key).ms(1_000);
        let event = story.told("DIGITS_RECEIVED");
        assert_eq!(event["ActionData"]["ReceivedDigits"], key);
        let (request, b) = (wanted[wanted.len() - 1..].parse().unwrap(), story.id("B"));
        story.answers(json!([mute_with(json!({"Operation": operation}))]));
        story.wants([format!("{wanted} in {MEETING}: a-1").as_str()]).told_nothing();
        story.modified(request);
        let event = story.told("ACTION_SUCCESSFUL");
        let parameters =
            json!({"Operation": operation, "MeetingId": MEETING, "AttendeeList": ["a-1"], "CallId": b});
        assert_eq!(
            event["ActionData"],
            json!({"Type": "ModifyChimeMeetingAttendees", "Parameters": parameters})
        );
        assert_eq!(participants(&event), "A Connected, B Connected");
        story.answers(json!([]));
    }
    story.goes_on();
}

#[test]
fn an_update_mutes_whatever_leg_it_names() {
    for (tag, echoed) in [("LEG-B", "B"), ("LEG-A", "A"), ("", "B")] {
        let mut story = Story::joined();
        orders(
            &mut story,
            json!([mute_with(json!({"ParticipantTag": tag, "AttendeeList": ["a-1", "a-2"]}))]),
        );
        story.wants([format!("Mute 1 in {MEETING}: a-1 a-2").as_str()]).modified(1);
        let data = story.told_of("ACTION_SUCCESSFUL", "ModifyChimeMeetingAttendees");
        assert_eq!(data["Parameters"]["CallId"], story.id(echoed));
    }
}

#[test]
fn strictly_muting_is_for_the_meetings_leg() {
    let mut setup = inbound();
    setup.limits.strict = true;
    let mut story = Story::of(setup);
    story.told("NEW_INBOUND_CALL");
    story.answers(json!([join()])).picks_up("B");
    story.told("ACTION_SUCCESSFUL");
    story.forget().answers(json!([mute_with(json!({"ParticipantTag": "LEG-A"}))]));
    story.wants([]);
    story.told_failed("ModifyChimeMeetingAttendees", "InvalidActionParameter", LEG);
    story.answers(json!([mute_with(json!({}))]));
    story.wants([format!("Mute 1 in {MEETING}: a-1").as_str()]);
}

#[test]
fn parameters_of_muting_are_checked() {
    let operation = "ModifyChimeMeetingAttendees Operation parameter value is invalid";
    let meeting = "Meeting ID parameter value is invalid.";
    let list = "Attendee List parameter value is invalid.";
    let many = |count: usize| (0..count).map(|n| format!("a-{n}")).collect::<Vec<_>>();
    for (more, message) in [
        (json!({"Operation": null}), operation),
        (json!({"Operation": "mute"}), operation),
        (json!({"Operation": ["Mute"]}), operation),
        (json!({"MeetingId": null}), meeting),
        (json!({"MeetingId": ""}), meeting),
        (json!({"MeetingId": 7}), meeting),
        (json!({"MeetingId": "m".repeat(101)}), meeting),
        (json!({"AttendeeList": null}), list),
        (json!({"AttendeeList": []}), list),
        (json!({"AttendeeList": "a-1"}), list),
        (json!({"AttendeeList": [7]}), list),
        (json!({"AttendeeList": ["a-1", ""]}), list),
        (json!({"AttendeeList": many(101)}), list),
        (json!({"ParticipantTag": "LEG-C"}), LEG),
    ] {
        let mut story = Story::joined();
        orders(&mut story, json!([mute_with(more), play("never.wav")]));
        story.wants([]);
        let data = story.told_failed("ModifyChimeMeetingAttendees", "InvalidActionParameter", message);
        assert_eq!(data["ErrorList"], json!([]));
        story.answers(json!([]));
        story.goes_on();
    }
    let mut story = Story::joined();
    orders(&mut story, json!([mute_with(json!({"AttendeeList": many(100)}))]));
    assert_eq!(story.take_wants().len(), 1);
}

#[test]
fn muting_needs_a_meeting() {
    for (mut story, message) in [
        (Story::answered(json!([receive_digits("1")])), "Invalid action on the call."),
        (Story::bridged(), "Call is not connected to Chime Meeting."),
    ] {
        if story.invocation.is_some() {
            story.told("ACTION_SUCCESSFUL");
            story.answers(json!([])).forget();
        }
        orders(&mut story, json!([mute_with(json!({}))]));
        story.wants([]);
        story.told_failed("ModifyChimeMeetingAttendees", "InvalidActionParameter", message);
    }
}

#[test]
fn strangers_are_listed() {
    let mut story = Story::joined();
    orders(&mut story, json!([mute_with(json!({"AttendeeList": ["a-1", "x", "y"]})), play("never.wav")]));
    story.not_modified(1, &["x", "y"]);
    let data = story.told_failed(
        "ModifyChimeMeetingAttendees",
        "InvalidActionParameter",
        "One or more attendees are not part of this meeting. All attendees must be part of this meeting.",
    );
    assert_eq!(data["ErrorList"], json!(["x", "y"]));
}

#[test]
fn a_meeting_that_does_not_answer_a_muting_fails_it() {
    let mut story = Story::joined();
    orders(&mut story, json!([mute_with(json!({}))]));
    story.ms(9_999).told_nothing();
    assert_eq!(story.call.deadline().unwrap().1, "attendees not modified");
    story.ms(1);
    story.told_failed("ModifyChimeMeetingAttendees", "SystemException", SYSTEM);
    // Too late, or of another change.
    story.modified(1).not_modified(7, &["x"]).answers(json!([]));
    story.told_nothing().goes_on();
}

#[test]
fn hanging_up_the_meeting_leaves_it_without_a_hangup() {
    let mut story = Story::joined();
    let first = story.id("B");
    orders(&mut story, json!([hangup_of(&first)]));
    story.wants(["Unbridge A B", "Release B"]);
    let event = story.told("ACTION_SUCCESSFUL");
    assert_eq!(
        event["ActionData"],
        json!({"Type": "Hangup", "Parameters": {"CallId": first, "ParticipantTag": "LEG-B"}})
    );
    assert_eq!(participants(&event), "A Connected, B Disconnected");
    // The documented way to move on to another meeting.
    story.answers(json!([join_with(json!({"JoinToken": "[redacted 2]", "MeetingId": "other"}))]));
    story.wants(["Dial B meeting other with [redacted 2] from SMA for 30s"]);
    story.picks_up("B").wants(["Bridge A B"]);
    let event = story.told("ACTION_SUCCESSFUL");
    assert_eq!(participants(&event), "A Connected, B Connected");
    assert_ne!(event["CallDetails"]["Participants"][1]["CallId"], first);
    story.answers(json!([])).hangs_up("A");
    assert_eq!(story.told_hangup("A", 0), "A Disconnected, B Disconnected");
    story.answers(json!([]));
    story.is_over();
    let legs: Vec<_> =
        story.records.iter().map(|r| (r.tag.as_str(), r.to.as_str(), r.from.as_str())).collect();
    let meeting = ("LEG-B", "+17035550122", "SMA");
    assert_eq!(legs, [meeting, ("LEG-A", CALLED, CALLER), meeting]);
    assert!(story.records.iter().all(|record| record.code == 0 && record.answered.is_some()));
}

#[test]
fn one_list_moves_between_meetings() {
    let mut story = Story::joined();
    let b = json!({"ParticipantTag": "LEG-B"});
    orders(
        &mut story,
        json!([action("Hangup", b), join_with(json!({"MeetingId": "other"})), mute_with(json!({}))]),
    );
    story.told_of("ACTION_SUCCESSFUL", "Hangup");
    story.forget().answers(json!([]));
    story.wants(["Dial B meeting other with [redacted 1] from SMA for 30s"]).picks_up("B").forget();
    story.told_of("ACTION_SUCCESSFUL", "JoinChimeMeeting");
    story.answers(json!([]));
    story.wants([format!("Mute 1 in {MEETING}: a-1").as_str()]);
}

#[test]
fn a_caller_who_left_a_meeting_ends_alone() {
    let mut story = Story::joined();
    orders(&mut story, json!([action("Hangup", json!({"ParticipantTag": "LEG-B"}))]));
    story.told_of("ACTION_SUCCESSFUL", "Hangup");
    story.answers(json!([])).hangs_up("A");
    assert_eq!(story.told_hangup("A", 0), "A Disconnected");
    story.answers(json!([]));
    story.is_over();
}

#[test]
fn a_meeting_that_ends_is_a_hangup_of_its_leg() {
    let mut story = Story::joined();
    story.hangs_up("B").wants(["Unbridge A B"]);
    assert_eq!(story.told_hangup("B", 0), "A Connected, B Disconnected");
    story.answers(json!([speak("the meeting is over"), hangup()]));
    story.wants(["Play 1 to A: 'the meeting is over'"]).played(1).wants(["Release A"]);
    assert_eq!(story.told_hangup("A", 0), "A Disconnected");
    story.answers(json!([]));
    story.is_over();
    assert_eq!(story.records.len(), 2);
}

#[test]
fn a_meeting_that_ended_first_is_still_left_in_good_order() {
    // The function wants to move the caller, and the old meeting is deleted just before.
    let mut story = Story::joined();
    let first = story.id("B");
    story.is_updated(json!({}));
    story.told("CALL_UPDATE_REQUESTED");
    story.hangs_up("B").answers(json!([hangup_of(&first), join()]));
    story.told_hangup("B", 0);
    story.answers(json!([]));
    story.told_of("ACTION_SUCCESSFUL", "Hangup");
    story.forget().answers(json!([]));
    story.wants([JOIN]).picks_up("B");
    story.told_of("ACTION_SUCCESSFUL", "JoinChimeMeeting");
}

#[test]
fn a_caller_in_a_meeting_takes_both_legs_along() {
    let mut story = Story::joined();
    story.hangs_up("A").wants(["Unbridge A B", "Release B"]);
    assert_eq!(story.told_hangup("A", 0), "A Disconnected, B Disconnected");
    // Nobody is left to do anything with.
    story.answers(json!([join(), hangup()]));
    story.is_over();
    story.wants([]);
    assert_eq!(story.records.len(), 2);
}

#[test]
fn hanging_up_the_caller_in_a_meeting_is_the_end() {
    let mut story = Story::joined();
    orders(
        &mut story,
        json!([action("Hangup", json!({"ParticipantTag": "LEG-A", "SipResponseCode": "486"}))]),
    );
    story.wants(["Unbridge A B", "Release A", "Release B"]);
    assert_eq!(story.told_hangup("A", 486), "A Disconnected, B Disconnected");
    story.answers(json!([]));
    story.is_over();
}

#[test]
fn the_engine_ends_a_caller_in_a_meeting_with_one_hangup() {
    let mut story = Story::joined();
    story.happens(call::Event::NodeStopping).wants(["Unbridge A B", "Release A", "Release B"]);
    assert_eq!(story.told_hangup("A", 0), "A Disconnected, B Disconnected");
    story.answers(json!([]));
    story.is_over();
}

#[test]
fn a_caller_who_goes_while_joining_cancels_it() {
    let mut story = Story::answered(json!([join(), play("never.wav")]));
    story.forget().hangs_up("A").wants(["Release B"]);
    told_join_failed(&mut story, "SystemException", SYSTEM);
    story.answers(json!([]));
    assert_eq!(story.told_hangup("A", 0), "A Disconnected");
    // The answer that crossed it.
    story.picks_up("B").answers(json!([]));
    story.is_over();
    assert_eq!(story.records.len(), 2);
}

#[test]
fn joining_is_cut_short_only_by_a_hangup() {
    let mut story = Story::answered(json!([join()]));
    story.forget().is_updated(json!({}));
    story.told("CALL_UPDATE_REQUESTED");
    story.answers(json!([speak("new")])).wants([]);
    story.picks_up("B").wants(["Bridge A B", "Play 1 to A: 'new'"]);
    story.told_of("ACTION_SUCCESSFUL", "JoinChimeMeeting");

    let mut story = Story::answered(json!([join()]));
    story.forget().is_updated(json!({}));
    story.told("CALL_UPDATE_REQUESTED");
    story.answers(json!([action("Hangup", json!({"ParticipantTag": "LEG-B"})), speak("never mind")]));
    story.wants(["Release B"]);
    let event = story.told("ACTION_INTERRUPTED");
    assert_eq!(event["ActionData"]["Type"], "JoinChimeMeeting");
    assert!(event["ActionData"].get("Error").is_none());
    assert_eq!(participants(&event), "A Connected");
    story.answers(json!([]));
    story.told_of("ACTION_SUCCESSFUL", "Hangup");
    story.answers(json!([]));
    story.wants(["Play 1 to A: 'never mind'"]);
}

#[test]
fn being_in_a_meeting_is_no_action_in_progress() {
    let mut story = Story::joined();
    orders(&mut story, json!([speak("by the way")]));
    story.wants(["Play 1 to A: 'by the way'"]).told_nothing();
    // A muting is not cut short, a prompt is.
    orders(&mut story, json!([mute_with(json!({}))]));
    story.wants(["StopPlayback 1", format!("Mute 1 in {MEETING}: a-1").as_str()]);
    story.told_of("ACTION_INTERRUPTED", "Speak");
    story.answers(json!([]));
    orders(&mut story, json!([pause(1_000)]));
    story.told_nothing().modified(1);
    story.told_of("ACTION_SUCCESSFUL", "ModifyChimeMeetingAttendees");
}

#[test]
fn what_runs_on_the_meetings_leg_fails_with_it() {
    for caller_goes in [false, true] {
        let mut story = Story::joined();
        orders(&mut story, json!([play_to("LEG-B", "long.wav"), play_to("LEG-A", "after.wav")]));
        story.wants(["Play 1 to B: prompts/long.wav"]);
        story.hangs_up(if caller_goes { "A" } else { "B" });
        story.told_failed("PlayAudio", "SystemException", SYSTEM);
        if caller_goes {
            story.wants(["StopPlayback 1", "Unbridge A B", "Release B"]).answers(json!([]));
            assert_eq!(story.told_hangup("A", 0), "A Disconnected, B Disconnected");
            story.answers(json!([]));
            story.is_over();
        } else {
            // What is for the caller goes on.
            story.wants(["StopPlayback 1", "Unbridge A B", "Play 2 to A: prompts/after.wav"]);
            story.answers(json!([]));
            assert_eq!(story.told_hangup("B", 0), "A Connected, B Disconnected");
        }
    }
}

#[test]
fn a_muting_dies_with_the_meeting() {
    let mut story = Story::joined();
    orders(&mut story, json!([mute_with(json!({}))]));
    story.hangs_up("B");
    let data = story.told_failed("ModifyChimeMeetingAttendees", "SystemException", SYSTEM);
    assert_eq!(data["ErrorList"], json!([]));
    story.answers(json!([])).modified(1);
    story.told_hangup("B", 0);
    story.answers(json!([]));
    story.told_nothing().goes_on();
}

/// Click to call: LEG-A is the meeting.
fn meeting_as_caller() -> Story {
    let mut story = Story::of(outbound(json!({"RequestedDialNumber": "+15550300"})));
    story.told("NEW_OUTBOUND_CALL");
    story.answers_with(json!([]), json!({"RequestedDialNumber": "+15550300"}));
    story.wants(["Dial A +17035550122 from +15550199 for 120s X-chime-join-token: secret"]);
    story.rings("A", false);
    assert_eq!(story.told("RINGING")["Sequence"], 2);
    story.picks_up("A").answers(json!([]));
    let event = story.told("CALL_ANSWERED");
    assert_eq!(event["Sequence"], 3);
    assert_eq!(event["CallDetails"]["TransactionAttributes"]["RequestedDialNumber"], "+15550300");
    story.answers(json!([bridge()]));
    story.wants(["Dial B +15550300 from +15550199 for 30s"]).picks_up("B");
    let event = story.told("ACTION_SUCCESSFUL");
    assert_eq!(participants(&event), "A Connected, B Connected");
    assert_eq!(event["CallDetails"]["Participants"][0]["To"], "+17035550122");
    story.answers(json!([])).forget();
    story
}

#[test]
fn click_to_call_the_page_ends_it() {
    let mut story = meeting_as_caller();
    story.is_updated(json!({"digit": "5"}));
    let event = story.told("CALL_UPDATE_REQUESTED");
    let b = event["CallDetails"]["Participants"][1]["CallId"].clone();
    let digits = json!({"CallId": b, "Digits": "5", "ToneDurationInMilliseconds": 100});
    story.answers(json!([action("SendDigits", digits)]));
    story.wants(["SendDigits 1 to B: 5 100ms"]).sent(1);
    story.told_of("ACTION_SUCCESSFUL", "SendDigits");
    // The page deletes the meeting.
    story.answers(json!([])).hangs_up("A").wants(["Unbridge A B"]);
    assert_eq!(story.told_hangup("A", 0), "A Disconnected, B Connected");
    story.answers(json!([hangup_of(b.as_str().unwrap())])).wants(["Release B"]);
    story.told_hangup("B", 0);
    story.answers(json!([]));
    story.is_over();
}

#[test]
fn click_to_call_the_phone_ends_it() {
    let mut story = meeting_as_caller();
    let b = story.id("B");
    story.hangs_up("B").wants(["Unbridge A B"]);
    assert_eq!(story.told_hangup("B", 0), "A Connected, B Disconnected");
    // The handler deletes the meeting from inside the invocation: LEG-A's event waits for its answer.
    story.hangs_up("A").wants([]).told_hangup_still_under_way().answers(json!([]));
    assert_eq!(story.told_hangup("A", 0), "A Disconnected");
    story.answers(json!([hangup_of(&b)]));
    story.is_over();
    story.wants([]);
}

#[test]
fn click_to_call_with_a_token_of_nobody() {
    let mut story = Story::of(outbound(json!({})));
    story.told("NEW_OUTBOUND_CALL");
    story.answers(json!([])).refuses("A", 403);
    assert_eq!(story.told_hangup("A", 403), "A Disconnected");
    story.answers(json!([]));
    story.is_over();
}
