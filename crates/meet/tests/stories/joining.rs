//! How pages get in, come back, and are kept out.

use std::time::Duration;

use base::{MeetingId, Rng};
use meet::frame::{FrameKind, SignalFrame};
use meet::{Config, Input};

use crate::page::frame;
use crate::world::World;

#[test]
fn a_page_joins_step_by_step() {
    let mut world = World::new();
    let ann = world.attendee("ann");
    let page = world.page(ann);
    world.connects_page(page);
    world.pings(page, 1);
    assert_eq!(world.pages[page].pongs, [1], "a client pings before it joins");
    world.says_join(page);
    world.subscribes(page, false);
    let frames = [
        FrameKind::PingPong,
        FrameKind::JoinAck,
        FrameKind::Index,
        FrameKind::SubscribeAck,
        FrameKind::AudioStreamIdInfo,
    ];
    assert_eq!(world.pages[page].frames[..5], frames);
    assert_eq!(world.pages[page].sees(), [ann.to_string()], "it sees itself");
    assert_eq!(world.pages[page].shown[&ann.to_string()].external_user_id, "ann");
    let names =
        ["chime:MeetingStarted", "chime:AttendeeAdded", "chime:AttendeeAuthorized", "chime:AttendeeJoined"];
    assert_eq!(world.event_names(), names);
    let who = world.events[3].who.clone().unwrap();
    assert_eq!((who.attendee, who.external_user_id.as_str()), (ann, "ann"));
}

#[test]
fn a_page_leaves_and_may_come_again() {
    let mut world = World::new();
    let (ann, bob) = (world.joined("ann"), world.joined("bob"));
    let member = world.pages[bob].member.unwrap();
    world.leaves(bob);
    assert_eq!(world.pages[bob].frames.last(), Some(&FrameKind::LeaveAck));
    assert!(!world.audio.contains_key(&member), "its packets and checks are answered no more");
    let name = world.pages[bob].attendee.clone();
    assert_eq!(world.pages[ann].presence.last(), Some(&(name.clone(), false, false)));
    world.disconnects(bob);
    world.joins(bob);
    assert_eq!(world.pages[ann].presence.last(), Some(&(name, true, false)));
    assert_eq!(world.pages[ann].sees().len(), 2);
}

#[test]
fn a_page_that_does_not_close_after_its_leave_is_closed() {
    let mut world = World::new();
    let ann = world.joined("ann");
    world.leaves(ann);
    world.passes(Duration::from_millis(1_900));
    assert_eq!(world.pages[ann].closed, None);
    world.passes(Duration::from_millis(200));
    assert_eq!(world.pages[ann].closed, Some(1000));
}

#[test]
fn subscribing_again_is_answered_again() {
    let mut world = World::new();
    let ann = world.joined("ann");
    let rosters = world.pages[ann].rosters.len();
    world.subscribes(ann, false);
    world.subscribes(ann, true);
    assert_eq!(world.pages[ann].answers, 3);
    assert_eq!(world.audio.len(), 1, "over the one member it has");
    assert_eq!(world.pages[ann].rosters.len(), rosters + 1, "the roster told of the mute only");
    assert_eq!(world.pages[ann].muted(&world.pages[ann].attendee), Some(true));
}

#[test]
fn a_camera_is_declined_politely() {
    let mut world = World::new();
    let ann = world.joined("ann");
    let subscribe = world.pages[ann].subscribe_frame(false, true);
    world.says(ann, &subscribe);
    let page = &world.pages[ann];
    assert_eq!(page.frames[page.frames.len() - 2..], [FrameKind::SubscribeAck, FrameKind::AudioStatus]);
    assert_eq!((page.errors.as_slice(), page.statuses.as_slice()), (&[206][..], &[200][..]));
    assert_eq!(page.closed, None);
}

#[test]
fn a_reconnect_is_silent_and_nobody_sees_a_gap() {
    let mut world = World::new();
    let (ann, bob) = (world.joined("ann"), world.joined("bob"));
    let before = (world.pages[ann].presence.len(), world.events.len());
    let old = world.pages[bob].member.unwrap();
    let name = world.pages[bob].attendee.clone();
    // Its TCP connection hangs: a new one comes while the old one is still open.
    world.joins(bob);
    assert!(!world.audio.contains_key(&old));
    assert_eq!(world.pages[bob].statuses, [0; 0]);
    assert_eq!((world.pages[ann].presence.len(), world.events.len()), before);
    assert_eq!(world.pages[bob].presence.iter().filter(|(_, present, _)| !present).count(), 0);
    // The same when it is noticed first.
    world.disconnects(bob);
    world.passes(Duration::from_secs(9));
    assert!(world.pages[ann].sees().contains(&name));
    world.joins(bob);
    world.passes(Duration::from_secs(20));
    assert_eq!(world.pages[ann].presence.len(), before.0);
    assert_eq!(world.meetings.tally().rejoins, 2);
}

