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

    /// Adds a job that is given at `due`, and takes all others with it; or before that with a more urgent one.
    pub(crate) fn push(&mut self, job: J, due: Timestamp) {
        self.jobs.push(job);
        self.due = Some(self.due.map_or(due, |before| before.min(due)));
    }

    /// When the most urgent job is to be given.
    pub(crate) fn due(&self) -> Option<Timestamp> {
        self.due
    }

    /// All jobs, in order.
    pub(crate) fn take(&mut self) -> Vec<J> {
        self.due = None;
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
        assert_eq!(batch.due(), None);
        batch.push('a', at(50));
        batch.push('b', at(10));
        batch.push('c', at(70));
        assert_eq!(batch.due(), Some(at(10)));
        assert_eq!(batch.take(), ['a', 'b', 'c']);
        assert_eq!((batch.due(), batch.take().len()), (None, 0));
    }
}
