//! The engine of a world: one queue of things to come, on virtual time, and the node in the middle of it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, VecDeque};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use api::{Request, Response, voice};
use base::{LegId, MeetingId, Rng, Timestamp, TransactionId};
use bytes::Bytes;
use call::{CallRecord, FunctionError, InvocationId, PlaybackError, StoreError};
use directory::{Change, Kind, Record};
use media::{Clip, PlaybackId, RecordingId};
use meet::{ConnectionId, MeetingEvent};
use node::{
    BrowserInput, Input, JournalEntry, JournalLine, Node, NodeConfig, Output, RelayRecord, ShardConfig,
    Ticket, WriteId,
};
use serde_json::Value;
use sip::stack::{self, Flow, QueryId, Transport};

use crate::browser::{Browser, BrowserStage, BrowserWant, PING_EVERY, Way};
use crate::checks::Checks;
use crate::function::{Function, Script};
use crate::network::Network;
use crate::shard::{Later, QUARANTINE, SimShard, Track};
use crate::ua::{Ua, Want};

/// Where the node listens.
pub const NODE: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1)), 5060);
/// The carrier's trunk: every telephone that is not ours is behind it.
pub const CARRIER: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::new(10, 0, 1, 1)), 5060);
/// The equipment of a connector's customer.
pub const PBX: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::new(10, 0, 2, 1)), 5060);

/// How many calls and meetings a voice may go through.
const HOPS: u32 = 8;

/// Whose voice is heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Voice {
    /// A telephone's, by its RTP address.
    Party(SocketAddr),
    /// A browser's.
    Browser(media::MemberId),
}

/// How the world treats the node.
#[derive(Clone, Debug)]
pub struct Faults {
    /// The network.
    pub network: Network,
    /// How long the disk takes.
    pub disk: Duration,
    /// How long a recording is under way to its bucket: this by chance, or less.
    pub upload: Duration,
    /// Of what happens in the same microsecond a coin says what comes first; else the node's own timers do.
    pub coin: bool,
    /// Writes that fail, of 1,000.
    pub disk_failures: u64,
    /// Clips, recordings and speech that fail, of 1,000.
    pub object_failures: u64,
    /// One RTP port in so many cannot be opened; 0: none.
    pub broken_ports: u64,
}

impl Default for Faults {
    fn default() -> Self {
        Self {
            network: Network::GOOD,
            disk: Duration::from_millis(2),
            upload: Duration::from_millis(30),
            coin: false,
            disk_failures: 0,
            object_failures: 0,
            broken_ports: 0,
        }
    }
}

/// Things to come.
enum What {
    Datagram {
        from: SocketAddr,
        to: SocketAddr,
        bytes: Vec<u8>,
    },
    UaWakes {
        ua: SocketAddr,
        call: String,
    },
    Media {
        shard: usize,
        event: media::Event,
    },
    FunctionReturned {
        transaction: TransactionId,
        invocation: InvocationId,
        outcome: Result<String, FunctionError>,
    },
    Requested {
        request: Box<Request>,
    },
    BrowserComes {
        connection: ConnectionId,
        meeting: Option<MeetingId>,
        token: String,
    },
    BrowserSends {
        connection: ConnectionId,
        frame: Bytes,
    },
    BrowserPings {
        connection: ConnectionId,
    },
    BrowserGoes {
        connection: ConnectionId,
    },
    /// A request that came while the node's thread did not run.
    Asked {
        ticket: Ticket,
        request: Box<api::Request>,
    },
    ClipLoaded {
        playback: PlaybackId,
        outcome: Result<Arc<Clip>, PlaybackError>,
    },
    Spoken {
        playback: PlaybackId,
        outcome: Result<Arc<[i16]>, PlaybackError>,
        last: bool,
    },
    RecordingStored {
        recording: RecordingId,
        outcome: Result<(), StoreError>,
    },
    Stored {
        write: WriteId,
        changes: Vec<Change>,
        outcome: Result<(), String>,
    },
    Resolved {
        query: QueryId,
        candidates: Vec<(Transport, SocketAddr)>,
    },
    Scripted(Box<dyn FnOnce(&mut Engine)>),
}

impl What {
    /// Whether the node's thread has to take it.
    fn is_for_node(&self) -> bool {
        match self {
            What::Datagram { to, .. } => *to == NODE,
            What::UaWakes { .. } | What::Scripted(_) => false,
            What::Media { .. }
            | What::FunctionReturned { .. }
            | What::Requested { .. }
            | What::Asked { .. }
            | What::BrowserComes { .. }
            | What::BrowserSends { .. }
            | What::BrowserPings { .. }
            | What::BrowserGoes { .. }
            | What::ClipLoaded { .. }
            | What::Spoken { .. }
            | What::RecordingStored { .. }
            | What::Stored { .. }
            | What::Resolved { .. } => true,
        }
    }
}

struct Entry {
    at: Timestamp,
    order: u64,
    /// Of the node's life; completions for an earlier one are dropped. `None` for what outlives the node.
    life: Option<u32>,
    what: What,
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.order == other.order
    }
}

impl Eq for Entry {}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        Reverse((self.at, self.order)).cmp(&Reverse((other.at, other.order)))
    }
}

