//! Who speaks next: takes the texts that wait in turn, unit by unit, so that a long one does not hold up the others.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError};
use std::time::Duration;

use call::PlaybackError;
use tokio::sync::mpsc::UnboundedSender;

use super::Chunk;
use super::cache::Cache;
use super::decimate::Decimator;
use super::engine::Unit;
use super::script::Part;
use super::worker::Worker;

/// Samples of the first chunk of a text: 100 ms, to be heard early.
const FIRST_CHUNK: usize = 800;
/// Samples of the others: half a second.
const CHUNK: usize = 4_000;
/// More audio than this is no announcement: 15 minutes.
const LONGEST: usize = 15 * 60 * 8_000;
/// Texts spoken in turn; more wait in the queue, and are refused when that is full.
const IN_TURN: usize = 512;
/// Below this a sample counts as silence.
const SILENCE: u16 = 100;
/// Silence left at the end of a unit; the engine's own half second and more would slow every dialogue.
const TRAIL: usize = 480;

/// A text on its way.
pub(super) struct Request {
    pub(super) parts: VecDeque<Part>,
    pub(super) listener: UnboundedSender<Result<Chunk, PlaybackError>>,
}

pub(super) struct Conductor {
    worker: Worker,
    cache: Cache,
    speaking: VecDeque<Speaking>,
}

/// A text that is being spoken.
struct Speaking {
    parts: VecDeque<Part>,
    listener: UnboundedSender<Result<Chunk, PlaybackError>>,
    /// Kept back to carry the end mark, should it be the last.
    kept: Option<Arc<[i16]>>,
    /// Samples handed on so far.
    length: usize,
}

impl Conductor {
    pub(super) fn new(worker: Worker, cache_size: usize) -> Self {
        Self { worker, cache: Cache::new(cache_size), speaking: VecDeque::new() }
    }

    /// Runs until nobody can ask any more.
    pub(super) fn run(mut self, requests: &Receiver<Request>) {
        loop {
            if self.speaking.is_empty() {
                match requests.recv() {
                    Ok(request) => self.speaking.push_back(Speaking::new(request)),
                    Err(_) => return,
                }
            }
            while self.speaking.len() < IN_TURN {
                match requests.try_recv() {
                    Ok(request) => self.speaking.push_back(Speaking::new(request)),
                    Err(TryRecvError::Empty) => break,
                    Err(TryRecvError::Disconnected) => return,
                }
            }
            if let Some(mut next) = self.speaking.pop_front()
                && next.step(&mut self.worker, &mut self.cache).is_continue()
            {
                self.speaking.push_back(next);
            }
        }
    }
}

impl Speaking {
    fn new(request: Request) -> Self {
        Self { parts: request.parts, listener: request.listener, kept: None, length: 0 }
    }

    /// Speaks the next part; breaks when there is no more to do.
    fn step(&mut self, worker: &mut Worker, cache: &mut Cache) -> ControlFlow<()> {
        if self.listener.is_closed() {
            return ControlFlow::Break(());
        }
        let outcome = match self.parts.pop_front() {
            Some(Part::Pause(length)) => self.hand_on(silence(length)),
            Some(Part::Unit(unit)) => match cache.get(&unit) {
                Some(audio) => self.hand_on(audio),
                None => self.speak(unit, worker, cache)?,
            },
            None => Ok(()),
        };
        if let Err(error) = outcome {
            // The listener may have hung up in the meantime.
            self.listener.send(Err(error)).ok();
            return ControlFlow::Break(());
        }
        let last = self.parts.is_empty();
        if let Some(samples) = self.kept.take().or_else(|| last.then(|| Arc::from([]))) {
            self.listener.send(Ok(Chunk { samples, last })).ok();
        }
        if last { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    /// Breaks when the listener hung up.
    fn speak(
        &mut self,
        unit: Unit,
        worker: &mut Worker,
        cache: &mut Cache,
    ) -> ControlFlow<(), Result<(), PlaybackError>> {
        let mut decimator = Decimator::new();
        let mut audio: Vec<i16> = Vec::new();
        // What has been handed on of it.
        let mut sent = 0;
        let mut too_long = false;
        let spoken = worker.speak(&unit, |samples| {
            decimator.push(samples, &mut audio);
            let wanted = if self.length == 0 { FIRST_CHUNK } else { CHUNK };
            let heard = until_silence(&audio, sent);
            if heard - sent >= wanted {
                too_long = self.hand_on(audio[sent..heard].into()).is_err();
                sent = heard;
            }
            if too_long || self.listener.is_closed() {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        if self.listener.is_closed() {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(match spoken {
            Err(error) => {
                tracing::error!(error, "a text could not be spoken");
                Err(PlaybackError::SpeechFailed(error))
            }
            Ok(()) if too_long => Err(length_error()),
            Ok(()) => {
                let end = (until_silence(&audio, sent) + TRAIL).min(audio.len());
                audio.truncate(end);
                let rest = self.hand_on(audio[sent..].into());
                cache.put(unit, audio.into());
                rest
            }
        })
    }

    fn hand_on(&mut self, samples: Arc<[i16]>) -> Result<(), PlaybackError> {
        self.length += samples.len();
        if self.length > LONGEST {
            return Err(length_error());
        }
        if !samples.is_empty()
            && let Some(samples) = self.kept.replace(samples)
        {
            // Nobody listens any more: noticed at the next step.
            self.listener.send(Ok(Chunk { samples, last: false })).ok();
        }
        Ok(())
    }
}

fn length_error() -> PlaybackError {
    PlaybackError::BadSpeech("the text takes more than 15 minutes".into())
}

/// The end of what is not silent at the end of `audio`, at least `from`.
fn until_silence(audio: &[i16], from: usize) -> usize {
    let loud = audio[from..].iter().rposition(|sample| sample.unsigned_abs() >= SILENCE);
    loud.map_or(from, |at| from + at + 1)
}

fn silence(length: Duration) -> Arc<[i16]> {
    vec![0; (length.as_millis() * 8) as usize].into()
}
