//! What goes into a [`Shard`](crate::Shard) and what comes out of it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

/// One RTP stream pair of a shard: a leg's media. Minted by the node, unique for the node's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StreamId(pub u64);

/// One playback, minted by the node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaybackId(pub u64);

/// One recording, minted by the node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordingId(pub u64);

/// One sending of digits, minted by the node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SendingId(pub u64);

/// The mix of one meeting. Minted by the node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConferenceId(pub u64);

/// One audio end of a conference: a browser or a meeting stream. Minted by the node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MemberId(pub u64);

/// An audio codec.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Codec {
    /// G.711 µ-law.
    Pcmu,
    /// G.711 A-law.
    Pcma,
}

/// The far end of a stream, as negotiated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Remote {
    /// Where RTP goes. The source is learned once from the first valid packet and replaces it; in the first three
    /// seconds after that a packet from the negotiated address itself still prevails.
    pub address: SocketAddr,
    /// Where RTCP goes; port + 1 where `None`.
    pub rtcp: Option<SocketAddr>,
    /// Codec of both directions.
    pub codec: Codec,
    /// Its payload type.
    pub payload_type: u8,
    /// Payload type of telephone-event; `None`: digits are detected in band while somebody listens.
    pub dtmf: Option<u8>,
    /// Packet time in milliseconds that the peer wishes to receive.
    pub ptime: u32,
    /// We may send.
    pub send: bool,
    /// The peer sends.
    pub receive: bool,
}

/// An order to a shard.
#[derive(Clone, Debug)]
pub enum Command {
    /// Make a stream on a local RTP port (RTCP on port + 1).
    Open {
        /// The stream.
        stream: StreamId,
        /// Local RTP port, even.
        port: u16,
        /// SSRC and first sequence and timestamp come from this seed.
        seed: u64,
    },
    /// The far end became known or changed. From here on it is sent to: once a second a frame of silence if there is
    /// nothing else, so for a call that is not answered yet, only after a 183 with SDP. A changed address is the only
    /// thing that lets a source be learned anew.
    Connect {
        /// The stream.
        stream: StreamId,
        /// The far end.
        remote: Remote,
    },
    /// Everything received on one goes out on the other, both ways. Same codec and packet time: never decoded.
    Bridge {
        /// One stream.
        a: StreamId,
        /// The other.
        b: StreamId,
    },
    /// Separate them.
    Unbridge {
        /// One stream.
        a: StreamId,
        /// The other.
        b: StreamId,
    },
    /// Play a clip to the stream's peer; replaces the bridge's audio for that peer while it lasts. Playbacks of one
    /// stream follow each other; they begin when the far end is known and go on unheard while it holds.
    Play {
        /// The stream.
        stream: StreamId,
        /// Names the playback in its event.
        playback: PlaybackId,
        /// What to play.
        clip: Arc<crate::Clip>,
        /// How often; `None`: until stopped.
        times: Option<u32>,
    },
    /// Play audio that is still being made; `Feed` brings it. An underrun plays silence; before the first samples
    /// nothing is played and a bridge's audio goes on.
    PlayLive {
        /// The stream.
        stream: StreamId,
        /// Names the playback.
        playback: PlaybackId,
    },
    /// More samples for a `PlayLive`: 8 kHz mono.
    Feed {
        /// The playback.
        playback: PlaybackId,
        /// Samples.
        samples: Arc<[i16]>,
        /// Nothing comes after these.
        last: bool,
    },
    /// Stop a playback; no event comes for it.
    StopPlayback {
        /// Which.
        playback: PlaybackId,
    },
    /// Send digits: RFC 4733, or tones where the peer takes no telephone-event.
    SendDigits {
        /// The stream.
        stream: StreamId,
        /// Names the sending.
        sending: SendingId,
        /// `0-9*#A-D`, `,` is a gap of 500 ms.
        digits: String,
        /// Length of a tone.
        tone: Duration,
    },
    /// Stop sending digits; no event comes for it.
    StopSending {
        /// Which.
        sending: SendingId,
    },
    /// Whether digits of this stream matter: in-band detection runs only then, telephone-events are always reported.
    Listen {
        /// The stream.
        stream: StreamId,
        /// On or off.
        on: bool,
    },
    /// Record what comes from the peer.
    StartRecording {
        /// The stream.
        stream: StreamId,
        /// Names the recording.
        recording: RecordingId,
        /// Report silence: for how long, below which average absolute sample.
        silence: Option<(Duration, u16)>,
    },
    /// Stop recording: the last audio comes, then `RecordingEnded`.
    StopRecording {
        /// Which.
        recording: RecordingId,
    },
    /// Drop a stream; `Closed` brings its statistics. Its recordings end.
    Close {
        /// The stream.
        stream: StreamId,
    },
    /// Make a conference. Its mix is made on its home shard; a shard with members of it that is not its home needs the
    /// order too, and exchanges frames with the home.
    OpenConference {
        /// The conference.
        conference: ConferenceId,
        /// The number of the shard that mixes.
        home: usize,
    },
    /// Drop a conference. Members still in it are closed and report it.
    CloseConference {
        /// The conference.
        conference: ConferenceId,
    },
    /// Make a meeting stream: one without port and peer, whose far end is a conference's mix. What is sent to it is heard
    /// in the conference, what it receives is the mix without itself. Every order for streams but `Connect` works on it.
    OpenMeetingStream {
        /// The stream; it may fail with `OpenFailed`.
        stream: StreamId,
        /// The conference, open on this shard.
        conference: ConferenceId,
        /// Which member of the conference it is.
        member: MemberId,
        /// Its law: that of the stream it will be bridged with, so that a bridge needs no transcoding.
        codec: Codec,
    },
    /// Make a browser's session, which has no media before its first offer was answered. Only on the home shard.
    OpenBrowser {
        /// Which member of the conference it is.
        member: MemberId,
        /// The conference, open on this shard.
        conference: ConferenceId,
        /// Whether its audio is dropped from the start.
        muted: bool,
    },
    /// A browser's first or later offer; `Answer` follows.
    Offer {
        /// The browser.
        member: MemberId,
        /// The session description.
        sdp: String,
    },
    /// Drop a member's audio before the mix, or take it again.
    Mute {
        /// The member.
        member: MemberId,
        /// On or off.
        on: bool,
    },
    /// Give a member silence instead of the mix, or the mix again.
    Deafen {
        /// The member.
        member: MemberId,
        /// On or off.
        on: bool,
    },
    /// Drop a member at once; `MemberClosed` (a browser) or `Closed` (a meeting stream) follows.
    CloseMember {
        /// The member.
        member: MemberId,
    },
}

