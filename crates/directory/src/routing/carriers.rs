//! The operator's carriers: whose address it is, and who takes a number.

use std::collections::BTreeMap;
use std::net::IpAddr;

use base::E164;

use super::inbound::Protocol;
use super::{Hop, Trunk};
use crate::cidr::CidrMap;
use crate::config::Carrier;

/// Carriers by source address and by prefix.
#[derive(Clone, Debug)]
pub(crate) struct Carriers {
    carriers: Vec<Carrier>,
    by_source: CidrMap<usize>,
    /// Digits → carriers in the order of the configuration.
    by_prefix: BTreeMap<String, Vec<usize>>,
}

impl Carriers {
    pub(crate) fn new(carriers: &[Carrier]) -> Self {
        let mut by_source = CidrMap::new();
        let mut by_prefix: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, carrier) in carriers.iter().enumerate() {
            for source in &carrier.sources {
                by_source.insert(*source, at);
            }
            for prefix in &carrier.prefixes {
                let takers = by_prefix.entry(prefix.trim_start_matches('+').to_owned()).or_default();
                if !takers.contains(&at) {
                    takers.push(at);
                }
            }
        }
        Self { carriers: carriers.to_vec(), by_source, by_prefix }
    }

    pub(crate) fn of_source(&self, source: IpAddr) -> Option<&Carrier> {
        self.by_source.find(source).map(|&at| &self.carriers[at])
    }

    /// Whether any carrier takes the number.
    pub(crate) fn take(&self, number: &E164) -> bool {
        self.takers(number).next().is_some()
    }

    /// Carriers that take the number, longest prefix first, each once.
    fn takers(&self, number: &E164) -> impl Iterator<Item = &Carrier> {
        let digits = number.digits();
        let mut seen = Vec::new();
        (0..=digits.len())
            .rev()
            .filter_map(|length| self.by_prefix.get(&digits[..length]))
            .flatten()
            .filter(move |&&at| {
                let first = !seen.contains(&at);
                seen.push(at);
                first
            })
            .map(|&at| &self.carriers[at])
    }

    /// The places to try for a number, in order.
    pub(super) fn hops(&self, number: &E164, headers: &[(String, String)]) -> Vec<Hop> {
        self.takers(number).map(|carrier| hop(carrier, number, headers)).collect()
    }
}

fn hop(carrier: &Carrier, number: &E164, headers: &[(String, String)]) -> Hop {
    // `sip:host:port;transport=tcp`, perhaps with a user of its own, which gives way to the number; perhaps a bare host.
    let is_scheme = |text: &str| text.eq_ignore_ascii_case("sip") || text.eq_ignore_ascii_case("sips");
    let (scheme, rest) =
        carrier.uri.split_once(':').filter(|(scheme, _)| is_scheme(scheme)).unwrap_or(("sip", &carrier.uri));
    let (before, parameters) = rest.split_once(';').map_or((rest, None), |(a, b)| (a, Some(b)));
    let host = before.rsplit_once('@').map_or(before, |(_, host)| host);
    let transport = parameters.unwrap_or_default().split(';').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("transport").then(|| Protocol::parse(value.trim())).flatten()
    });
    let parameters = parameters.map(|parameters| format!(";{parameters}")).unwrap_or_default();
    Hop {
        uri: format!("{scheme}:{number}@{host}{parameters}"),
        transport: if scheme.eq_ignore_ascii_case("sips") { Some(Protocol::Tls) } else { transport },
        trunk: Trunk::Carrier(carrier.name.clone()),
        encrypted: false,
        credentials: carrier.credentials.clone(),
        asserted_identity: carrier.asserted_identity,
        from_host: carrier.from_host.clone(),
        headers: headers.to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn carrier(name: &str, uri: &str, prefixes: &[&str]) -> Carrier {
        Carrier {
            name: name.into(),
            uri: uri.into(),
            prefixes: prefixes.iter().map(|&prefix| prefix.into()).collect(),
            ..Carrier::default()
        }
    }

    fn uris(carriers: &Carriers, number: &str) -> Vec<String> {
        carriers.hops(&number.parse().unwrap(), &[]).into_iter().map(|hop| hop.uri).collect()
    }

    #[test]
    fn the_longest_prefix_first_then_the_next_and_nobody_twice() {
        let carriers = Carriers::new(&[
            carrier("world", "sip:world.example", &["+", "+44"]),
            carrier("us", "sip:us.example:5070;transport=TCP", &["+1"]),
            carrier("seattle", "sips:local@206.example", &["+1206", "1"]),
            carrier("in", "sip:in.example", &[]),
        ]);
        assert_eq!(
            uris(&carriers, "+12065550100"),
            [
                "sips:+12065550100@206.example",
                "sip:+12065550100@us.example:5070;transport=TCP",
                "sip:+12065550100@world.example"
            ]
        );
        assert_eq!(uris(&carriers, "+442079460000"), ["sip:+442079460000@world.example"]);
        let hops = carriers.hops(&"+12065550100".parse().unwrap(), &[]);
        assert_eq!(hops[0].transport, Some(Protocol::Tls));
        assert_eq!(hops[1].transport, Some(Protocol::Tcp));
        assert_eq!(hops[2].transport, None);
    }

    #[test]
    fn addresses_of_carriers_in_their_forms() {
        let uri = |text: &str| uris(&Carriers::new(&[carrier("c", text, &["+"])]), "+12065550100").remove(0);
        assert_eq!(uri("sip:192.0.2.1"), "sip:+12065550100@192.0.2.1");
        assert_eq!(uri("SIP:[2001:db8::1]:5070"), "SIP:+12065550100@[2001:db8::1]:5070");
        assert_eq!(uri("sbc.example.net:5070"), "sip:+12065550100@sbc.example.net:5070");
        assert_eq!(uri("sip:me@sbc.example.net;lr"), "sip:+12065550100@sbc.example.net;lr");
    }

    #[test]
    fn without_prefixes_no_number_is_taken() {
        let carriers = Carriers::new(&[carrier("in", "sip:in.example", &[])]);
        assert!(!carriers.take(&"+12065550100".parse().unwrap()));
        assert!(!Carriers::new(&[]).take(&"+12065550100".parse().unwrap()));
    }
}
