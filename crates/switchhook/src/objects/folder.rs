//! Buckets as sub-folders. What S3 would keep beside an object lies in `.metadata`, which no bucket can be named.

use std::io::{ErrorKind, Read as _, Write as _};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use serde_json::json;

use super::{Description, Name, ObjectError, Read};

#[derive(Clone, Debug)]
pub(super) struct Folder {
    root: PathBuf,
}

impl Folder {
    pub(super) fn new(root: PathBuf) -> Self {
        Self { root }
    }

    pub(super) async fn read(
        &self,
        name: &Name,
        tag: Option<&str>,
        limit: usize,
    ) -> Result<Read, ObjectError> {
        let (folder, name, tag) = (self.clone(), name.clone(), tag.map(str::to_owned));
        blocking(move || folder.read_now(&name, tag.as_deref(), limit)).await
    }

    pub(super) async fn write(
        &self,
        name: &Name,
        bytes: Bytes,
        about: &Description,
    ) -> Result<(), ObjectError> {
        let (folder, name, about) = (self.clone(), name.clone(), about.clone());
        blocking(move || folder.write_now(&name, &bytes, &about)).await
    }

    fn read_now(&self, name: &Name, tag: Option<&str>, limit: usize) -> Result<Read, ObjectError> {
        let failed = |error| of(name, error);
        let path = self.inside(&self.root.join(name.bucket()).join(name.key()), name)?;
        let file = std::fs::File::open(path).map_err(failed)?;
        let about = file.metadata().map_err(failed)?;
        if !about.is_file() {
            return Err(ObjectError::NotFound(name.to_string()));
        }
        if about.len() > limit as u64 {
            return Err(ObjectError::TooLarge { name: name.to_string(), limit });
        }
        // Size and time alone would miss a file that was replaced within one tick of the file system's clock.
        let now = format!(
            "{}-{}.{:09}-{}.{:09}-{}",
            about.len(),
            about.mtime(),
            about.mtime_nsec(),
            about.ctime(),
            about.ctime_nsec(),
            about.ino()
        );
        if tag == Some(now.as_str()) {
            return Ok(Read::Unchanged);
        }
        let mut bytes = Vec::with_capacity(about.len() as usize);
        (&file).take(limit as u64).read_to_end(&mut bytes).map_err(failed)?;
        Ok(Read::Bytes(bytes.into(), now))
    }

    fn write_now(&self, name: &Name, bytes: &[u8], about: &Description) -> Result<(), ObjectError> {
        let bucket = self.root.join(name.bucket());
        if !bucket.is_dir() {
            return Err(ObjectError::NotFound(format!("bucket {}", name.bucket())));
        }
        let place = bucket.join(name.key());
        self.put(&place, bytes, name)?;
        let notes = json!({
            "content-type": about.content_type,
            "metadata": about.metadata.iter().cloned().collect::<std::collections::BTreeMap<_, _>>(),
        });
        let beside = self.root.join(".metadata").join(name.bucket()).join(format!("{}.json", name.key()));
        self.put(&beside, notes.to_string().as_bytes(), name)
    }

    /// Writes beside the place and renames, so that nobody reads half an object.
    fn put(&self, place: &Path, bytes: &[u8], name: &Name) -> Result<(), ObjectError> {
        let failed = |error| of(name, error);
        let (Some(folder), Some(file)) = (place.parent(), place.file_name()) else {
            return Err(ObjectError::Denied(name.to_string()));
        };
        // Before anything is made: what exists of the path must not lead out of the root.
        let existing = folder.ancestors().find(|folder| folder.exists()).unwrap_or(folder);
        self.inside(existing, name)?;
        std::fs::create_dir_all(folder).map_err(failed)?;
        let folder = self.inside(folder, name)?;
        let mut half = tempfile::NamedTempFile::new_in(&folder).map_err(failed)?;
        half.write_all(bytes).map_err(failed)?;
        half.as_file().sync_data().map_err(failed)?;
        half.persist(folder.join(file)).map_err(|error| failed(error.error))?;
        Ok(())
    }

