//! What must hold for every input, whoever sent it: called by fuzz targets, by the replay of their corpus and by seeded
//! mutation. A property that does not hold panics.

mod meeting;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use base::Timestamp;

use crate::{BrowserConfig, ConferenceId, Event, MemberId};
use crate::{
    Clip, Codec, Command, Config, Outputs, PlaybackId, RecordingId, Remote, Shard, StreamId, tone, wav,
};
use crate::{rtcp, rtp};
pub use meeting::{orders, voices};

/// A story of datagrams, each behind four bytes: milliseconds passed, port (0–3) with the source in the upper bits, and
/// the length. They reach two bridged streams, one of them recorded and listened to, with a prompt in the middle.
pub fn packets(mut story: &[u8]) {
    let mut shard = Shard::new(Config { index: 0, ports: 40_000..=40_003, max_streams: 2, browsers: None });
    let mut out = Outputs::default();
    let mut now = Timestamp::from_millis(1_700_000_000_000);
    for (n, codec, dtmf) in [(0, Codec::Pcmu, Some(101)), (1, Codec::Pcma, None)] {
        let (stream, port) = (StreamId(n), 40_000 + 2 * n as u16);
        shard.handle_command(now, Command::Open { stream, port, seed: n }, &mut out);
        let remote = Remote {
            address: peer(n as u8),
            rtcp: None,
            codec,
            payload_type: n as u8 * 8,
            dtmf,
            ptime: 20,
            send: true,
            receive: true,
        };
        shard.handle_command(now, Command::Connect { stream, remote }, &mut out);
        shard.handle_command(now, Command::Listen { stream, on: true }, &mut out);
    }
    shard.handle_command(now, Command::Bridge { a: StreamId(0), b: StreamId(1) }, &mut out);
    let recording = RecordingId(1);
    let start = Command::StartRecording {
        stream: StreamId(0),
        recording,
        silence: Some((Duration::from_millis(100), 200)),
    };
    shard.handle_command(now, start, &mut out);
    let begun = now;
    let mut given = 0;
    let mut ssrcs = [None; 2];
    while let Some((&[wait, which, high, low], rest)) = story.split_first_chunk() {
        let length = usize::from(u16::from_be_bytes([high, low])).min(rest.len()).min(2_048);
        let (datagram, rest) = rest.split_at(length);
        story = rest;
        now += Duration::from_millis(wait.into());
        while let Some((at, _)) = shard.deadline().filter(|(at, _)| *at <= now) {
            shard.tick(at, &mut out);
            assert!(shard.deadline().is_none_or(|(next, _)| next > at), "a tick that does not get on");
        }
        let mut datagram = datagram.to_vec();
        shard.handle_packet(now, 40_000 + u16::from(which % 4), peer(which >> 4), &mut datagram, &mut out);
        given += 1;
        if given == 20 {
            let clip = Arc::new(Clip::from_samples(tone::sine(400.0, 5_000, Duration::from_millis(100))));
            let (stream, playback) = (StreamId(0), PlaybackId(1));
            shard.handle_command(now, Command::Play { stream, playback, clip, times: None }, &mut out);
        }
        look(&mut out, &mut ssrcs);
        if given >= 2_000 {
            break;
        }
    }
    shard.handle_command(now, Command::StopRecording { recording }, &mut out);
    let recorded: usize = out.recorded.iter().map(samples).sum();
    let passed = now.since(begun).as_micros() as usize / 125;
    assert!(recorded.abs_diff(passed) <= 320, "{recorded} samples recorded in the time of {passed}");
    let mut accepted = 0;
    for stream in [StreamId(0), StreamId(1)] {
        accepted += shard.statistics(stream).map_or(0, |s| s.packets_received + s.packets_refused);
        shard.handle_command(now, Command::Close { stream }, &mut out);
    }
    assert!(accepted <= given);
    assert_eq!(shard.deadline(), None, "nothing is left");
}

fn peer(n: u8) -> SocketAddr {
    SocketAddr::from(([192, 0, 2, n], 7_000))
}

fn samples(recorded: &crate::Recorded) -> usize {
    match recorded {
        crate::Recorded::Samples { samples, .. } => samples.len(),
        crate::Recorded::Ended { .. } => 0,
    }
}

