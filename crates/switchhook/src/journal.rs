//! Journals on disk: *segments*, files of JSON lines in which the lines of many calls stand as they came, each with the
//! id of its call in front. A call's lines are appended before the invocation that follows them.
//!
//! A segment is full at 16 MiB or at the end of its day (UTC); then an *index* beside it names the calls it has lines
//! of, and those that were open at its end. A call is open from its first line until it is *put away*: its last line
//! and its call records are on disk. A call that is open at start is one that the node died under, or one whose records
//! may be missing: see `recovery`.

mod mend;
mod segment;
mod writer;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::Context;
use base::TransactionId;
use node::{JournalEntry, JournalLine};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use segment::{Contents, Segment};

/// The folder of journals.
#[derive(Clone, Debug)]
pub struct Journals {
    root: PathBuf,
}

/// Whoever watches live calls: is shown every line on its way to the disk.
pub type Watch = Box<dyn FnMut(TransactionId, &[JournalLine]) + Send>;

/// What the journals' task is asked for.
pub enum Job {
    /// Append lines.
    Append(TransactionId, Vec<JournalLine>),
    /// Start an invocation: everything given before has been appended.
    Invoke(Box<dyn FnOnce() + Send>),
    /// Note that a journal is complete and the call's records are on disk.
    PutAway(TransactionId),
    /// End the task.
    Stop,
}

/// Makes the queue to the journals' task.
pub fn queue() -> (Jobs, Queue) {
    let (sender, receiver) = unbounded_channel();
    let waiting = Arc::new(AtomicUsize::new(0));
    (Jobs { sender, waiting: waiting.clone() }, Queue { receiver, waiting })
}

/// The way to the journals' task. Senders never wait, since one of them is the node's thread: the queue tells how much is
/// in it, and whoever sees too much holds back what would add to it (new calls).
#[derive(Clone, Debug)]
pub struct Jobs {
    sender: UnboundedSender<Vec<Job>>,
    waiting: Arc<AtomicUsize>,
}

/// Its other end.
#[derive(Debug)]
pub struct Queue {
    receiver: UnboundedReceiver<Vec<Job>>,
    waiting: Arc<AtomicUsize>,
}

impl Jobs {
    /// Puts jobs in; false when nobody takes them out any more.
    pub fn send(&self, jobs: Vec<Job>) -> bool {
        // First, so that the count is never below what is in the queue.
        let count = jobs.len();
        self.waiting.fetch_add(count, Ordering::Relaxed);
        let sent = self.sender.send(jobs).is_ok();
        if !sent {
            self.waiting.fetch_sub(count, Ordering::Relaxed);
        }
        sent
    }

    /// How many are in it.
    pub fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }
}

impl Journals {
    /// The journals below `data_dir`; makes the folder.
    pub fn open(data_dir: &Path) -> anyhow::Result<Self> {
        let root = data_dir.join("journals");
        fs::create_dir_all(&root).with_context(|| format!("cannot make {}", root.display()))?;
        Ok(Self { root })
    }

    /// The calls that are not put away.
    pub fn live_calls(&self) -> anyhow::Result<BTreeSet<TransactionId>> {
        let segments = self.segments()?;
        // What was open at the end of the last segment with an index, and what the ones behind it say.
        let indexed = segments.iter().rposition(Segment::has_index);
        let mut open = BTreeSet::new();
        for segment in &segments[indexed.unwrap_or(0)..] {
            open = segment.contents(&open)?.open;
        }
        Ok(open)
    }

    /// Calls of every journal whose id begins with `prefix`.
    pub fn matching(&self, prefix: &str) -> anyhow::Result<Vec<TransactionId>> {
        let mut found = BTreeSet::new();
        for segment in self.segments()? {
            let Contents { calls, .. } = segment.contents(&BTreeSet::new())?;
            found.extend(calls.into_iter().filter(|call| call.to_string().starts_with(prefix)));
        }
        Ok(found.into_iter().collect())
    }

