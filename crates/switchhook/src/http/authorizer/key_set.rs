//! The public keys of an issuer: fetched when first needed, kept, and fetched again for a key that is not known yet,
//! but not for every stranger who names one.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Uri};
use http_body_util::Full;
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey};
use serde_json::Value;
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::Refusal;
use crate::egress::Egress;

/// Keys are fetched anew after this time.
const FRESH: Duration = Duration::from_secs(3_600);
/// Where they cannot be, the old ones are good for this time.
const GOOD: Duration = Duration::from_secs(86_400);
/// No two attempts to fetch begin within this time.
const PAUSE: Duration = Duration::from_secs(5);
/// Both requests together.
const FETCH: Duration = Duration::from_secs(5);
/// The largest document.
const DOCUMENT: usize = 256 << 10;
/// Keys beyond this number are not looked at.
const KEYS: usize = 100;

/// Where an issuer's keys are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// In the document that the issuer's discovery document names.
    Discovery(Uri),
    /// In this document.
    KeySet(Uri),
}

/// Why keys cannot be fetched from an address.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// Not an address.
    #[error("{0:?} is no http or https URL")]
    Url(String),
    /// Keys that anybody on the way can exchange.
    #[error("{0:?}: plain http is for loopback addresses only")]
    Plain(String),
}

/// Keys of one issuer.
#[derive(Debug)]
pub(super) struct KeySet {
    issuer: String,
    source: Source,
    egress: Egress,
    current: RwLock<Arc<Known>>,
    /// When the last attempt to fetch began.
    tried: Mutex<Option<Instant>>,
}

#[derive(Default)]
struct Known {
    keys: Vec<(Option<String>, Algorithm, DecodingKey)>,
    fetched: Option<Instant>,
}

impl std::fmt::Debug for Known {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Known").field("keys", &self.keys.len()).field("fetched", &self.fetched).finish()
    }
}

impl Source {
    /// The issuer's discovery document, or `jwks` where it is given.
    pub fn new(issuer: &str, jwks: Option<&str>) -> Result<Self, SourceError> {
        match jwks {
            Some(url) => Ok(Self::KeySet(address(url)?)),
            None => {
                let issuer = issuer.trim_end_matches('/');
                Ok(Self::Discovery(address(&format!("{issuer}/.well-known/openid-configuration"))?))
            }
        }
    }
}

fn address(url: &str) -> Result<Uri, SourceError> {
    let wrong = || SourceError::Url(url.into());
    let uri: Uri = url.parse().map_err(|_| wrong())?;
    let host = uri.host().filter(|host| !host.is_empty()).ok_or_else(wrong)?;
    match uri.scheme_str() {
        Some("https") => Ok(uri),
        Some("http") if is_loopback(host) => Ok(uri),
        Some("http") => Err(SourceError::Plain(url.into())),
        _ => Err(wrong()),
    }
}

fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost") || bare.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback())
}

impl KeySet {
    pub(super) fn new(issuer: String, source: Source) -> Self {
        Self { issuer, source, egress: Egress::new(), current: RwLock::default(), tried: Mutex::new(None) }
    }

    /// The key with an id, or the only one where the token names none.
    pub(super) async fn find(
        &self,
        id: Option<&str>,
        algorithm: Algorithm,
    ) -> Result<Option<DecodingKey>, Refusal> {
        let known = self.known();
        if known.is_younger_than(FRESH)
            && let Some(key) = known.find(id, algorithm)
        {
            return Ok(Some(key));
        }
        // One fetches, the others wait for what it brings.
        let mut tried = self.tried.lock().await;
        let mut known = self.known();
        let mut failure = None;
        let has_it = known.is_younger_than(FRESH) && known.find(id, algorithm).is_some();
        if !has_it && tried.is_none_or(|at| at.elapsed() >= PAUSE) {
            *tried = Some(Instant::now());
            match self.fetch().await {
                Ok(keys) => {
                    known = Arc::new(Known { keys, fetched: Some(Instant::now()) });
                    *self.current.write().unwrap_or_else(PoisonError::into_inner) = known.clone();
                }
                Err(why) => {
                    tracing::warn!(issuer = self.issuer, why, "the keys of an issuer cannot be fetched");
                    failure = Some(why);
                }
            }
        }
        drop(tried);
        if !known.is_younger_than(GOOD) {
            return Err(Refusal::NoKeys(failure.unwrap_or_else(|| "tried a moment ago".into())));
        }
        Ok(known.find(id, algorithm))
    }

    fn known(&self) -> Arc<Known> {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn fetch(&self) -> Result<Vec<(Option<String>, Algorithm, DecodingKey)>, String> {
        let deadline = Instant::now() + FETCH;
        let address = match &self.source {
            Source::KeySet(address) => address.clone(),
            Source::Discovery(address) => {
                let document = self.get(address, deadline).await?;
                named(address, &document, &self.issuer)?
            }
        };
        let document = self.get(&address, deadline).await?;
        let keys = document["keys"].as_array().ok_or_else(|| format!("{address} has no keys"))?;
        Ok(keys.iter().take(KEYS).filter_map(usable).collect())
    }

    async fn get(&self, address: &Uri, deadline: Instant) -> Result<Value, String> {
        let request = Request::get(address.clone())
            .header(http::header::ACCEPT, "application/json")
            .body(Full::new(Bytes::new()))
            .map_err(|error| error.to_string())?;
        let response = self.egress.send(request, deadline, DOCUMENT).await;
        let response = response.map_err(|error| format!("{address}: {error}"))?;
        if !response.status().is_success() {
            return Err(format!("{address}: {}", response.status()));
        }
        serde_json::from_slice(response.body()).map_err(|_| format!("{address} is no JSON"))
    }
}

impl Known {
    fn is_younger_than(&self, age: Duration) -> bool {
        self.fetched.is_some_and(|at| at.elapsed() < age)
    }

