//! How legs and calls end.

use base::Timestamp;

use crate::Effect;
use crate::call::{Call, Phase};
use crate::legs::{LegState, Side};
use crate::list::Current;
use crate::notices::{Answerable, Entry, NoticeKind};
use crate::protocol::json::push_display;

/// SIP status of an unanswered leg that the engine gives up.
const UNAVAILABLE: u16 = 480;

/// Who ended a leg.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    /// We did; the world is told.
    Us,
    /// The world did; it has told us.
    World,
}

impl Call {
    /// Ends a live leg: what ran on it is reported, then its `HANGUP` is queued. The other leg stays, except that a
    /// meeting's leg goes with LEG-A.
    pub(crate) fn end_leg(
        &mut self,
        now: Timestamp,
        side: Side,
        code: u16,
        by: By,
        effects: &mut Vec<Effect>,
    ) {
        if !self.legs.is_live(side) {
            return;
        }
        let takes_meeting = side == Side::A && self.legs.in_meeting();
        self.cut_off(now, side, effects);
        if takes_meeting {
            self.cut_off(now, Side::B, effects);
        }
        let mut stage = self.stage(now, effects);
        match by {
            By::Us => stage.release(side, code),
            By::World => stage.lost(side, code),
        }
        if takes_meeting {
            stage.release(Side::B, 0);
        }
        self.notify_hangup(side, code);
        if !self.legs.any_live() {
            self.list.next.clear();
            // Nothing can resume, and only the action of a live leg can still be running.
            self.list.current = Current::Idle;
        }
    }

    /// Takes LEG-A out of the meeting: no `HANGUP` for it, the success of the action says it all.
    pub(crate) fn leave_meeting(&mut self, now: Timestamp, effects: &mut Vec<Effect>) {
        self.cut_off(now, Side::B, effects);
        self.stage(now, effects).release(Side::B, 0);
        if let Some(LegState::Gone { told, .. }) = self.legs.b.as_mut().map(|b| &mut b.state) {
            *told = true;
        }
    }

    fn notify_hangup(&mut self, side: Side, code: u16) {
        let Some(leg) = self.legs.get(side).map(|leg| leg.id) else { return };
        let mut data = String::with_capacity(160);
        write_hangup(&mut data, leg, side, code);
        self.notify(NoticeKind::Hangup(side), leg, data, Answerable::Freely);
    }

    /// Ends the call by the engine's own will: its function failed for good, or a limit is reached.
    ///
    /// The events still owed are delivered in one attempt each, their answers ignored.
    pub(crate) fn end_call(&mut self, now: Timestamp, why: &str, effects: &mut Vec<Effect>) {
        effects.push(Effect::Log { message: why.to_owned() });
        self.phase = Phase::Closing;
        self.list.next.clear();
        // Told in the order in which a take-back would end them: the far end first, unless it is a meeting's.
        let joined = self.legs.in_meeting();
        for side in [Side::B, Side::A].into_iter().filter(|side| *side == Side::A || !joined) {
            let code = match self.legs.get(side) {
                Some(leg) if leg.is_connected() => 0,
                _ => UNAVAILABLE,
            };
            self.end_leg(now, side, code, By::Us, effects);
        }
    }

    /// The node is shutting down.
    pub(crate) fn node_stopping(&mut self, now: Timestamp, effects: &mut Vec<Effect>) {
        if self.legs.any_live() {
            self.end_call(now, "The node is shutting down.", effects);
        }
    }

    /// Refuses a call that no function took: there is nobody to tell.
    pub(crate) fn refuse(&mut self, now: Timestamp, effects: &mut Vec<Effect>) {
        if self.legs.is_live(Side::A) {
            self.stage(now, effects).release(Side::A, UNAVAILABLE);
        }
        self.phase = Phase::Closing;
        self.queue.clear();
    }

    /// Drops what cannot be told any more, except that legs ended.
    pub(crate) fn keep_hangups_only(&mut self) {
        self.queue.retain(
            |entry| matches!(entry, Entry::Ready(notice) if matches!(notice.kind, NoticeKind::Hangup(_))),
        );
    }

    /// A leg is gone by somebody else's doing.
    pub(crate) fn leg_ended(&mut self, now: Timestamp, side: Side, code: u16, effects: &mut Vec<Effect>) {
        let code = match self.legs.get(side).map(|leg| &leg.state) {
            // A call of ours that nobody took.
            Some(LegState::Dialling { .. } | LegState::Pending) if side == Side::A && code == 0 => {
                UNAVAILABLE
            }
            _ => code,
        };
        self.end_leg(now, side, code, By::World, effects);
        self.advance(now, effects);
    }
}

/// `ActionData` of `HANGUP`.
pub(crate) fn write_hangup(json: &mut String, leg: base::LegId, side: Side, code: u16) {
    json.push_str(r#"{"Type":"Hangup","Parameters":{"SipResponseCode":"#);
    push_display(json, code);
    json.push_str(r#","CallId":""#);
    push_display(json, leg);
    json.push_str(r#"","ParticipantTag":""#);
    json.push_str(side.tag());
    json.push_str(r#""}}"#);
}
