//! Collects digits after a prompt: the common engine of `PlayAudioAndGetDigits` and `SpeakAndGetDigits`.
//!
//! ```text
//! Prompt ──end──→ FirstDigit ──digit──→ Digits ──last digit, terminator, pause──→ judged
//!    └──digit (barge-in)──────────────────↗           judged valid   → done
//!                     FirstDigit ──no digit──→ judged judged invalid → Failing ──end──→ Prompt again, or failed
//! ```

use std::time::Duration;

use base::Timestamp;
use serde::{Deserialize, Serialize};

use crate::actions::{Results, Signal, Step, audio_source, count, milliseconds};
use crate::legs::Side;
use crate::pattern;
use crate::protocol::error::{ActionError, ErrorType};
use crate::protocol::parameters::Parameters;
use crate::stage::Stage;
use crate::timer::Timer;
use crate::{AudioSource, PlaybackId, Times};

/// Most digits that can be asked for.
const DIGITS_MAX: i64 = 128;

/// What makes a good input, and how long to wait for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Rules {
    pattern: Option<String>,
    minimum: usize,
    maximum: usize,
    terminators: String,
    first_digit: Duration,
    next_digit: Duration,
    attempts: u32,
}

/// A collection in progress.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct GetDigits {
    prompt: AudioSource,
    failure: AudioSource,
    rules: Rules,
    phase: Phase,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Phase {
    /// The prompt plays.
    Prompt { playback: PlaybackId },
    /// The prompt is over, nothing was pressed yet.
    FirstDigit { until: Timestamp },
    /// Something was pressed.
    Digits { typed: String, until: Timestamp },
    /// The failure prompt plays. Keys are ignored: they are the tail of what was wrong.
    Failing { playback: PlaybackId, typed: String },
}

impl Rules {
    pub(super) fn read(parameters: Parameters<'_>) -> Result<Self, ActionError> {
        let invalid = ActionError::parameter;
        let pattern = match parameters.text("InputDigitsRegex") {
            Ok(Some(pattern)) if !pattern.is_empty() => Some(pattern.into_owned()),
            Ok(_) => None,
            Err(_) => return Err(invalid("InputDigitsRegex")),
        };
        if pattern.as_ref().is_some_and(|pattern| !pattern::is_valid(pattern)) {
            return Err(invalid("InputDigitsRegex"));
        }
        let minimum = parameters
            .integer_in("MinNumberOfDigits", 0..=DIGITS_MAX)
            .map_err(|_| invalid("MinNumberOfDigits"))?
            .unwrap_or(0);
        // Equal to the minimum is in wide use.
        let maximum = parameters
            .integer_in("MaxNumberOfDigits", minimum.max(1)..=DIGITS_MAX)
            .map_err(|_| invalid("MaxNumberOfDigits"))?
            .unwrap_or(DIGITS_MAX);
        let terminators = parameters
            .keys("TerminatorDigits")
            .map_err(|_| invalid("TerminatorDigits"))?
            .unwrap_or("#".into());
        let first_digit = milliseconds(parameters, "RepeatDurationInMilliseconds")?
            .ok_or_else(|| invalid("RepeatDurationInMilliseconds"))?;
        let next_digit =
            milliseconds(parameters, "InBetweenDigitsDurationInMilliseconds")?.unwrap_or(first_digit);
        let attempts = count(parameters, "Repeat")?.unwrap_or(1);
        Ok(Self {
            pattern,
            minimum: minimum.unsigned_abs() as usize,
            maximum: maximum.unsigned_abs() as usize,
            terminators,
            first_digit,
            next_digit,
            attempts,
        })
    }

    /// The pattern may be meant with or without the terminator.
    fn accept(&self, typed: &str, terminator: Option<char>) -> bool {
        let Some(pattern) = &self.pattern else { return typed.len() >= self.minimum };
        typed.len() >= self.minimum
            && (pattern::found_in(pattern, typed)
                || terminator.is_some_and(|key| pattern::found_in(pattern, &format!("{typed}{key}"))))
    }
}

