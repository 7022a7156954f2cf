//! The wire layer against hostile and unusual input.

mod mutation;
mod torture;
