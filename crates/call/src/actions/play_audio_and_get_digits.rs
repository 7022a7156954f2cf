//! `PlayAudioAndGetDigits`: asks with a file.

use crate::actions::get_digits::{GetDigits, Rules};
use crate::actions::{Begun, Running, audio_source};
use crate::legs::Side;
use crate::protocol::error::ActionError;
use crate::protocol::parameters::Parameters;
use crate::stage::Stage;

pub(super) fn begin(
    stage: &mut Stage<'_>,
    side: Side,
    parameters: Parameters<'_>,
) -> Result<Begun, ActionError> {
    let prompt = audio_source::read(parameters, "AudioSource")?;
    let failure = audio_source::read(parameters, "FailureAudioSource")?;
    let rules = Rules::read(parameters)?;
    let get = GetDigits::begin(stage, side, prompt, failure, rules);
    Ok(Begun::Running(Running::GetDigits(Box::new(get))))
}
