//! The signalling frames of the browser client: a type byte, then one protobuf `SdkSignalFrame` (proto2, so presence
//! has meaning and every field is optional here). Unknown fields, types and enum values are ignored.
//!
//! One file per family of frames; [`SignalFrame`] is the envelope, [`FromClient`] what a server must act upon.

mod audio;
mod data;
mod index;
mod join;
mod metric;
mod notification;
mod ping;
mod subscribe;
mod transcript;
mod video;

use base::Timestamp;
use bytes::{BufMut, Bytes, BytesMut};
use prost::Message;
use prost::encoding::{DecodeContext, WireType, decode_key, decode_varint, skip_field};

pub use audio::{
    AttendeeState, AudioControl, AudioMetadata, AudioStatus, AudioStreamIdInfo, StreamIdInfo, VOLUME_SILENT,
};
pub use data::{DataMessage, DataMessages};
pub use index::{Index, MEDIA_AUDIO, MEDIA_VIDEO, StreamDescriptor};
pub use join::{ClientDetails, Join, JoinAck, TurnCredentials};
pub use metric::{ClientMetric, Metric, MetricKind, StreamMetric};
pub use notification::{Level, Notification};
pub use ping::{PING, PONG, PingPong};
pub use subscribe::{Allocation, Duplex, Subscribe, SubscribeAck, Track};
pub use transcript::{
    Transcript, TranscriptAlternative, TranscriptEntity, TranscriptEvent, TranscriptEventBody,
    TranscriptFrame, TranscriptItem, TranscriptItemKind, TranscriptLanguage, TranscriptResult,
    TranscriptionStatus, TranscriptionStatusKind,
};
pub use video::{Bitrate, Bitrates, PauseResume, RemoteVideoUpdate, VideoSubscription};

/// The first byte of a frame, as both sides send it.
const TYPE: u8 = 0x05;
/// Another first byte that the client takes.
const TYPE_OLD: u8 = 0x02;

