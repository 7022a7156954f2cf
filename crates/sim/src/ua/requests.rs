//! What a telephone asks of the node.

use std::fmt::Write;
use std::time::Duration;

use base::Timestamp;

use super::{CallId, Manners, Quirk, Stage, Step, T1, T2, Ua, UaCall, Want, cseq_of};
use crate::text::Message;

impl Ua {
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

    pub(super) fn leave(&mut self, now: Timestamp, call: &mut UaCall, wants: &mut Vec<Want>) {
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
    pub(super) fn request(&self, call: &mut UaCall, method: &str, extra: &str, body: &str) -> String {
        call.cseq += 1;
        let head = self.head(call, method);
        let kind = if body.is_empty() { "" } else { "Content-Type: application/sdp\r\n" };
        format!("{head}{extra}{kind}Content-Length: {}\r\n\r\n{body}", body.len())
    }

    pub(super) fn head(&self, call: &mut UaCall, method: &str) -> String {
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

    pub(super) fn ack(&self, call: &mut UaCall, response: &Message<'_>, ok: bool) -> String {
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
}
