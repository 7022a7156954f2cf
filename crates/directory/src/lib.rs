//! The directory: control-plane records (applications, rules, connectors, numbers, meetings), the API operations on them, and
//! the routing of calls over them.
//!
//! Pure: no socket, clock, thread, file or system randomness. It knows nothing of SIP messages, media or calls in
//! progress; its vocabulary is its own and whoever composes it translates.
//!
//! Everything lives in memory and is loaded once. A read is answered at once. A write becomes [`Change`]s for the
//! store; memory changes, and the caller is answered, when the store has [`confirmed`](Directory::confirmed) them, so
//! routing never sees what a crash could take back. Start with [`Directory`], then [`Inbound`] and [`Route`].

pub mod check;
mod cidr;
mod claims;
mod config;
mod country;
mod directory;
mod health;
mod meetings;
mod names;
mod operation;
mod pool;
mod rate;
mod record;
mod records;
mod routing;
mod seed;
mod tables;
mod voice;

#[cfg(test)]
mod tests;

pub use api::ids::CONNECTOR_DOMAIN;
pub use cidr::{Cidr, NotCidr};
pub use config::{Carrier, Config, Credentials, MeetingsConfig, Quotas};
pub use directory::{Directory, Output, Reply, Ticket, WriteId};
pub use meetings::{Attendee, MOST_ATTENDEES, Meeting, MeetingChange};
pub use operation::Entropy;
pub use pool::{NotNumberRange, NumberRange};
pub use record::{Change, DecodeError, Kind, Record, SETTINGS, UnknownKind};
pub use records::Ha1;
pub use routing::{
    Application, Dial, DialRefusal, DialTo, Digest, DigestCheck, FIRST_ALLOWANCE, Hop, Inbound, JOIN_NUMBER,
    JoinToken, LOOP_HEADER, LoopError, Outbound, Protocol, Refusal, Route, Sender, Target, Transfer, Trunk,
    allowance,
};
pub use seed::{Seed, SeedApplication, SeedConnector, SeedError, SeedRoute, SeedRule, SeedTrigger};
pub use tables::LoadError;
pub use voice::{CallOrder, UpdateOrder};
