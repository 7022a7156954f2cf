//! The part of a session description that the rest of the node needs: addresses, codecs, directions.
//!
//! Offer/answer (RFC 3264) is decided in this crate; SDP text never leaves it.

use std::net::SocketAddr;

/// An audio codec we negotiate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Codec {
    /// G.711 µ-law, payload type 0.
    Pcmu,
    /// G.711 A-law, payload type 8.
    Pcma,
}

/// Our side: where we listen and what we speak, in order of preference.
#[derive(Clone, Debug, PartialEq)]
pub struct LocalMedia {
    /// Where the peer sends RTP to (advertised address). RTCP is at port + 1 unless multiplexed.
    pub address: SocketAddr,
    /// Codecs, most wanted first. An answer takes the peer's order within what we speak.
    pub codecs: Vec<Codec>,
    /// Whether telephone-event is offered.
    pub dtmf: bool,
}

/// The far end's side, after negotiation.
#[derive(Clone, Debug, PartialEq)]
pub struct RemoteMedia {
    /// Where to send RTP. Unspecified address (0.0.0.0) or port 0: nowhere (old-style hold).
    pub address: SocketAddr,
    /// Where to send RTCP, where it differs from port + 1.
    pub rtcp: Option<SocketAddr>,
    /// The codec both sides use.
    pub codec: Codec,
    /// Its payload type in both directions.
    pub payload_type: u8,
    /// Payload type of telephone-event at 8 kHz; `None`: digits come in band.
    pub dtmf: Option<u8>,
    /// Packet time in milliseconds the peer wishes to receive.
    pub ptime: u32,
    /// We may send (the peer is not on hold).
    pub send: bool,
    /// The peer sends.
    pub receive: bool,
}
