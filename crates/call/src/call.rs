//! The call: its state, and which part of it an event is for.

use std::collections::VecDeque;

use base::{LegId, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::actions::Signal;
use crate::ending::By;
use crate::invocation::Flight;
use crate::legs::{Direction, Leg, LegState, Legs, Side};
use crate::list::{Current, List};
use crate::notices::{Answerable, Entry, NoticeKind};
use crate::protocol::sip_headers;
use crate::stage::{Ids, Stage};
use crate::timer::Timer;
use crate::{DialRefusal, Effect, Event, Origin, Setup};

/// One call, from its first event to [`Effect::Finish`].
///
/// Plain data: it can be written down, compared and cloned at any moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Call {
    pub(crate) setup: Setup,
    pub(crate) started: Timestamp,
    pub(crate) phase: Phase,
    /// Index of the application that drives the call, or is being tried.
    pub(crate) target: usize,
    pub(crate) legs: Legs,
    /// `TransactionAttributes` as JSON, once set.
    pub(crate) attributes: Option<String>,
    /// `Sequence` of the last event sent.
    pub(crate) sequence: u32,
    pub(crate) ids: Ids,
    pub(crate) queue: VecDeque<Entry>,
    pub(crate) flight: Option<Flight>,
    pub(crate) list: List,
    /// Since when an unanswered inbound call is without actions.
    pub(crate) quiet_since: Option<Timestamp>,
}

/// Who is in charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Phase {
    /// An inbound call that no function has taken yet.
    Offered,
    /// A function drives the call.
    Driven,
    /// The engine ended the call; what is owed is still delivered.
    Closing,
    /// Over.
    Finished,
}

impl Call {
    /// Begins a call; `effects` receives its first wishes.
    pub fn new(now: Timestamp, mut setup: Setup, effects: &mut Vec<Effect>) -> Self {
        let (leg, phase) = match &mut setup.origin {
            Origin::Inbound { from, to, sip_headers, .. } => {
                *sip_headers = sip_headers::join_repeated(sip_headers);
                effects.push(Effect::Ring { leg: setup.leg_a });
                let (direction, state) = (Direction::Inbound, LegState::Alerting);
                (Leg::new(setup.leg_a, from.clone(), to.clone(), direction, now, state), Phase::Offered)
            }
            Origin::Outbound { from, to, .. } => {
                let (direction, state) = (Direction::Outbound, LegState::Pending);
                (Leg::new(setup.leg_a, from.clone(), to.clone(), direction, now, state), Phase::Driven)
            }
        };
        let mut call = Self {
            started: now,
            phase,
            target: 0,
            legs: Legs::new(leg),
            attributes: None,
            sequence: 0,
            ids: Ids::new(setup.seed),
            queue: VecDeque::new(),
            flight: None,
            list: List::new(setup.leg_a),
            quiet_since: None,
            setup,
        };
        call.notify_new();
        call.settle(now, effects);
        call
    }

    fn notify_new(&mut self) {
        let leg = self.legs.a.id;
        match &self.setup.origin {
            Origin::Inbound { .. } => {
                self.notify(NoticeKind::NewInboundCall, leg, String::new(), Answerable::Freely);
            }
            Origin::Outbound { arguments, .. } => {
                let data = request_data("CallCreateRequest", arguments);
                self.notify(NoticeKind::NewOutboundCall, leg, data, Answerable::AttributesOnly);
            }
        }
    }

    /// Applies one event. Never blocks, never fails: a bad event is an outcome too.
    ///
    /// Timers that were due before `now` fire first, as if [`Event::Woken`] had come in time.
    pub fn handle(&mut self, now: Timestamp, event: Event, effects: &mut Vec<Effect>) {
        while let Some((at, timer)) = self.next_timer()
            && (at < now || (at == now && event == Event::Woken))
        {
            self.fire(now, timer, effects);
            self.settle(now, effects);
        }
        if self.phase != Phase::Finished {
            self.apply(now, event, effects);
            self.settle(now, effects);
        }
    }

    /// When this call next wants [`Event::Woken`], and why.
    pub fn deadline(&self) -> Option<(Timestamp, &'static str)> {
        self.next_timer().map(|(at, timer)| (at, timer.why()))
    }

    /// True while an update may still be accepted: a leg is live.
    pub fn is_live(&self) -> bool {
        self.legs.any_live()
    }

    /// True after [`Effect::Finish`].
    pub fn is_finished(&self) -> bool {
        self.phase == Phase::Finished
    }

