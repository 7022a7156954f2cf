//! Objects that exist from the start: made where none of their name (or number, or trigger) exists yet.

use std::collections::BTreeMap;

use base::{E164, Timestamp};

use crate::cidr::Cidr;
use crate::directory::{Directory, Output, WriteId};
use crate::names::outbound_host;
use crate::operation::{Cx, Entropy};
use crate::record::Rest;
use crate::records::{
    Application, Association, Attached, Connector, Logging, Number, Origination, OriginationRoute, Product,
    Protocol, Rule, RuleTarget, Tags, Termination, Trigger,
};
use crate::routing;
use crate::tables::{Entity, Mutation};

/// What exists from the start.
#[derive(Clone, Debug, Default)]
pub struct Seed {
    /// Numbers of the inventory, for applications unless a connector names them.
    pub numbers: Vec<E164>,
    /// SIP media applications.
    pub applications: Vec<SeedApplication>,
    /// Voice connectors.
    pub connectors: Vec<SeedConnector>,
    /// SIP rules.
    pub rules: Vec<SeedRule>,
}

/// A SIP media application.
#[derive(Clone, Debug)]
pub struct SeedApplication {
    /// Name.
    pub name: String,
    /// ARN of its function.
    pub function: String,
    /// Region; the account's where absent.
    pub region: Option<String>,
    /// Fixed id; minted where absent.
    pub id: Option<String>,
}

/// A voice connector. It may call our numbers and applications, and nobody outside.
#[derive(Clone, Debug)]
pub struct SeedConnector {
    /// Name.
    pub name: String,
    /// Fixed id of 22 characters `[a-z0-9]`; minted where absent.
    pub id: Option<String>,
    /// Origination routes, first priority first.
    pub routes: Vec<SeedRoute>,
    /// Addresses its equipment calls from; without any, it cannot call.
    pub sources: Vec<Cidr>,
    /// Numbers attached to it.
    pub numbers: Vec<E164>,
}

/// An origination route.
#[derive(Clone, Debug)]
pub struct SeedRoute {
    /// Host.
    pub host: String,
    /// Port.
    pub port: u16,
    /// UDP or TCP; anything else counts as TCP.
    pub protocol: routing::Protocol,
}

/// A SIP rule.
#[derive(Clone, Debug)]
pub struct SeedRule {
    /// Name.
    pub name: String,
    /// What it matches.
    pub trigger: SeedTrigger,
    /// Names of applications, first priority first.
    pub applications: Vec<String>,
}

/// What a seeded rule matches.
#[derive(Clone, Debug)]
pub enum SeedTrigger {
    /// The called number; it joins the inventory.
    Number(E164),
    /// Name of a connector.
    Connector(String),
}

/// The seed contradicts itself or what exists.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SeedError {
    /// A rule names an application that neither the seed nor the directory has.
    #[error("rule {rule:?} names the application {application:?}, which does not exist")]
    UnknownApplication {
        /// The rule.
        rule: String,
        /// The application.
        application: String,
    },
    /// A rule names no application.
    #[error("rule {0:?} names no application")]
    NoApplication(String),
    /// A rule names a connector that neither the seed nor the directory has.
    #[error("rule {rule:?} names the connector {connector:?}, which does not exist")]
    UnknownConnector {
        /// The rule.
        rule: String,
        /// The connector.
        connector: String,
    },
    /// A rule triggers on a number that belongs to a connector.
    #[error("rule {0:?} triggers on a number of a connector")]
    NumberOfConnector(String),
    /// A fixed id is not of the form ids have.
    #[error("{0:?} is no id of 22 characters a-z and 0-9")]
    BadConnectorId(String),
    /// The records cannot be written as JSON; the log says why.
    #[error("the seed cannot be stored")]
    NotStorable,
    /// A fixed id names something of another name already.
    #[error("the id {0:?} is taken")]
    IdTaken(String),
}

