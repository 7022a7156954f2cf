//! Media streaming of a connector: for how long, and who is told.

use api::Error;
use api::voice::{self, Response, StreamingConfiguration};

use super::connector_opaque::{restore, store};
use super::{Cx, Step, no_such};
use crate::record::Kind;
use crate::records::Connector;
use crate::tables::Mutation;

pub(super) fn put(
    cx: &mut Cx<'_>,
    r: &voice::PutVoiceConnectorStreamingConfigurationRequest,
) -> Result<Step, Error> {
    let id = &r.voice_connector_id;
    let mut connector = cx.own::<Connector>(id).ok_or_else(|| no_such(Kind::Connector))?.clone();
    check(&r.streaming_configuration)?;
    connector.streaming = Some(store(&r.streaming_configuration)?);
    let reply = voice::PutVoiceConnectorStreamingConfigurationResponse {
        streaming_configuration: Some(r.streaming_configuration.clone()),
    };
    Ok(Step::write(Mutation::put(id, connector), Response::PutVoiceConnectorStreamingConfiguration(reply)))
}

pub(super) fn get(
    cx: &Cx<'_>,
    r: &voice::GetVoiceConnectorStreamingConfigurationRequest,
) -> Result<Step, Error> {
    let connector = cx.peek::<Connector>(&r.voice_connector_id).ok_or_else(|| no_such(Kind::Connector))?;
    let Some(streaming) = &connector.streaming else {
        return Err(Error::not_found("The voice connector has no streaming configuration."));
    };
    let reply = voice::GetVoiceConnectorStreamingConfigurationResponse {
        streaming_configuration: Some(restore(streaming)?),
    };
    Ok(Step::Answer(Response::GetVoiceConnectorStreamingConfiguration(reply)))
}

pub(super) fn delete(
    cx: &mut Cx<'_>,
    r: &voice::DeleteVoiceConnectorStreamingConfigurationRequest,
) -> Result<Step, Error> {
    let id = &r.voice_connector_id;
    let mut connector = cx.own::<Connector>(id).ok_or_else(|| no_such(Kind::Connector))?.clone();
    connector.streaming = None;
    Ok(Step::write(Mutation::put(id, connector), Response::DeleteVoiceConnectorStreamingConfiguration))
}

fn check(given: &StreamingConfiguration) -> Result<(), Error> {
    let mut targets: Vec<_> = given
        .streaming_notification_targets
        .iter()
        .flatten()
        .map(|target| target.notification_target)
        .collect();
    let count = targets.len();
    targets.sort_unstable();
    targets.dedup();
    if targets.contains(&None) || targets.len() < count {
        return Err(Error::bad_request(
            "StreamingNotificationTargets must have each NotificationTarget once.",
        ));
    }
    Ok(())
}
