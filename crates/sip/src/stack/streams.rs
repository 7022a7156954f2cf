//! Stream connections: framing, reuse, queues while one opens, keep-alive (RFC 3261 §18, RFC 5626 §4.4.1).

use std::collections::{BTreeSet, HashMap};
use std::net::SocketAddr;
use std::time::Duration;

use base::Timestamp;

use super::client::ClientKey;
use super::core::Core;
use super::timers::{Timer, TimerId};
use super::{ConnectionId, Flow, Output, Transport};
use crate::message::{Frame, Framer};

/// A message cannot be sent: no such transport, or over a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unreachable {
    #[error("no such transport")]
    NoTransport,
    #[error("too much waits for the connection")]
    QueueFull,
    #[error("too many connections")]
    TooManyConnections,
    #[error("too many transactions")]
    TooManyTransactions,
}

/// How often a connection we opened is pinged (RFC 5626 §4.4.1: 95 to 120 s).
const PING: Duration = Duration::from_secs(100);
/// How long a connection we opened is kept without a message; the next request opens another.
const IDLE: Duration = Duration::from_secs(3_600);
/// Ids that the stack mints have this bit, those of the shell do not.
const OURS: u64 = 1 << 63;

#[derive(Debug, Default)]
pub(super) struct Streams {
    by_id: HashMap<ConnectionId, Stream>,
    by_remote: HashMap<(Transport, SocketAddr), ConnectionId>,
    minted: u64,
}

#[derive(Debug)]
struct Stream {
    flow: Flow,
    state: State,
    framer: Framer,
    /// When a message last went in or out.
    used: Timestamp,
    /// Requests of ours that nobody answered yet.
    waiting: BTreeSet<ClientKey>,
    timer: TimerId,
}

#[derive(Debug)]
enum State {
    /// Asked for; messages wait.
    Opening { queue: Vec<Vec<u8>>, bytes: usize },
    /// Accepted, and nothing but noise heard so far.
    Untried,
    /// In use.
    Open,
}

impl Streams {
    pub(super) fn has(&self, connection: ConnectionId) -> bool {
        self.by_id.contains_key(&connection)
    }

    pub(super) fn len(&self) -> usize {
        self.by_id.len()
    }

    pub(super) fn wait(&mut self, flow: Flow, key: ClientKey) {
        if let Some(stream) = flow.connection.and_then(|connection| self.by_id.get_mut(&connection)) {
            stream.waiting.insert(key);
        }
    }

    pub(super) fn stop_waiting(&mut self, flow: Flow, key: ClientKey) {
        if let Some(stream) = flow.connection.and_then(|connection| self.by_id.get_mut(&connection)) {
            stream.waiting.remove(&key);
        }
    }
}

impl Core {
    /// Sends bytes; for streams over the flow's connection, else another to the same address, else a new one.
    ///
    /// Gives back the flow taken.
    pub(super) fn transmit(
        &mut self,
        now: Timestamp,
        flow: Flow,
        bytes: Vec<u8>,
        out: &mut Vec<Output>,
    ) -> Result<Flow, Unreachable> {
        if matches!(flow.transport, Transport::Udp | Transport::Internal) {
            out.push(Output::Send { flow, bytes });
            return Ok(flow);
        }
        let known = flow
            .connection
            .filter(|connection| self.streams.by_id.contains_key(connection))
            .or_else(|| self.streams.by_remote.get(&(flow.transport, flow.remote)).copied());
        let connection = match known {
            Some(connection) => connection,
            None => self.open(now, flow, out)?,
        };
        let Some(stream) = self.streams.by_id.get_mut(&connection) else {
            return Err(Unreachable::NoTransport);
        };
        stream.used = now;
        match &mut stream.state {
            State::Opening { queue, bytes: queued } => {
                if *queued + bytes.len() > self.config.limits.queued_bytes {
                    return Err(Unreachable::QueueFull);
                }
                *queued += bytes.len();
                queue.push(bytes);
            }
            State::Untried | State::Open => out.push(Output::Send { flow: stream.flow, bytes }),
        }
        Ok(stream.flow)
    }

