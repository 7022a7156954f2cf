//! A call to us, until it is answered (RFC 3261 §13.3, RFC 3262 §3).
//!
//! ```text
//!            ┌── Ring, Progress ──┐
//!            ▼                    │      reliable: until PRACK, sent again
//!  INVITE ► Settled ──────────────┴──► Unacknowledged
//!            │ Answer ► Session             │ what is ordered meanwhile waits for the PRACK
//!            │ Refuse, Challenge, Release, CANCEL, BYE, Expires ► gone
//! ```

use std::time::Duration;

use super::backoff::{Backoff, Due};
use super::core::{ALLOW, SUPPORTED};
use super::dialog::{Cx, Dialog, DialogTimer};
use super::info;
use super::offer;
use super::peer::Peer;
use super::server::{Arrived, ServerKey};
use super::session::{Opening, Said, Session};
use super::session_timer::Agreed;
use super::{Event, Flow};
use crate::header::{CSeq, Header, RAck};
use crate::media_session::{LocalMedia, Negotiation, RemoteMedia};
use crate::message::{Headers, Method, Response};
use crate::sdp::Direction;

#[derive(Debug)]
pub(super) struct Incoming {
    key: ServerKey,
    reply: Flow,
    /// Of the INVITE: every response copies from them.
    headers: Headers,
    cseq: u32,
    pub(super) peer: Peer,
    /// The session description of the INVITE.
    offer: Option<Vec<u8>>,
    agreement: Agreement,
    reliability: Reliability,
    timer: Agreed,
    rseq: u32,
    provisional: Provisional,
}

/// How far offer and answer have come.
#[derive(Debug)]
enum Agreement {
    /// Nothing said yet; what their offer would come to.
    Open { negotiation: Negotiation, preview: Option<RemoteMedia> },
    /// Our late offer went out in a reliable provisional response.
    Offered(Said),
    /// Both sides have said what they want.
    Agreed(Said),
}

/// Which provisional responses are sent reliably (RFC 3262 §3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reliability {
    /// The caller does not know PRACK.
    Never,
    /// The caller knows it: where media depends on it.
    WithMedia,
    /// The caller insists.
    Always,
}

#[derive(Debug)]
enum Provisional {
    /// Nothing waits for a PRACK; the last status sent, or 100 that may still have to be.
    Settled { status: u16 },
    /// This response waits for its PRACK.
    Unacknowledged { bytes: Vec<u8>, backoff: Backoff, status: u16, has_sdp: bool, next: Next },
}

/// What was ordered while a provisional response waits for its PRACK.
#[derive(Debug)]
enum Next {
    Nothing,
    Provisional { status: u16, media: Option<LocalMedia> },
    Answer(LocalMedia),
}

/// How soon 100 is said where nothing else was (RFC 3261 §17.2.1).
const TRYING: Duration = Duration::from_millis(200);
/// Proxies give up a call that is silent for three minutes (RFC 3261 §13.3.1.1 asks for one response a minute).
const KEEP_WAITING: Duration = Duration::from_secs(60);
/// No offer waits longer for the node, whatever its Expires says.
const LONGEST_RING: Duration = Duration::from_secs(600);

impl Incoming {
    pub(super) fn new(
        arrived: &Arrived,
        peer: Peer,
        preview: Option<RemoteMedia>,
        timer: Agreed,
        cx: &mut Cx<'_>,
    ) -> Box<Self> {
        let headers = &arrived.request.headers;
        let reliability = if headers.requires("100rel") {
            Reliability::Always
        } else if headers.supports("100rel") {
            Reliability::WithMedia
        } else {
            Reliability::Never
        };
        let longest = match headers.expires() {
            Ok(Some(seconds @ 1..)) => LONGEST_RING.min(Duration::from_secs(u64::from(seconds))),
            Ok(Some(0) | None) | Err(_) => LONGEST_RING,
        };
        cx.arm(DialogTimer::Ring, cx.now + longest);
        cx.arm(DialogTimer::Refresh, cx.now + TRYING);
        let bits = cx.core.ids.token().bits();
        Box::new(Self {
            key: arrived.key,
            reply: arrived.reply,
            cseq: arrived.cseq(),
            peer,
            offer: offer::sdp(headers, &arrived.request.body).map(<[u8]>::to_vec),
            agreement: Agreement::Open { negotiation: Negotiation::new(bits), preview },
            reliability,
            timer,
            // RFC 3262 §3: anywhere in the lower half.
            rseq: (bits as u32 >> 2) + 1,
            provisional: Provisional::Settled { status: 100 },
            headers: headers.clone(),
        })
    }

