use super::parse::{Head, head_end};
use super::{BadMessage, Limits, Message, ParseError};
use crate::header::Header;

/// Cuts a stream into messages (RFC 3261 §18.3) and keep-alives (RFC 5626 §4.4.1).
///
/// Bytes go in by [`Framer::push`], frames come out by [`Framer::frame`] until it says `None`.
pub struct Framer {
    limits: Limits,
    buffer: Vec<u8>,
    /// Everything before has been handed out.
    start: usize,
    state: State,
}

enum State {
    /// Between messages; whether a CRLF that may be half a ping was the last thing seen.
    Between { half_ping: bool },
    /// Inside a head; bytes from `start` on that hold no end of it.
    Head { searched: usize },
    /// Waiting for the rest of a body.
    Body { head: Box<Head>, head_len: usize, body_len: usize },
    /// Where the next message starts cannot be known any more.
    Lost,
}

/// What a stream held.
#[derive(Debug, PartialEq)]
pub enum Frame {
    /// A message.
    Message(Message),
    /// A double CRLF between messages: to be answered by one CRLF.
    Ping,
    /// A single CRLF between messages: the answer to a ping of ours.
    Pong,
    /// A message that was refused. The stream goes on behind it.
    Bad(Box<BadMessage>),
    /// A message that was refused and whose end is unknown: answer if possible, then close. Nothing follows.
    Lost(Box<BadMessage>),
}

impl Framer {
    /// A framer at the start of a stream.
    pub fn new(limits: Limits) -> Self {
        Self { limits, buffer: Vec::new(), start: 0, state: State::Between { half_ping: false } }
    }

    /// Takes the next bytes of the stream.
    pub fn push(&mut self, bytes: &[u8]) {
        if matches!(self.state, State::Lost) {
            return;
        }
        if self.start == self.buffer.len() {
            self.buffer.clear();
            self.start = 0;
        } else if self.start > 64 * 1024 {
            self.buffer.drain(..self.start);
            self.start = 0;
        }
        self.buffer.extend_from_slice(bytes);
    }

    /// The next frame; `None` until more bytes come.
    pub fn frame(&mut self) -> Option<Frame> {
        loop {
            let rest = &self.buffer[self.start..];
            match std::mem::replace(&mut self.state, State::Lost) {
                State::Lost => return None,
                State::Between { half_ping } => {
                    if rest.starts_with(b"\r\n") {
                        if half_ping {
                            self.start += 2;
                            self.state = State::Between { half_ping: false };
                            return Some(Frame::Ping);
                        }
                        if rest.starts_with(b"\r\n\r\n") {
                            self.start += 4;
                            self.state = State::Between { half_ping: false };
                            return Some(Frame::Ping);
                        }
                        // The rest of a ping may still be on its way; a pong must not wait for it.
                        self.start += 2;
                        self.state = State::Between { half_ping: true };
                        return Some(Frame::Pong);
                    }
                    if rest.is_empty() || rest == b"\r" {
                        self.state = State::Between { half_ping };
                        return None;
                    }
                    self.state = State::Head { searched: 0 };
                }
                State::Head { searched } => {
                    let from = searched.saturating_sub(3);
                    match head_end(&rest[from..]).map(|end| from + end) {
                        Some(end) => {
                            let head = Head::read(&rest[..end], &self.limits);
                            if let Some(frame) = self.head_read(head, end) {
                                return Some(frame);
                            }
                        }
                        None if rest.len() > self.limits.head => {
                            let mut head = Head::read(&rest[..self.limits.head], &self.limits);
                            head.error = Some(ParseError::TooLarge("head"));
                            return Some(self.lose(head, ParseError::TooLarge("head")));
                        }
                        None => {
                            self.state = State::Head { searched: rest.len() };
                            return None;
                        }
                    }
                }
                State::Body { head, head_len, body_len } => {
                    let Some(body) = rest.get(head_len..head_len + body_len) else {
                        self.state = State::Body { head, head_len, body_len };
                        return None;
                    };
                    let frame = match head.finish(body, &self.limits) {
                        Ok(message) => Frame::Message(message),
                        Err(bad) => Frame::Bad(bad),
                    };
                    self.start += head_len + body_len;
                    self.state = State::Between { half_ping: false };
                    return Some(frame);
                }
            }
        }
    }

    /// Goes on to the body, or gives up where its length cannot be trusted.
    fn head_read(&mut self, head: Head, head_len: usize) -> Option<Frame> {
        // Line structure or length are in doubt, so is where this message ends.
        if let Some(
            ParseError::StartLine
            | ParseError::HeaderLine
            | ParseError::TooLarge(_)
            | ParseError::Duplicate(Header::ContentLength)
            | ParseError::Malformed(Header::ContentLength),
        ) = &head.error
        {
            return Some(self.lose(head, ParseError::HeaderLine));
        }
        let Some(body_len) = head.content_length else {
            return Some(self.lose(head, ParseError::NoContentLength));
        };
        if body_len > self.limits.body {
            return Some(self.lose(head, ParseError::TooLarge("body")));
        }
        self.state = State::Body { head: Box::new(head), head_len, body_len };
        None
    }

