use base::{E164, Timestamp};
use serde::{Deserialize, Serialize};

use super::Product;
use crate::record::{Never, Rest, Stored};

/// An order of telephone numbers. Orders complete as they are made; only the answer to the creation says otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Order {
    pub(crate) product: Product,
    /// Each number, and whether it was acquired.
    pub(crate) numbers: Vec<(E164, bool)>,
    pub(crate) created: Timestamp,
    #[serde(flatten)]
    pub(crate) rest: Rest,
}

impl Stored for Order {
    const VERSION: u32 = 1;
    type Previous = Never;

    fn migrate(previous: Never) -> Self {
        match previous {}
    }
}