    fn response(&self, status: u16, cx: &Cx<'_>) -> Response {
        cx.core.response(&self.headers, status, cx.base.tag)
    }

    /// A response that makes or confirms the dialog.
    fn dialog_response(&self, status: u16, cx: &Cx<'_>) -> Response {
        let mut response = self.response(status, cx);
        response.headers.copy(&self.headers, Header::RecordRoute);
        response.headers.push(Header::Contact, &cx.core.contact(self.reply.transport, None));
        response.headers.push(Header::Allow, ALLOW);
        response
    }

    fn send(&self, response: &Response, cx: &mut Cx<'_>) -> Vec<u8> {
        let bytes = response.to_bytes();
        cx.core.answer_invite(cx.now, self.key, response.status, bytes.clone(), cx.out);
        bytes
    }

    /// Sends 180, or 183 with our side of the session; later where a PRACK is awaited.
    pub(super) fn progress(
        mut self: Box<Self>,
        status: u16,
        media: Option<LocalMedia>,
        cx: &mut Cx<'_>,
    ) -> Option<Dialog> {
        if let Provisional::Unacknowledged { next, .. } = &mut self.provisional {
            if !matches!(next, Next::Answer(_)) {
                *next = Next::Provisional { status, media };
            }
            return Some(Dialog::Incoming(self));
        }
        let reliable = match self.reliability {
            Reliability::Always => true,
            Reliability::WithMedia => media.is_some(),
            Reliability::Never => false,
        };
        let mut response = self.dialog_response(status, cx);
        let sdp = match media {
            Some(local) => match self.say(local, reliable, cx) {
                Ok(sdp) => sdp,
                Err(status) => return self.fail(status, "no agreement on media", cx),
            },
            None => None,
        };
        let has_sdp = sdp.is_some();
        if let Some(sdp) = sdp {
            response.set_body("application/sdp", sdp.into_bytes());
        }
        if reliable {
            self.rseq += 1;
            response.headers.push(Header::Require, "100rel");
            response.headers.push(Header::RSeq, &self.rseq.to_string());
        }
        let bytes = self.send(&response, cx);
        self.provisional = if reliable {
            let t1 = cx.core.config.t1;
            let backoff = Backoff::new(cx.now, t1, 64 * t1, 64 * t1);
            cx.arm(DialogTimer::Retransmit, backoff.next());
            Provisional::Unacknowledged { bytes, backoff, status, has_sdp, next: Next::Nothing }
        } else {
            Provisional::Settled { status }
        };
        cx.arm(DialogTimer::Refresh, cx.now + KEEP_WAITING);
        Some(Dialog::Incoming(self))
    }

