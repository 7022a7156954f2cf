use super::{CSeq, Header, Malformed};
use crate::message::Headers;
use crate::params::trim;

/// RAck of a PRACK (RFC 3262 §7.2): which reliable provisional response is acknowledged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RAck {
    /// RSeq of the response.
    pub rseq: u32,
    /// CSeq of the response.
    pub cseq: CSeq,
}

impl RAck {
    /// Parses a value.
    pub fn parse(value: &str) -> Option<RAck> {
        let (rseq, cseq) = trim(value).split_once([' ', '\t'])?;
        if !rseq.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        Some(RAck { rseq: rseq.parse().ok()?, cseq: CSeq::parse(cseq).ok()? })
    }

    /// As a value.
    pub fn value(&self) -> String {
        format!("{} {}", self.rseq, self.cseq.value())
    }
}

impl Headers {
    /// RAck.
    pub fn rack(&self) -> Result<Option<RAck>, Malformed> {
        self.parsed(Header::RAck, RAck::parse)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trips() {
        let rack = RAck::parse("776656  1 INVITE").unwrap();
        assert_eq!(rack.value(), "776656 1 INVITE");
        assert_eq!(RAck::parse("776656 INVITE"), None);
    }
}
