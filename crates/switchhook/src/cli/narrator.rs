//! One line for each thing that happens in a live call, for the terminal of `switchhook dev`.

use std::collections::BTreeMap;

use base::TransactionId;
use node::{JournalEntry, JournalLine, Story, Subject, Told};

use crate::paint::Paint;

/// Tells live calls.
pub(super) struct Narrator {
    stories: BTreeMap<TransactionId, Story>,
    paint: Paint,
    /// What to type to see more.
    command: String,
}

impl Narrator {
    pub(super) fn new(command: String, paint: Paint) -> Self {
        Self { stories: BTreeMap::new(), paint, command }
    }

    /// The lines to print for the next lines of a call's journal.
    pub(super) fn tell(&mut self, call: TransactionId, lines: &[JournalLine]) -> String {
        let mut text = String::new();
        for line in lines {
            let story = self.stories.entry(call).or_default();
            for told in story.tell(line) {
                if let Some(words) = self.words(call, &told) {
                    let clock = told.at.iso8601();
                    let clock = self.paint.dim(clock.get(11..19).unwrap_or_default());
                    let short: String = call.to_string().chars().take(4).collect();
                    text.push_str(&format!("{clock} {}  {words}\n", self.paint.dim(&short)));
                }
            }
            if matches!(line.entry, JournalEntry::End) {
                self.stories.remove(&call);
            }
        }
        text
    }

    fn words(&self, call: TransactionId, told: &Told) -> Option<String> {
        let (paint, text) = (self.paint, told.text.as_str());
        Some(match told.subject {
            Subject::Beginning => paint.bold(text),
            Subject::Returned | Subject::Trouble if told.event.is_some() => {
                let event = told.event.as_deref().unwrap_or_default();
                let line = text.replacen(' ', &format!(" {event} in "), 1);
                if told.subject == Subject::Trouble { paint.red(&line) } else { line }
            }
            Subject::Trouble => paint.red(text),
            Subject::Digit => paint.cyan(text),
            Subject::Audio | Subject::Leg => paint.green(text),
            Subject::Api => paint.bold(text),
            Subject::Log => paint.yellow(text),
            Subject::Record => text.to_owned(),
            Subject::End => {
                let short: String = call.to_string().chars().take(8).collect();
                format!("{text}   {}", paint.dim(&format!("{} show {short}", self.command)))
            }
            Subject::Returned
            | Subject::Received
            | Subject::Sent
            | Subject::Invoked
            | Subject::Signalling
            | Subject::Statistics
            | Subject::Detail => return None,
        })
    }
}
