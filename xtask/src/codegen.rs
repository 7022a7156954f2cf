//! `cargo xtask codegen`: facts table of a service → `generated.rs` beside the hand-written module that re-exports it.
//!
//! Reads `crates/api/facts/<service>.json` ([`facts`]), prints Rust ([`emit`]), formats it with rustfmt. The facts hold
//! names, types and constraints only; another service is one more facts file and one more name in [`SERVICES`].

mod emit;
mod facts;
mod names;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

/// Module of `crates/api` = name of its facts file.
const SERVICES: &[&str] = &["meetings", "voice"];

/// Whether to write the generated files or only to compare them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Write,
    Check,
}

/// Generates every service's types, or fails naming the first file that is not what the facts say.
pub(crate) fn run(mode: Mode) -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask lies in the workspace")?;
    for service in SERVICES {
        let source = root.join(format!("crates/api/facts/{service}.json"));
        let target = root.join(format!("crates/api/src/{service}/generated.rs"));
        let text = fs::read_to_string(&source).with_context(|| format!("read {}", source.display()))?;
        let facts = facts::Facts::parse(&text).with_context(|| format!("facts of {service}"))?;
        let wanted = format(root, &emit::service(service, &facts)?)?;
        let present = fs::read_to_string(&target).unwrap_or_default();
        match mode {
            _ if present == wanted => {}
            Mode::Write => {
                fs::write(&target, &wanted).with_context(|| format!("write {}", target.display()))?
            }
            Mode::Check => {
                bail!("{} is not what the facts give: run `cargo xtask codegen`", target.display())
            }
        }
    }
    Ok(())
}

/// The text as rustfmt prints it with the workspace's settings.
fn format(root: &Path, code: &str) -> Result<String> {
    let mut rustfmt = Command::new("rustfmt")
        .args(["--edition", "2024"])
        .current_dir(root)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("start rustfmt")?;
    rustfmt.stdin.take().context("rustfmt's input")?.write_all(code.as_bytes())?;
    let output = rustfmt.wait_with_output()?;
    ensure!(output.status.success(), "rustfmt refused the generated code");
    String::from_utf8(output.stdout).context("rustfmt's output")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn committed_code_is_what_the_facts_give() {
        run(Mode::Check).unwrap();
    }

    #[test]
    fn facts_that_contradict_themselves_are_refused() {
        let text = include_str!("../../crates/api/facts/voice.json");
        for (from, to, expected) in [
            (r#""of": "SipRule""#, r#""of": "SipRules""#, "no shape named SipRules"),
            (r#""min": 1, "max": 25"#, r#""least": 1, "max": 25"#, "unknown field `least`"),
            (
                r#""errors": ["Conflict", "NotFound""#,
                r#""errors": ["Conflicts", "NotFound""#,
                "unknown error",
            ),
            (r#""tier": "C""#, r#""tier": "D""#, "unknown variant `D`"),
        ] {
            assert!(text.contains(from), "{from}");
            let error = facts::Facts::parse(&text.replacen(from, to, 1)).unwrap_err();
            assert!(format!("{error:#}").contains(expected), "{error:#}");
        }
    }
}
