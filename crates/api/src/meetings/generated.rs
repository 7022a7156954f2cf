// Written by `cargo xtask codegen` from crates/api/facts/meetings.json: change that, not this.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::error::Kind;
use crate::rest::Input;
use crate::schema::{Member, Pattern, Shape};
use crate::service::{Facts, Method, Tier};
use crate::wire::Sensitive;

/// Name of the service in its SDKs.
pub const SERVICE: &str = "chime-sdk-meetings";

/// Version of the API.
pub const VERSION: &str = "2021-07-15";

/// Service name in a signature's scope.
pub const SIGNING_NAME: &str = "chime";

/// Every operation of the service, served or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operation {
    /// `POST /meetings/{MeetingId}/attendees?operation=batch-create`
    BatchCreateAttendee,
    /// `PUT /meetings/{MeetingId}/attendees/capabilities?operation=batch-update-except`
    BatchUpdateAttendeeCapabilitiesExcept,
    /// `POST /meetings/{MeetingId}/attendees`
    CreateAttendee,
    /// `POST /meetings`
    CreateMeeting,
    /// `POST /meetings?operation=create-attendees`
    CreateMeetingWithAttendees,
    /// `DELETE /meetings/{MeetingId}/attendees/{AttendeeId}`
    DeleteAttendee,
    /// `DELETE /meetings/{MeetingId}`
    DeleteMeeting,
    /// `GET /meetings/{MeetingId}/attendees/{AttendeeId}`
    GetAttendee,
    /// `GET /meetings/{MeetingId}`
    GetMeeting,
    /// `GET /meetings/{MeetingId}/attendees`
    ListAttendees,
    /// `GET /tags`
    ListTagsForResource,
    /// `POST /meetings/{MeetingId}/transcription?operation=start`
    StartMeetingTranscription,
    /// `POST /meetings/{MeetingId}/transcription?operation=stop`
    StopMeetingTranscription,
    /// `POST /tags?operation=tag-resource`
    TagResource,
    /// `POST /tags?operation=untag-resource`
    UntagResource,
    /// `PUT /meetings/{MeetingId}/attendees/{AttendeeId}/capabilities`
    UpdateAttendeeCapabilities,
}

impl Operation {
    /// All of them, in the order of their names.
    pub const ALL: [Operation; 16] = [
        Operation::BatchCreateAttendee,
        Operation::BatchUpdateAttendeeCapabilitiesExcept,
        Operation::CreateAttendee,
        Operation::CreateMeeting,
        Operation::CreateMeetingWithAttendees,
        Operation::DeleteAttendee,
        Operation::DeleteMeeting,
        Operation::GetAttendee,
        Operation::GetMeeting,
        Operation::ListAttendees,
        Operation::ListTagsForResource,
        Operation::StartMeetingTranscription,
        Operation::StopMeetingTranscription,
        Operation::TagResource,
        Operation::UntagResource,
        Operation::UpdateAttendeeCapabilities,
    ];

    /// What the service's model says of it.
    pub const fn facts(self) -> &'static Facts {
        &FACTS[self as usize]
    }

    /// Its input structure; none when it takes no members or is out of scope.
    pub(crate) const fn input(self) -> Option<&'static Input> {
        match self {
            Operation::BatchCreateAttendee => Some(&BATCH_CREATE_ATTENDEE_REQUEST_INPUT),
            Operation::BatchUpdateAttendeeCapabilitiesExcept => {
                Some(&BATCH_UPDATE_ATTENDEE_CAPABILITIES_EXCEPT_REQUEST_INPUT)
            }
            Operation::CreateAttendee => Some(&CREATE_ATTENDEE_REQUEST_INPUT),
            Operation::CreateMeeting => Some(&CREATE_MEETING_REQUEST_INPUT),
            Operation::CreateMeetingWithAttendees => Some(&CREATE_MEETING_WITH_ATTENDEES_REQUEST_INPUT),
            Operation::DeleteAttendee => Some(&DELETE_ATTENDEE_REQUEST_INPUT),
            Operation::DeleteMeeting => Some(&DELETE_MEETING_REQUEST_INPUT),
            Operation::GetAttendee => Some(&GET_ATTENDEE_REQUEST_INPUT),
            Operation::GetMeeting => Some(&GET_MEETING_REQUEST_INPUT),
            Operation::ListAttendees => Some(&LIST_ATTENDEES_REQUEST_INPUT),
            Operation::ListTagsForResource => Some(&LIST_TAGS_FOR_RESOURCE_REQUEST_INPUT),
            Operation::StartMeetingTranscription => Some(&START_MEETING_TRANSCRIPTION_REQUEST_INPUT),
            Operation::StopMeetingTranscription => Some(&STOP_MEETING_TRANSCRIPTION_REQUEST_INPUT),
            Operation::TagResource => Some(&TAG_RESOURCE_REQUEST_INPUT),
            Operation::UntagResource => Some(&UNTAG_RESOURCE_REQUEST_INPUT),
            Operation::UpdateAttendeeCapabilities => Some(&UPDATE_ATTENDEE_CAPABILITIES_REQUEST_INPUT),
        }
    }
}

/// The refusals every operation can give.
pub const COMMON_ERRORS: &[Kind] = &[
    Kind::BadRequest,
    Kind::Forbidden,
    Kind::ServiceFailure,
    Kind::ServiceUnavailable,
    Kind::Throttling,
    Kind::Unauthorized,
];

static FACTS: [Facts; 16] = [
    Facts::row(
        "BatchCreateAttendee",
        (Method::Post, "/meetings/{MeetingId}/attendees", Some(("operation", "batch-create"))),
        200,
        Tier::Needed,
        &[Kind::LimitExceeded, Kind::NotFound, Kind::UnprocessableEntity],
    ),
    Facts::row(
        "BatchUpdateAttendeeCapabilitiesExcept",
        (
            Method::Put,
            "/meetings/{MeetingId}/attendees/capabilities",
            Some(("operation", "batch-update-except")),
        ),
        200,
        Tier::Useful,
        &[Kind::Conflict, Kind::NotFound],
    ),
    Facts::row(
        "CreateAttendee",
        (Method::Post, "/meetings/{MeetingId}/attendees", None),
        200,
        Tier::Needed,
        &[Kind::LimitExceeded, Kind::NotFound, Kind::UnprocessableEntity],
    ),
    Facts::row(
        "CreateMeeting",
        (Method::Post, "/meetings", None),
        200,
        Tier::Needed,
        &[Kind::Conflict, Kind::LimitExceeded],
    ),
    Facts::row(
        "CreateMeetingWithAttendees",
        (Method::Post, "/meetings", Some(("operation", "create-attendees"))),
        200,
        Tier::Needed,
        &[Kind::Conflict, Kind::LimitExceeded],
    ),
    Facts::row(
        "DeleteAttendee",
        (Method::Delete, "/meetings/{MeetingId}/attendees/{AttendeeId}", None),
        204,
        Tier::Needed,
        &[Kind::NotFound],
    ),
    Facts::row(
        "DeleteMeeting",
        (Method::Delete, "/meetings/{MeetingId}", None),
        204,
        Tier::Needed,
        &[Kind::NotFound],
    ),
    Facts::row(
        "GetAttendee",
        (Method::Get, "/meetings/{MeetingId}/attendees/{AttendeeId}", None),
        200,
        Tier::Needed,
        &[Kind::NotFound],
    ),
    Facts::row(
        "GetMeeting",
        (Method::Get, "/meetings/{MeetingId}", None),
        200,
        Tier::Needed,
        &[Kind::NotFound],
    ),
    Facts::row(
        "ListAttendees",
        (Method::Get, "/meetings/{MeetingId}/attendees", None),
        200,
        Tier::Needed,
        &[Kind::NotFound],
    ),
    Facts::row(
        "ListTagsForResource",
        (Method::Get, "/tags", None),
        200,
        Tier::Useful,
        &[Kind::LimitExceeded, Kind::ResourceNotFound],
    ),
    Facts::row(
        "StartMeetingTranscription",
        (Method::Post, "/meetings/{MeetingId}/transcription", Some(("operation", "start"))),
        200,
        Tier::Useful,
        &[Kind::LimitExceeded, Kind::NotFound, Kind::UnprocessableEntity],
    ),
    Facts::row(
        "StopMeetingTranscription",
        (Method::Post, "/meetings/{MeetingId}/transcription", Some(("operation", "stop"))),
        200,
        Tier::Useful,
        &[Kind::NotFound, Kind::UnprocessableEntity],
    ),
    Facts::row(
        "TagResource",
        (Method::Post, "/tags", Some(("operation", "tag-resource"))),
        204,
        Tier::Useful,
        &[Kind::LimitExceeded, Kind::ResourceNotFound, Kind::TooManyTags],
    ),
    Facts::row(
        "UntagResource",
        (Method::Post, "/tags", Some(("operation", "untag-resource"))),
        204,
        Tier::Useful,
        &[Kind::LimitExceeded, Kind::ResourceNotFound],
    ),
    Facts::row(
        "UpdateAttendeeCapabilities",
        (Method::Put, "/meetings/{MeetingId}/attendees/{AttendeeId}/capabilities", None),
        200,
        Tier::Useful,
        &[Kind::Conflict, Kind::NotFound],
    ),
];

