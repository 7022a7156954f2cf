//! The engine without sockets: whole call lives of the state machine, and of the whole node in the simulator.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, ensure};
use serde_json::json;

use super::machine::{NODE, pinned};
use super::{Bench, Figure, Gate, median};

/// T10: `lives` counts its own CPU time; the simulator's is its process's.
pub(super) fn run(bench: &Bench) -> anyhow::Result<Vec<Figure>> {
    bench.build(&["-p", "call", "--example", "lives"])?;
    bench.build(&["-p", "sim"])?;

    let count = if bench.quick { "100000" } else { "500000" };
    let mut lives = Vec::new();
    for _ in 0..bench.rounds() {
        let output = pinned(NODE, &bench.program("examples/lives")).arg(count).output()?;
        let text = String::from_utf8_lossy(&output.stdout);
        let (_, rest) = text.split_once("CPU: ").context("lives printed no figure")?;
        lives.push(rest.split(' ').next().unwrap_or_default().parse::<f64>()?);
    }
    let calls: f64 = if bench.quick { 2_000.0 } else { 20_000.0 };
    let seconds = cpu_of(&bench.program("sim"), &["--calls", &calls.to_string()])?;
    Ok(vec![Figure {
        name: "T10",
        what: "call lives of the engine per second of CPU",
        value: median(lives.clone()),
        unit: "lives/s",
        gate: Gate::AtLeast(200_000.0),
        details: json!({
            "rounds": lives,
            "simulated_calls_per_second_of_cpu": super::round(calls / seconds),
            "simulated": "random calls of the whole node, with SIP, media, faults and checkers",
        }),
    }])
}

/// CPU seconds of a program, as the shell that waits for it counts them.
fn cpu_of(program: &Path, arguments: &[&str]) -> anyhow::Result<f64> {
    let output = Command::new("sh")
        .args(["-c", "\"$0\" \"$@\" > /dev/null && times"])
        .arg(program)
        .args(arguments)
        .output()?;
    ensure!(output.status.success(), "{} failed", program.display());
    // Two lines, `0m1.50s 0m0.10s` each: the shell's own, its children's.
    let text = String::from_utf8_lossy(&output.stdout);
    let children = text.lines().last().context("no times")?;
    let mut seconds = 0.0;
    for time in children.split_whitespace() {
        let (minutes, rest) = time.trim_end_matches('s').split_once('m').context("no time")?;
        seconds += 60.0 * minutes.parse::<f64>()? + rest.parse::<f64>()?;
    }
    Ok(seconds)
}
