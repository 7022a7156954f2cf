//! The configuration file: one TOML file, overridden by environment variables, unknown keys fatal.
//!
//! [`KEYS`](keys::KEYS) is the one list of keys: it names the nearest one for a typing error, finds the environment
//! variable of a key and is what `docs/configuration.md` is checked against.

mod keys;
mod parse;

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use serde::Deserialize;

use crate::public_url::PublicUrl;

pub use keys::{KEYS, Key};
pub use parse::{ConfigError, load, parse};

/// A node's configuration.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Where the store, the journals and the spool live.
    pub data_dir: PathBuf,
    /// No `Answer` action, no `Pause` outside 100 ms to 30 s, only Polly's voices, languages and SSML.
    pub strict: bool,
    /// Who the node is in ARNs and events.
    pub account: Account,
    /// The HTTP listener.
    pub api: Api,
    /// SIP listeners.
    pub sip: Sip,
    /// RTP.
    pub media: Media,
    /// How long meetings live.
    pub meetings: Meetings,
    /// Where events of meetings go.
    pub events: Events,
    /// Buckets.
    pub objects: Objects,
    /// Text to speech.
    pub speech: Speech,
    /// Limits of a node and of a call.
    pub limits: Limits,
    /// Customer functions.
    pub function: Vec<Function>,
    /// Who signs the tokens of users.
    pub authorizer: Vec<Authorizer>,
    /// HTTP requests that functions answer.
    pub route: Vec<Route>,
    /// Folders served by HTTP.
    pub site: Vec<Site>,
    /// Ways to the PSTN.
    pub carrier: Vec<Carrier>,
    /// Objects of the AWS model that exist from the start.
    pub seed: Seed,
    /// Log lines.
    pub log: Log,
}

/// `[account]`
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Account {
    /// 12 digits.
    pub id: String,
    /// Region name used in ARNs and events.
    pub region: String,
}

/// `[api]`
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Api {
    /// Control plane, console, function Invoke, signalling of meetings.
    pub listen: SocketAddr,
    /// The same by TLS.
    pub tls: Option<Tls>,
    /// How browsers reach the node; the TLS listener, or else the plain one, where absent.
    pub public_url: Option<PublicUrl>,
    /// Accept any access key without checking the signature; only on a loopback address.
    pub any_key: bool,
    /// Access keys that may sign requests.
    pub key: Vec<ApiKey>,
    /// Largest request body in bytes.
    pub body_size: usize,
}

/// `[api.tls]`
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tls {
    /// HTTPS and `wss` listener.
    pub listen: SocketAddr,
    /// PEM file of the certificate chain.
    #[serde(default)]
    pub certificate: Option<PathBuf>,
    /// PEM file of its key.
    #[serde(default)]
    pub key: Option<PathBuf>,
    /// Make a certificate, which browsers warn of, instead of reading one.
    #[serde(default)]
    pub self_signed: bool,
}

/// `[[api.key]]`
#[derive(Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApiKey {
    /// Access key id.
    pub id: String,
    /// Secret access key.
    pub secret: String,
}

impl std::fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ApiKey").field("id", &self.id).finish_non_exhaustive()
    }
}

/// `[sip]`
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Sip {
    /// UDP listener.
    pub udp: Option<SocketAddr>,
    /// TCP listener.
    pub tcp: Option<SocketAddr>,
    /// The address peers reach us at (Via, Contact, SDP); the listener's own where absent.
    pub advertise: Option<IpAddr>,
    /// Domains under which connectors are addressed, beside `voiceconnector.chime.aws`.
    pub domains: Vec<String>,
    /// Name server to ask instead of the system's.
    pub nameserver: Option<SocketAddr>,
    /// Algorithms that connectors' users are asked for, in the order of the challenges.
    pub digest: Vec<DigestAlgorithm>,
    /// Keep SIP messages in the journals (for `show`).
    pub trace: bool,
}

/// One of `sip.digest`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum DigestAlgorithm {
    /// What all equipment knows.
    #[serde(rename = "MD5")]
    Md5,
    /// RFC 8760.
    #[serde(rename = "SHA-256")]
    Sha256,
}

