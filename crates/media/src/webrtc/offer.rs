//! A browser's offer, read strictly and written anew: the library behind us only ever sees descriptions of our making,
//! with nothing in them but what we answer.
//!
//! Left out on the way: remote candidates (we are ICE-lite and answer whoever knows the password, so names that only
//! the browser's network can resolve do not matter), codecs we do not speak, redundancy, simulcast. Every m-line but
//! the first audio one is made inactive, which keeps the browser's reserved transceivers alive.

use std::fmt::Write;

use crate::OfferError;

/// Longest offer: two hundred m-lines' worth of a browser's. A usual one has 6 KB.
const MAX_LENGTH: usize = 256 * 1_024;
/// Audio, the reserved camera, and 25 videos that a client may have asked for.
const MAX_LINES: usize = 64;
/// SSRCs taken from the audio line.
const MAX_SOURCES: usize = 4;

const LEVEL: &str = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";
const MID: &str = "urn:ietf:params:rtp-hdrext:sdes:mid";

/// What matters of an offer.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Offer {
    /// Tells one connection of a browser from another: it stays the same in later offers (RFC 8829 §5.2.2).
    pub(super) session: String,
    pub(super) ufrag: String,
    pub(super) password: String,
    /// SHA-256, upper-case hex pairs with colons.
    pub(super) fingerprint: String,
    active: bool,
    lines: Vec<Line>,
    /// Which of `lines` we talk on.
    audio: usize,
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Line {
    audio: bool,
    rejected: bool,
    mid: String,
    direction: Direction,
    opus: Option<u8>,
    pcmu: Option<u8>,
    pcma: Option<u8>,
    vp8: Option<u8>,
    level: Option<u8>,
    mid_extension: Option<u8>,
    sources: Vec<u32>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Direction {
    #[default]
    SendRecv,
    SendOnly,
    RecvOnly,
    Inactive,
}

/// Transport attributes, of the session or of an m-line.
#[derive(Clone, Copy, Default)]
struct Transport<'a> {
    ufrag: Option<&'a str>,
    password: Option<&'a str>,
    fingerprint: Option<&'a str>,
    setup: Option<&'a str>,
    direction: Option<Direction>,
}

fn malformed(why: impl Into<String>) -> OfferError {
    OfferError::Malformed(why.into())
}

impl Offer {
    /// Reads an offer.
    pub(super) fn parse(text: &str) -> Result<Self, OfferError> {
        if text.len() > MAX_LENGTH {
            return Err(malformed(format!("longer than {MAX_LENGTH} bytes")));
        }
        let (mut id, mut session) = ("", Transport::default());
        let mut bundle: Option<Vec<&str>> = None;
        let mut sections: Vec<Section<'_>> = Vec::new();
        let mut rows = text.lines().map(str::trim_end);
        if rows.next() != Some("v=0") {
            return Err(malformed("does not begin with v=0"));
        }
        for row in rows {
            if let Some(media) = row.strip_prefix("m=") {
                if sections.len() == MAX_LINES {
                    return Err(malformed(format!("more than {MAX_LINES} m-lines")));
                }
                sections.push(Section::new(media)?);
                continue;
            }
            if let Some(origin) = row.strip_prefix("o=") {
                id = origin.split(' ').nth(1).unwrap_or_default();
                continue;
            }
            let Some(attribute) = row.strip_prefix("a=") else { continue };
            let (name, value) = attribute.split_once(':').unwrap_or((attribute, ""));
            match (sections.last_mut(), name) {
                (_, "ice-lite") => return Err(malformed("both sides are ICE-lite")),
                (None, "group") => {
                    if let Some(mids) = value.strip_prefix("BUNDLE") {
                        bundle = Some(mids.split_ascii_whitespace().collect());
                    }
                }
                (None, _) => session.read(name, value),
                (Some(section), _) => section.read(name, value)?,
            }
        }
        let bundle = bundle.ok_or_else(|| malformed("no bundle"))?;
        let first = sections.iter().position(|s| s.line.audio && !s.line.rejected);
        let audio = first.ok_or(OfferError::NoCommonCodec)?;
        let transport = sections[audio].transport.or(session);
        let creds = transport.ufrag.zip(transport.password);
        let (ufrag, password) = creds.ok_or_else(|| malformed("no ICE credentials"))?;
        if !is_ice(ufrag, 4) || !is_ice(password, 22) {
            return Err(malformed("ICE credentials"));
        }
        let fingerprint = transport.fingerprint.ok_or_else(|| malformed("no fingerprint"))?;
        let fingerprint = sha256(fingerprint).ok_or_else(|| malformed("no SHA-256 fingerprint"))?;
        let active = match transport.setup {
            None | Some("actpass") => false,
            Some("active") => true,
            Some(_) => return Err(malformed("the offerer must be able to begin DTLS")),
        };
        if !sections[audio].multiplexed {
            return Err(malformed("no rtcp-mux"));
        }
        let mut lines: Vec<Line> = Vec::with_capacity(sections.len());
        for (at, section) in sections.into_iter().enumerate() {
            let direction = section.transport.direction.or(session.direction).unwrap_or_default();
            let mut line = section.finish()?;
            if lines.iter().any(|other| other.mid == line.mid) {
                return Err(malformed("a mid is there twice"));
            }
            if !line.rejected && !bundle.contains(&line.mid.as_str()) {
                return Err(malformed("an m-line is not bundled"));
            }
            line.direction = if at == audio { direction } else { Direction::Inactive };
            lines.push(line);
        }
        let line = &lines[audio];
        if line.opus.or(line.pcmu).or(line.pcma).is_none() {
            return Err(OfferError::NoCommonCodec);
        }
        let [session, ufrag, password] = [id, ufrag, password].map(str::to_owned);
        Ok(Self { session, ufrag, password, fingerprint, active, lines, audio })
    }