/// What outlives the node.
#[derive(Debug, Default)]
pub struct Disk {
    /// The directory's records.
    pub records: BTreeMap<(Kind, String), Record>,
    /// Call records, by leg.
    pub call_records: BTreeMap<LegId, CallRecord>,
    /// Records of relayed calls.
    pub relay_records: BTreeMap<TransactionId, RelayRecord>,
    /// Journals that are not complete.
    pub journals: BTreeMap<TransactionId, Vec<JournalLine>>,
    /// Journals that are.
    pub archive: BTreeMap<TransactionId, Vec<JournalLine>>,
    /// Recordings, by bucket and key.
    pub recordings: BTreeSet<(String, String)>,
}

/// One event that a function saw.
#[derive(Clone, Debug)]
pub struct Seen {
    /// When.
    pub at: Timestamp,
    /// The function.
    pub function: String,
    /// The event.
    pub event: Value,
}

/// What is to be done with a reply, once it is there.
type Awaited = Box<dyn FnOnce(&mut Checks, &Result<Response, api::Error>)>;

/// The engine of a simulated world.
pub struct Engine {
    /// The time.
    pub now: Timestamp,
    /// Its chance.
    pub rng: Rng,
    /// The node.
    pub node: Node,
    /// How the world treats it.
    pub faults: Faults,
    /// What the node could lose.
    pub disk: Disk,
    /// The user agents.
    pub uas: BTreeMap<SocketAddr, Ua>,
    /// The media machines.
    pub shards: Vec<SimShard>,
    /// What must hold.
    pub checks: Checks,
    /// Every event that a function saw, where wanted.
    pub seen: Vec<Seen>,
    /// Keep what is only for stories: seen events, complete journals.
    pub remember: bool,
    /// What parties began to hear: when, who, what.
    pub heard: Vec<(Timestamp, SocketAddr, String)>,
    /// Browsers, by their connections.
    pub browsers: BTreeMap<ConnectionId, Browser>,
    /// What event sinks were told of meetings.
    pub meeting_events: Vec<MeetingEvent>,
    /// Digits that reached a party: sent to it, or pressed at the other end of a bridge.
    pub digits: Vec<(Timestamp, SocketAddr, char)>,
    config: NodeConfig,
    functions: BTreeMap<String, Function>,
    queue: BinaryHeap<Entry>,
    order: u64,
    life: u32,
    /// Host names of connectors, for whoever dials by chance.
    pub(crate) hosts: Vec<String>,
    names: BTreeMap<PlaybackId, String>,
    replies: BTreeMap<Ticket, Option<Result<Response, api::Error>>>,
    /// Who waits for a reply.
    awaited: BTreeMap<Ticket, Awaited>,
    next_ticket: u64,
    next_connection: u64,
    /// Meetings in which somebody came or went with this input.
    presence_changed: BTreeSet<MeetingId>,
    /// The node was told to stop.
    stopping: bool,
    out: Vec<Output>,
    spins: u32,
    /// Until then the node's thread does not run: what comes waits.
    stalled: Timestamp,
    /// Until then no datagram arrives anywhere.
    cut: Timestamp,
    /// The latest requests in dialogs, for whoever delivers them again.
    latest: VecDeque<(SocketAddr, Vec<u8>)>,
}

impl Engine {
    /// A world of a seed, with a node that has a carrier and nothing else.
    pub fn new(seed: u64) -> Self {
        Self::with(seed, Faults::default(), |_| {})
    }

    /// The same with faults, and with a say in the node's configuration.
    pub fn with(seed: u64, faults: Faults, configure: impl FnOnce(&mut NodeConfig)) -> Self {
        let now = Timestamp::from_millis(1_767_225_600_000);
        let mut rng = Rng::new(seed);
        let mut config = config(rng.next_u64());
        configure(&mut config);
        let shards = (0..config.shards.len()).map(|_| SimShard::new(rng.next_u64())).collect();
        let mut out = Vec::new();
        let node = Node::new(config.clone(), vec![], now, &mut out).expect("an empty directory can be read");
        let uas = [CARRIER, PBX].into_iter().map(|address| (address, Ua::new(address, NODE))).collect();
        let mut engine = Self {
            now,
            rng,
            node,
            faults,
            disk: Disk::default(),
            uas,
            shards,
            checks: Checks::default(),
            seen: Vec::new(),
            remember: true,
            heard: Vec::new(),
            digits: Vec::new(),
            browsers: BTreeMap::new(),
            meeting_events: Vec::new(),
            config,
            functions: BTreeMap::new(),
            queue: BinaryHeap::new(),
            order: 0,
            life: 0,
            hosts: Vec::new(),
            names: BTreeMap::new(),
            replies: BTreeMap::new(),
            awaited: BTreeMap::new(),
            next_ticket: 0,
            next_connection: 0,
            presence_changed: BTreeSet::new(),
            stopping: false,
            out,
            spins: 0,
            stalled: now,
            cut: now,
            latest: VecDeque::new(),
        };
        for shard in &mut engine.shards {
            shard.broken_ports = engine.faults.broken_ports;
        }
        engine.carry_out();
        engine
    }

