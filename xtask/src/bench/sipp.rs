//! SIPp as caller and callee.

use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::Context;

use super::Bench;
use super::machine::{LOAD, pinned};
use super::node::{CALLEE, Node};

/// First RTP ports of the two sides' parties, four apart; room for this many calls before the node's ports.
pub(super) const PARTIES_A: u16 = 10_000;
pub(super) const PARTIES_B: u16 = 16_000;
pub(super) const MOST_CALLS: u16 = 1_500;
/// SIPp counts its media ports from here on; it opens the first few itself.
const OWN_PORTS: u16 = 100;

/// A run of SIPp, ended with its handle.
pub(super) struct Sipp {
    child: Child,
    folder: PathBuf,
    log_read: u64,
}

/// What a caller reports at its end.
pub(super) struct Outcome {
    pub(super) ok: u64,
    pub(super) failed: u64,
    pub(super) retransmissions: u64,
    pub(super) seconds: f64,
}

/// A party's port and where the node wants its speech.
pub(super) struct Leg {
    pub(super) party: u16,
    pub(super) address: String,
    pub(super) port: String,
}

impl Sipp {
    /// Answers every call.
    pub(super) fn callee(bench: &Bench) -> anyhow::Result<Self> {
        Self::start(bench, "callee.xml", PARTIES_B, &["-p", &CALLEE.to_string()])
    }

    /// Makes `calls` calls to `number`, each held for a while.
    pub(super) fn caller(
        bench: &Bench,
        node: &Node,
        scenario: &str,
        number: &str,
        (rate, calls, hold_ms): (u64, u64, u64),
    ) -> anyhow::Result<Self> {
        let (rate, calls, hold) = (rate.to_string(), calls.to_string(), hold_ms.to_string());
        let server = node.udp.to_string();
        let arguments = [
            &server,
            "-r",
            &rate,
            "-m",
            &calls,
            "-l",
            "40000",
            "-d",
            &hold,
            "-key",
            "number",
            number,
            "-trace_stat",
            "-stf",
            "statistics",
            "-fd",
            "1",
            "-recv_timeout",
            "8000",
        ];
        Self::start(bench, scenario, PARTIES_A, &arguments)
    }

    fn start(bench: &Bench, scenario: &str, media: u16, arguments: &[&str]) -> anyhow::Result<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = bench.folder.join(format!("sipp-{number}"));
        std::fs::create_dir_all(&folder)?;
        let child = pinned(LOAD, Path::new("sipp"))
            .current_dir(&folder)
            .arg("-sf")
            .arg(bench.root.join("tests/bench/sipp").join(scenario))
            .args(["-i", "127.0.0.1", "-mi", "127.0.0.1", "-nostdin", "-timeout", "600s"])
            .args(["-mp", &(media - OWN_PORTS).to_string(), "-trace_logs", "-log_file", "log"])
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .context("sipp: `cargo xtask setup` installs it")?;
        Ok(Self { child, folder, log_read: 0 })
    }

    /// Waits until all calls are over.
    pub(super) fn finish(&mut self) -> anyhow::Result<Outcome> {
        // It exits with an error when a call failed; the statistics say how many.
        self.child.wait()?;
        let text =
            std::fs::read_to_string(self.folder.join("statistics")).context("SIPp wrote no statistics")?;
        let mut lines = text.lines();
        let head: Vec<&str> = lines.next().unwrap_or_default().split(';').collect();
        let last: Vec<&str> = lines.next_back().unwrap_or_default().split(';').collect();
        let field = |name: &str| {
            let at = head.iter().position(|column| *column == name);
            at.and_then(|at| last.get(at)).copied().with_context(|| format!("SIPp's statistics lack {name}"))
        };
        let mut elapsed = 0.0;
        for part in field("ElapsedTime(C)")?.split(':').take(3) {
            elapsed = 60.0 * elapsed + part.parse::<f64>().unwrap_or(0.0);
        }
        Ok(Outcome {
            ok: field("SuccessfulCall(C)")?.parse()?,
            failed: field("FailedCall(C)")?.parse()?,
            retransmissions: field("Retransmissions(C)")?.parse()?,
            seconds: elapsed,
        })
    }

    /// The legs that were answered since it was asked last, for parties from `first` on.
    pub(super) fn new_legs(&mut self, first: u16) -> anyhow::Result<Vec<Leg>> {
        let Ok(mut file) = std::fs::File::open(self.folder.join("log")) else { return Ok(Vec::new()) };
        file.seek(SeekFrom::Start(self.log_read))?;
        let mut text = String::new();
        file.read_to_string(&mut text)?;
        // A line that is being written waits for the next time.
        text.truncate(text.rfind('\n').map_or(0, |end| end + 1));
        self.log_read += text.len() as u64;
        let mut legs = Vec::new();
        for line in text.lines() {
            if let ["leg", number, address, port] = line.split_whitespace().collect::<Vec<_>>()[..] {
                let party = first + 4 * (number.parse::<u16>()? - 1);
                legs.push(Leg { party, address: address.into(), port: port.into() });
            }
        }
        Ok(legs)
    }
}

impl Drop for Sipp {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
