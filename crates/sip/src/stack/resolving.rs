//! Names on their way to addresses (RFC 3263); the questions are asked by the shell.

use std::net::SocketAddr;
use std::time::Duration;

use base::Timestamp;

use super::core::Core;
use super::hop::Name;
use super::monitor::Duty;
use super::timers::{Timer, TimerId};
use super::{DialogId, Output, QueryId, Transport};

/// A question that waits for its answer.
#[derive(Debug)]
pub(super) struct Query {
    pub(super) asker: Asker,
    host: String,
    timer: TimerId,
}

/// Who asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asker {
    Dialog(DialogId),
    Trunk(Duty),
}

/// A resolver that does not answer by then knows nothing.
const PATIENCE: Duration = Duration::from_secs(10);

impl Core {
    pub(super) fn resolve(
        &mut self,
        now: Timestamp,
        asker: Asker,
        name: Name,
        out: &mut Vec<Output>,
    ) -> QueryId {
        let query = QueryId(self.mint());
        let timer = self.timers.arm(now + PATIENCE, Timer::Query(query), "sip: give up a DNS query");
        self.queries.insert(query, Query { asker, host: name.host.clone(), timer });
        out.push(Output::Resolve { query, host: name.host, port: name.port, transport: name.transport });
        query
    }

    /// The asker of an answered query; candidates of transports we do not have are dropped.
    pub(super) fn resolved(
        &mut self,
        query: QueryId,
        candidates: &mut Vec<(Transport, SocketAddr)>,
    ) -> Option<Asker> {
        let Query { asker, host, timer } = self.queries.remove(&query)?;
        self.timers.disarm(timer);
        candidates.retain(|(transport, _)| self.config.endpoint(*transport).is_some());
        for (_, address) in candidates.iter().filter(|(transport, _)| *transport == Transport::Tls) {
            self.name_server(*address, &host);
        }
        Some(asker)
    }

    /// Remembers the name a TLS peer has to prove.
    pub(super) fn name_server(&mut self, address: SocketAddr, host: &str) {
        // Bounded: a forgotten name fails a handshake loudly, and the next call asks again.
        if self.server_names.len() >= self.config.limits.connections {
            self.server_names.clear();
        }
        self.server_names.insert(address, host.to_owned());
    }

    /// Drops a question whose answer is of no use any more.
    pub(super) fn forget_query(&mut self, query: QueryId) {
        if let Some(Query { timer, .. }) = self.queries.remove(&query) {
            self.timers.disarm(timer);
        }
    }
}
