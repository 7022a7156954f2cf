use std::time::Duration;

use base::{LegId, Timestamp, TransactionId};
use serde::{Deserialize, Serialize};

use crate::Target;

macro_rules! number_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u32);
    };
}

number_id!(
    /// One attempt to invoke the function, counted within its call.
    InvocationId
);
number_id!(
    /// One playback, counted within its call.
    PlaybackId
);
number_id!(
    /// One recording, counted within its call.
    RecordingId
);
number_id!(
    /// One sending of digits, counted within its call.
    SendingId
);
number_id!(
    /// One change of a meeting's attendees, counted within its call.
    ModificationId
);

/// What a call wants of the world. Imperative; effects are carried out in the order given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Effect {
    /// Invoke the function once. Answered by `FunctionReturned`, exactly once.
    Invoke {
        /// Names the attempt in its answer.
        invocation: InvocationId,
        /// The application and its function.
        target: Target,
        /// `Sequence` of the event; with the transaction it is the idempotency key.
        sequence: u32,
        /// The event, serialised.
        payload: String,
        /// How long the attempt may take.
        timeout: Duration,
    },
    /// Send 180 on the unanswered inbound leg.
    Ring {
        /// LEG-A.
        leg: LegId,
    },
    /// Send 183 with SDP on the unanswered inbound leg: what is played or bridged to it is heard before the answer.
    StartEarlyMedia {
        /// LEG-A.
        leg: LegId,
    },
    /// Send 200 on the unanswered inbound leg. The call counts it as connected from here.
    Answer {
        /// LEG-A.
        leg: LegId,
    },
    /// Refuse the unanswered inbound leg.
    Reject {
        /// LEG-A.
        leg: LegId,
        /// A SIP status of 400 and above.
        code: u16,
    },
    /// Place a leg. Answered by `Progressed`*, then `Answered`, `Ended` or `DialRefused`.
    Dial {
        /// The new leg.
        leg: LegId,
        /// Where to, and how.
        dial: Dial,
    },
    /// Let a leg go: BYE if it is up, CANCEL if it rings. No `Ended` comes back for it.
    Release {
        /// The leg.
        leg: LegId,
    },
    /// Connect the audio of two legs, both ways (one way while one of them is in early media).
    Bridge {
        /// One leg.
        a: LegId,
        /// The other.
        b: LegId,
    },
    /// Separate the two legs again.
    Unbridge {
        /// One leg.
        a: LegId,
        /// The other.
        b: LegId,
    },
    /// Play to a leg. Replaces the audio of the other party for that leg only. Answered by `PlaybackEnded`.
    Play {
        /// Names the playback in its answer.
        playback: PlaybackId,
        /// Who hears it.
        leg: LegId,
        /// What to play.
        source: AudioSource,
        /// How many times.
        times: Times,
    },
    /// Stop a playback now. No `PlaybackEnded` comes back for it.
    StopPlayback {
        /// Which playback.
        playback: PlaybackId,
    },
    /// Send digits to a leg's party. Answered by `DigitsSent`.
    SendDigits {
        /// Names the sending in its answer.
        sending: SendingId,
        /// Who receives them.
        leg: LegId,
        /// `0-9*#A-D` and `,` (a gap of 500 ms).
        digits: String,
        /// Length of each tone.
        tone: Duration,
    },
    /// Stop sending. No `DigitsSent` comes back for it.
    StopSending {
        /// Which sending.
        sending: SendingId,
    },
    /// Digits of this leg matter from now on (in-band detection runs only where they do), or no longer.
    ListenForDigits {
        /// The leg.
        leg: LegId,
        /// Whether they matter.
        on: bool,
    },
    /// Record what comes from a leg: 8 kHz 16-bit mono.
    StartRecording {
        /// Names the recording.
        recording: RecordingId,
        /// Whose audio.
        leg: LegId,
        /// Report `SilenceDetected` after this.
        silence: Option<Silence>,
    },
    /// Stop a recording and store it. Answered by `RecordingStored`.
    StoreRecording {
        /// Which recording.
        recording: RecordingId,
        /// Bucket.
        bucket: String,
        /// Key within the bucket.
        key: String,
    },
    /// Mute or unmute telephone attendees of a meeting. Answered by `AttendeesModified`.
    ModifyAttendees {
        /// Names the change in its answer.
        request: ModificationId,
        /// The `MeetingId`, as the function wrote it.
        meeting: String,
        /// The `AttendeeId`s, as the function wrote them.
        attendees: Vec<String>,
        /// Whether they are to be muted.
        muted: bool,
    },
    /// One leg's call record. Emitted exactly once per leg that began.
    WriteRecord(CallRecord),
    /// A line for the application's message log and the journal.
    Log {
        /// The text, in the words of the documented message log where they fit.
        message: String,
    },
    /// The last effect of a call: its journal is closed, its legs are gone, nothing more is awaited.
    Finish,
}

