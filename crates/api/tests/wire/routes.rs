//! Method, path and query find their operation.

use api::Kind;
use api::voice::{Operation, Request};

use super::record::parse;

fn operation(method: &str, target: &str, body: &str) -> Operation {
    parse(method, target, body).unwrap_or_else(|error| panic!("{method} {target}: {error}")).operation()
}

fn refusal(method: &str, target: &str) -> Kind {
    parse(method, target, "{}").unwrap_err().kind
}

#[test]
fn the_operation_parameter_tells_operations_of_one_path_apart() {
    let connector = "/voice-connectors/abcdefghij0123456789kl";
    let numbers = r#"{"E164PhoneNumbers":["+15550100"]}"#;
    for (query, expected) in [
        ("operation=associate-phone-numbers", Operation::AssociatePhoneNumbersWithVoiceConnector),
        ("x=y&operation=disassociate-phone-numbers", Operation::DisassociatePhoneNumbersFromVoiceConnector),
        ("operation=associate%2Dphone-numbers", Operation::AssociatePhoneNumbersWithVoiceConnector),
    ] {
        assert_eq!(operation("POST", &format!("{connector}?{query}"), numbers), expected);
    }
    assert_eq!(operation("POST", "/phone-numbers/%2B15550100", "{}"), Operation::UpdatePhoneNumber);
    assert_eq!(operation("POST", "/phone-numbers/%2B15550100?x=y", ""), Operation::UpdatePhoneNumber);
    assert_eq!(operation("POST", "/phone-numbers/1?operation=restore", ""), Operation::RestorePhoneNumber);
    assert_eq!(refusal("POST", "/phone-numbers/1?operation=other"), Kind::UnknownOperation);
    assert_eq!(refusal("POST", "/phone-numbers"), Kind::UnknownOperation);
    assert_eq!(refusal("POST", connector), Kind::UnknownOperation);
}

#[test]
fn search_needs_its_type_in_any_place() {
    assert_eq!(
        operation("GET", "/search?type=phone-numbers&city=x", ""),
        Operation::SearchAvailablePhoneNumbers
    );
    assert_eq!(
        operation("GET", "/search?city=x&type=phone-numbers", ""),
        Operation::SearchAvailablePhoneNumbers
    );
    assert_eq!(refusal("GET", "/search"), Kind::UnknownOperation);
    assert_eq!(refusal("GET", "/search?type=people"), Kind::UnknownOperation);
}

#[test]
fn what_no_operation_has_is_unknown() {
    for (method, target) in [
        ("GET", "/"),
        ("GET", ""),
        ("GET", "sip-rules"),
        ("GET", "/nothing"),
        ("GET", "/sip-rules/a/b"),
        ("PATCH", "/sip-rules/a"),
        ("get", "/sip-rules"),
        ("GET", "//sip-rules"),
        ("DELETE", "/sip-rules"),
    ] {
        assert_eq!(refusal(method, target), Kind::UnknownOperation, "{method} {target}");
    }
}

#[test]
fn operations_out_of_scope_say_their_name() {
    for (method, target, name) in [
        ("POST", "/voice-profiles", "CreateVoiceProfile"),
        (
            "GET",
            "/sip-media-applications/x/alexa-skill-configuration",
            "GetSipMediaApplicationAlexaSkillConfiguration",
        ),
        ("POST", "/voice-connectors/x/speaker-search-tasks/y?operation=stop", "StopSpeakerSearchTask"),
    ] {
        let error = parse(method, target, "not even json").unwrap_err();
        assert_eq!((error.kind, error.message), (Kind::NotImplemented, format!("{name} is not implemented")));
    }
}

#[test]
fn an_empty_label_is_a_bad_request_and_not_another_operation() {
    let error = parse("DELETE", "/sip-rules/", "").unwrap_err();
    assert_eq!(error.kind, Kind::BadRequest);
    assert!(error.message.starts_with("SipRuleId "), "{}", error.message);
}

#[test]
fn bodies_are_not_looked_at_where_nothing_is_in_them() {
    assert!(parse("GET", "/sip-rules", "not json").is_ok());
    assert!(parse("POST", "/phone-numbers/1?operation=restore", "not json").is_ok());
}

#[test]
fn the_path_wins_over_the_body() {
    let request = parse("POST", "/phone-numbers/1234", r#"{"PhoneNumberId":"other","Name":"n"}"#).unwrap();
    let Request::UpdatePhoneNumber(input) = request else { panic!() };
    assert_eq!((input.phone_number_id.as_str(), input.name.as_deref()), ("1234", Some(&"n".to_owned())));
}
