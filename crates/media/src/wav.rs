//! WAV files: any sensible one in, 8 kHz 16-bit mono out.
//!
//! A reader of our own rather than `hound`, which knows no G.711 and refuses files whose writer could not seek back
//! to fill in the lengths.

use crate::{Codec, resample};

/// The largest file accepted, in bytes.
pub const MAX_FILE: usize = 50 * 1024 * 1024;
const MAX_CHANNELS: u16 = 8;
const RATES: std::ops::RangeInclusive<u32> = 1_000..=384_000;

/// Why a file cannot be played.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WavError {
    /// Larger than [`MAX_FILE`].
    #[error("the file has {0} bytes, more than 50 MB")]
    TooLarge(usize),
    /// No RIFF/WAVE header.
    #[error("not a WAV file")]
    NotWav,
    /// The `fmt ` chunk is missing, short or contradicts itself.
    #[error("the format chunk is missing or malformed")]
    BadFormat,
    /// A format tag other than PCM, float, A-law, µ-law.
    #[error("audio format {0:#06x} is not supported")]
    UnsupportedFormat(u16),
    /// A sample width that goes with no such format.
    #[error("{bits} bits per sample are not supported for audio format {format:#06x}")]
    UnsupportedWidth {
        /// The format tag.
        format: u16,
        /// Bits per sample.
        bits: u16,
    },
    /// No channel or too many.
    #[error("{0} channels are not supported")]
    UnsupportedChannels(u16),
    /// A sampling rate outside 1–384 kHz.
    #[error("a sampling rate of {0} Hz is not supported")]
    UnsupportedRate(u32),
    /// No `data` chunk.
    #[error("there is no audio data")]
    NoData,
}

#[derive(Clone, Copy)]
enum Encoding {
    Unsigned8,
    Signed16,
    Signed24,
    Signed32,
    Float32,
    G711(Codec),
}

struct Format {
    encoding: Encoding,
    channels: u16,
    rate: u32,
}

/// Decodes a WAV file to 8 kHz mono: PCM of 8 to 32 bits, 32-bit float and G.711, any rate, channels down-mixed.
///
/// A `data` chunk that is cut short, or whose length was never filled in, is read to the end of the file.
///
/// # Errors
/// What makes the file unusable.
pub fn decode(file: &[u8]) -> Result<Vec<i16>, WavError> {
    if file.len() > MAX_FILE {
        return Err(WavError::TooLarge(file.len()));
    }
    let riff = file.get(..12).is_some_and(|h| &h[..4] == b"RIFF" && &h[8..] == b"WAVE");
    if !riff {
        return Err(WavError::NotWav);
    }
    let mut rest = &file[12..];
    let mut format = None;
    while let Some((header, body)) = rest.split_first_chunk::<8>() {
        let length = u32::from_le_bytes([header[4], header[5], header[6], header[7]]) as usize;
        match &header[..4] {
            b"fmt " => format = Some(parse_format(body.get(..length).ok_or(WavError::BadFormat)?)?),
            b"data" => {
                let format = format.ok_or(WavError::BadFormat)?;
                // Writers to a pipe leave the length at 0 or at its maximum.
                let length = if length == 0 { body.len() } else { length.min(body.len()) };
                return Ok(resample::to_8k(mix(&format, &body[..length]), format.rate));
            }
            _ => {}
        }
        // Chunks are padded to an even length.
        rest = body.get(length.saturating_add(length & 1)..).unwrap_or_default();
    }
    Err(if format.is_some() { WavError::NoData } else { WavError::BadFormat })
}

fn parse_format(chunk: &[u8]) -> Result<Format, WavError> {
    let word = |at: usize| chunk.get(at..at + 2).map(|b| u16::from_le_bytes([b[0], b[1]]));
    let fields = || Some((word(0)?, word(2)?, word(4)?, word(6)?, word(12)?, word(14)?));
    let (mut tag, channels, rate_low, rate_high, block, bits) = fields().ok_or(WavError::BadFormat)?;
    if tag == 0xfffe {
        // Extensible: the first two bytes of the sub-format are the tag.
        tag = word(24).ok_or(WavError::BadFormat)?;
    }
    let encoding = match (tag, bits) {
        (1, 8) => Encoding::Unsigned8,
        (1, 16) => Encoding::Signed16,
        (1, 24) => Encoding::Signed24,
        (1, 32) => Encoding::Signed32,
        (3, 32) => Encoding::Float32,
        (6, 8) => Encoding::G711(Codec::Pcma),
        (7, 8) => Encoding::G711(Codec::Pcmu),
        (1 | 3 | 6 | 7, _) => return Err(WavError::UnsupportedWidth { format: tag, bits }),
        _ => return Err(WavError::UnsupportedFormat(tag)),
    };
    if channels == 0 || channels > MAX_CHANNELS {
        return Err(WavError::UnsupportedChannels(channels));
    }
    let rate = u32::from(rate_high) << 16 | u32::from(rate_low);
    if !RATES.contains(&rate) {
        return Err(WavError::UnsupportedRate(rate));
    }
    if u32::from(block) != u32::from(channels) * u32::from(bits) / 8 {
        return Err(WavError::BadFormat);
    }
    Ok(Format { encoding, channels, rate })
}

