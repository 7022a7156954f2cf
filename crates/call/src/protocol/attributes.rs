//! `TransactionAttributes`: kept as the JSON text the handler sent, less its white space.

use crate::Limits;
use crate::protocol::error::Invalid;

/// Deepest nesting of values: parsers on both sides of the wire have limits, and the event nests it deeper.
const DEPTH_MAX: usize = 64;

/// Checks an attribute object (valid JSON, as found in a response) and returns its compact text.
///
/// Values may be anything; the text is kept so that they return unchanged. Size and number of pairs are
/// those of the compact text.
pub(crate) fn read(object: &str, limits: &Limits) -> Result<String, Invalid> {
    if !object.starts_with('{') {
        return Err(Invalid::ActionsList);
    }
    let (text, pairs, depth) = compact(object);
    if depth > DEPTH_MAX {
        return Err(Invalid::ActionsList);
    }
    if pairs > limits.attributes {
        return Err(Invalid::TooManyAttributes { maximum: limits.attributes });
    }
    if text.len() > limits.attributes_size {
        return Err(Invalid::AttributesTooLarge { maximum: limits.attributes_size });
    }
    Ok(text)
}

/// Removes white space between tokens, counts the members of the outermost object and the levels of nesting.
fn compact(json: &str) -> (String, usize, usize) {
    let mut text = String::with_capacity(json.len());
    let (mut depth, mut deepest, mut pairs) = (0_usize, 0, 0);
    let (mut in_string, mut escaped) = (false, false);
    for c in json.chars() {
        if in_string {
            text.push(c);
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => in_string = false,
                _ => {}
            }
            continue;
        }
        match c {
            ' ' | '\t' | '\n' | '\r' => continue,
            '"' => in_string = true,
            '{' | '[' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            '}' | ']' => depth = depth.saturating_sub(1),
            ':' if depth == 1 => pairs += 1,
            _ => {}
        }
        text.push(c);
    }
    (text, pairs, deepest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_any_kind_are_kept_as_sent() {
        let sent =
            "{ \"a\" : \"x: {y}\\\" \" ,\n\t\"n\": 12345678901234567890123, \"o\": {\"p\": [1.0, null]} }";
        let kept = read(sent, &Limits::default()).unwrap();
        assert_eq!(kept, r#"{"a":"x: {y}\" ","n":12345678901234567890123,"o":{"p":[1.0,null]}}"#);
    }

    #[test]
    fn limits_count_outer_pairs_and_compact_bytes() {
        let limits = Limits { attributes: 2, attributes_size: 24, ..Limits::default() };
        assert!(read(r#"{"a":{"x":1,"y":2},"b":2}"#, &Limits { attributes: 2, ..Limits::default() }).is_ok());
        assert_eq!(read(r#"{"a":1,"b":2,"c":3}"#, &limits), Err(Invalid::TooManyAttributes { maximum: 2 }));
        assert!(read(r#"{   "a":   "1234567890123456"   }"#, &limits).is_ok());
        assert_eq!(
            read(r#"{"a":"12345678901234567"}"#, &limits),
            Err(Invalid::AttributesTooLarge { maximum: 24 })
        );
        assert_eq!(read("[]", &limits), Err(Invalid::ActionsList));
        let deep = |n: usize| format!("{{\"a\":{}{}}}", "[".repeat(n), "]".repeat(n));
        assert!(read(&deep(63), &Limits::default()).is_ok());
        assert_eq!(read(&deep(64), &Limits::default()), Err(Invalid::ActionsList));
    }
}