    /// Puts a function where applications find it.
    pub fn function(&mut self, name: &str, function: Function) {
        self.functions.insert(name.to_owned(), function);
    }

    /// Sends an API request.
    pub fn request(&mut self, request: impl Into<Request>) -> Ticket {
        self.next_ticket += 1;
        let ticket = Ticket(self.next_ticket);
        self.replies.insert(ticket, None);
        let request = Box::new(request.into());
        if self.now < self.stalled {
            self.push_for_life(Duration::ZERO, What::Asked { ticket, request });
            return ticket;
        }
        self.asked(ticket, request);
        ticket
    }

    /// Sends an API request, and does something with its reply.
    pub fn request_then(
        &mut self,
        request: impl Into<Request>,
        then: impl FnOnce(&mut Checks, &Result<Response, api::Error>) + 'static,
    ) {
        // The reply may come at once.
        self.awaited.insert(Ticket(self.next_ticket + 1), Box::new(then));
        self.request(request);
    }

    /// The node is told to stop.
    pub fn stop(&mut self) {
        self.stopping = true;
        self.input(Input::Stop);
    }

    /// Whether it was.
    pub fn is_stopping(&self) -> bool {
        self.stopping
    }

    fn asked(&mut self, ticket: Ticket, request: Box<api::Request>) {
        let entropy = node::Entropy(std::array::from_fn(|at| ticket.0.to_be_bytes()[at % 8]));
        self.input(Input::Api { ticket, request, entropy });
    }

    /// The answer to a request, once it is there.
    pub fn reply(&mut self, ticket: Ticket) -> Option<Result<Response, api::Error>> {
        self.replies.get(&ticket)?.clone()
    }

    /// Runs a script at a later time.
    pub fn at(&mut self, after: Duration, script: impl FnOnce(&mut Engine) + 'static) {
        self.push(after, None, What::Scripted(Box::new(script)));
    }

    /// Has a user agent do something.
    pub fn with_ua<T>(
        &mut self,
        ua: SocketAddr,
        act: impl FnOnce(&mut Ua, Timestamp, &mut Vec<Want>) -> T,
    ) -> Option<T> {
        let mut wants = Vec::new();
        let agent = self.uas.get_mut(&ua)?;
        let result = act(agent, self.now, &mut wants);
        self.want(ua, wants);
        Some(result)
    }

    /// A browser connects, to join the meeting of a token.
    pub fn browse(&mut self, meeting: Option<MeetingId>, token: &str) -> ConnectionId {
        self.browse_again(meeting, token, None)
    }

    /// The same; in a session it has had by another connection.
    pub fn browse_again(
        &mut self,
        meeting: Option<MeetingId>,
        token: &str,
        session: Option<u64>,
    ) -> ConnectionId {
        self.next_connection += 1;
        let connection = ConnectionId(self.next_connection);
        let session = session.unwrap_or(connection.0);
        let mut wants = Vec::new();
        let way = Way { meeting, token: token.to_owned(), session };
        self.browsers.insert(connection, Browser::new(self.now, connection, way, &mut wants));
        if self.now < self.stalled {
            let token = token.to_owned();
            self.push_for_life(Duration::ZERO, What::BrowserComes { connection, meeting, token });
        } else {
            let event = BrowserInput::Connected { path_meeting: meeting, token: token.into() };
            self.input(Input::Browser { connection, event });
        }
        self.browser_wants(connection, wants);
        self.push_for_life(PING_EVERY, What::BrowserPings { connection });
        connection
    }

    /// Has a browser do something.
    pub(crate) fn with_browser<T>(
        &mut self,
        connection: ConnectionId,
        act: impl FnOnce(&mut Browser, Timestamp, &mut Vec<BrowserWant>) -> T,
    ) -> Option<T> {
        let mut wants = Vec::new();
        let result = act(self.browsers.get_mut(&connection)?, self.now, &mut wants);
        self.browser_wants(connection, wants);
        Some(result)
    }

    /// A browser's connection breaks without a word; it may come back by another one.
    pub fn cut(&mut self, connection: ConnectionId) {
        if let Some(browser) = self.browsers.get_mut(&connection)
            && browser.stage != BrowserStage::Gone
        {
            browser.is_cut_off();
            self.push_for_life(Duration::from_millis(1), What::BrowserGoes { connection });
        }
    }

    /// The member of a conference that a browser is.
    pub fn member_of(&self, connection: ConnectionId) -> Option<media::MemberId> {
        let offer = self.browsers.get(&connection)?.offer()?;
        self.shards.iter().find_map(|shard| shard.browser_that_offered(offer))
    }

    /// Whether a browser's media is up.
    pub fn is_connected(&self, member: media::MemberId) -> bool {
        self.shards.iter().any(|shard| shard.browser_hears(member) != Track::Silence)
    }

    /// A browser's media path fails.
    pub fn lose_audio(&mut self, connection: ConnectionId) {
        let Some(member) = self.member_of(connection) else { return };
        for shard in 0..self.shards.len() {
            let event = media::Event::MemberLost { member };
            self.push_for_life(Duration::ZERO, What::Media { shard, event });
        }
    }

