use serde_json::{Value, json};

use super::world::{World, host, text};
use crate::Config;

#[test]
fn a_connector_is_made_read_changed_and_removed() {
    let mut world = World::new();
    let made = world.post("/voice-connectors", json!({ "Name": "pbx", "RequireEncryption": true, "AwsRegion": "us-west-2", "IntegrationType": "CONNECT_ANALYTICS_CONNECTOR" }));
    assert_eq!(made.status, 201);
    let made = made.ok();
    let id = text(&made["VoiceConnector"]["VoiceConnectorId"]);
    assert_eq!(id.len(), 22);
    assert_eq!(made["VoiceConnector"]["OutboundHostName"], host(&id));
    assert_eq!(
        made["VoiceConnector"]["VoiceConnectorArn"],
        format!("arn:aws:chime:us-west-2:000000000000:vc/{id}")
    );
    assert_eq!(made["VoiceConnector"]["IntegrationType"], "CONNECT_ANALYTICS_CONNECTOR");
    let path = format!("/voice-connectors/{id}");
    assert_eq!(world.get(&path).ok(), made);
    let changed = world.put(&path, json!({ "Name": "other", "RequireEncryption": false })).ok();
    assert_eq!(changed["VoiceConnector"]["Name"], "other");
    assert_eq!(changed["VoiceConnector"]["RequireEncryption"], false);
    world.delete(&path).ok();
    world.get(&path).refused("NotFoundException");
    let plain = world.post("/voice-connectors", json!({ "Name": "pbx", "RequireEncryption": false })).ok();
    assert_eq!(plain["VoiceConnector"]["AwsRegion"], "us-east-1");
    assert_eq!(world.get("/voice-connectors").ok()["VoiceConnectors"].as_array().unwrap().len(), 1);
}

#[test]
fn a_connector_in_use_stays() {
    let mut world = World::new();
    let application = world.application("ivr");
    let id = world.connector("pbx");
    let path = format!("/voice-connectors/{id}");

    world.order("VoiceConnector", "+12065550100");
    let numbers = json!({ "E164PhoneNumbers": ["+12065550100"] });
    world.post(&format!("{path}?operation=associate-phone-numbers"), numbers.clone()).ok();
    world.delete(&path).refused("ConflictException").with_code("PhoneNumberAssociationsExist");
    world.post(&format!("{path}?operation=disassociate-phone-numbers"), numbers).ok();

    let items = json!([{ "VoiceConnectorId": id, "Priority": 1 }]);
    let group =
        world.post("/voice-connector-groups", json!({ "Name": "g", "VoiceConnectorItems": items })).ok();
    let group = text(&group["VoiceConnectorGroup"]["VoiceConnectorGroupId"]);
    world.delete(&path).refused("ConflictException").with_code("VoiceConnectorGroupAssociationsExist");
    let empty = json!({ "Name": "g", "VoiceConnectorItems": [] });
    assert_eq!(world.put(&format!("/voice-connector-groups/{group}"), empty).status, 202);

    let rule = world.rule("RequestUriHostname", &host(&id), &[&application]);
    world.put(&format!("/sip-rules/{rule}"), json!({ "Name": "r", "Disabled": true })).ok();
    world.delete(&path).refused("ConflictException").with_code("Conflict");
    world.delete(&format!("/sip-rules/{rule}")).ok();
    assert_eq!(world.delete(&path).status, 204);
}

#[test]
fn regions_are_the_ten() {
    let mut world = World::new();
    let regions = world.get("/voice-connector-regions").ok();
    assert_eq!(regions["VoiceConnectorRegions"].as_array().unwrap().len(), 10);
}

#[test]
fn origination_has_defaults_and_bounds() {
    let mut world = World::new();
    let id = world.connector("pbx");
    let path = format!("/voice-connectors/{id}/origination");
    world.get(&path).refused("NotFoundException");
    let route = json!({ "Host": "pbx.example.com", "Protocol": "UDP", "Priority": 3, "Weight": 7 });
    let made = world.put(&path, json!({ "Origination": { "Routes": [route] } })).ok();
    assert_eq!(
        made["Origination"],
        json!({ "Routes": [{ "Host": "pbx.example.com", "Port": 5060, "Protocol": "UDP", "Priority": 3, "Weight": 7 }] })
    );
    assert_eq!(world.get(&path).ok(), made);
    let off = world.put(&path, json!({ "Origination": { "Disabled": true } })).ok();
    assert_eq!(off["Origination"], json!({ "Disabled": true }));

    let many: Vec<_> = (0..21).map(|_| json!({ "Host": "h", "Protocol": "UDP" })).collect();
    for bad in [
        json!({}),
        json!({ "Routes": [] }),
        json!({ "Routes": many }),
        json!({ "Routes": [{ "Protocol": "UDP" }] }),
        json!({ "Routes": [{ "Host": "pbx.example.com;transport=tcp" }] }),
        json!({ "Routes": [{ "Host": "a b" }] }),
        json!({ "Routes": [{ "Host": "h", "Priority": 101 }] }),
        json!({ "Routes": [{ "Host": "h", "Weight": 0 }] }),
        json!({ "Routes": [{ "Host": "h", "Protocol": "TLS" }] }),
    ] {
        world.put(&path, json!({ "Origination": bad })).refused("BadRequestException");
    }
    world
        .put(
            &path,
            json!({ "Origination": { "Routes": [{ "Host": "192.168.1.5" }, { "Host": "2001:db8::5" }] } }),
        )
        .ok();
    world.delete(&path).ok();
    world.get(&path).refused("NotFoundException");
    world.get("/voice-connectors/abcdefghij0123456789ab/origination").refused("NotFoundException");
}

