//! Telephones, a PBX and API clients that do anything.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use base::{Rng, TransactionId};
use serde_json::json;

use super::answers::{answer, number};
use super::{CALLS_PER_WORLD, Known, races};
use crate::engine::{CARRIER, Engine, NODE, PBX};
use crate::ua::{Change, Manners, Quirk, Stage, UaCall};
use crate::world::World;

/// All plans begin within this.
pub(super) const SPAN: u64 = 300_000;

/// Makes the applications, numbers, rules and connectors, and gives every telephone its manners.
pub(crate) fn settle_in(world: &World, known: &Rc<RefCell<Known>>, rng: &mut Rng) {
    let mut applications = Vec::new();
    for (name, region) in [("one", "us-east-1"), ("two", "us-west-2")] {
        let (mut rng, known) = (Rng::new(rng.next_u64()), Rc::clone(known));
        world.function(name, move |event| answer(&mut rng, &known, event));
        applications.push(world.application_in(name, region));
    }
    for number in ["+12065550100", "+12065550101", "+12065550102"] {
        world.buys(number);
    }
    world.rule("+12065550100", &applications);
    world.rule("+12065550101", &applications[1..]);
    let driven = world.connector("driven");
    world.connector_rule(&driven, &applications[0]);
    let plain = world.connector("plain");
    {
        let mut known = known.borrow_mut();
        known.applications = applications;
        known.connector_arn.clone_from(&driven.arn);
    }
    let mut engine = world.engine();
    for trunk in [CARRIER, PBX] {
        for digit in 0..10 {
            let manners = manners(rng, digit);
            if let Some(ua) = engine.uas.get_mut(&trunk) {
                ua.manners.insert(format!("+1555000{digit}"), manners);
            }
        }
    }
    engine.hosts = vec![driven.host, plain.host];
}

fn manners(rng: &mut Rng, kind: u64) -> Manners {
    let soon = |rng: &mut Rng| Duration::from_millis(rng.below(2_000));
    let mut manners = Manners {
        rings_after: rng.one_in(2).then(|| soon(rng)),
        early_media_after: rng.one_in(3).then(|| soon(rng)),
        final_after: Some((Duration::from_millis(rng.below(6_000)), 200)),
        hangs_up_after: Some(Duration::from_millis(rng.below(40_000))),
        alaw: rng.one_in(3),
        dead: false,
        quirk: Quirk::None,
    };
    match kind {
        0 => manners.final_after = Some((soon(rng), 486)),
        1 => manners.final_after = Some((soon(rng), 503)),
        2 => manners.final_after = None,
        3 => manners.dead = true,
        // Answers and is gone.
        4 => manners.hangs_up_after = Some(Duration::from_millis(rng.below(30))),
        5 if rng.one_in(2) => {
            manners.final_after = Some((soon(rng), [302, 407, 488, 603][rng.below(4) as usize]))
        }
        6..10 if rng.one_in(2) => {
            manners.quirk = match rng.below(6) {
                0 => Quirk::Stubborn,
                1 => Quirk::Forks,
                2 => {
                    manners.early_media_after = Some(soon(rng));
                    Quirk::Reliable
                }
                3 => Quirk::SaysNothing,
                4 => Quirk::Timer,
                _ => Quirk::LosesPower(Duration::from_millis(rng.below(30_000))),
            };
            if manners.quirk == Quirk::Stubborn {
                // Time enough to be cancelled.
                manners.final_after = Some((Duration::from_secs(25), 200));
            }
        }
        _ => {}
    }
    manners
}

/// What is peculiar about a caller; mostly nothing.
fn quirk(rng: &mut Rng) -> Quirk {
    match rng.below(24) {
        0 => Quirk::NeverAcknowledges,
        1..4 => Quirk::LeavesEarly,
        4 => Quirk::Timer,
        5 => Quirk::LosesPower(Duration::from_millis(rng.below(30_000))),
        _ => Quirk::None,
    }
}

/// What becomes of the node on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// Nothing.
    None,
    /// It is told to stop: its calls end, and it takes no more.
    Stop,
    /// It dies and starts again.
    Crash,
    /// It dies again while it settles what the first death left, or is told to stop then.
    CrashAgain,
}

