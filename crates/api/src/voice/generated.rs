// Written by `cargo xtask codegen` from crates/api/facts/voice.json: change that, not this.

use base::{E164, Pii, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::error::Kind;
use crate::rest::{Input, Route, Segment};
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

static FACTS: [Facts; 96] = [
    Facts {
        name: "AssociatePhoneNumbersWithVoiceConnector",
        method: Method::Post,
        path: "/voice-connectors/{voiceConnectorId}",
        status: 200,
        tier: Tier::Needed,
        errors: &[
            Kind::AccessDenied,
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "AssociatePhoneNumbersWithVoiceConnectorGroup",
        method: Method::Post,
        path: "/voice-connector-groups/{voiceConnectorGroupId}",
        status: 200,
        tier: Tier::Useful,
        errors: &[
            Kind::AccessDenied,
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "BatchDeletePhoneNumber",
        method: Method::Post,
        path: "/phone-numbers",
        status: 200,
        tier: Tier::Needed,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "BatchUpdatePhoneNumber",
        method: Method::Post,
        path: "/phone-numbers",
        status: 200,
        tier: Tier::Needed,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "CreatePhoneNumberOrder",
        method: Method::Post,
        path: "/phone-number-orders",
        status: 201,
        tier: Tier::Needed,
        errors: &[
            Kind::AccessDenied,
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::ResourceLimitExceeded,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "CreateProxySession",
        method: Method::Post,
        path: "/voice-connectors/{voiceConnectorId}/proxy-sessions",
        status: 201,
        tier: Tier::Useful,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "CreateSipMediaApplication",
        method: Method::Post,
        path: "/sip-media-applications",
        status: 201,
        tier: Tier::Needed,
        errors: &[
            Kind::AccessDenied,
            Kind::BadRequest,
            Kind::Conflict,
            Kind::Forbidden,
            Kind::ResourceLimitExceeded,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "CreateSipMediaApplicationCall",
        method: Method::Post,
        path: "/sip-media-applications/{sipMediaApplicationId}/calls",
        status: 201,
        tier: Tier::Needed,
        errors: &[
            Kind::AccessDenied,
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::ResourceLimitExceeded,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "CreateSipRule",
        method: Method::Post,
        path: "/sip-rules",
        status: 201,
        tier: Tier::Needed,
        errors: &[
            Kind::AccessDenied,
            Kind::BadRequest,
            Kind::Conflict,
            Kind::Forbidden,
            Kind::ResourceLimitExceeded,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "CreateVoiceConnector",
        method: Method::Post,
        path: "/voice-connectors",
        status: 201,
        tier: Tier::Needed,
        errors: &[
            Kind::AccessDenied,
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::ResourceLimitExceeded,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "CreateVoiceConnectorGroup",
        method: Method::Post,
        path: "/voice-connector-groups",
        status: 201,
        tier: Tier::Useful,
        errors: &[
            Kind::AccessDenied,
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ResourceLimitExceeded,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "CreateVoiceProfile",
        method: Method::Post,
        path: "/voice-profiles",
        status: 201,
        tier: Tier::OutOfScope,
        errors: &[
            Kind::AccessDenied,
            Kind::BadRequest,
            Kind::Conflict,
            Kind::Forbidden,
            Kind::Gone,
            Kind::NotFound,
            Kind::ResourceLimitExceeded,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "CreateVoiceProfileDomain",
        method: Method::Post,
        path: "/voice-profile-domains",
        status: 201,
        tier: Tier::OutOfScope,
        errors: &[
            Kind::AccessDenied,
            Kind::BadRequest,
            Kind::Conflict,
            Kind::Forbidden,
            Kind::ResourceLimitExceeded,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "DeletePhoneNumber",
        method: Method::Delete,
        path: "/phone-numbers/{phoneNumberId}",
        status: 204,
        tier: Tier::Needed,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "DeleteProxySession",
        method: Method::Delete,
        path: "/voice-connectors/{voiceConnectorId}/proxy-sessions/{proxySessionId}",
        status: 204,
        tier: Tier::Useful,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "DeleteSipMediaApplication",
        method: Method::Delete,
        path: "/sip-media-applications/{sipMediaApplicationId}",
        status: 204,
        tier: Tier::Needed,
        errors: &[
            Kind::BadRequest,
            Kind::Conflict,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "DeleteSipRule",
        method: Method::Delete,
        path: "/sip-rules/{sipRuleId}",
        status: 204,
        tier: Tier::Needed,
        errors: &[
            Kind::BadRequest,
            Kind::Conflict,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "DeleteVoiceConnector",
        method: Method::Delete,
        path: "/voice-connectors/{voiceConnectorId}",
        status: 204,
        tier: Tier::Needed,
        errors: &[
            Kind::BadRequest,
            Kind::Conflict,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "DeleteVoiceConnectorEmergencyCallingConfiguration",
        method: Method::Delete,
        path: "/voice-connectors/{voiceConnectorId}/emergency-calling-configuration",
        status: 204,
        tier: Tier::Useful,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "DeleteVoiceConnectorExternalSystemsConfiguration",
        method: Method::Delete,
        path: "/voice-connectors/{voiceConnectorId}/external-systems-configuration",
        status: 204,
        tier: Tier::Useful,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "DeleteVoiceConnectorGroup",
        method: Method::Delete,
        path: "/voice-connector-groups/{voiceConnectorGroupId}",
        status: 204,
        tier: Tier::Useful,
        errors: &[
            Kind::BadRequest,
            Kind::Conflict,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "DeleteVoiceConnectorOrigination",
        method: Method::Delete,
        path: "/voice-connectors/{voiceConnectorId}/origination",
        status: 204,
        tier: Tier::Needed,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "DeleteVoiceConnectorProxy",
        method: Method::Delete,
        path: "/voice-connectors/{voiceConnectorId}/programmable-numbers/proxy",
        status: 204,
        tier: Tier::Useful,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "DeleteVoiceConnectorStreamingConfiguration",
        method: Method::Delete,
        path: "/voice-connectors/{voiceConnectorId}/streaming-configuration",
        status: 204,
        tier: Tier::Needed,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "DeleteVoiceConnectorTermination",
        method: Method::Delete,
        path: "/voice-connectors/{voiceConnectorId}/termination",
        status: 204,
        tier: Tier::Needed,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "DeleteVoiceConnectorTerminationCredentials",
        method: Method::Post,
        path: "/voice-connectors/{voiceConnectorId}/termination/credentials",
        status: 204,
        tier: Tier::Needed,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "DeleteVoiceProfile",
        method: Method::Delete,
        path: "/voice-profiles/{VoiceProfileId}",
        status: 204,
        tier: Tier::OutOfScope,
        errors: &[
            Kind::AccessDenied,
            Kind::BadRequest,
            Kind::Conflict,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "DeleteVoiceProfileDomain",
        method: Method::Delete,
        path: "/voice-profile-domains/{VoiceProfileDomainId}",
        status: 204,
        tier: Tier::OutOfScope,
        errors: &[
            Kind::AccessDenied,
            Kind::BadRequest,
            Kind::Conflict,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "DisassociatePhoneNumbersFromVoiceConnector",
        method: Method::Post,
        path: "/voice-connectors/{voiceConnectorId}",
        status: 200,
        tier: Tier::Needed,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "DisassociatePhoneNumbersFromVoiceConnectorGroup",
        method: Method::Post,
        path: "/voice-connector-groups/{voiceConnectorGroupId}",
        status: 200,
        tier: Tier::Useful,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "GetGlobalSettings",
        method: Method::Get,
        path: "/settings",
        status: 200,
        tier: Tier::Useful,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "GetPhoneNumber",
        method: Method::Get,
        path: "/phone-numbers/{phoneNumberId}",
        status: 200,
        tier: Tier::Needed,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "GetPhoneNumberOrder",
        method: Method::Get,
        path: "/phone-number-orders/{phoneNumberOrderId}",
        status: 200,
        tier: Tier::Needed,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "GetPhoneNumberSettings",
        method: Method::Get,
        path: "/settings/phone-number",
        status: 200,
        tier: Tier::Useful,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "GetProxySession",
        method: Method::Get,
        path: "/voice-connectors/{voiceConnectorId}/proxy-sessions/{proxySessionId}",
        status: 200,
        tier: Tier::Useful,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "GetSipMediaApplication",
        method: Method::Get,
        path: "/sip-media-applications/{sipMediaApplicationId}",
        status: 200,
        tier: Tier::Needed,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "GetSipMediaApplicationAlexaSkillConfiguration",
        method: Method::Get,
        path: "/sip-media-applications/{sipMediaApplicationId}/alexa-skill-configuration",
        status: 200,
        tier: Tier::OutOfScope,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::Gone,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "GetSipMediaApplicationLoggingConfiguration",
        method: Method::Get,
        path: "/sip-media-applications/{sipMediaApplicationId}/logging-configuration",
        status: 200,
        tier: Tier::Needed,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "GetSipRule",
        method: Method::Get,
        path: "/sip-rules/{sipRuleId}",
        status: 200,
        tier: Tier::Needed,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "GetSpeakerSearchTask",
        method: Method::Get,
        path: "/voice-connectors/{VoiceConnectorId}/speaker-search-tasks/{SpeakerSearchTaskId}",
        status: 200,
        tier: Tier::OutOfScope,
        errors: &[
            Kind::AccessDenied,
            Kind::BadRequest,
            Kind::Conflict,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "GetVoiceConnector",
        method: Method::Get,
        path: "/voice-connectors/{voiceConnectorId}",
        status: 200,
        tier: Tier::Needed,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "GetVoiceConnectorEmergencyCallingConfiguration",
        method: Method::Get,
        path: "/voice-connectors/{voiceConnectorId}/emergency-calling-configuration",
        status: 200,
        tier: Tier::Useful,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "GetVoiceConnectorExternalSystemsConfiguration",
        method: Method::Get,
        path: "/voice-connectors/{voiceConnectorId}/external-systems-configuration",
        status: 200,
        tier: Tier::Useful,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "GetVoiceConnectorGroup",
        method: Method::Get,
        path: "/voice-connector-groups/{voiceConnectorGroupId}",
        status: 200,
        tier: Tier::Useful,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "GetVoiceConnectorLoggingConfiguration",
        method: Method::Get,
        path: "/voice-connectors/{voiceConnectorId}/logging-configuration",
        status: 200,
        tier: Tier::Needed,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "GetVoiceConnectorOrigination",
        method: Method::Get,
        path: "/voice-connectors/{voiceConnectorId}/origination",
        status: 200,
        tier: Tier::Needed,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "GetVoiceConnectorProxy",
        method: Method::Get,
        path: "/voice-connectors/{voiceConnectorId}/programmable-numbers/proxy",
        status: 200,
        tier: Tier::Useful,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "GetVoiceConnectorStreamingConfiguration",
        method: Method::Get,
        path: "/voice-connectors/{voiceConnectorId}/streaming-configuration",
        status: 200,
        tier: Tier::Needed,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "GetVoiceConnectorTermination",
        method: Method::Get,
        path: "/voice-connectors/{voiceConnectorId}/termination",
        status: 200,
        tier: Tier::Needed,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "GetVoiceConnectorTerminationHealth",
        method: Method::Get,
        path: "/voice-connectors/{voiceConnectorId}/termination/health",
        status: 200,
        tier: Tier::Needed,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "GetVoiceProfile",
        method: Method::Get,
        path: "/voice-profiles/{VoiceProfileId}",
        status: 200,
        tier: Tier::OutOfScope,
        errors: &[
            Kind::AccessDenied,
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "GetVoiceProfileDomain",
        method: Method::Get,
        path: "/voice-profile-domains/{VoiceProfileDomainId}",
        status: 200,
        tier: Tier::OutOfScope,
        errors: &[
            Kind::AccessDenied,
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "GetVoiceToneAnalysisTask",
        method: Method::Get,
        path: "/voice-connectors/{VoiceConnectorId}/voice-tone-analysis-tasks/{VoiceToneAnalysisTaskId}",
        status: 200,
        tier: Tier::OutOfScope,
        errors: &[
            Kind::AccessDenied,
            Kind::BadRequest,
            Kind::Conflict,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "ListAvailableVoiceConnectorRegions",
        method: Method::Get,
        path: "/voice-connector-regions",
        status: 200,
        tier: Tier::Needed,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "ListPhoneNumberOrders",
        method: Method::Get,
        path: "/phone-number-orders",
        status: 200,
        tier: Tier::Needed,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "ListPhoneNumbers",
        method: Method::Get,
        path: "/phone-numbers",
        status: 200,
        tier: Tier::Needed,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "ListProxySessions",
        method: Method::Get,
        path: "/voice-connectors/{voiceConnectorId}/proxy-sessions",
        status: 200,
        tier: Tier::Useful,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "ListSipMediaApplications",
        method: Method::Get,
        path: "/sip-media-applications",
        status: 200,
        tier: Tier::Needed,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "ListSipRules",
        method: Method::Get,
        path: "/sip-rules",
        status: 200,
        tier: Tier::Needed,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "ListSupportedPhoneNumberCountries",
        method: Method::Get,
        path: "/phone-number-countries",
        status: 200,
        tier: Tier::Needed,
        errors: &[
            Kind::AccessDenied,
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "ListTagsForResource",
        method: Method::Get,
        path: "/tags",
        status: 200,
        tier: Tier::Needed,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "ListVoiceConnectorGroups",
        method: Method::Get,
        path: "/voice-connector-groups",
        status: 200,
        tier: Tier::Useful,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "ListVoiceConnectorTerminationCredentials",
        method: Method::Get,
        path: "/voice-connectors/{voiceConnectorId}/termination/credentials",
        status: 200,
        tier: Tier::Needed,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "ListVoiceConnectors",
        method: Method::Get,
        path: "/voice-connectors",
        status: 200,
        tier: Tier::Needed,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "ListVoiceProfileDomains",
        method: Method::Get,
        path: "/voice-profile-domains",
        status: 200,
        tier: Tier::OutOfScope,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "ListVoiceProfiles",
        method: Method::Get,
        path: "/voice-profiles",
        status: 200,
        tier: Tier::OutOfScope,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "PutSipMediaApplicationAlexaSkillConfiguration",
        method: Method::Put,
        path: "/sip-media-applications/{sipMediaApplicationId}/alexa-skill-configuration",
        status: 200,
        tier: Tier::OutOfScope,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::Gone,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "PutSipMediaApplicationLoggingConfiguration",
        method: Method::Put,
        path: "/sip-media-applications/{sipMediaApplicationId}/logging-configuration",
        status: 200,
        tier: Tier::Needed,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "PutVoiceConnectorEmergencyCallingConfiguration",
        method: Method::Put,
        path: "/voice-connectors/{voiceConnectorId}/emergency-calling-configuration",
        status: 200,
        tier: Tier::Useful,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "PutVoiceConnectorExternalSystemsConfiguration",
        method: Method::Put,
        path: "/voice-connectors/{voiceConnectorId}/external-systems-configuration",
        status: 200,
        tier: Tier::Useful,
        errors: &[
            Kind::BadRequest,
            Kind::Conflict,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "PutVoiceConnectorLoggingConfiguration",
        method: Method::Put,
        path: "/voice-connectors/{voiceConnectorId}/logging-configuration",
        status: 200,
        tier: Tier::Needed,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "PutVoiceConnectorOrigination",
        method: Method::Put,
        path: "/voice-connectors/{voiceConnectorId}/origination",
        status: 200,
        tier: Tier::Needed,
        errors: &[
            Kind::AccessDenied,
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "PutVoiceConnectorProxy",
        method: Method::Put,
        path: "/voice-connectors/{voiceConnectorId}/programmable-numbers/proxy",
        status: 200,
        tier: Tier::Useful,
        errors: &[
            Kind::AccessDenied,
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "PutVoiceConnectorStreamingConfiguration",
        method: Method::Put,
        path: "/voice-connectors/{voiceConnectorId}/streaming-configuration",
        status: 200,
        tier: Tier::Needed,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "PutVoiceConnectorTermination",
        method: Method::Put,
        path: "/voice-connectors/{voiceConnectorId}/termination",
        status: 200,
        tier: Tier::Needed,
        errors: &[
            Kind::AccessDenied,
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "PutVoiceConnectorTerminationCredentials",
        method: Method::Post,
        path: "/voice-connectors/{voiceConnectorId}/termination/credentials",
        status: 204,
        tier: Tier::Needed,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "RestorePhoneNumber",
        method: Method::Post,
        path: "/phone-numbers/{phoneNumberId}",
        status: 200,
        tier: Tier::Needed,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ResourceLimitExceeded,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "SearchAvailablePhoneNumbers",
        method: Method::Get,
        path: "/search",
        status: 200,
        tier: Tier::Needed,
        errors: &[
            Kind::AccessDenied,
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "StartSpeakerSearchTask",
        method: Method::Post,
        path: "/voice-connectors/{VoiceConnectorId}/speaker-search-tasks",
        status: 201,
        tier: Tier::OutOfScope,
        errors: &[
            Kind::AccessDenied,
            Kind::BadRequest,
            Kind::Conflict,
            Kind::Forbidden,
            Kind::Gone,
            Kind::NotFound,
            Kind::ResourceLimitExceeded,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
            Kind::UnprocessableEntity,
        ],
    },
    Facts {
        name: "StartVoiceToneAnalysisTask",
        method: Method::Post,
        path: "/voice-connectors/{VoiceConnectorId}/voice-tone-analysis-tasks",
        status: 201,
        tier: Tier::OutOfScope,
        errors: &[
            Kind::AccessDenied,
            Kind::BadRequest,
            Kind::Conflict,
            Kind::Forbidden,
            Kind::Gone,
            Kind::NotFound,
            Kind::ResourceLimitExceeded,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
            Kind::UnprocessableEntity,
        ],
    },
    Facts {
        name: "StopSpeakerSearchTask",
        method: Method::Post,
        path: "/voice-connectors/{VoiceConnectorId}/speaker-search-tasks/{SpeakerSearchTaskId}",
        status: 204,
        tier: Tier::OutOfScope,
        errors: &[
            Kind::AccessDenied,
            Kind::BadRequest,
            Kind::Conflict,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
            Kind::UnprocessableEntity,
        ],
    },
    Facts {
        name: "StopVoiceToneAnalysisTask",
        method: Method::Post,
        path: "/voice-connectors/{VoiceConnectorId}/voice-tone-analysis-tasks/{VoiceToneAnalysisTaskId}",
        status: 204,
        tier: Tier::OutOfScope,
        errors: &[
            Kind::AccessDenied,
            Kind::BadRequest,
            Kind::Conflict,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
            Kind::UnprocessableEntity,
        ],
    },
    Facts {
        name: "TagResource",
        method: Method::Post,
        path: "/tags",
        status: 204,
        tier: Tier::Needed,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ResourceLimitExceeded,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "UntagResource",
        method: Method::Post,
        path: "/tags",
        status: 204,
        tier: Tier::Needed,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "UpdateGlobalSettings",
        method: Method::Put,
        path: "/settings",
        status: 204,
        tier: Tier::Useful,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "UpdatePhoneNumber",
        method: Method::Post,
        path: "/phone-numbers/{phoneNumberId}",
        status: 200,
        tier: Tier::Needed,
        errors: &[
            Kind::BadRequest,
            Kind::Conflict,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "UpdatePhoneNumberSettings",
        method: Method::Put,
        path: "/settings/phone-number",
        status: 204,
        tier: Tier::Useful,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "UpdateProxySession",
        method: Method::Post,
        path: "/voice-connectors/{voiceConnectorId}/proxy-sessions/{proxySessionId}",
        status: 201,
        tier: Tier::Useful,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "UpdateSipMediaApplication",
        method: Method::Put,
        path: "/sip-media-applications/{sipMediaApplicationId}",
        status: 200,
        tier: Tier::Needed,
        errors: &[
            Kind::BadRequest,
            Kind::Conflict,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "UpdateSipMediaApplicationCall",
        method: Method::Post,
        path: "/sip-media-applications/{sipMediaApplicationId}/calls/{transactionId}",
        status: 202,
        tier: Tier::Needed,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ResourceLimitExceeded,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "UpdateSipRule",
        method: Method::Put,
        path: "/sip-rules/{sipRuleId}",
        status: 202,
        tier: Tier::Needed,
        errors: &[
            Kind::BadRequest,
            Kind::Conflict,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ResourceLimitExceeded,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "UpdateVoiceConnector",
        method: Method::Put,
        path: "/voice-connectors/{voiceConnectorId}",
        status: 200,
        tier: Tier::Needed,
        errors: &[
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "UpdateVoiceConnectorGroup",
        method: Method::Put,
        path: "/voice-connector-groups/{voiceConnectorGroupId}",
        status: 202,
        tier: Tier::Useful,
        errors: &[
            Kind::BadRequest,
            Kind::Conflict,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "UpdateVoiceProfile",
        method: Method::Put,
        path: "/voice-profiles/{VoiceProfileId}",
        status: 200,
        tier: Tier::OutOfScope,
        errors: &[
            Kind::AccessDenied,
            Kind::BadRequest,
            Kind::Conflict,
            Kind::Forbidden,
            Kind::Gone,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "UpdateVoiceProfileDomain",
        method: Method::Put,
        path: "/voice-profile-domains/{VoiceProfileDomainId}",
        status: 200,
        tier: Tier::OutOfScope,
        errors: &[
            Kind::AccessDenied,
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
    Facts {
        name: "ValidateE911Address",
        method: Method::Post,
        path: "/emergency-calling/address",
        status: 202,
        tier: Tier::Useful,
        errors: &[
            Kind::AccessDenied,
            Kind::BadRequest,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::ServiceFailure,
            Kind::ServiceUnavailable,
            Kind::ThrottledClient,
            Kind::UnauthorizedClient,
        ],
    },
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

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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

pub(crate) static ROUTES: &[Route<Operation>] = &[
    Route {
        operation: Operation::AssociatePhoneNumbersWithVoiceConnector,
        method: Method::Post,
        segments: &[Segment::Literal("voice-connectors"), Segment::Label("VoiceConnectorId")],
        query: Some(("operation", "associate-phone-numbers")),
    },
    Route {
        operation: Operation::AssociatePhoneNumbersWithVoiceConnectorGroup,
        method: Method::Post,
        segments: &[Segment::Literal("voice-connector-groups"), Segment::Label("VoiceConnectorGroupId")],
        query: Some(("operation", "associate-phone-numbers")),
    },
    Route {
        operation: Operation::BatchDeletePhoneNumber,
        method: Method::Post,
        segments: &[Segment::Literal("phone-numbers")],
        query: Some(("operation", "batch-delete")),
    },
    Route {
        operation: Operation::BatchUpdatePhoneNumber,
        method: Method::Post,
        segments: &[Segment::Literal("phone-numbers")],
        query: Some(("operation", "batch-update")),
    },
    Route {
        operation: Operation::CreatePhoneNumberOrder,
        method: Method::Post,
        segments: &[Segment::Literal("phone-number-orders")],
        query: None,
    },
    Route {
        operation: Operation::CreateProxySession,
        method: Method::Post,
        segments: &[
            Segment::Literal("voice-connectors"),
            Segment::Label("VoiceConnectorId"),
            Segment::Literal("proxy-sessions"),
        ],
        query: None,
    },
    Route {
        operation: Operation::CreateSipMediaApplication,
        method: Method::Post,
        segments: &[Segment::Literal("sip-media-applications")],
        query: None,
    },
    Route {
        operation: Operation::CreateSipMediaApplicationCall,
        method: Method::Post,
        segments: &[
            Segment::Literal("sip-media-applications"),
            Segment::Label("SipMediaApplicationId"),
            Segment::Literal("calls"),
        ],
        query: None,
    },
    Route {
        operation: Operation::CreateSipRule,
        method: Method::Post,
        segments: &[Segment::Literal("sip-rules")],
        query: None,
    },
    Route {
        operation: Operation::CreateVoiceConnector,
        method: Method::Post,
        segments: &[Segment::Literal("voice-connectors")],
        query: None,
    },
    Route {
        operation: Operation::CreateVoiceConnectorGroup,
        method: Method::Post,
        segments: &[Segment::Literal("voice-connector-groups")],
        query: None,
    },
    Route {
        operation: Operation::CreateVoiceProfile,
        method: Method::Post,
        segments: &[Segment::Literal("voice-profiles")],
        query: None,
    },
    Route {
        operation: Operation::CreateVoiceProfileDomain,
        method: Method::Post,
        segments: &[Segment::Literal("voice-profile-domains")],
        query: None,
    },
    Route {
        operation: Operation::DeletePhoneNumber,
        method: Method::Delete,
        segments: &[Segment::Literal("phone-numbers"), Segment::Label("PhoneNumberId")],
        query: None,
    },
    Route {
        operation: Operation::DeleteProxySession,
        method: Method::Delete,
        segments: &[
            Segment::Literal("voice-connectors"),
            Segment::Label("VoiceConnectorId"),
            Segment::Literal("proxy-sessions"),
            Segment::Label("ProxySessionId"),
        ],
        query: None,
    },
    Route {
        operation: Operation::DeleteSipMediaApplication,
        method: Method::Delete,
        segments: &[Segment::Literal("sip-media-applications"), Segment::Label("SipMediaApplicationId")],
        query: None,
    },
    Route {
        operation: Operation::DeleteSipRule,
        method: Method::Delete,
        segments: &[Segment::Literal("sip-rules"), Segment::Label("SipRuleId")],
        query: None,
    },
    Route {
        operation: Operation::DeleteVoiceConnector,
        method: Method::Delete,
        segments: &[Segment::Literal("voice-connectors"), Segment::Label("VoiceConnectorId")],
        query: None,
    },
    Route {
        operation: Operation::DeleteVoiceConnectorEmergencyCallingConfiguration,
        method: Method::Delete,
        segments: &[
            Segment::Literal("voice-connectors"),
            Segment::Label("VoiceConnectorId"),
            Segment::Literal("emergency-calling-configuration"),
        ],
        query: None,
    },
    Route {
        operation: Operation::DeleteVoiceConnectorExternalSystemsConfiguration,
        method: Method::Delete,
        segments: &[
            Segment::Literal("voice-connectors"),
            Segment::Label("VoiceConnectorId"),
            Segment::Literal("external-systems-configuration"),
        ],
        query: None,
    },
    Route {
        operation: Operation::DeleteVoiceConnectorGroup,
        method: Method::Delete,
        segments: &[Segment::Literal("voice-connector-groups"), Segment::Label("VoiceConnectorGroupId")],
        query: None,
    },
    Route {
        operation: Operation::DeleteVoiceConnectorOrigination,
        method: Method::Delete,
        segments: &[
            Segment::Literal("voice-connectors"),
            Segment::Label("VoiceConnectorId"),
            Segment::Literal("origination"),
        ],
        query: None,
    },
    Route {
        operation: Operation::DeleteVoiceConnectorProxy,
        method: Method::Delete,
        segments: &[
            Segment::Literal("voice-connectors"),
            Segment::Label("VoiceConnectorId"),
            Segment::Literal("programmable-numbers"),
            Segment::Literal("proxy"),
        ],
        query: None,
    },
    Route {
        operation: Operation::DeleteVoiceConnectorStreamingConfiguration,
        method: Method::Delete,
        segments: &[
            Segment::Literal("voice-connectors"),
            Segment::Label("VoiceConnectorId"),
            Segment::Literal("streaming-configuration"),
        ],
        query: None,
    },
    Route {
        operation: Operation::DeleteVoiceConnectorTermination,
        method: Method::Delete,
        segments: &[
            Segment::Literal("voice-connectors"),
            Segment::Label("VoiceConnectorId"),
            Segment::Literal("termination"),
        ],
        query: None,
    },
    Route {
        operation: Operation::DeleteVoiceConnectorTerminationCredentials,
        method: Method::Post,
        segments: &[
            Segment::Literal("voice-connectors"),
            Segment::Label("VoiceConnectorId"),
            Segment::Literal("termination"),
            Segment::Literal("credentials"),
        ],
        query: Some(("operation", "delete")),
    },
    Route {
        operation: Operation::DeleteVoiceProfile,
        method: Method::Delete,
        segments: &[Segment::Literal("voice-profiles"), Segment::Label("VoiceProfileId")],
        query: None,
    },
    Route {
        operation: Operation::DeleteVoiceProfileDomain,
        method: Method::Delete,
        segments: &[Segment::Literal("voice-profile-domains"), Segment::Label("VoiceProfileDomainId")],
        query: None,
    },
    Route {
        operation: Operation::DisassociatePhoneNumbersFromVoiceConnector,
        method: Method::Post,
        segments: &[Segment::Literal("voice-connectors"), Segment::Label("VoiceConnectorId")],
        query: Some(("operation", "disassociate-phone-numbers")),
    },
    Route {
        operation: Operation::DisassociatePhoneNumbersFromVoiceConnectorGroup,
        method: Method::Post,
        segments: &[Segment::Literal("voice-connector-groups"), Segment::Label("VoiceConnectorGroupId")],
        query: Some(("operation", "disassociate-phone-numbers")),
    },
    Route {
        operation: Operation::GetGlobalSettings,
        method: Method::Get,
        segments: &[Segment::Literal("settings")],
        query: None,
    },
    Route {
        operation: Operation::GetPhoneNumber,
        method: Method::Get,
        segments: &[Segment::Literal("phone-numbers"), Segment::Label("PhoneNumberId")],
        query: None,
    },
    Route {
        operation: Operation::GetPhoneNumberOrder,
        method: Method::Get,
        segments: &[Segment::Literal("phone-number-orders"), Segment::Label("PhoneNumberOrderId")],
        query: None,
    },
    Route {
        operation: Operation::GetPhoneNumberSettings,
        method: Method::Get,
        segments: &[Segment::Literal("settings"), Segment::Literal("phone-number")],
        query: None,
    },
    Route {
        operation: Operation::GetProxySession,
        method: Method::Get,
        segments: &[
            Segment::Literal("voice-connectors"),
            Segment::Label("VoiceConnectorId"),
            Segment::Literal("proxy-sessions"),
            Segment::Label("ProxySessionId"),
        ],
        query: None,
    },
    Route {
        operation: Operation::GetSipMediaApplication,
        method: Method::Get,
        segments: &[Segment::Literal("sip-media-applications"), Segment::Label("SipMediaApplicationId")],
        query: None,
    },
    Route {
        operation: Operation::GetSipMediaApplicationAlexaSkillConfiguration,
        method: Method::Get,
        segments: &[
            Segment::Literal("sip-media-applications"),
            Segment::Label("sipMediaApplicationId"),
            Segment::Literal("alexa-skill-configuration"),
        ],
        query: None,
    },
    Route {
        operation: Operation::GetSipMediaApplicationLoggingConfiguration,
        method: Method::Get,
        segments: &[
            Segment::Literal("sip-media-applications"),
            Segment::Label("SipMediaApplicationId"),
            Segment::Literal("logging-configuration"),
        ],
        query: None,
    },
    Route {
        operation: Operation::GetSipRule,
        method: Method::Get,
        segments: &[Segment::Literal("sip-rules"), Segment::Label("SipRuleId")],
        query: None,
    },
    Route {
        operation: Operation::GetSpeakerSearchTask,
        method: Method::Get,
        segments: &[
            Segment::Literal("voice-connectors"),
            Segment::Label("VoiceConnectorId"),
            Segment::Literal("speaker-search-tasks"),
            Segment::Label("SpeakerSearchTaskId"),
        ],
        query: None,
    },
    Route {
        operation: Operation::GetVoiceConnector,
        method: Method::Get,
        segments: &[Segment::Literal("voice-connectors"), Segment::Label("VoiceConnectorId")],
        query: None,
    },
    Route {
        operation: Operation::GetVoiceConnectorEmergencyCallingConfiguration,
        method: Method::Get,
        segments: &[
            Segment::Literal("voice-connectors"),
            Segment::Label("VoiceConnectorId"),
            Segment::Literal("emergency-calling-configuration"),
        ],
        query: None,
    },
    Route {
        operation: Operation::GetVoiceConnectorExternalSystemsConfiguration,
        method: Method::Get,
        segments: &[
            Segment::Literal("voice-connectors"),
            Segment::Label("VoiceConnectorId"),
            Segment::Literal("external-systems-configuration"),
        ],
        query: None,
    },
    Route {
        operation: Operation::GetVoiceConnectorGroup,
        method: Method::Get,
        segments: &[Segment::Literal("voice-connector-groups"), Segment::Label("VoiceConnectorGroupId")],
        query: None,
    },
    Route {
        operation: Operation::GetVoiceConnectorLoggingConfiguration,
        method: Method::Get,
        segments: &[
            Segment::Literal("voice-connectors"),
            Segment::Label("VoiceConnectorId"),
            Segment::Literal("logging-configuration"),
        ],
        query: None,
    },
    Route {
        operation: Operation::GetVoiceConnectorOrigination,
        method: Method::Get,
        segments: &[
            Segment::Literal("voice-connectors"),
            Segment::Label("VoiceConnectorId"),
            Segment::Literal("origination"),
        ],
        query: None,
    },
    Route {
        operation: Operation::GetVoiceConnectorProxy,
        method: Method::Get,
        segments: &[
            Segment::Literal("voice-connectors"),
            Segment::Label("VoiceConnectorId"),
            Segment::Literal("programmable-numbers"),
            Segment::Literal("proxy"),
        ],
        query: None,
    },
    Route {
        operation: Operation::GetVoiceConnectorStreamingConfiguration,
        method: Method::Get,
        segments: &[
            Segment::Literal("voice-connectors"),
            Segment::Label("VoiceConnectorId"),
            Segment::Literal("streaming-configuration"),
        ],
        query: None,
    },
    Route {
        operation: Operation::GetVoiceConnectorTermination,
        method: Method::Get,
        segments: &[
            Segment::Literal("voice-connectors"),
            Segment::Label("VoiceConnectorId"),
            Segment::Literal("termination"),
        ],
        query: None,
    },
    Route {
        operation: Operation::GetVoiceConnectorTerminationHealth,
        method: Method::Get,
        segments: &[
            Segment::Literal("voice-connectors"),
            Segment::Label("VoiceConnectorId"),
            Segment::Literal("termination"),
            Segment::Literal("health"),
        ],
        query: None,
    },
    Route {
        operation: Operation::GetVoiceProfile,
        method: Method::Get,
        segments: &[Segment::Literal("voice-profiles"), Segment::Label("VoiceProfileId")],
        query: None,
    },
    Route {
        operation: Operation::GetVoiceProfileDomain,
        method: Method::Get,
        segments: &[Segment::Literal("voice-profile-domains"), Segment::Label("VoiceProfileDomainId")],
        query: None,
    },
    Route {
        operation: Operation::GetVoiceToneAnalysisTask,
        method: Method::Get,
        segments: &[
            Segment::Literal("voice-connectors"),
            Segment::Label("VoiceConnectorId"),
            Segment::Literal("voice-tone-analysis-tasks"),
            Segment::Label("VoiceToneAnalysisTaskId"),
        ],
        query: None,
    },
    Route {
        operation: Operation::ListAvailableVoiceConnectorRegions,
        method: Method::Get,
        segments: &[Segment::Literal("voice-connector-regions")],
        query: None,
    },
    Route {
        operation: Operation::ListPhoneNumberOrders,
        method: Method::Get,
        segments: &[Segment::Literal("phone-number-orders")],
        query: None,
    },
    Route {
        operation: Operation::ListPhoneNumbers,
        method: Method::Get,
        segments: &[Segment::Literal("phone-numbers")],
        query: None,
    },
    Route {
        operation: Operation::ListProxySessions,
        method: Method::Get,
        segments: &[
            Segment::Literal("voice-connectors"),
            Segment::Label("VoiceConnectorId"),
            Segment::Literal("proxy-sessions"),
        ],
        query: None,
    },
    Route {
        operation: Operation::ListSipMediaApplications,
        method: Method::Get,
        segments: &[Segment::Literal("sip-media-applications")],
        query: None,
    },
    Route {
        operation: Operation::ListSipRules,
        method: Method::Get,
        segments: &[Segment::Literal("sip-rules")],
        query: None,
    },
    Route {
        operation: Operation::ListSupportedPhoneNumberCountries,
        method: Method::Get,
        segments: &[Segment::Literal("phone-number-countries")],
        query: None,
    },
    Route {
        operation: Operation::ListTagsForResource,
        method: Method::Get,
        segments: &[Segment::Literal("tags")],
        query: None,
    },
    Route {
        operation: Operation::ListVoiceConnectorGroups,
        method: Method::Get,
        segments: &[Segment::Literal("voice-connector-groups")],
        query: None,
    },
    Route {
        operation: Operation::ListVoiceConnectorTerminationCredentials,
        method: Method::Get,
        segments: &[
            Segment::Literal("voice-connectors"),
            Segment::Label("VoiceConnectorId"),
            Segment::Literal("termination"),
            Segment::Literal("credentials"),
        ],
        query: None,
    },
    Route {
        operation: Operation::ListVoiceConnectors,
        method: Method::Get,
        segments: &[Segment::Literal("voice-connectors")],
        query: None,
    },
    Route {
        operation: Operation::ListVoiceProfileDomains,
        method: Method::Get,
        segments: &[Segment::Literal("voice-profile-domains")],
        query: None,
    },
    Route {
        operation: Operation::ListVoiceProfiles,
        method: Method::Get,
        segments: &[Segment::Literal("voice-profiles")],
        query: None,
    },
    Route {
        operation: Operation::PutSipMediaApplicationAlexaSkillConfiguration,
        method: Method::Put,
        segments: &[
            Segment::Literal("sip-media-applications"),
            Segment::Label("sipMediaApplicationId"),
            Segment::Literal("alexa-skill-configuration"),
        ],
        query: None,
    },
    Route {
        operation: Operation::PutSipMediaApplicationLoggingConfiguration,
        method: Method::Put,
        segments: &[
            Segment::Literal("sip-media-applications"),
            Segment::Label("SipMediaApplicationId"),
            Segment::Literal("logging-configuration"),
        ],
        query: None,
    },
    Route {
        operation: Operation::PutVoiceConnectorEmergencyCallingConfiguration,
        method: Method::Put,
        segments: &[
            Segment::Literal("voice-connectors"),
            Segment::Label("VoiceConnectorId"),
            Segment::Literal("emergency-calling-configuration"),
        ],
        query: None,
    },
    Route {
        operation: Operation::PutVoiceConnectorExternalSystemsConfiguration,
        method: Method::Put,
        segments: &[
            Segment::Literal("voice-connectors"),
            Segment::Label("VoiceConnectorId"),
            Segment::Literal("external-systems-configuration"),
        ],
        query: None,
    },
    Route {
        operation: Operation::PutVoiceConnectorLoggingConfiguration,
        method: Method::Put,
        segments: &[
            Segment::Literal("voice-connectors"),
            Segment::Label("VoiceConnectorId"),
            Segment::Literal("logging-configuration"),
        ],
        query: None,
    },
    Route {
        operation: Operation::PutVoiceConnectorOrigination,
        method: Method::Put,
        segments: &[
            Segment::Literal("voice-connectors"),
            Segment::Label("VoiceConnectorId"),
            Segment::Literal("origination"),
        ],
        query: None,
    },
    Route {
        operation: Operation::PutVoiceConnectorProxy,
        method: Method::Put,
        segments: &[
            Segment::Literal("voice-connectors"),
            Segment::Label("VoiceConnectorId"),
            Segment::Literal("programmable-numbers"),
            Segment::Literal("proxy"),
        ],
        query: None,
    },
    Route {
        operation: Operation::PutVoiceConnectorStreamingConfiguration,
        method: Method::Put,
        segments: &[
            Segment::Literal("voice-connectors"),
            Segment::Label("VoiceConnectorId"),
            Segment::Literal("streaming-configuration"),
        ],
        query: None,
    },
    Route {
        operation: Operation::PutVoiceConnectorTermination,
        method: Method::Put,
        segments: &[
            Segment::Literal("voice-connectors"),
            Segment::Label("VoiceConnectorId"),
            Segment::Literal("termination"),
        ],
        query: None,
    },
    Route {
        operation: Operation::PutVoiceConnectorTerminationCredentials,
        method: Method::Post,
        segments: &[
            Segment::Literal("voice-connectors"),
            Segment::Label("VoiceConnectorId"),
            Segment::Literal("termination"),
            Segment::Literal("credentials"),
        ],
        query: Some(("operation", "put")),
    },
    Route {
        operation: Operation::RestorePhoneNumber,
        method: Method::Post,
        segments: &[Segment::Literal("phone-numbers"), Segment::Label("PhoneNumberId")],
        query: Some(("operation", "restore")),
    },
    Route {
        operation: Operation::SearchAvailablePhoneNumbers,
        method: Method::Get,
        segments: &[Segment::Literal("search")],
        query: Some(("type", "phone-numbers")),
    },
    Route {
        operation: Operation::StartSpeakerSearchTask,
        method: Method::Post,
        segments: &[
            Segment::Literal("voice-connectors"),
            Segment::Label("VoiceConnectorId"),
            Segment::Literal("speaker-search-tasks"),
        ],
        query: None,
    },
    Route {
        operation: Operation::StartVoiceToneAnalysisTask,
        method: Method::Post,
        segments: &[
            Segment::Literal("voice-connectors"),
            Segment::Label("VoiceConnectorId"),
            Segment::Literal("voice-tone-analysis-tasks"),
        ],
        query: None,
    },
    Route {
        operation: Operation::StopSpeakerSearchTask,
        method: Method::Post,
        segments: &[
            Segment::Literal("voice-connectors"),
            Segment::Label("VoiceConnectorId"),
            Segment::Literal("speaker-search-tasks"),
            Segment::Label("SpeakerSearchTaskId"),
        ],
        query: Some(("operation", "stop")),
    },
    Route {
        operation: Operation::StopVoiceToneAnalysisTask,
        method: Method::Post,
        segments: &[
            Segment::Literal("voice-connectors"),
            Segment::Label("VoiceConnectorId"),
            Segment::Literal("voice-tone-analysis-tasks"),
            Segment::Label("VoiceToneAnalysisTaskId"),
        ],
        query: Some(("operation", "stop")),
    },
    Route {
        operation: Operation::TagResource,
        method: Method::Post,
        segments: &[Segment::Literal("tags")],
        query: Some(("operation", "tag-resource")),
    },
    Route {
        operation: Operation::UntagResource,
        method: Method::Post,
        segments: &[Segment::Literal("tags")],
        query: Some(("operation", "untag-resource")),
    },
    Route {
        operation: Operation::UpdateGlobalSettings,
        method: Method::Put,
        segments: &[Segment::Literal("settings")],
        query: None,
    },
    Route {
        operation: Operation::UpdatePhoneNumber,
        method: Method::Post,
        segments: &[Segment::Literal("phone-numbers"), Segment::Label("PhoneNumberId")],
        query: None,
    },
    Route {
        operation: Operation::UpdatePhoneNumberSettings,
        method: Method::Put,
        segments: &[Segment::Literal("settings"), Segment::Literal("phone-number")],
        query: None,
    },
    Route {
        operation: Operation::UpdateProxySession,
        method: Method::Post,
        segments: &[
            Segment::Literal("voice-connectors"),
            Segment::Label("VoiceConnectorId"),
            Segment::Literal("proxy-sessions"),
            Segment::Label("ProxySessionId"),
        ],
        query: None,
    },
    Route {
        operation: Operation::UpdateSipMediaApplication,
        method: Method::Put,
        segments: &[Segment::Literal("sip-media-applications"), Segment::Label("SipMediaApplicationId")],
        query: None,
    },
    Route {
        operation: Operation::UpdateSipMediaApplicationCall,
        method: Method::Post,
        segments: &[
            Segment::Literal("sip-media-applications"),
            Segment::Label("SipMediaApplicationId"),
            Segment::Literal("calls"),
            Segment::Label("TransactionId"),
        ],
        query: None,
    },
    Route {
        operation: Operation::UpdateSipRule,
        method: Method::Put,
        segments: &[Segment::Literal("sip-rules"), Segment::Label("SipRuleId")],
        query: None,
    },
    Route {
        operation: Operation::UpdateVoiceConnector,
        method: Method::Put,
        segments: &[Segment::Literal("voice-connectors"), Segment::Label("VoiceConnectorId")],
        query: None,
    },
    Route {
        operation: Operation::UpdateVoiceConnectorGroup,
        method: Method::Put,
        segments: &[Segment::Literal("voice-connector-groups"), Segment::Label("VoiceConnectorGroupId")],
        query: None,
    },
    Route {
        operation: Operation::UpdateVoiceProfile,
        method: Method::Put,
        segments: &[Segment::Literal("voice-profiles"), Segment::Label("VoiceProfileId")],
        query: None,
    },
    Route {
        operation: Operation::UpdateVoiceProfileDomain,
        method: Method::Put,
        segments: &[Segment::Literal("voice-profile-domains"), Segment::Label("VoiceProfileDomainId")],
        query: None,
    },
    Route {
        operation: Operation::ValidateE911Address,
        method: Method::Post,
        segments: &[Segment::Literal("emergency-calling"), Segment::Literal("address")],
        query: None,
    },
];

static ALPHA2_COUNTRY_CODE: Shape =
    Shape::Text { min: 0, max: u32::MAX, pattern: Some(&ALPHA2_COUNTRY_CODE_PATTERN) };
static ALPHA2_COUNTRY_CODE_PATTERN: Pattern = Pattern::new(r"[A-Z]{2}");

static AREA_CODE: Shape = Shape::Text { min: 0, max: u32::MAX, pattern: Some(&AREA_CODE_PATTERN) };
static AREA_CODE_PATTERN: Pattern = Pattern::new(r"^$|^[0-9]{3,3}$");

static ARN: Shape = Shape::Text { min: 1, max: 1024, pattern: Some(&ARN_PATTERN) };
static ARN_PATTERN: Pattern = Pattern::new(r"^arn[/\:\-\_\.a-zA-Z0-9]+$");

static ASSOCIATE_PHONE_NUMBERS_WITH_VOICE_CONNECTOR_GROUP_REQUEST_INPUT: Input = Input {
    members: &[
        Member { name: "VoiceConnectorGroupId", required: true, shape: &NON_EMPTY_STRING },
        Member { name: "E164PhoneNumbers", required: true, shape: &E164_PHONE_NUMBER_LIST },
        Member { name: "ForceAssociate", required: false, shape: &NULLABLE_BOOLEAN },
    ],
    query: &[],
};

static ASSOCIATE_PHONE_NUMBERS_WITH_VOICE_CONNECTOR_REQUEST_INPUT: Input = Input {
    members: &[
        Member { name: "VoiceConnectorId", required: true, shape: &VOICE_CONNECTOR_ID },
        Member { name: "E164PhoneNumbers", required: true, shape: &E164_PHONE_NUMBER_LIST },
        Member { name: "ForceAssociate", required: false, shape: &NULLABLE_BOOLEAN },
    ],
    query: &[],
};

static BATCH_DELETE_PHONE_NUMBER_REQUEST_INPUT: Input = Input {
    members: &[Member { name: "PhoneNumberIds", required: true, shape: &NON_EMPTY_STRING_LIST }],
    query: &[],
};

static BATCH_UPDATE_PHONE_NUMBER_REQUEST_INPUT: Input = Input {
    members: &[Member {
        name: "UpdatePhoneNumberRequestItems",
        required: true,
        shape: &UPDATE_PHONE_NUMBER_REQUEST_ITEM_LIST,
    }],
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
        Member { name: "ProductType", required: true, shape: &PHONE_NUMBER_PRODUCT_TYPE },
        Member { name: "E164PhoneNumbers", required: true, shape: &E164_PHONE_NUMBER_LIST },
        Member { name: "Name", required: false, shape: &PHONE_NUMBER_NAME },
    ],
    query: &[],
};

static CREATE_PROXY_SESSION_REQUEST_INPUT: Input = Input {
    members: &[
        Member { name: "VoiceConnectorId", required: true, shape: &VOICE_CONNECTOR_ID },
        Member { name: "ParticipantPhoneNumbers", required: true, shape: &PARTICIPANT_PHONE_NUMBER_LIST },
        Member { name: "Name", required: false, shape: &PROXY_SESSION_NAME_STRING },
        Member { name: "ExpiryMinutes", required: false, shape: &POSITIVE_INTEGER },
        Member { name: "Capabilities", required: true, shape: &CAPABILITY_LIST },
        Member { name: "NumberSelectionBehavior", required: false, shape: &NUMBER_SELECTION_BEHAVIOR },
        Member { name: "GeoMatchLevel", required: false, shape: &GEO_MATCH_LEVEL },
        Member { name: "GeoMatchParams", required: false, shape: &GEO_MATCH_PARAMS },
    ],
    query: &[],
};

static CREATE_SIP_MEDIA_APPLICATION_CALL_REQUEST_INPUT: Input = Input {
    members: &[
        Member { name: "FromPhoneNumber", required: true, shape: &E164_PHONE_NUMBER },
        Member { name: "ToPhoneNumber", required: true, shape: &E164_PHONE_NUMBER },
        Member { name: "SipMediaApplicationId", required: true, shape: &NON_EMPTY_STRING },
        Member { name: "SipHeaders", required: false, shape: &SIP_HEADERS_MAP },
        Member { name: "ArgumentsMap", required: false, shape: &SMA_CREATE_CALL_ARGUMENTS_MAP },
    ],
    query: &[],
};

static CREATE_SIP_MEDIA_APPLICATION_REQUEST_INPUT: Input = Input {
    members: &[
        Member { name: "AwsRegion", required: true, shape: &STRING },
        Member { name: "Name", required: true, shape: &SIP_MEDIA_APPLICATION_NAME },
        Member { name: "Endpoints", required: true, shape: &SIP_MEDIA_APPLICATION_ENDPOINT_LIST },
        Member { name: "Tags", required: false, shape: &TAG_LIST },
    ],
    query: &[],
};

static CREATE_SIP_RULE_REQUEST_INPUT: Input = Input {
    members: &[
        Member { name: "Name", required: true, shape: &SIP_RULE_NAME },
        Member { name: "TriggerType", required: true, shape: &SIP_RULE_TRIGGER_TYPE },
        Member { name: "TriggerValue", required: true, shape: &NON_EMPTY_STRING },
        Member { name: "Disabled", required: false, shape: &NULLABLE_BOOLEAN },
        Member { name: "TargetApplications", required: true, shape: &SIP_RULE_TARGET_APPLICATION_LIST },
    ],
    query: &[],
};

static CREATE_VOICE_CONNECTOR_GROUP_REQUEST_INPUT: Input = Input {
    members: &[
        Member { name: "Name", required: true, shape: &VOICE_CONNECTOR_GROUP_NAME },
        Member { name: "VoiceConnectorItems", required: false, shape: &VOICE_CONNECTOR_ITEM_LIST },
        Member { name: "CallDistributionType", required: false, shape: &CALL_DISTRIBUTION_TYPE },
    ],
    query: &[],
};

static CREATE_VOICE_CONNECTOR_REQUEST_INPUT: Input = Input {
    members: &[
        Member { name: "Name", required: true, shape: &VOICE_CONNECTOR_NAME },
        Member { name: "AwsRegion", required: false, shape: &VOICE_CONNECTOR_AWS_REGION },
        Member { name: "RequireEncryption", required: true, shape: &BOOLEAN },
        Member { name: "Tags", required: false, shape: &TAG_LIST },
        Member { name: "IntegrationType", required: false, shape: &VOICE_CONNECTOR_INTEGRATION_TYPE },
        Member { name: "NetworkType", required: false, shape: &NETWORK_TYPE },
    ],
    query: &[],
};

static CREDENTIAL: Shape = Shape::Structure(&[
    Member { name: "Username", required: false, shape: &SENSITIVE_STRING },
    Member { name: "Password", required: false, shape: &SENSITIVE_STRING },
]);

static CREDENTIAL_LIST: Shape = Shape::List { of: &CREDENTIAL, min: 0, max: u32::MAX };

static DNIS_EMERGENCY_CALLING_CONFIGURATION: Shape = Shape::Structure(&[
    Member { name: "EmergencyPhoneNumber", required: true, shape: &E164_PHONE_NUMBER },
    Member { name: "TestPhoneNumber", required: false, shape: &E164_PHONE_NUMBER },
    Member { name: "CallingCountry", required: true, shape: &ALPHA2_COUNTRY_CODE },
]);

static DNIS_EMERGENCY_CALLING_CONFIGURATION_LIST: Shape =
    Shape::List { of: &DNIS_EMERGENCY_CALLING_CONFIGURATION, min: 0, max: u32::MAX };

static DATA_RETENTION_IN_HOURS: Shape = Shape::Integer { min: 0, max: i32::MAX as i64 };

static DELETE_PHONE_NUMBER_REQUEST_INPUT: Input = Input {
    members: &[Member { name: "PhoneNumberId", required: true, shape: &SENSITIVE_NON_EMPTY_STRING }],
    query: &[],
};

static DELETE_PROXY_SESSION_REQUEST_INPUT: Input = Input {
    members: &[
        Member { name: "VoiceConnectorId", required: true, shape: &VOICE_CONNECTOR_ID },
        Member { name: "ProxySessionId", required: true, shape: &NON_EMPTY_STRING128 },
    ],
    query: &[],
};

static DELETE_SIP_MEDIA_APPLICATION_REQUEST_INPUT: Input = Input {
    members: &[Member { name: "SipMediaApplicationId", required: true, shape: &NON_EMPTY_STRING }],
    query: &[],
};

static DELETE_SIP_RULE_REQUEST_INPUT: Input =
    Input { members: &[Member { name: "SipRuleId", required: true, shape: &NON_EMPTY_STRING }], query: &[] };

static DELETE_VOICE_CONNECTOR_EMERGENCY_CALLING_CONFIGURATION_REQUEST_INPUT: Input = Input {
    members: &[Member { name: "VoiceConnectorId", required: true, shape: &VOICE_CONNECTOR_ID }],
    query: &[],
};

static DELETE_VOICE_CONNECTOR_EXTERNAL_SYSTEMS_CONFIGURATION_REQUEST_INPUT: Input = Input {
    members: &[Member { name: "VoiceConnectorId", required: true, shape: &VOICE_CONNECTOR_ID }],
    query: &[],
};

static DELETE_VOICE_CONNECTOR_GROUP_REQUEST_INPUT: Input = Input {
    members: &[Member { name: "VoiceConnectorGroupId", required: true, shape: &NON_EMPTY_STRING }],
    query: &[],
};

static DELETE_VOICE_CONNECTOR_ORIGINATION_REQUEST_INPUT: Input = Input {
    members: &[Member { name: "VoiceConnectorId", required: true, shape: &VOICE_CONNECTOR_ID }],
    query: &[],
};

static DELETE_VOICE_CONNECTOR_PROXY_REQUEST_INPUT: Input = Input {
    members: &[Member { name: "VoiceConnectorId", required: true, shape: &VOICE_CONNECTOR_ID }],
    query: &[],
};

static DELETE_VOICE_CONNECTOR_REQUEST_INPUT: Input = Input {
    members: &[Member { name: "VoiceConnectorId", required: true, shape: &VOICE_CONNECTOR_ID }],
    query: &[],
};

static DELETE_VOICE_CONNECTOR_STREAMING_CONFIGURATION_REQUEST_INPUT: Input = Input {
    members: &[Member { name: "VoiceConnectorId", required: true, shape: &VOICE_CONNECTOR_ID }],
    query: &[],
};

static DELETE_VOICE_CONNECTOR_TERMINATION_CREDENTIALS_REQUEST_INPUT: Input = Input {
    members: &[
        Member { name: "VoiceConnectorId", required: true, shape: &VOICE_CONNECTOR_ID },
        Member { name: "Usernames", required: true, shape: &SENSITIVE_STRING_LIST },
    ],
    query: &[],
};

static DELETE_VOICE_CONNECTOR_TERMINATION_REQUEST_INPUT: Input = Input {
    members: &[Member { name: "VoiceConnectorId", required: true, shape: &VOICE_CONNECTOR_ID }],
    query: &[],
};

static DISASSOCIATE_PHONE_NUMBERS_FROM_VOICE_CONNECTOR_GROUP_REQUEST_INPUT: Input = Input {
    members: &[
        Member { name: "VoiceConnectorGroupId", required: true, shape: &NON_EMPTY_STRING },
        Member { name: "E164PhoneNumbers", required: true, shape: &E164_PHONE_NUMBER_LIST },
    ],
    query: &[],
};

static DISASSOCIATE_PHONE_NUMBERS_FROM_VOICE_CONNECTOR_REQUEST_INPUT: Input = Input {
    members: &[
        Member { name: "VoiceConnectorId", required: true, shape: &VOICE_CONNECTOR_ID },
        Member { name: "E164PhoneNumbers", required: true, shape: &E164_PHONE_NUMBER_LIST },
    ],
    query: &[],
};

static E164_PHONE_NUMBER: Shape =
    Shape::Text { min: 0, max: u32::MAX, pattern: Some(&E164_PHONE_NUMBER_PATTERN) };
static E164_PHONE_NUMBER_PATTERN: Pattern = Pattern::new(r"^\+?[1-9][0-9]{1,14}$");

static E164_PHONE_NUMBER_LIST: Shape = Shape::List { of: &E164_PHONE_NUMBER, min: 0, max: u32::MAX };

static EMERGENCY_CALLING_CONFIGURATION: Shape = Shape::Structure(&[Member {
    name: "DNIS",
    required: false,
    shape: &DNIS_EMERGENCY_CALLING_CONFIGURATION_LIST,
}]);

static FUNCTION_ARN: Shape = Shape::Text { min: 0, max: 10000, pattern: Some(&FUNCTION_ARN_PATTERN) };
static FUNCTION_ARN_PATTERN: Pattern = Pattern::new(
    r"arn:(aws[a-zA-Z-]*)?:lambda:[a-z]{2}((-gov)|(-iso(b?)))?-[a-z]+-[0-9]:[0-9]{12}:function:[a-zA-Z0-9-_]+(:(\$LATEST|[a-zA-Z0-9-_]+))?",
);

static GEO_MATCH_LEVEL: Shape = Shape::Enum(&["Country", "AreaCode"]);

static GEO_MATCH_PARAMS: Shape = Shape::Structure(&[
    Member { name: "Country", required: true, shape: &COUNTRY },
    Member { name: "AreaCode", required: true, shape: &AREA_CODE },
]);

static GET_PHONE_NUMBER_ORDER_REQUEST_INPUT: Input = Input {
    members: &[Member { name: "PhoneNumberOrderId", required: true, shape: &GUID_STRING }],
    query: &[],
};

static GET_PHONE_NUMBER_REQUEST_INPUT: Input = Input {
    members: &[Member { name: "PhoneNumberId", required: true, shape: &SENSITIVE_NON_EMPTY_STRING }],
    query: &[],
};

static GET_PROXY_SESSION_REQUEST_INPUT: Input = Input {
    members: &[
        Member { name: "VoiceConnectorId", required: true, shape: &VOICE_CONNECTOR_ID },
        Member { name: "ProxySessionId", required: true, shape: &NON_EMPTY_STRING128 },
    ],
    query: &[],
};

static GET_SIP_MEDIA_APPLICATION_LOGGING_CONFIGURATION_REQUEST_INPUT: Input = Input {
    members: &[Member { name: "SipMediaApplicationId", required: true, shape: &NON_EMPTY_STRING }],
    query: &[],
};

static GET_SIP_MEDIA_APPLICATION_REQUEST_INPUT: Input = Input {
    members: &[Member { name: "SipMediaApplicationId", required: true, shape: &NON_EMPTY_STRING }],
    query: &[],
};

static GET_SIP_RULE_REQUEST_INPUT: Input =
    Input { members: &[Member { name: "SipRuleId", required: true, shape: &NON_EMPTY_STRING }], query: &[] };

static GET_VOICE_CONNECTOR_EMERGENCY_CALLING_CONFIGURATION_REQUEST_INPUT: Input = Input {
    members: &[Member { name: "VoiceConnectorId", required: true, shape: &VOICE_CONNECTOR_ID }],
    query: &[],
};

static GET_VOICE_CONNECTOR_EXTERNAL_SYSTEMS_CONFIGURATION_REQUEST_INPUT: Input = Input {
    members: &[Member { name: "VoiceConnectorId", required: true, shape: &VOICE_CONNECTOR_ID }],
    query: &[],
};

static GET_VOICE_CONNECTOR_GROUP_REQUEST_INPUT: Input = Input {
    members: &[Member { name: "VoiceConnectorGroupId", required: true, shape: &NON_EMPTY_STRING }],
    query: &[],
};

static GET_VOICE_CONNECTOR_LOGGING_CONFIGURATION_REQUEST_INPUT: Input = Input {
    members: &[Member { name: "VoiceConnectorId", required: true, shape: &VOICE_CONNECTOR_ID }],
    query: &[],
};

static GET_VOICE_CONNECTOR_ORIGINATION_REQUEST_INPUT: Input = Input {
    members: &[Member { name: "VoiceConnectorId", required: true, shape: &VOICE_CONNECTOR_ID }],
    query: &[],
};

static GET_VOICE_CONNECTOR_PROXY_REQUEST_INPUT: Input = Input {
    members: &[Member { name: "VoiceConnectorId", required: true, shape: &VOICE_CONNECTOR_ID }],
    query: &[],
};

static GET_VOICE_CONNECTOR_REQUEST_INPUT: Input = Input {
    members: &[Member { name: "VoiceConnectorId", required: true, shape: &VOICE_CONNECTOR_ID }],
    query: &[],
};

static GET_VOICE_CONNECTOR_STREAMING_CONFIGURATION_REQUEST_INPUT: Input = Input {
    members: &[Member { name: "VoiceConnectorId", required: true, shape: &VOICE_CONNECTOR_ID }],
    query: &[],
};

static GET_VOICE_CONNECTOR_TERMINATION_HEALTH_REQUEST_INPUT: Input = Input {
    members: &[Member { name: "VoiceConnectorId", required: true, shape: &VOICE_CONNECTOR_ID }],
    query: &[],
};

static GET_VOICE_CONNECTOR_TERMINATION_REQUEST_INPUT: Input = Input {
    members: &[Member { name: "VoiceConnectorId", required: true, shape: &VOICE_CONNECTOR_ID }],
    query: &[],
};

static GUID_STRING: Shape = Shape::Text { min: 0, max: u32::MAX, pattern: Some(&GUID_STRING_PATTERN) };
static GUID_STRING_PATTERN: Pattern = Pattern::new(r"[a-fA-F0-9]{8}(?:-[a-fA-F0-9]{4}){3}-[a-fA-F0-9]{12}");

static INTEGER: Shape = Shape::Integer { min: i32::MIN as i64, max: i32::MAX as i64 };

static LIST_PHONE_NUMBER_ORDERS_REQUEST_INPUT: Input = Input {
    members: &[
        Member { name: "NextToken", required: false, shape: &NEXT_TOKEN_STRING },
        Member { name: "MaxResults", required: false, shape: &RESULT_MAX },
    ],
    query: &[("next-token", "NextToken"), ("max-results", "MaxResults")],
};

static LIST_PHONE_NUMBERS_REQUEST_INPUT: Input = Input {
    members: &[
        Member { name: "Status", required: false, shape: &STRING },
        Member { name: "ProductType", required: false, shape: &PHONE_NUMBER_PRODUCT_TYPE },
        Member { name: "FilterName", required: false, shape: &PHONE_NUMBER_ASSOCIATION_NAME },
        Member { name: "FilterValue", required: false, shape: &STRING },
        Member { name: "MaxResults", required: false, shape: &RESULT_MAX },
        Member { name: "NextToken", required: false, shape: &STRING },
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
        Member { name: "VoiceConnectorId", required: true, shape: &VOICE_CONNECTOR_ID },
        Member { name: "Status", required: false, shape: &PROXY_SESSION_STATUS },
        Member { name: "NextToken", required: false, shape: &NEXT_TOKEN_STRING },
        Member { name: "MaxResults", required: false, shape: &RESULT_MAX },
    ],
    query: &[("status", "Status"), ("next-token", "NextToken"), ("max-results", "MaxResults")],
};

static LIST_SIP_MEDIA_APPLICATIONS_REQUEST_INPUT: Input = Input {
    members: &[
        Member { name: "MaxResults", required: false, shape: &RESULT_MAX },
        Member { name: "NextToken", required: false, shape: &NEXT_TOKEN_STRING },
    ],
    query: &[("max-results", "MaxResults"), ("next-token", "NextToken")],
};

static LIST_SIP_RULES_REQUEST_INPUT: Input = Input {
    members: &[
        Member { name: "SipMediaApplicationId", required: false, shape: &NON_EMPTY_STRING },
        Member { name: "MaxResults", required: false, shape: &RESULT_MAX },
        Member { name: "NextToken", required: false, shape: &NEXT_TOKEN_STRING },
    ],
    query: &[
        ("sip-media-application", "SipMediaApplicationId"),
        ("max-results", "MaxResults"),
        ("next-token", "NextToken"),
    ],
};

static LIST_SUPPORTED_PHONE_NUMBER_COUNTRIES_REQUEST_INPUT: Input = Input {
    members: &[Member { name: "ProductType", required: true, shape: &PHONE_NUMBER_PRODUCT_TYPE }],
    query: &[("product-type", "ProductType")],
};

static LIST_TAGS_FOR_RESOURCE_REQUEST_INPUT: Input = Input {
    members: &[Member { name: "ResourceARN", required: true, shape: &ARN }],
    query: &[("arn", "ResourceARN")],
};

static LIST_VOICE_CONNECTOR_GROUPS_REQUEST_INPUT: Input = Input {
    members: &[
        Member { name: "NextToken", required: false, shape: &STRING },
        Member { name: "MaxResults", required: false, shape: &RESULT_MAX },
    ],
    query: &[("next-token", "NextToken"), ("max-results", "MaxResults")],
};

static LIST_VOICE_CONNECTOR_TERMINATION_CREDENTIALS_REQUEST_INPUT: Input = Input {
    members: &[Member { name: "VoiceConnectorId", required: true, shape: &VOICE_CONNECTOR_ID }],
    query: &[],
};

static LIST_VOICE_CONNECTORS_REQUEST_INPUT: Input = Input {
    members: &[
        Member { name: "NextToken", required: false, shape: &STRING },
        Member { name: "MaxResults", required: false, shape: &RESULT_MAX },
    ],
    query: &[("next-token", "NextToken"), ("max-results", "MaxResults")],
};

static LOGGING_CONFIGURATION: Shape = Shape::Structure(&[
    Member { name: "EnableSIPLogs", required: false, shape: &BOOLEAN },
    Member { name: "EnableMediaMetricLogs", required: false, shape: &BOOLEAN },
]);

static MEDIA_INSIGHTS_CONFIGURATION: Shape = Shape::Structure(&[
    Member { name: "Disabled", required: false, shape: &BOOLEAN },
    Member { name: "ConfigurationArn", required: false, shape: &ARN },
]);

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
    Member { name: "Routes", required: false, shape: &ORIGINATION_ROUTE_LIST },
    Member { name: "Disabled", required: false, shape: &BOOLEAN },
]);

static ORIGINATION_ROUTE: Shape = Shape::Structure(&[
    Member { name: "Host", required: false, shape: &STRING },
    Member { name: "Port", required: false, shape: &PORT },
    Member { name: "Protocol", required: false, shape: &ORIGINATION_ROUTE_PROTOCOL },
    Member { name: "Priority", required: false, shape: &ORIGINATION_ROUTE_PRIORITY },
    Member { name: "Weight", required: false, shape: &ORIGINATION_ROUTE_WEIGHT },
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
        Member { name: "SipMediaApplicationId", required: true, shape: &NON_EMPTY_STRING },
        Member {
            name: "SipMediaApplicationLoggingConfiguration",
            required: false,
            shape: &SIP_MEDIA_APPLICATION_LOGGING_CONFIGURATION,
        },
    ],
    query: &[],
};

static PUT_VOICE_CONNECTOR_EMERGENCY_CALLING_CONFIGURATION_REQUEST_INPUT: Input = Input {
    members: &[
        Member { name: "VoiceConnectorId", required: true, shape: &VOICE_CONNECTOR_ID },
        Member {
            name: "EmergencyCallingConfiguration",
            required: true,
            shape: &EMERGENCY_CALLING_CONFIGURATION,
        },
    ],
    query: &[],
};

static PUT_VOICE_CONNECTOR_EXTERNAL_SYSTEMS_CONFIGURATION_REQUEST_INPUT: Input = Input {
    members: &[
        Member { name: "VoiceConnectorId", required: true, shape: &VOICE_CONNECTOR_ID },
        Member {
            name: "SessionBorderControllerTypes",
            required: false,
            shape: &SESSION_BORDER_CONTROLLER_TYPE_LIST,
        },
        Member { name: "ContactCenterSystemTypes", required: false, shape: &CONTACT_CENTER_SYSTEM_TYPE_LIST },
    ],
    query: &[],
};

static PUT_VOICE_CONNECTOR_LOGGING_CONFIGURATION_REQUEST_INPUT: Input = Input {
    members: &[
        Member { name: "VoiceConnectorId", required: true, shape: &VOICE_CONNECTOR_ID },
        Member { name: "LoggingConfiguration", required: true, shape: &LOGGING_CONFIGURATION },
    ],
    query: &[],
};

static PUT_VOICE_CONNECTOR_ORIGINATION_REQUEST_INPUT: Input = Input {
    members: &[
        Member { name: "VoiceConnectorId", required: true, shape: &VOICE_CONNECTOR_ID },
        Member { name: "Origination", required: true, shape: &ORIGINATION },
    ],
    query: &[],
};

static PUT_VOICE_CONNECTOR_PROXY_REQUEST_INPUT: Input = Input {
    members: &[
        Member { name: "VoiceConnectorId", required: true, shape: &VOICE_CONNECTOR_ID },
        Member { name: "DefaultSessionExpiryMinutes", required: true, shape: &INTEGER },
        Member { name: "PhoneNumberPoolCountries", required: true, shape: &COUNTRY_LIST },
        Member { name: "FallBackPhoneNumber", required: false, shape: &E164_PHONE_NUMBER },
        Member { name: "Disabled", required: false, shape: &BOOLEAN },
    ],
    query: &[],
};

static PUT_VOICE_CONNECTOR_STREAMING_CONFIGURATION_REQUEST_INPUT: Input = Input {
    members: &[
        Member { name: "VoiceConnectorId", required: true, shape: &VOICE_CONNECTOR_ID },
        Member { name: "StreamingConfiguration", required: true, shape: &STREAMING_CONFIGURATION },
    ],
    query: &[],
};

static PUT_VOICE_CONNECTOR_TERMINATION_CREDENTIALS_REQUEST_INPUT: Input = Input {
    members: &[
        Member { name: "VoiceConnectorId", required: true, shape: &VOICE_CONNECTOR_ID },
        Member { name: "Credentials", required: false, shape: &CREDENTIAL_LIST },
    ],
    query: &[],
};

static PUT_VOICE_CONNECTOR_TERMINATION_REQUEST_INPUT: Input = Input {
    members: &[
        Member { name: "VoiceConnectorId", required: true, shape: &VOICE_CONNECTOR_ID },
        Member { name: "Termination", required: true, shape: &TERMINATION },
    ],
    query: &[],
};

static RESTORE_PHONE_NUMBER_REQUEST_INPUT: Input = Input {
    members: &[Member { name: "PhoneNumberId", required: true, shape: &SENSITIVE_NON_EMPTY_STRING }],
    query: &[],
};

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
        Member { name: "AreaCode", required: false, shape: &STRING },
        Member { name: "City", required: false, shape: &STRING },
        Member { name: "Country", required: false, shape: &ALPHA2_COUNTRY_CODE },
        Member { name: "State", required: false, shape: &STRING },
        Member { name: "TollFreePrefix", required: false, shape: &TOLL_FREE_PREFIX },
        Member { name: "PhoneNumberType", required: false, shape: &PHONE_NUMBER_TYPE },
        Member { name: "MaxResults", required: false, shape: &PHONE_NUMBER_MAX_RESULTS },
        Member { name: "NextToken", required: false, shape: &STRING },
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
    Shape::Structure(&[Member { name: "LambdaArn", required: false, shape: &FUNCTION_ARN }]);

static SIP_MEDIA_APPLICATION_ENDPOINT_LIST: Shape =
    Shape::List { of: &SIP_MEDIA_APPLICATION_ENDPOINT, min: 1, max: 1 };

static SIP_MEDIA_APPLICATION_LOGGING_CONFIGURATION: Shape = Shape::Structure(&[Member {
    name: "EnableSipMediaApplicationMessageLogs",
    required: false,
    shape: &BOOLEAN,
}]);

static SIP_MEDIA_APPLICATION_NAME: Shape =
    Shape::Text { min: 1, max: 256, pattern: Some(&SIP_MEDIA_APPLICATION_NAME_PATTERN) };
static SIP_MEDIA_APPLICATION_NAME_PATTERN: Pattern = Pattern::new(r"[a-zA-Z0-9 _.-]+");

static SIP_RULE_NAME: Shape = Shape::Text { min: 1, max: 256, pattern: Some(&SIP_RULE_NAME_PATTERN) };
static SIP_RULE_NAME_PATTERN: Pattern = Pattern::new(r"[a-zA-Z0-9 _.-]+");

static SIP_RULE_TARGET_APPLICATION: Shape = Shape::Structure(&[
    Member { name: "SipMediaApplicationId", required: false, shape: &NON_EMPTY_STRING },
    Member { name: "Priority", required: false, shape: &SIP_APPLICATION_PRIORITY },
    Member { name: "AwsRegion", required: false, shape: &STRING },
]);

static SIP_RULE_TARGET_APPLICATION_LIST: Shape =
    Shape::List { of: &SIP_RULE_TARGET_APPLICATION, min: 1, max: 25 };

static SIP_RULE_TRIGGER_TYPE: Shape = Shape::Enum(&["ToPhoneNumber", "RequestUriHostname"]);

static STREAMING_CONFIGURATION: Shape = Shape::Structure(&[
    Member { name: "DataRetentionInHours", required: true, shape: &DATA_RETENTION_IN_HOURS },
    Member { name: "Disabled", required: true, shape: &BOOLEAN },
    Member {
        name: "StreamingNotificationTargets",
        required: false,
        shape: &STREAMING_NOTIFICATION_TARGET_LIST,
    },
    Member { name: "MediaInsightsConfiguration", required: false, shape: &MEDIA_INSIGHTS_CONFIGURATION },
]);

static STREAMING_NOTIFICATION_TARGET: Shape =
    Shape::Structure(&[Member { name: "NotificationTarget", required: false, shape: &NOTIFICATION_TARGET }]);

static STREAMING_NOTIFICATION_TARGET_LIST: Shape =
    Shape::List { of: &STREAMING_NOTIFICATION_TARGET, min: 1, max: 3 };

static STRING: Shape = Shape::Text { min: 0, max: u32::MAX, pattern: None };

static STRING_LIST: Shape = Shape::List { of: &STRING, min: 0, max: u32::MAX };

static TAG: Shape = Shape::Structure(&[
    Member { name: "Key", required: true, shape: &TAG_KEY },
    Member { name: "Value", required: true, shape: &TAG_VALUE },
]);

static TAG_KEY: Shape = Shape::Text { min: 1, max: 128, pattern: None };

static TAG_KEY_LIST: Shape = Shape::List { of: &TAG_KEY, min: 1, max: 50 };

static TAG_LIST: Shape = Shape::List { of: &TAG, min: 1, max: 50 };

static TAG_RESOURCE_REQUEST_INPUT: Input = Input {
    members: &[
        Member { name: "ResourceARN", required: true, shape: &ARN },
        Member { name: "Tags", required: true, shape: &TAG_LIST },
    ],
    query: &[],
};

static TAG_VALUE: Shape = Shape::Text { min: 0, max: 256, pattern: None };

static TERMINATION: Shape = Shape::Structure(&[
    Member { name: "CpsLimit", required: false, shape: &CPS_LIMIT },
    Member { name: "DefaultPhoneNumber", required: false, shape: &E164_PHONE_NUMBER },
    Member { name: "CallingRegions", required: false, shape: &CALLING_REGION_LIST },
    Member { name: "CidrAllowedList", required: false, shape: &STRING_LIST },
    Member { name: "Disabled", required: false, shape: &BOOLEAN },
]);

static TOLL_FREE_PREFIX: Shape = Shape::Text { min: 3, max: 3, pattern: Some(&TOLL_FREE_PREFIX_PATTERN) };
static TOLL_FREE_PREFIX_PATTERN: Pattern = Pattern::new(r"^8(00|33|44|55|66|77|88)$");

static UNTAG_RESOURCE_REQUEST_INPUT: Input = Input {
    members: &[
        Member { name: "ResourceARN", required: true, shape: &ARN },
        Member { name: "TagKeys", required: true, shape: &TAG_KEY_LIST },
    ],
    query: &[],
};

static UPDATE_GLOBAL_SETTINGS_REQUEST_INPUT: Input = Input {
    members: &[Member { name: "VoiceConnector", required: true, shape: &VOICE_CONNECTOR_SETTINGS }],
    query: &[],
};

static UPDATE_PHONE_NUMBER_REQUEST_INPUT: Input = Input {
    members: &[
        Member { name: "PhoneNumberId", required: true, shape: &SENSITIVE_NON_EMPTY_STRING },
        Member { name: "ProductType", required: false, shape: &PHONE_NUMBER_PRODUCT_TYPE },
        Member { name: "CallingName", required: false, shape: &CALLING_NAME },
        Member { name: "Name", required: false, shape: &PHONE_NUMBER_NAME },
    ],
    query: &[],
};

static UPDATE_PHONE_NUMBER_REQUEST_ITEM: Shape = Shape::Structure(&[
    Member { name: "PhoneNumberId", required: true, shape: &SENSITIVE_NON_EMPTY_STRING },
    Member { name: "ProductType", required: false, shape: &PHONE_NUMBER_PRODUCT_TYPE },
    Member { name: "CallingName", required: false, shape: &CALLING_NAME },
    Member { name: "Name", required: false, shape: &PHONE_NUMBER_NAME },
]);

static UPDATE_PHONE_NUMBER_REQUEST_ITEM_LIST: Shape =
    Shape::List { of: &UPDATE_PHONE_NUMBER_REQUEST_ITEM, min: 0, max: u32::MAX };

static UPDATE_PHONE_NUMBER_SETTINGS_REQUEST_INPUT: Input =
    Input { members: &[Member { name: "CallingName", required: true, shape: &CALLING_NAME }], query: &[] };

static UPDATE_PROXY_SESSION_REQUEST_INPUT: Input = Input {
    members: &[
        Member { name: "VoiceConnectorId", required: true, shape: &VOICE_CONNECTOR_ID },
        Member { name: "ProxySessionId", required: true, shape: &NON_EMPTY_STRING128 },
        Member { name: "Capabilities", required: true, shape: &CAPABILITY_LIST },
        Member { name: "ExpiryMinutes", required: false, shape: &POSITIVE_INTEGER },
    ],
    query: &[],
};

static UPDATE_SIP_MEDIA_APPLICATION_CALL_REQUEST_INPUT: Input = Input {
    members: &[
        Member { name: "SipMediaApplicationId", required: true, shape: &NON_EMPTY_STRING },
        Member { name: "TransactionId", required: true, shape: &NON_EMPTY_STRING },
        Member { name: "Arguments", required: true, shape: &SMA_UPDATE_CALL_ARGUMENTS_MAP },
    ],
    query: &[],
};

static UPDATE_SIP_MEDIA_APPLICATION_REQUEST_INPUT: Input = Input {
    members: &[
        Member { name: "SipMediaApplicationId", required: true, shape: &NON_EMPTY_STRING },
        Member { name: "Name", required: false, shape: &SIP_MEDIA_APPLICATION_NAME },
        Member { name: "Endpoints", required: false, shape: &SIP_MEDIA_APPLICATION_ENDPOINT_LIST },
    ],
    query: &[],
};

static UPDATE_SIP_RULE_REQUEST_INPUT: Input = Input {
    members: &[
        Member { name: "SipRuleId", required: true, shape: &NON_EMPTY_STRING },
        Member { name: "Name", required: true, shape: &SIP_RULE_NAME },
        Member { name: "Disabled", required: false, shape: &NULLABLE_BOOLEAN },
        Member { name: "TargetApplications", required: false, shape: &SIP_RULE_TARGET_APPLICATION_LIST },
    ],
    query: &[],
};

static UPDATE_VOICE_CONNECTOR_GROUP_REQUEST_INPUT: Input = Input {
    members: &[
        Member { name: "VoiceConnectorGroupId", required: true, shape: &NON_EMPTY_STRING },
        Member { name: "Name", required: true, shape: &VOICE_CONNECTOR_GROUP_NAME },
        Member { name: "VoiceConnectorItems", required: true, shape: &VOICE_CONNECTOR_ITEM_LIST },
        Member { name: "CallDistributionType", required: false, shape: &CALL_DISTRIBUTION_TYPE },
    ],
    query: &[],
};

static UPDATE_VOICE_CONNECTOR_REQUEST_INPUT: Input = Input {
    members: &[
        Member { name: "VoiceConnectorId", required: true, shape: &VOICE_CONNECTOR_ID },
        Member { name: "Name", required: true, shape: &VOICE_CONNECTOR_NAME },
        Member { name: "RequireEncryption", required: true, shape: &BOOLEAN },
    ],
    query: &[],
};

static VALIDATE_E911_ADDRESS_REQUEST_INPUT: Input = Input {
    members: &[
        Member { name: "AwsAccountId", required: true, shape: &NON_EMPTY_STRING },
        Member { name: "StreetNumber", required: true, shape: &SENSITIVE_NON_EMPTY_STRING },
        Member { name: "StreetInfo", required: true, shape: &SENSITIVE_NON_EMPTY_STRING },
        Member { name: "City", required: true, shape: &SENSITIVE_NON_EMPTY_STRING },
        Member { name: "State", required: true, shape: &SENSITIVE_NON_EMPTY_STRING },
        Member { name: "Country", required: true, shape: &SENSITIVE_NON_EMPTY_STRING },
        Member { name: "PostalCode", required: true, shape: &SENSITIVE_NON_EMPTY_STRING },
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
    Member { name: "VoiceConnectorId", required: true, shape: &VOICE_CONNECTOR_ID },
    Member { name: "Priority", required: false, shape: &VOICE_CONNECTOR_ITEM_PRIORITY },
]);

static VOICE_CONNECTOR_ITEM_LIST: Shape = Shape::List { of: &VOICE_CONNECTOR_ITEM, min: 0, max: u32::MAX };

static VOICE_CONNECTOR_ITEM_PRIORITY: Shape = Shape::Integer { min: 1, max: 99 };

static VOICE_CONNECTOR_NAME: Shape =
    Shape::Text { min: 1, max: 256, pattern: Some(&VOICE_CONNECTOR_NAME_PATTERN) };
static VOICE_CONNECTOR_NAME_PATTERN: Pattern = Pattern::new(r"[a-zA-Z0-9 _.-]+");

static VOICE_CONNECTOR_SETTINGS: Shape =
    Shape::Structure(&[Member { name: "CdrBucket", required: false, shape: &S3_BUCKET_NAME }]);
