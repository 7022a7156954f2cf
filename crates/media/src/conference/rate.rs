//! Between the two buses: from 8 to 16 kHz and back, by one half-band filter, frame by frame without a break.

use std::f64::consts::PI;
use std::sync::LazyLock;

use super::{NARROW, NarrowSum, WIDE, WideSum};

/// Taps on each side of the centre that are not zero.
const REACH: usize = 16;
/// All of them, the centre apart.
const TAPS: usize = 2 * REACH;
/// Of the Kaiser window: side lobes 60 dB down.
const BETA: f64 = 5.7;

/// Every other tap of the filter: those at odd distances from the centre. The others are zero, but for the centre.
static HALF_BAND: LazyLock<[f32; TAPS]> = LazyLock::new(|| {
    let width = (2 * REACH) as f64;
    let mut taps = [0.0; TAPS];
    let mut sum = 0.0;
    for (n, tap) in taps.iter_mut().enumerate() {
        let distance = 2.0 * n as f64 - (TAPS - 1) as f64;
        let ideal = (PI * distance / 2.0).sin() / (PI * distance);
        let window = bessel(BETA * (1.0 - (distance / width).powi(2)).sqrt()) / bessel(BETA);
        *tap = (ideal * window) as f32;
        sum += f64::from(*tap);
    }
    // With the centre they pass a constant unchanged.
    taps.map(|tap| (f64::from(tap) * 0.5 / sum) as f32)
});

/// The modified Bessel function of the first kind, order zero.
fn bessel(x: f64) -> f64 {
    let (mut sum, mut term) = (1.0, 1.0);
    for n in 1..32 {
        term *= (x / (2.0 * f64::from(n))).powi(2);
        sum += term;
    }
    sum
}

#[inline]
fn filter(window: &[f32; TAPS], taps: &[f32; TAPS]) -> f32 {
    let mut lanes = [0.0f32; 8];
    for (window, taps) in window.chunks_exact(8).zip(taps.chunks_exact(8)) {
        for ((lane, sample), tap) in lanes.iter_mut().zip(window).zip(taps) {
            *lane += sample * tap;
        }
    }
    lanes.iter().sum()
}

/// From the narrow bus to the wide one.
#[derive(Clone, Debug)]
pub(super) struct Raise {
    /// The end of what came before, then the frame.
    line: [f32; TAPS - 1 + NARROW],
    quiet: bool,
}

impl Default for Raise {
    fn default() -> Self {
        Self { line: [0.0; TAPS - 1 + NARROW], quiet: true }
    }
}

impl Raise {
    /// Forgets what came before: nobody listened, and frames were left out.
    pub(super) fn reset(&mut self) {
        if !self.quiet {
            *self = Self::default();
        }
    }

    /// Adds the narrow frame to the wide one.
    pub(super) fn add(&mut self, narrow: &NarrowSum, wide: &mut WideSum) {
        let silent = narrow.iter().all(|s| *s == 0);
        if silent && self.quiet {
            return;
        }
        self.quiet = silent;
        let taps = &*HALF_BAND;
        self.line.copy_within(NARROW.., 0);
        for (place, sample) in self.line[TAPS - 1..].iter_mut().zip(narrow) {
            *place = *sample as f32;
        }
        for (n, pair) in wide.chunks_exact_mut(2).enumerate() {
            let Some(window) = self.line[n..].first_chunk::<TAPS>() else { return };
            // Between two samples; then the later one of them as it is.
            pair[0] += (2.0 * filter(window, taps)).round_ties_even() as i32;
            pair[1] += window[REACH] as i32;
        }
    }
}

/// From the wide bus to the narrow one.
#[derive(Clone, Debug)]
pub(super) struct Lower {
    /// Even and odd samples: the end of what came before, then the frame.
    even: [f32; REACH - 1 + NARROW],
    odd: [f32; TAPS - 1 + NARROW],
    quiet: bool,
}

impl Default for Lower {
    fn default() -> Self {
        Self { even: [0.0; REACH - 1 + NARROW], odd: [0.0; TAPS - 1 + NARROW], quiet: true }
    }
}

impl Lower {
    /// Forgets what came before: nobody listened, and frames were left out.
    pub(super) fn reset(&mut self) {
        if !self.quiet {
            *self = Self::default();
        }
    }

