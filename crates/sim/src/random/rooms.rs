//! The meetings of a world of chance, as those who made them know them.

use api::meetings::{self, Response};
use base::Rng;
use serde_json::{Value, json};

use crate::checks::Checks;

/// Somebody's token that nobody has.
const FORGED: &str = "Zm9yZ2Vk";

/// The meetings of a world, as those who made them know them.
#[derive(Debug, Default)]
pub(crate) struct Rooms {
    pub(super) rooms: Vec<Room>,
    /// Nobody comes any more.
    pub(super) closed: bool,
    /// Tokens must stand in no journal: watched where the world can afford it.
    pub(super) watched: bool,
}

#[derive(Debug)]
pub(super) struct Room {
    pub(super) id: String,
    request: String,
    pub(super) guests: Vec<Guest>,
}

#[derive(Debug)]
pub(super) struct Guest {
    pub(super) id: String,
    token: String,
}

/// What somebody shows who wants into a meeting; not always good.
#[derive(Clone, Debug)]
pub(crate) struct Pass {
    pub(crate) meeting: Option<String>,
    pub(crate) token: String,
}

impl Pass {
    /// The headers of an order for a call.
    pub(crate) fn headers(&self) -> Value {
        match &self.meeting {
            Some(meeting) => json!({ "X-chime-join-token": self.token, "X-chime-meeting-id": meeting }),
            None => json!({ "X-joinToken": self.token }),
        }
    }
}

impl Rooms {
    /// Whether there is any meeting, or has been, and people come.
    pub(crate) fn is_in_use(&self) -> bool {
        !self.rooms.is_empty() && !self.closed
    }

    pub(super) fn room(&self, rng: &mut Rng) -> Option<&Room> {
        let recent = if rng.one_in(5) { self.rooms.len() } else { self.rooms.len().min(2) };
        let back = 1 + rng.below(recent.max(1) as u64) as usize;
        self.rooms.len().checked_sub(back).map(|index| &self.rooms[index])
    }

    /// Somebody's way into a meeting: mostly good, unless it or its meeting has been deleted.
    pub(crate) fn pass(&self, rng: &mut Rng) -> Pass {
        let forged = Pass { meeting: None, token: FORGED.into() };
        let Some(room) = self.room(rng) else { return forged };
        let guest = &room.guests.get(rng.below(room.guests.len().max(1) as u64) as usize);
        let meeting = match rng.below(12) {
            0 => None,
            // The token may be another meeting's.
            1 => self.room(rng).map(|room| room.id.clone()),
            _ => Some(room.id.clone()),
        };
        match guest {
            Some(guest) if !rng.one_in(16) => Pass { meeting, token: guest.token.clone() },
            _ => Pass { meeting, token: FORGED.into() },
        }
    }

    /// A meeting and some of its attendees.
    pub(crate) fn some_attendees(&self, rng: &mut Rng) -> (String, Vec<String>) {
        let Some(room) = self.room(rng) else { return Default::default() };
        let some = room.guests.iter().filter(|_| rng.one_in(2)).map(|guest| guest.id.clone());
        (room.id.clone(), some.collect())
    }

    pub(super) fn learn(&mut self, checks: &mut Checks, request: &str, answer: &Response) {
        match answer {
            Response::CreateMeeting(answer) => self.meeting(checks, request, answer.meeting.as_ref()),
            Response::CreateMeetingWithAttendees(answer) => {
                self.meeting(checks, request, answer.meeting.as_ref());
                let id = answer.meeting.as_ref().and_then(|meeting| meeting.meeting_id.as_deref());
                self.guests(checks, id.unwrap_or_default(), answer.attendees.iter().flatten());
            }
            Response::CreateAttendee(answer) => self.guests(checks, request, &answer.attendee),
            Response::BatchCreateAttendee(answer) => {
                self.guests(checks, request, answer.attendees.iter().flatten());
            }
            _ => {}
        }
    }

    /// A request token stands for one meeting, as long as that is on.
    fn meeting(&mut self, checks: &mut Checks, request: &str, made: Option<&meetings::Meeting>) {
        let Some(id) = made.and_then(|meeting| meeting.meeting_id.as_deref()) else {
            return checks.violations.push("a meeting without an id".into());
        };
        let is_on = |id: &str| id.parse().is_ok_and(|id| checks.meetings.is_on(id));
        let other =
            self.rooms.iter().find(|room| room.request == request && room.id != id && is_on(&room.id));
        if let Some(other) = other {
            let wrong = format!("meeting {id} was made by the token of {}, which is on", other.id);
            checks.violations.push(wrong);
        }
        if !self.rooms.iter().any(|room| room.id == id) {
            self.rooms.push(Room { id: id.into(), request: request.into(), guests: vec![] });
        }
    }

    fn guests<'a>(
        &mut self,
        checks: &mut Checks,
        meeting: &str,
        made: impl IntoIterator<Item = &'a meetings::Attendee>,
    ) {
        let Some(room) = self.rooms.iter_mut().find(|room| room.id == meeting) else { return };
        for attendee in made {
            let (Some(id), Some(token)) = (&attendee.attendee_id, &attendee.join_token) else {
                checks.violations.push("an attendee without id or token".into());
                continue;
            };
            if room.guests.iter().all(|guest| guest.id != *id) {
                if self.watched {
                    checks.secrets.push(token.0.clone());
                }
                room.guests.push(Guest { id: id.clone(), token: token.0.clone() });
            }
        }
    }
}
