use std::time::Duration;

use serde_json::json;

use super::world::{CARRIER, Invite, World, host, text};
use crate::{Application, Config, Digest, DigestCheck, Ha1, Protocol, Route, Sender, Transfer, Trunk};

const PBX: &str = "192.0.2.10";

#[track_caller]
fn application(route: Route) -> Application {
    match route {
        Route::Application(application) => application,
        other => panic!("no application: {other:?}"),
    }
}

#[track_caller]
fn transfer(route: Route) -> Transfer {
    match route {
        Route::Transfer(transfer) => transfer,
        other => panic!("no transfer: {other:?}"),
    }
}

#[track_caller]
fn refused(route: Route) -> u16 {
    match route {
        Route::Refuse(refusal) => refusal.status,
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn a_called_number_leads_to_its_applications_by_priority() {
    let mut world = World::new();
    let (west, east) = (world.application_in("us-west-2", "w"), world.application("e"));
    world.number("+12065550100");
    let rule = world.rule("ToPhoneNumber", "+12065550100", &[&west, &east]);
    // Carriers write numbers with and without the plus.
    for user in ["+12065550100", "12065550100"] {
        let invite = Invite { user, from: "15035550177", ..Invite::default() };
        let call = application(world.route_with(invite));
        assert_eq!(call.sender, Sender::Carrier("telco".into()));
        assert_eq!(call.rule, rule);
        assert_eq!((call.to.as_str(), call.from.as_str()), ("+12065550100", "+15035550177"));
        let targets: Vec<_> = call.targets.iter().map(|target| target.application.as_str()).collect();
        assert_eq!(targets, [west.as_str(), east.as_str()]);
        assert_eq!(call.targets[0].function, "arn:aws:lambda:us-west-2:111122223333:function:w");
        assert_eq!(call.targets[0].region, "us-west-2");
        assert_eq!(call.allowance, 5);
    }
    let call = application(world.route_with(Invite { from: "anonymous", ..Invite::default() }));
    assert_eq!(call.from, "anonymous");
}

#[test]
fn a_stranger_is_refused_whatever_it_calls() {
    let mut world = World::new();
    let application = world.application("ivr");
    world.number("+12065550100");
    world.rule("ToPhoneNumber", "+12065550100", &[&application]);
    let trunk = world.trunk("pbx");
    for host in ["203.0.113.7", "abcdefghij0123456789ab.voiceconnector.chime.aws", &host(&trunk)] {
        assert_eq!(refused(world.route("203.0.113.99", "+12065550100", host)), 403, "{host}");
    }
    let invite =
        Invite { source: "203.0.113.99", headers: &[("X-chime-join-token", "t")], ..Invite::default() };
    assert_eq!(refused(world.route_with(invite)), 403);
}

#[test]
fn a_disabled_rule_does_not_match() {
    let mut world = World::new();
    let id = world.application("ivr");
    world.number("+12065550100");
    let rule = world.rule("ToPhoneNumber", "+12065550100", &[&id]);
    world.put(&format!("/sip-rules/{rule}"), json!({ "Name": "r", "Disabled": true })).ok();
    assert_eq!(refused(world.route(CARRIER, "+12065550100", "")), 404);
    world.put(&format!("/sip-rules/{rule}"), json!({ "Name": "r", "Disabled": false })).ok();
    assert_eq!(application(world.route(CARRIER, "+12065550100", "")).rule, rule);
}

#[test]
fn a_new_endpoint_counts_for_the_next_call() {
    let mut world = World::new();
    let id = world.application("ivr");
    world.number("+12065550100");
    world.rule("ToPhoneNumber", "+12065550100", &[&id]);
    let other = "arn:aws:lambda:us-east-1:111122223333:function:other";
    world
        .put(&format!("/sip-media-applications/{id}"), json!({ "Endpoints": [{ "LambdaArn": other }] }))
        .ok();
    assert_eq!(application(world.route(CARRIER, "+12065550100", "")).targets[0].function, other);
}

#[test]
fn a_connectors_host_leads_to_its_rule_with_any_user_part() {
    let mut world = World::with(Config { domains: vec!["trunks.example.net".into()], ..Config::default() });
    let id = world.application("ivr");
    let trunk = world.trunk("pbx");
    world.rule("RequestUriHostname", &host(&trunk), &[&id]);
    for host in [host(&trunk), host(&trunk).to_uppercase(), format!("{trunk}.trunks.example.net")] {
        let call = application(world.route(PBX, "front-desk", &host));
        assert_eq!(call.sender, Sender::Connector { id: trunk.clone(), username: None });
        assert_eq!(call.to, "front-desk");
    }
    // Without a token the meeting number is a user part like any other.
    assert_eq!(application(world.route(PBX, "+17035550122", &host(&trunk))).to, "+17035550122");
}

#[test]
fn an_extension_behind_a_connector_does_not_become_a_number() {
    let mut world = World::new();
    let id = world.application("ivr");
    let trunk = world.trunk("pbx");
    let host = host(&trunk);
    world.rule("RequestUriHostname", &host, &[&id]);
    for from in ["1001", "+15035550177", "anna"] {
        let invite = Invite { source: PBX, user: "2002", host: &host, from, ..Invite::default() };
        let call = application(world.route_with(invite));
        assert_eq!((call.to.as_str(), call.from.as_str()), ("2002", from));
    }
}

#[test]
fn without_a_rule_of_its_host_a_connector_reaches_the_rule_of_a_number() {
    let mut world = World::new();
    let (by_host, by_number) = (world.application("h"), world.application("n"));
    let trunk = world.trunk("pbx");
    world.number("+12065550100");
    world.rule("ToPhoneNumber", "+12065550100", &[&by_number]);
    assert_eq!(application(world.route(PBX, "12065550100", &host(&trunk))).targets[0].application, by_number);
    world.rule("RequestUriHostname", &host(&trunk), &[&by_host]);
    assert_eq!(application(world.route(PBX, "12065550100", &host(&trunk))).targets[0].application, by_host);
}

#[test]
fn a_connector_checks_address_encryption_and_its_switch() {
    let mut world = World::new();
    let id = world.application("ivr");
    let trunk = world.trunk("pbx");
    world.rule("RequestUriHostname", &host(&trunk), &[&id]);
    let termination = format!("/voice-connectors/{trunk}/termination");
    assert_eq!(refused(world.route("192.0.2.11", "x", &host(&trunk))), 403);

    world
        .put(
            &format!("/voice-connectors/{trunk}/origination"),
            json!({ "Origination": { "Disabled": true } }),
        )
        .ok();
    world
        .put(&format!("/voice-connectors/{trunk}"), json!({ "Name": "pbx", "RequireEncryption": true }))
        .ok();
    assert_eq!(refused(world.route(PBX, "x", &host(&trunk))), 403);
    let host = host(&trunk);
    let tls = || Invite { source: PBX, user: "x", host: &host, protocol: Protocol::Tls, ..Invite::default() };
    application(world.route_with(tls()));

    let off = json!({ "Termination": { "CallingRegions": ["US"], "CidrAllowedList": ["192.0.2.10/32"], "Disabled": true } });
    world.put(&termination, off).ok();
    assert_eq!(refused(world.route_with(tls())), 403);
    world.put(&termination, json!({ "Termination": { "CallingRegions": ["US"] } })).ok();
    assert_eq!(refused(world.route_with(tls())), 403, "without a list nobody may call");
    world.delete(&termination).ok();
    assert_eq!(refused(world.route_with(tls())), 403);
}

#[test]
fn a_connector_with_users_asks_for_digest() {
    let mut world = World::new();
    let id = world.application("ivr");
    let trunk = world.trunk("pbx");
    let host = host(&trunk);
    world.rule("RequestUriHostname", &host, &[&id]);
    let users = json!({ "Credentials": [{ "Username": "bob", "Password": "secret" }] });
    world.post(&format!("/voice-connectors/{trunk}/termination/credentials?operation=put"), users).ok();

    let mut invite = |username: &str, realm: &str, outcome: Option<DigestCheck>| {
        let mut seen: Option<Ha1> = None;
        let mut check = |ha1: &Ha1| {
            seen = Some(ha1.clone());
            outcome.expect("credentials are checked")
        };
        let digest = outcome.is_some().then_some(Digest { username, realm, check: &mut check });
        let route =
            world.route_with(Invite { source: PBX, user: "x", host: &host, digest, ..Invite::default() });
        (route, seen)
    };
    let challenge = |stale| Route::Challenge { realm: host.clone(), stale };
    assert_eq!(invite("bob", &host, None).0, challenge(false));
    assert_eq!(invite("bob", "elsewhere", Some(DigestCheck::Good)).0, challenge(false));
    assert_eq!(invite("bob", &host, Some(DigestCheck::Stale)).0, challenge(true));
    assert_eq!(refused(invite("bob", &host, Some(DigestCheck::Bad)).0), 403);
    assert_eq!(refused(invite("eve", &host, Some(DigestCheck::Good)).0), 403);
    let (route, ha1) = invite("bob", &host, Some(DigestCheck::Good));
    assert_eq!(application(route).sender, Sender::Connector { id: trunk, username: Some("bob".into()) });
    assert_eq!(ha1.unwrap().md5.len(), 32);
}

#[test]
fn a_recording_session_is_no_call_even_where_a_rule_matches() {
    let mut world = World::new();
    let id = world.application("ivr");
    let trunk = world.trunk("sbc");
    let host = host(&trunk);
    world.rule("RequestUriHostname", &host, &[&id]);
    let sender = Sender::Connector { id: trunk, username: None };
    let invite = Invite { source: PBX, host: &host, headers: &[("Require", "siprec")], ..Invite::default() };
    assert_eq!(world.route_with(invite), Route::Recording { sender: sender.clone() });
    let bodies = ["application/sdp", "application/rs-metadata+xml"];
    let invite = Invite { source: PBX, host: &host, bodies: &bodies, ..Invite::default() };
    assert_eq!(world.route_with(invite), Route::Recording { sender: sender.clone() });
    let parameters = [("X-Voice-Connector-Record-Only", "true")];
    let invite = Invite { source: PBX, host: &host, parameters: &parameters, ..Invite::default() };
    assert_eq!(world.route_with(invite), Route::Recording { sender });
}

#[test]
fn a_join_token_leads_into_its_meeting_before_any_rule() {
    let mut world = World::new();
    let id = world.application("ivr");
    let trunk = world.trunk("pbx");
    let host = host(&trunk);
    world.rule("RequestUriHostname", &host, &[&id]);
    let parameters = [("X-chime-join-token", "tok"), ("X-chime-meeting-id", "m")];
    let invite = Invite {
        source: PBX,
        user: "+17035550122",
        host: &host,
        parameters: &parameters,
        ..Invite::default()
    };
    match world.route_with(invite) {
        Route::Meeting { token, .. } => {
            assert_eq!((token.token.as_str(), token.meeting.as_deref()), ("tok", Some("m")))
        }
        other => panic!("{other:?}"),
    }
    let invite = Invite {
        source: PBX,
        user: "+17035550122",
        host: &host,
        parameters: &[("X-joinToken", "tok")],
        ..Invite::default()
    };
    assert!(matches!(world.route_with(invite), Route::Meeting { .. }));
}

#[test]
fn a_number_of_a_connector_goes_to_its_equipment() {
    let mut world = World::new();
    let trunk = world.trunk("pbx");
    world.order("VoiceConnector", "+12065550100");
    let numbers = json!({ "E164PhoneNumbers": ["+12065550100"] });
    world.post(&format!("/voice-connectors/{trunk}?operation=associate-phone-numbers"), numbers).ok();
    let call = transfer(world.route(CARRIER, "12065550100", ""));
    assert_eq!(call.sender, Sender::Carrier("telco".into()));
    assert_eq!(call.from, "+15035550177");
    assert_eq!(call.hops.len(), 1);
    assert_eq!(call.hops[0].uri, "sip:+12065550100@pbx.example.com:5060;transport=UDP");
    assert_eq!(call.hops[0].trunk, Trunk::Connector(trunk.clone()));
    assert!(call.hops[0].headers.contains(&("X-VoiceConnector-ID".into(), trunk.clone())));
    // Also from another connector's equipment, and however often it went round.
    let other = world.trunk("other");
    transfer(world.route(PBX, "+12065550100", &host(&other)));
    let looped = Invite { headers: &[("X-SMA-Max-Forwards", "0")], ..Invite::default() };
    assert_eq!(refused(world.route_with(looped)), 483);

    world
        .put(
            &format!("/voice-connectors/{trunk}/origination"),
            json!({ "Origination": { "Disabled": true } }),
        )
        .ok();
    assert_eq!(refused(world.route(CARRIER, "+12065550100", "")), 480);
}

#[test]
fn what_nobody_owns_or_serves_is_not_found() {
    let mut world = World::new();
    world.number("+12065550100");
    assert_eq!(refused(world.route(CARRIER, "+12065550100", "")), 404);
    assert_eq!(refused(world.route(CARRIER, "+12065550199", "")), 404);
    assert_eq!(refused(world.route(CARRIER, "reception", "")), 404);
    let invite = Invite {
        protocol: Protocol::Internal,
        user: "+12065550199",
        source: "127.0.0.1",
        ..Invite::default()
    };
    assert_eq!(refused(world.route_with(invite)), 404, "a call from inside never leaves again by itself");
}

#[test]
fn a_call_from_inside_needs_no_sender() {
    let mut world = World::new();
    let id = world.application("ivr");
    world.number("+12065550100");
    world.rule("ToPhoneNumber", "+12065550100", &[&id]);
    let invite =
        |headers| Invite { source: "0.0.0.0", protocol: Protocol::Internal, headers, ..Invite::default() };
    let call = application(world.route_with(invite(&[("X-SMA-Max-Forwards", "3")])));
    assert_eq!((call.sender, call.allowance), (Sender::Internal, 3));
    assert_eq!(refused(world.route_with(invite(&[("X-SMA-Max-Forwards", "0")]))), 483);
}

#[test]
fn a_connector_calls_outside_under_its_termination_settings() {
    let mut world = World::new();
    let trunk = world.trunk("pbx");
    world.number("+12065550100");
    let host = host(&trunk);
    let call = |from: &'static str, user: &'static str| Invite {
        source: PBX,
        host: "",
        from,
        user,
        ..Invite::default()
    };
    let route = |world: &mut World, from, user| world.route_with(Invite { host: &host, ..call(from, user) });

    let out = transfer(route(&mut world, "+12065550100", "+15035550188"));
    assert_eq!(out.from, "+12065550100");
    assert_eq!(out.hops[0].uri, "sip:+15035550188@sbc.example.net");
    assert_eq!(out.hops[0].trunk, Trunk::Carrier("telco".into()));
    assert_eq!(refused(route(&mut world, "+12065550100", "+442079460999")), 403, "not in CallingRegions");
    assert_eq!(
        refused(route(&mut world, "+12065550100", "+14165550188")),
        403,
        "Canada is not the United States"
    );
    assert_eq!(
        refused(route(&mut world, "+15035550177", "+15035550188")),
        403,
        "a caller id that is not ours"
    );

    let settings = json!({ "Termination": { "CallingRegions": ["GB"], "CidrAllowedList": ["192.0.2.10/32"], "DefaultPhoneNumber": "+12065550100" } });
    world.put(&format!("/voice-connectors/{trunk}/termination"), settings).ok();
    let out = transfer(route(&mut world, "anonymous", "+442079460999"));
    assert_eq!(out.from, "+12065550100", "the default number stands in");

    let mut bare = World::with(Config::default());
    let trunk = bare.trunk("pbx");
    let invite = Invite {
        source: PBX,
        host: &super::world::host(&trunk),
        from: "+12065550100",
        user: "+15035550188",
        ..Invite::default()
    };
    assert!(refused(bare.route_with(invite)) >= 403, "no carrier, no call");
}

#[test]
fn calls_per_second_are_limited_where_a_limit_was_given() {
    let mut world = World::new();
    let trunk = world.trunk("pbx");
    world.number("+12065550100");
    let host = host(&trunk);
    let invite = || Invite {
        source: PBX,
        host: &host,
        from: "+12065550100",
        user: "+15035550188",
        ..Invite::default()
    };
    for _ in 0..50 {
        transfer(world.route_with(invite()));
    }
    let limit = |cps| json!({ "Termination": { "CallingRegions": ["US"], "CidrAllowedList": ["192.0.2.10/32"], "CpsLimit": cps } });
    world.put(&format!("/voice-connectors/{trunk}/termination"), limit(2)).ok();
    transfer(world.route_with(invite()));
    transfer(world.route_with(invite()));
    match world.route_with(invite()) {
        Route::Refuse(refusal) => assert_eq!((refusal.status, refusal.retry_after), (503, Some(1))),
        other => panic!("{other:?}"),
    }
    world.now += Duration::from_secs(1);
    transfer(world.route_with(invite()));
    transfer(world.route_with(invite()));
    assert_eq!(refused(world.route_with(invite())), 503);
    world.put(&format!("/voice-connectors/{trunk}/termination"), limit(1)).ok();
    transfer(world.route_with(invite()));
    assert_eq!(refused(world.route_with(invite())), 503);
}

#[test]
fn one_number_among_many_is_found() {
    let mut telco = super::world::telco();
    telco.numbers = vec!["+12060000000-+12060004999".parse().unwrap()];
    let mut world = World::with(Config { carriers: vec![telco], ..Config::default() });
    let id = world.application("ivr");
    for block in 0..100_u32 {
        let numbers: Vec<_> = (0..50).map(|n| format!("+1206{:07}", block * 50 + n)).collect();
        let body = json!({ "ProductType": "SipMediaApplicationDialIn", "E164PhoneNumbers": numbers });
        let ticket = world.send("POST /phone-number-orders", body);
        world.settle();
        world.answers.remove(&ticket);
    }
    world.rule("ToPhoneNumber", "+12060004447", &[&id]);
    assert_eq!(application(world.route(CARRIER, "12060004447", "")).targets[0].application, id);
    assert_eq!(refused(world.route(CARRIER, "12060004448", "")), 404);
    world.crash();
    assert_eq!(application(world.route(CARRIER, "12060004447", "")).targets[0].application, id);
    let page = world.get("/phone-numbers?status=Assigned").ok();
    assert_eq!(text(&page["PhoneNumbers"][0]["E164PhoneNumber"]), "+12060004447");
}
