//! The words every other crate uses: time, ids, seeded randomness, telephone numbers, redaction,
//! and which headers may be ordered for an INVITE.
//!
//! Pure: no socket, clock, thread, file or system randomness. It knows nothing of RTP, JSON events or HTTP, and of SIP a few names.
//! Start with [`Timestamp`], then [`TransactionId`] and [`LegId`].

mod e164;
mod headers;
mod ids;
mod redact;
mod rng;
mod time;

pub use e164::{E164, NotE164};
pub use headers::{HEADER_MAX, HEADERS_MAX, header_may_be_ordered, is_join_token};
pub use ids::{AttendeeId, LegId, MeetingId, TransactionId};
pub use redact::Pii;
pub use rng::Rng;
pub use time::{Civil, Timestamp};
