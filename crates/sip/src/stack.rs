//! The SIP stack: transactions (RFC 3261 §17, RFC 6026), dialogs, trunks, over datagrams and streams.
//!
//! One [`Stack`] is one user agent. What comes in is one [`Input`]; what it wants of the world is a list of [`Output`]s, to
//! be carried out before the next input; [`Stack::deadline`] says when it wants [`Input::Woken`]. It has no clock, no socket
//! and no thread, and it never fails: a bad message is an outcome too.
//!
//! ```text
//!  Received ─► receiving ─┬─► server transactions ──┬─► dialogs ──► Event
//!                         └─► client transactions ──┤
//!  Resolved, Opened … ──────────────────────────────┤
//!  Command ─────────────────────────────────────────┘ trunks ──► Event
//!  Woken ─► timers ─► whoever armed them
//! ```
//!
//! Where to read on: [`Config`], then `receiving.rs` for a message's way in; `client_*.rs` and `server_*.rs` are the
//! transactions, one file each; `incoming.rs`, `outgoing.rs`, `session.rs`, `leaving.rs` the states of a dialog;
//! `monitor.rs`, `probing.rs`, `registering.rs` the trunks; `timers.rs` the one table of everything that waits.
//!
//! Ids of connections that the stack opens have their top bit set; those the shell names must not.

mod backoff;
mod client;
mod client_invite;
mod client_other;
mod config;
mod core;
mod dialog;
mod hop;
mod ids;
mod incoming;
mod info;
mod interface;
mod leaving;
mod login;
mod monitor;
mod offer;
mod outgoing;
mod peer;
mod probing;
mod receiving;
mod registering;
mod resolving;
mod server;
mod server_invite;
mod session;
mod session_timer;
mod strangers;
mod streams;
mod timers;

#[cfg(test)]
mod tests;

pub use config::{Config, Endpoint, Limits};
pub use interface::*;
pub use strangers::StrangerCounts;

use std::collections::HashMap;
use std::time::Duration;

use base::Timestamp;

use self::core::Core;
use crate::digest::{Ha1, Server as DigestServer, Verdict};
use crate::message::Method;
use crate::uri::Uri;
use client::{ClientEvent, ClientKey};
use client_other::OtherOwner;
use dialog::{Base, Cx, Dialog, Heard};
use monitor::Monitors;
use outgoing::Outgoing;
use resolving::Asker;
use server::Sender;
use timers::Timer;

/// A SIP user agent without IO.
#[derive(Debug)]
pub struct Stack {
    core: Core,
    dialogs: HashMap<DialogId, Entry>,
    monitors: Monitors,
    digest: DigestServer,
}

#[derive(Debug)]
struct Entry {
    base: Base,
    dialog: Dialog,
}

/// How much a stack holds; all zero when all parties are gone and the longest timer has passed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Dialogs, early ones included.
    pub dialogs: usize,
    /// Client transactions.
    pub clients: usize,
    /// Server transactions.
    pub servers: usize,
    /// Tags and merge keys that lead to the above.
    pub index_entries: usize,
    /// Armed timers.
    pub timers: usize,
    /// Stream connections.
    pub connections: usize,
    /// Unanswered DNS queries.
    pub queries: usize,
    /// Trunks watched or registered to.
    pub trunks: usize,
}

/// How long a digest nonce of ours is good.
const NONCE_VALIDITY: Duration = Duration::from_secs(300);

impl Stack {
    /// A stack that knows nothing yet.
    pub fn new(config: Config) -> Self {
        Self {
            digest: DigestServer::new(config.secret, NONCE_VALIDITY, config.digest.clone()),
            core: Core::new(config),
            dialogs: HashMap::new(),
            monitors: Monitors::default(),
        }
    }

    /// An id for a call to be placed by [`Command::Invite`].
    pub fn next_dialog(&mut self) -> DialogId {
        DialogId(self.core.mint())
    }

    /// Applies one input. Outputs are to be carried out in order, before the next input.
    pub fn handle(&mut self, now: Timestamp, input: Input<'_>, out: &mut Vec<Output>) {
        match input {
            Input::Received { flow, bytes } => self.received(now, Sender::Known, flow, bytes, out),
            Input::ReceivedFromStranger { flow, bytes } => {
                self.received(now, Sender::Stranger, flow, bytes, out);
            }
            Input::Opened { flow } => self.core.stream_opened(now, flow, out),
            Input::Closed { connection } => self.closed(now, connection, out),
            Input::Resolved { query, candidates } => self.resolved(now, query, candidates, out),
            Input::Command(command) => self.command(now, command, out),
            Input::Woken => self.woken(now, out),
        }
    }

