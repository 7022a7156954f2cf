use std::time::Duration;

use serde_json::{Value, json};

use super::world::{World, text};
use crate::Config;

const DAY: Duration = Duration::from_secs(24 * 3_600);

fn status(world: &mut World, number: &str) -> Value {
    world.get(&format!("/phone-numbers/%2B{}", &number[1..])).ok()["PhoneNumber"]["Status"].clone()
}

fn order(world: &mut World, numbers: &[&str]) -> (Value, Value) {
    let body = json!({ "ProductType": "VoiceConnector", "E164PhoneNumbers": numbers });
    let made = world.post("/phone-number-orders", body).ok();
    let id = text(&made["PhoneNumberOrder"]["PhoneNumberOrderId"]);
    let polled = world.get(&format!("/phone-number-orders/{id}")).ok();
    (made["PhoneNumberOrder"].clone(), polled["PhoneNumberOrder"].clone())
}

#[test]
fn an_order_says_processing_and_the_next_look_says_how_it_went() {
    let mut world = World::new();
    let (made, polled) = order(&mut world, &["+12065550100", "+12065550101"]);
    assert_eq!(made["Status"], "Processing");
    assert_eq!(made["OrderedPhoneNumbers"][0]["Status"], "Processing");
    assert_eq!(polled["Status"], "Successful");
    assert_eq!(
        polled["OrderedPhoneNumbers"][1],
        json!({ "E164PhoneNumber": "+12065550101", "Status": "Acquired" })
    );
    let (_, partial) = order(&mut world, &["+12065550101", "+12065550102"]);
    assert_eq!(partial["Status"], "Partial", "one is ours already");
    let (_, failed) = order(&mut world, &["+12069990000"]);
    assert_eq!(failed["Status"], "Failed", "no carrier offers it");
    assert_eq!(failed["OrderedPhoneNumbers"][0]["Status"], "Failed");
    let orders = world.get("/phone-number-orders").ok();
    assert_eq!(orders["PhoneNumberOrders"].as_array().unwrap().len(), 3);
    world.get("/phone-number-orders/5f2ae1b0-4d3c-4b6e-8a3e-0d7f0f4b3c11").refused("NotFoundException");
    let twice =
        json!({ "ProductType": "VoiceConnector", "E164PhoneNumbers": ["+12065550103", "12065550103"] });
    world.post("/phone-number-orders", twice).refused("BadRequestException");
    world
        .post("/phone-number-orders", json!({ "ProductType": "VoiceConnector", "E164PhoneNumbers": [] }))
        .refused("BadRequestException");
}

#[test]
fn a_number_is_read_by_every_form_of_its_id() {
    let mut world = World::new();
    world.number("+12065550100");
    let read = world.get("/phone-numbers/%2B12065550100").ok();
    let number = &read["PhoneNumber"];
    assert_eq!(number["PhoneNumberId"], "%2B12065550100");
    assert_eq!(number["E164PhoneNumber"], "+12065550100");
    assert_eq!(number["Country"], "US");
    assert_eq!(number["Type"], "Local");
    assert_eq!(number["ProductType"], "SipMediaApplicationDialIn");
    assert_eq!(number["Capabilities"]["InboundCall"], true);
    assert_eq!(number["CallingNameStatus"], "Unassigned");
    for form in ["%252B12065550100", "12065550100", "+12065550100"] {
        assert_eq!(world.get(&format!("/phone-numbers/{form}")).ok(), read);
    }
    world.get("/phone-numbers/%2B12065550101").refused("NotFoundException");
    world.get("/phone-numbers/reception").refused("NotFoundException");
}

#[test]
fn search_offers_what_the_carriers_have_and_nobody_owns() {
    let mut world = World::new();
    world.number("+12065550101");
    let first = world.get("/search?type=phone-numbers&area-code=206&max-results=3").ok();
    assert_eq!(first["E164PhoneNumbers"], json!(["+12065550100", "+12065550102", "+12065550103"]));
    let token = text(&first["NextToken"]).replace('%', "%25");
    let second = world
        .get(&format!("/search?type=phone-numbers&area-code=206&max-results=500&next-token={token}"))
        .ok();
    assert_eq!(second["E164PhoneNumbers"].as_array().unwrap().len(), 16);
    assert_eq!(second["E164PhoneNumbers"][0], "+12065550104");
    assert_eq!(second.get("NextToken"), None);
    let mut find = |query: &str| {
        let found = world.get(&format!("/search?type=phone-numbers&max-results=500&{query}")).ok();
        found["E164PhoneNumbers"].as_array().unwrap().len()
    };
    assert_eq!(find("state=WA"), 19);
    assert_eq!(find("state=WA&city=Seattle"), 19);
    assert_eq!(find("state=WA&area-code=206"), 19);
    assert_eq!(find("state=WA&area-code=503"), 0);
    assert_eq!(find("state=OR"), 0);
    assert_eq!(find("toll-free-prefix=800"), 1);
    assert_eq!(find("toll-free-prefix=888"), 0);
    assert_eq!(find("area-code=206&phone-number-type=TollFree"), 0);
    assert_eq!(find("country=GB"), 3);
    assert_eq!(find("country=GB&area-code=20"), 3);
    assert_eq!(find("country=CA"), 0);
    for bad in [
        "",
        "country=US",
        "area-code=206&city=Seattle",
        "state=XX",
        "area-code=2o6",
        "toll-free-prefix=801",
        "area-code=206&next-token=x",
        "area-code=206&next-token=%252B15035550100",
    ] {
        world.get(&format!("/search?type=phone-numbers&{bad}")).refused("BadRequestException");
    }
}

