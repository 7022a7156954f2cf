//! [`Directory`]: requests in, answers and writes out; one write after the other where two meet.

use std::collections::{BTreeMap, VecDeque};
use std::net::IpAddr;
use std::time::Duration;

use api::{Error, Request, Response, meetings as wire, voice as voice_wire};
use base::{MeetingId, Rng, Timestamp};

use crate::claims::{Access, Claims, Locks};
use crate::config::{Carrier, Config};
use crate::health::Health;
use crate::meetings::{self, Attendee, Meeting, MeetingChange};
use crate::names::connector_of_host;
use crate::operation::{Cx, Entropy, Step};
use crate::pool::Pool;
use crate::rate::Rate;
use crate::record::{Change, Kind, Record};
use crate::records::{self, Number};
use crate::routing::{Carriers, Dial, DialRefusal, Digest, Inbound, Outbound, Route, inbound, outbound};
use crate::tables::{LoadError, Mutation, Tables};
use crate::voice::{self, CallOrder, UpdateOrder};

/// An API request waiting for its reply; minted by the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u64);

/// A write waiting for the store; minted here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WriteId(pub u64);

/// The answer to a request.
pub type Reply = Result<Response, Error>;

/// What the directory wants of its owner.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "most are replies, each moved once or twice")]
pub enum Output {
    /// Answer a request.
    Reply {
        /// Which.
        ticket: Ticket,
        /// The answer.
        reply: Reply,
    },
    /// Persist these, all or none, and say so by [`Directory::confirmed`].
    Store {
        /// Names the write in its confirmation.
        write: WriteId,
        /// What to write.
        changes: Vec<Change>,
    },
    /// Place a call, and answer the request yourself.
    PlaceCall {
        /// The request.
        ticket: Ticket,
        /// The call.
        order: CallOrder,
    },
    /// Update a call, and answer the request yourself.
    UpdateCall {
        /// The request.
        ticket: Ticket,
        /// The update.
        order: UpdateOrder,
    },
    /// A meeting or an attendee has changed, and the store has it; comes before the answer to whoever changed it.
    Meeting(MeetingChange),
}

/// The control-plane records and everything decided over them.
#[derive(Debug)]
pub struct Directory {
    config: Config,
    carriers: Carriers,
    pool: Pool,
    tables: Tables,
    health: Health,
    rng: Rng,
    /// Calls per second of each connector that has a limit.
    rates: BTreeMap<String, Rate>,
    create_calls: Option<Rate>,
    update_calls: Option<Rate>,
    next_write: u64,
    in_flight: BTreeMap<WriteId, InFlight>,
    /// Claims of the writes in flight.
    held: Locks,
    waiting: VecDeque<Waiting>,
    /// Claims of the requests that wait.
    wanted: Locks,
    /// Not before this is purged again: the last attempt failed or met another write.
    purge_after: Timestamp,
    purging: Option<WriteId>,
}

/// A write the store has not confirmed yet.
#[derive(Debug)]
struct InFlight {
    claims: Claims,
    mutations: Vec<(u64, Mutation)>,
    /// Whom to answer, and what. Seeds and purges answer nobody.
    reply: Option<(Ticket, Box<Response>)>,
}

/// A request that met a write under way.
#[derive(Debug)]
struct Waiting {
    /// Whom to answer; nobody, where it was asked for here.
    ticket: Option<Ticket>,
    request: Box<Request>,
    entropy: Entropy,
    claims: Claims,
}

/// How long to leave a purge alone that did not succeed.
const PURGE_RETRY: Duration = Duration::from_secs(10);
/// Most records purged by one write.
const PURGE_BATCH: usize = 200;

impl Directory {
    /// A directory over what the store holds.
    ///
    /// # Errors
    /// [`LoadError`] names the first record that cannot be read.
    pub fn load(config: Config, records: impl IntoIterator<Item = Record>) -> Result<Self, LoadError> {
        Ok(Self {
            carriers: Carriers::new(&config.carriers),
            pool: Pool::new(config.carriers.iter().flat_map(|carrier| carrier.numbers.iter().copied())),
            tables: Tables::load(records)?,
            health: Health::default(),
            rng: Rng::new(config.seed),
            rates: BTreeMap::new(),
            create_calls: config.create_call_rate.map(Rate::new),
            update_calls: config.update_call_rate.map(Rate::new),
            next_write: 0,
            in_flight: BTreeMap::new(),
            held: Locks::default(),
            waiting: VecDeque::new(),
            wanted: Locks::default(),
            purge_after: Timestamp::default(),
            purging: None,
            config,
        })
    }

