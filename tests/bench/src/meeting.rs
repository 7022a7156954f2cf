//! Browsers in meetings: the signalling and the media of the unmodified client, without a page.

mod api;
mod churn;
mod crowd;
mod guest;
mod hostile;

#[path = "../../../crates/media/tests/stories/browser.rs"]
mod browser;

use std::net::SocketAddr;
use std::sync::mpsc::{TryRecvError, channel};
use std::{io, thread};

use anyhow::Context;

use api::Api;
use crowd::Crowd;

/// `meeting API ATTENDEES TALKERS`: all join one meeting, then lines of standard input say what to do, as for parties.
pub(crate) fn run(api: &str, attendees: usize, talkers: usize) -> anyhow::Result<()> {
    let api = Api::new(api.parse()?);
    let meeting = api.meeting("bench")?;
    let mut crowd = Crowd::new()?;
    for attendee in api.attendees(&meeting, attendees)? {
        crowd.join(&meeting, &attendee)?;
    }
    crowd.connected()?;
    crowd.talk(talkers);
    println!("ready");
    let (lines, orders) = channel();
    thread::spawn(move || io::stdin().lines().map_while(Result::ok).try_for_each(|line| lines.send(line)));
    loop {
        crowd.turn()?;
        match orders.try_recv().as_deref() {
            Ok("reset") => crowd.reset(),
            Ok("report") => println!("{}", crowd.report()),
            Ok("quit") | Err(TryRecvError::Disconnected) => return Ok(()),
            Ok(line) => anyhow::bail!("unknown line {line:?}"),
            Err(TryRecvError::Empty) => {}
        }
    }
}

/// `churn API TIMES`: that many joins and leaves, then a look at what is left.
pub(crate) fn churn(api: &str, times: usize) -> anyhow::Result<()> {
    println!("{}", churn::run(&Api::new(api.parse()?), times)?);
    Ok(())
}

/// `hostile API`: what must be refused, and that a meeting goes on meanwhile.
pub(crate) fn hostile(api: &str) -> anyhow::Result<()> {
    let api: SocketAddr = api.parse().context("the address of the API")?;
    println!("{}", hostile::run(&Api::new(api))?);
    Ok(())
}
