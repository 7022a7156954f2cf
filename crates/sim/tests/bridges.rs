//! Calls with two legs: who hears whom, who hangs up and what the function is told.

use std::time::Duration;

use serde_json::{Value, json};
use sim::{Answer, Manners, World, bridge, bridge_to_connector, hangup, play, speak};

const OURS: &str = "+12065550100";

fn kind(event: &Value) -> &str {
    event["InvocationEventType"].as_str().unwrap_or_default()
}

fn bridges_to(number: &'static str) -> impl FnMut(&Value) -> Answer {
    move |event| match kind(event) {
        "NEW_INBOUND_CALL" => Answer::actions([bridge(OURS, number)]),
        _ => Answer::nothing(),
    }
}

#[test]
fn the_caller_is_answered_when_the_other_side_is() {
    let world = World::new(1);
    world.number(OURS, "ivr", bridges_to("+15550200"));
    let call = world.phone("+15550100").dials(OURS);
    let other = world.phone("+15550200").rings();
    assert_ne!(call.look().status, Some(200));
    call.talks_to(&other);
    let invite = other.look().invite;
    assert!(
        invite.contains(&format!("From: <sip:{OURS}@")),
        "the caller id goes into From as it is: {invite}"
    );
    call.hangs_up();
    world.sees("ivr", "HANGUP");
    assert!(other.is_alone());
    // Nobody hangs up the second leg but its party.
    assert!(!other.look().bye_received);
    other.hangs_up();
    world.passes(Duration::from_secs(1));
    assert_eq!(
        world.story_of("ivr"),
        ["NEW_INBOUND_CALL", "ACTION_SUCCESSFUL CallAndBridge", "HANGUP Hangup", "HANGUP Hangup"]
    );
    world.end();
}

#[test]
fn early_media_of_the_other_side_is_heard_before_the_answer() {
    let world = World::new(2);
    world.number(OURS, "ivr", bridges_to("+15550200"));
    world.phone("+15550200").has_manners(Manners {
        rings_after: None,
        early_media_after: Some(Duration::from_millis(100)),
        final_after: Some((Duration::from_secs(3), 200)),
        ..Manners::default()
    });
    let call = world.phone("+15550100").dials(OURS);
    let other = world.phone("+15550200").rings();
    call.talks_to(&other);
    world.passes(Duration::from_millis(10));
    assert_eq!(call.look().provisionals.last(), Some(&183));
    assert_eq!(call.look().status, None);
    call.is_up();
    call.hangs_up();
    other.hangs_up();
    world.end();
}

#[test]
fn a_busy_line_fails_the_action_and_the_caller_may_try_another() {
    let world = World::new(3);
    world.number(OURS, "ivr", |event| match kind(event) {
        "NEW_INBOUND_CALL" => Answer::actions([bridge(OURS, "+15550200")]),
        "ACTION_FAILED" => Answer::actions([bridge(OURS, "+15550201")]),
        _ => Answer::nothing(),
    });
    world
        .phone("+15550200")
        .has_manners(Manners { final_after: Some((Duration::from_millis(200), 486)), ..Manners::default() });
    let call = world.phone("+15550100").dials(OURS);
    let other = world.phone("+15550201").rings();
    call.talks_to(&other);
    let failed = world.event("ivr", 2);
    assert_eq!(failed["ActionData"]["ErrorType"], "CallNotAnswered");
    assert_eq!(failed["CallDetails"]["Participants"].as_array().map(Vec::len), Some(1));
    call.hangs_up();
    other.hangs_up();
    world.end();
}

