//! Meetings of chance: organisers who create and delete, browsers that come, go and babble, telephones with tokens.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use base::Rng;
use directory::JOIN_NUMBER;
use meet::ConnectionId;
use serde_json::{Value, json};

use super::parties::{SPAN, dial, request};
use super::{Known, races};
use crate::browser::{Browser, BrowserStage};
use crate::engine::{CARRIER, Engine, NODE, PBX};
use crate::world::World;

/// What is done in the meetings of a world, beside what its calls do.
const ACTS: u32 = 80;
/// How long meetings and browsers may be alone, and how much browsers may say.
pub(super) fn times(rng: &mut Rng) -> meet::Config {
    let seconds = |rng: &mut Rng, from, to| Duration::from_secs(from + rng.below(to - from));
    let mut config = meet::Config { no_audio: seconds(rng, 20, 120), ..meet::Config::default() };
    if rng.one_in(3) {
        config.alone = Some(seconds(rng, 20, 200));
    }
    if rng.one_in(4) {
        config.max_age = seconds(rng, 10, 200);
    }
    if rng.one_in(6) {
        (config.frames_per_second, config.frames_burst) = (1, 6);
    }
    if rng.one_in(6) {
        config.connections_per_token = 2;
    }
    config
}

/// Lets meetings happen, and end: by an order, or when everybody has left.
pub(super) fn make_plans(world: &World, known: &Rc<RefCell<Known>>, rng: &mut Rng) {
    known.borrow_mut().rooms.watched = rng.one_in(24);
    let mut engine = world.engine();
    let plan = |engine: &mut Engine, rng: &mut Rng, within: u64, act: fn(&mut Engine, &Shared, &mut Rng)| {
        let after = Duration::from_millis(rng.below(within));
        let (mut rng, known) = (Rng::new(rng.next_u64()), Rc::clone(known));
        engine.at(after, move |engine| act(engine, &known, &mut rng));
    };
    plan(&mut engine, rng, 10_000, create);
    plan(&mut engine, rng, SPAN, create);
    for _ in 0..ACTS {
        plan(&mut engine, rng, SPAN + 60_000, act);
    }
    let by_order = !rng.one_in(4);
    for seconds in [400, 430, 460] {
        let known = Rc::clone(known);
        engine.at(Duration::from_secs(seconds), move |engine| end_all(engine, &known, by_order));
    }
    // In the end the disk is well, and what is over comes to be stored.
    engine.at(Duration::from_secs(450), |engine| engine.faults.disk_failures = 0);
}

type Shared = Rc<RefCell<Known>>;

/// Something happens in a meeting, or to it.
pub(super) fn act(engine: &mut Engine, known: &Shared, rng: &mut Rng) {
    match rng.below(28) {
        0 => create(engine, known, rng),
        1 | 2 => invite(engine, known, rng),
        3..9 => come(engine, known, rng),
        9 | 10 => come_back(engine, rng),
        11..20 => page(engine, rng),
        20 | 21 => dial_in(engine, known, rng),
        22 => call_in(engine, known, rng),
        23 if rng.one_in(2) => delete(engine, known, rng),
        24 | 25 => at_once(engine, known, rng),
        _ => limit(engine, known, rng),
    }
}

fn create(engine: &mut Engine, known: &Shared, rng: &mut Rng) {
    let token = format!("token-{}", rng.below(8));
    let mut order =
        json!({ "ClientRequestToken": token, "MediaRegion": "us-east-1", "ExternalMeetingId": "chance" });
    if rng.one_in(4) {
        order["MeetingFeatures"] = json!({ "Attendee": { "MaxCount": 1 + rng.below(3) } });
    }
    let mut query = "";
    if !rng.one_in(3) {
        query = "operation=create-attendees";
        order["Attendees"] = users(rng);
    }
    ask(engine, known, (token, "POST", "/meetings", query), &order);
}

fn users(rng: &mut Rng) -> Value {
    (0..=rng.below(4)).map(|_| json!({ "ExternalUserId": format!("user {}", rng.below(6)) })).collect()
}

