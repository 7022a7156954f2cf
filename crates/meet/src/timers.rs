use std::collections::{BTreeMap, BTreeSet};

use base::{AttendeeId, MeetingId, Timestamp};

use crate::interface::ConnectionId;

/// What waits for a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Timer {
    /// A connection: its JOIN, a sign of life, or its end.
    Connection(ConnectionId),
    /// An attendee that may come back.
    Attendee(MeetingId, AttendeeId),
    /// The next volumes.
    Levels(MeetingId),
    /// The oldest of the kept messages.
    Messages(MeetingId),
    /// The end of the meeting.
    Lifetime(MeetingId),
}

impl Timer {
    fn why(self) -> &'static str {
        match self {
            Self::Connection(_) => "a connection",
            Self::Attendee(..) => "an attendee may come back",
            Self::Levels(_) => "volumes",
            Self::Messages(_) => "kept messages",
            Self::Lifetime(_) => "the end of a meeting",
        }
    }
}

/// All of them: finding the due ones never looks at the others.
#[derive(Debug, Default)]
pub(crate) struct Timers {
    by_time: BTreeSet<(Timestamp, Timer)>,
    by_timer: BTreeMap<Timer, Timestamp>,
}

impl Timers {
    /// Replaces a timer.
    pub(crate) fn set(&mut self, timer: Timer, at: Option<Timestamp>) {
        let before = match at {
            Some(at) => self.by_timer.insert(timer, at),
            None => self.by_timer.remove(&timer),
        };
        if before == at {
            return;
        }
        if let Some(before) = before {
            self.by_time.remove(&(before, timer));
        }
        if let Some(at) = at {
            self.by_time.insert((at, timer));
        }
    }

    pub(crate) fn first(&self) -> Option<(Timestamp, &'static str)> {
        self.by_time.first().map(|(at, timer)| (*at, timer.why()))
    }

    pub(crate) fn pop_due(&mut self, now: Timestamp) -> Option<Timer> {
        let &(at, timer) = self.by_time.first()?;
        if at > now {
            return None;
        }
        self.set(timer, None);
        Some(timer)
    }

    pub(crate) fn len(&self) -> usize {
        self.by_time.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timer_that_is_moved_counts_once() {
        let mut timers = Timers::default();
        let (a, b) = (Timer::Connection(ConnectionId(1)), Timer::Connection(ConnectionId(2)));
        let at = Timestamp::from_millis;
        timers.set(a, Some(at(10)));
        timers.set(b, Some(at(20)));
        timers.set(a, Some(at(30)));
        assert_eq!((timers.len(), timers.first()), (2, Some((at(20), "a connection"))));
        assert_eq!(timers.pop_due(at(19)), None);
        assert_eq!(timers.pop_due(at(40)), Some(b));
        assert_eq!(timers.pop_due(at(40)), Some(a));
        assert_eq!((timers.pop_due(at(40)), timers.len()), (None, 0));
    }
}
