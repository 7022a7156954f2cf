use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A telephone number in E.164 form, always with its `+`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct E164(String);

/// The text is not `^\+?[1-9]\d{1,14}$`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an E.164 number")]
pub struct NotE164;

impl E164 {
    /// The number with its `+`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The digits without the `+`.
    pub fn digits(&self) -> &str {
        &self.0[1..]
    }
}

impl FromStr for E164 {
    type Err = NotE164;

    /// Accepts the pattern of the API models, where the `+` is optional, and normalises to `+`.
    fn from_str(text: &str) -> Result<Self, NotE164> {
        let digits = text.strip_prefix('+').unwrap_or(text);
        let fits = (2..=15).contains(&digits.len())
            && digits.bytes().all(|b| b.is_ascii_digit())
            && !digits.starts_with('0');
        if fits { Ok(Self(format!("+{digits}"))) } else { Err(NotE164) }
    }
}

impl TryFrom<String> for E164 {
    type Error = NotE164;

    fn try_from(text: String) -> Result<Self, NotE164> {
        text.parse()
    }
}

impl From<E164> for String {
    fn from(number: E164) -> String {
        number.0
    }
}

impl fmt::Display for E164 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normalises_and_refuses() {
        assert_eq!("15550199".parse::<E164>().unwrap().as_str(), "+15550199");
        assert_eq!("+15550199".parse::<E164>().unwrap().digits(), "15550199");
        for bad in ["", "+", "+1", "+0155", "+1234567890123456", "+1555x", "++15550199"] {
            assert_eq!(bad.parse::<E164>(), Err(NotE164), "{bad}");
        }
    }
}
