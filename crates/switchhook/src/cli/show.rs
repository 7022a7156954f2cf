//! `switchhook show ID`: one call as a ladder.

use std::io::Write;
use std::time::Duration;

use anyhow::{Context, bail};
use base::TransactionId;
use clap::Args;
use node::{Detail, Ladder};

use super::place::{Data, Place};
use crate::paint::Paint;

/// How often a live call's journal is looked at.
const LOOK: Duration = Duration::from_millis(100);

/// Options of `switchhook show`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  switchhook show last             the newest call
  switchhook show 3f2a --full      with whole SIP messages and payloads
  switchhook show last --follow    a live call, until it ends
  switchhook show last --raw | jq  the journal as it is stored

LEG-A's party is on the left, the exchange in the middle, LEG-B's party on the right. ƒ1, ƒ2 … are events
sent to the function, by their Sequence; the line with the milliseconds is its answer.")]
pub(super) struct Show {
    /// The call's TransactionId, its beginning, or `last`
    #[arg(default_value = "last")]
    id: String,
    #[command(flatten)]
    place: Place,
    /// Print the journal's lines as they are stored
    #[arg(long, conflicts_with = "full")]
    raw: bool,
    /// Print whole SIP messages and payloads, timers and small steps
    #[arg(long)]
    full: bool,
    /// Go on printing until the call ends
    #[arg(long, short)]
    follow: bool,
}

impl Show {
    /// Prints the ladder.
    pub(super) fn run(self) -> anyhow::Result<()> {
        let data = self.place.open()?;
        let call = find(&data, &self.id)?;
        let detail = if self.full { Detail::Full } else { Detail::Brief };
        let mut ladder = Ladder::new(detail, Paint::of_stdout().is_on());
        let mut printed = 0;
        loop {
            let lines =
                data.journals.read(call)?.with_context(|| format!("the journal of {call} is gone"))?;
            let mut text = String::new();
            for line in &lines[printed.min(lines.len())..] {
                if self.raw {
                    text.push_str(&serde_json::to_string(line)?);
                    text.push('\n');
                }
                // Fed in any case: it notices the end.
                let mut rung = String::new();
                ladder.line(line, &mut rung);
                if !self.raw {
                    text.push_str(&rung);
                }
            }
            printed = lines.len();
            let mut out = std::io::stdout().lock();
            if out.write_all(text.as_bytes()).and_then(|()| out.flush()).is_err() {
                // Whoever read has seen enough.
                return Ok(());
            }
            let ended = ladder.has_ended();
            if ended || !self.follow || !data.node_runs {
                if !ended && !self.raw {
                    let state =
                        if data.node_runs { "the call is live: --follow goes on" } else { "its node died" };
                    writeln!(out, "({state})").ok();
                }
                return Ok(());
            }
            drop(out);
            std::thread::sleep(LOOK);
        }
    }
}

/// The one call that `text` means.
pub(super) fn find(data: &Data, text: &str) -> anyhow::Result<TransactionId> {
    if text == "last" {
        return last(data)?.context("there is no call yet");
    }
    let found = data.journals.matching(&text.to_lowercase())?;
    match found.as_slice() {
        [] => bail!("no call {text}; `switchhook calls` lists them"),
        [call] => Ok(*call),
        several => bail!("{} calls begin with {text}; give more of the id", several.len()),
    }
}

/// The newest call: the live one that began last, else the one that ended last.
fn last(data: &Data) -> anyhow::Result<Option<TransactionId>> {
    let mut live = Vec::new();
    for (call, lines) in data.journals.read_all(&data.journals.live_calls()?)? {
        live.extend(lines.first().map(|first| (first.at, call)));
    }
    if let Some((_, call)) = live.into_iter().max() {
        return Ok(Some(call));
    }
    Ok(data.store.call_records(1)?.first().map(|record| record.transaction()))
}
