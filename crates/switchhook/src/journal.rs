//! Journals on disk: one file of JSON lines per call, appended before the invocation that follows them.
//!
//! A live call's file lies in `journals/live`; it moves to `journals/<date>` when its `End` line and its call records
//! are on disk. What is found in `live` at start is a call that the node died under, or one whose records may be
//! missing: see `recovery`.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::mpsc;

use anyhow::Context;
use base::{Timestamp, TransactionId};
use node::{JournalEntry, JournalLine};

/// The folder of journals.
#[derive(Clone, Debug)]
pub struct Journals {
    root: PathBuf,
}

/// Whoever watches live calls: is shown every line on its way to the disk.
pub type Watch = Box<dyn FnMut(TransactionId, &[JournalLine]) + Send>;

/// What the journals' thread is asked for.
pub enum Job {
    /// Append lines.
    Append(TransactionId, Vec<JournalLine>),
    /// Start an invocation: everything given before has been appended.
    Invoke(Box<dyn FnOnce() + Send>),
    /// Put a complete journal away.
    PutAway(TransactionId),
    /// End the thread.
    Stop,
}

impl Journals {
    /// The journals below `data_dir`; makes the folders.
    pub fn open(data_dir: &Path) -> anyhow::Result<Self> {
        let root = data_dir.join("journals");
        fs::create_dir_all(root.join("live")).with_context(|| format!("cannot make {}", root.display()))?;
        Ok(Self { root })
    }

    fn live(&self, call: TransactionId) -> PathBuf {
        self.root.join("live").join(format!("{call}.jsonl"))
    }

    /// Ids of the calls whose journals are not put away.
    pub fn live_calls(&self) -> anyhow::Result<Vec<TransactionId>> {
        let mut calls = Vec::new();
        for entry in fs::read_dir(self.root.join("live"))? {
            let name = entry?.file_name();
            if let Some(id) =
                name.to_str().and_then(|n| n.strip_suffix(".jsonl")).and_then(|n| n.parse().ok())
            {
                calls.push(id);
            }
        }
        calls.sort();
        Ok(calls)
    }

    /// The file of a call, live or put away.
    pub fn find(&self, call: TransactionId) -> anyhow::Result<Option<PathBuf>> {
        let live = self.live(call);
        if live.exists() {
            return Ok(Some(live));
        }
        for day in fs::read_dir(&self.root)? {
            let file = day?.path().join(format!("{call}.jsonl"));
            if file.exists() {
                return Ok(Some(file));
            }
        }
        Ok(None)
    }

    /// Calls of every journal whose id begins with `prefix`.
    pub fn matching(&self, prefix: &str) -> anyhow::Result<Vec<TransactionId>> {
        let mut found = Vec::new();
        for day in fs::read_dir(&self.root)? {
            let day = day?.path();
            if !day.is_dir() {
                continue;
            }
            for entry in fs::read_dir(day)? {
                let name = entry?.file_name();
                let id = name.to_str().and_then(|n| n.strip_suffix(".jsonl"));
                if let Some(id) = id.filter(|id| id.starts_with(prefix)).and_then(|id| id.parse().ok()) {
                    found.push(id);
                }
            }
        }
        found.sort();
        found.dedup();
        Ok(found)
    }

    /// Reads a journal; a torn last line (the node died while it wrote) is left out.
    pub fn read(&self, call: TransactionId) -> anyhow::Result<Option<Vec<JournalLine>>> {
        match self.find(call)? {
            Some(file) => read_file(&file).map(Some),
            None => Ok(None),
        }
    }

    /// Moves a journal from `live` to the folder of its day.
    pub fn put_away(&self, call: TransactionId, at: Timestamp) -> anyhow::Result<()> {
        let day = at.civil();
        let folder = self.root.join(format!("{:04}-{:02}-{:02}", day.year, day.month, day.day));
        fs::create_dir_all(&folder)?;
        fs::rename(self.live(call), folder.join(format!("{call}.jsonl")))?;
        Ok(())
    }

    /// Appends lines to a live journal.
    pub fn append(
        &self,
        call: TransactionId,
        lines: &[JournalLine],
        buffer: &mut Vec<u8>,
    ) -> anyhow::Result<File> {
        let mut file = OpenOptions::new().create(true).append(true).open(self.live(call))?;
        write_lines(&mut file, lines, buffer)?;
        Ok(file)
    }

    /// Runs jobs until [`Job::Stop`] or until nobody can send any more.
    pub fn run(self, jobs: &mpsc::Receiver<Job>, now: impl Fn() -> Timestamp, mut watch: Option<Watch>) {
        // Files of calls that are being written stay open up to this many, so that a call costs one open.
        const OPEN_FILES: usize = 1_024;
        let mut open: HashMap<TransactionId, File> = HashMap::new();
        let mut buffer = Vec::with_capacity(16 << 10);
        while let Ok(job) = jobs.recv() {
            match job {
                Job::Append(call, lines) => {
                    if let Some(watch) = &mut watch {
                        watch(call, &lines);
                    }
                    let result = match open.get_mut(&call) {
                        Some(file) => write_lines(file, &lines, &mut buffer),
                        None => self.append(call, &lines, &mut buffer).map(|file| {
                            if open.len() < OPEN_FILES {
                                open.insert(call, file);
                            }
                        }),
                    };
                    if let Err(error) = result {
                        tracing::error!(%call, %error, "a journal cannot be appended to");
                    }
                    if lines.iter().any(|l| matches!(l.entry, JournalEntry::End)) {
                        open.remove(&call);
                    }
                }
                Job::Invoke(start) => start(),
                Job::PutAway(call) => {
                    open.remove(&call);
                    if let Err(error) = self.put_away(call, now()) {
                        tracing::error!(%call, %error, "a journal cannot be put away");
                    }
                }
                Job::Stop => return,
            }
        }
    }
}

fn write_lines(file: &mut File, lines: &[JournalLine], buffer: &mut Vec<u8>) -> anyhow::Result<()> {
    buffer.clear();
    for line in lines {
        serde_json::to_writer(&mut *buffer, line)?;
        buffer.push(b'\n');
    }
    Ok(file.write_all(buffer)?)
}

/// Reads one journal file; a torn last line is left out.
pub fn read_file(file: &Path) -> anyhow::Result<Vec<JournalLine>> {
    let text = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let mut lines = Vec::new();
    let mut rest = text.as_slice();
    while let Some(end) = rest.iter().position(|b| *b == b'\n') {
        let line = &rest[..end];
        rest = &rest[end + 1..];
        if !line.is_empty() {
            let number = lines.len() + 1;
            lines.push(
                serde_json::from_slice(line).with_context(|| format!("{} line {number}", file.display()))?,
            );
        }
    }
    Ok(lines)
}
