//! Audio of recordings on its way from a media thread into a bucket.
//!
//! One thread appends samples to a spool file per recording; storing waits for the recording's end, puts the header in
//! front and the file into its bucket. A spool file lives until it is stored or forgotten: a bucket that fails for a
//! while loses nothing.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::time::Duration;

use bytes::Bytes;
use call::StoreError;
use media::{Recorded, RecordingId};
use tokio::sync::oneshot;

use super::{Description, Objects};

/// Chunks and orders that may wait for the disk; a media thread offers a chunk again when there is no room.
const WAITING: usize = 4_096;
/// Attempts to store one recording.
const ATTEMPTS: u32 = 4;

/// The spool folder cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("cannot use {}: {source}", folder.display())]
pub struct SpoolError {
    folder: PathBuf,
    source: std::io::Error,
}

/// The spool of recordings.
#[derive(Clone, Debug)]
pub struct Recordings {
    orders: SyncSender<Order>,
    objects: Arc<Objects>,
}

#[derive(Debug)]
enum Order {
    Take(Recorded),
    /// Report the finished file, as soon as the recording has ended.
    Finish(RecordingId, oneshot::Sender<Result<PathBuf, String>>),
    Forget(RecordingId),
}

impl Recordings {
    /// Starts the writer. Audio that an earlier run could not store any more is set aside, playable, in a folder
    /// beside the spool: nobody waits for it, but it is the only copy.
    ///
    /// # Errors
    /// When the folders cannot be made or no thread started.
    pub fn new(folder: PathBuf, objects: Arc<Objects>) -> Result<Self, SpoolError> {
        let failed = |source| SpoolError { folder: folder.clone(), source };
        std::fs::create_dir_all(&folder).map_err(failed)?;
        set_aside(&folder).map_err(failed)?;
        let (orders, waiting) = sync_channel(WAITING);
        let writer = Writer { folder: folder.clone(), open: BTreeMap::new() };
        std::thread::Builder::new()
            .name("spool".into())
            .spawn(move || writer.run(&waiting))
            .map_err(failed)?;
        Ok(Self { orders, objects })
    }

    /// Takes audio from a media thread, or gives it back when there is no room.
    ///
    /// # Errors
    /// The audio itself.
    pub fn take(&self, audio: Recorded) -> Result<(), Recorded> {
        match self.orders.try_send(Order::Take(audio)) {
            Err(TrySendError::Full(Order::Take(audio))) => Err(audio),
            _ => Ok(()),
        }
    }

    /// Waits for the recording's end and puts it into its bucket.
    ///
    /// # Errors
    /// `NoAccess` when the bucket refuses it, `System` when it failed several times.
    pub async fn store(
        &self,
        recording: RecordingId,
        bucket: &str,
        key: &str,
        metadata: &[(String, String)],
    ) -> Result<(), StoreError> {
        let (reply, file) = oneshot::channel();
        self.order(Order::Finish(recording, reply)).await;
        let file = match file.await {
            Ok(Ok(file)) => file,
            Ok(Err(text)) => return Err(StoreError::System(text)),
            Err(_) => return Err(StoreError::System("the spool is gone".into())),
        };
        let stored = self.upload(&file, bucket, key, metadata).await;
        if let Err(error) = &stored {
            tracing::warn!(bucket, key, ?error, "a recording could not be stored; its audio is dropped");
        }
        self.order(Order::Forget(recording)).await;
        stored
    }

    /// Drops a recording's audio.
    pub fn forget(&self, recording: RecordingId) {
        // Full: the file is removed at the next start.
        self.orders.try_send(Order::Forget(recording)).ok();
    }

    async fn order(&self, order: Order) {
        let orders = self.orders.clone();
        // The queue is bounded and its reader only writes to disk: this waits for milliseconds.
        tokio::task::spawn_blocking(move || orders.send(order).ok()).await.ok();
    }

