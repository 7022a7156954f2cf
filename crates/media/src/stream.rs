//! One leg's media: who the peer is, what it sends, what it is sent.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::ops::Range;
use std::time::Duration;

use base::{Rng, Timestamp};
use tracing::warn;

use crate::dtmf::{Detector, Emit, EventReceiver, Heard, Sending};
use crate::outgoing::Outgoing;
use crate::player::Player;
use crate::reception::Reception;
use crate::recorder::Recorder;
use crate::rtp::{self, HEADER, Header};
use crate::shard::Finished;
use crate::tap::Tap;
use crate::{Codec, Event, FRAME, Output, Recorded, Remote, Statistics, StreamId};

mod mix;
mod report;

pub(crate) use mix::Mix;
pub(crate) use report::Reports;

/// Longest time without a packet to a peer that may be sent to.
const IDLE: Duration = Duration::from_secs(1);
/// How soon after `Connect` an idle stream first sends, so that a peer behind an address translator learns of us: in
/// the same turn, once the orders that came together are obeyed.
const FIRST: Duration = Duration::from_micros(1);
/// How long the negotiated address may come late and still be preferred to a source that nobody told us of.
const DOUBT: Duration = Duration::from_secs(3);
/// Frames of our own audio in a packet at most (100 ms).
const MAX_FRAMES: usize = 5;
/// A tone for a key press relayed to a peer that takes no telephone-events.
const RELAYED_TONE: Duration = Duration::from_millis(100);
/// Sendings that wait until relayed key presses are left out: who presses faster than tones can follow.
const MAX_RELAYED: usize = 32;

pub(crate) struct Stream {
    pub(crate) id: StreamId,
    pub(crate) port: u16,
    /// Which of the clock's phases serves it; whether it is on that phase's list.
    pub(crate) phase: usize,
    pub(crate) clocked: bool,
    pub(crate) bridged: Option<u32>,
    /// When its slow timer is set for.
    pub(crate) slow: Option<Timestamp>,
    pub(crate) players: VecDeque<Player>,
    pub(crate) sendings: VecDeque<Sending>,
    pub(crate) recorders: Vec<Recorder>,
    far: Far,
    /// Where packets come from, once one has come, and go to from then on.
    pinned: Option<SocketAddr>,
    /// Until when the negotiated address may still take the place of a pinned one that nobody told us of.
    doubted: Option<Timestamp>,
    tap: Option<Tap>,
    detector: Option<Box<Detector>>,
    listening: bool,
    events: EventReceiver,
    reception: Reception,
    refused: u64,
    outgoing: Outgoing,
    /// Audio of our own that waits for a packet longer than 20 ms to be full, and when it began.
    partial: Option<(Timestamp, Vec<u8>)>,
    reports: Reports,
}

/// What is at the other end.
enum Far {
    /// It is not known yet.
    Unknown,
    /// A party that speaks RTP.
    Peer(Remote),
    /// A conference.
    Mix(Box<Mix>),
}

/// An accepted packet.
pub(crate) struct Received {
    pub(crate) header: Header,
    pub(crate) payload: Range<usize>,
    pub(crate) kind: Kind,
}

/// What an accepted packet carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Audio(Codec),
    /// A telephone-event; the digit if it is the first heard of it.
    Event(Option<char>),
}

impl Stream {
    pub(crate) fn new(id: StreamId, port: u16, phase: usize, seed: u64) -> Self {
        let mut rng = Rng::new(seed);
        Self {
            id,
            port,
            phase,
            clocked: false,
            bridged: None,
            slow: None,
            players: VecDeque::new(),
            sendings: VecDeque::new(),
            recorders: Vec::new(),
            far: Far::Unknown,
            pinned: None,
            doubted: None,
            tap: None,
            detector: None,
            listening: false,
            events: EventReceiver::default(),
            reception: Reception::default(),
            refused: 0,
            outgoing: Outgoing::new(&mut rng),
            partial: None,
            reports: Reports::new(rng),
        }
    }

    /// Takes the far end as negotiated. A changed address is the only thing that lets a source be learned anew.
    pub(crate) fn connect(&mut self, now: Timestamp, remote: Remote, out: &mut dyn Output) {
        if let Far::Mix(_) = self.far {
            return warn!(stream = ?self.id, "a meeting stream has no peer to connect to");
        }
        let moved = self.peer().is_some_and(|old| old.address != remote.address);
        if moved {
            self.pinned = None;
            self.doubted = None;
            self.reports.forget_peer();
            out.pinned(self.port, None);
        }
        if self.peer().is_none() {
            self.reports.start(now);
        }
        self.far = Far::Peer(remote);
        self.listen(self.listening);
    }

