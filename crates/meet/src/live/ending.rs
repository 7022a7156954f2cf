//! The end of an attendee, and of the meeting.

use base::AttendeeId;

use super::Live;
use super::join::drop_leg;
use crate::connection::code;
use crate::event::MeetingEventKind;
use crate::frame::AudioStatus;
use crate::interface::{HangUpWhy, Output};
use crate::seat::{Listing, Seat};
use crate::shared::{Cx, audio_status};
use crate::timers::Timer;

impl Live {
    /// An attendee was deleted: its browser is told, its telephone hung up, its token good for nothing.
    pub(crate) fn delete(&mut self, cx: &mut Cx<'_>, attendee: AttendeeId) {
        let Some(guest) = self.guests.get(&attendee) else { return };
        let who = guest.who();
        match &guest.seat {
            Seat::Vacant => {}
            Seat::Browser(browser) => {
                if let Some(connection) = browser.link.connection() {
                    cx.send_status(connection, AudioStatus::REMOVED);
                    cx.close_soon(connection, code::FORBIDDEN);
                }
            }
            Seat::Phone(phone) => {
                let why = HangUpWhy::AttendeeDeleted;
                cx.out.push(Output::HangUp { member: phone.member, why });
            }
        }
        self.vacate(cx, attendee, MeetingEventKind::AttendeeLeft);
        if let Some(guest) = self.guests.remove(&attendee) {
            cx.shared.tokens.remove(&guest.token);
            self.removed.insert(guest.token);
        }
        cx.notify(&self.record, MeetingEventKind::AttendeeDeleted, Some(who));
    }

    /// The meeting is over: browsers are told, telephones hung up, nothing is left of it.
    pub(crate) fn end(mut self, cx: &mut Cx<'_>) {
        let ended = audio_status(cx.now, AudioStatus::ENDED);
        for guest in self.guests.values_mut() {
            match std::mem::replace(&mut guest.seat, Seat::Vacant) {
                Seat::Vacant => {}
                Seat::Browser(mut browser) => {
                    if let Some(connection) = browser.link.connection() {
                        cx.send_bytes(connection, ended.clone());
                        cx.close_soon(connection, code::ENDED);
                    }
                    drop_leg(cx, &mut browser.leg);
                }
                Seat::Phone(phone) => {
                    cx.shared.members.remove(&phone.member);
                    let why = HangUpWhy::MeetingEnded;
                    cx.out.push(Output::HangUp { member: phone.member, why });
                }
            }
            if guest.listing != Listing::Off {
                cx.notify(&self.record, MeetingEventKind::AttendeeLeft, Some(guest.who()));
            }
            cx.shared.tokens.remove(&guest.token);
            cx.shared.timers.set(Timer::Attendee(self.record.id, guest.id), None);
        }
        let id = self.record.id;
        for timer in [Timer::Levels(id), Timer::Messages(id), Timer::Lifetime(id)] {
            cx.shared.timers.set(timer, None);
        }
        cx.notify(&self.record, MeetingEventKind::MeetingEnded, None);
    }
}
