//! `say-as`: texts that are not read as they stand.

use super::voice::Language;

/// How the content of a `say-as` element is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SayAs {
    /// Digit by digit.
    Digits,
    /// As a telephone number.
    Telephone,
    /// Character by character.
    Characters,
    /// As a number.
    Cardinal,
    /// As a place in an order.
    Ordinal,
    /// As a date; the format says in which order.
    Date(DateFormat),
    /// Not at all.
    Expletive,
    /// As any other text: time, address, fraction, unit.
    Plain,
}

/// The order of the parts of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateFormat {
    Mdy,
    Dmy,
    Ymd,
}

impl SayAs {
    /// From `interpret-as` and `format`; `None` for a value Polly has not.
    pub(super) fn parse(interpret_as: &str, format: Option<&str>) -> Option<Self> {
        Some(match interpret_as {
            "digits" => Self::Digits,
            "telephone" => Self::Telephone,
            "characters" | "spell-out" | "verbatim" => Self::Characters,
            "cardinal" | "number" => Self::Cardinal,
            "ordinal" => Self::Ordinal,
            "date" => Self::Date(match format.unwrap_or("mdy") {
                format if format.starts_with('d') => DateFormat::Dmy,
                format if format.starts_with('y') => DateFormat::Ymd,
                _ => DateFormat::Mdy,
            }),
            "expletive" => Self::Expletive,
            "fraction" | "unit" | "time" | "address" | "currency" | "name" => Self::Plain,
            _ => return None,
        })
    }

    /// The words to say.
    pub(super) fn words(self, text: &str, language: Language) -> String {
        let text = text.trim();
        match self {
            Self::Digits => digits(text),
            Self::Telephone => telephone(text, language),
            Self::Characters => spaced(text.chars().filter(|c| !c.is_whitespace())),
            Self::Cardinal => text.chars().filter(|c| !matches!(c, ',' | ' ' | '_')).collect(),
            Self::Ordinal => ordinal(text, language),
            Self::Date(format) => date(text, format, language).unwrap_or_else(|| text.to_owned()),
            Self::Expletive => String::new(),
            Self::Plain => text.to_owned(),
        }
    }
}

fn spaced(chars: impl Iterator<Item = char>) -> String {
    let mut out = String::new();
    for c in chars {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(c.to_uppercase());
    }
    out
}

/// Digits one by one; everything else as it stands.
fn digits(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if c.is_ascii_digit() {
            out.push(' ');
            out.push(c);
            out.push(' ');
        } else {
            out.push(c);
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Digit by digit, with a short pause where the number is written in groups, or where one would write them.
fn telephone(text: &str, language: Language) -> String {
    let plus = match language {
        Language::EsEs => "más",
        Language::ItIt => "più",
        Language::EnUs | Language::EnGb | Language::DeDe | Language::FrFr => "plus",
    };
    let plain = text.trim_start_matches('+');
    let mut groups: Vec<String> = plain
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|group| !group.is_empty())
        .map(str::to_owned)
        .collect();
    if let [one] = groups.as_slice()
        && one.len() > 4
        && one.bytes().all(|b| b.is_ascii_digit())
    {
        groups = grouped(one);
    }
    let mut spoken: Vec<String> = groups.iter().map(|group| spaced(group.chars())).collect();
    if plain.len() < text.len()
        && let Some(first) = spoken.first_mut()
    {
        first.insert_str(0, &format!("{plus} "));
    }
    spoken.join(", ")
}

/// `15550100123` as `1 555 010 0123`: four at the end, threes before.
fn grouped(number: &str) -> Vec<String> {
    let (head, last) = number.split_at(number.len() - 4);
    let first = head.len() % 3;
    let mut groups: Vec<String> = Vec::new();
    if first > 0 {
        groups.push(head[..first].to_owned());
    }
    let mut at = first;
    while at < head.len() {
        groups.push(head[at..at + 3].to_owned());
        at += 3;
    }
    groups.push(last.to_owned());
    groups
}

fn ordinal(text: &str, language: Language) -> String {
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
        return text.to_owned();
    }
    let suffix = match language {
        Language::EnUs | Language::EnGb => match text.as_bytes() {
            [.., b'1', _] => "th",
            [.., b'1'] => "st",
            [.., b'2'] => "nd",
            [.., b'3'] => "rd",
            _ => "th",
        },
        Language::DeDe => ".",
        Language::FrFr => "e",
        Language::EsEs | Language::ItIt => "º",
    };
    format!("{text}{suffix}")
}

