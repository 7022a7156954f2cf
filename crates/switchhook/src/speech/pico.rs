//! SVOX Pico: small, offline, six voices that are part of the binary.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use ttspico::{EngineResetMode, EngineStatus, PicoError, System, Voice};

use super::engine::{Engine, Unit};
use super::script::boundary;
use super::voice::Language;

/// Memory of one language: its two resources are read into it.
const MEMORY: usize = 3 << 20;
/// Pico's own level clips; at half of it speech lies near -18 dBFS and peaks fit.
const VOLUME: u16 = 50;
/// Pico's own name for its voice.
const VOICE: &str = "PicoVoice";
/// Characters; the longest words of our languages are shorter.
const LONGEST_WORD: usize = 40;
/// Bytes given to Pico at a time. It takes 249 at most, and never returns where these end within a character.
const PIECE: usize = 120;
/// Steps without a sample after which a text is given up: Pico walks in circles.
const FRUITLESS_STEPS: usize = 200_000;

macro_rules! voice_files {
    ($($language:ident: $analysis:literal, $signal:literal;)*) => {
        fn files(language: Language) -> [(&'static str, &'static [u8]); 2] {
            match language {
                $(Language::$language => [
                    ($analysis, include_bytes!(concat!(env!("PICO_VOICES"), "/", $analysis))),
                    ($signal, include_bytes!(concat!(env!("PICO_VOICES"), "/", $signal))),
                ],)*
            }
        }
    };
}

voice_files! {
    EnUs: "en-US_ta.bin", "en-US_lh0_sg.bin";
    EnGb: "en-GB_ta.bin", "en-GB_kh0_sg.bin";
    DeDe: "de-DE_ta.bin", "de-DE_gl0_sg.bin";
    EsEs: "es-ES_ta.bin", "es-ES_zl0_sg.bin";
    FrFr: "fr-FR_ta.bin", "fr-FR_nk0_sg.bin";
    ItIt: "it-IT_ta.bin", "it-IT_cm0_sg.bin";
}

/// The engine; languages are loaded when they are first spoken.
pub(super) struct Pico {
    folder: PathBuf,
    languages: BTreeMap<Language, ttspico::Engine>,
}

impl Pico {
    /// Keeps the voices' files, which Pico reads by name, in `folder`.
    pub(super) fn new(folder: PathBuf) -> Self {
        Self { folder, languages: BTreeMap::new() }
    }

    fn language(&mut self, language: Language) -> Result<&mut ttspico::Engine, String> {
        match self.languages.entry(language) {
            std::collections::btree_map::Entry::Occupied(there) => Ok(there.into_mut()),
            std::collections::btree_map::Entry::Vacant(place) => {
                Ok(place.insert(load(&self.folder, language)?))
            }
        }
    }
}

impl Engine for Pico {
    fn synthesise(
        &mut self,
        unit: &Unit,
        sink: &mut dyn FnMut(&[i16]) -> ControlFlow<()>,
    ) -> Result<(), String> {
        let text = mark_up(unit);
        let engine = self.language(unit.language)?;
        // What an earlier text left behind must not be heard in this one.
        engine.reset(EngineResetMode::Soft).map_err(say)?;
        let outcome = speak(engine, &text, sink);
        if outcome.is_err() {
            self.languages.remove(&unit.language);
        }
        outcome
    }
}

fn speak(
    engine: &mut ttspico::Engine,
    mut text: &str,
    sink: &mut dyn FnMut(&[i16]) -> ControlFlow<()>,
) -> Result<(), String> {
    let mut buffer = [0_i16; 1_600];
    let mut fruitless = 0;
    while !text.is_empty() {
        let (piece, rest) = text.split_at(boundary(text, PIECE));
        let mut piece = piece.as_bytes();
        text = rest;
        while !piece.is_empty() {
            let taken = engine.put_text(piece).map_err(say)?;
            piece = piece.get(taken..).unwrap_or_default();
            if taken == 0 {
                return Err("the engine takes no text".into());
            }
        }
        loop {
            let (made, status) = engine.get_data(&mut buffer).map_err(say)?;
            if made > 0 {
                fruitless = 0;
                if sink(&buffer[..made]).is_break() {
                    return Ok(());
                }
            }
            fruitless += 1;
            if fruitless > FRUITLESS_STEPS {
                return Err("the engine makes no progress".into());
            }
            if status == EngineStatus::Idle {
                break;
            }
        }
    }
    Ok(())
}

