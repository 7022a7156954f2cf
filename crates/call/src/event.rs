use base::LegId;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{DialRefusal, InvocationId, ModificationId, PlaybackId, RecordingId, SendingId};

/// A fact that reaches a call. Past tense; a fact the call does not await is dropped in one place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Event {
    /// The runner's outcome of an [`Effect::Invoke`](crate::Effect::Invoke).
    FunctionReturned {
        /// Which invocation.
        invocation: InvocationId,
        /// The response payload as text, or why there is none.
        outcome: Result<String, FunctionError>,
    },
    /// A dialled leg got a provisional response.
    Progressed {
        /// The dialled leg.
        leg: LegId,
        /// True for a 183 (or any 18x) with SDP: the far end sends audio already.
        early_media: bool,
    },
    /// A dialled leg was answered.
    Answered {
        /// The dialled leg.
        leg: LegId,
    },
    /// A dialled leg could not be placed at all (no SIP was sent).
    DialRefused {
        /// The leg that was to be dialled.
        leg: LegId,
        /// Why.
        refusal: DialRefusal,
    },
    /// A leg is gone, by anybody's doing but ours: BYE, CANCEL, a final failure response, time-out, lost dialog.
    Ended {
        /// The leg.
        leg: LegId,
        /// The final SIP status for a leg that was never answered (486, 480, 503 …); 0 for a BYE or CANCEL.
        code: u16,
    },
    /// A digit was pressed on a leg's phone (RFC 4733, in-band or INFO). One of `0-9*#A-D`.
    DigitReceived {
        /// The leg whose party pressed it.
        leg: LegId,
        /// The digit.
        digit: char,
    },
    /// A playback reached its end, or could not start. Never sent for one that was stopped.
    PlaybackEnded {
        /// Which playback.
        playback: PlaybackId,
        /// What came of it.
        outcome: Result<(), PlaybackError>,
    },
    /// All digits of a [`Effect::SendDigits`](crate::Effect::SendDigits) went out.
    DigitsSent {
        /// Which sending.
        sending: SendingId,
    },
    /// A recording's leg was silent for as long as its silence limit says. It goes on until stopped.
    SilenceDetected {
        /// Which recording.
        recording: RecordingId,
    },
    /// A stopped recording lies in its bucket, or could not be put there.
    RecordingStored {
        /// Which recording.
        recording: RecordingId,
        /// What came of it.
        outcome: Result<(), StoreError>,
    },
    /// Attendees of a meeting are muted or unmuted, or none of them is.
    AttendeesModified {
        /// Which change.
        request: ModificationId,
        /// The ids that are no telephone attendees of the meeting; all of them when there is no such meeting.
        outcome: Result<(), Vec<String>>,
    },
    /// `UpdateSipMediaApplicationCall` was accepted.
    UpdateRequested {
        /// `Arguments`.
        arguments: Map<String, Value>,
    },
    /// The node is shutting down: the engine ends the call.
    NodeStopping,
    /// The time of [`Call::deadline`](crate::Call::deadline) has come.
    Woken,
}

/// Why an invocation brought no response. Every variant is one *failed attempt*; the runner never retries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FunctionError {
    /// The function does not exist or cannot be started.
    NotFound(String),
    /// Permission denied by the invoker.
    AccessDenied(String),
    /// 429, or our executors are full.
    Throttled(String),
    /// The function ran and failed (unhandled exception, exit, crash).
    Failed(String),
    /// Connect error or a 4XX/5XX of the invoker.
    Unreachable(String),
    /// No response within the time that the invocation had.
    TimedOut,
}

/// Why audio could not be played.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PlaybackError {
    /// No such bucket or object, or no access to it.
    ObjectNotFound(String),
    /// The object is no audio that we play.
    NotAudio(String),
    /// The speech engine refused the text (broken SSML, unknown voice in strict mode).
    BadSpeech(String),
    /// The speech engine failed.
    SpeechFailed(String),
    /// Anything else.
    System(String),
}

/// Why a recording could not be stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StoreError {
    /// The bucket is not there or refuses us.
    NoAccess(String),
    /// Anything else.
    System(String),
}
