use std::borrow::Cow;

use super::Header;
use crate::message::Headers;
use crate::params::{Params, is_token, trim, unquote};

/// One element of Reason (RFC 3326): why a BYE or CANCEL is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason<'a> {
    /// `SIP`, `Q.850` …
    pub protocol: &'a str,
    /// Status code or cause value.
    pub cause: Option<u16>,
    /// In words.
    pub text: Cow<'a, str>,
}

impl Headers {
    /// The reasons, malformed ones left out.
    pub fn reasons(&self) -> impl Iterator<Item = Reason<'_>> {
        self.list(Header::Reason).filter_map(|element| {
            let end = element.find(';').unwrap_or(element.len());
            let params = Params::new(&element[end..]);
            let protocol = trim(&element[..end]);
            let text = params.iter().find(|(name, _)| name.eq_ignore_ascii_case("text"));
            is_token(protocol).then(|| Reason {
                protocol,
                cause: params.get("cause").and_then(|cause| cause.parse().ok()),
                text: unquote(text.and_then(|(_, value)| value).unwrap_or("")),
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_several() {
        let mut headers = Headers::new();
        headers.push(Header::Reason, "Q.850;cause=16;text=\"Normal, clearing\", SIP ;cause=200, ;x");
        let all: Vec<_> = headers.reasons().collect();
        assert_eq!(all.len(), 2);
        assert_eq!((all[0].protocol, all[0].cause, &*all[0].text), ("Q.850", Some(16), "Normal, clearing"));
        assert_eq!((all[1].protocol, all[1].cause, &*all[1].text), ("SIP", Some(200), ""));
    }
}
