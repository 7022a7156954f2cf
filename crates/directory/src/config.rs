//! What the operator configures: the account, the carriers, limits.

use std::fmt;
use std::time::Duration;

use crate::cidr::Cidr;
use crate::pool::NumberRange;

/// The directory's configuration.
#[derive(Clone, Debug)]
pub struct Config {
    /// Account id in ARNs and events, 12 digits.
    pub account: String,
    /// Region in the ARNs of resources that have none of their own.
    pub region: String,
    /// Domains under which connectors are addressed beside [`CONNECTOR_DOMAIN`](crate::CONNECTOR_DOMAIN).
    pub domains: Vec<String>,
    /// Ways to the PSTN, in order of preference among equal prefixes.
    pub carriers: Vec<Carrier>,
    /// Most resources of each kind; none by default.
    pub quotas: Quotas,
    /// `CreateSipMediaApplicationCall` requests per second; no limit where absent.
    pub create_call_rate: Option<u32>,
    /// `UpdateSipMediaApplicationCall` requests per second; no limit where absent.
    pub update_call_rate: Option<u32>,
    /// What browsers are told of meetings, and what meetings can do.
    pub meetings: MeetingsConfig,
    /// Writes under way or waiting; the next one is answered 503.
    pub pending_writes: usize,
    /// Seeds the ids this directory mints and the choice among weighted routes.
    pub seed: u64,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            account: "000000000000".to_owned(),
            region: "us-east-1".to_owned(),
            domains: Vec::new(),
            carriers: Vec::new(),
            quotas: Quotas::default(),
            create_call_rate: None,
            update_call_rate: None,
            meetings: MeetingsConfig::default(),
            pending_writes: 1_024,
            seed: 0,
        }
    }
}

/// Most resources of each kind; `None` is no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Quotas {
    /// SIP media applications.
    pub applications: Option<usize>,
    /// SIP rules.
    pub rules: Option<usize>,
    /// Voice connectors.
    pub connectors: Option<usize>,
    /// Voice connector groups.
    pub groups: Option<usize>,
    /// Telephone numbers, the deletion queue included.
    pub numbers: Option<usize>,
    /// Live meetings.
    pub meetings: Option<usize>,
}

/// What browsers are told of meetings, and what meetings can do.
#[derive(Clone, Debug)]
pub struct MeetingsConfig {
    /// Absolute, without a query; a slash and the meeting's id come behind it: `wss://host/control`.
    pub signaling_url: String,
    /// `AudioHostUrl`: never contacted, but without it browsers join without audio.
    pub audio_host: String,
    /// Where browsers report to; absent: they do not.
    pub event_ingestion_url: Option<String>,
    /// Whether something transcribes; without it `StartMeetingTranscription` is refused.
    pub transcription: bool,
}

impl Default for MeetingsConfig {
    fn default() -> Self {
        Self {
            signaling_url: "ws://127.0.0.1:8080/control".to_owned(),
            audio_host: "127.0.0.1:3478".to_owned(),
            event_ingestion_url: None,
            transcription: false,
        }
    }
}

/// A way to the PSTN.
#[derive(Clone, Debug, Default)]
pub struct Carrier {
    /// Its name, for logs, health and call records.
    pub name: String,
    /// Where its calls go: `sip:host[:port][;transport=tcp]`.
    pub uri: String,
    /// Prefixes of numbers it may be asked for (`+` means all); none: it is for incoming calls only.
    pub prefixes: Vec<String>,
    /// Addresses its calls come from.
    pub sources: Vec<Cidr>,
    /// Numbers that `SearchAvailablePhoneNumbers` offers and orders are served from.
    pub numbers: Vec<NumberRange>,
    /// Digest user and password for the calls we send it.
    pub credentials: Option<Credentials>,
    /// Register to it with this address of record.
    pub register: Option<String>,
    /// Send P-Asserted-Identity.
    pub asserted_identity: bool,
    /// Host part of From towards it; ours where absent.
    pub from_host: Option<String>,
    /// Send OPTIONS this often.
    pub options_every: Option<Duration>,
}

/// A digest user and password; printing leaves the password out.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// User.
    pub username: String,
    /// Password.
    pub password: String,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").field("username", &self.username).finish_non_exhaustive()
    }
}
