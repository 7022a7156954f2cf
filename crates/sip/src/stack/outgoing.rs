//! A call we place, until it is answered (RFC 3261 §13.2, RFC 3262 §4, RFC 3263 §4.3).
//!
//! ```text
//!  Resolving ──addresses──► Inviting ──2xx──► Session
//!      ▲                       │
//!      └── next target ◄───────┤ 503, nobody answers, cannot be sent: next address, else next target
//!                              ├ 401/407 with credentials, 422: the same address again
//!                              └ any other refusal, ring timeout, no target left: gone
//! ```

use std::collections::VecDeque;
use std::net::SocketAddr;

use super::client::{ClientKey, Failure, Purpose};
use super::client_other::OtherOwner;
use super::core::{ALLOW, SUPPORTED};
use super::dialog::{Cx, Dialog, DialogTimer, Heard};
use super::hop::{Place, transport_of};
use super::info;
use super::login::Login;
use super::offer;
use super::peer::Peer;
use super::server::Arrived;
use super::session::{Said, Session};
use super::session_timer::SessionTimer;
use super::{Event, Outbound, Target, Transport};
use crate::header::{CSeq, Header, RAck, SessionExpires};
use crate::media_session::{Negotiation, RemoteMedia};
use crate::message::{Method, Request, Response};
use crate::sdp::Direction;
use crate::uri::Uri;

#[derive(Debug)]
pub(super) struct Outgoing {
    outbound: Outbound,
    call_id: Box<str>,
    cseq: u32,
    /// Index of the target being tried.
    target: usize,
    /// Its addresses that were not tried yet.
    candidates: VecDeque<(Transport, SocketAddr)>,
    login: Option<Box<Login>>,
    /// Grows with every 422.
    session: SessionExpires,
    min_se: u32,
    /// What went wrong last; the call's outcome when nothing is left to try.
    failure: (u16, String),
    state: State,
}

#[derive(Debug)]
enum State {
    /// The target's name is being resolved.
    Resolving,
    /// An INVITE is out.
    Inviting { key: ClientKey, at: (Transport, SocketAddr), negotiation: Negotiation, early: Vec<Early> },
}

/// An early dialog: one per fork that rings.
#[derive(Debug)]
struct Early {
    peer: Peer,
    /// RSeq of the last reliable provisional response.
    rseq: Option<u32>,
    /// The answer to our offer, once it came.
    answer: Option<RemoteMedia>,
    negotiation: Negotiation,
}

impl Outgoing {
    /// Places a call.
    pub(super) fn place(outbound: Outbound, cx: &mut Cx<'_>) -> Option<Dialog> {
        let min_se = cx.core.config.min_se.as_secs() as u32;
        let seconds = cx.core.config.session_expires.as_secs() as u32;
        cx.arm(DialogTimer::Ring, cx.now + outbound.timeout);
        let outgoing = Box::new(Self {
            call_id: cx.core.ids.call_id(),
            cseq: 0,
            target: 0,
            candidates: VecDeque::new(),
            login: None,
            session: SessionExpires { seconds: seconds.max(min_se), refresher: None },
            min_se,
            failure: (503, "nowhere to send it".to_owned()),
            state: State::Resolving,
            outbound,
        });
        outgoing.try_target(cx)
    }

    /// Finds the addresses of the target, or ends the call when no target is left.
    fn try_target(mut self: Box<Self>, cx: &mut Cx<'_>) -> Option<Dialog> {
        self.state = State::Resolving;
        loop {
            let Some(target) = self.outbound.targets.get(self.target) else {
                let (status, reason) = self.failure;
                cx.ended(status, reason);
                return None;
            };
            self.login = target.credentials.as_ref().map(|(user, password)| Login::new(user, password));
            match place_of(target, cx) {
                Ok(Place::Address(transport, address)) => {
                    self.candidates = VecDeque::from([(transport, address)]);
                    match self.try_address(cx) {
                        Ok(dialog) => return Some(dialog),
                        Err(outgoing) => self = outgoing,
                    }
                }
                Ok(Place::Name(name)) => {
                    cx.resolve(name);
                    return Some(Dialog::Outgoing(self));
                }
                Err(reason) => self.failure = (503, reason),
            }
            self.target += 1;
        }
    }

