//! One attendee: its WebSocket and its browser's media.

use std::io::ErrorKind;
use std::net::{SocketAddr, TcpStream, UdpSocket};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context, bail, ensure};
use base::Timestamp;
use meet::frame::{
    ClientDetails, Empty, FrameKind, Join, MEDIA_AUDIO, PING, PONG, PingPong, SignalFrame, StreamDescriptor,
    Subscribe,
};
use tungstenite::client::IntoClientRequest;
use tungstenite::http::HeaderValue;
use tungstenite::{Message, WebSocket};

use super::api::{Attendee, Meeting};
use super::browser::{ALL, Browser, Identity};
use crate::loopback;
use crate::sys::{self, Receiver, Socket};

const PATIENCE: Duration = Duration::from_secs(20);

/// A WebSocket of the client's, before or after JOIN.
pub(super) struct Signalling {
    socket: WebSocket<TcpStream>,
}

pub(super) struct Guest {
    pub(super) signalling: Signalling,
    pub(super) socket: Socket,
    pub(super) browser: Browser,
    /// Where the node says it can be reached.
    pub(super) candidates: Vec<String>,
    pinged: Instant,
    pings: u32,
}

fn now() -> Timestamp {
    Timestamp::from_micros(SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_micros() as u64)
}

pub(super) fn frame(kind: FrameKind) -> SignalFrame {
    SignalFrame::new(now(), kind)
}

impl Signalling {
    /// Opens one with a token, which may be anything.
    pub(super) fn open(meeting: &Meeting, token: &str) -> anyhow::Result<Self> {
        let url = format!(
            "{}?X-Chime-Control-Protocol-Version=3&X-Amzn-Chime-Send-Close-On-Error=1&X-Amzn-Version=3.32.0",
            meeting.url
        );
        let mut request = url.into_client_request()?;
        let protocols = HeaderValue::from_str(&format!("_aws_wt_session, {token}"))?;
        request.headers_mut().insert("Sec-WebSocket-Protocol", protocols);
        let authority = request.uri().authority().context("a URL without a host")?.as_str().to_owned();
        let stream = TcpStream::connect(authority)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let (socket, answer) =
            tungstenite::client(request, stream).map_err(|error| anyhow::anyhow!("no WebSocket: {error}"))?;
        let chosen = answer.headers().get("Sec-WebSocket-Protocol");
        ensure!(chosen.is_some_and(|c| c == "_aws_wt_session"), "the wrong subprotocol: {chosen:?}");
        Ok(Self { socket })
    }

    pub(super) fn send(&mut self, frame: &SignalFrame) -> anyhow::Result<()> {
        self.send_bytes(&frame.to_bytes())
    }

    pub(super) fn send_bytes(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        Ok(self.socket.send(Message::Binary(bytes.to_vec().into()))?)
    }

