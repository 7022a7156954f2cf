//! `switchhook dev [DIR]`: one command from a clone to a ringing phone.
//!
//! What it runs is a configuration like any other: that of DIR where there is one, or what the handler found there
//! needs, with the gaps filled for a node on one desk. It is written down before it is used, so that every other
//! command finds it, and so that it can be the beginning of one's own.

mod banner;
mod detect;
mod plan;

use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, UdpSocket};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;

use super::narrator::Narrator;
use super::place::{self, CONFIG_FILE, DEV_FOLDER, Running};
use crate::paint::Paint;
use crate::{logging, serve};

/// Ports tried above a busy one.
const PORTS: u16 = 100;

/// Options of `switchhook dev`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  switchhook dev apps/hello        then, in another terminal: switchhook call
  switchhook dev                   the handler of the current folder
  switchhook dev --api-port 9000 --sip-port 5080

DIR holds a handler (index.py, lambda_function.py, app.py, handler.py or main.py with `handler` or
`lambda_handler`; index.js, .mjs, .cjs or package.json's main that exports one; or an executable named
bootstrap), or a switchhook.toml with functions and seeds. Everything is kept in .switchhook of the
current folder; remove it to begin afresh. Calls to numbers that are not its own ring at `switchhook answer`.")]
pub(super) struct Dev {
    /// Folder of the handler, or of a switchhook.toml
    #[arg(default_value = ".")]
    dir: PathBuf,
    /// Port of the API on 127.0.0.1; the next free one where it is busy
    #[arg(long, value_name = "PORT")]
    api_port: Option<u16>,
    /// Port of SIP on 127.0.0.1 (udp and tcp); the next free one where it is busy
    #[arg(long, value_name = "PORT")]
    sip_port: Option<u16>,
    /// Serve the API's address by HTTPS too, on this port of 127.0.0.1, with a certificate of our own making
    #[arg(long, value_name = "PORT")]
    https_port: Option<u16>,
}

impl Dev {
    /// Runs until a signal.
    pub(super) fn run(self) -> anyhow::Result<()> {
        let dir = self.dir.canonicalize().with_context(|| format!("no folder {}", self.dir.display()))?;
        if !dir.is_dir() {
            bail!("{} is no folder", self.dir.display());
        }
        let here = std::path::absolute(DEV_FOLDER)?;
        let mut plan = plan::Plan::of(&dir, &here)?;
        let (api, api_note) =
            free(plan.api(self.api_port)?, "the API", |address| TcpListener::bind(address).is_ok())?;
        let (sip, sip_note) = free(plan.sip(self.sip_port)?, "SIP", |address| {
            UdpSocket::bind(address).is_ok() && TcpListener::bind(address).is_ok()
        })?;
        plan.listen(api, sip);
        if let Some(port) = self.https_port {
            plan.listen_by_tls(SocketAddr::new(DESK, port));
        }

        std::fs::create_dir_all(&here).with_context(|| format!("cannot make {}", here.display()))?;
        // A folder of a project stays out of its history.
        std::fs::write(here.join(".gitignore"), "*\n")?;
        if place::is_locked(&plan.data_dir()) {
            bail!("`switchhook dev` runs in this folder already");
        }
        let file = here.join(CONFIG_FILE);
        std::fs::write(&file, plan.text()).with_context(|| format!("cannot write {}", file.display()))?;
        let config = place::load(Some(&file))?;
        logging::start_for_people(&config.log)?;

        let paint = Paint::of_stdout();
        let command = command();
        let mut narrator = Narrator::new(command.clone(), paint);
        let notes: Vec<String> = [api_note, sip_note].into_iter().flatten().collect();
        serve::run(
            &config,
            |addresses| {
                if let Err(error) = Running::announce(&config, &addresses) {
                    tracing::warn!("{error:#}: other commands do not find this node");
                }
                print!("{}", banner::banner(&config, &addresses, &plan.title(), &notes, &command, paint));
            },
            Some(Box::new(move |call, lines| print!("{}", narrator.tell(call, lines)))),
        )
    }
}

/// How this program was called: what can be typed again.
fn command() -> String {
    let called = std::env::args().next().unwrap_or_default();
    let bare = Path::new(&called).file_name().is_some_and(|name| name == called.as_str());
    if bare || called.is_empty() { "switchhook".into() } else { called }
}

/// The wanted address, or the next free port with a word about it.
fn free(
    wanted: SocketAddr,
    what: &str,
    is_free: impl Fn(SocketAddr) -> bool,
) -> anyhow::Result<(SocketAddr, Option<String>)> {
    if wanted.port() == 0 || is_free(wanted) {
        return Ok((wanted, None));
    }
    let last = wanted.port().saturating_add(PORTS);
    for port in wanted.port()..=last {
        let address = SocketAddr::new(wanted.ip(), port);
        if is_free(address) {
            return Ok((address, Some(format!("port {} is busy: {what} is on {port}", wanted.port()))));
        }
    }
    bail!("{what}: no free port from {} to {last} on {}", wanted.port(), wanted.ip())
}

/// Where a node on one desk listens.
const DESK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
