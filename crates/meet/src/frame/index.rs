//! INDEX, and the stream descriptors it shares with SUBSCRIBE.

use prost::Message;

/// An audio stream, in [`StreamDescriptor::media_type`].
pub const MEDIA_AUDIO: i32 = 1;
/// A video stream, in [`StreamDescriptor::media_type`].
pub const MEDIA_VIDEO: i32 = 2;

/// The video there is: empty while nobody sends any, yet the client waits for it.
#[derive(Clone, PartialEq, Message)]
pub struct Index {
    /// Whether no more video may be sent.
    #[prost(bool, optional, tag = "1")]
    pub at_capacity: Option<bool>,
    /// The streams.
    #[prost(message, repeated, tag = "2")]
    pub sources: Vec<StreamDescriptor>,
    /// Streams that their sender has paused.
    #[prost(uint32, repeated, packed = "false", tag = "3")]
    pub paused_at_source_ids: Vec<u32>,
    /// How many are in the meeting.
    #[prost(uint32, optional, tag = "4")]
    pub num_participants: Option<u32>,
    /// Video codecs that all receivers know.
    #[prost(int32, repeated, packed = "false", tag = "5")]
    pub supported_receive_codec_intersection: Vec<i32>,
}

/// A stream that somebody sends.
#[derive(Clone, PartialEq, Message)]
pub struct StreamDescriptor {
    /// The stream.
    #[prost(uint32, optional, tag = "1")]
    pub stream_id: Option<u32>,
    /// Frames a second.
    #[prost(uint32, optional, tag = "2")]
    pub framerate: Option<u32>,
    /// Kilobits a second at most.
    #[prost(uint32, optional, tag = "3")]
    pub max_bitrate_kbps: Option<u32>,
    /// The track in the session description.
    #[prost(string, optional, tag = "4")]
    pub track_label: Option<String>,
    /// The source of which this stream is one quality.
    #[prost(uint32, optional, tag = "6")]
    pub group_id: Option<u32>,
    /// Bits a second on average.
    #[prost(uint32, optional, tag = "7")]
    pub avg_bitrate_bps: Option<u32>,
    /// Whose it is.
    #[prost(string, optional, tag = "8")]
    pub attendee_id: Option<String>,
    /// [`MEDIA_AUDIO`] or [`MEDIA_VIDEO`].
    #[prost(int32, optional, tag = "9")]
    pub media_type: Option<i32>,
    /// The attendee's name given by its creator.
    #[prost(string, optional, tag = "10")]
    pub external_user_id: Option<String>,
    /// Of the picture.
    #[prost(uint32, optional, tag = "11")]
    pub width: Option<u32>,
    /// Of the picture.
    #[prost(uint32, optional, tag = "12")]
    pub height: Option<u32>,
}
