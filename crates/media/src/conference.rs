//! Conferences: the mix of a meeting, for browsers and meeting streams.

pub(crate) mod browser;

use std::collections::HashMap;

use base::Timestamp;

use crate::{ConferenceId, MemberId, Statistics};
use browser::{BrowserCodec, Incoming};

/// All conferences of a shard and who is in them.
#[derive(Default)]
pub(crate) struct Conferences {
    members: HashMap<MemberId, ConferenceId>,
}

impl Conferences {
    /// Puts a browser into a conference; false: there is no such conference, or the member is there already.
    pub(crate) fn add_browser(&mut self, conference: ConferenceId, member: MemberId, muted: bool) -> bool {
        let _ = muted;
        self.members.insert(member, conference).is_none()
    }

    /// From here on a browser is sent frames of this codec; `None`: none, until its media path is up.
    pub(crate) fn send_as(&mut self, now: Timestamp, member: MemberId, codec: Option<BrowserCodec>) {
        let _ = (now, member, codec);
    }

    /// Takes a browser's packet.
    pub(crate) fn receive(&mut self, now: Timestamp, member: MemberId, packet: Incoming<'_>) {
        let _ = (now, member, packet);
    }

    /// Takes a browser out; what it did, without what only its session knows (refused packets, round trip).
    pub(crate) fn remove_browser(&mut self, member: MemberId) -> Option<Statistics> {
        self.members.remove(&member).map(|_| Statistics::default())
    }
}
