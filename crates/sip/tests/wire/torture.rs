//! The torture tests of RFC 4475, each under the name it has there, with messages of our own of the same property.

mod invalid;
mod layers;
mod valid;

use sip::header::Header;
use sip::message::{BadMessage, Limits, Message, Method, ParseError, Request, Response};
use sip::uri::Scheme;

/// A name of RFC 4475 and what builds the message.
type Named = (&'static str, fn() -> Vec<u8>);

/// The body of most messages, 151 bytes. Nobody looks into it here.
const OFFER: &[u8] = b"v=0\r\n\
    o=tester 2208 1 IN IP4 192.0.2.77\r\n\
    s=-\r\n\
    c=IN IP4 192.0.2.77\r\n\
    t=0 0\r\n\
    m=audio 40100 RTP/AVP 0 12\r\n\
    m=video 40102 RTP/AVP 31\r\n\
    a=rtpmap:31 H261/90000\r\n";

/// A message without a body: its lines and a blank one, each ended by CRLF.
fn lines(head: &[&str]) -> Vec<u8> {
    with(head, b"")
}

/// The lines of a head, a blank one, and the body as it is.
fn with(head: &[&str], body: &[u8]) -> Vec<u8> {
    let mut message = Vec::new();
    for line in head {
        message.extend(line.bytes());
        message.extend(b"\r\n");
    }
    message.extend(b"\r\n");
    message.extend(body);
    message
}

/// All messages, as seeds of mutation.
pub(crate) fn all() -> impl Iterator<Item = (String, Vec<u8>)> {
    [valid::ALL, invalid::ALL, layers::ALL]
        .into_iter()
        .flatten()
        .map(|(name, message)| ((*name).to_owned(), message()))
}

fn message(wanted: &str) -> Vec<u8> {
    all().find(|(name, _)| name == wanted).expect("a message of that name").1
}

fn parse(bytes: &[u8]) -> Result<Message, Box<BadMessage>> {
    Message::parse(bytes, &Limits::default())
}

fn request(bytes: &[u8]) -> Request {
    match parse(bytes) {
        Ok(Message::Request(request)) => request,
        other => panic!("no request: {other:?}"),
    }
}

fn response(bytes: &[u8]) -> Response {
    match parse(bytes) {
        Ok(Message::Response(response)) => response,
        other => panic!("no response: {other:?}"),
    }
}

/// Refused with that error and answered with that status.
fn refused(bytes: &[u8], error: ParseError, status: u16) {
    let bad = parse(bytes).expect_err("refused");
    assert_eq!(bad.error, error);
    let answer = bad.answer().expect("answered");
    assert_eq!(answer.status, status);
    if status == 400 {
        assert_eq!(answer.reason, format!("Bad Request ({error})"));
    }
}

// 3.1.1 Valid messages

#[test]
fn wsinv_a_short_tortuous_invite() {
    let request = request(&message("wsinv"));
    assert_eq!(request.method, Method::Invite);
    assert_eq!(request.uri.as_str(), "sip:desk@far-end.example.org;oddparam");
    let headers = &request.headers;
    assert_eq!(headers.to_tag(), Some("55ab01n"));
    let from = headers.from().unwrap();
    assert_eq!((from.display().as_ref(), from.tag()), ("K Otter \\\"", Some("77kk20")));
    assert_eq!(headers.max_forwards(), Ok(Some(68)));
    assert_eq!(headers.cseq().unwrap().number, 9);
    assert_eq!(headers.get(Header::Subject), Some(""));
    assert_eq!(headers.get("BrandNewHeader"), Some("brand new value carried on below"));
    assert_eq!(headers.get("OddlyValuedHeader"), Some(";;,,;;,;"));
    let vias: Vec<_> = headers.vias().map(Result::unwrap).collect();
    let seen: Vec<_> = vias.iter().map(|via| (via.transport(), via.host(), via.branch().unwrap())).collect();
    assert_eq!(
        seen,
        [
            ("UDP", "192.0.2.41", "plain16branch"),
            ("TCP", "mill.example.net", "z9hG4bKmill7"),
            ("UDP", "192.168.77.30", "z9hG4bKbehind30")
        ]
    );
    assert_eq!((vias[0].transaction(), vias[1].transaction()), (None, Some("z9hG4bKmill7")));
    let route = headers.addresses(Header::Route).next().unwrap().unwrap();
    assert!(route.uri().unwrap().is_loose());
    let contact = headers.contact().unwrap().unwrap();
    assert_eq!(contact.display(), "In quotes \"\"");
    assert_eq!(
        (contact.params().get("freshparam"), contact.params().get("q")),
        (Some("freshvalue"), Some("0.25"))
    );
    assert_eq!(request.body, OFFER);
}

#[test]
fn intmeth_wide_range_of_valid_characters() {
    let request = request(&message("intmeth"));
    assert_eq!(request.method.as_str(), "Try-0123456789!_*+`.%what'~");
    assert_eq!(request.uri.user(), Some("2_odd.User~(why-not!ask)&it's+a$/test?,/;;*"));
    assert_eq!(request.uri.password(), Some("&so+is=this,pass!*wo$d~_(isn't-it)"));
    assert_eq!(request.uri.host(), "example.org");
    let headers = &request.headers;
    assert_eq!(headers.to().unwrap().display(), "BEL:\u{7} NUL:\0 DEL:\u{7f}");
    let from = headers.from().unwrap();
    assert_eq!(from.display(), "first~` second'+_ third*%!.-");
    assert_eq!(from.params().get("odd''~+*_!.-%"), Some("телефония"));
    assert_eq!(from.tag(), Some("~_here'1+`*%!-."));
    assert_eq!(headers.call_id(), "intmeth.all%-!.*_+'@that`~)(><:\\/\"][?}{");
    assert_eq!(headers.get("oddHeader-!.%*+_`'~"), Some("\u{feff}電話局"));
}

#[test]
fn esc01_valid_use_of_the_escaping_mechanism() {
    let request = request(&message("esc01"));
    assert_eq!(request.uri.user_decoded().unwrap(), "sips:bird@example.org");
    assert_eq!(request.uri.host(), "example.net");
    assert_eq!(request.headers.to().unwrap().uri().unwrap().user_decoded().unwrap(), "bird");
    let contact = request.headers.contact().unwrap().unwrap().uri().unwrap();
    assert_eq!(contact.user_decoded().unwrap(), "wren");
    let named: Vec<_> = contact.params().iter().map(|(name, _)| sip::uri::decode(name)).collect();
    assert_eq!(named, ["lr", "name"]);
}

#[test]
fn escnull_escaped_nulls_in_uris() {
    let request = request(&message("escnull"));
    let contacts: Vec<_> =
        request.headers.addresses(Header::Contact).map(|c| c.unwrap().uri().unwrap()).collect();
    let users: Vec<_> = contacts.iter().map(|uri| uri.user_decoded().unwrap()).collect();
    assert_eq!(users, ["\0", "\0\0"]);
}

#[test]
fn esc02_use_of_percent_when_it_is_not_an_escape() {
    let request = request(&message("esc02"));
    assert_eq!(request.method.as_str(), "OPT%49ON%53");
    assert_eq!(request.headers.to().unwrap().display(), "%Q%50");
    assert_eq!(request.headers.cseq().unwrap().method.as_str(), "OPT%49ON%53");
}

#[test]
fn lwsdisp_no_space_between_display_name_and_bracket() {
    let request = request(&message("lwsdisp"));
    let from = request.headers.from().unwrap();
    assert_eq!((from.display().as_ref(), from.uri_str()), ("marsh", "sip:marsh@example.org"));
}

#[test]
fn longreq_long_values_in_header_fields() {
    let request = request(&message("longreq"));
    let to = request.headers.to().unwrap();
    assert!(to.display().starts_with("A name drawnout"));
    assert_eq!(to.uri().unwrap().params().iter().count(), 3);
    assert!(request.headers.from().unwrap().uri().unwrap().user().unwrap().len() > 100);
    assert!(request.headers.call_id().len() > 100);
    assert_eq!(request.headers.vias().filter(|via| via.is_ok()).count(), 34);
    assert_eq!(request.headers.contact().unwrap().unwrap().uri_str().len(), 130);
}

#[test]
fn dblreq_extra_trailing_octets_in_a_datagram() {
    let request = request(&message("dblreq"));
    assert_eq!(request.method, Method::Register);
    assert!(request.body.is_empty());
    assert_eq!(request.headers.call_id(), "dblreq.first");
}

#[test]
fn semiuri_semicolon_separated_parameters_in_the_user_part() {
    let request = request(&message("semiuri"));
    assert_eq!(request.uri.user_decoded().unwrap(), "rook;ext=r@example.net");
    assert_eq!((request.uri.host(), request.uri.params().as_str()), ("example.org", ""));
}

#[test]
fn transports_varied_and_unknown_transport_types() {
    let request = request(&message("transports"));
    let transports: Vec<_> = request.headers.vias().map(|via| via.unwrap().transport()).collect();
    assert_eq!(transports, ["UDP", "SCTP", "TLS", "UNKNOWN", "TCP"]);
}

#[test]
fn mpart01_multipart_mime_message() {
    let request = request(&message("mpart01"));
    let parts = sip::body::parts(&request.headers, &request.body).unwrap();
    assert_eq!(parts.len(), 2);
    assert!(parts[0].is("text/plain") && parts[1].is("application/octet-stream"));
    assert_eq!(parts[0].body, b"Hello");
    assert_eq!((parts[1].body.len(), parts[1].body[0]), (396, 0x30));
    let printed = request.to_bytes();
    assert!(printed.ends_with(&request.body), "the binary part is kept byte for byte");
}

#[test]
fn unreason_unusual_reason_phrase() {
    let response = response(&message("unreason"));
    assert_eq!(response.reason, "= 10 ** 2 * 2, это и есть двести - согласны?");
}

#[test]
fn noreason_empty_reason_phrase() {
    let response = response(&message("noreason"));
    assert_eq!((response.status, &*response.reason), (100, ""));
    assert!(response.to_bytes().starts_with(b"SIP/2.0 100 \r\n"));
}

// 3.1.2 Invalid messages

#[test]
fn badinv01_extraneous_header_field_separators() {
    refused(&message("badinv01"), ParseError::Malformed(Header::Via), 400);
}

#[test]
fn clerr_content_length_larger_than_message() {
    refused(&message("clerr"), ParseError::Truncated, 400);
}

#[test]
fn ncl_negative_content_length() {
    refused(&message("ncl"), ParseError::Malformed(Header::ContentLength), 400);
}

#[test]
fn scalar02_request_scalar_fields_with_overlarge_values() {
    refused(&message("scalar02"), ParseError::Malformed(Header::CSeq), 400);
}

#[test]
fn scalarlg_response_scalar_fields_with_overlarge_values() {
    let bad = parse(&message("scalarlg")).unwrap_err();
    assert_eq!(bad.error, ParseError::Malformed(Header::CSeq));
    assert_eq!(bad.answer(), None, "responses are dropped");
}

#[test]
fn quotbal_unterminated_quoted_string_in_display_name() {
    refused(&message("quotbal"), ParseError::Malformed(Header::To), 400);
}

#[test]
fn ltgtruri_brackets_enclosing_the_request_uri() {
    refused(&message("ltgtruri"), ParseError::RequestUri, 400);
}

#[test]
fn lwsruri_space_within_the_request_uri() {
    refused(&message("lwsruri"), ParseError::RequestUri, 400);
}

#[test]
fn lwsstart_multiple_spaces_in_the_request_line() {
    refused(&message("lwsstart"), ParseError::RequestUri, 400);
}

#[test]
fn trws_space_at_the_end_of_the_request_line() {
    refused(&message("trws"), ParseError::StartLine, 400);
}

#[test]
fn escruri_escaped_headers_in_the_request_uri() {
    refused(&message("escruri"), ParseError::RequestUri, 400);
}

/// A date in another zone than GMT: the field is not looked at.
#[test]
fn baddate_invalid_time_zone() {
    assert_eq!(request(&message("baddate")).headers.get("Date"), Some("Tue, 24 Nov 2026 10:30:00 CET"));
}

#[test]
fn regbadct_contact_with_headers_outside_brackets() {
    let request = request(&message("regbadct"));
    assert!(request.headers.contact().is_err());
}

#[test]
fn badaspec_spaces_within_addr_spec() {
    refused(&message("badaspec"), ParseError::Malformed(Header::To), 400);
}

#[test]
fn baddn_comma_in_an_unquoted_display_name() {
    refused(&message("baddn"), ParseError::Malformed(Header::From), 400);
}

#[test]
fn badvers_unknown_protocol_version() {
    refused(&message("badvers"), ParseError::Version, 505);
}

#[test]
fn mismatch01_method_mismatch() {
    refused(&message("mismatch01"), ParseError::CSeqMismatch, 400);
}

#[test]
fn mismatch02_unknown_method_mismatch() {
    refused(&message("mismatch02"), ParseError::CSeqMismatch, 400);
}

#[test]
fn bigcode_overlarge_response_code() {
    let bad = parse(&message("bigcode")).unwrap_err();
    assert_eq!((bad.error.clone(), bad.answer()), (ParseError::StartLine, None));
}

// 3.2 Transaction layer, 3.3 application layer, 3.4 backward compatibility: well-formed, handled above this layer.

/// A branch of the cookie alone names no transaction.
#[test]
fn badbranch_missing_transaction_identifier() {
    let request = request(&message("badbranch"));
    let via = request.headers.top_via().unwrap();
    assert_eq!((via.branch(), via.transaction()), (Some("z9hG4bK"), None));
}

#[test]
fn insuf_missing_required_header_fields() {
    refused(&message("insuf"), ParseError::Missing(Header::From), 400);
}

#[test]
fn unkscm_unknown_request_uri_scheme() {
    let request = request(&message("unkscm"));
    assert_eq!(request.uri.scheme(), Scheme::Other);
    assert_eq!(request.uri.as_str(), "neverHeardOfThisScheme:whateverthismeans");
}

#[test]
fn novelsc_known_but_atypical_request_uri_scheme() {
    assert_eq!(request(&message("novelsc")).uri.as_str(), "soap.beep://192.0.2.33:3012");
}

#[test]
fn unksm2_unknown_schemes_in_header_fields() {
    let request = request(&message("unksm2"));
    let scheme = |uri: sip::uri::Uri| uri.scheme();
    assert_eq!(request.headers.to().unwrap().uri().map(scheme), Ok(Scheme::Other));
    assert_eq!(request.headers.from().unwrap().uri().map(scheme), Ok(Scheme::Other));
    assert_eq!(request.headers.contact().unwrap().unwrap().uri().map(scheme), Ok(Scheme::Other));
}

#[test]
fn bext01_unknown_required_extensions() {
    let request = request(&message("bext01"));
    let unsupported: Vec<_> = request.headers.unsupported(&["100rel"]).collect();
    assert_eq!(unsupported, ["aWishNobodyGrants", "anotherSuchWish"]);
}

#[test]
fn invut_unknown_content_type() {
    let request = request(&message("invut"));
    assert!(request.headers.content_type().unwrap().is("application/unheardof"));
    assert!(!request.body.is_empty());
}

#[test]
fn regaut01_unknown_authorization_scheme() {
    let request = request(&message("regaut01"));
    assert!(request.headers.has(Header::Authorization));
    assert_eq!(request.headers.authorization(Header::Authorization), Ok(None));
}

#[test]
fn multi01_multiple_values_in_single_value_required_fields() {
    refused(&message("multi01"), ParseError::Duplicate(Header::CSeq), 400);
}

#[test]
fn mcl01_multiple_content_length_values() {
    refused(&message("mcl01"), ParseError::Duplicate(Header::ContentLength), 400);
}

/// More than one Via in a 200: dropped by whoever sees that the topmost is not its own.
#[test]
fn bcast_ok_response_with_broadcast_via() {
    let response = response(&message("bcast"));
    assert_eq!(response.headers.vias().count(), 2);
    assert_eq!(response.headers.vias().nth(1).unwrap().unwrap().host(), "255.255.255.255");
}

#[test]
fn zeromf_max_forwards_of_zero() {
    assert_eq!(request(&message("zeromf")).headers.max_forwards(), Ok(Some(0)));
}

#[test]
fn cparam01_register_with_a_contact_header_parameter() {
    let request = request(&message("cparam01"));
    let contact = request.headers.contact().unwrap().unwrap();
    assert_eq!(
        (contact.params().get("unheardof"), contact.uri_str()),
        (Some(""), "sip:+15550142@gw.example.net")
    );
}

#[test]
fn cparam02_register_with_a_url_parameter() {
    let request = request(&message("cparam02"));
    let contact = request.headers.contact().unwrap().unwrap();
    assert_eq!(contact.params().as_str(), "");
    assert!(contact.uri().unwrap().params().has("unheardof"));
}

#[test]
fn regescrt_register_with_a_url_escaped_header() {
    let request = request(&message("regescrt"));
    let contact = request.headers.contact().unwrap().unwrap().uri().unwrap();
    assert_eq!(contact.headers().collect::<Vec<_>>(), [("Route", "%3Csip:relay.example.org%3E")]);
}

#[test]
fn sdp01_unacceptable_accept_offering() {
    assert_eq!(request(&message("sdp01")).headers.get(Header::Accept), Some("text/nobodyWritesThis"));
}

#[test]
fn inv2543_invite_of_the_old_rfc() {
    let request = request(&message("inv2543"));
    assert_eq!((request.headers.from_tag(), request.headers.max_forwards()), (None, Ok(None)));
    assert_eq!(request.headers.top_via().unwrap().branch(), None);
    assert!(!request.body.is_empty(), "no Content-Length: the body fills the datagram");
}
