//! G.711 (ITU-T G.711): both laws to linear and back, and each law straight into the other.

use crate::Codec;

/// A µ-law sample of silence.
pub const PCMU_SILENCE: u8 = 0xff;
/// An A-law sample of silence.
pub const PCMA_SILENCE: u8 = 0xd5;

impl Codec {
    /// The encoded form of silence.
    pub const fn silence(self) -> u8 {
        match self {
            Codec::Pcmu => PCMU_SILENCE,
            Codec::Pcma => PCMA_SILENCE,
        }
    }

    /// Decodes one sample.
    #[inline]
    pub fn decode(self, byte: u8) -> i16 {
        self.linear()[usize::from(byte)]
    }

    /// Encodes one sample.
    #[inline]
    pub const fn encode(self, sample: i16) -> u8 {
        match self {
            Codec::Pcmu => linear_to_pcmu(sample),
            Codec::Pcma => linear_to_pcma(sample),
        }
    }

    /// Encodes `samples` into the equally long `out`; the shorter of the two ends it.
    pub fn encode_into(self, samples: &[i16], out: &mut [u8]) {
        match self {
            Codec::Pcmu => out.iter_mut().zip(samples).for_each(|(o, s)| *o = linear_to_pcmu(*s)),
            Codec::Pcma => out.iter_mut().zip(samples).for_each(|(o, s)| *o = linear_to_pcma(*s)),
        }
    }

    /// The 256 linear values of this law.
    pub fn linear(self) -> &'static [i16; 256] {
        match self {
            Codec::Pcmu => &PCMU_TO_LINEAR,
            Codec::Pcma => &PCMA_TO_LINEAR,
        }
    }

    /// The table that turns this law into `other`; `None` where they are equal.
    pub fn transcoding(self, other: Codec) -> Option<&'static [u8; 256]> {
        match (self, other) {
            (Codec::Pcmu, Codec::Pcma) => Some(&PCMU_TO_PCMA),
            (Codec::Pcma, Codec::Pcmu) => Some(&PCMA_TO_PCMU),
            (Codec::Pcmu, Codec::Pcmu) | (Codec::Pcma, Codec::Pcma) => None,
        }
    }
}

const fn pcmu_to_linear(byte: u8) -> i16 {
    let u = !byte;
    let magnitude = ((((u & 0x0f) as i32) << 3) + 0x84) << ((u & 0x70) >> 4);
    (if u & 0x80 != 0 { 0x84 - magnitude } else { magnitude - 0x84 }) as i16
}

const fn pcma_to_linear(byte: u8) -> i16 {
    let a = byte ^ 0x55;
    let segment = (a & 0x70) >> 4;
    let low = ((a & 0x0f) as i32) << 4;
    let magnitude = if segment == 0 { low + 8 } else { (low + 0x108) << (segment - 1) };
    (if a & 0x80 != 0 { magnitude } else { -magnitude }) as i16
}

const fn linear_to_pcmu(sample: i16) -> u8 {
    let (sign, magnitude) = if sample < 0 { (0x80, -(sample as i32)) } else { (0, sample as i32) };
    let biased = (if magnitude > 32_635 { 32_635 } else { magnitude }) + 0x84;
    let exponent = 24 - biased.leading_zeros();
    let mantissa = (biased >> (exponent + 3)) & 0x0f;
    !(sign | (exponent as u8) << 4 | mantissa as u8)
}

const fn linear_to_pcma(sample: i16) -> u8 {
    let (mask, magnitude) = if sample < 0 { (0x55, !(sample >> 3)) } else { (0xd5, sample >> 3) };
    let segment = if magnitude < 0x20 { 0 } else { 11 - magnitude.leading_zeros() };
    let shift = if segment < 2 { 1 } else { segment };
    ((segment as u8) << 4 | ((magnitude >> shift) & 0x0f) as u8) ^ mask
}

static PCMU_TO_LINEAR: [i16; 256] = {
    let mut table = [0; 256];
    let mut i = 0;
    while i < 256 {
        table[i] = pcmu_to_linear(i as u8);
        i += 1;
    }
    table
};

static PCMA_TO_LINEAR: [i16; 256] = {
    let mut table = [0; 256];
    let mut i = 0;
    while i < 256 {
        table[i] = pcma_to_linear(i as u8);
        i += 1;
    }
    table
};

static PCMU_TO_PCMA: [u8; 256] = {
    let mut table = [0; 256];
    let mut i = 0;
    while i < 256 {
        table[i] = linear_to_pcma(pcmu_to_linear(i as u8));
        i += 1;
    }
    table
};

static PCMA_TO_PCMU: [u8; 256] = {
    let mut table = [0; 256];
    let mut i = 0;
    while i < 256 {
        table[i] = linear_to_pcmu(pcma_to_linear(i as u8));
        i += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        assert_eq!(Codec::Pcmu.encode(0), 0xff);
        assert_eq!(Codec::Pcma.encode(0), 0xd5);
        assert_eq!(Codec::Pcmu.decode(0x00), -32_124);
        assert_eq!(Codec::Pcmu.decode(0x80), 32_124);
        assert_eq!(Codec::Pcma.decode(0x2a), -32_256);
        assert_eq!(Codec::Pcma.decode(0xaa), 32_256);
        assert_eq!(Codec::Pcmu.encode(i16::MAX), 0x80);
        assert_eq!(Codec::Pcmu.encode(i16::MIN), 0x00);
        assert_eq!(Codec::Pcma.encode(i16::MAX), 0xaa);
        assert_eq!(Codec::Pcma.encode(i16::MIN), 0x2a);
    }

    #[test]
    fn every_code_survives_a_round_trip() {
        for byte in 0..=255u8 {
            assert_eq!(Codec::Pcma.encode(Codec::Pcma.decode(byte)), byte);
            let again = Codec::Pcmu.encode(Codec::Pcmu.decode(byte));
            // Minus zero and plus zero are one linear value.
            assert!(again == byte || byte == 0x7f && again == 0xff, "{byte:#x} became {again:#x}");
        }
    }

    #[test]
    fn encoding_picks_a_near_value_everywhere() {
        for codec in [Codec::Pcmu, Codec::Pcma] {
            for sample in i16::MIN..=i16::MAX {
                let error = (i32::from(codec.decode(codec.encode(sample))) - i32::from(sample)).abs();
                assert!(error <= (i32::from(sample).abs() / 16).max(16), "{codec:?} {sample}: {error}");
            }
        }
    }

    #[test]
    fn transcoding_equals_the_way_over_linear_and_equal_laws_need_none() {
        let table = Codec::Pcma.transcoding(Codec::Pcmu).unwrap();
        for byte in 0..=255u8 {
            assert_eq!(table[usize::from(byte)], Codec::Pcmu.encode(Codec::Pcma.decode(byte)));
        }
        assert!(Codec::Pcmu.transcoding(Codec::Pcmu).is_none());
        assert_eq!(Codec::Pcmu.transcoding(Codec::Pcma).unwrap()[0xff], PCMA_SILENCE);
    }
}