    /// Takes a request. Never blocks, never fails: a refusal is an answer too. Secrets it makes come from `entropy`.
    ///
    /// A read is answered from what is confirmed. A write that meets one under way waits for it, in the order of
    /// arrival; when too many are pending it is refused with 503.
    pub fn handle(
        &mut self,
        now: Timestamp,
        ticket: Ticket,
        request: Box<Request>,
        entropy: Entropy,
        out: &mut Vec<Output>,
    ) {
        if let Some(error) = self.throttle(now, &request) {
            out.push(Output::Reply { ticket, reply: Err(error) });
            return;
        }
        self.submit(now, Some(ticket), request, entropy, out);
    }

    /// Ends a meeting as DeleteMeeting does; nothing happens where it has ended. Should the store fail, the meeting lives
    /// on: whoever asked may ask again.
    pub fn end_meeting(&mut self, now: Timestamp, meeting: MeetingId, out: &mut Vec<Output>) {
        let request = wire::DeleteMeetingRequest::new(meeting.to_string());
        let request = Request::Meetings(wire::Request::DeleteMeeting(request));
        self.submit(now, None, Box::new(request), Entropy::default(), out);
    }

    fn submit(
        &mut self,
        now: Timestamp,
        ticket: Option<Ticket>,
        request: Box<Request>,
        entropy: Entropy,
        out: &mut Vec<Output>,
    ) {
        let (claims, step) = self.evaluate(now, &request, entropy);
        let meets = self.held.collide(&claims) || self.wanted.collide(&claims);
        let writes = matches!(step, Ok(Step::Write { .. }));
        let is_full = self.in_flight.len() + self.waiting.len() >= self.config.pending_writes;
        if let Some(ticket) = ticket.filter(|_| (meets || writes) && is_full) {
            let reply = Err(Error::unavailable("Too many changes are pending.", 1));
            out.push(Output::Reply { ticket, reply });
        } else if meets {
            self.wanted.add(&claims);
            self.waiting.push_back(Waiting { ticket, request, entropy, claims });
        } else {
            self.perform(ticket, claims, step, out);
        }
    }

    /// The store has a write, or cannot take it: then the caller gets a 500 and nothing has changed.
    pub fn confirmed(
        &mut self,
        now: Timestamp,
        write: WriteId,
        outcome: Result<(), String>,
        out: &mut Vec<Output>,
    ) {
        let Some(InFlight { claims, mutations, reply }) = self.in_flight.remove(&write) else {
            tracing::warn!(write = write.0, "confirmation of a write that is not awaited");
            return;
        };
        self.held.remove(&claims);
        if self.purging == Some(write) {
            self.purging = None;
            if outcome.is_err() {
                self.purge_after = now + PURGE_RETRY;
            }
        }
        let reply = match outcome {
            Ok(()) => {
                for (revision, mutation) in mutations {
                    if let Some(connector) = mutation.deleted_connector() {
                        self.health.forget(connector);
                        self.rates.remove(connector);
                    }
                    let change = meetings::change_of(&self.tables, &mutation);
                    self.tables.apply(revision, mutation);
                    out.extend(change.map(Output::Meeting));
                }
                reply.map(|(ticket, response)| (ticket, Ok(*response)))
            }
            Err(error) => {
                tracing::error!(write = write.0, %error, "the store failed");
                reply.map(|(ticket, _)| {
                    (ticket, Err(Error::service_failure("The change could not be stored.")))
                })
            }
        };
        if let Some((ticket, reply)) = reply {
            out.push(Output::Reply { ticket, reply });
        }
        self.resume(now, out);
    }

    /// When this directory next wants [`Directory::woken`], and why.
    pub fn deadline(&self) -> Option<(Timestamp, &'static str)> {
        if self.purging.is_some() {
            return None;
        }
        let numbers = self.tables.next_purge().map(|at| (at, "purge deleted numbers"));
        let meetings = self.tables.next_forgotten().map(|at| (at, "forget ended meetings"));
        let next = numbers.into_iter().chain(meetings).min()?;
        Some((next.0.max(self.purge_after), next.1))
    }

