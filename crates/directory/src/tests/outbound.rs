use serde_json::json;

use super::world::{World, text};
use crate::{Carrier, Config, Dial, DialRefusal, DialTo, Hop, Outbound, Protocol, Trunk};

fn dial<'a>(to: DialTo<'a>) -> Dial<'a> {
    Dial { to, caller_id: "+12065550100", leg_a_from: None, headers: &[], allowance: 5 }
}

fn to_number(number: &str) -> Dial<'_> {
    dial(DialTo::Number(number))
}

#[track_caller]
fn trunks(outcome: Result<Outbound, DialRefusal>) -> Vec<Hop> {
    match outcome {
        Ok(Outbound::Trunks(hops)) => hops,
        other => panic!("no trunks: {other:?}"),
    }
}

fn header<'a>(hop: &'a Hop, name: &str) -> Option<&'a str> {
    hop.headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
}

#[test]
fn the_longest_prefix_takes_the_call_and_the_next_one_stands_by() {
    let carrier = |name: &str, prefixes: &[&str]| Carrier {
        name: name.into(),
        uri: format!("sip:{name}.example.net"),
        prefixes: prefixes.iter().map(|&p| p.into()).collect(),
        asserted_identity: name == "us",
        from_host: (name == "us").then(|| "us.example.com".into()),
        numbers: vec!["+12065550100".parse().unwrap()],
        ..Carrier::default()
    };
    let carriers = vec![carrier("world", &["+"]), carrier("us", &["+1"]), carrier("fr", &["+33"])];
    let mut world = World::with(Config { carriers, ..Config::default() });
    world.number("+12065550100");
    let hops = trunks(world.directory.route_outbound(&to_number("+15035550188")));
    assert_eq!(
        hops.iter().map(|hop| hop.uri.as_str()).collect::<Vec<_>>(),
        ["sip:+15035550188@us.example.net", "sip:+15035550188@world.example.net"]
    );
    assert!(hops[0].asserted_identity && !hops[1].asserted_identity);
    assert_eq!(hops[0].from_host.as_deref(), Some("us.example.com"));
    assert_eq!(hops[0].trunk, Trunk::Carrier("us".into()));
    assert_eq!(header(&hops[0], "X-SMA-Max-Forwards"), Some("4"));
}

#[test]
fn without_a_carrier_nothing_leaves_the_node() {
    let mut world = World::with(Config::default());
    let call = Dial { leg_a_from: Some("+12065550100"), ..to_number("+15035550188") };
    let refusal = world.directory.route_outbound(&call).unwrap_err();
    assert_eq!(refusal, DialRefusal::NoRoute("no carrier has a prefix of the called number".into()));
    let call = Dial { leg_a_from: Some("+12065550100"), ..to_number("911") };
    assert!(matches!(world.directory.route_outbound(&call), Err(DialRefusal::NoRoute(_))));
}

#[test]
fn the_caller_id_is_ours_or_leg_as_own() {
    let mut world = World::new();
    world.number("+12065550100");
    world.order("VoiceConnector", "+12065550101");
    let mut with = |caller_id: &str, leg_a_from: Option<&str>| {
        world.directory.route_outbound(&Dial { caller_id, leg_a_from, ..to_number("+15035550188") }).is_ok()
    };
    assert!(with("+12065550100", None), "a number without a rule is ours all the same");
    assert!(with("12065550100", None));
    assert!(with("+12065550101", None));
    assert!(!with("+12065550102", None));
    assert!(!with("+12065550102", Some("+15035550177")));
    assert!(with("+15035550177", Some("+15035550177")));
    assert!(with("anonymous", Some("anonymous")), "equal to LEG-A's From in any format");
    assert!(!with("", None));
    world.delete("/phone-numbers/%2B12065550100").ok();
    assert_eq!(
        world.directory.route_outbound(&to_number("+15035550188")),
        Err(DialRefusal::CallerIdNotOwned)
    );
}

