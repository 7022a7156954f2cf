//! `switchhook answer`: a phone that waits for calls; the party that bridges and outbound calls reach.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Args;
use media::{Clip, PlaybackId};
use sip::media_session::RemoteMedia;
use sip::stack::{DialogId, Offer};

use super::line::{self, Kept, LineOptions};
use super::screen::Screen;
use crate::phone::{self, Heard, Key, Keyboard, Phone, Script};

const TICK: Duration = Duration::from_millis(40);
/// What is said where nothing else is asked for.
const GREETING: &str = "Hello. You have reached the phone in the other terminal.";

/// Options of `switchhook answer`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  switchhook answer                          answer whatever `switchhook dev` dials, and say hello
  switchhook answer --say 'Sales, good morning' --digits 1
  switchhook answer --echo --times 1         one call, sent back what it says
  switchhook answer --reject 486             always busy

Calls of a `switchhook dev` to numbers that are not its own arrive at 127.0.0.1:5070.")]
pub(super) struct Answer {
    /// Where to wait for calls (udp and tcp)
    #[arg(long, default_value = "127.0.0.1:5070", value_name = "HOST:PORT")]
    listen: SocketAddr,
    /// Let it ring for so long
    #[arg(long, default_value = "1", value_name = "SECONDS", value_parser = line::seconds)]
    ring: Duration,
    /// Say a text
    #[arg(long, value_name = "TEXT", group = "sound")]
    say: Option<String>,
    /// Play a WAV file
    #[arg(long, value_name = "FILE.wav", group = "sound")]
    play: Option<PathBuf>,
    /// Play a steady tone
    #[arg(long, group = "sound")]
    tone: bool,
    /// Send back what is heard
    #[arg(long, group = "sound")]
    echo: bool,
    /// Make no sound at all
    #[arg(long, group = "sound")]
    silent: bool,
    #[command(flatten)]
    line: LineOptions,
    /// Refuse every call with this status
    #[arg(long, value_name = "CODE", value_parser = clap::value_parser!(u16).range(400..700))]
    reject: Option<u16>,
    /// Hang up so long after the answer
    #[arg(long, value_name = "SECONDS", value_parser = line::seconds)]
    hangup_after: Option<Duration>,
    /// Stop after so many calls
    #[arg(long, value_name = "N")]
    times: Option<u32>,
}

enum Sound {
    Once(Arc<Clip>),
    Forever(Arc<Clip>),
    Echo,
    Silence,
}

/// One call to this phone.
struct Caller {
    number: u32,
    state: State,
    script: Script,
    kept: Kept,
    hears: bool,
    echo: Option<PlaybackId>,
}

enum State {
    Ringing { since: Instant, remote: Option<RemoteMedia> },
    Answered { since: Instant },
    Ended,
}

struct Switchboard<'a> {
    options: &'a Answer,
    sound: Sound,
    screen: Screen,
    callers: BTreeMap<DialogId, Caller>,
    /// Calls that came.
    came: u32,
    /// Calls that are over.
    over: u32,
}

impl Answer {
    /// Waits and answers until it is stopped or has had its calls.
    pub(super) fn run(self) -> anyhow::Result<()> {
        self.line.check()?;
        let sound = self.sound()?;
        let mut phone = Phone::open(self.listen)?;
        let screen = Screen::open();
        let mut board =
            Switchboard { options: &self, sound, screen, callers: BTreeMap::new(), came: 0, over: 0 };
        board.screen.say(&format!("waiting for calls on {} (udp and tcp); Ctrl+C stops", phone.local()));
        // The word that tools wait for.
        board.screen.say("ready");
        let keyboard = Keyboard::open();
        let mut stopping = false;
        while !(stopping && board.callers.is_empty()) {
            for (dialog, heard) in phone.turn(TICK)? {
                board.heard(&mut phone, dialog, heard, stopping)?;
            }
            while let Some(key) = keyboard.next() {
                board.key(&mut phone, key);
            }
            board.act(&mut phone)?;
            if !stopping && phone.interrupted() {
                stopping = true;
                board.hang_up_all(&mut phone);
            }
            stopping |= self.times.is_some_and(|times| board.over >= times);
        }
        drop(keyboard);
        phone.finish()
    }

    fn sound(&self) -> anyhow::Result<Sound> {
        Ok(match &self.play {
            Some(file) => Sound::Once(line::clip(file)?),
            None if self.tone => Sound::Forever(Arc::new(phone::tone())),
            None if self.echo => Sound::Echo,
            None if self.silent || self.reject.is_some() => Sound::Silence,
            None => Sound::Once(line::spoken(self.say.as_deref().unwrap_or(GREETING))?),
        })
    }
}

