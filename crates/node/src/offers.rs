//! An INVITE that starts a dialog: the directory says where it goes, and here its call is made.

use std::net::SocketAddr;

use base::{LegId, TransactionId};
use call::{Call, Origin, Setup};
use directory::{
    Digest, DigestCheck, Inbound, JOIN_NUMBER, JoinToken, Protocol, Refusal, Route, Sender, Transfer, Trunk,
};
use sip::digest::{Ha1, Verdict};
use sip::stack::{Command, DialogId, Offer, Transport};

use crate::io::Io;
use crate::legs::Placement;
use crate::live::{End, Leg, Live, Machine, Signalling, SipEnd};
use crate::media_desk::{CallMedia, Stream};
use crate::outbound::{NO_SUCH_TOKEN, headers_of, targets_of};
use crate::relay_call::{RelayCall, RelaySetup};
use crate::secrets::Secrets;
use crate::{JournalEntry, JournalLine, Node};

/// Seconds after which a caller may try again when the node is full.
const RETRY_AFTER: u32 = 5;

impl Node {
    pub(crate) fn offered(&mut self, dialog: DialogId, offer: Offer, io: &mut Io<'_>) {
        match self.route(&offer, io) {
            Route::Application(to) => {
                if !self.has_room() {
                    return self.refuse(dialog, 503, Some(RETRY_AFTER), io);
                }
                let origin = Origin::Inbound {
                    rule: to.rule,
                    from: to.from.clone(),
                    to: to.to.clone(),
                    sip_headers: headers_of(&offer),
                    targets: to.targets.into_iter().map(target_of).collect(),
                };
                let numbers = (to.from, to.to);
                self.begin_inbound(dialog, &offer, origin, numbers, to.allowance, io);
            }
            Route::Transfer(transfer) => {
                if !self.has_room() {
                    return self.refuse(dialog, 503, Some(RETRY_AFTER), io);
                }
                self.begin_relay(dialog, &offer, transfer, io);
            }
            Route::Challenge { realm, stale } => {
                self.sip.command(Command::Challenge { dialog, realm, stale }, io);
            }
            Route::Refuse(Refusal { status, retry_after, why }) => {
                tracing::info!(source = %offer.flow.remote, status, why, "a call is refused");
                self.refuse(dialog, status, retry_after, io);
            }
            Route::Meeting { sender, token } => {
                if !self.has_room() {
                    return self.refuse(dialog, 503, Some(RETRY_AFTER), io);
                }
                self.begin_visit(dialog, &offer, &sender, &token, io);
            }
            Route::Recording { sender } => {
                tracing::info!(source = %offer.flow.remote, ?sender, "recording sessions are not taken");
                self.refuse(dialog, 488, None, io);
            }
        }
    }

    fn route(&mut self, offer: &Offer, io: &mut Io<'_>) -> Route {
        let bodies: Vec<&str> = offer.bodies.iter().map(|(kind, _)| kind.as_str()).collect();
        let (now, stack) = (io.now, &mut self.sip);
        let mut check = |ha1: &directory::Ha1| {
            let ha1 = Ha1 { md5: ha1.md5.clone(), sha256: ha1.sha256.clone() };
            match stack.verify(now, offer, &ha1) {
                Some(Verdict::Accepted) => DigestCheck::Good,
                Some(Verdict::Stale) => DigestCheck::Stale,
                Some(Verdict::Refused(_)) | None => DigestCheck::Bad,
            }
        };
        let digest = offer.authorization.as_ref().map(|given| Digest {
            username: &given.username,
            realm: &given.realm,
            check: &mut check,
        });
        let invite = Inbound {
            source: offer.flow.remote.ip(),
            protocol: match offer.flow.transport {
                Transport::Udp => Protocol::Udp,
                Transport::Tcp => Protocol::Tcp,
                Transport::Tls => Protocol::Tls,
                Transport::Internal => Protocol::Internal,
            },
            user: &offer.user,
            host: &offer.host,
            parameters: &offer.uri_parameters,
            from: &offer.from_user,
            headers: &offer.headers,
            bodies: &bodies,
        };
        self.directory.route_inbound(now, &invite, digest)
    }

