//! RTCP compound packets (RFC 3550 §6): sender and receiver reports, CNAME, BYE.

use base::Timestamp;

use crate::reception::Report;

const SENDER_REPORT: u8 = 200;
const RECEIVER_REPORT: u8 = 201;
const DESCRIPTION: u8 = 202;
const GOODBYE: u8 = 203;
/// Seconds from 1900 to 1970.
const NTP_EPOCH: u64 = 2_208_988_800;

/// What we say about ourselves; written by [`write`].
pub(crate) struct Outbound<'a> {
    pub(crate) ssrc: u32,
    /// RTP timestamp, packets, octets: present if anything was sent since the last report.
    pub(crate) sent: Option<(u32, u32, u32)>,
    pub(crate) report: Option<Report>,
    /// The peer's last sender report: the middle of its NTP time, and when it came.
    pub(crate) last_sender_report: Option<(u32, Timestamp)>,
    pub(crate) cname: &'a str,
    pub(crate) goodbye: bool,
}

/// Writes a compound packet: report, CNAME and, at the end of a stream, BYE.
pub(crate) fn write(now: Timestamp, outbound: &Outbound<'_>, out: &mut Vec<u8>) {
    out.clear();
    let blocks = u8::from(outbound.report.is_some());
    let kind = if outbound.sent.is_some() { SENDER_REPORT } else { RECEIVER_REPORT };
    section(out, blocks, kind, |out| {
        out.extend(outbound.ssrc.to_be_bytes());
        if let Some((timestamp, packets, octets)) = outbound.sent {
            out.extend(ntp(now).to_be_bytes());
            [timestamp, packets, octets].into_iter().for_each(|v| out.extend(v.to_be_bytes()));
        }
        if let Some(report) = &outbound.report {
            let (last, since) = outbound.last_sender_report.map_or((0, 0), |(last, at)| {
                (last, (now.since(at).as_micros() * 65_536 / 1_000_000).min(u128::from(u32::MAX)) as u32)
            });
            let lost = u32::from(report.fraction_lost) << 24 | report.cumulative_lost as u32 & 0xff_ffff;
            for v in [report.ssrc, lost, report.highest, report.jitter, last, since] {
                out.extend(v.to_be_bytes());
            }
        }
    });
    section(out, 1, DESCRIPTION, |out| {
        out.extend(outbound.ssrc.to_be_bytes());
        let cname = &outbound.cname.as_bytes()[..outbound.cname.len().min(255)];
        out.extend([1, cname.len() as u8]);
        out.extend(cname);
        // One to four zeros end the chunk.
        out.resize((out.len() + 1).next_multiple_of(4), 0);
    });
    if outbound.goodbye {
        section(out, 1, GOODBYE, |out| out.extend(outbound.ssrc.to_be_bytes()));
    }
}

fn section(out: &mut Vec<u8>, count: u8, kind: u8, body: impl FnOnce(&mut Vec<u8>)) {
    let start = out.len();
    out.extend([0x80 | count, kind, 0, 0]);
    body(out);
    let words = ((out.len() - start) / 4 - 1) as u16;
    out[start + 2..start + 4].copy_from_slice(&words.to_be_bytes());
}

/// What a peer's compound packet says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Inbound {
    /// The middle 32 bits of the NTP time of a sender report.
    pub(crate) sender_report: Option<u32>,
    /// The report block about us: last sender report and the delay since, in 1/65536 s.
    pub(crate) about_us: Option<(u32, u32)>,
    /// The peer's source says goodbye.
    pub(crate) goodbye: bool,
}

/// Reads a compound packet; `None`: malformed.
pub(crate) fn parse(mut packet: &[u8], our_ssrc: u32) -> Option<Inbound> {
    let mut inbound = Inbound::default();
    let mut first = true;
    while !packet.is_empty() {
        let header = packet.first_chunk::<4>()?;
        if header[0] >> 6 != 2 {
            return None;
        }
        let length = 4 * (usize::from(u16::from_be_bytes([header[2], header[3]])) + 1);
        let (section, rest) = packet.split_at_checked(length)?;
        let count = usize::from(header[0] & 0x1f);
        match header[1] {
            SENDER_REPORT => {
                let ntp = section.get(8..16)?;
                inbound.sender_report = Some(u32::from_be_bytes([ntp[2], ntp[3], ntp[4], ntp[5]]));
                blocks(section.get(28..)?, count, our_ssrc, &mut inbound)?;
            }
            RECEIVER_REPORT => blocks(section.get(8..)?, count, our_ssrc, &mut inbound)?,
            // The first section is a report (RFC 3550 §6.1); what else there is may stay unknown.
            _ if first => return None,
            GOODBYE => inbound.goodbye = true,
            _ => {}
        }
        first = false;
        packet = rest;
    }
    (!first).then_some(inbound)
}

