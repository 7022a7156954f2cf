//! Who hangs up, and what is sent: row by row.

use serde_json::json;

use crate::support::*;

#[test]
fn single_leg_remote_hangs_up() {
    let mut story = Story::answered(json!([play("a.wav")]));
    story.played(1);
    story.told("ACTION_SUCCESSFUL");
    story.answers(json!([]));
    story.forget().hangs_up("A");
    assert_eq!(story.told_hangup("A", 0), "A Disconnected");
    story.answers(json!([play("ignored.wav")]));
    story.is_over();
    story.wants([]);
    assert_eq!(story.records.len(), 1);
    assert!(story.records[0].answered.is_some());
}

#[test]
fn single_leg_hangup_action() {
    for (code, expected) in [(json!("0"), 0), (json!(486), 486), (json!("480"), 480)] {
        let mut story = Story::answered(json!([
            play("a.wav"),
            action("Hangup", json!({"SipResponseCode": code})),
            play("b.wav")
        ]));
        story.forget().played(1).wants(["Release A"]);
        // No ACTION_SUCCESSFUL, neither before nor after.
        assert_eq!(story.told_hangup("A", expected), "A Disconnected");
        story.answers(json!([play("ignored.wav")]));
        story.is_over();
        story.wants([]);
        assert_eq!(story.records[0].code, 0, "an answered call clears normally");
    }
}

#[test]
fn bridged_remote_b_hangs_up() {
    let mut story = Story::bridged();
    story.hangs_up("B").wants(["Unbridge A B"]);
    assert_eq!(story.told_hangup("B", 0), "A Connected, B Disconnected");
    story.answers(json!([]));
    // A stays up until told.
    story.secs(600).told_nothing().wants([]);
    story.goes_on();
    story.hangs_up("A");
    // A's own HANGUP is the last event: it shows A alone.
    assert_eq!(story.told_hangup("A", 0), "A Disconnected");
    story.answers(json!([]));
    story.is_over();
}

#[test]
fn bridged_remote_b_hangs_up_and_the_answer_runs() {
    let mut story = Story::bridged();
    story.forget().hangs_up("B");
    story.told_hangup("B", 0);
    story.answers(json!([speak("they left"), hangup()]));
    story.wants(["Unbridge A B", "Play 1 to A: 'they left'"]);
    story.played(1).wants(["Release A"]);
    assert_eq!(story.told_hangup("A", 0), "A Disconnected");
    story.answers(json!([]));
    story.is_over();
}

#[test]
fn bridged_remote_a_hangs_up() {
    let mut story = Story::bridged();
    story.hangs_up("A").wants(["Unbridge A B"]);
    assert_eq!(story.told_hangup("A", 0), "A Disconnected, B Connected");
    story.answers(json!([]));
    story.secs(600).told_nothing().wants([]);
    story.is_updated(json!({}));
    story.told("CALL_UPDATE_REQUESTED");
    story.answers(json!([action("Hangup", json!({"ParticipantTag": "LEG-B"}))]));
    story.wants(["Release B"]);
    // The last live leg: its HANGUP only.
    assert_eq!(story.told_hangup("B", 0), "A Disconnected, B Disconnected");
    story.answers(json!([]));
    story.is_over();
}

#[test]
fn bridged_hangup_action_on_b() {
    let mut story = Story::bridged();
    let b = story.id("B");
    story.is_updated(json!({}));
    story.told("CALL_UPDATE_REQUESTED");
    story.answers(json!([hangup_of(&b)]));
    story.wants(["Unbridge A B", "Release B"]);
    // HANGUP first, then the success; both without waiting for the far end.
    assert_eq!(story.told_hangup("B", 0), "A Connected, B Disconnected");
    story.answers(json!([]));
    let event = story.told("ACTION_SUCCESSFUL");
    assert_eq!(
        event["ActionData"],
        json!({"Type": "Hangup", "Parameters": {"CallId": b, "ParticipantTag": "LEG-B"}})
    );
    assert_eq!(participants(&event), "A Connected, B Disconnected");
    story.answers(json!([play("next.wav")]));
    story.wants(["Play 1 to A: prompts/next.wav"]);
}

#[test]
fn bridged_hangup_action_on_a() {
    let mut story = Story::bridged();
    story.is_updated(json!({}));
    story.told("CALL_UPDATE_REQUESTED");
    story.answers(json!([
        action("Hangup", json!({"ParticipantTag": "LEG-A"})),
        play_to("LEG-A", "dropped.wav")
    ]));
    story.wants(["Unbridge A B", "Release A"]);
    assert_eq!(story.told_hangup("A", 0), "A Disconnected, B Connected");
    story.answers(json!([]));
    let data = story.told_of("ACTION_SUCCESSFUL", "Hangup");
    assert_eq!(data["Parameters"]["ParticipantTag"], "LEG-A");
    story.answers(json!([speak("to B")]));
    story.wants(["Play 1 to B: 'to B'"]);
}

