//! One call's journal as text: SIP messages, invocations with their JSON and duration, actions, digits, API calls and
//! media statistics, in the order they happened.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::Duration;

use base::{LegId, Timestamp};
use call::{AudioSource, DialTarget, Effect, Event, InvocationId, Origin, Setup, Times};

use crate::{JournalEntry, JournalLine};

/// How much of a SIP message and of a payload is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// The first line of a message, payloads on one line.
    Brief,
    /// Whole messages, payloads indented.
    Full,
}

/// A journal as a ladder.
pub fn ladder(lines: &[JournalLine], detail: Detail) -> String {
    let mut printer = Printer {
        text: String::new(),
        began: lines.first().map_or(Timestamp::default(), |line| line.at),
        names: BTreeMap::new(),
        legs_b: 0,
        invoked: BTreeMap::new(),
        detail,
    };
    for line in lines {
        printer.line(line);
    }
    if !matches!(lines.last(), Some(JournalLine { entry: JournalEntry::End, .. })) {
        printer.text.push_str("(the journal has no end: the call is live, or its node died under it)\n");
    }
    printer.text
}

struct Printer {
    text: String,
    began: Timestamp,
    names: BTreeMap<LegId, String>,
    legs_b: u32,
    invoked: BTreeMap<InvocationId, Timestamp>,
    detail: Detail,
}

impl Printer {
    fn line(&mut self, line: &JournalLine) {
        let at = line.at;
        match &line.entry {
            JournalEntry::Setup(setup) => self.setup(at, setup),
            JournalEntry::RelaySetup(setup) => {
                self.names.insert(setup.leg_a, "LEG-A".into());
                self.names.insert(setup.leg_b, "LEG-B".into());
                let _ = writeln!(
                    self.text,
                    "call {} relayed for connector {}: {} calls {}\nbegan {at}",
                    setup.transaction, setup.connector, setup.from, setup.to
                );
            }
            JournalEntry::Event(event) => self.event(at, event),
            JournalEntry::Effects(effects) => {
                for effect in effects {
                    self.effect(at, effect);
                }
            }
            JournalEntry::Sip { leg, sent, remote, message } => self.sip(at, *leg, *sent, remote, message),
            JournalEntry::Media { leg, received, sent, lost, jitter_ms } => {
                let leg = self.name(*leg);
                self.say(
                    at,
                    &format!(
                        "{leg} media closed: {received} packets received, {sent} sent, {lost} lost, \
                         jitter {jitter_ms:.1} ms"
                    ),
                );
            }
            JournalEntry::Api { operation, detail } => self.say(at, &format!("api    {operation} {detail}")),
            JournalEntry::RelayRecord(record) => self
                .say(at, &format!("record {} with {}", talked(record.answered, record.ended), record.code)),
            JournalEntry::Note(note) => self.say(at, &format!("note   {note}")),
            JournalEntry::Died => self.say(at, "the node died under the call and started again"),
            JournalEntry::End => self.say(at, "end"),
        }
    }

    fn setup(&mut self, at: Timestamp, setup: &Setup) {
        self.names.insert(setup.leg_a, "LEG-A".into());
        let story = match &setup.origin {
            Origin::Inbound { rule, from, to, targets, .. } => {
                let apps: Vec<&str> = targets.iter().map(|t| t.application.as_str()).collect();
                format!("inbound: {from} calls {to}, rule {rule}, applications {}", apps.join(", "))
            }
            Origin::Outbound { target, from, to, .. } => {
                format!("outbound: {from} calls {to}, application {}", target.application)
            }
        };
        let _ =
            writeln!(self.text, "call {} {story}\nbegan {at}, LEG-A is {}", setup.transaction, setup.leg_a);
    }

    fn sip(&mut self, at: Timestamp, leg: LegId, sent: bool, remote: &str, message: &str) {
        let leg = self.name(leg);
        let arrow = if sent { "──▶" } else { "◀──" };
        let first = message.lines().next().unwrap_or_default();
        self.say(at, &format!("{leg} {arrow} {first}   ({remote})"));
        if self.detail == Detail::Full {
            self.block(message);
        }
    }

