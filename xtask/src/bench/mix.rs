//! A meeting of telephones: what its mix costs, without sockets.

use anyhow::Context;
use serde_json::json;

use super::machine::{NODE, pinned};
use super::{Bench, Figure, Gate, median};

/// T9: fifty parties, of whom all talk (the worst) or three (the usual).
pub(super) fn run(bench: &Bench) -> anyhow::Result<Vec<Figure>> {
    bench.build(&["-p", "media", "--example", "meeting"])?;
    let seconds = bench.seconds(120).to_string();
    let share = |talkers: &str| -> anyhow::Result<f64> {
        let output =
            pinned(NODE, &bench.program("examples/meeting")).args(["50", talkers, &seconds]).output()?;
        let text = String::from_utf8_lossy(&output.stdout);
        let (_, rest) = text.split_once("talk: ").context("meeting printed no figure")?;
        Ok(rest.split(' ').next().unwrap_or_default().parse()?)
    };
    let (mut all, mut three) = (Vec::new(), Vec::new());
    for _ in 0..bench.rounds() {
        all.push(share("50")?);
        three.push(share("3")?);
    }
    Ok(vec![Figure {
        name: "T9",
        what: "a 50-party G.711 mix, all of them talking, without sockets",
        value: median(all.clone()),
        unit: "% of a core",
        gate: Gate::AtMost(10.0),
        details: json!({ "rounds": all, "three_talk": median(three.clone()), "three_talk_rounds": three }),
    }])
}
