use std::collections::{HashMap, VecDeque};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver as Inbox, TryRecvError};
use std::time::{Duration, Instant};

use base::Timestamp;
use media::{Command, Crossing, Event, Output, Recorded, Shard, StreamId};

use super::lanes::Way;
use super::sockets::{Batch, Sockets};
use super::sys::{Epoll, Receiver};
use super::{Config, Counters, Lane, Sink, Wake};

/// The waker's token; sockets have their port.
const WAKER: u64 = 1 << 32;
/// Commands taken before the sockets get their turn.
const COMMANDS: usize = 64;
/// How often what the sink had no room for is offered again.
const RETRY: Duration = Duration::from_millis(1);
/// Digits and silences that wait for the sink at most.
const MAX_EVENTS: usize = 1_024;
/// Chunks of audio that wait for the sink at most (about three megabytes).
const MAX_AUDIO: usize = 1_024;
/// Datagrams per second from which on they gather.
const BUSY: u64 = 2_000;
/// How long they gather then while none of them is for another party: prompts and keep-alives leave by the clock.
const UNHURRIED: Duration = Duration::from_millis(2);
/// Over this time the rate is measured.
const WINDOW: Duration = Duration::from_millis(100);

pub(super) struct Thread<C, S> {
    inbox: Inbox<Command>,
    crossings: Inbox<Crossing>,
    wake: Arc<Wake>,
    counters: Arc<Counters>,
    clock: C,
    gather: Duration,
    rate: Rate,
    browsers: Option<SocketAddr>,
    shard: Shard,
    ports: HashMap<StreamId, u16>,
    epoll: Epoll,
    sockets: Sockets,
    receiver: Receiver,
    ready: Vec<u64>,
    out: Out<S>,
}

/// What the machine wants of the world, until its turn is over.
struct Out<S> {
    sink: S,
    threads: Arc<[Way]>,
    batch: Batch,
    pins: Vec<(u16, Option<SocketAddr>)>,
    /// What the sink had no room for, oldest first.
    events: VecDeque<Event>,
    recorded: VecDeque<Recorded>,
    dropped: u64,
}

/// Whether many datagrams come.
#[derive(Default)]
struct Rate {
    since: Timestamp,
    count: u64,
    busy: bool,
    relayed: u64,
    /// Parties hear each other through us.
    hurried: bool,
}

impl<C: Fn() -> Timestamp, S: Sink> Thread<C, S> {
    pub(super) fn new(
        config: Config,
        inbox: Inbox<Command>,
        lane: Lane,
        counters: Arc<Counters>,
        clock: C,
        sink: S,
    ) -> io::Result<Self> {
        let Lane { wake, incoming: crossings, threads } = lane;
        let epoll = Epoll::new()?;
        epoll.add(&wake.waker, WAKER)?;
        let mut sockets = Sockets::new(config.bind, &config.ports);
        let mut browsers = None;
        if let Some(super::Browsers { bind, addresses, secret }) = config.browsers {
            let bound = sockets.open_browsers(&epoll, bind).map_err(|error| {
                io::Error::new(error.kind(), format!("cannot listen on webrtc {bind}: {error}"))
            })?;
            let epoch = (clock(), Instant::now());
            browsers = Some((bound, media::BrowserConfig { port: bound.port(), addresses, secret, epoch }));
        }
        Ok(Self {
            browsers: browsers.as_ref().map(|(bound, _)| *bound),
            inbox,
            crossings,
            wake,
            counters,
            clock,
            gather: config.gather,
            rate: Rate::default(),
            sockets,
            shard: Shard::new(media::Config {
                index: config.index,
                ports: config.ports,
                max_streams: config.max_streams,
                browsers: browsers.map(|(_, config)| config),
            }),
            ports: HashMap::new(),
            epoll,
            receiver: Receiver::new(),
            ready: Vec::new(),
            out: Out {
                sink,
                threads,
                batch: Batch::default(),
                pins: Vec::new(),
                events: VecDeque::new(),
                recorded: VecDeque::new(),
                dropped: 0,
            },
        })
    }

    /// Where browsers' packets arrive.
    pub(super) fn browsers(&self) -> Option<SocketAddr> {
        self.browsers
    }

    /// Runs until the handle is dropped.
    pub(super) fn run(&mut self) {
        // Commands first: a datagram never overtakes an order that was given before it was sent.
        while self.commands() {
            let now = (self.clock)();
            self.crossings(now);
            self.packets(now);
            if self.shard.deadline().is_some_and(|(at, _)| at <= now) {
                self.shard.tick(now, &mut self.out);
            }
            self.settle();
            if let Err(error) = self.wait() {
                // Only a descriptor that is no longer ours can cause it.
                tracing::error!(%error, "waiting for sockets failed");
                std::thread::sleep(RETRY);
            }
        }
    }