fn blocks(body: &[u8], count: usize, our_ssrc: u32, inbound: &mut Inbound) -> Option<()> {
    let (blocks, _) = body.as_chunks::<24>();
    let word = |b: &[u8; 24], at: usize| u32::from_be_bytes([b[at], b[at + 1], b[at + 2], b[at + 3]]);
    for block in blocks.get(..count)? {
        if word(block, 0) == our_ssrc {
            inbound.about_us = Some((word(block, 16), word(block, 20)));
        }
    }
    Some(())
}

/// The round trip in milliseconds (RFC 3550 §6.4.1, figure 2); `None`: no report of ours came back, or nonsense.
pub(crate) fn round_trip_ms(now: Timestamp, (last, delay): (u32, u32)) -> Option<f64> {
    if last == 0 {
        return None;
    }
    let units = ((ntp(now) >> 16) as u32).wrapping_sub(last).wrapping_sub(delay);
    // Over a minute is a clock that went astray or an invented report.
    (units < 60 * 65_536).then(|| f64::from(units) * 1_000.0 / 65_536.0)
}

fn ntp(now: Timestamp) -> u64 {
    let micros = now.as_micros();
    let seconds = micros / 1_000_000 + NTP_EPOCH;
    (seconds << 32) | (((micros % 1_000_000) << 32) / 1_000_000)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn outbound(sent: bool, report: bool) -> Outbound<'static> {
        Outbound {
            ssrc: 0x1111,
            sent: sent.then_some((160, 1, 160)),
            report: report.then_some(Report {
                ssrc: 0x2222,
                fraction_lost: 3,
                cumulative_lost: -2,
                highest: 70_000,
                jitter: 8,
            }),
            last_sender_report: None,
            cname: "abc@switchhook",
            goodbye: true,
        }
    }

    #[test]
    fn what_we_write_we_read() {
        let now = Timestamp::from_millis(1_700_000_000_123);
        let mut packet = Vec::new();
        for (sent, report) in [(true, true), (true, false), (false, true), (false, false)] {
            write(now, &outbound(sent, report), &mut packet);
            assert_eq!(packet.len() % 4, 0);
            let inbound = parse(&packet, 0x2222).unwrap();
            assert_eq!(inbound.sender_report.is_some(), sent);
            assert_eq!(inbound.about_us.is_some(), report);
            assert!(inbound.goodbye);
        }
    }

    #[test]
    fn the_round_trip_leaves_out_the_time_the_peer_took() {
        let sent = Timestamp::from_millis(1_700_000_000_000);
        let mut packet = Vec::new();
        write(sent, &outbound(true, false), &mut packet);
        let last = parse(&packet, 0).unwrap().sender_report.unwrap();
        let arrived = sent + Duration::from_millis(30);
        let answered = arrived + Duration::from_millis(1_500);
        let mut answer = outbound(false, true);
        answer.last_sender_report = Some((last, arrived));
        write(answered, &answer, &mut packet);
        let about_us = parse(&packet, 0x2222).unwrap().about_us.unwrap();
        let round_trip = round_trip_ms(answered + Duration::from_millis(30), about_us).unwrap();
        assert!((round_trip - 60.0).abs() < 0.1, "{round_trip}");
        assert_eq!(round_trip_ms(answered, (0, 0)), None);
        assert_eq!(round_trip_ms(answered, (last.wrapping_add(0x4000_0000), 0)), None);
    }

    #[test]
    fn lies_are_refused() {
        let mut packet = Vec::new();
        write(Timestamp::from_millis(1), &outbound(true, true), &mut packet);
        for cut in 0..packet.len() {
            // Cut behind a whole section it is a shorter compound packet.
            let whole = cut == 52 || cut == 80;
            assert_eq!(parse(&packet[..cut], 0).is_some(), whole, "cut to {cut}");
        }
        packet[0] = 0x80 | 31;
        assert_eq!(parse(&packet, 0), None, "31 report blocks");
        packet[0] = 0x40;
        assert_eq!(parse(&packet, 0), None);
        assert_eq!(parse(&[0x81, 203, 0, 1, 0, 0, 0, 1], 0), None, "BYE alone");
    }
}