    /// The mid of the line we talk on.
    pub(super) fn audio(&self) -> &str {
        &self.lines[self.audio].mid
    }

    /// The SSRCs the browser says it will use there.
    pub(super) fn sources(&self) -> &[u32] {
        &self.lines[self.audio].sources
    }

    /// The offer in our own words.
    pub(super) fn text(&self) -> String {
        let mut text = String::with_capacity(2_048);
        text.push_str("v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE");
        for line in self.lines.iter().filter(|line| !line.rejected) {
            text.push(' ');
            text.push_str(&line.mid);
        }
        text.push_str("\r\n");
        for line in &self.lines {
            self.write(line, &mut text).expect("a string takes everything");
        }
        text
    }

    fn write(&self, line: &Line, text: &mut String) -> std::fmt::Result {
        let codecs = if line.audio {
            [(line.opus, "opus/48000/2"), (line.pcmu, "PCMU/8000"), (line.pcma, "PCMA/8000")]
        } else {
            [(line.vp8, "VP8/90000"), (None, ""), (None, "")]
        };
        let codecs = || codecs.into_iter().filter_map(|(pt, name)| Some((pt?, name)));
        let kind = if line.audio { "audio" } else { "video" };
        let port = if line.rejected { 0 } else { 9 };
        write!(text, "m={kind} {port} UDP/TLS/RTP/SAVPF")?;
        for (payload_type, _) in codecs() {
            write!(text, " {payload_type}")?;
        }
        if codecs().next().is_none() {
            // An m-line has one format at least; this one is of no codec that we know.
            text.push_str(" 127");
        }
        let setup = if self.active { "active" } else { "actpass" };
        write!(
            text,
            "\r\nc=IN IP4 0.0.0.0\r\na=ice-ufrag:{}\r\na=ice-pwd:{}\r\na=fingerprint:sha-256 {}\r\na=setup:{setup}\r\n\
             a=mid:{}\r\n",
            self.ufrag, self.password, self.fingerprint, line.mid
        )?;
        for (id, uri) in [(line.level, LEVEL), (line.mid_extension, MID)] {
            if let Some(id) = id {
                write!(text, "a=extmap:{id} {uri}\r\n")?;
            }
        }
        let direction = match line.direction {
            Direction::SendRecv => "sendrecv",
            Direction::SendOnly => "sendonly",
            Direction::RecvOnly => "recvonly",
            Direction::Inactive => "inactive",
        };
        write!(text, "a={direction}\r\na=rtcp-mux\r\n")?;
        for (payload_type, name) in codecs() {
            write!(text, "a=rtpmap:{payload_type} {name}\r\n")?;
        }
        if let Some(opus) = line.opus.filter(|_| line.audio) {
            write!(text, "a=fmtp:{opus} minptime=10;useinbandfec=1\r\n")?;
        }
        if line.direction != Direction::Inactive {
            for source in &line.sources {
                write!(text, "a=ssrc:{source} cname:browser\r\n")?;
            }
        }
        Ok(())
    }
}

/// An m-line while it is read.
struct Section<'a> {
    line: Line,
    transport: Transport<'a>,
    formats: Vec<u8>,
    multiplexed: bool,
}

impl<'a> Section<'a> {
    fn new(media: &'a str) -> Result<Self, OfferError> {
        let mut words = media.split_ascii_whitespace();
        let (kind, port, protocol) = (words.next(), words.next(), words.next());
        let audio = match kind {
            Some("audio") => true,
            Some("video") => false,
            Some(other) => return Err(malformed(format!("media {:.16?} are not served", other))),
            None => return Err(malformed("an m-line without media")),
        };
        let port: u16 = port.and_then(|p| p.parse().ok()).ok_or_else(|| malformed("a port"))?;
        if protocol != Some("UDP/TLS/RTP/SAVPF") {
            return Err(malformed("a transport that is not UDP/TLS/RTP/SAVPF"));
        }
        let formats: Vec<u8> = words.take(128).filter_map(payload_type).collect();
        // PCMU and PCMA need no rtpmap (RFC 3551 §6).
        let fixed = |pt| (audio && formats.contains(&pt)).then_some(pt);
        let line = Line { audio, rejected: port == 0, pcmu: fixed(0), pcma: fixed(8), ..Line::default() };
        Ok(Self { line, transport: Transport::default(), formats, multiplexed: false })
    }

