use serde_json::{Value, json};

use super::world::{World, host, rule_body, text};

#[test]
fn an_application_is_made_read_changed_and_removed() {
    let mut world = World::new();
    let function = "arn:aws:lambda:us-east-1:111122223333:function:sma";
    let body = json!({ "AwsRegion": "us-east-1", "Name": "ivr", "Endpoints": [{ "LambdaArn": function }] });
    let made = world.post("/sip-media-applications", body);
    assert_eq!(made.status, 201);
    let made = made.ok();
    let id = text(&made["SipMediaApplication"]["SipMediaApplicationId"]);
    assert_eq!(
        made["SipMediaApplication"]["SipMediaApplicationArn"],
        format!("arn:aws:chime:us-east-1:000000000000:sma/{id}")
    );
    assert_eq!(made["SipMediaApplication"]["CreatedTimestamp"], "2023-11-14T22:13:20.000Z");
    let path = format!("/sip-media-applications/{id}");
    assert_eq!(world.get(&path).ok(), made);

    world.now += std::time::Duration::from_secs(1);
    assert_eq!(world.put(&path, json!({})).ok(), made, "nothing to change, nothing changed");
    let renamed = world.put(&path, json!({ "Name": "menu" })).ok();
    assert_eq!(renamed["SipMediaApplication"]["Name"], "menu");
    assert_eq!(renamed["SipMediaApplication"]["Endpoints"], made["SipMediaApplication"]["Endpoints"]);
    assert_eq!(renamed["SipMediaApplication"]["UpdatedTimestamp"], "2023-11-14T22:13:21.000Z");

    let deleted = world.delete(&path);
    assert_eq!((deleted.status, deleted.body), (204, Value::Null));
    world.get(&path).refused("NotFoundException");
    world.delete(&path).refused("NotFoundException");
    world.put(&path, json!({ "Name": "x" })).refused("NotFoundException");
}

#[test]
fn names_need_not_be_unique_and_an_endpoint_needs_its_function() {
    let mut world = World::new();
    assert_ne!(world.application("ivr"), world.application("ivr"));
    let body = json!({ "AwsRegion": "us-east-1", "Name": "ivr", "Endpoints": [{}] });
    world.post("/sip-media-applications", body).refused("BadRequestException");
}

#[test]
fn message_logs_are_a_switch() {
    let mut world = World::new();
    let id = world.application("ivr");
    let path = format!("/sip-media-applications/{id}/logging-configuration");
    let empty = json!({ "SipMediaApplicationLoggingConfiguration": {} });
    assert_eq!(world.get(&path).ok(), empty);
    assert!(!world.directory.logs_messages(&id));
    let on = json!({ "SipMediaApplicationLoggingConfiguration": { "EnableSipMediaApplicationMessageLogs": true } });
    assert_eq!(world.put(&path, on.clone()).ok(), on);
    assert_eq!(world.get(&path).ok(), on);
    assert!(world.directory.logs_messages(&id));
    assert_eq!(world.put(&path, json!({})).ok(), empty);
    world.get("/sip-media-applications/none/logging-configuration").refused("NotFoundException");
}

#[test]
fn applications_come_in_pages() {
    let mut world = World::new();
    let mut made: Vec<_> = (0..7).map(|n| world.application(&format!("a{n}"))).collect();
    made.sort();
    let (mut seen, mut token) = (Vec::new(), None::<String>);
    loop {
        let query = token.map(|token| format!("&next-token={token}")).unwrap_or_default();
        let page = world.get(&format!("/sip-media-applications?max-results=3{query}")).ok();
        let rows = page["SipMediaApplications"].as_array().unwrap();
        seen.extend(rows.iter().map(|row| text(&row["SipMediaApplicationId"])));
        match &page["NextToken"] {
            Value::String(next) => token = Some(next.clone()),
            _ => break,
        }
    }
    assert_eq!(seen, made);
    world.get("/sip-media-applications?next-token=nonsense").refused("BadRequestException");
    let all = world.get("/sip-media-applications").ok();
    assert_eq!(all["SipMediaApplications"].as_array().unwrap().len(), 7);
    assert_eq!(all.get("NextToken"), None);
}

#[test]
fn a_rule_makes_its_number_assigned_while_enabled() {
    let mut world = World::new();
    let application = world.application("ivr");
    world.number("+12065550100");
    let made =
        world.post("/sip-rules", rule_body("r", "ToPhoneNumber", "+12065550100", &[&application])).ok();
    let rule = text(&made["SipRule"]["SipRuleId"]);
    assert_eq!(made["SipRule"]["Disabled"], false);
    assert_eq!(made["SipRule"]["TargetApplications"][0]["AwsRegion"], "us-east-1");
    let number = world.get("/phone-numbers/%2B12065550100").ok();
    assert_eq!(number["PhoneNumber"]["Status"], "Assigned");
    assert_eq!(number["PhoneNumber"]["Associations"][0]["Name"], "SipRuleId");
    assert_eq!(number["PhoneNumber"]["Associations"][0]["Value"], rule);

    let path = format!("/sip-rules/{rule}");
    let off = world.put(&path, json!({ "Name": "r", "Disabled": true }));
    assert_eq!(off.status, 202);
    let off = off.ok();
    assert_eq!(
        off["SipRule"]["TargetApplications"], made["SipRule"]["TargetApplications"],
        "what is omitted stays"
    );
    let number = world.get("/phone-numbers/%2B12065550100").ok();
    assert_eq!(number["PhoneNumber"]["Status"], "Unassigned");
    assert_eq!(number["PhoneNumber"]["Associations"], json!([]));
}

