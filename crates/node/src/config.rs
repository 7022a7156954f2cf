use std::net::IpAddr;
use std::ops::RangeInclusive;
use std::time::Duration;

/// What a [`Node`](crate::Node) is told once, at its start.
#[derive(Clone, Debug)]
pub struct NodeConfig {
    /// Account, region, carriers, connector domains, quotas.
    pub directory: directory::Config,
    /// Listening addresses, timers, the secret of digest nonces. `secret` and `seed` are the shell's to draw.
    pub sip: sip::stack::Config,
    /// The media machines; at least one.
    pub shards: Vec<ShardConfig>,
    /// How long a port rests after a call, so that late packets of one call cannot reach the next.
    pub port_quarantine: Duration,
    /// Live calls, relayed ones included; the next one gets 503 with Retry-After.
    pub calls: usize,
    /// What every call lives under; `strict` of it is the node's.
    pub call: call::Limits,
    /// What meetings live under.
    pub meetings: meet::Config,
    /// How long a relayed call may ring.
    pub relay_ring: Duration,
    /// Seeds the ids of calls. Two nodes, and two runs of one node, must not share it.
    pub seed: u64,
}

/// One media machine.
#[derive(Clone, Debug)]
pub struct ShardConfig {
    /// Its slice of the RTP ports.
    pub ports: RangeInclusive<u16>,
    /// What peers are told to send RTP to.
    pub address: IpAddr,
    /// Where RTP between two calls of this node goes: a loopback address its sockets are bound to.
    pub internal: IpAddr,
}
