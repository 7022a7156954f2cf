//! One shard that serves browsers, browsers around it, and a network that may translate their addresses.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use base::Timestamp;
use media::{
    BrowserConfig, Clip, Codec, Command, ConferenceId, Config, Event, MemberId, OfferError, Outputs, Shard,
    Statistics, tone,
};

use crate::browser::{ALL, Browser, Identity};

pub(crate) const PORT: u16 = 3_478;
pub(crate) const CONFERENCE: ConferenceId = ConferenceId(1);

pub(crate) struct Room {
    pub(crate) now: Timestamp,
    epoch: (Timestamp, Instant),
    pub(crate) shard: Shard,
    pub(crate) browsers: Vec<Option<Browser>>,
    pub(crate) events: Vec<Event>,
    identity: Identity,
    out: Outputs,
    /// Where a browser's datagrams seem to come from, if not from itself.
    pub(crate) translated: HashMap<SocketAddr, SocketAddr>,
    /// Datagrams that went out, to where.
    pub(crate) sent: Vec<(SocketAddr, Vec<u8>)>,
    talkers: Vec<Talker>,
}

/// A browser that says a tone.
struct Talker {
    browser: usize,
    hertz: f32,
    /// In Opus; else in PCMU.
    encoder: Option<opus::Encoder>,
    frames: u32,
}

impl Room {
    pub(crate) fn new() -> Self {
        let now = Timestamp::from_millis(1_700_000_000_000);
        #[expect(clippy::disallowed_methods, reason = "the library wants an Instant; no other can be made")]
        let epoch = (now, Instant::now());
        let browsers = BrowserConfig {
            port: PORT,
            addresses: vec![[192, 0, 2, 1].into(), [127, 0, 0, 1].into()],
            secret: [7; 32],
            epoch,
        };
        let config = Config { index: 0, ports: 40_000..=40_099, max_streams: 100, browsers: Some(browsers) };
        let mut room = Self {
            now,
            epoch,
            shard: Shard::new(config),
            browsers: Vec::new(),
            events: Vec::new(),
            identity: Identity::new(),
            out: Outputs::default(),
            translated: HashMap::new(),
            sent: Vec::new(),
            talkers: Vec::new(),
        };
        room.command(Command::OpenConference { conference: CONFERENCE, home: 0 });
        room
    }

    pub(crate) fn instant(&self) -> Instant {
        self.epoch.1 + self.now.since(self.epoch.0)
    }

    pub(crate) fn command(&mut self, command: Command) {
        self.shard.handle_command(self.now, command, &mut self.out);
        self.deliver();
    }

