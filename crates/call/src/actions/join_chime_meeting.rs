//! `JoinChimeMeeting`: LEG-A becomes an attendee of a meeting; LEG-B is the meeting's side.
//!
//! LEG-A is answered at once. The meeting's leg comes and goes with it: it gets a `HANGUP` of its own only when the
//! meeting lets it go, not when LEG-A leaves.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::actions::{Begun, Running, Signal, Step};
use crate::legs::{Direction, JOIN_NUMBER, Leg, LegState, Party, Side, dialling};
use crate::protocol::error::ActionError;
use crate::protocol::parameters::Parameters;
use crate::stage::Stage;
use crate::{Dial, DialRefusal, DialTarget, Effect};

/// `From` of a meeting's leg.
const FROM: &str = "SMA";
/// Meetings answer at once; one that has not by then never will.
const TIMEOUT: Duration = Duration::from_secs(30);
/// SIP status in the record of a leg that we gave up on.
const NOT_ANSWERED: u16 = 480;
/// SIP status in the record of a leg that was cancelled.
const CANCELLED: u16 = 487;

/// The meeting was asked for LEG-B; the rest stands in its [`LegState`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct JoinChimeMeeting;

pub(super) fn begin(stage: &mut Stage<'_>, parameters: Parameters<'_>) -> Result<Begun, ActionError> {
    let token = match parameters.text("JoinToken") {
        Ok(Some(token)) if !token.is_empty() => token.into_owned(),
        _ => return Err(bad_token()),
    };
    let meeting = match parameters.selector("MeetingId") {
        Ok(meeting) if meeting.is_some() || !stage.setup.limits.strict => meeting.map(str::to_owned),
        _ => return Err(ActionError::parameter("MeetingId")),
    };
    if stage.legs.is_live(Side::B) {
        return Err(ActionError::invalid("Invalid action on the call."));
    }
    stage.connect(Side::A);
    let leg = stage.ids.leg();
    let state = dialling(stage.now, TIMEOUT);
    let (from, to) = (FROM.to_owned(), JOIN_NUMBER.to_owned());
    let b = Leg::new(leg, from, to, Direction::Outbound, stage.now, state);
    stage.legs.replace_b(Leg { party: Party::Meeting, ..b });
    stage.effects.push(Effect::Dial {
        leg,
        dial: Dial {
            to: DialTarget::Meeting { token, meeting },
            caller_id: FROM.to_owned(),
            sip_headers: Vec::new(),
            timeout: TIMEOUT,
            on_behalf_of: Some(stage.legs.a.id),
        },
    });
    Ok(Begun::Running(Running::JoinChimeMeeting(JoinChimeMeeting)))
}

impl JoinChimeMeeting {
    pub(super) fn signal(&self, stage: &mut Stage<'_>, signal: Signal) -> Step {
        match signal {
            Signal::Answered => {
                if let Some(b) = &mut stage.legs.b {
                    b.state = LegState::Connected { since: stage.now };
                }
                stage.bridge();
                Step::done()
            }
            // The meeting or its attendee went away meanwhile.
            Signal::Lost(code) => {
                stage.log(format!("The meeting was not joined: it ended with {code}."));
                stage.lost(Side::B, code);
                Step::failed(bad_token())
            }
            Signal::Due => {
                stage.log("The meeting was not joined in time.");
                stage.release(Side::B, NOT_ANSWERED);
                Step::failed(ActionError::system())
            }
            Signal::Refused(refusal) => {
                stage.never_began(Side::B);
                Step::failed(refused(stage, &refusal))
            }
            _ => Step::Continue,
        }
    }

    /// Gives the meeting up: LEG-A is gone, or an update wants something else.
    pub(super) fn stop(&self, stage: &mut Stage<'_>) {
        stage.release(Side::B, CANCELLED);
    }
}

fn bad_token() -> ActionError {
    ActionError::parameter("JoinToken")
}

fn refused(stage: &mut Stage<'_>, refusal: &DialRefusal) -> ActionError {
    match refusal {
        DialRefusal::BadJoinToken => bad_token(),
        _ => {
            stage.log(format!("The meeting cannot be joined: {refusal:?}"));
            ActionError::system()
        }
    }
}
