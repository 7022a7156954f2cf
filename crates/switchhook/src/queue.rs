//! Queues to the threads that write to the disk. Their senders never wait, since one of them is the node's thread: a queue
//! tells how much is in it, and whoever sees too much holds back what would add to it (new calls).

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvError, RecvTimeoutError, SendError, TryRecvError};
use std::time::Duration;

/// Makes a queue.
pub fn queue<T>() -> (Sender<T>, Receiver<T>) {
    let (sender, receiver) = mpsc::channel();
    let waiting = Arc::new(AtomicUsize::new(0));
    (Sender { inner: sender, waiting: waiting.clone() }, Receiver { inner: receiver, waiting })
}

/// The way in.
#[derive(Debug)]
pub struct Sender<T> {
    inner: mpsc::Sender<T>,
    waiting: Arc<AtomicUsize>,
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone(), waiting: self.waiting.clone() }
    }
}

impl<T> Sender<T> {
    /// Puts something in; never waits.
    ///
    /// # Errors
    /// When nobody is there to take it out.
    pub fn send(&self, value: T) -> Result<(), SendError<T>> {
        // First, so that the count is never below what is in the queue.
        self.waiting.fetch_add(1, Ordering::Relaxed);
        self.inner.send(value).inspect_err(|_| {
            self.waiting.fetch_sub(1, Ordering::Relaxed);
        })
    }

    /// How much is in it.
    pub fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }
}

/// The way out.
#[derive(Debug)]
pub struct Receiver<T> {
    inner: mpsc::Receiver<T>,
    waiting: Arc<AtomicUsize>,
}

impl<T> Receiver<T> {
    /// Waits for the next.
    ///
    /// # Errors
    /// When it is empty and nobody can put anything in any more.
    pub fn recv(&self) -> Result<T, RecvError> {
        self.inner.recv().inspect(|_| self.taken())
    }

    /// Waits for the next, but only so long.
    ///
    /// # Errors
    /// When nothing came.
    pub fn recv_timeout(&self, timeout: Duration) -> Result<T, RecvTimeoutError> {
        self.inner.recv_timeout(timeout).inspect(|_| self.taken())
    }

    /// The next, if there is one.
    ///
    /// # Errors
    /// When there is none.
    pub fn try_recv(&self) -> Result<T, TryRecvError> {
        self.inner.try_recv().inspect(|_| self.taken())
    }

    /// Everything there is, as it is asked for.
    pub fn try_iter(&self) -> impl Iterator<Item = T> + '_ {
        std::iter::from_fn(|| self.try_recv().ok())
    }

    fn taken(&self) {
        self.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_waits_is_counted_whichever_way_it_is_taken_out() {
        let (sender, receiver) = queue();
        for value in 0..10 {
            sender.clone().send(value).unwrap();
        }
        assert_eq!(sender.waiting(), 10);
        assert_eq!(receiver.recv(), Ok(0));
        assert_eq!(receiver.try_recv(), Ok(1));
        assert_eq!(receiver.recv_timeout(Duration::ZERO), Ok(2));
        assert_eq!(sender.waiting(), 7);
        assert_eq!(receiver.try_iter().take(5).count(), 5);
        assert_eq!(sender.waiting(), 2);
        assert_eq!(receiver.try_iter().count(), 2);
        assert_eq!((sender.waiting(), receiver.try_recv()), (0, Err(TryRecvError::Empty)));
        drop(receiver);
        assert!(sender.send(1).is_err());
        assert_eq!(sender.waiting(), 0);
    }
}
