use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use base::{LegId, Rng, TransactionId};
use call::{AudioSource, PlaybackError, Silence, Times};
use media::{Clip, Command, ConferenceId, MemberId, PortPool, Statistics, StreamId};
use sip::media_session::{Codec, RemoteMedia};

use crate::io::{Io, Work};
use crate::meeting_desk::of_the_shard;
use crate::meetings::ConferenceEvent;
use crate::{Output, ShardConfig};

/// Everything the node knows of the shards: which ports are in use, whose each stream, playback, sending and
/// recording is. Maps the ids of calls to those of shards and back.
pub(crate) struct MediaDesk {
    shards: Vec<Shard>,
    streams: HashMap<StreamId, StreamOwner>,
    playbacks: HashMap<media::PlaybackId, Playback>,
    sendings: HashMap<media::SendingId, Sending>,
    recordings: HashMap<media::RecordingId, Recording>,
    next: u64,
    rng: Rng,
}

struct Shard {
    config: ShardConfig,
    ports: PortPool,
    /// Open streams and browsers.
    load: usize,
}

struct StreamOwner {
    transaction: TransactionId,
    leg: LegId,
    shard: usize,
    /// `None` for one into a meeting.
    port: Option<u16>,
}

struct Playback {
    transaction: TransactionId,
    id: call::PlaybackId,
    shard: usize,
    stream: StreamId,
    stage: Stage,
}

enum Stage {
    /// The clip is on its way.
    Loading { times: Option<u32> },
    /// The speech is on its way.
    Synthesising,
    /// The shard has it, or its beginning.
    Playing { feeding: bool },
}

struct Sending {
    transaction: TransactionId,
    id: call::SendingId,
    shard: usize,
    stream: StreamId,
}

struct Recording {
    transaction: TransactionId,
    id: call::RecordingId,
    shard: usize,
    /// The shell is storing it.
    storing: bool,
}

/// One leg's stream.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stream {
    pub(crate) id: StreamId,
    pub(crate) shard: usize,
}

/// What one call has at the shards, by the call's own ids.
#[derive(Debug, Default)]
pub(crate) struct CallMedia {
    playbacks: Vec<(call::PlaybackId, media::PlaybackId)>,
    sendings: Vec<(call::SendingId, media::SendingId)>,
    recordings: Vec<(call::RecordingId, media::RecordingId)>,
}

/// What a shard's report means for a call.
pub(crate) enum Report {
    /// A fact for the call.
    Fact(TransactionId, call::Event),
    /// A stream could not be opened; its port is not ours.
    OpenFailed { transaction: TransactionId, leg: LegId, stream: StreamId, reason: String },
    /// A stream is gone.
    Closed { transaction: TransactionId, leg: LegId, stream: StreamId, statistics: Statistics },
    /// Something of a conference.
    Conference(ConferenceEvent),
}

impl MediaDesk {
    pub(crate) fn new(shards: Vec<ShardConfig>, quarantine: Duration, seed: u64) -> Self {
        let mut rng = Rng::new(seed);
        let shards = shards
            .into_iter()
            .map(|config| Shard {
                ports: PortPool::new(config.ports.clone(), quarantine).begun_at(rng.next_u64()),
                config,
                load: 0,
            })
            .collect();
        Self {
            shards,
            streams: HashMap::new(),
            playbacks: HashMap::new(),
            sendings: HashMap::new(),
            recordings: HashMap::new(),
            next: 0,
            rng,
        }
    }

    /// The shard for a new call: that of the call of ours it comes from, else the least loaded.
    pub(crate) fn place(&self, internal_peer: Option<SocketAddr>) -> usize {
        let of_peer = internal_peer
            .and_then(|peer| self.shards.iter().position(|shard| shard.config.ports.contains(&peer.port())));
        let least = || (0..self.shards.len()).min_by_key(|index| self.shards[*index].load);
        of_peer.or_else(least).unwrap_or(0)
    }

