use base::Timestamp;
use tracing::{debug, warn};

use super::Shard;
use crate::{ConferenceId, Event, MemberId, OfferError, Output};

impl Shard {
    pub(super) fn open_browser(
        &mut self,
        now: Timestamp,
        member: MemberId,
        conference: ConferenceId,
        muted: bool,
    ) {
        if let Err(reason) = self.conferences.add_browser(conference, member, muted) {
            // Its offers will find nobody.
            return warn!(?member, ?conference, reason, "a browser cannot be taken");
        }
        if let Some(browsers) = &mut self.browsers {
            browsers.open(member);
        }
        self.wake_conference(now, conference);
    }

    pub(super) fn offer(&mut self, now: Timestamp, member: MemberId, sdp: &str, out: &mut dyn Output) {
        let outcome = match &mut self.browsers {
            Some(browsers) => browsers.offer(now, member, sdp, &mut self.conferences),
            None => Err(OfferError::NotServed),
        };
        out.event(Event::Answer { member, outcome });
    }

    /// Closes a browser, if the member is one; its session is silent from here on.
    pub(super) fn close_browser(&mut self, member: MemberId, out: &mut dyn Output) {
        let leavings = self.browsers.as_mut().and_then(|browsers| browsers.close(member)).unwrap_or_default();
        let Some(mut statistics) = self.leave_conference(member, out) else {
            return debug!(?member, "a member that is in no conference cannot be closed");
        };
        statistics.packets_refused += leavings.refused;
        statistics.round_trip_ms = leavings.round_trip.map(|time| time.as_secs_f64() * 1_000.0);
        out.event(Event::MemberClosed { member, statistics });
    }
}
