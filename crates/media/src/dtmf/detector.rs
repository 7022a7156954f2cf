use std::f32::consts::TAU;

use crate::SAMPLE_RATE;
use crate::tone::{COLUMNS, KEYS, ROWS};

/// Samples per block (12.75 ms): a tone of 40 ms fills at least two.
const BLOCK: usize = 102;
/// Blocks in a row that make a digit.
const HITS: u8 = 2;
/// Blocks in a row without it that end a digit: every pause of 40 ms has three.
const MISSES: u8 = 3;
/// Least peak of either frequency (about −39 dBm0).
const LEAST: f32 = 250.0;
/// The row may be this much stronger than the column (8 dB) …
const NORMAL_TWIST: f32 = 6.3;
/// … and the column this much stronger than the row (6 dB).
const REVERSE_TWIST: f32 = 4.0;
/// The best of each group is this much stronger than the others (8 dB).
const PEAK: f32 = 6.3;
/// Share of the energy that the two frequencies have: speech spreads its energy over harmonics.
const SHARE: f32 = 0.8;

/// Finds digits in 8 kHz audio (ITU-T Q.24), reporting each once, at its start.
#[derive(Clone, Debug)]
pub struct Detector {
    block: [f32; BLOCK],
    filled: usize,
    /// The digit of the last block and how many blocks in a row had it.
    run: (Option<char>, u8),
    /// The digit that was reported and is not over; how many blocks in a row were without it.
    down: Option<(char, u8)>,
}

impl Default for Detector {
    fn default() -> Self {
        Self { block: [0.0; BLOCK], filled: 0, run: (None, 0), down: None }
    }
}

impl Detector {
    /// Takes the next samples; `found` gets each digit that begins in them.
    pub fn push(&mut self, samples: &[i16], mut found: impl FnMut(char)) {
        for sample in samples {
            self.block[self.filled] = f32::from(*sample);
            self.filled += 1;
            if self.filled == BLOCK {
                self.filled = 0;
                let digit = analyse(&self.block);
                if let Some(digit) = self.step(digit) {
                    found(digit);
                }
            }
        }
    }

    fn step(&mut self, digit: Option<char>) -> Option<char> {
        self.run = if self.run.0 == digit { (digit, self.run.1.saturating_add(1)) } else { (digit, 1) };
        self.down = match self.down {
            Some((down, _)) if digit == Some(down) => Some((down, 0)),
            Some((_, misses)) if misses + 1 >= MISSES => None,
            Some((down, misses)) => Some((down, misses + 1)),
            None => None,
        };
        match digit {
            Some(digit) if self.run.1 >= HITS && self.down.is_none_or(|(down, _)| down != digit) => {
                self.down = Some((digit, 0));
                Some(digit)
            }
            _ => None,
        }
    }
}

fn analyse(block: &[f32; BLOCK]) -> Option<char> {
    let energy: f32 = block.iter().map(|s| s * s).sum();
    // Quieter than the two weakest tones together would be.
    if energy < BLOCK as f32 * LEAST * LEAST {
        return None;
    }
    let rows = ROWS.map(|hertz| power(block, hertz));
    let columns = COLUMNS.map(|hertz| power(block, hertz));
    let (row, column) = (strongest(&rows)?, strongest(&columns)?);
    let (low, high) = (rows[row], columns[column]);
    let level = low.min(high) >= LEAST * LEAST;
    let twist = low <= high * NORMAL_TWIST && high <= low * REVERSE_TWIST;
    // A sine of peak A has the energy A²/2 per sample.
    let pure = (low + high) * BLOCK as f32 / 2.0 >= SHARE * energy;
    (level && twist && pure).then(|| KEYS[row][column])
}

/// The square of the peak of `hertz` in the block (Goertzel).
fn power(block: &[f32; BLOCK], hertz: f32) -> f32 {
    let turn = 2.0 * (TAU * hertz / SAMPLE_RATE as f32).cos();
    let (mut one, mut two) = (0.0f32, 0.0f32);
    for sample in block {
        (one, two) = (sample + turn * one - two, one);
    }
    let magnitude = one * one + two * two - turn * one * two;
    magnitude * 4.0 / (BLOCK * BLOCK) as f32
}