    /// Every shard reports who is audible.
    pub fn report_levels(&mut self) {
        for shard in 0..self.shards.len() {
            for event in self.shards[shard].levels() {
                self.push_for_life(Duration::ZERO, What::Media { shard, event });
            }
        }
    }

    fn browser_wants(&mut self, connection: ConnectionId, wants: Vec<BrowserWant>) {
        let way = Duration::from_millis(1);
        for want in wants {
            let what = match want {
                BrowserWant::Send(frame) => What::BrowserSends { connection, frame },
                BrowserWant::Disconnect => What::BrowserGoes { connection },
            };
            self.push_for_life(way, what);
        }
    }

    /// Something arrives at the node's port.
    pub fn garbage(&mut self, from: SocketAddr, bytes: &[u8]) {
        self.push(Duration::ZERO, None, What::Datagram { from, to: NODE, bytes: bytes.to_vec() });
    }

    /// A party presses a key: in its audio.
    pub fn press(&mut self, party: SocketAddr, digit: char) {
        for shard in 0..self.shards.len() {
            let (event, other) = self.shards[shard].press(party, digit);
            if let Some(other) = other {
                self.digits.push((self.now, other, digit));
            }
            match event {
                Some(event) if self.now < self.stalled => {
                    self.push_for_life(Duration::ZERO, What::Media { shard, event });
                    return;
                }
                Some(event) => return self.input(Input::Media { shard, event }),
                None => {}
            }
        }
    }

    /// Does the next thing to come; false when there is none.
    pub fn step(&mut self) -> bool {
        let queued = self.queue.peek().map(|entry| entry.at);
        let wanted = self.node.deadline().map(|(at, _)| at.max(self.stalled));
        let node_first = match (wanted, queued) {
            (Some(wanted), Some(queued)) if wanted == queued && self.faults.coin => self.rng.one_in(2),
            (Some(wanted), Some(queued)) => wanted <= queued,
            (Some(_), None) => true,
            (None, _) => false,
        };
        if let (true, Some(at)) = (node_first, wanted) {
            self.spins = if at <= self.now { self.spins + 1 } else { 0 };
            assert!(self.spins < 10_000, "the node wants to be woken for ever: {:?}", self.node.deadline());
            self.now = self.now.max(at);
            self.input(Input::Woken);
            return true;
        }
        let Some(entry) = self.queue.pop() else { return false };
        self.now = self.now.max(entry.at);
        if self.now < self.stalled && entry.what.is_for_node() {
            // What waits keeps its order.
            self.push(self.stalled.since(self.now), entry.life, entry.what);
        } else if entry.life.is_none_or(|life| life == self.life) {
            self.happen(entry.what);
        }
        true
    }

    /// The node's thread does not run for so long; then it finds everything that came, and timers long due.
    pub fn stall(&mut self, time: Duration) {
        self.stalled = self.stalled.max(self.now + time);
    }

    /// Nothing arrives for so long, at nobody.
    pub fn outage(&mut self, time: Duration) {
        self.cut = self.cut.max(self.now + time);
    }

    /// One of the latest requests arrives once more.
    pub fn repeats(&mut self, rng: &mut Rng) {
        if let Some((from, bytes)) = self.latest.get(rng.below(self.latest.len().max(1) as u64) as usize) {
            self.garbage(*from, &bytes.clone());
        }
    }

    /// Runs until `until` or until nothing is to come.
    pub fn run_until(&mut self, until: Timestamp) {
        while self.next_at().is_some_and(|at| at <= until) {
            self.step();
        }
        self.now = self.now.max(until);
    }

    /// When the next thing comes.
    pub fn next_at(&self) -> Option<Timestamp> {
        let queued = self.queue.peek().map(|entry| entry.at);
        let wanted = self.node.deadline().map(|(at, _)| at.max(self.stalled));
        queued.into_iter().chain(wanted).min()
    }

    /// Whose voices a party hears, followed through calls of this node that call each other and through meetings.
    pub fn heard_by(&self, party: SocketAddr) -> BTreeSet<Voice> {
        let mut voices = BTreeSet::new();
        let track = self.shards.iter().map(|shard| shard.hears(party)).find(|track| *track != Track::Silence);
        self.follow(track.unwrap_or(Track::Silence), HOPS, &mut voices);
        voices
    }

    /// Whose voices a browser hears.
    pub fn heard_by_browser(&self, member: media::MemberId) -> BTreeSet<Voice> {
        let mut voices = BTreeSet::new();
        for shard in &self.shards {
            self.follow(shard.browser_hears(member), HOPS, &mut voices);
        }
        voices
    }

    fn follow(&self, track: Track, hops: u32, voices: &mut BTreeSet<Voice>) {
        let Some(hops) = hops.checked_sub(1) else { return };
        match track {
            Track::Silence | Track::Playback(_) => {}
            Track::Party(other) if other.ip().is_loopback() => {
                if let Some(track) = self.shards.iter().find_map(|shard| shard.sent_from(other.port())) {
                    self.follow(track, hops, voices);
                }
            }
            Track::Party(other) => {
                voices.insert(Voice::Party(other));
            }
            Track::Browser(member) => {
                voices.insert(Voice::Browser(member));
            }
            Track::Meeting(conference, hearer) => {
                let given = self.shards.iter().flat_map(|shard| shard.contributions(conference));
                for (_, track) in given.filter(|(member, _)| *member != hearer) {
                    self.follow(track, hops, voices);
                }
            }
        }
    }

