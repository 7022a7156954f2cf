//! Functions elsewhere: the http and aws runners against a peer that answers as the test says.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use switchhook::functions::{Limits, Settings};
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

fn settings(limits: Limits) -> Settings {
    Settings {
        account: "111122223333".into(),
        region: "us-east-1".into(),
        runtime_dir: std::env::temp_dir(),
        variables: Vec::new(),
        limits,
    }
}

mod http {
    use call::FunctionError;
    use hmac::{Hmac, KeyInit, Mac};
    use switchhook::functions::{FunctionConfig, Functions, Runner};

    use super::*;
    use crate::world::event;

    fn functions(url: &str) -> Functions {
        let runner = Runner::Http { url: format!("{url}/hook?x=1"), secret: "s3cret".into() };
        let limits = Limits { payload: 1_000, ..Limits::default() };
        Functions::new(vec![FunctionConfig { name: "f".into(), runner }], settings(limits)).unwrap()
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

mod aws {
    use api::http::RawRequest;
    use api::sigv4::{Access, Credentials, verify};
    use call::FunctionError;
    use serde_json::{Value, json};
    use switchhook::functions::{Aws, Failure, FunctionConfig, Functions, Runner};

    use super::*;
    use crate::world::event;

    fn functions(url: &str) -> Functions {
        let credentials = Credentials {
            access_key: "AKID".into(),
            secret_key: "s3cret".into(),
            session_token: Some("token".into()),
        };
        let runner = Runner::Aws(Aws {
            endpoint: Some(url.into()),
            function: Some("arn:aws:lambda:eu-west-1:444455556666:function:far:live".into()),
            region: "eu-west-1".into(),
            credentials,
        });
        Functions::new(vec![FunctionConfig { name: "f".into(), runner }], settings(Limits::default()))
            .unwrap()
    }

    #[tokio::test]
    async fn an_invoke_signed_for_lambda() {
        let peer = Peer::answers(Answer::Say(200, "", r#"{"Actions":[]}"#.into())).await;
        let mut invocation = event(r#"{"Sequence":7}"#);
        invocation.client_context = Some(r#"{"custom":{}}"#.into());
        assert_eq!(functions(&peer.url).invoke(invocation).await, Ok(r#"{"Actions":[]}"#.into()));
        let request = &peer.seen()[0];
        let path = "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aeu-west-1%3A444455556666%3Afunction%3Afar/invocations";
        assert_eq!(request.line, format!("POST {path}?Qualifier=live HTTP/1.1"));
        assert_eq!(request.header("x-amz-invocation-type"), Some("RequestResponse"));
        assert_eq!(request.header("x-amz-security-token"), Some("token"));
        assert_eq!(request.header("x-amz-client-context"), Some("eyJjdXN0b20iOnt9fQ=="));
        let headers: Vec<(&str, &[u8])> =
            request.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes())).collect();
        let body = request.body.as_bytes();
        let raw = RawRequest { method: "POST", path, query: "Qualifier=live", headers: &headers, body };
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_micros();
        let secret_of = |key: &str| (key == "AKID").then(|| "s3cret".into());
        let access = Access::Signed { service: "lambda", secret_of: &secret_of, skew: api::sigv4::SKEW };
        verify(&raw, &access, base::Timestamp::from_micros(now as u64)).unwrap();
    }

    #[tokio::test]
    async fn a_function_error_keeps_its_document() {
        let document = r#"{"errorMessage":"no luck","errorType":"ValueError"}"#;
        let peer =
            Peer::answers(Answer::Say(200, "X-Amz-Function-Error: Unhandled\r\n", document.into())).await;
        assert_eq!(
            functions(&peer.url).invoke_raw(event("{}")).await,
            Err(Failure {
                error: FunctionError::Failed("ValueError: no luck".into()),
                document: Some(document.into())
            })
        );
    }

    #[tokio::test]
    async fn refusals_are_told_apart() {
        for (status, expected) in [
            (404, FunctionError::NotFound("the function is not known: why".into())),
            (403, FunctionError::AccessDenied("access denied: why".into())),
            (429, FunctionError::Throttled("the function is throttled: why".into())),
            (502, FunctionError::Unreachable("failed with 502: why".into())),
            (400, FunctionError::Unreachable("refused with 400: why".into())),
        ] {
            let body = json!({ "Message": "why", "Type": "User" }).to_string();
            let peer = Peer::answers(Answer::Say(status, "", body)).await;
            assert_eq!(functions(&peer.url).invoke(event("{}")).await, Err(expected));
        }
    }

    /// A Lambda emulator with a function of this name, for example `moto_server`.
    #[tokio::test]
    async fn an_emulator_is_invoked() {
        let (Ok(url), Ok(function)) =
            (std::env::var("TEST_LAMBDA_URL"), std::env::var("TEST_LAMBDA_FUNCTION"))
        else {
            eprintln!("SKIPPED: TEST_LAMBDA_URL and TEST_LAMBDA_FUNCTION name no emulator");
            return;
        };
        let credentials =
            Credentials { access_key: "test".into(), secret_key: "test".into(), session_token: None };
        let region = "us-east-1".into();
        let runner =
            Runner::Aws(Aws { endpoint: Some(url.clone()), function: Some(function), region, credentials });
        let configs = vec![FunctionConfig { name: "f".into(), runner }];
        let functions = Functions::new(configs, settings(Limits::default())).unwrap();
        let answer = functions.invoke(event(r#"{"a":1}"#)).await.unwrap();
        assert!(!answer.is_empty());
    }

    mod served {
        use api::lambda::{FunctionRef, Invocation, InvocationType, Outcome, Refusal};

        use super::*;

        fn invoke(name: &str, kind: InvocationType) -> Invocation<'static> {
            let function: FunctionRef = name.parse().unwrap();
            Invocation { function, kind, client_context: None, payload: b"{}" }
        }

        #[tokio::test]
        async fn invoke_is_served_by_every_runner() {
            use InvocationType::{DryRun, Event, RequestResponse};
            let peer = Peer::answers(Answer::Say(200, "", "[1]".into())).await;
            let functions = Arc::new(functions(&peer.url));
            let arn = "arn:aws:lambda:us-east-1:111122223333:function:f:$LATEST";
            let answer = functions.serve(invoke(arn, RequestResponse)).await;
            assert_eq!(answer, Ok(Outcome::Returned(b"[1]".to_vec())));
            assert_eq!(functions.serve(invoke("f", DryRun)).await, Ok(Outcome::Checked));
            assert_eq!(peer.seen().len(), 1, "a dry run runs nothing");
            assert_eq!(functions.serve(invoke("f", Event)).await, Ok(Outcome::Accepted));
            while peer.seen().len() < 2 {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            let unknown = functions.serve(invoke("nobody", Event)).await;
            assert_eq!(unknown, Err(Refusal::NotFound("nobody".into())));
            let mut wrong = invoke("f", RequestResponse);
            wrong.client_context = Some("no base64");
            assert!(matches!(functions.serve(wrong).await, Err(Refusal::InvalidParameter(_))));
        }

        #[tokio::test]
        async fn failures_of_the_function_are_outcomes() {
            let document = r#"{"errorMessage":"no luck"}"#;
            let peer =
                Peer::answers(Answer::Say(200, "X-Amz-Function-Error: Unhandled\r\n", document.into())).await;
            let served =
                Arc::new(functions(&peer.url)).serve(invoke("f", InvocationType::RequestResponse)).await;
            assert_eq!(served, Ok(Outcome::Failed(document.into())));
            let peer = Peer::answers(Answer::Hang).await;
            let credentials =
                Credentials { access_key: "a".into(), secret_key: "b".into(), session_token: None };
            let runner = Runner::Aws(Aws {
                endpoint: Some(peer.url.clone()),
                function: None,
                region: "r".into(),
                credentials,
            });
            let limits = Limits { invoke: Duration::from_millis(100), ..Limits::default() };
            let functions =
                Functions::new(vec![FunctionConfig { name: "f".into(), runner }], settings(limits)).unwrap();
            let served = Arc::new(functions).serve(invoke("f", InvocationType::RequestResponse)).await;
            let Ok(Outcome::Failed(document)) = served else { panic!("{served:?}") };
            let document: Value = serde_json::from_slice(&document).unwrap();
            assert_eq!(document["errorMessage"], "Task timed out after 0.10 seconds");
        }
    }
}
