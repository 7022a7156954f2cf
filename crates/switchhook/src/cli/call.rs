//! `switchhook call NUMBER`: a phone in the terminal.

use std::net::{SocketAddr, ToSocketAddrs};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use clap::Args;
use sip::stack::{DialogId, Transport};

use super::line::{self, Kept, LineOptions};
use super::place::Place;
use super::screen::Screen;
use crate::phone::{self, Dialling, Heard, Key, Keyboard, Phone, Script};

/// How often the phone looks at the clock and the keyboard.
const TICK: Duration = Duration::from_millis(40);
/// Headers that are the phone's own business.
const OWN_HEADERS: [&str; 12] = [
    "via",
    "from",
    "to",
    "call-id",
    "cseq",
    "contact",
    "max-forwards",
    "route",
    "record-route",
    "content-type",
    "content-length",
    "authorization",
];

/// Options of `switchhook call`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  switchhook call                                   the first number of the running node
  switchhook call +15550100                         listen, and type digits; q hangs up
  switchhook call +15550100 --digits 1w2#           press 1 when it has spoken, 2# when it has spoken again
  switchhook call +15550100 --record heard.wav -H 'X-Customer: 42'
  switchhook call sip:alice@pbx.example.net --tcp --user me --password secret

The exit status is 0 when the call was answered.")]
pub(super) struct Call {
    /// Number or SIP URI to call; the first seeded number of the running node where absent
    #[arg(value_name = "NUMBER")]
    number: Option<String>,
    /// Where to send the call, HOST[:PORT]; the node that runs here where absent
    #[arg(long, value_name = "HOST:PORT")]
    server: Option<String>,
    /// Caller's number
    #[arg(long, default_value = "+15550199", value_name = "NUMBER")]
    from: String,
    /// A header for the INVITE; may be given several times
    #[arg(short = 'H', long = "header", value_name = "NAME: VALUE", value_parser = header)]
    headers: Vec<(String, String)>,
    /// Speak SIP over TCP
    #[arg(long)]
    tcp: bool,
    /// Digest user name
    #[arg(long, requires = "password")]
    user: Option<String>,
    /// Digest password
    #[arg(long, requires = "user", env = "SWITCHHOOK_CALL_PASSWORD", hide_env_values = true)]
    password: Option<String>,
    #[command(flatten)]
    line: LineOptions,
    /// Play a WAV file when answered
    #[arg(long, value_name = "FILE.wav", conflicts_with = "say")]
    play: Option<PathBuf>,
    /// Say a text when answered
    #[arg(long, value_name = "TEXT")]
    say: Option<String>,
    /// Hang up so long after the answer
    #[arg(long, value_name = "SECONDS", value_parser = line::seconds)]
    duration: Option<Duration>,
    /// Give up when it rang for so long
    #[arg(long, value_name = "SECONDS", value_parser = line::seconds, default_value = "60")]
    ring: Duration,
    #[command(flatten)]
    place: Place,
}

/// How far a call is.
enum Progress {
    Calling,
    Answered(Instant),
    Ended { answered: Option<Duration>, how: String },
}

struct Session<'a> {
    screen: Screen,
    script: Script,
    kept: Kept,
    began: Instant,
    progress: Progress,
    hears: bool,
    statistics: Option<String>,
    options: &'a Call,
}

