//! Trunks that are watched by OPTIONS and registered to: which there are, and what the node is told of them.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use base::Timestamp;

use super::client::Failure;
use super::client_other::OtherOwner;
use super::core::Core;
use super::hop::{Place, transport_of};
use super::probing::Probe;
use super::registering::{Outcome, Registering};
use super::resolving::Asker;
use super::{Event, Flow, Output, Transport, Trunk};
use crate::message::Response;
use crate::uri::Uri;

/// All trunks, by the serial number of their monitor.
#[derive(Debug, Default)]
pub(super) struct Monitors {
    by_serial: BTreeMap<u64, Monitor>,
}

#[derive(Debug)]
struct Monitor {
    trunk: Trunk,
    probe: Option<Probe>,
    registering: Option<Registering>,
    /// What the node was told last.
    told: Option<bool>,
}

/// One of the two things a monitor does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Duty {
    Probe(u64),
    Register(u64),
}

impl Duty {
    fn serial(self) -> u64 {
        match self {
            Duty::Probe(serial) | Duty::Register(serial) => serial,
        }
    }
}

impl Monitor {
    /// Whether all that was asked for works; `None` while that is not known.
    fn works(&self) -> Option<bool> {
        let probed = self.probe.as_ref().map(Probe::works);
        let registered = self.registering.as_ref().map(Registering::works);
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

    fn begin(now: Timestamp, serial: u64, trunk: Trunk, core: &mut Core) -> Self {
        let probe = trunk.options_every.map(|every| Probe::new(now, serial, every, core));
        let registering =
            trunk.register.as_ref().map(|register| Registering::new(now, serial, register, core));
        Self { trunk, probe, registering, told: None }
    }

    /// Stops watching; takes the registration back.
    fn end(self, now: Timestamp, serial: u64, core: &mut Core, out: &mut Vec<Output>) {
        if let Some(probe) = self.probe {
            probe.stop(core);
        }
        let Some(mut registering) = self.registering else { return };
        if !registering.stop(core) {
            return;
        }
        // A registrar known by name is left to forget us.
        let Ok(Place::Address(transport, address)) = place_of(&self.trunk) else { return };
        let Some(flow) = core.flow_to(transport, address) else { return };
        if let Some(request) = registering.request(&self.trunk.uri, flow, core)
            && let Err(error) =
                core.start_other(now, request, flow, OtherOwner::Trunk(Duty::Register(serial)), out)
        {
            tracing::debug!(%error, "registration not taken back");
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
            monitor.end(now, serial, core, out);
        }
        for trunk in fresh {
            let serial = core.mint();
            self.by_serial.insert(serial, Monitor::begin(now, serial, trunk, core));
        }
    }

    /// It is time for an OPTIONS or REGISTER.
    pub(super) fn due(&mut self, now: Timestamp, duty: Duty, core: &mut Core, out: &mut Vec<Output>) {
        let Some(monitor) = self.by_serial.get_mut(&duty.serial()) else { return };
        match duty {
            Duty::Probe(_) => monitor.probe.iter_mut().for_each(Probe::fired),
            Duty::Register(_) => monitor.registering.iter_mut().for_each(Registering::fired),
        }
        match place_of(&monitor.trunk) {
            Ok(Place::Address(transport, address)) => {
                self.resolved(now, duty, &[(transport, address)], core, out);
            }
            Ok(Place::Name(name)) => {
                core.resolve(now, Asker::Trunk(duty), name, out);
            }
            Err(reason) => self.failed(now, duty, &reason, out, core),
        }
    }

    /// The trunk's addresses are known.
    pub(super) fn resolved(
        &mut self,
        now: Timestamp,
        duty: Duty,
        candidates: &[(Transport, SocketAddr)],
        core: &mut Core,
        out: &mut Vec<Output>,
    ) {
        let Some(monitor) = self.by_serial.get_mut(&duty.serial()) else { return };
        let turn = match duty {
            Duty::Probe(_) => monitor.probe.as_ref().map_or(0, |probe| probe.turn),
            Duty::Register(_) => monitor.registering.as_ref().map_or(0, |registering| registering.turn),
        };
        let chosen = (!candidates.is_empty()).then(|| candidates[turn % candidates.len()]);
        let Some(flow) = chosen.and_then(|(transport, address)| core.flow_to(transport, address)) else {
            return self.failed(now, duty, "name not found", out, core);
        };
        let uri = &monitor.trunk.uri;
        let request = match duty {
            Duty::Probe(_) => Probe::request(uri, flow, core),
            Duty::Register(_) => {
                monitor.registering.as_mut().and_then(|registering| registering.request(uri, flow, core))
            }
        };
        let sent = match request {
            Some(request) => core
                .start_other(now, request, flow, OtherOwner::Trunk(duty), out)
                .map_err(|error| error.to_string()),
            None => Err("malformed URI".to_owned()),
        };
        if let Err(reason) = sent {
            self.failed(now, duty, &reason, out, core);
        }
    }

    /// A final response came.
    pub(super) fn responded(
        &mut self,
        now: Timestamp,
        duty: Duty,
        (response, flow): (&Response, Flow),
        core: &mut Core,
        out: &mut Vec<Output>,
    ) {
        let Some(monitor) = self.by_serial.get_mut(&duty.serial()) else { return };
        let mut detail = format!("{} {}", response.status, response.reason);
        match duty {
            Duty::Probe(serial) => {
                if let Some(probe) = &mut monitor.probe {
                    probe.heard(now, serial, Probe::is_good(response), core);
                }
            }
            Duty::Register(serial) => {
                let Some(registering) = &mut monitor.registering else { return };
                match registering.responded(now, serial, response, flow, core) {
                    Outcome::Registered(time) => detail = format!("registered for {} s", time.as_secs()),
                    Outcome::Again => {
                        return self.resolved(now, duty, &[(flow.transport, flow.remote)], core, out);
                    }
                    Outcome::Refused(pause) => registering.failed(now, serial, pause, core),
                }
            }
        }
        monitor.tell(detail, out);
    }

    /// Nobody answered.
    pub(super) fn unanswered(
        &mut self,
        now: Timestamp,
        duty: Duty,
        failure: Failure,
        core: &mut Core,
        out: &mut Vec<Output>,
    ) {
        let reason = match failure {
            Failure::Timeout => "no response",
            Failure::Transport => "no connection",
        };
        self.failed(now, duty, reason, out, core);
    }

    fn failed(&mut self, now: Timestamp, duty: Duty, reason: &str, out: &mut Vec<Output>, core: &mut Core) {
        let Some(monitor) = self.by_serial.get_mut(&duty.serial()) else { return };
        match duty {
            Duty::Probe(serial) => {
                if let Some(probe) = &mut monitor.probe {
                    probe.heard(now, serial, false, core);
                }
            }
            Duty::Register(serial) => {
                if let Some(registering) = &mut monitor.registering {
                    registering.failed(now, serial, None, core);
                }
            }
        }
        monitor.tell(reason.to_owned(), out);
    }
}

fn place_of(trunk: &Trunk) -> Result<Place, String> {
    let uri = Uri::parse(&trunk.uri).map_err(|error| format!("trunk URI: {error}"))?;
    let transport = trunk.transport.or_else(|| transport_of(&uri));
    Place::of(uri.host(), uri.port(), transport).ok_or_else(|| "trunk URI without a host".to_owned())
}
