//! One live meeting: its attendees, and what happens to them. One file per subject below.

mod audio;
mod ending;
mod join;
mod levels;
mod lifetime;
mod messages;
mod phones;
mod roster;
mod subscribe;

use std::collections::BTreeMap;

use base::{AttendeeId, Timestamp};
use bytes::Bytes;

use crate::event::MeetingEventKind;
use crate::frame::{FromClient, StreamIdInfo};
use crate::interface::{Attendee, Capabilities, ConnectionId, Meeting};
use crate::rate::Bucket;
use crate::seat::{Guest, Listing, Muting, Seat, Signal};
use crate::shared::Cx;
use crate::timers::Timer;
use crate::token::{Latest, TokenDigest};

pub(crate) use join::join_ack;
use levels::Levels;
use lifetime::Lifetime;
pub(crate) use messages::ATTENDEE_RATE;
use messages::Messages;

/// So many deleted attendees of a meeting are remembered, to be told that they are deleted.
const REMOVED_MAX: usize = 1_000;

#[derive(Debug)]
pub(crate) struct Live {
    pub(crate) record: Meeting,
    pub(crate) guests: BTreeMap<AttendeeId, Guest>,
    /// Tokens of deleted attendees.
    pub(crate) removed: Latest<TokenDigest>,
    /// Attendees whose seat is taken.
    taken: u32,
    /// Streams are numbered as they come; an attendee's latest counts.
    last_stream: u32,
    /// What rosters will hear at the end of this input.
    changes: Vec<StreamIdInfo>,
    levels: Levels,
    messages: Messages,
    lifetime: Lifetime,
}

impl Live {
    pub(crate) fn new(now: Timestamp, record: Meeting) -> Self {
        Self {
            record,
            guests: BTreeMap::new(),
            removed: Latest::new(REMOVED_MAX),
            taken: 0,
            last_stream: 0,
            changes: Vec::new(),
            levels: Levels::default(),
            messages: Messages::new(now),
            lifetime: Lifetime::new(now),
        }
    }

    /// An attendee that may join.
    pub(crate) fn add(&mut self, cx: &mut Cx<'_>, attendee: Attendee) {
        let token = TokenDigest::of(attendee.token.as_str());
        if self.guests.contains_key(&attendee.id) || cx.shared.tokens.contains_key(&token) {
            return; // told twice
        }
        cx.shared.tokens.insert(token, (self.record.id, attendee.id));
        let guest = Guest {
            id: attendee.id,
            external_user_id: attendee.external_user_id,
            token,
            capabilities: attendee.capabilities,
            muting: Muting::default(),
            seat: Seat::Vacant,
            listing: Listing::Off,
            signal: Signal::Good,
            messages: Bucket::new(cx.now, ATTENDEE_RATE),
        };
        self.guests.insert(attendee.id, guest);
    }

    /// The API changed what an attendee may do.
    pub(crate) fn change(&mut self, cx: &mut Cx<'_>, attendee: AttendeeId, capabilities: Capabilities) {
        self.remute(cx, attendee, |guest| guest.capabilities = capabilities);
    }

    /// A frame of an attendee's connection.
    pub(crate) fn frame(
        &mut self,
        cx: &mut Cx<'_>,
        attendee: AttendeeId,
        connection: ConnectionId,
        frame: FromClient,
    ) {
        match frame {
            FromClient::Subscribe(subscribe) => self.subscribe(cx, attendee, connection, subscribe),
            FromClient::Leave => {
                cx.left(connection);
                self.vacate(cx, attendee, MeetingEventKind::AttendeeLeft);
            }
            FromClient::AudioControl(control) => match control.muted {
                Some(muted) => self.remute(cx, attendee, |guest| guest.muting.client = muted),
                None => cx.shared.tally.malformed_frames += 1,
            },
            FromClient::Metrics(metrics) => self.metrics(attendee, &metrics),
            FromClient::Data(data) => self.data(cx, attendee, connection, data.messages),
            FromClient::PrimaryMeetingJoin => self.refuse_primary(cx, connection),
            // It has joined already.
            FromClient::Join(_) => cx.shared.tally.unexpected_frames += 1,
            // The connection has answered.
            FromClient::Ping(_) | FromClient::Pong | FromClient::Ignored => {}
        }
    }

    /// Sends the same to all that listen, except to one.
    fn broadcast(&self, cx: &mut Cx<'_>, frame: &Bytes, except: Option<ConnectionId>) {
        for connection in self.guests.values().filter_map(Guest::listener) {
            if Some(connection) != except {
                cx.send_bytes(connection, frame.clone());
            }
        }
    }

    fn listened_to(&self) -> bool {
        self.guests.values().any(|guest| guest.listener().is_some())
    }

    /// Brings an attendee's timer up to date.
    fn arm(&self, cx: &mut Cx<'_>, attendee: AttendeeId) {
        let at = self.guests.get(&attendee).and_then(Guest::deadline);
        cx.shared.timers.set(Timer::Attendee(self.record.id, attendee), at);
    }

    /// Ends an input: tells the rosters, brings the meeting's timers up to date.
    pub(crate) fn settle(&mut self, cx: &mut Cx<'_>) {
        self.tell_changes(cx);
        self.tell_levels(cx);
        self.watch_lifetime(cx);
    }

    pub(crate) fn present(&self) -> usize {
        self.guests.values().filter(|guest| guest.listing != Listing::Off).count()
    }

    pub(crate) fn kept_messages(&self) -> usize {
        self.messages.kept()
    }
}
