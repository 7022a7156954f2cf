//! Session timers and changes of a running call, between two stacks.

use std::time::Duration;

use super::network::*;
use super::raw::*;
use crate::header::Header;
use crate::sdp::Direction;
use crate::stack::*;

fn standing(net: &mut Network) -> (DialogId, DialogId) {
    let call = net.call(0, 1);
    net.until(|net| net.answered(0));
    net.pass(Duration::from_secs(1));
    (call, net.offered(1))
}

#[test]
fn the_caller_refreshes_by_update_and_the_call_lives_on() {
    let mut net = Network::new(1, 2);
    let (call, _) = standing(&mut net);
    net.pass(Duration::from_secs(3_500));
    assert_eq!(net.count("0>1 UPDATE"), 3, "at half of 1800 s each");
    assert_eq!((net.ended(0), net.ended(1)), (None, None));
    net.command(0, Command::Release { dialog: call });
    net.assert_quiet();
}

#[test]
fn a_caller_whose_peer_is_gone_notices_at_the_refresh() {
    let mut net = Network::new(1, 2);
    standing(&mut net);
    net.filter = Box::new(|parcel| parcel.from != address(1));
    net.pass(Duration::from_secs(950));
    assert_eq!(net.ended(0), Some((0, "no response within the dialog")));
    assert!(net.count("0>1 BYE") > 0);
}

#[test]
fn a_callee_nobody_refreshes_ends_the_call() {
    let mut net = Network::new(1, 2);
    standing(&mut net);
    net.filter = Box::new(|parcel| parcel.from != address(0));
    net.pass(Duration::from_secs(1_780));
    assert_eq!(net.ended(1), Some((0, "session expired")));
    net.filter = Box::new(|_| true);
    net.assert_quiet();
}

#[test]
fn a_callee_with_a_longer_minimum_is_given_it() {
    let mut configs = vec![config(0), config(1)];
    configs[0].session_expires = Duration::from_secs(100);
    configs[1].min_se = Duration::from_secs(600);
    let mut net = Network::with(1, configs);
    let (call, _) = standing(&mut net);
    assert_eq!(net.count("1>0 422 INVITE"), 1);
    net.pass(Duration::from_secs(650));
    assert_eq!(net.count("0>1 UPDATE"), 2, "at half of 600 s");
    net.command(0, Command::Release { dialog: call });
    net.assert_quiet();
}

#[test]
fn the_callee_refreshes_by_reinvite_where_update_is_not_allowed() {
    let mut raw = Raw::new();
    let more = "Supported: timer\r\nSession-Expires: 200;refresher=uas\r\nAllow: INVITE, ACK, BYE\r\n";
    raw.receive(&invite("z9hG4bKa", "1 INVITE", more, OFFER));
    let dialog = raw.offered();
    raw.command(Command::Answer { dialog, media: media(0) });
    assert_eq!(raw.response().headers.get(Header::SessionExpires), Some("200;refresher=uas"));
    let to = raw.response().headers.get(Header::To).expect("To").to_owned();
    let first = raw.response().body.clone();
    raw.receive(&within("ACK", "z9hG4bKb", "1 ACK", &to, "", ""));
    raw.sent.clear();
    raw.pass(Duration::from_secs(100));
    let refresh = raw.request("INVITE");
    assert_eq!(
        refresh.headers.get(Header::SessionExpires),
        Some("200;refresher=uac"),
        "roles are per request"
    );
    // Our side is as it was, so it says the same under the same version.
    assert_eq!(
        origin(&first),
        origin(&refresh.body).map(|(id, version)| (id, version - 1)),
        "an offer lists all codecs"
    );
    raw.reply(&refresh, 200, "peer", "Session-Expires: 200;refresher=uac", OFFER);
    assert_eq!(raw.requests("ACK"), 1);
    assert!(raw.events.iter().all(|event| !matches!(event, Event::MediaChanged { .. })), "nothing changed");
    raw.pass(Duration::from_secs(99));
    assert_eq!(raw.begun("INVITE"), 1);
    raw.pass(Duration::from_secs(1));
    let again = raw.request("INVITE");
    assert_eq!(raw.begun("INVITE"), 2);
    assert_eq!(origin(&again.body), origin(&refresh.body));
    // A refusal that is not the end leaves the call until the interval is over.
    raw.reply(&again, 500, "peer", "", "");
    raw.pass(Duration::from_secs(60));
    assert_eq!(raw.begun("BYE"), 0);
    raw.pass(Duration::from_secs(10));
    assert_eq!(raw.begun("BYE"), 1);
    assert!(matches!(raw.events.last(), Some(Event::Ended { status: 0, .. })));
}

