//! One shard, phones around it, and a network that may lose, delay and reorder.

use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;
use std::time::Duration;

use base::{Rng, Timestamp};
use media::rtp::{self, HEADER, Header};
use media::{
    Codec, Command, ConferenceId, Config, Event, MemberId, Outputs, Recorded, RecordingId, Remote, Shard,
    StreamId,
};

pub(crate) const FRAME: Duration = Duration::from_millis(20);
pub(crate) const EVENTS: u8 = 101;

pub(crate) struct World {
    pub(crate) now: Timestamp,
    pub(crate) shard: Shard,
    pub(crate) phones: Vec<Phone>,
    pub(crate) events: Vec<(Timestamp, Event)>,
    pub(crate) recorded: HashMap<RecordingId, Vec<i16>>,
    pub(crate) ended: Vec<RecordingId>,
    pub(crate) network: Network,
    out: Outputs,
    in_flight: BTreeMap<(Timestamp, u64), (SocketAddr, u16, Vec<u8>)>,
    packets: u64,
    rng: Rng,
}

/// What the network does to packets from phones to the shard.
#[derive(Clone, Copy, Default)]
pub(crate) struct Network {
    /// One in so many is lost; 0: none.
    pub(crate) loss: u64,
    /// Extra delay of a packet, at most.
    pub(crate) jitter: Duration,
}

/// A phone: sends what it is told to, 20 ms a packet, and keeps what it receives.
pub(crate) struct Phone {
    pub(crate) stream: StreamId,
    pub(crate) port: u16,
    pub(crate) address: SocketAddr,
    pub(crate) codec: Codec,
    pub(crate) received: Vec<(Timestamp, Header, Vec<u8>)>,
    pub(crate) control: Vec<(Timestamp, u16, Vec<u8>)>,
    voice: Vec<i16>,
    next: Option<Timestamp>,
    /// When its last packet of voice was due, which the header's timestamp stands for.
    spoke: Timestamp,
    header: Header,
}

impl World {
    pub(crate) fn new() -> Self {
        Self::with_room_for(100)
    }

    pub(crate) fn with_room_for(max_streams: usize) -> Self {
        Self {
            now: Timestamp::from_millis(1_700_000_000_000),
            shard: Shard::new(Config { index: 0, ports: 40_000..=40_999, max_streams, browsers: None }),
            phones: Vec::new(),
            events: Vec::new(),
            recorded: HashMap::new(),
            ended: Vec::new(),
            network: Network::default(),
            out: Outputs::default(),
            in_flight: BTreeMap::new(),
            packets: 0,
            rng: Rng::new(42),
        }
    }

    /// A phone with its stream open and connected.
    pub(crate) fn phone(&mut self, codec: Codec, dtmf: Option<u8>) -> usize {
        let phone = self.unconnected_phone(codec);
        let remote = self.remote(phone, dtmf);
        self.connect(phone, remote);
        phone
    }

    pub(crate) fn unconnected_phone(&mut self, codec: Codec) -> usize {
        let n = self.phones.len();
        let (stream, port) = (StreamId(n as u64 + 1), 40_000 + 2 * n as u16);
        let payload_type = if codec == Codec::Pcmu { 0 } else { 8 };
        self.phones.push(Phone {
            stream,
            port,
            address: SocketAddr::from(([10, 0, 0, n as u8 + 1], 7_000)),
            codec,
            received: Vec::new(),
            control: Vec::new(),
            voice: Vec::new(),
            next: None,
            spoke: self.now,
            header: Header {
                marker: true,
                payload_type,
                sequence: self.rng.next_u64() as u16,
                timestamp: self.rng.next_u64() as u32,
                ssrc: self.rng.next_u64() as u32,
            },
        });
        self.command(Command::Open { stream, port, seed: n as u64 });
        n
    }

    pub(crate) fn remote(&self, phone: usize, dtmf: Option<u8>) -> Remote {
        let phone = &self.phones[phone];
        Remote {
            address: phone.address,
            rtcp: None,
            codec: phone.codec,
            payload_type: phone.header.payload_type,
            dtmf,
            ptime: 20,
            send: true,
            receive: true,
        }
    }

    pub(crate) fn connect(&mut self, phone: usize, remote: Remote) {
        let stream = self.phones[phone].stream;
        self.command(Command::Connect { stream, remote });
    }

