//! `cargo xtask setup`: what the tests need and a fresh machine lacks. Says what it runs; does nothing twice.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};

/// Debian packages of the tools nobody here wrote, with a program that shows that each is there.
const PACKAGES: &[(&str, &str)] = &[
    ("gcc", "cc"),
    ("cmake", "cmake"),
    ("python3", "python3"),
    ("python3-venv", ""),
    ("sip-tester", "sipp"),
    ("baresip-core", "baresip"),
    ("chromium", "chromium"),
    ("git", "git"),
];

/// Where npm packages are installed.
const NODE_FOLDERS: &[&str] = &["tests/js", "tests/browser", "apps/click-to-call"];

/// Installs all of it.
pub(crate) fn run() -> anyhow::Result<()> {
    packages()?;
    python()?;
    node()
}

/// The interpreter of the tests' own Python environment.
pub(crate) fn venv_python() -> PathBuf {
    super::root().join(".venv/bin/python")
}

fn packages() -> anyhow::Result<()> {
    let missing: Vec<&str> =
        PACKAGES
            .iter()
            .filter(|(name, program)| {
                if program.is_empty() { !venv_works() && *name == "python3-venv" } else { !on_path(program) }
            })
            .map(|(name, _)| *name)
            .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let as_root = Command::new("id").arg("-u").output().is_ok_and(|o| o.stdout.trim_ascii() == b"0");
    if !as_root || !on_path("apt-get") {
        bail!(
            "these are missing: {0}\nrun: sudo apt-get update && sudo apt-get install -y --no-install-recommends {0}",
            missing.join(" ")
        );
    }
    say(&format!("installing {}", missing.join(" ")));
    call(Command::new("apt-get").args(["-qq", "update"]))?;
    call(
        Command::new("apt-get")
            .env("DEBIAN_FRONTEND", "noninteractive")
            .args(["-qq", "-y", "install", "--no-install-recommends"])
            .args(&missing),
    )
}

/// Python's venv module works when ensurepip is there (Debian keeps it in a package of its own).
fn venv_works() -> bool {
    Command::new("python3").args(["-c", "import venv, ensurepip"]).output().is_ok_and(|o| o.status.success())
}

fn python() -> anyhow::Result<()> {
    let root = super::root();
    let wanted = std::fs::read_to_string(root.join("tests/requirements.txt"))?;
    let stamp = root.join(".venv/requirements.txt");
    if venv_python().exists() && std::fs::read_to_string(&stamp).is_ok_and(|have| have == wanted) {
        return Ok(());
    }
    say("making the Python environment .venv");
    call(Command::new("python3").current_dir(&root).args(["-m", "venv", ".venv"]))?;
    call(Command::new(venv_python()).current_dir(&root).args([
        "-m",
        "pip",
        "install",
        "-q",
        "--disable-pip-version-check",
        "--no-deps",
        "-r",
        "tests/requirements.txt",
    ]))?;
    Ok(std::fs::write(stamp, wanted)?)
}

fn node() -> anyhow::Result<()> {
    NODE_FOLDERS.iter().try_for_each(|folder| npm(folder))
}

/// Installs the packages of one folder, exactly as its lock file says. Nothing of theirs is run at that.
fn npm(name: &str) -> anyhow::Result<()> {
    let folder = super::root().join(name);
    if !folder.join("package.json").exists() {
        return Ok(());
    }
    if !on_path("npm") {
        bail!("npm is missing; install Node.js 20 or newer");
    }
    let wanted = std::fs::read_to_string(folder.join("package-lock.json"))?;
    let stamp = folder.join("node_modules/.installed-lock.json");
    if std::fs::read_to_string(&stamp).is_ok_and(|have| have == wanted) {
        return Ok(());
    }
    say(&format!("installing the npm packages of {name}"));
    call(Command::new("npm").current_dir(&folder).args([
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
    ]))?;
    Ok(std::fs::write(stamp, wanted)?)
}

fn on_path(program: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| is_file(&folder.join(program))))
}

fn is_file(path: &Path) -> bool {
    path.metadata().is_ok_and(|m| m.is_file())
}

/// A line about what happens.
pub(crate) fn say(text: &str) {
    println!("xtask: {text}");
}

/// Runs a command to its end; an error names it.
pub(crate) fn call(command: &mut Command) -> anyhow::Result<()> {
    let status = command.status().with_context(|| format!("cannot start {command:?}"))?;
    if !status.success() {
        bail!("{command:?} failed: {status}");
    }
    Ok(())
}
