//! A page with the browser client in it: what it makes of the server's frames, after the client's own rules.

use std::collections::BTreeMap;

use meet::frame::{
    AudioMetadata, AudioStreamIdInfo, DataMessage, FrameKind, Join, SignalFrame, StreamDescriptor, Subscribe,
};
use meet::{ConnectionId, MemberId};

/// What a page shows of one attendee.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Shown {
    pub(crate) present: bool,
    pub(crate) external_user_id: String,
    pub(crate) muted: Option<bool>,
    pub(crate) volume: f64,
    pub(crate) signal: Option<f64>,
}

#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) token: String,
    pub(crate) attendee: String,
    pub(crate) session: u64,
    pub(crate) connection: Option<ConnectionId>,
    /// The connection over which it joined last.
    pub(crate) latest_join: Option<ConnectionId>,
    pub(crate) member: Option<MemberId>,
    /// Close code of its latest connection that was closed on it.
    pub(crate) closed: Option<u16>,
    /// Types of the frames it got over its connection, in order.
    pub(crate) frames: Vec<FrameKind>,
    /// Every AUDIO_STATUS and error status.
    pub(crate) statuses: Vec<u32>,
    pub(crate) errors: Vec<u32>,
    pub(crate) answers: usize,
    pub(crate) pongs: Vec<u32>,
    pub(crate) remarks: Vec<String>,
    pub(crate) data: Vec<DataMessage>,
    /// Presence callbacks: attendee, present, dropped.
    pub(crate) presence: Vec<(String, bool, bool)>,
    pub(crate) shown: BTreeMap<String, Shown>,
    pub(crate) metadata: Vec<AudioMetadata>,
    pub(crate) rosters: Vec<AudioStreamIdInfo>,
    streams: BTreeMap<u32, String>,
    highest_stream: u32,
    reconnected: bool,
    told_over: bool,
}

impl Page {
    pub(crate) fn new(token: String, attendee: String, session: u64) -> Self {
        Self { token, attendee, session, ..Self::default() }
    }

    /// Its session is set up anew: what it showed stays until the first roster.
    pub(crate) fn starts_again(&mut self) {
        self.reconnected = !self.rosters.is_empty();
        self.closed = None;
        self.member = None;
        self.frames.clear();
        self.told_over = false;
    }

    /// Whether it gets every change of the roster.
    pub(crate) fn listens(&self) -> bool {
        self.connection.is_some() && self.frames.contains(&FrameKind::AudioStreamIdInfo) && !self.over()
    }

    /// Whether it was told that its session is over, or left.
    pub(crate) fn over(&self) -> bool {
        let mut ends = self.frames.iter().filter(|kind| matches!(kind, FrameKind::LeaveAck));
        ends.next().is_some() || self.told_over
    }

    /// Forgets what is behind it.
    pub(crate) fn forgets(&mut self) {
        self.rosters.truncate(1);
        self.metadata.clear();
        self.presence.clear();
        self.data.clear();
    }

    pub(crate) fn join_frame(&self) -> SignalFrame {
        let join =
            Join { protocol_version: Some(2), audio_session_id: Some(self.session), ..Join::default() };
        SignalFrame { join: Some(join), ..frame(FrameKind::Join) }
    }

    pub(crate) fn subscribe_frame(&self, muted: bool, camera: bool) -> SignalFrame {
        let mut send_streams = vec![StreamDescriptor {
            stream_id: Some(1),
            track_label: Some("AmazonChimeExpressAudio".into()),
            media_type: Some(1),
            ..StreamDescriptor::default()
        }];
        if camera {
            send_streams.push(StreamDescriptor { media_type: Some(2), ..StreamDescriptor::default() });
        }
        let sub = Subscribe {
            duplex: Some(if camera { 3 } else { 1 }),
            send_streams,
            receive_stream_ids: vec![0],
            sdp_offer: Some("v=0\r\no=mozilla-chrome 1 2 IN IP4 127.0.0.1\r\n".into()),
            audio_muted: Some(muted),
            ..Subscribe::default()
        };
        SignalFrame { sub: Some(sub), ..frame(FrameKind::Subscribe) }
    }

    pub(crate) fn receives(&mut self, bytes: &[u8]) {
        let frame = SignalFrame::from_bytes(bytes).expect("the server's frames are whole");
        let kind = frame.frame_kind().expect("and of a known type");
        self.frames.push(kind);
        if let Some(error) = &frame.error {
            self.errors.extend(error.status);
        }
        match kind {
            FrameKind::JoinAck => {
                self.latest_join = self.connection;
                let ack = frame.joinack.expect("a client gives up without it");
                assert!(ack.turn_credentials.is_none(), "a client would use the relay only");
                assert_ne!(ack.wants_compressed_sdp, Some(true));
            }
            FrameKind::Index => assert!(frame.index.is_some(), "a client waits for ever without it"),
            FrameKind::SubscribeAck => {
                let ack = frame.suback.expect("it has a body");
                assert_eq!(ack.sdp_answer.is_none(), frame.error.is_some());
                self.answers += usize::from(ack.sdp_answer.is_some());
            }
            FrameKind::AudioStreamIdInfo => self.roster(frame.audio_stream_id_info.expect("it has a body")),
            FrameKind::AudioMetadata => self.levels(frame.audio_metadata.expect("it has a body")),
            FrameKind::AudioStatus => {
                let status =
                    frame.audio_status.and_then(|status| status.audio_status).expect("it has a status");
                self.told_over |= !matches!(status, 200 | 503);
                self.statuses.push(status);
            }
            FrameKind::PingPong => {
                let pong = frame.ping_pong.expect("it has a body");
                assert_eq!(pong.kind, Some(2));
                self.pongs.extend(pong.ping_id);
            }
            FrameKind::DataMessage => self.data.extend(frame.data_message.expect("it has a body").messages),
            FrameKind::Notification => {
                self.remarks.extend(frame.notification.and_then(|notification| notification.message));
            }
            FrameKind::LeaveAck => assert!(frame.leave_ack.is_some()),
            FrameKind::PrimaryMeetingJoinAck => {}
            other => panic!("a server does not send {other:?}"),
        }
    }