/// `[media]`
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Media {
    /// RTP port range, `40000-59999`.
    pub ports: PortRange,
    /// Media threads; 0 means one per core.
    pub shards: usize,
    /// Address RTP sockets are bound to.
    pub bind: IpAddr,
    /// Where browsers' media arrives: one UDP port for each media thread, counting up from this one; port 0: any.
    pub webrtc: SocketAddr,
    /// The addresses browsers are told to send to, best first; none: what the machine would answer from.
    pub advertise: Vec<IpAddr>,
}

/// An inclusive range of ports, written `40000-59999`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct PortRange {
    /// First port.
    pub first: u16,
    /// Last port.
    pub last: u16,
}

impl TryFrom<String> for PortRange {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let parsed =
            text.split_once('-').and_then(|(a, b)| Some((a.trim().parse().ok()?, b.trim().parse().ok()?)));
        match parsed {
            Some((first, last)) if first >= 1024 && last > first => Ok(Self { first, last }),
            _ => Err(format!("{text:?} is no port range such as \"40000-59999\" (from 1024 up)")),
        }
    }
}

/// `[objects]`
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Objects {
    /// Folder whose sub-folders are the buckets.
    pub folder: Option<PathBuf>,
    /// S3-compatible endpoint, used instead of the folder; credentials come from the usual AWS variables.
    pub endpoint: Option<String>,
}

/// `[speech]`
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Speech {
    /// Bytes of synthesised speech kept for texts that come again.
    pub cache_size: usize,
}

/// `[limits]`
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Live calls; beyond it new ones get 503.
    pub calls: usize,
    /// Seconds one event may take in the function, its retry included.
    #[serde(deserialize_with = "parse::seconds")]
    pub function_timeout: Duration,
    /// Seconds an outbound call may ring.
    #[serde(deserialize_with = "parse::seconds")]
    pub dial_timeout: Duration,
    /// Seconds a call may last.
    #[serde(deserialize_with = "parse::seconds")]
    pub call_duration: Duration,
    /// Processes per function.
    pub function_processes: usize,
    /// Events that may be at functions at the same time, waiting ones included; beyond it new calls get 503.
    pub invocations: usize,
    /// Signalling connections of browsers.
    pub browsers: usize,
    /// Signalling connections of browsers from one address.
    pub browsers_per_address: usize,
    /// `CreateSipMediaApplicationCall` requests per second; 0 means no limit.
    pub create_call_rate: u32,
    /// `UpdateSipMediaApplicationCall` requests per second; 0 means no limit.
    pub update_call_rate: u32,
}

/// `[meetings]`
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Meetings {
    /// Seconds without any audio connection, from its creation on, after which a meeting ends.
    #[serde(deserialize_with = "parse::seconds")]
    pub no_audio: Duration,
    /// Seconds with fewer than two audio connections; 0: for ever.
    #[serde(deserialize_with = "parse::seconds")]
    pub alone: Duration,
    /// Seconds a meeting may last.
    #[serde(deserialize_with = "parse::seconds")]
    pub max_age: Duration,
}

/// `[events]`: what meetings tell, beside what their creators ask for.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Events {
    /// Where the topics are that meetings' creators name, instead of AWS.
    pub sns: Option<String>,
    /// Where the queues are that meetings' creators name, instead of AWS.
    pub sqs: Option<String>,
    /// Where events of all meetings go.
    pub sink: Vec<EventSink>,
}

/// `[[events.sink]]`
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventSink {
    /// What it is.
    pub kind: EventSinkKind,
    /// The file of a `file`.
    #[serde(default)]
    pub path: Option<PathBuf>,
    /// Where `http` posts to, or the endpoint of `eventbridge` instead of AWS's own.
    #[serde(default)]
    pub url: Option<String>,
    /// The bus of `eventbridge`.
    #[serde(default = "default_bus")]
    pub bus: String,
    /// What the events on a bus say they come from.
    #[serde(default = "default_source")]
    pub source: String,
}

fn default_bus() -> String {
    "default".into()
}

fn default_source() -> String {
    crate::events::SOURCE.into()
}

/// What a sink is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EventSinkKind {
    /// Lines of JSON.
    File,
    /// A POST for each event.
    Http,
    /// PutEvents.
    EventBridge,
}