    /// Our side of the session for a response, if it may carry one: the answer to their offer, or a late offer of ours.
    fn say(&mut self, local: LocalMedia, reliable: bool, cx: &mut Cx<'_>) -> Result<Option<String>, u16> {
        let wanted = Direction::SendRecv;
        let open = Agreement::Open { negotiation: Negotiation::new(0), preview: None };
        let (mut negotiation, known) = match std::mem::replace(&mut self.agreement, open) {
            Agreement::Open { negotiation, preview } => (negotiation, preview),
            Agreement::Agreed(said) if self.offer.is_some() => (said.negotiation, said.remote),
            // Said once, and answered or about to be.
            said @ (Agreement::Agreed(_) | Agreement::Offered(_)) => {
                self.agreement = said;
                return Ok(None);
            }
        };
        let Some(offer) = &self.offer else {
            if !reliable {
                self.agreement = Agreement::Open { negotiation, preview: known };
                return Ok(None);
            }
            let sdp = negotiation.offer(&local, wanted);
            self.agreement = Agreement::Offered(Said { negotiation, local, direction: wanted, remote: None });
            return Ok(Some(sdp));
        };
        let answer = negotiation
            .answer(offer, std::slice::from_ref(&local), wanted)
            .map_err(|error| error.status())?;
        let remote = answer.streams.into_iter().next().map(|stream| stream.remote);
        if let Some(media) = remote.clone().filter(|media| Some(media) != known.as_ref()) {
            let dialog = cx.id();
            cx.event(Event::MediaChanged { dialog, media });
        }
        self.agreement = Agreement::Agreed(Said { negotiation, local, direction: wanted, remote });
        Ok(Some(answer.sdp))
    }

    /// Sends 200; later where a session description of ours waits for its PRACK (RFC 3262 §3).
    pub(super) fn accept(mut self: Box<Self>, local: LocalMedia, cx: &mut Cx<'_>) -> Option<Dialog> {
        if let Provisional::Unacknowledged { has_sdp: true, next, .. } = &mut self.provisional {
            *next = Next::Answer(local);
            return Some(Dialog::Incoming(self));
        }
        let mut response = self.dialog_response(200, cx);
        response.headers.push(Header::Supported, SUPPORTED);
        self.timer.write(&mut response);
        // An offer of ours in a 200 is answered in the ACK.
        match self.say(local, true, cx) {
            Ok(Some(sdp)) => response.set_body("application/sdp", sdp.into_bytes()),
            Ok(None) => {}
            Err(status) => return self.fail(status, "no agreement on media", cx),
        }
        let bytes = self.send(&response, cx);
        for timer in [DialogTimer::Ring, DialogTimer::Retransmit, DialogTimer::Refresh] {
            cx.disarm(timer);
        }
        let said = match self.agreement {
            Agreement::Agreed(said) | Agreement::Offered(said) => said,
            // `say` leaves nothing open when it may offer.
            Agreement::Open { .. } => return None,
        };
        let opening = Opening { cseq: self.cseq, reply: self.reply, bytes };
        Some(Session::answered(self.peer, said, self.timer.timer, opening, cx))
    }

    /// Refuses the call and says why to the node.
    fn fail(self: Box<Self>, status: u16, reason: &str, cx: &mut Cx<'_>) -> Option<Dialog> {
        let response = self.response(status, cx);
        self.send(&response, cx);
        cx.ended(status, reason);
        None
    }

    /// Refuses the call by order of the node.
    pub(super) fn refuse(
        self: Box<Self>,
        status: u16,
        headers: &[(String, String)],
        cx: &mut Cx<'_>,
    ) -> Option<Dialog> {
        let mut response = self.response(status.clamp(300, 699), cx);
        for (name, value) in headers {
            response.headers.push(name, value);
        }
        self.send(&response, cx);
        None
    }

    /// Refuses the call until it comes with credentials.
    pub(super) fn challenge(self: Box<Self>, challenges: &[String], cx: &mut Cx<'_>) -> Option<Dialog> {
        let mut response = self.response(401, cx);
        for challenge in challenges {
            response.headers.push(Header::WwwAuthenticate, challenge);
        }
        self.send(&response, cx);
        None
    }

    pub(super) fn release(self: Box<Self>, cx: &mut Cx<'_>) -> Option<Dialog> {
        let response = self.response(487, cx);
        self.send(&response, cx);
        None
    }

    /// The caller gave up: CANCEL, which has been answered.
    pub(super) fn cancelled(self: Box<Self>, reason: String, cx: &mut Cx<'_>) -> Option<Dialog> {
        let response = self.response(487, cx);
        self.send(&response, cx);
        cx.ended(0, reason);
        None
    }

