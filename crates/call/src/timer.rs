//! Every timer of a call.

use base::Timestamp;

use crate::call::Call;
use crate::legs::{LegState, Side};
use crate::list::Current;
use crate::notices::Entry;

/// What a call may be waiting for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Timer {
    /// The function has not answered in time.
    Function,
    /// An unanswered inbound call got no actions in time.
    NoActions,
    /// The call is as long as a call may be.
    CallDuration,
    /// An outbound LEG-A was not answered in time.
    Dial,
    /// A LEG-B was not answered in time.
    Bridge,
    /// A meeting has not said in time whether its attendees were modified.
    Modification,
    /// A pause is over.
    Pause,
    /// No first digit came after a prompt.
    FirstDigit,
    /// No further digit came.
    NextDigit,
    /// A recording is as long as it may be.
    RecordingDuration,
    /// A recording that ended was not stored in time.
    Upload,
    /// A recording that was cut short was not stored in time.
    CutUpload,
    /// A registration's digits are to be tested.
    DigitsPaused(Side),
    /// A registration's digits are to be forgotten.
    DigitsFlushed(Side),
}

impl Timer {
    /// The reason of `Call::deadline`.
    pub(crate) fn why(self) -> &'static str {
        match self {
            Timer::Function => "function time-out",
            Timer::NoActions => "inbound call without actions",
            Timer::CallDuration => "call duration limit",
            Timer::Dial => "outbound call unanswered",
            Timer::Bridge => "bridged leg unanswered",
            Timer::Modification => "attendees not modified",
            Timer::Pause => "pause over",
            Timer::FirstDigit => "no first digit",
            Timer::NextDigit => "no further digit",
            Timer::RecordingDuration => "recording duration",
            Timer::Upload => "recording not stored",
            Timer::CutUpload => "cut recording not stored",
            Timer::DigitsPaused(_) => "digits to be tested",
            Timer::DigitsFlushed(_) => "digits to be flushed",
        }
    }
}

/// Keeps the earliest; of equal ones the first offered.
struct Earliest(Option<(Timestamp, Timer)>);

impl Earliest {
    fn offer(&mut self, at: Timestamp, timer: Timer) {
        if self.0.is_none_or(|(earliest, _)| at < earliest) {
            self.0 = Some((at, timer));
        }
    }
}

impl Call {
    /// The timer that is due next.
    pub(crate) fn next_timer(&self) -> Option<(Timestamp, Timer)> {
        let mut next = Earliest(None);
        self.each_timer(|at, timer| next.offer(at, timer));
        next.0
    }

    /// Everything the call waits for, in no particular order.
    pub(crate) fn each_timer(&self, mut offer: impl FnMut(Timestamp, Timer)) {
        if let Some(flight) = &self.flight {
            offer(flight.until, Timer::Function);
        }
        if let Some(Entry::Uploading(upload)) = self.queue.iter().find(|e| matches!(e, Entry::Uploading(_))) {
            offer(upload.until, Timer::CutUpload);
        }
        if !self.legs.any_live() {
            return;
        }
        offer(self.started + self.setup.limits.call_duration, Timer::CallDuration);
        if let Some(since) = self.quiet_since {
            offer(since + self.setup.limits.no_actions_timeout, Timer::NoActions);
        }
        if let LegState::Dialling { until, .. } = self.legs.a.state {
            offer(until, Timer::Dial);
        }
        if let Some(LegState::Dialling { until, .. }) = self.legs.b.as_ref().map(|b| &b.state) {
            offer(*until, Timer::Bridge);
        }
        if let Current::Running(progress) = &self.list.current
            && let Some((at, timer)) = progress.running.deadline()
        {
            offer(at, timer);
        }
        for side in [Side::A, Side::B] {
            if let Some(registration) = self.legs.get(side).and_then(|leg| leg.registration.as_ref()) {
                if let Some(at) = registration.test_at() {
                    offer(at, Timer::DigitsPaused(side));
                }
                if let Some(at) = registration.flush_at() {
                    offer(at, Timer::DigitsFlushed(side));
                }
            }
        }
    }
}
