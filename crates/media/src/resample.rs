//! Resampling to 8 kHz: a windowed sinc, cut off below half the lower of the two rates.

use std::f64::consts::PI;

use crate::SAMPLE_RATE;

/// Zero crossings of the kernel on each side.
const CROSSINGS: f64 = 16.0;
/// Share of half the lower rate that passes; the rest is the filter's slope.
const PASS: f64 = 0.93;
/// Fractional positions between two input samples that the kernel is made for, at most.
const MAX_PHASES: u64 = 1_024;

/// Resamples samples in the range of 16 bits from `rate` hertz.
pub(crate) fn to_8k(input: Vec<f32>, rate: u32) -> Vec<i16> {
    if rate == SAMPLE_RATE {
        return input.into_iter().map(round).collect();
    }
    let (from, to) = (u64::from(rate), u64::from(SAMPLE_RATE));
    let length = input.len() as u64 * to / from;
    let phases = (to / gcd(from, to)).min(MAX_PHASES);
    let kernel = Kernel::new(rate, phases as usize);
    (0..length)
        .map(|n| {
            // Position in the input, in 1/phases of a sample; exact unless the phases are capped.
            let position = n * from * phases / to;
            round(kernel.apply(&input, (position / phases) as usize, (position % phases) as usize))
        })
        .collect()
}

struct Kernel {
    /// Taps on each side of the centre.
    reach: usize,
    /// `phases` rows of `2 * reach` taps.
    taps: Vec<f32>,
}

impl Kernel {
    fn new(rate: u32, phases: usize) -> Self {
        let (from, to) = (f64::from(rate), f64::from(SAMPLE_RATE));
        let cutoff = PASS * (to / from).min(1.0);
        let reach = (CROSSINGS / cutoff).ceil() as usize;
        let mut taps = Vec::with_capacity(phases * 2 * reach);
        for phase in 0..phases {
            let row = taps.len();
            for tap in 0..2 * reach {
                let x = tap as f64 - (reach - 1) as f64 - phase as f64 / phases as f64;
                taps.push((sinc(cutoff * x) * blackman(x / reach as f64)) as f32);
            }
            // Each phase passes a constant unchanged.
            let sum: f32 = taps[row..].iter().sum();
            taps[row..].iter_mut().for_each(|t| *t /= sum);
        }
        Self { reach, taps }
    }

    fn apply(&self, input: &[f32], at: usize, phase: usize) -> f32 {
        let width = 2 * self.reach;
        let row = &self.taps[phase * width..][..width];
        // Tap 0 stands at input `at + 1 - reach`; beyond the ends lies silence.
        let start = (at + 1).saturating_sub(self.reach);
        let skipped = self.reach.saturating_sub(at + 1);
        let span = input.get(start..).unwrap_or_default();
        row[skipped..].iter().zip(span).map(|(t, s)| t * s).sum()
    }
}

fn sinc(x: f64) -> f64 {
    if x.abs() < 1e-9 { 1.0 } else { (PI * x).sin() / (PI * x) }
}

/// The window over −1..1.
fn blackman(x: f64) -> f64 {
    if x.abs() >= 1.0 { 0.0 } else { 0.42 + 0.5 * (PI * x).cos() + 0.08 * (2.0 * PI * x).cos() }
}

fn round(sample: f32) -> i16 {
    // Saturating: `as` from float clamps and maps NaN to 0.
    sample.round() as i16
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sine(hertz: f64, rate: u32) -> Vec<f32> {
        (0..rate)
            .map(|n| (10_000.0 * (2.0 * PI * hertz * f64::from(n) / f64::from(rate)).sin()) as f32)
            .collect()
    }

    fn level(samples: &[i16]) -> f64 {
        let middle = &samples[1_000..samples.len() - 1_000];
        (middle.iter().map(|s| f64::from(*s).powi(2)).sum::<f64>() / middle.len() as f64).sqrt()
    }

    #[test]
    fn speech_frequencies_pass_and_those_above_do_not_fold_back() {
        for rate in [16_000u32, 44_100, 48_000, 47_999] {
            for (hertz, low, high) in [
                (300.0, 7_000.0, 7_150.0),
                (3_000.0, 7_000.0, 7_150.0),
                (4_700.0, 0.0, 10.0),
                (7_000.0, 0.0, 10.0),
            ] {
                let level = level(&to_8k(sine(hertz, rate), rate));
                assert!((low..=high).contains(&level), "{hertz} Hz at {rate}: {level}");
            }
        }
    }

    #[test]
    fn lower_rates_are_raised_without_images() {
        let samples = to_8k(sine(1_000.0, 4_000), 4_000);
        assert_eq!(samples.len(), 8_000);
        assert!(crate::tone::share(1_000.0, &samples) > 0.99);
    }

    #[test]
    fn a_constant_stays_and_short_input_does_no_harm() {
        let samples = to_8k(vec![5_000.0; 48_000], 48_000);
        assert!(samples[500..7_500].iter().all(|s| *s == 5_000));
        assert!(to_8k(vec![1.0; 3], 48_000).is_empty());
        assert_eq!(to_8k(vec![1.0; 1], 1_000).len(), 8);
        assert!(to_8k(Vec::new(), 44_100).is_empty());
    }
}
