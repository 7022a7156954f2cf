//! The node's thread: owns the [`Node`], its UDP sockets and nothing that waits.
//!
//! The loop: sleep until a socket, the inbox or the deadline; read what there is; after each input carry out all
//! outputs before the next one.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::time::Duration;

use base::Timestamp;
use mio::net::UdpSocket;
use mio::{Events, Interest, Poll, Token};
use node::{BrowserInput, BrowserOutput, Entropy, Input, Node, Output, Ticket};
use sip::stack::{ConnectionId, Flow, Transport};
use tokio::sync::oneshot;

use crate::batch::Batch;
use crate::browsers::{BrowserEvent, Browsers};
use crate::clock::Clock;
use crate::executors::Executors;
use crate::inbox::{Inbox, Message, Outlet, WAKES, inbox};
use crate::queue::Sender;
use crate::{journal, random, store};

const WAKER: Token = Token(usize::MAX);
/// Datagrams read from one socket before the inbox gets its turn.
const BATCH: usize = 64;
/// How long lines of a journal gather when no invocation waits for them.
const LINES_WAIT: Duration = Duration::from_millis(200);
/// How long call records gather; until then their calls' journals hold them.
const RECORDS_WAIT: Duration = Duration::from_secs(1);
/// Jobs that wait for a disk, beyond which new calls are refused: seconds' worth of a busy node.
const JOBS: usize = 20_000;

/// Where the thread sends what the node wants of others.
pub struct World {
    /// Orders for the media shards.
    pub shards: Vec<crate::shard::Handle>,
    /// The journals' task.
    pub journals: journal::Jobs,
    /// The store's thread.
    pub store: Sender<store::Job>,
    /// What runs on the executors.
    pub executors: Executors,
    /// The way out for events of meetings.
    pub events: crate::events::Events,
    /// Whether new calls are refused, until those who have enough to do have caught up.
    pub held_back: bool,
}

impl World {
    /// Whether new calls are refused from now on, and who has enough to do; `None` where nothing changes.
    fn hold_back(&mut self) -> Option<Result<(), &'static str>> {
        let loads = [
            (self.executors.under_way(), self.executors.invocations, "the functions have enough to do"),
            (self.journals.waiting(), JOBS, "the journals' disk is slow"),
            (self.store.waiting(), JOBS, "the store's disk is slow"),
        ];
        let overload = overload(self.held_back, &loads);
        let changed = std::mem::replace(&mut self.held_back, overload.is_some()) != self.held_back;
        changed.then(|| overload.map_or(Ok(()), Err))
    }
}

