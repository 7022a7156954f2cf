use serde_json::json;

use super::world::{CARRIER, World, host};
use crate::{
    Protocol, Route, Seed, SeedApplication, SeedConnector, SeedError, SeedRoute, SeedRule, SeedTrigger,
};

fn seed() -> Seed {
    Seed {
        numbers: vec!["+15550100".parse().unwrap()],
        applications: vec![SeedApplication {
            name: "ivr".into(),
            function: "arn:aws:lambda:us-east-1:000000000000:function:sma".into(),
            region: None,
            id: Some("5f2ae1b0-4d3c-4b6e-8a3e-0d7f0f4b3c11".into()),
        }],
        connectors: vec![SeedConnector {
            name: "pbx".into(),
            id: Some("abcdefghij0123456789ab".into()),
            routes: vec![
                SeedRoute { host: "127.0.0.1".into(), port: 5070, protocol: Protocol::Udp },
                SeedRoute { host: "127.0.0.1".into(), port: 5071, protocol: Protocol::Tcp },
            ],
            sources: vec!["192.0.2.10/32".parse().unwrap()],
            numbers: vec!["+15550101".parse().unwrap()],
        }],
        rules: vec![
            SeedRule {
                name: "by number".into(),
                trigger: SeedTrigger::Number("+15550100".parse().unwrap()),
                applications: vec!["ivr".into()],
            },
            SeedRule {
                name: "by host".into(),
                trigger: SeedTrigger::Connector("pbx".into()),
                applications: vec!["ivr".into()],
            },
        ],
    }
}

fn plant(world: &mut World, seed: &Seed) -> Result<bool, SeedError> {
    let mut out = Vec::new();
    let write = world.directory.seed(world.now, seed, &mut out)?;
    world.take(out);
    assert_eq!(write.is_some(), !world.writes.is_empty());
    world.settle();
    Ok(write.is_some())
}

#[test]
fn a_seed_is_planted_once() {
    let mut world = World::new();
    assert_eq!(plant(&mut world, &seed()), Ok(true));
    let stored = world.stored.clone();
    match world.route(CARRIER, "15550100", "") {
        Route::Application(call) => {
            assert_eq!(call.targets[0].application, "5f2ae1b0-4d3c-4b6e-8a3e-0d7f0f4b3c11")
        }
        other => panic!("{other:?}"),
    }
    match world.route(CARRIER, "+15550101", "") {
        Route::Transfer(call) => {
            let uris: Vec<_> = call.hops.iter().map(|hop| hop.uri.as_str()).collect();
            assert_eq!(
                uris,
                ["sip:+15550101@127.0.0.1:5070;transport=UDP", "sip:+15550101@127.0.0.1:5071;transport=TCP"]
            );
        }
        other => panic!("{other:?}"),
    }
    assert!(matches!(world.route("192.0.2.10", "x", &host("abcdefghij0123456789ab")), Route::Application(_)));
    assert_eq!(plant(&mut world, &seed()), Ok(false));
    world.crash();
    assert_eq!(plant(&mut world, &seed()), Ok(false));
    assert_eq!(world.stored, stored);
}

#[test]
fn what_was_changed_by_the_api_stays_changed() {
    let mut world = World::new();
    plant(&mut world, &seed()).unwrap();
    let path = "/sip-media-applications/5f2ae1b0-4d3c-4b6e-8a3e-0d7f0f4b3c11";
    let other = json!([{ "LambdaArn": "arn:aws:lambda:us-east-1:000000000000:function:other" }]);
    world.put(path, json!({ "Endpoints": other })).ok();
    assert_eq!(plant(&mut world, &seed()), Ok(false));
    assert_eq!(world.get(path).ok()["SipMediaApplication"]["Endpoints"], other);
}

#[test]
fn a_seed_that_contradicts_itself_plants_nothing() {
    let mut world = World::new();
    let mut bad = seed();
    bad.rules[0].applications = vec!["none".into()];
    assert!(matches!(plant(&mut world, &bad), Err(SeedError::UnknownApplication { .. })));
    let mut bad = seed();
    bad.rules[0].applications.clear();
    assert_eq!(plant(&mut world, &bad), Err(SeedError::NoApplication("by number".into())));
    let mut bad = seed();
    bad.rules[1].trigger = SeedTrigger::Connector("none".into());
    assert!(matches!(plant(&mut world, &bad), Err(SeedError::UnknownConnector { .. })));
    let mut bad = seed();
    bad.rules[0].trigger = SeedTrigger::Number("+15550101".parse().unwrap());
    assert_eq!(plant(&mut world, &bad), Err(SeedError::NumberOfConnector("by number".into())));
    let mut bad = seed();
    bad.connectors[0].id = Some("PBX".into());
    assert_eq!(plant(&mut world, &bad), Err(SeedError::BadConnectorId("PBX".into())));
    plant(&mut world, &seed()).unwrap();
    let mut taken = seed();
    taken.applications[0].name = "second".into();
    assert!(matches!(plant(&mut world, &taken), Err(SeedError::IdTaken(_))));
}
