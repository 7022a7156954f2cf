//! INVITE client transactions (RFC 3261 §17.1.1, RFC 6026 §7.2).
//!
//! ```text
//!  Calling ──1xx──► Proceeding ──300+──► Completed ──D──► gone
//!     │                 │   └─────2xx──► Accepted ───M──► gone
//!     └──B──► gone      └─CANCEL─► Cancelled ─300+, 2xx as above, 64·T1─► gone
//! ```

use base::Timestamp;

use super::backoff::{Backoff, Due};
use super::client::{Client, ClientEvent, ClientKey, Failure, Purpose};
use super::client_other::OtherOwner;
use super::core::{Core, is_reliable};
use super::login::Login;
use super::peer::{self, Peer};
use super::streams::Unreachable;
use super::timers::{Timer, TimerId};
use super::{DialogId, Flow, Output, Transport};
use crate::header::{CSeq, Header};
use crate::message::{Method, Request, Response};

#[derive(Debug)]
pub(super) struct ClientInvite {
    leg: Leg,
    state: State,
}

#[derive(Debug)]
struct Leg {
    flow: Flow,
    dialog: DialogId,
    purpose: Purpose,
    audience: Audience,
}

/// Whether somebody still waits for the outcome.
#[derive(Debug)]
enum Audience {
    Waiting,
    /// Nobody: CANCEL goes out once it may, and a call that is answered all the same is ended.
    Gone {
        login: Option<Box<Login>>,
    },
}

#[derive(Debug)]
enum State {
    /// Nothing heard; timers A and B.
    Calling { request: Request, backoff: Backoff, timer: TimerId },
    /// A provisional response was heard.
    Proceeding { request: Request },
    /// CANCEL is out; the final response must come within 64·T1 (RFC 3261 §9.1).
    Cancelled { request: Request, timer: TimerId },
    /// Refused and acknowledged; timer D absorbs retransmissions.
    Completed { ack: Vec<u8>, timer: TimerId },
    /// Answered; timer M. One ACK per fork that answered.
    Accepted { request: Request, acks: Vec<Acked>, timer: TimerId },
}

#[derive(Debug)]
struct Acked {
    tag: Box<str>,
    flow: Flow,
    bytes: Vec<u8>,
}

impl ClientInvite {
    pub(super) fn dialog(&self) -> DialogId {
        self.leg.dialog
    }
}

impl Leg {
    fn is_waited_for(&self) -> bool {
        matches!(self.audience, Audience::Waiting)
    }
}

impl Core {
    /// Sends an INVITE.
    pub(super) fn start_invite(
        &mut self,
        now: Timestamp,
        mut request: Request,
        flow: Flow,
        (dialog, purpose): (DialogId, Purpose),
        out: &mut Vec<Output>,
    ) -> Result<ClientKey, Unreachable> {
        if !self.has_room() {
            return Err(Unreachable::TooManyTransactions);
        }
        let key = ClientKey { branch: self.ids.token(), cancel: false };
        self.stamp(&mut request, flow, key.branch);
        let flow = self.send(now, Some(dialog), flow, request.to_bytes(), out)?;
        self.streams.wait(flow, key);
        let patience = 64 * self.config.t1;
        let backoff = if is_reliable(flow.transport) {
            Backoff::silent(now, patience)
        } else {
            Backoff::new(now, self.config.t1, patience, patience)
        };
        let timer = self.timers.arm(backoff.next(), Timer::Client(key), "sip: timer A or B");
        let leg = Leg { flow, dialog, purpose, audience: Audience::Waiting };
        self.keep_invite(key, leg, State::Calling { request, backoff, timer });
        Ok(key)
    }

    /// Nobody waits for this INVITE any more: CANCEL it as soon as it may be cancelled.
    pub(super) fn abandon_invite(
        &mut self,
        now: Timestamp,
        key: ClientKey,
        login: Option<Box<Login>>,
        out: &mut Vec<Output>,
    ) {
        let Some(Client::Invite(tx)) = self.clients.remove(&key) else { return };
        let ClientInvite { mut leg, state } = *tx;
        leg.audience = Audience::Gone { login };
        let state = match state {
            State::Proceeding { request } => self.cancel(now, key, &leg, request, out),
            // Not before a provisional response (RFC 3261 §9.1).
            State::Calling { .. } => state,
            State::Cancelled { .. } | State::Completed { .. } | State::Accepted { .. } => state,
        };
        self.keep_invite(key, leg, state);
    }

    /// Gives a response to its INVITE.
    pub(super) fn invite_response(
        &mut self,
        now: Timestamp,
        key: ClientKey,
        tx: ClientInvite,
        response: Response,
        out: &mut Vec<Output>,
    ) -> Option<ClientEvent> {
        let ClientInvite { leg, state } = tx;
        self.streams.stop_waiting(leg.flow, key);
        match response.status {
            ..200 => self.invite_provisional(now, key, leg, state, response, out),
            200..300 => self.invite_answered(now, key, leg, state, response, out),
            300.. => self.invite_refused(now, key, leg, state, response, out),
        }
    }

