/// What happened since the start, for metrics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Browsers that joined for the first time in their session.
    pub joins: u64,
    /// Browsers that joined again in the same session.
    pub rejoins: u64,
    /// Telephones that were admitted.
    pub phones: u64,
    /// Joins refused for their token, telephones included.
    pub refused_tokens: u64,
    /// Joins refused because the meeting was full, telephones included.
    pub refused_full: u64,
    /// Connections refused because there were too many, in all or with one token.
    pub refused_connections: u64,
    /// Frames that could not be read.
    pub malformed_frames: u64,
    /// Frames that made no sense when they came.
    pub unexpected_frames: u64,
    /// Frames dropped unread because the client sent too many.
    pub excess_frames: u64,
    /// Connections ended because the client sent far too many frames or messages.
    pub cut_off: u64,
    /// Attendees that were lost.
    pub dropped: u64,
    /// Data messages passed on.
    pub messages: u64,
    /// Data messages returned because a topic or size is not allowed.
    pub refused_messages: u64,
    /// Data messages returned or dropped because there were too many.
    pub throttled_messages: u64,
}

/// How much there is of everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Meetings that live.
    pub meetings: usize,
    /// Attendees that may join them.
    pub attendees: usize,
    /// Attendees in rosters.
    pub present: usize,
    /// Members, of browsers and telephones.
    pub members: usize,
    /// Connections, joined or not.
    pub connections: usize,
    /// Data messages kept for those who join later.
    pub kept_messages: usize,
    /// Moments something waits for.
    pub timers: usize,
}
