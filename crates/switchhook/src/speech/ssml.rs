//! SSML as Polly has it, to a [`Script`].
//!
//! Elements that only colour the voice are accepted and mostly do nothing. There are no external entities and no
//! document types: an entity is one of the five of XML or a character reference, or the document is refused.

use std::time::Duration;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::engine::Style;
use super::say_as::SayAs;
use super::script::{Part, Script};
use super::voice::{self, Language, Voice};

/// Polly's longest break.
const LONGEST_BREAK: Duration = Duration::from_secs(10);
const PARAGRAPH: Duration = Duration::from_millis(700);
const DEPTH: usize = 64;

/// Reads `document`; `voice` speaks where the document says nothing else.
///
/// # Errors
/// What is wrong with the document. In strict mode elements and values that Polly has not are wrong too.
pub(super) fn read(document: &str, voice: Voice, strict: bool) -> Result<Vec<Part>, String> {
    let style = Style { pitch: voice.pitch, ..Style::default() };
    let mut reading =
        Reading { script: Script::new(voice.language, style), stack: Vec::new(), seen_root: false, strict };
    let base = Manner { language: voice.language, style, say_as: None, silent: false };
    let mut reader = Reader::from_str(document);
    reader.config_mut().check_end_names = true;
    loop {
        match reader.read_event().map_err(|error| format!("not well-formed XML: {error}"))? {
            Event::Start(element) => reading.open(&element, base)?,
            Event::Empty(element) => {
                reading.open(&element, base)?;
                reading.close();
            }
            Event::End(_) => reading.close(),
            Event::Text(text) => reading.text(&text)?,
            Event::CData(text) => reading.text(&text)?,
            Event::GeneralRef(reference) => {
                let text = match reference.resolve_char_ref() {
                    Ok(Some(c)) => c.to_string(),
                    Ok(None) => entity(&reference)?.to_owned(),
                    Err(error) => return Err(format!("not a character reference: {error}")),
                };
                reading.text(&text)?;
            }
            Event::DocType(_) => return Err("a document type is not allowed".into()),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            Event::Eof => break,
        }
    }
    reading.finish()
}

fn entity(name: &str) -> Result<&'static str, String> {
    Ok(match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => return Err(format!("the entity &{name}; is not defined")),
    })
}

struct Reading {
    script: Script,
    stack: Vec<Open>,
    seen_root: bool,
    strict: bool,
}

/// An element that is not closed yet.
struct Open {
    manner: Manner,
    on_close: OnClose,
    /// Text of a `say-as`, read as a whole when it closes.
    collected: String,
}

/// How text is spoken inside an element.
#[derive(Clone, Copy)]
struct Manner {
    language: Language,
    style: Style,
    say_as: Option<SayAs>,
    /// Replaced by something else (`sub`).
    silent: bool,
}

enum OnClose {
    Nothing,
    EndSentence,
    EndParagraph,
    SayAs(SayAs),
}

