//! The least that relaying costs on this kernel with a socket per leg: wait, read one, send it on.

use crate::{STEP, loopback, sys};

/// Forwards for ever. Calls listen at `relay`: party A's leg at every eighth port, party B's four above.
pub(crate) fn run(calls: u16, relay: u16, a: u16, b: u16) -> anyhow::Result<()> {
    let mut epoll = sys::Epoll::new()?;
    let mut sockets = Vec::new();
    for call in 0..calls {
        for (leg, party) in [(0, a), (1, b)] {
            let socket = sys::Socket::bind(loopback(relay + 2 * STEP * call + STEP * leg))?;
            epoll.add(&socket, sockets.len() as u64)?;
            sockets.push((socket, loopback(party + STEP * call)));
        }
    }
    println!("ready");
    let mut receiver = sys::Receiver::new();
    loop {
        for at in epoll.wait(None)? {
            let at = at as usize;
            // The other leg of the same call, and its party.
            let (to, party) = &sockets[at ^ 1];
            receiver.receive(&sockets[at].0, |_, datagram| {
                sys::send(to, &[(*party, datagram)]);
            });
        }
    }
}
