//! AWS Signature Version 4, both directions from the same code.
//!
//! [`verify()`] takes header and query (presigned) signatures over whatever headers they name; [`sign()`] and [`presign`]
//! make them. Time, keys and the decision to accept any key are arguments.

mod canonical;
mod key;
mod sign;
mod verify;

use std::time::Duration;

use base::{Civil, Timestamp};

use crate::wire::Sensitive;

pub use canonical::PathStyle;
pub use sign::{Payload, Signing, presign, sign};
pub use verify::{Access, Caller, Refusal, screen, verify};

/// How far a signature's time may lie from ours; AWS allows as much on most services.
pub const SKEW: Duration = Duration::from_secs(5 * 60);

/// The longest life of a presigned request: seven days.
pub const EXPIRES_MAX: Duration = Duration::from_secs(7 * 24 * 3_600);

const ALGORITHM: &str = "AWS4-HMAC-SHA256";
const TERMINATOR: &str = "aws4_request";
const UNSIGNED_PAYLOAD: &str = "UNSIGNED-PAYLOAD";

/// What a caller signs with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// Public part.
    pub access_key: String,
    /// Secret part.
    pub secret_key: Sensitive<String>,
    /// Sent along with temporary credentials.
    pub session_token: Option<Sensitive<String>>,
}

/// `20260102T030405Z`.
fn basic_date(at: Timestamp) -> String {
    let c = at.civil();
    format!("{:04}{:02}{:02}T{:02}{:02}{:02}Z", c.year, c.month, c.day, c.hour, c.minute, c.second)
}

fn parse_basic_date(text: &str) -> Option<Timestamp> {
    let bytes = text.as_bytes();
    let number = |from: usize, to: usize| {
        bytes
            .get(from..to)?
            .iter()
            .try_fold(0_u32, |n, b| b.is_ascii_digit().then(|| n * 10 + u32::from(b - b'0')))
    };
    if bytes.len() != 16 || bytes[8] != b'T' || bytes[15] != b'Z' {
        return None;
    }
    Timestamp::from_civil(Civil {
        year: i64::from(number(0, 4)?),
        month: number(4, 6)?,
        day: number(6, 8)?,
        hour: number(9, 11)?,
        minute: number(11, 13)?,
        second: number(13, 15)?,
        milli: 0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_signatures_are_read_as_they_are_printed() {
        let at = Timestamp::from_millis(1_440_938_160_000);
        assert_eq!(basic_date(at), "20150830T123600Z");
        assert_eq!(parse_basic_date("20150830T123600Z"), Some(at));
        for bad in ["", "20150830T123600", "20150830 123600Z", "20151330T123600Z", "2015083éT123600Z"] {
            assert_eq!(parse_basic_date(bad), None, "{bad}");
        }
    }
}
