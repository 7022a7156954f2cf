//! The ways between media threads: the parts of a conference that lies on several hand each other a frame a tick.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use media::Crossing;

use super::{Wake, sys};

/// Frames that wait for a thread at most: those of hundreds of conferences at one tick. What finds no room is lost, as a
/// packet may be.
const RING: usize = 512;

/// A media thread's place among the others.
pub struct Lane {
    pub(super) wake: Arc<Wake>,
    pub(super) incoming: Receiver<Crossing>,
    pub(super) threads: Arc<[Way]>,
}

/// The way into a media thread.
pub(super) struct Way {
    ring: SyncSender<Crossing>,
    wake: Arc<Wake>,
}

impl Way {
    /// Hands over a frame, if there is room.
    pub(super) fn send(&self, crossing: Crossing) {
        // A thread that has gone needs none.
        if self.ring.try_send(crossing).is_ok() {
            self.wake.wake();
        }
    }
}

/// Lanes for that many media threads, by their index.
///
/// # Errors
/// When the system gives no descriptor.
pub fn lanes(count: usize) -> io::Result<Vec<Lane>> {
    let (mut threads, mut ends) = (Vec::new(), Vec::new());
    for _ in 0..count {
        let wake = Arc::new(Wake::new(sys::Waker::new()?));
        let (ring, incoming) = sync_channel(RING);
        threads.push(Way { ring, wake: Arc::clone(&wake) });
        ends.push((wake, incoming));
    }
    let threads: Arc<[Way]> = threads.into();
    let lane = |(wake, incoming)| Lane { wake, incoming, threads: Arc::clone(&threads) };
    Ok(ends.into_iter().map(lane).collect())
}
