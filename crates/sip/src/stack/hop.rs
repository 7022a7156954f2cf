use std::net::{IpAddr, SocketAddr};

use super::core::Core;
use super::{Flow, Transport};
use crate::uri::{Scheme, Uri, host_ip};

/// Where the requests of a dialog go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hop {
    pub(super) flow: Flow,
    /// The name that should be resolved for it; until then requests go where the peer was heard from.
    pub(super) name: Option<Name>,
}

/// Where somebody is who is not in a dialog yet.
pub(super) enum Place {
    Address(Transport, SocketAddr),
    Name(Name),
}

/// A question for the resolver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) host: String,
    pub(super) port: Option<u16>,
    pub(super) transport: Option<Transport>,
}

impl Hop {
    /// The hop that a Route or remote target names, for a dialog whose peer is heard on `heard`.
    ///
    /// What the peer writes is followed, with two exceptions: a private address behind a public one is a peer that does
    /// not know its own NAT, and an open connection to the same host is used again.
    pub(super) fn towards(uri: &Uri, heard: Flow, core: &Core) -> Hop {
        let stay = Hop { flow: heard, name: None };
        if heard.transport == Transport::Internal || !matches!(uri.scheme(), Scheme::Sip | Scheme::Sips) {
            return stay;
        }
        let transport = transport_of(uri).unwrap_or(heard.transport);
        let Some(endpoint) = core.config.endpoint(transport) else { return stay };
        let Some(ip) = uri.host_ip() else {
            let same = transport == heard.transport && heard.connection.is_some_and(|c| core.streams.has(c));
            let name = Name { host: uri.host().to_owned(), port: uri.port(), transport: Some(transport) };
            return Hop { flow: heard, name: (!same).then_some(name) };
        };
        if is_private(ip) && !is_private(heard.remote.ip()) {
            return stay;
        }
        if transport == heard.transport
            && ip == heard.remote.ip().to_canonical()
            && heard.connection.is_some_and(|connection| core.streams.has(connection))
        {
            return stay;
        }
        let remote = SocketAddr::new(ip, uri.port().unwrap_or(default_port(transport)));
        let local = if transport == heard.transport { heard.local } else { endpoint.local };
        Hop { flow: Flow { transport, local, remote, connection: None }, name: None }
    }
}

impl Place {
    /// The place of a host, by UDP where an address says no transport; `None` without a host.
    pub(super) fn of(host: &str, port: Option<u16>, transport: Option<Transport>) -> Option<Place> {
        Some(match host_ip(host) {
            Some(ip) => {
                let transport = transport.unwrap_or(Transport::Udp);
                Place::Address(transport, SocketAddr::new(ip, port.unwrap_or(default_port(transport))))
            }
            None if host.is_empty() => return None,
            None => Place::Name(Name { host: host.to_ascii_lowercase(), port, transport }),
        })
    }
}

/// The transport a URI asks for.
pub(super) fn transport_of(uri: &Uri) -> Option<Transport> {
    if uri.scheme() == Scheme::Sips {
        return Some(Transport::Tls);
    }
    match uri.param("transport")? {
        name if name.eq_ignore_ascii_case("udp") => Some(Transport::Udp),
        name if name.eq_ignore_ascii_case("tcp") => Some(Transport::Tcp),
        name if name.eq_ignore_ascii_case("tls") => Some(Transport::Tls),
        _ => None,
    }
}

pub(super) fn default_port(transport: Transport) -> u16 {
    match transport {
        Transport::Tls => 5061,
        Transport::Udp | Transport::Tcp | Transport::Internal => 5060,
    }
}

fn is_private(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => {
            ip.is_private()
                || ip.is_loopback()
                || ip.is_link_local()
                || ip.is_unspecified()
                // Shared address space of carrier-grade NAT, 100.64.0.0/10.
                || (ip.octets()[0] == 100 && ip.octets()[1] & 0xc0 == 64)
        }
        IpAddr::V6(ip) => {
            ip.is_loopback() || ip.is_unspecified() || ip.is_unique_local() || ip.is_unicast_link_local()
        }
    }
}
