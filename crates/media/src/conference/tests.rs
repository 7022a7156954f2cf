//! Conferences of browsers, without the transport that is between them and us.

use std::collections::BTreeMap;
use std::f32::consts::TAU;
use std::time::Duration;

use base::{Rng, Timestamp};

use super::browser::{BrowserCodec, Browsers, Incoming, Outgoing};
use super::voice::mean_square;
use super::{Conferences, WIDE};
use crate::opus::{Band, Decoder, Encoder, MAX_PACKET, MAX_SAMPLES};
use crate::shard::Finished;
use crate::{Codec, ConferenceId, Event, MemberId, Output, Outputs};

const MEETING: ConferenceId = ConferenceId(1);
const TICK: Duration = Duration::from_millis(20);

/// What a browser was sent, decoded at 16 or 8 kHz.
#[derive(Default)]
struct Ear {
    decoder: Option<Decoder>,
    samples: Vec<i16>,
    last: Vec<u8>,
    rtp_times: Vec<u32>,
}

#[derive(Default)]
struct Ears(BTreeMap<MemberId, Ear>);

impl Browsers for Ears {
    fn send(&mut self, _: Timestamp, member: MemberId, audio: &Outgoing<'_>, _: &mut dyn Output) {
        let ear = self.0.entry(member).or_default();
        ear.last = audio.payload.to_vec();
        ear.rtp_times.push(audio.rtp_time);
        match audio.codec {
            BrowserCodec::Opus => {
                let mut decoded = [0; MAX_SAMPLES];
                let decoder = ear.decoder.get_or_insert_with(Decoder::new);
                let length = decoder.decode(audio.payload, &mut decoded).expect("we send Opus");
                ear.samples.extend(&decoded[..length]);
            }
            BrowserCodec::Pcmu => ear.samples.extend(audio.payload.iter().map(|b| Codec::Pcmu.decode(*b))),
            BrowserCodec::Pcma => ear.samples.extend(audio.payload.iter().map(|b| Codec::Pcma.decode(*b))),
        }
    }
}

/// A browser that says a tone.
struct Mouth {
    member: MemberId,
    codec: BrowserCodec,
    encoder: Encoder,
    hertz: f32,
    peak: f32,
    /// 1: a sine; more: something like a vowel.
    harmonics: u32,
    /// Samples said so far.
    said: u64,
    sequence: u64,
    /// When its next packet is ready, and how long it takes to make one by our clock.
    due: f64,
    period: f64,
    /// One in so many is lost.
    loss: u64,
    level: Option<u8>,
}

struct Room {
    now: Timestamp,
    conferences: Conferences,
    ears: Ears,
    mouths: Vec<Mouth>,
    out: Outputs,
    rng: Rng,
}

impl Room {
    fn new() -> Self {
        let mut conferences = Conferences::new(0);
        conferences.open(MEETING, 0);
        Self {
            now: Timestamp::from_millis(1_000_000),
            conferences,
            ears: Ears::default(),
            mouths: Vec::new(),
            out: Outputs::default(),
            rng: Rng::new(5),
        }
    }

    fn browser(&mut self, n: u64, codec: BrowserCodec) -> MemberId {
        let member = MemberId(n);
        self.conferences.add_browser(MEETING, member, false).unwrap();
        self.conferences.send_as(member, Some(codec));
        member
    }

    fn speaks(&mut self, n: u64, codec: BrowserCodec, hertz: f32) -> &mut Mouth {
        let start = self.now.as_micros() as f64 + 3_000.0 + 1_300.0 * n as f64;
        self.mouths.push(Mouth {
            member: MemberId(n),
            codec,
            encoder: Encoder::new(Band::Wide),
            hertz,
            peak: 8_000.0,
            harmonics: 1,
            said: 0,
            sequence: 1_000 * n,
            due: start,
            period: 20_000.0,
            loss: 0,
            level: None,
        });
        self.mouths.last_mut().unwrap()
    }

    fn run(&mut self, time: Duration) {
        let end = self.now + time;
        while self.now < end {
            let tick = self.now + TICK;
            for mouth in &mut self.mouths {
                while mouth.due < tick.as_micros() as f64 {
                    let at = Timestamp::from_micros(mouth.due as u64);
                    mouth.due += mouth.period;
                    let lost = mouth.loss > 0 && self.rng.one_in(mouth.loss);
                    mouth.speak(at, lost, &mut self.conferences);
                }
            }
            self.now = tick;
            let slot = self.conferences.by_id[&MEETING];
            let Self { conferences, ears, out, now, .. } = self;
            conferences.tick(slot, *now, &mut [], ears, &mut Finished::default(), out);
        }
    }

