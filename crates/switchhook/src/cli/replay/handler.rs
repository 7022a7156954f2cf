//! The recorded events of a call, sent to the function as it is today.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use api::Sensitive;
use api::sigv4::Credentials;
use bytes::Bytes;
use call::{Effect, Event, FunctionError, InvocationId, Target};
use node::{JournalEntry, JournalLine};
use serde_json::Value;

use super::difference::differences;
use crate::cli::place::Place;
use crate::compose;
use crate::functions::{Functions, Invocation};
use crate::paint::Paint;

struct Recorded<'a> {
    target: &'a Target,
    sequence: u32,
    payload: &'a str,
    timeout: Duration,
    answer: Option<&'a Result<String, FunctionError>>,
}

/// Invokes and compares; an error where any answer differs.
pub(super) fn run(place: &Place, lines: &[JournalLine], paint: Paint) -> anyhow::Result<()> {
    let config = place.config()?;
    let api = place.running()?.map_or(config.api.listen, |running| running.api());
    eprintln!(
        "{}",
        paint.yellow("the function really runs: whatever it does besides answering, it does again")
    );
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .context("cannot start the executors")?;
    let scratch = std::env::temp_dir().join(format!("switchhook-replay-{}", std::process::id()));
    let differing = runtime.block_on(async {
        // The key of the functions of a running node is a secret of its own; `any_key` lets this one in.
        let key = Credentials {
            access_key: "SWITCHHOOKREPLAY".into(),
            secret_key: Sensitive("replay".into()),
            session_token: None,
        };
        let settings = compose::function_settings(&config, api, &key, &scratch);
        let functions = Functions::new(compose::functions(&config)?, settings)?;
        let mut differing = 0;
        for recorded in recorded(lines) {
            differing += usize::from(!again(&functions, &recorded, paint).await);
        }
        anyhow::Ok(differing)
    });
    runtime.shutdown_background();
    // Runtime clients only; what cannot be removed is the system's to clean up.
    std::fs::remove_dir_all(&scratch).ok();
    match differing? {
        0 => Ok(()),
        1 => bail!("one answer differs"),
        several => bail!("{several} answers differ"),
    }
}

/// Sends one event again; whether the answer is the same.
async fn again(functions: &Functions, recorded: &Recorded<'_>, paint: Paint) -> bool {
    let event: Value = serde_json::from_str(recorded.payload).unwrap_or_default();
    let kind = event["InvocationEventType"].as_str().unwrap_or("?");
    let began = Instant::now();
    let outcome = functions
        .invoke(Invocation {
            function: recorded.target.function.clone(),
            payload: Bytes::from(recorded.payload.to_owned()),
            timeout: recorded.timeout,
            idempotency_key: None,
            client_context: None,
        })
        .await;
    let took = began.elapsed().as_millis();
    let head = format!("{} {kind}", recorded.sequence);
    let lines = match (recorded.answer, &outcome) {
        (Some(Ok(old)), Ok(new)) => differences(&json(old), &json(new)),
        (Some(Err(old)), Err(new)) if old == new => Vec::new(),
        (old, new) => {
            let old = old.map_or("no answer".into(), |old| format!("{old:?}"));
            vec![format!("- {old}"), format!("+ {new:?}")]
        }
    };
    let verdict = if lines.is_empty() { paint.green("the same") } else { paint.red("differs") };
    println!("{head}: {verdict}, {took} ms");
    for line in &lines {
        let painted = if line.starts_with('-') { paint.red(line) } else { paint.green(line) };
        println!("    {painted}");
    }
    lines.is_empty()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.into()))
}

/// Events with their answers, in order.
fn recorded(lines: &[JournalLine]) -> Vec<Recorded<'_>> {
    let mut answers: BTreeMap<InvocationId, &Result<String, FunctionError>> = BTreeMap::new();
    for line in lines {
        if let JournalEntry::Event(event) = &line.entry
            && let Event::FunctionReturned { invocation, outcome } = event.as_ref()
        {
            answers.insert(*invocation, outcome);
        }
    }
    let effects = lines.iter().filter_map(|line| match &line.entry {
        JournalEntry::Effects(effects) => Some(effects),
        _ => None,
    });
    effects
        .flatten()
        .filter_map(|effect| match effect {
            Effect::Invoke { invocation, target, sequence, payload, timeout } => Some(Recorded {
                target,
                sequence: *sequence,
                payload,
                timeout: *timeout,
                answer: answers.get(invocation).copied(),
            }),
            _ => None,
        })
        .collect()
}
