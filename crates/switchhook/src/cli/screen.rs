//! What a phone prints: lines that stay, and below them one that changes.

use std::io::{IsTerminal, Write};

use crate::paint::Paint;

/// Standard output with a status line where it is a terminal.
#[derive(Debug)]
pub(super) struct Screen {
    terminal: bool,
    status: String,
    pub(super) paint: Paint,
}

impl Screen {
    pub(super) fn open() -> Self {
        let terminal = std::io::stdout().is_terminal();
        Self { terminal, status: String::new(), paint: Paint::of_stdout() }
    }

    /// Whether there is a status line.
    pub(super) fn is_terminal(&self) -> bool {
        self.terminal
    }

    /// Prints a line that stays.
    pub(super) fn say(&mut self, text: &str) {
        self.print(|out, status| {
            writeln!(out, "{text}")?;
            write!(out, "{status}")
        });
    }

    /// Replaces the line that changes.
    pub(super) fn status(&mut self, text: String) {
        if self.terminal && text != self.status {
            self.status = text;
            self.print(|out, status| write!(out, "{status}"));
        }
    }

    fn print(&self, write: impl FnOnce(&mut std::io::StdoutLock<'_>, &str) -> std::io::Result<()>) {
        let mut out = std::io::stdout().lock();
        let erased = if self.terminal { write!(out, "\r\x1b[K") } else { Ok(()) };
        // Nobody reads any more: the call goes on, and ends like any other.
        erased.and_then(|()| write(&mut out, &self.status)).and_then(|()| out.flush()).ok();
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        if !self.status.is_empty() {
            self.status.clear();
            self.print(|_, _| Ok(()));
        }
    }
}