#[test]
fn an_encrypted_connector_is_reached_by_tcp_only() {
    let mut world = World::new();
    let made = world.post("/voice-connectors", json!({ "Name": "pbx", "RequireEncryption": true })).ok();
    let id = text(&made["VoiceConnector"]["VoiceConnectorId"]);
    let path = format!("/voice-connectors/{id}/origination");
    let route =
        |protocol: &str| json!({ "Origination": { "Routes": [{ "Host": "h", "Protocol": protocol }] } });
    world.put(&path, route("UDP")).refused("BadRequestException");
    world.put(&path, route("TCP")).ok();
    let plain = world.put(&path, json!({ "Origination": { "Routes": [{ "Host": "h" }] } })).ok();
    assert_eq!(plain["Origination"]["Routes"][0]["Protocol"], "TCP");

    let open = world.connector("open");
    world.put(&format!("/voice-connectors/{open}/origination"), route("UDP")).ok();
    world
        .put(&format!("/voice-connectors/{open}"), json!({ "Name": "open", "RequireEncryption": true }))
        .refused("BadRequestException");
}

#[test]
fn termination_is_replaced_as_a_whole() {
    let mut world = World::new();
    let id = world.connector("pbx");
    let path = format!("/voice-connectors/{id}/termination");
    world.get(&path).refused("NotFoundException");
    let full = json!({ "CpsLimit": 5, "DefaultPhoneNumber": "+12065550100", "CallingRegions": ["US", "CA"], "CidrAllowedList": ["198.51.100.0/27", "10.0.0.0/8"], "Disabled": true });
    assert_eq!(world.put(&path, json!({ "Termination": full })).ok()["Termination"], full);
    let small = world.put(&path, json!({ "Termination": { "CallingRegions": ["DE"] } })).ok();
    assert_eq!(
        small["Termination"],
        json!({ "CpsLimit": 1, "CallingRegions": ["DE"], "CidrAllowedList": [], "Disabled": false })
    );
    assert_eq!(world.get(&path).ok(), small);
    for bad in [
        json!({}),
        json!({ "CallingRegions": [] }),
        json!({ "CallingRegions": ["us"] }),
        json!({ "CallingRegions": ["US"], "CpsLimit": 0 }),
        json!({ "CallingRegions": ["US"], "CidrAllowedList": ["here"] }),
    ] {
        world.put(&path, json!({ "Termination": bad })).refused("BadRequestException");
    }
    world.delete(&path).ok();
    world.get(&path).refused("NotFoundException");
}

#[test]
fn termination_health_is_the_last_options_of_the_customers_equipment() {
    let mut world = World::new();
    let id = world.trunk("pbx");
    let path = format!("/voice-connectors/{id}/termination/health");
    assert_eq!(world.get(&path).ok(), json!({ "TerminationHealth": {} }));
    world.directory.options_received(world.now, &host(&id), "203.0.113.99".parse().unwrap());
    assert_eq!(
        world.get(&path).ok(),
        json!({ "TerminationHealth": {} }),
        "a stranger's OPTIONS is no sign of life"
    );
    world.directory.options_received(world.now, &host(&id).to_uppercase(), "192.0.2.10".parse().unwrap());
    let seen =
        json!({ "TerminationHealth": { "Timestamp": "2023-11-14T22:13:20.000Z", "Source": "192.0.2.10" } });
    assert_eq!(world.get(&path).ok(), seen);
    world.directory.options_received(world.now, "example.com", "192.0.2.10".parse().unwrap());
    world.get("/voice-connectors/abcdefghij0123456789ab/termination/health").refused("NotFoundException");
}

