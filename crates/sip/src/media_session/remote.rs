//! What a media line of the far end comes to.

use super::{Codec, Rejected, RemoteMedia};
use crate::params::lossy;
use crate::sdp::{Media, Session};

/// Packet time in milliseconds where nothing is said (RFC 3551 §4.5).
const DEFAULT_PTIME: u32 = 20;

/// What answering an offer would come to, before our side is known: its first usable audio line, directions as offered.
///
/// `codecs` are those we speak; the offer's order decides.
pub fn preview(offer: &[u8], codecs: &[Codec]) -> Result<RemoteMedia, Rejected> {
    let text = lossy(offer);
    let session = Session::parse(&text)?;
    let mut worst = Rejected::NoCodec;
    for media in &session.media {
        match remote(&session, media, codecs) {
            Ok(found) => return Ok(found),
            Err(Rejected::NoCodec) => {}
            Err(error) => worst = error,
        }
    }
    Err(worst)
}

/// The far end's side of one media line.
pub(super) fn remote(
    session: &Session<'_>,
    media: &Media<'_>,
    codecs: &[Codec],
) -> Result<RemoteMedia, Rejected> {
    if !media.kind.eq_ignore_ascii_case("audio") || media.port == 0 {
        return Err(Rejected::NoCodec);
    }
    let (codec, payload_type) = match protocol(media.protocol) {
        Protocol::Plain => codec(media, codecs).ok_or(Rejected::NoCodec)?,
        Protocol::Secure => return Err(Rejected::Encrypted),
        Protocol::Other => return Err(Rejected::NoCodec),
    };
    let address = session.address(media).ok_or(Rejected::NoAddress)?;
    let rtcp = if is_muxed(media) {
        Some(address)
    } else {
        let usual = address.port().checked_add(1);
        media.rtcp(address.ip()).filter(|rtcp| rtcp.ip() != address.ip() || Some(rtcp.port()) != usual)
    };
    let direction = session.direction(media);
    // RFC 2543 put calls on hold by an unspecified address.
    let held = address.ip().is_unspecified();
    Ok(RemoteMedia {
        address,
        rtcp,
        codec,
        payload_type,
        dtmf: dtmf(media, payload_type),
        ptime: ptime(session, media),
        send: direction.receives() && !held,
        receive: direction.sends(),
    })
}

/// Whether RTCP comes and goes on the RTP port (RFC 5761).
pub(super) fn is_muxed(media: &Media<'_>) -> bool {
    media.has("rtcp-mux")
}

enum Protocol {
    Plain,
    Secure,
    Other,
}

fn protocol(name: &str) -> Protocol {
    let is = |known: &str| name.eq_ignore_ascii_case(known);
    if is("RTP/AVP") || is("RTP/AVPF") {
        Protocol::Plain
    } else if name.to_ascii_uppercase().contains("RTP/SAVP") {
        Protocol::Secure
    } else {
        Protocol::Other
    }
}

/// The first format that is one of `codecs`; static payload types need no `a=rtpmap`.
fn codec(media: &Media<'_>, codecs: &[Codec]) -> Option<(Codec, u8)> {
    media.payload_types().find_map(|payload_type| {
        let map = media.rtpmap(payload_type);
        let codec = codecs.iter().find(|codec| match map {
            Some(map) => map.encoding.eq_ignore_ascii_case(codec.encoding()) && map.clock == 8_000,
            None => codec.static_payload_type() == payload_type,
        })?;
        Some((*codec, payload_type))
    })
}

/// The payload type of telephone-event at the codec's clock rate.
fn dtmf(media: &Media<'_>, codec: u8) -> Option<u8> {
    media.payload_types().find(|&payload_type| {
        payload_type != codec
            && media
                .rtpmap(payload_type)
                .is_some_and(|map| map.encoding.eq_ignore_ascii_case("telephone-event") && map.clock == 8_000)
    })
}

/// Packet time: as asked for, not above `a=maxptime`, within what G.711 is sent in.
fn ptime(session: &Session<'_>, media: &Media<'_>) -> u32 {
    let number = |name| {
        let value = media.attributes(name).next().or_else(|| session.attributes(name).next())?;
        let digits = value.bytes().take_while(u8::is_ascii_digit).count();
        value[..digits].parse::<u32>().ok().filter(|&ms| ms > 0)
    };
    let asked = number("ptime").unwrap_or(DEFAULT_PTIME);
    let most = number("maxptime").unwrap_or(u32::MAX);
    // Whole tens of milliseconds: what every G.711 endpoint can play.
    (asked.min(most) / 10 * 10).clamp(10, 100)
}
