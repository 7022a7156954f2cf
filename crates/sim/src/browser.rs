//! A browser in a meeting: the frames of the unmodified client, its media a name.

mod mischief;

use std::collections::BTreeMap;
use std::time::Duration;

use base::{MeetingId, Timestamp};
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

/// How a browser comes to a meeting.
#[derive(Clone, Debug)]
pub(crate) struct Way {
    /// The meeting in the address.
    pub(crate) meeting: Option<MeetingId>,
    /// The token it shows.
    pub(crate) token: String,
    /// Its name for its session, which it keeps when it comes back.
    pub(crate) session: u64,
}

/// A browser with its connection.
#[derive(Debug)]
pub struct Browser {
    connection: ConnectionId,
    pub(crate) way: Way,
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
    /// It says nothing any more, though its connection is up.
    pub(crate) silent: bool,
    /// The node knows that its connection is gone.
    gone: bool,
    /// It was told that its session is over, by this status.
    ended: Option<u32>,
    /// What it has offered, the latest last.
    offers: Vec<String>,
    pings: u32,
}

impl Browser {
    /// One whose connection comes up; what it says first is put into `wants`.
    pub(crate) fn new(
        now: Timestamp,
        connection: ConnectionId,
        way: Way,
        wants: &mut Vec<BrowserWant>,
    ) -> Self {
        let mut browser = Self {
            connection,
            way,
            stage: BrowserStage::Joining,
            roster: BTreeMap::new(),
            status: None,
            error: None,
            closed: None,
            complaints: Vec::new(),
            silent: false,
            gone: false,
            ended: None,
            offers: Vec::new(),
            pings: 0,
        };
        browser.ping(now, wants);
        wants.push(BrowserWant::Send(browser.joining(now)));
        browser
    }

    fn joining(&self, now: Timestamp) -> Bytes {
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
            audio_session_id: Some(self.way.session),
            wants_compressed_sdp: Some(false),
        });
        join.to_bytes()
    }

    /// What it offered last; unlike any other's.
    pub fn offer(&self) -> Option<&str> {
        self.offers.last().map(String::as_str)
    }

    /// Offers its media, for the first time or again.
    fn subscribe(&mut self, now: Timestamp, what: &str, wants: &mut Vec<BrowserWant>) {
        let offer = format!("{what} {} of connection {}", self.offers.len() + 1, self.connection.0);
        let mut subscribe = SignalFrame::new(now, FrameKind::Subscribe);
        subscribe.sub = Some(Subscribe {
            duplex: Some(3),
            sdp_offer: Some(offer.clone()),
            audio_host: Some("none".into()),
            audio_checkin: Some(false),
            audio_muted: Some(false),
            ..Subscribe::default()
        });
        wants.push(BrowserWant::Send(subscribe.to_bytes()));
        self.offers.push(offer);
    }

    pub(crate) fn ping(&mut self, now: Timestamp, wants: &mut Vec<BrowserWant>) {
        if self.stage == BrowserStage::Gone || self.silent {
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

    /// The node has been told so.
    pub(crate) fn is_known_to_be_gone(&mut self) {
        self.gone = true;
    }

    pub(crate) fn receive(&mut self, now: Timestamp, output: BrowserOutput, wants: &mut Vec<BrowserWant>) {
        if self.gone || self.closed.is_some() {
            self.complaints.push("something is sent after the end of the connection".into());
        }
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
        let kind = frame.frame_kind();
        let last_words = [FrameKind::PingPong, FrameKind::LeaveAck, FrameKind::AudioStatus].map(Some);
        if self.ended.is_some() && !last_words.contains(&kind) {
            self.complaints.push(format!("{kind:?} after the end"));
        }
        match (self.stage, kind) {
            (BrowserStage::Joining, Some(FrameKind::Index)) if self.error.is_none() => {
                self.stage = BrowserStage::Subscribing;
                self.subscribe(now, "offer", wants);
            }
            (stage, Some(FrameKind::SubscribeAck)) if frame.error.is_none() => {
                let answer = frame.suback.as_ref().and_then(|ack| ack.sdp_answer.as_deref());
                let offered = answer.and_then(|answer| answer.strip_prefix("answer to "));
                if !self.offers.iter().any(|offer| offered == Some(offer)) {
                    self.complaints.push(format!("the answer is {answer:?}"));
                }
                if stage == BrowserStage::Subscribing {
                    self.stage = BrowserStage::Subscribed;
                }
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
                if let Some(status) = status.filter(|status| (300..500).contains(status)) {
                    if let Some(before) = self.ended.replace(status) {
                        self.complaints.push(format!("it is over with {status} after {before}"));
                    }
                    self.leave(now, wants);
                }
            }
            (_, Some(FrameKind::LeaveAck)) => {
                self.stage = BrowserStage::Gone;
                wants.push(BrowserWant::Disconnect);
            }
            _ => {}
        }
    }
}
