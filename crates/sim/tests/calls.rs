//! Calls with one leg: rules, failover, prompts, digits, recordings, refusals.

use std::time::Duration;

use call::FunctionError;
use serde_json::{Value, json};
use sim::{Answer, World, hangup, pause, play, play_and_get_digits, record, speak};

fn kind(event: &Value) -> &str {
    event["InvocationEventType"].as_str().unwrap_or_default()
}

fn action(event: &Value) -> &str {
    event["ActionData"]["Type"].as_str().unwrap_or_default()
}

#[test]
fn digits_reach_the_function() {
    let world = World::new(7);
    world.number("+12065550100", "ivr", |event| match kind(event) {
        "NEW_INBOUND_CALL" => Answer::actions([play_and_get_digits("menu.wav", 1)]),
        _ => Answer::actions([hangup("")]),
    });
    let call = world.phone("+15550100").dials("+12065550100");
    call.hears("menu.wav");
    call.presses("4");
    call.ends();
    assert_eq!(world.event("ivr", 2)["ActionData"]["ReceivedDigits"], "4");
    assert_eq!(
        world.story_of("ivr"),
        ["NEW_INBOUND_CALL", "ACTION_SUCCESSFUL PlayAudioAndGetDigits", "HANGUP Hangup"]
    );
    world.end();
}

#[test]
fn digits_by_info_count_like_those_in_the_audio() {
    let world = World::new(1);
    world.number("+12065550100", "ivr", |event| match kind(event) {
        "NEW_INBOUND_CALL" => Answer::actions([play_and_get_digits("menu.wav", 2)]),
        _ => Answer::actions([hangup("")]),
    });
    let call = world.phone("+15550100").dials("+12065550100");
    call.is_up();
    call.hears("menu.wav");
    call.presses_by_info('4');
    call.presses("2");
    call.ends();
    assert_eq!(world.event("ivr", 2)["ActionData"]["ReceivedDigits"], "42");
    world.end();
}

#[test]
fn play_and_hang_up_says_hangup_and_nothing_between() {
    let world = World::new(2);
    world.number("+12065550100", "ivr", |event| match kind(event) {
        "NEW_INBOUND_CALL" => Answer::actions([pause(500), play("bye.wav"), hangup("")]),
        _ => Answer::nothing(),
    });
    let call = world.phone("+15550100").dials("+12065550100");
    call.hears("bye.wav");
    call.ends_with(200);
    assert_eq!(world.story_of("ivr"), ["NEW_INBOUND_CALL", "HANGUP Hangup"]);
    let hangup = world.event("ivr", 2);
    assert_eq!(hangup["ActionData"]["Parameters"]["SipResponseCode"], 0);
    assert_eq!(hangup["CallDetails"]["Participants"][0]["Status"], "Disconnected");
    world.end();
}

#[test]
fn a_rejected_call_was_never_answered() {
    let world = World::new(3);
    world.number("+12065550100", "ivr", |event| match kind(event) {
        "NEW_INBOUND_CALL" => {
            Answer::actions([json!({ "Type": "Hangup", "Parameters": { "SipResponseCode": "486" } })])
        }
        _ => Answer::nothing(),
    });
    let call = world.phone("+15550100").dials("+12065550100");
    call.ends_with(486);
    assert_eq!(call.look().provisionals, [180]);
    world.end();
}

#[test]
fn a_number_without_a_rule_and_an_unknown_source_are_refused() {
    let world = World::new(4);
    world.buys("+12065550100");
    world.phone("+15550100").dials("+12065550100").ends_with(404);
    world.phone("+15550100").dials("+12065550199").ends_with(404);
    let connector = world.connector("pbx");
    // The PBX is known by its connector's host name only.
    let mut stranger = world.extension(&connector, "+15550100");
    stranger.calls_host("10.0.0.1");
    stranger.dials("+12065550100").ends_with(403);
    world.end();
}

#[test]
fn the_second_application_drives_the_call_when_the_first_cannot() {
    let world = World::new(5);
    world.function("broken", |_| Answer::throws());
    world.function("whole", |event| match kind(event) {
        "NEW_INBOUND_CALL" => Answer::actions([play("hello.wav"), hangup("")]),
        _ => Answer::nothing(),
    });
    let applications = [world.application("broken"), world.application_in("whole", "us-west-2")];
    world.buys("+12065550100");
    world.rule("+12065550100", &applications);
    let call = world.phone("+15550100").dials("+12065550100");
    call.hears("hello.wav");
    call.ends();
    // One retry of the failed attempt, then the next target: all with the same sequence number.
    assert_eq!(world.story_of("broken"), ["NEW_INBOUND_CALL", "NEW_INBOUND_CALL"]);
    let taken = world.event("whole", 1);
    assert_eq!(taken["CallDetails"]["SipMediaApplicationId"], applications[1].as_str());
    assert_eq!(
        taken["CallDetails"]["TransactionId"],
        world.event("broken", 1)["CallDetails"]["TransactionId"]
    );
    world.end();
}

