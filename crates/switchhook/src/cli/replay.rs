//! `switchhook replay ID`: the same call again from its journal, or its events for today's handler.

mod difference;
mod handler;
mod state;

use anyhow::bail;
use base::Timestamp;
use call::Divergence;
use clap::Args;
use node::{Detail, JournalEntry, JournalLine, Ladder};

use super::place::Place;
use super::show;
use crate::paint::Paint;

/// Options of `switchhook replay`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  switchhook replay last                does the journal hold: are all effects wanted again?
  switchhook replay last --at 2.5       the call as it stood 2.5 s after its beginning
  switchhook replay last --at 2026-03-01T12:00:02.5Z
  switchhook replay last --handler      sends the recorded events to today's handler, and compares

With --handler the function really runs, with everything it does: calls it makes, mails it sends.")]
pub(super) struct Replay {
    /// The call's TransactionId, its beginning, or `last`
    #[arg(default_value = "last")]
    id: String,
    #[command(flatten)]
    place: Place,
    /// Stop at this moment: seconds since the beginning, or a time in UTC
    #[arg(long, value_name = "T", conflicts_with = "handler")]
    at: Option<String>,
    /// Send the recorded events to the configured function and compare its answers
    #[arg(long)]
    handler: bool,
}

impl Replay {
    /// Replays and prints what comes of it; an error where the replay differs.
    pub(super) fn run(self) -> anyhow::Result<()> {
        let data = self.place.open()?;
        let call = show::find(&data, &self.id)?;
        let lines = data.journals.read(call)?.unwrap_or_default();
        let paint = Paint::of_stdout();
        if !matches!(lines.first().map(|line| &line.entry), Some(JournalEntry::Setup(_))) {
            bail!("no function drove {call}: there is nothing to replay");
        }
        if self.handler {
            return handler::run(&self.place, &lines, paint);
        }
        match &self.at {
            Some(at) => {
                let until = moment(at, lines[0].at)?;
                stopped(&lines, until, paint)
            }
            None => whole(&lines, paint),
        }
    }
}

/// Replays everything.
fn whole(lines: &[JournalLine], paint: Paint) -> anyhow::Result<()> {
    let Some(call) = checked(lines, None)? else { bail!("the journal is empty") };
    let events = lines.iter().filter(|line| matches!(line.entry, JournalEntry::Event(_))).count();
    let effects: usize = lines
        .iter()
        .map(|line| if let JournalEntry::Effects(effects) = &line.entry { effects.len() } else { 0 })
        .sum();
    println!("{} {events} events bring about the same {effects} effects", paint.green("equal:"));
    if !call.is_finished() {
        println!("the call is not over in this journal; as it stands:");
        print!("{}", state::state(&call, lines, last(lines), paint));
    }
    Ok(())
}

/// Replays up to a moment: ladder, state, timers.
fn stopped(lines: &[JournalLine], until: Timestamp, paint: Paint) -> anyhow::Result<()> {
    let mut ladder = Ladder::new(Detail::Brief, paint.is_on());
    let mut text = String::new();
    for line in lines.iter().take_while(|line| line.at <= until) {
        ladder.line(line, &mut text);
    }
    print!("{text}");
    let Some(call) = checked(lines, Some(until))? else { bail!("the call has not begun by then") };
    println!();
    print!("{}", state::state(&call, lines, until, paint));
    Ok(())
}

fn checked(lines: &[JournalLine], until: Option<Timestamp>) -> anyhow::Result<Option<call::Call>> {
    let began = lines.first().map_or_else(Timestamp::default, |line| line.at);
    node::replay(lines, until).map_err(|divergence| explained(divergence, began))
}

/// Where the two part, effect by effect.
fn explained(divergence: Divergence, began: Timestamp) -> anyhow::Error {
    let as_json = |effects: &[call::Effect]| serde_json::to_value(effects).unwrap_or_default();
    let lines = difference::differences(&as_json(&divergence.recorded), &as_json(&divergence.replayed));
    anyhow::anyhow!(
        "differs: at {:.3} s the replay (+) does not want what the journal says (-)\n{}",
        divergence.at.since(began).as_secs_f64(),
        lines.join("\n")
    )
}

fn last(lines: &[JournalLine]) -> Timestamp {
    lines.last().map_or_else(Timestamp::default, |line| line.at)
}

/// Seconds since the beginning, or a time.
fn moment(text: &str, began: Timestamp) -> anyhow::Result<Timestamp> {
    if let Ok(seconds) = super::line::seconds(text.trim_end_matches('s')) {
        return Ok(began + seconds);
    }
    match Timestamp::parse_iso8601(text) {
        Some(at) => Ok(at),
        None => bail!("{text:?} is neither a number of seconds nor a time such as 2026-03-01T12:00:02.5Z"),
    }
}