impl GetDigits {
    pub(super) fn begin(
        stage: &mut Stage<'_>,
        side: Side,
        prompt: AudioSource,
        failure: AudioSource,
        rules: Rules,
    ) -> Self {
        stage.connect(side);
        let playback = stage.play(side, prompt.clone(), Times::Count(1));
        Self { prompt, failure, rules, phase: Phase::Prompt { playback } }
    }

    pub(super) fn signal(&mut self, stage: &mut Stage<'_>, side: Side, signal: Signal) -> Step {
        match (signal, &mut self.phase) {
            (Signal::PlaybackEnded(ended, outcome), Phase::Prompt { playback }) if ended == *playback => {
                match outcome {
                    Ok(()) => {
                        self.phase = Phase::FirstDigit { until: stage.now + self.rules.first_digit };
                        Step::Continue
                    }
                    Err(error) => Step::failed(audio_source::playback_error(&error)),
                }
            }
            (Signal::PlaybackEnded(ended, outcome), Phase::Failing { playback, typed })
                if ended == *playback =>
            {
                match outcome {
                    Ok(()) if self.rules.attempts > 0 => {
                        let playback = stage.play(side, self.prompt.clone(), Times::Count(1));
                        self.phase = Phase::Prompt { playback };
                        Step::Continue
                    }
                    Ok(()) => Step::Failed(
                        ActionError::new(ErrorType::InvalidDigitsReceived, "Invalid digits received"),
                        Results::Digits(std::mem::take(typed)),
                    ),
                    Err(error) => Step::failed(audio_source::playback_error(&error)),
                }
            }
            (Signal::Digit(key), Phase::Prompt { playback }) => {
                let playback = *playback;
                stage.stop_playback(playback);
                self.pressed(stage, side, String::new(), key)
            }
            (Signal::Digit(key), Phase::FirstDigit { .. }) => self.pressed(stage, side, String::new(), key),
            (Signal::Digit(key), Phase::Digits { typed, .. }) => {
                let typed = std::mem::take(typed);
                self.pressed(stage, side, typed, key)
            }
            (Signal::Due, Phase::FirstDigit { .. }) => self.judge(stage, side, String::new(), None),
            (Signal::Due, Phase::Digits { typed, .. }) => {
                let typed = std::mem::take(typed);
                self.judge(stage, side, typed, None)
            }
            _ => Step::Continue,
        }
    }

    fn pressed(&mut self, stage: &mut Stage<'_>, side: Side, mut typed: String, key: char) -> Step {
        if self.rules.terminators.contains(key) {
            return self.judge(stage, side, typed, Some(key));
        }
        typed.push(key);
        if typed.len() >= self.rules.maximum {
            return self.judge(stage, side, typed, None);
        }
        self.phase = Phase::Digits { typed, until: stage.now + self.rules.next_digit };
        Step::Continue
    }

    /// The input is complete. A bad one costs an attempt and is answered by the failure prompt.
    fn judge(&mut self, stage: &mut Stage<'_>, side: Side, typed: String, terminator: Option<char>) -> Step {
        if self.rules.accept(&typed, terminator) {
            return Step::Done(Results::Digits(typed));
        }
        self.rules.attempts = self.rules.attempts.saturating_sub(1);
        let playback = stage.play(side, self.failure.clone(), Times::Count(1));
        self.phase = Phase::Failing { playback, typed };
        Step::Continue
    }

    pub(super) fn stop(&self, stage: &mut Stage<'_>) {
        match self.phase {
            Phase::Prompt { playback } | Phase::Failing { playback, .. } => stage.stop_playback(playback),
            Phase::FirstDigit { .. } | Phase::Digits { .. } => {}
        }
    }

    pub(super) fn deadline(&self) -> Option<(Timestamp, Timer)> {
        match self.phase {
            Phase::FirstDigit { until } => Some((until, Timer::FirstDigit)),
            Phase::Digits { until, .. } => Some((until, Timer::NextDigit)),
            Phase::Prompt { .. } | Phase::Failing { .. } => None,
        }
    }
}