    /// Opens a stream on a free port; the address is what stands in our session description.
    pub(crate) fn open(
        &mut self,
        transaction: TransactionId,
        leg: LegId,
        shard: usize,
        internal: bool,
        io: &mut Io<'_>,
    ) -> Option<(Stream, SocketAddr)> {
        let id = StreamId(self.next());
        let at = self.shards.get_mut(shard)?;
        let port = at.ports.allocate(io.now)?;
        at.load += 1;
        let host: IpAddr = if internal { at.config.internal } else { at.config.address };
        self.streams.insert(id, StreamOwner { transaction, leg, shard, port: Some(port) });
        let seed = self.rng.next_u64();
        io.out.push(Output::Media { shard, command: Command::Open { stream: id, port, seed } });
        Some((Stream { id, shard }, SocketAddr::new(host, port)))
    }

    /// Opens a stream whose far end is a meeting.
    pub(crate) fn open_meeting(
        &mut self,
        (transaction, leg): (TransactionId, LegId),
        shard: usize,
        (conference, member): (ConferenceId, MemberId),
        codec: Codec,
        io: &mut Io<'_>,
    ) -> Stream {
        let stream = StreamId(self.next());
        if let Some(at) = self.shards.get_mut(shard) {
            at.load += 1;
        }
        self.streams.insert(stream, StreamOwner { transaction, leg, shard, port: None });
        let command = Command::OpenMeetingStream { stream, conference, member, codec: codec_of(codec) };
        order(shard, command, io);
        Stream { id: stream, shard }
    }

    /// A browser came to a shard.
    pub(crate) fn browser_came(&mut self, shard: usize) {
        if let Some(at) = self.shards.get_mut(shard) {
            at.load += 1;
        }
    }

    /// A browser's session is gone.
    pub(crate) fn browser_went(&mut self, shard: usize) {
        if let Some(at) = self.shards.get_mut(shard) {
            at.load = at.load.saturating_sub(1);
        }
    }

    pub(crate) fn connect(&self, stream: Stream, remote: &RemoteMedia, io: &mut Io<'_>) {
        let remote = media::Remote {
            address: remote.address,
            rtcp: remote.rtcp,
            codec: codec_of(remote.codec),
            payload_type: remote.payload_type,
            dtmf: remote.dtmf,
            ptime: remote.ptime,
            send: remote.send,
            receive: remote.receive,
        };
        order(stream.shard, Command::Connect { stream: stream.id, remote }, io);
    }

    pub(crate) fn bridge(&self, a: Stream, b: Stream, io: &mut Io<'_>) {
        order(a.shard, Command::Bridge { a: a.id, b: b.id }, io);
    }

    pub(crate) fn unbridge(&self, a: Stream, b: Stream, io: &mut Io<'_>) {
        order(a.shard, Command::Unbridge { a: a.id, b: b.id }, io);
    }

    pub(crate) fn listen(&self, stream: Stream, on: bool, io: &mut Io<'_>) {
        order(stream.shard, Command::Listen { stream: stream.id, on }, io);
    }

    /// Fetches what is to be played; it starts when it is here.
    pub(crate) fn play(
        &mut self,
        of: (TransactionId, &mut CallMedia),
        id: call::PlaybackId,
        stream: Stream,
        (source, times): (&AudioSource, Times),
        io: &mut Io<'_>,
    ) {
        let playback = media::PlaybackId(self.next());
        let times = match times {
            Times::Count(count) => Some(count),
            Times::Forever => None,
        };
        let stage = match source {
            AudioSource::Object { bucket, key } => {
                io.out.push(Output::LoadClip { playback, bucket: bucket.clone(), key: key.clone() });
                Stage::Loading { times }
            }
            AudioSource::Speech(speech) => {
                io.out.push(Output::Speak { playback, speech: speech.clone() });
                Stage::Synthesising
            }
        };
        let (transaction, call) = of;
        // Those that ended are forgotten here, so that a long call keeps a short list.
        call.playbacks.retain(|(_, earlier)| self.playbacks.contains_key(earlier));
        call.playbacks.push((id, playback));
        self.playbacks
            .insert(playback, Playback { transaction, id, shard: stream.shard, stream: stream.id, stage });
    }

