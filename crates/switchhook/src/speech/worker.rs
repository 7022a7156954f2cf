//! The engine on a thread of its own, watched: one that hangs or panics is left behind and replaced.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use super::engine::{Engine, Unit};

/// Makes an engine, on the thread that will use it.
pub(super) type Factory = Arc<dyn Fn() -> Box<dyn Engine> + Send + Sync>;

/// Threads that hang, beyond which no new one is started.
const LEFT_BEHIND: usize = 3;

/// The engine's thread and its replacement, should it fail.
pub(super) struct Worker {
    factory: Factory,
    patience: Duration,
    thread: Option<Thread>,
    /// Threads that live, hanging ones included.
    living: Arc<AtomicUsize>,
}

struct Thread {
    units: SyncSender<Unit>,
    made: Receiver<Made>,
}

enum Made {
    Samples(Vec<i16>),
    Done(Result<(), String>),
}

impl Worker {
    /// `patience` is how long the engine may go without making a sample.
    pub(super) fn new(factory: Factory, patience: Duration) -> Self {
        Self { factory, patience, thread: None, living: Arc::default() }
    }

    /// Speaks `unit` into `sink`.
    ///
    /// # Errors
    /// What went wrong; the next unit gets a new engine.
    pub(super) fn speak(
        &mut self,
        unit: &Unit,
        mut sink: impl FnMut(&[i16]) -> ControlFlow<()>,
    ) -> Result<(), String> {
        let thread = match self.thread.take() {
            Some(thread) => thread,
            None => self.start()?,
        };
        if thread.units.send(unit.clone()).is_err() {
            return Err("the speech engine is gone".into());
        }
        loop {
            match thread.made.recv_timeout(self.patience) {
                Ok(Made::Samples(samples)) => {
                    if sink(&samples).is_break() {
                        // Dropping the thread's ends stops it at its next sample.
                        return Ok(());
                    }
                }
                Ok(Made::Done(Ok(()))) => {
                    self.thread = Some(thread);
                    return Ok(());
                }
                Ok(Made::Done(Err(error))) => return Err(error),
                Err(RecvTimeoutError::Timeout) => return Err("the speech engine hangs".into()),
                Err(RecvTimeoutError::Disconnected) => return Err("the speech engine crashed".into()),
            }
        }
    }

    fn start(&self) -> Result<Thread, String> {
        if self.living.load(Ordering::Acquire) > LEFT_BEHIND {
            return Err("the speech engine hangs too often".into());
        }
        let (units, inbox) = sync_channel::<Unit>(1);
        let (outbox, made) = sync_channel(64);
        let factory = self.factory.clone();
        let living = Living::new(&self.living);
        thread::Builder::new()
            .name("speech-engine".into())
            .spawn(move || {
                let _living = living;
                let mut engine = factory();
                while let Ok(unit) = inbox.recv() {
                    let done = engine.synthesise(&unit, &mut |samples| match outbox
                        .send(Made::Samples(samples.to_vec()))
                    {
                        Ok(()) => ControlFlow::Continue(()),
                        Err(_) => ControlFlow::Break(()),
                    });
                    let failed = done.is_err();
                    if outbox.send(Made::Done(done)).is_err() || failed {
                        return;
                    }
                }
            })
            .map_err(|error| format!("no thread for the speech engine: {error}"))?;
        Ok(Thread { units, made })
    }
}

/// Counts a thread for as long as it lives.
struct Living(Arc<AtomicUsize>);

impl Living {
    fn new(count: &Arc<AtomicUsize>) -> Self {
        count.fetch_add(1, Ordering::AcqRel);
        Self(count.clone())
    }
}

impl Drop for Living {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}