    /// The real path, if no symbolic link leads out of the root.
    fn inside(&self, path: &Path, name: &Name) -> Result<PathBuf, ObjectError> {
        let root = self.root.canonicalize().map_err(|error| of(name, error))?;
        let real = path.canonicalize().map_err(|error| of(name, error))?;
        if real.starts_with(root) { Ok(real) } else { Err(ObjectError::Denied(name.to_string())) }
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ObjectError> + Send + 'static,
) -> Result<T, ObjectError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(error) => Err(ObjectError::Failed(error.to_string())),
    }
}

fn of(name: &Name, error: std::io::Error) -> ObjectError {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::IsADirectory => {
            ObjectError::NotFound(name.to_string())
        }
        ErrorKind::PermissionDenied => ObjectError::Denied(name.to_string()),
        _ => ObjectError::Failed(format!("{name}: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(key: &str) -> Name {
        Name::new("bucket", key).unwrap()
    }

    #[tokio::test]
    async fn what_is_written_is_read_and_its_tag_saves_the_second_read() {
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir(root.path().join("bucket")).unwrap();
        let folder = Folder::new(root.path().into());
        let about =
            Description { content_type: "audio/wav".into(), metadata: vec![("call-id".into(), "1".into())] };
        folder.write(&name("a/b.wav"), Bytes::from_static(b"sound"), &about).await.unwrap();
        let Read::Bytes(bytes, tag) = folder.read(&name("a/b.wav"), None, 100).await.unwrap() else {
            panic!("it was never read");
        };
        assert_eq!(bytes, b"sound"[..]);
        assert!(matches!(folder.read(&name("a/b.wav"), Some(&tag), 100).await.unwrap(), Read::Unchanged));
        folder.write(&name("a/b.wav"), Bytes::from_static(b"other sound"), &about).await.unwrap();
        assert!(matches!(folder.read(&name("a/b.wav"), Some(&tag), 100).await.unwrap(), Read::Bytes(..)));
        let notes = std::fs::read_to_string(root.path().join(".metadata/bucket/a/b.wav.json")).unwrap();
        assert!(notes.contains("audio/wav") && notes.contains("call-id"), "{notes}");
    }

    #[tokio::test]
    async fn a_replaced_file_of_the_same_size_and_time_is_another() {
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir(root.path().join("bucket")).unwrap();
        let folder = Folder::new(root.path().into());
        let path = root.path().join("bucket/x");
        std::fs::write(&path, "one").unwrap();
        let time = std::fs::metadata(&path).unwrap().modified().unwrap();
        let Read::Bytes(_, tag) = folder.read(&name("x"), None, 100).await.unwrap() else {
            panic!("never read")
        };
        let half = root.path().join("half");
        std::fs::write(&half, "two").unwrap();
        std::fs::File::options().write(true).open(&half).unwrap().set_modified(time).unwrap();
        std::fs::rename(&half, &path).unwrap();
        let Read::Bytes(bytes, _) = folder.read(&name("x"), Some(&tag), 100).await.unwrap() else {
            panic!("taken for unchanged");
        };
        assert_eq!(bytes, b"two"[..]);
    }

    #[tokio::test]
    async fn nothing_outside_is_read_or_written() {
        let (root, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::fs::create_dir(root.path().join("bucket")).unwrap();
        std::fs::write(outside.path().join("secret"), "x").unwrap();
        std::os::unix::fs::symlink(outside.path(), root.path().join("bucket/link")).unwrap();
        let folder = Folder::new(root.path().into());
        let read = folder.read(&name("link/secret"), None, 100).await;
        assert!(matches!(read, Err(ObjectError::Denied(_))));
        let written = folder.write(&name("link/x"), Bytes::new(), &Description::default()).await;
        assert_eq!(written, Err(ObjectError::Denied("bucket/link/x".into())));
        let deeper = folder.write(&name("link/new/x"), Bytes::new(), &Description::default()).await;
        assert_eq!(deeper, Err(ObjectError::Denied("bucket/link/new/x".into())));
        assert!(!outside.path().join("new").exists(), "not even a folder is made outside");
        let missing =
            folder.write(&Name::new("nobody", "x").unwrap(), Bytes::new(), &Description::default()).await;
        assert!(matches!(missing, Err(ObjectError::NotFound(_))));
        std::fs::write(root.path().join("bucket/large"), vec![0; 101]).unwrap();
        assert!(matches!(folder.read(&name("large"), None, 100).await, Err(ObjectError::TooLarge { .. })));
    }
}
