use base::{LegId, Timestamp, TransactionId};
use serde::Serialize;

use crate::Node;
use crate::live::{Leg, Live, Machine, Signalling};

/// One live call, for the command that lists them. Numbers are as they are: whoever prints them redacts them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CallSummary {
    /// The call.
    pub transaction: TransactionId,
    /// The application invoked last; `None` for a relayed call.
    pub application: Option<String>,
    /// `From` of LEG-A.
    pub from: String,
    /// `To` of LEG-A.
    pub to: String,
    /// In a word or two.
    pub state: &'static str,
    /// When it began.
    pub since: Timestamp,
    /// Its legs that are not over.
    pub legs: Vec<LegSummary>,
}

/// One leg of a live call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LegSummary {
    /// `CallId`.
    pub leg: LegId,
    /// In a word.
    pub state: &'static str,
}

impl Node {
    /// All live calls, the oldest first.
    pub fn calls(&self) -> Vec<CallSummary> {
        let mut calls: Vec<CallSummary> = self.live.values().map(summary).collect();
        calls.sort_by_key(|call| (call.since, call.transaction));
        calls
    }
}

fn summary(live: &Live) -> CallSummary {
    let up = live.legs.iter().filter(|leg| leg.signalling == Signalling::Up).count();
    let state = match (&live.machine, up) {
        _ if live.finished => "ending",
        (Machine::Relay(relay), _) => relay.state(),
        (Machine::Aftermath(_), _) => "ended by a crash",
        (Machine::Application { call, .. }, _) if !call.is_live() => "ending",
        (Machine::Application { .. }, 0) => "ringing",
        (Machine::Application { .. }, 1) => "connected",
        (Machine::Application { .. }, _) => "two legs",
    };
    CallSummary {
        transaction: live.transaction,
        application: live.application().map(str::to_owned),
        from: live.from.clone(),
        to: live.to.clone(),
        state,
        since: live.since,
        legs: live.legs.iter().filter_map(leg_summary).collect(),
    }
}

fn leg_summary(leg: &Leg) -> Option<LegSummary> {
    let state = match leg.signalling {
        Signalling::Offered { .. } => "calls",
        Signalling::Early => "early media",
        Signalling::Invited => "is called",
        Signalling::Up => "connected",
        Signalling::Gone => return None,
    };
    Some(LegSummary { leg: leg.id, state })
}
