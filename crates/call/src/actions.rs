//! What a function may order: one file per action, and here their common shape.
//!
//! An action is checked when it is reached, not when it is ordered. It starts, may stay in progress and react
//! to signals, and ends well or badly; what is told to the function then is decided by the list it stands in.

mod answer;
mod audio_source;
mod call_and_bridge;
mod get_digits;
mod hangup;
mod join_chime_meeting;
mod modify_chime_meeting_attendees;
mod pause;
mod play_audio;
mod play_audio_and_get_digits;
mod receive_digits;
mod record_audio;
mod send_digits;
mod speak;
mod speak_and_get_digits;
mod voice_focus;

use std::time::Duration;

use base::{LegId, Timestamp};
use serde::{Deserialize, Serialize};

pub(crate) use receive_digits::Registration;
pub(crate) use record_audio::{RecordAudio, Recorded, store_error, upload_failed};

use crate::legs::{Legs, Selected, Side};
use crate::protocol::error::{ActionError, ErrorType};
use crate::protocol::json::{Object, push_value};
use crate::protocol::parameters::Parameters;
use crate::protocol::value::Members;
use crate::stage::Stage;
use crate::timer::Timer;
use crate::{DialRefusal, ModificationId, PlaybackError, PlaybackId, RecordingId, SendingId, StoreError};

/// `Type` of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Kind {
    Answer,
    CallAndBridge,
    Hangup,
    JoinChimeMeeting,
    ModifyChimeMeetingAttendees,
    Pause,
    PauseCallRecording,
    PlayAudio,
    PlayAudioAndGetDigits,
    ReceiveDigits,
    RecordAudio,
    ResumeCallRecording,
    SendDigits,
    Speak,
    SpeakAndGetDigits,
    StartBotConversation,
    StartCallRecording,
    StopCallRecording,
    VoiceFocus,
}

impl Kind {
    pub(crate) const ALL: [Kind; 19] = [
        Kind::Answer,
        Kind::CallAndBridge,
        Kind::Hangup,
        Kind::JoinChimeMeeting,
        Kind::ModifyChimeMeetingAttendees,
        Kind::Pause,
        Kind::PauseCallRecording,
        Kind::PlayAudio,
        Kind::PlayAudioAndGetDigits,
        Kind::ReceiveDigits,
        Kind::RecordAudio,
        Kind::ResumeCallRecording,
        Kind::SendDigits,
        Kind::Speak,
        Kind::SpeakAndGetDigits,
        Kind::StartBotConversation,
        Kind::StartCallRecording,
        Kind::StopCallRecording,
        Kind::VoiceFocus,
    ];

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Kind::Answer => "Answer",
            Kind::CallAndBridge => "CallAndBridge",
            Kind::Hangup => "Hangup",
            Kind::JoinChimeMeeting => "JoinChimeMeeting",
            Kind::ModifyChimeMeetingAttendees => "ModifyChimeMeetingAttendees",
            Kind::Pause => "Pause",
            Kind::PauseCallRecording => "PauseCallRecording",
            Kind::PlayAudio => "PlayAudio",
            Kind::PlayAudioAndGetDigits => "PlayAudioAndGetDigits",
            Kind::ReceiveDigits => "ReceiveDigits",
            Kind::RecordAudio => "RecordAudio",
            Kind::ResumeCallRecording => "ResumeCallRecording",
            Kind::SendDigits => "SendDigits",
            Kind::Speak => "Speak",
            Kind::SpeakAndGetDigits => "SpeakAndGetDigits",
            Kind::StartBotConversation => "StartBotConversation",
            Kind::StartCallRecording => "StartCallRecording",
            Kind::StopCallRecording => "StopCallRecording",
            Kind::VoiceFocus => "VoiceFocus",
        }
    }

    /// True for actions that report success in mid-list too; the others only as the last of their list.
    pub(crate) fn notifies(self) -> bool {
        match self {
            Kind::Answer
            | Kind::CallAndBridge
            | Kind::Hangup
            | Kind::JoinChimeMeeting
            | Kind::ModifyChimeMeetingAttendees
            | Kind::PlayAudioAndGetDigits
            | Kind::RecordAudio
            | Kind::SpeakAndGetDigits
            | Kind::StartBotConversation
            | Kind::StartCallRecording => true,
            Kind::Pause
            | Kind::PauseCallRecording
            | Kind::PlayAudio
            | Kind::ReceiveDigits
            | Kind::ResumeCallRecording
            | Kind::SendDigits
            | Kind::Speak
            | Kind::StopCallRecording
            | Kind::VoiceFocus => false,
        }
    }

    /// True for actions that the service's documentation does not know.
    pub(crate) fn is_extension(self) -> bool {
        self == Kind::Answer
    }

    /// True for actions that place a new LEG-B.
    pub(crate) fn places_leg_b(self) -> bool {
        matches!(self, Kind::CallAndBridge | Kind::JoinChimeMeeting)
    }
}

