//! Session descriptions (RFC 8866): lines in order, typed access on demand.
//!
//! Reading is liberal (bare LF, missing `s=` or `t=`, unknown lines are kept) but bounded; offer/answer is decided in
//! [`media_session`](crate::media_session).

mod parse;

use std::fmt;
use std::net::{IpAddr, SocketAddr};

use crate::params::trim;

/// A session description, borrowed from its text.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Session<'a> {
    /// The lines before the first `m=`, in order.
    pub lines: Vec<Line<'a>>,
    /// The media descriptions, in order.
    pub media: Vec<Media<'a>>,
}

/// One line: `kind=value`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// The letter.
    pub kind: u8,
    /// What stands behind `=`.
    pub value: &'a str,
}

/// One media description: its `m=` line and what follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Media<'a> {
    /// `audio`, `video` …
    pub kind: &'a str,
    /// Transport port; 0 where the stream is refused or gone.
    pub port: u16,
    /// Number of ports, as in `49170/2`.
    pub port_count: Option<u16>,
    /// Transport protocol, such as `RTP/AVP`.
    pub protocol: &'a str,
    /// Formats: payload types for RTP.
    pub formats: Vec<&'a str>,
    /// The lines behind `m=`, in order.
    pub lines: Vec<Line<'a>>,
}

/// The value of `o=`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin<'a> {
    /// User name, `-` for none.
    pub username: &'a str,
    /// Session id.
    pub session: &'a str,
    /// Session version.
    pub version: &'a str,
}

/// An `a=rtpmap`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RtpMap<'a> {
    /// Payload type.
    pub payload_type: u8,
    /// Encoding name.
    pub encoding: &'a str,
    /// Clock rate in Hz.
    pub clock: u32,
}

/// Which way media flows, as seen by the side that says so (RFC 8866 §6.7).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// Both ways; what holds where nothing is said.
    #[default]
    SendRecv,
    /// The side that says so only sends.
    SendOnly,
    /// The side that says so only receives.
    RecvOnly,
    /// Neither way.
    Inactive,
}

/// Why a text is no session description.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SdpError {
    /// It does not start with `v=0`.
    #[error("no v=0 line")]
    Version,
    /// A line that is not `letter=value`.
    #[error("malformed line {0}")]
    Line(usize),
    /// A malformed `m=` line.
    #[error("malformed m= line {0}")]
    Media(usize),
    /// More bytes, lines or media than allowed.
    #[error("too large")]
    TooLarge,
}

impl<'a> Session<'a> {
    /// Parses a description.
    pub fn parse(text: &'a str) -> Result<Self, SdpError> {
        parse::parse(text)
    }

    /// The value of the first line of that letter.
    pub fn line(&self, kind: u8) -> Option<&'a str> {
        first(&self.lines, kind)
    }

    /// `o=`.
    pub fn origin(&self) -> Option<Origin<'a>> {
        let mut parts = self.line(b'o')?.split_ascii_whitespace();
        Some(Origin { username: parts.next()?, session: parts.next()?, version: parts.next()? })
    }

    /// The session attributes of that name: their values, empty where there is none.
    pub fn attributes(&self, name: &str) -> impl Iterator<Item = &'a str> {
        attributes(&self.lines, name)
    }

    /// The address a media line's packets go to: its own `c=`, else that of the session.
    ///
    /// `None` without either, or where it is a host name.
    pub fn address(&self, media: &Media<'a>) -> Option<SocketAddr> {
        let value = first(&media.lines, b'c').or_else(|| self.line(b'c'))?;
        Some(SocketAddr::new(connection(value)?, media.port))
    }

    /// The direction of a media line: its own, else that of the session, else both ways.
    pub fn direction(&self, media: &Media<'a>) -> Direction {
        direction(&media.lines).or_else(|| direction(&self.lines)).unwrap_or_default()
    }
}

impl<'a> Media<'a> {
    /// The attributes of that name: their values, empty where there is none.
    pub fn attributes(&self, name: &str) -> impl Iterator<Item = &'a str> {
        attributes(&self.lines, name)
    }

    /// Whether an attribute is there.
    pub fn has(&self, name: &str) -> bool {
        self.attributes(name).next().is_some()
    }

    /// The `a=rtpmap` of a payload type.
    pub fn rtpmap(&self, payload_type: u8) -> Option<RtpMap<'a>> {
        self.attributes("rtpmap").filter_map(RtpMap::parse).find(|map| map.payload_type == payload_type)
    }

    /// The payload types among the formats, in order.
    pub fn payload_types(&self) -> impl Iterator<Item = u8> {
        self.formats.iter().filter_map(|format| format.parse().ok()).filter(|&number| number < 128)
    }

    /// `a=rtcp` (RFC 3605): where RTCP goes when not to port + 1; `rtp` gives the address where only a port stands.
    pub fn rtcp(&self, rtp: IpAddr) -> Option<SocketAddr> {
        let value = self.attributes("rtcp").next()?;
        let (port, address) = value.split_once(' ').unwrap_or((value, ""));
        let port = port.trim().parse().ok()?;
        let ip = if address.trim().is_empty() { rtp } else { connection(address)? };
        Some(SocketAddr::new(ip, port))
    }
}

