//! An answered call (RFC 3261 §12.2, §14, §15; RFC 3311; RFC 4028).
//!
//! One exchange at a time: a 200 of ours waiting for its ACK, or a re-INVITE or UPDATE of ours waiting for its response.
//! What comes meanwhile and would cross it is refused with 491, and 491 for ours is tried again later.

use std::time::Duration;

use super::client::{ClientKey, Failure, Purpose};
use super::client_other::OtherOwner;
use super::core::{ALLOW, SUPPORTED};
use super::dialog::{Cx, Dialog, DialogTimer, Heard};
use super::info;
use super::leaving::{Leaving, Unacknowledged};
use super::login::Login;
use super::offer;
use super::peer::Peer;
use super::server::Arrived;
use super::session_timer::{Agreed, By, SessionTimer, TooSmall};
use super::{Event, Flow};
use crate::header::Header;
use crate::media_session::{LocalMedia, Negotiation, RemoteMedia};
use crate::message::{Headers, Method, Request, Response};
use crate::sdp::Direction;

#[derive(Debug)]
pub(super) struct Session {
    pub(super) peer: Peer,
    side: Side,
    said: Said,
    login: Option<Box<Login>>,
    timer: SessionTimer,
    exchange: Exchange,
    /// What to do when the exchange under way is over.
    next: Option<Change>,
}

/// Who placed the call; decides who waits longer after a glare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Caller,
    Callee,
}

/// What the two sides agreed on.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) negotiation: Negotiation,
    pub(super) local: LocalMedia,
    /// Ours.
    pub(super) direction: Direction,
    /// `None` while the answer to a late offer of ours is on its way.
    pub(super) remote: Option<RemoteMedia>,
}

