use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Rng;

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// A version 4 UUID from the next 128 bits of `rng`.
            pub fn random(rng: &mut Rng) -> Self {
                Self(uuid::Builder::from_random_bytes(rng.next_u128().to_be_bytes()).into_uuid())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0.as_hyphenated(), f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                Uuid::parse_str(text).map(Self)
            }
        }
    };
}

uuid_id!(
    /// One call: the `TransactionId` of the event protocol and of the call APIs.
    TransactionId
);
uuid_id!(
    /// One leg of a call: the `CallId` of the event protocol.
    LegId
);
uuid_id!(
    /// One meeting.
    MeetingId
);
uuid_id!(
    /// One attendee of a meeting: a credential to join it, used by one browser or telephone at a time.
    AttendeeId
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_print_as_lower_case_uuid_version_4() {
        let id = TransactionId::random(&mut Rng::new(1)).to_string();
        assert_eq!(id.len(), 36);
        assert_eq!(id.as_bytes()[14], b'4');
        assert_eq!(id, id.to_lowercase());
        assert_eq!(id.parse::<TransactionId>().unwrap().to_string(), id);
    }
}