    async fn upload(
        &self,
        file: &Path,
        bucket: &str,
        key: &str,
        metadata: &[(String, String)],
    ) -> Result<(), StoreError> {
        let read = tokio::fs::read(file).await;
        let bytes = Bytes::from(read.map_err(|error| StoreError::System(format!("the spool: {error}")))?);
        let about = Description { content_type: "audio/wav".into(), metadata: metadata.to_vec() };
        let mut pause = Duration::from_millis(200);
        for attempt in 1.. {
            match self.objects.put(bucket, key, bytes.clone(), &about).await {
                Err(StoreError::System(_)) if attempt < ATTEMPTS => {
                    tokio::time::sleep(pause).await;
                    pause *= 4;
                }
                outcome => return outcome,
            }
        }
        unreachable!("the last attempt returns")
    }
}

struct Writer {
    folder: PathBuf,
    open: BTreeMap<RecordingId, Spooled>,
}

struct Spooled {
    path: PathBuf,
    state: State,
}

enum State {
    /// Audio still comes.
    Running { file: File, samples: u64, waiting: Option<oneshot::Sender<Result<PathBuf, String>>> },
    /// All of it is in the file, or it could not be written.
    Ended(Result<(), String>),
}

impl Writer {
    fn run(mut self, orders: &Receiver<Order>) {
        let mut buffer = Vec::new();
        while let Ok(order) = orders.recv() {
            match order {
                Order::Take(Recorded::Samples { recording, samples }) => {
                    buffer.clear();
                    buffer.extend(samples.iter().flat_map(|sample| sample.to_le_bytes()));
                    self.append(recording, &buffer, samples.len() as u64);
                }
                Order::Take(Recorded::Ended { recording }) => self.end(recording),
                Order::Finish(recording, reply) => self.finish(recording, reply),
                Order::Forget(recording) => {
                    if let Some(spooled) = self.open.remove(&recording) {
                        std::fs::remove_file(spooled.path).ok();
                    }
                }
            }
        }
    }

    /// The recording's file; made at its first sign of life.
    fn spooled(&mut self, recording: RecordingId) -> &mut Spooled {
        let path = self.folder.join(format!("{}.wav", recording.0));
        self.open.entry(recording).or_insert_with(|| {
            let made = File::create(&path).and_then(|mut file| {
                // The header is written again when the length is known.
                file.write_all(&media::wav::header(0))?;
                Ok(file)
            });
            let state = match made {
                Ok(file) => State::Running { file, samples: 0, waiting: None },
                Err(error) => State::Ended(Err(error.to_string())),
            };
            Spooled { path, state }
        })
    }

    fn append(&mut self, recording: RecordingId, bytes: &[u8], count: u64) {
        let spooled = self.spooled(recording);
        if let State::Running { file, samples, waiting } = &mut spooled.state {
            match file.write_all(bytes) {
                Ok(()) => *samples += count,
                Err(error) => {
                    tracing::error!(%error, "the spool of recordings cannot be written");
                    let text = error.to_string();
                    if let Some(reply) = waiting.take() {
                        reply.send(Err(text.clone())).ok();
                    }
                    spooled.state = State::Ended(Err(text));
                }
            }
        }
    }

    fn end(&mut self, recording: RecordingId) {
        let spooled = self.spooled(recording);
        if let State::Running { file, samples, waiting } = &mut spooled.state {
            let ended = complete(file, *samples).map_err(|error| error.to_string());
            if let Some(reply) = waiting.take() {
                reply.send(ended.clone().map(|()| spooled.path.clone())).ok();
            }
            spooled.state = State::Ended(ended);
        }
    }

    fn finish(&mut self, recording: RecordingId, reply: oneshot::Sender<Result<PathBuf, String>>) {
        let spooled = self.spooled(recording);
        match &mut spooled.state {
            State::Running { waiting, .. } => *waiting = Some(reply),
            State::Ended(result) => {
                reply.send(result.clone().map(|()| spooled.path.clone())).ok();
            }
        }
    }
}

