//! SUBSCRIBE and SUBSCRIBE_ACK.

use std::fmt;

use bytes::Bytes;
use prost::Message;

use super::index::{MEDIA_VIDEO, StreamDescriptor};
use super::video::VideoSubscription;

/// A client offers its media; again whenever they change.
#[derive(Clone, PartialEq, Message)]
#[prost(skip_debug)]
pub struct Subscribe {
    /// A [`Duplex`], of video only.
    #[prost(int32, optional, tag = "1")]
    pub duplex: Option<i32>,
    /// What it wants to send.
    #[prost(message, repeated, tag = "2")]
    pub send_streams: Vec<StreamDescriptor>,
    /// What it wants to receive, one per video section of the offer.
    #[prost(uint32, repeated, packed = "false", tag = "3")]
    pub receive_stream_ids: Vec<u32>,
    /// The offer.
    #[prost(string, optional, tag = "4")]
    pub sdp_offer: Option<String>,
    /// As the control plane gave it; empty for a session without audio.
    #[prost(string, optional, tag = "5")]
    pub audio_host: Option<String>,
    /// Not used.
    #[prost(bool, optional, tag = "6")]
    pub audio_checkin: Option<bool>,
    /// Whether the client is muted: no AUDIO_CONTROL says so of its first state.
    #[prost(bool, optional, tag = "7")]
    pub audio_muted: Option<bool>,
    /// The offer, compressed; never sent unless JOIN_ACK wants it.
    #[prost(bytes = "bytes", optional, tag = "8")]
    pub compressed_sdp_offer: Option<Bytes>,
    /// What it wants to receive, one per video.
    #[prost(message, repeated, tag = "9")]
    pub video_subscription_configuration: Vec<VideoSubscription>,
}

/// Which ways video goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i32)]
pub enum Duplex {
    /// The client receives.
    Receive = 1,
    /// The client sends.
    Send = 2,
    /// Both.
    Both = 3,
}

impl Subscribe {
    /// Whether the client wants to send video.
    pub fn sends_video(&self) -> bool {
        let sends = [Duplex::Send as i32, Duplex::Both as i32];
        self.duplex.is_some_and(|duplex| sends.contains(&duplex))
            && self.send_streams.iter().any(|stream| stream.media_type == Some(MEDIA_VIDEO))
    }
}

impl fmt::Debug for Subscribe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without the offer, which holds a password.
        f.debug_struct("Subscribe")
            .field("duplex", &self.duplex)
            .field("send_streams", &self.send_streams)
            .field("audio_muted", &self.audio_muted)
            .finish_non_exhaustive()
    }
}

/// The answer to an offer.
#[derive(Clone, PartialEq, Message)]
#[prost(skip_debug)]
pub struct SubscribeAck {
    /// A [`Duplex`], of video only.
    #[prost(int32, optional, tag = "1")]
    pub duplex: Option<i32>,
    /// Ids of what the client sends.
    #[prost(message, repeated, tag = "2")]
    pub allocations: Vec<Allocation>,
    /// The answer.
    #[prost(string, optional, tag = "3")]
    pub sdp_answer: Option<String>,
    /// Which track of the answer is which stream.
    #[prost(message, repeated, tag = "4")]
    pub tracks: Vec<Track>,
}

impl fmt::Debug for SubscribeAck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without the answer, which holds a password.
        f.debug_struct("SubscribeAck")
            .field("allocations", &self.allocations)
            .field("tracks", &self.tracks)
            .finish_non_exhaustive()
    }
}

/// The id of a stream that a client sends.
#[derive(Clone, PartialEq, Message)]
pub struct Allocation {
    /// The track in the offer.
    #[prost(string, optional, tag = "1")]
    pub track_label: Option<String>,
    /// The stream.
    #[prost(uint32, optional, tag = "2")]
    pub stream_id: Option<u32>,
    /// Its source.
    #[prost(uint32, optional, tag = "3")]
    pub group_id: Option<u32>,
}

/// The track of a stream that a client receives.
#[derive(Clone, PartialEq, Message)]
pub struct Track {
    /// The stream.
    #[prost(uint32, optional, tag = "1")]
    pub stream_id: Option<u32>,
    /// Its RTP source.
    #[prost(uint32, optional, tag = "2")]
    pub ssrc: Option<u32>,
    /// The media stream in the answer.
    #[prost(string, optional, tag = "3")]
    pub track_label: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_description_is_not_printed() {
        let subscribe = Subscribe { sdp_offer: Some("a=ice-pwd:secret".into()), ..Subscribe::default() };
        let ack = SubscribeAck { sdp_answer: Some("a=ice-pwd:secret".into()), ..SubscribeAck::default() };
        assert!(!format!("{subscribe:?}{ack:?}").contains("secret"));
    }

    #[test]
    fn a_camera_is_recognised() {
        let audio = StreamDescriptor { media_type: Some(1), ..StreamDescriptor::default() };
        let video = StreamDescriptor { media_type: Some(2), ..StreamDescriptor::default() };
        let subscribe = |duplex, streams: &[&StreamDescriptor]| Subscribe {
            duplex: Some(duplex),
            send_streams: streams.iter().map(|stream| (*stream).clone()).collect(),
            ..Subscribe::default()
        };
        assert!(!subscribe(1, &[&audio]).sends_video());
        assert!(subscribe(3, &[&audio, &video]).sends_video());
        assert!(!subscribe(3, &[&audio]).sends_video());
    }
}
