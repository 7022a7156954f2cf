//! Buckets of an S3-compatible endpoint: GetObject and PutObject, signed by the code that verifies.

use std::time::Duration;

use api::sigv4::{Credentials, PathStyle, Payload, Signing};
use bytes::Bytes;
use http::{Method, StatusCode, Uri};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tokio::time::Instant;

use super::{Description, Name, ObjectError, Read};
use crate::egress::{Egress, EgressError, Unsigned};

/// One request may take this long.
const PATIENCE: Duration = Duration::from_secs(15);
/// An error document is read up to this size.
const ERROR_MAX: usize = 64 << 10;
/// What a path segment may hold as it is (SigV4's unreserved characters and the slash between segments).
const KEEP: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'/');

#[derive(Debug)]
pub(super) struct S3 {
    endpoint: Uri,
    region: String,
    credentials: Credentials,
    egress: Egress,
}

impl S3 {
    pub(super) fn new(endpoint: &str, region: &str, credentials: Credentials) -> Result<Self, ObjectError> {
        let wrong = || ObjectError::Failed(format!("objects.endpoint {endpoint:?} is no http or https URL"));
        let uri: Uri = endpoint.parse().map_err(|_| wrong())?;
        if uri.authority().is_none() || !matches!(uri.scheme_str(), Some("http" | "https")) {
            return Err(wrong());
        }
        Ok(Self { endpoint: uri, region: region.into(), credentials, egress: Egress::new() })
    }

    pub(super) async fn get(
        &self,
        name: &Name,
        tag: Option<&str>,
        limit: usize,
    ) -> Result<Read, ObjectError> {
        let headers = tag.map(|tag| ("if-none-match", tag.to_owned())).into_iter().collect();
        let response = self.send(Method::GET, name, headers, Bytes::new(), limit).await?;
        match response.status() {
            StatusCode::OK => {
                let tag =
                    response.headers().get("etag").and_then(|tag| tag.to_str().ok()).unwrap_or_default();
                Ok(Read::Bytes(response.body().clone(), tag.to_owned()))
            }
            StatusCode::NOT_MODIFIED => Ok(Read::Unchanged),
            status => Err(refused(name, status)),
        }
    }

    pub(super) async fn put(
        &self,
        name: &Name,
        bytes: Bytes,
        about: &Description,
    ) -> Result<(), ObjectError> {
        // The names of metadata are the recorder's own, four at most.
        let mut headers = vec![("content-type", about.content_type.clone())];
        for (key, value) in &about.metadata {
            let known = [
                ("transaction-id", "x-amz-meta-transaction-id"),
                ("call-id", "x-amz-meta-call-id"),
                ("recording-duration", "x-amz-meta-recording-duration"),
                ("recording-audio-file-format", "x-amz-meta-recording-audio-file-format"),
            ];
            if let Some((_, header)) = known.into_iter().find(|(name, _)| name == key) {
                headers.push((header, value.clone()));
            }
        }
        let response = self.send(Method::PUT, name, headers, bytes, ERROR_MAX).await?;
        if response.status().is_success() { Ok(()) } else { Err(refused(name, response.status())) }
    }

    async fn send(
        &self,
        method: Method,
        name: &Name,
        headers: Vec<(&'static str, String)>,
        body: Bytes,
        limit: usize,
    ) -> Result<http::Response<Bytes>, ObjectError> {
        let key = utf8_percent_encode(name.key(), KEEP);
        let request = Unsigned {
            endpoint: &self.endpoint,
            method,
            path: format!("/{}/{key}", name.bucket()),
            query: String::new(),
            headers,
            body,
        };
        let signing = Signing {
            credentials: &self.credentials,
            region: &self.region,
            service: "s3",
            path: PathStyle::AsSent,
            payload: Payload::Hashed,
        };
        let request = request.sign(Some(&signing)).map_err(|error| ObjectError::Failed(error.to_string()))?;
        self.egress.send(request, Instant::now() + PATIENCE, limit).await.map_err(|error| match error {
            EgressError::TooLarge(limit) => ObjectError::TooLarge { name: name.to_string(), limit },
            EgressError::Unreachable(_) | EgressError::TimedOut => {
                ObjectError::Failed(format!("{name}: {error}"))
            }
        })
    }
}

fn refused(name: &Name, status: StatusCode) -> ObjectError {
    match status {
        StatusCode::NOT_FOUND => ObjectError::NotFound(name.to_string()),
        StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED => ObjectError::Denied(name.to_string()),
        status => ObjectError::Failed(format!("{name}: the endpoint answered {status}")),
    }
}
