//! Just enough reading of SIP and SDP text for the simulated telephones.

use std::net::SocketAddr;

/// A message as text.
pub(crate) struct Message<'a>(pub(crate) &'a str);

impl<'a> Message<'a> {
    /// The first header of a name.
    pub(crate) fn header(&self, name: &str) -> Option<&'a str> {
        self.headers(name).next()
    }

    /// All headers of a name.
    pub(crate) fn headers(&self, name: &str) -> impl Iterator<Item = &'a str> {
        let head = self.0.split("\r\n\r\n").next().unwrap_or_default();
        head.split("\r\n").skip(1).filter_map(move |line| {
            let (key, value) = line.split_once(':')?;
            key.trim().eq_ignore_ascii_case(name).then_some(value.trim())
        })
    }
}

pub(crate) fn first_line(text: &str) -> &str {
    text.split("\r\n").next().unwrap_or_default()
}

pub(crate) fn body_of(text: &str) -> &str {
    text.split_once("\r\n\r\n").map_or("", |(_, body)| body)
}

pub(crate) struct Uri {
    pub(crate) whole: String,
    pub(crate) user: String,
}

/// The URI of a name-addr, addr-spec or Request-URI.
pub(crate) fn uri_of(text: &str) -> Uri {
    let whole = match text.split_once('<') {
        Some((_, rest)) => rest.split('>').next().unwrap_or_default(),
        None => text.split(';').next().unwrap_or_default().trim(),
    };
    let rest = whole.split_once(':').map_or(whole, |(_, rest)| rest);
    let user = rest.split_once('@').map_or("", |(user, _)| user);
    Uri { whole: whole.to_owned(), user: user.split(';').next().unwrap_or_default().replace("%2B", "+") }
}

pub(crate) fn tag_of(text: &str) -> String {
    text.split_once(";tag=")
        .map_or("", |(_, rest)| rest.split([';', ' ']).next().unwrap_or_default())
        .to_owned()
}

/// Where a session description wants its audio.
pub(crate) fn sdp_address(body: &str) -> Option<SocketAddr> {
    let mut host = None;
    let mut port: Option<u16> = None;
    for line in body.lines() {
        if let Some(rest) = line.strip_prefix("c=IN IP4 ") {
            host = Some(rest.trim());
        } else if let Some(rest) = line.strip_prefix("m=audio ") {
            port = rest.split(' ').next().and_then(|port| port.parse().ok());
        }
    }
    Some(SocketAddr::new(host?.parse().ok()?, port?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_a_telephone_has_to_read() {
        let text = "INVITE sip:%2B15550199@10.0.0.1:5060;transport=udp SIP/2.0\r\nvia: a\r\nVia: b\r\n\
                    From: \"x\" <sip:+15550100@10.0.0.2>;tag=abc;x=y\r\n\r\nc=IN IP4 10.0.0.2\r\nm=audio 4000 RTP/AVP 0\r\n";
        let message = Message(text);
        assert_eq!(message.headers("VIA").collect::<Vec<_>>(), ["a", "b"]);
        let from = message.header("from").unwrap();
        assert_eq!((uri_of(from).user.as_str(), tag_of(from).as_str()), ("+15550100", "abc"));
        assert_eq!(uri_of(first_line(text).split(' ').nth(1).unwrap()).user, "+15550199");
        assert_eq!(sdp_address(body_of(text)), Some("10.0.0.2:4000".parse().unwrap()));
    }
}
