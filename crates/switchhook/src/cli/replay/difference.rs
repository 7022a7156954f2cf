//! Two JSON documents, compared for people.

use serde_json::Value;

/// One line per difference: `- path: old` and `+ path: new`; none when both are equal.
pub(super) fn differences(old: &Value, new: &Value) -> Vec<String> {
    let mut lines = Vec::new();
    compare("", old, new, &mut lines);
    lines
}

fn compare(path: &str, old: &Value, new: &Value, lines: &mut Vec<String>) {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => {
            let added = new.keys().filter(|key| !old.contains_key(*key));
            for key in old.keys().chain(added) {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                one(&path, old.get(key), new.get(key), lines);
            }
        }
        (Value::Array(old), Value::Array(new)) => {
            for index in 0..old.len().max(new.len()) {
                one(&format!("{path}[{index}]"), old.get(index), new.get(index), lines);
            }
        }
        (old, new) if old == new => {}
        (old, new) => {
            lines.push(format!("- {path}: {old}"));
            lines.push(format!("+ {path}: {new}"));
        }
    }
}

fn one(path: &str, old: Option<&Value>, new: Option<&Value>, lines: &mut Vec<String>) {
    match (old, new) {
        (Some(old), Some(new)) => compare(path, old, new, lines),
        (Some(old), None) => lines.push(format!("- {path}: {old}")),
        (None, Some(new)) => lines.push(format!("+ {path}: {new}")),
        (None, None) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn differences_name_their_place() {
        let old =
            json!({ "Actions": [{ "Type": "Speak", "Parameters": { "Text": "a" } }, { "Type": "Hangup" }] });
        let new =
            json!({ "Actions": [{ "Type": "Speak", "Parameters": { "Text": "b", "VoiceId": "Amy" } }] });
        assert_eq!(
            differences(&old, &new),
            [
                "- Actions[0].Parameters.Text: \"a\"",
                "+ Actions[0].Parameters.Text: \"b\"",
                "+ Actions[0].Parameters.VoiceId: \"Amy\"",
                "- Actions[1]: {\"Type\":\"Hangup\"}",
            ]
        );
        assert!(differences(&old, &old.clone()).is_empty());
    }
}
