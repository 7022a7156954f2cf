//! Finds the voices that come with the speech engine's crate, so that they can be part of the binary.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../../Cargo.lock");
    let Some(folder) = voices() else {
        println!(
            "cargo::error=the voices of the ttspico-sys crate are not where `cargo metadata` says it is"
        );
        return;
    };
    println!("cargo::rustc-env=PICO_VOICES={}", folder.display());
}

/// The crate tells nobody where its files are; cargo does.
fn voices() -> Option<PathBuf> {
    let output = Command::new(env::var_os("CARGO")?)
        .args(["metadata", "--format-version=1", "--offline", "--filter-platform"])
        .arg(env::var_os("TARGET")?)
        .current_dir(env::var_os("CARGO_MANIFEST_DIR")?)
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let manifests = text.split("\"manifest_path\":\"").skip(1).filter_map(|rest| rest.split('"').next());
    manifests
        .filter_map(|manifest| Some(Path::new(manifest).parent()?.join("build/pico/lang")))
        .find(|folder| folder.join("en-US_ta.bin").is_file())
}