    /// Sends the INVITE to the next address that can be sent to; gives the call back when there is none.
    fn try_address(mut self: Box<Self>, cx: &mut Cx<'_>) -> Result<Dialog, Box<Self>> {
        while let Some(at) = self.candidates.pop_front() {
            match self.invite(at, cx) {
                Ok(()) => return Ok(Dialog::Outgoing(self)),
                Err(reason) => self.failure = (503, reason),
            }
        }
        Err(self)
    }

    /// The next address, else the next target.
    fn go_on(self: Box<Self>, cx: &mut Cx<'_>) -> Option<Dialog> {
        match self.try_address(cx) {
            Ok(dialog) => Some(dialog),
            Err(mut outgoing) => {
                outgoing.target += 1;
                outgoing.try_target(cx)
            }
        }
    }

    fn invite(&mut self, at: (Transport, SocketAddr), cx: &mut Cx<'_>) -> Result<(), String> {
        let (transport, address) = at;
        let flow =
            cx.core.flow_to(transport, address).ok_or_else(|| format!("no transport {transport:?}"))?;
        let session_id = cx.core.ids.token().bits();
        let mut negotiation = Negotiation::new(session_id);
        let mut request = self.compose(transport, cx)?;
        if let Some(login) = &mut self.login {
            login.reuse(&mut request);
        }
        let sdp = negotiation.offer(&self.outbound.media, Direction::SendRecv);
        request.set_body("application/sdp", sdp.into_bytes());
        let key = cx
            .core
            .start_invite(cx.now, request, flow, (cx.base.id, Purpose::Dial), cx.out)
            .map_err(|error| error.to_string())?;
        self.state = State::Inviting { key, at, negotiation, early: Vec::new() };
        if !self.candidates.is_empty() || self.target + 1 < self.outbound.targets.len() {
            cx.arm(DialogTimer::Retry, cx.now + cx.core.config.failover_after);
        }
        Ok(())
    }

    /// The INVITE without Via and body.
    fn compose(&mut self, transport: Transport, cx: &Cx<'_>) -> Result<Request, String> {
        let target = self.outbound.targets.get(self.target).ok_or("no target")?;
        let uri = Uri::parse(&target.uri).map_err(|error| format!("target URI: {error}"))?.for_request();
        let core = &*cx.core;
        self.cseq += 1;
        let from_host = target.from_host.as_deref().unwrap_or(&core.config.domain);
        let user =
            Some(self.outbound.from_user.as_str()).filter(|user| !user.is_empty()).unwrap_or("anonymous");
        let identity = Uri::sip(Some(user), from_host, None).map_err(|error| format!("From: {error}"))?;
        let to = match uri.is_sip() {
            true => Uri::sip(uri.user_decoded().as_deref(), uri.host(), None).unwrap_or_else(|_| uri.clone()),
            false => uri.clone(),
        };
        let mut request = Request::new(Method::Invite, uri);
        let headers = &mut request.headers;
        headers.reserve(1_024);
        headers.push(Header::MaxForwards, "70");
        headers.push(Header::From, &format!("<{identity}>;tag={}", cx.base.tag));
        headers.push(Header::To, &format!("<{to}>"));
        headers.push(Header::CallId, &self.call_id);
        headers.push(Header::CSeq, &CSeq { number: self.cseq, method: Method::Invite }.value());
        headers.push(Header::Contact, &core.contact(transport, Some(user)));
        headers.push(Header::Allow, ALLOW);
        headers.push(Header::Supported, SUPPORTED);
        headers.push(Header::SessionExpires, &self.session.value());
        headers.push(Header::MinSe, &self.min_se.to_string());
        headers.push(Header::Expires, &self.outbound.timeout.as_secs().max(1).to_string());
        headers.push(Header::UserAgent, &core.config.user_agent);
        if target.asserted_identity {
            headers.push(Header::PAssertedIdentity, &format!("<{identity}>"));
        }
        for (name, value) in self.outbound.headers.iter().chain(&target.headers) {
            headers.push(name, value);
        }
        Ok(request)
    }