    pub(crate) fn clip_loaded(
        &mut self,
        playback: media::PlaybackId,
        outcome: Result<Arc<Clip>, PlaybackError>,
        io: &mut Io<'_>,
    ) {
        // Stopped before its clip arrived.
        let Some(entry) = self.playbacks.get_mut(&playback) else { return };
        match (outcome, &entry.stage) {
            (Ok(clip), Stage::Loading { times }) => {
                let command = Command::Play { stream: entry.stream, playback, clip, times: *times };
                entry.stage = Stage::Playing { feeding: false };
                order(entry.shard, command, io);
            }
            (Err(error), Stage::Loading { .. }) => self.playback_failed(playback, error, io),
            // A second answer.
            (_, Stage::Synthesising | Stage::Playing { .. }) => {}
        }
    }

    pub(crate) fn spoken(
        &mut self,
        playback: media::PlaybackId,
        outcome: Result<Arc<[i16]>, PlaybackError>,
        last: bool,
        io: &mut Io<'_>,
    ) {
        // Stopped before its speech arrived.
        let Some(entry) = self.playbacks.get_mut(&playback) else { return };
        let begun = match entry.stage {
            Stage::Synthesising => false,
            Stage::Playing { feeding: true } => true,
            // Nothing is awaited for a clip or after the last samples.
            Stage::Loading { .. } | Stage::Playing { feeding: false } => return,
        };
        match outcome {
            Ok(samples) => {
                entry.stage = Stage::Playing { feeding: !last };
                if !begun {
                    order(entry.shard, Command::PlayLive { stream: entry.stream, playback }, io);
                }
                order(entry.shard, Command::Feed { playback, samples, last }, io);
            }
            Err(error) => {
                if begun {
                    order(entry.shard, Command::StopPlayback { playback }, io);
                }
                self.playback_failed(playback, error, io);
            }
        }
    }

    pub(crate) fn stop_playback(&mut self, call: &mut CallMedia, id: call::PlaybackId, io: &mut Io<'_>) {
        let Some(index) = call.playbacks.iter().position(|(of_call, _)| *of_call == id) else { return };
        let (_, playback) = call.playbacks.swap_remove(index);
        self.forget_playback(playback, true, io);
    }

    pub(crate) fn send_digits(
        &mut self,
        of: (TransactionId, &mut CallMedia),
        id: call::SendingId,
        stream: Stream,
        (digits, tone): (&str, Duration),
        io: &mut Io<'_>,
    ) {
        let (transaction, call) = of;
        let sending = self.send(stream, digits, tone, io);
        call.sendings.retain(|(_, earlier)| self.sendings.contains_key(earlier));
        call.sendings.push((id, sending));
        self.sendings.insert(sending, Sending { transaction, id, shard: stream.shard, stream: stream.id });
    }

    /// Sends digits that nobody waits for.
    pub(crate) fn send(
        &mut self,
        stream: Stream,
        digits: &str,
        tone: Duration,
        io: &mut Io<'_>,
    ) -> media::SendingId {
        let sending = media::SendingId(self.next());
        let command = Command::SendDigits { stream: stream.id, sending, digits: digits.to_owned(), tone };
        order(stream.shard, command, io);
        sending
    }

    pub(crate) fn stop_sending(&mut self, call: &mut CallMedia, id: call::SendingId, io: &mut Io<'_>) {
        let Some(index) = call.sendings.iter().position(|(of_call, _)| *of_call == id) else { return };
        let (_, sending) = call.sendings.swap_remove(index);
        if let Some(entry) = self.sendings.remove(&sending) {
            order(entry.shard, Command::StopSending { sending }, io);
        }
    }

