use std::sync::Arc;
use std::time::Duration;

use base::Timestamp;
use tracing::{debug, warn};

use super::Shard;
use super::clock::{Clocked, PHASES};
use crate::dtmf::Sending;
use crate::player::Player;
use crate::recorder::Recorder;
use crate::stream::Stream;
use crate::{Clip, Command, Event, Output, PlaybackId, Recorded, RecordingId, SendingId, StreamId};

/// Playbacks of a stream, the current one and those that wait behind it.
const MAX_PLAYBACKS: usize = 8;
/// Sendings of a stream, the current one and those that wait behind it.
const MAX_SENDINGS: usize = 8;
/// Recordings of a stream at a time.
const MAX_RECORDINGS: usize = 4;
/// Digits of a sending.
const MAX_DIGITS: usize = 256;

/// Playbacks and sendings that came to their end during a frame.
#[derive(Default)]
pub(crate) struct Finished {
    pub(crate) playbacks: Vec<PlaybackId>,
    pub(crate) sendings: Vec<SendingId>,
}

impl Shard {
    /// Obeys an order. Orders for a stream that is gone are dropped: they crossed its end.
    pub fn handle_command(&mut self, now: Timestamp, command: Command, out: &mut dyn Output) {
        match command {
            Command::Open { stream, port, seed } => self.open(stream, port, seed, out),
            Command::Connect { stream, remote } => {
                self.with(now, stream, |s| s.connect(now, remote, out));
                if let Some(slot) = self.by_id.get(&stream) {
                    self.set_slow(now, *slot);
                }
            }
            Command::Bridge { a, b } => self.bridge(a, b),
            Command::Unbridge { a, b } => self.unbridge(a, b),
            Command::Play { stream, playback, clip, times } => {
                self.play(now, stream, playback, clip, times, out)
            }
            Command::PlayLive { stream, playback } => {
                self.add_player(now, stream, Player::live(playback), out)
            }
            Command::Feed { playback, samples, last } => self.feed(now, playback, samples, last),
            Command::StopPlayback { playback } => {
                if let Some(stream) = self.playbacks.remove(&playback).and_then(|slot| self.stream_mut(slot))
                {
                    stream.players.retain(|p| p.id != playback);
                }
            }
            Command::SendDigits { stream, sending, digits, tone } => {
                self.send_digits(now, stream, sending, &digits, tone, out);
            }
            Command::StopSending { sending } => {
                if let Some(stream) = self.sendings.remove(&sending).and_then(|slot| self.stream_mut(slot)) {
                    stream.sendings.retain(|s| s.id != Some(sending));
                }
            }
            Command::Listen { stream, on } => self.with(now, stream, |s| s.listen(on)),
            Command::StartRecording { stream, recording, silence } => {
                self.start_recording(now, stream, recording, silence, out);
            }
            Command::StopRecording { recording } => self.stop_recording(recording, out),
            Command::Close { stream } => self.close(now, stream, out),
            Command::OpenConference { conference, home } => self.conferences.open(conference, home),
            Command::CloseConference { conference } => self.close_conference(now, conference, out),
            Command::OpenMeetingStream { stream, conference, member, codec } => {
                self.open_meeting_stream(now, stream, conference, member, codec, out);
            }
            Command::OpenBrowser { member, conference, muted } => {
                self.open_browser(now, member, conference, muted);
            }
            Command::Offer { member, sdp } => self.offer(now, member, &sdp, out),
            Command::Mute { member, on } => self.conferences.mute(member, on),
            Command::Deafen { member, on } => self.conferences.deafen(member, on),
            Command::CloseMember { member } => self.close_member(now, member, out),
        }
    }

    /// Applies `change` to a stream and sets the clock for what it then wants.
    fn with(&mut self, now: Timestamp, stream: StreamId, change: impl FnOnce(&mut Stream)) {
        let Some(&slot) = self.by_id.get(&stream) else {
            debug!(?stream, "an order for a stream that is not open");
            return;
        };
        if let Some(stream) = self.stream_mut(slot) {
            change(stream);
        }
        self.wake(now, slot);
    }

