//! Digits: as telephone-events (RFC 4733) and as tones, in and out.

mod detector;
mod event;
mod sending;

pub use detector::Detector;
pub(crate) use event::{EventReceiver, Heard};
pub(crate) use sending::{Emit, Sending};

/// Event codes 0–15 in order (RFC 4733 §3.2).
const CODES: &[u8; 16] = b"0123456789*#ABCD";

fn digit_of(code: u8) -> Option<char> {
    CODES.get(usize::from(code)).map(|b| char::from(*b))
}

fn code_of(digit: u8) -> Option<u8> {
    CODES.iter().position(|c| *c == digit.to_ascii_uppercase()).map(|p| p as u8)
}
