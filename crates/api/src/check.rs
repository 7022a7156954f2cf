//! What must hold for every input, whoever sent it: called by fuzz targets, by the replay of their corpus and by seeded
//! mutation. A property that does not hold panics.

use base::Timestamp;

use crate::arn::Arn;
use crate::http::{self, RawRequest};
use crate::lambda::{self, FunctionRef};
use crate::page::Page;
use crate::sigv4::{Access, Caller, SKEW, verify};
use crate::{Kind, ids};

/// A request (head, blank line, body, lines ending in LF): understood or refused in a way the caller can act on.
pub fn request(bytes: &[u8]) {
    let blank = bytes.windows(2).position(|pair| pair == b"\n\n").unwrap_or(bytes.len());
    let (head, body) = (&bytes[..blank], bytes.get(blank + 2..).unwrap_or_default());
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines();
    let line = lines.next().unwrap_or_default();
    let line = line.strip_suffix(" HTTP/1.1").unwrap_or(line);
    let (method, target) = line.split_once(' ').unwrap_or((line, ""));
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let headers: Vec<(&str, &[u8])> = lines
        .map(|line| line.split_once(':').unwrap_or((line, "")))
        .map(|(name, value)| (name, value.trim().as_bytes()))
        .collect();
    let request = RawRequest { method, path, query, headers: &headers, body };
    control(&request);
    invoke(&request);
    signature(&request);
}

fn control(request: &RawRequest<'_>) {
    let outcome = http::parse(request, &Access::Anybody, Timestamp::default());
    let kind = outcome.as_ref().err().map(|error| error.kind);
    let expected = matches!(
        kind,
        None | Some(Kind::BadRequest | Kind::UnknownOperation | Kind::NotImplemented | Kind::PayloadTooLarge)
    );
    assert!(expected, "{outcome:?}");
    if let Err(error) = outcome {
        assert!(
            !error.message.starts_with("unreadable"),
            "the constraints let through what no type holds: {error}"
        );
        let rendered = http::render(&Err(error), "id");
        let body: serde_json::Value = serde_json::from_slice(&rendered.body).expect("a refusal is JSON");
        assert!(body["Code"].is_string() && body["Message"].is_string());
    }
}

fn invoke(request: &RawRequest<'_>) {
    match lambda::parse(request, &Access::Anybody, Timestamp::default()) {
        Ok(invocation) => {
            let text = invocation.function.to_string();
            assert_eq!(text.parse::<FunctionRef>().as_ref(), Ok(&invocation.function));
        }
        Err(refusal) => assert!(lambda::render(Err(refusal), "id").status >= 400),
    }
}

/// Nobody's secret is known here, so nobody is let in.
fn signature(request: &RawRequest<'_>) {
    for service in ["chime", "lambda"] {
        let strange =
            Access::Signed { service, secret_of: &|_| Some("a secret of nobody".into()), skew: SKEW };
        let now = Timestamp::parse_iso8601("2026-11-25T07:38:20Z").expect("a moment");
        let outcome: Result<Caller, _> = verify(request, &strange, now);
        assert!(outcome.is_err(), "{outcome:?}");
    }
}

/// Names and tokens: what is read prints to what is read again as the same.
pub fn names(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(arn) = text.parse::<Arn>() {
        assert_eq!(arn.to_string().parse(), Ok(arn));
    }
    if let Ok(function) = text.parse::<FunctionRef>() {
        assert_eq!(function.to_string().parse(), Ok(function));
    }
    if let Some(number) = ids::parse_phone_number_id(&text) {
        assert_eq!(ids::parse_phone_number_id(&ids::phone_number_id(&number)), Some(number));
    }
    if let Some(id) = ids::connector_of_host(&text, ids::CONNECTOR_DOMAIN) {
        let host = ids::outbound_host_name(&id, ids::CONNECTOR_DOMAIN);
        assert_eq!(ids::connector_of_host(&host, ids::CONNECTOR_DOMAIN), Some(id));
    }
    if let Some(at) = Timestamp::parse_iso8601(&text) {
        let milliseconds = Timestamp::from_millis(at.as_millis());
        assert_eq!(Timestamp::parse_iso8601(&at.iso8601()), Some(milliseconds));
    }
    let keys = [("a", 1), ("m", 2), ("z", 3)];
    if let Ok(page) = Page::new("Names", Some(1), Some(&text)) {
        let (items, next) = page.cut(keys);
        assert!(items.len() <= 1 && (next.is_none() || items.len() == 1));
    }
}

/// An answer to an Invoke: status and perhaps the kind of failure in the first line, the rest is the body. It ran, or why
/// it did not fits into a log.
pub fn lambda_answer(bytes: &[u8]) {
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let (head, body) = (String::from_utf8_lossy(&bytes[..end]), bytes.get(end + 1..).unwrap_or_default());
    let (status, failure) = match head.split_once(' ') {
        Some((status, failure)) => (status, Some(failure)),
        None => (&*head, None),
    };
    let status = status.parse().unwrap_or(0);
    let header = |name: &str| failure.filter(|_| name == "x-amz-function-error");
    match lambda::read_answer(status, header, body) {
        Ok(answer) => {
            let payload = match answer {
                lambda::Answer::Returned(payload) | lambda::Answer::Failed { payload, .. } => payload,
            };
            assert!((200..300).contains(&status) && payload == body);
        }
        Err(error) => {
            assert!(!(200..300).contains(&status));
            assert!(error.is_transient() == (status == 429 || (500..600).contains(&status)), "{error}");
            assert!(error.to_string().chars().count() < 320, "{error}");
        }
    }
}