/// The text in Pico's own markup, ended by the zero that makes it speak. Angle brackets of the text itself are removed,
/// since Pico's markup can read and write files; long words are broken, since Pico never returns from some of them.
fn mark_up(unit: &Unit) -> String {
    let mut out = String::with_capacity(unit.text.len() + 64);
    let mut length = 0;
    for c in unit.text.chars() {
        let c = if matches!(c, '<' | '>') || c.is_control() { ' ' } else { c };
        length = if c.is_whitespace() { 0 } else { length + 1 };
        if length > LONGEST_WORD {
            out.push(' ');
            length = 1;
        }
        out.push(c);
    }
    let style = unit.style;
    let volume = (u32::from(style.volume) * u32::from(VOLUME) / 100) as u16;
    for (name, level, range) in
        [("speed", style.rate, 20..=500), ("pitch", style.pitch, 50..=200), ("volume", volume, 0..=100)]
    {
        if level != 100 {
            let level = level.clamp(*range.start(), *range.end());
            out = format!("<{name} level='{level}'>{out}</{name}>");
        }
    }
    out.push('\0');
    out
}

#[expect(unsafe_code, reason = "the binding asks for it: both resources of the voice must be there, and are")]
fn load(folder: &Path, language: Language) -> Result<ttspico::Engine, String> {
    let system = System::new(MEMORY).map_err(say)?;
    let voice = System::create_voice(system.clone(), VOICE).map_err(say)?;
    for (name, content) in files(language) {
        let path = write(folder, name, content)?;
        let path = path.to_str().ok_or("the folder of the voices is no UTF-8 text")?;
        let resource = System::load_resource(system.clone(), path).map_err(say)?;
        voice.borrow_mut().add_resource(resource).map_err(say)?;
    }
    let voice: Rc<RefCell<Voice>> = voice;
    // SAFETY: a text analysis and a signal generation resource were added above, or we would have returned.
    unsafe { Voice::create_engine(voice) }.map_err(say)
}

fn write(folder: &Path, name: &str, content: &[u8]) -> Result<PathBuf, String> {
    let path = folder.join(name);
    let there = std::fs::metadata(&path).is_ok_and(|meta| meta.len() == content.len() as u64);
    if !there {
        let draft = folder.join(format!(".{name}.{}", std::process::id()));
        std::fs::create_dir_all(folder)
            .and_then(|()| std::fs::write(&draft, content))
            .and_then(|()| std::fs::rename(&draft, &path))
            .map_err(|error| format!("cannot write the voices to {}: {error}", folder.display()))?;
    }
    Ok(path)
}

fn say(error: PicoError) -> String {
    error.to_string()
}

#[cfg(test)]
mod tests {
    use super::super::engine::Style;
    use super::*;

    pub(super) fn unit(language: Language, text: &str) -> Unit {
        Unit { language, style: Style::default(), text: text.into() }
    }

    fn samples(pico: &mut Pico, unit: &Unit) -> Vec<i16> {
        let mut all = Vec::new();
        pico.synthesise(unit, &mut |samples| {
            all.extend_from_slice(samples);
            ControlFlow::Continue(())
        })
        .unwrap();
        all
    }

    fn seconds(samples: &[i16]) -> f64 {
        samples.len() as f64 / 16_000.0
    }

