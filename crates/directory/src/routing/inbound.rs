//! What becomes of an INVITE that starts a dialog. The first of these that holds decides:
//!
//! 1. A sender that is neither a carrier (by its address) nor the equipment of the connector whose host the
//!    Request-URI names (by address list and digest) is refused. A call from inside the node needs no sender.
//! 2. A recording session is no call.
//! 3. A join token leads into its meeting.
//! 4. An enabled rule, of the connector's host or else of the called number, leads to its applications.
//! 5. A called number attached to a connector or group goes to its equipment.
//! 6. A connector may call outside by a carrier, as far as its termination settings allow.
//! 7. Nothing else exists.

use std::collections::BTreeMap;
use std::fmt;
use std::net::IpAddr;

use base::{E164, Rng, Timestamp};

use super::header::{JoinToken, is_recording, join_token};
use super::{Carriers, Hop, Target, loop_counter, origination};
use crate::config::Config;
use crate::country::country_of;
use crate::names::{connector_of_host, outbound_host};
use crate::rate::Rate;
use crate::records::{Application as ApplicationRecord, Connector, Ha1, Rule, Termination, Trigger};
use crate::tables::Tables;

/// How a message travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Protocol {
    /// Datagrams.
    Udp,
    /// A stream.
    Tcp,
    /// An encrypted stream.
    Tls,
    /// Within this node: a call to one of our own numbers.
    Internal,
}

impl Protocol {
    /// Reads a `transport` parameter.
    pub fn parse(text: &str) -> Option<Self> {
        match text.to_ascii_lowercase().as_str() {
            "udp" => Some(Protocol::Udp),
            "tcp" => Some(Protocol::Tcp),
            "tls" => Some(Protocol::Tls),
            _ => None,
        }
    }
}

/// An INVITE that starts a dialog.
#[derive(Clone, Copy)]
pub struct Inbound<'a> {
    /// Address it came from.
    pub source: IpAddr,
    /// How it came.
    pub protocol: Protocol,
    /// User part of the Request-URI, unescaped.
    pub user: &'a str,
    /// Host part of the Request-URI.
    pub host: &'a str,
    /// Parameters of the Request-URI (and of To).
    pub parameters: &'a [(String, String)],
    /// User part of From.
    pub from: &'a str,
    /// All headers.
    pub headers: &'a [(String, String)],
    /// Content types of the body's parts.
    pub bodies: &'a [&'a str],
}

/// Digest credentials as received.
pub struct Digest<'a> {
    /// User name.
    pub username: &'a str,
    /// Realm they are for.
    pub realm: &'a str,
    /// Checks the response against what the password hashes to.
    pub check: &'a mut dyn FnMut(&Ha1) -> DigestCheck,
}

/// What a check of credentials found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DigestCheck {
    /// Right.
    Good,
    /// Right, for a nonce that is no longer good.
    Stale,
    /// Wrong.
    Bad,
}

/// Who sends a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sender {
    /// A carrier, by its configured name.
    Carrier(String),
    /// A connector's equipment.
    Connector {
        /// The connector's id.
        id: String,
        /// The digest user, where the connector has any.
        username: Option<String>,
    },
    /// This node.
    Internal,
}

/// What becomes of an INVITE.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// Refuse it.
    Refuse(Refusal),
    /// Ask for digest credentials.
    Challenge {
        /// The realm.
        realm: String,
        /// The credentials were right but the nonce is old.
        stale: bool,
    },
    /// A recording session.
    Recording {
        /// Who sends it.
        sender: Sender,
    },
    /// Into a meeting; 403 when the token is not good there.
    Meeting {
        /// Who sends it.
        sender: Sender,
        /// The way in.
        token: JoinToken,
    },
    /// A call for applications.
    Application(Application),
    /// A call between trunks, without a function.
    Transfer(Transfer),
}

/// A call that is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Final SIP status.
    pub status: u16,
    /// Seconds for Retry-After.
    pub retry_after: Option<u32>,
    /// For the log.
    pub why: String,
}

/// A call that matched a rule.
#[derive(Clone, PartialEq, Eq)]
pub struct Application {
    /// Who sends it.
    pub sender: Sender,
    /// `SipRuleId`.
    pub rule: String,
    /// `From` of the participant: from a carrier with `+` where it is a number, else as it came.
    pub from: String,
    /// `To` of the participant: the called number, or whatever user part a connector's host was called with.
    pub to: String,
    /// The rule's applications, first priority first. Never empty.
    pub targets: Vec<Target>,
    /// How many more calls in a row this one may cause.
    pub allowance: u8,
}

