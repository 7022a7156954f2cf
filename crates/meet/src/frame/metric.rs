//! CLIENT_METRIC.

use prost::Message;

/// What a client measures, once a second.
#[derive(Clone, PartialEq, Message)]
pub struct ClientMetric {
    /// Of the whole session.
    #[prost(message, repeated, tag = "1")]
    pub global_metrics: Vec<Metric>,
    /// Of single video streams.
    #[prost(message, repeated, tag = "2")]
    pub stream_metric_frames: Vec<StreamMetric>,
}

/// One figure.
#[derive(Clone, Copy, PartialEq, Message)]
pub struct Metric {
    /// A [`MetricKind`], or one that is newer than this server.
    #[prost(int32, optional, tag = "1")]
    pub kind: Option<i32>,
    /// The figure.
    #[prost(double, optional, tag = "2")]
    pub value: Option<f64>,
}

/// Figures of one video stream.
#[derive(Clone, PartialEq, Message)]
pub struct StreamMetric {
    /// The stream.
    #[prost(uint32, optional, tag = "3")]
    pub stream_id: Option<u32>,
    /// Its source.
    #[prost(uint32, optional, tag = "4")]
    pub group_id: Option<u32>,
    /// The figures.
    #[prost(message, repeated, tag = "5")]
    pub metrics: Vec<Metric>,
}

/// The figures that a server has a use for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MetricKind {
    /// Round trip of connectivity checks, ms.
    StunRoundTrip,
    /// Jitter of what the client sends, ms.
    MicrophoneJitter,
    /// Lost of what the client sends, percent.
    MicrophoneLoss,
    /// Round trip of RTCP, ms.
    MicrophoneRoundTrip,
    /// Lost of what the client receives, percent.
    SpeakerLoss,
    /// Jitter of what the client receives, ms.
    SpeakerJitter,
    /// Length of the client's jitter buffer, ms.
    SpeakerJitterBuffer,
}

impl MetricKind {
    /// The number on the wire.
    pub fn number(self) -> i32 {
        match self {
            Self::StunRoundTrip => 7,
            Self::MicrophoneJitter => 9,
            Self::MicrophoneLoss => 11,
            Self::MicrophoneRoundTrip => 13,
            Self::SpeakerLoss => 15,
            Self::SpeakerJitter => 16,
            Self::SpeakerJitterBuffer => 20,
        }
    }
}

impl ClientMetric {
    /// A figure of the whole session, if it is there and a number.
    pub fn get(&self, kind: MetricKind) -> Option<f64> {
        let metric = self.global_metrics.iter().find(|metric| metric.kind == Some(kind.number()))?;
        metric.value.filter(|value| value.is_finite())
    }
}
