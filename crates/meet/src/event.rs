//! What functions and event sinks hear of a meeting.

use base::{AttendeeId, MeetingId, Timestamp};

/// A change of a meeting's state, for functions and event sinks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetingEvent {
    /// When it happened.
    pub at: Timestamp,
    /// What happened.
    pub kind: MeetingEventKind,
    /// In which meeting.
    pub meeting: MeetingId,
    /// The meeting's name given by its creator.
    pub external_meeting_id: String,
    /// The region given by its creator.
    pub media_region: String,
    /// The attendee it is about; none for events of the meeting itself.
    pub who: Option<Who>,
}

/// An attendee in an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// The attendee.
    pub attendee: AttendeeId,
    /// Its name given by its creator.
    pub external_user_id: String,
}

/// What happened in a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MeetingEventKind {
    /// The meeting exists.
    MeetingStarted,
    /// The meeting is over.
    MeetingEnded,
    /// An attendee may join.
    AttendeeAdded,
    /// An attendee may not join any more.
    AttendeeDeleted,
    /// An attendee showed a valid token.
    AttendeeAuthorized,
    /// An attendee's audio is connected.
    AttendeeJoined,
    /// An attendee left.
    AttendeeLeft,
    /// An attendee was lost.
    AttendeeDropped,
}

impl MeetingEventKind {
    /// The event's name on the wire, such as `chime:MeetingStarted`.
    pub fn name(self) -> &'static str {
        match self {
            Self::MeetingStarted => "chime:MeetingStarted",
            Self::MeetingEnded => "chime:MeetingEnded",
            Self::AttendeeAdded => "chime:AttendeeAdded",
            Self::AttendeeDeleted => "chime:AttendeeDeleted",
            Self::AttendeeAuthorized => "chime:AttendeeAuthorized",
            Self::AttendeeJoined => "chime:AttendeeJoined",
            Self::AttendeeLeft => "chime:AttendeeLeft",
            Self::AttendeeDropped => "chime:AttendeeDropped",
        }
    }
}
