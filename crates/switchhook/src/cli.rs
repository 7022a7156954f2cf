//! The command line: one file per command.

mod calls;
mod serve;
mod show;

use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, Parser, Subcommand};

use crate::config::{self, Config};
use crate::journal::Journals;
use crate::store::Store;

/// A self-hosted programmable telephone exchange: calls are driven by your functions, with the event/action protocol
/// of Amazon Chime SDK PSTN Audio.
#[derive(Debug, Parser)]
#[command(version, propagate_version = true, disable_help_subcommand = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run a node
    Serve(serve::Serve),
    /// List live and past calls
    Calls(calls::Calls),
    /// Print one call as a ladder: SIP, invocations, actions, API calls, media
    Show(show::Show),
}

impl Cli {
    /// Runs the command.
    pub fn run(self) -> anyhow::Result<()> {
        match self.command {
            Command::Serve(command) => command.run(),
            Command::Calls(command) => command.run(),
            Command::Show(command) => command.run(),
        }
    }
}

/// Which configuration, and so which data folder.
#[derive(Debug, Args)]
struct DataFolder {
    /// Configuration file; `switchhook.toml` of the current folder where it exists
    #[arg(long, short, value_name = "FILE", env = "SWITCHHOOK_CONFIG")]
    config: Option<PathBuf>,
    /// Data folder, instead of the configuration's
    #[arg(long, value_name = "DIR")]
    data_dir: Option<PathBuf>,
}

/// An opened data folder.
struct Data {
    store: Store,
    journals: Journals,
    /// Whether a node works on it at the moment.
    node_runs: bool,
}

impl DataFolder {
    fn open(&self) -> anyhow::Result<Data> {
        let folder = match &self.data_dir {
            Some(folder) => folder.clone(),
            None => load(self.config.as_deref())?.data_dir,
        };
        let file = store_file(&folder);
        if !file.exists() {
            anyhow::bail!("{} holds no data of a node; give --config or --data-dir", folder.display());
        }
        Ok(Data {
            store: Store::open(&file)?,
            journals: Journals::open(&folder)?,
            node_runs: lock(&folder)?.is_none(),
        })
    }
}

/// The configuration from `file`, from `switchhook.toml` here, or the default, with the environment's overrides.
fn load(file: Option<&Path>) -> anyhow::Result<Config> {
    let here = Path::new("switchhook.toml");
    let file = file.or(here.exists().then_some(here));
    // SWITCHHOOK_CONFIG names the file, and the tests' variables are no keys.
    let variables = std::env::vars()
        .filter(|(name, _)| name != "SWITCHHOOK_CONFIG" && !name.starts_with("SWITCHHOOK_TEST_"));
    config::load(file, variables).with_context(|| match file {
        Some(file) => file.display().to_string(),
        None => "the environment".into(),
    })
}

/// The store's file in a data folder.
pub(crate) fn store_file(folder: &Path) -> PathBuf {
    folder.join("switchhook.db")
}

/// Takes the folder for one node; `None` when another one has it.
pub(crate) fn lock(folder: &Path) -> anyhow::Result<Option<File>> {
    let path = folder.join("lock");
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .with_context(|| format!("cannot open {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(std::fs::TryLockError::WouldBlock) => Ok(None),
        Err(std::fs::TryLockError::Error(error)) => Err(error).with_context(|| path.display().to_string()),
    }
}