/// A checked request of an operation in scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// [`Operation::BatchCreateAttendee`]
    BatchCreateAttendee(BatchCreateAttendeeRequest),
    /// [`Operation::BatchUpdateAttendeeCapabilitiesExcept`]
    BatchUpdateAttendeeCapabilitiesExcept(BatchUpdateAttendeeCapabilitiesExceptRequest),
    /// [`Operation::CreateAttendee`]
    CreateAttendee(CreateAttendeeRequest),
    /// [`Operation::CreateMeeting`]
    CreateMeeting(CreateMeetingRequest),
    /// [`Operation::CreateMeetingWithAttendees`]
    CreateMeetingWithAttendees(CreateMeetingWithAttendeesRequest),
    /// [`Operation::DeleteAttendee`]
    DeleteAttendee(DeleteAttendeeRequest),
    /// [`Operation::DeleteMeeting`]
    DeleteMeeting(DeleteMeetingRequest),
    /// [`Operation::GetAttendee`]
    GetAttendee(GetAttendeeRequest),
    /// [`Operation::GetMeeting`]
    GetMeeting(GetMeetingRequest),
    /// [`Operation::ListAttendees`]
    ListAttendees(ListAttendeesRequest),
    /// [`Operation::ListTagsForResource`]
    ListTagsForResource(ListTagsForResourceRequest),
    /// [`Operation::StartMeetingTranscription`]
    StartMeetingTranscription(StartMeetingTranscriptionRequest),
    /// [`Operation::StopMeetingTranscription`]
    StopMeetingTranscription(StopMeetingTranscriptionRequest),
    /// [`Operation::TagResource`]
    TagResource(TagResourceRequest),
    /// [`Operation::UntagResource`]
    UntagResource(UntagResourceRequest),
    /// [`Operation::UpdateAttendeeCapabilities`]
    UpdateAttendeeCapabilities(UpdateAttendeeCapabilitiesRequest),
}

impl Request {
    /// The operation it asks for.
    pub const fn operation(&self) -> Operation {
        match self {
            Request::BatchCreateAttendee(_) => Operation::BatchCreateAttendee,
            Request::BatchUpdateAttendeeCapabilitiesExcept(_) => {
                Operation::BatchUpdateAttendeeCapabilitiesExcept
            }
            Request::CreateAttendee(_) => Operation::CreateAttendee,
            Request::CreateMeeting(_) => Operation::CreateMeeting,
            Request::CreateMeetingWithAttendees(_) => Operation::CreateMeetingWithAttendees,
            Request::DeleteAttendee(_) => Operation::DeleteAttendee,
            Request::DeleteMeeting(_) => Operation::DeleteMeeting,
            Request::GetAttendee(_) => Operation::GetAttendee,
            Request::GetMeeting(_) => Operation::GetMeeting,
            Request::ListAttendees(_) => Operation::ListAttendees,
            Request::ListTagsForResource(_) => Operation::ListTagsForResource,
            Request::StartMeetingTranscription(_) => Operation::StartMeetingTranscription,
            Request::StopMeetingTranscription(_) => Operation::StopMeetingTranscription,
            Request::TagResource(_) => Operation::TagResource,
            Request::UntagResource(_) => Operation::UntagResource,
            Request::UpdateAttendeeCapabilities(_) => Operation::UpdateAttendeeCapabilities,
        }
    }

    /// From members that passed the operation's constraints; none for an operation out of scope.
    pub(crate) fn from_members(operation: Operation, members: Value) -> Option<serde_json::Result<Request>> {
        Some(match operation {
            Operation::BatchCreateAttendee => {
                serde_json::from_value(members).map(Request::BatchCreateAttendee)
            }
            Operation::BatchUpdateAttendeeCapabilitiesExcept => {
                serde_json::from_value(members).map(Request::BatchUpdateAttendeeCapabilitiesExcept)
            }
            Operation::CreateAttendee => serde_json::from_value(members).map(Request::CreateAttendee),
            Operation::CreateMeeting => serde_json::from_value(members).map(Request::CreateMeeting),
            Operation::CreateMeetingWithAttendees => {
                serde_json::from_value(members).map(Request::CreateMeetingWithAttendees)
            }
            Operation::DeleteAttendee => serde_json::from_value(members).map(Request::DeleteAttendee),
            Operation::DeleteMeeting => serde_json::from_value(members).map(Request::DeleteMeeting),
            Operation::GetAttendee => serde_json::from_value(members).map(Request::GetAttendee),
            Operation::GetMeeting => serde_json::from_value(members).map(Request::GetMeeting),
            Operation::ListAttendees => serde_json::from_value(members).map(Request::ListAttendees),
            Operation::ListTagsForResource => {
                serde_json::from_value(members).map(Request::ListTagsForResource)
            }
            Operation::StartMeetingTranscription => {
                serde_json::from_value(members).map(Request::StartMeetingTranscription)
            }
            Operation::StopMeetingTranscription => {
                serde_json::from_value(members).map(Request::StopMeetingTranscription)
            }
            Operation::TagResource => serde_json::from_value(members).map(Request::TagResource),
            Operation::UntagResource => serde_json::from_value(members).map(Request::UntagResource),
            Operation::UpdateAttendeeCapabilities => {
                serde_json::from_value(members).map(Request::UpdateAttendeeCapabilities)
            }
        })
    }
}

