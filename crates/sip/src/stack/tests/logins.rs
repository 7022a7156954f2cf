//! Digest on both sides.

use std::time::Duration;

use super::network::*;
use super::raw::*;
use crate::digest::{Ha1, Verdict};
use crate::header::Header;
use crate::stack::*;

/// Runs a call that node 1 takes only with credentials; says how often it challenged.
fn run(net: &mut Network, password: &str) -> (DialogId, usize) {
    net.nodes[1].manner = Manner::Waits;
    let target = Target {
        credentials: Some(("bob".to_owned(), password.to_owned())),
        ..target(&format!("sip:+15550100@{}", address(1)))
    };
    let call = net.call_targets(0, vec![target]);
    let mut challenged = 0;
    let mut seen = 0;
    for _ in 0..10 {
        net.pass(Duration::from_millis(100));
        while let Some(event) = net.nodes[1].events.get(seen).cloned() {
            seen += 1;
            let Event::Offered { dialog, offer } = event else { continue };
            let ha1 = Ha1::new("bob", "telco", "secret");
            let now = net.now;
            match net.nodes[1].stack.verify(now, &offer, &ha1) {
                Some(Verdict::Accepted) => net.command(1, Command::Answer { dialog, media: media(1) }),
                Some(Verdict::Refused(_)) => {
                    net.command(1, Command::Refuse { dialog, status: 403, headers: vec![] })
                }
                verdict => {
                    challenged += 1;
                    let stale = verdict == Some(Verdict::Stale);
                    net.command(1, Command::Challenge { dialog, realm: "telco".to_owned(), stale });
                }
            }
        }
    }
    (call, challenged)
}

#[test]
fn a_challenged_call_is_placed_again_with_credentials() {
    let mut net = Network::new(1, 2);
    let (call, challenged) = run(&mut net, "secret");
    assert!(net.answered(0));
    assert_eq!(challenged, 1);
    let ladder = ["0>1 INVITE", "1>0 401 INVITE", "0>1 ACK", "0>1 INVITE"];
    assert_eq!(net.titles()[..4], ladder);
    assert!(net.nodes[0].traces.iter().all(|trace| !trace.contains("secret")));
    net.command(0, Command::Release { dialog: call });
    net.assert_quiet();
}

#[test]
fn a_wrong_password_is_tried_once() {
    let mut net = Network::new(1, 2);
    let (_, challenged) = run(&mut net, "wrong");
    assert_eq!((challenged, net.ended(0).map(|(status, _)| status)), (1, Some(403)));
    net.assert_quiet();
}

fn place(raw: &mut Raw) -> DialogId {
    let dialog = raw.stack.next_dialog();
    let target = Target {
        credentials: Some(("bob".to_owned(), "secret".to_owned())),
        ..target(&format!("sip:+15550100@{}", peer()))
    };
    let invite = Outbound {
        targets: vec![target],
        from_user: "+15550199".to_owned(),
        headers: Vec::new(),
        media: media(0),
        timeout: Duration::from_secs(60),
    };
    raw.command(Command::Invite { dialog, invite: Box::new(invite) });
    dialog
}

fn challenge(header: &str, nonce: &str, more: &str) -> String {
    format!("{header}: Digest realm=\"telco\", nonce=\"{nonce}\", qop=\"auth\", algorithm=MD5{more}")
}

#[test]
fn a_nonce_is_answered_once_unless_it_is_called_stale() {
    let mut raw = Raw::new();
    place(&mut raw);
    let first = raw.request("INVITE");
    raw.reply(&first, 407, "a", &challenge("Proxy-Authenticate", "one", ""), "");
    let second = raw.request("INVITE");
    assert!(
        second.headers.get(Header::ProxyAuthorization).is_some_and(|value| value.contains("nonce=\"one\""))
    );
    assert_eq!(second.headers.cseq().expect("CSeq").number, 2);
    assert_eq!(second.headers.call_id(), first.headers.call_id());
    raw.reply(&second, 407, "a", &challenge("Proxy-Authenticate", "two", ", stale=true"), "");
    let third = raw.request("INVITE");
    assert!(
        third.headers.get(Header::ProxyAuthorization).is_some_and(|value| value.contains("nonce=\"two\""))
    );
    raw.reply(&third, 407, "a", &challenge("Proxy-Authenticate", "three", ""), "");
    assert_eq!(raw.requests("INVITE"), 3);
    assert!(matches!(raw.events.last(), Some(Event::Ended { status: 407, .. })));
}

#[test]
fn a_peer_that_always_calls_stale_is_given_up() {
    let mut raw = Raw::new();
    place(&mut raw);
    for nonce in 0..10 {
        let request = raw.request("INVITE");
        raw.reply(&request, 401, "a", &challenge("WWW-Authenticate", &nonce.to_string(), ", stale=true"), "");
    }
    assert!(raw.requests("INVITE") < 7);
    assert!(matches!(raw.events.last(), Some(Event::Ended { status: 401, .. })));
}

#[test]
fn the_bye_of_a_trunk_with_digest_carries_credentials_and_answers_a_challenge() {
    let mut raw = Raw::new();
    let dialog = place(&mut raw);
    let first = raw.request("INVITE");
    raw.reply(&first, 407, "a", &challenge("Proxy-Authenticate", "one", ""), "");
    let second = raw.request("INVITE");
    raw.reply(&second, 200, "b", "", OFFER);
    assert!(raw.request("ACK").headers.has(Header::ProxyAuthorization), "RFC 3261 §22.1");
    raw.command(Command::Release { dialog });
    let bye = raw.request("BYE");
    assert!(bye.headers.get(Header::ProxyAuthorization).is_some_and(|value| value.contains("nc=00000002")));
    raw.reply(&bye, 407, "b", &challenge("Proxy-Authenticate", "new", ""), "");
    let again = raw.request("BYE");
    assert!(
        again.headers.get(Header::ProxyAuthorization).is_some_and(|value| value.contains("nonce=\"new\""))
    );
    assert_eq!(again.headers.cseq().expect("CSeq").number, bye.headers.cseq().expect("CSeq").number + 1);
    raw.reply(&again, 200, "b", "", "");
    raw.pass(Duration::from_secs(40));
    assert_eq!(raw.stack.counts(), Counts::default());
}

#[test]
fn a_challenge_offers_md5_first_for_equipment_that_looks_no_further() {
    let mut raw = Raw::new();
    raw.receive(&invite("z9hG4bKa", "1 INVITE", "", OFFER));
    let dialog = raw.offered();
    raw.command(Command::Challenge { dialog, realm: "telco".to_owned(), stale: false });
    assert_eq!(raw.response().status, 401);
    let offers: Vec<_> = raw.response().headers.all(Header::WwwAuthenticate).map(str::to_owned).collect();
    assert_eq!(offers.len(), 2);
    assert!(offers[0].contains("MD5") && offers[1].contains("SHA-256"));
    raw.receive(&within("ACK", "z9hG4bKa", "1 ACK", "<sip:x@192.0.2.1>;tag=x", "", ""));
    raw.pass(Duration::from_secs(6));
    assert_eq!(raw.stack.counts(), Counts::default());
}