    pub(crate) fn bridge(&mut self, a: usize, b: usize) {
        let (a, b) = (self.phones[a].stream, self.phones[b].stream);
        self.command(Command::Bridge { a, b });
    }

    /// The phone goes into a conference, by a meeting stream that it is bridged with; the stream.
    pub(crate) fn joins(&mut self, phone: usize, conference: ConferenceId) -> StreamId {
        let codec = self.phones[phone].codec;
        let stream = self.meeting_stream(phone, conference, codec);
        let phone = self.phones[phone].stream;
        self.command(Command::Bridge { a: phone, b: stream });
        stream
    }

    pub(crate) fn meeting_stream(&mut self, n: usize, conference: ConferenceId, codec: Codec) -> StreamId {
        let (stream, member) = (StreamId(1_000 + n as u64), MemberId(n as u64));
        self.command(Command::OpenMeetingStream { stream, conference, member, codec });
        stream
    }

    pub(crate) fn command(&mut self, command: Command) {
        self.shard.handle_command(self.now, command, &mut self.out);
        self.drain();
    }

    /// The phone says this, from now on or after what it is saying.
    pub(crate) fn says(&mut self, phone: usize, samples: &[i16]) {
        self.phones[phone].voice.extend_from_slice(samples);
        let now = self.now;
        self.phones[phone].next.get_or_insert(now);
    }

    /// The phone sends a telephone-event packet now.
    pub(crate) fn sends_event(&mut self, phone: usize, marker: bool, payload: [u8; 4]) {
        let phone = &mut self.phones[phone];
        phone.header.sequence = phone.header.sequence.wrapping_add(1);
        let header = Header { marker, payload_type: EVENTS, ..phone.header };
        let (address, port) = (phone.address, phone.port);
        self.send(address, port, packet(&header, &payload));
    }

    /// The phone presses a key for 100 ms as RFC 4733 says.
    pub(crate) fn presses(&mut self, phone: usize, code: u8) {
        let now = self.now;
        let caller = &mut self.phones[phone];
        let paused = now.since(caller.spoke).as_micros() as u32 / 125;
        caller.header.timestamp = caller.header.timestamp.wrapping_add(paused);
        caller.spoke = now;
        for n in 1..=5u8 {
            self.sends_event(
                phone,
                n == 1,
                [code, 10, ((u16::from(n) * 160) >> 8) as u8, (u16::from(n) * 160) as u8],
            );
            self.run(FRAME);
        }
        for _ in 0..3 {
            self.sends_event(phone, false, [code, 0x8a, 3, 0x20]);
            self.run(FRAME);
        }
    }

    /// Sends a datagram through the network.
    pub(crate) fn send(&mut self, from: SocketAddr, port: u16, bytes: Vec<u8>) {
        if self.network.loss > 0 && self.rng.one_in(self.network.loss) {
            return;
        }
        let jitter = self.rng.below(self.network.jitter.as_micros() as u64 + 1);
        self.packets += 1;
        let at = self.now + Duration::from_micros(jitter);
        self.in_flight.insert((at, self.packets), (from, port, bytes));
    }

    pub(crate) fn run(&mut self, time: Duration) {
        let end = self.now + time;
        loop {
            let voices = self.phones.iter().filter_map(|p| p.next);
            let flight = self.in_flight.keys().map(|(at, _)| *at);
            let deadline = self.shard.deadline().map(|(at, _)| at);
            let Some(at) = voices.chain(flight).chain(deadline).min().filter(|at| *at <= end) else { break };
            self.now = self.now.max(at);
            self.step();
        }
        self.now = end;
    }

    fn step(&mut self) {
        for n in 0..self.phones.len() {
            if self.phones[n].next.is_some_and(|at| at <= self.now) {
                self.speak(n);
            }
        }
        while let Some(entry) = self.in_flight.first_entry().filter(|e| e.key().0 <= self.now) {
            let (from, port, mut bytes) = entry.remove();
            self.shard.handle_packet(self.now, port, from, &mut bytes, &mut self.out);
            self.drain();
        }
        self.shard.tick(self.now, &mut self.out);
        self.drain();
    }

