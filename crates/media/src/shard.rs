//! Dispatch: which stream a command, a datagram or the clock is for.

use std::collections::{BTreeSet, HashMap};
use std::net::SocketAddr;
use std::ops::RangeInclusive;

use base::Timestamp;

use crate::conference::browser::{Browsers, NoBrowsers};
use crate::conference::{Conferences, Crossing};
use crate::rtp;
use crate::stream::Stream;
use crate::webrtc::Sessions;
use crate::{
    BrowserConfig, Event, Output, PlaybackId, RecordingId, Refusals, SendingId, Statistics, StreamId,
};

mod browsers;
mod clock;
mod command;
mod conference;

pub(crate) use clock::PHASES;
use clock::{Clock, Clocked};
pub(crate) use command::Finished;

/// What a shard is made with.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// Which of the node's shards it is: conferences name their home by it.
    pub index: usize,
    /// The local ports its streams may use, RTP on even ones and RTCP on the odd ones above.
    pub ports: RangeInclusive<u16>,
    /// Streams at most; an `Open` beyond fails.
    pub max_streams: usize,
    /// How it serves browsers; `None`: their offers are refused.
    pub browsers: Option<BrowserConfig>,
}

/// What a deadline is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The next frame of a stream that speaks or is listened to, or of a conference.
    Frame,
    /// A report, or silence to keep an idle stream open.
    Report,
    /// A browser's handshake, report or silence.
    Browser,
}

/// One media machine.
///
/// Streams are kept by their local port; a bridge is two streams that name each other. Nothing here is per packet but
/// [`handle_packet`](Self::handle_packet), and nothing there allocates.
pub struct Shard {
    config: Config,
    streams: Vec<Option<Box<Stream>>>,
    free: Vec<u32>,
    /// Slot by port pair; meeting streams have none.
    by_port: Vec<Option<u32>>,
    by_id: HashMap<StreamId, u32>,
    playbacks: HashMap<PlaybackId, u32>,
    sendings: HashMap<SendingId, u32>,
    recordings: HashMap<RecordingId, u32>,
    conferences: Conferences,
    browsers: Option<Sessions>,
    clock: Clock,
    /// Slow timers: reports and keep-alives.
    slow: BTreeSet<(Timestamp, u32)>,
    unclaimed: u64,
    relayed: u64,
}

impl Shard {
    /// A shard without streams.
    pub fn new(config: Config) -> Self {
        let pairs = if config.ports.is_empty() {
            0
        } else {
            (usize::from(*config.ports.end()) - usize::from(first_port(&config)) + 2) / 2
        };
        Self {
            by_port: vec![None; pairs],
            conferences: Conferences::new(config.index),
            browsers: config.browsers.clone().map(Sessions::new),
            config,
            streams: Vec::new(),
            free: Vec::new(),
            by_id: HashMap::new(),
            playbacks: HashMap::new(),
            sendings: HashMap::new(),
            recordings: HashMap::new(),
            clock: Clock::default(),
            slow: BTreeSet::new(),
            unclaimed: 0,
            relayed: 0,
        }
    }

    /// Takes a datagram that arrived on local port `port`. It is rewritten in place where it is relayed.
    pub fn handle_packet(
        &mut self,
        now: Timestamp,
        port: u16,
        source: SocketAddr,
        packet: &mut [u8],
        out: &mut dyn Output,
    ) {
        if let Some(browsers) = self.browsers.as_mut().filter(|browsers| browsers.port() == port) {
            return browsers.handle_packet(now, source, packet, &mut self.conferences, out);
        }
        let Some(slot) = self.slot_at(port) else {
            self.unclaimed += 1;
            return;
        };
        let Some(stream) = self.stream_mut(slot) else { return };
        if port & 1 == 1 || rtp::is_rtcp(packet) {
            return stream.control(now, port, source, packet);
        }
        let Some(received) = stream.receive(now, source, packet, out) else { return };
        let Some(partner) = stream.bridged.filter(|_| stream.passes_on()) else { return };
        let Some(to) = self.stream_mut(partner) else { return };
        let at_once = to.member().is_none();
        if to.relay(now, &received, packet, out) {
            self.wake(now, partner);
        }
        // A conference takes it at its next tick.
        self.relayed += u64::from(at_once);
    }

