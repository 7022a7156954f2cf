use std::net::SocketAddr;

use crate::{Crossing, Event, Recorded};

/// Where a [`Shard`](crate::Shard) puts what it wants of the world: the IO thread sends at once, a test collects.
pub trait Output {
    /// Send a datagram from local port `port`. `packet` is only lent: nothing is allocated per packet.
    fn transmit(&mut self, port: u16, to: SocketAddr, packet: &[u8]);

    /// Tell the node.
    fn event(&mut self, event: Event);

    /// Hand audio to the writer of recordings.
    fn recorded(&mut self, audio: Recorded);

    /// Hand a conference's frame to another shard, for its `handle_crossing`. What cannot be handed over is lost and made up
    /// for there. The default is for a node of one shard, which has nowhere to hand it to.
    fn cross(&mut self, shard: usize, crossing: Crossing) {
        let (_, _) = (shard, crossing);
    }

    /// From here on `port` exchanges packets with `peer` only (`None`: the peer is unknown again). A shell may let
    /// the kernel refuse all others; ignoring this changes no decision.
    fn pinned(&mut self, port: u16, peer: Option<SocketAddr>) {
        let (_, _) = (port, peer);
    }
}

/// Collects everything in reusable buffers, for simulations and tests.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outputs {
    packets: Vec<(u16, SocketAddr, usize)>,
    bytes: Vec<u8>,
    /// Events, in order.
    pub events: Vec<Event>,
    /// Recorded audio, in order.
    pub recorded: Vec<Recorded>,
    /// Frames for other shards, in order.
    pub crossings: Vec<(usize, Crossing)>,
}

impl Outputs {
    /// The datagrams, in order: local port, destination, bytes.
    pub fn packets(&self) -> impl Iterator<Item = (u16, SocketAddr, &[u8])> {
        let mut start = 0;
        self.packets.iter().map(move |(port, to, end)| {
            let packet = &self.bytes[start..*end];
            start = *end;
            (*port, *to, packet)
        })
    }

    /// Forgets everything, keeps the buffers.
    pub fn clear(&mut self) {
        self.packets.clear();
        self.bytes.clear();
        self.events.clear();
        self.recorded.clear();
        self.crossings.clear();
    }
}

impl Output for Outputs {
    fn transmit(&mut self, port: u16, to: SocketAddr, packet: &[u8]) {
        self.bytes.extend_from_slice(packet);
        self.packets.push((port, to, self.bytes.len()));
    }

    fn event(&mut self, event: Event) {
        self.events.push(event);
    }

    fn recorded(&mut self, audio: Recorded) {
        self.recorded.push(audio);
    }

    fn cross(&mut self, shard: usize, crossing: Crossing) {
        self.crossings.push((shard, crossing));
    }
}