#[test]
fn hangup_on_the_last_live_leg() {
    for first in ["A", "B"] {
        let mut story = Story::bridged();
        story.forget().hangs_up(first);
        story.told("HANGUP");
        let other = if first == "A" { "B" } else { "A" };
        story.answers(json!([hangup_of(&story.id(other)), play("never.wav")]));
        story.wants(["Unbridge A B", format!("Release {other}").as_str()]);
        story.told_hangup(other, 0);
        story.answers(json!([play("ignored.wav")]));
        story.is_over();
        story.wants([]);
        assert_eq!(story.records.len(), 2);
    }
}

#[test]
fn hangup_on_a_leg_already_gone_while_the_other_is_live() {
    let mut story = Story::bridged();
    let b = story.id("B");
    story.hangs_up("B");
    story.told_hangup("B", 0);
    story.forget().answers(json!([hangup_of(&b)]));
    story.wants([]);
    let data = story.told_of("ACTION_SUCCESSFUL", "Hangup");
    assert_eq!(data["Parameters"], json!({"CallId": b, "ParticipantTag": "LEG-B"}));
    story.answers(json!([]));
    story.told_nothing().goes_on();
    assert_eq!(story.records.len(), 1);
}

#[test]
fn hangup_when_no_leg_is_live() {
    let mut story = Story::bridged();
    story.forget().hangs_up("A").hangs_up("B");
    // Participants are those of the moment in which the invocation began.
    assert_eq!(story.told_hangup("A", 0), "A Disconnected, B Connected");
    story.answers(json!([hangup_of(&story.id("B"))]));
    assert_eq!(story.told_hangup("B", 0), "A Disconnected, B Disconnected");
    story.answers(json!([action("Hangup", json!({"CallId": ""}))]));
    story.is_over();
    story.wants(["Unbridge A B"]);
}

#[test]
fn both_hang_up_with_b_first() {
    let mut story = Story::bridged();
    story.hangs_up("B").hangs_up("A");
    assert_eq!(story.told_hangup("B", 0), "A Connected, B Disconnected");
    story.answers(json!([]));
    assert_eq!(story.told_hangup("A", 0), "A Disconnected");
    story.answers(json!([]));
    story.is_over();
}

#[test]
fn caller_gives_up_before_the_answer() {
    let mut story = Story::answered(json!([]));
    story.forget().hangs_up("A");
    assert_eq!(story.told_hangup("A", 0), "A Disconnected");
    story.answers(json!([play("ignored.wav")]));
    story.is_over();
    story.wants([]);
}

#[test]
fn an_id_that_never_belonged_to_the_call_fails() {
    for parameters in [
        json!({"CallId": "8a1b6e1f-0f3e-4f6e-9f0e-6c3d2a1b0c9d"}),
        json!({"CallId": "nonsense"}),
        json!({"CallId": 7}),
        json!({"ParticipantTag": "LEG-B"}),
        json!({"ParticipantTag": "LEG-C"}),
    ] {
        let mut story = Story::answered(json!([action("Hangup", parameters)]));
        story.told_failed(
            "Hangup",
            "InvalidActionParameter",
            "CallId or ParticipantTag parameter for action is invalid.",
        );
        story.wants([]);
    }
}

#[test]
fn other_codes_are_refused() {
    for code in [json!(500), json!("404"), json!(-1), json!("busy"), json!(true)] {
        let mut story = Story::answered(json!([action("Hangup", json!({"SipResponseCode": code}))]));
        story.told_failed("Hangup", "InvalidActionParameter", "SipResponseCode parameter value is invalid.");
    }
}

#[test]
fn an_earlier_leg_b_is_known_for_good() {
    let mut story = Story::bridged();
    let first = story.id("B");
    story.hangs_up("B");
    story.told("HANGUP");
    story.answers(json!([bridge()])).picks_up("B");
    story.told("ACTION_SUCCESSFUL");
    assert_ne!(story.id("B"), first);
    story.forget().answers(json!([hangup_of(&first)]));
    let event = story.told("ACTION_SUCCESSFUL");
    assert_eq!(event["ActionData"]["Parameters"], json!({"CallId": first, "ParticipantTag": "LEG-B"}));
    assert_eq!(participants(&event), "A Connected, B Connected");
    story.wants([]);
}

#[test]
fn call_id_wins_over_the_tag() {
    let mut story = Story::bridged();
    story.is_updated(json!({}));
    story.told("CALL_UPDATE_REQUESTED");
    let b = story.id("B");
    story.answers(json!([action("Hangup", json!({"ParticipantTag": "LEG-A", "CallId": b}))]));
    story.wants(["Unbridge A B", "Release B"]);
    story.told_hangup("B", 0);
    story.answers(json!([]));
    let data = story.told_of("ACTION_SUCCESSFUL", "Hangup");
    assert_eq!(data["Parameters"], json!({"ParticipantTag": "LEG-B", "CallId": b}));
}
