use std::net::SocketAddr;

use super::{Header, Malformed};
use crate::message::Headers;
use crate::params::{Params, is_token, trim};
use crate::uri::{host_ip, host_len};

/// One Via element (RFC 3261 §20.42, RFC 3581).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Via<'a> {
    transport: &'a str,
    host: &'a str,
    port: Option<u16>,
    params: Params<'a>,
}

impl<'a> Via<'a> {
    /// The cookie that a branch of RFC 3261 starts with.
    pub const COOKIE: &'static str = "z9hG4bK";

    /// Parses one element.
    pub fn parse(element: &'a str) -> Result<Self, Malformed> {
        Self::split(element).ok_or(Malformed(Header::Via))
    }

    fn split(element: &'a str) -> Option<Self> {
        let (name, rest) = element.split_once('/')?;
        let (version, rest) = rest.split_once('/')?;
        if !trim(name).eq_ignore_ascii_case("SIP") || trim(version) != "2.0" {
            return None;
        }
        let rest = rest.trim_start_matches([' ', '\t']);
        let (transport, rest) = rest.split_at(rest.find([' ', '\t'])?);
        if !is_token(transport) {
            return None;
        }
        let rest = trim(rest);
        let host_end = host_len(rest).ok()?;
        let (host, rest) = rest.split_at(host_end);
        let rest = rest.trim_start_matches([' ', '\t']);
        let (port, rest) = match rest.strip_prefix(':') {
            Some(rest) => {
                let rest = rest.trim_start_matches([' ', '\t']);
                let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
                (Some(rest[..digits].parse().ok()?), &rest[digits..])
            }
            None => (None, rest),
        };
        let params = Params::new(trim(rest));
        // `rport` and hidden parameters of old proxies may stand with `=` and no value.
        let fits = params.is_well_formed() || lenient(params);
        fits.then_some(Self { transport, host, port, params })
    }

    /// The transport's name as it stands (`UDP`, `TCP`, `TLS`, `WSS` …).
    pub fn transport(&self) -> &'a str {
        self.transport
    }

    /// The host of sent-by.
    pub fn host(&self) -> &'a str {
        self.host
    }

    /// The port of sent-by.
    pub fn port(&self) -> Option<u16> {
        self.port
    }

    /// The parameters.
    pub fn params(&self) -> Params<'a> {
        self.params
    }

    /// The branch.
    pub fn branch(&self) -> Option<&'a str> {
        self.params.get("branch").filter(|branch| !branch.is_empty())
    }

    /// The branch, where it names a transaction alone: the cookie and something behind it (RFC 3261 §17.2.3).
    pub fn transaction(&self) -> Option<&'a str> {
        self.branch().filter(|branch| {
            branch.len() > Self::COOKIE.len()
                && branch
                    .get(..Self::COOKIE.len())
                    .is_some_and(|start| start.eq_ignore_ascii_case(Self::COOKIE))
        })
    }

    /// Whether the sender asked for symmetric routing (RFC 3581), filled in or not.
    pub fn has_rport(&self) -> bool {
        self.params.has("rport")
    }

    /// The port the request was seen to come from, filled in by its receiver.
    pub fn rport(&self) -> Option<u16> {
        self.params.get("rport")?.parse().ok()
    }

    /// The address the request was seen to come from, filled in by its receiver.
    pub fn received(&self) -> Option<&'a str> {
        self.params.get("received").filter(|address| !address.is_empty())
    }

    /// Where a response over datagrams goes to by this Via alone: host and port (RFC 3261 §18.2.2, RFC 3581 §4).
    pub fn response_target(&self) -> (&'a str, u16) {
        let default = if self.transport.eq_ignore_ascii_case("TLS") { 5061 } else { 5060 };
        let sent_by = self.port.unwrap_or(default);
        if let Some(maddr) = self.params.get("maddr") {
            return (maddr, sent_by);
        }
        match self.received() {
            Some(received) => (received, self.rport().unwrap_or(sent_by)),
            None => (self.host, self.rport().unwrap_or(sent_by)),
        }
    }

    /// This Via with `received` and `rport` as the receiver of the request must fill them in (RFC 3261 §18.2.1,
    /// RFC 3581 §4); `None` where nothing is to be added.
    pub fn seen_from(&self, source: SocketAddr) -> Option<String> {
        let same = host_ip(self.host) == Some(source.ip().to_canonical());
        if same && !self.has_rport() && self.received().is_none() {
            return None;
        }
        use std::fmt::Write as _;
        let mut out = String::with_capacity(self.params.as_str().len() + 96);
        write!(out, "SIP/2.0/{} {}", self.transport, self.host).expect("writing to memory does not fail");
        if let Some(port) = self.port {
            write!(out, ":{port}").expect("writing to memory does not fail");
        }
        for (name, value) in self.params.iter() {
            if name.eq_ignore_ascii_case("received") || name.eq_ignore_ascii_case("rport") {
                continue;
            }
            out.push(';');
            out.push_str(name);
            if let Some(value) = value {
                out.push('=');
                out.push_str(value);
            }
        }
        if !same || self.has_rport() {
            write!(out, ";received={}", source.ip().to_canonical()).expect("writing to memory does not fail");
        }
        if self.has_rport() {
            write!(out, ";rport={}", source.port()).expect("writing to memory does not fail");
        }
        Some(out)
    }

    /// Writes a value of ours, asking for symmetric routing. `sent_by` is `host`, `host:port` or `[v6]:port`.
    pub fn compose(transport: &str, sent_by: &str, branch: &str) -> String {
        format!("SIP/2.0/{transport} {sent_by};rport;branch={branch}")
    }
}

