use base::{E164, Timestamp};
use serde::{Deserialize, Serialize};

use crate::record::{Never, Rest, Stored};

/// A SIP rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Rule {
    pub(crate) name: String,
    pub(crate) trigger: Trigger,
    /// As the API caller wrote it.
    pub(crate) trigger_value: String,
    pub(crate) disabled: bool,
    /// By ascending priority.
    pub(crate) targets: Vec<RuleTarget>,
    pub(crate) created: Timestamp,
    pub(crate) updated: Timestamp,
    /// Since when it is in force; the moment of the number's association.
    pub(crate) enabled_since: Timestamp,
    #[serde(flatten)]
    pub(crate) rest: Rest,
}

/// What a rule matches; one rule per trigger.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Trigger {
    /// The called number.
    Number(E164),
    /// Id of the connector whose host the Request-URI names.
    Connector(String),
}

/// One application of a rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct RuleTarget {
    pub(crate) application: String,
    /// 1 is tried first.
    pub(crate) priority: u32,
    pub(crate) region: String,
}

impl Stored for Rule {
    const VERSION: u32 = 1;
    type Previous = Never;

    fn migrate(previous: Never) -> Self {
        match previous {}
    }
}
