//! Calls as stories: who says what to whom.

use std::time::Duration;

use super::network::*;
use crate::stack::*;

#[test]
fn a_call_rings_is_answered_and_ended_by_the_caller() {
    let mut net = Network::new(1, 2);
    let call = net.call(0, 1);
    net.until(|net| net.answered(0));
    net.pass(Duration::from_secs(1));
    net.command(0, Command::Release { dialog: call });
    net.until(|net| net.ended(1).is_some());
    assert_eq!(net.ended(1), Some((0, "BYE")));
    assert_eq!(net.ended(0), None);
    net.pass(Duration::from_secs(1));
    let ladder = ["0>1 INVITE", "1>0 180 INVITE", "1>0 200 INVITE", "0>1 ACK", "0>1 BYE", "1>0 200 BYE"];
    assert_eq!(net.titles(), ladder);
    net.assert_quiet();
}

#[test]
fn a_call_is_ended_by_the_callee() {
    let mut net = Network::new(1, 2);
    net.call(0, 1);
    net.until(|net| net.answered(0));
    net.pass(Duration::from_secs(1));
    let dialog = net.offered(1);
    net.command(1, Command::Release { dialog });
    net.until(|net| net.ended(0).is_some());
    assert_eq!(net.ended(0), Some((0, "BYE")));
    net.assert_quiet();
}

#[test]
fn lost_messages_are_sent_again_until_the_call_stands() {
    for lost in ["INVITE", "180 INVITE", "200 INVITE", "ACK", "BYE", "200 BYE"] {
        let mut net = Network::new(1, 2);
        let mut left = 2;
        net.filter = Box::new(move |parcel| {
            let drop = parcel.title() == lost && left > 0;
            left -= usize::from(drop);
            !drop
        });
        let call = net.call(0, 1);
        net.until(|net| net.answered(0));
        net.pass(Duration::from_secs(10));
        net.command(0, Command::Release { dialog: call });
        net.until(|net| net.ended(1).is_some());
        assert_eq!(net.nodes[1].events.len(), 2, "{lost}");
        net.assert_quiet();
    }
}

#[test]
fn a_caller_who_gives_up_cancels() {
    let mut net = Network::new(1, 2);
    net.nodes[1].manner = Manner::Rings;
    let call = net.call(0, 1);
    net.until(|net| net.count("1>0 180 INVITE") == 1);
    net.pass(Duration::from_secs(2));
    net.command(0, Command::Release { dialog: call });
    net.until(|net| net.ended(1).is_some());
    assert_eq!(net.ended(1), Some((0, "CANCEL")));
    assert_eq!(net.ended(0), None, "who releases is not told");
    net.pass(Duration::from_secs(1));
    assert_eq!(net.titles()[2..], ["0>1 CANCEL", "1>0 200 CANCEL", "1>0 487 INVITE", "0>1 ACK"]);
    net.assert_quiet();
}

#[test]
fn cancel_waits_for_a_first_provisional_response() {
    let mut net = Network::new(1, 2);
    net.nodes[1].manner = Manner::Rings;
    let call = net.call(0, 1);
    net.command(0, Command::Release { dialog: call });
    assert_eq!(net.titles(), ["0>1 INVITE"]);
    net.until(|net| net.ended(1).is_some());
    assert_eq!(net.count("0>1 CANCEL"), 1);
    net.assert_quiet();
}

#[test]
fn a_call_nobody_hears_is_forgotten_after_release() {
    let mut net = Network::new(1, 2);
    net.filter = Box::new(|_| false);
    let call = net.call(0, 1);
    net.command(0, Command::Release { dialog: call });
    net.assert_quiet();
    assert_eq!(net.count("0>1 CANCEL"), 0);
    assert_eq!(net.count("0>1 INVITE"), 7, "timer A until timer B");
}

