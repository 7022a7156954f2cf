//! The facts table is complete, and the code agrees with it.

use std::collections::BTreeMap;

use api::service::Tier;
use api::voice::{COMMON_ERRORS, Operation};
use api::{Kind, meetings};
use serde_json::{Value, json};

use super::record::{BOTOCORE, Record, parse};

fn facts() -> Value {
    serde_json::from_str(include_str!("../../facts/voice.json")).unwrap()
}

fn facts_of_meetings() -> Value {
    serde_json::from_str(include_str!("../../facts/meetings.json")).unwrap()
}

#[test]
fn all_operations_are_there_in_their_tiers() {
    let mut tiers = BTreeMap::new();
    for operation in Operation::ALL {
        *tiers.entry(operation.facts().tier).or_insert(0) += 1;
    }
    let expected = [(Tier::Needed, 52), (Tier::Useful, 26), (Tier::OutOfScope, 18)];
    assert_eq!((Operation::ALL.len(), tiers), (96, BTreeMap::from(expected)));
}

#[test]
fn no_two_operations_share_method_path_and_parameter() {
    let mut addresses: Vec<_> = Operation::ALL
        .iter()
        .map(|operation| {
            let facts = operation.facts();
            let path: Vec<&str> =
                facts.path.split('/').map(|step| if step.starts_with('{') { "{}" } else { step }).collect();
            (facts.method, path.join("/"), facts.query)
        })
        .collect();
    addresses.sort();
    addresses.dedup();
    assert_eq!(addresses.len(), 96);
}

#[test]
fn errors_have_the_status_and_the_name_of_the_model() {
    let mut model = facts()["errors"].as_object().unwrap().clone();
    for (name, status) in facts_of_meetings()["errors"].as_object().unwrap() {
        let before = model.insert(name.clone(), status.clone());
        assert!(before.is_none_or(|before| before == *status), "{name} is the same for both services");
    }
    for kind in Kind::ALL {
        let name = kind.exception().strip_suffix("Exception").unwrap();
        match model.get(name) {
            Some(status) => assert_eq!(status, &json!(kind.status()), "{name}"),
            None => assert!(
                [Kind::UnknownOperation, Kind::NotImplemented, Kind::PayloadTooLarge].contains(&kind),
                "{name}"
            ),
        }
    }
    assert_eq!(model.len() + 3, Kind::ALL.len());
    assert_eq!((COMMON_ERRORS.len(), meetings::COMMON_ERRORS.len()), (5, 6));
}

#[test]
fn statuses_that_are_easy_to_get_wrong() {
    for (operation, status) in [
        (Operation::UpdateSipRule, 202),
        (Operation::UpdateVoiceConnectorGroup, 202),
        (Operation::UpdateSipMediaApplicationCall, 202),
        (Operation::ValidateE911Address, 202),
        (Operation::CreateSipMediaApplicationCall, 201),
        (Operation::UpdateProxySession, 201),
        (Operation::PutVoiceConnectorTerminationCredentials, 204),
        (Operation::UpdateGlobalSettings, 204),
        (Operation::TagResource, 204),
        (Operation::UpdatePhoneNumber, 200),
        (Operation::ListTagsForResource, 200),
    ] {
        assert_eq!(operation.facts().status, status, "{operation:?}");
    }
}

/// Takes each required member away from what the SDK sent, as the table, not the code, lists them.
#[test]
fn every_required_member_is_required() {
    let facts = facts();
    let mut tried = 0;
    for record in Record::all(BOTOCORE) {
        let shape = &facts["shapes"][format!("{}Request", record.name)];
        let required = shape["required"].as_array().cloned().unwrap_or_default();
        for member in required.iter().map(|member| member.as_str().unwrap()) {
            let (mut query, mut body) = (record.query.clone(), record.body.clone());
            if shape["path"].get(member).is_some() {
                continue;
            } else if let Some(parameter) = shape["query"].get(member) {
                query = query.replace(&format!("{}=", parameter.as_str().unwrap()), "other=");
            } else {
                let mut object: serde_json::Map<String, Value> = serde_json::from_str(&body).unwrap();
                assert!(object.remove(member).is_some(), "{}: {member} was not sent", record.name);
                body = Value::Object(object).to_string();
            }
            let error = parse(&record.method, &format!("{}?{query}", record.path), &body).unwrap_err();
            assert_eq!(error.message, format!("{member} is required"), "{}", record.name);
            tried += 1;
        }
    }
    assert!(tried > 40, "{tried}");
}

#[test]
fn all_operations_of_meetings_are_served() {
    let mut tiers = BTreeMap::new();
    for operation in meetings::Operation::ALL {
        *tiers.entry(operation.facts().tier).or_insert(0) += 1;
    }
    assert_eq!(tiers, BTreeMap::from([(Tier::Needed, 9), (Tier::Useful, 7)]));
    for (operation, status) in [
        (meetings::Operation::CreateMeeting, 200),
        (meetings::Operation::DeleteMeeting, 204),
        (meetings::Operation::DeleteAttendee, 204),
        (meetings::Operation::BatchUpdateAttendeeCapabilitiesExcept, 200),
        (meetings::Operation::TagResource, 204),
        (meetings::Operation::ListTagsForResource, 200),
    ] {
        assert_eq!(operation.facts().status, status, "{operation:?}");
    }
}
