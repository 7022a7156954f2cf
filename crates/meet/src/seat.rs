//! An attendee of a live meeting: who sits on its seat, how its audio is, and what the rosters say of it.
//!
//! ```text
//! Vacant --JOIN--> Browser --LEAVE, deletion, loss--> Vacant
//!        --admit--> Phone  --hang-up, deletion------> Vacant
//!
//! Leg      Absent --first SUBSCRIBE--> Open(Connecting) --MemberConnected--> Open(Connected) --lost, replaced--> Absent
//! Listing  Off --audio connected--> On(stream) --audio lost--> Fading(stream) --connected again--> On(higher stream)
//!                                    |                           '--in time not--> Off (dropped)
//!                                    '--left--> Off
//! ```

use std::collections::VecDeque;

use base::{AttendeeId, Timestamp};

use crate::event::Who;
use crate::frame::StreamIdInfo;
use crate::interface::{Capabilities, ConnectionId, MemberId};
use crate::rate::Bucket;
use crate::token::TokenDigest;

#[derive(Debug)]
pub(crate) struct Guest {
    pub(crate) id: AttendeeId,
    pub(crate) external_user_id: String,
    pub(crate) token: TokenDigest,
    pub(crate) capabilities: Capabilities,
    pub(crate) muting: Muting,
    pub(crate) seat: Seat,
    pub(crate) listing: Listing,
    pub(crate) signal: Signal,
    /// Data messages it may send before it is cut off.
    pub(crate) messages: Bucket,
}

/// Who mutes an attendee, besides its capabilities.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Muting {
    /// The client itself.
    pub(crate) client: bool,
    /// The API, a telephone only.
    pub(crate) api: bool,
}

#[derive(Debug)]
pub(crate) enum Seat {
    /// Nobody.
    Vacant,
    /// A browser.
    Browser(Browser),
    /// A telephone.
    Phone(Phone),
}

#[derive(Debug)]
pub(crate) struct Browser {
    /// The client's name of its session, kept across its reconnects.
    pub(crate) session: Option<u64>,
    pub(crate) link: Link,
    pub(crate) leg: Leg,
    /// It has had the data messages up to here, in an earlier connection of its session.
    pub(crate) heard: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Link {
    /// Joined; rosters follow the first answer.
    Joined(ConnectionId),
    /// Gets rosters, volumes, messages.
    Subscribed(ConnectionId),
    /// The connection broke; the seat is kept until then.
    Down { until: Timestamp },
}

#[derive(Debug)]
pub(crate) enum Leg {
    /// No audio yet, or it was lost.
    Absent,
    /// A member has its offers.
    Open(OpenLeg),
}

#[derive(Debug)]
pub(crate) struct OpenLeg {
    pub(crate) member: MemberId,
    /// Offers without an answer, oldest first.
    pub(crate) offers: VecDeque<Offered>,
    pub(crate) audio: Audio,
}

/// What to remember of an offer until its answer comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Offered {
    /// Audio only.
    Audio,
    /// The client's camera is on.
    Camera,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Audio {
    Connecting,
    Connected,
}

#[derive(Debug)]
pub(crate) struct Phone {
    pub(crate) member: MemberId,
    pub(crate) audio: Audio,
}

/// What rosters say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Listing {
    /// Nothing.
    Off,
    /// Present.
    On { stream: u32 },
    /// Present, though without audio; dropped at `until`.
    Fading { stream: u32, until: Timestamp },
}

/// How good its connection is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signal {
    Bad,
    Weak,
    Good,
}

impl Signal {
    pub(crate) fn strength(self) -> u32 {
        match self {
            Self::Bad => 0,
            Self::Weak => 1,
            Self::Good => 2,
        }
    }
}

impl Guest {
    /// Whether others do not hear it.
    pub(crate) fn muted(&self) -> bool {
        self.muting.client || self.muting.api || !self.capabilities.audio.sends()
    }

    /// Whether it does not hear others.
    pub(crate) fn deaf(&self) -> bool {
        !self.capabilities.audio.receives()
    }

    /// The member whose audio can be ordered about.
    pub(crate) fn open_member(&self) -> Option<MemberId> {
        match &self.seat {
            Seat::Browser(Browser { leg: Leg::Open(leg), .. }) => Some(leg.member),
            Seat::Phone(Phone { member, audio: Audio::Connected }) => Some(*member),
            Seat::Vacant | Seat::Browser(_) | Seat::Phone(_) => None,
        }
    }

    /// Whether it counts as an audio connection.
    pub(crate) fn has_audio(&self) -> bool {
        let audio = match &self.seat {
            Seat::Browser(Browser { leg: Leg::Open(leg), .. }) => leg.audio,
            Seat::Phone(phone) => phone.audio,
            Seat::Vacant | Seat::Browser(_) => Audio::Connecting,
        };
        audio == Audio::Connected
    }

    /// The connection that gets rosters, volumes and messages.
    pub(crate) fn listener(&self) -> Option<ConnectionId> {
        match &self.seat {
            Seat::Browser(Browser { link: Link::Subscribed(connection), .. }) => Some(*connection),
            Seat::Browser(_) | Seat::Vacant | Seat::Phone(_) => None,
        }
    }

    /// When something must happen to it.
    pub(crate) fn deadline(&self) -> Option<Timestamp> {
        let down = match &self.seat {
            Seat::Browser(Browser { link: Link::Down { until }, .. }) => Some(*until),
            Seat::Browser(_) | Seat::Vacant | Seat::Phone(_) => None,
        };
        let fading = match self.listing {
            Listing::Fading { until, .. } => Some(until),
            Listing::Off | Listing::On { .. } => None,
        };
        [down, fading].into_iter().flatten().min()
    }

    pub(crate) fn who(&self) -> Who {
        Who { attendee: self.id, external_user_id: self.external_user_id.clone() }
    }

    /// Its entry in a roster that says it is present; none if it is not.
    pub(crate) fn entry(&self) -> Option<StreamIdInfo> {
        Some(StreamIdInfo {
            audio_stream_id: Some(self.listing.stream()?),
            attendee_id: Some(self.id.to_string()),
            muted: Some(self.muted()),
            external_user_id: Some(self.external_user_id.clone()),
            dropped: None,
        })
    }
}

impl Link {
    /// The live connection.
    pub(crate) fn connection(self) -> Option<ConnectionId> {
        match self {
            Self::Joined(connection) | Self::Subscribed(connection) => Some(connection),
            Self::Down { .. } => None,
        }
    }
}

impl Listing {
    pub(crate) fn stream(self) -> Option<u32> {
        match self {
            Self::Off => None,
            Self::On { stream } | Self::Fading { stream, .. } => Some(stream),
        }
    }
}
