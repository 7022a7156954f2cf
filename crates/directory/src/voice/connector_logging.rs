//! Switches of a connector's logs.

use api::Error;
use api::voice::{self, LoggingConfiguration, Response};

use super::{Cx, Step, no_such};
use crate::record::Kind;
use crate::records::{Connector, Logging};
use crate::tables::Mutation;

pub(super) fn put(
    cx: &mut Cx<'_>,
    r: &voice::PutVoiceConnectorLoggingConfigurationRequest,
) -> Result<Step, Error> {
    let id = &r.voice_connector_id;
    let mut connector = cx.own::<Connector>(id).ok_or_else(|| no_such(Kind::Connector))?.clone();
    let given = &r.logging_configuration;
    connector.logging = Logging { sip: given.enable_sip_logs, media_metrics: given.enable_media_metric_logs };
    let reply = voice::PutVoiceConnectorLoggingConfigurationResponse {
        logging_configuration: Some(wire(connector.logging)),
    };
    Ok(Step::write(Mutation::put(id, connector), Response::PutVoiceConnectorLoggingConfiguration(reply)))
}

pub(super) fn get(
    cx: &Cx<'_>,
    r: &voice::GetVoiceConnectorLoggingConfigurationRequest,
) -> Result<Step, Error> {
    let connector = cx.peek::<Connector>(&r.voice_connector_id).ok_or_else(|| no_such(Kind::Connector))?;
    let reply = voice::GetVoiceConnectorLoggingConfigurationResponse {
        logging_configuration: Some(wire(connector.logging)),
    };
    Ok(Step::Answer(Response::GetVoiceConnectorLoggingConfiguration(reply)))
}

/// What was omitted stays omitted.
fn wire(logging: Logging) -> LoggingConfiguration {
    LoggingConfiguration { enable_sip_logs: logging.sip, enable_media_metric_logs: logging.media_metrics }
}
