//! A media thread over loopback sockets, on the real clock: it must work, not be fast.
#![expect(clippy::unwrap_used, reason = "a helper that fails fails the test")]

use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use media::rtp::{self, HEADER, Header};
use media::{Clip, Codec, Command, Event, PlaybackId, Recorded, RecordingId, Remote, StreamId, tone};
use switchhook::clock::Clock;
use switchhook::shard::{Config, Handle, Sink, start};

const PATIENCE: Duration = Duration::from_secs(10);
const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

struct Channels {
    events: Sender<Event>,
    recorded: Sender<Recorded>,
}

impl Sink for Channels {
    fn event(&mut self, event: Event) -> Result<(), Event> {
        self.events.send(event).map_err(|e| e.0)
    }

    fn recorded(&mut self, audio: Recorded) -> Result<(), Recorded> {
        self.recorded.send(audio).map_err(|e| e.0)
    }
}

struct Exchange {
    shard: Handle,
    events: Receiver<Event>,
    recorded: Receiver<Recorded>,
    streams: u64,
    next_port: u16,
}

impl Exchange {
    fn start(gather: Duration) -> Self {
        let (events, event_receiver) = channel();
        let (recorded, recorded_receiver) = channel();
        // Somewhere that the system thinks free; what is taken there is skipped.
        let near = UdpSocket::bind((LOOPBACK, 0)).unwrap().local_addr().unwrap().port();
        let first = near.next_multiple_of(2).min(65_000);
        let mut config = Config::new(0, LOOPBACK, first..=first + 400);
        config.gather = gather;
        let clock = Clock::start();
        let clock = move || clock.now();
        let shard = start(config, clock, Channels { events, recorded }).unwrap();
        Self { shard, events: event_receiver, recorded: recorded_receiver, streams: 0, next_port: first }
    }

    fn command(&self, command: Command) {
        self.shard.send(command).unwrap();
    }

    fn event(&self) -> Event {
        self.events.recv_timeout(PATIENCE).unwrap()
    }

    /// A phone whose stream is open and connected.
    fn phone(&mut self, codec: Codec, dtmf: Option<u8>) -> Phone {
        let socket = UdpSocket::bind((LOOPBACK, 0)).unwrap();
        socket.set_read_timeout(Some(PATIENCE)).unwrap();
        let address = socket.local_addr().unwrap();
        loop {
            self.streams += 1;
            let (stream, port) = (StreamId(self.streams), self.next_port);
            self.next_port += 2;
            self.command(Command::Open { stream, port, seed: self.streams });
            let remote = Remote {
                address,
                rtcp: None,
                codec,
                payload_type: if codec == Codec::Pcmu { 0 } else { 8 },
                dtmf,
                ptime: 20,
                send: true,
                receive: true,
            };
            self.command(Command::Connect { stream, remote });
            let phone = Phone { stream, port, socket: socket.try_clone().unwrap(), codec, sequence: 0 };
            // The first packet is a frame of silence; where another program has the port none comes.
            if let Ok(Event::OpenFailed { .. }) = self.events.recv_timeout(Duration::from_millis(100)) {
                continue;
            }
            return phone;
        }
    }
}

struct Phone {
    stream: StreamId,
    port: u16,
    socket: UdpSocket,
    codec: Codec,
    sequence: u16,
}

impl Phone {
    fn send(&mut self, payload_type: u8, timestamp: u32, payload: &[u8]) {
        self.sequence += 1;
        let header = Header { marker: false, payload_type, sequence: self.sequence, timestamp, ssrc: 1 };
        let mut packet = vec![0; HEADER + payload.len()];
        rtp::write(&header, &mut packet);
        packet[HEADER..].copy_from_slice(payload);
        self.socket.send_to(&packet, (LOOPBACK, self.port)).unwrap();
    }

    /// Sends a frame of one level.
    fn says(&mut self, level: i16) {
        let payload = [self.codec.encode(level); 160];
        let timestamp = u32::from(self.sequence) * 160;
        self.send(if self.codec == Codec::Pcmu { 0 } else { 8 }, timestamp, &payload);
    }

    fn hears(&self) -> (Header, Vec<u8>, SocketAddr) {
        let mut buffer = [0; 2_048];
        let (length, from) = self.socket.recv_from(&mut buffer).unwrap();
        let (header, payload) = rtp::parse(&buffer[..length]).unwrap();
        (header, buffer[payload].to_vec(), from)
    }

    /// The next packet that is not silence.
    fn hears_sound(&self) -> (Header, Vec<u8>) {
        let waiting = Instant::now();
        loop {
            assert!(waiting.elapsed() < PATIENCE, "only silence");
            let (header, payload, from) = self.hears();
            assert_eq!(from, SocketAddr::new(LOOPBACK, self.port));
            if payload.iter().any(|b| *b != self.codec.silence()) {
                return (header, payload);
            }
        }
    }
}