/// `[[function]]`
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Function {
    /// Name, as in `arn:aws:lambda:<region>:<account>:function:<name>`.
    pub name: String,
    /// How it is run.
    pub runtime: Runtime,
    /// Folder of the code.
    #[serde(default)]
    pub code: Option<PathBuf>,
    /// `file.function`.
    #[serde(default)]
    pub handler: Option<String>,
    /// Environment of its processes.
    #[serde(default)]
    pub env: BTreeMap<String, String>,
    /// Interpreter to use instead of `python3` or `node` on the path.
    #[serde(default)]
    pub interpreter: Option<PathBuf>,
    /// Where the `http` runtime posts to, or the endpoint of the `aws` runtime.
    #[serde(default)]
    pub url: Option<String>,
    /// Key of the `http` runtime's signature.
    #[serde(default)]
    pub secret: Option<String>,
    /// ARN the `aws` runtime invokes, where it differs from the name.
    #[serde(default)]
    pub arn: Option<String>,
    /// Restart its processes when a file of `code` changes.
    #[serde(default)]
    pub reload: bool,
}

/// How a function is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Runtime {
    /// Python by our runtime client.
    #[serde(rename = "python3")]
    Python,
    /// Node by our runtime client.
    #[serde(rename = "node")]
    Node,
    /// An executable named `bootstrap` that speaks the Lambda Runtime API.
    #[serde(rename = "provided")]
    Provided,
    /// Lambda's Invoke API elsewhere.
    #[serde(rename = "aws")]
    Aws,
    /// A signed POST.
    #[serde(rename = "http")]
    Http,
}

/// `[[authorizer]]`
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authorizer {
    /// Name, for routes.
    pub name: String,
    /// `iss` of its tokens; its keys are found by its OpenID Connect discovery document.
    pub issuer: String,
    /// Where its keys are, instead.
    #[serde(default)]
    pub jwks: Option<String>,
    /// `aud` of its tokens, or `client_id` where they have none: one of these.
    pub audience: Vec<String>,
    /// `token_use` of its tokens, where they have it.
    #[serde(default = "id")]
    pub token_use: String,
}

fn id() -> String {
    "id".into()
}

/// `[[route]]`
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Route {
    /// Path with parameters: `/calls/{id}`, `/{proxy+}`.
    pub path: String,
    /// What stands before the path, for clients only.
    #[serde(default)]
    pub stage: Option<String>,
    /// Its method, or a list of them; any where absent.
    #[serde(default, deserialize_with = "parse::one_or_more")]
    pub method: Vec<String>,
    /// The function's name.
    pub function: String,
    /// The authorizer's name; none: anybody may use it.
    #[serde(default)]
    pub authorizer: Option<String>,
    /// Origins whose pages may use it, `*` for all. Where absent: all for a route with an authorizer, since other pages
    /// have no token; else none.
    #[serde(default)]
    pub cors: Option<Vec<String>>,
    /// Seconds the function may take.
    #[serde(default = "of_api_gateway", deserialize_with = "parse::seconds")]
    pub timeout: Duration,
}

fn of_api_gateway() -> Duration {
    Duration::from_secs(29)
}

/// `[[site]]`
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// Where it begins: `/`, `/phone`.
    #[serde(default = "root")]
    pub path: String,
    /// Its files.
    pub folder: PathBuf,
    /// Values of its `config.json`; none is made where absent.
    #[serde(default)]
    pub config: Option<toml::Table>,
    /// The file served for pages that are no file.
    #[serde(default)]
    pub fallback: Option<String>,
}

fn root() -> String {
    "/".into()
}

/// `[[carrier]]`
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Carrier {
    /// Name.
    pub name: String,
    /// Where its calls go: `sip:host[:port][;transport=tcp]`.
    pub uri: String,
    /// Prefixes of numbers it may be asked for; none: it is for incoming calls only.
    #[serde(default)]
    pub prefixes: Vec<String>,
    /// Addresses its calls come from (CIDR).
    #[serde(default)]
    pub sources: Vec<String>,
    /// Numbers that `SearchAvailablePhoneNumbers` offers.
    #[serde(default)]
    pub numbers: Vec<String>,
    /// Digest user.
    #[serde(default)]
    pub username: Option<String>,
    /// Digest password.
    #[serde(default)]
    pub password: Option<String>,
    /// Register to it with this address of record.
    #[serde(default)]
    pub register: Option<String>,
    /// Send P-Asserted-Identity.
    #[serde(default)]
    pub asserted_identity: bool,
    /// Host part of From towards it.
    #[serde(default)]
    pub from_host: Option<String>,
    /// Seconds between OPTIONS; 0: none.
    #[serde(default)]
    pub options_every: u32,
}

