//! The network between the node and its peers: slow, forgetful, and not always in order.

use std::time::Duration;

use base::Rng;

/// How a network treats a datagram.
#[derive(Clone, Copy, Debug)]
pub struct Network {
    /// Shortest way.
    pub latency: Duration,
    /// Up to this much longer, by chance: what makes datagrams overtake each other.
    pub jitter: Duration,
    /// Lost, of 1,000.
    pub loss: u64,
    /// Delivered twice, of 1,000.
    pub duplication: u64,
}

impl Network {
    /// 5 ms, nothing lost, in order.
    pub const GOOD: Network =
        Network { latency: Duration::from_millis(5), jitter: Duration::ZERO, loss: 0, duplication: 0 };

    /// What no carrier would sell.
    pub const BAD: Network = Network {
        latency: Duration::from_millis(10),
        jitter: Duration::from_millis(80),
        loss: 80,
        duplication: 60,
    };

    /// When a datagram arrives: not at all, once or twice.
    pub fn deliveries(&self, rng: &mut Rng) -> impl Iterator<Item = Duration> + use<> {
        let lost = rng.below(1_000) < self.loss;
        let twice = !lost && rng.below(1_000) < self.duplication;
        let jitter = self.jitter.as_micros() as u64;
        let mut way = || self.latency + Duration::from_micros(rng.below(jitter + 1));
        let first = (!lost).then(&mut way);
        let second = twice.then(&mut way);
        first.into_iter().chain(second)
    }
}
