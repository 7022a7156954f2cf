//! Reads what a function returned.

use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::Limits;
use crate::actions::{Action, Kind};
use crate::protocol::attributes;
use crate::protocol::error::Invalid;
use crate::protocol::value::Members;

/// A usable response.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Answer {
    /// At most ten; missing and `null` are empty.
    pub(crate) actions: Vec<Action>,
    /// The new attributes, where the response carries any.
    pub(crate) attributes: Option<String>,
}

/// Reads the answer to an event whose actions are honoured.
pub(crate) fn read(payload: &str, limits: &Limits) -> Result<Answer, Invalid> {
    let envelope = Envelope::read(payload, Depth::Actions { maximum: limits.actions })?;
    match envelope.schema_version {
        Some(version) if version.get() == "\"1.0\"" => {}
        _ => return Err(Invalid::SchemaVersion),
    }
    let wire = envelope.actions;
    if wire.surplus {
        return Err(Invalid::TooManyActions);
    }
    let mut actions = Vec::with_capacity(wire.actions.len());
    for WireAction { kind, parameters } in wire.actions {
        let kind = kind.map_err(Invalid::UnsupportedAction)?;
        if limits.strict && kind.is_extension() {
            return Err(Invalid::UnsupportedAction(kind.name().to_owned()));
        }
        actions.push(Action { kind, parameters });
    }
    Ok(Answer { actions, attributes: read_attribute_object(envelope.attributes, limits)? })
}

/// Reads the attributes alone: for events whose actions are ignored, and whose answer may be anything.
pub(crate) fn read_attributes(payload: &str, limits: &Limits) -> Result<Option<String>, Invalid> {
    match Envelope::read(payload, Depth::AttributesOnly) {
        Ok(envelope) => read_attribute_object(envelope.attributes, limits),
        Err(_) => Ok(None),
    }
}

fn read_attribute_object(object: Option<&RawValue>, limits: &Limits) -> Result<Option<String>, Invalid> {
    match object {
        Some(object) if object.get() != "null" => attributes::read(object.get(), limits).map(Some),
        _ => Ok(None),
    }
}

/// How closely a response is looked at.
#[derive(Clone, Copy)]
enum Depth {
    Actions { maximum: usize },
    AttributesOnly,
}

#[derive(Default)]
struct Envelope<'a> {
    schema_version: Option<&'a RawValue>,
    actions: WireList,
    attributes: Option<&'a RawValue>,
}

impl<'a> Envelope<'a> {
    fn read(payload: &'a str, depth: Depth) -> Result<Self, Invalid> {
        let payload = payload.trim_matches([' ', '\t', '\r', '\n']);
        if payload.is_empty() || payload == "null" {
            return Err(Invalid::Empty);
        }
        let mut json = serde_json::Deserializer::from_str(payload);
        let envelope = json.deserialize_map(EnvelopeVisitor { depth }).map_err(|_| Invalid::ActionsList)?;
        json.end().map_err(|_| Invalid::ActionsList)?;
        Ok(envelope)
    }
}

#[derive(Deserialize)]
#[serde(field_identifier)]
enum EnvelopeKey {
    SchemaVersion,
    Actions,
    TransactionAttributes,
    #[serde(other)]
    Other,
}

struct EnvelopeVisitor {
    depth: Depth,
}

impl<'de> Visitor<'de> for EnvelopeVisitor {
    type Value = Envelope<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Envelope<'de>, A::Error> {
        let mut envelope = Envelope::default();
        while let Some(key) = map.next_key()? {
            match (key, self.depth) {
                (EnvelopeKey::SchemaVersion, _) => envelope.schema_version = Some(map.next_value()?),
                (EnvelopeKey::Actions, Depth::Actions { maximum }) => {
                    envelope.actions = map.next_value_seed(ListVisitor { maximum })?;
                }
                (EnvelopeKey::TransactionAttributes, _) => envelope.attributes = Some(map.next_value()?),
                (EnvelopeKey::Actions | EnvelopeKey::Other, _) => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(envelope)
    }
}

#[derive(Default)]
struct WireList {
    actions: Vec<WireAction>,
    surplus: bool,
}

struct ListVisitor {
    maximum: usize,
}

impl<'de> DeserializeSeed<'de> for ListVisitor {
    type Value = WireList;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<WireList, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ListVisitor {
    type Value = WireList;

    /// `null` is as good as no list.
    fn visit_unit<E>(self) -> Result<WireList, E> {
        Ok(WireList::default())
    }

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of actions")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<WireList, A::Error> {
        let mut actions = Vec::new();
        while actions.len() < self.maximum {
            match list.next_element()? {
                Some(action) => actions.push(action),
                None => return Ok(WireList { actions, surplus: false }),
            }
        }
        let mut surplus = false;
        while list.next_element::<IgnoredAny>()?.is_some() {
            surplus = true;
        }
        Ok(WireList { actions, surplus })
    }
}

struct WireAction {
    kind: Result<Kind, String>,
    parameters: Members,
}

#[derive(Deserialize)]
#[serde(field_identifier)]
enum ActionKey {
    Type,
    Parameters,
    #[serde(other)]
    Other,
}

impl<'de> Deserialize<'de> for WireAction {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        json.deserialize_map(ActionVisitor)
    }
}

