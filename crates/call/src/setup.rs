use base::{LegId, TransactionId};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::Limits;

/// All that is known when a call begins; the first entry of its journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Setup {
    /// The `TransactionId`.
    pub transaction: TransactionId,
    /// The `CallId` of LEG-A.
    pub leg_a: LegId,
    /// Seeds the ids that the call mints (LEG-B).
    pub seed: u64,
    /// `AwsAccountId`, 12 digits.
    pub account: String,
    /// Where the call came from.
    pub origin: Origin,
    /// Time and size limits in force for this call.
    pub limits: Limits,
}

impl Setup {
    /// The application of this place in the rule's order; the last one beyond its end.
    pub(crate) fn target(&self, index: usize) -> &Target {
        match &self.origin {
            Origin::Inbound { targets, .. } => targets.get(index).or(targets.last()).unwrap_or(&NO_TARGET),
            Origin::Outbound { target, .. } => target,
        }
    }

    pub(crate) fn targets(&self) -> usize {
        match &self.origin {
            Origin::Inbound { targets, .. } => targets.len(),
            Origin::Outbound { .. } => 1,
        }
    }

    /// What the INVITE of an inbound LEG-A carried for the function.
    pub(crate) fn sip_headers(&self) -> &[(String, String)] {
        match &self.origin {
            Origin::Inbound { sip_headers, .. } => sip_headers,
            Origin::Outbound { .. } => &[],
        }
    }
}

/// How a call begins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Origin {
    /// An INVITE that matched a SIP rule (`NEW_INBOUND_CALL`).
    Inbound {
        /// `SipRuleId`.
        rule: String,
        /// `From` of the participant, as the event shows it.
        from: String,
        /// `To` of the participant.
        to: String,
        /// `User-to-User`, `Diversion` and `X-*` of the INVITE, as received (join headers already removed).
        sip_headers: Vec<(String, String)>,
        /// The rule's applications by ascending priority; never empty.
        targets: Vec<Target>,
    },
    /// `CreateSipMediaApplicationCall` (`NEW_OUTBOUND_CALL`).
    Outbound {
        /// The application that was called upon.
        target: Target,
        /// `FromPhoneNumber`, with `+`.
        from: String,
        /// `ToPhoneNumber`, with `+`.
        to: String,
        /// `ArgumentsMap`.
        arguments: Map<String, Value>,
        /// `SipHeaders` for the INVITE.
        sip_headers: Vec<(String, String)>,
    },
}

/// A SIP media application that may drive the call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// `SipMediaApplicationId`.
    pub application: String,
    /// `AwsRegion`.
    pub region: String,
    /// The endpoint: a Lambda function ARN.
    pub function: String,
}

/// Stands in for the applications of a rule that has none: its invocation fails, and the call is refused.
static NO_TARGET: Target =
    Target { application: String::new(), region: String::new(), function: String::new() };
