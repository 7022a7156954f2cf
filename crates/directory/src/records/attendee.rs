use api::Sensitive;
use api::meetings::AttendeeCapabilities;
use base::Timestamp;
use serde::{Deserialize, Serialize};

use crate::record::{Never, Rest, Stored};

/// An attendee of a meeting; for a day after its deletion it is remembered that it was. Its id is the meeting's, a slash
/// and its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Attendee {
    /// In a meeting it names no other while the attendee is not deleted.
    pub(crate) external_user_id: Sensitive<String>,
    /// `JoinToken`; empty once deleted.
    pub(crate) token: Sensitive<String>,
    pub(crate) capabilities: AttendeeCapabilities,
    pub(crate) created: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) deleted: Option<Timestamp>,
    #[serde(flatten)]
    pub(crate) rest: Rest,
}

/// The id of an attendee's record.
pub(crate) fn attendee_key(meeting: &str, attendee: &str) -> String {
    format!("{meeting}/{attendee}")
}

/// Meeting and attendee of a record's id.
pub(crate) fn split_attendee_key(key: &str) -> (&str, &str) {
    key.split_once('/').unwrap_or((key, ""))
}

impl Stored for Attendee {
    const VERSION: u32 = 1;
    type Previous = Never;

    fn migrate(previous: Never) -> Self {
        match previous {}
    }
}
