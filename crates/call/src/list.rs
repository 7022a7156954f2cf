//! The action list: one action at a time, in order; what is told of each; what cuts it short.
//!
//! ```text
//! Idle ──next action──→ Running ──ends──→ Idle, or AwaitingAnswer after a success told in mid-list
//! AwaitingAnswer ──answer without actions──→ Idle (goes on) · answer with actions ──→ the new list
//! ```
//! A success is told for the notifying kinds, and for the last action of a list. A failure is always told and
//! drops the rest. A list that is replaced while an action is in progress lets that action end, as if in mid-list;
//! only an API update cuts it short.

use std::collections::VecDeque;

use base::{LegId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::Effect;
use crate::actions::{Action, Begun, Kind, Results, Running, Signal, Step};
use crate::call::{Call, Phase};
use crate::legs::{Selected, Side};
use crate::notices::{Answerable, Entry, NoticeKind, Upload};
use crate::protocol::error::ActionError;
use crate::protocol::response::Answer;

/// The actions ordered last.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct List {
    /// Counts the lists of the call; an answer resumes only the list it belongs to.
    number: u32,
    /// The leg that actions mean when they name none.
    pub(crate) leg: LegId,
    pub(crate) next: VecDeque<Action>,
    pub(crate) current: Current,
}

/// What the list is doing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) enum Current {
    /// Between actions, or at the end.
    #[default]
    Idle,
    /// An action is in progress. It may belong to the list before this one.
    Running(InProgress),
    /// The success of an action was told in mid-list; the answer decides how to go on.
    AwaitingAnswer,
}

/// An action in progress.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct InProgress {
    pub(crate) action: Action,
    pub(crate) side: Side,
    pub(crate) leg: LegId,
    pub(crate) running: Running,
    /// True when its list was replaced: what it tells has no say any more.
    pub(crate) superseded: bool,
}

impl List {
    pub(crate) fn new(leg: LegId) -> Self {
        Self { number: 0, leg, next: VecDeque::new(), current: Current::Idle }
    }

    /// True when no action is in progress, queued or waited for.
    pub(crate) fn is_idle(&self) -> bool {
        self.next.is_empty() && matches!(self.current, Current::Idle)
    }
}

impl Call {
    /// Applies a usable answer to the event that `kind` and `answerable` describe.
    pub(crate) fn follow(
        &mut self,
        now: Timestamp,
        kind: &NoticeKind,
        leg: LegId,
        answerable: Answerable,
        answer: Answer,
        effects: &mut Vec<Effect>,
    ) {
        if let Some(attributes) = answer.attributes {
            self.attributes = Some(attributes);
        }
        if !answer.actions.is_empty() {
            let leg = self.legs.default_leg(leg);
            self.replace_list(now, answer.actions, leg, kind.interrupts(), effects);
            return;
        }
        if let Answerable::Resuming(number) = answerable
            && number == self.list.number
            && matches!(self.list.current, Current::AwaitingAnswer)
        {
            self.list.current = Current::Idle;
            self.advance(now, effects);
        }
    }

    fn replace_list(
        &mut self,
        now: Timestamp,
        actions: Vec<Action>,
        leg: LegId,
        interrupts: bool,
        effects: &mut Vec<Effect>,
    ) {
        let first = actions.first().map(|action| action.kind);
        self.list.number += 1;
        self.list.leg = leg;
        self.list.next = actions.into();
        match std::mem::take(&mut self.list.current) {
            Current::Running(progress) if interrupts && progress.running.is_interruptible(first) => {
                self.interrupt(now, progress, effects);
            }
            Current::Running(progress) => {
                self.list.current = Current::Running(InProgress { superseded: true, ..progress });
            }
            Current::Idle | Current::AwaitingAnswer => {}
        }
        self.advance(now, effects);
    }

    /// Starts actions until one stays in progress or its success waits for an answer.
    pub(crate) fn advance(&mut self, now: Timestamp, effects: &mut Vec<Effect>) {
        while matches!(self.list.current, Current::Idle)
            && self.phase == Phase::Driven
            && self.legs.any_live()
            && self.may_start()
            && let Some(action) = self.list.next.pop_front()
        {
            self.begin(now, action, effects);
        }
    }

    /// Nothing but `Hangup` can be done with an outbound LEG-A that was not answered yet; the rest waits.
    fn may_start(&self) -> bool {
        !self.legs.awaits_answer() || self.list.next.front().is_some_and(|a| a.kind == Kind::Hangup)
    }

    fn begin(&mut self, now: Timestamp, action: Action, effects: &mut Vec<Effect>) {
        if action.kind == Kind::Hangup {
            return self.hang_up(now, action, effects);
        }
        let selected = action.select(&self.legs, self.list.leg);
        let (Selected::Live(side), Some(leg)) = (selected, self.selected_leg(selected)) else {
            return self.fail(&action, None, ActionError::leg(), Results::None);
        };
        match action.begin(&mut self.stage(now, effects), side) {
            Ok(Begun::Running(running)) => {
                if action.kind.places_leg_b() {
                    self.list.leg = self.legs.in_place_of(self.list.leg);
                }
                let progress = InProgress { action, side, leg, running, superseded: false };
                self.list.current = Current::Running(progress);
            }
            Ok(Begun::Done(results)) => self.succeed(&action, (leg, side), results),
            Err(error) => self.fail(&action, Some((leg, side)), error, Results::None),
        }
    }

    fn selected_leg(&self, selected: Selected) -> Option<LegId> {
        match selected {
            Selected::Live(side) => self.legs.get(side).map(|leg| leg.id),
            Selected::Gone(leg, _) => Some(leg),
            Selected::Unknown => None,
        }
    }

