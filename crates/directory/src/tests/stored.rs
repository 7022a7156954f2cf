use serde_json::{Value, json};

use super::world::{CARRIER, World, host};
use crate::{Config, Directory, Kind, Record, Route};

/// One of everything.
pub(super) fn full_world() -> World {
    let mut world = World::new();
    let application = world.application("ivr");
    let trunk = world.trunk("pbx");
    world.number("+12065550100");
    world.order("VoiceConnector", "+12065550101");
    world.rule("ToPhoneNumber", "+12065550100", &[&application]);
    world.rule("RequestUriHostname", &host(&trunk), &[&application]);
    let numbers = json!({ "E164PhoneNumbers": ["+12065550101"] });
    world.post(&format!("/voice-connectors/{trunk}?operation=associate-phone-numbers"), numbers).ok();
    let users = json!({ "Credentials": [{ "Username": "bob", "Password": "secret" }] });
    world.post(&format!("/voice-connectors/{trunk}/termination/credentials?operation=put"), users).ok();
    let items = json!([{ "VoiceConnectorId": trunk, "Priority": 1 }]);
    world.post("/voice-connector-groups", json!({ "Name": "g", "VoiceConnectorItems": items })).ok();
    world.put("/settings", json!({ "VoiceConnector": { "CdrBucket": "records" } })).ok();
    let meeting = world.meeting("stand-up");
    world.attendee(&meeting, "alice");
    world
}

#[test]
fn a_restart_finds_everything_as_it_was() {
    let mut world = full_world();
    let before = world.directory.tables().dump();
    assert_eq!(before.len(), world.stored.len());
    assert_eq!(before, world.stored.values().cloned().collect::<Vec<_>>());
    world.crash();
    assert_eq!(world.directory.tables().dump(), before);
    assert!(matches!(world.route(CARRIER, "+12065550100", ""), Route::Application(_)));
    assert!(matches!(world.route(CARRIER, "+12065550101", ""), Route::Transfer(_)));
}

#[test]
fn every_record_carries_its_version_and_members_of_a_later_writer_survive_a_change() {
    let mut world = full_world();
    for record in world.stored.values_mut() {
        let mut json: Value = serde_json::from_str(&record.json).unwrap();
        assert_eq!(json["v"], 1, "{record:?}");
        json["colour"] = json!({ "deep": [1, null] });
        record.json = json.to_string();
    }
    world.crash();
    let ids: Vec<_> = world.stored.keys().cloned().collect();
    for (kind, id) in &ids {
        let answer = match kind {
            Kind::Application => world.put(&format!("/sip-media-applications/{id}"), json!({ "Name": "n" })),
            Kind::Rule => world.put(&format!("/sip-rules/{id}"), json!({ "Name": "n" })),
            Kind::Connector => world
                .put(&format!("/voice-connectors/{id}"), json!({ "Name": "n", "RequireEncryption": false })),
            Kind::Group => world.put(
                &format!("/voice-connector-groups/{id}"),
                json!({ "Name": "n", "VoiceConnectorItems": [] }),
            ),
            Kind::Number => world.post(&format!("/phone-numbers/{id}"), json!({ "Name": "n" })),
            Kind::Settings => world.put("/settings", json!({ "VoiceConnector": {} })),
            Kind::Meeting => {
                let arn = format!("arn:aws:chime:us-east-1:000000000000:meeting/{id}");
                let tags = json!([{ "Key": "k", "Value": "v" }]);
                world.post("/tags?operation=tag-resource", json!({ "ResourceARN": arn, "Tags": tags }))
            }
            Kind::Attendee => {
                let (meeting, attendee) = id.split_once('/').unwrap();
                let deaf = json!({ "Audio": "Send", "Video": "None", "Content": "None" });
                let path = format!("/meetings/{meeting}/attendees/{attendee}/capabilities");
                world.put(&path, json!({ "Capabilities": deaf }))
            }
            // Orders never change.
            Kind::Order => continue,
        };
        assert!(answer.status < 300, "{answer:?}");
        let json: Value = serde_json::from_str(&world.stored[&(*kind, id.clone())].json).unwrap();
        assert_eq!(json["colour"], json!({ "deep": [1, null] }), "{kind}");
    }
}

#[test]
fn a_record_that_cannot_be_read_stops_the_start_by_name() {
    let load = |kind, id: &str, json: &str| {
        let record = Record { kind, id: id.into(), revision: 1, json: json.into() };
        Directory::load(Config::default(), [record]).unwrap_err().to_string()
    };
    assert_eq!(
        load(Kind::Rule, "r1", r#"{"v":9}"#),
        "record sip-rule/r1: version 9, the latest known here is 1"
    );
    assert!(load(Kind::Connector, "c", r#"{"v":1}"#).starts_with("record voice-connector/c: missing field"));
    assert!(load(Kind::Number, "+1", "not json").starts_with("record phone-number/+1: expected"));
}

#[test]
fn damaged_json_never_panics() {
    let world = full_world();
    let mut rng = base::Rng::new(11);
    for record in world.stored.values() {
        for _ in 0..200 {
            let mut bytes = record.json.clone().into_bytes();
            for _ in 0..=rng.below(3) {
                let at = rng.below(bytes.len() as u64) as usize;
                match rng.below(3) {
                    0 => bytes[at] = b"{}[]\",:0 x"[rng.below(10) as usize],
                    1 => {
                        bytes.remove(at);
                    }
                    _ => bytes.truncate(at.max(1)),
                }
            }
            let json = String::from_utf8_lossy(&bytes).into_owned();
            let damaged = Record { json, ..record.clone() };
            // Reads or is refused; what it reads as routes somewhere.
            if let Ok(directory) = Directory::load(Config::default(), [damaged]) {
                assert_eq!(directory.pending(), 0);
            }
        }
    }
}
