//! One call's journal as a ladder: LEG-A's party on the left, the exchange in the middle, LEG-B's party on the right.
//!
//! ```text
//!    0.000  INVITE ─────────────────▶
//!    0.001                             ƒ1 NEW_INBOUND_CALL → hello
//!    0.120                             ƒ1 119 ms: Speak “Hello” · CallAndBridge +15550142
//!    0.121  ◀───────────────── 200 OK
//!    2.500                                                           ──▶ INVITE
//!    2.501                                                           ◀── 180 Ringing
//! ```

use std::fmt::Write;

use call::Origin;

use crate::story::{Place, Story, Subject, Told};
use crate::{JournalEntry, JournalLine};

/// Characters of the left column.
const LEFT: usize = 25;
/// Characters of the middle, where something stands on the right.
const MIDDLE: usize = 34;

/// How much is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// One line for each message, invocation, answer and action.
    Brief,
    /// Whole messages and payloads, timers and the small steps too.
    Full,
}

/// Prints journals as ladders, line by line.
#[derive(Clone, Debug)]
pub struct Ladder {
    story: Story,
    detail: Detail,
    colour: bool,
    /// Whether SIP messages were seen: then they show what was answered and hung up.
    traced: bool,
    ended: bool,
}

/// A journal as a ladder without colours.
pub fn ladder(lines: &[JournalLine], detail: Detail) -> String {
    let mut ladder = Ladder::new(detail, false);
    let mut text = String::new();
    for line in lines {
        ladder.line(line, &mut text);
    }
    if !ladder.has_ended() {
        text.push_str("(the journal has no end: the call is live, or its node died under it)\n");
    }
    text
}

impl Ladder {
    /// A ladder with or without terminal colours.
    pub fn new(detail: Detail, colour: bool) -> Self {
        Self { story: Story::new(), detail, colour, traced: false, ended: false }
    }

    /// Whether the last line of a complete journal was printed.
    pub fn has_ended(&self) -> bool {
        self.ended
    }

    /// Appends the next line of the journal to `text`.
    pub fn line(&mut self, line: &JournalLine, text: &mut String) {
        self.traced |= matches!(line.entry, JournalEntry::Sip { .. });
        self.ended |= matches!(line.entry, JournalEntry::End);
        for told in self.story.tell(line) {
            if told.subject == Subject::Beginning {
                self.header(line, &told, text);
            } else if self.shows(&told) {
                self.print(&told, text);
            }
        }
    }

    fn shows(&self, told: &Told) -> bool {
        match told.subject {
            Subject::Detail => self.detail == Detail::Full,
            Subject::Signalling => self.detail == Detail::Full || !self.traced,
            // The message itself says as much.
            Subject::Leg if told.place != Place::Middle => self.detail == Detail::Full || !self.traced,
            _ => true,
        }
    }

    fn header(&self, line: &JournalLine, told: &Told, text: &mut String) {
        let (id, more) = match &line.entry {
            JournalEntry::Setup(setup) => {
                let (rule, targets) = match &setup.origin {
                    Origin::Inbound { rule, targets, .. } => (Some(rule), targets.as_slice()),
                    Origin::Outbound { target, .. } => (None, std::slice::from_ref(target)),
                };
                let functions: Vec<_> =
                    targets.iter().map(|t| t.function.rsplit(':').next().unwrap_or_default()).collect();
                let rule = rule.map(|rule| format!("rule {rule}, ")).unwrap_or_default();
                (
                    setup.transaction,
                    format!("{rule}function {}, LEG-A {}", functions.join(", then "), setup.leg_a),
                )
            }
            JournalEntry::RelaySetup(setup) => {
                (setup.transaction, format!("LEG-A {}, LEG-B {}", setup.leg_a, setup.leg_b))
            }
            _ => return,
        };
        let _ = writeln!(text, "{}  {}", self.paint("1", &told.text), self.paint("2", &told.at.to_string()));
        let _ = writeln!(text, "{}", self.paint("2", &format!("call {id}, {more}")));
        text.push('\n');
    }

