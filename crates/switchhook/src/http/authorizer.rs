//! Who may use a route: bearers of a JSON Web Token that the configured issuer has signed (OpenID Connect).
//!
//! Two algorithms are accepted, RS256 and ES256, and each only with a key of its own kind: what the token says of
//! itself never chooses how it is checked.

mod key_set;

use std::collections::HashSet;

use http::HeaderMap;
use http::header::AUTHORIZATION;
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, Validation, decode, decode_header};
use serde_json::{Map, Value};

use key_set::KeySet;
pub use key_set::{Source, SourceError};

/// How far the issuer's clock may be off, in seconds.
const LEEWAY: u64 = 30;
/// The longest token.
const TOKEN: usize = 16 << 10;

/// An issuer and what its tokens must say.
#[derive(Debug)]
pub struct Authorizer {
    issuer: String,
    audience: Vec<String>,
    token_use: String,
    keys: KeySet,
}

/// Why somebody is not let in.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refusal {
    /// No token, or none that is good.
    #[error("{0}")]
    Unauthorized(String),
    /// A good token whose time is over.
    #[error("the token has expired")]
    Expired,
    /// The issuer's keys cannot be had.
    #[error("the issuer's keys cannot be had: {0}")]
    NoKeys(String),
}

impl Authorizer {
    /// Tokens of `issuer`, verified by the keys of `source`, for one of `audience` (`aud`, or `client_id` where there is
    /// none); where they have a `token_use`, it must be the given one.
    pub fn new(issuer: String, source: Source, audience: Vec<String>, token_use: String) -> Self {
        Self { keys: KeySet::new(issuer.clone(), source), issuer, audience, token_use }
    }

    /// The claims of the request's token.
    pub(super) async fn check(&self, headers: &HeaderMap) -> Result<Map<String, Value>, Refusal> {
        let refuse = |why: &str| Refusal::Unauthorized(why.into());
        let mut given = headers.get_all(AUTHORIZATION).iter();
        let (Some(value), None) = (given.next(), given.next()) else {
            return Err(refuse("there is not exactly one Authorization header"));
        };
        let value = value.to_str().map_err(|_| refuse("the Authorization header is no text"))?.trim();
        let token = match value.split_once(' ') {
            Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
            Some(_) => return Err(refuse("the Authorization header has another scheme than Bearer")),
            None => value,
        };
        if token.is_empty() || token.len() > TOKEN {
            return Err(refuse("the token is empty or too long"));
        }
        let header = decode_header(token).map_err(|error| refuse(&error.to_string()))?;
        if !matches!(header.alg, Algorithm::RS256 | Algorithm::ES256) {
            return Err(refuse("the token is signed by neither RS256 nor ES256"));
        }
        let key = self
            .keys
            .find(header.kid.as_deref(), header.alg)
            .await?
            .ok_or_else(|| refuse("no key of the issuer has such an id and algorithm"))?;
        let mut validation = Validation::new(header.alg);
        validation.leeway = LEEWAY;
        validation.validate_nbf = true;
        // Below: a token may name its audience in another way.
        validation.validate_aud = false;
        validation.set_issuer(&[&self.issuer]);
        validation.required_spec_claims = HashSet::from(["exp".into(), "iss".into()]);
        let claims = decode::<Map<String, Value>>(token, &key, &validation)
            .map_err(|error| match error.kind() {
                ErrorKind::ExpiredSignature => Refusal::Expired,
                _ => refuse(&error.to_string()),
            })?
            .claims;
        if !self.is_for_us(&claims) {
            return Err(refuse("the token is for another audience"));
        }
        if claims.get("token_use").is_some_and(|token_use| *token_use != *self.token_use) {
            return Err(refuse("the token is for another use"));
        }
        Ok(claims)
    }

    fn is_for_us(&self, claims: &Map<String, Value>) -> bool {
        let is_ours =
            |value: &Value| value.as_str().is_some_and(|text| self.audience.iter().any(|a| a == text));
        match claims.get("aud") {
            Some(Value::Array(several)) => several.iter().any(is_ours),
            Some(one) => is_ours(one),
            None => claims.get("client_id").is_some_and(is_ours),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_audience_is_one_of_those_configured() {
        let source = Source::new("https://issuer.example", None).unwrap();
        let authorizer = Authorizer::new(
            "https://issuer.example".into(),
            source,
            vec!["page".into(), "app".into()],
            "id".into(),
        );
        let is_for_us = |claims: Value| authorizer.is_for_us(claims.as_object().unwrap());
        assert!(is_for_us(json!({ "aud": "page" })));
        assert!(is_for_us(json!({ "aud": ["other", "app"] })));
        assert!(is_for_us(json!({ "client_id": "app" })));
        for other in [
            json!({}),
            json!({ "aud": "other" }),
            json!({ "aud": [] }),
            json!({ "aud": 1 }),
            json!({ "aud": { "page": 1 } }),
            // An audience that is not ours is not made good by a client that is.
            json!({ "aud": "other", "client_id": "app" }),
        ] {
            assert!(!is_for_us(other.clone()), "{other}");
        }
    }
}