    /// Does what has become due: frames of all streams that speak or are listened to, reports, keep-alives.
    pub fn tick(&mut self, now: Timestamp, out: &mut dyn Output) {
        while let Some((due, phase)) = self.clock.take_due(now) {
            let Self { clock, streams, conferences, browsers, .. } = self;
            let mut none = NoBrowsers;
            let browsers: &mut dyn Browsers = match browsers {
                Some(browsers) => browsers,
                None => &mut none,
            };
            let mut finished = Finished::default();
            clock.members(phase).retain(|who| match *who {
                Clocked::Stream(slot) => {
                    let Some(stream) = streams.get_mut(slot as usize).and_then(Option::as_deref_mut) else {
                        return false;
                    };
                    stream.frame(due, &mut finished, out);
                    stream.clocked = stream.wants_clock();
                    stream.clocked
                }
                Clocked::Conference(slot) => {
                    conferences.tick(slot, due, streams, browsers, &mut finished, out)
                }
            });
            for playback in finished.playbacks {
                self.playbacks.remove(&playback);
                out.event(Event::PlaybackEnded { playback });
            }
            for sending in finished.sendings {
                self.sendings.remove(&sending);
                out.event(Event::DigitsSent { sending });
            }
        }
        while let Some(&(due, slot)) = self.slow.first().filter(|(due, _)| *due <= now) {
            self.slow.remove(&(due, slot));
            if let Some(stream) = self.stream_mut(slot) {
                stream.slow = None;
                stream.slow(now, out);
            }
            self.set_slow(now, slot);
        }
        if let Some(browsers) = &mut self.browsers {
            browsers.tick(now, &mut self.conferences, out);
        }
    }

    /// Takes what another shard handed to [`Output::cross`] for this one.
    pub fn handle_crossing(&mut self, now: Timestamp, crossing: Crossing) {
        let conference = crossing.conference;
        self.conferences.cross(crossing);
        self.wake_conference(now, conference);
    }

    /// When [`tick`](Self::tick) is due next, and why.
    pub fn deadline(&self) -> Option<(Timestamp, Why)> {
        let frame = self.clock.deadline().map(|at| (at, Why::Frame));
        let slow = self.slow.first().map(|(at, _)| (*at, Why::Report));
        let browser = self.browsers.as_ref().and_then(Sessions::deadline).map(|at| (at, Why::Browser));
        [frame, slow, browser].into_iter().flatten().min_by_key(|(at, _)| *at)
    }

    /// Streams that are open.
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Whether no stream is open.
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    /// A stream's figures so far.
    pub fn statistics(&self, stream: StreamId) -> Option<Statistics> {
        self.stream(stream).map(Stream::statistics)
    }

    /// Datagrams that arrived on ports of no stream.
    pub fn unclaimed(&self) -> u64 {
        self.unclaimed
    }

    /// Browsers' sessions, with or without media.
    pub fn browsers(&self) -> usize {
        self.browsers.as_ref().map_or(0, Sessions::len)
    }

    /// Datagrams on the browsers' port that no session took.
    pub fn refusals(&self) -> Refusals {
        self.browsers.as_ref().map(Sessions::refusals).unwrap_or_default()
    }

    /// Datagrams of streams bridged with one another: those that a party waits for.
    pub fn relayed(&self) -> u64 {
        self.relayed
    }

    /// Whether a bridged stream's packets only have their headers rewritten, both ways: equal codec and packet time,
    /// nothing listening, nothing else being said.
    pub fn passes_through(&self, stream: StreamId) -> bool {
        let from = self.stream(stream);
        let to = from.and_then(|s| s.bridged).and_then(|slot| self.streams.get(slot as usize)?.as_deref());
        from.zip(to).is_some_and(|(from, to)| from.passes_through(to))
    }

    fn stream(&self, id: StreamId) -> Option<&Stream> {
        let slot = *self.by_id.get(&id)?;
        self.streams.get(slot as usize)?.as_deref()
    }

    fn stream_mut(&mut self, slot: u32) -> Option<&mut Stream> {
        self.streams.get_mut(slot as usize)?.as_deref_mut()
    }

    fn pair(&self, port: u16) -> Option<usize> {
        let offset = port.checked_sub(first_port(&self.config))?;
        Some(usize::from(offset) / 2)
    }

    fn slot_at(&self, port: u16) -> Option<u32> {
        *self.by_port.get(self.pair(port)?)?
    }

    /// Puts a stream that has something to do on its phase of the clock.
    fn wake(&mut self, now: Timestamp, slot: u32) {
        if let Some(stream) = self.streams.get_mut(slot as usize).and_then(Option::as_deref_mut)
            && !stream.clocked
            && stream.wants_clock()
        {
            stream.clocked = true;
            self.clock.join(now, stream.phase, Clocked::Stream(slot));
        }
    }

    fn set_slow(&mut self, now: Timestamp, slot: u32) {
        if let Some(stream) = self.streams.get_mut(slot as usize).and_then(Option::as_deref_mut) {
            let next = stream.next_slow(now);
            if let Some(old) = std::mem::replace(&mut stream.slow, next) {
                self.slow.remove(&(old, slot));
            }
            if let Some(next) = next {
                self.slow.insert((next, slot));
            }
        }
    }
}

/// The first even port.
fn first_port(config: &Config) -> u16 {
    config.ports.start().checked_next_multiple_of(2).unwrap_or(u16::MAX)
}
