//! Things that happen at nearly the same moment, because that is where machines break.

use std::cell::RefCell;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Duration;

use base::Rng;
use serde_json::{Value, json};

use super::parties::{change, request};
use super::{Known, meetings};
use crate::engine::{CARRIER, Engine, PBX};
use crate::function::Answer;
use crate::ua::{Change, Stage, UaCall};

/// One way through a good network: what is sent so long before a moment arrives in it.
const WAY: Duration = Duration::from_millis(5);

/// A call as the function was told of it.
#[derive(Clone, Debug)]
struct Call {
    application: String,
    transaction: String,
    caller: Option<(String, String)>,
}

/// Lets a race happen around an answer of a function: in the moment it returns, or while its actions run.
pub(crate) fn around(mut answer: Answer, rng: &mut Rng, known: &Rc<RefCell<Known>>, event: &Value) -> Answer {
    let details = &event["CallDetails"];
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let participant = &details["Participants"][0];
    let call = Call {
        application: text(&details["SipMediaApplicationId"]),
        transaction: text(&details["TransactionId"]),
        caller: Some((text(&participant["From"]), text(&participant["To"]))),
    };
    let moment = match rng.below(3) {
        0 => answer.latency,
        1 => answer.latency + Duration::from_millis(rng.below(40)),
        _ => answer.latency + Duration::from_millis(rng.below(7_000)),
    };
    for _ in 0..2 + rng.below(3) {
        let mut rng = Rng::new(rng.next_u64());
        let (call, known) = (call.clone(), Rc::clone(known));
        let at = nearly(&mut rng, moment);
        answer = answer.meanwhile(at, move |engine| act(engine, &mut rng, &known, &call));
    }
    if known.borrow().rooms.is_in_use() && rng.one_in(8) {
        // A meeting or an attendee is gone in that moment: when the disk has it.
        let mut rng = Rng::new(rng.next_u64());
        let at = nearly(&mut rng, moment).saturating_sub(known.borrow().disk);
        let known = Rc::clone(known);
        answer = answer.meanwhile(at, move |engine| meetings::delete(engine, &known, &mut rng));
    }
    answer
}

/// Two things that somebody does at the same moment to whatever call is there.
pub(crate) fn anywhere(
    engine: &mut Engine,
    rng: &mut Rng,
    known: &Rc<RefCell<Known>>,
    (application, transaction): (&str, &str),
) {
    let call = Call { application: application.into(), transaction: transaction.into(), caller: None };
    for _ in 0..2 {
        let mut rng = Rng::new(rng.next_u64());
        let (call, known) = (call.clone(), Rc::clone(known));
        let at = nearly(&mut rng, Duration::from_millis(10));
        engine.at(at, move |engine| act(engine, &mut rng, &known, &call));
    }
}

/// The moment, a way before it, or a little beside it.
pub(super) fn nearly(rng: &mut Rng, moment: Duration) -> Duration {
    match rng.below(6) {
        0 | 1 => moment,
        2 | 3 => moment.saturating_sub(WAY),
        4 => moment.saturating_sub(WAY) + Duration::from_micros(rng.below(3)),
        _ => moment.saturating_sub(WAY * 2) + Duration::from_micros(rng.below(20_000)),
    }
}

fn act(engine: &mut Engine, rng: &mut Rng, known: &Rc<RefCell<Known>>, call: &Call) {
    if known.borrow().rooms.is_in_use() && rng.one_in(6) {
        return meetings::act(engine, known, rng);
    }
    let digit = ['1', '5', '#', '*'][rng.below(4) as usize];
    match rng.below(19) {
        0..4 => with_caller(engine, call, Deed::HangUp),
        4..7 => with_called(engine, rng, Deed::HangUp),
        7..9 => with_called(engine, rng, Deed::Decide(200)),
        9 => with_called(engine, rng, Deed::Decide(486)),
        10 | 11 => {
            let path = format!("/sip-media-applications/{}/calls/{}", call.application, call.transaction);
            request(engine, &path, &json!({ "Arguments": { "race": digit.to_string() } }));
        }
        12 => with_caller(engine, call, Deed::Press(digit)),
        13 => with_called(engine, rng, Deed::Press(digit)),
        14 => {
            let change = change(rng);
            with_caller(engine, call, Deed::Change(change));
        }
        16 => engine.stall(Duration::from_micros(rng.below(60_000))),
        17 => with_called(engine, rng, Deed::PowerCut),
        _ => {
            let change = change(rng);
            with_called(engine, rng, Deed::Change(change));
        }
    }
}

#[derive(Clone, Copy)]
enum Deed {
    HangUp,
    Decide(u16),
    Press(char),
    Change(Change),
    PowerCut,
}

/// The telephone behind LEG-A does something; the newest caller where nobody knows better.
fn with_caller(engine: &mut Engine, call: &Call, deed: Deed) {
    let is_it = |one: &&UaCall| match &call.caller {
        Some((from, to)) => one.number == *to && (one.other == *from || !one.outgoing),
        None => one.outgoing,
    };
    let found = [CARRIER, PBX].into_iter().find_map(|trunk| {
        let calls = engine.uas.get(&trunk)?.calls.values();
        let found = calls.rev().filter(|one| one.stage != Stage::Over).find(is_it)?;
        Some((trunk, found.id.clone(), found.rtp))
    });
    does(engine, found, deed);
}

/// One of those whom the node has called does something.
fn with_called(engine: &mut Engine, rng: &mut Rng, deed: Deed) {
    let called: Vec<_> = [CARRIER, PBX]
        .into_iter()
        .filter_map(|trunk| Some((trunk, engine.uas.get(&trunk)?)))
        .flat_map(|(trunk, ua)| ua.calls.values().map(move |call| (trunk, call)))
        .filter(|(_, call)| !call.outgoing && !matches!(call.stage, Stage::Over | Stage::Leaving))
        .map(|(trunk, call)| (trunk, call.id.clone(), call.rtp))
        .collect();
    let found = (!called.is_empty()).then(|| called[rng.below(called.len() as u64) as usize].clone());
    does(engine, found, deed);
}

fn does(engine: &mut Engine, who: Option<(SocketAddr, String, SocketAddr)>, deed: Deed) {
    let Some((trunk, id, rtp)) = who else { return };
    match deed {
        Deed::Press(digit) => engine.press(rtp, digit),
        Deed::HangUp => {
            engine.with_ua(trunk, |ua, now, wants| ua.hang_up(now, &id, wants));
        }
        Deed::Decide(status) => {
            engine.with_ua(trunk, |ua, now, wants| ua.decide(now, &id, status, wants));
        }
        Deed::Change(change) => {
            engine.with_ua(trunk, |ua, now, wants| ua.change(now, &id, change, wants));
        }
        Deed::PowerCut => {
            engine.with_ua(trunk, |ua, _, _| ua.cut_power(&id));
        }
    }
}