#[test]
fn a_cancel_that_crosses_the_answer_ends_in_bye() {
    let mut net = Network::new(1, 2);
    net.nodes[1].manner = Manner::Rings;
    let call = net.call(0, 1);
    net.until(|net| net.count("1>0 180 INVITE") == 1);
    net.pass(Duration::from_secs(1));
    let dialog = net.offered(1);
    net.command(1, Command::Answer { dialog, media: media(1) });
    net.command(0, Command::Release { dialog: call });
    net.until(|net| net.ended(1).is_some());
    assert_eq!(net.ended(1), Some((0, "BYE")));
    net.pass(Duration::from_secs(1));
    let ladder = ["1>0 200 INVITE", "0>1 CANCEL", "0>1 ACK", "0>1 BYE", "1>0 200 CANCEL", "1>0 200 BYE"];
    assert_eq!(net.titles()[2..], ladder);
    assert!(!net.answered(0));
    net.assert_quiet();
}

#[test]
fn a_refusal_is_told_with_its_status() {
    let mut net = Network::new(1, 2);
    net.nodes[1].manner = Manner::Refuses(486);
    net.call(0, 1);
    net.until(|net| net.ended(0).is_some());
    assert_eq!(net.ended(0), Some((486, "Busy Here")));
    net.assert_quiet();
}

#[test]
fn a_call_that_rings_too_long_is_given_up() {
    let mut net = Network::new(1, 2);
    net.nodes[1].manner = Manner::Rings;
    net.call(0, 1);
    net.until(|net| net.ended(0).is_some());
    assert_eq!(net.ended(0), Some((480, "not answered within 60 s")));
    net.until(|net| net.ended(1).is_some());
    net.assert_quiet();
}

#[test]
fn an_offer_can_be_released_instead_of_refused() {
    let mut net = Network::new(1, 2);
    net.nodes[1].manner = Manner::Rings;
    net.call(0, 1);
    net.until(|net| net.count("1>0 180 INVITE") == 1);
    let dialog = net.offered(1);
    net.command(1, Command::Release { dialog });
    net.until(|net| net.ended(0).is_some());
    assert_eq!(net.ended(0).map(|(status, _)| status), Some(487));
    assert_eq!(net.ended(1), None);
    net.assert_quiet();
}

#[test]
fn a_call_to_ourselves_is_two_dialogs_in_one_stack() {
    let mut net = Network::new(1, 1);
    let target = Target { transport: Some(Transport::Internal), ..target("sip:+15550100@192.0.2.1") };
    let call = net.call_targets(0, vec![target]);
    net.until(|net| net.answered(0));
    assert_ne!(net.offered(0), call);
    assert_eq!(net.nodes[0].stack.counts().dialogs, 2);
    net.pass(Duration::from_secs(1));
    net.command(0, Command::Release { dialog: call });
    net.until(|net| net.ended(0).is_some());
    assert!(
        matches!(net.nodes[0].events.last(), Some(Event::Ended { dialog, .. }) if *dialog == net.offered(0))
    );
    net.pass(Duration::from_millis(1));
    assert_eq!(
        net.nodes[0].stack.counts(),
        Counts::default(),
        "nothing gets lost within a node, so nothing waits"
    );
}

#[test]
fn every_message_of_a_call_is_traced_without_secrets() {
    let mut net = Network::new(1, 2);
    let target = Target {
        headers: vec![("X-chime-join-token".to_owned(), "very-secret".to_owned())],
        ..target(&format!("sip:+15550100@{}", address(1)))
    };
    let call = net.call_targets(0, vec![target]);
    net.until(|net| net.answered(0));
    net.pass(Duration::from_secs(1));
    net.command(0, Command::Release { dialog: call });
    net.pass(Duration::from_secs(1));
    assert_eq!(net.nodes[0].traces.len(), 6);
    assert_eq!(net.nodes[1].traces.len(), 6);
    assert!(net.nodes[0].traces[0].starts_with("> INVITE"));
    assert!(net.nodes[1].traces[0].starts_with("< INVITE"));
    assert!(net.nodes.iter().flat_map(|node| &node.traces).all(|trace| !trace.contains("very-secret")));
}
