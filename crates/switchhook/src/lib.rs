//! The shell of the exchange: everything that touches sockets, files, processes and clocks.
//!
//! Nothing in here decides what happens in a call. Each module offers a small interface and reports outcomes.

pub mod config;
mod egress;
pub mod functions;
pub mod objects;
pub mod speech;