    fn apply(&mut self, now: Timestamp, event: Event, effects: &mut Vec<Effect>) {
        match event {
            Event::FunctionReturned { invocation, outcome } => {
                self.function_returned(now, invocation, outcome, effects);
            }
            Event::Progressed { leg, early_media } => self.progressed(now, leg, early_media, effects),
            Event::Answered { leg } => self.leg_answered(now, leg, effects),
            Event::DialRefused { leg, refusal } => self.dial_refused(now, leg, refusal, effects),
            Event::Ended { leg, code } => match self.dialled_or_live(leg) {
                Some((Side::B, true)) => self.signal(now, Signal::Lost(code), effects),
                Some((side, _)) => self.leg_ended(now, side, code, effects),
                None => {}
            },
            Event::DigitReceived { leg, digit } => self.digit_received(now, leg, digit, effects),
            Event::PlaybackEnded { playback, outcome } => {
                self.signal(now, Signal::PlaybackEnded(playback, outcome), effects);
            }
            Event::DigitsSent { sending } => self.signal(now, Signal::DigitsSent(sending), effects),
            Event::AttendeesModified { request, outcome } => {
                self.signal(now, Signal::AttendeesModified(request, outcome), effects);
            }
            Event::SilenceDetected { recording } => self.signal(now, Signal::Silence(recording), effects),
            Event::RecordingStored { recording, outcome } => {
                match self
                    .queue
                    .iter()
                    .position(|e| matches!(e, Entry::Uploading(u) if u.recording == recording))
                {
                    Some(at) => self.upload_ended(at, &outcome, effects),
                    None => self.signal(now, Signal::Stored(recording, outcome), effects),
                }
            }
            Event::UpdateRequested { arguments } => self.update_requested(&arguments, effects),
            Event::NodeStopping => self.node_stopping(now, effects),
            Event::Woken => {}
        }
    }

    fn fire(&mut self, now: Timestamp, timer: Timer, effects: &mut Vec<Effect>) {
        match timer {
            Timer::Function => self.function_timed_out(now, effects),
            Timer::NoActions => {
                self.end_call(now, "The inbound call got no actions in time.", effects);
            }
            Timer::CallDuration => {
                self.end_call(now, "The maximum duration of a call has been reached.", effects);
            }
            Timer::Dial => {
                self.end_leg(now, Side::A, 480, By::Us, effects);
            }
            Timer::Bridge
            | Timer::Modification
            | Timer::Pause
            | Timer::FirstDigit
            | Timer::NextDigit
            | Timer::RecordingDuration
            | Timer::Upload => self.signal(now, Signal::Due, effects),
            Timer::CutUpload => self.upload_timed_out(now, effects),
            Timer::DigitsPaused(side) => self.test_digits(side, false),
            Timer::DigitsFlushed(side) => self.test_digits(side, true),
        }
    }

    /// What follows from any change: timers, digit detection, the next invocation, the end.
    fn settle(&mut self, now: Timestamp, effects: &mut Vec<Effect>) {
        let quiet = self.phase == Phase::Driven && self.legs.alerting() && self.list.is_idle();
        self.quiet_since = quiet.then(|| self.quiet_since.unwrap_or(now));
        self.tell_listening(effects);
        self.deliver_next(now, effects);
        let over = !self.legs.any_live() && self.queue.is_empty() && self.flight.is_none();
        if over && self.phase != Phase::Finished {
            self.phase = Phase::Finished;
            effects.push(Effect::Finish);
        }
    }

    pub(crate) fn stage<'a>(&'a mut self, now: Timestamp, effects: &'a mut Vec<Effect>) -> Stage<'a> {
        Stage {
            now,
            setup: &self.setup,
            target: self.target,
            legs: &mut self.legs,
            ids: &mut self.ids,
            effects,
        }
    }

    /// The side of a leg that is not gone, and whether it is being dialled.
    fn dialled_or_live(&self, leg: LegId) -> Option<(Side, bool)> {
        let side = self.legs.side_of(leg)?;
        let dialled = matches!(self.legs.get(side)?.state, LegState::Dialling { .. });
        (dialled || self.legs.is_live(side)).then_some((side, dialled))
    }

    fn progressed(&mut self, now: Timestamp, leg: LegId, early_media: bool, effects: &mut Vec<Effect>) {
        match self.dialled_or_live(leg) {
            Some((Side::A, true)) => {
                if let LegState::Dialling { rung, .. } = &mut self.legs.a.state
                    && !std::mem::replace(rung, true)
                {
                    self.notify(NoticeKind::Ringing, leg, String::new(), Answerable::AttributesOnly);
                }
            }
            Some((Side::B, true)) => self.signal(now, Signal::Progressed { early_media }, effects),
            // A provisional response behind the final one, or of a leg that is gone.
            Some((_, false)) | None => {}
        }
    }

