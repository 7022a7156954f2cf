use std::fmt;
use std::sync::OnceLock;
use std::time::Duration;

use crate::wav::{self, WavError};
use crate::{Codec, SAMPLE_RATE};

/// Audio decoded once: 8 kHz mono samples and, made at first use, both G.711 encodings.
///
/// Shared by all its players (`Arc<Clip>`): a thousand callers hearing one prompt cost one decoding and one encoding.
pub struct Clip {
    samples: Box<[i16]>,
    pcmu: OnceLock<Box<[u8]>>,
    pcma: OnceLock<Box<[u8]>>,
}

impl Clip {
    /// From 8 kHz mono samples.
    pub fn from_samples(samples: Vec<i16>) -> Self {
        Self { samples: samples.into_boxed_slice(), pcmu: OnceLock::new(), pcma: OnceLock::new() }
    }

    /// From the bytes of a WAV file, see [`wav::decode`].
    ///
    /// # Errors
    /// What makes the file unusable.
    pub fn from_wav(file: &[u8]) -> Result<Self, WavError> {
        wav::decode(file).map(Self::from_samples)
    }

    /// The samples: 8 kHz mono.
    pub fn samples(&self) -> &[i16] {
        &self.samples
    }

    /// How long it plays once.
    pub fn duration(&self) -> Duration {
        Duration::from_micros(self.samples.len() as u64 * 1_000_000 / u64::from(SAMPLE_RATE))
    }

    /// The samples encoded, one byte each; the first call for a codec encodes.
    pub fn encoded(&self, codec: Codec) -> &[u8] {
        let cell = match codec {
            Codec::Pcmu => &self.pcmu,
            Codec::Pcma => &self.pcma,
        };
        cell.get_or_init(|| self.samples.iter().map(|s| codec.encode(*s)).collect())
    }

    /// A WAV file of it: 8 kHz, 16 bit, mono.
    pub fn to_wav(&self) -> Vec<u8> {
        wav::encode(&self.samples)
    }
}

impl fmt::Debug for Clip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Clip").field("duration", &self.duration()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clip_is_encoded_once_per_codec() {
        let clip = Clip::from_samples(vec![0, 1_000, -1_000, 32_000]);
        let first = clip.encoded(Codec::Pcma).as_ptr();
        assert_eq!(clip.encoded(Codec::Pcma).as_ptr(), first);
        assert_eq!(clip.encoded(Codec::Pcmu).len(), 4);
        assert_eq!(clip.encoded(Codec::Pcmu)[0], 0xff);
        assert_eq!(Clip::from_samples(vec![0; 800]).duration(), Duration::from_millis(100));
    }
}