    /// When to hand in [`Input::Woken`], and why.
    pub fn deadline(&self) -> Option<(Timestamp, &'static str)> {
        self.core.timers.next()
    }

    /// How much is held.
    pub fn counts(&self) -> Counts {
        Counts {
            dialogs: self.dialogs.len(),
            clients: self.core.clients.len(),
            servers: self.core.servers.len(),
            index_entries: self.core.tags.len() + self.core.merges.len(),
            timers: self.core.timers.len(),
            connections: self.core.streams.len(),
            queries: self.core.queries.len(),
            trunks: self.monitors.len(),
        }
    }

    /// What became of the requests of strangers.
    pub fn strangers(&self) -> StrangerCounts {
        self.core.strangers.counts()
    }

    /// Verifies the digest credentials of an offer against what the directory keeps for their user name and realm; `None`
    /// where the offer has none. [`Verdict::Stale`] asks for [`Command::Challenge`] with `stale`.
    pub fn verify(&mut self, now: Timestamp, offer: &Offer, ha1: &Ha1) -> Option<Verdict> {
        let given = offer.authorization.as_ref()?;
        let user = (!offer.user.is_empty()).then_some(offer.user.as_str());
        let host = if offer.host.is_empty() { "localhost" } else { &offer.host };
        let uri = Uri::sip(user, host, None).ok()?;
        Some(self.digest.verify(now, given, &Method::Invite, &uri, ha1))
    }

    fn keep(&mut self, base: Base, dialog: Dialog) {
        self.dialogs.insert(base.id, Entry { base, dialog });
    }