    /// The rules of the client's `DefaultVolumeIndicatorAdapter`.
    fn roster(&mut self, info: AudioStreamIdInfo) {
        for entry in &info.streams {
            let stream = entry.audio_stream_id.expect("each entry has a stream");
            assert!(stream >= 1);
            if let Some(attendee) = &entry.attendee_id {
                assert!(entry.muted.is_some(), "whoever is present is muted or is not");
                let known = self.streams.contains_key(&stream);
                assert!(known || stream > self.highest_stream || self.reconnected || self.rosters.is_empty());
                self.highest_stream = self.highest_stream.max(stream);
                self.streams.insert(stream, attendee.clone());
                let shown = self.shown.entry(attendee.clone()).or_default();
                if !shown.present {
                    self.presence.push((attendee.clone(), true, false));
                }
                shown.present = true;
                shown.external_user_id = entry.external_user_id.clone().unwrap_or(attendee.clone());
            }
            if let Some(muted) = entry.muted {
                let attendee = &self.streams[&stream];
                self.shown.get_mut(attendee).expect("it was present").muted = Some(muted);
            }
            if entry.attendee_id.is_none() && entry.muted.is_none() {
                let Some(attendee) = self.streams.remove(&stream) else { continue };
                let newer = self.streams.iter().any(|(other, who)| *other > stream && *who == attendee);
                if !newer {
                    self.left(&attendee, entry.dropped == Some(true));
                }
            }
        }
        if std::mem::take(&mut self.reconnected) {
            let listed: Vec<_> = info.streams.iter().filter_map(|entry| entry.attendee_id.clone()).collect();
            let missing: Vec<_> = self
                .streams
                .iter()
                .filter(|(_, who)| !listed.contains(who))
                .map(|(s, w)| (*s, w.clone()))
                .collect();
            for (stream, attendee) in missing {
                self.streams.remove(&stream);
                if attendee != self.attendee {
                    self.left(&attendee, false);
                }
            }
        }
        self.rosters.push(info);
    }

    fn left(&mut self, attendee: &str, dropped: bool) {
        if let Some(shown) = self.shown.get_mut(attendee) {
            *shown = Shown { external_user_id: shown.external_user_id.clone(), ..Shown::default() };
        }
        self.presence.push((attendee.to_owned(), false, dropped));
    }

    fn levels(&mut self, metadata: AudioMetadata) {
        assert!(!metadata.attendee_states.is_empty(), "an empty one says nothing");
        let mut volumes = BTreeMap::new();
        let mut signals = BTreeMap::new();
        for state in &metadata.attendee_states {
            let stream = state.audio_stream_id.expect("each entry has a stream");
            let attendee = self.streams.get(&stream).expect("a stream is mentioned only while it is present");
            if let Some(volume) = state.volume {
                let shown = (1.0 - (f64::from(volume) - 14.0) / 28.0).clamp(0.0, 1.0);
                volumes.insert(attendee.clone(), shown);
            }
            if let Some(strength) = state.signal_strength {
                signals.insert(attendee.clone(), f64::from(strength) / 2.0);
            }
        }
        for attendee in self.streams.values() {
            let shown = self.shown.get_mut(attendee).expect("it is present");
            if !volumes.is_empty() {
                shown.volume = volumes.get(attendee).copied().unwrap_or(0.0);
            }
            if !signals.is_empty() {
                shown.signal = Some(signals.get(attendee).copied().unwrap_or(1.0));
            }
        }
        self.metadata.push(metadata);
    }

    /// The attendees it shows as present.
    pub(crate) fn sees(&self) -> Vec<String> {
        self.shown.iter().filter(|(_, shown)| shown.present).map(|(who, _)| who.clone()).collect()
    }

    pub(crate) fn volume(&self, attendee: &str) -> f64 {
        self.shown.get(attendee).map_or(0.0, |shown| shown.volume)
    }

    pub(crate) fn muted(&self, attendee: &str) -> Option<bool> {
        self.shown.get(attendee).and_then(|shown| shown.muted)
    }
}

/// A client's frame; its clock says nothing.
pub(crate) fn frame(kind: FrameKind) -> SignalFrame {
    SignalFrame::new(base::Timestamp::from_millis(1), kind)
}
