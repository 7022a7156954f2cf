//! Where a SIP peer is: NAPTR, SRV and addresses by RFC 3263.

use std::net::{IpAddr, SocketAddr};

use base::Rng;
use hickory_resolver::TokioResolver;
use hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolverConfig};
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::proto::rr::rdata::{NAPTR, SRV};
use hickory_resolver::proto::rr::{RData, RecordType};
use sip::stack::Transport;

/// Candidates tried for one name at most.
const CANDIDATES: usize = 16;

/// Looks names up.
pub struct Resolver {
    dns: TokioResolver,
}

impl Resolver {
    /// With the system's configuration, or with one name server only.
    pub fn new(nameserver: Option<SocketAddr>) -> anyhow::Result<Self> {
        let builder = match nameserver {
            None => TokioResolver::builder_tokio()?,
            Some(address) => {
                let mut connection = ConnectionConfig::udp();
                connection.port = address.port();
                let server = NameServerConfig::new(address.ip(), true, vec![connection]);
                let config = ResolverConfig::from_parts(None, Vec::new(), vec![server]);
                TokioResolver::builder_with_config(config, TokioRuntimeProvider::default())
            }
        };
        Ok(Self { dns: builder.build()? })
    }

    /// The candidates for a host in the order to try them; empty when there is none.
    pub async fn resolve(
        &self,
        host: &str,
        port: Option<u16>,
        transport: Option<Transport>,
    ) -> Vec<(Transport, SocketAddr)> {
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let default_port = if transport == Some(Transport::Tls) { 5061 } else { 5060 };
        if let Ok(ip) = bare.parse::<IpAddr>() {
            let transport = transport.unwrap_or(Transport::Udp);
            return vec![(transport, SocketAddr::new(ip, port.unwrap_or(default_port)))];
        }
        let mut found = Vec::new();
        if port.is_none() {
            for (transport, name) in self.services(bare, transport).await {
                for (target, port) in self.srv(&name).await {
                    for ip in self.addresses(&target).await {
                        found.push((transport, SocketAddr::new(ip, port)));
                    }
                }
            }
        }
        if found.is_empty() {
            let (transport, port) = (transport.unwrap_or(Transport::Udp), port.unwrap_or(default_port));
            found.extend(
                self.addresses(bare).await.into_iter().map(|ip| (transport, SocketAddr::new(ip, port))),
            );
        }
        found.truncate(CANDIDATES);
        found
    }

    /// Transport and SRV name of each service, by NAPTR where the transport is open (RFC 3263 §4.1).
    async fn services(&self, host: &str, transport: Option<Transport>) -> Vec<(Transport, String)> {
        let srv = |transport| match transport {
            Transport::Tcp => (transport, format!("_sip._tcp.{host}.")),
            Transport::Tls => (transport, format!("_sips._tcp.{host}.")),
            Transport::Udp | Transport::Internal => (transport, format!("_sip._udp.{host}.")),
        };
        if let Some(transport) = transport {
            return vec![srv(transport)];
        }
        let mut naptr: Vec<NAPTR> = self
            .records(&format!("{host}."), RecordType::NAPTR)
            .await
            .into_iter()
            .filter_map(|data| if let RData::NAPTR(naptr) = data { Some(naptr) } else { None })
            .collect();
        naptr.sort_by_key(|record| (record.order, record.preference));
        let named: Vec<_> = naptr
            .into_iter()
            .filter_map(|record| {
                let transport = match record.services.to_ascii_uppercase().as_slice() {
                    b"SIP+D2U" => Transport::Udp,
                    b"SIP+D2T" => Transport::Tcp,
                    _ => return None,
                };
                Some((transport, record.replacement.to_string()))
            })
            .collect();
        if named.is_empty() { vec![srv(Transport::Udp), srv(Transport::Tcp)] } else { named }
    }

    async fn srv(&self, name: &str) -> Vec<(String, u16)> {
        let records: Vec<SRV> = self
            .records(name, RecordType::SRV)
            .await
            .into_iter()
            .filter_map(|data| if let RData::SRV(srv) = data { Some(srv) } else { None })
            .collect();
        let weights = records.iter().map(|r| (r.priority, r.weight)).collect::<Vec<_>>();
        // Harmless randomness: which of several equal servers is asked first.
        let mut rng = Rng::new(crate::random::u64());
        order(&weights, &mut rng)
            .into_iter()
            .map(|i| (records[i].target.to_string(), records[i].port))
            .collect()
    }

    async fn addresses(&self, host: &str) -> Vec<IpAddr> {
        match self.dns.lookup_ip(host).await {
            Ok(found) => found.iter().collect(),
            Err(error) => {
                tracing::debug!(host, %error, "no address");
                Vec::new()
            }
        }
    }

    async fn records(&self, name: &str, kind: RecordType) -> Vec<RData> {
        match self.dns.lookup(name, kind).await {
            Ok(found) => found.answers().iter().map(|record| record.data.clone()).collect(),
            Err(error) => {
                tracing::trace!(name, %error, "no {kind} records");
                Vec::new()
            }
        }
    }
}

/// Indices of (priority, weight) in the order to try them: priorities ascending, weighted chance among equals
/// (RFC 2782).
fn order(records: &[(u16, u16)], rng: &mut Rng) -> Vec<usize> {
    let mut left: Vec<usize> = (0..records.len()).collect();
    left.sort_by_key(|i| records[*i]);
    let mut ordered = Vec::with_capacity(left.len());
    while let Some(first) = left.first() {
        let priority = records[*first].0;
        let equals = left.iter().take_while(|i| records[**i].0 == priority).count();
        let total: u64 = left[..equals].iter().map(|i| u64::from(records[*i].1)).sum();
        let mut draw = rng.below(total + 1);
        let chosen = left[..equals]
            .iter()
            .position(|i| {
                let weight = u64::from(records[*i].1);
                let hit = draw <= weight;
                draw = draw.saturating_sub(weight);
                hit
            })
            .unwrap_or(0);
        ordered.push(left.remove(chosen));
    }
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn priorities_come_first_and_weights_share() {
        let records = [(20, 0), (10, 90), (10, 10), (5, 0)];
        let mut rng = Rng::new(3);
        let mut heavy_first = 0;
        for _ in 0..1_000 {
            let order = order(&records, &mut rng);
            assert_eq!((order[0], order[3]), (3, 0));
            heavy_first += usize::from(order[1] == 1);
        }
        assert!((850..950).contains(&heavy_first), "{heavy_first}");
    }
}
