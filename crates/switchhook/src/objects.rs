//! Buckets: prompts and recordings, by bucket and key, from a folder or an S3-compatible endpoint.
//!
//! A prompt is read at each use, since handlers write files just before they name them; it is *decoded* once for as
//! long as its bytes stay the same (entity tag, or size and time of change), never by its name alone.

mod cache;
mod folder;
mod name;
mod recordings;
mod s3;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use api::sigv4::Credentials;
use bytes::Bytes;
use call::{PlaybackError, StoreError};
use media::Clip;

use cache::Cache;
use folder::Folder;
pub use name::{BadName, Name};
pub use recordings::{Recordings, SpoolError};
use s3::S3;

/// The largest object that is played: 50 MB.
pub const PROMPT_MAX: usize = 50_000_000;
/// Decoded prompts that are kept, in bytes of samples.
const CACHE_SIZE: usize = 64 << 20;

/// The buckets of a node.
#[derive(Debug)]
pub struct Objects {
    backend: Backend,
    clips: Mutex<Cache>,
}

#[derive(Debug)]
enum Backend {
    Folder(Folder),
    S3(Box<S3>),
}

/// What reading an object brings.
enum Read {
    /// It is still the one with the tag that was given.
    Unchanged,
    /// Its bytes and their tag.
    Bytes(Bytes, String),
}

/// Why an object cannot be read or written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ObjectError {
    /// The bucket or the key cannot be one.
    #[error(transparent)]
    Name(#[from] BadName),
    /// It is not there.
    #[error("{0} does not exist")]
    NotFound(String),
    /// It is not ours to read or write.
    #[error("no access to {0}")]
    Denied(String),
    /// It is larger than allowed.
    #[error("{name} has more than {limit} bytes")]
    TooLarge {
        /// Bucket and key.
        name: String,
        /// Bytes.
        limit: usize,
    },
    /// The folder or the endpoint failed.
    #[error("{0}")]
    Failed(String),
}

/// What an object carries beside its bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Description {
    /// `audio/wav`
    pub content_type: String,
    /// Names in lower case, without `x-amz-meta-`.
    pub metadata: Vec<(String, String)>,
}

impl Objects {
    /// Buckets are the sub-folders of `root`.
    pub fn folder(root: PathBuf) -> Self {
        Self::over(Backend::Folder(Folder::new(root)))
    }

    /// Buckets of an S3-compatible endpoint, addressed by path.
    ///
    /// # Errors
    /// When `endpoint` is no URL.
    pub fn s3(endpoint: &str, region: &str, credentials: Credentials) -> Result<Self, ObjectError> {
        Ok(Self::over(Backend::S3(Box::new(S3::new(endpoint, region, credentials)?))))
    }

    fn over(backend: Backend) -> Self {
        Self { backend, clips: Mutex::new(Cache::new(CACHE_SIZE)) }
    }

    /// An object as a clip.
    ///
    /// # Errors
    /// `ObjectNotFound` when it cannot be read, `NotAudio` when it is nothing we play.
    pub async fn clip(&self, bucket: &str, key: &str) -> Result<Arc<Clip>, PlaybackError> {
        let name =
            Name::new(bucket, key).map_err(|error| PlaybackError::ObjectNotFound(error.to_string()))?;
        let known = self.clips().get(&name);
        let tag = known.as_ref().map(|(tag, _)| tag.as_str());
        let (bytes, tag) = match (self.read(&name, tag, PROMPT_MAX).await, &known) {
            (Ok(Read::Unchanged), Some((_, clip))) => return Ok(clip.clone()),
            (Ok(Read::Unchanged), None) => {
                return Err(PlaybackError::System(format!("{name} is unchanged, but was never read")));
            }
            (Ok(Read::Bytes(bytes, tag)), _) => (bytes, tag),
            (Err(ObjectError::Failed(text)), _) => return Err(PlaybackError::System(text)),
            (Err(error), _) => return Err(PlaybackError::ObjectNotFound(error.to_string())),
        };
        let decoded = tokio::task::spawn_blocking(move || Clip::from_wav(&bytes)).await;
        let clip = match decoded {
            Ok(Ok(clip)) => Arc::new(clip),
            Ok(Err(error)) => return Err(PlaybackError::NotAudio(format!("{name}: {error}"))),
            Err(_) => return Err(PlaybackError::System(format!("{name} could not be decoded"))),
        };
        self.clips().put(name, tag, clip.clone());
        Ok(clip)
    }

    /// Writes an object.
    ///
    /// # Errors
    /// `NoAccess` when the bucket refuses it.
    pub async fn put(
        &self,
        bucket: &str,
        key: &str,
        bytes: Bytes,
        about: &Description,
    ) -> Result<(), StoreError> {
        let name = Name::new(bucket, key).map_err(|error| StoreError::NoAccess(error.to_string()))?;
        let written = match &self.backend {
            Backend::Folder(folder) => folder.write(&name, bytes, about).await,
            Backend::S3(s3) => s3.put(&name, bytes, about).await,
        };
        written.map_err(|error| match error {
            ObjectError::NotFound(_) | ObjectError::Denied(_) | ObjectError::Name(_) => {
                StoreError::NoAccess(error.to_string())
            }
            ObjectError::TooLarge { .. } | ObjectError::Failed(_) => StoreError::System(error.to_string()),
        })
    }

    async fn read(&self, name: &Name, tag: Option<&str>, limit: usize) -> Result<Read, ObjectError> {
        match &self.backend {
            Backend::Folder(folder) => folder.read(name, tag, limit).await,
            Backend::S3(s3) => s3.get(name, tag, limit).await,
        }
    }

    fn clips(&self) -> std::sync::MutexGuard<'_, Cache> {
        self.clips.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
