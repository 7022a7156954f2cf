//! Opus (RFC 6716) by libopus, at 16 kHz mono: the only file that knows it.
//!
//! The encoder's complexity is 1. On speech, at the bit rates below, it costs a quarter to a third of complexity 5 (24
//! and 41 µs per 20 ms at 8 and 16 kHz against 80 and 150) and its spectral distance from the original in the telephone
//! band is no greater.

use std::fmt;

use opus::{Application, Bandwidth, Bitrate, Channels};

use crate::conference::WIDE;

const RATE: u32 = WIDE as u32 * 50;
/// Bits per second for audio that phones brought, which has nothing above 4 kHz.
const NARROW_RATE: i32 = 24_000;
/// Bits per second where browsers speak: up to 8 kHz.
const WIDE_RATE: i32 = 32_000;
const COMPLEXITY: i32 = 1;
/// Loss in per cent that in-band redundancy is made for.
const EXPECTED_LOSS: i32 = 5;
/// Bytes of an encoded frame at most; about 80 are usual.
pub(crate) const MAX_PACKET: usize = 400;
/// Samples of the longest packet there is (120 ms).
pub(crate) const MAX_SAMPLES: usize = 6 * WIDE;

/// How much of the spectrum is worth its bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Band {
    /// Up to 4 kHz.
    Narrow,
    /// Up to 8 kHz.
    Wide,
}

pub(crate) struct Encoder {
    encoder: opus::Encoder,
    band: Band,
}

impl Encoder {
    pub(crate) fn new(band: Band) -> Self {
        // These fail for values that libopus does not know, and these it knows.
        let made = opus::Encoder::new(RATE, Channels::Mono, Application::Voip).and_then(|mut encoder| {
            encoder.set_complexity(COMPLEXITY)?;
            encoder.set_inband_fec(true)?;
            encoder.set_packet_loss_perc(EXPECTED_LOSS)?;
            let mut made = Self { encoder, band };
            made.tune(band)?;
            Ok(made)
        });
        made.expect("libopus knows its own settings and has memory")
    }

    /// Changes the band; libopus goes over to it without a break.
    pub(crate) fn set_band(&mut self, band: Band) {
        if self.band != band && self.tune(band).is_ok() {
            self.band = band;
        }
    }

    fn tune(&mut self, band: Band) -> opus::Result<()> {
        let (widest, rate) = match band {
            Band::Narrow => (Bandwidth::Narrowband, NARROW_RATE),
            Band::Wide => (Bandwidth::Wideband, WIDE_RATE),
        };
        self.encoder.set_max_bandwidth(widest)?;
        self.encoder.set_bitrate(Bitrate::Bits(rate))
    }

    /// Encodes 20 ms and says how many bytes that made; 0 (which cannot happen with these settings) is nothing to send.
    pub(crate) fn encode(&mut self, frame: &[i16; WIDE], out: &mut [u8; MAX_PACKET]) -> usize {
        self.encoder.encode(frame, out).unwrap_or(0)
    }
}

pub(crate) struct Decoder(opus::Decoder);

impl Decoder {
    pub(crate) fn new() -> Self {
        Self(opus::Decoder::new(RATE, Channels::Mono).expect("libopus knows its own settings and has memory"))
    }

    /// Decodes a packet to the start of `out` and says how many samples that made; `None`: it is malformed.
    pub(crate) fn decode(&mut self, packet: &[u8], out: &mut [i16; MAX_SAMPLES]) -> Option<usize> {
        // libopus takes nothing for a lost packet.
        if packet.is_empty() {
            return None;
        }
        self.0.decode(packet, out, false).ok()
    }

    /// Makes up for what is missing before `next`, from the redundancy in it if it has some.
    pub(crate) fn recover(&mut self, next: &[u8], missing: &mut [i16]) {
        if next.is_empty() || self.0.decode(next, missing, true).is_err() {
            self.conceal(missing);
        }
    }

    /// Goes on for a while as if nothing were missing. The length is a multiple of 2.5 ms.
    pub(crate) fn conceal(&mut self, missing: &mut [i16]) {
        if self.0.decode(&[], missing, false).is_err() {
            missing.fill(0);
        }
    }
}

/// Samples of a packet at our rate, as its first byte says; `None`: it is malformed.
pub(crate) fn samples(packet: &[u8]) -> Option<usize> {
    if packet.is_empty() {
        return None;
    }
    opus::packet::get_nb_samples(packet, RATE).ok().filter(|n| (1..=MAX_SAMPLES).contains(n))
}

impl fmt::Debug for Encoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Encoder").field("band", &self.band).finish_non_exhaustive()
    }
}

impl fmt::Debug for Decoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Decoder")
    }
}
