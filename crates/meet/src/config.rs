use std::time::Duration;

/// What an operator may set, and the limits that protect the node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// How long a meeting may be without any audio connection, from its creation on.
    pub no_audio: Duration,
    /// How old a meeting may become.
    pub max_age: Duration,
    /// How long a meeting may have fewer than two audio connections; none: for ever.
    pub alone: Option<Duration>,
    /// How long a browser whose connection broke may take to come back before it counts as dropped.
    pub grace: Duration,
    /// How long a connection may be silent before it counts as broken.
    pub silence: Duration,
    /// How long a connection may take until its JOIN.
    pub join_within: Duration,
    /// Most connections at once, joined or not.
    pub connections_max: usize,
    /// Most connections at once with one token.
    pub connections_per_token: usize,
    /// Longest frame of a client, in bytes.
    pub frame_max: usize,
    /// Frames of one connection: how many a second in the long run.
    pub frames_per_second: u32,
    /// And how many at once.
    pub frames_burst: u32,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            no_audio: Duration::from_secs(5 * 60),
            max_age: Duration::from_secs(24 * 3_600),
            alone: Some(Duration::from_secs(30 * 60)),
            grace: Duration::from_secs(10),
            silence: Duration::from_secs(35),
            join_within: Duration::from_secs(15),
            connections_max: 20_000,
            connections_per_token: 8,
            frame_max: 256 * 1_024,
            frames_per_second: 300,
            frames_burst: 3_000,
        }
    }
}