    fn invite_provisional(
        &mut self,
        now: Timestamp,
        key: ClientKey,
        leg: Leg,
        state: State,
        response: Response,
        out: &mut Vec<Output>,
    ) -> Option<ClientEvent> {
        let request = match state {
            State::Calling { request, timer, .. } => {
                self.timers.disarm(timer);
                request
            }
            State::Proceeding { request } => request,
            // Too late to be of use.
            State::Cancelled { .. } | State::Completed { .. } | State::Accepted { .. } => {
                self.keep_invite(key, leg, state);
                return None;
            }
        };
        if !leg.is_waited_for() {
            let state = self.cancel(now, key, &leg, request, out);
            self.keep_invite(key, leg, state);
            return None;
        }
        let dialog = leg.dialog;
        let peer = match (leg.purpose, response.headers.to_tag()) {
            (Purpose::Dial, Some(_)) => {
                Peer::of_response(&request, &response, leg.flow, self).ok().map(Box::new)
            }
            (Purpose::Dial, None) | (Purpose::Reinvite, _) => None,
        };
        self.keep_invite(key, leg, State::Proceeding { request });
        Some(ClientEvent::Provisional { dialog, key, response, peer })
    }

    fn invite_answered(
        &mut self,
        now: Timestamp,
        key: ClientKey,
        leg: Leg,
        state: State,
        response: Response,
        out: &mut Vec<Output>,
    ) -> Option<ClientEvent> {
        let (mut request, mut acks, timer) = match state {
            State::Calling { request, timer, .. } | State::Cancelled { request, timer } => {
                self.timers.disarm(timer);
                (request, Vec::new(), None)
            }
            State::Proceeding { request } => (request, Vec::new(), None),
            State::Accepted { request, acks, timer } => (request, acks, Some(timer)),
            State::Completed { .. } => {
                self.keep_invite(key, leg, state);
                return None;
            }
        };
        let tag = response.headers.to_tag().unwrap_or_default();
        if let Some(acked) = acks.iter().find(|acked| &*acked.tag == tag) {
            let (flow, bytes) = (acked.flow, acked.bytes.clone());
            self.resend(now, leg.dialog, flow, bytes, out);
        } else if acks.len() < self.config.limits.forks {
            let (flow, mut ack) = peer::ack(&request, &response, leg.flow, self);
            let branch = self.ids.token();
            self.stamp(&mut ack, flow, branch);
            let bytes = ack.to_bytes();
            acks.push(Acked { tag: tag.into(), flow, bytes: bytes.clone() });
            self.resend(now, leg.dialog, flow, bytes, out);
            let (dialog, purpose, flow) = (leg.dialog, leg.purpose, leg.flow);
            let peer = match purpose {
                Purpose::Dial => Peer::of_response(&request, &response, flow, self).ok().map(Box::new),
                Purpose::Reinvite => None,
            };
            // The first fork that answers has the call, any other is ended at once.
            let event = match &leg.audience {
                Audience::Waiting if acks.len() == 1 => {
                    Some(ClientEvent::Answered { dialog, key, response, peer, flow })
                }
                Audience::Waiting => {
                    self.hang_up(now, dialog, peer, None, out);
                    None
                }
                Audience::Gone { login } => {
                    self.hang_up(now, dialog, peer, login.clone(), out);
                    None
                }
            };
            request.body = Vec::new();
            // Calls within the node lose nothing: the 2xx cannot come again.
            if flow.transport == Transport::Internal {
                return event;
            }
            let timer = timer.unwrap_or_else(|| {
                self.timers.arm(now + 64 * self.config.t1, Timer::Client(key), "sip: timer M")
            });
            self.keep_invite(key, leg, State::Accepted { request, acks, timer });
            return event;
        }
        if let Some(timer) = timer {
            self.keep_invite(key, leg, State::Accepted { request, acks, timer });
        }
        None
    }

    fn invite_refused(
        &mut self,
        now: Timestamp,
        key: ClientKey,
        leg: Leg,
        state: State,
        response: Response,
        out: &mut Vec<Output>,
    ) -> Option<ClientEvent> {
        let request = match state {
            State::Calling { request, timer, .. } | State::Cancelled { request, timer } => {
                self.timers.disarm(timer);
                request
            }
            State::Proceeding { request } => request,
            State::Completed { ack, timer } => {
                self.resend(now, leg.dialog, leg.flow, ack.clone(), out);
                self.keep_invite(key, leg, State::Completed { ack, timer });
                return None;
            }
            State::Accepted { .. } => {
                self.keep_invite(key, leg, state);
                return None;
            }
        };
        let mut ack = follow_up(&request, Method::Ack);
        ack.headers.remove(Header::To);
        ack.headers.copy(&response.headers, Header::To);
        let ack = ack.to_bytes();
        self.resend(now, leg.dialog, leg.flow, ack.clone(), out);
        let dialog = leg.dialog;
        let waited_for = leg.is_waited_for();
        if !is_reliable(leg.flow.transport) {
            let timer = self.timers.arm(now + 64 * self.config.t1, Timer::Client(key), "sip: timer D");
            self.keep_invite(key, leg, State::Completed { ack, timer });
        }
        waited_for.then_some(ClientEvent::Refused { dialog, key, response })
    }

