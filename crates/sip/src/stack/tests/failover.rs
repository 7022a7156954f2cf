//! Where a call goes when the first place does not take it (RFC 3263 §4.3).

use std::net::SocketAddr;
use std::time::Duration;

use super::network::*;
use crate::stack::*;

fn to(index: usize, trunk: &str) -> Target {
    Target { trunk: TrunkName(trunk.to_owned()), ..target(&format!("sip:+15550100@{}", address(index))) }
}

fn trunk(net: &Network) -> Option<String> {
    net.nodes[0].events.iter().find_map(|event| match event {
        Event::Answered { trunk, .. } => Some(trunk.0.clone()),
        _ => None,
    })
}

#[test]
fn a_trunk_out_of_service_hands_over_to_the_next() {
    let mut net = Network::new(1, 3);
    net.nodes[1].manner = Manner::Refuses(503);
    let call = net.call_targets(0, vec![to(1, "first"), to(2, "second")]);
    net.until(|net| net.answered(0));
    assert_eq!(trunk(&net).as_deref(), Some("second"));
    net.command(0, Command::Release { dialog: call });
    net.assert_quiet();
}

#[test]
fn a_trunk_that_says_busy_has_decided() {
    let mut net = Network::new(1, 3);
    net.nodes[1].manner = Manner::Refuses(486);
    net.call_targets(0, vec![to(1, "first"), to(2, "second")]);
    net.until(|net| net.ended(0).is_some());
    assert_eq!(net.count("0>2 INVITE"), 0);
}

#[test]
fn a_silent_trunk_is_left_after_four_seconds_and_cancelled_when_it_wakes() {
    let mut net = Network::new(1, 3);
    net.filter = Box::new(|parcel| parcel.to != address(1) || parcel.title() != "INVITE");
    net.nodes[1].manner = Manner::Rings;
    let start = net.now;
    let call = net.call_targets(0, vec![to(1, "first"), to(2, "second")]);
    net.until(|net| net.answered(0));
    assert_eq!(net.now.since(start).as_secs(), 4);
    // It comes back and rings: nobody wants it any more.
    net.filter = Box::new(|_| true);
    net.pass(Duration::from_secs(20));
    assert_eq!(net.ended(1), Some((0, "CANCEL")));
    net.command(0, Command::Release { dialog: call });
    net.assert_quiet();
}

#[test]
fn the_last_place_has_the_whole_of_timer_b() {
    let mut net = Network::new(1, 1);
    let start = net.now;
    net.call_targets(0, vec![to(1, "nobody")]);
    net.until(|net| net.ended(0).is_some());
    assert_eq!(net.ended(0), Some((408, "no response")));
    assert_eq!(net.now.since(start).as_secs(), 32);
    assert_eq!(net.count("0>? INVITE"), 7);
    net.assert_quiet();
}

#[test]
fn a_name_is_tried_address_by_address() {
    let mut net = Network::new(1, 3);
    net.names.insert(
        "sbc.example".to_owned(),
        vec![(Transport::Udp, address(1)), (Transport::Tls, address(1)), (Transport::Udp, address(2))],
    );
    net.nodes[1].manner = Manner::Refuses(503);
    let call = net.call_targets(0, vec![target("sip:+15550100@sbc.example")]);
    net.until(|net| net.answered(0));
    assert_eq!((net.count("0>1 INVITE"), net.count("0>2 INVITE")), (1, 1));
    let invites: Vec<_> = net.log.iter().filter(|parcel| parcel.title() == "INVITE").collect();
    let of = |parcel: &Parcel| match parcel.message() {
        crate::message::Message::Request(request) => {
            let branch = request.headers.top_via().and_then(|via| via.branch().map(str::to_owned));
            (request.headers.call_id().to_owned(), branch)
        }
        crate::message::Message::Response(_) => panic!("a request"),
    };
    assert_eq!(of(invites[0]).0, of(invites[1]).0, "the same call");
    assert_ne!(of(invites[0]).1, of(invites[1]).1, "another transaction");
    net.command(0, Command::Release { dialog: call });
    net.assert_quiet();
}

#[test]
fn a_name_nobody_knows_goes_to_the_next_target() {
    let mut net = Network::new(1, 3);
    let call = net.call_targets(0, vec![target("sip:+15550100@nowhere.example"), to(2, "second")]);
    net.until(|net| net.answered(0));
    net.command(0, Command::Release { dialog: call });
    net.assert_quiet();
    let mut net = Network::new(1, 1);
    net.call_targets(0, vec![target("sip:+15550100@nowhere.example")]);
    net.until(|net| net.ended(0).is_some());
    assert_eq!(net.ended(0), Some((503, "name not found")));
}

#[test]
fn a_resolver_that_never_answers_is_given_up() {
    let mut stack = Stack::new(config(0));
    let mut out = Vec::new();
    let now = base::Timestamp::from_millis(0);
    let dialog = stack.next_dialog();
    let invite = Outbound {
        targets: vec![target("sip:x@slow.example")],
        from_user: "x".to_owned(),
        headers: Vec::new(),
        media: media(0),
        timeout: Duration::from_secs(60),
    };
    stack.handle(now, Input::Command(Command::Invite { dialog, invite: Box::new(invite) }), &mut out);
    assert!(matches!(out.last(), Some(Output::Resolve { .. })));
    stack.handle(now + Duration::from_secs(10), Input::Woken, &mut out);
    assert!(matches!(out.last(), Some(Output::Event(Event::Ended { status: 503, .. }))));
    assert_eq!(stack.counts(), Counts::default());
}

#[test]
fn an_outbound_proxy_is_sent_to_without_changing_the_request() {
    let mut net = Network::new(1, 2);
    let proxy = Target {
        host: Some((address(1).ip().to_string(), Some(5060))),
        ..target("sip:+15550100@carrier.example")
    };
    let call = net.call_targets(0, vec![proxy]);
    net.until(|net| net.answered(0));
    match net.log[0].message() {
        crate::message::Message::Request(request) => {
            assert_eq!(request.uri.as_str(), "sip:+15550100@carrier.example")
        }
        crate::message::Message::Response(_) => panic!("a request"),
    }
    net.command(0, Command::Release { dialog: call });
    net.assert_quiet();
}

#[test]
fn a_connection_that_cannot_be_made_is_a_failure_like_another() {
    let mut net = Network::new(1, 2);
    let nobody = SocketAddr::from(([192, 0, 2, 200], 5060));
    let dead = Target { transport: Some(Transport::Tcp), ..target(&format!("sip:+15550100@{nobody}")) };
    let call = net.call_targets(0, vec![dead, to(1, "second")]);
    net.until(|net| net.answered(0));
    assert_eq!(trunk(&net).as_deref(), Some("second"));
    net.command(0, Command::Release { dialog: call });
    net.assert_quiet();
}
