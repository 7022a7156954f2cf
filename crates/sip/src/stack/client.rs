//! Client transactions (RFC 3261 §17.1, RFC 6026).

use base::Timestamp;

use super::client_invite::ClientInvite;
use super::client_other::{ClientOther, OtherOwner};
use super::core::{Core, via_name};
use super::ids::Token;
use super::peer::Peer;
use super::{DialogId, Flow, Output};
use crate::header::{Header, Via};
use crate::message::{Request, Response};

/// Names a client transaction: a CANCEL has the branch of its INVITE.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct ClientKey {
    pub(super) branch: Token,
    pub(super) cancel: bool,
}

#[derive(Debug)]
pub(super) enum Client {
    Invite(Box<ClientInvite>),
    Other(Box<ClientOther>),
}

/// Which INVITE of a dialog a client transaction carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// The one that makes it.
    Dial,
    /// A later one.
    Reinvite,
}

/// Why no response came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// Timer B or F.
    Timeout,
    /// The connection could not be made or went away.
    Transport,
}

/// What a client transaction has for whoever started it.
#[derive(Debug)]
pub(super) enum ClientEvent {
    /// A provisional response above 100; the early dialog it belongs to, where it names one.
    Provisional { dialog: DialogId, key: ClientKey, response: Response, peer: Option<Box<Peer>> },
    /// A 2xx to an INVITE, which has been acknowledged.
    Answered { dialog: DialogId, key: ClientKey, response: Response, peer: Option<Box<Peer>>, flow: Flow },
    /// A final response of 300 and above to an INVITE, which has been acknowledged.
    Refused { dialog: DialogId, key: ClientKey, response: Response },
    /// An INVITE nobody answered.
    Failed { dialog: DialogId, key: ClientKey, failure: Failure },
    /// The final response to any other request.
    Responded { owner: OtherOwner, key: ClientKey, request: Request, response: Response, flow: Flow },
    /// Any other request nobody answered.
    Unanswered { owner: OtherOwner, key: ClientKey, failure: Failure },
}

impl Core {
    /// Puts our Via on top of a request.
    pub(super) fn stamp(&self, request: &mut Request, flow: Flow, branch: Token) {
        request.headers.remove(Header::Via);
        let sent_by = self.advertised(flow.transport).to_string();
        let via = Via::compose(via_name(flow.transport), &sent_by, &branch.branch());
        request.headers.push_front(Header::Via, &via);
    }

    /// The client transaction a response belongs to (RFC 3261 §17.1.3).
    pub(super) fn client_of(&self, response: &Response) -> Option<(ClientKey, Option<DialogId>)> {
        let mut vias = response.headers.vias();
        let branch = Token::of_branch(vias.next()?.ok()?.branch()?)?;
        // RFC 3261 §8.1.3.3: another Via means that it went astray.
        if vias.next().is_some() {
            return None;
        }
        let cseq = response.headers.cseq()?;
        let key = ClientKey { branch, cancel: cseq.method == crate::message::Method::Cancel };
        match self.clients.get(&key)? {
            Client::Invite(tx) => {
                (cseq.method == crate::message::Method::Invite).then(|| (key, Some(tx.dialog())))
            }
            Client::Other(tx) => (cseq.method == *tx.method()).then(|| (key, tx.dialog())),
        }
    }

    /// Gives a response to its transaction.
    pub(super) fn client_response(
        &mut self,
        now: Timestamp,
        key: ClientKey,
        response: Response,
        out: &mut Vec<Output>,
    ) -> Option<ClientEvent> {
        match self.clients.remove(&key)? {
            Client::Invite(tx) => self.invite_response(now, key, *tx, response, out),
            Client::Other(tx) => self.other_response(now, key, *tx, response),
        }
    }

    /// Retransmits or gives up.
    pub(super) fn client_due(
        &mut self,
        now: Timestamp,
        key: ClientKey,
        out: &mut Vec<Output>,
    ) -> Option<ClientEvent> {
        match self.clients.remove(&key)? {
            Client::Invite(tx) => self.invite_due(now, key, *tx, out),
            Client::Other(tx) => self.other_due(now, key, *tx, out),
        }
    }

    /// The connection a request went by is gone before anybody answered.
    pub(super) fn client_failed(&mut self, key: ClientKey) -> Option<ClientEvent> {
        match self.clients.remove(&key)? {
            Client::Invite(tx) => self.invite_failed(key, *tx),
            Client::Other(tx) => self.other_failed(key, *tx),
        }
    }
}
