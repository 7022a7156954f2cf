use std::time::Duration;

use base::Timestamp;

/// Time between two frames of a stream.
pub(super) const PERIOD: Duration = Duration::from_millis(20);
/// The frames of all streams are spread over this many moments, 2 ms apart, so that packets leave in small groups.
pub(crate) const PHASES: usize = 10;
/// Frames missed for longer than this (a machine that slept) are left out.
const CATCH_UP: Duration = Duration::from_secs(1);

/// Somebody the clock serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clocked {
    /// The stream in this slot.
    Stream(u32),
    /// The conference in this slot.
    Conference(u32),
}

/// One media clock for all streams that speak or are listened to, and for conferences. It stands still while there are
/// none.
#[derive(Clone, Debug, Default)]
pub(super) struct Clock {
    phases: [Phase; PHASES],
}

#[derive(Clone, Debug, Default)]
struct Phase {
    next: Timestamp,
    members: Vec<Clocked>,
}

impl Clock {
    /// Adds one; its first frame begins at the phase's next moment.
    pub(super) fn join(&mut self, now: Timestamp, phase: usize, who: Clocked) {
        let period = PERIOD.as_micros() as u64;
        let offset = (phase * period as usize / PHASES) as u64;
        let phase = &mut self.phases[phase];
        if phase.members.is_empty() {
            let past = (now.as_micros() + period - offset) % period;
            phase.next = now + Duration::from_micros(period - past);
        }
        phase.members.push(who);
    }

    /// The earliest moment that has come, with its phase; the phase then waits for its next.
    pub(super) fn take_due(&mut self, now: Timestamp) -> Option<(Timestamp, usize)> {
        let (at, phase) = self.earliest().filter(|(due, _)| *due <= now)?;
        let due = if now.since(at) > CATCH_UP {
            let missed = now.since(at).as_micros() / PERIOD.as_micros();
            at + PERIOD * u32::try_from(missed).unwrap_or(u32::MAX)
        } else {
            at
        };
        self.phases[phase].next = due + PERIOD;
        Some((due, phase))
    }

    /// Those of a phase.
    pub(super) fn members(&mut self, phase: usize) -> &mut Vec<Clocked> {
        &mut self.phases[phase].members
    }

    pub(super) fn leave(&mut self, phase: usize, who: Clocked) {
        self.phases[phase].members.retain(|member| *member != who);
    }

    pub(super) fn deadline(&self) -> Option<Timestamp> {
        self.earliest().map(|(at, _)| at)
    }

    fn earliest(&self) -> Option<(Timestamp, usize)> {
        let busy = self.phases.iter().enumerate().filter(|(_, p)| !p.members.is_empty());
        busy.map(|(i, p)| (p.next, i)).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(micros: u64) -> Timestamp {
        Timestamp::from_micros(40_000_000 + micros)
    }

    #[test]
    fn phases_tick_every_20_ms_at_their_own_moment() {
        let mut clock = Clock::default();
        assert_eq!(clock.deadline(), None);
        clock.join(at(5_000), 1, Clocked::Stream(7));
        clock.join(at(5_000), 3, Clocked::Conference(7));
        assert_eq!(clock.deadline(), Some(at(6_000)));
        assert_eq!(clock.take_due(at(5_999)), None);
        let mut moments = Vec::new();
        while let Some((due, phase)) = clock.take_due(at(48_000)) {
            moments.push((due, phase));
        }
        let expected: Vec<_> = [(6_000, 3), (22_000, 1), (26_000, 3), (42_000, 1), (46_000, 3)]
            .map(|(t, phase)| (at(t), phase))
            .to_vec();
        assert_eq!(moments, expected);
    }

    #[test]
    fn a_moment_that_is_now_is_not_due_twice() {
        let mut clock = Clock::default();
        clock.join(at(0), 0, Clocked::Stream(1));
        assert_eq!(clock.deadline(), Some(at(20_000)));
    }

    #[test]
    fn after_a_long_sleep_it_goes_on_at_the_present() {
        let mut clock = Clock::default();
        clock.join(at(1), 0, Clocked::Stream(1));
        let (due, _) = clock.take_due(at(3_600_000_000)).unwrap();
        assert_eq!(due, at(3_600_000_000));
        assert_eq!(clock.take_due(at(3_600_000_000)), None);
    }
}
