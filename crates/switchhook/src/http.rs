//! The HTTP listeners: control plane, Lambda's Invoke API, routes to functions, sites, signalling, health and metrics.
//! Moves bytes; `api` gives them meaning.
//!
//! A request with an AWS signature is the control plane's. Others are looked for among the routes, then the sites, and
//! are the control plane's too where neither has them, which refuses them in its own words.

mod authorizer;
mod client_events;
mod gateway;
mod invoke;
mod site;
mod websocket;

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use api::http::{RawRequest, RawResponse};
use api::{Error, Kind};
use bytes::Bytes;
use http::header::{ALLOW, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use http::request::Parts;
use http::{Method, Request, Response, StatusCode};
use http_body_util::{BodyExt, Either, Full, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, oneshot};
use tokio_rustls::TlsAcceptor;

use crate::clock::Clock;
use crate::events::Tally;
use crate::functions::Functions;
use crate::inbox::{Inbox, Message};
use crate::keys::Keys;
use crate::shard::Counters;

pub use authorizer::{Authorizer, Source, SourceError};
pub use client_events::ClientEvents;
pub use gateway::{Cors, Gateway, Pattern, Route};
use site::FileBody;
pub use site::{Site, Sites};
pub use websocket::WebSockets;

/// Connections at once; further ones wait in the listener's backlog.
const CONNECTIONS: usize = 2_048;
/// Under it are the paths of Lambda's Invoke API.
const INVOKE: &str = "/2015-03-31/functions/";
/// A request's headers must be there by then.
const HEADERS: Duration = Duration::from_secs(10);
/// A request's body must be there by then.
const BODY: Duration = Duration::from_secs(30);

/// What an answer has: bytes, or a file.
type Body = Either<Full<Bytes>, FileBody>;

/// Who asks.
#[derive(Clone, Copy, Debug)]
struct Peer {
    address: SocketAddr,
    /// By TLS.
    secure: bool,
}

/// Why there is no body.
enum BodyError {
    TooLarge,
    Broken,
}

/// What answers requests.
pub struct Server {
    /// To the node.
    pub inbox: Inbox,
    /// For the Invoke API.
    pub functions: Arc<Functions>,
    /// Functions behind paths.
    pub gateway: Gateway,
    /// Folders behind paths.
    pub sites: Sites,
    /// What browsers report.
    pub client_events: Arc<ClientEvents>,
    /// What the media threads count.
    pub media: Vec<Arc<Counters>>,
    /// Browsers' signalling.
    pub websockets: Arc<WebSockets>,
    /// Who may sign.
    pub keys: Keys,
    /// For signatures.
    pub clock: Clock,
    /// What came of meetings' events.
    pub events: Arc<Tally>,
    /// Largest body in bytes.
    pub body_size: usize,
    /// Numbers requests.
    pub requests: AtomicU64,
}

impl Server {
    /// Serves a bound listener for ever, by TLS where it has an acceptor.
    pub async fn run(self: Arc<Self>, listener: TcpListener, tls: Option<TlsAcceptor>) {
        let room = Arc::new(Semaphore::new(CONNECTIONS));
        loop {
            let Ok(permit) = room.clone().acquire_owned().await else { return };
            let (stream, peer) = match listener.accept().await {
                Ok(accepted) => accepted,
                Err(error) => {
                    tracing::warn!(%error, "an HTTP connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            };
            stream.set_nodelay(true).ok();
            let (server, tls) = (self.clone(), tls.clone());
            tokio::spawn(async move {
                match tls {
                    None => server.serve(stream, Peer { address: peer, secure: false }).await,
                    Some(tls) => match tokio::time::timeout(HEADERS, tls.accept(stream)).await {
                        Ok(Ok(stream)) => server.serve(stream, Peer { address: peer, secure: true }).await,
                        Ok(Err(error)) => tracing::debug!(%error, %peer, "a TLS hand-shake failed"),
                        Err(_) => tracing::debug!(%peer, "a TLS hand-shake took too long"),
                    },
                }
                drop(permit);
            });
        }
    }

    async fn serve(
        self: Arc<Self>,
        stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
        peer: Peer,
    ) {
        let service = service_fn(|request| {
            let server = self.clone();
            async move { Ok::<_, Infallible>(server.answer(request, peer).await) }
        });
        let served = hyper::server::conn::http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEADERS)
            .max_buf_size(64 << 10)
            // A client may close its sending side when it has said all.
            .half_close(true)
            .serve_connection(TokioIo::new(stream), service)
            // A WebSocket has its own limits and takes no room here.
            .with_upgrades()
            .await;
        if let Err(error) = served {
            tracing::debug!(%error, peer = %peer.address, "an HTTP connection ended");
        }
    }

    async fn answer(&self, mut request: Request<Incoming>, peer: Peer) -> Response<Body> {
        if websocket::is_path(request.uri().path()) {
            return self.websockets.answer(&mut request, peer.address).map(Either::Left);
        }
        let (head, body) = request.into_parts();
        let answer = match head.uri.path() {
            "/health" => plain(StatusCode::OK, "ok\n"),
            "/metrics" if sees_metrics(peer.address) => plain(
                StatusCode::OK,
                crate::metrics::render(&self.inbox, &self.client_events, &self.events, &self.media).await,
            ),
            "/metrics" => plain(StatusCode::FORBIDDEN, "from this machine only\n"),
            client_events::PATH => self.client_event(&head, body).await,
            path if path.starts_with(INVOKE) || is_signed(&head) => self.aws(&head, body, peer.address).await,
            path => match self.gateway.find(&head.method, path) {
                Some(gateway::Found::Route(route, parameters)) => {
                    self.route(route, parameters, &head, body, peer).await
                }
                Some(gateway::Found::Others(routes)) => self.gateway.answer_other(&routes, &head),
                None => match self.sites.answer(&head).await {
                    Some(answer) => return answer,
                    None => self.aws(&head, body, peer.address).await,
                },
            },
        };
        answer.map(Either::Left)
    }

    async fn route(
        &self,
        route: &Route,
        parameters: Vec<(String, String)>,
        head: &Parts,
        body: Incoming,
        peer: Peer,
    ) -> Response<Full<Bytes>> {
        // Strangers cost no memory.
        let claims = match self.gateway.admit(route, head).await {
            Ok(claims) => claims,
            Err(refused) => return *refused,
        };
        match whole(body, self.body_size).await {
            Ok(body) => {
                let request = (head, body.as_ref());
                self.gateway.answer((route, parameters), claims, request, peer, self.clock.now()).await
            }
            Err(BodyError::TooLarge) => {
                let (status, text) = (StatusCode::PAYLOAD_TOO_LARGE, "Request Too Long");
                self.gateway.refuse(route, &head.headers, status, text)
            }
            Err(BodyError::Broken) => {
                self.gateway.refuse(route, &head.headers, StatusCode::BAD_REQUEST, "Bad Request")
            }
        }
    }

    async fn client_event(&self, head: &Parts, body: Incoming) -> Response<Full<Bytes>> {
        match head.method {
            Method::OPTIONS => client_events::preflight(),
            // A page that goes away sends a beacon, which has no Authorization header: who reports is not asked.
            Method::POST => match whole(body, client_events::REPORT).await {
                Ok(report) => {
                    self.client_events.take(&report);
                    client_events::taken()
                }
                // No other status of a refusal keeps clients from sending it again.
                Err(BodyError::TooLarge) => client_events::open(plain(StatusCode::PAYLOAD_TOO_LARGE, "")),
                Err(BodyError::Broken) => client_events::open(plain(StatusCode::BAD_REQUEST, "")),
            },
            _ => {
                let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, "");
                response.headers_mut().insert(ALLOW, HeaderValue::from_static("OPTIONS, POST"));
                response
            }
        }
    }

    /// The control plane and the Invoke API.
    async fn aws(&self, parts: &Parts, body: Incoming, peer: SocketAddr) -> Response<Full<Bytes>> {
        let request_id = format!(
            "{:016x}-{:08x}",
            self.clock.now().as_micros(),
            self.requests.fetch_add(1, Ordering::Relaxed)
        );
        let headers: Vec<(&str, &[u8])> =
            parts.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes())).collect();
        let mut raw = RawRequest {
            method: parts.method.as_str(),
            path: parts.uri.path(),
            query: parts.uri.query().unwrap_or_default(),
            headers: &headers,
            body: &[],
        };
        // Strangers cost no memory.
        if let Some(refused) = self.screen(&raw, peer, &request_id) {
            return finish(refused);
        }
        let body = match whole(body, self.body_size).await {
            Ok(body) => body,
            Err(BodyError::TooLarge) => return finish(self.too_large(raw.path, &request_id)),
            Err(BodyError::Broken) => {
                let error = Error::bad_request("The request body did not arrive whole.");
                return finish(api::http::render(&Err(error), &request_id));
            }
        };
        raw.body = &body;
        if raw.path.starts_with(INVOKE) {
            return finish(self.invoke(&raw, peer, &request_id).await);
        }
        let outcome = self.control(&raw, peer).await;
        if let Err(error) = &outcome
            && error.kind.status() >= 500
        {
            tracing::warn!(%error, method = raw.method, path = raw.path, "a request failed");
        }
        finish(api::http::render(&outcome, &request_id))
    }

    /// The refusal of a request whose head alone tells that nobody we know signed it.
    fn screen(&self, head: &RawRequest<'_>, peer: SocketAddr, request_id: &str) -> Option<RawResponse> {
        let now = self.clock.now();
        if head.path.starts_with(INVOKE) {
            let refusal = self.keys.screen("lambda", head, peer, now).err()?;
            return Some(api::lambda::render(Err(refusal.into()), request_id));
        }
        let refusal = self.keys.screen("chime", head, peer, now).err()?;
        Some(api::http::render(&Err(refusal.into()), request_id))
    }

    /// Each of the two services has a word of its own for it.
    fn too_large(&self, path: &str, request_id: &str) -> RawResponse {
        if path.starts_with(INVOKE) {
            return api::lambda::render(Err(api::lambda::Refusal::TooLarge(self.body_size)), request_id);
        }
        let text = format!("The request body is larger than {} bytes.", self.body_size);
        api::http::render(&Err(Error::new(Kind::PayloadTooLarge, text)), request_id)
    }

    async fn control(&self, raw: &RawRequest<'_>, peer: SocketAddr) -> Result<api::Response, Error> {
        self.keys.verify(raw, peer, self.clock.now())?;
        let request = api::parse(raw.method, raw.path, raw.query, raw.body)?;
        let (reply, answer) = oneshot::channel();
        if self.inbox.request(Message::Api(Box::new(request), reply)).is_err() {
            let mut error = Error::new(Kind::ServiceUnavailable, "Too many requests are waiting.");
            error.retry_after_s = Some(1);
            return Err(error);
        }
        answer.await.unwrap_or_else(|_| Err(Error::new(Kind::ServiceUnavailable, "The node is stopping.")))
    }
}

