//! A function that answers anything.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use api::Request;
use base::Rng;
use call::FunctionError;
use directory::JOIN_NUMBER;
use serde_json::{Map, Value, json};

use super::{Known, races};
use crate::function::Answer;

/// Answers one event.
pub(crate) fn answer(rng: &mut Rng, known: &Rc<RefCell<Known>>, event: &Value) -> Answer {
    let details = &event["CallDetails"];
    let application = details["SipMediaApplicationId"].as_str().unwrap_or_default().to_owned();
    let transaction = details["TransactionId"].as_str().unwrap_or_default();
    if let Ok(call) = transaction.parse() {
        let mut known = known.borrow_mut();
        known.invocations += 1;
        if known.calls.last().is_none_or(|(_, last)| *last != call) {
            known.calls.push((application.clone(), call));
        }
    }
    let first = event["InvocationEventType"] == "NEW_INBOUND_CALL";
    let mut answer = match rng.below(100) {
        0..3 => Answer::throws(),
        3 => Answer::fails(FunctionError::Throttled("busy".into())),
        4 => Answer::fails(FunctionError::Unreachable("connection refused".into())),
        5 if rng.one_in(3) => Answer::never(),
        6..8 => Answer::text(garbage(rng)),
        8..20 => Answer::nothing(),
        20..22 => Answer::json(&Value::Null),
        22..24 => Answer::json(&json!({ "SchemaVersion": "1.0" })),
        24..55 => handler(rng, known, event),
        _ => actions(rng, known, event),
    };
    if rng.one_in(3) {
        answer = answer.with_attributes(&json!({ "seen": event["Sequence"].to_string() }));
    }
    answer.latency = match rng.below(40) {
        // The very end of its time.
        0 if rng.one_in(4) => Duration::from_secs(20) - Duration::from_micros(rng.below(2)),
        0 | 1 => Duration::from_millis(rng.below(8_000)),
        2..8 => Duration::from_millis(rng.below(600)),
        _ => Duration::from_millis(1 + rng.below(30)),
    };
    if rng.one_in(25) {
        let path = format!("/sip-media-applications/{application}/calls/{transaction}");
        let arguments = json!({ "Arguments": { "key": rng.below(10).to_string() } });
        answer = requesting(answer, rng, &path, &arguments);
    }
    if !first && rng.one_in(60) {
        let path = format!("/sip-media-applications/{application}/calls");
        let order = json!({ "FromPhoneNumber": "+12065550100", "ToPhoneNumber": number(rng) });
        answer = requesting(answer, rng, &path, &order);
    }
    if rng.one_in(4) {
        answer = races::around(answer, rng, known, event);
    }
    answer
}

fn requesting(answer: Answer, rng: &mut Rng, path: &str, body: &Value) -> Answer {
    let request: Result<Request, _> = api::parse("POST", path, "", body.to_string().as_bytes());
    match request {
        Ok(request) => answer.requesting(Duration::from_millis(rng.below(50)), request),
        Err(_) => answer,
    }
}

fn garbage(rng: &mut Rng) -> String {
    let texts = [
        "",
        "null",
        "[]",
        "{",
        "\"hello\"",
        r#"{"SchemaVersion":"2.0","Actions":[]}"#,
        r#"{"SchemaVersion":"1.0","Actions":{}}"#,
        r#"{"SchemaVersion":"1.0","Actions":[{"Type":"Dance"}]}"#,
        r#"{"SchemaVersion":"1.0","Actions":[{"Parameters":{}}]}"#,
        r#"{"SchemaVersion":"1.0","Actions":[7]}"#,
    ];
    some(rng, &texts).to_owned()
}

fn some<'a>(rng: &mut Rng, of: &[&'a str]) -> &'a str {
    of[rng.below(of.len() as u64) as usize]
}

fn actions(rng: &mut Rng, known: &Rc<RefCell<Known>>, event: &Value) -> Answer {
    let count = if rng.one_in(40) { 11 } else { 1 + rng.below(4) };
    let actions: Vec<Value> = (0..count).map(|_| action(rng, known, event)).collect();
    Answer::actions(actions)
}

