//! Which of our languages, in which register, a Polly voice or language code gets.

/// A language that the embedded engine speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Language {
    EnUs,
    EnGb,
    DeDe,
    EsEs,
    FrFr,
    ItIt,
}

impl Language {
    /// The nearest language to a code such as `es-MX`; `None` where we speak nothing like it.
    pub(super) fn nearest(code: &str) -> Option<Self> {
        let (language, region) = code.split_once('-').unwrap_or((code, ""));
        match (language.to_ascii_lowercase().as_str(), region.to_ascii_uppercase().as_str()) {
            ("en", "" | "US" | "CA") => Some(Self::EnUs),
            ("en", _) => Some(Self::EnGb),
            ("de", _) => Some(Self::DeDe),
            ("es", _) => Some(Self::EsEs),
            ("fr", _) => Some(Self::FrFr),
            ("it", _) => Some(Self::ItIt),
            _ => None,
        }
    }
}

/// Per cent of the pitch that tells the men among the voices apart: the engine's own voices are women.
const MAN: u16 = 72;

/// A Polly voice as we can render it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Voice {
    /// Its language; the default where the engine does not speak it.
    pub(super) language: Language,
    /// Per cent of the engine's own pitch.
    pub(super) pitch: u16,
}

/// What any voice is replaced by that we do not know.
pub(super) const DEFAULT: Voice = Voice { language: Language::EnUs, pitch: 100 };

impl Voice {
    /// The voice with this Polly id.
    pub(super) fn named(id: &str) -> Option<Self> {
        let find = |names: &str| names.split_ascii_whitespace().any(|name| name.eq_ignore_ascii_case(id));
        VOICES.iter().find_map(|(code, women, men)| {
            let language = Language::nearest(code).unwrap_or(DEFAULT.language);
            match (find(women), find(men)) {
                (true, _) => Some(Self { language, pitch: 100 }),
                (_, true) => Some(Self { language, pitch: MAN }),
                _ => None,
            }
        })
    }
}

/// True for a language code that Polly has.
pub(super) fn is_polly_language(code: &str) -> bool {
    VOICES.iter().any(|(known, ..)| known.eq_ignore_ascii_case(code))
}

/// Polly's languages and their voices, women first.
#[rustfmt::skip]
const VOICES: &[(&str, &str, &str)] = &[
    ("ar-AE", "Hala", "Zayd"),
    ("arb", "Zeina", ""),
    ("ca-ES", "Arlet", ""),
    ("cmn-CN", "Zhiyu", ""),
    ("cs-CZ", "Jitka", ""),
    ("cy-GB", "Gwyneth", ""),
    ("da-DK", "Naja Sofie", "Mads"),
    ("de-AT", "Hannah", ""),
    ("de-CH", "Sabrina", ""),
    ("de-DE", "Marlene Vicki", "Daniel Hans"),
    ("en-AU", "Nicole Olivia", "Russell"),
    ("en-GB", "Amy Emma", "Arthur Brian"),
    ("en-GB-WLS", "", "Geraint"),
    ("en-IE", "Niamh", ""),
    ("en-IN", "Aditi Kajal Raveena", ""),
    ("en-NZ", "Aria", ""),
    ("en-SG", "Jasmine", ""),
    ("en-US", "Danielle Ivy Joanna Kendra Kimberly Ruth Salli", "Gregory Joey Justin Kevin Matthew Patrick Stephen"),
    ("en-ZA", "Ayanda", ""),
    ("es-ES", "Alba Conchita Lucia", "Enrique Raul Sergio"),
    ("es-MX", "Mia", "Andres"),
    ("es-US", "Lupe Penelope", "Miguel Pedro"),
    ("fi-FI", "Suvi", ""),
    ("fr-BE", "Isabelle", ""),
    ("fr-CA", "Chantal Gabrielle", "Liam"),
    ("fr-FR", "Celine Lea", "Mathieu Remi"),
    ("hi-IN", "", ""),
    ("is-IS", "Dora", "Karl"),
    ("it-IT", "Beatrice Bianca Carla", "Adriano Giorgio Lorenzo"),
    ("ja-JP", "Kazuha Mizuki Tomoko", "Takumi"),
    ("ko-KR", "Jihye Seoyeon", ""),
    ("nb-NO", "Ida Liv", ""),
    ("nl-BE", "Lisa", ""),
    ("nl-NL", "Laura Lotte", "Ruben"),
    ("pl-PL", "Ewa Maja Ola", "Jacek Jan"),
    ("pt-BR", "Camila Vitoria", "Ricardo Thiago"),
    ("pt-PT", "Ines", "Cristiano"),
    ("ro-RO", "Carmen", ""),
    ("ru-RU", "Tatyana", "Maxim"),
    ("sv-SE", "Astrid Elin", ""),
    ("tr-TR", "Burcu Filiz", ""),
    ("yue-CN", "Hiujin", ""),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn voices_get_their_language_and_unknown_ones_none() {
        assert_eq!(Voice::named("Joanna"), Some(DEFAULT));
        assert_eq!(Voice::named("Vicki").unwrap().language, Language::DeDe);
        assert_eq!(Voice::named("Nicole").unwrap().language, Language::EnGb);
        assert_eq!(Voice::named("Lupe").unwrap().language, Language::EsEs);
        assert_eq!(Voice::named("Chantal").unwrap().language, Language::FrFr);
        assert_eq!(Voice::named("Mizuki"), Some(DEFAULT), "known to Polly, not spoken here");
        assert!(Voice::named("Matthew").unwrap().pitch < 100);
        assert_eq!(Voice::named("Nobody"), None);
        assert_eq!(Voice::named(""), None);
    }

    #[test]
    fn language_codes_find_the_nearest() {
        assert_eq!(Language::nearest("en-US"), Some(Language::EnUs));
        assert_eq!(Language::nearest("en-GB-WLS"), Some(Language::EnGb));
        assert_eq!(Language::nearest("de"), Some(Language::DeDe));
        assert_eq!(Language::nearest("ja-JP"), None);
        assert!(is_polly_language("ja-JP") && !is_polly_language("xx-XX"));
    }
}
