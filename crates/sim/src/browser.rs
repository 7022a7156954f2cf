//! A browser in a meeting: the frames of the unmodified client, its media a name.

use std::collections::BTreeMap;
use std::time::Duration;

use base::Timestamp;
use bytes::Bytes;
use meet::ConnectionId;
use meet::frame::{
    AudioControl, ClientDetails, Empty, FrameKind, Join, PING, PingPong, SignalFrame, Subscribe,
};
use node::BrowserOutput;

/// How often the client says that it is there.
pub(crate) const PING_EVERY: Duration = Duration::from_secs(10);

/// What a browser wants of the world.
#[derive(Debug)]
pub(crate) enum BrowserWant {
    Send(Bytes),
    Disconnect,
}

/// How far a browser is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BrowserStage {
    /// Its JOIN is under way.
    Joining,
    /// Its SUBSCRIBE is under way.
    Subscribing,
    /// It has its answer.
    Subscribed,
    /// It wants to leave.
    Leaving,
    /// Its connection is gone.
    Gone,
}

/// A browser with its connection.
#[derive(Debug)]
pub struct Browser {
    connection: ConnectionId,
    /// How far it is.
    pub stage: BrowserStage,
    /// The roster, by stream id: attendee and whether muted.
    pub roster: BTreeMap<u32, (String, bool)>,
    /// The last AUDIO_STATUS.
    pub status: Option<u32>,
    /// The last error of a frame.
    pub error: Option<u32>,
    /// How the node closed the connection.
    pub closed: Option<u16>,
    /// What it may not send.
    pub complaints: Vec<String>,
    pings: u32,
}

impl Browser {
    /// One whose connection comes up; what it says first is put into `wants`.
    pub(crate) fn new(now: Timestamp, connection: ConnectionId, wants: &mut Vec<BrowserWant>) -> Self {
        let mut browser = Self {
            connection,
            stage: BrowserStage::Joining,
            roster: BTreeMap::new(),
            status: None,
            error: None,
            closed: None,
            complaints: Vec::new(),
            pings: 0,
        };
        browser.ping(now, wants);
        let mut join = SignalFrame::new(now, FrameKind::Join);
        join.join = Some(Join {
            protocol_version: Some(2),
            max_num_of_videos: Some(8),
            flags: Some(2),
            client_details: Some(ClientDetails {
                client_source: Some("amazon-chime-sdk-js".into()),
                chime_sdk_version: Some("3.32.0".into()),
                ..ClientDetails::default()
            }),
            audio_session_id: Some(connection.0),
            wants_compressed_sdp: Some(false),
        });
        wants.push(BrowserWant::Send(join.to_bytes()));
        browser
    }

    /// What it offers; unlike any other's.
    pub fn offer(&self) -> String {
        format!("offer of connection {}", self.connection.0)
    }

    pub(crate) fn ping(&mut self, now: Timestamp, wants: &mut Vec<BrowserWant>) {
        if self.stage == BrowserStage::Gone {
            return;
        }
        self.pings += 1;
        let mut frame = SignalFrame::new(now, FrameKind::PingPong);
        frame.ping_pong = Some(PingPong { kind: Some(PING), ping_id: Some(self.pings) });
        wants.push(BrowserWant::Send(frame.to_bytes()));
    }

    pub(crate) fn mute(&mut self, now: Timestamp, muted: bool, wants: &mut Vec<BrowserWant>) {
        let mut frame = SignalFrame::new(now, FrameKind::AudioControl);
        frame.audio_control = Some(AudioControl { muted: Some(muted) });
        wants.push(BrowserWant::Send(frame.to_bytes()));
    }

    pub(crate) fn leave(&mut self, now: Timestamp, wants: &mut Vec<BrowserWant>) {
        if matches!(self.stage, BrowserStage::Leaving | BrowserStage::Gone) {
            return;
        }
        self.stage = BrowserStage::Leaving;
        let mut frame = SignalFrame::new(now, FrameKind::Leave);
        frame.leave = Some(Empty {});
        wants.push(BrowserWant::Send(frame.to_bytes()));
    }

    /// The node is gone, and the connection with it.
    pub(crate) fn is_cut_off(&mut self) {
        self.stage = BrowserStage::Gone;
    }

    pub(crate) fn receive(&mut self, now: Timestamp, output: BrowserOutput, wants: &mut Vec<BrowserWant>) {
        if self.stage == BrowserStage::Gone {
            // It crossed the end of the connection.
            return;
        }
        let frame = match output {
            BrowserOutput::Close(code) => {
                self.closed = Some(code);
                self.stage = BrowserStage::Gone;
                wants.push(BrowserWant::Disconnect);
                return;
            }
            BrowserOutput::Frame(bytes) => SignalFrame::from_bytes(&bytes),
        };
        let Ok(frame) = frame else { return self.complaints.push("a frame that cannot be read".into()) };
        if let Some(error) = frame.error.as_ref().and_then(|error| error.status) {
            self.error = Some(error);
        }
        match (self.stage, frame.frame_kind()) {
            (BrowserStage::Joining, Some(FrameKind::Index)) if self.error.is_none() => {
                self.stage = BrowserStage::Subscribing;
                let mut subscribe = SignalFrame::new(now, FrameKind::Subscribe);
                subscribe.sub = Some(Subscribe {
                    duplex: Some(3),
                    sdp_offer: Some(self.offer()),
                    audio_host: Some("none".into()),
                    audio_checkin: Some(false),
                    audio_muted: Some(false),
                    ..Subscribe::default()
                });
                wants.push(BrowserWant::Send(subscribe.to_bytes()));
            }
            (BrowserStage::Subscribing, Some(FrameKind::SubscribeAck)) => {
                let answer = frame.suback.as_ref().and_then(|ack| ack.sdp_answer.as_deref());
                if answer != Some(&format!("answer to {}", self.offer())) {
                    self.complaints.push(format!("the answer is {answer:?}"));
                }
                self.stage = BrowserStage::Subscribed;
            }
            (_, Some(FrameKind::AudioStreamIdInfo)) => {
                for stream in frame.audio_stream_id_info.iter().flat_map(|info| &info.streams) {
                    let Some(id) = stream.audio_stream_id else { continue };
                    match (&stream.attendee_id, stream.muted) {
                        (Some(attendee), muted) => {
                            self.roster.insert(id, (attendee.clone(), muted.unwrap_or_default()));
                        }
                        (None, Some(muted)) => {
                            if let Some((_, known)) = self.roster.get_mut(&id) {
                                *known = muted;
                            }
                        }
                        (None, None) => {
                            self.roster.remove(&id);
                        }
                    }
                }
            }
            (_, Some(FrameKind::AudioStatus)) => {
                let status = frame.audio_status.as_ref().and_then(|status| status.audio_status);
                self.status = status.or(self.status);
                if status.is_some_and(|status| (300..500).contains(&status)) {
                    self.leave(now, wants);
                }
            }
            (BrowserStage::Leaving, Some(FrameKind::LeaveAck)) => {
                self.stage = BrowserStage::Gone;
                wants.push(BrowserWant::Disconnect);
            }
            _ => {}
        }
    }
}
