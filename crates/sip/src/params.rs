//! Tokens, quoted strings and parameter lists: the grammar that URIs and headers share (RFC 3261 §25.1).

use std::borrow::Cow;
use std::fmt;

/// Whether `text` is a non-empty token.
pub fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(is_token_byte)
}

/// Whether `byte` may stand in a token.
pub fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(byte, b'-' | b'.' | b'!' | b'%' | b'*' | b'_' | b'+' | b'`' | b'\'' | b'~')
}

/// Strips spaces, tabs and (folded) line ends on both sides.
pub fn trim(text: &str) -> &str {
    let bytes = text.as_bytes();
    let blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
    let Some(start) = bytes.iter().position(|byte| !blank(byte)) else {
        // Still a piece of `text`: callers ask where it stands.
        return &text[..0];
    };
    let end = bytes.iter().rposition(|byte| !blank(byte)).map_or(start, |last| last + 1);
    &text[start..end]
}

/// Bytes as text; what is no UTF-8 becomes U+FFFD.
pub(crate) fn lossy(bytes: &[u8]) -> Cow<'_, str> {
    // `from_utf8_lossy` alone goes chunk by chunk, ten times as slow.
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => String::from_utf8_lossy(bytes),
    }
}

/// Where the quoted string that `text` starts with ends: the index behind its closing quote.
pub fn quoted_end(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    if bytes.first() != Some(&b'"') {
        return None;
    }
    let mut at = 1;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    None
}

/// The content of a quoted string, escapes resolved; text without quotes comes back as it is.
pub fn unquote(text: &str) -> Cow<'_, str> {
    let Some(inner) = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
        return Cow::Borrowed(text);
    };
    if !inner.contains('\\') {
        return Cow::Borrowed(inner);
    }
    let mut out = String::with_capacity(inner.len());
    let mut escaped = false;
    for c in inner.chars() {
        if c == '\\' && !escaped {
            escaped = true;
        } else {
            escaped = false;
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// `text` as a quoted string; CR and LF become spaces.
pub fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\r' | '\n' => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A list of parameters `;name=value;name`, read on demand. Names are compared without case.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct Params<'a>(&'a str);

impl<'a> Params<'a> {
    /// Reads parameters from text that is empty or starts with `;`.
    pub fn new(text: &'a str) -> Self {
        Self(text)
    }

    /// The text as it stands.
    pub fn as_str(self) -> &'a str {
        self.0
    }

    /// The parameters in order: name, and value where one stands (quotes kept).
    pub fn iter(self) -> ParamsIter<'a> {
        ParamsIter(self.0)
    }

    /// The value of a parameter, quotes stripped, escapes left alone; empty where it has none.
    pub fn get(self, name: &str) -> Option<&'a str> {
        let (_, value) = self.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
        let value = value.unwrap_or("");
        Some(value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(value))
    }

    /// Whether a parameter is there, with or without value.
    pub fn has(self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Whether every parameter follows the grammar of a header parameter: token, and token, host or quoted string.
    pub fn is_well_formed(self) -> bool {
        let text = trim(self.0);
        (text.is_empty() || text.starts_with(';'))
            && self.iter().all(|(name, value)| {
                is_token(name)
                    && value.is_none_or(|value| {
                        if value.starts_with('"') {
                            quoted_end(value) == Some(value.len())
                        } else {
                            !value.is_empty()
                                && !value.bytes().any(|b| {
                                    matches!(b, b'"' | b',' | b'<' | b'>' | b' ' | b'\t' | b'=') || b < 0x20
                                })
                        }
                    })
            })
    }
}

impl fmt::Debug for Params<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// Iterator over the parameters of [`Params`].
#[derive(Clone, Debug)]
pub struct ParamsIter<'a>(&'a str);

impl<'a> Iterator for ParamsIter<'a> {
    type Item = (&'a str, Option<&'a str>);

    fn next(&mut self) -> Option<Self::Item> {
        let text = self.0.trim_start_matches([' ', '\t']);
        let text = text.strip_prefix(';').unwrap_or(text);
        if text.is_empty() && self.0.trim_start_matches([' ', '\t']).is_empty() {
            return None;
        }
        let end = find_unquoted(text, b';').unwrap_or(text.len());
        let (param, rest) = text.split_at(end);
        self.0 = rest;
        Some(match param.split_once('=') {
            Some((name, value)) => (trim(name), Some(trim(value))),
            None => (trim(param), None),
        })
    }
}

/// The first `wanted` byte outside quoted strings.
pub(crate) fn find_unquoted(text: &str, wanted: u8) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte == wanted {
            return Some(at);
        }
        at += match byte {
            b'"' => quoted_end(&text[at..])?,
            _ => 1,
        };
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_read_in_order_with_spaces_and_quotes() {
        let params = Params::new(" ; tag = 98asjd8 ;lr; q=\"a;b\" ");
        let all: Vec<_> = params.iter().collect();
        assert_eq!(all, [("tag", Some("98asjd8")), ("lr", None), ("q", Some("\"a;b\""))]);
        assert_eq!(params.get("Q"), Some("a;b"));
        assert_eq!(params.get("lr"), Some(""));
        assert_eq!(params.get("x"), None);
        assert!(params.is_well_formed());
    }

    #[test]
    fn empty_and_broken_parameters_are_not_well_formed() {
        for bad in [";;", ";", ";a=", ";a=\"b", "x", ";a b", ";a=b=c", ";a=<b>"] {
            assert!(!Params::new(bad).is_well_formed(), "{bad}");
        }
        assert!(Params::new("").is_well_formed());
    }

    #[test]
    fn quoting_round_trips() {
        for text in ["", "plain", "J Rosenberg \\\"", "Ü"] {
            assert_eq!(unquote(&quote(text)), text);
        }
        assert_eq!(quote("a\r\nb"), "\"a  b\"");
        assert_eq!(quoted_end("\"a\\\"b\" c"), Some(6));
        assert_eq!(quoted_end("\"a\\"), None);
    }
}
