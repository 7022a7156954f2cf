use std::sync::Arc;
use std::time::Duration;

use media::{Clip, Codec, Command, Event, PlaybackId, tone};

use crate::world::World;

fn secs(n: u64) -> Duration {
    Duration::from_secs(n)
}

fn millis(n: u64) -> Duration {
    Duration::from_millis(n)
}

/// Encoded and decoded once.
fn through(codec: Codec, samples: &[i16]) -> Vec<i16> {
    samples.iter().map(|s| codec.decode(codec.encode(*s))).collect()
}

fn play(world: &mut World, phone: usize, playback: u64, samples: Vec<i16>, times: Option<u32>) {
    let stream = world.phones[phone].stream;
    let clip = Arc::new(Clip::from_samples(samples));
    world.command(Command::Play { stream, playback: PlaybackId(playback), clip, times });
}

#[test]
fn a_prompt_is_heard_sample_by_sample_and_its_end_reported_when_it_is_over() {
    for codec in [Codec::Pcmu, Codec::Pcma] {
        let mut world = World::new();
        let phone = world.phone(codec, Some(101));
        let samples = tone::sine(500.0, 8_000, millis(990));
        let started = world.now;
        play(&mut world, phone, 1, samples.clone(), Some(2));
        world.run(secs(3));
        let twice = through(codec, &samples.repeat(2));
        let heard = world.phones[phone].heard();
        assert!(heard.windows(twice.len()).any(|w| w == twice));
        world.phones[phone].assert_continuous();
        let (at, _) = world
            .events
            .iter()
            .find(|(_, e)| *e == Event::PlaybackEnded { playback: PlaybackId(1) })
            .unwrap();
        let after = at.since(started);
        assert!((millis(1_980)..=millis(2_040)).contains(&after), "{after:?}");
    }
}

#[test]
fn prompts_of_many_phones_leave_in_small_groups() {
    let mut world = World::new();
    for n in 0..50 {
        let phone = world.phone(Codec::Pcmu, Some(101));
        play(&mut world, phone, n, vec![5_000; 8_000], None);
    }
    world.run(secs(1));
    let mut at: Vec<_> =
        world.phones.iter().flat_map(|p| p.received.iter().skip(5).map(|(at, ..)| *at)).collect();
    at.sort();
    let largest = at.chunk_by(|a, b| a == b).map(<[_]>::len).max().unwrap();
    assert!(largest <= 5, "{largest} packets at once");
    let phone = &world.phones[17];
    for pair in phone.received[5..].windows(2) {
        assert_eq!(pair[1].0.since(pair[0].0), millis(20));
    }
}

#[test]
fn playbacks_queue_up_and_a_stopped_one_ends_without_an_event() {
    let mut world = World::new();
    let phone = world.phone(Codec::Pcmu, None);
    play(&mut world, phone, 1, vec![1_000; 160], None);
    play(&mut world, phone, 2, vec![2_000; 1_600], Some(1));
    world.run(millis(500));
    assert!(world.events.is_empty());
    world.command(Command::StopPlayback { playback: PlaybackId(1) });
    world.run(millis(500));
    assert!(!world.has(&Event::PlaybackEnded { playback: PlaybackId(1) }));
    assert!(world.has(&Event::PlaybackEnded { playback: PlaybackId(2) }));
    let second = through(Codec::Pcmu, &[2_000]);
    assert_eq!(world.phones[phone].heard().iter().filter(|s| **s == second[0]).count(), 1_600);
}

#[test]
fn a_prompt_waits_for_the_far_end_and_goes_on_unheard_while_it_holds() {
    let mut world = World::new();
    let phone = world.unconnected_phone(Codec::Pcmu);
    let first: Vec<i16> = tone::sine(500.0, 8_000, secs(1));
    play(&mut world, phone, 1, first.clone(), Some(1));
    world.run(secs(5));
    let mut remote = world.remote(phone, None);
    world.connect(phone, remote);
    world.run(millis(500));
    remote.send = false;
    world.connect(phone, remote);
    let so_far = world.phones[phone].received.len();
    world.run(millis(300));
    assert_eq!(world.phones[phone].received.len(), so_far);
    remote.send = true;
    world.connect(phone, remote);
    world.run(millis(400));
    assert!(world.has(&Event::PlaybackEnded { playback: PlaybackId(1) }));
    let heard = world.phones[phone].heard();
    let whole = through(Codec::Pcmu, &first);
    assert_eq!(heard[..3_200], whole[..3_200], "the beginning was not lost");
    assert_eq!(heard[7_000..8_000], whole[7_000..], "the end came in its time");
}

