use std::time::Duration;

use crate::tap::{DELAY, Tap};
use crate::{FRAME, RecordingId};

/// Samples per chunk for the writer (200 ms).
const CHUNK: usize = 1_600;

/// Takes a tap's frames and hands them on in chunks; watches for silence.
#[derive(Clone, Debug)]
pub(crate) struct Recorder {
    pub(crate) id: RecordingId,
    /// Samples of the tap that are older than the recording.
    skip: usize,
    chunk: Vec<i16>,
    silence: Option<Silence>,
}

#[derive(Clone, Debug)]
struct Silence {
    limit: u64,
    threshold: u16,
    /// Silent samples in a row.
    lasted: u64,
}

/// What a frame brought about.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Progress {
    pub(crate) chunk: Option<Vec<i16>>,
    pub(crate) silent: bool,
}

impl Recorder {
    pub(crate) fn new(id: RecordingId, silence: Option<(Duration, u16)>) -> Self {
        let silence = silence.map(|(limit, threshold)| Silence {
            limit: (limit.as_millis() as u64).saturating_mul(8).max(1),
            threshold,
            lasted: 0,
        });
        Self { id, skip: DELAY, chunk: Vec::with_capacity(CHUNK), silence }
    }

    pub(crate) fn frame(&mut self, frame: &[i16; FRAME]) -> Progress {
        let fresh = &frame[self.skip.min(FRAME)..];
        self.skip -= FRAME - fresh.len();
        if fresh.is_empty() {
            return Progress::default();
        }
        self.chunk.extend_from_slice(fresh);
        let chunk = (self.chunk.len() >= CHUNK)
            .then(|| std::mem::replace(&mut self.chunk, Vec::with_capacity(CHUNK)));
        Progress { chunk, silent: self.silence.as_mut().is_some_and(|s| s.frame(fresh)) }
    }

    /// The last samples: what the tap still holds belongs to the time that has passed.
    pub(crate) fn finish(mut self, tap: &Tap) -> Vec<i16> {
        self.chunk.extend(tap.rest().skip(self.skip));
        self.chunk
    }
}

impl Silence {
    /// True once, when the limit is reached.
    fn frame(&mut self, samples: &[i16]) -> bool {
        let sum: u64 = samples.iter().map(|s| u64::from(s.unsigned_abs())).sum();
        if sum >= u64::from(self.threshold) * samples.len() as u64 {
            self.lasted = 0;
            return false;
        }
        let before = self.lasted;
        self.lasted += samples.len() as u64;
        before < self.limit && self.lasted >= self.limit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_is_reported_once_per_silence() {
        let mut recorder = Recorder::new(RecordingId(1), Some((Duration::from_millis(100), 200)));
        let mut silent_at = Vec::new();
        for n in 0..40 {
            let level = if n < 5 || n == 20 { 300 } else { 150 };
            if recorder.frame(&[level; FRAME]).silent {
                silent_at.push(n);
            }
        }
        // The first 60 ms are older than the recording.
        assert_eq!(silent_at, [9, 25]);
    }

    #[test]
    fn chunks_and_rest_are_as_long_as_the_time_that_passed() {
        let mut tap = Tap::new();
        let mut recorder = Recorder::new(RecordingId(1), None);
        let mut samples = 0;
        for _ in 0..37 {
            let mut frame = [0; FRAME];
            tap.read(&mut frame);
            samples += recorder.frame(&frame).chunk.map_or(0, |c| c.len());
        }
        samples += recorder.finish(&tap).len();
        assert_eq!(samples, 37 * FRAME);
        assert_eq!(Recorder::new(RecordingId(1), None).finish(&tap).len(), 0);
    }
}
