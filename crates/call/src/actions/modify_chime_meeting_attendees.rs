//! `ModifyChimeMeetingAttendees`: mutes or unmutes telephone attendees of the meeting that LEG-A has joined.

use std::time::Duration;

use base::Timestamp;
use serde::{Deserialize, Serialize};

use crate::actions::{Begun, Results, Running, Signal, Step};
use crate::legs::{Party, Side};
use crate::protocol::error::ActionError;
use crate::protocol::parameters::Parameters;
use crate::protocol::value::Json;
use crate::stage::Stage;
use crate::{Effect, ModificationId};

/// Most attendees of one action.
const ATTENDEES_MAX: usize = 100;
/// Longest id that can be an attendee's or a meeting's.
const ID_MAX: usize = 100;
/// It is done at once; what is not by then never will be.
const TIMEOUT: Duration = Duration::from_secs(10);

/// A change that was asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Modification {
    request: ModificationId,
    pub(super) until: Timestamp,
}

pub(super) fn begin(
    stage: &mut Stage<'_>,
    side: Side,
    parameters: Parameters<'_>,
) -> Result<Begun, ActionError> {
    let muted = match parameters.text("Operation").ok().flatten().as_deref() {
        Some("Mute") => true,
        Some("Unmute") => false,
        _ => {
            let message = "ModifyChimeMeetingAttendees Operation parameter value is invalid";
            return Err(ActionError::invalid(message));
        }
    };
    let meeting = match parameters.selector("MeetingId") {
        Ok(Some(meeting)) if is_id(meeting) => meeting.to_owned(),
        _ => return Err(ActionError::parameter("Meeting ID")),
    };
    let attendees = attendees(parameters).ok_or_else(|| ActionError::parameter("Attendee List"))?;
    match &stage.legs.b {
        // Documented for the meeting's leg; the caller's is widely given, or none.
        Some(b) if b.party == Party::Meeting && b.is_connected() => {
            if side == Side::A && stage.setup.limits.strict && parameters.names_leg() {
                return Err(ActionError::leg());
            }
        }
        Some(b) if b.is_connected() => {
            return Err(ActionError::invalid("Call is not connected to Chime Meeting."));
        }
        _ => return Err(ActionError::invalid("Invalid action on the call.")),
    }
    let request = stage.ids.modification();
    stage.effects.push(Effect::ModifyAttendees { request, meeting, attendees, muted });
    let until = stage.now + TIMEOUT;
    Ok(Begun::Running(Running::ModifyChimeMeetingAttendees(Modification { request, until })))
}

fn attendees(parameters: Parameters<'_>) -> Option<Vec<String>> {
    let list = parameters.get("AttendeeList")?.as_array()?;
    if !(1..=ATTENDEES_MAX).contains(&list.len()) {
        return None;
    }
    let id = |item: &Json| match item {
        Json::String(id) if is_id(id) => Some(id.clone()),
        _ => None,
    };
    list.iter().map(id).collect()
}

fn is_id(text: &str) -> bool {
    (1..=ID_MAX).contains(&text.len()) && !text.contains(char::is_control)
}

impl Modification {
    pub(super) fn signal(&self, signal: Signal) -> Step {
        match signal {
            Signal::AttendeesModified(request, outcome) if request == self.request => match outcome {
                Ok(()) => Step::done(),
                Err(strangers) => Step::Failed(
                    ActionError::invalid(
                        "One or more attendees are not part of this meeting. All attendees must be part of this \
                         meeting.",
                    ),
                    Results::Strangers(strangers),
                ),
            },
            Signal::Due => Step::failed(ActionError::system()),
            _ => Step::Continue,
        }
    }
}