/// One ordered action, as the function wrote it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Action {
    pub(crate) kind: Kind,
    pub(crate) parameters: Members,
}

/// How an action began.
pub(crate) enum Begun {
    /// It goes on.
    Running(Running),
    /// It is done already.
    Done(Results),
}

impl Action {
    pub(crate) fn parameters(&self) -> Parameters<'_> {
        Parameters(&self.parameters)
    }

    /// Whether it selects its leg by `CallId`, of use or not.
    pub(crate) fn names_leg_by_id(&self) -> bool {
        !matches!(self.parameters().selector("CallId"), Ok(None))
    }

    /// The leg it means, where `default` is the one of the event that was answered.
    pub(crate) fn select(&self, legs: &Legs, default: LegId) -> Selected {
        match self.kind {
            // It has no selector.
            Kind::CallAndBridge => legs.selected(Side::A),
            Kind::JoinChimeMeeting if !self.parameters().names_leg() => legs.selected(Side::A),
            Kind::JoinChimeMeeting => match legs.select(self.parameters(), default) {
                Selected::Live(Side::B) => Selected::Unknown,
                selected => selected,
            },
            Kind::ModifyChimeMeetingAttendees if !self.parameters().names_leg() => {
                if legs.in_meeting() {
                    legs.selected(Side::B)
                } else {
                    legs.select(self.parameters(), default)
                }
            }
            _ => legs.select(self.parameters(), default),
        }
    }

    /// Checks the parameters and starts the action on a live leg. Nothing has happened when it fails.
    pub(crate) fn begin(&self, stage: &mut Stage<'_>, side: Side) -> Result<Begun, ActionError> {
        let parameters = self.parameters();
        match self.kind {
            Kind::Answer => answer::begin(stage, side),
            Kind::CallAndBridge => call_and_bridge::begin(stage, parameters),
            Kind::JoinChimeMeeting => join_chime_meeting::begin(stage, parameters),
            Kind::ModifyChimeMeetingAttendees => {
                modify_chime_meeting_attendees::begin(stage, side, parameters)
            }
            Kind::Pause => pause::begin(stage, side, parameters),
            Kind::PlayAudio => play_audio::begin(stage, side, parameters),
            Kind::PlayAudioAndGetDigits => play_audio_and_get_digits::begin(stage, side, parameters),
            Kind::ReceiveDigits => receive_digits::begin(stage, side, parameters),
            Kind::RecordAudio => record_audio::begin(stage, side, parameters),
            Kind::SendDigits => send_digits::begin(stage, side, parameters),
            Kind::Speak => speak::begin(stage, side, parameters),
            Kind::SpeakAndGetDigits => speak_and_get_digits::begin(stage, side, parameters),
            Kind::VoiceFocus => voice_focus::begin(stage, side, parameters),
            // Hangup ends legs, which is the call's business; it never comes here.
            Kind::Hangup
            | Kind::PauseCallRecording
            | Kind::ResumeCallRecording
            | Kind::StartBotConversation
            | Kind::StartCallRecording
            | Kind::StopCallRecording => Err(ActionError::new(
                ErrorType::SystemException,
                format!("The {} action is not supported yet.", self.kind.name()),
            )),
        }
    }

    /// `ActionData`: the action as ordered, with the leg it found, its defaults and its outcome.
    pub(crate) fn data(
        &self,
        leg: Option<(LegId, Side)>,
        results: &Results,
        error: Option<&ActionError>,
    ) -> String {
        let mut json = String::with_capacity(256);
        let mut data = Object::open(&mut json);
        results.write(&mut data);
        data.string("Type", self.kind.name());
        data.key("Parameters");
        self.write_parameters(data.out, leg);
        if let Some(error) = error {
            data.string("ErrorType", error.error_type.as_str());
            data.string("ErrorMessage", &error.message);
            self.write_more_of_error(&mut data, results);
        }
        data.close();
        json
    }

    /// What handlers look for beside, or instead of, the two keys of every failure.
    fn write_more_of_error(&self, data: &mut Object<'_>, results: &Results) {
        match (self.kind, results) {
            (Kind::JoinChimeMeeting, _) => {
                data.string("Error", "ErrorJoiningMeeting: Error while joining meeting.");
            }
            (Kind::ModifyChimeMeetingAttendees, Results::Strangers(ids)) => data.strings("ErrorList", ids),
            (Kind::ModifyChimeMeetingAttendees, _) => data.strings("ErrorList", &[]),
            _ => {}
        }
    }

    fn write_parameters(&self, json: &mut String, leg: Option<(LegId, Side)>) {
        let has = |name: &str| self.parameters.get(name).is_some_and(|value| !value.is_null());
        // The selectors as they were resolved: in their old places, else at the end.
        let resolve_tag = self.kind == Kind::Hangup;
        let (mut id_written, mut tag_written) = (leg.is_none(), leg.is_none() || !resolve_tag);
        let mut echo = Object::open(json);
        for (name, value) in self.parameters.iter() {
            match (name, leg) {
                ("CallId", Some((id, _))) => {
                    echo.quoted(name, id);
                    id_written = true;
                }
                ("ParticipantTag", Some((_, side))) if resolve_tag => {
                    echo.string(name, side.tag());
                    tag_written = true;
                }
                _ => {
                    echo.key(name);
                    push_value(echo.out, value);
                }
            }
        }
        let collects = matches!(self.kind, Kind::PlayAudioAndGetDigits | Kind::SpeakAndGetDigits);
        if (collects || self.kind == Kind::PlayAudio) && !has("Repeat") {
            echo.number("Repeat", 1);
        }
        if collects
            && !has("InBetweenDigitsDurationInMilliseconds")
            && let Some(pause) = self.parameters.get("RepeatDurationInMilliseconds")
        {
            echo.key("InBetweenDigitsDurationInMilliseconds");
            push_value(echo.out, pause);
        }
        if let Some((id, side)) = leg {
            if !id_written {
                echo.quoted("CallId", id);
            }
            if !tag_written {
                echo.string("ParticipantTag", side.tag());
            }
        }
        echo.close();
    }
}

