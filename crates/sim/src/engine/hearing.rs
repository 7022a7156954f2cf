//! Who hears whom.

use std::collections::BTreeSet;
use std::net::SocketAddr;

use super::Engine;
use crate::shard::Track;

/// How many calls and meetings a voice may go through.
const HOPS: u32 = 8;

/// Whose voice is heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Voice {
    /// A telephone's, by its RTP address.
    Party(SocketAddr),
    /// A browser's.
    Browser(media::MemberId),
}

impl Engine {
    /// Whose voices a party hears, followed through calls of this node that call each other and through meetings.
    pub fn heard_by(&self, party: SocketAddr) -> BTreeSet<Voice> {
        let mut voices = BTreeSet::new();
        let track = self.shards.iter().map(|shard| shard.hears(party)).find(|track| *track != Track::Silence);
        self.follow(track.unwrap_or(Track::Silence), HOPS, &mut voices);
        voices
    }

    /// Whose voices a browser hears.
    pub fn heard_by_browser(&self, member: media::MemberId) -> BTreeSet<Voice> {
        let mut voices = BTreeSet::new();
        for shard in &self.shards {
            self.follow(shard.browser_hears(member), HOPS, &mut voices);
        }
        voices
    }

    pub(super) fn follow(&self, track: Track, hops: u32, voices: &mut BTreeSet<Voice>) {
        let Some(hops) = hops.checked_sub(1) else { return };
        match track {
            Track::Silence | Track::Playback(_) => {}
            Track::Party(other) if other.ip().is_loopback() => {
                if let Some(track) = self.shards.iter().find_map(|shard| shard.sent_from(other.port())) {
                    self.follow(track, hops, voices);
                }
            }
            Track::Party(other) => {
                voices.insert(Voice::Party(other));
            }
            Track::Browser(member) => {
                voices.insert(Voice::Browser(member));
            }
            Track::Meeting(conference, hearer) => {
                let given = self.shards.iter().flat_map(|shard| shard.contributions(conference));
                for (_, track) in given.filter(|(member, _)| *member != hearer) {
                    self.follow(track, hops, voices);
                }
            }
        }
    }
}
