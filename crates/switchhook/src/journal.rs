//! Journals on disk: one file of JSON lines per call, appended before the invocation that follows them.
//!
//! A live call's file lies in `journals/live`; it moves to `journals/<date>` when its `End` line and its call records
//! are on disk. What is found in `live` at start is a call that the node died under, or one whose records may be
//! missing: see `recovery`.

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use base::{Timestamp, TransactionId};
use node::{JournalEntry, JournalLine};

use crate::queue::Receiver;

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

    /// Reads a journal that the node died under and leaves it fit to be appended to: a torn last line is cut off; of
    /// one that is damaged, a copy goes to `journals/damaged`, and what stands before the damage counts.
    ///
    /// `None` where nothing is left to take up; the file is gone from `live` then.
    ///
    /// # Errors
    /// When the file can be neither read nor mended; it stays as it is.
    pub fn take_up(&self, call: TransactionId) -> anyhow::Result<Option<Vec<JournalLine>>> {
        let file = self.live(call);
        let text = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let Parsed { lines, sound, damage } = parse(&text);
        let begins = lines
            .iter()
            .any(|line| matches!(line.entry, JournalEntry::Setup(_) | JournalEntry::RelaySetup(_)));
        if damage.is_some() || (!begins && sound > 0) {
            let copy = self.root.join("damaged").join(call.to_string());
            fs::create_dir_all(self.root.join("damaged"))?;
            fs::copy(&file, &copy).with_context(|| format!("cannot write {}", copy.display()))?;
            let why = damage.unwrap_or_else(|| "it has no beginning".into());
            tracing::error!(%call, why, copy = %copy.display(), "a journal is damaged: what follows the damage is lost");
        }
        if !begins {
            tracing::warn!(%call, "a journal tells nothing of its call, which has no records");
            fs::remove_file(&file)?;
            return Ok(None);
        }
        if sound < text.len() {
            OpenOptions::new().write(true).open(&file)?.set_len(sound as u64)?;
        }
        Ok(Some(lines))
    }

    /// Moves a journal from `live` to the folder of its day.
    pub fn put_away(&self, call: TransactionId, at: Timestamp) -> anyhow::Result<()> {
        let day = at.civil();
        let folder = self.root.join(format!("{:04}-{:02}-{:02}", day.year, day.month, day.day));
        let (from, to) = (self.live(call), folder.join(format!("{call}.jsonl")));
        // The folder is there, but for the first call of a day.
        match fs::rename(&from, &to) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                fs::create_dir_all(&folder)?;
                Ok(fs::rename(from, to)?)
            }
            renamed => Ok(renamed?),
        }
    }

    /// Runs jobs until [`Job::Stop`] or until nobody can send any more.
    pub fn run(self, jobs: &Receiver<Job>, now: impl Fn() -> Timestamp, mut watch: Option<Watch>) {
        // Files of calls that are being written stay open up to this many, so that a call costs one open.
        const OPEN_FILES: usize = 1_024;
        let mut open: HashMap<TransactionId, File> = HashMap::new();
        let mut unwritten = Unwritten::default();
        let mut buffer = Vec::with_capacity(16 << 10);
        while let Ok(job) = jobs.recv() {
            match job {
                Job::Append(call, lines) => {
                    if let Some(watch) = &mut watch {
                        watch(call, &lines);
                    }
                    unwritten.take(call, &mut buffer);
                    encode(&lines, &mut buffer);
                    let result = match open.get_mut(&call) {
                        Some(file) => write(file, &buffer),
                        None => self.append(call, &buffer).map(|file| {
                            if open.len() < OPEN_FILES {
                                open.insert(call, file);
                            }
                        }),
                    };
                    if let Err(error) = result {
                        tracing::error!(%call, %error, "a journal cannot be appended to: its lines are kept and tried again");
                        unwritten.keep(call, &buffer);
                    }
                    if lines.iter().any(|l| matches!(l.entry, JournalEntry::End)) {
                        open.remove(&call);
                    }
                }
                Job::Invoke(start) => start(),
                Job::PutAway(call) => {
                    open.remove(&call);
                    unwritten.take(call, &mut buffer);
                    let result =
                        if buffer.is_empty() { Ok(()) } else { self.append(call, &buffer).map(drop) };
                    if let Err(error) = result.and_then(|()| self.put_away(call, now())) {
                        tracing::error!(%call, %error, "a journal cannot be put away");
                    }
                }
                Job::Stop => break,
            }
        }
        for (call, bytes) in unwritten.of {
            if let Err(error) = self.append(call, &bytes) {
                tracing::error!(%call, %error, "the last lines of a journal are lost");
            }
        }
    }

    /// Appends to a live journal.
    fn append(&self, call: TransactionId, bytes: &[u8]) -> anyhow::Result<File> {
        let mut file = OpenOptions::new().create(true).append(true).open(self.live(call))?;
        write(&mut file, bytes)?;
        Ok(file)
    }
}