impl Switchboard<'_> {
    fn say(&mut self, number: u32, text: &str) {
        let tag = self.screen.paint.dim(&format!("[{number}]"));
        self.screen.say(&format!("{tag} {text}"));
    }

    fn heard(
        &mut self,
        phone: &mut Phone,
        dialog: DialogId,
        heard: Heard,
        stopping: bool,
    ) -> anyhow::Result<()> {
        if let Heard::Offered(offer) = heard {
            let enough = self.options.times.is_some_and(|times| self.came >= times);
            if stopping || enough {
                phone.refuse(dialog, 480);
            } else {
                self.offered(phone, dialog, *offer);
            }
            return Ok(());
        }
        let Some(caller) = self.callers.get_mut(&dialog) else { return Ok(()) };
        let number = caller.number;
        let paint = self.screen.paint;
        match heard {
            Heard::Digit(digit) => {
                self.say(number, &format!("pressed {}", paint.cyan(&digit.to_string())));
            }
            Heard::Sound(samples) => {
                caller.kept.hear(&samples);
                let hears = caller.kept.ear.hears();
                let changed = std::mem::replace(&mut caller.hears, hears) != hears;
                if let Some(echo) = caller.echo {
                    phone.feed(echo, &samples);
                }
                if changed && !self.screen.is_terminal() {
                    self.say(number, if hears { "sound" } else { "silence" });
                }
            }
            Heard::Ended { status, reason } => {
                let answered = matches!(caller.state, State::Answered { .. });
                caller.state = State::Ended;
                let text = match (answered, status) {
                    (true, _) => "hung up by the caller".to_owned(),
                    (false, 0) => "the caller gave up".to_owned(),
                    (false, status) => format!("failed: {status} {reason}"),
                };
                self.say(number, &text);
            }
            Heard::Closed(statistics) => {
                self.over += 1;
                if let Some(caller) = self.callers.remove(&dialog) {
                    let mut text = format!("heard {:.1} s of sound", caller.kept.ear.sound().as_secs_f64());
                    let recorded = self.options.line.write(&caller.kept)?;
                    for more in [Some(line::packets(&statistics)), recorded].into_iter().flatten() {
                        text.push_str("; ");
                        text.push_str(&more);
                    }
                    self.say(number, &paint.dim(&text));
                }
            }
            Heard::Offered(_)
            | Heard::Ringing
            | Heard::EarlyMedia
            | Heard::Answered(_)
            | Heard::Played(_)
            | Heard::DigitsSent(_) => {}
        }
        Ok(())
    }

    fn offered(&mut self, phone: &mut Phone, dialog: DialogId, offer: Offer) {
        self.came += 1;
        let number = self.came;
        let paint = self.screen.paint;
        self.say(number, &format!("{} calls {}", paint.bold(&offer.from_user), paint.bold(&offer.user)));
        for (name, value) in &offer.headers {
            let lower = name.to_ascii_lowercase();
            if lower.starts_with("x-") || lower == "user-to-user" || lower == "diversion" {
                self.say(number, &format!("  {name}: {value}"));
            }
        }
        if let Some(status) = self.options.reject {
            phone.refuse(dialog, status);
            self.over += 1;
            return self.say(number, &format!("refused with {status}"));
        }
        phone.ring(dialog);
        self.callers.insert(
            dialog,
            Caller {
                number,
                state: State::Ringing { since: Instant::now(), remote: offer.media },
                script: self.options.line.script(),
                kept: self.options.line.keep(),
                hears: false,
                echo: None,
            },
        );
    }

    /// What is due by itself.
    fn act(&mut self, phone: &mut Phone) -> anyhow::Result<()> {
        let dialogs: Vec<DialogId> = self.callers.keys().copied().collect();
        for dialog in dialogs {
            let Some(caller) = self.callers.get_mut(&dialog) else { continue };
            let number = caller.number;
            match &mut caller.state {
                State::Ringing { since, remote } if since.elapsed() >= self.options.ring => {
                    let remote = remote.take();
                    caller.state = State::Answered { since: Instant::now() };
                    phone.answer(dialog, remote)?;
                    match &self.sound {
                        Sound::Once(clip) => drop(phone.play(dialog, clip.clone(), Some(1))),
                        Sound::Forever(clip) => drop(phone.play(dialog, clip.clone(), None)),
                        Sound::Echo => caller.echo = Some(phone.play_live(dialog)),
                        Sound::Silence => {}
                    }
                    let text = self.screen.paint.green("answered");
                    self.say(number, &text);
                }
                State::Answered { since } => {
                    let answered = since.elapsed();
                    if self.options.hangup_after.is_some_and(|after| answered >= after) {
                        caller.state = State::Ended;
                        phone.hang_up(dialog);
                        self.say(number, "hung up by us");
                    } else if let Some(digits) = caller.script.due(answered, &caller.kept.ear) {
                        phone.press(dialog, &digits);
                        let text = format!("we press {}", self.screen.paint.cyan(&digits));
                        self.say(number, &text);
                    }
                }
                State::Ringing { .. } | State::Ended => {}
            }
        }
        let (paint, bars): (_, Vec<String>) = (
            self.screen.paint,
            self.callers.values().map(|c| format!("[{}] {}", c.number, c.kept.ear.bar())).collect(),
        );
        self.screen.status(paint.dim(&bars.join("  ")));
        Ok(())
    }

    /// A key is for the call that came last.
    fn key(&mut self, phone: &mut Phone, key: Key) {
        let last = self.callers.iter().rfind(|(_, c)| matches!(c.state, State::Answered { .. }));
        let Some((&dialog, caller)) = last else { return };
        let number = caller.number;
        match key {
            Key::Digit(digit) => {
                phone.press(dialog, &digit.to_string());
                self.say(number, &format!("we press {digit}"));
            }
            Key::HangUp => {
                self.end(phone, dialog);
                self.say(number, "hung up by us");
            }
        }
    }

    fn hang_up_all(&mut self, phone: &mut Phone) {
        let dialogs: Vec<DialogId> = self.callers.keys().copied().collect();
        for dialog in dialogs {
            self.end(phone, dialog);
        }
    }

    fn end(&mut self, phone: &mut Phone, dialog: DialogId) {
        let Some(caller) = self.callers.get_mut(&dialog) else { return };
        match caller.state {
            State::Ringing { .. } | State::Answered { .. } => {
                caller.state = State::Ended;
                phone.hang_up(dialog);
            }
            State::Ended => {}
        }
    }
}
