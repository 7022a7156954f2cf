//! Client transactions of every method but INVITE and ACK (RFC 3261 §17.1.2).
//!
//! ```text
//!  Trying ──1xx──► Proceeding ──final──► Completed ──K──► gone
//!     └──F──► gone     └──F──► gone
//! ```

use base::Timestamp;

use super::backoff::{Backoff, Due};
use super::client::{Client, ClientEvent, ClientKey, Failure};
use super::core::{Core, is_reliable};
use super::login::Login;
use super::monitor::Duty;
use super::streams::Unreachable;
use super::timers::{Timer, TimerId};
use super::{DialogId, Flow, Output};
use crate::header::{CSeq, Header};
use crate::message::{Method, Request, Response};

#[derive(Debug)]
pub(super) struct ClientOther {
    flow: Flow,
    owner: OtherOwner,
    method: Method,
    state: State,
}

/// Who wants the response.
#[derive(Clone, Debug)]
pub(super) enum OtherOwner {
    /// Nobody: a CANCEL, or the BYE of a dialog that is gone; credentials in case it is challenged.
    Detached { dialog: DialogId, login: Option<Box<Login>> },
    /// A dialog: its PRACK or UPDATE.
    Dialog(DialogId),
    /// A trunk's monitor: its OPTIONS or REGISTER.
    Trunk(Duty),
}

#[derive(Debug)]
enum State {
    /// Timers E and F.
    Pending { request: Request, backoff: Backoff, timer: TimerId },
    /// Timer K absorbs retransmissions.
    Completed { timer: TimerId },
}

impl OtherOwner {
    fn dialog(&self) -> Option<DialogId> {
        match self {
            OtherOwner::Detached { dialog, .. } | OtherOwner::Dialog(dialog) => Some(*dialog),
            OtherOwner::Trunk(_) => None,
        }
    }
}

impl ClientOther {
    pub(super) fn dialog(&self) -> Option<DialogId> {
        self.owner.dialog()
    }

    pub(super) fn method(&self) -> &Method {
        &self.method
    }
}

impl Core {
    /// Sends a request other than INVITE.
    pub(super) fn start_other(
        &mut self,
        now: Timestamp,
        mut request: Request,
        flow: Flow,
        owner: OtherOwner,
        out: &mut Vec<Output>,
    ) -> Result<ClientKey, Unreachable> {
        let key = ClientKey { branch: self.ids.token(), cancel: false };
        self.stamp(&mut request, flow, key.branch);
        self.send_other(now, key, request, flow, owner, out)?;
        Ok(key)
    }

    /// Sends a request that has its Via.
    pub(super) fn send_other(
        &mut self,
        now: Timestamp,
        key: ClientKey,
        request: Request,
        flow: Flow,
        owner: OtherOwner,
        out: &mut Vec<Output>,
    ) -> Result<(), Unreachable> {
        if !self.has_room() {
            return Err(Unreachable::TooManyTransactions);
        }
        let flow = self.send(now, owner.dialog(), flow, request.to_bytes(), out)?;
        self.streams.wait(flow, key);
        let patience = 64 * self.config.t1;
        let backoff = if is_reliable(flow.transport) {
            Backoff::silent(now, patience)
        } else {
            Backoff::new(now, self.config.t1, self.config.t2, patience)
        };
        let timer = self.timers.arm(backoff.next(), Timer::Client(key), "sip: timer E or F");
        let method = request.method.clone();
        let state = State::Pending { request, backoff, timer };
        self.clients.insert(key, Client::Other(Box::new(ClientOther { flow, owner, method, state })));
        Ok(())
    }