/// Declares the frame types: number, and how long such a frame may be when a client sends it (0: not read at all).
macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $number:literal, $limit:literal;)*) => {
        /// The type of a frame.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(i32)]
        pub enum FrameKind {
            $($(#[$doc])* $name = $number,)*
        }

        impl FrameKind {
            /// Every type.
            pub const ALL: &[FrameKind] = &[$(FrameKind::$name),*];

            fn of(number: i32) -> Option<Self> {
                match number {
                    $($number => Some(Self::$name),)*
                    _ => None,
                }
            }

            fn limit(self) -> usize {
                match self {
                    $(Self::$name => $limit,)*
                }
            }
        }
    };
}

kinds! {
    /// A client joins.
    Join = 1, 0x4000;
    /// And may.
    JoinAck = 2, 0;
    /// A client offers its media.
    Subscribe = 3, 0x10_0000;
    /// And has its answer.
    SubscribeAck = 4, 0;
    /// The video there is.
    Index = 5, 0;
    /// Video is paused.
    Pause = 7, 0;
    /// And resumed.
    Resume = 8, 0;
    /// A client leaves.
    Leave = 9, 0x400;
    /// And may.
    LeaveAck = 10, 0;
    /// How much video is sent.
    Bitrates = 13, 0;
    /// A client mutes itself.
    AudioControl = 16, 0x400;
    /// How loud attendees are.
    AudioMetadata = 17, 0;
    /// Who is present.
    AudioStreamIdInfo = 18, 0;
    /// A sign of life.
    PingPong = 19, 0x400;
    /// What became of the session.
    AudioStatus = 20, 0;
    /// What a client measures.
    ClientMetric = 21, 0x1_0000;
    /// A message between attendees.
    DataMessage = 22, 0x1_0000;
    /// A client wants other video.
    RemoteVideoUpdate = 24, 0;
    /// A client wants to join the primary meeting of a replica.
    PrimaryMeetingJoin = 25, 0x400;
    /// The answer to that.
    PrimaryMeetingJoinAck = 26, 0;
    /// A client leaves the primary meeting.
    PrimaryMeetingLeave = 27, 0x400;
    /// A line for the page's log.
    Notification = 34, 0;
    /// How long a client took to start.
    MeetingSessionTiming = 43, 0;
}

/// The envelope: which body is present says little, the type says which one counts.
#[derive(Clone, PartialEq, Message)]
pub struct SignalFrame {
    /// Milliseconds since the Unix epoch; required.
    #[prost(uint64, optional, tag = "1")]
    pub timestamp_ms: Option<u64>,
    /// A [`FrameKind`]; required.
    #[prost(int32, optional, tag = "2")]
    pub kind: Option<i32>,
    /// May ride on any frame of the server.
    #[prost(message, optional, tag = "3")]
    pub error: Option<ErrorFrame>,
    /// Body of JOIN.
    #[prost(message, optional, tag = "4")]
    pub join: Option<Join>,
    /// Body of JOIN_ACK; must be present.
    #[prost(message, optional, tag = "5")]
    pub joinack: Option<JoinAck>,
    /// Body of SUBSCRIBE.
    #[prost(message, optional, tag = "6")]
    pub sub: Option<Subscribe>,
    /// Body of SUBSCRIBE_ACK.
    #[prost(message, optional, tag = "7")]
    pub suback: Option<SubscribeAck>,
    /// Body of INDEX; must be present.
    #[prost(message, optional, tag = "8")]
    pub index: Option<Index>,
    /// Body of PAUSE and RESUME.
    #[prost(message, optional, tag = "10")]
    pub pause: Option<PauseResume>,
    /// Body of LEAVE.
    #[prost(message, optional, tag = "11")]
    pub leave: Option<Empty>,
    /// Body of LEAVE_ACK.
    #[prost(message, optional, tag = "12")]
    pub leave_ack: Option<Empty>,
    /// Body of BITRATES.
    #[prost(message, optional, tag = "14")]
    pub bitrates: Option<Bitrates>,
    /// Body of AUDIO_CONTROL.
    #[prost(message, optional, tag = "17")]
    pub audio_control: Option<AudioControl>,
    /// Body of AUDIO_METADATA.
    #[prost(message, optional, tag = "18")]
    pub audio_metadata: Option<AudioMetadata>,
    /// Body of AUDIO_STREAM_ID_INFO.
    #[prost(message, optional, tag = "19")]
    pub audio_stream_id_info: Option<AudioStreamIdInfo>,
    /// Body of PING_PONG.
    #[prost(message, optional, tag = "20")]
    pub ping_pong: Option<PingPong>,
    /// Body of AUDIO_STATUS.
    #[prost(message, optional, tag = "21")]
    pub audio_status: Option<AudioStatus>,
    /// Body of CLIENT_METRIC.
    #[prost(message, optional, tag = "22")]
    pub client_metric: Option<ClientMetric>,
    /// Body of DATA_MESSAGE.
    #[prost(message, optional, tag = "23")]
    pub data_message: Option<DataMessages>,
    /// Body of REMOTE_VIDEO_UPDATE.
    #[prost(message, optional, tag = "25")]
    pub remote_video_update: Option<RemoteVideoUpdate>,
    /// Body of PRIMARY_MEETING_JOIN_ACK.
    #[prost(message, optional, tag = "27")]
    pub primary_meeting_join_ack: Option<Empty>,
    /// Body of NOTIFICATION.
    #[prost(message, optional, tag = "35")]
    pub notification: Option<Notification>,
}

/// What went wrong, or [206](ErrorFrame::VIEW_ONLY): status codes much like those of HTTP.
#[derive(Clone, PartialEq, Message)]
pub struct ErrorFrame {
    /// The status; the client decides by it alone.
    #[prost(uint32, optional, tag = "1")]
    pub status: Option<u32>,
    /// For its log.
    #[prost(string, optional, tag = "2")]
    pub description: Option<String>,
}

impl ErrorFrame {
    /// A client's video is not wanted: its own picture goes away, the session goes on.
    pub const VIEW_ONLY: u32 = 206;
}

/// A body without fields.
#[derive(Clone, Copy, PartialEq, Message)]
pub struct Empty {}

impl SignalFrame {
    /// A frame of this type, no body yet.
    pub fn new(now: Timestamp, kind: FrameKind) -> Self {
        Self { timestamp_ms: Some(now.as_millis()), kind: Some(kind as i32), ..Self::default() }
    }

    /// Its type; none when it is not known.
    pub fn frame_kind(&self) -> Option<FrameKind> {
        self.kind.and_then(FrameKind::of)
    }

    /// With this status; the client decides by it before it looks at the body.
    pub fn with_error(mut self, status: u32, description: impl Into<String>) -> Self {
        self.error = Some(ErrorFrame { status: Some(status), description: Some(description.into()) });
        self
    }

    /// As a binary message, type byte first.
    pub fn to_bytes(&self) -> Bytes {
        let mut bytes = BytesMut::with_capacity(1 + self.encoded_len());
        bytes.put_u8(TYPE);
        self.encode_raw(&mut bytes);
        bytes.freeze()
    }

    /// Reads a binary message of either side.
    ///
    /// # Errors
    /// [`Malformed`] when it is no frame or lacks what is required.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Malformed> {
        let frame = Self::decode(strip(bytes)?).map_err(|_| Malformed::NotProtobuf)?;
        if frame.timestamp_ms.is_none() || frame.kind.is_none() {
            return Err(Malformed::Incomplete);
        }
        Ok(frame)
    }
}

