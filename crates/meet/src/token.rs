use std::collections::{BTreeSet, VecDeque};

use sha2::{Digest as _, Sha256};

/// What we know of a join token: enough to recognise it, too little to use it. Tokens are compared by digest, so the
/// time a comparison takes says nothing about the token.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TokenDigest([u8; 32]);

impl TokenDigest {
    pub(crate) fn of(token: &str) -> Self {
        Self(Sha256::digest(token.as_bytes()).into())
    }
}

impl std::fmt::Debug for TokenDigest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TokenDigest")
    }
}

/// As what an attendee joins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Modality {
    /// Itself.
    Person,
    /// The content it shares: a second session of the same client.
    Content,
}

/// What a client appends to its token to share content.
const CONTENT: &str = "#content";

/// Reads the token of a connection.
pub(crate) fn read(token: &str) -> (TokenDigest, Modality) {
    match token.strip_suffix(CONTENT) {
        Some(token) => (TokenDigest::of(token), Modality::Content),
        None => (TokenDigest::of(token), Modality::Person),
    }
}

/// The latest things of a kind, so many at most.
#[derive(Debug)]
pub(crate) struct Latest<T> {
    set: BTreeSet<T>,
    order: VecDeque<T>,
    max: usize,
}

impl<T: Copy + Ord> Latest<T> {
    pub(crate) fn new(max: usize) -> Self {
        Self { set: BTreeSet::new(), order: VecDeque::new(), max }
    }

    pub(crate) fn insert(&mut self, thing: T) {
        if !self.set.insert(thing) {
            return;
        }
        self.order.push_back(thing);
        if self.order.len() > self.max
            && let Some(oldest) = self.order.pop_front()
        {
            self.set.remove(&oldest);
        }
    }

    pub(crate) fn contains(&self, thing: &T) -> bool {
        self.set.contains(thing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_is_told_apart_from_the_person() {
        assert_eq!(read("abc"), (TokenDigest::of("abc"), Modality::Person));
        assert_eq!(read("abc#content"), (TokenDigest::of("abc"), Modality::Content));
        assert_ne!(TokenDigest::of("abc"), TokenDigest::of("abd"));
    }

    #[test]
    fn the_oldest_is_forgotten() {
        let mut latest = Latest::new(2);
        [1, 2, 1, 3].into_iter().for_each(|n| latest.insert(n));
        assert_eq!([1, 2, 3].map(|n| latest.contains(&n)), [false, true, true]);
    }
}