/// The successful answer to an operation in scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Response {
    /// [`Operation::BatchCreateAttendee`]
    BatchCreateAttendee(BatchCreateAttendeeResponse),
    /// [`Operation::BatchUpdateAttendeeCapabilitiesExcept`]
    BatchUpdateAttendeeCapabilitiesExcept,
    /// [`Operation::CreateAttendee`]
    CreateAttendee(CreateAttendeeResponse),
    /// [`Operation::CreateMeeting`]
    CreateMeeting(CreateMeetingResponse),
    /// [`Operation::CreateMeetingWithAttendees`]
    CreateMeetingWithAttendees(CreateMeetingWithAttendeesResponse),
    /// [`Operation::DeleteAttendee`]
    DeleteAttendee,
    /// [`Operation::DeleteMeeting`]
    DeleteMeeting,
    /// [`Operation::GetAttendee`]
    GetAttendee(GetAttendeeResponse),
    /// [`Operation::GetMeeting`]
    GetMeeting(GetMeetingResponse),
    /// [`Operation::ListAttendees`]
    ListAttendees(ListAttendeesResponse),
    /// [`Operation::ListTagsForResource`]
    ListTagsForResource(ListTagsForResourceResponse),
    /// [`Operation::StartMeetingTranscription`]
    StartMeetingTranscription,
    /// [`Operation::StopMeetingTranscription`]
    StopMeetingTranscription,
    /// [`Operation::TagResource`]
    TagResource,
    /// [`Operation::UntagResource`]
    UntagResource,
    /// [`Operation::UpdateAttendeeCapabilities`]
    UpdateAttendeeCapabilities(UpdateAttendeeCapabilitiesResponse),
}

impl Response {
    /// The operation it answers.
    pub const fn operation(&self) -> Operation {
        match self {
            Response::BatchCreateAttendee(_) => Operation::BatchCreateAttendee,
            Response::BatchUpdateAttendeeCapabilitiesExcept => {
                Operation::BatchUpdateAttendeeCapabilitiesExcept
            }
            Response::CreateAttendee(_) => Operation::CreateAttendee,
            Response::CreateMeeting(_) => Operation::CreateMeeting,
            Response::CreateMeetingWithAttendees(_) => Operation::CreateMeetingWithAttendees,
            Response::DeleteAttendee => Operation::DeleteAttendee,
            Response::DeleteMeeting => Operation::DeleteMeeting,
            Response::GetAttendee(_) => Operation::GetAttendee,
            Response::GetMeeting(_) => Operation::GetMeeting,
            Response::ListAttendees(_) => Operation::ListAttendees,
            Response::ListTagsForResource(_) => Operation::ListTagsForResource,
            Response::StartMeetingTranscription => Operation::StartMeetingTranscription,
            Response::StopMeetingTranscription => Operation::StopMeetingTranscription,
            Response::TagResource => Operation::TagResource,
            Response::UntagResource => Operation::UntagResource,
            Response::UpdateAttendeeCapabilities(_) => Operation::UpdateAttendeeCapabilities,
        }
    }

