//! Voice connectors: SIP trunks to the customer's equipment.

use api::arn::Resource;
use api::voice::{
    self, NetworkType, Response, VoiceConnectorAwsRegion as Region, VoiceConnectorIntegrationType,
};
use api::{Code, Error};

use super::tags::{new_tags, tag_map};
use super::{Cx, Step, no_such};
use crate::names::{arn, outbound_host};
use crate::record::{Kind, Rest};
use crate::records::{Attached, Connector, Logging, Protocol, Trigger};
use crate::tables::Mutation;
use api::page::Page;

/// Region of a connector whose creator names none.
const DEFAULT_REGION: Region = Region::UsEast1;

pub(super) fn create(cx: &mut Cx<'_>, r: &voice::CreateVoiceConnectorRequest) -> Result<Step, Error> {
    let tags = new_tags(r.tags.as_deref())?;
    cx.quota::<Connector>(cx.config.quotas.connectors, 1)?;
    let id = cx.mint_label::<Connector>();
    let connector = Connector {
        name: r.name.clone(),
        region: r.aws_region.unwrap_or(DEFAULT_REGION).as_str().to_owned(),
        require_encryption: r.require_encryption,
        integration: r.integration_type.map(|integration| integration.as_str().to_owned()),
        network: r.network_type.map(|network| network.as_str().to_owned()),
        created: cx.now,
        updated: cx.now,
        origination: None,
        termination: None,
        credentials: Default::default(),
        logging: Logging::default(),
        streaming: None,
        emergency: None,
        external_systems: None,
        tags: tag_map(tags),
        rest: Rest::new(),
    };
    let reply = voice::CreateVoiceConnectorResponse { voice_connector: Some(wire(cx, &id, &connector)) };
    Ok(Step::write(Mutation::put(id, connector), Response::CreateVoiceConnector(reply)))
}

pub(super) fn get(cx: &Cx<'_>, r: &voice::GetVoiceConnectorRequest) -> Result<Step, Error> {
    let id = &r.voice_connector_id;
    let connector = cx.peek::<Connector>(id).ok_or_else(|| no_such(Kind::Connector))?;
    let reply = voice::GetVoiceConnectorResponse { voice_connector: Some(wire(cx, id, connector)) };
    Ok(Step::Answer(Response::GetVoiceConnector(reply)))
}

pub(super) fn list(cx: &Cx<'_>, r: &voice::ListVoiceConnectorsRequest) -> Result<Step, Error> {
    let page = Page::new("connectors", r.max_results, r.next_token.as_deref())?;
    let rows = cx.tables.connectors.after(page.after()).map(|(id, row)| (id, wire(cx, id, row)));
    let (rows, next_token) = page.cut(rows);
    let reply = voice::ListVoiceConnectorsResponse { voice_connectors: Some(rows), next_token };
    Ok(Step::Answer(Response::ListVoiceConnectors(reply)))
}

pub(super) fn update(cx: &mut Cx<'_>, r: &voice::UpdateVoiceConnectorRequest) -> Result<Step, Error> {
    let id = &r.voice_connector_id;
    let mut connector = cx.own::<Connector>(id).ok_or_else(|| no_such(Kind::Connector))?.clone();
    let routes = connector.origination.as_ref().and_then(|origination| origination.routes.as_deref());
    if r.require_encryption && routes.unwrap_or_default().iter().any(|route| route.protocol == Protocol::Udp)
    {
        return Err(Error::bad_request("RequireEncryption needs origination routes whose Protocol is TCP."));
    }
    connector.name.clone_from(&r.name);
    connector.require_encryption = r.require_encryption;
    connector.updated = cx.now;
    let reply = voice::UpdateVoiceConnectorResponse { voice_connector: Some(wire(cx, id, &connector)) };
    Ok(Step::write(Mutation::put(id, connector), Response::UpdateVoiceConnector(reply)))
}

pub(super) fn delete(cx: &mut Cx<'_>, r: &voice::DeleteVoiceConnectorRequest) -> Result<Step, Error> {
    let id = &r.voice_connector_id;
    cx.own::<Connector>(id).ok_or_else(|| no_such(Kind::Connector))?;
    if cx.tables.attached_to(&Attached::Connector(id.clone()), None).next().is_some() {
        let error = Error::conflict("The voice connector has phone numbers.");
        return Err(error.with_code(Code::PhoneNumberAssociationsExist));
    }
    if cx.tables.in_a_group(id) {
        let error = Error::conflict("The voice connector belongs to a voice connector group.");
        return Err(error.with_code(Code::VoiceConnectorGroupAssociationsExist));
    }
    if let Some((rule, _)) = cx.tables.rule_of(&Trigger::Connector(id.clone())) {
        return Err(Error::conflict(format!(
            "The voice connector's host is the trigger of SIP rule {rule}."
        )));
    }
    Ok(Step::write(Mutation::delete::<Connector>(id), Response::DeleteVoiceConnector))
}

pub(super) fn regions() -> Result<Step, Error> {
    let reply = voice::ListAvailableVoiceConnectorRegionsResponse {
        voice_connector_regions: Some(Region::ALL.to_vec()),
    };
    Ok(Step::Answer(Response::ListAvailableVoiceConnectorRegions(reply)))
}

fn wire(cx: &Cx<'_>, id: &str, connector: &Connector) -> voice::VoiceConnector {
    let integrations = VoiceConnectorIntegrationType::ALL.iter().copied();
    voice::VoiceConnector {
        voice_connector_id: Some(id.to_owned()),
        aws_region: Region::ALL.iter().copied().find(|region| region.as_str() == connector.region),
        name: Some(connector.name.clone()),
        outbound_host_name: Some(outbound_host(id)),
        require_encryption: Some(connector.require_encryption),
        created_timestamp: Some(connector.created),
        updated_timestamp: Some(connector.updated),
        voice_connector_arn: Some(arn(cx.config, &connector.region, Resource::VoiceConnector(id.to_owned()))),
        integration_type: integrations
            .into_iter()
            .find(|i| connector.integration.as_deref() == Some(i.as_str())),
        network_type: NetworkType::ALL
            .iter()
            .copied()
            .find(|n| connector.network.as_deref() == Some(n.as_str())),
    }
}
