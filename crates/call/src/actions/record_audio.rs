//! `RecordAudio`: records what comes from a leg and stores it before it reports.
//!
//! ```text
//! Recording ──duration, terminator, silence──→ Storing ──stored──→ done
//!     └─ leg gone or update: the recording is taken over as an upload that the event waits for
//! ```

use std::time::Duration;

use base::Timestamp;
use serde::{Deserialize, Serialize};

use crate::actions::audio_source::is_bucket;
use crate::actions::{Begun, Results, Running, Signal, Step};
use crate::legs::Side;
use crate::protocol::error::ActionError;
use crate::protocol::json::Object;
use crate::protocol::parameters::Parameters;
use crate::stage::Stage;
use crate::timer::Timer;
use crate::{Effect, RecordingId, Silence, StoreError};

/// Longest `Prefix` in bytes.
const PREFIX_MAX: usize = 979;
/// `SilenceThreshold` unless given.
const THRESHOLD: i64 = 200;

/// A recording in progress.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct RecordAudio {
    recording: RecordingId,
    recorded: Recorded,
    terminators: String,
    phase: Phase,
}

/// Where the recording goes, and what ended it: the results of the action.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Recorded {
    bucket: String,
    prefix: Option<String>,
    key: String,
    terminator: Option<char>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Phase {
    Recording { until: Option<Timestamp> },
    Storing { until: Timestamp },
}

pub(super) fn begin(
    stage: &mut Stage<'_>,
    side: Side,
    parameters: Parameters<'_>,
) -> Result<Begun, ActionError> {
    let number = |name: &str, maximum: i64| {
        parameters.integer_in(name, 1..=maximum).map_err(|_| ActionError::parameter(name))
    };
    let duration = number("DurationInSeconds", 86_400)?;
    let silence_duration = number("SilenceDurationInSeconds", 1_000)?;
    let silence = match silence_duration {
        Some(seconds) => Some(Silence {
            duration: Duration::from_secs(seconds.unsigned_abs()),
            threshold: number("SilenceThreshold", 1_000)?.unwrap_or(THRESHOLD).unsigned_abs() as u16,
        }),
        // Ignored without a silence duration.
        None => None,
    };
    let terminators = match parameters.keys("RecordingTerminators") {
        Ok(Some(keys)) => keys,
        _ => return Err(ActionError::parameter("RecordingTerminators")),
    };
    let (bucket, prefix) =
        destination(parameters).ok_or_else(|| ActionError::parameter("RecordingDestination"))?;

    stage.connect(side);
    let recording = stage.ids.recording();
    let mut key = String::new();
    if let Some(leg) = stage.legs.get_mut(side) {
        let name = format!("{}-{}.wav", leg.id, leg.recordings);
        key = match prefix.as_deref().map(|p| p.trim_end_matches('/')) {
            Some(prefix) if !prefix.is_empty() => format!("{prefix}/{name}"),
            _ => name,
        };
        leg.recordings += 1;
        stage.effects.push(Effect::StartRecording { recording, leg: leg.id, silence });
    }
    let until = duration.map(|seconds| stage.now + Duration::from_secs(seconds.unsigned_abs()));
    Ok(Begun::Running(Running::RecordAudio(Box::new(RecordAudio {
        recording,
        recorded: Recorded { bucket, prefix, key, terminator: None },
        terminators,
        phase: Phase::Recording { until },
    }))))
}

/// `{Type: "S3", BucketName, Prefix}`.
fn destination(parameters: Parameters<'_>) -> Option<(String, Option<String>)> {
    let destination = parameters.object("RecordingDestination").ok()??;
    if destination.text("Type").ok()?? != "S3" {
        return None;
    }
    let bucket = destination.text("BucketName").ok()??.into_owned();
    let prefix = destination.text("Prefix").ok()?.filter(|p| !p.is_empty()).map(|p| p.into_owned());
    (is_bucket(&bucket) && prefix.as_deref().is_none_or(is_safe)).then_some((bucket, prefix))
}

/// Characters that are safe in object keys and file names, and no way out of the folder.
fn is_safe(prefix: &str) -> bool {
    prefix.len() <= PREFIX_MAX
        && prefix.bytes().all(|b| b.is_ascii_alphanumeric() || b"!-_.*'()/+=@:,".contains(&b))
        && !prefix.starts_with('/')
        && prefix.split('/').all(|segment| segment != ".." && segment != ".")
}

impl RecordAudio {
    pub(super) fn signal(&mut self, stage: &mut Stage<'_>, signal: Signal) -> Step {
        match (signal, &self.phase) {
            (Signal::Digit(key), Phase::Recording { .. }) if self.terminators.contains(key) => {
                self.finish(stage, Some(key));
            }
            (Signal::Silence(recording), Phase::Recording { .. }) if recording == self.recording => {
                self.finish(stage, None);
            }
            (Signal::Due, Phase::Recording { .. }) => self.finish(stage, None),
            (Signal::Due, Phase::Storing { .. }) => return Step::failed(upload_failed()),
            (Signal::Stored(recording, outcome), Phase::Storing { .. }) if recording == self.recording => {
                return match outcome {
                    Ok(()) => Step::Done(Results::Recording(self.recorded.clone())),
                    Err(error) => Step::failed(store_error(&error)),
                };
            }
            _ => {}
        }
        Step::Continue
    }

    /// Ends the recording, if it still goes on, and has it stored.
    pub(super) fn finish(&mut self, stage: &mut Stage<'_>, terminator: Option<char>) {
        if let Phase::Recording { .. } = self.phase {
            self.recorded.terminator = terminator;
            self.phase = Phase::Storing { until: stage.now + stage.setup.limits.upload_timeout };
            stage.effects.push(Effect::StoreRecording {
                recording: self.recording,
                bucket: self.recorded.bucket.clone(),
                key: self.recorded.key.clone(),
            });
        }
    }

    /// True while audio is being recorded, false while it is being stored.
    pub(crate) fn is_recording(&self) -> bool {
        matches!(self.phase, Phase::Recording { .. })
    }

    /// Which recording is being stored, until when, and what will be told of it.
    pub(crate) fn into_upload(self, now: Timestamp) -> (RecordingId, Timestamp, Recorded) {
        let until = match self.phase {
            Phase::Storing { until } => until,
            Phase::Recording { .. } => now,
        };
        (self.recording, until, self.recorded)
    }

    pub(super) fn deadline(&self) -> Option<(Timestamp, Timer)> {
        match self.phase {
            Phase::Recording { until } => until.map(|at| (at, Timer::RecordingDuration)),
            Phase::Storing { until } => Some((until, Timer::Upload)),
        }
    }

    pub(super) fn has_terminators(&self) -> bool {
        self.is_recording() && !self.terminators.is_empty()
    }
}

impl Recorded {
    pub(super) fn write(&self, data: &mut Object<'_>) {
        data.key("RecordingDestination");
        let mut destination = Object::open(data.out);
        destination.string("Type", "S3");
        destination.string("BucketName", &self.bucket);
        if let Some(prefix) = &self.prefix {
            destination.string("Prefix", prefix);
        }
        destination.string("Key", &self.key);
        destination.close();
        if let Some(key) = self.terminator {
            data.string("RecordingTerminatorUsed", key.encode_utf8(&mut [0; 4]));
        }
    }
}

pub(crate) fn store_error(error: &StoreError) -> ActionError {
    match error {
        StoreError::NoAccess(_) => upload_failed(),
        StoreError::System(_) => ActionError::system(),
    }
}

pub(crate) fn upload_failed() -> ActionError {
    ActionError::invalid("Error occurred while uploading recording to S3 bucket.")
}
