use std::str::FromStr;

use percent_encoding::percent_decode_str;

/// The path of a route: `/calls/{id}/digits`, `/files/{proxy+}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    text: String,
    segments: Vec<Segment>,
}

/// The more particular one is the smaller one.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Segment {
    Literal(String),
    Parameter(String),
    /// All that is left, at least one segment.
    Greedy(String),
}

impl Pattern {
    /// As written: the `resource` of an event.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Sorts the more particular patterns first.
    pub(super) fn rank(&self) -> Vec<u8> {
        let rank = self.segments.iter().map(|segment| match segment {
            Segment::Literal(_) => 0,
            Segment::Parameter(_) => 1,
            Segment::Greedy(_) => 3,
        });
        // A pattern that ends comes before one that goes on greedily.
        rank.chain([2]).collect()
    }

    /// The parameters of a path, decoded; `None` where it is another path. A slash at the end does not matter.
    pub(super) fn matches(&self, path: &str) -> Option<Vec<(String, String)>> {
        let mut rest = path.trim_matches('/');
        let mut parameters = Vec::new();
        let mut segments = self.segments.iter().peekable();
        while let Some(segment) = segments.next() {
            if rest.is_empty() {
                return None;
            }
            if let Segment::Greedy(name) = segment {
                parameters.push((name.clone(), decode(rest)));
                return Some(parameters);
            }
            let (first, behind) = rest.split_once('/').unwrap_or((rest, ""));
            match segment {
                Segment::Literal(text) if *text == decode(first) => {}
                Segment::Literal(_) => return None,
                Segment::Parameter(_) if first.is_empty() => return None,
                Segment::Parameter(name) | Segment::Greedy(name) => {
                    parameters.push((name.clone(), decode(first)));
                }
            }
            if behind.is_empty() && segments.peek().is_some() {
                return None;
            }
            rest = behind;
        }
        rest.is_empty().then_some(parameters)
    }
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

impl FromStr for Pattern {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = |why: &str| format!("path {text:?}: {why}");
        let inner = text.strip_prefix('/').ok_or_else(|| wrong("it must begin with a slash"))?;
        let mut segments = Vec::new();
        for part in inner.split('/').filter(|_| !inner.is_empty()) {
            if matches!(segments.last(), Some(Segment::Greedy(_))) {
                return Err(wrong("nothing may follow a parameter that takes all"));
            }
            let is_name = |name: &str| {
                !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-:".contains(&b))
            };
            segments.push(match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
                Some(name) => match name.strip_suffix('+') {
                    Some(name) if is_name(name) => Segment::Greedy(name.into()),
                    None if is_name(name) => Segment::Parameter(name.into()),
                    _ => {
                        return Err(wrong(
                            "a parameter has a name of letters, digits, `.`, `_`, `-` and `:`",
                        ));
                    }
                },
                None if part.is_empty() || part.contains(['{', '}', '?', '#', '%']) => {
                    return Err(wrong("a part of it is empty or not plain"));
                }
                None => Segment::Literal(part.into()),
            });
        }
        Ok(Self { text: text.into(), segments })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(pattern: &str, path: &str) -> Option<String> {
        let parameters = pattern.parse::<Pattern>().unwrap().matches(path)?;
        Some(parameters.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(","))
    }

    #[test]
    fn paths_match_as_in_api_gateway() {
        for (pattern, path, expected) in [
            ("/", "/", Some("")),
            ("/", "/x", None),
            ("/dial", "/dial", Some("")),
            ("/dial", "/dial/", Some("")),
            ("/dial", "/dials", None),
            ("/dial", "/dial/x", None),
            ("/calls/{id}", "/calls/a%2Fb", Some("id=a/b")),
            ("/calls/{id}", "/calls", None),
            ("/calls/{id}", "/calls/", None),
            ("/calls/{id}/digits", "/calls/7/digits", Some("id=7")),
            ("/calls/{id}/digits", "/calls/7", None),
            ("/calls/{id}/digits", "/calls//digits", None),
            ("/{proxy+}", "/a/b/c", Some("proxy=a/b/c")),
            ("/{proxy+}", "/", None),
            ("/v/{a}/{rest+}", "/v/1/2/3", Some("a=1,rest=2/3")),
        ] {
            assert_eq!(found(pattern, path).as_deref(), expected, "{pattern} {path}");
        }
    }

    #[test]
    fn the_particular_one_comes_first() {
        let mut patterns: Vec<Pattern> =
            ["/{proxy+}", "/a/{b}", "/a/{b}/{c+}", "/a/b", "/{a}"].map(|p| p.parse().unwrap()).into();
        patterns.sort_by_key(Pattern::rank);
        let sorted: Vec<_> = patterns.iter().map(Pattern::as_str).collect();
        assert_eq!(sorted, ["/a/b", "/a/{b}", "/a/{b}/{c+}", "/{a}", "/{proxy+}"]);
    }

    #[test]
    fn mistakes_are_told() {
        for wrong in ["dial", "/a//b", "/{}", "/{a+}/b", "/x{a}", "/{a b}", "/a?b", "/%41"] {
            assert!(wrong.parse::<Pattern>().is_err(), "{wrong}");
        }
    }
}
