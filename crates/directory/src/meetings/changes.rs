//! What the store's confirmed writes mean for whoever holds the meetings that are going on.

use api::Sensitive;
use api::meetings::{AttendeeCapabilities, TranscriptionConfiguration};
use base::{AttendeeId, MeetingId, Timestamp};

use crate::record::Kind;
use crate::records::{self, split_attendee_key};
use crate::tables::{Item, Mutation, Tables};

/// A live meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// Its id.
    pub id: MeetingId,
    /// Its name given by its creator.
    pub external_id: Sensitive<String>,
    /// The region given by its creator.
    pub region: String,
    /// When it was created.
    pub created: Timestamp,
    /// Most attendees it may have.
    pub capacity: u32,
    /// Whether attendees may have their cameras on.
    pub video: bool,
    /// Whether attendees may share content.
    pub content: bool,
    /// While it is transcribed: how.
    pub transcription: Option<Box<TranscriptionConfiguration>>,
}

/// An attendee of a live meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attendee {
    /// Its id.
    pub id: AttendeeId,
    /// Its name given by its creator.
    pub external_user_id: Sensitive<String>,
    /// `JoinToken`.
    pub token: Sensitive<String>,
    /// What it may send and receive.
    pub capabilities: AttendeeCapabilities,
}

/// Something about a meeting is different; the store has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MeetingChange {
    /// There is a new meeting.
    Created(Box<Meeting>),
    /// It has a new attendee.
    AttendeeAdded {
        /// The meeting.
        meeting: MeetingId,
        /// The attendee.
        attendee: Box<Attendee>,
    },
    /// An attendee may do other things than before.
    CapabilitiesChanged {
        /// The meeting.
        meeting: MeetingId,
        /// The attendee.
        attendee: AttendeeId,
        /// All it may do.
        capabilities: AttendeeCapabilities,
    },
    /// An attendee must not be in the meeting any more.
    AttendeeDeleted {
        /// The meeting.
        meeting: MeetingId,
        /// The attendee.
        attendee: AttendeeId,
    },
    /// The meeting has ended, for all its attendees.
    Deleted {
        /// The meeting.
        meeting: MeetingId,
    },
    /// The meeting is to be transcribed, or in another way than before.
    TranscriptionStarted {
        /// The meeting.
        meeting: MeetingId,
        /// How.
        configuration: Box<TranscriptionConfiguration>,
    },
    /// The meeting is not to be transcribed any more.
    TranscriptionStopped {
        /// The meeting.
        meeting: MeetingId,
    },
}

/// What a mutation that is about to become true changes, if it is about a meeting.
pub(crate) fn change_of(tables: &Tables, mutation: &Mutation) -> Option<MeetingChange> {
    match mutation.parts() {
        (Kind::Meeting, key, item) => {
            let new = match item {
                Some(Item::Meeting(new)) => Some(new.as_ref()),
                _ => None,
            };
            of_meeting(key, tables.meetings.get(key), new)
        }
        (Kind::Attendee, key, item) => {
            let (meeting, _) = split_attendee_key(key);
            // The end of a meeting is the end of its attendees: they leave without a word.
            tables.meetings.get(meeting).filter(|meeting| meeting.ended.is_none())?;
            let new = match item {
                Some(Item::Attendee(new)) => Some(new),
                _ => None,
            };
            of_attendee(key, tables.attendees.get(key), new)
        }
        _ => None,
    }
}

fn of_meeting(
    key: &str,
    old: Option<&records::Meeting>,
    new: Option<&records::Meeting>,
) -> Option<MeetingChange> {
    let meeting = meeting_id(key)?;
    let is_live = |meeting: &&records::Meeting| meeting.ended.is_none();
    match (old.filter(is_live), new.filter(is_live)) {
        (None, Some(new)) => Some(MeetingChange::Created(Box::new(view(meeting, new)))),
        (Some(_), None) => Some(MeetingChange::Deleted { meeting }),
        (Some(old), Some(new)) if old.transcription != new.transcription => {
            Some(match new.transcription.clone() {
                Some(configuration) => {
                    MeetingChange::TranscriptionStarted { meeting, configuration: Box::new(configuration) }
                }
                None => MeetingChange::TranscriptionStopped { meeting },
            })
        }
        (Some(_), Some(_)) | (None, None) => None,
    }
}

fn of_attendee(
    key: &str,
    old: Option<&records::Attendee>,
    new: Option<&records::Attendee>,
) -> Option<MeetingChange> {
    let (meeting, attendee) = ids(key)?;
    let is_live = |attendee: &&records::Attendee| attendee.deleted.is_none();
    match (old.filter(is_live), new.filter(is_live)) {
        (None, Some(new)) => {
            let attendee = Box::new(view_of_attendee(attendee, new));
            Some(MeetingChange::AttendeeAdded { meeting, attendee })
        }
        (Some(_), None) => Some(MeetingChange::AttendeeDeleted { meeting, attendee }),
        (Some(old), Some(new)) if old.capabilities != new.capabilities => {
            let capabilities = new.capabilities.clone();
            Some(MeetingChange::CapabilitiesChanged { meeting, attendee, capabilities })
        }
        (Some(_), Some(_)) | (None, None) => None,
    }
}

/// The live meetings, each with its attendees.
pub(crate) fn live(tables: &Tables) -> impl Iterator<Item = (Meeting, Vec<Attendee>)> {
    let live = tables.meetings.after(None).filter(|(_, meeting)| meeting.ended.is_none());
    live.filter_map(|(key, meeting)| {
        let attendees = tables.attendees_of(key, None);
        let attendees = attendees.filter_map(|(key, attendee)| Some(view_of_attendee(ids(key)?.1, attendee)));
        Some((view(meeting_id(key)?, meeting), attendees.collect()))
    })
}

fn view(id: MeetingId, meeting: &records::Meeting) -> Meeting {
    Meeting {
        id,
        external_id: meeting.external_id.clone(),
        region: meeting.region.clone(),
        created: meeting.created,
        capacity: meeting.capacity() as u32,
        video: meeting.has_video(),
        content: meeting.has_content(),
        transcription: meeting.transcription.clone().map(Box::new),
    }
}

fn view_of_attendee(id: AttendeeId, attendee: &records::Attendee) -> Attendee {
    Attendee {
        id,
        external_user_id: attendee.external_user_id.clone(),
        token: attendee.token.clone(),
        capabilities: attendee.capabilities.clone(),
    }
}

/// Ids of records are minted here: one that is none was put into the store by hand, and cannot be joined.
fn meeting_id(key: &str) -> Option<MeetingId> {
    key.parse().inspect_err(|_| tracing::error!("a stored meeting has no id")).ok()
}

fn ids(key: &str) -> Option<(MeetingId, AttendeeId)> {
    let (meeting, attendee) = split_attendee_key(key);
    let attendee = attendee.parse().inspect_err(|_| tracing::error!("a stored attendee has no id"));
    Some((meeting_id(meeting)?, attendee.ok()?))
}