/// What an action found out, beside its echo.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Results {
    None,
    Digits(String),
    Recording(Recorded),
    /// Ids that are no telephone attendees of the meeting.
    Strangers(Vec<String>),
}

impl Results {
    fn write(&self, data: &mut Object<'_>) {
        match self {
            // Strangers are a part of the error.
            Results::None | Results::Strangers(_) => {}
            Results::Digits(digits) => data.string("ReceivedDigits", digits),
            Results::Recording(recorded) => recorded.write(data),
        }
    }
}

/// What may happen to an action in progress.
pub(crate) enum Signal {
    PlaybackEnded(PlaybackId, Result<(), PlaybackError>),
    Digit(char),
    DigitsSent(SendingId),
    AttendeesModified(ModificationId, Result<(), Vec<String>>),
    Silence(RecordingId),
    Stored(RecordingId, Result<(), StoreError>),
    /// The LEG-B being dialled got a provisional response.
    Progressed {
        early_media: bool,
    },
    /// The LEG-B being dialled was answered.
    Answered,
    /// The LEG-B being dialled is gone, with its SIP status.
    Lost(u16),
    /// The LEG-B could not be dialled.
    Refused(DialRefusal),
    /// Its timer is due.
    Due,
}

/// What comes of a signal.
pub(crate) enum Step {
    Continue,
    Done(Results),
    Failed(ActionError, Results),
}

impl Step {
    pub(crate) fn done() -> Self {
        Step::Done(Results::None)
    }

    pub(crate) fn failed(error: ActionError) -> Self {
        Step::Failed(error, Results::None)
    }
}

/// An action in progress, with exactly what it must know.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Running {
    Pause(pause::Pause),
    PlayAudio(play_audio::PlayAudio),
    Speak(speak::Speak),
    GetDigits(Box<get_digits::GetDigits>),
    SendDigits(send_digits::SendDigits),
    RecordAudio(Box<RecordAudio>),
    CallAndBridge(call_and_bridge::CallAndBridge),
    JoinChimeMeeting(join_chime_meeting::JoinChimeMeeting),
    ModifyChimeMeetingAttendees(modify_chime_meeting_attendees::Modification),
}

