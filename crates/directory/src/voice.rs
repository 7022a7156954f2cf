//! The operations of the telephone control plane: one file per resource, and the dispatch between them.

mod calls;
mod connector_groups;
mod connector_logging;
mod connector_opaque;
mod credentials;
mod number_associations;
mod number_orders;
mod number_search;
mod origination;
mod phone_numbers;
mod settings;
mod sip_media_applications;
mod sip_rules;
mod streaming;
mod tags;
mod termination;
mod voice_connectors;

pub use calls::{CallOrder, UpdateOrder};

use api::Error;
use api::voice::{Request, Response};

use crate::operation::{self, Cx, no_such};

/// What becomes of a request of this service.
pub(crate) type Step = operation::Step<Response>;

/// Answers a request, or says what has to be stored first.
pub(crate) fn evaluate(cx: &mut Cx<'_>, request: &Request) -> Result<Step, Error> {
    use Request as R;
    match request {
        R::CreateSipMediaApplication(r) => sip_media_applications::create(cx, r),
        R::GetSipMediaApplication(r) => sip_media_applications::get(cx, r),
        R::ListSipMediaApplications(r) => sip_media_applications::list(cx, r),
        R::UpdateSipMediaApplication(r) => sip_media_applications::update(cx, r),
        R::DeleteSipMediaApplication(r) => sip_media_applications::delete(cx, r),
        R::PutSipMediaApplicationLoggingConfiguration(r) => sip_media_applications::put_logging(cx, r),
        R::GetSipMediaApplicationLoggingConfiguration(r) => sip_media_applications::get_logging(cx, r),

        R::CreateSipMediaApplicationCall(r) => calls::create(cx, r),
        R::UpdateSipMediaApplicationCall(r) => calls::update(cx, r),

        R::CreateSipRule(r) => sip_rules::create(cx, r),
        R::GetSipRule(r) => sip_rules::get(cx, r),
        R::ListSipRules(r) => sip_rules::list(cx, r),
        R::UpdateSipRule(r) => sip_rules::update(cx, r),
        R::DeleteSipRule(r) => sip_rules::delete(cx, r),

        R::CreateVoiceConnector(r) => voice_connectors::create(cx, r),
        R::GetVoiceConnector(r) => voice_connectors::get(cx, r),
        R::ListVoiceConnectors(r) => voice_connectors::list(cx, r),
        R::UpdateVoiceConnector(r) => voice_connectors::update(cx, r),
        R::DeleteVoiceConnector(r) => voice_connectors::delete(cx, r),
        R::ListAvailableVoiceConnectorRegions => voice_connectors::regions(),

        R::PutVoiceConnectorOrigination(r) => origination::put(cx, r),
        R::GetVoiceConnectorOrigination(r) => origination::get(cx, r),
        R::DeleteVoiceConnectorOrigination(r) => origination::delete(cx, r),

        R::PutVoiceConnectorTermination(r) => termination::put(cx, r),
        R::GetVoiceConnectorTermination(r) => termination::get(cx, r),
        R::DeleteVoiceConnectorTermination(r) => termination::delete(cx, r),
        R::GetVoiceConnectorTerminationHealth(r) => termination::health(cx, r),

        R::PutVoiceConnectorTerminationCredentials(r) => credentials::put(cx, r),
        R::ListVoiceConnectorTerminationCredentials(r) => credentials::list(cx, r),
        R::DeleteVoiceConnectorTerminationCredentials(r) => credentials::delete(cx, r),

        R::PutVoiceConnectorStreamingConfiguration(r) => streaming::put(cx, r),
        R::GetVoiceConnectorStreamingConfiguration(r) => streaming::get(cx, r),
        R::DeleteVoiceConnectorStreamingConfiguration(r) => streaming::delete(cx, r),

        R::PutVoiceConnectorLoggingConfiguration(r) => connector_logging::put(cx, r),
        R::GetVoiceConnectorLoggingConfiguration(r) => connector_logging::get(cx, r),

        R::PutVoiceConnectorEmergencyCallingConfiguration(r) => connector_opaque::put_emergency(cx, r),
        R::GetVoiceConnectorEmergencyCallingConfiguration(r) => connector_opaque::get_emergency(cx, r),
        R::DeleteVoiceConnectorEmergencyCallingConfiguration(r) => connector_opaque::delete_emergency(cx, r),
        R::PutVoiceConnectorExternalSystemsConfiguration(r) => connector_opaque::put_systems(cx, r),
        R::GetVoiceConnectorExternalSystemsConfiguration(r) => connector_opaque::get_systems(cx, r),
        R::DeleteVoiceConnectorExternalSystemsConfiguration(r) => connector_opaque::delete_systems(cx, r),

        R::CreateVoiceConnectorGroup(r) => connector_groups::create(cx, r),
        R::GetVoiceConnectorGroup(r) => connector_groups::get(cx, r),
        R::ListVoiceConnectorGroups(r) => connector_groups::list(cx, r),
        R::UpdateVoiceConnectorGroup(r) => connector_groups::update(cx, r),
        R::DeleteVoiceConnectorGroup(r) => connector_groups::delete(cx, r),

        R::AssociatePhoneNumbersWithVoiceConnector(r) => number_associations::with_connector(cx, r),
        R::DisassociatePhoneNumbersFromVoiceConnector(r) => number_associations::from_connector(cx, r),
        R::AssociatePhoneNumbersWithVoiceConnectorGroup(r) => number_associations::with_group(cx, r),
        R::DisassociatePhoneNumbersFromVoiceConnectorGroup(r) => number_associations::from_group(cx, r),

        R::SearchAvailablePhoneNumbers(r) => number_search::search(cx, r),
        R::ListSupportedPhoneNumberCountries(_) => number_search::countries(cx),
        R::CreatePhoneNumberOrder(r) => number_orders::create(cx, r),
        R::GetPhoneNumberOrder(r) => number_orders::get(cx, r),
        R::ListPhoneNumberOrders(r) => number_orders::list(cx, r),

        R::ListPhoneNumbers(r) => phone_numbers::list(cx, r),
        R::GetPhoneNumber(r) => phone_numbers::get(cx, r),
        R::UpdatePhoneNumber(r) => phone_numbers::update(cx, r),
        R::BatchUpdatePhoneNumber(r) => phone_numbers::batch_update(cx, r),
        R::DeletePhoneNumber(r) => phone_numbers::delete(cx, r),
        R::BatchDeletePhoneNumber(r) => phone_numbers::batch_delete(cx, r),
        R::RestorePhoneNumber(r) => phone_numbers::restore(cx, r),

        R::TagResource(r) => tags::tag(cx, r),
        R::UntagResource(r) => tags::untag(cx, r),
        R::ListTagsForResource(r) => tags::list(cx, r),

        R::GetGlobalSettings => settings::get_global(cx),
        R::UpdateGlobalSettings(r) => settings::update_global(cx, r),
        R::GetPhoneNumberSettings => settings::get_calling_name(cx),
        R::UpdatePhoneNumberSettings(r) => settings::update_calling_name(cx, r),

        R::ValidateE911Address(_)
        | R::PutVoiceConnectorProxy(_)
        | R::GetVoiceConnectorProxy(_)
        | R::DeleteVoiceConnectorProxy(_)
        | R::CreateProxySession(_)
        | R::GetProxySession(_)
        | R::ListProxySessions(_)
        | R::UpdateProxySession(_)
        | R::DeleteProxySession(_) => Err(Error::not_implemented(request.operation().facts().name)),
    }
}