impl Reading {
    fn open(&mut self, element: &BytesStart<'_>, base: Manner) -> Result<(), String> {
        let name = element.name();
        let name = name.as_ref();
        let outer = match self.stack.last() {
            Some(open) => open.manner,
            None if self.seen_root => return Err("text or elements after </speak>".into()),
            None if name == "speak" => base,
            None => return Err(format!("the document begins with <{name}>, not with <speak>")),
        };
        if self.stack.len() >= DEPTH {
            return Err("elements are nested too deeply".into());
        }
        self.seen_root = true;
        let attributes = attributes(element)?;
        let get =
            |key: &str| attributes.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str());
        let mut manner = outer;
        let mut on_close = OnClose::Nothing;
        match name {
            "speak" | "emphasis" | "phoneme" | "w" | "mark" => {}
            "amazon:effect"
            | "amazon:domain"
            | "amazon:emotion"
            | "amazon:auto-breaths"
            | "amazon:breath" => {}
            "break" => self.script.pause(break_length(get("time"), get("strength"))?),
            "p" => {
                self.script.end_sentence();
                on_close = OnClose::EndParagraph;
            }
            "s" => {
                self.script.end_sentence();
                on_close = OnClose::EndSentence;
            }
            "sub" => {
                let alias = get("alias").ok_or("<sub> without alias")?;
                self.script.say(alias);
                manner.silent = true;
            }
            "say-as" => {
                let kind = get("interpret-as").ok_or("<say-as> without interpret-as")?;
                let say_as = match SayAs::parse(kind, get("format")) {
                    Some(say_as) => say_as,
                    None if self.strict => return Err(format!("interpret-as {kind:?} is not known")),
                    None => SayAs::Plain,
                };
                manner.say_as = Some(say_as);
                on_close = OnClose::SayAs(say_as);
            }
            "prosody" => manner.style = prosody(outer.style, get("rate"), get("pitch"), get("volume"))?,
            "lang" => {
                let code = get("xml:lang").ok_or("<lang> without xml:lang")?;
                if self.strict && !voice::is_polly_language(code) {
                    return Err(format!("the language {code:?} is not known"));
                }
                manner.language = Language::nearest(code).unwrap_or(outer.language);
            }
            "voice" if !self.strict => {
                if let Some(voice) = get("name").and_then(Voice::named) {
                    manner.language = voice.language;
                    manner.style.pitch = voice.pitch;
                }
            }
            _ if self.strict => return Err(format!("<{name}> is not known")),
            _ => {}
        }
        self.script.change(manner.language, manner.style);
        self.stack.push(Open { manner, on_close, collected: String::new() });
        Ok(())
    }

    fn close(&mut self) {
        // The reader has checked that ends match.
        let Some(open) = self.stack.pop() else { return };
        match open.on_close {
            OnClose::Nothing => {}
            OnClose::EndSentence => self.script.end_sentence(),
            OnClose::EndParagraph => self.script.pause(PARAGRAPH),
            OnClose::SayAs(SayAs::Expletive) => self.script.pause(Duration::from_millis(300)),
            OnClose::SayAs(say_as) => {
                let words = say_as.words(&open.collected, open.manner.language);
                self.script.say_apart(&words);
            }
        }
        if let Some(outer) = self.stack.last() {
            self.script.change(outer.manner.language, outer.manner.style);
        }
    }

    fn text(&mut self, text: &str) -> Result<(), String> {
        // Nested elements inside a say-as add to its text.
        let innermost = self.stack.last().map(|open| open.manner);
        match innermost {
            None if text.trim().is_empty() => {}
            None if self.seen_root => return Err("text or elements after </speak>".into()),
            None => return Err("the document does not begin with <speak>".into()),
            Some(manner) if manner.silent => {}
            Some(Manner { say_as: Some(_), .. }) => {
                let collects = |open: &&mut Open| matches!(open.on_close, OnClose::SayAs(_));
                if let Some(open) = self.stack.iter_mut().rev().find(collects) {
                    open.collected.push_str(text);
                }
            }
            Some(_) => self.script.say(text),
        }
        Ok(())
    }

    fn finish(self) -> Result<Vec<Part>, String> {
        if !self.seen_root {
            return Err("the document does not begin with <speak>".into());
        }
        if !self.stack.is_empty() {
            return Err("an element is not closed".into());
        }
        Ok(self.script.finish())
    }
}

fn attributes(element: &BytesStart<'_>) -> Result<Vec<(String, String)>, String> {
    let mut all = Vec::new();
    for attribute in element.attributes() {
        let attribute = attribute.map_err(|error| format!("not well-formed XML: {error}"))?;
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|error| format!("not well-formed XML: {error}"))?;
        all.push((attribute.key.as_ref().to_owned(), value.into_owned()));
    }
    Ok(all)
}

fn break_length(time: Option<&str>, strength: Option<&str>) -> Result<Duration, String> {
    if let Some(time) = time {
        let (number, unit) = match time.trim() {
            time if time.ends_with("ms") => (time.trim_end_matches("ms"), 0.001),
            time => (time.strip_suffix('s').ok_or(format!("{time:?} is no length of a break"))?, 1.0),
        };
        let seconds =
            number.trim().parse::<f64>().map_err(|_| format!("{time:?} is no length of a break"))? * unit;
        return Duration::try_from_secs_f64(seconds)
            .ok()
            .filter(|length| *length <= LONGEST_BREAK)
            .ok_or_else(|| format!("a break of {time:?} is not within 10 seconds"));
    }
    let millis = match strength.unwrap_or("medium") {
        "none" | "x-weak" => 0,
        "weak" => 100,
        "medium" => 250,
        "strong" => 500,
        "x-strong" => 900,
        other => return Err(format!("{other:?} is no strength of a break")),
    };
    Ok(Duration::from_millis(millis))
}

