//! What a member adds to the mix: whether it is audible, and how it comes and goes without a click.

use super::{NARROW, NarrowSum, QUIET, WIDE, WideSum};

/// Ticks for which a voice stays in the mix after its last audible frame: pauses between words are its own, too.
const HANGOVER: u32 = 20;
/// Share of a frame over which a voice comes in (5 ms).
const RAMP: usize = 4;

/// Which bus a frame is on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Part {
    /// None: nothing was added.
    #[default]
    None,
    Narrow,
    Wide,
}

#[derive(Debug)]
pub(super) struct Voice {
    /// What was added at this tick; the narrow bus takes the first half.
    pub(super) frame: [i16; WIDE],
    pub(super) part: Part,
    /// It belongs to the mix; the frame by which it leaves is added without.
    inside: bool,
    /// Ticks for which it still belongs to the mix.
    hangover: u32,
    /// Sum of the mean squares of the frames since the last levels, and how many.
    energy: f32,
    ticks: u32,
}

impl Default for Voice {
    fn default() -> Self {
        Self { frame: [0; WIDE], part: Part::None, inside: false, hangover: 0, energy: 0.0, ticks: 0 }
    }
}

impl Voice {
    /// It is in the mix, so the next frame matters even if it is quiet.
    pub(super) fn is_inside(&self) -> bool {
        self.inside
    }

    /// Something of it is in the mix at this tick.
    pub(super) fn is_heard(&self) -> bool {
        self.part != Part::None
    }

    pub(super) fn narrow(&mut self) -> &mut [i16; NARROW] {
        // Half of an array of twice the length.
        self.frame.first_chunk_mut().expect("NARROW is half of WIDE")
    }

    /// Decides about the frame that was just written: in the mix, out of it, or on its way in or out.
    pub(super) fn judge(&mut self, part: Part, sound: bool, allowed: bool) {
        let samples = match part {
            Part::Wide => &mut self.frame[..],
            Part::Narrow | Part::None => &mut self.frame[..NARROW],
        };
        let energy = if sound { mean_square(samples) } else { 0.0 };
        self.hangover = if energy > audible() { HANGOVER } else { self.hangover.saturating_sub(1) };
        if !allowed {
            self.hangover = 0;
        }
        let was_inside = std::mem::replace(&mut self.inside, self.hangover > 0);
        self.part = if was_inside || self.inside { part } else { Part::None };
        match (was_inside, self.inside) {
            (true, true) => {}
            (false, true) => {
                let ramp = samples.len() / RAMP;
                fade_in(&mut samples[..ramp]);
            }
            (true, false) => fade_out(samples),
            (false, false) => return,
        }
        self.energy += energy;
        self.ticks += 1;
    }

    /// Takes the frame that was just written as the last one ever; false: it is not heard.
    pub(super) fn farewell(&mut self, part: Part) -> bool {
        let heard = std::mem::take(&mut self.inside);
        self.part = part;
        let length = if part == Part::Wide { WIDE } else { NARROW };
        fade_out(&mut self.frame[..length]);
        heard
    }

    pub(super) fn add(&self, narrow: &mut NarrowSum, wide: &mut WideSum) {
        match self.part {
            Part::None => {}
            Part::Narrow => add(narrow, &self.frame),
            Part::Wide => add(wide, &self.frame),
        }
    }

    /// The level since it was asked last, in −dBov; `None`: it was not audible.
    pub(super) fn take_level(&mut self) -> Option<u8> {
        let (energy, ticks) = (std::mem::take(&mut self.energy), std::mem::take(&mut self.ticks));
        let level = level(energy / ticks.max(1) as f32);
        (ticks > 0 && level <= QUIET).then_some(level)
    }
}

fn add(sum: &mut [i32], frame: &[i16]) {
    for (sum, sample) in sum.iter_mut().zip(frame) {
        *sum += i32::from(*sample);
    }
}

pub(super) fn fade_in(samples: &mut [i16]) {
    let all = samples.len() as i32;
    for (n, sample) in samples.iter_mut().enumerate() {
        *sample = (i32::from(*sample) * n as i32 / all) as i16;
    }
}

pub(super) fn fade_out(samples: &mut [i16]) {
    let all = samples.len() as i32;
    for (n, sample) in samples.iter_mut().enumerate() {
        *sample = (i32::from(*sample) * (all - n as i32) / all) as i16;
    }
}

/// Mean square of the samples.
pub(super) fn mean_square(samples: &[i16]) -> f32 {
    let mut lanes = [0i64; 8];
    for eight in samples.chunks_exact(8) {
        for (lane, sample) in lanes.iter_mut().zip(eight) {
            *lane += i64::from(i32::from(*sample) * i32::from(*sample));
        }
    }
    lanes.iter().sum::<i64>() as f32 / samples.len().max(1) as f32
}

/// The mean square of a voice at the edge of silence.
fn audible() -> f32 {
    // 10^(−QUIET/10) of full scale.
    32_768.0 * 32_768.0 * 1e-6
}

/// A mean square as RFC 6464 has it: −dBov, 127 for silence.
pub(super) fn level(mean_square: f32) -> u8 {
    if mean_square < 1.0 {
        return 127;
    }
    (-10.0 * (mean_square / (32_768.0 * 32_768.0)).log10()).round().clamp(0.0, 127.0) as u8
}

const _: () = assert!(QUIET == 60, "audible() says the same");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_minus_decibels() {
        assert_eq!(level(0.0), 127);
        assert_eq!(level(32_768.0 * 32_768.0), 0);
        // A sine of half the full scale.
        assert_eq!(level(16_384.0 * 16_384.0 / 2.0), 9);
        assert_eq!(level(audible()), QUIET);
    }

    #[test]
    fn a_voice_comes_in_by_a_ramp_stays_over_a_pause_and_fades_when_muted() {
        let mut voice = Voice::default();
        let mut say = |sample: i16, allowed: bool| {
            voice.narrow().fill(sample);
            voice.judge(Part::Narrow, sample != 0, allowed);
            (voice.part, voice.frame[0], voice.frame[NARROW - 1])
        };
        assert_eq!(say(20, true), (Part::None, 20, 20));
        assert_eq!(say(8_000, true), (Part::Narrow, 0, 8_000));
        assert_eq!(say(8_000, true), (Part::Narrow, 8_000, 8_000));
        for _ in 1..HANGOVER {
            assert_eq!(say(10, true), (Part::Narrow, 10, 10));
        }
        assert_eq!(say(10, true), (Part::Narrow, 10, 0));
        assert_eq!(say(10, true), (Part::None, 10, 10));
        say(8_000, true);
        assert_eq!(say(8_000, false), (Part::Narrow, 8_000, 50));
        assert_eq!(say(8_000, false).0, Part::None);
        assert_eq!(say(8_000, true), (Part::Narrow, 0, 8_000));
    }
}
