//! What a telephone does when it is called.

use std::time::Duration;

use super::Quirk;

/// What a user agent does when it is called.
#[derive(Clone, Debug, PartialEq)]
pub struct Manners {
    /// Send 180 after this.
    pub rings_after: Option<Duration>,
    /// Send 183 with a session description after this.
    pub early_media_after: Option<Duration>,
    /// Final response and when; `None`: it rings for ever.
    pub final_after: Option<(Duration, u16)>,
    /// BYE this long after it was answered.
    pub hangs_up_after: Option<Duration>,
    /// Takes only A-law.
    pub alaw: bool,
    /// Never says a word.
    pub dead: bool,
    /// What is peculiar about it.
    pub quirk: Quirk,
}

impl Default for Manners {
    fn default() -> Self {
        Self {
            rings_after: Some(Duration::from_millis(50)),
            early_media_after: None,
            final_after: Some((Duration::from_millis(500), 200)),
            hangs_up_after: None,
            alaw: false,
            dead: false,
            quirk: Quirk::None,
        }
    }
}
