//! Data messages between attendees: checked, limited, passed on, and kept for those who join later.

use std::collections::VecDeque;
use std::time::Duration;

use base::{AttendeeId, Timestamp};

use super::Live;
use crate::connection::code;
use crate::event::MeetingEventKind;
use crate::frame::{AudioStatus, DataMessage, DataMessages, FrameKind, SignalFrame};
use crate::interface::ConnectionId;
use crate::rate::{Bucket, Rate};
use crate::shared::Cx;
use crate::timers::Timer;

/// What an attendee may send; beyond it is cut off.
pub(crate) const ATTENDEE_RATE: Rate = Rate { per_second: 200, burst: 2_000 };
/// What a meeting passes on; beyond it messages go back to their sender.
const SOFT_RATE: Rate = Rate { per_second: 100, burst: 200 };
/// What a meeting takes at all; beyond it messages are dropped.
const HARD_RATE: Rate = Rate { per_second: 500, burst: 10_000 };
/// So many messages are kept at most, the latest.
const KEPT_MAX: usize = 1_024;
/// And so long.
const LIFETIME_MAX: Duration = Duration::from_secs(5 * 60);
/// So many messages go into one frame: those a client sends, and those a newcomer gets.
const FRAME_MAX: usize = 32;

#[derive(Debug)]
pub(super) struct Messages {
    soft: Bucket,
    hard: Bucket,
    kept: VecDeque<Kept>,
}

#[derive(Debug)]
struct Kept {
    sender: AttendeeId,
    taken: Timestamp,
    until: Timestamp,
    message: DataMessage,
}

/// What becomes of a message.
enum Verdict {
    /// It goes to everybody else.
    Pass,
    /// It goes back.
    Return,
    /// It is lost.
    Lose,
    /// So is its sender.
    CutOff,
}

impl Messages {
    pub(super) fn new(now: Timestamp) -> Self {
        Self { soft: Bucket::new(now, SOFT_RATE), hard: Bucket::new(now, HARD_RATE), kept: VecDeque::new() }
    }

    pub(super) fn kept(&self) -> usize {
        self.kept.len()
    }

    fn expire(&mut self, now: Timestamp) {
        self.kept.retain(|kept| kept.until > now);
    }
}

impl Live {
    /// A client sends messages.
    pub(super) fn data(
        &mut self,
        cx: &mut Cx<'_>,
        attendee: AttendeeId,
        connection: ConnectionId,
        messages: Vec<DataMessage>,
    ) {
        let mut passed = Vec::new();
        let mut returned = Vec::new();
        if messages.len() > FRAME_MAX {
            cx.shared.tally.malformed_frames += 1;
            return;
        }
        for mut message in messages {
            match self.judge(cx, attendee, &message) {
                Verdict::Pass => {
                    self.sign(attendee, &mut message, cx.now);
                    self.keep(cx, attendee, &message);
                    passed.push(message);
                }
                Verdict::Return => {
                    // Taken at 0: not at all.
                    self.sign(attendee, &mut message, Timestamp::default());
                    returned.push(message);
                }
                Verdict::Lose => {}
                Verdict::CutOff => {
                    self.cut_off(cx, attendee, connection);
                    break;
                }
            }
        }
        cx.shared.tally.messages += passed.len() as u64;
        if !passed.is_empty() && self.listened_to() {
            let frame = data_message(cx.now, passed).to_bytes();
            self.broadcast(cx, &frame, Some(connection));
        }
        if !returned.is_empty() {
            cx.send(connection, &data_message(cx.now, returned));
        }
    }

