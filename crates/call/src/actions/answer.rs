//! `Answer`: answers LEG-A and does nothing else. Some samples know it; it has no parameters.

use crate::actions::{Begun, Results};
use crate::legs::Side;
use crate::protocol::error::ActionError;
use crate::stage::Stage;

pub(super) fn begin(stage: &mut Stage<'_>, side: Side) -> Result<Begun, ActionError> {
    stage.connect(side);
    Ok(Begun::Done(Results::None))
}
