use md5::Md5;
use sha2::Sha256;

use super::hex;

/// A digest algorithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Algorithm {
    /// `MD5`; what holds where none is named.
    Md5,
    /// `MD5-sess`
    Md5Sess,
    /// `SHA-256`
    Sha256,
    /// `SHA-256-sess`
    Sha256Sess,
}

/// What a store keeps of a password: H(username:realm:password) by both hashes.
#[derive(Clone, PartialEq, Eq)]
pub struct Ha1 {
    /// In hex, by MD5.
    pub md5: String,
    /// In hex, by SHA-256.
    pub sha256: String,
}

impl Algorithm {
    /// The algorithm of that name.
    pub fn parse(name: &str) -> Option<Algorithm> {
        [Algorithm::Md5, Algorithm::Md5Sess, Algorithm::Sha256, Algorithm::Sha256Sess]
            .into_iter()
            .find(|algorithm| algorithm.as_str().eq_ignore_ascii_case(name))
    }

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Algorithm::Md5 => "MD5",
            Algorithm::Md5Sess => "MD5-sess",
            Algorithm::Sha256 => "SHA-256",
            Algorithm::Sha256Sess => "SHA-256-sess",
        }
    }

    /// Whether it hashes by SHA-256, in sessions or without.
    pub(super) fn is_sha256(self) -> bool {
        matches!(self, Algorithm::Sha256 | Algorithm::Sha256Sess)
    }

    /// How much it is to be preferred.
    pub(super) fn strength(self) -> u8 {
        match self {
            Algorithm::Md5 => 0,
            Algorithm::Md5Sess => 1,
            Algorithm::Sha256 => 2,
            Algorithm::Sha256Sess => 3,
        }
    }

    /// H of the parts joined by colons, in hex.
    fn hash(self, parts: &[&str]) -> String {
        match self {
            Algorithm::Md5 | Algorithm::Md5Sess => hash::<Md5>(parts),
            Algorithm::Sha256 | Algorithm::Sha256Sess => hash::<Sha256>(parts),
        }
    }

    /// The `response` (RFC 7616 §3.4.1). `qop` is nonce count as sent and cnonce, where qop is used.
    pub(super) fn response(
        self,
        ha1: &Ha1,
        method: &str,
        uri: &str,
        nonce: &str,
        qop: Option<(&str, &str)>,
    ) -> String {
        let plain = match self {
            Algorithm::Md5 | Algorithm::Md5Sess => &ha1.md5,
            Algorithm::Sha256 | Algorithm::Sha256Sess => &ha1.sha256,
        };
        let session;
        let ha1 = match self {
            Algorithm::Md5 | Algorithm::Sha256 => plain,
            Algorithm::Md5Sess | Algorithm::Sha256Sess => {
                session = self.hash(&[plain, nonce, qop.map_or("", |(_, cnonce)| cnonce)]);
                &session
            }
        };
        let ha2 = self.hash(&[method, uri]);
        match qop {
            Some((count, cnonce)) => self.hash(&[ha1, nonce, count, cnonce, "auth", &ha2]),
            None => self.hash(&[ha1, nonce, &ha2]),
        }
    }
}

impl Ha1 {
    /// From a password.
    pub fn new(username: &str, realm: &str, password: &str) -> Ha1 {
        let parts = [username, realm, password];
        Ha1 { md5: Algorithm::Md5.hash(&parts), sha256: Algorithm::Sha256.hash(&parts) }
    }
}

impl std::fmt::Debug for Ha1 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Ha1(…)")
    }
}

fn hash<H: sha2::Digest>(parts: &[&str]) -> String {
    let mut hash = H::new();
    for (number, part) in parts.iter().enumerate() {
        if number > 0 {
            hash.update(b":");
        }
        hash.update(part.as_bytes());
    }
    hex(&hash.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 7616 §3.9.1.
    #[test]
    fn the_examples_of_the_rfc() {
        let ha1 = Ha1::new("Mufasa", "http-auth@example.org", "Circle of Life");
        let nonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
        let cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
        let response = |algorithm: Algorithm| {
            algorithm.response(&ha1, "GET", "/dir/index.html", nonce, Some(("00000001", cnonce)))
        };
        assert_eq!(response(Algorithm::Md5), "8ca523f5e9506fed4657c9700eebdbec");
        assert_eq!(
            response(Algorithm::Sha256),
            "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"
        );
    }

    /// RFC 2617 §3.5, and the same without qop.
    #[test]
    fn the_example_of_the_old_rfc() {
        let ha1 = Ha1::new("Mufasa", "testrealm@host.com", "Circle Of Life");
        let nonce = "dcd98b7102dd2f0e8b11d0f600bfb0c093";
        let response =
            |qop: Option<(&str, &str)>| Algorithm::Md5.response(&ha1, "GET", "/dir/index.html", nonce, qop);
        assert_eq!(response(Some(("00000001", "0a4f113b"))), "6629fae49393a05397450978507c4ef1");
        assert_eq!(response(None), "670fd8c2df070c60b045671b8b24ff02");
    }

    #[test]
    fn hashes_do_not_show() {
        assert_eq!(format!("{:?}", Ha1::new("a", "b", "c")), "Ha1(…)");
    }
}
