//! After a crash of the node: what is still owed for a call whose journal has no end.
//!
//! Every leg gets its record, marked as crashed where it was up, and the function gets the `HANGUP`s it is owed, so
//! that it can release what it holds. Answers change nothing any more.

use std::collections::VecDeque;

use base::{LegId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::call::Call;
use crate::ending::write_hangup;
use crate::invocation::explain;
use crate::journal::Line;
use crate::legs::{LegState, Legs, Party, Side};
use crate::notices::{Entry, NoticeKind};
use crate::protocol::envelope::Envelope;
use crate::stage::record;
use crate::{CallRecord, Effect, Event, FunctionError, InvocationId, Setup};

/// What is left to do for a call that a crash ended: a machine with the verbs of [`Call`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Aftermath {
    setup: Setup,
    target: usize,
    legs: Legs,
    attributes: Option<String>,
    sequence: u32,
    invocations: u32,
    owed: VecDeque<Owed>,
    state: State,
}

/// One `HANGUP` that was not answered before the crash.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Owed {
    side: Side,
    leg: LegId,
    /// `ActionData`.
    data: String,
    /// True if it was under way already: it keeps its `Sequence`, like any retry.
    again: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum State {
    Invoking { invocation: InvocationId, payload: String, until: Timestamp, retried: bool },
    Finished,
}

/// Settles a call whose journal has no end: `effects` receives the records of its legs and the first `HANGUP`.
///
/// Records that the journal has already are given again, unchanged: nobody knows whether the store got them, and the
/// store keeps the first it gets.
pub fn recover<'a>(
    now: Timestamp,
    began: Timestamp,
    setup: Setup,
    lines: impl IntoIterator<Item = (Timestamp, Line<'a>)>,
    effects: &mut Vec<Effect>,
) -> Aftermath {
    let mut found = Found { died: began, ..Found::default() };
    let mut ignored = Vec::new();
    let mut call = Call::new(began, setup, &mut ignored);
    found.note(&ignored);
    let mut lives = true;
    for (at, line) in lines {
        if lives {
            found.died = at;
        }
        match line {
            // The dead call must not go on beside the aftermath: its timers would fire, and an answer meant for the
            // aftermath would be its own.
            Line::Event(event) if !lives => found.note_answer(event),
            Line::Died => lives = false,
            Line::Event(event) => {
                found.note_answer(event);
                ignored.clear();
                call.handle(at, event.clone(), &mut ignored);
                found.note(&ignored);
            }
            // What was recorded happened, whatever today's engine would have wanted.
            Line::Effects(recorded) => found.note(recorded),
        }
    }
    Aftermath::of(now, call, found, effects)
}

/// What the effects of a journal tell.
#[derive(Default)]
struct Found {
    records: Vec<CallRecord>,
    sequence: u32,
    invocations: u32,
    /// The `HANGUP` invoked last, and its leg.
    telling: Option<(InvocationId, LegId)>,
    /// Legs whose `HANGUP` was answered, before the crash or in the aftermath of an earlier one.
    told: Vec<LegId>,
    died: Timestamp,
}

impl Found {
    /// Notes effects; those recorded later in the journal win over those of the replay.
    fn note(&mut self, effects: &[Effect]) {
        for effect in effects {
            match effect {
                Effect::WriteRecord(record) => {
                    self.records.retain(|known| known.leg != record.leg);
                    self.records.push(record.clone());
                }
                Effect::Invoke { invocation, sequence, payload, .. } => {
                    let telling = hangup_of(payload).map(|leg| (*invocation, leg));
                    // One is told after the other: whoever comes next, the one before was answered or given up.
                    if let Some((_, before)) = self.telling
                        && telling.is_none_or(|(_, leg)| leg != before)
                    {
                        self.told.push(before);
                    }
                    self.telling = telling;
                    self.sequence = self.sequence.max(*sequence);
                    self.invocations = self.invocations.max(invocation.0);
                }
                _ => {}
            }
        }
    }

    fn note_answer(&mut self, event: &Event) {
        if let Event::FunctionReturned { invocation, outcome: Ok(_) } = event
            && let Some((_, leg)) = self.telling.take_if(|(telling, _)| telling == invocation)
        {
            self.told.push(leg);
        }
    }
}

/// The leg whose `HANGUP` this event is.
fn hangup_of(payload: &str) -> Option<LegId> {
    let event: serde_json::Value = serde_json::from_str(payload).ok()?;
    if event.get("InvocationEventType")? != "HANGUP" {
        return None;
    }
    event.pointer("/ActionData/Parameters/CallId")?.as_str()?.parse().ok()
}

impl Aftermath {
    fn of(now: Timestamp, call: Call, found: Found, effects: &mut Vec<Effect>) -> Self {
        let mut owed = VecDeque::new();
        if let Some(flight) = &call.flight
            && let NoticeKind::Hangup(side) = flight.notice.kind
        {
            let (leg, data) = (flight.notice.leg, flight.notice.data.clone());
            owed.push_back(Owed { side, leg, data, again: true });
        }
        for entry in &call.queue {
            if let Entry::Ready(notice) = entry
                && let NoticeKind::Hangup(side) = notice.kind
            {
                owed.push_back(Owed { side, leg: notice.leg, data: notice.data.clone(), again: false });
            }
        }
        let mut aftermath = Self {
            sequence: found.sequence,
            invocations: found.invocations,
            target: call.target,
            legs: call.legs,
            attributes: call.attributes,
            setup: call.setup,
            owed,
            state: State::Finished,
        };
        for side in [Side::B, Side::A] {
            aftermath.bury(side, &found, effects);
        }
        aftermath.owed.retain(|owed| !found.told.contains(&owed.leg));
        for side in [Side::A, Side::B] {
            if let Some(leg) = aftermath.legs.get_mut(side)
                && found.told.contains(&leg.id)
                && let LegState::Gone { told, .. } = &mut leg.state
            {
                *told = true;
            }
        }
        // What an earlier aftermath was telling when the node died again is told first, with the `Sequence` it had.
        if let Some((_, leg)) = found.telling
            && let Some(at) = aftermath.owed.iter().position(|owed| owed.leg == leg)
            && let Some(mut owed) = aftermath.owed.remove(at)
        {
            owed.again = true;
            aftermath.owed.push_front(owed);
        }
        effects.extend(found.records.into_iter().map(Effect::WriteRecord));
        aftermath.next(now, effects);
        aftermath
    }

