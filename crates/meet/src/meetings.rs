//! [`Meetings`]: the machine over all live meetings of a node.

use base::Timestamp;

use crate::config::Config;
use crate::interface::{Admission, Input, NotAdmitted, Output};

/// All live meetings, their attendees and connections.
#[derive(Debug)]
pub struct Meetings {
    config: Config,
}

/// How much there is of everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Meetings that live.
    pub meetings: usize,
    /// Attendees that may join them.
    pub attendees: usize,
    /// Attendees whose audio is connected.
    pub present: usize,
    /// Members, browsers and telephones.
    pub members: usize,
    /// Connections, joined or not.
    pub connections: usize,
    /// Moments something waits for.
    pub timers: usize,
}

/// What happened since the start, for metrics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Browsers that joined, reconnects included.
    pub joins: u64,
    /// Joins refused for their token.
    pub refused_tokens: u64,
    /// Frames that could not be read.
    pub malformed_frames: u64,
}

impl Meetings {
    /// No meetings yet.
    pub fn new(config: Config) -> Self {
        Self { config }
    }

    /// Applies one input. Never blocks, never fails.
    pub fn handle(&mut self, now: Timestamp, input: Input<'_>, out: &mut Vec<Output>) {
        let _ = (now, input, out, &self.config);
    }

    /// When to hand in [`Input::Woken`], and why.
    pub fn deadline(&self) -> Option<(Timestamp, &'static str)> {
        None
    }

    /// Lets a telephone in that shows a join token, as the attendee of that token; whoever was that attendee before
    /// has joined elsewhere. It is present from [`Input::PhoneJoined`] on.
    ///
    /// # Errors
    /// [`NotAdmitted`] says why not.
    pub fn admit_phone(
        &mut self,
        now: Timestamp,
        token: &str,
        meeting: Option<&str>,
        out: &mut Vec<Output>,
    ) -> Result<Admission, NotAdmitted> {
        let _ = (now, token, meeting, out);
        Err(NotAdmitted::UnknownToken)
    }

    /// Mutes telephone attendees or lifts that.
    ///
    /// # Errors
    /// The ids that are no telephone in this meeting; the others are done.
    pub fn modify_attendees(
        &mut self,
        now: Timestamp,
        meeting: &str,
        attendees: &[String],
        muted: bool,
        out: &mut Vec<Output>,
    ) -> Result<(), Vec<String>> {
        let _ = (now, meeting, muted, out);
        if attendees.is_empty() { Ok(()) } else { Err(attendees.to_vec()) }
    }

    /// Tells all connections that the service goes away and closes them, so that every client reconnects at once.
    pub fn drain(&mut self, now: Timestamp, out: &mut Vec<Output>) {
        let _ = (now, out);
    }

    /// How much there is of everything.
    pub fn counts(&self) -> Counts {
        Counts::default()
    }

    /// What happened since the start.
    pub fn tally(&self) -> Tally {
        Tally::default()
    }
}
