//! DATA_MESSAGE.

use bytes::Bytes;
use prost::Message;

/// Messages between attendees.
#[derive(Clone, PartialEq, Message)]
pub struct DataMessages {
    /// The messages, oldest first.
    #[prost(message, repeated, tag = "1")]
    pub messages: Vec<DataMessage>,
}

/// One message.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct DataMessage {
    /// What it is about; `aws:` at its beginning is the server's alone.
    #[prost(string, optional, tag = "1")]
    pub topic: Option<String>,
    /// The message itself.
    #[prost(bytes = "bytes", optional, tag = "2")]
    pub data: Option<Bytes>,
    /// How long it is kept for those who join later, in milliseconds.
    #[prost(uint32, optional, tag = "3")]
    pub lifetime_ms: Option<u32>,
    /// Who sent it; filled in by the server.
    #[prost(string, optional, tag = "4")]
    pub sender_attendee_id: Option<String>,
    /// When the server took it, in nanoseconds since the Unix epoch; 0: it did not.
    #[prost(int64, optional, tag = "5")]
    pub ingest_time_ns: Option<i64>,
    /// The sender's name given by its creator; filled in by the server.
    #[prost(string, optional, tag = "6")]
    pub sender_external_user_id: Option<String>,
}

impl DataMessage {
    /// Longest topic, in characters.
    pub const TOPIC_MAX: usize = 36;
    /// Longest message, in bytes.
    pub const DATA_MAX: usize = 2_048;

    /// Whether a client may send this: a topic of `[a-zA-Z0-9_-]{1,36}` and no more data than allowed.
    pub fn may_be_sent(&self) -> bool {
        let topic = self.topic.as_deref().unwrap_or_default();
        (1..=Self::TOPIC_MAX).contains(&topic.len())
            && topic.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
            && self.data.as_ref().map_or(0, Bytes::len) <= Self::DATA_MAX
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_and_sizes_are_checked_as_the_client_checks_them() {
        let message = |topic: &str, bytes: usize| DataMessage {
            topic: Some(topic.to_owned()),
            data: Some(vec![0; bytes].into()),
            ..DataMessage::default()
        };
        assert!(message("chat_1-B", 2_048).may_be_sent());
        assert!(message(&"t".repeat(36), 0).may_be_sent());
        assert!(!message(&"t".repeat(37), 0).may_be_sent());
        assert!(!message("chat", 2_049).may_be_sent());
        for topic in ["", "aws:chime:transcription", "chat room", "caf\u{e9}"] {
            assert!(!message(topic, 1).may_be_sent(), "{topic}");
        }
        assert!(!DataMessage::default().may_be_sent());
    }
}
