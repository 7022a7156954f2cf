use std::collections::VecDeque;
use std::str::FromStr;
use std::time::Duration;

use super::Ear;

/// The other side has finished speaking when it is quiet for this long.
const QUIET: Duration = Duration::from_millis(1_200);
/// Nobody speaks: go on after this long.
const PATIENCE: Duration = Duration::from_secs(15);

/// What to wait for before the next digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pause {
    /// A time.
    Time(Duration),
    /// The other side has spoken and is quiet.
    Spoken,
}

/// Digits to press and pauses between them: `12,3#` or `w1w2`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Script {
    steps: VecDeque<Step>,
    /// When the pause at the front began, in time since the answer.
    began: Option<Duration>,
    /// How much sound had been heard then.
    sound: Duration,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Pause(Pause),
    Press(String),
}

/// A script that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is no digit: use 0-9 * # A-D, `,` for half a second, `w` to wait until the other side has spoken"
)]
pub struct ScriptError(char);

impl FromStr for Script {
    type Err = ScriptError;

    fn from_str(text: &str) -> Result<Self, ScriptError> {
        let mut steps: VecDeque<Step> = VecDeque::new();
        for c in text.chars() {
            match (c, steps.back_mut()) {
                (' ', _) => {}
                (',', Some(Step::Pause(Pause::Time(time)))) => *time += Duration::from_millis(500),
                (',', _) => steps.push_back(Step::Pause(Pause::Time(Duration::from_millis(500)))),
                ('w' | 'W', _) => steps.push_back(Step::Pause(Pause::Spoken)),
                ('0'..='9' | '*' | '#' | 'A'..='D' | 'a'..='d', back) => {
                    let digit = c.to_ascii_uppercase();
                    match back {
                        Some(Step::Press(digits)) => digits.push(digit),
                        Some(Step::Pause(_)) | None => steps.push_back(Step::Press(digit.into())),
                    }
                }
                (other, _) => return Err(ScriptError(other)),
            }
        }
        Ok(Self { steps, ..Self::default() })
    }
}

impl Script {
    /// Waits for something first.
    pub fn begin_with(&mut self, pause: Pause) {
        if !self.steps.is_empty() {
            self.steps.push_front(Step::Pause(pause));
        }
    }

    /// Whether everything has been pressed.
    pub fn is_done(&self) -> bool {
        self.steps.is_empty()
    }

    /// The digits that are due `now`, counted from the answer. To be asked again and again.
    pub fn due(&mut self, now: Duration, ear: &Ear) -> Option<String> {
        loop {
            match self.steps.front()? {
                Step::Press(digits) => {
                    let digits = digits.clone();
                    self.steps.pop_front();
                    return Some(digits);
                }
                Step::Pause(pause) => {
                    let began = *self.began.get_or_insert_with(|| {
                        self.sound = ear.sound();
                        now
                    });
                    let waited = now.saturating_sub(began);
                    let over = match pause {
                        Pause::Time(time) => waited >= *time,
                        Pause::Spoken => {
                            let spoke = ear.sound() > self.sound;
                            (spoke && ear.quiet_since_sound().is_some_and(|quiet| quiet >= QUIET))
                                || waited >= PATIENCE && !ear.hears()
                        }
                    };
                    if !over {
                        return None;
                    }
                    self.steps.pop_front();
                    self.began = None;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: fn(u64) -> Duration = Duration::from_millis;

    #[test]
    fn commas_are_half_seconds() {
        let mut script: Script = "1,,2#".parse().unwrap();
        let ear = Ear::default();
        assert_eq!(script.due(MS(0), &ear).as_deref(), Some("1"));
        assert_eq!(script.due(MS(100), &ear), None);
        assert_eq!(script.due(MS(1_000), &ear), None);
        assert_eq!(script.due(MS(1_100), &ear).as_deref(), Some("2#"));
        assert!(script.is_done());
        assert_eq!("1x".parse::<Script>(), Err(ScriptError('x')));
    }

    #[test]
    fn waiting_is_for_new_speech_and_the_quiet_behind_it() {
        let mut script: Script = "1w2".parse().unwrap();
        script.begin_with(Pause::Spoken);
        let mut ear = Ear::default();
        assert_eq!(script.due(MS(0), &ear), None);
        ear.hear(&[1_000; 8_000]);
        assert_eq!(script.due(MS(1_000), &ear), None);
        ear.hear(&[0; 16_000]);
        assert_eq!(script.due(MS(3_000), &ear).as_deref(), Some("1"));
        // What was heard before does not count.
        assert_eq!(script.due(MS(3_000), &ear), None);
        ear.hear(&[1_000; 800]);
        ear.hear(&[0; 9_600]);
        assert_eq!(script.due(MS(4_300), &ear).as_deref(), Some("2"));
    }

    #[test]
    fn nobody_is_waited_for_for_ever() {
        let mut script: Script = "w5".parse().unwrap();
        let ear = Ear::default();
        assert_eq!(script.due(MS(0), &ear), None);
        assert_eq!(script.due(MS(15_000), &ear).as_deref(), Some("5"));
    }

    #[test]
    fn a_damaged_script_is_pressed_to_its_end_or_refused() {
        let mut rng = base::Rng::new(4);
        for _ in 0..2_000 {
            let text = crate::damage::damaged(&mut rng, &["12,,3#", "w1 w2", "*9A-d,w"]);
            let Ok(mut script) = text.parse::<Script>() else { continue };
            let (ear, mut pressed) = (Ear::default(), String::new());
            // Longer than all its pauses.
            for second in 0..30 * text.len() as u64 + 1 {
                while let Some(digits) = script.due(MS(1_000 * second), &ear) {
                    pressed += &digits;
                }
            }
            let meant: String = text.chars().filter(|c| !matches!(c, ' ' | ',' | 'w' | 'W')).collect();
            assert!(script.is_done() && pressed == meant.to_ascii_uppercase(), "{text}");
        }
    }
}
