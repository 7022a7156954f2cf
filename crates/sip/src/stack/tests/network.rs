//! Stacks on a network in memory, on virtual time: it loses, doubles and reorders datagrams as its seed says.

use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;
use std::time::Duration;

use base::{Rng, Timestamp};

use crate::media_session::{Codec, LocalMedia};
use crate::message::{Message, Method};
use crate::stack::*;

/// One user agent on the network, by its index.
pub(super) type Who = usize;

pub(super) struct Network {
    pub(super) now: Timestamp,
    pub(super) nodes: Vec<Node>,
    /// Of a hundred datagrams, how many are lost, and how many come twice.
    pub(super) loss: u64,
    pub(super) doubled: u64,
    /// Largest delay of a datagram in milliseconds, above the smallest of 1.
    pub(super) spread: u64,
    /// Answers to [`Output::Resolve`].
    pub(super) names: HashMap<String, Vec<(Transport, SocketAddr)>>,
    /// Sees every datagram before it is sent; false drops it.
    pub(super) filter: Box<dyn FnMut(&Parcel) -> bool>,
    /// Every message sent.
    pub(super) log: Vec<Parcel>,
    rng: Rng,
    serial: u64,
    flying: BTreeMap<(Timestamp, u64), (Who, Flying)>,
    pairs: HashMap<(Who, ConnectionId), (Who, ConnectionId)>,
}

pub(super) struct Node {
    pub(super) stack: Stack,
    pub(super) at: SocketAddr,
    pub(super) events: Vec<Event>,
    pub(super) traces: Vec<String>,
    /// What it does by itself when it is called.
    pub(super) manner: Manner,
}

/// What a callee does by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// Nothing.
    Waits,
    /// Rings and answers.
    Answers,
    /// Rings.
    Rings,
    /// Refuses.
    Refuses(u16),
}

#[derive(Clone, Debug)]
pub(super) struct Parcel {
    pub(super) from: SocketAddr,
    pub(super) to: SocketAddr,
    pub(super) bytes: Vec<u8>,
}

enum Flying {
    Bytes(Flow, Vec<u8>),
    Opened(Flow),
    Closed(ConnectionId),
    Resolved(QueryId, Vec<(Transport, SocketAddr)>),
}

impl Parcel {
    pub(super) fn message(&self) -> Message {
        Message::parse(&self.bytes, &Default::default()).expect("the stack sends what it can read")
    }

    /// `INVITE`, `200 INVITE`.
    pub(super) fn title(&self) -> String {
        match self.message() {
            Message::Request(request) => request.method.to_string(),
            Message::Response(response) => {
                let method = response.headers.cseq().map(|cseq| cseq.method).unwrap_or(Method::Options);
                format!("{} {method}", response.status)
            }
        }
    }
}

pub(super) fn address(index: usize) -> SocketAddr {
    SocketAddr::from(([192, 0, 2, index as u8 + 1], 5060))
}

pub(super) fn media(index: usize) -> LocalMedia {
    let address = SocketAddr::from(([192, 0, 2, index as u8 + 1], 40_000 + 2 * index as u16));
    LocalMedia { address, codecs: vec![Codec::Pcmu, Codec::Pcma], dtmf: true }
}

pub(super) fn config(index: usize) -> Config {
    let mut config = Config::udp(address(index), [index as u8; 32], 77 + index as u64);
    config.tcp = config.udp;
    config.trace = true;
    config
}

impl Network {
    pub(super) fn new(seed: u64, nodes: usize) -> Self {
        Self::with(seed, (0..nodes).map(config).collect())
    }

    pub(super) fn with(seed: u64, configs: Vec<Config>) -> Self {
        let node = |config: Config| Node {
            at: config.udp.expect("UDP").local,
            stack: Stack::new(config),
            events: Vec::new(),
            traces: Vec::new(),
            manner: Manner::Answers,
        };
        Self {
            now: Timestamp::from_millis(1_700_000_000_000),
            nodes: configs.into_iter().map(node).collect(),
            loss: 0,
            doubled: 0,
            spread: 1,
            names: HashMap::new(),
            filter: Box::new(|_| true),
            log: Vec::new(),
            rng: Rng::new(seed),
            serial: 0,
            flying: BTreeMap::new(),
            pairs: HashMap::new(),
        }
    }

    pub(super) fn input(&mut self, who: Who, input: Input<'_>) {
        let mut out = Vec::new();
        self.nodes[who].stack.handle(self.now, input, &mut out);
        out.into_iter().for_each(|output| self.output(who, output));
    }

