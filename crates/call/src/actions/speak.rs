//! `Speak`: says a text.

use serde::{Deserialize, Serialize};

use crate::actions::{Begun, Running, Signal, Step, audio_source};
use crate::legs::Side;
use crate::protocol::error::{ActionError, ErrorType};
use crate::protocol::parameters::Parameters;
use crate::stage::Stage;
use crate::{AudioSource, PlaybackId, Speech, Times};

/// Longest text, mark-up included.
const TEXT_MAX: usize = 1_000;

/// A text being spoken.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Speak {
    playback: PlaybackId,
}

pub(super) fn begin(
    stage: &mut Stage<'_>,
    side: Side,
    parameters: Parameters<'_>,
) -> Result<Begun, ActionError> {
    let speech = read_speech(parameters, None, stage.setup.limits.strict)?;
    stage.connect(side);
    let playback = stage.play(side, AudioSource::Speech(speech), Times::Count(1));
    Ok(Begun::Running(Running::Speak(Speak { playback })))
}

impl Speak {
    pub(super) fn signal(&self, signal: Signal) -> Step {
        match signal {
            Signal::PlaybackEnded(playback, outcome) if playback == self.playback => match outcome {
                Ok(()) => Step::done(),
                Err(error) => Step::failed(audio_source::playback_error(&error)),
            },
            _ => Step::Continue,
        }
    }

    pub(super) fn stop(&self, stage: &mut Stage<'_>) {
        stage.stop_playback(self.playback);
    }
}

/// Reads `Text` and how to say it; what is absent is taken from `defaults`.
///
/// Unknown voices and languages are left to the speech engine, except in strict mode.
pub(super) fn read_speech(
    parameters: Parameters<'_>,
    defaults: Option<&Speech>,
    strict: bool,
) -> Result<Speech, ActionError> {
    let text = match parameters.text("Text") {
        Ok(Some(text)) if !text.is_empty() => text.into_owned(),
        Ok(_) => return Err(ActionError::required("Text")),
        Err(_) => return Err(ActionError::parameter("Text")),
    };
    if text.chars().count() > TEXT_MAX {
        return Err(ActionError::new(
            ErrorType::MissingRequiredActionParameter,
            "Text is limited to 1,000 characters",
        ));
    }
    let one_of = |name: &str, values: Option<&[&str]>| match parameters.text(name) {
        Ok(Some(value)) if value.is_empty() => Ok(None),
        Ok(Some(value)) if values.is_some_and(|v| !v.contains(&&*value)) => Err(ActionError::parameter(name)),
        Ok(value) => Ok(value.map(|v| v.into_owned())),
        Err(_) => Err(ActionError::parameter(name)),
    };
    let engine = one_of("Engine", Some(&["standard", "neural"]))?;
    let text_type = one_of("TextType", Some(&["text", "ssml"]))?;
    let voice = one_of("VoiceId", strict.then_some(&VOICES))?;
    let language = one_of("LanguageCode", strict.then_some(&LANGUAGES))?;
    Ok(Speech {
        text,
        ssml: match text_type {
            Some(text_type) => text_type == "ssml",
            None => defaults.is_some_and(|d| d.ssml),
        },
        engine: engine
            .unwrap_or_else(|| defaults.map_or_else(|| "standard".to_owned(), |d| d.engine.clone())),
        voice: voice.unwrap_or_else(|| defaults.map_or_else(|| "Joanna".to_owned(), |d| d.voice.clone())),
        language: language.or_else(|| defaults.and_then(|d| d.language.clone())),
    })
}

/// Polly voice ids.
const VOICES: [&str; 96] = [
    "Aditi",
    "Adriano",
    "Amy",
    "Andres",
    "Aria",
    "Arlet",
    "Arthur",
    "Astrid",
    "Ayanda",
    "Bianca",
    "Brian",
    "Burcu",
    "Camila",
    "Carla",
    "Carmen",
    "Celine",
    "Chantal",
    "Conchita",
    "Cristiano",
    "Daniel",
    "Danielle",
    "Dora",
    "Elin",
    "Emma",
    "Enrique",
    "Ewa",
    "Filiz",
    "Gabrielle",
    "Geraint",
    "Giorgio",
    "Gregory",
    "Gwyneth",
    "Hala",
    "Hannah",
    "Hans",
    "Hiujin",
    "Ida",
    "Ines",
    "Isabelle",
    "Ivy",
    "Jacek",
    "Jan",
    "Joanna",
    "Joey",
    "Justin",
    "Kajal",
    "Karl",
    "Kazuha",
    "Kendra",
    "Kevin",
    "Kimberly",
    "Laura",
    "Lea",
    "Liam",
    "Lisa",
    "Liv",
    "Lotte",
    "Lucia",
    "Lupe",
    "Mads",
    "Maja",
    "Marlene",
    "Mathieu",
    "Matthew",
    "Maxim",
    "Mia",
    "Miguel",
    "Mizuki",
    "Naja",
    "Niamh",
    "Nicole",
    "Ola",
    "Olivia",
    "Pedro",
    "Penelope",
    "Raveena",
    "Remi",
    "Ricardo",
    "Ruben",
    "Russell",
    "Ruth",
    "Salli",
    "Seoyeon",
    "Sergio",
    "Sofie",
    "Stephen",
    "Suvi",
    "Takumi",
    "Tatyana",
    "Thiago",
    "Tomoko",
    "Vicki",
    "Vitoria",
    "Zayd",
    "Zeina",
    "Zhiyu",
];

/// Polly language codes.
const LANGUAGES: [&str; 36] = [
    "ar-AE",
    "arb",
    "ca-ES",
    "cmn-CN",
    "cy-GB",
    "da-DK",
    "de-AT",
    "de-DE",
    "en-AU",
    "en-GB",
    "en-GB-WLS",
    "en-IN",
    "en-NZ",
    "en-US",
    "en-ZA",
    "es-ES",
    "es-MX",
    "es-US",
    "fi-FI",
    "fr-CA",
    "fr-FR",
    "hi-IN",
    "is-IS",
    "it-IT",
    "ja-JP",
    "ko-KR",
    "nb-NO",
    "nl-NL",
    "pl-PL",
    "pt-BR",
    "pt-PT",
    "ro-RO",
    "ru-RU",
    "sv-SE",
    "tr-TR",
    "yue-CN",
];
