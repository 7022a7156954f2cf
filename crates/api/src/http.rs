//! The pure entry: bytes of a request in, a checked request or a refusal out, and back.

use base::Timestamp;

use crate::error::{Body, Error, Kind};
use crate::request::{self, Request, Response};
use crate::sigv4::{self, Access};

/// The largest body of a control-plane request, in bytes.
pub const BODY_MAX: usize = 1024 * 1024;

/// The longest path and the longest query, in bytes; a page token may have 65,535 characters, each written in three.
pub const PATH_MAX: usize = 4 * 1024;
/// See [`PATH_MAX`].
pub const QUERY_MAX: usize = 256 * 1024;

/// A request as it came.
#[derive(Clone, Copy, Debug)]
pub struct RawRequest<'a> {
    /// `GET`.
    pub method: &'a str,
    /// Still encoded, from the first slash to before the question mark.
    pub path: &'a str,
    /// Still encoded, without the question mark; empty when there is none.
    pub query: &'a str,
    /// Names in any case, in order, `host` among them.
    pub headers: &'a [(&'a str, &'a [u8])],
    /// Complete.
    pub body: &'a [u8],
}

/// An answer as it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawResponse {
    /// HTTP status.
    pub status: u16,
    /// Names in lower case; the length is the server's business.
    pub headers: Vec<(&'static str, String)>,
    /// Empty with 204.
    pub body: Vec<u8>,
}

/// A request of the control plane, admitted and checked.
///
/// # Errors
/// `PayloadTooLarge` or `BadRequest` over a limit, `Forbidden` without a valid signature, then as
/// [`crate::parse`].
pub fn parse(request: &RawRequest<'_>, access: &Access<'_>, now: Timestamp) -> Result<Request, Error> {
    if request.body.len() > BODY_MAX {
        return Err(Error::new(Kind::PayloadTooLarge, format!("a body may have at most {BODY_MAX} bytes")));
    }
    if request.path.len() > PATH_MAX || request.query.len() > QUERY_MAX {
        return Err(Error::bad_request("the path or the query is too long"));
    }
    sigv4::verify(request, access, now)?;
    request::parse(request.method, request.path, request.query, request.body)
}

/// The answer to a request of the control plane.
pub fn render(outcome: &Result<Response, Error>, request_id: &str) -> RawResponse {
    let outcome = outcome.as_ref().map_err(Clone::clone).and_then(|response| {
        let body = response
            .to_body()
            .map_err(|error| Error::service_failure(format!("the answer cannot be written: {error}")))?;
        Ok((response.facts().status, body))
    });
    let mut headers = vec![("x-amzn-requestid", request_id.to_owned())];
    let (status, body) = match outcome {
        Ok((status, body)) => (status, body),
        Err(error) => {
            headers.push(("x-amzn-errortype", error.kind.exception().to_owned()));
            if let Some(seconds) = error.retry_after_s {
                headers.push(("retry-after", seconds.to_string()));
            }
            (error.kind.status(), error_body(&error, request_id))
        }
    };
    if !body.is_empty() {
        headers.push(("content-type", "application/json".to_owned()));
    }
    RawResponse { status, headers, body }
}

fn error_body(error: &Error, request_id: &str) -> Vec<u8> {
    let body = Body { code: error.code, message: &error.message, request_id };
    serde_json::to_vec(&body).expect("strings are always JSON")
}
