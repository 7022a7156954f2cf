use base::Timestamp;
use serde::{Deserialize, Serialize};

use super::Tags;
use crate::record::{Never, Rest, Stored};

/// A voice connector group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Group {
    pub(crate) name: String,
    pub(crate) items: Vec<GroupItem>,
    pub(crate) distribution: Distribution,
    pub(crate) created: Timestamp,
    pub(crate) updated: Timestamp,
    #[serde(default, skip_serializing_if = "Tags::is_empty")]
    pub(crate) tags: Tags,
    #[serde(flatten)]
    pub(crate) rest: Rest,
}

/// One member of a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct GroupItem {
    pub(crate) connector: String,
    /// 1 is tried first.
    pub(crate) priority: u16,
}

/// How a group shares out its calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Distribution {
    /// By priority; the next one when the one before cannot take the call.
    Priority,
    /// Evenly, whatever the priorities.
    LoadBalanced,
}

impl Stored for Group {
    const VERSION: u32 = 1;
    type Previous = Never;

    fn migrate(previous: Never) -> Self {
        match previous {}
    }
}
