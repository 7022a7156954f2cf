//! `SipHeaders` of the actions and of the participants.

use base::{HEADERS_MAX, header_may_be_ordered};

use crate::protocol::value::{Json, Members};

/// The names that must not be sent, in the order given.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Invalid SIP header(s) provided: {}", .0.join(", "))]
pub(crate) struct Refused(Vec<String>);

/// Checks the headers a handler wants on an INVITE.
pub(crate) fn read(members: &Members) -> Result<Vec<(String, String)>, Refused> {
    let mut headers = Vec::with_capacity(members.len());
    let mut refused = Vec::new();
    let mut total = 0;
    for (name, value) in members.iter() {
        let value = match value {
            Json::String(text) => text.clone(),
            Json::Number(number) => number.to_string(),
            _ => {
                refused.push(printable(name));
                continue;
            }
        };
        total += name.len() + value.len();
        if total <= HEADERS_MAX && header_may_be_ordered(name, &value) {
            headers.push((name.to_owned(), value));
        } else {
            refused.push(printable(name));
        }
    }
    if refused.is_empty() { Ok(headers) } else { Err(Refused(refused)) }
}

fn printable(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(128).collect()
}

/// Joins repeated headers of an INVITE with `, `; the first spelling of the name stays.
pub(crate) fn join_repeated(headers: &[(String, String)]) -> Vec<(String, String)> {
    let mut joined: Vec<(String, String)> = Vec::with_capacity(headers.len());
    for (name, value) in headers {
        match joined.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
            Some((_, values)) => {
                values.push_str(", ");
                values.push_str(value);
            }
            None => joined.push((name.clone(), value.clone())),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value, json};

    use super::*;

    fn check(value: Value) -> Result<Vec<(String, String)>, String> {
        read(&serde_json::from_value(value).unwrap()).map_err(|refused| refused.to_string())
    }

    #[test]
    fn custom_headers_pass_in_any_case() {
        let headers = check(
            json!({"X-Original-Calling-Number":"+1555","x-n":7,"User-to-User":"00;encoding=hex","DIVERSION":"sip:x"}),
        );
        assert_eq!(headers.unwrap().len(), 4);
        assert_eq!(check(json!({})), Ok(vec![]));
    }

    #[test]
    fn reserved_foreign_and_injected_headers_are_named() {
        for name in [
            "X-Amzn-x",
            "x-vine",
            "X-VC-1",
            "x-canary",
            "X-VoiceConnector-ID",
            "From",
            "X-",
            "X-a b",
            "X-a\r\nTo",
        ] {
            let shown: String = name.chars().filter(|c| !c.is_control()).collect();
            assert_eq!(
                check(json!({ name: "v", "X-Fine": "v" })),
                Err(format!("Invalid SIP header(s) provided: {shown}")),
            );
        }
        assert!(check(json!({"X-A":"v\r\nTo: evil"})).is_err());
        for control in ["\t", "\u{1}", "\u{b}", "\u{7f}", "\u{85}", "\0", "\n"] {
            assert!(check(json!({"X-A": format!("v{control}w")})).is_err(), "{control:?}");
        }
        assert!(check(json!({"X-A":{}})).is_err());
        assert_eq!(
            check(json!({"From":"a","X-Ok":"b","To":"c"})),
            Err("Invalid SIP header(s) provided: From, To".into())
        );
    }

    #[test]
    fn lengths_are_limited_each_and_together() {
        assert!(check(json!({"X-A":"v".repeat(2_045)})).is_ok());
        assert!(check(json!({"X-A":"v".repeat(2_046)})).is_err());
        let four: Map<String, Value> = (0..4).map(|n| (format!("X-{n}"), json!("v".repeat(2_045)))).collect();
        assert!(check(Value::Object(four.clone())).is_ok());
        let mut five = four;
        five.insert("X-4".into(), json!("v".repeat(10)));
        assert!(check(Value::Object(five)).is_err());
    }

    #[test]
    fn repeated_headers_are_joined() {
        let h = |n: &str, v: &str| (n.to_owned(), v.to_owned());
        assert_eq!(
            join_repeated(&[h("Diversion", "a"), h("X-K", "1"), h("diversion", "b")]),
            vec![h("Diversion", "a, b"), h("X-K", "1")]
        );
    }
}
