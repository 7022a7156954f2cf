//! Jobs for another thread, gathered: to wake a thread costs more than most of what it is asked for.

use base::Timestamp;

/// Jobs that wait to be given to their thread.
pub(crate) struct Batch<J> {
    jobs: Vec<J>,
    ripe: Option<Timestamp>,
    due: Option<Timestamp>,
}

impl<J> Batch<J> {
    pub(crate) fn new() -> Self {
        Self { jobs: Vec::new(), ripe: None, due: None }
    }

    /// Adds a job. Whoever is awake from `ripe` on gives it, and all others with it; nobody wakes up for it before
    /// `due`.
    pub(crate) fn push(&mut self, job: J, ripe: Timestamp, due: Timestamp) {
        self.jobs.push(job);
        self.ripe = Some(self.ripe.map_or(ripe, |before| before.min(ripe)));
        self.due = Some(self.due.map_or(due, |before| before.min(due)));
    }

    /// Whether a job has waited long enough.
    pub(crate) fn is_ripe(&self, now: Timestamp) -> bool {
        self.ripe.is_some_and(|at| at <= now)
    }

    /// When to wake up for the most urgent job.
    pub(crate) fn due(&self) -> Option<Timestamp> {
        self.due
    }

    /// All jobs, in order.
    pub(crate) fn take(&mut self) -> Vec<J> {
        (self.ripe, self.due) = (None, None);
        std::mem::take(&mut self.jobs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_urgent_job_takes_all_with_it() {
        let at = Timestamp::from_millis;
        let mut batch = Batch::new();
        assert!(!batch.is_ripe(at(1_000)));
        batch.push('a', at(20), at(50));
        batch.push('b', at(5), at(10));
        batch.push('c', at(70), at(70));
        assert_eq!(batch.due(), Some(at(10)));
        assert!(!batch.is_ripe(at(4)) && batch.is_ripe(at(5)));
        assert_eq!(batch.take(), ['a', 'b', 'c']);
        assert_eq!((batch.due(), batch.take().len()), (None, 0));
    }
}
