//! The process runner with real interpreters: what customers' code does, and what it must not be able to do to us.
//!
//! A test whose interpreter is not installed says so and passes.

#![expect(clippy::unwrap_used, reason = "clippy sees the helpers of an integration test as no test code")]

mod behaviour;
mod failures;
mod official;
mod remote;
mod world;
