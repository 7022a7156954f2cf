//! How the world treats the node.

use std::time::Duration;

use crate::network::Network;

/// How the world treats the node.
#[derive(Clone, Debug)]
pub struct Faults {
    /// The network.
    pub network: Network,
    /// How long the disk takes.
    pub disk: Duration,
    /// How long a recording is under way to its bucket: this by chance, or less.
    pub upload: Duration,
    /// Of what happens in the same microsecond a coin says what comes first; else the node's own timers do.
    pub coin: bool,
    /// Writes that fail, of 1,000.
    pub disk_failures: u64,
    /// Clips, recordings and speech that fail, of 1,000.
    pub object_failures: u64,
    /// One RTP port in so many cannot be opened; 0: none.
    pub broken_ports: u64,
}

impl Default for Faults {
    fn default() -> Self {
        Self {
            network: Network::GOOD,
            disk: Duration::from_millis(2),
            upload: Duration::from_millis(30),
            coin: false,
            disk_failures: 0,
            object_failures: 0,
            broken_ports: 0,
        }
    }
}
