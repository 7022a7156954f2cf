use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use api::sigv4::Credentials;

/// One customer function.
#[derive(Clone, Debug, PartialEq)]
pub struct FunctionConfig {
    /// Name, as in `arn:aws:lambda:<region>:<account>:function:<name>`.
    pub name: String,
    /// How it is run.
    pub runner: Runner,
}

/// How a function is run.
#[derive(Clone, Debug, PartialEq)]
pub enum Runner {
    /// As child processes of the node.
    Process(Process),
    /// By a signed POST.
    Http {
        /// Where to.
        url: String,
        /// Key of the signature.
        secret: String,
    },
    /// By Lambda's Invoke API elsewhere.
    Aws(Aws),
}

/// What the process runner starts.
#[derive(Clone, Debug, PartialEq)]
pub struct Process {
    /// Which runtime client speaks for the code.
    pub runtime: Runtime,
    /// Folder of the code; for [`Runtime::Provided`] the executable itself is fine too.
    pub code: PathBuf,
    /// `file.function`; empty where a bootstrap needs none.
    pub handler: String,
    /// Variables of the function, stronger than all others.
    pub env: BTreeMap<String, String>,
    /// Interpreter instead of `python3` or `node` on the path.
    pub interpreter: Option<PathBuf>,
    /// Start fresh processes when a file of the code changes; old ones finish their event.
    pub reload: bool,
}

/// Who runs the handler inside the process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Runtime {
    /// Our Node client.
    Node,
    /// Our Python client.
    Python,
    /// An executable named `bootstrap` that speaks the Lambda Runtime API itself.
    Provided,
}

/// Where the aws runner sends its Invoke.
#[derive(Clone, Debug, PartialEq)]
pub struct Aws {
    /// Base URL; AWS's own endpoint of the region where absent.
    pub endpoint: Option<String>,
    /// Function name or ARN to invoke, where it differs from the configured name.
    pub function: Option<String>,
    /// Region of the signature.
    pub region: String,
    /// Key of the signature.
    pub credentials: Credentials,
}

/// What all functions of a node share.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Account id in ARNs.
    pub account: String,
    /// Region in ARNs and `AWS_REGION`.
    pub region: String,
    /// Folder of our own, into which the runtime clients are written.
    pub runtime_dir: PathBuf,
    /// Variables for every process: endpoint overrides ([`endpoint_variables`]) and whatever the operator adds.
    pub variables: Vec<(String, String)>,
    /// Limits.
    pub limits: Limits,
}

/// Limits of the runners.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Processes per function; at least 2, since a function may start a call that invokes it.
    pub processes: usize,
    /// Events that may wait for a process, per function; the next one is throttled.
    pub waiting: usize,
    /// Time a process may take from its start until it asks for its first event.
    pub start: Duration,
    /// Time after which an idle process goes, all but the last.
    pub idle: Duration,
    /// Time for an invocation by the Invoke API.
    pub invoke: Duration,
    /// Invocations by the Invoke API that run without anybody waiting.
    pub background: usize,
    /// Bytes of an event and of a response: 6 MiB.
    pub payload: usize,
    /// How long an event waits for a busy process before another one is started.
    pub patience: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            processes: 16,
            waiting: 1_000,
            start: Duration::from_secs(30),
            idle: Duration::from_secs(300),
            invoke: Duration::from_secs(20),
            background: 1_000,
            payload: api::lambda::PAYLOAD_MAX,
            patience: Duration::from_millis(20),
        }
    }
}

/// The variables that lead a function's unmodified AWS SDK to this node, whose API is at `url`.
pub fn endpoint_variables(url: &str) -> Vec<(String, String)> {
    ["CHIME_SDK_VOICE", "CHIME_SDK_MEETINGS", "CHIME", "LAMBDA"]
        .map(|service| (format!("AWS_ENDPOINT_URL_{service}"), url.to_string()))
        .into()
}
