//! `cargo xtask test`: all tests, after installing what they need. Cheap first.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::Instant;

use anyhow::{Context, bail};

use super::setup::{call, say, venv_python};

/// Random calls of a run of the simulator.
const CALLS: &str = "50000";

/// Runs everything; stops at the first part that fails.
pub(crate) fn run() -> anyhow::Result<()> {
    super::setup::run()?;
    let emulators = Emulators::start()?;
    part("unit and scenario tests", || units(&emulators.variables))?;
    drop(emulators);
    part("examples in the documentation", || {
        call(cargo().args(["test", "--workspace", "--doc", "--quiet"]))
    })?;
    part("the simulator: 50,000 random calls", || {
        call(cargo().args(["run", "--quiet", "--release", "-p", "sim", "--", "--calls", CALLS]))
    })?;
    part("the release binary", || {
        call(cargo().args(["build", "--release", "-p", "switchhook", "-p", "load"]))
    })?;
    part("black box: the release binary with foreign tools", black_box)
}

/// One part of the tests, with the time it took.
fn part(name: &str, work: impl FnOnce() -> anyhow::Result<()>) -> anyhow::Result<()> {
    say(name);
    let began = Instant::now();
    work().with_context(|| name.to_owned())?;
    say(&format!("{name}: done after {} s", began.elapsed().as_secs()));
    Ok(())
}

fn cargo() -> Command {
    let mut command = Command::new(env!("CARGO"));
    command.current_dir(super::root());
    command
}

fn units(variables: &[(String, String)]) -> anyhow::Result<()> {
    let nextest = cargo().args(["nextest", "--version"]).output().is_ok_and(|o| o.status.success());
    let arguments: &[&str] = if nextest {
        &["nextest", "run", "--workspace", "--no-fail-fast", "--status-level", "fail"]
    } else {
        &["test", "--workspace", "--lib", "--bins", "--tests", "--no-fail-fast"]
    };
    call(cargo().args(arguments).envs(variables.iter().cloned()))
}

fn black_box() -> anyhow::Result<()> {
    let root = super::root();
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |d| root.join(d));
    call(
        Command::new(venv_python())
            .current_dir(root.join("tests/blackbox"))
            .env("SWITCHHOOK_TEST_BINARY", target.join("release/switchhook"))
            .args(["-m", "pytest", "-q", "-n", "4", "--timeout", "240", "-rs", "--durations", "10"]),
    )
}

/// Stand-ins for AWS, for as long as this lives.
struct Emulators {
    process: Child,
    /// Its end ends the process.
    input: Option<ChildStdin>,
    variables: Vec<(String, String)>,
}

impl Emulators {
    fn start() -> anyhow::Result<Self> {
        let mut process = Command::new(venv_python())
            .arg(super::root().join("tests/emulators.py"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("cannot start tests/emulators.py")?;
        let input = process.stdin.take();
        let output = BufReader::new(process.stdout.take().context("it has an output")?);
        let mut emulators = Self { process, input, variables: Vec::new() };
        for line in output.lines() {
            let line = line?;
            match line.split_once('=') {
                Some((name, value)) => emulators.variables.push((name.to_owned(), value.to_owned())),
                None => return Ok(emulators),
            }
        }
        bail!("tests/emulators.py ended before it was ready")
    }
}

impl Drop for Emulators {
    fn drop(&mut self) {
        self.input = None;
        self.process.wait().ok();
    }
}
