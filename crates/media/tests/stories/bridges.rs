use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use media::dtmf::Detector;
use media::{Clip, Codec, Command, Event, PlaybackId, RecordingId, tone};

use crate::world::{Network, World};

fn millis(n: u64) -> Duration {
    Duration::from_millis(n)
}

fn secs(n: u64) -> Duration {
    Duration::from_secs(n)
}

#[test]
fn two_phones_hear_each_other_unchanged() {
    let mut world = World::new();
    let (a, b) = (world.phone(Codec::Pcmu, Some(101)), world.phone(Codec::Pcmu, Some(101)));
    world.bridge(a, b);
    let (voice_a, voice_b) = (tone::sine(400.0, 9_000, secs(2)), tone::sine(1_100.0, 9_000, secs(2)));
    world.says(a, &voice_a);
    world.says(b, &voice_b);
    world.run(secs(3));
    assert!(tone::share(1_100.0, &world.phones[a].heard_sound()) > 0.98);
    assert!(tone::share(400.0, &world.phones[b].heard_sound()) > 0.98);
    world.phones[a].assert_continuous();
    world.phones[b].assert_continuous();
    assert!(world.shard.passes_through(world.phones[a].stream));
}

#[test]
fn phones_with_different_laws_hear_each_other() {
    let mut world = World::new();
    let (a, b) = (world.phone(Codec::Pcmu, Some(101)), world.phone(Codec::Pcma, Some(101)));
    world.bridge(a, b);
    world.says(a, &tone::sine(700.0, 9_000, secs(1)));
    world.run(secs(2));
    let heard = world.phones[b].heard_sound();
    assert!(tone::share(700.0, &heard) > 0.98);
    assert!(world.phones[b].received.iter().all(|(_, h, _)| h.payload_type == 8));
    assert!(!world.shard.passes_through(world.phones[a].stream));
}

#[test]
fn a_prompt_to_one_party_replaces_the_other_for_it_alone() {
    let mut world = World::new();
    let (a, b) = (world.phone(Codec::Pcmu, Some(101)), world.phone(Codec::Pcmu, Some(101)));
    world.bridge(a, b);
    world.says(a, &tone::sine(400.0, 9_000, secs(3)));
    world.says(b, &tone::sine(1_100.0, 9_000, secs(3)));
    world.run(secs(1));
    let clip = Arc::new(Clip::from_samples(tone::sine(2_000.0, 9_000, secs(1))));
    let stream = world.phones[a].stream;
    world.command(Command::Play { stream, playback: PlaybackId(1), clip, times: Some(1) });
    assert!(!world.shard.passes_through(stream));
    world.run(secs(3));
    let heard = world.phones[a].heard_sound();
    let third = heard.len() / 3;
    assert!(tone::share(1_100.0, &heard[..third - 800]) > 0.95);
    assert!(tone::share(2_000.0, &heard[third + 800..2 * third - 800]) > 0.95);
    assert!(tone::share(1_100.0, &heard[2 * third + 800..]) > 0.95);
    assert!(tone::share(400.0, &world.phones[b].heard_sound()) > 0.98, "the other direction went on");
    world.phones[a].assert_continuous();
    world.phones[b].assert_continuous();
    assert!(world.has(&Event::PlaybackEnded { playback: PlaybackId(1) }));
}

#[test]
fn keys_cross_a_bridge_with_the_payload_type_of_the_other_side_and_are_reported() {
    let mut world = World::new();
    let (a, b) = (world.phone(Codec::Pcmu, Some(101)), world.phone(Codec::Pcmu, Some(97)));
    world.bridge(a, b);
    world.says(a, &tone::sine(400.0, 9_000, millis(200)));
    world.run(millis(300));
    world.presses(a, 7);
    world.presses(a, 11);
    assert_eq!(world.digits(a), "7#");
    assert_eq!(world.digits(b), "");
    world.phones[b].assert_continuous();
    let events: Vec<_> = world.phones[b].received.iter().filter(|(_, h, _)| h.payload_type == 97).collect();
    assert_eq!(events.len(), 16);
    assert_eq!(events.iter().filter(|(_, h, _)| h.marker).count(), 2);
    assert_eq!(events.chunk_by(|x, y| x.1.timestamp == y.1.timestamp).count(), 2, "one timestamp per event");
}

