use std::collections::{BTreeMap, HashMap};

use base::{LegId, MeetingId, TransactionId};
use media::{Command, ConferenceId};
use meet::{Meetings, MemberId};

use crate::Output;
use crate::io::Io;

/// The meetings, and what the node knows of their media: whose each conference and each member is, and on which shard.
pub(crate) struct MeetingDesk {
    pub(crate) machine: Meetings,
    /// Of meetings that have members. The members of a meeting and of its conference have the same numbers.
    conferences: HashMap<MeetingId, Conference>,
    meetings: HashMap<ConferenceId, MeetingId>,
    members: BTreeMap<MemberId, Member>,
    next: u64,
    /// Reused between inputs.
    pub(crate) outputs: Vec<meet::Output>,
}

/// The media of one meeting, from its first member to its last.
struct Conference {
    id: ConferenceId,
    /// Where it is mixed, and where its browsers are.
    home: usize,
    /// The home, and other shards that have members of it, with how many they have.
    shards: Vec<(usize, usize)>,
}

struct Member {
    meeting: MeetingId,
    shard: usize,
    who: Who,
}

/// What kind of member one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    /// A browser.
    Browser,
    /// A leg of a call.
    Phone { transaction: TransactionId, leg: LegId },
}

/// The far end of a leg that is in a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct MeetingEnd {
    pub(crate) member: MemberId,
}

impl MeetingDesk {
    pub(crate) fn new(machine: Meetings) -> Self {
        Self {
            machine,
            conferences: HashMap::new(),
            meetings: HashMap::new(),
            members: BTreeMap::new(),
            next: 0,
            outputs: Vec::new(),
        }
    }

    /// The shard that mixes a meeting, while it has members.
    pub(crate) fn home(&self, meeting: MeetingId) -> Option<usize> {
        self.conferences.get(&meeting).map(|conference| conference.home)
    }

    /// The meeting of a conference that is open.
    pub(crate) fn meeting(&self, conference: ConferenceId) -> Option<MeetingId> {
        self.meetings.get(&conference).copied()
    }

    /// Takes a member in at a shard; the first one of a meeting opens its conference there.
    pub(crate) fn join(
        &mut self,
        member: MemberId,
        (meeting, shard): (MeetingId, usize),
        who: Who,
        io: &mut Io<'_>,
    ) -> ConferenceId {
        let (next, meetings) = (&mut self.next, &mut self.meetings);
        let conference = self.conferences.entry(meeting).or_insert_with(|| {
            *next += 1;
            let id = ConferenceId(*next);
            meetings.insert(id, meeting);
            order(shard, Command::OpenConference { conference: id, home: shard }, io);
            Conference { id, home: shard, shards: vec![(shard, 0)] }
        });
        match conference.shards.iter_mut().find(|(at, _)| *at == shard) {
            Some((_, members)) => *members += 1,
            None => {
                let command = Command::OpenConference { conference: conference.id, home: conference.home };
                order(shard, command, io);
                conference.shards.push((shard, 1));
            }
        }
        self.members.insert(member, Member { meeting, shard, who });
        conference.id
    }

    /// Forgets a member, whose closing has been ordered; the last one of a shard, and of a meeting, closes its
    /// conference.
    pub(crate) fn leave(&mut self, member: MemberId, io: &mut Io<'_>) {
        let Some(member) = self.members.remove(&member) else { return };
        let Some(conference) = self.conferences.get_mut(&member.meeting) else { return };
        let (id, home) = (conference.id, conference.home);
        if let Some((_, members)) = conference.shards.iter_mut().find(|(at, _)| *at == member.shard) {
            *members -= 1;
        }
        let ended = conference.shards.iter().all(|(_, members)| *members == 0);
        conference.shards.retain(|(shard, members)| {
            let stays = *members > 0 || (*shard == home && !ended);
            if !stays {
                order(*shard, Command::CloseConference { conference: id }, io);
            }
            stays
        });
        if ended {
            self.conferences.remove(&member.meeting);
            self.meetings.remove(&id);
        }
    }

    /// Who a member is, and on which shard.
    pub(crate) fn member(&self, member: MemberId) -> Option<(Who, usize)> {
        self.members.get(&member).map(|member| (member.who, member.shard))
    }

    /// Gives an order about a member to its shard; one that is gone gets no more.
    pub(crate) fn order(&self, member: MemberId, command: Command, io: &mut Io<'_>) {
        if let Some(member) = self.members.get(&member) {
            order(member.shard, command, io);
        }
    }

    /// Conferences that are open, and members of them.
    pub(crate) fn counts(&self) -> (usize, usize) {
        (self.conferences.len(), self.members.len())
    }
}

/// A member's number as the shards know it.
pub(crate) fn at_the_shard(member: MemberId) -> media::MemberId {
    media::MemberId(member.0)
}

/// The number of a member that a shard reports on.
pub(crate) fn of_the_shard(member: media::MemberId) -> MemberId {
    MemberId(member.0)
}

fn order(shard: usize, command: Command, io: &mut Io<'_>) {
    io.out.push(Output::Media { shard, command });
}