/// Why a message is no frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// It is empty, or its first byte is no type of ours.
    #[error("unknown type byte")]
    Type,
    /// It is longer than a frame of its type may be.
    #[error("too long")]
    TooLong,
    /// What follows is no protobuf message.
    #[error("not a protobuf message")]
    NotProtobuf,
    /// A required field or the body is missing.
    #[error("a required field is missing")]
    Incomplete,
}

/// A client's frame, as far as a server must act upon it.
#[derive(Clone, Debug, PartialEq)]
pub enum FromClient {
    /// JOIN.
    Join(Join),
    /// SUBSCRIBE.
    Subscribe(Subscribe),
    /// LEAVE.
    Leave,
    /// AUDIO_CONTROL.
    AudioControl(AudioControl),
    /// PING_PONG with a PING of this id.
    Ping(u32),
    /// PING_PONG with a PONG.
    Pong,
    /// CLIENT_METRIC.
    Metrics(ClientMetric),
    /// DATA_MESSAGE.
    Data(DataMessages),
    /// PRIMARY_MEETING_JOIN.
    PrimaryMeetingJoin,
    /// Nothing to be done: a type that is not known, or one without consequences.
    Ignored,
}

impl FromClient {
    /// Reads a client's message. What the server would ignore is not even decoded.
    ///
    /// # Errors
    /// [`Malformed`] when it is no frame, lacks what is required, or is longer than `max` or than its type may be.
    pub fn from_bytes(bytes: &[u8], max: usize) -> Result<Self, Malformed> {
        if bytes.len() > max {
            return Err(Malformed::TooLong);
        }
        let body = strip(bytes)?;
        let Some(kind) = FrameKind::of(peek(body)?) else { return Ok(Self::Ignored) };
        match kind.limit() {
            0 => return Ok(Self::Ignored),
            limit if bytes.len() > limit => return Err(Malformed::TooLong),
            _ => {}
        }
        let frame = SignalFrame::from_bytes(bytes)?;
        let missing = Malformed::Incomplete;
        Ok(match kind {
            FrameKind::Join => Self::Join(frame.join.ok_or(missing)?),
            FrameKind::Subscribe => Self::Subscribe(frame.sub.ok_or(missing)?),
            FrameKind::Leave => Self::Leave,
            FrameKind::AudioControl => Self::AudioControl(frame.audio_control.ok_or(missing)?),
            FrameKind::PingPong => match frame.ping_pong.ok_or(missing)? {
                PingPong { kind: Some(PING), ping_id: Some(id) } => Self::Ping(id),
                PingPong { kind: Some(PONG), ping_id: Some(_) } => Self::Pong,
                _ => return Err(missing),
            },
            FrameKind::ClientMetric => Self::Metrics(frame.client_metric.ok_or(missing)?),
            FrameKind::DataMessage => Self::Data(frame.data_message.ok_or(missing)?),
            FrameKind::PrimaryMeetingJoin => Self::PrimaryMeetingJoin,
            FrameKind::PrimaryMeetingLeave
            | FrameKind::Pause
            | FrameKind::Resume
            | FrameKind::RemoteVideoUpdate
            | FrameKind::MeetingSessionTiming => Self::Ignored,
            // The server's own.
            FrameKind::JoinAck
            | FrameKind::SubscribeAck
            | FrameKind::Index
            | FrameKind::LeaveAck
            | FrameKind::Bitrates
            | FrameKind::AudioMetadata
            | FrameKind::AudioStreamIdInfo
            | FrameKind::AudioStatus
            | FrameKind::PrimaryMeetingJoinAck
            | FrameKind::Notification => Self::Ignored,
        })
    }
}

fn strip(bytes: &[u8]) -> Result<&[u8], Malformed> {
    match bytes {
        [TYPE | TYPE_OLD, body @ ..] => Ok(body),
        _ => Err(Malformed::Type),
    }
}