/// Session id and version of `o=`.
fn origin(sdp: &[u8]) -> Option<(u64, u64)> {
    let text = String::from_utf8_lossy(sdp);
    let session = crate::sdp::Session::parse(&text).ok()?;
    let origin = session.origin()?;
    Some((origin.session.parse().ok()?, origin.version.parse().ok()?))
}

#[test]
fn a_refresh_for_a_dialog_the_peer_forgot_ends_it() {
    let mut raw = Raw::new();
    let more = "Supported: timer\r\nSession-Expires: 200;refresher=uas\r\nAllow: UPDATE\r\n";
    raw.receive(&invite("z9hG4bKa", "1 INVITE", more, OFFER));
    let dialog = raw.offered();
    raw.command(Command::Answer { dialog, media: media(0) });
    let to = raw.response().headers.get(Header::To).expect("To").to_owned();
    raw.receive(&within("ACK", "z9hG4bKb", "1 ACK", &to, "", ""));
    raw.pass(Duration::from_secs(100));
    let refresh = raw.request("UPDATE");
    assert!(refresh.body.is_empty());
    raw.reply(&refresh, 481, "peer", "", "");
    assert!(matches!(raw.events.last(), Some(Event::Ended { status: 0, .. })));
}

#[test]
fn update_refused_with_405_becomes_a_reinvite() {
    let mut raw = Raw::new();
    let more = "Supported: timer\r\nSession-Expires: 200;refresher=uas\r\nAllow: UPDATE\r\n";
    raw.receive(&invite("z9hG4bKa", "1 INVITE", more, OFFER));
    let dialog = raw.offered();
    raw.command(Command::Answer { dialog, media: media(0) });
    let to = raw.response().headers.get(Header::To).expect("To").to_owned();
    raw.receive(&within("ACK", "z9hG4bKb", "1 ACK", &to, "", ""));
    raw.pass(Duration::from_secs(100));
    let refresh = raw.request("UPDATE");
    raw.reply(&refresh, 405, "peer", "", "");
    assert_eq!(raw.begun("INVITE"), 1);
}

#[test]
fn we_hold_and_resume_by_reinvite() {
    let mut net = Network::new(1, 2);
    let (call, _) = standing(&mut net);
    net.command(0, Command::Modify { dialog: call, media: media(0), direction: Direction::SendOnly });
    net.pass(Duration::from_secs(1));
    assert!(
        matches!(net.nodes[1].events.last(), Some(Event::MediaChanged { media, .. }) if !media.send && media.receive)
    );
    net.command(0, Command::Modify { dialog: call, media: media(0), direction: Direction::SendRecv });
    net.pass(Duration::from_secs(1));
    assert!(
        matches!(net.nodes[1].events.last(), Some(Event::MediaChanged { media, .. }) if media.send && media.receive)
    );
    net.command(0, Command::Release { dialog: call });
    net.assert_quiet();
}

#[test]
fn both_sides_at_once_is_settled_by_491_and_waiting() {
    for seed in 0..20 {
        let mut net = Network::new(seed, 2);
        let (call, theirs) = standing(&mut net);
        net.command(0, Command::Modify { dialog: call, media: media(0), direction: Direction::SendOnly });
        net.command(1, Command::Modify { dialog: theirs, media: media(1), direction: Direction::SendRecv });
        net.pass(Duration::from_secs(20));
        assert_eq!((net.count("0>1 491 INVITE"), net.count("1>0 491 INVITE")), (1, 1));
        assert_eq!((net.count("0>1 200 INVITE"), net.count("1>0 200 INVITE")), (1, 2));
        net.command(0, Command::Release { dialog: call });
        net.assert_quiet();
    }
}

#[test]
fn a_change_ordered_while_another_is_under_way_waits_its_turn() {
    let mut net = Network::new(1, 2);
    let (call, _) = standing(&mut net);
    net.command(0, Command::Modify { dialog: call, media: media(0), direction: Direction::SendOnly });
    net.command(0, Command::Modify { dialog: call, media: media(0), direction: Direction::Inactive });
    net.pass(Duration::from_secs(2));
    assert!(
        matches!(net.nodes[1].events.last(), Some(Event::MediaChanged { media, .. }) if !media.send && !media.receive)
    );
    assert_eq!(net.count("0>1 INVITE"), 3);
    net.command(0, Command::Release { dialog: call });
    net.assert_quiet();
}

#[test]
fn a_call_released_during_a_reinvite_leaves_nothing() {
    let mut net = Network::new(1, 2);
    let (call, _) = standing(&mut net);
    net.command(0, Command::Modify { dialog: call, media: media(0), direction: Direction::SendOnly });
    net.command(0, Command::Release { dialog: call });
    net.until(|net| net.ended(1).is_some());
    net.assert_quiet();
}
