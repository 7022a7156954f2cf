use memchr::memmem;

use crate::header::MediaType;
use crate::params::{Params, is_token, quote, trim};

const MAX_PARTS: usize = 32;
const MAX_DEPTH: usize = 3;

/// One part: what its headers say, and its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part<'a> {
    /// Content-Type; empty where there is none.
    pub content_type: &'a str,
    /// Content-Disposition; empty where there is none.
    pub disposition: &'a str,
    /// Content-ID; empty where there is none.
    pub id: &'a str,
    /// The bytes.
    pub body: &'a [u8],
}

/// Why a multipart body cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MultipartError {
    /// Content-Type names no boundary, or one that is empty or longer than 70 characters.
    #[error("no usable boundary")]
    Boundary,
    /// The boundary does not stand in the body.
    #[error("boundary not found")]
    NotFound,
    /// Part headers that are no text, or without an empty line behind them.
    #[error("malformed part headers")]
    PartHeaders,
    /// More parts or deeper nesting than allowed.
    #[error("too many parts")]
    TooMany,
}

impl Part<'_> {
    /// Whether Content-Type is `kind/subtype`, without regard to case.
    pub fn is(&self, essence: &str) -> bool {
        MediaType::parse(self.content_type).is_some_and(|kind| kind.is(essence))
    }

    /// Whether a receiver that does not know the type must refuse the message (RFC 5621 §4): so by default.
    pub fn is_required(&self) -> bool {
        let params = self.disposition.find(';').map_or("", |at| &self.disposition[at..]);
        !Params::new(params).get("handling").is_some_and(|handling| handling.eq_ignore_ascii_case("optional"))
    }
}

/// Cuts a body at its boundary.
///
/// Liberal: bare LF in part headers, blank lines and a preamble before the first boundary, a closing boundary without
/// CRLF or not there at all; the boundary alone says where a part ends.
pub fn parse<'a>(body: &'a [u8], boundary: &str) -> Result<Vec<Part<'a>>, MultipartError> {
    if boundary.is_empty() || boundary.len() > 70 {
        return Err(MultipartError::Boundary);
    }
    let delimiter = [b"--", boundary.as_bytes()].concat();
    let finder = memmem::Finder::new(&delimiter);
    let mut parts = Vec::new();
    let (_, mut at) = delimiter_line(&finder, body, 0).ok_or(MultipartError::NotFound)?;
    loop {
        if body[at..].starts_with(b"--") {
            return Ok(parts);
        }
        let start = at + line_rest(&body[at..]);
        let (content, next) = match delimiter_line(&finder, body, start) {
            Some((end, behind)) => (&body[start..end], Some(behind)),
            None => (&body[start..], None),
        };
        if next.is_some() || !content.is_empty() {
            if parts.len() == MAX_PARTS {
                return Err(MultipartError::TooMany);
            }
            parts.push(part(content)?);
        }
        match next {
            Some(behind) => at = behind,
            None => return Ok(parts),
        }
    }
}