    pub(super) fn matches(&self, request: &Request) -> bool {
        let State::Inviting { early, .. } = &self.state else { return false };
        early.iter().any(|early| early.peer.matches(request))
    }

    pub(super) fn heard(mut self: Box<Self>, heard: Heard, cx: &mut Cx<'_>) -> Option<Dialog> {
        match (&self.state, heard) {
            (State::Resolving, Heard::Resolved { candidates }) => {
                if candidates.is_empty() {
                    self.failure = (503, "name not found".to_owned());
                }
                self.candidates = candidates.into();
                self.go_on(cx)
            }
            (State::Inviting { key, .. }, Heard::Provisional { key: of, response, peer }) if *key == of => {
                self.provisional(response, peer, cx);
                Some(Dialog::Outgoing(self))
            }
            (State::Inviting { key, .. }, Heard::Answered { key: of, response, peer, .. }) if *key == of => {
                self.answered(response, peer, cx)
            }
            (State::Inviting { key, .. }, Heard::Refused { key: of, response, .. }) if *key == of => {
                self.refused(response, cx)
            }
            (State::Inviting { key, .. }, Heard::Failed { key: of, failure, .. }) if *key == of => {
                self.failure = match failure {
                    Failure::Timeout => (408, "no response".to_owned()),
                    Failure::Transport => (503, "no connection".to_owned()),
                };
                cx.disarm(DialogTimer::Retry);
                self.go_on(cx)
            }
            // A PRACK's fate changes nothing: without it the far end gives up and says so.
            (_, Heard::Responded { .. } | Heard::Unanswered { .. }) => Some(Dialog::Outgoing(self)),
            // Of an attempt that was given up.
            (
                State::Inviting { .. } | State::Resolving,
                Heard::Provisional { .. }
                | Heard::Answered { .. }
                | Heard::Refused { .. }
                | Heard::Failed { .. }
                | Heard::Resolved { .. },
            ) => Some(Dialog::Outgoing(self)),
        }
    }

    fn provisional(&mut self, response: Response, peer: Option<Box<Peer>>, cx: &mut Cx<'_>) {
        cx.disarm(DialogTimer::Retry);
        let State::Inviting { negotiation, early, .. } = &mut self.state else { return };
        let (Some(peer), true) = (peer, response.status > 100) else { return };
        let at = match early.iter().position(|early| early.peer.remote_tag == peer.remote_tag) {
            Some(at) => at,
            None if early.len() >= cx.core.config.limits.forks => return,
            None => {
                let negotiation = negotiation.clone();
                early.push(Early { peer: *peer, rseq: None, answer: None, negotiation });
                early.len() - 1
            }
        };
        let early = &mut early[at];
        if response.headers.requires("100rel")
            && let Ok(Some(rseq)) = response.headers.rseq()
        {
            // RFC 3262 §4: in order, each once; what is repeated has its PRACK on the way.
            if early.rseq.is_some_and(|last| rseq != last.wrapping_add(1)) {
                return;
            }
            early.rseq = Some(rseq);
            early.peer.local_cseq = self.cseq;
            self.cseq += 1;
            let mut prack = early.peer.request(Method::Prack, cx.core);
            let cseq = response.headers.cseq().unwrap_or(CSeq { number: 0, method: Method::Invite });
            prack.headers.push(Header::RAck, &RAck { rseq, cseq }.value());
            if let Some(login) = &mut self.login {
                login.reuse(&mut prack);
            }
            let owner = OtherOwner::Dialog(cx.id());
            if let Err(error) = cx.core.start_other(cx.now, prack, early.peer.hop.flow, owner, cx.out) {
                tracing::debug!(%error, "PRACK not sent");
            }
        }
        let sdp = offer::sdp(&response.headers, &response.body);
        if let (None, Some(sdp)) = (&early.answer, sdp) {
            match early.negotiation.accept(sdp, &self.outbound.media, Direction::SendRecv) {
                Ok(media) => early.answer = Some(media),
                Err(error) => tracing::debug!(%error, "early media not usable"),
            }
        }
        let media = sdp.and(early.answer.clone());
        if (180..190).contains(&response.status) {
            let dialog = cx.id();
            cx.event(Event::Progressed { dialog, status: response.status, media });
        }
    }