    /// Everything that is not as it must be once everybody has hung up.
    pub fn verdict(&self) -> Vec<String> {
        let mut wrong = self.checks.violations.clone();
        let counts = self.node.counts();
        if counts != node::Counts::default() {
            wrong.push(format!("left in the node: {counts:?}"));
        }
        for (index, shard) in self.shards.iter().enumerate() {
            if shard.streams() > 0 {
                wrong.push(format!("{} streams left in shard {index}", shard.streams()));
            }
            if shard.conferences() != (0, 0) {
                wrong.push(format!(
                    "conferences and browsers {:?} left in shard {index}",
                    shard.conferences()
                ));
            }
            if shard.hushed() > 0 {
                wrong.push(format!("{} muted or deaf members left in shard {index}", shard.hushed()));
            }
            wrong.extend(shard.complaints.iter().map(|complaint| format!("shard {index}: {complaint}")));
        }
        for ua in self.uas.values() {
            for call in ua.calls.values() {
                if !call.is_quiet() {
                    wrong.push(format!("{} at {} is still {:?}", call.id, ua.address, call.stage));
                }
                if call.outgoing && call.status.is_none() && call.complaints.is_empty() {
                    wrong.push(format!("{} at {} got no final response", call.id, ua.address));
                }
                if !call.outgoing && call.status == Some(200) && !call.acknowledged {
                    wrong.push(format!("the 200 of {} at {} got neither ACK nor BYE", call.id, ua.address));
                }
                for complaint in &call.complaints {
                    wrong.push(format!("{} at {}: {complaint}", call.id, ua.address));
                }
            }
        }
        for (connection, browser) in &self.browsers {
            if browser.stage != BrowserStage::Gone {
                wrong.push(format!("the browser of {connection:?} is still {:?}", browser.stage));
            }
            wrong.extend(browser.complaints.iter().map(|text| format!("browser of {connection:?}: {text}")));
        }
        let silent = self.replies.values().filter(|reply| reply.is_none()).count();
        if silent > 0 {
            wrong.push(format!("{silent} API requests without an answer"));
        }
        wrong.extend(self.checks.unfinished());
        wrong
    }

    /// Every journal as a ladder, complete ones first.
    pub fn ladders(&self, detail: node::Detail) -> String {
        let journals = self.disk.archive.values().chain(self.disk.journals.values());
        journals.map(|lines| node::ladder(lines, detail)).collect::<Vec<_>>().join("\n")
    }

    /// Every telephone and trunk is switched off and on: it drops what is going on, and misses what was on its way to it.
    pub fn everybody_forgets(&mut self) {
        self.queue.retain(|entry| !matches!(entry.what, What::Datagram { to, .. } if to != NODE));
        for ua in self.uas.values_mut() {
            ua.forget_all();
        }
    }

    /// The node dies and starts again from its disk: what was not confirmed is forgotten.
    pub fn crash(&mut self) {
        self.life += 1;
        self.checks.crashed();
        self.replies.clear();
        self.awaited.clear();
        self.stopping = false;
        self.names.clear();
        for browser in self.browsers.values_mut() {
            browser.is_cut_off();
        }
        for shard in &mut self.shards {
            let complaints = std::mem::take(&mut shard.complaints);
            *shard = SimShard::new(self.rng.next_u64());
            shard.complaints = complaints;
            shard.broken_ports = self.faults.broken_ports;
        }
        self.config.seed = self.rng.next_u64();
        self.config.sip.seed = self.rng.next_u64();
        self.config.directory.seed = self.rng.next_u64();
        let records: Vec<Record> = self.disk.records.values().cloned().collect();
        let mut out = Vec::new();
        self.node =
            Node::new(self.config.clone(), records, self.now, &mut out).expect("what we wrote can be read");
        for journal in self.disk.journals.values() {
            self.node.recover(self.now, journal, &mut out);
        }
        self.out = out;
        self.carry_out();
    }

    /// Gives the node an input and carries out what it wants.
    pub fn input(&mut self, input: Input<'_>) {
        self.node.handle(self.now, input, &mut self.out);
        self.carry_out();
    }

