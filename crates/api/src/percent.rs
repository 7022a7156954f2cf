//! Percent-encoding, RFC 3986 §2.1, with the unreserved set of §2.3.

use std::borrow::Cow;

/// Decodes once. A `%` that no two hexadecimal digits follow stands for itself; `+` stays `+`.
pub(crate) fn decode(text: &str) -> Cow<'_, [u8]> {
    if !text.contains('%') {
        return Cow::Borrowed(text.as_bytes());
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        let pair = (bytes[i] == b'%').then(|| bytes.get(i + 1..i + 3)).flatten();
        match pair.and_then(|pair| Some((hex(pair[0])? << 4) | hex(pair[1])?)) {
            Some(byte) => {
                out.push(byte);
                i += 3;
            }
            None => {
                out.push(bytes[i]);
                i += 1;
            }
        }
    }
    Cow::Owned(out)
}

/// Decodes once to text; none if the bytes are not UTF-8.
pub(crate) fn decode_text(text: &str) -> Option<String> {
    String::from_utf8(decode(text).into_owned()).ok()
}

/// Appends `bytes` with everything but the unreserved set encoded.
pub(crate) fn encode_into(out: &mut String, bytes: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for &b in bytes {
        if b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(b));
        } else {
            out.push('%');
            out.push(char::from(DIGITS[usize::from(b >> 4)]));
            out.push(char::from(DIGITS[usize::from(b & 15)]));
        }
    }
}

/// The pairs of a query string, still encoded; a pair without `=` has an empty value.
pub(crate) fn query_pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    query.split('&').filter(|pair| !pair.is_empty()).map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

pub(crate) const fn hex(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_once_and_leaves_what_is_not_encoded() {
        for (wire, text) in [
            ("%2B1555", "+1555"),
            ("%252B1555", "%2B1555"),
            ("+1555", "+1555"),
            ("100%", "100%"),
            ("%2", "%2"),
            ("%zz%41", "%zzA"),
            ("", ""),
        ] {
            assert_eq!(decode_text(wire).as_deref(), Some(text), "{wire}");
        }
        assert_eq!(decode_text("%ff"), None);
    }

    #[test]
    fn encodes_all_but_unreserved() {
        let mut out = String::new();
        encode_into(&mut out, "aZ09-._~ /é".as_bytes());
        assert_eq!(out, "aZ09-._~%20%2F%C3%A9");
    }
}