impl Call {
    /// Calls, and returns when the call is over.
    pub(super) fn run(self) -> anyhow::Result<()> {
        self.line.check()?;
        let (server, number) = self.destination()?;
        let clip = match (&self.play, &self.say) {
            (Some(file), _) => Some(line::clip(file)?),
            (None, Some(text)) => Some(line::spoken(text)?),
            (None, None) => None,
        };
        let peer = resolve(&server)?;
        let mut phone = Phone::open(SocketAddr::new(phone::address_towards(peer)?, 0))?;
        let uri = if is_uri(&number) { number.clone() } else { format!("sip:{number}@{server}") };
        let dialog = phone.dial(Dialling {
            uri,
            // A URI alone is resolved by the rules of SIP.
            server: (self.server.is_some() || !is_uri(&number)).then_some(peer),
            transport: if self.tcp { Transport::Tcp } else { Transport::Udp },
            from: self.from.clone(),
            headers: self.headers.clone(),
            credentials: self.user.clone().zip(self.password.clone()),
            timeout: self.ring,
        })?;
        let mut session = Session {
            screen: Screen::open(),
            script: self.line.script(),
            kept: self.line.keep(),
            began: Instant::now(),
            progress: Progress::Calling,
            hears: false,
            statistics: None,
            options: &self,
        };
        let over = if self.tcp { "tcp" } else { "udp" };
        let target = match (is_uri(&number), &self.server) {
            (true, None) => number.clone(),
            _ => format!("{number} at {server}"),
        };
        session.screen.say(&format!("calling {target} ({over}) as {}", self.from));
        let keyboard = Keyboard::open();
        while session.statistics.is_none() {
            for (of, heard) in phone.turn(TICK)? {
                if of == dialog {
                    let answered = matches!(heard, Heard::Answered(_));
                    session.heard(heard);
                    if let Some(clip) = clip.clone().filter(|_| answered) {
                        phone.play(dialog, clip, Some(1));
                    }
                } else if let Heard::Offered(_) = heard {
                    // This phone calls and is not called.
                    phone.refuse(of, 486);
                }
            }
            session.act(&mut phone, dialog, &keyboard);
        }
        drop(keyboard);
        phone.finish()?;
        session.conclude()
    }

    /// Server and number: as given, else what the node that runs here says.
    fn destination(&self) -> anyhow::Result<(String, String)> {
        let running = self.place.running()?;
        if let Some(uri) = self.number.as_deref().filter(|number| is_uri(number)) {
            let host = uri.split_once(':').map_or(uri, |(_, rest)| rest);
            let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
            let host = host.split([';', '?']).next().unwrap_or(host);
            return Ok((self.server.clone().unwrap_or_else(|| host.into()), uri.into()));
        }
        let server = match (&self.server, &running) {
            (Some(server), _) => server.clone(),
            (None, Some(running)) => {
                running.sip(self.tcp).context("the node that runs here has no such listener")?
            }
            (None, None) => "127.0.0.1:5060".into(),
        };
        let number = match (&self.number, running) {
            (Some(number), _) => number.clone(),
            (None, Some(running)) => running
                .numbers
                .first()
                .cloned()
                .context("the node that runs here has no seeded number: name one")?,
            (None, None) => bail!("no node runs here: name the number to call"),
        };
        if number.chars().any(|c| c.is_whitespace() || "<>\"@?;".contains(c)) {
            bail!("{number:?} is no number");
        }
        Ok((server, number))
    }
}

