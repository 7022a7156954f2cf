//! The world around [`Meetings`]: it carries outputs out, lets time pass, and holds the machine to its promises.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use base::{AttendeeId, MeetingId, Rng, Timestamp};
use meet::frame::{AudioControl, DataMessage, DataMessages, Empty, FrameKind, PingPong, SignalFrame};
use meet::{
    Admission, Attendee, Capabilities, Capability, Config, ConnectionId, HangUpWhy, IdleWhy, Input, Meeting,
    MeetingEvent, Meetings, MemberId, Output,
};

use crate::page::{Page, frame};

/// What the media machine knows of a member.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Audio {
    pub(crate) muted: bool,
    pub(crate) deaf: bool,
    pub(crate) offers: usize,
}

pub(crate) struct World {
    pub(crate) now: Timestamp,
    pub(crate) meetings: Meetings,
    pub(crate) meeting: MeetingId,
    pub(crate) pages: Vec<Page>,
    /// Members that are open.
    pub(crate) audio: BTreeMap<MemberId, Audio>,
    pub(crate) phones: BTreeSet<MemberId>,
    pub(crate) hung_up: Vec<(MemberId, HangUpWhy)>,
    pub(crate) idle: Vec<(Timestamp, IdleWhy)>,
    pub(crate) events: Vec<MeetingEvent>,
    /// Whether offers are answered at once.
    pub(crate) answers: bool,
    /// Whether audio is connected as soon as an offer is answered.
    pub(crate) connects: bool,
    pub(crate) tokens: BTreeMap<AttendeeId, String>,
    /// Frames of the latest input that went to more than one, by address of their bytes.
    pub(crate) sent: Vec<(ConnectionId, *const u8, FrameKind)>,
    open: BTreeMap<ConnectionId, usize>,
    gone_members: BTreeSet<MemberId>,
    rng: Rng,
    next_connection: u64,
    /// The page whose frame is being handled.
    speaking: Option<usize>,
}

impl World {
    pub(crate) fn new() -> Self {
        Self::with(Config::default())
    }

    pub(crate) fn with(config: Config) -> Self {
        let mut world = Self::empty(config);
        world.new_meeting(250);
        world
    }

    /// A world without a meeting.
    pub(crate) fn empty(config: Config) -> Self {
        let mut rng = Rng::new(11);
        Self {
            now: Timestamp::from_millis(1_700_000_000_000),
            meetings: Meetings::new(config),
            meeting: MeetingId::random(&mut rng),
            pages: Vec::new(),
            audio: BTreeMap::new(),
            phones: BTreeSet::new(),
            hung_up: Vec::new(),
            idle: Vec::new(),
            events: Vec::new(),
            answers: true,
            connects: true,
            tokens: BTreeMap::new(),
            sent: Vec::new(),
            open: BTreeMap::new(),
            gone_members: BTreeSet::new(),
            rng,
            next_connection: 1,
            speaking: None,
        }
    }

    /// The world's meeting from here on is another one.
    pub(crate) fn new_meeting(&mut self, capacity: u32) -> MeetingId {
        self.meeting = MeetingId::random(&mut self.rng);
        let meeting = Meeting {
            id: self.meeting,
            external_id: "town-hall".into(),
            region: "us-east-1".into(),
            created: self.now,
            capacity,
            video: true,
        };
        self.input(Input::MeetingCreated(Box::new(meeting)));
        self.meeting
    }

    pub(crate) fn attendee(&mut self, name: &str) -> AttendeeId {
        self.attendee_with(name, Capability::SendReceive)
    }

    pub(crate) fn attendee_with(&mut self, name: &str, audio: Capability) -> AttendeeId {
        let id = AttendeeId::random(&mut self.rng);
        let token = format!("token-{name}-{:x}", self.rng.next_u64());
        let capabilities = Capabilities { audio, ..Capabilities::default() };
        let attendee =
            Attendee { id, external_user_id: name.to_owned(), token: token.as_str().into(), capabilities };
        self.tokens.insert(id, token);
        self.input(Input::AttendeeAdded { meeting: self.meeting, attendee: Box::new(attendee) });
        id
    }

    /// A page of this attendee; nothing is connected yet.
    pub(crate) fn page(&mut self, attendee: AttendeeId) -> usize {
        let token = self.tokens[&attendee].clone();
        let session = self.rng.next_u64() & 0xffff_ffff;
        self.pages.push(Page::new(token, attendee.to_string(), session));
        self.pages.len() - 1
    }

    /// A new attendee's page in the meeting, audio connected.
    pub(crate) fn joined(&mut self, name: &str) -> usize {
        let attendee = self.attendee(name);
        let page = self.page(attendee);
        self.joins(page);
        page
    }

