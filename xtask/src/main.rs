//! Development tasks: `cargo xtask <command>`. One file per command.

mod bench;
mod codegen;
mod compatibility;
mod setup;
mod test;
mod tidy;

use std::process::ExitCode;

const USAGE: &str = "usage: cargo xtask <command>

  codegen [--check]   generate the AWS wire types from crates/api/facts; --check fails if a file would change
  compatibility [--check]
                      generate COMPATIBILITY.md from docs/compatibility.toml; --check fails where it would change
  setup               install what the tests need: Debian packages, .venv, npm packages
  tidy                check the house rules
  bench [--quick] [T1 …]
                      run the workloads of the budgets against the release binary, a JSON line each
  test                run all tests (calls setup first)
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments.as_slice() {
        ["bench", arguments @ ..] => bench::run(arguments),
        ["codegen"] => codegen::run(codegen::Mode::Write),
        ["codegen", "--check"] => codegen::run(codegen::Mode::Check),
        ["compatibility"] => compatibility::run(compatibility::Mode::Write),
        ["compatibility", "--check"] => compatibility::run(compatibility::Mode::Check),
        ["setup"] => setup::run(),
        ["test"] => test::run(),
        ["tidy"] => tidy::run(),
        _ => {
            eprint!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The repository.
fn root() -> std::path::PathBuf {
    let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().expect("xtask lies in the repository's root").to_path_buf()
}
