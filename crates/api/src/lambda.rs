//! Lambda's Invoke, both directions: to functions that run elsewhere, and for functions that call functions here.

mod answer;
mod function;
mod invoke;
mod serve;

pub use answer::{Answer, InvokeError, read_answer};
pub use function::{FunctionRef, NotAFunction};
pub use invoke::{Invoke, OutboundRequest};
pub use serve::{Invocation, Outcome, Refusal, parse, render};

/// Service name in the scope of a signature.
pub const SIGNING_NAME: &str = "lambda";

/// The largest payload of an invocation that is waited for, in bytes.
pub const PAYLOAD_MAX: usize = 6 * 1024 * 1024;

/// The largest payload of an invocation that is not waited for, in bytes.
pub const EVENT_PAYLOAD_MAX: usize = 1024 * 1024;

const PATH_PREFIX: &str = "/2015-03-31/functions/";
const PATH_SUFFIX: &str = "/invocations";

/// `X-Amz-Invocation-Type`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InvocationType {
    /// Run it and answer with what it returns.
    #[default]
    RequestResponse,
    /// Run it later; answer at once.
    Event,
    /// Only check that it could be run.
    DryRun,
}

impl InvocationType {
    /// The header's value.
    pub const fn as_str(self) -> &'static str {
        match self {
            InvocationType::RequestResponse => "RequestResponse",
            InvocationType::Event => "Event",
            InvocationType::DryRun => "DryRun",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        [InvocationType::RequestResponse, InvocationType::Event, InvocationType::DryRun]
            .into_iter()
            .find(|kind| kind.as_str() == text)
    }
}