    fn answered(
        mut self: Box<Self>,
        response: Response,
        peer: Option<Box<Peer>>,
        cx: &mut Cx<'_>,
    ) -> Option<Dialog> {
        let State::Inviting { mut negotiation, early, .. } = self.state else { return None };
        let Some(mut peer) = peer else {
            cx.ended(502, "2xx that makes no dialog");
            return None;
        };
        peer.local_cseq = self.cseq;
        let early = early.into_iter().find(|early| early.peer.remote_tag == peer.remote_tag);
        let agreed = match (
            early.as_ref().and_then(|early| early.answer.clone()),
            offer::sdp(&response.headers, &response.body),
        ) {
            // The first answer stands: RFC 3261 §13.2.1 lets a 2xx only repeat it.
            (Some(media), _) => {
                negotiation = early.map_or(negotiation, |early| early.negotiation);
                Ok(media)
            }
            (None, Some(sdp)) => negotiation
                .accept(sdp, &self.outbound.media, Direction::SendRecv)
                .map_err(|error| error.to_string()),
            (None, None) => Err("2xx without an answer to our offer".to_owned()),
        };
        let media = match agreed {
            Ok(media) => media,
            Err(reason) => {
                cx.core.hang_up(cx.now, cx.base.id, Some(peer), self.login, cx.out);
                cx.ended(488, reason);
                return None;
            }
        };
        cx.disarm(DialogTimer::Ring);
        cx.disarm(DialogTimer::Retry);
        if let Some(login) = &mut self.login {
            login.accepted();
        }
        let trunk = self.outbound.targets.swap_remove(self.target).trunk;
        let said = Said {
            negotiation,
            local: self.outbound.media,
            direction: Direction::SendRecv,
            remote: Some(media.clone()),
        };
        let session =
            Session::dialled(*peer, said, self.login, SessionTimer::of_response(&response.headers), cx);
        let dialog = cx.id();
        cx.event(Event::Answered { dialog, media, trunk });
        Some(session)
    }

    fn refused(mut self: Box<Self>, response: Response, cx: &mut Cx<'_>) -> Option<Dialog> {
        cx.disarm(DialogTimer::Retry);
        let State::Inviting { at, .. } = &self.state else { return Some(Dialog::Outgoing(self)) };
        let at = *at;
        let status = response.status;
        self.failure = (status, response.reason.to_string());
        let again = match status {
            401 | 407 => self.login.as_mut().is_some_and(|login| login.learn(&response, &mut cx.core.ids)),
            // RFC 4028 §7.4: ask again for as long as they want, as long as it grows.
            422 => match response.headers.min_se() {
                Ok(Some(min)) if min > self.min_se => {
                    self.min_se = min;
                    self.session.seconds = self.session.seconds.max(min);
                    true
                }
                _ => false,
            },
            503 => return self.go_on(cx),
            _ => false,
        };
        if again {
            match self.invite(at, cx) {
                Ok(()) => return Some(Dialog::Outgoing(self)),
                Err(reason) => {
                    self.failure = (503, reason);
                    return self.go_on(cx);
                }
            }
        }
        let (status, reason) = self.failure;
        cx.ended(status, reason);
        None
    }

    pub(super) fn due(mut self: Box<Self>, timer: DialogTimer, cx: &mut Cx<'_>) -> Option<Dialog> {
        match timer {
            DialogTimer::Ring => {
                let reason = format!("not answered within {} s", self.outbound.timeout.as_secs());
                self.release(cx);
                cx.ended(480, reason);
                None
            }
            DialogTimer::Retry => {
                if let State::Inviting { key, .. } = self.state {
                    cx.core.abandon_invite(cx.now, key, self.login.clone(), cx.out);
                }
                self.failure = (408, "no response".to_owned());
                self.go_on(cx)
            }
            // Not armed while dialling.
            DialogTimer::Retransmit | DialogTimer::Refresh => Some(Dialog::Outgoing(self)),
        }
    }

