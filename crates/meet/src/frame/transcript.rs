//! Transcripts: not a frame of their own, but the data of a DATA_MESSAGE.

use base::Timestamp;
use bytes::Bytes;
use prost::{Message, Oneof};

use super::data::{DataMessage, DataMessages};
use super::{FrameKind, SignalFrame};

/// The data of a data message on transcription.
#[derive(Clone, PartialEq, Message)]
pub struct TranscriptFrame {
    /// What happened, in order.
    #[prost(message, repeated, tag = "1")]
    pub events: Vec<TranscriptEvent>,
}

impl TranscriptFrame {
    /// The topic that the client listens to.
    pub const TOPIC: &str = "aws:chime:transcription";

    /// As a data message, nobody's.
    pub fn to_message(&self, now: Timestamp) -> DataMessage {
        DataMessage {
            topic: Some(Self::TOPIC.to_owned()),
            data: Some(Bytes::from(self.encode_to_vec())),
            lifetime_ms: None,
            sender_attendee_id: Some(String::new()),
            ingest_time_ns: Some(now.as_micros() as i64 * 1_000),
            sender_external_user_id: Some(String::new()),
        }
    }

    /// As a whole frame.
    pub fn to_frame(&self, now: Timestamp) -> SignalFrame {
        let messages = vec![self.to_message(now)];
        SignalFrame {
            data_message: Some(DataMessages { messages }),
            ..SignalFrame::new(now, FrameKind::DataMessage)
        }
    }
}

/// One thing that happened.
#[derive(Clone, PartialEq, Message)]
pub struct TranscriptEvent {
    /// What.
    #[prost(oneof = "TranscriptEventBody", tags = "1, 2")]
    pub body: Option<TranscriptEventBody>,
}

/// Either the transcription changed or somebody spoke.
#[derive(Clone, PartialEq, Oneof)]
pub enum TranscriptEventBody {
    /// The transcription started, stopped, failed.
    #[prost(message, tag = "1")]
    Status(TranscriptionStatus),
    /// Somebody spoke.
    #[prost(message, tag = "2")]
    Transcript(Transcript),
}

/// A change of the transcription. Times are milliseconds since the Unix epoch.
#[derive(Clone, PartialEq, Message)]
pub struct TranscriptionStatus {
    /// A [`TranscriptionStatusKind`].
    #[prost(int32, optional, tag = "1")]
    pub kind: Option<i32>,
    /// When.
    #[prost(int64, optional, tag = "2")]
    pub event_time: Option<i64>,
    /// The engine's region.
    #[prost(string, optional, tag = "3")]
    pub transcription_region: Option<String>,
    /// What was ordered, as JSON.
    #[prost(string, optional, tag = "4")]
    pub transcription_configuration: Option<String>,
    /// Why it failed.
    #[prost(string, optional, tag = "5")]
    pub message: Option<String>,
}

/// What became of the transcription.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i32)]
pub enum TranscriptionStatusKind {
    /// It began.
    Started = 1,
    /// It is interrupted.
    Interrupted = 2,
    /// It goes on.
    Resumed = 3,
    /// It ended as ordered.
    Stopped = 4,
    /// It ended otherwise.
    Failed = 5,
}

/// What was spoken.
#[derive(Clone, PartialEq, Message)]
pub struct Transcript {
    /// One result per utterance.
    #[prost(message, repeated, tag = "1")]
    pub results: Vec<TranscriptResult>,
}

/// One utterance, complete or so far.
#[derive(Clone, PartialEq, Message)]
pub struct TranscriptResult {
    /// How it may be understood, the likeliest first.
    #[prost(message, repeated, tag = "1")]
    pub alternatives: Vec<TranscriptAlternative>,
    /// The channel.
    #[prost(string, optional, tag = "2")]
    pub channel_id: Option<String>,
    /// When it ended, ms.
    #[prost(int64, optional, tag = "3")]
    pub end_time: Option<i64>,
    /// Whether more is to come.
    #[prost(bool, optional, tag = "4")]
    pub is_partial: Option<bool>,
    /// Equal in all partial results of an utterance.
    #[prost(string, optional, tag = "5")]
    pub result_id: Option<String>,
    /// When it began, ms.
    #[prost(int64, optional, tag = "6")]
    pub start_time: Option<i64>,
    /// The language.
    #[prost(string, optional, tag = "7")]
    pub language_code: Option<String>,
    /// Languages it may be.
    #[prost(message, repeated, tag = "8")]
    pub language_identification: Vec<TranscriptLanguage>,
}

