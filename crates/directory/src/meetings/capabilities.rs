//! What attendees may send and receive.

use api::Error;
use api::meetings::{self, AttendeeCapabilities, MediaCapabilities, Response};

use super::attendees::{present, wire};
use super::{Step, alive, id};
use crate::claims::Access;
use crate::operation::Cx;
use crate::records::{Attendee, Meeting, attendee_key, split_attendee_key};
use crate::tables::{Entity, Mutation};

pub(super) fn update(
    cx: &mut Cx<'_>,
    r: &meetings::UpdateAttendeeCapabilitiesRequest,
) -> Result<Step, Error> {
    let meeting_id = id(&r.meeting_id);
    let meeting = alive(cx.share::<Meeting>(&meeting_id))?;
    let key = attendee_key(&meeting_id, &id(&r.attendee_id));
    let attendee = present(cx.own::<Attendee>(&key))?;
    check(meeting, &r.capabilities)?;
    let attendee = Attendee { capabilities: r.capabilities.clone(), ..attendee.clone() };
    let reply = meetings::UpdateAttendeeCapabilitiesResponse { attendee: Some(wire(&key, &attendee)) };
    Ok(Step::write(Mutation::put(key, attendee), Response::UpdateAttendeeCapabilities(reply)))
}

/// Those excepted that are not in the meeting are no error: they may just have been deleted.
pub(super) fn update_except(
    cx: &mut Cx<'_>,
    r: &meetings::BatchUpdateAttendeeCapabilitiesExceptRequest,
) -> Result<Step, Error> {
    let meeting_id = id(&r.meeting_id);
    // Nobody is to come in between with what everybody had before.
    let meeting = alive(cx.own::<Meeting>(&meeting_id))?;
    check(meeting, &r.capabilities)?;
    let excepted: Vec<String> = r.excluded_attendee_ids.iter().map(|item| id(&item.attendee_id)).collect();
    let mut mutations = Vec::new();
    for (key, attendee) in cx.tables.attendees_of(&meeting_id, None) {
        let is_excepted = excepted.iter().any(|id| id == split_attendee_key(key).1);
        if !is_excepted {
            cx.claims.add(Attendee::KIND, key, Access::Exclusive);
        }
        if !is_excepted && attendee.capabilities != r.capabilities {
            let attendee = Attendee { capabilities: r.capabilities.clone(), ..attendee.clone() };
            mutations.push(Mutation::put(key, attendee));
        }
    }
    let reply = Response::BatchUpdateAttendeeCapabilitiesExcept;
    Ok(if mutations.is_empty() { Step::Answer(reply) } else { Step::Write { mutations, reply } })
}

/// What cannot be had in a meeting cannot be allowed, and content is received as video is.
pub(super) fn check(meeting: &Meeting, wanted: &AttendeeCapabilities) -> Result<(), Error> {
    let refused = |why: &str| Err(Error::bad_request(why));
    if !meeting.has_video() && wanted.video != MediaCapabilities::None {
        return refused("Capabilities.Video must be None: the meeting has no video.");
    }
    if !meeting.has_content() && wanted.content != MediaCapabilities::None {
        return refused("Capabilities.Content must be None: the meeting has no content.");
    }
    if receives(wanted.content) && !receives(wanted.video) {
        return refused("Capabilities.Content can be received only if Capabilities.Video can.");
    }
    Ok(())
}

/// Everything there is. Content needs video to be received, even where nobody has a camera.
pub(super) fn default_in(meeting: &Meeting) -> AttendeeCapabilities {
    use MediaCapabilities::{None, Receive, SendReceive};
    let (video, content) = match (meeting.has_video(), meeting.has_content()) {
        (true, true) => (SendReceive, SendReceive),
        (true, false) => (SendReceive, None),
        (false, true) => (Receive, SendReceive),
        (false, false) => (None, None),
    };
    AttendeeCapabilities::new(SendReceive, video, content)
}

fn receives(capability: MediaCapabilities) -> bool {
    matches!(capability, MediaCapabilities::SendReceive | MediaCapabilities::Receive)
}