#[test]
fn a_call_that_no_function_takes_gets_480_and_no_event() {
    let world = World::new(6);
    world.number("+12065550100", "broken", |_| Answer::fails(FunctionError::NotFound("broken".into())));
    let call = world.phone("+15550100").dials("+12065550100");
    call.ends_with(480);
    assert!(world.story_of("broken").iter().all(|kind| kind == "NEW_INBOUND_CALL"));
    world.end();
}

#[test]
fn a_caller_who_gives_up_while_the_function_thinks() {
    let world = World::new(8);
    world.number("+12065550100", "slow", |event| match kind(event) {
        "NEW_INBOUND_CALL" => Answer::actions([play("hello.wav")]).after(Duration::from_secs(3)),
        _ => Answer::nothing(),
    });
    let call = world.phone("+15550100").dials("+12065550100");
    world.passes(Duration::from_secs(1));
    call.hangs_up();
    call.ends_with(487);
    world.sees("slow", "HANGUP");
    assert_eq!(world.story_of("slow"), ["NEW_INBOUND_CALL", "HANGUP Hangup"]);
    assert!(!call.has_heard("hello.wav"));
    world.end();
}

#[test]
fn a_silent_function_loses_the_call_after_twenty_seconds() {
    let world = World::new(9);
    world.number("+12065550100", "deaf", |_| Answer::never());
    let call = world.phone("+15550100").dials("+12065550100");
    let began = world.now();
    call.ends_with(480);
    assert_eq!(world.now().since(began).as_secs(), 20);
    world.end();
}

#[test]
fn an_empty_list_keeps_the_caller_ringing_for_thirty_seconds() {
    let world = World::new(10);
    world.number("+12065550100", "idle", |_| Answer::nothing());
    let call = world.phone("+15550100").dials("+12065550100");
    let began = world.now();
    call.ends_with(480);
    assert!((30..32).contains(&world.now().since(began).as_secs()));
    assert_eq!(world.story_of("idle"), ["NEW_INBOUND_CALL", "HANGUP Hangup"]);
    world.end();
}

#[test]
fn speech_is_heard_and_cut_short_by_an_update() {
    let world = World::new(11);
    let application = world.number("+12065550100", "talker", |event| match (kind(event), action(event)) {
        ("NEW_INBOUND_CALL", _) => Answer::actions([speak("first"), speak("second"), speak("third")]),
        ("CALL_UPDATE_REQUESTED", _) => Answer::actions([speak("updated"), hangup("")]),
        _ => Answer::nothing(),
    });
    let call = world.phone("+15550100").dials("+12065550100");
    call.hears("second");
    let transaction = world.transactions("talker")[0];
    world.updates_call(&application, transaction, &json!({ "say": "updated" })).expect("a live call");
    call.hears("updated");
    call.ends();
    assert!(!call.has_heard("third"));
    assert_eq!(
        world.story_of("talker"),
        [
            "NEW_INBOUND_CALL",
            "CALL_UPDATE_REQUESTED CallUpdateRequest",
            "ACTION_INTERRUPTED Speak",
            "HANGUP Hangup"
        ]
    );
    let error = world.updates_call(&application, transaction, &json!({})).expect_err("it is over");
    assert_eq!(error.kind, api::Kind::NotFound);
    world.end();
}

#[test]
fn an_update_of_another_application_or_of_nobody_finds_nothing() {
    let world = World::new(12);
    world.number("+12065550100", "owner", |event| match kind(event) {
        "NEW_INBOUND_CALL" => Answer::actions([play("long-20000.wav")]),
        _ => Answer::nothing(),
    });
    world.function("other", |_| Answer::nothing());
    let other = world.application("other");
    let call = world.phone("+15550100").dials("+12065550100");
    call.hears("long-20000.wav");
    let transaction = world.transactions("owner")[0];
    let error = world.updates_call(&other, transaction, &json!({})).expect_err("not its call");
    assert_eq!(error.kind, api::Kind::NotFound);
    call.hangs_up();
    world.end();
}

#[test]
fn a_recording_is_stored_before_its_event() {
    let world = World::new(13);
    world.number("+12065550100", "mail", |event| match kind(event) {
        "NEW_INBOUND_CALL" => Answer::actions([record("voicemail")]),
        _ => Answer::actions([hangup("")]),
    });
    let call = world.phone("+15550100").dials("+12065550100");
    call.is_up();
    world.passes(Duration::from_secs(2));
    call.presses("#");
    call.ends();
    let data = &world.event("mail", 2)["ActionData"];
    assert_eq!(data["RecordingTerminatorUsed"], "#");
    let key = data["RecordingDestination"]["Key"].as_str().expect("a key").to_owned();
    assert!(world.engine().disk.recordings.contains(&("recordings".to_owned(), key)));
    world.end();
}