    fn open(
        &mut self,
        now: Timestamp,
        flow: Flow,
        out: &mut Vec<Output>,
    ) -> Result<ConnectionId, Unreachable> {
        let endpoint = self.config.endpoint(flow.transport).ok_or(Unreachable::NoTransport)?;
        if self.streams.len() >= self.config.limits.connections {
            return Err(Unreachable::TooManyConnections);
        }
        self.streams.minted += 1;
        let connection = ConnectionId(OURS | self.streams.minted);
        let flow = Flow { local: endpoint.local, connection: Some(connection), ..flow };
        let server_name = self.server_names.get(&flow.remote).cloned();
        out.push(Output::Open {
            connection,
            transport: flow.transport,
            remote: flow.remote,
            server_name: server_name.unwrap_or_else(|| flow.remote.ip().to_string()),
        });
        let state = State::Opening { queue: Vec::new(), bytes: 0 };
        self.adopt(now, connection, flow, state, PING);
        Ok(connection)
    }

    fn adopt(&mut self, now: Timestamp, connection: ConnectionId, flow: Flow, state: State, check: Duration) {
        let timer = self.timers.arm(now + check, Timer::Stream(connection), "sip: look after a connection");
        let framer = Framer::new(self.config.limits.message);
        let stream = Stream { flow, state, framer, used: now, waiting: BTreeSet::new(), timer };
        self.streams.by_id.insert(connection, stream);
        self.streams.by_remote.insert((flow.transport, flow.remote), connection);
    }

    /// A connection of ours is up, or a peer's was accepted.
    pub(super) fn stream_opened(&mut self, now: Timestamp, flow: Flow, out: &mut Vec<Output>) {
        let Some(connection) = flow.connection else { return };
        let full = self.streams.len() >= self.config.limits.connections;
        match self.streams.by_id.get_mut(&connection) {
            Some(stream) => {
                if let State::Opening { queue, .. } = std::mem::replace(&mut stream.state, State::Open) {
                    let flow = stream.flow;
                    out.extend(queue.into_iter().map(|bytes| Output::Send { flow, bytes }));
                }
            }
            None if full => out.push(Output::Close { connection }),
            None => self.adopt(now, connection, flow, State::Untried, 64 * self.config.t1),
        }
    }

    /// A connection is gone. Gives back the requests that wait on it.
    pub(super) fn stream_closed(&mut self, connection: ConnectionId) -> Vec<ClientKey> {
        let Some(stream) = self.streams.by_id.remove(&connection) else { return Vec::new() };
        self.timers.disarm(stream.timer);
        let remote = (stream.flow.transport, stream.flow.remote);
        if self.streams.by_remote.get(&remote) == Some(&connection) {
            self.streams.by_remote.remove(&remote);
        }
        stream.waiting.into_iter().collect()
    }

    /// Takes bytes of a stream; frames come out of [`Core::frame`].
    pub(super) fn stream_received(
        &mut self,
        now: Timestamp,
        flow: Flow,
        bytes: &[u8],
        out: &mut Vec<Output>,
    ) {
        let Some(connection) = flow.connection else { return };
        if !self.streams.has(connection) {
            self.stream_opened(now, flow, out);
        }
        if let Some(stream) = self.streams.by_id.get_mut(&connection) {
            stream.framer.push(bytes);
        }
    }

    /// The next frame of a stream.
    pub(super) fn frame(&mut self, now: Timestamp, connection: ConnectionId) -> Option<Frame> {
        let stream = self.streams.by_id.get_mut(&connection)?;
        let frame = stream.framer.frame()?;
        if matches!(frame, Frame::Message(_)) {
            stream.used = now;
            if matches!(stream.state, State::Untried) {
                stream.state = State::Open;
            }
        }
        Some(frame)
    }

    /// Pings or closes a connection whose timer fired; gives back the requests that waited on one given up.
    pub(super) fn stream_due(
        &mut self,
        now: Timestamp,
        connection: ConnectionId,
        out: &mut Vec<Output>,
    ) -> Vec<ClientKey> {
        let Some(stream) = self.streams.by_id.get_mut(&connection) else { return Vec::new() };
        let ours = connection.0 & OURS != 0;
        let keep = match &stream.state {
            // A shell that neither opens nor refuses within this time never will.
            State::Opening { .. } | State::Untried => false,
            State::Open => !ours || (now.since(stream.used) < IDLE),
        };
        if !keep {
            out.push(Output::Close { connection });
            return self.stream_closed(connection);
        }
        if ours {
            out.push(Output::Send { flow: stream.flow, bytes: b"\r\n\r\n".to_vec() });
        }
        stream.timer = self.timers.arm(now + PING, Timer::Stream(connection), "sip: look after a connection");
        Vec::new()
    }
}
