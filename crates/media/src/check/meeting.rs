//! Conferences: orders in any order, and packets of browsers with anything in them.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use base::{Rng, Timestamp};

use crate::conference::Conferences;
use crate::conference::browser::{BrowserCodec, Browsers, Incoming, Outgoing};
use crate::opus;
use crate::rtp::{self, HEADER, Header};
use crate::shard::Finished;
use crate::{
    Clip, Codec, Command, ConferenceId, Config, Event, MemberId, Output, Outputs, PlaybackId, RecordingId,
    Remote, SendingId, Shard, StreamId, tone,
};

/// Orders of a story at most.
const LONGEST: usize = 600;

/// A story of orders, three bytes each, about a few streams, conferences and members, in any order; time passes and packets
/// come between them. What began ends, once, and nothing is left when all is closed.
pub fn orders(story: &[u8]) {
    let mut shard = Shard::new(Config { index: 0, ports: 40_000..=40_007, max_streams: 6, browsers: None });
    let mut out = Outputs::default();
    let mut now = Timestamp::from_millis(1_700_000_000_000);
    let mut rng = Rng::new(story.len() as u64);
    let clip = Arc::new(Clip::from_samples(tone::sine(700.0, 6_000, Duration::from_millis(130))));
    let mut next = 100;
    let mut seen = Seen::default();
    for order in story.as_chunks::<3>().0.iter().take(LONGEST) {
        let [what, a, b] = *order;
        next += 1;
        let stream = StreamId(u64::from(a % 8));
        let (conference, member) = (ConferenceId(u64::from(b % 2)), MemberId(u64::from(a % 4)));
        let codec = if b & 4 == 0 { Codec::Pcmu } else { Codec::Pcma };
        let command = match what % 20 {
            0..=4 => {
                now += Duration::from_millis(u64::from(a % 64));
                while shard.deadline().is_some_and(|(at, _)| at <= now) {
                    shard.tick(now, &mut out);
                }
                None
            }
            5 | 6 => {
                let header = Header {
                    marker: false,
                    payload_type: if b & 0x80 == 0 { 8 * (a % 2) } else { 101 },
                    sequence: next as u16,
                    timestamp: next as u32 * 160,
                    ssrc: u32::from(b & 1),
                };
                let mut packet = vec![rng.next_u64() as u8; HEADER + usize::from(b) * 2];
                rtp::write(&header, &mut packet);
                let leg = u16::from(a % 4);
                shard.handle_packet(now, 40_000 + 2 * leg, peer(leg), &mut packet, &mut out);
                None
            }
            7 => Some(Command::OpenConference { conference, home: usize::from(b & 2 != 0) }),
            8 => Some(Command::CloseConference { conference }),
            9 => Some(Command::OpenMeetingStream { stream, conference, member, codec }),
            10 => Some(Command::OpenBrowser { member, conference, muted: b & 8 != 0 }),
            11 => Some(Command::Mute { member, on: b & 1 != 0 }),
            12 => Some(Command::Deafen { member, on: b & 1 != 0 }),
            13 => Some(Command::CloseMember { member }),
            14 => Some(Command::Bridge { a: stream, b: StreamId(u64::from(b % 8)) }),
            15 => {
                Some(Command::Play { stream, playback: PlaybackId(next), clip: clip.clone(), times: Some(2) })
            }
            16 => {
                let (sending, tone) = (SendingId(next), Duration::from_millis(60));
                Some(Command::SendDigits { stream, sending, digits: "1,5".into(), tone })
            }
            17 => Some(Command::StartRecording { stream, recording: RecordingId(next), silence: None }),
            18 if b & 1 == 0 => Some(Command::Close { stream }),
            18 => Some(Command::Listen { stream, on: b & 2 != 0 }),
            _ if b & 1 == 0 => {
                let leg = u16::from(a % 4);
                Some(Command::Open { stream: StreamId(leg.into()), port: 40_000 + 2 * leg, seed: next })
            }
            _ => {
                let leg = u16::from(a % 4);
                Some(Command::Connect { stream: StreamId(leg.into()), remote: remote(leg, codec) })
            }
        };
        if let Some(command) = command {
            shard.handle_command(now, command, &mut out);
        }
        seen.look(&mut out);
    }
    for conference in [ConferenceId(0), ConferenceId(1)] {
        shard.handle_command(now, Command::CloseConference { conference }, &mut out);
    }
    for stream in 0..8 {
        shard.handle_command(now, Command::Close { stream: StreamId(stream) }, &mut out);
    }
    seen.look(&mut out);
    assert_eq!(shard.deadline(), None, "nothing is left");
    assert!(shard.is_empty());
    assert!(seen.audible.values().all(|audible| !audible), "nobody is said to be audible any more");
}

