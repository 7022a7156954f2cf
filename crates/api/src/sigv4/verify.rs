//! Whether a request was signed by somebody we know, lately, as it stands.

use std::fmt;
use std::time::Duration;

use base::Timestamp;

use crate::error::Error;
use crate::http::RawRequest;
use crate::percent;
use crate::wire::Sensitive;

use super::key::{self, Scope};
use super::{ALGORITHM, EXPIRES_MAX, PathStyle, TERMINATOR, UNSIGNED_PAYLOAD, canonical, parse_basic_date};

/// Whom to let in.
#[derive(Clone, Copy)]
pub enum Access<'a> {
    /// Callers with a valid signature for this service.
    Signed {
        /// Service name in the scope: `chime`, `lambda`.
        service: &'a str,
        /// Access key → secret key.
        secret_of: &'a dyn Fn(&str) -> Option<Sensitive<String>>,
        /// How far clocks may differ: [`SKEW`](super::SKEW).
        skew: Duration,
    },
    /// Everybody, signed or not: development, on loopback only, which the shell sees to.
    Anybody,
}

/// Who signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// None where nothing was signed and [`Access::Anybody`] let it in.
    pub access_key: Option<String>,
}

/// Why a signature does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No `Authorization` header and no `X-Amz-Signature` parameter.
    #[error("missing authentication token")]
    Missing,
    /// Not in the form of Signature Version 4.
    #[error("incomplete signature: {0}")]
    Malformed(&'static str),
    /// Nobody has this access key.
    #[error("the access key is not known")]
    UnknownKey,
    /// The scope names another service or day.
    #[error("the credential is not scoped to {0}")]
    WrongScope(&'static str),
    /// Signed too long ago or in the future.
    #[error("signature expired or not yet current")]
    Stale,
    /// The body is not the one that was hashed.
    #[error("the content hash does not match the body")]
    PayloadMismatch,
    /// Another key, another request.
    #[error("the request signature does not match")]
    Mismatch,
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Error::forbidden(refusal.to_string())
    }
}

impl fmt::Debug for Access<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Access::Signed { service, skew, .. } => {
                f.debug_struct("Signed").field("service", service).field("skew", skew).finish_non_exhaustive()
            }
            Access::Anybody => f.write_str("Anybody"),
        }
    }
}

/// Refuses, before the body of a request is read, what no body could make good: no signature, an unknown key, another
/// service, a moment too far away.
///
/// # Errors
/// The first reason why it cannot count.
pub fn screen(request: &RawRequest<'_>, access: &Access<'_>, now: Timestamp) -> Result<(), Refusal> {
    match access {
        Access::Anybody => Ok(()),
        Access::Signed { service, secret_of, skew } => {
            screened(Claim::of(request)?, service, secret_of, *skew, now).map(drop)
        }
    }
}

/// Verifies the signature of a request; a session token is not looked at.
///
/// # Errors
/// The first reason why it does not count.
pub fn verify(request: &RawRequest<'_>, access: &Access<'_>, now: Timestamp) -> Result<Caller, Refusal> {
    let claim = Claim::of(request);
    let (service, secret_of, skew) = match access {
        Access::Anybody => return Ok(Caller { access_key: claim.ok().map(|claim| claim.access_key) }),
        Access::Signed { service, secret_of, skew } => (*service, secret_of, *skew),
    };
    let (claim, secret) = screened(claim?, service, secret_of, skew, now)?;
    let signed_headers: Vec<&str> = claim.signed_headers.split(';').collect();
    let payload_hash = payload_hash(request)?;
    let without = claim.expires.map(|_| "X-Amz-Signature");
    let canonical =
        canonical::request(request, PathStyle::EncodedTwice, &signed_headers, &payload_hash, without);
    let scope = Scope { day: &claim.day, region: &claim.region, service };
    let expected = key::signature(&secret, &scope, &claim.date, &canonical);
    if key::is_equal(expected, &claim.signature) {
        Ok(Caller { access_key: Some(claim.access_key) })
    } else {
        Err(Refusal::Mismatch)
    }
}

/// A claim that the right signature would make good, and the secret to tell.
fn screened(
    claim: Claim,
    service: &str,
    secret_of: &dyn Fn(&str) -> Option<Sensitive<String>>,
    skew: Duration,
    now: Timestamp,
) -> Result<(Claim, Sensitive<String>), Refusal> {
    if !claim.date.starts_with(&claim.day) {
        return Err(Refusal::WrongScope("the day it was signed"));
    }
    if claim.service != service {
        return Err(Refusal::WrongScope("this service"));
    }
    let signed_at =
        parse_basic_date(&claim.date).ok_or(Refusal::Malformed("the date is not ISO 8601 basic"))?;
    let life = claim.expires.unwrap_or(skew);
    if signed_at > now + skew || now > signed_at + life {
        return Err(Refusal::Stale);
    }
    if !claim.signed_headers.split(';').any(|name| name == "host") {
        return Err(Refusal::Malformed("the host header must be signed"));
    }
    let secret = secret_of(&claim.access_key).ok_or(Refusal::UnknownKey)?;
    Ok((claim, secret))
}

