//! Recordings that were cut short: their events wait in the queue until they are stored.

use base::Timestamp;

use crate::actions::{Results, store_error, upload_failed};
use crate::call::Call;
use crate::notices::{Entry, Notice, NoticeKind, Upload};
use crate::protocol::error::ActionError;
use crate::{Effect, StoreError};

impl Call {
    /// The recording at this place of the queue is stored, or cannot be.
    pub(crate) fn upload_ended(
        &mut self,
        at: usize,
        outcome: &Result<(), StoreError>,
        effects: &mut Vec<Effect>,
    ) {
        let failure = outcome.as_ref().err().map(|error| {
            effects.push(Effect::Log { message: format!("A recording could not be stored: {error:?}") });
            store_error(error)
        });
        self.make_ready(at, failure);
    }

    /// All recordings whose time is over count as lost.
    pub(crate) fn upload_timed_out(&mut self, now: Timestamp, effects: &mut Vec<Effect>) {
        while let Some(at) =
            self.queue.iter().position(|e| matches!(e, Entry::Uploading(u) if u.until <= now))
        {
            effects.push(Effect::Log { message: "A recording was not stored in time.".into() });
            self.make_ready(at, Some(upload_failed()));
        }
    }

    fn make_ready(&mut self, at: usize, failure: Option<ActionError>) {
        let Some(Entry::Uploading(upload)) = self.queue.get(at) else { return };
        let notice = upload.notice(failure);
        self.queue[at] = Entry::Ready(notice);
    }
}

impl Upload {
    fn notice(&self, failure: Option<ActionError>) -> Notice {
        let leg = Some((self.leg, self.side));
        let stored = Results::Recording(self.recorded.clone());
        let (kind, data) = match failure {
            None if self.interrupted => (NoticeKind::ActionInterrupted, self.action.data(leg, &stored, None)),
            None => (NoticeKind::ActionSuccessful, self.action.data(leg, &stored, None)),
            // The interruption is still true, only there is no file to name.
            Some(_) if self.interrupted => {
                (NoticeKind::ActionInterrupted, self.action.data(leg, &Results::None, None))
            }
            Some(error) => (NoticeKind::ActionFailed, self.action.data(leg, &Results::None, Some(&error))),
        };
        Notice { kind, data, leg: self.leg, answerable: self.answerable }
    }
}