/// `None` where the text is no date that we can read.
fn date(text: &str, format: DateFormat, language: Language) -> Option<String> {
    let mut parts: Vec<&str> = text.split(['/', '-', '.', ' ']).filter(|part| !part.is_empty()).collect();
    // 20260501 without separators.
    if let ([one], DateFormat::Ymd) = (parts.as_slice(), format)
        && one.len() == 8
        && one.is_ascii()
    {
        parts = vec![&one[..4], &one[4..6], &one[6..]];
    }
    let numbers: Vec<u32> = parts.iter().map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let (year, month, day) = match (numbers.as_slice(), format) {
        ([month, day, year], DateFormat::Mdy) => (Some(*year), *month, *day),
        ([day, month, year], DateFormat::Dmy) => (Some(*year), *month, *day),
        ([year, month, day], DateFormat::Ymd) => (Some(*year), *month, *day),
        ([month, day], DateFormat::Mdy) => (None, *month, *day),
        ([day, month], DateFormat::Dmy) => (None, *month, *day),
        _ => return None,
    };
    let names = month_names(language);
    let name = names.get(month.checked_sub(1)? as usize)?;
    if !(1..=31).contains(&day) {
        return None;
    }
    let year =
        year.map(|year| format!(" {}", if year < 100 { 2_000 + year } else { year })).unwrap_or_default();
    Some(match language {
        Language::EnUs => {
            format!("{name} {}{}", ordinal(&day.to_string(), language), year.replacen(' ', ", ", 1))
        }
        Language::EnGb => format!("{} of {name}{year}", ordinal(&day.to_string(), language)),
        Language::DeDe => format!("{day}. {name}{year}"),
        Language::EsEs => format!("{day} de {name}{}", year.replacen(' ', " de ", 1)),
        Language::FrFr | Language::ItIt => format!("{day} {name}{year}"),
    })
}

#[rustfmt::skip]
fn month_names(language: Language) -> [&'static str; 12] {
    match language {
        Language::EnUs | Language::EnGb => ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
        Language::DeDe => ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"],
        Language::EsEs => ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"],
        Language::FrFr => ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"],
        Language::ItIt => ["gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said() {
        for (kind, format, text, expected) in [
            ("digits", None, "1234", "1 2 3 4"),
            ("digits", None, "A12", "A 1 2"),
            ("telephone", None, "+15550100123", "plus 1, 5 5 5, 0 1 0, 0 1 2 3"),
            ("telephone", None, "555-0100", "5 5 5, 0 1 0 0"),
            ("telephone", None, "911", "9 1 1"),
            ("characters", None, "aB1", "A B 1"),
            ("spell-out", None, "hello", "H E L L O"),
            ("cardinal", None, "12,345", "12345"),
            ("ordinal", None, "21", "21st"),
            ("ordinal", None, "112", "112th"),
            ("ordinal", None, "first", "first"),
            ("date", Some("mdy"), "5/1/2026", "May 1st, 2026"),
            ("date", Some("dmy"), "02-03-26", "March 2nd, 2026"),
            ("date", Some("ymd"), "20260501", "May 1st, 2026"),
            ("date", Some("md"), "12/24", "December 24th"),
            ("date", Some("mdy"), "13/45/2026", "13/45/2026"),
            ("date", None, "tomorrow", "tomorrow"),
            ("expletive", None, "bad", ""),
            ("time", None, "1'21\"", "1'21\""),
        ] {
            let said = SayAs::parse(kind, format).unwrap().words(text, Language::EnUs);
            assert_eq!(said, expected, "{kind} {text}");
        }
        assert_eq!(SayAs::parse("nonsense", None), None);
    }

    #[test]
    fn numbers_are_grouped_from_the_end() {
        assert_eq!(grouped("12345"), ["1", "2345"]);
        assert_eq!(grouped("5550100"), ["555", "0100"]);
        assert_eq!(telephone("12345é", Language::EnUs), "1, 2 3 4 5");
    }
}
