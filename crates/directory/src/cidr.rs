//! Address ranges, and the search for the range an address lies in.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A range of addresses such as `198.51.100.0/24` or `2001:db8::/32`; a lone address is a range of one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Cidr {
    v6: bool,
    length: u8,
    network: u128,
}

/// The text is no address range.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no address range such as 198.51.100.0/24")]
pub struct NotCidr(pub String);

/// The family and bits of an address; an IPv4 address in IPv6 clothes counts as IPv4.
fn bits(address: IpAddr) -> (bool, u128) {
    match address.to_canonical() {
        IpAddr::V4(address) => (false, u128::from(u32::from(address))),
        IpAddr::V6(address) => (true, u128::from(address)),
    }
}

fn mask(v6: bool, length: u8) -> u128 {
    let width = if v6 { 128 } else { 32 };
    let all = if v6 { u128::MAX } else { u128::from(u32::MAX) };
    let free = width - u32::from(length);
    all.checked_shl(free).unwrap_or(0) & all
}

impl Cidr {
    /// Whether `address` lies in the range.
    pub fn contains(&self, address: IpAddr) -> bool {
        let (v6, bits) = bits(address);
        v6 == self.v6 && bits & mask(v6, self.length) == self.network
    }
}

impl FromStr for Cidr {
    type Err = NotCidr;

    /// Host bits may be set; they are dropped.
    fn from_str(text: &str) -> Result<Self, NotCidr> {
        let fail = || NotCidr(text.to_owned());
        let (address, length) = match text.split_once('/') {
            Some((address, length)) => (address, Some(length)),
            None => (text, None),
        };
        let (v6, bits) = bits(address.parse().map_err(|_| fail())?);
        let width = if v6 { 128 } else { 32 };
        let length = match length {
            Some(length) if length.bytes().all(|b| b.is_ascii_digit()) => {
                length.parse().map_err(|_| fail())?
            }
            Some(_) => return Err(fail()),
            None => width,
        };
        if length > width {
            return Err(fail());
        }
        Ok(Self { v6, length, network: bits & mask(v6, length) })
    }
}

impl TryFrom<String> for Cidr {
    type Error = NotCidr;

    fn try_from(text: String) -> Result<Self, NotCidr> {
        text.parse()
    }
}

impl From<Cidr> for String {
    fn from(cidr: Cidr) -> String {
        cidr.to_string()
    }
}

impl fmt::Display for Cidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match u32::try_from(self.network) {
            Ok(network) if !self.v6 => write!(f, "{}/{}", Ipv4Addr::from(network), self.length),
            _ => write!(f, "{}/{}", Ipv6Addr::from(self.network), self.length),
        }
    }
}

impl fmt::Debug for Cidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Finds the value of the narrowest range an address lies in, in at most one look-up per prefix length in use.
#[derive(Clone, Debug)]
pub(crate) struct CidrMap<T> {
    ranges: BTreeMap<Cidr, T>,
    lengths: BTreeSet<(bool, u8)>,
}

impl<T> CidrMap<T> {
    pub(crate) fn new() -> Self {
        Self { ranges: BTreeMap::new(), lengths: BTreeSet::new() }
    }

    /// Adds a range; of two equal ranges the first keeps its value.
    pub(crate) fn insert(&mut self, cidr: Cidr, value: T) {
        self.lengths.insert((cidr.v6, cidr.length));
        self.ranges.entry(cidr).or_insert(value);
    }

    pub(crate) fn find(&self, address: IpAddr) -> Option<&T> {
        let (v6, bits) = bits(address);
        self.lengths
            .range((v6, 0)..=(v6, u8::MAX))
            .rev()
            .find_map(|&(_, length)| self.ranges.get(&Cidr { v6, length, network: bits & mask(v6, length) }))
    }
}

/// Ranges that several may name: one is there as long as anybody names it.
impl CidrMap<usize> {
    pub(crate) fn count_in(&mut self, cidr: Cidr) {
        self.lengths.insert((cidr.v6, cidr.length));
        *self.ranges.entry(cidr).or_default() += 1;
    }

