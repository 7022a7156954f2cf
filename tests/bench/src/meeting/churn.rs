//! Joins and leaves without end; nothing may be left over.

use std::time::{Duration, Instant};

use anyhow::ensure;
use serde_json::{Value, json};

use super::api::Api;
use super::crowd::Crowd;

/// Guests at a time.
const WAVE: usize = 25;
/// What must come back to what it was.
const GAUGES: [&str; 6] =
    ["meetings", "browsers", "attendees", "conferences", "conference_members", "browser_sessions"];
/// Connections that were cut are kept for a while.
const GRACE: Duration = Duration::from_secs(60);

pub(super) fn run(api: &Api, times: usize) -> anyhow::Result<Value> {
    let before: Vec<f64> = GAUGES.iter().map(|name| api.gauge(name)).collect::<Result<_, _>>()?;
    let began = Instant::now();
    let meeting = api.meeting("churn")?;
    let attendees = api.attendees(&meeting, WAVE)?;
    let mut joined = 0;
    for wave in 0.. {
        if joined >= times {
            break;
        }
        let mut crowd = Crowd::new()?;
        for attendee in attendees.iter().take(times - joined) {
            crowd.join(&meeting, attendee)?;
            joined += 1;
        }
        // Some leave before their media path is up.
        if wave % 4 != 3 {
            crowd.connected()?;
        }
        for (n, guest) in crowd.guests.iter_mut().enumerate() {
            match guest.take() {
                // One in five is cut off, as by a crash of the page; the others leave in form.
                Some(_) if n % 5 == 4 => {}
                Some(guest) => guest.leave()?,
                None => {}
            }
        }
    }
    let seconds = began.elapsed().as_secs_f64();
    api.end(&meeting)?;
    let patience = Instant::now() + GRACE;
    loop {
        let after: Vec<f64> = GAUGES.iter().map(|name| api.gauge(name)).collect::<Result<_, _>>()?;
        if after.iter().zip(&before).all(|(after, before)| after <= before) {
            break;
        }
        ensure!(Instant::now() < patience, "left over: {GAUGES:?} were {before:?} and are {after:?}");
        std::thread::sleep(Duration::from_millis(200));
    }
    Ok(json!({ "joins": joined, "seconds": seconds, "left_over": 0 }))
}