    pub(super) fn command(&mut self, who: Who, command: Command) {
        self.input(who, Input::Command(command));
    }

    /// Places a call to another node and gives back its dialog.
    pub(super) fn call(&mut self, from: Who, to: Who) -> DialogId {
        let target = target(&format!("sip:+15550100@{}", self.nodes[to].at));
        self.call_targets(from, vec![target])
    }

    pub(super) fn call_targets(&mut self, from: Who, targets: Vec<Target>) -> DialogId {
        let dialog = self.nodes[from].stack.next_dialog();
        let invite = Outbound {
            targets,
            from_user: "+15550199".to_owned(),
            headers: vec![("X-Test".to_owned(), "yes".to_owned())],
            media: media(from),
            timeout: Duration::from_secs(60),
        };
        self.command(from, Command::Invite { dialog, invite: Box::new(invite) });
        dialog
    }

    /// Runs until `done` holds; panics when nothing is left to happen or 10 minutes have passed.
    pub(super) fn until(&mut self, mut done: impl FnMut(&Network) -> bool) {
        let limit = self.now + Duration::from_secs(600);
        while !done(self) {
            assert!(self.step(limit), "nothing is left to happen: {:?}", self.titles());
        }
    }

    /// Lets time pass.
    pub(super) fn pass(&mut self, time: Duration) {
        let limit = self.now + time;
        while self.step(limit) {}
        self.now = limit;
    }

    /// The next thing that happens before `limit`.
    fn step(&mut self, limit: Timestamp) -> bool {
        let wake = self
            .nodes
            .iter()
            .enumerate()
            .filter_map(|(who, node)| Some((node.stack.deadline()?.0, who)))
            .min();
        let arrival = self.flying.first_key_value().map(|((at, _), _)| *at);
        let next = [wake.map(|(at, _)| at), arrival].into_iter().flatten().min();
        let Some(next) = next.filter(|next| *next <= limit) else { return false };
        self.now = self.now.max(next);
        if arrival == Some(next) {
            let Some((_, (who, flying))) = self.flying.pop_first() else { return false };
            match flying {
                Flying::Bytes(flow, bytes) => self.input(who, Input::Received { flow, bytes: &bytes }),
                Flying::Opened(flow) => self.input(who, Input::Opened { flow }),
                Flying::Closed(connection) => {
                    self.pairs.remove(&(who, connection));
                    self.input(who, Input::Closed { connection });
                }
                Flying::Resolved(query, candidates) => self.input(who, Input::Resolved { query, candidates }),
            }
        } else if let Some((_, who)) = wake {
            self.input(who, Input::Woken);
        }
        true
    }

    fn fly(&mut self, millis: u64, who: Who, flying: Flying) {
        self.serial += 1;
        self.flying.insert((self.now + Duration::from_millis(millis), self.serial), (who, flying));
    }

    fn output(&mut self, who: Who, output: Output) {
        match output {
            Output::Send { flow, bytes } => self.send(who, flow, bytes),
            Output::Open { connection, transport, remote, .. } => {
                self.open(who, connection, transport, remote)
            }
            Output::Close { connection } => self.close(who, connection),
            Output::Resolve { query, host, .. } => {
                let candidates = self.names.get(&host).cloned().unwrap_or_default();
                self.fly(5, who, Flying::Resolved(query, candidates));
            }
            Output::Event(event) => self.event(who, event),
            Output::Traced { sent, message, .. } => {
                self.nodes[who].traces.push(format!("{} {message}", if sent { ">" } else { "<" }));
            }
        }
    }

    fn send(&mut self, who: Who, flow: Flow, bytes: Vec<u8>) {
        if flow.transport == Transport::Internal {
            self.log.push(Parcel { from: flow.local, to: flow.remote, bytes: bytes.clone() });
            let flow = Flow { local: flow.remote, remote: flow.local, ..flow };
            return self.fly(0, who, Flying::Bytes(flow, bytes));
        }
        let parcel = Parcel { from: self.nodes[who].at, to: flow.remote, bytes };
        if parcel.bytes.iter().any(|b| !matches!(b, b'\r' | b'\n')) {
            self.log.push(parcel.clone());
        }
        if let Some(connection) = flow.connection {
            let Some(&(peer, theirs)) = self.pairs.get(&(who, connection)) else { return };
            let flow = Flow { local: flow.remote, remote: flow.local, connection: Some(theirs), ..flow };
            return self.fly(1, peer, Flying::Bytes(flow, parcel.bytes));
        }
        if !(self.filter)(&parcel) {
            return;
        }
        let Some(peer) = self.nodes.iter().position(|node| node.at == flow.remote) else { return };
        let copies =
            u64::from(self.rng.below(100) >= self.loss) + u64::from(self.rng.below(100) < self.doubled);
        for _ in 0..copies {
            let delay = 1 + self.rng.below(self.spread);
            let flow = Flow { local: flow.remote, remote: parcel.from, ..flow };
            self.fly(delay, peer, Flying::Bytes(flow, parcel.bytes.clone()));
        }
    }

