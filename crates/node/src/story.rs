//! A journal in words: what happened, line by line, for the ladder and for whoever watches live calls.

mod json;

use std::collections::BTreeMap;
use std::time::Duration;

use base::{LegId, Timestamp};
use call::{AudioSource, CallRecord, DialTarget, Effect, Event, InvocationId, Origin, Setup, Times};

use crate::{JournalEntry, JournalLine, LeaveWhy};

/// What a told fact is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The call began.
    Beginning,
    /// A SIP message came in.
    Received,
    /// A SIP message went out.
    Sent,
    /// A function was invoked.
    Invoked,
    /// A function answered.
    Returned,
    /// Something went wrong.
    Trouble,
    /// A digit was pressed or sent.
    Digit,
    /// Something is played, recorded or connected.
    Audio,
    /// A leg rings, was answered, was lost.
    Leg,
    /// What SIP messages show as well: answer, reject, release.
    Signalling,
    /// An API request touched the call.
    Api,
    /// A line for the application's log, or a remark.
    Log,
    /// Packets and jitter.
    Statistics,
    /// A call record.
    Record,
    /// What only matters in detail.
    Detail,
    /// The call is over.
    End,
}

/// Whose column a fact stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// LEG-A's party.
    A,
    /// LEG-B's party.
    B,
    /// The exchange itself.
    Middle,
}

/// One told fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// When.
    pub at: Timestamp,
    /// What it is about.
    pub subject: Subject,
    /// Whose it is.
    pub place: Place,
    /// One line.
    pub text: String,
    /// The event that a function answered.
    pub event: Option<String>,
    /// A whole message or payload, several lines.
    pub block: Option<String>,
}

/// Tells one call's journal.
#[derive(Clone, Debug, Default)]
pub struct Story {
    began: Option<Timestamp>,
    names: BTreeMap<LegId, String>,
    legs_b: u32,
    /// When each attempt began, with the `Sequence` and the name of its event.
    invoked: BTreeMap<InvocationId, (Timestamp, u32, String)>,
}

impl Story {
    /// A story that has not begun.
    pub fn new() -> Self {
        Self::default()
    }

    /// When the call began.
    pub fn began(&self) -> Option<Timestamp> {
        self.began
    }

    /// Tells the next line of the journal; mostly one fact, for effects several.
    pub fn tell(&mut self, line: &JournalLine) -> Vec<Told> {
        self.began.get_or_insert(line.at);
        let told =
            |subject, place, text| Told { at: line.at, subject, place, text, event: None, block: None };
        let middle = |subject, text| told(subject, Place::Middle, text);
        match &line.entry {
            JournalEntry::Setup(setup) => vec![middle(Subject::Beginning, self.setup(setup))],
            JournalEntry::RelaySetup(setup) => {
                self.names.insert(setup.leg_a, "LEG-A".into());
                self.names.insert(setup.leg_b, "LEG-B".into());
                let text =
                    format!("{} calls {}, relayed for connector {}", setup.from, setup.to, setup.connector);
                vec![middle(Subject::Beginning, text)]
            }
            JournalEntry::Event(event) => vec![self.event(line.at, event)],
            JournalEntry::Effects(effects) => {
                effects.iter().map(|effect| self.effect(line.at, effect)).collect()
            }
            JournalEntry::Sip { leg, sent, remote: _, message } => {
                let subject = if *sent { Subject::Sent } else { Subject::Received };
                let block = Some(message.trim_end().to_owned());
                vec![Told { block, ..told(subject, self.place(*leg), sip_label(message)) }]
            }
            JournalEntry::Joined { leg, meeting, attendee } => {
                let text = format!("{} joins meeting {meeting} as attendee {attendee}", self.name(*leg));
                vec![middle(Subject::Leg, text)]
            }
            JournalEntry::Left { leg, why } => {
                let why = match why {
                    LeaveWhy::MeetingEnded => "it ended",
                    LeaveWhy::AttendeeDeleted => "the attendee was deleted",
                    LeaveWhy::JoinedElsewhere => "the attendee joined from elsewhere",
                };
                vec![middle(Subject::Leg, format!("{} leaves its meeting: {why}", self.name(*leg)))]
            }
            JournalEntry::Media { leg, received, sent, lost, jitter_ms } => {
                let text = format!(
                    "{} audio: {received} packets received, {sent} sent, {lost} lost, jitter {jitter_ms:.1} ms",
                    self.name(*leg)
                );
                vec![middle(Subject::Statistics, text)]
            }
            JournalEntry::Api { operation, detail } => {
                vec![middle(Subject::Api, format!("API {operation}: {detail}"))]
            }
            JournalEntry::RelayRecord(record) => {
                let text = how_it_went(record.answered, record.ended, record.code);
                vec![middle(Subject::Record, text)]
            }
            JournalEntry::Note(note) => vec![middle(Subject::Log, note.clone())],
            JournalEntry::Died => {
                vec![middle(Subject::Trouble, "the node died under the call and started again".into())]
            }
            JournalEntry::End => {
                let lasted = line.at.since(self.began.unwrap_or(line.at));
                vec![middle(Subject::End, format!("over after {}", seconds(lasted)))]
            }
        }
    }

