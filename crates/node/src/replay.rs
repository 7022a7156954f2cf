//! The same call again from its journal: a fold over its events that must want the same effects.

use base::Timestamp;
use call::{Call, Effect};

use crate::{JournalEntry, JournalLine};

/// A replay that wanted something else than the journal says.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Divergence {
    /// An event or effects before any call began.
    #[error("line {line}: no call has begun")]
    NoCall {
        /// Counted from 1.
        line: usize,
    },
    /// A second beginning.
    #[error("line {line}: the call begins again")]
    BeginsAgain {
        /// Counted from 1.
        line: usize,
    },
    /// The effects differ.
    #[error("line {line}: the journal says {journal:?}, the replay wants {replay:?}")]
    Effects {
        /// Of the event they answer, counted from 1.
        line: usize,
        /// What the journal says.
        journal: Vec<Effect>,
        /// What the replay wants.
        replay: Vec<Effect>,
    },
}

/// Replays a journal up to and including `until` (all of it where `None`) and returns the call in the state it was in
/// then; `None` for a journal that begins later, or that belongs to a relayed call.
///
/// # Errors
/// Where the replay and the journal part ways.
pub fn replay(lines: &[JournalLine], until: Option<Timestamp>) -> Result<Option<Call>, Divergence> {
    let mut call: Option<Call> = None;
    let mut wanted: Vec<Effect> = Vec::new();
    let mut cause = 0;
    for (index, line) in lines.iter().enumerate() {
        let number = index + 1;
        if until.is_some_and(|until| line.at > until) {
            return Ok(call);
        }
        match &line.entry {
            JournalEntry::Setup(setup) => {
                if call.is_some() {
                    return Err(Divergence::BeginsAgain { line: number });
                }
                call = Some(Call::new(line.at, setup.as_ref().clone(), &mut wanted));
                cause = number;
            }
            JournalEntry::Event(event) => {
                let Some(call) = &mut call else { return Err(Divergence::NoCall { line: number }) };
                if !wanted.is_empty() {
                    return Err(Divergence::Effects { line: cause, journal: vec![], replay: wanted });
                }
                call.handle(line.at, event.as_ref().clone(), &mut wanted);
                cause = number;
            }
            JournalEntry::Effects(effects) => {
                if call.is_none() {
                    return Err(Divergence::NoCall { line: number });
                }
                if *effects != wanted {
                    return Err(Divergence::Effects {
                        line: cause,
                        journal: effects.clone(),
                        replay: wanted,
                    });
                }
                wanted.clear();
            }
            JournalEntry::RelaySetup(_)
            | JournalEntry::Sip { .. }
            | JournalEntry::Media { .. }
            | JournalEntry::Api { .. }
            | JournalEntry::Note(_)
            | JournalEntry::End => {}
        }
    }
    Ok(call)
}