#[test]
fn one_who_does_not_come_back_is_dropped_after_ten_seconds() {
    let mut world = World::new();
    let (ann, bob) = (world.joined("ann"), world.joined("bob"));
    let name = world.pages[bob].attendee.clone();
    world.disconnects(bob);
    world.passes(Duration::from_millis(9_999));
    assert_eq!(world.audio.len(), 2, "its audio is kept so long");
    world.passes(Duration::from_millis(2));
    assert_eq!(world.audio.len(), 1);
    assert_eq!(world.pages[ann].presence.last(), Some(&(name, false, true)));
    assert_eq!(world.event_names().last(), Some(&"chime:AttendeeDropped"));
}

#[test]
fn one_who_comes_back_without_audio_is_dropped_later() {
    let mut world = World::new();
    let (ann, bob) = (world.joined("ann"), world.joined("bob"));
    world.disconnects(bob);
    world.connects_page(bob);
    world.says_join(bob);
    world.passes_with_pings(Duration::from_secs(29));
    assert_eq!(world.pages[ann].sees().len(), 2);
    world.passes_with_pings(Duration::from_secs(2));
    assert_eq!(world.pages[ann].sees().len(), 1);
    world.subscribes(bob, false);
    assert_eq!(world.pages[ann].sees().len(), 2, "better late than never");
}

#[test]
fn a_connection_without_signs_of_life_is_closed() {
    let mut world = World::new();
    let (ann, bob) = (world.joined("ann"), world.joined("bob"));
    world.passes(Duration::from_secs(34));
    world.pings(ann, 1);
    assert_eq!(world.pages[bob].closed, None);
    world.passes(Duration::from_secs(2));
    assert_eq!((world.pages[ann].closed, world.pages[bob].closed), (None, Some(4500)));
    assert_eq!(world.pages[ann].sees().len(), 2);
    world.passes(Duration::from_secs(10));
    assert_eq!(world.pages[ann].sees().len(), 1);
}

#[test]
fn joining_elsewhere_ends_the_first_session() {
    let mut world = World::new();
    let ann = world.attendee("ann");
    let (desk, sofa) = (world.page(ann), world.page(ann));
    let bob = world.joined("bob");
    world.joins(desk);
    world.joins(sofa);
    assert_eq!(world.pages[desk].statuses, [301]);
    assert_eq!(world.pages[desk].closed, None, "first it is told, then it leaves");
    world.leaves(desk);
    assert_eq!(world.pages[desk].frames.last(), Some(&FrameKind::LeaveAck));
    world.passes_with_pings(Duration::from_secs(3));
    assert_eq!(world.pages[desk].closed, Some(1000));
    assert_eq!(world.pages[sofa].statuses, [0; 0]);
    assert_eq!(world.pages[bob].presence.iter().filter(|(_, present, _)| !present).count(), 0);
    assert_eq!(world.audio.len(), 2);
}

#[test]
fn an_unknown_token_is_refused_after_the_join() {
    let mut world = World::new();
    let ann = world.attendee("ann");
    let page = world.page(ann);
    world.pages[page].token = "forged".into();
    world.connects_page(page);
    assert_eq!(world.pages[page].closed, None, "the client listens for the reason after its JOIN");
    world.says_join(page);
    assert_eq!(world.pages[page].frames, [FrameKind::JoinAck]);
    assert_eq!((world.pages[page].errors.as_slice(), world.pages[page].closed), (&[403][..], Some(4403)));
    assert_eq!(world.meetings.tally().refused_tokens, 1);
}

#[test]
fn a_token_is_good_for_its_meeting_only() {
    let mut world = World::new();
    let ann = world.attendee("ann");
    let page = world.page(ann);
    let other = MeetingId::random(&mut Rng::new(5));
    world.connects_to(page, Some(other));
    world.says_join(page);
    assert_eq!((world.pages[page].errors.as_slice(), world.pages[page].closed), (&[403][..], Some(4403)));
    // Older clients name no meeting.
    world.connects_to(page, None);
    world.says_join(page);
    assert_eq!(world.pages[page].frames.last(), Some(&FrameKind::Index));
}

#[test]
fn shared_content_is_refused_after_the_join() {
    let mut world = World::new();
    let ann = world.attendee("ann");
    let page = world.page(ann);
    world.pages[page].token += "#content";
    world.connects_page(page);
    world.says_join(page);
    assert_eq!((world.pages[page].frames.len(), world.pages[page].closed), (0, Some(4403)));
    assert_eq!(world.meetings.tally().refused_tokens, 0);
}

#[test]
fn a_full_meeting_takes_nobody_else() {
    let mut world = World::new();
    world.new_meeting(2);
    let (ann, _) = (world.joined("ann"), world.joined("bob"));
    let eve = world.attendee("eve");
    let page = world.page(eve);
    world.connects_page(page);
    world.says_join(page);
    assert_eq!(
        (world.pages[page].frames.as_slice(), world.pages[page].errors.as_slice()),
        (&[FrameKind::JoinAck][..], &[409][..])
    );
    world.passes(Duration::from_secs(3));
    assert_eq!(world.pages[page].closed, Some(4409));
    // Whoever is in may reconnect; when one leaves there is room.
    world.joins(ann);
    assert_eq!(world.pages[ann].errors, [0; 0]);
    world.leaves(ann);
    world.joins(page);
    assert_eq!(world.pages[page].errors, [409]);
    assert_eq!(world.pages[page].answers, 1);
}

