//! Browsers: offers and answers, ICE-lite, DTLS and SRTP, on one UDP port per shard.
//!
//! A session is found by the user name of a STUN request, and from then on by the address that request came from. The
//! library behind it (`str0m`) is known to `session.rs` only; it draws its own keys and wants an `Instant`, so this is
//! the one place of the crate whose bytes are not reproducible. What it is fed from outside is limited here: offers are
//! read and rewritten (`offer.rs`), datagrams of unknown addresses and users never reach it, nor do RTP sources and
//! addresses without end, and should it panic, one session is over and nothing else.
//!
//! A session sends to the path that the browser nominated last: an ICE-lite side cannot know better.

mod offer;
mod session;
mod stun;

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use base::Timestamp;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use str0m::IceCreds;
use tracing::{debug, warn};

use crate::conference::Conferences;
use crate::conference::browser::{BrowserCodec, Browsers, Incoming, Outgoing};
use crate::{Event, MemberId, OfferError, Output};
use offer::Offer;
use session::{Common, Failed, Live, Moment};

/// The library is not woken more often than this.
const SHORTEST: Duration = Duration::from_millis(1);

/// What a shard that serves browsers is made with.
#[derive(Clone, PartialEq)]
pub struct BrowserConfig {
    /// The local port of all its browsers.
    pub port: u16,
    /// Where browsers reach that port, best first.
    pub addresses: Vec<IpAddr>,
    /// ICE passwords come from this.
    pub secret: [u8; 32],
    /// The same moment in both clocks.
    pub epoch: (Timestamp, Instant),
}

impl fmt::Debug for BrowserConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { port, addresses, .. } = self;
        f.debug_struct("BrowserConfig")
            .field("port", port)
            .field("addresses", addresses)
            .finish_non_exhaustive()
    }
}

/// Datagrams on the browsers' port that reached no session or were refused by it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Refusals {
    /// Of addresses and users that belong to no session, or no STUN at all.
    pub unclaimed: u64,
    /// Named a session but were not authentic, or went beyond its limits.
    pub refused: u64,
}

/// Who listens to browsers: the conferences.
pub(crate) trait Heard {
    /// Takes a decrypted packet.
    fn receive(&mut self, now: Timestamp, member: MemberId, packet: Incoming<'_>);
    /// From here on the browser takes frames of this codec; `None`: none.
    fn send_as(&mut self, now: Timestamp, member: MemberId, codec: Option<BrowserCodec>);
}

impl Heard for Conferences {
    fn receive(&mut self, now: Timestamp, member: MemberId, packet: Incoming<'_>) {
        Conferences::receive(self, now, member, packet);
    }

    fn send_as(&mut self, _: Timestamp, member: MemberId, codec: Option<BrowserCodec>) {
        Conferences::send_as(self, member, codec);
    }
}

/// While a frame is sent nothing can be heard.
struct Nobody;

impl Heard for Nobody {
    fn receive(&mut self, _: Timestamp, _: MemberId, _: Incoming<'_>) {}
    fn send_as(&mut self, _: Timestamp, _: MemberId, _: Option<BrowserCodec>) {}
}

/// What a session leaves behind.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Leavings {
    pub(crate) refused: u64,
    pub(crate) round_trip: Option<Duration>,
}

/// All browsers of a shard.
pub(crate) struct Sessions {
    common: Common,
    epoch: (Timestamp, Instant),
    secrets: Secrets,
    slots: Vec<Option<Session>>,
    free: Vec<u32>,
    by_member: HashMap<MemberId, u32>,
    by_ufrag: HashMap<Vec<u8>, u32>,
    by_address: HashMap<SocketAddr, u32>,
    timers: BTreeSet<(Timestamp, u32)>,
    /// Lost while a frame was sent to them; who listens is told next time.
    lost: Vec<MemberId>,
    refusals: Refusals,
}

struct Session {
    member: MemberId,
    state: State,
    /// Its entry in the timers. It may be earlier than needed: moving it with each packet would cost more.
    timer: Option<Timestamp>,
}

enum State {
    /// No offer yet.
    Waiting,
    Live(Box<Live>),
    /// Reported as such: it neither sends nor answers.
    Lost(Leavings),
}

/// The secrets of sessions.
struct Secrets {
    key: [u8; 32],
    count: u64,
}

impl Secrets {
    fn draw(&mut self) -> (IceCreds, u64) {
        self.count += 1;
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).expect("HMAC takes keys of any length");
        mac.update(&self.count.to_be_bytes());
        let bytes: [u8; 32] = mac.finalize().into_bytes().into();
        let letters = |bytes: &[u8]| -> String {
            const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
            bytes.iter().map(|b| char::from(ALPHABET[usize::from(b & 63)])).collect()
        };
        // 24 letters are 144 bits; RFC 8445 §5.3 asks for 128 in a password and 24 in a user name.
        let pass = letters(&bytes[..24]);
        let ufrag = letters(&bytes[24..]);
        // Sequence numbers are no secret, they only have to differ.
        let seed = self.count.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
        (IceCreds { ufrag, pass }, seed)
    }
}