    pub(crate) fn count_out(&mut self, cidr: Cidr) {
        let Some(count) = self.ranges.get_mut(&cidr) else { return };
        *count -= 1;
        if *count > 0 {
            return;
        }
        self.ranges.remove(&cidr);
        let first = Cidr { network: 0, ..cidr };
        let last = Cidr { network: u128::MAX, ..cidr };
        if self.ranges.range(first..=last).next().is_none() {
            self.lengths.remove(&(cidr.v6, cidr.length));
        }
    }
}

impl<T> Default for CidrMap<T> {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cidr(text: &str) -> Cidr {
        text.parse().unwrap()
    }

    #[test]
    fn ranges_hold_what_lies_in_them() {
        let range = cidr("198.51.100.77/24");
        assert_eq!(range.to_string(), "198.51.100.0/24");
        assert!(range.contains("198.51.100.255".parse().unwrap()));
        assert!(range.contains("::ffff:198.51.100.1".parse().unwrap()));
        assert!(!range.contains("198.51.101.0".parse().unwrap()));
        assert!(!range.contains("::".parse().unwrap()));
        assert!(cidr("0.0.0.0/0").contains("203.0.113.9".parse().unwrap()));
        assert!(cidr("::/0").contains("2001:db8::1".parse().unwrap()));
        assert!(!cidr("::/0").contains("203.0.113.9".parse().unwrap()));
        assert_eq!(cidr("2001:db8::1").to_string(), "2001:db8::1/128");
        assert_eq!(cidr("127.0.0.1"), cidr("127.0.0.1/32"));
        assert_eq!(serde_json::to_string(&cidr("10.0.0.0/8")).unwrap(), r#""10.0.0.0/8""#);
    }

    #[test]
    fn nonsense_is_refused() {
        for bad in [
            "",
            "/8",
            "10.0.0.0/",
            "10.0.0.0/33",
            "::/129",
            "10.0.0/8",
            "10.0.0.0/+8",
            "10.0.0.0/-1",
            "host/8",
        ] {
            assert!(bad.parse::<Cidr>().is_err(), "{bad}");
        }
    }

    #[test]
    fn random_text_is_refused_or_prints_as_what_it_was_read_as() {
        let mut rng = base::Rng::new(3);
        let mut read = 0;
        for _ in 0..50_000 {
            let text: String =
                (0..rng.below(12)).map(|_| char::from(b"0123456789abf.:/"[rng.below(16) as usize])).collect();
            if let Ok(cidr) = text.parse::<Cidr>() {
                assert_eq!(cidr.to_string().parse(), Ok(cidr), "{text}");
                read += 1;
            }
        }
        assert!(read > 0);
    }

    #[test]
    fn a_range_is_there_as_long_as_anybody_names_it() {
        let mut map = CidrMap::new();
        for range in ["10.0.0.0/8", "10.0.0.0/8", "11.0.0.0/8", "192.0.2.1"] {
            map.count_in(cidr(range));
        }
        let holds = |map: &CidrMap<usize>, address: &str| map.find(address.parse().unwrap()).is_some();
        map.count_out(cidr("10.0.0.0/8"));
        assert!(holds(&map, "10.1.1.1"));
        map.count_out(cidr("10.0.0.0/8"));
        map.count_out(cidr("10.0.0.0/8"));
        assert!(!holds(&map, "10.1.1.1"));
        assert!(holds(&map, "11.1.1.1") && holds(&map, "192.0.2.1"));
        map.count_out(cidr("11.0.0.0/8"));
        map.count_out(cidr("192.0.2.1"));
        assert!(map.ranges.is_empty() && map.lengths.is_empty());
    }

    #[test]
    fn the_narrowest_range_wins_and_the_first_of_equals() {
        let mut map = CidrMap::new();
        for (range, name) in
            [("10.0.0.0/8", "wide"), ("10.1.0.0/16", "narrow"), ("10.1.0.0/16", "late"), ("::/0", "six")]
        {
            map.insert(cidr(range), name);
        }
        let find = |address: &str| map.find(address.parse().unwrap()).copied();
        assert_eq!(find("10.1.2.3"), Some("narrow"));
        assert_eq!(find("10.2.2.3"), Some("wide"));
        assert_eq!(find("::ffff:10.1.0.1"), Some("narrow"));
        assert_eq!(find("192.0.2.1"), None);
        assert_eq!(find("2001:db8::"), Some("six"));
    }
}
