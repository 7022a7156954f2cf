//! A telephone: the machines of the exchange in the role of the other side, for `switchhook call` and `answer`.
//!
//! One [`Phone`] is one SIP user agent on an address of its own, with a media thread for the audio of its calls. It has
//! no thread of its own: whoever owns it calls [`Phone::turn`] in a loop and is told what happened. A call is named by
//! its dialog, and so are its stream and its recording, since there is one of each.

mod ear;
mod keyboard;
mod script;
mod sound;

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use anyhow::{Context, bail};
use media::{Clip, PlaybackId, Recorded, RecordingId, SendingId, Statistics, StreamId};
use mio::{Interest, Poll, Token};
use sip::media_session::{Codec, LocalMedia, RemoteMedia};
use sip::stack::{self, Command, ConnectionId, DialogId, Endpoint, Flow, Offer, Outbound, Stack, Transport};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

use crate::clock::Clock;
use crate::inbox::{Inbox, Message, Outlet, inbox};
use crate::resolver::Resolver;
use crate::{random, shard, sip_streams};

pub use ear::Ear;
pub use keyboard::{Key, Keyboard};
pub use script::{Pause, Script, ScriptError};
pub use sound::{cache_folder, speak, tone};

const SOCKET: Token = Token(0);
const WAKER: Token = Token(1);
/// RTP ports of a phone: below those of a node and of the system's own choosing.
const PORTS: RangeInclusive<u16> = 16_384..=32_767;
/// Ports tried before a call is given up.
const PORT_TRIES: usize = 50;
/// Length of a digit's tone.
const TONE: Duration = Duration::from_millis(200);

/// What a phone was told or what became of something it was asked for.
#[derive(Debug)]
pub enum Heard {
    /// Somebody calls; answer, ring or refuse.
    Offered(Box<Offer>),
    /// The other side rings.
    Ringing,
    /// The other side sends audio before it answers.
    EarlyMedia,
    /// The other side answered.
    Answered(Codec),
    /// The other side pressed a digit.
    Digit(char),
    /// A sound was played to its end.
    Played(PlaybackId),
    /// Digits went out.
    DigitsSent(SendingId),
    /// What is heard: 8 kHz mono.
    Sound(Vec<i16>),
    /// The other side ended the call, or there never was one.
    Ended {
        /// Final status of a call that was never answered; 0 for BYE and CANCEL.
        status: u16,
        /// Reason phrase.
        reason: String,
    },
    /// The call's audio is closed: the last that is heard of a call.
    Closed(Statistics),
}

/// A call to be placed.
#[derive(Clone, Debug)]
pub struct Dialling {
    /// Request-URI.
    pub uri: String,
    /// Where to send it, whatever the URI's host is; by the URI where absent.
    pub server: Option<SocketAddr>,
    /// UDP or TCP.
    pub transport: Transport,
    /// User part of From.
    pub from: String,
    /// More headers.
    pub headers: Vec<(String, String)>,
    /// Digest user and password.
    pub credentials: Option<(String, String)>,
    /// How long it may ring.
    pub timeout: Duration,
}

/// A phone.
pub struct Phone {
    clock: Clock,
    stack: Stack,
    outputs: Vec<stack::Output>,
    poll: Poll,
    ready: mio::Events,
    udp: mio::net::UdpSocket,
    local: SocketAddr,
    inbox: Inbox,
    outlet: Outlet,
    connections: BTreeMap<ConnectionId, tokio::sync::mpsc::Sender<Vec<u8>>>,
    shard: shard::Handle,
    audio: mpsc::Receiver<Recorded>,
    lines: BTreeMap<DialogId, Line>,
    playbacks: BTreeMap<PlaybackId, DialogId>,
    sendings: BTreeMap<SendingId, DialogId>,
    next: u64,
    happened: Vec<(DialogId, Heard)>,
    runtime: Option<Runtime>,
    resolver: Arc<Resolver>,
    interrupted: Arc<AtomicBool>,
}

/// The media of one call.
struct Line {
    media: LocalMedia,
    connected: bool,
}

struct Sink {
    inbox: Inbox,
    audio: mpsc::Sender<Recorded>,
}