/// Lets everybody do something at some time.
pub(crate) fn make_plans(world: &World, known: &Rc<RefCell<Known>>, rng: &mut Rng, end: End) {
    let mut engine = world.engine();
    for _ in 0..CALLS_PER_WORLD {
        let after = Duration::from_millis(rng.below(SPAN));
        let mut rng = Rng::new(rng.next_u64());
        let known = Rc::clone(known);
        engine.at(after, move |engine| start(engine, &known, &mut rng));
    }
    for _ in 0..CALLS_PER_WORLD * 4 {
        let after = Duration::from_millis(rng.below(SPAN + 60_000));
        let mut rng = Rng::new(rng.next_u64());
        let known = Rc::clone(known);
        engine.at(after, move |engine| meddle(engine, &known, &mut rng));
    }
    let when = Duration::from_millis(rng.below(SPAN));
    match end {
        End::None => {}
        End::Stop => engine.at(when, Engine::stop),
        End::Crash => crash(&mut engine, when, rng),
        End::CrashAgain => {
            crash(&mut engine, when, rng);
            let soon = if rng.one_in(2) { 25_000_000 } else { 100_000 };
            let again = when + Duration::from_micros(rng.below(soon));
            if rng.one_in(4) {
                engine.at(again, Engine::stop);
            } else {
                crash(&mut engine, again, rng);
            }
        }
    }
}

/// The node dies, while the store works on something that was just asked for.
fn crash(engine: &mut Engine, when: Duration, rng: &mut Rng) {
    let before = Duration::from_micros(rng.below(2 * engine.faults.disk.as_micros() as u64 + 1));
    let name = rng.below(100);
    engine.at(when.saturating_sub(before), move |engine| {
        let order = json!({ "AwsRegion": "us-east-1", "Name": format!("last-{name}"),
            "Endpoints": [{ "LambdaArn": crate::world::function_arn("one") }] });
        request(engine, "/sip-media-applications", &order);
    });
    engine.at(when, |engine| {
        engine.everybody_forgets();
        engine.crash();
    });
}

fn start(engine: &mut Engine, known: &Rc<RefCell<Known>>, rng: &mut Rng) {
    let ours = ["+12065550100", "+12065550101", "+12065550102", "+12065550999"]
        [rng.below(4).min(rng.below(9)) as usize];
    let from = format!("+1555100{}", rng.below(10));
    match rng.below(10) {
        0..6 => {
            dial(engine, rng, CARRIER, (&from, ours, &NODE.ip().to_string()), None);
        }
        6 | 7 => {
            // Through the connector with a rule, or through the one that calls where it likes.
            let host = engine.hosts[rng.below(2) as usize].clone();
            let to = if rng.one_in(4) { ours.to_owned() } else { number(rng) };
            // A connector may show numbers of ours only.
            let from = if rng.one_in(3) { from } else { "+12065550102".to_owned() };
            dial(engine, rng, PBX, (&from, &to, &host), None);
        }
        _ => {
            let applications = known.borrow().applications.clone();
            let application = &applications[rng.below(2) as usize];
            let order = json!({ "FromPhoneNumber": "+12065550100", "ToPhoneNumber": number(rng),
                "ArgumentsMap": { "a": "b" } });
            request(engine, &format!("/sip-media-applications/{application}/calls"), &order);
        }
    }
}

/// Calls somebody, and gives up after a while.
pub(super) fn dial(
    engine: &mut Engine,
    rng: &mut Rng,
    trunk: std::net::SocketAddr,
    way: (&str, &str, &str),
    pass: Option<(String, String)>,
) {
    let hangs_up_after = Some(Duration::from_millis(rng.below(50_000)));
    let manners = Manners { hangs_up_after, quirk: quirk(rng), ..Manners::default() };
    let late_offer = rng.one_in(10);
    let mut headers = vec![("User-to-User".to_owned(), "abc;encoding=hex".to_owned())];
    headers.extend(pass);
    let id =
        engine.with_ua(trunk, |ua, now, wants| ua.dial(now, way, &headers, (manners, late_offer), wants));
    // The caller's patience, should nobody answer; or less.
    let patience = if rng.one_in(3) { rng.below(1_500) } else { 20_000 + rng.below(40_000) };
    if let Some(id) = id {
        engine.at(Duration::from_millis(patience), move |engine| {
            engine.with_ua(trunk, |ua, now, wants| ua.hang_up(now, &id, wants));
        });
    }
}

