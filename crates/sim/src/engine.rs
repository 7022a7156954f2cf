//! The engine of a world: one queue of things to come, on virtual time, and the node in the middle of it. One file per
//! concern below.

mod browsers;
mod carry_out;
mod disk;
mod faults;
mod hearing;
mod queue;
mod telephones;
mod verdict;

use std::collections::{BTreeMap, BTreeSet, BinaryHeap, VecDeque};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use api::{Request, Response};
use base::{MeetingId, Rng, Timestamp};
use media::PlaybackId;
use meet::{ConnectionId, MeetingEvent};
use node::{Input, Node, NodeConfig, Output, ShardConfig, Ticket};
use serde_json::Value;
use sip::stack;

pub use disk::Disk;
pub use faults::Faults;
pub use hearing::Voice;

use crate::browser::Browser;
use crate::checks::Checks;
use crate::function::Function;
use crate::shard::{QUARANTINE, SimShard};
use crate::ua::Ua;
use queue::{Entry, What};

/// Where the node listens.
pub const NODE: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1)), 5060);
/// The carrier's trunk: every telephone that is not ours is behind it.
pub const CARRIER: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::new(10, 0, 1, 1)), 5060);
/// The equipment of a connector's customer.
pub const PBX: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::new(10, 0, 2, 1)), 5060);

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
    /// Datagrams that the network lost, by `Call-ID`.
    losses: BTreeMap<String, u32>,
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
            losses: BTreeMap::new(),
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

    /// Gives the node an input and carries out what it wants.
    pub fn input(&mut self, input: Input<'_>) {
        self.node.handle(self.now, input, &mut self.out);
        self.carry_out();
    }

    fn fails(&mut self, of_thousand: u64) -> bool {
        of_thousand > 0 && self.rng.below(1_000) < of_thousand
    }
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