    pub(crate) fn listen(&mut self, on: bool) {
        self.listening = on;
        let in_band = on
            && match &self.far {
                Far::Unknown => false,
                Far::Peer(remote) => remote.dtmf.is_none(),
                Far::Mix(_) => true,
            };
        match (in_band, &self.detector) {
            (true, None) => self.detector = Some(Box::default()),
            (false, Some(_)) => self.detector = None,
            (true, Some(_)) | (false, None) => {}
        }
        self.fit_tap();
    }

    /// Has a tap exactly while somebody listens to what the peer says.
    pub(crate) fn fit_tap(&mut self) {
        let heard = self.detector.is_some() || !self.recorders.is_empty();
        match (heard, &self.tap) {
            (true, None) => self.tap = Some(Tap::new()),
            (false, Some(_)) => self.tap = None,
            (true, Some(_)) | (false, None) => {}
        }
    }

    pub(crate) fn tap(&self) -> Option<&Tap> {
        self.tap.as_ref()
    }

    /// We have something of our own to say, which keeps a bridge's audio from this peer.
    pub(crate) fn is_speaking(&self) -> bool {
        !matches!(self.far, Far::Unknown)
            && (!self.sendings.is_empty() || self.players.front().is_some_and(Player::is_active))
    }

    /// A meeting stream never does: the conference's tick is its own.
    pub(crate) fn wants_clock(&self) -> bool {
        if let Far::Mix(_) = self.far {
            return false;
        }
        self.tap.is_some() || self.is_speaking() || self.partial.is_some()
    }

    /// Whether bridged packets may go from `self` to `to` and back with their headers rewritten and nothing else: equal
    /// codec and packet time, nothing listening, nothing else being said. Such a bridge can be left to the kernel.
    pub(crate) fn passes_through(&self, to: &Stream) -> bool {
        let (Some(a), Some(b)) = (self.peer(), to.peer()) else { return false };
        a.codec == b.codec
            && a.ptime == b.ptime
            && [self, to].iter().all(|s| s.tap.is_none() && !s.is_speaking())
    }

    fn peer(&self) -> Option<&Remote> {
        match &self.far {
            Far::Peer(remote) => Some(remote),
            Far::Unknown | Far::Mix(_) => None,
        }
    }

    /// Where RTP goes; `None`: the peer is unknown, on hold, or has no address.
    fn destination(&self) -> Option<(Remote, SocketAddr)> {
        let remote = *self.peer().filter(|r| r.send)?;
        let to = self.pinned.unwrap_or(remote.address);
        (to.port() != 0 && !to.ip().is_unspecified()).then_some((remote, to))
    }

    /// Judges a datagram on the RTP port; `None`: refused, and counted.
    #[inline]
    pub(crate) fn receive(
        &mut self,
        now: Timestamp,
        source: SocketAddr,
        packet: &[u8],
        out: &mut dyn Output,
    ) -> Option<Received> {
        let received = self.judge(now, source, packet);
        let Some(received) = received else {
            self.refused += 1;
            return None;
        };
        if self.pinned != Some(source) || self.doubted.is_some() {
            self.pin(now, source, out);
        }
        let audio = matches!(received.kind, Kind::Audio(_));
        self.reception.take(now, &received.header, audio);
        match received.kind {
            Kind::Audio(codec) => {
                if let Some(tap) = &mut self.tap {
                    tap.write(&received.header, &packet[received.payload.clone()], codec);
                }
            }
            Kind::Event(Some(digit)) => out.event(Event::Digit { stream: self.id, digit }),
            Kind::Event(None) => {}
        }
        Some(received)
    }

    /// Takes a source that was accepted. One that is not the negotiated address may be an address translator's, or a
    /// party of an earlier call that does not know yet that this call is over: it is used at once, and believed after a while.
    fn pin(&mut self, now: Timestamp, source: SocketAddr, out: &mut dyn Output) {
        let told = self.peer().is_some_and(|remote| remote.address == source);
        if self.pinned != Some(source) {
            if self.pinned.is_some() {
                self.reports.forget_peer();
            }
            self.pinned = Some(source);
            self.doubted = Some(now + DOUBT);
        }
        if told || self.doubted.is_some_and(|until| now >= until) {
            self.doubted = None;
            out.pinned(self.port, Some(source));
        }
    }

