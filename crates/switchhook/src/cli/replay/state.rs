use std::fmt::Write;

use base::Timestamp;
use call::Call;
use node::{JournalLine, Story};

use crate::paint::Paint;

/// A call at one moment, for people.
pub(super) fn state(call: &Call, lines: &[JournalLine], at: Timestamp, paint: Paint) -> String {
    let mut story = Story::new();
    for line in lines {
        story.tell(line);
    }
    let began = story.began().unwrap_or(at);
    let since = |moment: Timestamp| format!("{:.3}", moment.since(began).as_secs_f64());
    let seen = call.inspect();
    let mut text = String::new();
    let mut row = |name: &str, value: &str| {
        let _ = writeln!(text, "{} {value}", paint.dim(&format!("{name:<11}")));
    };
    row("at", &format!("{} s, {}", since(at), paint.bold(seen.phase)));
    for leg in &seen.legs {
        let answered = leg.answered.map(|at| format!(", answered at {} s", since(at))).unwrap_or_default();
        let digits = if leg.receives_digits { ", receives digits" } else { "" };
        let state = format!("{}{answered}{digits}   {} → {}   {}", leg.state, leg.from, leg.to, leg.leg);
        row(leg.tag, &state);
    }
    if seen.bridged {
        row("audio", "both legs are connected");
    }
    match seen.running {
        Some((action, leg)) => row("action", &format!("{} on {}", paint.bold(action), story.name(leg))),
        None => row("action", "none in progress"),
    }
    if !seen.actions.is_empty() {
        row("then", &seen.actions.join(" · "));
    }
    match seen.awaited {
        Some(event) => {
            row("function", &format!("has {event} (Sequence {}) and has not answered", seen.sequence))
        }
        None => row("function", &format!("nothing awaited after Sequence {}", seen.sequence)),
    }
    if !seen.events.is_empty() {
        row("events", &format!("waiting: {}", seen.events.join(", ")));
    }
    if let Some(attributes) = &seen.attributes {
        row("attributes", attributes);
    }
    for (due, why) in &seen.timers {
        row("timer", &format!("{why} at {} s, in {:.3} s", since(*due), due.since(at).as_secs_f64()));
    }
    text
}
