use std::time::Duration;

use serde::{Deserialize, Serialize};

/// The limits one call lives under (`docs/configuration.md`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Time for one event including its retry: 20 s.
    pub function_timeout: Duration,
    /// Time an unanswered inbound call may be without actions: 30 s.
    pub no_actions_timeout: Duration,
    /// Time an outbound LEG-A may ring: 120 s.
    pub dial_timeout: Duration,
    /// Time storing a recording may take before the action fails: 15 s.
    pub upload_timeout: Duration,
    /// A call's whole length: 4 h.
    pub call_duration: Duration,
    /// Invocations per call: 1,000.
    pub invocations: u32,
    /// Actions per response: 10.
    pub actions: usize,
    /// `TransactionAttributes` pairs: 100.
    pub attributes: usize,
    /// `TransactionAttributes` bytes, serialised: 20,480.
    pub attributes_size: usize,
    /// Refuse what AWS documents as refused where we are more lenient: the `Answer` action, a `Pause` outside 100 ms to 30 s,
    /// voices and languages that Polly has not.
    pub strict: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            function_timeout: Duration::from_secs(20),
            no_actions_timeout: Duration::from_secs(30),
            dial_timeout: Duration::from_secs(120),
            upload_timeout: Duration::from_secs(15),
            call_duration: Duration::from_secs(4 * 3600),
            invocations: 1_000,
            actions: 10,
            attributes: 100,
            attributes_size: 20 * 1_024,
            strict: false,
        }
    }
}
