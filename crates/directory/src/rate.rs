//! Requests per second, on virtual time.

use std::time::Duration;

use base::Timestamp;

/// Admits so many per second; a second's worth may come at once (GCRA).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rate {
    per_second: u32,
    /// When the work admitted so far is spread out to.
    spread_to: Timestamp,
}

impl Rate {
    /// `per_second` of 0 counts as 1.
    pub(crate) fn new(per_second: u32) -> Self {
        Self { per_second: per_second.max(1), spread_to: Timestamp::default() }
    }

    pub(crate) const fn per_second(&self) -> u32 {
        self.per_second
    }

    /// Whether one more may pass; it counts when it does.
    pub(crate) fn admits(&mut self, now: Timestamp) -> bool {
        let interval = Duration::from_secs(1) / self.per_second;
        let spread_to = self.spread_to.max(now) + interval;
        let fits = spread_to.since(now) <= Duration::from_secs(1);
        if fits {
            self.spread_to = spread_to;
        }
        fits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seconds_worth_at_once_then_evenly() {
        let mut rate = Rate::new(2);
        let at = |ms: u64| Timestamp::from_millis(1_000_000 + ms);
        assert!(rate.admits(at(0)));
        assert!(rate.admits(at(0)));
        assert!(!rate.admits(at(0)));
        assert!(!rate.admits(at(499)));
        assert!(rate.admits(at(500)));
        assert!(!rate.admits(at(999)));
        assert!(rate.admits(at(1_000)));
        assert!(rate.admits(at(9_000)));
        assert!(rate.admits(at(9_000)));
        assert!(!rate.admits(at(9_000)));
    }
}
