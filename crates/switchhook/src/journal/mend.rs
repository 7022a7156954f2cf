//! What a start does for the segments that the last run could not end itself.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, OpenOptions};
use std::io::Write;

use anyhow::Context;
use base::TransactionId;
use node::JournalLine;

use super::segment::{Contents, Line, Segment, whole_lines};
use super::{Journals, begins};

impl Journals {
    /// Makes segments without an index fit to be read: a torn last line is cut off; of one that is damaged, a copy goes
    /// to `journals/damaged`, and of each call what stands before its damage counts.
    ///
    /// Returns the journals that are open: those the node died under, and those whose records may be missing.
    ///
    /// # Errors
    /// When the folder or a segment cannot be read.
    pub fn take_up(&self) -> anyhow::Result<BTreeMap<TransactionId, Vec<JournalLine>>> {
        let segments = self.segments()?;
        let indexed = segments.iter().rposition(Segment::has_index);
        let mut open = match indexed {
            Some(last) => segments[last].contents(&BTreeSet::new())?.open,
            None => BTreeSet::new(),
        };
        for segment in &segments[indexed.map_or(0, |last| last + 1)..] {
            open = match self.mend(segment, open.clone()) {
                Ok(open) => open,
                Err(error) => {
                    let (file, error) = (segment.path().display(), format!("{error:#}"));
                    tracing::error!(%file, error, "a segment cannot be mended; it stays as it is");
                    segment.contents(&open)?.open
                }
            };
        }
        self.read_all(&open).or_else(|_| Ok(self.read_one_by_one(&open)))
    }

    /// Reads those that can be read; one that cannot is not in the way of the others.
    fn read_one_by_one(&self, calls: &BTreeSet<TransactionId>) -> BTreeMap<TransactionId, Vec<JournalLine>> {
        let mut journals = BTreeMap::new();
        for call in calls {
            match self.read(*call) {
                Ok(Some(lines)) => {
                    journals.insert(*call, lines);
                }
                Ok(None) => tracing::error!(%call, "an open journal is gone"),
                Err(error) => {
                    let error = format!("{error:#}");
                    tracing::error!(%call, error, "a journal cannot be read; it stays where it is");
                }
            }
        }
        journals
    }

    /// Mends one segment and gives it its index; `before`: the calls open at its beginning, the result: at its end.
    fn mend(
        &self,
        segment: &Segment,
        before: BTreeSet<TransactionId>,
    ) -> anyhow::Result<BTreeSet<TransactionId>> {
        let text = segment.read()?;
        let mut contents = Contents { calls: BTreeSet::new(), open: before };
        let mut sound = Vec::with_capacity(text.len());
        let mut damaged: BTreeMap<TransactionId, String> = BTreeMap::new();
        let (mut length, mut unknown) = (0, 0);
        for line in whole_lines(&text) {
            length += line.len() + 1;
            let parsed = Line::parse(line);
            if let Line::Of(call, json) = parsed {
                if damaged.contains_key(&call) {
                    continue;
                }
                let why = match serde_json::from_slice::<JournalLine>(json) {
                    Ok(line) if contents.open.contains(&call) || begins(&line) => None,
                    Ok(_) => Some("it has no beginning".to_owned()),
                    Err(error) => Some(error.to_string()),
                };
                if let Some(why) = why {
                    damaged.insert(call, why);
                    continue;
                }
            }
            if matches!(parsed, Line::Unknown) {
                unknown += 1;
                continue;
            }
            contents.add(&parsed);
            sound.extend_from_slice(line);
            sound.push(b'\n');
        }
        if damaged.is_empty() && unknown == 0 {
            if length < text.len() {
                OpenOptions::new().write(true).open(segment.path())?.set_len(length as u64)?;
            }
        } else {
            let copy = self.keep_copy(segment, &text)?;
            let copy = copy.display();
            for (call, why) in damaged {
                tracing::error!(%call, why, %copy, "a journal is damaged: what follows the damage is lost");
            }
            if unknown > 0 {
                tracing::error!(lines = unknown, %copy, "lines of journals cannot be read: they are lost");
            }
            let folder = segment.path().parent().context("a segment lies in a folder")?;
            let mut file = tempfile::NamedTempFile::new_in(folder)?;
            file.write_all(&sound)?;
            file.persist(segment.path())?;
        }
        segment.write_index(&contents)?;
        Ok(contents.open)
    }

