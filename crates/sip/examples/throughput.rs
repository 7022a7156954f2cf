//! How many calls two stacks in one process set up and end per second of CPU.
//!
//! `cargo run --release -p sip --example throughput [calls]`. Each call is INVITE, 100, 180, 200, ACK, BYE, 200: parsed,
//! decided and written on both sides. The clock is virtual, so that lingering transactions come and go as in life.

use std::net::SocketAddr;
use std::time::Duration;

use base::Timestamp;
use sip::media_session::{Codec, LocalMedia};
use sip::stack::{
    Command, Config, Event, Flow, Input, Outbound, Output, Stack, Target, Transport, TrunkName,
};

/// Calls per second of virtual time: how many transactions linger at once.
const RATE: u64 = 1_000;

fn main() {
    let calls: u64 = std::env::args().nth(1).and_then(|number| number.parse().ok()).unwrap_or(100_000);
    let addresses = [5060, 5061].map(|port| SocketAddr::from(([127, 0, 0, 1], port)));
    let mut pair = Pair {
        stacks: addresses.map(|address| Stack::new(Config::udp(address, [1; 32], u64::from(address.port())))),
        addresses,
        now: Timestamp::from_millis(1_700_000_000_000),
        out: Vec::new(),
        ended: 0,
    };
    let before = cpu();
    for _ in 0..calls {
        pair.call();
        pair.now += Duration::from_micros(1_000_000 / RATE);
        pair.wake();
    }
    let used = cpu() - before;
    assert_eq!(pair.ended, calls, "every call came to its end");
    let lingering = pair.stacks[0].counts();
    pair.now += Duration::from_secs(100);
    pair.wake();
    println!(
        "{calls} calls in {used:.2} s of CPU, both sides: {:.0} calls per CPU-second",
        calls as f64 / used
    );
    println!(
        "at the end {} client transactions lingered, 100 s later {:?}",
        lingering.clients,
        pair.stacks[0].counts()
    );
}

struct Pair {
    stacks: [Stack; 2],
    addresses: [SocketAddr; 2],
    now: Timestamp,
    out: Vec<(usize, Output)>,
    ended: u64,
}

impl Pair {
    fn call(&mut self) {
        let dialog = self.stacks[0].next_dialog();
        let target = Target {
            uri: format!("sip:+15550100@{}", self.addresses[1]),
            host: None,
            transport: None,
            from_host: None,
            asserted_identity: true,
            credentials: None,
            headers: Vec::new(),
            trunk: TrunkName("other".to_owned()),
        };
        let invite = Box::new(Outbound {
            targets: vec![target],
            from_user: "+15550199".to_owned(),
            headers: Vec::new(),
            media: self.media(0),
            timeout: Duration::from_secs(60),
        });
        self.input(0, Input::Command(Command::Invite { dialog, invite }));
        self.drain();
        self.input(0, Input::Command(Command::Release { dialog }));
        self.drain();
    }

    fn media(&self, who: usize) -> LocalMedia {
        let address = SocketAddr::new(self.addresses[who].ip(), 40_000);
        LocalMedia { address, codecs: vec![Codec::Pcmu, Codec::Pcma], dtmf: true }
    }

    fn input(&mut self, who: usize, input: Input<'_>) {
        let mut out = Vec::new();
        self.stacks[who].handle(self.now, input, &mut out);
        self.out.extend(out.into_iter().map(|output| (who, output)));
    }

    fn wake(&mut self) {
        for who in 0..2 {
            if self.stacks[who].deadline().is_some_and(|(at, _)| at <= self.now) {
                self.input(who, Input::Woken);
            }
        }
        self.drain();
    }

    /// Carries everything out, in order, until nothing is left.
    fn drain(&mut self) {
        let mut round = Vec::new();
        while !self.out.is_empty() {
            std::mem::swap(&mut round, &mut self.out);
            for (who, output) in round.drain(..) {
                match output {
                    Output::Send { flow, bytes } => {
                        let flow = Flow {
                            transport: Transport::Udp,
                            local: flow.remote,
                            remote: self.addresses[who],
                            connection: None,
                        };
                        self.input(1 - who, Input::Received { flow, bytes: &bytes });
                    }
                    Output::Event(Event::Offered { dialog, .. }) => {
                        let media = self.media(who);
                        self.input(who, Input::Command(Command::Ring { dialog }));
                        self.input(who, Input::Command(Command::Answer { dialog, media }));
                    }
                    Output::Event(Event::Ended { .. }) => self.ended += 1,
                    _ => {}
                }
            }
        }
    }
}

/// Seconds of CPU this process has used.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures")]
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/schedstat").expect("a Linux /proc");
    let nanos: f64 = stat.split(' ').next().and_then(|number| number.parse().ok()).expect("a number");
    nanos / 1e9
}