#[test]
fn keys_become_tones_for_a_party_that_takes_no_events() {
    let mut world = World::new();
    let (a, b) = (world.phone(Codec::Pcmu, Some(101)), world.phone(Codec::Pcma, None));
    world.bridge(a, b);
    for code in [5, 5, 10] {
        world.presses(a, code);
        world.run(millis(150));
    }
    let mut keys = String::new();
    Detector::default().push(&world.phones[b].heard(), |key| keys.push(key));
    assert_eq!(keys, "55*");
    world.phones[b].assert_continuous();
}

#[test]
fn loss_and_order_of_a_bridged_stream_stay_what_they_are() {
    let mut world = World::new();
    world.network = Network { loss: 10, jitter: millis(45) };
    let (a, b) = (world.phone(Codec::Pcmu, Some(101)), world.phone(Codec::Pcmu, Some(101)));
    world.bridge(a, b);
    world.says(a, &tone::sine(400.0, 9_000, secs(20)));
    world.run(secs(21));
    let first = world.phones[b].received.iter().find(|(.., p)| p.iter().any(|x| *x != 0xff)).unwrap().1;
    let mut seen = std::collections::BTreeSet::new();
    for (_, h, _) in world.phones[b].received.iter().filter(|(.., p)| p.iter().any(|x| *x != 0xff)) {
        assert!(seen.insert(h.sequence), "{} twice", h.sequence);
        let n = h.sequence.wrapping_sub(first.sequence);
        assert_eq!(h.timestamp.wrapping_sub(first.timestamp), u32::from(n) * 160);
    }
    let statistics = world.shard.statistics(world.phones[a].stream).unwrap();
    assert!((60..140).contains(&statistics.packets_lost), "{statistics:?}");
    assert!(statistics.jitter_ms > 5.0, "{statistics:?}");
}

#[test]
fn a_party_is_bridged_to_another_and_hears_one_continuous_stream() {
    let mut world = World::new();
    let phones = [0; 3].map(|_| world.phone(Codec::Pcmu, Some(101)));
    let [a, b, c] = phones;
    world.bridge(a, b);
    world.says(b, &tone::sine(400.0, 9_000, secs(4)));
    world.says(c, &tone::sine(1_100.0, 9_000, secs(4)));
    world.run(secs(2));
    let (stream_a, stream_b) = (world.phones[a].stream, world.phones[b].stream);
    world.command(Command::Unbridge { a: stream_a, b: stream_b });
    world.bridge(a, c);
    let heard_by_b = world.phones[b].received.len();
    world.says(a, &tone::sine(600.0, 9_000, secs(1)));
    world.run(secs(3));
    world.phones[a].assert_continuous();
    let heard = world.phones[a].heard_sound();
    assert!(tone::share(400.0, &heard[..15_000]) > 0.9);
    assert!(tone::share(1_100.0, &heard[17_000..]) > 0.9);
    assert!(tone::share(600.0, &world.phones[c].heard_sound()) > 0.9);
    let silent = world.phones[b].received[heard_by_b..].iter().all(|(.., p)| p.iter().all(|x| *x == 0xff));
    assert!(silent, "B is out of it");
}

