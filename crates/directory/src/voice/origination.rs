//! Origination: the routes from us to a connector's equipment.

use api::Error;
use api::voice::{self, OriginationRouteProtocol, Response};

use super::{Cx, Step, no_such};
use crate::record::Kind;
use crate::records::{Connector, Origination, OriginationRoute, Protocol};
use crate::tables::Mutation;

/// Port of a route that names none.
const DEFAULT_PORT: u16 = 5060;
/// Most routes of a connector.
const MOST: usize = 20;

pub(super) fn put(cx: &mut Cx<'_>, r: &voice::PutVoiceConnectorOriginationRequest) -> Result<Step, Error> {
    let id = &r.voice_connector_id;
    let mut connector = cx.own::<Connector>(id).ok_or_else(|| no_such(Kind::Connector))?.clone();
    let origination = read(&r.origination, connector.require_encryption)?;
    let reply = voice::PutVoiceConnectorOriginationResponse { origination: Some(wire(&origination)) };
    connector.origination = Some(origination);
    Ok(Step::write(Mutation::put(id, connector), Response::PutVoiceConnectorOrigination(reply)))
}

pub(super) fn get(cx: &Cx<'_>, r: &voice::GetVoiceConnectorOriginationRequest) -> Result<Step, Error> {
    let connector = cx.peek::<Connector>(&r.voice_connector_id).ok_or_else(|| no_such(Kind::Connector))?;
    let Some(origination) = &connector.origination else {
        return Err(Error::not_found("The voice connector has no origination settings."));
    };
    let reply = voice::GetVoiceConnectorOriginationResponse { origination: Some(wire(origination)) };
    Ok(Step::Answer(Response::GetVoiceConnectorOrigination(reply)))
}

pub(super) fn delete(
    cx: &mut Cx<'_>,
    r: &voice::DeleteVoiceConnectorOriginationRequest,
) -> Result<Step, Error> {
    let id = &r.voice_connector_id;
    let mut connector = cx.own::<Connector>(id).ok_or_else(|| no_such(Kind::Connector))?.clone();
    connector.origination = None;
    Ok(Step::write(Mutation::put(id, connector), Response::DeleteVoiceConnectorOrigination))
}

fn read(given: &voice::Origination, encrypted: bool) -> Result<Origination, Error> {
    let routes = given.routes.as_deref().unwrap_or_default();
    if routes.is_empty() && given.disabled.is_none() {
        return Err(Error::bad_request("Origination must have Routes or Disabled."));
    }
    if routes.len() > MOST {
        return Err(Error::bad_request(format!("Origination.Routes must have at most {MOST} items.")));
    }
    let read = routes.iter().enumerate().map(|(at, route)| {
        read_route(route, encrypted)
            .map_err(|rule| Error::bad_request(format!("Origination.Routes[{at}] {rule}.")))
    });
    Ok(Origination {
        routes: given.routes.is_some().then(|| read.collect()).transpose()?,
        disabled: given.disabled,
    })
}

fn read_route(given: &voice::OriginationRoute, encrypted: bool) -> Result<OriginationRoute, &'static str> {
    let host = given.host.as_deref().unwrap_or_default();
    if !is_host(host) {
        return Err("must have a Host, a name or an address");
    }
    let protocol = match given.protocol {
        Some(OriginationRouteProtocol::Tcp) => Protocol::Tcp,
        Some(OriginationRouteProtocol::Udp) => Protocol::Udp,
        None if encrypted => Protocol::Tcp,
        None => Protocol::Udp,
    };
    if encrypted && protocol == Protocol::Udp {
        return Err("must have the Protocol TCP, since the voice connector requires encryption");
    }
    Ok(OriginationRoute {
        host: host.to_owned(),
        port: given.port.filter(|port| *port != 0).unwrap_or(DEFAULT_PORT),
        protocol,
        priority: given.priority.unwrap_or(1),
        weight: given.weight.unwrap_or(1),
    })
}

/// A name, an IPv4 address or an IPv6 address (with or without brackets), fit to stand in a URI.
fn is_host(text: &str) -> bool {
    let address = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    if address.parse::<std::net::Ipv6Addr>().is_ok() {
        return true;
    }
    (1..=253).contains(&text.len())
        && text.trim_end_matches('.').split('.').all(|label| {
            (1..=63).contains(&label.len())
                && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        })
}

fn wire(origination: &Origination) -> voice::Origination {
    let routes = origination.routes.as_ref().map(|routes| {
        let wire = routes.iter().map(|route| voice::OriginationRoute {
            host: Some(route.host.clone()),
            port: Some(route.port),
            protocol: Some(match route.protocol {
                Protocol::Tcp => OriginationRouteProtocol::Tcp,
                Protocol::Udp => OriginationRouteProtocol::Udp,
            }),
            priority: Some(route.priority),
            weight: Some(route.weight),
        });
        wire.collect()
    });
    voice::Origination { routes, disabled: origination.disabled }
}
