//! `sip:`, `sips:` and `tel:` URIs (RFC 3261 §19.1, RFC 3966), and others kept as they are.
//!
//! A [`Uri`] owns its text and knows where its parts are; parts are handed out as received, [`Uri::user_decoded`] and
//! [`Uri::equivalent`] resolve escapes.

mod escape;
mod parse;
pub(crate) use parse::{MAX, MAX_PARAMS, host_len};

pub use escape::{decode, encode_parameter, encode_user};

use std::borrow::Cow;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use crate::params::Params;

/// What a URI starts with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scheme {
    /// `sip:`
    Sip,
    /// `sips:`
    Sips,
    /// `tel:`
    Tel,
    /// Any other; answered with 416 where it is a Request-URI.
    Other,
}

/// A URI that follows its grammar.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uri {
    text: Box<str>,
    scheme: Scheme,
    /// Behind the scheme's colon.
    start: u16,
    /// End of the user part; `start` where there is none. For `tel:`, end of the number.
    user: u16,
    /// End of the password, before `@`; equal to `user` where there is none.
    userinfo: u16,
    /// Start of the host.
    host: u16,
    /// End of the host (behind `]` of an IPv6 reference).
    host_end: u16,
    port: Option<u16>,
    /// Start of the parameters (at the first `;`, or where they would be).
    params: u16,
    /// End of the parameters: at `?` or at the end.
    params_end: u16,
}

/// Why a text is no URI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UriError {
    /// No scheme, or one with other characters than letters, digits, `+`, `-`, `.`.
    #[error("no scheme")]
    Scheme,
    /// A character that must not stand there, or a broken `%` escape.
    #[error("character not allowed")]
    Character,
    /// The host is empty or not a name or address.
    #[error("malformed host")]
    Host,
    /// The port is not a number of 0 to 65535.
    #[error("malformed port")]
    Port,
    /// Longer than 8 KiB, or with more than 64 parameters.
    #[error("too long")]
    TooLong,
}

impl Uri {
    /// Parses a URI that stands alone (no angle brackets, no spaces around it).
    pub fn parse(text: &str) -> Result<Uri, UriError> {
        parse::parse(text)
    }

    /// Makes a `sip:` URI; user is escaped as needed, an IPv6 host gets its brackets.
    pub fn sip(user: Option<&str>, host: &str, port: Option<u16>) -> Result<Uri, UriError> {
        use std::fmt::Write as _;
        let mut text = String::with_capacity(48);
        text.push_str("sip:");
        if let Some(user) = user {
            text.push_str(&encode_user(user));
            text.push('@');
        }
        if host.contains(':') && !host.starts_with('[') {
            write!(text, "[{host}]").expect("writing to memory does not fail");
        } else {
            text.push_str(host);
        }
        if let Some(port) = port {
            write!(text, ":{port}").expect("writing to memory does not fail");
        }
        parse::parse(&text)
    }

    /// The text as received.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The scheme.
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// Whether it is `sip:` or `sips:`.
    pub fn is_sip(&self) -> bool {
        matches!(self.scheme, Scheme::Sip | Scheme::Sips)
    }

    /// The user part as it stands (escapes kept); the number of a `tel:` URI.
    pub fn user(&self) -> Option<&str> {
        let has = match self.scheme {
            Scheme::Sip | Scheme::Sips => self.host > self.start,
            Scheme::Tel => true,
            Scheme::Other => false,
        };
        has.then(|| self.slice(self.start, self.user))
    }