/// The index of the strongest, if it stands out.
fn strongest(powers: &[f32; 4]) -> Option<usize> {
    let best = (0..4).fold(0, |best, i| if powers[i] > powers[best] { i } else { best });
    (0..4).all(|i| i == best || powers[best] >= PEAK * powers[i]).then_some(best)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use base::Rng;

    use super::*;
    use crate::{Codec, tone};

    fn heard(samples: &[i16]) -> String {
        let mut detector = Detector::default();
        let mut digits = String::new();
        detector.push(samples, |d| digits.push(d));
        digits
    }

    fn scaled(samples: Vec<i16>, by: f32) -> Vec<i16> {
        samples.into_iter().map(|s| (f32::from(s) * by) as i16).collect()
    }

    #[test]
    fn all_keys_at_40_ms_with_pauses_of_40_ms_wherever_the_blocks_fall() {
        for shift in 0..BLOCK {
            let mut samples = vec![0; shift];
            let keys = "1234567890*#ABCD";
            for key in keys.chars() {
                samples.extend(tone::digit(key, Duration::from_millis(40)));
                samples.extend(tone::silence(Duration::from_millis(40)));
            }
            assert_eq!(heard(&samples), keys, "shifted by {shift}");
        }
    }

    #[test]
    fn the_same_key_twice_is_two_digits_and_a_long_press_is_one() {
        let mut samples = tone::digit('5', Duration::from_millis(60));
        samples.extend(tone::silence(Duration::from_millis(45)));
        samples.extend(tone::digit('5', Duration::from_secs(3)));
        assert_eq!(heard(&samples), "55");
    }

    #[test]
    fn quiet_tones_and_tones_through_g711_and_noise_are_found() {
        let tone = tone::digit('7', Duration::from_millis(60));
        assert_eq!(heard(&scaled(tone.clone(), 0.05)), "7");
        let mut rng = Rng::new(3);
        let noisy: Vec<i16> = tone
            .iter()
            .map(|s| {
                let noise = rng.below(1_600) as i16 - 800;
                Codec::Pcma.decode(Codec::Pcma.encode(Codec::Pcmu.decode(Codec::Pcmu.encode(s + noise))))
            })
            .collect();
        assert_eq!(heard(&noisy), "7");
    }

    #[test]
    fn frequencies_off_by_one_and_a_half_percent_are_found_and_by_four_are_not() {
        let pair = |by: f32| -> Vec<i16> {
            let row = tone::sine(852.0 * by, 8_000, Duration::from_millis(100));
            let column = tone::sine(1_336.0 * by, 8_000, Duration::from_millis(100));
            row.iter().zip(column).map(|(a, b)| a + b).collect()
        };
        assert_eq!(heard(&pair(1.015)), "8");
        assert_eq!(heard(&pair(0.985)), "8");
        assert_eq!(heard(&pair(1.06)), "");
    }

    #[test]
    fn single_tones_too_much_twist_and_silence_are_no_digits() {
        assert_eq!(heard(&tone::sine(697.0, 10_000, Duration::from_millis(200))), "");
        assert_eq!(heard(&tone::sine(440.0, 10_000, Duration::from_millis(200))), "");
        assert_eq!(heard(&tone::ringback()), "");
        assert_eq!(heard(&[0; 4_000]), "");
        let row = tone::sine(697.0, 1_500, Duration::from_millis(200));
        let column = tone::sine(1_209.0, 12_000, Duration::from_millis(200));
        let twisted: Vec<i16> = row.iter().zip(column).map(|(a, b)| a + b).collect();
        assert_eq!(heard(&twisted), "");
    }

    /// Voiced speech is a pulse train shaped by formants: here ten minutes of gliding pitch and changing vowels.
    #[test]
    fn ten_minutes_of_synthetic_speech_press_no_key() {
        let mut rng = Rng::new(11);
        let mut detector = Detector::default();
        let mut digits = String::new();
        let mut phase = 0.0f32;
        let mut pitch = 110.0f32;
        for _ in 0..10 * 60 * 10 {
            let target = 80.0 + rng.below(170) as f32;
            let formants = [300.0 + rng.below(600) as f32, 900.0 + rng.below(1_500) as f32, 2_500.0];
            let amplitudes: Vec<f32> = (1..=40)
                .map(|h| {
                    formants
                        .iter()
                        .map(|f| 1.0 / (1.0 + ((h as f32 * pitch - f) / 80.0).powi(2)))
                        .sum::<f32>()
                })
                .collect();
            let samples: Vec<i16> = (0..800)
                .map(|_| {
                    pitch += (target - pitch) * 0.001;
                    phase = (phase + pitch / 8_000.0).fract();
                    let voiced: f32 = amplitudes
                        .iter()
                        .enumerate()
                        .filter(|(h, _)| (*h as f32 + 1.0) * pitch < 3_600.0)
                        .map(|(h, a)| a * (TAU * phase * (h as f32 + 1.0)).sin())
                        .sum();
                    (voiced * 3_000.0 + rng.below(400) as f32) as i16
                })
                .collect();
            detector.push(&samples, |d| digits.push(d));
        }
        assert_eq!(digits, "");
    }
}
