//! `SpeakAndGetDigits`: asks with a spoken text.

use crate::actions::get_digits::{GetDigits, Rules};
use crate::actions::speak::read_speech;
use crate::actions::{Begun, Running};
use crate::legs::Side;
use crate::protocol::error::ActionError;
use crate::protocol::parameters::Parameters;
use crate::stage::Stage;
use crate::{AudioSource, Speech};

pub(super) fn begin(
    stage: &mut Stage<'_>,
    side: Side,
    parameters: Parameters<'_>,
) -> Result<Begun, ActionError> {
    let strict = stage.setup.limits.strict;
    let speech = |name: &str, defaults: Option<&Speech>| match parameters.object(name) {
        Ok(Some(speech)) => read_speech(speech, defaults, strict),
        Ok(None) => Err(ActionError::required(name)),
        Err(_) => Err(ActionError::parameter(name)),
    };
    let prompt = speech("SpeechParameters", None)?;
    let failure = speech("FailureSpeechParameters", Some(&prompt))?;
    if parameters.get("RepeatDurationInMilliseconds").is_none() {
        return Err(ActionError::required("RepeatDurationInMilliseconds"));
    }
    let rules = Rules::read(parameters)?;
    let get = GetDigits::begin(stage, side, AudioSource::Speech(prompt), AudioSource::Speech(failure), rules);
    Ok(Begun::Running(Running::GetDigits(Box::new(get))))
}
