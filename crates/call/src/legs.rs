//! The one or two legs of a call, and which of them a handler means.

use std::time::Duration;

use base::{LegId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::actions::Registration;
use crate::protocol::envelope::Participant;
use crate::protocol::parameters::Parameters;

/// The number of every meeting: what a leg that is one has as its `To`.
pub(crate) const JOIN_NUMBER: &str = "+17035550122";

/// LEG-A or LEG-B.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Side {
    A,
    B,
}

impl Side {
    /// `ParticipantTag`.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Side::A => "LEG-A",
            Side::B => "LEG-B",
        }
    }
}

/// `Direction`, seen from the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Direction {
    Inbound,
    Outbound,
}

impl Direction {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Direction::Inbound => "Inbound",
            Direction::Outbound => "Outbound",
        }
    }
}

/// ```text
/// inbound   Alerting ─→ EarlyMedia ─→ Connected ─→ Gone
/// outbound  Pending ──→ Dialling ───→ Connected ─→ Gone     every state may skip to Gone
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum LegState {
    /// Outbound LEG-A before its INVITE: the function has not answered `NEW_OUTBOUND_CALL` yet.
    Pending,
    /// Outbound; the INVITE is out.
    Dialling {
        /// When we give up.
        until: Timestamp,
        /// Whether a provisional response came already.
        rung: bool,
    },
    /// Inbound; 180 was sent.
    Alerting,
    /// Inbound; 183 with SDP was sent.
    EarlyMedia,
    /// Answered.
    Connected {
        /// When.
        since: Timestamp,
    },
    /// Ended, its record written.
    Gone {
        /// When it was answered, if ever.
        answered: Option<Timestamp>,
        /// Whether the function has got its `HANGUP`.
        told: bool,
    },
}

/// Who is at the far end of a leg.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Party {
    /// Somebody who was called, or who calls: a party with a will of its own.
    Phone,
    /// The meeting that `JoinChimeMeeting` took LEG-A into: gone with LEG-A, and left without a word.
    Meeting,
}

/// One leg.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Leg {
    pub(crate) id: LegId,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) direction: Direction,
    pub(crate) party: Party,
    pub(crate) began: Timestamp,
    pub(crate) state: LegState,
    /// Whether the world was told that digits of this leg matter.
    pub(crate) listening: bool,
    /// The background listener of `ReceiveDigits`.
    pub(crate) registration: Option<Registration>,
    /// Recordings made of it so far: the counter in their names.
    pub(crate) recordings: u32,
}

impl Leg {
    pub(crate) fn new(
        id: LegId,
        from: String,
        to: String,
        direction: Direction,
        began: Timestamp,
        state: LegState,
    ) -> Self {
        Self {
            id,
            from,
            to,
            direction,
            party: Party::Phone,
            began,
            state,
            listening: false,
            registration: None,
            recordings: 0,
        }
    }

    pub(crate) fn is_gone(&self) -> bool {
        matches!(self.state, LegState::Gone { .. })
    }

    pub(crate) fn is_connected(&self) -> bool {
        matches!(self.state, LegState::Connected { .. })
    }

    /// When it was answered, if it was.
    pub(crate) fn answered(&self) -> Option<Timestamp> {
        match self.state {
            LegState::Connected { since } => Some(since),
            LegState::Gone { answered, .. } => answered,
            LegState::Pending | LegState::Dialling { .. } | LegState::Alerting | LegState::EarlyMedia => None,
        }
    }

    /// `Status` of the participant: absent until the leg is answered.
    fn status(&self) -> Option<&'static str> {
        match self.state {
            LegState::Connected { .. } => Some("Connected"),
            LegState::Gone { .. } => Some("Disconnected"),
            LegState::Pending | LegState::Dialling { .. } | LegState::Alerting | LegState::EarlyMedia => None,
        }
    }

    pub(crate) fn participant<'a>(&'a self, side: Side, headers: &'a [(String, String)]) -> Participant<'a> {
        Participant {
            call_id: self.id,
            tag: side.tag(),
            to: &self.to,
            from: &self.from,
            direction: self.direction.as_str(),
            began: self.began,
            status: self.status(),
            sip_headers: headers,
        }
    }
}

/// What an action's `CallId` and `ParticipantTag` lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Selected {
    /// A live leg.
    Live(Side),
    /// A leg of this call that is not live any more.
    Gone(LegId, Side),
    /// None that this call ever had.
    Unknown,
}

/// All legs a call has and had.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Legs {
    pub(crate) a: Leg,
    /// The present or the last LEG-B.
    pub(crate) b: Option<Leg>,
    /// Whether the audio of both is connected.
    pub(crate) bridged: bool,
    /// LEG-Bs that another one has replaced.
    past: Vec<LegId>,
}

