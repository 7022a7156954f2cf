//! What must hold whatever happens. Knows the event protocol by its text only: nothing here asks the machines.

mod meetings;

use std::collections::{BTreeMap, BTreeSet};

use base::{LegId, Timestamp, TransactionId};
use call::{CallRecord, DialTarget, Effect, Event, InvocationId, Origin, Target};
use meet::MeetingEvent;
use node::{JournalEntry, JournalLine, RelayRecord};
use serde_json::Value;

pub use meetings::MeetingChecks;

/// Watches all calls of a world.
#[derive(Debug, Default)]
pub struct Checks {
    calls: BTreeMap<TransactionId, Watched>,
    /// Everything that was not as it must be.
    pub violations: Vec<String>,
    /// Calls that a function was to drive and that are over.
    pub driven: u32,
    /// Relayed calls that are over.
    pub relayed: u32,
    /// What was told of meetings.
    pub meetings: MeetingChecks,
    /// Relayed calls that have their record.
    relay_records: BTreeSet<TransactionId>,
    /// What must stand in no journal; looked for where there is any.
    pub(crate) secrets: Vec<String>,
}

#[derive(Debug, Default)]
struct Watched {
    /// Which, and when its time is over: the runner and the call know that at the same moment.
    in_flight: Option<(InvocationId, Timestamp)>,
    sequence: u32,
    kind: String,
    failed: bool,
    /// A function has taken the call: one invocation brought a payload.
    taken: bool,
    /// Events delivered, by sequence: kind and the leg of a HANGUP.
    events: BTreeMap<u32, (String, Option<String>)>,
    records: BTreeMap<LegId, CallRecord>,
    /// Updates that the API has accepted.
    updates: usize,
    /// Legs whose HANGUP was with the function when the node died: it has to be told again.
    cut_off: BTreeSet<String>,
    /// Begun before a crash of the node.
    crashed: bool,
    /// A payload came in the microsecond in which the time was over: whether it counted, the node alone knows.
    unsure: bool,
}

impl Checks {
    /// The node wants a function run.
    pub fn invoked(
        &mut self,
        transaction: TransactionId,
        invocation: InvocationId,
        (target, sequence): (&Target, u32),
        payload: &str,
        (now, over): (Timestamp, Timestamp),
    ) {
        let call = self.calls.entry(transaction).or_default();
        let mut wrong = Vec::new();
        if let Some((other, until)) = call.in_flight {
            if now < until {
                wrong.push(format!("invocation {} while {} is in flight", invocation.0, other.0));
            }
            call.failed = true;
        }
        let event: Value = serde_json::from_str(payload).unwrap_or_default();
        let kind = event["InvocationEventType"].as_str().unwrap_or_default().to_owned();
        let again = sequence == call.sequence && call.failed;
        if !again && sequence != call.sequence + 1 {
            wrong.push(format!("sequence {sequence} after {}", call.sequence));
        }
        if again && kind != call.kind {
            wrong.push(format!("sequence {sequence} was {} and is {kind}", call.kind));
        }
        if event["Sequence"] != sequence {
            wrong.push(format!("the event of sequence {sequence} says {}", event["Sequence"]));
        }
        let details = &event["CallDetails"];
        if details["TransactionId"] != transaction.to_string() {
            wrong.push(format!("the event says {}", details["TransactionId"]));
        }
        if details["SipMediaApplicationId"] != target.application.as_str() {
            wrong.push(format!(
                "the event for {} says {}",
                target.application, details["SipMediaApplicationId"]
            ));
        }
        let tags: Vec<&str> = details["Participants"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|participant| participant["ParticipantTag"].as_str())
            .collect();
        if !matches!(tags.as_slice(), ["LEG-A"] | ["LEG-A", "LEG-B"]) {
            wrong.push(format!("participants {tags:?} in {kind}"));
        }
        let leg = (kind == "HANGUP")
            .then(|| event["ActionData"]["Parameters"]["CallId"].as_str().unwrap_or("none").to_owned());
        if let Some(leg) = &leg {
            call.cut_off.remove(leg);
        }
        call.in_flight = Some((invocation, over));
        call.sequence = sequence;
        call.kind.clone_from(&kind);
        call.failed = false;
        call.events.insert(sequence, (kind, leg));
        self.complain(transaction, wrong);
    }

    /// An invocation came back.
    pub fn returned(
        &mut self,
        transaction: TransactionId,
        invocation: InvocationId,
        success: bool,
        now: Timestamp,
    ) {
        let Some(call) = self.calls.get_mut(&transaction) else { return };
        if let Some((awaited, until)) = call.in_flight
            && awaited == invocation
        {
            call.in_flight = None;
            // One that the thread finds after its time is late, though it came in time.
            call.failed = !success || now >= until;
            call.taken |= success && now < until;
            call.unsure |= success && now == until;
        }
    }

