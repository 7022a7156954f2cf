//! [`Meetings`]: the machine over all live meetings of a node. It finds whom an input is for; what happens then stands
//! in `live`.

use std::collections::BTreeMap;

use base::{AttendeeId, MeetingId, Timestamp};

use crate::config::Config;
use crate::connection::{Arrival, State, code};
use crate::event::MeetingEventKind;
use crate::frame::{
    AudioStatus, FrameKind, FromClient, Join, Level, Notification, SignalFrame, TranscriptFrame,
};
use crate::interface::{Admission, Attendee, ConnectionId, Input, Meeting, MemberId, NotAdmitted, Output};
use crate::live::{Live, join_ack};
use crate::shared::{Cx, Shared};
use crate::tally::{Counts, Tally};
use crate::timers::Timer;
use crate::token::{Latest, Modality, TokenDigest};

/// So many meetings that are over are remembered, for clients that still want to join them.
const ENDED_MAX: usize = 10_000;

/// All live meetings, their attendees and connections.
///
/// After each call all outputs are for the owner to carry out, in order, before the next call.
#[derive(Debug)]
pub struct Meetings {
    live: BTreeMap<MeetingId, Live>,
    ended: Latest<MeetingId>,
    shared: Shared,
}

impl Meetings {
    /// No meetings yet.
    pub fn new(config: Config) -> Self {
        Self { live: BTreeMap::new(), ended: Latest::new(ENDED_MAX), shared: Shared::new(config) }
    }

    /// Applies one input. Never blocks, never fails: forged, late and unknown things are counted and ignored.
    pub fn handle(&mut self, now: Timestamp, input: Input<'_>, out: &mut Vec<Output>) {
        match input {
            Input::MeetingCreated(meeting) => {
                let id = meeting.id;
                if self.open(now, *meeting) {
                    self.enter(now, id, out, |live, cx| {
                        cx.notify(&live.record, MeetingEventKind::MeetingStarted, None);
                    });
                }
            }
            Input::MeetingRestored { meeting, attendees } => {
                let id = meeting.id;
                self.open(now, *meeting);
                self.enter(now, id, out, |live, cx| {
                    attendees.into_iter().for_each(|attendee| live.add(cx, attendee));
                });
            }
            Input::AttendeeAdded { meeting, attendee } => {
                self.enter(now, meeting, out, |live, cx| add(live, cx, *attendee));
            }
            Input::AttendeeDeleted { meeting, attendee } => {
                self.enter(now, meeting, out, |live, cx| live.delete(cx, attendee));
            }
            Input::MeetingDeleted { meeting } => {
                self.ended.insert(meeting);
                if let Some(live) = self.live.remove(&meeting) {
                    live.end(&mut Cx { now, shared: &mut self.shared, out });
                }
            }
            Input::CapabilitiesChanged { meeting, attendee, capabilities } => {
                self.enter(now, meeting, out, |live, cx| live.change(cx, attendee, capabilities));
            }
            Input::Connected { connection, path_meeting, token } => {
                // An id that comes twice is another connection.
                self.disconnected(now, connection, out);
                Cx { now, shared: &mut self.shared, out }.connected(connection, path_meeting, &token);
            }
            Input::Frame { connection, bytes } => self.frame(now, connection, bytes, out),
            Input::Disconnected { connection } => self.disconnected(now, connection, out),
            Input::Answer { member, outcome } => self.of_member(now, member, out, |live, cx, attendee| {
                live.answer(cx, attendee, member, outcome);
            }),
            Input::MemberConnected { member } => self.of_member(now, member, out, |live, cx, attendee| {
                live.member_connected(cx, attendee, member);
            }),
            Input::MemberLost { member } => self.of_member(now, member, out, |live, cx, attendee| {
                live.member_lost(cx, attendee, member);
            }),
            Input::Levels { meeting, levels } => {
                self.enter(now, meeting, out, |live, cx| live.levels(cx, levels));
            }
            Input::PhoneJoined { member } => self.of_member(now, member, out, |live, cx, attendee| {
                live.phone_joined(cx, attendee, member);
            }),
            Input::PhoneLeft { member } => self.of_member(now, member, out, |live, cx, attendee| {
                live.phone_left(cx, attendee, member);
            }),
            Input::Woken => {
                while let Some(timer) = self.shared.timers.pop_due(now) {
                    self.due(now, timer, out);
                }
            }
        }
    }

