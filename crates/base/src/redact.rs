use std::fmt;

use serde::{Deserialize, Serialize};

/// A value that names a person (a number, an address): logs show its last two characters only.
///
/// The value itself stays readable through `.0` and in serialised form; only printing is redacted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Pii<T>(pub T);

impl<T: fmt::Display> fmt::Display for Pii<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0.to_string();
        let count = text.chars().count();
        let shown = if count > 4 { 2 } else { 0 };
        f.write_str("…")?;
        text.chars().skip(count - shown).try_for_each(|c| fmt::Write::write_char(f, c))
    }
}

impl<T: fmt::Display> fmt::Debug for Pii<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_redacted_in_both_forms() {
        assert_eq!(Pii("+15550199").to_string(), "…99");
        assert_eq!(format!("{:?}", Pii("+15550199")), "…99");
        assert_eq!(Pii("911").to_string(), "…");
    }
}