#[test]
fn live_speech_plays_as_it_comes() {
    let mut world = World::new();
    let phone = world.phone(Codec::Pcma, None);
    let stream = world.phones[phone].stream;
    let playback = PlaybackId(9);
    world.command(Command::PlayLive { stream, playback });
    world.run(millis(300));
    assert!(world.phones[phone].received.len() <= 1, "nothing has begun");
    let speech = tone::sine(300.0, 9_000, millis(700));
    for chunk in speech.chunks(1_000) {
        world.command(Command::Feed { playback, samples: chunk.into(), last: false });
        world.run(millis(100));
    }
    world.command(Command::Feed { playback, samples: [].into(), last: true });
    world.run(millis(300));
    assert!(world.has(&Event::PlaybackEnded { playback }));
    let expected = through(Codec::Pcma, &speech);
    let heard = world.phones[phone].heard();
    assert!(heard.windows(2_000).any(|w| w == &expected[..2_000]));
    world.phones[phone].assert_continuous();
}

#[test]
fn an_idle_phone_gets_a_sign_of_life_each_second_and_nothing_more() {
    let mut world = World::new();
    let phone = world.phone(Codec::Pcma, None);
    world.run(secs(20));
    let received = &world.phones[phone].received;
    assert!((19..=21).contains(&received.len()), "{}", received.len());
    assert!(received.iter().all(|(_, h, p)| h.marker && p.iter().all(|b| *b == 0xd5)));
    world.phones[phone].assert_continuous();
    assert_eq!(world.phones[phone].heard().len(), 160 + 8_000 * (received.len() - 1));
    assert!((3..=7).contains(&world.phones[phone].control.len()), "reports every five seconds or so");
}

#[test]
fn the_first_sign_of_life_leaves_with_the_answer_unless_a_prompt_does() {
    let mut world = World::new();
    let [idle, spoken] = [(); 2].map(|()| world.unconnected_phone(Codec::Pcmu));
    let remotes = [idle, spoken].map(|phone| world.remote(phone, None));
    play(&mut world, spoken, 1, tone::sine(500.0, 8_000, millis(200)), Some(1));
    for (phone, remote) in [idle, spoken].into_iter().zip(remotes) {
        world.connect(phone, remote);
    }
    world.run(millis(1));
    assert_eq!(world.phones[idle].received.len(), 1);
    world.run(millis(159));
    assert_eq!(world.phones[idle].received.len(), 1);
    let silence = |payload: &[u8]| payload.iter().all(|byte| *byte == 0xff);
    assert!(world.phones[spoken].received.iter().all(|(.., payload)| !silence(payload)));
    assert!(world.phones[spoken].received.len() >= 7);
}

#[test]
fn a_prompt_that_was_on_hold_for_long_goes_on_and_the_shard_with_it() {
    // The look after an idle stream was due in the past again and again while the prompt spoke.
    let mut world = World::new();
    let phone = world.phone(Codec::Pcmu, Some(101));
    let mut remote = world.remote(phone, Some(101));
    play(&mut world, phone, 1, tone::sine(500.0, 8_000, secs(1)), None);
    world.run(secs(1));
    remote.send = false;
    world.connect(phone, remote);
    world.run(secs(3));
    let so_far = world.phones[phone].received.len();
    remote.send = true;
    world.connect(phone, remote);
    world.run(secs(1));
    let more = world.phones[phone].received.len() - so_far;
    assert!((49..=51).contains(&more), "{more}");
}

#[test]
fn a_peer_that_wants_40_ms_packets_gets_them() {
    let mut world = World::new();
    let phone = world.unconnected_phone(Codec::Pcmu);
    let mut remote = world.remote(phone, None);
    remote.ptime = 40;
    world.connect(phone, remote);
    let samples = tone::sine(500.0, 8_000, millis(500));
    play(&mut world, phone, 1, samples.clone(), Some(1));
    world.run(millis(900));
    let sizes: Vec<usize> = world.phones[phone].received.iter().map(|(.., p)| p.len()).collect();
    assert_eq!(sizes.iter().filter(|s| **s == 320).count(), 12);
    assert_eq!(sizes.iter().filter(|s| **s == 160).count(), 1, "{sizes:?}");
    assert_eq!(world.phones[phone].heard()[..4_000], through(Codec::Pcmu, &samples));
}

#[test]
fn too_many_playbacks_are_refused_and_said_to_be_over() {
    let mut world = World::new();
    let phone = world.phone(Codec::Pcmu, None);
    for n in 0..9 {
        play(&mut world, phone, n, vec![0; 160], None);
    }
    assert!(world.has(&Event::PlaybackEnded { playback: PlaybackId(8) }));
    assert_eq!(world.events.len(), 1);
}