#[test]
fn a_source_is_learned_once_and_only_a_new_address_lets_it_change() {
    let mut world = World::new();
    let phone = world.phone(Codec::Pcmu, Some(101));
    let told = world.phones[phone].address;
    let behind_nat = SocketAddr::from(([10, 0, 0, 1], 31_313));
    let stranger = SocketAddr::from(([6, 6, 6, 6], 666));
    world.phones[phone].address = behind_nat;
    world.says(phone, &tone::sine(400.0, 9_000, millis(20)));
    world.run(millis(3_100));
    world.says(phone, &tone::sine(400.0, 9_000, millis(80)));
    world.run(millis(200));
    let port = world.phones[phone].port;
    for from in [stranger, told] {
        world.send(from, port, crate::world::packet(&header(), &[0; 160]));
    }
    world.run(secs(2));
    let stream = world.phones[phone].stream;
    let statistics = world.shard.statistics(stream).unwrap();
    assert_eq!((statistics.packets_received, statistics.packets_refused), (5, 2));
    assert!(!world.phones[phone].received.is_empty(), "packets go where they come from");

    // A re-INVITE without a change forgets nothing.
    world.phones[phone].address = told;
    let mut remote = world.remote(phone, Some(101));
    world.connect(phone, remote);
    world.says(phone, &tone::sine(400.0, 9_000, millis(100)));
    world.run(secs(1));
    assert_eq!(world.shard.statistics(stream).unwrap().packets_refused, 7);

    remote.address = SocketAddr::from(([10, 0, 0, 1], 9_000));
    world.phones[phone].address = remote.address;
    world.connect(phone, remote);
    world.says(phone, &tone::sine(400.0, 9_000, millis(100)));
    world.run(secs(1));
    let statistics = world.shard.statistics(stream).unwrap();
    assert_eq!((statistics.packets_received, statistics.packets_refused), (10, 7));
}

#[test]
fn the_voice_of_an_earlier_call_on_the_same_port_does_not_take_the_place_of_the_party() {
    let mut world = World::new();
    let phone = world.phone(Codec::Pcmu, Some(101));
    let (port, told) = (world.phones[phone].port, world.phones[phone].address);
    let earlier = SocketAddr::from((told.ip(), told.port() + 100));
    let stray = |world: &mut World| world.send(earlier, port, crate::world::packet(&header(), &[0; 160]));
    stray(&mut world);
    world.run(millis(1_000));
    let stream = world.phones[phone].stream;
    assert_eq!(world.shard.statistics(stream).unwrap().packets_received, 1);

    world.says(phone, &tone::sine(400.0, 9_000, millis(100)));
    world.run(millis(200));
    stray(&mut world);
    world.run(millis(200));
    let statistics = world.shard.statistics(stream).unwrap();
    assert_eq!((statistics.packets_received, statistics.packets_refused), (6, 1));
    let heard = world.phones[phone].received.len();
    world.run(secs(3));
    assert!(world.phones[phone].received.len() > heard, "it is sent to where it was told to be");
}

#[test]
fn a_recording_of_a_bridged_party_is_as_long_as_the_time_and_has_its_voice_only() {
    let mut world = World::new();
    world.network = Network { loss: 20, jitter: millis(30) };
    let (a, b) = (world.phone(Codec::Pcmu, Some(101)), world.phone(Codec::Pcmu, Some(101)));
    world.bridge(a, b);
    world.says(a, &tone::sine(400.0, 9_000, secs(5)));
    world.says(b, &tone::sine(1_100.0, 9_000, secs(5)));
    world.run(millis(507));
    let (stream, recording) = (world.phones[a].stream, RecordingId(3));
    world.command(Command::StartRecording { stream, recording, silence: None });
    assert!(!world.shard.passes_through(stream));
    world.run(millis(4_000));
    world.command(Command::StopRecording { recording });
    assert_eq!(world.ended, [recording]);
    let samples = &world.recorded[&recording];
    assert!(samples.len().abs_diff(32_000) <= 160, "{}", samples.len());
    assert!(tone::share(400.0, &samples[400..]) > 0.85);
    assert!(world.shard.passes_through(stream));
}

