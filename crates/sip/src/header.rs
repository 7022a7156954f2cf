//! Header fields: the names this crate knows, and one file per typed value.
//!
//! A typed value borrows from the message and is parsed when asked for.

mod cseq;
mod list;
mod media_type;
mod name_addr;
mod names;
mod numbers;
mod rack;
mod reason;
mod retry_after;
mod session_expires;
mod tokens;
mod via;

pub use cseq::CSeq;
pub(crate) use cseq::split as cseq_parts;
pub use list::List;
pub use media_type::MediaType;
pub use name_addr::NameAddr;
pub use names::Header;
pub use rack::RAck;
pub use reason::Reason;
pub use retry_after::RetryAfter;
pub use session_expires::{Refresher, SessionExpires};
pub use via::Via;

/// A header field whose value does not follow its grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("malformed {}", .0.as_str())]
pub struct Malformed(pub Header);
