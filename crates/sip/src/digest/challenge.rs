use super::{Algorithm, find, parameters};
use crate::header::Header;
use crate::message::Headers;
use crate::params::quote;

/// A challenge: WWW-Authenticate or Proxy-Authenticate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    /// Realm, as between its quotes.
    pub realm: String,
    /// Nonce, as between its quotes.
    pub nonce: String,
    /// To be sent back as it is.
    pub opaque: Option<String>,
    /// Algorithm.
    pub algorithm: Algorithm,
    /// Whether `qop=auth` is on offer; `false` where no qop is named (RFC 2069).
    pub qop: bool,
    /// The credentials sent were right but their nonce is old.
    pub stale: bool,
}

impl Challenge {
    /// Parses a value; `None` for other schemes, unknown algorithms, and qop lists without `auth`.
    pub fn parse(value: &str) -> Option<Challenge> {
        let all = parameters(value)?;
        let get = |name| find(&all, name);
        let qop = match get("qop") {
            Some(list) if list.split(',').any(|qop| qop.trim().eq_ignore_ascii_case("auth")) => true,
            Some(_) => return None,
            None => false,
        };
        Some(Challenge {
            realm: get("realm")?.to_owned(),
            nonce: get("nonce")?.to_owned(),
            opaque: get("opaque").map(str::to_owned),
            algorithm: get("algorithm").map_or(Some(Algorithm::Md5), Algorithm::parse)?,
            qop,
            stale: get("stale").is_some_and(|stale| stale.eq_ignore_ascii_case("true")),
        })
    }

    /// As a value.
    pub fn value(&self) -> String {
        let mut out = format!("Digest realm=\"{}\", nonce=\"{}\"", self.realm, self.nonce);
        if let Some(opaque) = &self.opaque {
            out.push_str(&format!(", opaque=\"{opaque}\""));
        }
        out.push_str(&format!(", algorithm={}", self.algorithm.as_str()));
        if self.qop {
            out.push_str(", qop=\"auth\"");
        }
        if self.stale {
            out.push_str(", stale=true");
        }
        out
    }

    pub(super) fn quoted_realm(realm: &str) -> String {
        let quoted = quote(realm);
        quoted[1..quoted.len() - 1].to_owned()
    }
}

impl Headers {
    /// The challenges that can be answered, with the header each came in.
    pub fn challenges(&self) -> impl Iterator<Item = (Header, Challenge)> {
        [Header::WwwAuthenticate, Header::ProxyAuthenticate].into_iter().flat_map(move |header| {
            self.all(header).filter_map(move |value| Some((header, Challenge::parse(value)?)))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trips_and_leaves_out_what_it_cannot_answer() {
        let value = "Digest realm=\"atlanta.com\", domain=\"sip:boxesbybob.com\", qop=\"auth,auth-int\", \
            nonce=\"f84f1cec41e6cbe5aea9c8e88d359\", opaque=\"\", stale=FALSE, algorithm=MD5";
        let challenge = Challenge::parse(value).unwrap();
        assert_eq!((&*challenge.realm, challenge.qop, challenge.stale), ("atlanta.com", true, false));
        assert_eq!(Challenge::parse(&challenge.value()), Some(challenge));
        for bad in [
            "Basic realm=\"x\"",
            "Digest realm=\"x\"",
            "Digest realm=\"x\", nonce=\"1\", algorithm=SHA-512-256",
            "Digest realm=\"x\", nonce=\"1\", qop=\"auth-int\"",
            "Digest realm=\"x, nonce=\"1\"",
            "Digest realm=\"x\", realm=\"y\", nonce=\"1\"",
        ] {
            assert_eq!(Challenge::parse(bad), None, "{bad}");
        }
    }
}
