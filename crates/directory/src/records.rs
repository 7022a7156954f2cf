//! The stored types, one file each. Each has a version; see [`Stored`](crate::record::Stored) for how they change.

mod application;
mod attendee;
mod connector;
mod group;
mod meeting;
mod number;
mod order;
mod rule;
mod settings;

use std::collections::BTreeMap;

pub(crate) use application::Application;
pub(crate) use attendee::{Attendee, attendee_key, split_attendee_key};
pub use connector::Ha1;
pub(crate) use connector::{Connector, Logging, Origination, OriginationRoute, Protocol, Termination};
pub(crate) use group::{Distribution, Group, GroupItem};
pub(crate) use meeting::Meeting;
pub(crate) use number::{Association, Attached, Number, Product};
pub(crate) use order::Order;
pub(crate) use rule::{Rule, RuleTarget, Trigger};
pub(crate) use settings::Settings;

/// Tags of a resource.
pub(crate) type Tags = BTreeMap<String, String>;
