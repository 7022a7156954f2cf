//! Browsers in the world, and what their pages show.

use std::collections::BTreeSet;
use std::time::Duration;

use base::{MeetingId, Timestamp};
use meet::ConnectionId;
use node::{BrowserInput, Input};

use super::Engine;
use super::queue::What;
use crate::browser::{Browser, BrowserStage, BrowserWant, PING_EVERY, Way};
use crate::shard::Track;

impl Engine {
    /// A browser connects, to join the meeting of a token.
    pub fn browse(&mut self, meeting: Option<MeetingId>, token: &str) -> ConnectionId {
        self.browse_again(meeting, token, None)
    }

    /// The same; in a session it has had by another connection.
    pub fn browse_again(
        &mut self,
        meeting: Option<MeetingId>,
        token: &str,
        session: Option<u64>,
    ) -> ConnectionId {
        self.next_connection += 1;
        let connection = ConnectionId(self.next_connection);
        let session = session.unwrap_or(connection.0);
        let mut wants = Vec::new();
        let way = Way { meeting, token: token.to_owned(), session };
        self.browsers.insert(connection, Browser::new(self.now, connection, way, &mut wants));
        let event = BrowserInput::Connected { path_meeting: meeting, token: token.into() };
        let input = Input::Browser { connection, event };
        if self.now < self.stalled {
            self.push_for_life(Duration::ZERO, What::Node(input));
        } else {
            self.input(input);
        }
        self.browser_wants(connection, wants);
        self.push_for_life(PING_EVERY, What::BrowserPings { connection });
        connection
    }

    /// Has a browser do something.
    pub(crate) fn with_browser<T>(
        &mut self,
        connection: ConnectionId,
        act: impl FnOnce(&mut Browser, Timestamp, &mut Vec<BrowserWant>) -> T,
    ) -> Option<T> {
        let mut wants = Vec::new();
        let result = act(self.browsers.get_mut(&connection)?, self.now, &mut wants);
        self.browser_wants(connection, wants);
        Some(result)
    }

    /// A browser's connection breaks without a word; it may come back by another one.
    pub fn cut(&mut self, connection: ConnectionId) {
        if let Some(browser) = self.browsers.get_mut(&connection)
            && browser.stage != BrowserStage::Gone
        {
            browser.is_cut_off();
            self.push_for_life(Duration::from_millis(1), What::BrowserGoes { connection });
        }
    }

    /// The member of a conference that a browser is.
    pub fn member_of(&self, connection: ConnectionId) -> Option<media::MemberId> {
        let offer = self.browsers.get(&connection)?.offer()?;
        self.shards.iter().find_map(|shard| shard.browser_that_offered(offer))
    }

    /// Whether a browser's media is up.
    pub fn is_connected(&self, member: media::MemberId) -> bool {
        self.shards.iter().any(|shard| shard.browser_hears(member) != Track::Silence)
    }

    /// A browser's media path fails.
    pub fn lose_audio(&mut self, connection: ConnectionId) {
        let Some(member) = self.member_of(connection) else { return };
        for shard in 0..self.shards.len() {
            let event = media::Event::MemberLost { member };
            self.push_for_life(Duration::ZERO, What::Node(Input::Media { shard, event }));
        }
    }

    /// Every shard reports who is audible.
    pub fn report_levels(&mut self) {
        for shard in 0..self.shards.len() {
            for event in self.shards[shard].levels() {
                self.push_for_life(Duration::ZERO, What::Node(Input::Media { shard, event }));
            }
        }
    }

    pub(super) fn browser_wants(&mut self, connection: ConnectionId, wants: Vec<BrowserWant>) {
        let way = Duration::from_millis(1);
        for want in wants {
            let what = match want {
                BrowserWant::Send(frame) => What::BrowserSends { connection, frame },
                BrowserWant::Disconnect => What::BrowserGoes { connection },
            };
            self.push_for_life(way, what);
        }
    }

    /// Looks at what all pages show.
    pub fn look_at_pages(&mut self) {
        let meetings: BTreeSet<_> =
            self.browsers.values().filter_map(|browser| browser.way.meeting).collect();
        meetings.into_iter().for_each(|meeting| self.compare_rosters(meeting));
    }

    /// Everybody who listens in a meeting is shown those who are present.
    pub(super) fn compare_rosters(&mut self, meeting: MeetingId) {
        let present = self.checks.meetings.present(meeting);
        for (connection, browser) in &self.browsers {
            if browser.stage != BrowserStage::Subscribed || browser.way.meeting != Some(meeting) {
                continue;
            }
            let shown: BTreeSet<&String> = browser.roster.values().map(|(attendee, _)| attendee).collect();
            if !shown.iter().copied().eq(&present) {
                let wrong = format!("{connection:?} is shown {shown:?}, and present are {present:?}");
                self.checks.violations.push(wrong);
            }
            let muted = browser.roster.values().filter(|(_, muted)| *muted).count();
            let (all, hushed) = self.members_with(*connection);
            // One who is present without audio, for a while, has no member.
            if all == shown.len() && hushed != muted {
                let wrong = format!("{connection:?} is shown {muted} muted, and {hushed} of {all} are");
                self.checks.violations.push(wrong);
            }
        }
    }

    /// Members of the meeting of a browser that have audio, and how many of them are muted.
    pub(super) fn members_with(&self, connection: ConnectionId) -> (usize, usize) {
        let member = self.member_of(connection);
        let conference = member.and_then(|m| self.shards.iter().find_map(|shard| shard.conference_of(m)));
        let parts =
            conference.into_iter().flat_map(|of| self.shards.iter().map(move |shard| shard.members(of)));
        parts.fold((0, 0), |(all, muted), (more, hushed)| (all + more, muted + hushed))
    }
}