#[test]
fn join_tokens_reach_the_invite_and_stand_in_no_journal() {
    let world = World::new(31);
    world.function("ivr", |event| match kind(event) {
        "CALL_ANSWERED" => {
            let mut order = bridge(OURS, "+15550201");
            order["Parameters"]["SipHeaders"] =
                json!({ "X-Case": "7", "X-joinToken": "tok-of-the-function" });
            Answer::actions([order])
        }
        // The function tries again with what it was told.
        "ACTION_FAILED" => {
            let mut order =
                json!({ "Type": "CallAndBridge", "Parameters": event["ActionData"]["Parameters"] });
            order["Parameters"]["Endpoints"][0]["Uri"] = "+15550202".into();
            Answer::actions([order])
        }
        _ => Answer::nothing(),
    });
    world.buys(OURS);
    let application = world.application("ivr");
    world
        .phone("+15550201")
        .has_manners(Manners { final_after: Some((Duration::from_millis(200), 486)), ..Manners::default() });
    let order = json!({ "FromPhoneNumber": OURS, "ToPhoneNumber": "+15550200",
        "SipHeaders": { "X-chime-join-token": "tok-of-the-client" } });
    world.api("POST", &format!("/sip-media-applications/{application}/calls"), &order);
    let first = world.phone("+15550200").rings();
    assert_eq!(first.header("X-chime-join-token").as_deref(), Some("tok-of-the-client"));
    let second = world.phone("+15550202").rings();
    assert_eq!(second.header("X-joinToken").as_deref(), Some("tok-of-the-function"));
    assert_eq!(second.header("X-Case").as_deref(), Some("7"));
    first.talks_to(&second);
    first.hangs_up();
    second.hangs_up();
    world.sees("ivr", "HANGUP");
    world.passes(Duration::from_secs(5));
    {
        let engine = world.engine();
        let lines: Vec<_> =
            engine.disk.journals.values().chain(engine.disk.archive.values()).flatten().collect();
        let journal = serde_json::to_string(&lines).unwrap();
        assert!(journal.contains("[redacted 1]") && journal.contains("[redacted 2]"), "{journal}");
        assert!(!journal.contains("tok-of-the"), "{journal}");
    }
    assert!(!Value::from(world.events("ivr")).to_string().contains("tok-of-the"));
    // The checkers replay every journal.
    world.end();
}

#[test]
fn a_function_replaces_the_far_end_and_speaks_to_the_new_one() {
    let world = World::new(32);
    let mut hung_up = false;
    world.number(OURS, "ivr", move |event| match (kind(event), event["ActionData"]["Type"].as_str()) {
        ("NEW_INBOUND_CALL", _) => Answer::actions([bridge(OURS, "+15550200")]),
        ("ACTION_SUCCESSFUL", Some("CallAndBridge")) if !hung_up => {
            hung_up = true;
            let mut welcome = play("welcome.wav");
            welcome["Parameters"]["ParticipantTag"] = "LEG-B".into();
            Answer::actions([hangup("LEG-B"), bridge(OURS, "+15550201"), welcome])
        }
        _ => Answer::nothing(),
    });
    let call = world.phone("+15550100").dials(OURS);
    let old = world.phone("+15550200").rings();
    let new = world.phone("+15550201").rings();
    old.ends();
    new.hears("welcome.wav");
    assert!(!old.has_heard("welcome.wav"));
    call.hangs_up();
    new.hangs_up();
    world.end();
}

#[test]
fn a_dead_carrier_gives_way_to_the_next_one() {
    let world = World::with(4, sim::Faults::default(), |config| {
        let mut second = config.directory.carriers[0].clone();
        second.name = "second".into();
        second.uri = format!("sip:{}", sim::PBX);
        second.sources = vec![];
        second.numbers = vec![];
        config.directory.carriers.push(second);
    });
    world.number(OURS, "ivr", bridges_to("+15550200"));
    world.phone("+15550200").has_manners(Manners {
        final_after: Some((Duration::from_millis(20), 503)),
        rings_after: None,
        ..Manners::default()
    });
    let call = world.phone("+15550100").dials(OURS);
    let by_second = world.behind_pbx("+15550200");
    let other = by_second.rings();
    call.talks_to(&other);
    call.hangs_up();
    other.hangs_up();
    world.end();
}

#[test]
fn a_caller_who_gives_up_takes_the_ringing_leg_along() {
    let world = World::new(5);
    world.number(OURS, "ivr", bridges_to("+15550200"));
    world.phone("+15550200").has_manners(Manners { final_after: None, ..Manners::default() });
    let call = world.phone("+15550100").dials(OURS);
    let other = world.phone("+15550200").rings();
    world.passes(Duration::from_secs(1));
    call.hangs_up();
    call.ends_with(487);
    other.ends_with(487);
    world.sees("ivr", "HANGUP");
    assert_eq!(world.story_of("ivr"), ["NEW_INBOUND_CALL", "ACTION_FAILED CallAndBridge", "HANGUP Hangup"]);
    world.end();
}

