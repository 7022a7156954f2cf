//! Media without IO.
mod interface;
pub use interface::*;

/// Audio decoded once: 8 kHz mono samples and, made at first use, both G.711 encodings.
#[derive(Debug)]
pub struct Clip {}

/// One media machine.
#[derive(Debug)]
pub struct Shard {}