    /// The peak of a tone in what a browser heard between two moments, in milliseconds.
    fn peak(&self, n: u64, hertz: f32, rate: usize, from: usize, to: usize) -> f32 {
        let samples = &self.ears.0[&MemberId(n)].samples[from * rate / 1_000..to * rate / 1_000];
        peak(hertz, rate, samples)
    }
}

impl Mouth {
    fn speak(&mut self, now: Timestamp, lost: bool, conferences: &mut Conferences) {
        let (rate, units) = if self.codec == BrowserCodec::Opus { (16_000.0, 3) } else { (8_000.0, 1) };
        let (from, hertz, peak) = (self.said, self.hertz, self.peak);
        let sample = |n: usize| {
            let turns = f64::from(hertz) * (from + n as u64) as f64 / rate;
            let wave = |harmonic: u32| {
                let turns = (turns * f64::from(harmonic)).fract() as f32;
                (TAU * turns).sin() / harmonic as f32
            };
            (peak * (1..=self.harmonics).map(wave).sum::<f32>()) as i16
        };
        let mut payload = [0; MAX_PACKET];
        let length = match self.codec {
            BrowserCodec::Opus => {
                self.encoder.encode(&std::array::from_fn::<_, WIDE, _>(sample), &mut payload)
            }
            BrowserCodec::Pcmu | BrowserCodec::Pcma => {
                let law = if self.codec == BrowserCodec::Pcmu { Codec::Pcmu } else { Codec::Pcma };
                (0..160).for_each(|n| payload[n] = law.encode(sample(n)));
                160
            }
        };
        let packet = Incoming {
            codec: self.codec,
            sequence: self.sequence,
            // Close to the wrap.
            rtp_time: (u32::MAX - 100_000).wrapping_add(self.said as u32 * units),
            level: self.level,
            payload: &payload[..length],
        };
        self.said += if self.codec == BrowserCodec::Opus { WIDE as u64 } else { 160 };
        self.sequence += 1;
        if !lost {
            conferences.receive(now, self.member, packet);
        }
    }
}

fn peak(hertz: f32, rate: usize, samples: &[i16]) -> f32 {
    let (mut re, mut im) = (0.0f32, 0.0f32);
    for (n, sample) in samples.iter().enumerate() {
        let turns = f64::from(hertz) * n as f64 / rate as f64;
        let angle = TAU * turns.fract() as f32;
        re += f32::from(*sample) * angle.cos();
        im += f32::from(*sample) * angle.sin();
    }
    2.0 * (re * re + im * im).sqrt() / samples.len() as f32
}

fn secs(n: u64) -> Duration {
    Duration::from_secs(n)
}

#[test]
fn browsers_of_all_codecs_hear_the_others_and_not_themselves() {
    let mut room = Room::new();
    let parts = [
        (1, BrowserCodec::Opus, 500.0, 16_000),
        (2, BrowserCodec::Opus, 900.0, 16_000),
        (3, BrowserCodec::Pcmu, 1_300.0, 8_000),
        (4, BrowserCodec::Pcma, 1_700.0, 8_000),
    ];
    for (n, codec, hertz, _) in parts {
        room.browser(n, codec);
        room.speaks(n, codec, hertz).peak = 5_000.0;
    }
    room.run(secs(2));
    for (n, _, own, rate) in parts {
        for (_, _, hertz, _) in parts {
            let heard = room.peak(n, hertz, rate, 1_000, 1_500);
            if hertz == own {
                assert!(heard < 250.0, "{n} hears itself: {heard}");
            } else {
                assert!((3_900.0..6_000.0).contains(&heard), "{n} hears {hertz} at {heard}");
            }
        }
    }
    let steps = |n| room.ears.0[&MemberId(n)].rtp_times.windows(2).map(|w| w[1] - w[0]).collect::<Vec<_>>();
    assert!(steps(1).iter().all(|step| *step == 960) && steps(3).iter().all(|step| *step == 160));
    assert_eq!(steps(1).len(), 99, "a frame every 20 ms");
}

#[test]
fn the_band_opens_when_a_second_browser_comes_and_nothing_breaks() {
    let mut room = Room::new();
    room.browser(1, BrowserCodec::Opus);
    room.browser(2, BrowserCodec::Pcmu);
    room.speaks(2, BrowserCodec::Pcmu, 700.0);
    room.run(secs(2));
    room.browser(3, BrowserCodec::Opus);
    room.speaks(3, BrowserCodec::Opus, 5_500.0).peak = 6_000.0;
    room.run(secs(12));
    let steady = (25..690).map(|frame| room.peak(1, 700.0, 16_000, frame * 20, frame * 20 + 20));
    let weakest = steady.reduce(f32::min).unwrap();
    // The codec dips a little at each step.
    assert!(weakest > 4_000.0, "{weakest}");
    // Libopus opens it over some seconds.
    let above = room.peak(1, 5_500.0, 16_000, 12_000, 13_900);
    assert!(above > 2_500.0, "more than a telephone carries: {above}");
}

