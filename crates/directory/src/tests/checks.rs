//! The committed fuzz corpus, as it is and mutated with fixed seeds: a short run of the fuzz targets on stable.

use base::Rng;

use super::stored::full_world;
use crate::check;

#[expect(clippy::disallowed_methods, reason = "a test reads its corpus")]
fn corpus(target: &str) -> Vec<String> {
    let folder = format!("{}/../../fuzz/corpus/{target}", env!("CARGO_MANIFEST_DIR"));
    let mut all: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap())
        .collect();
    all.sort();
    assert!(!all.is_empty(), "{folder} is empty");
    all
}

/// One to three changes: a character replaced, removed or added; a piece cut, repeated or taken from another seed; a
/// number made huge.
fn mutate(rng: &mut Rng, bytes: &mut Vec<u8>, other: &[u8]) {
    const TELLING: &[u8] = b"{}[]\",:0-9.+/ \n\0\xffnt";
    for _ in 0..=rng.below(3) {
        if bytes.is_empty() {
            return;
        }
        let length = bytes.len() as u64;
        let at = rng.below(length) as usize;
        let end = (at + 1 + rng.below(40) as usize).min(bytes.len());
        let telling = TELLING[rng.below(TELLING.len() as u64) as usize];
        match rng.below(6) {
            0 => bytes[at] = telling,
            1 => bytes.insert(at, telling),
            2 => drop(bytes.drain(at..end)),
            3 => {
                let piece = bytes[at..end].to_vec();
                let to = rng.below(length) as usize;
                bytes.splice(to..to, piece);
            }
            4 => {
                let from = rng.below(other.len() as u64) as usize;
                let piece = &other[from..(from + end - at).min(other.len())];
                bytes.splice(at..at, piece.iter().copied());
            }
            _ => {
                if let Some(digit) = bytes[at..].iter().position(u8::is_ascii_digit) {
                    let huge =
                        ["18446744073709551615", "9223372036854775808", "4294967296", "-1", "1e99", "0"];
                    let huge = huge[rng.below(huge.len() as u64) as usize];
                    let number = bytes[at + digit..].iter().take_while(|b| b.is_ascii_digit()).count();
                    bytes.splice(at + digit..at + digit + number, huge.bytes());
                }
            }
        }
    }
}

fn replay_and_mutate(seeds: &[String], rounds: usize, check: fn(&[u8])) {
    for seed in seeds {
        check(seed.as_bytes());
    }
    let mut rng = Rng::new(0xd1);
    for round in 0..rounds {
        let seed = &seeds[rng.below(seeds.len() as u64) as usize];
        let other = &seeds[rng.below(seeds.len() as u64) as usize];
        let mut bytes = seed.clone().into_bytes();
        mutate(&mut rng, &mut bytes, other.as_bytes());
        let held = std::panic::catch_unwind(|| check(&bytes));
        assert!(held.is_ok(), "round {round}:\n{}", String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn stored_records() {
    let mut seeds = corpus("directory_records");
    let today = full_world().stored.into_values();
    let lines: Vec<String> =
        today.map(|record| format!("{} {} {}", record.kind, record.id, record.json)).collect();
    seeds.push(lines.join("\n"));
    seeds.extend(lines);
    replay_and_mutate(&seeds, 1_500, check::records);
}

#[test]
fn ranges_of_addresses_and_numbers() {
    replay_and_mutate(&corpus("directory_ranges"), 20_000, check::ranges);
}