    /// Timers A, B, D, M, and the end of patience with a cancelled INVITE.
    pub(super) fn invite_due(
        &mut self,
        now: Timestamp,
        key: ClientKey,
        tx: ClientInvite,
        out: &mut Vec<Output>,
    ) -> Option<ClientEvent> {
        let ClientInvite { leg, state } = tx;
        match state {
            State::Calling { request, mut backoff, .. } => match backoff.fire(now) {
                Due::Again(at) => {
                    self.resend(now, leg.dialog, leg.flow, request.to_bytes(), out);
                    let timer = self.timers.arm(at, Timer::Client(key), "sip: timer A or B");
                    self.keep_invite(key, leg, State::Calling { request, backoff, timer });
                    None
                }
                Due::GiveUp => self.invite_over(key, leg, Failure::Timeout),
            },
            // No timer of its own.
            State::Proceeding { .. } => {
                self.keep_invite(key, leg, state);
                None
            }
            State::Cancelled { .. } | State::Completed { .. } | State::Accepted { .. } => None,
        }
    }

    /// The connection it went by is gone.
    pub(super) fn invite_failed(&mut self, key: ClientKey, tx: ClientInvite) -> Option<ClientEvent> {
        let ClientInvite { leg, state } = tx;
        match state {
            State::Calling { timer, .. } => {
                self.timers.disarm(timer);
                self.invite_over(key, leg, Failure::Transport)
            }
            State::Proceeding { .. }
            | State::Cancelled { .. }
            | State::Completed { .. }
            | State::Accepted { .. } => {
                self.keep_invite(key, leg, state);
                None
            }
        }
    }

    fn invite_over(&mut self, key: ClientKey, leg: Leg, failure: Failure) -> Option<ClientEvent> {
        self.streams.stop_waiting(leg.flow, key);
        leg.is_waited_for().then_some(ClientEvent::Failed { dialog: leg.dialog, key, failure })
    }

    fn cancel(
        &mut self,
        now: Timestamp,
        key: ClientKey,
        leg: &Leg,
        request: Request,
        out: &mut Vec<Output>,
    ) -> State {
        let cancel = follow_up(&request, Method::Cancel);
        let cancel_key = ClientKey { branch: key.branch, cancel: true };
        let owner = OtherOwner::Detached { dialog: leg.dialog, login: None };
        if let Err(error) = self.send_other(now, cancel_key, cancel, leg.flow, owner, out) {
            tracing::debug!(%error, "CANCEL not sent");
        }
        let at = now + 64 * self.config.t1;
        let timer = self.timers.arm(at, Timer::Client(key), "sip: give up a cancelled INVITE");
        State::Cancelled { request, timer }
    }

    /// Ends a dialog that nobody wants by BYE.
    pub(super) fn hang_up(
        &mut self,
        now: Timestamp,
        dialog: DialogId,
        peer: Option<Box<Peer>>,
        login: Option<Box<Login>>,
        out: &mut Vec<Output>,
    ) {
        let Some(mut peer) = peer else { return };
        let bye = peer.request(Method::Bye, self);
        let owner = OtherOwner::Detached { dialog, login };
        if let Err(error) = self.start_other(now, bye, peer.hop.flow, owner, out) {
            tracing::debug!(%error, "BYE not sent");
        }
    }

    /// Sends what has no transaction of its own, or sends again: a failure shows in a timer later.
    pub(super) fn resend(
        &mut self,
        now: Timestamp,
        dialog: DialogId,
        flow: Flow,
        bytes: Vec<u8>,
        out: &mut Vec<Output>,
    ) {
        if let Err(error) = self.send(now, Some(dialog), flow, bytes, out) {
            tracing::debug!(%error, "not sent");
        }
    }

    fn keep_invite(&mut self, key: ClientKey, leg: Leg, state: State) {
        self.clients.insert(key, Client::Invite(Box::new(ClientInvite { leg, state })));
    }
}

/// The CANCEL of an INVITE (RFC 3261 §9.1) or the ACK of its refusal (§17.1.1.3): same Via, URI and route.
fn follow_up(invite: &Request, method: Method) -> Request {
    let mut request = Request::new(method, invite.uri.clone());
    let headers = &mut request.headers;
    headers.reserve(512);
    for header in [Header::Via, Header::Route] {
        headers.copy(&invite.headers, header);
    }
    headers.push(Header::MaxForwards, "70");
    for header in
        [Header::From, Header::To, Header::CallId, Header::Authorization, Header::ProxyAuthorization]
    {
        headers.copy(&invite.headers, header);
    }
    let number = invite.headers.cseq().map_or(1, |cseq| cseq.number);
    let cseq = CSeq { number, method: request.method.clone() }.value();
    request.headers.push(Header::CSeq, &cseq);
    request
}
