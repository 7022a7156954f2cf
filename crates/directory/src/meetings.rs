//! The operations of the control plane of meetings: one file per resource, and the dispatch between them.
//!
//! A meeting that has ended stays as a tombstone for a day, a deleted attendee likewise, so that to delete one twice is no
//! error: applications and the functions of their calls clean up after each other without asking who was first.

mod attendees;
mod capabilities;
mod changes;
mod lifecycle;
mod tags;
mod transcription;

pub use changes::{Attendee, Meeting, MeetingChange};
pub(crate) use changes::{change_of, live};

use api::meetings::{Request, Response};
use api::{Error, Kind as Refusal};

use crate::operation::{self, Cx, no_such};
use crate::record::Kind;
use crate::records;

/// Most attendees of a meeting that does not say how many it may have.
pub const MOST_ATTENDEES: usize = 250;

/// What becomes of a request of this service.
type Step = operation::Step<Response>;

/// Answers a request, or says what has to be stored first.
pub(crate) fn evaluate(cx: &mut Cx<'_>, request: &Request) -> Result<Step, Error> {
    use Request as R;
    match request {
        R::CreateMeeting(r) => lifecycle::create(cx, r),
        R::CreateMeetingWithAttendees(r) => lifecycle::create_with_attendees(cx, r),
        R::GetMeeting(r) => lifecycle::get(cx, r),
        R::DeleteMeeting(r) => lifecycle::delete(cx, r),

        R::CreateAttendee(r) => attendees::create(cx, r),
        R::BatchCreateAttendee(r) => attendees::create_batch(cx, r),
        R::GetAttendee(r) => attendees::get(cx, r),
        R::ListAttendees(r) => attendees::list(cx, r),
        R::DeleteAttendee(r) => attendees::delete(cx, r),

        R::UpdateAttendeeCapabilities(r) => capabilities::update(cx, r),
        R::BatchUpdateAttendeeCapabilitiesExcept(r) => capabilities::update_except(cx, r),

        R::StartMeetingTranscription(r) => transcription::start(cx, r),
        R::StopMeetingTranscription(r) => transcription::stop(cx, r),

        R::TagResource(r) => tags::tag(cx, r),
        R::UntagResource(r) => tags::untag(cx, r),
        R::ListTagsForResource(r) => tags::list(cx, r),
    }
}

/// An id as it is kept; callers may write it in capitals.
fn id(given: &str) -> String {
    given.to_ascii_lowercase()
}

/// A meeting that can be used.
fn alive(found: Option<&records::Meeting>) -> Result<&records::Meeting, Error> {
    match found {
        Some(meeting) if meeting.ended.is_none() => Ok(meeting),
        Some(_) => Err(Error::not_found("The meeting has ended.")),
        None => Err(no_such(Kind::Meeting)),
    }
}

/// Names that begin so are the service's own.
fn check_name(member: &str, name: &str) -> Result<(), Error> {
    match name.get(..4) {
        Some(prefix) if prefix.eq_ignore_ascii_case("aws:") => {
            Err(Error::bad_request(format!("{member} must not begin with aws:.")))
        }
        _ => Ok(()),
    }
}

fn limit_exceeded(message: impl Into<String>) -> Error {
    Error::new(Refusal::LimitExceeded, message)
}