    #[test]
    fn every_language_speaks_for_a_plausible_time() {
        let folder = tempfile::tempdir().unwrap();
        let mut pico = Pico::new(folder.path().into());
        for (language, text) in [
            (Language::EnUs, "Please hold while we connect your call."),
            (Language::EnGb, "Please hold while we connect your call."),
            (Language::DeDe, "Bitte warten Sie, Sie werden verbunden."),
            (Language::EsEs, "Espere mientras le conectamos, por favor."),
            (Language::FrFr, "Veuillez patienter, nous transférons votre appel."),
            (Language::ItIt, "Attenda mentre la mettiamo in comunicazione."),
        ] {
            let audio = samples(&mut pico, &unit(language, text));
            let peak = audio.iter().map(|s| s.unsigned_abs()).max().unwrap();
            assert!((1.5..5.0).contains(&seconds(&audio)), "{language:?}: {}", seconds(&audio));
            assert!((4_000..32_700).contains(&peak), "{language:?}: {peak}");
        }
    }

    #[test]
    fn the_style_is_heard() {
        let folder = tempfile::tempdir().unwrap();
        let mut pico = Pico::new(folder.path().into());
        let mut speak = |style| {
            let unit = Unit { style, ..unit(Language::EnUs, "Please hold while we connect your call.") };
            samples(&mut pico, &unit)
        };
        let power = |samples: &[i16]| {
            samples.iter().map(|&s| f64::from(s).powi(2)).sum::<f64>() / samples.len() as f64
        };
        let normal = speak(Style::default());
        let fast = speak(Style { rate: 200, ..Style::default() });
        let soft = speak(Style { volume: 25, ..Style::default() });
        assert!(seconds(&fast) < 0.75 * seconds(&normal), "{} {}", seconds(&fast), seconds(&normal));
        assert!(power(&soft) < 0.2 * power(&normal));
    }

    #[test]
    fn markup_in_a_text_has_no_effect() {
        let folder = tempfile::tempdir().unwrap();
        let there = folder.path().join("victim");
        let text = format!("<genfile file='{}'>hello</genfile>\0<volume level='0'>", there.display());
        let marked = mark_up(&unit(Language::EnUs, &text));
        assert_eq!(marked.matches('<').count(), 2, "only the volume's: {marked}");
        assert_eq!(marked.matches('\0').count(), 1);
        let mut pico = Pico::new(folder.path().into());
        assert!(seconds(&samples(&mut pico, &unit(Language::EnUs, &text))) > 1.0);
        assert!(!there.exists());
    }

    #[test]
    fn nothing_of_a_text_that_was_cut_short_is_heard_in_the_next() {
        let folder = tempfile::tempdir().unwrap();
        let mut pico = Pico::new(folder.path().into());
        let alone = samples(&mut pico, &unit(Language::EnUs, "Yes."));
        let long = unit(Language::EnUs, &"A long sentence that nobody wants to hear to its end. ".repeat(10));
        pico.synthesise(&long, &mut |_| ControlFlow::Break(())).unwrap();
        let after = samples(&mut pico, &unit(Language::EnUs, "Yes."));
        assert!(after.len().abs_diff(alone.len()) < 1_600, "{} {}", after.len(), alone.len());
    }

    #[test]
    fn odd_texts_are_spoken_or_silent_but_end() {
        let folder = tempfile::tempdir().unwrap();
        let mut pico = Pico::new(folder.path().into());
        for text in [
            "",
            " ",
            ".",
            "😀 ☎",
            "\u{7f}\u{1}",
            "....,,,,;;;",
            "&amp;",
            &"x".repeat(1_000),
            &"é".repeat(500),
        ] {
            let audio = samples(&mut pico, &unit(Language::EnUs, text));
            assert!(seconds(&audio) < 180.0, "{text:?}");
        }
    }

    #[test]
    fn long_words_are_broken() {
        let marked = mark_up(&unit(Language::EnUs, &"é".repeat(500)));
        assert!(marked.split(['>', ' ', '<']).all(|word| word.chars().count() <= LONGEST_WORD), "{marked}");
    }
}
