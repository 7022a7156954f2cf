//! Rosters: who is present, told once in full to each listener, then as changes.

use std::time::Duration;

use base::AttendeeId;

use super::Live;
use crate::event::MeetingEventKind;
use crate::frame::{AudioStreamIdInfo, FrameKind, SignalFrame, StreamIdInfo};
use crate::interface::ConnectionId;
use crate::seat::{Guest, Listing};
use crate::shared::Cx;

/// What a roster says of a stream that is gone.
fn gone(stream: u32, dropped: bool) -> StreamIdInfo {
    StreamIdInfo {
        audio_stream_id: Some(stream),
        dropped: dropped.then_some(true),
        ..StreamIdInfo::default()
    }
}

impl Live {
    /// An attendee's audio is connected: it is present, under a stream of its own. One that was present keeps being so:
    /// its new stream comes before the end of the old one, and pages see no gap.
    pub(super) fn list(&mut self, cx: &mut Cx<'_>, attendee: AttendeeId) {
        let Some(guest) = self.guests.get_mut(&attendee) else { return };
        self.last_stream += 1;
        let before = std::mem::replace(&mut guest.listing, Listing::On { stream: self.last_stream });
        self.changes.extend(guest.entry());
        self.levels.came(self.last_stream);
        match before.stream() {
            Some(stream) => {
                self.changes.push(gone(stream, false));
                self.levels.left(stream);
            }
            None => cx.notify(&self.record, MeetingEventKind::AttendeeJoined, Some(guest.who())),
        }
        self.arm(cx, attendee);
    }

    /// An attendee's audio is gone, perhaps not for long: it stays in rosters for a while.
    pub(super) fn fade(&mut self, cx: &mut Cx<'_>, attendee: AttendeeId, within: Duration) {
        let until = cx.now + within;
        let Some(guest) = self.guests.get_mut(&attendee) else { return };
        if let Listing::On { stream } | Listing::Fading { stream, .. } = guest.listing {
            guest.listing = Listing::Fading { stream, until };
            self.levels.hushed(stream);
        }
        self.arm(cx, attendee);
    }

    /// An attendee is not present any more; `how` is left or dropped.
    pub(super) fn unlist(&mut self, cx: &mut Cx<'_>, attendee: AttendeeId, how: MeetingEventKind) {
        let Some(guest) = self.guests.get_mut(&attendee) else { return };
        let dropped = how == MeetingEventKind::AttendeeDropped;
        if let Some(stream) = std::mem::replace(&mut guest.listing, Listing::Off).stream() {
            self.changes.push(gone(stream, dropped));
            self.levels.left(stream);
            cx.shared.tally.dropped += u64::from(dropped);
            cx.notify(&self.record, how, Some(guest.who()));
        }
        self.arm(cx, attendee);
    }

    /// What a mute state is now.
    pub(super) fn list_muted(&mut self, stream: u32, muted: bool) {
        self.changes.push(StreamIdInfo {
            audio_stream_id: Some(stream),
            muted: Some(muted),
            ..StreamIdInfo::default()
        });
        if muted {
            self.levels.hushed(stream);
        }
    }

    /// The whole list, for one that starts to listen: the client takes it as such.
    pub(super) fn tell_all(&mut self, cx: &mut Cx<'_>, connection: ConnectionId) {
        let mut streams: Vec<_> = self.guests.values().filter_map(Guest::entry).collect();
        streams.sort_unstable_by_key(|entry| entry.audio_stream_id);
        cx.send(connection, &roster(cx.now, streams));
    }

    /// What changed in this input, encoded once for all.
    pub(super) fn tell_changes(&mut self, cx: &mut Cx<'_>) {
        if self.changes.is_empty() {
            return;
        }
        let streams = std::mem::take(&mut self.changes);
        if self.listened_to() {
            let frame = roster(cx.now, streams).to_bytes();
            self.broadcast(cx, &frame, None);
        }
    }
}

fn roster(now: base::Timestamp, streams: Vec<StreamIdInfo>) -> SignalFrame {
    SignalFrame {
        audio_stream_id_info: Some(AudioStreamIdInfo { streams }),
        ..SignalFrame::new(now, FrameKind::AudioStreamIdInfo)
    }
}
