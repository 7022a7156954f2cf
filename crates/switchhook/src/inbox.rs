//! The one way into the node's thread.
//!
//! Two bounded queues: *requests* (work somebody else can ask for again: API requests, bytes of peers) are refused when
//! theirs is full; *completions* (answers to what the node itself asked for) have room of their own, since a lost one
//! would leave a call waiting. At most one wake-up is under way at a time.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, TrySendError, sync_channel};
use std::time::Duration;

use base::TransactionId;
use call::{FunctionError, InvocationId, PlaybackError, StoreError};
use media::{Clip, PlaybackId, RecordingId};
use node::{Node, WriteId};
use sip::stack::{ConnectionId, Flow, QueryId, Transport};
use tokio::sync::oneshot;

use crate::browsers::BrowserEvent;

/// How many requests may wait.
const REQUESTS: usize = 4_096;
/// How many completions may wait; a sender waits when this is reached, the node thread drains it first.
const COMPLETIONS: usize = 65_536;

/// How long the node's thread sleeps at most.
pub const WAKES: Duration = Duration::from_secs(1);

/// What reaches the node's thread from other threads.
pub enum Message {
    /// Bytes of a SIP connection.
    Stream(Flow, Vec<u8>),
    /// A connection is up, together with the way to send on it.
    Opened(Flow, tokio::sync::mpsc::Sender<Vec<u8>>),
    /// A connection is gone or could not be made.
    Closed(ConnectionId),
    /// A name was resolved.
    Resolved(QueryId, Vec<(Transport, std::net::SocketAddr)>),
    /// A browser's connection reports.
    Browser(meet::ConnectionId, BrowserEvent),
    /// A control-plane request.
    Api(Box<api::Request>, oneshot::Sender<Result<api::Response, api::Error>>),
    /// A runner finished.
    FunctionReturned(TransactionId, InvocationId, Result<String, FunctionError>),
    /// A shard reports.
    Media(usize, media::Event),
    /// An object was loaded as a clip, or not.
    ClipLoaded(PlaybackId, Result<Arc<Clip>, PlaybackError>),
    /// Speech was made, or not.
    Spoken(PlaybackId, Result<Arc<[i16]>, PlaybackError>, bool),
    /// A recording was stored, or not.
    RecordingStored(RecordingId, Result<(), StoreError>),
    /// The store committed, or not.
    Stored(WriteId, Result<(), String>),
    /// Look at the node.
    Inspect(Box<dyn FnOnce(&Node) + Send>),
    /// End all calls and then the thread.
    Stop,
}

/// The sending side.
#[derive(Clone)]
pub struct Inbox {
    requests: SyncSender<Message>,
    completions: SyncSender<Message>,
    waker: Arc<Waker>,
}

struct Waker {
    mio: mio::Waker,
    awake: AtomicBool,
}

/// The receiving side.
pub struct Outlet {
    requests: Receiver<Message>,
    completions: Receiver<Message>,
    waker: Arc<Waker>,
}

/// The requests' queue is full; the message comes back.
pub struct Full {
    /// The message.
    pub message: Message,
    /// Whether there will never be room again: the node's thread is gone.
    pub for_good: bool,
}

/// Makes an inbox that wakes `waker`.
pub fn inbox(waker: mio::Waker) -> (Inbox, Outlet) {
    let (requests, requests_out) = sync_channel(REQUESTS);
    let (completions, completions_out) = sync_channel(COMPLETIONS);
    let waker = Arc::new(Waker { mio: waker, awake: AtomicBool::new(false) });
    (
        Inbox { requests, completions, waker: waker.clone() },
        Outlet { requests: requests_out, completions: completions_out, waker },
    )
}

impl Inbox {
    /// Puts an answer to something the node asked for. Waits for room rather than lose it.
    pub fn complete(&self, message: Message) {
        // An error means that the node's thread is gone, and with it whoever waited.
        if self.completions.send(message).is_ok() {
            self.wake();
        }
    }

    /// Puts an answer, or gives it back when there is no room, for those that must not wait.
    pub fn try_complete(&self, message: Message) -> Result<(), Message> {
        self.leave(message)?;
        self.wake();
        Ok(())
    }

    /// The same for what is not urgent: the thread finds it when it wakes for something else, within [`WAKES`].
    pub fn leave(&self, message: Message) -> Result<(), Message> {
        self.completions
            .try_send(message)
            .map_err(|(TrySendError::Full(message) | TrySendError::Disconnected(message))| message)
    }

    /// Puts a request, or gives it back when there is no room.
    pub fn request(&self, message: Message) -> Result<(), Box<Full>> {
        match self.requests.try_send(message) {
            Ok(()) => {
                self.wake();
                Ok(())
            }
            Err(TrySendError::Full(message)) => Err(Box::new(Full { message, for_good: false })),
            Err(TrySendError::Disconnected(message)) => Err(Box::new(Full { message, for_good: true })),
        }
    }

    /// Puts a request as soon as there is room; false where there will be none, since the node's thread is gone.
    pub async fn request_when_room(&self, mut message: Message) -> bool {
        while let Err(full) = self.request(message) {
            if full.for_good {
                return false;
            }
            message = full.message;
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        true
    }

    fn wake(&self) {
        if !self.waker.awake.swap(true, Ordering::AcqRel)
            && let Err(error) = self.waker.mio.wake()
        {
            tracing::error!(%error, "the node's thread cannot be woken");
        }
    }
}

impl Outlet {
    /// To be called before draining: whoever sends from now on wakes the thread again.
    pub fn rearm(&self) {
        self.waker.awake.store(false, Ordering::Release);
    }

    /// The next message, completions first.
    pub fn next(&self) -> Option<Message> {
        match self.completions.try_recv() {
            Ok(message) => Some(message),
            Err(TryRecvError::Empty | TryRecvError::Disconnected) => self.requests.try_recv().ok(),
        }
    }
}