    /// Lets a dialog handle something; one that is over is taken apart.
    fn with_dialog(
        &mut self,
        now: Timestamp,
        id: DialogId,
        out: &mut Vec<Output>,
        handle: impl FnOnce(Dialog, &mut Cx<'_>) -> Option<Dialog>,
    ) {
        let Some(Entry { mut base, dialog }) = self.dialogs.remove(&id) else { return };
        let after = handle(dialog, &mut Cx { now, core: &mut self.core, base: &mut base, out });
        match after {
            Some(dialog) => self.keep(base, dialog),
            None => base.close(&mut self.core),
        }
    }

    fn command(&mut self, now: Timestamp, command: Command, out: &mut Vec<Output>) {
        match command {
            Command::Invite { dialog, invite } => self.invite(now, dialog, *invite, out),
            Command::Refuse { dialog, status, headers } => {
                self.with_offer(now, dialog, out, |offer, cx| offer.refuse(status, &headers, cx))
            }
            Command::Challenge { dialog, realm, stale } => {
                let challenges: Vec<_> = self
                    .digest
                    .challenges(now, &realm, stale)
                    .iter()
                    .map(crate::digest::Challenge::value)
                    .collect();
                self.with_offer(now, dialog, out, |offer, cx| offer.challenge(&challenges, cx));
            }
            Command::Ring { dialog } => {
                self.with_offer(now, dialog, out, |offer, cx| offer.progress(180, None, cx))
            }
            Command::Progress { dialog, media } => {
                self.with_offer(now, dialog, out, |offer, cx| offer.progress(183, Some(media), cx));
            }
            Command::Answer { dialog, media } => {
                self.with_offer(now, dialog, out, |offer, cx| offer.accept(media, cx))
            }
            Command::Modify { dialog, media, direction } => {
                self.with_dialog(now, dialog, out, |dialog, cx| match dialog {
                    Dialog::Session(session) => Some(session.modify(media, direction, cx)),
                    Dialog::Incoming(_) | Dialog::Outgoing(_) | Dialog::Leaving(_) => Some(dialog),
                })
            }
            Command::Release { dialog } => {
                self.with_dialog(now, dialog, out, |dialog, cx| dialog.release(cx))
            }
            Command::Trunks(trunks) => self.monitors.replace(now, trunks, &mut self.core, out),
        }
    }

    /// Lets an unanswered offer handle an order; for any other dialog the order comes too late.
    fn with_offer(
        &mut self,
        now: Timestamp,
        id: DialogId,
        out: &mut Vec<Output>,
        handle: impl FnOnce(Box<incoming::Incoming>, &mut Cx<'_>) -> Option<Dialog>,
    ) {
        self.with_dialog(now, id, out, |dialog, cx| match dialog {
            Dialog::Incoming(offer) => handle(offer, cx),
            Dialog::Outgoing(_) | Dialog::Session(_) | Dialog::Leaving(_) => Some(dialog),
        });
    }

    fn invite(&mut self, now: Timestamp, dialog: DialogId, invite: Outbound, out: &mut Vec<Output>) {
        if self.dialogs.contains_key(&dialog) {
            tracing::debug!(?dialog, "this call is placed already");
            return;
        }
        if self.dialogs.len() >= self.core.config.limits.dialogs {
            let reason = "too many calls".to_owned();
            out.push(Output::Event(Event::Ended { dialog, status: 503, reason }));
            return;
        }
        let mut base = Base::new(dialog, &mut self.core);
        let placed = Outgoing::place(invite, &mut Cx { now, core: &mut self.core, base: &mut base, out });
        match placed {
            Some(outgoing) => self.keep(base, outgoing),
            None => base.close(&mut self.core),
        }
    }

    fn closed(&mut self, now: Timestamp, connection: ConnectionId, out: &mut Vec<Output>) {
        let waiting = self.core.stream_closed(connection);
        self.fail(now, waiting, out);
    }

    fn fail(&mut self, now: Timestamp, waiting: Vec<ClientKey>, out: &mut Vec<Output>) {
        for key in waiting {
            if let Some(event) = self.core.client_failed(key) {
                self.client_event(now, event, out);
            }
        }
    }

    fn resolved(
        &mut self,
        now: Timestamp,
        query: QueryId,
        mut candidates: Vec<(Transport, std::net::SocketAddr)>,
        out: &mut Vec<Output>,
    ) {
        match self.core.resolved(query, &mut candidates) {
            None => {}
            Some(Asker::Dialog(id)) => {
                if let Some(entry) = self.dialogs.get_mut(&id) {
                    entry.base.resolved();
                }
                self.with_dialog(now, id, out, |dialog, cx| dialog.heard(Heard::Resolved { candidates }, cx));
            }
            Some(Asker::Trunk(duty)) => self.monitors.resolved(now, duty, &candidates, &mut self.core, out),
        }
    }

    fn woken(&mut self, now: Timestamp, out: &mut Vec<Output>) {
        while let Some(timer) = self.core.timers.due(now) {
            match timer {
                Timer::Client(key) => {
                    if let Some(event) = self.core.client_due(now, key, out) {
                        self.client_event(now, event, out);
                    }
                }
                Timer::Server(key) => self.core.server_due(now, key, out),
                Timer::Dialog(id, timer) => {
                    if let Some(entry) = self.dialogs.get_mut(&id) {
                        entry.base.fired(timer);
                    }
                    self.with_dialog(now, id, out, |dialog, cx| dialog.due(timer, cx));
                }
                Timer::Stream(connection) => {
                    let waiting = self.core.stream_due(now, connection, out);
                    self.fail(now, waiting, out);
                }
                Timer::Query(query) => self.resolved(now, query, Vec::new(), out),
                Timer::Trunk(duty) => self.monitors.due(now, duty, &mut self.core, out),
            }
        }
    }

    /// Hands what a client transaction has to whoever started it.
    fn client_event(&mut self, now: Timestamp, event: ClientEvent, out: &mut Vec<Output>) {
        let (id, heard) = match event {
            ClientEvent::Provisional { dialog, key, response, peer } => {
                (dialog, Heard::Provisional { key, response, peer })
            }
            ClientEvent::Answered { dialog, key, response, peer, flow } => {
                (dialog, Heard::Answered { key, response, peer, flow })
            }
            ClientEvent::Refused { dialog, key, response } => (dialog, Heard::Refused { key, response }),
            ClientEvent::Failed { dialog, key, failure } => (dialog, Heard::Failed { key, failure }),
            ClientEvent::Responded { owner, key, request, response, flow } => match owner {
                OtherOwner::Dialog(dialog) => (dialog, Heard::Responded { key, response, flow }),
                OtherOwner::Detached { dialog, login } => {
                    return self.core.detached_responded(now, dialog, login, request, &response, flow, out);
                }
                OtherOwner::Trunk(duty) => {
                    return self.monitors.responded(now, duty, (&response, flow), &mut self.core, out);
                }
            },
            ClientEvent::Unanswered { owner, key, failure } => match owner {
                OtherOwner::Dialog(dialog) => (dialog, Heard::Unanswered { key, failure }),
                // A CANCEL or BYE that nobody answers has done what it could.
                OtherOwner::Detached { .. } => return,
                OtherOwner::Trunk(duty) => {
                    return self.monitors.unanswered(now, duty, failure, &mut self.core, out);
                }
            },
        };
        self.with_dialog(now, id, out, |dialog, cx| dialog.heard(heard, cx));
    }
}