    fn event(&mut self, at: Timestamp, event: &Event) {
        let text = match event {
            Event::FunctionReturned { invocation, outcome } => {
                let took = self.invoked.get(invocation).map_or(Duration::ZERO, |began| at.since(*began));
                match outcome {
                    Ok(payload) => {
                        self.say(at, &format!("answer {} after {}", invocation.0, millis(took)));
                        return self.json(payload);
                    }
                    Err(error) => format!("answer {} failed after {}: {error:?}", invocation.0, millis(took)),
                }
            }
            Event::Progressed { leg, early_media: true } => {
                format!("event  {} sends early media", self.name(*leg))
            }
            Event::Progressed { leg, early_media: false } => format!("event  {} rings", self.name(*leg)),
            Event::Answered { leg } => format!("event  {} answered", self.name(*leg)),
            Event::DialRefused { leg, refusal } => {
                format!("event  {} could not be placed: {refusal:?}", self.name(*leg))
            }
            Event::Ended { leg, code: 0 } => format!("event  {} hung up", self.name(*leg)),
            Event::Ended { leg, code } => format!("event  {} ended with {code}", self.name(*leg)),
            Event::DigitReceived { leg, digit } => format!("event  {} pressed {digit}", self.name(*leg)),
            Event::PlaybackEnded { playback, outcome: Ok(()) } => {
                format!("event  playback {} ended", playback.0)
            }
            Event::PlaybackEnded { playback, outcome: Err(error) } => {
                format!("event  playback {} failed: {error:?}", playback.0)
            }
            Event::DigitsSent { sending } => format!("event  digits {} sent", sending.0),
            Event::SilenceDetected { recording } => format!("event  recording {} is silent", recording.0),
            Event::RecordingStored { recording, outcome: Ok(()) } => {
                format!("event  recording {} stored", recording.0)
            }
            Event::RecordingStored { recording, outcome: Err(error) } => {
                format!("event  recording {} not stored: {error:?}", recording.0)
            }
            Event::UpdateRequested { arguments } => {
                format!("event  update requested: {}", serde_json::Value::Object(arguments.clone()))
            }
            Event::NodeStopping => "the node is shutting down".into(),
            Event::Woken => "event  timer".into(),
        };
        self.say(at, &text);
    }

    fn effect(&mut self, at: Timestamp, effect: &Effect) {
        let text = match effect {
            Effect::Invoke { invocation, target, sequence, payload, timeout } => {
                self.invoked.insert(*invocation, at);
                self.say(
                    at,
                    &format!(
                        "invoke {} sequence {sequence}, {} within {}",
                        invocation.0,
                        target.function,
                        millis(*timeout)
                    ),
                );
                return self.json(payload);
            }
            Effect::Ring { leg } => format!("effect ring {}", self.name(*leg)),
            Effect::StartEarlyMedia { leg } => format!("effect early media to {}", self.name(*leg)),
            Effect::Answer { leg } => format!("effect answer {}", self.name(*leg)),
            Effect::Reject { leg, code } => format!("effect reject {} with {code}", self.name(*leg)),
            Effect::Dial { leg, dial } => {
                let to = match &dial.to {
                    DialTarget::Pstn { number } => number.clone(),
                    DialTarget::Connector { arn, user } => format!("{user} at {arn}"),
                };
                self.legs_b += 1;
                let count = self.legs_b;
                self.names.entry(*leg).or_insert_with(|| match count {
                    1 => "LEG-B".into(),
                    n => format!("LEG-B({n})"),
                });
                format!("effect dial {} to {to} as {}", self.name(*leg), dial.caller_id)
            }
            Effect::Release { leg } => format!("effect release {}", self.name(*leg)),
            Effect::Bridge { a, b } => format!("effect bridge {} and {}", self.name(*a), self.name(*b)),
            Effect::Unbridge { a, b } => format!("effect separate {} and {}", self.name(*a), self.name(*b)),
            Effect::Play { playback, leg, source, times } => {
                let what = match source {
                    AudioSource::Object { bucket, key } => format!("{bucket}/{key}"),
                    AudioSource::Speech(speech) => format!("{:?} ({})", speech.text, speech.voice),
                };
                let times = match times {
                    Times::Count(1) => String::new(),
                    Times::Count(n) => format!(", {n} times"),
                    Times::Forever => ", until stopped".into(),
                };
                format!("effect play {} to {}: {what}{times}", playback.0, self.name(*leg))
            }
            Effect::StopPlayback { playback } => format!("effect stop playback {}", playback.0),
            Effect::SendDigits { sending, leg, digits, tone } => {
                format!("effect send {} to {}: {digits}, {} each", sending.0, self.name(*leg), millis(*tone))
            }
            Effect::StopSending { sending } => format!("effect stop sending {}", sending.0),
            Effect::ListenForDigits { leg, on: true } => format!("effect listen to {}", self.name(*leg)),
            Effect::ListenForDigits { leg, on: false } => {
                format!("effect no longer listen to {}", self.name(*leg))
            }
            Effect::StartRecording { recording, leg, .. } => {
                format!("effect record {} from {}", recording.0, self.name(*leg))
            }
            Effect::StoreRecording { recording, bucket, key } => {
                format!("effect store recording {} as {bucket}/{key}", recording.0)
            }
            Effect::WriteRecord(record) => format!(
                "record {} {} with {}{}",
                record.tag,
                talked(record.answered, record.ended),
                record.code,
                if record.crashed { ", its node died" } else { "" }
            ),
            Effect::Log { message } => format!("log    {message}"),
            Effect::Finish => "effect finish".into(),
        };
        self.say(at, &text);
    }

