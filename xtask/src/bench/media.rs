//! Media: what anchored calls and prompts cost, how many are carried without loss, and the delay they gain.

use std::io::{BufRead, BufReader, Write};
use std::process::{ChildStdin, ChildStdout, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use serde_json::{Value, json};

use super::machine::{LOAD, NODE, Usage, pinned};
use super::node::{BRIDGED, FIRST_PORT, Node, PROMPTED, Running, first_line};
use super::sipp::{Leg, MOST_CALLS, PARTIES_A, PARTIES_B, Sipp};
use super::{Bench, Figure, Gate, median, round};

/// Calls begun per second while a workload is set up.
const RAMP: u64 = 50;
const SETTLE: Duration = Duration::from_secs(3);

/// The RTP parties.
struct Parties {
    process: Running,
    orders: ChildStdin,
    reports: BufReader<ChildStdout>,
}

/// One measured window.
struct Window {
    calls: u64,
    /// Per cent of a core.
    cpu: f64,
    resident_kib_per_call: f64,
    load_cpu: f64,
    report: Value,
}

impl Parties {
    fn start(bench: &Bench, calls: u64, both: bool) -> anyhow::Result<Self> {
        let groups = [PARTIES_A, PARTIES_B].into_iter().take(if both { 2 } else { 1 });
        let mut child = pinned(LOAD, &bench.program("load"))
            .arg("parties")
            .args(groups.map(|first| format!("{first}:{calls}")))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let orders = child.stdin.take().context("no input")?;
        let mut reports = BufReader::new(child.stdout.take().context("no output")?);
        let process = Running(child);
        let mut line = String::new();
        reports.read_line(&mut line)?;
        ensure!(line.trim() == "ready", "the RTP parties did not start: are ports {PARTIES_A} and up free?");
        Ok(Self { process, orders, reports })
    }

    fn talk(&mut self, leg: &Leg) -> anyhow::Result<()> {
        Ok(writeln!(self.orders, "talk {} {} {}", leg.party, leg.address, leg.port)?)
    }

    /// Measures one window of whoever `pid` is.
    fn window(&mut self, calls: u64, pid: u32, idle: f64, seconds: u64) -> anyhow::Result<Window> {
        writeln!(self.orders, "reset")?;
        let (before, load_before, began) = (Usage::of(pid)?, Usage::of(self.process.0.id())?, Instant::now());
        thread::sleep(Duration::from_secs(seconds));
        let (after, load_after, passed) = (Usage::of(pid)?, Usage::of(self.process.0.id())?, began.elapsed());
        writeln!(self.orders, "report")?;
        let mut line = String::new();
        self.reports.read_line(&mut line)?;
        let percent =
            |from: Usage, to: Usage| 100.0 * (to.cpu - from.cpu).as_secs_f64() / passed.as_secs_f64();
        Ok(Window {
            calls,
            cpu: percent(before, after),
            resident_kib_per_call: (after.resident_kib - idle) / calls as f64,
            load_cpu: percent(load_before, load_after),
            report: serde_json::from_str(&line)?,
        })
    }
}

impl Window {
    fn cpu_per_100(&self) -> f64 {
        self.cpu * 100.0 / self.calls as f64
    }

    fn p(&self, which: &str) -> f64 {
        self.report["latency_ms"][which].as_f64().unwrap_or(f64::NAN)
    }

    fn lost(&self) -> u64 {
        self.report["lost"].as_u64().unwrap_or(u64::MAX)
    }

    fn details(&self) -> Value {
        json!({
            "calls": self.calls, "cpu_pct_per_100_calls": round(self.cpu_per_100()),
            "kib_per_call": round(self.resident_kib_per_call), "load_cpu_pct": round(self.load_cpu),
            "rtp": self.report,
        })
    }
}

/// `calls` calls to `number`, up and talking, and one window of them.
fn through_node(
    bench: &Bench,
    node: &Node,
    number: &str,
    calls: u64,
    seconds: u64,
) -> anyhow::Result<Window> {
    let bridged = number == BRIDGED;
    let mut parties = Parties::start(bench, calls, bridged)?;
    let idle = node.usage()?.resident_kib;
    let mut callee = bridged.then(|| Sipp::callee(bench)).transpose()?;
    thread::sleep(Duration::from_millis(300));
    let ramp = Duration::from_secs(calls / RAMP);
    let hold = ramp + SETTLE + Duration::from_secs(seconds + 3);
    let plan = (RAMP, calls, hold.as_millis() as u64);
    let mut caller = Sipp::caller(bench, node, "caller_with_media.xml", number, plan)?;
    let (mut up, until) = (0, Instant::now() + ramp + SETTLE);
    while Instant::now() < until {
        let mut legs = caller.new_legs(PARTIES_A)?;
        if let Some(callee) = &mut callee {
            legs.extend(callee.new_legs(PARTIES_B)?);
        }
        for leg in &legs {
            parties.talk(leg)?;
        }
        up += legs.len() as u64;
        thread::sleep(Duration::from_millis(20));
    }
    let wanted = calls * if bridged { 2 } else { 1 };
    ensure!(up == wanted, "{up} of {wanted} legs are up");
    let window = parties.window(calls, node.pid(), idle, seconds)?;
    caller.finish()?;
    // Ports rest for ten seconds after a call; the next round takes others.
    Ok(window)
}

/// The bare relay with the same parties.
fn through_floor(bench: &Bench, calls: u64, seconds: u64) -> anyhow::Result<Window> {
    let mut relay = Running(
        pinned(NODE, &bench.program("load"))
            .arg("floor")
            .args(
                [calls, u64::from(FIRST_PORT), u64::from(PARTIES_A), u64::from(PARTIES_B)]
                    .map(|n| n.to_string()),
            )
            .stdout(Stdio::piped())
            .spawn()?,
    );
    first_line(&mut relay.0)?;
    let mut parties = Parties::start(bench, calls, true)?;
    for call in 0..calls as u16 {
        for (first, leg) in [(PARTIES_A, 0), (PARTIES_B, 1)] {
            let port = (FIRST_PORT + 8 * call + 4 * leg).to_string();
            parties.talk(&Leg { party: first + 4 * call, address: "127.0.0.1".into(), port })?;
        }
    }
    thread::sleep(Duration::from_secs(1));
    parties.window(calls, relay.0.id(), 0.0, seconds)
}

/// T4 and T6: a hundred calls and the floor, in turn.
pub(super) fn relaying(bench: &Bench) -> anyhow::Result<Vec<Figure>> {
    let node = Node::start(bench)?;
    let seconds = bench.seconds(12);
    let (mut ratios, mut added, mut rounds) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..bench.rounds() {
        let floor = through_floor(bench, 100, seconds)?;
        let ours = through_node(bench, &node, BRIDGED, 100, seconds)?;
        ratios.push(ours.cpu_per_100() / floor.cpu_per_100());
        added.push(ours.p("p50") - floor.p("p50"));
        rounds.push(json!({ "floor": floor.details(), "node": ours.details() }));
    }
    let details = json!({ "ratios": ratios, "added_p50_ms": added, "rounds": rounds });
    Ok(vec![
        Figure {
            name: "T4",
            what: "CPU of 100 anchored G.711 calls over that of a bare relay",
            value: median(ratios),
            unit: "x floor",
            gate: Gate::AtMost(1.5),
            details: details.clone(),
        },
        Figure {
            name: "T6",
            what: "latency added to bridged audio, p50",
            value: median(added),
            unit: "ms",
            gate: Gate::AtMost(0.3),
            details,
        },
    ])
}

/// T5 and T7: more calls each time, until something is lost or late. Each step alternates with the floor, so that what
/// the machine and the parties add themselves is known.
pub(super) fn capacity(bench: &Bench) -> anyhow::Result<Vec<Figure>> {
    let counts: &[u64] = if bench.quick { &[250] } else { &[500, 750, 1_000, 1_250, MOST_CALLS as u64] };
    let (mut best, mut memory, mut steps) = (0, Vec::new(), Vec::new());
    for calls in counts {
        let seconds = bench.seconds(10);
        let floor = through_floor(bench, *calls, seconds)?;
        let node = Node::start(bench)?;
        let window = through_node(bench, &node, BRIDGED, *calls, seconds)?;
        memory.push(window.resident_kib_per_call);
        let added = window.p("p99") - floor.p("p99");
        steps.push(
            json!({ "floor": floor.details(), "node": window.details(), "added_p99_ms": round(added) }),
        );
        if window.lost() > 0 || added >= 20.0 {
            break;
        }
        best = *calls;
    }
    let gate = if bench.quick { 250.0 } else { 750.0 };
    Ok(vec![
        Figure {
            name: "T5",
            what: "anchored calls without loss, p99 of added latency under 20 ms",
            value: best as f64,
            unit: "calls",
            gate: Gate::AtLeast(gate),
            details: json!({ "steps": steps }),
        },
        Figure {
            name: "T7",
            what: "resident memory per bridged call",
            value: median(memory.clone()),
            unit: "KiB",
            gate: Gate::AtMost(64.0),
            details: json!({ "kib_per_call": memory }),
        },
    ])
}

/// T8: a hundred callers hear a prompt.
pub(super) fn prompts(bench: &Bench) -> anyhow::Result<Vec<Figure>> {
    let node = Node::start(bench)?;
    let mut rounds = Vec::new();
    for _ in 0..bench.rounds() {
        rounds.push(through_node(bench, &node, PROMPTED, 100, bench.seconds(12))?);
    }
    Ok(vec![Figure {
        name: "T8",
        what: "CPU of 100 prompts, to callers who talk",
        value: median(rounds.iter().map(Window::cpu_per_100).collect()),
        unit: "% of a core",
        gate: Gate::AtMost(10.0),
        details: json!({ "rounds": rounds.iter().map(Window::details).collect::<Vec<_>>() }),
    }])
}
