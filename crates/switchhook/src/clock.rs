//! Wall time that never goes back.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

use base::Timestamp;

/// The node's clock: wall time at start, monotonic from there.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    started: Instant,
    epoch_micros: u64,
}

impl Clock {
    /// Starts the clock.
    pub fn start() -> Self {
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self { started: Instant::now(), epoch_micros: since_epoch.as_micros() as u64 }
    }

    /// The present.
    pub fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.epoch_micros + self.started.elapsed().as_micros() as u64)
    }
}
