//! JOIN and JOIN_ACK.

use prost::Message;

/// A client joins.
#[derive(Clone, PartialEq, Message)]
pub struct Join {
    /// 2.
    #[prost(uint32, optional, tag = "1")]
    pub protocol_version: Option<u32>,
    /// How many videos it can show.
    #[prost(uint32, optional, tag = "2")]
    pub max_num_of_videos: Option<u32>,
    /// What it wants of INDEX.
    #[prost(uint32, optional, tag = "3")]
    pub flags: Option<u32>,
    /// What it is.
    #[prost(message, optional, tag = "4")]
    pub client_details: Option<ClientDetails>,
    /// Made once per session of the page and kept when it reconnects.
    #[prost(uint64, optional, tag = "6")]
    pub audio_session_id: Option<u64>,
    /// Whether it would compress session descriptions.
    #[prost(bool, optional, tag = "7")]
    pub wants_compressed_sdp: Option<bool>,
}

/// What a client is, in its own words.
#[derive(Clone, PartialEq, Message)]
pub struct ClientDetails {
    /// The application.
    #[prost(string, optional, tag = "1")]
    pub app_name: Option<String>,
    /// Its version.
    #[prost(string, optional, tag = "2")]
    pub app_version: Option<String>,
    /// The browser.
    #[prost(string, optional, tag = "5")]
    pub platform_name: Option<String>,
    /// Its version.
    #[prost(string, optional, tag = "6")]
    pub platform_version: Option<String>,
    /// The library.
    #[prost(string, optional, tag = "7")]
    pub client_source: Option<String>,
    /// Its version.
    #[prost(string, optional, tag = "8")]
    pub chime_sdk_version: Option<String>,
}

/// A client may join, unless an error rides on the frame. Must be present, even if empty.
#[derive(Clone, PartialEq, Message)]
pub struct JoinAck {
    /// Left out: with credentials the client sends everything through a relay.
    #[prost(message, optional, tag = "1")]
    pub turn_credentials: Option<TurnCredentials>,
    /// How many videos it may receive; 25 when left out.
    #[prost(uint32, optional, tag = "2")]
    pub video_subscription_limit: Option<u32>,
    /// Left out: we do not compress.
    #[prost(bool, optional, tag = "3")]
    pub wants_compressed_sdp: Option<bool>,
}

/// Access to a relay.
#[derive(Clone, PartialEq, Message)]
#[prost(skip_debug)]
pub struct TurnCredentials {
    /// The user.
    #[prost(string, optional, tag = "1")]
    pub username: Option<String>,
    /// The password.
    #[prost(string, optional, tag = "2")]
    pub password: Option<String>,
    /// Seconds until they expire.
    #[prost(uint32, optional, tag = "3")]
    pub ttl: Option<u32>,
    /// The relays.
    #[prost(string, repeated, tag = "4")]
    pub uris: Vec<String>,
}

impl std::fmt::Debug for TurnCredentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TurnCredentials").field("uris", &self.uris).finish_non_exhaustive()
    }
}