    /// Obeys what waits in the inbox; false: the handle is gone.
    fn commands(&mut self) -> bool {
        for _ in 0..COMMANDS {
            match self.inbox.try_recv() {
                Ok(command) => self.command(command),
                Err(TryRecvError::Empty) => return true,
                Err(TryRecvError::Disconnected) => return false,
            }
        }
        // More may wait: come back at once.
        self.wake.waker.wake();
        true
    }

    /// Takes what other threads' parts of conferences handed over.
    fn crossings(&mut self, now: Timestamp) {
        while let Ok(crossing) = self.crossings.try_recv() {
            self.shard.handle_crossing(now, crossing);
        }
    }

    fn command(&mut self, command: Command) {
        let now = (self.clock)();
        match &command {
            Command::Open { stream, port, .. } => {
                let (stream, port) = (*stream, *port);
                // A stream or port that is there already is for the machine to refuse.
                let known = self.ports.contains_key(&stream);
                if !known && let Err(error) = self.sockets.open(&self.epoll, port) {
                    let reason = format!("port {port}: {error}");
                    return self.out.event(Event::OpenFailed { stream, reason });
                }
                self.shard.handle_command(now, command, &mut self.out);
                if !known {
                    if self.shard.statistics(stream).is_some() {
                        self.ports.insert(stream, port);
                    } else {
                        self.sockets.close(port);
                    }
                }
            }
            Command::Close { stream } => {
                let port = self.ports.remove(stream);
                self.shard.handle_command(now, command, &mut self.out);
                // The farewell leaves before its socket goes.
                self.settle();
                if let Some(port) = port {
                    self.sockets.close(port);
                }
            }
            _ => self.shard.handle_command(now, command, &mut self.out),
        }
        self.counters.streams.store(self.shard.len() as u64, Ordering::Relaxed);
        self.counters.browsers.store(self.shard.browsers() as u64, Ordering::Relaxed);
    }

    /// Lets out what the machine wanted.
    fn settle(&mut self) {
        for (port, peer) in self.out.pins.drain(..) {
            self.sockets.pin(port, peer);
        }
        self.sockets.send(&mut self.out.batch, &self.counters);
        self.out.offer();
        self.counters.dropped.fetch_add(std::mem::take(&mut self.out.dropped), Ordering::Relaxed);
    }

    /// Waits for something to do.
    fn wait(&mut self) -> io::Result<()> {
        let now = (self.clock)();
        let gather = if self.rate.hurried { self.gather } else { self.gather.max(UNHURRIED) };
        if self.rate.busy && !gather.is_zero() {
            // What comes in the meantime is served together.
            let until = self.shard.deadline().map_or(gather, |(at, _)| at.since(now).min(gather));
            if !until.is_zero() {
                std::thread::sleep(until);
            }
            return self.poll(Some(Duration::ZERO));
        }
        let deadline = self.shard.deadline().map(|(at, _)| at.since(now));
        let retry = self.out.waits().then_some(RETRY);
        let timeout = [deadline, retry].into_iter().flatten().min();
        self.wake.waiting.store(true, Ordering::SeqCst);
        // A command that came before it was known that we wait has woken nobody.
        match self.inbox.try_recv() {
            Ok(command) => {
                self.wake.waiting.store(false, Ordering::SeqCst);
                self.command(command);
                self.settle();
                self.poll(Some(Duration::ZERO))
            }
            // The same for a frame.
            Err(TryRecvError::Empty) => match self.crossings.try_recv() {
                Ok(crossing) => {
                    self.shard.handle_crossing(now, crossing);
                    self.poll(Some(Duration::ZERO))
                }
                Err(_) => self.poll(timeout),
            },
            // The next look into the inbox ends the thread.
            Err(TryRecvError::Disconnected) => Ok(()),
        }
    }

    fn poll(&mut self, timeout: Option<Duration>) -> io::Result<()> {
        self.ready.clear();
        self.ready.extend(self.epoll.wait(timeout)?);
        self.wake.waiting.store(false, Ordering::SeqCst);
        Ok(())
    }

    fn packets(&mut self, now: Timestamp) {
        let mut received = 0;
        for token in &self.ready {
            match u16::try_from(*token) {
                Ok(port) => {
                    received += self.sockets.receive(port, &mut self.receiver, |source, datagram| {
                        self.shard.handle_packet(now, port, source, datagram, &mut self.out);
                    });
                }
                Err(_) => self.wake.waker.clear(),
            }
        }
        self.ready.clear();
        self.counters.received.fetch_add(received as u64, Ordering::Relaxed);
        let refusals = self.shard.refusals();
        self.counters.unclaimed.store(refusals.unclaimed, Ordering::Relaxed);
        self.counters.refused.store(refusals.refused, Ordering::Relaxed);
        self.rate.count(now, received as u64, self.shard.relayed());
    }
}

impl Rate {
    fn count(&mut self, now: Timestamp, count: u64, relayed: u64) {
        self.count += count;
        let passed = now.since(self.since);
        if passed >= WINDOW {
            let per_second = u128::from(self.count) * 1_000_000 / passed.as_micros();
            self.busy = per_second >= u128::from(BUSY);
            self.hurried = relayed != std::mem::replace(&mut self.relayed, relayed);
            self.since = now;
            self.count = 0;
        }
    }
}