impl Directory {
    /// Makes what does not exist yet, by one write; `None` when everything exists.
    ///
    /// To be called before requests are taken. The write is confirmed like any other and answers nobody.
    ///
    /// # Errors
    /// [`SeedError`] when the seed cannot be.
    pub fn seed(
        &mut self,
        now: Timestamp,
        seed: &Seed,
        out: &mut Vec<Output>,
    ) -> Result<Option<WriteId>, SeedError> {
        let (claims, mutations) = self.with_context(now, Entropy::default(), |cx| plan(cx, seed));
        let mutations = mutations?;
        if mutations.is_empty() {
            return Ok(None);
        }
        self.store(claims, mutations, None, out).map(Some).map_err(|_| SeedError::NotStorable)
    }
}

fn plan(cx: &mut Cx<'_>, seed: &Seed) -> Result<Vec<Mutation>, SeedError> {
    let mut plan = Plan { mutations: Vec::new(), numbers: BTreeMap::new() };
    let mut applications = BTreeMap::new();
    for application in &seed.applications {
        let made = plan.application(cx, application)?;
        applications.insert(application.name.as_str(), made);
    }
    let mut connectors = BTreeMap::new();
    for connector in &seed.connectors {
        connectors.insert(connector.name.as_str(), plan.connector(cx, connector)?);
    }
    for number in &seed.numbers {
        plan.number(cx, number, None);
    }
    for rule in &seed.rules {
        plan.rule(cx, rule, &applications, &connectors)?;
    }
    Ok(plan.mutations)
}

struct Plan {
    mutations: Vec<Mutation>,
    /// Product of each number the seed speaks of.
    numbers: BTreeMap<E164, Product>,
}

/// Id of the first record of that name.
fn by_name<'a, T: Entity>(cx: &Cx<'a>, name: &str, of: impl Fn(&T) -> &str) -> Option<(&'a str, &'a T)> {
    T::table(cx.tables).after(None).find(|(_, record)| of(record) == name)
}

impl Plan {
    /// Id and region.
    fn application(
        &mut self,
        cx: &mut Cx<'_>,
        seed: &SeedApplication,
    ) -> Result<(String, String), SeedError> {
        if let Some((id, present)) = by_name::<Application>(cx, &seed.name, |a| &a.name) {
            return Ok((id.to_owned(), present.region.clone()));
        }
        let id = fixed_or_minted::<Application>(cx, seed.id.as_deref(), |cx| cx.mint::<Application>())?;
        let region = seed.region.clone().unwrap_or_else(|| cx.config.region.clone());
        let application = Application {
            name: seed.name.clone(),
            region: region.clone(),
            function: seed.function.clone(),
            created: cx.now,
            updated: cx.now,
            message_logs: None,
            tags: Tags::new(),
            rest: Rest::new(),
        };
        self.mutations.push(Mutation::put(id.as_str(), application));
        Ok((id, region))
    }

    /// Its id.
    fn connector(&mut self, cx: &mut Cx<'_>, seed: &SeedConnector) -> Result<String, SeedError> {
        let id = match by_name::<Connector>(cx, &seed.name, |c| &c.name) {
            Some((id, _)) => id.to_owned(),
            None => {
                let is_label = |id: &str| {
                    id.len() == 22 && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
                };
                if let Some(bad) = seed.id.as_ref().filter(|id| !is_label(id)) {
                    return Err(SeedError::BadConnectorId(bad.clone()));
                }
                let id =
                    fixed_or_minted::<Connector>(cx, seed.id.as_deref(), |cx| cx.mint_label::<Connector>())?;
                self.mutations.push(Mutation::put(id.as_str(), connector(cx, seed)));
                id
            }
        };
        for number in &seed.numbers {
            self.number(cx, number, Some(&id));
        }
        Ok(id)
    }

    fn number(&mut self, cx: &mut Cx<'_>, number: &E164, connector: Option<&str>) {
        let product = if connector.is_some() { Product::Connector } else { Product::Application };
        if self.numbers.contains_key(number) {
            return;
        }
        if let Some(present) = cx.own::<Number>(number.as_str()) {
            self.numbers.insert(number.clone(), present.product);
            return;
        }
        self.numbers.insert(number.clone(), product);
        let association =
            connector.map(|id| Association { to: Attached::Connector(id.to_owned()), since: cx.now });
        let record = Number {
            product,
            name: None,
            calling_name: None,
            order: None,
            association,
            created: cx.now,
            updated: cx.now,
            deleted: None,
            rest: Rest::new(),
        };
        self.mutations.push(Mutation::put(number.clone(), record));
    }

