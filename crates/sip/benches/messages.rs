//! CPU per message: `cargo bench -p sip`. Figures are for comparing two versions on one machine.
#![expect(clippy::disallowed_methods, reason = "a benchmark measures time")]

use std::hint::black_box;
use std::time::Instant;

use sip::media_session::{Codec, LocalMedia, Negotiation};
use sip::message::{Limits, Message, Response};
use sip::sdp::Direction;

const INVITE: &[u8] = include_bytes!("../../../fuzz/corpus/sip_message/service_invite");

fn main() {
    let limits = Limits::default();
    let parse = || Message::parse(INVITE, &limits).expect("the INVITE parses");
    measure("parse an INVITE with SDP", || {
        black_box(parse());
    });
    let Message::Request(invite) = parse() else { return };
    let mut out = Vec::with_capacity(4_096);
    measure("print it", || {
        out.clear();
        black_box(&invite).write(&mut out);
    });
    measure("make and print its 200", || {
        let mut response = Response::to(black_box(&invite), 200);
        response.headers.set_to_tag("a1b2");
        out.clear();
        response.write(&mut out);
    });
    let local = LocalMedia {
        address: ([192, 0, 2, 1], 40_000).into(),
        codecs: vec![Codec::Pcmu, Codec::Pcma],
        dtmf: true,
    };
    measure("answer its offer", || {
        let answer =
            Negotiation::new(1).answer(&invite.body, std::slice::from_ref(&local), Direction::SendRecv);
        black_box(answer.expect("a codec in common"));
    });
    measure("redact it", || {
        black_box(sip::redact::message(black_box(INVITE)));
    });
}

/// Prints the best of ten rounds: the one least disturbed.
fn measure(what: &str, mut work: impl FnMut()) {
    const TIMES: u32 = 20_000;
    let best = (0..10).map(|_| {
        let start = Instant::now();
        (0..TIMES).for_each(|_| work());
        start.elapsed() / TIMES
    });
    println!("{what:30} {:?}", best.min().unwrap_or_default());
}
