//! A session that ended before its 200 was acknowledged: our BYE has to wait (RFC 3261 §15), and who sent one may not
//! have the 200 yet.

use super::Flow;
use super::backoff::{Backoff, Due};
use super::dialog::{Cx, Dialog, DialogTimer};
use super::login::Login;
use super::peer::Peer;
use super::server::Arrived;
use crate::message::Method;

#[derive(Debug)]
pub(super) struct Leaving {
    pub(super) peer: Box<Peer>,
    pub(super) login: Option<Box<Login>>,
    pub(super) waiting: Unacknowledged,
    /// The far end has sent BYE: only the 200 is still owed, to a caller who left the early dialog and has no final
    /// response.
    pub(super) over: bool,
}

/// A 200 to an INVITE that is sent again until its ACK comes, over whatever transport (RFC 3261 §13.3.1.4).
#[derive(Debug)]
pub(super) struct Unacknowledged {
    pub(super) cseq: u32,
    pub(super) reply: Flow,
    pub(super) bytes: Vec<u8>,
    pub(super) backoff: Backoff,
}

impl Unacknowledged {
    /// Begins the schedule of a 200 that has just been sent.
    pub(super) fn new(arrived_cseq: u32, reply: Flow, bytes: Vec<u8>, cx: &mut Cx<'_>) -> Self {
        let (t1, t2) = (cx.core.config.t1, cx.core.config.t2);
        let backoff = Backoff::new(cx.now, t1, t2, 64 * t1);
        cx.arm(DialogTimer::Retransmit, backoff.next());
        Self { cseq: arrived_cseq, reply, bytes, backoff }
    }

    /// Sends it again; false: the ACK never came.
    pub(super) fn again(&mut self, cx: &mut Cx<'_>) -> bool {
        match self.backoff.fire(cx.now) {
            Due::Again(at) => {
                cx.resend(self.reply, self.bytes.clone());
                cx.arm(DialogTimer::Retransmit, at);
                true
            }
            Due::GiveUp => false,
        }
    }
}

impl Leaving {
    pub(super) fn request(mut self: Box<Self>, arrived: &Arrived, cx: &mut Cx<'_>) -> Option<Dialog> {
        match arrived.request.method {
            Method::Ack if arrived.cseq() == self.waiting.cseq => {
                self.leave(cx);
                return None;
            }
            Method::Ack => {}
            Method::Bye => {
                cx.answer_plain(arrived, 200);
                self.over = true;
            }
            Method::Invite => {
                let response = cx.core.response(&arrived.request.headers, 481, cx.base.tag);
                cx.refuse_reinvite(arrived, response);
            }
            Method::Prack if self.peer.in_order(arrived.cseq()) => cx.answer_plain(arrived, 200),
            Method::Info | Method::Update | Method::Prack => cx.answer_plain(arrived, 481),
            _ => cx.answer_not_allowed(arrived),
        }
        Some(Dialog::Leaving(self))
    }

    pub(super) fn due(mut self: Box<Self>, timer: DialogTimer, cx: &mut Cx<'_>) -> Option<Dialog> {
        match timer {
            DialogTimer::Retransmit if self.waiting.again(cx) => Some(Dialog::Leaving(self)),
            DialogTimer::Retransmit => {
                self.leave(cx);
                None
            }
            // Disarmed on the way here.
            DialogTimer::Ring | DialogTimer::Retry | DialogTimer::Refresh => Some(Dialog::Leaving(self)),
        }
    }

    fn leave(self, cx: &mut Cx<'_>) {
        if self.over {
            return;
        }
        cx.core.hang_up(cx.now, cx.base.id, Some(self.peer), self.login, cx.out);
    }
}
