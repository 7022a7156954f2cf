//! What the store keeps: records with a version marker in their JSON, and the way from an older version to today's.

use std::fmt;
use std::str::FromStr;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What a record describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A SIP media application.
    Application,
    /// A SIP rule.
    Rule,
    /// A voice connector with everything configured on it.
    Connector,
    /// A voice connector group.
    Group,
    /// A telephone number of the inventory.
    Number,
    /// An order of telephone numbers.
    Order,
    /// Settings of the account; one record, [`SETTINGS`].
    Settings,
    /// A meeting.
    Meeting,
    /// An attendee of a meeting.
    Attendee,
}

/// Id of the one record of kind [`Kind::Settings`].
pub const SETTINGS: &str = "account";

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 9] = [
        Kind::Application,
        Kind::Rule,
        Kind::Connector,
        Kind::Group,
        Kind::Number,
        Kind::Order,
        Kind::Settings,
        Kind::Meeting,
        Kind::Attendee,
    ];

    /// The name under which the store keeps records of this kind.
    pub const fn as_str(self) -> &'static str {
        match self {
            Kind::Application => "sip-media-application",
            Kind::Rule => "sip-rule",
            Kind::Connector => "voice-connector",
            Kind::Group => "voice-connector-group",
            Kind::Number => "phone-number",
            Kind::Order => "phone-number-order",
            Kind::Settings => "settings",
            Kind::Meeting => "meeting",
            Kind::Attendee => "attendee",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The store holds a kind of record this version does not know.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown kind of record {0:?}")]
pub struct UnknownKind(pub String);

impl FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        Kind::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or_else(|| UnknownKind(text.to_owned()))
    }
}

/// One record as the store holds it. Its JSON may carry secrets, so printing leaves it out.
#[derive(Clone, PartialEq, Eq)]
pub struct Record {
    /// What it describes.
    pub kind: Kind,
    /// Its id, unique within its kind.
    pub id: String,
    /// Counts its writes from 1.
    pub revision: u64,
    /// An object with the version marker `v`.
    pub json: String,
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}@{} ({} bytes)", self.kind, self.id, self.revision, self.json.len())
    }
}

/// One step of a write. Its JSON may carry secrets, so printing leaves it out.
#[derive(Clone, PartialEq, Eq)]
pub struct Change {
    /// What the record describes.
    pub kind: Kind,
    /// Its id, unique within its kind.
    pub id: String,
    /// The revision this step makes: one more than the record's present one (0 when there is none).
    pub revision: u64,
    /// The new content; `None` deletes.
    pub json: Option<String>,
}

impl fmt::Debug for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}@{} ", self.kind, self.id, self.revision)?;
        match &self.json {
            Some(json) => write!(f, "({} bytes)", json.len()),
            None => f.write_str("(deleted)"),
        }
    }
}

/// A type that is written into the store.
///
/// A change that an older reader would misunderstand makes a new version: today's type is kept as the `Previous` of
/// the new one, and `migrate` is the way. A new optional member needs no new version: members a reader does not know
/// survive in `rest`.
pub(crate) trait Stored: Serialize + DeserializeOwned {
    /// Counts from 1.
    const VERSION: u32;
    /// The version before; [`Never`] for the first.
    type Previous: Stored;
    /// The way from the version before.
    fn migrate(previous: Self::Previous) -> Self;
}

/// The version before the first.
#[derive(Serialize, Deserialize)]
pub(crate) enum Never {}

impl Stored for Never {
    const VERSION: u32 = 0;
    type Previous = Never;

    fn migrate(previous: Never) -> Never {
        previous
    }
}

/// Members of a stored object that this version does not know; they are written back as they were read.
pub(crate) type Rest = Map<String, Value>;

/// A record cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// Not JSON, or not of the shape its version says.
    #[error("{0}")]
    Json(#[from] serde_json::Error),
    /// No object, or no version marker in it.
    #[error("no version marker")]
    NoVersion,
    /// Written by a later version of this program.
    #[error("version {found}, the latest known here is {known}")]
    Newer {
        /// The record's.
        found: u64,
        /// Ours.
        known: u32,
    },
    /// A version that never existed, or whose migration has been dropped.
    #[error("version {found} is too old")]
    Older {
        /// The record's.
        found: u64,
    },
}

