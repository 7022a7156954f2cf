//! Telephones in the world, and the network between them and the node.

use std::net::SocketAddr;
use std::time::Duration;

use base::{Rng, Timestamp};
use node::Input;

use super::queue::What;
use super::{Engine, NODE};
use crate::text::Message;
use crate::ua::{Ua, Want};

impl Engine {
    /// Has a user agent do something.
    pub fn with_ua<T>(
        &mut self,
        ua: SocketAddr,
        act: impl FnOnce(&mut Ua, Timestamp, &mut Vec<Want>) -> T,
    ) -> Option<T> {
        let mut wants = Vec::new();
        let agent = self.uas.get_mut(&ua)?;
        let result = act(agent, self.now, &mut wants);
        self.want(ua, wants);
        Some(result)
    }

    /// Something arrives at the node's port.
    pub fn garbage(&mut self, from: SocketAddr, bytes: &[u8]) {
        self.push(Duration::ZERO, None, What::Datagram { from, to: NODE, bytes: bytes.to_vec() });
    }

    /// A party presses a key: in its audio.
    pub fn press(&mut self, party: SocketAddr, digit: char) {
        for shard in 0..self.shards.len() {
            let (event, other) = self.shards[shard].press(party, digit);
            if let Some(other) = other {
                self.digits.push((self.now, other, digit));
            }
            match event {
                Some(event) if self.now < self.stalled => {
                    self.push_for_life(Duration::ZERO, What::Node(Input::Media { shard, event }));
                    return;
                }
                Some(event) => return self.input(Input::Media { shard, event }),
                None => {}
            }
        }
    }

    /// One of the latest requests arrives once more.
    pub fn repeats(&mut self, rng: &mut Rng) {
        if let Some((from, bytes)) = self.latest.get(rng.below(self.latest.len().max(1) as u64) as usize) {
            self.garbage(*from, &bytes.clone());
        }
    }

    /// Every telephone and trunk is switched off and on: it drops what is going on, and misses what was on its way to it.
    pub fn everybody_forgets(&mut self) {
        self.queue.retain(|entry| !matches!(entry.what, What::Datagram { to, .. } if to != NODE));
        for ua in self.uas.values_mut() {
            ua.forget_all();
        }
    }

    pub(super) fn datagram(&mut self, from: SocketAddr, to: SocketAddr, bytes: Vec<u8>) {
        if from != NODE && !bytes.starts_with(b"INVITE") && !bytes.starts_with(b"SIP/") {
            self.latest.push_back((from, bytes.clone()));
            if self.latest.len() > 40 {
                self.latest.pop_front();
            }
        }
        let ways: Vec<Duration> = self.faults.network.deliveries(&mut self.rng).collect();
        if self.now < self.cut || ways.is_empty() {
            let text = String::from_utf8_lossy(&bytes);
            if let Some(id) = Message(&text).header("Call-ID") {
                *self.losses.entry(id.to_owned()).or_default() += 1;
            }
            return;
        }
        for way in ways {
            self.push(way, None, What::Datagram { from, to, bytes: bytes.clone() });
        }
    }

    pub(super) fn want(&mut self, ua: SocketAddr, wants: Vec<Want>) {
        for want in wants {
            match want {
                Want::Send(text) => self.datagram(ua, NODE, text.into_bytes()),
                Want::Wake(call, at) => self.push(at.since(self.now), None, What::UaWakes { ua, call }),
            }
        }
    }
}
