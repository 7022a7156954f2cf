//! Functions: customer code that answers an invocation, and the runners that execute it.
//!
//! [`Functions`] finds the function an ARN names and runs one attempt: it never retries, it never waits longer than
//! the attempt may take, and every end of an attempt is an outcome. Three runners: `process` (child processes
//! that speak the Lambda Runtime API), `http` (a signed POST) and `aws` (Lambda's Invoke API elsewhere). Who may invoke
//! and what the answer means is decided by others.

mod aws;
mod config;
mod http;
mod invoke_api;
mod process;

use std::collections::BTreeMap;
use std::hash::{BuildHasher, Hasher};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use api::lambda::FunctionRef;
use base::Rng;
use bytes::Bytes;
use call::FunctionError;
use tokio::sync::Semaphore;
use tokio::time::Instant;

use crate::egress::Egress;

pub use config::{Aws, FunctionConfig, Limits, Process, Runner, Runtime, Settings, endpoint_variables};

/// One attempt to invoke a function.
#[derive(Clone, Debug)]
pub struct Invocation {
    /// The function: name, partial or full ARN, with or without a qualifier.
    pub function: String,
    /// The event as JSON.
    pub payload: Bytes,
    /// How long the attempt may take.
    pub timeout: Duration,
    /// Equal for the attempts of one event: transaction and sequence.
    pub idempotency_key: Option<String>,
    /// Client context as JSON, for invocations by the Invoke API.
    pub client_context: Option<String>,
}

/// Why an attempt brought no response, with the function's own error document where there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The kind and a text for logs.
    pub error: FunctionError,
    /// `{"errorMessage", "errorType", "stackTrace"}` as the function gave it.
    pub document: Option<Bytes>,
}

impl From<FunctionError> for Failure {
    fn from(error: FunctionError) -> Self {
        Self { error, document: None }
    }
}

/// Why the functions of a node cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// The runtime clients cannot be written.
    #[error("cannot write the runtime clients to {path}: {source}")]
    RuntimeDir {
        /// Where.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// The code of a function is not where its configuration says.
    #[error("function {name}: no code at {path}: {source}")]
    Code {
        /// The function.
        name: String,
        /// Where it should be.
        path: String,
        /// Why not.
        source: std::io::Error,
    },
    /// The function to be invoked elsewhere cannot be named so.
    #[error("function {name}: {function:?} is no function name or ARN")]
    Name {
        /// The function.
        name: String,
        /// As configured.
        function: String,
    },
    /// The URL of a function is none.
    #[error("function {name}: {url:?} is no http or https URL")]
    Url {
        /// The function.
        name: String,
        /// As configured.
        url: String,
    },
}

/// All functions of a node. Dropping it ends every process it started.
#[derive(Debug)]
pub struct Functions {
    entries: BTreeMap<String, Entry>,
    settings: Arc<Settings>,
    ids: Mutex<Rng>,
    /// One permit per invocation that nobody waits for.
    background: Arc<Semaphore>,
}

#[derive(Debug)]
enum Entry {
    Process(process::Pool),
    Http(http::HttpRunner),
    Aws(aws::AwsRunner),
}

/// What a runner is given: an invocation with everything about it settled.
#[derive(Debug)]
pub(crate) struct Attempt {
    request_id: String,
    arn: String,
    payload: Bytes,
    deadline: Instant,
    idempotency_key: Option<String>,
    client_context: Option<String>,
}

impl Functions {
    /// Sets up the runners; starts nothing yet. Must be called on a tokio runtime.
    pub fn new(configs: Vec<FunctionConfig>, mut settings: Settings) -> Result<Self, SetupError> {
        settings.limits.processes = settings.limits.processes.max(2);
        let settings = Arc::new(settings);
        let egress = Arc::new(Egress::new());
        let mut entries = BTreeMap::new();
        for config in configs {
            let entry = match config.runner {
                Runner::Process(process) => {
                    Entry::Process(process::Pool::new(&config.name, process, settings.clone())?)
                }
                Runner::Http { url, secret } => {
                    let egress = egress.clone();
                    let limit = settings.limits.payload;
                    Entry::Http(http::HttpRunner::new(&config.name, &url, &secret, egress, limit)?)
                }
                Runner::Aws(aws) => Entry::Aws(aws::AwsRunner::new(
                    &config.name,
                    aws,
                    egress.clone(),
                    settings.limits.payload,
                )?),
            };
            entries.insert(config.name, entry);
        }
        let seed = std::collections::hash_map::RandomState::new().build_hasher().finish();
        let background = Arc::new(Semaphore::new(settings.limits.background));
        Ok(Self { entries, settings, ids: Mutex::new(Rng::new(seed)), background })
    }

    /// Starts one process of every function that runs as one, so that the first call meets a warm function.
    pub fn warm(&self) {
        for entry in self.entries.values() {
            match entry {
                Entry::Process(pool) => pool.warm(),
                Entry::Http(_) | Entry::Aws(_) => {}
            }
        }
    }

    /// True where `function` names a function of this node.
    pub fn knows(&self, function: &str) -> bool {
        self.entry(function).is_ok()
    }

    /// Runs one attempt; the response payload, or why there is none.
    pub async fn invoke(&self, invocation: Invocation) -> Result<String, FunctionError> {
        let response = self.invoke_raw(invocation).await.map_err(|failure| failure.error)?;
        String::from_utf8(response.into())
            .map_err(|_| FunctionError::Failed("the response is not UTF-8 text".into()))
    }

    /// As [`invoke`](Self::invoke), with the response as bytes and a function's error document kept.
    pub async fn invoke_raw(&self, invocation: Invocation) -> Result<Bytes, Failure> {
        let (mut function, entry) = self.entry(&invocation.function)?;
        if invocation.payload.len() > self.settings.limits.payload {
            return Err(FunctionError::Failed(format!(
                "the event has {} bytes, {} are allowed",
                invocation.payload.len(),
                self.settings.limits.payload
            ))
            .into());
        }
        function.region.get_or_insert_with(|| self.settings.region.clone());
        function.account.get_or_insert_with(|| self.settings.account.clone());
        let attempt = Attempt {
            request_id: self.request_id(),
            arn: function.to_string(),
            payload: invocation.payload,
            deadline: Instant::now() + invocation.timeout,
            idempotency_key: invocation.idempotency_key,
            client_context: invocation.client_context,
        };
        match entry {
            Entry::Process(pool) => pool.invoke(attempt).await,
            Entry::Http(runner) => runner.invoke(attempt).await,
            Entry::Aws(runner) => runner.invoke(attempt).await,
        }
    }

    fn entry(&self, function: &str) -> Result<(FunctionRef, &Entry), FunctionError> {
        let parsed: FunctionRef = function
            .parse()
            .map_err(|_| FunctionError::NotFound(format!("{function:?} names no function")))?;
        let entry = self
            .entries
            .get(&parsed.name)
            .ok_or_else(|| FunctionError::NotFound(format!("function {} is not configured", parsed.name)))?;
        Ok((parsed, entry))
    }

    fn request_id(&self) -> String {
        let bits = self.ids.lock().unwrap_or_else(PoisonError::into_inner).next_u128();
        uuid::Builder::from_random_bytes(bits.to_be_bytes()).into_uuid().to_string()
    }
}