impl<S: Sink> Out<S> {
    fn waits(&self) -> bool {
        !self.events.is_empty() || !self.recorded.is_empty()
    }

    /// Offers again what the sink had no room for.
    fn offer(&mut self) {
        while let Some(event) = self.events.pop_front() {
            if let Err(event) = self.sink.event(event) {
                self.events.push_front(event);
                break;
            }
        }
        while let Some(audio) = self.recorded.pop_front() {
            if let Err(audio) = self.sink.recorded(audio) {
                self.recorded.push_front(audio);
                break;
            }
        }
    }
}

impl<S: Sink> Output for Out<S> {
    fn transmit(&mut self, port: u16, to: SocketAddr, packet: &[u8]) {
        self.batch.push(port, to, packet);
    }

    fn event(&mut self, event: Event) {
        // Order is kept: nothing overtakes what waits.
        let event = if self.events.is_empty() {
            match self.sink.event(event) {
                Ok(()) => return,
                Err(event) => event,
            }
        } else {
            event
        };
        let unbounded = matches!(event, Event::Digit { .. } | Event::SilenceDetected { .. });
        if unbounded && self.events.len() >= MAX_EVENTS {
            self.dropped += 1;
        } else {
            self.events.push_back(event);
        }
    }

    fn cross(&mut self, shard: usize, crossing: Crossing) {
        if let Some(way) = self.threads.get(shard) {
            way.send(crossing);
        }
    }

    fn recorded(&mut self, audio: Recorded) {
        let audio = if self.recorded.is_empty() {
            match self.sink.recorded(audio) {
                Ok(()) => return,
                Err(audio) => audio,
            }
        } else {
            audio
        };
        if matches!(audio, Recorded::Samples { .. }) && self.recorded.len() >= MAX_AUDIO {
            self.dropped += 1;
        } else {
            self.recorded.push_back(audio);
        }
    }

    fn pinned(&mut self, port: u16, peer: Option<SocketAddr>) {
        self.pins.push((port, peer));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use media::{PlaybackId, RecordingId};

    #[derive(Default)]
    struct Narrow {
        room: usize,
        events: Vec<Event>,
        recorded: Vec<Recorded>,
    }

    impl Sink for Narrow {
        fn event(&mut self, event: Event) -> Result<(), Event> {
            if self.events.len() >= self.room {
                return Err(event);
            }
            self.events.push(event);
            Ok(())
        }

        fn recorded(&mut self, audio: Recorded) -> Result<(), Recorded> {
            if self.recorded.len() >= self.room {
                return Err(audio);
            }
            self.recorded.push(audio);
            Ok(())
        }
    }

    fn out(room: usize) -> Out<Narrow> {
        Out {
            sink: Narrow { room, ..Narrow::default() },
            threads: Arc::new([]),
            batch: Batch::default(),
            pins: Vec::new(),
            events: VecDeque::new(),
            recorded: VecDeque::new(),
            dropped: 0,
        }
    }

    #[test]
    fn a_full_sink_costs_digits_and_audio_but_no_completion_and_no_order() {
        let mut out = out(1);
        let digit = || Event::Digit { stream: StreamId(1), digit: '1' };
        let ended = |n| Event::PlaybackEnded { playback: PlaybackId(n) };
        for n in 0..3_000 {
            out.event(digit());
            out.event(ended(n));
            let recording = RecordingId(n);
            out.recorded(Recorded::Samples { recording, samples: vec![0] });
            out.recorded(Recorded::Ended { recording });
        }
        assert!(out.waits());
        assert!(out.dropped > 3_000);
        out.sink.room = usize::MAX;
        out.offer();
        assert!(!out.waits());
        let completions: Vec<_> = out.sink.events.iter().filter(|e| **e != digit()).cloned().collect();
        assert_eq!(completions, (0..3_000).map(ended).collect::<Vec<_>>());
        let ends = out.sink.recorded.iter().filter(|r| matches!(r, Recorded::Ended { .. })).count();
        assert_eq!(ends, 3_000);
        let digits = out.sink.events.len() - 3_000;
        let audio = out.sink.recorded.len() - 3_000;
        assert_eq!(out.dropped as usize, 3_000 - digits + 3_000 - audio);
    }

    #[test]
    fn datagrams_gather_only_while_many_come_and_no_party_waits() {
        let mut rate = Rate::default();
        let mut now = Timestamp::from_millis(1_000_000);
        rate.count(now, 1, 0);
        for (per_window, relayed, busy, hurried) in
            [(100, 0, false, false), (500, 0, true, false), (500, 9, true, true), (100, 9, false, false)]
        {
            now += WINDOW;
            rate.count(now, per_window, relayed);
            assert_eq!((rate.busy, rate.hurried), (busy, hurried), "{per_window} {relayed}");
        }
    }
}
