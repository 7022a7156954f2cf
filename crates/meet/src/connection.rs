//! A browser's connection: opened, seated, closing.
//!
//! ```text
//! Opened --JOIN--> Seated --LEAVE or end of the session--> Closing --closed by either side-->
//!   |  token refused, no JOIN in time -->                 (2 s)
//! ```
//! A client pings before it joins, and leaves after it was told that its session is over: both are answered in every
//! state. A connection that is refused is closed only after its JOIN, for the client listens for the reason then.

use std::time::Duration;

use base::{AttendeeId, MeetingId, Timestamp};

use crate::config::Config;
use crate::frame::{Empty, FrameKind, PONG, PingPong, SignalFrame};
use crate::interface::{ConnectionId, Output};
use crate::rate::{Bucket, Rate};
use crate::secret::Secret;
use crate::shared::{Cx, Shared};
use crate::timers::Timer;
use crate::token::{Modality, TokenDigest, read};

/// How long a client that was told that its session is over may take to leave.
pub(crate) const LAST_WORDS: Duration = Duration::from_secs(2);
/// So many frames beyond the rate are dropped before the connection is cut off.
const EXCESS_MAX: u32 = 1_000;

/// Close codes. Of these the client knows 4410 (ended) and 4500–4599 (try again); all others end its attempt to join.
pub(crate) mod code {
    /// The session is over and the client has left.
    pub(crate) const LEFT: u16 = 1000;
    /// The token is not, or not any more, good for anything.
    pub(crate) const FORBIDDEN: u16 = 4403;
    /// The attendee joined elsewhere, or the meeting is full.
    pub(crate) const CONFLICT: u16 = 4409;
    /// The meeting is over.
    pub(crate) const ENDED: u16 = 4410;
    /// Too many connections or frames.
    pub(crate) const TOO_MANY: u16 = 4429;
    /// The connection is silent or never joined, or the service goes away: join again.
    pub(crate) const TRY_AGAIN: u16 = 4500;
}

#[derive(Debug)]
pub(crate) struct Connection {
    pub(crate) token: TokenDigest,
    /// When it was last heard.
    pub(crate) seen: Timestamp,
    pub(crate) state: State,
    frames: Bucket,
    /// Frames beyond the rate.
    excess: u32,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum State {
    /// JOIN is awaited, as long as the timer runs.
    Opened { path_meeting: Option<MeetingId>, modality: Modality },
    /// It joined as this attendee, whose seat knows the rest.
    Seated { meeting: MeetingId, attendee: AttendeeId },
    /// The client knows that its session is over; closed with the timer if it does not close before.
    Closing { code: u16 },
}

/// What to do with a frame that arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Arrival {
    /// Read it.
    Read,
    /// Nothing: the connection is not known, or the frame is one too many.
    Drop,
    /// End the connection: the frames are far too many.
    CutOff,
}

fn rate(config: &Config) -> Rate {
    Rate { per_second: config.frames_per_second, burst: config.frames_burst }
}

impl Shared {
    /// Counts a frame that arrived.
    pub(crate) fn arrived(&mut self, now: Timestamp, connection: ConnectionId) -> Arrival {
        let rate = rate(&self.config);
        let Some(known) = self.connections.get_mut(&connection) else { return Arrival::Drop };
        known.seen = now;
        if known.frames.take(now, rate) {
            return Arrival::Read;
        }
        self.tally.excess_frames += 1;
        known.excess += 1;
        match known.state {
            State::Opened { .. } | State::Seated { .. } if known.excess > EXCESS_MAX => Arrival::CutOff,
            State::Opened { .. } | State::Seated { .. } | State::Closing { .. } => Arrival::Drop,
        }
    }
}

impl Cx<'_> {
    /// A connection was opened.
    pub(crate) fn connected(
        &mut self,
        connection: ConnectionId,
        path_meeting: Option<MeetingId>,
        token: &Secret,
    ) {
        let (token, modality) = read(token.as_str());
        let config = &self.shared.config;
        let same = self.shared.with_token.get(&token).copied().unwrap_or(0);
        let refused = if self.shared.connections.len() >= config.connections_max {
            Some(code::TRY_AGAIN)
        } else if same >= config.connections_per_token {
            Some(code::TOO_MANY)
        } else {
            None
        };
        if let Some(code) = refused {
            self.shared.tally.refused_connections += 1;
            self.out.push(Output::Close { connection, code });
            return;
        }
        let by = self.now + config.join_within;
        let frames = Bucket::new(self.now, rate(config));
        let state = State::Opened { path_meeting, modality };
        let opened = Connection { token, seen: self.now, state, frames, excess: 0 };
        self.shared.connections.insert(connection, opened);
        *self.shared.with_token.entry(token).or_default() += 1;
        self.shared.timers.set(Timer::Connection(connection), Some(by));
    }

    /// A connection has joined: from here on it must give signs of life.
    pub(crate) fn seated(&mut self, connection: ConnectionId, meeting: MeetingId, attendee: AttendeeId) {
        if let Some(known) = self.shared.connections.get_mut(&connection) {
            known.state = State::Seated { meeting, attendee };
            let silent = known.seen + self.shared.config.silence;
            self.shared.timers.set(Timer::Connection(connection), Some(silent));
        }
    }

    pub(crate) fn pong(&mut self, connection: ConnectionId, id: u32) {
        let ping_pong = Some(PingPong { kind: Some(PONG), ping_id: Some(id) });
        self.send(connection, &SignalFrame { ping_pong, ..SignalFrame::new(self.now, FrameKind::PingPong) });
    }

    /// The client leaves, whatever it was: it waits for the answer.
    pub(crate) fn left(&mut self, connection: ConnectionId) {
        let leave_ack = Some(Empty {});
        self.send(connection, &SignalFrame { leave_ack, ..SignalFrame::new(self.now, FrameKind::LeaveAck) });
        self.close_soon(connection, code::LEFT);
    }
}
