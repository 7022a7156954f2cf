use std::collections::BTreeMap;

use base::Timestamp;

use super::client::ClientKey;
use super::dialog::DialogTimer;
use super::monitor::Duty;
use super::server::ServerKey;
use super::{ConnectionId, DialogId, QueryId};

/// Everything that waits for a moment, in one table ordered by time.
///
/// Who arms a timer keeps its [`TimerId`] and gives it back when the reason is gone: nothing stale is ever left here.
#[derive(Debug, Default)]
pub(super) struct Timers {
    queue: BTreeMap<TimerId, (Timer, &'static str)>,
    armed: u64,
}

/// Whom to wake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Timer {
    Client(ClientKey),
    Server(ServerKey),
    Dialog(DialogId, DialogTimer),
    Stream(ConnectionId),
    Query(QueryId),
    /// A trunk's next OPTIONS or REGISTER.
    Trunk(Duty),
}

/// One armed timer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct TimerId {
    at: Timestamp,
    serial: u64,
}

impl Timers {
    pub(super) fn arm(&mut self, at: Timestamp, timer: Timer, why: &'static str) -> TimerId {
        self.armed += 1;
        let id = TimerId { at, serial: self.armed };
        self.queue.insert(id, (timer, why));
        id
    }

    pub(super) fn disarm(&mut self, id: TimerId) {
        self.queue.remove(&id);
    }

    /// Takes out the first timer whose time has come.
    pub(super) fn due(&mut self, now: Timestamp) -> Option<Timer> {
        let first = self.queue.first_entry()?;
        (first.key().at <= now).then(|| first.remove().0)
    }

    pub(super) fn next(&self) -> Option<(Timestamp, &'static str)> {
        self.queue.first_key_value().map(|(id, (_, why))| (id.at, *why))
    }

    pub(super) fn len(&self) -> usize {
        self.queue.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timers_fire_in_order_and_leave_nothing() {
        let at = Timestamp::from_millis;
        let mut timers = Timers::default();
        timers.arm(at(20), Timer::Trunk(Duty::Probe(2)), "b");
        let gone = timers.arm(at(5), Timer::Trunk(Duty::Probe(0)), "gone");
        timers.arm(at(10), Timer::Trunk(Duty::Probe(1)), "a");
        timers.disarm(gone);
        assert_eq!(timers.next(), Some((at(10), "a")));
        assert_eq!(timers.due(at(9)), None);
        assert_eq!(timers.due(at(30)), Some(Timer::Trunk(Duty::Probe(1))));
        assert_eq!(timers.due(at(30)), Some(Timer::Trunk(Duty::Probe(2))));
        assert_eq!((timers.due(at(30)), timers.len()), (None, 0));
    }
}
