//! What outlives the node, and its death.

use std::collections::{BTreeMap, BTreeSet};

use base::{LegId, TransactionId};
use call::CallRecord;
use directory::{Change, Kind, Record};
use node::{JournalEntry, JournalLine, Node, RelayRecord};

use super::Engine;
use crate::shard::SimShard;

/// What outlives the node.
#[derive(Debug, Default)]
pub struct Disk {
    /// The directory's records.
    pub records: BTreeMap<(Kind, String), Record>,
    /// Call records, by leg.
    pub call_records: BTreeMap<LegId, CallRecord>,
    /// Records of relayed calls.
    pub relay_records: BTreeMap<TransactionId, RelayRecord>,
    /// Journals that are not complete.
    pub journals: BTreeMap<TransactionId, Vec<JournalLine>>,
    /// Journals that are.
    pub archive: BTreeMap<TransactionId, Vec<JournalLine>>,
    /// Recordings, by bucket and key.
    pub recordings: BTreeSet<(String, String)>,
}

impl Disk {
    pub(super) fn apply(&mut self, changes: Vec<Change>) {
        for Change { kind, id, revision, json } in changes {
            match json {
                Some(json) => {
                    self.records.insert((kind, id.clone()), Record { kind, id, revision, json });
                }
                None => {
                    self.records.remove(&(kind, id));
                }
            }
        }
    }
}

impl Engine {
    /// The node dies and starts again from its disk: what was not confirmed is forgotten.
    pub fn crash(&mut self) {
        self.life += 1;
        self.checks.crashed();
        self.replies.clear();
        self.awaited.clear();
        self.stopping = false;
        self.names.clear();
        for browser in self.browsers.values_mut() {
            browser.is_cut_off();
        }
        for shard in &mut self.shards {
            let complaints = std::mem::take(&mut shard.complaints);
            *shard = SimShard::new(self.rng.next_u64());
            shard.complaints = complaints;
            shard.broken_ports = self.faults.broken_ports;
        }
        self.config.seed = self.rng.next_u64();
        self.config.sip.seed = self.rng.next_u64();
        self.config.directory.seed = self.rng.next_u64();
        let records: Vec<Record> = self.disk.records.values().cloned().collect();
        let mut out = Vec::new();
        self.node =
            Node::new(self.config.clone(), records, self.now, &mut out).expect("what we wrote can be read");
        for journal in self.disk.journals.values() {
            self.node.recover(self.now, journal, &mut out);
        }
        self.out = out;
        self.carry_out();
    }

    pub(super) fn journal(&mut self, transaction: TransactionId, entries: Vec<JournalLine>, closed: bool) {
        if entries.is_empty() || self.disk.archive.contains_key(&transaction) {
            self.checks.violations.push(format!("call {transaction}: nothing to append, or after the end"));
        }
        self.checks.written(transaction, &entries);
        let lines = self.disk.journals.entry(transaction).or_default();
        lines.extend(entries);
        let complete = matches!(lines.last().map(|line| &line.entry), Some(JournalEntry::End));
        if complete != closed {
            self.checks
                .violations
                .push(format!("call {transaction}: closed is {closed}, the end is {complete}"));
        }
        if closed && let Some(lines) = self.disk.journals.remove(&transaction) {
            self.checks.ended(transaction, &lines);
            if self.remember {
                self.disk.archive.insert(transaction, lines);
            }
        }
    }
}
