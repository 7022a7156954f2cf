//! One segment: its lines, its index, its name.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use base::{Timestamp, TransactionId};
use node::JournalLine;

/// What every line begins with; the id of its call follows.
const HEAD: &[u8] = b"{\"call\":\"";
/// Length of an id.
const ID: usize = 36;
/// What follows the id in the line that puts a call away.
const PUT_AWAY: &[u8] = b"\",\"put_away\":";

/// A file of lines. Segments order as they were begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Segment {
    path: PathBuf,
}

impl Ord for Segment {
    fn cmp(&self, other: &Self) -> Ordering {
        self.path.cmp(&other.path)
    }
}

impl PartialOrd for Segment {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Which calls a segment tells of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Contents {
    /// Those it has lines of.
    pub(super) calls: BTreeSet<TransactionId>,
    /// Those that were open at its end, with lines in it or only in earlier ones.
    pub(super) open: BTreeSet<TransactionId>,
}

/// One line, taken apart as far as needed to know whose it is.
pub(super) enum Line<'a> {
    /// A line of a call's journal, whole.
    Of(TransactionId, &'a [u8]),
    /// The call is put away.
    PutAway(TransactionId),
    /// No line of ours.
    Unknown,
}

impl Segment {
    pub(super) fn at(path: PathBuf) -> Self {
        Self { path }
    }

    /// The path of a segment begun at `at`: `<date>/<time>.jsonl`.
    pub(super) fn name(root: &Path, at: Timestamp) -> PathBuf {
        let c = at.civil();
        let micros = at.as_micros() % 1_000_000;
        root.join(day(at)).join(format!("{:02}-{:02}-{:02}.{micros:06}.jsonl", c.hour, c.minute, c.second))
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    fn index(&self) -> PathBuf {
        self.path.with_extension("index")
    }

    pub(super) fn has_index(&self) -> bool {
        self.index().is_file()
    }

    pub(super) fn read(&self) -> anyhow::Result<Vec<u8>> {
        match fs::read(&self.path) {
            // Somebody removes old days.
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
            read => read.with_context(|| format!("cannot read {}", self.path.display())),
        }
    }

    /// Which calls it tells of, by its index or else by its lines; `before`: those open at its beginning.
    pub(super) fn contents(&self, before: &BTreeSet<TransactionId>) -> anyhow::Result<Contents> {
        let index = self.index();
        match fs::read_to_string(&index) {
            Ok(text) => Contents::of_index(&text).with_context(|| format!("{} is no index", index.display())),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                Ok(Contents::of_lines(&self.read()?, before))
            }
            Err(error) => Err(error).with_context(|| format!("cannot read {}", index.display())),
        }
    }

    /// Writes the index: whole or not at all.
    pub(super) fn write_index(&self, contents: &Contents) -> anyhow::Result<()> {
        let folder = self.path.parent().context("a segment lies in a folder")?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(contents.to_index().as_bytes())?;
        file.persist(self.index())?;
        Ok(())
    }

    /// The lines of some calls; a torn last line is left out.
    ///
    /// # Errors
    /// A line of one of them that cannot be read.
    pub(super) fn lines_of(
        &self,
        calls: &BTreeSet<TransactionId>,
    ) -> anyhow::Result<BTreeMap<TransactionId, Vec<JournalLine>>> {
        let mut found: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for line in whole_lines(&self.read()?) {
            if let Line::Of(call, text) = Line::parse(line)
                && calls.contains(&call)
            {
                match serde_json::from_slice(text) {
                    Ok(line) => found.entry(call).or_default().push(line),
                    Err(error) => bail!("{}: a line of {call}: {error}", self.path.display()),
                }
            }
        }
        Ok(found)
    }
}

impl Contents {
    /// Takes note of a line.
    pub(super) fn add(&mut self, line: &Line<'_>) {
        match line {
            Line::Of(call, _) => {
                self.calls.insert(*call);
                self.open.insert(*call);
            }
            Line::PutAway(call) => {
                self.open.remove(call);
            }
            Line::Unknown => {}
        }
    }

    fn of_lines(text: &[u8], before: &BTreeSet<TransactionId>) -> Self {
        let mut contents = Self { calls: BTreeSet::new(), open: before.clone() };
        whole_lines(text).for_each(|line| contents.add(&Line::parse(line)));
        contents
    }

    /// One call a line; a sign before it tells whether it has lines here (` `), is open at the end (`-`) or both (`+`).
    fn to_index(&self) -> String {
        let mut text = String::with_capacity((ID + 2) * self.calls.len());
        for call in self.calls.union(&self.open) {
            let sign = match (self.calls.contains(call), self.open.contains(call)) {
                (true, true) => '+',
                (true, false) => ' ',
                _ => '-',
            };
            text.push(sign);
            text.push_str(&call.to_string());
            text.push('\n');
        }
        text
    }

