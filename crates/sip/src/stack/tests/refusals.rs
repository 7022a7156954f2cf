//! What a server must refuse, absorb or ignore (RFC 3261 §8.2, §9.2, §17.2).

use std::net::SocketAddr;
use std::time::Duration;

use super::network::*;
use super::raw::*;
use crate::header::Header;
use crate::stack::*;

fn answer_to(request: &str) -> (u16, Raw) {
    let mut raw = Raw::new();
    raw.receive(request);
    let status = raw.response().status;
    (status, raw)
}

#[test]
fn an_invite_that_waits_gets_100_and_its_retransmission_is_absorbed() {
    let mut raw = Raw::new();
    let request = invite("z9hG4bKa", "1 INVITE", "", OFFER);
    raw.receive(&request);
    raw.receive(&request);
    assert_eq!(raw.statuses(), [0u16; 0]);
    raw.pass(Duration::from_millis(200));
    assert_eq!(raw.statuses(), [100]);
    raw.receive(&request);
    assert_eq!(raw.statuses(), [100]);
    assert_eq!(raw.events.len(), 1);
    let dialog = raw.offered();
    raw.command(Command::Ring { dialog });
    raw.receive(&request);
    assert_eq!(raw.statuses(), [180, 180]);
    raw.command(Command::Refuse { dialog, status: 486, headers: vec![("Retry-After".into(), "60".into())] });
    assert_eq!(raw.response().headers.get(Header::RetryAfter), Some("60"));
    raw.receive(&request);
    assert_eq!(raw.statuses(), [486, 486]);
    let to = "<sip:+15550100@192.0.2.1>;tag=x";
    raw.receive(&within("ACK", "z9hG4bKa", "1 ACK", to, "", ""));
    raw.receive(&request);
    assert_eq!(raw.statuses(), [0u16; 0], "an acknowledged refusal is not sent again");
    raw.pass(Duration::from_secs(6));
    assert_eq!(raw.stack.counts(), Counts::default());
}

#[test]
fn a_refusal_nobody_acknowledges_is_sent_again_by_timer_g_until_timer_h() {
    let mut raw = Raw::new();
    raw.receive(&invite("z9hG4bKa", "1 INVITE", "", OFFER));
    let dialog = raw.offered();
    raw.sent.clear();
    raw.command(Command::Refuse { dialog, status: 404, headers: Vec::new() });
    raw.pass(Duration::from_secs(40));
    assert_eq!(raw.statuses(), [404; 11]);
    assert_eq!(raw.stack.counts(), Counts::default());
}

#[test]
fn a_merged_request_is_refused_with_482() {
    let mut raw = Raw::new();
    raw.receive(&invite("z9hG4bKa", "1 INVITE", "", OFFER));
    raw.receive(&invite("z9hG4bKb", "1 INVITE", "", OFFER));
    assert_eq!(raw.statuses(), [482]);
    raw.pass(Duration::from_millis(200));
    assert_eq!(raw.statuses(), [100]);
}

#[test]
fn requests_for_unknown_dialogs_get_481_and_a_stray_ack_nothing() {
    let to = "<sip:x@192.0.2.1>;tag=0123456789abcdef";
    for method in ["BYE", "UPDATE", "INFO", "PRACK", "INVITE", "REFER"] {
        let mut raw = Raw::new();
        raw.receive(&within(method, "z9hG4bKa", &format!("2 {method}"), to, "", ""));
        assert_eq!(raw.statuses(), [481], "{method}");
        assert_eq!(raw.stack.counts(), Counts::default());
    }
    let mut raw = Raw::new();
    raw.receive(&within("ACK", "z9hG4bKa", "2 ACK", to, "", ""));
    raw.receive(&outside("ACK", "z9hG4bKb", "2 ACK", "", ""));
    assert!(raw.sent.is_empty());
    raw.receive(&outside("CANCEL", "z9hG4bKc", "2 CANCEL", "", ""));
    raw.receive(&outside("BYE", "z9hG4bKd", "2 BYE", "", ""));
    assert_eq!(raw.statuses(), [481, 481]);
}

#[test]
fn methods_we_do_not_take_get_405_with_allow() {
    for method in ["REGISTER", "SUBSCRIBE", "MESSAGE", "PUBLISH", "NOTIFY", "REFER", "FOO"] {
        let (status, raw) = answer_to(&outside(method, "z9hG4bKa", &format!("1 {method}"), "", ""));
        assert_eq!(status, 405, "{method}");
        assert!(raw.response().headers.get(Header::Allow).is_some_and(|allow| allow.contains("INVITE")));
    }
}

