//! Trunks that are watched by OPTIONS and registered to (RFC 3261 §10, §11).

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use base::Timestamp;

use super::client::Failure;
use super::client_other::OtherOwner;
use super::core::{ALLOW, Core};
use super::hop::{Name, default_port, transport_of};
use super::login::Login;
use super::resolving::Asker;
use super::timers::{Timer, TimerId};
use super::{Event, Flow, Output, Transport, Trunk};
use crate::header::{CSeq, Header};
use crate::message::{Method, Request, Response};
use crate::uri::Uri;

/// All trunks, by the serial number of their monitor.
#[derive(Debug, Default)]
pub(super) struct Monitors {
    by_serial: BTreeMap<u64, Monitor>,
}

#[derive(Debug)]
struct Monitor {
    trunk: Trunk,
    probe: Probe,
    registering: Registering,
    /// What the node was told last.
    told: Option<bool>,
}

/// Health by OPTIONS, with hysteresis: two in a row turn it, the first one decides.
#[derive(Debug)]
struct Probe {
    timer: Option<TimerId>,
    health: Health,
    /// Alternates between a name's addresses while they fail.
    turn: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Health {
    Unknown,
    Up { misses: u8 },
    Down { hits: u8 },
}

#[derive(Debug)]
struct Registering {
    timer: Option<TimerId>,
    login: Option<Box<Login>>,
    call_id: Box<str>,
    cseq: u32,
    expires: Duration,
    /// Refusals and silences in a row.
    failures: u32,
    /// Until when the registrar knows us; `None` before the first success and after a lapse.
    until: Option<Timestamp>,
    turn: usize,
}

/// Two of a kind turn a trunk's health.
const TURNS: u8 = 2;
/// First pause after a failed REGISTER; doubles up to the last.
const FIRST_PAUSE: Duration = Duration::from_secs(10);
const LAST_PAUSE: Duration = Duration::from_secs(600);

impl Health {
    fn heard(self, good: bool) -> Health {
        match (self, good) {
            (Health::Unknown, true) | (Health::Up { .. }, true) => Health::Up { misses: 0 },
            (Health::Unknown, false) | (Health::Down { .. }, false) => Health::Down { hits: 0 },
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

impl Monitor {
    /// Whether all that was asked for works; `None` while that is not known.
    fn works(&self) -> Option<bool> {
        let probed = self.trunk.options_every.map(|_| self.probe.health.known());
        let registered = self.trunk.register.as_ref().map(|_| match self.registering.until {
            Some(_) => Some(true),
            None if self.registering.failures > 0 => Some(false),
            None => None,
        });
        match (probed, registered) {
            (Some(Some(false)), _) | (_, Some(Some(false))) => Some(false),
            (Some(None), _) | (_, Some(None)) | (None, None) => None,
            (Some(Some(true)) | None, Some(Some(true)) | None) => Some(true),
        }
    }

    fn tell(&mut self, detail: String, out: &mut Vec<Output>) {
        let works = self.works();
        if let Some(up) = works
            && self.told != works
        {
            self.told = works;
            out.push(Output::Event(Event::TrunkHealth { trunk: self.trunk.name.clone(), up, detail }));
        }
    }
}

impl Monitors {
    pub(super) fn len(&self) -> usize {
        self.by_serial.len()
    }

    /// Replaces the set; trunks that did not change go on undisturbed.
    pub(super) fn replace(
        &mut self,
        now: Timestamp,
        trunks: Vec<Trunk>,
        core: &mut Core,
        out: &mut Vec<Output>,
    ) {
        let mut old = std::mem::take(&mut self.by_serial);
        let mut fresh = Vec::new();
        for trunk in trunks {
            let kept = old.iter().find(|(_, monitor)| monitor.trunk == trunk).map(|(serial, _)| *serial);
            match kept.and_then(|serial| old.remove_entry(&serial)) {
                Some((serial, monitor)) => {
                    self.by_serial.insert(serial, monitor);
                }
                None => fresh.push(trunk),
            }
        }
        for (serial, monitor) in old {
            end(now, serial, monitor, core, out);
        }
        for trunk in fresh {
            let serial = core.mint();
            let monitor = begin(now, serial, trunk, core);
            self.by_serial.insert(serial, monitor);
        }
    }

    /// A timer fired: send OPTIONS or REGISTER.
    pub(super) fn due(&mut self, now: Timestamp, asker: Asker, core: &mut Core, out: &mut Vec<Output>) {
        let (Asker::Probe(serial) | Asker::Register(serial)) = asker else { return };
        let Some(monitor) = self.by_serial.get_mut(&serial) else { return };
        match asker {
            Asker::Probe(_) => monitor.probe.timer = None,
            Asker::Register(_) => monitor.registering.timer = None,
            Asker::Dialog(_) => {}
        }
        let uri = match Uri::parse(&monitor.trunk.uri) {
            Ok(uri) if !uri.host().is_empty() => uri,
            Ok(_) => return self.failed(now, asker, "URI without a host", None, core, out),
            Err(error) => return self.failed(now, asker, &error.to_string(), None, core, out),
        };
        let transport = monitor.trunk.transport.or_else(|| transport_of(&uri));
        match uri.host_ip() {
            Some(ip) => {
                let transport = transport.unwrap_or(Transport::Udp);
                let address = SocketAddr::new(ip, uri.port().unwrap_or(default_port(transport)));
                self.resolved(now, asker, &[(transport, address)], core, out);
            }
            None => {
                let name = Name { host: uri.host().to_ascii_lowercase(), port: uri.port(), transport };
                core.resolve(now, asker, name, out);
            }
        }
    }

    /// The trunk's addresses are known.
    pub(super) fn resolved(
        &mut self,
        now: Timestamp,
        asker: Asker,
        candidates: &[(Transport, SocketAddr)],
        core: &mut Core,
        out: &mut Vec<Output>,
    ) {
        let (Asker::Probe(serial) | Asker::Register(serial)) = asker else { return };
        let Some(monitor) = self.by_serial.get_mut(&serial) else { return };
        let turn = match asker {
            Asker::Register(_) => monitor.registering.turn,
            Asker::Probe(_) | Asker::Dialog(_) => monitor.probe.turn,
        };
        let chosen = (!candidates.is_empty()).then(|| candidates[turn % candidates.len()]);
        let Some(flow) = chosen.and_then(|(transport, address)| core.flow_to(transport, address)) else {
            return self.failed(now, asker, "name not found", None, core, out);
        };
        let (request, owner) = match asker {
            Asker::Register(_) => (register(monitor, flow, core), OtherOwner::Register(serial)),
            Asker::Probe(_) | Asker::Dialog(_) => (options(monitor, flow, core), OtherOwner::Probe(serial)),
        };
        let sent = match request {
            Some(request) => {
                core.start_other(now, request, flow, owner, out).map_err(|error| error.to_string())
            }
            None => Err("malformed URI".to_owned()),
        };
        if let Err(reason) = sent {
            self.failed(now, asker, &reason, None, core, out);
        }
    }

    /// A final response came.
    pub(super) fn responded(
        &mut self,
        now: Timestamp,
        asker: Asker,
        (response, flow): (&Response, Flow),
        core: &mut Core,
        out: &mut Vec<Output>,
    ) {
        let detail = format!("{} {}", response.status, response.reason);
        match asker {
            Asker::Dialog(_) => {}
            Asker::Probe(serial) => {
                let Some(monitor) = self.by_serial.get_mut(&serial) else { return };
                // Any other answer, a refusal included, comes from somebody who is there.
                let good = !matches!(response.status, 408 | 500 | 502..=504);
                if !good {
                    return self.failed(now, asker, &detail, None, core, out);
                }
                monitor.probe.health = monitor.probe.health.heard(true);
                monitor.tell(detail, out);
                self.schedule_probe(now, serial, core);
            }
            Asker::Register(serial) => {
                let Some(monitor) = self.by_serial.get_mut(&serial) else { return };
                let registering = &mut monitor.registering;
                let again = match response.status {
                    200..300 => {
                        let asked = registering.expires.as_secs() as u32;
                        let granted = granted(response, core, flow).unwrap_or(asked).max(1);
                        let granted = Duration::from_secs(u64::from(granted));
                        registering.failures = 0;
                        registering.until = Some(now + granted);
                        if let Some(login) = &mut registering.login {
                            login.accepted();
                        }
                        // At 80 to 90 % of the interval, so that a lost message does no harm.
                        let share = 80 + core.ids.jitter.below(11) as u32;
                        let at = now + granted * share / 100;
                        registering.timer =
                            Some(core.timers.arm(at, Timer::Register(serial), "sip: register again"));
                        monitor.tell(format!("registered for {} s", granted.as_secs()), out);
                        return;
                    }
                    401 | 407 => {
                        let ids = &mut core.ids;
                        registering.login.as_mut().is_some_and(|login| login.learn(response, ids))
                    }
                    423 => match response.headers.min_expires() {
                        Ok(Some(min)) if Duration::from_secs(u64::from(min)) > registering.expires => {
                            registering.expires = Duration::from_secs(u64::from(min));
                            true
                        }
                        _ => false,
                    },
                    _ => false,
                };
                if again {
                    return self.resolved(now, asker, &[(flow.transport, flow.remote)], core, out);
                }
                let pause = response.headers.retry_after().ok().flatten();
                let pause = pause.map(|pause| Duration::from_secs(u64::from(pause.seconds)));
                self.failed(now, asker, &detail, pause, core, out);
            }
        }
    }

    /// Nobody answered.
    pub(super) fn unanswered(
        &mut self,
        now: Timestamp,
        asker: Asker,
        failure: Failure,
        core: &mut Core,
        out: &mut Vec<Output>,
    ) {
        let reason = match failure {
            Failure::Timeout => "no response",
            Failure::Transport => "no connection",
        };
        self.failed(now, asker, reason, None, core, out);
    }

    fn failed(
        &mut self,
        now: Timestamp,
        asker: Asker,
        reason: &str,
        pause: Option<Duration>,
        core: &mut Core,
        out: &mut Vec<Output>,
    ) {
        match asker {
            Asker::Dialog(_) => {}
            Asker::Probe(serial) => {
                let Some(monitor) = self.by_serial.get_mut(&serial) else { return };
                monitor.probe.health = monitor.probe.health.heard(false);
                monitor.probe.turn = monitor.probe.turn.wrapping_add(1);
                monitor.tell(reason.to_owned(), out);
                self.schedule_probe(now, serial, core);
            }
            Asker::Register(serial) => {
                let Some(monitor) = self.by_serial.get_mut(&serial) else { return };
                let registering = &mut monitor.registering;
                registering.failures = registering.failures.saturating_add(1);
                registering.turn = registering.turn.wrapping_add(1);
                if registering.until.is_some_and(|until| until <= now) {
                    registering.until = None;
                }
                let doubled = FIRST_PAUSE * 2u32.pow(registering.failures.min(7) - 1);
                let doubled = doubled.min(LAST_PAUSE);
                // Between half and all of it, so that not everybody comes back at once.
                let half = doubled.as_millis() as u64 / 2;
                let backoff = Duration::from_millis(half + core.ids.jitter.below(half));
                let mut at = now + pause.unwrap_or(backoff);
                // While a registration lasts, be there when it ends.
                if let Some(until) = registering.until {
                    at = at.min(until);
                }
                registering.timer =
                    Some(core.timers.arm(at, Timer::Register(serial), "sip: try to register again"));
                monitor.tell(reason.to_owned(), out);
            }
        }
    }

    fn schedule_probe(&mut self, now: Timestamp, serial: u64, core: &mut Core) {
        let Some(monitor) = self.by_serial.get_mut(&serial) else { return };
        let Some(every) = monitor.trunk.options_every else { return };
        let every = every.max(Duration::from_secs(1));
        let share = 90 + core.ids.jitter.below(21) as u32;
        let at = now + every * share / 100;
        monitor.probe.timer = Some(core.timers.arm(at, Timer::Probe(serial), "sip: next OPTIONS"));
    }
}

fn begin(now: Timestamp, serial: u64, trunk: Trunk, core: &mut Core) -> Monitor {
    // Spread, so that many trunks do not begin at once.
    let mut soon = || now + Duration::from_millis(core.ids.jitter.below(500));
    let (first_probe, first_register) = (soon(), soon());
    let probe = Probe {
        timer: trunk
            .options_every
            .map(|_| core.timers.arm(first_probe, Timer::Probe(serial), "sip: next OPTIONS")),
        health: Health::Unknown,
        turn: 0,
    };
    let register = trunk.register.as_ref();
    let registering = Registering {
        timer: register.map(|_| core.timers.arm(first_register, Timer::Register(serial), "sip: register")),
        login: register.map(|register| Login::new(&register.username, &register.password)),
        call_id: core.ids.call_id(),
        cseq: 0,
        expires: register.map_or(Duration::ZERO, |register| register.expires),
        failures: 0,
        until: None,
        turn: 0,
    };
    Monitor { trunk, probe, registering, told: None }
}

/// Stops watching; takes the registration back.
fn end(now: Timestamp, serial: u64, mut monitor: Monitor, core: &mut Core, out: &mut Vec<Output>) {
    for timer in [monitor.probe.timer, monitor.registering.timer].into_iter().flatten() {
        core.timers.disarm(timer);
    }
    if monitor.registering.until.take().is_none() {
        return;
    }
    monitor.registering.expires = Duration::ZERO;
    let Ok(uri) = Uri::parse(&monitor.trunk.uri) else { return };
    let transport = monitor.trunk.transport.or_else(|| transport_of(&uri)).unwrap_or(Transport::Udp);
    // A registrar known by name is left to forget us.
    let Some(ip) = uri.host_ip() else { return };
    let address = SocketAddr::new(ip, uri.port().unwrap_or(default_port(transport)));
    let Some(flow) = core.flow_to(transport, address) else { return };
    if let Some(request) = register(&mut monitor, flow, core)
        && let Err(error) = core.start_other(now, request, flow, OtherOwner::Register(serial), out)
    {
        tracing::debug!(%error, "registration not taken back");
    }
}

fn options(monitor: &Monitor, flow: Flow, core: &mut Core) -> Option<Request> {
    let uri = Uri::parse(&monitor.trunk.uri).ok()?.for_request();
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

fn register(monitor: &mut Monitor, flow: Flow, core: &mut Core) -> Option<Request> {
    let registration = monitor.trunk.register.as_ref()?;
    let registrar = Uri::parse(&monitor.trunk.uri).ok()?;
    let aor = Uri::parse(&registration.aor).ok()?;
    // RFC 3261 §10.2: the Request-URI names the registrar's domain, without a user.
    let uri = Uri::sip(None, registrar.host(), registrar.port()).ok()?;
    let mut request = Request::new(Method::Register, uri);
    let registering = &mut monitor.registering;
    registering.cseq += 1;
    let tag = core.ids.token();
    let headers = &mut request.headers;
    headers.push(Header::MaxForwards, "70");
    headers.push(Header::From, &format!("<{aor}>;tag={tag}"));
    headers.push(Header::To, &format!("<{aor}>"));
    headers.push(Header::CallId, &registering.call_id);
    headers.push(Header::CSeq, &CSeq { number: registering.cseq, method: Method::Register }.value());
    let user = aor.user_decoded();
    headers.push(Header::Contact, &core.contact(flow.transport, user.as_deref()));
    headers.push(Header::Expires, &registering.expires.as_secs().to_string());
    headers.push(Header::Allow, ALLOW);
    headers.push(Header::UserAgent, &core.config.user_agent);
    if let Some(login) = &mut registering.login {
        login.reuse(&mut request);
    }
    Some(request)
}

/// For how long a registrar took our Contact (RFC 3261 §10.2.4): its own `expires`, else Expires.
fn granted(response: &Response, core: &Core, flow: Flow) -> Option<u32> {
    let at = core.advertised(flow.transport);
    let ours = response.headers.addresses(Header::Contact).filter_map(Result::ok).find(|contact| {
        contact.uri().is_ok_and(|uri| {
            uri.host_ip() == Some(at.ip()) && uri.port().unwrap_or(default_port(flow.transport)) == at.port()
        })
    });
    ours.and_then(|contact| contact.expires()).or_else(|| response.headers.expires().ok().flatten())
}

#[cfg(test)]
mod tests {
    use super::Health;

    #[test]
    fn two_in_a_row_turn_a_trunks_health_and_the_first_decides() {
        let run = |answers: &[bool]| {
            let mut health = Health::Unknown;
            answers
                .iter()
                .map(|&good| {
                    health = health.heard(good);
                    health.known() == Some(true)
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(run(&[true, false, true, false, false]), [true, true, true, true, false]);
        assert_eq!(run(&[false, true, false, true, true]), [false, false, false, false, true]);
    }
}