#[test]
fn our_own_numbers_are_reached_inside() {
    let mut world = World::new();
    world.number("+12065550100");
    world.number("+12065550101");
    let call = Dial { allowance: 2, ..to_number("12065550101") };
    match world.directory.route_outbound(&call).unwrap() {
        Outbound::Internal { number, headers } => {
            assert_eq!(number.as_str(), "+12065550101");
            assert_eq!(headers, [("X-SMA-Max-Forwards".to_owned(), "1".to_owned())]);
        }
        other => panic!("{other:?}"),
    }
    let used_up = Dial { allowance: 0, ..to_number("+12065550101") };
    assert!(matches!(world.directory.route_outbound(&used_up), Err(DialRefusal::Loop(_))));
}

#[test]
fn the_meeting_number_with_a_token_is_the_meeting_and_without_one_a_number() {
    let mut world = World::new();
    world.number("+12065550100");
    let headers = [("X-chime-join-token".to_owned(), "tok".to_owned())];
    let call = Dial { headers: &headers, ..to_number("+17035550122") };
    assert!(
        matches!(world.directory.route_outbound(&call), Ok(Outbound::Meeting(token)) if token.token == "tok")
    );
    assert_eq!(trunks(world.directory.route_outbound(&to_number("+17035550122"))).len(), 1);
    let elsewhere = Dial { headers: &headers, ..to_number("+15035550188") };
    assert_eq!(trunks(world.directory.route_outbound(&elsewhere)).len(), 1);
}

#[test]
fn a_connector_is_reached_by_its_routes() {
    let mut world = World::new();
    world.number("+12065550100");
    let id = world.connector("pbx");
    let arn = format!("arn:aws:chime:us-east-1:000000000000:vc/{id}");
    let call = dial(DialTo::Connector { arn: &arn, user: "600300" });
    let refusal = world.directory.route_outbound(&call).unwrap_err();
    assert_eq!(
        refusal,
        DialRefusal::NoRoute(format!("voice connector {id} has no origination routes that are enabled"))
    );
    let routes = json!([
        { "Host": "second.example.com", "Port": 5070, "Protocol": "TCP", "Priority": 2, "Weight": 1 },
        { "Host": "2001:db8::5", "Protocol": "UDP", "Priority": 3, "Weight": 1 },
        { "Host": "first.example.com", "Protocol": "UDP", "Priority": 1, "Weight": 1 },
    ]);
    let path = format!("/voice-connectors/{id}/origination");
    world.put(&path, json!({ "Origination": { "Routes": routes } })).ok();
    let hops = trunks(world.directory.route_outbound(&call));
    assert_eq!(
        hops.iter().map(|hop| hop.uri.as_str()).collect::<Vec<_>>(),
        [
            "sip:600300@first.example.com:5060;transport=UDP",
            "sip:600300@second.example.com:5070;transport=TCP",
            "sip:600300@[2001:db8::5]:5060;transport=UDP",
        ]
    );
    assert_eq!(header(&hops[0], "X-VoiceConnector-ID"), Some(id.as_str()));
    assert_eq!(header(&hops[0], "X-Amzn-TargetArn"), Some(arn.as_str()));
    assert_eq!(header(&hops[0], "X-SMA-Max-Forwards"), Some("4"));
    assert_eq!(hops[1].transport, Some(Protocol::Tcp));
    world.put(&path, json!({ "Origination": { "Routes": routes, "Disabled": true } })).ok();
    assert!(matches!(world.directory.route_outbound(&call), Err(DialRefusal::NoRoute(_))));
    let nobody = dial(DialTo::Connector {
        arn: "arn:aws:chime:us-east-1:000000000000:vc/abcdefghij0123456789ab",
        user: "1",
    });
    assert!(matches!(world.directory.route_outbound(&nobody), Err(DialRefusal::UnknownConnector(_))));
    let nonsense = dial(DialTo::Connector { arn: "arn:aws:chime:us-east-1:000000000000:sma/x", user: "1" });
    assert!(matches!(world.directory.route_outbound(&nonsense), Err(DialRefusal::UnknownConnector(_))));
}

