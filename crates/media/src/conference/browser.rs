//! The seam between a conference and the sessions of its browsers: decrypted audio in, encoded audio out.

use base::Timestamp;

use crate::{MemberId, Output};

/// What a browser and we speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BrowserCodec {
    /// 48 kHz, mono.
    Opus,
    /// G.711 µ-law, 8 kHz.
    Pcmu,
    /// G.711 A-law, 8 kHz.
    Pcma,
}

/// An audio packet of a browser, decrypted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Incoming<'a> {
    pub(crate) codec: BrowserCodec,
    /// Its sequence number with the wraps counted.
    pub(crate) sequence: u64,
    /// In the codec's clock: 48 kHz for Opus, 8 kHz for G.711.
    pub(crate) rtp_time: u32,
    /// −dBov (RFC 6464), where the browser says so.
    pub(crate) level: Option<u8>,
    pub(crate) payload: &'a [u8],
}

/// 20 ms for a browser: its mix.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outgoing<'a> {
    pub(crate) codec: BrowserCodec,
    pub(crate) payload: &'a [u8],
    /// In the codec's clock; goes on by 20 ms a frame, by more where frames were left out.
    pub(crate) rtp_time: u32,
    /// The first frame after others were left out, or of another codec.
    pub(crate) marker: bool,
    /// −dBov (RFC 6464).
    pub(crate) level: u8,
    /// Somebody is audible.
    pub(crate) voice: bool,
}

/// Where a conference's audio for browsers goes.
pub(crate) trait Browsers {
    /// Sends a frame to one of them, now.
    fn send(&mut self, now: Timestamp, member: MemberId, audio: &Outgoing<'_>, out: &mut dyn Output);
}

/// A shard that serves none.
pub(crate) struct NoBrowsers;

impl Browsers for NoBrowsers {
    fn send(&mut self, _: Timestamp, _: MemberId, _: &Outgoing<'_>, _: &mut dyn Output) {}
}