#[test]
fn silence_of_a_recorded_party_is_reported_and_keys_are_not_in_the_recording() {
    let mut world = World::new();
    let a = world.phone(Codec::Pcmu, Some(101));
    let (stream, recording) = (world.phones[a].stream, RecordingId(3));
    world.says(a, &tone::sine(400.0, 9_000, secs(1)));
    world.command(Command::StartRecording { stream, recording, silence: Some((secs(2), 200)) });
    world.run(secs(1));
    world.presses(a, 5);
    world.run(millis(1_800));
    let silent = Event::SilenceDetected { recording };
    assert!(!world.has(&silent));
    world.run(millis(300));
    assert!(world.has(&silent));
    world.command(Command::Close { stream });
    assert_eq!(world.ended, [recording], "a closed stream ends its recordings");
    let samples = &world.recorded[&recording];
    assert!(samples.len().abs_diff(26_080) <= 320, "{}", samples.len());
    let after = &samples[8_800..];
    assert!(after.iter().all(|s| s.unsigned_abs() < 20));
}

#[test]
fn a_close_says_goodbye_and_brings_the_figures() {
    let mut world = World::new();
    let (a, b) = (world.phone(Codec::Pcmu, Some(101)), world.phone(Codec::Pcmu, Some(101)));
    world.bridge(a, b);
    world.says(a, &tone::sine(400.0, 9_000, secs(1)));
    world.run(secs(1));
    let stream = world.phones[a].stream;
    world.command(Command::Close { stream });
    let Some((_, Event::Closed { statistics, .. })) = world.events.last() else { panic!() };
    assert_eq!(statistics.packets_received, 50);
    let (_, port, last) = world.phones[a].control.last().unwrap();
    assert_eq!(*port, 7_001);
    assert!(last.windows(2).any(|w| w == [0x81, 203]), "BYE");
    world.says(b, &tone::sine(400.0, 9_000, millis(100)));
    world.run(secs(1));
    assert_eq!(world.shard.len(), 1);
    assert!(world.shard.deadline().is_some(), "B is still reported to");
}

/// The timer for a sign of life fell due between the start of a tone and its first packet, and set itself to the past.
#[test]
fn a_tone_that_begins_as_a_sign_of_life_is_due_does_not_hang_the_clock() {
    let mut world = World::new();
    let (a, b) = (world.phone(Codec::Pcmu, Some(101)), world.phone(Codec::Pcma, None));
    world.bridge(a, b);
    for wait in 0..240 {
        world.run(millis(101));
        world.says(a, &tone::sine(400.0, 9_000, millis(20)));
        world.run(millis(960 + wait % 60));
        world.presses(a, 5);
    }
    assert_eq!(world.digits(a).len(), 240);
    world.phones[b].assert_continuous();
}

#[test]
fn ports_streams_and_limits_are_kept() {
    let mut world = World::new();
    let phone = world.phone(Codec::Pcmu, None);
    let taken = world.phones[phone].port;
    let stream = media::StreamId(777);
    for port in [taken, 40_003, 39_998, 41_000] {
        world.command(Command::Open { stream, port, seed: 0 });
        assert!(matches!(world.events.pop(), Some((_, Event::OpenFailed { .. }))), "{port}");
    }
    for _ in 1..100 {
        world.phone(Codec::Pcmu, None);
    }
    assert!(world.events.is_empty());
    world.command(Command::Open { stream, port: 40_998, seed: 0 });
    assert!(matches!(&world.events[0].1, Event::OpenFailed { reason, .. } if reason.contains("as many")));
    let stream = world.phones[phone].stream;
    world.command(Command::Close { stream });
    world.command(Command::Open { stream, port: taken, seed: 0 });
    assert_eq!(world.events.len(), 2, "a closed port and place can be used again");
}

fn header() -> media::rtp::Header {
    media::rtp::Header { marker: false, payload_type: 0, sequence: 1, timestamp: 1, ssrc: 1 }
}
