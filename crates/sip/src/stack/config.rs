use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use super::Transport;
use crate::digest::Algorithm;

/// What a [`Stack`](super::Stack) is told once, at its start.
#[derive(Clone, Debug)]
pub struct Config {
    /// Datagrams.
    pub udp: Option<Endpoint>,
    /// Streams.
    pub tcp: Option<Endpoint>,
    /// Encrypted streams.
    pub tls: Option<Endpoint>,
    /// Host part of From where a target names none.
    pub domain: String,
    /// User-Agent and Server.
    pub user_agent: String,
    /// Round-trip estimate, RFC 3261 T1.
    pub t1: Duration,
    /// Longest interval between retransmissions, RFC 3261 T2.
    pub t2: Duration,
    /// How long a message may stay in the network, RFC 3261 T4.
    pub t4: Duration,
    /// How long to wait for a first response while there is another place to try. Timer B rules for the last one.
    pub failover_after: Duration,
    /// Session interval asked for (RFC 4028).
    pub session_expires: Duration,
    /// Shortest session interval agreed to (RFC 4028 Min-SE; never below 90 s).
    pub min_se: Duration,
    /// Key of digest nonces, tags and branches, from the shell's cryptographic generator.
    pub secret: [u8; 32],
    /// Algorithms that digest credentials are asked for in, the first one first in the response.
    pub digest: Vec<Algorithm>,
    /// Seed of jitter, Call-IDs, tags and branches.
    pub seed: u64,
    /// What may be held at once.
    pub limits: Limits,
    /// Whether [`Output::Traced`](super::Output::Traced) is wanted.
    pub trace: bool,
}

/// One listening address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// Where the socket is bound; names it in [`Flow::local`](super::Flow).
    pub local: SocketAddr,
    /// What peers are told in Via and Contact.
    pub advertised: SocketAddr,
}

/// What may be held at once; over it, new work is refused with 503 and Retry-After.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Dialogs, early ones included.
    pub dialogs: usize,
    /// Client and server transactions together.
    pub transactions: usize,
    /// Stream connections; over it an accepted one is closed at once.
    pub connections: usize,
    /// Bytes that wait for a connection to open.
    pub queued_bytes: usize,
    /// Forks of one INVITE that are followed.
    pub forks: usize,
    /// Requests of a stranger that are answered per second; two seconds' worth may come at once. The others are dropped.
    pub strangers: u32,
    /// Size of messages.
    pub message: crate::message::Limits,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            dialogs: 20_000,
            transactions: 400_000,
            connections: 10_000,
            queued_bytes: 256 * 1024,
            forks: 8,
            strangers: 50,
            message: crate::message::Limits::default(),
        }
    }
}

impl Config {
    /// A stack on one UDP address with the timers of RFC 3261.
    pub fn udp(local: SocketAddr, secret: [u8; 32], seed: u64) -> Self {
        Self {
            udp: Some(Endpoint { local, advertised: local }),
            tcp: None,
            tls: None,
            domain: local.ip().to_string(),
            user_agent: concat!("Switchhook/", env!("CARGO_PKG_VERSION")).to_owned(),
            t1: Duration::from_millis(500),
            t2: Duration::from_secs(4),
            t4: Duration::from_secs(5),
            failover_after: Duration::from_secs(4),
            session_expires: Duration::from_secs(1_800),
            min_se: Duration::from_secs(90),
            secret,
            // Equipment that knows MD5 only looks at the first challenge only, if SIPp is an example.
            digest: vec![Algorithm::Md5, Algorithm::Sha256],
            seed,
            limits: Limits::default(),
            trace: false,
        }
    }

    /// The endpoint of a transport; that of calls within the node borrows the first there is.
    pub(super) fn endpoint(&self, transport: Transport) -> Option<Endpoint> {
        let nowhere = SocketAddr::from((Ipv4Addr::LOCALHOST, 5060));
        match transport {
            Transport::Udp => self.udp,
            Transport::Tcp => self.tcp,
            Transport::Tls => self.tls,
            Transport::Internal => Some(
                self.udp
                    .or(self.tcp)
                    .or(self.tls)
                    .unwrap_or(Endpoint { local: nowhere, advertised: nowhere }),
            ),
        }
    }
}