impl Running {
    pub(crate) fn signal(&mut self, stage: &mut Stage<'_>, side: Side, signal: Signal) -> Step {
        match self {
            Running::Pause(pause) => pause.signal(signal),
            Running::PlayAudio(play) => play.signal(stage, signal),
            Running::Speak(speak) => speak.signal(signal),
            Running::GetDigits(get) => get.signal(stage, side, signal),
            Running::SendDigits(send) => send.signal(signal),
            Running::RecordAudio(record) => record.signal(stage, signal),
            Running::CallAndBridge(bridge) => bridge.signal(stage, signal),
            Running::JoinChimeMeeting(join) => join.signal(stage, signal),
            Running::ModifyChimeMeetingAttendees(modification) => modification.signal(signal),
        }
    }

    /// Undoes what is going on. The recording of `RecordAudio` is not lost: it is taken over as an upload.
    pub(crate) fn stop(&mut self, stage: &mut Stage<'_>) {
        match self {
            // What was asked of a meeting is done already, whether it has said so or not.
            Running::Pause(_) | Running::ModifyChimeMeetingAttendees(_) => {}
            Running::PlayAudio(play) => play.stop(stage),
            Running::Speak(speak) => speak.stop(stage),
            Running::GetDigits(get) => get.stop(stage),
            Running::SendDigits(send) => send.stop(stage),
            Running::RecordAudio(record) => record.finish(stage, None),
            Running::CallAndBridge(bridge) => bridge.stop(stage),
            Running::JoinChimeMeeting(join) => join.stop(stage),
        }
    }

    pub(crate) fn deadline(&self) -> Option<(Timestamp, Timer)> {
        match self {
            Running::Pause(pause) => Some((pause.until, Timer::Pause)),
            Running::GetDigits(get) => get.deadline(),
            Running::RecordAudio(record) => record.deadline(),
            Running::ModifyChimeMeetingAttendees(modification) => {
                Some((modification.until, Timer::Modification))
            }
            // A LEG-B's own state knows until when it may ring.
            Running::PlayAudio(_)
            | Running::Speak(_)
            | Running::SendDigits(_)
            | Running::CallAndBridge(_)
            | Running::JoinChimeMeeting(_) => None,
        }
    }

    /// True if an update whose first action is `first` may cut the action short.
    pub(crate) fn is_interruptible(&self, first: Option<Kind>) -> bool {
        match self {
            Running::Pause(_) | Running::PlayAudio(_) | Running::Speak(_) | Running::RecordAudio(_) => true,
            Running::GetDigits(_) | Running::SendDigits(_) | Running::ModifyChimeMeetingAttendees(_) => false,
            Running::CallAndBridge(_) | Running::JoinChimeMeeting(_) => first == Some(Kind::Hangup),
        }
    }

    /// True if digits of its leg make a difference to the action.
    pub(crate) fn wants_digits(&self) -> bool {
        match self {
            Running::GetDigits(_) => true,
            Running::PlayAudio(play) => play.has_terminators(),
            Running::RecordAudio(record) => record.has_terminators(),
            Running::Pause(_)
            | Running::Speak(_)
            | Running::SendDigits(_)
            | Running::CallAndBridge(_)
            | Running::JoinChimeMeeting(_)
            | Running::ModifyChimeMeetingAttendees(_) => false,
        }
    }

    /// True if digits of its leg go to the action alone, not to a registration.
    pub(crate) fn owns_digits(&self) -> bool {
        matches!(self, Running::GetDigits(_))
    }
}

/// A duration parameter in milliseconds; an error names it.
fn milliseconds(parameters: Parameters<'_>, name: &str) -> Result<Option<Duration>, ActionError> {
    parameters.milliseconds(name).map_err(|_| ActionError::parameter(name))
}

/// A counting parameter of at least one.
fn count(parameters: Parameters<'_>, name: &str) -> Result<Option<u32>, ActionError> {
    match parameters.integer_in(name, 1..=i64::from(u32::MAX)) {
        Ok(number) => Ok(number.and_then(|n| u32::try_from(n).ok())),
        Err(_) => Err(ActionError::parameter(name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leads_back_to_its_kind() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_name(kind.name()), Some(kind));
        }
        assert_eq!(Kind::from_name("RecordMeeting"), None);
        assert_eq!(Kind::from_name("hangup"), None);
    }
}
