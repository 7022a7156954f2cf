//! What must hold for every input, whoever sent it: called by fuzz targets, by the replay of their corpus and by seeded
//! mutation. A property that does not hold panics.

mod world;

use std::collections::BTreeSet;

use base::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Effect, Event, Line, Setup, pattern, recover, replay};

/// What a function returned: the call goes on and ends, keeps its rules, and is the same when replayed.
pub fn response(bytes: &[u8]) {
    let payload = String::from_utf8_lossy(bytes);
    for strict in [false, true] {
        world::live(&payload, strict);
    }
}

/// A digit pattern, a line end, and digits: refused, or an answer within the limits.
pub fn digit_pattern(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (pattern, digits) = text.split_once('\n').unwrap_or((&text, ""));
    // More digits than a caller can press before they are looked at.
    let digits: String = digits.chars().take(256).collect();
    let found = pattern::found_in(pattern, &digits);
    assert!(pattern::is_valid(pattern) || !found);
}

/// The lines of a journal that replay; others are passed over.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Written {
    at: Timestamp,
    entry: Entry,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Entry {
    Setup(Box<Setup>),
    Event(Box<Event>),
    Effects(Vec<Effect>),
}

/// A journal as lines of JSON, damaged or not: each line prints as what it was read as, the replay ends or says where it
/// differs, and what a crash left owing is settled.
pub fn journal(bytes: &[u8]) {
    let read = |line: &[u8]| serde_json::from_slice::<Written>(line).ok();
    let lines: Vec<Written> = bytes.split(|byte| *byte == b'\n').filter_map(read).collect();
    for line in &lines {
        let text = serde_json::to_string(line).expect("what was read prints");
        assert_eq!(serde_json::from_str::<Written>(&text).ok().as_ref(), Some(line), "{text}");
    }
    let setup = lines.iter().find_map(|line| match &line.entry {
        Entry::Setup(setup) => Some((line.at, setup.as_ref().clone())),
        Entry::Event(_) | Entry::Effects(_) => None,
    });
    let Some((began, setup)) = setup else { return };
    let facts = || {
        lines.iter().filter_map(|line| match &line.entry {
            Entry::Setup(_) => None,
            Entry::Event(event) => Some((line.at, Line::Event(event))),
            Entry::Effects(effects) => Some((line.at, Line::Effects(effects))),
        })
    };
    if let Err(divergence) = replay(began, setup.clone(), facts()) {
        assert_ne!(divergence.recorded, divergence.replayed);
    }
    settle(began, setup, facts());
}

/// After the crash: one record per leg, invocations one after the other, and an end.
fn settle<'a>(began: Timestamp, setup: Setup, facts: impl Iterator<Item = (Timestamp, Line<'a>)>) {
    let mut now = Timestamp::from_millis(1_790_000_000_000);
    let mut effects = Vec::new();
    let mut aftermath = recover(now, began, setup, facts, &mut effects);
    let mut recorded = BTreeSet::new();
    for round in 0.. {
        assert!(round < 10_000, "it goes on for ever");
        for effect in effects.drain(..) {
            if let Effect::WriteRecord(record) = effect {
                assert!(recorded.insert(record.leg), "two records of one leg");
            }
        }
        if aftermath.is_finished() {
            break;
        }
        let (at, _) = aftermath.deadline().expect("what is not finished waits for something");
        now = now.max(at);
        aftermath.handle(now, Event::Woken, &mut effects);
    }
}
