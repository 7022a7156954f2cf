use std::fmt;
use std::hash::{DefaultHasher, Hasher};

use base::Rng;

/// Tags, branches and Call-IDs: equal on every run with the same seed and secret, and not to be guessed from one another.
///
/// A generator whose state shows in its output would let whoever is called once forge the tags of the next calls.
#[derive(Clone, Debug)]
pub(super) struct Ids {
    key: [u8; 32],
    counter: u64,
    /// For jitter, where guessing harms nobody.
    pub(super) jitter: Rng,
}

/// 64 bits that name one end of a dialog or one client transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Token(u64);

impl Ids {
    pub(super) fn new(secret: &[u8; 32], seed: u64) -> Self {
        let mut key = *secret;
        for (byte, more) in key.iter_mut().zip(seed.to_be_bytes()) {
            *byte ^= more;
        }
        Self { key, counter: 0, jitter: Rng::new(seed) }
    }

    pub(super) fn token(&mut self) -> Token {
        self.counter += 1;
        let counter = self.counter.to_be_bytes();
        Token(self.keyed(0, &[&counter]))
    }

    /// A Call-ID: two tokens, without our address (RFC 3261 §8.1.1.4 asks for uniqueness only).
    pub(super) fn call_id(&mut self) -> Box<str> {
        format!("{}{}", self.token(), self.token()).into()
    }

    /// A keyed digest that stands for what it was made of.
    pub(super) fn digest(&self, parts: &[&[u8]]) -> u128 {
        (u128::from(self.keyed(1, parts)) << 64) | u128::from(self.keyed(2, parts))
    }

    /// The tag of a response that no state is kept for: the same for every retransmission.
    pub(super) fn stateless_tag(&self, parts: &[&[u8]]) -> Token {
        Token(self.keyed(3, parts))
    }

    fn keyed(&self, purpose: u8, parts: &[&[u8]]) -> u64 {
        let mut hasher = DefaultHasher::new();
        hasher.write(&self.key);
        hasher.write_u8(purpose);
        for part in parts {
            hasher.write(part);
            // No octet of UTF-8 text: parts cannot run into each other.
            hasher.write_u8(0xff);
        }
        hasher.finish()
    }
}

impl Token {
    /// Reads back what `Display` wrote.
    pub(super) fn parse(text: &str) -> Option<Token> {
        (text.len() == 16 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')))
            .then(|| u64::from_str_radix(text, 16).ok().map(Token))?
    }

    /// The branch of a client transaction.
    pub(super) fn branch(self) -> String {
        format!("{MAGIC}{self}")
    }

    /// The client transaction a branch names, if it is one of ours.
    pub(super) fn of_branch(branch: &str) -> Option<Token> {
        Token::parse(branch.strip_prefix(MAGIC)?)
    }

    pub(super) const fn bits(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// Starts every branch of RFC 3261 §8.1.1.7.
pub(super) const MAGIC: &str = "z9hG4bK";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_survive_the_wire_and_repeat_with_the_seed() {
        let (mut a, mut b) = (Ids::new(&[7; 32], 1), Ids::new(&[7; 32], 1));
        let token = a.token();
        assert_eq!(token, b.token());
        assert_ne!(token, a.token());
        assert_eq!(Token::of_branch(&token.branch()), Some(token));
        for bad in ["", "12", "zzzzzzzzzzzzzzzz", "+123456789012345", "ABCDEF0123456789"] {
            assert_eq!(Token::parse(bad), None, "{bad}");
        }
        assert_ne!(Ids::new(&[7; 32], 2).token(), token);
        assert_ne!(a.digest(&[b"ab", b"c"]), a.digest(&[b"a", b"bc"]));
    }
}
