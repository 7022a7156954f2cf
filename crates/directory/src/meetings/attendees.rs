//! Attendees: created once per user of a meeting, with the token they join by.

use api::meetings::{self, AttendeeCapabilities, CreateAttendeeError, CreateAttendeeRequestItem, Response};
use api::page::Page;
use api::{Error, Kind as Refusal, Sensitive};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::capabilities::{check, default_in};
use super::{Step, alive, check_name, id, limit_exceeded};
use crate::operation::{Cx, no_such};
use crate::record::{Kind, Rest};
use crate::records::{Attendee, Meeting, attendee_key, split_attendee_key};
use crate::tables::Mutation;

pub(super) fn create(cx: &mut Cx<'_>, r: &meetings::CreateAttendeeRequest) -> Result<Step, Error> {
    let meeting_id = id(&r.meeting_id);
    let meeting = alive(cx.own::<Meeting>(&meeting_id))?;
    let mut creation = Creation::new(cx, &meeting_id, meeting);
    let attendee = creation.one(&r.external_user_id, r.capabilities.as_ref())?;
    let reply = meetings::CreateAttendeeResponse { attendee: Some(attendee) };
    Ok(step(creation.mutations, Response::CreateAttendee(reply)))
}

pub(super) fn create_batch(cx: &mut Cx<'_>, r: &meetings::BatchCreateAttendeeRequest) -> Result<Step, Error> {
    let meeting_id = id(&r.meeting_id);
    let meeting = alive(cx.own::<Meeting>(&meeting_id))?;
    let (attendees, errors, mutations) = Creation::new(cx, &meeting_id, meeting).all(&r.attendees);
    let reply = meetings::BatchCreateAttendeeResponse { attendees: Some(attendees), errors: Some(errors) };
    Ok(step(mutations, Response::BatchCreateAttendee(reply)))
}

fn step(mutations: Vec<Mutation>, reply: Response) -> Step {
    if mutations.is_empty() { Step::Answer(reply) } else { Step::Write { mutations, reply } }
}

/// Attendees that one request makes. The meeting must be claimed: so many fit, and each user once.
pub(super) struct Creation<'c, 'a> {
    cx: &'c mut Cx<'a>,
    meeting_id: &'c str,
    meeting: &'c Meeting,
    /// With those made here.
    count: usize,
    /// Made here.
    made: Vec<(String, Attendee)>,
    mutations: Vec<Mutation>,
}

/// What comes of a batch: attendees, refusals, what is to be stored.
pub(super) type Batch = (Vec<meetings::Attendee>, Vec<CreateAttendeeError>, Vec<Mutation>);

impl<'c, 'a> Creation<'c, 'a> {
    pub(super) fn new(cx: &'c mut Cx<'a>, meeting_id: &'c str, meeting: &'c Meeting) -> Self {
        let count = cx.tables.attendees_of(meeting_id, None).count();
        Self { cx, meeting_id, meeting, count, made: Vec::new(), mutations: Vec::new() }
    }

    /// Each item by itself: one that cannot be made keeps no other from being made.
    pub(super) fn all(mut self, items: &[CreateAttendeeRequestItem]) -> Batch {
        let (mut attendees, mut errors) = (Vec::new(), Vec::new());
        for item in items {
            match self.one(&item.external_user_id, item.capabilities.as_ref()) {
                Ok(attendee) => attendees.push(attendee),
                Err(error) => errors.push(CreateAttendeeError {
                    external_user_id: Some(item.external_user_id.clone()),
                    error_code: Some(code(&error).to_owned()),
                    error_message: Some(error.message),
                }),
            }
        }
        (attendees, errors, self.mutations)
    }

