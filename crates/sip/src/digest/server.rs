use std::time::Duration;

use base::Timestamp;

use super::nonce::{self, Stamp};
use super::replay::Replay;
use super::{Algorithm, Authorization, Challenge, Ha1, equal};
use crate::message::Method;
use crate::uri::Uri;

/// How many nonces in use are remembered.
const REMEMBERED: usize = 16_384;

/// Challenges and verifies.
///
/// Nonces carry their time under a MAC, so an unanswered challenge costs no memory; only used nonces are remembered, and
/// only so many.
#[derive(Clone)]
pub struct Server {
    secret: [u8; 32],
    validity: Duration,
    algorithms: Vec<Algorithm>,
    made: u32,
    replay: Replay,
}

/// What verification came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The credentials are right.
    Accepted,
    /// The credentials are right, but the nonce is too old, not ours (a restart) or was used that way before: challenge
    /// again with `stale`, and the client tries again by itself.
    Stale,
    /// The credentials are not right.
    Refused(Wrong),
}

/// What is not right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// Wrong password, user name or realm.
    Response,
    /// The digest is of another user's Request-URI.
    Uri,
    /// An algorithm that is not asked for.
    Algorithm,
}

impl Server {
    /// `secret` comes from a cryptographic generator; a nonce is good for `validity`; `algorithms` are asked for in
    /// this order.
    pub fn new(secret: [u8; 32], validity: Duration, algorithms: Vec<Algorithm>) -> Self {
        Self { secret, validity, algorithms, made: 0, replay: Replay::new(REMEMBERED) }
    }

    /// Challenges for one response, one for each algorithm: clients take the first they know (RFC 8760 §2.4).
    pub fn challenges(&mut self, now: Timestamp, realm: &str, stale: bool) -> Vec<Challenge> {
        self.made = self.made.wrapping_add(1);
        let realm = Challenge::quoted_realm(realm);
        let stamp = Stamp { micros: now.as_micros(), number: self.made };
        let nonce = nonce::make(&self.secret, &realm, stamp);
        let challenge = |algorithm: &Algorithm| Challenge {
            realm: realm.clone(),
            nonce: nonce.clone(),
            opaque: None,
            algorithm: *algorithm,
            qop: true,
            stale,
        };
        self.algorithms.iter().map(challenge).collect()
    }

    /// Verifies the credentials of a request against what the store keeps for their user name and realm.
    pub fn verify(
        &mut self,
        now: Timestamp,
        given: &Authorization,
        method: &Method,
        request_uri: &Uri,
        ha1: &Ha1,
    ) -> Verdict {
        if !self.algorithms.iter().any(|asked| asked.is_sha256() == given.algorithm.is_sha256()) {
            return Verdict::Refused(Wrong::Algorithm);
        }
        let count = given.qop.as_ref().map(|qop| format!("{:08x}", qop.count));
        let qop = count.as_deref().zip(given.qop.as_ref().map(|qop| qop.cnonce.as_str()));
        let expected = given.algorithm.response(ha1, method.as_str(), &given.uri, &given.nonce, qop);
        if !equal(expected.as_bytes(), given.response.to_ascii_lowercase().as_bytes()) {
            return Verdict::Refused(Wrong::Response);
        }
        if !same_user(&given.uri, request_uri) {
            return Verdict::Refused(Wrong::Uri);
        }
        let Some(stamp) = nonce::read(&self.secret, &given.realm, &given.nonce) else {
            return Verdict::Stale;
        };
        let made = Timestamp::from_micros(stamp.micros);
        if made > now || now.since(made) > self.validity {
            return Verdict::Stale;
        }
        // Without qop nothing tells a replay from a second request: such a nonce is good for one.
        let count = given.qop.as_ref().map_or(1, |qop| qop.count);
        if self.replay.first_use(stamp, count) { Verdict::Accepted } else { Verdict::Stale }
    }
}