    /// The deadline has come: numbers whose time in the deletion queue is over leave the inventory, and meetings and
    /// attendees that are long gone are forgotten.
    pub fn woken(&mut self, now: Timestamp, out: &mut Vec<Output>) {
        if self.purging.is_some() || now < self.purge_after {
            return;
        }
        let (mut claims, mut mutations) = (Claims::default(), Vec::new());
        let numbers = self.tables.purgeable(now).map(|id| (Kind::Number, id));
        for (kind, id) in numbers.chain(self.tables.forgettable(now)).take(PURGE_BATCH) {
            let mut claim = Claims::default();
            claim.add(kind, id, Access::Exclusive);
            // One that is being restored just now is left to that.
            if !self.held.collide(&claim) && !self.wanted.collide(&claim) {
                claims.add(kind, id, Access::Exclusive);
                mutations.push(match kind {
                    Kind::Meeting => Mutation::delete::<records::Meeting>(id),
                    Kind::Attendee => Mutation::delete::<records::Attendee>(id),
                    _ => Mutation::delete::<Number>(id),
                });
            }
        }
        self.purge_after = now + PURGE_RETRY;
        if !mutations.is_empty() {
            self.purging = self.store(claims, mutations, None, out).ok();
            if self.purging.is_some() {
                self.purge_after = now;
            }
        }
    }

    /// The live meetings with their attendees: what the store held, to be asked for at start.
    pub fn meetings(&self) -> impl Iterator<Item = (Meeting, Vec<Attendee>)> {
        meetings::live(&self.tables)
    }

    /// Where events of a meeting go, as its creator said; asked until a day after its end.
    pub fn notifications(&self, meeting: MeetingId) -> Option<&wire::NotificationsConfiguration> {
        self.tables.meetings.get(&meeting.to_string())?.notifications.as_ref()
    }

    /// What becomes of an INVITE that starts a dialog; `digest` holds its credentials, where it carries any.
    pub fn route_inbound(
        &mut self,
        now: Timestamp,
        invite: &Inbound<'_>,
        digest: Option<Digest<'_>>,
    ) -> Route {
        let mut world = inbound::World {
            now,
            tables: &self.tables,
            config: &self.config,
            carriers: &self.carriers,
            rates: &mut self.rates,
            rng: &mut self.rng,
        };
        inbound::route(&mut world, invite, digest)
    }

    /// Whether the address is a carrier's, or in the list of any connector; from anywhere else every call is refused.
    pub fn knows_source(&self, source: IpAddr) -> bool {
        self.carriers.of_source(source).is_some() || self.tables.equipment.find(source).is_some()
    }

    /// Where a call that an application places goes.
    ///
    /// # Errors
    /// [`DialRefusal`] when it goes nowhere.
    pub fn route_outbound(&mut self, dial: &Dial<'_>) -> Result<Outbound, DialRefusal> {
        outbound::route(&self.tables, &self.config, &self.carriers, dial, &mut self.rng)
    }

    /// An OPTIONS came in for a host: the sign of life that a connector's termination health reports.
    pub fn options_received(&mut self, now: Timestamp, host: &str, source: IpAddr) {
        let Some(id) = connector_of_host(&self.config, host) else { return };
        let termination =
            self.tables.connectors.get(&id).and_then(|connector| connector.termination.as_ref());
        let known = |cidrs: &[crate::cidr::Cidr]| cidrs.iter().any(|cidr| cidr.contains(source));
        if termination.and_then(|termination| termination.cidrs.as_deref()).is_some_and(known) {
            self.health.seen(id, now, source);
        }
    }

    /// The carriers, as configured: whom to register to and to send OPTIONS.
    pub fn carriers(&self) -> &[Carrier] {
        &self.config.carriers
    }

    /// Whether an application's event messages are logged.
    pub fn logs_messages(&self, application: &str) -> bool {
        self.tables.applications.get(application).is_some_and(|a| a.message_logs == Some(true))
    }

    /// Bucket of the detail records, where one is set.
    pub fn detail_record_bucket(&self) -> Option<String> {
        self.tables.account().cdr_bucket
    }

    /// Writes in flight and requests that wait for one.
    pub fn pending(&self) -> usize {
        self.in_flight.len() + self.waiting.len()
    }

    pub(crate) fn tables(&self) -> &Tables {
        &self.tables
    }

