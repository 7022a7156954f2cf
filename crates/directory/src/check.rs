//! What must hold for every input, whoever sent it: called by fuzz targets, by the replay of their corpus and by seeded
//! mutation. A property that does not hold panics.

use std::net::IpAddr;

use base::{E164, Timestamp};

use crate::pool::Pool;
use crate::{
    Carrier, Cidr, Config, Dial, DialTo, Directory, FIRST_ALLOWANCE, Inbound, Kind, NumberRange, Protocol,
    Record,
};

/// Stored records, a line each (kind, id, JSON): refused by name, or loaded; what is loaded is written as it was read, and
/// calls find their way or none.
pub fn records(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let record = |line: &str| {
        let (kind, rest) = line.split_once(' ')?;
        let (id, json) = rest.split_once(' ')?;
        Some(Record { kind: kind.parse().ok()?, id: id.to_owned(), revision: 1, json: json.to_owned() })
    };
    let records: Vec<Record> = text.lines().filter_map(record).collect();
    let mut directory = match Directory::load(config(), records.iter().cloned()) {
        Ok(directory) => directory,
        Err(error) => return assert!(error.to_string().starts_with("record ")),
    };
    let written = directory.tables().dump();
    let again = Directory::load(config(), written.iter().cloned()).expect("what was written can be read");
    assert_eq!(again.tables().dump(), written);
    for (n, record) in records.iter().enumerate() {
        call(&mut directory, Timestamp::from_millis(1_700_000_000_000 + n as u64), record);
    }
    assert_eq!(directory.pending(), 0);
}

fn config() -> Config {
    let carrier = Carrier {
        name: "telco".into(),
        uri: "sip:sbc.example.net".into(),
        prefixes: vec!["+".into()],
        sources: vec!["198.51.100.0/24".parse().expect("a range")],
        ..Carrier::default()
    };
    Config { carriers: vec![carrier], ..Config::default() }
}

/// Calls to, from and by way of what the record describes.
fn call(directory: &mut Directory, now: Timestamp, record: &Record) {
    let host = api::ids::outbound_host_name(&record.id, crate::CONNECTOR_DOMAIN);
    for source in ["198.51.100.7", "203.0.113.9"] {
        let invite = Inbound {
            source: source.parse().expect("an address"),
            protocol: Protocol::Udp,
            user: &record.id,
            host: &host,
            parameters: &[],
            from: "+12065550199",
            headers: &[],
            bodies: &["application/sdp"],
        };
        let _ = directory.route_inbound(now, &invite, None);
    }
    let resource = match record.kind {
        Kind::Group => "vcg",
        _ => "vc",
    };
    let arn = format!("arn:aws:chime:us-east-1:000000000000:{resource}/{}", record.id);
    for to in [DialTo::Number(&record.id), DialTo::Connector { arn: &arn, user: "7" }] {
        let dial = Dial {
            to,
            caller_id: "+12065550100",
            leg_a_from: Some("+12065550100"),
            headers: &[],
            allowance: FIRST_ALLOWANCE,
        };
        let _ = directory.route_outbound(&dial);
    }
    let _ = (directory.logs_messages(&record.id), directory.detail_record_bucket());
}

/// Address ranges, numbers and blocks of numbers: what is read prints to what is read again as the same, and holds its ends.
pub fn ranges(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(cidr) = text.parse::<Cidr>() {
        let printed = cidr.to_string();
        assert_eq!(printed.parse(), Ok(cidr));
        let network = printed.split('/').next().and_then(|network| network.parse::<IpAddr>().ok());
        assert!(network.is_some_and(|network| cidr.contains(network)), "{printed}");
    }
    if let Ok(range) = text.parse::<NumberRange>() {
        let pool = Pool::new([range]);
        for end in text.split('-') {
            let number: E164 = end.trim().parse().expect("both ends are numbers");
            assert!(pool.contains(&number), "{text}");
        }
        for sample in pool.samples() {
            assert!(pool.contains(&sample));
        }
    }
    if let Ok(kind) = text.parse::<Kind>() {
        assert_eq!(kind.as_str(), text);
    }
    let _ = Protocol::parse(&text);
}