    /// When to hand in [`Input::Woken`], and why.
    pub fn deadline(&self) -> Option<(Timestamp, &'static str)> {
        self.shared.timers.first()
    }

    /// Lets a telephone in that shows a join token, as the attendee of that token; whoever was that attendee before
    /// has joined elsewhere. It is present from [`Input::PhoneJoined`] on.
    ///
    /// # Errors
    /// [`NotAdmitted`] says why not.
    pub fn admit_phone(
        &mut self,
        now: Timestamp,
        token: &str,
        meeting: Option<&str>,
        out: &mut Vec<Output>,
    ) -> Result<Admission, NotAdmitted> {
        let holder = self.holder_of(token);
        let Some((id, attendee)) = holder else {
            self.shared.tally.refused_tokens += 1;
            return Err(NotAdmitted::UnknownToken);
        };
        if meeting.is_some_and(|meeting| meeting.parse() != Ok(id)) {
            self.shared.tally.refused_tokens += 1;
            return Err(NotAdmitted::WrongMeeting);
        }
        let admission = self.enter(now, id, out, |live, cx| live.admit(cx, attendee));
        admission.unwrap_or(Err(NotAdmitted::UnknownToken))
    }

    /// Mutes telephone attendees or lifts that.
    ///
    /// # Errors
    /// The ids that are no telephone in this meeting; then nobody is muted.
    pub fn modify_attendees(
        &mut self,
        now: Timestamp,
        meeting: &str,
        attendees: &[String],
        muted: bool,
        out: &mut Vec<Output>,
    ) -> Result<(), Vec<String>> {
        let id = meeting.parse().ok();
        let failed = id.and_then(|id| self.enter(now, id, out, |live, cx| live.modify(cx, attendees, muted)));
        match failed.unwrap_or_else(|| attendees.to_vec()) {
            failed if failed.is_empty() => Ok(()),
            failed => Err(failed),
        }
    }

    /// Writes a line into the log of every page in a meeting.
    pub fn remark(
        &mut self,
        now: Timestamp,
        meeting: MeetingId,
        level: Level,
        text: &str,
        out: &mut Vec<Output>,
    ) {
        let notification = Notification { level: Some(level as i32), message: Some(text.to_owned()) };
        let frame = SignalFrame {
            notification: Some(notification),
            ..SignalFrame::new(now, FrameKind::Notification)
        };
        self.enter(now, meeting, out, |live, cx| live.publish(cx, &frame));
    }

    /// Sends a transcript to every page in a meeting.
    pub fn transcribed(
        &mut self,
        now: Timestamp,
        meeting: MeetingId,
        transcript: &TranscriptFrame,
        out: &mut Vec<Output>,
    ) {
        self.enter(now, meeting, out, |live, cx| live.publish(cx, &transcript.to_frame(cx.now)));
    }

    /// Tells all connections that the service goes away and closes them, so that every client joins again at once.
    pub fn drain(&mut self, now: Timestamp, out: &mut Vec<Output>) {
        let all: Vec<_> = self.shared.connections.iter().map(|(id, known)| (*id, known.state)).collect();
        let unavailable = crate::shared::audio_status(now, AudioStatus::UNAVAILABLE);
        for (connection, state) in all {
            let mut cx = Cx { now, shared: &mut self.shared, out };
            match state {
                State::Opened { .. } => cx.close(connection, code::TRY_AGAIN),
                State::Seated { .. } => {
                    cx.send_bytes(connection, unavailable.clone());
                    self.sever(now, connection, code::TRY_AGAIN, out);
                }
                State::Closing { code } => cx.close(connection, code),
            }
        }
    }

    /// Whose token this is.
    pub fn holder_of(&self, token: &str) -> Option<(MeetingId, AttendeeId)> {
        self.shared.tokens.get(&TokenDigest::of(token)).copied()
    }

