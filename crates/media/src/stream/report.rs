use std::net::SocketAddr;
use std::time::Duration;

use base::{Rng, Timestamp};

use super::{Far, Stream};
use crate::Output;
use crate::rtcp;

/// Mean time between reports.
const INTERVAL: Duration = Duration::from_secs(5);

/// A stream's RTCP side.
pub(crate) struct Reports {
    rng: Rng,
    cname: String,
    due: Option<Timestamp>,
    /// Where the peer's reports come from, once one has come.
    source: Option<SocketAddr>,
    /// They come on the RTP port (RFC 5761).
    multiplexed: bool,
    last_sender_report: Option<(u32, Timestamp)>,
    sent_before: u64,
    round_trip_ms: Option<f64>,
}

impl Reports {
    pub(super) fn new(mut rng: Rng) -> Self {
        // A name that says nothing of the host (RFC 7022).
        let cname = format!("{:016x}@switchhook", rng.next_u64());
        Self {
            rng,
            cname,
            due: None,
            source: None,
            multiplexed: false,
            last_sender_report: None,
            sent_before: 0,
            round_trip_ms: None,
        }
    }

    pub(super) fn start(&mut self, now: Timestamp) {
        self.due = Some(now + self.interval());
    }

    pub(super) fn due(&self) -> Option<Timestamp> {
        self.due
    }

    pub(super) fn round_trip_ms(&self) -> Option<f64> {
        self.round_trip_ms
    }

    pub(super) fn forget_peer(&mut self) {
        self.source = None;
        self.multiplexed = false;
        self.last_sender_report = None;
    }

    /// Half to one and a half of the mean, so that reports of many streams spread (RFC 3550 §6.3.1).
    fn interval(&mut self) -> Duration {
        INTERVAL / 2 + Duration::from_micros(self.rng.below(INTERVAL.as_micros() as u64))
    }
}

impl Stream {
    /// Takes a datagram with RTCP, from either port.
    pub(crate) fn control(&mut self, now: Timestamp, port: u16, source: SocketAddr, packet: &[u8]) {
        let multiplexed = port == self.port;
        let Some(&remote) = self.peer() else { return self.refuse() };
        let rtp = self.pinned.unwrap_or(remote.address);
        let known = match self.reports.source {
            Some(known) => known == source,
            None if multiplexed => rtp == source,
            None => rtp.ip() == source.ip() || remote.rtcp.is_some_and(|a| a.ip() == source.ip()),
        };
        let inbound = known.then(|| rtcp::parse(packet, self.outgoing.ssrc())).flatten();
        let Some(inbound) = inbound else { return self.refuse() };
        let reports = &mut self.reports;
        reports.source = Some(source);
        reports.multiplexed = multiplexed;
        if let Some(sender_report) = inbound.sender_report {
            reports.last_sender_report = Some((sender_report, now));
        }
        if let Some(round_trip) = inbound.about_us.and_then(|block| rtcp::round_trip_ms(now, block)) {
            reports.round_trip_ms = Some(round_trip);
        }
        if inbound.goodbye {
            // The source is gone, the leg is not: only signalling ends it.
            reports.last_sender_report = None;
        }
    }

    fn refuse(&mut self) {
        self.refused += 1;
    }

    /// Sends a report and sets the time of the next.
    pub(super) fn report(&mut self, now: Timestamp, goodbye: bool, out: &mut dyn Output) {
        let interval = self.reports.interval();
        let reports = &mut self.reports;
        reports.due = Some(now + interval);
        let Far::Peer(remote) = &self.far else { return };
        let rtp = self.pinned.unwrap_or(remote.address);
        let multiplexed = reports.multiplexed || remote.rtcp == Some(remote.address);
        let to = match (multiplexed, reports.source, remote.rtcp) {
            (true, _, _) => rtp,
            (false, Some(source), _) => source,
            (false, None, Some(told)) => told,
            (false, None, None) => match rtp.port().checked_add(1) {
                Some(port) => SocketAddr::new(rtp.ip(), port),
                None => return,
            },
        };
        if to.port() == 0 || to.ip().is_unspecified() {
            return;
        }
        let packets = self.outgoing.packets();
        let sent = (packets > reports.sent_before)
            .then(|| (self.outgoing.timestamp_at(now), packets as u32, self.outgoing.octets()));
        reports.sent_before = packets;
        let outbound = rtcp::Outbound {
            ssrc: self.outgoing.ssrc(),
            sent,
            report: self.reception.report(),
            last_sender_report: reports.last_sender_report,
            cname: &reports.cname,
            goodbye,
        };
        let mut packet = Vec::with_capacity(128);
        rtcp::write(now, &outbound, &mut packet);
        let from = if multiplexed { self.port } else { self.port + 1 };
        out.transmit(from, to, &packet);
    }
}
