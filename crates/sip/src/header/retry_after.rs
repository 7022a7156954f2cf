use super::numbers::delta_seconds;
use super::{Header, Malformed};
use crate::message::Headers;
use crate::params::Params;

/// Retry-After (RFC 3261 §20.33).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryAfter {
    /// When to try again, in seconds from now.
    pub seconds: u32,
    /// For how long the callee will be there then, in seconds.
    pub duration: Option<u32>,
}

impl RetryAfter {
    fn parse(value: &str) -> Option<RetryAfter> {
        let end = value.find([';', '(']).unwrap_or(value.len());
        let params = value.find(';').map_or("", |at| &value[at..]);
        Some(RetryAfter {
            seconds: delta_seconds(&value[..end])?,
            duration: Params::new(params).get("duration").and_then(delta_seconds),
        })
    }
}

impl Headers {
    /// Retry-After.
    pub fn retry_after(&self) -> Result<Option<RetryAfter>, Malformed> {
        self.parsed(Header::RetryAfter, RetryAfter::parse)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_comment_and_duration() {
        assert_eq!(RetryAfter::parse("18000;duration=3600").unwrap().duration, Some(3600));
        assert_eq!(RetryAfter::parse("120 (I'm in a meeting)").unwrap().seconds, 120);
        assert_eq!(RetryAfter::parse("949302838503028349304023988").unwrap().seconds, u32::MAX);
        assert_eq!(RetryAfter::parse("soon"), None);
    }
}
