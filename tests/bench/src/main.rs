//! Load for `cargo xtask bench`, on loopback only.
//!
//! ```text
//! load parties FIRST:COUNT [FIRST:COUNT…]   RTP parties, told by lines on standard input what to do
//! load floor CALLS RELAY PARTIES_A PARTIES_B   a relay that forwards between one socket per leg and does nothing else
//! load function                              an HTTP function that answers at once; prints its port
//! load meeting API ATTENDEES TALKERS         browsers in one meeting, told by lines on standard input what to do
//! load churn API TIMES                       joins and leaves, then a look at what is left over
//! load hostile API                           what must be refused while a meeting goes on
//! ```
//!
//! Ports of a group are four apart, as SIPp counts them.

mod floor;
mod function;
mod meeting;
mod parties;

#[expect(dead_code, reason = "the same system calls as the media threads make, but not all of them")]
#[path = "../../../crates/switchhook/src/shard/sys.rs"]
mod sys;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
/// Distance of the ports of one group.
const STEP: u16 = 4;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["parties", groups @ ..] if !groups.is_empty() => parties::run(groups),
        ["floor", calls, relay, a, b] => floor::run(calls.parse()?, relay.parse()?, a.parse()?, b.parse()?),
        ["function"] => function::run(),
        ["meeting", api, attendees, talkers] => meeting::run(api, attendees.parse()?, talkers.parse()?),
        ["churn", api, times] => meeting::churn(api, times.parse()?),
        ["hostile", api] => meeting::hostile(api),
        _ => anyhow::bail!("see the head of main.rs"),
    }
}

fn loopback(port: u16) -> SocketAddr {
    SocketAddr::new(LOOPBACK, port)
}
