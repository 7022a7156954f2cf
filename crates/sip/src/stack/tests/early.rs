//! Early media and reliable provisional responses (RFC 3262, RFC 3311 before the answer).

use std::time::Duration;

use super::network::*;
use super::raw::*;
use crate::header::{Header, RAck};
use crate::stack::*;

#[test]
fn early_media_comes_reliably_and_the_answer_after_it() {
    let mut net = Network::new(1, 2);
    net.nodes[1].manner = Manner::Waits;
    net.call(0, 1);
    net.until(|net| !net.nodes[1].events.is_empty());
    let dialog = net.offered(1);
    net.command(1, Command::Progress { dialog, media: media(1) });
    net.until(|net| net.count("1>0 200 PRACK") == 1);
    net.pass(Duration::from_secs(1));
    match net.nodes[0].events.first() {
        Some(Event::Progressed { status: 183, media: Some(remote), .. }) => {
            assert_eq!(remote.address, media(1).address);
        }
        other => panic!("{other:?}"),
    }
    net.command(1, Command::Answer { dialog, media: media(1) });
    net.until(|net| net.answered(0));
    net.pass(Duration::from_secs(1));
    let ladder = ["0>1 INVITE", "1>0 183 INVITE", "0>1 PRACK", "1>0 200 PRACK", "1>0 200 INVITE", "0>1 ACK"];
    assert_eq!(net.titles(), ladder);
    net.command(1, Command::Release { dialog });
    net.assert_quiet();
}

#[test]
fn an_answer_waits_for_the_prack_of_early_media() {
    let mut net = Network::new(1, 2);
    net.nodes[1].manner = Manner::Waits;
    let mut left = 1;
    net.filter = Box::new(move |parcel| {
        let drop = parcel.title() == "183 INVITE" && left > 0;
        left -= usize::from(drop);
        !drop
    });
    net.call(0, 1);
    net.until(|net| !net.nodes[1].events.is_empty());
    let dialog = net.offered(1);
    net.command(1, Command::Progress { dialog, media: media(1) });
    net.command(1, Command::Ring { dialog });
    net.command(1, Command::Answer { dialog, media: media(1) });
    net.until(|net| net.answered(0));
    let titles = net.titles();
    let place = |title: &str| titles.iter().position(|known| known == title).expect("sent");
    assert_eq!(net.count("1>0 183 INVITE"), 3, "again after T1, and to the INVITE that comes again");
    assert!(place("0>1 PRACK") < place("1>0 200 INVITE"));
    let call = DialogId(1);
    net.command(0, Command::Release { dialog: call });
    net.assert_quiet();
}

#[test]
fn a_provisional_nobody_acknowledges_ends_the_call() {
    let mut raw = Raw::new();
    raw.receive(&invite("z9hG4bKa", "1 INVITE", "Require: 100rel\r\n", OFFER));
    let dialog = raw.offered();
    raw.sent.clear();
    raw.command(Command::Ring { dialog });
    assert_eq!(raw.response().headers.get(Header::Require), Some("100rel"));
    raw.pass(Duration::from_secs(32));
    assert_eq!(raw.statuses(), [180, 180, 180, 180, 180, 180, 180, 504]);
    assert!(matches!(raw.events.last(), Some(Event::Ended { status: 504, .. })));
}

#[test]
fn a_prack_must_name_the_response_it_acknowledges() {
    let mut raw = Raw::new();
    raw.receive(&invite("z9hG4bKa", "1 INVITE", "Supported: 100rel\r\n", OFFER));
    let dialog = raw.offered();
    raw.command(Command::Ring { dialog });
    assert!(!raw.response().headers.has(Header::RSeq), "180 without media needs no PRACK");
    raw.command(Command::Progress { dialog, media: media(0) });
    let response = raw.response().clone();
    let to = response.headers.get(Header::To).expect("To").to_owned();
    let rseq = response.headers.rseq().ok().flatten().expect("RSeq");
    let prack = |rseq: u32, cseq: u32, branch: &str| {
        within("PRACK", branch, &format!("{cseq} PRACK"), &to, &format!("RAck: {rseq} 1 INVITE\r\n"), "")
    };
    raw.sent.clear();
    raw.receive(&prack(rseq + 1, 2, "z9hG4bKb"));
    raw.receive(&prack(rseq, 3, "z9hG4bKc"));
    raw.receive(&prack(rseq, 4, "z9hG4bKd"));
    assert_eq!(raw.statuses(), [481, 200, 481]);
}

#[test]
fn without_100rel_early_media_is_sent_once() {
    let mut raw = Raw::new();
    raw.receive(&invite("z9hG4bKa", "1 INVITE", "", OFFER));
    let dialog = raw.offered();
    raw.sent.clear();
    raw.command(Command::Progress { dialog, media: media(0) });
    assert!(!raw.response().headers.has(Header::RSeq));
    raw.pass(Duration::from_secs(30));
    assert_eq!(raw.statuses(), [183]);
    raw.command(Command::Answer { dialog, media: media(0) });
    assert!(!raw.response().body.is_empty(), "the answer stands in the 200 too");
}

