//! AUDIO_CONTROL, AUDIO_METADATA, AUDIO_STREAM_ID_INFO, AUDIO_STATUS.

use prost::Message;

/// A client mutes itself or lifts that.
#[derive(Clone, Copy, PartialEq, Message)]
pub struct AudioControl {
    /// Whether it is muted now.
    #[prost(bool, optional, tag = "1")]
    pub muted: Option<bool>,
}

/// How loud attendees are. If one entry has a volume, every attendee that is not listed is silent.
#[derive(Clone, PartialEq, Message)]
pub struct AudioMetadata {
    /// The audible ones, and those that fell silent.
    #[prost(message, repeated, tag = "1")]
    pub attendee_states: Vec<AttendeeState>,
}

/// A volume that no page shows.
pub const VOLUME_SILENT: u32 = 127;

/// How loud one attendee is, and how good its connection.
#[derive(Clone, Copy, PartialEq, Eq, Message)]
pub struct AttendeeState {
    /// Its stream.
    #[prost(uint32, optional, tag = "1")]
    pub audio_stream_id: Option<u32>,
    /// Attenuation in dB: 14 and less is loud, 42 and more is silence.
    #[prost(uint32, optional, tag = "2")]
    pub volume: Option<u32>,
    /// Whether it is muted; we say so in rosters only.
    #[prost(bool, optional, tag = "3")]
    pub muted: Option<bool>,
    /// 0 bad, 1 weak, 2 good.
    #[prost(uint32, optional, tag = "4")]
    pub signal_strength: Option<u32>,
}

/// Who is present; the first one after a SUBSCRIBE_ACK is the whole list, the others are changes.
#[derive(Clone, PartialEq, Message)]
pub struct AudioStreamIdInfo {
    /// The entries.
    #[prost(message, repeated, tag = "1")]
    pub streams: Vec<StreamIdInfo>,
}

/// One entry: with an attendee, it is present; with `muted`, that is its state; with neither, it left.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct StreamIdInfo {
    /// The stream: at least 1, growing, an attendee's latest counts.
    #[prost(uint32, optional, tag = "1")]
    pub audio_stream_id: Option<u32>,
    /// Whose it is.
    #[prost(string, optional, tag = "2")]
    pub attendee_id: Option<String>,
    /// Whether it is muted.
    #[prost(bool, optional, tag = "3")]
    pub muted: Option<bool>,
    /// The attendee's name given by its creator.
    #[prost(string, optional, tag = "4")]
    pub external_user_id: Option<String>,
    /// Whether the attendee that left was lost.
    #[prost(bool, optional, tag = "5")]
    pub dropped: Option<bool>,
}

/// What became of the session; everything but 2xx ends or restarts it.
#[derive(Clone, Copy, PartialEq, Message)]
pub struct AudioStatus {
    /// The status.
    #[prost(uint32, optional, tag = "1")]
    pub audio_status: Option<u32>,
}

impl AudioStatus {
    /// All is well.
    pub const OK: u32 = 200;
    /// The attendee joined from elsewhere; the client gives up.
    pub const JOINED_ELSEWHERE: u32 = 301;
    /// The meeting is over; the client gives up.
    pub const ENDED: u32 = 410;
    /// The attendee was deleted; the client gives up.
    pub const REMOVED: u32 = 411;
    /// Not one the client knows by name: it was disconnected and gives up.
    pub const DISCONNECTED: u32 = 429;
    /// The client reconnects at once.
    pub const UNAVAILABLE: u32 = 503;
}
