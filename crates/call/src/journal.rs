//! Replay: the same call again, from the record of what reached it.

use base::Timestamp;

use crate::{Call, Effect, Event, Setup};

/// A line of a journal that replays; ladders and remarks are left out by whoever reads it.
#[derive(Clone, Copy, Debug)]
pub enum Line<'a> {
    /// A fact that reached the call.
    Event(&'a Event),
    /// What the call wanted in answer to the line before; may be left out where it wanted nothing.
    Effects(&'a [Effect]),
    /// The node died; what follows is of the aftermath.
    Died,
}

/// Today's engine wants something else than the journal tells.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("at {at} the replay wants {replayed:?}, the journal has {recorded:?}")]
pub struct Divergence {
    /// When the event came whose effects differ.
    pub at: Timestamp,
    /// What the journal has.
    pub recorded: Vec<Effect>,
    /// What the replay wants.
    pub replayed: Vec<Effect>,
}

/// Folds a journal over a new call that began at `began`, comparing what is recorded with what comes out, as far as
/// the call lived.
///
/// Stop the lines early to see the call as it was then. The effects of the very last event may be missing: a node
/// that dies does so between two lines.
///
/// # Errors
/// The first difference.
pub fn replay<'a>(
    began: Timestamp,
    setup: Setup,
    lines: impl IntoIterator<Item = (Timestamp, Line<'a>)>,
) -> Result<Call, Divergence> {
    let mut fold = Fold::begin(began, setup);
    for (at, line) in lines {
        match line {
            Line::Event(event) => {
                fold.expect(&[])?;
                fold.apply(at, event);
            }
            Line::Effects(recorded) => fold.expect(recorded)?,
            Line::Died => break,
        }
    }
    Ok(fold.call)
}

/// A call under replay, with the effects that wait for their line.
struct Fold {
    call: Call,
    at: Timestamp,
    effects: Vec<Effect>,
}

impl Fold {
    fn begin(began: Timestamp, setup: Setup) -> Self {
        let mut effects = Vec::new();
        let call = Call::new(began, setup, &mut effects);
        Self { call, at: began, effects }
    }

    fn apply(&mut self, at: Timestamp, event: &Event) {
        self.at = at;
        self.effects.clear();
        self.call.handle(at, event.clone(), &mut self.effects);
    }

    fn expect(&mut self, recorded: &[Effect]) -> Result<(), Divergence> {
        let replayed = std::mem::take(&mut self.effects);
        if replayed == recorded {
            return Ok(());
        }
        Err(Divergence { at: self.at, recorded: recorded.to_vec(), replayed })
    }
}