struct ActionVisitor;

impl<'de> Visitor<'de> for ActionVisitor {
    type Value = WireAction;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an action")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<WireAction, A::Error> {
        let (mut kind, mut parameters) = (None, None);
        while let Some(key) = map.next_key()? {
            match key {
                ActionKey::Type => kind = Some(map.next_value::<KindName>()?.0),
                ActionKey::Parameters => parameters = map.next_value::<Option<Members>>()?,
                ActionKey::Other => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        let kind = kind.ok_or_else(|| serde::de::Error::missing_field("Type"))?;
        Ok(WireAction { kind, parameters: parameters.unwrap_or_default() })
    }
}

struct KindName(Result<Kind, String>);

impl<'de> Deserialize<'de> for KindName {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        json.deserialize_str(KindVisitor)
    }
}

struct KindVisitor;

impl Visitor<'_> for KindVisitor {
    type Value = KindName;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of an action")
    }

    fn visit_str<E>(self, name: &str) -> Result<KindName, E> {
        // Long names are nonsense, and they would travel in an event.
        Ok(KindName(Kind::from_name(name).ok_or_else(|| name.chars().take(64).collect())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actions(payload: &str) -> Result<Vec<&'static str>, Invalid> {
        read(payload, &Limits::default()).map(|a| a.actions.iter().map(|a| a.kind.name()).collect())
    }

    #[test]
    fn missing_null_and_unknown_keys_are_fine() {
        assert_eq!(actions(r#"{"SchemaVersion":"1.0"}"#), Ok(vec![]));
        assert_eq!(
            actions(r#" {"SchemaVersion":"1.0","Actions":null,"TransactionAttributes":null} "#),
            Ok(vec![])
        );
        assert_eq!(
            actions(
                r#"{"x":[{"y":1}],"SchemaVersion":"1.0","Actions":[{"Type":"Hangup","z":1},{"Parameters":null,"Type":"Pause"}]}"#
            ),
            Ok(vec!["Hangup", "Pause"])
        );
    }

    #[test]
    fn every_kind_of_bad_response_is_named() {
        for (payload, expected) in [
            ("", Invalid::Empty),
            ("  \n", Invalid::Empty),
            ("null", Invalid::Empty),
            ("{", Invalid::ActionsList),
            ("[]", Invalid::ActionsList),
            ("\"text\"", Invalid::ActionsList),
            ("{} {}", Invalid::ActionsList),
            ("{}", Invalid::SchemaVersion),
            (r#"{"SchemaVersion":1.0}"#, Invalid::SchemaVersion),
            (r#"{"SchemaVersion":"2.0"}"#, Invalid::SchemaVersion),
            (r#"{"SchemaVersion":null}"#, Invalid::SchemaVersion),
            (r#"{"SchemaVersion":"1.0","Actions":{}}"#, Invalid::ActionsList),
            (r#"{"SchemaVersion":"1.0","Actions":["Hangup"]}"#, Invalid::ActionsList),
            (r#"{"SchemaVersion":"1.0","Actions":[["Hangup",{}]]}"#, Invalid::ActionsList),
            (r#"{"SchemaVersion":"1.0","Actions":[{"Parameters":{}}]}"#, Invalid::ActionsList),
            (r#"{"SchemaVersion":"1.0","Actions":[{"Type":5}]}"#, Invalid::ActionsList),
            (
                r#"{"SchemaVersion":"1.0","Actions":[{"Type":"Hangup","Parameters":[]}]}"#,
                Invalid::ActionsList,
            ),
            (
                r#"{"SchemaVersion":"1.0","Actions":[{"Type":"Dance"}]}"#,
                Invalid::UnsupportedAction("Dance".into()),
            ),
            (r#"{"SchemaVersion":"1.0","TransactionAttributes":[]}"#, Invalid::ActionsList),
            (r#"{"SchemaVersion":"1.0","TransactionAttributes":"x"}"#, Invalid::ActionsList),
        ] {
            assert_eq!(read(payload, &Limits::default()), Err(expected), "{payload}");
        }
    }

    #[test]
    fn ten_actions_are_enough() {
        let list = |n: usize| {
            format!(r#"{{"SchemaVersion":"1.0","Actions":[{}]}}"#, vec![r#"{"Type":"Hangup"}"#; n].join(","))
        };
        assert_eq!(actions(&list(10)).map(|a| a.len()), Ok(10));
        assert_eq!(actions(&list(11)), Err(Invalid::TooManyActions));
        assert_eq!(actions(&list(5_000)), Err(Invalid::TooManyActions));
    }

    #[test]
    fn attributes_alone_are_read_from_anything() {
        let limits = Limits::default();
        assert_eq!(read_attributes("[]", &limits), Ok(None));
        assert_eq!(read_attributes("", &limits), Ok(None));
        assert_eq!(
            read_attributes(r#"{"Actions":7,"TransactionAttributes":{"k":"v"}}"#, &limits),
            Ok(Some(r#"{"k":"v"}"#.into()))
        );
    }
}
