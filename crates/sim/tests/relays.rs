//! Calls that no function drives: a connector calls out, a connector's number is called.

use std::time::Duration;

use serde_json::json;
use sim::{Manners, World};

#[test]
fn a_connector_calls_out_through_a_carrier() {
    let world = World::new(1);
    let connector = world.connector("pbx");
    world.buys("+12065550123");
    let call = world.extension(&connector, "+12065550123").dials("+12065559000");
    let other = world.phone("+12065559000").rings();
    call.talks_to(&other);
    other.hangs_up();
    call.ends();
    assert!(call.look().bye_received);
    let records: Vec<_> = world.engine().disk.relay_records.values().cloned().collect();
    assert_eq!(records.len(), 1);
    assert_eq!((records[0].connector.as_str(), records[0].to_connector), (connector.id.as_str(), false));
    assert!(records[0].answered.is_some());
    world.end();
}

#[test]
fn a_busy_line_is_busy_for_the_connector() {
    let world = World::new(2);
    let connector = world.connector("pbx");
    world.buys("+12065550123");
    world
        .phone("+12065559000")
        .has_manners(Manners { final_after: Some((Duration::from_millis(100), 486)), ..Manners::default() });
    world.extension(&connector, "+12065550123").dials("+12065559000").ends_with(486);
    world.end();
}

#[test]
fn a_connector_that_gives_up_cancels_the_call() {
    let world = World::new(3);
    let connector = world.connector("pbx");
    world.buys("+12065550123");
    world.phone("+12065559000").has_manners(Manners { final_after: None, ..Manners::default() });
    let call = world.extension(&connector, "+12065550123").dials("+12065559000");
    let other = world.phone("+12065559000").rings();
    world.passes(Duration::from_secs(2));
    call.hangs_up();
    call.ends_with(487);
    other.ends_with(487);
    world.end();
}

#[test]
fn a_connectors_number_is_called() {
    let world = World::new(4);
    let connector = world.connector("pbx");
    world.api(
        "POST",
        "/phone-number-orders",
        &json!({
        "ProductType": "VoiceConnector", "E164PhoneNumbers": ["+12065550150"] }),
    );
    world.api(
        "POST",
        &format!("/voice-connectors/{}?operation=associate-phone-numbers", connector.id),
        &json!({
        "E164PhoneNumbers": ["+12065550150"] }),
    );
    let call = world.phone("+15550100").dials("+12065550150");
    let other = world.extension(&connector, "+12065550150").rings();
    call.talks_to(&other);
    other.presses_by_info('7');
    assert_eq!(call.digits(), "7");
    call.presses("8");
    assert_eq!(other.digits(), "8");
    call.hangs_up();
    other.ends();
    assert!(other.look().bye_received);
    let records: Vec<_> = world.engine().disk.relay_records.values().cloned().collect();
    assert_eq!(records.len(), 1);
    assert!(records[0].to_connector);
    world.end();
}

#[test]
fn a_connector_that_shows_a_number_of_somebody_else_is_refused() {
    let world = World::new(5);
    let connector = world.connector("pbx");
    world.extension(&connector, "+12065550123").dials("+12065559000").ends_with(403);
    world.end();
}