    /// Lets the action in progress react.
    pub(crate) fn signal(&mut self, now: Timestamp, signal: Signal, effects: &mut Vec<Effect>) {
        let mut progress = match std::mem::take(&mut self.list.current) {
            Current::Running(progress) => progress,
            other => {
                // A completion that nothing waits for any more.
                self.list.current = other;
                return;
            }
        };
        let (leg, side) = (progress.leg, progress.side);
        match progress.running.signal(&mut self.stage(now, effects), side, signal) {
            Step::Continue => {
                self.list.current = Current::Running(progress);
                return;
            }
            Step::Done(results) if progress.superseded => {
                if progress.action.kind.notifies() {
                    let data = progress.action.data(Some((leg, side)), &results, None);
                    self.notify(NoticeKind::ActionSuccessful, leg, data, Answerable::AttributesOnly);
                }
            }
            Step::Failed(error, results) if progress.superseded => {
                let data = progress.action.data(Some((leg, side)), &results, Some(&error));
                self.notify(NoticeKind::ActionFailed, leg, data, Answerable::AttributesOnly);
            }
            Step::Done(results) => self.succeed(&progress.action, (leg, side), results),
            Step::Failed(error, results) => self.fail(&progress.action, Some((leg, side)), error, results),
        }
        self.advance(now, effects);
    }

    /// An action of the list in force ended well.
    pub(crate) fn succeed(&mut self, action: &Action, leg: (LegId, Side), results: Results) {
        let last = self.list.next.is_empty();
        if !last && !action.kind.notifies() {
            return;
        }
        let answerable = self.answerable_in_list();
        self.notify(NoticeKind::ActionSuccessful, leg.0, action.data(Some(leg), &results, None), answerable);
    }

    /// With actions left the list waits for the answer; else the answer is free to begin another.
    fn answerable_in_list(&mut self) -> Answerable {
        if self.list.next.is_empty() {
            Answerable::Freely
        } else {
            self.list.current = Current::AwaitingAnswer;
            Answerable::Resuming(self.list.number)
        }
    }

    /// An action of the list in force failed: its rest is dropped.
    pub(crate) fn fail(
        &mut self,
        action: &Action,
        leg: Option<(LegId, Side)>,
        error: ActionError,
        results: Results,
    ) {
        self.list.next.clear();
        let data = action.data(leg, &results, Some(&error));
        let leg = leg.map_or(self.list.leg, |(leg, _)| leg);
        self.notify(NoticeKind::ActionFailed, leg, data, Answerable::Freely);
    }

    /// An update cuts the action short.
    fn interrupt(&mut self, now: Timestamp, mut progress: InProgress, effects: &mut Vec<Effect>) {
        // A recording that ended by itself is not interrupted: it only has to be stored.
        let interrupted = !matches!(&progress.running, Running::RecordAudio(r) if !r.is_recording());
        progress.running.stop(&mut self.stage(now, effects));
        let (leg, side) = (progress.leg, progress.side);
        match progress.running {
            Running::RecordAudio(record) => {
                let (recording, until, recorded) = record.into_upload(now);
                let answerable = Answerable::AttributesOnly;
                let upload = Upload {
                    recording,
                    until,
                    recorded,
                    side,
                    leg,
                    interrupted,
                    answerable,
                    action: progress.action,
                };
                self.queue.push_back(Entry::Uploading(Box::new(upload)));
            }
            _ => {
                let data = progress.action.data(Some((leg, side)), &Results::None, None);
                self.notify(NoticeKind::ActionInterrupted, leg, data, Answerable::AttributesOnly);
            }
        }
    }

    /// The leg `side` ended: the action in progress on it is reported once more, and what is queued for it is
    /// dropped, except `Hangup`.
    pub(crate) fn cut_off(&mut self, now: Timestamp, side: Side, effects: &mut Vec<Effect>) {
        self.drop_actions_for(side);
        match std::mem::take(&mut self.list.current) {
            Current::Running(progress) if progress.side == side => self.report_cut(now, progress, effects),
            other => self.list.current = other,
        }
    }

    /// To be called while the leg still counts as live, so that what it plays is stopped in good order.
    fn report_cut(&mut self, now: Timestamp, mut progress: InProgress, effects: &mut Vec<Effect>) {
        progress.running.stop(&mut self.stage(now, effects));
        let (leg, side) = (progress.leg, progress.side);
        match progress.running {
            Running::RecordAudio(record) => {
                let (recording, until, recorded) = record.into_upload(now);
                let answerable =
                    if progress.superseded { Answerable::AttributesOnly } else { self.answerable_in_list() };
                let upload = Upload {
                    recording,
                    until,
                    recorded,
                    side,
                    leg,
                    interrupted: false,
                    answerable,
                    action: progress.action,
                };
                self.queue.push_back(Entry::Uploading(Box::new(upload)));
            }
            _ => {
                let data =
                    progress.action.data(Some((leg, side)), &Results::None, Some(&ActionError::system()));
                let answerable =
                    if progress.superseded { Answerable::AttributesOnly } else { Answerable::Freely };
                self.notify(NoticeKind::ActionFailed, leg, data, answerable);
            }
        }
    }

    /// What stands behind a queued action that places a LEG-B, and names no leg by its id, means the LEG-B that will
    /// be, not the one that ended.
    fn drop_actions_for(&mut self, side: Side) {
        let (legs, default) = (&self.legs, self.list.leg);
        let mut replaced = false;
        self.list.next.retain(|action| {
            if action.kind == Kind::Hangup {
                return true;
            }
            if replaced && !action.names_leg_by_id() {
                return true;
            }
            let meant = action.select(legs, default);
            let dropped = matches!(meant, Selected::Live(of) | Selected::Gone(_, of) if of == side);
            replaced |= side == Side::B && !dropped && action.kind.places_leg_b();
            !dropped
        });
    }
}
