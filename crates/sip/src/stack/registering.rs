//! Our registration with a carrier (RFC 3261 §10.2).

use std::time::Duration;

use base::Timestamp;

use super::core::{ALLOW, Core};
use super::hop::default_port;
use super::login::Login;
use super::monitor::Duty;
use super::timers::{Timer, TimerId};
use super::{Flow, Registration};
use crate::header::{CSeq, Header};
use crate::message::{Method, Request, Response};
use crate::uri::Uri;

#[derive(Debug)]
pub(super) struct Registering {
    timer: Option<TimerId>,
    aor: String,
    login: Box<Login>,
    /// The same for all of them, as §10.2 asks.
    call_id: Box<str>,
    cseq: u32,
    /// Asked for; grows with every 423.
    expires: Duration,
    /// Refusals and silences in a row.
    failures: u32,
    /// Until when the registrar knows us; `None` before the first success and after a lapse.
    until: Option<Timestamp>,
    /// Moves on through a name's addresses while they fail.
    pub(super) turn: usize,
}

/// What a response to REGISTER comes to.
pub(super) enum Outcome {
    /// Registered for that long.
    Registered(Duration),
    /// To be asked again at once, with credentials or a longer interval.
    Again,
    /// Refused; when to come back, where the registrar says so.
    Refused(Option<Duration>),
}

/// First pause after a failed REGISTER; doubles up to the last.
const FIRST_PAUSE: Duration = Duration::from_secs(10);
const LAST_PAUSE: Duration = Duration::from_secs(600);
/// A registrar that grants less is not followed: it would be asked without end.
const SHORTEST: u32 = 10;

impl Registering {
    pub(super) fn new(now: Timestamp, serial: u64, registration: &Registration, core: &mut Core) -> Self {
        let mut registering = Self {
            timer: None,
            aor: registration.aor.clone(),
            login: Login::new(&registration.username, &registration.password),
            call_id: core.ids.call_id(),
            cseq: 0,
            expires: registration.expires,
            failures: 0,
            until: None,
            turn: 0,
        };
        let first = now + Duration::from_millis(core.ids.jitter.below(500));
        registering.arm(first, serial, core);
        registering
    }

    fn arm(&mut self, at: Timestamp, serial: u64, core: &mut Core) {
        self.timer = Some(core.timers.arm(at, Timer::Trunk(Duty::Register(serial)), "sip: register"));
    }

    pub(super) fn fired(&mut self) {
        self.timer = None;
    }

    /// Whether the registrar knows us; `None` before the first outcome.
    pub(super) fn works(&self) -> Option<bool> {
        match (self.until, self.failures) {
            (Some(_), _) => Some(true),
            (None, 1..) => Some(false),
            (None, 0) => None,
        }
    }

    /// Stops; true: there is a registration to be taken back, which the next request does.
    pub(super) fn stop(&mut self, core: &mut Core) -> bool {
        if let Some(timer) = self.timer.take() {
            core.timers.disarm(timer);
        }
        self.expires = Duration::ZERO;
        self.until.take().is_some()
    }

    /// REGISTER to a registrar.
    pub(super) fn request(&mut self, registrar: &str, flow: Flow, core: &mut Core) -> Option<Request> {
        let registrar = Uri::parse(registrar).ok()?;
        let aor = Uri::parse(&self.aor).ok()?;
        // The Request-URI names the registrar's domain, without a user.
        let uri = Uri::sip(None, registrar.host(), registrar.port()).ok()?;
        let mut request = Request::new(Method::Register, uri);
        self.cseq += 1;
        let tag = core.ids.token();
        let user = aor.user_decoded();
        let headers = &mut request.headers;
        headers.push(Header::MaxForwards, "70");
        headers.push(Header::From, &format!("<{aor}>;tag={tag}"));
        headers.push(Header::To, &format!("<{aor}>"));
        headers.push(Header::CallId, &self.call_id);
        headers.push(Header::CSeq, &CSeq { number: self.cseq, method: Method::Register }.value());
        headers.push(Header::Contact, &core.contact(flow.transport, user.as_deref()));
        headers.push(Header::Expires, &self.expires.as_secs().to_string());
        headers.push(Header::Allow, ALLOW);
        headers.push(Header::UserAgent, &core.config.user_agent);
        self.login.reuse(&mut request);
        Some(request)
    }

    /// Takes a final response.
    pub(super) fn responded(
        &mut self,
        now: Timestamp,
        serial: u64,
        response: &Response,
        flow: Flow,
        core: &mut Core,
    ) -> Outcome {
        let again = match response.status {
            200..300 => {
                let asked = self.expires.as_secs() as u32;
                let granted = granted(response, flow, core).unwrap_or(asked).max(SHORTEST);
                let granted = Duration::from_secs(u64::from(granted));
                self.failures = 0;
                self.until = Some(now + granted);
                self.login.accepted();
                // At 80 to 90 % of the interval, so that a lost message does no harm.
                let share = 80 + core.ids.jitter.below(11) as u32;
                self.arm(now + granted * share / 100, serial, core);
                return Outcome::Registered(granted);
            }
            401 | 407 => self.login.learn(response, &mut core.ids),
            423 => match response.headers.min_expires() {
                Ok(Some(min)) if u64::from(min) > self.expires.as_secs() => {
                    self.expires = Duration::from_secs(u64::from(min));
                    true
                }
                _ => false,
            },
            _ => false,
        };
        if again {
            return Outcome::Again;
        }
        let pause = response.headers.retry_after().ok().flatten();
        Outcome::Refused(pause.map(|pause| Duration::from_secs(u64::from(pause.seconds))))
    }

    /// Takes a failure and waits for the next try: `pause`, or ever longer.
    pub(super) fn failed(&mut self, now: Timestamp, serial: u64, pause: Option<Duration>, core: &mut Core) {
        self.failures = self.failures.saturating_add(1);
        self.turn = self.turn.wrapping_add(1);
        if self.until.is_some_and(|until| until <= now) {
            self.until = None;
        }
        let doubled = (FIRST_PAUSE * 2u32.pow(self.failures.min(7) - 1)).min(LAST_PAUSE);
        // Between half and all of it, so that not everybody comes back at once.
        let half = doubled.as_millis() as u64 / 2;
        let backoff = Duration::from_millis(half + core.ids.jitter.below(half));
        let mut at = now + pause.unwrap_or(backoff);
        // While a registration lasts, be there when it ends.
        if let Some(until) = self.until {
            at = at.min(until);
        }
        self.arm(at, serial, core);
    }
}

/// For how long a registrar took our Contact (§10.2.4): its own `expires`, else Expires.
fn granted(response: &Response, flow: Flow, core: &Core) -> Option<u32> {
    let at = core.advertised(flow.transport);
    let ours = response.headers.addresses(Header::Contact).filter_map(Result::ok).find(|contact| {
        contact.uri().is_ok_and(|uri| {
            uri.host_ip() == Some(at.ip()) && uri.port().unwrap_or(default_port(flow.transport)) == at.port()
        })
    });
    ours.and_then(|contact| contact.expires()).or_else(|| response.headers.expires().ok().flatten())
}