    /// The JSON body; empty for an answer without members.
    pub(crate) fn to_body(&self) -> serde_json::Result<Vec<u8>> {
        match self {
            Response::BatchCreateAttendee(output) => serde_json::to_vec(output),
            Response::CreateAttendee(output) => serde_json::to_vec(output),
            Response::CreateMeeting(output) => serde_json::to_vec(output),
            Response::CreateMeetingWithAttendees(output) => serde_json::to_vec(output),
            Response::GetAttendee(output) => serde_json::to_vec(output),
            Response::GetMeeting(output) => serde_json::to_vec(output),
            Response::ListAttendees(output) => serde_json::to_vec(output),
            Response::ListTagsForResource(output) => serde_json::to_vec(output),
            Response::UpdateAttendeeCapabilities(output) => serde_json::to_vec(output),
            Response::BatchUpdateAttendeeCapabilitiesExcept
            | Response::DeleteAttendee
            | Response::DeleteMeeting
            | Response::StartMeetingTranscription
            | Response::StopMeetingTranscription
            | Response::TagResource
            | Response::UntagResource => Ok(Vec::new()),
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Attendee {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_user_id: Option<Sensitive<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attendee_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub join_token: Option<Sensitive<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capabilities: Option<AttendeeCapabilities>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AttendeeCapabilities {
    pub audio: MediaCapabilities,
    pub video: MediaCapabilities,
    pub content: MediaCapabilities,
}

impl AttendeeCapabilities {
    /// With the required members; the others absent.
    pub const fn new(audio: MediaCapabilities, video: MediaCapabilities, content: MediaCapabilities) -> Self {
        Self { audio, video, content }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AttendeeFeatures {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_count: Option<u16>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AttendeeIdItem {
    pub attendee_id: String,
}

impl AttendeeIdItem {
    /// With the required members; the others absent.
    pub const fn new(attendee_id: String) -> Self {
        Self { attendee_id }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AudioFeatures {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub echo_reduction: Option<MeetingFeatureStatus>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct BatchCreateAttendeeRequest {
    pub meeting_id: String,
    pub attendees: Vec<CreateAttendeeRequestItem>,
}

impl BatchCreateAttendeeRequest {
    /// With the required members; the others absent.
    pub const fn new(meeting_id: String, attendees: Vec<CreateAttendeeRequestItem>) -> Self {
        Self { meeting_id, attendees }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct BatchCreateAttendeeResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attendees: Option<Vec<Attendee>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub errors: Option<Vec<CreateAttendeeError>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct BatchUpdateAttendeeCapabilitiesExceptRequest {
    pub meeting_id: String,
    pub excluded_attendee_ids: Vec<AttendeeIdItem>,
    pub capabilities: AttendeeCapabilities,
}

impl BatchUpdateAttendeeCapabilitiesExceptRequest {
    /// With the required members; the others absent.
    pub const fn new(
        meeting_id: String,
        excluded_attendee_ids: Vec<AttendeeIdItem>,
        capabilities: AttendeeCapabilities,
    ) -> Self {
        Self { meeting_id, excluded_attendee_ids, capabilities }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ContentFeatures {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_resolution: Option<ContentResolution>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ContentResolution {
    None,
    #[serde(rename = "FHD")]
    Fhd,
    #[serde(rename = "UHD")]
    Uhd,
}

impl ContentResolution {
    /// All values, in the model's order.
    pub const ALL: &[Self] = &[Self::None, Self::Fhd, Self::Uhd];

    /// The wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "None",
            Self::Fhd => "FHD",
            Self::Uhd => "UHD",
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateAttendeeError {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_user_id: Option<Sensitive<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_message: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateAttendeeRequest {
    pub meeting_id: String,
    pub external_user_id: Sensitive<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capabilities: Option<AttendeeCapabilities>,
}

impl CreateAttendeeRequest {
    /// With the required members; the others absent.
    pub const fn new(meeting_id: String, external_user_id: Sensitive<String>) -> Self {
        Self { meeting_id, external_user_id, capabilities: None }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateAttendeeRequestItem {
    pub external_user_id: Sensitive<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capabilities: Option<AttendeeCapabilities>,
}

impl CreateAttendeeRequestItem {
    /// With the required members; the others absent.
    pub const fn new(external_user_id: Sensitive<String>) -> Self {
        Self { external_user_id, capabilities: None }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateAttendeeResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attendee: Option<Attendee>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateMeetingRequest {
    pub client_request_token: Sensitive<String>,
    pub media_region: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meeting_host_id: Option<Sensitive<String>>,
    pub external_meeting_id: Sensitive<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notifications_configuration: Option<NotificationsConfiguration>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meeting_features: Option<MeetingFeaturesConfiguration>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub primary_meeting_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tenant_ids: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_placement_network_type: Option<MediaPlacementNetworkType>,
}

impl CreateMeetingRequest {
    /// With the required members; the others absent.
    pub const fn new(
        client_request_token: Sensitive<String>,
        media_region: String,
        external_meeting_id: Sensitive<String>,
    ) -> Self {
        Self {
            client_request_token,
            media_region,
            meeting_host_id: None,
            external_meeting_id,
            notifications_configuration: None,
            meeting_features: None,
            primary_meeting_id: None,
            tenant_ids: None,
            tags: None,
            media_placement_network_type: None,
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateMeetingResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meeting: Option<Meeting>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateMeetingWithAttendeesRequest {
    pub client_request_token: Sensitive<String>,
    pub media_region: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meeting_host_id: Option<Sensitive<String>>,
    pub external_meeting_id: Sensitive<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meeting_features: Option<MeetingFeaturesConfiguration>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notifications_configuration: Option<NotificationsConfiguration>,
    pub attendees: Vec<CreateAttendeeRequestItem>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub primary_meeting_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tenant_ids: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_placement_network_type: Option<MediaPlacementNetworkType>,
}

impl CreateMeetingWithAttendeesRequest {
    /// With the required members; the others absent.
    pub const fn new(
        client_request_token: Sensitive<String>,
        media_region: String,
        external_meeting_id: Sensitive<String>,
        attendees: Vec<CreateAttendeeRequestItem>,
    ) -> Self {
        Self {
            client_request_token,
            media_region,
            meeting_host_id: None,
            external_meeting_id,
            meeting_features: None,
            notifications_configuration: None,
            attendees,
            primary_meeting_id: None,
            tenant_ids: None,
            tags: None,
            media_placement_network_type: None,
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateMeetingWithAttendeesResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meeting: Option<Meeting>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attendees: Option<Vec<Attendee>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub errors: Option<Vec<CreateAttendeeError>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteAttendeeRequest {
    pub meeting_id: String,
    pub attendee_id: String,
}

impl DeleteAttendeeRequest {
    /// With the required members; the others absent.
    pub const fn new(meeting_id: String, attendee_id: String) -> Self {
        Self { meeting_id, attendee_id }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteMeetingRequest {
    pub meeting_id: String,
}

impl DeleteMeetingRequest {
    /// With the required members; the others absent.
    pub const fn new(meeting_id: String) -> Self {
        Self { meeting_id }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct EngineTranscribeMedicalSettings {
    pub language_code: TranscribeMedicalLanguageCode,
    pub specialty: TranscribeMedicalSpecialty,
    pub r#type: TranscribeMedicalType,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vocabulary_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<TranscribeMedicalRegion>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_identification_type: Option<TranscribeMedicalContentIdentificationType>,
}

impl EngineTranscribeMedicalSettings {
    /// With the required members; the others absent.
    pub const fn new(
        language_code: TranscribeMedicalLanguageCode,
        specialty: TranscribeMedicalSpecialty,
        r#type: TranscribeMedicalType,
    ) -> Self {
        Self {
            language_code,
            specialty,
            r#type,
            vocabulary_name: None,
            region: None,
            content_identification_type: None,
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct EngineTranscribeSettings {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language_code: Option<TranscribeLanguageCode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vocabulary_filter_method: Option<TranscribeVocabularyFilterMethod>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vocabulary_filter_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vocabulary_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<TranscribeRegion>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enable_partial_results_stabilization: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partial_results_stability: Option<TranscribePartialResultsStability>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_identification_type: Option<TranscribeContentIdentificationType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_redaction_type: Option<TranscribeContentRedactionType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pii_entity_types: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language_model_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identify_language: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language_options: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preferred_language: Option<TranscribeLanguageCode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vocabulary_names: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vocabulary_filter_names: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetAttendeeRequest {
    pub meeting_id: String,
    pub attendee_id: String,
}

impl GetAttendeeRequest {
    /// With the required members; the others absent.
    pub const fn new(meeting_id: String, attendee_id: String) -> Self {
        Self { meeting_id, attendee_id }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetAttendeeResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attendee: Option<Attendee>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetMeetingRequest {
    pub meeting_id: String,
}

impl GetMeetingRequest {
    /// With the required members; the others absent.
    pub const fn new(meeting_id: String) -> Self {
        Self { meeting_id }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetMeetingResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meeting: Option<Meeting>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListAttendeesRequest {
    pub meeting_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_results: Option<u16>,
}

impl ListAttendeesRequest {
    /// With the required members; the others absent.
    pub const fn new(meeting_id: String) -> Self {
        Self { meeting_id, next_token: None, max_results: None }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListAttendeesResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attendees: Option<Vec<Attendee>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListTagsForResourceRequest {
    #[serde(rename = "ResourceARN")]
    pub resource_arn: String,
}

impl ListTagsForResourceRequest {
    /// With the required members; the others absent.
    pub const fn new(resource_arn: String) -> Self {
        Self { resource_arn }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListTagsForResourceResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum MediaCapabilities {
    SendReceive,
    Send,
    Receive,
    None,
}

impl MediaCapabilities {
    /// All values, in the model's order.
    pub const ALL: &[Self] = &[Self::SendReceive, Self::Send, Self::Receive, Self::None];

    /// The wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SendReceive => "SendReceive",
            Self::Send => "Send",
            Self::Receive => "Receive",
            Self::None => "None",
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct MediaPlacement {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audio_host_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audio_fallback_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signaling_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub turn_control_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub screen_data_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub screen_viewing_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub screen_sharing_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_ingestion_url: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum MediaPlacementNetworkType {
    Ipv4Only,
    DualStack,
}

impl MediaPlacementNetworkType {
    /// All values, in the model's order.
    pub const ALL: &[Self] = &[Self::Ipv4Only, Self::DualStack];

    /// The wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ipv4Only => "Ipv4Only",
            Self::DualStack => "DualStack",
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Meeting {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meeting_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meeting_host_id: Option<Sensitive<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_meeting_id: Option<Sensitive<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_region: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_placement: Option<MediaPlacement>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meeting_features: Option<MeetingFeaturesConfiguration>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub primary_meeting_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tenant_ids: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meeting_arn: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum MeetingFeatureStatus {
    #[serde(rename = "AVAILABLE")]
    Available,
    #[serde(rename = "UNAVAILABLE")]
    Unavailable,
}

impl MeetingFeatureStatus {
    /// All values, in the model's order.
    pub const ALL: &[Self] = &[Self::Available, Self::Unavailable];

    /// The wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Available => "AVAILABLE",
            Self::Unavailable => "UNAVAILABLE",
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct MeetingFeaturesConfiguration {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audio: Option<AudioFeatures>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub video: Option<VideoFeatures>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<ContentFeatures>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attendee: Option<AttendeeFeatures>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct NotificationsConfiguration {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lambda_function_arn: Option<Sensitive<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sns_topic_arn: Option<Sensitive<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sqs_queue_arn: Option<Sensitive<String>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct StartMeetingTranscriptionRequest {
    pub meeting_id: String,
    pub transcription_configuration: TranscriptionConfiguration,
}

impl StartMeetingTranscriptionRequest {
    /// With the required members; the others absent.
    pub const fn new(meeting_id: String, transcription_configuration: TranscriptionConfiguration) -> Self {
        Self { meeting_id, transcription_configuration }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct StopMeetingTranscriptionRequest {
    pub meeting_id: String,
}

impl StopMeetingTranscriptionRequest {
    /// With the required members; the others absent.
    pub const fn new(meeting_id: String) -> Self {
        Self { meeting_id }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Tag {
    pub key: String,
    pub value: String,
}

impl Tag {
    /// With the required members; the others absent.
    pub const fn new(key: String, value: String) -> Self {
        Self { key, value }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct TagResourceRequest {
    #[serde(rename = "ResourceARN")]
    pub resource_arn: String,
    pub tags: Vec<Tag>,
}

impl TagResourceRequest {
    /// With the required members; the others absent.
    pub const fn new(resource_arn: String, tags: Vec<Tag>) -> Self {
        Self { resource_arn, tags }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TranscribeContentIdentificationType {
    #[serde(rename = "PII")]
    Pii,
}

impl TranscribeContentIdentificationType {
    /// All values, in the model's order.
    pub const ALL: &[Self] = &[Self::Pii];

    /// The wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pii => "PII",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TranscribeContentRedactionType {
    #[serde(rename = "PII")]
    Pii,
}

impl TranscribeContentRedactionType {
    /// All values, in the model's order.
    pub const ALL: &[Self] = &[Self::Pii];

    /// The wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pii => "PII",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TranscribeLanguageCode {
    #[serde(rename = "en-US")]
    EnUs,
    #[serde(rename = "en-GB")]
    EnGb,
    #[serde(rename = "es-US")]
    EsUs,
    #[serde(rename = "fr-CA")]
    FrCa,
    #[serde(rename = "fr-FR")]
    FrFr,
    #[serde(rename = "en-AU")]
    EnAu,
    #[serde(rename = "it-IT")]
    ItIt,
    #[serde(rename = "de-DE")]
    DeDe,
    #[serde(rename = "pt-BR")]
    PtBr,
    #[serde(rename = "ja-JP")]
    JaJp,
    #[serde(rename = "ko-KR")]
    KoKr,
    #[serde(rename = "zh-CN")]
    ZhCn,
    #[serde(rename = "th-TH")]
    ThTh,
    #[serde(rename = "hi-IN")]
    HiIn,
}

impl TranscribeLanguageCode {
    /// All values, in the model's order.
    pub const ALL: &[Self] = &[
        Self::EnUs,
        Self::EnGb,
        Self::EsUs,
        Self::FrCa,
        Self::FrFr,
        Self::EnAu,
        Self::ItIt,
        Self::DeDe,
        Self::PtBr,
        Self::JaJp,
        Self::KoKr,
        Self::ZhCn,
        Self::ThTh,
        Self::HiIn,
    ];

    /// The wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::EnUs => "en-US",
            Self::EnGb => "en-GB",
            Self::EsUs => "es-US",
            Self::FrCa => "fr-CA",
            Self::FrFr => "fr-FR",
            Self::EnAu => "en-AU",
            Self::ItIt => "it-IT",
            Self::DeDe => "de-DE",
            Self::PtBr => "pt-BR",
            Self::JaJp => "ja-JP",
            Self::KoKr => "ko-KR",
            Self::ZhCn => "zh-CN",
            Self::ThTh => "th-TH",
            Self::HiIn => "hi-IN",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TranscribeMedicalContentIdentificationType {
    #[serde(rename = "PHI")]
    Phi,
}

impl TranscribeMedicalContentIdentificationType {
    /// All values, in the model's order.
    pub const ALL: &[Self] = &[Self::Phi];

    /// The wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Phi => "PHI",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TranscribeMedicalLanguageCode {
    #[serde(rename = "en-US")]
    EnUs,
}

impl TranscribeMedicalLanguageCode {
    /// All values, in the model's order.
    pub const ALL: &[Self] = &[Self::EnUs];

    /// The wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::EnUs => "en-US",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TranscribeMedicalRegion {
    #[serde(rename = "us-east-1")]
    UsEast1,
    #[serde(rename = "us-east-2")]
    UsEast2,
    #[serde(rename = "us-west-2")]
    UsWest2,
    #[serde(rename = "ap-southeast-2")]
    ApSoutheast2,
    #[serde(rename = "ca-central-1")]
    CaCentral1,
    #[serde(rename = "eu-west-1")]
    EuWest1,
    #[serde(rename = "auto")]
    Auto,
}

impl TranscribeMedicalRegion {
    /// All values, in the model's order.
    pub const ALL: &[Self] = &[
        Self::UsEast1,
        Self::UsEast2,
        Self::UsWest2,
        Self::ApSoutheast2,
        Self::CaCentral1,
        Self::EuWest1,
        Self::Auto,
    ];

    /// The wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UsEast1 => "us-east-1",
            Self::UsEast2 => "us-east-2",
            Self::UsWest2 => "us-west-2",
            Self::ApSoutheast2 => "ap-southeast-2",
            Self::CaCentral1 => "ca-central-1",
            Self::EuWest1 => "eu-west-1",
            Self::Auto => "auto",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TranscribeMedicalSpecialty {
    #[serde(rename = "PRIMARYCARE")]
    Primarycare,
    #[serde(rename = "CARDIOLOGY")]
    Cardiology,
    #[serde(rename = "NEUROLOGY")]
    Neurology,
    #[serde(rename = "ONCOLOGY")]
    Oncology,
    #[serde(rename = "RADIOLOGY")]
    Radiology,
    #[serde(rename = "UROLOGY")]
    Urology,
}

impl TranscribeMedicalSpecialty {
    /// All values, in the model's order.
    pub const ALL: &[Self] = &[
        Self::Primarycare,
        Self::Cardiology,
        Self::Neurology,
        Self::Oncology,
        Self::Radiology,
        Self::Urology,
    ];

    /// The wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Primarycare => "PRIMARYCARE",
            Self::Cardiology => "CARDIOLOGY",
            Self::Neurology => "NEUROLOGY",
            Self::Oncology => "ONCOLOGY",
            Self::Radiology => "RADIOLOGY",
            Self::Urology => "UROLOGY",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TranscribeMedicalType {
    #[serde(rename = "CONVERSATION")]
    Conversation,
    #[serde(rename = "DICTATION")]
    Dictation,
}

impl TranscribeMedicalType {
    /// All values, in the model's order.
    pub const ALL: &[Self] = &[Self::Conversation, Self::Dictation];

    /// The wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Conversation => "CONVERSATION",
            Self::Dictation => "DICTATION",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TranscribePartialResultsStability {
    #[serde(rename = "low")]
    Low,
    #[serde(rename = "medium")]
    Medium,
    #[serde(rename = "high")]
    High,
}

impl TranscribePartialResultsStability {
    /// All values, in the model's order.
    pub const ALL: &[Self] = &[Self::Low, Self::Medium, Self::High];

    /// The wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TranscribeRegion {
    #[serde(rename = "us-east-2")]
    UsEast2,
    #[serde(rename = "us-east-1")]
    UsEast1,
    #[serde(rename = "us-west-2")]
    UsWest2,
    #[serde(rename = "ap-northeast-2")]
    ApNortheast2,
    #[serde(rename = "ap-southeast-2")]
    ApSoutheast2,
    #[serde(rename = "ap-northeast-1")]
    ApNortheast1,
    #[serde(rename = "ca-central-1")]
    CaCentral1,
    #[serde(rename = "eu-central-1")]
    EuCentral1,
    #[serde(rename = "eu-west-1")]
    EuWest1,
    #[serde(rename = "eu-west-2")]
    EuWest2,
    #[serde(rename = "sa-east-1")]
    SaEast1,
    #[serde(rename = "auto")]
    Auto,
    #[serde(rename = "us-gov-west-1")]
    UsGovWest1,
}

impl TranscribeRegion {
    /// All values, in the model's order.
    pub const ALL: &[Self] = &[
        Self::UsEast2,
        Self::UsEast1,
        Self::UsWest2,
        Self::ApNortheast2,
        Self::ApSoutheast2,
        Self::ApNortheast1,
        Self::CaCentral1,
        Self::EuCentral1,
        Self::EuWest1,
        Self::EuWest2,
        Self::SaEast1,
        Self::Auto,
        Self::UsGovWest1,
    ];

    /// The wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UsEast2 => "us-east-2",
            Self::UsEast1 => "us-east-1",
            Self::UsWest2 => "us-west-2",
            Self::ApNortheast2 => "ap-northeast-2",
            Self::ApSoutheast2 => "ap-southeast-2",
            Self::ApNortheast1 => "ap-northeast-1",
            Self::CaCentral1 => "ca-central-1",
            Self::EuCentral1 => "eu-central-1",
            Self::EuWest1 => "eu-west-1",
            Self::EuWest2 => "eu-west-2",
            Self::SaEast1 => "sa-east-1",
            Self::Auto => "auto",
            Self::UsGovWest1 => "us-gov-west-1",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TranscribeVocabularyFilterMethod {
    #[serde(rename = "remove")]
    Remove,
    #[serde(rename = "mask")]
    Mask,
    #[serde(rename = "tag")]
    Tag,
}

impl TranscribeVocabularyFilterMethod {
    /// All values, in the model's order.
    pub const ALL: &[Self] = &[Self::Remove, Self::Mask, Self::Tag];

    /// The wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Remove => "remove",
            Self::Mask => "mask",
            Self::Tag => "tag",
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct TranscriptionConfiguration {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub engine_transcribe_settings: Option<EngineTranscribeSettings>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub engine_transcribe_medical_settings: Option<EngineTranscribeMedicalSettings>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UntagResourceRequest {
    #[serde(rename = "ResourceARN")]
    pub resource_arn: String,
    pub tag_keys: Vec<String>,
}

impl UntagResourceRequest {
    /// With the required members; the others absent.
    pub const fn new(resource_arn: String, tag_keys: Vec<String>) -> Self {
        Self { resource_arn, tag_keys }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateAttendeeCapabilitiesRequest {
    pub meeting_id: String,
    pub attendee_id: String,
    pub capabilities: AttendeeCapabilities,
}

impl UpdateAttendeeCapabilitiesRequest {
    /// With the required members; the others absent.
    pub const fn new(meeting_id: String, attendee_id: String, capabilities: AttendeeCapabilities) -> Self {
        Self { meeting_id, attendee_id, capabilities }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateAttendeeCapabilitiesResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attendee: Option<Attendee>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct VideoFeatures {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_resolution: Option<VideoResolution>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum VideoResolution {
    None,
    #[serde(rename = "HD")]
    Hd,
    #[serde(rename = "FHD")]
    Fhd,
}

impl VideoResolution {
    /// All values, in the model's order.
    pub const ALL: &[Self] = &[Self::None, Self::Hd, Self::Fhd];

    /// The wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "None",
            Self::Hd => "HD",
            Self::Fhd => "FHD",
        }
    }
}

static AMAZON_RESOURCE_NAME: Shape =
    Shape::Text { min: 1, max: 1011, pattern: Some(&AMAZON_RESOURCE_NAME_PATTERN) };
static AMAZON_RESOURCE_NAME_PATTERN: Pattern = Pattern::new(r"^arn:.*");

static ARN: Shape = Shape::Text { min: 1, max: 1024, pattern: Some(&ARN_PATTERN) };
static ARN_PATTERN: Pattern = Pattern::new(r"^arn[\/\:\-\_\.a-zA-Z0-9]+$");

static ATTENDEE_CAPABILITIES: Shape = Shape::Structure(&[
    Member::required("Audio", &MEDIA_CAPABILITIES),
    Member::required("Video", &MEDIA_CAPABILITIES),
    Member::required("Content", &MEDIA_CAPABILITIES),
]);

static ATTENDEE_FEATURES: Shape = Shape::Structure(&[Member::optional("MaxCount", &ATTENDEE_MAX)]);

static ATTENDEE_ID_ITEM: Shape = Shape::Structure(&[Member::required("AttendeeId", &GUID_STRING)]);

static ATTENDEE_IDS_LIST: Shape = Shape::List { of: &ATTENDEE_ID_ITEM, min: 1, max: 250 };

static ATTENDEE_MAX: Shape = Shape::Integer { min: 1, max: 250 };

static AUDIO_FEATURES: Shape =
    Shape::Structure(&[Member::optional("EchoReduction", &MEETING_FEATURE_STATUS)]);

static BATCH_CREATE_ATTENDEE_REQUEST_INPUT: Input = Input {
    members: &[
        Member::required("MeetingId", &GUID_STRING),
        Member::required("Attendees", &CREATE_ATTENDEE_REQUEST_ITEM_LIST),
    ],
    query: &[],
};

static BATCH_UPDATE_ATTENDEE_CAPABILITIES_EXCEPT_REQUEST_INPUT: Input = Input {
    members: &[
        Member::required("MeetingId", &GUID_STRING),
        Member::required("ExcludedAttendeeIds", &ATTENDEE_IDS_LIST),
        Member::required("Capabilities", &ATTENDEE_CAPABILITIES),
    ],
    query: &[],
};

static BOOLEAN: Shape = Shape::Boolean;

static CLIENT_REQUEST_TOKEN: Shape =
    Shape::Text { min: 2, max: 64, pattern: Some(&CLIENT_REQUEST_TOKEN_PATTERN) };
static CLIENT_REQUEST_TOKEN_PATTERN: Pattern = Pattern::new(r"[-_a-zA-Z0-9]*");

static CONTENT_FEATURES: Shape = Shape::Structure(&[Member::optional("MaxResolution", &CONTENT_RESOLUTION)]);

static CONTENT_RESOLUTION: Shape = Shape::Enum(&["None", "FHD", "UHD"]);

static CREATE_ATTENDEE_REQUEST_INPUT: Input = Input {
    members: &[
        Member::required("MeetingId", &GUID_STRING),
        Member::required("ExternalUserId", &EXTERNAL_USER_ID),
        Member::optional("Capabilities", &ATTENDEE_CAPABILITIES),
    ],
    query: &[],
};

static CREATE_ATTENDEE_REQUEST_ITEM: Shape = Shape::Structure(&[
    Member::required("ExternalUserId", &EXTERNAL_USER_ID),
    Member::optional("Capabilities", &ATTENDEE_CAPABILITIES),
]);

static CREATE_ATTENDEE_REQUEST_ITEM_LIST: Shape =
    Shape::List { of: &CREATE_ATTENDEE_REQUEST_ITEM, min: 1, max: 100 };

static CREATE_MEETING_REQUEST_INPUT: Input = Input {
    members: &[
        Member::required("ClientRequestToken", &CLIENT_REQUEST_TOKEN),
        Member::required("MediaRegion", &MEDIA_REGION),
        Member::optional("MeetingHostId", &EXTERNAL_USER_ID),
        Member::required("ExternalMeetingId", &EXTERNAL_MEETING_ID),
        Member::optional("NotificationsConfiguration", &NOTIFICATIONS_CONFIGURATION),
        Member::optional("MeetingFeatures", &MEETING_FEATURES_CONFIGURATION),
        Member::optional("PrimaryMeetingId", &PRIMARY_MEETING_ID),
        Member::optional("TenantIds", &TENANT_ID_LIST),
        Member::optional("Tags", &TAG_LIST),
        Member::optional("MediaPlacementNetworkType", &MEDIA_PLACEMENT_NETWORK_TYPE),
    ],
    query: &[],
};

static CREATE_MEETING_WITH_ATTENDEES_REQUEST_INPUT: Input = Input {
    members: &[
        Member::required("ClientRequestToken", &CLIENT_REQUEST_TOKEN),
        Member::required("MediaRegion", &MEDIA_REGION),
        Member::optional("MeetingHostId", &EXTERNAL_USER_ID),
        Member::required("ExternalMeetingId", &EXTERNAL_MEETING_ID),
        Member::optional("MeetingFeatures", &MEETING_FEATURES_CONFIGURATION),
        Member::optional("NotificationsConfiguration", &NOTIFICATIONS_CONFIGURATION),
        Member::required("Attendees", &CREATE_MEETING_WITH_ATTENDEES_REQUEST_ITEM_LIST),
        Member::optional("PrimaryMeetingId", &PRIMARY_MEETING_ID),
        Member::optional("TenantIds", &TENANT_ID_LIST),
        Member::optional("Tags", &TAG_LIST),
        Member::optional("MediaPlacementNetworkType", &MEDIA_PLACEMENT_NETWORK_TYPE),
    ],
    query: &[],
};

static CREATE_MEETING_WITH_ATTENDEES_REQUEST_ITEM_LIST: Shape =
    Shape::List { of: &CREATE_ATTENDEE_REQUEST_ITEM, min: 1, max: 20 };

static DELETE_ATTENDEE_REQUEST_INPUT: Input = Input {
    members: &[Member::required("MeetingId", &GUID_STRING), Member::required("AttendeeId", &GUID_STRING)],
    query: &[],
};

static DELETE_MEETING_REQUEST_INPUT: Input =
    Input { members: &[Member::required("MeetingId", &GUID_STRING)], query: &[] };

static ENGINE_TRANSCRIBE_MEDICAL_SETTINGS: Shape = Shape::Structure(&[
    Member::required("LanguageCode", &TRANSCRIBE_MEDICAL_LANGUAGE_CODE),
    Member::required("Specialty", &TRANSCRIBE_MEDICAL_SPECIALTY),
    Member::required("Type", &TRANSCRIBE_MEDICAL_TYPE),
    Member::optional("VocabularyName", &STRING),
    Member::optional("Region", &TRANSCRIBE_MEDICAL_REGION),
    Member::optional("ContentIdentificationType", &TRANSCRIBE_MEDICAL_CONTENT_IDENTIFICATION_TYPE),
]);

static ENGINE_TRANSCRIBE_SETTINGS: Shape = Shape::Structure(&[
    Member::optional("LanguageCode", &TRANSCRIBE_LANGUAGE_CODE),
    Member::optional("VocabularyFilterMethod", &TRANSCRIBE_VOCABULARY_FILTER_METHOD),
    Member::optional("VocabularyFilterName", &STRING),
    Member::optional("VocabularyName", &STRING),
    Member::optional("Region", &TRANSCRIBE_REGION),
    Member::optional("EnablePartialResultsStabilization", &BOOLEAN),
    Member::optional("PartialResultsStability", &TRANSCRIBE_PARTIAL_RESULTS_STABILITY),
    Member::optional("ContentIdentificationType", &TRANSCRIBE_CONTENT_IDENTIFICATION_TYPE),
    Member::optional("ContentRedactionType", &TRANSCRIBE_CONTENT_REDACTION_TYPE),
    Member::optional("PiiEntityTypes", &TRANSCRIBE_PII_ENTITY_TYPES),
    Member::optional("LanguageModelName", &TRANSCRIBE_LANGUAGE_MODEL_NAME),
    Member::optional("IdentifyLanguage", &BOOLEAN),
    Member::optional("LanguageOptions", &TRANSCRIBE_LANGUAGE_OPTIONS),
    Member::optional("PreferredLanguage", &TRANSCRIBE_LANGUAGE_CODE),
    Member::optional("VocabularyNames", &TRANSCRIBE_VOCABULARY_NAMES_OR_FILTER_NAMES_STRING),
    Member::optional("VocabularyFilterNames", &TRANSCRIBE_VOCABULARY_NAMES_OR_FILTER_NAMES_STRING),
]);

static EXTERNAL_MEETING_ID: Shape = Shape::Text { min: 2, max: 64, pattern: None };

static EXTERNAL_USER_ID: Shape = Shape::Text { min: 2, max: 64, pattern: None };

static GET_ATTENDEE_REQUEST_INPUT: Input = Input {
    members: &[Member::required("MeetingId", &GUID_STRING), Member::required("AttendeeId", &GUID_STRING)],
    query: &[],
};

static GET_MEETING_REQUEST_INPUT: Input =
    Input { members: &[Member::required("MeetingId", &GUID_STRING)], query: &[] };

static GUID_STRING: Shape = Shape::Text { min: 0, max: u32::MAX, pattern: Some(&GUID_STRING_PATTERN) };
static GUID_STRING_PATTERN: Pattern = Pattern::new(r"[a-fA-F0-9]{8}(?:-[a-fA-F0-9]{4}){3}-[a-fA-F0-9]{12}");

static LIST_ATTENDEES_REQUEST_INPUT: Input = Input {
    members: &[
        Member::required("MeetingId", &GUID_STRING),
        Member::optional("NextToken", &STRING),
        Member::optional("MaxResults", &RESULT_MAX),
    ],
    query: &[("next-token", "NextToken"), ("max-results", "MaxResults")],
};

static LIST_TAGS_FOR_RESOURCE_REQUEST_INPUT: Input = Input {
    members: &[Member::required("ResourceARN", &AMAZON_RESOURCE_NAME)],
    query: &[("arn", "ResourceARN")],
};

static MEDIA_CAPABILITIES: Shape = Shape::Enum(&["SendReceive", "Send", "Receive", "None"]);

static MEDIA_PLACEMENT_NETWORK_TYPE: Shape = Shape::Enum(&["Ipv4Only", "DualStack"]);

static MEDIA_REGION: Shape = Shape::Text { min: 2, max: 64, pattern: None };

static MEETING_FEATURE_STATUS: Shape = Shape::Enum(&["AVAILABLE", "UNAVAILABLE"]);

static MEETING_FEATURES_CONFIGURATION: Shape = Shape::Structure(&[
    Member::optional("Audio", &AUDIO_FEATURES),
    Member::optional("Video", &VIDEO_FEATURES),
    Member::optional("Content", &CONTENT_FEATURES),
    Member::optional("Attendee", &ATTENDEE_FEATURES),
]);

static NOTIFICATIONS_CONFIGURATION: Shape = Shape::Structure(&[
    Member::optional("LambdaFunctionArn", &ARN),
    Member::optional("SnsTopicArn", &ARN),
    Member::optional("SqsQueueArn", &ARN),
]);

static PRIMARY_MEETING_ID: Shape = Shape::Text { min: 2, max: 64, pattern: None };

static RESULT_MAX: Shape = Shape::Integer { min: 1, max: 100 };

static START_MEETING_TRANSCRIPTION_REQUEST_INPUT: Input = Input {
    members: &[
        Member::required("MeetingId", &GUID_STRING),
        Member::required("TranscriptionConfiguration", &TRANSCRIPTION_CONFIGURATION),
    ],
    query: &[],
};

static STOP_MEETING_TRANSCRIPTION_REQUEST_INPUT: Input =
    Input { members: &[Member::required("MeetingId", &GUID_STRING)], query: &[] };

static STRING: Shape = Shape::Text { min: 0, max: 4096, pattern: None };

static TAG: Shape =
    Shape::Structure(&[Member::required("Key", &TAG_KEY), Member::required("Value", &TAG_VALUE)]);

static TAG_KEY: Shape = Shape::Text { min: 1, max: 128, pattern: Some(&TAG_KEY_PATTERN) };
static TAG_KEY_PATTERN: Pattern = Pattern::new(r"^[a-zA-Z+-=._:/]+$");

static TAG_KEY_LIST: Shape = Shape::List { of: &TAG_KEY, min: 0, max: 50 };

static TAG_LIST: Shape = Shape::List { of: &TAG, min: 0, max: 50 };

static TAG_RESOURCE_REQUEST_INPUT: Input = Input {
    members: &[Member::required("ResourceARN", &AMAZON_RESOURCE_NAME), Member::required("Tags", &TAG_LIST)],
    query: &[],
};

static TAG_VALUE: Shape = Shape::Text { min: 0, max: 256, pattern: Some(&TAG_VALUE_PATTERN) };
static TAG_VALUE_PATTERN: Pattern = Pattern::new(r"[\s\w+-=\.:/@]*");

static TENANT_ID: Shape = Shape::Text { min: 2, max: 256, pattern: Some(&TENANT_ID_PATTERN) };
static TENANT_ID_PATTERN: Pattern = Pattern::new(r"^(?!.*?(.)\1{3})[-_!@#$a-zA-Z0-9]*$");

static TENANT_ID_LIST: Shape = Shape::List { of: &TENANT_ID, min: 1, max: 5 };

static TRANSCRIBE_CONTENT_IDENTIFICATION_TYPE: Shape = Shape::Enum(&["PII"]);

static TRANSCRIBE_CONTENT_REDACTION_TYPE: Shape = Shape::Enum(&["PII"]);

static TRANSCRIBE_LANGUAGE_CODE: Shape = Shape::Enum(&[
    "en-US", "en-GB", "es-US", "fr-CA", "fr-FR", "en-AU", "it-IT", "de-DE", "pt-BR", "ja-JP", "ko-KR",
    "zh-CN", "th-TH", "hi-IN",
]);

static TRANSCRIBE_LANGUAGE_MODEL_NAME: Shape =
    Shape::Text { min: 1, max: 200, pattern: Some(&TRANSCRIBE_LANGUAGE_MODEL_NAME_PATTERN) };
static TRANSCRIBE_LANGUAGE_MODEL_NAME_PATTERN: Pattern = Pattern::new(r"^[0-9a-zA-Z._-]+");

static TRANSCRIBE_LANGUAGE_OPTIONS: Shape =
    Shape::Text { min: 1, max: 200, pattern: Some(&TRANSCRIBE_LANGUAGE_OPTIONS_PATTERN) };
static TRANSCRIBE_LANGUAGE_OPTIONS_PATTERN: Pattern = Pattern::new(r"^[a-zA-Z-,]+");

static TRANSCRIBE_MEDICAL_CONTENT_IDENTIFICATION_TYPE: Shape = Shape::Enum(&["PHI"]);

static TRANSCRIBE_MEDICAL_LANGUAGE_CODE: Shape = Shape::Enum(&["en-US"]);

static TRANSCRIBE_MEDICAL_REGION: Shape = Shape::Enum(&[
    "us-east-1",
    "us-east-2",
    "us-west-2",
    "ap-southeast-2",
    "ca-central-1",
    "eu-west-1",
    "auto",
]);

static TRANSCRIBE_MEDICAL_SPECIALTY: Shape =
    Shape::Enum(&["PRIMARYCARE", "CARDIOLOGY", "NEUROLOGY", "ONCOLOGY", "RADIOLOGY", "UROLOGY"]);

static TRANSCRIBE_MEDICAL_TYPE: Shape = Shape::Enum(&["CONVERSATION", "DICTATION"]);

static TRANSCRIBE_PARTIAL_RESULTS_STABILITY: Shape = Shape::Enum(&["low", "medium", "high"]);

static TRANSCRIBE_PII_ENTITY_TYPES: Shape =
    Shape::Text { min: 1, max: 300, pattern: Some(&TRANSCRIBE_PII_ENTITY_TYPES_PATTERN) };
static TRANSCRIBE_PII_ENTITY_TYPES_PATTERN: Pattern = Pattern::new(r"^[A-Z_, ]+");

static TRANSCRIBE_REGION: Shape = Shape::Enum(&[
    "us-east-2",
    "us-east-1",
    "us-west-2",
    "ap-northeast-2",
    "ap-southeast-2",
    "ap-northeast-1",
    "ca-central-1",
    "eu-central-1",
    "eu-west-1",
    "eu-west-2",
    "sa-east-1",
    "auto",
    "us-gov-west-1",
]);

static TRANSCRIBE_VOCABULARY_FILTER_METHOD: Shape = Shape::Enum(&["remove", "mask", "tag"]);

static TRANSCRIBE_VOCABULARY_NAMES_OR_FILTER_NAMES_STRING: Shape = Shape::Text {
    min: 1,
    max: 3000,
    pattern: Some(&TRANSCRIBE_VOCABULARY_NAMES_OR_FILTER_NAMES_STRING_PATTERN),
};
static TRANSCRIBE_VOCABULARY_NAMES_OR_FILTER_NAMES_STRING_PATTERN: Pattern =
    Pattern::new(r"^[a-zA-Z0-9,-._]+");

static TRANSCRIPTION_CONFIGURATION: Shape = Shape::Structure(&[
    Member::optional("EngineTranscribeSettings", &ENGINE_TRANSCRIBE_SETTINGS),
    Member::optional("EngineTranscribeMedicalSettings", &ENGINE_TRANSCRIBE_MEDICAL_SETTINGS),
]);

static UNTAG_RESOURCE_REQUEST_INPUT: Input = Input {
    members: &[
        Member::required("ResourceARN", &AMAZON_RESOURCE_NAME),
        Member::required("TagKeys", &TAG_KEY_LIST),
    ],
    query: &[],
};

static UPDATE_ATTENDEE_CAPABILITIES_REQUEST_INPUT: Input = Input {
    members: &[
        Member::required("MeetingId", &GUID_STRING),
        Member::required("AttendeeId", &GUID_STRING),
        Member::required("Capabilities", &ATTENDEE_CAPABILITIES),
    ],
    query: &[],
};

static VIDEO_FEATURES: Shape = Shape::Structure(&[Member::optional("MaxResolution", &VIDEO_RESOLUTION)]);

static VIDEO_RESOLUTION: Shape = Shape::Enum(&["None", "HD", "FHD"]);
