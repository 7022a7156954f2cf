//! One continuous RTP stream towards a peer, whoever speaks on it.
//!
//! The peer sees one SSRC, one sequence and one time line while relayed audio, prompts and digits take turns. While
//! one source is relayed, outgoing sequence and timestamp are the incoming ones plus a constant, so that loss and
//! reordering stay what they are; the constants are chosen anew at each change of source.

use std::time::Duration;

use base::{Rng, Timestamp};

use crate::reception::{MAX_DROPOUT, MAX_MISORDER};
use crate::rtp::Header;

/// A pause longer than this starts a new talk spurt, whose first packet is marked.
const SPURT_GAP: Duration = Duration::from_millis(60);

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Outgoing {
    ssrc: u32,
    /// Of the last packet.
    sequence: u16,
    /// Of the last packet.
    timestamp: u32,
    /// The moment `timestamp` stands for; `None` before the first packet.
    at: Option<Timestamp>,
    /// How long the last packet lasts, in samples.
    length: u32,
    source: Source,
    /// When anything last went out.
    sent_at: Option<Timestamp>,
    packets: u64,
    octets: u32,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Source {
    /// Prompts, tones, silence.
    Own,
    /// A bridged peer's packets.
    Relay {
        ssrc: u32,
        /// Highest incoming sequence number.
        highest: u16,
        /// How far `highest` is from the first one relayed, at most `MAX_MISORDER`.
        age: u16,
        sequence_offset: u16,
        timestamp_offset: u32,
    },
}

impl Outgoing {
    pub(crate) fn new(rng: &mut Rng) -> Self {
        let (a, b) = (rng.next_u64(), rng.next_u64());
        Self {
            ssrc: a as u32,
            sequence: (a >> 32) as u16,
            timestamp: b as u32,
            at: None,
            length: 0,
            source: Source::Own,
            sent_at: None,
            packets: 0,
            octets: 0,
        }
    }

    pub(crate) fn ssrc(&self) -> u32 {
        self.ssrc
    }

    pub(crate) fn packets(&self) -> u64 {
        self.packets
    }

    pub(crate) fn octets(&self) -> u32 {
        self.octets
    }

    pub(crate) fn sent_at(&self) -> Option<Timestamp> {
        self.sent_at
    }

    /// The RTP timestamp that `now` stands for, for sender reports.
    pub(crate) fn timestamp_at(&self, now: Timestamp) -> u32 {
        self.timestamp.wrapping_add(self.at.map_or(0, |at| samples(now.since(at))))
    }

    /// The next header for audio of our own of `length` samples, which starts at `due`.
    pub(crate) fn audio(&mut self, due: Timestamp, payload_type: u8, length: u32) -> Header {
        let spurt = self.source != Source::Own || self.sent_at.is_none_or(|at| due.since(at) >= SPURT_GAP);
        self.advance(due, length);
        self.own(due, payload_type, spurt, length)
    }

    /// The first header of a telephone-event; the following ones come from [`event_update`](Self::event_update).
    pub(crate) fn event_start(&mut self, due: Timestamp, payload_type: u8) -> Header {
        self.advance(due, 0);
        self.own(due, payload_type, true, 4)
    }

    /// A further header of the same event: equal timestamp, next sequence number.
    pub(crate) fn event_update(&mut self, due: Timestamp, payload_type: u8) -> Header {
        self.own(due, payload_type, false, 4)
    }

    /// A long event goes on in a new segment `units` later (RFC 4733 §2.5.1.3).
    pub(crate) fn event_segment(&mut self, due: Timestamp, payload_type: u8, units: u32) -> Header {
        self.timestamp = self.timestamp.wrapping_add(units);
        self.at = self.at.map(|at| at + length_of(units));
        self.own(due, payload_type, false, 4)
    }

    fn own(&mut self, due: Timestamp, payload_type: u8, marker: bool, octets: u32) -> Header {
        self.source = Source::Own;
        self.sequence = self.sequence.wrapping_add(1);
        self.sent(due, octets);
        Header { marker, payload_type, sequence: self.sequence, timestamp: self.timestamp, ssrc: self.ssrc }
    }

    /// Moves the time line to `due`, but never into the packet sent before.
    fn advance(&mut self, due: Timestamp, length: u32) {
        let (at, timestamp) = self.next(due);
        self.at = Some(at);
        self.timestamp = timestamp;
        self.length = length;
    }

    fn next(&self, due: Timestamp) -> (Timestamp, u32) {
        match self.at {
            None => (due, self.timestamp),
            Some(at) => {
                let step = samples(due.since(at)).max(self.length);
                (at + length_of(step), self.timestamp.wrapping_add(step))
            }
        }
    }

    /// Rewrites the header of a packet of a bridged peer, `length` samples long (0: an event); `None` for a packet
    /// from before the moment its source was switched to: its place is taken.
    #[inline]
    pub(crate) fn relay(
        &mut self,
        now: Timestamp,
        input: &Header,
        payload_type: u8,
        length: u32,
    ) -> Option<Header> {
        let mut marker = input.marker;
        let (sequence_offset, timestamp_offset, newest) = match &mut self.source {
            Source::Relay { ssrc, highest, age, sequence_offset, timestamp_offset }
                if *ssrc == input.ssrc && near(*highest, input.sequence) =>
            {
                let ahead = input.sequence.wrapping_sub(*highest);
                let newest = ahead != 0 && ahead <= MAX_DROPOUT;
                if newest {
                    *highest = input.sequence;
                    *age = (*age + ahead.min(MAX_MISORDER)).min(MAX_MISORDER);
                } else if ahead.wrapping_neg() > *age {
                    return None;
                }
                (*sequence_offset, *timestamp_offset, newest)
            }
            Source::Relay { .. } | Source::Own => {
                let (_, timestamp) = self.next(now);
                let sequence_offset = self.sequence.wrapping_add(1).wrapping_sub(input.sequence);
                let timestamp_offset = timestamp.wrapping_sub(input.timestamp);
                self.source = Source::Relay {
                    ssrc: input.ssrc,
                    highest: input.sequence,
                    age: 0,
                    sequence_offset,
                    timestamp_offset,
                };
                marker = true;
                (sequence_offset, timestamp_offset, true)
            }
        };
        let sequence = input.sequence.wrapping_add(sequence_offset);
        let timestamp = input.timestamp.wrapping_add(timestamp_offset);
        if newest {
            self.sequence = sequence;
            // All packets of an event carry its start: the time line stays there until audio goes on.
            if timestamp != self.timestamp || self.at.is_none() {
                self.timestamp = timestamp;
                self.at = Some(now);
            }
            self.length = length;
        }
        self.sent(now, length.max(4));
        Some(Header { marker, payload_type, sequence, timestamp, ssrc: self.ssrc })
    }

    fn sent(&mut self, at: Timestamp, octets: u32) {
        self.sent_at = Some(at);
        self.packets += 1;
        self.octets = self.octets.wrapping_add(octets);
    }
}

fn near(highest: u16, sequence: u16) -> bool {
    let ahead = sequence.wrapping_sub(highest);
    ahead <= MAX_DROPOUT || ahead.wrapping_neg() <= MAX_MISORDER
}

fn samples(time: Duration) -> u32 {
    (time.as_micros() / 125) as u32
}

fn length_of(samples: u32) -> Duration {
    Duration::from_micros(u64::from(samples) * 125)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: u64) -> Timestamp {
        Timestamp::from_millis(1_000_000 + ms)
    }

    fn incoming(n: u16, ssrc: u32) -> Header {
        Header {
            marker: false,
            payload_type: 0,
            sequence: n,
            // One time line over the wrap of the sequence number.
            timestamp: (i32::from(n as i16) * 160) as u32,
            ssrc,
        }
    }

    #[test]
    fn the_line_is_continuous_from_prompt_to_relay_to_another_relay_and_back() {
        let mut o = Outgoing::new(&mut Rng::new(1));
        let mut sent = Vec::new();
        for i in 0..3 {
            sent.push(o.audio(at(20 * i), 0, 160));
        }
        for i in 0..3u16 {
            sent.push(
                o.relay(at(65 + 20 * u64::from(i)), &incoming(65_534u16.wrapping_add(i), 9), 0, 160).unwrap(),
            );
        }
        for i in 0..3u16 {
            sent.push(o.relay(at(125 + 20 * u64::from(i)), &incoming(700 + i, 77), 0, 160).unwrap());
        }
        sent.push(o.audio(at(180), 0, 160));
        for pair in sent.windows(2) {
            assert_eq!(pair[1].sequence, pair[0].sequence.wrapping_add(1));
            let step = pair[1].timestamp.wrapping_sub(pair[0].timestamp);
            assert!((160..=200).contains(&step), "{step}");
            assert_eq!(pair[1].ssrc, pair[0].ssrc);
        }
        let marked: Vec<usize> = (0..sent.len()).filter(|i| sent[*i].marker).collect();
        assert_eq!(marked, [0, 3, 6, 9]);
    }

    #[test]
    fn loss_and_reordering_pass_through_but_nothing_overtakes_the_switch() {
        let mut o = Outgoing::new(&mut Rng::new(2));
        o.audio(at(0), 0, 160);
        let first = o.relay(at(20), &incoming(10, 1), 0, 160).unwrap();
        assert_eq!(o.relay(at(21), &incoming(9, 1), 0, 160), None, "sent before the switch");
        let lost_one = o.relay(at(60), &incoming(12, 1), 0, 160).unwrap();
        assert_eq!(lost_one.sequence, first.sequence.wrapping_add(2));
        assert_eq!(lost_one.timestamp, first.timestamp.wrapping_add(320));
        let late = o.relay(at(61), &incoming(11, 1), 0, 160).unwrap();
        assert_eq!(late.sequence, first.sequence.wrapping_add(1));
        let next = o.audio(at(80), 0, 160);
        assert_eq!(next.sequence, lost_one.sequence.wrapping_add(1), "a late packet moves nothing back");
    }

    #[test]
    fn a_restarted_source_goes_on_without_a_hole() {
        let mut o = Outgoing::new(&mut Rng::new(3));
        let before = o.relay(at(0), &incoming(100, 1), 0, 160).unwrap();
        let after = o.relay(at(20), &incoming(30_000, 1), 0, 160).unwrap();
        assert_eq!(after.sequence, before.sequence.wrapping_add(1));
        assert_eq!(after.timestamp, before.timestamp.wrapping_add(160));
        assert!(after.marker);
    }

    #[test]
    fn audio_after_an_event_starts_where_the_event_ended() {
        let mut o = Outgoing::new(&mut Rng::new(4));
        let first = o.event_start(at(0), 101);
        for i in 1..10 {
            assert_eq!(o.event_update(at(20 * i), 101).timestamp, first.timestamp);
        }
        let audio = o.audio(at(200), 0, 160);
        assert_eq!(audio.timestamp, first.timestamp.wrapping_add(1_600));
        assert_eq!(audio.sequence, first.sequence.wrapping_add(10));
    }

    #[test]
    fn switching_to_and_fro_never_builds_up_a_lead() {
        let mut o = Outgoing::new(&mut Rng::new(5));
        let first = o.audio(at(0), 0, 160);
        let mut last = first;
        for i in 1..500u16 {
            let now = u64::from(i) * 20;
            last = if i % 2 == 0 {
                o.audio(at(now), 0, 160)
            } else {
                o.relay(at(now + 7), &incoming(i, 1), 0, 160).unwrap()
            };
        }
        let samples = last.timestamp.wrapping_sub(first.timestamp);
        assert!((499 * 160..499 * 160 + 400).contains(&samples), "{samples}");
    }
}
