//! Who is seen by whom.

use meet::frame::FrameKind;

use crate::world::World;

#[test]
fn a_newcomer_gets_the_whole_list_and_the_others_the_change() {
    let mut world = World::new();
    let (ann, bob) = (world.joined("ann"), world.joined("bob"));
    let cleo = world.joined("cleo");
    let first: Vec<_> =
        world.pages[cleo].rosters[0].streams.iter().map(|entry| entry.attendee_id.clone()).collect();
    assert_eq!(first, [Some(world.pages[ann].attendee.clone()), Some(world.pages[bob].attendee.clone())]);
    let change = world.pages[ann].rosters.last().unwrap();
    assert_eq!((change.streams.len(), change.streams[0].audio_stream_id), (1, Some(3)));
    for page in [ann, bob, cleo] {
        assert_eq!(world.pages[page].sees().len(), 3);
    }
}

#[test]
fn a_stream_is_never_used_twice() {
    let mut world = World::new();
    let (ann, bob) = (world.joined("ann"), world.joined("bob"));
    let mut highest = 2;
    for _ in 0..5 {
        world.leaves(bob);
        world.disconnects(bob);
        world.joins(bob);
        let stream = world.pages[ann].rosters.last().unwrap().streams[0].audio_stream_id.unwrap();
        assert!(stream > highest);
        highest = stream;
    }
}

#[test]
fn those_who_do_not_listen_yet_get_no_changes() {
    let mut world = World::new();
    world.answers = false;
    let ann = world.attendee("ann");
    let page = world.page(ann);
    world.joins(page);
    world.answers = true;
    world.joined("bob");
    assert_eq!(world.pages[page].rosters.len(), 0, "the first roster must be the whole list");
    assert_eq!(world.pages[page].frames, [FrameKind::JoinAck, FrameKind::Index]);
}

#[test]
fn after_a_reconnect_those_who_left_meanwhile_are_gone() {
    let mut world = World::new();
    let (ann, bob, cleo) = (world.joined("ann"), world.joined("bob"), world.joined("cleo"));
    world.disconnects(ann);
    world.leaves(bob);
    world.joins(ann);
    let gone = world.pages[bob].attendee.clone();
    assert_eq!(world.pages[ann].presence.last(), Some(&(gone, false, false)));
    assert_eq!(world.pages[ann].sees(), world.pages[cleo].sees());
}

#[test]
fn a_change_for_many_is_encoded_once() {
    let mut world = World::new();
    for n in 0..50 {
        world.joined(&format!("listener {n}"));
    }
    world.mutes(0, true);
    assert_eq!(world.sent.len(), 50);
    let mut bytes: Vec<_> = world.sent.iter().map(|(_, bytes, _)| *bytes).collect();
    bytes.dedup();
    assert_eq!(bytes.len(), 1, "they share its bytes");
}