    fn lose(&mut self, head: Head, error: ParseError) -> Frame {
        self.buffer = Vec::new();
        self.start = 0;
        self.state = State::Lost;
        Frame::Lost(head.refused(error))
    }
}

impl std::fmt::Debug for Framer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Framer").field("buffered", &(self.buffer.len() - self.start)).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::Rng;

    const OPTIONS: &str = "OPTIONS sip:a@192.0.2.1 SIP/2.0\r\nVia: SIP/2.0/TCP 192.0.2.2;branch=z9hG4bK1\r\n\
        From: <sip:b@192.0.2.2>;tag=1\r\nTo: <sip:a@192.0.2.1>\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\n";

    fn options(rest: &str) -> String {
        format!("{OPTIONS}{rest}")
    }

    fn frames(framer: &mut Framer) -> Vec<Frame> {
        std::iter::from_fn(|| framer.frame()).collect()
    }

    #[test]
    fn a_stream_cut_anywhere_gives_the_same_messages() {
        let first = options("Content-Length: 4\r\n\r\nabcd");
        let second = options("l: 0\r\n\r\n");
        let stream = format!("{first}{second}\r\n\r\n{first}");
        let mut whole = Framer::new(Limits::default());
        whole.push(stream.as_bytes());
        let expected = frames(&mut whole);
        assert_eq!(expected.len(), 4);
        assert!(matches!(&expected[0], Frame::Message(message) if message.body() == b"abcd"));
        assert_eq!(expected[2], Frame::Ping);
        let mut rng = Rng::new(11);
        for _ in 0..300 {
            let mut framer = Framer::new(Limits::default());
            let mut got = Vec::new();
            let mut rest = stream.as_bytes();
            while !rest.is_empty() {
                let cut = 1 + rng.below(rest.len() as u64) as usize;
                framer.push(&rest[..cut]);
                got.extend(frames(&mut framer));
                rest = &rest[cut..];
            }
            // A ping cut in two is seen as a pong first: harmless, pongs answer nothing.
            got.retain(|frame| *frame != Frame::Pong);
            assert_eq!(got, expected);
        }
    }

    #[test]
    fn keep_alives_are_told_apart() {
        let mut framer = Framer::new(Limits::default());
        framer.push(b"\r\n");
        assert_eq!(frames(&mut framer), [Frame::Pong]);
        framer.push(options("l: 0\r\n\r\n").as_bytes());
        assert_eq!(frames(&mut framer).len(), 1);
        framer.push(b"\r\n\r\n");
        assert_eq!(frames(&mut framer), [Frame::Ping]);
    }

    #[test]
    fn a_refused_message_of_known_length_does_not_end_the_stream() {
        let mut framer = Framer::new(Limits::default());
        let bad = options("l: 2\r\n\r\nab").replace("CSeq: 1 OPTIONS", "CSeq: 1 INVITE");
        framer.push(format!("{bad}{}", options("l: 0\r\n\r\n")).as_bytes());
        let all = frames(&mut framer);
        assert!(matches!(&all[0], Frame::Bad(bad) if bad.error == ParseError::CSeqMismatch));
        assert!(matches!(&all[1], Frame::Message(_)));
    }

    #[test]
    fn a_message_of_unknown_length_ends_the_stream() {
        for (rest, status) in [
            ("\r\n", 400),
            ("Content-Length: 1\r\nl: 2\r\n\r\nab", 400),
            ("Content-Length: x\r\n\r\n", 400),
            ("Content-Length: 99999999\r\n\r\n", 513),
        ] {
            let mut framer = Framer::new(Limits::default());
            framer.push(options(rest).as_bytes());
            match frames(&mut framer).as_slice() {
                [Frame::Lost(bad)] => assert_eq!(bad.answer().unwrap().status, status, "{rest}"),
                other => panic!("{rest}: {other:?}"),
            }
            framer.push(options("l: 0\r\n\r\n").as_bytes());
            assert_eq!(framer.frame(), None);
        }
    }

    #[test]
    fn a_head_without_end_is_refused_at_the_limit() {
        let mut framer = Framer::new(Limits { head: 1_000, ..Limits::default() });
        framer.push(OPTIONS.as_bytes());
        assert_eq!(framer.frame(), None);
        framer.push(&[b'x'; 1_000]);
        assert!(matches!(framer.frame(), Some(Frame::Lost(bad)) if bad.answer().unwrap().status == 513));
    }
}
