//! The SIP stack.
mod interface;
pub use interface::*;
/// The SIP stack.
#[derive(Debug)]
pub struct Stack {}