    fn leg_answered(&mut self, now: Timestamp, leg: LegId, effects: &mut Vec<Effect>) {
        match self.dialled_or_live(leg) {
            Some((Side::A, true)) => {
                self.legs.a.state = LegState::Connected { since: now };
                self.notify(NoticeKind::CallAnswered, leg, String::new(), Answerable::Freely);
                self.advance(now, effects);
            }
            Some((Side::B, true)) => self.signal(now, Signal::Answered, effects),
            // Answered while our CANCEL was under way, or twice.
            Some((_, false)) | None => {}
        }
    }

    fn dial_refused(&mut self, now: Timestamp, leg: LegId, refusal: DialRefusal, effects: &mut Vec<Effect>) {
        match self.dialled_or_live(leg) {
            Some((Side::A, true)) => {
                effects.push(Effect::Log { message: format!("The call cannot be placed: {refusal:?}") });
                let code = match refusal {
                    DialRefusal::CallerIdNotOwned | DialRefusal::BadJoinToken => 403,
                    DialRefusal::UnknownConnector | DialRefusal::NoRoute(_) => 404,
                    DialRefusal::Loop => 483,
                    DialRefusal::NoCapacity(_) => 503,
                };
                self.leg_ended(now, Side::A, code, effects);
            }
            Some((Side::B, true)) => self.signal(now, Signal::Refused(refusal), effects),
            Some((_, false)) | None => {}
        }
    }

    /// An update takes its place in the queue before anybody is told that it was accepted.
    fn update_requested(&mut self, arguments: &Map<String, Value>, effects: &mut Vec<Effect>) {
        if !self.is_live() {
            effects.push(Effect::Log { message: "An update of an ended call was dropped.".into() });
            return;
        }
        let data = request_data("CallUpdateRequest", arguments);
        self.notify(NoticeKind::CallUpdateRequested, self.legs.a.id, data, Answerable::Freely);
    }

    /// A digit goes to the action that collects, else to the registration and to what a key may end.
    fn digit_received(&mut self, now: Timestamp, leg: LegId, digit: char, effects: &mut Vec<Effect>) {
        let Some(side) = self.legs.side_of(leg).filter(|side| self.legs.is_live(*side)) else { return };
        if !matches!(digit, '0'..='9' | 'A'..='D' | '*' | '#') {
            return;
        }
        let running = match &self.list.current {
            Current::Running(progress) if progress.side == side => Some(&progress.running),
            Current::Running(_) | Current::Idle | Current::AwaitingAnswer => None,
        };
        let owned = running.is_some_and(|running| running.owns_digits());
        let wanted = running.is_some_and(|running| running.wants_digits());
        if !owned
            && let Some(leg) = self.legs.get_mut(side)
            && let Some(registration) = &mut leg.registration
        {
            registration.push(now, digit);
        }
        if wanted {
            self.signal(now, Signal::Digit(digit), effects);
        }
    }

    fn test_digits(&mut self, side: Side, flush: bool) {
        let Some(leg) = self.legs.get_mut(side) else { return };
        let (id, Some(registration)) = (leg.id, &mut leg.registration) else { return };
        if let Some(digits) = registration.test(flush) {
            let data = registration.data((id, side), digits);
            self.notify(NoticeKind::DigitsReceived, id, data, Answerable::Freely);
        }
    }

    /// In-band detection runs only where digits matter.
    fn tell_listening(&mut self, effects: &mut Vec<Effect>) {
        for side in [Side::A, Side::B] {
            if !self.legs.is_live(side) {
                continue;
            }
            let wanted = matches!(&self.list.current,
                Current::Running(progress) if progress.side == side && progress.running.wants_digits());
            let Some(leg) = self.legs.get_mut(side) else { continue };
            let on = wanted || leg.registration.is_some();
            if leg.listening != on {
                leg.listening = on;
                effects.push(Effect::ListenForDigits { leg: leg.id, on });
            }
        }
    }
}

/// `ActionData` of what an API request brought.
fn request_data(request: &str, arguments: &Map<String, Value>) -> String {
    // Arguments are strings by name; writing them does not fail.
    let arguments = serde_json::to_string(arguments).unwrap_or_else(|_| "{}".to_owned());
    format!(r#"{{"Type":"{request}","Parameters":{{"Arguments":{arguments}}}}}"#)
}
