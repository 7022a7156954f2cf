//! Who is heard, and how loud the pages show it.

use std::time::Duration;

use meet::Capability;
use meet::frame::{ClientMetric, FrameKind, Metric, SignalFrame};

use crate::page::frame;
use crate::world::World;

const TICK: Duration = Duration::from_millis(200);

#[test]
fn volumes_are_shown_and_fall_to_silence() {
    let mut world = World::new();
    let (ann, bob) = (world.joined("ann"), world.joined("bob"));
    let name = world.pages[bob].attendee.clone();
    world.passes(TICK);
    let before = world.pages[ann].metadata.len();
    world.loud(&[(bob, 14)]);
    assert_eq!(world.pages[ann].volume(&name), 1.0);
    world.passes(TICK);
    world.loud(&[(bob, 28)]);
    assert_eq!(world.pages[ann].volume(&name), 0.5);
    world.passes(TICK);
    world.loud(&[(bob, 28)]);
    assert_eq!(world.pages[ann].metadata.len(), before + 2, "nothing changed");
    world.passes(TICK);
    world.loud(&[]);
    assert_eq!(world.pages[ann].volume(&name), 0.0);
    assert_eq!(world.pages[ann].metadata.len(), before + 3);
    world.passes(Duration::from_secs(5));
    assert_eq!(world.pages[ann].metadata.len(), before + 3, "silence is told once");
    assert_eq!(world.pages[bob].volume(&name), 0.0);
}

#[test]
fn a_steady_voice_is_mentioned_before_it_fades_from_the_page() {
    let mut world = World::new();
    let (ann, bob) = (world.joined("ann"), world.joined("bob"));
    world.passes(TICK);
    world.loud(&[(bob, 20)]);
    let before = world.pages[ann].metadata.len();
    for _ in 0..20 {
        world.passes(TICK);
        world.loud(&[(bob, 20)]);
    }
    assert_eq!(world.pages[ann].metadata.len(), before + 5, "every 800 ms of 4 s");
}

#[test]
fn volumes_come_five_times_a_second_at_most() {
    let mut world = World::new();
    let (ann, bob) = (world.joined("ann"), world.joined("bob"));
    world.passes(TICK);
    let before = world.pages[ann].metadata.len();
    for level in 0..100 {
        world.loud(&[(bob, 14 + level % 20)]);
        world.passes(Duration::from_millis(20));
    }
    let told = world.pages[ann].metadata.len() - before;
    assert!((9..=12).contains(&told), "{told} in 2 s");
}

#[test]
fn a_newcomer_learns_who_is_speaking_and_how_good_its_own_connection_is() {
    let mut world = World::new();
    let (ann, bob) = (world.joined("ann"), world.joined("bob"));
    world.passes(TICK);
    world.loud(&[(bob, 14)]);
    world.passes(TICK);
    let cleo = world.joined("cleo");
    world.loud(&[(bob, 14)]);
    world.passes(TICK);
    let (speaker, own) = (world.pages[bob].attendee.clone(), world.pages[cleo].attendee.clone());
    assert_eq!(world.pages[cleo].volume(&speaker), 1.0);
    assert_eq!(world.pages[cleo].shown[&own].signal, Some(1.0));
    assert_eq!(world.pages[ann].volume(&speaker), 1.0);
}

#[test]
fn a_bad_connection_is_shown_to_everybody() {
    let mut world = World::new();
    let (ann, bob) = (world.joined("ann"), world.joined("bob"));
    world.passes(TICK);
    let metrics = |percent| SignalFrame {
        client_metric: Some(ClientMetric {
            global_metrics: [(7, 12.0), (99_999, f64::NAN), (15, percent)]
                .map(|(kind, value)| Metric { kind: Some(kind), value: Some(value) })
                .to_vec(),
            ..ClientMetric::default()
        }),
        ..frame(FrameKind::ClientMetric)
    };
    let name = world.pages[bob].attendee.clone();
    for (percent, shown) in [(30.0, 0.0), (10.0, 0.5), (0.0, 1.0)] {
        world.says(bob, &metrics(percent));
        world.passes(TICK);
        assert_eq!(world.pages[ann].shown[&name].signal, Some(shown));
        assert_eq!(world.pages[bob].shown[&name].signal, Some(shown));
    }
}

#[test]
fn a_page_that_mutes_itself_is_silent_for_all() {
    let mut world = World::new();
    let (ann, bob) = (world.joined("ann"), world.joined("bob"));
    let (name, member) = (world.pages[bob].attendee.clone(), world.pages[bob].member.unwrap());
    world.passes(TICK);
    world.loud(&[(bob, 14)]);
    world.mutes(bob, true);
    assert!(world.audio[&member].muted);
    assert_eq!((world.pages[ann].muted(&name), world.pages[bob].muted(&name)), (Some(true), Some(true)));
    world.passes(TICK + Duration::from_millis(50));
    assert_eq!(world.pages[ann].volume(&name), 0.0, "what was measured before does not count");
    world.loud(&[(bob, 14)]);
    world.passes(TICK);
    assert_eq!(world.pages[ann].volume(&name), 0.0);
    world.mutes(bob, true);
    world.mutes(bob, false);
    assert!(!world.audio[&member].muted);
    assert_eq!(world.pages[ann].muted(&name), Some(false));
}

#[test]
fn a_page_may_start_muted() {
    let mut world = World::new();
    let bob = world.attendee("bob");
    let page = world.page(bob);
    world.connects_page(page);
    world.says_join(page);
    world.subscribes(page, true);
    assert!(world.audio[&world.pages[page].member.unwrap()].muted);
    assert_eq!(world.pages[page].muted(&bob.to_string()), Some(true));
}

#[test]
fn capabilities_mute_and_deafen_at_once() {
    let mut world = World::new();
    let ann = world.joined("ann");
    let bob = world.attendee_with("bob", Capability::None);
    let page = world.page(bob);
    world.joins(page);
    let member = world.pages[page].member.unwrap();
    let name = bob.to_string();
    for (audio, muted, deaf) in [
        (Capability::None, true, true),
        (Capability::Send, false, true),
        (Capability::Receive, true, false),
        (Capability::SendReceive, false, false),
        (Capability::None, true, true),
    ] {
        world.changes(bob, audio);
        assert_eq!((world.audio[&member].muted, world.audio[&member].deaf), (muted, deaf), "{audio:?}");
        assert_eq!(world.pages[ann].muted(&name), Some(muted), "{audio:?}");
    }
    world.mutes(page, false);
    assert!(world.audio[&member].muted, "a client cannot give itself a voice");
}
