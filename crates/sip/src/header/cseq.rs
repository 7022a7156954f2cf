use super::{Header, Malformed};
use crate::message::{Headers, Method};
use crate::params::trim;

/// CSeq (RFC 3261 §20.16): the number orders requests of a dialog, the method tells a CANCEL or ACK from its INVITE.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CSeq {
    /// Below 2^31 in requests of ours; any 32-bit value is accepted.
    pub number: u32,
    /// Method of the request.
    pub method: Method,
}

impl CSeq {
    /// Parses a value.
    pub fn parse(value: &str) -> Result<CSeq, Malformed> {
        let (number, method) = split(value).ok_or(Malformed(Header::CSeq))?;
        Ok(CSeq { number, method: Method::parse(method).ok_or(Malformed(Header::CSeq))? })
    }

    /// As a value.
    pub fn value(&self) -> String {
        format!("{} {}", self.number, self.method)
    }
}

/// Number and method name, without making a [`Method`].
pub(crate) fn split(value: &str) -> Option<(u32, &str)> {
    let (number, method) = trim(value).split_once([' ', '\t'])?;
    if !number.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some((number.parse().ok()?, trim(method)))
}

impl Headers {
    /// CSeq; `None` where it is missing or malformed, never so in a message that was parsed.
    pub fn cseq(&self) -> Option<CSeq> {
        CSeq::parse(self.get(Header::CSeq)?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_leading_zeros_and_refuses_overflow_and_signs() {
        assert_eq!(CSeq::parse("0009   INVITE").unwrap(), CSeq { number: 9, method: Method::Invite });
        assert_eq!(CSeq::parse("4294967295 FOO").unwrap().value(), "4294967295 FOO");
        for bad in ["", "1", "INVITE", "4294967296 INVITE", "+1 INVITE", "-1 INVITE", "1 IN VITE", "1 a@b"] {
            assert!(CSeq::parse(bad).is_err(), "{bad}");
        }
    }
}
