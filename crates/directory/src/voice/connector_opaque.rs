//! Settings of a connector that are kept and returned, and change nothing: emergency calling, external systems.

use api::Error;
use api::voice::{self, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Cx, Step, no_such};
use crate::record::Kind;
use crate::records::Connector;
use crate::tables::Mutation;

/// A wire structure in the form it is stored in.
pub(super) fn store<T: Serialize>(value: &T) -> Result<Value, Error> {
    serde_json::to_value(value).map_err(|error| Error::service_failure(format!("not storable: {error}")))
}

/// A wire structure as it was stored.
pub(super) fn restore<T: DeserializeOwned>(value: &Value) -> Result<T, Error> {
    T::deserialize(value).map_err(|error| Error::service_failure(format!("stored unreadable: {error}")))
}

pub(super) fn put_emergency(
    cx: &mut Cx<'_>,
    r: &voice::PutVoiceConnectorEmergencyCallingConfigurationRequest,
) -> Result<Step, Error> {
    let id = &r.voice_connector_id;
    let mut connector = cx.own::<Connector>(id).ok_or_else(|| no_such(Kind::Connector))?.clone();
    connector.emergency = Some(store(&r.emergency_calling_configuration)?);
    let reply = voice::PutVoiceConnectorEmergencyCallingConfigurationResponse {
        emergency_calling_configuration: Some(r.emergency_calling_configuration.clone()),
    };
    let reply = Response::PutVoiceConnectorEmergencyCallingConfiguration(reply);
    Ok(Step::write(Mutation::put(id, connector), reply))
}

pub(super) fn get_emergency(
    cx: &Cx<'_>,
    r: &voice::GetVoiceConnectorEmergencyCallingConfigurationRequest,
) -> Result<Step, Error> {
    let connector = cx.peek::<Connector>(&r.voice_connector_id).ok_or_else(|| no_such(Kind::Connector))?;
    let Some(emergency) = &connector.emergency else {
        return Err(Error::not_found("The voice connector has no emergency calling configuration."));
    };
    let reply = voice::GetVoiceConnectorEmergencyCallingConfigurationResponse {
        emergency_calling_configuration: Some(restore(emergency)?),
    };
    Ok(Step::Answer(Response::GetVoiceConnectorEmergencyCallingConfiguration(reply)))
}

pub(super) fn delete_emergency(
    cx: &mut Cx<'_>,
    r: &voice::DeleteVoiceConnectorEmergencyCallingConfigurationRequest,
) -> Result<Step, Error> {
    let id = &r.voice_connector_id;
    let mut connector = cx.own::<Connector>(id).ok_or_else(|| no_such(Kind::Connector))?.clone();
    connector.emergency = None;
    Ok(Step::write(Mutation::put(id, connector), Response::DeleteVoiceConnectorEmergencyCallingConfiguration))
}

pub(super) fn put_systems(
    cx: &mut Cx<'_>,
    r: &voice::PutVoiceConnectorExternalSystemsConfigurationRequest,
) -> Result<Step, Error> {
    let id = &r.voice_connector_id;
    let mut connector = cx.own::<Connector>(id).ok_or_else(|| no_such(Kind::Connector))?.clone();
    let systems = voice::ExternalSystemsConfiguration {
        session_border_controller_types: r.session_border_controller_types.clone(),
        contact_center_system_types: r.contact_center_system_types.clone(),
    };
    connector.external_systems = Some(store(&systems)?);
    let reply = voice::PutVoiceConnectorExternalSystemsConfigurationResponse {
        external_systems_configuration: Some(systems),
    };
    let reply = Response::PutVoiceConnectorExternalSystemsConfiguration(reply);
    Ok(Step::write(Mutation::put(id, connector), reply))
}

pub(super) fn get_systems(
    cx: &Cx<'_>,
    r: &voice::GetVoiceConnectorExternalSystemsConfigurationRequest,
) -> Result<Step, Error> {
    let connector = cx.peek::<Connector>(&r.voice_connector_id).ok_or_else(|| no_such(Kind::Connector))?;
    let Some(systems) = &connector.external_systems else {
        return Err(Error::not_found("The voice connector has no external systems configuration."));
    };
    let reply = voice::GetVoiceConnectorExternalSystemsConfigurationResponse {
        external_systems_configuration: Some(restore(systems)?),
    };
    Ok(Step::Answer(Response::GetVoiceConnectorExternalSystemsConfiguration(reply)))
}

pub(super) fn delete_systems(
    cx: &mut Cx<'_>,
    r: &voice::DeleteVoiceConnectorExternalSystemsConfigurationRequest,
) -> Result<Step, Error> {
    let id = &r.voice_connector_id;
    let mut connector = cx.own::<Connector>(id).ok_or_else(|| no_such(Kind::Connector))?.clone();
    connector.external_systems = None;
    Ok(Step::write(Mutation::put(id, connector), Response::DeleteVoiceConnectorExternalSystemsConfiguration))
}
