//! Digit patterns of handlers: an unanchored search, bounded in time and size.

use fancy_regex::{Regex, RegexOptionsBuilder};

/// Longest pattern accepted, in bytes.
const PATTERN_MAX: usize = 1_000;
/// Backtracking steps before a pattern counts as not matching.
const BACKTRACK_MAX: usize = 20_000;
/// Compiled size of what runs without backtracking.
const COMPILED_MAX: usize = 256 * 1_024;

/// How far sizes may grow by repetitions and references, as a power of two; the pattern's own length comes on top.
const GROWTH_MAX: u32 = 50;

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
    if pattern.len() > PATTERN_MAX || growth(pattern).is_none_or(|growth| growth > GROWTH_MAX) {
        return None;
    }
    RegexOptionsBuilder::new()
        .backtrack_limit(BACKTRACK_MAX)
        .delegate_size_limit(COMPILED_MAX)
        .delegate_dfa_size_limit(COMPILED_MAX)
        .build(pattern.to_owned())
        .ok()
}

/// At least how much longer than the pattern what it matches can be, as a power of two; `None` for a number beyond all
/// bounds. The compiler of patterns adds and multiplies these sizes unchecked.
fn growth(pattern: &str) -> Option<u32> {
    let bytes = pattern.as_bytes();
    let mut growth: u32 = 0;
    for (at, byte) in bytes.iter().enumerate() {
        let rest = &bytes[at + 1..];
        growth += match (byte, rest) {
            (b'{', _) => {
                let end = rest.iter().position(|byte| *byte == b'}').unwrap_or(rest.len());
                let numbers = pattern[at + 1..at + 1 + end].split(|c: char| !c.is_ascii_digit());
                let largest =
                    numbers.filter(|number| !number.is_empty()).map(str::parse::<u64>).max_by_key(|n| {
                        // One that is too large is the largest.
                        n.as_ref().map_or(u64::MAX, |n| *n)
                    });
                u64::BITS - largest.unwrap_or(Ok(0)).ok()?.leading_zeros()
            }
            // A reference is as long as all before it, at most.
            (b'\\', [b'0'..=b'9' | b'k' | b'g', ..])
            | (b'(', [b'?', b'0'..=b'9' | b'P' | b'R' | b'&' | b'+' | b'-', ..]) => 1,
            _ => 0,
        };
    }
    Some(growth)
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

    /// Found by mutation: the compiler added up sizes until they ran over.
    #[test]
    fn sizes_beyond_all_bounds_are_refused() {
        let doubling: String = (1..60).map(|n| format!(r"(\{n}\{n})")).collect();
        for pattern in [
            r"^(?!0)Z0-9*#]{18446744073709551615,4}$",
            r"[0-9]]{18446744073709551615}$",
            r"1{99999999999999999999999}",
            r"((((((1{2000}){2000}){2000}){2000}){2000}){2000})",
            r"(?x)((((((1{ 2000 }){ 2000 }){ 2000 }){ 2000 }){ 2000 }){ 2000 })\1",
            &format!("(1){doubling}{{3}}"),
        ] {
            assert!(!is_valid(pattern), "{pattern}");
            assert!(!found_in(pattern, "1"), "{pattern}");
        }
    }

    #[test]
    fn long_lists_of_repetitions_are_fine() {
        let plan = r"^(?:\+?1[2-9]\d{2}[2-9]\d{6}|44\d{9,10}|49\d{3,13}|\d{3,5}|[*#]\d{2}(?:\d{4}|\d{8})?#)$";
        assert!(found_in(plan, "12065550100") && found_in(plan, "*67#") && !found_in(plan, "1"));
    }
}
