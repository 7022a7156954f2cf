//! The sinks of the configuration: a file of JSON lines, a URL, an event bus.

use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use http::{Method, Request, Uri};
use http_body_util::Full;
use tokio::fs::{File, OpenOptions};
use tokio::io::AsyncWriteExt;
use tokio::time::Instant;

use super::{Message, PATIENCE, Settings, Undelivered, aws};
use crate::egress::Egress;

/// Largest answer of a receiver, in bytes; nobody reads more.
const ANSWER: usize = 64 << 10;

/// Where all events of all meetings go.
#[derive(Clone, Debug, PartialEq)]
pub enum SinkConfig {
    /// Appended to a file, a line of JSON each.
    File(PathBuf),
    /// Posted as JSON.
    Http(Uri),
    /// Put on an event bus.
    EventBridge {
        /// EventBridge's own endpoint where absent.
        endpoint: Option<Uri>,
        /// Name of the bus.
        bus: String,
        /// What the events say they come from: AWS keeps `aws.` to itself, others take it.
        source: String,
    },
}

impl SinkConfig {
    /// For logs.
    pub fn name(&self) -> String {
        match self {
            SinkConfig::File(path) => path.display().to_string(),
            SinkConfig::Http(url) => url.authority().map_or_else(String::new, |host| host.to_string()),
            SinkConfig::EventBridge { bus, .. } => format!("event bus {bus}"),
        }
    }
}

/// A sink at work.
pub struct Sink {
    config: SinkConfig,
    settings: Arc<Settings>,
    egress: Arc<Egress>,
    /// The file, once it is open.
    file: Option<File>,
}

impl Sink {
    pub(super) fn new(config: SinkConfig, settings: Arc<Settings>, egress: Arc<Egress>) -> Self {
        Self { config, settings, egress, file: None }
    }

    pub(super) async fn take(&mut self, message: &Message) -> Result<(), Undelivered> {
        match &self.config {
            SinkConfig::File(path) => {
                let path = path.clone();
                self.append(path, message).await
            }
            SinkConfig::Http(url) => self.post(url, message).await,
            SinkConfig::EventBridge { endpoint, bus, source } => {
                let at = aws::Bus { endpoint: endpoint.as_ref(), name: bus, source };
                aws::put_event(&self.settings, &self.egress, &at, message).await
            }
        }
    }

    /// Opened anew after a failure: the disk may have room again, or the folder be there.
    async fn append(&mut self, path: PathBuf, message: &Message) -> Result<(), Undelivered> {
        let line = [message.json.as_ref(), b"\n"].concat();
        let written = async {
            let mut file = match self.file.take() {
                Some(file) => file,
                None => OpenOptions::new().create(true).append(true).open(path).await?,
            };
            file.write_all(&line).await?;
            file.flush().await?;
            Ok::<File, std::io::Error>(file)
        };
        self.file = Some(written.await.map_err(|error| Undelivered::now(error.to_string()))?);
        Ok(())
    }

    async fn post(&self, url: &Uri, message: &Message) -> Result<(), Undelivered> {
        let request = Request::builder()
            .method(Method::POST)
            .uri(url)
            .header("content-type", "application/json")
            .header("idempotency-key", &message.id)
            .body(Full::<Bytes>::new(message.json.clone()))
            .map_err(|error| Undelivered::for_ever(error.to_string()))?;
        let answer = self.egress.send(request, Instant::now() + PATIENCE, ANSWER).await;
        let answer = answer.map_err(|error| Undelivered::now(error.to_string()))?;
        aws::judge(answer.status(), "")
    }
}
