//! Many calls by chance: functions that answer anything, parties that do anything, faults of all kinds; the checkers
//! say whether it went well. One world has one seed and is repeated exactly by it.

mod answers;
mod meetings;
mod parties;
mod races;
mod rooms;

use std::any::Any;
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::time::Duration;

use base::{Rng, TransactionId};
use node::{Detail, JournalEntry, JournalLine};
use parties::End;

use crate::engine::{Engine, Faults};
use crate::log::collecting_errors;
use crate::network::Network;
use crate::text::Message;
use crate::world::World;

/// Calls of one world that somebody starts; functions start more.
pub const CALLS_PER_WORLD: u32 = 25;

/// What a world of chance came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Calls that really began: accepted INVITEs and accepted orders that a function was to drive.
    pub driven: u32,
    /// Calls that a connector relayed.
    pub relayed: u32,
    /// Invocations of functions.
    pub invocations: u32,
    /// Call records written.
    pub records: u32,
    /// Worlds in which the node died.
    pub crashes: u32,
    /// Meetings that began.
    pub meetings: u32,
    /// Connections of browsers.
    pub browsers: u32,
}

impl Summary {
    /// Calls that really began.
    pub fn begun(&self) -> u64 {
        u64::from(self.driven) + u64::from(self.relayed)
    }

    /// Adds another world's.
    pub fn add(&mut self, other: &Summary) {
        self.driven += other.driven;
        self.relayed += other.relayed;
        self.invocations += other.invocations;
        self.records += other.records;
        self.crashes += other.crashes;
        self.meetings += other.meetings;
        self.browsers += other.browsers;
    }
}

/// A world that did not go well.
#[derive(Clone, Debug)]
pub struct Failure {
    /// Its seed.
    pub seed: u64,
    /// What was wrong.
    pub violations: Vec<String>,
    /// The ladders of the calls that it was about.
    pub ladders: String,
}

/// What the functions of a world share with its parties.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// Calls that functions have seen, and their applications.
    pub(crate) calls: Vec<(String, TransactionId)>,
    pub(crate) applications: Vec<String>,
    pub(crate) connector_arn: String,
    pub(crate) invocations: u32,
    pub(crate) rooms: rooms::Rooms,
    /// How long the disk takes.
    pub(crate) disk: Duration,
}

/// Runs one world.
///
/// # Errors
/// What went wrong in it, a panic included.
pub fn run(seed: u64) -> Result<Summary, Box<Failure>> {
    let (world, mut violations, summary) = attempt(seed, false);
    if violations.is_empty() {
        return Ok(summary);
    }
    drop(world);
    // Once more, with everything kept for the ladders.
    let (world, again, _) = attempt(seed, true);
    if again != violations {
        violations.push(format!("and the second run differs: {again:?}"));
    }
    let ladders = concerned(&world.engine(), &violations);
    Err(Box::new(Failure { seed, violations, ladders }))
}

fn attempt(seed: u64, remember: bool) -> (World, Vec<String>, Summary) {
    let mut rng = Rng::new(seed);
    let faults = faults(&mut rng);
    let good = Faults { network: faults.network, ..Faults::default() };
    let times = meetings::times(&mut rng);
    let world = World::with(seed, good, |config| {
        config.meetings = times;
        config.call.call_duration = Duration::from_secs(120);
        config.relay_ring = Duration::from_secs(60);
    });
    let life = AssertUnwindSafe(|| live(&world, faults, &mut rng, remember));
    let (outcome, errors) = collecting_errors(|| catch_unwind(life));
    let (mut violations, summary) =
        outcome.unwrap_or_else(|panic| (vec![format!("panic: {}", said(&*panic))], Summary::default()));
    // A disk that fails is the world's fault, and worth its line.
    let own = errors.into_iter().filter(|line| !line.starts_with("the store failed"));
    violations.extend(own.map(|line| format!("ERROR {line}")));
    (world, violations, summary)
}

fn said(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("without a word")
}