    fn happen(&mut self, what: What) {
        match what {
            What::Datagram { from, to, bytes } if to == NODE => {
                let flow = Flow { transport: Transport::Udp, local: to, remote: from, connection: None };
                self.input(Input::Sip(stack::Input::Received { flow, bytes: &bytes }));
            }
            What::Datagram { to, bytes, .. } => {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                self.with_ua(to, |ua, now, wants| ua.receive(now, &text, wants));
            }
            What::UaWakes { ua, call } => {
                self.with_ua(ua, |ua, now, wants| ua.wake(now, &call, wants));
            }
            What::Media { shard, event } => {
                if let Some(event) = self.shards[shard].due(event) {
                    self.input(Input::Media { shard, event });
                }
            }
            What::FunctionReturned { transaction, invocation, outcome } => {
                self.checks.returned(transaction, invocation, outcome.is_ok(), self.now);
                self.input(Input::FunctionReturned { transaction, invocation, outcome });
            }
            What::BrowserComes { connection, meeting, token } => {
                let event = BrowserInput::Connected { path_meeting: meeting, token: token.into() };
                self.input(Input::Browser { connection, event });
            }
            What::BrowserSends { connection, frame } => {
                let event = BrowserInput::Frame(&frame);
                self.input(Input::Browser { connection, event });
            }
            What::BrowserPings { connection } => {
                let stage = self.with_browser(connection, |browser, now, wants| {
                    browser.ping(now, wants);
                    browser.stage
                });
                if stage.is_some_and(|stage| stage != BrowserStage::Gone) {
                    self.push_for_life(PING_EVERY, What::BrowserPings { connection });
                }
            }
            What::BrowserGoes { connection } => {
                if let Some(browser) = self.browsers.get_mut(&connection) {
                    browser.is_known_to_be_gone();
                }
                self.input(Input::Browser { connection, event: BrowserInput::Disconnected });
            }
            What::Requested { request } => {
                self.request(*request);
            }
            What::Asked { ticket, request } => self.asked(ticket, request),
            What::ClipLoaded { playback, outcome } => self.input(Input::ClipLoaded { playback, outcome }),
            What::Spoken { playback, outcome, last } => self.input(Input::Spoken { playback, outcome, last }),
            What::RecordingStored { recording, outcome } => {
                self.input(Input::RecordingStored { recording, outcome });
            }
            What::Stored { write, changes, outcome } => {
                if outcome.is_ok() {
                    self.disk.apply(changes);
                }
                self.input(Input::Stored { write, outcome });
            }
            What::Resolved { query, candidates } => {
                self.input(Input::Sip(stack::Input::Resolved { query, candidates }));
            }
            What::Scripted(script) => script(self),
        }
    }

    fn carry_out(&mut self) {
        let mut out = std::mem::take(&mut self.out);
        for output in out.drain(..) {
            self.output(output);
        }
        self.out = out;
        while let Some(meeting) = self.presence_changed.pop_first() {
            self.compare_rosters(meeting);
        }
    }

    /// Everybody who listens in a meeting is shown those who are present.
    fn compare_rosters(&mut self, meeting: MeetingId) {
        let present = self.checks.meetings.present(meeting);
        for (connection, browser) in &self.browsers {
            if browser.stage != BrowserStage::Subscribed || browser.way.meeting != Some(meeting) {
                continue;
            }
            let shown: BTreeSet<&String> = browser.roster.values().map(|(attendee, _)| attendee).collect();
            if !shown.iter().copied().eq(&present) {
                let wrong = format!("{connection:?} is shown {shown:?}, and present are {present:?}");
                self.checks.violations.push(wrong);
            }
            let muted = browser.roster.values().filter(|(_, muted)| *muted).count();
            let (all, hushed) = self.members_with(*connection);
            // One who is present without audio, for a while, has no member.
            if all == shown.len() && hushed != muted {
                let wrong = format!("{connection:?} is shown {muted} muted, and {hushed} of {all} are");
                self.checks.violations.push(wrong);
            }
        }
    }

    /// Members of the meeting of a browser that have audio, and how many of them are muted.
    fn members_with(&self, connection: ConnectionId) -> (usize, usize) {
        let member = self.member_of(connection);
        let conference = member.and_then(|m| self.shards.iter().find_map(|shard| shard.conference_of(m)));
        let parts =
            conference.into_iter().flat_map(|of| self.shards.iter().map(move |shard| shard.members(of)));
        parts.fold((0, 0), |(all, muted), (more, hushed)| (all + more, muted + hushed))
    }

    /// Looks at what all pages show.
    pub fn look_at_pages(&mut self) {
        let meetings: BTreeSet<_> =
            self.browsers.values().filter_map(|browser| browser.way.meeting).collect();
        meetings.into_iter().for_each(|meeting| self.compare_rosters(meeting));
    }