fn peer(leg: u16) -> SocketAddr {
    SocketAddr::from(([192, 0, 2, leg as u8], 7_000))
}

fn remote(leg: u16, codec: Codec) -> Remote {
    Remote {
        address: peer(leg),
        rtcp: None,
        codec,
        payload_type: if codec == Codec::Pcmu { 0 } else { 8 },
        dtmf: Some(101),
        ptime: 20,
        send: true,
        receive: true,
    }
}

#[derive(Default)]
struct Seen {
    completions: Vec<u64>,
    audible: BTreeMap<ConferenceId, bool>,
}

impl Seen {
    fn look(&mut self, out: &mut Outputs) {
        for event in &out.events {
            match event {
                Event::PlaybackEnded { playback: PlaybackId(n) }
                | Event::DigitsSent { sending: SendingId(n) } => {
                    assert!(!self.completions.contains(n), "{n} ended twice");
                    self.completions.push(*n);
                }
                Event::Levels { conference, levels } => {
                    assert!(
                        levels.is_sorted_by(|a, b| a.0 < b.0) && levels.iter().all(|(_, level)| *level <= 60)
                    );
                    self.audible.insert(*conference, !levels.is_empty());
                }
                _ => {}
            }
        }
        for (port, _, packet) in out.packets() {
            assert!((40_000..=40_007).contains(&port) && packet.len() >= 8);
        }
        out.clear();
    }
}

/// A story of browsers' packets, each behind six bytes: milliseconds passed, who and in what codec, how far its sequence
/// number and its time are from the last, its level, and its length. Whatever comes, each browser is sent 20 ms of audio at
/// each tick.
pub fn voices(mut story: &[u8]) {
    let mut conferences = Conferences::new(0);
    let mut out = Outputs::default();
    let mut ears = Ears::default();
    let conference = ConferenceId(1);
    conferences.open(conference, 0);
    let codecs = [BrowserCodec::Opus, BrowserCodec::Opus, BrowserCodec::Pcmu, BrowserCodec::Pcma];
    for (n, codec) in codecs.into_iter().enumerate() {
        let added = conferences.add_browser(conference, MemberId(n as u64), false);
        assert_eq!(added, Ok(()));
        conferences.send_as(MemberId(n as u64), Some(codec));
    }
    let (_, slot) = conferences.needs_clock(conference).expect("it has members");
    let mut now = Timestamp::from_millis(1_700_000_000_000);
    let mut due = now;
    let (mut ticks, mut packets) = (0, 0);
    let mut last = [(1 << 20, 0u32); 4];
    while let Some((&[wait, who, sequence, time, level, length], rest)) = story.split_first_chunk() {
        let (payload, rest) = rest.split_at(usize::from(length).min(rest.len()));
        story = rest;
        now += Duration::from_millis(wait.into());
        while due <= now {
            conferences.tick(slot, due, &mut [], &mut ears, &mut Finished::default(), &mut out);
            due += Duration::from_millis(20);
            ticks += 1;
        }
        let line = &mut last[usize::from(who % 4)];
        line.0 += u64::from(sequence % 8);
        line.1 = line.1.wrapping_add_signed(i32::from(time as i8) * if time & 1 == 0 { 160 } else { 9_999 });
        let codec = codecs[usize::from(who >> 4) % 4];
        let level = (level & 0x80 == 0).then_some(level);
        let packet = Incoming { codec, sequence: line.0, rtp_time: line.1, level, payload };
        conferences.receive(now, MemberId(u64::from(who % 4)), packet);
        packets += 1;
        if packets >= LONGEST {
            break;
        }
    }
    for n in 0..4 {
        assert_eq!(ears.0.get(&MemberId(n)).copied().unwrap_or_default(), ticks, "frames of {n}");
        assert!(conferences.leave(MemberId(n), &mut [], &mut out).is_some());
    }
    assert_eq!(conferences.remove(conference, &mut out), None, "it rests already");
}

/// Counts what each browser is sent.
#[derive(Default)]
struct Ears(BTreeMap<MemberId, u64>);

impl Browsers for Ears {
    fn send(&mut self, _: Timestamp, member: MemberId, audio: &Outgoing<'_>, _: &mut dyn Output) {
        match audio.codec {
            BrowserCodec::Opus => assert_eq!(opus::samples(audio.payload), Some(320)),
            BrowserCodec::Pcmu | BrowserCodec::Pcma => assert_eq!(audio.payload.len(), 160),
        }
        *self.0.entry(member).or_default() += 1;
    }
}