    fn throttle(&mut self, now: Timestamp, request: &Request) -> Option<Error> {
        use voice_wire::Request as Voice;
        let rate = match request {
            Request::Voice(Voice::CreateSipMediaApplicationCall(_)) => self.create_calls.as_mut(),
            Request::Voice(Voice::UpdateSipMediaApplicationCall(_)) => self.update_calls.as_mut(),
            _ => None,
        }?;
        (!rate.admits(now)).then(|| Error::throttled("Too many requests.", 1))
    }

    fn evaluate(
        &mut self,
        now: Timestamp,
        request: &Request,
        entropy: Entropy,
    ) -> (Claims, Result<Step<Response>, Error>) {
        self.with_context(now, entropy, |cx| match request {
            Request::Voice(request) => voice::evaluate(cx, request).map(|step| step.map(Response::from)),
            Request::Meetings(request) => {
                meetings::evaluate(cx, request).map(|step| step.map(Response::from))
            }
        })
    }

    pub(crate) fn with_context<T>(
        &mut self,
        now: Timestamp,
        entropy: Entropy,
        run: impl FnOnce(&mut Cx<'_>) -> T,
    ) -> (Claims, T) {
        let mut cx = Cx {
            now,
            entropy,
            config: &self.config,
            tables: &self.tables,
            pool: &self.pool,
            carriers: &self.carriers,
            health: &self.health,
            rng: &mut self.rng,
            claims: Claims::default(),
        };
        let outcome = run(&mut cx);
        (cx.claims, outcome)
    }

    fn perform(
        &mut self,
        ticket: Option<Ticket>,
        claims: Claims,
        step: Result<Step<Response>, Error>,
        out: &mut Vec<Output>,
    ) {
        let reply = match (step, ticket) {
            (Ok(Step::Write { mutations, reply }), _) => {
                let reply = ticket.map(|ticket| (ticket, Box::new(reply)));
                match self.store(claims, mutations, reply, out) {
                    Ok(_) => return,
                    Err(error) => Err(error),
                }
            }
            (Ok(Step::Place(order)), Some(ticket)) => return out.push(Output::PlaceCall { ticket, order }),
            (Ok(Step::Update(order)), Some(ticket)) => return out.push(Output::UpdateCall { ticket, order }),
            // What is asked for here concerns no call.
            (Ok(Step::Place(_) | Step::Update(_)), None) => return,
            (Ok(Step::Answer(response)), _) => Ok(response),
            (Err(error), _) => Err(error),
        };
        out.extend(ticket.map(|ticket| Output::Reply { ticket, reply }));
    }

    /// Sends a write on its way; its claims must be free.
    pub(crate) fn store(
        &mut self,
        claims: Claims,
        mutations: Vec<Mutation>,
        reply: Option<(Ticket, Box<Response>)>,
        out: &mut Vec<Output>,
    ) -> Result<WriteId, Error> {
        let changes: Result<Vec<_>, _> =
            mutations.iter().map(|mutation| self.tables.change(mutation)).collect();
        let changes = changes.map_err(|error| {
            tracing::error!(%error, "a record cannot be written as JSON");
            Error::service_failure("The change could not be stored.")
        })?;
        let write = WriteId(self.next_write);
        self.next_write += 1;
        self.held.add(&claims);
        let mutations = changes.iter().map(|change| change.revision).zip(mutations).collect();
        self.in_flight.insert(write, InFlight { claims, mutations, reply });
        out.push(Output::Store { write, changes });
        Ok(write)
    }

    /// Goes through those that wait, in order; each runs unless something under way or ahead of it is in its way.
    fn resume(&mut self, now: Timestamp, out: &mut Vec<Output>) {
        let mut ahead = Locks::default();
        for mut waiting in std::mem::take(&mut self.waiting) {
            let mut meets = self.held.collide(&waiting.claims) || ahead.collide(&waiting.claims);
            if !meets {
                // The world has changed since it was put off: what it claims may have, too.
                let (claims, step) = self.evaluate(now, &waiting.request, waiting.entropy);
                meets = self.held.collide(&claims) || ahead.collide(&claims);
                if !meets {
                    self.perform(waiting.ticket, claims, step, out);
                    continue;
                }
                waiting.claims = claims;
            }
            ahead.add(&waiting.claims);
            self.waiting.push_back(waiting);
        }
        self.wanted = ahead;
    }
}
