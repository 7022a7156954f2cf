//! Connections: framing, reuse, reconnecting, keep-alive.

use std::time::Duration;

use super::network::*;
use super::raw::{OFFER, invite};
use crate::stack::*;

fn by_tcp(index: usize) -> Target {
    Target {
        transport: Some(Transport::Tcp),
        ..target(&format!("sip:+15550100@{};transport=tcp", address(index)))
    }
}

#[test]
fn a_call_over_tcp_uses_one_connection_for_all_of_it() {
    let mut net = Network::new(1, 2);
    let call = net.call_targets(0, vec![by_tcp(1)]);
    net.until(|net| net.answered(0));
    net.pass(Duration::from_secs(1));
    let dialog = net.offered(1);
    net.command(1, Command::Release { dialog });
    net.until(|net| net.ended(0).is_some());
    net.pass(Duration::from_secs(1));
    assert_eq!((net.nodes[0].stack.counts().connections, net.nodes[1].stack.counts().connections), (1, 1));
    let again = net.call_targets(0, vec![by_tcp(1)]);
    net.pass(Duration::from_secs(1));
    assert_eq!(net.nodes[0].stack.counts().connections, 1, "used again");
    net.command(0, Command::Release { dialog: again });
    net.command(0, Command::Release { dialog: call });
    net.assert_quiet();
    assert_eq!(net.count("0>1 INVITE"), 2, "nothing is sent twice over a stream");
}

#[test]
fn a_connection_lost_in_a_call_is_made_again_for_the_bye() {
    let mut net = Network::new(1, 2);
    let call = net.call_targets(0, vec![by_tcp(1)]);
    net.until(|net| net.answered(0));
    net.pass(Duration::from_secs(1));
    net.cut();
    net.pass(Duration::from_secs(1));
    assert_eq!(net.nodes[0].stack.counts().connections, 0);
    assert_eq!((net.ended(0), net.ended(1)), (None, None));
    net.command(0, Command::Release { dialog: call });
    net.until(|net| net.ended(1).is_some());
    net.assert_quiet();
}

#[test]
fn bytes_are_framed_however_they_are_cut_and_pings_are_answered() {
    let mut stack = Stack::new(config(0));
    let now = base::Timestamp::from_millis(0);
    let connection = ConnectionId(7);
    let remote = "192.0.2.99:5070".parse().expect("address");
    let flow = Flow { transport: Transport::Tcp, local: address(0), remote, connection: Some(connection) };
    let mut out = Vec::new();
    stack.handle(now, Input::Opened { flow }, &mut out);
    let text = format!("\r\n\r\n{}", invite("z9hG4bKa", "1 INVITE", "", OFFER).replace("/UDP", "/TCP"));
    for byte in text.as_bytes().chunks(1) {
        stack.handle(now, Input::Received { flow, bytes: byte }, &mut out);
    }
    assert!(matches!(out.last(), Some(Output::Event(Event::Offered { .. }))));
    stack.handle(now + Duration::from_millis(200), Input::Woken, &mut out);
    let sends: Vec<_> = out
        .iter()
        .filter_map(|output| match output {
            Output::Send { bytes, .. } => Some(String::from_utf8_lossy(bytes)[..2].to_owned()),
            _ => None,
        })
        .collect();
    assert_eq!(sends, ["\r\n", "SI"]);
}

#[test]
fn a_stream_that_cannot_be_framed_is_answered_and_closed() {
    let mut stack = Stack::new(config(0));
    let now = base::Timestamp::from_millis(0);
    let remote = "192.0.2.99:5070".parse().expect("address");
    let flow =
        Flow { transport: Transport::Tcp, local: address(0), remote, connection: Some(ConnectionId(7)) };
    let mut out = Vec::new();
    stack.handle(now, Input::Opened { flow }, &mut out);
    let text = invite("z9hG4bKa", "1 INVITE", "", "").replace("Content-Length: 0\r\n", "");
    stack.handle(now, Input::Received { flow, bytes: text.as_bytes() }, &mut out);
    assert!(
        matches!(&out[..], [Output::Send { .. }, Output::Close { connection: ConnectionId(7) }]),
        "{out:?}"
    );
    assert_eq!(stack.counts(), Counts::default());
}

#[test]
fn connections_that_never_say_anything_are_closed_and_their_number_is_limited() {
    let mut config = config(0);
    config.limits.connections = 2;
    let mut stack = Stack::new(config);
    let now = base::Timestamp::from_millis(0);
    let mut out = Vec::new();
    for index in 1..=3u16 {
        let remote = ([192, 0, 2, 99], 1_000 + index).into();
        let connection = Some(ConnectionId(u64::from(index)));
        let flow = Flow { transport: Transport::Tcp, local: address(0), remote, connection };
        stack.handle(now, Input::Opened { flow }, &mut out);
    }
    assert!(matches!(&out[..], [Output::Close { connection: ConnectionId(3) }]));
    out.clear();
    stack.handle(now + Duration::from_secs(33), Input::Woken, &mut out);
    assert_eq!(out.len(), 2);
    assert_eq!(stack.counts(), Counts::default());
}

