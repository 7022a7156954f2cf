//! `cargo xtask bench [--quick] [--binary FILE] [T1 T4 …]`: the workloads of the budgets, on loopback, one JSON line
//! each. With `--binary` another build is measured than this tree's.
//!
//! The node under test runs on core 0, load and function on core 1. What can be set against the bare relay (`floor`)
//! alternates with it: ratios carry over between machines, single figures do not. `docs/performance.md` says how to
//! read the lines.

mod calls;
mod engine;
mod machine;
mod media;
mod meeting;
mod mix;
mod node;
mod probe;
mod sipp;
mod start;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail, ensure};
use serde_json::{Value, json};

use machine::Machine;

/// What a workload needs to run.
pub(crate) struct Bench {
    root: PathBuf,
    /// Short windows and one round, to see that everything works.
    quick: bool,
    /// The node under test.
    binary: PathBuf,
    /// For everything that is written. It goes at the end only: on some file systems a file costs several times as much
    /// where many were deleted a minute ago, and a call's journal is a file.
    folder: PathBuf,
}

/// One figure and what it is held against.
struct Figure {
    name: &'static str,
    what: &'static str,
    value: f64,
    unit: &'static str,
    gate: Gate,
    details: Value,
}

enum Gate {
    AtMost(f64),
    AtLeast(f64),
}

type Workload = fn(&Bench) -> anyhow::Result<Vec<Figure>>;

/// In the order they run; media workloads yield several figures from the same windows.
const WORKLOADS: &[(&[&str], Workload)] = &[
    (&["T11"], start::run),
    (&["T10"], engine::run),
    (&["T1", "T3"], calls::cost_and_delay),
    (&["T2"], calls::capacity),
    (&["T4", "T6"], media::relaying),
    (&["T5", "T7"], media::capacity),
    (&["T8"], media::prompts),
    (&["T9"], mix::run),
    (&["MEETING"], meeting::run),
    (&["CHURN"], meeting::churn),
];

/// Runs the workloads named, or all.
pub(crate) fn run(arguments: &[&str]) -> anyhow::Result<()> {
    let root = super::root();
    let folder = std::env::temp_dir().join(format!("switchhook-bench-{}", std::process::id()));
    let mut bench = Bench { binary: built(&root, "dist", "switchhook"), root, quick: false, folder };
    let mut ours = true;
    let mut wanted = Vec::new();
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match *argument {
            "--quick" => bench.quick = true,
            "--binary" => {
                let file = rest.next().context("--binary needs a file")?;
                (bench.binary, ours) = (std::path::absolute(file)?, false);
            }
            name => wanted.push(name.to_uppercase()),
        }
    }
    for name in &wanted {
        ensure!(
            WORKLOADS.iter().any(|(names, _)| names.contains(&name.as_str())),
            "no workload {name}: T1 to T11, meeting, churn"
        );
    }
    bench.build(&["-p", "load"])?;
    if ours {
        bench.build_as("dist", &["-p", "switchhook"])?;
    }
    machine::become_load();
    let missed = bench.run_all(&wanted);
    // Left behind in the temporary folder at worst.
    std::fs::remove_dir_all(&bench.folder).ok();
    match missed?.as_slice() {
        [] => Ok(()),
        missed => bail!("over budget: {}", missed.join(", ")),
    }
}

impl Figure {
    fn met(&self) -> bool {
        match self.gate {
            Gate::AtMost(gate) => self.value <= gate,
            Gate::AtLeast(gate) => self.value >= gate,
        }
    }

    fn line(&self, met: bool, noise: &Value, quick: bool) -> Value {
        let (Gate::AtMost(gate) | Gate::AtLeast(gate)) = self.gate;
        json!({
            "test": self.name, "what": self.what, "value": round(self.value), "unit": self.unit, "gate": gate,
            "met": met, "quick": quick, "details": self.details, "machine": noise,
        })
    }
}

impl Bench {
    fn run_all(&self, wanted: &[String]) -> anyhow::Result<Vec<&'static str>> {
        let mut missed = Vec::new();
        for (names, workload) in WORKLOADS {
            let asked = |name: &str| wanted.is_empty() || wanted.iter().any(|w| w == name);
            if !names.iter().any(|name| asked(name)) {
                continue;
            }
            let before = Machine::now()?;
            let figures = workload(self)?;
            let noise = Machine::now()?.since(&before);
            for figure in figures.into_iter().filter(|figure| asked(figure.name)) {
                let met = figure.met();
                println!("{}", figure.line(met, &noise, self.quick));
                if !met {
                    missed.push(figure.name);
                }
            }
        }
        Ok(missed)
    }

    fn build(&self, what: &[&str]) -> anyhow::Result<()> {
        self.build_as("release", what)
    }

    fn build_as(&self, profile: &str, what: &[&str]) -> anyhow::Result<()> {
        let mut command = Command::new(env!("CARGO"));
        command.current_dir(&self.root).args(["build", "--quiet", "--profile", profile]).args(what);
        super::setup::call(&mut command)
    }

    fn rounds(&self) -> usize {
        if self.quick { 1 } else { 3 }
    }

    fn seconds(&self, long: u64) -> u64 {
        if self.quick { long.min(4) } else { long }
    }

    /// A program of the release build.
    fn program(&self, name: &str) -> PathBuf {
        built(&self.root, "release", name)
    }
}

fn built(root: &Path, profile: &str, name: &str) -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    target.join(profile).join(name)
}

/// Four digits are more than any of this is worth.
fn round(value: f64) -> f64 {
    let scale = 10f64.powi(3 - value.abs().max(1e-9).log10().floor() as i32);
    (value * scale).round() / scale
}

fn quantile(values: &mut [f64], share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let at = (values.len() as f64 * share) as usize;
    values.get(at.min(values.len().saturating_sub(1))).copied().unwrap_or(f64::NAN)
}

fn median(mut values: Vec<f64>) -> f64 {
    quantile(&mut values, 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gate_is_a_side_and_a_number() {
        let figure =
            |value, gate| Figure { name: "T1", what: "", value, unit: "ms", gate, details: json!({}) };
        assert!(figure(0.9, Gate::AtMost(1.0)).met());
        assert!(!figure(0.9, Gate::AtLeast(1.0)).met());
        // What could not be measured is not met.
        assert!(!figure(f64::NAN, Gate::AtMost(1.0)).met());
        assert!(!figure(f64::NAN, Gate::AtLeast(1.0)).met());
    }

    #[test]
    fn middles() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), 2.0);
        assert_eq!(quantile(&mut [1.0, 2.0, 3.0, 4.0], 0.99), 4.0);
        assert_eq!(round(12.3456), 12.35);
        assert_eq!(round(0.0123456), 0.01235);
    }
}
