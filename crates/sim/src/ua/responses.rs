//! What the node answers to a telephone.

use base::Timestamp;

use super::{Quirk, Stage, Ua, UaCall, Want};
use crate::text::{Message, body_of, sdp_address, tag_of, uri_of};

impl Ua {
    pub(super) fn response(
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
            // 481: a BYE is on its way to us, or was lost. 500: a later request has overtaken it, or it came once more
            // long after (RFC 3261 §12.2.2).
            "INFO" if status >= 300 && !matches!(status, 481 | 500) && call.stage == Stage::Up => {
                call.complaints.push(format!("INFO answered {status}"));
            }
            _ => {}
        }
    }

    /// The answer to a re-INVITE.
    pub(super) fn modified(
        &self,
        call: &mut UaCall,
        status: u16,
        message: &Message<'_>,
        wants: &mut Vec<Want>,
    ) {
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

    pub(super) fn answered(
        &mut self,
        now: Timestamp,
        call: &mut UaCall,
        message: &Message<'_>,
        wants: &mut Vec<Want>,
    ) {
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
}
