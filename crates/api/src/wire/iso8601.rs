//! Optional moments as `2019-08-09T21:35:21.445Z`: the JavaScript SDK throws on anything else.

use base::Timestamp;
use serde::de::{Deserialize, Deserializer, Error, Unexpected};
use serde::ser::Serializer;

pub(crate) fn serialize<S: Serializer>(at: &Option<Timestamp>, serializer: S) -> Result<S::Ok, S::Error> {
    match at {
        Some(at) => serializer.serialize_str(&at.iso8601()),
        None => serializer.serialize_none(),
    }
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
    let Some(text) = Option::<String>::deserialize(deserializer)? else {
        return Ok(None);
    };
    match Timestamp::parse_iso8601(&text) {
        Some(at) => Ok(Some(at)),
        None => Err(D::Error::invalid_value(Unexpected::Str(&text), &"an ISO 8601 moment in UTC")),
    }
}