    /// Waits for the next frame; `Err` with the close code where it is closed.
    pub(super) fn next(&mut self) -> anyhow::Result<Result<SignalFrame, u16>> {
        loop {
            match self.socket.read() {
                Ok(Message::Binary(bytes)) => return Ok(Ok(SignalFrame::from_bytes(&bytes)?)),
                Ok(Message::Close(close)) => return Ok(Err(close.map_or(1_005, |close| close.code.into()))),
                Ok(_) => {}
                Err(tungstenite::Error::ConnectionClosed | tungstenite::Error::AlreadyClosed) => {
                    return Ok(Err(1_006));
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Waits for a frame of a kind; others are passed over.
    pub(super) fn wait_for(&mut self, kind: FrameKind) -> anyhow::Result<SignalFrame> {
        loop {
            match self.next()? {
                Ok(frame) if frame.frame_kind() == Some(kind) => return Ok(frame),
                Ok(frame) if frame.error.is_some() => bail!("refused: {:?}", frame.error),
                Ok(_) => {}
                Err(code) => bail!("closed with {code} while waiting for {kind:?}"),
            }
        }
    }

    /// The code it is closed with; frames before it are passed over.
    pub(super) fn closed(&mut self) -> anyhow::Result<u16> {
        loop {
            if let Err(code) = self.next()? {
                return Ok(code);
            }
        }
    }

    pub(super) fn join(&mut self, session: u64) -> anyhow::Result<()> {
        let mut join = frame(FrameKind::Join);
        join.join = Some(Join {
            protocol_version: Some(2),
            flags: Some(2),
            audio_session_id: Some(session),
            wants_compressed_sdp: Some(true),
            client_details: Some(ClientDetails {
                client_source: Some("amazon-chime-sdk-js".into()),
                ..ClientDetails::default()
            }),
            ..Join::default()
        });
        self.send(&join)
    }
}

impl Guest {
    /// Joins; the media path comes up afterwards.
    pub(super) fn join(meeting: &Meeting, attendee: &Attendee, identity: &Identity) -> anyhow::Result<Self> {
        let mut signalling = Signalling::open(meeting, &attendee.token)?;
        let mut ping = frame(FrameKind::PingPong);
        ping.ping_pong = Some(PingPong { kind: Some(PING), ping_id: Some(1) });
        signalling.send(&ping)?;
        let socket = UdpSocket::bind(loopback(0))?;
        socket.set_nonblocking(true)?;
        let mut browser = Browser::new(identity, Instant::now(), socket.local_addr()?, ALL);
        signalling.join(u64::from(socket.local_addr()?.port()))?;
        signalling.wait_for(FrameKind::JoinAck)?.joinack.context("an empty JOIN_ACK")?;
        signalling.wait_for(FrameKind::Index)?.index.context("an empty INDEX")?;
        let mut subscribe = frame(FrameKind::Subscribe);
        subscribe.sub = Some(Subscribe {
            duplex: Some(1),
            send_streams: vec![StreamDescriptor {
                stream_id: Some(1),
                group_id: Some(1),
                track_label: Some("AmazonChimeExpressAudio".into()),
                attendee_id: Some(attendee.id.clone()),
                media_type: Some(MEDIA_AUDIO),
                ..StreamDescriptor::default()
            }],
            receive_stream_ids: vec![0],
            sdp_offer: Some(browser.offer()),
            audio_host: Some(meeting.audio_host.clone()),
            audio_muted: Some(false),
            ..Subscribe::default()
        });
        signalling.send(&subscribe)?;
        let ack = signalling.wait_for(FrameKind::SubscribeAck)?.suback.context("an empty SUBSCRIBE_ACK")?;
        let answer = ack.sdp_answer.context("no answer")?;
        browser.answered(Instant::now(), &answer).map_err(anyhow::Error::msg)?;
        let candidates = answer.lines().filter_map(|line| line.strip_prefix("a=candidate:"));
        let candidates = candidates.filter_map(|line| line.split(' ').nth(4)).map(str::to_owned).collect();
        signalling.socket.get_ref().set_nonblocking(true)?;
        let socket = socket.into();
        let mut guest = Self { signalling, socket, browser, candidates, pinged: Instant::now(), pings: 1 };
        guest.flush();
        Ok(guest)
    }

    /// Reads what waits.
    pub(super) fn receive(&mut self, receiver: &mut Receiver) -> anyhow::Result<()> {
        let (browser, mut outcome) = (&mut self.browser, Ok(()));
        receiver.receive(&self.socket, |source, datagram| {
            if outcome.is_ok() {
                outcome = browser.receive(Instant::now(), source, datagram);
            }
        });
        self.flush();
        outcome.map_err(anyhow::Error::msg)
    }

    pub(super) fn wake(&mut self, now: Instant) -> anyhow::Result<()> {
        self.browser.wake(now).map_err(anyhow::Error::msg)?;
        self.flush();
        Ok(())
    }

    pub(super) fn flush(&mut self) {
        for (to, datagram) in self.browser.out.drain(..) {
            sys::send(&self.socket, &[(to, &datagram)]);
        }
    }

    /// Reads the frames that came, answers pings and sends its own.
    pub(super) fn signals(&mut self, now: Instant) -> anyhow::Result<()> {
        if now.duration_since(self.pinged) > Duration::from_secs(10) {
            self.pinged = now;
            self.pings += 1;
            let mut ping = frame(FrameKind::PingPong);
            ping.ping_pong = Some(PingPong { kind: Some(PING), ping_id: Some(self.pings) });
            self.signalling.send(&ping)?;
        }
        loop {
            let message = match self.signalling.socket.read() {
                Ok(message) => message,
                Err(tungstenite::Error::Io(error)) if error.kind() == ErrorKind::WouldBlock => return Ok(()),
                Err(error) => return Err(error.into()),
            };
            match message {
                Message::Binary(bytes) => {
                    let said = SignalFrame::from_bytes(&bytes)?;
                    if let Some(status) = said.audio_status.and_then(|status| status.audio_status) {
                        bail!("ended with {status}");
                    }
                    if let Some(PingPong { kind: Some(PING), ping_id }) = said.ping_pong {
                        let mut pong = frame(FrameKind::PingPong);
                        pong.ping_pong = Some(PingPong { kind: Some(PONG), ping_id });
                        self.signalling.send(&pong)?;
                    }
                }
                Message::Close(close) => bail!("closed: {close:?}"),
                _ => {}
            }
        }
    }

    /// Leaves as the client does, and waits for the answer.
    pub(super) fn leave(mut self) -> anyhow::Result<()> {
        self.signalling.socket.get_ref().set_nonblocking(false)?;
        let mut leave = frame(FrameKind::Leave);
        leave.leave = Some(Empty {});
        self.signalling.send(&leave)?;
        self.signalling.wait_for(FrameKind::LeaveAck)?;
        Ok(())
    }

    /// Where the node's packets come from, once they come.
    pub(super) fn peer(&self) -> Option<SocketAddr> {
        self.browser.peer
    }
}