#[test]
fn silent_listeners_share_one_encoding_and_a_word_of_their_own_changes_nothing_they_hear() {
    let mut room = Room::new();
    for n in 1..=5 {
        room.browser(n, BrowserCodec::Opus);
    }
    room.speaks(1, BrowserCodec::Opus, 600.0);
    room.run(secs(2));
    let last = |room: &Room, n| room.ears.0[&MemberId(n)].last.clone();
    for n in 3..=5 {
        assert_eq!(last(&room, n), last(&room, 2));
    }
    assert_ne!(last(&room, 1), last(&room, 2));
    room.speaks(3, BrowserCodec::Opus, 1_400.0).peak = 4_000.0;
    room.run(secs(1));
    assert_ne!(last(&room, 3), last(&room, 2));
    room.mouths.pop();
    room.run(secs(6));
    assert_eq!(last(&room, 3), last(&room, 2), "and later it shares again");
    let frames = (25..445).map(|frame| room.peak(3, 600.0, 16_000, frame * 20, frame * 20 + 20));
    let weakest = frames.reduce(f32::min).unwrap();
    assert!(weakest > 5_000.0, "{weakest}");
}

#[test]
fn who_says_to_be_quiet_is_not_decoded_and_comes_back_at_once() {
    let mut room = Room::new();
    room.browser(1, BrowserCodec::Opus);
    room.browser(2, BrowserCodec::Opus);
    room.speaks(2, BrowserCodec::Opus, 800.0).level = Some(90);
    room.run(secs(1));
    assert!(room.peak(1, 800.0, 16_000, 0, 1_000) < 10.0);
    assert!(room.out.events.is_empty(), "nobody is audible");
    room.mouths[0].level = Some(15);
    room.run(secs(1));
    assert!(room.peak(1, 800.0, 16_000, 1_100, 2_000) > 6_500.0);
    let levels = room.out.events.iter().filter_map(|event| match event {
        Event::Levels { levels, .. } => Some(levels.clone()),
        _ => None,
    });
    let levels: Vec<_> = levels.collect();
    assert_eq!(levels.len(), 5);
    assert!(levels[2..].iter().all(|l| matches!(l[..], [(MemberId(2), 14..=17)])), "{levels:?}");
}

#[test]
fn one_packet_in_ten_lost_is_made_up_for() {
    for codec in [BrowserCodec::Opus, BrowserCodec::Pcma] {
        let mut room = Room::new();
        room.browser(1, BrowserCodec::Opus);
        room.browser(2, codec);
        // The codec's own concealment expects a voice.
        let mouth = room.speaks(2, codec, 150.0);
        (mouth.loss, mouth.harmonics) = (10, 10);
        room.run(secs(20));
        // Made-up frames need not be in phase with the tone, but none is a hole.
        let heard = &room.ears.0[&MemberId(1)].samples[8_000..];
        let frames: Vec<_> = heard.chunks_exact(WIDE).map(|frame| mean_square(frame).sqrt()).collect();
        let good = frames.iter().filter(|level| **level > 2_000.0).count();
        assert!(good * 1_000 >= frames.len() * 975, "{codec:?}: {good} of {}", frames.len());
        let statistics = room.conferences.leave(MemberId(2), &mut [], &mut room.out).unwrap().0;
        assert!((60..150).contains(&statistics.packets_lost), "{statistics:?}");
    }
}

#[test]
fn clocks_that_drift_neither_gather_delay_nor_run_dry() {
    for codec in [BrowserCodec::Opus, BrowserCodec::Pcmu] {
        for period in [19_990.0, 20_010.0] {
            let mut room = Room::new();
            room.browser(1, BrowserCodec::Pcmu);
            room.browser(2, codec);
            room.speaks(2, codec, 400.0).period = period;
            room.run(secs(180));
            let frames: Vec<_> =
                (50..8_990).map(|frame| room.peak(1, 400.0, 8_000, frame * 20, frame * 20 + 20)).collect();
            let good = frames.iter().filter(|peak| **peak > 6_000.0).count();
            assert!(good * 1_000 >= frames.len() * 990, "{codec:?} {period}: {good} of {}", frames.len());
            // The tone ends when its sender does: what was on its way was never much.
            room.mouths.clear();
            room.run(secs(1));
            let rest = peak(400.0, 8_000, &room.ears.0[&MemberId(1)].samples[180_200 * 8..180_400 * 8]);
            assert!(rest < 300.0, "{codec:?} {period}: {rest}");
        }
    }
}

