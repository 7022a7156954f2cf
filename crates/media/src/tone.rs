//! Tones: for digits sent in band, for beeps and ringback, and for phones that listen in tests.

use std::f32::consts::TAU;
use std::time::Duration;

use crate::SAMPLE_RATE;

/// Row frequencies of the keypad in hertz.
pub const ROWS: [f32; 4] = [697.0, 770.0, 852.0, 941.0];
/// Column frequencies of the keypad in hertz.
pub const COLUMNS: [f32; 4] = [1_209.0, 1_336.0, 1_477.0, 1_633.0];
/// The keys, row by row.
pub const KEYS: [[char; 4]; 4] =
    [['1', '2', '3', 'A'], ['4', '5', '6', 'B'], ['7', '8', '9', 'C'], ['*', '0', '#', 'D']];

/// Peak of each of the two frequencies of a digit (about −9 dBm0 each).
const DIGIT_PEAK: f32 = 8_000.0;

/// The row and column frequency of a key, in hertz.
pub fn frequencies(digit: char) -> Option<(f32, f32)> {
    let digit = digit.to_ascii_uppercase();
    KEYS.iter().zip(ROWS).find_map(|(keys, row)| {
        keys.iter().zip(COLUMNS).find(|(key, _)| **key == digit).map(|(_, column)| (row, column))
    })
}

/// Writes sample `offset` and the following ones of a digit's tone; silence for what is no key.
pub fn fill_digit(digit: char, offset: u32, out: &mut [i16]) {
    let Some((row, column)) = frequencies(digit) else { return out.fill(0) };
    for (sample, n) in out.iter_mut().zip(offset..) {
        *sample = (DIGIT_PEAK * (wave(row, n) + wave(column, n))) as i16;
    }
}

/// A digit's tone.
pub fn digit(digit: char, length: Duration) -> Vec<i16> {
    let mut samples = vec![0; count(length)];
    fill_digit(digit, 0, &mut samples);
    samples
}

/// A sine.
pub fn sine(hertz: f32, peak: i16, length: Duration) -> Vec<i16> {
    (0..count(length) as u32).map(|n| (f32::from(peak) * wave(hertz, n)) as i16).collect()
}

/// Silence.
pub fn silence(length: Duration) -> Vec<i16> {
    vec![0; count(length)]
}

/// One period of the North American ringback: 440 and 480 Hz for 2 s, silence for 4 s.
pub fn ringback() -> Vec<i16> {
    let mut samples: Vec<i16> =
        (0..2 * SAMPLE_RATE).map(|n| (4_000.0 * (wave(440.0, n) + wave(480.0, n))) as i16).collect();
    samples.resize(6 * SAMPLE_RATE as usize, 0);
    samples
}

/// The share of `samples`' energy that lies at `hertz` (0–1): how a listening phone recognises a tone.
pub fn share(hertz: f32, samples: &[i16]) -> f32 {
    let energy: f32 = samples.iter().map(|s| f32::from(*s) * f32::from(*s)).sum();
    if energy == 0.0 {
        return 0.0;
    }
    let (mut re, mut im) = (0.0f32, 0.0f32);
    for (n, s) in samples.iter().enumerate() {
        let angle = TAU * phase(hertz, n as u32);
        re += f32::from(*s) * angle.cos();
        im += f32::from(*s) * angle.sin();
    }
    2.0 * (re * re + im * im) / (samples.len() as f32 * energy)
}

fn wave(hertz: f32, n: u32) -> f32 {
    (TAU * phase(hertz, n)).sin()
}

/// Turns since sample 0, without the whole ones: exact for long tones too.
fn phase(hertz: f32, n: u32) -> f32 {
    (f64::from(hertz) * f64::from(n) / f64::from(SAMPLE_RATE)).fract() as f32
}

fn count(length: Duration) -> usize {
    (length.as_micros() * u128::from(SAMPLE_RATE) / 1_000_000) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_have_their_two_frequencies() {
        assert_eq!(frequencies('5'), Some((770.0, 1_336.0)));
        assert_eq!(frequencies('d'), Some((941.0, 1_633.0)));
        assert_eq!(frequencies('x'), None);
        let tone = digit('9', Duration::from_millis(100));
        assert_eq!(tone.len(), 800);
        assert!(share(852.0, &tone) > 0.45 && share(1_477.0, &tone) > 0.45);
        assert!(share(697.0, &tone) < 0.01);
    }

    #[test]
    fn a_tone_made_in_pieces_equals_the_whole() {
        let whole = digit('#', Duration::from_millis(60));
        let mut pieces = vec![0; 480];
        for (i, piece) in pieces.chunks_mut(160).enumerate() {
            fill_digit('#', 160 * i as u32, piece);
        }
        assert_eq!(whole, pieces);
    }

    #[test]
    fn a_sine_is_pure_and_ringback_pauses() {
        assert!(share(1_000.0, &sine(1_000.0, 8_000, Duration::from_millis(200))) > 0.99);
        let ring = ringback();
        assert_eq!(ring.len(), 48_000);
        assert!(ring[16_000..].iter().all(|s| *s == 0));
    }
}
