//! Media threads: one [`media::Shard`] each, with its own sockets.
//!
//! A thread waits for its sockets, its inbox and its machine's deadline, and for nothing else. Queues:
//!
//! - **Inbox** (commands): bounded. [`Handle::send`] gives a command back when it is full, which means that the thread
//!   has not run for seconds; nothing is lost silently.
//! - **Events and recorded audio**: the [`Sink`] gives back what it has no room for. The thread keeps it and offers it
//!   again each millisecond. Completions (each answers an order) and ends of recordings are always kept; of what the
//!   far end can cause without limit, digits and audio, a bounded number, and then the newest is dropped.
//! - **Frames of conferences** that lie on several threads ([`lanes`]): bounded; one that finds no room is lost and made
//!   up for.
//! - **Datagrams**: the kernel's socket buffers. A datagram that cannot be sent at once is dropped.
//!
//! Each wait serves all sockets that are ready by then, so waits grow fewer under load by themselves. A thread may also
//! let datagrams gather before it looks, which is off by default: it adds its length to the latency and saves CPU only
//! near saturation (`examples/relay.rs` measures it). While many come and none is for another party (callers who talk
//! to a prompt), they always gather for two milliseconds.

mod lanes;
mod sockets;
mod sys;
mod thread;

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

use base::Timestamp;
use media::{Command, Event, Recorded};

pub use lanes::{Lane, lanes};

/// Commands that wait for a thread at most.
const INBOX: usize = 4_096;

/// What a media thread is started with.
#[derive(Clone, Debug)]
pub struct Config {
    /// Names the thread.
    pub index: usize,
    /// The address its sockets are bound to.
    pub bind: IpAddr,
    /// Its slice of the port range.
    pub ports: RangeInclusive<u16>,
    /// Streams at most.
    pub max_streams: usize,
    /// How long datagrams may gather while many come; zero: each is served at once.
    pub gather: Duration,
    /// Where it serves browsers, if it does.
    pub browsers: Option<Browsers>,
}

/// How a media thread serves browsers.
#[derive(Clone)]
pub struct Browsers {
    /// Its socket for all of them; port 0: any.
    pub bind: SocketAddr,
    /// Where they reach it, best first.
    pub addresses: Vec<IpAddr>,
    /// Their passwords come from this.
    pub secret: [u8; 32],
}

impl std::fmt::Debug for Browsers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Browsers").field("bind", &self.bind).finish_non_exhaustive()
    }
}

impl Config {
    /// A thread without a limit but its ports, which serves datagrams at once.
    pub fn new(index: usize, bind: IpAddr, ports: RangeInclusive<u16>) -> Self {
        Self { index, bind, ports, max_streams: usize::MAX, gather: Duration::ZERO, browsers: None }
    }
}

/// Where a media thread's reports go. Called on that thread: it must not block.
pub trait Sink: Send + 'static {
    /// Takes an event for the node, or gives it back when there is no room.
    ///
    /// # Errors
    /// The event itself.
    fn event(&mut self, event: Event) -> Result<(), Event>;

    /// Takes audio for the writer of recordings, or gives it back when there is no room.
    ///
    /// # Errors
    /// The audio itself.
    fn recorded(&mut self, audio: Recorded) -> Result<(), Recorded>;
}

/// A command that found the inbox full, or the thread gone.
#[derive(Debug, thiserror::Error)]
#[error("the media thread takes no commands")]
pub struct Refused(pub Command);

/// What a media thread has done, for the metrics.
#[derive(Debug, Default)]
pub struct Counters {
    /// Datagrams received.
    pub received: AtomicU64,
    /// Datagrams sent.
    pub sent: AtomicU64,
    /// Datagrams the kernel did not take.
    pub send_failed: AtomicU64,
    /// Digits and chunks of audio dropped because the node or the writer had no room.
    pub dropped: AtomicU64,
    /// Streams open.
    pub streams: AtomicU64,
    /// Browsers' sessions.
    pub browsers: AtomicU64,
    /// Datagrams on the browsers' port that were of no session.
    pub unclaimed: AtomicU64,
    /// Those that named a session and were refused.
    pub refused: AtomicU64,
}

/// A running media thread. Dropping it stops the thread and waits for it.
#[derive(Debug)]
pub struct Handle {
    inbox: Option<SyncSender<Command>>,
    wake: Arc<Wake>,
    counters: Arc<Counters>,
    browsers: Option<SocketAddr>,
    thread: Option<JoinHandle<()>>,
}

/// Wakes the thread, but only when it waits.
struct Wake {
    waiting: AtomicBool,
    waker: sys::Waker,
}

impl std::fmt::Debug for Wake {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Wake").field("waiting", &self.waiting).finish_non_exhaustive()
    }
}

impl Wake {
    fn new(waker: sys::Waker) -> Self {
        Self { waiting: AtomicBool::new(false), waker }
    }

    fn wake(&self) {
        if self.waiting.swap(false, Ordering::SeqCst) {
            self.waker.wake();
        }
    }
}

/// Starts a media thread that is the only one. `clock` is the node's: it never goes back.
///
/// # Errors
/// When the system gives no thread or no descriptor, or the browsers' port is taken.
pub fn start(
    config: Config,
    clock: impl Fn() -> Timestamp + Send + 'static,
    sink: impl Sink,
) -> io::Result<Handle> {
    let lane = lanes(1)?.pop().ok_or(io::ErrorKind::OutOfMemory)?;
    start_among(lane, config, clock, sink)
}

/// Starts one of several media threads.
///
/// # Errors
/// As [`start`].
pub fn start_among(
    lane: Lane,
    config: Config,
    clock: impl Fn() -> Timestamp + Send + 'static,
    sink: impl Sink,
) -> io::Result<Handle> {
    match sys::raise_descriptors() {
        // Each stream has two sockets; the rest of the process needs some hundreds.
        Ok(allowed) => tracing::debug!(streams = allowed.saturating_sub(512) / 2, "room for sockets"),
        Err(error) => tracing::warn!(%error, "the limit of descriptors stays as it is"),
    }
    let (sender, inbox) = sync_channel(INBOX);
    let wake = Arc::clone(&lane.wake);
    let counters = Arc::new(Counters::default());
    let name = format!("media-{}", config.index);
    let mut thread = thread::Thread::new(config, inbox, lane, Arc::clone(&counters), clock, sink)?;
    let browsers = thread.browsers();
    let thread = std::thread::Builder::new().name(name).spawn(move || thread.run())?;
    Ok(Handle { inbox: Some(sender), wake, counters, browsers, thread: Some(thread) })
}

impl Handle {
    /// Gives the thread an order. Never blocks.
    ///
    /// # Errors
    /// The command itself, when the inbox is full.
    pub fn send(&self, command: Command) -> Result<(), Refused> {
        let Some(inbox) = &self.inbox else { return Err(Refused(command)) };
        match inbox.try_send(command) {
            Ok(()) => {
                self.wake.wake();
                Ok(())
            }
            Err(TrySendError::Full(command) | TrySendError::Disconnected(command)) => Err(Refused(command)),
        }
    }

    /// What it has done so far.
    pub fn counters(&self) -> &Arc<Counters> {
        &self.counters
    }

    /// Where it takes browsers' packets.
    pub fn browsers(&self) -> Option<SocketAddr> {
        self.browsers
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.inbox = None;
        self.wake.waker.wake();
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("a media thread panicked");
        }
    }
}
