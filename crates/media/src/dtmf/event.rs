use std::time::Duration;

use base::Timestamp;

use super::digit_of;
use crate::rtp::Header;

/// A sender that breaks the rule of one timestamp per event still updates at least this often.
const LONGEST_PAUSE: Duration = Duration::from_millis(150);

/// Turns telephone-event packets into digits, each reported once, at whichever of its packets comes first.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct EventReceiver {
    last: Option<Last>,
}

#[derive(Clone, Debug, PartialEq)]
struct Last {
    ssrc: u32,
    code: u8,
    timestamp: u32,
    duration: u16,
    ended: bool,
    at: Timestamp,
}

/// What a telephone-event packet means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Heard {
    /// A key went down.
    Digit(char),
    /// More of a known event, a late packet of an earlier one, or an event that is no digit.
    Nothing,
    /// Too short to be an event.
    Malformed,
}

impl EventReceiver {
    pub(crate) fn take(&mut self, now: Timestamp, header: &Header, payload: &[u8]) -> Heard {
        let Some(&[code, flags, high, low]) = payload.first_chunk() else { return Heard::Malformed };
        let (ended, duration) = (flags & 0x80 != 0, u16::from_be_bytes([high, low]));
        if let Some(last) = self.last.as_mut().filter(|l| l.ssrc == header.ssrc) {
            let ahead = header.timestamp.wrapping_sub(last.timestamp) as i32;
            if ahead < 0 && ahead > -80_000 {
                return Heard::Nothing;
            }
            if ahead == 0 && code == last.code {
                last.ended |= ended;
                last.duration = last.duration.max(duration);
                last.at = now;
                return Heard::Nothing;
            }
            if code == last.code && !last.ended && !header.marker && last.goes_on(now, ahead, duration) {
                *last =
                    Last { ssrc: header.ssrc, code, timestamp: header.timestamp, duration, ended, at: now };
                return Heard::Nothing;
            }
        }
        let ssrc = header.ssrc;
        self.last = Some(Last { ssrc, code, timestamp: header.timestamp, duration, ended, at: now });
        digit_of(code).map_or(Heard::Nothing, Heard::Digit)
    }
}

impl Last {
    /// The next segment of a long event (RFC 4733 §2.5.1.3), or a sender that moves the timestamp with each update.
    fn goes_on(&self, now: Timestamp, ahead: i32, duration: u16) -> bool {
        let segment = ahead == 0xffff;
        let moving = duration > self.duration && now.since(self.at) < LONGEST_PAUSE;
        segment || moving
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packet(timestamp: u32, marker: bool) -> Header {
        Header { marker, payload_type: 101, sequence: 0, timestamp, ssrc: 5 }
    }

    fn event(code: u8, end: bool, duration: u16) -> [u8; 4] {
        let [high, low] = duration.to_be_bytes();
        [code, if end { 0x8a } else { 0x0a }, high, low]
    }

    /// Feeds (ms, timestamp, marker, code, end, duration); returns the digits.
    fn digits(packets: &[(u64, u32, bool, u8, bool, u16)]) -> String {
        let mut receiver = EventReceiver::default();
        let mut heard = String::new();
        for (ms, timestamp, marker, code, end, duration) in packets {
            let payload = event(*code, *end, *duration);
            if let Heard::Digit(d) =
                receiver.take(Timestamp::from_millis(*ms), &packet(*timestamp, *marker), &payload)
            {
                heard.push(d);
            }
        }
        heard
    }

    #[test]
    fn a_whole_event_is_one_digit() {
        let mut packets = vec![(0, 1_000, true, 5, false, 160)];
        packets.extend((1..5u16).map(|i| (20 * u64::from(i), 1_000, false, 5, false, 160 * (i + 1))));
        packets.extend([(100, 1_000, false, 5, true, 960); 3]);
        assert_eq!(digits(&packets), "5");
    }

    #[test]
    fn a_lost_start_or_a_lost_end_loses_no_digit_and_adds_none() {
        assert_eq!(digits(&[(40, 1_000, false, 7, false, 480), (60, 1_000, false, 7, true, 640)]), "7");
        assert_eq!(digits(&[(60, 1_000, false, 11, true, 640)]), "#");
        let no_ends = [(0, 1_000, true, 1, false, 160), (300, 3_400, true, 1, false, 160)];
        assert_eq!(digits(&no_ends), "11");
        let nor_the_second_marker = [(0, 1_000, true, 1, false, 800), (300, 3_400, false, 1, false, 320)];
        assert_eq!(digits(&nor_the_second_marker), "11");
    }

    #[test]
    fn a_late_packet_of_the_digit_before_is_ignored() {
        let packets = [
            (0, 1_000, true, 1, false, 160),
            (200, 2_600, true, 2, false, 160),
            (201, 1_000, false, 1, true, 800),
        ];
        assert_eq!(digits(&packets), "12");
    }

    #[test]
    fn a_very_long_press_is_one_digit() {
        let packets = [
            (0, 1_000, true, 9, false, 160),
            (8_180, 1_000, false, 9, false, 0xffff),
            (8_200, 66_535, false, 9, false, 160),
            (8_300, 66_535, false, 9, true, 960),
        ];
        assert_eq!(digits(&packets), "9");
    }

    #[test]
    fn a_sender_that_moves_its_timestamp_presses_once() {
        let packets: Vec<_> = (0..6u16)
            .map(|i| (20 * u64::from(i), 1_000 + 160 * u32::from(i), i == 0, 3, i == 5, 160 * (i + 1)))
            .collect();
        assert_eq!(digits(&packets), "3");
    }

    #[test]
    fn flash_is_no_digit_and_short_payloads_are_malformed() {
        assert_eq!(digits(&[(0, 1, true, 16, false, 160)]), "");
        let mut receiver = EventReceiver::default();
        assert_eq!(receiver.take(Timestamp::default(), &packet(1, true), &[1, 2, 3]), Heard::Malformed);
    }

    #[test]
    fn all_sixteen_codes_have_their_key() {
        let packets: Vec<_> = (0..16u8)
            .map(|c| (u64::from(c) * 200, 1_000 + u32::from(c) * 1_600, true, c, true, 800))
            .collect();
        assert_eq!(digits(&packets), "0123456789*#ABCD");
    }
}
