//! Captured requests: a line `=== name`, the head as sent (without `User-Agent`), a blank line, the body, a newline.

use api::http::RawRequest;
use api::sigv4::{Access, SKEW};
use api::{Error, Request, Sensitive, http, meetings, voice};
use base::Timestamp;

/// The key of every capture: AWS's own published example.
pub(crate) const ACCESS_KEY: &str = "AKIDEXAMPLE";
/// Its secret.
pub(crate) const SECRET_KEY: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

pub(crate) const BOTOCORE: &str = include_str!("../captured/botocore.txt");
pub(crate) const JS_V3: &str = include_str!("../captured/js-v3.txt");
pub(crate) const AWS_SUITE: &str = include_str!("../captured/aws-suite.txt");

/// One request.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    pub(crate) name: String,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Record {
    pub(crate) fn all(text: &str) -> Vec<Record> {
        text.split("=== ").skip(1).map(Record::read).collect()
    }

    fn read(text: &str) -> Record {
        let (name, rest) = text.split_once('\n').unwrap();
        let (head, body) = rest.split_once("\n\n").unwrap();
        let mut lines = head.lines();
        let line = lines.next().unwrap().strip_suffix(" HTTP/1.1").unwrap();
        let (method, target) = line.split_once(' ').unwrap();
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let header = |line: &str| line.split_once(": ").map(|(n, v)| (n.to_owned(), v.to_owned())).unwrap();
        Record {
            name: name.to_owned(),
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            headers: lines.map(header).collect(),
            body: body.strip_suffix('\n').unwrap().to_owned(),
        }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// When it was signed.
    pub(crate) fn signed_at(&self) -> Timestamp {
        let at = self.header("x-amz-date").map(str::to_owned).unwrap_or_else(|| {
            let (_, rest) = self.query.split_once("X-Amz-Date=").unwrap();
            rest[..16].to_owned()
        });
        let iso = format!(
            "{}-{}-{}T{}:{}:{}Z",
            &at[..4],
            &at[4..6],
            &at[6..8],
            &at[9..11],
            &at[11..13],
            &at[13..15]
        );
        Timestamp::parse_iso8601(&iso).unwrap()
    }

    /// Hands the request, as bytes, to `use_it`.
    pub(crate) fn raw<T>(&self, use_it: impl FnOnce(&RawRequest<'_>) -> T) -> T {
        let headers: Vec<(&str, &[u8])> =
            self.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes())).collect();
        use_it(&RawRequest {
            method: &self.method,
            path: &self.path,
            query: &self.query,
            headers: &headers,
            body: self.body.as_bytes(),
        })
    }

    /// Through the whole entry, its signature checked at the moment it was made.
    pub(crate) fn parse(&self) -> Result<voice::Request, Error> {
        self.parse_any().map(of_voice)
    }

    /// The same for a request of any service.
    pub(crate) fn parse_any(&self) -> Result<Request, Error> {
        let access = Access::Signed { service: voice::SIGNING_NAME, secret_of: &secret_of, skew: SKEW };
        self.raw(|request| http::parse(request, &access, self.signed_at()))
    }
}

pub(crate) fn secret_of(access_key: &str) -> Option<Sensitive<String>> {
    (access_key == ACCESS_KEY).then(|| SECRET_KEY.into())
}

fn of_voice(request: Request) -> voice::Request {
    match request {
        Request::Voice(request) => request,
        Request::Meetings(_) => panic!("a request of the voice service: {request:?}"),
    }
}

/// Parses a request of the voice service without a signature.
pub(crate) fn parse(method: &str, target: &str, body: &str) -> Result<voice::Request, Error> {
    parse_any(method, target, body).map(of_voice)
}

/// Parses a request of the meetings service without a signature.
pub(crate) fn parse_meetings(method: &str, target: &str, body: &str) -> Result<meetings::Request, Error> {
    parse_any(method, target, body).map(|request| match request {
        Request::Meetings(request) => request,
        Request::Voice(_) => panic!("a request of the meetings service: {request:?}"),
    })
}

/// Parses without a signature.
pub(crate) fn parse_any(method: &str, target: &str, body: &str) -> Result<Request, Error> {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let request = RawRequest { method, path, query, headers: &[], body: body.as_bytes() };
    http::parse(&request, &Access::Anybody, Timestamp::default())
}