/// A language that was recognised.
#[derive(Clone, PartialEq, Message)]
pub struct TranscriptLanguage {
    /// The language.
    #[prost(string, optional, tag = "1")]
    pub language_code: Option<String>,
    /// How sure, up to 1.
    #[prost(double, optional, tag = "2")]
    pub score: Option<f64>,
}

/// How an utterance may be understood.
#[derive(Clone, PartialEq, Message)]
pub struct TranscriptAlternative {
    /// Word by word.
    #[prost(message, repeated, tag = "1")]
    pub items: Vec<TranscriptItem>,
    /// As one text.
    #[prost(string, optional, tag = "2")]
    pub transcript: Option<String>,
    /// Things it names.
    #[prost(message, repeated, tag = "3")]
    pub entities: Vec<TranscriptEntity>,
}

/// A word or a punctuation mark.
#[derive(Clone, PartialEq, Message)]
pub struct TranscriptItem {
    /// The text.
    #[prost(string, optional, tag = "1")]
    pub content: Option<String>,
    /// When it ended, ms.
    #[prost(int64, optional, tag = "2")]
    pub end_time: Option<i64>,
    /// Who spoke it.
    #[prost(string, optional, tag = "3")]
    pub speaker_attendee_id: Option<String>,
    /// The speaker's name given by its creator.
    #[prost(string, optional, tag = "4")]
    pub speaker_external_user_id: Option<String>,
    /// When it began, ms.
    #[prost(int64, optional, tag = "5")]
    pub start_time: Option<i64>,
    /// A [`TranscriptItemKind`].
    #[prost(int32, optional, tag = "6")]
    pub kind: Option<i32>,
    /// Whether a filter matched it.
    #[prost(bool, optional, tag = "7")]
    pub vocabulary_filter_match: Option<bool>,
    /// How sure, up to 1.
    #[prost(double, optional, tag = "8")]
    pub confidence: Option<f64>,
    /// Whether it will not change any more.
    #[prost(bool, optional, tag = "9")]
    pub stable: Option<bool>,
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i32)]
pub enum TranscriptItemKind {
    /// A word.
    Pronunciation = 1,
    /// A punctuation mark.
    Punctuation = 2,
}

/// A thing that was named, such as a person's.
#[derive(Clone, PartialEq, Message)]
pub struct TranscriptEntity {
    /// Its category.
    #[prost(string, optional, tag = "1")]
    pub category: Option<String>,
    /// How sure, up to 1.
    #[prost(double, optional, tag = "2")]
    pub confidence: Option<f64>,
    /// The text.
    #[prost(string, optional, tag = "3")]
    pub content: Option<String>,
    /// When it ended, ms.
    #[prost(int64, optional, tag = "4")]
    pub end_time: Option<i64>,
    /// When it began, ms.
    #[prost(int64, optional, tag = "5")]
    pub start_time: Option<i64>,
    /// Its type within the category.
    #[prost(string, optional, tag = "6")]
    pub kind: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_transcript_travels_as_a_data_message() {
        let now = Timestamp::from_millis(1_700_000_000_000);
        let status = TranscriptionStatus {
            kind: Some(TranscriptionStatusKind::Started as i32),
            event_time: Some(now.as_millis() as i64),
            ..TranscriptionStatus::default()
        };
        let event = TranscriptEvent { body: Some(TranscriptEventBody::Status(status)) };
        let sent = TranscriptFrame { events: vec![event] };
        let frame = SignalFrame::from_bytes(&sent.to_frame(now).to_bytes()).unwrap();
        let message = &frame.data_message.unwrap().messages[0];
        assert_eq!(message.topic.as_deref(), Some("aws:chime:transcription"));
        assert_eq!(message.ingest_time_ns, Some(1_700_000_000_000_000_000));
        assert_eq!(TranscriptFrame::decode(message.data.clone().unwrap()), Ok(sent));
    }
}
