use std::collections::BTreeMap;
use std::fmt;

use base::{E164, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Tags;
use crate::cidr::Cidr;
use crate::record::{Never, Rest, Stored};

/// A voice connector and everything configured on it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Connector {
    pub(crate) name: String,
    pub(crate) region: String,
    pub(crate) require_encryption: bool,
    /// `IntegrationType`, stored and returned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) integration: Option<String>,
    /// `NetworkType`, stored and returned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) network: Option<String>,
    pub(crate) created: Timestamp,
    pub(crate) updated: Timestamp,
    /// Towards the customer's equipment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) origination: Option<Origination>,
    /// From the customer's equipment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) termination: Option<Termination>,
    /// Digest users of the customer's equipment.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) credentials: BTreeMap<String, Ha1>,
    #[serde(default)]
    pub(crate) logging: Logging,
    /// `StreamingConfiguration` in its wire form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) streaming: Option<Value>,
    /// `EmergencyCallingConfiguration` in its wire form, stored and returned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) emergency: Option<Value>,
    /// `ExternalSystemsConfiguration` in its wire form, stored and returned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) external_systems: Option<Value>,
    #[serde(default, skip_serializing_if = "Tags::is_empty")]
    pub(crate) tags: Tags,
    #[serde(flatten)]
    pub(crate) rest: Rest,
}

/// Routes to the customer's equipment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Origination {
    /// Absent when only `disabled` was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) routes: Option<Vec<OriginationRoute>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) disabled: Option<bool>,
}

/// One route.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct OriginationRoute {
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) protocol: Protocol,
    /// 1 is tried first.
    pub(crate) priority: u16,
    /// Share among routes of equal priority.
    pub(crate) weight: u16,
}

/// `Protocol` of a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Protocol {
    Udp,
    Tcp,
}

/// Who may call out through the connector, and where to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Termination {
    /// Calls per second, enforced only where the caller gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) cps_limit: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) default_number: Option<E164>,
    /// ISO 3166 codes of the countries that may be called.
    pub(crate) calling_regions: Vec<String>,
    /// `None` when the caller gave no list; nobody may call either way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) cidrs: Option<Vec<Cidr>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) disabled: Option<bool>,
}

/// What digest needs of a password, for the connector's realm; printing leaves it out.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ha1 {
    /// MD5 of `user:realm:password`, 32 hexadecimal digits.
    pub md5: String,
    /// SHA-256 of the same, 64 hexadecimal digits.
    pub sha256: String,
}

impl fmt::Debug for Ha1 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ha1(…)")
    }
}

/// Switches of a connector's logs; what was omitted is returned omitted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Logging {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) sip: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) media_metrics: Option<bool>,
}

impl Stored for Connector {
    const VERSION: u32 = 1;
    type Previous = Never;

    fn migrate(previous: Never) -> Self {
        match previous {}
    }
}