    /// `LEG-A`, `LEG-B`, and for one that was replaced `LEG-B(2)`.
    pub fn name(&self, leg: LegId) -> String {
        self.names.get(&leg).cloned().unwrap_or_else(|| leg.to_string())
    }

    fn place(&self, leg: LegId) -> Place {
        match self.names.get(&leg).map(String::as_str) {
            Some("LEG-A") => Place::A,
            Some(_) => Place::B,
            None => Place::Middle,
        }
    }

    fn setup(&mut self, setup: &Setup) -> String {
        self.names.insert(setup.leg_a, "LEG-A".into());
        match &setup.origin {
            Origin::Inbound { from, to, .. } => format!("{from} calls {to}"),
            Origin::Outbound { from, to, .. } => format!("calling {to} as {from}"),
        }
    }

    fn event(&mut self, at: Timestamp, event: &Event) -> Told {
        let told = |subject, place, text| Told { at, subject, place, text, event: None, block: None };
        match event {
            Event::FunctionReturned { invocation, outcome } => {
                let (took, sequence, name) = match self.invoked.get(invocation) {
                    Some((began, sequence, name)) => (at.since(*began), *sequence, Some(name.clone())),
                    None => (Duration::ZERO, 0, None),
                };
                let (subject, text, block) = match outcome {
                    Ok(payload) => (Subject::Returned, json::answer(payload), Some(json::pretty(payload))),
                    Err(error) => (Subject::Trouble, format!("failed: {error:?}"), None),
                };
                let text = format!("ƒ{sequence} {}: {text}", millis(took));
                Told { event: name, block, ..told(subject, Place::Middle, text) }
            }
            Event::Progressed { leg, early_media } => {
                let text = if *early_media { "sends early media" } else { "rings" };
                told(Subject::Leg, self.place(*leg), format!("{} {text}", self.name(*leg)))
            }
            Event::Answered { leg } => {
                told(Subject::Leg, self.place(*leg), format!("{} answered", self.name(*leg)))
            }
            Event::DialRefused { leg, refusal } => {
                let text = format!("{} could not be placed: {refusal:?}", self.name(*leg));
                told(Subject::Trouble, Place::Middle, text)
            }
            Event::Ended { leg, code: 0 } => {
                told(Subject::Leg, self.place(*leg), format!("{} hung up", self.name(*leg)))
            }
            Event::Ended { leg, code } => {
                told(Subject::Leg, self.place(*leg), format!("{} ended with {code}", self.name(*leg)))
            }
            Event::DigitReceived { leg, digit } => {
                told(Subject::Digit, self.place(*leg), format!("{} pressed {digit}", self.name(*leg)))
            }
            Event::PlaybackEnded { playback, outcome: Ok(()) } => {
                told(Subject::Detail, Place::Middle, format!("playback {} ended", playback.0))
            }
            Event::PlaybackEnded { playback, outcome: Err(error) } => {
                let text = format!("playback {} failed: {error:?}", playback.0);
                told(Subject::Trouble, Place::Middle, text)
            }
            Event::DigitsSent { sending } => {
                told(Subject::Detail, Place::Middle, format!("digits {} sent", sending.0))
            }
            Event::SilenceDetected { recording } => {
                told(Subject::Audio, Place::Middle, format!("recording {} is silent", recording.0))
            }
            Event::RecordingStored { recording, outcome: Ok(()) } => {
                told(Subject::Audio, Place::Middle, format!("recording {} stored", recording.0))
            }
            Event::RecordingStored { recording, outcome: Err(error) } => {
                let text = format!("recording {} not stored: {error:?}", recording.0);
                told(Subject::Trouble, Place::Middle, text)
            }
            Event::AttendeesModified { request, outcome: Ok(()) } => {
                told(Subject::Detail, Place::Middle, format!("attendees {} modified", request.0))
            }
            Event::AttendeesModified { request, outcome: Err(strangers) } => {
                let text = format!("attendees {} not modified: {} unknown", request.0, strangers.len());
                told(Subject::Trouble, Place::Middle, text)
            }
            Event::UpdateRequested { arguments } => {
                let text = json::cut(&serde_json::Value::Object(arguments.clone()).to_string(), 100);
                told(Subject::Api, Place::Middle, format!("update requested: {text}"))
            }
            // The call says so itself.
            Event::NodeStopping => told(Subject::Detail, Place::Middle, "the node is shutting down".into()),
            Event::Woken => told(Subject::Detail, Place::Middle, "a timer fired".into()),
        }
    }