#[test]
fn a_connection_that_never_joins_is_closed() {
    let mut world = World::new();
    let ann = world.attendee("ann");
    let page = world.page(ann);
    world.connects_page(page);
    world.passes(Duration::from_millis(14_999));
    assert_eq!(world.pages[page].closed, None);
    world.passes(Duration::from_millis(2));
    assert_eq!(world.pages[page].closed, Some(4500), "a client whose JOIN was lost tries again");
    assert_eq!(world.meetings.counts().connections, 0);
}

#[test]
fn connections_are_limited_in_all_and_per_token() {
    let mut world = World::with(Config { connections_max: 5, connections_per_token: 3, ..Config::default() });
    let (ann, bob) = (world.attendee("ann"), world.attendee("bob"));
    let pages: Vec<_> = (0..4).map(|_| world.page(ann)).collect();
    for page in &pages {
        world.connects_page(*page);
    }
    assert_eq!(
        pages.iter().map(|page| world.pages[*page].closed).collect::<Vec<_>>(),
        [None, None, None, Some(4429)]
    );
    let pages: Vec<_> = (0..3).map(|_| world.page(bob)).collect();
    for page in &pages {
        world.connects_page(*page);
    }
    assert_eq!(
        pages.iter().map(|page| world.pages[*page].closed).collect::<Vec<_>>(),
        [None, None, Some(4500)]
    );
    assert_eq!(world.meetings.tally().refused_connections, 2);
    world.passes(Duration::from_secs(20));
    assert_eq!(world.meetings.counts().connections, 0);
    let page = world.page(ann);
    world.joins(page);
    assert_eq!(world.pages[page].answers, 1);
}

#[test]
fn an_offer_that_is_refused_ends_a_first_attempt_and_restarts_a_later_one() {
    let mut world = World::new();
    world.answers = false;
    let ann = world.attendee("ann");
    let page = world.page(ann);
    world.joins(page);
    let member = world.pages[page].member.unwrap();
    world.input(Input::Answer { member, outcome: Err("no audio".into()) });
    assert_eq!(world.pages[page].errors, [400]);
    assert_eq!(world.audio.len(), 0);
    // After its first attempt a client leaves before it tries again.
    world.leaves(page);
    world.disconnects(page);
    world.answers = true;
    world.joins(page);
    world.answers = false;
    world.subscribes(page, false);
    let member = world.pages[page].member.unwrap();
    world.input(Input::Answer { member, outcome: Err("no audio".into()) });
    assert_eq!(world.pages[page].errors, [400, 500]);
    assert_eq!(world.audio.len(), 1, "what was agreed before goes on until the page starts again");
}

#[test]
fn audio_that_is_lost_restarts_the_page() {
    let mut world = World::new();
    let (ann, bob) = (world.joined("ann"), world.joined("bob"));
    let member = world.pages[bob].member.unwrap();
    world.input(Input::MemberLost { member });
    assert_eq!(world.pages[bob].statuses, [503]);
    assert_eq!(world.audio.len(), 1);
    world.passes(Duration::from_secs(2));
    world.joins(bob);
    world.passes_with_pings(Duration::from_secs(40));
    assert_eq!(world.pages[ann].presence.iter().filter(|(_, present, _)| !present).count(), 0);
    // The next time it does not come back.
    let member = world.pages[bob].member.unwrap();
    world.input(Input::MemberLost { member });
    world.passes_with_pings(Duration::from_secs(11));
    let name = world.pages[bob].attendee.clone();
    assert_eq!(world.pages[ann].presence.last(), Some(&(name, false, true)));
}

#[test]
fn there_is_no_primary_meeting_to_join() {
    let mut world = World::new();
    let ann = world.joined("ann");
    world.says(ann, &frame(FrameKind::PrimaryMeetingJoin));
    assert_eq!(world.pages[ann].frames.last(), Some(&FrameKind::PrimaryMeetingJoinAck));
    assert_eq!((world.pages[ann].errors.as_slice(), world.pages[ann].closed), (&[403][..], None));
}

#[test]
fn a_drain_sends_everybody_to_start_again() {
    let mut world = World::new();
    let ann = world.joined("ann");
    let bob = world.attendee("bob");
    let opened = world.page(bob);
    world.connects_page(opened);
    let mut out = Vec::new();
    world.meetings.drain(world.now, &mut out);
    let closes: Vec<_> = out
        .iter()
        .filter_map(|o| match o {
            meet::Output::Close { code, .. } => Some(*code),
            _ => None,
        })
        .collect();
    assert_eq!(closes, [4500, 4500]);
    let status = out.iter().find_map(|o| match o {
        meet::Output::Send { frame, .. } => SignalFrame::from_bytes(frame).unwrap().audio_status,
        _ => None,
    });
    assert_eq!(
        status.and_then(|status| status.audio_status),
        Some(503),
        "for clients that ignore close codes"
    );
    assert_eq!(world.meetings.counts().connections, 0);
    let _ = ann;
}
