//! `cargo run -p sim --release -- --calls 50000 --seed 1`: many calls by chance; the first failure is printed with its
//! ladder and the command to repeat it.

use std::process::ExitCode;

use sim::random::{self, CALLS_PER_WORLD, Summary};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (Some(calls), Some(seed)) = (number(&arguments, "--calls", 10_000), number(&arguments, "--seed", 1))
    else {
        eprintln!("usage: sim [--calls N] [--seed N]");
        return ExitCode::from(2);
    };
    let worlds = calls.div_ceil(u64::from(CALLS_PER_WORLD));
    let threads = std::thread::available_parallelism().map_or(1, |n| n.get() as u64);
    let results: Vec<Result<Summary, String>> = std::thread::scope(|scope| {
        let runs: Vec<_> =
            (0..threads).map(|thread| scope.spawn(move || share(seed, worlds, thread, threads))).collect();
        runs.into_iter().map(|run| run.join().unwrap_or_else(|_| Err("a world panicked".into()))).collect()
    });
    let mut total = Summary::default();
    for result in results {
        match result {
            Ok(summary) => add(&mut total, &summary),
            Err(report) => {
                eprintln!("{report}");
                return ExitCode::FAILURE;
            }
        }
    }
    println!(
        "{} calls in {worlds} worlds from seed {seed}: {} invocations, {} call records, {} crashes, no violation",
        total.started, total.invocations, total.records, total.crashes
    );
    ExitCode::SUCCESS
}

/// Every `threads`-th world.
fn share(seed: u64, worlds: u64, thread: u64, threads: u64) -> Result<Summary, String> {
    let mut total = Summary::default();
    for world in (thread..worlds).step_by(threads as usize) {
        let seed = seed.wrapping_add(world);
        let run = std::panic::catch_unwind(|| random::run(seed))
            .map_err(|_| format!("the world of seed {seed} panicked; again: {}", again(seed)))?;
        let summary = run.map_err(|failure| {
            format!(
                "{}\n{}\nseed {seed}; again: {}",
                failure.ladders,
                failure.violations.join("\n"),
                again(seed)
            )
        })?;
        add(&mut total, &summary);
    }
    Ok(total)
}

fn again(seed: u64) -> String {
    format!("cargo run -p sim --release -- --calls 1 --seed {seed}")
}

fn add(total: &mut Summary, summary: &Summary) {
    total.started += summary.started;
    total.invocations += summary.invocations;
    total.records += summary.records;
    total.crashes += summary.crashes;
}

fn number(arguments: &[String], name: &str, default: u64) -> Option<u64> {
    match arguments.iter().position(|argument| argument == name) {
        Some(at) => arguments.get(at + 1)?.parse().ok(),
        None => Some(default),
    }
}
