//! The counter that ends a call which goes round in circles through us.

/// The header that carries the counter between the calls of one circle.
pub const LOOP_HEADER: &str = "X-SMA-Max-Forwards";

/// What a call that carries no counter may still do.
pub const FIRST_ALLOWANCE: u8 = 5;

/// The counter is used up: refuse the call (483), place no further one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the call has been round {FIRST_ALLOWANCE} times")]
pub struct LoopError;

/// How many more calls a call of ours may cause in a row, from the headers it came with.
///
/// A call we place for it carries one less. More than [`FIRST_ALLOWANCE`] is cut to it, what is no number counts as
/// absent: the header comes from outside.
///
/// # Errors
/// [`LoopError`] for a call that comes with 0.
pub fn allowance<'a>(headers: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<u8, LoopError> {
    let counter = headers
        .into_iter()
        .filter(|(name, _)| name.eq_ignore_ascii_case(LOOP_HEADER))
        .filter_map(|(_, value)| value.trim().parse::<u64>().ok())
        .min();
    match counter {
        Some(0) => Err(LoopError),
        Some(left) => Ok(u8::try_from(left).map_or(FIRST_ALLOWANCE, |left| left.min(FIRST_ALLOWANCE))),
        None => Ok(FIRST_ALLOWANCE),
    }
}

/// The counter that a call placed on behalf of one with this allowance carries.
///
/// # Errors
/// [`LoopError`] when nothing is left.
pub(super) fn next(allowance: u8) -> Result<(String, String), LoopError> {
    let left = allowance.checked_sub(1).ok_or(LoopError)?;
    Ok((LOOP_HEADER.to_owned(), left.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_calls_in_a_row_and_no_sixth() {
        let mut header: Option<(String, String)> = None;
        for round in (0..FIRST_ALLOWANCE).rev() {
            let left = allowance(header.iter().map(|(n, v)| (n.as_str(), v.as_str()))).unwrap();
            let sent = next(left).unwrap();
            assert_eq!(sent.1, round.to_string());
            header = Some(sent);
        }
        assert_eq!(allowance(header.iter().map(|(n, v)| (n.as_str(), v.as_str()))), Err(LoopError));
        assert_eq!(next(0), Err(LoopError));
    }

    #[test]
    fn what_comes_from_outside_cannot_raise_the_counter() {
        assert_eq!(allowance([("x-sma-max-forwards", "70")]), Ok(5));
        assert_eq!(allowance([("x-sma-max-forwards", "18446744073709551616")]), Ok(5));
        assert_eq!(allowance([("X-SMA-Max-Forwards", "x")]), Ok(5));
        assert_eq!(allowance([("X-SMA-Max-Forwards", "4"), ("X-SMA-Max-Forwards", " 2 ")]), Ok(2));
        assert_eq!(allowance([("X-SMA-Max-Forwards", "9"), ("x-sma-max-forwards", "0")]), Err(LoopError));
    }
}
