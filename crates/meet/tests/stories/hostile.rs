//! What comes over a connection may be anything: it is counted, and harms nobody.

use base::Rng;
use meet::frame::{FrameKind, SignalFrame};
use meet::{Config, ConnectionId, Input, MemberId};

use crate::page::frame;
use crate::world::World;

#[test]
fn malformed_frames_are_counted_and_change_nothing() {
    let mut world = World::new();
    let (ann, bob) = (world.joined("ann"), world.joined("bob"));
    for bytes in [&[][..], &[5], &[0xff; 40], &[5, 0x08, 1, 0x10, 3, 0x32, 0xff], &vec![5; 300_000]] {
        world.says_bytes(bob, bytes);
    }
    assert_eq!(world.meetings.tally().malformed_frames, 5);
    assert_eq!((world.pages[bob].closed, world.pages[ann].sees().len()), (None, 2));
}

#[test]
fn frames_out_of_order_are_counted_and_change_nothing() {
    let mut world = World::new();
    let ann = world.attendee("ann");
    let page = world.page(ann);
    world.connects_page(page);
    world.subscribes(page, false);
    world.mutes(page, true);
    world.sends(page, "chat", "before I am in", 1_000);
    assert_eq!((world.pages[page].frames.len(), world.audio.len()), (0, 0));
    world.says_join(page);
    world.says_join(page);
    assert_eq!(world.pages[page].frames, [FrameKind::JoinAck, FrameKind::Index]);
    assert_eq!(world.meetings.tally().unexpected_frames, 4);
}

#[test]
fn unknown_connections_and_members_are_ignored() {
    let mut world = World::new();
    world.joined("ann");
    let member = MemberId(99);
    world.input(Input::Frame { connection: ConnectionId(99), bytes: &[5, 8, 1, 16, 9] });
    world.input(Input::Disconnected { connection: ConnectionId(99) });
    world.input(Input::Answer { member, outcome: Ok("v=0".into()) });
    world.input(Input::MemberConnected { member });
    world.input(Input::MemberLost { member });
    world.input(Input::PhoneJoined { member });
    world.input(Input::PhoneLeft { member });
    world.levels(&[(member, 3)]);
    assert_eq!(world.meetings.counts().present, 1);
}

#[test]
fn one_who_sends_far_too_much_is_cut_off() {
    let mut world = World::with(Config { frames_per_second: 10, frames_burst: 20, ..Config::default() });
    let (ann, bob) = (world.joined("ann"), world.joined("bob"));
    let sent = world.pages[bob].pongs.len();
    for id in 0..1_100 {
        if world.pages[bob].statuses.is_empty() {
            world.pings(bob, id);
        }
    }
    assert_eq!(world.pages[bob].pongs.len() - sent, 18, "after JOIN and SUBSCRIBE");
    assert_eq!((world.pages[bob].statuses.as_slice(), world.pages[ann].sees().len()), (&[429][..], 1));
    assert_eq!((world.meetings.tally().cut_off, world.meetings.tally().excess_frames), (1, 1_001));
}

#[test]
fn offers_without_answers_do_not_pile_up() {
    let mut world = World::new();
    world.answers = false;
    let ann = world.attendee("ann");
    let page = world.page(ann);
    world.joins(page);
    for _ in 0..20 {
        world.subscribes(page, false);
    }
    let member = world.pages[page].member.unwrap();
    assert_eq!(world.audio[&member].offers, 8);
    assert_eq!(world.pages[page].errors.len(), 13, "the others are answered at once: start again");
}

#[test]
fn an_offer_without_a_description_is_refused() {
    let mut world = World::new();
    let ann = world.joined("ann");
    let mut subscribe = world.pages[ann].subscribe_frame(false, false);
    subscribe.sub.as_mut().unwrap().sdp_offer = None;
    world.says(ann, &subscribe);
    assert_eq!(world.pages[ann].errors, [400]);
    world.says(ann, &frame(FrameKind::MeetingSessionTiming));
    world.says(ann, &frame(FrameKind::Pause));
    assert_eq!(world.meetings.tally().malformed_frames, 0);
}

/// The committed fuzz corpus of a target.
fn corpus(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = format!("{}/../../fuzz/corpus/{target}", env!("CARGO_MANIFEST_DIR"));
    let mut all: Vec<_> = std::fs::read_dir(&folder)
        .expect("the corpus is committed")
        .map(|entry| {
            let path = entry.expect("the corpus is readable").path();
            #[expect(
                clippy::disallowed_methods,
                reason = "the test reads its corpus, the crate reads no file"
            )]
            let bytes = std::fs::read(&path).expect("the corpus is readable");
            (path.display().to_string(), bytes)
        })
        .collect();
    all.sort();
    assert!(!all.is_empty(), "{folder} is empty");
    all
}

/// One to four changes: a bit flipped, a byte replaced, a piece removed, repeated or taken from another file.
fn mutate(rng: &mut Rng, bytes: &mut Vec<u8>, other: &[u8]) {
    for _ in 0..1 + rng.below(4) {
        if bytes.is_empty() {
            return;
        }
        let at = rng.below(bytes.len() as u64) as usize;
        let end = (at + 1 + rng.below(40) as usize).min(bytes.len());
        match rng.below(7) {
            0 => bytes[at] ^= 1 << rng.below(8),
            1 => bytes[at] = rng.next_u64() as u8,
            2 => bytes.insert(at, rng.next_u64() as u8),
            3 => drop(bytes.drain(at..end)),
            4 => {
                let piece = bytes[at..end].to_vec();
                bytes.splice(at..at, piece);
            }
            5 => {
                let from = rng.below(other.len() as u64) as usize;
                let piece = &other[from..(from + end - at).min(other.len())];
                bytes.splice(at..at, piece.iter().copied());
            }
            _ => bytes.truncate(at),
        }
    }
}

fn replay_and_mutate(target: &str, rounds: usize, check: fn(&[u8])) {
    let corpus = corpus(target);
    for (name, bytes) in &corpus {
        let held = std::panic::catch_unwind(|| check(bytes));
        assert!(held.is_ok(), "{name}");
    }
    let mut rng = Rng::new(0x3ee7);
    for round in 0..rounds {
        let (name, bytes) = &corpus[rng.below(corpus.len() as u64) as usize];
        let (_, other) = &corpus[rng.below(corpus.len() as u64) as usize];
        let mut bytes = bytes.clone();
        mutate(&mut rng, &mut bytes, other);
        let held = std::panic::catch_unwind(|| check(&bytes));
        assert!(held.is_ok(), "round {round}, from {name}:\n{bytes:?}");
    }
}

#[test]
fn mutated_frames() {
    for (name, bytes) in corpus("meet_frame") {
        assert!(SignalFrame::from_bytes(&bytes).is_ok(), "{name}");
    }
    replay_and_mutate("meet_frame", 30_000, meet::check::frame);
}

#[test]
fn mutated_sessions() {
    replay_and_mutate("meet_signalling", 10_000, meet::check::signalling);
}