#[test]
fn a_search_that_passes_over_much_gives_short_pages_that_lead_on() {
    let mut carrier = super::world::telco();
    // Toll-free numbers are no local ones: every candidate of the first 20,000 is passed over.
    carrier.numbers = vec!["+18000000000-+18000029999".parse().unwrap()];
    let mut world = World::with(Config { carriers: vec![carrier], ..Config::default() });
    let query = "/search?type=phone-numbers&toll-free-prefix=800&phone-number-type=Local";
    let first = world.get(query).ok();
    assert_eq!(first["E164PhoneNumbers"], json!([]));
    let token = text(&first["NextToken"]).replace('%', "%25");
    let last = world.get(&format!("{query}&next-token={token}")).ok();
    assert_eq!(last, json!({ "E164PhoneNumbers": [] }));
}

#[test]
fn countries_are_those_of_the_carriers_numbers() {
    let mut world = World::new();
    let countries = world.get("/phone-number-countries?product-type=VoiceConnector").ok();
    assert_eq!(
        countries["PhoneNumberCountries"],
        json!([
            { "CountryCode": "GB", "SupportedPhoneNumberTypes": ["Local"] },
            { "CountryCode": "US", "SupportedPhoneNumberTypes": ["Local", "TollFree"] },
        ])
    );
}

#[test]
fn a_number_changes_its_product_only_while_unassigned() {
    let mut world = World::new();
    let application = world.application("ivr");
    world.order("VoiceConnector", "+12065550100");
    let path = "/phone-numbers/%2B12065550100";
    let changed = world.post(path, json!({ "ProductType": "SipMediaApplicationDialIn", "CallingName": "Acme Ltd", "Name": "front desk" }));
    assert_eq!(changed.status, 200);
    let changed = changed.ok();
    assert_eq!(changed["PhoneNumber"]["ProductType"], "SipMediaApplicationDialIn");
    assert_eq!(changed["PhoneNumber"]["CallingName"], "Acme Ltd");
    assert_eq!(changed["PhoneNumber"]["CallingNameStatus"], "UpdateSucceeded");
    assert_eq!(changed["PhoneNumber"]["Name"], "front desk");
    world.rule("ToPhoneNumber", "+12065550100", &[&application]);
    world.post(path, json!({ "ProductType": "VoiceConnector" })).refused("ConflictException");
    world.post(path, json!({ "ProductType": "SipMediaApplicationDialIn", "CallingName": "" })).ok();
    assert_eq!(world.get(path).ok()["PhoneNumber"].get("CallingName"), None);
}

#[test]
fn a_deleted_number_waits_seven_days_and_can_be_taken_back() {
    let mut world = World::new();
    world.number("+12065550100");
    world.number("+12065550101");
    assert_eq!(world.delete("/phone-numbers/%2B12065550100").status, 204);
    world.delete("/phone-numbers/%2B12065550101").ok();
    assert_eq!(status(&mut world, "+12065550100"), "DeleteInProgress");
    world.delete("/phone-numbers/%2B12065550100").refused("BadRequestException");
    world.post("/phone-numbers/%2B12065550100", json!({ "Name": "x" })).refused("ConflictException");
    assert_eq!(
        order(&mut world, &["+12065550100"]).1["Status"],
        "Failed",
        "it is restored, not ordered again"
    );

    world.wait(6 * DAY);
    let restored = world.post("/phone-numbers/%2B12065550100?operation=restore", json!({})).ok();
    assert_eq!(restored["PhoneNumber"]["Status"], "Unassigned");
    world.post("/phone-numbers/%2B12065550100?operation=restore", json!({})).refused("BadRequestException");

    world.wait(2 * DAY);
    assert_eq!(status(&mut world, "+12065550100"), "Unassigned");
    world.get("/phone-numbers/%2B12065550101").refused("NotFoundException");
    assert_eq!(world.directory.deadline(), None);
    assert_eq!(order(&mut world, &["+12065550101"]).1["Status"], "Successful", "it is on offer again");
}

