//! What a crash of the node left behind: journals without an end.

use base::{Timestamp, TransactionId};
use call::{Line, Setup};

use crate::io::Io;
use crate::live::Machine;
use crate::relay_call::{RelaySetup, crashed_record};
use crate::replay::replayed;
use crate::{JournalEntry, JournalLine, Node, Output};

impl Node {
    /// Takes up a call that the node died under, by its journal, or one whose records may not have reached the store:
    /// legs without a record get one that says so, and the function the HANGUPs it is owed.
    ///
    /// A record the journal has already is given out again; the store keeps the first it gets.
    pub fn recover(&mut self, now: Timestamp, journal: &[JournalLine], out: &mut Vec<Output>) {
        self.with_io(now, out, |node, io| {
            for line in journal {
                match &line.entry {
                    JournalEntry::Setup(setup) => return node.recover_call(setup, (line.at, journal), io),
                    JournalEntry::RelaySetup(setup) => {
                        return node.recover_relay(setup, (line.at, journal), io);
                    }
                    _ => {}
                }
            }
        });
    }

    fn recover_call(
        &mut self,
        setup: &Setup,
        (began, journal): (Timestamp, &[JournalLine]),
        io: &mut Io<'_>,
    ) {
        if is_complete(journal) {
            let effects = journal.iter().filter_map(replayed).filter_map(|(_, line)| match line {
                Line::Effects(effects) => Some(effects),
                Line::Event(_) | Line::Died => None,
            });
            for effect in effects.flatten() {
                if let call::Effect::WriteRecord(record) = effect {
                    io.out.push(Output::WriteRecord(Box::new(record.clone())));
                }
            }
            io.out.push(put_away(setup.transaction));
            return;
        }
        let mut effects = std::mem::take(&mut self.effects);
        let lines = journal.iter().filter_map(replayed);
        let aftermath = Box::new(call::recover(io.now, began, setup.clone(), lines, &mut effects));
        let numbers = match &setup.origin {
            call::Origin::Inbound { from, to, .. } | call::Origin::Outbound { from, to, .. } => {
                (from.clone(), to.clone())
            }
        };
        let transaction = setup.transaction;
        let deadline = aftermath.deadline().map(|(at, _)| at);
        let live = self.new_live(transaction, Machine::Aftermath(aftermath), 0, numbers, 0, io);
        self.live.insert(transaction, live);
        self.deadlines.set(transaction, deadline);
        if let Some(live) = self.live.get_mut(&transaction) {
            live.note(io.now, JournalEntry::Died);
        }
        self.carry_out_all(transaction, effects, io);
    }

    fn recover_relay(
        &mut self,
        setup: &RelaySetup,
        (began, journal): (Timestamp, &[JournalLine]),
        io: &mut Io<'_>,
    ) {
        let transaction = setup.transaction;
        if is_complete(journal) {
            let record = journal.iter().find_map(|line| match &line.entry {
                JournalEntry::RelayRecord(record) => Some(record.clone()),
                _ => None,
            });
            io.out.extend(record.map(Output::WriteRelayRecord));
            io.out.push(put_away(transaction));
            return;
        }
        let record = Box::new(crashed_record(setup, began, io.now));
        io.out.push(Output::WriteRelayRecord(record.clone()));
        let line = |entry| JournalLine { at: io.now, entry };
        let entries =
            vec![line(JournalEntry::Died), line(JournalEntry::RelayRecord(record)), line(JournalEntry::End)];
        io.out.push(Output::Journal { transaction, entries, closed: true });
    }
}

/// A complete journal needs no more lines, only its place.
fn put_away(transaction: TransactionId) -> Output {
    Output::Journal { transaction, entries: Vec::new(), closed: true }
}

fn is_complete(journal: &[JournalLine]) -> bool {
    matches!(journal.last(), Some(JournalLine { entry: JournalEntry::End, .. }))
}