    fn print(&self, told: &Told, text: &mut String) {
        let since = told.at.since(self.story.began().unwrap_or(told.at));
        let time = format!("{:>4}.{:03}", since.as_secs(), since.subsec_millis());
        let colour = match told.subject {
            Subject::Received | Subject::Sent => "34",
            Subject::Invoked | Subject::Returned => "35",
            Subject::Trouble => "31",
            Subject::Log => "33",
            Subject::Digit => "36",
            Subject::Audio | Subject::Leg => "32",
            Subject::Statistics | Subject::Record | Subject::Detail | Subject::Signalling | Subject::End => {
                "2"
            }
            Subject::Api | Subject::Beginning => "1",
        };
        let column = match told.place {
            Place::A => left(told),
            Place::Middle => format!("{:LEFT$}  {}", "", told.text),
            Place::B => format!("{:LEFT$}  {:MIDDLE$}  {}", "", "", right(told)),
        };
        let _ = writeln!(text, "{}  {}", self.paint("2", &time), self.paint_behind_blanks(colour, &column));
        if let Some(block) = told.block.as_ref().filter(|_| self.detail == Detail::Full) {
            for line in block.lines() {
                let _ = writeln!(text, "          {}", self.paint("2", &format!("│ {}", line.trim_end())));
            }
        }
    }

    fn paint_behind_blanks(&self, code: &str, text: &str) -> String {
        let words = text.trim_start();
        format!("{}{}", &text[..text.len() - words.len()], self.paint(code, words))
    }

    fn paint(&self, code: &str, text: &str) -> String {
        if self.colour { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
}

fn left(told: &Told) -> String {
    let dashes = "─".repeat(LEFT.saturating_sub(told.text.chars().count() + 2));
    match told.subject {
        Subject::Received => format!("{} {dashes}▶", told.text),
        Subject::Sent => format!("◀{dashes} {}", told.text),
        _ => told.text.clone(),
    }
}

fn right(told: &Told) -> String {
    match told.subject {
        Subject::Received => format!("◀── {}", told.text),
        Subject::Sent => format!("──▶ {}", told.text),
        _ => told.text.clone(),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use base::{LegId, Rng, Timestamp, TransactionId};
    use call::{Effect, Event, InvocationId, Limits, Setup, Target};

    use super::*;

    #[test]
    fn a_short_call_reads_as_a_story() {
        let mut rng = Rng::new(1);
        let leg = LegId::random(&mut rng);
        let target =
            Target { application: "app".into(), region: "us-east-1".into(), function: "arn:f".into() };
        let setup = Setup {
            transaction: TransactionId::random(&mut rng),
            leg_a: leg,
            seed: 1,
            account: "111122223333".into(),
            origin: Origin::Inbound {
                rule: "rule".into(),
                from: "+15550100".into(),
                to: "+15550199".into(),
                sip_headers: vec![],
                targets: vec![target.clone()],
            },
            limits: Limits::default(),
        };
        let invoke = Effect::Invoke {
            invocation: InvocationId(0),
            target,
            sequence: 1,
            payload: r#"{"InvocationEventType":"NEW_INBOUND_CALL","Sequence":1}"#.into(),
            timeout: Duration::from_secs(20),
        };
        let returned =
            Event::FunctionReturned { invocation: InvocationId(0), outcome: Ok(r#"{"Actions":[]}"#.into()) };
        let sip = |sent, message: &str| JournalEntry::Sip {
            leg,
            sent,
            remote: "192.0.2.1:5060".into(),
            message: message.into(),
        };
        let at = |ms: u64, entry| JournalLine { at: Timestamp::from_millis(10_000 + ms), entry };
        let mut lines = vec![
            at(0, JournalEntry::Setup(Box::new(setup))),
            at(0, sip(false, "INVITE sip:+15550199@x SIP/2.0\r\nTo: x\r\n")),
            at(1, JournalEntry::Effects(vec![Effect::Ring { leg }, invoke])),
            at(2, sip(true, "SIP/2.0 180 Ringing\r\nCSeq: 1 INVITE\r\n")),
            at(120, JournalEntry::Event(Box::new(returned))),
        ];
        let text = ladder(&lines, Detail::Brief);
        let tail: Vec<&str> = text.lines().skip(3).collect();
        assert_eq!(
            tail,
            [
                "   0.000  INVITE ─────────────────▶",
                "   0.001                             ƒ1 NEW_INBOUND_CALL → f",
                "   0.002  ◀──────────── 180 Ringing",
                "   0.120                             ƒ1 119 ms: no actions",
                "(the journal has no end: the call is live, or its node died under it)",
            ]
        );
        lines.push(at(200, JournalEntry::End));
        let full = ladder(&lines, Detail::Full);
        assert!(full.contains("│ To: x"), "{full}");
        assert!(full.contains("ring LEG-A"), "{full}");
        assert!(full.ends_with("over after 0.2 s\n"), "{full}");
    }
}
