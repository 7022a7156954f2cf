//! The same call again from its journal.

use base::Timestamp;
use call::{Call, Divergence, Line};

use crate::{JournalEntry, JournalLine};

/// Replays a journal up to and including `until` (all of it where `None`) and returns the call in the state it was in
/// then; `None` for a journal that begins later, or that belongs to a relayed call.
///
/// Where the node died under the call, the replay ends with its life.
///
/// # Errors
/// Where the replay and the journal part ways.
pub fn replay(lines: &[JournalLine], until: Option<Timestamp>) -> Result<Option<Call>, Divergence> {
    let in_time = |line: &&JournalLine| until.is_none_or(|until| line.at <= until);
    let mut lines = lines.iter().take_while(in_time);
    let beginning = lines.find_map(|line| match &line.entry {
        JournalEntry::Setup(setup) => Some((line.at, setup)),
        _ => None,
    });
    let Some((began, setup)) = beginning else { return Ok(None) };
    call::replay(began, setup.as_ref().clone(), lines.filter_map(replayed)).map(Some)
}

/// The part of a journal line that replays.
pub(crate) fn replayed(line: &JournalLine) -> Option<(Timestamp, Line<'_>)> {
    match &line.entry {
        JournalEntry::Event(event) => Some((line.at, Line::Event(event))),
        JournalEntry::Effects(effects) => Some((line.at, Line::Effects(effects))),
        JournalEntry::Died => Some((line.at, Line::Died)),
        JournalEntry::Setup(_)
        | JournalEntry::RelaySetup(_)
        | JournalEntry::Sip { .. }
        | JournalEntry::Joined { .. }
        | JournalEntry::Left { .. }
        | JournalEntry::Media { .. }
        | JournalEntry::Api { .. }
        | JournalEntry::RelayRecord(_)
        | JournalEntry::Note(_)
        | JournalEntry::End => None,
    }
}
