//! 16 kHz to 8 kHz: the engine's rate to the telephone's.

/// Taps of the low-pass filter, symmetric around the middle one.
const TAPS: usize = 63;

/// A half-band filter that keeps every second sample; keeps its state between chunks.
#[derive(Clone, Debug)]
pub(super) struct Decimator {
    taps: [f32; TAPS],
    /// The last `TAPS - 1` input samples, then the new ones.
    input: Vec<f32>,
    /// Whether the next output falls on the first new sample or on the second.
    skip: bool,
}

impl Decimator {
    pub(super) fn new() -> Self {
        Self { taps: low_pass(), input: vec![0.0; TAPS - 1], skip: false }
    }

    /// Filters `samples` and appends every second one to `output`.
    pub(super) fn push(&mut self, samples: &[i16], output: &mut Vec<i16>) {
        self.input.extend(samples.iter().map(|&sample| f32::from(sample)));
        let mut at = usize::from(self.skip);
        while at + TAPS <= self.input.len() {
            let window = &self.input[at..at + TAPS];
            let sum: f32 = window.iter().zip(&self.taps).map(|(sample, tap)| sample * tap).sum();
            output.push(sum.round().clamp(f32::from(i16::MIN), f32::from(i16::MAX)) as i16);
            at += 2;
        }
        let used = self.input.len() + 1 - TAPS;
        self.skip = at > used;
        self.input.drain(..used);
    }
}

/// A windowed sinc with its edge at 3.7 kHz: what lies above 4 kHz must not fold back into the telephone band.
fn low_pass() -> [f32; TAPS] {
    let middle = (TAPS - 1) as f64 / 2.0;
    let cutoff = 3_700.0 / 16_000.0;
    let mut taps = [0.0; TAPS];
    for (n, tap) in taps.iter_mut().enumerate() {
        let x = n as f64 - middle;
        let angle = std::f64::consts::TAU * cutoff * x;
        let sinc = if x == 0.0 { 2.0 * cutoff } else { angle.sin() / (std::f64::consts::PI * x) };
        let phase = std::f64::consts::TAU * n as f64 / (TAPS - 1) as f64;
        let window = 0.42 - 0.5 * phase.cos() + 0.08 * (2.0 * phase).cos();
        *tap = (sinc * window) as f32;
    }
    let sum: f32 = taps.iter().sum();
    taps.map(|tap| tap / sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(hertz: f64, samples: usize) -> Vec<i16> {
        (0..samples)
            .map(|n| ((std::f64::consts::TAU * hertz * n as f64 / 16_000.0).sin() * 10_000.0) as i16)
            .collect()
    }

    fn power(samples: &[i16]) -> f64 {
        samples.iter().map(|&s| f64::from(s) * f64::from(s)).sum::<f64>() / samples.len() as f64
    }

    #[test]
    fn the_telephone_band_passes_and_what_would_fold_back_does_not() {
        let gain = |hertz| {
            let input = tone(hertz, 16_000);
            let mut output = Vec::new();
            Decimator::new().push(&input, &mut output);
            10.0 * (power(&output[100..]) / power(&input)).log10()
        };
        assert!(gain(300.0).abs() < 0.2 && gain(3_000.0).abs() < 0.5);
        assert!(gain(5_000.0) < -45.0, "{}", gain(5_000.0));
        assert!(gain(7_000.0) < -45.0);
    }

    #[test]
    fn chunks_of_any_length_give_the_same_as_one() {
        let input = tone(1_000.0, 4_001);
        let mut whole = Vec::new();
        Decimator::new().push(&input, &mut whole);
        for length in [1, 2, 3, 7, 160, 999] {
            let (mut decimator, mut parts) = (Decimator::new(), Vec::new());
            for chunk in input.chunks(length) {
                decimator.push(chunk, &mut parts);
            }
            assert_eq!(parts, whole, "{length}");
        }
        assert_eq!(whole.len(), 2_001);
    }
}
