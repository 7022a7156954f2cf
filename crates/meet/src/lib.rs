//! Meetings: who may join, who is present, and everything the unmodified browser client is told about it.
//!
//! Pure: no socket, clock, thread, file or system randomness. It knows nothing of HTTP, WebSocket handshakes, SDP, RTP
//! or SIP: a browser is a connection that brings frames, audio is a member whose offer somebody else answers, a
//! telephone is a member that joins and leaves. Records and their API belong to the directory, which reports changes.
//!
//! Start with [`Input`] and [`Output`], then [`Meetings`], then `seat.rs` for an attendee's states and [`frame`] for
//! what goes over the wire.

pub mod check;
mod config;
mod connection;
mod event;
pub mod frame;
mod interface;
mod live;
mod meetings;
mod rate;
mod seat;
mod secret;
mod shared;
mod tally;
mod timers;
mod token;

pub use config::Config;
pub use event::{MeetingEvent, MeetingEventKind, Who};
pub use interface::{
    Admission, Attendee, Capabilities, Capability, ConnectionId, HangUpWhy, IdleWhy, Input, Meeting,
    MemberId, NotAdmitted, Output,
};
pub use meetings::Meetings;
pub use secret::Secret;
pub use tally::{Counts, Tally};
