//! Signing what we send: Invoke, objects, event buses, and requests of our own tools.

use std::fmt::Write;
use std::time::Duration;

use base::Timestamp;

use crate::http::RawRequest;
use crate::percent;

use super::key::{self, Scope};
use super::{ALGORITHM, Credentials, EXPIRES_MAX, PathStyle, UNSIGNED_PAYLOAD, basic_date, canonical};

/// Whether the body is part of a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payload {
    /// Its hash is.
    Hashed,
    /// It is not; S3 only, and only over TLS.
    Unsigned,
}

/// With what and for whom to sign.
#[derive(Clone, Copy, Debug)]
pub struct Signing<'a> {
    /// The key.
    pub credentials: &'a Credentials,
    /// `us-east-1`.
    pub region: &'a str,
    /// Service name in the scope: `lambda`, `s3`, `chime`.
    pub service: &'a str,
    /// How the service wants paths.
    pub path: PathStyle,
    /// Whether the body is signed.
    pub payload: Payload,
}

/// Headers that a proxy or a client library may still change.
const NEVER_SIGNED: [&str; 7] = [
    "authorization",
    "connection",
    "expect",
    "keep-alive",
    "transfer-encoding",
    "user-agent",
    "x-amzn-trace-id",
];

/// The headers to add to a request: `x-amz-date`, `x-amz-content-sha256`, `x-amz-security-token` with temporary
/// credentials, and `authorization`. Every header the request has is signed, except those proxies change.
///
/// # Panics
/// When the request has no `host` header: a signature without it is worthless.
pub fn sign(request: &RawRequest<'_>, signing: &Signing<'_>, now: Timestamp) -> Vec<(&'static str, String)> {
    let date = basic_date(now);
    let hash = match signing.payload {
        Payload::Hashed => key::sha256_hex(request.body),
        Payload::Unsigned => UNSIGNED_PAYLOAD.to_owned(),
    };
    let mut added = vec![("x-amz-date", date.clone()), ("x-amz-content-sha256", hash.clone())];
    if let Some(token) = &signing.credentials.session_token {
        added.push(("x-amz-security-token", token.0.clone()));
    }
    let mut headers: Vec<(&str, &[u8])> = request.headers.to_vec();
    headers.extend(added.iter().map(|(name, value)| (*name, value.as_bytes())));
    let names = signed_names(&headers);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let whole = RawRequest { headers: &headers, ..*request };
    let canonical = canonical::request(&whole, signing.path, &names, &hash, None);
    let scope = Scope { day: &date[..8], region: signing.region, service: signing.service };
    let signature = key::print(key::signature(&signing.credentials.secret_key, &scope, &date, &canonical));
    let authorization = format!(
        "{ALGORITHM} Credential={}/{}, SignedHeaders={}, Signature={signature}",
        signing.credentials.access_key,
        scope.text(),
        names.join(";")
    );
    added.push(("authorization", authorization));
    added
}

/// The query string of a request that anybody who holds it may send until it expires (at most seven days).
///
/// # Panics
/// When the request has no `host` header.
pub fn presign(request: &RawRequest<'_>, signing: &Signing<'_>, expires: Duration, now: Timestamp) -> String {
    let date = basic_date(now);
    let hash = match signing.payload {
        Payload::Hashed => key::sha256_hex(request.body),
        Payload::Unsigned => UNSIGNED_PAYLOAD.to_owned(),
    };
    let names = signed_names(request.headers);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let scope = Scope { day: &date[..8], region: signing.region, service: signing.service };
    let credential = format!("{}/{}", signing.credentials.access_key, scope.text());
    let expires = expires.clamp(Duration::from_secs(1), EXPIRES_MAX).as_secs().to_string();
    let mut query = request.query.to_owned();
    let mut add = |name: &str, value: &str| {
        if !query.is_empty() {
            query.push('&');
        }
        query.push_str(name);
        query.push('=');
        percent::encode_into(&mut query, value.as_bytes());
    };
    add("X-Amz-Algorithm", ALGORITHM);
    add("X-Amz-Credential", &credential);
    add("X-Amz-Date", &date);
    add("X-Amz-Expires", &expires);
    add("X-Amz-SignedHeaders", &names.join(";"));
    if let Some(token) = &signing.credentials.session_token {
        add("X-Amz-Security-Token", token);
    }
    let whole = RawRequest { query: &query, ..*request };
    let canonical = canonical::request(&whole, signing.path, &names, &hash, None);
    let signature = key::print(key::signature(&signing.credentials.secret_key, &scope, &date, &canonical));
    // Writing to a string cannot fail.
    let _ = write!(query, "&X-Amz-Signature={signature}");
    query
}

fn signed_names(headers: &[(&str, &[u8])]) -> Vec<String> {
    let mut names: Vec<String> = headers
        .iter()
        .map(|(name, _)| name.to_ascii_lowercase())
        .filter(|name| !NEVER_SIGNED.contains(&name.as_str()))
        .collect();
    names.sort_unstable();
    names.dedup();
    assert!(names.iter().any(|name| name == "host"), "a request is signed with its host header");
    names
}
