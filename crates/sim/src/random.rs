//! Many calls by chance: functions that answer anything, parties that do anything, faults of all kinds; the checkers
//! say whether it went well. One world has one seed and is repeated exactly by it.

mod answers;
mod parties;

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use base::{Rng, TransactionId};
use node::Detail;
use parties::End;

use crate::engine::{Engine, Faults};
use crate::log::collecting_errors;
use crate::network::Network;
use crate::world::World;

/// Calls of one world that somebody starts; functions start more.
pub const CALLS_PER_WORLD: u32 = 25;

/// What a world of chance came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Calls that were started from outside the node.
    pub started: u32,
    /// Invocations of functions.
    pub invocations: u32,
    /// Call records written.
    pub records: u32,
    /// Worlds in which the node died once.
    pub crashes: u32,
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
}

/// Runs one world.
///
/// # Errors
/// What went wrong in it.
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
    let ((world, mut violations, summary), errors) = collecting_errors(|| live(seed, remember));
    // A disk that fails is the world's fault, and worth its line.
    let own = errors.into_iter().filter(|line| !line.starts_with("the store failed"));
    violations.extend(own.map(|line| format!("ERROR {line}")));
    (world, violations, summary)
}

fn live(seed: u64, remember: bool) -> (World, Vec<String>, Summary) {
    let mut rng = Rng::new(seed);
    let faults = faults(&mut rng);
    let good = Faults { network: faults.network, ..Faults::default() };
    let world = World::with(seed, good, |config| {
        config.call.call_duration = Duration::from_secs(120);
        config.relay_ring = Duration::from_secs(60);
    });
    let known = Rc::new(RefCell::new(Known::default()));
    parties::settle_in(&world, &known, &mut rng);
    {
        let mut engine = world.engine();
        for shard in &mut engine.shards {
            shard.broken_ports = faults.broken_ports;
        }
        engine.faults = faults;
        engine.remember = remember;
    }
    let end = match rng.below(16) {
        0 | 1 => End::Crash,
        2 => End::Stop,
        _ => End::None,
    };
    parties::make_plans(&world, &known, &mut rng, end);
    // All plans lie within five minutes; then everything that can happen by itself has happened after another ten.
    world.passes(Duration::from_secs(900));
    let violations = world.engine().verdict();
    let summary = Summary {
        started: CALLS_PER_WORLD,
        invocations: known.borrow().invocations,
        records: world.engine().disk.call_records.len() as u32,
        crashes: u32::from(end == End::Crash),
    };
    (world, violations, summary)
}

fn faults(rng: &mut Rng) -> Faults {
    let mut faults = Faults::default();
    match rng.below(4) {
        0 => faults.network = Network::BAD,
        1 => faults.network.jitter = Duration::from_millis(40),
        _ => {}
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

/// The ladders of the calls that the violations name; of all where none is named.
fn concerned(engine: &Engine, violations: &[String]) -> String {
    let mut text = String::new();
    for (call, lines) in engine.disk.archive.iter().chain(&engine.disk.journals) {
        let id = call.to_string();
        let legs = |wrong: &String| wrong.contains(&id);
        if violations.iter().any(legs) {
            text.push_str(&node::ladder(lines, Detail::Brief));
            text.push('\n');
        }
    }
    text
}
