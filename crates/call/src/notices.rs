//! What the function is still to be told: a queue, first in, first out.

use base::{LegId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::RecordingId;
use crate::actions::{Action, Recorded};
use crate::legs::Side;
use crate::protocol::error::Invalid;

/// `InvocationEventType`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum NoticeKind {
    NewInboundCall,
    NewOutboundCall,
    Ringing,
    CallAnswered,
    ActionSuccessful,
    ActionFailed,
    ActionInterrupted,
    DigitsReceived,
    CallUpdateRequested,
    Hangup(Side),
    InvalidLambdaResponse {
        error: Invalid,
        /// Whether the unusable response answered an update: a usable one interrupts like an update's.
        update: bool,
    },
}

impl NoticeKind {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            NoticeKind::NewInboundCall => "NEW_INBOUND_CALL",
            NoticeKind::NewOutboundCall => "NEW_OUTBOUND_CALL",
            NoticeKind::Ringing => "RINGING",
            NoticeKind::CallAnswered => "CALL_ANSWERED",
            NoticeKind::ActionSuccessful => "ACTION_SUCCESSFUL",
            NoticeKind::ActionFailed => "ACTION_FAILED",
            NoticeKind::ActionInterrupted => "ACTION_INTERRUPTED",
            NoticeKind::DigitsReceived => "DIGITS_RECEIVED",
            NoticeKind::CallUpdateRequested => "CALL_UPDATE_REQUESTED",
            NoticeKind::Hangup(_) => "HANGUP",
            NoticeKind::InvalidLambdaResponse { .. } => "INVALID_LAMBDA_RESPONSE",
        }
    }

    /// Only an API update may cut a running action short.
    pub(crate) fn interrupts(&self) -> bool {
        matches!(
            self,
            NoticeKind::CallUpdateRequested | NoticeKind::InvalidLambdaResponse { update: true, .. }
        )
    }
}

/// What the answer to a notice may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Answerable {
    /// Its attributes are stored, its actions ignored.
    AttributesOnly,
    /// Its actions, if any, replace what is queued.
    Freely,
    /// The same, and without actions the list of this number goes on: it waits for this answer.
    Resuming(u32),
}

/// One event to be delivered. Participants, attributes and the sequence join when its invocation starts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Notice {
    pub(crate) kind: NoticeKind,
    /// `ActionData` as JSON, empty for none.
    pub(crate) data: String,
    /// The leg that actions of the answer mean when they name none.
    pub(crate) leg: LegId,
    pub(crate) answerable: Answerable,
}

/// A place in the queue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Entry {
    /// May be delivered.
    Ready(Notice),
    /// A recording that was cut short; its event, and all behind it, wait until it lies in its bucket.
    Uploading(Box<Upload>),
}

/// A recording on its way into its bucket.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Upload {
    pub(crate) recording: RecordingId,
    /// When it counts as failed.
    pub(crate) until: Timestamp,
    pub(crate) action: Action,
    pub(crate) recorded: Recorded,
    pub(crate) side: Side,
    pub(crate) leg: LegId,
    /// True when an update cut it short, false when its leg ended or it ended by itself.
    pub(crate) interrupted: bool,
    pub(crate) answerable: Answerable,
}
