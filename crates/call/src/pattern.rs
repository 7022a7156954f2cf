//! Digit patterns of handlers: an unanchored search, bounded in time and size.

use fancy_regex::{Regex, RegexOptionsBuilder};

/// Longest pattern accepted, in bytes.
const PATTERN_MAX: usize = 1_000;
/// Backtracking steps before a pattern counts as not matching.
const BACKTRACK_MAX: usize = 20_000;
/// Compiled size of what runs without backtracking.
const COMPILED_MAX: usize = 256 * 1_024;

/// True if the pattern compiles within its limits.
pub(crate) fn is_valid(pattern: &str) -> bool {
    compile(pattern).is_some()
}

/// True if `pattern` is found anywhere in `digits`. One that runs too long is not found.
pub(crate) fn found_in(pattern: &str, digits: &str) -> bool {
    compile(pattern).is_some_and(|regex| regex.is_match(digits).unwrap_or(false))
}

/// Compiled anew each time: a pattern is tested once per collected input, and a call stays plain data.
fn compile(pattern: &str) -> Option<Regex> {
    if pattern.len() > PATTERN_MAX {
        return None;
    }
    RegexOptionsBuilder::new()
        .backtrack_limit(BACKTRACK_MAX)
        .delegate_size_limit(COMPILED_MAX)
        .delegate_dfa_size_limit(COMPILED_MAX)
        .build(pattern.to_owned())
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_searched_not_matched_in_full() {
        for (pattern, digits, expected) in [
            ("[0-9]", "123456", true),
            ("[1-2]", "3", false),
            ("^[1][0-9]", "15", true),
            (r"^\d{2}#$", "12#", true),
            (r"^\d{2}#$", "12", false),
            (r"^(?=.*\d)[0-9*#]{2,4}$", "5*", true),
            (r"^(?!0)\d+$", "0123", false),
            (r"(\d)\1", "1223", true),
            ("^(11|22)$", "22", true),
            ("", "", true),
        ] {
            assert!(is_valid(pattern), "{pattern}");
            assert_eq!(found_in(pattern, digits), expected, "{pattern} {digits}");
        }
    }

    #[test]
    fn broken_and_oversized_patterns_are_refused() {
        for pattern in ["[", "(", "*", r"\", "(?<n", &"a".repeat(1_001), r"(\d{1000}){1000}"] {
            assert!(!is_valid(pattern), "{pattern}");
            assert!(!found_in(pattern, "1"), "{pattern}");
        }
        let nested = "(".repeat(400) + &")".repeat(400);
        assert!(!is_valid(&nested));
    }

    #[test]
    fn catastrophic_patterns_end() {
        let digits = "1".repeat(128) + "#";
        for pattern in [
            r"^(\d+)+$",
            r"^(?=1)(\d+)+$",
            r"^(\d|\d\d)+\1*$",
            r"(?=(1*)*)(1*)*(1*)*\1x",
            r"^(?:(?=1)1*1*)*x",
        ] {
            assert!(is_valid(pattern), "{pattern}");
            assert!(!found_in(pattern, &digits), "{pattern}");
        }
    }
}
