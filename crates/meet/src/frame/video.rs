//! PAUSE, RESUME, BITRATES, REMOTE_VIDEO_UPDATE: read and written when there is video.

use prost::Message;

/// Video to be paused or resumed.
#[derive(Clone, PartialEq, Message)]
pub struct PauseResume {
    /// By the client: streams.
    #[prost(uint32, repeated, packed = "false", tag = "1")]
    pub stream_ids: Vec<u32>,
    /// By the server: sources.
    #[prost(uint32, repeated, packed = "false", tag = "2")]
    pub group_ids: Vec<u32>,
}

/// How much video is sent.
#[derive(Clone, PartialEq, Message)]
pub struct Bitrates {
    /// Per stream.
    #[prost(message, repeated, tag = "1")]
    pub bitrates: Vec<Bitrate>,
    /// What the server could send to this client, bits a second.
    #[prost(uint32, optional, tag = "2")]
    pub server_available_outgoing_bitrate: Option<u32>,
}

/// How much of one stream is sent.
#[derive(Clone, Copy, PartialEq, Message)]
pub struct Bitrate {
    /// The stream.
    #[prost(uint32, optional, tag = "1")]
    pub source_stream_id: Option<u32>,
    /// Bits a second on average.
    #[prost(uint32, optional, tag = "2")]
    pub avg_bitrate_bps: Option<u32>,
}

/// A client wants other video in the sections it has.
#[derive(Clone, PartialEq, Message)]
pub struct RemoteVideoUpdate {
    /// New or changed ones.
    #[prost(message, repeated, tag = "1")]
    pub added_or_updated_video_subscriptions: Vec<VideoSubscription>,
    /// Sections without video from now on.
    #[prost(string, repeated, tag = "2")]
    pub removed_video_subscription_mids: Vec<String>,
}

/// What a client wants to see in one section of its offer.
#[derive(Clone, PartialEq, Message)]
pub struct VideoSubscription {
    /// The section; required.
    #[prost(string, optional, tag = "1")]
    pub mid: Option<String>,
    /// Whose video.
    #[prost(string, optional, tag = "2")]
    pub attendee_id: Option<String>,
    /// The stream.
    #[prost(uint32, optional, tag = "3")]
    pub stream_id: Option<u32>,
    /// The lower, the more important.
    #[prost(uint32, optional, tag = "4")]
    pub priority: Option<u32>,
    /// Kilobits a second.
    #[prost(uint32, optional, tag = "5")]
    pub target_bitrate_kbps: Option<u32>,
    /// The source.
    #[prost(uint32, optional, tag = "6")]
    pub group_id: Option<u32>,
}