impl Session<'_> {
    fn time(&self) -> String {
        self.screen.paint.dim(&format!("{:>6.1}", self.began.elapsed().as_secs_f64()))
    }

    fn say(&mut self, text: &str) {
        let line = format!("{}  {text}", self.time());
        self.screen.say(&line);
    }

    fn heard(&mut self, heard: Heard) {
        let paint = self.screen.paint;
        match heard {
            Heard::Ringing => self.say("ringing"),
            Heard::EarlyMedia => self.say("ringing, with sound from the other side"),
            Heard::Answered(codec) => {
                self.progress = Progress::Answered(Instant::now());
                let hint = if self.screen.is_terminal() { ": type digits, q hangs up" } else { "" };
                self.say(&format!("{} ({}){hint}", paint.green("answered"), codec.encoding()));
            }
            Heard::Digit(digit) => {
                self.say(&format!("the other side pressed {}", paint.cyan(&digit.to_string())))
            }
            Heard::Sound(samples) => {
                self.kept.hear(&samples);
                let hears = self.kept.ear.hears();
                if hears != self.hears && !self.screen.is_terminal() {
                    self.say(if hears { "sound" } else { "silence" });
                }
                self.hears = hears;
            }
            Heard::Ended { status: 0, .. } => self.ended("hung up by the other side".into()),
            Heard::Ended { status, reason } => self.ended(format!("{status} {reason}")),
            Heard::Closed(statistics) => self.statistics = Some(line::packets(&statistics)),
            // Calls to this phone are refused by whoever asks it for its news.
            Heard::Offered(_) | Heard::Played(_) | Heard::DigitsSent(_) => {}
        }
    }

    fn ended(&mut self, how: String) {
        let answered = match &self.progress {
            Progress::Calling => None,
            Progress::Answered(since) => Some(since.elapsed()),
            Progress::Ended { .. } => return,
        };
        self.progress = Progress::Ended { answered, how };
    }

    /// What is due by itself or by a key.
    fn act(&mut self, phone: &mut Phone, dialog: DialogId, keyboard: &Keyboard) {
        let mut end = phone.interrupted().then_some("hung up by Ctrl+C");
        let answered = match self.progress {
            Progress::Answered(since) => Some(since.elapsed()),
            Progress::Calling => None,
            Progress::Ended { .. } => return,
        };
        let mut digits = String::new();
        while let Some(key) = keyboard.next() {
            match key {
                Key::Digit(digit) if answered.is_some() => digits.push(digit),
                Key::Digit(_) => self.say("not answered yet: the digit is dropped"),
                Key::HangUp => end = Some("hung up by us"),
            }
        }
        if let Some(answered) = answered {
            digits.extend(self.script.due(answered, &self.kept.ear));
            if self.options.duration.is_some_and(|duration| answered >= duration) {
                end = Some("hung up by us, as --duration says");
            }
            let ear = &self.kept.ear;
            let what = if ear.hears() { format!("{:>4} dB", ear.decibels()) } else { "silence".into() };
            self.screen.status(format!("{}  {} {what}", self.time(), ear.bar()));
        } else if self.began.elapsed() >= self.options.ring {
            end = Some("given up: not answered");
        }
        if !digits.is_empty() {
            self.say(&format!("pressed {}", self.screen.paint.cyan(&digits)));
            phone.press(dialog, &digits);
        }
        if let Some(how) = end {
            self.ended(how.into());
            phone.hang_up(dialog);
        }
    }

    /// The last lines; an error where the call was not answered.
    fn conclude(mut self) -> anyhow::Result<()> {
        self.screen.status(String::new());
        let Progress::Ended { answered, how } = &self.progress else { bail!("the call was lost") };
        let Some(answered) = *answered else { bail!("not answered: {how}") };
        let how = format!("{how} after {:.1} s", answered.as_secs_f64());
        self.say(&how);
        let ear = &self.kept.ear;
        let mut summary = format!("heard {:.1} s of sound", ear.sound().as_secs_f64());
        for more in [self.statistics.clone(), self.options.line.write(&self.kept)?].into_iter().flatten() {
            summary.push_str("; ");
            summary.push_str(&more);
        }
        self.screen.say(&format!("        {}", self.screen.paint.dim(&summary)));
        Ok(())
    }
}

fn is_uri(number: &str) -> bool {
    number.starts_with("sip:")
}

/// `HOST[:PORT]` to an address.
fn resolve(server: &str) -> anyhow::Result<SocketAddr> {
    let with_port = match server.rsplit_once(':') {
        Some((_, port)) if port.parse::<u16>().is_ok() => server.to_owned(),
        _ => format!("{server}:5060"),
    };
    with_port
        .to_socket_addrs()
        .with_context(|| format!("{server:?} is not known"))?
        .next()
        .with_context(|| format!("{server:?} has no address"))
}

fn header(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once(':').ok_or("a header is written `Name: value`")?;
    let (name, value) = (name.trim(), value.trim());
    let token = |c: char| c.is_ascii_alphanumeric() || "-.!%*_+`'~".contains(c);
    if name.is_empty() || !name.chars().all(token) {
        return Err(format!("{name:?} is no header name"));
    }
    if OWN_HEADERS.contains(&name.to_ascii_lowercase().as_str()) {
        return Err(format!("{name} is the phone's own business"));
    }
    if value.chars().any(char::is_control) {
        return Err("a header has one line".into());
    }
    Ok((name.into(), value.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_checked() {
        assert_eq!(header("X-A:  b c "), Ok(("X-A".into(), "b c".into())));
        for wrong in ["X-A", "X A: b", "Via: x", "X-A: b\r\nY: c"] {
            assert!(header(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_server_has_a_port_or_the_usual_one() {
        assert_eq!(resolve("127.0.0.1").unwrap(), "127.0.0.1:5060".parse().unwrap());
        assert_eq!(resolve("127.0.0.1:5070").unwrap(), "127.0.0.1:5070".parse().unwrap());
        assert!(resolve("").is_err());
    }
}
