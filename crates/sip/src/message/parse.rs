use std::borrow::Cow;

use memchr::{memchr, memchr2, memmem};

use super::headers::{Field, Span};
use super::{BadMessage, Headers, Limits, Message, Method, ParseError, Request, Response, reason_phrase};
use crate::header::{Header, NameAddr, Via, cseq_parts};
use crate::params::{is_token_byte, trim};
use crate::uri::Uri;

/// Whether a datagram carries no message: empty, or nothing but line ends, spaces and zeros (RFC 5626 §3.5.1 and what NAT
/// keepers send).
pub fn is_keep_alive(datagram: &[u8]) -> bool {
    datagram.iter().all(|byte| matches!(byte, b'\r' | b'\n' | b' ' | b'\t' | 0))
}

pub(super) fn datagram(datagram: &[u8], limits: &Limits) -> Result<Message, Box<BadMessage>> {
    if is_keep_alive(datagram) {
        return Err(BadMessage::new(ParseError::Empty));
    }
    let start = datagram.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    let bytes = &datagram[start..];
    let (head, behind) = match head_end(bytes) {
        Some(end) => (Head::read(&bytes[..end], limits), &bytes[end..]),
        None => {
            let mut head = Head::read(bytes, limits);
            head.refuse(ParseError::Unterminated);
            (head, &[][..])
        }
    };
    let body = match head.content_length {
        Some(length) => match behind.get(..length) {
            Some(body) => body,
            None => return Err(head.refused(ParseError::Truncated)),
        },
        None => behind,
    };
    head.finish(body, limits)
}

/// Where the head ends: behind the first empty line.
pub(super) fn head_end(bytes: &[u8]) -> Option<usize> {
    memmem::find(bytes, b"\r\n\r\n").map(|at| at + 4)
}

/// Start line and header fields, read and checked.
pub(super) struct Head {
    start: Start,
    headers: Headers,
    pub(super) content_length: Option<usize>,
    pub(super) error: Option<ParseError>,
}

enum Start {
    Request {
        method: Method,
        uri: Uri,
    },
    Response {
        status: u16,
        reason: Cow<'static, str>,
    },
    /// A malformed request line; what can be said of its method.
    BadRequest {
        ack: bool,
    },
    BadResponse,
}

impl Head {
    /// Reads the bytes up to and including the empty line. Errors are kept, so that a refusal can be sent.
    pub(super) fn read(bytes: &[u8], limits: &Limits) -> Head {
        let mut text = match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            // Old phones write display names in Latin-1.
            Err(_) => bytes.iter().map(|&byte| char::from(byte)).collect(),
        };
        let mut reader = Reader {
            text: &text,
            at: 0,
            error: (bytes.len() > limits.head).then_some(ParseError::TooLarge("head")),
            limits,
            unfolded: String::new(),
            content_length: None,
        };
        let start = reader.start_line();
        let fields = reader.fields();
        let (error, content_length, unfolded) = (reader.error, reader.content_length, reader.unfolded);
        text.push_str(&unfolded);
        let mut head = Head { start, headers: Headers::from_parts(text, fields), content_length, error };
        if head.error.is_none()
            && let Err(error) = head.check()
        {
            head.error = Some(error);
        }
        head
    }

    /// What every element must find in order, whatever it does with the message (RFC 3261 §8.1.1, §8.2).
    fn check(&self) -> Result<(), ParseError> {
        let headers = &self.headers;
        let value = |header| headers.get(header).ok_or(ParseError::Missing(header));
        let via = headers.list(Header::Via).next().ok_or(ParseError::Missing(Header::Via))?;
        Via::parse(via).map_err(|_| ParseError::Malformed(Header::Via))?;
        for header in [Header::From, Header::To] {
            NameAddr::parse(header, value(header)?).map_err(|_| ParseError::Malformed(header))?;
        }
        let call_id = value(Header::CallId)?;
        if call_id.is_empty() || call_id.contains([' ', '\t']) {
            return Err(ParseError::Malformed(Header::CallId));
        }
        let (_, cseq_method) = cseq_parts(value(Header::CSeq)?).ok_or(ParseError::Malformed(Header::CSeq))?;
        match &self.start {
            Start::Request { method, .. } => {
                if cseq_method != method.as_str() {
                    return Err(ParseError::CSeqMismatch);
                }
                headers.max_forwards().map_err(|_| ParseError::Malformed(Header::MaxForwards))?;
            }
            Start::Response { .. } => {
                if !crate::params::is_token(cseq_method) {
                    return Err(ParseError::Malformed(Header::CSeq));
                }
            }
            Start::BadRequest { .. } | Start::BadResponse => return Err(ParseError::StartLine),
        }
        Ok(())
    }

    /// The message with its body.
    pub(super) fn finish(self, body: &[u8], limits: &Limits) -> Result<Message, Box<BadMessage>> {
        if let Some(error) = self.error.clone() {
            return Err(self.refused(error));
        }
        if body.len() > limits.body {
            return Err(self.refused(ParseError::TooLarge("body")));
        }
        match self.start {
            Start::Request { method, uri } => {
                Ok(Message::Request(Request { method, uri, headers: self.headers, body: body.to_vec() }))
            }
            Start::Response { status, reason } => {
                Ok(Message::Response(Response { status, reason, headers: self.headers, body: body.to_vec() }))
            }
            Start::BadRequest { .. } | Start::BadResponse => Err(self.refused(ParseError::StartLine)),
        }
    }

    /// Notes an error, unless an earlier one says more.
    pub(super) fn refuse(&mut self, error: ParseError) {
        self.error.get_or_insert(error);
    }

    /// The refusal, for the first error seen or the given one.
    pub(super) fn refused(self, error: ParseError) -> Box<BadMessage> {
        let answerable = match &self.start {
            Start::Request { method, .. } => *method != Method::Ack,
            Start::BadRequest { ack } => !ack,
            Start::Response { .. } | Start::BadResponse => false,
        };
        Box::new(BadMessage { error: self.error.unwrap_or(error), answerable, headers: self.headers })
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    error: Option<ParseError>,
    limits: &'a Limits,
    /// Values that were folded, on one line each; goes behind the text.
    unfolded: String,
    content_length: Option<usize>,
}

