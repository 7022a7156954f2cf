use std::path::PathBuf;

use anyhow::Context;
use media::Clip;

use crate::speech::{Settings, Speech};

/// Where this user's programs keep what can be made again.
pub fn cache_folder() -> PathBuf {
    let of = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    of("XDG_CACHE_HOME")
        .or_else(|| of("HOME").map(|home| home.join(".cache")))
        .unwrap_or_else(std::env::temp_dir)
        .join("switchhook")
}

/// A text as a clip, spoken by the built-in engine.
pub fn speak(text: &str) -> anyhow::Result<Clip> {
    let voices_dir = cache_folder().join("voices");
    let speech = Speech::new(Settings { voices_dir, cache_size: 0, strict: false })?;
    let text = call::Speech {
        text: text.into(),
        ssml: text.trim_start().starts_with("<speak"),
        engine: "standard".into(),
        voice: "Joanna".into(),
        language: None,
    };
    let mut utterance = speech.speak(&text).map_err(problem)?;
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let mut samples = Vec::new();
    loop {
        let chunk = runtime.block_on(utterance.next()).context("the speech broke off")?.map_err(problem)?;
        samples.extend_from_slice(&chunk.samples);
        if chunk.last {
            return Ok(Clip::from_samples(samples));
        }
    }
}

fn problem(error: call::PlaybackError) -> anyhow::Error {
    anyhow::anyhow!("the text cannot be spoken: {error:?}")
}

/// A second of a steady tone of 440 Hz that begins and ends at zero, to be repeated.
pub fn tone() -> Clip {
    let sample = |n: u32| {
        let angle = f64::from(n) / 8_000.0 * 440.0 * std::f64::consts::TAU;
        (angle.sin() * 6_000.0) as i16
    };
    Clip::from_samples((0..8_000).map(sample).collect())
}
