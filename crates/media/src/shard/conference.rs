//! Orders about conferences and their members.

use base::Timestamp;

use super::Shard;
use super::clock::{Clocked, PHASES};
use crate::stream::Stream;
use crate::{Codec, ConferenceId, Event, MemberId, Output, Statistics, StreamId};

impl Shard {
    pub(super) fn open_meeting_stream(
        &mut self,
        now: Timestamp,
        stream: StreamId,
        conference: ConferenceId,
        member: MemberId,
        codec: Codec,
        out: &mut dyn Output,
    ) {
        let Some(slot) = self.room_for(stream, out) else { return };
        if let Err(reason) = self.conferences.add_stream(conference, member, stream, slot) {
            self.free.push(slot);
            return out.event(Event::OpenFailed { stream, reason: reason.into() });
        }
        self.place(slot, Stream::new(stream, 0, slot as usize % PHASES, stream.0).meeting(member, codec));
        self.wake_conference(now, conference);
    }

    pub(super) fn close_member(&mut self, now: Timestamp, member: MemberId, out: &mut dyn Output) {
        match self.conferences.stream_of(member) {
            Some(stream) => self.close(now, stream, out),
            None => self.close_browser(member, out),
        }
    }

    /// Takes a member out of its conference, which then rests if it was the last.
    pub(super) fn leave_conference(&mut self, member: MemberId, out: &mut dyn Output) -> Option<Statistics> {
        let (statistics, rests) = self.conferences.leave(member, &mut self.streams, out)?;
        if let Some((phase, slot)) = rests {
            self.clock.leave(phase, Clocked::Conference(slot));
        }
        Some(statistics)
    }

    pub(super) fn close_conference(
        &mut self,
        now: Timestamp,
        conference: ConferenceId,
        out: &mut dyn Output,
    ) {
        for member in self.conferences.members(conference) {
            self.close_member(now, member, out);
        }
        if let Some((phase, slot)) = self.conferences.remove(conference, out) {
            self.clock.leave(phase, Clocked::Conference(slot));
        }
    }

    /// Puts a conference that has something to do on its phase of the clock.
    pub(super) fn wake_conference(&mut self, now: Timestamp, conference: ConferenceId) {
        if let Some((phase, slot)) = self.conferences.needs_clock(conference) {
            self.clock.join(now, phase, Clocked::Conference(slot));
        }
    }
}
