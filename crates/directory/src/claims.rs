//! What a write depends on and changes, so that two writes that meet run one after the other.

use std::collections::BTreeMap;

use crate::record::Kind;

/// How a write uses a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Access {
    /// The record must stay as it is.
    Shared,
    /// The record changes, or must not come into being meanwhile.
    Exclusive,
}

/// The records one request touches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Claims(BTreeMap<(Kind, String), Access>);

impl Claims {
    pub(crate) fn add(&mut self, kind: Kind, id: &str, access: Access) {
        let held = self.0.entry((kind, id.to_owned())).or_insert(access);
        *held = access.max(*held);
    }
}

/// The claims of many requests together.
#[derive(Clone, Debug, Default)]
pub(crate) struct Locks(BTreeMap<(Kind, String), Holders>);

#[derive(Clone, Copy, Debug, Default)]
struct Holders {
    shared: u32,
    exclusive: u32,
}

impl Holders {
    fn of(&mut self, access: Access) -> &mut u32 {
        match access {
            Access::Shared => &mut self.shared,
            Access::Exclusive => &mut self.exclusive,
        }
    }
}

impl Locks {
    pub(crate) fn collide(&self, claims: &Claims) -> bool {
        claims.0.iter().any(|(key, access)| match (self.0.get(key), access) {
            (None, _) => false,
            (Some(held), Access::Shared) => held.exclusive > 0,
            (Some(_), Access::Exclusive) => true,
        })
    }

    pub(crate) fn add(&mut self, claims: &Claims) {
        for (key, access) in &claims.0 {
            *self.0.entry(key.clone()).or_default().of(*access) += 1;
        }
    }

    /// Takes back what [`Locks::add`] added.
    pub(crate) fn remove(&mut self, claims: &Claims) {
        for (key, access) in &claims.0 {
            if let Some(held) = self.0.get_mut(key) {
                *held.of(*access) -= 1;
                if held.shared == 0 && held.exclusive == 0 {
                    self.0.remove(key);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claims(list: &[(&str, Access)]) -> Claims {
        let mut claims = Claims::default();
        for (id, access) in list {
            claims.add(Kind::Rule, id, *access);
        }
        claims
    }

    #[test]
    fn readers_share_and_writers_do_not() {
        let (reads, writes) = (claims(&[("a", Access::Shared)]), claims(&[("a", Access::Exclusive)]));
        let mut locks = Locks::default();
        assert!(!locks.collide(&writes));
        locks.add(&reads);
        locks.add(&reads);
        assert!(!locks.collide(&reads));
        assert!(locks.collide(&writes));
        locks.remove(&reads);
        assert!(locks.collide(&writes));
        locks.remove(&reads);
        assert!(!locks.collide(&writes));
        locks.add(&writes);
        assert!(locks.collide(&reads));
        assert!(!locks.collide(&claims(&[("b", Access::Exclusive)])));
    }

    #[test]
    fn the_stronger_claim_on_a_record_counts() {
        let both = claims(&[("a", Access::Exclusive), ("a", Access::Shared)]);
        assert_eq!(both, claims(&[("a", Access::Exclusive)]));
    }
}