impl<'a> RtpMap<'a> {
    /// Parses the value of an `a=rtpmap`.
    pub fn parse(value: &'a str) -> Option<Self> {
        let (number, rest) = value.trim().split_once([' ', '\t'])?;
        let mut parts = rest.trim().split('/');
        let (encoding, clock) = (parts.next()?, parts.next()?.trim().parse().ok()?);
        let payload_type = number.parse().ok().filter(|&number| number < 128)?;
        Some(RtpMap { payload_type, encoding, clock })
    }
}

impl Direction {
    /// Its attribute name.
    pub fn as_str(self) -> &'static str {
        match self {
            Direction::SendRecv => "sendrecv",
            Direction::SendOnly => "sendonly",
            Direction::RecvOnly => "recvonly",
            Direction::Inactive => "inactive",
        }
    }

    /// Whether the side that says so sends.
    pub fn sends(self) -> bool {
        matches!(self, Direction::SendRecv | Direction::SendOnly)
    }

    /// Whether the side that says so receives.
    pub fn receives(self) -> bool {
        matches!(self, Direction::SendRecv | Direction::RecvOnly)
    }

    /// The direction in which a side sends and receives as told.
    pub fn of(sends: bool, receives: bool) -> Direction {
        match (sends, receives) {
            (true, true) => Direction::SendRecv,
            (true, false) => Direction::SendOnly,
            (false, true) => Direction::RecvOnly,
            (false, false) => Direction::Inactive,
        }
    }

    /// What may be answered to an offer of this direction by a side that would want `wanted` (RFC 3264 §6.1).
    pub fn answer(self, wanted: Direction) -> Direction {
        Direction::of(wanted.sends() && self.receives(), wanted.receives() && self.sends())
    }
}

fn first<'a>(lines: &[Line<'a>], kind: u8) -> Option<&'a str> {
    lines.iter().find(|line| line.kind == kind).map(|line| line.value)
}

fn attributes<'a>(lines: &[Line<'a>], name: &str) -> impl Iterator<Item = &'a str> {
    lines.iter().filter(|line| line.kind == b'a').filter_map(move |line| {
        let known = line.value.get(..name.len())?;
        let rest = &line.value[name.len()..];
        if !known.eq_ignore_ascii_case(name) {
            return None;
        }
        match rest.strip_prefix(':') {
            Some(value) => Some(trim(value)),
            None => trim(rest).is_empty().then_some(""),
        }
    })
}

fn direction(lines: &[Line<'_>]) -> Option<Direction> {
    lines.iter().filter(|line| line.kind == b'a').find_map(|line| {
        [Direction::SendRecv, Direction::SendOnly, Direction::RecvOnly, Direction::Inactive]
            .into_iter()
            .find(|direction| trim(line.value).eq_ignore_ascii_case(direction.as_str()))
    })
}

/// `IN IP4 192.0.2.1/127`: the address; `None` for host names and other networks.
fn connection(value: &str) -> Option<IpAddr> {
    let mut parts = value.split_ascii_whitespace();
    if !parts.next()?.eq_ignore_ascii_case("IN") {
        return None;
    }
    let (kind, address) = (parts.next()?, parts.next()?);
    let ip: IpAddr = address.split('/').next()?.parse().ok()?;
    let fits = match ip {
        IpAddr::V4(_) => kind.eq_ignore_ascii_case("IP4"),
        IpAddr::V6(_) => kind.eq_ignore_ascii_case("IP6"),
    };
    fits.then_some(ip)
}

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}\r\n", char::from(self.kind), self.value)
    }
}

impl fmt::Display for Media<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "m={} {}", self.kind, self.port)?;
        if let Some(count) = self.port_count {
            write!(f, "/{count}")?;
        }
        write!(f, " {}", self.protocol)?;
        self.formats.iter().try_for_each(|format| write!(f, " {format}"))?;
        f.write_str("\r\n")?;
        self.lines.iter().try_for_each(|line| line.fmt(f))
    }
}

/// As text with CRLF line ends.
impl fmt::Display for Session<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.lines.iter().try_for_each(|line| line.fmt(f))?;
        self.media.iter().try_for_each(|media| media.fmt(f))
    }
}