/// Where to dial and how.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dial {
    /// Where to.
    pub to: DialTarget,
    /// Goes into From exactly as given.
    pub caller_id: String,
    /// Headers for the INVITE, already checked.
    pub sip_headers: Vec<(String, String)>,
    /// How long the leg may ring. The call cancels it by itself; for the shell it is the INVITE's Expires.
    pub timeout: Duration,
    /// The inbound leg's remaining loop allowance (`X-SMA-Max-Forwards`), where it is known.
    pub on_behalf_of: Option<LegId>,
}

/// The two kinds of `BridgeEndpointType`, and the meeting of `JoinChimeMeeting`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DialTarget {
    /// A telephone number: the meeting, a number of our own, or a carrier.
    Pstn {
        /// E.164 with `+`.
        number: String,
    },
    /// A voice connector (or group), by its origination routes.
    Connector {
        /// `Arn` of the endpoint.
        arn: String,
        /// User part of the Request-URI.
        user: String,
    },
    /// A meeting. No number is called: the leg is the attendee of the token, answered at once or refused.
    Meeting {
        /// What the call knows of the join token: a reference, never the token itself.
        token: String,
        /// The `MeetingId` it must belong to, where the function named one.
        meeting: Option<String>,
    },
}

/// Why a leg could not be placed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DialRefusal {
    /// The caller id is neither a number of ours nor LEG-A's `From`.
    CallerIdNotOwned,
    /// The connector or group does not exist.
    UnknownConnector,
    /// Nothing to go to: no carrier for the prefix, no origination route. The text names what is missing.
    NoRoute(String),
    /// The loop counter is used up.
    Loop,
    /// A limit of the node (ports, legs) is reached.
    NoCapacity(String),
    /// The join token is no attendee's, or not of the meeting named.
    BadJoinToken,
}

/// What is played.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AudioSource {
    /// An object of a bucket.
    Object {
        /// Bucket.
        bucket: String,
        /// Key.
        key: String,
    },
    /// Synthesised speech.
    Speech(Speech),
}

/// A text to be spoken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speech {
    /// Plain text, or an SSML document.
    pub text: String,
    /// Whether `text` is SSML.
    pub ssml: bool,
    /// `standard` or `neural`.
    pub engine: String,
    /// Polly voice id.
    pub voice: String,
    /// Polly language code, where given.
    pub language: Option<String>,
}

/// How often a source is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Times {
    /// That many times, at least once.
    Count(u32),
    /// Until stopped.
    Forever,
}

/// When a recording counts as silent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Silence {
    /// Silent for this long.
    pub duration: Duration,
    /// 1–1000: the average absolute sample below which audio is silence.
    pub threshold: u16,
}

/// One per leg, written exactly once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CallRecord {
    /// The call.
    pub transaction: TransactionId,
    /// The leg.
    pub leg: LegId,
    /// `LEG-A` or `LEG-B`.
    pub tag: String,
    /// The application that drove the call.
    pub application: String,
    /// Its region.
    pub region: String,
    /// `SipRuleId` of inbound calls.
    pub rule: Option<String>,
    /// `From` of the leg.
    pub from: String,
    /// `To` of the leg.
    pub to: String,
    /// `Inbound` or `Outbound`.
    pub direction: String,
    /// When the leg began.
    pub started: Timestamp,
    /// When it was answered.
    pub answered: Option<Timestamp>,
    /// When it ended.
    pub ended: Timestamp,
    /// SIP status it ended with; 0 for normal clearing.
    pub code: u16,
    /// True when the node died under the leg and this record was written at the next start.
    pub crashed: bool,
}
