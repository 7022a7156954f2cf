//! Resource names: `arn:aws:chime:<region>:<account>:<kind>/<id>`.

use std::fmt;
use std::str::FromStr;

use base::E164;

/// The name of something we keep.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Arn {
    /// `us-east-1`.
    pub region: String,
    /// Twelve digits.
    pub account: String,
    /// What it names.
    pub resource: Resource,
}

/// What can be named. SIP rules cannot.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Resource {
    /// `vc/<id>`
    VoiceConnector(String),
    /// `vcg/<id>`
    VoiceConnectorGroup(String),
    /// `sma/<id>`
    SipMediaApplication(String),
    /// `phone-number/<E.164>`
    PhoneNumber(E164),
    /// `meeting/<id>`
    Meeting(String),
}

/// The text is not the ARN of something we could keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the ARN of a voice connector, group, application, phone number or meeting")]
pub struct NotAnArn;

impl Arn {
    /// The ARN of a resource.
    pub fn new(region: &str, account: &str, resource: Resource) -> Self {
        Self { region: region.to_owned(), account: account.to_owned(), resource }
    }
}

impl fmt::Display for Arn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, id) = match &self.resource {
            Resource::VoiceConnector(id) => ("vc", id.as_str()),
            Resource::VoiceConnectorGroup(id) => ("vcg", id.as_str()),
            Resource::SipMediaApplication(id) => ("sma", id.as_str()),
            Resource::PhoneNumber(number) => ("phone-number", number.as_str()),
            Resource::Meeting(id) => ("meeting", id.as_str()),
        };
        write!(f, "arn:aws:chime:{}:{}:{kind}/{id}", self.region, self.account)
    }
}

impl FromStr for Arn {
    type Err = NotAnArn;

    fn from_str(text: &str) -> Result<Self, NotAnArn> {
        let parts: Vec<&str> = text.splitn(6, ':').collect();
        let [_arn @ "arn", partition, _service @ "chime", region, account, resource] = parts.as_slice()
        else {
            return Err(NotAnArn);
        };
        let account_fits = account.len() == 12 && account.bytes().all(|b| b.is_ascii_digit());
        let (kind, id) = resource.split_once('/').ok_or(NotAnArn)?;
        let id_fits = (1..=128).contains(&id.len())
            && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'+' | b'%'));
        if !partition.starts_with("aws") || region.is_empty() || !account_fits || !id_fits {
            return Err(NotAnArn);
        }
        let resource = match kind {
            "vc" => Resource::VoiceConnector(id.to_owned()),
            "vcg" => Resource::VoiceConnectorGroup(id.to_owned()),
            "sma" => Resource::SipMediaApplication(id.to_owned()),
            "phone-number" => Resource::PhoneNumber(id.parse().map_err(|_| NotAnArn)?),
            "meeting" => Resource::Meeting(id.to_owned()),
            _ => return Err(NotAnArn),
        };
        Ok(Self::new(region, account, resource))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arns_are_read_as_they_are_printed() {
        for text in [
            "arn:aws:chime:us-east-1:111122223333:vc/abcdefghij0123456789kl",
            "arn:aws:chime:us-east-1:111122223333:vcg/5f2ae1b0-4d3c-4b6e-8a3e-0d7f0f4b3c11",
            "arn:aws:chime:eu-west-2:000000000000:sma/5f2ae1b0-4d3c-4b6e-8a3e-0d7f0f4b3c11",
            "arn:aws:chime:us-east-1:111122223333:phone-number/+15550100",
            "arn:aws:chime:us-east-1:111122223333:meeting/5f2ae1b0-4d3c-4b6e-8a3e-0d7f0f4b3c11",
        ] {
            assert_eq!(text.parse::<Arn>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_we_do_not_keep_has_no_arn() {
        for text in [
            "",
            "arn",
            "arn:aws:chime:us-east-1:1111:vc/a",
            "arn:aws:chime:us-east-1:111122223333:vc/",
            "arn:aws:chime:us-east-1:111122223333:vc",
            "arn:aws:chime:us-east-1:111122223333:vc/a/b",
            "arn:aws:chime::111122223333:vc/a",
            "arn:aws:chime:us-east-1:111122223333:rule/a",
            "arn:aws:chime:us-east-1:111122223333:phone-number/0",
            "arn:aws:lambda:us-east-1:111122223333:function:sma",
            "arn:other:chime:us-east-1:111122223333:vc/a",
        ] {
            assert_eq!(text.parse::<Arn>(), Err(NotAnArn), "{text}");
        }
    }
}
