//! Invoking the function: one at a time, with retry and failover, and what to make of the outcome.
//!
//! | attempt failed | then |
//! |---|---|
//! | first event of an inbound call, one try left | the same application again, inside its time |
//! | … no try left, or timed out | the next application with its own time; after the last: 480, no event |
//! | … and the caller gave up meanwhile | the search ends |
//! | later event, one try left | the same event again, inside its time |
//! | `CALL_UPDATE_REQUESTED` failed by the function itself | as if answered with nothing |
//! | any other | the engine ends the call |
//! | the engine ended the call already | the next event |

use base::Timestamp;
use serde::{Deserialize, Serialize};

use crate::call::{Call, Phase};
use crate::legs::{LegState, Side, dialling};
use crate::notices::{Answerable, Entry, Notice, NoticeKind};
use crate::protocol::envelope::Envelope;
use crate::protocol::error::Invalid;
use crate::protocol::response::{self, Answer};
use crate::{Dial, DialTarget, Effect, FunctionError, InvocationId, Origin};

/// The invocation under way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Flight {
    pub(crate) invocation: InvocationId,
    pub(crate) notice: Notice,
    /// The event as it was sent: a retry is the same event.
    payload: String,
    /// End of the event's time, retry included.
    pub(crate) until: Timestamp,
    attempt: Attempt,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Attempt {
    First,
    Second,
}

impl Call {
    /// Queues an event.
    pub(crate) fn notify(
        &mut self,
        kind: NoticeKind,
        leg: base::LegId,
        data: String,
        answerable: Answerable,
    ) {
        self.queue.push_back(Entry::Ready(Notice { kind, data, leg, answerable }));
    }

    /// Starts the next invocation, if none is under way and nothing must be waited for.
    pub(crate) fn deliver_next(&mut self, now: Timestamp, effects: &mut Vec<Effect>) {
        while self.flight.is_none() && matches!(self.queue.front(), Some(Entry::Ready(_))) {
            if self.phase == Phase::Driven && self.sequence >= self.setup.limits.invocations {
                self.end_call(now, "The maximum number of invocations per call has been reached.", effects);
                self.keep_hangups_only();
                continue;
            }
            if let Some(Entry::Ready(notice)) = self.queue.pop_front() {
                self.sequence += 1;
                self.launch(now, notice, effects);
            }
        }
    }

    fn launch(&mut self, now: Timestamp, notice: Notice, effects: &mut Vec<Effect>) {
        let payload = self.event(&notice);
        if let NoticeKind::Hangup(side) = notice.kind
            && let Some(leg) = self.legs.get_mut(side)
            && leg.id == notice.leg
            && let LegState::Gone { told, .. } = &mut leg.state
        {
            *told = true;
        }
        let timeout = self.setup.limits.function_timeout;
        let flight = Flight {
            invocation: self.ids.invocation(),
            notice,
            payload,
            until: now + timeout,
            attempt: Attempt::First,
        };
        self.send(now, flight, effects);
    }

    fn send(&mut self, now: Timestamp, flight: Flight, effects: &mut Vec<Effect>) {
        effects.push(Effect::Invoke {
            invocation: flight.invocation,
            target: self.setup.target(self.target).clone(),
            sequence: self.sequence,
            payload: flight.payload.clone(),
            timeout: flight.until.since(now),
        });
        self.flight = Some(flight);
    }

