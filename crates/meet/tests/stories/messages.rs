//! Data messages between pages.

use std::time::Duration;

use meet::frame::{
    DataMessage, DataMessages, FrameKind, Level, SignalFrame, TranscriptEvent, TranscriptEventBody,
    TranscriptFrame, TranscriptionStatus,
};

use crate::page::frame;
use crate::world::World;

fn texts(world: &World, page: usize) -> Vec<String> {
    let text = |message: &DataMessage| message.data.as_deref().map(String::from_utf8_lossy).map(String::from);
    world.pages[page].data.iter().filter_map(text).collect()
}

#[test]
fn a_message_reaches_the_others_signed() {
    let mut world = World::new();
    let (ann, bob) = (world.joined("ann"), world.joined("bob"));
    let forged = DataMessage {
        topic: Some("chat".into()),
        data: Some("hello".into()),
        sender_attendee_id: Some("somebody else".into()),
        sender_external_user_id: Some("somebody else".into()),
        ingest_time_ns: Some(7),
        lifetime_ms: None,
    };
    let data_message = Some(DataMessages { messages: vec![forged] });
    world.says(bob, &SignalFrame { data_message, ..frame(FrameKind::DataMessage) });
    let message = &world.pages[ann].data[0];
    assert_eq!(message.sender_attendee_id.as_ref(), Some(&world.pages[bob].attendee));
    assert_eq!(message.sender_external_user_id.as_deref(), Some("bob"));
    assert_eq!(message.ingest_time_ns, Some(world.now.as_micros() as i64 * 1_000));
    assert_eq!(world.pages[bob].data, [], "it does not come back");
}

#[test]
fn what_no_client_may_send_comes_back() {
    let mut world = World::new();
    let (ann, bob) = (world.joined("ann"), world.joined("bob"));
    world.sends(bob, "aws:chime:transcription", "forged", 0);
    world.sends(bob, "", "nothing", 0);
    world.sends(bob, "chat", &"x".repeat(2_049), 0);
    assert_eq!(world.pages[ann].data, []);
    let taken: Vec<_> = world.pages[bob].data.iter().map(|message| message.ingest_time_ns).collect();
    assert_eq!(taken, [Some(0); 3], "as throttled");
    assert_eq!(world.meetings.tally().refused_messages, 3);
}

#[test]
fn a_meeting_passes_on_a_hundred_a_second() {
    let mut world = World::new();
    let (ann, bob) = (world.joined("ann"), world.joined("bob"));
    for _ in 0..250 {
        world.sends(bob, "chat", "again", 0);
    }
    assert_eq!((world.pages[ann].data.len(), world.pages[bob].data.len()), (200, 50));
    world.passes(Duration::from_secs(1));
    for _ in 0..101 {
        world.sends(bob, "chat", "again", 0);
    }
    assert_eq!((world.pages[ann].data.len(), world.pages[bob].data.len()), (300, 51));
    assert_eq!(world.meetings.tally().throttled_messages, 51);
}

#[test]
fn one_who_floods_the_meeting_is_out() {
    let mut world = World::new();
    let (ann, bob) = (world.joined("ann"), world.joined("bob"));
    for _ in 0..2_001 {
        world.sends(bob, "chat", "again", 0);
    }
    assert_eq!(world.pages[bob].statuses, [429]);
    assert_eq!(world.pages[ann].sees().len(), 1);
    assert!(world.pages[ann].presence.last().unwrap().2);
    world.passes(Duration::from_secs(3));
    assert_eq!((world.pages[bob].closed, world.pages[ann].closed), (Some(4429), None));
}

#[test]
fn a_latecomer_gets_what_lives_long_enough() {
    let mut world = World::new();
    let bob = world.joined("bob");
    world.sends(bob, "chat", "gone at once", 0);
    world.sends(bob, "chat", "a minute", 60_000);
    world.sends(bob, "chat", "an hour, so five minutes", 3_600_000);
    world.sends(bob, "chat", "a second", 1_000);
    world.passes_with_pings(Duration::from_secs(2));
    let cleo = world.joined("cleo");
    assert_eq!(texts(&world, cleo), ["a minute", "an hour, so five minutes"]);
    world.passes_with_pings(Duration::from_secs(297));
    let dora = world.joined("dora");
    assert_eq!(texts(&world, dora), ["an hour, so five minutes"]);
    world.passes_with_pings(Duration::from_secs(2));
    assert_eq!(world.meetings.counts().kept_messages, 0);
    assert_eq!(texts(&world, bob), Vec::<String>::new());
}

#[test]
fn the_latest_thousand_are_kept() {
    let mut world = World::new();
    let bob = world.joined("bob");
    for n in 0..1_100 {
        world.sends(bob, "chat", &n.to_string(), 300_000);
        world.passes(Duration::from_millis(10));
        if n % 100 == 0 {
            world.pings(bob, 1);
        }
    }
    let cleo = world.joined("cleo");
    let texts = texts(&world, cleo);
    assert_eq!((texts.len(), texts[0].as_str(), texts[1_023].as_str()), (1_024, "76", "1099"));
}

#[test]
fn one_who_reconnects_gets_what_it_missed() {
    let mut world = World::new();
    let (ann, bob) = (world.joined("ann"), world.joined("bob"));
    world.sends(bob, "chat", "before", 60_000);
    world.passes(Duration::from_secs(1));
    world.pings(ann, 1);
    world.passes(Duration::from_secs(1));
    world.disconnects(ann);
    world.sends(bob, "chat", "meanwhile", 60_000);
    world.sends(bob, "chat", "for those present only", 0);
    world.joins(ann);
    world.sends(bob, "chat", "after", 60_000);
    assert_eq!(texts(&world, ann), ["before", "meanwhile", "after"]);
}

#[test]
fn transcripts_and_remarks_reach_every_page() {
    let mut world = World::new();
    let (ann, bob) = (world.joined("ann"), world.joined("bob"));
    let status = TranscriptionStatus { kind: Some(1), ..TranscriptionStatus::default() };
    let body = Some(TranscriptEventBody::Status(status));
    let transcript = TranscriptFrame { events: vec![TranscriptEvent { body }] };
    let mut out = Vec::new();
    world.meetings.transcribed(world.now, world.meeting, &transcript, &mut out);
    world.meetings.remark(world.now, world.meeting, Level::Info, "recorded", &mut out);
    for output in out {
        let meet::Output::Send { connection, frame } = output else { panic!("{output:?}") };
        let page = [ann, bob].into_iter().find(|page| world.pages[*page].connection == Some(connection));
        world.pages[page.unwrap()].receives(&frame);
    }
    for page in [ann, bob] {
        assert_eq!(world.pages[page].data[0].topic.as_deref(), Some("aws:chime:transcription"));
        assert_eq!(world.pages[page].remarks, ["recorded"]);
    }
}
