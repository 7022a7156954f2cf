//! Telephones in meetings.

use meet::{Capability, HangUpWhy, Input, NotAdmitted};

use crate::world::World;

#[test]
fn a_telephone_is_an_attendee_like_any_other() {
    let mut world = World::new();
    let ann = world.joined("ann");
    let tel = world.attendee("telephone");
    let member = world.phone(tel);
    assert_eq!(world.pages[ann].shown[&tel.to_string()].external_user_id, "telephone");
    world.passes(std::time::Duration::from_millis(200));
    world.levels(&[(member, 14)]);
    assert_eq!(world.pages[ann].volume(&tel.to_string()), 1.0);
    world.phone_leaves(member);
    assert_eq!(world.pages[ann].presence.last(), Some(&(tel.to_string(), false, false)));
    assert_eq!(world.event_names().last(), Some(&"chime:AttendeeLeft"));
    assert_eq!(world.meetings.counts().members, 1);
}

#[test]
fn a_telephone_needs_a_token_of_the_meeting_it_names() {
    let mut world = World::new();
    let tel = world.attendee("telephone");
    let token = world.tokens[&tel].clone();
    let mut out = Vec::new();
    let meeting = world.meeting.to_string();
    let mut admit = |token: &str, meeting: Option<&str>| {
        world.meetings.admit_phone(world.now, token, meeting, &mut out).map(|admission| admission.attendee)
    };
    assert_eq!(admit("forged", None), Err(NotAdmitted::UnknownToken));
    assert_eq!(admit(&token, Some("another")), Err(NotAdmitted::WrongMeeting));
    assert_eq!(admit(&token, Some(&meeting)), Ok(tel));
    assert_eq!(world.meetings.tally().refused_tokens, 2);
}

#[test]
fn a_full_meeting_admits_no_telephone() {
    let mut world = World::new();
    world.new_meeting(1);
    let ann = world.joined("ann");
    let tel = world.attendee("telephone");
    let token = world.tokens[&tel].clone();
    let refused = world.meetings.admit_phone(world.now, &token, None, &mut Vec::new());
    assert_eq!(refused, Err(NotAdmitted::Full));
    world.leaves(ann);
    world.phone(tel);
}

#[test]
fn the_api_mutes_telephones_and_nobody_else() {
    let mut world = World::new();
    let ann = world.joined("ann");
    let tel = world.attendee("telephone");
    let member = world.phone(tel);
    let absent = world.attendee("absent");
    let ids = [tel.to_string(), world.pages[ann].attendee.clone(), absent.to_string(), "nobody".to_owned()];
    let meeting = world.meeting.to_string();
    let mut out = Vec::new();
    let failed = world.meetings.modify_attendees(world.now, &meeting, &ids, true, &mut out);
    // All of them or nobody.
    assert_eq!((failed, &out), (Err(ids[1..].to_vec()), &vec![]));
    for on in [true, false] {
        let mut out = Vec::new();
        assert_eq!(world.meetings.modify_attendees(world.now, &meeting, &ids[..1], on, &mut out), Ok(()));
        assert!(out.contains(&meet::Output::Mute { member, on }), "{out:?}");
    }
    let mut out = Vec::new();
    assert_eq!(
        world.meetings.modify_attendees(world.now, "other", &ids[..1], true, &mut out),
        Err(ids[..1].to_vec())
    );
}

#[test]
fn a_telephone_obeys_its_capabilities_from_the_start() {
    let mut world = World::new();
    let tel = world.attendee_with("telephone", Capability::None);
    let member = world.phone(tel);
    assert!(world.audio[&member].muted && world.audio[&member].deaf);
    world.changes(tel, Capability::SendReceive);
    assert!(!world.audio[&member].muted && !world.audio[&member].deaf);
}

#[test]
fn a_telephone_is_hung_up_with_its_attendee_and_with_the_meeting() {
    let mut world = World::new();
    let (a, b) = (world.attendee("a"), world.attendee("b"));
    let (first, second) = (world.phone(a), world.phone(b));
    world.deletes(a);
    assert_eq!(world.hung_up, [(first, HangUpWhy::AttendeeDeleted)]);
    world.ends();
    assert_eq!(world.hung_up[1..], [(second, HangUpWhy::MeetingEnded)]);
    assert_eq!(world.meetings.counts(), meet::Counts::default());
}

#[test]
fn a_page_takes_over_from_a_telephone_and_back() {
    let mut world = World::new();
    let ann = world.joined("ann");
    let both = world.attendee("both");
    let tel = world.phone(both);
    let page = world.page(both);
    world.joins(page);
    assert_eq!(world.hung_up, [(tel, HangUpWhy::JoinedElsewhere)]);
    world.phone(both);
    assert_eq!(world.pages[page].statuses, [301]);
    assert_eq!(world.pages[ann].presence.iter().filter(|(_, present, _)| !present).count(), 0);
    world.phone(both);
    assert_eq!(world.hung_up.len(), 2);
}

#[test]
fn a_telephone_that_never_joined_leaves_nothing() {
    let mut world = World::new();
    let tel = world.attendee("telephone");
    let token = world.tokens[&tel].clone();
    let admission = world.meetings.admit_phone(world.now, &token, None, &mut Vec::new()).unwrap();
    assert_eq!(world.meetings.counts().members, 1);
    world.input(Input::PhoneLeft { member: admission.member });
    assert_eq!((world.meetings.counts().members, world.meetings.counts().present), (0, 0));
    world.input(Input::PhoneJoined { member: admission.member });
    assert_eq!(world.meetings.counts().present, 0, "too late");
}
