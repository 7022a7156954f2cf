//! From nothing to ready.

use serde_json::json;

use super::node::Node;
use super::{Bench, Figure, Gate, median};

/// T11: time to `ready` on an empty directory, and memory then.
pub(super) fn run(bench: &Bench) -> anyhow::Result<Vec<Figure>> {
    let (mut seconds, mut mib) = (Vec::new(), Vec::new());
    for _ in 0..if bench.quick { 3 } else { 9 } {
        let node = Node::start(bench)?;
        seconds.push(node.took.as_secs_f64());
        mib.push(node.usage()?.resident_kib / 1_024.0);
    }
    let details = json!({ "seconds": seconds, "resident_mib": mib });
    Ok(vec![
        Figure {
            name: "T11",
            what: "`serve` to `ready` on an empty directory",
            value: median(seconds),
            unit: "s",
            gate: Gate::AtMost(0.3),
            details: details.clone(),
        },
        Figure {
            name: "T11",
            what: "resident memory when ready",
            value: median(mib),
            unit: "MiB",
            gate: Gate::AtMost(40.0),
            details,
        },
    ])
}