/// Decodes and averages the channels; samples in the range of 16 bits.
fn mix(format: &Format, data: &[u8]) -> Vec<f32> {
    match format.encoding {
        Encoding::Unsigned8 => mono(format, data, |[b]: &[u8; 1]| (f32::from(*b) - 128.0) * 256.0),
        Encoding::Signed16 => mono(format, data, |b: &[u8; 2]| f32::from(i16::from_le_bytes(*b))),
        Encoding::Signed24 => {
            mono(format, data, |b: &[u8; 3]| i32::from_le_bytes([0, b[0], b[1], b[2]]) as f32 / 65_536.0)
        }
        Encoding::Signed32 => mono(format, data, |b: &[u8; 4]| i32::from_le_bytes(*b) as f32 / 65_536.0),
        Encoding::Float32 => mono(format, data, |b: &[u8; 4]| {
            let value = f32::from_le_bytes(*b);
            if value.is_finite() { value.clamp(-1.0, 1.0) * 32_767.0 } else { 0.0 }
        }),
        Encoding::G711(codec) => {
            let table = codec.linear();
            mono(format, data, |[b]: &[u8; 1]| f32::from(table[usize::from(*b)]))
        }
    }
}

fn mono<const N: usize>(format: &Format, data: &[u8], decode: impl Fn(&[u8; N]) -> f32) -> Vec<f32> {
    let (samples, _) = data.as_chunks::<N>();
    let channels = usize::from(format.channels);
    if channels == 1 {
        return samples.iter().map(decode).collect();
    }
    samples
        .chunks_exact(channels)
        .map(|frame| frame.iter().map(&decode).sum::<f32>() / channels as f32)
        .collect()
}

/// Encodes 8 kHz mono samples as a WAV file of 16-bit PCM.
pub fn encode(samples: &[i16]) -> Vec<u8> {
    let mut file = Vec::with_capacity(HEADER + 2 * samples.len());
    file.extend_from_slice(&header(samples.len() as u64));
    file.extend(samples.iter().flat_map(|s| s.to_le_bytes()));
    file
}

/// Bytes of [`header`].
pub const HEADER: usize = 44;

