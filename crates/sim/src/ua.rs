//! A SIP telephone (or the trunk in front of many) that shares no code with the stack under test: text in, text out.
//!
//! It does what RFC 3261 asks of a simple user agent over datagrams and notes what it saw, so that the checkers can
//! tell whether the node kept its side.

mod call;
mod quirks;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::net::SocketAddr;
use std::time::Duration;

use base::Timestamp;

pub use quirks::{Change, Quirk};

use crate::text::{Message, body_of, first_line, sdp_address, tag_of, uri_of};

const T1: Duration = Duration::from_millis(500);
const T2: Duration = Duration::from_secs(4);
/// 64 × T1: when a transaction is given up.
const GIVE_UP: Duration = Duration::from_secs(32);

/// One call of a user agent, named by its SIP Call-ID.
pub(crate) type CallId = String;

/// What a user agent does when it is called.
#[derive(Clone, Debug, PartialEq)]
pub struct Manners {
    /// Send 180 after this.
    pub rings_after: Option<Duration>,
    /// Send 183 with a session description after this.
    pub early_media_after: Option<Duration>,
    /// Final response and when; `None`: it rings for ever.
    pub final_after: Option<(Duration, u16)>,
    /// BYE this long after it was answered.
    pub hangs_up_after: Option<Duration>,
    /// Takes only A-law.
    pub alaw: bool,
    /// Never says a word.
    pub dead: bool,
    /// What is peculiar about it.
    pub quirk: Quirk,
}

