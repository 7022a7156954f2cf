use std::collections::BTreeMap;

use super::nonce::Stamp;

/// Which nonce counts were used: a bounded table, oldest nonces forgotten first.
///
/// A forgotten nonce is refused as old, so forgetting never lets a replay through.
#[derive(Clone, Debug)]
pub(super) struct Replay {
    used: BTreeMap<Stamp, Window>,
    capacity: usize,
    /// Nonces up to here that are not in the table were forgotten.
    forgotten: Option<Stamp>,
}

/// The highest count and which of the 64 up to it were used: requests may overtake each other.
#[derive(Clone, Copy, Debug, Default)]
struct Window {
    highest: u32,
    bits: u64,
}

impl Replay {
    pub(super) fn new(capacity: usize) -> Self {
        Self { used: BTreeMap::new(), capacity: capacity.max(1), forgotten: None }
    }

    /// Notes a use; `false` where it was seen before or can no longer be told.
    pub(super) fn first_use(&mut self, nonce: Stamp, count: u32) -> bool {
        if self.forgotten.is_some_and(|forgotten| nonce <= forgotten) && !self.used.contains_key(&nonce) {
            return false;
        }
        let fresh = self.used.entry(nonce).or_default().first_use(count);
        if self.used.len() > self.capacity
            && let Some((oldest, _)) = self.used.pop_first()
        {
            self.forgotten = self.forgotten.max(Some(oldest));
        }
        fresh
    }
}

impl Window {
    fn first_use(&mut self, count: u32) -> bool {
        if count > self.highest {
            let shift = count - self.highest;
            self.bits = self.bits.checked_shl(shift).unwrap_or(0) | 1;
            self.highest = count;
            return true;
        }
        let back = self.highest - count;
        if count == 0 || back >= 64 || self.bits & (1 << back) != 0 {
            return false;
        }
        self.bits |= 1 << back;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(micros: u64) -> Stamp {
        Stamp { micros, number: 0 }
    }

    #[test]
    fn counts_may_overtake_but_not_repeat() {
        let mut replay = Replay::new(8);
        let mut first = |count| replay.first_use(stamp(1), count);
        assert!(!first(0));
        assert!(first(1) && first(3) && first(2));
        assert!(!first(1) && !first(2) && !first(3));
        assert!(first(1_000) && first(937) && !first(936));
        assert!(first(u32::MAX) && !first(u32::MAX));
    }

    #[test]
    fn forgotten_nonces_stay_refused() {
        let mut replay = Replay::new(2);
        assert!(
            replay.first_use(stamp(1), 1) && replay.first_use(stamp(2), 1) && replay.first_use(stamp(3), 1)
        );
        assert!(!replay.first_use(stamp(1), 2), "forgotten");
        assert!(replay.first_use(stamp(2), 2) && replay.first_use(stamp(3), 2));
        assert!(replay.used.len() <= 2);
    }
}
