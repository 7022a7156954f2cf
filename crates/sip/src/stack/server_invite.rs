//! INVITE server transactions (RFC 3261 §17.2.1, RFC 6026 §7.1).
//!
//! ```text
//!  Proceeding ──2xx──► Accepted ──L──► gone
//!       └──300+──► Completed ──ACK──► Confirmed ──I──► gone
//!                      └──H──► gone
//! ```

use base::Timestamp;

use super::backoff::{Backoff, Due};
use super::core::{Core, is_reliable};
use super::server::{Arrived, Sender, Server, ServerKey};
use super::strangers::Hearing;
use super::timers::{Timer, TimerId};
use super::{DialogId, Flow, Output, Transport};
use crate::header::Header;
use crate::message::Method;

#[derive(Debug)]
pub(super) struct ServerInvite {
    leg: Leg,
    state: State,
}

#[derive(Clone, Copy, Debug)]
struct Leg {
    reply: Flow,
    dialog: DialogId,
    /// Its entry among [`Core::merges`]; none for a re-INVITE.
    merge: Option<u128>,
}

#[derive(Debug)]
enum State {
    /// The last provisional response; empty before the first.
    Proceeding { last: Vec<u8> },
    /// A 2xx is out; the dialog sends it again until the ACK (RFC 3261 §13.3.1.4). Timer L.
    Accepted,
    /// A refusal is out; timers G and H.
    Completed { response: Vec<u8>, backoff: Backoff, timer: TimerId },
    /// It was acknowledged; timer I.
    Confirmed,
}

impl ServerInvite {
    pub(super) fn dialog(&self) -> DialogId {
        self.leg.dialog
    }

    /// Whether a CANCEL can have an effect.
    pub(super) fn is_pending(&self) -> bool {
        matches!(self.state, State::Proceeding { .. })
    }
}

impl Core {
    /// What forks of one request share (RFC 3261 §8.2.2.2).
    pub(super) fn merge_key(&self, arrived: &Arrived) -> u128 {
        let headers = &arrived.request.headers;
        let from = headers.from_tag().unwrap_or_default();
        self.ids.digest(&[headers.call_id().as_bytes(), from.as_bytes(), &arrived.cseq().to_be_bytes()])
    }

    /// Begins a transaction for an INVITE that starts a dialog, which says 100 if it has nothing else to say soon.
    pub(super) fn open_invite(&mut self, arrived: &Arrived, dialog: DialogId, merge: u128) {
        self.merges.insert(merge, arrived.key);
        let leg = Leg { reply: arrived.reply, dialog, merge: Some(merge) };
        self.keep_server_invite(arrived.key, leg, State::Proceeding { last: Vec::new() });
    }

    /// Begins a transaction for a re-INVITE, which gets its final response at once.
    pub(super) fn open_reinvite(&mut self, arrived: &Arrived, dialog: DialogId) {
        let leg = Leg { reply: arrived.reply, dialog, merge: None };
        self.keep_server_invite(arrived.key, leg, State::Proceeding { last: Vec::new() });
    }

    /// Sends a response to a pending INVITE.
    pub(super) fn answer_invite(
        &mut self,
        now: Timestamp,
        key: ServerKey,
        status: u16,
        bytes: Vec<u8>,
        out: &mut Vec<Output>,
    ) {
        let Some(Server::Invite(tx)) = self.servers.remove(&key) else { return };
        let ServerInvite { leg, state } = *tx;
        let State::Proceeding { .. } = state else {
            self.keep_server_invite(key, leg, state);
            return;
        };
        let reliable = is_reliable(leg.reply.transport);
        let patience = 64 * self.config.t1;
        match status {
            ..200 => self.keep_server_invite(key, leg, State::Proceeding { last: bytes.clone() }),
            // Calls within the node lose nothing: no retransmission can come.
            200..300 if leg.reply.transport == Transport::Internal => self.end_server_invite(leg),
            200..300 => {
                self.timers.arm(now + patience, Timer::Server(key), "sip: timer L");
                self.keep_server_invite(key, leg, State::Accepted);
            }
            300.. => {
                let backoff = if reliable {
                    Backoff::silent(now, patience)
                } else {
                    Backoff::new(now, self.config.t1, self.config.t2, patience)
                };
                let timer = self.timers.arm(backoff.next(), Timer::Server(key), "sip: timer G or H");
                let state = State::Completed { response: bytes.clone(), backoff, timer };
                self.keep_server_invite(key, leg, state);
            }
        }
        self.resend(now, leg.dialog, leg.reply, bytes, out);
    }