#[test]
fn a_bridge_to_a_number_of_our_own_is_a_call_of_its_own() {
    let world = World::new(6);
    world.number(OURS, "outer", bridges_to("+12065550101"));
    world.number("+12065550101", "inner", |event| match kind(event) {
        "NEW_INBOUND_CALL" => Answer::actions([bridge(OURS, "+15550200")]),
        "HANGUP" => Answer::actions([hangup("LEG-B")]),
        _ => Answer::nothing(),
    });
    let call = world.phone("+15550100").dials(OURS);
    let other = world.phone("+15550200").rings();
    call.talks_to(&other);
    assert_eq!(other.header("X-SMA-Max-Forwards").as_deref(), Some("3"));
    assert_ne!(world.transactions("outer"), world.transactions("inner"));
    call.hangs_up();
    world.sees("outer", "HANGUP");
    // The outer function lets its second leg be; the far end ends it.
    other.hangs_up();
    world.sees("inner", "HANGUP");
    world.passes(Duration::from_secs(1));
    let inner = world.story_of("inner");
    assert_eq!(inner.iter().filter(|event| event.starts_with("HANGUP")).count(), 1, "{inner:?}");
    // Nobody is left but the two calls of ours; one of them has to be told.
    let outer = world.transactions("outer")[0];
    let application =
        world.event("outer", 1)["CallDetails"]["SipMediaApplicationId"].as_str().map(str::to_owned);
    world.function("outer", |event| match kind(event) {
        "CALL_UPDATE_REQUESTED" => Answer::actions([hangup("LEG-B")]),
        _ => Answer::nothing(),
    });
    world.updates_call(&application.expect("an application"), outer, &json!({})).expect("LEG-B is live");
    world.end();
}

#[test]
fn two_calls_that_call_each_other_for_ever_are_ended_by_the_counter() {
    let world = World::new(7);
    world.number(OURS, "ping", |event| match kind(event) {
        "NEW_INBOUND_CALL" => Answer::actions([bridge(OURS, "+12065550101")]),
        "ACTION_FAILED" => Answer::actions([hangup("")]),
        _ => Answer::nothing(),
    });
    world.number("+12065550101", "pong", |event| match kind(event) {
        "NEW_INBOUND_CALL" => Answer::actions([bridge(OURS, OURS)]),
        "ACTION_FAILED" => Answer::actions([hangup("")]),
        _ => Answer::nothing(),
    });
    let call = world.phone("+15550100").dials(OURS);
    call.ends();
    let rounds = world.transactions("ping").len() + world.transactions("pong").len();
    assert!((5..=6).contains(&rounds), "{rounds} calls in a row");
    world.end();
}

#[test]
fn a_playback_to_one_leg_is_heard_by_that_leg_only() {
    let world = World::new(8);
    world.number(OURS, "ivr", |event| match kind(event) {
        "NEW_INBOUND_CALL" => Answer::actions([bridge(OURS, "+15550200")]),
        "ACTION_SUCCESSFUL" if event["ActionData"]["Type"] == "CallAndBridge" => {
            Answer::actions([play("notice-3000.wav")])
        }
        _ => Answer::nothing(),
    });
    let call = world.phone("+15550100").dials(OURS);
    let other = world.phone("+15550200").rings();
    call.hears("notice-3000.wav");
    assert!(call.is_alone());
    assert!(!other.is_alone(), "the other direction goes on");
    call.talks_to(&other);
    assert!(!other.has_heard("notice-3000.wav"));
    call.hangs_up();
    other.hangs_up();
    world.end();
}

#[test]
fn a_ringback_tone_plays_until_the_answer() {
    let world = World::new(9);
    world.number(OURS, "ivr", |event| match kind(event) {
        "NEW_INBOUND_CALL" => {
            let mut action = bridge(OURS, "+15550200");
            action["Parameters"]["RingbackTone"] =
                json!({ "Type": "S3", "BucketName": "audio", "Key": "tone-2000.wav" });
            Answer::actions([action])
        }
        _ => Answer::nothing(),
    });
    world
        .phone("+15550200")
        .has_manners(Manners { final_after: Some((Duration::from_secs(7), 200)), ..Manners::default() });
    let call = world.phone("+15550100").dials(OURS);
    call.hears("tone-2000.wav");
    assert_eq!(call.look().status, None, "the tone is early media");
    let other = world.phone("+15550200").rings();
    call.talks_to(&other);
    call.hangs_up();
    other.hangs_up();
    world.end();
}

