//! Thousands of short calls over a bad network: whatever is lost, nothing is left and everything is answered.

use std::collections::BTreeMap;
use std::time::Duration;

use base::Rng;

use super::network::*;
use crate::message::{Message, Method};
use crate::stack::*;

/// What the network saw of one INVITE transaction, by its branch.
#[derive(Default)]
struct Seen {
    delivered: bool,
    finals: usize,
    accepted: bool,
}

fn soak(seed: u64, calls: usize, loss: u64) {
    let mut configs = vec![config(0), config(1)];
    configs.iter_mut().for_each(|config| config.trace = false);
    let mut net = Network::with(seed, configs);
    (net.loss, net.doubled, net.spread) = (loss, 5, 60);
    net.nodes.iter_mut().for_each(|node| node.manner = Manner::Waits);
    let mut rng = Rng::new(seed);
    let mut live: Vec<(usize, DialogId)> = Vec::new();
    let mut handled = [0, 0];
    let mut placed = 0;
    let mut rounds = 0;
    while placed < calls || rounds < 4_000 {
        if placed < calls && rng.one_in(2) {
            let from = rng.below(2) as usize;
            live.push((from, net.call(from, 1 - from)));
            placed += 1;
        }
        rounds += usize::from(placed == calls);
        net.pass(Duration::from_millis(20));
        for (who, handled) in handled.iter_mut().enumerate() {
            let events: Vec<Event> = net.nodes[who].events[*handled..].to_vec();
            *handled += events.len();
            for event in events {
                match event {
                    Event::Offered { dialog, .. } => {
                        live.push((who, dialog));
                        match rng.below(6) {
                            0 => {
                                live.pop();
                                net.command(
                                    who,
                                    Command::Refuse { dialog, status: 486, headers: Vec::new() },
                                );
                            }
                            1 => net.command(who, Command::Ring { dialog }),
                            2 => net.command(who, Command::Progress { dialog, media: media(who) }),
                            3 => {
                                net.command(who, Command::Progress { dialog, media: media(who) });
                                net.command(who, Command::Answer { dialog, media: media(who) });
                            }
                            _ => net.command(who, Command::Answer { dialog, media: media(who) }),
                        }
                    }
                    Event::Ended { dialog, .. } => live.retain(|known| *known != (who, dialog)),
                    _ => {}
                }
            }
        }
        // Somebody does something to some call, or ends it.
        if !live.is_empty() {
            let at = rng.below(live.len() as u64) as usize;
            let (who, dialog) = live[at];
            match rng.below(4) {
                0 => net.command(who, Command::Answer { dialog, media: media(who) }),
                1 => {
                    let direction = crate::sdp::Direction::SendOnly;
                    net.command(who, Command::Modify { dialog, media: media(who), direction });
                }
                _ => {
                    live.remove(at);
                    net.command(who, Command::Release { dialog });
                }
            }
        }
    }
    for (who, dialog) in live {
        net.command(who, Command::Release { dialog });
    }
    net.pass(Duration::from_secs(200));
    for node in &net.nodes {
        assert_eq!(node.stack.counts(), Counts::default(), "seed {seed}");
    }
    check(&net, seed);
}

/// Every INVITE that reached its callee got a final response; every 2xx an ACK or the dialog a BYE.
fn check(net: &Network, seed: u64) {
    let mut invites: BTreeMap<String, Seen> = BTreeMap::new();
    let mut settled: BTreeMap<String, usize> = BTreeMap::new();
    let branch = |headers: &crate::message::Headers| {
        headers.top_via().and_then(|via| via.branch().map(str::to_owned)).expect("a branch")
    };
    for parcel in &net.log {
        match parcel.message() {
            Message::Request(request) => match request.method {
                Method::Invite => {
                    invites.entry(branch(&request.headers)).or_default();
                }
                Method::Ack | Method::Bye => {
                    *settled.entry(request.headers.call_id().to_owned()).or_default() += 1
                }
                _ => {}
            },
            Message::Response(response) => {
                if response.headers.cseq().is_none_or(|cseq| cseq.method != Method::Invite) {
                    continue;
                }
                let seen = invites.entry(branch(&response.headers)).or_default();
                seen.delivered = true;
                if response.status >= 200 {
                    seen.finals += 1;
                }
                if (200..300).contains(&response.status) {
                    seen.accepted = true;
                    assert!(!response.headers.call_id().is_empty());
                    settled.entry(response.headers.call_id().to_owned()).or_default();
                }
            }
        }
    }
    for (branch, seen) in &invites {
        assert!(!seen.delivered || seen.finals > 0, "seed {seed}: {branch} has no final response");
    }
    for (call, count) in &settled {
        assert!(*count > 0, "seed {seed}: a 2xx of {call} has neither ACK nor BYE");
    }
    assert!(invites.values().filter(|seen| seen.accepted).count() > 0);
}

#[test]
fn thousands_of_calls_over_a_bad_network_leave_nothing() {
    for seed in 0..6 {
        soak(seed, 500, 5 * seed);
    }
}

#[test]
fn calls_over_a_good_network_leave_nothing() {
    soak(99, 500, 0);
}
