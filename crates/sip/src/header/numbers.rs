use super::{Header, Malformed};
use crate::message::Headers;
use crate::params::trim;

/// Seconds, capped at 2^32−1 as RFC 3261 §20.19 allows; `None` for anything but digits.
pub(crate) fn delta_seconds(text: &str) -> Option<u32> {
    let text = trim(text);
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some(text.parse().unwrap_or(u32::MAX))
}

/// A number without sign that must fit.
fn number(text: &str) -> Option<u32> {
    let text = trim(text);
    if text.bytes().all(|b| b.is_ascii_digit()) { text.parse().ok() } else { None }
}

impl Headers {
    /// Max-Forwards (0–255).
    pub fn max_forwards(&self) -> Result<Option<u8>, Malformed> {
        self.parsed(Header::MaxForwards, |text| number(text)?.try_into().ok())
    }

    /// Expires in seconds.
    pub fn expires(&self) -> Result<Option<u32>, Malformed> {
        self.parsed(Header::Expires, delta_seconds)
    }

    /// Min-Expires in seconds.
    pub fn min_expires(&self) -> Result<Option<u32>, Malformed> {
        self.parsed(Header::MinExpires, delta_seconds)
    }

    /// RSeq of a reliable provisional response (RFC 3262 §7.1).
    pub fn rseq(&self) -> Result<Option<u32>, Malformed> {
        self.parsed(Header::RSeq, number)
    }

    pub(super) fn parsed<'a, T>(
        &'a self,
        header: Header,
        parse: impl FnOnce(&'a str) -> Option<T>,
    ) -> Result<Option<T>, Malformed> {
        match self.get(header) {
            Some(value) => parse(value).map(Some).ok_or(Malformed(header)),
            None => Ok(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_bounds() {
        let mut headers = Headers::new();
        assert_eq!(headers.max_forwards(), Ok(None));
        headers.push(Header::MaxForwards, "0068");
        assert_eq!(headers.max_forwards(), Ok(Some(68)));
        headers.set(Header::MaxForwards, "300");
        assert_eq!(headers.max_forwards(), Err(Malformed(Header::MaxForwards)));
        headers.push(Header::Expires, "10000000000000000000000000000000000000");
        assert_eq!(headers.expires(), Ok(Some(u32::MAX)));
        headers.push(Header::RSeq, "-1");
        assert_eq!(headers.rseq(), Err(Malformed(Header::RSeq)));
    }
}