#[test]
fn a_bridge_to_a_connector_uses_its_routes_and_carries_the_headers() {
    let world = World::new(10);
    let connector = world.connector("pbx");
    let arn = connector.arn.clone();
    world.number(OURS, "ivr", move |event| match kind(event) {
        "NEW_INBOUND_CALL" => {
            let mut action = bridge_to_connector(OURS, "600300", &arn);
            action["Parameters"]["SipHeaders"] = json!({ "X-Original-Calling-Number": "+15550100" });
            Answer::actions([speak("please hold"), action])
        }
        _ => Answer::nothing(),
    });
    let call = world.phone("+15550100").dials(OURS);
    call.hears("please hold");
    let other = world.extension(&connector, "600300").rings();
    call.talks_to(&other);
    assert_eq!(other.header("X-Original-Calling-Number").as_deref(), Some("+15550100"));
    assert_eq!(other.header("X-VoiceConnector-ID").as_deref(), Some(connector.id.as_str()));
    call.hangs_up();
    other.hangs_up();
    world.end();
}

#[test]
fn a_call_of_the_api_rings_is_answered_and_runs_its_list() {
    let world = World::new(11);
    let application = world.number(OURS, "caller", |event| match kind(event) {
        "NEW_OUTBOUND_CALL" => {
            Answer::actions([play("ignored.wav")]).with_attributes(&json!({ "kept": "yes" }))
        }
        "CALL_ANSWERED" => Answer::actions([play("hello.wav"), hangup("")]),
        _ => Answer::nothing(),
    });
    let transaction = world.creates_call(&application, OURS, "+15550200", &json!({ "why": "test" }));
    let phone = world.phone("+15550200").rings();
    phone.hears("hello.wav");
    phone.ends();
    assert_eq!(world.transactions("caller"), [transaction]);
    assert_eq!(
        world.story_of("caller"),
        ["NEW_OUTBOUND_CALL CallCreateRequest", "RINGING", "CALL_ANSWERED", "HANGUP Hangup"]
    );
    assert_eq!(world.event("caller", 1)["ActionData"]["Parameters"]["Arguments"], json!({ "why": "test" }));
    assert_eq!(world.event("caller", 3)["CallDetails"]["TransactionAttributes"], json!({ "kept": "yes" }));
    assert!(!phone.has_heard("ignored.wav"));
    world.end();
}

#[test]
fn a_call_of_the_api_that_nobody_takes_tells_its_code() {
    let world = World::new(12);
    let application = world.number(OURS, "caller", |_| Answer::nothing());
    world
        .phone("+15550200")
        .has_manners(Manners { final_after: Some((Duration::from_millis(200), 486)), ..Manners::default() });
    world.creates_call(&application, OURS, "+15550200", &json!({}));
    world.sees("caller", "HANGUP");
    let last = world.events("caller").pop().expect("an event");
    assert_eq!(last["ActionData"]["Parameters"]["SipResponseCode"], 486);
    let error = world
        .try_api(
            "POST",
            &format!("/sip-media-applications/{application}/calls"),
            &json!({
            "FromPhoneNumber": "+15559999", "ToPhoneNumber": "+15550200" }),
        )
        .expect_err("not our number");
    assert_eq!(error.kind, api::Kind::BadRequest);
    world.end();
}

#[test]
fn keys_reach_the_other_side_of_a_bridge_whichever_way_they_travel() {
    let world = World::new(13);
    world.number(OURS, "ivr", |event| match kind(event) {
        "NEW_INBOUND_CALL" => Answer::actions([bridge(OURS, "+15550200")]),
        "ACTION_SUCCESSFUL" if event["ActionData"]["Type"] == "CallAndBridge" => Answer::actions([json!({
            "Type": "SendDigits", "Parameters": { "ParticipantTag": "LEG-B", "Digits": "12", "ToneDurationInMilliseconds": 100 } })]),
        _ => Answer::nothing(),
    });
    let call = world.phone("+15550100").dials(OURS);
    let other = world.phone("+15550200").rings();
    call.talks_to(&other);
    world.passes(Duration::from_secs(2));
    assert_eq!(other.digits(), "12");
    call.presses("3");
    call.presses_by_info('4');
    assert_eq!(other.digits(), "1234");
    assert_eq!(call.digits(), "");
    call.hangs_up();
    other.hangs_up();
    world.end();
}
