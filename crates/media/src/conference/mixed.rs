//! What the listeners of a tick hear, each form of it made at most once.

use super::member::Hearing;
use super::voice::{Part, Voice, fade_in, fade_out, level, mean_square};
use super::{NARROW, NarrowSum, WIDE, WideSum};
use crate::Codec;
use crate::opus::{Band, Encoder, MAX_PACKET};
use crate::rtp::HEADER;

/// 20 ms of G.711 behind room for a header, and its level.
pub(super) type Narrow = ([u8; HEADER + NARROW], u8);

/// 20 ms of Opus.
#[derive(Clone, Copy)]
pub(super) struct Wide {
    bytes: [u8; MAX_PACKET],
    length: usize,
    pub(super) level: u8,
}

impl Wide {
    pub(super) fn payload(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}

/// The sum of all voices on both buses.
pub(super) struct Mixed<'a> {
    pub(super) narrow: &'a NarrowSum,
    pub(super) wide: &'a WideSum,
    /// For everybody who says nothing.
    encoder: &'a mut Option<Encoder>,
    band: Band,
    pcmu: Option<Narrow>,
    pcma: Option<Narrow>,
    opus: Option<Wide>,
}

impl<'a> Mixed<'a> {
    pub(super) fn new(
        narrow: &'a NarrowSum,
        wide: &'a WideSum,
        encoder: &'a mut Option<Encoder>,
        band: Band,
    ) -> Self {
        Self { narrow, wide, encoder, band, pcmu: None, pcma: None, opus: None }
    }

    pub(super) fn band(&self) -> Band {
        self.band
    }

    /// In a law of G.711.
    pub(super) fn narrow(&mut self, law: Codec, hearing: Hearing, voice: &Voice) -> Narrow {
        if hearing == Hearing::Silence {
            return ([law.silence(); HEADER + NARROW], 127);
        }
        let encode = |samples: &[i16; NARROW]| {
            let mut packet = [0; HEADER + NARROW];
            law.encode_into(samples, &mut packet[HEADER..]);
            (packet, level(mean_square(samples)))
        };
        if hearing != Hearing::Everybody {
            let own = if voice.part == Part::Narrow { &voice.frame[..NARROW] } else { &[] };
            return encode(&rest(self.narrow, own, hearing));
        }
        let kept = match law {
            Codec::Pcmu => &mut self.pcmu,
            Codec::Pcma => &mut self.pcma,
        };
        *kept.get_or_insert_with(|| encode(&rest(self.narrow, &[], hearing)))
    }

    /// In Opus, as everybody hears it who says nothing.
    pub(super) fn shared(&mut self) -> &Wide {
        let (encoder, band, wide) = (&mut *self.encoder, self.band, self.wide);
        self.opus.get_or_insert_with(|| {
            let encoder = encoder.get_or_insert_with(|| Encoder::new(band));
            encoder.set_band(band);
            encode(encoder, &rest(wide, &[], Hearing::Everybody))
        })
    }

    /// In Opus for one listener, by an encoder of its own.
    pub(super) fn own(&self, encoder: &mut Encoder, hearing: Hearing, voice: &Voice) -> Wide {
        encoder.set_band(self.band);
        if hearing == Hearing::Silence {
            return encode(encoder, &[0; WIDE]);
        }
        let own = if voice.part == Part::Wide { &voice.frame[..] } else { &[] };
        encode(encoder, &rest(self.wide, own, hearing))
    }

    /// Whether anybody heard the shared encoder; one that nobody hears has lost the thread.
    pub(super) fn is_shared(&self) -> bool {
        self.opus.is_some()
    }
}

fn encode(encoder: &mut Encoder, samples: &[i16; WIDE]) -> Wide {
    let mut wide = Wide { bytes: [0; MAX_PACKET], length: 0, level: level(mean_square(samples)) };
    wide.length = encoder.encode(samples, &mut wide.bytes);
    wide
}

/// The sum without the listener's own frame, as loud as samples can be.
fn rest<const N: usize>(all: &[i32; N], own: &[i16], hearing: Hearing) -> [i16; N] {
    let mut samples = [0; N];
    let clamp = |sample: i32| sample.clamp(i16::MIN.into(), i16::MAX.into()) as i16;
    if own.is_empty() {
        for (out, all) in samples.iter_mut().zip(all) {
            *out = clamp(*all);
        }
    } else {
        for ((out, all), own) in samples.iter_mut().zip(all).zip(own) {
            *out = clamp(*all - i32::from(*own));
        }
    }
    match hearing {
        Hearing::Returning => fade_in(&mut samples),
        Hearing::Leaving => fade_out(&mut samples),
        Hearing::Silence | Hearing::Everybody | Hearing::Others => {}
    }
    samples
}
