//! What unmodified SDKs sent is understood as they meant it.

use std::collections::BTreeSet;

use api::service::Tier;
use api::sigv4::{Access, SKEW};
use api::voice::{Operation, Request};
use api::{Pairs, lambda};

use super::record::{BOTOCORE, JS_V3, Record, secret_of};

fn voice_records() -> impl Iterator<Item = Record> {
    [BOTOCORE, JS_V3].into_iter().flat_map(Record::all).filter(|record| !record.name.contains(':'))
}

#[test]
fn every_captured_request_is_admitted_and_reaches_its_operation() {
    for record in voice_records() {
        let request = record.parse().unwrap_or_else(|error| panic!("{}: {error}", record.name));
        assert_eq!(request.operation().facts().name, record.name, "{} {}", record.method, record.path);
    }
}

#[test]
fn botocore_was_captured_for_every_operation_in_scope() {
    let captured: BTreeSet<String> = Record::all(BOTOCORE).into_iter().map(|record| record.name).collect();
    for operation in Operation::ALL.iter().filter(|o| o.facts().tier != Tier::OutOfScope) {
        assert!(captured.contains(operation.facts().name), "{operation:?}");
    }
}

#[test]
fn phone_number_ids_arrive_decoded_once() {
    let ids: Vec<String> = voice_records()
        .filter(|record| record.name == "GetPhoneNumber")
        .map(|record| match record.parse().unwrap() {
            Request::GetPhoneNumber(input) => input.phone_number_id.0,
            other => panic!("{other:?}"),
        })
        .collect();
    let botocore = ["+12065550100", "%2B12065550100", "12065550100"];
    let js = ["+12065550100", "%2B12065550100"];
    assert_eq!(ids, [botocore.as_slice(), js.as_slice()].concat());
    let number = "+12065550100".parse().unwrap();
    assert!(ids.iter().all(|id| api::ids::parse_phone_number_id(id).as_ref() == Some(&number)));
}

#[test]
fn a_slash_inside_a_label_stays_inside() {
    let ids: Vec<String> = voice_records()
        .filter(|record| record.path.contains("%2F"))
        .map(|record| match record.parse().unwrap() {
            Request::GetSipRule(input) => input.sip_rule_id,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(ids, ["a/b c~é", "a/b c~é"]);
}

#[test]
fn query_members_are_decoded_and_typed() {
    let record = Record::all(JS_V3).into_iter().find(|record| record.name == "ListPhoneNumbers").unwrap();
    let Request::ListPhoneNumbers(input) = record.parse().unwrap() else { panic!() };
    assert_eq!(input.filter_value.as_deref(), Some("a b/é"));
    assert_eq!(input.next_token.as_deref(), Some("ab/+= %"));
    assert_eq!(input.max_results, Some(1));
}

#[test]
fn call_arguments_keep_order_and_characters() {
    let record =
        Record::all(BOTOCORE).into_iter().find(|r| r.name == "CreateSipMediaApplicationCall").unwrap();
    let Request::CreateSipMediaApplicationCall(input) = record.parse().unwrap() else { panic!() };
    let expected = [("X-key", "välue \"1\""), ("second", "")].map(|(k, v)| (k.to_owned(), v.to_owned()));
    assert_eq!(input.arguments_map, Some(Pairs::from_iter(expected)));
    assert_eq!(input.from_phone_number.0.as_str(), "+15550100");
    assert_eq!(input.sip_headers.unwrap().get("second"), Some(""));
}

#[test]
fn a_printed_request_holds_no_number_password_or_argument() {
    for record in voice_records() {
        let printed = format!("{:?}", record.parse().unwrap());
        assert!(!printed.contains("5550100"), "{printed}");
        assert!(!printed.contains("välue"), "{printed}");
    }
    let record =
        Record::all(JS_V3).into_iter().find(|r| r.name == "PutVoiceConnectorTerminationCredentials").unwrap();
    let Request::PutVoiceConnectorTerminationCredentials(input) = record.parse().unwrap() else { panic!() };
    let credential = &input.credentials.as_ref().unwrap()[0];
    assert_eq!(credential.password.as_ref().unwrap().as_str(), "p");
    assert!(format!("{input:?}").contains("password: Some(…)"));
}

#[test]
fn both_sdks_invoke_functions() {
    let access = Access::Signed { service: lambda::SIGNING_NAME, secret_of: &secret_of, skew: SKEW };
    let mut seen = Vec::new();
    for record in [BOTOCORE, JS_V3].into_iter().flat_map(Record::all).filter(|r| r.name == "lambda:Invoke") {
        record.raw(|request| {
            let invocation = lambda::parse(request, &access, record.signed_at()).unwrap();
            seen.push((invocation.function.to_string(), invocation.kind, invocation.payload.to_vec()));
        });
    }
    let botocore = "arn:aws:lambda:us-east-1:111122223333:function:sma:$LATEST".to_owned();
    let js = "111122223333:function:sma:live".to_owned();
    assert_eq!(
        seen,
        [
            (botocore, lambda::InvocationType::Event, b"{\"a\": 1}".to_vec()),
            (js, lambda::InvocationType::RequestResponse, b"{\"a\":1}".to_vec()),
        ]
    );
}
