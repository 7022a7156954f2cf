//! `Hangup`: lets a leg go.
//!
//! | the leg | another leg is live | what is told |
//! |---|---|---|
//! | live | yes | `HANGUP`, then `ACTION_SUCCESSFUL` |
//! | live, a meeting's | yes | `ACTION_SUCCESSFUL` alone: LEG-A has left, another meeting may follow |
//! | live, LEG-A in a meeting | — | `HANGUP` alone: both are gone |
//! | live | no | `HANGUP` alone |
//! | gone | yes | `ACTION_SUCCESSFUL`: the other side's BYE came first, the handler must not notice |
//! | gone | no | nothing; such an action never starts |

use base::Timestamp;

use crate::Effect;
use crate::actions::{Action, Results};
use crate::call::Call;
use crate::ending::By;
use crate::legs::{Legs, Selected, Side};
use crate::protocol::error::ActionError;
use crate::protocol::parameters::Parameters;

impl Call {
    /// Carries out a `Hangup` that has its turn; at least one leg is live.
    pub(crate) fn hang_up(&mut self, now: Timestamp, action: Action, effects: &mut Vec<Effect>) {
        let selected = self.legs.select(action.parameters(), self.list.leg);
        let code = match sip_response_code(action.parameters()) {
            Ok(code) => code,
            Err(error) => return self.fail(&action, None, error, Results::None),
        };
        match selected {
            Selected::Unknown => self.fail(&action, None, ActionError::leg(), Results::None),
            Selected::Gone(leg, side) => self.succeed(&action, (leg, side), Results::None),
            Selected::Live(Side::B) if self.legs.in_meeting() => {
                let leg = self.legs.b.as_ref().map_or(self.legs.a.id, |leg| leg.id);
                self.leave_meeting(now, effects);
                self.succeed(&action, (leg, Side::B), Results::None);
            }
            Selected::Live(side) => {
                let leg = self.legs.get(side).map_or(self.legs.a.id, |leg| leg.id);
                let code = if code == 0 && is_unanswered(&self.legs, side) { 480 } else { code };
                self.end_leg(now, side, code, By::Us, effects);
                if self.legs.any_live() {
                    self.succeed(&action, (leg, side), Results::None);
                }
            }
        }
    }
}

fn is_unanswered(legs: &Legs, side: Side) -> bool {
    legs.get(side).is_some_and(|leg| leg.answered().is_none())
}

fn sip_response_code(parameters: Parameters<'_>) -> Result<u16, ActionError> {
    match parameters.integer("SipResponseCode") {
        Ok(None | Some(0)) => Ok(0),
        Ok(Some(480)) => Ok(480),
        Ok(Some(486)) => Ok(486),
        _ => Err(ActionError::parameter("SipResponseCode")),
    }
}