    fn rule(
        &mut self,
        cx: &mut Cx<'_>,
        seed: &SeedRule,
        applications: &BTreeMap<&str, (String, String)>,
        connectors: &BTreeMap<&str, String>,
    ) -> Result<(), SeedError> {
        let (trigger, trigger_value) = match &seed.trigger {
            SeedTrigger::Number(number) => {
                self.number(cx, number, None);
                if self.numbers.get(number) == Some(&Product::Connector) {
                    return Err(SeedError::NumberOfConnector(seed.name.clone()));
                }
                (Trigger::Number(number.clone()), number.to_string())
            }
            SeedTrigger::Connector(name) => {
                let present = || by_name::<Connector>(cx, name, |c| &c.name).map(|(id, _)| id.to_owned());
                let id = connectors.get(name.as_str()).cloned().or_else(present).ok_or_else(|| {
                    SeedError::UnknownConnector { rule: seed.name.clone(), connector: name.clone() }
                })?;
                let host = outbound_host(&id);
                (Trigger::Connector(id), host)
            }
        };
        if cx.tables.rule_of(&trigger).is_some() {
            return Ok(());
        }
        let mut targets = Vec::new();
        for (name, priority) in seed.applications.iter().zip(1..) {
            let present = || {
                by_name::<Application>(cx, name, |a| &a.name).map(|(id, a)| (id.to_owned(), a.region.clone()))
            };
            let (application, region) =
                applications.get(name.as_str()).cloned().or_else(present).ok_or_else(|| {
                    SeedError::UnknownApplication { rule: seed.name.clone(), application: name.clone() }
                })?;
            targets.push(RuleTarget { application, priority, region });
        }
        if targets.is_empty() {
            return Err(SeedError::NoApplication(seed.name.clone()));
        }
        let id = cx.mint::<Rule>();
        let rule = Rule {
            name: seed.name.clone(),
            trigger,
            trigger_value,
            disabled: false,
            targets,
            created: cx.now,
            updated: cx.now,
            enabled_since: cx.now,
            rest: Rest::new(),
        };
        self.mutations.push(Mutation::put(id, rule));
        Ok(())
    }
}

fn connector(cx: &Cx<'_>, seed: &SeedConnector) -> Connector {
    let routes: Vec<_> = seed
        .routes
        .iter()
        .zip(1..)
        .map(|(route, priority)| OriginationRoute {
            host: route.host.clone(),
            port: route.port,
            protocol: match route.protocol {
                routing::Protocol::Udp => Protocol::Udp,
                routing::Protocol::Tcp | routing::Protocol::Tls | routing::Protocol::Internal => {
                    Protocol::Tcp
                }
            },
            priority,
            weight: 1,
        })
        .collect();
    Connector {
        name: seed.name.clone(),
        region: cx.config.region.clone(),
        require_encryption: false,
        integration: None,
        network: None,
        created: cx.now,
        updated: cx.now,
        origination: (!routes.is_empty()).then_some(Origination { routes: Some(routes), disabled: None }),
        termination: (!seed.sources.is_empty()).then(|| Termination {
            cps_limit: None,
            default_number: None,
            calling_regions: Vec::new(),
            cidrs: Some(seed.sources.clone()),
            disabled: None,
        }),
        credentials: BTreeMap::new(),
        logging: Logging::default(),
        streaming: None,
        emergency: None,
        external_systems: None,
        tags: Tags::new(),
        rest: Rest::new(),
    }
}

fn fixed_or_minted<T: Entity>(
    cx: &mut Cx<'_>,
    fixed: Option<&str>,
    mint: impl FnOnce(&mut Cx<'_>) -> String,
) -> Result<String, SeedError> {
    match fixed {
        Some(id) if cx.own::<T>(id).is_some() => Err(SeedError::IdTaken(id.to_owned())),
        Some(id) => Ok(id.to_owned()),
        None => Ok(mint(cx)),
    }
}
