//! The call engine: one [`Call`] per transaction, driven by the event/action protocol of PSTN Audio.
//!
//! Pure. It knows no SIP message, no RTP and no HTTP: legs are ids, audio is a name, a function is an ARN.
//! A call is plain data, so a replay is a fold over its journal and a what-if is a clone.
//! Start with [`Setup`], [`Event`] and [`Effect`], then [`Call::handle`].

mod effect;
mod event;
mod limits;
mod setup;

pub use effect::{
    AudioSource, CallRecord, Dial, DialRefusal, DialTarget, Effect, InvocationId, PlaybackId, RecordingId,
    SendingId, Silence, Speech, Times,
};
pub use event::{Event, FunctionError, PlaybackError, StoreError};
pub use limits::Limits;
pub use setup::{Origin, Setup, Target};

use base::Timestamp;

/// One call. The public surface that `node` and `sim` build on; the engine behind it is the work of this crate.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Call {}

impl Call {
    /// Begins a call; `effects` receives its first wishes.
    pub fn new(_now: Timestamp, _setup: Setup, _effects: &mut Vec<Effect>) -> Self {
        Self {}
    }

    /// Applies one event. Never blocks, never fails: a bad event is an outcome too.
    pub fn handle(&mut self, _now: Timestamp, _event: Event, _effects: &mut Vec<Effect>) {}

    /// When this call next wants [`Event::Woken`], and why.
    pub fn deadline(&self) -> Option<(Timestamp, &'static str)> {
        None
    }

    /// True while an update may still be accepted: a leg is live (`pstn-audio.md` 5.6, 11.2).
    pub fn is_live(&self) -> bool {
        true
    }

    /// True after [`Effect::Finish`].
    pub fn is_finished(&self) -> bool {
        false
    }
}