    fn begin_inbound(
        &mut self,
        dialog: DialogId,
        offer: &Offer,
        origin: Origin,
        numbers: (String, String),
        forwards: u8,
        io: &mut Io<'_>,
    ) {
        let (transaction, leg_a) = (TransactionId::random(&mut self.rng), LegId::random(&mut self.rng));
        let shard = self.shard_for(offer);
        let Some(stream) = self.open_for(dialog, offer, shard, (transaction, leg_a), io) else { return };
        let setup = self.setup(transaction, leg_a, origin);
        let journal = self.told(dialog, leg_a);
        let mut effects = std::mem::take(&mut self.effects);
        let call = Box::new(Call::new(io.now, setup.clone(), &mut effects));
        let machine = Machine::Application { call, application: String::new() };
        let live = self.new_live(transaction, machine, shard, numbers, forwards, io);
        self.live.insert(transaction, live);
        self.add_offered_leg(dialog, offer, (transaction, leg_a), stream);
        self.begin(transaction, JournalEntry::Setup(Box::new(setup)), journal, effects, io);
    }

    /// Puts the first lines into the journal and carries out the first wishes.
    pub(crate) fn begin(
        &mut self,
        transaction: TransactionId,
        setup: JournalEntry,
        before: Vec<JournalLine>,
        effects: Vec<call::Effect>,
        io: &mut Io<'_>,
    ) {
        if let Some(live) = self.live.get_mut(&transaction) {
            live.note(io.now, setup);
            live.journal.extend(before);
            if let Machine::Application { call, .. } = &live.machine {
                self.deadlines.set(transaction, call.deadline().map(|(at, _)| at));
            }
        }
        self.carry_out_all(transaction, effects, io);
    }

    pub(crate) fn setup(&mut self, transaction: TransactionId, leg_a: LegId, origin: Origin) -> Setup {
        Setup {
            transaction,
            leg_a,
            seed: self.rng.next_u64(),
            account: self.config.directory.account.clone(),
            origin,
            limits: self.config.call.clone(),
        }
    }

    pub(crate) fn new_live(
        &self,
        transaction: TransactionId,
        machine: Machine,
        shard: usize,
        (from, to): (String, String),
        forwards: u8,
        io: &Io<'_>,
    ) -> Live {
        Live {
            transaction,
            machine,
            since: io.now,
            shard,
            legs: Vec::new(),
            media: CallMedia::default(),
            bridge: None,
            journal: Vec::new(),
            finished: false,
            forwards,
            secrets: Secrets::default(),
            from,
            to,
        }
    }

    /// Whether one more call may begin.
    pub(crate) fn has_room(&self) -> bool {
        self.live.len() < self.config.calls && !self.functions_full && !self.stopping
    }

    fn begin_relay(&mut self, dialog: DialogId, offer: &Offer, transfer: Transfer, io: &mut Io<'_>) {
        let connector = match (&transfer.sender, transfer.hops.first().map(|hop| &hop.trunk)) {
            (Sender::Connector { id, .. }, _) | (_, Some(Trunk::Connector(id))) => id.clone(),
            (Sender::Carrier(_) | Sender::Internal, Some(Trunk::Carrier(_)) | None) => String::new(),
        };
        let targets = targets_of(transfer.hops);
        if targets.is_empty() {
            tracing::info!(
                connector,
                "a call is refused: its routes ask for encrypted media, which is not built in"
            );
            return self.refuse(dialog, 488, None, io);
        }
        let (transaction, leg_a) = (TransactionId::random(&mut self.rng), LegId::random(&mut self.rng));
        let leg_b = LegId::random(&mut self.rng);
        let shard = self.shard_for(offer);
        let Some(stream) = self.open_for(dialog, offer, shard, (transaction, leg_a), io) else { return };
        let to = transfer.to.to_string();
        let setup = RelaySetup {
            transaction,
            leg_a,
            leg_b,
            to_connector: !matches!(transfer.sender, Sender::Connector { .. }),
            connector,
            call_id: offer.call_id.clone(),
            from: transfer.from.clone(),
            to: to.clone(),
            ring: self.config.relay_ring,
            duration: self.config.call.call_duration,
        };
        let journal = self.told(dialog, leg_a);
        let mut effects = Vec::new();
        let relay = RelayCall::new(io.now, setup.clone(), &mut effects);
        let numbers = (transfer.from.clone(), to);
        let live = self.new_live(transaction, Machine::Relay(relay), shard, numbers, 0, io);
        self.live.insert(transaction, live);
        self.add_offered_leg(dialog, offer, (transaction, leg_a), stream);
        self.begin(transaction, JournalEntry::RelaySetup(Box::new(setup)), journal, Vec::new(), io);
        self.carry_out_relay(transaction, effects, io);
        let placement = Placement {
            targets,
            internal: false,
            from_user: transfer.from,
            headers: Vec::new(),
            timeout: self.config.relay_ring,
            codec: offer.media.as_ref().map(|media| media.codec),
        };
        if !self.place(transaction, leg_b, placement, io) {
            self.refused_relay(transaction, 503, io);
        }
    }

