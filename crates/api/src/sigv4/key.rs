//! The hashes: signing key by scope, signature by string to sign.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use crate::percent;

use super::{ALGORITHM, TERMINATOR};

/// Where and when a signature counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scope<'a> {
    /// `20260102`.
    pub(super) day: &'a str,
    pub(super) region: &'a str,
    pub(super) service: &'a str,
}

impl Scope<'_> {
    pub(super) fn text(&self) -> String {
        format!("{}/{}/{}/{TERMINATOR}", self.day, self.region, self.service)
    }
}

/// SHA-256 in lower-case hexadecimal.
pub(super) fn sha256_hex(bytes: &[u8]) -> String {
    to_hex(&Sha256::digest(bytes))
}

/// The signature over a canonical request, ready to be printed or compared.
pub(super) fn signature(
    secret: &str,
    scope: &Scope<'_>,
    date: &str,
    canonical_request: &str,
) -> Hmac<Sha256> {
    let day = finish(&format!("AWS4{secret}").into_bytes(), scope.day);
    let region = finish(&day, scope.region);
    let service = finish(&region, scope.service);
    let key = finish(&service, TERMINATOR);
    let hash = sha256_hex(canonical_request.as_bytes());
    mac(&key, &format!("{ALGORITHM}\n{date}\n{}\n{hash}", scope.text()))
}

/// Whether `given` is that signature, in a time that does not depend on where they differ.
pub(super) fn is_equal(signature: Hmac<Sha256>, given: &str) -> bool {
    from_hex(given).is_some_and(|given| signature.verify_slice(&given).is_ok())
}

/// The signature in lower-case hexadecimal.
pub(super) fn print(signature: Hmac<Sha256>) -> String {
    to_hex(&signature.finalize().into_bytes())
}

fn finish(key: &[u8], text: &str) -> Vec<u8> {
    mac(key, text).finalize().into_bytes().to_vec()
}

fn mac(key: &[u8], text: &str) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(text.as_bytes());
    mac
}

fn to_hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|b| [DIGITS[usize::from(b >> 4)], DIGITS[usize::from(b & 15)]])
        .map(char::from)
        .collect()
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) {
        return None;
    }
    text.as_bytes()
        .chunks(2)
        .map(|pair| Some((percent::hex(pair[0])? << 4) | percent::hex(pair[1])?))
        .collect()
}