    /// The user part with escapes resolved; the number of a `tel:` URI.
    pub fn user_decoded(&self) -> Option<Cow<'_, str>> {
        self.user().map(decode)
    }

    /// The password, where one stands before `@`.
    pub fn password(&self) -> Option<&str> {
        (self.userinfo > self.user).then(|| self.slice(self.user + 1, self.userinfo))
    }

    /// The host as it stands; an IPv6 address in brackets; empty for `tel:` and other schemes.
    pub fn host(&self) -> &str {
        self.slice(self.host, self.host_end)
    }

    /// The host as an address, where it is one.
    pub fn host_ip(&self) -> Option<IpAddr> {
        host_ip(self.host())
    }

    /// The port, where one is given.
    pub fn port(&self) -> Option<u16> {
        self.port
    }

    /// The URI parameters.
    pub fn params(&self) -> Params<'_> {
        Params::new(self.slice(self.params, self.params_end))
    }

    /// The value of a URI parameter (escapes kept), empty where it has none.
    pub fn param(&self, name: &str) -> Option<&str> {
        self.params().get(name)
    }

    /// The header part: names and values behind `?`, escapes kept.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        let text = self.text.get(usize::from(self.params_end) + 1..).unwrap_or("");
        text.split('&').filter(|pair| !pair.is_empty()).map(|pair| pair.split_once('=').unwrap_or((pair, "")))
    }

    /// Whether a header part is there.
    pub fn has_headers(&self) -> bool {
        usize::from(self.params_end) < self.text.len()
    }

    /// Whether the route is loose: the `lr` parameter.
    pub fn is_loose(&self) -> bool {
        self.params().has("lr")
    }

    /// The same URI with a parameter set or added, value escaped; `None` for a parameter without value.
    /// Without it where the URI would grow beyond what is read (64 parameters, 8 KiB).
    pub fn with_param(&self, name: &str, value: Option<&str>) -> Uri {
        let kept = self.without_param(name);
        let end = usize::from(kept.params_end);
        let mut text = String::with_capacity(kept.text.len() + name.len() + 16);
        text.push_str(&kept.text[..end]);
        text.push(';');
        text.push_str(&encode_parameter(name));
        if let Some(value) = value {
            text.push('=');
            text.push_str(&encode_parameter(value));
        }
        text.push_str(&kept.text[end..]);
        parse::parse(&text).unwrap_or(kept)
    }

    /// The same URI without a parameter.
    pub fn without_param(&self, name: &str) -> Uri {
        if !self.params().has(name) {
            return self.clone();
        }
        let mut text = String::with_capacity(self.text.len());
        text.push_str(&self.text[..usize::from(self.params)]);
        for (known, value) in self.params().iter().filter(|(known, _)| !known.eq_ignore_ascii_case(name)) {
            text.push(';');
            text.push_str(known);
            if let Some(value) = value {
                text.push('=');
                text.push_str(value);
            }
        }
        text.push_str(&self.text[usize::from(self.params_end)..]);
        parse::parse(&text).unwrap_or_else(|_| self.clone())
    }

    /// The same URI without its header part and `method` parameter, as it may stand in a Request-URI (RFC 3261 §19.1.5).
    pub fn for_request(&self) -> Uri {
        let uri = self.without_param("method");
        if !uri.has_headers() {
            return uri;
        }
        let end = usize::from(uri.params_end);
        parse::parse(&uri.text[..end]).unwrap_or(uri)
    }

    /// Equality of RFC 3261 §19.1.4: case, escapes, order and absent parameters count as that section says.
    pub fn equivalent(&self, other: &Uri) -> bool {
        equivalent(self, other)
    }

    fn slice(&self, start: u16, end: u16) -> &str {
        &self.text[usize::from(start)..usize::from(end)]
    }
}

/// A host as it stands in a URI or Via, as an address where it is one: `192.0.2.1`, `[2001:db8::1]`, `2001:db8::1`.
pub fn host_ip(host: &str) -> Option<IpAddr> {
    match host.strip_prefix('[') {
        Some(rest) => rest.strip_suffix(']')?.parse::<Ipv6Addr>().ok().map(IpAddr::V6),
        None if host.contains(':') => host.parse::<Ipv6Addr>().ok().map(IpAddr::V6),
        None => host.parse::<Ipv4Addr>().ok().map(IpAddr::V4),
    }
}

