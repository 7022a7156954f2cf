//! What a function prints, line by line into the log; bounded in rate and size, and never left unread for long.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::time::Instant;

/// A longer line is cut here.
const LINE: usize = 4 << 10;
/// Log lines per second and child; beyond it lines are counted, not logged.
const LINES_PER_SECOND: u32 = 200;
/// Bytes read per second and child: one that prints faster waits in its `write`, it is never stopped.
const BYTES_PER_SECOND: usize = 16 << 20;
/// Kept of what was printed last, to explain a crash.
const TAIL: usize = 2 << 10;

/// What the readers of a child's output share with its sandbox.
#[derive(Debug, Default)]
pub(super) struct Output {
    tail: Mutex<VecDeque<u8>>,
    request_id: Mutex<Option<Arc<str>>>,
}

impl Output {
    /// Names the event in whose course lines are printed from now on.
    pub(super) fn set_request_id(&self, id: Option<Arc<str>>) {
        *self.request_id.lock().unwrap_or_else(PoisonError::into_inner) = id;
    }

    /// The last bytes that went to stderr, as text.
    pub(super) fn tail(&self) -> String {
        let tail = self.tail.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes: Vec<u8> = tail.iter().copied().collect();
        String::from_utf8_lossy(&bytes).trim().to_string()
    }

    fn keep(&self, bytes: &[u8]) {
        let mut tail = self.tail.lock().unwrap_or_else(PoisonError::into_inner);
        tail.extend(&bytes[bytes.len().saturating_sub(TAIL)..]);
        let excess = tail.len().saturating_sub(TAIL);
        tail.drain(..excess);
    }

    fn request_id(&self) -> Option<Arc<str>> {
        self.request_id.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Which of the two streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stream {
    Stdout,
    Stderr,
}

/// Reads `from` to its end.
pub(super) async fn follow(
    function: String,
    stream: Stream,
    mut from: impl AsyncRead + Unpin,
    output: Arc<Output>,
) {
    let mut buffer = vec![0; 16 << 10];
    let mut lines = Lines::default();
    let mut log = Allowance::new();
    let mut window = (Instant::now(), 0_usize);
    loop {
        let read = match from.read(&mut buffer).await {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) => {
                tracing::debug!(function, %error, "output of a function cannot be read");
                break;
            }
        };
        if stream == Stream::Stderr {
            output.keep(&buffer[..read]);
        }
        lines.push(&buffer[..read], |line| log.write(&function, stream, &output, line));
        window.1 += read;
        if window.1 >= BYTES_PER_SECOND / 10 {
            let earliest = window.0 + Duration::from_millis(100);
            tokio::time::sleep_until(earliest).await;
            window = (Instant::now(), 0);
        }
    }
    lines.finish(|line| log.write(&function, stream, &output, line));
    log.report(&function);
}

/// Cuts a byte stream into lines of bounded length.
#[derive(Debug, Default)]
struct Lines {
    partial: Vec<u8>,
    /// The rest of a line that was cut is being thrown away.
    skipping: bool,
}

impl Lines {
    fn push(&mut self, bytes: &[u8], mut line: impl FnMut(&[u8])) {
        for piece in bytes.split_inclusive(|&b| b == b'\n') {
            let (text, ends) = match piece.strip_suffix(b"\n") {
                Some(text) => (text, true),
                None => (piece, false),
            };
            if !self.skipping {
                let room = LINE - self.partial.len();
                self.partial.extend_from_slice(&text[..text.len().min(room)]);
                if ends || self.partial.len() == LINE {
                    line(&self.partial);
                    self.partial.clear();
                    self.skipping = true;
                }
            }
            if ends {
                self.skipping = false;
            }
        }
    }

    fn finish(&mut self, mut line: impl FnMut(&[u8])) {
        if !self.partial.is_empty() {
            line(&self.partial);
        }
    }
}

/// Lines that may still be logged in the running second.
#[derive(Debug)]
struct Allowance {
    since: Instant,
    left: u32,
    dropped: u64,
}

impl Allowance {
    fn new() -> Self {
        Self { since: Instant::now(), left: LINES_PER_SECOND, dropped: 0 }
    }

    fn write(&mut self, function: &str, stream: Stream, output: &Output, line: &[u8]) {
        if self.left == 0 && self.since.elapsed() >= Duration::from_secs(1) {
            self.report(function);
            *self = Self::new();
        }
        let Some(left) = self.left.checked_sub(1) else {
            self.dropped += 1;
            return;
        };
        self.left = left;
        let line = String::from_utf8_lossy(line);
        let line = line.trim_end();
        if line.is_empty() {
            return;
        }
        let request_id = output.request_id();
        let request_id = request_id.as_deref();
        match stream {
            Stream::Stdout => tracing::info!(target: "function", function, request_id, "{line}"),
            Stream::Stderr => tracing::warn!(target: "function", function, request_id, "{line}"),
        }
    }

    fn report(&self, function: &str) {
        if self.dropped > 0 {
            tracing::warn!(target: "function", function, lines = self.dropped, "output too fast, lines not logged");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(pieces: &[&[u8]]) -> Vec<String> {
        let mut lines = Lines::default();
        let mut seen = Vec::new();
        for piece in pieces {
            lines.push(piece, |line| seen.push(String::from_utf8_lossy(line).into_owned()));
        }
        lines.finish(|line| seen.push(String::from_utf8_lossy(line).into_owned()));
        seen
    }

    #[test]
    fn lines_are_joined_across_reads() {
        assert_eq!(lines(&[b"ab", b"c\nd", b"\n\ne"]), ["abc", "d", "", "e"]);
    }

    #[test]
    fn a_long_line_is_cut_and_its_rest_thrown_away() {
        let long = vec![b'x'; 3 * LINE];
        let seen = lines(&[&long, b"yyy\nnext\n"]);
        assert_eq!(seen.len(), 2);
        assert_eq!(seen[0].len(), LINE);
        assert_eq!(seen[1], "next");
    }

    #[test]
    fn the_tail_keeps_the_end() {
        let output = Output::default();
        output.keep(&[b'a'; TAIL]);
        output.keep(b"the end\n");
        let tail = output.tail();
        assert!(tail.ends_with("the end"));
        assert!(tail.len() <= TAIL);
    }
}