    pub(crate) fn start_recording(
        &mut self,
        of: (TransactionId, &mut CallMedia),
        id: call::RecordingId,
        stream: Stream,
        silence: Option<Silence>,
        io: &mut Io<'_>,
    ) {
        let (transaction, call) = of;
        let recording = media::RecordingId(self.next());
        call.recordings.retain(|(_, earlier)| self.recordings.contains_key(earlier));
        call.recordings.push((id, recording));
        self.recordings.insert(recording, Recording { transaction, id, shard: stream.shard, storing: false });
        let silence = silence.map(|silence| (silence.duration, silence.threshold));
        order(stream.shard, Command::StartRecording { stream: stream.id, recording, silence }, io);
    }

    /// Stops a recording and has it stored. False when there is none of that id.
    pub(crate) fn store_recording(
        &mut self,
        call: &CallMedia,
        id: call::RecordingId,
        (bucket, key): (&str, &str),
        metadata: Vec<(String, String)>,
        io: &mut Io<'_>,
    ) -> bool {
        let Some((_, recording)) = call.recordings.iter().find(|(of_call, _)| *of_call == id) else {
            return false;
        };
        let Some(entry) = self.recordings.get_mut(recording) else { return false };
        entry.storing = true;
        order(entry.shard, Command::StopRecording { recording: *recording }, io);
        io.out.push(Output::StoreRecording {
            recording: *recording,
            bucket: bucket.to_owned(),
            key: key.to_owned(),
            metadata,
        });
        true
    }

    pub(crate) fn recording_stored(
        &mut self,
        recording: media::RecordingId,
        outcome: Result<(), call::StoreError>,
        io: &mut Io<'_>,
    ) {
        // Its call is over already.
        let Some(entry) = self.recordings.remove(&recording) else { return };
        io.tell(entry.transaction, call::Event::RecordingStored { recording: entry.id, outcome });
    }

    /// Closes a leg's stream and drops what was played or sent to it; its recordings stay until they are stored.
    pub(crate) fn close(&mut self, call: &mut CallMedia, stream: Stream, io: &mut Io<'_>) {
        call.playbacks.retain(|(_, playback)| {
            let of_stream = self.playbacks.get(playback).is_some_and(|entry| entry.stream == stream.id);
            if of_stream {
                // The shard drops what it plays with the stream.
                self.forget_playback(*playback, false, io);
            }
            !of_stream
        });
        call.sendings.retain(|(_, sending)| {
            let of_stream = self.sendings.get(sending).is_some_and(|entry| entry.stream == stream.id);
            if of_stream {
                self.sendings.remove(sending);
            }
            !of_stream
        });
        order(stream.shard, Command::Close { stream: stream.id }, io);
    }

    /// Drops whatever a finished call left behind.
    pub(crate) fn finish(&mut self, call: &mut CallMedia, io: &mut Io<'_>) {
        for (_, playback) in call.playbacks.drain(..) {
            self.forget_playback(playback, true, io);
        }
        for (_, sending) in call.sendings.drain(..) {
            self.sendings.remove(&sending);
        }
        for (_, recording) in call.recordings.drain(..) {
            // One that is being stored is the shell's to finish; nobody waits for it.
            if self.recordings.remove(&recording).is_some_and(|entry| !entry.storing) {
                io.out.push(Output::ForgetRecording { recording });
            }
        }
    }

