//! From us to the equipment behind a connector or group: which routes, in which order.

use std::net::Ipv6Addr;

use base::Rng;

use super::inbound::Protocol;
use super::{Hop, Trunk};
use crate::config::Config;
use crate::names::arn;
use crate::records::{Attached, Connector, Distribution, OriginationRoute, Protocol as RouteProtocol};
use crate::tables::Tables;
use api::arn::Resource;

/// Why a connector or group cannot be reached.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unreachable {
    #[error("{0} does not exist")]
    Unknown(String),
    #[error("{0} has no origination routes that are enabled")]
    NoRoutes(String),
}

/// The places to try, in order: by priority, by weight among equals; a group's connectors one after the other.
pub(super) fn hops(
    tables: &Tables,
    config: &Config,
    to: &Attached,
    user: &str,
    headers: &[(String, String)],
    rng: &mut Rng,
) -> Result<Vec<Hop>, Unreachable> {
    let (name, connectors) = match to {
        Attached::Connector(id) => {
            let name = format!("voice connector {id}");
            let connector = tables.connectors.get(id).ok_or_else(|| Unreachable::Unknown(name.clone()))?;
            (name, vec![(id.as_str(), connector)])
        }
        Attached::Group(id) => {
            let name = format!("voice connector group {id}");
            let group = tables.groups.get(id).ok_or_else(|| Unreachable::Unknown(name.clone()))?;
            let mut items: Vec<_> = group.items.iter().collect();
            match group.distribution {
                Distribution::Priority => items.sort_by_key(|item| item.priority),
                Distribution::LoadBalanced => shuffle(&mut items, rng),
            }
            let connectors = items
                .into_iter()
                .filter_map(|item| Some((item.connector.as_str(), tables.connectors.get(&item.connector)?)));
            (name, connectors.collect())
        }
    };
    let mut hops = Vec::new();
    for (id, connector) in connectors {
        let routes = routes(connector, rng);
        hops.extend(routes.into_iter().map(|route| hop(config, id, connector, route, user, headers)));
    }
    if hops.is_empty() { Err(Unreachable::NoRoutes(name)) } else { Ok(hops) }
}

/// A connector's routes in the order to try them; none while origination is disabled.
fn routes<'a>(connector: &'a Connector, rng: &mut Rng) -> Vec<&'a OriginationRoute> {
    let enabled = connector.origination.as_ref().filter(|origination| origination.disabled != Some(true));
    let mut left: Vec<_> =
        enabled.and_then(|origination| origination.routes.as_deref()).unwrap_or_default().iter().collect();
    left.sort_by_key(|route| route.priority);
    let mut order = Vec::with_capacity(left.len());
    while let Some(first) = left.first() {
        let equals = left.iter().take_while(|route| route.priority == first.priority).count();
        let total: u64 = left[..equals].iter().map(|route| u64::from(route.weight)).sum();
        let mut drawn = rng.below(total);
        let mut at = 0;
        while at + 1 < equals && drawn >= u64::from(left[at].weight) {
            drawn -= u64::from(left[at].weight);
            at += 1;
        }
        order.push(left.remove(at));
    }
    order
}

fn shuffle<T>(items: &mut [T], rng: &mut Rng) {
    for last in (1..items.len()).rev() {
        items.swap(last, rng.below(last as u64 + 1) as usize);
    }
}

fn hop(
    config: &Config,
    id: &str,
    connector: &Connector,
    route: &OriginationRoute,
    user: &str,
    headers: &[(String, String)],
) -> Hop {
    let (transport, name) = match route.protocol {
        RouteProtocol::Tcp if connector.require_encryption => (Protocol::Tls, "TLS"),
        RouteProtocol::Tcp => (Protocol::Tcp, "TCP"),
        RouteProtocol::Udp => (Protocol::Udp, "UDP"),
    };
    let host = match route.host.parse::<Ipv6Addr>() {
        Ok(address) => format!("[{address}]"),
        Err(_) => route.host.clone(),
    };
    let mut headers = headers.to_vec();
    headers.push(("X-VoiceConnector-ID".to_owned(), id.to_owned()));
    let target = arn(config, &connector.region, Resource::VoiceConnector(id.to_owned()));
    headers.push(("X-Amzn-TargetArn".to_owned(), target));
    Hop {
        uri: format!("sip:{}@{host}:{};transport={name}", escape(user), route.port),
        transport: Some(transport),
        trunk: Trunk::Connector(id.to_owned()),
        encrypted: connector.require_encryption,
        credentials: None,
        asserted_identity: false,
        from_host: None,
        headers,
    }
}

/// A user part as RFC 3261 §25.1 lets it stand in a URI; escapes that are there already stay.
fn escape(user: &str) -> String {
    let bytes = user.as_bytes();
    let mut escaped = String::with_capacity(user.len());
    for (at, byte) in bytes.iter().enumerate() {
        let is_escape = *byte == b'%'
            && bytes.get(at + 1..at + 3).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit));
        if byte.is_ascii_alphanumeric() || b"-_.!~*'()&=+$,;?/".contains(byte) || is_escape {
            escaped.push(char::from(*byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_parts_are_escaped_where_they_must_be() {
        assert_eq!(escape("+12065550100"), "+12065550100");
        assert_eq!(escape("a%20b%zz"), "a%20b%25zz");
        assert_eq!(escape("a b@c\r\n"), "a%20b%40c%0D%0A");
    }
}