#[test]
fn a_source_is_known_while_a_carrier_or_any_connector_names_it() {
    let mut world = World::new();
    let knows = |world: &World, source: &str| world.directory.knows_source(source.parse().unwrap());
    let carriers = world.directory.carriers().to_vec();
    assert!(!carriers.is_empty() && carriers.iter().all(|carrier| !carrier.sources.is_empty()));
    assert!(!knows(&world, "203.0.113.99"));
    let path = |id: &str| format!("/voice-connectors/{id}/termination");
    let list =
        |range: &str| json!({ "Termination": { "CallingRegions": ["US"], "CidrAllowedList": [range] } });
    let (one, two) = (world.connector("one"), world.connector("two"));
    for id in [&one, &two] {
        world.put(&path(id), list("203.0.113.0/27")).ok();
        assert!(!knows(&world, "203.0.113.99"));
    }
    world.put(&path(&one), list("203.0.113.96/27")).ok();
    assert!(knows(&world, "203.0.113.99") && knows(&world, "203.0.113.9"));
    world.crash();
    assert!(knows(&world, "203.0.113.99") && knows(&world, "203.0.113.9"));
    world.put(&path(&two), list("203.0.113.96/27")).ok();
    assert!(!knows(&world, "203.0.113.9"));
    world.delete(&path(&one)).ok();
    assert!(knows(&world, "203.0.113.99"));
    world.delete(&format!("/voice-connectors/{two}")).ok();
    assert!(!knows(&world, "203.0.113.99"));
}

#[test]
fn credentials_are_added_listed_removed_and_never_kept_readable() {
    let mut world = World::new();
    let id = world.connector("pbx");
    let path = format!("/voice-connectors/{id}/termination/credentials");
    assert_eq!(world.get(&path).ok(), json!({ "Usernames": [] }));
    let two = json!({ "Credentials": [{ "Username": "bob", "Password": "secret1" }, { "Username": "al", "Password": "secret2" }] });
    assert_eq!(world.post(&format!("{path}?operation=put"), two).status, 204);
    let third = json!({ "Credentials": [{ "Username": "cy", "Password": "secret3" }] });
    world.post(&format!("{path}?operation=put"), third).ok();
    assert_eq!(world.get(&path).ok(), json!({ "Usernames": ["al", "bob", "cy"] }));
    assert!(world.stored.values().all(|record| !record.json.contains("secret")));
    world.post(&format!("{path}?operation=delete"), json!({ "Usernames": ["bob", "nobody"] })).ok();
    assert_eq!(world.get(&path).ok(), json!({ "Usernames": ["al", "cy"] }));
    for bad in [
        json!([{ "Username": "x" }]),
        json!([{ "Password": "x" }]),
        json!([{ "Username": "a:b", "Password": "x" }]),
    ] {
        world
            .post(&format!("{path}?operation=put"), json!({ "Credentials": bad }))
            .refused("BadRequestException");
    }
}

#[test]
fn logging_and_streaming_are_kept_as_given() {
    let mut world = World::new();
    let id = world.connector("pbx");
    let path = format!("/voice-connectors/{id}/logging-configuration");
    assert_eq!(world.get(&path).ok(), json!({ "LoggingConfiguration": {} }));
    let logging = json!({ "LoggingConfiguration": { "EnableSIPLogs": true } });
    assert_eq!(world.put(&path, logging.clone()).ok(), logging);
    assert_eq!(world.get(&path).ok(), logging, "what was omitted is returned omitted");

    let path = format!("/voice-connectors/{id}/streaming-configuration");
    world.get(&path).refused("NotFoundException");
    let streaming = json!({ "StreamingConfiguration": { "DataRetentionInHours": 24, "Disabled": false, "StreamingNotificationTargets": [{ "NotificationTarget": "EventBridge" }, { "NotificationTarget": "SQS" }] } });
    assert_eq!(world.put(&path, streaming.clone()).ok(), streaming);
    world.crash();
    assert_eq!(world.get(&path).ok(), streaming);
    let twice = json!({ "DataRetentionInHours": 0, "Disabled": false, "StreamingNotificationTargets": [{ "NotificationTarget": "SQS" }, { "NotificationTarget": "SQS" }] });
    world.put(&path, json!({ "StreamingConfiguration": twice })).refused("BadRequestException");
    world
        .put(&path, json!({ "StreamingConfiguration": { "Disabled": false } }))
        .refused("BadRequestException");
    world.delete(&path).ok();
    world.get(&path).refused("NotFoundException");
}

