//! Peculiar telephones: what the standard allows and hardly anybody does, and what it forbids and somebody does.

use std::time::Duration;

use base::Timestamp;

use super::{GIVE_UP, Stage, Step, T1, T2, Ua, UaCall, Want, reply};
use crate::text::{Message, tag_of};

/// What is peculiar about a telephone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Quirk {
    /// Nothing.
    #[default]
    None,
    /// Called: answers although it was cancelled, since its 200 was under way.
    Stubborn,
    /// Called: two telephones ring, and both answer.
    Forks,
    /// Called: its 183 wants a PRACK.
    Reliable,
    /// Called: answers without a session description.
    SaysNothing,
    /// Called: the node is to refresh the session. Calling: it promises refreshes and sends none.
    Timer,
    /// Is answered and never acknowledges it.
    NeverAcknowledges,
    /// Calling: gives up by BYE in the early dialog.
    LeavesEarly,
    /// Loses its power so long after the answer.
    LosesPower(Duration),
}

/// How a telephone changes its session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Its audio moves to another port.
    Move,
    /// The other side is put on hold, or taken off it.
    Hold,
    /// It asks for an offer; the answer comes with the ACK.
    Ask,
    /// It moves its audio by UPDATE.
    Update,
}

/// What makes a 183 reliable.
pub(super) const RELIABLY: &str = "Require: 100rel\r\nRSeq: 77\r\n";

/// What a response of this status has beside the usual.
pub(super) fn headers_of(status: u16, quirk: Quirk) -> &'static str {
    match (status, quirk) {
        (200, Quirk::Timer) => "Require: timer\r\nSession-Expires: 90;refresher=uac\r\n",
        (407, _) => "Proxy-Authenticate: Digest realm=\"r\", nonce=\"n\"\r\n",
        (503, _) => "Retry-After: 5\r\n",
        _ => "",
    }
}

/// The tag of the second telephone behind the same address.
pub(super) fn fork_tag(first: &str) -> String {
    format!("{first}-second")
}

/// The second telephone that answered: its 200 is repeated until the ACK, and the node has to let it go.
#[derive(Clone, Debug)]
pub(super) struct Fork {
    text: String,
    /// When the 200 is sent again, and the interval; `None` once it was acknowledged.
    again: Option<(Timestamp, Duration)>,
    until: Timestamp,
    gone: bool,
}

impl Fork {
    pub(super) fn answers(now: Timestamp, text: String) -> Self {
        Self { text, again: Some((now + T1, T1)), until: now + GIVE_UP, gone: false }
    }

    /// Whether it has been let go.
    pub(super) fn is_over(&self) -> bool {
        self.gone
    }

    pub(super) fn next(&self) -> Option<Timestamp> {
        self.again.map(|(at, _)| at)
    }
}

impl UaCall {
    /// Takes a request for the second telephone.
    pub(super) fn forked(&mut self, method: &str, message: &Message<'_>, wants: &mut Vec<Want>) -> bool {
        let Some(fork) = &mut self.fork else { return false };
        let tag = fork_tag(&self.local_tag);
        if tag_of(message.header("To").unwrap_or_default()) != tag {
            return false;
        }
        match method {
            "ACK" => fork.again = None,
            "BYE" => {
                fork.again = None;
                fork.gone = true;
                wants.push(Want::Send(reply(message, 200, "OK", &tag, "", "")));
            }
            _ if fork.gone => wants.push(Want::Send(reply(message, 481, "Gone", &tag, "", ""))),
            _ => {
                let sdp = self.sdp();
                let contact = format!("Contact: <sip:second@{}:5060>\r\n", self.rtp.ip());
                wants.push(Want::Send(reply(message, 200, "OK", &tag, &contact, &sdp)));
            }
        }
        true
    }

    pub(super) fn fork_repeats(&mut self, now: Timestamp, wants: &mut Vec<Want>) {
        let Some(fork) = &mut self.fork else { return };
        let Some((at, interval)) = fork.again else { return };
        if at > now {
            return;
        }
        if now >= fork.until {
            fork.again = None;
            self.complaints.push("the second 200 got no ACK".into());
            return;
        }
        let interval = (interval * 2).min(T2);
        fork.again = Some((now + interval, interval));
        wants.push(Want::Send(fork.text.clone()));
    }

    pub(super) fn awaits_prack(&self) -> bool {
        self.again.as_ref().is_some_and(|again| again.what == "183")
    }

    pub(super) fn prack(&mut self, message: &Message<'_>) {
        if !message.header("RAck").is_some_and(|rack| rack.starts_with("77 ") && rack.ends_with(" INVITE")) {
            self.complaints.push(format!("PRACK of {:?}", message.header("RAck")));
        }
        if self.awaits_prack() {
            self.again = None;
        }
    }

    /// Nothing is heard of it any more.
    pub(super) fn power_cut(&mut self) {
        self.off = true;
        self.stage = Stage::Over;
        self.plan.clear();
        self.again = None;
        self.acknowledged = true;
        if let Some(fork) = &mut self.fork {
            fork.again = None;
            fork.gone = true;
        }
    }

    pub(super) fn leaves_early(&self) -> bool {
        self.manners.quirk == Quirk::LeavesEarly && self.early.is_some()
    }
}

impl Ua {
    /// Changes the session of a call that is up, unless a change is under way.
    pub fn change(&mut self, now: Timestamp, id: &str, change: Change, wants: &mut Vec<Want>) {
        let Some(mut call) = self.calls.remove(id) else { return };
        if call.stage == Stage::Up && call.again.is_none() && !call.off {
            match change {
                Change::Move | Change::Update => call.rtp = self.fresh_rtp(),
                Change::Hold => {
                    call.direction = if call.direction == "sendrecv" { "sendonly" } else { "sendrecv" };
                }
                Change::Ask => {}
            }
            call.asked = change == Change::Ask;
            let sdp = if call.asked { String::new() } else { call.sdp() };
            let (method, what) = match change {
                Change::Update => ("UPDATE", "UPDATE"),
                _ => ("INVITE", "re-INVITE"),
            };
            let text = self.request(&mut call, method, "", &sdp);
            call.repeat(now, text.clone(), if method == "UPDATE" { T2 } else { Duration::MAX }, what);
            wants.push(Want::Send(text));
            call.ask_to_wake(wants);
        }
        self.calls.insert(call.id.clone(), call);
    }

    /// A BYE in the dialog of a provisional response.
    pub(super) fn early_bye(&self, call: &mut UaCall) -> String {
        let Some((tag, target)) = call.early.clone() else { return String::new() };
        let before = std::mem::replace(&mut call.remote_tag, tag);
        let to = call.target.clone();
        if !target.is_empty() {
            call.target = target;
        }
        let text = self.request(call, "BYE", "", "");
        // The final response to the INVITE says what the dialog will be.
        call.remote_tag = before;
        call.target = to;
        text
    }

    /// Cuts the power of the telephone behind a call.
    pub fn cut_power(&mut self, id: &str) {
        if let Some(call) = self.calls.get_mut(id) {
            call.plan.retain(|(_, step)| *step != Step::PowerCut);
            call.power_cut();
        }
    }
}
