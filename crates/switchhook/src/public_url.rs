//! The address under which browsers reach the node, and what is made of it.

use std::fmt;
use std::net::SocketAddr;
use std::str::FromStr;

use http::Uri;
use serde::Deserialize;

/// An http or https URL without query; a slash at its end is not kept.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct PublicUrl {
    secure: bool,
    authority: String,
    path: String,
}

impl PublicUrl {
    /// That of a listener which browsers reach directly.
    pub fn of(address: SocketAddr, secure: bool) -> Self {
        Self { secure, authority: address.to_string(), path: String::new() }
    }

    /// `SignalingUrl` of meetings, without the meeting's id: absolute and without query, as clients add their own.
    pub fn signaling(&self) -> String {
        let scheme = if self.secure { "wss" } else { "ws" };
        format!("{scheme}://{}{}/control", self.authority, self.path)
    }

    /// `EventIngestionUrl` of meetings.
    pub fn event_ingestion(&self) -> String {
        format!("{self}/v1/client-events")
    }

    /// `AudioHostUrl` of meetings: clients ask for one, and never use it.
    pub fn audio_host(&self, port: u16) -> String {
        let host = self.host();
        if host.contains(':') { format!("[{host}]:{port}") } else { format!("{host}:{port}") }
    }

    /// The host, without brackets and port.
    pub fn host(&self) -> &str {
        let host = match self.authority.rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => host,
            _ => &self.authority,
        };
        host.trim_start_matches('[').trim_end_matches(']')
    }

    /// Whether browsers come by TLS.
    pub fn is_secure(&self) -> bool {
        self.secure
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.secure { "https" } else { "http" };
        write!(f, "{scheme}://{}{}", self.authority, self.path)
    }
}

impl FromStr for PublicUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is no URL such as \"https://phone.example.net\"");
        let uri: Uri = text.parse().map_err(|_| wrong())?;
        let secure = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            _ => return Err(wrong()),
        };
        let authority = uri.authority().filter(|a| !a.host().is_empty() && !a.as_str().contains('@'));
        let authority = authority.ok_or_else(wrong)?.to_string();
        if uri.query().is_some() || text.contains('#') {
            return Err(format!("{text:?} has a query or a fragment, which cannot stand before a path"));
        }
        Ok(Self { secure, authority, path: uri.path().trim_end_matches('/').into() })
    }
}

impl TryFrom<String> for PublicUrl {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_browsers_are_told() {
        let told = |text: &str| {
            let url: PublicUrl = text.parse().unwrap();
            (url.signaling(), url.event_ingestion(), url.host().to_owned())
        };
        let all = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
        assert_eq!(
            told("https://phone.example.net/"),
            all(
                "wss://phone.example.net/control",
                "https://phone.example.net/v1/client-events",
                "phone.example.net"
            )
        );
        assert_eq!(
            told("http://[::1]:8080/exchange"),
            all("ws://[::1]:8080/exchange/control", "http://[::1]:8080/exchange/v1/client-events", "::1")
        );
        let audio = |text: &str| text.parse::<PublicUrl>().unwrap().audio_host(3478);
        assert_eq!(audio("https://phone.example.net:8443"), "phone.example.net:3478");
        assert_eq!(audio("http://[::1]:8080"), "[::1]:3478");
        let listener = PublicUrl::of("127.0.0.1:8443".parse().unwrap(), true);
        assert_eq!(listener.to_string(), "https://127.0.0.1:8443");
        for wrong in ["phone.example.net", "ftp://x", "https://", "https://x/?a=b", "https://u@x", "/x"] {
            assert!(wrong.parse::<PublicUrl>().is_err(), "{wrong}");
        }
    }
}
