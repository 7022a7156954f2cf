//! The journals' task: appends, starts the invocations that wait for it, begins new segments.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::sync::atomic::Ordering;
use std::time::Duration;

use anyhow::{Context, bail};
use base::{Timestamp, TransactionId};
use tokio::time::timeout;

use super::segment::{self, Contents, Segment};
use super::{Job, Journals, Queue, Watch};

/// A segment of this size gets no more lines.
const FULL: u64 = 16 << 20;
/// How long lines that the disk did not take wait for the next attempt, unless something else is written before.
const TRY_AGAIN: Duration = Duration::from_secs(1);
/// Bytes that wait for the disk at most; what comes then is lost.
const KEPT: usize = 64 << 20;

/// What the task works with.
struct Writer<'a> {
    journals: &'a Journals,
    /// Being written.
    segment: Option<Current>,
    /// Calls that are not put away.
    open: BTreeSet<TransactionId>,
    /// Lines on their way to the disk; they stay here while it does not take them.
    unwritten: Vec<u8>,
    /// Whose they are, for the index.
    of: BTreeSet<TransactionId>,
    /// The disk took no lines the last time.
    failing: bool,
}

struct Current {
    segment: Segment,
    file: File,
    size: u64,
    day: String,
    calls: BTreeSet<TransactionId>,
}

impl Journals {
    /// Runs jobs until [`Job::Stop`] or until nobody can send any more.
    ///
    /// A task of the executors, though it writes to a file: an invocation starts where it was journalled, without another
    /// thread to wake. A disk that stalls holds up one executor, and invocations wait for it by design.
    pub async fn run(self, mut queue: Queue, now: impl Fn() -> Timestamp, mut watch: Option<Watch>) {
        let open = self.live_calls().unwrap_or_else(|error| {
            tracing::error!(error = format!("{error:#}"), "which journals are open cannot be read");
            BTreeSet::new()
        });
        let mut writer = Writer {
            journals: &self,
            segment: None,
            open,
            unwritten: Vec::with_capacity(64 << 10),
            of: BTreeSet::new(),
            failing: false,
        };
        let mut starts = Vec::new();
        loop {
            let jobs = if writer.unwritten.is_empty() {
                queue.receiver.recv().await
            } else {
                match timeout(TRY_AGAIN, queue.receiver.recv()).await {
                    Ok(jobs) => jobs,
                    Err(_) => Some(Vec::new()),
                }
            };
            let Some(jobs) = jobs else { break };
            queue.waiting.fetch_sub(jobs.len(), Ordering::Relaxed);
            let mut stopped = false;
            for job in jobs {
                match job {
                    Job::Append(call, lines) => {
                        if let Some(watch) = &mut watch {
                            watch(call, &lines);
                        }
                        writer.open.insert(call);
                        writer.add(call, |buffer| segment::encode(call, &lines, buffer));
                    }
                    Job::PutAway(call) => {
                        writer.open.remove(&call);
                        writer.add(call, |buffer| segment::encode_put_away(call, now(), buffer));
                    }
                    Job::Invoke(start) => starts.push(start),
                    Job::Stop => stopped = true,
                }
            }
            // One write for all of them, and only then what must not happen before it.
            writer.write(now());
            for start in starts.drain(..) {
                start();
            }
            if stopped {
                break;
            }
        }
        writer.write(now());
        writer.close();
        if !writer.unwritten.is_empty() {
            tracing::error!(bytes = writer.unwritten.len(), "the last lines of the journals are lost");
        }
    }
}

impl Writer<'_> {
    fn add(&mut self, call: TransactionId, encode: impl FnOnce(&mut Vec<u8>)) {
        if self.unwritten.len() > KEPT {
            tracing::error!(%call, "too much waits for the disk: lines of a journal are lost");
            return;
        }
        encode(&mut self.unwritten);
        self.of.insert(call);
    }

    /// Writes what there is; what the disk does not take stays.
    fn write(&mut self, now: Timestamp) {
        if self.unwritten.is_empty() {
            return;
        }
        match self.try_write(now) {
            Ok(()) => {
                self.unwritten.clear();
                if std::mem::take(&mut self.failing) {
                    tracing::warn!("the journals are appended to again; no line is lost");
                }
            }
            Err(error) => {
                let error = format!("{error:#}");
                tracing::error!(
                    error,
                    "the journals cannot be appended to: their lines are kept and tried again"
                );
                self.failing = true;
            }
        }
    }

    fn try_write(&mut self, now: Timestamp) -> anyhow::Result<()> {
        let day = segment::day(now);
        if self.segment.as_ref().is_some_and(|current| current.size >= FULL || current.day != day) {
            self.close();
        }
        let current = match &mut self.segment {
            Some(current) => current,
            none => none.insert(Current::begin(self.journals, now, day)?),
        };
        append(&mut current.file, current.size, &self.unwritten)?;
        current.size += self.unwritten.len() as u64;
        current.calls.extend(std::mem::take(&mut self.of));
        Ok(())
    }

    /// Ends the segment with its index. Without one it is read through when somebody asks.
    fn close(&mut self) {
        let Some(Current { segment, calls, .. }) = self.segment.take() else { return };
        let contents = Contents { calls, open: self.open.clone() };
        if let Err(error) = segment.write_index(&contents) {
            let (file, error) = (segment.path().display(), format!("{error:#}"));
            tracing::error!(%file, error, "the index of a segment cannot be written");
        }
    }
}

