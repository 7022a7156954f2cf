//! Meetings that end by themselves.

use std::time::Duration;

use meet::{Config, Counts, IdleWhy};

use crate::world::World;

const MINUTE: Duration = Duration::from_secs(60);

#[test]
fn a_meeting_nobody_joins_ends_after_five_minutes() {
    let mut world = World::new();
    let created = world.now;
    world.passes(5 * MINUTE - Duration::from_secs(1));
    assert_eq!(world.idle, []);
    world.passes(Duration::from_secs(1));
    assert_eq!(world.idle, [(created + 5 * MINUTE, IdleWhy::NoAudio)]);
    world.passes(2 * MINUTE);
    assert_eq!(world.idle.len(), 3, "reported again until it is deleted");
    world.ends();
    world.passes(5 * MINUTE);
    assert_eq!((world.idle.len(), world.meetings.counts()), (3, Counts::default()));
}

#[test]
fn a_meeting_everybody_left_ends_five_minutes_later() {
    let mut world = World::new();
    let ann = world.joined("ann");
    world.passes_with_pings(10 * MINUTE);
    world.leaves(ann);
    let left = world.now;
    world.disconnects(ann);
    world.passes(5 * MINUTE);
    assert_eq!(world.idle, [(left + 5 * MINUTE, IdleWhy::NoAudio)]);
}

#[test]
fn audio_counts_not_the_connection() {
    let mut world = World::new();
    world.connects = false;
    world.joined("ann");
    world.passes_with_pings(5 * MINUTE);
    assert_eq!(world.idle.len(), 1);
}

#[test]
fn one_alone_is_waited_with_for_half_an_hour() {
    let mut world = World::new();
    let (_, bob) = (world.joined("ann"), world.joined("bob"));
    world.passes_with_pings(60 * MINUTE);
    assert_eq!(world.idle, []);
    world.leaves(bob);
    let left = world.now;
    world.passes_with_pings(30 * MINUTE);
    assert_eq!(world.idle, [(left + 30 * MINUTE, IdleWhy::Alone)]);
}

#[test]
fn a_telephone_counts_as_audio() {
    let mut world = World::with(Config { alone: None, ..Config::default() });
    let tel = world.attendee("telephone");
    world.phone(tel);
    world.passes(60 * MINUTE);
    assert_eq!(world.idle, [], "and nobody minds that it is alone");
}

#[test]
fn no_meeting_lasts_longer_than_a_day() {
    let mut world = World::new();
    let created = world.now;
    let (a, b) = (world.attendee("a"), world.attendee("b"));
    world.phone(a);
    world.phone(b);
    world.passes(24 * 60 * MINUTE);
    assert_eq!(world.idle, [(created + 24 * 60 * MINUTE, IdleWhy::TooOld)]);
}