    fn of_index(text: &str) -> anyhow::Result<Self> {
        let mut contents = Self::default();
        for line in text.lines() {
            let (sign, id) = line.split_at_checked(1).context("an empty line")?;
            let call = id.parse()?;
            let (here, open) = match sign {
                " " => (true, false),
                "-" => (false, true),
                "+" => (true, true),
                _ => bail!("a line that begins with {sign:?}"),
            };
            if here {
                contents.calls.insert(call);
            }
            if open {
                contents.open.insert(call);
            }
        }
        Ok(contents)
    }
}

impl<'a> Line<'a> {
    pub(super) fn parse(line: &'a [u8]) -> Self {
        let id = line.strip_prefix(HEAD).and_then(|rest| rest.get(..ID));
        let call = id.and_then(|id| std::str::from_utf8(id).ok()).and_then(|id| id.parse().ok());
        match call {
            None => Line::Unknown,
            Some(call) if line[HEAD.len() + ID..].starts_with(PUT_AWAY) => Line::PutAway(call),
            Some(call) => Line::Of(call, line),
        }
    }
}

/// The lines that have an end.
pub(super) fn whole_lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let end = text.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    text[..end].split_inclusive(|byte| *byte == b'\n').map(|line| &line[..line.len() - 1])
}

/// Appends lines of a call.
pub(super) fn encode(call: TransactionId, lines: &[JournalLine], buffer: &mut Vec<u8>) {
    for line in lines {
        let start = buffer.len();
        head(call, buffer);
        buffer.push(b'"');
        let brace = buffer.len();
        if let Err(error) = serde_json::to_writer(&mut *buffer, line) {
            tracing::error!(%call, %error, "a line of a journal has no JSON");
            buffer.truncate(start);
            continue;
        }
        // The line's own object goes on behind the id.
        buffer[brace] = b',';
        buffer.push(b'\n');
    }
}

/// Appends the line that puts a call away.
pub(super) fn encode_put_away(call: TransactionId, at: Timestamp, buffer: &mut Vec<u8>) {
    head(call, buffer);
    buffer.extend_from_slice(PUT_AWAY);
    buffer.extend_from_slice(at.as_micros().to_string().as_bytes());
    buffer.extend_from_slice(b"}\n");
}

fn head(call: TransactionId, buffer: &mut Vec<u8>) {
    buffer.extend_from_slice(HEAD);
    // A vector takes everything.
    write!(buffer, "{call}").ok();
}

/// The folder of a day, `2026-11-25`.
pub(super) fn day(at: Timestamp) -> String {
    let c = at.civil();
    format!("{:04}-{:02}-{:02}", c.year, c.month, c.day)
}

/// Whether a folder is one of a day.
pub(super) fn is_date(name: &str) -> bool {
    name.len() == 10
        && name.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

#[cfg(test)]
mod tests {
    use node::JournalEntry;

    use super::super::check::{DAY, call, line, note, setup};
    use super::*;

    fn text() -> Vec<u8> {
        let mut text = Vec::new();
        encode(call(1), &[setup(call(1)), note("one \"quoted\"")], &mut text);
        encode(call(2), &[setup(call(2))], &mut text);
        encode(call(1), &[line(JournalEntry::End)], &mut text);
        encode_put_away(call(1), DAY, &mut text);
        text
    }

    #[test]
    fn a_segment_tells_which_calls_it_holds_and_which_are_open() {
        let contents = Contents::of_lines(&text(), &BTreeSet::from([call(9)]));
        assert_eq!(contents.calls, BTreeSet::from([call(1), call(2)]));
        assert_eq!(contents.open, BTreeSet::from([call(2), call(9)]));
        assert_eq!(Contents::of_index(&contents.to_index()).unwrap(), contents);
        for spoilt in ["x", "\n", "*01234567-89ab-4def-8123-456789000001\n", "+0123\n", "é\n"] {
            assert!(Contents::of_index(spoilt).is_err(), "{spoilt:?}");
        }
    }

    #[test]
    fn every_line_is_json_with_the_call_in_it() {
        for line in whole_lines(&text()) {
            let json: serde_json::Value = serde_json::from_slice(line).unwrap();
            assert!(json["call"].as_str().unwrap().parse::<TransactionId>().is_ok());
            assert_ne!(json.get("put_away").is_some(), json.get("entry").is_some());
        }
    }

    #[test]
    fn names_order_as_time_does() {
        let root = Path::new("journals");
        let first = Segment::name(root, DAY);
        assert_eq!(first, Path::new("journals/2026-09-21/14-13-20.000000.jsonl"));
        assert!(first < Segment::name(root, Timestamp::from_micros(DAY.as_micros() + 1)));
        assert!(is_date("2026-09-21") && !is_date("damaged") && !is_date("2026-09-2x"));
    }

    #[test]
    fn whatever_stands_in_a_segment_its_lines_are_told_apart_or_left_out() {
        let text = String::from_utf8(text()).unwrap();
        let mut rng = base::Rng::new(3);
        for _ in 0..2_000 {
            let damaged = crate::damage::damaged(&mut rng, &[&text]);
            let contents = Contents::of_lines(damaged.as_bytes(), &BTreeSet::new());
            assert!(contents.open.is_subset(&contents.calls));
        }
    }
}
