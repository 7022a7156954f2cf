//! A SIP telephone (or the trunk in front of many) that shares no code with the stack under test: text in, text out.
//!
//! It does what RFC 3261 asks of a simple user agent over datagrams and notes what it saw, so that the checkers can
//! tell whether the node kept its side.

mod call;
mod manners;
mod quirks;
mod requested;
mod requests;
mod responses;
mod steps;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use base::Timestamp;

pub use manners::Manners;
pub use quirks::{Change, Quirk};

use crate::text::{Message, first_line};
use requested::reply;

const T1: Duration = Duration::from_millis(500);
const T2: Duration = Duration::from_secs(4);
/// 64 × T1: when a transaction is given up.
const GIVE_UP: Duration = Duration::from_secs(32);

/// One call of a user agent, named by its SIP Call-ID.
pub(crate) type CallId = String;

/// What a user agent wants of its world.
#[derive(Debug)]
pub enum Want {
    /// A datagram to the node.
    Send(String),
    /// Wake this call then.
    Wake(CallId, Timestamp),
}

/// How far a call is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// We called; nothing came back.
    Calling,
    /// We called; a provisional came back. With a session description in it: early media.
    Proceeding {
        /// Audio flows already.
        early: bool,
    },
    /// We gave up; the final response is awaited.
    Cancelling,
    /// We are called.
    Called {
        /// Our session description went out in a 183.
        early: bool,
    },
    /// Answered.
    Up,
    /// Our BYE is out.
    Leaving,
    /// It is over.
    Over,
}

/// A call as the user agent sees it.
#[derive(Clone, Debug)]
pub struct UaCall {
    /// SIP Call-ID.
    pub id: CallId,
    /// True when we called.
    pub outgoing: bool,
    /// How far it is.
    pub stage: Stage,
    /// The number we call, or are called as.
    pub number: String,
    /// The other number.
    pub other: String,
    /// Where we listen.
    pub rtp: SocketAddr,
    /// Where the node listens.
    pub remote_rtp: Option<SocketAddr>,
    /// Final status of the INVITE.
    pub status: Option<u16>,
    /// The final response to our INVITE, for its headers.
    pub response: String,
    /// The node sent the BYE.
    pub bye_received: bool,
    /// Our 2xx was acknowledged (by ACK, or by BYE).
    pub acknowledged: bool,
    /// The INVITE that reached us, for its headers.
    pub invite: String,
    /// Everything provisional that we were told.
    pub provisionals: Vec<u16>,
    /// Whatever was not as it must be.
    pub complaints: Vec<String>,
    /// When it was answered.
    pub up_since: Option<Timestamp>,
    manners: Manners,
    late_offer: bool,
    /// What it says of the direction of its audio.
    direction: &'static str,
    /// Our re-INVITE asked for an offer: the ACK has the answer.
    asked: bool,
    /// The dialog that a provisional response began: its tag and target.
    early: Option<(String, String)>,
    /// The second telephone that answered.
    fork: Option<quirks::Fork>,
    /// Without power since.
    off: bool,
    local_tag: String,
    remote_tag: String,
    target: String,
    cseq: u32,
    remote_cseq: u32,
    /// Sent again until something comes: the text, when next, the interval, when to give up.
    again: Option<Again>,
    /// What the last response to the INVITE (or the ACK to its final) was, for retransmissions.
    last: String,
    /// Times of what is still to be done.
    plan: Vec<(Timestamp, Step)>,
    cancel_when_possible: bool,
}

#[derive(Clone, Debug)]
struct Again {
    text: String,
    next: Timestamp,
    interval: Duration,
    cap: Duration,
    until: Timestamp,
    what: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Step {
    Ring,
    Early,
    Final(u16),
    HangUp,
    PowerCut,
}

/// A user agent: one address, any number of calls.
#[derive(Debug)]
pub struct Ua {
    /// Its address.
    pub address: SocketAddr,
    /// The node.
    pub node: SocketAddr,
    /// All calls, over ones included until they are taken out.
    pub calls: BTreeMap<CallId, UaCall>,
    /// How it meets a call to a number; `""` is for all the others.
    pub manners: BTreeMap<String, Manners>,
    next_rtp: u16,
    next_id: u64,
    /// Requests answered outside any call.
    pub strays: u32,
}

impl Ua {
    /// A user agent on its own host.
    pub fn new(address: SocketAddr, node: SocketAddr) -> Self {
        Self {
            address,
            node,
            calls: BTreeMap::new(),
            manners: BTreeMap::new(),
            next_rtp: 10_000,
            next_id: 0,
            strays: 0,
        }
    }

    /// The far end can no longer be reached, as after a restart of the node: drops what is going on.
    pub fn forget_all(&mut self) {
        self.calls.clear();
    }

    /// A datagram from the node.
    pub fn receive(&mut self, now: Timestamp, text: &str, wants: &mut Vec<Want>) {
        let message = Message(text);
        let Some(id) = message.header("Call-ID").map(str::to_owned) else { return };
        let start = first_line(text);
        if let Some(rest) = start.strip_prefix("SIP/2.0 ") {
            let status: u16 = rest.get(..3).and_then(|code| code.parse().ok()).unwrap_or(0);
            let Some(mut call) = self.calls.remove(&id) else { return };
            if call.off {
                self.calls.insert(id, call);
                return;
            }
            // One to a request that was never ours (RFC 3261 §18.1.2) is dropped.
            let ours = format!("branch=z9hG4bK{}x", call.local_tag);
            if !message.header("Via").is_some_and(|via| via.contains(&ours)) {
                self.calls.insert(id, call);
                return;
            }
            self.response(now, &mut call, status, &message, wants);
            self.calls.insert(id, call);
            return;
        }
        let method = start.split(' ').next().unwrap_or_default();
        match (self.calls.remove(&id), method) {
            (Some(mut call), _) => {
                if !call.off && !call.forked(method, &message, wants) {
                    self.in_call(now, &mut call, method, &message, wants);
                }
                self.calls.insert(id, call);
            }
            (None, "INVITE") => self.called(now, id, &message, wants),
            (None, "OPTIONS") => wants.push(Want::Send(reply(&message, 200, "OK", "t", "", ""))),
            (None, "ACK") => {}
            (None, _) => {
                self.strays += 1;
                wants.push(Want::Send(reply(&message, 481, "Call/Transaction Does Not Exist", "t", "", "")));
            }
        }
    }

    fn fresh(&mut self) -> CallId {
        self.next_id += 1;
        format!("c{}@{}", self.next_id, self.address.ip())
    }

    fn fresh_rtp(&mut self) -> SocketAddr {
        self.next_rtp = if self.next_rtp >= 60_000 { 10_000 } else { self.next_rtp + 2 };
        SocketAddr::new(self.address.ip(), self.next_rtp)
    }
}

fn cseq_of(message: &Message<'_>) -> u32 {
    message
        .header("CSeq")
        .and_then(|value| value.split_whitespace().next())
        .and_then(|number| number.parse().ok())
        .unwrap_or(0)
}
