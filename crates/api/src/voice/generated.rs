// Written by `cargo xtask codegen` from crates/api/facts/voice.json: change that, not this.

use std::fmt;

use base::{E164, Pii, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::error::Kind;
use crate::rest::Input;
use crate::schema::{Member, Pattern, Shape};
use crate::service::{Facts, Method, Tier};
use crate::wire::{Pairs, Sensitive};

/// Name of the service in its SDKs.
pub const SERVICE: &str = "chime-sdk-voice";

/// Version of the API.
pub const VERSION: &str = "2022-08-03";

/// Service name in a signature's scope.
pub const SIGNING_NAME: &str = "chime";

/// Every operation of the service, served or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operation {
    /// `POST /voice-connectors/{voiceConnectorId}?operation=associate-phone-numbers`
    AssociatePhoneNumbersWithVoiceConnector,
    /// `POST /voice-connector-groups/{voiceConnectorGroupId}?operation=associate-phone-numbers`
    AssociatePhoneNumbersWithVoiceConnectorGroup,
    /// `POST /phone-numbers?operation=batch-delete`
    BatchDeletePhoneNumber,
    /// `POST /phone-numbers?operation=batch-update`
    BatchUpdatePhoneNumber,
    /// `POST /phone-number-orders`
    CreatePhoneNumberOrder,
    /// `POST /voice-connectors/{voiceConnectorId}/proxy-sessions`
    CreateProxySession,
    /// `POST /sip-media-applications`
    CreateSipMediaApplication,
    /// `POST /sip-media-applications/{sipMediaApplicationId}/calls`
    CreateSipMediaApplicationCall,
    /// `POST /sip-rules`
    CreateSipRule,
    /// `POST /voice-connectors`
    CreateVoiceConnector,
    /// `POST /voice-connector-groups`
    CreateVoiceConnectorGroup,
    /// `POST /voice-profiles`
    CreateVoiceProfile,
    /// `POST /voice-profile-domains`
    CreateVoiceProfileDomain,
    /// `DELETE /phone-numbers/{phoneNumberId}`
    DeletePhoneNumber,
    /// `DELETE /voice-connectors/{voiceConnectorId}/proxy-sessions/{proxySessionId}`
    DeleteProxySession,
    /// `DELETE /sip-media-applications/{sipMediaApplicationId}`
    DeleteSipMediaApplication,
    /// `DELETE /sip-rules/{sipRuleId}`
    DeleteSipRule,
    /// `DELETE /voice-connectors/{voiceConnectorId}`
    DeleteVoiceConnector,
    /// `DELETE /voice-connectors/{voiceConnectorId}/emergency-calling-configuration`
    DeleteVoiceConnectorEmergencyCallingConfiguration,
    /// `DELETE /voice-connectors/{voiceConnectorId}/external-systems-configuration`
    DeleteVoiceConnectorExternalSystemsConfiguration,
    /// `DELETE /voice-connector-groups/{voiceConnectorGroupId}`
    DeleteVoiceConnectorGroup,
    /// `DELETE /voice-connectors/{voiceConnectorId}/origination`
    DeleteVoiceConnectorOrigination,
    /// `DELETE /voice-connectors/{voiceConnectorId}/programmable-numbers/proxy`
    DeleteVoiceConnectorProxy,
    /// `DELETE /voice-connectors/{voiceConnectorId}/streaming-configuration`
    DeleteVoiceConnectorStreamingConfiguration,
    /// `DELETE /voice-connectors/{voiceConnectorId}/termination`
    DeleteVoiceConnectorTermination,
    /// `POST /voice-connectors/{voiceConnectorId}/termination/credentials?operation=delete`
    DeleteVoiceConnectorTerminationCredentials,
    /// `DELETE /voice-profiles/{VoiceProfileId}`
    DeleteVoiceProfile,
    /// `DELETE /voice-profile-domains/{VoiceProfileDomainId}`
    DeleteVoiceProfileDomain,
    /// `POST /voice-connectors/{voiceConnectorId}?operation=disassociate-phone-numbers`
    DisassociatePhoneNumbersFromVoiceConnector,
    /// `POST /voice-connector-groups/{voiceConnectorGroupId}?operation=disassociate-phone-numbers`
    DisassociatePhoneNumbersFromVoiceConnectorGroup,
    /// `GET /settings`
    GetGlobalSettings,
    /// `GET /phone-numbers/{phoneNumberId}`
    GetPhoneNumber,
    /// `GET /phone-number-orders/{phoneNumberOrderId}`
    GetPhoneNumberOrder,
    /// `GET /settings/phone-number`
    GetPhoneNumberSettings,
    /// `GET /voice-connectors/{voiceConnectorId}/proxy-sessions/{proxySessionId}`
    GetProxySession,
    /// `GET /sip-media-applications/{sipMediaApplicationId}`
    GetSipMediaApplication,
    /// `GET /sip-media-applications/{sipMediaApplicationId}/alexa-skill-configuration`
    GetSipMediaApplicationAlexaSkillConfiguration,
    /// `GET /sip-media-applications/{sipMediaApplicationId}/logging-configuration`
    GetSipMediaApplicationLoggingConfiguration,
    /// `GET /sip-rules/{sipRuleId}`
    GetSipRule,
    /// `GET /voice-connectors/{VoiceConnectorId}/speaker-search-tasks/{SpeakerSearchTaskId}`
    GetSpeakerSearchTask,
    /// `GET /voice-connectors/{voiceConnectorId}`
    GetVoiceConnector,
    /// `GET /voice-connectors/{voiceConnectorId}/emergency-calling-configuration`
    GetVoiceConnectorEmergencyCallingConfiguration,
    /// `GET /voice-connectors/{voiceConnectorId}/external-systems-configuration`
    GetVoiceConnectorExternalSystemsConfiguration,
    /// `GET /voice-connector-groups/{voiceConnectorGroupId}`
    GetVoiceConnectorGroup,
    /// `GET /voice-connectors/{voiceConnectorId}/logging-configuration`
    GetVoiceConnectorLoggingConfiguration,
    /// `GET /voice-connectors/{voiceConnectorId}/origination`
    GetVoiceConnectorOrigination,
    /// `GET /voice-connectors/{voiceConnectorId}/programmable-numbers/proxy`
    GetVoiceConnectorProxy,
    /// `GET /voice-connectors/{voiceConnectorId}/streaming-configuration`
    GetVoiceConnectorStreamingConfiguration,
    /// `GET /voice-connectors/{voiceConnectorId}/termination`
    GetVoiceConnectorTermination,
    /// `GET /voice-connectors/{voiceConnectorId}/termination/health`
    GetVoiceConnectorTerminationHealth,
    /// `GET /voice-profiles/{VoiceProfileId}`
    GetVoiceProfile,
    /// `GET /voice-profile-domains/{VoiceProfileDomainId}`
    GetVoiceProfileDomain,
    /// `GET /voice-connectors/{VoiceConnectorId}/voice-tone-analysis-tasks/{VoiceToneAnalysisTaskId}`
    GetVoiceToneAnalysisTask,
    /// `GET /voice-connector-regions`
    ListAvailableVoiceConnectorRegions,
    /// `GET /phone-number-orders`
    ListPhoneNumberOrders,
    /// `GET /phone-numbers`
    ListPhoneNumbers,
    /// `GET /voice-connectors/{voiceConnectorId}/proxy-sessions`
    ListProxySessions,
    /// `GET /sip-media-applications`
    ListSipMediaApplications,
    /// `GET /sip-rules`
    ListSipRules,
    /// `GET /phone-number-countries`
    ListSupportedPhoneNumberCountries,
    /// `GET /tags`
    ListTagsForResource,
    /// `GET /voice-connector-groups`
    ListVoiceConnectorGroups,
    /// `GET /voice-connectors/{voiceConnectorId}/termination/credentials`
    ListVoiceConnectorTerminationCredentials,
    /// `GET /voice-connectors`
    ListVoiceConnectors,
    /// `GET /voice-profile-domains`
    ListVoiceProfileDomains,
    /// `GET /voice-profiles`
    ListVoiceProfiles,
    /// `PUT /sip-media-applications/{sipMediaApplicationId}/alexa-skill-configuration`
    PutSipMediaApplicationAlexaSkillConfiguration,
    /// `PUT /sip-media-applications/{sipMediaApplicationId}/logging-configuration`
    PutSipMediaApplicationLoggingConfiguration,
    /// `PUT /voice-connectors/{voiceConnectorId}/emergency-calling-configuration`
    PutVoiceConnectorEmergencyCallingConfiguration,
    /// `PUT /voice-connectors/{voiceConnectorId}/external-systems-configuration`
    PutVoiceConnectorExternalSystemsConfiguration,
    /// `PUT /voice-connectors/{voiceConnectorId}/logging-configuration`
    PutVoiceConnectorLoggingConfiguration,
    /// `PUT /voice-connectors/{voiceConnectorId}/origination`
    PutVoiceConnectorOrigination,
    /// `PUT /voice-connectors/{voiceConnectorId}/programmable-numbers/proxy`
    PutVoiceConnectorProxy,
    /// `PUT /voice-connectors/{voiceConnectorId}/streaming-configuration`
    PutVoiceConnectorStreamingConfiguration,
    /// `PUT /voice-connectors/{voiceConnectorId}/termination`
    PutVoiceConnectorTermination,
    /// `POST /voice-connectors/{voiceConnectorId}/termination/credentials?operation=put`
    PutVoiceConnectorTerminationCredentials,
    /// `POST /phone-numbers/{phoneNumberId}?operation=restore`
    RestorePhoneNumber,
    /// `GET /search?type=phone-numbers`
    SearchAvailablePhoneNumbers,
    /// `POST /voice-connectors/{VoiceConnectorId}/speaker-search-tasks`
    StartSpeakerSearchTask,
    /// `POST /voice-connectors/{VoiceConnectorId}/voice-tone-analysis-tasks`
    StartVoiceToneAnalysisTask,
    /// `POST /voice-connectors/{VoiceConnectorId}/speaker-search-tasks/{SpeakerSearchTaskId}?operation=stop`
    StopSpeakerSearchTask,
    /// `POST /voice-connectors/{VoiceConnectorId}/voice-tone-analysis-tasks/{VoiceToneAnalysisTaskId}?operation=stop`
    StopVoiceToneAnalysisTask,
    /// `POST /tags?operation=tag-resource`
    TagResource,
    /// `POST /tags?operation=untag-resource`
    UntagResource,
    /// `PUT /settings`
    UpdateGlobalSettings,
    /// `POST /phone-numbers/{phoneNumberId}`
    UpdatePhoneNumber,
    /// `PUT /settings/phone-number`
    UpdatePhoneNumberSettings,
    /// `POST /voice-connectors/{voiceConnectorId}/proxy-sessions/{proxySessionId}`
    UpdateProxySession,
    /// `PUT /sip-media-applications/{sipMediaApplicationId}`
    UpdateSipMediaApplication,
    /// `POST /sip-media-applications/{sipMediaApplicationId}/calls/{transactionId}`
    UpdateSipMediaApplicationCall,
    /// `PUT /sip-rules/{sipRuleId}`
    UpdateSipRule,
    /// `PUT /voice-connectors/{voiceConnectorId}`
    UpdateVoiceConnector,
    /// `PUT /voice-connector-groups/{voiceConnectorGroupId}`
    UpdateVoiceConnectorGroup,
    /// `PUT /voice-profiles/{VoiceProfileId}`
    UpdateVoiceProfile,
    /// `PUT /voice-profile-domains/{VoiceProfileDomainId}`
    UpdateVoiceProfileDomain,
    /// `POST /emergency-calling/address`
    ValidateE911Address,
}

impl Operation {
    /// All of them, in the order of their names.
    pub const ALL: [Operation; 96] = [
        Operation::AssociatePhoneNumbersWithVoiceConnector,
        Operation::AssociatePhoneNumbersWithVoiceConnectorGroup,
        Operation::BatchDeletePhoneNumber,
        Operation::BatchUpdatePhoneNumber,
        Operation::CreatePhoneNumberOrder,
        Operation::CreateProxySession,
        Operation::CreateSipMediaApplication,
        Operation::CreateSipMediaApplicationCall,
        Operation::CreateSipRule,
        Operation::CreateVoiceConnector,
        Operation::CreateVoiceConnectorGroup,
        Operation::CreateVoiceProfile,
        Operation::CreateVoiceProfileDomain,
        Operation::DeletePhoneNumber,
        Operation::DeleteProxySession,
        Operation::DeleteSipMediaApplication,
        Operation::DeleteSipRule,
        Operation::DeleteVoiceConnector,
        Operation::DeleteVoiceConnectorEmergencyCallingConfiguration,
        Operation::DeleteVoiceConnectorExternalSystemsConfiguration,
        Operation::DeleteVoiceConnectorGroup,
        Operation::DeleteVoiceConnectorOrigination,
        Operation::DeleteVoiceConnectorProxy,
        Operation::DeleteVoiceConnectorStreamingConfiguration,
        Operation::DeleteVoiceConnectorTermination,
        Operation::DeleteVoiceConnectorTerminationCredentials,
        Operation::DeleteVoiceProfile,
        Operation::DeleteVoiceProfileDomain,
        Operation::DisassociatePhoneNumbersFromVoiceConnector,
        Operation::DisassociatePhoneNumbersFromVoiceConnectorGroup,
        Operation::GetGlobalSettings,
        Operation::GetPhoneNumber,
        Operation::GetPhoneNumberOrder,
        Operation::GetPhoneNumberSettings,
        Operation::GetProxySession,
        Operation::GetSipMediaApplication,
        Operation::GetSipMediaApplicationAlexaSkillConfiguration,
        Operation::GetSipMediaApplicationLoggingConfiguration,
        Operation::GetSipRule,
        Operation::GetSpeakerSearchTask,
        Operation::GetVoiceConnector,
        Operation::GetVoiceConnectorEmergencyCallingConfiguration,
        Operation::GetVoiceConnectorExternalSystemsConfiguration,
        Operation::GetVoiceConnectorGroup,
        Operation::GetVoiceConnectorLoggingConfiguration,
        Operation::GetVoiceConnectorOrigination,
        Operation::GetVoiceConnectorProxy,
        Operation::GetVoiceConnectorStreamingConfiguration,
        Operation::GetVoiceConnectorTermination,
        Operation::GetVoiceConnectorTerminationHealth,
        Operation::GetVoiceProfile,
        Operation::GetVoiceProfileDomain,
        Operation::GetVoiceToneAnalysisTask,
        Operation::ListAvailableVoiceConnectorRegions,
        Operation::ListPhoneNumberOrders,
        Operation::ListPhoneNumbers,
        Operation::ListProxySessions,
        Operation::ListSipMediaApplications,
        Operation::ListSipRules,
        Operation::ListSupportedPhoneNumberCountries,
        Operation::ListTagsForResource,
        Operation::ListVoiceConnectorGroups,
        Operation::ListVoiceConnectorTerminationCredentials,
        Operation::ListVoiceConnectors,
        Operation::ListVoiceProfileDomains,
        Operation::ListVoiceProfiles,
        Operation::PutSipMediaApplicationAlexaSkillConfiguration,
        Operation::PutSipMediaApplicationLoggingConfiguration,
        Operation::PutVoiceConnectorEmergencyCallingConfiguration,
        Operation::PutVoiceConnectorExternalSystemsConfiguration,
        Operation::PutVoiceConnectorLoggingConfiguration,
        Operation::PutVoiceConnectorOrigination,
        Operation::PutVoiceConnectorProxy,
        Operation::PutVoiceConnectorStreamingConfiguration,
        Operation::PutVoiceConnectorTermination,
        Operation::PutVoiceConnectorTerminationCredentials,
        Operation::RestorePhoneNumber,
        Operation::SearchAvailablePhoneNumbers,
        Operation::StartSpeakerSearchTask,
        Operation::StartVoiceToneAnalysisTask,
        Operation::StopSpeakerSearchTask,
        Operation::StopVoiceToneAnalysisTask,
        Operation::TagResource,
        Operation::UntagResource,
        Operation::UpdateGlobalSettings,
        Operation::UpdatePhoneNumber,
        Operation::UpdatePhoneNumberSettings,
        Operation::UpdateProxySession,
        Operation::UpdateSipMediaApplication,
        Operation::UpdateSipMediaApplicationCall,
        Operation::UpdateSipRule,
        Operation::UpdateVoiceConnector,
        Operation::UpdateVoiceConnectorGroup,
        Operation::UpdateVoiceProfile,
        Operation::UpdateVoiceProfileDomain,
        Operation::ValidateE911Address,
    ];

    /// What the service's model says of it.
    pub const fn facts(self) -> &'static Facts {
        &FACTS[self as usize]
    }

    /// Its input structure; none when it takes no members or is out of scope.
    pub(crate) const fn input(self) -> Option<&'static Input> {
        match self {
            Operation::AssociatePhoneNumbersWithVoiceConnector => {
                Some(&ASSOCIATE_PHONE_NUMBERS_WITH_VOICE_CONNECTOR_REQUEST_INPUT)
            }
            Operation::AssociatePhoneNumbersWithVoiceConnectorGroup => {
                Some(&ASSOCIATE_PHONE_NUMBERS_WITH_VOICE_CONNECTOR_GROUP_REQUEST_INPUT)
            }
            Operation::BatchDeletePhoneNumber => Some(&BATCH_DELETE_PHONE_NUMBER_REQUEST_INPUT),
            Operation::BatchUpdatePhoneNumber => Some(&BATCH_UPDATE_PHONE_NUMBER_REQUEST_INPUT),
            Operation::CreatePhoneNumberOrder => Some(&CREATE_PHONE_NUMBER_ORDER_REQUEST_INPUT),
            Operation::CreateProxySession => Some(&CREATE_PROXY_SESSION_REQUEST_INPUT),
            Operation::CreateSipMediaApplication => Some(&CREATE_SIP_MEDIA_APPLICATION_REQUEST_INPUT),
            Operation::CreateSipMediaApplicationCall => {
                Some(&CREATE_SIP_MEDIA_APPLICATION_CALL_REQUEST_INPUT)
            }
            Operation::CreateSipRule => Some(&CREATE_SIP_RULE_REQUEST_INPUT),
            Operation::CreateVoiceConnector => Some(&CREATE_VOICE_CONNECTOR_REQUEST_INPUT),
            Operation::CreateVoiceConnectorGroup => Some(&CREATE_VOICE_CONNECTOR_GROUP_REQUEST_INPUT),
            Operation::DeletePhoneNumber => Some(&DELETE_PHONE_NUMBER_REQUEST_INPUT),
            Operation::DeleteProxySession => Some(&DELETE_PROXY_SESSION_REQUEST_INPUT),
            Operation::DeleteSipMediaApplication => Some(&DELETE_SIP_MEDIA_APPLICATION_REQUEST_INPUT),
            Operation::DeleteSipRule => Some(&DELETE_SIP_RULE_REQUEST_INPUT),
            Operation::DeleteVoiceConnector => Some(&DELETE_VOICE_CONNECTOR_REQUEST_INPUT),
            Operation::DeleteVoiceConnectorEmergencyCallingConfiguration => {
                Some(&DELETE_VOICE_CONNECTOR_EMERGENCY_CALLING_CONFIGURATION_REQUEST_INPUT)
            }
            Operation::DeleteVoiceConnectorExternalSystemsConfiguration => {
                Some(&DELETE_VOICE_CONNECTOR_EXTERNAL_SYSTEMS_CONFIGURATION_REQUEST_INPUT)
            }
            Operation::DeleteVoiceConnectorGroup => Some(&DELETE_VOICE_CONNECTOR_GROUP_REQUEST_INPUT),
            Operation::DeleteVoiceConnectorOrigination => {
                Some(&DELETE_VOICE_CONNECTOR_ORIGINATION_REQUEST_INPUT)
            }
            Operation::DeleteVoiceConnectorProxy => Some(&DELETE_VOICE_CONNECTOR_PROXY_REQUEST_INPUT),
            Operation::DeleteVoiceConnectorStreamingConfiguration => {
                Some(&DELETE_VOICE_CONNECTOR_STREAMING_CONFIGURATION_REQUEST_INPUT)
            }
            Operation::DeleteVoiceConnectorTermination => {
                Some(&DELETE_VOICE_CONNECTOR_TERMINATION_REQUEST_INPUT)
            }
            Operation::DeleteVoiceConnectorTerminationCredentials => {
                Some(&DELETE_VOICE_CONNECTOR_TERMINATION_CREDENTIALS_REQUEST_INPUT)
            }
            Operation::DisassociatePhoneNumbersFromVoiceConnector => {
                Some(&DISASSOCIATE_PHONE_NUMBERS_FROM_VOICE_CONNECTOR_REQUEST_INPUT)
            }
            Operation::DisassociatePhoneNumbersFromVoiceConnectorGroup => {
                Some(&DISASSOCIATE_PHONE_NUMBERS_FROM_VOICE_CONNECTOR_GROUP_REQUEST_INPUT)
            }
            Operation::GetPhoneNumber => Some(&GET_PHONE_NUMBER_REQUEST_INPUT),
            Operation::GetPhoneNumberOrder => Some(&GET_PHONE_NUMBER_ORDER_REQUEST_INPUT),
            Operation::GetProxySession => Some(&GET_PROXY_SESSION_REQUEST_INPUT),
            Operation::GetSipMediaApplication => Some(&GET_SIP_MEDIA_APPLICATION_REQUEST_INPUT),
            Operation::GetSipMediaApplicationLoggingConfiguration => {
                Some(&GET_SIP_MEDIA_APPLICATION_LOGGING_CONFIGURATION_REQUEST_INPUT)
            }
            Operation::GetSipRule => Some(&GET_SIP_RULE_REQUEST_INPUT),
            Operation::GetVoiceConnector => Some(&GET_VOICE_CONNECTOR_REQUEST_INPUT),
            Operation::GetVoiceConnectorEmergencyCallingConfiguration => {
                Some(&GET_VOICE_CONNECTOR_EMERGENCY_CALLING_CONFIGURATION_REQUEST_INPUT)
            }
            Operation::GetVoiceConnectorExternalSystemsConfiguration => {
                Some(&GET_VOICE_CONNECTOR_EXTERNAL_SYSTEMS_CONFIGURATION_REQUEST_INPUT)
            }
            Operation::GetVoiceConnectorGroup => Some(&GET_VOICE_CONNECTOR_GROUP_REQUEST_INPUT),
            Operation::GetVoiceConnectorLoggingConfiguration => {
                Some(&GET_VOICE_CONNECTOR_LOGGING_CONFIGURATION_REQUEST_INPUT)
            }
            Operation::GetVoiceConnectorOrigination => Some(&GET_VOICE_CONNECTOR_ORIGINATION_REQUEST_INPUT),
            Operation::GetVoiceConnectorProxy => Some(&GET_VOICE_CONNECTOR_PROXY_REQUEST_INPUT),
            Operation::GetVoiceConnectorStreamingConfiguration => {
                Some(&GET_VOICE_CONNECTOR_STREAMING_CONFIGURATION_REQUEST_INPUT)
            }
            Operation::GetVoiceConnectorTermination => Some(&GET_VOICE_CONNECTOR_TERMINATION_REQUEST_INPUT),
            Operation::GetVoiceConnectorTerminationHealth => {
                Some(&GET_VOICE_CONNECTOR_TERMINATION_HEALTH_REQUEST_INPUT)
            }
            Operation::ListPhoneNumberOrders => Some(&LIST_PHONE_NUMBER_ORDERS_REQUEST_INPUT),
            Operation::ListPhoneNumbers => Some(&LIST_PHONE_NUMBERS_REQUEST_INPUT),
            Operation::ListProxySessions => Some(&LIST_PROXY_SESSIONS_REQUEST_INPUT),
            Operation::ListSipMediaApplications => Some(&LIST_SIP_MEDIA_APPLICATIONS_REQUEST_INPUT),
            Operation::ListSipRules => Some(&LIST_SIP_RULES_REQUEST_INPUT),
            Operation::ListSupportedPhoneNumberCountries => {
                Some(&LIST_SUPPORTED_PHONE_NUMBER_COUNTRIES_REQUEST_INPUT)
            }
            Operation::ListTagsForResource => Some(&LIST_TAGS_FOR_RESOURCE_REQUEST_INPUT),
            Operation::ListVoiceConnectorGroups => Some(&LIST_VOICE_CONNECTOR_GROUPS_REQUEST_INPUT),
            Operation::ListVoiceConnectorTerminationCredentials => {
                Some(&LIST_VOICE_CONNECTOR_TERMINATION_CREDENTIALS_REQUEST_INPUT)
            }
            Operation::ListVoiceConnectors => Some(&LIST_VOICE_CONNECTORS_REQUEST_INPUT),
            Operation::PutSipMediaApplicationLoggingConfiguration => {
                Some(&PUT_SIP_MEDIA_APPLICATION_LOGGING_CONFIGURATION_REQUEST_INPUT)
            }
            Operation::PutVoiceConnectorEmergencyCallingConfiguration => {
                Some(&PUT_VOICE_CONNECTOR_EMERGENCY_CALLING_CONFIGURATION_REQUEST_INPUT)
            }
            Operation::PutVoiceConnectorExternalSystemsConfiguration => {
                Some(&PUT_VOICE_CONNECTOR_EXTERNAL_SYSTEMS_CONFIGURATION_REQUEST_INPUT)
            }
            Operation::PutVoiceConnectorLoggingConfiguration => {
                Some(&PUT_VOICE_CONNECTOR_LOGGING_CONFIGURATION_REQUEST_INPUT)
            }
            Operation::PutVoiceConnectorOrigination => Some(&PUT_VOICE_CONNECTOR_ORIGINATION_REQUEST_INPUT),
            Operation::PutVoiceConnectorProxy => Some(&PUT_VOICE_CONNECTOR_PROXY_REQUEST_INPUT),
            Operation::PutVoiceConnectorStreamingConfiguration => {
                Some(&PUT_VOICE_CONNECTOR_STREAMING_CONFIGURATION_REQUEST_INPUT)
            }
            Operation::PutVoiceConnectorTermination => Some(&PUT_VOICE_CONNECTOR_TERMINATION_REQUEST_INPUT),
            Operation::PutVoiceConnectorTerminationCredentials => {
                Some(&PUT_VOICE_CONNECTOR_TERMINATION_CREDENTIALS_REQUEST_INPUT)
            }
            Operation::RestorePhoneNumber => Some(&RESTORE_PHONE_NUMBER_REQUEST_INPUT),
            Operation::SearchAvailablePhoneNumbers => Some(&SEARCH_AVAILABLE_PHONE_NUMBERS_REQUEST_INPUT),
            Operation::TagResource => Some(&TAG_RESOURCE_REQUEST_INPUT),
            Operation::UntagResource => Some(&UNTAG_RESOURCE_REQUEST_INPUT),
            Operation::UpdateGlobalSettings => Some(&UPDATE_GLOBAL_SETTINGS_REQUEST_INPUT),
            Operation::UpdatePhoneNumber => Some(&UPDATE_PHONE_NUMBER_REQUEST_INPUT),
            Operation::UpdatePhoneNumberSettings => Some(&UPDATE_PHONE_NUMBER_SETTINGS_REQUEST_INPUT),
            Operation::UpdateProxySession => Some(&UPDATE_PROXY_SESSION_REQUEST_INPUT),
            Operation::UpdateSipMediaApplication => Some(&UPDATE_SIP_MEDIA_APPLICATION_REQUEST_INPUT),
            Operation::UpdateSipMediaApplicationCall => {
                Some(&UPDATE_SIP_MEDIA_APPLICATION_CALL_REQUEST_INPUT)
            }
            Operation::UpdateSipRule => Some(&UPDATE_SIP_RULE_REQUEST_INPUT),
            Operation::UpdateVoiceConnector => Some(&UPDATE_VOICE_CONNECTOR_REQUEST_INPUT),
            Operation::UpdateVoiceConnectorGroup => Some(&UPDATE_VOICE_CONNECTOR_GROUP_REQUEST_INPUT),
            Operation::ValidateE911Address => Some(&VALIDATE_E911_ADDRESS_REQUEST_INPUT),
            _ => None,
        }
    }
}