    fn name(&self, leg: LegId) -> String {
        self.names.get(&leg).cloned().unwrap_or_else(|| leg.to_string())
    }

    fn say(&mut self, at: Timestamp, text: &str) {
        let since = at.since(self.began);
        let _ = writeln!(self.text, "{:>6}.{:03}  {text}", since.as_secs(), since.subsec_millis());
    }

    fn json(&mut self, payload: &str) {
        match self.detail {
            Detail::Brief => {
                let _ = writeln!(self.text, "            {payload}");
            }
            Detail::Full => {
                let pretty = serde_json::from_str::<serde_json::Value>(payload)
                    .and_then(|value| serde_json::to_string_pretty(&value))
                    .unwrap_or_else(|_| payload.to_owned());
                self.block(&pretty);
            }
        }
    }

    fn block(&mut self, text: &str) {
        for line in text.lines() {
            let _ = writeln!(self.text, "            │ {line}");
        }
    }
}

fn talked(answered: Option<Timestamp>, ended: Timestamp) -> String {
    match answered {
        Some(answered) => format!("talked {}", millis(ended.since(answered))),
        None => "was never answered".into(),
    }
}

fn millis(duration: Duration) -> String {
    format!("{} ms", duration.as_millis())
}

#[cfg(test)]
mod tests {
    use base::{Rng, TransactionId};
    use call::{Limits, Target};

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
            payload: r#"{"Sequence":1}"#.into(),
            timeout: Duration::from_secs(20),
        };
        let returned =
            Event::FunctionReturned { invocation: InvocationId(0), outcome: Ok(r#"{"Actions":[]}"#.into()) };
        let sip = JournalEntry::Sip {
            leg,
            sent: false,
            remote: "192.0.2.1:5060".into(),
            message: "INVITE sip:+15550199@x SIP/2.0\r\nTo: x\r\n".into(),
        };
        let at = |ms: u64, entry| JournalLine { at: Timestamp::from_millis(10_000 + ms), entry };
        let mut lines = vec![
            at(0, JournalEntry::Setup(Box::new(setup))),
            at(0, sip),
            at(1, JournalEntry::Effects(vec![Effect::Ring { leg }, invoke])),
            at(120, JournalEntry::Event(Box::new(returned))),
        ];
        let text = ladder(&lines, Detail::Brief);
        let tail: Vec<&str> = text.lines().skip(2).collect();
        assert_eq!(
            tail,
            [
                "     0.000  LEG-A ◀── INVITE sip:+15550199@x SIP/2.0   (192.0.2.1:5060)",
                "     0.001  effect ring LEG-A",
                "     0.001  invoke 0 sequence 1, arn:f within 20000 ms",
                "            {\"Sequence\":1}",
                "     0.120  answer 0 after 119 ms",
                "            {\"Actions\":[]}",
                "(the journal has no end: the call is live, or its node died under it)",
            ]
        );
        lines.push(at(200, JournalEntry::End));
        let full = ladder(&lines, Detail::Full);
        assert!(full.contains("│ To: x"), "{full}");
        assert!(full.ends_with("0.200  end\n"), "{full}");
    }
}