    pub(super) fn other_response(
        &mut self,
        now: Timestamp,
        key: ClientKey,
        tx: ClientOther,
        response: Response,
    ) -> Option<ClientEvent> {
        let ClientOther { flow, owner, method, state } = tx;
        let keep = |core: &mut Core, owner: OtherOwner, state: State| {
            core.clients.insert(key, Client::Other(Box::new(ClientOther { flow, owner, method, state })));
        };
        match state {
            State::Completed { .. } => {
                keep(self, owner, state);
                None
            }
            State::Pending { request, mut backoff, timer } if response.status < 200 => {
                backoff.slow_down();
                keep(self, owner, State::Pending { request, backoff, timer });
                None
            }
            State::Pending { request, timer, .. } => {
                self.timers.disarm(timer);
                self.streams.stop_waiting(flow, key);
                if !is_reliable(flow.transport) {
                    let timer = self.timers.arm(now + self.config.t4, Timer::Client(key), "sip: timer K");
                    keep(self, owner.clone(), State::Completed { timer });
                }
                Some(ClientEvent::Responded { owner, key, request, response, flow })
            }
        }
    }

    /// Timers E, F, K.
    pub(super) fn other_due(
        &mut self,
        now: Timestamp,
        key: ClientKey,
        tx: ClientOther,
        out: &mut Vec<Output>,
    ) -> Option<ClientEvent> {
        let ClientOther { flow, owner, method, state } = tx;
        match state {
            State::Completed { .. } => None,
            State::Pending { request, mut backoff, .. } => match backoff.fire(now) {
                Due::Again(at) => {
                    if let Err(error) = self.send(now, owner.dialog(), flow, request.to_bytes(), out) {
                        tracing::debug!(%error, "not sent again");
                    }
                    let timer = self.timers.arm(at, Timer::Client(key), "sip: timer E or F");
                    let state = State::Pending { request, backoff, timer };
                    let tx = ClientOther { flow, owner, method, state };
                    self.clients.insert(key, Client::Other(Box::new(tx)));
                    None
                }
                Due::GiveUp => {
                    self.streams.stop_waiting(flow, key);
                    Some(ClientEvent::Unanswered { owner, key, failure: Failure::Timeout })
                }
            },
        }
    }

    /// The connection it went by is gone.
    pub(super) fn other_failed(&mut self, key: ClientKey, tx: ClientOther) -> Option<ClientEvent> {
        match tx.state {
            State::Completed { .. } => {
                self.clients.insert(key, Client::Other(Box::new(tx)));
                None
            }
            State::Pending { timer, .. } => {
                self.timers.disarm(timer);
                Some(ClientEvent::Unanswered { owner: tx.owner, key, failure: Failure::Transport })
            }
        }
    }

    /// A BYE that was challenged is sent again with credentials; any other outcome is the end of it.
    #[expect(clippy::too_many_arguments, reason = "the parts of one client event")]
    pub(super) fn detached_responded(
        &mut self,
        now: Timestamp,
        dialog: DialogId,
        login: Option<Box<Login>>,
        mut request: Request,
        response: &Response,
        flow: Flow,
        out: &mut Vec<Output>,
    ) {
        let Some(mut login) = login.filter(|_| matches!(response.status, 401 | 407)) else { return };
        if !login.learn(response, &mut self.ids) {
            return;
        }
        let number = request.headers.cseq().map_or(1, |cseq| cseq.number.wrapping_add(1));
        let cseq = CSeq { number, method: request.method.clone() }.value();
        request.headers.set(Header::CSeq, &cseq);
        login.reuse(&mut request);
        let owner = OtherOwner::Detached { dialog, login: Some(login) };
        if let Err(error) = self.start_other(now, request, flow, owner, out) {
            tracing::debug!(%error, "BYE not sent again");
        }
    }

    /// Stops a transaction whose owner is gone.
    pub(super) fn forget_other(&mut self, key: ClientKey) {
        let Some(Client::Other(tx)) = self.clients.remove(&key) else { return };
        self.streams.stop_waiting(tx.flow, key);
        match tx.state {
            State::Pending { timer, .. } | State::Completed { timer } => self.timers.disarm(timer),
        }
    }
}