/// The refusals every operation can give.
pub const COMMON_ERRORS: &[Kind] = &[
    Kind::BadRequest,
    Kind::Forbidden,
    Kind::ServiceFailure,
    Kind::ServiceUnavailable,
    Kind::UnauthorizedClient,
];

static FACTS: [Facts; 96] = [
    Facts::row(
        "AssociatePhoneNumbersWithVoiceConnector",
        (
            Method::Post,
            "/voice-connectors/{VoiceConnectorId}",
            Some(("operation", "associate-phone-numbers")),
        ),
        200,
        Tier::Needed,
        &[Kind::AccessDenied, Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "AssociatePhoneNumbersWithVoiceConnectorGroup",
        (
            Method::Post,
            "/voice-connector-groups/{VoiceConnectorGroupId}",
            Some(("operation", "associate-phone-numbers")),
        ),
        200,
        Tier::Useful,
        &[Kind::AccessDenied, Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "BatchDeletePhoneNumber",
        (Method::Post, "/phone-numbers", Some(("operation", "batch-delete"))),
        200,
        Tier::Needed,
        &[Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "BatchUpdatePhoneNumber",
        (Method::Post, "/phone-numbers", Some(("operation", "batch-update"))),
        200,
        Tier::Needed,
        &[Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "CreatePhoneNumberOrder",
        (Method::Post, "/phone-number-orders", None),
        201,
        Tier::Needed,
        &[Kind::AccessDenied, Kind::ResourceLimitExceeded, Kind::ThrottledClient],
    ),
    Facts::row(
        "CreateProxySession",
        (Method::Post, "/voice-connectors/{VoiceConnectorId}/proxy-sessions", None),
        201,
        Tier::Useful,
        &[Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "CreateSipMediaApplication",
        (Method::Post, "/sip-media-applications", None),
        201,
        Tier::Needed,
        &[Kind::AccessDenied, Kind::Conflict, Kind::ResourceLimitExceeded, Kind::ThrottledClient],
    ),
    Facts::row(
        "CreateSipMediaApplicationCall",
        (Method::Post, "/sip-media-applications/{SipMediaApplicationId}/calls", None),
        201,
        Tier::Needed,
        &[Kind::AccessDenied, Kind::ResourceLimitExceeded, Kind::ThrottledClient],
    ),
    Facts::row(
        "CreateSipRule",
        (Method::Post, "/sip-rules", None),
        201,
        Tier::Needed,
        &[Kind::AccessDenied, Kind::Conflict, Kind::ResourceLimitExceeded, Kind::ThrottledClient],
    ),
    Facts::row(
        "CreateVoiceConnector",
        (Method::Post, "/voice-connectors", None),
        201,
        Tier::Needed,
        &[Kind::AccessDenied, Kind::ResourceLimitExceeded, Kind::ThrottledClient],
    ),
    Facts::row(
        "CreateVoiceConnectorGroup",
        (Method::Post, "/voice-connector-groups", None),
        201,
        Tier::Useful,
        &[Kind::AccessDenied, Kind::NotFound, Kind::ResourceLimitExceeded, Kind::ThrottledClient],
    ),
    Facts::row(
        "CreateVoiceProfile",
        (Method::Post, "/voice-profiles", None),
        201,
        Tier::OutOfScope,
        &[
            Kind::AccessDenied,
            Kind::Conflict,
            Kind::Gone,
            Kind::NotFound,
            Kind::ResourceLimitExceeded,
            Kind::ThrottledClient,
        ],
    ),
    Facts::row(
        "CreateVoiceProfileDomain",
        (Method::Post, "/voice-profile-domains", None),
        201,
        Tier::OutOfScope,
        &[Kind::AccessDenied, Kind::Conflict, Kind::ResourceLimitExceeded, Kind::ThrottledClient],
    ),
    Facts::row(
        "DeletePhoneNumber",
        (Method::Delete, "/phone-numbers/{PhoneNumberId}", None),
        204,
        Tier::Needed,
        &[Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "DeleteProxySession",
        (Method::Delete, "/voice-connectors/{VoiceConnectorId}/proxy-sessions/{ProxySessionId}", None),
        204,
        Tier::Useful,
        &[Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "DeleteSipMediaApplication",
        (Method::Delete, "/sip-media-applications/{SipMediaApplicationId}", None),
        204,
        Tier::Needed,
        &[Kind::Conflict, Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "DeleteSipRule",
        (Method::Delete, "/sip-rules/{SipRuleId}", None),
        204,
        Tier::Needed,
        &[Kind::Conflict, Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "DeleteVoiceConnector",
        (Method::Delete, "/voice-connectors/{VoiceConnectorId}", None),
        204,
        Tier::Needed,
        &[Kind::Conflict, Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "DeleteVoiceConnectorEmergencyCallingConfiguration",
        (Method::Delete, "/voice-connectors/{VoiceConnectorId}/emergency-calling-configuration", None),
        204,
        Tier::Useful,
        &[Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "DeleteVoiceConnectorExternalSystemsConfiguration",
        (Method::Delete, "/voice-connectors/{VoiceConnectorId}/external-systems-configuration", None),
        204,
        Tier::Useful,
        &[Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "DeleteVoiceConnectorGroup",
        (Method::Delete, "/voice-connector-groups/{VoiceConnectorGroupId}", None),
        204,
        Tier::Useful,
        &[Kind::Conflict, Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "DeleteVoiceConnectorOrigination",
        (Method::Delete, "/voice-connectors/{VoiceConnectorId}/origination", None),
        204,
        Tier::Needed,
        &[Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "DeleteVoiceConnectorProxy",
        (Method::Delete, "/voice-connectors/{VoiceConnectorId}/programmable-numbers/proxy", None),
        204,
        Tier::Useful,
        &[Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "DeleteVoiceConnectorStreamingConfiguration",
        (Method::Delete, "/voice-connectors/{VoiceConnectorId}/streaming-configuration", None),
        204,
        Tier::Needed,
        &[Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "DeleteVoiceConnectorTermination",
        (Method::Delete, "/voice-connectors/{VoiceConnectorId}/termination", None),
        204,
        Tier::Needed,
        &[Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "DeleteVoiceConnectorTerminationCredentials",
        (
            Method::Post,
            "/voice-connectors/{VoiceConnectorId}/termination/credentials",
            Some(("operation", "delete")),
        ),
        204,
        Tier::Needed,
        &[Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "DeleteVoiceProfile",
        (Method::Delete, "/voice-profiles/{VoiceProfileId}", None),
        204,
        Tier::OutOfScope,
        &[Kind::AccessDenied, Kind::Conflict, Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "DeleteVoiceProfileDomain",
        (Method::Delete, "/voice-profile-domains/{VoiceProfileDomainId}", None),
        204,
        Tier::OutOfScope,
        &[Kind::AccessDenied, Kind::Conflict, Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "DisassociatePhoneNumbersFromVoiceConnector",
        (
            Method::Post,
            "/voice-connectors/{VoiceConnectorId}",
            Some(("operation", "disassociate-phone-numbers")),
        ),
        200,
        Tier::Needed,
        &[Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "DisassociatePhoneNumbersFromVoiceConnectorGroup",
        (
            Method::Post,
            "/voice-connector-groups/{VoiceConnectorGroupId}",
            Some(("operation", "disassociate-phone-numbers")),
        ),
        200,
        Tier::Useful,
        &[Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "GetGlobalSettings",
        (Method::Get, "/settings", None),
        200,
        Tier::Useful,
        &[Kind::ThrottledClient],
    ),
    Facts::row(
        "GetPhoneNumber",
        (Method::Get, "/phone-numbers/{PhoneNumberId}", None),
        200,
        Tier::Needed,
        &[Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "GetPhoneNumberOrder",
        (Method::Get, "/phone-number-orders/{PhoneNumberOrderId}", None),
        200,
        Tier::Needed,
        &[Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "GetPhoneNumberSettings",
        (Method::Get, "/settings/phone-number", None),
        200,
        Tier::Useful,
        &[Kind::ThrottledClient],
    ),
    Facts::row(
        "GetProxySession",
        (Method::Get, "/voice-connectors/{VoiceConnectorId}/proxy-sessions/{ProxySessionId}", None),
        200,
        Tier::Useful,
        &[Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "GetSipMediaApplication",
        (Method::Get, "/sip-media-applications/{SipMediaApplicationId}", None),
        200,
        Tier::Needed,
        &[Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "GetSipMediaApplicationAlexaSkillConfiguration",
        (Method::Get, "/sip-media-applications/{sipMediaApplicationId}/alexa-skill-configuration", None),
        200,
        Tier::OutOfScope,
        &[Kind::Gone, Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "GetSipMediaApplicationLoggingConfiguration",
        (Method::Get, "/sip-media-applications/{SipMediaApplicationId}/logging-configuration", None),
        200,
        Tier::Needed,
        &[Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "GetSipRule",
        (Method::Get, "/sip-rules/{SipRuleId}", None),
        200,
        Tier::Needed,
        &[Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "GetSpeakerSearchTask",
        (
            Method::Get,
            "/voice-connectors/{VoiceConnectorId}/speaker-search-tasks/{SpeakerSearchTaskId}",
            None,
        ),
        200,
        Tier::OutOfScope,
        &[Kind::AccessDenied, Kind::Conflict, Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "GetVoiceConnector",
        (Method::Get, "/voice-connectors/{VoiceConnectorId}", None),
        200,
        Tier::Needed,
        &[Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "GetVoiceConnectorEmergencyCallingConfiguration",
        (Method::Get, "/voice-connectors/{VoiceConnectorId}/emergency-calling-configuration", None),
        200,
        Tier::Useful,
        &[Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "GetVoiceConnectorExternalSystemsConfiguration",
        (Method::Get, "/voice-connectors/{VoiceConnectorId}/external-systems-configuration", None),
        200,
        Tier::Useful,
        &[Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "GetVoiceConnectorGroup",
        (Method::Get, "/voice-connector-groups/{VoiceConnectorGroupId}", None),
        200,
        Tier::Useful,
        &[Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "GetVoiceConnectorLoggingConfiguration",
        (Method::Get, "/voice-connectors/{VoiceConnectorId}/logging-configuration", None),
        200,
        Tier::Needed,
        &[Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "GetVoiceConnectorOrigination",
        (Method::Get, "/voice-connectors/{VoiceConnectorId}/origination", None),
        200,
        Tier::Needed,
        &[Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "GetVoiceConnectorProxy",
        (Method::Get, "/voice-connectors/{VoiceConnectorId}/programmable-numbers/proxy", None),
        200,
        Tier::Useful,
        &[Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "GetVoiceConnectorStreamingConfiguration",
        (Method::Get, "/voice-connectors/{VoiceConnectorId}/streaming-configuration", None),
        200,
        Tier::Needed,
        &[Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "GetVoiceConnectorTermination",
        (Method::Get, "/voice-connectors/{VoiceConnectorId}/termination", None),
        200,
        Tier::Needed,
        &[Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "GetVoiceConnectorTerminationHealth",
        (Method::Get, "/voice-connectors/{VoiceConnectorId}/termination/health", None),
        200,
        Tier::Needed,
        &[Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "GetVoiceProfile",
        (Method::Get, "/voice-profiles/{VoiceProfileId}", None),
        200,
        Tier::OutOfScope,
        &[Kind::AccessDenied, Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "GetVoiceProfileDomain",
        (Method::Get, "/voice-profile-domains/{VoiceProfileDomainId}", None),
        200,
        Tier::OutOfScope,
        &[Kind::AccessDenied, Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "GetVoiceToneAnalysisTask",
        (
            Method::Get,
            "/voice-connectors/{VoiceConnectorId}/voice-tone-analysis-tasks/{VoiceToneAnalysisTaskId}",
            None,
        ),
        200,
        Tier::OutOfScope,
        &[Kind::AccessDenied, Kind::Conflict, Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "ListAvailableVoiceConnectorRegions",
        (Method::Get, "/voice-connector-regions", None),
        200,
        Tier::Needed,
        &[Kind::ThrottledClient],
    ),
    Facts::row(
        "ListPhoneNumberOrders",
        (Method::Get, "/phone-number-orders", None),
        200,
        Tier::Needed,
        &[Kind::ThrottledClient],
    ),
    Facts::row(
        "ListPhoneNumbers",
        (Method::Get, "/phone-numbers", None),
        200,
        Tier::Needed,
        &[Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "ListProxySessions",
        (Method::Get, "/voice-connectors/{VoiceConnectorId}/proxy-sessions", None),
        200,
        Tier::Useful,
        &[Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "ListSipMediaApplications",
        (Method::Get, "/sip-media-applications", None),
        200,
        Tier::Needed,
        &[Kind::ThrottledClient],
    ),
    Facts::row(
        "ListSipRules",
        (Method::Get, "/sip-rules", None),
        200,
        Tier::Needed,
        &[Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "ListSupportedPhoneNumberCountries",
        (Method::Get, "/phone-number-countries", None),
        200,
        Tier::Needed,
        &[Kind::AccessDenied, Kind::ThrottledClient],
    ),
    Facts::row("ListTagsForResource", (Method::Get, "/tags", None), 200, Tier::Needed, &[Kind::NotFound]),
    Facts::row(
        "ListVoiceConnectorGroups",
        (Method::Get, "/voice-connector-groups", None),
        200,
        Tier::Useful,
        &[Kind::ThrottledClient],
    ),
    Facts::row(
        "ListVoiceConnectorTerminationCredentials",
        (Method::Get, "/voice-connectors/{VoiceConnectorId}/termination/credentials", None),
        200,
        Tier::Needed,
        &[Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "ListVoiceConnectors",
        (Method::Get, "/voice-connectors", None),
        200,
        Tier::Needed,
        &[Kind::ThrottledClient],
    ),
    Facts::row(
        "ListVoiceProfileDomains",
        (Method::Get, "/voice-profile-domains", None),
        200,
        Tier::OutOfScope,
        &[Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "ListVoiceProfiles",
        (Method::Get, "/voice-profiles", None),
        200,
        Tier::OutOfScope,
        &[Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "PutSipMediaApplicationAlexaSkillConfiguration",
        (Method::Put, "/sip-media-applications/{sipMediaApplicationId}/alexa-skill-configuration", None),
        200,
        Tier::OutOfScope,
        &[Kind::Gone, Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "PutSipMediaApplicationLoggingConfiguration",
        (Method::Put, "/sip-media-applications/{SipMediaApplicationId}/logging-configuration", None),
        200,
        Tier::Needed,
        &[Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "PutVoiceConnectorEmergencyCallingConfiguration",
        (Method::Put, "/voice-connectors/{VoiceConnectorId}/emergency-calling-configuration", None),
        200,
        Tier::Useful,
        &[Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "PutVoiceConnectorExternalSystemsConfiguration",
        (Method::Put, "/voice-connectors/{VoiceConnectorId}/external-systems-configuration", None),
        200,
        Tier::Useful,
        &[Kind::Conflict, Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "PutVoiceConnectorLoggingConfiguration",
        (Method::Put, "/voice-connectors/{VoiceConnectorId}/logging-configuration", None),
        200,
        Tier::Needed,
        &[Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "PutVoiceConnectorOrigination",
        (Method::Put, "/voice-connectors/{VoiceConnectorId}/origination", None),
        200,
        Tier::Needed,
        &[Kind::AccessDenied, Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "PutVoiceConnectorProxy",
        (Method::Put, "/voice-connectors/{VoiceConnectorId}/programmable-numbers/proxy", None),
        200,
        Tier::Useful,
        &[Kind::AccessDenied, Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "PutVoiceConnectorStreamingConfiguration",
        (Method::Put, "/voice-connectors/{VoiceConnectorId}/streaming-configuration", None),
        200,
        Tier::Needed,
        &[Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "PutVoiceConnectorTermination",
        (Method::Put, "/voice-connectors/{VoiceConnectorId}/termination", None),
        200,
        Tier::Needed,
        &[Kind::AccessDenied, Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "PutVoiceConnectorTerminationCredentials",
        (
            Method::Post,
            "/voice-connectors/{VoiceConnectorId}/termination/credentials",
            Some(("operation", "put")),
        ),
        204,
        Tier::Needed,
        &[Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "RestorePhoneNumber",
        (Method::Post, "/phone-numbers/{PhoneNumberId}", Some(("operation", "restore"))),
        200,
        Tier::Needed,
        &[Kind::NotFound, Kind::ResourceLimitExceeded, Kind::ThrottledClient],
    ),
    Facts::row(
        "SearchAvailablePhoneNumbers",
        (Method::Get, "/search", Some(("type", "phone-numbers"))),
        200,
        Tier::Needed,
        &[Kind::AccessDenied, Kind::ThrottledClient],
    ),
    Facts::row(
        "StartSpeakerSearchTask",
        (Method::Post, "/voice-connectors/{VoiceConnectorId}/speaker-search-tasks", None),
        201,
        Tier::OutOfScope,
        &[
            Kind::AccessDenied,
            Kind::Conflict,
            Kind::Gone,
            Kind::NotFound,
            Kind::ResourceLimitExceeded,
            Kind::ThrottledClient,
            Kind::UnprocessableEntity,
        ],
    ),
    Facts::row(
        "StartVoiceToneAnalysisTask",
        (Method::Post, "/voice-connectors/{VoiceConnectorId}/voice-tone-analysis-tasks", None),
        201,
        Tier::OutOfScope,
        &[
            Kind::AccessDenied,
            Kind::Conflict,
            Kind::Gone,
            Kind::NotFound,
            Kind::ResourceLimitExceeded,
            Kind::ThrottledClient,
            Kind::UnprocessableEntity,
        ],
    ),
    Facts::row(
        "StopSpeakerSearchTask",
        (
            Method::Post,
            "/voice-connectors/{VoiceConnectorId}/speaker-search-tasks/{SpeakerSearchTaskId}",
            Some(("operation", "stop")),
        ),
        204,
        Tier::OutOfScope,
        &[
            Kind::AccessDenied,
            Kind::Conflict,
            Kind::NotFound,
            Kind::ThrottledClient,
            Kind::UnprocessableEntity,
        ],
    ),
    Facts::row(
        "StopVoiceToneAnalysisTask",
        (
            Method::Post,
            "/voice-connectors/{VoiceConnectorId}/voice-tone-analysis-tasks/{VoiceToneAnalysisTaskId}",
            Some(("operation", "stop")),
        ),
        204,
        Tier::OutOfScope,
        &[
            Kind::AccessDenied,
            Kind::Conflict,
            Kind::NotFound,
            Kind::ThrottledClient,
            Kind::UnprocessableEntity,
        ],
    ),
    Facts::row(
        "TagResource",
        (Method::Post, "/tags", Some(("operation", "tag-resource"))),
        204,
        Tier::Needed,
        &[Kind::NotFound, Kind::ResourceLimitExceeded],
    ),
    Facts::row(
        "UntagResource",
        (Method::Post, "/tags", Some(("operation", "untag-resource"))),
        204,
        Tier::Needed,
        &[Kind::NotFound],
    ),
    Facts::row(
        "UpdateGlobalSettings",
        (Method::Put, "/settings", None),
        204,
        Tier::Useful,
        &[Kind::ThrottledClient],
    ),
    Facts::row(
        "UpdatePhoneNumber",
        (Method::Post, "/phone-numbers/{PhoneNumberId}", None),
        200,
        Tier::Needed,
        &[Kind::Conflict, Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "UpdatePhoneNumberSettings",
        (Method::Put, "/settings/phone-number", None),
        204,
        Tier::Useful,
        &[Kind::ThrottledClient],
    ),
    Facts::row(
        "UpdateProxySession",
        (Method::Post, "/voice-connectors/{VoiceConnectorId}/proxy-sessions/{ProxySessionId}", None),
        201,
        Tier::Useful,
        &[Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "UpdateSipMediaApplication",
        (Method::Put, "/sip-media-applications/{SipMediaApplicationId}", None),
        200,
        Tier::Needed,
        &[Kind::Conflict, Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "UpdateSipMediaApplicationCall",
        (Method::Post, "/sip-media-applications/{SipMediaApplicationId}/calls/{TransactionId}", None),
        202,
        Tier::Needed,
        &[Kind::NotFound, Kind::ResourceLimitExceeded, Kind::ThrottledClient],
    ),
    Facts::row(
        "UpdateSipRule",
        (Method::Put, "/sip-rules/{SipRuleId}", None),
        202,
        Tier::Needed,
        &[Kind::Conflict, Kind::NotFound, Kind::ResourceLimitExceeded, Kind::ThrottledClient],
    ),
    Facts::row(
        "UpdateVoiceConnector",
        (Method::Put, "/voice-connectors/{VoiceConnectorId}", None),
        200,
        Tier::Needed,
        &[Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "UpdateVoiceConnectorGroup",
        (Method::Put, "/voice-connector-groups/{VoiceConnectorGroupId}", None),
        202,
        Tier::Useful,
        &[Kind::Conflict, Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "UpdateVoiceProfile",
        (Method::Put, "/voice-profiles/{VoiceProfileId}", None),
        200,
        Tier::OutOfScope,
        &[Kind::AccessDenied, Kind::Conflict, Kind::Gone, Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "UpdateVoiceProfileDomain",
        (Method::Put, "/voice-profile-domains/{VoiceProfileDomainId}", None),
        200,
        Tier::OutOfScope,
        &[Kind::AccessDenied, Kind::NotFound, Kind::ThrottledClient],
    ),
    Facts::row(
        "ValidateE911Address",
        (Method::Post, "/emergency-calling/address", None),
        202,
        Tier::Useful,
        &[Kind::AccessDenied, Kind::NotFound, Kind::ThrottledClient],
    ),
];

/// A checked request of an operation in scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// [`Operation::AssociatePhoneNumbersWithVoiceConnector`]
    AssociatePhoneNumbersWithVoiceConnector(AssociatePhoneNumbersWithVoiceConnectorRequest),
    /// [`Operation::AssociatePhoneNumbersWithVoiceConnectorGroup`]
    AssociatePhoneNumbersWithVoiceConnectorGroup(AssociatePhoneNumbersWithVoiceConnectorGroupRequest),
    /// [`Operation::BatchDeletePhoneNumber`]
    BatchDeletePhoneNumber(BatchDeletePhoneNumberRequest),
    /// [`Operation::BatchUpdatePhoneNumber`]
    BatchUpdatePhoneNumber(BatchUpdatePhoneNumberRequest),
    /// [`Operation::CreatePhoneNumberOrder`]
    CreatePhoneNumberOrder(CreatePhoneNumberOrderRequest),
    /// [`Operation::CreateProxySession`]
    CreateProxySession(CreateProxySessionRequest),
    /// [`Operation::CreateSipMediaApplication`]
    CreateSipMediaApplication(CreateSipMediaApplicationRequest),
    /// [`Operation::CreateSipMediaApplicationCall`]
    CreateSipMediaApplicationCall(CreateSipMediaApplicationCallRequest),
    /// [`Operation::CreateSipRule`]
    CreateSipRule(CreateSipRuleRequest),
    /// [`Operation::CreateVoiceConnector`]
    CreateVoiceConnector(CreateVoiceConnectorRequest),
    /// [`Operation::CreateVoiceConnectorGroup`]
    CreateVoiceConnectorGroup(CreateVoiceConnectorGroupRequest),
    /// [`Operation::DeletePhoneNumber`]
    DeletePhoneNumber(DeletePhoneNumberRequest),
    /// [`Operation::DeleteProxySession`]
    DeleteProxySession(DeleteProxySessionRequest),
    /// [`Operation::DeleteSipMediaApplication`]
    DeleteSipMediaApplication(DeleteSipMediaApplicationRequest),
    /// [`Operation::DeleteSipRule`]
    DeleteSipRule(DeleteSipRuleRequest),
    /// [`Operation::DeleteVoiceConnector`]
    DeleteVoiceConnector(DeleteVoiceConnectorRequest),
    /// [`Operation::DeleteVoiceConnectorEmergencyCallingConfiguration`]
    DeleteVoiceConnectorEmergencyCallingConfiguration(
        DeleteVoiceConnectorEmergencyCallingConfigurationRequest,
    ),
    /// [`Operation::DeleteVoiceConnectorExternalSystemsConfiguration`]
    DeleteVoiceConnectorExternalSystemsConfiguration(DeleteVoiceConnectorExternalSystemsConfigurationRequest),
    /// [`Operation::DeleteVoiceConnectorGroup`]
    DeleteVoiceConnectorGroup(DeleteVoiceConnectorGroupRequest),
    /// [`Operation::DeleteVoiceConnectorOrigination`]
    DeleteVoiceConnectorOrigination(DeleteVoiceConnectorOriginationRequest),
    /// [`Operation::DeleteVoiceConnectorProxy`]
    DeleteVoiceConnectorProxy(DeleteVoiceConnectorProxyRequest),
    /// [`Operation::DeleteVoiceConnectorStreamingConfiguration`]
    DeleteVoiceConnectorStreamingConfiguration(DeleteVoiceConnectorStreamingConfigurationRequest),
    /// [`Operation::DeleteVoiceConnectorTermination`]
    DeleteVoiceConnectorTermination(DeleteVoiceConnectorTerminationRequest),
    /// [`Operation::DeleteVoiceConnectorTerminationCredentials`]
    DeleteVoiceConnectorTerminationCredentials(DeleteVoiceConnectorTerminationCredentialsRequest),
    /// [`Operation::DisassociatePhoneNumbersFromVoiceConnector`]
    DisassociatePhoneNumbersFromVoiceConnector(DisassociatePhoneNumbersFromVoiceConnectorRequest),
    /// [`Operation::DisassociatePhoneNumbersFromVoiceConnectorGroup`]
    DisassociatePhoneNumbersFromVoiceConnectorGroup(DisassociatePhoneNumbersFromVoiceConnectorGroupRequest),
    /// [`Operation::GetGlobalSettings`]
    GetGlobalSettings,
    /// [`Operation::GetPhoneNumber`]
    GetPhoneNumber(GetPhoneNumberRequest),
    /// [`Operation::GetPhoneNumberOrder`]
    GetPhoneNumberOrder(GetPhoneNumberOrderRequest),
    /// [`Operation::GetPhoneNumberSettings`]
    GetPhoneNumberSettings,
    /// [`Operation::GetProxySession`]
    GetProxySession(GetProxySessionRequest),
    /// [`Operation::GetSipMediaApplication`]
    GetSipMediaApplication(GetSipMediaApplicationRequest),
    /// [`Operation::GetSipMediaApplicationLoggingConfiguration`]
    GetSipMediaApplicationLoggingConfiguration(GetSipMediaApplicationLoggingConfigurationRequest),
    /// [`Operation::GetSipRule`]
    GetSipRule(GetSipRuleRequest),
    /// [`Operation::GetVoiceConnector`]
    GetVoiceConnector(GetVoiceConnectorRequest),
    /// [`Operation::GetVoiceConnectorEmergencyCallingConfiguration`]
    GetVoiceConnectorEmergencyCallingConfiguration(GetVoiceConnectorEmergencyCallingConfigurationRequest),
    /// [`Operation::GetVoiceConnectorExternalSystemsConfiguration`]
    GetVoiceConnectorExternalSystemsConfiguration(GetVoiceConnectorExternalSystemsConfigurationRequest),
    /// [`Operation::GetVoiceConnectorGroup`]
    GetVoiceConnectorGroup(GetVoiceConnectorGroupRequest),
    /// [`Operation::GetVoiceConnectorLoggingConfiguration`]
    GetVoiceConnectorLoggingConfiguration(GetVoiceConnectorLoggingConfigurationRequest),
    /// [`Operation::GetVoiceConnectorOrigination`]
    GetVoiceConnectorOrigination(GetVoiceConnectorOriginationRequest),
    /// [`Operation::GetVoiceConnectorProxy`]
    GetVoiceConnectorProxy(GetVoiceConnectorProxyRequest),
    /// [`Operation::GetVoiceConnectorStreamingConfiguration`]
    GetVoiceConnectorStreamingConfiguration(GetVoiceConnectorStreamingConfigurationRequest),
    /// [`Operation::GetVoiceConnectorTermination`]
    GetVoiceConnectorTermination(GetVoiceConnectorTerminationRequest),
    /// [`Operation::GetVoiceConnectorTerminationHealth`]
    GetVoiceConnectorTerminationHealth(GetVoiceConnectorTerminationHealthRequest),
    /// [`Operation::ListAvailableVoiceConnectorRegions`]
    ListAvailableVoiceConnectorRegions,
    /// [`Operation::ListPhoneNumberOrders`]
    ListPhoneNumberOrders(ListPhoneNumberOrdersRequest),
    /// [`Operation::ListPhoneNumbers`]
    ListPhoneNumbers(ListPhoneNumbersRequest),
    /// [`Operation::ListProxySessions`]
    ListProxySessions(ListProxySessionsRequest),
    /// [`Operation::ListSipMediaApplications`]
    ListSipMediaApplications(ListSipMediaApplicationsRequest),
    /// [`Operation::ListSipRules`]
    ListSipRules(ListSipRulesRequest),
    /// [`Operation::ListSupportedPhoneNumberCountries`]
    ListSupportedPhoneNumberCountries(ListSupportedPhoneNumberCountriesRequest),
    /// [`Operation::ListTagsForResource`]
    ListTagsForResource(ListTagsForResourceRequest),
    /// [`Operation::ListVoiceConnectorGroups`]
    ListVoiceConnectorGroups(ListVoiceConnectorGroupsRequest),
    /// [`Operation::ListVoiceConnectorTerminationCredentials`]
    ListVoiceConnectorTerminationCredentials(ListVoiceConnectorTerminationCredentialsRequest),
    /// [`Operation::ListVoiceConnectors`]
    ListVoiceConnectors(ListVoiceConnectorsRequest),
    /// [`Operation::PutSipMediaApplicationLoggingConfiguration`]
    PutSipMediaApplicationLoggingConfiguration(PutSipMediaApplicationLoggingConfigurationRequest),
    /// [`Operation::PutVoiceConnectorEmergencyCallingConfiguration`]
    PutVoiceConnectorEmergencyCallingConfiguration(PutVoiceConnectorEmergencyCallingConfigurationRequest),
    /// [`Operation::PutVoiceConnectorExternalSystemsConfiguration`]
    PutVoiceConnectorExternalSystemsConfiguration(PutVoiceConnectorExternalSystemsConfigurationRequest),
    /// [`Operation::PutVoiceConnectorLoggingConfiguration`]
    PutVoiceConnectorLoggingConfiguration(PutVoiceConnectorLoggingConfigurationRequest),
    /// [`Operation::PutVoiceConnectorOrigination`]
    PutVoiceConnectorOrigination(PutVoiceConnectorOriginationRequest),
    /// [`Operation::PutVoiceConnectorProxy`]
    PutVoiceConnectorProxy(PutVoiceConnectorProxyRequest),
    /// [`Operation::PutVoiceConnectorStreamingConfiguration`]
    PutVoiceConnectorStreamingConfiguration(PutVoiceConnectorStreamingConfigurationRequest),
    /// [`Operation::PutVoiceConnectorTermination`]
    PutVoiceConnectorTermination(PutVoiceConnectorTerminationRequest),
    /// [`Operation::PutVoiceConnectorTerminationCredentials`]
    PutVoiceConnectorTerminationCredentials(PutVoiceConnectorTerminationCredentialsRequest),
    /// [`Operation::RestorePhoneNumber`]
    RestorePhoneNumber(RestorePhoneNumberRequest),
    /// [`Operation::SearchAvailablePhoneNumbers`]
    SearchAvailablePhoneNumbers(SearchAvailablePhoneNumbersRequest),
    /// [`Operation::TagResource`]
    TagResource(TagResourceRequest),
    /// [`Operation::UntagResource`]
    UntagResource(UntagResourceRequest),
    /// [`Operation::UpdateGlobalSettings`]
    UpdateGlobalSettings(UpdateGlobalSettingsRequest),
    /// [`Operation::UpdatePhoneNumber`]
    UpdatePhoneNumber(UpdatePhoneNumberRequest),
    /// [`Operation::UpdatePhoneNumberSettings`]
    UpdatePhoneNumberSettings(UpdatePhoneNumberSettingsRequest),
    /// [`Operation::UpdateProxySession`]
    UpdateProxySession(UpdateProxySessionRequest),
    /// [`Operation::UpdateSipMediaApplication`]
    UpdateSipMediaApplication(UpdateSipMediaApplicationRequest),
    /// [`Operation::UpdateSipMediaApplicationCall`]
    UpdateSipMediaApplicationCall(UpdateSipMediaApplicationCallRequest),
    /// [`Operation::UpdateSipRule`]
    UpdateSipRule(UpdateSipRuleRequest),
    /// [`Operation::UpdateVoiceConnector`]
    UpdateVoiceConnector(UpdateVoiceConnectorRequest),
    /// [`Operation::UpdateVoiceConnectorGroup`]
    UpdateVoiceConnectorGroup(UpdateVoiceConnectorGroupRequest),
    /// [`Operation::ValidateE911Address`]
    ValidateE911Address(ValidateE911AddressRequest),
}

impl Request {
    /// The operation it asks for.
    pub const fn operation(&self) -> Operation {
        match self {
            Request::AssociatePhoneNumbersWithVoiceConnector(_) => {
                Operation::AssociatePhoneNumbersWithVoiceConnector
            }
            Request::AssociatePhoneNumbersWithVoiceConnectorGroup(_) => {
                Operation::AssociatePhoneNumbersWithVoiceConnectorGroup
            }
            Request::BatchDeletePhoneNumber(_) => Operation::BatchDeletePhoneNumber,
            Request::BatchUpdatePhoneNumber(_) => Operation::BatchUpdatePhoneNumber,
            Request::CreatePhoneNumberOrder(_) => Operation::CreatePhoneNumberOrder,
            Request::CreateProxySession(_) => Operation::CreateProxySession,
            Request::CreateSipMediaApplication(_) => Operation::CreateSipMediaApplication,
            Request::CreateSipMediaApplicationCall(_) => Operation::CreateSipMediaApplicationCall,
            Request::CreateSipRule(_) => Operation::CreateSipRule,
            Request::CreateVoiceConnector(_) => Operation::CreateVoiceConnector,
            Request::CreateVoiceConnectorGroup(_) => Operation::CreateVoiceConnectorGroup,
            Request::DeletePhoneNumber(_) => Operation::DeletePhoneNumber,
            Request::DeleteProxySession(_) => Operation::DeleteProxySession,
            Request::DeleteSipMediaApplication(_) => Operation::DeleteSipMediaApplication,
            Request::DeleteSipRule(_) => Operation::DeleteSipRule,
            Request::DeleteVoiceConnector(_) => Operation::DeleteVoiceConnector,
            Request::DeleteVoiceConnectorEmergencyCallingConfiguration(_) => {
                Operation::DeleteVoiceConnectorEmergencyCallingConfiguration
            }
            Request::DeleteVoiceConnectorExternalSystemsConfiguration(_) => {
                Operation::DeleteVoiceConnectorExternalSystemsConfiguration
            }
            Request::DeleteVoiceConnectorGroup(_) => Operation::DeleteVoiceConnectorGroup,
            Request::DeleteVoiceConnectorOrigination(_) => Operation::DeleteVoiceConnectorOrigination,
            Request::DeleteVoiceConnectorProxy(_) => Operation::DeleteVoiceConnectorProxy,
            Request::DeleteVoiceConnectorStreamingConfiguration(_) => {
                Operation::DeleteVoiceConnectorStreamingConfiguration
            }
            Request::DeleteVoiceConnectorTermination(_) => Operation::DeleteVoiceConnectorTermination,
            Request::DeleteVoiceConnectorTerminationCredentials(_) => {
                Operation::DeleteVoiceConnectorTerminationCredentials
            }
            Request::DisassociatePhoneNumbersFromVoiceConnector(_) => {
                Operation::DisassociatePhoneNumbersFromVoiceConnector
            }
            Request::DisassociatePhoneNumbersFromVoiceConnectorGroup(_) => {
                Operation::DisassociatePhoneNumbersFromVoiceConnectorGroup
            }
            Request::GetGlobalSettings => Operation::GetGlobalSettings,
            Request::GetPhoneNumber(_) => Operation::GetPhoneNumber,
            Request::GetPhoneNumberOrder(_) => Operation::GetPhoneNumberOrder,
            Request::GetPhoneNumberSettings => Operation::GetPhoneNumberSettings,
            Request::GetProxySession(_) => Operation::GetProxySession,
            Request::GetSipMediaApplication(_) => Operation::GetSipMediaApplication,
            Request::GetSipMediaApplicationLoggingConfiguration(_) => {
                Operation::GetSipMediaApplicationLoggingConfiguration
            }
            Request::GetSipRule(_) => Operation::GetSipRule,
            Request::GetVoiceConnector(_) => Operation::GetVoiceConnector,
            Request::GetVoiceConnectorEmergencyCallingConfiguration(_) => {
                Operation::GetVoiceConnectorEmergencyCallingConfiguration
            }
            Request::GetVoiceConnectorExternalSystemsConfiguration(_) => {
                Operation::GetVoiceConnectorExternalSystemsConfiguration
            }
            Request::GetVoiceConnectorGroup(_) => Operation::GetVoiceConnectorGroup,
            Request::GetVoiceConnectorLoggingConfiguration(_) => {
                Operation::GetVoiceConnectorLoggingConfiguration
            }
            Request::GetVoiceConnectorOrigination(_) => Operation::GetVoiceConnectorOrigination,
            Request::GetVoiceConnectorProxy(_) => Operation::GetVoiceConnectorProxy,
            Request::GetVoiceConnectorStreamingConfiguration(_) => {
                Operation::GetVoiceConnectorStreamingConfiguration
            }
            Request::GetVoiceConnectorTermination(_) => Operation::GetVoiceConnectorTermination,
            Request::GetVoiceConnectorTerminationHealth(_) => Operation::GetVoiceConnectorTerminationHealth,
            Request::ListAvailableVoiceConnectorRegions => Operation::ListAvailableVoiceConnectorRegions,
            Request::ListPhoneNumberOrders(_) => Operation::ListPhoneNumberOrders,
            Request::ListPhoneNumbers(_) => Operation::ListPhoneNumbers,
            Request::ListProxySessions(_) => Operation::ListProxySessions,
            Request::ListSipMediaApplications(_) => Operation::ListSipMediaApplications,
            Request::ListSipRules(_) => Operation::ListSipRules,
            Request::ListSupportedPhoneNumberCountries(_) => Operation::ListSupportedPhoneNumberCountries,
            Request::ListTagsForResource(_) => Operation::ListTagsForResource,
            Request::ListVoiceConnectorGroups(_) => Operation::ListVoiceConnectorGroups,
            Request::ListVoiceConnectorTerminationCredentials(_) => {
                Operation::ListVoiceConnectorTerminationCredentials
            }
            Request::ListVoiceConnectors(_) => Operation::ListVoiceConnectors,
            Request::PutSipMediaApplicationLoggingConfiguration(_) => {
                Operation::PutSipMediaApplicationLoggingConfiguration
            }
            Request::PutVoiceConnectorEmergencyCallingConfiguration(_) => {
                Operation::PutVoiceConnectorEmergencyCallingConfiguration
            }
            Request::PutVoiceConnectorExternalSystemsConfiguration(_) => {
                Operation::PutVoiceConnectorExternalSystemsConfiguration
            }
            Request::PutVoiceConnectorLoggingConfiguration(_) => {
                Operation::PutVoiceConnectorLoggingConfiguration
            }
            Request::PutVoiceConnectorOrigination(_) => Operation::PutVoiceConnectorOrigination,
            Request::PutVoiceConnectorProxy(_) => Operation::PutVoiceConnectorProxy,
            Request::PutVoiceConnectorStreamingConfiguration(_) => {
                Operation::PutVoiceConnectorStreamingConfiguration
            }
            Request::PutVoiceConnectorTermination(_) => Operation::PutVoiceConnectorTermination,
            Request::PutVoiceConnectorTerminationCredentials(_) => {
                Operation::PutVoiceConnectorTerminationCredentials
            }
            Request::RestorePhoneNumber(_) => Operation::RestorePhoneNumber,
            Request::SearchAvailablePhoneNumbers(_) => Operation::SearchAvailablePhoneNumbers,
            Request::TagResource(_) => Operation::TagResource,
            Request::UntagResource(_) => Operation::UntagResource,
            Request::UpdateGlobalSettings(_) => Operation::UpdateGlobalSettings,
            Request::UpdatePhoneNumber(_) => Operation::UpdatePhoneNumber,
            Request::UpdatePhoneNumberSettings(_) => Operation::UpdatePhoneNumberSettings,
            Request::UpdateProxySession(_) => Operation::UpdateProxySession,
            Request::UpdateSipMediaApplication(_) => Operation::UpdateSipMediaApplication,
            Request::UpdateSipMediaApplicationCall(_) => Operation::UpdateSipMediaApplicationCall,
            Request::UpdateSipRule(_) => Operation::UpdateSipRule,
            Request::UpdateVoiceConnector(_) => Operation::UpdateVoiceConnector,
            Request::UpdateVoiceConnectorGroup(_) => Operation::UpdateVoiceConnectorGroup,
            Request::ValidateE911Address(_) => Operation::ValidateE911Address,
        }
    }

    /// From members that passed the operation's constraints; none for an operation out of scope.
    pub(crate) fn from_members(operation: Operation, members: Value) -> Option<serde_json::Result<Request>> {
        Some(match operation {
            Operation::AssociatePhoneNumbersWithVoiceConnector => {
                serde_json::from_value(members).map(Request::AssociatePhoneNumbersWithVoiceConnector)
            }
            Operation::AssociatePhoneNumbersWithVoiceConnectorGroup => {
                serde_json::from_value(members).map(Request::AssociatePhoneNumbersWithVoiceConnectorGroup)
            }
            Operation::BatchDeletePhoneNumber => {
                serde_json::from_value(members).map(Request::BatchDeletePhoneNumber)
            }
            Operation::BatchUpdatePhoneNumber => {
                serde_json::from_value(members).map(Request::BatchUpdatePhoneNumber)
            }
            Operation::CreatePhoneNumberOrder => {
                serde_json::from_value(members).map(Request::CreatePhoneNumberOrder)
            }
            Operation::CreateProxySession => serde_json::from_value(members).map(Request::CreateProxySession),
            Operation::CreateSipMediaApplication => {
                serde_json::from_value(members).map(Request::CreateSipMediaApplication)
            }
            Operation::CreateSipMediaApplicationCall => {
                serde_json::from_value(members).map(Request::CreateSipMediaApplicationCall)
            }
            Operation::CreateSipRule => serde_json::from_value(members).map(Request::CreateSipRule),
            Operation::CreateVoiceConnector => {
                serde_json::from_value(members).map(Request::CreateVoiceConnector)
            }
            Operation::CreateVoiceConnectorGroup => {
                serde_json::from_value(members).map(Request::CreateVoiceConnectorGroup)
            }
            Operation::DeletePhoneNumber => serde_json::from_value(members).map(Request::DeletePhoneNumber),
            Operation::DeleteProxySession => serde_json::from_value(members).map(Request::DeleteProxySession),
            Operation::DeleteSipMediaApplication => {
                serde_json::from_value(members).map(Request::DeleteSipMediaApplication)
            }
            Operation::DeleteSipRule => serde_json::from_value(members).map(Request::DeleteSipRule),
            Operation::DeleteVoiceConnector => {
                serde_json::from_value(members).map(Request::DeleteVoiceConnector)
            }
            Operation::DeleteVoiceConnectorEmergencyCallingConfiguration => serde_json::from_value(members)
                .map(Request::DeleteVoiceConnectorEmergencyCallingConfiguration),
            Operation::DeleteVoiceConnectorExternalSystemsConfiguration => {
                serde_json::from_value(members).map(Request::DeleteVoiceConnectorExternalSystemsConfiguration)
            }
            Operation::DeleteVoiceConnectorGroup => {
                serde_json::from_value(members).map(Request::DeleteVoiceConnectorGroup)
            }
            Operation::DeleteVoiceConnectorOrigination => {
                serde_json::from_value(members).map(Request::DeleteVoiceConnectorOrigination)
            }
            Operation::DeleteVoiceConnectorProxy => {
                serde_json::from_value(members).map(Request::DeleteVoiceConnectorProxy)
            }
            Operation::DeleteVoiceConnectorStreamingConfiguration => {
                serde_json::from_value(members).map(Request::DeleteVoiceConnectorStreamingConfiguration)
            }
            Operation::DeleteVoiceConnectorTermination => {
                serde_json::from_value(members).map(Request::DeleteVoiceConnectorTermination)
            }
            Operation::DeleteVoiceConnectorTerminationCredentials => {
                serde_json::from_value(members).map(Request::DeleteVoiceConnectorTerminationCredentials)
            }
            Operation::DisassociatePhoneNumbersFromVoiceConnector => {
                serde_json::from_value(members).map(Request::DisassociatePhoneNumbersFromVoiceConnector)
            }
            Operation::DisassociatePhoneNumbersFromVoiceConnectorGroup => {
                serde_json::from_value(members).map(Request::DisassociatePhoneNumbersFromVoiceConnectorGroup)
            }
            Operation::GetGlobalSettings => Ok(Request::GetGlobalSettings),
            Operation::GetPhoneNumber => serde_json::from_value(members).map(Request::GetPhoneNumber),
            Operation::GetPhoneNumberOrder => {
                serde_json::from_value(members).map(Request::GetPhoneNumberOrder)
            }
            Operation::GetPhoneNumberSettings => Ok(Request::GetPhoneNumberSettings),
            Operation::GetProxySession => serde_json::from_value(members).map(Request::GetProxySession),
            Operation::GetSipMediaApplication => {
                serde_json::from_value(members).map(Request::GetSipMediaApplication)
            }
            Operation::GetSipMediaApplicationLoggingConfiguration => {
                serde_json::from_value(members).map(Request::GetSipMediaApplicationLoggingConfiguration)
            }
            Operation::GetSipRule => serde_json::from_value(members).map(Request::GetSipRule),
            Operation::GetVoiceConnector => serde_json::from_value(members).map(Request::GetVoiceConnector),
            Operation::GetVoiceConnectorEmergencyCallingConfiguration => {
                serde_json::from_value(members).map(Request::GetVoiceConnectorEmergencyCallingConfiguration)
            }
            Operation::GetVoiceConnectorExternalSystemsConfiguration => {
                serde_json::from_value(members).map(Request::GetVoiceConnectorExternalSystemsConfiguration)
            }
            Operation::GetVoiceConnectorGroup => {
                serde_json::from_value(members).map(Request::GetVoiceConnectorGroup)
            }
            Operation::GetVoiceConnectorLoggingConfiguration => {
                serde_json::from_value(members).map(Request::GetVoiceConnectorLoggingConfiguration)
            }
            Operation::GetVoiceConnectorOrigination => {
                serde_json::from_value(members).map(Request::GetVoiceConnectorOrigination)
            }
            Operation::GetVoiceConnectorProxy => {
                serde_json::from_value(members).map(Request::GetVoiceConnectorProxy)
            }
            Operation::GetVoiceConnectorStreamingConfiguration => {
                serde_json::from_value(members).map(Request::GetVoiceConnectorStreamingConfiguration)
            }
            Operation::GetVoiceConnectorTermination => {
                serde_json::from_value(members).map(Request::GetVoiceConnectorTermination)
            }
            Operation::GetVoiceConnectorTerminationHealth => {
                serde_json::from_value(members).map(Request::GetVoiceConnectorTerminationHealth)
            }
            Operation::ListAvailableVoiceConnectorRegions => Ok(Request::ListAvailableVoiceConnectorRegions),
            Operation::ListPhoneNumberOrders => {
                serde_json::from_value(members).map(Request::ListPhoneNumberOrders)
            }
            Operation::ListPhoneNumbers => serde_json::from_value(members).map(Request::ListPhoneNumbers),
            Operation::ListProxySessions => serde_json::from_value(members).map(Request::ListProxySessions),
            Operation::ListSipMediaApplications => {
                serde_json::from_value(members).map(Request::ListSipMediaApplications)
            }
            Operation::ListSipRules => serde_json::from_value(members).map(Request::ListSipRules),
            Operation::ListSupportedPhoneNumberCountries => {
                serde_json::from_value(members).map(Request::ListSupportedPhoneNumberCountries)
            }
            Operation::ListTagsForResource => {
                serde_json::from_value(members).map(Request::ListTagsForResource)
            }
            Operation::ListVoiceConnectorGroups => {
                serde_json::from_value(members).map(Request::ListVoiceConnectorGroups)
            }
            Operation::ListVoiceConnectorTerminationCredentials => {
                serde_json::from_value(members).map(Request::ListVoiceConnectorTerminationCredentials)
            }
            Operation::ListVoiceConnectors => {
                serde_json::from_value(members).map(Request::ListVoiceConnectors)
            }
            Operation::PutSipMediaApplicationLoggingConfiguration => {
                serde_json::from_value(members).map(Request::PutSipMediaApplicationLoggingConfiguration)
            }
            Operation::PutVoiceConnectorEmergencyCallingConfiguration => {
                serde_json::from_value(members).map(Request::PutVoiceConnectorEmergencyCallingConfiguration)
            }
            Operation::PutVoiceConnectorExternalSystemsConfiguration => {
                serde_json::from_value(members).map(Request::PutVoiceConnectorExternalSystemsConfiguration)
            }
            Operation::PutVoiceConnectorLoggingConfiguration => {
                serde_json::from_value(members).map(Request::PutVoiceConnectorLoggingConfiguration)
            }
            Operation::PutVoiceConnectorOrigination => {
                serde_json::from_value(members).map(Request::PutVoiceConnectorOrigination)
            }
            Operation::PutVoiceConnectorProxy => {
                serde_json::from_value(members).map(Request::PutVoiceConnectorProxy)
            }
            Operation::PutVoiceConnectorStreamingConfiguration => {
                serde_json::from_value(members).map(Request::PutVoiceConnectorStreamingConfiguration)
            }
            Operation::PutVoiceConnectorTermination => {
                serde_json::from_value(members).map(Request::PutVoiceConnectorTermination)
            }
            Operation::PutVoiceConnectorTerminationCredentials => {
                serde_json::from_value(members).map(Request::PutVoiceConnectorTerminationCredentials)
            }
            Operation::RestorePhoneNumber => serde_json::from_value(members).map(Request::RestorePhoneNumber),
            Operation::SearchAvailablePhoneNumbers => {
                serde_json::from_value(members).map(Request::SearchAvailablePhoneNumbers)
            }
            Operation::TagResource => serde_json::from_value(members).map(Request::TagResource),
            Operation::UntagResource => serde_json::from_value(members).map(Request::UntagResource),
            Operation::UpdateGlobalSettings => {
                serde_json::from_value(members).map(Request::UpdateGlobalSettings)
            }
            Operation::UpdatePhoneNumber => serde_json::from_value(members).map(Request::UpdatePhoneNumber),
            Operation::UpdatePhoneNumberSettings => {
                serde_json::from_value(members).map(Request::UpdatePhoneNumberSettings)
            }
            Operation::UpdateProxySession => serde_json::from_value(members).map(Request::UpdateProxySession),
            Operation::UpdateSipMediaApplication => {
                serde_json::from_value(members).map(Request::UpdateSipMediaApplication)
            }
            Operation::UpdateSipMediaApplicationCall => {
                serde_json::from_value(members).map(Request::UpdateSipMediaApplicationCall)
            }
            Operation::UpdateSipRule => serde_json::from_value(members).map(Request::UpdateSipRule),
            Operation::UpdateVoiceConnector => {
                serde_json::from_value(members).map(Request::UpdateVoiceConnector)
            }
            Operation::UpdateVoiceConnectorGroup => {
                serde_json::from_value(members).map(Request::UpdateVoiceConnectorGroup)
            }
            Operation::ValidateE911Address => {
                serde_json::from_value(members).map(Request::ValidateE911Address)
            }
            _ => return None,
        })
    }
}

/// The successful answer to an operation in scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Response {
    /// [`Operation::AssociatePhoneNumbersWithVoiceConnector`]
    AssociatePhoneNumbersWithVoiceConnector(AssociatePhoneNumbersWithVoiceConnectorResponse),
    /// [`Operation::AssociatePhoneNumbersWithVoiceConnectorGroup`]
    AssociatePhoneNumbersWithVoiceConnectorGroup(AssociatePhoneNumbersWithVoiceConnectorGroupResponse),
    /// [`Operation::BatchDeletePhoneNumber`]
    BatchDeletePhoneNumber(BatchDeletePhoneNumberResponse),
    /// [`Operation::BatchUpdatePhoneNumber`]
    BatchUpdatePhoneNumber(BatchUpdatePhoneNumberResponse),
    /// [`Operation::CreatePhoneNumberOrder`]
    CreatePhoneNumberOrder(CreatePhoneNumberOrderResponse),
    /// [`Operation::CreateProxySession`]
    CreateProxySession(CreateProxySessionResponse),
    /// [`Operation::CreateSipMediaApplication`]
    CreateSipMediaApplication(CreateSipMediaApplicationResponse),
    /// [`Operation::CreateSipMediaApplicationCall`]
    CreateSipMediaApplicationCall(CreateSipMediaApplicationCallResponse),
    /// [`Operation::CreateSipRule`]
    CreateSipRule(CreateSipRuleResponse),
    /// [`Operation::CreateVoiceConnector`]
    CreateVoiceConnector(CreateVoiceConnectorResponse),
    /// [`Operation::CreateVoiceConnectorGroup`]
    CreateVoiceConnectorGroup(CreateVoiceConnectorGroupResponse),
    /// [`Operation::DeletePhoneNumber`]
    DeletePhoneNumber,
    /// [`Operation::DeleteProxySession`]
    DeleteProxySession,
    /// [`Operation::DeleteSipMediaApplication`]
    DeleteSipMediaApplication,
    /// [`Operation::DeleteSipRule`]
    DeleteSipRule,
    /// [`Operation::DeleteVoiceConnector`]
    DeleteVoiceConnector,
    /// [`Operation::DeleteVoiceConnectorEmergencyCallingConfiguration`]
    DeleteVoiceConnectorEmergencyCallingConfiguration,
    /// [`Operation::DeleteVoiceConnectorExternalSystemsConfiguration`]
    DeleteVoiceConnectorExternalSystemsConfiguration,
    /// [`Operation::DeleteVoiceConnectorGroup`]
    DeleteVoiceConnectorGroup,
    /// [`Operation::DeleteVoiceConnectorOrigination`]
    DeleteVoiceConnectorOrigination,
    /// [`Operation::DeleteVoiceConnectorProxy`]
    DeleteVoiceConnectorProxy,
    /// [`Operation::DeleteVoiceConnectorStreamingConfiguration`]
    DeleteVoiceConnectorStreamingConfiguration,
    /// [`Operation::DeleteVoiceConnectorTermination`]
    DeleteVoiceConnectorTermination,
    /// [`Operation::DeleteVoiceConnectorTerminationCredentials`]
    DeleteVoiceConnectorTerminationCredentials,
    /// [`Operation::DisassociatePhoneNumbersFromVoiceConnector`]
    DisassociatePhoneNumbersFromVoiceConnector(DisassociatePhoneNumbersFromVoiceConnectorResponse),
    /// [`Operation::DisassociatePhoneNumbersFromVoiceConnectorGroup`]
    DisassociatePhoneNumbersFromVoiceConnectorGroup(DisassociatePhoneNumbersFromVoiceConnectorGroupResponse),
    /// [`Operation::GetGlobalSettings`]
    GetGlobalSettings(GetGlobalSettingsResponse),
    /// [`Operation::GetPhoneNumber`]
    GetPhoneNumber(GetPhoneNumberResponse),
    /// [`Operation::GetPhoneNumberOrder`]
    GetPhoneNumberOrder(GetPhoneNumberOrderResponse),
    /// [`Operation::GetPhoneNumberSettings`]
    GetPhoneNumberSettings(GetPhoneNumberSettingsResponse),
    /// [`Operation::GetProxySession`]
    GetProxySession(GetProxySessionResponse),
    /// [`Operation::GetSipMediaApplication`]
    GetSipMediaApplication(GetSipMediaApplicationResponse),
    /// [`Operation::GetSipMediaApplicationLoggingConfiguration`]
    GetSipMediaApplicationLoggingConfiguration(GetSipMediaApplicationLoggingConfigurationResponse),
    /// [`Operation::GetSipRule`]
    GetSipRule(GetSipRuleResponse),
    /// [`Operation::GetVoiceConnector`]
    GetVoiceConnector(GetVoiceConnectorResponse),
    /// [`Operation::GetVoiceConnectorEmergencyCallingConfiguration`]
    GetVoiceConnectorEmergencyCallingConfiguration(GetVoiceConnectorEmergencyCallingConfigurationResponse),
    /// [`Operation::GetVoiceConnectorExternalSystemsConfiguration`]
    GetVoiceConnectorExternalSystemsConfiguration(GetVoiceConnectorExternalSystemsConfigurationResponse),
    /// [`Operation::GetVoiceConnectorGroup`]
    GetVoiceConnectorGroup(GetVoiceConnectorGroupResponse),
    /// [`Operation::GetVoiceConnectorLoggingConfiguration`]
    GetVoiceConnectorLoggingConfiguration(GetVoiceConnectorLoggingConfigurationResponse),
    /// [`Operation::GetVoiceConnectorOrigination`]
    GetVoiceConnectorOrigination(GetVoiceConnectorOriginationResponse),
    /// [`Operation::GetVoiceConnectorProxy`]
    GetVoiceConnectorProxy(GetVoiceConnectorProxyResponse),
    /// [`Operation::GetVoiceConnectorStreamingConfiguration`]
    GetVoiceConnectorStreamingConfiguration(GetVoiceConnectorStreamingConfigurationResponse),
    /// [`Operation::GetVoiceConnectorTermination`]
    GetVoiceConnectorTermination(GetVoiceConnectorTerminationResponse),
    /// [`Operation::GetVoiceConnectorTerminationHealth`]
    GetVoiceConnectorTerminationHealth(GetVoiceConnectorTerminationHealthResponse),
    /// [`Operation::ListAvailableVoiceConnectorRegions`]
    ListAvailableVoiceConnectorRegions(ListAvailableVoiceConnectorRegionsResponse),
    /// [`Operation::ListPhoneNumberOrders`]
    ListPhoneNumberOrders(ListPhoneNumberOrdersResponse),
    /// [`Operation::ListPhoneNumbers`]
    ListPhoneNumbers(ListPhoneNumbersResponse),
    /// [`Operation::ListProxySessions`]
    ListProxySessions(ListProxySessionsResponse),
    /// [`Operation::ListSipMediaApplications`]
    ListSipMediaApplications(ListSipMediaApplicationsResponse),
    /// [`Operation::ListSipRules`]
    ListSipRules(ListSipRulesResponse),
    /// [`Operation::ListSupportedPhoneNumberCountries`]
    ListSupportedPhoneNumberCountries(ListSupportedPhoneNumberCountriesResponse),
    /// [`Operation::ListTagsForResource`]
    ListTagsForResource(ListTagsForResourceResponse),
    /// [`Operation::ListVoiceConnectorGroups`]
    ListVoiceConnectorGroups(ListVoiceConnectorGroupsResponse),
    /// [`Operation::ListVoiceConnectorTerminationCredentials`]
    ListVoiceConnectorTerminationCredentials(ListVoiceConnectorTerminationCredentialsResponse),
    /// [`Operation::ListVoiceConnectors`]
    ListVoiceConnectors(ListVoiceConnectorsResponse),
    /// [`Operation::PutSipMediaApplicationLoggingConfiguration`]
    PutSipMediaApplicationLoggingConfiguration(PutSipMediaApplicationLoggingConfigurationResponse),
    /// [`Operation::PutVoiceConnectorEmergencyCallingConfiguration`]
    PutVoiceConnectorEmergencyCallingConfiguration(PutVoiceConnectorEmergencyCallingConfigurationResponse),
    /// [`Operation::PutVoiceConnectorExternalSystemsConfiguration`]
    PutVoiceConnectorExternalSystemsConfiguration(PutVoiceConnectorExternalSystemsConfigurationResponse),
    /// [`Operation::PutVoiceConnectorLoggingConfiguration`]
    PutVoiceConnectorLoggingConfiguration(PutVoiceConnectorLoggingConfigurationResponse),
    /// [`Operation::PutVoiceConnectorOrigination`]
    PutVoiceConnectorOrigination(PutVoiceConnectorOriginationResponse),
    /// [`Operation::PutVoiceConnectorProxy`]
    PutVoiceConnectorProxy(PutVoiceConnectorProxyResponse),
    /// [`Operation::PutVoiceConnectorStreamingConfiguration`]
    PutVoiceConnectorStreamingConfiguration(PutVoiceConnectorStreamingConfigurationResponse),
    /// [`Operation::PutVoiceConnectorTermination`]
    PutVoiceConnectorTermination(PutVoiceConnectorTerminationResponse),
    /// [`Operation::PutVoiceConnectorTerminationCredentials`]
    PutVoiceConnectorTerminationCredentials,
    /// [`Operation::RestorePhoneNumber`]
    RestorePhoneNumber(RestorePhoneNumberResponse),
    /// [`Operation::SearchAvailablePhoneNumbers`]
    SearchAvailablePhoneNumbers(SearchAvailablePhoneNumbersResponse),
    /// [`Operation::TagResource`]
    TagResource,
    /// [`Operation::UntagResource`]
    UntagResource,
    /// [`Operation::UpdateGlobalSettings`]
    UpdateGlobalSettings,
    /// [`Operation::UpdatePhoneNumber`]
    UpdatePhoneNumber(UpdatePhoneNumberResponse),
    /// [`Operation::UpdatePhoneNumberSettings`]
    UpdatePhoneNumberSettings,
    /// [`Operation::UpdateProxySession`]
    UpdateProxySession(UpdateProxySessionResponse),
    /// [`Operation::UpdateSipMediaApplication`]
    UpdateSipMediaApplication(UpdateSipMediaApplicationResponse),
    /// [`Operation::UpdateSipMediaApplicationCall`]
    UpdateSipMediaApplicationCall(UpdateSipMediaApplicationCallResponse),
    /// [`Operation::UpdateSipRule`]
    UpdateSipRule(UpdateSipRuleResponse),
    /// [`Operation::UpdateVoiceConnector`]
    UpdateVoiceConnector(UpdateVoiceConnectorResponse),
    /// [`Operation::UpdateVoiceConnectorGroup`]
    UpdateVoiceConnectorGroup(UpdateVoiceConnectorGroupResponse),
    /// [`Operation::ValidateE911Address`]
    ValidateE911Address(ValidateE911AddressResponse),
}

impl Response {
    /// The operation it answers.
    pub const fn operation(&self) -> Operation {
        match self {
            Response::AssociatePhoneNumbersWithVoiceConnector(_) => {
                Operation::AssociatePhoneNumbersWithVoiceConnector
            }
            Response::AssociatePhoneNumbersWithVoiceConnectorGroup(_) => {
                Operation::AssociatePhoneNumbersWithVoiceConnectorGroup
            }
            Response::BatchDeletePhoneNumber(_) => Operation::BatchDeletePhoneNumber,
            Response::BatchUpdatePhoneNumber(_) => Operation::BatchUpdatePhoneNumber,
            Response::CreatePhoneNumberOrder(_) => Operation::CreatePhoneNumberOrder,
            Response::CreateProxySession(_) => Operation::CreateProxySession,
            Response::CreateSipMediaApplication(_) => Operation::CreateSipMediaApplication,
            Response::CreateSipMediaApplicationCall(_) => Operation::CreateSipMediaApplicationCall,
            Response::CreateSipRule(_) => Operation::CreateSipRule,
            Response::CreateVoiceConnector(_) => Operation::CreateVoiceConnector,
            Response::CreateVoiceConnectorGroup(_) => Operation::CreateVoiceConnectorGroup,
            Response::DeletePhoneNumber => Operation::DeletePhoneNumber,
            Response::DeleteProxySession => Operation::DeleteProxySession,
            Response::DeleteSipMediaApplication => Operation::DeleteSipMediaApplication,
            Response::DeleteSipRule => Operation::DeleteSipRule,
            Response::DeleteVoiceConnector => Operation::DeleteVoiceConnector,
            Response::DeleteVoiceConnectorEmergencyCallingConfiguration => {
                Operation::DeleteVoiceConnectorEmergencyCallingConfiguration
            }
            Response::DeleteVoiceConnectorExternalSystemsConfiguration => {
                Operation::DeleteVoiceConnectorExternalSystemsConfiguration
            }
            Response::DeleteVoiceConnectorGroup => Operation::DeleteVoiceConnectorGroup,
            Response::DeleteVoiceConnectorOrigination => Operation::DeleteVoiceConnectorOrigination,
            Response::DeleteVoiceConnectorProxy => Operation::DeleteVoiceConnectorProxy,
            Response::DeleteVoiceConnectorStreamingConfiguration => {
                Operation::DeleteVoiceConnectorStreamingConfiguration
            }
            Response::DeleteVoiceConnectorTermination => Operation::DeleteVoiceConnectorTermination,
            Response::DeleteVoiceConnectorTerminationCredentials => {
                Operation::DeleteVoiceConnectorTerminationCredentials
            }
            Response::DisassociatePhoneNumbersFromVoiceConnector(_) => {
                Operation::DisassociatePhoneNumbersFromVoiceConnector
            }
            Response::DisassociatePhoneNumbersFromVoiceConnectorGroup(_) => {
                Operation::DisassociatePhoneNumbersFromVoiceConnectorGroup
            }
            Response::GetGlobalSettings(_) => Operation::GetGlobalSettings,
            Response::GetPhoneNumber(_) => Operation::GetPhoneNumber,
            Response::GetPhoneNumberOrder(_) => Operation::GetPhoneNumberOrder,
            Response::GetPhoneNumberSettings(_) => Operation::GetPhoneNumberSettings,
            Response::GetProxySession(_) => Operation::GetProxySession,
            Response::GetSipMediaApplication(_) => Operation::GetSipMediaApplication,
            Response::GetSipMediaApplicationLoggingConfiguration(_) => {
                Operation::GetSipMediaApplicationLoggingConfiguration
            }
            Response::GetSipRule(_) => Operation::GetSipRule,
            Response::GetVoiceConnector(_) => Operation::GetVoiceConnector,
            Response::GetVoiceConnectorEmergencyCallingConfiguration(_) => {
                Operation::GetVoiceConnectorEmergencyCallingConfiguration
            }
            Response::GetVoiceConnectorExternalSystemsConfiguration(_) => {
                Operation::GetVoiceConnectorExternalSystemsConfiguration
            }
            Response::GetVoiceConnectorGroup(_) => Operation::GetVoiceConnectorGroup,
            Response::GetVoiceConnectorLoggingConfiguration(_) => {
                Operation::GetVoiceConnectorLoggingConfiguration
            }
            Response::GetVoiceConnectorOrigination(_) => Operation::GetVoiceConnectorOrigination,
            Response::GetVoiceConnectorProxy(_) => Operation::GetVoiceConnectorProxy,
            Response::GetVoiceConnectorStreamingConfiguration(_) => {
                Operation::GetVoiceConnectorStreamingConfiguration
            }
            Response::GetVoiceConnectorTermination(_) => Operation::GetVoiceConnectorTermination,
            Response::GetVoiceConnectorTerminationHealth(_) => Operation::GetVoiceConnectorTerminationHealth,
            Response::ListAvailableVoiceConnectorRegions(_) => Operation::ListAvailableVoiceConnectorRegions,
            Response::ListPhoneNumberOrders(_) => Operation::ListPhoneNumberOrders,
            Response::ListPhoneNumbers(_) => Operation::ListPhoneNumbers,
            Response::ListProxySessions(_) => Operation::ListProxySessions,
            Response::ListSipMediaApplications(_) => Operation::ListSipMediaApplications,
            Response::ListSipRules(_) => Operation::ListSipRules,
            Response::ListSupportedPhoneNumberCountries(_) => Operation::ListSupportedPhoneNumberCountries,
            Response::ListTagsForResource(_) => Operation::ListTagsForResource,
            Response::ListVoiceConnectorGroups(_) => Operation::ListVoiceConnectorGroups,
            Response::ListVoiceConnectorTerminationCredentials(_) => {
                Operation::ListVoiceConnectorTerminationCredentials
            }
            Response::ListVoiceConnectors(_) => Operation::ListVoiceConnectors,
            Response::PutSipMediaApplicationLoggingConfiguration(_) => {
                Operation::PutSipMediaApplicationLoggingConfiguration
            }
            Response::PutVoiceConnectorEmergencyCallingConfiguration(_) => {
                Operation::PutVoiceConnectorEmergencyCallingConfiguration
            }
            Response::PutVoiceConnectorExternalSystemsConfiguration(_) => {
                Operation::PutVoiceConnectorExternalSystemsConfiguration
            }
            Response::PutVoiceConnectorLoggingConfiguration(_) => {
                Operation::PutVoiceConnectorLoggingConfiguration
            }
            Response::PutVoiceConnectorOrigination(_) => Operation::PutVoiceConnectorOrigination,
            Response::PutVoiceConnectorProxy(_) => Operation::PutVoiceConnectorProxy,
            Response::PutVoiceConnectorStreamingConfiguration(_) => {
                Operation::PutVoiceConnectorStreamingConfiguration
            }
            Response::PutVoiceConnectorTermination(_) => Operation::PutVoiceConnectorTermination,
            Response::PutVoiceConnectorTerminationCredentials => {
                Operation::PutVoiceConnectorTerminationCredentials
            }
            Response::RestorePhoneNumber(_) => Operation::RestorePhoneNumber,
            Response::SearchAvailablePhoneNumbers(_) => Operation::SearchAvailablePhoneNumbers,
            Response::TagResource => Operation::TagResource,
            Response::UntagResource => Operation::UntagResource,
            Response::UpdateGlobalSettings => Operation::UpdateGlobalSettings,
            Response::UpdatePhoneNumber(_) => Operation::UpdatePhoneNumber,
            Response::UpdatePhoneNumberSettings => Operation::UpdatePhoneNumberSettings,
            Response::UpdateProxySession(_) => Operation::UpdateProxySession,
            Response::UpdateSipMediaApplication(_) => Operation::UpdateSipMediaApplication,
            Response::UpdateSipMediaApplicationCall(_) => Operation::UpdateSipMediaApplicationCall,
            Response::UpdateSipRule(_) => Operation::UpdateSipRule,
            Response::UpdateVoiceConnector(_) => Operation::UpdateVoiceConnector,
            Response::UpdateVoiceConnectorGroup(_) => Operation::UpdateVoiceConnectorGroup,
            Response::ValidateE911Address(_) => Operation::ValidateE911Address,
        }
    }

    /// The JSON body; empty for an answer without members.
    pub(crate) fn to_body(&self) -> serde_json::Result<Vec<u8>> {
        match self {
            Response::AssociatePhoneNumbersWithVoiceConnector(output) => serde_json::to_vec(output),
            Response::AssociatePhoneNumbersWithVoiceConnectorGroup(output) => serde_json::to_vec(output),
            Response::BatchDeletePhoneNumber(output) => serde_json::to_vec(output),
            Response::BatchUpdatePhoneNumber(output) => serde_json::to_vec(output),
            Response::CreatePhoneNumberOrder(output) => serde_json::to_vec(output),
            Response::CreateProxySession(output) => serde_json::to_vec(output),
            Response::CreateSipMediaApplication(output) => serde_json::to_vec(output),
            Response::CreateSipMediaApplicationCall(output) => serde_json::to_vec(output),
            Response::CreateSipRule(output) => serde_json::to_vec(output),
            Response::CreateVoiceConnector(output) => serde_json::to_vec(output),
            Response::CreateVoiceConnectorGroup(output) => serde_json::to_vec(output),
            Response::DisassociatePhoneNumbersFromVoiceConnector(output) => serde_json::to_vec(output),
            Response::DisassociatePhoneNumbersFromVoiceConnectorGroup(output) => serde_json::to_vec(output),
            Response::GetGlobalSettings(output) => serde_json::to_vec(output),
            Response::GetPhoneNumber(output) => serde_json::to_vec(output),
            Response::GetPhoneNumberOrder(output) => serde_json::to_vec(output),
            Response::GetPhoneNumberSettings(output) => serde_json::to_vec(output),
            Response::GetProxySession(output) => serde_json::to_vec(output),
            Response::GetSipMediaApplication(output) => serde_json::to_vec(output),
            Response::GetSipMediaApplicationLoggingConfiguration(output) => serde_json::to_vec(output),
            Response::GetSipRule(output) => serde_json::to_vec(output),
            Response::GetVoiceConnector(output) => serde_json::to_vec(output),
            Response::GetVoiceConnectorEmergencyCallingConfiguration(output) => serde_json::to_vec(output),
            Response::GetVoiceConnectorExternalSystemsConfiguration(output) => serde_json::to_vec(output),
            Response::GetVoiceConnectorGroup(output) => serde_json::to_vec(output),
            Response::GetVoiceConnectorLoggingConfiguration(output) => serde_json::to_vec(output),
            Response::GetVoiceConnectorOrigination(output) => serde_json::to_vec(output),
            Response::GetVoiceConnectorProxy(output) => serde_json::to_vec(output),
            Response::GetVoiceConnectorStreamingConfiguration(output) => serde_json::to_vec(output),
            Response::GetVoiceConnectorTermination(output) => serde_json::to_vec(output),
            Response::GetVoiceConnectorTerminationHealth(output) => serde_json::to_vec(output),
            Response::ListAvailableVoiceConnectorRegions(output) => serde_json::to_vec(output),
            Response::ListPhoneNumberOrders(output) => serde_json::to_vec(output),
            Response::ListPhoneNumbers(output) => serde_json::to_vec(output),
            Response::ListProxySessions(output) => serde_json::to_vec(output),
            Response::ListSipMediaApplications(output) => serde_json::to_vec(output),
            Response::ListSipRules(output) => serde_json::to_vec(output),
            Response::ListSupportedPhoneNumberCountries(output) => serde_json::to_vec(output),
            Response::ListTagsForResource(output) => serde_json::to_vec(output),
            Response::ListVoiceConnectorGroups(output) => serde_json::to_vec(output),
            Response::ListVoiceConnectorTerminationCredentials(output) => serde_json::to_vec(output),
            Response::ListVoiceConnectors(output) => serde_json::to_vec(output),
            Response::PutSipMediaApplicationLoggingConfiguration(output) => serde_json::to_vec(output),
            Response::PutVoiceConnectorEmergencyCallingConfiguration(output) => serde_json::to_vec(output),
            Response::PutVoiceConnectorExternalSystemsConfiguration(output) => serde_json::to_vec(output),
            Response::PutVoiceConnectorLoggingConfiguration(output) => serde_json::to_vec(output),
            Response::PutVoiceConnectorOrigination(output) => serde_json::to_vec(output),
            Response::PutVoiceConnectorProxy(output) => serde_json::to_vec(output),
            Response::PutVoiceConnectorStreamingConfiguration(output) => serde_json::to_vec(output),
            Response::PutVoiceConnectorTermination(output) => serde_json::to_vec(output),
            Response::RestorePhoneNumber(output) => serde_json::to_vec(output),
            Response::SearchAvailablePhoneNumbers(output) => serde_json::to_vec(output),
            Response::UpdatePhoneNumber(output) => serde_json::to_vec(output),
            Response::UpdateProxySession(output) => serde_json::to_vec(output),
            Response::UpdateSipMediaApplication(output) => serde_json::to_vec(output),
            Response::UpdateSipMediaApplicationCall(output) => serde_json::to_vec(output),
            Response::UpdateSipRule(output) => serde_json::to_vec(output),
            Response::UpdateVoiceConnector(output) => serde_json::to_vec(output),
            Response::UpdateVoiceConnectorGroup(output) => serde_json::to_vec(output),
            Response::ValidateE911Address(output) => serde_json::to_vec(output),
            Response::DeletePhoneNumber
            | Response::DeleteProxySession
            | Response::DeleteSipMediaApplication
            | Response::DeleteSipRule
            | Response::DeleteVoiceConnector
            | Response::DeleteVoiceConnectorEmergencyCallingConfiguration
            | Response::DeleteVoiceConnectorExternalSystemsConfiguration
            | Response::DeleteVoiceConnectorGroup
            | Response::DeleteVoiceConnectorOrigination
            | Response::DeleteVoiceConnectorProxy
            | Response::DeleteVoiceConnectorStreamingConfiguration
            | Response::DeleteVoiceConnectorTermination
            | Response::DeleteVoiceConnectorTerminationCredentials
            | Response::PutVoiceConnectorTerminationCredentials
            | Response::TagResource
            | Response::UntagResource
            | Response::UpdateGlobalSettings
            | Response::UpdatePhoneNumberSettings => Ok(Vec::new()),
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Address {
    #[serde(rename = "streetName", skip_serializing_if = "Option::is_none")]
    pub street_name: Option<Sensitive<String>>,
    #[serde(rename = "streetSuffix", skip_serializing_if = "Option::is_none")]
    pub street_suffix: Option<Sensitive<String>>,
    #[serde(rename = "postDirectional", skip_serializing_if = "Option::is_none")]
    pub post_directional: Option<Sensitive<String>>,
    #[serde(rename = "preDirectional", skip_serializing_if = "Option::is_none")]
    pub pre_directional: Option<Sensitive<String>>,
    #[serde(rename = "streetNumber", skip_serializing_if = "Option::is_none")]
    pub street_number: Option<Sensitive<String>>,
    #[serde(rename = "city", skip_serializing_if = "Option::is_none")]
    pub city: Option<Sensitive<String>>,
    #[serde(rename = "state", skip_serializing_if = "Option::is_none")]
    pub state: Option<Sensitive<String>>,
    #[serde(rename = "postalCode", skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<Sensitive<String>>,
    #[serde(rename = "postalCodePlus4", skip_serializing_if = "Option::is_none")]
    pub postal_code_plus4: Option<Sensitive<String>>,
    #[serde(rename = "country", skip_serializing_if = "Option::is_none")]
    pub country: Option<Sensitive<String>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AssociatePhoneNumbersWithVoiceConnectorGroupRequest {
    pub voice_connector_group_id: String,
    pub e164_phone_numbers: Vec<Pii<E164>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub force_associate: Option<bool>,
}

impl AssociatePhoneNumbersWithVoiceConnectorGroupRequest {
    /// With the required members; the others absent.
    pub const fn new(voice_connector_group_id: String, e164_phone_numbers: Vec<Pii<E164>>) -> Self {
        Self { voice_connector_group_id, e164_phone_numbers, force_associate: None }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AssociatePhoneNumbersWithVoiceConnectorGroupResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number_errors: Option<Vec<PhoneNumberError>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AssociatePhoneNumbersWithVoiceConnectorRequest {
    pub voice_connector_id: String,
    pub e164_phone_numbers: Vec<Pii<E164>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub force_associate: Option<bool>,
}

impl AssociatePhoneNumbersWithVoiceConnectorRequest {
    /// With the required members; the others absent.
    pub const fn new(voice_connector_id: String, e164_phone_numbers: Vec<Pii<E164>>) -> Self {
        Self { voice_connector_id, e164_phone_numbers, force_associate: None }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AssociatePhoneNumbersWithVoiceConnectorResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number_errors: Option<Vec<PhoneNumberError>>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct BatchDeletePhoneNumberRequest {
    pub phone_number_ids: Vec<String>,
}

impl BatchDeletePhoneNumberRequest {
    /// With the required members; the others absent.
    pub const fn new(phone_number_ids: Vec<String>) -> Self {
        Self { phone_number_ids }
    }
}

impl fmt::Debug for BatchDeletePhoneNumberRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BatchDeletePhoneNumberRequest").field("phone_number_ids", &Sensitive(())).finish()
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct BatchDeletePhoneNumberResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number_errors: Option<Vec<PhoneNumberError>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct BatchUpdatePhoneNumberRequest {
    pub update_phone_number_request_items: Vec<UpdatePhoneNumberRequestItem>,
}

impl BatchUpdatePhoneNumberRequest {
    /// With the required members; the others absent.
    pub const fn new(update_phone_number_request_items: Vec<UpdatePhoneNumberRequestItem>) -> Self {
        Self { update_phone_number_request_items }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct BatchUpdatePhoneNumberResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number_errors: Option<Vec<PhoneNumberError>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum CallDistributionType {
    PriorityWeightedDistribution,
    LoadBalancedDistribution,
}

impl CallDistributionType {
    /// All values, in the model's order.
    pub const ALL: &[Self] = &[Self::PriorityWeightedDistribution, Self::LoadBalancedDistribution];

    /// The wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PriorityWeightedDistribution => "PriorityWeightedDistribution",
            Self::LoadBalancedDistribution => "LoadBalancedDistribution",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum CallingNameStatus {
    Unassigned,
    UpdateInProgress,
    UpdateSucceeded,
    UpdateFailed,
}

impl CallingNameStatus {
    /// All values, in the model's order.
    pub const ALL: &[Self] =
        &[Self::Unassigned, Self::UpdateInProgress, Self::UpdateSucceeded, Self::UpdateFailed];

    /// The wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unassigned => "Unassigned",
            Self::UpdateInProgress => "UpdateInProgress",
            Self::UpdateSucceeded => "UpdateSucceeded",
            Self::UpdateFailed => "UpdateFailed",
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CandidateAddress {
    #[serde(rename = "streetInfo", skip_serializing_if = "Option::is_none")]
    pub street_info: Option<Sensitive<String>>,
    #[serde(rename = "streetNumber", skip_serializing_if = "Option::is_none")]
    pub street_number: Option<Sensitive<String>>,
    #[serde(rename = "city", skip_serializing_if = "Option::is_none")]
    pub city: Option<Sensitive<String>>,
    #[serde(rename = "state", skip_serializing_if = "Option::is_none")]
    pub state: Option<Sensitive<String>>,
    #[serde(rename = "postalCode", skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<Sensitive<String>>,
    #[serde(rename = "postalCodePlus4", skip_serializing_if = "Option::is_none")]
    pub postal_code_plus4: Option<Sensitive<String>>,
    #[serde(rename = "country", skip_serializing_if = "Option::is_none")]
    pub country: Option<Sensitive<String>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Capability {
    Voice,
    #[serde(rename = "SMS")]
    Sms,
}

impl Capability {
    /// All values, in the model's order.
    pub const ALL: &[Self] = &[Self::Voice, Self::Sms];

    /// The wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Voice => "Voice",
            Self::Sms => "SMS",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ContactCenterSystemType {
    #[serde(rename = "GENESYS_ENGAGE_ON_PREMISES")]
    GenesysEngageOnPremises,
    #[serde(rename = "AVAYA_AURA_CALL_CENTER_ELITE")]
    AvayaAuraCallCenterElite,
    #[serde(rename = "AVAYA_AURA_CONTACT_CENTER")]
    AvayaAuraContactCenter,
    #[serde(rename = "CISCO_UNIFIED_CONTACT_CENTER_ENTERPRISE")]
    CiscoUnifiedContactCenterEnterprise,
}

impl ContactCenterSystemType {
    /// All values, in the model's order.
    pub const ALL: &[Self] = &[
        Self::GenesysEngageOnPremises,
        Self::AvayaAuraCallCenterElite,
        Self::AvayaAuraContactCenter,
        Self::CiscoUnifiedContactCenterEnterprise,
    ];

    /// The wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::GenesysEngageOnPremises => "GENESYS_ENGAGE_ON_PREMISES",
            Self::AvayaAuraCallCenterElite => "AVAYA_AURA_CALL_CENTER_ELITE",
            Self::AvayaAuraContactCenter => "AVAYA_AURA_CONTACT_CENTER",
            Self::CiscoUnifiedContactCenterEnterprise => "CISCO_UNIFIED_CONTACT_CENTER_ENTERPRISE",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreatePhoneNumberOrderRequest {
    pub product_type: PhoneNumberProductType,
    pub e164_phone_numbers: Vec<Pii<E164>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Sensitive<String>>,
}

impl CreatePhoneNumberOrderRequest {
    /// With the required members; the others absent.
    pub const fn new(product_type: PhoneNumberProductType, e164_phone_numbers: Vec<Pii<E164>>) -> Self {
        Self { product_type, e164_phone_numbers, name: None }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreatePhoneNumberOrderResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number_order: Option<PhoneNumberOrder>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateProxySessionRequest {
    pub voice_connector_id: String,
    pub participant_phone_numbers: Vec<Pii<E164>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Sensitive<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expiry_minutes: Option<u32>,
    pub capabilities: Vec<Capability>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number_selection_behavior: Option<NumberSelectionBehavior>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub geo_match_level: Option<GeoMatchLevel>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub geo_match_params: Option<GeoMatchParams>,
}

impl CreateProxySessionRequest {
    /// With the required members; the others absent.
    pub const fn new(
        voice_connector_id: String,
        participant_phone_numbers: Vec<Pii<E164>>,
        capabilities: Vec<Capability>,
    ) -> Self {
        Self {
            voice_connector_id,
            participant_phone_numbers,
            name: None,
            expiry_minutes: None,
            capabilities,
            number_selection_behavior: None,
            geo_match_level: None,
            geo_match_params: None,
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateProxySessionResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proxy_session: Option<ProxySession>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateSipMediaApplicationCallRequest {
    pub from_phone_number: Pii<E164>,
    pub to_phone_number: Pii<E164>,
    pub sip_media_application_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sip_headers: Option<Pairs>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arguments_map: Option<Pairs>,
}

impl CreateSipMediaApplicationCallRequest {
    /// With the required members; the others absent.
    pub const fn new(
        from_phone_number: Pii<E164>,
        to_phone_number: Pii<E164>,
        sip_media_application_id: String,
    ) -> Self {
        Self {
            from_phone_number,
            to_phone_number,
            sip_media_application_id,
            sip_headers: None,
            arguments_map: None,
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateSipMediaApplicationCallResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sip_media_application_call: Option<SipMediaApplicationCall>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateSipMediaApplicationRequest {
    pub aws_region: String,
    pub name: String,
    pub endpoints: Vec<SipMediaApplicationEndpoint>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
}

impl CreateSipMediaApplicationRequest {
    /// With the required members; the others absent.
    pub const fn new(aws_region: String, name: String, endpoints: Vec<SipMediaApplicationEndpoint>) -> Self {
        Self { aws_region, name, endpoints, tags: None }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateSipMediaApplicationResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sip_media_application: Option<SipMediaApplication>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateSipRuleRequest {
    pub name: String,
    pub trigger_type: SipRuleTriggerType,
    pub trigger_value: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disabled: Option<bool>,
    pub target_applications: Vec<SipRuleTargetApplication>,
}

impl CreateSipRuleRequest {
    /// With the required members; the others absent.
    pub const fn new(
        name: String,
        trigger_type: SipRuleTriggerType,
        trigger_value: String,
        target_applications: Vec<SipRuleTargetApplication>,
    ) -> Self {
        Self { name, trigger_type, trigger_value, disabled: None, target_applications }
    }
}

impl fmt::Debug for CreateSipRuleRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CreateSipRuleRequest")
            .field("name", &self.name)
            .field("trigger_type", &self.trigger_type)
            .field("trigger_value", &Sensitive(()))
            .field("disabled", &self.disabled)
            .field("target_applications", &self.target_applications)
            .finish()
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateSipRuleResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sip_rule: Option<SipRule>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateVoiceConnectorGroupRequest {
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice_connector_items: Option<Vec<VoiceConnectorItem>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub call_distribution_type: Option<CallDistributionType>,
}

impl CreateVoiceConnectorGroupRequest {
    /// With the required members; the others absent.
    pub const fn new(name: String) -> Self {
        Self { name, voice_connector_items: None, call_distribution_type: None }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateVoiceConnectorGroupResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice_connector_group: Option<VoiceConnectorGroup>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateVoiceConnectorRequest {
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aws_region: Option<VoiceConnectorAwsRegion>,
    pub require_encryption: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub integration_type: Option<VoiceConnectorIntegrationType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network_type: Option<NetworkType>,
}

impl CreateVoiceConnectorRequest {
    /// With the required members; the others absent.
    pub const fn new(name: String, require_encryption: bool) -> Self {
        Self {
            name,
            aws_region: None,
            require_encryption,
            tags: None,
            integration_type: None,
            network_type: None,
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateVoiceConnectorResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice_connector: Option<VoiceConnector>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Credential {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username: Option<Sensitive<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password: Option<Sensitive<String>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DNISEmergencyCallingConfiguration {
    pub emergency_phone_number: Pii<E164>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub test_phone_number: Option<Pii<E164>>,
    pub calling_country: String,
}

impl DNISEmergencyCallingConfiguration {
    /// With the required members; the others absent.
    pub const fn new(emergency_phone_number: Pii<E164>, calling_country: String) -> Self {
        Self { emergency_phone_number, test_phone_number: None, calling_country }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeletePhoneNumberRequest {
    pub phone_number_id: Sensitive<String>,
}

impl DeletePhoneNumberRequest {
    /// With the required members; the others absent.
    pub const fn new(phone_number_id: Sensitive<String>) -> Self {
        Self { phone_number_id }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteProxySessionRequest {
    pub voice_connector_id: String,
    pub proxy_session_id: String,
}

impl DeleteProxySessionRequest {
    /// With the required members; the others absent.
    pub const fn new(voice_connector_id: String, proxy_session_id: String) -> Self {
        Self { voice_connector_id, proxy_session_id }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteSipMediaApplicationRequest {
    pub sip_media_application_id: String,
}

impl DeleteSipMediaApplicationRequest {
    /// With the required members; the others absent.
    pub const fn new(sip_media_application_id: String) -> Self {
        Self { sip_media_application_id }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteSipRuleRequest {
    pub sip_rule_id: String,
}

impl DeleteSipRuleRequest {
    /// With the required members; the others absent.
    pub const fn new(sip_rule_id: String) -> Self {
        Self { sip_rule_id }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteVoiceConnectorEmergencyCallingConfigurationRequest {
    pub voice_connector_id: String,
}

impl DeleteVoiceConnectorEmergencyCallingConfigurationRequest {
    /// With the required members; the others absent.
    pub const fn new(voice_connector_id: String) -> Self {
        Self { voice_connector_id }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteVoiceConnectorExternalSystemsConfigurationRequest {
    pub voice_connector_id: String,
}

impl DeleteVoiceConnectorExternalSystemsConfigurationRequest {
    /// With the required members; the others absent.
    pub const fn new(voice_connector_id: String) -> Self {
        Self { voice_connector_id }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteVoiceConnectorGroupRequest {
    pub voice_connector_group_id: String,
}

impl DeleteVoiceConnectorGroupRequest {
    /// With the required members; the others absent.
    pub const fn new(voice_connector_group_id: String) -> Self {
        Self { voice_connector_group_id }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteVoiceConnectorOriginationRequest {
    pub voice_connector_id: String,
}

impl DeleteVoiceConnectorOriginationRequest {
    /// With the required members; the others absent.
    pub const fn new(voice_connector_id: String) -> Self {
        Self { voice_connector_id }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteVoiceConnectorProxyRequest {
    pub voice_connector_id: String,
}

impl DeleteVoiceConnectorProxyRequest {
    /// With the required members; the others absent.
    pub const fn new(voice_connector_id: String) -> Self {
        Self { voice_connector_id }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteVoiceConnectorRequest {
    pub voice_connector_id: String,
}

impl DeleteVoiceConnectorRequest {
    /// With the required members; the others absent.
    pub const fn new(voice_connector_id: String) -> Self {
        Self { voice_connector_id }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteVoiceConnectorStreamingConfigurationRequest {
    pub voice_connector_id: String,
}

impl DeleteVoiceConnectorStreamingConfigurationRequest {
    /// With the required members; the others absent.
    pub const fn new(voice_connector_id: String) -> Self {
        Self { voice_connector_id }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteVoiceConnectorTerminationCredentialsRequest {
    pub voice_connector_id: String,
    pub usernames: Vec<Sensitive<String>>,
}

impl DeleteVoiceConnectorTerminationCredentialsRequest {
    /// With the required members; the others absent.
    pub const fn new(voice_connector_id: String, usernames: Vec<Sensitive<String>>) -> Self {
        Self { voice_connector_id, usernames }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteVoiceConnectorTerminationRequest {
    pub voice_connector_id: String,
}

impl DeleteVoiceConnectorTerminationRequest {
    /// With the required members; the others absent.
    pub const fn new(voice_connector_id: String) -> Self {
        Self { voice_connector_id }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DisassociatePhoneNumbersFromVoiceConnectorGroupRequest {
    pub voice_connector_group_id: String,
    pub e164_phone_numbers: Vec<Pii<E164>>,
}

impl DisassociatePhoneNumbersFromVoiceConnectorGroupRequest {
    /// With the required members; the others absent.
    pub const fn new(voice_connector_group_id: String, e164_phone_numbers: Vec<Pii<E164>>) -> Self {
        Self { voice_connector_group_id, e164_phone_numbers }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DisassociatePhoneNumbersFromVoiceConnectorGroupResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number_errors: Option<Vec<PhoneNumberError>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DisassociatePhoneNumbersFromVoiceConnectorRequest {
    pub voice_connector_id: String,
    pub e164_phone_numbers: Vec<Pii<E164>>,
}

impl DisassociatePhoneNumbersFromVoiceConnectorRequest {
    /// With the required members; the others absent.
    pub const fn new(voice_connector_id: String, e164_phone_numbers: Vec<Pii<E164>>) -> Self {
        Self { voice_connector_id, e164_phone_numbers }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DisassociatePhoneNumbersFromVoiceConnectorResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number_errors: Option<Vec<PhoneNumberError>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct EmergencyCallingConfiguration {
    #[serde(rename = "DNIS", skip_serializing_if = "Option::is_none")]
    pub dnis: Option<Vec<DNISEmergencyCallingConfiguration>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ErrorCode {
    BadRequest,
    Conflict,
    Forbidden,
    NotFound,
    PreconditionFailed,
    ResourceLimitExceeded,
    ServiceFailure,
    AccessDenied,
    ServiceUnavailable,
    Throttled,
    Throttling,
    Unauthorized,
    Unprocessable,
    VoiceConnectorGroupAssociationsExist,
    PhoneNumberAssociationsExist,
    Gone,
    Validation,
}

impl ErrorCode {
    /// All values, in the model's order.
    pub const ALL: &[Self] = &[
        Self::BadRequest,
        Self::Conflict,
        Self::Forbidden,
        Self::NotFound,
        Self::PreconditionFailed,
        Self::ResourceLimitExceeded,
        Self::ServiceFailure,
        Self::AccessDenied,
        Self::ServiceUnavailable,
        Self::Throttled,
        Self::Throttling,
        Self::Unauthorized,
        Self::Unprocessable,
        Self::VoiceConnectorGroupAssociationsExist,
        Self::PhoneNumberAssociationsExist,
        Self::Gone,
        Self::Validation,
    ];

    /// The wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BadRequest => "BadRequest",
            Self::Conflict => "Conflict",
            Self::Forbidden => "Forbidden",
            Self::NotFound => "NotFound",
            Self::PreconditionFailed => "PreconditionFailed",
            Self::ResourceLimitExceeded => "ResourceLimitExceeded",
            Self::ServiceFailure => "ServiceFailure",
            Self::AccessDenied => "AccessDenied",
            Self::ServiceUnavailable => "ServiceUnavailable",
            Self::Throttled => "Throttled",
            Self::Throttling => "Throttling",
            Self::Unauthorized => "Unauthorized",
            Self::Unprocessable => "Unprocessable",
            Self::VoiceConnectorGroupAssociationsExist => "VoiceConnectorGroupAssociationsExist",
            Self::PhoneNumberAssociationsExist => "PhoneNumberAssociationsExist",
            Self::Gone => "Gone",
            Self::Validation => "Validation",
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ExternalSystemsConfiguration {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_border_controller_types: Option<Vec<SessionBorderControllerType>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact_center_system_types: Option<Vec<ContactCenterSystemType>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum GeoMatchLevel {
    Country,
    AreaCode,
}

impl GeoMatchLevel {
    /// All values, in the model's order.
    pub const ALL: &[Self] = &[Self::Country, Self::AreaCode];

    /// The wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Country => "Country",
            Self::AreaCode => "AreaCode",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GeoMatchParams {
    pub country: String,
    pub area_code: String,
}

impl GeoMatchParams {
    /// With the required members; the others absent.
    pub const fn new(country: String, area_code: String) -> Self {
        Self { country, area_code }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetGlobalSettingsResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice_connector: Option<VoiceConnectorSettings>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetPhoneNumberOrderRequest {
    pub phone_number_order_id: String,
}

impl GetPhoneNumberOrderRequest {
    /// With the required members; the others absent.
    pub const fn new(phone_number_order_id: String) -> Self {
        Self { phone_number_order_id }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetPhoneNumberOrderResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number_order: Option<PhoneNumberOrder>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetPhoneNumberRequest {
    pub phone_number_id: Sensitive<String>,
}

impl GetPhoneNumberRequest {
    /// With the required members; the others absent.
    pub const fn new(phone_number_id: Sensitive<String>) -> Self {
        Self { phone_number_id }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetPhoneNumberResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<PhoneNumber>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetPhoneNumberSettingsResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calling_name: Option<Sensitive<String>>,
    #[serde(default, with = "crate::wire::iso8601", skip_serializing_if = "Option::is_none")]
    pub calling_name_updated_timestamp: Option<Timestamp>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetProxySessionRequest {
    pub voice_connector_id: String,
    pub proxy_session_id: String,
}

impl GetProxySessionRequest {
    /// With the required members; the others absent.
    pub const fn new(voice_connector_id: String, proxy_session_id: String) -> Self {
        Self { voice_connector_id, proxy_session_id }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetProxySessionResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proxy_session: Option<ProxySession>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetSipMediaApplicationLoggingConfigurationRequest {
    pub sip_media_application_id: String,
}

impl GetSipMediaApplicationLoggingConfigurationRequest {
    /// With the required members; the others absent.
    pub const fn new(sip_media_application_id: String) -> Self {
        Self { sip_media_application_id }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetSipMediaApplicationLoggingConfigurationResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sip_media_application_logging_configuration: Option<SipMediaApplicationLoggingConfiguration>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetSipMediaApplicationRequest {
    pub sip_media_application_id: String,
}

impl GetSipMediaApplicationRequest {
    /// With the required members; the others absent.
    pub const fn new(sip_media_application_id: String) -> Self {
        Self { sip_media_application_id }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetSipMediaApplicationResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sip_media_application: Option<SipMediaApplication>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetSipRuleRequest {
    pub sip_rule_id: String,
}

impl GetSipRuleRequest {
    /// With the required members; the others absent.
    pub const fn new(sip_rule_id: String) -> Self {
        Self { sip_rule_id }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetSipRuleResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sip_rule: Option<SipRule>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetVoiceConnectorEmergencyCallingConfigurationRequest {
    pub voice_connector_id: String,
}

impl GetVoiceConnectorEmergencyCallingConfigurationRequest {
    /// With the required members; the others absent.
    pub const fn new(voice_connector_id: String) -> Self {
        Self { voice_connector_id }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetVoiceConnectorEmergencyCallingConfigurationResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emergency_calling_configuration: Option<EmergencyCallingConfiguration>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetVoiceConnectorExternalSystemsConfigurationRequest {
    pub voice_connector_id: String,
}

impl GetVoiceConnectorExternalSystemsConfigurationRequest {
    /// With the required members; the others absent.
    pub const fn new(voice_connector_id: String) -> Self {
        Self { voice_connector_id }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetVoiceConnectorExternalSystemsConfigurationResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_systems_configuration: Option<ExternalSystemsConfiguration>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetVoiceConnectorGroupRequest {
    pub voice_connector_group_id: String,
}

impl GetVoiceConnectorGroupRequest {
    /// With the required members; the others absent.
    pub const fn new(voice_connector_group_id: String) -> Self {
        Self { voice_connector_group_id }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetVoiceConnectorGroupResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice_connector_group: Option<VoiceConnectorGroup>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetVoiceConnectorLoggingConfigurationRequest {
    pub voice_connector_id: String,
}

impl GetVoiceConnectorLoggingConfigurationRequest {
    /// With the required members; the others absent.
    pub const fn new(voice_connector_id: String) -> Self {
        Self { voice_connector_id }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetVoiceConnectorLoggingConfigurationResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logging_configuration: Option<LoggingConfiguration>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetVoiceConnectorOriginationRequest {
    pub voice_connector_id: String,
}

impl GetVoiceConnectorOriginationRequest {
    /// With the required members; the others absent.
    pub const fn new(voice_connector_id: String) -> Self {
        Self { voice_connector_id }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetVoiceConnectorOriginationResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origination: Option<Origination>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetVoiceConnectorProxyRequest {
    pub voice_connector_id: String,
}

impl GetVoiceConnectorProxyRequest {
    /// With the required members; the others absent.
    pub const fn new(voice_connector_id: String) -> Self {
        Self { voice_connector_id }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetVoiceConnectorProxyResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proxy: Option<Proxy>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetVoiceConnectorRequest {
    pub voice_connector_id: String,
}

impl GetVoiceConnectorRequest {
    /// With the required members; the others absent.
    pub const fn new(voice_connector_id: String) -> Self {
        Self { voice_connector_id }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetVoiceConnectorResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice_connector: Option<VoiceConnector>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetVoiceConnectorStreamingConfigurationRequest {
    pub voice_connector_id: String,
}

impl GetVoiceConnectorStreamingConfigurationRequest {
    /// With the required members; the others absent.
    pub const fn new(voice_connector_id: String) -> Self {
        Self { voice_connector_id }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetVoiceConnectorStreamingConfigurationResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub streaming_configuration: Option<StreamingConfiguration>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetVoiceConnectorTerminationHealthRequest {
    pub voice_connector_id: String,
}

impl GetVoiceConnectorTerminationHealthRequest {
    /// With the required members; the others absent.
    pub const fn new(voice_connector_id: String) -> Self {
        Self { voice_connector_id }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetVoiceConnectorTerminationHealthResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub termination_health: Option<TerminationHealth>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetVoiceConnectorTerminationRequest {
    pub voice_connector_id: String,
}

impl GetVoiceConnectorTerminationRequest {
    /// With the required members; the others absent.
    pub const fn new(voice_connector_id: String) -> Self {
        Self { voice_connector_id }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetVoiceConnectorTerminationResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub termination: Option<Termination>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListAvailableVoiceConnectorRegionsResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice_connector_regions: Option<Vec<VoiceConnectorAwsRegion>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListPhoneNumberOrdersRequest {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_results: Option<u16>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListPhoneNumberOrdersResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number_orders: Option<Vec<PhoneNumberOrder>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListPhoneNumbersRequest {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product_type: Option<PhoneNumberProductType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filter_name: Option<PhoneNumberAssociationName>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filter_value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_results: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListPhoneNumbersResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_numbers: Option<Vec<PhoneNumber>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListProxySessionsRequest {
    pub voice_connector_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<ProxySessionStatus>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_results: Option<u16>,
}

impl ListProxySessionsRequest {
    /// With the required members; the others absent.
    pub const fn new(voice_connector_id: String) -> Self {
        Self { voice_connector_id, status: None, next_token: None, max_results: None }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListProxySessionsResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proxy_sessions: Option<Vec<ProxySession>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListSipMediaApplicationsRequest {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_results: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListSipMediaApplicationsResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sip_media_applications: Option<Vec<SipMediaApplication>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListSipRulesRequest {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sip_media_application_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_results: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListSipRulesResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sip_rules: Option<Vec<SipRule>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListSupportedPhoneNumberCountriesRequest {
    pub product_type: PhoneNumberProductType,
}

impl ListSupportedPhoneNumberCountriesRequest {
    /// With the required members; the others absent.
    pub const fn new(product_type: PhoneNumberProductType) -> Self {
        Self { product_type }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListSupportedPhoneNumberCountriesResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number_countries: Option<Vec<PhoneNumberCountry>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListTagsForResourceRequest {
    #[serde(rename = "ResourceARN")]
    pub resource_arn: Sensitive<String>,
}

impl ListTagsForResourceRequest {
    /// With the required members; the others absent.
    pub const fn new(resource_arn: Sensitive<String>) -> Self {
        Self { resource_arn }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListTagsForResourceResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListVoiceConnectorGroupsRequest {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_results: Option<u16>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListVoiceConnectorGroupsResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice_connector_groups: Option<Vec<VoiceConnectorGroup>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListVoiceConnectorTerminationCredentialsRequest {
    pub voice_connector_id: String,
}

impl ListVoiceConnectorTerminationCredentialsRequest {
    /// With the required members; the others absent.
    pub const fn new(voice_connector_id: String) -> Self {
        Self { voice_connector_id }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListVoiceConnectorTerminationCredentialsResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usernames: Option<Vec<Sensitive<String>>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListVoiceConnectorsRequest {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_results: Option<u16>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListVoiceConnectorsResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice_connectors: Option<Vec<VoiceConnector>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct LoggingConfiguration {
    #[serde(rename = "EnableSIPLogs", skip_serializing_if = "Option::is_none")]
    pub enable_sip_logs: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enable_media_metric_logs: Option<bool>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct MediaInsightsConfiguration {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disabled: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub configuration_arn: Option<Sensitive<String>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum NetworkType {
    #[serde(rename = "IPV4_ONLY")]
    Ipv4Only,
    #[serde(rename = "DUAL_STACK")]
    DualStack,
}

impl NetworkType {
    /// All values, in the model's order.
    pub const ALL: &[Self] = &[Self::Ipv4Only, Self::DualStack];

    /// The wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ipv4Only => "IPV4_ONLY",
            Self::DualStack => "DUAL_STACK",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum NotificationTarget {
    EventBridge,
    #[serde(rename = "SNS")]
    Sns,
    #[serde(rename = "SQS")]
    Sqs,
}

impl NotificationTarget {
    /// All values, in the model's order.
    pub const ALL: &[Self] = &[Self::EventBridge, Self::Sns, Self::Sqs];

    /// The wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::EventBridge => "EventBridge",
            Self::Sns => "SNS",
            Self::Sqs => "SQS",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum NumberSelectionBehavior {
    PreferSticky,
    AvoidSticky,
}

impl NumberSelectionBehavior {
    /// All values, in the model's order.
    pub const ALL: &[Self] = &[Self::PreferSticky, Self::AvoidSticky];

    /// The wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PreferSticky => "PreferSticky",
            Self::AvoidSticky => "AvoidSticky",
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct OrderedPhoneNumber {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub e164_phone_number: Option<Pii<E164>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<OrderedPhoneNumberStatus>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum OrderedPhoneNumberStatus {
    Processing,
    Acquired,
    Failed,
}

impl OrderedPhoneNumberStatus {
    /// All values, in the model's order.
    pub const ALL: &[Self] = &[Self::Processing, Self::Acquired, Self::Failed];

    /// The wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Processing => "Processing",
            Self::Acquired => "Acquired",
            Self::Failed => "Failed",
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Origination {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub routes: Option<Vec<OriginationRoute>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disabled: Option<bool>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct OriginationRoute {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<OriginationRouteProtocol>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<u16>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum OriginationRouteProtocol {
    #[serde(rename = "TCP")]
    Tcp,
    #[serde(rename = "UDP")]
    Udp,
}

impl OriginationRouteProtocol {
    /// All values, in the model's order.
    pub const ALL: &[Self] = &[Self::Tcp, Self::Udp];

    /// The wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Tcp => "TCP",
            Self::Udp => "UDP",
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Participant {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<Pii<E164>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proxy_phone_number: Option<Pii<E164>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PhoneNumber {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number_id: Option<Sensitive<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub e164_phone_number: Option<Pii<E164>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number_arn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<PhoneNumberType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product_type: Option<PhoneNumberProductType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<PhoneNumberStatus>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capabilities: Option<PhoneNumberCapabilities>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub associations: Option<Vec<PhoneNumberAssociation>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calling_name: Option<Sensitive<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calling_name_status: Option<CallingNameStatus>,
    #[serde(default, with = "crate::wire::iso8601", skip_serializing_if = "Option::is_none")]
    pub created_timestamp: Option<Timestamp>,
    #[serde(default, with = "crate::wire::iso8601", skip_serializing_if = "Option::is_none")]
    pub updated_timestamp: Option<Timestamp>,
    #[serde(default, with = "crate::wire::iso8601", skip_serializing_if = "Option::is_none")]
    pub deletion_timestamp: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Sensitive<String>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PhoneNumberAssociation {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<PhoneNumberAssociationName>,
    #[serde(default, with = "crate::wire::iso8601", skip_serializing_if = "Option::is_none")]
    pub associated_timestamp: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PhoneNumberAssociationName {
    VoiceConnectorId,
    VoiceConnectorGroupId,
    SipRuleId,
}

impl PhoneNumberAssociationName {
    /// All values, in the model's order.
    pub const ALL: &[Self] = &[Self::VoiceConnectorId, Self::VoiceConnectorGroupId, Self::SipRuleId];

    /// The wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::VoiceConnectorId => "VoiceConnectorId",
            Self::VoiceConnectorGroupId => "VoiceConnectorGroupId",
            Self::SipRuleId => "SipRuleId",
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PhoneNumberCapabilities {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inbound_call: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outbound_call: Option<bool>,
    #[serde(rename = "InboundSMS", skip_serializing_if = "Option::is_none")]
    pub inbound_sms: Option<bool>,
    #[serde(rename = "OutboundSMS", skip_serializing_if = "Option::is_none")]
    pub outbound_sms: Option<bool>,
    #[serde(rename = "InboundMMS", skip_serializing_if = "Option::is_none")]
    pub inbound_mms: Option<bool>,
    #[serde(rename = "OutboundMMS", skip_serializing_if = "Option::is_none")]
    pub outbound_mms: Option<bool>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PhoneNumberCountry {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supported_phone_number_types: Option<Vec<PhoneNumberType>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PhoneNumberError {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number_id: Option<Sensitive<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_code: Option<ErrorCode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_message: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PhoneNumberOrder {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number_order_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product_type: Option<PhoneNumberProductType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<PhoneNumberOrderStatus>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_type: Option<PhoneNumberOrderType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ordered_phone_numbers: Option<Vec<OrderedPhoneNumber>>,
    #[serde(default, with = "crate::wire::iso8601", skip_serializing_if = "Option::is_none")]
    pub created_timestamp: Option<Timestamp>,
    #[serde(default, with = "crate::wire::iso8601", skip_serializing_if = "Option::is_none")]
    pub updated_timestamp: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub foc_date: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PhoneNumberOrderStatus {
    Processing,
    Successful,
    Failed,
    Partial,
    PendingDocuments,
    Submitted,
    #[serde(rename = "FOC")]
    Foc,
    ChangeRequested,
    Exception,
    CancelRequested,
    Cancelled,
}

impl PhoneNumberOrderStatus {
    /// All values, in the model's order.
    pub const ALL: &[Self] = &[
        Self::Processing,
        Self::Successful,
        Self::Failed,
        Self::Partial,
        Self::PendingDocuments,
        Self::Submitted,
        Self::Foc,
        Self::ChangeRequested,
        Self::Exception,
        Self::CancelRequested,
        Self::Cancelled,
    ];

    /// The wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Processing => "Processing",
            Self::Successful => "Successful",
            Self::Failed => "Failed",
            Self::Partial => "Partial",
            Self::PendingDocuments => "PendingDocuments",
            Self::Submitted => "Submitted",
            Self::Foc => "FOC",
            Self::ChangeRequested => "ChangeRequested",
            Self::Exception => "Exception",
            Self::CancelRequested => "CancelRequested",
            Self::Cancelled => "Cancelled",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PhoneNumberOrderType {
    New,
    Porting,
}

impl PhoneNumberOrderType {
    /// All values, in the model's order.
    pub const ALL: &[Self] = &[Self::New, Self::Porting];

    /// The wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::New => "New",
            Self::Porting => "Porting",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PhoneNumberProductType {
    VoiceConnector,
    SipMediaApplicationDialIn,
}

impl PhoneNumberProductType {
    /// All values, in the model's order.
    pub const ALL: &[Self] = &[Self::VoiceConnector, Self::SipMediaApplicationDialIn];

    /// The wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::VoiceConnector => "VoiceConnector",
            Self::SipMediaApplicationDialIn => "SipMediaApplicationDialIn",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PhoneNumberStatus {
    Cancelled,
    PortinCancelRequested,
    PortinInProgress,
    AcquireInProgress,
    AcquireFailed,
    Unassigned,
    Assigned,
    ReleaseInProgress,
    DeleteInProgress,
    ReleaseFailed,
    DeleteFailed,
}

impl PhoneNumberStatus {
    /// All values, in the model's order.
    pub const ALL: &[Self] = &[
        Self::Cancelled,
        Self::PortinCancelRequested,
        Self::PortinInProgress,
        Self::AcquireInProgress,
        Self::AcquireFailed,
        Self::Unassigned,
        Self::Assigned,
        Self::ReleaseInProgress,
        Self::DeleteInProgress,
        Self::ReleaseFailed,
        Self::DeleteFailed,
    ];

    /// The wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cancelled => "Cancelled",
            Self::PortinCancelRequested => "PortinCancelRequested",
            Self::PortinInProgress => "PortinInProgress",
            Self::AcquireInProgress => "AcquireInProgress",
            Self::AcquireFailed => "AcquireFailed",
            Self::Unassigned => "Unassigned",
            Self::Assigned => "Assigned",
            Self::ReleaseInProgress => "ReleaseInProgress",
            Self::DeleteInProgress => "DeleteInProgress",
            Self::ReleaseFailed => "ReleaseFailed",
            Self::DeleteFailed => "DeleteFailed",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PhoneNumberType {
    Local,
    TollFree,
}

impl PhoneNumberType {
    /// All values, in the model's order.
    pub const ALL: &[Self] = &[Self::Local, Self::TollFree];

    /// The wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Local => "Local",
            Self::TollFree => "TollFree",
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Proxy {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_session_expiry_minutes: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disabled: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fall_back_phone_number: Option<Pii<E164>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number_countries: Option<Vec<String>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ProxySession {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice_connector_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proxy_session_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<ProxySessionStatus>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expiry_minutes: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capabilities: Option<Vec<Capability>>,
    #[serde(default, with = "crate::wire::iso8601", skip_serializing_if = "Option::is_none")]
    pub created_timestamp: Option<Timestamp>,
    #[serde(default, with = "crate::wire::iso8601", skip_serializing_if = "Option::is_none")]
    pub updated_timestamp: Option<Timestamp>,
    #[serde(default, with = "crate::wire::iso8601", skip_serializing_if = "Option::is_none")]
    pub ended_timestamp: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub participants: Option<Vec<Participant>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number_selection_behavior: Option<NumberSelectionBehavior>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub geo_match_level: Option<GeoMatchLevel>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub geo_match_params: Option<GeoMatchParams>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ProxySessionStatus {
    Open,
    InProgress,
    Closed,
}

impl ProxySessionStatus {
    /// All values, in the model's order.
    pub const ALL: &[Self] = &[Self::Open, Self::InProgress, Self::Closed];

    /// The wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::InProgress => "InProgress",
            Self::Closed => "Closed",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutSipMediaApplicationLoggingConfigurationRequest {
    pub sip_media_application_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sip_media_application_logging_configuration: Option<SipMediaApplicationLoggingConfiguration>,
}

impl PutSipMediaApplicationLoggingConfigurationRequest {
    /// With the required members; the others absent.
    pub const fn new(sip_media_application_id: String) -> Self {
        Self { sip_media_application_id, sip_media_application_logging_configuration: None }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutSipMediaApplicationLoggingConfigurationResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sip_media_application_logging_configuration: Option<SipMediaApplicationLoggingConfiguration>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutVoiceConnectorEmergencyCallingConfigurationRequest {
    pub voice_connector_id: String,
    pub emergency_calling_configuration: EmergencyCallingConfiguration,
}

impl PutVoiceConnectorEmergencyCallingConfigurationRequest {
    /// With the required members; the others absent.
    pub const fn new(
        voice_connector_id: String,
        emergency_calling_configuration: EmergencyCallingConfiguration,
    ) -> Self {
        Self { voice_connector_id, emergency_calling_configuration }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutVoiceConnectorEmergencyCallingConfigurationResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emergency_calling_configuration: Option<EmergencyCallingConfiguration>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutVoiceConnectorExternalSystemsConfigurationRequest {
    pub voice_connector_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_border_controller_types: Option<Vec<SessionBorderControllerType>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact_center_system_types: Option<Vec<ContactCenterSystemType>>,
}

impl PutVoiceConnectorExternalSystemsConfigurationRequest {
    /// With the required members; the others absent.
    pub const fn new(voice_connector_id: String) -> Self {
        Self { voice_connector_id, session_border_controller_types: None, contact_center_system_types: None }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutVoiceConnectorExternalSystemsConfigurationResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_systems_configuration: Option<ExternalSystemsConfiguration>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutVoiceConnectorLoggingConfigurationRequest {
    pub voice_connector_id: String,
    pub logging_configuration: LoggingConfiguration,
}

impl PutVoiceConnectorLoggingConfigurationRequest {
    /// With the required members; the others absent.
    pub const fn new(voice_connector_id: String, logging_configuration: LoggingConfiguration) -> Self {
        Self { voice_connector_id, logging_configuration }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutVoiceConnectorLoggingConfigurationResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logging_configuration: Option<LoggingConfiguration>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutVoiceConnectorOriginationRequest {
    pub voice_connector_id: String,
    pub origination: Origination,
}

impl PutVoiceConnectorOriginationRequest {
    /// With the required members; the others absent.
    pub const fn new(voice_connector_id: String, origination: Origination) -> Self {
        Self { voice_connector_id, origination }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutVoiceConnectorOriginationResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origination: Option<Origination>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutVoiceConnectorProxyRequest {
    pub voice_connector_id: String,
    pub default_session_expiry_minutes: i32,
    pub phone_number_pool_countries: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fall_back_phone_number: Option<Pii<E164>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disabled: Option<bool>,
}

impl PutVoiceConnectorProxyRequest {
    /// With the required members; the others absent.
    pub const fn new(
        voice_connector_id: String,
        default_session_expiry_minutes: i32,
        phone_number_pool_countries: Vec<String>,
    ) -> Self {
        Self {
            voice_connector_id,
            default_session_expiry_minutes,
            phone_number_pool_countries,
            fall_back_phone_number: None,
            disabled: None,
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutVoiceConnectorProxyResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proxy: Option<Proxy>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutVoiceConnectorStreamingConfigurationRequest {
    pub voice_connector_id: String,
    pub streaming_configuration: StreamingConfiguration,
}

impl PutVoiceConnectorStreamingConfigurationRequest {
    /// With the required members; the others absent.
    pub const fn new(voice_connector_id: String, streaming_configuration: StreamingConfiguration) -> Self {
        Self { voice_connector_id, streaming_configuration }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutVoiceConnectorStreamingConfigurationResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub streaming_configuration: Option<StreamingConfiguration>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutVoiceConnectorTerminationCredentialsRequest {
    pub voice_connector_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credentials: Option<Vec<Credential>>,
}

impl PutVoiceConnectorTerminationCredentialsRequest {
    /// With the required members; the others absent.
    pub const fn new(voice_connector_id: String) -> Self {
        Self { voice_connector_id, credentials: None }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutVoiceConnectorTerminationRequest {
    pub voice_connector_id: String,
    pub termination: Termination,
}

impl PutVoiceConnectorTerminationRequest {
    /// With the required members; the others absent.
    pub const fn new(voice_connector_id: String, termination: Termination) -> Self {
        Self { voice_connector_id, termination }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutVoiceConnectorTerminationResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub termination: Option<Termination>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct RestorePhoneNumberRequest {
    pub phone_number_id: Sensitive<String>,
}

impl RestorePhoneNumberRequest {
    /// With the required members; the others absent.
    pub const fn new(phone_number_id: Sensitive<String>) -> Self {
        Self { phone_number_id }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct RestorePhoneNumberResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<PhoneNumber>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SearchAvailablePhoneNumbersRequest {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub toll_free_prefix: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number_type: Option<PhoneNumberType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_results: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SearchAvailablePhoneNumbersResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub e164_phone_numbers: Option<Vec<Pii<E164>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SessionBorderControllerType {
    #[serde(rename = "RIBBON_SBC")]
    RibbonSbc,
    #[serde(rename = "ORACLE_ACME_PACKET_SBC")]
    OracleAcmePacketSbc,
    #[serde(rename = "AVAYA_SBCE")]
    AvayaSbce,
    #[serde(rename = "CISCO_UNIFIED_BORDER_ELEMENT")]
    CiscoUnifiedBorderElement,
    #[serde(rename = "AUDIOCODES_MEDIANT_SBC")]
    AudiocodesMediantSbc,
}

impl SessionBorderControllerType {
    /// All values, in the model's order.
    pub const ALL: &[Self] = &[
        Self::RibbonSbc,
        Self::OracleAcmePacketSbc,
        Self::AvayaSbce,
        Self::CiscoUnifiedBorderElement,
        Self::AudiocodesMediantSbc,
    ];

    /// The wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RibbonSbc => "RIBBON_SBC",
            Self::OracleAcmePacketSbc => "ORACLE_ACME_PACKET_SBC",
            Self::AvayaSbce => "AVAYA_SBCE",
            Self::CiscoUnifiedBorderElement => "CISCO_UNIFIED_BORDER_ELEMENT",
            Self::AudiocodesMediantSbc => "AUDIOCODES_MEDIANT_SBC",
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SipMediaApplication {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sip_media_application_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aws_region: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoints: Option<Vec<SipMediaApplicationEndpoint>>,
    #[serde(default, with = "crate::wire::iso8601", skip_serializing_if = "Option::is_none")]
    pub created_timestamp: Option<Timestamp>,
    #[serde(default, with = "crate::wire::iso8601", skip_serializing_if = "Option::is_none")]
    pub updated_timestamp: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sip_media_application_arn: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SipMediaApplicationCall {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transaction_id: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SipMediaApplicationEndpoint {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lambda_arn: Option<Sensitive<String>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SipMediaApplicationLoggingConfiguration {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enable_sip_media_application_message_logs: Option<bool>,
}

#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SipRule {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sip_rule_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disabled: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trigger_type: Option<SipRuleTriggerType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trigger_value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_applications: Option<Vec<SipRuleTargetApplication>>,
    #[serde(default, with = "crate::wire::iso8601", skip_serializing_if = "Option::is_none")]
    pub created_timestamp: Option<Timestamp>,
    #[serde(default, with = "crate::wire::iso8601", skip_serializing_if = "Option::is_none")]
    pub updated_timestamp: Option<Timestamp>,
}

impl fmt::Debug for SipRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SipRule")
            .field("sip_rule_id", &self.sip_rule_id)
            .field("name", &self.name)
            .field("disabled", &self.disabled)
            .field("trigger_type", &self.trigger_type)
            .field("trigger_value", &Sensitive(()))
            .field("target_applications", &self.target_applications)
            .field("created_timestamp", &self.created_timestamp)
            .field("updated_timestamp", &self.updated_timestamp)
            .finish()
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SipRuleTargetApplication {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sip_media_application_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aws_region: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SipRuleTriggerType {
    ToPhoneNumber,
    RequestUriHostname,
}

impl SipRuleTriggerType {
    /// All values, in the model's order.
    pub const ALL: &[Self] = &[Self::ToPhoneNumber, Self::RequestUriHostname];

    /// The wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ToPhoneNumber => "ToPhoneNumber",
            Self::RequestUriHostname => "RequestUriHostname",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct StreamingConfiguration {
    pub data_retention_in_hours: u32,
    pub disabled: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub streaming_notification_targets: Option<Vec<StreamingNotificationTarget>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_insights_configuration: Option<MediaInsightsConfiguration>,
}

impl StreamingConfiguration {
    /// With the required members; the others absent.
    pub const fn new(data_retention_in_hours: u32, disabled: bool) -> Self {
        Self {
            data_retention_in_hours,
            disabled,
            streaming_notification_targets: None,
            media_insights_configuration: None,
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct StreamingNotificationTarget {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notification_target: Option<NotificationTarget>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Tag {
    pub key: Sensitive<String>,
    pub value: Sensitive<String>,
}

impl Tag {
    /// With the required members; the others absent.
    pub const fn new(key: Sensitive<String>, value: Sensitive<String>) -> Self {
        Self { key, value }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct TagResourceRequest {
    #[serde(rename = "ResourceARN")]
    pub resource_arn: Sensitive<String>,
    pub tags: Vec<Tag>,
}

impl TagResourceRequest {
    /// With the required members; the others absent.
    pub const fn new(resource_arn: Sensitive<String>, tags: Vec<Tag>) -> Self {
        Self { resource_arn, tags }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Termination {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cps_limit: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_phone_number: Option<Pii<E164>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calling_regions: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cidr_allowed_list: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disabled: Option<bool>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct TerminationHealth {
    #[serde(default, with = "crate::wire::iso8601", skip_serializing_if = "Option::is_none")]
    pub timestamp: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UntagResourceRequest {
    #[serde(rename = "ResourceARN")]
    pub resource_arn: Sensitive<String>,
    pub tag_keys: Vec<Sensitive<String>>,
}

impl UntagResourceRequest {
    /// With the required members; the others absent.
    pub const fn new(resource_arn: Sensitive<String>, tag_keys: Vec<Sensitive<String>>) -> Self {
        Self { resource_arn, tag_keys }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateGlobalSettingsRequest {
    pub voice_connector: VoiceConnectorSettings,
}

impl UpdateGlobalSettingsRequest {
    /// With the required members; the others absent.
    pub const fn new(voice_connector: VoiceConnectorSettings) -> Self {
        Self { voice_connector }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdatePhoneNumberRequest {
    pub phone_number_id: Sensitive<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product_type: Option<PhoneNumberProductType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calling_name: Option<Sensitive<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Sensitive<String>>,
}

impl UpdatePhoneNumberRequest {
    /// With the required members; the others absent.
    pub const fn new(phone_number_id: Sensitive<String>) -> Self {
        Self { phone_number_id, product_type: None, calling_name: None, name: None }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdatePhoneNumberRequestItem {
    pub phone_number_id: Sensitive<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product_type: Option<PhoneNumberProductType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calling_name: Option<Sensitive<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Sensitive<String>>,
}

impl UpdatePhoneNumberRequestItem {
    /// With the required members; the others absent.
    pub const fn new(phone_number_id: Sensitive<String>) -> Self {
        Self { phone_number_id, product_type: None, calling_name: None, name: None }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdatePhoneNumberResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<PhoneNumber>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdatePhoneNumberSettingsRequest {
    pub calling_name: Sensitive<String>,
}

impl UpdatePhoneNumberSettingsRequest {
    /// With the required members; the others absent.
    pub const fn new(calling_name: Sensitive<String>) -> Self {
        Self { calling_name }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateProxySessionRequest {
    pub voice_connector_id: String,
    pub proxy_session_id: String,
    pub capabilities: Vec<Capability>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expiry_minutes: Option<u32>,
}

impl UpdateProxySessionRequest {
    /// With the required members; the others absent.
    pub const fn new(
        voice_connector_id: String,
        proxy_session_id: String,
        capabilities: Vec<Capability>,
    ) -> Self {
        Self { voice_connector_id, proxy_session_id, capabilities, expiry_minutes: None }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateProxySessionResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proxy_session: Option<ProxySession>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateSipMediaApplicationCallRequest {
    pub sip_media_application_id: String,
    pub transaction_id: String,
    pub arguments: Pairs,
}

impl UpdateSipMediaApplicationCallRequest {
    /// With the required members; the others absent.
    pub const fn new(sip_media_application_id: String, transaction_id: String, arguments: Pairs) -> Self {
        Self { sip_media_application_id, transaction_id, arguments }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateSipMediaApplicationCallResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sip_media_application_call: Option<SipMediaApplicationCall>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateSipMediaApplicationRequest {
    pub sip_media_application_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoints: Option<Vec<SipMediaApplicationEndpoint>>,
}

impl UpdateSipMediaApplicationRequest {
    /// With the required members; the others absent.
    pub const fn new(sip_media_application_id: String) -> Self {
        Self { sip_media_application_id, name: None, endpoints: None }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateSipMediaApplicationResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sip_media_application: Option<SipMediaApplication>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateSipRuleRequest {
    pub sip_rule_id: String,
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disabled: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_applications: Option<Vec<SipRuleTargetApplication>>,
}

impl UpdateSipRuleRequest {
    /// With the required members; the others absent.
    pub const fn new(sip_rule_id: String, name: String) -> Self {
        Self { sip_rule_id, name, disabled: None, target_applications: None }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateSipRuleResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sip_rule: Option<SipRule>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateVoiceConnectorGroupRequest {
    pub voice_connector_group_id: String,
    pub name: String,
    pub voice_connector_items: Vec<VoiceConnectorItem>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub call_distribution_type: Option<CallDistributionType>,
}

impl UpdateVoiceConnectorGroupRequest {
    /// With the required members; the others absent.
    pub const fn new(
        voice_connector_group_id: String,
        name: String,
        voice_connector_items: Vec<VoiceConnectorItem>,
    ) -> Self {
        Self { voice_connector_group_id, name, voice_connector_items, call_distribution_type: None }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateVoiceConnectorGroupResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice_connector_group: Option<VoiceConnectorGroup>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateVoiceConnectorRequest {
    pub voice_connector_id: String,
    pub name: String,
    pub require_encryption: bool,
}

impl UpdateVoiceConnectorRequest {
    /// With the required members; the others absent.
    pub const fn new(voice_connector_id: String, name: String, require_encryption: bool) -> Self {
        Self { voice_connector_id, name, require_encryption }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateVoiceConnectorResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice_connector: Option<VoiceConnector>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ValidateE911AddressRequest {
    pub aws_account_id: String,
    pub street_number: Sensitive<String>,
    pub street_info: Sensitive<String>,
    pub city: Sensitive<String>,
    pub state: Sensitive<String>,
    pub country: Sensitive<String>,
    pub postal_code: Sensitive<String>,
}

impl ValidateE911AddressRequest {
    /// With the required members; the others absent.
    pub const fn new(
        aws_account_id: String,
        street_number: Sensitive<String>,
        street_info: Sensitive<String>,
        city: Sensitive<String>,
        state: Sensitive<String>,
        country: Sensitive<String>,
        postal_code: Sensitive<String>,
    ) -> Self {
        Self { aws_account_id, street_number, street_info, city, state, country, postal_code }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ValidateE911AddressResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub validation_result: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address_external_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub candidate_address_list: Option<Vec<CandidateAddress>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct VoiceConnector {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice_connector_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aws_region: Option<VoiceConnectorAwsRegion>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outbound_host_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub require_encryption: Option<bool>,
    #[serde(default, with = "crate::wire::iso8601", skip_serializing_if = "Option::is_none")]
    pub created_timestamp: Option<Timestamp>,
    #[serde(default, with = "crate::wire::iso8601", skip_serializing_if = "Option::is_none")]
    pub updated_timestamp: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice_connector_arn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub integration_type: Option<VoiceConnectorIntegrationType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network_type: Option<NetworkType>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum VoiceConnectorAwsRegion {
    #[serde(rename = "us-east-1")]
    UsEast1,
    #[serde(rename = "us-west-2")]
    UsWest2,
    #[serde(rename = "ca-central-1")]
    CaCentral1,
    #[serde(rename = "eu-central-1")]
    EuCentral1,
    #[serde(rename = "eu-west-1")]
    EuWest1,
    #[serde(rename = "eu-west-2")]
    EuWest2,
    #[serde(rename = "ap-northeast-2")]
    ApNortheast2,
    #[serde(rename = "ap-northeast-1")]
    ApNortheast1,
    #[serde(rename = "ap-southeast-1")]
    ApSoutheast1,
    #[serde(rename = "ap-southeast-2")]
    ApSoutheast2,
}

impl VoiceConnectorAwsRegion {
    /// All values, in the model's order.
    pub const ALL: &[Self] = &[
        Self::UsEast1,
        Self::UsWest2,
        Self::CaCentral1,
        Self::EuCentral1,
        Self::EuWest1,
        Self::EuWest2,
        Self::ApNortheast2,
        Self::ApNortheast1,
        Self::ApSoutheast1,
        Self::ApSoutheast2,
    ];

    /// The wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UsEast1 => "us-east-1",
            Self::UsWest2 => "us-west-2",
            Self::CaCentral1 => "ca-central-1",
            Self::EuCentral1 => "eu-central-1",
            Self::EuWest1 => "eu-west-1",
            Self::EuWest2 => "eu-west-2",
            Self::ApNortheast2 => "ap-northeast-2",
            Self::ApNortheast1 => "ap-northeast-1",
            Self::ApSoutheast1 => "ap-southeast-1",
            Self::ApSoutheast2 => "ap-southeast-2",
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct VoiceConnectorGroup {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice_connector_group_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice_connector_items: Option<Vec<VoiceConnectorItem>>,
    #[serde(default, with = "crate::wire::iso8601", skip_serializing_if = "Option::is_none")]
    pub created_timestamp: Option<Timestamp>,
    #[serde(default, with = "crate::wire::iso8601", skip_serializing_if = "Option::is_none")]
    pub updated_timestamp: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice_connector_group_arn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub call_distribution_type: Option<CallDistributionType>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum VoiceConnectorIntegrationType {
    #[serde(rename = "CONNECT_CALL_TRANSFER_CONNECTOR")]
    ConnectCallTransferConnector,
    #[serde(rename = "CONNECT_ANALYTICS_CONNECTOR")]
    ConnectAnalyticsConnector,
}

impl VoiceConnectorIntegrationType {
    /// All values, in the model's order.
    pub const ALL: &[Self] = &[Self::ConnectCallTransferConnector, Self::ConnectAnalyticsConnector];

    /// The wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ConnectCallTransferConnector => "CONNECT_CALL_TRANSFER_CONNECTOR",
            Self::ConnectAnalyticsConnector => "CONNECT_ANALYTICS_CONNECTOR",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct VoiceConnectorItem {
    pub voice_connector_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<u16>,
}

impl VoiceConnectorItem {
    /// With the required members; the others absent.
    pub const fn new(voice_connector_id: String) -> Self {
        Self { voice_connector_id, priority: None }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct VoiceConnectorSettings {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cdr_bucket: Option<String>,
}

static ALPHA2_COUNTRY_CODE: Shape =
    Shape::Text { min: 0, max: u32::MAX, pattern: Some(&ALPHA2_COUNTRY_CODE_PATTERN) };
static ALPHA2_COUNTRY_CODE_PATTERN: Pattern = Pattern::new(r"[A-Z]{2}");

static AREA_CODE: Shape = Shape::Text { min: 0, max: u32::MAX, pattern: Some(&AREA_CODE_PATTERN) };
static AREA_CODE_PATTERN: Pattern = Pattern::new(r"^$|^[0-9]{3,3}$");

static ARN: Shape = Shape::Text { min: 1, max: 1024, pattern: Some(&ARN_PATTERN) };
static ARN_PATTERN: Pattern = Pattern::new(r"^arn[/\:\-\_\.a-zA-Z0-9]+$");

static ASSOCIATE_PHONE_NUMBERS_WITH_VOICE_CONNECTOR_GROUP_REQUEST_INPUT: Input = Input {
    members: &[
        Member::required("VoiceConnectorGroupId", &NON_EMPTY_STRING),
        Member::required("E164PhoneNumbers", &E164_PHONE_NUMBER_LIST),
        Member::optional("ForceAssociate", &NULLABLE_BOOLEAN),
    ],
    query: &[],
};

static ASSOCIATE_PHONE_NUMBERS_WITH_VOICE_CONNECTOR_REQUEST_INPUT: Input = Input {
    members: &[
        Member::required("VoiceConnectorId", &VOICE_CONNECTOR_ID),
        Member::required("E164PhoneNumbers", &E164_PHONE_NUMBER_LIST),
        Member::optional("ForceAssociate", &NULLABLE_BOOLEAN),
    ],
    query: &[],
};

static BATCH_DELETE_PHONE_NUMBER_REQUEST_INPUT: Input =
    Input { members: &[Member::required("PhoneNumberIds", &NON_EMPTY_STRING_LIST)], query: &[] };

static BATCH_UPDATE_PHONE_NUMBER_REQUEST_INPUT: Input = Input {
    members: &[Member::required("UpdatePhoneNumberRequestItems", &UPDATE_PHONE_NUMBER_REQUEST_ITEM_LIST)],
    query: &[],
};

static BOOLEAN: Shape = Shape::Boolean;

static CALL_DISTRIBUTION_TYPE: Shape =
    Shape::Enum(&["PriorityWeightedDistribution", "LoadBalancedDistribution"]);

static CALLING_NAME: Shape = Shape::Text { min: 0, max: u32::MAX, pattern: Some(&CALLING_NAME_PATTERN) };
static CALLING_NAME_PATTERN: Pattern = Pattern::new(r"^$|^[a-zA-Z0-9 ]{2,15}$");

static CALLING_REGION: Shape = Shape::Text { min: 0, max: u32::MAX, pattern: None };

static CALLING_REGION_LIST: Shape = Shape::List { of: &CALLING_REGION, min: 0, max: u32::MAX };

static CAPABILITY: Shape = Shape::Enum(&["Voice", "SMS"]);

static CAPABILITY_LIST: Shape = Shape::List { of: &CAPABILITY, min: 0, max: u32::MAX };

static CONTACT_CENTER_SYSTEM_TYPE: Shape = Shape::Enum(&[
    "GENESYS_ENGAGE_ON_PREMISES",
    "AVAYA_AURA_CALL_CENTER_ELITE",
    "AVAYA_AURA_CONTACT_CENTER",
    "CISCO_UNIFIED_CONTACT_CENTER_ENTERPRISE",
]);

static CONTACT_CENTER_SYSTEM_TYPE_LIST: Shape =
    Shape::List { of: &CONTACT_CENTER_SYSTEM_TYPE, min: 0, max: u32::MAX };

static COUNTRY: Shape = Shape::Text { min: 0, max: u32::MAX, pattern: Some(&COUNTRY_PATTERN) };
static COUNTRY_PATTERN: Pattern = Pattern::new(r"^$|^[A-Z]{2,2}$");

static COUNTRY_LIST: Shape = Shape::List { of: &COUNTRY, min: 1, max: 100 };

static CPS_LIMIT: Shape = Shape::Integer { min: 1, max: i32::MAX as i64 };

static CREATE_PHONE_NUMBER_ORDER_REQUEST_INPUT: Input = Input {
    members: &[
        Member::required("ProductType", &PHONE_NUMBER_PRODUCT_TYPE),
        Member::required("E164PhoneNumbers", &E164_PHONE_NUMBER_LIST),
        Member::optional("Name", &PHONE_NUMBER_NAME),
    ],
    query: &[],
};

static CREATE_PROXY_SESSION_REQUEST_INPUT: Input = Input {
    members: &[
        Member::required("VoiceConnectorId", &VOICE_CONNECTOR_ID),
        Member::required("ParticipantPhoneNumbers", &PARTICIPANT_PHONE_NUMBER_LIST),
        Member::optional("Name", &PROXY_SESSION_NAME_STRING),
        Member::optional("ExpiryMinutes", &POSITIVE_INTEGER),
        Member::required("Capabilities", &CAPABILITY_LIST),
        Member::optional("NumberSelectionBehavior", &NUMBER_SELECTION_BEHAVIOR),
        Member::optional("GeoMatchLevel", &GEO_MATCH_LEVEL),
        Member::optional("GeoMatchParams", &GEO_MATCH_PARAMS),
    ],
    query: &[],
};

static CREATE_SIP_MEDIA_APPLICATION_CALL_REQUEST_INPUT: Input = Input {
    members: &[
        Member::required("FromPhoneNumber", &E164_PHONE_NUMBER),
        Member::required("ToPhoneNumber", &E164_PHONE_NUMBER),
        Member::required("SipMediaApplicationId", &NON_EMPTY_STRING),
        Member::optional("SipHeaders", &SIP_HEADERS_MAP),
        Member::optional("ArgumentsMap", &SMA_CREATE_CALL_ARGUMENTS_MAP),
    ],
    query: &[],
};

static CREATE_SIP_MEDIA_APPLICATION_REQUEST_INPUT: Input = Input {
    members: &[
        Member::required("AwsRegion", &STRING),
        Member::required("Name", &SIP_MEDIA_APPLICATION_NAME),
        Member::required("Endpoints", &SIP_MEDIA_APPLICATION_ENDPOINT_LIST),
        Member::optional("Tags", &TAG_LIST),
    ],
    query: &[],
};

static CREATE_SIP_RULE_REQUEST_INPUT: Input = Input {
    members: &[
        Member::required("Name", &SIP_RULE_NAME),
        Member::required("TriggerType", &SIP_RULE_TRIGGER_TYPE),
        Member::required("TriggerValue", &NON_EMPTY_STRING),
        Member::optional("Disabled", &NULLABLE_BOOLEAN),
        Member::required("TargetApplications", &SIP_RULE_TARGET_APPLICATION_LIST),
    ],
    query: &[],
};

static CREATE_VOICE_CONNECTOR_GROUP_REQUEST_INPUT: Input = Input {
    members: &[
        Member::required("Name", &VOICE_CONNECTOR_GROUP_NAME),
        Member::optional("VoiceConnectorItems", &VOICE_CONNECTOR_ITEM_LIST),
        Member::optional("CallDistributionType", &CALL_DISTRIBUTION_TYPE),
    ],
    query: &[],
};

static CREATE_VOICE_CONNECTOR_REQUEST_INPUT: Input = Input {
    members: &[
        Member::required("Name", &VOICE_CONNECTOR_NAME),
        Member::optional("AwsRegion", &VOICE_CONNECTOR_AWS_REGION),
        Member::required("RequireEncryption", &BOOLEAN),
        Member::optional("Tags", &TAG_LIST),
        Member::optional("IntegrationType", &VOICE_CONNECTOR_INTEGRATION_TYPE),
        Member::optional("NetworkType", &NETWORK_TYPE),
    ],
    query: &[],
};

static CREDENTIAL: Shape = Shape::Structure(&[
    Member::optional("Username", &SENSITIVE_STRING),
    Member::optional("Password", &SENSITIVE_STRING),
]);

static CREDENTIAL_LIST: Shape = Shape::List { of: &CREDENTIAL, min: 0, max: u32::MAX };

static DNIS_EMERGENCY_CALLING_CONFIGURATION: Shape = Shape::Structure(&[
    Member::required("EmergencyPhoneNumber", &E164_PHONE_NUMBER),
    Member::optional("TestPhoneNumber", &E164_PHONE_NUMBER),
    Member::required("CallingCountry", &ALPHA2_COUNTRY_CODE),
]);

static DNIS_EMERGENCY_CALLING_CONFIGURATION_LIST: Shape =
    Shape::List { of: &DNIS_EMERGENCY_CALLING_CONFIGURATION, min: 0, max: u32::MAX };

static DATA_RETENTION_IN_HOURS: Shape = Shape::Integer { min: 0, max: i32::MAX as i64 };

static DELETE_PHONE_NUMBER_REQUEST_INPUT: Input =
    Input { members: &[Member::required("PhoneNumberId", &SENSITIVE_NON_EMPTY_STRING)], query: &[] };

static DELETE_PROXY_SESSION_REQUEST_INPUT: Input = Input {
    members: &[
        Member::required("VoiceConnectorId", &VOICE_CONNECTOR_ID),
        Member::required("ProxySessionId", &NON_EMPTY_STRING128),
    ],
    query: &[],
};

static DELETE_SIP_MEDIA_APPLICATION_REQUEST_INPUT: Input =
    Input { members: &[Member::required("SipMediaApplicationId", &NON_EMPTY_STRING)], query: &[] };

static DELETE_SIP_RULE_REQUEST_INPUT: Input =
    Input { members: &[Member::required("SipRuleId", &NON_EMPTY_STRING)], query: &[] };

static DELETE_VOICE_CONNECTOR_EMERGENCY_CALLING_CONFIGURATION_REQUEST_INPUT: Input =
    Input { members: &[Member::required("VoiceConnectorId", &VOICE_CONNECTOR_ID)], query: &[] };

static DELETE_VOICE_CONNECTOR_EXTERNAL_SYSTEMS_CONFIGURATION_REQUEST_INPUT: Input =
    Input { members: &[Member::required("VoiceConnectorId", &VOICE_CONNECTOR_ID)], query: &[] };

static DELETE_VOICE_CONNECTOR_GROUP_REQUEST_INPUT: Input =
    Input { members: &[Member::required("VoiceConnectorGroupId", &NON_EMPTY_STRING)], query: &[] };

static DELETE_VOICE_CONNECTOR_ORIGINATION_REQUEST_INPUT: Input =
    Input { members: &[Member::required("VoiceConnectorId", &VOICE_CONNECTOR_ID)], query: &[] };

static DELETE_VOICE_CONNECTOR_PROXY_REQUEST_INPUT: Input =
    Input { members: &[Member::required("VoiceConnectorId", &VOICE_CONNECTOR_ID)], query: &[] };

static DELETE_VOICE_CONNECTOR_REQUEST_INPUT: Input =
    Input { members: &[Member::required("VoiceConnectorId", &VOICE_CONNECTOR_ID)], query: &[] };

static DELETE_VOICE_CONNECTOR_STREAMING_CONFIGURATION_REQUEST_INPUT: Input =
    Input { members: &[Member::required("VoiceConnectorId", &VOICE_CONNECTOR_ID)], query: &[] };

static DELETE_VOICE_CONNECTOR_TERMINATION_CREDENTIALS_REQUEST_INPUT: Input = Input {
    members: &[
        Member::required("VoiceConnectorId", &VOICE_CONNECTOR_ID),
        Member::required("Usernames", &SENSITIVE_STRING_LIST),
    ],
    query: &[],
};

static DELETE_VOICE_CONNECTOR_TERMINATION_REQUEST_INPUT: Input =
    Input { members: &[Member::required("VoiceConnectorId", &VOICE_CONNECTOR_ID)], query: &[] };

static DISASSOCIATE_PHONE_NUMBERS_FROM_VOICE_CONNECTOR_GROUP_REQUEST_INPUT: Input = Input {
    members: &[
        Member::required("VoiceConnectorGroupId", &NON_EMPTY_STRING),
        Member::required("E164PhoneNumbers", &E164_PHONE_NUMBER_LIST),
    ],
    query: &[],
};

static DISASSOCIATE_PHONE_NUMBERS_FROM_VOICE_CONNECTOR_REQUEST_INPUT: Input = Input {
    members: &[
        Member::required("VoiceConnectorId", &VOICE_CONNECTOR_ID),
        Member::required("E164PhoneNumbers", &E164_PHONE_NUMBER_LIST),
    ],
    query: &[],
};

static E164_PHONE_NUMBER: Shape =
    Shape::Text { min: 0, max: u32::MAX, pattern: Some(&E164_PHONE_NUMBER_PATTERN) };
static E164_PHONE_NUMBER_PATTERN: Pattern = Pattern::new(r"^\+?[1-9][0-9]{1,14}$");

static E164_PHONE_NUMBER_LIST: Shape = Shape::List { of: &E164_PHONE_NUMBER, min: 0, max: u32::MAX };

static EMERGENCY_CALLING_CONFIGURATION: Shape =
    Shape::Structure(&[Member::optional("DNIS", &DNIS_EMERGENCY_CALLING_CONFIGURATION_LIST)]);

static FUNCTION_ARN: Shape = Shape::Text { min: 0, max: 10000, pattern: Some(&FUNCTION_ARN_PATTERN) };
static FUNCTION_ARN_PATTERN: Pattern = Pattern::new(
    r"arn:(aws[a-zA-Z-]*)?:lambda:[a-z]{2}((-gov)|(-iso(b?)))?-[a-z]+-[0-9]:[0-9]{12}:function:[a-zA-Z0-9-_]+(:(\$LATEST|[a-zA-Z0-9-_]+))?",
);

static GEO_MATCH_LEVEL: Shape = Shape::Enum(&["Country", "AreaCode"]);

static GEO_MATCH_PARAMS: Shape =
    Shape::Structure(&[Member::required("Country", &COUNTRY), Member::required("AreaCode", &AREA_CODE)]);

static GET_PHONE_NUMBER_ORDER_REQUEST_INPUT: Input =
    Input { members: &[Member::required("PhoneNumberOrderId", &GUID_STRING)], query: &[] };

static GET_PHONE_NUMBER_REQUEST_INPUT: Input =
    Input { members: &[Member::required("PhoneNumberId", &SENSITIVE_NON_EMPTY_STRING)], query: &[] };

static GET_PROXY_SESSION_REQUEST_INPUT: Input = Input {
    members: &[
        Member::required("VoiceConnectorId", &VOICE_CONNECTOR_ID),
        Member::required("ProxySessionId", &NON_EMPTY_STRING128),
    ],
    query: &[],
};

static GET_SIP_MEDIA_APPLICATION_LOGGING_CONFIGURATION_REQUEST_INPUT: Input =
    Input { members: &[Member::required("SipMediaApplicationId", &NON_EMPTY_STRING)], query: &[] };

static GET_SIP_MEDIA_APPLICATION_REQUEST_INPUT: Input =
    Input { members: &[Member::required("SipMediaApplicationId", &NON_EMPTY_STRING)], query: &[] };

static GET_SIP_RULE_REQUEST_INPUT: Input =
    Input { members: &[Member::required("SipRuleId", &NON_EMPTY_STRING)], query: &[] };

static GET_VOICE_CONNECTOR_EMERGENCY_CALLING_CONFIGURATION_REQUEST_INPUT: Input =
    Input { members: &[Member::required("VoiceConnectorId", &VOICE_CONNECTOR_ID)], query: &[] };

static GET_VOICE_CONNECTOR_EXTERNAL_SYSTEMS_CONFIGURATION_REQUEST_INPUT: Input =
    Input { members: &[Member::required("VoiceConnectorId", &VOICE_CONNECTOR_ID)], query: &[] };

static GET_VOICE_CONNECTOR_GROUP_REQUEST_INPUT: Input =
    Input { members: &[Member::required("VoiceConnectorGroupId", &NON_EMPTY_STRING)], query: &[] };

static GET_VOICE_CONNECTOR_LOGGING_CONFIGURATION_REQUEST_INPUT: Input =
    Input { members: &[Member::required("VoiceConnectorId", &VOICE_CONNECTOR_ID)], query: &[] };

static GET_VOICE_CONNECTOR_ORIGINATION_REQUEST_INPUT: Input =
    Input { members: &[Member::required("VoiceConnectorId", &VOICE_CONNECTOR_ID)], query: &[] };

static GET_VOICE_CONNECTOR_PROXY_REQUEST_INPUT: Input =
    Input { members: &[Member::required("VoiceConnectorId", &VOICE_CONNECTOR_ID)], query: &[] };

static GET_VOICE_CONNECTOR_REQUEST_INPUT: Input =
    Input { members: &[Member::required("VoiceConnectorId", &VOICE_CONNECTOR_ID)], query: &[] };

static GET_VOICE_CONNECTOR_STREAMING_CONFIGURATION_REQUEST_INPUT: Input =
    Input { members: &[Member::required("VoiceConnectorId", &VOICE_CONNECTOR_ID)], query: &[] };

static GET_VOICE_CONNECTOR_TERMINATION_HEALTH_REQUEST_INPUT: Input =
    Input { members: &[Member::required("VoiceConnectorId", &VOICE_CONNECTOR_ID)], query: &[] };

static GET_VOICE_CONNECTOR_TERMINATION_REQUEST_INPUT: Input =
    Input { members: &[Member::required("VoiceConnectorId", &VOICE_CONNECTOR_ID)], query: &[] };

static GUID_STRING: Shape = Shape::Text { min: 0, max: u32::MAX, pattern: Some(&GUID_STRING_PATTERN) };
static GUID_STRING_PATTERN: Pattern = Pattern::new(r"[a-fA-F0-9]{8}(?:-[a-fA-F0-9]{4}){3}-[a-fA-F0-9]{12}");

static INTEGER: Shape = Shape::Integer { min: i32::MIN as i64, max: i32::MAX as i64 };

static LIST_PHONE_NUMBER_ORDERS_REQUEST_INPUT: Input = Input {
    members: &[
        Member::optional("NextToken", &NEXT_TOKEN_STRING),
        Member::optional("MaxResults", &RESULT_MAX),
    ],
    query: &[("next-token", "NextToken"), ("max-results", "MaxResults")],
};

static LIST_PHONE_NUMBERS_REQUEST_INPUT: Input = Input {
    members: &[
        Member::optional("Status", &STRING),
        Member::optional("ProductType", &PHONE_NUMBER_PRODUCT_TYPE),
        Member::optional("FilterName", &PHONE_NUMBER_ASSOCIATION_NAME),
        Member::optional("FilterValue", &STRING),
        Member::optional("MaxResults", &RESULT_MAX),
        Member::optional("NextToken", &STRING),
    ],
    query: &[
        ("status", "Status"),
        ("product-type", "ProductType"),
        ("filter-name", "FilterName"),
        ("filter-value", "FilterValue"),
        ("max-results", "MaxResults"),
        ("next-token", "NextToken"),
    ],
};

static LIST_PROXY_SESSIONS_REQUEST_INPUT: Input = Input {
    members: &[
        Member::required("VoiceConnectorId", &VOICE_CONNECTOR_ID),
        Member::optional("Status", &PROXY_SESSION_STATUS),
        Member::optional("NextToken", &NEXT_TOKEN_STRING),
        Member::optional("MaxResults", &RESULT_MAX),
    ],
    query: &[("status", "Status"), ("next-token", "NextToken"), ("max-results", "MaxResults")],
};

static LIST_SIP_MEDIA_APPLICATIONS_REQUEST_INPUT: Input = Input {
    members: &[
        Member::optional("MaxResults", &RESULT_MAX),
        Member::optional("NextToken", &NEXT_TOKEN_STRING),
    ],
    query: &[("max-results", "MaxResults"), ("next-token", "NextToken")],
};

static LIST_SIP_RULES_REQUEST_INPUT: Input = Input {
    members: &[
        Member::optional("SipMediaApplicationId", &NON_EMPTY_STRING),
        Member::optional("MaxResults", &RESULT_MAX),
        Member::optional("NextToken", &NEXT_TOKEN_STRING),
    ],
    query: &[
        ("sip-media-application", "SipMediaApplicationId"),
        ("max-results", "MaxResults"),
        ("next-token", "NextToken"),
    ],
};

static LIST_SUPPORTED_PHONE_NUMBER_COUNTRIES_REQUEST_INPUT: Input = Input {
    members: &[Member::required("ProductType", &PHONE_NUMBER_PRODUCT_TYPE)],
    query: &[("product-type", "ProductType")],
};

static LIST_TAGS_FOR_RESOURCE_REQUEST_INPUT: Input =
    Input { members: &[Member::required("ResourceARN", &ARN)], query: &[("arn", "ResourceARN")] };

static LIST_VOICE_CONNECTOR_GROUPS_REQUEST_INPUT: Input = Input {
    members: &[Member::optional("NextToken", &STRING), Member::optional("MaxResults", &RESULT_MAX)],
    query: &[("next-token", "NextToken"), ("max-results", "MaxResults")],
};

static LIST_VOICE_CONNECTOR_TERMINATION_CREDENTIALS_REQUEST_INPUT: Input =
    Input { members: &[Member::required("VoiceConnectorId", &VOICE_CONNECTOR_ID)], query: &[] };

static LIST_VOICE_CONNECTORS_REQUEST_INPUT: Input = Input {
    members: &[Member::optional("NextToken", &STRING), Member::optional("MaxResults", &RESULT_MAX)],
    query: &[("next-token", "NextToken"), ("max-results", "MaxResults")],
};

static LOGGING_CONFIGURATION: Shape = Shape::Structure(&[
    Member::optional("EnableSIPLogs", &BOOLEAN),
    Member::optional("EnableMediaMetricLogs", &BOOLEAN),
]);

static MEDIA_INSIGHTS_CONFIGURATION: Shape =
    Shape::Structure(&[Member::optional("Disabled", &BOOLEAN), Member::optional("ConfigurationArn", &ARN)]);

static NETWORK_TYPE: Shape = Shape::Enum(&["IPV4_ONLY", "DUAL_STACK"]);

static NEXT_TOKEN_STRING: Shape = Shape::Text { min: 0, max: 65535, pattern: None };

static NON_EMPTY_STRING: Shape =
    Shape::Text { min: 0, max: u32::MAX, pattern: Some(&NON_EMPTY_STRING_PATTERN) };
static NON_EMPTY_STRING_PATTERN: Pattern = Pattern::new(r".*\S.*");

static NON_EMPTY_STRING128: Shape =
    Shape::Text { min: 1, max: 128, pattern: Some(&NON_EMPTY_STRING128_PATTERN) };
static NON_EMPTY_STRING128_PATTERN: Pattern = Pattern::new(r".*\S.*");

static NON_EMPTY_STRING_LIST: Shape = Shape::List { of: &STRING, min: 1, max: u32::MAX };

static NOTIFICATION_TARGET: Shape = Shape::Enum(&["EventBridge", "SNS", "SQS"]);

static NULLABLE_BOOLEAN: Shape = Shape::Boolean;

static NUMBER_SELECTION_BEHAVIOR: Shape = Shape::Enum(&["PreferSticky", "AvoidSticky"]);

static ORIGINATION: Shape = Shape::Structure(&[
    Member::optional("Routes", &ORIGINATION_ROUTE_LIST),
    Member::optional("Disabled", &BOOLEAN),
]);

static ORIGINATION_ROUTE: Shape = Shape::Structure(&[
    Member::optional("Host", &STRING),
    Member::optional("Port", &PORT),
    Member::optional("Protocol", &ORIGINATION_ROUTE_PROTOCOL),
    Member::optional("Priority", &ORIGINATION_ROUTE_PRIORITY),
    Member::optional("Weight", &ORIGINATION_ROUTE_WEIGHT),
]);

static ORIGINATION_ROUTE_LIST: Shape = Shape::List { of: &ORIGINATION_ROUTE, min: 0, max: u32::MAX };

static ORIGINATION_ROUTE_PRIORITY: Shape = Shape::Integer { min: 1, max: 100 };

static ORIGINATION_ROUTE_PROTOCOL: Shape = Shape::Enum(&["TCP", "UDP"]);

static ORIGINATION_ROUTE_WEIGHT: Shape = Shape::Integer { min: 1, max: 100 };

static PARTICIPANT_PHONE_NUMBER_LIST: Shape = Shape::List { of: &E164_PHONE_NUMBER, min: 2, max: 2 };

static PHONE_NUMBER_ASSOCIATION_NAME: Shape =
    Shape::Enum(&["VoiceConnectorId", "VoiceConnectorGroupId", "SipRuleId"]);

static PHONE_NUMBER_MAX_RESULTS: Shape = Shape::Integer { min: 1, max: 500 };

static PHONE_NUMBER_NAME: Shape = Shape::Text { min: 0, max: 256, pattern: Some(&PHONE_NUMBER_NAME_PATTERN) };
static PHONE_NUMBER_NAME_PATTERN: Pattern =
    Pattern::new(r"^$|^[a-zA-Z0-9\,\.\_\-]+(\s+[a-zA-Z0-9\,\.\_\-]+)*$");

static PHONE_NUMBER_PRODUCT_TYPE: Shape = Shape::Enum(&["VoiceConnector", "SipMediaApplicationDialIn"]);

static PHONE_NUMBER_TYPE: Shape = Shape::Enum(&["Local", "TollFree"]);

static PORT: Shape = Shape::Integer { min: 0, max: 65535 };

static POSITIVE_INTEGER: Shape = Shape::Integer { min: 1, max: i32::MAX as i64 };

static PROXY_SESSION_NAME_STRING: Shape =
    Shape::Text { min: 0, max: u32::MAX, pattern: Some(&PROXY_SESSION_NAME_STRING_PATTERN) };
static PROXY_SESSION_NAME_STRING_PATTERN: Pattern = Pattern::new(r"^$|^[a-zA-Z0-9 ]{0,30}$");

static PROXY_SESSION_STATUS: Shape = Shape::Enum(&["Open", "InProgress", "Closed"]);

static PUT_SIP_MEDIA_APPLICATION_LOGGING_CONFIGURATION_REQUEST_INPUT: Input = Input {
    members: &[
        Member::required("SipMediaApplicationId", &NON_EMPTY_STRING),
        Member::optional(
            "SipMediaApplicationLoggingConfiguration",
            &SIP_MEDIA_APPLICATION_LOGGING_CONFIGURATION,
        ),
    ],
    query: &[],
};

static PUT_VOICE_CONNECTOR_EMERGENCY_CALLING_CONFIGURATION_REQUEST_INPUT: Input = Input {
    members: &[
        Member::required("VoiceConnectorId", &VOICE_CONNECTOR_ID),
        Member::required("EmergencyCallingConfiguration", &EMERGENCY_CALLING_CONFIGURATION),
    ],
    query: &[],
};

static PUT_VOICE_CONNECTOR_EXTERNAL_SYSTEMS_CONFIGURATION_REQUEST_INPUT: Input = Input {
    members: &[
        Member::required("VoiceConnectorId", &VOICE_CONNECTOR_ID),
        Member::optional("SessionBorderControllerTypes", &SESSION_BORDER_CONTROLLER_TYPE_LIST),
        Member::optional("ContactCenterSystemTypes", &CONTACT_CENTER_SYSTEM_TYPE_LIST),
    ],
    query: &[],
};

static PUT_VOICE_CONNECTOR_LOGGING_CONFIGURATION_REQUEST_INPUT: Input = Input {
    members: &[
        Member::required("VoiceConnectorId", &VOICE_CONNECTOR_ID),
        Member::required("LoggingConfiguration", &LOGGING_CONFIGURATION),
    ],
    query: &[],
};

static PUT_VOICE_CONNECTOR_ORIGINATION_REQUEST_INPUT: Input = Input {
    members: &[
        Member::required("VoiceConnectorId", &VOICE_CONNECTOR_ID),
        Member::required("Origination", &ORIGINATION),
    ],
    query: &[],
};

static PUT_VOICE_CONNECTOR_PROXY_REQUEST_INPUT: Input = Input {
    members: &[
        Member::required("VoiceConnectorId", &VOICE_CONNECTOR_ID),
        Member::required("DefaultSessionExpiryMinutes", &INTEGER),
        Member::required("PhoneNumberPoolCountries", &COUNTRY_LIST),
        Member::optional("FallBackPhoneNumber", &E164_PHONE_NUMBER),
        Member::optional("Disabled", &BOOLEAN),
    ],
    query: &[],
};

static PUT_VOICE_CONNECTOR_STREAMING_CONFIGURATION_REQUEST_INPUT: Input = Input {
    members: &[
        Member::required("VoiceConnectorId", &VOICE_CONNECTOR_ID),
        Member::required("StreamingConfiguration", &STREAMING_CONFIGURATION),
    ],
    query: &[],
};

static PUT_VOICE_CONNECTOR_TERMINATION_CREDENTIALS_REQUEST_INPUT: Input = Input {
    members: &[
        Member::required("VoiceConnectorId", &VOICE_CONNECTOR_ID),
        Member::optional("Credentials", &CREDENTIAL_LIST),
    ],
    query: &[],
};

static PUT_VOICE_CONNECTOR_TERMINATION_REQUEST_INPUT: Input = Input {
    members: &[
        Member::required("VoiceConnectorId", &VOICE_CONNECTOR_ID),
        Member::required("Termination", &TERMINATION),
    ],
    query: &[],
};

static RESTORE_PHONE_NUMBER_REQUEST_INPUT: Input =
    Input { members: &[Member::required("PhoneNumberId", &SENSITIVE_NON_EMPTY_STRING)], query: &[] };

static RESULT_MAX: Shape = Shape::Integer { min: 1, max: 100 };

static S3_BUCKET_NAME: Shape = Shape::Text { min: 1, max: 64, pattern: Some(&S3_BUCKET_NAME_PATTERN) };
static S3_BUCKET_NAME_PATTERN: Pattern =
    Pattern::new(r"(?!(^xn--|.+-s3alias$))^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$");

static SMA_CREATE_CALL_ARGUMENTS_MAP: Shape =
    Shape::Map { key: &SENSITIVE_STRING, value: &SENSITIVE_STRING, min: 0, max: 20 };

static SMA_UPDATE_CALL_ARGUMENTS_MAP: Shape =
    Shape::Map { key: &SENSITIVE_STRING, value: &SENSITIVE_STRING, min: 0, max: 20 };

static SEARCH_AVAILABLE_PHONE_NUMBERS_REQUEST_INPUT: Input = Input {
    members: &[
        Member::optional("AreaCode", &STRING),
        Member::optional("City", &STRING),
        Member::optional("Country", &ALPHA2_COUNTRY_CODE),
        Member::optional("State", &STRING),
        Member::optional("TollFreePrefix", &TOLL_FREE_PREFIX),
        Member::optional("PhoneNumberType", &PHONE_NUMBER_TYPE),
        Member::optional("MaxResults", &PHONE_NUMBER_MAX_RESULTS),
        Member::optional("NextToken", &STRING),
    ],
    query: &[
        ("area-code", "AreaCode"),
        ("city", "City"),
        ("country", "Country"),
        ("state", "State"),
        ("toll-free-prefix", "TollFreePrefix"),
        ("phone-number-type", "PhoneNumberType"),
        ("max-results", "MaxResults"),
        ("next-token", "NextToken"),
    ],
};

static SENSITIVE_NON_EMPTY_STRING: Shape =
    Shape::Text { min: 0, max: u32::MAX, pattern: Some(&SENSITIVE_NON_EMPTY_STRING_PATTERN) };
static SENSITIVE_NON_EMPTY_STRING_PATTERN: Pattern = Pattern::new(r".*\S.*");

static SENSITIVE_STRING: Shape = Shape::Text { min: 0, max: u32::MAX, pattern: None };

static SENSITIVE_STRING_LIST: Shape = Shape::List { of: &SENSITIVE_STRING, min: 0, max: u32::MAX };

static SESSION_BORDER_CONTROLLER_TYPE: Shape = Shape::Enum(&[
    "RIBBON_SBC",
    "ORACLE_ACME_PACKET_SBC",
    "AVAYA_SBCE",
    "CISCO_UNIFIED_BORDER_ELEMENT",
    "AUDIOCODES_MEDIANT_SBC",
]);

static SESSION_BORDER_CONTROLLER_TYPE_LIST: Shape =
    Shape::List { of: &SESSION_BORDER_CONTROLLER_TYPE, min: 0, max: u32::MAX };

static SIP_APPLICATION_PRIORITY: Shape = Shape::Integer { min: 1, max: i32::MAX as i64 };

static SIP_HEADERS_MAP: Shape =
    Shape::Map { key: &SENSITIVE_STRING, value: &SENSITIVE_STRING, min: 0, max: 20 };

static SIP_MEDIA_APPLICATION_ENDPOINT: Shape =
    Shape::Structure(&[Member::optional("LambdaArn", &FUNCTION_ARN)]);

static SIP_MEDIA_APPLICATION_ENDPOINT_LIST: Shape =
    Shape::List { of: &SIP_MEDIA_APPLICATION_ENDPOINT, min: 1, max: 1 };

static SIP_MEDIA_APPLICATION_LOGGING_CONFIGURATION: Shape =
    Shape::Structure(&[Member::optional("EnableSipMediaApplicationMessageLogs", &BOOLEAN)]);

static SIP_MEDIA_APPLICATION_NAME: Shape =
    Shape::Text { min: 1, max: 256, pattern: Some(&SIP_MEDIA_APPLICATION_NAME_PATTERN) };
static SIP_MEDIA_APPLICATION_NAME_PATTERN: Pattern = Pattern::new(r"[a-zA-Z0-9 _.-]+");

static SIP_RULE_NAME: Shape = Shape::Text { min: 1, max: 256, pattern: Some(&SIP_RULE_NAME_PATTERN) };
static SIP_RULE_NAME_PATTERN: Pattern = Pattern::new(r"[a-zA-Z0-9 _.-]+");

static SIP_RULE_TARGET_APPLICATION: Shape = Shape::Structure(&[
    Member::optional("SipMediaApplicationId", &NON_EMPTY_STRING),
    Member::optional("Priority", &SIP_APPLICATION_PRIORITY),
    Member::optional("AwsRegion", &STRING),
]);

static SIP_RULE_TARGET_APPLICATION_LIST: Shape =
    Shape::List { of: &SIP_RULE_TARGET_APPLICATION, min: 1, max: 25 };

static SIP_RULE_TRIGGER_TYPE: Shape = Shape::Enum(&["ToPhoneNumber", "RequestUriHostname"]);

static STREAMING_CONFIGURATION: Shape = Shape::Structure(&[
    Member::required("DataRetentionInHours", &DATA_RETENTION_IN_HOURS),
    Member::required("Disabled", &BOOLEAN),
    Member::optional("StreamingNotificationTargets", &STREAMING_NOTIFICATION_TARGET_LIST),
    Member::optional("MediaInsightsConfiguration", &MEDIA_INSIGHTS_CONFIGURATION),
]);

static STREAMING_NOTIFICATION_TARGET: Shape =
    Shape::Structure(&[Member::optional("NotificationTarget", &NOTIFICATION_TARGET)]);

static STREAMING_NOTIFICATION_TARGET_LIST: Shape =
    Shape::List { of: &STREAMING_NOTIFICATION_TARGET, min: 1, max: 3 };

static STRING: Shape = Shape::Text { min: 0, max: u32::MAX, pattern: None };

static STRING_LIST: Shape = Shape::List { of: &STRING, min: 0, max: u32::MAX };

static TAG: Shape =
    Shape::Structure(&[Member::required("Key", &TAG_KEY), Member::required("Value", &TAG_VALUE)]);

static TAG_KEY: Shape = Shape::Text { min: 1, max: 128, pattern: None };

static TAG_KEY_LIST: Shape = Shape::List { of: &TAG_KEY, min: 1, max: 50 };

static TAG_LIST: Shape = Shape::List { of: &TAG, min: 1, max: 50 };

static TAG_RESOURCE_REQUEST_INPUT: Input = Input {
    members: &[Member::required("ResourceARN", &ARN), Member::required("Tags", &TAG_LIST)],
    query: &[],
};

static TAG_VALUE: Shape = Shape::Text { min: 0, max: 256, pattern: None };

static TERMINATION: Shape = Shape::Structure(&[
    Member::optional("CpsLimit", &CPS_LIMIT),
    Member::optional("DefaultPhoneNumber", &E164_PHONE_NUMBER),
    Member::optional("CallingRegions", &CALLING_REGION_LIST),
    Member::optional("CidrAllowedList", &STRING_LIST),
    Member::optional("Disabled", &BOOLEAN),
]);

static TOLL_FREE_PREFIX: Shape = Shape::Text { min: 3, max: 3, pattern: Some(&TOLL_FREE_PREFIX_PATTERN) };
static TOLL_FREE_PREFIX_PATTERN: Pattern = Pattern::new(r"^8(00|33|44|55|66|77|88)$");

static UNTAG_RESOURCE_REQUEST_INPUT: Input = Input {
    members: &[Member::required("ResourceARN", &ARN), Member::required("TagKeys", &TAG_KEY_LIST)],
    query: &[],
};

static UPDATE_GLOBAL_SETTINGS_REQUEST_INPUT: Input =
    Input { members: &[Member::required("VoiceConnector", &VOICE_CONNECTOR_SETTINGS)], query: &[] };

static UPDATE_PHONE_NUMBER_REQUEST_INPUT: Input = Input {
    members: &[
        Member::required("PhoneNumberId", &SENSITIVE_NON_EMPTY_STRING),
        Member::optional("ProductType", &PHONE_NUMBER_PRODUCT_TYPE),
        Member::optional("CallingName", &CALLING_NAME),
        Member::optional("Name", &PHONE_NUMBER_NAME),
    ],
    query: &[],
};

static UPDATE_PHONE_NUMBER_REQUEST_ITEM: Shape = Shape::Structure(&[
    Member::required("PhoneNumberId", &SENSITIVE_NON_EMPTY_STRING),
    Member::optional("ProductType", &PHONE_NUMBER_PRODUCT_TYPE),
    Member::optional("CallingName", &CALLING_NAME),
    Member::optional("Name", &PHONE_NUMBER_NAME),
]);

static UPDATE_PHONE_NUMBER_REQUEST_ITEM_LIST: Shape =
    Shape::List { of: &UPDATE_PHONE_NUMBER_REQUEST_ITEM, min: 0, max: u32::MAX };

static UPDATE_PHONE_NUMBER_SETTINGS_REQUEST_INPUT: Input =
    Input { members: &[Member::required("CallingName", &CALLING_NAME)], query: &[] };

static UPDATE_PROXY_SESSION_REQUEST_INPUT: Input = Input {
    members: &[
        Member::required("VoiceConnectorId", &VOICE_CONNECTOR_ID),
        Member::required("ProxySessionId", &NON_EMPTY_STRING128),
        Member::required("Capabilities", &CAPABILITY_LIST),
        Member::optional("ExpiryMinutes", &POSITIVE_INTEGER),
    ],
    query: &[],
};

static UPDATE_SIP_MEDIA_APPLICATION_CALL_REQUEST_INPUT: Input = Input {
    members: &[
        Member::required("SipMediaApplicationId", &NON_EMPTY_STRING),
        Member::required("TransactionId", &NON_EMPTY_STRING),
        Member::required("Arguments", &SMA_UPDATE_CALL_ARGUMENTS_MAP),
    ],
    query: &[],
};

static UPDATE_SIP_MEDIA_APPLICATION_REQUEST_INPUT: Input = Input {
    members: &[
        Member::required("SipMediaApplicationId", &NON_EMPTY_STRING),
        Member::optional("Name", &SIP_MEDIA_APPLICATION_NAME),
        Member::optional("Endpoints", &SIP_MEDIA_APPLICATION_ENDPOINT_LIST),
    ],
    query: &[],
};

static UPDATE_SIP_RULE_REQUEST_INPUT: Input = Input {
    members: &[
        Member::required("SipRuleId", &NON_EMPTY_STRING),
        Member::required("Name", &SIP_RULE_NAME),
        Member::optional("Disabled", &NULLABLE_BOOLEAN),
        Member::optional("TargetApplications", &SIP_RULE_TARGET_APPLICATION_LIST),
    ],
    query: &[],
};

static UPDATE_VOICE_CONNECTOR_GROUP_REQUEST_INPUT: Input = Input {
    members: &[
        Member::required("VoiceConnectorGroupId", &NON_EMPTY_STRING),
        Member::required("Name", &VOICE_CONNECTOR_GROUP_NAME),
        Member::required("VoiceConnectorItems", &VOICE_CONNECTOR_ITEM_LIST),
        Member::optional("CallDistributionType", &CALL_DISTRIBUTION_TYPE),
    ],
    query: &[],
};

static UPDATE_VOICE_CONNECTOR_REQUEST_INPUT: Input = Input {
    members: &[
        Member::required("VoiceConnectorId", &VOICE_CONNECTOR_ID),
        Member::required("Name", &VOICE_CONNECTOR_NAME),
        Member::required("RequireEncryption", &BOOLEAN),
    ],
    query: &[],
};

static VALIDATE_E911_ADDRESS_REQUEST_INPUT: Input = Input {
    members: &[
        Member::required("AwsAccountId", &NON_EMPTY_STRING),
        Member::required("StreetNumber", &SENSITIVE_NON_EMPTY_STRING),
        Member::required("StreetInfo", &SENSITIVE_NON_EMPTY_STRING),
        Member::required("City", &SENSITIVE_NON_EMPTY_STRING),
        Member::required("State", &SENSITIVE_NON_EMPTY_STRING),
        Member::required("Country", &SENSITIVE_NON_EMPTY_STRING),
        Member::required("PostalCode", &SENSITIVE_NON_EMPTY_STRING),
    ],
    query: &[],
};

static VOICE_CONNECTOR_AWS_REGION: Shape = Shape::Enum(&[
    "us-east-1",
    "us-west-2",
    "ca-central-1",
    "eu-central-1",
    "eu-west-1",
    "eu-west-2",
    "ap-northeast-2",
    "ap-northeast-1",
    "ap-southeast-1",
    "ap-southeast-2",
]);

static VOICE_CONNECTOR_GROUP_NAME: Shape =
    Shape::Text { min: 1, max: 256, pattern: Some(&VOICE_CONNECTOR_GROUP_NAME_PATTERN) };
static VOICE_CONNECTOR_GROUP_NAME_PATTERN: Pattern = Pattern::new(r"[a-zA-Z0-9 _.-]+");

static VOICE_CONNECTOR_ID: Shape =
    Shape::Text { min: 0, max: u32::MAX, pattern: Some(&VOICE_CONNECTOR_ID_PATTERN) };
static VOICE_CONNECTOR_ID_PATTERN: Pattern =
    Pattern::new(r"([a-z0-9]{21,22}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})");

static VOICE_CONNECTOR_INTEGRATION_TYPE: Shape =
    Shape::Enum(&["CONNECT_CALL_TRANSFER_CONNECTOR", "CONNECT_ANALYTICS_CONNECTOR"]);

static VOICE_CONNECTOR_ITEM: Shape = Shape::Structure(&[
    Member::required("VoiceConnectorId", &VOICE_CONNECTOR_ID),
    Member::optional("Priority", &VOICE_CONNECTOR_ITEM_PRIORITY),
]);

static VOICE_CONNECTOR_ITEM_LIST: Shape = Shape::List { of: &VOICE_CONNECTOR_ITEM, min: 0, max: u32::MAX };

static VOICE_CONNECTOR_ITEM_PRIORITY: Shape = Shape::Integer { min: 1, max: 99 };

static VOICE_CONNECTOR_NAME: Shape =
    Shape::Text { min: 1, max: 256, pattern: Some(&VOICE_CONNECTOR_NAME_PATTERN) };
static VOICE_CONNECTOR_NAME_PATTERN: Pattern = Pattern::new(r"[a-zA-Z0-9 _.-]+");

static VOICE_CONNECTOR_SETTINGS: Shape = Shape::Structure(&[Member::optional("CdrBucket", &S3_BUCKET_NAME)]);