    fn effect(&mut self, at: Timestamp, effect: &Effect) -> Told {
        let told = |subject, place, text| Told { at, subject, place, text, event: None, block: None };
        let middle = |subject, text| told(subject, Place::Middle, text);
        let signalling = |text| middle(Subject::Signalling, text);
        match effect {
            Effect::Invoke { invocation, target, sequence, payload, timeout: _ } => {
                let (event, text) = json::event(payload);
                self.invoked.insert(*invocation, (at, *sequence, event.clone()));
                let function = target.function.rsplit(':').next().unwrap_or(&target.function);
                let text = format!("ƒ{sequence} {event}{text} → {function}");
                let block = Some(json::pretty(payload));
                Told { event: Some(event), block, ..middle(Subject::Invoked, text) }
            }
            Effect::Ring { leg } => signalling(format!("ring {}", self.name(*leg))),
            Effect::StartEarlyMedia { leg } => signalling(format!("early media to {}", self.name(*leg))),
            Effect::Answer { leg } => signalling(format!("answer {}", self.name(*leg))),
            Effect::Reject { leg, code } => signalling(format!("reject {} with {code}", self.name(*leg))),
            Effect::Release { leg } => signalling(format!("hang up {}", self.name(*leg))),
            Effect::Dial { leg, dial } => {
                let to = match &dial.to {
                    DialTarget::Pstn { number } => number.clone(),
                    DialTarget::Connector { arn, user } => format!("{user} at {arn}"),
                    DialTarget::Meeting { meeting: Some(meeting), .. } => format!("meeting {meeting}"),
                    DialTarget::Meeting { meeting: None, .. } => "a meeting".to_owned(),
                };
                if !self.names.contains_key(leg) {
                    self.legs_b += 1;
                    let name = match self.legs_b {
                        1 => "LEG-B".into(),
                        count => format!("LEG-B({count})"),
                    };
                    self.names.insert(*leg, name);
                }
                let text = format!("dial {to} as {} ({})", dial.caller_id, self.name(*leg));
                middle(Subject::Leg, text)
            }
            Effect::Bridge { a, b } => {
                middle(Subject::Audio, format!("connect {} and {}", self.name(*a), self.name(*b)))
            }
            Effect::Unbridge { a, b } => {
                middle(Subject::Audio, format!("separate {} and {}", self.name(*a), self.name(*b)))
            }
            Effect::Play { playback: _, leg, source, times } => {
                let what = match source {
                    AudioSource::Object { bucket, key } => format!("play {bucket}/{key}"),
                    AudioSource::Speech(speech) => {
                        format!("say “{}” ({})", json::cut(&speech.text, 60), speech.voice)
                    }
                };
                let times = match times {
                    Times::Count(1) => String::new(),
                    Times::Count(count) => format!(", {count} times"),
                    Times::Forever => ", until stopped".into(),
                };
                middle(Subject::Audio, format!("{what} to {}{times}", self.name(*leg)))
            }
            Effect::StopPlayback { playback } => {
                middle(Subject::Detail, format!("stop playback {}", playback.0))
            }
            Effect::SendDigits { sending: _, leg, digits, tone } => {
                let text = format!("send {digits} to {}, {} each", self.name(*leg), millis(*tone));
                middle(Subject::Digit, text)
            }
            Effect::StopSending { sending } => middle(Subject::Detail, format!("stop sending {}", sending.0)),
            Effect::ModifyAttendees { request, meeting, attendees, muted } => {
                let how = if *muted { "mute" } else { "unmute" };
                let text =
                    format!("{how} {} attendees of meeting {meeting} ({})", attendees.len(), request.0);
                middle(Subject::Audio, text)
            }
            Effect::ListenForDigits { leg, on } => {
                let how = if *on { "listen to" } else { "no longer listen to" };
                middle(Subject::Detail, format!("{how} {}", self.name(*leg)))
            }
            Effect::StartRecording { recording, leg, .. } => {
                middle(Subject::Audio, format!("record {} ({})", self.name(*leg), recording.0))
            }
            Effect::StoreRecording { recording, bucket, key } => {
                middle(Subject::Audio, format!("store recording {} as {bucket}/{key}", recording.0))
            }
            Effect::WriteRecord(record) => middle(Subject::Record, record_text(record)),
            Effect::Log { message } => middle(Subject::Log, message.clone()),
            Effect::Finish => middle(Subject::Detail, "finish".into()),
        }
    }
}

