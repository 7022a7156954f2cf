use super::ids::Ids;
use crate::digest::{ClientSession, Credentials};
use crate::header::Header;
use crate::message::{Request, Response};

/// Credentials for a peer, and its challenges that are being answered.
#[derive(Clone, Debug)]
pub(super) struct Login {
    credentials: Credentials,
    sessions: Vec<ClientSession>,
    /// Challenges in a row without a request accepted in between.
    tries: u8,
}

/// A proxy, the far end, and each once with a fresh nonce.
const TRIES: u8 = 4;

impl Login {
    pub(super) fn new(username: &str, password: &str) -> Box<Self> {
        let credentials = Credentials { username: username.to_owned(), password: password.to_owned() };
        Box::new(Self { credentials, sessions: Vec::new(), tries: 0 })
    }

    /// Takes the challenge of a 401 or 407; false when another try makes no sense.
    ///
    /// A nonce refused right after it was given out means a wrong password, unless the peer says it is stale. One that
    /// was good before may be refused at any time.
    pub(super) fn learn(&mut self, response: &Response, ids: &mut Ids) -> bool {
        if self.tries >= TRIES {
            return false;
        }
        let challenges = ClientSession::from_response(&response.headers, ids.token().bits());
        if challenges.is_empty() {
            return false;
        }
        for challenge in challenges {
            match self.sessions.iter_mut().find(|session| session.realm() == challenge.realm()) {
                Some(session) if self.tries == 0 || session.may_retry(&response.headers) => {
                    *session = challenge
                }
                Some(_) => return false,
                None => self.sessions.push(challenge),
            }
        }
        self.tries += 1;
        true
    }

    /// A request went through.
    pub(super) fn accepted(&mut self) {
        self.tries = 0;
    }

    /// Answers the challenges known so far in another request.
    pub(super) fn reuse(&mut self, request: &mut Request) {
        if self.sessions.is_empty() {
            return;
        }
        request.headers.remove(Header::Authorization);
        request.headers.remove(Header::ProxyAuthorization);
        for session in &mut self.sessions {
            let (header, value) = session.authorize(&self.credentials, &request.method, request.uri.as_str());
            request.headers.push(header, &value);
        }
    }
}
