//! What `call` and `answer` share: the sounds a phone plays, what it presses and what it keeps of a call.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use media::{Clip, Statistics};

use crate::phone::{self, Ear, Pause, Script};

/// Digits and the recording, the same for a phone that calls and one that is called.
#[derive(Debug, Args)]
pub(super) struct LineOptions {
    /// Digits to press: 0-9 * # A-D, `,` for half a second, `w` to wait until the other side has spoken
    #[arg(long, value_name = "DIGITS")]
    digits: Option<Script>,
    /// Press the first digit so long after the answer, instead of when the other side has spoken
    #[arg(long, value_name = "SECONDS", value_parser = seconds, requires = "digits")]
    digits_after: Option<Duration>,
    /// Write what is heard to a WAV file
    #[arg(long, value_name = "FILE.wav")]
    record: Option<PathBuf>,
}

impl LineOptions {
    /// The digits with the pause before the first.
    pub(super) fn script(&self) -> Script {
        let mut script = self.digits.clone().unwrap_or_default();
        script.begin_with(self.digits_after.map_or(Pause::Spoken, Pause::Time));
        script
    }

    pub(super) fn keep(&self) -> Kept {
        Kept { ear: Ear::default(), samples: self.record.is_some().then(Vec::new) }
    }

    /// Writes the recording; what it is called.
    pub(super) fn write(&self, kept: &Kept) -> anyhow::Result<Option<String>> {
        let (Some(file), Some(samples)) = (&self.record, &kept.samples) else { return Ok(None) };
        std::fs::write(file, media::wav::encode(samples))
            .with_context(|| format!("cannot write {}", file.display()))?;
        let seconds = samples.len() as f64 / 8_000.0;
        Ok(Some(format!("{seconds:.1} s recorded to {}", file.display())))
    }

    /// Fails now rather than after the call.
    pub(super) fn check(&self) -> anyhow::Result<()> {
        let Some(file) = &self.record else { return Ok(()) };
        std::fs::write(file, media::wav::encode(&[]))
            .with_context(|| format!("cannot write {}", file.display()))
    }
}

/// What was heard of a call.
#[derive(Debug)]
pub(super) struct Kept {
    pub(super) ear: Ear,
    samples: Option<Vec<i16>>,
}

impl Kept {
    pub(super) fn hear(&mut self, samples: &[i16]) {
        self.ear.hear(samples);
        if let Some(kept) = &mut self.samples {
            kept.extend_from_slice(samples);
        }
    }
}

/// A number of seconds, fractions allowed.
pub(super) fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| format!("{text:?} is no number of seconds"))?;
    Duration::try_from_secs_f64(seconds).map_err(|error| error.to_string())
}

/// A WAV file as a clip.
pub(super) fn clip(file: &Path) -> anyhow::Result<Arc<Clip>> {
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(Arc::new(Clip::from_wav(&bytes).with_context(|| file.display().to_string())?))
}

/// A text as a clip.
pub(super) fn spoken(text: &str) -> anyhow::Result<Arc<Clip>> {
    Ok(Arc::new(phone::speak(text)?))
}

/// A call's packets in a line.
pub(super) fn packets(statistics: &Statistics) -> String {
    format!(
        "{} packets received, {} sent, {} lost, jitter {:.1} ms",
        statistics.packets_received, statistics.packets_sent, statistics.packets_lost, statistics.jitter_ms
    )
}
