//! As much of S3 as the node uses: objects by path with entity tags, and a signature that is checked.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use api::http::RawRequest;
use api::sigv4::{Credentials, PathStyle, Payload, Signing, sign};
use base::{Civil, Timestamp};
use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

/// An object as it was put.
#[derive(Clone, Debug)]
pub(crate) struct Object {
    pub(crate) bytes: Bytes,
    pub(crate) headers: BTreeMap<String, String>,
    tag: String,
}

#[derive(Default)]
struct State {
    objects: BTreeMap<String, Object>,
    /// Status of each answer, in order.
    answered: Vec<u16>,
    /// Requests that are still to fail with 503.
    failures: usize,
    tags: usize,
}

/// The endpoint with the bucket `bucket`.
pub(crate) struct S3 {
    pub(crate) url: String,
    state: Arc<Mutex<State>>,
}

pub(crate) fn credentials(secret: &str) -> Credentials {
    Credentials { access_key: "AKID".into(), secret_key: secret.into(), session_token: None }
}

impl S3 {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(Mutex::new(State::default()));
        let shared = state.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let state = shared.clone();
                tokio::spawn(async move {
                    let service = service_fn(move |request| {
                        let state = state.clone();
                        async move { Ok::<_, std::convert::Infallible>(answer(request, &state).await) }
                    });
                    // A client that goes away is no failure of the endpoint.
                    hyper::server::conn::http1::Builder::new()
                        .serve_connection(TokioIo::new(stream), service)
                        .await
                        .ok();
                });
            }
        });
        Self { url, state }
    }

    /// Puts an object behind the node's back.
    pub(crate) fn put(&self, path: &str, bytes: impl Into<Bytes>) {
        let mut state = self.state.lock().unwrap();
        put(&mut state, path.to_owned(), bytes.into(), BTreeMap::new());
    }

    pub(crate) fn object(&self, path: &str) -> Option<Object> {
        self.state.lock().unwrap().objects.get(path).cloned()
    }

    pub(crate) fn fail_next(&self, requests: usize) {
        self.state.lock().unwrap().failures = requests;
    }

    pub(crate) fn answered(&self) -> Vec<u16> {
        self.state.lock().unwrap().answered.clone()
    }
}

fn put(state: &mut State, path: String, bytes: Bytes, headers: BTreeMap<String, String>) {
    state.tags += 1;
    let tag = format!("\"{}\"", state.tags);
    state.objects.insert(path, Object { bytes, headers, tag });
}

async fn answer(request: Request<Incoming>, state: &Mutex<State>) -> Response<Full<Bytes>> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    let mut state = state.lock().unwrap();
    let response = decide(&head, body, &mut state);
    state.answered.push(response.status().as_u16());
    response
}

/// Signs what was signed once more, at the time it was signed. `verify` is for services that encode paths twice.
fn is_signed(head: &http::request::Parts, path: &str, body: &[u8]) -> bool {
    let header =
        |name: &str| head.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let given = header("authorization");
    let names =
        given.split("SignedHeaders=").nth(1).and_then(|rest| rest.split(',').next()).unwrap_or_default();
    let headers: Vec<(&str, &[u8])> = names
        .split(';')
        .filter(|name| !matches!(*name, "x-amz-date" | "x-amz-content-sha256"))
        .map(|name| (name, header(name).as_bytes()))
        .collect();
    if !names.split(';').any(|name| name == "host") {
        return false;
    }
    let raw = RawRequest { method: head.method.as_str(), path, query: "", headers: &headers, body };
    let signing = Signing {
        credentials: &credentials("right"),
        region: "eu-west-1",
        service: "s3",
        path: PathStyle::AsSent,
        payload: Payload::Hashed,
    };
    let date = header("x-amz-date");
    let number = |range: std::ops::Range<usize>| date[range].parse::<u32>().unwrap();
    let at = Timestamp::from_civil(Civil {
        year: i64::from(number(0..4)),
        month: number(4..6),
        day: number(6..8),
        hour: number(9..11),
        minute: number(11..13),
        second: number(13..15),
        milli: 0,
    });
    let signed = sign(&raw, &signing, at.unwrap());
    let value = |name: &str| signed.iter().find(|(n, _)| *n == name).map(|(_, value)| value.as_str());
    value("authorization") == Some(given)
        && value("x-amz-content-sha256") == Some(header("x-amz-content-sha256"))
}

fn decide(head: &http::request::Parts, body: Bytes, state: &mut State) -> Response<Full<Bytes>> {
    let say = |status: StatusCode| {
        let mut response = Response::new(Full::new(Bytes::from_static(b"<Error/>")));
        *response.status_mut() = status;
        response
    };
    if state.failures > 0 {
        state.failures -= 1;
        return say(StatusCode::SERVICE_UNAVAILABLE);
    }
    let path = head.uri.path();
    if !is_signed(head, path, &body) {
        return say(StatusCode::FORBIDDEN);
    }
    if !path.starts_with("/bucket/") {
        return say(StatusCode::NOT_FOUND);
    }
    if head.method == http::Method::PUT {
        let headers = head
            .headers
            .iter()
            .map(|(name, value)| (name.to_string(), value.to_str().unwrap_or_default().to_owned()))
            .collect();
        put(state, path.to_owned(), body, headers);
        return say(StatusCode::OK);
    }
    let Some(object) = state.objects.get(path) else { return say(StatusCode::NOT_FOUND) };
    if head.headers.get("if-none-match").is_some_and(|tag| tag == object.tag.as_str()) {
        return say(StatusCode::NOT_MODIFIED);
    }
    let mut response = Response::new(Full::new(object.bytes.clone()));
    response.headers_mut().insert("etag", object.tag.parse().unwrap());
    response
}
