use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;

use base::Timestamp;

/// When each of many machines wants to be woken: finding the due ones never looks at the others.
#[derive(Debug)]
pub(crate) struct Deadlines<K> {
    by_time: BTreeSet<(Timestamp, K)>,
    by_key: HashMap<K, Timestamp>,
}

impl<K: Copy + Ord + Hash> Deadlines<K> {
    pub(crate) fn new() -> Self {
        Self { by_time: BTreeSet::new(), by_key: HashMap::new() }
    }

    /// Replaces a machine's deadline.
    pub(crate) fn set(&mut self, key: K, at: Option<Timestamp>) {
        let before = match at {
            Some(at) => self.by_key.insert(key, at),
            None => self.by_key.remove(&key),
        };
        if before == at {
            return;
        }
        if let Some(before) = before {
            self.by_time.remove(&(before, key));
        }
        if let Some(at) = at {
            self.by_time.insert((at, key));
        }
    }

    /// The earliest deadline of all.
    pub(crate) fn first(&self) -> Option<Timestamp> {
        self.by_time.first().map(|(at, _)| *at)
    }

    /// Takes out one machine that is due.
    pub(crate) fn pop_due(&mut self, now: Timestamp) -> Option<K> {
        let &(at, key) = self.by_time.first()?;
        if at > now {
            return None;
        }
        self.set(key, None);
        Some(key)
    }

    pub(crate) fn len(&self) -> usize {
        self.by_time.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_due_come_in_order_and_a_moved_deadline_counts_once() {
        let at = Timestamp::from_millis;
        let mut deadlines = Deadlines::new();
        deadlines.set('a', Some(at(30)));
        deadlines.set('b', Some(at(20)));
        deadlines.set('c', Some(at(10)));
        deadlines.set('a', Some(at(15)));
        deadlines.set('c', None);
        assert_eq!((deadlines.first(), deadlines.len()), (Some(at(15)), 2));
        assert_eq!(deadlines.pop_due(at(14)), None);
        assert_eq!(deadlines.pop_due(at(25)), Some('a'));
        assert_eq!(deadlines.pop_due(at(25)), Some('b'));
        assert_eq!((deadlines.pop_due(at(99)), deadlines.len()), (None, 0));
    }
}
