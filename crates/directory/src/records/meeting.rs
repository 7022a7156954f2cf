use api::Sensitive;
use api::meetings::{
    ContentResolution, MeetingFeaturesConfiguration, NotificationsConfiguration, TranscriptionConfiguration,
    VideoResolution,
};
use base::Timestamp;
use serde::{Deserialize, Serialize};

use super::Tags;
use crate::record::{Never, Rest, Stored};

/// A meeting; for a day after its end it is remembered that it was.
///
/// What its creator said of features, notifications and transcription is kept in the service's own shapes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Meeting {
    /// `ClientRequestToken`: while the meeting lives, it names no other.
    pub(crate) request_token: Sensitive<String>,
    pub(crate) external_id: Sensitive<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) host: Option<Sensitive<String>>,
    /// As the API caller wrote it.
    pub(crate) region: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) features: Option<MeetingFeaturesConfiguration>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) notifications: Option<NotificationsConfiguration>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) tenants: Vec<String>,
    /// While it is transcribed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) transcription: Option<TranscriptionConfiguration>,
    pub(crate) created: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) ended: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Tags::is_empty")]
    pub(crate) tags: Tags,
    #[serde(flatten)]
    pub(crate) rest: Rest,
}

impl Meeting {
    /// Most attendees it may have.
    pub(crate) fn capacity(&self) -> usize {
        let features = self.features.as_ref();
        let given = features.and_then(|f| f.attendee.as_ref()).and_then(|attendee| attendee.max_count);
        given.map_or(crate::meetings::MOST_ATTENDEES, usize::from)
    }

    /// Whether attendees may have their cameras on.
    pub(crate) fn has_video(&self) -> bool {
        let features = self.features.as_ref();
        let given = features.and_then(|f| f.video.as_ref()).and_then(|video| video.max_resolution);
        given != Some(VideoResolution::None)
    }

    /// Whether attendees may share content.
    pub(crate) fn has_content(&self) -> bool {
        let features = self.features.as_ref();
        let given = features.and_then(|f| f.content.as_ref()).and_then(|content| content.max_resolution);
        given != Some(ContentResolution::None)
    }
}

impl Stored for Meeting {
    const VERSION: u32 = 1;
    type Previous = Never;

    fn migrate(previous: Never) -> Self {
        match previous {}
    }
}