fn action(rng: &mut Rng, known: &Rc<RefCell<Known>>, event: &Value) -> Value {
    let in_use = known.borrow().rooms.is_in_use();
    let (kind, mut parameters) = match rng.below(if in_use { 38 } else { 32 }) {
        0..4 => ("PlayAudio", play(rng)),
        4..7 => ("PlayAudioAndGetDigits", play_and_get_digits(rng)),
        7..10 => ("Speak", speech(rng)),
        10..12 => ("SpeakAndGetDigits", speak_and_get_digits(rng)),
        12..14 => ("Pause", json!({ "DurationInMilliseconds": rng.below(3_000).to_string() })),
        14..20 => ("CallAndBridge", bridge(rng, known, event)),
        20..22 => (
            "ReceiveDigits",
            json!({
            "InputDigitsRegex": if rng.one_in(8) { "(" } else { "[0-9]" },
            "InBetweenDigitsDurationInMilliseconds": 500, "FlushDigitsDurationInMilliseconds": 3_000 }),
        ),
        22..24 => ("RecordAudio", recording(rng)),
        24 => ("SendDigits", json!({ "Digits": "12,#", "ToneDurationInMilliseconds": 100 })),
        25 => ("VoiceFocus", json!({ "Enable": true })),
        26 => ("JoinChimeMeeting", json!({ "JoinToken": "none" })),
        32..36 => ("JoinChimeMeeting", join(rng, known)),
        36 => ("ModifyChimeMeetingAttendees", muting(rng, known)),
        37 => ("CallAndBridge", bridge_to_meeting(rng, known)),
        27 if rng.one_in(6) => ("Dance", json!({})),
        _ => ("Hangup", json!({ "SipResponseCode": some(rng, &["0", "486", "480", "999"]) })),
    };
    if let Value::Object(parameters) = &mut parameters {
        leg(rng, event, parameters);
    }
    json!({ "Type": kind, "Parameters": parameters })
}

/// What handlers in the field answer: bridges, take-backs, transfers, and legs let go one by one.
fn handler(rng: &mut Rng, known: &Rc<RefCell<Known>>, event: &Value) -> Answer {
    let participants = event["CallDetails"]["Participants"].as_array().map_or(&[][..], Vec::as_slice);
    let hangup =
        |participant: &Value| json!({ "Type": "Hangup", "Parameters": { "CallId": participant["CallId"] } });
    let both = || participants.iter().map(hangup);
    let action = event["ActionData"]["Type"].as_str();
    let dial = |rng: &mut Rng| json!({ "Type": "CallAndBridge", "Parameters": bridge(rng, known, event) });
    let wait = json!({ "Type": "Pause", "Parameters": { "DurationInMilliseconds": 300 } });
    let keys = json!({ "Type": "ReceiveDigits", "Parameters": { "InputDigitsRegex": "[15]",
        "InBetweenDigitsDurationInMilliseconds": 300, "FlushDigitsDurationInMilliseconds": 2_000 } });
    let actions: Vec<Value> =
        match (event["InvocationEventType"].as_str().unwrap_or_default(), action, participants) {
            ("NEW_INBOUND_CALL", ..) if known.borrow().rooms.is_in_use() && rng.one_in(3) => {
                vec![json!({ "Type": "JoinChimeMeeting", "Parameters": join(rng, known) })]
            }
            ("NEW_INBOUND_CALL" | "CALL_ANSWERED", ..) => vec![dial(rng), keys],
            ("CALL_UPDATE_REQUESTED" | "DIGITS_RECEIVED", _, [_, b, ..]) => match dial(rng) {
                // Take back; or take back and transfer in one go; or end all, in either order.
                next if next["Parameters"]["CallTimeoutSeconds"].as_u64().is_some_and(|time| time < 8) => {
                    vec![hangup(b), next]
                }
                next if next["Parameters"]["RingbackTone"].is_object() => both().rev().collect(),
                next if next["Parameters"]["SipHeaders"].is_object() => both().collect(),
                _ => vec![hangup(b)],
            },
            ("CALL_UPDATE_REQUESTED" | "DIGITS_RECEIVED", ..) => {
                let ringing = json!({ "Type": "Hangup", "Parameters": { "ParticipantTag": "LEG-B" } });
                vec![ringing, wait, dial(rng)]
            }
            ("ACTION_SUCCESSFUL", Some("Hangup"), _) => vec![wait, dial(rng)],
            ("ACTION_SUCCESSFUL", Some("JoinChimeMeeting"), _) => {
                vec![json!({ "Type": "ModifyChimeMeetingAttendees", "Parameters": muting(rng, known) })]
            }
            ("ACTION_FAILED", Some("CallAndBridge"), _) => vec![dial(rng), dial(rng)],
            ("HANGUP", _, [_, b, ..]) if event["ActionData"]["Parameters"]["ParticipantTag"] == "LEG-A" => {
                vec![hangup(b)]
            }
            ("HANGUP", _, [a, ..]) => vec![wait, hangup(a)],
            _ => vec![],
        };
    Answer::actions(actions)
}

fn join(rng: &mut Rng, known: &Rc<RefCell<Known>>) -> Value {
    let pass = known.borrow().rooms.pass(rng);
    match pass.meeting {
        Some(meeting) if rng.one_in(2) => json!({ "JoinToken": pass.token, "MeetingId": meeting }),
        _ => json!({ "JoinToken": pass.token }),
    }
}

