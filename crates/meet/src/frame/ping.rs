//! PING_PONG.

use prost::Message;

/// A sign of life is asked for.
pub const PING: i32 = 1;
/// A sign of life.
pub const PONG: i32 = 2;

/// A sign of life; the client sends one on opening the connection, before it joins, and then every 10 s.
#[derive(Clone, Copy, PartialEq, Message)]
pub struct PingPong {
    /// [`PING`] or [`PONG`]; required.
    #[prost(int32, optional, tag = "1")]
    pub kind: Option<i32>,
    /// That of the ping in its pong; required.
    #[prost(uint32, optional, tag = "2")]
    pub ping_id: Option<u32>,
}
