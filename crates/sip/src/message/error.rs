use super::{Headers, Response, reason_phrase};
use crate::header::Header;

/// Why a message was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// Nothing but line ends: a keep-alive.
    #[error("empty message")]
    Empty,
    /// The head does not end with an empty line.
    #[error("head not terminated")]
    Unterminated,
    /// Neither a request line nor a status line.
    #[error("malformed start line")]
    StartLine,
    /// The Request-URI is malformed.
    #[error("malformed Request-URI")]
    RequestUri,
    /// A SIP version other than 2.0.
    #[error("version not supported")]
    Version,
    /// A line without a colon, with a name that is no token, or with a lone CR or LF.
    #[error("malformed header line")]
    HeaderLine,
    /// A header field that must be there is not.
    #[error("missing {}", .0.as_str())]
    Missing(Header),
    /// A header field that may stand only once stands again.
    #[error("duplicate {}", .0.as_str())]
    Duplicate(Header),
    /// A header field whose value does not follow its grammar.
    #[error("malformed {}", .0.as_str())]
    Malformed(Header),
    /// The method of CSeq is not that of the request line.
    #[error("CSeq method mismatch")]
    CSeqMismatch,
    /// Fewer bytes came than Content-Length says.
    #[error("Content-Length larger than message")]
    Truncated,
    /// A message on a stream without Content-Length (RFC 3261 §18.3).
    #[error("missing Content-Length on a stream")]
    NoContentLength,
    /// A limit was passed: which one.
    #[error("too large: {0}")]
    TooLarge(&'static str),
}

impl ParseError {
    /// The status to answer a request with.
    pub fn status(&self) -> u16 {
        match self {
            ParseError::Version => 505,
            ParseError::TooLarge(_) => 513,
            _ => 400,
        }
    }
}

/// A refused message: the reason, and what of it is needed to answer.
#[derive(Clone, Debug, PartialEq)]
pub struct BadMessage {
    /// Why.
    pub error: ParseError,
    /// Whether it is a request other than ACK: responses and ACKs are never answered.
    pub answerable: bool,
    /// The header fields that could be read.
    pub headers: Headers,
}

impl BadMessage {
    /// The refusal to send back, without a To tag; `None` for responses, ACKs and what has no Via.
    ///
    /// For a malformed message the reason phrase says what is wrong.
    pub fn answer(&self) -> Option<Response> {
        if !self.answerable || !self.headers.has(Header::Via) {
            return None;
        }
        let status = self.error.status();
        let response = Response::to_headers(&self.headers, status);
        Some(match status {
            400 => response.with_reason(format!("{} ({})", reason_phrase(400), self.error)),
            _ => response,
        })
    }

    pub(super) fn new(error: ParseError) -> Box<Self> {
        Box::new(Self { error, answerable: false, headers: Headers::new() })
    }
}

impl std::fmt::Display for BadMessage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.error.fmt(f)
    }
}

impl std::error::Error for BadMessage {}