    /// Understands a shard's report.
    pub(crate) fn report(&mut self, event: media::Event, io: &mut Io<'_>) -> Option<Report> {
        match event {
            media::Event::OpenFailed { stream, reason } => {
                // Somebody else has the port; it rests like one of ours before it is tried again.
                let owner = self.forget_stream(stream, io)?;
                Some(Report::OpenFailed { transaction: owner.transaction, leg: owner.leg, stream, reason })
            }
            media::Event::Closed { stream, statistics } => {
                let owner = self.forget_stream(stream, io)?;
                Some(Report::Closed { transaction: owner.transaction, leg: owner.leg, stream, statistics })
            }
            media::Event::Digit { stream, digit } => {
                let owner = self.streams.get(&stream)?;
                Some(Report::Fact(owner.transaction, call::Event::DigitReceived { leg: owner.leg, digit }))
            }
            media::Event::PlaybackEnded { playback } => {
                let entry = self.playbacks.remove(&playback)?;
                let event = call::Event::PlaybackEnded { playback: entry.id, outcome: Ok(()) };
                Some(Report::Fact(entry.transaction, event))
            }
            media::Event::DigitsSent { sending } => {
                let entry = self.sendings.remove(&sending)?;
                Some(Report::Fact(entry.transaction, call::Event::DigitsSent { sending: entry.id }))
            }
            media::Event::SilenceDetected { recording } => {
                let entry = self.recordings.get(&recording)?;
                Some(Report::Fact(entry.transaction, call::Event::SilenceDetected { recording: entry.id }))
            }
            media::Event::Answer { member, outcome } => {
                let outcome = outcome.map_err(|error| error.to_string());
                Some(Report::Conference(ConferenceEvent::Answer { member: of_the_shard(member), outcome }))
            }
            media::Event::MemberConnected { member } => {
                Some(Report::Conference(ConferenceEvent::Connected { member: of_the_shard(member) }))
            }
            media::Event::MemberLost { member } => {
                Some(Report::Conference(ConferenceEvent::Lost { member: of_the_shard(member) }))
            }
            media::Event::Levels { conference, levels } => {
                let levels =
                    levels.into_iter().map(|(member, level)| (of_the_shard(member), level)).collect();
                Some(Report::Conference(ConferenceEvent::Levels { conference, levels }))
            }
            media::Event::MemberClosed { member: _, statistics: _ } => {
                Some(Report::Conference(ConferenceEvent::BrowserClosed))
            }
        }
    }

    /// Streams, playbacks, sendings and recordings that are not done with.
    pub(crate) fn counts(&self) -> (usize, usize, usize, usize) {
        (self.streams.len(), self.playbacks.len(), self.sendings.len(), self.recordings.len())
    }

    fn forget_stream(&mut self, stream: StreamId, io: &Io<'_>) -> Option<StreamOwner> {
        let owner = self.streams.remove(&stream)?;
        let shard = &mut self.shards[owner.shard];
        shard.load -= 1;
        if let Some(port) = owner.port {
            shard.ports.release(io.now, port);
        }
        Some(owner)
    }

    fn playback_failed(&mut self, playback: media::PlaybackId, error: PlaybackError, io: &mut Io<'_>) {
        if let Some(entry) = self.playbacks.remove(&playback) {
            let event = call::Event::PlaybackEnded { playback: entry.id, outcome: Err(error) };
            io.work.push_back(Work::Call { transaction: entry.transaction, event });
        }
    }

    fn forget_playback(&mut self, playback: media::PlaybackId, stop: bool, io: &mut Io<'_>) {
        let Some(entry) = self.playbacks.remove(&playback) else { return };
        match entry.stage {
            Stage::Loading { .. } | Stage::Synthesising => io.out.push(Output::ForgetPlayback { playback }),
            Stage::Playing { feeding } => {
                if feeding {
                    io.out.push(Output::ForgetPlayback { playback });
                }
                if stop {
                    order(entry.shard, Command::StopPlayback { playback }, io);
                }
            }
        }
    }

    fn next(&mut self) -> u64 {
        self.next += 1;
        self.next
    }
}

fn codec_of(codec: Codec) -> media::Codec {
    match codec {
        Codec::Pcmu => media::Codec::Pcmu,
        Codec::Pcma => media::Codec::Pcma,
    }
}

fn order(shard: usize, command: Command, io: &mut Io<'_>) {
    io.out.push(Output::Media { shard, command });
}