fn prosody(
    style: Style,
    rate: Option<&str>,
    pitch: Option<&str>,
    volume: Option<&str>,
) -> Result<Style, String> {
    let scale =
        |level: u16, per_cent: f64| (f64::from(level) * per_cent / 100.0).round().clamp(1.0, 500.0) as u16;
    let mut style = style;
    if let Some(rate) = rate {
        let per_cent = match rate {
            "x-slow" => 50.0,
            "slow" => 75.0,
            "medium" | "default" => 100.0,
            "fast" => 140.0,
            "x-fast" => 180.0,
            other => number(other, "%").ok_or_else(|| format!("{other:?} is no rate of speech"))?,
        };
        style.rate = scale(style.rate, per_cent);
    }
    if let Some(pitch) = pitch {
        let per_cent = match pitch {
            "x-low" => 70.0,
            "low" => 85.0,
            "medium" | "default" => 100.0,
            "high" => 120.0,
            "x-high" => 140.0,
            other => 100.0 + number(other, "%").ok_or_else(|| format!("{other:?} is no pitch"))?,
        };
        style.pitch = scale(style.pitch, per_cent);
    }
    if let Some(volume) = volume {
        let per_cent = match volume {
            "silent" => 0.0,
            "x-soft" => 30.0,
            "soft" => 60.0,
            "medium" | "default" => 100.0,
            "loud" => 140.0,
            "x-loud" => 180.0,
            other => {
                let decibels = number(other, "dB").ok_or_else(|| format!("{other:?} is no volume"))?;
                100.0 * 10_f64.powf(decibels / 20.0)
            }
        };
        style.volume = if per_cent == 0.0 { 0 } else { scale(style.volume, per_cent) };
    }
    Ok(style)
}

