//! What an action may see and do while it starts, reacts or stops.

use base::{LegId, Rng, Timestamp};
use serde::{Deserialize, Serialize};

use crate::legs::{LegState, Legs, Side};
use crate::{
    AudioSource, CallRecord, Effect, InvocationId, ModificationId, Origin, PlaybackId, RecordingId,
    SendingId, Setup, Times,
};

/// Mints the ids of one call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Ids {
    rng: Rng,
    invocations: u32,
    playbacks: u32,
    recordings: u32,
    sendings: u32,
    modifications: u32,
}

impl Ids {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            rng: Rng::new(seed),
            invocations: 0,
            playbacks: 0,
            recordings: 0,
            sendings: 0,
            modifications: 0,
        }
    }

    pub(crate) fn leg(&mut self) -> LegId {
        LegId::random(&mut self.rng)
    }

    pub(crate) fn invocation(&mut self) -> InvocationId {
        self.invocations += 1;
        InvocationId(self.invocations)
    }

    pub(crate) fn playback(&mut self) -> PlaybackId {
        self.playbacks += 1;
        PlaybackId(self.playbacks)
    }

    pub(crate) fn recording(&mut self) -> RecordingId {
        self.recordings += 1;
        RecordingId(self.recordings)
    }

    pub(crate) fn sending(&mut self) -> SendingId {
        self.sendings += 1;
        SendingId(self.sendings)
    }

    pub(crate) fn modification(&mut self) -> ModificationId {
        self.modifications += 1;
        ModificationId(self.modifications)
    }
}

/// The part of a call that its actions work with.
pub(crate) struct Stage<'a> {
    pub(crate) now: Timestamp,
    pub(crate) setup: &'a Setup,
    /// Index of the application that drives the call.
    pub(crate) target: usize,
    pub(crate) legs: &'a mut Legs,
    pub(crate) ids: &'a mut Ids,
    pub(crate) effects: &'a mut Vec<Effect>,
}

impl Stage<'_> {
    /// Answers LEG-A if it is inbound and unanswered: media is about to flow.
    pub(crate) fn connect(&mut self, side: Side) {
        if side == Side::A && self.legs.alerting() {
            self.effects.push(Effect::Answer { leg: self.legs.a.id });
            self.legs.a.state = LegState::Connected { since: self.now };
        }
    }

    /// Opens early media towards an unanswered inbound LEG-A.
    pub(crate) fn start_early_media(&mut self) {
        if self.legs.a.state == LegState::Alerting {
            self.effects.push(Effect::StartEarlyMedia { leg: self.legs.a.id });
            self.legs.a.state = LegState::EarlyMedia;
        }
    }

    pub(crate) fn play(&mut self, side: Side, source: AudioSource, times: Times) -> PlaybackId {
        let playback = self.ids.playback();
        if let Some(leg) = self.legs.get(side) {
            self.effects.push(Effect::Play { playback, leg: leg.id, source, times });
        }
        playback
    }

    pub(crate) fn stop_playback(&mut self, playback: PlaybackId) {
        self.effects.push(Effect::StopPlayback { playback });
    }

    pub(crate) fn bridge(&mut self) {
        if let Some(b) = &self.legs.b
            && !self.legs.bridged
        {
            self.effects.push(Effect::Bridge { a: self.legs.a.id, b: b.id });
            self.legs.bridged = true;
        }
    }

    fn unbridge(&mut self) {
        if let Some(b) = &self.legs.b
            && self.legs.bridged
        {
            self.effects.push(Effect::Unbridge { a: self.legs.a.id, b: b.id });
            self.legs.bridged = false;
        }
    }

    /// Lets a leg go by our own doing: refuse, cancel or BYE.
    pub(crate) fn release(&mut self, side: Side, code: u16) {
        self.unbridge();
        if let Some(leg) = self.legs.get(side) {
            match leg.state {
                LegState::Alerting | LegState::EarlyMedia => {
                    self.effects.push(Effect::Reject { leg: leg.id, code: code.max(400) });
                }
                LegState::Dialling { .. } | LegState::Connected { .. } => {
                    self.effects.push(Effect::Release { leg: leg.id });
                }
                LegState::Pending | LegState::Gone { .. } => {}
            }
        }
        self.close(side, code);
    }

    /// Takes note that a leg ended by somebody else's doing.
    pub(crate) fn lost(&mut self, side: Side, code: u16) {
        self.unbridge();
        self.close(side, code);
    }

    /// Takes note that a leg could not be placed: nothing was sent, so nothing is recorded.
    pub(crate) fn never_began(&mut self, side: Side) {
        if let Some(leg) = self.legs.get_mut(side) {
            leg.state = LegState::Gone { answered: None, told: false };
        }
    }

    /// Writes the leg's one record and forgets what it was listened for.
    fn close(&mut self, side: Side, code: u16) {
        let Some(leg) = self.legs.get_mut(side) else { return };
        if leg.is_gone() {
            return;
        }
        let answered = leg.answered();
        leg.state = LegState::Gone { answered, told: false };
        leg.registration = None;
        leg.listening = false;
        let code = if answered.is_some() { 0 } else { code };
        let record = record(self.setup, self.target, self.legs, side, self.now, code, false);
        self.effects.extend(record.map(Effect::WriteRecord));
    }

    pub(crate) fn log(&mut self, message: impl Into<String>) {
        self.effects.push(Effect::Log { message: message.into() });
    }
}

/// The call record of one leg.
pub(crate) fn record(
    setup: &Setup,
    target: usize,
    legs: &Legs,
    side: Side,
    ended: Timestamp,
    code: u16,
    crashed: bool,
) -> Option<CallRecord> {
    let leg = legs.get(side)?;
    let target = setup.target(target);
    Some(CallRecord {
        transaction: setup.transaction,
        leg: leg.id,
        tag: side.tag().to_owned(),
        application: target.application.clone(),
        region: target.region.clone(),
        rule: match &setup.origin {
            Origin::Inbound { rule, .. } => Some(rule.clone()),
            Origin::Outbound { .. } => None,
        },
        from: leg.from.clone(),
        to: leg.to.clone(),
        direction: leg.direction.as_str().to_owned(),
        started: leg.began,
        answered: leg.answered(),
        ended,
        code,
        crashed,
    })
}
