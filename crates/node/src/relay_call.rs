//! A call between two trunks that no function drives: a connector calls a carrier, or one of a connector's numbers is
//! called. Pure: leg A is the one that called us, leg B the one we place.
//!
//! | state | event | effects | next |
//! |---|---|---|---|
//! | — | new | dial B | dialling |
//! | dialling | B progressed | ring A | dialling |
//! | dialling | B progressed with media | early media to A, bridge | early |
//! | dialling, early | B answered | answer A, bridge where not yet | up |
//! | dialling, early | B ended or refused | reject A with B's status, record, finish | over |
//! | dialling, early | A ended | release B, record, finish | over |
//! | dialling, early | rings too long | release B, reject A with 480, record, finish | over |
//! | up | one ended | release the other, record, finish | over |
//! | up | lasts too long | release both, record, finish | over |

use std::time::Duration;

use base::{LegId, Timestamp, TransactionId};
use serde::{Deserialize, Serialize};

/// All that is known when a relayed call begins; the first line of its journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RelaySetup {
    /// Names the call in its journal and record.
    pub transaction: TransactionId,
    /// The leg that called.
    pub leg_a: LegId,
    /// The leg to be placed.
    pub leg_b: LegId,
    /// The voice connector whose call it is.
    pub connector: String,
    /// SIP Call-ID of leg A.
    pub call_id: String,
    /// User part of From.
    pub from: String,
    /// The called number.
    pub to: String,
    /// True when the connector's equipment is called (origination), false when it calls (termination).
    pub to_connector: bool,
    /// How long leg B may ring.
    pub ring: Duration,
    /// How long the call may last.
    pub duration: Duration,
}

/// A fact for a relayed call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RelayEvent {
    /// Leg B rings.
    Progressed {
        /// Its audio comes already.
        early_media: bool,
    },
    /// Leg B is up.
    Answered,
    /// Leg B could not be placed.
    Refused {
        /// The status for leg A.
        status: u16,
    },
    /// A leg is gone by its party's doing.
    Ended {
        /// The leg.
        leg: LegId,
        /// Its final status; 0 for BYE and CANCEL.
        status: u16,
    },
    /// The node is shutting down.
    NodeStopping,
    /// The deadline has come.
    Woken,
}

/// What a relayed call wants.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum RelayEffect {
    /// Place leg B.
    Dial,
    /// 180 to leg A.
    Ring,
    /// 183 with SDP to leg A.
    StartEarlyMedia,
    /// 200 to leg A.
    Answer,
    /// Refuse leg A.
    Reject {
        /// Final status.
        status: u16,
    },
    /// BYE or CANCEL.
    Release {
        /// The leg.
        leg: LegId,
    },
    /// Connect the two legs' audio.
    Bridge,
    /// The call's record.
    WriteRecord(RelayRecord),
    /// Both legs are gone.
    Finish,
}

/// A relayed call's detail record: one per call, written exactly once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RelayRecord {
    /// The call.
    pub transaction: TransactionId,
    /// The voice connector.
    pub connector: String,
    /// SIP Call-ID of the calling leg.
    pub call_id: String,
    /// Calling number.
    pub from: String,
    /// Called number.
    pub to: String,
    /// True when the connector's equipment was called.
    pub to_connector: bool,
    /// When it began.
    pub started: Timestamp,
    /// When it was answered.
    pub answered: Option<Timestamp>,
    /// When it ended.
    pub ended: Timestamp,
    /// SIP status it ended with; 0 for normal clearing.
    pub code: u16,
    /// The node died under the call; written at the next start.
    pub crashed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Dialling,
    Early,
    Up { since: Timestamp },
    Over,
}

/// The machine.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RelayCall {
    setup: RelaySetup,
    started: Timestamp,
    state: State,
}

/// Refusal of leg A when leg B rings too long.
const UNAVAILABLE: u16 = 480;

impl RelayCall {
    pub(crate) fn new(now: Timestamp, setup: RelaySetup, effects: &mut Vec<RelayEffect>) -> Self {
        effects.push(RelayEffect::Dial);
        Self { setup, started: now, state: State::Dialling }
    }

    pub(crate) fn setup(&self) -> &RelaySetup {
        &self.setup
    }

    pub(crate) fn handle(&mut self, now: Timestamp, event: RelayEvent, effects: &mut Vec<RelayEffect>) {
        match self.state {
            State::Dialling | State::Early => self.before_answer(now, event, effects),
            State::Up { since } => self.up(now, since, event, effects),
            // Facts that crossed our last orders.
            State::Over => {}
        }
    }

    pub(crate) fn deadline(&self) -> Option<(Timestamp, &'static str)> {
        match self.state {
            State::Dialling | State::Early => Some((self.started + self.setup.ring, "leg B rings too long")),
            State::Up { since } => Some((since + self.setup.duration, "the call lasts too long")),
            State::Over => None,
        }
    }

