//! Phones in a conference.

use std::sync::Arc;
use std::time::Duration;

use media::dtmf::Detector;
use media::{
    Clip, Codec, Command, ConferenceId, Event, MemberId, PlaybackId, RecordingId, SendingId, StreamId, tone,
};

use crate::world::{Network, World};

const MEETING: ConferenceId = ConferenceId(1);

fn millis(n: u64) -> Duration {
    Duration::from_millis(n)
}

fn secs(n: u64) -> Duration {
    Duration::from_secs(n)
}

/// A world with a conference and phones in it.
fn meeting(phones: usize) -> (World, Vec<StreamId>) {
    let mut world = World::new();
    world.command(Command::OpenConference { conference: MEETING, home: 0 });
    let streams = (0..phones)
        .map(|n| {
            let phone = world.phone(if n % 2 == 0 { Codec::Pcmu } else { Codec::Pcma }, Some(101));
            world.joins(phone, MEETING)
        })
        .collect();
    (world, streams)
}

/// The peak that a tone of `hertz` has in the samples.
fn peak(hertz: f32, samples: &[i16]) -> f32 {
    let energy: f32 =
        samples.iter().map(|s| f32::from(*s).powi(2)).sum::<f32>() / samples.len().max(1) as f32;
    (2.0 * energy * tone::share(hertz, samples)).sqrt()
}

/// What a phone heard in a piece of time, in milliseconds since its first packet.
fn heard(world: &World, phone: usize, from: usize, to: usize) -> Vec<i16> {
    world.phones[phone].heard()[from * 8..to * 8].to_vec()
}

/// The largest step between two samples.
fn step(samples: &[i16]) -> i32 {
    samples.windows(2).map(|w| (i32::from(w[1]) - i32::from(w[0])).abs()).max().unwrap_or(0)
}

#[test]
fn each_hears_all_others_and_not_itself() {
    let (mut world, _) = meeting(4);
    let tones = [430.0, 710.0, 1_130.0, 1_700.0];
    for (phone, hertz) in tones.into_iter().enumerate() {
        world.says(phone, &tone::sine(hertz, 6_000, secs(3)));
    }
    world.run(secs(3));
    for (phone, own) in tones.into_iter().enumerate() {
        let heard = heard(&world, phone, 1_000, 2_000);
        for hertz in tones {
            let peak = peak(hertz, &heard);
            if hertz == own {
                assert!(peak < 60.0, "{phone} hears itself: {peak}");
            } else {
                assert!((5_700.0..6_300.0).contains(&peak), "{phone} hears {hertz} at {peak}");
            }
        }
        world.phones[phone].assert_continuous();
    }
}

#[test]
fn the_quiet_ones_hear_and_cost_nothing_and_the_levels_say_who_speaks() {
    let (mut world, _) = meeting(3);
    world.says(0, &tone::sine(500.0, 8_000, secs(1)));
    world.says(1, &tone::silence(secs(3)));
    world.run(secs(3));
    let levels: Vec<_> = world
        .events
        .iter()
        .filter_map(|(at, event)| match event {
            Event::Levels { conference: MEETING, levels } => Some((*at, levels.clone())),
            _ => None,
        })
        .collect();
    assert!((5..=8).contains(&levels.len()), "{levels:?}");
    for (_, levels) in &levels[1..5] {
        assert_eq!(*levels, [(MemberId(0), 15)], "a sine of a quarter of the full scale");
    }
    assert_eq!(levels.last().map(|(_, levels)| levels.len()), Some(0));
    let spacing: Vec<_> = levels.windows(2).map(|w| w[1].0.since(w[0].0)).collect();
    assert!(spacing.iter().all(|s| *s == millis(200)), "{spacing:?}");
}

#[test]
fn a_muted_one_is_not_heard_and_a_deafened_one_hears_nothing() {
    let (mut world, _) = meeting(2);
    for phone in [0, 1] {
        world.says(phone, &tone::sine(if phone == 0 { 440.0 } else { 1_000.0 }, 8_000, secs(8)));
    }
    world.run(secs(2));
    world.command(Command::Mute { member: MemberId(0), on: true });
    world.run(secs(2));
    world.command(Command::Mute { member: MemberId(0), on: false });
    world.command(Command::Deafen { member: MemberId(1), on: true });
    world.run(secs(2));
    world.command(Command::Deafen { member: MemberId(1), on: false });
    world.run(secs(2));
    let at_1 = |from, to| peak(440.0, &heard(&world, 1, from, to));
    assert!(at_1(1_000, 1_900) > 7_500.0);
    assert!(at_1(2_100, 3_900) < 20.0);
    assert!(at_1(4_200, 5_900) < 20.0, "deaf");
    assert!(at_1(6_200, 7_800) > 7_500.0);
    // The other one hears on all the time, and neither change clicks.
    assert!(peak(1_000.0, &heard(&world, 0, 2_100, 7_800)) > 7_500.0);
    let usual = step(&tone::sine(440.0, 8_000, millis(100)));
    let worst = step(&heard(&world, 1, 500, 7_800));
    assert!(worst < 2 * usual, "{worst} where {usual} is usual");
}