fn number(text: &str, unit: &str) -> Option<f64> {
    text.strip_suffix(unit)?.parse().ok().filter(|number: &f64| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(document: &str) -> Vec<String> {
        let parts = read(document, voice::DEFAULT, false).unwrap();
        let show = |part| match part {
            Part::Unit(unit) => unit.text,
            Part::Pause(length) => format!("{}", length.as_millis()),
        };
        parts.into_iter().map(show).collect()
    }

    #[test]
    fn damaged_documents_are_spoken_or_refused_with_a_reason() {
        let texts = [
            "<speak>Hello <break time=\"1s\"/> there.<break strength='strong'/> Good &amp; bad &#x1F600; <!-- no --></speak>",
            "<speak><p><s>One.</s><s>Two.</s></p><lang xml:lang='de-DE'>Drei.</lang><w role='amazon:VB'>read</w></speak>",
            "<speak><prosody rate='fast' pitch='-10%' volume='+6dB'>Quick</prosody><mark name='m'/><sub alias='for you'>4U</sub></speak>",
            "<speak>Call <say-as interpret-as='telephone'>+15550100</say-as> on <say-as interpret-as='date' format='mdy'>11/25/2026</say-as>, <say-as interpret-as=\"cardinal\">1234567</say-as> times at <say-as interpret-as='time'>1'21\"</say-as>.</speak>",
            "<speak><amazon:effect name='whispered'>psst</amazon:effect><phoneme alphabet='ipa' ph='x'>y</phoneme><![CDATA[a<b]]></speak>",
        ];
        let (mut rng, mut spoken) = (base::Rng::new(2), 0);
        for _ in 0..2_000 {
            let text = crate::damage::damaged(&mut rng, &texts);
            for strict in [false, true] {
                match read(&text, voice::DEFAULT, strict) {
                    Ok(parts) => {
                        spoken += 1;
                        for part in parts {
                            match part {
                                Part::Unit(unit) => {
                                    assert!(!unit.text.is_empty() && !unit.text.contains(char::is_control));
                                }
                                Part::Pause(length) => assert!(length <= LONGEST_BREAK, "{text}"),
                            }
                        }
                    }
                    Err(reason) => assert!(!reason.is_empty(), "{text}"),
                }
            }
        }
        assert!((200..3_800).contains(&spoken), "{spoken}");
    }

    #[test]
    fn what_handlers_send() {
        assert_eq!(said("<speak>Hello <break time=\"1s\"/> there</speak>"), ["Hello", "1000", "there"]);
        assert_eq!(
            said(
                "<speak>Your number is <say-as interpret-as='telephone'>+15550100</say-as>. Goodbye.</speak>"
            ),
            ["Your number is plus 1, 5 5 5, 0 1 0 0. Goodbye."]
        );
        assert_eq!(
            said("<speak>Press <say-as interpret-as=\"digits\">12</say-as> now</speak>"),
            ["Press 1 2 now"]
        );
        assert_eq!(
            said(
                "<?xml version='1.0'?>\n<speak version='1.0' xmlns='x' xml:lang='en-US'>A &amp; B &#233; <!-- no --></speak>\n"
            ),
            ["A & B é"]
        );
        assert_eq!(said("<speak><p>One.</p><p>Two.</p></speak>"), ["One.", "700", "Two.", "700"]);
        assert_eq!(said("<speak><s>One</s><s>Two</s></speak>"), ["One", "350", "Two", "350"]);
        assert_eq!(said("<speak><sub alias='World Wide Web'>WWW</sub>!</speak>"), ["World Wide Web!"]);
        assert_eq!(
            said("<speak>I say <phoneme alphabet='ipa' ph='x'>pecan</phoneme></speak>"),
            ["I say pecan"]
        );
        assert_eq!(
            said(
                "<speak><amazon:effect name='whispered'>psst</amazon:effect> <emphasis level='strong'>now</emphasis></speak>"
            ),
            ["psst now"]
        );
        assert_eq!(said("<speak/>"), Vec::<String>::new());
        assert_eq!(said("<speak><nonsense>x</nonsense></speak>"), ["x"]);
    }

    #[test]
    fn breaks_have_their_length() {
        for (attributes, millis) in [
            ("time='250ms'", "250"),
            ("time='1.5s'", "1500"),
            ("time=\"10s\"", "10000"),
            ("strength='strong'", "500"),
            ("", "250"),
        ] {
            assert_eq!(
                said(&format!("<speak>a<break {attributes}/>b</speak>")),
                ["a", millis, "b"],
                "{attributes}"
            );
        }
        assert_eq!(said("<speak>a<break strength='none'/>b</speak>"), ["a", "b"]);
    }

    #[test]
    fn manner_and_language_end_with_their_element() {
        let parts = read(
            "<speak>a<prosody rate='slow' volume='+6dB'>b<lang xml:lang='fr-FR'>c</lang></prosody>d</speak>",
            voice::DEFAULT,
            false,
        )
        .unwrap();
        let units: Vec<(String, Language, u16, u16)> = parts
            .into_iter()
            .filter_map(|part| match part {
                Part::Unit(unit) => Some((unit.text, unit.language, unit.style.rate, unit.style.volume)),
                Part::Pause(_) => None,
            })
            .collect();
        assert_eq!(
            units,
            [
                ("a".into(), Language::EnUs, 100, 100),
                ("b".into(), Language::EnUs, 75, 200),
                ("c".into(), Language::FrFr, 75, 200),
                ("d".into(), Language::EnUs, 100, 100),
            ]
        );
    }

    #[test]
    fn broken_documents_are_refused() {
        for document in [
            "",
            "hello",
            "<speak>hello",
            "<speak>hello</speak",
            "<speak><p>hello</speak>",
            "<speak>hello</p></speak>",
            "hello <speak>there</speak>",
            "<speak>a</speak> b",
            "<speak>a</speak><speak>b</speak>",
            "<p>hello</p>",
            "<speak>a & b</speak>",
            "<speak>a &nbsp; b</speak>",
            "<speak>a &#x110000; b</speak>",
            "<speak>a < b</speak>",
            "<!DOCTYPE speak [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><speak>&x;</speak>",
            "<speak>a<break time='11s'/></speak>",
            "<speak>a<break time='soon'/></speak>",
            "<speak>a<break strength='very'/></speak>",
            "<speak><say-as>1</say-as></speak>",
            "<speak><prosody rate='quick'>1</prosody></speak>",
            "<speak a='1' a='2'>x</speak>",
        ] {
            assert!(read(document, voice::DEFAULT, false).is_err(), "{document}");
        }
        let deep = format!("<speak>{}x{}</speak>", "<s>".repeat(100), "</s>".repeat(100));
        assert!(read(&deep, voice::DEFAULT, false).is_err());
    }

    #[test]
    fn strict_refuses_what_polly_has_not() {
        for document in [
            "<speak><nonsense>x</nonsense></speak>",
            "<speak><voice name='Amy'>x</voice></speak>",
            "<speak><say-as interpret-as='song'>x</say-as></speak>",
            "<speak><lang xml:lang='xx-XX'>x</lang></speak>",
        ] {
            assert!(read(document, voice::DEFAULT, true).is_err(), "{document}");
            assert!(read(document, voice::DEFAULT, false).is_ok(), "{document}");
        }
    }
}