/// A call that goes from one trunk to another.
#[derive(Clone, PartialEq, Eq)]
pub struct Transfer {
    /// Who sends it.
    pub sender: Sender,
    /// What goes into From.
    pub from: String,
    /// The called number.
    pub to: E164,
    /// Where to, in order. Never empty.
    pub hops: Vec<Hop>,
}

impl fmt::Debug for Application {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Application")
            .field("sender", &self.sender)
            .field("rule", &self.rule)
            .field("targets", &self.targets)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Transfer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transfer")
            .field("sender", &self.sender)
            .field("hops", &self.hops)
            .finish_non_exhaustive()
    }
}

/// Why the search for a route ends early.
enum Stop {
    Refuse(Refusal),
    Challenge { realm: String, stale: bool },
}

impl From<Stop> for Route {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Refuse(refusal) => Route::Refuse(refusal),
            Stop::Challenge { realm, stale } => Route::Challenge { realm, stale },
        }
    }
}

fn refuse(status: u16, why: impl Into<String>) -> Stop {
    Stop::Refuse(Refusal { status, retry_after: None, why: why.into() })
}

/// What routing looks at.
pub(crate) struct World<'a> {
    pub(crate) now: Timestamp,
    pub(crate) tables: &'a Tables,
    pub(crate) config: &'a Config,
    pub(crate) carriers: &'a Carriers,
    /// Calls per second of each connector that has a limit.
    pub(crate) rates: &'a mut BTreeMap<String, Rate>,
    pub(crate) rng: &'a mut Rng,
}

pub(crate) fn route(world: &mut World<'_>, invite: &Inbound<'_>, digest: Option<Digest<'_>>) -> Route {
    decide(world, invite, digest).unwrap_or_else(Route::from)
}

fn decide(world: &mut World<'_>, invite: &Inbound<'_>, digest: Option<Digest<'_>>) -> Result<Route, Stop> {
    let tables = world.tables;
    let sender = sender(world, invite, digest)?;
    let headers = || invite.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let parameters = || invite.parameters.iter().map(|(name, value)| (name.as_str(), value.as_str()));

    if sender != Sender::Internal && is_recording(headers(), parameters(), invite.bodies.iter().copied()) {
        return Ok(Route::Recording { sender });
    }
    if let Some(token) = join_token(headers().chain(parameters())) {
        return Ok(Route::Meeting { sender, token });
    }

    let allowance = loop_counter::allowance(headers()).map_err(|error| refuse(483, error.to_string()))?;
    let called: Option<E164> = invite.user.parse().ok();
    if let Some((to, id, rule)) = rule_for(tables, &sender, invite.user, called.as_ref()) {
        let targets = targets(tables, rule);
        if targets.is_empty() {
            return Err(refuse(480, format!("no application of rule {id} exists")));
        }
        let (rule, from) = (id.to_owned(), caller(&sender, invite.from));
        return Ok(Route::Application(Application { sender, rule, from, to, targets, allowance }));
    }

    let Some(called) = called else {
        return Err(refuse(404, "what was called is no number, and no rule takes it"));
    };
    // The next one on the way counts down too.
    let onwards = [loop_counter::next(allowance).map_err(|error| refuse(483, error.to_string()))?];
    if let Some(number) = tables.owned(&called) {
        let Some(association) = &number.association else {
            return Err(refuse(404, "the called number has no rule and no connector"));
        };
        let user = called.as_str();
        let hops = origination::hops(tables, world.config, &association.to, user, &onwards, world.rng)
            .map_err(|error| refuse(480, error.to_string()))?;
        return Ok(Route::Transfer(Transfer {
            from: caller(&sender, invite.from),
            sender,
            to: called,
            hops,
        }));
    }
    let outside = match &sender {
        Sender::Connector { id, .. } => {
            tables.connectors.get(id).and_then(|c| Some((id.clone(), c.termination.as_ref()?)))
        }
        Sender::Carrier(_) | Sender::Internal => None,
    };
    match outside {
        Some((id, termination)) => {
            let (from, hops) = call_outside(world, &id, termination, invite, &called, &onwards)?;
            Ok(Route::Transfer(Transfer { sender, from, to: called, hops }))
        }
        None => Err(refuse(404, "the called number is not in the inventory")),
    }
}

