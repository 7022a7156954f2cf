//! What one call of a user agent keeps: its dialog, what it repeats, what it saw.

use std::net::SocketAddr;
use std::time::Duration;

use base::Timestamp;

use super::{Again, CallId, GIVE_UP, Manners, Quirk, Stage, Step, T1, UaCall, Want};

impl UaCall {
    pub(super) fn new(
        id: CallId,
        outgoing: bool,
        stage: Stage,
        (first, second): (String, String),
        rtp: SocketAddr,
        manners: Manners,
    ) -> Self {
        // `first` called `second` where we call; we are `first`, called by `second`, where we are called.
        let (number, other) = if outgoing { (second, first) } else { (first, second) };
        let local_tag = format!("u{}", id.replace(['@', '.', ':'], "-"));
        Self {
            id,
            outgoing,
            stage,
            number,
            other,
            rtp,
            remote_rtp: None,
            status: None,
            response: String::new(),
            bye_received: false,
            acknowledged: false,
            invite: String::new(),
            provisionals: Vec::new(),
            complaints: Vec::new(),
            up_since: None,
            manners,
            late_offer: false,
            direction: "sendrecv",
            asked: false,
            early: None,
            fork: None,
            off: false,
            local_tag,
            remote_tag: String::new(),
            target: String::new(),
            cseq: 0,
            remote_cseq: 0,
            again: None,
            last: String::new(),
            plan: Vec::new(),
            cancel_when_possible: false,
        }
    }

    /// Whether nothing more will happen on this side.
    pub fn is_quiet(&self) -> bool {
        self.stage == Stage::Over
            && self.again.is_none()
            && self.fork.as_ref().is_none_or(|fork| fork.is_over())
    }

    /// Whether audio flows.
    pub fn has_audio(&self) -> bool {
        matches!(
            self.stage,
            Stage::Up | Stage::Proceeding { early: true } | Stage::Called { early: true } | Stage::Leaving
        )
    }

    pub(super) fn up(&mut self, now: Timestamp) {
        self.stage = Stage::Up;
        self.up_since = Some(now);
        self.plan.clear();
        if let Some(after) = self.manners.hangs_up_after {
            self.plan.push((now + after, Step::HangUp));
        }
        if let Quirk::LosesPower(after) = self.manners.quirk {
            self.plan.push((now + after, Step::PowerCut));
        }
    }

    pub(super) fn gave_up(&mut self, what: &str) {
        match what {
            "INVITE" => self.complaints.push("INVITE without any response".into()),
            "2xx" => self.complaints.push("2xx without ACK".into()),
            "final" => self.complaints.push("final response without ACK".into()),
            "BYE" => self.complaints.push("BYE without response".into()),
            "re-INVITE" => self.complaints.push("re-INVITE without response".into()),
            "UPDATE" => self.complaints.push("UPDATE without response".into()),
            "183" => self.complaints.push("reliable 183 without PRACK".into()),
            "CANCEL" => self.complaints.push("CANCEL without response".into()),
            _ => {}
        }
        if what != "2xx" {
            self.stage = Stage::Over;
        }
    }

    pub(super) fn repeat(&mut self, now: Timestamp, text: String, cap: Duration, what: &'static str) {
        self.again = Some(Again { text, next: now + T1, interval: T1, cap, until: now + GIVE_UP, what });
    }

    pub(super) fn ask_to_wake(&self, wants: &mut Vec<Want>) {
        let fork = self.fork.iter().filter_map(|fork| fork.next());
        let again = self.again.iter().map(|again| again.next);
        let next = again.chain(fork).chain(self.plan.iter().map(|(at, _)| *at)).min();
        if let Some(next) = next {
            wants.push(Want::Wake(self.id.clone(), next));
        }
    }

    /// Every request of ours has its own CSeq, and its branch after it.
    pub(super) fn branch_of(&self, cseq: u32) -> String {
        format!("z9hG4bK{}x{cseq}", self.local_tag)
    }

    /// Whether a response is to a re-INVITE of ours.
    pub(super) fn is_modification(&self, cseq: &str) -> bool {
        let number: u32 = cseq.split_whitespace().next().and_then(|number| number.parse().ok()).unwrap_or(0);
        !self.outgoing || number > 1
    }

    pub(super) fn sdp(&self) -> String {
        let (ip, port) = (self.rtp.ip(), self.rtp.port());
        let direction = self.direction;
        let codecs = if self.manners.alaw { "8" } else { "0 8" };
        format!(
            "v=0\r\no=- 1 1 IN IP4 {ip}\r\ns=-\r\nc=IN IP4 {ip}\r\nt=0 0\r\nm=audio {port} RTP/AVP {codecs} 101\r\n\
             a=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\n\
             a=ptime:20\r\na={direction}\r\n"
        )
    }
}
