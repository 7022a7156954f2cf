//! The shell of the exchange: everything that touches sockets, files, processes and clocks.
//!
//! Nothing in here decides what happens in a call. Each module offers a small interface and reports outcomes.

pub mod clock;
pub mod config;
mod egress;
pub mod functions;
pub mod keys;
pub mod net;
pub mod objects;
pub mod random;
pub mod resolver;
pub mod speech;
