use base::Timestamp;
use serde::{Deserialize, Serialize};

use crate::record::{Never, Rest, Stored};

/// Settings of the account.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Settings {
    /// Bucket of the detail records.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) cdr_bucket: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) calling_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) calling_name_updated: Option<Timestamp>,
    #[serde(flatten)]
    pub(crate) rest: Rest,
}

impl Stored for Settings {
    const VERSION: u32 = 1;
    type Previous = Never;

    fn migrate(previous: Never) -> Self {
        match previous {}
    }
}