#[test]
fn two_shards_make_one_conference() {
    let mut shards = [Conferences::new(0), Conferences::new(1), Conferences::new(2)];
    let mut ears: Vec<Ears> = (0..3).map(|_| Ears::default()).collect();
    let mut out = [Outputs::default(), Outputs::default(), Outputs::default()];
    let mut streams: Vec<Vec<_>> = vec![Vec::new(), Vec::new(), Vec::new()];
    let mut now = Timestamp::from_millis(5_000_000);
    for (shard, conferences) in shards.iter_mut().enumerate() {
        conferences.open(MEETING, 0);
        for phone in 0..2u64 {
            let id = crate::StreamId(10 * shard as u64 + phone);
            let member = MemberId(id.0);
            let slot = phone as u32;
            conferences.add_stream(MEETING, member, id, slot).unwrap();
            let stream = crate::stream::Stream::new(id, 0, 0, 1).meeting(member, Codec::Pcmu);
            streams[shard].push(Some(Box::new(stream)));
        }
    }
    assert!(shards[1].add_browser(MEETING, MemberId(99), false).is_err(), "browsers are at home");
    // Everybody but the second of each shard plays a tone; the second ones record what they hear.
    let tones = [400.0, 700.0, 1_100.0];
    for shard in 0..3 {
        let clip = crate::Clip::from_samples(crate::tone::sine(tones[shard], 6_000, secs(3)));
        let playback = crate::player::Player::clip(crate::PlaybackId(1), clip.into(), None);
        streams[shard][0].as_mut().unwrap().players.push_back(playback);
        let recorder = crate::recorder::Recorder::new(crate::RecordingId(shard as u64), None);
        let stream = streams[shard][1].as_mut().unwrap();
        stream.recorders.push(recorder);
        stream.fit_tap();
    }
    for _ in 0..150 {
        now += TICK;
        for shard in 0..3 {
            let slot = shards[shard].by_id[&MEETING];
            let (streams, ears) = (&mut streams[shard], &mut ears[shard]);
            shards[shard].tick(slot, now, streams, ears, &mut Finished::default(), &mut out[shard]);
            for (to, crossing) in std::mem::take(&mut out[shard].crossings) {
                shards[to].cross(crossing);
            }
        }
    }
    for (shard, out) in out.iter().enumerate() {
        let heard: Vec<i16> = out
            .recorded
            .iter()
            .flat_map(|recorded| match recorded {
                crate::Recorded::Samples { samples, .. } => samples.clone(),
                crate::Recorded::Ended { .. } => Vec::new(),
            })
            .collect();
        for hertz in tones {
            let peak = peak(hertz, 8_000, &heard[8_000..16_000]);
            assert!((5_700.0..6_300.0).contains(&peak), "{hertz} Hz at shard {shard}: {peak}");
        }
    }
    // All who are audible are reported at home, and nowhere else.
    let Some(Event::Levels { levels, .. }) = out[0].events.last() else { panic!("no levels") };
    assert_eq!(levels.iter().map(|(member, _)| member.0).collect::<Vec<_>>(), [0, 10, 20]);
    assert!(out[1].events.is_empty() && out[2].events.is_empty());
}

/// Whatever a browser sends, the meeting goes on.
#[test]
fn hostile_payloads_break_nothing() {
    let mut rng = Rng::new(17);
    let mut room = Room::new();
    room.browser(1, BrowserCodec::Opus);
    room.browser(2, BrowserCodec::Opus);
    room.browser(3, BrowserCodec::Pcmu);
    room.speaks(3, BrowserCodec::Pcmu, 500.0);
    for _ in 0..3_000 {
        let mut payload = vec![0; rng.below(1_600) as usize % (1 + rng.below(200) as usize)];
        payload.iter_mut().for_each(|byte| *byte = rng.next_u64() as u8);
        let packet = Incoming {
            codec: [BrowserCodec::Opus, BrowserCodec::Pcmu, BrowserCodec::Pcma][rng.below(3) as usize],
            sequence: rng.below(70_000),
            rtp_time: if rng.one_in(3) { rng.next_u64() as u32 } else { rng.below(100_000) as u32 },
            level: [None, Some(20), Some(127)][rng.below(3) as usize],
            payload: &payload,
        };
        let member = MemberId(1 + rng.below(4));
        let now = room.now;
        room.conferences.receive(now, member, packet);
        if rng.one_in(4) {
            room.run(TICK);
        }
    }
    assert_eq!(room.ears.0.len(), 3);
}