#[test]
fn an_extension_we_do_not_know_gets_420() {
    let (status, raw) = answer_to(&invite("z9hG4bKa", "1 INVITE", "Require: 100rel, foo\r\n", OFFER));
    assert_eq!((status, raw.response().headers.get(Header::Unsupported)), (420, Some("foo")));
}

#[test]
fn bodies_that_make_no_session_get_415_or_488_or_400() {
    let (status, raw) = answer_to(&invite("z9hG4bKa", "1 INVITE", "Content-Type: text/plain\r\n", "hello"));
    assert_eq!(status, 415);
    assert!(raw.response().headers.has(Header::Accept));
    let video = OFFER.replace("m=audio", "m=video");
    assert_eq!(answer_to(&invite("z9hG4bKa", "1 INVITE", "", &video)).0, 488);
    assert_eq!(answer_to(&invite("z9hG4bKa", "1 INVITE", "", "nonsense")).0, 400);
}

#[test]
fn hops_run_out_with_483_but_options_still_tells() {
    let text = |method: &str| {
        outside(method, "z9hG4bKa", &format!("1 {method}"), "", "")
            .replace("Max-Forwards: 70", "Max-Forwards: 0")
    };
    assert_eq!(answer_to(&text("INVITE")).0, 483);
    assert_eq!(answer_to(&text("OPTIONS")).0, 200);
}

#[test]
fn over_the_limits_there_is_503_with_retry_after() {
    let mut config = config(0);
    config.limits.dialogs = 1;
    let mut raw = Raw::with(config);
    raw.receive(&invite("z9hG4bKa", "1 INVITE", "", OFFER));
    raw.sent.clear();
    raw.receive(&invite("z9hG4bKb", "1 INVITE", "", OFFER).replace("call@", "other@"));
    assert_eq!(raw.response().status, 503);
    assert!(raw.response().headers.has(Header::RetryAfter));
    assert_eq!(raw.stack.counts().dialogs, 1);
}

#[test]
fn malformed_requests_are_told_what_is_wrong_and_keep_nothing() {
    let (status, raw) = answer_to(&invite("z9hG4bKa", "1 BYE", "", OFFER));
    assert_eq!(status, 400);
    assert!(raw.response().reason.contains("CSeq"), "{}", raw.response().reason);
    assert_eq!(raw.stack.counts(), Counts::default());
    // Without a Contact there is nobody to talk to.
    let text =
        invite("z9hG4bKa", "1 INVITE", "", OFFER).replace("Contact: <sip:peer@192.0.2.99:5070>\r\n", "");
    let (status, raw) = answer_to(&text);
    assert_eq!((status, raw.stack.counts()), (400, Counts::default()));
}

#[test]
fn an_interval_too_small_gets_422() {
    let more = "Supported: timer\r\nSession-Expires: 30\r\n";
    let (status, raw) = answer_to(&invite("z9hG4bKa", "1 INVITE", more, OFFER));
    assert_eq!((status, raw.response().headers.get(Header::MinSe)), (422, Some("90")));
}

#[test]
fn options_are_answered_and_reported() {
    let (status, raw) = answer_to(&outside("OPTIONS", "z9hG4bKa", "1 OPTIONS", "", ""));
    assert_eq!(status, 200);
    assert!(raw.response().headers.has(Header::Allow));
    assert_eq!(raw.events, [Event::OptionsReceived { host: "192.0.2.1".into(), source: peer() }]);
    assert_eq!(raw.stack.counts(), Counts::default());
}

#[test]
fn answers_go_where_the_request_came_from() {
    let mut raw = Raw::new();
    let nat = SocketAddr::from(([198, 51, 100, 7], 40_123));
    let request = outside("OPTIONS", "z9hG4bKa", "1 OPTIONS", "", "");
    raw.bytes_from(nat, request.as_bytes());
    assert_eq!(raw.sent[0].0.remote, nat, "rport: the port it came from");
    let via = raw.response().headers.top_via().expect("Via");
    assert_eq!((via.received(), via.rport()), (Some("198.51.100.7"), Some(40_123)));
    raw.bytes_from(nat, request.replace(";rport", "").as_bytes());
    assert_eq!(raw.sent[1].0.remote, SocketAddr::new(nat.ip(), 5070), "no rport: the port of sent-by");
}

