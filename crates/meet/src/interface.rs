//! The two vocabularies of this crate: what reaches it and what it wants of the world.

use base::{AttendeeId, MeetingId, Timestamp};
use bytes::Bytes;

use crate::event::MeetingEvent;
use crate::secret::Secret;

/// A browser's signalling connection; minted by the shell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnectionId(pub u64);

/// An audio end in a meeting, a browser's or a telephone's; minted here, never twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MemberId(pub u64);

/// A meeting as its creator ordered it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// Its id.
    pub id: MeetingId,
    /// Its name given by its creator.
    pub external_id: String,
    /// The region given by its creator.
    pub region: String,
    /// When it was created.
    pub created: Timestamp,
    /// Most attendees that may be in it at once.
    pub capacity: u32,
    /// Whether it allows video at all.
    pub video: bool,
}

/// An attendee as its creator ordered it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attendee {
    /// Its id.
    pub id: AttendeeId,
    /// Its name given by its creator.
    pub external_user_id: String,
    /// Its join token.
    pub token: Secret,
    /// What it may send and receive.
    pub capabilities: Capabilities,
}

/// What an attendee may do with one kind of media.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Capability {
    /// Both.
    #[default]
    SendReceive,
    /// Be heard or seen only.
    Send,
    /// Hear or see only.
    Receive,
    /// Neither.
    None,
}

impl Capability {
    /// Whether what it sends reaches others.
    pub fn sends(self) -> bool {
        matches!(self, Self::SendReceive | Self::Send)
    }

    /// Whether it gets what others send.
    pub fn receives(self) -> bool {
        matches!(self, Self::SendReceive | Self::Receive)
    }
}

/// What an attendee may send and receive; everything by default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Capabilities {
    /// Its voice.
    pub audio: Capability,
    /// Its camera.
    pub video: Capability,
    /// Its shared content.
    pub content: Capability,
}

/// A fact that reaches the meetings.
#[derive(Clone, Debug)]
pub enum Input<'a> {
    /// The store has a new meeting.
    MeetingCreated(Box<Meeting>),
    /// A meeting with its attendees, found in the store at start: nobody hears of it as if it were new.
    MeetingRestored {
        /// The meeting.
        meeting: Box<Meeting>,
        /// All its attendees.
        attendees: Vec<Attendee>,
    },
    /// The store has a new attendee.
    AttendeeAdded {
        /// Its meeting.
        meeting: MeetingId,
        /// The attendee.
        attendee: Box<Attendee>,
    },
    /// An attendee was deleted by the API.
    AttendeeDeleted {
        /// Its meeting.
        meeting: MeetingId,
        /// The attendee.
        attendee: AttendeeId,
    },
    /// A meeting was deleted by the API or by its lifetime.
    MeetingDeleted {
        /// The meeting.
        meeting: MeetingId,
    },
    /// The API changed what an attendee may do.
    CapabilitiesChanged {
        /// Its meeting.
        meeting: MeetingId,
        /// The attendee.
        attendee: AttendeeId,
        /// What it may do from now on.
        capabilities: Capabilities,
    },

    /// A browser opened a connection.
    Connected {
        /// The connection.
        connection: ConnectionId,
        /// The meeting in the address; none when there was none, or no id.
        path_meeting: Option<MeetingId>,
        /// The second subprotocol as it was offered, `#content` still on it.
        token: Secret,
    },
    /// A binary message arrived on a connection.
    Frame {
        /// The connection.
        connection: ConnectionId,
        /// The message, type byte included.
        bytes: &'a [u8],
    },
    /// A connection is gone, whoever ended it.
    Disconnected {
        /// The connection.
        connection: ConnectionId,
    },

    /// A member's offer has its answer; answers come in the order of the offers.
    Answer {
        /// The browser's member.
        member: MemberId,
        /// The session description, or why the offer was refused.
        outcome: Result<Secret, String>,
    },
    /// A browser's audio is connected.
    MemberConnected {
        /// The browser's member.
        member: MemberId,
    },
    /// A browser's audio is lost.
    MemberLost {
        /// The browser's member.
        member: MemberId,
    },
    /// Who is audible in a meeting: every 200 ms while somebody is, then once with nobody.
    Levels {
        /// The meeting.
        meeting: MeetingId,
        /// Audible members with their level in -dBov (RFC 6464), 0 the loudest, 127 the quietest.
        levels: &'a [(MemberId, u8)],
    },

    /// The leg of an admitted telephone is connected to its meeting.
    PhoneJoined {
        /// The telephone's member.
        member: MemberId,
    },
    /// The leg of an admitted telephone is gone, whether it had joined or not.
    PhoneLeft {
        /// The telephone's member.
        member: MemberId,
    },

    /// The deadline has come.
    Woken,
}

/// What the meetings want of the world.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// Send a binary message.
    Send {
        /// To this connection.
        connection: ConnectionId,
        /// The message; connections that get the same share its bytes.
        frame: Bytes,
    },
    /// Close a connection; nothing is said of it afterwards.
    Close {
        /// The connection.
        connection: ConnectionId,
        /// The WebSocket close code.
        code: u16,
    },
    /// Make room for a browser's audio.
    OpenBrowser {
        /// Its member.
        member: MemberId,
        /// The meeting.
        meeting: MeetingId,
        /// Whether it starts muted.
        muted: bool,
    },
    /// Answer an offer.
    Offer {
        /// The browser's member.
        member: MemberId,
        /// The session description.
        sdp: Secret,
    },
    /// Drop what a member sends, or stop doing so.
    Mute {
        /// The member.
        member: MemberId,
        /// Whether to drop.
        on: bool,
    },
    /// Give a member silence, or stop doing so.
    Deafen {
        /// The member.
        member: MemberId,
        /// Whether to give silence.
        on: bool,
    },
    /// End a browser's audio at once: no packet, no answer to a connectivity check. Nothing is awaited.
    CloseMember {
        /// The browser's member.
        member: MemberId,
    },
    /// Hang up a telephone's leg. The member is forgotten here; nothing is awaited.
    HangUp {
        /// The telephone's member.
        member: MemberId,
        /// Why.
        why: HangUpWhy,
    },
    /// A meeting has outlived itself: delete it as the API would. Repeated every minute until it is deleted.
    MeetingIdle {
        /// The meeting.
        meeting: MeetingId,
        /// Why.
        why: IdleWhy,
    },
    /// Tell functions and event sinks.
    Notify(Box<MeetingEvent>),
}

/// Why a telephone is to be hung up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HangUpWhy {
    /// Its meeting is over.
    MeetingEnded,
    /// Its attendee was deleted.
    AttendeeDeleted,
    /// Its attendee joined from elsewhere.
    JoinedElsewhere,
}

/// Why a meeting is to be deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdleWhy {
    /// No audio connection for too long.
    NoAudio,
    /// Fewer than two audio connections for too long.
    Alone,
    /// Too old.
    TooOld,
}

/// A telephone's way into a meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admission {
    /// Its member.
    pub member: MemberId,
    /// The meeting.
    pub meeting: MeetingId,
    /// The attendee it joins as.
    pub attendee: AttendeeId,
}

/// Why a telephone is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAdmitted {
    /// No attendee has this token.
    #[error("unknown join token")]
    UnknownToken,
    /// The token is of another meeting than the one named.
    #[error("the join token is of another meeting")]
    WrongMeeting,
    /// The meeting has as many attendees as it may have.
    #[error("the meeting is full")]
    Full,
}