    fn judge(&mut self, now: Timestamp, source: SocketAddr, packet: &[u8]) -> Option<Received> {
        let Far::Peer(remote) = &self.far else { return None };
        let takes_over = self.doubted.is_some() && source == remote.address;
        if self.pinned.is_some_and(|pinned| pinned != source) && !takes_over {
            return None;
        }
        let (header, payload) = rtp::parse(packet).ok()?;
        let kind = if header.payload_type == remote.payload_type {
            Kind::Audio(remote.codec)
        } else if Some(header.payload_type) == remote.dtmf {
            match self.events.take(now, &header, &packet[payload.clone()]) {
                Heard::Digit(digit) => Kind::Event(Some(digit)),
                Heard::Nothing => Kind::Event(None),
                Heard::Malformed => return None,
            }
        } else {
            return None;
        };
        Some(Received { header, payload, kind })
    }

    /// Whether what it receives goes on to a bridged peer.
    pub(crate) fn passes_on(&self) -> bool {
        self.peer().is_some_and(|r| r.receive)
    }

    /// Sends a bridged peer's packet on, rewritten in place. True: the clock is needed now.
    #[inline]
    pub(crate) fn relay(
        &mut self,
        now: Timestamp,
        received: &Received,
        packet: &mut [u8],
        out: &mut dyn Output,
    ) -> bool {
        if let Far::Mix(_) = self.far {
            self.relay_to_mix(received, &packet[received.payload.clone()]);
            return false;
        }
        let Some((remote, to)) = self.destination() else { return false };
        if self.is_speaking() {
            return false;
        }
        let length = received.payload.len();
        let header = match (received.kind, remote.dtmf) {
            (Kind::Audio(codec), _) => {
                if length == 0 {
                    return false;
                }
                if let Some(table) = codec.transcoding(remote.codec) {
                    for byte in &mut packet[received.payload.clone()] {
                        *byte = table[usize::from(*byte)];
                    }
                }
                self.outgoing.relay(now, &received.header, remote.payload_type, length as u32)
            }
            (Kind::Event(_), Some(payload_type)) => {
                self.outgoing.relay(now, &received.header, payload_type, 0)
            }
            (Kind::Event(Some(digit)), None) => {
                self.send_relayed(digit);
                return true;
            }
            (Kind::Event(None), None) => return false,
        };
        if let Some(header) = header {
            // Contributing sources, extension and padding stay behind.
            let rewritten = &mut packet[received.payload.start - HEADER..received.payload.end];
            rtp::write(&header, rewritten);
            out.transmit(self.port, to, rewritten);
        }
        false
    }

    /// A bridged peer's key press, as a tone.
    fn send_relayed(&mut self, digit: char) {
        if self.sendings.len() < MAX_RELAYED {
            let mut text = [0; 4];
            self.sendings.push_back(Sending::new(None, digit.encode_utf8(&mut text), RELAYED_TONE));
        }
    }

    /// The 20 ms that begin at `due`: listens to the last ones, says the next ones.
    pub(crate) fn frame(&mut self, due: Timestamp, finished: &mut Finished, out: &mut dyn Output) {
        self.hear(out);
        self.say(due, finished, out);
    }

    fn hear(&mut self, out: &mut dyn Output) {
        let Some(tap) = &mut self.tap else { return };
        let mut frame = [0; FRAME];
        tap.read(&mut frame);
        if let Some(detector) = &mut self.detector {
            let stream = self.id;
            detector.push(&frame, |digit| out.event(Event::Digit { stream, digit }));
        }
        for recorder in &mut self.recorders {
            let recording = recorder.id;
            let progress = recorder.frame(&frame);
            if let Some(samples) = progress.chunk {
                out.recorded(Recorded::Samples { recording, samples });
            }
            if progress.silent {
                out.event(Event::SilenceDetected { recording });
            }
        }
    }

    fn say(&mut self, due: Timestamp, finished: &mut Finished, out: &mut dyn Output) {
        let Some(&remote) = self.peer() else { return };
        while let Some(mut sending) = self.sendings.pop_front() {
            if sending.frame(remote.dtmf.is_some(), |emit| self.emit(due, emit, out)) {
                self.sendings.push_front(sending);
                return;
            }
            finished.sendings.extend(sending.id);
        }
        let mut frame = [0; FRAME];
        while let Some(player) = self.players.front_mut().filter(|p| p.is_active()) {
            if player.frame(remote.codec, &mut frame) {
                return self.audio(due, &frame, out);
            }
            finished.playbacks.push(player.id);
            self.players.pop_front();
        }
        self.flush(out);
    }

