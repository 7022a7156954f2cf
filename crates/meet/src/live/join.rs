//! JOIN: a seat is taken, or taken over.

use std::time::Duration;

use base::{AttendeeId, Timestamp};

use super::Live;
use crate::connection::code;
use crate::event::MeetingEventKind;
use crate::frame::{AudioStatus, FrameKind, Index, Join, JoinAck, SignalFrame};
use crate::interface::{ConnectionId, HangUpWhy, Output};
use crate::seat::{Browser, Leg, Link, Listing, Phone, Seat};
use crate::shared::Cx;

/// How long one whose seat was taken over stays in rosters while the new audio is set up: as long as the client itself
/// tries, 15 s up to SUBSCRIBE and 15 s more until its audio is connected.
const TAKING_OVER: Duration = Duration::from_secs(30);

/// JOIN_ACK; with an error, a refusal.
pub(crate) fn join_ack(now: Timestamp) -> SignalFrame {
    SignalFrame { joinack: Some(JoinAck::default()), ..SignalFrame::new(now, FrameKind::JoinAck) }
}

impl Live {
    /// A browser with an attendee's token joins. The same session again replaces its old connection without a word;
    /// another one ends it.
    pub(crate) fn join(
        &mut self,
        cx: &mut Cx<'_>,
        attendee: AttendeeId,
        connection: ConnectionId,
        join: &Join,
    ) {
        let full = self.taken >= self.record.capacity;
        let Some(guest) = self.guests.get_mut(&attendee) else { return };
        if full && matches!(guest.seat, Seat::Vacant) {
            cx.shared.tally.refused_full += 1;
            cx.send(connection, &join_ack(cx.now).with_error(409, "the meeting is full"));
            cx.close_soon(connection, code::CONFLICT);
            return;
        }
        let session = join.audio_session_id;
        let again = matches!(&guest.seat, Seat::Browser(old) if session.is_some() && old.session == session);
        let heard = if again { self.replace(cx, attendee) } else { self.take_over(cx, attendee) };
        let Some(guest) = self.guests.get_mut(&attendee) else { return };
        guest.seat =
            Seat::Browser(Browser { session, link: Link::Joined(connection), leg: Leg::Absent, heard });
        cx.seated(connection, self.record.id, attendee);
        cx.send(connection, &join_ack(cx.now));
        cx.send(
            connection,
            &SignalFrame { index: Some(Index::default()), ..SignalFrame::new(cx.now, FrameKind::Index) },
        );
        if again {
            cx.shared.tally.rejoins += 1;
        } else {
            cx.shared.tally.joins += 1;
            cx.notify(&self.record, MeetingEventKind::AttendeeAuthorized, Some(guest.who()));
        }
    }

    /// The same session over a new connection: the old one, most likely half-open, and its audio go away silently.
    /// Tells until when the session has had its messages.
    fn replace(&mut self, cx: &mut Cx<'_>, attendee: AttendeeId) -> Option<Timestamp> {
        let guest = self.guests.get_mut(&attendee)?;
        let Seat::Browser(old) = &mut guest.seat else { return None };
        let mut heard = old.heard;
        if let Link::Subscribed(connection) = old.link {
            heard = cx.shared.connections.get(&connection).map(|known| known.seen);
        }
        if let Some(connection) = old.link.connection() {
            cx.close(connection, code::CONFLICT);
        }
        drop_leg(cx, &mut old.leg);
        self.fade(cx, attendee, TAKING_OVER);
        heard
    }

    /// Whoever has the seat is told that its attendee joined elsewhere, and loses it to a browser or telephone.
    pub(super) fn take_over(&mut self, cx: &mut Cx<'_>, attendee: AttendeeId) -> Option<Timestamp> {
        let guest = self.guests.get_mut(&attendee)?;
        match std::mem::replace(&mut guest.seat, Seat::Vacant) {
            Seat::Vacant => self.taken += 1,
            Seat::Browser(mut old) => {
                if let Some(connection) = old.link.connection() {
                    cx.send_status(connection, AudioStatus::JOINED_ELSEWHERE);
                    cx.close_soon(connection, code::CONFLICT);
                }
                drop_leg(cx, &mut old.leg);
            }
            Seat::Phone(Phone { member, .. }) => {
                cx.shared.members.remove(&member);
                cx.out.push(Output::HangUp { member, why: HangUpWhy::JoinedElsewhere });
            }
        }
        // Nobody mutes the newcomer yet.
        self.remute(cx, attendee, |guest| guest.muting = crate::seat::Muting::default());
        self.fade(cx, attendee, TAKING_OVER);
        None
    }

    /// The connection of a browser broke. Its audio stays for a while: most likely the page joins again.
    pub(crate) fn link_lost(
        &mut self,
        cx: &mut Cx<'_>,
        attendee: AttendeeId,
        connection: ConnectionId,
        seen: Timestamp,
    ) {
        let until = cx.now + cx.shared.config.grace;
        let Some(guest) = self.guests.get_mut(&attendee) else { return };
        let Seat::Browser(browser) = &mut guest.seat else { return };
        if browser.link.connection() != Some(connection) {
            return; // replaced already
        }
        if matches!(browser.leg, Leg::Absent) && guest.listing == Listing::Off {
            // There is nothing to keep for it.
            self.vacate(cx, attendee, MeetingEventKind::AttendeeDropped);
            return;
        }
        if let Link::Subscribed(_) = browser.link {
            browser.heard = Some(seen);
        }
        browser.link = Link::Down { until };
        self.arm(cx, attendee);
    }

    /// An attendee's timer: it did not come back.
    pub(crate) fn attendee_due(&mut self, cx: &mut Cx<'_>, attendee: AttendeeId) {
        let Some(guest) = self.guests.get(&attendee) else { return };
        if let Seat::Browser(Browser { link: Link::Down { until }, .. }) = guest.seat
            && until <= cx.now
        {
            self.vacate(cx, attendee, MeetingEventKind::AttendeeDropped);
            return;
        }
        if let Listing::Fading { until, .. } = guest.listing
            && until <= cx.now
        {
            self.unlist(cx, attendee, MeetingEventKind::AttendeeDropped);
        }
        self.arm(cx, attendee);
    }

    /// The seat becomes vacant: its audio ends and it is not present any more. `how` is left or dropped.
    pub(crate) fn vacate(&mut self, cx: &mut Cx<'_>, attendee: AttendeeId, how: MeetingEventKind) {
        let Some(guest) = self.guests.get_mut(&attendee) else { return };
        match std::mem::replace(&mut guest.seat, Seat::Vacant) {
            Seat::Vacant => return,
            Seat::Browser(mut browser) => drop_leg(cx, &mut browser.leg),
            Seat::Phone(Phone { member, .. }) => drop(cx.shared.members.remove(&member)),
        }
        guest.muting = crate::seat::Muting::default();
        guest.signal = crate::seat::Signal::Good;
        self.taken -= 1;
        self.unlist(cx, attendee, how);
    }
}

/// Ends a browser's audio: packets and connectivity checks find nobody, so that the client notices.
pub(super) fn drop_leg(cx: &mut Cx<'_>, leg: &mut Leg) {
    if let Leg::Open(open) = std::mem::replace(leg, Leg::Absent) {
        cx.close_member(open.member);
    }
}
