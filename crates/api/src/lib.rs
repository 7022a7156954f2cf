//! The AWS wire: generated types and routes, constraints, error shapes, SigV4, pages, Lambda's Invoke.
//!
//! Pure: no socket, clock, thread, file or system randomness. It knows how a request is written and what it may hold,
//! and nothing of what it does: the directory and the calls answer it. What a service offers stands in `facts/`;
//! `cargo xtask codegen` makes `generated.rs` of it. Start with [`http::parse`] and [`http::render`], then
//! [`Request`]: one enum over the services, [`voice`] and [`meetings`].

pub mod arn;
pub mod check;
pub mod error;
pub mod http;
pub mod ids;
pub mod lambda;
pub mod meetings;
pub mod page;
mod percent;
mod request;
mod rest;
mod schema;
pub mod service;
pub mod sigv4;
pub mod voice;
pub mod wire;

pub use error::{Code, Error, Kind};
pub use request::{Request, Response, parse};
pub use wire::{Pairs, Sensitive};
