//! Prompts and recordings by an endpoint.

use std::sync::Arc;

use bytes::Bytes;
use call::{PlaybackError, StoreError};
use media::{Clip, Recorded, RecordingId};
use switchhook::objects::{Description, Objects, Recordings};

use crate::s3::{S3, credentials};

fn wav(samples: usize) -> Vec<u8> {
    Clip::from_samples(vec![1_000; samples]).to_wav()
}

fn objects(s3: &S3) -> Objects {
    Objects::s3(&s3.url, "eu-west-1", credentials("right")).unwrap()
}

#[tokio::test]
async fn a_prompt_is_decoded_once_and_read_anew_when_it_changes() {
    let s3 = S3::start().await;
    s3.put("/bucket/a%20b/%C3%BC.wav", wav(800));
    let objects = objects(&s3);
    let first = objects.clip("bucket", "a b/ü.wav").await.unwrap();
    assert_eq!(first.samples().len(), 800);
    let again = objects.clip("bucket", "a b/ü.wav").await.unwrap();
    assert!(Arc::ptr_eq(&first, &again));
    s3.put("/bucket/a%20b/%C3%BC.wav", wav(1_600));
    let changed = objects.clip("bucket", "a b/ü.wav").await.unwrap();
    assert_eq!(changed.samples().len(), 1_600);
    assert_eq!(s3.answered(), [200, 304, 200]);
}

#[tokio::test]
async fn what_cannot_be_played_says_why() {
    let s3 = S3::start().await;
    s3.put("/bucket/text.wav", "no sound at all");
    let of = objects(&s3);
    let outcome = of.clip("bucket", "missing.wav").await.unwrap_err();
    assert_eq!(outcome, PlaybackError::ObjectNotFound("bucket/missing.wav does not exist".into()));
    let outcome = of.clip("bucket", "text.wav").await.unwrap_err();
    assert_eq!(outcome, PlaybackError::NotAudio("bucket/text.wav: not a WAV file".into()));
    let outcome = of.clip("bucket", "../secret").await.unwrap_err();
    assert!(matches!(outcome, PlaybackError::ObjectNotFound(_)), "{outcome:?}");
    let wrong_key = Objects::s3(&s3.url, "eu-west-1", credentials("wrong")).unwrap();
    let outcome = wrong_key.clip("bucket", "text.wav").await.unwrap_err();
    assert_eq!(outcome, PlaybackError::ObjectNotFound("no access to bucket/text.wav".into()));
    s3.fail_next(1);
    let outcome = of.clip("bucket", "text.wav").await.unwrap_err();
    assert!(matches!(outcome, PlaybackError::System(_)), "{outcome:?}");
    let nobody = Objects::s3("http://127.0.0.1:1", "eu-west-1", credentials("right")).unwrap();
    let outcome = nobody.clip("bucket", "x.wav").await.unwrap_err();
    assert!(matches!(outcome, PlaybackError::System(_)), "{outcome:?}");
    assert!(Objects::s3("no url", "eu-west-1", credentials("right")).is_err());
}

#[tokio::test]
async fn an_object_is_put_with_its_description() {
    let s3 = S3::start().await;
    let about = Description {
        content_type: "audio/wav".into(),
        metadata: vec![("call-id".into(), "1".into()), ("recording-duration".into(), "2".into())],
    };
    objects(&s3).put("bucket", "2026/call.wav", Bytes::from_static(b"x"), &about).await.unwrap();
    let object = s3.object("/bucket/2026/call.wav").unwrap();
    assert_eq!(object.bytes, b"x"[..]);
    assert_eq!(object.headers["content-type"], "audio/wav");
    assert_eq!(object.headers["x-amz-meta-call-id"], "1");
    assert_eq!(object.headers["x-amz-meta-recording-duration"], "2");
    let outcome = objects(&s3).put("other", "x", Bytes::new(), &Description::default()).await;
    assert!(matches!(outcome, Err(StoreError::NoAccess(_))), "{outcome:?}");
}

#[tokio::test]
async fn a_recording_waits_on_disk_until_the_endpoint_takes_it() {
    let s3 = S3::start().await;
    s3.fail_next(2);
    let folder = tempfile::tempdir().unwrap();
    let spool = folder.path().join("spool");
    let recordings = Recordings::new(spool.clone(), Arc::new(objects(&s3))).unwrap();
    let id = RecordingId(3);
    recordings.take(Recorded::Samples { recording: id, samples: vec![500; 1_600] }).unwrap();
    recordings.take(Recorded::Ended { recording: id }).unwrap();
    recordings.store(id, "bucket", "r/x-0.wav", &[]).await.unwrap();
    assert_eq!(s3.answered(), [503, 503, 200]);
    let object = s3.object("/bucket/r/x-0.wav").unwrap();
    assert_eq!(Clip::from_wav(&object.bytes).unwrap().samples().len(), 1_600);
    let played = objects(&s3).clip("bucket", "r/x-0.wav").await.unwrap();
    assert_eq!(played.samples().len(), 1_600, "it can be played right after it was reported");
}

/// An endpoint of somebody else, with the bucket `prompts`: for example moto's server, MinIO or S3 itself.
#[tokio::test]
async fn a_real_endpoint_keeps_what_it_is_given() {
    let Ok(url) = std::env::var("TEST_S3_URL") else {
        eprintln!("SKIPPED: TEST_S3_URL names no endpoint with a bucket `prompts`");
        return;
    };
    let variable = |name: &str| std::env::var(name).unwrap_or_else(|_| "test".into());
    let credentials = api::sigv4::Credentials {
        access_key: variable("AWS_ACCESS_KEY_ID"),
        secret_key: variable("AWS_SECRET_ACCESS_KEY").into(),
        session_token: None,
    };
    let region = std::env::var("AWS_REGION").unwrap_or_else(|_| "us-east-1".into());
    let objects = Objects::s3(&url, &region, credentials).unwrap();
    let about =
        Description { content_type: "audio/wav".into(), metadata: vec![("call-id".into(), "1".into())] };
    for samples in [800, 1_600] {
        objects.put("prompts", "a b/ü+1.wav", wav(samples).into(), &about).await.unwrap();
        let first = objects.clip("prompts", "a b/ü+1.wav").await.unwrap();
        assert_eq!(first.samples().len(), samples);
        let again = objects.clip("prompts", "a b/ü+1.wav").await.unwrap();
        assert!(Arc::ptr_eq(&first, &again));
    }
    let missing = objects.clip("prompts", "missing.wav").await.unwrap_err();
    assert!(matches!(missing, PlaybackError::ObjectNotFound(_)), "{missing:?}");
    let outcome = objects.put("no-such-bucket-here", "x", Bytes::new(), &about).await;
    assert!(matches!(outcome, Err(StoreError::NoAccess(_))), "{outcome:?}");
}
