//! Meetings of browsers: what an attendee costs, how steadily it hears, and what many joins leave over.

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use serde_json::{Value, json};

use super::machine::{LOAD, Usage, pinned};
use super::node::{Node, Running, first_line};
use super::{Bench, Figure, Gate, median, quantile, round};

/// The largest meeting the API knows.
const ATTENDEES: u64 = 250;
const TALKERS: u64 = 8;
const SETTLE: Duration = Duration::from_secs(3);

/// A meeting of the largest size, a few of it talking.
pub(super) fn run(bench: &Bench) -> anyhow::Result<Vec<Figure>> {
    let node = Node::start(bench)?;
    let idle = node.usage()?.resident_kib;
    let attendees = if bench.quick { 50 } else { ATTENDEES };
    let mut child = pinned(LOAD, &bench.program("load"))
        .arg("meeting")
        .args([node.api.to_string(), attendees.to_string(), TALKERS.to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut orders = child.stdin.take().context("no input")?;
    let mut reports = BufReader::new(child.stdout.take().context("no output")?);
    let guests = Running(child);
    let mut line = String::new();
    reports.read_line(&mut line)?;
    ensure!(line.trim() == "ready", "the guests did not get into the meeting");
    thread::sleep(SETTLE);
    let (mut costs, mut p99s, mut rounds) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..bench.rounds() {
        writeln!(orders, "reset")?;
        let (before, load_before, began) = (node.usage()?, Usage::of(guests.0.id())?, Instant::now());
        thread::sleep(Duration::from_secs(bench.seconds(12)));
        let (after, load_after, passed) = (node.usage()?, Usage::of(guests.0.id())?, began.elapsed());
        writeln!(orders, "report")?;
        line.clear();
        reports.read_line(&mut line)?;
        let mut report: Value = serde_json::from_str(&line)?;
        let percent =
            |from: Usage, to: Usage| 100.0 * (to.cpu - from.cpu).as_secs_f64() / passed.as_secs_f64();
        let cpu = percent(before, after);
        costs.push(cpu / attendees as f64);
        p99s.push(report["deviation_from_20_ms"]["p99"].as_f64().unwrap_or(f64::NAN));
        ensure!(report["streams"] == attendees, "not everybody hears: {report}");
        report["cpu_pct"] = json!(round(cpu));
        report["load_cpu_pct"] = json!(round(percent(load_before, load_after)));
        report["kib_per_attendee"] = json!(round((after.resident_kib - idle) / attendees as f64));
        rounds.push(report);
    }
    let details = json!({ "attendees": attendees, "talkers": TALKERS, "rounds": rounds });
    Ok(vec![
        Figure {
            name: "MEETING",
            what: "CPU of an attendee's browser in the largest meeting, eight of them talking",
            value: median(costs),
            unit: "% of a core",
            gate: Gate::AtMost(0.4),
            details: details.clone(),
        },
        Figure {
            name: "MEETING",
            what: "p99 of how far two packets of a browser are from 20 ms apart",
            value: quantile(&mut p99s, 0.5),
            unit: "ms",
            gate: Gate::AtMost(20.0),
            details,
        },
    ])
}

/// Ten thousand joins and leaves.
pub(super) fn churn(bench: &Bench) -> anyhow::Result<Vec<Figure>> {
    let node = Node::start(bench)?;
    let times = if bench.quick { 200 } else { 10_000 };
    let before = node.usage()?;
    let mut child = Running(
        pinned(LOAD, &bench.program("load"))
            .arg("churn")
            .args([node.api.to_string(), times.to_string()])
            .stdout(Stdio::piped())
            .spawn()?,
    );
    let report: Value = serde_json::from_str(&first_line(&mut child.0)?)
        .context("something is left over, or nobody got in")?;
    let after = node.usage()?;
    let cost = 1_000.0 * (after.cpu - before.cpu).as_secs_f64() / f64::from(times);
    let details = json!({
        "report": report, "resident_kib_before": before.resident_kib, "resident_kib_after": after.resident_kib,
    });
    Ok(vec![Figure {
        name: "CHURN",
        what: "CPU of a browser's join and leave; nothing is left over",
        value: cost,
        unit: "ms",
        gate: Gate::AtMost(10.0),
        details,
    }])
}
