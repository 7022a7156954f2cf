//! Where a call that an application places goes.

use std::fmt;

use base::{E164, Rng};

use super::header::{JOIN_NUMBER, JoinToken, join_token};
use super::loop_counter::{self, LoopError};
use super::{Carriers, Hop, origination};
use crate::config::Config;
use crate::names::parse_arn;
use crate::records::Attached;
use crate::tables::Tables;
use api::arn::Resource;

/// A call an application wants to place.
#[derive(Clone, Copy)]
pub struct Dial<'a> {
    /// Where to.
    pub to: DialTo<'a>,
    /// What goes into From, exactly as given.
    pub caller_id: &'a str,
    /// `From` of the call's LEG-A, in any format; a caller id equal to it is good.
    pub leg_a_from: Option<&'a str>,
    /// Headers the application orders, already checked; may hold a join token.
    pub headers: &'a [(String, String)],
    /// What [`allowance`](super::allowance) said for the call that places this one;
    /// [`FIRST_ALLOWANCE`](super::FIRST_ALLOWANCE) for one that began here.
    pub allowance: u8,
}

/// The two kinds of endpoint.
#[derive(Clone, Copy)]
pub enum DialTo<'a> {
    /// A telephone number.
    Number(&'a str),
    /// A connector or group, by its ARN.
    Connector {
        /// The ARN.
        arn: &'a str,
        /// User part of the Request-URI.
        user: &'a str,
    },
}

/// Where it goes.
#[derive(Clone, PartialEq, Eq)]
pub enum Outbound {
    /// Into a meeting.
    Meeting(JoinToken),
    /// To a number of our own: inside the node, as a new inbound call that carries these headers.
    Internal {
        /// The number.
        number: E164,
        /// The loop counter.
        headers: Vec<(String, String)>,
    },
    /// To the first of these that can be reached and does not answer 503. Never empty.
    Trunks(Vec<Hop>),
}

impl fmt::Debug for Outbound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Outbound::Meeting(token) => f.debug_tuple("Meeting").field(token).finish(),
            Outbound::Internal { .. } => f.write_str("Internal"),
            Outbound::Trunks(hops) => f.debug_tuple("Trunks").field(hops).finish(),
        }
    }
}

/// Why a call cannot be placed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DialRefusal {
    /// The caller id is neither a number of ours nor LEG-A's `From`.
    #[error("the caller id is neither a number of ours nor LEG-A's From")]
    CallerIdNotOwned,
    /// No such connector or group.
    #[error("{0}")]
    UnknownConnector(String),
    /// Nothing to go to; the text names what is missing.
    #[error("{0}")]
    NoRoute(String),
    /// The loop counter is used up.
    #[error(transparent)]
    Loop(#[from] LoopError),
}

pub(crate) fn route(
    tables: &Tables,
    config: &Config,
    carriers: &Carriers,
    dial: &Dial<'_>,
    rng: &mut Rng,
) -> Result<Outbound, DialRefusal> {
    let owned = |text: &str| text.parse().is_ok_and(|number: E164| tables.owned(&number).is_some());
    if dial.leg_a_from != Some(dial.caller_id) && !owned(dial.caller_id) {
        return Err(DialRefusal::CallerIdNotOwned);
    }
    let headers = vec![loop_counter::next(dial.allowance)?];
    match dial.to {
        DialTo::Number(text) => {
            let number: E164 = text
                .parse()
                .map_err(|_| DialRefusal::NoRoute("the called number is no E.164 number".to_owned()))?;
            let pairs = dial.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
            if number.as_str() == JOIN_NUMBER
                && let Some(token) = join_token(pairs)
            {
                return Ok(Outbound::Meeting(token));
            }
            if tables.owned(&number).is_some() {
                return Ok(Outbound::Internal { number, headers });
            }
            match carriers.hops(&number, &headers) {
                hops if hops.is_empty() => {
                    Err(DialRefusal::NoRoute("no carrier has a prefix of the called number".to_owned()))
                }
                hops => Ok(Outbound::Trunks(hops)),
            }
        }
        DialTo::Connector { arn, user } => {
            let to = match parse_arn(arn) {
                Some(Resource::VoiceConnector(id)) => Attached::Connector(id),
                Some(Resource::VoiceConnectorGroup(id)) => Attached::Group(id),
                _ => {
                    let message = "the ARN names no voice connector or group".to_owned();
                    return Err(DialRefusal::UnknownConnector(message));
                }
            };
            match origination::hops(tables, config, &to, user, &headers, rng) {
                Ok(hops) => Ok(Outbound::Trunks(hops)),
                Err(error @ origination::Unreachable::Unknown(_)) => {
                    Err(DialRefusal::UnknownConnector(error.to_string()))
                }
                Err(error @ origination::Unreachable::NoRoutes(_)) => {
                    Err(DialRefusal::NoRoute(error.to_string()))
                }
            }
        }
    }
}