    pub(crate) fn state(&self) -> &'static str {
        match self.state {
            State::Dialling => "dialling",
            State::Early => "early media",
            State::Up { .. } => "bridged",
            State::Over => "over",
        }
    }

    fn before_answer(&mut self, now: Timestamp, event: RelayEvent, effects: &mut Vec<RelayEffect>) {
        let early = self.state == State::Early;
        match event {
            RelayEvent::Progressed { early_media: true } if !early => {
                self.state = State::Early;
                effects.extend([RelayEffect::StartEarlyMedia, RelayEffect::Bridge]);
            }
            // After a 183 with media a 180 would tell the caller's phone to make its own tone.
            RelayEvent::Progressed { .. } if early => {}
            RelayEvent::Progressed { .. } => effects.push(RelayEffect::Ring),
            RelayEvent::Answered => {
                self.state = State::Up { since: now };
                effects.push(RelayEffect::Answer);
                if !early {
                    effects.push(RelayEffect::Bridge);
                }
            }
            RelayEvent::Refused { status } => {
                effects.push(RelayEffect::Reject { status });
                self.finish(now, None, status, effects);
            }
            RelayEvent::Ended { leg, status } if leg == self.setup.leg_b => {
                // A leg B that ends without a status before it was answered was unavailable.
                let status = if status == 0 { UNAVAILABLE } else { status };
                effects.push(RelayEffect::Reject { status });
                self.finish(now, None, status, effects);
            }
            RelayEvent::Ended { status, .. } => {
                effects.push(RelayEffect::Release { leg: self.setup.leg_b });
                self.finish(now, None, status, effects);
            }
            RelayEvent::NodeStopping => {
                effects.push(RelayEffect::Release { leg: self.setup.leg_b });
                effects.push(RelayEffect::Reject { status: UNAVAILABLE });
                self.finish(now, None, UNAVAILABLE, effects);
            }
            RelayEvent::Woken if self.is_due(now) => {
                effects.push(RelayEffect::Release { leg: self.setup.leg_b });
                effects.push(RelayEffect::Reject { status: UNAVAILABLE });
                self.finish(now, None, UNAVAILABLE, effects);
            }
            // Woken early.
            RelayEvent::Woken => {}
        }
    }

    fn up(&mut self, now: Timestamp, since: Timestamp, event: RelayEvent, effects: &mut Vec<RelayEffect>) {
        match event {
            RelayEvent::Ended { leg, status } => {
                effects.push(RelayEffect::Release { leg: self.other(leg) });
                self.finish(now, Some(since), status, effects);
            }
            RelayEvent::NodeStopping => self.release_both(now, since, effects),
            RelayEvent::Woken if self.is_due(now) => self.release_both(now, since, effects),
            // Woken early; a second answer or a late provisional changes nothing.
            RelayEvent::Woken
            | RelayEvent::Progressed { .. }
            | RelayEvent::Answered
            | RelayEvent::Refused { .. } => {}
        }
    }

    fn release_both(&mut self, now: Timestamp, since: Timestamp, effects: &mut Vec<RelayEffect>) {
        effects.push(RelayEffect::Release { leg: self.setup.leg_a });
        effects.push(RelayEffect::Release { leg: self.setup.leg_b });
        self.finish(now, Some(since), 0, effects);
    }

    fn finish(
        &mut self,
        now: Timestamp,
        answered: Option<Timestamp>,
        code: u16,
        effects: &mut Vec<RelayEffect>,
    ) {
        self.state = State::Over;
        effects.push(RelayEffect::WriteRecord(record(&self.setup, self.started, answered, now, code, false)));
        effects.push(RelayEffect::Finish);
    }

    fn is_due(&self, now: Timestamp) -> bool {
        self.deadline().is_some_and(|(at, _)| at <= now)
    }

    fn other(&self, leg: LegId) -> LegId {
        if leg == self.setup.leg_a { self.setup.leg_b } else { self.setup.leg_a }
    }
}

/// The record of a relayed call whose node died, from its journal's first line.
pub(crate) fn crashed_record(setup: &RelaySetup, started: Timestamp, now: Timestamp) -> RelayRecord {
    record(setup, started, None, now, 0, true)
}

fn record(
    setup: &RelaySetup,
    started: Timestamp,
    answered: Option<Timestamp>,
    ended: Timestamp,
    code: u16,
    crashed: bool,
) -> RelayRecord {
    RelayRecord {
        transaction: setup.transaction,
        connector: setup.connector.clone(),
        call_id: setup.call_id.clone(),
        from: setup.from.clone(),
        to: setup.to.clone(),
        to_connector: setup.to_connector,
        started,
        answered,
        ended,
        code,
        crashed,
    }
}

