//! The RTP header (RFC 3550 §5.1).

use std::ops::Range;

/// Bytes of the fixed header, all that we ever write.
pub const HEADER: usize = 12;

/// The fields of a header that mean something to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// First packet of a talk spurt or of an event.
    pub marker: bool,
    /// Payload type, 0–127.
    pub payload_type: u8,
    /// Sequence number.
    pub sequence: u16,
    /// Media time in samples.
    pub timestamp: u32,
    /// Synchronisation source.
    pub ssrc: u32,
}

/// A datagram that is not RTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// Shorter than its header says.
    #[error("truncated")]
    Truncated,
    /// Not version 2.
    #[error("version is not 2")]
    Version,
    /// More padding than packet, or none where the flag promises some.
    #[error("padding does not fit")]
    Padding,
}

/// Parses the header and finds the payload: behind contributing sources and extension, before the padding.
///
/// # Errors
/// Says what does not fit; nothing of such a packet can be trusted.
pub fn parse(packet: &[u8]) -> Result<(Header, Range<usize>), Malformed> {
    let Some(fixed) = packet.first_chunk::<HEADER>() else { return Err(Malformed::Truncated) };
    if fixed[0] >> 6 != 2 {
        return Err(Malformed::Version);
    }
    let header = Header {
        marker: fixed[1] & 0x80 != 0,
        payload_type: fixed[1] & 0x7f,
        sequence: u16::from_be_bytes([fixed[2], fixed[3]]),
        timestamp: u32::from_be_bytes([fixed[4], fixed[5], fixed[6], fixed[7]]),
        ssrc: u32::from_be_bytes([fixed[8], fixed[9], fixed[10], fixed[11]]),
    };
    if fixed[0] & 0x3f == 0 {
        return Ok((header, HEADER..packet.len()));
    }
    let mut start = HEADER + 4 * usize::from(fixed[0] & 0x0f);
    if fixed[0] & 0x10 != 0 {
        let Some(extension) = packet.get(start..start + 4) else { return Err(Malformed::Truncated) };
        start += 4 + 4 * usize::from(u16::from_be_bytes([extension[2], extension[3]]));
    }
    if start > packet.len() {
        return Err(Malformed::Truncated);
    }
    let mut end = packet.len();
    if fixed[0] & 0x20 != 0 {
        let padding = usize::from(packet[end - 1]);
        if padding == 0 || padding > end - start {
            return Err(Malformed::Padding);
        }
        end -= padding;
    }
    Ok((header, start..end))
}

/// Writes a header without extension, contributing sources or padding into the first 12 bytes of `packet`.
///
/// # Panics
/// If `packet` is shorter than that.
pub fn write(header: &Header, packet: &mut [u8]) {
    packet[0] = 0x80;
    packet[1] = header.payload_type & 0x7f | if header.marker { 0x80 } else { 0 };
    packet[2..4].copy_from_slice(&header.sequence.to_be_bytes());
    packet[4..8].copy_from_slice(&header.timestamp.to_be_bytes());
    packet[8..12].copy_from_slice(&header.ssrc.to_be_bytes());
}

/// Whether a datagram is RTCP rather than RTP, where both may arrive on one port (RFC 5761 §4).
pub fn is_rtcp(packet: &[u8]) -> bool {
    packet.len() >= 8 && (192..=223).contains(&packet[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header() -> Header {
        Header { marker: true, payload_type: 101, sequence: 0xfffe, timestamp: 0xdead_beef, ssrc: 7 }
    }

    #[test]
    fn a_written_header_parses_back() {
        let mut packet = [0u8; 172];
        write(&header(), &mut packet);
        assert_eq!(parse(&packet), Ok((header(), 12..172)));
    }

    #[test]
    fn contributing_sources_extension_and_padding_are_left_out_of_the_payload() {
        let mut packet = vec![0u8; 12 + 8 + 4 + 4 + 10];
        write(&header(), &mut packet);
        packet[0] = 0x80 | 0x20 | 0x10 | 2;
        packet[12 + 8 + 3] = 1;
        *packet.last_mut().unwrap() = 3;
        assert_eq!(parse(&packet), Ok((header(), 28..35)));
    }

    #[test]
    fn lies_are_refused() {
        let mut packet = vec![0u8; 20];
        write(&header(), &mut packet);
        assert_eq!(parse(&packet[..11]), Err(Malformed::Truncated));
        packet[0] = 0x40;
        assert_eq!(parse(&packet), Err(Malformed::Version));
        packet[0] = 0x8f;
        assert_eq!(parse(&packet), Err(Malformed::Truncated), "15 contributing sources");
        packet[0] = 0x90;
        packet[14..16].copy_from_slice(&[0xff, 0xff]);
        assert_eq!(parse(&packet), Err(Malformed::Truncated), "extension beyond the end");
        packet[0] = 0xa0;
        packet[19] = 0;
        assert_eq!(parse(&packet), Err(Malformed::Padding));
        packet[19] = 9;
        assert_eq!(parse(&packet), Err(Malformed::Padding));
        packet[19] = 8;
        assert_eq!(parse(&packet).unwrap().1, 12..12);
        packet.truncate(12);
        packet[0] = 0xa0;
        assert_eq!(parse(&packet), Err(Malformed::Padding), "no room for the padding's length");
    }
}
