//! What every dialog has, whatever its state: its id, its tag, its timers; and how events reach it.

use base::Timestamp;

use super::client::{ClientKey, Failure};
use super::core::{ALLOW, Core, SUPPORTED};
use super::hop::Name;
use super::ids::Token;
use super::incoming::Incoming;
use super::leaving::Leaving;
use super::outgoing::Outgoing;
use super::peer::Peer;
use super::resolving::Asker;
use super::server::Arrived;
use super::session::Session;
use super::timers::{Timer, TimerId};
use super::{DialogId, Event, Flow, Output, QueryId, Transport};
use crate::header::Header;
use crate::message::{Request, Response};

/// A dialog, or what may become one. Each role is handed an event by value and says what it is afterwards; `None` is the
/// end.
#[derive(Debug)]
pub(super) enum Dialog {
    /// An INVITE came and is not answered yet.
    Incoming(Box<Incoming>),
    /// An INVITE of ours is on its way.
    Outgoing(Box<Outgoing>),
    /// Answered.
    Session(Box<Session>),
    /// Released before its 200 was acknowledged: BYE has to wait for that.
    Leaving(Box<Leaving>),
}

/// What stays while a dialog changes its role.
#[derive(Debug)]
pub(super) struct Base {
    pub(super) id: DialogId,
    pub(super) tag: Token,
    timers: [Option<TimerId>; 4],
    /// The name being resolved for it.
    query: Option<QueryId>,
}

/// What a dialog waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DialogTimer {
    /// How long it may ring.
    Ring,
    /// Failover to another place, or the next try after a glare.
    Retry,
    /// A reliable provisional or a 200 is sent again.
    Retransmit,
    /// Session timer; while ringing, the provisional response that keeps proxies waiting.
    Refresh,
}

/// What a dialog has at hand while it handles an event.
pub(super) struct Cx<'a> {
    pub(super) now: Timestamp,
    pub(super) core: &'a mut Core,
    pub(super) base: &'a mut Base,
    pub(super) out: &'a mut Vec<Output>,
}

/// What a client transaction or the resolver has for a dialog.
#[derive(Debug)]
pub(super) enum Heard {
    Provisional {
        key: ClientKey,
        response: Response,
        peer: Option<Box<Peer>>,
    },
    Answered {
        key: ClientKey,
        response: Response,
        peer: Option<Box<Peer>>,
        flow: Flow,
    },
    Refused {
        key: ClientKey,
        response: Response,
    },
    Failed {
        key: ClientKey,
        failure: Failure,
    },
    /// The final response to another request.
    Responded {
        key: ClientKey,
        response: Response,
        flow: Flow,
    },
    Unanswered {
        key: ClientKey,
        failure: Failure,
    },
    Resolved {
        candidates: Vec<(Transport, std::net::SocketAddr)>,
    },
}

impl Base {
    pub(super) fn new(id: DialogId, core: &mut Core) -> Self {
        let tag = core.ids.token();
        core.tags.insert(tag, id);
        Self { id, tag, timers: [None; 4], query: None }
    }

    /// Takes back everything the dialog left with the core.
    pub(super) fn close(mut self, core: &mut Core) {
        core.tags.remove(&self.tag);
        if let Some(query) = self.query {
            core.forget_query(query);
        }
        for timer in self.timers.iter_mut().filter_map(Option::take) {
            core.timers.disarm(timer);
        }
    }

    /// The name's addresses came.
    pub(super) fn resolved(&mut self) {
        self.query = None;
    }

    /// The timer fired: it is not armed any more.
    pub(super) fn fired(&mut self, timer: DialogTimer) {
        self.timers[timer as usize] = None;
    }
}

