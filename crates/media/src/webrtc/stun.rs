//! As much of STUN (RFC 8489) as it takes to see whose a request is; its password is checked by the session.

const HEADER: usize = 20;
const COOKIE: [u8; 4] = [0x21, 0x12, 0xa4, 0x42];
const BINDING_REQUEST: [u8; 2] = [0x00, 0x01];
const BINDING_SUCCESS: [u8; 2] = [0x01, 0x01];
const USERNAME: u16 = 0x0006;
const USE_CANDIDATE: u16 = 0x0025;

/// A binding request of a browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Request<'a> {
    /// The first half of its user name: ours.
    pub(super) ufrag: &'a [u8],
    /// The browser chose this path.
    pub(super) nominates: bool,
}

/// Whether a datagram is STUN rather than DTLS or RTP (RFC 7983 §7).
pub(super) fn is_stun(datagram: &[u8]) -> bool {
    datagram.first().is_some_and(|first| *first < 4)
}

/// Whether one of ours says that a request was good.
pub(super) fn is_success(datagram: &[u8]) -> bool {
    datagram.starts_with(&BINDING_SUCCESS)
}

/// Reads a binding request.
pub(super) fn parse(datagram: &[u8]) -> Option<Request<'_>> {
    let length = usize::from(u16::from_be_bytes([*datagram.get(2)?, *datagram.get(3)?]));
    if !datagram.starts_with(&BINDING_REQUEST)
        || datagram.get(4..8)? != COOKIE
        || datagram.len() != HEADER + length
        || !length.is_multiple_of(4)
    {
        return None;
    }
    let mut rest = &datagram[HEADER..];
    let (mut ufrag, mut nominates) = (None, false);
    while let Some((&[a, b, c, d], tail)) = rest.split_first_chunk() {
        let length = usize::from(u16::from_be_bytes([c, d]));
        let value = tail.get(..length)?;
        match u16::from_be_bytes([a, b]) {
            USERNAME => ufrag = value.iter().position(|b| *b == b':').map(|end| &value[..end]),
            USE_CANDIDATE => nominates = true,
            _ => {}
        }
        rest = tail.get(length.next_multiple_of(4)..)?;
    }
    ufrag.map(|ufrag| Request { ufrag, nominates })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(attributes: &[(u16, &[u8])]) -> Vec<u8> {
        let mut body = Vec::new();
        for (kind, value) in attributes {
            body.extend_from_slice(&kind.to_be_bytes());
            body.extend_from_slice(&(value.len() as u16).to_be_bytes());
            body.extend_from_slice(value);
            body.resize(body.len().next_multiple_of(4), 0);
        }
        let mut datagram = [BINDING_REQUEST, (body.len() as u16).to_be_bytes()].concat();
        datagram.extend_from_slice(&COOKIE);
        datagram.extend_from_slice(&[7; 12]);
        datagram.extend_from_slice(&body);
        datagram
    }

    #[test]
    fn a_request_names_its_session_and_may_choose_the_path() {
        let plain = request(&[(USERNAME, b"ours:theirs")]);
        assert_eq!(parse(&plain), Some(Request { ufrag: b"ours", nominates: false }));
        let chosen = request(&[(0x0024, &[0; 4]), (USERNAME, b"ours:x"), (USE_CANDIDATE, b"")]);
        assert_eq!(parse(&chosen), Some(Request { ufrag: b"ours", nominates: true }));
    }

    #[test]
    fn what_is_no_whole_request_with_a_user_is_none() {
        let good = request(&[(USERNAME, b"ours:theirs"), (USE_CANDIDATE, b"")]);
        for end in 0..good.len() {
            assert_eq!(parse(&good[..end]), None, "{end}");
        }
        assert_eq!(parse(&request(&[(USERNAME, b"no colon")])), None);
        assert_eq!(parse(&request(&[(USE_CANDIDATE, b"")])), None);
        let mut response = good.clone();
        response[..2].copy_from_slice(&BINDING_SUCCESS);
        assert_eq!(parse(&response), None);
        let mut old = good;
        old[4] = 0;
        assert_eq!(parse(&old), None);
    }
}
