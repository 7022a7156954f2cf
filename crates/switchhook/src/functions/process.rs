//! The process runner: the customer's code as child processes that speak the Lambda Runtime API.
//!
//! A [`Pool`] per function hands events to its sandboxes; a sandbox is one child, its own loopback port (the only thing
//! that tells official runtime clients apart) and at most one event. Nothing is shared between sandboxes.
//!
//! ```text
//! sandbox:  Starting ──next──▶ Idle ──event──▶ Busy ──response/error──▶ Answered ──next──▶ Idle
//!               │                                │ deadline: the whole process group is killed
//!               └────── exit, init error, start time over ──────▶ Gone (with the reason)
//! ```

mod command;
mod output;
mod pool;
mod runtime_api;
mod sandbox;
mod watch;

pub(super) use pool::Pool;
pub(super) use sandbox::failure;
