//! Every class of rule, broken once, is refused with the member's name.

use api::{Error, Kind};
use serde_json::{Map, Value, json};

use super::record::{BOTOCORE, Record, parse};

const CONNECTOR: &str = "/voice-connectors/abcdefghij0123456789kl";

fn refused(method: &str, target: &str, body: &str) -> String {
    let error = parse(method, target, body).expect_err(body);
    assert_eq!(error.kind, Kind::BadRequest, "{error}");
    error.message
}

fn rule(change: impl Fn(&mut Value)) -> Result<(), Error> {
    let mut body = json!({
        "Name": "rule",
        "TriggerType": "ToPhoneNumber",
        "TriggerValue": "+15550100",
        "TargetApplications": [{ "SipMediaApplicationId": "a", "Priority": 1, "AwsRegion": "us-east-1" }],
    });
    change(&mut body);
    parse("POST", "/sip-rules", &body.to_string()).map(|_| ())
}

fn rule_refused(change: impl Fn(&mut Value)) -> String {
    rule(change).unwrap_err().message
}

#[test]
fn required_members() {
    assert_eq!(rule(|_| {}), Ok(()));
    assert_eq!(refused("POST", "/sip-rules", ""), "Name is required");
    assert_eq!(refused("POST", "/sip-rules", "{}"), "Name is required");
    assert_eq!(rule_refused(|body| body["TriggerType"] = Value::Null), "TriggerType is required");
    let nested = r#"{"Origination":{}}"#;
    assert!(parse("PUT", &format!("{CONNECTOR}/origination"), nested).is_ok());
    let message =
        refused("PUT", &format!("{CONNECTOR}/streaming-configuration"), r#"{"StreamingConfiguration":{}}"#);
    assert_eq!(message, "StreamingConfiguration.DataRetentionInHours is required");
    assert_eq!(refused("GET", "/tags", ""), "ResourceARN is required");
}

#[test]
fn null_is_absence_where_absence_is_allowed() {
    assert_eq!(rule(|body| body["Disabled"] = Value::Null), Ok(()));
    assert_eq!(
        rule_refused(|body| body["TargetApplications"][0] = Value::Null),
        "TargetApplications[0] must be an object"
    );
}

#[test]
fn unknown_members_are_ignored_everywhere() {
    assert_eq!(rule(|body| body["Colour"] = json!({ "deep": [1, null] })), Ok(()));
    assert_eq!(rule(|body| body["TargetApplications"][0]["Colour"] = json!(1)), Ok(()));
}

#[test]
fn lengths_of_texts() {
    assert_eq!(rule_refused(|body| body["Name"] = json!("")), "Name must have 1 to 256 characters");
    assert_eq!(
        rule_refused(|body| body["Name"] = json!("a".repeat(257))),
        "Name must have 1 to 256 characters"
    );
    assert_eq!(rule(|body| body["Name"] = json!("a".repeat(256))), Ok(()));
    let message = refused("GET", "/search?type=phone-numbers&toll-free-prefix=80", "");
    assert_eq!(message, "TollFreePrefix must have exactly 3 characters");
    let long = format!("/sip-rules?next-token={}", "%C3%A9".repeat(65_535 / 3));
    assert!(
        parse("GET", &long, "").is_ok(),
        "65,535 bytes of two-byte characters are half as many characters"
    );
    let long = format!("/sip-rules?next-token={}", "a".repeat(65_536));
    assert_eq!(refused("GET", &long, ""), "NextToken must have at most 65535 characters");
}

#[test]
fn patterns_cover_the_whole_text() {
    let message = rule_refused(|body| body["Name"] = json!("naïve"));
    assert_eq!(message, "Name must match the pattern [a-zA-Z0-9 _.-]+");
    for name in ["a\n", "\na", "a!"] {
        assert!(rule(|body| body["Name"] = json!(name)).is_err(), "{name:?}");
    }
    assert!(rule_refused(|body| body["TriggerValue"] = json!(" \t")).starts_with("TriggerValue must match"));
    for number in ["+0155501", "+1", "555-0100", "+1234567890123456", "٣٣٣٣"] {
        let body = json!({ "E164PhoneNumbers": [number] }).to_string();
        let message = refused("POST", &format!("{CONNECTOR}?operation=associate-phone-numbers"), &body);
        assert!(message.starts_with("E164PhoneNumbers[0] must match"), "{message}");
        assert!(!message.contains(number), "a refusal does not repeat a number");
    }
    for bucket in ["xn--bucket", "bucket-s3alias", "Upper", "-a-"] {
        let body = json!({ "VoiceConnector": { "CdrBucket": bucket } }).to_string();
        let message = refused("PUT", "/settings", &body);
        assert!(message.starts_with("VoiceConnector.CdrBucket must match"), "{message}");
    }
    assert!(parse("PUT", "/settings", r#"{"VoiceConnector":{"CdrBucket":"cdr-bucket"}}"#).is_ok());
    assert!(refused("GET", "/voice-connectors/UPPER", "").starts_with("VoiceConnectorId must match"));
}

#[test]
fn enumerations() {
    assert_eq!(
        rule_refused(|body| body["TriggerType"] = json!("Other")),
        "TriggerType must be one of ToPhoneNumber, RequestUriHostname"
    );
    assert_eq!(
        refused("GET", "/phone-number-countries?product-type=voiceconnector", ""),
        "ProductType must be one of VoiceConnector, SipMediaApplicationDialIn"
    );
}

#[test]
fn ranges_of_integers() {
    let message =
        |priority: Value| rule_refused(|body| body["TargetApplications"][0]["Priority"] = priority.clone());
    let at = "TargetApplications[0].Priority";
    assert_eq!(message(json!(0)), format!("{at} must be an integer of at least 1"));
    assert_eq!(message(json!(-1)), format!("{at} must be an integer of at least 1"));
    assert_eq!(message(json!(2_147_483_648_u64)), format!("{at} must be an integer of at least 1"));
    for odd in [json!(1.5), json!(1e300), json!(u64::MAX), json!("1"), json!(true)] {
        assert_eq!(message(odd), format!("{at} must be an integer"));
    }
    for (value, rule) in [
        ("0", "MaxResults must be an integer from 1 to 100"),
        ("101", "MaxResults must be an integer from 1 to 100"),
        ("many", "MaxResults must be an integer"),
        ("", "MaxResults must be an integer"),
        ("99999999999999999999", "MaxResults must be an integer"),
    ] {
        assert_eq!(refused("GET", &format!("/sip-rules?max-results={value}"), ""), rule);
    }
    assert!(parse("GET", "/search?type=phone-numbers&max-results=500", "").is_ok());
}

#[test]
fn counts_of_lists_and_maps() {
    assert_eq!(
        rule_refused(|body| body["TargetApplications"] = json!([])),
        "TargetApplications must have 1 to 25 items"
    );
    let call = |pairs: usize| {
        let arguments: Map<String, Value> = (0..pairs).map(|n| (format!("k{n}"), json!("v"))).collect();
        let body = json!({ "Arguments": arguments }).to_string();
        parse("POST", "/sip-media-applications/a/calls/b", &body)
    };
    assert!(call(0).is_ok() && call(20).is_ok());
    assert_eq!(call(21).unwrap_err().message, "Arguments must have at most 20 pairs");
    let body = r#"{"Name":"a","AwsRegion":"us-east-1","Endpoints":[]}"#;
    assert_eq!(refused("POST", "/sip-media-applications", body), "Endpoints must have exactly 1 item");
    let message = refused("POST", "/phone-numbers?operation=batch-delete", r#"{"PhoneNumberIds":[]}"#);
    assert_eq!(message, "PhoneNumberIds must have at least 1 item");
}

#[test]
fn wrong_types() {
    for (member, value, expected) in [
        ("Name", json!(1), "Name must be a string"),
        ("TriggerType", json!([]), "TriggerType must be a string"),
        ("Disabled", json!("true"), "Disabled must be a boolean"),
        ("TargetApplications", json!({}), "TargetApplications must be a list"),
        ("TargetApplications", json!(["a"]), "TargetApplications[0] must be an object"),
    ] {
        assert_eq!(rule_refused(|body| body[member] = value.clone()), expected);
    }
    let call = |arguments: Value| {
        let body = json!({ "Arguments": arguments }).to_string();
        refused("POST", "/sip-media-applications/a/calls/b", &body)
    };
    assert_eq!(call(json!([])), "Arguments must be an object");
    assert_eq!(call(json!({ "k": 1 })), "Arguments value must be a string");
    assert_eq!(call(json!({ "k": null })), "Arguments value must be a string");
}

#[test]
fn what_is_not_a_json_object() {
    for (body, expected) in [
        ("{", "the body is not JSON: unexpected end at line 1 column 1"),
        ("{]", "the body is not JSON: syntax error at line 1 column 2"),
        ("{} {}", "the body is not JSON: syntax error at line 1 column 4"),
        ("[]", "the body must be a JSON object"),
        ("null", "the body must be a JSON object"),
        ("\"text\"", "the body must be a JSON object"),
        (r#"{"Name":"\ud800"}"#, "the body is not JSON: syntax error at line 1 column 16"),
    ] {
        assert_eq!(refused("POST", "/sip-rules", body), expected);
    }
    let deep = format!("{{\"a\":{}", "[".repeat(200_000));
    assert!(refused("POST", "/sip-rules", &deep).starts_with("the body is not JSON: too deep"));
}

#[test]
fn sizes_over_the_limits() {
    let large = format!("{{\"a\":\"{}\"}}", "x".repeat(api::http::BODY_MAX));
    assert_eq!(parse("POST", "/sip-rules", &large).unwrap_err().kind, Kind::PayloadTooLarge);
    let path = format!("/sip-rules/{}", "x".repeat(api::http::PATH_MAX));
    assert_eq!(parse("GET", &path, "").unwrap_err().kind, Kind::BadRequest);
    let query = format!("/sip-rules?{}", "x".repeat(api::http::QUERY_MAX + 1));
    assert_eq!(parse("GET", &query, "").unwrap_err().kind, Kind::BadRequest);
}

#[test]
fn text_that_is_not_utf8() {
    assert_eq!(refused("GET", "/sip-rules/%ff", ""), "SipRuleId must be percent-encoded UTF-8");
    let message = refused("GET", "/sip-rules?next-token=%ff", "");
    assert_eq!(message, "NextToken must be percent-encoded UTF-8");
}

/// Every member of every body the SDK sent, with a value of no member's type.
#[test]
fn every_member_refuses_a_wrong_type_by_name() {
    let mut tried = 0;
    for record in Record::all(BOTOCORE).iter().filter(|record| record.body.starts_with('{')) {
        if record.name.contains(':') {
            continue;
        }
        let target = format!("{}?{}", record.path, record.query);
        let body: Map<String, Value> = serde_json::from_str(&record.body).unwrap();
        for member in body.keys() {
            for wrong in [json!(1.5), json!([[]]), json!({ "a": {} })] {
                let is_same_kind = matches!((&wrong, &body[member]), (Value::Object(_), Value::Object(o)) if !o.contains_key("X-key"));
                if is_same_kind {
                    continue;
                }
                let mut changed = body.clone();
                changed.insert(member.clone(), wrong);
                let message = refused(&record.method, &target, &Value::Object(changed).to_string());
                assert!(message.starts_with(member.as_str()), "{}: {message}", record.name);
                tried += 1;
            }
        }
    }
    assert!(tried > 150, "{tried}");
}
