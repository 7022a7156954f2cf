//! The part of a session description that the rest of the node needs: addresses, codecs, directions.
//!
//! Offer/answer (RFC 3264) is decided in this crate; SDP text never leaves it. A dialog holds one [`Negotiation`]: it makes
//! offers, answers offers and reads answers, and keeps the `o=` version and the order of media lines in between.

mod negotiation;
mod remote;

pub use negotiation::{Answer, Negotiation, Stream};
pub use remote::preview;

use std::net::SocketAddr;

use crate::sdp::SdpError;

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

/// Why a description does not lead to a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejected {
    /// It is no session description.
    #[error("malformed session description: {0}")]
    Malformed(#[from] SdpError),
    /// No audio line with a codec we speak.
    #[error("no common audio codec")]
    NoCodec,
    /// All usable audio lines ask for encrypted media, which is not offered here.
    #[error("encrypted media (RTP/SAVP) not supported")]
    Encrypted,
    /// The media address is missing or a host name.
    #[error("no media address")]
    NoAddress,
    /// The answer has another number of media lines than the offer, or comes without an offer.
    #[error("answer does not fit the offer")]
    Mismatch,
}

impl Rejected {
    /// The status to refuse an offer with: 400 for what is no SDP, 488 for what cannot be agreed on.
    pub fn status(&self) -> u16 {
        match self {
            Rejected::Malformed(_) => 400,
            _ => 488,
        }
    }
}

impl Codec {
    /// Encoding name in `a=rtpmap`.
    pub fn encoding(self) -> &'static str {
        match self {
            Codec::Pcmu => "PCMU",
            Codec::Pcma => "PCMA",
        }
    }

    /// The payload type RFC 3551 gives it.
    pub fn static_payload_type(self) -> u8 {
        match self {
            Codec::Pcmu => 0,
            Codec::Pcma => 8,
        }
    }
}