impl Sessions {
    pub(crate) fn new(config: BrowserConfig) -> Self {
        let provider = Arc::new(str0m::crypto::from_feature_flags());
        // One for all: making one for each costs more than all the rest of an offer.
        let certificate = provider.dtls_provider.generate_certificate();
        let candidates = config.addresses.iter().map(|ip| SocketAddr::new(*ip, config.port)).collect();
        Self {
            common: Common { port: config.port, candidates, provider, certificate },
            epoch: config.epoch,
            secrets: Secrets { key: config.secret, count: 0 },
            slots: Vec::new(),
            free: Vec::new(),
            by_member: HashMap::new(),
            by_ufrag: HashMap::new(),
            by_address: HashMap::new(),
            timers: BTreeSet::new(),
            lost: Vec::new(),
            refusals: Refusals::default(),
        }
    }

    pub(crate) fn port(&self) -> u16 {
        self.common.port
    }

    /// Sessions, with or without media.
    pub(crate) fn len(&self) -> usize {
        self.by_member.len()
    }

    pub(crate) fn refusals(&self) -> Refusals {
        self.refusals
    }

    /// Makes a session that waits for its first offer.
    pub(crate) fn open(&mut self, member: MemberId) {
        if self.by_member.contains_key(&member) {
            warn!(?member, "a browser is there twice");
            return;
        }
        let session = Session { member, state: State::Waiting, timer: None };
        let slot = match self.free.pop() {
            Some(slot) => {
                self.slots[slot as usize] = Some(session);
                slot
            }
            None => {
                self.slots.push(Some(session));
                self.slots.len() as u32 - 1
            }
        };
        self.by_member.insert(member, slot);
    }

    /// Answers an offer.
    pub(crate) fn offer(
        &mut self,
        now: Timestamp,
        member: MemberId,
        sdp: &str,
        heard: &mut dyn Heard,
    ) -> Result<String, OfferError> {
        let slot = *self.by_member.get(&member).ok_or(OfferError::UnknownMember)?;
        let offer = Offer::parse(sdp)?;
        let moment = self.moment(now);
        let (credentials, seed) = self.secrets.draw();
        let session = self.slots[slot as usize].as_mut().ok_or(OfferError::UnknownMember)?;
        let answer = match &mut session.state {
            State::Live(live) if live.continues(&offer) => {
                let before = live.ufrag().to_owned();
                let answer = live.renegotiate(moment, &offer, credentials)?;
                if *live.ufrag() != *before {
                    debug!(?member, "ICE is restarted");
                    self.by_ufrag.remove(before.as_bytes());
                    self.by_ufrag.insert(live.ufrag().into(), slot);
                    for address in live.leave_addresses() {
                        self.by_address.remove(&address);
                    }
                }
                answer
            }
            _ => {
                let (live, answer) = Live::new(member, &self.common, moment, &offer, credentials, seed)?;
                self.forget(slot);
                heard.send_as(now, member, None);
                self.by_ufrag.insert(live.ufrag().into(), slot);
                if let Some(session) = self.slots[slot as usize].as_mut() {
                    session.state = State::Live(Box::new(live));
                }
                answer
            }
        };
        self.set_timer(slot, now + SHORTEST);
        Ok(answer)
    }

    /// Ends a session: from here on it neither sends nor answers.
    pub(crate) fn close(&mut self, member: MemberId) -> Option<Leavings> {
        let slot = self.by_member.remove(&member)?;
        self.forget(slot);
        let session = self.slots[slot as usize].take()?;
        if let Some(timer) = session.timer {
            self.timers.remove(&(timer, slot));
        }
        self.free.push(slot);
        Some(leavings(&session.state))
    }

    /// Takes a datagram of the browsers' port.
    pub(crate) fn handle_packet(
        &mut self,
        now: Timestamp,
        source: SocketAddr,
        datagram: &[u8],
        heard: &mut dyn Heard,
        out: &mut dyn Output,
    ) {
        self.tell_lost(now, heard);
        let moment = self.moment(now);
        let slot = if stun::is_stun(datagram) {
            let request = stun::parse(datagram);
            let slot = request.and_then(|request| self.by_ufrag.get(request.ufrag).copied());
            let Some((request, slot)) = request.zip(slot) else {
                self.refusals.unclaimed += 1;
                return;
            };
            let Some(live) = self.live(slot) else { return };
            match live.request(moment, source, (datagram, request.nominates), heard, out) {
                Ok((good, next)) => {
                    if good {
                        self.by_address.insert(source, slot);
                    } else {
                        self.refusals.refused += 1;
                    }
                    self.woken_at(now, slot, next);
                    return;
                }
                Err(Failed) => slot,
            }
        } else {
            let Some(&slot) = self.by_address.get(&source) else {
                self.refusals.unclaimed += 1;
                return;
            };
            let Some(live) = self.live(slot) else { return };
            let before = live.refused();
            let outcome = live.datagram(moment, source, datagram, heard, out);
            let refused = live.refused() - before;
            self.refusals.refused += refused;
            match outcome {
                Ok(next) => return self.woken_at(now, slot, next),
                Err(Failed) => slot,
            }
        };
        self.lose(slot, out);
        self.tell_lost(now, heard);
    }