fn live(world: &World, faults: Faults, rng: &mut Rng, remember: bool) -> (Vec<String>, Summary) {
    let known = Rc::new(RefCell::new(Known { disk: faults.disk, ..Known::default() }));
    parties::settle_in(world, &known, rng);
    {
        let mut engine = world.engine();
        for shard in &mut engine.shards {
            shard.broken_ports = faults.broken_ports;
        }
        engine.faults = faults;
        engine.remember = remember;
    }
    let end = match rng.below(16) {
        0 => End::Crash,
        1 => End::CrashAgain,
        2 => End::Stop,
        _ => End::None,
    };
    parties::make_plans(world, &known, rng, end);
    if !rng.one_in(4) {
        meetings::make_plans(world, &known, rng);
    }
    // All plans lie within six minutes; then everything that can happen by itself has happened after another ten.
    world.passes(Duration::from_secs(900));
    let engine = world.engine();
    let summary = Summary {
        driven: engine.checks.driven,
        relayed: engine.checks.relayed,
        invocations: known.borrow().invocations,
        records: engine.disk.call_records.len() as u32,
        crashes: u32::from(matches!(end, End::Crash | End::CrashAgain)),
        meetings: engine.checks.meetings.begun() as u32,
        browsers: engine.browsers.len() as u32,
    };
    (engine.verdict(), summary)
}

fn faults(rng: &mut Rng) -> Faults {
    let mut faults = Faults::default();
    match rng.below(4) {
        0 => faults.network = Network::BAD,
        1 => faults.network.jitter = Duration::from_millis(40),
        _ => {}
    }
    faults.coin = true;
    if rng.one_in(2) {
        faults.upload = Duration::from_secs(4);
    }
    if rng.one_in(3) {
        faults.object_failures = 100;
    }
    if rng.one_in(4) {
        faults.broken_ports = 12;
    }
    if rng.one_in(3) {
        faults.disk = Duration::from_millis(300);
        faults.disk_failures = 100;
    }
    faults
}

/// The ladders of the calls that the violations name, by their own or a SIP `Call-ID`; of all where one names none.
fn concerned(engine: &Engine, violations: &[String]) -> String {
    let journals: Vec<_> = engine.disk.archive.iter().chain(&engine.disk.journals).collect();
    let is_about = |wrong: &String, (call, lines): &(&TransactionId, &Vec<JournalLine>)| {
        wrong.contains(&call.to_string())
            || wrong.split_whitespace().filter(|word| word.contains('@')).any(|id| mentions(lines, id))
    };
    let is_dark = |wrong: &String| !journals.iter().any(|journal| is_about(wrong, journal));
    let all = violations.iter().any(is_dark);
    let chosen =
        journals.iter().filter(|journal| all || violations.iter().any(|wrong| is_about(wrong, journal)));
    chosen.map(|(_, lines)| node::ladder(lines, Detail::Brief)).collect::<Vec<_>>().join("\n")
}

/// Whether a message of the journal has this `Call-ID`.
fn mentions(lines: &[JournalLine], id: &str) -> bool {
    lines.iter().any(|line| match &line.entry {
        JournalEntry::Sip { message, .. } => Message(message).header("Call-ID") == Some(id),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn world_of_two_calls() -> World {
        let world = World::new(1);
        world.number("+12065550100", "ivr", |_| crate::Answer::actions([crate::hangup("")]));
        for from in ["+15550101", "+15550102"] {
            world.phone(from).dials("+12065550100").ends();
        }
        world.passes(Duration::from_secs(40));
        world
    }

    #[test]
    fn a_failure_shows_the_calls_it_names_or_all() {
        let world = world_of_two_calls();
        let engine = world.engine();
        let [first, second] = engine.disk.archive.keys().collect::<Vec<_>>()[..] else { panic!("two calls") };
        let shown = |wrong: &[&str]| {
            let ladders =
                concerned(&engine, &wrong.iter().map(|wrong| (*wrong).to_owned()).collect::<Vec<_>>());
            [first, second].map(|call| ladders.contains(&call.to_string()))
        };
        assert_eq!(shown(&[&format!("call {first}: no record")]), [true, false]);
        assert_eq!(shown(&["left in the node: a port"]), [true, true]);
        assert_eq!(shown(&[&format!("call {second}: x"), "left in the node: a port"]), [true, true]);
        let by_sip = shown(&["c2@10.0.1.1 at 10.0.1.1:5060 is still Up"]);
        assert_ne!(by_sip[0], by_sip[1]);
    }

    #[test]
    fn a_panic_is_a_failure_with_its_words() {
        let caught = catch_unwind(|| panic!("number {}", 7)).expect_err("it panics");
        assert_eq!(said(&*caught), "number 7");
    }
}