/// Moves what lies in the spool to `<spool>-left`, with headers that tell the true length.
fn set_aside(spool: &Path) -> std::io::Result<()> {
    let left = spool.with_file_name(format!(
        "{}-left",
        spool.file_name().and_then(|name| name.to_str()).unwrap_or("spool")
    ));
    let now = std::time::UNIX_EPOCH.elapsed().unwrap_or_default().as_secs();
    for entry in std::fs::read_dir(spool)? {
        let path = entry?.path();
        let mut file = std::fs::OpenOptions::new().read(true).write(true).open(&path)?;
        let audio = file.metadata()?.len().saturating_sub(media::wav::header(0).len() as u64);
        if audio < 2 {
            std::fs::remove_file(&path)?;
            continue;
        }
        complete(&mut file, audio / 2)?;
        std::fs::create_dir_all(&left)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let kept = left.join(format!("{now}-{name}"));
        std::fs::rename(&path, &kept)?;
        tracing::warn!(file = %kept.display(), "a recording of an earlier run was not stored; its audio is kept");
    }
    Ok(())
}

fn complete(file: &mut File, samples: u64) -> std::io::Result<()> {
    use std::io::{Seek, SeekFrom};
    file.seek(SeekFrom::Start(0))?;
    file.write_all(&media::wav::header(samples))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spool() -> (tempfile::TempDir, Recordings) {
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(root.path().join("objects/bucket")).unwrap();
        let objects = Arc::new(Objects::folder(root.path().join("objects")));
        let recordings = Recordings::new(root.path().join("spool"), objects).unwrap();
        (root, recordings)
    }

    #[tokio::test]
    async fn a_recording_is_a_playable_wav_and_leaves_no_spool() {
        let (root, recordings) = spool();
        let id = RecordingId(7);
        recordings.take(Recorded::Samples { recording: id, samples: vec![1_000; 800] }).unwrap();
        let (later, other) = (recordings.clone(), recordings.clone());
        let store = tokio::spawn(async move { later.store(id, "bucket", "a/x-0.wav", &[]).await });
        other.take(Recorded::Samples { recording: id, samples: vec![-1_000; 800] }).unwrap();
        other.take(Recorded::Ended { recording: id }).unwrap();
        store.await.unwrap().unwrap();
        let clip = recordings.objects.clip("bucket", "a/x-0.wav").await.unwrap();
        assert_eq!(clip.samples().len(), 1_600);
        assert_eq!((clip.samples()[0], clip.samples()[1_599]), (1_000, -1_000));
        // The order to forget goes through the same queue as this one.
        let (reply, done) = oneshot::channel();
        recordings.order(Order::Finish(RecordingId(8), reply)).await;
        recordings.order(Order::Take(Recorded::Ended { recording: RecordingId(8) })).await;
        done.await.unwrap().unwrap();
        assert!(!root.path().join("spool/7.wav").exists());
    }

    #[tokio::test]
    async fn audio_of_an_earlier_run_is_kept_and_playable() {
        let (root, recordings) = spool();
        let id = RecordingId(3);
        recordings.take(Recorded::Samples { recording: id, samples: vec![500; 1_600] }).unwrap();
        let (reply, done) = oneshot::channel();
        recordings.order(Order::Finish(RecordingId(4), reply)).await;
        recordings.order(Order::Take(Recorded::Ended { recording: RecordingId(4) })).await;
        done.await.unwrap().unwrap();
        // The process dies here: neither stored nor forgotten.
        let again = Recordings::new(root.path().join("spool"), recordings.objects.clone()).unwrap();
        let kept: Vec<_> = std::fs::read_dir(root.path().join("spool-left")).unwrap().collect();
        assert_eq!(kept.len(), 1, "the empty one is gone, the other is kept");
        let bytes = std::fs::read(kept[0].as_ref().unwrap().path()).unwrap();
        assert_eq!(media::wav::decode(&bytes).unwrap(), vec![500; 1_600]);
        drop(again);
    }

    #[tokio::test]
    async fn a_missing_bucket_is_no_access() {
        let (_root, recordings) = spool();
        recordings.take(Recorded::Ended { recording: RecordingId(1) }).unwrap();
        let outcome = recordings.store(RecordingId(1), "nobody", "x.wav", &[]).await;
        assert!(matches!(outcome, Err(StoreError::NoAccess(_))), "{outcome:?}");
    }
}