    fn keep_copy(&self, segment: &Segment, text: &[u8]) -> anyhow::Result<std::path::PathBuf> {
        let folder = self.root.join("damaged");
        fs::create_dir_all(&folder)?;
        let relative = segment.path().strip_prefix(&self.root)?;
        let copy = folder.join(relative.to_string_lossy().replace('/', "-"));
        fs::write(&copy, text).with_context(|| format!("cannot write {}", copy.display()))?;
        Ok(copy)
    }
}

#[cfg(test)]
mod tests {
    use super::super::check::{DAY, Folder, call, folder, note, setup};
    use super::super::segment::encode;
    use super::*;

    fn bytes(call: TransactionId, lines: &[JournalLine]) -> Vec<u8> {
        let mut buffer = Vec::new();
        encode(call, lines, &mut buffer);
        buffer
    }

    fn write(journals: &Journals, text: &[u8]) -> Segment {
        let path = Segment::name(&journals.root, DAY);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        Segment::at(path)
    }

    fn damaged(folder: &Folder) -> usize {
        fs::read_dir(folder.root.path().join("journals/damaged")).map_or(0, Iterator::count)
    }

    #[test]
    fn a_torn_line_is_cut_off() {
        let folder = folder();
        let lines = [setup(call(1)), note("one")];
        let whole = bytes(call(1), &lines);
        let segment = write(&folder.journals, &[&whole, &b"{\"call\":\"01234567-89ab"[..]].concat());
        assert_eq!(folder.journals.take_up().unwrap()[&call(1)], lines);
        assert_eq!((segment.read().unwrap(), segment.has_index()), (whole, true));
        assert_eq!(damaged(&folder), 0);
    }

    #[test]
    fn of_a_damaged_journal_the_beginning_counts_and_the_others_are_whole() {
        let folder = folder();
        let mut text = bytes(call(1), &[setup(call(1))]);
        text.extend(bytes(call(2), &[setup(call(2))]));
        let spoilt =
            String::from_utf8(bytes(call(1), &[note("spoilt")])).unwrap().replace("\"at\"", "\"et\"");
        text.extend(spoilt.into_bytes());
        text.extend(b"\xff\0 garbage\n");
        text.extend(bytes(call(1), &[note("behind it")]));
        text.extend(bytes(call(2), &[note("one")]));
        write(&folder.journals, &text);
        for _ in 0..2 {
            let open = folder.journals.take_up().unwrap();
            assert_eq!(open[&call(1)], [setup(call(1))]);
            assert_eq!(open[&call(2)], [setup(call(2)), note("one")]);
            assert_eq!(damaged(&folder), 1, "mended once and for all");
        }
        let copy =
            fs::read_dir(folder.root.path().join("journals/damaged")).unwrap().next().unwrap().unwrap();
        assert_eq!(fs::read(copy.path()).unwrap(), text);
    }

    #[test]
    fn what_tells_nothing_of_its_call_is_out_of_the_way() {
        for (text, kept) in [
            (Vec::new(), 0),
            (b"{\"call\":\"0123".to_vec(), 0),
            (b"garbage\n".to_vec(), 1),
            (bytes(call(1), &[note("no beginning")]), 1),
        ] {
            let folder = folder();
            write(&folder.journals, &text);
            assert_eq!(folder.journals.take_up().unwrap(), BTreeMap::new());
            assert_eq!(folder.journals.live_calls().unwrap(), BTreeSet::new());
            assert_eq!(damaged(&folder), kept, "{}", text.escape_ascii());
        }
    }
}
