//! Invoking functions: order, time, retry, failover, unusable responses.

use std::time::Duration;

use call::{FunctionError, Origin, Setup};
use serde_json::{Value, json};

use crate::support::*;

fn with_targets(names: &[&str]) -> Setup {
    let mut setup = inbound();
    if let Origin::Inbound { targets, .. } = &mut setup.origin {
        *targets = names.iter().map(|name| target(name)).collect();
    }
    setup
}

fn in_flight(story: &Story) -> (u32, String, Value) {
    let invocation = story.invocation.as_ref().unwrap();
    (invocation.id.0, invocation.target.application.clone(), invocation.event.clone())
}

#[test]
fn one_invocation_at_a_time_in_the_order_of_events() {
    let mut story = Story::bridged();
    story.is_updated(json!({"n": "1"})).is_updated(json!({"n": "2"})).hangs_up("B").hangs_up("A");
    for n in ["1", "2"] {
        let data = story.told_of("CALL_UPDATE_REQUESTED", "CallUpdateRequest");
        assert_eq!(data["Parameters"]["Arguments"]["n"], n);
        story.answers(json!([]));
    }
    story.told_hangup("B", 0);
    story.answers(json!([]));
    story.told_hangup("A", 0);
    story.answers(json!([]));
    story.is_over();
}

#[test]
fn attributes_of_an_answer_are_in_the_next_event_already_queued() {
    let mut story = Story::bridged();
    story.is_updated(json!({})).hangs_up("B");
    story.told("CALL_UPDATE_REQUESTED");
    story.answers_with(json!([]), json!({"transfer": "true"}));
    let event = story.told("HANGUP");
    assert_eq!(event["CallDetails"]["TransactionAttributes"], json!({"transfer": "true"}));
}

#[test]
fn attributes_returned_on_hangup_reach_the_other_legs_hangup() {
    let mut story = Story::bridged();
    story.hangs_up("A").hangs_up("B");
    story.told("HANGUP");
    story.answers_with(json!([]), json!({"released": "yes"}));
    let event = story.told("HANGUP");
    assert_eq!(event["CallDetails"]["TransactionAttributes"], json!({"released": "yes"}));
}

#[test]
fn a_slow_function_is_not_retried() {
    let mut story = Story::inbound();
    story.told("NEW_INBOUND_CALL");
    assert_eq!(story.invocation.as_ref().unwrap().timeout, Duration::from_secs(20));
    story.ms(18_000).answers(json!([play("a.wav")]));
    story.wants(["Ring A", "Answer A", "Play 1 to A: prompts/a.wav"]);
}

#[test]
fn a_failed_attempt_is_retried_once_inside_its_time() {
    for error in [
        failed(),
        FunctionError::NotFound("f".into()),
        FunctionError::AccessDenied("f".into()),
        FunctionError::Throttled("f".into()),
        FunctionError::Unreachable("f".into()),
    ] {
        let mut story = Story::answered(json!([play("a.wav")]));
        story.forget().played(1);
        let (first, _, event) = in_flight(&story);
        story.secs(5).fails(error);
        let (second, _, again) = in_flight(&story);
        assert_eq!(again, event, "the same event, Sequence included");
        assert_ne!(first, second);
        assert_eq!(story.invocation.as_ref().unwrap().timeout, Duration::from_secs(15));
        story.told("ACTION_SUCCESSFUL");
        story.answers(json!([play("b.wav")]));
        story.wants(["Play 2 to A: prompts/b.wav"]);
    }
}

#[test]
fn attempts_used_up_end_the_call() {
    let mut story = Story::bridged();
    story.is_updated(json!({})).hangs_up("B").forget();
    story.told("CALL_UPDATE_REQUESTED");
    story.answers(json!([]));
    story.told("HANGUP");
    story.fails_for_good();
    story.wants(["Release A"]);
    assert!(!story.call.is_live());
    // The HANGUP of each leg is still delivered, in one attempt whose answer is ignored.
    assert_eq!(story.told_hangup("A", 0), "A Disconnected");
    story.fails(failed());
    story.is_over();
}

#[test]
fn an_unanswered_call_ends_with_480_when_its_function_fails_later() {
    let mut story = Story::answered(json!([pause(0)]));
    story.told("ACTION_FAILED");
    story.fails_for_good();
    story.wants(["Reject A 480"]);
    story.told_hangup("A", 480);
    story.answers_with(json!([play("x")]), json!({"ignored": "1"}));
    story.is_over();
}