/// Who has enough to do, of those with a load, how much of it is enough, and what is said then. Once somebody has, a
/// quarter has to be done before that is over.
fn overload(overloaded: bool, loads: &[(usize, usize, &'static str)]) -> Option<&'static str> {
    let enough = |enough: usize| if overloaded { enough - enough / 4 } else { enough };
    loads.iter().find(|(load, limit, _)| *load >= enough(*limit)).map(|(.., what)| *what)
}

/// A thread that is set up but does not run yet.
pub struct NodeThread {
    poll: Poll,
    outlet: Outlet,
    sockets: Vec<(UdpSocket, SocketAddr)>,
    clock: Clock,
}

impl NodeThread {
    /// Binds the UDP listeners and makes the inbox.
    pub fn bind(udp: &[SocketAddr], clock: Clock) -> anyhow::Result<(Self, Inbox)> {
        let poll = Poll::new()?;
        let (inbox, outlet) = inbox(mio::Waker::new(poll.registry(), WAKER)?);
        let mut sockets = Vec::new();
        for (index, address) in udp.iter().enumerate() {
            let socket = crate::net::bind_udp(*address, 4 << 20)
                .map_err(|e| anyhow::anyhow!("cannot listen on udp {address}: {e}"))?;
            let mut socket = UdpSocket::from_std(socket);
            let local = socket.local_addr()?;
            poll.registry().register(&mut socket, Token(index), Interest::READABLE)?;
            sockets.push((socket, local));
        }
        Ok((Self { poll, outlet, sockets, clock }, inbox))
    }

    /// Addresses of the UDP listeners, with the ports that were given for 0.
    pub fn udp(&self) -> Vec<SocketAddr> {
        self.sockets.iter().map(|(_, local)| *local).collect()
    }

    /// Runs until [`Message::Stop`] and the end of all calls.
    pub fn run(mut self, mut node: Node, first: Vec<Output>, world: World) {
        let mut events = Events::with_capacity(64);
        let mut buffer = vec![0; 65_536];
        let mut shell = Shell {
            sockets: &self.sockets,
            world,
            journals: Batch::new(),
            store: Batch::new(),
            outputs: first,
            now: self.clock.now(),
            connections: BTreeMap::new(),
            browsers: Browsers::default(),
            tickets: BTreeMap::new(),
            next_ticket: 0,
        };
        shell.carry_out();
        let mut readable: Vec<bool> = self.sockets.iter().map(|_| true).collect();
        let mut stopping: Option<Timestamp> = None;
        // Something was left for the next turn.
        let mut more = true;
        loop {
            let now = self.clock.now();
            if stopping.is_some_and(|until| now >= until || node.counts().calls == 0) {
                break;
            }
            let timeout = if more {
                Duration::ZERO
            } else {
                let deadline = node.deadline().map(|(at, _)| at);
                let all = [deadline, stopping, shell.journals.due(), shell.store.due()];
                let until = all.into_iter().flatten().min();
                until.map_or(WAKES, |at| at.since(now).min(WAKES))
            };
            if let Err(error) = self.poll.poll(&mut events, Some(timeout))
                && error.kind() != ErrorKind::Interrupted
            {
                tracing::error!(%error, "the node's thread cannot wait for its sockets");
                std::thread::sleep(Duration::from_millis(10));
            }
            for event in &events {
                if let Some(readable) = readable.get_mut(event.token().0) {
                    *readable = true;
                }
            }
            self.outlet.rearm();
            more = false;
            for ((socket, local), readable) in self.sockets.iter().zip(&mut readable) {
                // A socket is reported once: what was not read empty is read on.
                for _ in 0..BATCH {
                    if !*readable {
                        break;
                    }
                    match socket.recv_from(&mut buffer) {
                        Ok((length, remote)) => {
                            let flow =
                                Flow { transport: Transport::Udp, local: *local, remote, connection: None };
                            let input = sip::stack::Input::Received { flow, bytes: &buffer[..length] };
                            shell.feed(&mut node, self.clock.now(), Input::Sip(input));
                        }
                        Err(error) if error.kind() == ErrorKind::WouldBlock => *readable = false,
                        // An ICMP error of an earlier datagram; the transaction's timer deals with its peer.
                        Err(_) => {}
                    }
                }
                more |= *readable;
            }
            let mut room = 4 * BATCH;
            while room > 0 {
                let Some(message) = self.outlet.next() else { break };
                room -= 1;
                match message {
                    Message::Stop => {
                        let now = self.clock.now();
                        stopping.get_or_insert(now + Duration::from_secs(5));
                        shell.feed(&mut node, now, Input::Stop);
                    }
                    message => shell.message(&mut node, self.clock.now(), message),
                }
            }
            more |= room == 0;
            let now = self.clock.now();
            if let Some(held_back) = shell.world.hold_back() {
                match held_back {
                    Err(why) => tracing::warn!(why, "new calls are refused"),
                    Ok(()) => tracing::warn!("new calls are taken again"),
                }
                shell.feed(&mut node, now, Input::FunctionsFull(held_back.is_err()));
            }
            if node.deadline().is_some_and(|(at, _)| at <= now) {
                shell.feed(&mut node, now, Input::Woken);
            }
            shell.give(now);
        }
        shell.give_all();
    }
}

struct Shell<'a> {
    sockets: &'a [(UdpSocket, SocketAddr)],
    world: World,
    journals: Batch<journal::Job>,
    store: Batch<store::Job>,
    outputs: Vec<Output>,
    /// Of the input whose outputs are carried out.
    now: Timestamp,
    connections: BTreeMap<ConnectionId, tokio::sync::mpsc::Sender<Vec<u8>>>,
    browsers: Browsers,
    tickets: BTreeMap<Ticket, oneshot::Sender<Result<api::Response, api::Error>>>,
    next_ticket: u64,
}

impl Shell<'_> {
    fn message(&mut self, node: &mut Node, now: Timestamp, message: Message) {
        use sip::stack::Input as Sip;
        let input = match message {
            Message::Stream(flow, bytes) => {
                return self.feed(node, now, Input::Sip(Sip::Received { flow, bytes: &bytes }));
            }
            Message::Opened(flow, sender) => {
                if let Some(connection) = flow.connection {
                    self.connections.insert(connection, sender);
                }
                Input::Sip(Sip::Opened { flow })
            }
            Message::Closed(connection) => {
                self.connections.remove(&connection);
                Input::Sip(Sip::Closed { connection })
            }
            Message::Resolved(query, candidates) => Input::Sip(Sip::Resolved { query, candidates }),
            Message::Browser(connection, event) => return self.browser(node, now, connection, event),
            Message::Api(request, reply) => {
                let ticket = Ticket(self.next_ticket);
                self.next_ticket += 1;
                self.tickets.insert(ticket, reply);
                let mut entropy = [0; 32];
                random::fill(&mut entropy);
                Input::Api { ticket, request, entropy: Entropy(entropy) }
            }
            Message::FunctionReturned(transaction, invocation, outcome) => {
                Input::FunctionReturned { transaction, invocation, outcome }
            }
            Message::Media(shard, event) => Input::Media { shard, event },
            Message::ClipLoaded(playback, outcome) => Input::ClipLoaded { playback, outcome },
            Message::Spoken(playback, outcome, last) => Input::Spoken { playback, outcome, last },
            Message::RecordingStored(recording, outcome) => Input::RecordingStored { recording, outcome },
            Message::Stored(write, outcome) => Input::Stored { write, outcome },
            Message::Inspect(look) => return look(node),
            Message::Stop => return,
        };
        self.feed(node, now, input);
    }

    fn browser(&mut self, node: &mut Node, now: Timestamp, from: meet::ConnectionId, event: BrowserEvent) {
        let received;
        let event = match event {
            BrowserEvent::Connected { meeting, token, sender } => {
                self.browsers.insert(from, sender);
                BrowserInput::Connected { path_meeting: meeting, token }
            }
            BrowserEvent::Frame(frame) => {
                received = frame;
                BrowserInput::Frame(&received.bytes)
            }
            BrowserEvent::Disconnected => {
                self.browsers.remove(from);
                BrowserInput::Disconnected
            }
        };
        self.feed(node, now, Input::Browser { connection: from, event });
    }

    fn feed(&mut self, node: &mut Node, now: Timestamp, input: Input<'_>) {
        self.now = now;
        node.handle(now, input, &mut self.outputs);
        self.carry_out();
    }

    fn carry_out(&mut self) {
        let mut outputs = std::mem::take(&mut self.outputs);
        for output in outputs.drain(..) {
            self.carry_out_one(output);
        }
        self.outputs = outputs;
    }

    fn carry_out_one(&mut self, output: Output) {
        match output {
            Output::Sip(sip::stack::Output::Send { flow, bytes }) => self.send(flow, bytes),
            Output::Sip(sip::stack::Output::Close { connection }) => {
                // The writer's task ends with its sender.
                self.connections.remove(&connection);
            }
            Output::Sip(sip::stack::Output::Event(_) | sip::stack::Output::Traced { .. }) => {
                debug_assert!(false, "events and traces of the stack stay in the node");
            }
            Output::Media { shard, command } => self.media(shard, command),
            Output::Browser { connection, event: BrowserOutput::Frame(frame) } => {
                self.browsers.send(connection, frame);
            }
            Output::Browser { connection, event: BrowserOutput::Close(code) } => {
                self.browsers.close(connection, code);
            }
            Output::MeetingEvent { event, notifications } => {
                self.world.events.give(&event, notifications.as_deref());
            }
            Output::Reply { ticket, reply } => {
                if let Some(sender) = self.tickets.remove(&ticket) {
                    // An error means that the client has gone.
                    sender.send(*reply).ok();
                }
            }
            Output::Store { write, changes } => {
                self.store.push(store::Job::Write(write, changes), self.now);
            }
            Output::WriteRecord(record) => self.record(record.as_ref().into()),
            Output::WriteRelayRecord(record) => self.record(record.as_ref().into()),
            Output::Journal { transaction, entries, closed } => {
                self.journals.push(journal::Job::Append(transaction, entries), self.now + LINES_WAIT);
                if closed {
                    self.store.push(store::Job::Barrier(transaction), self.now + RECORDS_WAIT);
                }
            }
            invoke @ Output::Invoke { .. } => {
                let start = self.world.executors.invocation(invoke);
                self.journals.push(journal::Job::Invoke(start), self.now);
            }
            other => self.world.executors.start(other),
        }
    }

    fn send(&self, flow: Flow, bytes: Vec<u8>) {
        match (flow.transport, flow.connection) {
            (Transport::Udp, _) => {
                let socket =
                    self.sockets.iter().find(|(_, local)| *local == flow.local).or(self.sockets.first());
                if let Some((socket, _)) = socket
                    && let Err(error) = socket.send_to(&bytes, flow.remote)
                {
                    tracing::debug!(%error, remote = %flow.remote, "a datagram could not be sent");
                }
            }
            (_, Some(connection)) => {
                let Some(sender) = self.connections.get(&connection) else { return };
                if sender.try_send(bytes).is_err() {
                    tracing::warn!(remote = %flow.remote, "a connection does not take its messages");
                }
            }
            (transport, None) => tracing::error!(?transport, "a message without its connection"),
        }
    }

    fn media(&self, shard: usize, command: media::Command) {
        // A full inbox means that the shard has not run for seconds; its legs are deaf already.
        if self.world.shards[shard].send(command).is_err() {
            tracing::error!(shard, "a media thread takes no commands");
        }
    }

    fn record(&mut self, row: store::Row) {
        self.store.push(store::Job::Record(row), self.now + RECORDS_WAIT);
    }

    /// Gives the other threads what is due by now.
    fn give(&mut self, now: Timestamp) {
        let is_due = |at: Option<Timestamp>| at.is_some_and(|at| at <= now);
        if is_due(self.store.due()) {
            self.give_all();
        } else if is_due(self.journals.due()) {
            self.give_journals();
        }
    }

    /// Gives the other threads all there is. A journal is complete before the store can have it put away.
    fn give_all(&mut self) {
        self.give_journals();
        for job in self.store.take() {
            if self.world.store.send(job).is_err() {
                tracing::error!("the store's thread is gone");
            }
        }
    }

    fn give_journals(&mut self) {
        let jobs = self.journals.take();
        if !jobs.is_empty() && !self.world.journals.send(jobs) {
            tracing::error!("the journals' task is gone");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_calls_are_held_back_until_whoever_has_enough_to_do_has_caught_up() {
        let at = |overloaded, functions, journals| {
            overload(overloaded, &[(functions, 100, "functions"), (journals, 1_000, "journals")])
        };
        assert_eq!(at(false, 99, 999), None);
        assert_eq!(at(false, 99, 1_000), Some("journals"));
        assert_eq!(at(true, 0, 750), Some("journals"));
        assert_eq!(at(true, 75, 0), Some("functions"));
        assert_eq!(at(true, 74, 749), None);
    }
}