impl<'a> Reader<'a> {
    /// The next line without its CRLF, as a range; `None` at the empty line and at the end of the text.
    fn line(&mut self) -> Option<(usize, usize)> {
        let bytes = self.text.as_bytes();
        let start = self.at;
        let mut search = start;
        let end = loop {
            match memchr2(b'\r', b'\n', bytes.get(search..)?) {
                None => {
                    self.at = bytes.len();
                    break bytes.len();
                }
                Some(offset) => {
                    let found = search + offset;
                    if bytes[found] == b'\r' && bytes.get(found + 1) == Some(&b'\n') {
                        self.at = found + 2;
                        break found;
                    }
                    // A lone CR or LF is where two parsers begin to disagree about what the message says.
                    self.error.get_or_insert(ParseError::HeaderLine);
                    search = found + 1;
                }
            }
        };
        if end - start > self.limits.field {
            self.error.get_or_insert(ParseError::TooLarge("header field"));
        }
        (end > start).then_some((start, end))
    }

    fn start_line(&mut self) -> Start {
        let Some((start, end)) = self.line() else {
            self.error.get_or_insert(ParseError::StartLine);
            return Start::BadResponse;
        };
        let line = &self.text[start..end];
        let parsed = if line.get(..4).is_some_and(|name| name.eq_ignore_ascii_case("SIP/")) {
            status_line(line).map_err(|error| (error, Start::BadResponse))
        } else {
            request_line(line).map_err(|error| (error, Start::BadRequest { ack: line.starts_with("ACK ") }))
        };
        parsed.unwrap_or_else(|(error, start)| {
            self.error.get_or_insert(error);
            start
        })
    }

    fn fields(&mut self) -> Vec<Field> {
        let bytes = self.text.as_bytes();
        let mut fields = Vec::with_capacity(24);
        let mut seen = 0u64;
        while let Some((start, mut end)) = self.line() {
            let mut folds = false;
            while matches!(bytes.get(self.at), Some(b' ' | b'\t')) {
                folds = true;
                end = self.line().map_or(end, |(_, end)| end);
            }
            if end - start > self.limits.field {
                self.error.get_or_insert(ParseError::TooLarge("header field"));
                continue;
            }
            if fields.len() >= self.limits.fields {
                self.error.get_or_insert(ParseError::TooLarge("number of header fields"));
                break;
            }
            let Some(field) = self.field(start, end, folds) else {
                self.error.get_or_insert(ParseError::HeaderLine);
                continue;
            };
            let header = field.header;
            if header != Header::Other {
                if seen & header.bit() != 0 && header.is_single() {
                    self.error.get_or_insert(ParseError::Duplicate(header));
                }
                seen |= header.bit();
                if header == Header::ContentLength {
                    self.take_length(start, end);
                }
            }
            fields.push(field);
        }
        fields
    }

