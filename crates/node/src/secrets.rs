//! Join tokens: what a call knows of them, and so what its journal tells, is a reference. The value stays here.
//!
//! A token comes as a header that a client orders with the call, or in the response of a function. It is replaced
//! before the call sees it, so a replay has the same words as the call had, and put back when the INVITE is made.

use std::borrow::Cow;
use std::fmt;

use base::{HEADERS_MAX, header_may_be_ordered, is_join_token};
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// Stands for a response that is no JSON object and may hold a token: no call makes anything of either.
const UNREADABLE: &str = "[redacted: no JSON object]";
/// The way into a meeting as a parameter of `JoinChimeMeeting`, in lower case.
const JOIN_PARAMETERS: [&str; 2] = ["jointoken", "attendeejointoken"];

/// The tokens of one call, by the number in their references.
#[derive(Default)]
pub(crate) struct Secrets(Vec<String>);

impl Secrets {
    /// Replaces the tokens among headers that were checked already.
    pub(crate) fn hide_in_headers(&mut self, headers: &mut [(String, String)]) {
        for (_, value) in headers.iter_mut().filter(|(name, _)| is_join_token(name)) {
            *value = self.reference(std::mem::take(value));
        }
    }

    /// Replaces the tokens in the response of a function; the rest of its text stays as it is.
    ///
    /// `TransactionAttributes` are the function's own words and are given back to it unchanged.
    pub(crate) fn hide_in_response(&mut self, response: &mut String) {
        if !may_hold_token(response) {
            return;
        }
        let hidden = match tokens(response) {
            Ok(tokens) if tokens.is_empty() => return,
            Ok(tokens) => self.replace(response, &tokens),
            Err(_) => UNREADABLE.to_owned(),
        };
        *response = hidden;
    }

    fn replace(&mut self, response: &str, tokens: &[Token<'_>]) -> String {
        let mut hidden = String::with_capacity(response.len());
        let (mut copied, mut room) = (0, HEADERS_MAX);
        for token in tokens {
            let at = token.value.get().as_ptr() as usize - response.as_ptr() as usize;
            hidden.push_str(&response[copied..at]);
            copied = at + token.value.get().len();
            match token.text() {
                Some(text) if text.is_empty() => hidden.push_str("\"\""),
                Some(text) if text.len() <= room => {
                    room -= text.len();
                    hidden.push('"');
                    hidden.push_str(&self.reference(text));
                    hidden.push('"');
                }
                // The call refuses this in words of its own, as it would have refused the value.
                _ => hidden.push_str("null"),
            }
        }
        hidden.push_str(&response[copied..]);
        hidden
    }

    /// The reference to a token; one that a function was shown and gives back stays as it is.
    fn reference(&mut self, token: String) -> String {
        if self.referred_to(&token).is_some() {
            return token;
        }
        let number = match self.0.iter().position(|known| *known == token) {
            Some(at) => at + 1,
            None => {
                self.0.push(token);
                self.0.len()
            }
        };
        format!("[redacted {number}]")
    }

    fn referred_to(&self, reference: &str) -> Option<&String> {
        let number: usize = reference.strip_prefix("[redacted ")?.strip_suffix(']')?.parse().ok()?;
        self.0.get(number.checked_sub(1)?)
    }

    /// The token behind a reference; anything else is taken for a token itself.
    pub(crate) fn token(&self, reference: &str) -> String {
        self.referred_to(reference).map_or_else(|| reference.to_owned(), String::clone)
    }

    /// The headers as they go out.
    pub(crate) fn reveal(&self, headers: &[(String, String)]) -> Vec<(String, String)> {
        let revealed = |(name, value): &(String, String)| {
            let token = if is_join_token(name) { self.referred_to(value) } else { None };
            (name.clone(), token.unwrap_or(value).clone())
        };
        headers.iter().map(revealed).collect()
    }
}

/// Whether a closer look is needed: hardly any response has the word, or an escape that may spell it.
fn may_hold_token(response: &str) -> bool {
    let bytes = response.as_bytes();
    bytes.windows(5).any(|word| word.eq_ignore_ascii_case(b"token")) || response.contains("\\u")
}

/// A member that holds a token.
struct Token<'a> {
    name: String,
    value: &'a RawValue,
}

impl Token<'_> {
    /// The token, where it may be sent.
    fn text(&self) -> Option<String> {
        let text = match serde_json::from_str(self.value.get()).ok()? {
            serde_json::Value::String(text) => text,
            serde_json::Value::Number(number) => number.to_string(),
            _ => return None,
        };
        let name = if is_join_token(&self.name) { self.name.as_str() } else { "X-joinToken" };
        header_may_be_ordered(name, &text).then_some(text)
    }
}

fn is_secret(name: &str) -> bool {
    is_join_token(name) || JOIN_PARAMETERS.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Finds all tokens of a response, in their order.
fn tokens(response: &str) -> Result<Vec<Token<'_>>, serde_json::Error> {
    let mut found = Vec::new();
    let mut json = serde_json::Deserializer::from_str(response);
    json.deserialize_map(Search { found: &mut found, top: true })?;
    json.end()?;
    Ok(found)
}