impl Current {
    fn begin(journals: &Journals, now: Timestamp, day: String) -> anyhow::Result<Self> {
        let path = Segment::name(&journals.root, now);
        let create = || OpenOptions::new().create_new(true).append(true).open(&path);
        let file = match create() {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                fs::create_dir_all(path.parent().context("a segment lies in a folder")?)?;
                create()
            }
            created => created,
        };
        let file = file.with_context(|| format!("cannot make {}", path.display()))?;
        Ok(Self { segment: Segment::at(path), file, size: 0, day, calls: BTreeSet::new() })
    }
}

/// Writes all of it or nothing: half a line would spoil what follows it.
fn append(file: &mut File, size: u64, bytes: &[u8]) -> anyhow::Result<()> {
    let mut rest = bytes;
    while !rest.is_empty() {
        let error = match file.write(rest) {
            Ok(0) => anyhow::anyhow!("the file takes no bytes"),
            Ok(written) => {
                rest = &rest[written..];
                continue;
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => error.into(),
        };
        if rest.len() < bytes.len() {
            file.set_len(size)?;
        }
        bail!(error);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::thread::JoinHandle;

    use node::JournalEntry;

    use super::super::check::{DAY, Folder, call, folder, line, note, setup};
    use super::super::{Jobs, queue};
    use super::*;

    fn start(journals: &Journals, at: Timestamp) -> (Jobs, JoinHandle<()>) {
        let (jobs, queue) = queue();
        let journals = journals.clone();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        (jobs, std::thread::spawn(move || runtime.block_on(journals.run(queue, || at, None))))
    }

    /// An invocation runs when everything before it was tried.
    fn passed(jobs: &Jobs) {
        let (done, wait) = mpsc::channel();
        assert!(jobs.send(vec![Job::Invoke(Box::new(move || done.send(()).unwrap()))]));
        wait.recv().unwrap();
    }

    #[test]
    fn lines_of_many_calls_are_found_again_one_by_one() {
        let Folder { journals, .. } = &folder();
        let (jobs, thread) = start(journals, DAY);
        for number in 1..4 {
            assert!(jobs.send(vec![Job::Append(call(number), vec![setup(call(number)), note("one")])]));
        }
        assert!(jobs.send(vec![Job::Append(call(2), vec![line(JournalEntry::End)])]));
        assert!(jobs.send(vec![Job::PutAway(call(2))]));
        passed(&jobs);
        let expect = |journals: &Journals| {
            assert_eq!(journals.live_calls().unwrap(), BTreeSet::from([call(1), call(3)]));
            assert_eq!(journals.read(call(1)).unwrap().unwrap(), [setup(call(1)), note("one")]);
            assert_eq!(journals.read(call(2)).unwrap().unwrap().len(), 3);
            assert_eq!(journals.read(call(4)).unwrap(), None);
            assert_eq!(journals.matching("01234567-89ab-4def-8123-456789000003").unwrap(), [call(3)]);
            assert_eq!(journals.matching("").unwrap(), [call(1), call(2), call(3)]);
        };
        // While it is being written, and by its index.
        expect(journals);
        assert!(jobs.send(vec![Job::Stop]));
        thread.join().unwrap();
        assert!(journals.segments().unwrap()[0].has_index());
        expect(journals);
    }

    #[test]
    fn a_call_that_lasts_longer_than_its_day_is_one_journal() {
        let Folder { journals, .. } = &folder();
        for (days, lines) in
            [(0, vec![setup(call(1)), note("one")]), (1, vec![note("two")]), (2, vec![note("three")])]
        {
            let at = DAY + Duration::from_secs(86_400 * days);
            let (jobs, thread) = start(journals, at);
            assert!(jobs.send(vec![Job::Append(call(1), lines)]));
            assert!(jobs.send(vec![Job::Stop]));
            thread.join().unwrap();
        }
        assert_eq!(journals.segments().unwrap().len(), 3);
        let lines = [setup(call(1)), note("one"), note("two"), note("three")];
        assert_eq!(journals.read(call(1)).unwrap().unwrap(), lines);
        let (jobs, thread) = start(journals, DAY + Duration::from_secs(86_400 * 3));
        assert!(jobs.send(vec![Job::PutAway(call(1))]));
        assert!(jobs.send(vec![Job::Stop]));
        thread.join().unwrap();
        assert_eq!(journals.live_calls().unwrap(), BTreeSet::new());
        assert_eq!(journals.read(call(1)).unwrap().unwrap(), lines);
    }

    #[test]
    fn lines_that_the_disk_did_not_take_are_written_before_the_next() {
        let Folder { root, journals } = &folder();
        let (jobs, thread) = start(journals, DAY);
        let (here, away) = (root.path().join("journals"), root.path().join("away"));
        fs::rename(&here, &away).unwrap();
        fs::write(&here, "in the way").unwrap();
        assert!(jobs.send(vec![Job::Append(call(1), vec![setup(call(1))])]));
        passed(&jobs);
        assert!(jobs.send(vec![Job::Append(call(1), vec![note("one")])]));
        passed(&jobs);
        fs::remove_file(&here).unwrap();
        fs::rename(&away, &here).unwrap();
        assert!(jobs.send(vec![Job::Append(call(1), vec![note("two")])]));
        passed(&jobs);
        assert_eq!(journals.read(call(1)).unwrap().unwrap(), [setup(call(1)), note("one"), note("two")]);
        assert!(jobs.send(vec![Job::Stop]));
        thread.join().unwrap();
    }
}
