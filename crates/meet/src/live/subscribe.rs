//! SUBSCRIBE: offers and their answers; audio connected and lost.

use std::collections::VecDeque;

use base::AttendeeId;

use super::Live;
use super::join::drop_leg;
use crate::frame::{AudioStatus, Empty, ErrorFrame, FrameKind, SignalFrame, Subscribe, SubscribeAck};
use crate::interface::{ConnectionId, MemberId, Output};
use crate::seat::{Audio, Browser, Leg, Link, Offered, OpenLeg, Seat};
use crate::secret::Secret;
use crate::shared::Cx;

/// So many offers of one client may wait for their answers.
const OFFERS_MAX: usize = 8;

impl Live {
    /// A client offers its media, for the first time or again.
    pub(super) fn subscribe(
        &mut self,
        cx: &mut Cx<'_>,
        attendee: AttendeeId,
        connection: ConnectionId,
        subscribe: Subscribe,
    ) {
        let offered = if subscribe.sends_video() { Offered::Camera } else { Offered::Audio };
        let Some(sdp) = subscribe.sdp_offer.filter(|sdp| !sdp.is_empty()) else {
            let ack = subscribe_ack(cx, None).with_error(400, "SUBSCRIBE without an offer");
            cx.send(connection, &ack);
            return;
        };
        if let Some(muted) = subscribe.audio_muted {
            self.remute(cx, attendee, |guest| guest.muting.client = muted);
        }
        let meeting = self.record.id;
        let Some(guest) = self.guests.get_mut(&attendee) else { return };
        let (muted, deaf) = (guest.muted(), guest.deaf());
        let Seat::Browser(Browser { leg, .. }) = &mut guest.seat else { return };
        let open = match leg {
            Leg::Open(open) => open,
            Leg::Absent => {
                let member = cx.new_member(meeting, attendee);
                cx.out.push(Output::OpenBrowser { member, meeting, muted });
                if deaf {
                    cx.out.push(Output::Deafen { member, on: true });
                }
                *leg = Leg::Open(OpenLeg { member, offers: VecDeque::new(), audio: Audio::Connecting });
                let Leg::Open(open) = leg else { return };
                open
            }
        };
        if open.offers.len() >= OFFERS_MAX {
            let ack = subscribe_ack(cx, None).with_error(503, "too many offers at once");
            cx.send(connection, &ack);
            return;
        }
        open.offers.push_back(offered);
        cx.out.push(Output::Offer { member: open.member, sdp: sdp.into() });
    }

    /// An offer has its answer, or was refused.
    pub(crate) fn answer(
        &mut self,
        cx: &mut Cx<'_>,
        attendee: AttendeeId,
        member: MemberId,
        outcome: Result<Secret, String>,
    ) {
        let Some(guest) = self.guests.get_mut(&attendee) else { return };
        let Seat::Browser(Browser { link, leg, heard, .. }) = &mut guest.seat else { return };
        let Leg::Open(open) = leg else { return };
        if open.member != member {
            return; // replaced already
        }
        let Some(offered) = open.offers.pop_front() else { return };
        let Some(connection) = link.connection() else { return };
        let sdp = match outcome {
            Ok(sdp) => sdp,
            Err(why) => {
                // A client's first offer will not become better; a later one may, in a session from scratch.
                let status = match link {
                    Link::Joined(_) => 400,
                    Link::Subscribed(_) | Link::Down { .. } => 500,
                };
                if let Link::Joined(_) = link
                    && open.offers.is_empty()
                {
                    drop_leg(cx, leg);
                }
                let ack = subscribe_ack(cx, None).with_error(status, why);
                cx.send(connection, &ack);
                return;
            }
        };
        let first = matches!(link, Link::Joined(_));
        *link = Link::Subscribed(connection);
        let heard = *heard;
        let ack = subscribe_ack(cx, Some(sdp));
        cx.send(connection, &ack);
        if first {
            self.tell_all(cx, connection);
            self.tell_kept(cx, attendee, connection, heard);
            self.levels.tell_again();
        }
        match offered {
            Offered::Audio => {}
            Offered::Camera => {
                // We pass no video on: its own picture goes away in the page, the rest goes on.
                let status = AudioStatus { audio_status: Some(AudioStatus::OK) };
                let frame = SignalFrame {
                    audio_status: Some(status),
                    ..SignalFrame::new(cx.now, FrameKind::AudioStatus)
                };
                cx.send(connection, &frame.with_error(ErrorFrame::VIEW_ONLY, "video is not passed on"));
            }
        }
    }

    /// A browser's audio is connected.
    pub(crate) fn member_connected(&mut self, cx: &mut Cx<'_>, attendee: AttendeeId, member: MemberId) {
        let Some(guest) = self.guests.get_mut(&attendee) else { return };
        let Seat::Browser(Browser { leg: Leg::Open(open), .. }) = &mut guest.seat else { return };
        if open.member == member && open.audio == Audio::Connecting {
            open.audio = Audio::Connected;
            self.list(cx, attendee);
        }
    }

    /// A browser's audio is lost. If its page still listens it is told to start again: by itself it would not notice
    /// for half a minute, or never.
    pub(crate) fn member_lost(&mut self, cx: &mut Cx<'_>, attendee: AttendeeId, member: MemberId) {
        let grace = cx.shared.config.grace;
        let Some(guest) = self.guests.get_mut(&attendee) else { return };
        let Seat::Browser(Browser { link, leg, .. }) = &mut guest.seat else { return };
        match leg {
            Leg::Open(open) if open.member == member => {}
            Leg::Open(_) | Leg::Absent => return,
        }
        drop_leg(cx, leg);
        if let Some(connection) = link.connection() {
            cx.send_status(connection, AudioStatus::UNAVAILABLE);
        }
        self.fade(cx, attendee, grace);
    }

    /// There are no replicas of meetings here.
    pub(super) fn refuse_primary(&mut self, cx: &mut Cx<'_>, connection: ConnectionId) {
        let ack = SignalFrame {
            primary_meeting_join_ack: Some(Empty {}),
            ..SignalFrame::new(cx.now, FrameKind::PrimaryMeetingJoinAck)
        };
        cx.send(connection, &ack.with_error(403, "no primary meeting"));
    }
}

fn subscribe_ack(cx: &Cx<'_>, sdp: Option<Secret>) -> SignalFrame {
    let suback = SubscribeAck { sdp_answer: sdp.map(String::from), ..SubscribeAck::default() };
    SignalFrame { suback: Some(suback), ..SignalFrame::new(cx.now, FrameKind::SubscribeAck) }
}
