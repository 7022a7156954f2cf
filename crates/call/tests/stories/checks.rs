//! The committed fuzz corpus, as it is and mutated with fixed seeds: a short run of the fuzz targets on stable.

use base::Rng;
use call::check;
use serde_json::json;

use crate::support::*;

fn corpus(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = format!("{}/../../fuzz/corpus/{target}", env!("CARGO_MANIFEST_DIR"));
    let mut all: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            #[expect(
                clippy::disallowed_methods,
                reason = "the test reads its corpus, the crate reads no file"
            )]
            let bytes = std::fs::read(&path).unwrap();
            (path.display().to_string(), bytes)
        })
        .collect();
    all.sort();
    assert!(!all.is_empty(), "{folder} is empty");
    all
}

/// One to three changes: a byte replaced, removed or doubled; a piece cut, repeated, or taken from another seed; a number
/// made huge; a line moved.
fn mutate(rng: &mut Rng, bytes: &mut Vec<u8>, other: &[u8]) {
    const TELLING: &[u8] = b"{}[]\",:0-9.e\\nft #*^$()+?|\n\0\xff";
    for _ in 0..=rng.below(3) {
        if bytes.is_empty() {
            return;
        }
        let length = bytes.len() as u64;
        let at = rng.below(length) as usize;
        let end = (at + 1 + rng.below(60) as usize).min(bytes.len());
        match rng.below(8) {
            0 => bytes[at] ^= 1 << rng.below(8),
            1 => bytes[at] = TELLING[rng.below(TELLING.len() as u64) as usize],
            2 => bytes.insert(at, TELLING[rng.below(TELLING.len() as u64) as usize]),
            3 => drop(bytes.drain(at..end)),
            4 => {
                let piece = bytes[at..end].to_vec();
                let to = rng.below(length) as usize;
                bytes.splice(to..to, piece);
            }
            5 => {
                let from = rng.below(other.len() as u64) as usize;
                let piece = &other[from..(from + end - at).min(other.len())];
                bytes.splice(at..at, piece.iter().copied());
            }
            6 => {
                if let Some(digit) = bytes[at..].iter().position(u8::is_ascii_digit) {
                    let huge = ["18446744073709551615", "4294967295", "-1", "0", "1e300"];
                    let huge = huge[rng.below(huge.len() as u64) as usize];
                    let number = bytes[at + digit..].iter().take_while(|b| b.is_ascii_digit()).count();
                    bytes.splice(at + digit..at + digit + number, huge.bytes());
                }
            }
            _ => {
                let mut lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
                let (a, b) = (rng.below(lines.len() as u64) as usize, rng.below(lines.len() as u64) as usize);
                lines.swap(a, b);
                *bytes = lines.concat();
            }
        }
    }
}

fn replay_and_mutate(seeds: &[(String, Vec<u8>)], rounds: usize, check: fn(&[u8])) {
    for (name, bytes) in seeds {
        let held = std::panic::catch_unwind(|| check(bytes));
        assert!(held.is_ok(), "{name}");
    }
    let mut rng = Rng::new(0xca11);
    for round in 0..rounds {
        let (name, bytes) = &seeds[rng.below(seeds.len() as u64) as usize];
        let (_, other) = &seeds[rng.below(seeds.len() as u64) as usize];
        let mut bytes = bytes.clone();
        mutate(&mut rng, &mut bytes, other);
        let held = std::panic::catch_unwind(|| check(&bytes));
        assert!(held.is_ok(), "round {round}, from {name}:\n{}", String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn responses() {
    replay_and_mutate(&corpus("call_response"), 600, check::response);
}

#[test]
fn digit_patterns() {
    replay_and_mutate(&corpus("call_digit_pattern"), 800, check::digit_pattern);
}

#[test]
fn journals() {
    let mut seeds = corpus("call_journal");
    let today = [("bridged", bridged()), ("asked and recorded", asked_and_recorded()), ("joined", joined())];
    seeds.extend(today.map(|(name, story)| (name.to_owned(), written(&story))));
    replay_and_mutate(&seeds, 400, check::journal);
}

/// Both legs hang up; the function has answered neither.
fn bridged() -> Story {
    let mut story = Story::bridged();
    story.hangs_up("B").hangs_up("A");
    story
}

/// In a meeting, somebody is muted, and both go.
fn joined() -> Story {
    let mut story = Story::joined();
    story.is_updated(json!({}));
    story.answers(json!([mute_with(json!({}))])).modified(1);
    story.hangs_up("A");
    story
}

fn asked_and_recorded() -> Story {
    let recorded = json!({"DurationInSeconds": "10", "SilenceDurationInSeconds": 3, "SilenceThreshold": 100});
    let mut story = Story::answered(json!([
        ask(json!({"MinNumberOfDigits": 1, "MaxNumberOfDigits": 2, "TerminatorDigits": ["#"]})),
        record(recorded),
    ]));
    story.presses("A", "1#").ms(6_000);
    answers_all(&mut story);
    story.silent(1).stored(1);
    answers_all(&mut story);
    story
}

fn answers_all(story: &mut Story) {
    while story.invocation.is_some() {
        story.answers(json!([]));
    }
}

/// A journal as a node writes it, up to here.
fn written(story: &Story) -> Vec<u8> {
    let mut lines = vec![json!({"at": story.began, "entry": {"setup": story.setup}})];
    for (at, line) in story.lines() {
        lines.push(match line {
            call::Line::Event(event) => json!({"at": at, "entry": {"event": event}}),
            call::Line::Effects(effects) => json!({"at": at, "entry": {"effects": effects}}),
            call::Line::Died => json!({"at": at, "entry": "died"}),
        });
    }
    lines.iter().map(|line| format!("{line}\n")).collect::<String>().into_bytes()
}
