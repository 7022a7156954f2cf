//! `VoiceFocus`: acknowledged, whether or not a noise suppressor is there.

use crate::actions::{Begun, Results};
use crate::legs::Side;
use crate::protocol::error::{ActionError, ErrorType};
use crate::protocol::parameters::Parameters;
use crate::stage::Stage;

pub(super) fn begin(
    stage: &mut Stage<'_>,
    side: Side,
    parameters: Parameters<'_>,
) -> Result<Begun, ActionError> {
    match parameters.boolean("Enable") {
        Ok(Some(_)) => {
            stage.connect(side);
            Ok(Begun::Done(Results::None))
        }
        Ok(None) => Err(ActionError::new(
            ErrorType::MissingRequiredActionParameter,
            "Missing required action parameter.",
        )),
        Err(_) => Err(ActionError::parameter("Enable")),
    }
}
