//! What the node asks of a telephone.

use std::fmt::Write;
use std::time::Duration;

use base::Timestamp;

use super::{CallId, Quirk, Stage, Step, T2, Ua, UaCall, Want, cseq_of, quirks};
use crate::text::{Message, body_of, first_line, sdp_address, tag_of, uri_of};

pub(super) fn reply(
    request: &Message<'_>,
    status: u16,
    reason: &str,
    tag: &str,
    extra: &str,
    body: &str,
) -> String {
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

impl Ua {
    pub(super) fn called(
        &mut self,
        now: Timestamp,
        id: CallId,
        message: &Message<'_>,
        wants: &mut Vec<Want>,
    ) {
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

    pub(super) fn in_call(
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
}
