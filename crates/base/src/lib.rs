//! The words every other crate uses: time, ids, seeded randomness, telephone numbers, redaction.
//!
//! Pure: no socket, clock, thread, file or system randomness. It knows nothing of SIP, RTP, JSON events or HTTP.
//! Start with [`Timestamp`], then [`TransactionId`] and [`LegId`].

mod e164;
mod ids;
mod redact;
mod rng;
mod time;

pub use e164::{E164, NotE164};
pub use ids::{LegId, TransactionId};
pub use redact::Pii;
pub use rng::Rng;
pub use time::{Civil, Timestamp};
