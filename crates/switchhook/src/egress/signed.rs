use std::time::SystemTime;

use api::http::RawRequest;
use api::sigv4::{Signing, sign};
use base::Timestamp;
use bytes::Bytes;
use http::{Method, Request, Uri};
use http_body_util::Full;

/// A request to an AWS service, before its signature.
#[derive(Clone, Debug)]
pub(crate) struct Unsigned<'a> {
    /// Scheme, host and possibly a path below which the service lies.
    pub(crate) endpoint: &'a Uri,
    /// Method.
    pub(crate) method: Method,
    /// Encoded, from the first slash on.
    pub(crate) path: String,
    /// Encoded, without the question mark.
    pub(crate) query: String,
    /// Names in lower case.
    pub(crate) headers: Vec<(&'static str, String)>,
    /// Body.
    pub(crate) body: Bytes,
}

impl Unsigned<'_> {
    /// Signs with the time of now; unsigned where there are no credentials (public buckets).
    pub(crate) fn sign(self, signing: Option<&Signing<'_>>) -> Result<Request<Full<Bytes>>, http::Error> {
        let authority = self.endpoint.authority().map(http::uri::Authority::as_str).unwrap_or_default();
        let base = self.endpoint.path().trim_end_matches('/');
        let path = format!("{base}{}", self.path);
        let mut headers = self.headers;
        headers.push(("host", authority.to_owned()));
        let signature = signing.map(|signing| {
            let named: Vec<(&str, &[u8])> =
                headers.iter().map(|(name, value)| (*name, value.as_bytes())).collect();
            let raw = RawRequest {
                method: self.method.as_str(),
                path: &path,
                query: &self.query,
                headers: &named,
                body: &self.body,
            };
            sign(&raw, signing, now())
        });
        let query = if self.query.is_empty() { String::new() } else { format!("?{}", self.query) };
        let scheme = self.endpoint.scheme_str().unwrap_or("http");
        let mut request =
            Request::builder().method(self.method).uri(format!("{scheme}://{authority}{path}{query}"));
        for (name, value) in headers.into_iter().chain(signature.into_iter().flatten()) {
            request = request.header(name, value);
        }
        request.body(Full::new(self.body))
    }
}

fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_micros(u64::try_from(since.as_micros()).unwrap_or(u64::MAX))
}