impl Default for Manners {
    fn default() -> Self {
        Self {
            rings_after: Some(Duration::from_millis(50)),
            early_media_after: None,
            final_after: Some((Duration::from_millis(500), 200)),
            hangs_up_after: None,
            alaw: false,
            dead: false,
            quirk: Quirk::None,
        }
    }
}

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

    /// Calls a number of the node's.
    pub fn dial(
        &mut self,
        now: Timestamp,
        (from, to, host): (&str, &str, &str),
        headers: &[(String, String)],
        (manners, late_offer): (Manners, bool),
        wants: &mut Vec<Want>,
    ) -> CallId {
        let id = self.fresh();
        let rtp = self.fresh_rtp();
        let mut call = UaCall::new(id.clone(), true, Stage::Calling, (from.into(), to.into()), rtp, manners);
        call.late_offer = late_offer;
        call.target = format!("sip:{to}@{host}");
        let mut extra = String::new();
        for (name, value) in headers {
            let _ = write!(extra, "{name}: {value}\r\n");
        }
        if call.manners.quirk == Quirk::Timer {
            extra.push_str("Supported: timer\r\nSession-Expires: 90;refresher=uac\r\n");
        }
        let sdp = if late_offer { String::new() } else { call.sdp() };
        let text = self.request(&mut call, "INVITE", &extra, &sdp);
        call.repeat(now, text.clone(), Duration::MAX, "INVITE");
        wants.push(Want::Send(text));
        wants.push(Want::Wake(id.clone(), now + T1));
        self.calls.insert(id.clone(), call);
        id
    }

    /// Ends a call by whatever its stage asks for.
    pub fn hang_up(&mut self, now: Timestamp, id: &str, wants: &mut Vec<Want>) {
        let Some(mut call) = self.calls.remove(id) else { return };
        self.leave(now, &mut call, wants);
        self.calls.insert(call.id.clone(), call);
    }

    /// Gives a call that rings its final response at once.
    pub fn decide(&mut self, now: Timestamp, id: &str, status: u16, wants: &mut Vec<Want>) {
        let Some(mut call) = self.calls.remove(id) else { return };
        if matches!(call.stage, Stage::Called { .. }) {
            call.plan.clear();
            self.step(now, &mut call, Step::Final(status), wants);
            call.ask_to_wake(wants);
        }
        self.calls.insert(call.id.clone(), call);
    }

    /// Sends a digit by INFO.
    pub fn info_digit(&mut self, id: &str, digit: char, wants: &mut Vec<Want>) {
        let Some(mut call) = self.calls.remove(id) else { return };
        if call.stage == Stage::Up {
            call.cseq += 1;
            let body = format!("Signal={digit}\r\nDuration=160\r\n");
            let head = self.head(&mut call, "INFO");
            wants.push(Want::Send(format!(
                "{head}Content-Type: application/dtmf-relay\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            )));
        }
        self.calls.insert(call.id.clone(), call);
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

    /// The time of a `Wake` has come.
    pub fn wake(&mut self, now: Timestamp, id: &str, wants: &mut Vec<Want>) {
        let Some(mut call) = self.calls.remove(id) else { return };
        call.fork_repeats(now, wants);
        if let Some(again) = &mut call.again
            && again.next <= now
        {
            if again.until <= now {
                let what = again.what;
                call.again = None;
                call.gave_up(what);
                if what == "2xx" {
                    self.leave(now, &mut call, wants);
                }
            } else {
                wants.push(Want::Send(again.text.clone()));
                again.interval = (again.interval * 2).min(again.cap);
                again.next = now + again.interval;
            }
        }
        while let Some(at) = call.plan.iter().position(|(at, _)| *at <= now) {
            let (_, step) = call.plan.remove(at);
            self.step(now, &mut call, step, wants);
        }
        call.ask_to_wake(wants);
        self.calls.insert(call.id.clone(), call);
    }

    fn step(&mut self, now: Timestamp, call: &mut UaCall, step: Step, wants: &mut Vec<Want>) {
        let called = matches!(call.stage, Stage::Called { .. });
        let invite = call.invite.clone();
        let invite = Message(&invite);
        let contact = format!("Contact: <sip:ua@{}>\r\n", self.address);
        match step {
            Step::Ring if called => {
                let text = reply(&invite, 180, "Ringing", &call.local_tag, &contact, "");
                call.last.clone_from(&text);
                wants.push(Want::Send(text));
                if call.manners.quirk == Quirk::Forks {
                    let second = quirks::fork_tag(&call.local_tag);
                    wants.push(Want::Send(reply(&invite, 180, "Ringing", &second, &contact, "")));
                }
            }
            Step::Early if called => {
                call.stage = Stage::Called { early: true };
                let reliable = call.manners.quirk == Quirk::Reliable
                    && invite.header("Supported").is_some_and(|known| known.contains("100rel"));
                let extra = if reliable { format!("{contact}{}", quirks::RELIABLY) } else { contact.clone() };
                let text = reply(&invite, 183, "Session Progress", &call.local_tag, &extra, &call.sdp());
                call.last.clone_from(&text);
                if reliable {
                    call.repeat(now, text.clone(), Duration::MAX, "183");
                }
                wants.push(Want::Send(text));
            }
            // RFC 3262 §5: not before the PRACK.
            Step::Final(status) if called && status < 300 && call.awaits_prack() => {
                call.plan.push((now + Duration::from_millis(50), Step::Final(status)));
            }
            Step::Final(status) if called => {
                call.status = Some(status);
                let ok = status < 300;
                let sdp =
                    if ok && call.manners.quirk != Quirk::SaysNothing { call.sdp() } else { String::new() };
                let extra = format!("{contact}{}", quirks::headers_of(status, call.manners.quirk));
                let reason = if ok { "OK" } else { "No" };
                let text = reply(&invite, status, reason, &call.local_tag, &extra, &sdp);
                if ok && call.manners.quirk == Quirk::Forks {
                    let second = quirks::fork_tag(&call.local_tag);
                    let text = reply(&invite, status, reason, &second, &extra, &sdp);
                    call.fork = Some(quirks::Fork::answers(now, text.clone()));
                    wants.push(Want::Send(text));
                }
                call.last.clone_from(&text);
                call.repeat(now, text.clone(), T2, if ok { "2xx" } else { "final" });
                wants.push(Want::Send(text));
                if ok {
                    call.up(now);
                } else {
                    call.stage = Stage::Over;
                }
            }
            Step::HangUp => self.leave(now, call, wants),
            Step::PowerCut => call.power_cut(),
            Step::Ring | Step::Early | Step::Final(_) => {}
        }
    }

    fn called(&mut self, now: Timestamp, id: CallId, message: &Message<'_>, wants: &mut Vec<Want>) {
        let number = uri_of(first_line(message.0).split(' ').nth(1).unwrap_or_default()).user;
        let manners = self.manners.get(&number).or_else(|| self.manners.get("")).cloned().unwrap_or_default();
        if manners.dead {
            return;
        }
        let rtp = self.fresh_rtp();
        let other = uri_of(message.header("From").unwrap_or_default()).user;
        let mut call = UaCall::new(
            id.clone(),
            false,
            Stage::Called { early: false },
            (number, other),
            rtp,
            manners.clone(),
        );
        call.invite = message.0.to_owned();
        call.remote_tag = tag_of(message.header("From").unwrap_or_default());
        call.target = uri_of(message.header("Contact").unwrap_or_default()).whole;
        call.remote_cseq = cseq_of(message);
        call.remote_rtp = sdp_address(body_of(message.0));
        call.late_offer = call.remote_rtp.is_none();
        let mut plan = Vec::new();
        if let Some(after) = manners.rings_after {
            plan.push((now + after, Step::Ring));
        }
        if let Some(after) = manners.early_media_after {
            plan.push((now + after, Step::Early));
        }
        if let Some((after, status)) = manners.final_after {
            plan.push((now + after, Step::Final(status)));
        }
        call.plan = plan;
        let trying = reply(message, 100, "Trying", "", "", "");
        call.last.clone_from(&trying);
        wants.push(Want::Send(trying));
        call.ask_to_wake(wants);
        self.calls.insert(id, call);
    }

    fn in_call(
        &mut self,
        now: Timestamp,
        call: &mut UaCall,
        method: &str,
        message: &Message<'_>,
        wants: &mut Vec<Want>,
    ) {
        let cseq = cseq_of(message);
        match method {
            "INVITE" if !call.outgoing && cseq == cseq_of(&Message(&call.invite.clone())) => {
                // A retransmission.
                wants.push(Want::Send(call.last.clone()));
            }
            "INVITE" | "UPDATE" | "INFO" | "OPTIONS" | "PRACK" => {
                if matches!(call.stage, Stage::Over | Stage::Leaving) {
                    wants.push(Want::Send(reply(message, 481, "Gone", &call.local_tag, "", "")));
                    return;
                }
                if cseq < call.remote_cseq {
                    wants.push(Want::Send(reply(message, 500, "Out of order", &call.local_tag, "", "")));
                    return;
                }
                call.remote_cseq = cseq;
                if method == "PRACK" {
                    call.prack(message);
                    wants.push(Want::Send(reply(message, 200, "OK", &call.local_tag, "", "")));
                    return;
                }
                // Glare, RFC 3261 §14.2.
                if method == "INVITE" && call.again.as_ref().is_some_and(|again| again.what == "re-INVITE") {
                    wants.push(Want::Send(reply(message, 491, "Request Pending", &call.local_tag, "", "")));
                    return;
                }
                let body = body_of(message.0);
                if let Some(address) = sdp_address(body) {
                    call.remote_rtp = Some(address);
                }
                let answer = if method == "INVITE" || !body.is_empty() { call.sdp() } else { String::new() };
                let contact = format!(
                    "Contact: <sip:ua@{}>\r\n{}",
                    self.address,
                    quirks::headers_of(200, call.manners.quirk)
                );
                wants.push(Want::Send(reply(message, 200, "OK", &call.local_tag, &contact, &answer)));
            }
            "ACK" => {
                if let Some(again) = &call.again
                    && matches!(again.what, "2xx" | "final")
                {
                    if again.what == "2xx" {
                        call.acknowledged = true;
                        if let Some(address) = sdp_address(body_of(message.0)) {
                            call.remote_rtp = Some(address);
                        }
                    }
                    call.again = None;
                }
            }
            "CANCEL" => {
                wants.push(Want::Send(reply(message, 200, "OK", &call.local_tag, "", "")));
                if call.manners.quirk == Quirk::Stubborn && matches!(call.stage, Stage::Called { .. }) {
                    // It was about to answer, and the CANCEL comes too late for it.
                    call.plan = vec![(now + Duration::from_millis(3), Step::Final(200))];
                    call.ask_to_wake(wants);
                } else if matches!(call.stage, Stage::Called { .. }) {
                    call.plan.clear();
                    call.status = Some(487);
                    call.stage = Stage::Over;
                    let invite = call.invite.clone();
                    let text = reply(&Message(&invite), 487, "Request Terminated", &call.local_tag, "", "");
                    call.last.clone_from(&text);
                    call.repeat(now, text.clone(), T2, "final");
                    wants.push(Want::Send(text));
                    call.ask_to_wake(wants);
                }
            }
            "BYE" => {
                if cseq < call.remote_cseq {
                    call.complaints.push(format!("BYE with CSeq {cseq} after {}", call.remote_cseq));
                }
                call.remote_cseq = cseq;
                wants.push(Want::Send(reply(message, 200, "OK", &call.local_tag, "", "")));
                if matches!(call.stage, Stage::Called { .. } | Stage::Calling) {
                    call.complaints.push("BYE before an answer".into());
                }
                call.acknowledged = true;
                call.bye_received = true;
                call.plan.clear();
                call.again = None;
                call.stage = Stage::Over;
            }
            other => {
                call.complaints.push(format!("unexpected {other}"));
                wants.push(Want::Send(reply(message, 405, "Method Not Allowed", &call.local_tag, "", "")));
            }
        }
    }

    fn response(
        &mut self,
        now: Timestamp,
        call: &mut UaCall,
        status: u16,
        message: &Message<'_>,
        wants: &mut Vec<Want>,
    ) {
        let cseq = message.header("CSeq").unwrap_or_default();
        let method = cseq.split_whitespace().nth(1).unwrap_or_default();
        let body = body_of(message.0);
        match method {
            "INVITE" if call.is_modification(cseq) => self.modified(call, status, message, wants),
            "INVITE" if call.outgoing => {
                if status < 200 {
                    call.provisionals.push(status);
                    if let Some(again) = &call.again
                        && again.what == "INVITE"
                    {
                        call.again = None;
                    }
                    if matches!(call.stage, Stage::Calling | Stage::Proceeding { .. }) {
                        let address = sdp_address(body);
                        let early = address.is_some() || call.stage == (Stage::Proceeding { early: true });
                        if address.is_some() {
                            call.remote_rtp = address;
                        }
                        call.stage = Stage::Proceeding { early };
                    }
                    let tag = tag_of(message.header("To").unwrap_or_default());
                    if !tag.is_empty() {
                        let target = uri_of(message.header("Contact").unwrap_or_default()).whole;
                        call.early = Some((tag, target));
                    }
                    if call.cancel_when_possible {
                        call.cancel_when_possible = false;
                        self.leave(now, call, wants);
                    }
                } else if status < 300 {
                    self.answered(now, call, message, wants);
                } else {
                    let ack = self.ack(call, message, false);
                    wants.push(Want::Send(ack));
                    if call.status.is_none() {
                        call.status = Some(status);
                        call.response = message.0.to_owned();
                        call.again = None;
                        call.stage = Stage::Over;
                        call.plan.clear();
                    } else if call.status != Some(status) {
                        call.complaints.push(format!("final {status} after {:?}", call.status));
                    }
                }
            }
            "BYE" => {
                call.again = None;
                call.stage = Stage::Over;
            }
            "CANCEL" => {
                if let Some(again) = &mut call.again
                    && again.what == "CANCEL"
                {
                    // The final response to the INVITE is still to come.
                    call.again = None;
                }
            }
            "UPDATE" => {
                call.again.take_if(|again| again.what == "UPDATE");
                if !matches!(status, 200 | 481 | 491 | 500) && call.stage == Stage::Up {
                    call.complaints.push(format!("UPDATE answered {status}"));
                }
            }
            // A later request has overtaken it (RFC 3261 §12.2.2).
            "INFO" if status == 500 && !cseq.starts_with(&format!("{} ", call.cseq)) => {}
            // 481: a BYE is on its way to us, or was lost.
            "INFO" if status >= 300 && status != 481 && call.stage == Stage::Up => {
                call.complaints.push(format!("INFO answered {status}"));
            }
            _ => {}
        }
    }

    /// The answer to a re-INVITE.
    fn modified(&self, call: &mut UaCall, status: u16, message: &Message<'_>, wants: &mut Vec<Want>) {
        let ours = call.again.as_ref().is_some_and(|again| again.what == "re-INVITE");
        if ours {
            call.again = None;
        }
        if status < 200 {
            return;
        }
        let ack = self.ack(call, message, status < 300);
        wants.push(Want::Send(ack));
        match status {
            200..300 => {
                if let Some(address) = sdp_address(body_of(message.0)) {
                    call.remote_rtp = Some(address);
                }
            }
            // Crossed by a BYE, or by a re-INVITE of the other side.
            481 | 491 | 500 => {}
            _ if call.stage == Stage::Up => call.complaints.push(format!("re-INVITE answered {status}")),
            _ => {}
        }
    }

    fn answered(&mut self, now: Timestamp, call: &mut UaCall, message: &Message<'_>, wants: &mut Vec<Want>) {
        let first = call.status.is_none();
        let tag = tag_of(message.header("To").unwrap_or_default());
        if !first && call.status != Some(200) {
            call.complaints.push(format!("200 after {:?}", call.status));
        }
        if !first && tag != call.remote_tag {
            call.complaints.push("answered twice".into());
        }
        call.remote_tag = tag;
        call.target = uri_of(message.header("Contact").unwrap_or_default()).whole;
        if let Some(address) = sdp_address(body_of(message.0)) {
            call.remote_rtp = Some(address);
        } else {
            call.complaints.push("200 without a session description".into());
        }
        if call.manners.quirk != Quirk::NeverAcknowledges {
            let ack = self.ack(call, message, true);
            wants.push(Want::Send(ack));
        }
        if first {
            call.status = Some(200);
            call.again = None;
            let cancelled = matches!(call.stage, Stage::Cancelling | Stage::Over);
            call.up(now);
            if cancelled {
                self.leave(now, call, wants);
            }
            call.ask_to_wake(wants);
        }
    }

    fn leave(&mut self, now: Timestamp, call: &mut UaCall, wants: &mut Vec<Want>) {
        match call.stage {
            // A CANCEL before anything came back could overtake the INVITE.
            Stage::Calling => call.cancel_when_possible = true,
            Stage::Proceeding { .. } if call.leaves_early() => {
                call.stage = Stage::Cancelling;
                let text = self.early_bye(call);
                call.repeat(now, text.clone(), T2, "BYE");
                wants.push(Want::Send(text));
            }
            Stage::Proceeding { .. } => {
                call.stage = Stage::Cancelling;
                let text = format!(
                    "CANCEL {} SIP/2.0\r\nVia: SIP/2.0/UDP {};branch={}\r\nMax-Forwards: 70\r\nFrom: <sip:{}@{}>;tag={}\r\n\
                     To: <sip:{}@{}>\r\nCall-ID: {}\r\nCSeq: 1 CANCEL\r\nContent-Length: 0\r\n\r\n",
                    call.target,
                    self.address,
                    call.branch_of(1),
                    call.other,
                    self.address.ip(),
                    call.local_tag,
                    call.number,
                    self.node.ip(),
                    call.id
                );
                call.repeat(now, text.clone(), T2, "CANCEL");
                wants.push(Want::Send(text));
            }
            Stage::Called { .. } => {
                call.plan = vec![(now, Step::Final(480))];
            }
            Stage::Up => {
                call.stage = Stage::Leaving;
                call.plan.clear();
                call.acknowledged = true;
                let text = self.request(call, "BYE", "", "");
                call.repeat(now, text.clone(), T2, "BYE");
                wants.push(Want::Send(text));
            }
            Stage::Cancelling | Stage::Leaving | Stage::Over => {}
        }
        call.ask_to_wake(wants);
    }

    /// A new request of the dialog, in a transaction of its own.
    fn request(&self, call: &mut UaCall, method: &str, extra: &str, body: &str) -> String {
        call.cseq += 1;
        let head = self.head(call, method);
        let kind = if body.is_empty() { "" } else { "Content-Type: application/sdp\r\n" };
        format!("{head}{extra}{kind}Content-Length: {}\r\n\r\n{body}", body.len())
    }

    fn head(&self, call: &mut UaCall, method: &str) -> String {
        let to_tag =
            if call.remote_tag.is_empty() { String::new() } else { format!(";tag={}", call.remote_tag) };
        // Which of the two numbers is ours depends on who called.
        let (ours, theirs) =
            if call.outgoing { (&call.other, &call.number) } else { (&call.number, &call.other) };
        format!(
            "{method} {} SIP/2.0\r\nVia: SIP/2.0/UDP {};branch={}\r\nMax-Forwards: 70\r\nFrom: <sip:{ours}@{}>;tag={}\r\n\
             To: <sip:{theirs}@{}>{to_tag}\r\nCall-ID: {}\r\nCSeq: {} {method}\r\nContact: <sip:ua@{}>\r\n",
            call.target,
            self.address,
            call.branch_of(call.cseq),
            self.address.ip(),
            call.local_tag,
            self.node.ip(),
            call.id,
            call.cseq,
            self.address,
        )
    }

    fn ack(&self, call: &mut UaCall, response: &Message<'_>, ok: bool) -> String {
        let cseq = cseq_of(response);
        let answers = call.asked || (call.late_offer && cseq == 1);
        let body = if ok && answers { call.sdp() } else { String::new() };
        let branch = if ok { format!("z9hG4bK{}ack{cseq}", call.local_tag) } else { call.branch_of(cseq) };
        let to = response.header("To").unwrap_or_default();
        let from = response.header("From").unwrap_or_default();
        let target = &call.target;
        let kind = if body.is_empty() { "" } else { "Content-Type: application/sdp\r\n" };
        format!(
            "ACK {target} SIP/2.0\r\nVia: SIP/2.0/UDP {};branch={branch}\r\nMax-Forwards: 70\r\nFrom: {from}\r\n\
             To: {to}\r\nCall-ID: {}\r\nCSeq: {cseq} ACK\r\n{kind}Content-Length: {}\r\n\r\n{body}",
            self.address,
            call.id,
            body.len()
        )
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

fn reply(request: &Message<'_>, status: u16, reason: &str, tag: &str, extra: &str, body: &str) -> String {
    let mut text = format!("SIP/2.0 {status} {reason}\r\n");
    for via in request.headers("Via") {
        let _ = write!(text, "Via: {via}\r\n");
    }
    let to = request.header("To").unwrap_or_default();
    let tag = if tag.is_empty() || to.contains(";tag=") { String::new() } else { format!(";tag={tag}") };
    let kind = if body.is_empty() { "" } else { "Content-Type: application/sdp\r\n" };
    let _ = write!(
        text,
        "From: {}\r\nTo: {to}{tag}\r\nCall-ID: {}\r\nCSeq: {}\r\n{extra}{kind}Content-Length: {}\r\n\r\n{body}",
        request.header("From").unwrap_or_default(),
        request.header("Call-ID").unwrap_or_default(),
        request.header("CSeq").unwrap_or_default(),
        body.len()
    );
    text
}