    /// A retransmission of the INVITE, or an ACK. False: an ACK that is the dialog's, though it has the INVITE's branch.
    pub(super) fn invite_again(
        &mut self,
        now: Timestamp,
        arrived: &Arrived,
        tx: ServerInvite,
        out: &mut Vec<Output>,
    ) -> bool {
        let ServerInvite { leg, state } = tx;
        let is_ack = arrived.request.method == Method::Ack;
        let state = match state {
            State::Completed { timer, .. } if is_ack => {
                self.timers.disarm(timer);
                if is_reliable(leg.reply.transport) {
                    self.end_server_invite(leg);
                    return true;
                }
                let at = now + self.config.t4;
                self.timers.arm(at, Timer::Server(arrived.key), "sip: timer I");
                State::Confirmed
            }
            State::Proceeding { last } => {
                if !is_ack && !last.is_empty() {
                    self.resend(now, leg.dialog, leg.reply, last.clone(), out);
                }
                State::Proceeding { last }
            }
            State::Completed { response, backoff, timer } => {
                self.resend(now, leg.dialog, leg.reply, response.clone(), out);
                State::Completed { response, backoff, timer }
            }
            State::Accepted if is_ack => {
                self.keep_server_invite(arrived.key, leg, state);
                return false;
            }
            // Absorbed: the 2xx has its own schedule, and an ACK was seen already.
            State::Accepted | State::Confirmed => state,
        };
        self.keep_server_invite(arrived.key, leg, state);
        true
    }

    /// Timers G, H, I, L.
    pub(super) fn server_invite_due(
        &mut self,
        now: Timestamp,
        key: ServerKey,
        tx: ServerInvite,
        out: &mut Vec<Output>,
    ) {
        let ServerInvite { leg, state } = tx;
        match state {
            State::Completed { response, mut backoff, .. } => match backoff.fire(now) {
                Due::Again(at) => {
                    self.resend(now, leg.dialog, leg.reply, response.clone(), out);
                    let timer = self.timers.arm(at, Timer::Server(key), "sip: timer G or H");
                    self.keep_server_invite(key, leg, State::Completed { response, backoff, timer });
                }
                Due::GiveUp => self.end_server_invite(leg),
            },
            State::Accepted | State::Confirmed => self.end_server_invite(leg),
            // No timer of its own.
            State::Proceeding { .. } => self.keep_server_invite(key, leg, state),
        }
    }

    fn end_server_invite(&mut self, leg: Leg) {
        if let Some(merge) = leg.merge {
            self.merges.remove(&merge);
        }
    }

    fn keep_server_invite(&mut self, key: ServerKey, leg: Leg, state: State) {
        self.servers.insert(key, Server::Invite(Box::new(ServerInvite { leg, state })));
    }

    /// Answers a request without keeping anything of it; a retransmission gets the same answer. A stranger who asks too
    /// often gets none.
    pub(super) fn answer_stateless(
        &mut self,
        now: Timestamp,
        arrived: &Arrived,
        status: u16,
        headers: &[(Header, &str)],
        out: &mut Vec<Output>,
    ) {
        if arrived.sender == Sender::Stranger {
            let source = arrived.flow.remote;
            match self.strangers.hear(now, source.ip()) {
                Hearing::First => {
                    tracing::info!(%source, method = %arrived.request.method, status, "a stranger is answered");
                }
                Hearing::Again => {}
                Hearing::Nothing => return,
            }
        }
        let via = arrived.request.headers.get(Header::Via).unwrap_or_default();
        let tag = self.ids.stateless_tag(&[via.as_bytes(), arrived.request.headers.call_id().as_bytes()]);
        let mut response = self.response(&arrived.request.headers, status, tag);
        for (header, value) in headers {
            response.headers.push(*header, value);
        }
        if let Err(error) = self.transmit(now, arrived.reply, response.to_bytes(), out) {
            tracing::debug!(%error, "answer not sent");
        }
    }
}