    fn output(&mut self, output: Output) {
        match output {
            Output::Sip(output) => self.sip(output),
            Output::Media { shard, command } => self.media(shard, command),
            Output::Invoke { transaction, invocation, target, sequence, payload, timeout } => {
                let time = (self.now, self.now + timeout);
                self.checks.invoked(transaction, invocation, (&target, sequence), &payload, time);
                self.invoke(transaction, invocation, &target.function, &payload, timeout);
            }
            Output::Reply { ticket, reply } => {
                if let Ok(Response::Voice(voice::Response::UpdateSipMediaApplicationCall(answer))) = &*reply {
                    let named = answer
                        .sip_media_application_call
                        .as_ref()
                        .and_then(|call| call.transaction_id.as_ref());
                    match named.and_then(|id| id.parse().ok()) {
                        Some(call) => self.checks.accepted_update(call),
                        None => self.checks.violations.push("an accepted update names no call".into()),
                    }
                }
                if let Some(then) = self.awaited.remove(&ticket) {
                    then(&mut self.checks, &reply);
                }
                let waiting = self.replies.get_mut(&ticket);
                match waiting {
                    Some(waiting @ None) => *waiting = Some(*reply),
                    Some(Some(_)) | None => {
                        self.checks.violations.push(format!("a second reply to {ticket:?}"));
                    }
                }
            }
            Output::Browser { connection, event } => {
                let known = self.with_browser(connection, |browser, now, wants| {
                    browser.receive(now, event, wants);
                });
                if known.is_none() {
                    self.checks.violations.push(format!("{connection:?} is no connection"));
                }
            }
            Output::MeetingEvent { event, notifications: _ } => {
                self.checks.happened(&event);
                self.presence_changed.extend(event.who.is_some().then_some(event.meeting));
                if self.remember {
                    self.meeting_events.push(*event);
                }
            }
            Output::Store { write, changes } => {
                let failed = self.fails(self.faults.disk_failures);
                let outcome = if failed { Err("disk full".to_owned()) } else { Ok(()) };
                self.push_for_life(self.faults.disk, What::Stored { write, changes, outcome });
            }
            Output::WriteRecord(record) => {
                self.checks.recorded(&record);
                self.disk.call_records.entry(record.leg).or_insert(*record);
            }
            Output::WriteRelayRecord(record) => {
                self.checks.relay_recorded(&record);
                self.disk.relay_records.insert(record.transaction, *record);
            }
            Output::Journal { transaction, entries, closed } => self.journal(transaction, entries, closed),
            Output::LoadClip { playback, bucket, key } => {
                self.names.insert(playback, key.clone());
                let outcome = if key.starts_with("missing") || self.fails(self.faults.object_failures) {
                    Err(PlaybackError::ObjectNotFound(format!("{bucket}/{key}")))
                } else {
                    Ok(Arc::new(Clip::from_samples(vec![0; 8 * clip_millis(&key)])))
                };
                self.push_for_life(Duration::from_millis(3), What::ClipLoaded { playback, outcome });
            }
            Output::Speak { playback, speech } => {
                self.names.insert(playback, speech.text.clone());
                let chunk: Arc<[i16]> = vec![0; 8 * 500].into();
                if self.fails(self.faults.object_failures) {
                    let outcome = Err(PlaybackError::SpeechFailed("no voice".into()));
                    self.push_for_life(
                        Duration::from_millis(40),
                        What::Spoken { playback, outcome, last: true },
                    );
                    return;
                }
                for part in 1..=2 {
                    let what = What::Spoken { playback, outcome: Ok(chunk.clone()), last: part == 2 };
                    self.push_for_life(Duration::from_millis(40 * part), what);
                }
            }
            Output::StoreRecording { recording, bucket, key, .. } => {
                let outcome = if self.fails(self.faults.object_failures) {
                    Err(StoreError::System("the bucket is gone".into()))
                } else {
                    self.disk.recordings.insert((bucket, key));
                    Ok(())
                };
                let after = if self.faults.coin {
                    Duration::from_micros(self.rng.below(self.faults.upload.as_micros() as u64))
                } else {
                    self.faults.upload
                };
                self.push_for_life(after, What::RecordingStored { recording, outcome });
            }
            // What is on its way arrives late, as it may.
            Output::ForgetPlayback { .. } | Output::ForgetRecording { .. } => {}
        }
    }

    fn sip(&mut self, output: stack::Output) {
        match output {
            stack::Output::Send { flow, bytes } => self.datagram(NODE, flow.remote, bytes),
            stack::Output::Open { connection, .. } => {
                // Nobody in this world takes a connection.
                self.at(Duration::from_millis(1), move |engine| {
                    engine.input(Input::Sip(stack::Input::Closed { connection }));
                });
            }
            stack::Output::Close { .. } => {}
            stack::Output::Resolve { query, host, port, .. } => {
                let candidates = host
                    .parse::<IpAddr>()
                    .map(|ip| vec![(Transport::Udp, SocketAddr::new(ip, port.unwrap_or(5060)))])
                    .unwrap_or_default();
                self.push_for_life(Duration::from_millis(1), What::Resolved { query, candidates });
            }
            stack::Output::Event(_) | stack::Output::Traced { .. } => {
                self.checks.violations.push("an event of the stack left the node".into());
            }
        }
    }

    fn media(&mut self, shard: usize, command: media::Command) {
        let playing = match &command {
            media::Command::Play { playback, .. } | media::Command::PlayLive { playback, .. } => {
                Some(*playback)
            }
            _ => None,
        };
        if let media::Command::SendDigits { stream, digits, .. } = &command
            && let Some(party) = self.shards[shard].remote_of(*stream)
        {
            self.digits.extend(digits.chars().map(|digit| (self.now, party, digit)));
        }
        let mut later = Vec::new();
        self.shards[shard].command(self.now, command, &mut later);
        for Later { at, event } in later {
            self.push_for_life(at.since(self.now), What::Media { shard, event });
        }
        if let Some(playback) = playing
            && self.remember
            && let Some(party) = self.shards[shard].listener(playback)
        {
            let name = self.names.get(&playback).cloned().unwrap_or_default();
            self.heard.push((self.now, party, name));
        }
    }