    /// Goes the whole way from the connection to audio, as far as the world lets it.
    pub(crate) fn joins(&mut self, page: usize) {
        self.connects_page(page);
        self.says_join(page);
        self.subscribes(page, false);
    }

    pub(crate) fn connects_page(&mut self, page: usize) -> ConnectionId {
        self.connects_to(page, Some(self.meeting))
    }

    pub(crate) fn connects_to(&mut self, page: usize, path_meeting: Option<MeetingId>) -> ConnectionId {
        let connection = ConnectionId(self.next_connection);
        self.next_connection += 1;
        self.pages[page].starts_again();
        self.pages[page].connection = Some(connection);
        self.open.insert(connection, page);
        let token = self.pages[page].token.as_str().into();
        self.input(Input::Connected { connection, path_meeting, token });
        connection
    }

    pub(crate) fn says_join(&mut self, page: usize) {
        let join = self.pages[page].join_frame();
        self.says(page, &join);
    }

    pub(crate) fn subscribes(&mut self, page: usize, muted: bool) {
        let subscribe = self.pages[page].subscribe_frame(muted, false);
        self.says(page, &subscribe);
    }

    pub(crate) fn mutes(&mut self, page: usize, muted: bool) {
        let audio_control = Some(AudioControl { muted: Some(muted) });
        self.says(page, &SignalFrame { audio_control, ..frame(FrameKind::AudioControl) });
    }

    pub(crate) fn pings(&mut self, page: usize, id: u32) {
        let ping_pong = Some(PingPong { kind: Some(1), ping_id: Some(id) });
        self.says(page, &SignalFrame { ping_pong, ..frame(FrameKind::PingPong) });
    }

    pub(crate) fn leaves(&mut self, page: usize) {
        self.says(page, &SignalFrame { leave: Some(Empty {}), ..frame(FrameKind::Leave) });
    }

    pub(crate) fn sends(&mut self, page: usize, topic: &str, text: &str, lifetime_ms: u32) {
        let message = DataMessage {
            topic: Some(topic.into()),
            data: Some(text.as_bytes().to_vec().into()),
            lifetime_ms: Some(lifetime_ms),
            ..DataMessage::default()
        };
        let data_message = Some(DataMessages { messages: vec![message] });
        self.says(page, &SignalFrame { data_message, ..frame(FrameKind::DataMessage) });
    }

    pub(crate) fn says(&mut self, page: usize, frame: &SignalFrame) {
        self.says_bytes(page, &frame.to_bytes());
    }

    pub(crate) fn says_bytes(&mut self, page: usize, bytes: &[u8]) {
        let connection = self.pages[page].connection.expect("it has a connection");
        self.speaking = Some(page);
        self.input(Input::Frame { connection, bytes });
        self.speaking = None;
    }

    /// The page's TCP connection breaks, or it closes it.
    pub(crate) fn disconnects(&mut self, page: usize) {
        let connection = self.pages[page].connection.take().expect("it has a connection");
        self.open.remove(&connection);
        self.input(Input::Disconnected { connection });
    }

    pub(crate) fn loud(&mut self, levels: &[(usize, u8)]) {
        let levels: Vec<_> =
            levels.iter().filter_map(|(page, level)| Some((self.pages[*page].member?, *level))).collect();
        self.levels(&levels);
    }

    pub(crate) fn levels(&mut self, levels: &[(MemberId, u8)]) {
        self.input(Input::Levels { meeting: self.meeting, levels });
    }

    pub(crate) fn phone(&mut self, attendee: AttendeeId) -> MemberId {
        let token = self.tokens[&attendee].clone();
        let mut out = Vec::new();
        let admitted = self.meetings.admit_phone(self.now, &token, None, &mut out);
        let Admission { member, meeting, .. } = admitted.expect("it has a token");
        assert_eq!(meeting, self.meeting);
        self.phones.insert(member);
        self.audio.insert(member, Audio::default());
        self.carry_out(out);
        self.input(Input::PhoneJoined { member });
        member
    }

    pub(crate) fn phone_leaves(&mut self, member: MemberId) {
        self.phones.remove(&member);
        self.audio.remove(&member);
        self.gone_members.insert(member);
        self.input(Input::PhoneLeft { member });
    }

    pub(crate) fn changes(&mut self, attendee: AttendeeId, audio: Capability) {
        let capabilities = Capabilities { audio, ..Capabilities::default() };
        self.input(Input::CapabilitiesChanged { meeting: self.meeting, attendee, capabilities });
    }

