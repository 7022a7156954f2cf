//! Digest authentication (RFC 7616, RFC 2617, RFC 8760), as client and as server.
//!
//! SHA-256 and MD5, each also as `-sess`, with `qop=auth` or without. As client: [`ClientSession`] answers a 401 or 407. As
//! server: [`Server`] makes nonces that need no memory and verifies [`Authorization`] against a [`Ha1`].

mod algorithm;
mod authorization;
mod challenge;
mod client;
mod nonce;
mod replay;
mod server;

pub use algorithm::{Algorithm, Ha1};
pub use authorization::{Authorization, Qop};
pub use challenge::Challenge;
pub use client::{ClientSession, Credentials};
pub use server::{Server, Verdict, Wrong};

use crate::params::{find_unquoted, is_token, quoted_end, trim};

/// The parameters behind `Digest `, in order: name and raw value without quotes. `None` for another scheme or broken ones.
fn parameters(value: &str) -> Option<Vec<(&str, &str)>> {
    let (scheme, mut rest) = trim(value).split_once([' ', '\t'])?;
    if !scheme.eq_ignore_ascii_case("Digest") {
        return None;
    }
    let mut all = Vec::with_capacity(10);
    while !trim(rest).is_empty() {
        let end = find_unquoted(rest, b',').unwrap_or(rest.len());
        let parameter = trim(&rest[..end]);
        rest = rest.get(end + 1..).unwrap_or("");
        if parameter.is_empty() {
            continue;
        }
        let (name, value) = parameter.split_once('=')?;
        let (name, value) = (trim(name), trim(value));
        let value = if value.starts_with('"') {
            (quoted_end(value) == Some(value.len())).then(|| &value[1..value.len() - 1])?
        } else {
            // It is quoted when sent back: a backslash must not become an escape there.
            (!value.contains(['"', '\\'])).then_some(value)?
        };
        if all.len() == 32 || value.contains(['\r', '\n']) {
            return None;
        }
        // Twice the same parameter: whoever checks one may not be whoever acts on the other.
        if !is_token(name) || all.iter().any(|(known, _): &(&str, &str)| known.eq_ignore_ascii_case(name)) {
            return None;
        }
        all.push((name, value));
    }
    Some(all)
}

fn find<'a>(parameters: &[(&'a str, &'a str)], name: &str) -> Option<&'a str> {
    parameters.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| *value)
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        out.push(char::from(DIGITS[usize::from(byte >> 4)]));
        out.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    out
}

/// Equality in a time that depends on the lengths only.
fn equal(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && std::hint::black_box(a.iter().zip(b).fold(0, |all, (a, b)| all | (a ^ b))) == 0
}