    /// Adds the wide frame to the narrow one.
    pub(super) fn add(&mut self, wide: &WideSum, narrow: &mut NarrowSum) {
        let silent = wide.iter().all(|s| *s == 0);
        if silent && self.quiet {
            return;
        }
        self.quiet = silent;
        let taps = &*HALF_BAND;
        self.even.copy_within(NARROW.., 0);
        self.odd.copy_within(NARROW.., 0);
        for (n, pair) in wide.chunks_exact(2).enumerate() {
            self.even[REACH - 1 + n] = pair[0] as f32;
            self.odd[TAPS - 1 + n] = pair[1] as f32;
        }
        for (n, sample) in narrow.iter_mut().enumerate() {
            let Some(window) = self.odd[n..].first_chunk::<TAPS>() else { return };
            *sample += (0.5 * self.even[n] + filter(window, taps)).round_ties_even() as i32;
        }
    }
}

const _: () = assert!(WIDE == 2 * NARROW && TAPS.is_multiple_of(8));

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(hertz: f64, rate: f64, from: usize, out: &mut [i32]) {
        for (n, sample) in out.iter_mut().enumerate() {
            *sample = (10_000.0 * (2.0 * PI * hertz * (from + n) as f64 / rate).sin()) as i32;
        }
    }

    /// The peak of `hertz` in the samples.
    fn peak(hertz: f64, rate: f64, samples: &[i32]) -> f64 {
        let (mut re, mut im) = (0.0, 0.0);
        for (n, sample) in samples.iter().enumerate() {
            let angle = 2.0 * PI * hertz * n as f64 / rate;
            re += f64::from(*sample) * angle.cos();
            im += f64::from(*sample) * angle.sin();
        }
        2.0 * (re * re + im * im).sqrt() / samples.len() as f64
    }

    fn raised(hertz: f64) -> Vec<i32> {
        let (mut raise, mut all) = (Raise::default(), Vec::new());
        for frame in 0..50 {
            let (mut narrow, mut wide) = ([0; NARROW], [0; WIDE]);
            tone(hertz, 8_000.0, frame * NARROW, &mut narrow);
            raise.add(&narrow, &mut wide);
            all.extend(wide);
        }
        all.split_off(WIDE)
    }

    fn lowered(hertz: f64) -> Vec<i32> {
        let (mut lower, mut all) = (Lower::default(), Vec::new());
        for frame in 0..50 {
            let (mut narrow, mut wide) = ([0; NARROW], [0; WIDE]);
            tone(hertz, 16_000.0, frame * WIDE, &mut wide);
            lower.add(&wide, &mut narrow);
            all.extend(narrow);
        }
        all.split_off(NARROW)
    }

    #[test]
    fn speech_passes_both_ways_without_an_image() {
        for hertz in [300.0, 1_000.0, 2_000.0, 3_300.0] {
            let wide = raised(hertz);
            assert!((peak(hertz, 16_000.0, &wide) - 10_000.0).abs() < 60.0, "{hertz} up");
            assert!(peak(8_000.0 - hertz, 16_000.0, &wide) < 10.0, "{hertz}: its image");
            assert!((peak(hertz, 8_000.0, &lowered(hertz)) - 10_000.0).abs() < 60.0, "{hertz} down");
        }
    }

    #[test]
    fn what_8_khz_cannot_hold_does_not_fold_back() {
        for hertz in [4_700.0, 6_000.0, 7_500.0] {
            assert!(peak(8_000.0 - hertz, 8_000.0, &lowered(hertz)) < 10.0, "{hertz}");
        }
    }

    #[test]
    fn a_tone_that_ends_rings_out_and_then_costs_nothing() {
        let mut raise = Raise::default();
        let (mut narrow, mut wide) = ([9_000; NARROW], [0; WIDE]);
        raise.add(&narrow, &mut wide);
        narrow.fill(0);
        wide.fill(0);
        raise.add(&narrow, &mut wide);
        assert!(wide[..4].iter().any(|s| *s != 0) && raise.quiet);
        assert_eq!(wide[WIDE - 1], 0);
        wide.fill(0);
        raise.add(&narrow, &mut wide);
        assert_eq!(wide, [0; WIDE]);
    }
}
