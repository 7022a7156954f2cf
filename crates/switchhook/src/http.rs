//! The HTTP listener: control plane, Lambda's Invoke API, health and metrics. Moves bytes; `api` gives them meaning.

mod invoke;
mod websocket;

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use api::http::{RawRequest, RawResponse};
use api::{Error, Kind};
use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, oneshot};
use tokio_rustls::TlsAcceptor;

use crate::clock::Clock;
use crate::functions::Functions;
use crate::inbox::{Inbox, Message};
use crate::keys::Keys;

pub use websocket::WebSockets;

/// Connections at once; further ones wait in the listener's backlog.
const CONNECTIONS: usize = 2_048;
/// Under it are the paths of Lambda's Invoke API.
const INVOKE: &str = "/2015-03-31/functions/";
/// A request's headers must be there by then.
const HEADERS: Duration = Duration::from_secs(10);
/// A request's body must be there by then.
const BODY: Duration = Duration::from_secs(30);

/// What answers requests.
pub struct Server {
    /// To the node.
    pub inbox: Inbox,
    /// For the Invoke API.
    pub functions: Arc<Functions>,
    /// Browsers' signalling.
    pub websockets: Arc<WebSockets>,
    /// Who may sign.
    pub keys: Keys,
    /// For signatures.
    pub clock: Clock,
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
                    None => server.serve(stream, peer).await,
                    Some(tls) => match tokio::time::timeout(HEADERS, tls.accept(stream)).await {
                        Ok(Ok(stream)) => server.serve(stream, peer).await,
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
        peer: SocketAddr,
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
            tracing::debug!(%error, %peer, "an HTTP connection ended");
        }
    }

    async fn answer(&self, mut request: Request<Incoming>, peer: SocketAddr) -> Response<Full<Bytes>> {
        if websocket::is_path(request.uri().path()) {
            return self.websockets.answer(&mut request, peer);
        }
        match request.uri().path() {
            "/health" => return plain(StatusCode::OK, "ok\n"),
            "/metrics" if sees_metrics(peer) => {
                return plain(StatusCode::OK, crate::metrics::render(&self.inbox).await);
            }
            "/metrics" => return plain(StatusCode::FORBIDDEN, "from this machine only\n"),
            _ => {}
        }
        let request_id = format!(
            "{:016x}-{:08x}",
            self.clock.now().as_micros(),
            self.requests.fetch_add(1, Ordering::Relaxed)
        );
        let (parts, body) = request.into_parts();
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
        let limited = Limited::new(body, self.body_size);
        let body = match tokio::time::timeout(BODY, limited.collect()).await {
            Ok(Ok(body)) => body.to_bytes(),
            Ok(Err(error)) if error.is::<LengthLimitError>() => {
                return finish(self.too_large(raw.path, &request_id));
            }
            Ok(Err(_)) | Err(_) => {
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
