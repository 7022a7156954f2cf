//! The `AudioSource` object, common to several actions.

use crate::AudioSource;
use crate::PlaybackError;
use crate::protocol::error::{ActionError, ErrorType};
use crate::protocol::parameters::Parameters;

/// Reads a required audio source; one that is missing is as invalid as a broken one.
pub(super) fn read(parameters: Parameters<'_>, name: &str) -> Result<AudioSource, ActionError> {
    object(parameters, name).ok_or_else(|| unusable("Audio Source parameter value is invalid."))
}

/// Reads `{Type: "S3", BucketName, Key}`.
pub(super) fn object(parameters: Parameters<'_>, name: &str) -> Option<AudioSource> {
    let source = parameters.object(name).ok()??;
    if source.text("Type").ok()?? != "S3" {
        return None;
    }
    let bucket = source.text("BucketName").ok()??.into_owned();
    let key = source.text("Key").ok()??.into_owned();
    let fits = is_bucket(&bucket) && !key.is_empty() && key.len() <= 1_024 && !key.contains(char::is_control);
    fits.then_some(AudioSource::Object { bucket, key })
}

/// Bucket names stay within what a folder or a URL segment can bear.
pub(super) fn is_bucket(name: &str) -> bool {
    (1..=255).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b))
        && !name.starts_with('.')
}

/// How a failed playback of a file or a text is told.
pub(super) fn playback_error(error: &PlaybackError) -> ActionError {
    match error {
        PlaybackError::ObjectNotFound(_) => unusable("Cannot access S3 bucket or audio file."),
        PlaybackError::NotAudio(_) => unusable("Audio Source parameter value is invalid."),
        PlaybackError::BadSpeech(_) => ActionError::parameter("Text"),
        PlaybackError::SpeechFailed(_) | PlaybackError::System(_) => ActionError::system(),
    }
}

pub(super) fn unusable(message: &str) -> ActionError {
    ActionError::new(ErrorType::InvalidAudioSource, message)
}
