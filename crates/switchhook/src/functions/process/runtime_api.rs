//! The Lambda Runtime API of one sandbox: HTTP on a loopback port, translated to [`Call`]s and back. Decides nothing.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Method, Request, Response, StatusCode};
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::Instant;

use crate::functions::Attempt;

const PREFIX: &str = "/2018-06-01/runtime/";
/// Connections of one child; official clients use one or two.
const CONNECTIONS: usize = 8;

/// What the child asks or tells.
#[derive(Debug)]
pub(super) enum Call {
    /// `invocation/next`: answered when there is an event.
    Next(oneshot::Sender<Attempt>),
    /// `invocation/{id}/response`.
    Response { id: String, body: Bytes, known: oneshot::Sender<bool> },
    /// `invocation/{id}/error`.
    Error { id: String, body: Bytes, known: oneshot::Sender<bool> },
    /// A response or error that is larger than allowed.
    TooLarge { id: String },
    /// `init/error`.
    InitError { body: Bytes },
}

/// A running server; dropping it closes the port and all connections.
#[derive(Debug)]
pub(super) struct RuntimeApi {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl RuntimeApi {
    /// Opens a port; requests arrive at `calls`.
    pub(super) async fn open(calls: mpsc::Sender<Call>, limit: usize) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let task = tokio::spawn(accept(listener, calls, limit));
        Ok(Self { address, task })
    }

    /// What `AWS_LAMBDA_RUNTIME_API` says.
    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for RuntimeApi {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn accept(listener: TcpListener, calls: mpsc::Sender<Call>, limit: usize) {
    let mut connections = JoinSet::new();
    loop {
        while connections.len() >= CONNECTIONS {
            connections.join_next().await;
        }
        let stream = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => stream,
                Err(error) => {
                    tracing::warn!(%error, "the runtime API cannot accept a connection");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
            Some(_) = connections.join_next() => continue,
        };
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "TCP_NODELAY");
        }
        let calls = calls.clone();
        connections.spawn(async move {
            let service = service_fn(move |request| {
                let calls = calls.clone();
                async move { Ok::<_, Infallible>(answer(request, calls, limit).await) }
            });
            let served = hyper::server::conn::http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await;
            if let Err(error) = served {
                tracing::trace!(%error, "a connection of the runtime API ended");
            }
        });
    }
}

async fn answer(
    request: Request<Incoming>,
    calls: mpsc::Sender<Call>,
    limit: usize,
) -> Response<Full<Bytes>> {
    let path = request.uri().path().strip_prefix(PREFIX).unwrap_or_default().to_owned();
    if request.method() == Method::GET && path == "invocation/next" {
        let (give, event) = oneshot::channel();
        if calls.send(Call::Next(give)).await.is_err() {
            return refusal(StatusCode::GONE, "the sandbox ends");
        }
        return match event.await {
            Ok(event) => deliver(event),
            Err(_) => refusal(StatusCode::GONE, "the sandbox ends"),
        };
    }
    let invocation = path.strip_prefix("invocation/").and_then(|rest| rest.split_once('/'));
    let known_path = path == "init/error" || matches!(invocation, Some((_, "response" | "error")));
    if request.method() != Method::POST || !known_path {
        return refusal(StatusCode::NOT_FOUND, "no such operation");
    }
    let body = match Limited::new(request.into_body(), limit).collect().await {
        Ok(body) => body.to_bytes(),
        Err(error) if error.is::<LengthLimitError>() => {
            if let Some((id, _)) = invocation {
                // An ended sandbox has nobody to tell.
                calls.send(Call::TooLarge { id: id.into() }).await.ok();
            }
            return refusal(StatusCode::PAYLOAD_TOO_LARGE, "the response is too large");
        }
        Err(_) => return refusal(StatusCode::BAD_REQUEST, "the body cannot be read"),
    };
    let (tell, known) = oneshot::channel();
    let call = match invocation {
        Some((id, "response")) => Call::Response { id: id.into(), body, known: tell },
        Some((id, _)) => Call::Error { id: id.into(), body, known: tell },
        None => {
            calls.send(Call::InitError { body }).await.ok();
            return status(StatusCode::ACCEPTED);
        }
    };
    if calls.send(call).await.is_err() {
        return refusal(StatusCode::GONE, "the sandbox ends");
    }
    match known.await {
        Ok(true) => status(StatusCode::ACCEPTED),
        Ok(false) => refusal(StatusCode::BAD_REQUEST, "no such invocation"),
        Err(_) => refusal(StatusCode::GONE, "the sandbox ends"),
    }
}

fn deliver(event: Attempt) -> Response<Full<Bytes>> {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let deadline = (now + event.deadline.saturating_duration_since(Instant::now())).as_millis().to_string();
    let mut response = Response::new(Full::new(event.payload));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    let mut put = |name: &'static str, value: &str| {
        // Only a client context from outside can hold what a header cannot; it is left out then.
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    put("lambda-runtime-aws-request-id", &event.request_id);
    put("lambda-runtime-deadline-ms", &deadline);
    put("lambda-runtime-invoked-function-arn", &event.arn);
    let trace = event.request_id.replace('-', "");
    put("lambda-runtime-trace-id", &format!("Root=1-{}-{};Sampled=0", &trace[..8], &trace[8..]));
    if let Some(context) = &event.client_context {
        put("lambda-runtime-client-context", context);
    }
    response
}

fn status(status: StatusCode) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from_static(b"{\"status\":\"OK\"}\n")));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

fn refusal(code: StatusCode, message: &str) -> Response<Full<Bytes>> {
    let body = format!("{{\"errorMessage\":\"{message}\",\"errorType\":\"InvalidRequest\"}}");
    let mut response = status(code);
    *response.body_mut() = Full::new(body.into());
    response
}