    /// The attendee of that name, whatever else is asked of it, or a new one.
    fn one(
        &mut self,
        user: &Sensitive<String>,
        capabilities: Option<&AttendeeCapabilities>,
    ) -> Result<meetings::Attendee, Error> {
        check_name("ExternalUserId", user)?;
        if let Some(capabilities) = capabilities {
            check(self.meeting, capabilities)?;
        }
        let made = self.made.iter().find(|(_, attendee)| attendee.external_user_id == *user);
        let made = made.map(|(key, attendee)| (key.as_str(), attendee));
        if let Some((key, attendee)) = made.or_else(|| self.cx.tables.attendee_of_user(self.meeting_id, user))
        {
            return Ok(wire(key, attendee));
        }
        let capacity = self.meeting.capacity();
        if self.count >= capacity {
            return Err(limit_exceeded(format!("A meeting has at most {capacity} attendees.")));
        }
        let meeting = self.meeting_id;
        let key = self.cx.mint_by::<Attendee>(|rng| attendee_key(meeting, &api::ids::uuid(rng)));
        let attendee = Attendee {
            external_user_id: user.clone(),
            token: Sensitive(token(split_attendee_key(&key).1, &self.cx.entropy.secret(self.made.len()))),
            capabilities: capabilities.cloned().unwrap_or_else(|| default_in(self.meeting)),
            created: self.cx.now,
            deleted: None,
            rest: Rest::new(),
        };
        self.count += 1;
        let reply = wire(&key, &attendee);
        self.mutations.push(Mutation::put(&*key, attendee.clone()));
        self.made.push((key, attendee));
        Ok(reply)
    }
}

/// A join token travels as a WebSocket's sub-protocol, in SIP headers and SIP URIs: base64url without padding.
fn token(attendee: &str, secret: &[u8; 32]) -> String {
    URL_SAFE_NO_PAD.encode([attendee.as_bytes(), b":", secret].concat())
}

/// The word of a refusal inside an answer.
fn code(error: &Error) -> &'static str {
    match error.kind {
        Refusal::LimitExceeded => "LimitExceeded",
        _ => "BadRequest",
    }
}

pub(super) fn get(cx: &Cx<'_>, r: &meetings::GetAttendeeRequest) -> Result<Step, Error> {
    let meeting_id = id(&r.meeting_id);
    alive(cx.peek::<Meeting>(&meeting_id))?;
    let key = attendee_key(&meeting_id, &id(&r.attendee_id));
    let attendee = present(cx.peek::<Attendee>(&key))?;
    let reply = meetings::GetAttendeeResponse { attendee: Some(wire(&key, attendee)) };
    Ok(Step::Answer(Response::GetAttendee(reply)))
}

pub(super) fn list(cx: &Cx<'_>, r: &meetings::ListAttendeesRequest) -> Result<Step, Error> {
    let meeting_id = id(&r.meeting_id);
    alive(cx.peek::<Meeting>(&meeting_id))?;
    let page = Page::new("attendees", r.max_results, r.next_token.as_deref())?;
    let is_of_another = |after: &str| split_attendee_key(after).0 != meeting_id;
    if page.after().is_some_and(is_of_another) {
        return Err(Error::bad_request("NextToken is not valid for this list"));
    }
    let rows = cx.tables.attendees_of(&meeting_id, page.after());
    let (attendees, next_token) = page.cut(rows.map(|(key, attendee)| (key, wire(key, attendee))));
    let reply = meetings::ListAttendeesResponse { attendees: Some(attendees), next_token };
    Ok(Step::Answer(Response::ListAttendees(reply)))
}

/// One that was deleted can be deleted again, while its meeting lives.
pub(super) fn delete(cx: &mut Cx<'_>, r: &meetings::DeleteAttendeeRequest) -> Result<Step, Error> {
    let meeting_id = id(&r.meeting_id);
    alive(cx.own::<Meeting>(&meeting_id))?;
    let key = attendee_key(&meeting_id, &id(&r.attendee_id));
    let attendee = cx.own::<Attendee>(&key).ok_or_else(|| no_such(Kind::Attendee))?;
    if attendee.deleted.is_some() {
        return Ok(Step::Answer(Response::DeleteAttendee));
    }
    let token = Sensitive(String::new());
    let deleted = Attendee { deleted: Some(cx.now), token, ..attendee.clone() };
    Ok(Step::write(Mutation::put(key, deleted), Response::DeleteAttendee))
}

/// An attendee that is not deleted.
pub(super) fn present(found: Option<&Attendee>) -> Result<&Attendee, Error> {
    found.filter(|attendee| attendee.deleted.is_none()).ok_or_else(|| no_such(Kind::Attendee))
}

pub(super) fn wire(key: &str, attendee: &Attendee) -> meetings::Attendee {
    meetings::Attendee {
        external_user_id: Some(attendee.external_user_id.clone()),
        attendee_id: Some(split_attendee_key(key).1.to_owned()),
        join_token: Some(attendee.token.clone()),
        capabilities: Some(attendee.capabilities.clone()),
    }
}