    fn open(&mut self, stream: StreamId, port: u16, seed: u64, out: &mut dyn Output) {
        let pair = self.pair(port).filter(|pair| *pair < self.by_port.len() && port & 1 == 0);
        let mut fail = |reason: &str| out.event(Event::OpenFailed { stream, reason: reason.into() });
        let Some(pair) = pair else { return fail("the port is not of this shard's range, or odd") };
        if self.by_port[pair].is_some() {
            return fail("the port is taken");
        }
        let Some(slot) = self.room_for(stream, out) else { return };
        self.place(slot, Stream::new(stream, port, slot as usize % PHASES, seed));
        self.by_port[pair] = Some(slot);
    }

    /// A slot for a new stream; `None`: it cannot be, and that is reported.
    pub(super) fn room_for(&mut self, stream: StreamId, out: &mut dyn Output) -> Option<u32> {
        let mut fail = |reason: &str| out.event(Event::OpenFailed { stream, reason: reason.into() });
        if self.by_id.contains_key(&stream) {
            fail("the stream is open already");
            return None;
        }
        if self.by_id.len() >= self.config.max_streams {
            fail("the shard has as many streams as it may");
            return None;
        }
        Some(self.free.pop().unwrap_or(self.streams.len() as u32))
    }

    pub(super) fn place(&mut self, slot: u32, stream: Stream) {
        self.by_id.insert(stream.id, slot);
        let made = Some(Box::new(stream));
        match self.streams.get_mut(slot as usize) {
            Some(place) => *place = made,
            None => self.streams.push(made),
        }
    }

    fn bridge(&mut self, a: StreamId, b: StreamId) {
        let (Some(&slot_a), Some(&slot_b)) = (self.by_id.get(&a), self.by_id.get(&b)) else {
            debug!(?a, ?b, "a bridge of streams that are not both open");
            return;
        };
        if slot_a == slot_b {
            warn!(?a, "a stream cannot be bridged to itself");
            return;
        }
        for (one, other) in [(slot_a, slot_b), (slot_b, slot_a)] {
            let former = self.stream_mut(one).and_then(|s| s.bridged.replace(other));
            if let Some(former) = former.filter(|former| *former != other)
                && let Some(former) = self.stream_mut(former)
            {
                former.bridged = None;
            }
        }
    }

    fn unbridge(&mut self, a: StreamId, b: StreamId) {
        let (slot_a, slot_b) = (self.by_id.get(&a).copied(), self.by_id.get(&b).copied());
        for (one, other) in [(slot_a, slot_b), (slot_b, slot_a)] {
            if let Some(stream) = one.and_then(|slot| self.stream_mut(slot))
                && stream.bridged == other
            {
                stream.bridged = None;
            }
        }
    }

    fn play(
        &mut self,
        now: Timestamp,
        stream: StreamId,
        playback: PlaybackId,
        clip: Arc<Clip>,
        times: Option<u32>,
        out: &mut dyn Output,
    ) {
        self.add_player(now, stream, Player::clip(playback, clip, times), out);
    }

    fn add_player(&mut self, now: Timestamp, id: StreamId, player: Player, out: &mut dyn Output) {
        let playback = player.id;
        let Some(&slot) = self.by_id.get(&id) else {
            debug!(stream = ?id, ?playback, "a playback for a stream that is not open");
            return;
        };
        let Some(stream) = self.stream_mut(slot) else { return };
        if stream.players.len() >= MAX_PLAYBACKS {
            warn!(stream = ?id, ?playback, "too many playbacks at once: left out");
            return out.event(Event::PlaybackEnded { playback });
        }
        stream.players.push_back(player);
        self.playbacks.insert(playback, slot);
        self.wake(now, slot);
    }

    fn feed(&mut self, now: Timestamp, playback: PlaybackId, samples: Arc<[i16]>, last: bool) {
        let Some(&slot) = self.playbacks.get(&playback) else { return };
        let Some(stream) = self.stream_mut(slot) else { return };
        if let Some(player) = stream.players.iter_mut().find(|p| p.id == playback)
            && !player.feed(samples, last)
        {
            warn!(?playback, "fed too much, or not a live playback: samples dropped");
        }
        self.wake(now, slot);
    }

