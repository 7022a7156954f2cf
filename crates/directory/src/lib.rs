//! The directory: control-plane records (applications, rules, connectors, numbers), the API operations on them, and
//! the routing of calls over them.
//!
//! Pure: no socket, clock, thread, file or system randomness. It knows nothing of SIP messages, media or calls in
//! progress; its vocabulary is its own and whoever composes it translates.
//!
//! Everything lives in memory and is loaded once. A read is answered at once. A write becomes [`Change`]s for the
//! store; memory changes, and the caller is answered, when the store has confirmed them, so
//! routing never sees what a crash could take back.

mod cidr;
mod config;
mod country;
mod pool;
mod rate;
mod record;
mod records;

pub use api::ids::CONNECTOR_DOMAIN;
pub use cidr::{Cidr, NotCidr};
pub use config::{Carrier, Config, Credentials, Quotas};
pub use pool::{NotNumberRange, NumberRange};
pub use record::{Change, DecodeError, Kind, Record, SETTINGS, UnknownKind};
pub use records::Ha1;
