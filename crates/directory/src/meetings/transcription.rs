//! Whether a meeting is transcribed, and how.

use api::meetings::{self, Response, TranscriptionConfiguration};
use api::{Error, Kind as Refusal};

use super::{Step, alive, id};
use crate::operation::Cx;
use crate::records::Meeting;
use crate::tables::Mutation;

/// Started again, it goes on in the new way.
pub(super) fn start(cx: &mut Cx<'_>, r: &meetings::StartMeetingTranscriptionRequest) -> Result<Step, Error> {
    let id = id(&r.meeting_id);
    let meeting = alive(cx.own::<Meeting>(&id))?;
    let TranscriptionConfiguration { engine_transcribe_settings, engine_transcribe_medical_settings } =
        &r.transcription_configuration;
    if engine_transcribe_settings.is_some() == engine_transcribe_medical_settings.is_some() {
        return Err(Error::bad_request(
            "TranscriptionConfiguration must have either EngineTranscribeSettings or \
             EngineTranscribeMedicalSettings.",
        ));
    }
    if !cx.config.meetings.transcription {
        return Err(Error::new(Refusal::UnprocessableEntity, "No transcription engine is configured."));
    }
    let configuration = Some(r.transcription_configuration.clone());
    Ok(set(id, meeting, configuration, Response::StartMeetingTranscription))
}

/// What is not transcribed can be stopped, too.
pub(super) fn stop(cx: &mut Cx<'_>, r: &meetings::StopMeetingTranscriptionRequest) -> Result<Step, Error> {
    let id = id(&r.meeting_id);
    let meeting = alive(cx.own::<Meeting>(&id))?;
    Ok(set(id, meeting, None, Response::StopMeetingTranscription))
}

fn set(
    id: String,
    meeting: &Meeting,
    transcription: Option<TranscriptionConfiguration>,
    reply: Response,
) -> Step {
    if meeting.transcription == transcription {
        return Step::Answer(reply);
    }
    Step::write(Mutation::put(id, Meeting { transcription, ..meeting.clone() }), reply)
}