/// Whether the digest was made for this request's user. Hosts are not compared: session border controllers rewrite them.
/// Nor is a user that is not there: SIPp and some PBXs name their proxy only, and the nonce is good for one use anyway.
fn same_user(digest_uri: &str, request_uri: &Uri) -> bool {
    match Uri::parse(digest_uri) {
        Ok(theirs) => theirs.user_decoded().is_none() || theirs.user_decoded() == request_uri.user_decoded(),
        Err(_) => false,
    }
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Server").field("validity", &self.validity).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{ClientSession, Credentials};
    use super::*;
    use crate::header::Header;
    use crate::message::Headers;

    const BOTH: [Algorithm; 2] = [Algorithm::Sha256, Algorithm::Md5];
    const REALM: &str = "abc123.voiceconnector.example";
    const URI: &str = "sip:+15550100@abc123.voiceconnector.example";

    struct World {
        server: Server,
        now: Timestamp,
        ha1: Ha1,
    }

    impl World {
        fn new() -> Self {
            World {
                server: Server::new([7; 32], Duration::from_secs(300), BOTH.to_vec()),
                now: Timestamp::from_millis(1_700_000_000_000),
                ha1: Ha1::new("alice", REALM, "secret"),
            }
        }

        fn challenged(&mut self, only_md5: bool) -> ClientSession {
            let mut response = Headers::new();
            let challenges = self.server.challenges(self.now, REALM, false);
            for challenge in challenges.iter().skip(usize::from(only_md5)) {
                response.push(Header::WwwAuthenticate, &challenge.value());
            }
            ClientSession::from_response(&response, 99).remove(0)
        }

        fn verify(&mut self, value: &str) -> Verdict {
            let given = Authorization::parse(value).unwrap();
            let uri = Uri::parse(URI).unwrap();
            self.server.verify(self.now, &given, &Method::Invite, &uri, &self.ha1)
        }
    }

    fn answer(session: &mut ClientSession, password: &str) -> String {
        let credentials = Credentials { username: "alice".into(), password: password.into() };
        session.authorize(&credentials, &Method::Invite, URI).1
    }

    #[test]
    fn client_and_server_agree_on_the_strongest_algorithm() {
        let mut world = World::new();
        let mut session = world.challenged(false);
        assert_eq!(session.algorithm(), Algorithm::Sha256);
        let value = answer(&mut session, "secret");
        assert_eq!(world.verify(&value), Verdict::Accepted);
        let mut session = world.challenged(true);
        assert_eq!(session.algorithm(), Algorithm::Md5);
        let value = answer(&mut session, "secret");
        assert_eq!(world.verify(&value), Verdict::Accepted);
    }

    #[test]
    fn an_algorithm_that_is_not_asked_for_is_not_taken() {
        let mut world = World::new();
        let mut session = world.challenged(true);
        let value = answer(&mut session, "secret");
        world.server.algorithms = vec![Algorithm::Sha256];
        assert_eq!(world.server.challenges(world.now, REALM, false).len(), 1);
        assert_eq!(world.verify(&value), Verdict::Refused(Wrong::Algorithm));
    }

    #[test]
    fn a_wrong_password_is_refused_and_not_called_stale() {
        let mut world = World::new();
        let mut session = world.challenged(false);
        let value = answer(&mut session, "guess");
        assert_eq!(world.verify(&value), Verdict::Refused(Wrong::Response));
        let mut again = Headers::new();
        again.push(Header::WwwAuthenticate, &world.server.challenges(world.now, REALM, false)[0].value());
        assert!(!session.may_retry(&again));
    }

    #[test]
    fn a_replay_is_stale_and_the_next_count_is_fine() {
        let mut world = World::new();
        let mut session = world.challenged(false);
        let first = answer(&mut session, "secret");
        assert_eq!(world.verify(&first), Verdict::Accepted);
        assert_eq!(world.verify(&first), Verdict::Stale);
        let second = answer(&mut session, "secret");
        assert!(second.contains("nc=00000002"));
        assert_eq!(world.verify(&second), Verdict::Accepted);
    }

    #[test]
    fn an_old_nonce_and_one_of_another_secret_are_stale() {
        let mut world = World::new();
        let mut session = world.challenged(false);
        world.now += Duration::from_secs(301);
        let value = answer(&mut session, "secret");
        assert_eq!(world.verify(&value), Verdict::Stale);
        let mut again = Headers::new();
        again.push(Header::WwwAuthenticate, &world.server.challenges(world.now, REALM, true)[0].value());
        assert!(session.may_retry(&again));
        let mut session = world.challenged(false);
        world.server = Server::new([8; 32], Duration::from_secs(300), BOTH.to_vec());
        let value = answer(&mut session, "secret");
        assert_eq!(world.verify(&value), Verdict::Stale);
    }

    #[test]
    fn credentials_that_name_the_proxy_only_serve_as_sipp_makes_them() {
        let mut world = World::new();
        let mut session = world.challenged(true);
        let credentials = Credentials { username: "alice".into(), password: "secret".into() };
        let value = session.authorize(&credentials, &Method::Invite, "sip:192.0.2.1:5060").1;
        assert_eq!(world.verify(&value), Verdict::Accepted);
        assert_eq!(world.verify(&value), Verdict::Stale, "good for one use");
    }

    #[test]
    fn credentials_for_another_number_do_not_serve() {
        let mut world = World::new();
        let mut session = world.challenged(false);
        let credentials = Credentials { username: "alice".into(), password: "secret".into() };
        let value = session.authorize(&credentials, &Method::Invite, "sip:+15550666@192.0.2.1").1;
        assert_eq!(world.verify(&value), Verdict::Refused(Wrong::Uri));
    }

    #[test]
    fn old_clients_without_qop_get_one_request_for_a_nonce() {
        let mut world = World::new();
        let mut challenge = world.server.challenges(world.now, REALM, false)[1].clone();
        challenge.qop = false;
        let mut response = Headers::new();
        response.push(Header::ProxyAuthenticate, &challenge.value());
        let mut session = ClientSession::from_response(&response, 1).remove(0);
        let value = answer(&mut session, "secret");
        assert!(!value.contains("qop"));
        assert_eq!(world.verify(&value), Verdict::Accepted);
        assert_eq!(world.verify(&value), Verdict::Stale);
    }

    #[test]
    fn session_algorithms_agree() {
        let mut world = World::new();
        for algorithm in [Algorithm::Md5Sess, Algorithm::Sha256Sess] {
            let mut challenge = world.server.challenges(world.now, REALM, false)[0].clone();
            challenge.algorithm = algorithm;
            let mut response = Headers::new();
            response.push(Header::WwwAuthenticate, &challenge.value());
            let mut session = ClientSession::from_response(&response, 1).remove(0);
            for _ in 0..2 {
                let value = answer(&mut session, "secret");
                assert_eq!(world.verify(&value), Verdict::Accepted, "{algorithm:?}");
            }
        }
    }

    #[test]
    fn one_session_for_each_realm() {
        let mut response = Headers::new();
        response
            .push(Header::ProxyAuthenticate, "Digest realm=\"a\", nonce=\"1\", algorithm=MD5, qop=\"auth\"");
        response.push(Header::WwwAuthenticate, "Digest realm=\"b\", nonce=\"2\"");
        response.push(
            Header::ProxyAuthenticate,
            "Digest realm=\"a\", nonce=\"3\", algorithm=SHA-256, qop=\"auth\"",
        );
        response.push(Header::WwwAuthenticate, "Basic realm=\"c\"");
        let sessions = ClientSession::from_response(&response, 5);
        let all: Vec<_> = sessions.iter().map(|session| (session.realm(), session.algorithm())).collect();
        assert_eq!(all, [("b", Algorithm::Md5), ("a", Algorithm::Sha256)]);
    }
}
