//! The one client for HTTP requests that leave the node: to functions and to buckets the operator has configured.
//!
//! Connections are kept and send without delay; a request is one write. Redirects are never followed: a signature is
//! for one place. It goes wherever it is sent, since all places are the operator's: see `docs/decisions/0006` before one
//! comes from anywhere else.

mod signed;

use std::error::Error;
use std::sync::OnceLock;
use std::time::Duration;

use bytes::Bytes;
use http::uri::Scheme;
use http::{Request, Response};
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tokio::time::Instant;

pub(crate) use signed::Unsigned;

const CONNECT: Duration = Duration::from_secs(5);
const KEEP_IDLE: Duration = Duration::from_secs(60);

/// Why there is no response.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EgressError {
    /// Nobody answers there, or the connection broke.
    #[error("{0}")]
    Unreachable(String),
    /// The deadline came first.
    #[error("no response in time")]
    TimedOut,
    /// The response is larger than allowed.
    #[error("the response has more than {0} bytes")]
    TooLarge(usize),
}

type Secure = Client<HttpsConnector<HttpConnector>, Full<Bytes>>;

/// A client with its kept connections.
#[derive(Debug)]
pub(crate) struct Egress {
    plain: Client<HttpConnector, Full<Bytes>>,
    /// Made at the first `https` request: reading the system's certificates takes a while and some memory.
    secure: OnceLock<Result<Secure, String>>,
}

impl Egress {
    pub(crate) fn new() -> Self {
        Self { plain: builder().build(connector()), secure: OnceLock::new() }
    }

    /// Sends `request` and reads the whole response, of at most `limit` bytes.
    pub(crate) async fn send(
        &self,
        request: Request<Full<Bytes>>,
        deadline: Instant,
        limit: usize,
    ) -> Result<Response<Bytes>, EgressError> {
        let sending = if request.uri().scheme() == Some(&Scheme::HTTPS) {
            let secure = self.secure.get_or_init(secure).as_ref();
            secure.map_err(|text| EgressError::Unreachable(text.clone()))?.request(request)
        } else {
            self.plain.request(request)
        };
        let exchange = async {
            let response = sending.await.map_err(|error| EgressError::Unreachable(chain(&error)))?;
            let (head, body) = response.into_parts();
            let body = Limited::new(body, limit).collect().await.map_err(|error| {
                if error.is::<LengthLimitError>() {
                    EgressError::TooLarge(limit)
                } else {
                    EgressError::Unreachable(chain(&*error))
                }
            })?;
            Ok(Response::from_parts(head, body.to_bytes()))
        };
        tokio::time::timeout_at(deadline, exchange).await.unwrap_or(Err(EgressError::TimedOut))
    }
}

fn builder() -> hyper_util::client::legacy::Builder {
    let mut builder = Client::builder(TokioExecutor::new());
    builder.pool_timer(TokioTimer::new()).pool_idle_timeout(KEEP_IDLE);
    builder
}

fn connector() -> HttpConnector {
    let mut connector = HttpConnector::new();
    connector.enforce_http(false);
    connector.set_nodelay(true);
    connector.set_connect_timeout(Some(CONNECT));
    connector
}

fn secure() -> Result<Secure, String> {
    let connector = HttpsConnectorBuilder::new()
        .with_provider_and_native_roots(rustls::crypto::aws_lc_rs::default_provider())
        .map_err(|error| format!("no https: {error}"))?
        .https_or_http()
        .enable_http1()
        .wrap_connector(connector());
    Ok(builder().build(connector))
}

/// An error with its causes; hyper's own text alone says too little.
fn chain(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    text
}