    fn judge(&mut self, cx: &mut Cx<'_>, attendee: AttendeeId, message: &DataMessage) -> Verdict {
        let Some(guest) = self.guests.get_mut(&attendee) else { return Verdict::Lose };
        if !guest.messages.take(cx.now, ATTENDEE_RATE) {
            return Verdict::CutOff;
        }
        if !self.messages.hard.take(cx.now, HARD_RATE) {
            cx.shared.tally.throttled_messages += 1;
            return Verdict::Lose;
        }
        if !message.may_be_sent() {
            cx.shared.tally.refused_messages += 1;
            return Verdict::Return;
        }
        if !self.messages.soft.take(cx.now, SOFT_RATE) {
            cx.shared.tally.throttled_messages += 1;
            return Verdict::Return;
        }
        Verdict::Pass
    }

    /// Says who sent a message and when it was taken, whatever the client wrote there.
    fn sign(&self, attendee: AttendeeId, message: &mut DataMessage, taken: Timestamp) {
        let external = self.guests.get(&attendee).map(|guest| guest.external_user_id.clone());
        message.sender_attendee_id = Some(attendee.to_string());
        message.sender_external_user_id = external;
        message.ingest_time_ns = Some(nanoseconds(taken));
    }

    fn keep(&mut self, cx: &mut Cx<'_>, sender: AttendeeId, message: &DataMessage) {
        let lifetime = Duration::from_millis(message.lifetime_ms.unwrap_or(0).into()).min(LIFETIME_MAX);
        if lifetime.is_zero() {
            return;
        }
        if self.messages.kept.len() >= KEPT_MAX {
            self.messages.expire(cx.now);
        }
        if self.messages.kept.len() >= KEPT_MAX {
            self.messages.kept.pop_front();
        }
        let until = cx.now + lifetime;
        self.messages.kept.push_back(Kept { sender, taken: cx.now, until, message: message.clone() });
        if self.messages.kept.len() == 1 {
            cx.shared.timers.set(Timer::Messages(self.record.id), Some(until));
        }
    }

    /// Kept messages expire: looked after at the end of one of them, not of each.
    pub(crate) fn messages_due(&mut self, cx: &mut Cx<'_>) {
        self.messages.expire(cx.now);
        let next = self.messages.kept.iter().map(|kept| kept.until).min();
        cx.shared.timers.set(Timer::Messages(self.record.id), next);
    }

    /// What was sent before one joined, or since `heard` in a session that it continues.
    pub(super) fn tell_kept(
        &mut self,
        cx: &mut Cx<'_>,
        attendee: AttendeeId,
        connection: ConnectionId,
        heard: Option<Timestamp>,
    ) {
        let missed = |kept: &&Kept| {
            kept.until > cx.now && kept.sender != attendee && heard.is_none_or(|heard| kept.taken >= heard)
        };
        let missed: Vec<_> =
            self.messages.kept.iter().filter(missed).map(|kept| kept.message.clone()).collect();
        for some in missed.chunks(FRAME_MAX) {
            cx.send(connection, &data_message(cx.now, some.to_vec()));
        }
    }

    /// A client that floods the meeting is out of it; its library does not come back by itself.
    pub(crate) fn cut_off(&mut self, cx: &mut Cx<'_>, attendee: AttendeeId, connection: ConnectionId) {
        cx.shared.tally.cut_off += 1;
        cx.send_status(connection, AudioStatus::DISCONNECTED);
        cx.close_soon(connection, code::TOO_MANY);
        self.vacate(cx, attendee, MeetingEventKind::AttendeeDropped);
    }

    /// The same frame of the server's own to everybody who listens.
    pub(crate) fn publish(&mut self, cx: &mut Cx<'_>, frame: &SignalFrame) {
        if self.listened_to() {
            self.broadcast(cx, &frame.to_bytes(), None);
        }
    }
}

fn data_message(now: Timestamp, messages: Vec<DataMessage>) -> SignalFrame {
    SignalFrame {
        data_message: Some(DataMessages { messages }),
        ..SignalFrame::new(now, FrameKind::DataMessage)
    }
}

fn nanoseconds(at: Timestamp) -> i64 {
    i64::try_from(at.as_micros()).unwrap_or(i64::MAX).saturating_mul(1_000)
}
