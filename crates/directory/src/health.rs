//! When the equipment behind each connector was last heard of.

use std::collections::BTreeMap;
use std::net::IpAddr;

use base::Timestamp;

/// Last SIP OPTIONS per connector. Kept in memory only: after a restart it is what the next OPTIONS says.
#[derive(Clone, Debug, Default)]
pub(crate) struct Health(BTreeMap<String, (Timestamp, IpAddr)>);

impl Health {
    pub(crate) fn of(&self, connector: &str) -> Option<(Timestamp, IpAddr)> {
        self.0.get(connector).copied()
    }

    pub(crate) fn seen(&mut self, connector: String, at: Timestamp, source: IpAddr) {
        self.0.insert(connector, (at, source));
    }

    pub(crate) fn forget(&mut self, connector: &str) {
        self.0.remove(connector);
    }
}
