//! Functions elsewhere: the http and aws runners against a peer that answers as the test says.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A request as it came in.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) line: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Seen {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}

/// An HTTP server that gives one answer to everything.
pub(crate) struct Peer {
    pub(crate) url: String,
    pub(crate) connections: Arc<AtomicUsize>,
    seen: Arc<Mutex<Vec<Seen>>>,
}

/// What a [`Peer`] does with a request.
#[derive(Clone)]
pub(crate) enum Answer {
    /// Answers with status, extra header lines and body.
    Say(u16, &'static str, String),
    /// Never answers.
    Hang,
    /// Closes the connection.
    Close,
}

impl Peer {
    pub(crate) async fn answers(answer: Answer) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (connections, seen) = (Arc::new(AtomicUsize::new(0)), Arc::new(Mutex::new(Vec::new())));
        let peer = Self { url, connections: connections.clone(), seen: seen.clone() };
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                connections.fetch_add(1, Ordering::Relaxed);
                tokio::spawn(serve(stream, answer.clone(), seen.clone()));
            }
        });
        peer
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }
}

async fn serve(mut stream: TcpStream, answer: Answer, seen: Arc<Mutex<Vec<Seen>>>) {
    let mut buffer = Vec::new();
    loop {
        let request = loop {
            if let Some(request) = take(&mut buffer) {
                break request;
            }
            if stream.read_buf(&mut buffer).await.unwrap_or(0) == 0 {
                return;
            }
        };
        seen.lock().unwrap().push(request);
        match &answer {
            Answer::Say(status, headers, body) => {
                let text =
                    format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\n{headers}\r\n{body}", body.len());
                if stream.write_all(text.as_bytes()).await.is_err() {
                    return;
                }
            }
            Answer::Hang => tokio::time::sleep(Duration::from_secs(3600)).await,
            Answer::Close => return,
        }
    }
}

/// A complete request from the front of `buffer`.
fn take(buffer: &mut Vec<u8>) -> Option<Seen> {
    let text = String::from_utf8_lossy(buffer).into_owned();
    let (head, rest) = text.split_once("\r\n\r\n")?;
    let mut lines = head.split("\r\n");
    let line = lines.next()?.to_owned();
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let length =
        headers.iter().find(|(name, _)| name == "content-length").map_or(0, |(_, l)| l.parse().unwrap());
    if rest.len() < length {
        return None;
    }
    let body = rest[..length].to_owned();
    buffer.drain(..head.len() + 4 + length);
    Some(Seen { line, headers, body })
}

mod http {
    use call::FunctionError;
    use hmac::{Hmac, KeyInit, Mac};
    use switchhook::functions::{FunctionConfig, Functions, Limits, Runner, Settings};

    use super::*;
    use crate::world::event;

    fn functions(url: &str) -> Functions {
        let runner = Runner::Http { url: format!("{url}/hook?x=1"), secret: "s3cret".into() };
        let limits = Limits { payload: 1_000, ..Limits::default() };
        Functions::new(vec![FunctionConfig { name: "f".into(), runner }], settings(limits)).unwrap()
    }

    fn settings(limits: Limits) -> Settings {
        Settings {
            account: "111122223333".into(),
            region: "us-east-1".into(),
            runtime_dir: std::env::temp_dir(),
            variables: Vec::new(),
            limits,
        }
    }

    #[tokio::test]
    async fn a_signed_post_on_a_kept_connection() {
        let peer = Peer::answers(Answer::Say(200, "", r#"{"Actions":[]}"#.into())).await;
        let functions = functions(&peer.url);
        for _ in 0..3 {
            let mut invocation = event(r#"{"Sequence":7}"#);
            invocation.idempotency_key = Some("tx:7".into());
            assert_eq!(functions.invoke(invocation).await, Ok(r#"{"Actions":[]}"#.into()));
        }
        assert_eq!(peer.connections.load(Ordering::Relaxed), 1);
        let seen = peer.seen();
        assert_eq!(seen.len(), 3);
        let request = &seen[0];
        assert_eq!(request.line, "POST /hook?x=1 HTTP/1.1");
        assert_eq!(request.body, r#"{"Sequence":7}"#);
        assert_eq!(request.header("content-type"), Some("application/json"));
        assert_eq!(request.header("idempotency-key"), Some("tx:7"));
        let signature = request.header("switchhook-signature").unwrap();
        let (time, digest) = signature.strip_prefix("t=").unwrap().split_once(",v1=").unwrap();
        let digest: Vec<u8> =
            (0..32).map(|i| u8::from_str_radix(&digest[2 * i..2 * i + 2], 16).unwrap()).collect();
        let mut expected = Hmac::<sha2::Sha256>::new_from_slice(b"s3cret").unwrap();
        expected.update(format!("{time}.{}", request.body).as_bytes());
        expected.verify_slice(&digest).unwrap();
    }

    #[tokio::test]
    async fn refusals_are_told_apart() {
        for (status, expected) in [
            (404, FunctionError::NotFound("404 Not Found: why".into())),
            (403, FunctionError::AccessDenied("403 Forbidden: why".into())),
            (429, FunctionError::Throttled("429 Too Many Requests: why".into())),
            (500, FunctionError::Failed("500 Internal Server Error: why".into())),
            (502, FunctionError::Unreachable("502 Bad Gateway: why".into())),
            (301, FunctionError::Unreachable("301 Moved Permanently: why".into())),
        ] {
            let peer =
                Peer::answers(Answer::Say(status, "Location: http://127.0.0.1:1/\r\n", "why".into())).await;
            assert_eq!(functions(&peer.url).invoke(event("{}")).await, Err(expected));
        }
    }

    #[tokio::test]
    async fn peers_that_hang_close_or_flood_cost_their_attempt() {
        let hang = Peer::answers(Answer::Hang).await;
        let mut invocation = event("{}");
        invocation.timeout = Duration::from_millis(200);
        assert_eq!(functions(&hang.url).invoke(invocation).await, Err(FunctionError::TimedOut));

        let close = Peer::answers(Answer::Close).await;
        let error = functions(&close.url).invoke(event("{}")).await.unwrap_err();
        assert!(matches!(error, FunctionError::Unreachable(_)), "{error:?}");
        assert_eq!(close.seen().len(), 1, "one attempt is one request");

        let flood = Peer::answers(Answer::Say(200, "", "x".repeat(1_001))).await;
        let error = functions(&flood.url).invoke(event("{}")).await.unwrap_err();
        assert_eq!(error, FunctionError::Failed("the response has more than 1000 bytes".into()));

        let error = functions("http://127.0.0.1:1").invoke(event("{}")).await.unwrap_err();
        assert!(matches!(&error, FunctionError::Unreachable(text) if text.contains("refused")), "{error:?}");
    }
}