    fn send_digits(
        &mut self,
        now: Timestamp,
        id: StreamId,
        sending: SendingId,
        digits: &str,
        tone: Duration,
        out: &mut dyn Output,
    ) {
        let Some(&slot) = self.by_id.get(&id) else {
            debug!(stream = ?id, ?sending, "digits for a stream that is not open");
            return;
        };
        let Some(stream) = self.stream_mut(slot) else { return };
        if stream.sendings.len() >= MAX_SENDINGS || digits.len() > MAX_DIGITS {
            warn!(stream = ?id, ?sending, "too many digits at once: left out");
            return out.event(Event::DigitsSent { sending });
        }
        stream.sendings.push_back(Sending::new(Some(sending), digits, tone));
        self.sendings.insert(sending, slot);
        self.wake(now, slot);
    }

    fn start_recording(
        &mut self,
        now: Timestamp,
        id: StreamId,
        recording: RecordingId,
        silence: Option<(Duration, u16)>,
        out: &mut dyn Output,
    ) {
        let slot = self.by_id.get(&id).copied();
        let stream =
            slot.and_then(|slot| self.stream_mut(slot)).filter(|s| s.recorders.len() < MAX_RECORDINGS);
        let (Some(slot), Some(stream)) = (slot, stream) else {
            warn!(stream = ?id, ?recording, "a recording of a stream that is not open, or one too many");
            return out.recorded(Recorded::Ended { recording });
        };
        stream.recorders.push(Recorder::new(recording, silence));
        stream.fit_tap();
        self.recordings.insert(recording, slot);
        self.wake(now, slot);
    }

    fn stop_recording(&mut self, recording: RecordingId, out: &mut dyn Output) {
        let Some(stream) = self.recordings.remove(&recording).and_then(|slot| self.stream_mut(slot)) else {
            return;
        };
        if let Some(at) = stream.recorders.iter().position(|r| r.id == recording) {
            let recorder = stream.recorders.remove(at);
            end_recording(stream, recorder, out);
            stream.fit_tap();
        }
    }

    pub(super) fn close(&mut self, now: Timestamp, id: StreamId, out: &mut dyn Output) {
        let Some(slot) = self.by_id.remove(&id) else {
            debug!(stream = ?id, "a stream that is not open cannot be closed");
            return;
        };
        let member = self.streams.get(slot as usize).and_then(Option::as_deref).and_then(Stream::member);
        if let Some(member) = member {
            self.leave_conference(member, out);
        }
        let Some(mut stream) = self.streams.get_mut(slot as usize).and_then(Option::take) else { return };
        if let Some(pair) = self.pair(stream.port).filter(|_| member.is_none()) {
            self.by_port[pair] = None;
        }
        if let Some(partner) = stream.bridged.and_then(|partner| self.stream_mut(partner)) {
            partner.bridged = None;
        }
        if let Some(slow) = stream.slow {
            self.slow.remove(&(slow, slot));
        }
        if stream.clocked {
            self.clock.leave(stream.phase, Clocked::Stream(slot));
        }
        for player in &stream.players {
            self.playbacks.remove(&player.id);
        }
        for sending in stream.sendings.iter().filter_map(|s| s.id) {
            self.sendings.remove(&sending);
        }
        for recorder in std::mem::take(&mut stream.recorders) {
            self.recordings.remove(&recorder.id);
            end_recording(&stream, recorder, out);
        }
        stream.close(now, out);
        out.event(Event::Closed { stream: id, statistics: stream.statistics() });
        self.free.push(slot);
    }
}

/// The last audio, then the end.
fn end_recording(stream: &Stream, recorder: Recorder, out: &mut dyn Output) {
    let recording = recorder.id;
    let samples = stream.tap().map(|tap| recorder.finish(tap)).unwrap_or_default();
    if !samples.is_empty() {
        out.recorded(Recorded::Samples { recording, samples });
    }
    out.recorded(Recorded::Ended { recording });
}
