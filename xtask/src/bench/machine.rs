//! What the kernel says about processes and the machine, and how programs are put onto cores.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::Context;
use serde_json::{Value, json};

/// The node's core.
pub(super) const NODE: u32 = 0;
/// Everybody else's.
pub(super) const LOAD: u32 = 1;
/// Ticks per second in `/proc`, the same on every Linux that this runs on.
const TICKS: u64 = 100;

/// `program` on one core, with a session and so a scheduling group of its own that comes first: other work on the
/// machine delays it little. Where that is not allowed it runs as it is.
pub(super) fn pinned(core: u32, program: &Path) -> Command {
    let mut command = Command::new("setsid");
    command.args([
        "sh",
        "-c",
        "echo -10 > /proc/self/autogroup; renice -n -10 $$ > /dev/null; exec taskset -c \"$0\" \"$@\"",
    ]);
    command.arg(core.to_string()).arg(program).stderr(std::process::Stdio::null());
    command
}

/// Moves this process to the load's core.
pub(super) fn become_load() {
    let pid = std::process::id().to_string();
    let quietly = |program: &str, arguments: &[&str]| {
        // A machine that does not let us is only noisier.
        Command::new(program).args(arguments).output().ok();
    };
    quietly("taskset", &["-acp", &LOAD.to_string(), &pid]);
    quietly("renice", &["-n", "-10", "-p", &pid]);
    fs::write("/proc/self/autogroup", "-10").ok();
}

/// CPU time and memory of a process.
#[derive(Clone, Copy)]
pub(super) struct Usage {
    pub(super) cpu: Duration,
    pub(super) resident_kib: f64,
    pub(super) threads: u64,
}

impl Usage {
    pub(super) fn of(pid: u32) -> anyhow::Result<Self> {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat"))?;
        // The name in brackets may hold anything.
        let (_, rest) = stat.rsplit_once(')').context("no figures of the process")?;
        let field = |at: usize| -> anyhow::Result<u64> {
            Ok(rest.split_whitespace().nth(at).context("a figure is missing")?.parse()?)
        };
        let cpu = Duration::from_millis((field(11)? + field(12)?) * 1_000 / TICKS);
        Ok(Self { cpu, resident_kib: resident_kib(pid)?, threads: field(17)? })
    }
}

fn resident_kib(pid: u32) -> anyhow::Result<f64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}

/// Time of all cores, in ticks.
pub(super) struct Machine {
    all: u64,
    idle: u64,
    stolen: u64,
}

impl Machine {
    pub(super) fn now() -> anyhow::Result<Self> {
        let stat = fs::read_to_string("/proc/stat")?;
        let fields: Vec<u64> =
            stat.lines().next().unwrap_or_default().split_whitespace().skip(1).flat_map(str::parse).collect();
        let at = |n: usize| fields.get(n).copied().unwrap_or(0);
        Ok(Self { all: fields.iter().take(8).sum(), idle: at(3) + at(4), stolen: at(7) })
    }

    /// How busy the machine was, with everything on it; and what its host took.
    pub(super) fn since(&self, before: &Self) -> Value {
        let all = (self.all - before.all).max(1) as f64;
        let percent = |part: f64| super::round(100.0 * part / all);
        json!({
            "busy_pct": percent(all - (self.idle - before.idle) as f64),
            "steal_pct": percent((self.stolen - before.stolen) as f64),
        })
    }
}
