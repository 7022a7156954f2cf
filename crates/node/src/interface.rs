//! What goes into a [`Node`](crate::Node) and what comes out of it.

use std::sync::Arc;
use std::time::Duration;

use base::{AttendeeId, MeetingId, Timestamp, TransactionId};
use bytes::Bytes;
use call::{FunctionError, InvocationId, PlaybackError, StoreError, Target};
use directory::{Entropy, Ticket, WriteId};
use media::{Clip, PlaybackId, RecordingId};
use meet::Secret;
use serde::{Deserialize, Serialize};

use crate::{RelayRecord, RelaySetup};

/// What reaches the node.
#[derive(Debug)]
pub enum Input<'a> {
    /// Something for the SIP stack.
    Sip(sip::stack::Input<'a>),
    /// A verified, parsed control-plane request.
    Api {
        /// Names the request in its reply.
        ticket: Ticket,
        /// The request.
        request: Box<api::Request>,
        /// Fresh bytes of a cryptographic generator: join tokens are made of them. They stand in no journal.
        entropy: Entropy,
    },
    /// Something of a browser's WebSocket.
    Browser {
        /// The connection, numbered by the shell.
        connection: meet::ConnectionId,
        /// What.
        event: BrowserInput<'a>,
    },
    /// A runner finished.
    FunctionReturned {
        /// The call.
        transaction: TransactionId,
        /// The attempt.
        invocation: InvocationId,
        /// The payload or why there is none.
        outcome: Result<String, FunctionError>,
    },
    /// A shard reports.
    Media {
        /// Which shard.
        shard: usize,
        /// What.
        event: media::Event,
    },
    /// Answer to [`Output::LoadClip`].
    ClipLoaded {
        /// The playback it was asked for.
        playback: PlaybackId,
        /// The clip, decoded once and shared.
        outcome: Result<Arc<Clip>, PlaybackError>,
    },
    /// Part of the answer to [`Output::Speak`].
    Spoken {
        /// The playback it was asked for.
        playback: PlaybackId,
        /// The next samples (8 kHz mono), or why there are none.
        outcome: Result<Arc<[i16]>, PlaybackError>,
        /// Nothing comes after this.
        last: bool,
    },
    /// Answer to [`Output::StoreRecording`].
    RecordingStored {
        /// Which.
        recording: RecordingId,
        /// What came of it.
        outcome: Result<(), StoreError>,
    },
    /// The store has (or cannot take) a write.
    Stored {
        /// Which.
        write: WriteId,
        /// The error, for the log and the API's 500.
        outcome: Result<(), String>,
    },
    /// Whether the runners, or the disks of journals and store, have enough to do: while they have, new calls get 503.
    FunctionsFull(bool),
    /// Shut down: new calls get 503, live ones are ended by the engine.
    Stop,
    /// The deadline has come.
    Woken,
}

/// What a browser's connection brings.
#[derive(Debug)]
pub enum BrowserInput<'a> {
    /// It is up.
    Connected {
        /// The meeting that its path names.
        path_meeting: Option<MeetingId>,
        /// The token it brought, unchecked.
        token: Secret,
    },
    /// A binary message came.
    Frame(&'a [u8]),
    /// It is gone.
    Disconnected,
}

/// What is sent on a browser's connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BrowserOutput {
    /// A binary message.
    Frame(Bytes),
    /// The end, with its close code; behind all frames that were given before.
    Close(u16),
}