fn record_text(record: &CallRecord) -> String {
    let how = how_it_went(record.answered, record.ended, record.code);
    let crashed = if record.crashed { "; its node died" } else { "" };
    format!("{} {how}{crashed}", record.tag)
}

fn how_it_went(answered: Option<Timestamp>, ended: Timestamp, code: u16) -> String {
    match (answered, code) {
        (Some(answered), _) => format!("talked for {}", seconds(ended.since(answered))),
        (None, 0) => "given up before it was answered".into(),
        (None, code) => format!("never answered: {code}"),
    }
}

/// `INVITE`, `180 Ringing`, and for responses to anything else `200 OK (BYE)`.
fn sip_label(message: &str) -> String {
    let first = message.lines().next().unwrap_or_default();
    let Some(status) = first.strip_prefix("SIP/2.0 ") else {
        return first.split(' ').next().unwrap_or_default().to_owned();
    };
    let cseq = message.lines().skip(1).find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.trim().eq_ignore_ascii_case("cseq").then(|| value.trim())
    });
    match cseq.and_then(|cseq| cseq.split_whitespace().nth(1)) {
        Some("INVITE") | None => status.to_owned(),
        Some(method) => format!("{status} ({method})"),
    }
}

fn millis(duration: Duration) -> String {
    format!("{} ms", duration.as_millis())
}

fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sip_messages_have_short_names() {
        assert_eq!(sip_label("INVITE sip:a@b SIP/2.0\r\nCSeq: 1 INVITE\r\n"), "INVITE");
        assert_eq!(sip_label("SIP/2.0 180 Ringing\r\nCSeq: 1 INVITE\r\n"), "180 Ringing");
        assert_eq!(sip_label("SIP/2.0 200 OK\r\ncseq : 2 BYE\r\n"), "200 OK (BYE)");
        assert_eq!(sip_label(""), "");
    }
}