    pub(super) fn request(mut self: Box<Self>, arrived: &Arrived, cx: &mut Cx<'_>) -> Option<Dialog> {
        let method = &arrived.request.method;
        if *method == Method::Ack {
            return Some(Dialog::Incoming(self));
        }
        if !self.peer.in_order(arrived.cseq()) {
            cx.answer_plain(arrived, 500);
            return Some(Dialog::Incoming(self));
        }
        match method {
            Method::Prack => return self.acknowledged(arrived, cx),
            Method::Bye => {
                cx.answer_plain(arrived, 200);
                return self.cancelled("BYE".to_owned(), cx);
            }
            Method::Update => self.update(arrived, cx),
            // RFC 3261 §14.2: the first INVITE has no final response yet.
            Method::Invite => {
                let mut response = cx.core.response(&arrived.request.headers, 500, cx.base.tag);
                let seconds = cx.core.ids.jitter.below(11).to_string();
                response.headers.push(Header::RetryAfter, &seconds);
                cx.refuse_reinvite(arrived, response);
            }
            Method::Info => info::handle(arrived, cx),
            Method::Options => cx.answer_options(arrived),
            Method::Refer => cx.answer_plain(arrived, 603),
            _ => cx.answer_not_allowed(arrived),
        }
        Some(Dialog::Incoming(self))
    }

    /// PRACK: the provisional response arrived.
    fn acknowledged(mut self: Box<Self>, arrived: &Arrived, cx: &mut Cx<'_>) -> Option<Dialog> {
        let expected = RAck { rseq: self.rseq, cseq: CSeq { number: self.cseq, method: Method::Invite } };
        let fits = matches!(arrived.request.headers.rack(), Ok(Some(rack)) if rack == expected);
        let settled = Provisional::Settled { status: 183 };
        let (status, next) = match std::mem::replace(&mut self.provisional, settled) {
            Provisional::Unacknowledged { status, next, .. } if fits => (status, next),
            other => {
                self.provisional = other;
                cx.answer_plain(arrived, 481);
                return Some(Dialog::Incoming(self));
            }
        };
        cx.disarm(DialogTimer::Retransmit);
        self.provisional = Provisional::Settled { status };
        let mut response = cx.core.response(&arrived.request.headers, 200, cx.base.tag);
        if let Some(sdp) = offer::sdp(&arrived.request.headers, &arrived.request.body) {
            match self.prack_media(sdp, cx) {
                Ok(Some(answer)) => response.set_body("application/sdp", answer.into_bytes()),
                Ok(None) => {}
                Err(status) => {
                    cx.answer_plain(arrived, status);
                    return Some(Dialog::Incoming(self));
                }
            }
        }
        cx.answer(arrived, &response);
        match next {
            Next::Nothing => Some(Dialog::Incoming(self)),
            Next::Provisional { status, media } => self.progress(status, media, cx),
            Next::Answer(local) => self.accept(local, cx),
        }
    }

    /// The session description of a PRACK: the answer to our late offer, or another offer.
    fn prack_media(&mut self, sdp: &[u8], cx: &mut Cx<'_>) -> Result<Option<String>, u16> {
        let open = Agreement::Open { negotiation: Negotiation::new(0), preview: None };
        match std::mem::replace(&mut self.agreement, open) {
            Agreement::Offered(mut said) => {
                let accepted = said.negotiation.accept(sdp, &said.local, said.direction);
                match accepted {
                    Ok(media) => {
                        said.remote = Some(media.clone());
                        self.agreement = Agreement::Agreed(said);
                        let dialog = cx.id();
                        cx.event(Event::MediaChanged { dialog, media });
                        Ok(None)
                    }
                    Err(error) => {
                        self.agreement = Agreement::Offered(said);
                        Err(error.status())
                    }
                }
            }
            Agreement::Agreed(said) => self.renegotiate(said, sdp, cx).map(Some),
            agreement @ Agreement::Open { .. } => {
                self.agreement = agreement;
                Err(488)
            }
        }
    }