/// Writes a multipart body; `boundary` must not occur in any part.
pub fn write(parts: &[Part<'_>], boundary: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(parts.iter().map(|part| part.body.len() + 160).sum());
    for part in parts {
        out.extend_from_slice(format!("--{boundary}\r\n").as_bytes());
        let headers = [
            ("Content-Type", part.content_type),
            ("Content-Disposition", part.disposition),
            ("Content-ID", part.id),
        ];
        for (name, value) in headers.into_iter().filter(|(_, value)| !value.is_empty()) {
            out.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
        }
        out.extend_from_slice(b"\r\n");
        out.extend_from_slice(part.body);
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    out
}

/// The Content-Type for [`write`].
pub(super) fn content_type(boundary: &str) -> String {
    let boundary = if is_token(boundary) { boundary.to_owned() } else { quote(boundary) };
    format!("multipart/mixed;boundary={boundary}")
}

pub(super) fn flatten<'a>(
    part: Part<'a>,
    depth: usize,
    out: &mut Vec<Part<'a>>,
) -> Result<(), MultipartError> {
    let kind = MediaType::parse(part.content_type).filter(MediaType::is_multipart);
    let Some(kind) = kind else {
        if out.len() == MAX_PARTS {
            return Err(MultipartError::TooMany);
        }
        out.push(part);
        return Ok(());
    };
    if depth == MAX_DEPTH {
        return Err(MultipartError::TooMany);
    }
    let boundary = kind.param("boundary").ok_or(MultipartError::Boundary)?;
    parse(part.body, boundary)?.into_iter().try_for_each(|inner| flatten(inner, depth + 1, out))
}

/// The next delimiter at the start of a line, from `from` on: where the bytes before it end, and where it ends.
///
/// The line end before a delimiter belongs to it (RFC 2046 §5.1.1).
fn delimiter_line(finder: &memmem::Finder<'_>, body: &[u8], from: usize) -> Option<(usize, usize)> {
    let mut search = from;
    loop {
        let found = search + finder.find(&body[search..])?;
        let behind = found + finder.needle().len();
        // A longer boundary may start like this one.
        let ends = matches!(&body[behind..], [] | [b'\r' | b'\n' | b' ' | b'\t', ..] | [b'-', b'-', ..]);
        let before = &body[from..found];
        if ends && (before.is_empty() || before.ends_with(b"\n")) {
            let end = before.strip_suffix(b"\r\n").or_else(|| before.strip_suffix(b"\n")).unwrap_or(before);
            return Some((from + end.len(), behind));
        }
        search = found + 1;
    }
}

/// The length of what is left of a line, its end included.
fn line_rest(text: &[u8]) -> usize {
    memchr::memchr(b'\n', text).map_or(text.len(), |at| at + 1)
}

fn part(content: &[u8]) -> Result<Part<'_>, MultipartError> {
    let mut part = Part { content_type: "", disposition: "", id: "", body: &[] };
    let mut at = 0;
    loop {
        let length = line_rest(&content[at..]);
        let line = &content[at..at + length];
        at += length;
        let line = std::str::from_utf8(line).map_err(|_| MultipartError::PartHeaders)?;
        if trim(line).is_empty() {
            // Without an empty line there is no body: the part ends with its headers.
            part.body = &content[at..];
            return Ok(part);
        }
        let (name, value) = line.split_once(':').ok_or(MultipartError::PartHeaders)?;
        let (name, value) = (trim(name), trim(value));
        let is = |known: &str| name.eq_ignore_ascii_case(known);
        if is("Content-Type") || name == "c" {
            part.content_type = value;
        } else if is("Content-Disposition") {
            part.disposition = value;
        } else if is("Content-ID") {
            part.id = value;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SDP: Part<'_> = Part {
        content_type: "application/sdp",
        disposition: "session;handling=required",
        id: "",
        body: b"v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\n",
    };
    const METADATA: Part<'_> = Part {
        content_type: "application/rs-metadata+xml",
        disposition: "recording-session",
        id: "<1@example>",
        body: b"<?xml version=\"1.0\"?>\r\n<recording/>",
    };

    #[test]
    fn a_recording_offer_round_trips() {
        let parts =
            [SDP, METADATA, Part { body: &[0, 255, 13, 10, 45, 45, 0], ..SDP }, Part { body: b"", ..SDP }];
        assert_eq!(parse(&write(&parts, "a+b"), "a+b").unwrap(), parts);
        assert_eq!(MediaType::parse(&content_type("a b")).unwrap().param("boundary"), Some("a b"));
        assert_eq!(content_type("ab"), "multipart/mixed;boundary=ab");
    }

    #[test]
    fn what_the_field_sends_is_read() {
        let body = "\r\nThis is a preamble --x\r\n\n--x  \nContent-Type:application/SDP\nContent-Length: 999\n\nv=0\n--xy\n\
            \r\n--x\r\nContent-Type: application/gtd\r\nContent-Disposition: signal;handling=optional\r\n\r\nabc\r\n--x--";
        let parts = parse(body.as_bytes(), "x").unwrap();
        assert_eq!(parts.len(), 2);
        assert!(parts[0].is("application/sdp") && parts[0].is_required());
        assert_eq!(parts[0].body, b"v=0\n--xy\n");
        assert!(!parts[1].is_required());
        assert_eq!(parts[1].body, b"abc");
        let unclosed = parse(b"--x\r\n\r\nabc", "x").unwrap();
        assert_eq!(unclosed[0].body, b"abc");
    }

    #[test]
    fn hostile_bodies_are_refused() {
        assert_eq!(parse(b"abc", ""), Err(MultipartError::Boundary));
        assert_eq!(parse(b"abc", &"x".repeat(71)), Err(MultipartError::Boundary));
        assert_eq!(parse(b"abc", "x"), Err(MultipartError::NotFound));
        assert_eq!(parse(b"--x\r\nno colon\r\n\r\n--x--", "x"), Err(MultipartError::PartHeaders));
        assert_eq!(parse("--x\r\n\r\n\r\n".repeat(40).as_bytes(), "x"), Err(MultipartError::TooMany));
        let nested = Part { content_type: "multipart/mixed;boundary=x", disposition: "", id: "", body: b"" };
        let mut body = b"--x--".to_vec();
        for _ in 0..5 {
            body = write(&[Part { body: &body, ..nested }], "x");
        }
        assert!(flatten(Part { body: &body, ..nested }, 0, &mut Vec::new()).is_err());
    }
}
