//! NOTIFICATION.

use prost::Message;

/// A line for the page's log.
#[derive(Clone, PartialEq, Message)]
pub struct Notification {
    /// A [`Level`]; an error when left out.
    #[prost(int32, optional, tag = "1")]
    pub level: Option<i32>,
    /// The line.
    #[prost(string, optional, tag = "2")]
    pub message: Option<String>,
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i32)]
pub enum Level {
    /// Good to know.
    Info = 1,
    /// Perhaps something is wrong.
    Warning = 2,
    /// Something is wrong.
    Error = 3,
}