fn meddle(engine: &mut Engine, known: &Rc<RefCell<Known>>, rng: &mut Rng) {
    let trunk = if rng.one_in(3) { PBX } else { CARRIER };
    let up: Vec<(String, std::net::SocketAddr)> = engine
        .uas
        .get(&trunk)
        .into_iter()
        .flat_map(|ua| ua.calls.values())
        .filter(|call: &&UaCall| call.stage == Stage::Up)
        .map(|call| (call.id.clone(), call.rtp))
        .collect();
    let digit = ['1', '5', '#', '*'][rng.below(4) as usize];
    match rng.below(16) {
        13 => engine.stall(Duration::from_micros(rng.below(2_500_000))),
        14 => engine.repeats(rng),
        15 if rng.one_in(3) => engine.outage(Duration::from_millis(rng.below(8_000))),
        8 if !up.is_empty() => {
            let (id, _) = &up[rng.below(up.len() as u64) as usize];
            let change = change(rng);
            engine.with_ua(trunk, |ua, now, wants| ua.change(now, id, change, wants));
        }
        9 if rng.one_in(2) => noise(engine, trunk, rng),
        9 => {
            let applications = known.borrow().applications.clone();
            let path = format!("/sip-media-applications/{}", applications[rng.below(2) as usize]);
            let change = json!({ "Name": format!("app-{}", rng.below(100)) });
            if let Ok(request) = api::voice::parse("PUT", &path, "", change.to_string().as_bytes()) {
                engine.request(request);
            }
        }
        10..13 => {
            let calls = known.borrow().calls.clone();
            let Some((application, call)) = some_call(rng, &calls) else { return };
            races::anywhere(engine, rng, known, (&application, &call.to_string()));
        }
        0..4 if !up.is_empty() => {
            let (_, rtp) = up[rng.below(up.len() as u64) as usize];
            engine.press(rtp, digit);
        }
        4 if !up.is_empty() => {
            let (id, _) = &up[rng.below(up.len() as u64) as usize];
            engine.with_ua(trunk, |ua, _, wants| ua.info_digit(id, digit, wants));
        }
        5 if !up.is_empty() => {
            let (id, _) = &up[rng.below(up.len() as u64) as usize];
            engine.with_ua(trunk, |ua, now, wants| ua.hang_up(now, id, wants));
        }
        _ => {
            let calls = known.borrow().calls.clone();
            let Some((application, call)) = some_call(rng, &calls) else { return };
            let path = format!("/sip-media-applications/{application}/calls/{call}");
            request(engine, &path, &json!({ "Arguments": { "digit": digit.to_string() } }));
        }
    }
}

/// A way to change a session.
pub(super) fn change(rng: &mut Rng) -> Change {
    [Change::Move, Change::Hold, Change::Ask, Change::Update][rng.below(4) as usize]
}

/// An INVITE that went through somebody's hands.
fn noise(engine: &mut Engine, from: std::net::SocketAddr, rng: &mut Rng) {
    let newest = engine.uas.get(&from).and_then(|ua| ua.calls.values().rfind(|call| !call.invite.is_empty()));
    let Some(text) = newest.map(|call| call.invite.clone()) else { return };
    let mut bytes = text.into_bytes();
    for _ in 0..=rng.below(4) {
        let at = rng.below(bytes.len() as u64) as usize;
        match rng.below(3) {
            0 => bytes.truncate(at.max(1)),
            1 => bytes[at] = rng.below(256) as u8,
            _ => {
                bytes.remove(at);
                bytes.push(b'x');
            }
        }
    }
    engine.garbage(from, &bytes);
}

/// Mostly one of the latest.
fn some_call(rng: &mut Rng, calls: &[(String, TransactionId)]) -> Option<(String, TransactionId)> {
    let recent = if rng.one_in(5) { calls.len() } else { calls.len().min(3) };
    let back = 1 + rng.below(recent as u64) as usize;
    calls.len().checked_sub(back).map(|index| calls[index].clone())
}

pub(super) fn request(engine: &mut Engine, path: &str, body: &serde_json::Value) {
    if let Ok(request) = api::voice::parse("POST", path, "", body.to_string().as_bytes()) {
        engine.request(request);
    }
}