#[derive(Debug)]
enum Exchange {
    Idle,
    /// Our 200 waits for its ACK, which brings the answer where we offered.
    Acking {
        waiting: Unacknowledged,
        awaited: Awaited,
    },
    /// Our INVITE waits for its response.
    Inviting {
        key: ClientKey,
        change: Change,
    },
    /// Our UPDATE waits for its response.
    Updating {
        key: ClientKey,
        change: Change,
    },
    /// Both sides began at once; ours again when [`DialogTimer::Retry`] fires.
    Glare {
        change: Change,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Awaited {
    Ack,
    AckWithAnswer,
}

/// What we want of the session.
#[derive(Clone, Debug)]
pub(super) enum Change {
    /// To live on.
    Refresh,
    /// Other media of ours.
    Media { local: LocalMedia, direction: Direction },
}

/// The 200 that answers a call.
pub(super) struct Opening {
    pub(super) cseq: u32,
    pub(super) reply: Flow,
    pub(super) bytes: Vec<u8>,
}

impl Session {
    /// A call of ours that was answered; the ACK is out.
    pub(super) fn dialled(
        peer: Peer,
        said: Said,
        login: Option<Box<Login>>,
        timer: SessionTimer,
        cx: &mut Cx<'_>,
    ) -> Dialog {
        let mut session =
            Self { peer, side: Side::Caller, said, login, timer, exchange: Exchange::Idle, next: None };
        session.rearm(cx);
        session.find_name(cx);
        Dialog::Session(Box::new(session))
    }

    /// A call to us that we answered; the 200 is out.
    pub(super) fn answered(
        peer: Peer,
        said: Said,
        timer: SessionTimer,
        opening: Opening,
        cx: &mut Cx<'_>,
    ) -> Dialog {
        let awaited = if said.remote.is_some() { Awaited::Ack } else { Awaited::AckWithAnswer };
        let waiting = Unacknowledged::new(opening.cseq, opening.reply, opening.bytes, cx);
        let exchange = Exchange::Acking { waiting, awaited };
        let mut session = Self { peer, side: Side::Callee, said, login: None, timer, exchange, next: None };
        session.rearm(cx);
        session.find_name(cx);
        Dialog::Session(Box::new(session))
    }

    /// Asks for the address of a next hop that is a name.
    fn find_name(&mut self, cx: &mut Cx<'_>) {
        if let Some(name) = self.peer.hop.name.take() {
            cx.resolve(name);
        }
    }

    fn rearm(&mut self, cx: &mut Cx<'_>) {
        match self.timer.next(cx.now) {
            Some(at) => cx.arm(DialogTimer::Refresh, at),
            None => cx.disarm(DialogTimer::Refresh),
        }
    }

    pub(super) fn request(mut self: Box<Self>, arrived: &Arrived, cx: &mut Cx<'_>) -> Option<Dialog> {
        let method = &arrived.request.method;
        if *method == Method::Ack {
            return self.acknowledged(arrived, cx);
        }
        if !self.peer.in_order(arrived.cseq()) {
            let response = cx.core.response(&arrived.request.headers, 500, cx.base.tag);
            match method {
                Method::Invite => cx.refuse_reinvite(arrived, response),
                _ => cx.answer(arrived, &response),
            }
            return Some(Dialog::Session(self));
        }
        match method {
            Method::Bye => {
                cx.answer_plain(arrived, 200);
                let reason = arrived.request.headers.reasons().next().map(|reason| reason.text.into_owned());
                cx.ended(0, reason.filter(|text| !text.is_empty()).unwrap_or_else(|| "BYE".to_owned()));
                return self.wait_for_ack(true, cx).err();
            }
            Method::Invite | Method::Update => self.offered(arrived, cx),
            Method::Info => info::handle(arrived, cx),
            Method::Options => cx.answer_options(arrived),
            // Of a provisional that our 200 overtook.
            Method::Prack => cx.answer_plain(arrived, 200),
            // Transfers are the function's business, never the far end's.
            Method::Refer => cx.answer_plain(arrived, 603),
            _ => cx.answer_not_allowed(arrived),
        }
        Some(Dialog::Session(self))
    }

    fn acknowledged(mut self: Box<Self>, arrived: &Arrived, cx: &mut Cx<'_>) -> Option<Dialog> {
        let awaited = match &self.exchange {
            Exchange::Acking { waiting, awaited } if waiting.cseq == arrived.cseq() => *awaited,
            // Of a 200 sent again after its ACK, or of nothing.
            Exchange::Acking { .. }
            | Exchange::Idle
            | Exchange::Inviting { .. }
            | Exchange::Updating { .. }
            | Exchange::Glare { .. } => return Some(Dialog::Session(self)),
        };
        cx.disarm(DialogTimer::Retransmit);
        self.exchange = Exchange::Idle;
        if awaited == Awaited::AckWithAnswer {
            let answer = offer::sdp(&arrived.request.headers, &arrived.request.body);
            let agreed = match answer {
                Some(sdp) => {
                    let Said { negotiation, local, direction, .. } = &mut self.said;
                    negotiation.accept(sdp, local, *direction).map_err(|error| error.to_string())
                }
                None => Err("ACK without an answer to our offer".to_owned()),
            };
            match agreed {
                Ok(media) => self.remote_is(media, cx),
                Err(reason) => {
                    cx.ended(0, reason);
                    return self.bye(cx);
                }
            }
        }
        self.go_on(cx);
        Some(Dialog::Session(self))
    }

    /// Remembers the far end's media and tells of a change.
    fn remote_is(&mut self, media: RemoteMedia, cx: &mut Cx<'_>) {
        if self.said.remote.as_ref() != Some(&media) {
            self.said.remote = Some(media.clone());
            let dialog = cx.id();
            cx.event(Event::MediaChanged { dialog, media });
        }
    }

    /// A re-INVITE or UPDATE of theirs.
    fn offered(&mut self, arrived: &Arrived, cx: &mut Cx<'_>) {
        let headers = &arrived.request.headers;
        let is_invite = arrived.request.method == Method::Invite;
        let sdp = offer::sdp(headers, &arrived.request.body);
        let refusal = match &self.exchange {
            // RFC 3261 §14.2, RFC 3311 §5.2; an UPDATE without offer crosses nothing.
            Exchange::Inviting { .. } | Exchange::Updating { .. } if is_invite || sdp.is_some() => Some(491),
            Exchange::Acking { awaited: Awaited::AckWithAnswer, .. } if is_invite || sdp.is_some() => {
                Some(491)
            }
            // A new INVITE can only come from who has our 200: its ACK got lost.
            Exchange::Acking { .. }
            | Exchange::Inviting { .. }
            | Exchange::Updating { .. }
            | Exchange::Glare { .. }
            | Exchange::Idle => None,
        };
        let answer = match refusal {
            Some(status) => Err(cx.core.response(headers, status, cx.base.tag)),
            None => self.answer(sdp, is_invite, headers, cx),
        };
        let (mut response, agreed, remote) = match answer {
            Ok(answer) => answer,
            Err(response) if is_invite => return cx.refuse_reinvite(arrived, response),
            Err(response) => return cx.answer(arrived, &response),
        };
        self.peer.refresh_target(headers, arrived.flow, cx.core);
        self.find_name(cx);
        let contact = cx.core.contact(self.peer.transport(), None);
        response.headers.push(Header::Contact, &contact);
        response.headers.push(Header::Allow, ALLOW);
        response.headers.push(Header::Supported, SUPPORTED);
        agreed.write(&mut response);
        self.timer = agreed.timer;
        self.rearm(cx);
        if is_invite {
            let bytes = response.to_bytes();
            cx.core.open_reinvite(arrived, cx.base.id);
            cx.core.answer_invite(cx.now, arrived.key, 200, bytes.clone(), cx.out);
            if let Exchange::Glare { change } = std::mem::replace(&mut self.exchange, Exchange::Idle) {
                cx.disarm(DialogTimer::Retry);
                self.next = Some(change);
            }
            let waiting = Unacknowledged::new(arrived.cseq(), arrived.reply, bytes, cx);
            let awaited = if sdp.is_some() { Awaited::Ack } else { Awaited::AckWithAnswer };
            self.exchange = Exchange::Acking { waiting, awaited };
        } else {
            cx.answer(arrived, &response);
        }
        if let Some(remote) = remote {
            self.remote_is(remote, cx);
        }
    }

    /// The 200 with our side of the session, or the refusal.
    fn answer(
        &mut self,
        sdp: Option<&[u8]>,
        is_invite: bool,
        headers: &Headers,
        cx: &mut Cx<'_>,
    ) -> Result<(Response, Agreed, Option<RemoteMedia>), Response> {
        let refuse = |cx: &Cx<'_>, status| cx.core.response(headers, status, cx.base.tag);
        let agreed = Agreed::of_request(headers, &cx.core.config).map_err(|TooSmall(floor)| {
            let mut response = refuse(cx, 422);
            response.headers.push(Header::MinSe, &floor.to_string());
            response
        })?;
        let mut response = cx.core.response(headers, 200, cx.base.tag);
        let Said { negotiation, local, direction, .. } = &mut self.said;
        let remote = match sdp {
            Some(offer) => {
                let answer = negotiation
                    .answer(offer, std::slice::from_ref(local), *direction)
                    .map_err(|error| refuse(cx, error.status()))?;
                response.set_body("application/sdp", answer.sdp.into_bytes());
                answer.streams.into_iter().next().map(|stream| stream.remote)
            }
            None if is_invite => {
                response.set_body("application/sdp", negotiation.offer(local, *direction).into_bytes());
                None
            }
            None => None,
        };
        Ok((response, agreed, remote))
    }

    /// Changes our side of the session.
    pub(super) fn modify(
        mut self: Box<Self>,
        local: LocalMedia,
        direction: Direction,
        cx: &mut Cx<'_>,
    ) -> Dialog {
        self.next = Some(Change::Media { local, direction });
        self.go_on(cx);
        Dialog::Session(self)
    }

    /// Begins what waits, if nothing is under way.
    fn go_on(&mut self, cx: &mut Cx<'_>) {
        if matches!(self.exchange, Exchange::Idle)
            && let Some(change) = self.next.take()
        {
            self.begin(change, cx);
        }
    }

    fn begin(&mut self, change: Change, cx: &mut Cx<'_>) {
        let by_update =
            matches!((&change, &self.timer), (Change::Refresh, SessionTimer::Ours { by: By::Update, .. }));
        let method = if by_update { Method::Update } else { Method::Invite };
        let mut request = self.peer.request(method, cx.core);
        let contact = cx.core.contact(self.peer.transport(), None);
        request.headers.push(Header::Contact, &contact);
        request.headers.push(Header::Allow, ALLOW);
        request.headers.push(Header::Supported, SUPPORTED);
        self.timer.write(&mut request, &cx.core.config);
        if let Some(login) = &mut self.login {
            login.reuse(&mut request);
        }
        let flow = self.peer.hop.flow;
        self.exchange = if by_update {
            match cx.core.start_other(cx.now, request, flow, OtherOwner::Dialog(cx.base.id), cx.out) {
                Ok(key) => Exchange::Updating { key, change },
                Err(error) => return self.not_sent(&error.to_string(), cx),
            }
        } else {
            let Said { negotiation, local, direction, .. } = &mut self.said;
            let (local, direction) = match &change {
                Change::Refresh => (&*local, *direction),
                Change::Media { local, direction } => (local, *direction),
            };
            request.set_body("application/sdp", negotiation.offer(local, direction).into_bytes());
            match cx.core.start_invite(cx.now, request, flow, (cx.base.id, Purpose::Reinvite), cx.out) {
                Ok(key) => Exchange::Inviting { key, change },
                Err(error) => return self.not_sent(&error.to_string(), cx),
            }
        };
    }

    /// Too much is going on: the session lives on as it is, until its timer ends it.
    fn not_sent(&mut self, reason: &str, cx: &mut Cx<'_>) {
        tracing::debug!(reason, "session not changed");
        self.exchange = Exchange::Idle;
        self.lapse(cx);
    }

    fn lapse(&mut self, cx: &mut Cx<'_>) {
        if let SessionTimer::Ours { seconds, .. } = self.timer {
            self.timer = SessionTimer::Lapsing { seconds };
            self.rearm(cx);
        }
    }

    pub(super) fn heard(mut self: Box<Self>, heard: Heard, cx: &mut Cx<'_>) -> Option<Dialog> {
        match (heard, &self.exchange) {
            (Heard::Answered { key, response, flow, .. }, Exchange::Inviting { key: ours, .. })
                if key == *ours =>
            {
                self.agreed(response, flow, cx)
            }
            (Heard::Responded { key, response, flow, .. }, Exchange::Updating { key: ours, .. })
                if key == *ours =>
            {
                match response.status {
                    200..300 => self.agreed(response, flow, cx),
                    _ => self.refused(response, cx),
                }
            }
            (Heard::Refused { key, response, .. }, Exchange::Inviting { key: ours, .. }) if key == *ours => {
                self.refused(response, cx)
            }
            (Heard::Failed { key, failure, .. }, Exchange::Inviting { key: ours, .. })
            | (Heard::Unanswered { key, failure, .. }, Exchange::Updating { key: ours, .. })
                if key == *ours =>
            {
                let reason = match failure {
                    Failure::Timeout => "no response within the dialog",
                    Failure::Transport => "connection lost",
                };
                cx.ended(0, reason);
                self.bye(cx)
            }
            (Heard::Resolved { candidates }, _) => {
                if let Some(flow) =
                    candidates.first().and_then(|(transport, at)| cx.core.flow_to(*transport, *at))
                {
                    self.peer.hop.flow = flow;
                }
                Some(Dialog::Session(self))
            }
            // Of an exchange that is over, or provisional.
            (
                Heard::Answered { .. }
                | Heard::Responded { .. }
                | Heard::Refused { .. }
                | Heard::Failed { .. }
                | Heard::Unanswered { .. }
                | Heard::Provisional { .. },
                _,
            ) => Some(Dialog::Session(self)),
        }
    }

    /// A 2xx to our re-INVITE (its ACK is out) or UPDATE.
    fn agreed(mut self: Box<Self>, response: Response, flow: Flow, cx: &mut Cx<'_>) -> Option<Dialog> {
        if let Some(login) = &mut self.login {
            login.accepted();
        }
        let change = match std::mem::replace(&mut self.exchange, Exchange::Idle) {
            Exchange::Inviting { change, .. } => Some(change),
            Exchange::Updating { .. } | Exchange::Idle | Exchange::Acking { .. } | Exchange::Glare { .. } => {
                None
            }
        };
        self.peer.refresh_target(&response.headers, flow, cx.core);
        self.find_name(cx);
        if let Some(change) = change {
            if let Change::Media { local, direction } = change {
                self.said.local = local;
                self.said.direction = direction;
            }
            if let Some(sdp) = offer::sdp(&response.headers, &response.body) {
                let Said { negotiation, local, direction, .. } = &mut self.said;
                match negotiation.accept(sdp, local, *direction) {
                    Ok(media) => self.remote_is(media, cx),
                    Err(error) => {
                        cx.ended(0, error.to_string());
                        return self.bye(cx);
                    }
                }
            }
        }
        self.timer = match (SessionTimer::of_response(&response.headers), self.timer) {
            // RFC 4028 §7.2: a response that says nothing ends it.
            (SessionTimer::Off, _) => SessionTimer::Off,
            // Allow need not be repeated.
            (SessionTimer::Ours { seconds, .. }, SessionTimer::Ours { by, .. }) => {
                SessionTimer::Ours { seconds, by }
            }
            (timer, _) => timer,
        };
        self.rearm(cx);
        self.go_on(cx);
        Some(Dialog::Session(self))
    }

    /// A refusal of our re-INVITE or UPDATE.
    fn refused(mut self: Box<Self>, response: Response, cx: &mut Cx<'_>) -> Option<Dialog> {
        let change = match std::mem::replace(&mut self.exchange, Exchange::Idle) {
            Exchange::Inviting { change, .. } | Exchange::Updating { change, .. } => change,
            Exchange::Idle | Exchange::Acking { .. } | Exchange::Glare { .. } => {
                return Some(Dialog::Session(self));
            }
        };
        match response.status {
            401 | 407
                if self.login.as_mut().is_some_and(|login| login.learn(&response, &mut cx.core.ids)) =>
            {
                self.begin(change, cx);
            }
            491 => {
                // RFC 3261 §14.1: the owner of the Call-ID waits 2.1 to 4 s, the other side 0 to 2 s, in steps of 10 ms.
                let steps = match self.side {
                    Side::Caller => 210 + cx.core.ids.jitter.below(191),
                    Side::Callee => cx.core.ids.jitter.below(201),
                };
                cx.arm(DialogTimer::Retry, cx.now + Duration::from_millis(10 * steps));
                self.exchange = Exchange::Glare { change };
            }
            422 => match (response.headers.min_se(), &mut self.timer) {
                (Ok(Some(min)), SessionTimer::Ours { seconds, .. }) if min > *seconds => {
                    *seconds = min;
                    self.begin(change, cx);
                }
                _ => self.lapse(cx),
            },
            405 | 501 if matches!(self.timer, SessionTimer::Ours { by: By::Update, .. }) => {
                if let SessionTimer::Ours { by, .. } = &mut self.timer {
                    *by = By::Reinvite;
                }
                self.begin(change, cx);
            }
            408 | 481 => {
                cx.ended(0, format!("{} within the dialog", response.status));
                return self.bye(cx);
            }
            _ => {
                if matches!(change, Change::Refresh) {
                    self.lapse(cx);
                }
                self.go_on(cx);
            }
        }
        Some(Dialog::Session(self))
    }

    pub(super) fn due(mut self: Box<Self>, timer: DialogTimer, cx: &mut Cx<'_>) -> Option<Dialog> {
        match timer {
            DialogTimer::Retransmit => {
                if let Exchange::Acking { waiting, .. } = &mut self.exchange
                    && !waiting.again(cx)
                {
                    cx.ended(0, "no ACK");
                    return self.bye(cx);
                }
            }
            DialogTimer::Retry => {
                if let Exchange::Glare { change } = std::mem::replace(&mut self.exchange, Exchange::Idle) {
                    self.begin(change, cx);
                }
            }
            DialogTimer::Refresh => match self.timer {
                SessionTimer::Ours { .. } => {
                    self.next.get_or_insert(Change::Refresh);
                    self.go_on(cx);
                }
                SessionTimer::Theirs { .. } | SessionTimer::Lapsing { .. } => {
                    cx.ended(0, "session expired");
                    return self.bye(cx);
                }
                SessionTimer::Off => {}
            },
            // Disarmed when the call was answered.
            DialogTimer::Ring => {}
        }
        Some(Dialog::Session(self))
    }

    fn stop_exchange(&mut self, cx: &mut Cx<'_>) {
        match std::mem::replace(&mut self.exchange, Exchange::Idle) {
            Exchange::Inviting { key, .. } => cx.core.abandon_invite(cx.now, key, None, cx.out),
            Exchange::Updating { key, .. } => cx.core.forget_other(key),
            Exchange::Idle | Exchange::Acking { .. } | Exchange::Glare { .. } => {}
        }
    }

    fn bye(mut self: Box<Self>, cx: &mut Cx<'_>) -> Option<Dialog> {
        self.stop_exchange(cx);
        let mut bye: Request = self.peer.request(Method::Bye, cx.core);
        if let Some(login) = &mut self.login {
            login.reuse(&mut bye);
        }
        let owner = OtherOwner::Detached { dialog: cx.id(), login: self.login };
        if let Err(error) = cx.core.start_other(cx.now, bye, self.peer.hop.flow, owner, cx.out) {
            tracing::debug!(%error, "BYE not sent");
        }
        None
    }

    pub(super) fn release(self: Box<Self>, cx: &mut Cx<'_>) -> Option<Dialog> {
        // RFC 3261 §15: the callee must not send BYE before the ACK.
        match self.wait_for_ack(false, cx) {
            Ok(session) => session.bye(cx),
            Err(leaving) => Some(leaving),
        }
    }

    /// The session is over; while a 200 of ours has no ACK, it is sent again.
    fn wait_for_ack(mut self: Box<Self>, over: bool, cx: &mut Cx<'_>) -> Result<Box<Self>, Dialog> {
        match std::mem::replace(&mut self.exchange, Exchange::Idle) {
            Exchange::Acking { waiting, .. } => {
                cx.disarm(DialogTimer::Refresh);
                cx.disarm(DialogTimer::Retry);
                let leaving = Leaving { peer: Box::new(self.peer), login: self.login, waiting, over };
                Err(Dialog::Leaving(Box::new(leaving)))
            }
            exchange => {
                self.exchange = exchange;
                self.stop_exchange(cx);
                Ok(self)
            }
        }
    }
}
