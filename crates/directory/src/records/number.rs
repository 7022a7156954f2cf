use base::Timestamp;
use serde::{Deserialize, Serialize};

use crate::record::{Never, Rest, Stored};

/// A telephone number of the inventory; its id is the number with its `+`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Number {
    pub(crate) product: Product,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) calling_name: Option<String>,
    /// The order it came with; seeded numbers have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) order: Option<String>,
    /// The connector or group its calls go to. (A rule's number is named by the rule.)
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) association: Option<Association>,
    pub(crate) created: Timestamp,
    pub(crate) updated: Timestamp,
    /// When it entered the deletion queue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) deleted: Option<Timestamp>,
    #[serde(flatten)]
    pub(crate) rest: Rest,
}

/// `ProductType` of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Product {
    /// For voice connectors.
    Connector,
    /// For SIP media applications.
    Application,
}

/// What a number is attached to, and since when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Association {
    pub(crate) to: Attached,
    pub(crate) since: Timestamp,
}

/// The two things a number of product type `VoiceConnector` can be attached to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Attached {
    /// A voice connector's id.
    Connector(String),
    /// A group's id.
    Group(String),
}

impl Stored for Number {
    const VERSION: u32 = 1;
    type Previous = Never;

    fn migrate(previous: Never) -> Self {
        match previous {}
    }
}