#[test]
fn an_encrypted_connector_is_reached_by_tls() {
    let mut world = World::new();
    world.number("+12065550100");
    let made = world.post("/voice-connectors", json!({ "Name": "c", "RequireEncryption": true })).ok();
    let id = text(&made["VoiceConnector"]["VoiceConnectorId"]);
    let route = json!({ "Origination": { "Routes": [{ "Host": "pbx.example.com", "Port": 5061, "Protocol": "TCP" }] } });
    world.put(&format!("/voice-connectors/{id}/origination"), route).ok();
    let arn = format!("arn:aws:chime:us-east-1:000000000000:vc/{id}");
    let hops = trunks(world.directory.route_outbound(&dial(DialTo::Connector { arn: &arn, user: "1" })));
    assert_eq!(hops[0].uri, "sip:1@pbx.example.com:5061;transport=TLS");
    assert!(hops[0].encrypted);
    assert_eq!(hops[0].transport, Some(Protocol::Tls));
}

#[test]
fn weights_share_out_calls_among_equals() {
    let mut world = World::new();
    world.number("+12065550100");
    let id = world.connector("pbx");
    let route = |host: &str, priority: u32, weight: u32| json!({ "Host": host, "Priority": priority, "Weight": weight });
    let routes = json!([route("heavy", 1, 30), route("light", 1, 10), route("spare", 2, 100)]);
    world
        .put(&format!("/voice-connectors/{id}/origination"), json!({ "Origination": { "Routes": routes } }))
        .ok();
    let arn = format!("arn:aws:chime:us-east-1:000000000000:vc/{id}");
    let mut heavy_first = 0;
    for _ in 0..1_000 {
        let hops = trunks(world.directory.route_outbound(&dial(DialTo::Connector { arn: &arn, user: "1" })));
        assert_eq!(hops.len(), 3);
        assert!(hops[2].uri.contains("spare"));
        heavy_first += u32::from(hops[0].uri.contains("heavy"));
    }
    assert!((690..810).contains(&heavy_first), "three in four: {heavy_first}");
}

#[test]
fn a_group_goes_through_its_connectors_by_priority_or_shares_them_out() {
    let mut world = World::new();
    world.number("+12065550100");
    let mut connector = |region: &str| {
        let made = world
            .post(
                "/voice-connectors",
                json!({ "Name": "c", "RequireEncryption": false, "AwsRegion": region }),
            )
            .ok();
        let id = text(&made["VoiceConnector"]["VoiceConnectorId"]);
        let route = json!({ "Origination": { "Routes": [{ "Host": format!("{region}.example.com") }] } });
        world.put(&format!("/voice-connectors/{id}/origination"), route).ok();
        id
    };
    let (east, west) = (connector("us-east-1"), connector("us-west-2"));
    let items =
        json!([{ "VoiceConnectorId": east, "Priority": 2 }, { "VoiceConnectorId": west, "Priority": 1 }]);
    let made =
        world.post("/voice-connector-groups", json!({ "Name": "g", "VoiceConnectorItems": items })).ok();
    let arn = text(&made["VoiceConnectorGroup"]["VoiceConnectorGroupArn"]);
    let path =
        format!("/voice-connector-groups/{}", text(&made["VoiceConnectorGroup"]["VoiceConnectorGroupId"]));
    let first = |world: &mut World| {
        let hops = trunks(world.directory.route_outbound(&dial(DialTo::Connector { arn: &arn, user: "1" })));
        (hops.len(), hops[0].trunk.clone())
    };
    for _ in 0..20 {
        assert_eq!(first(&mut world), (2, Trunk::Connector(west.clone())));
    }
    world.put(&path, json!({ "Name": "g", "VoiceConnectorItems": items, "CallDistributionType": "LoadBalancedDistribution" })).ok();
    let to_east = (0..1_000).filter(|_| first(&mut world).1 == Trunk::Connector(east.clone())).count();
    assert!((440..560).contains(&to_east), "half of them: {to_east}");
    world
        .put(&format!("/voice-connectors/{west}/origination"), json!({ "Origination": { "Disabled": true } }))
        .ok();
    assert_eq!(first(&mut world), (1, Trunk::Connector(east.clone())), "a disabled connector is passed over");
}
