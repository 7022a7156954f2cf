//! `Pause`: waits. It answers an unanswered call, so that the media path can settle.

use std::time::Duration;

use base::Timestamp;
use serde::{Deserialize, Serialize};

use crate::actions::{Begun, Running, Signal, Step};
use crate::legs::Side;
use crate::protocol::error::ActionError;
use crate::protocol::parameters::Parameters;
use crate::stage::Stage;

/// A pause in progress.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Pause {
    pub(super) until: Timestamp,
}

pub(super) fn begin(
    stage: &mut Stage<'_>,
    side: Side,
    parameters: Parameters<'_>,
) -> Result<Begun, ActionError> {
    // Documented from 100 ms to 30 s; shorter and longer ones are in use.
    let range = if stage.setup.limits.strict { 100..=30_000 } else { 1..=600_000 };
    match parameters.integer_in("DurationInMilliseconds", range) {
        Ok(Some(duration)) => {
            stage.connect(side);
            let until = stage.now + Duration::from_millis(duration.unsigned_abs());
            Ok(Begun::Running(Running::Pause(Pause { until })))
        }
        _ => Err(ActionError::parameter("Duration")),
    }
}

impl Pause {
    pub(super) fn signal(&self, signal: Signal) -> Step {
        match signal {
            Signal::Due => Step::done(),
            _ => Step::Continue,
        }
    }
}
