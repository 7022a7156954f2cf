//! The binary: reads the command line and runs the command.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    match switchhook::cli::Cli::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("switchhook: {error:#}");
            ExitCode::FAILURE
        }
    }
}