/// `[seed]`: made at start where it does not exist yet, by name.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Seed {
    /// Numbers in the inventory.
    pub numbers: Vec<String>,
    /// SIP media applications.
    pub application: Vec<SeedApplication>,
    /// SIP rules.
    pub rule: Vec<SeedRule>,
    /// Voice connectors.
    pub connector: Vec<SeedConnector>,
}

/// `[[seed.application]]`
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeedApplication {
    /// Name.
    pub name: String,
    /// A function's name or ARN.
    pub function: String,
    /// Region; the account's where absent.
    #[serde(default)]
    pub region: Option<String>,
    /// Fixed id, so that other configuration can name it.
    #[serde(default)]
    pub id: Option<String>,
}

/// `[[seed.rule]]`
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeedRule {
    /// Name.
    pub name: String,
    /// The called number that triggers it.
    #[serde(default)]
    pub number: Option<String>,
    /// The seeded connector whose host name triggers it.
    #[serde(default)]
    pub connector: Option<String>,
    /// Names of seeded applications, first priority first.
    pub applications: Vec<String>,
}

/// `[[seed.connector]]`
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeedConnector {
    /// Name.
    pub name: String,
    /// Fixed id of 22 characters `[a-z0-9]`.
    #[serde(default)]
    pub id: Option<String>,
    /// Origination routes, `host:port[/tcp]`, first priority first.
    #[serde(default)]
    pub routes: Vec<String>,
    /// Addresses its equipment calls from (CIDR).
    #[serde(default)]
    pub sources: Vec<String>,
    /// Numbers associated with it.
    #[serde(default)]
    pub numbers: Vec<String>,
}

/// `[log]`
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Log {
    /// A filter such as `info` or `switchhook=debug,sip=trace`.
    pub filter: String,
    /// `text` or `json`.
    pub format: LogFormat,
}

/// The form of log lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            data_dir: "./data".into(),
            strict: false,
            account: Account::default(),
            api: Api::default(),
            sip: Sip::default(),
            media: Media::default(),
            meetings: Meetings::default(),
            events: Events::default(),
            objects: Objects::default(),
            speech: Speech::default(),
            limits: Limits::default(),
            function: Vec::new(),
            authorizer: Vec::new(),
            route: Vec::new(),
            site: Vec::new(),
            carrier: Vec::new(),
            seed: Seed::default(),
            log: Log::default(),
        }
    }
}

impl Default for Account {
    fn default() -> Self {
        Self { id: "000000000000".into(), region: "us-east-1".into() }
    }
}

impl Default for Api {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            tls: None,
            public_url: None,
            any_key: false,
            key: Vec::new(),
            body_size: 6 << 20,
        }
    }
}

impl Default for Sip {
    fn default() -> Self {
        let any = SocketAddr::from(([0, 0, 0, 0], 5060));
        Self {
            udp: Some(any),
            tcp: Some(any),
            advertise: None,
            domains: Vec::new(),
            nameserver: None,
            digest: vec![DigestAlgorithm::Md5, DigestAlgorithm::Sha256],
            trace: true,
        }
    }
}

impl Default for Media {
    fn default() -> Self {
        Self {
            ports: PortRange { first: 40_000, last: 59_999 },
            shards: 0,
            bind: IpAddr::from([0, 0, 0, 0]),
            webrtc: SocketAddr::from(([0, 0, 0, 0], 3_478)),
            advertise: Vec::new(),
        }
    }
}

impl Default for Meetings {
    fn default() -> Self {
        let meet = meet::Config::default();
        Self { no_audio: meet.no_audio, alone: meet.alone.unwrap_or_default(), max_age: meet.max_age }
    }
}

impl Default for Speech {
    fn default() -> Self {
        Self { cache_size: 32 << 20 }
    }
}

impl Default for Limits {
    fn default() -> Self {
        let call = call::Limits::default();
        Self {
            calls: 10_000,
            function_timeout: call.function_timeout,
            dial_timeout: call.dial_timeout,
            call_duration: call.call_duration,
            function_processes: 16,
            invocations: 2_000,
            browsers: 4_000,
            browsers_per_address: 500,
            create_call_rate: 0,
            update_call_rate: 0,
        }
    }
}

impl Default for Log {
    fn default() -> Self {
        Self { filter: "info".into(), format: LogFormat::Text }
    }
}
