use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use super::{equal, hex};

/// What names a nonce: when it was made, and which one of that moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stamp {
    pub(super) micros: u64,
    pub(super) number: u32,
}

/// A nonce: the stamp and a MAC over stamp and realm under the server's secret, so that it can be known again without
/// having been kept.
pub(super) fn make(secret: &[u8; 32], realm: &str, stamp: Stamp) -> String {
    let mut text = format!("{:016x}{:08x}", stamp.micros, stamp.number);
    let mac = mac(secret, realm, &text);
    text.push_str(&mac);
    text
}

/// The stamp of a nonce that `secret` made for `realm`.
pub(super) fn read(secret: &[u8; 32], realm: &str, nonce: &str) -> Option<Stamp> {
    let (stamp, theirs) = nonce.split_at_checked(24)?;
    if !equal(mac(secret, realm, stamp).as_bytes(), theirs.as_bytes()) {
        return None;
    }
    Some(Stamp {
        micros: u64::from_str_radix(&stamp[..16], 16).ok()?,
        number: u32::from_str_radix(&stamp[16..], 16).ok()?,
    })
}

/// 128 bits in hex.
fn mac(secret: &[u8; 32], realm: &str, stamp: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes keys of any length");
    mac.update(stamp.as_bytes());
    mac.update(realm.as_bytes());
    hex(&mac.finalize().into_bytes()[..16])
}