#[test]
fn a_caller_who_hangs_up_leaves_a_message_all_the_same() {
    let world = World::new(14);
    world.number("+12065550100", "mail", |event| match kind(event) {
        "NEW_INBOUND_CALL" => Answer::actions([record("voicemail")]),
        _ => Answer::nothing(),
    });
    let call = world.phone("+15550100").dials("+12065550100");
    call.is_up();
    world.passes(Duration::from_secs(2));
    call.hangs_up();
    world.sees("mail", "HANGUP");
    assert_eq!(
        world.story_of("mail"),
        ["NEW_INBOUND_CALL", "ACTION_SUCCESSFUL RecordAudio", "HANGUP Hangup"]
    );
    assert_eq!(world.engine().disk.recordings.len(), 1);
    world.end();
}

#[test]
fn a_missing_object_fails_its_action_and_not_the_call() {
    let world = World::new(15);
    world.number("+12065550100", "ivr", |event| match kind(event) {
        "NEW_INBOUND_CALL" => Answer::actions([play("missing.wav")]),
        "ACTION_FAILED" => Answer::actions([play("sorry.wav"), hangup("")]),
        _ => Answer::nothing(),
    });
    let call = world.phone("+15550100").dials("+12065550100");
    call.hears("sorry.wav");
    call.ends();
    assert_eq!(world.event("ivr", 2)["ActionData"]["ErrorType"], "InvalidAudioSource");
    world.end();
}

#[test]
fn headers_of_the_invite_reach_the_function_and_join_tokens_do_not() {
    let world = World::new(16);
    world.number("+12065550100", "ivr", |event| match kind(event) {
        "NEW_INBOUND_CALL" => Answer::actions([hangup("")]),
        _ => Answer::nothing(),
    });
    let headers = [("User-to-User", "abc;encoding=hex"), ("X-Order", "77"), ("Subject", "no")];
    world.phone("+15550100").dials_with("+12065550100", &headers).ends();
    let shown = &world.event("ivr", 1)["CallDetails"]["Participants"][0]["SipHeaders"];
    assert_eq!(*shown, json!({ "User-to-User": "abc;encoding=hex", "X-Order": "77" }));
    world.end();
}

#[test]
fn a_full_node_says_when_to_come_back() {
    let world = World::with(17, sim::Faults::default(), |config| config.calls = 1);
    world.number("+12065550100", "ivr", |event| match kind(event) {
        "NEW_INBOUND_CALL" => Answer::actions([play("long-20000.wav")]),
        _ => Answer::nothing(),
    });
    let first = world.phone("+15550100").dials("+12065550100");
    first.is_up();
    let second = world.phone("+15550101").dials("+12065550100");
    second.ends_with(503);
    assert!(second.look().response.contains("Retry-After: 5"), "{}", second.look().response);
    first.hangs_up();
    world.passes(Duration::from_secs(1));
    world.phone("+15550101").dials("+12065550100").is_up();
    let up: Vec<String> = world.engine().uas[&sim::CARRIER]
        .calls
        .values()
        .filter(|call| call.stage == sim::Stage::Up)
        .map(|call| call.id.clone())
        .collect();
    for id in up {
        world.engine().with_ua(sim::CARRIER, |ua, now, wants| ua.hang_up(now, &id, wants));
    }
    world.end();
}

#[test]
fn a_node_whose_runners_are_full_takes_no_new_call_and_keeps_the_old_ones() {
    let world = World::new(24);
    world.number("+12065550100", "ivr", |event| match kind(event) {
        "NEW_INBOUND_CALL" => Answer::actions([play("hello-3000.wav"), play("bye.wav"), hangup("")]),
        _ => Answer::nothing(),
    });
    let old = world.phone("+15550100").dials("+12065550100");
    old.hears("hello-3000.wav");
    world.engine().input(node::Input::FunctionsFull(true));
    world.phone("+15550101").dials("+12065550100").ends_with(503);
    old.hears("bye.wav");
    old.ends();
    world.engine().input(node::Input::FunctionsFull(false));
    let new = world.phone("+15550101").dials("+12065550100");
    new.hears("hello-3000.wav");
    new.hangs_up();
    world.end();
}