fn two_phones_talk(gather: Duration) {
    let mut exchange = Exchange::start(gather);
    let (mut a, mut b) = (exchange.phone(Codec::Pcmu, Some(101)), exchange.phone(Codec::Pcma, Some(97)));
    exchange.command(Command::Bridge { a: a.stream, b: b.stream });
    for n in 1..100i16 {
        a.says(n * 100);
        let (header, payload) = b.hears_sound();
        assert_eq!(header.payload_type, 8);
        let expected =
            Codec::Pcmu.transcoding(Codec::Pcma).unwrap()[usize::from(Codec::Pcmu.encode(n * 100))];
        assert_eq!(payload, [expected; 160]);
        b.says(-n * 100);
        a.hears_sound();
    }
    a.send(101, 99 * 160, &[5, 10, 0, 160]);
    let (header, payload) = b.hears_sound();
    assert_eq!((header.payload_type, payload), (97, vec![5, 10, 0, 160]));
    assert_eq!(exchange.event(), Event::Digit { stream: a.stream, digit: '5' });

    // A stranger is not heard, whichever of kernel and machine refuses it.
    let stranger = UdpSocket::bind((LOOPBACK, 0)).unwrap();
    let mut packet = [1; HEADER + 160];
    rtp::write(&Header { marker: false, payload_type: 0, sequence: 1, timestamp: 1, ssrc: 1 }, &mut packet);
    stranger.send_to(&packet, (LOOPBACK, a.port)).unwrap();
    a.says(77);
    assert_eq!(b.hears_sound().1[0], Codec::Pcma.encode(Codec::Pcmu.decode(Codec::Pcmu.encode(77))));

    exchange.command(Command::Close { stream: a.stream });
    let Event::Closed { statistics, .. } = exchange.event() else { panic!() };
    assert_eq!((statistics.packets_received, statistics.packets_lost), (101, 0));
    assert!(exchange.shard.counters().sent.load(Ordering::Relaxed) >= 200);
}

#[test]
fn two_phones_talk_and_press_keys() {
    two_phones_talk(Duration::from_micros(400));
}

#[test]
fn two_phones_talk_without_gathering() {
    two_phones_talk(Duration::ZERO);
}

#[test]
fn a_prompt_plays_to_its_end_while_the_phone_is_recorded() {
    let mut exchange = Exchange::start(Duration::from_micros(400));
    let mut phone = exchange.phone(Codec::Pcmu, None);
    let samples = tone::sine(500.0, 8_000, Duration::from_millis(400));
    let clip = Arc::new(Clip::from_samples(samples));
    let (stream, playback, recording) = (phone.stream, PlaybackId(5), RecordingId(6));
    exchange.command(Command::StartRecording { stream, recording, silence: None });
    exchange.command(Command::Play { stream, playback, clip: Arc::clone(&clip), times: Some(1) });
    let mut heard = Vec::new();
    while heard.len() < 3_200 {
        heard.extend(phone.hears_sound().1);
        phone.says(1_000);
    }
    assert_eq!(heard, clip.encoded(Codec::Pcmu));
    assert_eq!(exchange.event(), Event::PlaybackEnded { playback });
    exchange.command(Command::StopRecording { recording });
    let mut recorded = Vec::new();
    while let Recorded::Samples { samples, .. } = exchange.recorded.recv_timeout(PATIENCE).unwrap() {
        recorded.extend(samples);
    }
    let level = Codec::Pcmu.decode(Codec::Pcmu.encode(1_000));
    assert!(recorded.iter().filter(|s| **s == level).count() >= 10 * 160);
}

#[test]
fn a_port_that_is_taken_fails_the_stream_and_leaves_none() {
    let exchange = Exchange::start(Duration::ZERO);
    let taken =
        (exchange.next_port..).step_by(2).find_map(|p| UdpSocket::bind((LOOPBACK, p + 1)).ok()).unwrap();
    let port = taken.local_addr().unwrap().port() - 1;
    exchange.command(Command::Open { stream: StreamId(1), port, seed: 1 });
    let Event::OpenFailed { stream, reason } = exchange.event() else { panic!() };
    assert_eq!(stream, StreamId(1));
    assert!(reason.contains(&port.to_string()), "{reason}");
    drop(taken);
    exchange.command(Command::Open { stream: StreamId(1), port, seed: 1 });
    exchange.command(Command::Close { stream: StreamId(1) });
    assert!(matches!(exchange.event(), Event::Closed { .. }), "the first attempt left nothing bound");
}

#[test]
fn streams_come_and_go_and_their_ports_serve_again() {
    let mut exchange = Exchange::start(Duration::from_micros(400));
    for round in 0..20u64 {
        let stream = StreamId(1_000 + round);
        let port = exchange.next_port;
        exchange.command(Command::Open { stream, port, seed: round });
        exchange.command(Command::Close { stream });
        match exchange.event() {
            Event::Closed { .. } => {}
            // Another program has it.
            Event::OpenFailed { .. } => exchange.next_port += 2,
            other => panic!("{other:?}"),
        }
    }
    // The figure follows the last event.
    let open = || exchange.shard.counters().streams.load(Ordering::Relaxed);
    let waiting = Instant::now();
    while open() != 0 {
        assert!(waiting.elapsed() < PATIENCE);
        std::thread::yield_now();
    }
}

#[test]
fn a_dropped_handle_ends_the_thread() {
    let mut exchange = Exchange::start(Duration::ZERO);
    let phone = exchange.phone(Codec::Pcmu, None);
    let port = phone.port;
    drop(exchange.shard);
    assert!(exchange.events.recv().is_err(), "the sink is gone");
    assert!(UdpSocket::bind((LOOPBACK, port)).is_ok(), "the port is free");
}