    pub(crate) fn deletes(&mut self, attendee: AttendeeId) {
        self.input(Input::AttendeeDeleted { meeting: self.meeting, attendee });
    }

    pub(crate) fn ends(&mut self) {
        self.input(Input::MeetingDeleted { meeting: self.meeting });
    }

    pub(crate) fn input(&mut self, input: Input<'_>) {
        let mut out = Vec::new();
        self.meetings.handle(self.now, input, &mut out);
        self.carry_out(out);
    }

    /// Lets time pass, from deadline to deadline.
    pub(crate) fn passes(&mut self, time: Duration) {
        let end = self.now + time;
        while let Some((at, why)) = self.meetings.deadline().filter(|(at, _)| *at <= end) {
            self.now = self.now.max(at);
            self.input(Input::Woken);
            let next = self.meetings.deadline();
            assert!(next.is_none_or(|(next, _)| next > self.now), "{why} does not get on");
        }
        self.now = end;
    }

    /// Lets time pass while pages ping, as clients do every 10 s.
    pub(crate) fn passes_with_pings(&mut self, time: Duration) {
        let end = self.now + time;
        while self.now < end {
            self.passes((end.since(self.now)).min(Duration::from_secs(10)));
            for page in 0..self.pages.len() {
                if self.pages[page].connection.is_some() {
                    self.pings(page, 1);
                }
            }
        }
    }

    pub(crate) fn carry_out(&mut self, out: Vec<Output>) {
        let mut answers = Vec::new();
        self.sent.clear();
        for output in out {
            match output {
                Output::Send { connection, frame } => {
                    let page =
                        *self.open.get(&connection).expect("nothing is sent to a connection that is gone");
                    let page = &mut self.pages[page];
                    page.receives(&frame);
                    let kind = *page.frames.last().expect("it has just come");
                    self.sent.push((connection, frame.as_ptr(), kind));
                }
                Output::Close { connection, code } => {
                    let page = self.open.remove(&connection).expect("a connection is closed once");
                    let page = &mut self.pages[page];
                    if page.connection == Some(connection) {
                        page.connection = None;
                        page.closed = Some(code);
                    }
                    // The shell reports the end of every connection, whoever ended it.
                    answers.push(Input::Disconnected { connection });
                }
                Output::OpenBrowser { member, meeting, muted } => {
                    assert_eq!(meeting, self.meeting);
                    let before = self.audio.insert(member, Audio { muted, ..Audio::default() });
                    assert!(before.is_none() && !self.gone_members.contains(&member), "a member is new");
                    let page = self.speaking.expect("an offer makes a member");
                    self.pages[page].member = Some(member);
                }
                Output::Offer { member, sdp } => {
                    assert!(!sdp.as_str().is_empty());
                    self.audio.get_mut(&member).expect("its member is open").offers += 1;
                    if self.answers {
                        let outcome = Ok("v=0 the answer".into());
                        answers.push(Input::Answer { member, outcome });
                        if self.connects {
                            answers.push(Input::MemberConnected { member });
                        }
                    }
                }
                Output::Mute { member, on } => {
                    let audio = self.audio.get_mut(&member).expect("its member is open");
                    assert_ne!(audio.muted, on, "nothing is ordered twice");
                    audio.muted = on;
                }
                Output::Deafen { member, on } => {
                    let audio = self.audio.get_mut(&member).expect("its member is open");
                    assert_ne!(audio.deaf, on, "nothing is ordered twice");
                    audio.deaf = on;
                }
                Output::CloseMember { member } => {
                    assert!(self.audio.remove(&member).is_some(), "a member is closed once");
                    assert!(!self.phones.contains(&member), "a telephone is hung up instead");
                    self.gone_members.insert(member);
                }
                Output::HangUp { member, why } => {
                    assert!(self.audio.remove(&member).is_some(), "a telephone is hung up once");
                    assert!(self.phones.remove(&member), "only telephones are hung up");
                    self.gone_members.insert(member);
                    self.hung_up.push((member, why));
                    answers.push(Input::PhoneLeft { member });
                }
                Output::MeetingIdle { meeting, why } => {
                    assert_eq!(meeting, self.meeting);
                    self.idle.push((self.now, why));
                }
                Output::Notify(event) => self.events.push(*event),
            }
        }
        for input in answers {
            self.input_again(input);
        }
    }

    fn input_again(&mut self, input: Input<'_>) {
        let sent = std::mem::take(&mut self.sent);
        self.input(input);
        if self.sent.is_empty() {
            self.sent = sent;
        }
    }

    pub(crate) fn event_names(&self) -> Vec<&'static str> {
        self.events.iter().map(|event| event.kind.name()).collect()
    }
}
