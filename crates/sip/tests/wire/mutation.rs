//! The committed fuzz corpus and the messages of the torture tests, as they are and mutated with fixed seeds: a short run
//! of the fuzz targets on stable.

use base::Rng;

use crate::torture;

fn corpus(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = format!("{}/../../fuzz/corpus/{target}", env!("CARGO_MANIFEST_DIR"));
    let mut all: Vec<_> = std::fs::read_dir(&folder)
        .expect("the corpus is committed")
        .map(|entry| {
            let path = entry.expect("the corpus is readable").path();
            #[expect(
                clippy::disallowed_methods,
                reason = "the test reads its corpus, the crate reads no file"
            )]
            let bytes = std::fs::read(&path).expect("the corpus is readable");
            (path.display().to_string(), bytes)
        })
        .collect();
    all.sort();
    assert!(!all.is_empty(), "{folder} is empty");
    all
}

/// One to four changes: a byte flipped, replaced by one that means something, removed, doubled; a piece cut, repeated or
/// taken from another file.
fn mutate(rng: &mut Rng, bytes: &mut Vec<u8>, other: &[u8]) {
    const TELLING: &[u8] = b"\r\n \t:;,=<>\"\\@?&%[]/.-+*0123456789\0\xff";
    for _ in 0..1 + rng.below(4) {
        if bytes.is_empty() {
            return;
        }
        let length = bytes.len() as u64;
        let at = rng.below(length) as usize;
        let end = (at + 1 + rng.below(40) as usize).min(bytes.len());
        match rng.below(8) {
            0 => bytes[at] ^= 1 << rng.below(8),
            1 | 2 => bytes[at] = TELLING[rng.below(TELLING.len() as u64) as usize],
            3 => bytes.insert(at, TELLING[rng.below(TELLING.len() as u64) as usize]),
            4 => {
                bytes.drain(at..end);
            }
            5 => {
                let piece = bytes[at..end].to_vec();
                let to = rng.below(length) as usize;
                bytes.splice(to..to, piece);
            }
            6 => {
                let from = rng.below(other.len() as u64) as usize;
                let piece = &other[from..(from + end - at).min(other.len())];
                bytes.splice(at..at, piece.iter().copied());
            }
            _ => bytes.truncate(at),
        }
    }
}

fn replay_and_mutate(target: &str, rounds: usize, check: fn(&[u8])) {
    replay_and_mutate_with(&corpus(target), rounds, check);
}

fn replay_and_mutate_with(corpus: &[(String, Vec<u8>)], rounds: usize, check: fn(&[u8])) {
    for (name, bytes) in corpus {
        let held = std::panic::catch_unwind(|| check(bytes));
        assert!(held.is_ok(), "{name}");
    }
    let mut rng = Rng::new(0x5317);
    for round in 0..rounds {
        let (name, bytes) = &corpus[rng.below(corpus.len() as u64) as usize];
        let (_, other) = &corpus[rng.below(corpus.len() as u64) as usize];
        let mut bytes = bytes.clone();
        mutate(&mut rng, &mut bytes, other);
        let held = std::panic::catch_unwind(|| check(&bytes));
        assert!(held.is_ok(), "round {round}, from {name}:\n{}\n{bytes:?}", String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn messages() {
    let mut seeds = corpus("sip_message");
    seeds.extend(torture::all());
    replay_and_mutate_with(&seeds, 10_000, sip::check::message);
}

#[test]
fn streams() {
    let mut seeds = corpus("sip_stream");
    seeds.extend(torture::all());
    replay_and_mutate_with(&seeds, 4_000, sip::check::stream);
}

#[test]
fn uris() {
    replay_and_mutate("sip_uri", 30_000, sip::check::uri);
}

#[test]
fn header_values() {
    replay_and_mutate("sip_header", 20_000, sip::check::header);
}

#[test]
fn session_descriptions() {
    replay_and_mutate("sdp", 6_000, sip::check::sdp);
}

#[test]
fn multipart_bodies() {
    replay_and_mutate("multipart", 10_000, sip::check::multipart);
}

#[test]
fn digest_values() {
    replay_and_mutate("digest", 10_000, sip::check::digest);
}
