use std::collections::VecDeque;
use std::ops::RangeInclusive;
use std::time::Duration;

use base::Timestamp;

/// The even RTP ports of one shard's slice of the range; RTCP uses the odd port above each.
///
/// A released port rests for the quarantine, so that late packets of one call cannot reach the next.
#[derive(Clone, Debug, PartialEq)]
pub struct PortPool {
    range: RangeInclusive<u16>,
    quarantine: Duration,
    /// Free and resting ports, longest free first.
    free: VecDeque<(Timestamp, u16)>,
    /// Bit per pair: taken.
    taken: Vec<bool>,
}

impl PortPool {
    /// All whole pairs inside `range`.
    pub fn new(range: RangeInclusive<u16>, quarantine: Duration) -> Self {
        let (first, last) = even_range(&range);
        let free: VecDeque<_> =
            (first..last).step_by(2).map(|port| (Timestamp::default(), port as u16)).collect();
        let taken = vec![false; free.len()];
        Self { range: first as u16..=last.saturating_sub(1) as u16, quarantine, free, taken }
    }

    /// One pool per shard, equally large, from one range.
    pub fn split(range: RangeInclusive<u16>, shards: usize, quarantine: Duration) -> Vec<Self> {
        slices(range, shards).into_iter().map(|slice| Self::new(slice, quarantine)).collect()
    }

    /// Begins at another place of the range, which any `seed` may name. After a restart the parties of lost calls go on
    /// talking to their ports; quarantine knows nothing of them, so new calls had better get others.
    #[must_use]
    pub fn begun_at(mut self, seed: u64) -> Self {
        if let Some(turn) = seed.checked_rem(self.free.len() as u64) {
            self.free.rotate_left(turn as usize);
        }
        self
    }

    /// An even port that has rested long enough; `None`: all are taken or resting.
    pub fn allocate(&mut self, now: Timestamp) -> Option<u16> {
        let (since, port) = *self.free.front()?;
        if since > now {
            return None;
        }
        self.free.pop_front();
        self.taken[usize::from(port - self.range.start()) / 2] = true;
        Some(port)
    }

    /// Gives a port back; one that is not taken is ignored.
    pub fn release(&mut self, now: Timestamp, port: u16) {
        if !self.range.contains(&port) {
            return;
        }
        let at = usize::from(port - self.range.start()) / 2;
        if let Some(taken @ true) = self.taken.get_mut(at) {
            *taken = false;
            self.free.push_back((now + self.quarantine, port & !1));
        }
    }

    /// Ports in use.
    pub fn in_use(&self) -> usize {
        self.taken.len() - self.free.len()
    }
}

/// Cuts a port range into one slice of whole pairs per shard.
pub fn slices(range: RangeInclusive<u16>, shards: usize) -> Vec<RangeInclusive<u16>> {
    let (first, end) = even_range(&range);
    let shards = shards.max(1) as u32;
    let pairs = (end - first) / 2 / shards;
    (0..shards)
        .map(|shard| {
            let start = first + shard * pairs * 2;
            let end = start + pairs * 2;
            // An empty slice has its end before its start.
            if pairs == 0 { RangeInclusive::new(1, 0) } else { start as u16..=(end - 1) as u16 }
        })
        .collect()
}

/// First even port and the end (exclusive) of the whole pairs in `range`.
fn even_range(range: &RangeInclusive<u16>) -> (u32, u32) {
    if range.is_empty() {
        return (0, 0);
    }
    let first = u32::from(*range.start()).next_multiple_of(2);
    let end = (u32::from(*range.end()) + 1) & !1;
    (first.min(end), end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_beginning_gives_the_same_ports_in_another_order() {
        let mut pool = PortPool::new(40_000..=40_009, Duration::from_secs(1)).begun_at(13);
        let ports: Vec<_> = std::iter::from_fn(|| pool.allocate(Timestamp::default())).collect();
        assert_eq!(ports, [40_006, 40_008, 40_000, 40_002, 40_004]);
        let mut none = PortPool::new(RangeInclusive::new(1, 0), Duration::from_secs(1)).begun_at(7);
        assert_eq!(none.allocate(Timestamp::default()), None);
    }

    #[test]
    fn ports_are_even_rest_after_use_and_come_back_in_turn() {
        let mut pool = PortPool::new(10_001..=10_006, Duration::from_secs(30));
        let t = Timestamp::from_millis(1_000);
        assert_eq!(pool.allocate(t), Some(10_002));
        assert_eq!(pool.allocate(t), Some(10_004));
        assert_eq!(pool.allocate(t), None);
        assert_eq!(pool.in_use(), 2);
        pool.release(t, 10_004);
        pool.release(t, 10_004);
        pool.release(t, 9);
        assert_eq!(pool.allocate(t + Duration::from_secs(29)), None);
        assert_eq!(pool.allocate(t + Duration::from_secs(30)), Some(10_004));
        assert_eq!(pool.allocate(t + Duration::from_secs(90)), None);
    }

    #[test]
    fn slices_do_not_overlap() {
        assert_eq!(slices(40_000..=40_011, 2), [40_000..=40_005, 40_006..=40_011]);
        assert_eq!(slices(40_001..=40_012, 2), [40_002..=40_005, 40_006..=40_009]);
        assert_eq!(PortPool::split(65_530..=65_535, 3, Duration::ZERO).len(), 3);
        let mut last = PortPool::new(65_534..=65_535, Duration::ZERO);
        assert_eq!(last.allocate(Timestamp::default()), Some(65_534));
        let none = slices(40_000..=40_001, 2);
        assert!(none.iter().all(RangeInclusive::is_empty));
    }

    #[test]
    fn an_empty_slice_has_no_port() {
        let mut pool = PortPool::new(slices(40_000..=40_001, 2).remove(0), Duration::ZERO);
        assert_eq!(pool.allocate(Timestamp::default()), None);
        pool.release(Timestamp::default(), 0);
    }
}
