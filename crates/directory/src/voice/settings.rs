//! Settings of the account.

use api::voice::{self, Response};
use api::{Error, Sensitive};

use super::{Cx, Step};
use crate::record::SETTINGS;
use crate::records::Settings;
use crate::tables::Mutation;

pub(super) fn get_global(cx: &Cx<'_>) -> Result<Step, Error> {
    let settings = voice::VoiceConnectorSettings { cdr_bucket: cx.tables.account().cdr_bucket };
    let reply = voice::GetGlobalSettingsResponse { voice_connector: Some(settings) };
    Ok(Step::Answer(Response::GetGlobalSettings(reply)))
}

/// A bucket that is not given is cleared.
pub(super) fn update_global(cx: &mut Cx<'_>, r: &voice::UpdateGlobalSettingsRequest) -> Result<Step, Error> {
    let mut settings = own(cx);
    settings.cdr_bucket.clone_from(&r.voice_connector.cdr_bucket);
    Ok(Step::write(Mutation::put(SETTINGS, settings), Response::UpdateGlobalSettings))
}

pub(super) fn get_calling_name(cx: &Cx<'_>) -> Result<Step, Error> {
    let settings = cx.tables.account();
    let reply = voice::GetPhoneNumberSettingsResponse {
        calling_name: settings.calling_name.map(Sensitive),
        calling_name_updated_timestamp: settings.calling_name_updated,
    };
    Ok(Step::Answer(Response::GetPhoneNumberSettings(reply)))
}

pub(super) fn update_calling_name(
    cx: &mut Cx<'_>,
    r: &voice::UpdatePhoneNumberSettingsRequest,
) -> Result<Step, Error> {
    let mut settings = own(cx);
    settings.calling_name = Some(r.calling_name.0.clone());
    settings.calling_name_updated = Some(cx.now);
    Ok(Step::write(Mutation::put(SETTINGS, settings), Response::UpdatePhoneNumberSettings))
}

fn own(cx: &mut Cx<'_>) -> Settings {
    cx.own::<Settings>(SETTINGS).cloned().unwrap_or_default()
}
