//! The call engine: one [`Call`] per transaction, driven by the event/action protocol of PSTN Audio.
//!
//! Pure. It knows no SIP message, no RTP and no HTTP: legs are ids, audio is a name, a function is an ARN.
//! A call is plain data, so a replay is a fold over its journal and a what-if is a clone.
//! Start with [`Setup`], [`Event`] and [`Effect`], then [`Call::handle`].
//!
//! Inside: `call.rs` holds the state and says which part an event is for; `invocation.rs` invokes the function and
//! judges its answers, out of the queue of `notices.rs`; `list.rs` runs the actions of `actions/` in order; `legs.rs`
//! knows the legs, `ending.rs` how they end; `timer.rs` names everything a call may wait for; `protocol/` is the JSON
//! in both directions. [`replay`] and [`recover`] read journals.

mod actions;
mod aftermath;
mod call;
pub mod check;
mod effect;
mod ending;
mod event;
mod inspect;
mod invocation;
mod journal;
mod legs;
mod limits;
mod list;
mod notices;
mod pattern;
mod protocol;
mod setup;
mod stage;
mod timer;
mod uploads;
mod vocabulary;

pub use aftermath::{Aftermath, recover};
pub use call::Call;
pub use effect::{
    AudioSource, CallRecord, Dial, DialRefusal, DialTarget, Effect, InvocationId, ModificationId, PlaybackId,
    RecordingId, SendingId, Silence, Speech, Times,
};
pub use event::{Event, FunctionError, PlaybackError, StoreError};
pub use inspect::{Inspection, LegInspection};
pub use journal::{Divergence, Line, replay};
pub use limits::Limits;
pub use setup::{Origin, Setup, Target};
pub use vocabulary::{EVENTS, action_errors, actions, response_errors};
