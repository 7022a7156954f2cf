//! The http runner: one signed POST per attempt.
//!
//! ```text
//! Switchhook-Signature: t=<unix seconds>,v1=<hex HMAC-SHA256 of "<t>.<body>" with the function's secret>
//! Idempotency-Key: <TransactionId>:<Sequence>
//! ```

use std::fmt::Write;
use std::sync::Arc;
use std::time::SystemTime;

use bytes::Bytes;
use call::FunctionError;
use hmac::{Hmac, KeyInit, Mac};
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http::{Request, StatusCode, Uri};
use http_body_util::Full;
use sha2::Sha256;

use super::{Attempt, Failure, SetupError};
use crate::egress::{Egress, EgressError};

const SIGNATURE: HeaderName = HeaderName::from_static("switchhook-signature");
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// One function behind a URL.
pub(super) struct HttpRunner {
    url: Uri,
    key: Hmac<Sha256>,
    egress: Arc<Egress>,
    limit: usize,
}

impl std::fmt::Debug for HttpRunner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HttpRunner").field("url", &self.url).finish_non_exhaustive()
    }
}

impl HttpRunner {
    pub(super) fn new(
        name: &str,
        url: &str,
        secret: &str,
        egress: Arc<Egress>,
        limit: usize,
    ) -> Result<Self, SetupError> {
        let url = parse_url(name, url)?;
        let key = Hmac::new_from_slice(secret.as_bytes()).expect("HMAC takes keys of any length");
        Ok(Self { url, key, egress, limit })
    }

    pub(super) async fn invoke(&self, attempt: Attempt) -> Result<Bytes, Failure> {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
        let signature = sign(self.key.clone(), now, &attempt.payload);
        let mut request = Request::post(self.url.clone())
            .header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
            .header(SIGNATURE, signature);
        if let Some(key) = attempt.idempotency_key {
            request = request.header(IDEMPOTENCY_KEY, key);
        }
        let request = request
            .body(Full::new(attempt.payload))
            .map_err(|error| FunctionError::Failed(format!("the request cannot be made: {error}")))?;
        let response = self.egress.send(request, attempt.deadline, self.limit).await.map_err(unanswered)?;
        let status = response.status();
        if status.is_success() {
            return Ok(response.into_body());
        }
        Err(refused(status, response.body()).into())
    }
}

/// The base of a runner's URL, checked once.
pub(super) fn parse_url(name: &str, url: &str) -> Result<Uri, SetupError> {
    let wrong = || SetupError::Url { name: name.into(), url: url.into() };
    let parsed: Uri = url.parse().map_err(|_| wrong())?;
    match (parsed.scheme_str(), parsed.authority()) {
        (Some("http" | "https"), Some(_)) => Ok(parsed),
        _ => Err(wrong()),
    }
}

/// The failure where there is no response.
pub(super) fn unanswered(error: EgressError) -> Failure {
    match error {
        EgressError::Unreachable(text) => FunctionError::Unreachable(text),
        EgressError::TimedOut => FunctionError::TimedOut,
        EgressError::TooLarge(_) => FunctionError::Failed(error.to_string()),
    }
    .into()
}

/// 500 is the function's own failure; everything else is told by whoever stands in front of it.
fn refused(status: StatusCode, body: &[u8]) -> FunctionError {
    let body: String = String::from_utf8_lossy(body).trim().chars().take(200).collect();
    let text = if body.is_empty() { status.to_string() } else { format!("{status}: {body}") };
    match status.as_u16() {
        401 | 403 => FunctionError::AccessDenied(text),
        404 | 410 => FunctionError::NotFound(text),
        429 => FunctionError::Throttled(text),
        500 => FunctionError::Failed(text),
        _ => FunctionError::Unreachable(text),
    }
}

fn sign(mut key: Hmac<Sha256>, at: u64, body: &[u8]) -> String {
    key.update(at.to_string().as_bytes());
    key.update(b".");
    key.update(body);
    let mut text = format!("t={at},v1=");
    for byte in key.finalize().into_bytes() {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_over_time_and_body() {
        // printf '1700000000.{"a":1}' | openssl dgst -sha256 -hmac secret
        let key = Hmac::new_from_slice(b"secret").unwrap();
        assert_eq!(
            sign(key, 1_700_000_000, br#"{"a":1}"#),
            "t=1700000000,v1=49f24e537407743fa4a0242bb63b94b9a47ee99cbbe071ccd8a22550ae411686"
        );
    }

    #[test]
    fn only_http_urls_are_taken() {
        for url in ["ftp://x/", "/path", "localhost:80", "http:", ""] {
            assert!(parse_url("f", url).is_err(), "{url}");
        }
        assert!(parse_url("f", "https://example.com/hook?x=1").is_ok());
    }

    #[test]
    fn statuses_say_who_failed() {
        let kind = |code: u16| format!("{:?}", refused(StatusCode::from_u16(code).unwrap(), b" gone wrong "));
        assert_eq!(kind(403), r#"AccessDenied("403 Forbidden: gone wrong")"#);
        assert_eq!(kind(404), r#"NotFound("404 Not Found: gone wrong")"#);
        assert_eq!(kind(429), r#"Throttled("429 Too Many Requests: gone wrong")"#);
        assert_eq!(kind(500), r#"Failed("500 Internal Server Error: gone wrong")"#);
        assert_eq!(kind(503), r#"Unreachable("503 Service Unavailable: gone wrong")"#);
        assert_eq!(kind(302), r#"Unreachable("302 Found: gone wrong")"#);
    }
}
