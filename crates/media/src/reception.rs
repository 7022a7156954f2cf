//! What arrived of one source: loss, jitter (RFC 3550 §6.4.1, appendices A.1, A.3, A.8).

use base::Timestamp;

use crate::rtp::Header;

/// A step ahead larger than this is a restarted source, not loss.
pub(crate) const MAX_DROPOUT: u16 = 3_000;
/// A step back larger than this is a restarted source, not reordering.
pub(crate) const MAX_MISORDER: u16 = 100;

/// Counts over all sources a stream has had; the current one in detail.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Reception {
    source: Option<Source>,
    received: u64,
    lost_before: u64,
}

#[derive(Clone, Debug, PartialEq)]
struct Source {
    ssrc: u32,
    base: u64,
    /// Highest sequence number seen, with its wraps in the upper bits.
    highest: u64,
    received: u64,
    /// Sixteenths of a sample.
    jitter: u32,
    transit: u32,
    reported_expected: u64,
    reported_received: u64,
}

/// A report block's numbers (RFC 3550 §6.4.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Report {
    pub(crate) ssrc: u32,
    pub(crate) fraction_lost: u8,
    pub(crate) cumulative_lost: i32,
    pub(crate) highest: u32,
    pub(crate) jitter: u32,
}

impl Reception {
    /// Takes an accepted packet in; `timed` where its timestamp is its sampling time (audio, not events).
    #[inline]
    pub(crate) fn take(&mut self, now: Timestamp, header: &Header, timed: bool) {
        self.received += 1;
        let arrival = (now.as_micros() / 125) as u32;
        let transit = arrival.wrapping_sub(header.timestamp);
        let source = self.source.as_mut().filter(|s| s.ssrc == header.ssrc);
        let Some(source) = source.and_then(|s| s.follow(header.sequence)) else {
            return self.start(header, transit);
        };
        source.received += 1;
        if timed {
            let d = (transit.wrapping_sub(source.transit) as i32).unsigned_abs();
            source.transit = transit;
            // A jump of over ten seconds is a new time line, not jitter.
            if d < 80_000 {
                source.jitter = source.jitter - ((source.jitter + 8) >> 4) + d;
            }
        }
    }

    fn start(&mut self, header: &Header, transit: u32) {
        self.lost_before = self.lost();
        let jitter = self.source.as_ref().map_or(0, |s| s.jitter);
        let base = u64::from(header.sequence);
        self.source = Some(Source {
            ssrc: header.ssrc,
            base,
            highest: base,
            received: 1,
            jitter,
            transit,
            reported_expected: 0,
            reported_received: 0,
        });
    }

    /// Packets accepted in total.
    pub(crate) fn received(&self) -> u64 {
        self.received
    }

    /// Packets missing in total.
    pub(crate) fn lost(&self) -> u64 {
        self.lost_before + self.source.as_ref().map_or(0, |s| s.expected().saturating_sub(s.received))
    }

    /// Interarrival jitter in milliseconds.
    pub(crate) fn jitter_ms(&self) -> f64 {
        self.source.as_ref().map_or(0.0, |s| f64::from(s.jitter) / 16.0 / 8.0)
    }

    /// The next report block, if anything ever came; the fraction lost covers the time since the last.
    pub(crate) fn report(&mut self) -> Option<Report> {
        let s = self.source.as_mut()?;
        let expected = s.expected();
        let due = expected - s.reported_expected;
        let lost = due.saturating_sub(s.received - s.reported_received);
        s.reported_expected = expected;
        s.reported_received = s.received;
        Some(Report {
            ssrc: s.ssrc,
            fraction_lost: (lost * 256).checked_div(due).unwrap_or(0).min(255) as u8,
            cumulative_lost: (expected as i64 - s.received as i64).clamp(-0x80_0000, 0x7f_ffff) as i32,
            highest: s.highest as u32,
            jitter: s.jitter >> 4,
        })
    }
}

impl Source {
    /// Follows the sequence; `None`: too far off, a restart.
    fn follow(&mut self, sequence: u16) -> Option<&mut Self> {
        let ahead = sequence.wrapping_sub(self.highest as u16);
        let forward = ahead <= MAX_DROPOUT;
        if forward {
            self.highest += u64::from(ahead);
        }
        (forward || ahead.wrapping_neg() <= MAX_MISORDER).then_some(self)
    }

    fn expected(&self) -> u64 {
        self.highest - self.base + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packet(sequence: u16, ssrc: u32) -> Header {
        Header {
            marker: false,
            payload_type: 0,
            sequence,
            timestamp: u32::from(sequence).wrapping_mul(160),
            ssrc,
        }
    }

    fn at(ms: u64) -> Timestamp {
        Timestamp::from_millis(ms)
    }

    #[test]
    fn loss_is_counted_over_a_wrap_and_late_packets_are_not_lost() {
        let mut r = Reception::default();
        for (i, sequence) in [65_533u16, 65_534, 0, 65_535, 2, 3].into_iter().enumerate() {
            r.take(at(20 * i as u64), &packet(sequence, 1), true);
        }
        assert_eq!((r.received(), r.lost()), (6, 1));
        let report = r.report().unwrap();
        assert_eq!((report.fraction_lost, report.cumulative_lost), (36, 1));
        assert_eq!(report.highest, 65_539);
        assert_eq!(r.report().unwrap().fraction_lost, 0, "nothing was due since");
    }

    #[test]
    fn a_new_source_or_a_restart_keeps_the_loss_so_far() {
        let mut r = Reception::default();
        for sequence in [1, 3] {
            r.take(at(0), &packet(sequence, 1), true);
        }
        r.take(at(0), &packet(40_000, 2), true);
        r.take(at(0), &packet(40_001, 2), true);
        assert_eq!((r.received(), r.lost()), (4, 1));
        r.take(at(0), &packet(100, 2), true);
        assert_eq!((r.received(), r.lost()), (5, 1));
    }

    #[test]
    fn steady_arrival_has_no_jitter_and_uneven_arrival_has() {
        let (mut even, mut uneven) = (Reception::default(), Reception::default());
        for i in 0..500u16 {
            even.take(at(20 * u64::from(i)), &packet(i, 1), true);
            uneven.take(at(20 * u64::from(i) + u64::from(i % 2) * 10), &packet(i, 1), true);
        }
        assert!(even.jitter_ms() < 0.1);
        assert!((uneven.jitter_ms() - 10.0).abs() < 1.0, "{}", uneven.jitter_ms());
    }
}