    fn open(&mut self, who: Who, connection: ConnectionId, transport: Transport, remote: SocketAddr) {
        let Some(peer) = self.nodes.iter().position(|node| node.at == remote) else {
            return self.fly(1, who, Flying::Closed(connection));
        };
        self.serial += 1;
        let theirs = ConnectionId(self.serial);
        self.pairs.insert((who, connection), (peer, theirs));
        self.pairs.insert((peer, theirs), (who, connection));
        let at = self.nodes[who].at;
        let accepted = Flow { transport, local: remote, remote: at, connection: Some(theirs) };
        let opened = Flow { transport, local: at, remote, connection: Some(connection) };
        self.fly(1, peer, Flying::Opened(accepted));
        self.fly(1, who, Flying::Opened(opened));
    }

    pub(super) fn close(&mut self, who: Who, connection: ConnectionId) {
        if let Some((peer, theirs)) = self.pairs.remove(&(who, connection)) {
            self.fly(1, peer, Flying::Closed(theirs));
        }
    }

    /// Breaks every connection.
    pub(super) fn cut(&mut self) {
        let mut ends: Vec<_> = self.pairs.drain().map(|(end, _)| end).collect();
        ends.sort();
        ends.into_iter().for_each(|(who, connection)| self.fly(1, who, Flying::Closed(connection)));
    }

    fn event(&mut self, who: Who, event: Event) {
        let offered = match &event {
            Event::Offered { dialog, .. } => Some(*dialog),
            _ => None,
        };
        self.nodes[who].events.push(event);
        let Some(dialog) = offered else { return };
        match self.nodes[who].manner {
            Manner::Waits => {}
            Manner::Rings => self.command(who, Command::Ring { dialog }),
            Manner::Answers => {
                self.command(who, Command::Ring { dialog });
                self.command(who, Command::Answer { dialog, media: media(who) });
            }
            Manner::Refuses(status) => {
                self.command(who, Command::Refuse { dialog, status, headers: Vec::new() })
            }
        }
    }

    /// What went over the network: `0>1 INVITE`.
    pub(super) fn titles(&self) -> Vec<String> {
        self.log
            .iter()
            .map(|parcel| format!("{}>{} {}", self.who(parcel.from), self.who(parcel.to), parcel.title()))
            .collect()
    }

    fn who(&self, address: SocketAddr) -> String {
        let who = self.nodes.iter().position(|node| node.at == address);
        who.map_or_else(|| "?".to_owned(), |who| who.to_string())
    }

    pub(super) fn count(&self, title: &str) -> usize {
        self.titles().iter().filter(|known| *known == title).count()
    }

    /// The dialog of the last offer a node got.
    pub(super) fn offered(&self, who: Who) -> DialogId {
        self.nodes[who]
            .events
            .iter()
            .rev()
            .find_map(|event| match event {
                Event::Offered { dialog, .. } => Some(*dialog),
                _ => None,
            })
            .expect("an offer")
    }

    pub(super) fn answered(&self, who: Who) -> bool {
        self.nodes[who].events.iter().any(|event| matches!(event, Event::Answered { .. }))
    }

    /// Status and reason of the end a node was told of.
    pub(super) fn ended(&self, who: Who) -> Option<(u16, &str)> {
        self.nodes[who].events.iter().find_map(|event| match event {
            Event::Ended { status, reason, .. } => Some((*status, reason.as_str())),
            _ => None,
        })
    }

    /// Waits for the longest timers and checks that nothing is left.
    pub(super) fn assert_quiet(&mut self) {
        self.pass(Duration::from_secs(100));
        for (who, node) in self.nodes.iter().enumerate() {
            let counts = Counts { connections: 0, ..node.stack.counts() };
            let timers = node.stack.counts().connections;
            assert_eq!(counts, Counts { timers, ..Counts::default() }, "node {who} keeps something");
        }
    }
}

/// A target by UDP.
pub(super) fn target(uri: &str) -> Target {
    Target {
        uri: uri.to_owned(),
        host: None,
        transport: None,
        from_host: None,
        asserted_identity: true,
        credentials: None,
        headers: Vec::new(),
        trunk: TrunkName("telco".to_owned()),
    }
}
