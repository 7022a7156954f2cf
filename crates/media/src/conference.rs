//! Conferences: the mix of a meeting, for browsers and meeting streams.
//!
//! Everybody hears the sum of all others. There are two buses, one at 8 kHz for what phones bring and one at 16 kHz for
//! what browsers bring in Opus; each tick of 20 ms every audible member is added to its bus, each bus is resampled into the
//! other once, and a member's own frame is subtracted again for it alone. So nothing has to be switched when the first
//! browser comes or the last one leaves, and neither rate costs anything while nobody uses it.
//!
//! 16 kHz and not 48: at the 32 kbit/s that a browser is sent, Opus at 16 kHz takes a third of the time it takes at 48, and
//! the band that speech is in comes out nearer to the original.

pub(crate) mod browser;
mod conceal;
mod crossing;
mod jitter;
mod listener;
mod member;
mod mix;
mod mixed;
mod rate;
#[cfg(test)]
mod tests;
mod voice;

use std::collections::HashMap;

use base::Timestamp;
use tracing::{debug, warn};

use crate::shard::PHASES;
use crate::stream::Stream;
use crate::{ConferenceId, MemberId, Output, Statistics, StreamId};
use browser::{BrowserCodec, Browsers, Incoming};
pub use crossing::Crossing;
pub(crate) use jitter::{Coding, Jitter, Packet};
use member::{End, Member};
use mix::Conference;

/// Samples of 20 ms at 8 kHz.
pub(crate) const NARROW: usize = crate::FRAME;
/// Samples of 20 ms at 16 kHz.
pub(crate) const WIDE: usize = 2 * NARROW;
/// A level (−dBov) beyond this is silence.
const QUIET: u8 = 60;
/// Members of all conferences of a shard, and conferences, at most.
const MAX_MEMBERS: usize = 20_000;
const MAX_CONFERENCES: usize = 10_000;

type NarrowSum = [i32; NARROW];
type WideSum = [i32; WIDE];

/// A shard's streams, by slot.
pub(crate) type Streams = [Option<Box<Stream>>];

/// All conferences of a shard and who is in them.
#[derive(Default)]
pub(crate) struct Conferences {
    /// Which of the node's shards this is.
    shard: usize,
    slots: Vec<Option<Box<Conference>>>,
    free: Vec<u32>,
    by_id: HashMap<ConferenceId, u32>,
    by_member: HashMap<MemberId, u32>,
}

impl Conferences {
    pub(crate) fn new(shard: usize) -> Self {
        Self { shard, ..Self::default() }
    }

    pub(crate) fn open(&mut self, id: ConferenceId, home: usize) {
        if self.by_id.contains_key(&id) || self.by_id.len() >= MAX_CONFERENCES {
            return warn!(conference = ?id, "a conference that is open already, or one too many");
        }
        let slot = self.free.pop().unwrap_or(self.slots.len() as u32);
        let home = (home != self.shard).then_some(home);
        let made = Some(Box::new(Conference::new(id, self.shard, home, slot as usize % PHASES)));
        match self.slots.get_mut(slot as usize) {
            Some(place) => *place = made,
            None => self.slots.push(made),
        }
        self.by_id.insert(id, slot);
    }

    /// Everybody in a conference, in order; it can be removed once they are gone.
    pub(crate) fn members(&self, id: ConferenceId) -> Vec<MemberId> {
        self.find(id).map(|conference| conference.members.iter().map(|m| m.id).collect()).unwrap_or_default()
    }

    /// Drops a conference that has no members left; what place on the clock it had.
    pub(crate) fn remove(&mut self, id: ConferenceId, out: &mut dyn Output) -> Option<(usize, u32)> {
        let slot = self.by_id.remove(&id)?;
        let mut gone = self.slots.get_mut(slot as usize)?.take()?;
        debug_assert!(gone.members.is_empty());
        gone.silence(out);
        self.free.push(slot);
        gone.clocked.then_some((gone.phase, slot))
    }

