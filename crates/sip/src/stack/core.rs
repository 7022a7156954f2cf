use std::collections::HashMap;
use std::net::SocketAddr;

use base::Timestamp;

use super::client::{Client, ClientKey};
use super::ids::{Ids, Token};
use super::resolving::Query;
use super::server::{Server, ServerKey};
use super::strangers::Strangers;
use super::streams::{Streams, Unreachable};
use super::timers::Timers;
use super::{Config, DialogId, Flow, Output, QueryId, Transport};
use crate::header::Header;
use crate::message::{Headers, Response};

/// What dialogs and trunks stand on: transactions, connections, timers, names.
#[derive(Debug)]
pub(super) struct Core {
    pub(super) config: Config,
    pub(super) ids: Ids,
    pub(super) timers: Timers,
    pub(super) streams: Streams,
    pub(super) strangers: Strangers,
    pub(super) clients: HashMap<ClientKey, Client>,
    pub(super) servers: HashMap<ServerKey, Server>,
    /// Ongoing INVITEs without To tag by what a fork of the same request shares (RFC 3261 §8.2.2.2).
    pub(super) merges: HashMap<u128, ServerKey>,
    /// Our tag of every dialog.
    pub(super) tags: HashMap<Token, DialogId>,
    pub(super) queries: HashMap<QueryId, Query>,
    /// Names that addresses were resolved from, for TLS; as long as a query's candidates are in use.
    pub(super) server_names: HashMap<SocketAddr, String>,
    minted: u64,
}

/// Methods we take; for Allow.
pub(super) const ALLOW: &str = "INVITE, ACK, CANCEL, BYE, OPTIONS, PRACK, UPDATE, INFO";
/// Extensions we know; for Supported.
pub(super) const SUPPORTED: &str = "100rel, timer";
/// Extensions that a request may require.
pub(super) const EXTENSIONS: [&str; 3] = ["100rel", "timer", "siprec"];

impl Core {
    pub(super) fn new(config: Config) -> Self {
        Self {
            ids: Ids::new(&config.secret, config.seed),
            strangers: Strangers::new(config.limits.strangers),
            config,
            timers: Timers::default(),
            streams: Streams::default(),
            clients: HashMap::new(),
            servers: HashMap::new(),
            merges: HashMap::new(),
            tags: HashMap::new(),
            queries: HashMap::new(),
            server_names: HashMap::new(),
            minted: 0,
        }
    }

    /// The next number for an id of ours.
    pub(super) fn mint(&mut self) -> u64 {
        self.minted += 1;
        self.minted
    }

    /// Sends a message of a dialog (or of none) and traces it.
    pub(super) fn send(
        &mut self,
        now: Timestamp,
        dialog: Option<DialogId>,
        flow: Flow,
        bytes: Vec<u8>,
        out: &mut Vec<Output>,
    ) -> Result<Flow, Unreachable> {
        let Some(dialog) = dialog.filter(|_| self.config.trace) else {
            return self.transmit(now, flow, bytes, out);
        };
        let message = crate::redact::message(&bytes);
        let flow = self.transmit(now, flow, bytes, out)?;
        out.push(Output::Traced { dialog, sent: true, remote: flow.remote, message });
        Ok(flow)
    }

    /// Whether another transaction may begin.
    pub(super) fn has_room(&self) -> bool {
        self.clients.len() + self.servers.len() < self.config.limits.transactions
    }

    /// What Contact says on a flow.
    pub(super) fn contact(&self, transport: Transport, user: Option<&str>) -> String {
        let at = self.advertised(transport);
        let user = user.map(crate::uri::encode_user);
        let (user, separator) = user.as_deref().map_or(("", ""), |user| (user, "@"));
        let suffix = match transport {
            Transport::Udp | Transport::Internal => "",
            Transport::Tcp => ";transport=tcp",
            Transport::Tls => ";transport=tls",
        };
        format!("<sip:{user}{separator}{at}{suffix}>")
    }

    /// Our address as peers are told.
    pub(super) fn advertised(&self, transport: Transport) -> SocketAddr {
        let endpoint = self.config.endpoint(transport).or_else(|| self.config.endpoint(Transport::Internal));
        endpoint.map_or_else(|| SocketAddr::from(([127, 0, 0, 1], 5060)), |endpoint| endpoint.advertised)
    }

    /// A flow to an address by a transport.
    pub(super) fn flow_to(&self, transport: Transport, remote: SocketAddr) -> Option<Flow> {
        let endpoint = self.config.endpoint(transport)?;
        Some(Flow { transport, local: endpoint.local, remote, connection: None })
    }

    /// A response to the request with these header fields, our tag added.
    pub(super) fn response(&self, request: &Headers, status: u16, tag: Token) -> Response {
        let mut response = Response::to_headers(request, status);
        if status != 100 {
            response.headers.set_to_tag(&tag.to_string());
            response.headers.push(Header::Server, &self.config.user_agent);
        }
        response
    }
}

/// Whether messages get lost on the way and are therefore sent again.
pub(super) fn is_reliable(transport: Transport) -> bool {
    transport != Transport::Udp
}

/// The transport's name in Via.
pub(super) fn via_name(transport: Transport) -> &'static str {
    match transport {
        Transport::Udp | Transport::Internal => "UDP",
        Transport::Tcp => "TCP",
        Transport::Tls => "TLS",
    }
}
