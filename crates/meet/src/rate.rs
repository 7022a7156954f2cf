use base::Timestamp;

/// How much is allowed: so many a second in the long run, so many at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rate {
    pub(crate) per_second: u32,
    pub(crate) burst: u32,
}

/// How much of a rate is left: a bucket that fills with time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bucket {
    /// In millionths, so that no time is lost to rounding.
    left: u64,
    at: Timestamp,
}

const ONE: u64 = 1_000_000;

impl Bucket {
    /// A full one.
    pub(crate) fn new(now: Timestamp, rate: Rate) -> Self {
        Self { left: u64::from(rate.burst) * ONE, at: now }
    }

    /// Takes one out, if there is one.
    pub(crate) fn take(&mut self, now: Timestamp, rate: Rate) -> bool {
        let passed = now.since(self.at).as_micros() as u64;
        self.at = self.at.max(now);
        let more = passed.saturating_mul(u64::from(rate.per_second));
        self.left = self.left.saturating_add(more).min(u64::from(rate.burst) * ONE);
        let enough = self.left >= ONE;
        if enough {
            self.left -= ONE;
        }
        enough
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_burst_then_the_rate() {
        let rate = Rate { per_second: 10, burst: 3 };
        let mut now = Timestamp::from_millis(1_000);
        let mut bucket = Bucket::new(now, rate);
        assert_eq!([0; 4].map(|_| bucket.take(now, rate)), [true, true, true, false]);
        now += Duration::from_millis(99);
        assert!(!bucket.take(now, rate));
        now += Duration::from_millis(1);
        assert!(bucket.take(now, rate));
        assert!(!bucket.take(now, rate));
        now += Duration::from_secs(3_600);
        assert_eq!([0; 4].map(|_| bucket.take(now, rate)), [true, true, true, false]);
    }
}