/// The header of a file of `samples` 16-bit samples (8 kHz mono), for writers that stream; lengths saturate.
pub fn header(samples: u64) -> [u8; HEADER] {
    let data = u32::try_from(samples * 2).unwrap_or(u32::MAX - 36);
    let mut h = [0; HEADER];
    h[0..4].copy_from_slice(b"RIFF");
    h[4..8].copy_from_slice(&(data.saturating_add(36)).to_le_bytes());
    h[8..16].copy_from_slice(b"WAVEfmt ");
    h[16..20].copy_from_slice(&16u32.to_le_bytes());
    h[20..22].copy_from_slice(&1u16.to_le_bytes());
    h[22..24].copy_from_slice(&1u16.to_le_bytes());
    h[24..28].copy_from_slice(&crate::SAMPLE_RATE.to_le_bytes());
    h[28..32].copy_from_slice(&(2 * crate::SAMPLE_RATE).to_le_bytes());
    h[32..34].copy_from_slice(&2u16.to_le_bytes());
    h[34..36].copy_from_slice(&16u16.to_le_bytes());
    h[36..40].copy_from_slice(b"data");
    h[40..44].copy_from_slice(&data.to_le_bytes());
    h
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::tone;

    /// A file with the given format and one `LIST` chunk of odd length before the data.
    fn file(tag: u16, channels: u16, rate: u32, bits: u16, data: &[u8]) -> Vec<u8> {
        let mut f = b"RIFF\0\0\0\0WAVELIST\x03\0\0\0abc\0fmt \x10\0\0\0".to_vec();
        let block = channels * bits / 8;
        f.extend(tag.to_le_bytes());
        f.extend(channels.to_le_bytes());
        f.extend(rate.to_le_bytes());
        f.extend((rate * u32::from(block)).to_le_bytes());
        f.extend(block.to_le_bytes());
        f.extend(bits.to_le_bytes());
        f.extend(b"data");
        f.extend((data.len() as u32).to_le_bytes());
        f.extend(data);
        f
    }

    fn pcm16(samples: &[i16]) -> Vec<u8> {
        samples.iter().flat_map(|s| s.to_le_bytes()).collect()
    }

    #[test]
    fn what_we_write_we_read() {
        let samples = tone::sine(440.0, 10_000, Duration::from_millis(100));
        assert_eq!(decode(&encode(&samples)).unwrap(), samples);
        assert_eq!(decode(&encode(&[])).unwrap(), []);
    }

    #[test]
    fn every_width_and_law_decodes_to_the_same_level() {
        let cases: [(u16, u16, &[u8]); 7] = [
            (1, 8, &[192]),
            (1, 16, &[0, 0x40]),
            (1, 24, &[0, 0, 0x40]),
            (1, 32, &[0, 0, 0, 0x40]),
            (3, 32, &0.5f32.to_le_bytes()),
            (6, 8, &[Codec::Pcma.encode(16_384)]),
            (7, 8, &[Codec::Pcmu.encode(16_384)]),
        ];
        for (tag, bits, bytes) in cases {
            let samples = decode(&file(tag, 1, 8_000, bits, &bytes.repeat(10))).unwrap();
            assert_eq!(samples.len(), 10);
            assert!(
                (i32::from(samples[5]) - 16_384).abs() < 600,
                "format {tag}, {bits} bits: {}",
                samples[5]
            );
        }
    }

    #[test]
    fn stereo_is_mixed_down() {
        let data = pcm16(&[1_000, 3_000].repeat(10));
        assert_eq!(decode(&file(1, 2, 8_000, 16, &data)).unwrap(), [2_000; 10]);
    }

    #[test]
    fn other_rates_keep_pitch_and_length() {
        for rate in [11_025u32, 16_000, 22_050, 44_100, 48_000] {
            let data: Vec<i16> = (0..rate)
                .map(|n| {
                    (10_000.0 * (std::f64::consts::TAU * 440.0 * f64::from(n) / f64::from(rate)).sin()) as i16
                })
                .collect();
            let samples = decode(&file(1, 1, rate, 16, &pcm16(&data))).unwrap();
            assert_eq!(samples.len(), 8_000, "{rate}");
            assert!(tone::share(440.0, &samples) > 0.99, "{rate}");
        }
    }

    #[test]
    fn an_unfinished_or_cut_file_plays_as_far_as_it_goes() {
        let mut f = encode(&[7; 100]);
        f[40..44].copy_from_slice(&u32::MAX.to_le_bytes());
        assert_eq!(decode(&f).unwrap(), [7; 100]);
        f[40..44].copy_from_slice(&0u32.to_le_bytes());
        assert_eq!(decode(&f).unwrap(), [7; 100]);
        f.truncate(44 + 51);
        assert_eq!(decode(&f).unwrap(), [7; 25]);
    }

    #[test]
    fn errors_say_what_is_wrong() {
        assert_eq!(decode(b"ID3"), Err(WavError::NotWav));
        assert_eq!(decode(b"RIFF\0\0\0\0WAVE"), Err(WavError::BadFormat));
        assert_eq!(decode(&file(0x55, 1, 8_000, 16, &[])), Err(WavError::UnsupportedFormat(0x55)));
        assert_eq!(
            decode(&file(1, 1, 8_000, 12, &[])),
            Err(WavError::UnsupportedWidth { format: 1, bits: 12 })
        );
        assert_eq!(decode(&file(1, 0, 8_000, 16, &[])), Err(WavError::UnsupportedChannels(0)));
        assert_eq!(decode(&file(1, 1, 500, 16, &[])), Err(WavError::UnsupportedRate(500)));
        let whole = file(1, 1, 8_000, 16, &[]);
        assert_eq!(decode(&whole[..whole.len() - 8]), Err(WavError::NoData));
        let error = WavError::TooLarge(60_000_000).to_string();
        assert!(error.contains("50 MB"), "{error}");
    }

    #[test]
    fn an_extensible_header_names_its_format_at_the_end() {
        let mut f = b"RIFF\0\0\0\0WAVEfmt \x28\0\0\0".to_vec();
        f.extend([0xfe, 0xff, 1, 0]);
        f.extend(8_000u32.to_le_bytes());
        f.extend(16_000u32.to_le_bytes());
        f.extend([2, 0, 16, 0, 22, 0, 16, 0, 0, 0, 0, 0, 1, 0]);
        f.extend([0; 14]);
        f.extend(b"data\x02\0\0\0\x05\0");
        assert_eq!(decode(&f).unwrap(), [5]);
    }
}