impl Legs {
    pub(crate) fn new(a: Leg) -> Self {
        Self { a, b: None, bridged: false, past: Vec::new() }
    }

    /// Puts a new LEG-B in the place of the last one, which is gone.
    pub(crate) fn replace_b(&mut self, leg: Leg) {
        if let Some(last) = self.b.replace(leg) {
            self.past.push(last.id);
        }
    }

    pub(crate) fn get(&self, side: Side) -> Option<&Leg> {
        match side {
            Side::A => Some(&self.a),
            Side::B => self.b.as_ref(),
        }
    }

    pub(crate) fn get_mut(&mut self, side: Side) -> Option<&mut Leg> {
        match side {
            Side::A => Some(&mut self.a),
            Side::B => self.b.as_mut(),
        }
    }

    /// Which of the present legs has this id.
    pub(crate) fn side_of(&self, id: LegId) -> Option<Side> {
        if self.a.id == id { Some(Side::A) } else { self.b.as_ref().filter(|b| b.id == id).map(|_| Side::B) }
    }

    /// A LEG-B is live from its answer on; before, it is a part of the action that dials it.
    pub(crate) fn is_live(&self, side: Side) -> bool {
        match side {
            Side::A => !self.a.is_gone(),
            Side::B => self.b.as_ref().is_some_and(Leg::is_connected),
        }
    }

    pub(crate) fn any_live(&self) -> bool {
        self.is_live(Side::A) || self.is_live(Side::B)
    }

    /// The leg that an answer's actions mean when they name none: `preferred`, or the one that is still live.
    pub(crate) fn default_leg(&self, preferred: LegId) -> LegId {
        match self.side_of(preferred) {
            Some(side) if self.is_live(side) => preferred,
            _ if self.is_live(Side::A) => self.a.id,
            _ => self.b.as_ref().map_or(self.a.id, |b| b.id),
        }
    }

    /// The LEG-B that replaced this one, if it was one and another did; else the same leg.
    pub(crate) fn in_place_of(&self, leg: LegId) -> LegId {
        match &self.b {
            Some(b) if self.past.contains(&leg) => b.id,
            _ => leg,
        }
    }

    /// True while LEG-A is in a meeting by `JoinChimeMeeting`.
    pub(crate) fn in_meeting(&self) -> bool {
        self.b.as_ref().is_some_and(|b| b.party == Party::Meeting && b.is_connected())
    }

    /// This side's leg.
    pub(crate) fn selected(&self, side: Side) -> Selected {
        match self.get(side) {
            Some(_) if self.is_live(side) => Selected::Live(side),
            Some(leg) => Selected::Gone(leg.id, side),
            None => Selected::Unknown,
        }
    }

    /// Finds the leg an action means: `CallId`, else `ParticipantTag`, else `default`.
    pub(crate) fn select(&self, parameters: Parameters<'_>, default: LegId) -> Selected {
        let (Ok(call_id), Ok(tag)) = (parameters.selector("CallId"), parameters.selector("ParticipantTag"))
        else {
            return Selected::Unknown;
        };
        let id = match (call_id, tag) {
            (Some(id), _) => match id.parse() {
                Ok(id) => id,
                Err(_) => return Selected::Unknown,
            },
            (None, Some("LEG-A")) => self.a.id,
            (None, Some("LEG-B")) => match &self.b {
                Some(b) => b.id,
                None => return Selected::Unknown,
            },
            (None, Some(_)) => return Selected::Unknown,
            (None, None) => default,
        };
        match self.side_of(id) {
            Some(side) if self.is_live(side) => Selected::Live(side),
            Some(side) => Selected::Gone(id, side),
            None if self.past.contains(&id) => Selected::Gone(id, Side::B),
            None => Selected::Unknown,
        }
    }

    /// LEG-B as a participant: from its answer until another replaces it.
    pub(crate) fn listed_b(&self) -> Option<&Leg> {
        self.b.as_ref().filter(|b| b.answered().is_some())
    }

    /// True for an outbound LEG-A that was not answered yet: nothing but `Hangup` can be done with it.
    pub(crate) fn awaits_answer(&self) -> bool {
        matches!(self.a.state, LegState::Pending | LegState::Dialling { .. })
    }

    /// True for an inbound LEG-A that was not answered yet.
    pub(crate) fn alerting(&self) -> bool {
        matches!(self.a.state, LegState::Alerting | LegState::EarlyMedia)
    }
}

/// A dialling leg's state for `timeout` from now.
pub(crate) fn dialling(now: Timestamp, timeout: Duration) -> LegState {
    LegState::Dialling { until: now + timeout, rung: false }
}