    /// An update was accepted: the function has to hear of it.
    pub fn accepted_update(&mut self, transaction: TransactionId) {
        self.calls.entry(transaction).or_default().updates += 1;
    }

    /// The node died: what was in flight will not be waited for.
    pub fn crashed(&mut self) {
        for call in self.calls.values_mut() {
            if call.in_flight.take().is_some()
                && let Some((_, Some(leg))) = call.events.get(&call.sequence)
            {
                call.cut_off.insert(leg.clone());
            }
            call.failed = true;
            call.crashed = true;
        }
        self.meetings.crashed();
    }

    /// Something happened in a meeting.
    pub fn happened(&mut self, event: &MeetingEvent) {
        let wrong = self.meetings.happened(event);
        self.violations.extend(wrong);
    }

    /// The record of a relayed call.
    pub fn relay_recorded(&mut self, record: &RelayRecord) {
        if !self.relay_records.insert(record.transaction) {
            self.complain(record.transaction, vec!["a second record of a relayed call".into()]);
        }
    }

    /// Lines of a journal.
    pub fn written(&mut self, transaction: TransactionId, lines: &[JournalLine]) {
        if self.secrets.is_empty() {
            return;
        }
        let text = serde_json::to_string(lines).unwrap_or_default();
        if self.secrets.iter().any(|secret| text.contains(secret)) {
            self.complain(transaction, vec!["a join token stands in its journal".into()]);
        }
    }

    /// A leg's record.
    pub fn recorded(&mut self, record: &CallRecord) {
        let call = self.calls.entry(record.transaction).or_default();
        match call.records.get(&record.leg) {
            None => {
                call.records.insert(record.leg, record.clone());
            }
            // After a crash nobody knows whether the store got it: the same again is harmless.
            Some(first) if call.crashed && first == record => {}
            Some(first) => {
                let wrong = format!("two records of leg {}: {first:?} and {record:?}", record.leg);
                self.complain(record.transaction, vec![wrong]);
            }
        }
    }

    /// A call is over: its journal is complete.
    pub fn ended(&mut self, transaction: TransactionId, journal: &[JournalLine]) {
        let story = Story::read(journal);
        self.driven += u32::from(story.leg_a.is_some());
        self.relayed += u32::from(story.relayed);
        let call = self.calls.remove(&transaction).unwrap_or_default();
        let mut wrong = Vec::new();
        if story.relayed && !self.relay_records.contains(&transaction) {
            wrong.push("no record of a relayed call".to_owned());
        }
        if let Some((invocation, until)) = call.in_flight
            && journal.last().is_some_and(|line| line.at < until)
        {
            wrong.push(format!("over while invocation {} is in flight", invocation.0));
        }
        if !story.relayed {
            wrong.extend(hangups(&call, &story));
            let lost = call.cut_off.iter();
            wrong
                .extend(lost.map(|leg| format!("the HANGUP of leg {leg} was cut off and is not told again")));
            wrong.extend(updates(&call, &story));
            wrong.extend(records(&call, &story));
            // Where the node died under the call, as far as that.
            if let Err(divergence) = node::replay(journal, None) {
                wrong.push(format!("replay: {divergence}"));
            }
        }
        self.complain(transaction, wrong);
    }

    /// What is not over: calls whose journal is not complete, meetings without an end.
    pub fn unfinished(&self) -> Vec<String> {
        let calls = self.calls.keys().map(|call| format!("call {call}: its journal has no end"));
        let meetings = self.meetings.unfinished().map(|meeting| format!("meeting {meeting} has no end"));
        calls.chain(meetings).collect()
    }

    fn complain(&mut self, transaction: TransactionId, wrong: Vec<String>) {
        self.violations.extend(wrong.into_iter().map(|wrong| format!("call {transaction}: {wrong}")));
    }
}

