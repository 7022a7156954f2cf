use memchr::memchr2;

use super::{Line, Media, SdpError, Session};

const MAX_BYTES: usize = 64 * 1024;
const MAX_LINES: usize = 2_000;
const MAX_MEDIA: usize = 64;

pub(super) fn parse(text: &str) -> Result<Session<'_>, SdpError> {
    if text.len() > MAX_BYTES {
        return Err(SdpError::TooLarge);
    }
    let mut session = Session::default();
    let mut seen = 0;
    let (mut rest, mut number) = (text, 0);
    while !rest.is_empty() {
        let end = memchr2(b'\r', b'\n', rest.as_bytes()).unwrap_or(rest.len());
        let raw = rest[..end].trim_start_matches([' ', '\t']);
        rest = rest.get(end + 1..).unwrap_or("");
        number += 1;
        if raw.is_empty() {
            continue;
        }
        seen += 1;
        if seen > MAX_LINES {
            return Err(SdpError::TooLarge);
        }
        // Some devices indent; nothing in SDP starts with a space.
        let (kind, value) = match raw.as_bytes() {
            [kind, b'=', ..] if kind.is_ascii_lowercase() => (*kind, &raw[2..]),
            _ => return Err(SdpError::Line(number)),
        };
        if seen == 1 && (kind != b'v' || value.trim() != "0") {
            return Err(SdpError::Version);
        }
        if kind == b'm' {
            if session.media.len() == MAX_MEDIA {
                return Err(SdpError::TooLarge);
            }
            session.media.push(media(value).ok_or(SdpError::Media(number))?);
        } else {
            let lines = session.media.last_mut().map_or(&mut session.lines, |media| &mut media.lines);
            lines.push(Line { kind, value });
        }
    }
    if seen == 0 { Err(SdpError::Version) } else { Ok(session) }
}

fn media(value: &str) -> Option<Media<'_>> {
    let mut parts = value.split_ascii_whitespace();
    let (kind, port, protocol) = (parts.next()?, parts.next()?, parts.next()?);
    let (port, port_count) = match port.split_once('/') {
        Some((port, count)) => (port, Some(count.parse().ok()?)),
        None => (port, None),
    };
    let port = port.parse().ok()?;
    Some(Media { kind, port, port_count, protocol, formats: parts.collect(), lines: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::super::Direction;
    use super::*;

    const TEXT: &str = "v=0\r\no=jdoe 3724394400 3724394405 IN IP4 198.51.100.1\r\ns=Call to John Smith\r\n\
        i=SDP Offer #1\r\nu=http://www.jdoe.example.com/home.html\r\nc=IN IP4 198.51.100.1\r\nb=AS:64\r\nt=0 0\r\n\
        a=sendonly\r\nm=audio 49170/2 RTP/AVP 0 8 97\r\na=rtpmap:97 iLBC/8000\r\na=rtcp:53020\r\n\
        m=audio 49180 RTP/AVP 0\r\nc=IN IP6 2001:db8::1\r\na=inactive\r\na=rtcp:53021 IN IP4 192.0.2.9\r\n";

    #[test]
    fn a_description_is_read_and_printed_as_it_was() {
        let session = Session::parse(TEXT).unwrap();
        assert_eq!(session.to_string(), TEXT);
        let origin = session.origin().unwrap();
        assert_eq!((origin.session, origin.version), ("3724394400", "3724394405"));
        let [one, two] = &session.media[..] else { panic!("two media") };
        assert_eq!(session.address(one), Some("198.51.100.1:49170".parse().unwrap()));
        assert_eq!(session.address(two), Some("[2001:db8::1]:49180".parse().unwrap()));
        assert_eq!(session.direction(one), Direction::SendOnly);
        assert_eq!(session.direction(two), Direction::Inactive);
        assert_eq!(one.rtpmap(97).unwrap().encoding, "iLBC");
        let rtp = session.address(one).unwrap().ip();
        assert_eq!(one.rtcp(rtp), Some("198.51.100.1:53020".parse().unwrap()));
        assert_eq!(two.rtcp(rtp), Some("192.0.2.9:53021".parse().unwrap()));
    }

    #[test]
    fn liberal_in_line_ends_and_missing_lines() {
        let session = Session::parse("v=0\no=- 1 1 IN IP4 0.0.0.0\nm=audio 9 RTP/AVP 0\n\n").unwrap();
        assert_eq!(session.media.len(), 1);
        assert!(session.line(b's').is_none());
    }

    #[test]
    fn hostile_descriptions_are_refused() {
        assert_eq!(Session::parse(""), Err(SdpError::Version));
        assert_eq!(Session::parse("v=1\r\n"), Err(SdpError::Version));
        assert_eq!(Session::parse("o=a\r\nv=0\r\n"), Err(SdpError::Version));
        assert_eq!(Session::parse("v=0\r\nhello\r\n"), Err(SdpError::Line(3)));
        assert_eq!(Session::parse("v=0\nm=audio 70000 RTP/AVP 0\n"), Err(SdpError::Media(2)));
        assert_eq!(Session::parse("v=0\nm=audio\n"), Err(SdpError::Media(2)));
        assert_eq!(Session::parse(&format!("v=0\n{}", "m=a 1 x 0\n".repeat(65))), Err(SdpError::TooLarge));
        assert_eq!(Session::parse(&format!("v=0\n{}", "a=x\n".repeat(2_001))), Err(SdpError::TooLarge));
        assert_eq!(Session::parse(&format!("v=0\na={}", "x".repeat(70_000))), Err(SdpError::TooLarge));
    }

    #[test]
    fn directions_answer_each_other() {
        use Direction::{Inactive, RecvOnly, SendOnly, SendRecv};
        assert_eq!(SendRecv.answer(SendRecv), SendRecv);
        assert_eq!(SendOnly.answer(SendRecv), RecvOnly);
        assert_eq!(RecvOnly.answer(SendRecv), SendOnly);
        assert_eq!(Inactive.answer(SendRecv), Inactive);
        assert_eq!(SendRecv.answer(RecvOnly), RecvOnly);
        assert_eq!(RecvOnly.answer(RecvOnly), Inactive);
    }
}
