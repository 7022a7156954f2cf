//! The shell of the exchange: everything that touches sockets, files, processes and clocks.
//!
//! Nothing in here decides what happens in a call. Each module offers a small interface and reports outcomes.

mod batch;
pub mod browsers;
pub mod cli;
pub mod clock;
pub mod compose;
pub mod config;
#[cfg(test)]
mod damage;
mod egress;
pub mod events;
pub mod executors;
pub mod functions;
pub mod http;
pub mod inbox;
pub mod journal;
pub mod keys;
pub mod logging;
pub mod metrics;
pub mod net;
pub mod node_thread;
pub mod objects;
mod paint;
pub mod phone;
pub mod public_url;
pub mod queue;
pub mod random;
pub mod resolver;
pub mod serve;
pub mod shard;
pub mod sip_streams;
pub mod speech;
pub mod store;
pub mod tls;