#[test]
fn emergency_calling_and_external_systems_are_kept_as_given() {
    let mut world = World::new();
    let id = world.connector("pbx");
    let path = format!("/voice-connectors/{id}/emergency-calling-configuration");
    world.get(&path).refused("NotFoundException");
    let emergency = json!({ "EmergencyCallingConfiguration": { "DNIS": [{ "EmergencyPhoneNumber": "+12065550100", "CallingCountry": "US" }] } });
    assert_eq!(world.put(&path, emergency.clone()).ok(), emergency);
    assert_eq!(world.get(&path).ok(), emergency);
    world.delete(&path).ok();
    world.get(&path).refused("NotFoundException");

    let path = format!("/voice-connectors/{id}/external-systems-configuration");
    let systems = json!({ "SessionBorderControllerTypes": ["RIBBON_SBC"] });
    let shown = json!({ "ExternalSystemsConfiguration": { "SessionBorderControllerTypes": ["RIBBON_SBC"] } });
    assert_eq!(world.put(&path, systems).ok(), shown);
    assert_eq!(world.get(&path).ok(), shown);
    world.delete(&path).ok();
    world.get(&path).refused("NotFoundException");
}

#[test]
fn groups_hold_three_connectors_of_different_regions() {
    let mut world = World::new();
    let mut connector = |region: &str| {
        let body = json!({ "Name": "c", "RequireEncryption": false, "AwsRegion": region });
        let made = world.post("/voice-connectors", body).ok();
        json!({ "VoiceConnectorId": made["VoiceConnector"]["VoiceConnectorId"], "Priority": 1 })
    };
    let items: Vec<_> =
        ["us-east-1", "us-west-2", "eu-west-1", "eu-west-2"].map(&mut connector).into_iter().collect();
    let second_east = connector("us-east-1");
    let mut create = |items: Value| {
        world.post("/voice-connector-groups", json!({ "Name": "g", "VoiceConnectorItems": items }))
    };
    create(json!(items)).refused("BadRequestException");
    create(json!([items[0], second_east])).refused("BadRequestException");
    create(json!([{ "VoiceConnectorId": "abcdefghij0123456789ab", "Priority": 1 }]))
        .refused("BadRequestException");
    create(json!([{ "VoiceConnectorId": items[0]["VoiceConnectorId"], "Priority": 100 }]))
        .refused("BadRequestException");
    create(json!([{ "VoiceConnectorId": items[0]["VoiceConnectorId"] }])).refused("BadRequestException");
    let made = create(json!(items[..3])).ok();
    let id = text(&made["VoiceConnectorGroup"]["VoiceConnectorGroupId"]);
    assert_eq!(made["VoiceConnectorGroup"]["VoiceConnectorItems"], json!(items[..3]));
    assert_eq!(made["VoiceConnectorGroup"]["CallDistributionType"], "PriorityWeightedDistribution");
    assert_eq!(
        made["VoiceConnectorGroup"]["VoiceConnectorGroupArn"],
        format!("arn:aws:chime:us-east-1:000000000000:vcg/{id}")
    );

    let path = format!("/voice-connector-groups/{id}");
    assert_eq!(world.get(&path).ok(), made);
    world.delete(&path).refused("ConflictException");
    let changed = world.put(&path, json!({ "Name": "h", "VoiceConnectorItems": [], "CallDistributionType": "LoadBalancedDistribution" })).ok();
    assert_eq!(changed["VoiceConnectorGroup"]["VoiceConnectorItems"], json!([]));
    assert_eq!(changed["VoiceConnectorGroup"]["CallDistributionType"], "LoadBalancedDistribution");

    world.order("VoiceConnector", "+12065550100");
    let numbers = json!({ "E164PhoneNumbers": ["+12065550100"] });
    world.post(&format!("{path}?operation=associate-phone-numbers"), numbers.clone()).ok();
    world.delete(&path).refused("ConflictException").with_code("PhoneNumberAssociationsExist");
    world.post(&format!("{path}?operation=disassociate-phone-numbers"), numbers).ok();
    assert_eq!(
        world.get("/voice-connector-groups").ok()["VoiceConnectorGroups"].as_array().unwrap().len(),
        1
    );
    assert_eq!(world.delete(&path).status, 204);
}

#[test]
fn quotas_are_off_until_set_and_then_refuse_the_next_one() {
    let mut world = World::new();
    for n in 0..20 {
        world.connector(&format!("c{n}"));
    }
    let mut config = Config::default();
    config.quotas.connectors = Some(1);
    let mut world = World::with(config);
    let body = json!({ "Name": "c", "RequireEncryption": false });
    // Both are under way at once: the second must not slip through before the first is stored.
    let (first, second) =
        (world.send("POST /voice-connectors", body.clone()), world.send("POST /voice-connectors", body));
    world.settle();
    world.answer(first).ok();
    let refused = world.answer(second);
    assert_eq!(refused.refused("ResourceLimitExceededException").status, 400);
}

#[test]
fn what_is_not_served_says_so_by_name() {
    let mut world = World::new();
    let id = world.connector("pbx");
    let answer = world.get(&format!("/voice-connectors/{id}/programmable-numbers/proxy"));
    assert_eq!(answer.refused("NotImplementedException").status, 501);
    assert!(text(&answer.body["Message"]).contains("GetVoiceConnectorProxy"));
}
