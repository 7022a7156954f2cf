use std::io::{IsTerminal, Read};
use std::process::{Command, Stdio};
use std::sync::mpsc;

/// What somebody at the terminal wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// A digit.
    Digit(char),
    /// Hang up.
    HangUp,
}

/// The keys of the terminal, one by one where it lets us, else line by line.
#[derive(Debug)]
pub struct Keyboard {
    keys: mpsc::Receiver<Key>,
    /// How the terminal was set before.
    before: Option<String>,
}

impl Keyboard {
    /// Begins to read standard input.
    pub fn open() -> Self {
        let (sender, keys) = mpsc::channel();
        let before = std::io::stdin().is_terminal().then(key_by_key).flatten();
        // The thread may wait for a key for ever; it ends with the process.
        std::thread::spawn(move || {
            let mut byte = [0];
            while matches!(std::io::stdin().read(&mut byte), Ok(1)) {
                let key = match char::from(byte[0]) {
                    digit @ ('0'..='9' | '*' | '#' | 'A'..='D') => Key::Digit(digit),
                    letter @ 'a'..='d' => Key::Digit(letter.to_ascii_uppercase()),
                    'q' | 'h' => Key::HangUp,
                    _ => continue,
                };
                if sender.send(key).is_err() {
                    return;
                }
            }
        });
        Self { keys, before }
    }

    /// The next key that was pressed, if any.
    pub fn next(&self) -> Option<Key> {
        self.keys.try_recv().ok()
    }
}

impl Drop for Keyboard {
    fn drop(&mut self) {
        if let Some(before) = self.before.take() {
            stty(&[&before]);
        }
    }
}

/// Sets the terminal to give each key at once and to print none; how it was set before.
fn key_by_key() -> Option<String> {
    let before = stty(&["-g"])?;
    stty(&["-icanon", "-echo", "min", "1"])?;
    Some(before.trim().to_owned())
}

/// `stty` rather than system calls: it is everywhere, and needs no unsafe code here.
fn stty(words: &[&str]) -> Option<String> {
    let done = Command::new("stty").args(words).stdin(Stdio::inherit()).output().ok()?;
    done.status.success().then(|| String::from_utf8_lossy(&done.stdout).into_owned())
}