    fn renegotiate(&mut self, mut said: Said, offer: &[u8], cx: &mut Cx<'_>) -> Result<String, u16> {
        let answer = said.negotiation.answer(offer, std::slice::from_ref(&said.local), said.direction);
        let answered = match answer {
            Ok(answer) => {
                let remote = answer.streams.into_iter().next().map(|stream| stream.remote);
                if let Some(media) = remote.clone().filter(|_| remote != said.remote) {
                    let dialog = cx.id();
                    cx.event(Event::MediaChanged { dialog, media });
                }
                said.remote = remote;
                // A 200 must say what was agreed on last.
                self.offer = self.offer.is_some().then(|| offer.to_vec());
                Ok(answer.sdp)
            }
            Err(error) => Err(error.status()),
        };
        self.agreement = Agreement::Agreed(said);
        answered
    }

    fn update(&mut self, arrived: &Arrived, cx: &mut Cx<'_>) {
        let headers = &arrived.request.headers;
        let mut response = cx.core.response(headers, 200, cx.base.tag);
        if let Some(offer) = offer::sdp(headers, &arrived.request.body) {
            let open = Agreement::Open { negotiation: Negotiation::new(0), preview: None };
            let answered = match std::mem::replace(&mut self.agreement, open) {
                Agreement::Agreed(said) => self.renegotiate(said, offer, cx),
                // RFC 3311 §5.2: their offer has no answer yet; ours has none.
                agreement @ Agreement::Open { .. } => {
                    self.agreement = agreement;
                    Err(500)
                }
                agreement @ Agreement::Offered(_) => {
                    self.agreement = agreement;
                    Err(491)
                }
            };
            match answered {
                Ok(sdp) => response.set_body("application/sdp", sdp.into_bytes()),
                Err(status) => {
                    let mut response = cx.core.response(headers, status, cx.base.tag);
                    if status == 500 {
                        let seconds = cx.core.ids.jitter.below(11).to_string();
                        response.headers.push(Header::RetryAfter, &seconds);
                    }
                    return cx.answer(arrived, &response);
                }
            }
        }
        self.peer.refresh_target(headers, arrived.flow, cx.core);
        response.headers.push(Header::Contact, &cx.core.contact(self.reply.transport, None));
        cx.answer(arrived, &response);
    }

    pub(super) fn due(mut self: Box<Self>, timer: DialogTimer, cx: &mut Cx<'_>) -> Option<Dialog> {
        match timer {
            DialogTimer::Ring => self.fail(487, "rang too long", cx),
            DialogTimer::Retransmit => {
                let Provisional::Unacknowledged { bytes, backoff, .. } = &mut self.provisional else {
                    return Some(Dialog::Incoming(self));
                };
                match backoff.fire(cx.now) {
                    Due::Again(at) => {
                        let bytes = bytes.clone();
                        cx.resend(self.reply, bytes);
                        cx.arm(DialogTimer::Retransmit, at);
                        Some(Dialog::Incoming(self))
                    }
                    // RFC 3262 §3: a 5xx.
                    Due::GiveUp => self.fail(504, "no PRACK", cx),
                }
            }
            DialogTimer::Refresh => {
                cx.arm(DialogTimer::Refresh, cx.now + KEEP_WAITING);
                match self.provisional {
                    Provisional::Settled { status } if status > 100 => self.progress(status, None, cx),
                    Provisional::Settled { .. } => {
                        let trying = Response::to_headers(&self.headers, 100);
                        self.send(&trying, cx);
                        Some(Dialog::Incoming(self))
                    }
                    Provisional::Unacknowledged { .. } => Some(Dialog::Incoming(self)),
                }
            }
            // Not armed while ringing.
            DialogTimer::Retry => Some(Dialog::Incoming(self)),
        }
    }
}