    /// One field; `None` without a colon, with a name that is no token, or with a lone CR or LF.
    fn field(&mut self, start: usize, end: usize, folds: bool) -> Option<Field> {
        let line = &self.text[start..end];
        let colon = memchr(b':', line.as_bytes())?;
        let name = line[..colon].trim_end_matches([' ', '\t']);
        if name.is_empty() || !name.bytes().all(is_token_byte) {
            return None;
        }
        let value = trim(&line[colon + 1..]);
        let value_start = value.as_ptr() as usize - self.text.as_ptr() as usize;
        let mut span = Span { start: value_start as u32, end: (value_start + value.len()) as u32 };
        if folds {
            let base = self.text.len() + self.unfolded.len();
            for (number, part) in value.split("\r\n").enumerate() {
                if number > 0 {
                    self.unfolded.push(' ');
                }
                self.unfolded.push_str(trim(part));
            }
            span = Span { start: base as u32, end: (self.text.len() + self.unfolded.len()) as u32 };
        }
        if folds
            && memchr2(b'\r', b'\n', &self.unfolded.as_bytes()[span.start as usize - self.text.len()..])
                .is_some()
            || !folds && memchr2(b'\r', b'\n', value.as_bytes()).is_some()
        {
            return None;
        }
        let name = Span { start: start as u32, end: (start + name.len()) as u32 };
        Some(Field { header: Header::of(name.of(self.text).as_bytes()), name, value: span })
    }

    fn take_length(&mut self, start: usize, end: usize) {
        let line = &self.text[start..end];
        let value = trim(line.split_once(':').map_or("", |(_, value)| value));
        let digits = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
        match value.parse::<usize>() {
            Ok(length) if digits => self.content_length = self.content_length.or(Some(length)),
            _ => {
                self.error.get_or_insert(ParseError::Malformed(Header::ContentLength));
            }
        }
    }
}

fn request_line(line: &str) -> Result<Start, ParseError> {
    let (method, rest) = line.split_once(' ').ok_or(ParseError::StartLine)?;
    let method = Method::parse(method).ok_or(ParseError::StartLine)?;
    let (uri, version) = rest.rsplit_once(' ').ok_or(ParseError::StartLine)?;
    check_version(version)?;
    let uri = Uri::parse(uri).map_err(|_| ParseError::RequestUri)?;
    // Header fields smuggled into a Request-URI have no meaning there (RFC 3261 §19.1.1, table 1).
    if uri.is_sip() && uri.has_headers() {
        return Err(ParseError::RequestUri);
    }
    Ok(Start::Request { method, uri })
}

fn status_line(line: &str) -> Result<Start, ParseError> {
    let (version, rest) = line.split_once(' ').ok_or(ParseError::StartLine)?;
    check_version(version)?;
    let (code, reason) = rest.split_once(' ').unwrap_or((rest, ""));
    if code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(ParseError::StartLine);
    }
    let status = code.parse().map_err(|_| ParseError::StartLine)?;
    if !(100..700).contains(&status) {
        return Err(ParseError::StartLine);
    }
    let usual = reason_phrase(status);
    let reason = if reason == usual { Cow::Borrowed(usual) } else { Cow::Owned(reason.to_owned()) };
    Ok(Start::Response { status, reason })
}

fn check_version(version: &str) -> Result<(), ParseError> {
    if version.eq_ignore_ascii_case("SIP/2.0") {
        return Ok(());
    }
    let number = version.get(..4).filter(|name| name.eq_ignore_ascii_case("SIP/")).map(|_| &version[4..]);
    let well_formed = number.and_then(|number| number.split_once('.')).is_some_and(|(major, minor)| {
        [major, minor].iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
    });
    Err(if well_formed { ParseError::Version } else { ParseError::StartLine })
}
