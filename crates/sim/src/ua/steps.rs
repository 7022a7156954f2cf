//! What a telephone does when the time has come.

use std::time::Duration;

use base::Timestamp;

use super::requested::reply;
use super::{Quirk, Stage, Step, T2, Ua, UaCall, Want, quirks};
use crate::text::Message;

impl Ua {
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

    pub(super) fn step(&mut self, now: Timestamp, call: &mut UaCall, step: Step, wants: &mut Vec<Want>) {
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
}