#[test]
fn a_trigger_must_be_ours_and_of_the_right_kind() {
    let mut world = World::new();
    let application = world.application("ivr");
    world.order("VoiceConnector", "+12065550101");
    for (kind, value) in [
        ("ToPhoneNumber", "+12065550100"),
        ("ToPhoneNumber", "+12065550101"),
        ("ToPhoneNumber", "front desk"),
        ("RequestUriHostname", "abcdefghij0123456789ab.voiceconnector.chime.aws"),
        ("RequestUriHostname", "example.com"),
    ] {
        let answer = world.post("/sip-rules", rule_body("r", kind, value, &[&application]));
        answer.refused("BadRequestException");
    }
}

#[test]
fn one_rule_per_trigger_whatever_the_case_of_the_host() {
    let mut world = World::new();
    let application = world.application("ivr");
    world.number("+12065550100");
    world.rule("ToPhoneNumber", "+12065550100", &[&application]);
    let again = world.post("/sip-rules", rule_body("r", "ToPhoneNumber", "12065550100", &[&application]));
    assert_eq!(again.refused("ConflictException").status, 409);

    let connector = world.connector("pbx");
    let made = world.post(
        "/sip-rules",
        rule_body("r", "RequestUriHostname", &host(&connector).to_uppercase(), &[&application]),
    );
    assert_eq!(made.ok()["SipRule"]["TriggerValue"], host(&connector).to_uppercase());
    let again =
        world.post("/sip-rules", rule_body("r", "RequestUriHostname", &host(&connector), &[&application]));
    again.refused("ConflictException");
}

#[test]
fn targets_exist_one_per_region_each_with_its_own_priority() {
    let mut world = World::new();
    let (east, also_east) = (world.application("e1"), world.application("e2"));
    let west = world.application_in("us-west-2", "w");
    world.number("+12065550100");
    let mut with = |targets: Value| {
        let mut body = rule_body("r", "ToPhoneNumber", "+12065550100", &[]);
        body["TargetApplications"] = targets;
        world.post("/sip-rules", body)
    };
    let target = |id: &str, priority: u32| json!({ "SipMediaApplicationId": id, "Priority": priority });
    for bad in [
        json!([target("5f2ae1b0-4d3c-4b6e-8a3e-0d7f0f4b3c11", 1)]),
        json!([target(&east, 1), target(&also_east, 2)]),
        json!([target(&east, 1), target(&west, 1)]),
        json!([{ "SipMediaApplicationId": east }, target(&west, 1)]),
        json!([{ "Priority": 1 }]),
        json!([{ "SipMediaApplicationId": east, "Priority": 1, "AwsRegion": "us-west-2" }]),
        json!([target(&east, 0)]),
        json!([]),
    ] {
        with(bad.clone()).refused("BadRequestException");
    }
    let made = with(json!([target(&east, 2), target(&west, 1)])).ok();
    assert_eq!(made["SipRule"]["TargetApplications"][0]["SipMediaApplicationId"], west, "by priority");
}

#[test]
fn a_rule_is_disabled_before_it_is_deleted_and_then_frees_what_it_held() {
    let mut world = World::new();
    let application = world.application("ivr");
    world.number("+12065550100");
    let rule = world.rule("ToPhoneNumber", "+12065550100", &[&application]);
    let (path, application_path) =
        (format!("/sip-rules/{rule}"), format!("/sip-media-applications/{application}"));
    world.delete(&path).refused("ConflictException");
    world.delete(&application_path).refused("ConflictException");
    world.put(&path, json!({ "Name": "r", "Disabled": true })).ok();
    world.delete(&application_path).refused("ConflictException");
    world.delete(&path).ok();
    world.get(&path).refused("NotFoundException");
    world.delete(&application_path).ok();
}

#[test]
fn a_disabled_rule_is_enabled_only_while_its_number_is_still_ours() {
    let mut world = World::new();
    let application = world.application("ivr");
    world.number("+12065550100");
    let rule = world.rule("ToPhoneNumber", "+12065550100", &[&application]);
    let path = format!("/sip-rules/{rule}");
    world.put(&path, json!({ "Name": "r", "Disabled": true })).ok();
    world.delete("/phone-numbers/%2B12065550100").ok();
    world.put(&path, json!({ "Name": "r", "Disabled": false })).refused("BadRequestException");
    world.put(&path, json!({ "Name": "still disabled" })).ok();
    world.post("/phone-numbers/%2B12065550100?operation=restore", json!({})).ok();
    world.put(&path, json!({ "Name": "r", "Disabled": false })).ok();
}

#[test]
fn rules_are_listed_by_application() {
    let mut world = World::new();
    let (a, b) = (world.application("a"), world.application_in("us-west-2", "b"));
    let mut of_a = Vec::new();
    for n in 0..5 {
        let number = format!("+1206555010{n}");
        world.number(&number);
        let applications = if n % 2 == 0 { vec![a.as_str(), b.as_str()] } else { vec![b.as_str()] };
        let rule = world.rule("ToPhoneNumber", &number, &applications);
        if n % 2 == 0 {
            of_a.push(rule);
        }
    }
    of_a.sort();
    let ids = |page: &Value| -> Vec<_> {
        page["SipRules"].as_array().unwrap().iter().map(|rule| text(&rule["SipRuleId"])).collect()
    };
    let first = world.get(&format!("/sip-rules?sip-media-application={a}&max-results=2")).ok();
    assert_eq!(ids(&first), of_a[..2]);
    let token = text(&first["NextToken"]);
    let rest =
        world.get(&format!("/sip-rules?sip-media-application={a}&max-results=2&next-token={token}")).ok();
    assert_eq!(ids(&rest), of_a[2..]);
    assert_eq!(rest.get("NextToken"), None);
    assert_eq!(ids(&world.get("/sip-rules").ok()).len(), 5);
    world.get("/sip-rules?sip-media-application=none").refused("NotFoundException");
}