/// What the node wants of the shell.
#[derive(Debug)]
pub enum Output {
    /// Send, open, close or resolve for the SIP stack. Its events and traces never leave the node.
    Sip(sip::stack::Output),
    /// An order for a shard.
    Media {
        /// Which shard.
        shard: usize,
        /// The order.
        command: media::Command,
    },
    /// Run a function; after the journal lines given before it have been appended.
    Invoke {
        /// The call.
        transaction: TransactionId,
        /// The attempt.
        invocation: InvocationId,
        /// The function.
        target: Target,
        /// `Sequence`: with the transaction the idempotency key.
        sequence: u32,
        /// The event.
        payload: String,
        /// How long it may take.
        timeout: Duration,
    },
    /// Send to a browser.
    Browser {
        /// On which connection.
        connection: meet::ConnectionId,
        /// What.
        event: BrowserOutput,
    },
    /// Something happened in a meeting, for whoever asked to be told.
    MeetingEvent {
        /// What.
        event: Box<meet::MeetingEvent>,
        /// Whom the meeting's creator wants told.
        notifications: Option<Box<api::meetings::NotificationsConfiguration>>,
    },
    /// Answer an API request.
    Reply {
        /// Which.
        ticket: Ticket,
        /// The answer.
        reply: Box<Result<api::Response, api::Error>>,
    },
    /// Persist these; all or none.
    Store {
        /// Names the write in its confirmation.
        write: WriteId,
        /// What to write.
        changes: Vec<directory::Change>,
    },
    /// Persist a call record (insert, never replace). Nothing waits for it, nothing may be lost.
    WriteRecord(Box<call::CallRecord>),
    /// The same for the record of a relayed call.
    WriteRelayRecord(Box<RelayRecord>),
    /// Append to a call's journal.
    Journal {
        /// The call.
        transaction: TransactionId,
        /// The lines, in order.
        entries: Vec<JournalLine>,
        /// True with the last ones: the journal is complete.
        closed: bool,
    },
    /// Get an object as a clip.
    LoadClip {
        /// Names it in the answer.
        playback: PlaybackId,
        /// Bucket.
        bucket: String,
        /// Key.
        key: String,
    },
    /// Synthesise; the samples come as they are made.
    Speak {
        /// Names it in the answers.
        playback: PlaybackId,
        /// The text.
        speech: call::Speech,
    },
    /// Forget a `LoadClip` or `Speak`.
    ForgetPlayback {
        /// Which.
        playback: PlaybackId,
    },
    /// Put a recording, whose audio came from the shard, into a bucket as WAV.
    StoreRecording {
        /// Which.
        recording: RecordingId,
        /// Bucket.
        bucket: String,
        /// Key.
        key: String,
        /// Object metadata.
        metadata: Vec<(String, String)>,
    },
    /// Drop a recording's audio.
    ForgetRecording {
        /// Which.
        recording: RecordingId,
    },
}

/// Why a leg was sent out of its meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeaveWhy {
    /// The meeting is over.
    MeetingEnded,
    /// The attendee was deleted.
    AttendeeDeleted,
    /// The attendee joined from elsewhere.
    JoinedElsewhere,
}

/// One line of a call's journal, as stored: `{"at":…,"…":…}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JournalLine {
    /// When.
    pub at: Timestamp,
    /// What.
    pub entry: JournalEntry,
}

/// What a journal tells. `Setup`, `Event` and `Effects` replay; the rest is for the ladder and, `RelaySetup`, for the
/// record of a relayed call that the node died under.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JournalEntry {
    /// The first line.
    Setup(Box<call::Setup>),
    /// The first line of a relayed call.
    RelaySetup(Box<RelaySetup>),
    /// A fact that reached the call.
    Event(Box<call::Event>),
    /// What the call wanted in answer to the line before.
    Effects(Vec<call::Effect>),
    /// A SIP message of one of its legs.
    Sip {
        /// `CallId` of the leg.
        leg: base::LegId,
        /// True for outgoing.
        sent: bool,
        /// The peer.
        remote: String,
        /// The message, redacted.
        message: String,
    },
    /// A leg joined a meeting.
    Joined {
        /// `CallId` of the leg.
        leg: base::LegId,
        /// The meeting.
        meeting: MeetingId,
        /// As whom.
        attendee: AttendeeId,
    },
    /// A leg was sent out of its meeting.
    Left {
        /// `CallId` of the leg.
        leg: base::LegId,
        /// Why.
        why: LeaveWhy,
    },
    /// A leg's media is closed.
    Media {
        /// `CallId` of the leg.
        leg: base::LegId,
        /// RTP packets received.
        received: u64,
        /// RTP packets sent.
        sent: u64,
        /// RTP packets lost.
        lost: u64,
        /// Jitter in milliseconds.
        jitter_ms: f64,
    },
    /// An API request that touched the call.
    Api {
        /// The operation.
        operation: String,
        /// What it said, redacted.
        detail: String,
    },
    /// The record of a relayed call.
    RelayRecord(Box<RelayRecord>),
    /// A remark.
    Note(String),
    /// The node died under the call; what follows is what was still owed.
    Died,
    /// The last line of a complete journal.
    End,
}