    pub(super) fn release(self: Box<Self>, cx: &mut Cx<'_>) -> Option<Dialog> {
        if let State::Inviting { key, .. } = self.state {
            cx.core.abandon_invite(cx.now, key, self.login, cx.out);
        }
        None
    }

    fn request_of_fork(mut self: Box<Self>, arrived: &Arrived, cx: &mut Cx<'_>) -> Option<Dialog> {
        let State::Inviting { early, .. } = &mut self.state else { return Some(Dialog::Outgoing(self)) };
        let Some(early) = early.iter_mut().find(|early| early.peer.matches(&arrived.request)) else {
            return Some(Dialog::Outgoing(self));
        };
        if !early.peer.in_order(arrived.cseq()) {
            cx.answer_plain(arrived, 500);
            return Some(Dialog::Outgoing(self));
        }
        match arrived.request.method {
            Method::Update => {
                let response = match offer::sdp(&arrived.request.headers, &arrived.request.body) {
                    None => Ok(None),
                    // Our own offer is still open (RFC 3311 §5.2).
                    Some(_) if early.answer.is_none() => Err(491),
                    Some(offer) => early
                        .negotiation
                        .answer(offer, std::slice::from_ref(&self.outbound.media), Direction::SendRecv)
                        .map(Some)
                        .map_err(|error| error.status()),
                };
                match response {
                    Err(status) => cx.answer_plain(arrived, status),
                    Ok(answer) => {
                        early.peer.refresh_target(&arrived.request.headers, arrived.flow, cx.core);
                        let mut response = cx.core.response(&arrived.request.headers, 200, cx.base.tag);
                        let contact = cx.core.contact(early.peer.transport(), None);
                        response.headers.push(Header::Contact, &contact);
                        if let Some(mut answer) = answer {
                            response.set_body("application/sdp", answer.sdp.into_bytes());
                            early.answer =
                                answer.streams.pop().map(|stream| stream.remote).or(early.answer.take());
                        }
                        cx.answer(arrived, &response);
                    }
                }
            }
            Method::Info => info::handle(arrived, cx),
            Method::Options => cx.answer_options(arrived),
            // A callee ends an early dialog by refusing the INVITE.
            Method::Bye => cx.answer_plain(arrived, 481),
            _ => cx.answer_not_allowed(arrived),
        }
        Some(Dialog::Outgoing(self))
    }

    /// A request of a fork that rings.
    pub(super) fn request(self: Box<Self>, arrived: &Arrived, cx: &mut Cx<'_>) -> Option<Dialog> {
        match arrived.request.method {
            Method::Ack | Method::Cancel => Some(Dialog::Outgoing(self)),
            // RFC 3261 §14.2: an INVITE of ours is on its way.
            Method::Invite => {
                let response = cx.core.response(&arrived.request.headers, 491, cx.base.tag);
                cx.refuse_reinvite(arrived, response);
                Some(Dialog::Outgoing(self))
            }
            _ => self.request_of_fork(arrived, cx),
        }
    }
}

fn place_of(target: &Target, cx: &Cx<'_>) -> Result<Place, String> {
    let uri = Uri::parse(&target.uri).map_err(|error| format!("target URI: {error}"))?;
    if target.transport == Some(Transport::Internal) {
        return Ok(Place::Address(Transport::Internal, cx.core.advertised(Transport::Internal)));
    }
    let (host, port) = match &target.host {
        Some((host, port)) => (host.as_str(), *port),
        None => (uri.host(), uri.port()),
    };
    let transport = target.transport.or_else(|| transport_of(&uri));
    Place::of(host, port, transport).ok_or_else(|| "target URI without a host".to_owned())
}