    /// The event as it stands now.
    fn event(&self, notice: &Notice) -> String {
        let error = match &notice.kind {
            NoticeKind::InvalidLambdaResponse { error, .. } => Some((error.error_type(), error.to_string())),
            _ => None,
        };
        // The last event of a call is LEG-A's when LEG-B's was delivered before: then it shows one participant.
        let b = self.legs.listed_b().filter(|b| {
            !(notice.kind == NoticeKind::Hangup(Side::A)
                && matches!(b.state, LegState::Gone { told: true, .. }))
        });
        Envelope {
            sequence: self.sequence,
            event: notice.kind.name(),
            error,
            data: &notice.data,
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

    /// A runner finished. An outcome that is not awaited any more is dropped whole.
    pub(crate) fn function_returned(
        &mut self,
        now: Timestamp,
        invocation: InvocationId,
        outcome: Result<String, FunctionError>,
        effects: &mut Vec<Effect>,
    ) {
        let Some(flight) = self.flight.take_if(|flight| flight.invocation == invocation) else {
            effects.push(Effect::Log { message: "A late answer of the function was dropped.".into() });
            return;
        };
        match outcome {
            Ok(payload) => {
                if self.phase == Phase::Offered {
                    self.phase = Phase::Driven;
                }
                self.answered(now, flight.notice, &payload, effects);
            }
            Err(error) => self.attempt_failed(now, flight, &error, effects),
        }
    }

    /// The time of the event under way is over.
    pub(crate) fn function_timed_out(&mut self, now: Timestamp, effects: &mut Vec<Effect>) {
        if let Some(flight) = self.flight.take() {
            self.attempt_failed(now, flight, &FunctionError::TimedOut, effects);
        }
    }

    fn attempt_failed(
        &mut self,
        now: Timestamp,
        flight: Flight,
        error: &FunctionError,
        effects: &mut Vec<Effect>,
    ) {
        effects.push(Effect::Log { message: explain(error) });
        let searching = self.phase == Phase::Offered;
        if self.phase == Phase::Closing {
            if flight.notice.kind == NoticeKind::NewInboundCall {
                // The engine ended it while it was offered: no function took it, and there is nobody to tell.
                self.queue.clear();
            }
            return;
        }
        if searching && !self.legs.any_live() {
            return self.refuse(now, effects);
        }
        let again =
            flight.attempt == Attempt::First && *error != FunctionError::TimedOut && now < flight.until;
        if again {
            let invocation = self.ids.invocation();
            self.send(now, Flight { invocation, attempt: Attempt::Second, ..flight }, effects);
        } else if searching && self.target + 1 < self.setup.targets() {
            self.target += 1;
            self.launch(now, flight.notice, effects);
        } else if searching {
            self.refuse(now, effects);
        } else if flight.notice.kind == NoticeKind::CallUpdateRequested
            && matches!(error, FunctionError::Failed(_))
        {
            // A request from outside must not end a healthy call.
            let Notice { kind, leg, answerable, .. } = flight.notice;
            self.follow(now, &kind, leg, answerable, Answer::default(), effects);
        } else {
            self.end_call(now, "The function failed; the call is ended.", effects);
        }
    }

    /// The function answered an event.
    fn answered(&mut self, now: Timestamp, notice: Notice, payload: &str, effects: &mut Vec<Effect>) {
        if self.phase != Phase::Driven && matches!(notice.kind, NoticeKind::Hangup(_)) {
            return;
        }
        let honoured = self.phase == Phase::Driven
            && notice.answerable != Answerable::AttributesOnly
            && self.legs.any_live();
        if honoured {
            match response::read(payload, &self.setup.limits) {
                Ok(answer) => {
                    if notice.kind == NoticeKind::NewInboundCall && answer.actions.is_empty() {
                        effects.push(Effect::Log { message: "Actions list is empty.".into() });
                    }
                    self.follow(now, &notice.kind, notice.leg, notice.answerable, answer, effects);
                }
                Err(error) => self.tell_invalid(now, notice, error, effects),
            }
            return;
        }
        match response::read_attributes(payload, &self.setup.limits) {
            Ok(Some(attributes)) => self.attributes = Some(attributes),
            Ok(None) => {}
            Err(error) => effects.push(Effect::Log { message: error.to_string() }),
        }
        if notice.kind == NoticeKind::NewOutboundCall {
            self.dial_leg_a(now, effects);
        }
    }

    /// Tells the function that its response was unusable, once and ahead of everything else.
    fn tell_invalid(&mut self, now: Timestamp, notice: Notice, error: Invalid, effects: &mut Vec<Effect>) {
        effects.push(Effect::Log { message: error.to_string() });
        if let NoticeKind::InvalidLambdaResponse { .. } = notice.kind {
            return self.end_call(now, "Two unusable responses in a row; the call is ended.", effects);
        }
        let kind = NoticeKind::InvalidLambdaResponse {
            error,
            update: notice.kind == NoticeKind::CallUpdateRequested,
        };
        self.queue.push_front(Entry::Ready(Notice { kind, data: String::new(), ..notice }));
    }

    fn dial_leg_a(&mut self, now: Timestamp, effects: &mut Vec<Effect>) {
        let Origin::Outbound { from, to, sip_headers, .. } = &self.setup.origin else { return };
        if self.legs.a.state != LegState::Pending {
            return;
        }
        let timeout = self.setup.limits.dial_timeout;
        effects.push(Effect::Dial {
            leg: self.legs.a.id,
            dial: Dial {
                to: DialTarget::Pstn { number: to.clone() },
                caller_id: from.clone(),
                sip_headers: sip_headers.clone(),
                timeout,
                on_behalf_of: None,
            },
        });
        self.legs.a.state = dialling(now, timeout);
    }
}

/// The line for the message log.
pub(crate) fn explain(error: &FunctionError) -> String {
    match error {
        FunctionError::TimedOut => "AWS Lambda client operation timed out.".into(),
        FunctionError::AccessDenied(_) => "Access denied while invoking the AWS Lambda function.".into(),
        FunctionError::Throttled(_) => "The AWS Lambda function was throttled.".into(),
        FunctionError::NotFound(detail) => format!("The AWS Lambda function was not found: {detail}"),
        FunctionError::Failed(detail) => format!("The AWS Lambda function failed: {detail}"),
        FunctionError::Unreachable(detail) => {
            format!("The AWS Lambda function could not be reached: {detail}")
        }
    }
}
