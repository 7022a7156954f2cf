//! AUDIO_METADATA: how loud attendees are and how good their connections, at most every 200 ms and only when something
//! changed. The client takes the volume of everybody who is not listed as silence, so all audible ones are listed
//! together, and once more when they fall silent.

use std::time::Duration;

use base::Timestamp;

use super::Live;
use crate::frame::{AttendeeState, AudioMetadata, FrameKind, SignalFrame, VOLUME_SILENT};
use crate::interface::MemberId;
use crate::seat::Signal;
use crate::shared::Cx;
use crate::timers::Timer;

/// How often at most.
const TICK: Duration = Duration::from_millis(200);
/// The media machine's clock and ours need not agree to the millisecond.
const SLACK: Duration = Duration::from_millis(50);
/// A client lets a speaker fade who is not mentioned for 1 s; a steady voice is mentioned again in time.
const REPEAT: Duration = Duration::from_millis(800);

#[derive(Debug, Default)]
pub(super) struct Levels {
    /// Who is audible, by stream, with its level in -dBov.
    audible: Vec<(u32, u8)>,
    /// What was told last.
    told: Vec<(u32, u8)>,
    told_at: Timestamp,
    /// When measured levels were let through last, early ones by the time they were due.
    measured_at: Timestamp,
    /// Levels have just been measured, and it is their turn: nothing else makes them wait.
    measured: bool,
    /// Streams nobody has heard of yet.
    fresh: Vec<u32>,
    again: bool,
}

impl Levels {
    /// A new stream.
    pub(super) fn came(&mut self, stream: u32) {
        self.fresh.push(stream);
    }

    /// A stream is gone: it must not be mentioned any more.
    pub(super) fn left(&mut self, stream: u32) {
        self.fresh.retain(|known| *known != stream);
        self.told.retain(|(known, _)| *known != stream);
        self.hushed(stream);
    }

    /// A stream is silent, whatever was measured.
    pub(super) fn hushed(&mut self, stream: u32) {
        self.audible.retain(|(known, _)| *known != stream);
    }

    /// Somebody must hear everything, or something else changed.
    pub(super) fn tell_again(&mut self) {
        self.again = true;
    }

    fn due(&self, now: Timestamp) -> bool {
        self.again
            || !self.fresh.is_empty()
            || self.audible != self.told
            || (!self.audible.is_empty() && now >= self.told_at + REPEAT)
    }
}

impl Live {
    /// What the media machine measured.
    pub(crate) fn levels(&mut self, cx: &mut Cx<'_>, levels: &[(MemberId, u8)]) {
        if cx.now + SLACK >= self.levels.measured_at + TICK {
            self.levels.measured_at = cx.now.max(self.levels.measured_at + TICK);
            self.levels.measured = true;
        }
        self.levels.audible.clear();
        for (member, level) in levels {
            let Some((meeting, attendee)) = cx.shared.members.get(member) else { continue };
            let Some(guest) = self.guests.get(attendee).filter(|_| *meeting == self.record.id) else {
                continue;
            };
            if let Some(stream) = guest.listing.stream()
                && guest.open_member() == Some(*member)
                && !guest.muted()
            {
                self.levels.audible.push((stream, (*level).min(127)));
            }
        }
        self.levels.audible.sort_unstable();
        self.levels.audible.dedup_by_key(|(stream, _)| *stream);
    }

    /// Tells what changed, now or when the time has come.
    pub(super) fn tell_levels(&mut self, cx: &mut Cx<'_>) {
        let measured = std::mem::take(&mut self.levels.measured);
        if !self.levels.due(cx.now) {
            return;
        }
        let timer = Timer::Levels(self.record.id);
        // While levels are measured, whatever else there is goes with them.
        let next = (self.levels.told_at + TICK).max(self.levels.measured_at + TICK + SLACK);
        if !measured && next > cx.now {
            cx.shared.timers.set(timer, Some(next));
            return;
        }
        cx.shared.timers.set(timer, None);
        let attendee_states = self.states();
        self.levels.told.clone_from(&self.levels.audible);
        self.levels.told_at = cx.now;
        self.levels.fresh.clear();
        self.levels.again = false;
        if attendee_states.is_empty() || !self.listened_to() {
            return;
        }
        let frame = SignalFrame {
            audio_metadata: Some(AudioMetadata { attendee_states }),
            ..SignalFrame::new(cx.now, FrameKind::AudioMetadata)
        };
        let frame = frame.to_bytes();
        self.broadcast(cx, &frame, None);
    }

    /// Everybody who is audible, was audible, is new, or has a bad connection.
    fn states(&self) -> Vec<AttendeeState> {
        let levels = &self.levels;
        let mut states = Vec::new();
        for guest in self.guests.values() {
            let Some(stream) = guest.listing.stream() else { continue };
            let level = |list: &[(u32, u8)]| list.iter().find(|(s, _)| *s == stream).map(|(_, level)| *level);
            let volume = level(&levels.audible).map(u32::from);
            let mentioned = volume.is_some()
                || level(&levels.told).is_some()
                || levels.again
                || levels.fresh.contains(&stream)
                || guest.signal != Signal::Good;
            if mentioned {
                states.push(AttendeeState {
                    audio_stream_id: Some(stream),
                    volume: Some(volume.unwrap_or(VOLUME_SILENT)),
                    muted: None,
                    signal_strength: Some(guest.signal.strength()),
                });
            }
        }
        states
    }
}
