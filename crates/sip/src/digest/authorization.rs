use super::{Algorithm, find, parameters};
use crate::header::{Header, Malformed};
use crate::message::Headers;
use crate::params::{quote, unquote};

/// The credentials of a request: Authorization or Proxy-Authorization.
#[derive(Clone, PartialEq, Eq)]
pub struct Authorization {
    /// User name.
    pub username: String,
    /// Realm, as between its quotes.
    pub realm: String,
    /// Nonce, as between its quotes.
    pub nonce: String,
    /// What the client says the Request-URI is.
    pub uri: String,
    /// The digest in hex.
    pub response: String,
    /// Algorithm.
    pub algorithm: Algorithm,
    /// Nonce count and cnonce, where `qop=auth` was used.
    pub qop: Option<Qop>,
    /// Sent back as it was.
    pub opaque: Option<String>,
}

/// What `qop=auth` brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qop {
    /// Nonce count; eight hex digits on the wire.
    pub count: u32,
    /// The client's nonce.
    pub cnonce: String,
}

impl Authorization {
    /// Parses a value; `None` for other schemes, unknown algorithms, other qop than `auth`, and missing parameters.
    pub fn parse(value: &str) -> Option<Authorization> {
        let all = parameters(value)?;
        let get = |name| find(&all, name);
        let own = |name| get(name).map(str::to_owned);
        let qop = match get("qop") {
            Some(qop) if qop.eq_ignore_ascii_case("auth") => {
                let count = get("nc")?;
                let eight = count.len() == 8 && count.bytes().all(|b| b.is_ascii_hexdigit());
                let count = eight.then(|| u32::from_str_radix(count, 16).ok())??;
                Some(Qop { count, cnonce: own("cnonce")? })
            }
            Some(_) => return None,
            None => None,
        };
        Some(Authorization {
            username: unquote(&format!("\"{}\"", get("username")?)).into_owned(),
            realm: own("realm")?,
            nonce: own("nonce")?,
            uri: own("uri")?,
            response: own("response")?,
            algorithm: get("algorithm").map_or(Some(Algorithm::Md5), Algorithm::parse)?,
            qop,
            opaque: own("opaque"),
        })
    }

    /// As a value.
    pub fn value(&self) -> String {
        let mut out = format!(
            "Digest username={}, realm=\"{}\", nonce=\"{}\", uri=\"{}\", response=\"{}\", algorithm={}",
            quote(&self.username),
            self.realm,
            self.nonce,
            self.uri,
            self.response,
            self.algorithm.as_str()
        );
        if let Some(qop) = &self.qop {
            out.push_str(&format!(", qop=auth, nc={:08x}, cnonce=\"{}\"", qop.count, qop.cnonce));
        }
        if let Some(opaque) = &self.opaque {
            out.push_str(&format!(", opaque=\"{opaque}\""));
        }
        out
    }
}

impl std::fmt::Debug for Authorization {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Authorization")
            .field("username", &base::Pii(&self.username))
            .field("realm", &self.realm)
            .field("algorithm", &self.algorithm)
            .finish_non_exhaustive()
    }
}

impl Headers {
    /// The digest credentials in Authorization or Proxy-Authorization; of another scheme: none. Malformed ones of the
    /// digest scheme are an error.
    pub fn authorization(&self, header: Header) -> Result<Option<Authorization>, Malformed> {
        let digest =
            |value: &&str| value.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("Digest "));
        match self.all(header).find(digest) {
            Some(value) => Authorization::parse(value).map(Some).ok_or(Malformed(header)),
            None => Ok(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALUE: &str = "Digest username=\"bob\", realm=\"biloxi.com\", \
        nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", uri=\"sip:bob@biloxi.com\", qop=auth, nc=00000001, \
        cnonce=\"0a4f113b\", response=\"6629fae49393a05397450978507c4ef1\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"";

    #[test]
    fn round_trips() {
        let parsed = Authorization::parse(VALUE).unwrap();
        assert_eq!(parsed.algorithm, Algorithm::Md5);
        assert_eq!(parsed.qop, Some(Qop { count: 1, cnonce: "0a4f113b".into() }));
        assert_eq!(Authorization::parse(&parsed.value()), Some(parsed.clone()));
        assert!(!format!("{parsed:?}").contains("6629fae"));
    }

    #[test]
    fn broken_credentials_are_an_error_other_schemes_are_not() {
        let mut headers = Headers::new();
        headers.push(Header::Authorization, "NoOneKnowsThisScheme opaque-data=here");
        assert_eq!(headers.authorization(Header::Authorization), Ok(None));
        for bad in ["nc=1,", "qop=auth-int,", "algorithm=foo,"] {
            let value = format!(
                "Digest {bad} {}",
                VALUE.replace("Digest ", "").replace("qop=auth, nc=00000001,", "qop=auth,")
            );
            headers.set(Header::Authorization, &value);
            assert!(headers.authorization(Header::Authorization).is_err(), "{bad}");
        }
    }
}
