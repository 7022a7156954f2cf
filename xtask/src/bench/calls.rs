//! Signalling: what a call costs, how many can begin in a second, and how long one takes to be answered.

use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;

use super::node::{HELD, Node};
use super::sipp::{Outcome, Sipp};
use super::{Bench, Figure, Gate, median, probe, quantile};

const HOLD_MS: u64 = 1_000;
/// What the last call still costs after its BYE: its last invocation, records, journal.
const AFTERWARDS: Duration = Duration::from_millis(1_500);
/// Calls per second of the workload whose cost and delay count.
const RATE: u64 = 50;
const PROBES: usize = 8;

/// T1 and T3.
pub(super) fn cost_and_delay(bench: &Bench) -> anyhow::Result<Vec<Figure>> {
    let node = Node::start(bench)?;
    let seconds = bench.seconds(20);
    let (mut costs, mut delays, mut p99s) = (Vec::new(), Vec::new(), Vec::new());
    let (mut functions, mut threads) = (Vec::new(), 0);
    for _ in 0..bench.rounds() {
        let before = node.usage()?;
        let outcome = run(bench, &node, RATE, seconds)?;
        thread::sleep(AFTERWARDS);
        let after = node.usage()?;
        threads = after.threads;
        anyhow::ensure!(
            outcome.failed == 0,
            "{} of {} calls failed",
            outcome.failed,
            outcome.ok + outcome.failed
        );
        costs.push(1_000.0 * (after.cpu - before.cpu).as_secs_f64() / outcome.ok as f64);

        let mut took = delay(bench, &node, seconds)?;
        functions.extend(probe::function(node.function, 200)?);
        delays.push(quantile(&mut took, 0.5));
        p99s.push(quantile(&mut took, 0.99));
    }
    let function = median(functions);
    Ok(vec![
        Figure {
            name: "T1",
            what: "CPU of a call that an external function drives",
            value: median(costs.clone()),
            unit: "ms",
            gate: Gate::AtMost(1.0),
            details: json!({ "calls_per_second": RATE, "rounds_ms": costs, "threads": threads }),
        },
        Figure {
            name: "T3",
            what: "INVITE to 200 less the function's time, p50, at 50 calls/s",
            value: median(delays.clone()) - function,
            unit: "ms",
            gate: Gate::AtMost(1.5),
            details: json!({
                "invite_to_200_p50_ms": delays, "invite_to_200_p99_ms": p99s, "function_p50_ms": function,
            }),
        },
    ])
}

fn run(bench: &Bench, node: &Node, rate: u64, seconds: u64) -> anyhow::Result<Outcome> {
    Sipp::caller(bench, node, "caller.xml", HELD, (rate, rate * seconds, HOLD_MS))?.finish()
}

/// Probes beside the load.
fn delay(bench: &Bench, node: &Node, seconds: u64) -> anyhow::Result<Vec<f64>> {
    let mut load = Sipp::caller(bench, node, "caller.xml", HELD, (RATE, RATE * seconds, HOLD_MS))?;
    let until = Instant::now() + Duration::from_secs(seconds);
    let probes: Vec<_> = (0..PROBES)
        .map(|_| {
            let server = node.udp;
            // Not all at the same moment.
            thread::sleep(Duration::from_millis(67));
            thread::spawn(move || probe::calls(server, HELD, until))
        })
        .collect();
    let mut took = Vec::new();
    for probe in probes {
        took.extend(probe.join().map_err(|_| anyhow::anyhow!("a probe panicked"))??);
    }
    load.finish()?;
    Ok(took)
}

/// T2: a rate more each time, until it is not sustained.
pub(super) fn capacity(bench: &Bench) -> anyhow::Result<Vec<Figure>> {
    let node = Node::start(bench)?;
    let rates: &[u64] =
        if bench.quick { &[500, 1_000] } else { &[500, 1_000, 1_250, 1_500, 1_750, 2_000, 2_500] };
    let (mut best, mut steps) = (0, Vec::new());
    for rate in rates {
        let seconds = bench.seconds(12);
        let before = node.usage()?;
        let outcome = run(bench, &node, *rate, seconds)?;
        thread::sleep(AFTERWARDS);
        let after = node.usage()?;
        let all = outcome.ok + outcome.failed;
        let failed = 100.0 * outcome.failed as f64 / all.max(1) as f64;
        // A caller that falls behind has not offered the rate.
        let offered = all as f64 / (outcome.seconds - 0.001 * HOLD_MS as f64).max(1.0);
        steps.push(json!({
            "calls_per_second": rate, "offered_per_second": super::round(offered), "failed_pct": failed,
            "retransmissions": outcome.retransmissions,
            "cpu_ms_per_call": super::round(1_000.0 * (after.cpu - before.cpu).as_secs_f64() / all.max(1) as f64),
            "resident_mib": super::round(after.resident_kib / 1_024.0),
        }));
        if failed >= 1.0 || offered < 0.95 * *rate as f64 {
            break;
        }
        best = *rate;
    }
    Ok(vec![Figure {
        name: "T2",
        what: "calls per second with less than 1 % failed, a function deciding",
        value: best as f64,
        unit: "calls/s",
        gate: Gate::AtLeast(1_000.0),
        details: json!({ "steps": steps }),
    }])
}