    /// How much there is of everything.
    pub fn counts(&self) -> Counts {
        let sum = |of: fn(&Live) -> usize| self.live.values().map(of).sum();
        Counts {
            meetings: self.live.len(),
            attendees: sum(|live| live.guests.len()),
            present: sum(Live::present),
            members: self.shared.members.len(),
            connections: self.shared.connections.len(),
            kept_messages: sum(Live::kept_messages),
            timers: self.shared.timers.len(),
        }
    }

    /// What happened since the start.
    pub fn tally(&self) -> Tally {
        self.shared.tally
    }

    /// A meeting begins to live, unless it does already or is over.
    fn open(&mut self, now: Timestamp, meeting: Meeting) -> bool {
        if self.live.contains_key(&meeting.id) || self.ended.contains(&meeting.id) {
            return false;
        }
        self.live.insert(meeting.id, Live::new(now, meeting));
        true
    }

    /// Lets something happen in a meeting that lives.
    fn enter<T>(
        &mut self,
        now: Timestamp,
        meeting: MeetingId,
        out: &mut Vec<Output>,
        act: impl FnOnce(&mut Live, &mut Cx<'_>) -> T,
    ) -> Option<T> {
        let live = self.live.get_mut(&meeting)?;
        let mut cx = Cx { now, shared: &mut self.shared, out };
        let done = act(live, &mut cx);
        live.settle(&mut cx);
        Some(done)
    }

    /// Lets something happen to the attendee of a member; a member that is gone is ignored here, once for all.
    fn of_member(
        &mut self,
        now: Timestamp,
        member: MemberId,
        out: &mut Vec<Output>,
        act: impl FnOnce(&mut Live, &mut Cx<'_>, AttendeeId),
    ) {
        if let Some(&(meeting, attendee)) = self.shared.members.get(&member) {
            self.enter(now, meeting, out, |live, cx| act(live, cx, attendee));
        }
    }

    fn frame(&mut self, now: Timestamp, connection: ConnectionId, bytes: &[u8], out: &mut Vec<Output>) {
        match self.shared.arrived(now, connection) {
            Arrival::Read => {}
            Arrival::Drop => return,
            Arrival::CutOff => return self.cut_off(now, connection, out),
        }
        let Some(state) = self.shared.connections.get(&connection).map(|known| known.state) else { return };
        let frame = match FromClient::from_bytes(bytes, self.shared.config.frame_max) {
            Ok(frame) => frame,
            Err(_) => {
                self.shared.tally.malformed_frames += 1;
                return;
            }
        };
        let mut cx = Cx { now, shared: &mut self.shared, out };
        match (state, frame) {
            (_, FromClient::Ping(id)) => cx.pong(connection, id),
            (_, FromClient::Pong | FromClient::Ignored) => {}
            (State::Opened { path_meeting, modality }, FromClient::Join(join)) => {
                self.join(now, connection, path_meeting, modality, &join, out);
            }
            (State::Opened { .. } | State::Closing { .. }, FromClient::Leave) => cx.left(connection),
            (State::Opened { .. }, _) => cx.shared.tally.unexpected_frames += 1,
            (State::Seated { meeting, attendee }, frame) => {
                self.enter(now, meeting, out, |live, cx| live.frame(cx, attendee, connection, frame));
            }
            // Its session is over, what it still says does not matter.
            (State::Closing { .. }, _) => {}
        }
    }

    /// A connection shows its token by joining. Why it is refused decides what the client makes of it.
    fn join(
        &mut self,
        now: Timestamp,
        connection: ConnectionId,
        path_meeting: Option<MeetingId>,
        modality: Modality,
        join: &Join,
        out: &mut Vec<Output>,
    ) {
        let Some(token) = self.shared.connections.get(&connection).map(|known| known.token) else { return };
        let holder = self.shared.tokens.get(&token).copied();
        let holder = holder.filter(|(meeting, _)| path_meeting.is_none_or(|path| path == *meeting));
        let over = path_meeting.is_some_and(|meeting| self.ended.contains(&meeting));
        let deleted = path_meeting
            .and_then(|meeting| self.live.get(&meeting))
            .is_some_and(|live| live.removed.contains(&token));
        let mut cx = Cx { now, shared: &mut self.shared, out };
        match (holder, modality) {
            (Some((meeting, attendee)), Modality::Person) => {
                self.enter(now, meeting, out, |live, cx| live.join(cx, attendee, connection, join));
            }
            // We pass no content on.
            (Some(_), Modality::Content) => cx.close(connection, code::FORBIDDEN),
            (None, _) if over => cx.close(connection, code::ENDED),
            (None, _) if deleted => cx.close(connection, code::FORBIDDEN),
            (None, _) => {
                cx.shared.tally.refused_tokens += 1;
                cx.send(connection, &join_ack(now).with_error(403, "unknown join token"));
                cx.close(connection, code::FORBIDDEN);
            }
        }
    }

    fn disconnected(&mut self, now: Timestamp, connection: ConnectionId, out: &mut Vec<Output>) {
        let gone = Cx { now, shared: &mut self.shared, out }.forget(connection);
        let Some(gone) = gone else { return };
        match gone.state {
            State::Seated { meeting, attendee } => {
                self.enter(now, meeting, out, |live, cx| live.link_lost(cx, attendee, connection, gone.seen));
            }
            State::Opened { .. } | State::Closing { .. } => {}
        }
    }

    /// Closes a connection whose session may go on over another one.
    fn sever(&mut self, now: Timestamp, connection: ConnectionId, code: u16, out: &mut Vec<Output>) {
        if self.shared.connections.contains_key(&connection) {
            self.disconnected(now, connection, out);
            out.push(Output::Close { connection, code });
        }
    }

    fn cut_off(&mut self, now: Timestamp, connection: ConnectionId, out: &mut Vec<Output>) {
        let Some(state) = self.shared.connections.get(&connection).map(|known| known.state) else { return };
        match state {
            State::Seated { meeting, attendee } => {
                self.enter(now, meeting, out, |live, cx| live.cut_off(cx, attendee, connection));
            }
            State::Opened { .. } | State::Closing { .. } => {
                self.shared.tally.cut_off += 1;
                Cx { now, shared: &mut self.shared, out }.close(connection, code::TOO_MANY);
            }
        }
    }

    fn due(&mut self, now: Timestamp, timer: Timer, out: &mut Vec<Output>) {
        match timer {
            Timer::Connection(connection) => self.connection_due(now, connection, out),
            Timer::Attendee(meeting, attendee) => {
                self.enter(now, meeting, out, |live, cx| live.attendee_due(cx, attendee));
            }
            Timer::Messages(meeting) => {
                self.enter(now, meeting, out, Live::messages_due);
            }
            // Looked after at the end of every input.
            Timer::Levels(meeting) | Timer::Lifetime(meeting) => {
                self.enter(now, meeting, out, |_, _| ());
            }
        }
    }

    fn connection_due(&mut self, now: Timestamp, connection: ConnectionId, out: &mut Vec<Output>) {
        let Some(known) = self.shared.connections.get(&connection) else { return };
        let (state, seen) = (known.state, known.seen);
        let mut cx = Cx { now, shared: &mut self.shared, out };
        match state {
            State::Opened { .. } => cx.close(connection, code::TRY_AGAIN),
            State::Closing { code } => cx.close(connection, code),
            State::Seated { .. } => {
                let silent = seen + cx.shared.config.silence;
                if silent > now {
                    cx.shared.timers.set(Timer::Connection(connection), Some(silent));
                } else {
                    self.sever(now, connection, code::TRY_AGAIN, out);
                }
            }
        }
    }
}

fn add(live: &mut Live, cx: &mut Cx<'_>, attendee: Attendee) {
    let id = attendee.id;
    live.add(cx, attendee);
    if let Some(guest) = live.guests.get(&id) {
        cx.notify(&live.record, MeetingEventKind::AttendeeAdded, Some(guest.who()));
    }
}