#[test]
fn a_timeout_is_not_retried_and_ends_the_call() {
    for runner_first in [true, false] {
        let mut story = Story::answered(json!([play("a.wav")]));
        story.forget().played(1);
        story.told("ACTION_SUCCESSFUL");
        if runner_first {
            story.ms(19_990).fails(FunctionError::TimedOut);
        } else {
            assert_eq!(story.call.deadline().unwrap().1, "function time-out");
            story.invocation = None;
            story.secs(20);
        }
        story.wants(["Release A"]).logged("AWS Lambda client operation timed out.");
        story.told_hangup("A", 0);
        story.answers(json!([]));
        story.is_over();
    }
}

#[test]
fn a_late_answer_is_dropped_whole() {
    let mut story = Story::answered(json!([play("a.wav")]));
    story.forget().played(1);
    let late = in_flight(&story).0;
    story.invocation = None;
    story.secs(20).wants(["Release A"]);
    let response =
        json!({"SchemaVersion": "1.0", "Actions": [play("b.wav")], "TransactionAttributes": {"late": "1"}});
    story.happens(call::Event::FunctionReturned {
        invocation: call::InvocationId(late),
        outcome: Ok(response.to_string()),
    });
    story.wants([]).logged("late answer");
    // It is not taken for the answer to the event that is under way.
    let event = story.told("HANGUP");
    assert!(event["CallDetails"].get("TransactionAttributes").is_none());
    story.answers(json!([]));
    story.is_over();
}

#[test]
fn an_answer_at_the_last_moment_counts() {
    let mut story = Story::answered(json!([play("a.wav")]));
    story.forget().played(1);
    story.now += Duration::from_secs(20);
    story.answers(json!([play("b.wav")]));
    story.wants(["Play 2 to A: prompts/b.wav"]);
}