    /// Reads a journal; a torn last line (the node died while it wrote) is left out.
    pub fn read(&self, call: TransactionId) -> anyhow::Result<Option<Vec<JournalLine>>> {
        Ok(self.read_all(&BTreeSet::from([call]))?.remove(&call))
    }

    /// Reads several journals at once; one that cannot be found is not among them.
    ///
    /// # Errors
    /// A line that cannot be read.
    pub fn read_all(
        &self,
        calls: &BTreeSet<TransactionId>,
    ) -> anyhow::Result<BTreeMap<TransactionId, Vec<JournalLine>>> {
        let mut found: BTreeMap<TransactionId, Vec<JournalLine>> = BTreeMap::new();
        let mut wanted = calls.clone();
        // Backwards from the newest, until the first line of each is there.
        for segment in self.segments()?.iter().rev() {
            if wanted.is_empty() {
                break;
            }
            if segment.has_index() && segment.contents(&BTreeSet::new())?.calls.is_disjoint(&wanted) {
                continue;
            }
            for (call, mut lines) in segment.lines_of(&wanted)? {
                if lines.first().is_some_and(begins) {
                    wanted.remove(&call);
                }
                if let Some(later) = found.remove(&call) {
                    lines.extend(later);
                }
                found.insert(call, lines);
            }
        }
        Ok(found)
    }

    /// All segments, oldest first.
    fn segments(&self) -> anyhow::Result<Vec<Segment>> {
        let mut segments = Vec::new();
        for day in fs::read_dir(&self.root)? {
            let day = day?.path();
            let is_date = day.file_name().and_then(|name| name.to_str()).is_some_and(segment::is_date);
            if !is_date {
                continue;
            }
            let files = match fs::read_dir(&day) {
                Ok(files) => files,
                // Somebody removes old days.
                Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                    continue;
                }
                Err(error) => return Err(error).with_context(|| format!("cannot read {}", day.display())),
            };
            for file in files {
                let path = file?.path();
                if path.extension().is_some_and(|extension| extension == "jsonl") && path.is_file() {
                    segments.push(Segment::at(path));
                }
            }
        }
        segments.sort();
        Ok(segments)
    }
}

/// Whether a line is the first of a journal.
fn begins(line: &JournalLine) -> bool {
    matches!(line.entry, JournalEntry::Setup(_) | JournalEntry::RelaySetup(_))
}

#[cfg(test)]
pub(crate) mod check {
    use base::Timestamp;

    use super::*;

    pub(crate) const DAY: Timestamp = Timestamp::from_micros(1_790_000_000_000_000);

    pub(crate) struct Folder {
        pub(crate) root: tempfile::TempDir,
        pub(crate) journals: Journals,
    }

    pub(crate) fn folder() -> Folder {
        let root = tempfile::tempdir().unwrap();
        let journals = Journals::open(root.path()).unwrap();
        Folder { root, journals }
    }

    pub(crate) fn call(number: u8) -> TransactionId {
        format!("01234567-89ab-4def-8123-4567890000{number:02x}").parse().unwrap()
    }

    pub(crate) fn setup(call: TransactionId) -> JournalLine {
        let setup = node::RelaySetup {
            transaction: call,
            leg_a: "11111111-89ab-4def-8123-456789abcdef".parse().unwrap(),
            leg_b: "22222222-89ab-4def-8123-456789abcdef".parse().unwrap(),
            connector: String::new(),
            to_connector: false,
            call_id: "a@b".into(),
            from: "+15550001".into(),
            to: "+15550002".into(),
            ring: std::time::Duration::from_secs(1),
            duration: std::time::Duration::from_secs(1),
        };
        line(JournalEntry::RelaySetup(Box::new(setup)))
    }

    pub(crate) fn note(text: &str) -> JournalLine {
        line(JournalEntry::Note(text.into()))
    }

    pub(crate) fn line(entry: JournalEntry) -> JournalLine {
        JournalLine { at: DAY, entry }
    }
}
