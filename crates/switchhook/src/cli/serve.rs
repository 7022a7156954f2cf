//! `switchhook serve`: runs a node.

use std::path::PathBuf;

use clap::Args;

use crate::config::Config;
use crate::serve::Addresses;
use crate::{logging, serve};

/// Options of `switchhook serve`.
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// Configuration file; `switchhook.toml` of the current folder where it exists
    #[arg(long, short, value_name = "FILE", env = "SWITCHHOOK_CONFIG")]
    config: Option<PathBuf>,
}

impl Serve {
    /// Runs until a signal.
    pub(super) fn run(self) -> anyhow::Result<()> {
        let config = super::load(self.config.as_deref())?;
        logging::start(&config.log)?;
        warn(&config);
        serve::run(&config, announce)
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
pub(super) fn announce(addresses: Addresses) {
    println!("listening api {}", addresses.api);
    if let Some(udp) = addresses.udp {
        println!("listening udp {udp}");
    }
    if let Some(tcp) = addresses.tcp {
        println!("listening tcp {tcp}");
    }
    println!("ready");
}