    fn emit(&mut self, due: Timestamp, emit: Emit, out: &mut dyn Output) {
        if let Emit::Audio(samples) = &emit {
            let Some(&remote) = self.peer() else { return };
            let mut frame = [0; FRAME];
            remote.codec.encode_into(samples, &mut frame);
            return self.audio(due, &frame, out);
        }
        self.flush(out);
        let Some((Remote { dtmf: Some(payload_type), .. }, to)) = self.destination() else { return };
        let (header, payload) = match emit {
            Emit::Start(payload) => (self.outgoing.event_start(due, payload_type), payload),
            Emit::Update(payload) => (self.outgoing.event_update(due, payload_type), payload),
            Emit::Segment(units, payload) => (self.outgoing.event_segment(due, payload_type, units), payload),
            Emit::Audio(_) => return,
        };
        let mut packet = [0; HEADER + 4];
        rtp::write(&header, &mut packet);
        packet[HEADER..].copy_from_slice(&payload);
        out.transmit(self.port, to, &packet);
    }

    /// Sends a frame of our own, or keeps it until a packet of the peer's packet time is full.
    fn audio(&mut self, due: Timestamp, frame: &[u8; FRAME], out: &mut dyn Output) {
        let Some((remote, to)) = self.destination() else {
            self.partial = None;
            return;
        };
        let frames = (remote.ptime as usize / 20).clamp(1, MAX_FRAMES);
        if frames == 1 && self.partial.is_none() {
            let mut packet = [0; HEADER + FRAME];
            rtp::write(&self.outgoing.audio(due, remote.payload_type, FRAME as u32), &mut packet);
            packet[HEADER..].copy_from_slice(frame);
            return out.transmit(self.port, to, &packet);
        }
        let (_, payload) = self.partial.get_or_insert_with(|| (due, Vec::with_capacity(frames * FRAME)));
        payload.extend_from_slice(frame);
        if payload.len() >= frames * FRAME {
            self.flush(out);
        }
    }

    /// Sends what waited for its packet to be full.
    fn flush(&mut self, out: &mut dyn Output) {
        let Some((due, payload)) = self.partial.take() else { return };
        let Some((remote, to)) = self.destination() else { return };
        let mut packet = [0; HEADER + MAX_FRAMES * FRAME];
        let length = payload.len().min(MAX_FRAMES * FRAME);
        rtp::write(&self.outgoing.audio(due, remote.payload_type, length as u32), &mut packet);
        packet[HEADER..HEADER + length].copy_from_slice(&payload[..length]);
        out.transmit(self.port, to, &packet[..HEADER + length]);
    }

    /// When its slow timer is due next, always ahead; `None` before it is connected.
    pub(crate) fn next_slow(&self, now: Timestamp) -> Option<Timestamp> {
        let report = self.reports.due()?;
        let silence = self.destination().map(|_| {
            let due = match self.outgoing.sent_at() {
                None if !self.is_speaking() => Some(now + FIRST),
                sent => sent.map(|at| at + IDLE),
            };
            // Due already, or nothing sent yet: it speaks, and the clock is about to send.
            due.filter(|due| *due > now).unwrap_or(now + IDLE)
        });
        Some(silence.map_or(report, |silence| silence.min(report)))
    }

    /// Sends what is due apart from the clock: a report, and a frame of silence if nothing went out for long.
    pub(crate) fn slow(&mut self, now: Timestamp, out: &mut dyn Output) {
        if let Some((remote, _)) = self.destination() {
            let idle = self.outgoing.sent_at().is_none_or(|at| now.since(at) >= IDLE);
            if idle && !self.is_speaking() {
                self.audio(now, &[remote.codec.silence(); FRAME], out);
                self.flush(out);
            }
        }
        if self.reports.due().is_some_and(|due| due <= now) {
            self.report(now, false, out);
        }
    }

    /// The last report, with BYE.
    pub(crate) fn close(&mut self, now: Timestamp, out: &mut dyn Output) {
        self.flush(out);
        if self.peer().is_some() {
            self.report(now, true, out);
        }
    }

    pub(crate) fn statistics(&self) -> Statistics {
        if let Far::Mix(mix) = &self.far {
            return mix.statistics();
        }
        Statistics {
            packets_received: self.reception.received(),
            packets_sent: self.outgoing.packets(),
            packets_lost: self.reception.lost(),
            packets_refused: self.refused,
            jitter_ms: self.reception.jitter_ms(),
            round_trip_ms: self.reports.round_trip_ms(),
        }
    }
}
