//! Functions that drive calls: what they answer, how long they take, how they fail.

use std::time::Duration;

use api::Request;
use call::FunctionError;
use serde_json::{Value, json};

use crate::engine::Engine;

/// What a function does with one event.
#[derive(Debug)]
pub struct Answer {
    /// How long it takes.
    pub latency: Duration,
    /// The payload, or why there is none. `None`: it never returns, and the runner gives up at the time limit.
    pub outcome: Option<Result<String, FunctionError>>,
    /// API requests it makes meanwhile, and when.
    pub requests: Vec<(Duration, Request)>,
    /// What happens elsewhere around it, and when.
    pub meanwhile: Vec<(Duration, Script)>,
}

/// Something that happens in a world.
pub struct Script(pub Box<dyn FnOnce(&mut Engine)>);

impl std::fmt::Debug for Script {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Script")
    }
}

/// A function: sees the event, answers.
pub type Function = Box<dyn FnMut(&Value) -> Answer>;

impl Answer {
    /// An action list after 20 ms.
    pub fn actions(actions: impl IntoIterator<Item = Value>) -> Self {
        let actions: Vec<Value> = actions.into_iter().collect();
        Self::json(&json!({ "SchemaVersion": "1.0", "Actions": actions }))
    }

    /// An empty action list after 20 ms.
    pub fn nothing() -> Self {
        Self::actions([])
    }

    /// Any response after 20 ms.
    pub fn json(response: &Value) -> Self {
        Self::text(response.to_string())
    }

    /// Any text after 20 ms.
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            latency: Duration::from_millis(20),
            outcome: Some(Ok(text.into())),
            requests: vec![],
            meanwhile: vec![],
        }
    }

    /// The function throws after 20 ms.
    pub fn throws() -> Self {
        Self::fails(FunctionError::Failed("it threw".into()))
    }

    /// No response after 20 ms.
    pub fn fails(error: FunctionError) -> Self {
        Self {
            latency: Duration::from_millis(20),
            outcome: Some(Err(error)),
            requests: vec![],
            meanwhile: vec![],
        }
    }

    /// It blocks until its time is over.
    pub fn never() -> Self {
        Self { latency: Duration::ZERO, outcome: None, requests: vec![], meanwhile: vec![] }
    }

    /// The same, later.
    pub fn after(self, latency: Duration) -> Self {
        Self { latency, ..self }
    }

    /// The same with attributes.
    pub fn with_attributes(mut self, attributes: &Value) -> Self {
        if let Some(Ok(text)) = &mut self.outcome
            && let Ok(Value::Object(mut response)) = serde_json::from_str(text)
        {
            response.insert("TransactionAttributes".into(), attributes.clone());
            *text = Value::Object(response).to_string();
        }
        self
    }

    /// The same, with an API request made while it runs.
    pub fn requesting(mut self, after: Duration, request: impl Into<Request>) -> Self {
        self.requests.push((after, request.into()));
        self
    }

    /// The same, with something that happens elsewhere, so long after the invocation.
    pub fn meanwhile(mut self, after: Duration, script: impl FnOnce(&mut Engine) + 'static) -> Self {
        self.meanwhile.push((after, Script(Box::new(script))));
        self
    }
}

/// `Hangup` of a leg; of the answering leg for `""`.
pub fn hangup(tag: &str) -> Value {
    json!({ "Type": "Hangup", "Parameters": { "SipResponseCode": "0", "ParticipantTag": tag } })
}

/// `PlayAudio` of an object of the bucket `audio` to LEG-A.
pub fn play(key: &str) -> Value {
    json!({ "Type": "PlayAudio", "Parameters": {
        "ParticipantTag": "LEG-A", "AudioSource": { "Type": "S3", "BucketName": "audio", "Key": key } } })
}

/// `PlayAudioAndGetDigits` of so many digits.
pub fn play_and_get_digits(key: &str, digits: u32) -> Value {
    let source = |key: &str| json!({ "Type": "S3", "BucketName": "audio", "Key": key });
    json!({ "Type": "PlayAudioAndGetDigits", "Parameters": {
        "AudioSource": source(key), "FailureAudioSource": source("wrong.wav"),
        "MinNumberOfDigits": digits, "MaxNumberOfDigits": digits,
        "InBetweenDigitsDurationInMilliseconds": 3_000, "RepeatDurationInMilliseconds": 5_000, "Repeat": 2 } })
}

/// `Speak` to the answering leg.
pub fn speak(text: &str) -> Value {
    json!({ "Type": "Speak", "Parameters": { "Text": text } })
}

/// `Pause`.
pub fn pause(milliseconds: u64) -> Value {
    json!({ "Type": "Pause", "Parameters": { "DurationInMilliseconds": milliseconds } })
}

/// `CallAndBridge` to a telephone number.
pub fn bridge(caller_id: &str, number: &str) -> Value {
    json!({ "Type": "CallAndBridge", "Parameters": { "CallTimeoutSeconds": 30, "CallerIdNumber": caller_id,
        "Endpoints": [{ "BridgeEndpointType": "PSTN", "Uri": number }] } })
}

/// `CallAndBridge` to a connector's equipment.
pub fn bridge_to_connector(caller_id: &str, user: &str, arn: &str) -> Value {
    json!({ "Type": "CallAndBridge", "Parameters": { "CallTimeoutSeconds": 30, "CallerIdNumber": caller_id,
        "Endpoints": [{ "BridgeEndpointType": "AWS", "Uri": user, "Arn": arn }] } })
}

/// `RecordAudio` until `#`.
pub fn record(prefix: &str) -> Value {
    json!({ "Type": "RecordAudio", "Parameters": { "DurationInSeconds": "30", "RecordingTerminators": ["#"],
        "RecordingDestination": { "Type": "S3", "BucketName": "recordings", "Prefix": prefix } } })
}
