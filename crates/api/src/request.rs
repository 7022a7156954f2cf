//! The services of the control plane as one: whose request it is, and what answers it.

use serde::Deserialize;

use crate::error::Error;
use crate::service::Facts;
use crate::{meetings, rest, voice};

/// A checked request of any service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// `chime-sdk-voice`
    Voice(voice::Request),
    /// `chime-sdk-meetings`
    Meetings(meetings::Request),
}

/// The successful answer to a request of any service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Response {
    /// `chime-sdk-voice`
    Voice(voice::Response),
    /// `chime-sdk-meetings`
    Meetings(meetings::Response),
}

impl Request {
    /// What the model of its service says of the operation it asks for.
    pub const fn facts(&self) -> &'static Facts {
        match self {
            Request::Voice(request) => request.operation().facts(),
            Request::Meetings(request) => request.operation().facts(),
        }
    }
}

impl Response {
    /// What the model of its service says of the operation it answers.
    pub const fn facts(&self) -> &'static Facts {
        match self {
            Response::Voice(response) => response.operation().facts(),
            Response::Meetings(response) => response.operation().facts(),
        }
    }

    /// The JSON body; empty for an answer without members.
    pub(crate) fn to_body(&self) -> serde_json::Result<Vec<u8>> {
        match self {
            Response::Voice(response) => response.to_body(),
            Response::Meetings(response) => response.to_body(),
        }
    }
}

impl From<voice::Request> for Request {
    fn from(request: voice::Request) -> Self {
        Request::Voice(request)
    }
}

impl From<meetings::Request> for Request {
    fn from(request: meetings::Request) -> Self {
        Request::Meetings(request)
    }
}

impl From<voice::Response> for Response {
    fn from(response: voice::Response) -> Self {
        Response::Voice(response)
    }
}

impl From<meetings::Response> for Response {
    fn from(response: meetings::Response) -> Self {
        Response::Meetings(response)
    }
}

/// Reads a request of whichever service has it: by the first step of its path, and tags by the resource they are of.
///
/// # Errors
/// As [`voice::parse`] and [`meetings::parse`].
pub fn parse(method: &str, path: &str, query: &str, body: &[u8]) -> Result<Request, Error> {
    let is_meetings = match path.split('/').nth(1) {
        Some("meetings") => true,
        Some("tags") => is_meeting_arn(method, query, body),
        _ => false,
    };
    if is_meetings {
        meetings::parse(method, path, query, body).map(Request::Meetings)
    } else {
        voice::parse(method, path, query, body).map(Request::Voice)
    }
}

/// Whether a request about tags names a meeting. What cannot be read is left to the voice service, which says why.
fn is_meeting_arn(method: &str, query: &str, body: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Named {
        #[serde(rename = "ResourceARN")]
        resource: String,
    }
    let arn = if method == "GET" {
        rest::query_text(query, "arn")
    } else {
        serde_json::from_slice(body).ok().map(|named: Named| named.resource)
    };
    arn.is_some_and(|arn| arn.rsplit(':').next().is_some_and(|resource| resource.starts_with("meeting/")))
}