#[cfg(test)]
mod tests {
    use base::Rng;

    use super::*;

    struct Story {
        call: RelayCall,
        now: Timestamp,
        effects: Vec<RelayEffect>,
    }

    impl Story {
        fn begins() -> Self {
            let mut rng = Rng::new(1);
            let setup = RelaySetup {
                transaction: TransactionId::random(&mut rng),
                leg_a: LegId::random(&mut rng),
                leg_b: LegId::random(&mut rng),
                connector: "abc".into(),
                call_id: "x@y".into(),
                from: "+15550100".into(),
                to: "+15550199".into(),
                to_connector: false,
                ring: Duration::from_secs(180),
                duration: Duration::from_secs(3600),
            };
            let mut effects = vec![];
            let now = Timestamp::from_millis(1_000);
            let call = RelayCall::new(now, setup, &mut effects);
            assert_eq!(effects, [RelayEffect::Dial]);
            Self { call, now, effects: vec![] }
        }

        fn then(&mut self, event: RelayEvent) -> &[RelayEffect] {
            self.now += Duration::from_secs(1);
            self.effects.clear();
            self.call.handle(self.now, event, &mut self.effects);
            &self.effects
        }

        fn a(&self) -> LegId {
            self.call.setup.leg_a
        }

        fn b(&self) -> LegId {
            self.call.setup.leg_b
        }

        fn the_record(&self) -> &RelayRecord {
            let mut records = self.effects.iter().filter_map(|effect| match effect {
                RelayEffect::WriteRecord(record) => Some(record),
                _ => None,
            });
            let record = records.next().expect("a record");
            assert!(records.next().is_none());
            assert_eq!(self.effects.last(), Some(&RelayEffect::Finish));
            record
        }
    }

    #[test]
    fn rings_is_answered_and_ends_by_either_side() {
        for by_a in [true, false] {
            let mut story = Story::begins();
            assert_eq!(story.then(RelayEvent::Progressed { early_media: false }), [RelayEffect::Ring]);
            assert_eq!(story.then(RelayEvent::Answered), [RelayEffect::Answer, RelayEffect::Bridge]);
            let (gone, left) = if by_a { (story.a(), story.b()) } else { (story.b(), story.a()) };
            let effects = story.then(RelayEvent::Ended { leg: gone, status: 0 });
            assert_eq!(effects[0], RelayEffect::Release { leg: left });
            assert_eq!(story.the_record().answered, Some(Timestamp::from_millis(3_000)));
            assert_eq!(story.the_record().code, 0);
            assert_eq!(story.then(RelayEvent::Ended { leg: left, status: 0 }), []);
            assert_eq!(story.call.deadline(), None);
        }
    }

    #[test]
    fn early_media_is_bridged_once_and_a_later_180_is_not_passed_on() {
        let mut story = Story::begins();
        assert_eq!(
            story.then(RelayEvent::Progressed { early_media: true }),
            [RelayEffect::StartEarlyMedia, RelayEffect::Bridge]
        );
        assert_eq!(story.then(RelayEvent::Progressed { early_media: false }), []);
        assert_eq!(story.then(RelayEvent::Answered), [RelayEffect::Answer]);
    }

    #[test]
    fn busy_reaches_the_caller() {
        let mut story = Story::begins();
        let b = story.b();
        let effects = story.then(RelayEvent::Ended { leg: b, status: 486 });
        assert_eq!(effects[0], RelayEffect::Reject { status: 486 });
        assert_eq!(story.the_record().code, 486);
    }

    #[test]
    fn a_caller_who_gives_up_cancels_the_other_leg() {
        let mut story = Story::begins();
        let (a, b) = (story.a(), story.b());
        let effects = story.then(RelayEvent::Ended { leg: a, status: 0 });
        assert_eq!(effects[0], RelayEffect::Release { leg: b });
        assert_eq!(story.the_record().answered, None);
    }

    #[test]
    fn rings_too_long_and_lasts_too_long() {
        let mut story = Story::begins();
        let b = story.b();
        assert_eq!(story.then(RelayEvent::Woken), []);
        story.now = story.call.deadline().expect("rings").0;
        let effects = story.then(RelayEvent::Woken);
        assert_eq!(effects[..2], [RelayEffect::Release { leg: b }, RelayEffect::Reject { status: 480 }]);

        let mut story = Story::begins();
        story.then(RelayEvent::Answered);
        assert_eq!(story.then(RelayEvent::Woken), []);
        story.now = story.call.deadline().expect("lasts").0;
        let (a, b) = (story.a(), story.b());
        let effects = story.then(RelayEvent::Woken);
        assert_eq!(effects[..2], [RelayEffect::Release { leg: a }, RelayEffect::Release { leg: b }]);
    }
}
