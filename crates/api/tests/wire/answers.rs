//! Answers and refusals as bytes.

use api::error::Code;
use api::http::{RawResponse, render};
use api::voice::*;
use api::{Error, Kind, meetings};
use base::Timestamp;
use serde_json::{Value, json};

fn header<'a>(response: &'a RawResponse, name: &str) -> Option<&'a str> {
    response.headers.iter().find(|(n, _)| *n == name).map(|(_, value)| value.as_str())
}

fn body(response: &RawResponse) -> Value {
    serde_json::from_slice(&response.body).unwrap()
}

#[test]
fn moments_are_texts_and_absent_members_are_absent() {
    let at = Timestamp::from_millis(1_565_386_521_445);
    let sip_rule = SipRule {
        sip_rule_id: Some("id".into()),
        disabled: Some(false),
        trigger_type: Some(SipRuleTriggerType::RequestUriHostname),
        target_applications: Some(vec![SipRuleTargetApplication { priority: Some(1), ..Default::default() }]),
        created_timestamp: Some(at),
        ..Default::default()
    };
    let output = CreateSipRuleResponse { sip_rule: Some(sip_rule.clone()) };
    let response = render(&Ok(Response::CreateSipRule(output).into()), "request-1");
    assert_eq!(response.status, 201);
    assert_eq!(header(&response, "x-amzn-requestid"), Some("request-1"));
    assert_eq!(header(&response, "content-type"), Some("application/json"));
    assert_eq!(
        body(&response),
        json!({ "SipRule": {
            "SipRuleId": "id",
            "Disabled": false,
            "TriggerType": "RequestUriHostname",
            "TargetApplications": [{ "Priority": 1 }],
            "CreatedTimestamp": "2019-08-09T21:35:21.445Z",
        }})
    );
    let read: CreateSipRuleResponse = serde_json::from_slice(&response.body).unwrap();
    assert_eq!(read.sip_rule, Some(sip_rule));
}

#[test]
fn numbers_and_names_are_written_plainly() {
    let number: base::E164 = "12065550100".parse().unwrap();
    let phone_number = PhoneNumber {
        phone_number_id: Some(api::ids::phone_number_id(&number).into()),
        e164_phone_number: Some(base::Pii(number)),
        r#type: Some(PhoneNumberType::TollFree),
        ..Default::default()
    };
    assert!(!format!("{phone_number:?}").contains("206555"));
    let output = GetPhoneNumberResponse { phone_number: Some(phone_number) };
    let response = render(&Ok(Response::GetPhoneNumber(output).into()), "r");
    assert_eq!(
        body(&response),
        json!({ "PhoneNumber": {
            "PhoneNumberId": "%2B12065550100",
            "E164PhoneNumber": "+12065550100",
            "Type": "TollFree",
        }})
    );
}

#[test]
fn members_with_odd_names_keep_them() {
    let address = Address { postal_code_plus4: Some("1234".to_owned().into()), ..Default::default() };
    let output = ValidateE911AddressResponse { address: Some(address), ..Default::default() };
    let response = render(&Ok(Response::ValidateE911Address(output).into()), "r");
    assert_eq!(
        (response.status, body(&response)),
        (202, json!({ "Address": { "postalCodePlus4": "1234" } }))
    );
    let logging = LoggingConfiguration { enable_sip_logs: Some(true), ..Default::default() };
    let output = GetVoiceConnectorLoggingConfigurationResponse { logging_configuration: Some(logging) };
    let response = render(&Ok(Response::GetVoiceConnectorLoggingConfiguration(output).into()), "r");
    assert_eq!(body(&response), json!({ "LoggingConfiguration": { "EnableSIPLogs": true } }));
}

#[test]
fn an_answer_without_members_has_no_body() {
    for response in [
        api::Response::from(Response::DeleteSipRule),
        Response::TagResource.into(),
        Response::UpdateGlobalSettings.into(),
        meetings::Response::DeleteMeeting.into(),
        meetings::Response::TagResource.into(),
    ] {
        let response = render(&Ok(response), "r");
        assert_eq!((response.status, response.body.len()), (204, 0));
        assert_eq!(header(&response, "content-type"), None);
    }
    for response in [
        meetings::Response::BatchUpdateAttendeeCapabilitiesExcept,
        meetings::Response::StartMeetingTranscription,
        meetings::Response::StopMeetingTranscription,
    ] {
        let response = render(&Ok(response.into()), "r");
        assert_eq!((response.status, response.body.len()), (200, 0));
    }
    let empty = GetGlobalSettingsResponse::default();
    assert_eq!(render(&Ok(Response::GetGlobalSettings(empty).into()), "r").body, b"{}");
}

#[test]
fn every_kind_of_refusal_has_its_status_header_and_body() {
    let codes = Kind::ALL.map(|kind| {
        let response = render(&Err(Error::new(kind, "why")), "r");
        assert_eq!(response.status, kind.status());
        assert_eq!(header(&response, "x-amzn-errortype"), Some(kind.exception()));
        assert_eq!(header(&response, "content-type"), Some("application/json"));
        assert_eq!(header(&response, "retry-after"), None);
        let body = body(&response);
        assert_eq!((&body["Message"], &body["RequestId"]), (&json!("why"), &json!("r")));
        (kind.status(), body["Code"].as_str().unwrap().to_owned())
    });
    let expected = [
        (403, "AccessDenied"),
        (400, "BadRequest"),
        (409, "Conflict"),
        (403, "Forbidden"),
        (410, "Gone"),
        (400, "LimitExceeded"),
        (404, "NotFound"),
        (400, "ResourceLimitExceeded"),
        (404, "ResourceNotFound"),
        (500, "ServiceFailure"),
        (503, "ServiceUnavailable"),
        (429, "Throttled"),
        (429, "Throttling"),
        (400, "TooManyTags"),
        (401, "Unauthorized"),
        (401, "Unauthorized"),
        (422, "Unprocessable"),
        (404, "UnknownOperation"),
        (501, "NotImplemented"),
        (413, "PayloadTooLarge"),
    ];
    assert_eq!(codes, expected.map(|(status, code)| (status, code.to_owned())));
}

#[test]
fn a_conflict_may_be_finer_and_a_throttle_says_when() {
    let error = Error::conflict("numbers").with_code(Code::PhoneNumberAssociationsExist);
    let response = render(&Err(error), "r");
    assert_eq!(header(&response, "x-amzn-errortype"), Some("ConflictException"));
    assert_eq!(body(&response)["Code"], "PhoneNumberAssociationsExist");
    assert_eq!(header(&render(&Err(Error::throttled("slowly", 1)), "r"), "retry-after"), Some("1"));
    assert_eq!(header(&render(&Err(Error::unavailable("full", 2)), "r"), "retry-after"), Some("2"));
}
