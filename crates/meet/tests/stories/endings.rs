//! The end of attendees and meetings.

use std::time::Duration;

use meet::frame::FrameKind;
use meet::{Config, Counts, Input};

use crate::world::World;

#[test]
fn the_end_of_a_meeting_is_told_before_connections_close() {
    let mut world = World::new();
    let (ann, bob) = (world.joined("ann"), world.joined("bob"));
    world.ends();
    for page in [ann, bob] {
        assert_eq!((world.pages[page].statuses.as_slice(), world.pages[page].closed), (&[410][..], None));
    }
    assert_eq!(world.audio.len(), 0);
    world.leaves(ann);
    assert_eq!(world.pages[ann].frames.last(), Some(&FrameKind::LeaveAck));
    world.disconnects(ann);
    world.passes(Duration::from_secs(3));
    assert_eq!(world.pages[bob].closed, Some(4410), "it did not leave by itself");
    assert_eq!(world.meetings.counts(), Counts::default());
    let last = ["chime:AttendeeLeft", "chime:AttendeeLeft", "chime:MeetingEnded"];
    assert_eq!(world.event_names()[world.events.len() - 3..], last);
}

#[test]
fn joining_a_meeting_that_is_over_says_so() {
    let mut world = World::new();
    let ann = world.attendee("ann");
    let (early, late) = (world.page(ann), world.page(ann));
    world.connects_page(early);
    world.ends();
    world.says_join(early);
    world.connects_page(late);
    world.says_join(late);
    for page in [early, late] {
        assert_eq!((world.pages[page].frames.len(), world.pages[page].closed), (0, Some(4410)));
    }
}

#[test]
fn a_deleted_attendee_is_told_and_cannot_return() {
    let mut world = World::new();
    let ann = world.joined("ann");
    let bob = world.attendee("bob");
    let page = world.page(bob);
    world.joins(page);
    world.deletes(bob);
    assert_eq!((world.pages[page].statuses.as_slice(), world.pages[page].closed), (&[411][..], None));
    assert_eq!(world.pages[ann].presence.last(), Some(&(bob.to_string(), false, false)));
    assert_eq!(
        world.event_names()[world.events.len() - 2..],
        ["chime:AttendeeLeft", "chime:AttendeeDeleted"]
    );
    world.leaves(page);
    world.disconnects(page);
    world.connects_page(page);
    world.says_join(page);
    assert_eq!(world.pages[page].closed, Some(4403));
    assert_eq!(world.meetings.tally().refused_tokens, 0, "it was a token once");
}

#[test]
fn deleting_twice_is_nothing() {
    let mut world = World::new();
    let ann = world.attendee("ann");
    let meeting = world.meeting;
    world.deletes(ann);
    let events = world.events.len();
    world.deletes(ann);
    assert_eq!(world.events.len(), events);
    world.ends();
    let events = world.events.len();
    world.ends();
    world.input(Input::AttendeeDeleted { meeting, attendee: ann });
    assert_eq!(world.events.len(), events);
}

#[test]
fn a_meeting_from_the_store_is_no_news() {
    let mut world = World::new();
    let ann = world.attendee("ann");
    let token = world.tokens[&ann].clone();
    let meeting = meet::Meeting {
        id: world.meeting,
        external_id: "town-hall".into(),
        region: "us-east-1".into(),
        created: world.now,
        capacity: 10,
        video: false,
    };
    let attendee = meet::Attendee {
        id: ann,
        external_user_id: "ann".into(),
        token: token.as_str().into(),
        capabilities: meet::Capabilities::default(),
    };
    let mut restarted = World::empty(Config::default());
    restarted.meeting = world.meeting;
    restarted.tokens = world.tokens;
    restarted.input(Input::MeetingRestored { meeting: Box::new(meeting), attendees: vec![attendee] });
    assert_eq!(restarted.events, []);
    let page = restarted.page(ann);
    restarted.joins(page);
    assert_eq!(restarted.pages[page].answers, 1);
}