#[test]
fn a_node_that_stops_ends_its_calls_and_owes_nobody() {
    let world = World::new(25);
    world.number("+12065550100", "ivr", |event| match kind(event) {
        "NEW_INBOUND_CALL" => Answer::actions([play("long-20000.wav")]),
        _ => Answer::nothing(),
    });
    let call = world.phone("+15550100").dials("+12065550100");
    call.hears("long-20000.wav");
    world.engine().input(node::Input::Stop);
    call.ends();
    assert!(call.look().bye_received);
    world.sees("ivr", "HANGUP");
    world.phone("+15550101").dials("+12065550100").ends_with(503);
    world.end();
}

#[test]
fn a_port_in_use_gives_way_to_another_one() {
    let world = World::new(18);
    world.number("+12065550100", "ivr", |event| match kind(event) {
        "NEW_INBOUND_CALL" => Answer::actions([play("hello.wav"), hangup("")]),
        _ => Answer::nothing(),
    });
    for shard in &mut world.engine().shards {
        shard.broken_next = 1;
    }
    let call = world.phone("+15550100").dials("+12065550100");
    call.hears("hello.wav");
    call.ends();
    world.end();
}

#[test]
fn a_node_without_a_port_that_opens_refuses_the_call_and_says_so() {
    let world = World::new(19);
    world.number("+12065550100", "ivr", |event| match kind(event) {
        "NEW_INBOUND_CALL" => Answer::actions([play("hello.wav"), hangup("")]),
        _ => Answer::nothing(),
    });
    for shard in &mut world.engine().shards {
        shard.broken_next = 2;
    }
    world.phone("+15550100").dials("+12065550100").ends_with(503);
    world.sees("ivr", "HANGUP");
    assert_eq!(world.event("ivr", 2)["ActionData"]["Parameters"]["SipResponseCode"], 503);
    world.end();
}

#[test]
fn no_port_at_all_is_a_refusal_without_a_function() {
    let world = World::with(20, sim::Faults::default(), |config| {
        for shard in &mut config.shards {
            shard.ports = 40_000..=40_001;
        }
    });
    world.number("+12065550100", "ivr", |event| match kind(event) {
        "NEW_INBOUND_CALL" => Answer::actions([play("long-20000.wav")]),
        _ => Answer::nothing(),
    });
    let calls: Vec<_> = ["+15550100", "+15550101"]
        .map(|number| world.phone(number).dials("+12065550100"))
        .into_iter()
        .collect();
    for call in &calls {
        call.is_up();
    }
    world.phone("+15550102").dials("+12065550100").ends_with(503);
    assert_eq!(world.transactions("ivr").len(), 2);
    for call in &calls {
        call.hangs_up();
    }
    world.end();
}

#[test]
fn a_late_offer_hears_its_prompt_once_its_address_is_known() {
    let world = World::new(21);
    world.number("+12065550100", "ivr", |event| match kind(event) {
        "NEW_INBOUND_CALL" => Answer::actions([pause(100), play("hello.wav"), hangup("")]),
        _ => Answer::nothing(),
    });
    let call = world.phone("+15550100").dials_without_offer("+12065550100");
    call.hears("hello.wav");
    call.ends();
    world.end();
}

#[test]
fn audio_follows_a_phone_that_moves_and_stays_with_one_in_alaw() {
    let world = World::new(22);
    world.number("+12065550100", "ivr", |event| match kind(event) {
        "NEW_INBOUND_CALL" => Answer::actions([play("first-5000.wav"), play("second.wav"), hangup("")]),
        _ => Answer::nothing(),
    });
    let call = world.phone("+15550100").dials_in_alaw("+12065550100");
    call.hears("first-5000.wav");
    world.passes(std::time::Duration::from_secs(1));
    let before = call.look().rtp;
    call.moves_its_audio();
    assert_ne!(call.look().rtp, before);
    call.hears("second.wav");
    call.ends();
    world.end();
}

#[test]
fn garbage_from_anywhere_does_no_harm() {
    let world = World::new(23);
    world.number("+12065550100", "ivr", |event| match kind(event) {
        "NEW_INBOUND_CALL" => Answer::actions([play("hello-3000.wav"), hangup("")]),
        _ => Answer::nothing(),
    });
    let call = world.phone("+15550100").dials("+12065550100");
    call.is_up();
    let mut engine = world.engine();
    for text in [
        "",
        "\r\n\r\n",
        "SIP/2.0 200 OK\r\n\r\n",
        "INVITE sip:x SIP/2.0\r\nVia: SIP/2.0/UDP\r\n\r\n",
        "\0\0\0",
    ] {
        for from in ["10.0.1.1:5060", "192.0.2.1:9"] {
            engine.garbage(from.parse().expect("an address"), text.as_bytes());
        }
    }
    drop(engine);
    call.hears("hello-3000.wav");
    call.ends();
    world.end();
}