#[test]
fn a_purge_the_store_refuses_is_tried_again() {
    let mut world = World::new();
    world.number("+12065550100");
    world.delete("/phone-numbers/%2B12065550100").ok();
    let (at, _) = world.directory.deadline().unwrap();
    world.now = at;
    let mut out = Vec::new();
    world.directory.woken(world.now, &mut out);
    world.take(out);
    assert_eq!(world.directory.deadline(), None, "while the store works there is nothing to wake for");
    world.store_answers(Err("disk full".into()));
    let (again, _) = world.directory.deadline().unwrap();
    assert!(again > at);
    world.wait(Duration::from_secs(60));
    world.get("/phone-numbers/%2B12065550100").refused("NotFoundException");
}

#[test]
fn a_number_in_use_is_not_deleted() {
    let mut world = World::new();
    let application = world.application("ivr");
    world.number("+12065550100");
    world.rule("ToPhoneNumber", "+12065550100", &[&application]);
    world
        .delete("/phone-numbers/%2B12065550100")
        .refused("BadRequestException")
        .with_code("PhoneNumberAssociationsExist");
}

#[test]
fn batches_do_what_they_can_and_list_the_rest() {
    let mut world = World::new();
    world.number("+12065550100");
    world.order("VoiceConnector", "+12065550101");
    let application = world.application("ivr");
    world.rule("ToPhoneNumber", "+12065550100", &[&application]);
    let items = json!([
        { "PhoneNumberId": "+12065550100", "ProductType": "VoiceConnector" },
        { "PhoneNumberId": "%2B12065550101", "Name": "spare" },
        { "PhoneNumberId": "+12065550109", "Name": "spare" },
    ]);
    let answer = world
        .post("/phone-numbers?operation=batch-update", json!({ "UpdatePhoneNumberRequestItems": items }))
        .ok();
    let errors = answer["PhoneNumberErrors"].as_array().unwrap();
    assert_eq!(errors.len(), 2);
    assert_eq!(
        (&errors[0]["PhoneNumberId"], &errors[0]["ErrorCode"]),
        (&json!("%2B12065550100"), &json!("Conflict"))
    );
    assert_eq!(
        (&errors[1]["PhoneNumberId"], &errors[1]["ErrorCode"]),
        (&json!("%2B12065550109"), &json!("NotFound"))
    );
    assert_eq!(world.get("/phone-numbers/%2B12065550101").ok()["PhoneNumber"]["Name"], "spare");

    let ids = json!({ "PhoneNumberIds": ["+12065550100", "+12065550101", "+12065550101"] });
    let answer = world.post("/phone-numbers?operation=batch-delete", ids).ok();
    let codes: Vec<_> =
        answer["PhoneNumberErrors"].as_array().unwrap().iter().map(|e| text(&e["ErrorCode"])).collect();
    assert_eq!(codes, ["PhoneNumberAssociationsExist", "BadRequest"]);
    assert_eq!(status(&mut world, "+12065550101"), "DeleteInProgress");
    let nothing = world
        .post("/phone-numbers?operation=batch-delete", json!({ "PhoneNumberIds": ["+12065550109"] }))
        .ok();
    assert_eq!(nothing["PhoneNumberErrors"].as_array().unwrap().len(), 1);
    let many: Vec<_> = (0..51).map(|n| format!("+120655502{n:02}")).collect();
    world
        .post("/phone-numbers?operation=batch-delete", json!({ "PhoneNumberIds": many }))
        .refused("BadRequestException");
}

