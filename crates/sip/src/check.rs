//! What must hold for every input, whoever sent it: called by fuzz targets, by the replay of their corpus and by seeded
//! mutation. A property that does not hold panics.

use crate::body;
use crate::digest::{Authorization, Challenge};
use crate::header::{CSeq, Header, List, MediaType, NameAddr, RAck, SessionExpires, Via};
use crate::media_session::{Codec, LocalMedia, Negotiation, preview};
use crate::message::{BadMessage, Frame, Framer, Headers, Limits, Message, Method};
use crate::redact;
use crate::sdp::{Direction, Session};
use crate::uri::{MAX, MAX_PARAMS, Uri, decode, encode_parameter, encode_user, host_ip};

/// A datagram: what is parsed prints to what parses to the same print; a refusal can be sent.
pub fn message(bytes: &[u8]) {
    let limits = Limits::default();
    redact::message(bytes);
    match Message::parse(bytes, &limits) {
        Ok(message) => {
            let printed = message.to_bytes();
            let again = Message::parse(&printed, &limits).expect("what we print parses");
            assert_eq!(again.body(), message.body());
            assert_eq!(again.to_bytes(), printed);
            typed(message.headers());
            let _ = body::parts(message.headers(), message.body());
            if let Message::Request(mut request) = message {
                request.headers.mark_source(([192, 0, 2, 1], 5060).into());
                assert!(
                    request
                        .headers
                        .top_via()
                        .is_some_and(|via| !via.has_rport() || via.rport() == Some(5060))
                );
                request.headers.set_to_tag("a");
                assert!(request.headers.to_tag().is_some());
            }
        }
        Err(bad) => refusal(&bad),
    }
}

/// A stream: cut in two anywhere, it holds the same messages.
pub fn stream(bytes: &[u8]) {
    let run = |pieces: &[&[u8]]| {
        let mut framer = Framer::new(Limits::default());
        let mut seen = Vec::new();
        for piece in pieces {
            framer.push(piece);
            while let Some(frame) = framer.frame() {
                match frame {
                    // Half a ping is taken for a pong.
                    Frame::Pong => {}
                    Frame::Lost(bad) => {
                        refusal(&bad);
                        seen.push(Err(bad.error));
                    }
                    Frame::Bad(bad) => {
                        refusal(&bad);
                        seen.push(Err(bad.error));
                    }
                    frame => seen.push(Ok(frame)),
                }
            }
        }
        seen
    };
    let whole = run(&[bytes]);
    for cut in [bytes.len() / 2, bytes.len() / 3, bytes.len().saturating_sub(2)] {
        let (one, two) = bytes.split_at(cut);
        assert_eq!(run(&[one, two]), whole);
    }
}

/// A URI: what is parsed parses again to the same, is equivalent to itself, and can be changed.
pub fn uri(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let Ok(uri) = Uri::parse(&text) else { return };
    assert_eq!(uri.as_str(), text);
    assert!(uri.equivalent(&uri));
    let _ = (uri.user_decoded(), uri.password(), uri.host_ip(), uri.port());
    uri.headers().for_each(|(name, value)| {
        let _ = (decode(name), decode(value));
    });
    if uri.is_sip() {
        let with = uri.with_param("x-test", Some("a;b?c@d"));
        match with.param("x-test") {
            Some(value) => assert_eq!(decode(value), "a;b?c@d"),
            // Without it, but only where there is no room for it.
            None => {
                assert_eq!(with, uri.without_param("x-test"));
                let full = with.params().iter().count() >= MAX_PARAMS;
                assert!(full || with.as_str().len() + ";x-test=a%3Bb%3Fc%40d".len() > MAX);
            }
        }
        assert!(!with.without_param("x-test").params().has("x-test"));
        assert!(!uri.for_request().has_headers());
    }
    let value = NameAddr::compose("", &uri, &[("tag", Some("1"))]);
    let parsed = NameAddr::parse(Header::To, &value).expect("what we compose parses");
    assert_eq!((parsed.uri_str(), parsed.tag()), (uri.as_str(), Some("1")));
}

/// One value of a header field, taken for the value of every field: what is parsed prints to what parses to the same, and
/// what we write of it, be it a name or a user, is read as it was meant.
pub fn header(bytes: &[u8]) {
    let text = &*String::from_utf8_lossy(bytes);
    let _ = (Header::of(bytes), host_ip(text));
    if let Ok(cseq) = CSeq::parse(text) {
        assert_eq!(CSeq::parse(&cseq.value()).as_ref(), Ok(&cseq));
    }
    if let Some(rack) = RAck::parse(text) {
        assert_eq!(RAck::parse(&rack.value()).as_ref(), Some(&rack));
    }
    if let Some(expires) = SessionExpires::parse(text) {
        assert_eq!(SessionExpires::parse(&expires.value()), Some(expires));
    }
    if let Some(method) = Method::parse(text) {
        assert_eq!(method.as_str(), text);
    }
    if let Some(kind) = MediaType::parse(text) {
        let _ = (kind.is("text/plain"), kind.is_multipart(), kind.param("boundary"));
    }
    for element in List::new(text) {
        if let Ok(via) = Via::parse(element) {
            let seen = via.seen_from(([192, 0, 2, 1], 5_062).into());
            let parsed = seen.as_deref().map(|seen| Via::parse(seen).expect("what we write parses"));
            if let Some(parsed) = parsed {
                assert_eq!((parsed.host(), parsed.branch()), (via.host(), via.branch()));
            }
        }
        for header in [Header::From, Header::Contact, Header::Route] {
            if let Ok(address) = NameAddr::parse(header, element) {
                let _ = (address.uri(), address.display(), address.tag(), address.expires());
            }
        }
    }
    names(text);
}