#[test]
fn a_late_offer_in_a_reliable_183_is_answered_in_the_prack() {
    let mut raw = Raw::new();
    raw.receive(&invite("z9hG4bKa", "1 INVITE", "Supported: 100rel\r\n", ""));
    let dialog = raw.offered();
    raw.command(Command::Progress { dialog, media: media(0) });
    let response = raw.response().clone();
    assert!(!response.body.is_empty());
    let to = response.headers.get(Header::To).expect("To").to_owned();
    let rseq = response.headers.rseq().ok().flatten().expect("RSeq");
    raw.events.clear();
    raw.receive(&within("PRACK", "z9hG4bKb", "2 PRACK", &to, &format!("RAck: {rseq} 1 INVITE\r\n"), OFFER));
    assert_eq!(raw.response().status, 200);
    assert!(matches!(&raw.events[..], [Event::MediaChanged { .. }]));
    raw.command(Command::Answer { dialog, media: media(0) });
    assert!(raw.response().body.is_empty(), "said and answered already");
    raw.receive(&within("ACK", "z9hG4bKc", "1 ACK", &to, "", ""));
    raw.command(Command::Release { dialog });
    assert_eq!(raw.requests("BYE"), 1);
}

#[test]
fn an_update_before_the_answer_moves_the_media() {
    let mut raw = Raw::new();
    raw.receive(&invite("z9hG4bKa", "1 INVITE", "Supported: 100rel\r\n", OFFER));
    let dialog = raw.offered();
    raw.command(Command::Ring { dialog });
    let to = raw.response().headers.get(Header::To).expect("To").to_owned();
    raw.events.clear();
    let moved = OFFER.replace("30000", "30002").replace("o=- 1 1", "o=- 1 2");
    raw.receive(&within("UPDATE", "z9hG4bKb", "2 UPDATE", &to, "", &moved));
    assert_eq!(raw.response().status, 500, "their offer is not answered yet");
    raw.command(Command::Progress { dialog, media: media(0) });
    let rseq = raw.response().headers.rseq().ok().flatten().expect("RSeq");
    raw.receive(&within("PRACK", "z9hG4bKc", "3 PRACK", &to, &format!("RAck: {rseq} 1 INVITE\r\n"), ""));
    raw.receive(&within("UPDATE", "z9hG4bKd", "4 UPDATE", &to, "", &moved));
    assert_eq!(raw.response().status, 200);
    assert!(matches!(&raw.events[..], [Event::MediaChanged { media, .. }] if media.address.port() == 30_002));
}

#[test]
fn a_caller_may_end_an_early_dialog_by_bye() {
    let mut raw = Raw::new();
    raw.receive(&invite("z9hG4bKa", "1 INVITE", "", OFFER));
    let dialog = raw.offered();
    raw.command(Command::Ring { dialog });
    let to = raw.response().headers.get(Header::To).expect("To").to_owned();
    raw.sent.clear();
    raw.receive(&within("BYE", "z9hG4bKb", "2 BYE", &to, "", ""));
    assert_eq!(raw.statuses(), [200, 487]);
    assert_eq!(raw.events.last(), Some(&Event::Ended { dialog, status: 0, reason: "BYE".into() }));
}

#[test]
fn reliable_responses_of_forks_are_acknowledged_each_in_order() {
    let mut raw = Raw::new();
    let dialog = raw.stack.next_dialog();
    let invite = Outbound {
        targets: vec![target(&format!("sip:+15550100@{}", peer()))],
        from_user: "+15550199".to_owned(),
        headers: Vec::new(),
        media: media(0),
        timeout: Duration::from_secs(60),
    };
    raw.command(Command::Invite { dialog, invite: Box::new(invite) });
    let request = raw.request("INVITE");
    let reliable = |rseq: u32| format!("Require: 100rel\nRSeq: {rseq}");
    raw.reply(&request, 183, "a", &reliable(7), OFFER);
    let rack = raw.request("PRACK").headers.rack().ok().flatten().expect("RAck");
    let cseq = request.headers.cseq().expect("CSeq");
    assert_eq!(rack, RAck { rseq: 7, cseq });
    raw.reply(&request, 183, "a", &reliable(7), OFFER);
    raw.reply(&request, 183, "a", &reliable(9), OFFER);
    assert_eq!(raw.requests("PRACK"), 1, "neither the same again nor one out of order");
    raw.reply(&request, 180, "b", &reliable(1), "");
    assert_eq!(raw.requests("PRACK"), 2);
    raw.reply(&request, 180, "a", &reliable(8), "");
    assert_eq!(raw.requests("PRACK"), 3);
    let progressed = raw.events.iter().filter(|event| matches!(event, Event::Progressed { .. })).count();
    assert_eq!(progressed, 3);
    // The answer came early: the 2xx need not repeat it.
    raw.reply(&request, 200, "a", "", "");
    assert!(
        matches!(raw.events.last(), Some(Event::Answered { media, .. }) if media.address.port() == 30_000)
    );
}
