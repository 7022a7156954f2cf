//! Server transactions (RFC 3261 §17.2, RFC 6026).
//!
//! Every request but an INVITE is answered at once, so its transaction is nothing but the response, kept for timer J; and
//! requests that make no state are answered without a transaction.

use base::Timestamp;

use super::core::{Core, is_reliable};
use super::server_invite::ServerInvite;
use super::timers::{Timer, TimerId};
use super::{DialogId, Flow, Output};
use crate::message::{Method, Request, Response};

/// Names a server transaction: a keyed digest of what RFC 3261 §17.2.3 compares. An ACK has the key of its INVITE.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct ServerKey(pub(super) u128);

#[derive(Debug)]
pub(super) enum Server {
    Invite(Box<ServerInvite>),
    /// Answered; timer J.
    Other {
        dialog: DialogId,
        reply: Flow,
        response: Box<[u8]>,
        timer: TimerId,
    },
}

/// Who a request is from, as far as its address tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sender {
    Known,
    Stranger,
}

/// A request on its way through the stack.
#[derive(Debug)]
pub(super) struct Arrived {
    /// Its topmost Via says where it came from.
    pub(super) request: Request,
    pub(super) key: ServerKey,
    /// Where it came from.
    pub(super) flow: Flow,
    /// Where responses go to (RFC 3261 §18.2.2, RFC 3581 §4).
    pub(super) reply: Flow,
    pub(super) sender: Sender,
}

impl Arrived {
    pub(super) fn new(mut request: Request, flow: Flow, sender: Sender, core: &Core) -> Self {
        let key = core.server_key(&request, &request.method);
        let mut reply = flow;
        // For a stream this is where to go when its connection is gone.
        if let Some(via) = request.headers.top_via()
            && (!via.has_rport() || flow.connection.is_some())
        {
            let default = if via.transport().eq_ignore_ascii_case("TLS") { 5061 } else { 5060 };
            // Never maddr: an answer goes to nobody but who asked.
            reply.remote.set_port(via.port().unwrap_or(default));
        }
        request.headers.mark_source(flow.remote);
        Self { request, key, flow, reply, sender }
    }

    pub(super) fn cseq(&self) -> u32 {
        self.request.headers.cseq().map_or(0, |cseq| cseq.number)
    }
}

impl Core {
    /// The key of a request, for `method` in place of its own: a CANCEL looks for its INVITE.
    pub(super) fn server_key(&self, request: &Request, method: &Method) -> ServerKey {
        let method = match method {
            Method::Ack => "INVITE",
            other => other.as_str(),
        };
        let headers = &request.headers;
        let via = headers.top_via();
        let digest = match via.and_then(|via| Some((via, via.transaction()?))) {
            Some((via, branch)) => {
                let port = via.port().unwrap_or(0).to_be_bytes();
                self.ids.digest(&[branch.as_bytes(), via.host().as_bytes(), &port, method.as_bytes()])
            }
            // RFC 2543: no branch that could be trusted.
            None => {
                let cseq = headers.cseq().map_or(0, |cseq| cseq.number).to_be_bytes();
                let host = via.map_or("", |via| via.host());
                let port = via.and_then(|via| via.port()).unwrap_or(0).to_be_bytes();
                let branch = via.and_then(|via| via.branch()).unwrap_or_default();
                let from = headers.from_tag().unwrap_or_default();
                let call_id = headers.call_id();
                let [host, branch, call_id, from, method] =
                    [host, branch, call_id, from, method].map(str::as_bytes);
                let parts = [host, &port, branch, call_id, from, &cseq, method];
                self.ids.digest(&parts)
            }
        };
        ServerKey(digest)
    }

    /// Answers a request of a dialog other than INVITE, and remembers the answer.
    pub(super) fn answer_other(
        &mut self,
        now: Timestamp,
        arrived: &Arrived,
        dialog: DialogId,
        response: &Response,
        out: &mut Vec<Output>,
    ) {
        let bytes = response.to_bytes();
        if !is_reliable(arrived.flow.transport) && self.has_room() {
            let timer =
                self.timers.arm(now + 64 * self.config.t1, Timer::Server(arrived.key), "sip: timer J");
            let response = bytes.clone().into_boxed_slice();
            let old = self
                .servers
                .insert(arrived.key, Server::Other { dialog, reply: arrived.reply, response, timer });
            if let Some(Server::Other { timer, .. }) = old {
                self.timers.disarm(timer);
            }
        }
        self.resend(now, dialog, arrived.reply, bytes, out);
    }

    /// Takes a request that belongs to a transaction: a retransmission, or the ACK of a refusal. False: it is new.
    pub(super) fn server_absorbs(
        &mut self,
        now: Timestamp,
        arrived: &Arrived,
        out: &mut Vec<Output>,
    ) -> bool {
        match self.servers.remove(&arrived.key) {
            None => false,
            Some(Server::Other { dialog, reply, response, timer }) => {
                self.resend(now, dialog, reply, response.to_vec(), out);
                self.servers.insert(arrived.key, Server::Other { dialog, reply, response, timer });
                true
            }
            Some(Server::Invite(tx)) => self.invite_again(now, arrived, *tx, out),
        }
    }

    pub(super) fn server_due(&mut self, now: Timestamp, key: ServerKey, out: &mut Vec<Output>) {
        match self.servers.remove(&key) {
            None | Some(Server::Other { .. }) => {}
            Some(Server::Invite(tx)) => self.server_invite_due(now, key, *tx, out),
        }
    }

    /// The dialog of the transaction, for the trace.
    pub(super) fn server_dialog(&self, key: ServerKey) -> Option<DialogId> {
        Some(match self.servers.get(&key)? {
            Server::Invite(tx) => tx.dialog(),
            Server::Other { dialog, .. } => *dialog,
        })
    }
}