struct Search<'f, 'de> {
    found: &'f mut Vec<Token<'de>>,
    top: bool,
}

impl<'de> DeserializeSeed<'de> for Search<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Search<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a response")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<Cow<'de, str>>()? {
            if self.top && name == "TransactionAttributes" {
                map.next_value::<IgnoredAny>()?;
            } else if is_secret(&name) {
                self.found.push(Token { name: name.into_owned(), value: map.next_value()? });
            } else {
                map.next_value_seed(Search { found: &mut *self.found, top: false })?;
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list.next_element_seed(Search { found: &mut *self.found, top: false })?.is_some() {}
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(secrets: &mut Secrets, response: &str) -> String {
        let mut text = response.to_owned();
        secrets.hide_in_response(&mut text);
        text
    }

    fn header(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[test]
    fn a_token_goes_in_as_a_reference_and_comes_out_as_it_was() {
        let mut secrets = Secrets::default();
        let mut headers =
            vec![header("X-Case", "7"), header("x-CHIME-join-token", "s3cret"), header("X-joinToken", "two")];
        secrets.hide_in_headers(&mut headers);
        assert_eq!(
            headers,
            [
                header("X-Case", "7"),
                header("x-CHIME-join-token", "[redacted 1]"),
                header("X-joinToken", "[redacted 2]")
            ]
        );
        let revealed = secrets.reveal(&headers);
        assert_eq!(revealed[1..], [header("x-CHIME-join-token", "s3cret"), header("X-joinToken", "two")]);
        // Nobody else's header is taken for a reference.
        assert_eq!(secrets.reveal(&[header("X-Case", "[redacted 1]")]), [header("X-Case", "[redacted 1]")]);
        assert_eq!(secrets.reveal(&[header("X-joinToken", "[redacted 3]")])[0].1, "[redacted 3]");
        assert_eq!(secrets.reveal(&[header("X-joinToken", "[redacted 0]")])[0].1, "[redacted 0]");
    }

    #[test]
    fn tokens_in_a_response_are_replaced_and_nothing_else_is() {
        let mut secrets = Secrets::default();
        let response = r#" {"SchemaVersion":"1.0", "Actions":[{"Type":"CallAndBridge","Parameters":
            {"SipHeaders":{"X-b": "token", "X-Chime-Join-Token" : "s3\"cret" ,"x-join\u0054oken":42},"z":1.50}},
            {"Type":"JoinChimeMeeting","Parameters":{"JoinToken":"s3\"cret","AttendeeJoinToken":""}}],
            "TransactionAttributes":{"JoinToken":"mine"}}"#;
        let expected = response
            .replace(r#""X-Chime-Join-Token" : "s3\"cret""#, r#""X-Chime-Join-Token" : "[redacted 1]""#)
            .replace("oken\":42", "oken\":\"[redacted 2]\"")
            .replace(r#""JoinToken":"s3\"cret""#, r#""JoinToken":"[redacted 1]""#);
        assert_eq!(hidden(&mut secrets, response), expected);
        assert_eq!(secrets.0, ["s3\"cret", "42"]);
        // What is hidden stays hidden: a function may give back what it was told.
        assert_eq!(hidden(&mut secrets, &expected), expected);
        assert_eq!(secrets.0.len(), 2);
    }

    #[test]
    fn tokens_that_cannot_be_sent_are_refused_by_the_call() {
        for bad in [r#""a\r\nb""#, r#""\u0000""#, "{\"a\":\"s3cret\"}", "[\"s3cret\"]", "true"] {
            let mut secrets = Secrets::default();
            let response = format!(r#"{{"Actions":[{{"X-joinToken":{bad}}}]}}"#);
            assert_eq!(hidden(&mut secrets, &response), r#"{"Actions":[{"X-joinToken":null}]}"#);
        }
        let mut secrets = Secrets::default();
        let long = "t".repeat(2_000);
        let actions: String = (0..6).map(|n| format!(r#",{{"X-joinToken":"{n}{long}"}}"#)).collect();
        let text = hidden(&mut secrets, &format!(r#"{{"Actions":[{}]}}"#, &actions[1..]));
        assert_eq!(text.matches("null").count(), 2, "{text}");
    }

    #[test]
    fn a_response_that_is_no_object_shows_no_token_either() {
        for bad in [r#"{"X-joinToken":"s3cret""#, r#"["X-joinToken"]"#, r#"{"X-joinToken":"a"} x"#] {
            assert_eq!(hidden(&mut Secrets::default(), bad), UNREADABLE);
        }
        for innocent in ["", "null", "no JSON", "{\"Actions\":[", r#"{"Actions":[],"x":"token"}"#] {
            assert_eq!(hidden(&mut Secrets::default(), innocent), innocent);
        }
    }
}
