//! A text as the engine gets it: units of speech and pauses, in order.

use std::time::Duration;

use super::engine::{Style, Unit};
use super::voice::Language;

/// Between two sentences.
const AFTER_SENTENCE: Duration = Duration::from_millis(350);
/// A shorter piece does not become a unit of its own: it is more likely an abbreviation than a sentence.
const SHORTEST: usize = 12;

/// Bytes of a unit; longer sentences are cut between two words.
const LONGEST: usize = 400;

/// One step of a script.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part {
    Unit(Unit),
    Pause(Duration),
}

/// Collects text and pauses and cuts the text into units.
#[derive(Clone, Debug)]
pub(super) struct Script {
    parts: Vec<Part>,
    /// Not yet cut; white space already collapsed.
    text: String,
    language: Language,
    style: Style,
}

impl Script {
    pub(super) fn new(language: Language, style: Style) -> Self {
        Self { parts: Vec::new(), text: String::new(), language, style }
    }

    /// Adds words, with the white space that joins or separates them.
    pub(super) fn say(&mut self, text: &str) {
        for c in text.chars() {
            let blank = c.is_whitespace() || c.is_control();
            if !blank {
                // What `say_apart` said may be followed by the end of the sentence.
                if matches!(c, '.' | ',' | '!' | '?' | ';' | ':') && self.text.ends_with(' ') {
                    self.text.pop();
                }
                self.text.push(c);
            } else if !self.text.is_empty() && !self.text.ends_with(' ') {
                self.text.push(' ');
            }
        }
    }

    /// Adds words that stand apart from what is before and after them.
    pub(super) fn say_apart(&mut self, text: &str) {
        self.say(" ");
        self.say(text);
        self.say(" ");
    }

    /// Adds silence.
    pub(super) fn pause(&mut self, length: Duration) {
        self.cut();
        if !length.is_zero() {
            self.parts.push(Part::Pause(length));
        }
    }

    /// Changes the manner of speaking from here on.
    pub(super) fn change(&mut self, language: Language, style: Style) {
        if (language, style) != (self.language, self.style) {
            self.cut();
            (self.language, self.style) = (language, style);
        }
    }

    /// Ends a sentence, whether or not its text says so.
    pub(super) fn end_sentence(&mut self) {
        if !self.text.trim().is_empty() {
            self.pause(AFTER_SENTENCE);
        }
    }

    /// The parts, without a pause that only separated sentences at the end.
    pub(super) fn finish(mut self) -> Vec<Part> {
        self.cut();
        self.parts
    }

    fn cut(&mut self) {
        let text = std::mem::take(&mut self.text);
        let mut sentences = sentences(&text).peekable();
        while let Some(sentence) = sentences.next() {
            self.parts.push(Part::Unit(Unit {
                language: self.language,
                style: self.style,
                text: sentence.into(),
            }));
            if sentences.peek().is_some() {
                self.parts.push(Part::Pause(AFTER_SENTENCE));
            }
        }
    }
}

/// Cuts after `.`, `!` and `?` before a new beginning. A wrong cut is a short pause, a missed one costs nothing.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text.trim();
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = rest.match_indices(['.', '!', '?']).map(|(at, _)| at + 1).find(|&end| {
            end >= SHORTEST
                && rest[end..].starts_with(' ')
                && begins(rest[end..].trim_start())
                && ends(&rest[..end])
        });
        let end = end.unwrap_or(rest.len()).min(longest(rest));
        let (sentence, left) = rest.split_at(end);
        rest = left.trim_start();
        Some(sentence.trim_end())
    })
}

/// Where a piece of `text` must end: at its end, or at the last blank within the longest that an engine digests well.
fn longest(text: &str) -> usize {
    if text.len() <= LONGEST {
        return text.len();
    }
    let end = boundary(text, LONGEST);
    text[..end].rfind(' ').filter(|&at| at > 0).unwrap_or(end)
}

/// The last character boundary of `text` within its first `most` bytes.
pub(super) fn boundary(text: &str, most: usize) -> usize {
    (0..=most.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

fn begins(text: &str) -> bool {
    text.starts_with(|c: char| {
        c.is_uppercase() || c.is_numeric() || matches!(c, '¿' | '¡' | '"' | '„' | '«' | '(')
    })
}

/// False for an abbreviation, an initial or the ordinal number of other languages.
fn ends(sentence: &str) -> bool {
    let Some(before) = sentence.strip_suffix('.') else { return true };
    let word = before.rsplit(' ').next().unwrap_or_default();
    word.chars().count() > 3 && !word.contains('.') && !word.chars().all(|c| c.is_numeric())
        || word.ends_with(|c: char| c.is_lowercase())
            && word.starts_with(|c: char| c.is_lowercase())
            && word != "vs"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        sentences(text).collect()
    }

    #[test]
    fn sentences_are_cut_where_a_new_one_begins() {
        assert_eq!(
            cut("Thank you for calling. Please hold! Are you there? 5 people wait"),
            ["Thank you for calling.", "Please hold!", "Are you there?", "5 people wait"]
        );
        assert_eq!(cut("It is on. Go now please."), ["It is on. Go now please."], "too short to be sure");
        assert_eq!(cut("You will speak to Dr. Smith now."), ["You will speak to Dr. Smith now."]);
        assert_eq!(cut("It costs 3.50 dollars. Pay now."), ["It costs 3.50 dollars.", "Pay now."]);
        assert_eq!(cut("Treffen am Montag, 3. Mai um acht."), ["Treffen am Montag, 3. Mai um acht."]);
        assert_eq!(cut("Made in the U.S. Everybody knows."), ["Made in the U.S. Everybody knows."]);
        assert_eq!(cut("  "), Vec::<&str>::new());
    }

    #[test]
    fn endless_sentences_are_cut_between_words() {
        let text = "größer ".repeat(200);
        let pieces = cut(&text);
        assert!(pieces.iter().all(|piece| piece.len() <= LONGEST && piece.ends_with("größer")), "{pieces:?}");
        assert_eq!(pieces.join(" "), text.trim_end());
        assert_eq!(cut(&"é".repeat(1_000)).concat(), "é".repeat(1_000));
    }

    #[test]
    fn a_change_of_style_makes_a_new_unit() {
        let (normal, loud) = (Style::default(), Style { volume: 200, ..Style::default() });
        let mut script = Script::new(Language::EnUs, normal);
        script.say("one\n  two ");
        script.change(Language::EnUs, loud);
        script.say("three");
        script.change(Language::EnUs, normal);
        script.pause(Duration::from_secs(1));
        let unit =
            |style, text: &str| Part::Unit(Unit { language: Language::EnUs, style, text: text.into() });
        assert_eq!(
            script.finish(),
            [unit(normal, "one two"), unit(loud, "three"), Part::Pause(Duration::from_secs(1))]
        );
    }
}
