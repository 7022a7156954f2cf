//! Responses that were damaged on the way: whatever a function returns, the call neither panics nor hangs.

use base::Rng;
use serde_json::json;

use crate::support::*;

/// What handlers really return, as a start.
fn corpus() -> Vec<String> {
    let respond =
        |actions| json!({"SchemaVersion": "1.0", "Actions": actions, "TransactionAttributes": {"k": "v"}});
    [
        json!([pause(1_000), play("a.wav"), hangup()]),
        json!([
            play("a.wav"),
            ask(json!({"MinNumberOfDigits": 1, "MaxNumberOfDigits": 1, "TerminatorDigits": ["#"]}))
        ]),
        json!([
            speak("<speak>1</speak>"),
            bridge_with(json!({"SipHeaders": {"X-A": "b"}, "RingbackTone": file("r.wav")}))
        ]),
        json!([
            receive_digits(r"^\d{2}#$"),
            send_digits("LEG-A", "12,#"),
            action("VoiceFocus", json!({"Enable": true}))
        ]),
        json!([record(
            json!({"DurationInSeconds": "10", "SilenceDurationInSeconds": 3, "SilenceThreshold": 100})
        )]),
        json!([join(), mute_with(json!({"ParticipantTag": "LEG-A"})), hangup()]),
    ]
    .into_iter()
    .map(|actions| respond(actions).to_string())
    .collect()
}

#[test]
fn damaged_responses_are_outcomes_too() {
    let corpus = corpus();
    let mut rng = Rng::new(99);
    let mut invalid = 0;
    for round in 0..3_000_u32 {
        let mut payload = corpus[round as usize % corpus.len()].clone().into_bytes();
        for _ in 0..=rng.below(3) {
            mutate(&mut rng, &mut payload);
        }
        let payload = String::from_utf8_lossy(&payload).into_owned();
        invalid += u32::from(survives(&payload));
    }
    // Neither are all of them refused nor all accepted: the damage reaches the actions too.
    assert!((300..2_900).contains(&invalid), "{invalid}");
}

#[test]
fn deep_and_long_responses_are_outcomes_too() {
    let deep = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n));
    for nested in [deep(100), deep(1_000), deep(100_000)] {
        survives(&nested);
        survives(&format!(r#"{{"SchemaVersion":"1.0","Actions":{nested}}}"#));
        survives(&format!(r#"{{"SchemaVersion":"1.0","x":{nested}}}"#));
        survives(&format!(r#"{{"SchemaVersion":"1.0","TransactionAttributes":{{"a":{nested}}}}}"#));
        survives(&format!(
            r#"{{"SchemaVersion":"1.0","Actions":[{{"Type":"Pause","Parameters":{{"DurationInMilliseconds":{nested}}}}}]}}"#
        ));
    }
    survives(&format!(r#"{{"SchemaVersion":"1.0","Actions":[{{"Type":"{}"}}]}}"#, "x".repeat(1_000_000)));
    survives(&"9".repeat(1_000_000));
}

fn mutate(rng: &mut Rng, payload: &mut Vec<u8>) {
    const PIECES: [&str; 16] = [
        "\"",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "null",
        "\\u0000",
        "\\",
        "-1",
        "1e999",
        "\"\"",
        "99999999999999999999",
        "true",
        "\n",
    ];
    let at = rng.below(payload.len() as u64 + 1) as usize;
    match rng.below(4) {
        0 if at < payload.len() => payload[at] = rng.below(256) as u8,
        1 if at < payload.len() => drop(payload.remove(at)),
        2 => {
            let end = (at + rng.below(12) as usize).min(payload.len());
            let piece = payload[at..end].to_vec();
            payload.splice(at..at, piece);
        }
        _ => {
            let piece = PIECES[rng.below(PIECES.len() as u64) as usize];
            let end = (at + rng.below(6) as usize).min(payload.len());
            payload.splice(at..end, piece.bytes());
        }
    }
}

/// Answers the first event with this, lets things happen, and ends the call. True if the response was unusable.
fn survives(payload: &str) -> bool {
    let mut story = Story::inbound();
    story.told("NEW_INBOUND_CALL");
    story.returns_text(payload);
    let told = |story: &Story| story.invocation.as_ref().map(|i| i.event["InvocationEventType"].clone());
    let unusable = told(&story) == Some("INVALID_LAMBDA_RESPONSE".into());
    story.presses("A", "12#").ms(1_500).played(1).sent(1).stored(1);
    story.hangs_up("A");
    for _ in 0..20 {
        if story.call.is_finished() {
            break;
        }
        if story.invocation.is_some() {
            story.answers(json!([]));
        } else {
            story.secs(15);
        }
    }
    story.is_over();
    unusable
}
