use super::listener::Browser;
use super::voice::Voice;
use crate::{MemberId, StreamId};

/// Somebody in a conference.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) id: MemberId,
    pub(super) muted: bool,
    pub(super) deafened: bool,
    /// It heard nothing at the last tick.
    pub(super) was_deaf: bool,
    pub(super) voice: Voice,
    pub(super) end: End,
}

/// How its audio comes and goes.
#[derive(Debug)]
pub(super) enum End {
    /// A meeting stream, in this slot of the shard.
    Stream(StreamId, u32),
    Browser(Box<Browser>),
}

/// What a member is to hear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hearing {
    Silence,
    /// What all hear who say nothing.
    Everybody,
    /// Everybody but itself.
    Others,
    /// The first frame after silence, and the last one before.
    Returning,
    Leaving,
}

impl Member {
    pub(super) fn browser(id: MemberId, muted: bool) -> Self {
        Self::new(id, muted, End::Browser(Box::default()))
    }

    pub(super) fn stream(id: MemberId, stream: StreamId, slot: u32) -> Self {
        Self::new(id, false, End::Stream(stream, slot))
    }

    fn new(id: MemberId, muted: bool, end: End) -> Self {
        Self { id, muted, deafened: false, was_deaf: true, voice: Voice::default(), end }
    }

    /// What it hears at this tick.
    pub(super) fn hearing(&mut self) -> Hearing {
        let was_deaf = std::mem::replace(&mut self.was_deaf, self.deafened);
        match (was_deaf, self.deafened) {
            (true, true) => Hearing::Silence,
            (true, false) => Hearing::Returning,
            (false, true) => Hearing::Leaving,
            (false, false) if self.voice.is_heard() => Hearing::Others,
            (false, false) => Hearing::Everybody,
        }
    }
}