/// Exactly the HANGUPs of the table: LEG-A's once a function has taken the call, one for each LEG-B that was answered,
/// and nothing after the last of them.
fn hangups(call: &Watched, story: &Story) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut delivered: BTreeMap<&str, u32> = BTreeMap::new();
    for (kind, leg) in call.events.values() {
        if kind == "HANGUP" {
            *delivered.entry(leg.as_deref().unwrap_or_default()).or_default() += 1;
        }
    }
    // A caller leaves a meeting without one for its leg there; the meeting that ends, or turns it out, is told. Where one
    // end of a meeting ends both legs, LEG-A may come first and have left.
    let told = |leg: &LegId| !story.in_meetings.contains(leg) || story.ended.contains(leg);
    // One that was given up before its answer could be looked at never answered.
    let late = |leg: &LegId, at: &Timestamp| {
        call.records.get(leg).is_some_and(|record| record.answered.is_none() && record.ended <= *at)
    };
    let answered = story.answered.iter().filter(|(leg, at)| told(leg) && !late(leg, at));
    let mut owed: BTreeSet<String> = answered.map(|(leg, _)| leg.to_string()).collect();
    let leg_a = story.leg_a.map(|leg| leg.to_string()).unwrap_or_default();
    // A dialled call whose first event failed was ended by the engine, which still says so.
    let is_owed = call.taken || story.outbound;
    if is_owed {
        owed.insert(leg_a.clone());
    } else {
        owed.remove(&leg_a);
    }
    // Whether the function of a call that the node died under had taken it, nobody knows.
    if (call.crashed || call.unsure) && !is_owed {
        delivered.remove(leg_a.as_str());
    }
    for leg in &owed {
        match delivered.remove(leg.as_str()) {
            Some(1) => {}
            Some(n) => wrong.push(format!("{n} HANGUPs of leg {leg}")),
            None => wrong.push(format!("no HANGUP of leg {leg}")),
        }
    }
    for (leg, n) in delivered {
        wrong.push(format!("{n} HANGUPs of leg {leg}, which is owed none"));
    }
    if let Some((sequence, (kind, _))) = call.events.last_key_value()
        && kind != "HANGUP"
        && !owed.is_empty()
    {
        wrong.push(format!("the last event is {kind} (sequence {sequence})"));
    }
    wrong
}

/// Every update that was accepted is delivered; of a call that no function took, or that the node died under, perhaps not.
fn updates(call: &Watched, story: &Story) -> Option<String> {
    let delivered = call.events.values().filter(|(kind, _)| kind == "CALL_UPDATE_REQUESTED").count();
    let known = (call.taken || story.outbound) && !call.crashed && !call.unsure;
    let wrong = delivered > call.updates || (known && delivered < call.updates);
    wrong.then(|| format!("{} updates were accepted and {delivered} delivered", call.updates))
}

fn records(call: &Watched, story: &Story) -> Vec<String> {
    let mut wrong = Vec::new();
    for leg in &story.placed {
        if !call.records.contains_key(leg) {
            wrong.push(format!("no record of leg {leg}"));
        }
    }
    for leg in call.records.keys() {
        if !story.placed.contains(leg) && !story.refused.contains(leg) {
            wrong.push(format!("a record of leg {leg}, which never began"));
        }
    }
    wrong
}

/// The facts of a journal.
#[derive(Debug, Default)]
struct Story {
    relayed: bool,
    outbound: bool,
    leg_a: Option<LegId>,
    /// LEG-A and every leg that was dialled and not refused.
    placed: BTreeSet<LegId>,
    refused: BTreeSet<LegId>,
    /// Dialled legs that were answered, and when.
    answered: BTreeMap<LegId, Timestamp>,
    /// Those of `JoinChimeMeeting`.
    in_meetings: BTreeSet<LegId>,
    /// Legs that ended by somebody else's doing, before we let them go.
    ended: BTreeSet<LegId>,
    released: BTreeSet<LegId>,
}

impl Story {
    fn read(journal: &[JournalLine]) -> Self {
        let mut story = Self::default();
        for line in journal {
            match &line.entry {
                JournalEntry::Setup(setup) => {
                    story.leg_a = Some(setup.leg_a);
                    story.outbound = matches!(setup.origin, Origin::Outbound { .. });
                    story.placed.insert(setup.leg_a);
                }
                JournalEntry::RelaySetup(_) => story.relayed = true,
                JournalEntry::Event(event) => match event.as_ref() {
                    Event::Answered { leg } => {
                        story.answered.entry(*leg).or_insert(line.at);
                    }
                    Event::Ended { leg, .. } if !story.released.contains(leg) => {
                        story.ended.insert(*leg);
                    }
                    Event::DialRefused { leg, .. } => {
                        story.placed.remove(leg);
                        story.refused.insert(*leg);
                    }
                    _ => {}
                },
                JournalEntry::Effects(effects) => {
                    for effect in effects {
                        match effect {
                            Effect::Dial { leg, dial } => {
                                story.placed.insert(*leg);
                                if matches!(dial.to, DialTarget::Meeting { .. }) {
                                    story.in_meetings.insert(*leg);
                                }
                            }
                            Effect::Release { leg } => {
                                story.released.insert(*leg);
                            }
                            _ => {}
                        }
                    }
                }
                JournalEntry::Sip { .. }
                | JournalEntry::Joined { .. }
                | JournalEntry::Left { .. }
                | JournalEntry::Media { .. }
                | JournalEntry::Api { .. }
                | JournalEntry::RelayRecord(_)
                | JournalEntry::Note(_)
                | JournalEntry::Died
                | JournalEntry::End => {}
            }
        }
        story
    }
}
