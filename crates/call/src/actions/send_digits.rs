//! `SendDigits`: presses keys towards a leg's party.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::actions::{Begun, Running, Signal, Step};
use crate::legs::Side;
use crate::protocol::error::ActionError;
use crate::protocol::parameters::Parameters;
use crate::stage::Stage;
use crate::{Effect, SendingId};

/// Most digits of one action.
const DIGITS_MAX: usize = 50;

/// Digits going out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct SendDigits {
    sending: SendingId,
}

pub(super) fn begin(
    stage: &mut Stage<'_>,
    side: Side,
    parameters: Parameters<'_>,
) -> Result<Begun, ActionError> {
    let digits = match parameters.text("Digits") {
        Ok(Some(digits)) if is_sendable(&digits) => digits.into_owned(),
        _ => return Err(ActionError::parameter("Digits")),
    };
    let tone = parameters
        .integer_in("ToneDurationInMilliseconds", 50..=24_000)
        .map_err(|_| ActionError::parameter("ToneDuration"))?
        .unwrap_or(250);
    stage.connect(side);
    let sending = stage.ids.sending();
    if let Some(leg) = stage.legs.get(side) {
        let tone = Duration::from_millis(tone.unsigned_abs());
        stage.effects.push(Effect::SendDigits { sending, leg: leg.id, digits, tone });
    }
    Ok(Begun::Running(Running::SendDigits(SendDigits { sending })))
}

fn is_sendable(digits: &str) -> bool {
    (1..=DIGITS_MAX).contains(&digits.len())
        && digits.bytes().all(|b| matches!(b, b'0'..=b'9' | b'A'..=b'D' | b'*' | b'#' | b','))
}

impl SendDigits {
    pub(super) fn signal(&self, signal: Signal) -> Step {
        match signal {
            Signal::DigitsSent(sending) if sending == self.sending => Step::done(),
            _ => Step::Continue,
        }
    }

    pub(super) fn stop(&self, stage: &mut Stage<'_>) {
        stage.effects.push(Effect::StopSending { sending: self.sending });
    }
}
