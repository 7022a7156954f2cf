//! The value types generated structures are made of, beside those of `base`.

pub(crate) mod iso8601;
mod pairs;
mod sensitive;

pub use pairs::Pairs;
pub use sensitive::Sensitive;
