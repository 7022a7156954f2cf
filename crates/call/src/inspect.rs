//! A call as a reader sees it: for the command that replays calls, and for whoever debugs one.

use base::{LegId, Timestamp};
use serde::Serialize;

use crate::call::{Call, Phase};
use crate::legs::{Leg, LegState, Side};
use crate::list::Current;
use crate::notices::Entry;

/// The state of a call at one moment, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Inspection {
    /// Who is in charge.
    pub phase: &'static str,
    /// LEG-A, and the present or last LEG-B.
    pub legs: Vec<LegInspection>,
    /// Whether the audio of both legs is connected.
    pub bridged: bool,
    /// The application that drives the call, or is being tried.
    pub application: String,
    /// `Sequence` of the last event sent.
    pub sequence: u32,
    /// The event that the function has and has not answered.
    pub awaited: Option<&'static str>,
    /// Events that wait behind it, first first.
    pub events: Vec<&'static str>,
    /// The action in progress and the leg it is for.
    pub running: Option<(&'static str, LegId)>,
    /// Actions still to come, by `Type` as ordered.
    pub actions: Vec<String>,
    /// `TransactionAttributes` as JSON, once set.
    pub attributes: Option<String>,
    /// What the call waits for, the earliest first.
    pub timers: Vec<(Timestamp, &'static str)>,
}

/// The state of one leg.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LegInspection {
    /// `CallId`.
    pub leg: LegId,
    /// `LEG-A` or `LEG-B`.
    pub tag: &'static str,
    /// `From`.
    pub from: String,
    /// `To`.
    pub to: String,
    /// In a word or two.
    pub state: &'static str,
    /// When it was answered, if it was.
    pub answered: Option<Timestamp>,
    /// Whether digits are collected in the background (`ReceiveDigits`).
    pub receives_digits: bool,
}

impl Call {
    /// The call as it stands.
    pub fn inspect(&self) -> Inspection {
        let mut timers = Vec::new();
        self.each_timer(|at, timer| timers.push((at, timer.why())));
        timers.sort_by_key(|(at, _)| *at);
        let mut legs = vec![leg(&self.legs.a, Side::A)];
        legs.extend(self.legs.b.as_ref().map(|b| leg(b, Side::B)));
        Inspection {
            phase: match self.phase {
                Phase::Offered => "offered to a function",
                Phase::Driven => "driven by a function",
                Phase::Closing => "being ended by the engine",
                Phase::Finished => "over",
            },
            legs,
            bridged: self.legs.bridged,
            application: self.setup.target(self.target).application.clone(),
            sequence: self.sequence,
            awaited: self.flight.as_ref().map(|flight| flight.notice.kind.name()),
            events: self
                .queue
                .iter()
                .map(|entry| match entry {
                    Entry::Ready(notice) => notice.kind.name(),
                    Entry::Uploading(_) => "(a recording on its way into its bucket)",
                })
                .collect(),
            running: match &self.list.current {
                Current::Running(progress) => Some((progress.action.kind.name(), progress.leg)),
                Current::Idle | Current::AwaitingAnswer => None,
            },
            actions: self.list.next.iter().map(|action| action.kind.name().to_owned()).collect(),
            attributes: self.attributes.clone(),
            timers,
        }
    }
}

fn leg(leg: &Leg, side: Side) -> LegInspection {
    LegInspection {
        leg: leg.id,
        tag: side.tag(),
        from: leg.from.clone(),
        to: leg.to.clone(),
        state: match leg.state {
            LegState::Pending => "not dialled yet",
            LegState::Dialling { rung: false, .. } => "dialled",
            LegState::Dialling { rung: true, .. } => "ringing",
            LegState::Alerting => "ringing, not answered by us",
            LegState::EarlyMedia => "early media, not answered by us",
            LegState::Connected { .. } => "connected",
            LegState::Gone { .. } => "gone",
        },
        answered: leg.answered(),
        receives_digits: leg.registration.is_some(),
    }
}
