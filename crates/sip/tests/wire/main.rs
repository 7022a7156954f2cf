//! The wire layer against hostile and unusual input.

mod messages;
mod mutation;
mod torture;