    /// A browser whose session waits for its offer.
    pub(crate) fn browser(&mut self, formats: &'static [&'static str]) -> usize {
        let n = self.browsers.len();
        let address = SocketAddr::from(([10, 0, 0, n as u8 + 1], 50_000));
        self.browsers.push(Some(Browser::new(&self.identity, self.instant(), address, formats)));
        self.command(Command::OpenBrowser { member: member(n), conference: CONFERENCE, muted: false });
        n
    }

    pub(crate) fn offers(&mut self, n: usize, sdp: &str) -> Result<String, OfferError> {
        self.command(Command::Offer { member: member(n), sdp: sdp.into() });
        let outcome = self.events.iter().rev().find_map(|event| match event {
            Event::Answer { member: of, outcome } if *of == member(n) => Some(outcome.clone()),
            _ => None,
        });
        outcome.expect("each offer gets an answer")
    }

    /// Offer and answer.
    pub(crate) fn negotiate(&mut self, n: usize) -> String {
        let offer = self.the(n).offer();
        let answer = self.offers(n, &offer).expect("the offer is good");
        let instant = self.instant();
        self.the(n).answered(instant, &answer).expect("the answer is good");
        answer
    }

    /// A browser that is in.
    pub(crate) fn joined(&mut self) -> usize {
        let n = self.browser(ALL);
        self.negotiate(n);
        self.run(Duration::from_secs(1));
        assert!(self.the(n).connected, "a browser connects within a second");
        assert!(self.events.contains(&Event::MemberConnected { member: member(n) }));
        n
    }

    pub(crate) fn the(&mut self, n: usize) -> &mut Browser {
        self.browsers[n].as_mut().expect("it is there")
    }

    pub(crate) fn lost(&self, n: usize) -> bool {
        self.events.contains(&Event::MemberLost { member: member(n) })
    }

    pub(crate) fn closed(&self, n: usize) -> Option<Statistics> {
        self.events.iter().find_map(|event| match event {
            Event::MemberClosed { member: of, statistics } if *of == member(n) => Some(*statistics),
            _ => None,
        })
    }

    /// A datagram from anywhere.
    pub(crate) fn arrives(&mut self, source: SocketAddr, datagram: &[u8]) {
        let mut datagram = datagram.to_vec();
        self.shard.handle_packet(self.now, PORT, source, &mut datagram, &mut self.out);
        self.deliver();
    }

    /// All that is under way arrives at once.
    fn deliver(&mut self) {
        loop {
            let packets: Vec<_> = self.out.packets().map(|(_, to, bytes)| (to, bytes.to_vec())).collect();
            self.events.append(&mut self.out.events);
            self.out.clear();
            let instant = self.instant();
            for (to, bytes) in &packets {
                let of = |at: &SocketAddr| self.translated.get(at).copied().unwrap_or(*at) == *to;
                if let Some(browser) = self.browsers.iter_mut().flatten().find(|b| of(&b.address)) {
                    let from = SocketAddr::from(([192, 0, 2, 1], PORT));
                    browser.receive(instant, from, bytes).expect("what we send is understood");
                }
            }
            let mut any = !packets.is_empty();
            self.sent.extend(packets);
            for browser in self.browsers.iter_mut().flatten() {
                let source = self.translated.get(&browser.address).copied().unwrap_or(browser.address);
                for (to, mut datagram) in browser.out.drain(..) {
                    any = true;
                    // Nobody can reach the other candidate: it is another machine's loopback.
                    if to.ip() == std::net::IpAddr::from([192, 0, 2, 1]) {
                        self.shard.handle_packet(self.now, PORT, source, &mut datagram, &mut self.out);
                    }
                }
            }
            if !any {
                return;
            }
        }
    }

    /// From here on a browser says a tone, in Opus or PCMU.
    pub(crate) fn says(&mut self, browser: usize, hertz: f32, opus: bool) {
        let encoder = opus.then(|| {
            opus::Encoder::new(8_000, opus::Channels::Mono, opus::Application::Voip).expect("libopus works")
        });
        self.talkers.push(Talker { browser, hertz, encoder, frames: 0 });
    }

    fn talk(&mut self) {
        let instant = self.instant();
        for talker in &mut self.talkers {
            let until = Duration::from_millis(20) * (talker.frames + 1);
            let samples = tone::sine(talker.hertz, 9_000, until).split_off(160 * talker.frames as usize);
            let (payload_type, step, payload) = match &mut talker.encoder {
                Some(encoder) => (111, 960, encoder.encode_vec(&samples, 400).expect("a frame")),
                None => (0, 160, Clip::from_samples(samples).encoded(Codec::Pcmu).to_vec()),
            };
            let time = talker.frames * step;
            talker.frames += 1;
            if let Some(browser) = &mut self.browsers[talker.browser] {
                browser.say(instant, payload_type, time, &payload, 20).expect("a path that is up");
            }
        }
    }

    /// What a browser heard, at 8 kHz, and that it came without a gap.
    pub(crate) fn heard(&mut self, n: usize) -> Vec<i16> {
        let mut decoder = opus::Decoder::new(8_000, opus::Channels::Mono).expect("libopus works");
        let mut samples = Vec::new();
        let mut before: Option<(u64, u32)> = None;
        for packet in std::mem::take(&mut self.the(n).heard) {
            let mut frame = [0; 160];
            let step = match packet.payload_type {
                111 => {
                    let length = decoder.decode(&packet.payload, &mut frame, false).expect("a frame");
                    assert_eq!(length, frame.len());
                    960
                }
                0 => {
                    for (sample, byte) in frame.iter_mut().zip(&*packet.payload) {
                        *sample = expand(*byte);
                    }
                    160
                }
                other => panic!("payload type {other}"),
            };
            if let Some((sequence, time)) = before {
                assert_eq!(packet.sequence, sequence + 1);
                assert_eq!(packet.rtp_time, time.wrapping_add(step));
            }
            before = Some((packet.sequence, packet.rtp_time));
            samples.extend(frame);
        }
        samples
    }

    pub(crate) fn run(&mut self, time: Duration) {
        let end = self.now + time;
        while self.now < end {
            self.now += Duration::from_millis(1);
            if self.shard.deadline().is_some_and(|(at, _)| at <= self.now) {
                self.shard.tick(self.now, &mut self.out);
            }
            let instant = self.instant();
            for browser in self.browsers.iter_mut().flatten().filter(|b| b.next <= instant) {
                browser.wake(instant).expect("a browser that works");
            }
            if self.now.as_millis().is_multiple_of(20) {
                self.talk();
            }
            self.deliver();
        }
    }
}

/// G.711 µ-law, as the recommendation draws it.
fn expand(byte: u8) -> i16 {
    let byte = !byte;
    let magnitude = (((i16::from(byte & 0x0f) << 3) + 0x84) << (byte >> 4 & 7)) - 0x84;
    if byte & 0x80 == 0 { magnitude } else { -magnitude }
}

pub(crate) fn member(n: usize) -> MemberId {
    MemberId(n as u64 + 1)
}