#[test]
fn ten_thousand_sources_of_garbage_leave_nothing_behind() {
    let mut stack = Stack::new(config(0));
    let now = base::Timestamp::from_millis(0);
    let mut out = Vec::new();
    let mut rng = base::Rng::new(3);
    let seed = invite("z9hG4bKa", "1 INVITE", "", OFFER).into_bytes();
    for index in 0..10_000u32 {
        let from = SocketAddr::from((index.to_be_bytes(), 5060));
        let mut bytes = match index % 4 {
            0 => (0..200).map(|_| rng.next_u64() as u8).collect(),
            1 => b"GET / HTTP/1.1\r\nHost: x\r\n\r\n".to_vec(),
            2 => b"SIP/2.0 200 OK\r\n\r\n".to_vec(),
            _ => seed.clone(),
        };
        if index % 4 == 3 {
            // Broken where it hurts: no well-formed INVITE is left.
            let at = rng.below(20) as usize;
            bytes[at] = 0;
            bytes.truncate(rng.below(bytes.len() as u64) as usize);
        }
        let flow = Flow { transport: Transport::Udp, local: address(0), remote: from, connection: None };
        stack.handle(now, Input::Received { flow, bytes: &bytes }, &mut out);
        // At most one answer, to who sent it, and no work for the node.
        assert!(out.len() <= 1);
        assert!(
            out.iter()
                .all(|output| matches!(output, Output::Send { flow, .. } if flow.remote.ip() == from.ip()))
        );
        out.clear();
    }
    assert_eq!(stack.counts(), Counts::default());
}

#[test]
fn an_old_request_without_a_branch_is_recognised_again() {
    let mut raw = Raw::new();
    let request = invite("1", "1 INVITE", "", OFFER);
    raw.receive(&request);
    raw.pass(Duration::from_millis(200));
    raw.receive(&request);
    assert_eq!(raw.statuses(), [100, 100]);
    assert_eq!(raw.events.len(), 1);
    raw.receive(&outside("CANCEL", "1", "1 CANCEL", "", ""));
    assert_eq!(raw.statuses(), [200, 487]);
}

fn from_stranger(raw: &mut Raw, message: &str) {
    let flow = Flow { transport: Transport::Udp, local: address(0), remote: peer(), connection: None };
    raw.input(Input::ReceivedFromStranger { flow, bytes: message.as_bytes() });
}

#[test]
fn a_strangers_invite_gets_one_refusal_and_leaves_nothing() {
    let mut raw = Raw::new();
    // The body would be refused with 400, were it looked at.
    let request = invite("z9hG4bKa", "1 INVITE", "", "nonsense");
    from_stranger(&mut raw, &request);
    assert_eq!(raw.stack.counts(), Counts::default());
    let to = raw.response().headers.get(Header::To).expect("To").to_owned();
    assert_eq!(raw.statuses(), [403]);
    raw.pass(Duration::from_secs(60));
    assert_eq!(raw.statuses(), [0u16; 0], "it is not sent again");
    from_stranger(&mut raw, &request);
    assert_eq!(
        raw.response().headers.get(Header::To),
        Some(to.as_str()),
        "a retransmission gets the same answer"
    );
    assert_eq!(raw.statuses(), [403]);
    from_stranger(&mut raw, &within("ACK", "z9hG4bKa", "1 ACK", &to, "", ""));
    assert!(raw.sent.is_empty() && raw.events.is_empty());
    assert_eq!(raw.stack.counts(), Counts::default());
    assert_eq!(raw.stack.strangers(), StrangerCounts { answered: 2, dropped: 0 });
}

#[test]
fn a_flood_of_a_stranger_is_dropped_but_others_are_heard() {
    let mut raw = Raw::new();
    for index in 0..1_000 {
        let request = match index % 4 {
            0 => invite(&format!("z9hG4bK{index}"), "1 INVITE", "", OFFER),
            1 => outside("OPTIONS", &format!("z9hG4bK{index}"), "1 OPTIONS", "", ""),
            2 => within("BYE", &format!("z9hG4bK{index}"), "2 BYE", "<sip:x@192.0.2.1>;tag=x", "", ""),
            _ => invite(&format!("z9hG4bK{index}"), "1 BYE", "", OFFER),
        };
        from_stranger(&mut raw, &request);
    }
    assert_eq!(raw.statuses().len(), 100);
    assert_eq!(raw.stack.strangers(), StrangerCounts { answered: 100, dropped: 900 });
    raw.receive(&invite("z9hG4bKknown", "1 INVITE", "", OFFER));
    raw.pass(Duration::from_millis(200));
    assert_eq!(raw.statuses(), [100]);
    assert_eq!(raw.stack.counts().dialogs, 1);
}

#[test]
fn a_party_of_a_dialog_is_heard_from_wherever_it_speaks() {
    let mut raw = Raw::new();
    let (_, to) = raw.established();
    for _ in 0..200 {
        from_stranger(&mut raw, &invite("z9hG4bKnoise", "1 INVITE", "", OFFER).replace("call@", "other@"));
    }
    raw.sent.clear();
    from_stranger(&mut raw, &within("BYE", "z9hG4bKbye", "2 BYE", &to, "", ""));
    assert_eq!(raw.statuses(), [200]);
    assert_eq!(raw.events.len(), 1);
}
