//! Where calls go: questions answered from memory, which holds only what the store has confirmed.

mod carriers;
mod header;
pub(crate) mod inbound;
mod loop_counter;
mod origination;
pub(crate) mod outbound;

use std::fmt;

use crate::config::Credentials;

pub(crate) use carriers::Carriers;
pub(crate) use header::has_join_token;
pub use header::{JOIN_NUMBER, JoinToken};
pub use inbound::{Application, Digest, DigestCheck, Inbound, Protocol, Refusal, Route, Sender, Transfer};
pub use loop_counter::{FIRST_ALLOWANCE, LOOP_HEADER, LoopError, allowance};
pub use outbound::{Dial, DialRefusal, DialTo, Outbound};

/// An application that may drive a call, and its function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// `SipMediaApplicationId`.
    pub application: String,
    /// `AwsRegion` of the application.
    pub region: String,
    /// Its function's ARN.
    pub function: String,
}

/// One place a call may be sent to.
#[derive(Clone, PartialEq, Eq)]
pub struct Hop {
    /// Request-URI.
    pub uri: String,
    /// Transport; by DNS where `None`.
    pub transport: Option<Protocol>,
    /// Whose place it is.
    pub trunk: Trunk,
    /// Signalling by TLS and media by SRTP only.
    pub encrypted: bool,
    /// Digest user and password, where the trunk asks for them.
    pub credentials: Option<Credentials>,
    /// Whether to send P-Asserted-Identity.
    pub asserted_identity: bool,
    /// Host part of From; ours where `None`.
    pub from_host: Option<String>,
    /// Headers for this place only.
    pub headers: Vec<(String, String)>,
}

// The URI holds the called number.
impl fmt::Debug for Hop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hop").field("trunk", &self.trunk).finish_non_exhaustive()
    }
}

/// A SIP peer we trust.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trunk {
    /// A carrier, by its configured name.
    Carrier(String),
    /// A voice connector, by its id.
    Connector(String),
}

impl fmt::Display for Trunk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Trunk::Carrier(name) => write!(f, "carrier {name}"),
            Trunk::Connector(id) => write!(f, "connector {id}"),
        }
    }
}
