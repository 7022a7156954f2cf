//! What gets through, what does not, and what a message looks like after it was changed.

use sip::header::Header;
use sip::message::{Limits, Message, Method, ParseError, Request, Response, is_keep_alive};
use sip::uri::Uri;

/// RFC 3261 §24.2, F1, with an extension header.
const INVITE: &str = "INVITE sip:bob@biloxi.com SIP/2.0\r\n\
    Via: SIP/2.0/UDP pc33.atlanta.com;branch=z9hG4bKnashds8\r\n\
    Max-Forwards: 70\r\n\
    To: Bob <sip:bob@biloxi.com>\r\n\
    From: Alice <sip:alice@atlanta.com>;tag=1928301774\r\n\
    Call-ID: a84b4c76e66710\r\n\
    CSeq: 314159 INVITE\r\n\
    x-Custom: one\r\n\
    Contact: <sip:alice@pc33.atlanta.com>\r\n\
    X-CUSTOM: two\r\n\
    Content-Type: application/sdp\r\n\
    Content-Length: 4\r\n\r\nv=0\n";

fn parse(text: &str) -> Result<Message, ParseError> {
    Message::parse(text.as_bytes(), &Limits::default()).map_err(|bad| bad.error)
}

fn invite() -> Request {
    match parse(INVITE) {
        Ok(Message::Request(request)) => request,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_message_prints_as_it_came() {
    assert_eq!(invite().to_bytes(), INVITE.as_bytes());
    let values: Vec<_> = invite().headers.all("x-custom").map(str::to_owned).collect();
    assert_eq!(values, ["one", "two"]);
}

/// RFC 3261 §24.2, F11.
#[test]
fn a_response_is_made_from_its_request() {
    let mut request = invite();
    request.headers.push_front(Header::Via, "SIP/2.0/UDP server10.biloxi.com;branch=z9hG4bK4b43c2ff8.1");
    request.headers.push("Timestamp", "54");
    request.headers.mark_source("192.0.2.3:5060".parse().unwrap());
    let mut ok = Response::to(&request, 200);
    ok.headers.set_to_tag("a6c85cf");
    ok.headers.set_to_tag("again");
    ok.headers.push(Header::Contact, "<sip:bob@192.0.2.4>");
    ok.set_body("application/sdp", b"v=0\r\n".to_vec());
    let expected = "SIP/2.0 200 OK\r\n\
        Via: SIP/2.0/UDP server10.biloxi.com;branch=z9hG4bK4b43c2ff8.1;received=192.0.2.3\r\n\
        Via: SIP/2.0/UDP pc33.atlanta.com;branch=z9hG4bKnashds8\r\n\
        From: Alice <sip:alice@atlanta.com>;tag=1928301774\r\n\
        To: Bob <sip:bob@biloxi.com>;tag=a6c85cf\r\n\
        Call-ID: a84b4c76e66710\r\n\
        CSeq: 314159 INVITE\r\n\
        Contact: <sip:bob@192.0.2.4>\r\n\
        Content-Type: application/sdp\r\n\
        Content-Length: 5\r\n\r\nv=0\r\n";
    assert_eq!(String::from_utf8(ok.to_bytes()).unwrap(), expected);
    assert_eq!(
        parse(expected),
        Ok(Message::Response({
            ok.headers.push(Header::ContentLength, "5");
            ok
        }))
    );
    assert_eq!(Response::to(&request, 100).headers.get(Header::Timestamp), Some("54"));
}

#[test]
fn header_fields_are_changed_in_place() {
    let mut headers = invite().headers;
    headers.set(Header::MaxForwards, "69");
    headers.set("X-Custom", "three");
    headers.set("X-New", "a\r\nEvil: b");
    headers.push("bad name:\n", "x");
    assert_eq!(headers.remove(Header::Contact), 1);
    let names: Vec<_> = headers.iter().map(|(name, _)| name.to_owned()).collect();
    assert_eq!(
        names,
        [
            "Via",
            "Max-Forwards",
            "To",
            "From",
            "Call-ID",
            "CSeq",
            "x-Custom",
            "Content-Type",
            "Content-Length",
            "X-New",
            "bad-name--"
        ]
    );
    assert_eq!(headers.get("x-custom"), Some("three"));
    assert_eq!(headers.get("x-new"), Some("a  Evil: b"));
    headers.set(Header::Route, "<sip:a;lr>, <sip:b;lr>");
    headers.push(Header::Route, "<sip:c;lr>");
    headers.replace_first(Header::Route, "<sip:x,y;lr>");
    let routes =
        |headers: &sip::message::Headers| headers.list(Header::Route).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(routes(&headers), ["<sip:x,y;lr>", "<sip:b;lr>", "<sip:c;lr>"]);
    headers.remove_first(Header::Route);
    assert_eq!(routes(&headers), ["<sip:b;lr>", "<sip:c;lr>"]);
    headers.remove_first(Header::Route);
    headers.remove_first(Header::Route);
    headers.remove_first(Header::Route);
    assert!(!headers.has(Header::Route));
}

/// Found by mutation: the topmost Via was looked for in the second field and replaced in the first.
#[test]
fn an_empty_via_before_the_topmost_is_passed_over() {
    let text = INVITE.replacen("Via:", "Via: ,\r\nVia:", 1);
    let Ok(Message::Request(mut request)) = parse(&text) else { panic!("refused") };
    request.headers.mark_source("192.0.2.3:5060".parse().unwrap());
    assert_eq!(request.headers.top_via().unwrap().received(), Some("192.0.2.3"));
    request.headers.remove_first(Header::Via);
    assert!(request.headers.top_via().is_none());
}

#[test]
fn what_may_stand_once_may_not_stand_twice() {
    for (line, header) in [
        ("f: <sip:mallory@x>;tag=2", Header::From),
        ("T: <sip:x@y>", Header::To),
        ("i: 2", Header::CallId),
        ("CSEQ: 314159 INVITE", Header::CSeq),
        ("Max-forwards: 70", Header::MaxForwards),
        ("l: 4", Header::ContentLength),
        ("c: text/plain", Header::ContentType),
    ] {
        let text = INVITE.replacen("Contact:", &format!("{line}\r\nContact:"), 1);
        assert_eq!(parse(&text), Err(ParseError::Duplicate(header)), "{line}");
    }
}

#[test]
fn what_must_be_there_is_missed() {
    for (start, header) in [
        ("Via", Header::Via),
        ("To", Header::To),
        ("From", Header::From),
        ("Call-ID", Header::CallId),
        ("CSeq", Header::CSeq),
    ] {
        let text: String = INVITE.split_inclusive("\r\n").filter(|line| !line.starts_with(start)).collect();
        assert_eq!(parse(&text), Err(ParseError::Missing(header)));
    }
}

#[test]
fn lone_line_ends_are_refused() {
    for (from, to) in
        [("70\r\n", "70\n"), ("70\r\n", "70\r"), ("70", "7\r0"), ("70", "7\n0"), ("Bob", "B\rob")]
    {
        assert_eq!(parse(&INVITE.replacen(from, to, 1)), Err(ParseError::HeaderLine), "{from:?} {to:?}");
    }
    let folded = INVITE.replacen("one", "one\r\n \ttwo\r\n ", 1);
    let Ok(Message::Request(request)) = parse(&folded) else { panic!("folded lines are fine") };
    assert_eq!(request.headers.get("x-custom"), Some("one two"));
}

#[test]
fn start_lines_are_strict() {
    for (line, error) in [
        ("INVITE sip:bob@biloxi.com SIP/2.1", ParseError::Version),
        ("INVITE sip:bob@biloxi.com HTTP/1.1", ParseError::StartLine),
        ("INVITE sip:bob@biloxi.com", ParseError::StartLine),
        ("INV@TE sip:bob@biloxi.com SIP/2.0", ParseError::StartLine),
        ("INVITE biloxi SIP/2.0", ParseError::RequestUri),
        ("INFO sip:bob@biloxi.com SIP/2.0", ParseError::CSeqMismatch),
        ("SIP/2.0 99 Low", ParseError::StartLine),
        ("SIP/2.0 700 High", ParseError::StartLine),
        ("SIP/3.0 200 OK", ParseError::Version),
    ] {
        let text = INVITE.replacen("INVITE sip:bob@biloxi.com SIP/2.0", line, 1);
        let bad = Message::parse(text.as_bytes(), &Limits::default()).expect_err(line);
        assert_eq!(bad.error, error, "{line}");
        assert_eq!(bad.answer().is_some(), !line.starts_with("SIP/"), "{line}");
    }
}

#[test]
fn an_ack_is_never_answered() {
    let text = INVITE.replace("INVITE", "ACK").replacen("Max-Forwards: 70", "Max-Forwards: x", 1);
    let bad = Message::parse(text.as_bytes(), &Limits::default()).unwrap_err();
    assert_eq!((bad.error.clone(), bad.answer()), (ParseError::Malformed(Header::MaxForwards), None));
}

#[test]
fn limits_hold() {
    let many = INVITE.replacen("Contact:", &format!("{}Contact:", "A: b\r\n".repeat(300)), 1);
    assert_eq!(parse(&many), Err(ParseError::TooLarge("number of header fields")));
    let long = INVITE.replacen("one", &"x".repeat(9_000), 1);
    assert_eq!(parse(&long), Err(ParseError::TooLarge("header field")));
    let folded = INVITE.replacen("one", &"x\r\n ".repeat(4_000), 1);
    assert_eq!(parse(&folded), Err(ParseError::TooLarge("header field")));
    let head = INVITE.replacen(
        "Contact:",
        &format!("{}Contact:", format!("A: {}\r\n", "b".repeat(4_000)).repeat(9)),
        1,
    );
    assert_eq!(parse(&head), Err(ParseError::TooLarge("head")));
    let body = format!("{}{}", INVITE.replacen("Content-Length: 4\r\n", "", 1), "x".repeat(300_000));
    assert_eq!(parse(&body), Err(ParseError::TooLarge("body")));
}

#[test]
fn names_in_latin_1_are_read() {
    let mut bytes = INVITE.replacen("Alice", "\"Andr?\"", 1).into_bytes();
    let at = bytes.iter().position(|&byte| byte == b'?').unwrap();
    bytes[at] = 0xe9;
    let Ok(Message::Request(request)) = Message::parse(&bytes, &Limits::default()) else { panic!("refused") };
    assert_eq!(request.headers.from().unwrap().display(), "André");
}

#[test]
fn keep_alives_are_no_messages() {
    for bytes in [&b""[..], b"\r\n\r\n", b"\0\0\0\0", b"\r\n"] {
        assert!(is_keep_alive(bytes));
        let bad = Message::parse(bytes, &Limits::default()).unwrap_err();
        assert_eq!((bad.error.clone(), bad.answer()), (ParseError::Empty, None));
    }
    assert!(parse(&format!("\r\n\r\n{INVITE}")).is_ok());
}

#[test]
fn binary_bodies_are_kept() {
    let mut request = Request::new(Method::Extension("FOO".into()), Uri::parse("tel:+1").unwrap());
    for (header, value) in [
        (Header::Via, "SIP/2.0/TCP a;branch=z9hG4bK1"),
        (Header::From, "<sip:a@b>;tag=1"),
        (Header::To, "<tel:+1>"),
        (Header::CallId, "1"),
        (Header::CSeq, "1 FOO"),
    ] {
        request.headers.push(header, value);
    }
    let body: Vec<u8> = (0..=255).collect();
    request.set_body("application/octet-stream", body.clone());
    let Ok(Message::Request(again)) = Message::parse(&request.to_bytes(), &Limits::default()) else {
        panic!("our own message is refused")
    };
    assert_eq!((again.body, again.method.as_str(), again.uri.user()), (body, "FOO", Some("+1")));
}