#[test]
fn joining_and_leaving_is_no_gap_and_no_click_for_those_who_are_there() {
    let (mut world, _) = meeting(2);
    world.says(0, &tone::sine(400.0, 8_000, secs(6)));
    world.run(secs(1));
    let third = world.phone(Codec::Pcmu, Some(101));
    world.says(third, &tone::sine(1_500.0, 3_000, secs(5)));
    world.run(millis(333));
    let stream = world.joins(third, MEETING);
    world.run(secs(1));
    world.command(Command::Close { stream });
    world.run(secs(1));
    let line = heard(&world, 1, 500, 3_200);
    let frames: Vec<f32> = line.chunks_exact(160).map(|frame| peak(400.0, frame)).collect();
    assert!(frames.iter().all(|peak| (7_700.0..8_300.0).contains(peak)), "{frames:?}");
    let tones = [tone::sine(400.0, 8_000, millis(100)), tone::sine(1_500.0, 3_000, millis(100))];
    let usual: i32 = tones.iter().map(|tone| step(tone)).sum();
    assert!(step(&line) < usual + 400, "{} where {usual} is usual", step(&line));
    assert!(peak(1_500.0, &heard(&world, 1, 1_500, 2_200)) > 2_700.0);
    assert!(peak(1_500.0, &heard(&world, 1, 2_500, 3_200)) < 20.0);
}

#[test]
fn loss_and_jitter_leave_a_tone_a_tone() {
    let (mut world, _) = meeting(2);
    world.network = Network { loss: 10, jitter: millis(15) };
    world.says(0, &tone::sine(300.0, 8_000, secs(20)));
    world.run(secs(20));
    let line = heard(&world, 1, 1_000, 19_000);
    let frames: Vec<f32> = line.chunks_exact(160).map(|frame| peak(300.0, frame)).collect();
    let good = frames.iter().filter(|peak| **peak > 5_000.0).count();
    assert!(good * 100 >= frames.len() * 96, "{good} of {} frames", frames.len());
    world.phones[1].assert_continuous();
}

#[test]
fn of_250_members_8_speak_and_all_hear_them() {
    let mut world = World::with_room_for(500);
    world.command(Command::OpenConference { conference: MEETING, home: 0 });
    for _ in 0..250 {
        let phone = world.phone(Codec::Pcmu, Some(101));
        world.joins(phone, MEETING);
    }
    let tones: Vec<f32> = (0..8).map(|n| 310.0 + 290.0 * n as f32).collect();
    for (talker, hertz) in tones.iter().enumerate() {
        world.says(30 * talker, &tone::sine(*hertz, 3_000, secs(2)));
    }
    world.run(secs(2));
    for phone in (0..250).step_by(7).chain([30, 60, 90]) {
        let heard = heard(&world, phone, 800, 1_600);
        for (talker, hertz) in tones.iter().enumerate() {
            let peak = peak(*hertz, &heard);
            let range = if phone == 30 * talker { 0.0..100.0 } else { 2_800.0..3_200.0 };
            assert!(range.contains(&peak), "{phone} hears {talker} at {peak}");
        }
    }
    assert!(world.phones.iter().all(|phone| phone.received.len() >= 99));
    world.command(Command::CloseConference { conference: MEETING });
    assert_eq!(world.shard.len(), 250, "the phones' own");
}

#[test]
fn a_meeting_stream_bridged_with_nothing_plays_records_and_sends_digits() {
    let (mut world, streams) = meeting(2);
    let stream = world.meeting_stream(9, MEETING, Codec::Pcmu);
    world.command(Command::StartRecording { stream, recording: RecordingId(1), silence: None });
    let clip = Arc::new(Clip::from_samples(tone::sine(900.0, 8_000, secs(1))));
    world.command(Command::Play { stream, playback: PlaybackId(1), clip, times: Some(1) });
    world.says(0, &tone::sine(400.0, 8_000, secs(3)));
    world.run(millis(1_500));
    assert!(world.has(&Event::PlaybackEnded { playback: PlaybackId(1) }));
    world.command(Command::SendDigits {
        stream,
        sending: SendingId(1),
        digits: "42".into(),
        tone: millis(100),
    });
    world.run(millis(1_500));
    assert!(world.has(&Event::DigitsSent { sending: SendingId(1) }));
    world.command(Command::StopRecording { recording: RecordingId(1) });
    let recorded = &world.recorded[&RecordingId(1)];
    assert_eq!(recorded.len(), 3 * 8_000, "as long as the time that passed");
    assert!(peak(400.0, &recorded[8_000..16_000]) > 7_500.0);
    assert!(peak(900.0, recorded) < 20.0, "what it says itself is not in it");
    // The others hear the playback and the digits, each its own voice left out.
    assert!(peak(900.0, &heard(&world, 1, 200, 900)) > 7_000.0);
    assert!(peak(900.0, &heard(&world, 0, 200, 900)) > 7_000.0);
    let mut digits = String::new();
    Detector::default().push(&heard(&world, 0, 1_400, 2_900), |digit| digits.push(digit));
    assert_eq!(digits, "42");
    assert_eq!(streams.len(), 2);
}

