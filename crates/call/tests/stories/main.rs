//! Stories of calls: one file per subject, told against the public surface of the crate.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on has failed")]

mod actions;
mod bridging;
mod checks;
mod crash;
mod digits;
mod envelope;
mod functions;
mod hangup;
mod inbound;
mod interruption;
mod leg_drops;
mod lists;
mod meetings;
mod mutation;
mod outbound;
mod races;
mod random;
mod recording;
mod support;
mod traces;
