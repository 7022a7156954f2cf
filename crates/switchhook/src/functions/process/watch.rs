//! Notices that the files of a function have changed, by looking at them.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// Between two looks.
const EVERY: Duration = Duration::from_millis(500);
/// More files than these are not looked at: a folder so large is no source code.
const FILES: usize = 20_000;

/// Calls `changed` after each change, until it returns false.
pub(super) async fn watch(folder: PathBuf, changed: impl Fn() -> bool) {
    let mut before = look(folder.clone()).await;
    loop {
        tokio::time::sleep(EVERY).await;
        let after = look(folder.clone()).await;
        if after != before {
            before = after;
            if !changed() {
                return;
            }
        }
    }
}

/// Equal as long as no file has appeared, gone or been written.
#[derive(Debug, Default, PartialEq, Eq)]
struct Print {
    files: usize,
    newest: Option<SystemTime>,
    bytes: u64,
}

async fn look(folder: PathBuf) -> Print {
    tokio::task::spawn_blocking(move || {
        let mut print = Print::default();
        add(&folder, &mut print);
        print
    })
    .await
    .unwrap_or_default()
}

fn add(folder: &Path, print: &mut Print) {
    // A folder that cannot be read counts as empty: it may come back.
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let ignored =
            name.as_encoded_bytes().starts_with(b".") || name == "node_modules" || name == "__pycache__";
        if ignored || print.files >= FILES {
            continue;
        }
        // Follows no link: a link to a parent would never end.
        match entry.metadata() {
            Ok(meta) if meta.is_dir() => add(&entry.path(), print),
            Ok(meta) => {
                print.files += 1;
                print.bytes = print.bytes.wrapping_add(meta.len());
                print.newest = print.newest.max(meta.modified().ok());
            }
            Err(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn written_and_removed_files_are_noticed_caches_are_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        std::fs::write(path.join("index.py"), "a").unwrap();
        let first = look(path.into()).await;
        std::fs::create_dir(path.join("__pycache__")).unwrap();
        std::fs::write(path.join("__pycache__/index.pyc"), "x").unwrap();
        assert_eq!(look(path.into()).await, first);
        std::fs::write(path.join("index.py"), "ab").unwrap();
        let second = look(path.into()).await;
        assert_ne!(second, first);
        std::fs::remove_file(path.join("index.py")).unwrap();
        assert_ne!(look(path.into()).await, second);
    }
}
