//! What event sinks hear of meetings: everything that begins ends, once, and in order.

use std::collections::{BTreeMap, BTreeSet};

use base::{AttendeeId, MeetingId};
use meet::{MeetingEvent, MeetingEventKind};

/// All meetings of a world, as its events tell them.
#[derive(Debug, Default)]
pub struct MeetingChecks {
    meetings: BTreeMap<MeetingId, Told>,
}

#[derive(Debug, Default)]
struct Told {
    started: bool,
    ended: bool,
    attendees: BTreeMap<AttendeeId, Attendee>,
}

#[derive(Debug, Default)]
struct Attendee {
    deleted: bool,
    /// It has shown its token in this life of the node.
    authorized: bool,
    present: bool,
}

impl MeetingChecks {
    /// An event; says what is wrong with it.
    pub(super) fn happened(&mut self, event: &MeetingEvent) -> Vec<String> {
        let mut wrong = Vec::new();
        let told = self.meetings.entry(event.meeting).or_default();
        if told.ended {
            wrong.push("comes after the end");
        }
        if told.started == (event.kind == MeetingEventKind::MeetingStarted) {
            wrong.push("is not the first, or not the only beginning");
        }
        match (event.kind, &event.who) {
            (MeetingEventKind::MeetingStarted, None) => told.started = true,
            (MeetingEventKind::MeetingEnded, None) => {
                told.ended = true;
                if told.attendees.values().any(|attendee| attendee.present) {
                    wrong.push("leaves somebody present");
                }
            }
            (MeetingEventKind::AttendeeAdded, Some(who)) => {
                if told.attendees.insert(who.attendee, Attendee::default()).is_some() {
                    wrong.push("comes twice");
                }
            }
            (kind, Some(who)) => match told.attendees.get_mut(&who.attendee) {
                None => wrong.push("is about nobody"),
                Some(attendee) => {
                    if attendee.deleted {
                        wrong.push("is about somebody deleted");
                    }
                    match kind {
                        MeetingEventKind::AttendeeAuthorized => attendee.authorized = true,
                        MeetingEventKind::AttendeeJoined => {
                            if !attendee.authorized || attendee.present {
                                wrong.push("is about somebody who is present, or has shown no token");
                            }
                            attendee.present = true;
                        }
                        MeetingEventKind::AttendeeLeft | MeetingEventKind::AttendeeDropped => {
                            if !attendee.present {
                                wrong.push("is about somebody who is not present");
                            }
                            attendee.present = false;
                        }
                        MeetingEventKind::AttendeeDeleted => {
                            if attendee.present {
                                wrong.push("leaves him present");
                            }
                            attendee.deleted = true;
                        }
                        MeetingEventKind::MeetingStarted
                        | MeetingEventKind::MeetingEnded
                        | MeetingEventKind::AttendeeAdded => wrong.push("is about an attendee"),
                    }
                }
            },
            (_, None) => wrong.push("is about nobody"),
        }
        let about = event.who.as_ref().map(|who| who.attendee.to_string()).unwrap_or_default();
        let what = format!("meeting {}: {} {about}", event.meeting, event.kind.name());
        wrong.into_iter().map(|wrong| format!("{what} {wrong}")).collect()
    }

    /// The node died: nobody hears of those that were present.
    pub(super) fn crashed(&mut self) {
        for attendee in self.meetings.values_mut().flat_map(|told| told.attendees.values_mut()) {
            attendee.authorized = false;
            attendee.present = false;
        }
    }

    /// Whether a meeting has begun and is not over.
    pub fn is_on(&self, meeting: MeetingId) -> bool {
        self.meetings.get(&meeting).is_some_and(|told| told.started && !told.ended)
    }

    /// Meetings that have begun.
    pub fn begun(&self) -> usize {
        self.meetings.len()
    }

    /// Who is present in a meeting.
    pub fn present(&self, meeting: MeetingId) -> BTreeSet<String> {
        let all = self.meetings.get(&meeting).into_iter().flat_map(|told| &told.attendees);
        all.filter(|(_, attendee)| attendee.present).map(|(id, _)| id.to_string()).collect()
    }

    /// Meetings that are not over.
    pub(super) fn unfinished(&self) -> impl Iterator<Item = MeetingId> {
        self.meetings.iter().filter(|(_, told)| !told.ended).map(|(id, _)| *id)
    }
}

#[cfg(test)]
mod tests {
    use base::{Rng, Timestamp};
    use meet::Who;

    use super::*;

    fn wrong(kinds: &[MeetingEventKind]) -> Vec<String> {
        let mut rng = Rng::new(1);
        let (meeting, attendee) = (MeetingId::random(&mut rng), AttendeeId::random(&mut rng));
        let mut checks = MeetingChecks::default();
        let event = |kind: &MeetingEventKind| MeetingEvent {
            at: Timestamp::from_millis(1),
            kind: *kind,
            meeting,
            external_meeting_id: String::new(),
            media_region: String::new(),
            who: (!matches!(kind, MeetingEventKind::MeetingStarted | MeetingEventKind::MeetingEnded))
                .then(|| Who { attendee, external_user_id: String::new() }),
        };
        kinds.iter().flat_map(|kind| checks.happened(&event(kind))).collect()
    }

    #[test]
    fn what_begins_ends_once() {
        use MeetingEventKind::*;
        let good = [
            MeetingStarted,
            AttendeeAdded,
            AttendeeAuthorized,
            AttendeeJoined,
            AttendeeDropped,
            AttendeeJoined,
            AttendeeLeft,
            AttendeeDeleted,
            MeetingEnded,
        ];
        assert_eq!(wrong(&good), [""; 0]);
        for left_out in [0, 1, 2, 3, 4, 6] {
            let mut kinds = good.to_vec();
            kinds.remove(left_out);
            assert!(!wrong(&kinds).is_empty(), "without {:?}", good[left_out]);
        }
        for twice in [0, 1, 3, 4, 7, 8] {
            let mut kinds = good.to_vec();
            kinds.insert(twice, good[twice]);
            assert!(!wrong(&kinds).is_empty(), "{:?} twice", good[twice]);
        }
    }
}
