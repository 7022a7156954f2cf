use std::time::Duration;

/// Average absolute sample from which on something counts as sound.
const SOUND: f64 = 60.0;

/// Notices what is heard: how loud, and since when it is quiet.
#[derive(Clone, Debug, Default)]
pub struct Ear {
    samples: u64,
    loud: u64,
    /// Silent samples since the last sound.
    quiet: u64,
    level: f64,
}

impl Ear {
    /// Listens to some more (8 kHz).
    pub fn hear(&mut self, samples: &[i16]) {
        // In pieces of 20 ms, so that the beginning and the end of a word are found.
        for piece in samples.chunks(160) {
            let sum: f64 = piece.iter().map(|s| f64::from(s.unsigned_abs())).sum();
            let average = sum / piece.len() as f64;
            self.samples += piece.len() as u64;
            self.level = if average >= self.level { average } else { 0.7 * self.level + 0.3 * average };
            if average >= SOUND {
                self.loud += piece.len() as u64;
                self.quiet = 0;
            } else {
                self.quiet += piece.len() as u64;
            }
        }
    }

    /// How long it has listened.
    pub fn listened(&self) -> Duration {
        time(self.samples)
    }

    /// How much of it was sound.
    pub fn sound(&self) -> Duration {
        time(self.loud)
    }

    /// How long it has been quiet since the last sound; `None` when there was no sound yet.
    pub fn quiet_since_sound(&self) -> Option<Duration> {
        (self.loud > 0).then(|| time(self.quiet))
    }

    /// Whether something is heard at the moment.
    pub fn hears(&self) -> bool {
        self.loud > 0 && self.quiet < 2_400
    }

    /// The level in decibels below full scale.
    pub fn decibels(&self) -> i32 {
        (20.0 * (self.level.max(1.0) / 32_768.0).log10()).round() as i32
    }

    /// The level as a bar of eight characters.
    pub fn bar(&self) -> String {
        let filled = ((f64::from(self.decibels()) + 58.0) / 5.0).clamp(0.0, 8.0).round() as usize;
        let mut bar = "▮".repeat(filled);
        bar.push_str(&"▯".repeat(8 - filled));
        bar
    }
}

fn time(samples: u64) -> Duration {
    Duration::from_micros(samples * 125)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sound_and_the_quiet_behind_it_are_told_apart() {
        let mut ear = Ear::default();
        ear.hear(&[3; 8_000]);
        assert_eq!(ear.quiet_since_sound(), None);
        ear.hear(&[2_000; 4_000]);
        assert!(ear.hears());
        assert_eq!(ear.decibels(), -24);
        ear.hear(&[0; 4_000]);
        assert!(!ear.hears());
        assert_eq!(ear.quiet_since_sound(), Some(Duration::from_millis(500)));
        assert_eq!(ear.sound(), Duration::from_millis(500));
        assert_eq!(ear.listened(), Duration::from_secs(2));
    }
}