fn equivalent(a: &Uri, b: &Uri) -> bool {
    if a.text == b.text {
        return true;
    }
    if a.scheme != b.scheme {
        return false;
    }
    match a.scheme {
        Scheme::Other => return a.text.eq_ignore_ascii_case(&b.text),
        Scheme::Tel => {
            let digits = |uri: &Uri| -> String {
                let number = uri.user().unwrap_or("");
                number.chars().filter(|c| !matches!(c, '-' | '.' | '(' | ')')).collect()
            };
            if !digits(a).eq_ignore_ascii_case(&digits(b)) {
                return false;
            }
        }
        Scheme::Sip | Scheme::Sips => {
            let user = |uri: &Uri| uri.user().map(|user| decode(user).into_owned());
            let password = |uri: &Uri| uri.password().map(|password| decode(password).into_owned());
            let same_host = match (a.host_ip(), b.host_ip()) {
                (Some(a), Some(b)) => a == b,
                _ => a.host().eq_ignore_ascii_case(b.host()),
            };
            if user(a) != user(b) || password(a) != password(b) || !same_host || a.port != b.port {
                return false;
            }
        }
    }
    same_params(a, b) && same_params(b, a) && same_headers(a, b)
}

/// Every parameter of `a` that `b` has must be equal; these may not even be absent in `b`: user, ttl, method, maddr,
/// transport (and all of a `tel:` URI).
fn same_params(a: &Uri, b: &Uri) -> bool {
    const NEVER_ABSENT: [&str; 5] = ["user", "ttl", "method", "maddr", "transport"];
    a.params().iter().all(|(name, value)| match b.param(&decode(name)).or_else(|| b.param(name)) {
        Some(theirs) => decode(value.unwrap_or("")).eq_ignore_ascii_case(&decode(theirs)),
        None => a.scheme != Scheme::Tel && !NEVER_ABSENT.iter().any(|must| must.eq_ignore_ascii_case(name)),
    })
}

fn same_headers(a: &Uri, b: &Uri) -> bool {
    let sorted = |uri: &Uri| {
        let mut all: Vec<(String, String)> = uri
            .headers()
            .map(|(name, value)| (decode(name).to_ascii_lowercase(), decode(value).into_owned()))
            .collect();
        all.sort();
        all
    };
    a.has_headers() == b.has_headers() && sorted(a) == sorted(b)
}

impl fmt::Display for Uri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Uri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl FromStr for Uri {
    type Err = UriError;

    fn from_str(text: &str) -> Result<Self, UriError> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uri(text: &str) -> Uri {
        Uri::parse(text).unwrap()
    }

    #[test]
    fn all_parts_are_found() {
        let all =
            uri("sips:alice;day=tuesday:secret@[2001:db8::1]:5070;transport=tcp;lr?subject=project%20x&a=b");
        assert_eq!(
            (all.scheme(), all.user(), all.password()),
            (Scheme::Sips, Some("alice;day=tuesday"), Some("secret"))
        );
        assert_eq!((all.host(), all.port()), ("[2001:db8::1]", Some(5070)));
        assert_eq!(all.host_ip(), Some("2001:db8::1".parse().unwrap()));
        assert_eq!((all.param("TRANSPORT"), all.is_loose()), (Some("tcp"), true));
        assert_eq!(all.headers().collect::<Vec<_>>(), [("subject", "project%20x"), ("a", "b")]);
        assert_eq!(
            all.for_request().as_str(),
            "sips:alice;day=tuesday:secret@[2001:db8::1]:5070;transport=tcp;lr"
        );
        let host = uri("sip:atlanta.com");
        assert_eq!((host.user(), host.host(), host.port()), (None, "atlanta.com", None));
        let phone = uri("tel:+1-201-555-0123;ext=5");
        assert_eq!(
            (phone.user(), phone.host(), phone.param("ext")),
            (Some("+1-201-555-0123"), "", Some("5"))
        );
        let other = uri("soap.beep://192.0.2.103:3002");
        assert_eq!((other.scheme(), other.user(), other.host()), (Scheme::Other, None, ""));
    }

    #[test]
    fn escapes_resolve_in_the_user_only_when_asked() {
        let escaped = uri("sip:sips%3Auser%40example.com@example.net");
        assert_eq!(escaped.user(), Some("sips%3Auser%40example.com"));
        assert_eq!(escaped.user_decoded().unwrap(), "sips:user@example.com");
        assert_eq!(uri("sip:null-%00-null@example.com").user_decoded().unwrap(), "null-\0-null");
    }