    fn read(&mut self, name: &'a str, value: &'a str) -> Result<(), OfferError> {
        let line = &mut self.line;
        match name {
            "mid" => line.mid = value.into(),
            "rtcp-mux" => self.multiplexed = true,
            // A line with port 0 that says so is alive inside its bundle (RFC 8843 §6).
            "bundle-only" => line.rejected = false,
            "rtpmap" => {
                let Some((pt, codec)) = value.split_once(' ') else { return Ok(()) };
                let Some(pt) = payload_type(pt).filter(|pt| self.formats.contains(pt)) else { return Ok(()) };
                let codec = codec.trim();
                let known = [
                    ("opus/48000/2", true, &mut line.opus),
                    ("PCMU/8000", true, &mut line.pcmu),
                    ("PCMA/8000", true, &mut line.pcma),
                    ("VP8/90000", false, &mut line.vp8),
                ];
                for (name, audio, place) in known {
                    let same = codec.eq_ignore_ascii_case(name)
                        || codec.strip_suffix("/1").is_some_and(|codec| codec.eq_ignore_ascii_case(name));
                    if same && audio == line.audio {
                        place.get_or_insert(pt);
                    }
                }
            }
            "extmap" => {
                let Some((id, uri)) = value.split_once(' ') else { return Ok(()) };
                let id = id.split('/').next().and_then(|id| id.parse().ok());
                let id = id.filter(|id| (1..=14).contains(id));
                match uri.split(' ').next() {
                    Some(LEVEL) if line.audio => line.level = line.level.or(id),
                    Some(MID) => line.mid_extension = line.mid_extension.or(id),
                    _ => {}
                }
            }
            "ssrc" => {
                let source = value.split(' ').next().and_then(|ssrc| ssrc.parse().ok());
                if let Some(source) = source.filter(|ssrc| *ssrc != 0)
                    && !line.sources.contains(&source)
                    && line.sources.len() < MAX_SOURCES
                {
                    line.sources.push(source);
                }
            }
            _ => self.transport.read(name, value),
        }
        Ok(())
    }

    fn finish(self) -> Result<Line, OfferError> {
        let mut line = self.line;
        let token = |b: u8| b.is_ascii_alphanumeric() || b"-_.".contains(&b);
        if line.mid.is_empty() || line.mid.len() > 16 || !line.mid.bytes().all(token) {
            return Err(malformed("an m-line without a usable mid"));
        }
        if line.level == line.mid_extension {
            line.level = None;
        }
        // Two codecs on one payload type cannot be told apart.
        let types = [line.opus, line.pcmu, line.pcma];
        for (at, one) in types.iter().enumerate() {
            if one.is_some() && types[..at].contains(one) {
                return Err(malformed("a payload type is there twice"));
            }
        }
        Ok(line)
    }
}

impl<'a> Transport<'a> {
    fn read(&mut self, name: &'a str, value: &'a str) {
        match name {
            "ice-ufrag" => self.ufrag = Some(value),
            "ice-pwd" => self.password = Some(value),
            // Of several, the one with the hash that we check.
            "fingerprint" => {
                self.fingerprint = self.fingerprint.filter(|before| sha256(before).is_some()).or(Some(value));
            }
            "setup" => self.setup = Some(value),
            "sendrecv" => self.direction = Some(Direction::SendRecv),
            "sendonly" => self.direction = Some(Direction::SendOnly),
            "recvonly" => self.direction = Some(Direction::RecvOnly),
            "inactive" => self.direction = Some(Direction::Inactive),
            _ => {}
        }
    }

    fn or(self, other: Self) -> Self {
        Self {
            ufrag: self.ufrag.or(other.ufrag),
            password: self.password.or(other.password),
            fingerprint: self.fingerprint.or(other.fingerprint),
            setup: self.setup.or(other.setup),
            direction: self.direction.or(other.direction),
        }
    }
}

/// A payload type that RTP and RTCP on one port can have (RFC 5761 §4).
fn payload_type(text: &str) -> Option<u8> {
    text.parse().ok().filter(|pt| matches!(pt, 0..=63 | 96..=127))
}

/// Letters of ICE credentials (RFC 8839 §5.4).
fn is_ice(text: &str, least: usize) -> bool {
    (least..=256).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/".contains(&b))
}

/// `sha-256 AB:CD:…`, in upper case.
fn sha256(value: &str) -> Option<String> {
    let (hash, digits) = value.split_once(' ')?;
    let pairs = || digits.trim().split(':');
    let hex = |pair: &str| pair.len() == 2 && pair.bytes().all(|b| b.is_ascii_hexdigit());
    let good = hash.eq_ignore_ascii_case("sha-256") && pairs().count() == 32 && pairs().all(hex);
    good.then(|| digits.trim().to_ascii_uppercase())
}
