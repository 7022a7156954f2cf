//! Jobs for another thread, gathered: to wake a thread costs more than most of what it is asked for.

use base::Timestamp;

/// Jobs that wait to be given to their thread.
pub(crate) struct Batch<J> {
    jobs: Vec<J>,
    due: Option<Timestamp>,
}

impl<J> Batch<J> {
    pub(crate) fn new() -> Self {
        Self { jobs: Vec::new(), due: None }
    }

    /// Adds a job, which may wait until `due` and takes all others with it then.
    pub(crate) fn push(&mut self, job: J, due: Timestamp) {
        self.jobs.push(job);
        self.due = Some(self.due.map_or(due, |before| before.min(due)));
    }

    /// When the first job has waited long enough.
    pub(crate) fn due(&self) -> Option<Timestamp> {
        self.due
    }

    /// All jobs, in order.
    pub(crate) fn take(&mut self) -> impl Iterator<Item = J> {
        self.due = None;
        self.jobs.drain(..)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_urgent_job_takes_all_with_it() {
        let at = Timestamp::from_millis;
        let mut batch = Batch::new();
        batch.push('a', at(50));
        batch.push('b', at(10));
        batch.push('c', at(70));
        assert_eq!(batch.due(), Some(at(10)));
        assert_eq!(batch.take().collect::<String>(), "abc");
        assert_eq!((batch.due(), batch.take().count()), (None, 0));
    }
}
