//! `cargo run -p sim --release -- --calls 50000 --seed 1`: many calls by chance; the first failure is printed with its
//! ladders and the command to repeat it.

use std::process::ExitCode;
use std::sync::Mutex;
use std::time::{SystemTime, UNIX_EPOCH};

use sim::random::{self, CALLS_PER_WORLD, Summary};

const USAGE: &str = "usage: sim [--calls N] [--seed N | 0xHASH | random]
  --calls N    run worlds until N calls have begun (10000)
  --seed N     the first world's seed (1), the others have the next ones; 0x… is read as hexadecimal, its first 16
               digits, so that a commit may be a seed; `random` is the clock's";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((calls, seed)) = options(&arguments) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    println!("worlds from seed {seed} until {calls} calls have begun");
    let threads = std::thread::available_parallelism().map_or(1, |n| n.get() as u64);
    let threads = threads.min(calls.div_ceil(u64::from(CALLS_PER_WORLD)));
    let run = Mutex::new(Run { next: seed, worlds: 0, total: Summary::default(), failure: None });
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| share(&run, calls));
        }
    });
    let Run { worlds, total, failure, .. } =
        run.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(failure) = failure {
        eprintln!("{failure}");
        return ExitCode::FAILURE;
    }
    println!(
        "{} calls driven by functions and {} relayed in {worlds} worlds from seed {seed}: {} invocations, \
         {} call records, {} meetings, {} connections of browsers, {} worlds whose node died, no violation",
        total.driven,
        total.relayed,
        total.invocations,
        total.records,
        total.meetings,
        total.browsers,
        total.crashes
    );
    ExitCode::SUCCESS
}

/// What the threads share.
struct Run {
    next: u64,
    worlds: u64,
    total: Summary,
    failure: Option<String>,
}

/// Runs one world after the other until enough calls have begun, here and in the other threads.
fn share(run: &Mutex<Run>, calls: u64) {
    loop {
        let seed = {
            let mut run = lock(run);
            if run.failure.is_some() || run.total.begun() >= calls {
                return;
            }
            let seed = run.next;
            run.next = seed.wrapping_add(1);
            seed
        };
        let outcome = random::run(seed);
        let mut run = lock(run);
        match outcome {
            Ok(summary) => {
                run.worlds += 1;
                run.total.add(&summary);
            }
            Err(failure) => {
                let wrong = failure.violations.join("\n");
                let again = format!("cargo run -p sim --release -- --calls 1 --seed {seed}");
                run.failure
                    .get_or_insert(format!("{}\n{wrong}\nseed {seed}; again: {again}", failure.ladders));
            }
        }
    }
}

fn lock(run: &Mutex<Run>) -> std::sync::MutexGuard<'_, Run> {
    run.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn options(arguments: &[String]) -> Option<(u64, u64)> {
    let (mut calls, mut seed) = (10_000, 1);
    for pair in arguments.chunks(2) {
        let [name, value] = pair else { return None };
        match name.as_str() {
            "--calls" => calls = value.parse().ok()?,
            "--seed" => seed = seed_of(value)?,
            _ => return None,
        }
    }
    Some((calls, seed))
}

fn seed_of(text: &str) -> Option<u64> {
    if text == "random" {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
        return Some(since.as_nanos() as u64);
    }
    match text.strip_prefix("0x") {
        Some(digits) => u64::from_str_radix(digits.get(..16).unwrap_or(digits), 16).ok(),
        None => text.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Option<(u64, u64)> {
        options(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn a_seed_is_a_number_or_a_commit() {
        assert_eq!(read(""), Some((10_000, 1)));
        assert_eq!(read("--seed 7 --calls 50"), Some((50, 7)));
        assert_eq!(read("--seed 0x5ee59f6"), Some((10_000, 0x05ee_59f6)));
        assert_eq!(read("--seed 0x00000000000000ff1234"), Some((10_000, 0xff)));
        assert!(read("--seed random").is_some());
        for wrong in ["--seed", "--seed x", "--seed 0x", "--sed 1", "--calls -1"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
