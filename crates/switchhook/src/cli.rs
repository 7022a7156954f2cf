//! The command line: one file per command.

mod answer;
mod call;
mod calls;
mod config;
mod dev;
mod line;
mod narrator;
mod place;
mod replay;
mod screen;
mod serve;
mod show;

use clap::{Parser, Subcommand};

pub(crate) use place::{lock, store_file};

/// A self-hosted programmable telephone exchange: calls are driven by your functions, with the event/action protocol
/// of Amazon Chime SDK PSTN Audio.
#[derive(Debug, Parser)]
#[command(
    version,
    propagate_version = true,
    disable_help_subcommand = true,
    after_help = "\
A first call, in two terminals:
  switchhook dev apps/hello        runs the handler in that folder
  switchhook call                  calls it
  switchhook show last             what happened, message by message

`switchhook COMMAND --help` has examples for each command."
)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the handler in a folder: from a clone to a ringing phone
    Dev(dev::Dev),
    /// Run a node
    Serve(serve::Serve),
    /// Call a number: a phone in the terminal
    Call(Box<call::Call>),
    /// Wait for calls: the phone that outbound calls and bridges reach
    Answer(answer::Answer),
    /// List live and past calls
    Calls(calls::Calls),
    /// Print one call as a ladder: SIP, invocations, actions, API calls, media
    Show(show::Show),
    /// Play one call again from its journal: its state at any time, or the answers of today's handler
    Replay(replay::Replay),
    /// List the configuration's keys
    Config(config::ListKeys),
}

impl Cli {
    /// Runs the command.
    pub fn run(self) -> anyhow::Result<()> {
        match self.command {
            Command::Dev(command) => command.run(),
            Command::Serve(command) => command.run(),
            Command::Call(command) => command.run(),
            Command::Answer(command) => command.run(),
            Command::Calls(command) => command.run(),
            Command::Show(command) => command.run(),
            Command::Replay(command) => command.run(),
            Command::Config(command) => command.run(),
        }
    }
}
