//! Worlds of chance: a small number here, many by `cargo run -p sim --release -- --calls 50000`.

use sim::random;

fn go_well(seeds: std::ops::Range<u64>) {
    for seed in seeds {
        if let Err(failure) = random::run(seed) {
            panic!("seed {seed}\n{}\n{}", failure.ladders, failure.violations.join("\n"));
        }
    }
}

#[test]
fn worlds_of_chance_go_well() {
    go_well(1..40);
}

#[test]
fn a_seed_repeats_its_world() {
    let first = random::run(3).map_err(|failure| failure.violations);
    assert_eq!(first, random::run(3).map_err(|failure| failure.violations));
}
