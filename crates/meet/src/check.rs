//! What must hold for every input, whoever sent it: called by fuzz targets, by the replay of their corpus and by seeded
//! mutation. A property that does not hold panics.

use std::collections::BTreeSet;
use std::time::Duration;

use base::{AttendeeId, MeetingId, Rng, Timestamp};

use crate::frame::{FromClient, SignalFrame};
use crate::{
    Attendee, Capabilities, Config, ConnectionId, Counts, Input, Meeting, Meetings, MemberId, Output,
};

/// A message: refused with a reason, or read; what was read is written so that it reads the same.
pub fn frame(bytes: &[u8]) {
    let read = SignalFrame::from_bytes(bytes);
    if let Ok(frame) = &read {
        let again = SignalFrame::from_bytes(&frame.to_bytes()).expect("what we write is read");
        assert_eq!(again.to_bytes(), frame.to_bytes());
    }
    match FromClient::from_bytes(bytes, 0x4_0000) {
        Ok(FromClient::Ignored) => {}
        Ok(_) => assert!(read.is_ok(), "nothing is acted upon that is not whole"),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// A story of two attendees with two connections each: steps of three bytes, what and how long, and a frame. Whatever
/// clients say, connections and members are opened and closed once, and nothing is left of the meeting after its end.
pub fn signalling(mut story: &[u8]) {
    let mut room = Room::new();
    for _ in 0..2_000 {
        let Some((&[what, high, low], rest)) = story.split_first_chunk() else { break };
        story = rest;
        let length = u16::from_be_bytes([high, low]);
        let place = usize::from(what & 3);
        match what >> 2 {
            0 => room.connects(place),
            1 => room.disconnects(place),
            2 => room.passes(Duration::from_millis(u64::from(length) * 10)),
            3 => room.connects_audio(),
            4 => room.loses_audio(usize::from(length)),
            _ => {
                let (frame, rest) = story.split_at(usize::from(length).min(story.len()));
                story = rest;
                room.says(place, frame);
            }
        }
    }
    room.ends();
}

/// A meeting and the world around it.
struct Room {
    now: Timestamp,
    meetings: Meetings,
    meeting: MeetingId,
    /// The latest connection in each of four places.
    places: [Option<ConnectionId>; 4],
    open: BTreeSet<ConnectionId>,
    members: BTreeSet<MemberId>,
    gone: BTreeSet<MemberId>,
    next: u64,
}

const TOKENS: [&str; 2] = ["first-token", "second-token"];

impl Room {
    fn new() -> Self {
        let mut rng = Rng::new(1);
        let now = Timestamp::from_millis(1_700_000_000_000);
        let meeting = MeetingId::random(&mut rng);
        let record = Meeting {
            id: meeting,
            external_id: "a meeting".to_owned(),
            region: "us-east-1".to_owned(),
            created: now,
            capacity: 2,
            video: true,
        };
        let mut room = Self {
            now,
            meetings: Meetings::new(Config::default()),
            meeting,
            places: [None; 4],
            open: BTreeSet::new(),
            members: BTreeSet::new(),
            gone: BTreeSet::new(),
            next: 1,
        };
        room.input(Input::MeetingCreated(Box::new(record)));
        for token in TOKENS {
            let attendee = Attendee {
                id: AttendeeId::random(&mut rng),
                external_user_id: token.to_owned(),
                token: token.into(),
                capabilities: Capabilities::default(),
            };
            room.input(Input::AttendeeAdded { meeting, attendee: Box::new(attendee) });
        }
        room
    }

    fn connects(&mut self, place: usize) {
        self.disconnects(place);
        let connection = ConnectionId(self.next);
        self.next += 1;
        self.places[place] = Some(connection);
        self.open.insert(connection);
        let token = TOKENS[place / 2].into();
        self.input(Input::Connected { connection, path_meeting: Some(self.meeting), token });
    }

    fn disconnects(&mut self, place: usize) {
        if let Some(connection) = self.places[place].take() {
            self.open.remove(&connection);
            self.input(Input::Disconnected { connection });
        }
    }

    fn says(&mut self, place: usize, bytes: &[u8]) {
        if let Some(connection) = self.places[place] {
            self.input(Input::Frame { connection, bytes });
        }
    }

    fn connects_audio(&mut self) {
        for member in self.members.clone() {
            self.input(Input::MemberConnected { member });
        }
        let levels: Vec<_> = self.members.iter().map(|member| (*member, member.0 as u8)).collect();
        self.input(Input::Levels { meeting: self.meeting, levels: &levels });
    }

    fn loses_audio(&mut self, which: usize) {
        if let Some(member) = self.members.iter().nth(which % 2).copied() {
            self.input(Input::MemberLost { member });
        }
    }

    fn passes(&mut self, time: Duration) {
        let end = self.now + time;
        while let Some((at, why)) = self.meetings.deadline().filter(|(at, _)| *at <= end) {
            self.now = self.now.max(at);
            self.input(Input::Woken);
            let next = self.meetings.deadline();
            assert!(next.is_none_or(|(next, _)| next > self.now), "{why} does not get on");
        }
        self.now = end;
    }

    fn input(&mut self, input: Input<'_>) {
        let mut out = Vec::new();
        self.meetings.handle(self.now, input, &mut out);
        let mut later = Vec::new();
        for output in out {
            match output {
                Output::Send { connection, frame } => {
                    assert!(self.open.contains(&connection), "nothing is sent to a connection that is gone");
                    SignalFrame::from_bytes(&frame).expect("what we send is whole");
                }
                Output::Close { connection, .. } => {
                    assert!(self.open.remove(&connection), "a connection is closed once");
                }
                Output::OpenBrowser { member, .. } => {
                    assert!(self.members.insert(member) && !self.gone.contains(&member), "a member is new");
                }
                Output::Offer { member, .. } => {
                    assert!(self.members.contains(&member));
                    later.push(Input::Answer { member, outcome: Ok("the answer".into()) });
                }
                Output::Mute { member, .. } | Output::Deafen { member, .. } => {
                    assert!(self.members.contains(&member));
                }
                Output::CloseMember { member } => {
                    assert!(self.members.remove(&member), "a member is closed once");
                    self.gone.insert(member);
                }
                Output::HangUp { .. } => panic!("there is no telephone"),
                Output::MeetingIdle { .. } | Output::Notify(_) => {}
            }
        }
        later.into_iter().for_each(|input| self.input(input));
    }

    fn ends(mut self) {
        self.input(Input::MeetingDeleted { meeting: self.meeting });
        assert!(self.members.is_empty(), "every member is closed");
        self.passes(Duration::from_secs(60));
        assert!(self.open.is_empty(), "every connection is closed");
        assert_eq!(self.meetings.counts(), Counts::default(), "nothing is left");
    }
}