    fn find(&self, id: Option<&str>, algorithm: Algorithm) -> Option<DecodingKey> {
        let mut fitting = self
            .keys
            .iter()
            .filter(|(key_id, of, _)| *of == algorithm && id.is_none_or(|id| key_id.as_deref() == Some(id)));
        let (.., key) = fitting.next()?;
        // A token that names no key is checked by the only one there is, not by one after the other.
        (id.is_some() || fitting.next().is_none()).then(|| key.clone())
    }
}

/// The address of the keys in a discovery document: it must be of the issuer's own origin, since the operator has
/// named no other.
fn named(from: &Uri, document: &Value, issuer: &str) -> Result<Uri, String> {
    if document["issuer"] != issuer {
        return Err(format!("{from} is of another issuer: {}", document["issuer"]));
    }
    let address = document["jwks_uri"].as_str().and_then(|text| text.parse::<Uri>().ok());
    let address = address.ok_or_else(|| format!("{from} names no jwks_uri"))?;
    if (address.scheme(), address.authority()) != (from.scheme(), from.authority()) {
        return Err(format!("{from}: its keys are at {address}; if that is right, set `jwks` to it"));
    }
    Ok(address)
}

/// A key for one of our algorithms; others of a set are passed over.
fn usable(value: &Value) -> Option<(Option<String>, Algorithm, DecodingKey)> {
    let key: Jwk = serde_json::from_value(value.clone()).ok()?;
    let (algorithm, named) = match &key.algorithm {
        AlgorithmParameters::RSA(_) => (Algorithm::RS256, KeyAlgorithm::RS256),
        AlgorithmParameters::EllipticCurve(curve) if curve.curve == EllipticCurve::P256 => {
            (Algorithm::ES256, KeyAlgorithm::ES256)
        }
        _ => return None,
    };
    if key.common.key_algorithm.is_some_and(|given| given != named)
        || key.common.public_key_use.as_ref().is_some_and(|given| *given != PublicKeyUse::Signature)
    {
        return None;
    }
    let decoding = DecodingKey::from_jwk(&key).ok()?;
    Some((key.common.key_id, algorithm, decoding))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn keys_come_by_tls_or_from_this_machine() {
        let discovery = |issuer: &str| Source::new(issuer, None);
        let expected = "https://a.example/pool/.well-known/openid-configuration".parse().unwrap();
        assert_eq!(discovery("https://a.example/pool/").unwrap(), Source::Discovery(expected));
        assert!(discovery("http://127.0.0.1:9000/pool").is_ok());
        assert!(discovery("http://[::1]:9000").is_ok());
        assert!(Source::new("anything", Some("http://localhost:9000/keys")).is_ok());
        for wrong in
            ["http://a.example", "http://127.0.0.1.example", "ftp://a.example", "a.example", "https:///x"]
        {
            assert!(discovery(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_discovery_document_leads_nowhere_else() {
        let from: Uri = "https://a.example/.well-known/openid-configuration".parse().unwrap();
        let check = |issuer: &str, jwks: &str| {
            named(&from, &json!({ "issuer": issuer, "jwks_uri": jwks }), "https://a.example")
        };
        assert!(check("https://a.example", "https://a.example/keys").is_ok());
        for (issuer, jwks) in [
            ("https://b.example", "https://a.example/keys"),
            ("https://a.example", "https://b.example/keys"),
            ("https://a.example", "http://a.example/keys"),
            ("https://a.example", "https://a.example:444/keys"),
            ("https://a.example", "/keys"),
            ("https://a.example", "http://169.254.169.254/"),
        ] {
            assert!(check(issuer, jwks).is_err(), "{issuer} {jwks}");
        }
    }

    #[test]
    fn keys_of_other_kinds_are_passed_over() {
        let rsa = json!({ "kty": "RSA", "kid": "1", "n": "AQAB", "e": "AQAB" });
        let with = |name: &str, value: &str| {
            let mut key = rsa.clone();
            key[name] = value.into();
            key
        };
        assert!(usable(&rsa).is_some());
        assert!(usable(&with("use", "sig")).is_some());
        assert!(usable(&with("alg", "RS256")).is_some());
        for key in [
            with("use", "enc"),
            with("alg", "RS512"),
            with("alg", "HS256"),
            json!({ "kty": "oct", "kid": "1", "k": "c2VjcmV0", "alg": "HS256" }),
            json!({ "kty": "EC", "crv": "P-384", "kid": "1", "x": "AQAB", "y": "AQAB" }),
            json!("x"),
        ] {
            assert!(usable(&key).is_none(), "{key}");
        }
    }
}
