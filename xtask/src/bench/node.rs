//! The node under test: the release binary with a configuration of its own, and the function that drives its calls.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

use super::Bench;
use super::machine::{LOAD, NODE, Usage, pinned};

/// RTP ports of the node; those of the parties lie below, those the kernel hands out above.
pub(super) const FIRST_PORT: u16 = 22_000;
const LAST_PORT: u16 = 32_767;
/// Where the callee listens.
pub(super) const CALLEE: u16 = 9_892;
/// Dialled numbers, by what the function does.
pub(super) const HELD: &str = "+15550100";
pub(super) const BRIDGED: &str = "+15550200";
pub(super) const PROMPTED: &str = "+15550300";

/// A child that ends with its handle.
pub(super) struct Running(pub(super) Child);

impl Drop for Running {
    fn drop(&mut self) {
        // Both fail only when it is gone already.
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// A running node with its function.
pub(super) struct Node {
    pub(super) udp: SocketAddr,
    /// The control plane and browsers' signalling.
    pub(super) api: SocketAddr,
    /// Where the function answers.
    pub(super) function: SocketAddr,
    /// From its start to the line `ready`.
    pub(super) took: Duration,
    process: Running,
    _function: Running,
}

impl Node {
    /// Starts one on an empty directory and waits until it is ready.
    pub(super) fn start(bench: &Bench) -> anyhow::Result<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = bench.folder.join(format!("node-{number}"));
        let prompts = folder.join("objects/prompts");
        std::fs::create_dir_all(&prompts)?;
        std::fs::write(prompts.join("prompt.wav"), prompt())?;

        let mut function = Running(
            pinned(LOAD, &bench.program("load"))
                .arg("function")
                .stdout(Stdio::piped())
                .spawn()
                .context("load")?,
        );
        let port = first_line(&mut function.0)?.trim().parse()?;
        let function_at = SocketAddr::from(([127, 0, 0, 1], port));
        let config = folder.join("switchhook.toml");
        std::fs::write(&config, configuration(function_at))?;

        let began = Instant::now();
        let mut child = pinned(NODE, &bench.binary)
            .args(["serve", "--config"])
            .arg(&config)
            .stdout(Stdio::piped())
            .spawn()
            .context("switchhook")?;
        let output = child.stdout.take().context("no output")?;
        let process = Running(child);
        let (mut udp, mut api) = (None, None);
        for line in BufReader::new(output).lines() {
            let line = line?;
            if let Some(address) = line.strip_prefix("listening api ") {
                api = Some(address.parse()?);
            }
            if let Some(address) = line.strip_prefix("listening udp ") {
                udp = Some(address.parse()?);
            }
            if line == "ready" {
                let udp = udp.context("the node listens on no UDP address")?;
                let api = api.context("the node serves no API")?;
                let took = began.elapsed();
                return Ok(Self { udp, api, function: function_at, took, process, _function: function });
            }
        }
        bail!("the node did not start; `switchhook serve --config {}` says why", config.display())
    }

    pub(super) fn pid(&self) -> u32 {
        self.process.0.id()
    }

    pub(super) fn usage(&self) -> anyhow::Result<Usage> {
        Usage::of(self.process.0.id())
    }
}

/// The first line a child prints; the rest stays unread.
pub(super) fn first_line(child: &mut Child) -> anyhow::Result<String> {
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().context("no output")?).read_line(&mut line)?;
    Ok(line)
}

/// The defaults, but for one media thread and what has to be named.
fn configuration(function: SocketAddr) -> String {
    let rule = |name: &str, number: &str| {
        format!("[[seed.rule]]\nname = \"{name}\"\nnumber = \"{number}\"\napplications = [\"bench\"]\n")
    };
    format!(
        r#"data_dir = "data"
[api]
listen = "127.0.0.1:0"
any_key = true
[sip]
udp = "127.0.0.1:0"
tcp = "127.0.0.1:0"
[media]
ports = "{FIRST_PORT}-{LAST_PORT}"
bind = "127.0.0.1"
webrtc = "127.0.0.1:0"
shards = 1
[objects]
folder = "objects"
[[function]]
name = "bench"
runtime = "http"
url = "http://{function}/"
secret = "bench"
[[carrier]]
name = "loopback"
uri = "sip:127.0.0.1:{CALLEE}"
prefixes = ["+"]
sources = ["127.0.0.0/8"]
[log]
filter = "warn"
[seed]
numbers = ["{HELD}", "{BRIDGED}", "{PROMPTED}"]
[[seed.application]]
name = "bench"
function = "bench"
{}{}{}"#,
        rule("held", HELD),
        rule("bridged", BRIDGED),
        rule("prompted", PROMPTED),
    )
}

/// Seven seconds of a tone as WAV, 8 kHz mono.
fn prompt() -> Vec<u8> {
    const SAMPLES: u32 = 7 * 8_000;
    let mut wav = Vec::new();
    wav.extend_from_slice(b"RIFF");
    wav.extend_from_slice(&(36 + 2 * SAMPLES).to_le_bytes());
    wav.extend_from_slice(b"WAVEfmt ");
    wav.extend_from_slice(&16u32.to_le_bytes());
    // Linear, one channel, samples and bytes per second, bytes per sample, bits per sample.
    for field in [1u16, 1] {
        wav.extend_from_slice(&field.to_le_bytes());
    }
    for field in [8_000u32, 16_000] {
        wav.extend_from_slice(&field.to_le_bytes());
    }
    for field in [2u16, 16] {
        wav.extend_from_slice(&field.to_le_bytes());
    }
    wav.extend_from_slice(b"data");
    wav.extend_from_slice(&(2 * SAMPLES).to_le_bytes());
    for n in 0..SAMPLES {
        let phase = f64::from(n) * 440.0 * std::f64::consts::TAU / 8_000.0;
        wav.extend_from_slice(&((phase.sin() * 8_000.0) as i16).to_le_bytes());
    }
    wav
}