/// Lines that a full disk did not take; they go before the next ones of their call.
#[derive(Default)]
struct Unwritten {
    of: BTreeMap<TransactionId, Vec<u8>>,
    bytes: usize,
}

impl Unwritten {
    /// Bytes kept of all calls together.
    const LIMIT: usize = 64 << 20;

    /// Fills `buffer` with what is kept of a call.
    fn take(&mut self, call: TransactionId, buffer: &mut Vec<u8>) {
        buffer.clear();
        if let Some(kept) = self.of.remove(&call) {
            self.bytes -= kept.len();
            buffer.extend_from_slice(&kept);
        }
    }

    fn keep(&mut self, call: TransactionId, bytes: &[u8]) {
        if self.bytes + bytes.len() > Self::LIMIT {
            tracing::error!(%call, "too much waits for the disk: lines of a journal are lost");
            return;
        }
        self.bytes += bytes.len();
        self.of.insert(call, bytes.to_vec());
    }
}

fn encode(lines: &[JournalLine], buffer: &mut Vec<u8>) {
    for line in lines {
        let start = buffer.len();
        if let Err(error) = serde_json::to_writer(&mut *buffer, line) {
            tracing::error!(%error, "a line of a journal has no JSON");
            buffer.truncate(start);
            continue;
        }
        buffer.push(b'\n');
    }
}

/// Writes all of it or nothing: half a line would spoil what follows it.
fn write(file: &mut File, mut bytes: &[u8]) -> anyhow::Result<()> {
    let whole = bytes.len();
    while !bytes.is_empty() {
        match file.write(bytes) {
            Ok(0) => bail!("the file takes no bytes"),
            Ok(written) => bytes = &bytes[written..],
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => {
                if bytes.len() < whole {
                    let length = file.metadata()?.len();
                    file.set_len(length - (whole - bytes.len()) as u64)?;
                }
                return Err(error.into());
            }
        }
    }
    Ok(())
}

/// Reads one journal file; a torn last line is left out.
pub fn read_file(file: &Path) -> anyhow::Result<Vec<JournalLine>> {
    let text = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let Parsed { lines, damage, .. } = parse(&text);
    match damage {
        Some(damage) => bail!("{}: {damage}", file.display()),
        None => Ok(lines),
    }
}

/// What a journal's bytes tell.
struct Parsed {
    lines: Vec<JournalLine>,
    /// Bytes of the lines that could be read.
    sound: usize,
    /// Why the line after them cannot be read, unless it is only torn.
    damage: Option<String>,
}