fn muting(rng: &mut Rng, known: &Rc<RefCell<Known>>) -> Value {
    let (meeting, attendees) = known.borrow().rooms.some_attendees(rng);
    let operation = some(rng, &["Mute", "Unmute"]);
    json!({ "Operation": operation, "MeetingId": meeting, "AttendeeList": attendees, "ParticipantTag": "LEG-B" })
}

fn bridge_to_meeting(rng: &mut Rng, known: &Rc<RefCell<Known>>) -> Value {
    let pass = known.borrow().rooms.pass(rng);
    json!({ "CallTimeoutSeconds": 5, "CallerIdNumber": "+12065550100", "SipHeaders": pass.headers(),
        "Endpoints": [{ "BridgeEndpointType": "PSTN", "Uri": JOIN_NUMBER }] })
}

fn leg(rng: &mut Rng, event: &Value, parameters: &mut Map<String, Value>) {
    let participants = event["CallDetails"]["Participants"].as_array();
    match rng.below(8) {
        0 => parameters.insert("ParticipantTag".into(), json!("LEG-B")),
        1 | 2 => parameters.insert("ParticipantTag".into(), json!("LEG-A")),
        3 => parameters.insert("ParticipantTag".into(), json!("")),
        4 => {
            let last = participants.and_then(|all| all.last()).map(|last| last["CallId"].clone());
            parameters.insert("CallId".into(), last.unwrap_or_default())
        }
        5 if rng.one_in(8) => parameters.insert("CallId".into(), json!("no such leg")),
        _ => None,
    };
}

fn source(rng: &mut Rng) -> Value {
    let key =
        ["a-300.wav", "b-1500.wav", "c-6000.wav", "missing.wav"][rng.below(4).min(rng.below(9)) as usize];
    json!({ "Type": "S3", "BucketName": "audio", "Key": key })
}

fn play(rng: &mut Rng) -> Value {
    let mut parameters = json!({ "AudioSource": source(rng) });
    if rng.one_in(3) {
        parameters["PlaybackTerminators"] = json!(["#", "1"]);
    }
    if rng.one_in(3) {
        parameters["Repeat"] = json!(rng.below(4).to_string());
    }
    parameters
}

fn digits(rng: &mut Rng) -> Value {
    let max = 1 + rng.below(4);
    json!({ "MinNumberOfDigits": rng.below(max + 1), "MaxNumberOfDigits": max, "Repeat": 1 + rng.below(2),
        "RepeatDurationInMilliseconds": 500 + rng.below(2_000), "InBetweenDigitsDurationInMilliseconds": 700 })
}

fn play_and_get_digits(rng: &mut Rng) -> Value {
    let mut parameters = digits(rng);
    parameters["AudioSource"] = source(rng);
    parameters["FailureAudioSource"] = source(rng);
    parameters
}

fn speech(rng: &mut Rng) -> Value {
    if rng.one_in(20) { json!({}) } else { json!({ "Text": "Hello" }) }
}

fn speak_and_get_digits(rng: &mut Rng) -> Value {
    let mut parameters = digits(rng);
    parameters["SpeechParameters"] = speech(rng);
    parameters["FailureSpeechParameters"] = speech(rng);
    parameters
}

fn recording(rng: &mut Rng) -> Value {
    let mut parameters = json!({ "RecordingTerminators": ["#"],
        "RecordingDestination": { "Type": "S3", "BucketName": "recordings", "Prefix": "r" } });
    if rng.one_in(2) {
        parameters["DurationInSeconds"] = json!(1 + rng.below(5));
    }
    if rng.one_in(3) {
        parameters["SilenceDurationInSeconds"] = json!(2);
    }
    parameters
}

fn bridge(rng: &mut Rng, known: &Rc<RefCell<Known>>, event: &Value) -> Value {
    let caller = match rng.below(4) {
        0 => event["CallDetails"]["Participants"][0]["From"].clone(),
        1 if rng.one_in(5) => json!("+15559999"),
        _ => json!("+12065550100"),
    };
    let endpoint = if rng.one_in(3) {
        json!({ "BridgeEndpointType": "AWS", "Uri": number(rng), "Arn": known.borrow().connector_arn })
    } else {
        json!({ "BridgeEndpointType": "PSTN", "Uri": number(rng) })
    };
    let mut parameters = json!({ "CallTimeoutSeconds": 1 + rng.below(20), "CallerIdNumber": caller,
        "Endpoints": [endpoint] });
    if rng.one_in(4) {
        parameters["RingbackTone"] = source(rng);
    }
    if rng.one_in(4) {
        parameters["SipHeaders"] = json!({ "x-data": "1" });
    }
    parameters
}

/// Somebody to call: a telephone with its manners, or a number of our own.
pub(crate) fn number(rng: &mut Rng) -> String {
    match rng.below(10) {
        0 => "+12065550100".into(),
        1 => "+12065550101".into(),
        _ => format!("+1555000{}", rng.below(10)),
    }
}
