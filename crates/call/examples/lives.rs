//! Measures whole call lives per second of CPU: inbound, a pause and a prompt, hang-up.
//!
//! `cargo run --release -p call --example lives [count]`

use std::time::Duration;

use base::{LegId, Rng, Timestamp, TransactionId};
use call::{Call, Effect, Event, Limits, Origin, Setup, Target};

const ACTIONS: &str = r#"{"SchemaVersion":"1.0","Actions":[
    {"Type":"Pause","Parameters":{"DurationInMilliseconds":"1000"}},
    {"Type":"PlayAudio","Parameters":{"ParticipantTag":"LEG-A","AudioSource":{"Type":"S3","BucketName":"prompts","Key":"welcome.wav"}}},
    {"Type":"Hangup","Parameters":{"SipResponseCode":"0"}}],"TransactionAttributes":{"visits":"1"}}"#;
const NOTHING: &str = r#"{"SchemaVersion":"1.0","Actions":[]}"#;

fn main() {
    let count = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(500_000_u32);
    let mut rng = Rng::new(1);
    let mut effects = Vec::new();
    let mut bytes = 0;
    let started = cpu_seconds();
    for n in 0..count {
        bytes +=
            live(setup(&mut rng), Timestamp::from_millis(1_700_000_000_000 + u64::from(n)), &mut effects);
    }
    let took = cpu_seconds() - started;
    println!(
        "{count} lives in {took:.2} s of CPU: {:.0} per second, {:.2} µs each, {} event bytes each",
        f64::from(count) / took,
        took * 1e6 / f64::from(count),
        bytes / count as usize
    );
}

/// What this process has used of a core, on Linux; elsewhere the time that passed, which is as good when nothing else
/// runs: there is one thread, and it never waits.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures")]
fn cpu_seconds() -> f64 {
    let nanos = std::fs::read_to_string("/proc/self/schedstat").ok();
    let nanos = nanos.and_then(|stat| stat.split(' ').next().and_then(|n| n.parse::<f64>().ok()));
    nanos.map_or_else(
        || {
            let now = std::time::SystemTime::UNIX_EPOCH.elapsed();
            now.map_or(0.0, |elapsed| elapsed.as_secs_f64())
        },
        |nanos| nanos / 1e9,
    )
}

fn setup(rng: &mut Rng) -> Setup {
    Setup {
        transaction: TransactionId::random(rng),
        leg_a: LegId::random(rng),
        seed: rng.next_u64(),
        account: "111122223333".into(),
        origin: Origin::Inbound {
            rule: "8a1b6e1f-0f3e-4f6e-9f0e-6c3d2a1b0c9d".into(),
            from: "+15550100".into(),
            to: "+15550199".into(),
            sip_headers: Vec::new(),
            targets: vec![Target {
                application: "0a7d2b1c-5e4f-4a3b-8c2d-1e0f9a8b7c6d".into(),
                region: "us-east-1".into(),
                function: "arn:aws:lambda:us-east-1:111122223333:function:sma".into(),
            }],
        },
        limits: Limits::default(),
    }
}

/// Plays the world: answers what the call asks for, until it is over. Returns the bytes of its events.
fn live(setup: Setup, mut now: Timestamp, effects: &mut Vec<Effect>) -> usize {
    let mut bytes = 0;
    let mut call = Call::new(now, setup, effects);
    let mut answer = ACTIONS;
    while !call.is_finished() {
        let mut next = None;
        for effect in effects.drain(..) {
            match effect {
                Effect::Invoke { invocation, payload, .. } => {
                    bytes += payload.len();
                    let outcome = Ok(std::mem::replace(&mut answer, NOTHING).to_owned());
                    next = Some(Event::FunctionReturned { invocation, outcome });
                }
                Effect::Play { playback, .. } => {
                    next = Some(Event::PlaybackEnded { playback, outcome: Ok(()) })
                }
                _ => {}
            }
        }
        match (next, call.deadline()) {
            (Some(event), _) => {
                now += Duration::from_millis(20);
                call.handle(now, event, effects);
            }
            (None, Some((at, _))) => {
                now = at;
                call.handle(now, Event::Woken, effects);
            }
            (None, None) => panic!("the call waits for nothing"),
        }
    }
    effects.clear();
    bytes
}