impl shard::Sink for Sink {
    fn event(&mut self, event: media::Event) -> Result<(), media::Event> {
        match self.inbox.try_complete(Message::Media(0, event)) {
            Err(Message::Media(_, event)) => Err(event),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    fn recorded(&mut self, audio: Recorded) -> Result<(), Recorded> {
        self.audio.send(audio).map_err(|mpsc::SendError(audio)| audio)
    }
}

/// The address of this machine from which `peer` is reached.
pub fn address_towards(peer: SocketAddr) -> anyhow::Result<IpAddr> {
    let any: IpAddr = if peer.is_ipv4() { [0; 4].into() } else { [0; 16].into() };
    let socket = UdpSocket::bind((any, 0))?;
    // Connecting a datagram socket sends nothing; it only asks the routing table.
    socket.connect(peer).with_context(|| format!("{peer} cannot be reached from here"))?;
    Ok(socket.local_addr()?.ip())
}

impl Phone {
    /// A phone at `address`, port 0 meaning any, for UDP and TCP alike.
    pub fn open(address: SocketAddr) -> anyhow::Result<Self> {
        let clock = Clock::start();
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("phone")
            .enable_all()
            .build()
            .context("cannot start the phone")?;
        let (udp, tcp) = bind(address, &runtime)?;
        let local = udp.local_addr()?;
        let mut udp = mio::net::UdpSocket::from_std(udp);
        let poll = Poll::new()?;
        poll.registry().register(&mut udp, SOCKET, Interest::READABLE)?;
        let (inbox, outlet) = inbox(mio::Waker::new(poll.registry(), WAKER)?);
        runtime.spawn(sip_streams::accept(tcp, inbox.clone()));

        let (audio_in, audio) = mpsc::channel();
        let sink = Sink { inbox: inbox.clone(), audio: audio_in };
        let shard = shard::start(shard::Config::new(0, local.ip(), PORTS), move || clock.now(), sink)
            .context("cannot start the media thread")?;

        let mut secret = [0; 32];
        random::fill(&mut secret);
        let endpoint = Endpoint { local, advertised: local };
        let config = stack::Config {
            tcp: Some(endpoint),
            user_agent: concat!("Switchhook-phone/", env!("CARGO_PKG_VERSION")).into(),
            ..stack::Config::udp(local, secret, random::u64())
        };
        let interrupted = Arc::new(AtomicBool::new(false));
        runtime.spawn(watch_signals(interrupted.clone()));
        let resolver = {
            let _on_runtime = runtime.enter();
            Arc::new(Resolver::new(None)?)
        };
        Ok(Self {
            clock,
            stack: Stack::new(config),
            outputs: Vec::new(),
            poll,
            ready: mio::Events::with_capacity(16),
            udp,
            local,
            inbox,
            outlet,
            connections: BTreeMap::new(),
            shard,
            audio,
            lines: BTreeMap::new(),
            playbacks: BTreeMap::new(),
            sendings: BTreeMap::new(),
            next: 0,
            happened: Vec::new(),
            runtime: Some(runtime),
            resolver,
            interrupted,
        })
    }

    /// Where it listens.
    pub fn local(&self) -> SocketAddr {
        self.local
    }

    /// Whether Ctrl+C or SIGTERM asked for the end; the question takes the answer back.
    pub fn interrupted(&self) -> bool {
        self.interrupted.swap(false, Ordering::Relaxed)
    }

    /// Places a call.
    pub fn dial(&mut self, dialling: Dialling) -> anyhow::Result<DialogId> {
        let dialog = self.stack.next_dialog();
        let media = self.open_line(dialog)?;
        let target = stack::Target {
            uri: dialling.uri,
            host: dialling.server.map(|server| (server.ip().to_string(), Some(server.port()))),
            transport: Some(dialling.transport),
            from_host: None,
            asserted_identity: false,
            credentials: dialling.credentials,
            headers: Vec::new(),
            trunk: stack::TrunkName("exchange".into()),
        };
        let invite = Outbound {
            targets: vec![target],
            from_user: dialling.from,
            headers: dialling.headers,
            media,
            timeout: dialling.timeout,
        };
        self.command(Command::Invite { dialog, invite: Box::new(invite) });
        Ok(dialog)
    }

    /// Sends 180 to a caller.
    pub fn ring(&mut self, dialog: DialogId) {
        self.command(Command::Ring { dialog });
    }

    /// Answers a caller; `remote` is what its offer said.
    pub fn answer(&mut self, dialog: DialogId, remote: Option<RemoteMedia>) -> anyhow::Result<()> {
        let media = self.open_line(dialog)?;
        if let Some(remote) = remote {
            self.connect(dialog, &remote);
        }
        self.command(Command::Answer { dialog, media });
        Ok(())
    }

    /// Refuses a caller.
    pub fn refuse(&mut self, dialog: DialogId, status: u16) {
        self.command(Command::Refuse { dialog, status, headers: Vec::new() });
    }

    /// Hangs up, or gives up calling.
    pub fn hang_up(&mut self, dialog: DialogId) {
        self.command(Command::Release { dialog });
        self.close(dialog);
    }

    /// Plays a sound, `None` times meaning for ever.
    pub fn play(&mut self, dialog: DialogId, clip: Arc<Clip>, times: Option<u32>) -> PlaybackId {
        let playback = self.playback(dialog);
        self.order(media::Command::Play { stream: StreamId(dialog.0), playback, clip, times });
        playback
    }

    /// Opens a playback that [`feed`](Self::feed) fills.
    pub fn play_live(&mut self, dialog: DialogId) -> PlaybackId {
        let playback = self.playback(dialog);
        self.order(media::Command::PlayLive { stream: StreamId(dialog.0), playback });
        playback
    }

    /// Plays more of a [`play_live`](Self::play_live).
    pub fn feed(&mut self, playback: PlaybackId, samples: &[i16]) {
        self.order(media::Command::Feed { playback, samples: samples.into(), last: false });
    }

    /// Presses digits, `,` being half a second.
    pub fn press(&mut self, dialog: DialogId, digits: &str) -> SendingId {
        self.next += 1;
        let sending = SendingId(self.next);
        self.sendings.insert(sending, dialog);
        let (stream, digits) = (StreamId(dialog.0), digits.to_owned());
        self.order(media::Command::SendDigits { stream, sending, digits, tone: TONE });
        sending
    }

    /// Waits up to `patience` for something to happen and hands over what did.
    pub fn turn(&mut self, patience: Duration) -> anyhow::Result<Vec<(DialogId, Heard)>> {
        let now = self.clock.now();
        let due = self.stack.deadline().map_or(patience, |(at, _)| at.since(now));
        let patience = if self.happened.is_empty() { patience.min(due) } else { Duration::ZERO };
        if let Err(error) = self.poll.poll(&mut self.ready, Some(patience))
            && error.kind() != ErrorKind::Interrupted
        {
            return Err(error).context("the phone cannot wait for its sockets");
        }
        self.outlet.rearm();
        self.datagrams();
        while let Some(message) = self.outlet.next() {
            self.message(message);
        }
        while let Ok(audio) = self.audio.try_recv() {
            // The end of a recording says no more than the end of its stream.
            if let Recorded::Samples { recording, samples } = audio {
                self.happened.push((DialogId(recording.0), Heard::Sound(samples)));
            }
        }
        if self.stack.deadline().is_some_and(|(at, _)| at <= self.clock.now()) {
            self.input(stack::Input::Woken);
        }
        Ok(std::mem::take(&mut self.happened))
    }

    /// Waits until what was said last has arrived: our BYE is answered, or two seconds are over.
    pub fn finish(mut self) -> anyhow::Result<()> {
        let end = self.clock.now() + Duration::from_secs(2);
        // Bytes given to a connection are written by its task.
        let mut grace = if self.connections.is_empty() { 0 } else { 4 };
        while self.clock.now() < end && (self.stack.counts().clients > 0 || grace > 0) {
            self.turn(Duration::from_millis(20))?;
            grace = u32::saturating_sub(grace, 1);
        }
        Ok(())
    }

    fn datagrams(&mut self) {
        let mut buffer = [0; 65_536];
        loop {
            match self.udp.recv_from(&mut buffer) {
                Ok((length, remote)) => {
                    let flow =
                        Flow { transport: Transport::Udp, local: self.local, remote, connection: None };
                    self.input(stack::Input::Received { flow, bytes: &buffer[..length] });
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => return,
                // An ICMP error of an earlier datagram: nobody listens there; the transaction's timer says so.
                Err(_) => {}
            }
        }
    }

    fn message(&mut self, message: Message) {
        match message {
            Message::Stream(flow, bytes) => self.input(stack::Input::Received { flow, bytes: &bytes }),
            Message::Opened(flow, sender) => {
                if let Some(connection) = flow.connection {
                    self.connections.insert(connection, sender);
                }
                self.input(stack::Input::Opened { flow });
            }
            Message::Closed(connection) => {
                self.connections.remove(&connection);
                self.input(stack::Input::Closed { connection });
            }
            Message::Resolved(query, candidates) => {
                self.input(stack::Input::Resolved { query, candidates });
            }
            Message::Media(_, event) => self.media(event),
            Message::Api(..)
            | Message::FunctionReturned(..)
            | Message::ClipLoaded(..)
            | Message::Spoken(..)
            | Message::RecordingStored(..)
            | Message::Stored(..)
            | Message::Inspect(_)
            | Message::Browser(..)
            | Message::Stop => debug_assert!(false, "a phone asks for nothing of the kind"),
        }
    }

    fn media(&mut self, event: media::Event) {
        match event {
            media::Event::OpenFailed { stream, reason } => {
                let dialog = DialogId(stream.0);
                self.lines.remove(&dialog);
                self.command(Command::Release { dialog });
                self.happened.push((dialog, Heard::Ended { status: 503, reason }));
                self.happened.push((dialog, Heard::Closed(Statistics::default())));
            }
            media::Event::Digit { stream, digit } => {
                self.happened.push((DialogId(stream.0), Heard::Digit(digit)));
            }
            media::Event::PlaybackEnded { playback } => {
                if let Some(dialog) = self.playbacks.remove(&playback) {
                    self.happened.push((dialog, Heard::Played(playback)));
                }
            }
            media::Event::DigitsSent { sending } => {
                if let Some(dialog) = self.sendings.remove(&sending) {
                    self.happened.push((dialog, Heard::DigitsSent(sending)));
                }
            }
            // Recordings of a phone have no silence limit.
            media::Event::SilenceDetected { .. } => {}
            // A phone is in no conference.
            media::Event::Answer { .. }
            | media::Event::MemberConnected { .. }
            | media::Event::MemberLost { .. }
            | media::Event::Levels { .. }
            | media::Event::MemberClosed { .. } => {}
            media::Event::Closed { stream, statistics } => {
                self.happened.push((DialogId(stream.0), Heard::Closed(statistics)));
            }
        }
    }

    fn command(&mut self, command: Command) {
        self.input(stack::Input::Command(command));
    }

    fn input(&mut self, input: stack::Input<'_>) {
        let mut outputs = std::mem::take(&mut self.outputs);
        self.stack.handle(self.clock.now(), input, &mut outputs);
        for output in outputs.drain(..) {
            match output {
                stack::Output::Send { flow, bytes } => self.send(flow, bytes),
                stack::Output::Open { connection, remote, .. } => {
                    self.spawn(sip_streams::connect(connection, remote, self.inbox.clone()));
                }
                stack::Output::Close { connection } => {
                    self.connections.remove(&connection);
                }
                stack::Output::Resolve { query, host, port, transport } => {
                    let (resolver, inbox) = (self.resolver.clone(), self.inbox.clone());
                    self.spawn(async move {
                        let candidates = resolver.resolve(&host, port, transport).await;
                        inbox.complete(Message::Resolved(query, candidates));
                    });
                }
                stack::Output::Event(event) => self.event(event),
                stack::Output::Traced { .. } => {}
            }
        }
        self.outputs = outputs;
    }

    fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        if let Some(runtime) = &self.runtime {
            runtime.spawn(task);
        }
    }

    fn send(&self, flow: Flow, bytes: Vec<u8>) {
        let sent = match flow.connection {
            // A datagram that cannot be sent is sent again by its transaction.
            None => self.udp.send_to(&bytes, flow.remote).is_ok(),
            Some(connection) => {
                self.connections.get(&connection).is_some_and(|sender| sender.try_send(bytes).is_ok())
            }
        };
        if !sent {
            tracing::debug!(remote = %flow.remote, "a message could not be sent");
        }
    }

    fn event(&mut self, event: stack::Event) {
        match event {
            stack::Event::Offered { dialog, offer } => self.happened.push((dialog, Heard::Offered(offer))),
            stack::Event::Progressed { dialog, status: _, media } => {
                let heard = if media.is_some() { Heard::EarlyMedia } else { Heard::Ringing };
                if let Some(media) = media {
                    self.connect(dialog, &media);
                }
                self.happened.push((dialog, heard));
            }
            stack::Event::Answered { dialog, media, trunk: _ } => {
                self.connect(dialog, &media);
                self.happened.push((dialog, Heard::Answered(media.codec)));
            }
            stack::Event::MediaChanged { dialog, media } => self.connect(dialog, &media),
            stack::Event::Ended { dialog, status, reason } => {
                self.happened.push((dialog, Heard::Ended { status, reason }));
                self.close(dialog);
            }
            stack::Event::Digit { dialog, digit } => self.happened.push((dialog, Heard::Digit(digit))),
            stack::Event::OptionsReceived { .. } | stack::Event::TrunkHealth { .. } => {}
        }
    }

    /// Opens a port for a call; what is to stand in its session description.
    fn open_line(&mut self, dialog: DialogId) -> anyhow::Result<LocalMedia> {
        let port = free_port(self.local.ip())?;
        let media = LocalMedia {
            address: SocketAddr::new(self.local.ip(), port),
            codecs: vec![Codec::Pcmu, Codec::Pcma],
            dtmf: true,
        };
        self.lines.insert(dialog, Line { media: media.clone(), connected: false });
        let stream = StreamId(dialog.0);
        self.order(media::Command::Open { stream, port, seed: random::u64() });
        self.order(media::Command::Listen { stream, on: true });
        Ok(media)
    }

    fn connect(&mut self, dialog: DialogId, remote: &RemoteMedia) {
        let Some(line) = self.lines.get_mut(&dialog) else { return };
        let begins = !std::mem::replace(&mut line.connected, true);
        let remote = media::Remote {
            address: remote.address,
            rtcp: remote.rtcp,
            codec: match remote.codec {
                Codec::Pcmu => media::Codec::Pcmu,
                Codec::Pcma => media::Codec::Pcma,
            },
            payload_type: remote.payload_type,
            dtmf: remote.dtmf,
            ptime: remote.ptime,
            send: remote.send,
            receive: remote.receive,
        };
        let stream = StreamId(dialog.0);
        self.order(media::Command::Connect { stream, remote });
        if begins {
            let recording = RecordingId(dialog.0);
            self.order(media::Command::StartRecording { stream, recording, silence: None });
        }
    }

    fn close(&mut self, dialog: DialogId) {
        match self.lines.remove(&dialog) {
            Some(line) => {
                tracing::debug!(port = line.media.address.port(), "a call's audio is closed");
                self.order(media::Command::Close { stream: StreamId(dialog.0) });
            }
            // Refused or cancelled before it had any audio.
            None => self.happened.push((dialog, Heard::Closed(Statistics::default()))),
        }
    }

    fn playback(&mut self, dialog: DialogId) -> PlaybackId {
        self.next += 1;
        let playback = PlaybackId(self.next);
        self.playbacks.insert(playback, dialog);
        playback
    }

    fn order(&self, command: media::Command) {
        if self.shard.send(command).is_err() {
            tracing::error!("the media thread takes no commands");
        }
    }
}

impl Drop for Phone {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// UDP and TCP on one port.
fn bind(address: SocketAddr, runtime: &Runtime) -> anyhow::Result<(UdpSocket, TcpListener)> {
    let mut tries = if address.port() == 0 { 20 } else { 1 };
    loop {
        tries -= 1;
        let udp = crate::net::bind_udp(address, 1 << 20)
            .with_context(|| format!("cannot listen on udp {address}"))?;
        let local = udp.local_addr()?;
        match runtime.block_on(TcpListener::bind(local)) {
            Ok(tcp) => return Ok((udp, tcp)),
            // Another program has the port for TCP: try the next one.
            Err(_) if tries > 0 => {}
            Err(error) => return Err(error).with_context(|| format!("cannot listen on tcp {local}")),
        }
    }
}

/// A free pair of ports. Another program may take it before we do: then the call ends and says so.
fn free_port(address: IpAddr) -> anyhow::Result<u16> {
    let pairs = u64::from((PORTS.end() - PORTS.start()) / 2);
    for _ in 0..PORT_TRIES {
        let port = PORTS.start() + 2 * (random::u64() % pairs) as u16;
        if UdpSocket::bind((address, port)).is_ok() && UdpSocket::bind((address, port + 1)).is_ok() {
            return Ok(port);
        }
    }
    bail!("no free RTP port found on {address}")
}

async fn watch_signals(interrupted: Arc<AtomicBool>) {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return };
    loop {
        tokio::select! {
            _ = terminate.recv() => {}
            result = tokio::signal::ctrl_c() => if result.is_err() { return },
        }
        // Twice: whoever does not wait for our farewell need not.
        if interrupted.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    }
}