/// What goes out is RTP of one source per stream, or RTCP.
fn look(out: &mut Outputs, ssrcs: &mut [Option<u32>; 2]) {
    for (port, _, packet) in out.packets() {
        if port & 1 == 1 || rtp::is_rtcp(packet) {
            assert!(packet.len().is_multiple_of(4));
            continue;
        }
        let (header, payload) = rtp::parse(packet).expect("we send RTP");
        assert_eq!(payload.start, rtp::HEADER, "and a plain header");
        let ssrc = ssrcs[usize::from(port - 40_000) / 2].get_or_insert(header.ssrc);
        assert_eq!(*ssrc, header.ssrc);
    }
    let recorded = std::mem::take(&mut out.recorded);
    out.clear();
    out.recorded = recorded;
}

/// An offer: refused with a reason, or answered with as many lines as it has, and once more the same way.
pub fn offer(text: &[u8]) {
    let text = String::from_utf8_lossy(text);
    let now = Timestamp::from_millis(1_700_000_000_000);
    #[expect(clippy::disallowed_methods, reason = "the library wants an Instant; no other can be made")]
    let epoch = (now, std::time::Instant::now());
    let browsers =
        BrowserConfig { port: 3_478, addresses: vec![[192, 0, 2, 1].into()], secret: [1; 32], epoch };
    let config = Config { index: 0, ports: 40_000..=40_003, max_streams: 2, browsers: Some(browsers) };
    let (mut shard, mut out) = (Shard::new(config), Outputs::default());
    let (conference, member) = (ConferenceId(1), MemberId(1));
    shard.handle_command(now, Command::OpenConference { conference, home: 0 }, &mut out);
    shard.handle_command(now, Command::OpenBrowser { member, conference, muted: false }, &mut out);
    let lines = |sdp: &str| sdp.lines().filter(|line| line.starts_with("m=")).count();
    let mut good = [false; 2];
    for good in &mut good {
        shard.handle_command(now, Command::Offer { member, sdp: text.clone().into_owned() }, &mut out);
        match out.events.pop() {
            Some(Event::Answer { outcome: Ok(answer), .. }) => {
                assert_eq!(lines(&answer), lines(&text), "{answer}");
                assert!(answer.contains("a=ice-lite") && answer.contains(" typ host"));
                *good = true;
            }
            Some(Event::Answer { outcome: Err(error), .. }) => assert!(!error.to_string().is_empty()),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(good[0], good[1]);
    // Thirty seconds later nobody has come.
    let late = now + Duration::from_secs(40);
    while let Some((at, _)) = shard.deadline().filter(|(at, _)| *at <= late) {
        shard.tick(at, &mut out);
        assert!(shard.deadline().is_none_or(|(next, _)| next > at), "a tick that does not get on");
    }
    assert_eq!(out.events.contains(&Event::MemberLost { member }), good[0]);
    shard.handle_command(late, Command::CloseMember { member }, &mut out);
    assert_eq!((shard.browsers(), shard.deadline()), (0, None), "nothing is left");
}

/// A file: refused with a reason, or playable and equal after a round trip.
pub fn wav(file: &[u8]) {
    match wav::decode(file) {
        Ok(samples) => {
            // The lowest rate is raised eightfold, a byte is a sample at least.
            assert!(samples.len() <= file.len() * 8);
            assert_eq!(wav::decode(&wav::encode(&samples)).as_deref(), Ok(samples.as_slice()));
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// An RTCP compound packet about our source 7, or an RTP packet: malformed, or what it says is finite; a plain header is
/// written as it was read.
pub fn reports(packet: &[u8]) {
    let now = Timestamp::from_millis(1_700_000_000_000);
    if let Some(inbound) = rtcp::parse(packet, 7) {
        let round_trip = inbound.about_us.and_then(|about| rtcp::round_trip_ms(now, about));
        assert!(round_trip.is_none_or(|ms| (0.0..=60_000.0).contains(&ms)));
        let answer = rtcp::Outbound {
            ssrc: 7,
            sent: None,
            report: None,
            last_sender_report: inbound.sender_report.map(|last| (last, now)),
            cname: "us",
            goodbye: inbound.goodbye,
        };
        let mut written = Vec::new();
        rtcp::write(now, &answer, &mut written);
        let read = rtcp::parse(&written, 9).expect("what we write is read");
        assert_eq!((read.goodbye, read.sender_report, read.about_us), (inbound.goodbye, None, None));
    }
    if let Ok((header, payload)) = rtp::parse(packet) {
        assert!(payload.end <= packet.len() && payload.start >= rtp::HEADER);
        let mut written = [0; rtp::HEADER];
        rtp::write(&header, &mut written);
        assert_eq!(rtp::parse(&written).map(|(header, _)| header), Ok(header));
    }
}
