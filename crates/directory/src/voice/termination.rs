//! Termination: who may call out through a connector and where to, and when its equipment was last heard of.

use api::Error;
use api::voice::{self, Response};
use base::Pii;

use super::{Cx, Step, no_such};
use crate::record::Kind;
use crate::records::{Connector, Termination};
use crate::tables::Mutation;

/// `CpsLimit` as returned where none was given; only one that was given is enforced.
const DEFAULT_CPS: u32 = 1;

pub(super) fn put(cx: &mut Cx<'_>, r: &voice::PutVoiceConnectorTerminationRequest) -> Result<Step, Error> {
    let id = &r.voice_connector_id;
    let mut connector = cx.own::<Connector>(id).ok_or_else(|| no_such(Kind::Connector))?.clone();
    let termination = read(&r.termination)?;
    let reply = voice::PutVoiceConnectorTerminationResponse { termination: Some(wire(&termination)) };
    connector.termination = Some(termination);
    Ok(Step::write(Mutation::put(id, connector), Response::PutVoiceConnectorTermination(reply)))
}

pub(super) fn get(cx: &Cx<'_>, r: &voice::GetVoiceConnectorTerminationRequest) -> Result<Step, Error> {
    let connector = cx.peek::<Connector>(&r.voice_connector_id).ok_or_else(|| no_such(Kind::Connector))?;
    let Some(termination) = &connector.termination else {
        return Err(Error::not_found("The voice connector has no termination settings."));
    };
    let reply = voice::GetVoiceConnectorTerminationResponse { termination: Some(wire(termination)) };
    Ok(Step::Answer(Response::GetVoiceConnectorTermination(reply)))
}

pub(super) fn delete(
    cx: &mut Cx<'_>,
    r: &voice::DeleteVoiceConnectorTerminationRequest,
) -> Result<Step, Error> {
    let id = &r.voice_connector_id;
    let mut connector = cx.own::<Connector>(id).ok_or_else(|| no_such(Kind::Connector))?.clone();
    connector.termination = None;
    Ok(Step::write(Mutation::put(id, connector), Response::DeleteVoiceConnectorTermination))
}

/// When the equipment's last OPTIONS came, and from where; empty while none came since this node started.
pub(super) fn health(
    cx: &Cx<'_>,
    r: &voice::GetVoiceConnectorTerminationHealthRequest,
) -> Result<Step, Error> {
    let id = &r.voice_connector_id;
    cx.peek::<Connector>(id).ok_or_else(|| no_such(Kind::Connector))?;
    let seen = cx.health.of(id);
    let health = voice::TerminationHealth {
        timestamp: seen.map(|(at, _)| at),
        source: seen.map(|(_, source)| source.to_string()),
    };
    let reply = voice::GetVoiceConnectorTerminationHealthResponse { termination_health: Some(health) };
    Ok(Step::Answer(Response::GetVoiceConnectorTerminationHealth(reply)))
}

fn read(given: &voice::Termination) -> Result<Termination, Error> {
    let regions = given.calling_regions.as_deref().unwrap_or_default();
    let is_country = |region: &String| region.len() == 2 && region.bytes().all(|b| b.is_ascii_uppercase());
    if regions.is_empty() || !regions.iter().all(is_country) {
        return Err(Error::bad_request(
            "Termination.CallingRegions must have countries of two capital letters.",
        ));
    }
    let cidrs = match &given.cidr_allowed_list {
        Some(list) => {
            let read = list.iter().map(|cidr| {
                cidr.parse()
                    .map_err(|_| Error::bad_request("Termination.CidrAllowedList must have address ranges."))
            });
            Some(read.collect::<Result<_, _>>()?)
        }
        None => None,
    };
    Ok(Termination {
        cps_limit: given.cps_limit,
        default_number: given.default_phone_number.as_ref().map(|number| number.0.clone()),
        calling_regions: regions.to_vec(),
        cidrs,
        disabled: given.disabled,
    })
}

fn wire(termination: &Termination) -> voice::Termination {
    voice::Termination {
        cps_limit: Some(termination.cps_limit.unwrap_or(DEFAULT_CPS)),
        default_phone_number: termination.default_number.clone().map(Pii),
        calling_regions: Some(termination.calling_regions.clone()),
        cidr_allowed_list: Some(termination.cidrs.iter().flatten().map(ToString::to_string).collect()),
        disabled: Some(termination.disabled.unwrap_or(false)),
    }
}
