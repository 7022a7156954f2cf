//! `switchhook calls`: live and past calls, read from the data folder (the node need not run).

use std::collections::BTreeMap;
use std::fmt::Write;

use base::{Timestamp, TransactionId};
use clap::Args;
use node::{JournalEntry, RelayRecord};
use serde_json::json;

use super::place::Place;
use crate::paint::Paint;
use crate::store::LegRecord;

/// Options of `switchhook calls`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  switchhook calls
  switchhook calls --json | jq .TransactionId")]
pub(super) struct Calls {
    #[command(flatten)]
    place: Place,
    /// How many past call legs to show at most
    #[arg(long, default_value_t = 50)]
    limit: usize,
    /// Print one JSON object per line instead of a table
    #[arg(long)]
    json: bool,
}

struct Row {
    started: Timestamp,
    state: String,
    transaction: TransactionId,
    from: String,
    to: String,
    legs: usize,
    seconds: Option<u64>,
    application: String,
}

impl Calls {
    /// Prints the list, live calls first, then the newest past ones.
    pub(super) fn run(self) -> anyhow::Result<()> {
        let data = self.place.open()?;
        let mut rows = Vec::new();
        for (transaction, lines) in data.journals.read_all(&data.journals.live_calls()?)? {
            let Some(first) = lines.first() else { continue };
            if lines.iter().any(|l| matches!(l.entry, JournalEntry::End)) {
                continue;
            }
            let (from, to, application, legs) = match &first.entry {
                JournalEntry::Setup(setup) => match &setup.origin {
                    call::Origin::Inbound { from, to, targets, .. } => {
                        (from, to, targets.first().map(|t| t.application.clone()).unwrap_or_default(), 1)
                    }
                    call::Origin::Outbound { from, to, target, .. } => {
                        (from, to, target.application.clone(), 1)
                    }
                },
                JournalEntry::RelaySetup(setup) => (&setup.from, &setup.to, String::new(), 2),
                _ => continue,
            };
            rows.push(Row {
                started: first.at,
                state: if data.node_runs { "live".into() } else { "cut off".into() },
                transaction,
                from: from.clone(),
                to: to.clone(),
                legs,
                seconds: None,
                application,
            });
        }
        rows.extend(past(data.store.call_records(self.limit)?));
        if self.json {
            for row in rows {
                println!("{}", row.json());
            }
        } else {
            print!("{}", table(&rows, Paint::of_stdout()));
        }
        Ok(())
    }
}

/// One row per call, from the records of its legs.
fn past(records: Vec<LegRecord>) -> Vec<Row> {
    let mut rows: BTreeMap<(std::cmp::Reverse<Timestamp>, TransactionId), Row> = BTreeMap::new();
    let mut newest: BTreeMap<TransactionId, Timestamp> = BTreeMap::new();
    for record in records {
        let record = match record {
            LegRecord::Call(record) => record,
            LegRecord::Relay(record) => {
                rows.insert((std::cmp::Reverse(record.ended), record.transaction), relayed(record));
                continue;
            }
        };
        let ended = *newest.entry(record.transaction).or_insert(record.ended);
        let row = rows.entry((std::cmp::Reverse(ended), record.transaction)).or_insert_with(|| Row {
            started: record.started,
            state: String::new(),
            transaction: record.transaction,
            from: String::new(),
            to: String::new(),
            legs: 0,
            seconds: None,
            application: record.application.clone(),
        });
        row.legs += 1;
        row.started = row.started.min(record.started);
        if record.tag == "LEG-A" {
            row.from = record.from.clone();
            row.to = record.to.clone();
            row.seconds = record.answered.map(|at| record.ended.since(at).as_secs());
            row.state = state(record.crashed, record.answered.is_some(), record.code);
        }
    }
    rows.into_values().collect()
}

fn state(crashed: bool, answered: bool, code: u16) -> String {
    match (crashed, answered, code) {
        (true, ..) => "crashed".into(),
        (_, true, _) => "completed".into(),
        (_, false, 0) => "cancelled".into(),
        (_, false, code) => format!("failed {code}"),
    }
}

/// A connector's call that no function drove.
fn relayed(record: RelayRecord) -> Row {
    Row {
        started: record.started,
        state: state(record.crashed, record.answered.is_some(), record.code),
        transaction: record.transaction,
        seconds: record.answered.map(|at| record.ended.since(at).as_secs()),
        from: record.from,
        to: record.to,
        legs: 2,
        application: String::new(),
    }
}

impl Row {
    fn json(&self) -> serde_json::Value {
        json!({
            "TransactionId": self.transaction, "State": self.state, "From": self.from, "To": self.to,
            "Legs": self.legs, "Started": self.started.iso8601(), "Seconds": self.seconds,
            "SipMediaApplicationId": self.application,
        })
    }
}

/// Columns: widths fit what they hold, the id last so that it can be copied whole.
fn table(rows: &[Row], paint: Paint) -> String {
    if rows.is_empty() {
        return "no calls yet\n".into();
    }
    let heads = ["STARTED", "STATE", "FROM", "TO", "LEGS", "SECONDS", "CALL"].map(str::to_owned);
    let cells: Vec<[String; 7]> = rows
        .iter()
        .map(|row| {
            [
                row.started.iso8601().get(..19).unwrap_or_default().replace('T', " "),
                row.state.clone(),
                row.from.clone(),
                row.to.clone(),
                row.legs.to_string(),
                row.seconds.map_or("-".into(), |s| s.to_string()),
                row.transaction.to_string(),
            ]
        })
        .collect();
    let width = |column: usize| {
        let all = std::iter::once(&heads).chain(&cells);
        all.map(|cells| cells[column].chars().count()).max().unwrap_or_default()
    };
    let widths: [usize; 7] = std::array::from_fn(width);
    let mut out = String::new();
    for (index, cells) in std::iter::once(&heads).chain(&cells).enumerate() {
        for (column, (cell, width)) in cells.iter().zip(widths).enumerate() {
            let padded = match column {
                4 | 5 => format!("{cell:>width$}  "),
                6 => cell.clone(),
                _ => format!("{cell:<width$}  "),
            };
            let painted = match (index, column, cell.as_str()) {
                (0, ..) => paint.dim(&padded),
                (_, 1, "completed") => paint.green(&padded),
                (_, 1, "live") => paint.cyan(&padded),
                (_, 1, _) => paint.red(&padded),
                _ => padded,
            };
            out.push_str(&painted);
        }
        let _ = writeln!(out);
    }
    out
}
