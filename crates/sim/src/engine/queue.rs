//! Things to come, on virtual time.

use std::cmp::Reverse;
use std::net::SocketAddr;
use std::time::Duration;

use api::Request;
use base::Timestamp;
use bytes::Bytes;
use directory::Change;
use meet::ConnectionId;
use node::{BrowserInput, Input, Ticket, WriteId};
use sip::stack::{self, Flow, Transport};

use super::{Engine, NODE};
use crate::browser::{BrowserStage, PING_EVERY};

/// Things to come.
pub(super) enum What {
    Datagram {
        from: SocketAddr,
        to: SocketAddr,
        bytes: Vec<u8>,
    },
    UaWakes {
        ua: SocketAddr,
        call: String,
    },
    /// What the node is told, as it is.
    Node(Input<'static>),
    Requested {
        request: Box<Request>,
    },
    BrowserSends {
        connection: ConnectionId,
        frame: Bytes,
    },
    BrowserPings {
        connection: ConnectionId,
    },
    BrowserGoes {
        connection: ConnectionId,
    },
    /// A request that came while the node's thread did not run.
    Asked {
        ticket: Ticket,
        request: Box<Request>,
    },
    Stored {
        write: WriteId,
        changes: Vec<Change>,
        outcome: Result<(), String>,
    },
    Scripted(Box<dyn FnOnce(&mut Engine)>),
}

impl What {
    /// Whether the node's thread has to take it.
    pub(super) fn is_for_node(&self) -> bool {
        match self {
            What::Datagram { to, .. } => *to == NODE,
            What::UaWakes { .. } | What::Scripted(_) => false,
            What::Node(_)
            | What::Requested { .. }
            | What::Asked { .. }
            | What::BrowserSends { .. }
            | What::BrowserPings { .. }
            | What::BrowserGoes { .. }
            | What::Stored { .. } => true,
        }
    }
}

pub(super) struct Entry {
    at: Timestamp,
    order: u64,
    /// Of the node's life; completions for an earlier one are dropped. `None` for what outlives the node.
    life: Option<u32>,
    pub(super) what: What,
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.order == other.order
    }
}

impl Eq for Entry {}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        Reverse((self.at, self.order)).cmp(&Reverse((other.at, other.order)))
    }
}

impl Engine {
    /// Runs a script at a later time.
    pub fn at(&mut self, after: Duration, script: impl FnOnce(&mut Engine) + 'static) {
        self.push(after, None, What::Scripted(Box::new(script)));
    }

    /// Does the next thing to come; false when there is none.
    pub fn step(&mut self) -> bool {
        let queued = self.queue.peek().map(|entry| entry.at);
        let wanted = self.node.deadline().map(|(at, _)| at.max(self.stalled));
        let node_first = match (wanted, queued) {
            (Some(wanted), Some(queued)) if wanted == queued && self.faults.coin => self.rng.one_in(2),
            (Some(wanted), Some(queued)) => wanted <= queued,
            (Some(_), None) => true,
            (None, _) => false,
        };
        if let (true, Some(at)) = (node_first, wanted) {
            self.spins = if at <= self.now { self.spins + 1 } else { 0 };
            assert!(self.spins < 10_000, "the node wants to be woken for ever: {:?}", self.node.deadline());
            self.now = self.now.max(at);
            self.input(Input::Woken);
            return true;
        }
        let Some(entry) = self.queue.pop() else { return false };
        self.now = self.now.max(entry.at);
        if self.now < self.stalled && entry.what.is_for_node() {
            // What waits keeps its order.
            self.queue.push(Entry { at: self.stalled, ..entry });
        } else if entry.life.is_none_or(|life| life == self.life) {
            self.happen(entry.what);
        }
        true
    }

    /// The node's thread does not run for so long; then it finds everything that came, and timers long due.
    pub fn stall(&mut self, time: Duration) {
        self.stalled = self.stalled.max(self.now + time);
    }

    /// Nothing arrives for so long, at nobody.
    pub fn outage(&mut self, time: Duration) {
        self.cut = self.cut.max(self.now + time);
    }

    /// Runs until `until` or until nothing is to come.
    pub fn run_until(&mut self, until: Timestamp) {
        while self.next_at().is_some_and(|at| at <= until) {
            self.step();
        }
        self.now = self.now.max(until);
    }

    /// When the next thing comes.
    pub fn next_at(&self) -> Option<Timestamp> {
        let queued = self.queue.peek().map(|entry| entry.at);
        let wanted = self.node.deadline().map(|(at, _)| at.max(self.stalled));
        queued.into_iter().chain(wanted).min()
    }

    pub(super) fn happen(&mut self, what: What) {
        match what {
            What::Datagram { from, to, bytes } if to == NODE => {
                let flow = Flow { transport: Transport::Udp, local: to, remote: from, connection: None };
                self.input(Input::Sip(stack::Input::Received { flow, bytes: &bytes }));
            }
            What::Datagram { to, bytes, .. } => {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                self.with_ua(to, |ua, now, wants| ua.receive(now, &text, wants));
            }
            What::UaWakes { ua, call } => {
                self.with_ua(ua, |ua, now, wants| ua.wake(now, &call, wants));
            }
            What::Node(input) => self.tell(input),
            What::BrowserSends { connection, frame } => {
                let event = BrowserInput::Frame(&frame);
                self.input(Input::Browser { connection, event });
            }
            What::BrowserPings { connection } => {
                let stage = self.with_browser(connection, |browser, now, wants| {
                    browser.ping(now, wants);
                    browser.stage
                });
                if stage == Some(BrowserStage::Leaving) {
                    // It waits no longer for what has not come.
                    return self.cut(connection);
                }
                if stage.is_some_and(|stage| stage != BrowserStage::Gone) {
                    self.push_for_life(PING_EVERY, What::BrowserPings { connection });
                }
            }
            What::BrowserGoes { connection } => {
                if let Some(browser) = self.browsers.get_mut(&connection) {
                    browser.is_known_to_be_gone();
                }
                self.input(Input::Browser { connection, event: BrowserInput::Disconnected });
            }
            What::Requested { request } => {
                self.request(*request);
            }
            What::Asked { ticket, request } => self.asked(ticket, request),
            What::Stored { write, changes, outcome } => {
                if outcome.is_ok() {
                    self.disk.apply(changes);
                }
                self.input(Input::Stored { write, outcome });
            }
            What::Scripted(script) => script(self),
        }
    }

    fn tell(&mut self, input: Input<'static>) {
        match input {
            Input::Media { shard, event } => {
                if let Some(event) = self.shards[shard].due(event) {
                    self.input(Input::Media { shard, event });
                }
            }
            Input::FunctionReturned { transaction, invocation, outcome } => {
                self.checks.returned(transaction, invocation, outcome.is_ok(), self.now);
                self.input(Input::FunctionReturned { transaction, invocation, outcome });
            }
            other => self.input(other),
        }
    }

    pub(super) fn push_for_life(&mut self, after: Duration, what: What) {
        self.push(after, Some(self.life), what);
    }

    pub(super) fn push(&mut self, after: Duration, life: Option<u32>, what: What) {
        self.order += 1;
        self.queue.push(Entry { at: self.now + after, order: self.order, life, what });
    }
}
