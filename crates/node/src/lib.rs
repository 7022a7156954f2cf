//! The node: composition only. Routes inputs to machines and maps the effects of one to the commands of another.
//!
//! Pure: no socket, clock, thread, file or system randomness. It owns the SIP stack, the directory and the live calls,
//! knows whose each dialog, stream, playback and recording is, and decides nothing that concerns a protocol. The one
//! machine of its own is the call between two trunks that no function drives (`relay_call`).
//!
//! Start with [`Node`], [`Input`] and [`Output`]; then `offers.rs` for a call's way in, `effects.rs` and `legs.rs` for
//! what a call wants, `sip_events.rs` for what comes back.

mod api_requests;
mod audio;
mod config;
mod deadlines;
mod effects;
mod interface;
mod io;
mod ladder;
mod legs;
mod live;
mod media_desk;
mod meeting_desk;
mod meetings;
mod node;
mod offers;
mod outbound;
mod recovery;
mod relay_call;
mod relays;
mod replay;
mod secrets;
mod sip_desk;
mod sip_events;
mod story;
mod summary;

pub use config::{NodeConfig, ShardConfig};
pub use directory::{Entropy, Ticket, WriteId};
pub use interface::*;
pub use ladder::{Detail, Ladder, ladder};
pub use node::{Counts, Node, Why};
pub use relay_call::{RelayRecord, RelaySetup};
pub use replay::replay;
pub use story::{Place, Story, Subject, Told};
pub use summary::{CallSummary, LegSummary};
