//! `PlayAudio`: plays a file, until its end or a terminating key.

use serde::{Deserialize, Serialize};

use crate::actions::{Begun, Running, Signal, Step, audio_source, count};
use crate::legs::Side;
use crate::protocol::error::ActionError;
use crate::protocol::parameters::Parameters;
use crate::stage::Stage;
use crate::{PlaybackId, Times};

/// A file being played.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct PlayAudio {
    playback: PlaybackId,
    terminators: String,
}

pub(super) fn begin(
    stage: &mut Stage<'_>,
    side: Side,
    parameters: Parameters<'_>,
) -> Result<Begun, ActionError> {
    let source = audio_source::read(parameters, "AudioSource")?;
    let terminators = parameters
        .keys("PlaybackTerminators")
        .map_err(|_| ActionError::parameter("PlaybackTerminators"))?
        .unwrap_or_default();
    let times = Times::Count(count(parameters, "Repeat")?.unwrap_or(1));
    stage.connect(side);
    let playback = stage.play(side, source, times);
    Ok(Begun::Running(Running::PlayAudio(PlayAudio { playback, terminators })))
}

impl PlayAudio {
    pub(super) fn signal(&self, stage: &mut Stage<'_>, signal: Signal) -> Step {
        match signal {
            Signal::PlaybackEnded(playback, outcome) if playback == self.playback => match outcome {
                Ok(()) => Step::done(),
                Err(error) => Step::failed(audio_source::playback_error(&error)),
            },
            // The key that ends it is not reported.
            Signal::Digit(key) if self.terminators.contains(key) => {
                self.stop(stage);
                Step::done()
            }
            _ => Step::Continue,
        }
    }

    pub(super) fn stop(&self, stage: &mut Stage<'_>) {
        stage.stop_playback(self.playback);
    }

    pub(super) fn has_terminators(&self) -> bool {
        !self.terminators.is_empty()
    }
}