    /// Does what has become due.
    pub(crate) fn tick(&mut self, now: Timestamp, heard: &mut dyn Heard, out: &mut dyn Output) {
        self.tell_lost(now, heard);
        let moment = self.moment(now);
        while let Some(&(due, slot)) = self.timers.first().filter(|(due, _)| *due <= now) {
            self.timers.remove(&(due, slot));
            if let Some(session) = self.slots[slot as usize].as_mut() {
                session.timer = None;
            }
            let Some(live) = self.live(slot) else { continue };
            let outcome = if live.is_stale(now) { Err(Failed) } else { live.wake(moment, heard, out) };
            match outcome {
                Ok(next) => self.woken_at(now, slot, next),
                Err(Failed) => self.lose(slot, out),
            }
        }
        self.tell_lost(now, heard);
    }

    /// When [`tick`](Self::tick) is due next.
    pub(crate) fn deadline(&self) -> Option<Timestamp> {
        self.timers.first().map(|(due, _)| *due)
    }

    fn moment(&self, now: Timestamp) -> Moment {
        Moment { now, instant: self.epoch.1 + now.since(self.epoch.0) }
    }

    fn live(&mut self, slot: u32) -> Option<&mut Live> {
        match &mut self.slots.get_mut(slot as usize)?.as_mut()?.state {
            State::Live(live) => Some(live),
            _ => None,
        }
    }

    /// The library wants to be woken; who says nothing for long is looked at too.
    fn woken_at(&mut self, now: Timestamp, slot: u32, next: Instant) {
        let moment = self.moment(now);
        let next =
            now + next.saturating_duration_since(moment.instant).clamp(SHORTEST, Duration::from_secs(3_600));
        let Some(live) = self.live(slot) else { return };
        let due = next.min(live.stale_at()).max(now + SHORTEST);
        self.set_timer(slot, due);
    }

    fn set_timer(&mut self, slot: u32, due: Timestamp) {
        let Some(session) = self.slots.get_mut(slot as usize).and_then(Option::as_mut) else { return };
        match session.timer {
            Some(before) if before <= due => return,
            Some(before) => drop(self.timers.remove(&(before, slot))),
            None => {}
        }
        session.timer = Some(due);
        self.timers.insert((due, slot));
    }

    /// Takes the names and addresses of a session out of the tables.
    fn forget(&mut self, slot: u32) {
        let Some(Session { state: State::Live(live), .. }) = &self.slots[slot as usize] else { return };
        self.by_ufrag.remove(live.ufrag().as_bytes());
        for address in live.addresses() {
            // Another browser may have it since, behind the same translator.
            if self.by_address.get(address) == Some(&slot) {
                self.by_address.remove(address);
            }
        }
    }

    fn lose(&mut self, slot: u32, out: &mut dyn Output) {
        self.forget(slot);
        let Some(session) = self.slots[slot as usize].as_mut() else { return };
        let leavings = leavings(&session.state);
        session.state = State::Lost(leavings);
        self.lost.push(session.member);
        out.event(Event::MemberLost { member: session.member });
    }

    fn tell_lost(&mut self, now: Timestamp, heard: &mut dyn Heard) {
        for member in self.lost.drain(..) {
            heard.send_as(now, member, None);
        }
    }
}

impl Browsers for Sessions {
    fn send(&mut self, now: Timestamp, member: MemberId, audio: &Outgoing<'_>, out: &mut dyn Output) {
        let moment = self.moment(now);
        let Some(&slot) = self.by_member.get(&member) else { return };
        let Some(live) = self.live(slot) else { return };
        match live.send(moment, audio, &mut Nobody, out) {
            Ok(Some(next)) => self.woken_at(now, slot, next),
            Ok(None) => {}
            Err(Failed) => self.lose(slot, out),
        }
    }
}

fn leavings(state: &State) -> Leavings {
    match state {
        State::Waiting => Leavings::default(),
        State::Live(live) => Leavings { refused: live.refused(), round_trip: live.round_trip() },
        State::Lost(leavings) => *leavings,
    }
}
