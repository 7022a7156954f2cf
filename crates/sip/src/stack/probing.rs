//! A trunk's health by OPTIONS (RFC 3261 §11).

use std::time::Duration;

use base::Timestamp;

use super::Flow;
use super::core::{ALLOW, Core};
use super::monitor::Duty;
use super::timers::{Timer, TimerId};
use crate::header::Header;
use crate::message::{Method, Request, Response};
use crate::uri::Uri;

#[derive(Debug)]
pub(super) struct Probe {
    timer: Option<TimerId>,
    every: Duration,
    health: Health,
    /// Moves on through a name's addresses while they fail.
    pub(super) turn: usize,
}

/// Two of a kind in a row turn it, the first one decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Health {
    Unknown,
    Up { misses: u8 },
    Down { hits: u8 },
}

const TURNS: u8 = 2;

impl Probe {
    pub(super) fn new(now: Timestamp, serial: u64, every: Duration, core: &mut Core) -> Self {
        let mut probe =
            Self { timer: None, every: every.max(Duration::from_secs(1)), health: Health::Unknown, turn: 0 };
        // Spread, so that many trunks do not begin at once.
        let first = now + Duration::from_millis(core.ids.jitter.below(500));
        probe.arm(first, serial, core);
        probe
    }

    fn arm(&mut self, at: Timestamp, serial: u64, core: &mut Core) {
        self.timer = Some(core.timers.arm(at, Timer::Trunk(Duty::Probe(serial)), "sip: next OPTIONS"));
    }

    pub(super) fn fired(&mut self) {
        self.timer = None;
    }

    pub(super) fn stop(self, core: &mut Core) {
        if let Some(timer) = self.timer {
            core.timers.disarm(timer);
        }
    }

    /// Whether the trunk is there; `None` before the first outcome.
    pub(super) fn works(&self) -> Option<bool> {
        self.health.known()
    }

    /// Whether a response comes from somebody who is there and can take calls: a refusal does too.
    pub(super) fn is_good(response: &Response) -> bool {
        !matches!(response.status, 408 | 500 | 502..=504)
    }

    /// Takes the outcome of one OPTIONS and waits for the next.
    pub(super) fn heard(&mut self, now: Timestamp, serial: u64, good: bool, core: &mut Core) {
        self.health = self.health.heard(good);
        if !good {
            self.turn = self.turn.wrapping_add(1);
        }
        let share = 90 + core.ids.jitter.below(21) as u32;
        self.arm(now + self.every * share / 100, serial, core);
    }

    /// OPTIONS to a trunk.
    pub(super) fn request(uri: &str, flow: Flow, core: &mut Core) -> Option<Request> {
        let uri = Uri::parse(uri).ok()?.for_request();
        let own = Uri::sip(None, &core.config.domain, None).ok()?;
        let mut request = Request::new(Method::Options, uri);
        let tag = core.ids.token();
        let call_id = core.ids.call_id();
        let to = format!("<{}>", request.uri);
        let headers = &mut request.headers;
        headers.push(Header::MaxForwards, "70");
        headers.push(Header::From, &format!("<{own}>;tag={tag}"));
        headers.push(Header::To, &to);
        headers.push(Header::CallId, &call_id);
        headers.push(Header::CSeq, "1 OPTIONS");
        headers.push(Header::Contact, &core.contact(flow.transport, None));
        headers.push(Header::Accept, "application/sdp");
        headers.push(Header::Allow, ALLOW);
        headers.push(Header::UserAgent, &core.config.user_agent);
        Some(request)
    }
}

impl Health {
    fn heard(self, good: bool) -> Health {
        match (self, good) {
            (Health::Unknown | Health::Up { .. }, true) => Health::Up { misses: 0 },
            (Health::Unknown | Health::Down { .. }, false) => Health::Down { hits: 0 },
            (Health::Up { misses }, false) if misses + 1 < TURNS => Health::Up { misses: misses + 1 },
            (Health::Up { .. }, false) => Health::Down { hits: 0 },
            (Health::Down { hits }, true) if hits + 1 < TURNS => Health::Down { hits: hits + 1 },
            (Health::Down { .. }, true) => Health::Up { misses: 0 },
        }
    }

    fn known(self) -> Option<bool> {
        match self {
            Health::Unknown => None,
            Health::Up { .. } => Some(true),
            Health::Down { .. } => Some(false),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Health;

    #[test]
    fn two_in_a_row_turn_a_trunks_health_and_the_first_decides() {
        let run = |answers: &[bool]| {
            let mut health = Health::Unknown;
            let mut heard = |&good: &bool| {
                health = health.heard(good);
                health.known() == Some(true)
            };
            answers.iter().map(&mut heard).collect::<Vec<_>>()
        };
        assert_eq!(run(&[true, false, true, false, false]), [true, true, true, true, false]);
        assert_eq!(run(&[false, true, false, true, true]), [false, false, false, false, true]);
    }
}
