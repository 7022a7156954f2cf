//! SIP messages (RFC 3261 §7): parsed from datagrams and streams, built, printed.
//!
//! A message keeps its header fields in order, names and values as received, in one buffer; typed access ([`Headers::cseq`],
//! [`Headers::from`] …) parses on demand and borrows. What [`Message::parse`] lets through has well-formed Via, From, To,
//! Call-ID and CSeq, no duplicate of a header that may stand only once, and a body of the length it claims.

mod error;
mod framing;
mod headers;
mod limits;
mod method;
mod parse;
mod reason;
mod write;

pub use error::{BadMessage, ParseError};
pub use framing::{Frame, Framer};
pub use headers::{Headers, Key};
pub use limits::Limits;
pub use method::Method;
pub use parse::is_keep_alive;
pub use reason::reason_phrase;

use std::borrow::Cow;

use crate::header::Header;
use crate::uri::Uri;

/// A request or a response.
#[derive(Clone, Debug, PartialEq)]
pub enum Message {
    /// A request.
    Request(Request),
    /// A response.
    Response(Response),
}

/// A request (RFC 3261 §7.1).
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// Method.
    pub method: Method,
    /// Request-URI.
    pub uri: Uri,
    /// Header fields, in order.
    pub headers: Headers,
    /// Body; its length is printed as Content-Length, whatever the header field says.
    pub body: Vec<u8>,
}

/// A response (RFC 3261 §7.2).
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// Status code, 100–699.
    pub status: u16,
    /// Reason phrase; may be empty.
    pub reason: Cow<'static, str>,
    /// Header fields, in order.
    pub headers: Headers,
    /// Body; its length is printed as Content-Length, whatever the header field says.
    pub body: Vec<u8>,
}

impl Message {
    /// Parses one datagram.
    ///
    /// Bytes behind Content-Length are dropped (RFC 3261 §18.3); without Content-Length the body fills the datagram. The
    /// error says which status to answer with, and [`BadMessage::answer`] makes that answer where one can be given.
    pub fn parse(datagram: &[u8], limits: &Limits) -> Result<Message, Box<BadMessage>> {
        parse::datagram(datagram, limits)
    }

    /// The header fields.
    pub fn headers(&self) -> &Headers {
        match self {
            Message::Request(request) => &request.headers,
            Message::Response(response) => &response.headers,
        }
    }

    /// The body.
    pub fn body(&self) -> &[u8] {
        match self {
            Message::Request(request) => &request.body,
            Message::Response(response) => &response.body,
        }
    }

    /// The message as it goes on the wire.
    pub fn to_bytes(&self) -> Vec<u8> {
        match self {
            Message::Request(request) => request.to_bytes(),
            Message::Response(response) => response.to_bytes(),
        }
    }
}

impl Request {
    /// A request without header fields.
    pub fn new(method: Method, uri: Uri) -> Self {
        Self { method, uri, headers: Headers::new(), body: Vec::new() }
    }

    /// Sets the body and its Content-Type.
    pub fn set_body(&mut self, content_type: &str, body: Vec<u8>) {
        self.headers.set(Header::ContentType, content_type);
        self.body = body;
    }

    /// The message as it goes on the wire.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.headers.text_len() + self.body.len() + 256);
        self.write(&mut out);
        out
    }

    /// Appends the message as it goes on the wire.
    pub fn write(&self, out: &mut Vec<u8>) {
        write::request(self, out);
    }
}

impl Response {
    /// A response without header fields, with the usual reason phrase.
    pub fn new(status: u16) -> Self {
        Self {
            status,
            reason: Cow::Borrowed(reason_phrase(status)),
            headers: Headers::new(),
            body: Vec::new(),
        }
    }

    /// The response to a request: Via, From, To, Call-ID and CSeq copied (RFC 3261 §8.2.6.2), and Timestamp into a 100.
    ///
    /// A To tag and Record-Route are the caller's business.
    pub fn to(request: &Request, status: u16) -> Self {
        Self::to_headers(&request.headers, status)
    }

    /// [`Response::to`] for a request of which only the header fields are at hand.
    pub fn to_headers(request: &Headers, status: u16) -> Self {
        let mut response = Self::new(status);
        response.headers.reserve(request.text_len());
        for header in [Header::Via, Header::From, Header::To, Header::CallId, Header::CSeq] {
            response.headers.copy(request, header);
        }
        if status == 100 {
            response.headers.copy(request, Header::Timestamp);
        }
        response
    }

    /// Sets another reason phrase.
    #[must_use]
    pub fn with_reason(mut self, reason: impl Into<Cow<'static, str>>) -> Self {
        self.reason = reason.into();
        self
    }

    /// Sets the body and its Content-Type.
    pub fn set_body(&mut self, content_type: &str, body: Vec<u8>) {
        self.headers.set(Header::ContentType, content_type);
        self.body = body;
    }

    /// The message as it goes on the wire.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.headers.text_len() + self.body.len() + 256);
        self.write(&mut out);
        out
    }

    /// Appends the message as it goes on the wire.
    pub fn write(&self, out: &mut Vec<u8>) {
        write::response(self, out);
    }
}
