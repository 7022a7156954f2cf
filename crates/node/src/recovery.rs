//! What a crash of the node left behind: journals without an end.

use base::Timestamp;

use crate::relay_call::crashed_record;
use crate::{JournalEntry, JournalLine, Node, Output};

impl Node {
    /// Takes up a call that the node died under, by its journal: legs without a record get one that says so, and the
    /// function the HANGUPs it is owed.
    pub fn recover(&mut self, now: Timestamp, journal: &[JournalLine], out: &mut Vec<Output>) {
        let Some(first) = journal.first() else { return };
        if let JournalEntry::RelaySetup(setup) = &first.entry {
            let record = crashed_record(setup, first.at, now);
            out.push(Output::WriteRelayRecord(Box::new(record)));
            out.push(Output::Journal {
                transaction: setup.transaction,
                entries: vec![JournalLine { at: now, entry: JournalEntry::End }],
                closed: true,
            });
        }
    }
}
