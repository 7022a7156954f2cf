//! Browsers' signalling connections, as the node's thread and the WebSockets see each other.
//!
//! Both ways are bounded. Towards a browser: a queue of [`QUEUE`] frames; who lets it fill up is dropped. From a
//! browser: frames that the node has not taken yet are counted in bytes, per connection and altogether, and a socket
//! whose share is used up is not read.

use std::collections::BTreeMap;

use base::MeetingId;
use bytes::Bytes;
use meet::{ConnectionId, Secret};
use tokio::sync::OwnedSemaphorePermit;
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// Frames that may wait for a slow browser.
const QUEUE: usize = 256;

/// What a WebSocket tells the node.
#[derive(Debug)]
pub enum BrowserEvent {
    /// The hand-shake is done.
    Connected {
        /// The meeting of the path, where it names one.
        meeting: Option<MeetingId>,
        /// The join token as offered, `#content` included.
        token: Secret,
        /// The way back.
        sender: Sender<ToBrowser>,
    },
    /// A binary message.
    Frame(Received),
    /// The connection is gone.
    Disconnected,
}

/// A message of a browser, with the room it takes until it is dropped.
#[derive(Debug)]
pub struct Received {
    /// The message.
    pub bytes: Bytes,
    pub(crate) _room: [OwnedSemaphorePermit; 2],
}

/// What a WebSocket is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ToBrowser {
    /// Send a binary message.
    Frame(Bytes),
    /// Close with this code.
    Close(u16),
}

/// The queue towards one browser.
pub(crate) fn queue() -> (Sender<ToBrowser>, Receiver<ToBrowser>) {
    channel(QUEUE)
}

/// The ways to all connected browsers. A connection whose sender is dropped is closed with 4500, upon which its client
/// connects again.
#[derive(Debug, Default)]
pub struct Browsers {
    senders: BTreeMap<ConnectionId, Sender<ToBrowser>>,
}

impl Browsers {
    /// Takes up a connection.
    pub fn insert(&mut self, connection: ConnectionId, sender: Sender<ToBrowser>) {
        self.senders.insert(connection, sender);
    }

    /// Forgets a connection.
    pub fn remove(&mut self, connection: ConnectionId) {
        self.senders.remove(&connection);
    }

    /// Sends a frame; a browser that does not take its frames is dropped.
    pub fn send(&mut self, connection: ConnectionId, frame: Bytes) {
        self.tell(connection, ToBrowser::Frame(frame));
    }

    /// Closes a connection behind the frames sent so far.
    pub fn close(&mut self, connection: ConnectionId, code: u16) {
        self.tell(connection, ToBrowser::Close(code));
        self.remove(connection);
    }

    fn tell(&mut self, connection: ConnectionId, what: ToBrowser) {
        // One that has gone: word of it is under way to the node.
        let Some(sender) = self.senders.get(&connection) else { return };
        if sender.try_send(what).is_err() {
            tracing::debug!(connection = connection.0, "a browser that does not take its frames is dropped");
            self.remove(connection);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_in_order_and_the_close_behind_them() {
        let (sender, mut waiting) = queue();
        let mut browsers = Browsers::default();
        browsers.insert(ConnectionId(1), sender);
        browsers.send(ConnectionId(1), Bytes::from_static(&[1]));
        browsers.send(ConnectionId(2), Bytes::from_static(&[2]));
        browsers.close(ConnectionId(1), 4410);
        browsers.send(ConnectionId(1), Bytes::from_static(&[3]));
        let told: Vec<_> = std::iter::from_fn(|| waiting.blocking_recv()).collect();
        assert_eq!(told, [ToBrowser::Frame(Bytes::from_static(&[1])), ToBrowser::Close(4410)]);
    }

    #[test]
    fn a_browser_that_takes_nothing_is_dropped() {
        let (sender, mut waiting) = queue();
        let mut browsers = Browsers::default();
        browsers.insert(ConnectionId(1), sender);
        for _ in 0..=QUEUE {
            browsers.send(ConnectionId(1), Bytes::from_static(&[0]));
        }
        let told = std::iter::from_fn(|| waiting.blocking_recv()).count();
        // Then the end of the queue: its only sender is gone.
        assert_eq!(told, QUEUE);
    }
}
