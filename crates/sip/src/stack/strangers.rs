//! How much is said to those who are nobody's: at most so many answers a second per source, each one datagram.
//!
//! Who sends with a forged address makes us answer to its owner; who sends a lot makes us busy. So a stranger's request
//! makes no state, and beyond its rate it gets nothing at all.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::time::Duration;

use base::Timestamp;

/// Sources that have a rate of their own; all others share one.
const SOURCES: usize = 16_384;
/// How many seconds' worth may come at once.
const BURST: u32 = 2;
/// How often a full table is searched for sources that have been quiet.
const SWEEP: Duration = Duration::from_secs(1);

/// What strangers got, since the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StrangerCounts {
    /// Requests that were answered, with a refusal or, an OPTIONS, with 200.
    pub answered: u64,
    /// Requests that were dropped: too many came from there.
    pub dropped: u64,
}

/// What a stranger's request gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hearing {
    /// An answer; the first one in a while.
    First,
    /// An answer.
    Again,
    /// Nothing.
    Nothing,
}

#[derive(Debug)]
pub(super) struct Strangers {
    /// Time between two answers to one source, on average.
    interval: Duration,
    /// Until when the answers given to a source are spread out (GCRA).
    sources: HashMap<IpAddr, Timestamp>,
    /// The same for all that found no place in the table.
    others: Timestamp,
    swept: Timestamp,
    counts: StrangerCounts,
}

impl Strangers {
    /// `per_second` of 0 counts as 1.
    pub(super) fn new(per_second: u32) -> Self {
        Self {
            interval: Duration::from_secs(1) / per_second.max(1),
            sources: HashMap::new(),
            others: Timestamp::default(),
            swept: Timestamp::default(),
            counts: StrangerCounts::default(),
        }
    }

    pub(super) fn counts(&self) -> StrangerCounts {
        self.counts
    }

    /// Whether one more request of a source is answered; it counts when it is.
    pub(super) fn hear(&mut self, now: Timestamp, source: IpAddr) -> Hearing {
        let source = of_one_owner(source);
        if self.sources.len() >= SOURCES && now >= self.swept + SWEEP {
            self.swept = now;
            self.sources.retain(|_, spread_to| *spread_to > now);
        }
        let room = self.sources.len() < SOURCES;
        let spread_to = match self.sources.get_mut(&source) {
            Some(spread_to) => spread_to,
            None if room => self.sources.entry(source).or_default(),
            None => &mut self.others,
        };
        let quiet = *spread_to <= now;
        let next = (*spread_to).max(now) + self.interval;
        if next.since(now) > Duration::from_secs(BURST.into()) {
            self.counts.dropped += 1;
            return Hearing::Nothing;
        }
        *spread_to = next;
        self.counts.answered += 1;
        if quiet { Hearing::First } else { Hearing::Again }
    }
}

/// Who has an IPv6 address has the 2^64 beside it too.
fn of_one_owner(source: IpAddr) -> IpAddr {
    match source.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from(u128::from(address) >> 64 << 64).into(),
        source @ IpAddr::V4(_) => source,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(index: u32) -> IpAddr {
        IpAddr::from(index.to_be_bytes())
    }

    fn heard(strangers: &mut Strangers, now: Timestamp, source: IpAddr, times: usize) -> usize {
        (0..times).filter(|_| strangers.hear(now, source) != Hearing::Nothing).count()
    }

    #[test]
    fn a_burst_then_an_even_rate_and_nobody_pays_for_another() {
        let mut strangers = Strangers::new(50);
        let start = Timestamp::from_millis(1_000_000);
        assert_eq!(strangers.hear(start, source(1)), Hearing::First);
        assert_eq!(heard(&mut strangers, start, source(1), 1_000), 99);
        assert_eq!(heard(&mut strangers, start + Duration::from_secs(1), source(1), 1_000), 50);
        assert_eq!(heard(&mut strangers, start, source(2), 1), 1);
        assert_eq!(strangers.counts(), StrangerCounts { answered: 151, dropped: 1_851 });
    }

    #[test]
    fn a_million_forged_sources_take_little_room_and_get_little() {
        let mut strangers = Strangers::new(50);
        let start = Timestamp::from_millis(1_000_000);
        let answers: usize = (0..1_000_000).map(|at| heard(&mut strangers, start, source(at), 1)).sum();
        assert_eq!(answers, SOURCES + 100);
        assert!(strangers.sources.len() <= SOURCES);
        let later = start + Duration::from_secs(5);
        assert_eq!(heard(&mut strangers, later, source(7_000_000), 1), 1);
        assert_eq!(strangers.sources.len(), 1, "those who are quiet are forgotten");
    }

    #[test]
    fn the_addresses_of_one_ipv6_network_count_as_one() {
        let mut strangers = Strangers::new(1);
        let now = Timestamp::from_millis(1_000_000);
        let at = |text: &str| text.parse().unwrap();
        assert_eq!(strangers.hear(now, at("2001:db8::1")), Hearing::First);
        assert_eq!(strangers.hear(now, at("2001:db8::ffff:2")), Hearing::Again);
        assert_eq!(strangers.hear(now, at("2001:db8::3")), Hearing::Nothing);
        assert_eq!(strangers.hear(now, at("2001:db8:0:1::3")), Hearing::First);
    }
}
