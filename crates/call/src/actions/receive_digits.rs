//! `ReceiveDigits`: done at once, and from then on listening in the background.
//!
//! Digits gather in a buffer. When no digit came for the in-between time, the buffer is tested; a match is
//! reported and empties it, the registration stays. The flush time counts from the first digit of the buffer:
//! at its end the buffer is tested a last time and emptied.

use std::time::Duration;

use base::{LegId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::actions::{Action, Begun, Kind, Results, milliseconds};
use crate::legs::Side;
use crate::pattern;
use crate::protocol::error::ActionError;
use crate::protocol::parameters::Parameters;
use crate::stage::Stage;

/// Most digits a buffer holds; more are dropped until it is emptied.
const BUFFER_MAX: usize = 128;

/// The background listener of one leg.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Registration {
    /// The action, for the echo in its events.
    action: Action,
    pattern: String,
    in_between: Duration,
    flush: Duration,
    buffer: Buffer,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Buffer {
    Empty,
    Filled {
        digits: String,
        /// `None` after a test that found nothing, until the next digit.
        test_at: Option<Timestamp>,
        flush_at: Timestamp,
    },
}

pub(super) fn begin(
    stage: &mut Stage<'_>,
    side: Side,
    parameters: Parameters<'_>,
) -> Result<Begun, ActionError> {
    let pattern = match parameters.text("InputDigitsRegex") {
        Ok(Some(pattern)) if !pattern.is_empty() && pattern::is_valid(&pattern) => pattern.into_owned(),
        _ => return Err(ActionError::parameter("InputDigitsRegex")),
    };
    let required = |name| milliseconds(parameters, name)?.ok_or_else(|| ActionError::parameter(name));
    let in_between = required("InBetweenDigitsDurationInMilliseconds")?;
    let flush = required("FlushDigitsDurationInMilliseconds")?;
    if flush <= in_between {
        return Err(ActionError::parameter("FlushDigitsDurationInMilliseconds"));
    }
    stage.connect(side);
    if let Some(leg) = stage.legs.get_mut(side) {
        let action = Action { kind: Kind::ReceiveDigits, parameters: parameters.0.clone() };
        leg.registration = Some(Registration { action, pattern, in_between, flush, buffer: Buffer::Empty });
    }
    Ok(Begun::Done(Results::Digits(String::new())))
}

impl Registration {
    pub(crate) fn push(&mut self, now: Timestamp, digit: char) {
        match &mut self.buffer {
            Buffer::Filled { digits, test_at, .. } => {
                if digits.len() < BUFFER_MAX {
                    digits.push(digit);
                }
                *test_at = Some(now + self.in_between);
            }
            Buffer::Empty => {
                self.buffer = Buffer::Filled {
                    digits: digit.to_string(),
                    test_at: Some(now + self.in_between),
                    flush_at: now + self.flush,
                };
            }
        }
    }

    pub(crate) fn test_at(&self) -> Option<Timestamp> {
        match &self.buffer {
            Buffer::Filled { test_at, .. } => *test_at,
            Buffer::Empty => None,
        }
    }

    pub(crate) fn flush_at(&self) -> Option<Timestamp> {
        match &self.buffer {
            Buffer::Filled { flush_at, .. } => Some(*flush_at),
            Buffer::Empty => None,
        }
    }

    /// Tests the buffer; with `flush` it is emptied in any case. Returns what is to be reported.
    pub(crate) fn test(&mut self, flush: bool) -> Option<String> {
        let Buffer::Filled { digits, test_at, .. } = &mut self.buffer else { return None };
        let found = pattern::found_in(&self.pattern, digits).then(|| std::mem::take(digits));
        *test_at = None;
        if found.is_some() || flush {
            self.buffer = Buffer::Empty;
        }
        found
    }

    /// `ActionData` of `DIGITS_RECEIVED`.
    pub(crate) fn data(&self, leg: (LegId, Side), digits: String) -> String {
        self.action.data(Some(leg), &Results::Digits(digits), None)
    }
}
