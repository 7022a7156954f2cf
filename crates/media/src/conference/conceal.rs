//! Loss of G.711 packets: the last pitch period goes on and fades, and what comes next is faded in over it.

/// Samples remembered (40 ms).
const HISTORY: usize = 320;
/// Periods looked for: 2.5 to 15 ms (66 to 400 Hz).
const SHORTEST: usize = 20;
const LONGEST: usize = 120;
/// Samples compared.
const COMPARED: usize = 160;
/// After so many samples (60 ms) nothing is left.
const FADE: usize = 480;
/// Samples over which the real thing is faded in again (5 ms).
const RETURN: usize = 40;

#[derive(Clone, Debug)]
pub(super) struct Concealer {
    history: [i16; HISTORY],
    gap: Option<Gap>,
}

#[derive(Clone, Copy, Debug)]
struct Gap {
    period: usize,
    /// Samples made up so far.
    made: usize,
}

impl Default for Concealer {
    fn default() -> Self {
        Self { history: [0; HISTORY], gap: None }
    }
}

impl Concealer {
    /// Makes up what is missing.
    pub(super) fn fill(&mut self, missing: &mut [i16]) {
        let mut gap = self.gap.unwrap_or_else(|| Gap { period: self.period(), made: 0 });
        for sample in missing {
            *sample = self.made_up(&mut gap);
        }
        self.gap = Some(gap);
    }

    /// Takes what came; after a gap its beginning is joined to what was made up.
    pub(super) fn take(&mut self, samples: &mut [i16]) {
        if let Some(mut gap) = self.gap.take()
            && gap.made < FADE
        {
            for (n, sample) in samples.iter_mut().take(RETURN).enumerate() {
                let (new, old) = (i32::from(*sample), i32::from(self.made_up(&mut gap)));
                let (n, all) = (n as i32 + 1, RETURN as i32 + 1);
                *sample = ((new * n + old * (all - n)) / all) as i16;
            }
        }
        if let Some(rest) = samples.len().checked_sub(HISTORY) {
            self.history.copy_from_slice(&samples[rest..]);
        } else {
            self.history.copy_within(samples.len().., 0);
            self.history[HISTORY - samples.len()..].copy_from_slice(samples);
        }
    }

    fn made_up(&self, gap: &mut Gap) -> i16 {
        let left = FADE.saturating_sub(gap.made) as i32;
        let sample = i32::from(self.history[HISTORY - gap.period + gap.made % gap.period]);
        gap.made += 1;
        (sample * left / FADE as i32) as i16
    }

    /// The lag at which the last samples resemble those before most.
    fn period(&self) -> usize {
        let recent = &self.history[HISTORY - COMPARED..];
        let likeness = |lag: usize| {
            let before = &self.history[HISTORY - COMPARED - lag..HISTORY - lag];
            let (mut product, mut energy) = (0.0f32, 1.0f32);
            for (a, b) in recent.iter().zip(before) {
                let (a, b) = (f32::from(*a), f32::from(*b));
                product += a * b;
                energy += b * b;
            }
            product / energy.sqrt()
        };
        let mut best = (SHORTEST, f32::MIN);
        for lag in SHORTEST..=LONGEST {
            let like = likeness(lag);
            if like > best.1 {
                best = (lag, like);
            }
        }
        best.0
    }
}

const _: () = assert!(COMPARED + LONGEST <= HISTORY);

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::tone;

    #[test]
    fn a_tone_goes_on_without_a_step_and_comes_back_without_one() {
        let voice = tone::sine(250.0, 8_000, Duration::from_millis(400));
        let mut heard = voice.clone();
        let mut concealer = Concealer::default();
        concealer.take(&mut heard[..800]);
        concealer.fill(&mut heard[800..960]);
        concealer.take(&mut heard[960..]);
        let step = heard.windows(2).map(|w| (w[1] - w[0]).abs()).max().unwrap();
        let usual = voice.windows(2).map(|w| (w[1] - w[0]).abs()).max().unwrap();
        assert!(step <= usual + usual / 5, "{step} where {usual} is usual");
        assert!(tone::share(250.0, &heard[700..1_100]) > 0.9);
    }

    #[test]
    fn a_long_gap_fades_to_silence() {
        let mut voice = tone::sine(300.0, 8_000, Duration::from_millis(100));
        let mut concealer = Concealer::default();
        concealer.take(&mut voice);
        let mut gap = [1; 800];
        concealer.fill(&mut gap);
        assert!(gap[..80].iter().any(|s| s.abs() > 6_000));
        assert!(gap[FADE..].iter().all(|s| *s == 0));
    }
}