fn invite(engine: &mut Engine, known: &Shared, rng: &mut Rng) {
    let Some(meeting) = known.borrow().rooms.room(rng).map(|room| room.id.clone()) else { return };
    let path = format!("/meetings/{meeting}/attendees");
    if rng.one_in(2) {
        let order = json!({ "Attendees": users(rng) });
        ask(engine, known, (meeting, "POST", &path, "operation=batch-create"), &order);
    } else {
        let order = json!({ "ExternalUserId": format!("user {}", rng.below(6)) });
        ask(engine, known, (meeting, "POST", &path, ""), &order);
    }
}

/// Deletes an attendee or a meeting.
pub(super) fn delete(engine: &mut Engine, known: &Shared, rng: &mut Rng) {
    let path = {
        let known = known.borrow();
        let Some(room) = known.rooms.room(rng) else { return };
        match room.guests.get(rng.below(room.guests.len().max(1) as u64) as usize) {
            Some(guest) if !rng.one_in(3) => format!("/meetings/{}/attendees/{}", room.id, guest.id),
            _ => format!("/meetings/{}", room.id),
        }
    };
    ask(engine, known, (String::new(), "DELETE", &path, ""), &Value::Null);
}

/// Changes what an attendee may do.
fn limit(engine: &mut Engine, known: &Shared, rng: &mut Rng) {
    let path = {
        let known = known.borrow();
        let Some(room) = known.rooms.room(rng) else { return };
        let Some(guest) = room.guests.get(rng.below(room.guests.len().max(1) as u64) as usize) else {
            return;
        };
        format!("/meetings/{}/attendees/{}/capabilities", room.id, guest.id)
    };
    let audio = ["SendReceive", "Send", "Receive", "None"][rng.below(4) as usize];
    let order = json!({ "Capabilities": { "Audio": audio, "Video": "None", "Content": "None" } });
    ask(engine, known, (String::new(), "PUT", &path, ""), &order);
}

/// Makes a request; what it makes is remembered under a name.
fn ask(
    engine: &mut Engine,
    known: &Shared,
    (name, method, path, query): (String, &str, &str, &str),
    body: &Value,
) {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    match api::parse(method, path, query, body.as_bytes()) {
        Ok(request) => {
            let known = Rc::clone(known);
            engine.request_then(request, move |checks, reply| {
                if let Ok(api::Response::Meetings(answer)) = reply {
                    known.borrow_mut().rooms.learn(checks, &name, answer);
                }
            });
        }
        Err(error) => engine.checks.violations.push(format!("{method} {path}: {error}")),
    }
}

/// A page opens.
fn come(engine: &mut Engine, known: &Shared, rng: &mut Rng) {
    if engine.is_stopping() {
        return;
    }
    let pass = known.borrow().rooms.pass(rng);
    let token = if rng.one_in(24) { format!("{}#content", pass.token) } else { pass.token };
    let connection = engine.browse(pass.meeting.and_then(|id| id.parse().ok()), &token);
    if rng.one_in(2) {
        // It does not stay for long.
        let mut rng = Rng::new(rng.next_u64());
        engine.at(Duration::from_millis(rng.below(60_000)), move |engine| go(engine, connection, &mut rng));
    }
}

/// A page joins again in its session: its connection is gone, or it has not noticed, or cannot wait.
fn come_back(engine: &mut Engine, rng: &mut Rng) {
    if engine.is_stopping() {
        return;
    }
    let latest: Vec<_> = engine.browsers.values().rev().take(6).map(|browser| browser.way.clone()).collect();
    if let Some(way) = latest.get(rng.below(latest.len().max(1) as u64) as usize) {
        engine.browse_again(way.meeting, &way.token, Some(way.session));
    }
}

fn go(engine: &mut Engine, connection: ConnectionId, rng: &mut Rng) {
    if rng.one_in(3) {
        engine.cut(connection);
    } else {
        engine.with_browser(connection, |browser, now, wants| browser.leave(now, wants));
    }
}

