use super::Header;
use crate::message::Headers;
use crate::params::{Params, is_token, trim};

/// A media type with parameters: Content-Type (RFC 3261 §20.15).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MediaType<'a> {
    kind: &'a str,
    subtype: &'a str,
    params: Params<'a>,
}

impl<'a> MediaType<'a> {
    /// Parses a value; broken parameters are left to [`MediaType::param`].
    pub fn parse(value: &'a str) -> Option<Self> {
        let (essence, params) = value.split_at(value.find(';').unwrap_or(value.len()));
        let (kind, subtype) = essence.split_once('/')?;
        let (kind, subtype) = (trim(kind), trim(subtype));
        (is_token(kind) && is_token(subtype)).then_some(Self { kind, subtype, params: Params::new(params) })
    }

    /// Whether it is `kind/subtype`, without regard to case.
    pub fn is(&self, essence: &str) -> bool {
        essence.split_once('/').is_some_and(|(kind, subtype)| {
            self.kind.eq_ignore_ascii_case(kind) && self.subtype.eq_ignore_ascii_case(subtype)
        })
    }

    /// Whether it is `multipart/…`.
    pub fn is_multipart(&self) -> bool {
        self.kind.eq_ignore_ascii_case("multipart")
    }

    /// A parameter's value without quotes.
    pub fn param(&self, name: &str) -> Option<&'a str> {
        self.params.get(name)
    }
}

impl Headers {
    /// Content-Type; `None` where it is missing or malformed.
    pub fn content_type(&self) -> Option<MediaType<'_>> {
        MediaType::parse(self.get(Header::ContentType)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compares_without_case_and_reads_parameters() {
        let kind = MediaType::parse("Multipart / MIXED ; boundary=\"a b;c\"").unwrap();
        assert!(kind.is("multipart/mixed") && kind.is_multipart() && !kind.is("application/sdp"));
        assert_eq!(kind.param("Boundary"), Some("a b;c"));
        assert_eq!(MediaType::parse("sdp"), None);
    }
}
