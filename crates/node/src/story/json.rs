//! Payloads of functions in a few words.

use serde_json::Value;

/// `InvocationEventType`, and what is worth knowing of its `ActionData`.
pub(super) fn event(payload: &str) -> (String, String) {
    let Ok(event) = serde_json::from_str::<Value>(payload) else { return ("?".into(), String::new()) };
    let name = event["InvocationEventType"].as_str().unwrap_or("?").to_owned();
    let data = &event["ActionData"];
    let mut words = Vec::new();
    if let Some(kind) = data["Type"].as_str() {
        words.push(kind.to_owned());
    }
    for (key, what) in [("ReceivedDigits", "digits"), ("ErrorType", ""), ("ErrorMessage", "")] {
        if let Some(text) = data[key].as_str() {
            words.push(if what.is_empty() { cut(text, 80) } else { format!("{what} {text}") });
        }
    }
    for key in ["ErrorType", "ErrorMessage"] {
        words.extend(event[key].as_str().map(|text| cut(text, 80)));
    }
    if name == "HANGUP" {
        words.clear();
        words.extend(data["Parameters"]["ParticipantTag"].as_str().map(str::to_owned));
    }
    let text = if words.is_empty() { String::new() } else { format!(" {}", words.join(" ")) };
    (name, text)
}

/// The actions of an answer, each with what matters most of it.
pub(super) fn answer(payload: &str) -> String {
    let Ok(answer) = serde_json::from_str::<Value>(payload) else { return cut(payload, 80) };
    let actions = answer["Actions"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut text = match actions {
        [] if answer.is_object() => "no actions".to_owned(),
        [] => cut(payload, 80),
        _ => actions.iter().map(action).collect::<Vec<_>>().join(" · "),
    };
    if let Some(attributes) = answer["TransactionAttributes"].as_object().filter(|a| !a.is_empty()) {
        text.push_str(&format!("   attributes {}", cut(&Value::Object(attributes.clone()).to_string(), 80)));
    }
    text
}

fn action(action: &Value) -> String {
    let kind = action["Type"].as_str().unwrap_or("?");
    let parameters = &action["Parameters"];
    let text = |value: &Value| value.as_str().map(|text| format!("“{}”", cut(text, 40)));
    let object =
        |source: &Value| Some(format!("{}/{}", source["BucketName"].as_str()?, source["Key"].as_str()?));
    let word = |value: &Value| match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    };
    let detail = match kind {
        "Speak" => text(&parameters["Text"]),
        "SpeakAndGetDigits" => {
            text(&parameters["SpeechParameters"]["Text"]).or_else(|| text(&parameters["Text"]))
        }
        "PlayAudio" | "PlayAudioAndGetDigits" => object(&parameters["AudioSource"]),
        "RecordAudio" => word(&parameters["RecordingDestination"]["BucketName"]),
        "CallAndBridge" => word(&parameters["Endpoints"][0]["Uri"]),
        "Pause" => word(&parameters["DurationInMilliseconds"]).map(|ms| format!("{ms} ms")),
        "SendDigits" => word(&parameters["Digits"]),
        "ReceiveDigits" => word(&parameters["InputDigitsRegex"]),
        "Hangup" => word(&parameters["SipResponseCode"]).filter(|code| code != "0"),
        _ => parameters.as_object().filter(|p| !p.is_empty()).map(|_| cut(&parameters.to_string(), 60)),
    };
    match detail {
        Some(detail) => format!("{kind} {}", cut(&detail, 60)),
        None => kind.to_owned(),
    }
}

/// Indented, or as it is where it is no JSON.
pub(super) fn pretty(payload: &str) -> String {
    serde_json::from_str::<Value>(payload)
        .and_then(|value| serde_json::to_string_pretty(&value))
        .unwrap_or_else(|_| payload.to_owned())
}

/// At most `length` characters on one line.
pub(super) fn cut(text: &str, length: usize) -> String {
    let mut line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(length).collect();
    if text.chars().nth(length).is_some() {
        line.push('…');
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions_are_told_by_what_matters() {
        let payload = r#"{"SchemaVersion":"1.0","Actions":[
            {"Type":"Speak","Parameters":{"Text":"Hello"}},
            {"Type":"PlayAudio","Parameters":{"AudioSource":{"Type":"S3","BucketName":"b","Key":"k.wav"}}},
            {"Type":"CallAndBridge","Parameters":{"Endpoints":[{"Uri":"+15550142"}]}},
            {"Type":"Hangup","Parameters":{"SipResponseCode":"0"}},
            {"Type":"New","Parameters":{"X":1}}],"TransactionAttributes":{"a":"b"}}"#;
        assert_eq!(
            answer(payload),
            "Speak “Hello” · PlayAudio b/k.wav · CallAndBridge +15550142 · Hangup · New {\"X\":1}   attributes {\"a\":\"b\"}"
        );
        assert_eq!(answer("{}"), "no actions");
        assert_eq!(answer("null"), "null");
        assert_eq!(answer("not json"), "not json");
    }

    #[test]
    fn events_are_told_by_type_and_outcome() {
        let payload = r#"{"InvocationEventType":"ACTION_SUCCESSFUL",
            "ActionData":{"Type":"SpeakAndGetDigits","ReceivedDigits":"12"}}"#;
        assert_eq!(event(payload), ("ACTION_SUCCESSFUL".into(), " SpeakAndGetDigits digits 12".into()));
        let payload = r#"{"InvocationEventType":"HANGUP",
            "ActionData":{"Type":"Hangup","Parameters":{"ParticipantTag":"LEG-A"}}}"#;
        assert_eq!(event(payload), ("HANGUP".into(), " LEG-A".into()));
        assert_eq!(event("x"), ("?".into(), String::new()));
    }
}
