//! Lenient reading of action parameters: numbers may come as strings and strings as numbers, `null` is absent.

use std::borrow::Cow;
use std::time::Duration;

use crate::protocol::value::{Json, Members};

/// The `Parameters` of an action.
#[derive(Clone, Copy)]
pub(crate) struct Parameters<'a>(pub(crate) &'a Members);

/// The parameter is there, but of no use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unreadable;

impl<'a> Parameters<'a> {
    /// The value, unless absent or `null`.
    pub(crate) fn get(self, name: &str) -> Option<&'a Json> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    /// An integer, a float without fraction, or either as a decimal string.
    pub(crate) fn integer(self, name: &str) -> Result<Option<i64>, Unreadable> {
        self.get(name).map(|value| integer(value).ok_or(Unreadable)).transpose()
    }

    /// An integer within `range`.
    pub(crate) fn integer_in(
        self,
        name: &str,
        range: std::ops::RangeInclusive<i64>,
    ) -> Result<Option<i64>, Unreadable> {
        match self.integer(name)? {
            Some(number) if range.contains(&number) => Ok(Some(number)),
            Some(_) => Err(Unreadable),
            None => Ok(None),
        }
    }

    /// Milliseconds, more than zero and at most a day.
    pub(crate) fn milliseconds(self, name: &str) -> Result<Option<Duration>, Unreadable> {
        let number = self.integer_in(name, 1..=86_400_000)?;
        Ok(number.map(|ms| Duration::from_millis(ms.unsigned_abs())))
    }

    /// A string; a number counts as its digits.
    pub(crate) fn text(self, name: &str) -> Result<Option<Cow<'a, str>>, Unreadable> {
        self.get(name)
            .map(|value| match value {
                Json::String(text) => Ok(Cow::Borrowed(text.as_str())),
                Json::Number(number) => Ok(Cow::Owned(number.to_string())),
                _ => Err(Unreadable),
            })
            .transpose()
    }

    /// A string that counts as absent when it is empty.
    pub(crate) fn selector(self, name: &str) -> Result<Option<&'a str>, Unreadable> {
        match self.get(name) {
            None => Ok(None),
            Some(Json::String(text)) if text.is_empty() => Ok(None),
            Some(Json::String(text)) => Ok(Some(text)),
            Some(_) => Err(Unreadable),
        }
    }

    /// Whether a leg is selected, by id or by tag, of use or not.
    pub(crate) fn names_leg(self) -> bool {
        !matches!((self.selector("CallId"), self.selector("ParticipantTag")), (Ok(None), Ok(None)))
    }

    /// A boolean, or its name as a string.
    pub(crate) fn boolean(self, name: &str) -> Result<Option<bool>, Unreadable> {
        match self.get(name) {
            None => Ok(None),
            Some(Json::Bool(on)) => Ok(Some(*on)),
            Some(Json::String(text)) if text.eq_ignore_ascii_case("true") => Ok(Some(true)),
            Some(Json::String(text)) if text.eq_ignore_ascii_case("false") => Ok(Some(false)),
            Some(_) => Err(Unreadable),
        }
    }

    /// A list of single keys (`0-9*#`), as one string of them.
    pub(crate) fn keys(self, name: &str) -> Result<Option<String>, Unreadable> {
        let Some(value) = self.get(name) else { return Ok(None) };
        let items = value.as_array().ok_or(Unreadable)?;
        let mut keys = String::with_capacity(items.len());
        for item in items {
            let key = match item {
                Json::String(text) => Cow::Borrowed(text.as_str()),
                Json::Number(number) => Cow::Owned(number.to_string()),
                _ => return Err(Unreadable),
            };
            match key.as_bytes() {
                [b'0'..=b'9' | b'*' | b'#'] if !keys.contains(&*key) => keys.push_str(&key),
                [b'0'..=b'9' | b'*' | b'#'] => {}
                _ => return Err(Unreadable),
            }
        }
        Ok(Some(keys))
    }

    /// A nested object.
    pub(crate) fn object(self, name: &str) -> Result<Option<Parameters<'a>>, Unreadable> {
        self.get(name).map(|value| value.as_object().map(Parameters).ok_or(Unreadable)).transpose()
    }
}

fn integer(value: &Json) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let whole = |float: f64| (float.fract() == 0.0 && float.abs() < EXACT).then_some(float as i64);
    match value {
        Json::Number(number) => number.as_i64().or_else(|| number.as_f64().and_then(whole)),
        Json::String(text) => {
            let text = text.trim();
            let decimal = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b"+-.".contains(&b));
            text.parse().ok().or_else(|| decimal.then(|| text.parse().ok()).flatten().and_then(whole))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn read<T>(value: Value, f: impl Fn(Parameters<'_>) -> T) -> T {
        let members: Members = serde_json::from_value(json!({ "x": value })).unwrap();
        f(Parameters(&members))
    }

    #[test]
    fn integers_come_as_numbers_strings_and_whole_floats() {
        for (value, expected) in [
            (json!(5), Ok(Some(5))),
            (json!("5"), Ok(Some(5))),
            (json!(" 5 "), Ok(Some(5))),
            (json!(5.0), Ok(Some(5))),
            (json!("5.0"), Ok(Some(5))),
            (json!(null), Ok(None)),
            (json!(-1), Ok(Some(-1))),
            (json!(5.5), Err(Unreadable)),
            (json!("5.5"), Err(Unreadable)),
            (json!("five"), Err(Unreadable)),
            (json!("inf"), Err(Unreadable)),
            (json!("1e3"), Err(Unreadable)),
            (json!(""), Err(Unreadable)),
            (json!(true), Err(Unreadable)),
            (json!([5]), Err(Unreadable)),
            (json!(1e300), Err(Unreadable)),
        ] {
            assert_eq!(read(value.clone(), |p| p.integer("x")), expected, "{value}");
        }
        assert_eq!(read(json!(5), |p| p.integer("y")), Ok(None));
    }

    #[test]
    fn key_lists_hold_single_keys_only() {
        assert_eq!(read(json!(["1", "#", 2, "*", "1"]), |p| p.keys("x")), Ok(Some("1#2*".into())));
        assert_eq!(read(json!([]), |p| p.keys("x")), Ok(Some(String::new())));
        for bad in [json!("#"), json!(["12"]), json!(["A"]), json!([12]), json!([true]), json!([""])] {
            assert_eq!(read(bad.clone(), |p| p.keys("x")), Err(Unreadable), "{bad}");
        }
    }

    #[test]
    fn selectors_may_be_empty_and_booleans_may_be_words() {
        assert_eq!(read(json!(""), |p| p.selector("x").map(|s| s.is_some())), Ok(false));
        assert_eq!(read(json!(7), |p| p.selector("x").map(|s| s.is_some())), Err(Unreadable));
        assert_eq!(read(json!("True"), |p| p.boolean("x")), Ok(Some(true)));
        assert_eq!(read(json!(1), |p| p.boolean("x")), Err(Unreadable));
    }
}
