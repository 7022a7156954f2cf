//! Within a dialog, byte by byte (RFC 3261 §12, §14, §15).

use std::time::Duration;

use super::network::{media, target};
use super::raw::*;
use crate::header::Header;
use crate::media_session::LocalMedia;
use crate::message::Message;
use crate::stack::*;

fn place(raw: &mut Raw) -> DialogId {
    place_with(raw, target(&format!("sip:+15550100@{}", peer())))
}

fn place_with(raw: &mut Raw, target: Target) -> DialogId {
    let dialog = raw.stack.next_dialog();
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

const RINGING: &str = "Record-Route: <sip:p2.example;lr>, <sip:192.0.2.50:5080;lr>";

#[test]
fn the_invite_says_who_calls_and_what_we_can() {
    let mut raw = Raw::new();
    place(&mut raw);
    let request = raw.request("INVITE");
    let headers = &request.headers;
    assert_eq!(request.uri.as_str(), "sip:+15550100@192.0.2.99:5070");
    assert!(headers.get(Header::From).is_some_and(|from| from.starts_with("<sip:+15550199@192.0.2.1>;tag=")));
    assert_eq!(headers.get(Header::To), Some("<sip:+15550100@192.0.2.99>"));
    assert_eq!(headers.get(Header::PAssertedIdentity), Some("<sip:+15550199@192.0.2.1>"));
    assert_eq!(headers.get(Header::SessionExpires), Some("1800"));
    assert_eq!(headers.get(Header::MinSe), Some("90"));
    assert_eq!(headers.get(Header::Expires), Some("60"));
    assert_eq!(headers.get(Header::MaxForwards), Some("70"));
    assert!(headers.supports("100rel") && headers.supports("timer"));
    assert!(headers.top_via().is_some_and(|via| via.has_rport()));
    assert!(headers.get(Header::UserAgent).is_some_and(|agent| agent.starts_with("Switchhook/")));
}

#[test]
fn the_route_set_is_kept_and_the_target_followed() {
    let mut raw = Raw::new();
    let dialog = place(&mut raw);
    let request = raw.request("INVITE");
    raw.reply(&request, 200, "t", RINGING, OFFER);
    let ack = raw.request("ACK");
    assert_eq!(ack.uri.as_str(), "sip:peer@192.0.2.99:5070");
    let routes: Vec<_> = ack.headers.list(Header::Route).collect();
    assert_eq!(routes, ["<sip:192.0.2.50:5080;lr>", "<sip:p2.example;lr>"], "reversed");
    assert_eq!(raw.sent.last().expect("ACK").0.remote.to_string(), "192.0.2.50:5080");
    raw.command(Command::Release { dialog });
    let bye = raw.request("BYE");
    assert_eq!(bye.headers.list(Header::Route).count(), 2);
    assert_eq!(bye.headers.cseq().expect("CSeq").number, request.headers.cseq().expect("CSeq").number + 1);
}

#[test]
fn a_strict_router_gets_the_old_order() {
    let mut raw = Raw::new();
    let dialog = place(&mut raw);
    let request = raw.request("INVITE");
    raw.reply(&request, 200, "t", "Record-Route: <sip:192.0.2.50:5080>", OFFER);
    raw.command(Command::Release { dialog });
    for method in ["ACK", "BYE"] {
        let request = raw.request(method);
        assert_eq!(request.uri.as_str(), "sip:192.0.2.50:5080", "{method}");
        assert_eq!(request.headers.get(Header::Route), Some("<sip:peer@192.0.2.99:5070>"), "{method}");
    }
}

#[test]
fn a_name_as_next_hop_is_resolved_while_requests_go_where_the_peer_was_heard() {
    let mut raw = Raw::new();
    let dialog = place(&mut raw);
    let request = raw.request("INVITE");
    raw.reply(&request, 200, "t", "Record-Route: <sip:edge.example;lr>", OFFER);
    assert_eq!(raw.sent.last().expect("ACK").0.remote, peer());
    let (query, host) = raw.asked.pop().expect("a question");
    assert_eq!(host, "edge.example");
    let edge = "192.0.2.60:5060".parse().expect("address");
    raw.input(Input::Resolved { query, candidates: vec![(Transport::Udp, edge)] });
    raw.command(Command::Release { dialog });
    assert_eq!(raw.sent.last().expect("BYE").0.remote, edge);
}

#[test]
fn the_first_fork_that_answers_has_the_call_and_the_second_is_ended() {
    let mut raw = Raw::new();
    let dialog = place(&mut raw);
    let request = raw.request("INVITE");
    raw.reply(&request, 180, "a", "", "");
    raw.reply(&request, 180, "b", "", "");
    raw.reply(&request, 200, "b", "", OFFER);
    assert_eq!(raw.requests("ACK"), 1);
    raw.reply(&request, 200, "a", "", OFFER);
    assert_eq!((raw.requests("ACK"), raw.requests("BYE")), (2, 1));
    assert_eq!(raw.request("BYE").headers.to_tag(), Some("a"));
    // Retransmissions of both are acknowledged again, and nothing more.
    raw.reply(&request, 200, "a", "", OFFER);
    raw.reply(&request, 200, "b", "", OFFER);
    assert_eq!((raw.requests("ACK"), raw.requests("BYE")), (4, 1));
    let answered = raw.events.iter().filter(|event| matches!(event, Event::Answered { .. })).count();
    assert_eq!(answered, 1);
    let bye = raw.request("BYE");
    raw.reply(&bye, 200, "a", "", "");
    raw.command(Command::Release { dialog });
    assert_eq!(raw.request("BYE").headers.to_tag(), Some("b"));
}

#[test]
fn a_2xx_without_an_answer_is_acknowledged_and_ended() {
    let mut raw = Raw::new();
    place(&mut raw);
    let request = raw.request("INVITE");
    raw.reply(&request, 200, "t", "", "");
    assert_eq!((raw.requests("ACK"), raw.requests("BYE")), (1, 1));
    assert!(matches!(raw.events.last(), Some(Event::Ended { status: 488, .. })));
}

#[test]
fn a_late_offer_is_made_in_the_200_and_answered_in_the_ack() {
    let mut raw = Raw::new();
    raw.receive(&invite("z9hG4bKa", "1 INVITE", "", ""));
    let dialog = raw.offered();
    raw.command(Command::Answer { dialog, media: media(0) });
    let response = raw.response().clone();
    assert!(String::from_utf8_lossy(&response.body).contains("m=audio 40000 RTP/AVP 0 8 101"));
    let to = response.headers.get(Header::To).expect("To").to_owned();
    raw.events.clear();
    raw.receive(&within("ACK", "z9hG4bKb", "1 ACK", &to, "", OFFER));
    match &raw.events[..] {
        [Event::MediaChanged { media, .. }] => assert_eq!(media.address.to_string(), "192.0.2.99:30000"),
        other => panic!("{other:?}"),
    }
    // No answer at all ends the call.
    let mut raw = Raw::new();
    raw.receive(&invite("z9hG4bKa", "1 INVITE", "", ""));
    let dialog = raw.offered();
    raw.command(Command::Answer { dialog, media: media(0) });
    let to = raw.response().headers.get(Header::To).expect("To").to_owned();
    raw.receive(&within("ACK", "z9hG4bKb", "1 ACK", &to, "", ""));
    assert_eq!(raw.requests("BYE"), 1);
    assert!(matches!(raw.events.last(), Some(Event::Ended { status: 0, .. })));
}

#[test]
fn hold_and_resume_by_the_peer_are_mirrored_and_told() {
    let mut raw = Raw::new();
    let (_, to) = raw.established();
    let hold = OFFER.replace("o=- 1 1", "o=- 1 2") + "a=sendonly\r\n";
    raw.receive(&within("INVITE", "z9hG4bKh", "2 INVITE", &to, "", &hold));
    assert_eq!(raw.response().status, 200);
    assert!(String::from_utf8_lossy(&raw.response().body).contains("a=recvonly"));
    match &raw.events[..] {
        [Event::MediaChanged { media, .. }] => assert_eq!((media.send, media.receive), (false, true)),
        other => panic!("{other:?}"),
    }
    raw.receive(&within("ACK", "z9hG4bKi", "2 ACK", &to, "", ""));
    raw.events.clear();
    let resume = OFFER.replace("o=- 1 1", "o=- 1 3");
    raw.receive(&within("UPDATE", "z9hG4bKj", "3 UPDATE", &to, "", &resume));
    assert_eq!(raw.response().status, 200);
    assert!(String::from_utf8_lossy(&raw.response().body).contains("a=sendrecv"));
    assert!(matches!(&raw.events[..], [Event::MediaChanged { media, .. }] if media.send && media.receive));
}

#[test]
fn a_reinvite_without_offer_gets_ours_and_one_we_cannot_take_488() {
    let mut raw = Raw::new();
    let (dialog, to) = raw.established();
    raw.receive(&within("INVITE", "z9hG4bKh", "2 INVITE", &to, "", ""));
    assert!(String::from_utf8_lossy(&raw.response().body).contains("m=audio"));
    let moved = OFFER.replace("30000", "30002");
    raw.receive(&within("ACK", "z9hG4bKi", "2 ACK", &to, "", &moved));
    assert!(matches!(&raw.events[..], [Event::MediaChanged { media, .. }] if media.address.port() == 30_002));
    raw.receive(&within("INVITE", "z9hG4bKj", "3 INVITE", &to, "", &OFFER.replace("audio", "video")));
    assert_eq!(raw.response().status, 488);
    raw.command(Command::Release { dialog });
    assert_eq!(raw.requests("BYE"), 1, "a refused re-INVITE changes nothing");
}

#[test]
fn glare_is_refused_with_491_and_ours_tried_again() {
    let mut raw = Raw::new();
    let (dialog, to) = raw.established();
    let direction = crate::sdp::Direction::SendOnly;
    raw.command(Command::Modify { dialog, media: media(0), direction });
    let ours = raw.request("INVITE");
    raw.receive(&within("INVITE", "z9hG4bKh", "2 INVITE", &to, "", OFFER));
    assert_eq!(raw.response().status, 491);
    raw.receive(&within("ACK", "z9hG4bKh", "2 ACK", &to, "", ""));
    raw.reply(&ours, 491, "peer", "", "");
    assert_eq!(raw.begun("INVITE"), 1);
    raw.pass(Duration::from_secs(3));
    assert_eq!(raw.begun("INVITE"), 2, "the callee waits 0 to 2 s");
    let again = raw.request("INVITE");
    assert!(String::from_utf8_lossy(&again.body).contains("a=sendonly"));
    raw.reply(&again, 200, "peer", "", &(OFFER.to_owned() + "a=recvonly\r\n"));
    assert!(
        matches!(raw.events.last(), Some(Event::MediaChanged { media, .. }) if media.send && !media.receive)
    );
}

#[test]
fn requests_out_of_order_get_500_and_retransmissions_the_same_answer() {
    let mut raw = Raw::new();
    let (_, to) = raw.established();
    let info = "Content-Type: application/dtmf-relay\r\n";
    let digit = within("INFO", "z9hG4bKh", "5 INFO", &to, info, "Signal=5\r\nDuration=160\r\n");
    raw.receive(&digit);
    raw.receive(&digit);
    assert_eq!(raw.statuses(), [200, 200]);
    assert!(matches!(&raw.events[..], [Event::Digit { digit: '5', .. }]));
    raw.receive(&within("INFO", "z9hG4bKi", "4 INFO", &to, info, "Signal=6\r\n"));
    assert_eq!(raw.statuses(), [500]);
}

#[test]
fn what_we_do_not_do_within_a_call_is_said_clearly() {
    let mut raw = Raw::new();
    let (_, to) = raw.established();
    for (cseq, (method, more, body, status)) in [
        ("REFER", "Refer-To: <sip:x@example>\r\n", "", 603),
        ("MESSAGE", "Content-Type: text/plain\r\n", "hello", 405),
        ("SUBSCRIBE", "Event: dialog\r\n", "", 405),
        ("INFO", "", "", 200),
        ("INFO", "Content-Type: application/media_control+xml\r\n", "<x/>", 415),
        ("INFO", "Content-Type: application/dtmf\r\n", "Z", 400),
        ("OPTIONS", "", "", 200),
    ]
    .into_iter()
    .enumerate()
    {
        let cseq = format!("{} {method}", cseq + 2);
        raw.receive(&within(method, &format!("z9hG4bK{cseq}").replace(' ', ""), &cseq, &to, more, body));
        assert_eq!(raw.statuses(), [status], "{method} {more}");
    }
}

#[test]
fn a_request_of_another_dialog_with_our_tag_is_none_of_ours() {
    let mut raw = Raw::new();
    let (_, to) = raw.established();
    let forged = within("BYE", "z9hG4bKx", "9 BYE", &to, "", "").replace("tag=peer", "tag=guess");
    raw.receive(&forged);
    raw.receive(&within("BYE", "z9hG4bKy", "9 BYE", &to, "", "").replace("call@", "other@"));
    assert_eq!(raw.statuses(), [481, 481]);
    assert!(raw.events.is_empty());
}

#[test]
fn a_released_call_says_bye_only_after_the_ack() {
    let mut raw = Raw::new();
    raw.receive(&invite("z9hG4bKa", "1 INVITE", "", OFFER));
    let dialog = raw.offered();
    raw.command(Command::Answer { dialog, media: media(0) });
    let to = raw.response().headers.get(Header::To).expect("To").to_owned();
    raw.command(Command::Release { dialog });
    assert_eq!(raw.requests("BYE"), 0);
    raw.receive(&within("ACK", "z9hG4bKb", "1 ACK", &to, "", ""));
    let bye = raw.request("BYE");
    raw.reply(&bye, 200, "peer", "", "");
    assert!(!raw.events.iter().any(|event| matches!(event, Event::Ended { .. })));
    raw.pass(Duration::from_secs(40));
    assert_eq!(raw.stack.counts(), Counts::default());
}

#[test]
fn a_200_that_is_never_acknowledged_ends_in_bye() {
    let mut raw = Raw::new();
    raw.receive(&invite("z9hG4bKa", "1 INVITE", "", OFFER));
    let dialog = raw.offered();
    raw.sent.clear();
    raw.command(Command::Answer { dialog, media: media(0) });
    raw.pass(Duration::from_millis(31_900));
    assert_eq!(raw.requests("BYE"), 0);
    raw.pass(Duration::from_millis(200));
    assert_eq!(raw.requests("BYE"), 1);
    assert_eq!(raw.statuses(), [200; 11]);
    assert_eq!(raw.events.last(), Some(&Event::Ended { dialog, status: 0, reason: "no ACK".into() }));
}

#[test]
fn codecs_are_those_both_speak_and_a_difference_to_the_offer_is_told() {
    let mut raw = Raw::new();
    let offer = OFFER.replace("RTP/AVP 0 101", "RTP/AVP 0 8 101");
    raw.receive(&invite("z9hG4bKa", "1 INVITE", "", &offer));
    let dialog = raw.offered();
    raw.events.clear();
    let alaw = LocalMedia { codecs: vec![crate::media_session::Codec::Pcma], ..media(0) };
    raw.command(Command::Answer { dialog, media: alaw });
    assert!(String::from_utf8_lossy(&raw.response().body).contains("RTP/AVP 8 101"));
    assert!(matches!(&raw.events[..], [Event::MediaChanged { media, .. }] if media.payload_type == 8));
}

#[test]
fn an_expired_offer_is_over() {
    let mut raw = Raw::new();
    raw.receive(&invite("z9hG4bKa", "1 INVITE", "Expires: 20\r\n", OFFER));
    let dialog = raw.offered();
    raw.command(Command::Ring { dialog });
    raw.sent.clear();
    raw.pass(Duration::from_secs(20));
    assert_eq!(raw.statuses(), [487]);
    assert!(matches!(raw.events.last(), Some(Event::Ended { status: 487, .. })));
}

#[test]
fn a_ringing_call_says_so_every_minute() {
    let mut raw = Raw::new();
    raw.receive(&invite("z9hG4bKa", "1 INVITE", "", OFFER));
    let dialog = raw.offered();
    raw.pass(Duration::from_secs(61));
    raw.sent.clear();
    raw.command(Command::Ring { dialog });
    raw.pass(Duration::from_secs(125));
    assert_eq!(raw.statuses(), [180, 180, 180]);
}

#[test]
fn a_new_reinvite_stands_for_the_ack_that_got_lost() {
    let mut raw = Raw::new();
    raw.receive(&invite("z9hG4bKa", "1 INVITE", "", OFFER));
    let dialog = raw.offered();
    raw.command(Command::Answer { dialog, media: media(0) });
    let to = raw.response().headers.get(Header::To).expect("To").to_owned();
    raw.sent.clear();
    raw.receive(&within("INVITE", "z9hG4bKb", "2 INVITE", &to, "", OFFER));
    raw.receive(&within("ACK", "z9hG4bKc", "2 ACK", &to, "", ""));
    raw.pass(Duration::from_secs(5));
    assert_eq!(raw.statuses(), [200], "the first 200 is not sent again");
}

#[test]
fn a_private_contact_behind_nat_is_not_believed() {
    let mut raw = Raw::new();
    let text = invite("z9hG4bKa", "1 INVITE", "", OFFER)
        .replace("Contact: <sip:peer@192.0.2.99:5070>", "Contact: <sip:peer@10.1.2.3:5060>");
    raw.receive(&text);
    let dialog = raw.offered();
    raw.command(Command::Answer { dialog, media: media(0) });
    let to = raw.response().headers.get(Header::To).expect("To").to_owned();
    raw.receive(&within("ACK", "z9hG4bKb", "1 ACK", &to, "", ""));
    raw.command(Command::Release { dialog });
    let (flow, message) = raw.sent.last().expect("BYE");
    assert_eq!(flow.remote, peer());
    assert!(matches!(message, Message::Request(bye) if bye.uri.as_str() == "sip:peer@10.1.2.3:5060"));
}

#[test]
fn an_extension_required_within_a_dialog_must_be_known_too() {
    let mut raw = Raw::new();
    let (_, to) = raw.established();
    raw.receive(&within("UPDATE", "z9hG4bKa", "2 UPDATE", &to, "Require: foo\r\n", ""));
    assert_eq!((raw.response().status, raw.response().headers.get(Header::Unsupported)), (420, Some("foo")));
}

#[test]
fn a_response_that_went_astray_is_dropped() {
    let mut raw = Raw::new();
    place(&mut raw);
    let mut request = raw.request("INVITE");
    request.headers.push(Header::Via, "SIP/2.0/UDP 198.51.100.1;branch=z9hG4bKother");
    raw.reply(&request, 200, "t", "", OFFER);
    assert!(raw.events.is_empty());
    assert_eq!(raw.requests("ACK"), 0);
}

#[test]
fn a_refused_refresh_of_the_target_keeps_the_old_one_and_a_good_one_moves_it() {
    let mut raw = Raw::new();
    let (dialog, to) = raw.established();
    let moved = "Contact: <sip:peer@192.0.2.98:5090>";
    let reinvite = within("INVITE", "z9hG4bKa", "2 INVITE", &to, "", OFFER)
        .replace("Contact: <sip:peer@192.0.2.99:5070>", moved);
    raw.receive(&reinvite.replace("m=audio", "m=video").replace("z9hG4bKa", "z9hG4bKb"));
    assert_eq!(raw.response().status, 488);
    raw.receive(&reinvite.replace("2 INVITE", "3 INVITE"));
    assert_eq!(raw.response().status, 200);
    raw.receive(&within("ACK", "z9hG4bKc", "3 ACK", &to, "", ""));
    raw.command(Command::Release { dialog });
    let (flow, message) = raw.sent.last().expect("BYE");
    assert_eq!(flow.remote.to_string(), "192.0.2.98:5090");
    assert!(matches!(message, Message::Request(bye) if bye.uri.as_str() == "sip:peer@192.0.2.98:5090"));
}

#[test]
fn a_cancel_after_our_answer_changes_nothing() {
    let mut raw = Raw::new();
    raw.receive(&invite("z9hG4bKa", "1 INVITE", "", OFFER));
    let dialog = raw.offered();
    raw.command(Command::Answer { dialog, media: media(0) });
    let to = raw.response().headers.get(Header::To).expect("To").to_owned();
    raw.sent.clear();
    raw.events.clear();
    raw.receive(&outside("CANCEL", "z9hG4bKa", "1 CANCEL", "", ""));
    assert_eq!(raw.statuses(), [200]);
    raw.receive(&within("ACK", "z9hG4bKb", "1 ACK", &to, "", ""));
    raw.receive(&within("BYE", "z9hG4bKc", "2 BYE", &to, "", ""));
    assert_eq!(raw.statuses(), [200]);
    assert!(matches!(&raw.events[..], [Event::Ended { status: 0, .. }]));
}
