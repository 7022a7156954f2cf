//! A world in which everything a call wants comes true, for [`response`](super::response).

use std::collections::{BTreeSet, VecDeque};
use std::time::Duration;

use base::{LegId, Rng, Timestamp, TransactionId};

use crate::{Call, Effect, Event, InvocationId, Limits, Line, Origin, Setup, Target, replay};

/// Answers with the payload under test; later ones are empty, so that the call comes to rest.
const ANSWERS: u32 = 4;
/// Callers hang up after so much of the same.
const BORED: usize = 500;
/// What it takes for a call to be over, at most.
const STEPS: usize = 1_000;
/// A caller who hears nothing for so long hangs up.
const PATIENCE: Duration = Duration::from_secs(60);

/// A call whose function answers with `payload`, from its first event to its end, and once more by its journal.
pub(super) fn live(payload: &str, strict: bool) {
    let setup = setup(strict);
    let began = Timestamp::from_millis(1_700_000_000_000);
    let mut effects = Vec::new();
    let mut call = Call::new(began, setup.clone(), &mut effects);
    let mut world = World::new(payload, setup.leg_a);
    world.carry_out(&effects);
    let mut journal: Vec<(Timestamp, Option<Event>, Vec<Effect>)> = vec![(began, None, effects)];
    let mut now = began;
    for step in 0.. {
        if call.is_finished() {
            break;
        }
        assert!(step < STEPS, "the call goes on for ever");
        let event = match (world.events.pop_front(), call.deadline()) {
            _ if step >= BORED && !world.hung_up => world.hangs_up(),
            (Some(event), _) => {
                now += Duration::from_millis(100);
                event
            }
            (None, Some((at, _))) if at <= now + PATIENCE => {
                now = now.max(at);
                Event::Woken
            }
            (None, _) => {
                now += PATIENCE;
                world.hangs_up()
            }
        };
        if let Event::FunctionReturned { invocation, .. } = &event {
            world.in_flight.remove(invocation);
        }
        let mut effects = Vec::new();
        call.handle(now, event.clone(), &mut effects);
        world.carry_out(&effects);
        journal.push((now, Some(event), effects));
    }
    assert!(world.finished && world.recorded == world.legs, "a record per leg, then the end");
    let lines = journal.iter().flat_map(|(at, event, effects)| {
        event.iter().map(|event| (*at, Line::Event(event))).chain([(*at, Line::Effects(effects))])
    });
    let again = replay(began, setup, lines).expect("the replay tells the same");
    assert!(again == call, "the replay reaches another state");
}

fn setup(strict: bool) -> Setup {
    let mut rng = Rng::new(1);
    let target = Target {
        application: "ivr-0000".into(),
        region: "us-east-1".into(),
        function: "arn:aws:lambda:us-east-1:111122223333:function:ivr".into(),
    };
    Setup {
        transaction: TransactionId::random(&mut rng),
        leg_a: LegId::random(&mut rng),
        seed: 2,
        account: "111122223333".into(),
        origin: Origin::Inbound {
            rule: "rule-1".into(),
            from: "+15550100".into(),
            to: "+15550199".into(),
            sip_headers: vec![("X-Colour".into(), "blue".into())],
            targets: vec![target],
        },
        limits: Limits { strict, ..Limits::default() },
    }
}

struct World<'a> {
    payload: &'a str,
    caller: LegId,
    answers: u32,
    /// What comes true next.
    events: VecDeque<Event>,
    in_flight: BTreeSet<InvocationId>,
    legs: BTreeSet<LegId>,
    recorded: BTreeSet<LegId>,
    hung_up: bool,
    finished: bool,
}

impl<'a> World<'a> {
    fn new(payload: &'a str, caller: LegId) -> Self {
        Self {
            payload,
            caller,
            answers: 0,
            events: VecDeque::new(),
            in_flight: BTreeSet::new(),
            legs: BTreeSet::new(),
            recorded: BTreeSet::new(),
            hung_up: false,
            finished: false,
        }
    }

    fn carry_out(&mut self, effects: &[Effect]) {
        for effect in effects {
            assert!(!self.finished, "{effect:?} after the end");
            self.one(effect);
        }
    }

    fn one(&mut self, effect: &Effect) {
        match effect {
            Effect::Invoke { invocation, .. } => {
                assert!(self.in_flight.is_empty(), "two invocations at a time");
                self.in_flight.insert(*invocation);
                self.answers += 1;
                let rest = r#"{"SchemaVersion":"1.0","Actions":[]}"#;
                let payload = if self.answers <= ANSWERS { self.payload } else { rest };
                let outcome = Ok(payload.to_owned());
                self.events.push_back(Event::FunctionReturned { invocation: *invocation, outcome });
            }
            Effect::Ring { leg } => {
                self.legs.insert(*leg);
            }
            Effect::Dial { leg, .. } => {
                self.legs.insert(*leg);
                self.events.push_back(Event::Progressed { leg: *leg, early_media: true });
                self.events.push_back(Event::Answered { leg: *leg });
            }
            Effect::Play { playback, .. } => {
                self.events.push_back(Event::PlaybackEnded { playback: *playback, outcome: Ok(()) });
            }
            Effect::SendDigits { sending, .. } => {
                self.events.push_back(Event::DigitsSent { sending: *sending });
            }
            Effect::ModifyAttendees { request, .. } => {
                self.events.push_back(Event::AttendeesModified { request: *request, outcome: Ok(()) });
            }
            Effect::ListenForDigits { leg, on: true } => {
                let press = |digit| Event::DigitReceived { leg: *leg, digit };
                self.events.extend("12#".chars().map(press));
            }
            Effect::StartRecording { recording, silence: Some(_), .. } => {
                self.events.push_back(Event::SilenceDetected { recording: *recording });
            }
            Effect::StoreRecording { recording, .. } => {
                self.events.push_back(Event::RecordingStored { recording: *recording, outcome: Ok(()) });
            }
            Effect::WriteRecord(record) => {
                assert!(self.recorded.insert(record.leg), "two records of one leg");
            }
            Effect::Finish => self.finished = true,
            Effect::StartEarlyMedia { .. }
            | Effect::Answer { .. }
            | Effect::Reject { .. }
            | Effect::Release { .. }
            | Effect::Bridge { .. }
            | Effect::Unbridge { .. }
            | Effect::StopPlayback { .. }
            | Effect::StopSending { .. }
            | Effect::ListenForDigits { on: false, .. }
            | Effect::StartRecording { silence: None, .. }
            | Effect::Log { .. } => {}
        }
    }

    /// The caller; and when the caller is gone already, the other leg.
    fn hangs_up(&mut self) -> Event {
        let gone = std::mem::replace(&mut self.hung_up, true);
        let other = self.legs.iter().find(|leg| **leg != self.caller && !self.recorded.contains(leg));
        let leg = if gone { other.copied().unwrap_or(self.caller) } else { self.caller };
        Event::Ended { leg, code: 0 }
    }
}