/// The type of a frame, from its outermost fields alone.
fn peek(mut body: &[u8]) -> Result<i32, Malformed> {
    let mut kind = None;
    let mut timestamp = false;
    while !body.is_empty() {
        let (tag, wire) = decode_key(&mut body).map_err(|_| Malformed::NotProtobuf)?;
        match (tag, wire) {
            (1 | 2, WireType::Varint) => {
                let number = decode_varint(&mut body).map_err(|_| Malformed::NotProtobuf)?;
                match tag {
                    1 => timestamp = true,
                    _ => kind = Some(number as i32),
                }
            }
            _ => skip_field(wire, tag, &mut body, DecodeContext::default())
                .map_err(|_| Malformed::NotProtobuf)?,
        }
    }
    kind.filter(|_| timestamp).ok_or(Malformed::Incomplete)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_700_000_000_000);

    fn frame(kind: FrameKind) -> SignalFrame {
        SignalFrame::new(NOW, kind)
    }

    #[test]
    fn the_envelope_has_a_type_byte_and_both_required_fields() {
        let bytes = frame(FrameKind::LeaveAck).to_bytes();
        assert_eq!(bytes[..], [5, 0x08, 0x80, 0xd0, 0x95, 0xff, 0xbc, 0x31, 0x10, 10]);
    }

    #[test]
    fn numbers_are_those_of_the_protocol() {
        for kind in FrameKind::ALL {
            assert_eq!(FrameKind::of(*kind as i32), Some(*kind));
        }
        assert_eq!((FrameKind::of(0), FrameKind::of(6), FrameKind::of(44)), (None, None, None));
    }

    #[test]
    fn a_ping_is_read() {
        // As the client 3.32.0 sends it.
        let bytes = [5, 0x08, 0x80, 0xd0, 0x95, 0xff, 0xbc, 0x31, 0x10, 19, 0xa2, 0x01, 4, 8, 1, 16, 1];
        assert_eq!(FromClient::from_bytes(&bytes, 1_000), Ok(FromClient::Ping(1)));
    }

    #[test]
    fn what_is_no_frame_is_refused_with_a_reason() {
        let read = |bytes: &[u8]| FromClient::from_bytes(bytes, 100);
        assert_eq!(read(&[]), Err(Malformed::Type));
        assert_eq!(read(&[6, 0x08, 1, 0x10, 9]), Err(Malformed::Type));
        assert_eq!(read(&[5]), Err(Malformed::Incomplete));
        assert_eq!(read(&[5, 0x10, 9]), Err(Malformed::Incomplete), "without a timestamp");
        assert_eq!(read(&[5, 0x08, 1]), Err(Malformed::Incomplete), "without a type");
        assert_eq!(read(&[5, 0x08]), Err(Malformed::NotProtobuf));
        assert_eq!(read(&[5, 0x08, 1, 0x10, 19]), Err(Malformed::Incomplete), "without a body");
        assert_eq!(read(&[5; 101]), Err(Malformed::TooLong));
        assert_eq!(read(&[5, 0x08, 1, 0x10, 9]), Ok(FromClient::Leave));
        assert_eq!(read(&[2, 0x08, 1, 0x10, 9]), Ok(FromClient::Leave));
    }

    #[test]
    fn unknown_types_and_fields_are_ignored() {
        let read = |bytes: &[u8]| FromClient::from_bytes(bytes, 100);
        assert_eq!(read(&[5, 0x08, 1, 0x10, 99]), Ok(FromClient::Ignored));
        // A field of number 99, and a MEETING_SESSION_TIMING whose body is not looked at.
        assert_eq!(read(&[5, 0x08, 1, 0x10, 9, 0x9a, 0x06, 1, 7]), Ok(FromClient::Leave));
        assert_eq!(read(&[5, 0x08, 1, 0x10, 43, 0xe2, 0x02, 1, 7]), Ok(FromClient::Ignored));
    }

    #[test]
    fn each_type_has_its_own_limit() {
        let mut long = frame(FrameKind::Leave);
        long.leave = Some(Empty {});
        long.sub = Some(Subscribe { sdp_offer: Some("x".repeat(2_000)), ..Subscribe::default() });
        assert_eq!(FromClient::from_bytes(&long.to_bytes(), 10_000), Err(Malformed::TooLong));
        long.kind = Some(FrameKind::Subscribe as i32);
        assert!(matches!(FromClient::from_bytes(&long.to_bytes(), 10_000), Ok(FromClient::Subscribe(_))));
    }
}