/// What the caller says of its signature.
struct Claim {
    access_key: String,
    day: String,
    region: String,
    service: String,
    /// As written, for the string to sign.
    date: String,
    /// How long a presigned request lives; none for a signature in a header.
    expires: Option<Duration>,
    signed_headers: String,
    signature: String,
}

impl Claim {
    fn of(request: &RawRequest<'_>) -> Result<Self, Refusal> {
        match header(request, "authorization") {
            Some(value) => Self::from_header(request, value),
            None if parameter(request, "X-Amz-Signature").is_some() => Self::from_query(request),
            None => Err(Refusal::Missing),
        }
    }

    fn from_header(request: &RawRequest<'_>, value: &str) -> Result<Self, Refusal> {
        let fields = value.strip_prefix(ALGORITHM).ok_or(Refusal::Malformed("not AWS4-HMAC-SHA256"))?;
        let field = |name: &str| {
            fields.split(',').find_map(|field| field.trim().strip_prefix(name)?.strip_prefix('='))
        };
        let credential = field("Credential").ok_or(Refusal::Malformed("no Credential"))?;
        let signed_headers = field("SignedHeaders").ok_or(Refusal::Malformed("no SignedHeaders"))?;
        let signature = field("Signature").ok_or(Refusal::Malformed("no Signature"))?;
        let date = header(request, "x-amz-date")
            .or_else(|| header(request, "date"))
            .ok_or(Refusal::Malformed("no X-Amz-Date"))?;
        Self::new(credential, date, None, signed_headers, signature)
    }

    fn from_query(request: &RawRequest<'_>) -> Result<Self, Refusal> {
        let required = |name: &'static str| parameter(request, name).ok_or(Refusal::Malformed(name));
        if required("X-Amz-Algorithm")? != ALGORITHM {
            return Err(Refusal::Malformed("not AWS4-HMAC-SHA256"));
        }
        let expires = required("X-Amz-Expires")?.parse().map(Duration::from_secs);
        match expires {
            Ok(expires) if (1..=EXPIRES_MAX.as_secs()).contains(&expires.as_secs()) => Self::new(
                &required("X-Amz-Credential")?,
                &required("X-Amz-Date")?,
                Some(expires),
                &required("X-Amz-SignedHeaders")?,
                &required("X-Amz-Signature")?,
            ),
            _ => Err(Refusal::Malformed("X-Amz-Expires is not 1 to 604800")),
        }
    }

    fn new(
        credential: &str,
        date: &str,
        expires: Option<Duration>,
        signed_headers: &str,
        signature: &str,
    ) -> Result<Self, Refusal> {
        // From the right: an access key may hold slashes, the scope may not.
        let mut parts = credential.rsplitn(5, '/');
        let mut next =
            || parts.next().map(str::to_owned).ok_or(Refusal::Malformed("the Credential is not a scope"));
        let terminator = next()?;
        let (service, region, day, access_key) = (next()?, next()?, next()?, next()?);
        if terminator != TERMINATOR || day.len() != 8 {
            return Err(Refusal::Malformed("the Credential is not a scope"));
        }
        Ok(Self {
            access_key,
            day,
            region,
            service,
            date: date.to_owned(),
            expires,
            signed_headers: signed_headers.to_ascii_lowercase(),
            signature: signature.to_owned(),
        })
    }
}

/// The hash that was signed: what the header says if it is true, else that of the body.
fn payload_hash(request: &RawRequest<'_>) -> Result<String, Refusal> {
    match header(request, "x-amz-content-sha256") {
        Some(UNSIGNED_PAYLOAD) => Ok(UNSIGNED_PAYLOAD.to_owned()),
        Some(given) => {
            let hash = key::sha256_hex(request.body);
            if hash.eq_ignore_ascii_case(given) {
                Ok(given.to_owned())
            } else {
                Err(Refusal::PayloadMismatch)
            }
        }
        None => Ok(key::sha256_hex(request.body)),
    }
}

fn header<'a>(request: &RawRequest<'a>, name: &str) -> Option<&'a str> {
    let (_, value) = request.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name))?;
    std::str::from_utf8(value).ok().map(str::trim)
}

fn parameter(request: &RawRequest<'_>, name: &str) -> Option<String> {
    let (_, value) = percent::query_pairs(request.query).find(|(n, _)| *n == name)?;
    percent::decode_text(value)
}