fn parse(text: &[u8]) -> Parsed {
    let mut parsed = Parsed { lines: Vec::new(), sound: 0, damage: None };
    while let Some(length) = text[parsed.sound..].iter().position(|b| *b == b'\n') {
        let line = &text[parsed.sound..parsed.sound + length];
        if !line.is_empty() {
            match serde_json::from_slice(line) {
                Ok(line) => parsed.lines.push(line),
                Err(error) => {
                    parsed.damage = Some(format!("line {}: {error}", parsed.lines.len() + 1));
                    break;
                }
            }
        }
        parsed.sound += length + 1;
    }
    parsed
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    struct Folder {
        root: tempfile::TempDir,
        journals: Journals,
        call: TransactionId,
    }

    fn folder() -> Folder {
        let root = tempfile::tempdir().unwrap();
        let journals = Journals::open(root.path()).unwrap();
        Folder { root, journals, call: "01234567-89ab-4def-8123-456789abcdef".parse().unwrap() }
    }

    fn setup(call: TransactionId) -> JournalLine {
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

    fn note(text: &str) -> JournalLine {
        line(JournalEntry::Note(text.into()))
    }

    fn line(entry: JournalEntry) -> JournalLine {
        JournalLine { at: Timestamp::from_micros(1_790_000_000_000_000), entry }
    }

    fn bytes(lines: &[JournalLine]) -> Vec<u8> {
        let mut buffer = Vec::new();
        encode(lines, &mut buffer);
        buffer
    }

    #[test]
    fn a_torn_line_is_cut_off_and_not_in_the_way_of_the_next() {
        let Folder { journals, call, .. } = &folder();
        let lines = [setup(*call), note("one")];
        journals.append(*call, &bytes(&lines)).unwrap();
        journals.append(*call, b"{\"at\":17900").unwrap();
        assert_eq!(journals.take_up(*call).unwrap().unwrap(), lines);
        journals.append(*call, &bytes(&[note("two")])).unwrap();
        assert_eq!(journals.read(*call).unwrap().unwrap(), [&lines[..], &[note("two")]].concat());
    }

    #[test]
    fn of_a_damaged_journal_the_beginning_counts_and_a_copy_is_kept() {
        let Folder { root, journals, call } = &folder();
        let whole = [bytes(&[setup(*call)]), b"\xff\0{}\n".to_vec(), bytes(&[note("lost")])].concat();
        journals.append(*call, &whole).unwrap();
        assert!(journals.read(*call).unwrap_err().to_string().contains("line 2"));
        assert_eq!(journals.take_up(*call).unwrap().unwrap(), [setup(*call)]);
        let copy = root.path().join("journals/damaged").join(call.to_string());
        assert_eq!(fs::read(copy).unwrap(), whole);
        assert_eq!(journals.take_up(*call).unwrap().unwrap(), [setup(*call)], "mended once and for all");
        assert_eq!(journals.matching("").unwrap(), [*call], "the copy is no journal");
    }

    #[test]
    fn what_tells_nothing_of_its_call_is_out_of_the_way() {
        for text in [&b""[..], b"{\"at\":17", b"garbage\n", b"{\"at\":1,\"entry\":{\"note\":\"x\"}}\n"] {
            let Folder { root, journals, call } = &folder();
            journals.append(*call, text).unwrap();
            assert_eq!(journals.take_up(*call).unwrap(), None);
            assert_eq!(journals.live_calls().unwrap(), []);
            let copied = root.path().join("journals/damaged").join(call.to_string()).exists();
            assert_eq!(copied, text.ends_with(b"\n"), "{}", text.escape_ascii());
        }
    }

    #[test]
    fn lines_that_the_disk_did_not_take_are_written_before_the_next() {
        let Folder { root, journals, call } = folder();
        let live = root.path().join("journals/live");
        let away = root.path().join("away");
        let (jobs, queue) = crate::queue::queue();
        let thread = {
            let journals = journals.clone();
            std::thread::spawn(move || journals.run(&queue, || Timestamp::from_micros(0), None))
        };
        // An invocation runs when everything before it was tried.
        let passed = |jobs: &crate::queue::Sender<Job>| {
            let (done, wait) = mpsc::channel();
            jobs.send(Job::Invoke(Box::new(move || done.send(()).unwrap()))).unwrap();
            wait.recv().unwrap();
        };
        fs::rename(&live, &away).unwrap();
        jobs.send(Job::Append(call, vec![setup(call)])).unwrap();
        jobs.send(Job::Append(call, vec![note("one")])).unwrap();
        passed(&jobs);
        fs::rename(&away, &live).unwrap();
        jobs.send(Job::Append(call, vec![note("two")])).unwrap();
        passed(&jobs);
        let lines = [setup(call), note("one"), note("two")];
        assert_eq!(journals.read(call).unwrap().unwrap(), lines);
        jobs.send(Job::Append(call, vec![line(JournalEntry::End)])).unwrap();
        jobs.send(Job::PutAway(call)).unwrap();
        passed(&jobs);
        assert_eq!(journals.live_calls().unwrap(), []);
        assert_eq!(journals.read(call).unwrap().unwrap().len(), 4);
        jobs.send(Job::Stop).unwrap();
        thread.join().unwrap();
    }

    #[test]
    fn a_damaged_journal_is_read_up_to_the_damage() {
        let call = "01234567-89ab-4def-8123-456789abcdef".parse().unwrap();
        let lines = [
            setup(call),
            note("one \"quoted\""),
            note("two"),
            line(JournalEntry::Died),
            line(JournalEntry::End),
        ];
        let text: String = lines.iter().map(|line| serde_json::to_string(line).unwrap() + "\n").collect();
        let (mut rng, mut refused) = (base::Rng::new(3), 0);
        for _ in 0..2_000 {
            let damaged = crate::damage::damaged(&mut rng, &[&text]);
            let Parsed { lines, sound, damage } = parse(damaged.as_bytes());
            refused += u32::from(damage.is_some());
            let again = parse(&damaged.as_bytes()[..sound]);
            assert_eq!((again.lines, again.sound, again.damage), (lines, sound, None), "{damaged}");
        }
        assert!((200..2_000).contains(&refused), "{refused}");
    }
}