/// A page does something.
fn page(engine: &mut Engine, rng: &mut Rng) {
    let is_there = |browser: &Browser| browser.stage != BrowserStage::Gone;
    let pages: Vec<ConnectionId> =
        engine.browsers.iter().filter(|(_, browser)| is_there(browser)).map(|(id, _)| *id).collect();
    let Some(&connection) = pages.get(rng.below(pages.len().max(1) as u64) as usize) else { return };
    match rng.below(14) {
        0 | 1 => return go(engine, connection, rng),
        2 => return engine.lose_audio(connection),
        3 => {
            engine.report_levels();
            return engine.look_at_pages();
        }
        _ => {}
    }
    let times = if rng.one_in(8) { 12 } else { 1 };
    engine.with_browser(connection, |browser, now, wants| {
        for _ in 0..times {
            match rng.below(10) {
                0..3 => browser.mute(now, rng.one_in(2), wants),
                3..5 => browser.babbles(now, rng, wants),
                5 => browser.writes(now, rng, wants),
                6 => browser.offers_again(now, "malformed", wants),
                7 => browser.offers_again(now, "offer", wants),
                8 if rng.one_in(3) => browser.silent = true,
                _ => browser.ping(now, wants),
            }
        }
    });
}

/// A telephone calls the number of all meetings.
fn dial_in(engine: &mut Engine, known: &Shared, rng: &mut Rng) {
    let pass = known.borrow().rooms.pass(rng);
    let from = format!("+1555100{}", rng.below(10));
    let (trunk, host) = match rng.below(8) {
        0 => (CARRIER, NODE.ip().to_string()),
        n => (PBX, engine.hosts[(n % 2) as usize].clone()),
    };
    let name = if rng.one_in(4) { "X-joinToken" } else { "X-chime-join-token" };
    dial(engine, rng, trunk, (&from, JOIN_NUMBER, &host), Some((name.to_owned(), pass.token)));
}

/// A call into a meeting is ordered, as click-to-call pages do.
fn call_in(engine: &mut Engine, known: &Shared, rng: &mut Rng) {
    let pass = known.borrow().rooms.pass(rng);
    let application = known.borrow().applications[rng.below(2) as usize].clone();
    let order = json!({ "FromPhoneNumber": "+12065550100", "ToPhoneNumber": JOIN_NUMBER,
        "SipHeaders": pass.headers() });
    request(engine, &format!("/sip-media-applications/{application}/calls"), &order);
}

/// Several things in nearly the same moment, a deletion among them: it counts when the disk has it.
fn at_once(engine: &mut Engine, known: &Shared, rng: &mut Rng) {
    let moment = Duration::from_millis(20);
    let plan =
        |engine: &mut Engine, rng: &mut Rng, at: Duration, what: fn(&mut Engine, &Shared, &mut Rng)| {
            let (mut rng, known) = (Rng::new(rng.next_u64()), Rc::clone(known));
            engine.at(at, move |engine| what(engine, &known, &mut rng));
        };
    let stored = moment.saturating_sub(engine.faults.disk.min(moment));
    if rng.one_in(3) {
        plan(engine, rng, stored, delete);
    }
    for _ in 0..2 + rng.below(3) {
        let at = races::nearly(rng, moment);
        // A page's frames need a millisecond.
        let at = if rng.one_in(2) { at.saturating_sub(Duration::from_millis(1)) } else { at };
        plan(engine, rng, at, act);
    }
}

/// Everybody leaves; what was made is deleted, or left to end by itself.
fn end_all(engine: &mut Engine, known: &Shared, by_order: bool) {
    known.borrow_mut().rooms.closed = true;
    if by_order {
        let ids: Vec<String> = known.borrow().rooms.rooms.iter().map(|room| room.id.clone()).collect();
        for id in ids {
            let path = format!("/meetings/{id}");
            ask(engine, known, (String::new(), "DELETE", &path, ""), &Value::Null);
        }
        return;
    }
    let all: Vec<ConnectionId> = engine.browsers.keys().copied().collect();
    for (connection, n) in all.into_iter().zip(0..) {
        if n % 2 == 0 {
            engine.cut(connection);
        } else {
            engine.with_browser(connection, |browser, now, wants| browser.leave(now, wants));
        }
    }
}