/// Reads a stored object of any version that can still be migrated.
pub(crate) fn decode<T: Stored>(json: &str) -> Result<T, DecodeError> {
    let Value::Object(mut object) = serde_json::from_str(json)? else { return Err(DecodeError::NoVersion) };
    let version = object.shift_remove("v").and_then(|v| v.as_u64()).ok_or(DecodeError::NoVersion)?;
    if version > u64::from(T::VERSION) {
        return Err(DecodeError::Newer { found: version, known: T::VERSION });
    }
    walk_back(version, Value::Object(object))
}

fn walk_back<T: Stored>(version: u64, value: Value) -> Result<T, DecodeError> {
    if T::VERSION == 0 {
        return Err(DecodeError::Older { found: version });
    }
    if version == u64::from(T::VERSION) {
        return Ok(serde_json::from_value(value)?);
    }
    walk_back::<T::Previous>(version, value).map(T::migrate)
}

/// Writes a stored object with its version marker.
pub(crate) fn encode<T: Stored>(value: &T) -> Result<String, serde_json::Error> {
    #[derive(Serialize)]
    struct Marked<'a, T> {
        v: u32,
        #[serde(flatten)]
        value: &'a T,
    }
    serde_json::to_string(&Marked { v: T::VERSION, value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct First {
        name: String,
        #[serde(flatten)]
        rest: Rest,
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Second {
        names: Vec<String>,
        #[serde(flatten)]
        rest: Rest,
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Third {
        names: Vec<String>,
        count: usize,
        #[serde(flatten)]
        rest: Rest,
    }

    impl Stored for First {
        const VERSION: u32 = 1;
        type Previous = Never;
        fn migrate(previous: Never) -> Self {
            match previous {}
        }
    }

    impl Stored for Second {
        const VERSION: u32 = 2;
        type Previous = First;
        fn migrate(First { name, rest }: First) -> Self {
            Self { names: vec![name], rest }
        }
    }

    impl Stored for Third {
        const VERSION: u32 = 3;
        type Previous = Second;
        fn migrate(Second { names, rest }: Second) -> Self {
            Self { count: names.len(), names, rest }
        }
    }

    #[test]
    fn an_old_version_walks_back_and_migrates_step_by_step() {
        let third: Third = decode(r#"{"v":1,"name":"a"}"#).unwrap();
        assert_eq!(third, Third { names: vec!["a".into()], count: 1, rest: Rest::new() });
        let third: Third = decode(r#"{"v":2,"names":["a","b"]}"#).unwrap();
        assert_eq!(third.count, 2);
    }

    #[test]
    fn members_a_reader_does_not_know_survive_its_rewrite() {
        let read: Second = decode(r#"{"v":2,"names":[],"colour":"red","deep":{"x":[1]}}"#).unwrap();
        let written = encode(&read).unwrap();
        assert_eq!(written, r#"{"v":2,"names":[],"colour":"red","deep":{"x":[1]}}"#);
        let migrated: Second = decode(r#"{"v":1,"name":"a","colour":"red"}"#).unwrap();
        assert_eq!(encode(&migrated).unwrap(), r#"{"v":2,"names":["a"],"colour":"red"}"#);
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        let why = |json| decode::<Second>(json).unwrap_err().to_string();
        assert_eq!(why(r#"{"v":3,"names":[]}"#), "version 3, the latest known here is 2");
        assert_eq!(why(r#"{"v":0,"names":[]}"#), "version 0 is too old");
        assert_eq!(why(r#"{"names":[]}"#), "no version marker");
        assert_eq!(why(r#"{"v":"2","names":[]}"#), "no version marker");
        assert_eq!(why("[]"), "no version marker");
        assert!(why(r#"{"v":2}"#).contains("missing field `names`"));
        assert!(why("{").contains("EOF"));
    }

    #[test]
    fn kinds_have_one_name_each_and_secrets_are_not_printed() {
        for kind in Kind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(kind));
        }
        assert!("meetings".parse::<Kind>().is_err());
        let record = Record { kind: Kind::Rule, id: "r".into(), revision: 2, json: "secret".into() };
        assert_eq!(format!("{record:?}"), "sip-rule/r@2 (6 bytes)");
        let change = Change { kind: Kind::Rule, id: "r".into(), revision: 3, json: None };
        assert_eq!(format!("{change:?}"), "sip-rule/r@3 (deleted)");
    }
}