/// How busy a node is, is its operator's business; who asks need not sign, but must be on this machine.
fn sees_metrics(peer: SocketAddr) -> bool {
    peer.ip().to_canonical().is_loopback()
}

/// Whether a request names AWS's signature, in its headers or in its query.
fn is_signed(head: &Parts) -> bool {
    let header = head.headers.get(AUTHORIZATION).map(HeaderValue::as_bytes).unwrap_or_default();
    header.starts_with(b"AWS4-")
        || head
            .uri
            .query()
            .is_some_and(|query| query.split('&').any(|pair| pair.starts_with("X-Amz-Signature=")))
}

/// The whole body, of at most `limit` bytes.
async fn whole(body: Incoming, limit: usize) -> Result<Bytes, BodyError> {
    match tokio::time::timeout(BODY, Limited::new(body, limit).collect()).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(BodyError::TooLarge),
        Ok(Err(_)) | Err(_) => Err(BodyError::Broken),
    }
}

fn json(status: StatusCode, value: &serde_json::Value) -> Response<Full<Bytes>> {
    let mut response = plain(status, value.to_string());
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

fn plain(status: StatusCode, text: impl Into<Bytes>) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(text.into()));
    *response.status_mut() = status;
    response
}

fn finish(raw: RawResponse) -> Response<Full<Bytes>> {
    let mut response = Response::builder().status(raw.status);
    for (name, value) in raw.headers {
        response = response.header(name, value);
    }
    response.body(Full::new(raw.body.into())).unwrap_or_else(|error| {
        tracing::error!(%error, "an answer is no HTTP");
        plain(StatusCode::INTERNAL_SERVER_ERROR, "")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metrics_are_seen_from_this_machine_only() {
        for (peer, sees) in [
            ("127.0.0.1:4000", true),
            ("127.3.2.1:4000", true),
            ("[::1]:4000", true),
            ("[::ffff:127.0.0.1]:4000", true),
            ("10.0.0.1:4000", false),
            ("[::ffff:10.0.0.1]:4000", false),
            ("[2001:db8::1]:4000", false),
        ] {
            assert_eq!(sees_metrics(peer.parse().unwrap()), sees, "{peer}");
        }
    }
}
