//! The JSON of the event/action protocol: events out, responses in.
//!
//! Wire names live here and nowhere else. Reading is lenient where handlers in the field are sloppy
//! (numbers as strings, empty selectors, unknown keys), writing is exact.

pub(crate) mod attributes;
pub(crate) mod envelope;
pub(crate) mod error;
pub(crate) mod json;
pub(crate) mod parameters;
pub(crate) mod response;
pub(crate) mod sip_headers;
pub(crate) mod value;