#[test]
fn our_connections_are_pinged_and_closed_after_an_idle_hour() {
    let mut net = Network::new(1, 2);
    let call = net.call_targets(0, vec![by_tcp(1)]);
    net.until(|net| net.answered(0));
    net.command(0, Command::Release { dialog: call });
    net.pass(Duration::from_secs(3_000));
    assert_eq!(net.nodes[0].stack.counts().connections, 1);
    net.pass(Duration::from_secs(1_000));
    assert_eq!((net.nodes[0].stack.counts().connections, net.nodes[1].stack.counts().connections), (0, 0));
}

#[test]
fn what_waits_for_a_connection_is_limited() {
    let mut config = config(0);
    config.limits.queued_bytes = 3_000;
    let mut net = Network::with(1, vec![config, super::network::config(1)]);
    (0..5).for_each(|_| {
        net.call_targets(0, vec![by_tcp(1)]);
    });
    assert_eq!(net.ended(0), Some((503, "too much waits for the connection")));
    net.pass(Duration::from_secs(1));
    assert!(net.answered(0), "what fitted goes through");
}

#[test]
fn a_callee_whose_accepted_connection_is_lost_goes_to_the_callers_contact() {
    let mut net = Network::new(1, 2);
    net.call_targets(0, vec![by_tcp(1)]);
    net.until(|net| net.answered(0));
    net.pass(Duration::from_secs(1));
    net.cut();
    net.pass(Duration::from_secs(1));
    let dialog = net.offered(1);
    net.command(1, Command::Release { dialog });
    net.until(|net| net.ended(0).is_some());
    net.assert_quiet();
}

#[test]
fn an_answer_whose_connection_is_lost_goes_to_the_callers_port() {
    let mut net = Network::new(1, 2);
    net.nodes[1].manner = Manner::Rings;
    net.call_targets(0, vec![by_tcp(1)]);
    net.until(|net| net.count("1>0 180 INVITE") == 1);
    net.pass(Duration::from_secs(1));
    net.cut();
    net.pass(Duration::from_secs(1));
    let dialog = net.offered(1);
    net.command(1, Command::Answer { dialog, media: media(1) });
    net.until(|net| net.answered(0));
    net.command(1, Command::Release { dialog });
    net.assert_quiet();
}

#[test]
fn a_tls_peer_has_to_prove_the_name_it_was_found_by() {
    let mut config = config(0);
    let here = "[2001:db8::1]:5061".parse().expect("address");
    config.tls = Some(Endpoint { local: here, advertised: here });
    config.trace = false;
    let mut stack = Stack::new(config);
    let now = base::Timestamp::from_millis(0);
    let mut out = Vec::new();
    let dialog = stack.next_dialog();
    let invite = Outbound {
        targets: vec![target("sips:+15550100@sbc.example")],
        from_user: "+15550199".to_owned(),
        headers: Vec::new(),
        media: media(0),
        timeout: Duration::from_secs(60),
    };
    stack.handle(now, Input::Command(Command::Invite { dialog, invite: Box::new(invite) }), &mut out);
    let query = match out.pop() {
        Some(Output::Resolve { query, transport: Some(Transport::Tls), .. }) => query,
        other => panic!("{other:?}"),
    };
    let there = "[2001:db8::2]:5061".parse().expect("address");
    stack.handle(now, Input::Resolved { query, candidates: vec![(Transport::Tls, there)] }, &mut out);
    let connection = match out.pop() {
        Some(Output::Open { connection, transport: Transport::Tls, remote, server_name }) => {
            assert_eq!((remote, server_name.as_str()), (there, "sbc.example"));
            connection
        }
        other => panic!("{other:?}"),
    };
    let flow = Flow { transport: Transport::Tls, local: here, remote: there, connection: Some(connection) };
    stack.handle(now, Input::Opened { flow }, &mut out);
    let sent = out.iter().find_map(|output| match output {
        Output::Send { bytes, .. } => Some(String::from_utf8_lossy(bytes).into_owned()),
        _ => None,
    });
    let sent = sent.expect("the INVITE");
    assert!(sent.contains("Via: SIP/2.0/TLS [2001:db8::1]:5061;rport;branch="), "{sent}");
    assert!(sent.contains("Contact: <sip:+15550199@[2001:db8::1]:5061;transport=tls>"), "{sent}");
}
