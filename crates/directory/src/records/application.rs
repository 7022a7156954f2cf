use base::Timestamp;
use serde::{Deserialize, Serialize};

use super::Tags;
use crate::record::{Never, Rest, Stored};

/// A SIP media application.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Application {
    pub(crate) name: String,
    pub(crate) region: String,
    /// Its endpoint: a Lambda function ARN.
    pub(crate) function: String,
    pub(crate) created: Timestamp,
    pub(crate) updated: Timestamp,
    /// `EnableSipMediaApplicationMessageLogs`, once set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) message_logs: Option<bool>,
    #[serde(default, skip_serializing_if = "Tags::is_empty")]
    pub(crate) tags: Tags,
    #[serde(flatten)]
    pub(crate) rest: Rest,
}

impl Stored for Application {
    const VERSION: u32 = 1;
    type Previous = Never;

    fn migrate(previous: Never) -> Self {
        match previous {}
    }
}
