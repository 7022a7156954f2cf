//! `cargo xtask test`: all tests, after installing what they need. Cheap first.

use std::process::Command;

use super::setup::{call, say, venv_python};

/// Runs everything; stops at the first part that fails.
pub(crate) fn run() -> anyhow::Result<()> {
    super::setup::run()?;
    let root = super::root();
    let cargo = || {
        let mut command = Command::new(env!("CARGO"));
        command.current_dir(&root);
        command
    };

    say("unit and scenario tests");
    let nextest = cargo().args(["nextest", "--version"]).output().is_ok_and(|o| o.status.success());
    if nextest {
        call(cargo().args(["nextest", "run", "--workspace", "--no-fail-fast"]))?;
    } else {
        call(cargo().args(["test", "--workspace", "--lib", "--bins", "--tests"]))?;
    }
    call(cargo().args(["test", "--workspace", "--doc", "--quiet"]))?;

    say("the simulator: 50,000 random calls");
    call(cargo().args(["run", "--quiet", "--release", "-p", "sim", "--", "--calls", "50000"]))?;

    say("black box: the release binary with foreign tools");
    call(cargo().args(["build", "--release", "-p", "switchhook"]))?;
    call(Command::new(venv_python()).current_dir(root.join("tests/blackbox")).args([
        "-m",
        "pytest",
        "-q",
        "-n",
        "4",
        "--timeout",
        "180",
        "-rs",
    ]))
}