fn lenient(params: Params<'_>) -> bool {
    let mut any = false;
    let named = params.iter().all(|(name, value)| {
        any = true;
        is_token(name) && value.is_none_or(|value| !value.contains(['<', '>', ' ', '\t']))
    });
    named && any && params.as_str().starts_with(';') && !params.as_str().contains(['"', ','])
}

impl Headers {
    /// The topmost Via; `None` where it is missing or malformed, never so in a message that was parsed.
    pub fn top_via(&self) -> Option<Via<'_>> {
        Via::parse(self.list(Header::Via).next()?).ok()
    }

    /// All Via elements, topmost first.
    pub fn vias(&self) -> impl Iterator<Item = Result<Via<'_>, Malformed>> {
        self.list(Header::Via).map(Via::parse)
    }

    /// Fills `received` and `rport` into the topmost Via of a request that came from `source`.
    pub fn mark_source(&mut self, source: SocketAddr) {
        if let Some(value) = self.top_via().and_then(|via| via.seen_from(source)) {
            self.replace_first(Header::Via, &value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_spaces_addresses_and_parameters() {
        let via = Via::parse("SIP  /    2.0   / UDP  192.168.255.111   ; branch= z9hG4bK30239").unwrap();
        assert_eq!((via.transport(), via.host(), via.port()), ("UDP", "192.168.255.111", None));
        assert_eq!(via.transaction(), Some("z9hG4bK30239"));
        let via = Via::parse("SIP/2.0/TLS [2001:db8::9:1]:5061;rport;branch=z9hG4bK").unwrap();
        assert_eq!((via.host(), via.port(), via.has_rport()), ("[2001:db8::9:1]", Some(5061), true));
        assert_eq!((via.rport(), via.transaction(), via.branch()), (None, None, Some("z9hG4bK")));
        assert_eq!(Via::parse("SIP/2.0/UDP a;rport=;branch=b").unwrap().rport(), None);
        for bad in [
            "",
            "SIP/2.0/UDP",
            "SIP/2.0/UDP 192.0.2.15;;",
            "SIP/3.0/UDP a",
            "SIP/2.0/UDP a:b",
            "HTTP/2.0/UDP a",
        ] {
            assert!(Via::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn source_is_filled_in_where_it_must_be() {
        let source = "192.0.2.7:4444".parse().unwrap();
        let seen = |text| Via::parse(text).unwrap().seen_from(source);
        assert_eq!(seen("SIP/2.0/UDP 192.0.2.7:5060;branch=z1"), None);
        assert_eq!(
            seen("SIP/2.0/UDP pc33.example.com;branch=z1").as_deref(),
            Some("SIP/2.0/UDP pc33.example.com;branch=z1;received=192.0.2.7")
        );
        let marked = seen("SIP/2.0/UDP 192.0.2.7:5060;rport;branch=z1;received=10.0.0.1").unwrap();
        assert_eq!(marked, "SIP/2.0/UDP 192.0.2.7:5060;branch=z1;received=192.0.2.7;rport=4444");
        assert_eq!(Via::parse(&marked).unwrap().response_target(), ("192.0.2.7", 4444));
    }
}
