//! What all meetings of a node share, and the context in which one of them acts.

use std::collections::BTreeMap;

use base::{AttendeeId, MeetingId, Timestamp};
use bytes::Bytes;

use crate::config::Config;
use crate::connection::{Connection, State};
use crate::event::{MeetingEvent, MeetingEventKind, Who};
use crate::frame::{AudioStatus, FrameKind, SignalFrame};
use crate::interface::{ConnectionId, Meeting, MemberId, Output};
use crate::tally::Tally;
use crate::timers::{Timer, Timers};
use crate::token::TokenDigest;

/// The indices over all meetings: who a connection, a member, a token belongs to.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) config: Config,
    pub(crate) connections: BTreeMap<ConnectionId, Connection>,
    /// How many connections show a token.
    pub(crate) with_token: BTreeMap<TokenDigest, usize>,
    pub(crate) members: BTreeMap<MemberId, (MeetingId, AttendeeId)>,
    pub(crate) tokens: BTreeMap<TokenDigest, (MeetingId, AttendeeId)>,
    pub(crate) timers: Timers,
    pub(crate) tally: Tally,
    last_member: u64,
}

impl Shared {
    pub(crate) fn new(config: Config) -> Self {
        Self {
            config,
            connections: BTreeMap::new(),
            with_token: BTreeMap::new(),
            members: BTreeMap::new(),
            tokens: BTreeMap::new(),
            timers: Timers::default(),
            tally: Tally::default(),
            last_member: 0,
        }
    }
}

/// One input's moment: the time, what is shared, and where outputs go.
pub(crate) struct Cx<'a> {
    pub(crate) now: Timestamp,
    pub(crate) shared: &'a mut Shared,
    pub(crate) out: &'a mut Vec<Output>,
}

impl Cx<'_> {
    /// A member that never was.
    pub(crate) fn new_member(&mut self, meeting: MeetingId, attendee: AttendeeId) -> MemberId {
        self.shared.last_member += 1;
        let member = MemberId(self.shared.last_member);
        self.shared.members.insert(member, (meeting, attendee));
        member
    }

    /// Ends a browser's audio.
    pub(crate) fn close_member(&mut self, member: MemberId) {
        self.shared.members.remove(&member);
        self.out.push(Output::CloseMember { member });
    }

    pub(crate) fn send(&mut self, connection: ConnectionId, frame: &SignalFrame) {
        self.send_bytes(connection, frame.to_bytes());
    }

    pub(crate) fn send_bytes(&mut self, connection: ConnectionId, frame: Bytes) {
        self.out.push(Output::Send { connection, frame });
    }

    pub(crate) fn send_status(&mut self, connection: ConnectionId, status: u32) {
        self.send_bytes(connection, audio_status(self.now, status));
    }

    /// Closes a connection at once.
    pub(crate) fn close(&mut self, connection: ConnectionId, code: u16) {
        if self.forget(connection).is_some() {
            self.out.push(Output::Close { connection, code });
        }
    }

    /// Forgets a connection that is gone.
    pub(crate) fn forget(&mut self, connection: ConnectionId) -> Option<Connection> {
        let gone = self.shared.connections.remove(&connection)?;
        self.shared.timers.set(Timer::Connection(connection), None);
        if let Some(count) = self.shared.with_token.get_mut(&gone.token) {
            *count -= 1;
            if *count == 0 {
                self.shared.with_token.remove(&gone.token);
            }
        }
        Some(gone)
    }

    /// Has told a client that its session is over: it leaves by itself, and is closed soon if it does not.
    pub(crate) fn close_soon(&mut self, connection: ConnectionId, code: u16) {
        let by = self.now + crate::connection::LAST_WORDS;
        if let Some(known) = self.shared.connections.get_mut(&connection) {
            known.state = State::Closing { code };
            self.shared.timers.set(Timer::Connection(connection), Some(by));
        }
    }

    pub(crate) fn notify(&mut self, meeting: &Meeting, kind: MeetingEventKind, who: Option<Who>) {
        self.out.push(Output::Notify(Box::new(MeetingEvent {
            at: self.now,
            kind,
            meeting: meeting.id,
            external_meeting_id: meeting.external_id.clone(),
            media_region: meeting.region.clone(),
            who,
        })));
    }
}

/// An AUDIO_STATUS.
pub(crate) fn audio_status(now: Timestamp, status: u32) -> Bytes {
    SignalFrame {
        audio_status: Some(AudioStatus { audio_status: Some(status) }),
        ..SignalFrame::new(now, FrameKind::AudioStatus)
    }
    .to_bytes()
}
