//! Messages of real calls, damaged: whatever arrives, nothing panics and nothing stays.

use std::time::Duration;

use base::{Rng, Timestamp};

use super::network::*;
use crate::stack::*;

/// All messages of calls with everything in them, in order.
fn corpus() -> Vec<Vec<u8>> {
    let mut net = Network::new(1, 2);
    net.nodes[1].manner = Manner::Waits;
    let call = net.call(0, 1);
    net.until(|net| !net.nodes[1].events.is_empty());
    let dialog = net.offered(1);
    net.command(1, Command::Progress { dialog, media: media(1) });
    net.pass(Duration::from_secs(1));
    net.command(1, Command::Answer { dialog, media: media(1) });
    net.pass(Duration::from_secs(1_000));
    net.command(1, Command::Modify { dialog, media: media(1), direction: crate::sdp::Direction::Inactive });
    net.pass(Duration::from_secs(1));
    net.command(0, Command::Release { dialog: call });
    net.pass(Duration::from_secs(1));
    net.log.into_iter().map(|parcel| parcel.bytes).collect()
}

fn damage(bytes: &mut Vec<u8>, corpus: &[Vec<u8>], rng: &mut Rng) {
    for _ in 0..rng.below(4) {
        if bytes.is_empty() {
            return;
        }
        let at = rng.below(bytes.len() as u64) as usize;
        match rng.below(6) {
            0 => bytes[at] = rng.next_u64() as u8,
            1 => bytes.truncate(at),
            2 => {
                bytes.remove(at);
            }
            3 => bytes.insert(at, b"\r\n ;,<>\"="[rng.below(9) as usize]),
            4 => bytes[at] = b'0' + rng.below(10) as u8,
            // Lines of another message, behind one of this.
            _ => {
                let other = &corpus[rng.below(corpus.len() as u64) as usize];
                let from = rng.below(other.len() as u64) as usize;
                let line = other[from..].split(|byte| *byte == b'\n').nth(1).unwrap_or(&[]).to_vec();
                let end = bytes[at..].iter().position(|byte| *byte == b'\n').map_or(at, |end| at + end + 1);
                bytes.splice(end..end, line.into_iter().chain(*b"\n"));
            }
        }
    }
}

#[test]
fn damaged_messages_neither_panic_nor_leave_anything() {
    let corpus = corpus();
    assert!(corpus.len() >= 12);
    for seed in 0..40 {
        let mut rng = Rng::new(seed);
        let mut stack = Stack::new(config(seed as usize % 2));
        let mut now = Timestamp::from_millis(1_700_000_000_000);
        let mut out = Vec::new();
        let who = seed as usize % 2;
        let mut flow = Flow {
            transport: Transport::Udp,
            local: address(who),
            remote: address(1 - who),
            connection: None,
        };
        for round in 0..300u64 {
            if rng.one_in(40) {
                let dialog = stack.next_dialog();
                let invite = Outbound {
                    targets: vec![target(&format!("sip:x@{}", address(1 - who)))],
                    from_user: "+15550199".to_owned(),
                    headers: Vec::new(),
                    media: media(who),
                    timeout: Duration::from_secs(30),
                };
                stack.handle(
                    now,
                    Input::Command(Command::Invite { dialog, invite: Box::new(invite) }),
                    &mut out,
                );
            }
            let mut bytes = corpus[(round as usize) % corpus.len()].clone();
            damage(&mut bytes, &corpus, &mut rng);
            if rng.one_in(3) {
                flow.transport = Transport::Tcp;
                flow.connection = Some(ConnectionId(round));
            } else {
                flow.transport = Transport::Udp;
                flow.connection = None;
            }
            stack.handle(now, Input::Received { flow, bytes: &bytes }, &mut out);
            let events: Vec<Output> = std::mem::take(&mut out);
            for output in events {
                if let Output::Event(Event::Offered { dialog, .. }) = output {
                    let media = media(who);
                    let command = match rng.below(4) {
                        0 => Command::Answer { dialog, media },
                        1 => Command::Progress { dialog, media },
                        2 => Command::Ring { dialog },
                        _ => Command::Challenge { dialog, realm: "r\"e".to_owned(), stale: true },
                    };
                    stack.handle(now, Input::Command(command), &mut out);
                }
            }
            now += Duration::from_millis(rng.below(400));
            stack.handle(now, Input::Woken, &mut out);
        }
        for connection in 0..300 {
            stack.handle(now, Input::Closed { connection: ConnectionId(connection) }, &mut out);
        }
        // Sessions that were set up end by their timers, offers by the longest ring.
        for _ in 0..100_000 {
            let Some((at, _)) = stack.deadline() else { break };
            now = now.max(at);
            stack.handle(now, Input::Woken, &mut out);
            for output in std::mem::take(&mut out) {
                if let Output::Open { connection, .. } = output {
                    stack.handle(now, Input::Closed { connection }, &mut out);
                }
            }
        }
        let counts = Counts { dialogs: 0, index_entries: 0, ..stack.counts() };
        assert_eq!(counts, Counts::default(), "seed {seed}");
    }
}