    /// A leg that was not gone died with the node.
    fn bury(&mut self, side: Side, found: &Found, effects: &mut Vec<Effect>) {
        let live = self.legs.is_live(side);
        let Some(leg) = self.legs.get(side).filter(|leg| !leg.is_gone()) else { return };
        let (id, answered, party) = (leg.id, leg.answered(), leg.party);
        let code = if answered.is_some() { 0 } else { 480 };
        if found.records.iter().all(|record| record.leg != id) {
            let record = record(&self.setup, self.target, &self.legs, side, found.died, code, true);
            effects.extend(record.map(Effect::WriteRecord));
        }
        // A meeting's leg goes with LEG-A, whose `HANGUP` shows both.
        if live && party != Party::Meeting {
            let mut data = String::with_capacity(160);
            write_hangup(&mut data, id, side, code);
            self.owed.push_back(Owed { side, leg: id, data, again: false });
        }
        if let Some(leg) = self.legs.get_mut(side) {
            leg.state = LegState::Gone { answered, told: false };
        }
    }

    /// Applies an outcome of the function, or [`Event::Woken`]; other events are of a world that is gone.
    pub fn handle(&mut self, now: Timestamp, event: Event, effects: &mut Vec<Effect>) {
        let State::Invoking { invocation, until, .. } = self.state else { return };
        let outcome = match event {
            _ if now > until => Err(FunctionError::TimedOut),
            Event::Woken if now == until => Err(FunctionError::TimedOut),
            Event::FunctionReturned { invocation: returned, outcome } if returned == invocation => outcome,
            _ => return,
        };
        match outcome {
            Ok(_) => self.next(now, effects),
            Err(error) => self.attempt_failed(now, &error, effects),
        }
    }

    /// When this wants [`Event::Woken`], and why.
    pub fn deadline(&self) -> Option<(Timestamp, &'static str)> {
        match &self.state {
            State::Invoking { until, .. } => Some((*until, "function time-out")),
            State::Finished => None,
        }
    }

    /// True after [`Effect::Finish`].
    pub fn is_finished(&self) -> bool {
        self.state == State::Finished
    }

    fn next(&mut self, now: Timestamp, effects: &mut Vec<Effect>) {
        let Some(owed) = self.owed.pop_front() else {
            self.state = State::Finished;
            effects.push(Effect::Finish);
            return;
        };
        if !owed.again {
            self.sequence = self.sequence.saturating_add(1);
        }
        let payload = self.event(&owed);
        if let Some(leg) = self.legs.get_mut(owed.side)
            && leg.id == owed.leg
            && let LegState::Gone { told, .. } = &mut leg.state
        {
            *told = true;
        }
        let until = now + self.setup.limits.function_timeout;
        self.invoke(now, payload, until, false, effects);
    }

    fn invoke(
        &mut self,
        now: Timestamp,
        payload: String,
        until: Timestamp,
        retried: bool,
        effects: &mut Vec<Effect>,
    ) {
        // What a damaged journal tells of may be the last there is.
        self.invocations = self.invocations.saturating_add(1);
        let invocation = InvocationId(self.invocations);
        effects.push(Effect::Invoke {
            invocation,
            target: self.setup.target(self.target).clone(),
            sequence: self.sequence,
            payload: payload.clone(),
            timeout: until.since(now),
        });
        self.state = State::Invoking { invocation, payload, until, retried };
    }

    fn attempt_failed(&mut self, now: Timestamp, error: &FunctionError, effects: &mut Vec<Effect>) {
        effects.push(Effect::Log { message: explain(error) });
        let State::Invoking { payload, until, retried, .. } = &mut self.state else { return };
        if !*retried && *error != FunctionError::TimedOut && now < *until {
            let (payload, until) = (std::mem::take(payload), *until);
            self.invoke(now, payload, until, true, effects);
        } else {
            effects.push(Effect::Log { message: "A HANGUP owed after a crash was given up.".into() });
            self.next(now, effects);
        }
    }

    fn event(&self, owed: &Owed) -> String {
        let b = self
            .legs
            .listed_b()
            .filter(|b| !(owed.side == Side::A && matches!(b.state, LegState::Gone { told: true, .. })));
        Envelope {
            sequence: self.sequence,
            event: NoticeKind::Hangup(owed.side).name(),
            error: None,
            data: &owed.data,
            setup: &self.setup,
            target: self.setup.target(self.target),
            attributes: self.attributes.as_deref(),
            participants: [
                Some(self.legs.a.participant(Side::A, self.setup.sip_headers())),
                b.map(|b| b.participant(Side::B, &[])),
            ],
        }
        .write()
    }
}