fn names(text: &str) {
    assert_eq!((decode(&encode_user(text)), decode(&encode_parameter(text))), (text.into(), text.into()));
    let Ok(uri) = Uri::sip(Some(text), "192.0.2.1", None) else { return };
    assert_eq!(uri.user_decoded().as_deref(), Some(text));
    let value = NameAddr::compose(text, &uri, &[]);
    assert_eq!(List::new(&value).count(), 1, "{value}");
    let parsed = NameAddr::parse(Header::Contact, &value).expect("what we compose parses");
    assert_eq!(parsed.uri_str(), uri.as_str());
    if !text.contains(char::is_control) {
        assert_eq!(parsed.display(), text);
    }
}

/// A session description: prints stably, and answering it gives a description or a reason.
pub fn sdp(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(session) = Session::parse(&text) {
        let printed = session.to_string();
        assert_eq!(Session::parse(&printed).expect("what we print parses").to_string(), printed);
    }
    let local = LocalMedia {
        address: ([192, 0, 2, 1], 40_000).into(),
        codecs: vec![Codec::Pcmu, Codec::Pcma],
        dtmf: true,
    };
    let mut negotiation = Negotiation::new(1);
    let previewed = preview(bytes, &local.codecs);
    match negotiation.answer(bytes, std::slice::from_ref(&local), Direction::SendRecv) {
        Ok(answer) => {
            let lines = Session::parse(&answer.sdp).expect("our answer parses").media.len();
            assert_eq!(Ok(lines), Session::parse(&text).map(|session| session.media.len()));
            assert_eq!(answer.streams.first().map(|stream| &stream.remote), previewed.as_ref().ok());
        }
        Err(error) => assert_eq!(previewed, Err(error)),
    }
    let mut negotiation = Negotiation::new(1);
    negotiation.offer(&local, Direction::SendRecv);
    let _ = negotiation.accept(bytes, &local, Direction::SendRecv);
}

/// A multipart body with the boundary `x`: its parts, written with another boundary, are read again.
pub fn multipart(bytes: &[u8]) {
    let Ok(parts) = body::parse(bytes, "x") else { return };
    const OTHER: &str = "another-boundary";
    if !bytes.windows(OTHER.len()).any(|window| window == OTHER.as_bytes()) {
        assert_eq!(body::parse(&body::write(&parts, OTHER), OTHER).as_ref(), Ok(&parts));
    }
}

/// Digest challenges and credentials: what is parsed prints to what parses to the same.
pub fn digest(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Some(challenge) = Challenge::parse(&text) {
        assert_eq!(Challenge::parse(&challenge.value()).as_ref(), Some(&challenge));
    }
    if let Some(authorization) = Authorization::parse(&text) {
        assert_eq!(Authorization::parse(&authorization.value()).as_ref(), Some(&authorization));
    }
}

fn refusal(bad: &BadMessage) {
    let Some(answer) = bad.answer() else { return };
    let printed = answer.to_bytes();
    // The request's own mistakes are copied into the refusal, but no line of its own may grow out of them.
    let lines = printed.iter().filter(|&&byte| byte == b'\n').count();
    assert_eq!(lines, answer.headers.len() + 3, "{}", String::from_utf8_lossy(&printed));
}

/// Asks for everything typed; nothing may panic.
fn typed(headers: &Headers) {
    assert!(headers.cseq().is_some() && headers.from().is_some() && headers.to().is_some());
    assert!(headers.top_via().is_some() && !headers.call_id().is_empty());
    for via in headers.vias().filter_map(Result::ok) {
        let _ = (via.transaction(), via.response_target(), via.seen_from(([192, 0, 2, 1], 1).into()));
    }
    for header in [Header::Contact, Header::Route, Header::RecordRoute, Header::PAssertedIdentity] {
        for address in headers.addresses(header).filter_map(Result::ok) {
            let _ = (address.uri(), address.display(), address.tag(), address.expires());
        }
    }
    let _ =
        (headers.max_forwards(), headers.expires(), headers.min_expires(), headers.rseq(), headers.rack());
    let _ = (headers.session_expires(), headers.min_se(), headers.retry_after(), headers.content_type());
    let _ = (headers.authorization(Header::Authorization), headers.authorization(Header::ProxyAuthorization));
    let _ = (headers.challenges().count(), headers.reasons().count(), headers.unsupported(&[]).count());
    let mut changed = headers.clone();
    let count = changed.list(Header::Via).count();
    changed.remove_first(Header::Via);
    assert_eq!(changed.list(Header::Via).count(), count - 1);
    for (_, value) in headers.iter() {
        let _ = (List::new(value).count(), Via::parse(value));
    }
}