    /// A telephone calls a meeting: a relayed call whose leg B is the meeting.
    fn begin_visit(
        &mut self,
        dialog: DialogId,
        offer: &Offer,
        sender: &Sender,
        token: &JoinToken,
        io: &mut Io<'_>,
    ) {
        let admitted = match self.admit(token, io) {
            Ok(admitted) => admitted,
            Err(refusal) => {
                tracing::info!(source = %offer.flow.remote, %refusal, "a call is not let into its meeting");
                return self.refuse(dialog, NO_SUCH_TOKEN, None, io);
            }
        };
        let (transaction, leg_a) = (TransactionId::random(&mut self.rng), LegId::random(&mut self.rng));
        let leg_b = LegId::random(&mut self.rng);
        let shard = self.meetings.home(admitted.meeting).unwrap_or_else(|| self.shard_for(offer));
        let Some(stream) = self.open_for(dialog, offer, shard, (transaction, leg_a), io) else {
            return self.turn_away(admitted, io);
        };
        let setup = RelaySetup {
            transaction,
            leg_a,
            leg_b,
            to_connector: false,
            connector: match sender {
                Sender::Connector { id, .. } => id.clone(),
                Sender::Carrier(_) | Sender::Internal => String::new(),
            },
            call_id: offer.call_id.clone(),
            from: offer.from_user.clone(),
            to: JOIN_NUMBER.to_owned(),
            ring: self.config.relay_ring,
            duration: self.config.call.call_duration,
        };
        let journal = self.told(dialog, leg_a);
        let mut effects = Vec::new();
        let relay = RelayCall::new(io.now, setup.clone(), &mut effects);
        let numbers = (setup.from.clone(), setup.to.clone());
        let live = self.new_live(transaction, Machine::Relay(relay), shard, numbers, 0, io);
        self.live.insert(transaction, live);
        self.add_offered_leg(dialog, offer, (transaction, leg_a), stream);
        self.begin(transaction, JournalEntry::RelaySetup(Box::new(setup)), journal, Vec::new(), io);
        self.carry_out_relay(transaction, effects, io);
        let codec = offer.media.as_ref().map(|media| media.codec);
        self.place_in_meeting((transaction, leg_b), admitted, codec, io);
        io.tell(transaction, call::Event::Answered { leg: leg_b });
    }

    /// The shard for a call that came: that of the call of ours it comes from, else the least loaded.
    fn shard_for(&self, offer: &Offer) -> usize {
        let internal = offer.flow.transport == Transport::Internal;
        let peer = offer.media.as_ref().filter(|_| internal).map(|media| media.address);
        self.media.place(peer)
    }

    /// Opens a stream for the leg that called; `None` when there is no port, and the offer has been refused.
    fn open_for(
        &mut self,
        dialog: DialogId,
        offer: &Offer,
        shard: usize,
        (transaction, leg): (TransactionId, LegId),
        io: &mut Io<'_>,
    ) -> Option<(Stream, SocketAddr)> {
        let internal = offer.flow.transport == Transport::Internal;
        let stream = self.media.open(transaction, leg, shard, internal, io);
        if stream.is_none() {
            tracing::warn!(shard, "a call is refused: no RTP port is free");
            self.refuse(dialog, 503, Some(RETRY_AFTER), io);
        }
        stream
    }

    fn add_offered_leg(
        &mut self,
        dialog: DialogId,
        offer: &Offer,
        (transaction, leg): (TransactionId, LegId),
        (stream, address): (Stream, SocketAddr),
    ) {
        let internal = offer.flow.transport == Transport::Internal;
        if let Some(live) = self.live.get_mut(&transaction) {
            live.legs.push(Leg {
                id: leg,
                end: End::Sip(SipEnd { dialog, address, remote: offer.media.clone(), internal }),
                signalling: Signalling::Offered { second_port: false },
                stream: Some(stream),
            });
        }
        self.sip.adopt(dialog, transaction, leg);
    }

    fn refuse(&mut self, dialog: DialogId, status: u16, retry_after: Option<u32>, io: &mut Io<'_>) {
        let headers = retry_after.map(|seconds| ("Retry-After".to_owned(), seconds.to_string()));
        let headers = headers.into_iter().collect();
        self.sip.command(Command::Refuse { dialog, status, headers }, io);
    }
}

pub(crate) fn target_of(target: directory::Target) -> call::Target {
    call::Target { application: target.application, region: target.region, function: target.function }
}