#[test]
fn an_answer_behind_its_time_is_late_even_if_nobody_woke_the_call() {
    let mut story = Story::answered(json!([play("a.wav")]));
    story.forget().played(1);
    let late = in_flight(&story).0;
    story.invocation = None;
    story.now += Duration::from_millis(20_001);
    story.happens(call::Event::FunctionReturned {
        invocation: call::InvocationId(late),
        outcome: Ok(r#"{"SchemaVersion":"1.0","Actions":[]}"#.into()),
    });
    story.wants(["Release A"]);
    story.told_hangup("A", 0);
}

#[test]
fn a_retry_has_what_is_left_of_the_time() {
    let mut story = Story::answered(json!([play("a.wav")]));
    story.forget().played(1).secs(19).fails(failed());
    story.invocation = None;
    story.secs(1).wants(["Release A"]);
}

#[test]
fn a_function_error_on_an_update_is_an_empty_answer() {
    let mut story = Story::bridged();
    story.is_updated(json!({"digit": "1"}));
    story.told("CALL_UPDATE_REQUESTED");
    story.fails_for_good();
    story.wants([]).told_nothing().goes_on();
    // Not so a time-out.
    story.is_updated(json!({}));
    story.told("CALL_UPDATE_REQUESTED");
    story.fails(FunctionError::TimedOut).wants(["Unbridge A B", "Release B", "Release A"]);
    assert_eq!(story.told_hangup("B", 0), "A Disconnected, B Disconnected");
    story.answers(json!([]));
    assert_eq!(story.told_hangup("A", 0), "A Disconnected");
    story.answers(json!([]));
    story.is_over();
}

#[test]
fn the_first_function_that_can_be_invoked_takes_the_call() {
    let mut story = Story::of(with_targets(&["one", "two", "three"]));
    let (_, application, event) = in_flight(&story);
    assert_eq!(application, "one-0000");
    assert_eq!(event["CallDetails"]["SipMediaApplicationId"], "one-0000");
    story.fails(failed());
    assert_eq!(in_flight(&story).1, "one-0000", "one retry first");
    story.secs(3).fails(failed());
    let (_, application, event) = in_flight(&story);
    assert_eq!(application, "two-0000");
    assert_eq!(event["CallDetails"]["SipMediaApplicationId"], "two-0000");
    assert_eq!((&event["Sequence"], &event["InvocationEventType"]), (&json!(1), &json!("NEW_INBOUND_CALL")));
    // Every application has its own time.
    assert_eq!(story.invocation.as_ref().unwrap().timeout, Duration::from_secs(20));
    story.fails(FunctionError::TimedOut);
    assert_eq!(in_flight(&story).1, "three-0000", "a time-out goes on to the next at once");
    story.told("NEW_INBOUND_CALL");
    story.answers(json!([play("a.wav"), hangup()])).played(1);
    assert_eq!(in_flight(&story).1, "three-0000");
    let event = story.told("HANGUP");
    assert_eq!(event["Sequence"], 2);
    assert_eq!(event["CallDetails"]["SipMediaApplicationId"], "three-0000");
    story.answers(json!([]));
    story.is_over();
    assert_eq!(story.records[0].application, "three-0000");
}

#[test]
fn when_all_fail_the_call_is_refused_and_nobody_is_told() {
    let mut story = Story::of(with_targets(&["one", "two"]));
    story.fails_for_good().fails_for_good();
    story.is_over();
    story.wants(["Ring A", "Reject A 480"]);
    assert_eq!(story.records.len(), 1);
    assert_eq!(story.records[0].code, 480);
}

#[test]
fn a_caller_who_gives_up_stops_the_search() {
    let mut story = Story::of(with_targets(&["one", "two"]));
    story.forget().hangs_up("A").fails(failed());
    story.is_over();
    story.wants([]);
}

#[test]
fn later_failures_do_not_fail_over() {
    let mut story = Story::of(with_targets(&["one", "two"]));
    story.told("NEW_INBOUND_CALL");
    story.answers(json!([play("a.wav")])).played(1);
    story.told("ACTION_SUCCESSFUL");
    story.fails_for_good();
    assert_eq!(in_flight(&story).1, "one-0000");
    story.told_hangup("A", 0);
}

#[test]
fn an_invalid_response_does_not_fail_over() {
    let mut story = Story::of(with_targets(&["one", "two"]));
    story.told("NEW_INBOUND_CALL");
    story.returns_text("{}");
    assert_eq!(in_flight(&story).1, "one-0000");
    story.told("INVALID_LAMBDA_RESPONSE");
}

#[test]
fn every_kind_of_unusable_response_is_told_at_top_level() {
    let many: serde_json::Map<String, Value> = (0..101).map(|n| (n.to_string(), json!("v"))).collect();
    for (response, error_type, message) in [
        (
            json!({"SchemaVersion": "1.0", "TransactionAttributes": many}).to_string(),
            "TransactionAttributesInvalidMapSize",
            "Transaction Attributes has too many mappings. Maximum number of mappings is 100",
        ),
        (
            json!({"SchemaVersion": "1.0", "TransactionAttributes": {"k": "v".repeat(20_480)}}).to_string(),
            "TransactionAttributesInvalidSize",
            "Transaction Attributes is too large. Maximum size is 20480 bytes",
        ),
        (r#"{"Actions":"#.into(), "InvalidActionsList", "Error while reading actions list."),
        ("[]".into(), "InvalidActionsList", "Error while reading actions list."),
        (
            json!({"SchemaVersion": "2.0", "Actions": []}).to_string(),
            "SchemaVersionMismatch",
            "The schema version in the invocation request does not match the schema version in the response.",
        ),
        (
            json!({"SchemaVersion": "1.0", "Actions": [{"Type": "RecordMeeting"}]}).to_string(),
            "UnsupportedAction",
            "Unsupported action RecordMeeting specified",
        ),
        (
            json!({"SchemaVersion": "1.0", "Actions": vec![hangup(); 11]}).to_string(),
            "TooManyActions",
            "Too many actions specified in a response.",
        ),
        ("null".into(), "EmptyResponse", "Response is blank or empty"),
        ("".into(), "EmptyResponse", "Response is blank or empty"),
    ] {
        let mut story = Story::inbound();
        story.told("NEW_INBOUND_CALL");
        story.forget().returns_text(&response);
        story.wants([]);
        let event = story.told("INVALID_LAMBDA_RESPONSE");
        assert_eq!(event["ErrorType"], error_type);
        assert_eq!(event["ErrorMessage"], message);
        assert_eq!(event["Sequence"], 2);
        assert!(event.get("ActionData").is_none());
        assert!(event["CallDetails"].get("TransactionAttributes").is_none(), "nothing of it is stored");
        assert!(event["CallDetails"]["Participants"][0].get("Status").is_none());
        story.answers(json!([play("sorry.wav"), hangup()]));
        story.wants(["Answer A", "Play 1 to A: prompts/sorry.wav"]);
    }
}

#[test]
fn an_unusable_response_is_told_ahead_of_everything_else() {
    let mut story = Story::bridged();
    story.is_updated(json!({"n": "1"})).is_updated(json!({"n": "2"}));
    story.told("CALL_UPDATE_REQUESTED");
    story.returns_text("nonsense");
    story.told("INVALID_LAMBDA_RESPONSE");
    story.answers(json!([]));
    let data = story.told_of("CALL_UPDATE_REQUESTED", "CallUpdateRequest");
    assert_eq!(data["Parameters"]["Arguments"]["n"], "2");
}

#[test]
fn two_unusable_responses_in_a_row_end_the_call() {
    for (answered, effect, code) in [(false, "Reject A 480", 480), (true, "Release A", 0)] {
        let mut story = if answered {
            let mut story = Story::answered(json!([play("a.wav")]));
            story.played(1);
            story
        } else {
            Story::inbound()
        };
        story.forget().returns_text("nonsense");
        story.told("INVALID_LAMBDA_RESPONSE");
        story.returns_text("more nonsense").wants([effect]);
        story.told_hangup("A", code);
        story.answers(json!([]));
        story.is_over();
    }
}

#[test]
fn the_list_that_waited_for_an_unusable_answer_waits_for_the_next() {
    let mut story = Story::answered(json!([ask(json!({"MaxNumberOfDigits": 1})), play("rest.wav")]));
    story.presses("A", "1").forget();
    story.told("ACTION_SUCCESSFUL");
    story.returns_text("nonsense").wants([]);
    story.told("INVALID_LAMBDA_RESPONSE");
    story.answers(json!([]));
    story.wants(["Play 2 to A: prompts/rest.wav"]);
}

#[test]
fn an_unusable_response_to_the_last_hangup_is_nobodys_business() {
    let mut story = Story::answered(json!([play("a.wav")]));
    story.played(1);
    story.told("ACTION_SUCCESSFUL");
    story.answers(json!([])).hangs_up("A");
    story.told("HANGUP");
    story.returns_text("nonsense");
    story.is_over();
}

#[test]
fn attributes_over_the_limit_are_not_stored_where_answers_are_not_validated() {
    let mut story = Story::of(outbound(json!({})));
    story.told("NEW_OUTBOUND_CALL");
    story.answers_with(json!([]), json!({"k": "v".repeat(20_480)}));
    story.rings("A", false);
    let event = story.told("RINGING");
    assert!(event["CallDetails"].get("TransactionAttributes").is_none());
}

#[test]
fn a_thousand_invocations_are_enough() {
    let mut setup = inbound();
    setup.limits.invocations = 5;
    let mut story = Story::of(setup);
    story.told("NEW_INBOUND_CALL");
    // A handler that answers every failure with a failing action.
    for _ in 0..4 {
        story.answers(json!([pause(0)]));
        story.told("ACTION_FAILED");
    }
    story.forget().answers(json!([pause(0)]));
    // The next one ends the call instead; the HANGUP comes beyond.
    story.wants(["Reject A 480"]).logged("maximum number of invocations");
    let event = story.told("HANGUP");
    assert_eq!(event["Sequence"], 6);
    story.answers(json!([]));
    story.is_over();
}

#[test]
fn a_hangup_is_delivered_beyond_the_limit() {
    let mut setup = inbound();
    setup.limits.invocations = 1;
    let mut story = Story::of(setup);
    story.told("NEW_INBOUND_CALL");
    story.answers(json!([hangup()]));
    story.told_hangup("A", 480);
    story.answers(json!([]));
    story.is_over();
}

#[test]
fn a_function_that_fails_on_a_hangup_leaves_no_leg_behind() {
    let mut story = Story::bridged();
    story.hangs_up("A").forget();
    story.told("HANGUP");
    story.fails_for_good();
    story.wants(["Release B"]);
    story.told_hangup("B", 0);
    story.answers(json!([]));
    story.is_over();
    assert_eq!(story.records.len(), 2);
}

#[test]
fn a_failing_last_hangup_is_retried_and_given_up() {
    let mut story = Story::answered(json!([hangup()]));
    story.told("HANGUP");
    story.fails(failed());
    story.told("HANGUP");
    story.fails(failed());
    story.is_over();
}