    fn invoke(
        &mut self,
        transaction: TransactionId,
        invocation: InvocationId,
        function: &str,
        payload: &str,
        timeout: Duration,
    ) {
        let name = function.rsplit(':').next().unwrap_or_default().to_owned();
        let event: Value = serde_json::from_str(payload).unwrap_or_default();
        let answer = match self.functions.get_mut(&name) {
            Some(function) => function(&event),
            None => crate::function::Answer::fails(FunctionError::NotFound(name.clone())),
        };
        if self.remember {
            self.seen.push(Seen { at: self.now, function: name, event });
        }
        for (after, request) in answer.requests {
            self.push_for_life(after, What::Requested { request: Box::new(request) });
        }
        for (after, Script(script)) in answer.meanwhile {
            self.push(after, None, What::Scripted(script));
        }
        let (after, outcome) = match answer.outcome {
            // In the very microsecond of the time limit.
            Some(outcome) if answer.latency == timeout && self.faults.coin => (timeout, outcome),
            Some(outcome) if answer.latency < timeout => (answer.latency, outcome),
            Some(_) | None => (timeout, Err(FunctionError::TimedOut)),
        };
        self.push_for_life(after, What::FunctionReturned { transaction, invocation, outcome });
    }

    fn journal(&mut self, transaction: TransactionId, entries: Vec<JournalLine>, closed: bool) {
        if entries.is_empty() || self.disk.archive.contains_key(&transaction) {
            self.checks.violations.push(format!("call {transaction}: nothing to append, or after the end"));
        }
        self.checks.written(transaction, &entries);
        let lines = self.disk.journals.entry(transaction).or_default();
        lines.extend(entries);
        let complete = matches!(lines.last().map(|line| &line.entry), Some(JournalEntry::End));
        if complete != closed {
            self.checks
                .violations
                .push(format!("call {transaction}: closed is {closed}, the end is {complete}"));
        }
        if closed && let Some(lines) = self.disk.journals.remove(&transaction) {
            self.checks.ended(transaction, &lines);
            if self.remember {
                self.disk.archive.insert(transaction, lines);
            }
        }
    }

    fn datagram(&mut self, from: SocketAddr, to: SocketAddr, bytes: Vec<u8>) {
        if from != NODE && !bytes.starts_with(b"INVITE") && !bytes.starts_with(b"SIP/") {
            self.latest.push_back((from, bytes.clone()));
            if self.latest.len() > 40 {
                self.latest.pop_front();
            }
        }
        let ways: Vec<Duration> = self.faults.network.deliveries(&mut self.rng).collect();
        if self.now < self.cut {
            return;
        }
        for way in ways {
            self.push(way, None, What::Datagram { from, to, bytes: bytes.clone() });
        }
    }

    fn want(&mut self, ua: SocketAddr, wants: Vec<Want>) {
        for want in wants {
            match want {
                Want::Send(text) => self.datagram(ua, NODE, text.into_bytes()),
                Want::Wake(call, at) => self.push(at.since(self.now), None, What::UaWakes { ua, call }),
            }
        }
    }

    fn fails(&mut self, of_thousand: u64) -> bool {
        of_thousand > 0 && self.rng.below(1_000) < of_thousand
    }

    fn push_for_life(&mut self, after: Duration, what: What) {
        self.push(after, Some(self.life), what);
    }

    fn push(&mut self, after: Duration, life: Option<u32>, what: What) {
        self.order += 1;
        self.queue.push(Entry { at: self.now + after, order: self.order, life, what });
    }
}

impl Disk {
    fn apply(&mut self, changes: Vec<Change>) {
        for Change { kind, id, revision, json } in changes {
            match json {
                Some(json) => {
                    self.records.insert((kind, id.clone()), Record { kind, id, revision, json });
                }
                None => {
                    self.records.remove(&(kind, id));
                }
            }
        }
    }
}

/// How long an object plays: `…-1500.wav` says so itself, others one second.
fn clip_millis(key: &str) -> usize {
    let stem = key.split('.').next().unwrap_or_default();
    stem.rsplit('-').next().and_then(|tail| tail.parse().ok()).unwrap_or(1_000)
}

fn config(seed: u64) -> NodeConfig {
    let carrier = directory::Carrier {
        name: "telco".into(),
        uri: format!("sip:{CARRIER}"),
        prefixes: vec!["+".into()],
        sources: vec!["10.0.1.0/24".parse().expect("a network")],
        numbers: vec!["+12065550100-+12065550999".parse().expect("a block of numbers")],
        ..directory::Carrier::default()
    };
    let mut sip = stack::Config::udp(NODE, [7; 32], seed);
    sip.trace = true;
    NodeConfig {
        directory: directory::Config {
            account: "111122223333".into(),
            carriers: vec![carrier],
            seed,
            ..directory::Config::default()
        },
        sip,
        shards: [40_000u16..=44_999, 45_000..=49_999]
            .into_iter()
            .map(|ports| ShardConfig { ports, address: NODE.ip(), internal: IpAddr::V4(Ipv4Addr::LOCALHOST) })
            .collect(),
        port_quarantine: QUARANTINE,
        calls: 10_000,
        call: call::Limits::default(),
        meetings: meet::Config::default(),
        relay_ring: Duration::from_secs(180),
        seed,
    }
}
