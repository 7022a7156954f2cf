use std::time::Duration;

use base::Timestamp;

/// A retransmission schedule: intervals that double up to a cap, until it is time to give up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Backoff {
    interval: Duration,
    cap: Duration,
    give_up: Timestamp,
    next: Timestamp,
}

/// What a fired [`Backoff`] asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Due {
    /// Send again, and wake it at this time.
    Again(Timestamp),
    /// Nobody answered.
    GiveUp,
}

impl Backoff {
    /// First retransmission after `interval`, then doubling up to `cap`, for `patience` in all.
    pub(super) fn new(now: Timestamp, interval: Duration, cap: Duration, patience: Duration) -> Self {
        let give_up = now + patience;
        Self { interval, cap, give_up, next: (now + interval).min(give_up) }
    }

    /// No retransmission: the transport is reliable.
    pub(super) fn silent(now: Timestamp, patience: Duration) -> Self {
        Self { interval: patience, cap: patience, give_up: now + patience, next: now + patience }
    }

    /// When it fires next.
    pub(super) fn next(&self) -> Timestamp {
        self.next
    }

    /// From here on the interval is the cap (timer E after a provisional response, RFC 3261 §17.1.2.2).
    pub(super) fn slow_down(&mut self) {
        self.interval = self.cap;
    }

    pub(super) fn fire(&mut self, now: Timestamp) -> Due {
        if now >= self.give_up {
            return Due::GiveUp;
        }
        self.interval = (self.interval * 2).min(self.cap);
        self.next = (now + self.interval).min(self.give_up);
        Due::Again(self.next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timer_a_doubles_and_timer_g_is_capped() {
        let t1 = Duration::from_millis(500);
        let times = |cap: Duration| {
            let start = Timestamp::from_millis(0);
            let mut backoff = Backoff::new(start, t1, cap, 64 * t1);
            let mut at = backoff.next();
            let mut seen = vec![at.as_millis()];
            while let Due::Again(next) = backoff.fire(at) {
                at = next;
                seen.push(at.as_millis());
            }
            seen
        };
        assert_eq!(times(Duration::MAX / 4), [500, 1_500, 3_500, 7_500, 15_500, 31_500, 32_000]);
        assert_eq!(
            times(8 * t1),
            [500, 1_500, 3_500, 7_500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500, 32_000]
        );
    }
}