#[test]
fn numbers_are_attached_moved_by_force_and_detached() {
    let mut world = World::new();
    let (first, second) = (world.connector("first"), world.connector("second"));
    world.order("VoiceConnector", "+12065550100");
    world.number("+12065550101");
    let attach = |world: &mut World, id: &str, numbers: &[&str], force: bool| {
        let body = json!({ "E164PhoneNumbers": numbers, "ForceAssociate": force });
        let answer =
            world.post(&format!("/voice-connectors/{id}?operation=associate-phone-numbers"), body).ok();
        let errors = answer["PhoneNumberErrors"].as_array().unwrap().clone();
        errors
            .into_iter()
            .map(|error| (text(&error["PhoneNumberId"]), text(&error["ErrorCode"])))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        attach(&mut world, &first, &["+12065550100", "+12065550101", "+12065550102"], false),
        [
            ("%2B12065550101".to_owned(), "BadRequest".to_owned()),
            ("%2B12065550102".to_owned(), "NotFound".to_owned())
        ]
    );
    assert_eq!(status(&mut world, "+12065550100"), "Assigned");
    assert_eq!(attach(&mut world, &first, &["+12065550100"], false), []);
    assert_eq!(
        attach(&mut world, &second, &["+12065550100"], false),
        [("%2B12065550100".to_owned(), "PhoneNumberAssociationsExist".to_owned())]
    );
    assert_eq!(attach(&mut world, &second, &["+12065550100"], true), []);
    let number = world.get("/phone-numbers/%2B12065550100").ok();
    assert_eq!(number["PhoneNumber"]["Associations"][0]["Name"], "VoiceConnectorId");
    assert_eq!(number["PhoneNumber"]["Associations"][0]["Value"], second);

    let numbers = json!({ "E164PhoneNumbers": ["+12065550100"] });
    let from_first = world
        .post(&format!("/voice-connectors/{first}?operation=disassociate-phone-numbers"), numbers.clone())
        .ok();
    assert_eq!(from_first["PhoneNumberErrors"][0]["ErrorCode"], "NotFound");
    let from_second = world
        .post(&format!("/voice-connectors/{second}?operation=disassociate-phone-numbers"), numbers.clone())
        .ok();
    assert_eq!(from_second["PhoneNumberErrors"], json!([]));
    assert_eq!(status(&mut world, "+12065550100"), "Unassigned");
    world
        .post("/voice-connectors/abcdefghij0123456789ab?operation=associate-phone-numbers", numbers)
        .refused("NotFoundException");
    let many: Vec<_> = (0..201).map(|n| format!("+12065551{n:03}")).collect();
    world
        .post(
            &format!("/voice-connectors/{first}?operation=associate-phone-numbers"),
            json!({ "E164PhoneNumbers": many }),
        )
        .refused("BadRequestException");
}

#[test]
fn numbers_are_listed_by_status_product_and_association() {
    let mut world = World::new();
    let connector = world.connector("pbx");
    let application = world.application("ivr");
    for n in 0..6 {
        let product = if n % 2 == 0 { "VoiceConnector" } else { "SipMediaApplicationDialIn" };
        world.order(product, &format!("+1206555010{n}"));
    }
    let numbers = json!({ "E164PhoneNumbers": ["+12065550100", "+12065550102"] });
    world.post(&format!("/voice-connectors/{connector}?operation=associate-phone-numbers"), numbers).ok();
    let rule = world.rule("ToPhoneNumber", "+12065550101", &[&application]);
    world.delete("/phone-numbers/%2B12065550105").ok();
    let mut list = |query: &str| -> Vec<String> {
        let (mut all, mut token) = (String::new(), String::new());
        loop {
            let page = world.get(&format!("/phone-numbers?max-results=1&{query}{token}")).ok();
            for number in page["PhoneNumbers"].as_array().unwrap() {
                all.push_str(&text(&number["E164PhoneNumber"])[11..]);
            }
            match &page["NextToken"] {
                Value::String(next) => token = format!("&next-token={next}"),
                _ => return all.chars().map(String::from).collect(),
            }
        }
    };
    assert_eq!(list(""), ["0", "1", "2", "3", "4", "5"]);
    assert_eq!(list("status=Assigned"), ["0", "1", "2"]);
    assert_eq!(list("status=Unassigned"), ["3", "4"]);
    assert_eq!(list("status=DeleteInProgress"), ["5"]);
    assert_eq!(list("product-type=VoiceConnector&status=Unassigned"), ["4"]);
    assert_eq!(list(&format!("filter-name=VoiceConnectorId&filter-value={connector}")), ["0", "2"]);
    assert_eq!(list(&format!("filter-name=SipRuleId&filter-value={rule}")), ["1"]);
    assert_eq!(list("filter-name=VoiceConnectorGroupId&filter-value=none"), Vec::<String>::new());
    world.get("/phone-numbers?status=Lost").refused("BadRequestException");
    world.get("/phone-numbers?filter-name=SipRuleId").refused("BadRequestException");
}

#[test]
fn a_quota_of_numbers_counts_whole_orders() {
    let mut config = Config { carriers: vec![super::world::telco()], ..Config::default() };
    config.quotas.numbers = Some(2);
    let mut world = World::with(config);
    let order = |numbers: &[&str]| json!({ "ProductType": "VoiceConnector", "E164PhoneNumbers": numbers });
    world.post("/phone-number-orders", order(&["+12065550100"])).ok();
    world
        .post("/phone-number-orders", order(&["+12065550101", "+12065550102"]))
        .refused("ResourceLimitExceededException");
    world.post("/phone-number-orders", order(&["+12065550101"])).ok();
}