    fn speak(&mut self, n: usize) {
        let phone = &mut self.phones[n];
        let count = phone.voice.len().min(160);
        let samples: Vec<i16> =
            phone.voice.drain(..count).chain(std::iter::repeat_n(0, 160 - count)).collect();
        let due = phone.next.unwrap_or(self.now);
        phone.next = (!phone.voice.is_empty()).then(|| due + FRAME);
        phone.header.sequence = phone.header.sequence.wrapping_add(1);
        // After a pause the time line is where the clock is, and the packet is marked.
        let paused = due.since(phone.spoke).as_micros() as u32 / 125;
        phone.header.timestamp = phone.header.timestamp.wrapping_add(paused);
        phone.header.marker = paused > 160;
        phone.spoke = due;
        let payload: Vec<u8> = samples.iter().map(|s| phone.codec.encode(*s)).collect();
        let bytes = packet(&phone.header, &payload);
        let (address, port) = (phone.address, phone.port);
        self.send(address, port, bytes);
    }

    fn drain(&mut self) {
        for (port, to, bytes) in self.out.packets() {
            let Some(phone) = self.phones.iter_mut().find(|p| p.address.ip() == to.ip()) else { continue };
            if port % 2 == 1 || rtp::is_rtcp(bytes) {
                phone.control.push((self.now, to.port(), bytes.to_vec()));
            } else if to.port() == phone.address.port() {
                let (header, payload) = rtp::parse(bytes).expect("we send RTP");
                phone.received.push((self.now, header, bytes[payload].to_vec()));
            }
        }
        self.events.extend(self.out.events.drain(..).map(|e| (self.now, e)));
        for recorded in self.out.recorded.drain(..) {
            match recorded {
                Recorded::Samples { recording, samples } => {
                    self.recorded.entry(recording).or_default().extend(samples);
                }
                Recorded::Ended { recording } => self.ended.push(recording),
            }
        }
        self.out.clear();
    }

    /// The digits reported so far for a phone's stream.
    pub(crate) fn digits(&self, phone: usize) -> String {
        let of = self.phones[phone].stream;
        let digit = |e: &Event| match e {
            Event::Digit { stream, digit } if *stream == of => Some(*digit),
            _ => None,
        };
        self.events.iter().filter_map(|(_, e)| digit(e)).collect()
    }

    pub(crate) fn has(&self, event: &Event) -> bool {
        self.events.iter().any(|(_, e)| e == event)
    }
}

impl Phone {
    /// What it heard: audio in order of its timestamps, silence where there was none.
    pub(crate) fn heard(&self) -> Vec<i16> {
        let audio: Vec<_> = self.received.iter().filter(|(_, h, _)| h.payload_type < 96).collect();
        let Some((_, first, _)) = audio.first() else { return Vec::new() };
        let mut line = Vec::new();
        for (_, header, payload) in &audio {
            let at = header.timestamp.wrapping_sub(first.timestamp) as usize;
            assert!(at < 10_000_000, "a timestamp before the first");
            if line.len() < at + payload.len() {
                line.resize(at + payload.len(), 0);
            }
            for (sample, byte) in line[at..].iter_mut().zip(payload) {
                *sample = self.codec.decode(*byte);
            }
        }
        line
    }

    /// Everything that is not quiet.
    pub(crate) fn heard_sound(&self) -> Vec<i16> {
        let heard = self.heard();
        let loud = |s: &i16| s.unsigned_abs() > 100;
        match (heard.iter().position(loud), heard.iter().rposition(loud)) {
            (Some(first), Some(last)) => heard[first..=last].to_vec(),
            _ => Vec::new(),
        }
    }

    /// One SSRC, no sequence number missing or twice, no timestamp going back.
    pub(crate) fn assert_continuous(&self) {
        for pair in self.received.windows(2) {
            let ((_, a, _), (_, b, _)) = (&pair[0], &pair[1]);
            assert_eq!(b.ssrc, a.ssrc);
            assert_eq!(b.sequence, a.sequence.wrapping_add(1));
            assert!((b.timestamp.wrapping_sub(a.timestamp) as i32) >= 0, "{a:?} then {b:?}");
        }
    }
}

pub(crate) fn packet(header: &Header, payload: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0; HEADER + payload.len()];
    rtp::write(header, &mut bytes);
    bytes[HEADER..].copy_from_slice(payload);
    bytes
}