#[test]
fn keys_and_in_band_listening_work_through_the_meeting() {
    let (mut world, _) = meeting(2);
    let stream = world.meeting_stream(9, MEETING, Codec::Pcma);
    world.command(Command::Listen { stream, on: true });
    world.presses(0, 5);
    world.run(secs(1));
    // The phone's own leg reports the event; who listens to the mix hears the tone it became.
    assert_eq!(world.digits(0), "5");
    let of_mix = |e: &&(_, Event)| matches!(e.1, Event::Digit { stream: s, digit: '5' } if s == stream);
    assert_eq!(world.events.iter().filter(of_mix).count(), 1);
}

#[test]
fn a_bridge_with_a_meeting_does_not_pass_through_and_ends_like_any() {
    let (mut world, streams) = meeting(2);
    let phone = world.phones[0].stream;
    assert!(!world.shard.passes_through(phone) && !world.shard.passes_through(streams[0]));
    world.says(1, &tone::sine(600.0, 8_000, secs(4)));
    world.run(secs(1));
    world.command(Command::Unbridge { a: phone, b: streams[0] });
    let before = world.phones[0].received.len();
    world.run(secs(1));
    assert!(world.phones[0].received.len() - before <= 2, "only the silence of an idle stream");
    world.command(Command::Bridge { a: phone, b: streams[0] });
    world.run(secs(1));
    assert!(peak(600.0, &heard(&world, 0, 2_200, 2_900)) > 7_500.0);
}

#[test]
fn nothing_is_left_when_a_conference_closes() {
    let (mut world, streams) = meeting(3);
    world.says(0, &tone::sine(600.0, 8_000, secs(1)));
    world.command(Command::StartRecording { stream: streams[1], recording: RecordingId(5), silence: None });
    world.run(secs(1));
    let before = world.shard.statistics(streams[0]).unwrap();
    assert!(before.packets_sent >= 45 && before.packets_received >= 49, "{before:?}");
    world.command(Command::CloseConference { conference: MEETING });
    assert_eq!(world.ended, [RecordingId(5)]);
    let closed = world.events.iter().filter(|(_, e)| matches!(e, Event::Closed { .. })).count();
    assert_eq!(closed, 3);
    assert_eq!(world.shard.len(), 3, "the phones' own");
    for phone in 0..3 {
        let stream = world.phones[phone].stream;
        world.command(Command::Close { stream });
    }
    assert_eq!(world.shard.deadline(), None);
    let last = world.events.iter().rev().find(|(_, e)| matches!(e, Event::Levels { .. }));
    assert!(matches!(last, Some((_, Event::Levels { levels, .. })) if levels.is_empty()));
}

#[test]
fn orders_that_make_no_sense_are_refused_or_dropped() {
    let (mut world, streams) = meeting(1);
    let codec = Codec::Pcmu;
    let open = |stream, conference, member| Command::OpenMeetingStream { stream, conference, member, codec };
    for (stream, conference, member, reason) in [
        (StreamId(70), ConferenceId(9), MemberId(70), "the conference is not open"),
        (StreamId(71), MEETING, MemberId(0), "the member is in a conference already"),
        (streams[0], MEETING, MemberId(72), "the stream is open already"),
    ] {
        world.command(open(stream, conference, member));
        assert!(world.has(&Event::OpenFailed { stream, reason: reason.into() }));
    }
    let remote = world.remote(0, None);
    world.command(Command::Connect { stream: streams[0], remote });
    world.command(Command::CloseMember { member: MemberId(99) });
    world.command(Command::Mute { member: MemberId(99), on: true });
    world.command(Command::CloseConference { conference: ConferenceId(9) });
    world.command(Command::CloseMember { member: MemberId(0) });
    assert!(
        world.events.iter().any(|(_, e)| matches!(e, Event::Closed { stream, .. } if *stream == streams[0]))
    );
    assert_eq!(world.shard.len(), 1);
}
