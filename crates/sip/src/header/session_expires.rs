use super::numbers::delta_seconds;
use super::{Header, Malformed};
use crate::message::Headers;
use crate::params::{Params, trim};

/// Session-Expires (RFC 4028 §4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionExpires {
    /// Session interval in seconds.
    pub seconds: u32,
    /// Who refreshes, where it is settled.
    pub refresher: Option<Refresher>,
}

/// Which side refreshes the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refresher {
    /// The sender of the request.
    Uac,
    /// The sender of the response.
    Uas,
}

impl SessionExpires {
    /// Parses a value.
    pub fn parse(value: &str) -> Option<SessionExpires> {
        let (seconds, params) = value.split_at(value.find(';').unwrap_or(value.len()));
        let refresher = match Params::new(params).get("refresher") {
            Some(who) if who.eq_ignore_ascii_case("uac") => Some(Refresher::Uac),
            Some(who) if who.eq_ignore_ascii_case("uas") => Some(Refresher::Uas),
            Some(_) => return None,
            None => None,
        };
        Some(SessionExpires { seconds: delta_seconds(trim(seconds))?, refresher })
    }

    /// As a value.
    pub fn value(&self) -> String {
        match self.refresher {
            Some(Refresher::Uac) => format!("{};refresher=uac", self.seconds),
            Some(Refresher::Uas) => format!("{};refresher=uas", self.seconds),
            None => self.seconds.to_string(),
        }
    }
}

impl Headers {
    /// Session-Expires.
    pub fn session_expires(&self) -> Result<Option<SessionExpires>, Malformed> {
        self.parsed(Header::SessionExpires, SessionExpires::parse)
    }

    /// Min-SE in seconds.
    pub fn min_se(&self) -> Result<Option<u32>, Malformed> {
        self.parsed(Header::MinSe, |value| delta_seconds(value.split(';').next()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trips() {
        for text in ["1800", "1800;refresher=uac", "90;refresher=uas"] {
            assert_eq!(SessionExpires::parse(text).unwrap().value(), text);
        }
        assert_eq!(SessionExpires::parse("90;refresher=me"), None);
        assert_eq!(SessionExpires::parse(""), None);
    }
}
