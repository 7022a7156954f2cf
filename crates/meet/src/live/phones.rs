//! Telephones in a meeting: attendees with audio only.

use base::AttendeeId;

use super::Live;
use crate::event::MeetingEventKind;
use crate::interface::{Admission, MemberId, NotAdmitted, Output};
use crate::seat::{Audio, Phone, Seat};
use crate::shared::Cx;

impl Live {
    /// Lets a telephone take an attendee's seat.
    pub(crate) fn admit(&mut self, cx: &mut Cx<'_>, attendee: AttendeeId) -> Result<Admission, NotAdmitted> {
        let Some(guest) = self.guests.get(&attendee) else { return Err(NotAdmitted::UnknownToken) };
        if matches!(guest.seat, Seat::Vacant) && self.taken >= self.record.capacity {
            cx.shared.tally.refused_full += 1;
            return Err(NotAdmitted::Full);
        }
        self.take_over(cx, attendee);
        let meeting = self.record.id;
        let member = cx.new_member(meeting, attendee);
        cx.shared.tally.phones += 1;
        if let Some(guest) = self.guests.get_mut(&attendee) {
            guest.seat = Seat::Phone(Phone { member, audio: Audio::Connecting });
            cx.notify(&self.record, MeetingEventKind::AttendeeAuthorized, Some(guest.who()));
        }
        Ok(Admission { member, meeting, attendee })
    }

    /// Its leg is connected to the meeting.
    pub(crate) fn phone_joined(&mut self, cx: &mut Cx<'_>, attendee: AttendeeId, member: MemberId) {
        let Some(guest) = self.guests.get_mut(&attendee) else { return };
        let Seat::Phone(phone) = &mut guest.seat else { return };
        if phone.member != member || phone.audio == Audio::Connected {
            return;
        }
        phone.audio = Audio::Connected;
        if guest.muted() {
            cx.out.push(Output::Mute { member, on: true });
        }
        if guest.deaf() {
            cx.out.push(Output::Deafen { member, on: true });
        }
        self.list(cx, attendee);
    }

    /// Its leg is gone.
    pub(crate) fn phone_left(&mut self, cx: &mut Cx<'_>, attendee: AttendeeId, member: MemberId) {
        let Some(guest) = self.guests.get(&attendee) else { return };
        if matches!(&guest.seat, Seat::Phone(phone) if phone.member == member) {
            self.vacate(cx, attendee, MeetingEventKind::AttendeeLeft);
        }
    }
}
