//! SIP without IO: messages, headers, URIs, bodies, session descriptions, digest, and the stack over them.
//!
//! Pure: time is an argument, randomness comes from a seed, secrets come in from the shell. This crate knows no socket, no
//! JSON, no call logic and no RTP packet; offer/answer ends in [`media_session::RemoteMedia`].
//!
//! Two layers. The wire: [`message`] (parse, frame, write), [`header`] (one file per typed header), [`uri`], [`body`],
//! [`sdp`], [`digest`], [`redact`]. Above it [`media_session`] (RFC 3264) and [`stack`] (transactions, dialogs, trunks).
//! Start with [`message::Message::parse`] and [`stack::Stack`].

pub mod body;
pub mod check;
pub mod header;
pub mod media_session;
pub mod message;
pub mod params;
pub mod redact;
pub mod sdp;
pub mod stack;
pub mod uri;

pub mod digest;