    /// Puts a browser into a conference.
    ///
    /// # Errors
    /// Why that cannot be.
    pub(crate) fn add_browser(
        &mut self,
        conference: ConferenceId,
        member: MemberId,
        muted: bool,
    ) -> Result<(), &'static str> {
        self.add(conference, Member::browser(member, muted))
    }

    /// Puts the stream in `slot` into a conference.
    ///
    /// # Errors
    /// Why that cannot be.
    pub(crate) fn add_stream(
        &mut self,
        conference: ConferenceId,
        member: MemberId,
        stream: StreamId,
        slot: u32,
    ) -> Result<(), &'static str> {
        self.add(conference, Member::stream(member, stream, slot))
    }

    fn add(&mut self, id: ConferenceId, member: Member) -> Result<(), &'static str> {
        let Some(&slot) = self.by_id.get(&id) else { return Err("the conference is not open") };
        let Some(conference) = self.slots.get_mut(slot as usize).and_then(Option::as_deref_mut) else {
            return Err("the conference is not open");
        };
        if self.by_member.contains_key(&member.id) {
            return Err("the member is in a conference already");
        }
        if self.by_member.len() >= MAX_MEMBERS {
            return Err("the shard has as many members as it may");
        }
        if matches!(member.end, End::Browser(_)) && !conference.is_home() {
            return Err("browsers are on the home shard only");
        }
        self.by_member.insert(member.id, slot);
        conference.add(member);
        Ok(())
    }

    /// The place on the clock that a conference now needs: it has members and did not tick.
    pub(crate) fn needs_clock(&mut self, id: ConferenceId) -> Option<(usize, u32)> {
        let slot = *self.by_id.get(&id)?;
        let conference = self.slots.get_mut(slot as usize)?.as_deref_mut()?;
        let needs = !conference.clocked && !conference.is_settled();
        conference.clocked |= needs;
        needs.then_some((conference.phase, slot))
    }

    /// From here on a browser is sent frames of this codec; `None`: none, until its media path is up.
    pub(crate) fn send_as(&mut self, member: MemberId, codec: Option<BrowserCodec>) {
        if let Some(Member { end: End::Browser(browser), .. }) = self.member(member) {
            browser.send_as(codec);
        }
    }

    /// Takes a browser's packet.
    pub(crate) fn receive(&mut self, now: Timestamp, member: MemberId, packet: Incoming<'_>) {
        if let Some(Member { end: End::Browser(browser), .. }) = self.member(member) {
            browser.receive(now, &packet);
        }
    }

    pub(crate) fn mute(&mut self, member: MemberId, on: bool) {
        if let Some(member) = self.member(member) {
            member.muted = on;
        }
    }

    pub(crate) fn deafen(&mut self, member: MemberId, on: bool) {
        if let Some(member) = self.member(member) {
            member.deafened = on;
        }
    }

    /// The stream that a member is, if it is one.
    pub(crate) fn stream_of(&self, member: MemberId) -> Option<StreamId> {
        let slot = *self.by_member.get(&member)?;
        match self.slots.get(slot as usize)?.as_deref()?.member(member)?.end {
            End::Stream(stream, _) => Some(stream),
            End::Browser(_) => None,
        }
    }

    /// Takes a member out: what it was just saying fades away. Its figures, without what only a browser's session knows
    /// (refused packets, round trip); a stream has its own. And the place on the clock that the conference no longer needs.
    pub(crate) fn leave(
        &mut self,
        member: MemberId,
        streams: &mut Streams,
        out: &mut dyn Output,
    ) -> Option<(Statistics, Option<(usize, u32)>)> {
        let slot = self.by_member.remove(&member)?;
        let conference = self.slots.get_mut(slot as usize)?.as_deref_mut()?;
        let statistics = conference.leave(member, streams)?;
        if conference.members.is_empty() {
            conference.silence(out);
        }
        let rests = conference.is_settled() && std::mem::take(&mut conference.clocked);
        Some((statistics, rests.then_some((conference.phase, slot))))
    }

    /// Mixes the 20 ms of the conference in `slot` that begin at `due`; false: it needs no clock for now.
    pub(crate) fn tick(
        &mut self,
        slot: u32,
        due: Timestamp,
        streams: &mut Streams,
        browsers: &mut dyn Browsers,
        finished: &mut crate::shard::Finished,
        out: &mut dyn Output,
    ) -> bool {
        let Some(conference) = self.slots.get_mut(slot as usize).and_then(Option::as_deref_mut) else {
            return false;
        };
        conference.tick(due, streams, browsers, finished, out);
        conference.clocked = !conference.is_settled();
        conference.clocked
    }

    /// Takes what another shard's part of a conference sent.
    pub(crate) fn cross(&mut self, crossing: Crossing) {
        let Some(conference) = self
            .by_id
            .get(&crossing.conference)
            .and_then(|slot| self.slots.get_mut(*slot as usize))
            .and_then(Option::as_deref_mut)
        else {
            return debug!(conference = ?crossing.conference, "a crossing for a conference that is not open");
        };
        conference.cross(crossing);
    }

    fn member(&mut self, id: MemberId) -> Option<&mut Member> {
        let slot = *self.by_member.get(&id)?;
        self.slots.get_mut(slot as usize)?.as_deref_mut()?.member_mut(id)
    }

    fn find(&self, id: ConferenceId) -> Option<&Conference> {
        self.slots.get(*self.by_id.get(&id)? as usize)?.as_deref()
    }
}
