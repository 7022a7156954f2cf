//! SIP without IO.
pub mod digest;
pub mod media_session;
pub mod stack;
