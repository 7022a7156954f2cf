//! `cargo xtask tidy`: house rules that no compiler checks.
//!
//! - The arrows between our crates are those of ARCHITECTURE.md, and pure crates use no crate that does IO.
//! - Every pure crate has the lint file that bans clocks, threads, sockets and files.
//! - Text files have no trailing spaces and end with one newline.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};

/// Which of our crates a crate may use; everything else of ours is an arrow that is not drawn.
const ARROWS: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("sip", &["base"]),
    ("media", &["base"]),
    ("call", &["base"]),
    ("meet", &["base"]),
    ("api", &["base"]),
    ("directory", &["base", "api"]),
    ("node", &["base", "sip", "media", "call", "meet", "api", "directory"]),
    ("sim", &["base", "sip", "media", "call", "meet", "api", "directory", "node"]),
    ("switchhook", &["base", "sip", "media", "call", "meet", "api", "directory", "node"]),
    ("xtask", &["base", "api", "call", "directory", "node", "sip"]),
];

/// Crates whose every dependency is listed: no IO, no clock, no randomness of the system.
const PURE: &[&str] = &["base", "sip", "media", "call", "meet", "api", "directory", "node"];

/// What pure crates may use from outside.
const PURE_DEPENDENCIES: &[&str] = &[
    "bytes",
    "fancy-regex",
    "hmac",
    "hound",
    "md-5",
    "memchr",
    "opus",
    "percent-encoding",
    "prost",
    "quick-xml",
    "serde",
    "serde_json",
    "sha2",
    "str0m", // draws its own keys: `media::webrtc` is the one place that is not reproducible
    "symphonia",
    "thiserror",
    "tracing",
    "uuid",
    "base64",
    "slab",
    "rustc-hash",
    "indexmap",
    "smallvec",
    "itoa",
];

/// What the lint file of a pure crate bans at least.
const BANNED: &[&str] = &[
    "time::Instant::now",
    "time::SystemTime::now",
    "thread::spawn",
    "thread::sleep",
    "net::UdpSocket::bind",
    "net::TcpStream::connect",
    "net::TcpStream::connect_timeout",
    "net::TcpListener::bind",
    "fs::read",
    "fs::read_to_string",
    "fs::write",
    "fs::File::open",
    "fs::File::create",
    "fs::OpenOptions::open",
    "env::var",
    "env::var_os",
];

/// Checks all rules; the error lists every finding.
pub(crate) fn run() -> anyhow::Result<()> {
    let root = super::root();
    let mut findings = Vec::new();
    arrows(&root, &mut findings)?;
    text(&root, &mut findings)?;
    if findings.is_empty() {
        return Ok(());
    }
    bail!("{}", findings.join("\n"));
}

fn arrows(root: &Path, findings: &mut Vec<String>) -> anyhow::Result<()> {
    let allowed: BTreeMap<&str, &[&str]> = ARROWS.iter().copied().collect();
    for (name, ours) in &allowed {
        let folder = if *name == "xtask" { root.join("xtask") } else { root.join("crates").join(name) };
        let manifest =
            std::fs::read_to_string(folder.join("Cargo.toml")).with_context(|| format!("crate {name}"))?;
        for dependency in dependencies(&manifest) {
            if allowed.contains_key(dependency.as_str()) {
                if !ours.contains(&dependency.as_str()) {
                    findings.push(format!("{name} uses {dependency}: that arrow is not drawn"));
                }
            } else if PURE.contains(name) && !PURE_DEPENDENCIES.contains(&dependency.as_str()) {
                findings.push(format!("{name} is pure and uses {dependency}"));
            }
        }
        if PURE.contains(name) {
            let lints = std::fs::read_to_string(folder.join("clippy.toml")).unwrap_or_default();
            for banned in BANNED {
                if !lints.contains(&format!("\"std::{banned}\"")) {
                    findings.push(format!("crates/{name}/clippy.toml does not ban {banned}"));
                }
            }
        }
    }
    Ok(())
}

/// Names of what a crate is built with, on any target and before it is built; those for tests may be anything.
fn dependencies(manifest: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut listing = false;
    for line in manifest.lines().map(str::trim) {
        if let Some(table) = line.strip_prefix('[') {
            let table = table.split(']').next().unwrap_or_default();
            // `[dependencies]`, `[target.'cfg(unix)'.build-dependencies]`, or one of them: `[dependencies.name]`.
            let (of, name) = match table.rsplit_once('.') {
                Some((before, last)) if last != "dependencies" && last != "build-dependencies" => {
                    (before.rsplit('.').next().unwrap_or_default(), Some(last))
                }
                _ => (table.rsplit('.').next().unwrap_or_default(), None),
            };
            let counts = matches!(of, "dependencies" | "build-dependencies");
            listing = counts && name.is_none();
            names.extend(name.filter(|_| counts).map(unquoted));
        } else if listing && !line.starts_with('#') {
            let name = line.split(['.', '=', ' ']).next().unwrap_or_default();
            names.extend(Some(unquoted(name)).filter(|name| !name.is_empty()));
        }
    }
    names
}

fn unquoted(name: &str) -> String {
    name.trim_matches(['"', '\'']).to_owned()
}

fn text(root: &Path, findings: &mut Vec<String>) -> anyhow::Result<()> {
    let listed =
        Command::new("git").current_dir(root).args(["ls-files", "-z"]).output().context("git ls-files")?;
    for name in listed.stdout.split(|b| *b == 0).filter(|name| !name.is_empty()) {
        let file = PathBuf::from(String::from_utf8_lossy(name).into_owned());
        let known = ["rs", "toml", "md", "py", "js", "mjs", "ts", "yml"];
        if !file.extension().and_then(|e| e.to_str()).is_some_and(|e| known.contains(&e)) {
            continue;
        }
        let Ok(text) = std::fs::read_to_string(root.join(&file)) else { continue };
        for (number, line) in text.lines().enumerate() {
            if line.ends_with([' ', '\t']) {
                findings.push(format!("{}:{}: trailing space", file.display(), number + 1));
            }
        }
        if !text.is_empty() && (!text.ends_with('\n') || text.ends_with("\n\n")) {
            findings.push(format!("{}: must end with one newline", file.display()));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_house_is_tidy() {
        run().unwrap();
    }

    #[test]
    fn only_real_dependencies_count() {
        let manifest = "[package]\nname = \"x\"\n[dependencies]\nbase.workspace = true\ntokio = \"1\"\n\n[dev-dependencies]\nsim = \"1\"\n";
        assert_eq!(dependencies(manifest), ["base", "tokio"]);
    }

    #[test]
    fn dependencies_are_found_wherever_they_may_stand() {
        let manifest = r#"
            [target.'cfg(unix)'.dependencies]
            mio = { version = "1" }   # [dev-dependencies]
            [target.x86_64-unknown-linux-gnu.dependencies.libc]
            version = "1"
            [build-dependencies]
            "cc" = "1"
            # comment = "1"
            [dependencies.socket2]
            version = "1"
            [dev-dependencies.sim]
            path = "../sim"
            [target.'cfg(unix)'.dev-dependencies]
            tempfile = "3"
            [features]
            extra = []
        "#;
        assert_eq!(dependencies(manifest), ["mio", "libc", "cc", "socket2"]);
    }
}
