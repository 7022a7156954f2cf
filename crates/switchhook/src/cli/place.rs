//! Which node a command is about: its configuration, its data folder, and whether it runs.

use std::fs::{File, OpenOptions};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use serde::{Deserialize, Serialize};

use crate::compose;
use crate::config::{self, Config};
use crate::journal::Journals;
use crate::serve::Addresses;
use crate::store::Store;

/// The configuration that a folder's node has.
pub(super) const CONFIG_FILE: &str = "switchhook.toml";
/// Where `switchhook dev` keeps everything, in the folder it was started in.
pub(super) const DEV_FOLDER: &str = ".switchhook";
/// In a data folder: where its node listens while it runs.
const RUNNING_FILE: &str = "running.json";

/// Which node.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Which node")]
pub(super) struct Place {
    /// Configuration file; without it the node of the current folder: a running `switchhook dev`,
    /// else that of ./switchhook.toml, else the last `switchhook dev`
    #[arg(long, short, value_name = "FILE", env = "SWITCHHOOK_CONFIG")]
    config: Option<PathBuf>,
    /// Data folder, instead of the configuration's
    #[arg(long, value_name = "DIR")]
    data_dir: Option<PathBuf>,
}

/// An opened data folder.
pub(super) struct Data {
    pub(super) store: Store,
    pub(super) journals: Journals,
    /// Whether a node works on it at the moment.
    pub(super) node_runs: bool,
}

/// Where a running node listens, for the commands that talk to it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Running {
    api: SocketAddr,
    udp: Option<SocketAddr>,
    tcp: Option<SocketAddr>,
    /// Seeded numbers, those of rules first.
    pub(super) numbers: Vec<String>,
}

impl Place {
    /// The data folder.
    fn folder(&self) -> anyhow::Result<PathBuf> {
        if let Some(folder) = &self.data_dir {
            return Ok(folder.clone());
        }
        match self.file() {
            Some(file) => Ok(load(Some(&file))?.data_dir),
            None => Ok(load(None)?.data_dir),
        }
    }

    /// The configuration file: the one given, or that of the current folder's node.
    fn file(&self) -> Option<PathBuf> {
        if let Some(file) = &self.config {
            return Some(file.clone());
        }
        let here = Path::new(CONFIG_FILE);
        let dev = Path::new(DEV_FOLDER).join(CONFIG_FILE);
        let of_dev = dev.exists().then(|| load(Some(&dev)).ok()).flatten().map(|config| config.data_dir);
        if of_dev.as_deref().is_some_and(is_locked) {
            return Some(dev);
        }
        if here.exists() {
            let has_data = load(Some(here)).is_ok_and(|config| store_file(&config.data_dir).exists());
            let dev_has_data = of_dev.is_some_and(|folder| store_file(&folder).exists());
            return Some(if dev_has_data && !has_data { dev } else { here.into() });
        }
        of_dev.map(|_| dev)
    }

    /// The configuration.
    pub(super) fn config(&self) -> anyhow::Result<Config> {
        load(self.file().as_deref())
    }

    /// Opens the data folder.
    pub(super) fn open(&self) -> anyhow::Result<Data> {
        let folder = self.folder()?;
        let file = store_file(&folder);
        if !file.exists() {
            anyhow::bail!(
                "{} holds no data of a node; run this where `switchhook dev` or `serve` ran, or give --config",
                folder.display()
            );
        }
        Ok(Data {
            store: Store::open(&file)?,
            journals: Journals::open(&folder)?,
            node_runs: is_locked(&folder),
        })
    }

    /// Where the node listens; `None` when it does not run.
    pub(super) fn running(&self) -> anyhow::Result<Option<Running>> {
        let folder = self.folder()?;
        if !is_locked(&folder) {
            return Ok(None);
        }
        let Ok(text) = std::fs::read_to_string(folder.join(RUNNING_FILE)) else { return Ok(None) };
        let of = || format!("{} of a running node cannot be read", folder.join(RUNNING_FILE).display());
        serde_json::from_str(&text).map(Some).with_context(of)
    }
}

impl Running {
    /// Leaves word where a node listens; its lock says whether that is still true.
    pub(super) fn announce(config: &Config, addresses: &Addresses) -> anyhow::Result<()> {
        let ruled = config.seed.rule.iter().filter_map(|rule| rule.number.clone());
        let mut numbers: Vec<String> = ruled.chain(config.seed.numbers.iter().cloned()).collect();
        let mut seen = std::collections::BTreeSet::new();
        numbers.retain(|number| seen.insert(number.clone()));
        let running = Self { api: addresses.api, udp: addresses.udp, tcp: addresses.tcp, numbers };
        let file = config.data_dir.join(RUNNING_FILE);
        std::fs::write(&file, serde_json::to_vec_pretty(&running)?)
            .with_context(|| format!("cannot write {}", file.display()))
    }

    /// Where it takes calls.
    pub(super) fn sip(&self, tcp: bool) -> Option<String> {
        let listener = if tcp { self.tcp } else { self.udp };
        Some(compose::reachable(listener?).to_string())
    }

    /// Where it takes API requests.
    pub(super) fn api(&self) -> SocketAddr {
        compose::reachable(self.api)
    }
}

/// The configuration from `file`, from `switchhook.toml` here, or the default, with the environment's overrides.
pub(super) fn load(file: Option<&Path>) -> anyhow::Result<Config> {
    let here = Path::new(CONFIG_FILE);
    let file = file.or(here.exists().then_some(here));
    // Three variables are options of commands, and the tests' are no keys.
    let variables = std::env::vars().filter(|(name, _)| {
        !matches!(name.as_str(), "SWITCHHOOK_CONFIG" | "SWITCHHOOK_CALL_PASSWORD")
            && !name.starts_with("SWITCHHOOK_TEST_")
    });
    config::load(file, variables).with_context(|| match file {
        Some(file) => file.display().to_string(),
        None => "the environment".into(),
    })
}

/// The store's file in a data folder.
pub(crate) fn store_file(folder: &Path) -> PathBuf {
    folder.join("switchhook.db")
}

fn lock_file(folder: &Path) -> PathBuf {
    folder.join("lock")
}

/// Takes the folder for one node; `None` when another one has it.
pub(crate) fn lock(folder: &Path) -> anyhow::Result<Option<File>> {
    let path = lock_file(folder);
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

/// Whether a node has the folder. Looking takes the lock in shared mode for a moment, so that two that look do not
/// take each other for a node.
pub(super) fn is_locked(folder: &Path) -> bool {
    let Ok(file) = File::open(lock_file(folder)) else { return false };
    matches!(file.try_lock_shared(), Err(std::fs::TryLockError::WouldBlock))
}
