//! `switchhook serve`: runs a node.

use std::path::PathBuf;

use clap::Args;

use super::place::{self, Running};
use crate::config::Config;
use crate::serve::Addresses;
use crate::{compose, logging, serve};

/// Options of `switchhook serve`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  switchhook serve --config /etc/switchhook.toml
  SWITCHHOOK_API_LISTEN=127.0.0.1:9090 switchhook serve

Prints where it listens and a line with the word `ready`. SIGTERM ends the live calls, then the node.
`switchhook config` lists the keys of the configuration.")]
pub(super) struct Serve {
    /// Configuration file; `switchhook.toml` of the current folder where it exists
    #[arg(long, short, value_name = "FILE", env = "SWITCHHOOK_CONFIG")]
    config: Option<PathBuf>,
}

impl Serve {
    /// Runs until a signal.
    pub(super) fn run(self) -> anyhow::Result<()> {
        let config = place::load(self.config.as_deref())?;
        logging::start(&config.log)?;
        warn(&config);
        serve::run(&config, |addresses| announce(&config, addresses), None)
    }
}

/// What a careful operator should know.
fn warn(config: &Config) {
    if config.api.any_key {
        tracing::warn!("api.any_key: API requests from this machine are not checked");
    } else if config.api.key.is_empty() {
        tracing::warn!("no [[api.key]]: API requests of anybody but the node's own functions are refused");
    }
    if config.carrier.is_empty() {
        tracing::warn!("no [[carrier]]: calls to the telephone network are refused");
    }
}

/// One line per listener, then `ready`.
fn announce(config: &Config, addresses: Addresses) {
    if let Err(error) = Running::announce(config, &addresses) {
        tracing::warn!("{error:#}: other commands do not find this node");
    }
    println!("listening api {}", addresses.api);
    if let Some(https) = addresses.https {
        println!("listening https {https}");
    }
    println!("browsers come by {}", compose::public_url(config, &addresses));
    if let Some(udp) = addresses.udp {
        println!("listening udp {udp}");
    }
    if let Some(tcp) = addresses.tcp {
        println!("listening tcp {tcp}");
    }
    for webrtc in addresses.webrtc {
        println!("listening webrtc {webrtc}");
    }
    println!("ready");
}
