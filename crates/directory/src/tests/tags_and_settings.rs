use serde_json::{Value, json};

use super::world::{World, text};

fn tags(world: &mut World, arn: &str) -> Value {
    world.get(&format!("/tags?arn={}", arn.replace(':', "%3A").replace('/', "%2F"))).ok()["Tags"].clone()
}

#[test]
fn tags_come_with_a_creation_are_added_replaced_and_removed() {
    let mut world = World::new();
    let body = json!({ "Name": "c", "RequireEncryption": false, "Tags": [{ "Key": "team", "Value": "a" }] });
    let made = world.post("/voice-connectors", body).ok();
    let arn = text(&made["VoiceConnector"]["VoiceConnectorArn"]);
    assert_eq!(tags(&mut world, &arn), json!([{ "Key": "team", "Value": "a" }]));
    let more = json!({ "ResourceARN": arn, "Tags": [{ "Key": "team", "Value": "b" }, { "Key": "cost", "Value": "" }] });
    assert_eq!(world.post("/tags?operation=tag-resource", more).status, 204);
    assert_eq!(
        tags(&mut world, &arn),
        json!([{ "Key": "cost", "Value": "" }, { "Key": "team", "Value": "b" }])
    );
    let gone = json!({ "ResourceARN": arn, "TagKeys": ["team", "none"] });
    assert_eq!(world.post("/tags?operation=untag-resource", gone).status, 204);
    world.crash();
    assert_eq!(tags(&mut world, &arn), json!([{ "Key": "cost", "Value": "" }]));
}

#[test]
fn fifty_tags_and_no_more() {
    let mut world = World::new();
    let id = world.application("ivr");
    let arn = format!("arn:aws:chime:us-east-1:000000000000:sma/{id}");
    let some = |from: usize, count: usize| -> Vec<_> {
        (from..from + count).map(|n| json!({ "Key": format!("k{n}"), "Value": "v" })).collect()
    };
    world.post("/tags?operation=tag-resource", json!({ "ResourceARN": arn, "Tags": some(0, 50) })).ok();
    world.post("/tags?operation=tag-resource", json!({ "ResourceARN": arn, "Tags": some(49, 1) })).ok();
    world
        .post("/tags?operation=tag-resource", json!({ "ResourceARN": arn, "Tags": some(50, 1) }))
        .refused("ResourceLimitExceededException");
    let twice =
        json!({ "ResourceARN": arn, "Tags": [{ "Key": "k1", "Value": "a" }, { "Key": "k1", "Value": "b" }] });
    world.post("/tags?operation=tag-resource", twice).refused("BadRequestException");
}

#[test]
fn what_cannot_be_tagged_is_not_found() {
    let mut world = World::new();
    for arn in [
        "arn:aws:chime:us-east-1:000000000000:vcg/none",
        "arn:aws:chime:us-east-1:000000000000:phone-number/15550100",
        "arn:aws:s3:::bucket",
    ] {
        world.get(&format!("/tags?arn={arn}")).refused("NotFoundException");
        let body = json!({ "ResourceARN": arn, "Tags": [{ "Key": "k", "Value": "v" }] });
        world.post("/tags?operation=tag-resource", body).refused("NotFoundException");
    }
}

#[test]
fn settings_of_the_account() {
    let mut world = World::new();
    assert_eq!(world.get("/settings").ok(), json!({ "VoiceConnector": {} }));
    let bucket = json!({ "VoiceConnector": { "CdrBucket": "records" } });
    assert_eq!(world.put("/settings", bucket.clone()).status, 204);
    assert_eq!(world.get("/settings").ok(), bucket);
    assert_eq!(world.directory.detail_record_bucket().as_deref(), Some("records"));
    assert_eq!(world.get("/settings/phone-number").ok(), json!({}));
    world.put("/settings/phone-number", json!({ "CallingName": "Acme" })).ok();
    let shown = json!({ "CallingName": "Acme", "CallingNameUpdatedTimestamp": "2023-11-14T22:13:20.000Z" });
    assert_eq!(world.get("/settings/phone-number").ok(), shown);
    world.put("/settings", json!({ "VoiceConnector": {} })).ok();
    assert_eq!(world.get("/settings").ok(), json!({ "VoiceConnector": {} }));
    assert_eq!(world.get("/settings/phone-number").ok(), shown);
}
