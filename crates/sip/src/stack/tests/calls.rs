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
    let ladder = [
        "0>1 INVITE",
        "1>0 100 INVITE",
        "1>0 180 INVITE",
        "1>0 200 INVITE",
        "0>1 ACK",
        "0>1 BYE",
        "1>0 200 BYE",
    ];
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
