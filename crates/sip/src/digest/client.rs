use super::{Algorithm, Authorization, Challenge, Ha1, Qop, hex};
use crate::header::Header;
use crate::message::{Headers, Method};

/// A user name and its password.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// User name.
    pub username: String,
    /// Password.
    pub password: String,
}

/// A challenge being answered, for one realm: counts the nonce's uses over the requests that follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientSession {
    header: Header,
    challenge: Challenge,
    cnonce: String,
    count: u32,
}

impl ClientSession {
    /// The sessions a 401 or 407 opens: one for each realm, with the strongest algorithm on offer there. Empty where
    /// nothing can be answered. `seed` makes the cnonce.
    pub fn from_response(response: &Headers, seed: u64) -> Vec<ClientSession> {
        let mut sessions: Vec<ClientSession> = Vec::new();
        for (challenged, challenge) in response.challenges() {
            let header = match challenged {
                Header::ProxyAuthenticate => Header::ProxyAuthorization,
                _ => Header::Authorization,
            };
            let known = sessions
                .iter_mut()
                .find(|session| session.header == header && session.challenge.realm == challenge.realm);
            let rank = |challenge: &Challenge| (challenge.algorithm.strength(), challenge.qop);
            match known {
                Some(session) if rank(&session.challenge) >= rank(&challenge) => {}
                Some(session) => session.challenge = challenge,
                None => {
                    let bits = seed.wrapping_add(sessions.len() as u64);
                    sessions.push(ClientSession {
                        header,
                        challenge,
                        cnonce: hex(&bits.to_be_bytes()),
                        count: 0,
                    });
                }
            }
        }
        sessions
    }

    /// The header field that authorizes one request: its name and value. `uri` is the Request-URI as sent.
    pub fn authorize(&mut self, credentials: &Credentials, method: &Method, uri: &str) -> (Header, String) {
        self.count += 1;
        let Challenge { realm, nonce, opaque, algorithm, qop, .. } = &self.challenge;
        let ha1 = Ha1::new(&credentials.username, realm, &credentials.password);
        let sess = matches!(algorithm, Algorithm::Md5Sess | Algorithm::Sha256Sess);
        // A session key is made of the cnonce, so it must be told even where qop is not on offer.
        let qop = (*qop || sess).then(|| Qop { count: self.count, cnonce: self.cnonce.clone() });
        let count = format!("{:08x}", self.count);
        let parts = qop.as_ref().map(|qop| (count.as_str(), qop.cnonce.as_str()));
        let authorization = Authorization {
            response: algorithm.response(&ha1, method.as_str(), uri, nonce, parts),
            username: credentials.username.clone(),
            realm: realm.clone(),
            nonce: nonce.clone(),
            uri: uri.to_owned(),
            algorithm: *algorithm,
            qop,
            opaque: opaque.clone(),
        };
        (self.header, authorization.value())
    }

    /// Whether another try makes sense when the request was refused again: only with a new nonce that is called fresh
    /// because the old one was stale. Anything else means that the password is wrong.
    pub fn may_retry(&self, again: &Headers) -> bool {
        again.challenges().any(|(_, challenge)| challenge.stale && challenge.nonce != self.challenge.nonce)
    }

    /// The realm.
    pub fn realm(&self) -> &str {
        &self.challenge.realm
    }

    /// The algorithm chosen.
    pub fn algorithm(&self) -> Algorithm {
        self.challenge.algorithm
    }
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credentials").field("username", &base::Pii(&self.username)).finish_non_exhaustive()
    }
}