impl Cx<'_> {
    pub(super) fn arm(&mut self, timer: DialogTimer, at: Timestamp) {
        self.disarm(timer);
        let why = match timer {
            DialogTimer::Ring => "sip: ring timeout",
            DialogTimer::Retry => "sip: try again",
            DialogTimer::Retransmit => "sip: retransmit a response",
            DialogTimer::Refresh => "sip: session timer",
        };
        let id = self.core.timers.arm(at, Timer::Dialog(self.base.id, timer), why);
        self.base.timers[timer as usize] = Some(id);
    }

    pub(super) fn disarm(&mut self, timer: DialogTimer) {
        if let Some(id) = self.base.timers[timer as usize].take() {
            self.core.timers.disarm(id);
        }
    }

    pub(super) fn id(&self) -> DialogId {
        self.base.id
    }

    /// Asks for the addresses of a name, in place of what was asked before.
    pub(super) fn resolve(&mut self, name: Name) {
        if let Some(query) = self.base.query.take() {
            self.core.forget_query(query);
        }
        let asker = Asker::Dialog(self.base.id);
        self.base.query = Some(self.core.resolve(self.now, asker, name, self.out));
    }

    pub(super) fn event(&mut self, event: Event) {
        self.out.push(Output::Event(event));
    }

    pub(super) fn ended(&mut self, status: u16, reason: impl Into<String>) {
        let dialog = self.base.id;
        self.event(Event::Ended { dialog, status, reason: reason.into() });
    }

    /// Answers a request other than INVITE.
    pub(super) fn answer(&mut self, arrived: &Arrived, response: &Response) {
        self.core.answer_other(self.now, arrived, self.base.id, response, self.out);
    }

    /// Answers a request other than INVITE with a status and nothing else to say.
    pub(super) fn answer_plain(&mut self, arrived: &Arrived, status: u16) {
        let response = self.core.response(&arrived.request.headers, status, self.base.tag);
        self.answer(arrived, &response);
    }

    /// 405 with what is allowed.
    pub(super) fn answer_not_allowed(&mut self, arrived: &Arrived) {
        let mut response = self.core.response(&arrived.request.headers, 405, self.base.tag);
        response.headers.push(Header::Allow, ALLOW);
        self.answer(arrived, &response);
    }

    /// OPTIONS within a dialog.
    pub(super) fn answer_options(&mut self, arrived: &Arrived) {
        let mut response = self.core.response(&arrived.request.headers, 200, self.base.tag);
        response.headers.push(Header::Allow, ALLOW);
        response.headers.push(Header::Supported, SUPPORTED);
        response.headers.push(Header::Accept, "application/sdp");
        self.answer(arrived, &response);
    }

    /// Answers a re-INVITE that is refused; its transaction begins and ends here.
    pub(super) fn refuse_reinvite(&mut self, arrived: &Arrived, mut response: Response) {
        response.headers.set_to_tag(&self.base.tag.to_string());
        self.core.open_reinvite(arrived, self.base.id);
        self.core.answer_invite(self.now, arrived.key, response.status, response.to_bytes(), self.out);
    }

    /// Sends bytes that have a schedule of their own.
    pub(super) fn resend(&mut self, flow: Flow, bytes: Vec<u8>) {
        self.core.resend(self.now, self.base.id, flow, bytes, self.out);
    }
}

impl Dialog {
    /// Whether a request that names our tag belongs to this dialog.
    pub(super) fn matches(&self, request: &Request) -> bool {
        match self {
            Dialog::Incoming(incoming) => incoming.peer.matches(request),
            Dialog::Outgoing(outgoing) => outgoing.matches(request),
            Dialog::Session(session) => session.peer.matches(request),
            Dialog::Leaving(leaving) => leaving.peer.matches(request),
        }
    }

    pub(super) fn request(self, arrived: &Arrived, cx: &mut Cx<'_>) -> Option<Dialog> {
        match self {
            Dialog::Incoming(incoming) => incoming.request(arrived, cx),
            Dialog::Outgoing(outgoing) => outgoing.request(arrived, cx),
            Dialog::Session(session) => session.request(arrived, cx),
            Dialog::Leaving(leaving) => leaving.request(arrived, cx),
        }
    }

    pub(super) fn heard(self, heard: Heard, cx: &mut Cx<'_>) -> Option<Dialog> {
        match self {
            // Nothing of ours is on its way in these.
            Dialog::Incoming(_) | Dialog::Leaving(_) => Some(self),
            Dialog::Outgoing(outgoing) => outgoing.heard(heard, cx),
            Dialog::Session(session) => session.heard(heard, cx),
        }
    }

    pub(super) fn due(self, timer: DialogTimer, cx: &mut Cx<'_>) -> Option<Dialog> {
        match self {
            Dialog::Incoming(incoming) => incoming.due(timer, cx),
            Dialog::Outgoing(outgoing) => outgoing.due(timer, cx),
            Dialog::Session(session) => session.due(timer, cx),
            Dialog::Leaving(leaving) => leaving.due(timer, cx),
        }
    }

    pub(super) fn release(self, cx: &mut Cx<'_>) -> Option<Dialog> {
        match self {
            Dialog::Incoming(incoming) => incoming.release(cx),
            Dialog::Outgoing(outgoing) => outgoing.release(cx),
            Dialog::Session(session) => session.release(cx),
            Dialog::Leaving(_) => Some(self),
        }
    }
}
