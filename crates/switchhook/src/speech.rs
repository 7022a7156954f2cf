//! Speech out: a text or an SSML document to 8 kHz samples, in chunks, the first ones early.
//!
//! [`Speech::speak`] reads the text at once, so that a broken one is an error at once; its audio comes from two threads:
//! the conductor takes the waiting texts in turn, sentence by sentence, and keeps what was said before; the engine
//! synthesises, and is replaced when it hangs or crashes. The engine is SVOX Pico behind a private trait: others can
//! stand in its place.

mod cache;
mod conductor;
mod decimate;
mod engine;
mod pico;
mod say_as;
mod script;
mod ssml;
mod voice;
mod worker;

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use std::thread;
use std::time::Duration;

use call::PlaybackError;
use tokio::sync::mpsc;

use conductor::{Conductor, Request};
use engine::Style;
use pico::Pico;
use script::{Part, Script};
use voice::{Language, Voice};
use worker::{Factory, Worker};

/// Longest text in characters, tags included. The protocol's own limit of 1,000 is checked by the call.
const LONGEST_TEXT: usize = 10_000;
/// Texts that may wait to be spoken.
const WAITING: usize = 512;
/// The engine makes a second of speech in some milliseconds; without any for this long it hangs.
const PATIENCE: Duration = Duration::from_secs(10);

/// What speech needs to know.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Folder of our own for the voices' files.
    pub voices_dir: PathBuf,
    /// Bytes of synthesised speech kept for texts that come again.
    pub cache_size: usize,
    /// Refuse voices, languages and SSML elements that Polly does not have.
    pub strict: bool,
}

/// Text to speech. Dropping it ends its threads.
#[derive(Clone, Debug)]
pub struct Speech {
    requests: SyncSender<Request>,
    strict: bool,
}

/// Some audio of a text: 8 kHz mono.
#[derive(Clone, Debug, PartialEq)]
pub struct Chunk {
    /// The samples; empty only for a text without a sound.
    pub samples: Arc<[i16]>,
    /// Nothing comes after this.
    pub last: bool,
}

/// A text that is being spoken. Dropping it stops the speaking.
#[derive(Debug)]
pub struct Utterance {
    chunks: mpsc::UnboundedReceiver<Result<Chunk, PlaybackError>>,
}

impl Utterance {
    /// The next chunk; `None` after the last chunk or an error.
    pub async fn next(&mut self) -> Option<Result<Chunk, PlaybackError>> {
        self.chunks.recv().await
    }
}

impl Speech {
    /// Starts the threads; the engine itself is loaded at the first text.
    ///
    /// # Errors
    /// When there is no thread to be had.
    pub fn new(settings: Settings) -> std::io::Result<Self> {
        let folder = settings.voices_dir;
        let factory: Factory = Arc::new(move || Box::new(Pico::new(folder.clone())));
        Self::with_engine(factory, PATIENCE, settings.cache_size, settings.strict)
    }

    fn with_engine(
        factory: Factory,
        patience: Duration,
        cache_size: usize,
        strict: bool,
    ) -> std::io::Result<Self> {
        let (requests, inbox) = sync_channel(WAITING);
        thread::Builder::new().name("speech".into()).spawn(move || {
            Conductor::new(Worker::new(factory, patience), cache_size).run(&inbox);
        })?;
        Ok(Self { requests, strict })
    }

    /// Begins to speak.
    ///
    /// # Errors
    /// `BadSpeech` for a text that cannot be spoken, `SpeechFailed` when too many wait.
    pub fn speak(&self, speech: &call::Speech) -> Result<Utterance, PlaybackError> {
        let parts = self.read(speech).map_err(PlaybackError::BadSpeech)?;
        // Bounded by the text: 15 minutes of audio at most, or the text is refused. The conductor must not wait for a
        // listener, since others wait for the conductor.
        let (listener, chunks) = mpsc::unbounded_channel();
        match self.requests.try_send(Request { parts: VecDeque::from(parts), listener }) {
            Ok(()) => Ok(Utterance { chunks }),
            Err(TrySendError::Full(_)) => {
                Err(PlaybackError::SpeechFailed("too many texts wait to be spoken".into()))
            }
            Err(TrySendError::Disconnected(_)) => {
                Err(PlaybackError::SpeechFailed("the speech thread is gone".into()))
            }
        }
    }

    fn read(&self, speech: &call::Speech) -> Result<Vec<Part>, String> {
        if speech.text.chars().count() > LONGEST_TEXT {
            return Err(format!("the text has more than {LONGEST_TEXT} characters"));
        }
        let voice = self.voice(&speech.voice, speech.language.as_deref())?;
        if speech.ssml {
            return ssml::read(&speech.text, voice, self.strict);
        }
        let style = Style { pitch: voice.pitch, ..Style::default() };
        let mut script = Script::new(voice.language, style);
        script.say(&speech.text);
        Ok(script.finish())
    }

    /// The voice by its id; a language code outweighs the voice's own where we speak that language.
    fn voice(&self, id: &str, code: Option<&str>) -> Result<Voice, String> {
        let voice = match Voice::named(id) {
            None if self.strict => return Err(format!("the voice {id:?} is not known")),
            named => named.unwrap_or(voice::DEFAULT),
        };
        if let Some(code) = code.filter(|_| self.strict)
            && !voice::is_polly_language(code)
        {
            return Err(format!("the language {code:?} is not known"));
        }
        let language = code.and_then(Language::nearest).unwrap_or(voice.language);
        Ok(Voice { language, ..voice })
    }
}

#[cfg(test)]
mod tests;