/// Step 1.
fn sender(world: &World<'_>, invite: &Inbound<'_>, digest: Option<Digest<'_>>) -> Result<Sender, Stop> {
    if invite.protocol == Protocol::Internal {
        return Ok(Sender::Internal);
    }
    if let Some(carrier) = world.carriers.of_source(invite.source) {
        return Ok(Sender::Carrier(carrier.name.clone()));
    }
    let unknown = || refuse(403, "neither a carrier's address nor a connector's host");
    let id = connector_of_host(world.config, invite.host).ok_or_else(unknown)?;
    let connector = world.tables.connectors.get(&id).ok_or_else(unknown)?;
    let Some(termination) = &connector.termination else {
        return Err(refuse(403, format!("connector {id} has no termination settings")));
    };
    if termination.disabled == Some(true) {
        return Err(refuse(403, format!("termination of connector {id} is disabled")));
    }
    if !termination.cidrs.iter().flatten().any(|cidr| cidr.contains(invite.source)) {
        return Err(refuse(403, format!("the address is not in connector {id}'s CidrAllowedList")));
    }
    if connector.require_encryption && invite.protocol != Protocol::Tls {
        return Err(refuse(403, format!("connector {id} requires encryption")));
    }
    let username = authenticate(&id, connector, digest)?;
    Ok(Sender::Connector { id, username })
}

/// Digest, where the connector has users. Wrong credentials are challenged again, as are those for another realm.
fn authenticate(id: &str, connector: &Connector, given: Option<Digest<'_>>) -> Result<Option<String>, Stop> {
    if connector.credentials.is_empty() {
        return Ok(None);
    }
    let realm = outbound_host(id);
    let challenge = |stale| Err(Stop::Challenge { realm: realm.clone(), stale });
    let Some(given) = given.filter(|given| given.realm == realm) else { return challenge(false) };
    let Some(ha1) = connector.credentials.get(given.username) else {
        return Err(refuse(403, format!("unknown digest user at connector {id}")));
    };
    match (given.check)(ha1) {
        DigestCheck::Good => Ok(Some(given.username.to_owned())),
        DigestCheck::Stale => challenge(true),
        DigestCheck::Bad => Err(refuse(403, format!("wrong digest credentials at connector {id}"))),
    }
}

/// Step 4: the `To` of the participant, the rule's id, the rule.
fn rule_for<'a>(
    tables: &'a Tables,
    sender: &Sender,
    user: &str,
    called: Option<&E164>,
) -> Option<(String, &'a str, &'a Rule)> {
    let of_host = match sender {
        Sender::Connector { id, .. } => tables.enabled_rule_of(&Trigger::Connector(id.clone())),
        Sender::Carrier(_) | Sender::Internal => None,
    };
    if let Some((id, rule)) = of_host {
        return Some((user.to_owned(), id, rule));
    }
    let called = called.filter(|number| tables.owned(number).is_some())?;
    let (id, rule) = tables.enabled_rule_of(&Trigger::Number(called.clone()))?;
    Some((called.to_string(), id, rule))
}

fn targets(tables: &Tables, rule: &Rule) -> Vec<Target> {
    let target = |id: &String, application: &ApplicationRecord| Target {
        application: id.clone(),
        region: application.region.clone(),
        function: application.function.clone(),
    };
    rule.targets
        .iter()
        .filter_map(|named| Some(target(&named.application, tables.applications.get(&named.application)?)))
        .collect()
}

/// Step 6.
fn call_outside(
    world: &mut World<'_>,
    id: &str,
    termination: &Termination,
    invite: &Inbound<'_>,
    called: &E164,
    onwards: &[(String, String)],
) -> Result<(String, Vec<Hop>), Stop> {
    let country = country_of(called);
    if !termination.calling_regions.iter().any(|region| country == Some(region)) {
        return Err(refuse(403, format!("connector {id} may not call that country")));
    }
    let ours = |number: &E164| world.tables.owned(number).is_some();
    let from =
        invite.from.parse().ok().filter(ours).or_else(|| termination.default_number.clone().filter(ours));
    let Some(from) = from else {
        return Err(refuse(403, format!("the caller id at connector {id} is no number of ours")));
    };
    let hops = world.carriers.hops(called, onwards);
    if hops.is_empty() {
        return Err(refuse(404, "no carrier has a prefix of the called number"));
    }
    if let Some(limit) = termination.cps_limit {
        let rate = world.rates.entry(id.to_owned()).or_insert_with(|| Rate::new(limit));
        if rate.per_second() != limit {
            *rate = Rate::new(limit);
        }
        if !rate.admits(world.now) {
            let why = format!("connector {id} is over its {limit} calls per second");
            return Err(Stop::Refuse(Refusal { status: 503, retry_after: Some(1), why }));
        }
    }
    Ok((from.to_string(), hops))
}

/// Who calls: a carrier's numbers get their `+`. Equipment has extensions that look like numbers and are none, so what
/// it says stays, as does what an application of ours chose.
fn caller(sender: &Sender, user: &str) -> String {
    let number: Option<E164> = match sender {
        Sender::Carrier(_) => user.parse().ok(),
        Sender::Connector { .. } | Sender::Internal => None,
    };
    number.map_or_else(|| user.to_owned(), |number| number.to_string())
}
