//! Method, path and query find their operation.

use api::voice::{Operation, Request};
use api::{Kind, meetings};

use super::record::{parse, parse_meetings};

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

fn of_meetings(method: &str, target: &str, body: &str) -> meetings::Operation {
    parse_meetings(method, target, body)
        .unwrap_or_else(|error| panic!("{method} {target}: {error}"))
        .operation()
}

const ID: &str = "11111111-2222-4333-8444-555555555555";

#[test]
fn paths_of_meetings_reach_their_service() {
    use meetings::Operation as O;
    let meeting = r#"{"ClientRequestToken":"t-1","MediaRegion":"us-east-1","ExternalMeetingId":"me","Attendees":[{"ExternalUserId":"me"}]}"#;
    let everything = r#""Capabilities":{"Audio":"None","Video":"None","Content":"None"}"#;
    let except = format!(r#"{{{everything},"ExcludedAttendeeIds":[{{"AttendeeId":"{ID}"}}]}}"#);
    let update = format!("{{{everything}}}");
    let start = r#"{"TranscriptionConfiguration":{}}"#;
    let attendee = r#"{"ExternalUserId":"me"}"#;
    for (method, path, body, expected) in [
        ("POST", "/meetings", meeting, O::CreateMeeting),
        ("POST", "/meetings?operation=create-attendees", meeting, O::CreateMeetingWithAttendees),
        ("GET", "/meetings/{}", "", O::GetMeeting),
        ("DELETE", "/meetings/{}", "", O::DeleteMeeting),
        ("POST", "/meetings/{}/attendees", attendee, O::CreateAttendee),
        ("POST", "/meetings/{}/attendees?operation=batch-create", meeting, O::BatchCreateAttendee),
        ("GET", "/meetings/{}/attendees?max-results=3", "", O::ListAttendees),
        ("GET", "/meetings/{}/attendees/{}", "", O::GetAttendee),
        ("DELETE", "/meetings/{}/attendees/{}", "", O::DeleteAttendee),
        ("PUT", "/meetings/{}/attendees/{}/capabilities", &update, O::UpdateAttendeeCapabilities),
        (
            "PUT",
            "/meetings/{}/attendees/capabilities?operation=batch-update-except",
            &except,
            O::BatchUpdateAttendeeCapabilitiesExcept,
        ),
        ("POST", "/meetings/{}/transcription?operation=start", start, O::StartMeetingTranscription),
        ("POST", "/meetings/{}/transcription?operation=stop", "", O::StopMeetingTranscription),
    ] {
        assert_eq!(of_meetings(method, &path.replace("{}", ID), body), expected, "{method} {path}");
    }
    for (method, target) in [
        ("GET", "/meetings"),
        ("GET", "/meetings?operation=create-attendees"),
        ("POST", "/meetings?operation=other"),
        ("PUT", "/meetings/x/attendees/capabilities"),
        ("POST", "/meetings/x/transcription"),
        ("GET", "/Meetings/x"),
    ] {
        assert_eq!(refusal(method, target), Kind::UnknownOperation, "{method} {target}");
    }
}

#[test]
fn tags_go_to_the_service_whose_resource_they_are_of() {
    let meeting = format!("arn:aws:chime:us-east-1:111122223333:meeting/{ID}");
    let encoded = meeting.replace(':', "%3A").replace('/', "%2F");
    for target in [format!("/tags?arn={meeting}"), format!("/tags?x=y&arn={encoded}")] {
        assert_eq!(of_meetings("GET", &target, ""), meetings::Operation::ListTagsForResource);
    }
    let body = format!(r#"{{"ResourceARN":"{meeting}","Tags":[],"TagKeys":[]}}"#);
    let tag = of_meetings("POST", "/tags?operation=tag-resource", &body);
    assert_eq!(tag, meetings::Operation::TagResource);
    let untag = of_meetings("POST", "/tags?operation=untag-resource", &body);
    assert_eq!(untag, meetings::Operation::UntagResource);
    for other in ["vc/abc", "sma/meeting", "vcg/x"] {
        let target = format!("/tags?arn=arn:aws:chime:us-east-1:111122223333:{other}");
        assert_eq!(operation("GET", &target, ""), Operation::ListTagsForResource, "{other}");
    }
    for (method, target, body) in [
        ("GET", "/tags", ""),
        ("POST", "/tags?operation=tag-resource", "not json"),
        ("POST", "/tags?operation=tag-resource", r#"{"ResourceARN":7}"#),
    ] {
        let error = parse(method, target, body).unwrap_err();
        assert_eq!(error.kind, Kind::BadRequest, "{method} {target}");
    }
}