/// What a shard reports to the node.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The port could not be bound.
    OpenFailed {
        /// The stream.
        stream: StreamId,
        /// Why.
        reason: String,
    },
    /// A digit was pressed (reported once, at its start).
    Digit {
        /// The stream.
        stream: StreamId,
        /// One of `0-9*#A-D`.
        digit: char,
    },
    /// A playback reached its end.
    PlaybackEnded {
        /// Which.
        playback: PlaybackId,
    },
    /// All digits went out.
    DigitsSent {
        /// Which sending.
        sending: SendingId,
    },
    /// The peer was silent for as long as the recording's limit says (once per silence).
    SilenceDetected {
        /// Which recording.
        recording: RecordingId,
    },
    /// A stream is gone; what it did.
    Closed {
        /// The stream.
        stream: StreamId,
        /// Its statistics.
        statistics: Statistics,
    },
    /// An offer was considered.
    Answer {
        /// The browser.
        member: MemberId,
        /// Our session description.
        outcome: Result<String, OfferError>,
    },
    /// A browser's media path is up.
    MemberConnected {
        /// The browser.
        member: MemberId,
    },
    /// Nothing has come from a browser for long, or its media path failed. It stays until it is closed.
    MemberLost {
        /// The browser.
        member: MemberId,
    },
    /// Who is audible: every 200 ms while somebody is, then once with nobody.
    Levels {
        /// The conference.
        conference: ConferenceId,
        /// Audible members, by number, and their level as RFC 6464 has it: 0 (loudest) to 127 (silence), in −dBov.
        levels: Vec<(MemberId, u8)>,
    },
    /// A browser's session is gone; what it did.
    MemberClosed {
        /// The browser.
        member: MemberId,
        /// Its statistics.
        statistics: Statistics,
    },
}

/// Why an offer has no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OfferError {
    /// No such browser, or it is gone.
    #[error("no such member")]
    UnknownMember,
    /// The session description makes no sense.
    #[error("malformed offer: {0}")]
    Malformed(String),
    /// It offers no audio that we take.
    #[error("no common codec")]
    NoCommonCodec,
    /// This shard serves no browsers.
    #[error("no browsers here")]
    NotServed,
}

/// Recorded audio, for the writer of recordings; it does not pass the node.
#[derive(Clone, Debug, PartialEq)]
pub enum Recorded {
    /// The next samples: 8 kHz mono.
    Samples {
        /// Which recording.
        recording: RecordingId,
        /// Samples.
        samples: Vec<i16>,
    },
    /// Nothing more comes.
    Ended {
        /// Which recording.
        recording: RecordingId,
    },
}

/// What a stream did in its life.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Statistics {
    /// RTP packets received and accepted.
    pub packets_received: u64,
    /// RTP packets sent.
    pub packets_sent: u64,
    /// Packets missing from the received sequence.
    pub packets_lost: u64,
    /// Packets dropped: wrong source, malformed, unknown payload type.
    pub packets_refused: u64,
    /// Interarrival jitter (RFC 3550 §6.4.1) in milliseconds.
    pub jitter_ms: f64,
    /// Round trip by RTCP in milliseconds, where known.
    pub round_trip_ms: Option<f64>,
}