    #[test]
    fn malformed_uris_are_refused() {
        for (text, error) in [
            ("", UriError::Scheme),
            ("alice@atlanta.com", UriError::Scheme),
            ("sip:", UriError::Host),
            ("sip:@host", UriError::Character),
            ("sip:a@", UriError::Host),
            ("sip:a@b@c", UriError::Host),
            ("sip:a@-b", UriError::Host),
            ("sip:a@[::g]", UriError::Host),
            ("sip:a@[::1", UriError::Host),
            ("sip:a@h:", UriError::Port),
            ("sip:a@h:65536", UriError::Port),
            ("sip:a b@h", UriError::Character),
            ("sip:a%2@h", UriError::Character),
            ("sip:a@h;", UriError::Character),
            ("sip:a@h;=x", UriError::Character),
            ("sip:a@h; lr", UriError::Character),
            ("sip:a@h/x", UriError::Host),
            ("tel:", UriError::Character),
            ("tel:+1?x", UriError::Character),
            ("x:", UriError::Host),
        ] {
            assert_eq!(Uri::parse(text).err(), Some(error), "{text}");
        }
        assert_eq!(Uri::parse(&format!("sip:a@{}", "h".repeat(9_000))).err(), Some(UriError::TooLong));
        assert_eq!(Uri::parse(&format!("sip:a@h{}", ";x".repeat(65))).err(), Some(UriError::TooLong));
    }

    /// The examples of RFC 3261 §19.1.4.
    #[test]
    fn equivalence_is_that_of_the_rfc() {
        for (a, b) in [
            ("sip:%61lice@atlanta.com;transport=TCP", "sip:alice@AtLanTa.CoM;Transport=tcp"),
            ("sip:carol@chicago.com", "sip:carol@chicago.com;newparam=5"),
            ("sip:carol@chicago.com", "sip:carol@chicago.com;security=on"),
            (
                "sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com",
                "sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com",
            ),
            (
                "sip:alice@atlanta.com?subject=project%20x&priority=urgent",
                "sip:alice@atlanta.com?priority=urgent&subject=project%20x",
            ),
            ("sip:a@[2001:db8::1]", "sip:a@[2001:DB8:0::1]"),
            ("tel:+1-201-555-0123", "tel:+12015550123"),
        ] {
            assert!(uri(a).equivalent(&uri(b)) && uri(b).equivalent(&uri(a)), "{a} {b}");
        }
        for (a, b) in [
            ("SIP:ALICE@AtLanTa.CoM;Transport=udp", "sip:alice@AtLanTa.CoM;Transport=UDP"),
            ("sip:bob@biloxi.com", "sip:bob@biloxi.com:5060"),
            ("sip:bob@biloxi.com", "sip:bob@biloxi.com;transport=udp"),
            ("sip:bob@biloxi.com", "sip:bob@biloxi.com:6000;transport=tcp"),
            ("sip:carol@chicago.com", "sip:carol@chicago.com?Subject=next%20meeting"),
            ("sip:bob@phone21.boxesbybob.com", "sip:bob@192.0.2.4"),
            ("sip:carol@chicago.com;security=on", "sip:carol@chicago.com;security=off"),
            ("sip:a@b", "sips:a@b"),
            ("sip:a:x@b", "sip:a@b"),
            ("tel:+1", "tel:1"),
        ] {
            assert!(!uri(a).equivalent(&uri(b)) && !uri(b).equivalent(&uri(a)), "{a} {b}");
        }
    }

    #[test]
    fn uris_are_made_and_changed() {
        let made = Uri::sip(Some("+1 (555)@x"), "2001:db8::1", Some(5070)).unwrap();
        assert_eq!(made.as_str(), "sip:+1%20(555)%40x@[2001:db8::1]:5070");
        assert_eq!(Uri::sip(None, "example.com", None).unwrap().as_str(), "sip:example.com");
        assert!(Uri::sip(Some("a"), "bad host", None).is_err());
        let with = uri("sip:a@b;x=1?h=v").with_param("transport", Some("tcp"));
        assert_eq!(with.as_str(), "sip:a@b;x=1;transport=tcp?h=v");
        assert_eq!(with.with_param("X", None).as_str(), "sip:a@b;transport=tcp;X?h=v");
        assert_eq!(with.without_param("x").as_str(), "sip:a@b;transport=tcp?h=v");
    }
}
