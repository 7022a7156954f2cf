//! Media without IO: RTP streams, G.711, players, relay, digits, recorders; conferences, Opus, WebRTC.
//!
//! A [`Shard`] is one media machine. It is driven by commands of the node, by datagrams and by its clock; what it wants
//! of the world (datagrams, events, recorded audio) goes into an [`Output`]. It knows no socket, no SIP and no call:
//! the shell binds the ports, the node says who is connected to whom.
//!
//! Pure: time is an argument, randomness comes from the seed of each stream. Start with [`Command`] and [`Event`],
//! then follow one packet through [`Shard::handle_packet`].

pub mod check;
mod clip;
mod conference;
pub mod dtmf;
mod g711;
mod interface;
mod opus;
mod outgoing;
mod output;
mod player;
mod ports;
mod reception;
mod recorder;
mod resample;
mod rtcp;
pub mod rtp;
mod shard;
mod stream;
mod tap;
pub mod tone;
pub mod wav;
mod webrtc;

pub use clip::Clip;
pub use conference::Crossing;
pub use g711::{PCMA_SILENCE, PCMU_SILENCE};
pub use interface::*;
pub use output::{Output, Outputs};
pub use ports::{PortPool, slices};
pub use shard::{Config, Shard, Why};
pub use webrtc::{BrowserConfig, Refusals};

/// Samples per second everywhere in this crate.
pub const SAMPLE_RATE: u32 = 8_000;
/// Samples per frame of 20 ms.
pub const FRAME: usize = 160;
